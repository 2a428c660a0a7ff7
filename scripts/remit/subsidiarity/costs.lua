-- SPDX-License-Identifier: Apache-2.0
-- What a function costs at a level: fixed for each instance, and variable per head of the people served.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local reports <const> = require "remit.subsidiarity.report"
local state_of <const> = require "remit.state_of"

local costs <const> = {}

local HEADINGS <const> = { "fn", "level", "fixed", "per_head", "source", "note" }
local DECIMALS <const> = { fixed = 2, per_head = 6 } -- pence, and millionths of a pound: a curve may rise by less than a penny a head
local MILLIONTHS_A_PENNY <const> = 10000

local known <const> = {}
for _, name in ipairs(HEADINGS) do
  known[name] = true
end

local function check_headings(report, headings)
  for _, name in ipairs(headings) do
    if not known[name] then
      report:add { place = report.name, column = name, message = "is not read. " .. (fault.suggest(name, HEADINGS) or "Headings: "
        .. table.concat(HEADINGS, ", ")) }
    end
  end
end

-- A script's rows in the shape of a file's.
local function rows_of(given)
  local headings <const>, rows <const> = {}, {}
  for index, one in ipairs(given) do
    rows[index] = { place = ("costs %d"):format(index) }
    for _, name in ipairs(plain.keys(type(one) == "table" and one or {})) do
      rows[index][name] = tostring(one[name])
      headings[#headings + 1] = name
    end
  end
  return headings, rows
end

---Reads a file of curves, or takes a script's list: fn, level, fixed (pounds an instance), per_head (pounds), source.
---@param given string|table[]?
---@return { name: string, rows: table[] }?
function costs.read(given)
  if given == nil then
    return nil
  end
  local report <const> = reports.new(type(given) == "string" and given or "the costs")
  local headings, rows
  if type(given) == "string" then
    headings, rows = reports.read(given, known)
  else
    headings, rows = rows_of(given)
  end
  check_headings(report, headings)
  report:raise()
  return { name = report.name, rows = rows }
end

local function amount(report, row, name)
  local text <const> = row[name] ~= "" and row[name] or "0"
  local value <const>, message <const> = core.number.parse(text, { decimals = DECIMALS[name], currency = true })
  if not value or value < 0 then
    report:add { place = row.place, column = name, value = row[name], message = message or "is below zero" }
  end
  return value or 0
end

local function member(report, row, name, members)
  local code <const>, message <const> = resolve.member(members, row[name] or "")
  if not code then
    report:add { place = row.place, column = name, value = row[name] or "", message = message }
  end
  return code
end

---The curves on a model: by function's row, by level's code.
---@param read table what `read` gave
---@param model remit.model
---@param ladder remit.ladder
---@return table<integer, table<integer, { fixed: integer, per_head: integer, source: string? }>>
function costs.curves(read, model, ladder)
  local report <const>, curves <const> = reports.new(read.name), {}
  for _, row in ipairs(read.rows) do
    local fn <const>, level <const> = member(report, row, "fn", state_of[model].members.fn), member(report, row, "level", ladder.members)
    local curve <const> = { fixed = amount(report, row, "fixed"), per_head = amount(report, row, "per_head"), place = row.place, source = row.source }
    local of <const> = fn and curves[fn] or {}
    if fn and level and of[level] then
      report:add { place = row.place, message = "has a curve already: " .. of[level].place }
    elseif fn and level then
      of[level], curves[fn] = curve, of
    end
  end
  report:raise()
  return curves
end

---The price of a curve at a level.
---@return { instances: integer, fixed: integer, variable: integer, total: integer } pence
function costs.price(curve, ladder, level)
  local instances <const> = ladder:count(level)
  local fixed <const> = fault.check(core.number.scale(curve.fixed, instances, 1))
  local variable <const> = fault.check(core.number.scale(curve.per_head, ladder.people, MILLIONTHS_A_PENNY))
  return { instances = instances, fixed = fixed, variable = variable, total = fixed + variable }
end

return costs
