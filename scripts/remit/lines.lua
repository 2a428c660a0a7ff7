-- SPDX-License-Identifier: Apache-2.0
-- From posts and budget lines to lines: a post is held as a filled and a vacant part, its cost divided in proportion; a budget line is one line.

local checks <const> = require "remit.pack.checks"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local rates <const> = require "remit.rates"
local schema <const> = require "remit.schema"

local lines <const> = {}

-- Whether all that a cost is worked out from was read.
local function can_be_costed(sources, settings, found)
  if not sources.posts or not sources.posts.table or type(settings.price_base) ~= "string" or not core.calendar.year(settings.price_base) then
    return false
  end
  for _, source in ipairs { sources.pay_points, sources.on_costs, checks.organisations(sources) } do
    if not source.table or source.partial then
      return false
    end
  end
  local wanted <const> = { [""] = true }
  for _, name in ipairs { "band", "point", "org", "wte", "cost" } do
    wanted[sources.posts.heading_of[name] or name] = true
  end
  for _, problem in ipairs(found.list) do
    if problem.file == sources.posts.path and (problem.row == 1 or wanted[problem.field or ""]) then
      return false
    end
  end
  return true
end

---@class remit.costing what the posts of a pack are costed with; what is wrong with it is said once
---@field sources table<string, table>
---@field settings table
---@field found table the problems so far
---@field rates remit.rates
---@field employers? table the source of organisations
---@field rows table<string, integer> rows of organisations by id
---@field posts table<string, table> columns of posts
---@field employed table<string, string|false> employer types by organisation of a post, "" for none; false: it cannot be costed
---@field said table<string, boolean>
local Costing <const> = {}
Costing.__index = Costing

local function costing(sources, settings, found)
  local employers <const>, rows <const> = checks.organisations(sources), {}
  local ids <const> = employers and employers.table:column(employers.plan.key)
  for row = 1, ids and ids:count() or 0 do
    rows[ids:get(row)] = row
  end
  local posts <const> = {}
  for _, name in ipairs { "band", "point", "org", "wte" } do
    posts[name] = sources.posts.table:column(name)
  end
  return setmetatable({ sources = sources, settings = settings, found = found, employers = employers, rows = rows, posts = posts, employed = {}, said = {},
    rates = rates.new(sources.pay_points.table, sources.on_costs.table, settings.price_base, settings.pension_view) }, Costing)
end

function Costing:say(problem)
  local key <const> = ("%s\0%s\0%s"):format(problem.file, problem.value or "", problem.message)
  if not self.said[key] then
    self.said[key] = true
    self.found:add(problem)
  end
end

-- Nobody says what the organisation of a post is: the post names it, or the pack does for posts that name none.
function Costing:unknown_organisation(row, org)
  local posts <const> = self.sources.posts
  local message <const> = "no organisations.csv says what employer type this organisation has, and costs from the rates need it"
  if self.posts.org:get(row) then
    self:say { file = posts.path, row = posts.row(row), field = posts.heading_of.org, value = org, message = message }
  else
    self:say { file = "datapackage.json", field = "remit.organisation", value = org, message = message }
  end
end

-- The employer type of a post's organisation, and the row that says so; posts of no organisation are the NHS's.
function Costing:employer_type(row)
  local org <const> = self.posts.org:get(row) or self.settings.organisation
  local employers <const> = self.employers
  if not org then
    return lines.DEFAULT_EMPLOYER
  elseif not self.rows[org] then
    if not employers then
      self:unknown_organisation(row, org)
    end
    return nil
  end
  local types <const> = employers.table:column "employer_type"
  local employer_type <const> = types and types:get(self.rows[org])
  if not employer_type then
    self:say { file = employers.path, row = employers.row(self.rows[org]), field = employers.heading_of.employer_type or "employer_type",
      message = ("no employer type for organisation '%s': nhs or council"):format(org) }
  end
  return employer_type, self.rows[org]
end

-- A problem of the rates belongs to the pack's own file; the shipped ones lack nothing but years.
function Costing:rates_lack(lacking, employer_type, row)
  local own <const> = self.sources.on_costs.from == "pack"
  if lacking.employer and row then
    self:say { file = self.employers.path, row = self.employers.row(row), field = self.employers.heading_of.employer_type, value = employer_type,
      message = lacking.message }
  else
    self:say { file = own and self.sources.on_costs.path or "datapackage.json", field = not own and "remit.price_base" or nil,
      value = not own and self.settings.price_base or nil, message = lacking.message }
  end
end

local function employer_of(self, row)
  local employer_type <const>, of <const> = self:employer_type(row)
  local lacking <const> = employer_type and self.rates:lacking(employer_type) or {}
  for _, one in ipairs(lacking) do
    self:rates_lack(one, employer_type, of)
  end
  return #lacking == 0 and employer_type or false
end

-- The employer type of a post when all its on-costs are known, else false. What is wrong is said once an organisation.
function Costing:employer(row)
  local org <const> = self.posts.org:get(row) or ""
  if self.employed[org] == nil then
    self.employed[org] = employer_of(self, row)
  end
  return self.employed[org]
end

-- The cost of the post in a row, from the rates; 0 with problems.
function Costing:pence(row)
  local source <const>, posts <const> = self.sources.posts, self.posts
  local salary <const>, message <const> = self.rates:salary_pence(posts.band:get(row), posts.point:get(row))
  local employer_type <const> = self:employer(row)
  if not salary then
    self.found:add { file = source.path, row = source.row(row), field = source.heading_of.cost or "cost", message = message }
  elseif employer_type then
    return assert(self.rates:components(salary, posts.wte:get(row), employer_type)).total
  end
  return 0
end

---The employer type of posts that name no organisation in a pack that names none.
lines.DEFAULT_EMPLOYER = "nhs"

---What each post costs: as stated, or worked out once per distinct (band, point, organisation, WTE). What cannot be worked out is a problem.
---@param sources table<string, table>
---@param settings table
---@param found table the problems so far
---@return table? costs core column
function lines.costs(sources, settings, found)
  if not can_be_costed(sources, settings, found) then
    return nil
  end
  local posts <const> = sources.posts.table
  local costs <const> = posts:column("cost")
  if costs:stats().missing == 0 then
    return costs
  end
  local made <const> = costing(sources, settings, found)
  local groups <const> = assert(posts:distinct { "band", "point", "org", "wte", "cost" })
  local values <const> = {}
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    values[group] = costs:get(row) and 0 or made:pence(row)
  end
  return assert(posts:fill("cost", groups, values))
end

local kinds <const> = core.dictionary.new { "pay", "nonpay", "income", "vacancy_factor" }

local function post_lines(given, costs)
  local rows <const> = given:rows()
  local posts <const> = copy(given, { cost = costs }):add("kind", core.column.same("pay", rows, kinds))
  return assert(posts:split { whole = "wte", part = "in_post", shared = { "cost" }, flag = "vacant" }), posts
end

local function budget_lines(source)
  local kind <const> = source.table:column("kind")
  return copy(source.table, { kind = kind:recode(kind:dictionary():codes(kinds), kinds) }):add("wte", core.column.same(0, source.table:rows(), "micro"))
end

-- Posts of a pack that has none: their fields are there for measures and tests, and give zeros.
local function no_posts(members)
  local made <const> = core.table.new(0)
  for _, field in ipairs(schema.file("posts").fields) do
    local unit <const>, dimension <const> = schema.types[field.type].unit, members[field.dimension]
    made:add(field.name, core.column.same(false, 0, unit ~= "code" and unit or dimension and dimension.dictionary or core.dictionary.new {}))
    if dimension then
      made:link(field.name, dimension.table)
    end
  end
  return made
end

---The lines of a pack, and its posts as they were (one row a post).
---@param pack remit.pack
---@return table lines core table
---@return table? posts core table
function lines.build(pack)
  local source <const> = pack.sources.posts
  local split <const>, posts <const> = post_lines(source and source.table or no_posts(pack.members), pack.costs)
  local parts <const> = { split }
  if pack.sources.budget_lines then
    parts[2] = budget_lines(pack.sources.budget_lines)
  end
  return assert(core.table.concat(parts)), source and posts or nil
end

return lines
