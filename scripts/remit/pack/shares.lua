-- SPDX-License-Identifier: Apache-2.0
-- shares.csv: each share is of a post or of a cost centre, and those of one add up to all of it. The lines of what is shared go over the functions,
-- whatever function they name themselves; a post's own shares come before those of its cost centre.

local core <const> = require "remit.core"
local rows <const> = require "remit.crosswalk.rows"

local shares <const> = {}

-- The label of what a row shares out, and the field that has it; a row has one of the two.
local function shared(source, row)
  local post <const>, cost_centre <const> = source.table:column("post"):get(row), source.table:column("cost_centre"):get(row)
  local raw <const> = source.raw:column "post"
  if (post or raw and raw:get(row)) and cost_centre then
    source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.cost_centre, value = cost_centre,
      message = "a share is of a post or of a cost centre, not of both" }
  elseif post then
    return post, "post"
  elseif cost_centre then
    return cost_centre, "cost_centre"
  elseif not raw or not raw:get(row) then
    source.problems:add { file = source.path, row = source.row(row), message = "a share of what? Give a post or a cost centre" }
  end
end

local function share_of(source, row)
  local label <const> = source.table:column("share"):get(row)
  local value <const> = label and core.number.parse(label, { decimals = 6, percent = true })
  if value and (value < 0 or value > rows.ALL) then
    source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.share, value = label,
      message = "a share is between 0% and 100%" }
    return nil
  end
  return value
end

local function check_once(source, row, one)
  local fn <const> = source.table:column("fn"):get(row)
  if fn and one.seen[fn] then
    source.problems:add { file = source.path, row = source.row(row), field = source.heading_of.fn, value = fn,
      message = ("has a share of %s '%s' already, in row %d"):format((one.field:gsub("_", " ")), one.label, one.seen[fn]) }
  elseif fn then
    one.seen[fn] = source.row(row)
  end
end

---What must hold of the shares.
---@param source remit.source
function shares.check(source)
  local sums <const>, order <const> = {}, {}
  for row = 1, source.table:rows() do
    local label <const>, field <const> = shared(source, row)
    local value <const> = share_of(source, row)
    local key <const> = label and field .. "\0" .. label
    if key and not sums[key] then
      sums[key] = { row = row, label = label, field = field, sum = 0, seen = {} }
      order[#order + 1] = sums[key]
    end
    if key then
      check_once(source, row, sums[key])
      sums[key].sum = sums[key].sum and value and sums[key].sum + value
    end
  end
  for _, one in ipairs(source.partial and {} or order) do
    if one.sum and one.sum ~= rows.ALL then
      source.problems:add { file = source.path, row = source.row(one.row), field = source.heading_of[one.field], value = one.label,
        message = rows.sum_text(one.sum) }
    end
  end
end

-- Where the lines of each post or cost centre go. A share of 0% is none.
local function step_of(core_table, field, path, kind)
  local labels <const>, fn <const>, share <const> = core_table:column(field), core_table:column "fn", core_table:column "share"
  local by_label <const>, found <const> = {}, {}
  for row = 1, core_table:rows() do
    local label <const>, weight <const> = labels:get(row), assert(core.number.parse(share:get(row), { decimals = 6, percent = true }))
    if label and weight > 0 then
      if not by_label[label] then
        by_label[label], found[#found + 1] = {}, label
      end
      table.insert(by_label[label], { code = fn:code(row), weight = weight })
    end
  end
  return { path = path, kind = kind, labels = found, of = function(label)
    return by_label[label]
  end }
end

---The shares as steps (parts.lua).
---@param source? remit.source
---@return remit.parts.step[]
function shares.steps(source)
  if not source then
    return {}
  end
  return { step_of(source.table, "post", "id", "pay"), step_of(source.table, "cost_centre", "cost_centre") }
end

return shares
