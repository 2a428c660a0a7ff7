-- SPDX-License-Identifier: Apache-2.0
-- From posts and budget lines to lines: a post is held as a filled and a vacant part, its cost divided in proportion; a budget line is one line.

local core <const> = require "remit.core"
local rates <const> = require "remit.rates"

local lines <const> = {}

local function employer_types(sources)
  local organisations <const> = sources.organisations and sources.organisations.table
  local types <const> = {}
  for row = 1, organisations and organisations:rows() or 0 do
    types[organisations:column("id"):get(row)] = organisations:column("employer_type"):get(row)
  end
  return types
end

-- Whether all that a cost is worked out from was read.
local function can_be_costed(sources, settings, found)
  if not sources.posts or not sources.posts.table or type(settings.price_base) ~= "string" or not core.calendar.year(settings.price_base) then
    return false
  end
  for _, name in ipairs { "pay_points", "on_costs", "organisations" } do
    if sources[name] and (not sources[name].table or sources[name].partial) then
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

---What each post costs: as stated, or worked out once per distinct (band, point, organisation, WTE). What cannot be worked out is a problem.
---@param sources table<string, table>
---@param settings table
---@param found table the problems so far
---@return table? costs core column
function lines.costs(sources, settings, found)
  if not can_be_costed(sources, settings, found) then
    return nil
  end
  local source <const> = sources.posts
  local posts <const> = source.table
  local costs <const> = posts:column("cost")
  if costs:stats().missing == 0 then
    return costs
  end
  local types <const>, home <const> = employer_types(sources), settings.organisation
  local table_of <const> = rates.new(sources.pay_points.table, sources.on_costs.table, settings.price_base, settings.pension_view)
  local groups <const> = assert(posts:distinct { "band", "point", "org", "wte", "cost" })
  local bands <const>, points <const>, orgs <const>, wtes <const> = posts:column "band", posts:column "point", posts:column "org", posts:column "wte"
  local values <const> = {}
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    values[group] = 0
    if not costs:get(row) then
      local salary, message = table_of:salary_pence(bands:get(row), points:get(row))
      local parts
      if salary then
        parts, message = table_of:components(salary, wtes:get(row), types[orgs:get(row) or home] or "nhs")
      end
      if parts then
        values[group] = parts.total
      else
        found:add { file = source.path, row = source.row(row), field = source.heading_of.cost or "cost", message = message }
      end
    end
  end
  return assert(posts:fill("cost", groups, values))
end

local function copy_links(to, from)
  for _, name in ipairs(from:names()) do
    local dimension <const> = from:dimension(name)
    if dimension and to:column(name) then
      to:link(name, dimension)
    end
  end
  return to
end

-- The same table with some columns replaced or added, links kept.
local function with_columns(from, columns, order)
  local result <const> = core.table.new(from:rows())
  for _, name in ipairs(from:names()) do
    result:add(name, columns[name] or from:column(name))
  end
  for _, name in ipairs(order) do
    if not from:column(name) then
      result:add(name, columns[name])
    end
  end
  return copy_links(result, from)
end

local kinds <const> = core.dictionary.new { "pay", "nonpay", "income", "vacancy_factor" }

local function post_lines(source, costs)
  local rows <const> = source.table:rows()
  local posts <const> = with_columns(source.table, { cost = costs, kind = core.column.same("pay", rows, kinds) }, { "kind" })
  return assert(posts:split { whole = "wte", part = "in_post", shared = { "cost" }, flag = "vacant" }), posts
end

local function budget_lines(source)
  local kind <const> = source.table:column("kind")
  local map <const> = {}
  for code, label in ipairs(kind:dictionary():labels()) do
    map[code] = kinds:find(label)
  end
  return with_columns(source.table, { kind = kind:recode(map, kinds), wte = core.column.same(0, source.table:rows(), "micro") }, { "wte" })
end

---The lines of a pack, and its posts as they were (one row a post).
---@param pack remit.pack
---@return table lines core table
---@return table? posts core table
function lines.build(pack)
  local parts <const>, posts = {}, nil
  if pack.sources.posts then
    parts[1], posts = post_lines(pack.sources.posts, pack.costs)
  end
  if pack.sources.budget_lines then
    parts[#parts + 1] = budget_lines(pack.sources.budget_lines)
  end
  return assert(core.table.concat(parts)), posts
end

return lines
