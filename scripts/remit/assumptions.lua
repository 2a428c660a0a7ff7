-- SPDX-License-Identifier: Apache-2.0
-- The register of stated figures. A figure is as exact as its digits ("32 %" means 31.5 to 32.5), or lies in the range that it is given. Sources
-- that claim the same thing disagree when no one figure lies in all that they say.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local assumptions <const> = {}

local DECIMALS <const> = 6 -- kept when figures are compared
local in_base <const> = { ["£m"] = { unit = "£", factor = 1000000 } }

-- Half of the last digit written: how far a figure may be from what it was rounded from.
local function half_step(text)
  local digits <const> = text:match("%.(%d+)") or ""
  return 10 ^ (DECIMALS - #digits) / 2
end

local function read_number(text)
  local bare <const> = text:gsub("%s*%%%s*$", ""):gsub("m%s*$", "")
  local value <const>, message <const> = core.number.parse(bare, { decimals = DECIMALS, currency = true })
  return value, message, bare
end

-- The figure and the range that it may lie in. A stated range wins over what the digits say.
local function read_value(entry)
  local value <const>, message <const>, bare <const> = read_number(entry.value)
  if not value then
    return nil, "value", message
  end
  local ends <const> = { low = value - half_step(bare), high = value + half_step(bare) }
  for _, name in ipairs { "low", "high" } do
    if entry[name] ~= "" then
      local bound <const>, wrong <const> = read_number(entry[name])
      if not bound then
        return nil, name, wrong
      end
      ends[name] = bound
    end
  end
  if ends.low > value or ends.high < value then
    return nil, "value", "lies outside its own range"
  end
  local scale <const> = in_base[entry.unit] or { unit = entry.unit, factor = 1 }
  local figure <const>, wrong <const> = core.number.scale(value, scale.factor, 1)
  if not figure then
    return nil, "value", wrong
  end
  return { low = ends.low * scale.factor, high = ends.high * scale.factor, value = figure, unit = scale.unit }
end

local function text_of(column, row)
  return column:get(row) or ""
end

---Reads the entries of a pack's source; figures that do not read are added to its problems.
---@param source table?
---@param problems table
---@return table[] entries
function assumptions.read(source, problems)
  local list <const> = {}
  for row = 1, source and source.table and source.table:rows() or 0 do
    local entry <const> = { file_row = source.row(row) }
    for _, name in ipairs { "id", "value", "low", "high", "unit", "source", "quote", "note" } do
      entry[name] = text_of(source.table:column(name), row)
    end
    local figure <const>, field <const>, message <const> = read_value(entry)
    if not figure and not (source.partial and entry[field] == "") then
      problems:add { file = source.path, row = entry.file_row, field = source.heading_of[field], value = entry[field], message = message }
    end
    entry.figure = figure
    list[#list + 1] = entry
  end
  return list
end

---The entries of a model.
function assumptions.list(model)
  return state_of[model].assumptions
end

local function by_claim(list)
  local claims <const>, order <const> = {}, {}
  for _, entry in ipairs(list) do
    if not claims[entry.id] then
      claims[entry.id] = {}
      order[#order + 1] = entry.id
    end
    table.insert(claims[entry.id], entry)
  end
  return claims, order
end

local function agree(entries)
  local low, high = -math.huge, math.huge
  for _, entry in ipairs(entries) do
    if entry.figure.unit ~= entries[1].figure.unit then
      return false
    end
    low, high = math.max(low, entry.figure.low), math.min(high, entry.figure.high)
  end
  return low <= high
end

local function shown(entry)
  return entry.unit == "%" and entry.value .. " %" or entry.unit:sub(1, 2) == "£" and entry.value .. " " .. entry.unit or entry.value
end

local function disagreements(claims, order)
  local bad <const>, notes <const> = {}, {}
  for _, id in ipairs(order) do
    local entries <const> = claims[id]
    if #entries > 1 and not agree(entries) then
      bad[id] = true
      local words <const> = {}
      for index, entry in ipairs(entries) do
        words[index] = ("%s (%s)"):format(shown(entry), entry.source)
      end
      notes[#notes + 1] = ("%s: the sources disagree beyond rounding: %s"):format(id, table.concat(words, ", "))
    end
  end
  return bad, notes
end

---What the register states something of, in its order.
---@return string[]
function assumptions.ids(model)
  local _, order <const> = by_claim(assumptions.list(model))
  return order
end

---The claims whose sources disagree, one line each.
---@return string[]
function assumptions.disagreements(model)
  local _, notes <const> = disagreements(by_claim(assumptions.list(model)))
  return notes
end

---The figure that the register states under an id, as a plain number (£m as pounds), or nil. Sources that disagree are an error: name one.
---@param model remit.model
---@param id string
---@return number? value, string? unit
function assumptions.value(model, id)
  local claims <const> = by_claim(assumptions.list(model))
  local entries <const> = claims[id]
  if not entries then
    return nil
  elseif not agree(entries) then
    fault.raise { code = "assumptions", message = ("'%s' is stated by sources that disagree: set it in the script"):format(id),
      hints = assumptions.disagreements(model) }
  end
  local best = entries[1]
  for _, entry in ipairs(entries) do
    if entry.figure.high - entry.figure.low < best.figure.high - best.figure.low then
      best = entry
    end
  end
  local exact <const> = best.figure.value
  local number <const> = exact / 10 ^ DECIMALS
  return math.tointeger(number) or number, best.figure.unit
end

-- What a script worked out itself joins the claim that it speaks of: compared to four decimals, shown with two.
local function computed_entries(computed)
  local ids <const>, list <const> = {}, {}
  for id in pairs(computed or {}) do
    if type(id) ~= "string" then
      fault.raise { code = "assumptions", message = "computed: every figure needs its id, as in computed = { gap = { value = 32.24, unit = \"%\" } }" }
    end
    ids[#ids + 1] = id
  end
  table.sort(ids)
  for _, id in ipairs(ids) do
    local given <const> = computed[id]
    if type(given) ~= "table" or type(given.value) ~= "number" or type(given.unit) ~= "string" or plain.astray(given, { "value", "unit", "how" }) then
      fault.raise { code = "assumptions", message = ("computed.%s needs { value = 32.24, unit = \"%%\", how = \"...\" }"):format(id) }
    end
    local text <const> = ("%.4f"):format(given.value):gsub("0+$", ""):gsub("%.$", "")
    local figure <const>, _, message <const> = read_value { value = text, unit = given.unit, low = "", high = "" }
    if not figure then
      fault.raise { code = "assumptions", message = ("computed.%s: %s is %s"):format(id, tostring(given.value), message) }
    end
    list[#list + 1] = { id = id, value = ("%.2f"):format(given.value), unit = given.unit, low = "", high = "", source = "computed", quote = "",
      note = given.how or "", figure = figure }
  end
  return list
end

local columns <const> = { "id", "value", "unit", "low", "high", "source", "note" }

---The register as a frame.
---@return remit.frame
function assumptions.frame(model, spec)
  local stated <const>, computed <const> = assumptions.list(model), computed_entries(spec.computed)
  local all <const> = table.move(computed, 1, #computed, #stated + 1, table.move(stated, 1, #stated, 1, {}))
  local claims <const>, order <const> = by_claim(all)
  local list <const> = {}
  local bad <const>, notes <const> = disagreements(claims, order)
  for _, id in ipairs(order) do
    table.move(claims[id], 1, #claims[id], #list + 1, list)
  end
  local given <const> = {}
  for index, name in ipairs(columns) do
    local values <const> = {}
    for row, entry in ipairs(list) do
      values[row] = entry[name] ~= "" and entry[name] or false
    end
    given[index] = { name = name, display = "text", values = values }
  end
  local marks <const> = {}
  for row, entry in ipairs(list) do
    marks[row] = bad[entry.id] and "DISAGREE" or #claims[entry.id] > 1 and "agree" or false
  end
  table.insert(given, 7, { name = "sources", display = "text", values = marks })
  return frame.from { columns = given, keys = {}, about = model:about { title = "Assumptions", money = false, notes = notes } }
end

return assumptions
