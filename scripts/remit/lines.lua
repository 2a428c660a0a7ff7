-- SPDX-License-Identifier: Apache-2.0
-- From posts and budget lines to lines: a post is held as a filled and a vacant part, its cost divided in proportion; a budget line is one line.

local core <const> = require "remit.core"
local problems <const> = require "remit.problems"
local rates <const> = require "remit.rates"

local lines <const> = {}

local function employer_types(pack)
  local organisations <const> = pack.sources.organisations and pack.sources.organisations.table
  local types <const> = {}
  for row = 1, organisations and organisations:rows() or 0 do
    types[organisations:column("id"):get(row)] = organisations:column("employer_type"):get(row)
  end
  return types
end

-- Costs once per distinct (band, point, organisation, WTE); posts that state their cost keep it.
local function filled_costs(pack, source, found)
  local posts <const> = source.table
  local costs <const> = posts:column("cost")
  if costs:stats().missing == 0 then
    return costs
  end
  local types <const>, home = employer_types(pack), pack.settings.organisation
  local table_of <const> = rates.new(pack.sources.pay_points.table, pack.sources.on_costs.table, pack.settings.price_base, pack.settings.pension_view)
  local groups <const> = assert(posts:distinct { "band", "point", "org", "wte", "cost" })
  local values <const> = {}
  for group = 1, groups:count() do
    local row <const> = groups:first(group)
    values[group] = 0
    if not costs:get(row) then
      local salary, message = table_of:salary_pence(posts:column("band"):get(row), posts:column("point"):get(row))
      local parts
      if salary then
        parts, message = table_of:components(salary, posts:column("wte"):get(row), types[posts:column("org"):get(row) or home] or "nhs")
      end
      if parts then
        values[group] = parts.total
      else
        found:add { file = source.path, row = source.report:row(row), field = "cost", message = message }
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

local function post_lines(pack, source, found)
  local costs <const> = filled_costs(pack, source, found)
  if found:any() then
    return nil
  end
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

---The lines of a pack, and its posts as they were (one row a post). Costs that cannot be worked out are raised as problems.
---@param pack remit.pack
---@return table lines core table
---@return table? posts core table
function lines.build(pack)
  local found <const> = problems.new()
  local parts <const>, posts = {}, nil
  if pack.sources.posts then
    parts[1], posts = post_lines(pack, pack.sources.posts, found)
    if found:any() then
      found:raise()
    end
  end
  if pack.sources.budget_lines then
    parts[#parts + 1] = budget_lines(pack.sources.budget_lines)
  end
  return assert(core.table.concat(parts)), posts
end

return lines
