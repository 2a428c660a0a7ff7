-- SPDX-License-Identifier: Apache-2.0
-- What people judged of each function, a row a function and a column a criterion: held to what criteria.csv says of each criterion's scale.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local reports <const> = require "remit.subsidiarity.report"
local state_of <const> = require "remit.state_of"

local scores <const> = {}

local beside <const> = { fn = true, source = true, note = true, why = true, ref = true }
local truth <const> = { ["true"] = "true", yes = "true", ["1"] = "true", y = "true", ["false"] = "false", no = "false", ["0"] = "false", n = "false" }
local booleans <const> = core.dictionary.new { "false", "true" }
local most <const> = { score = 3, percent = 100 }

---Reads a file of scores, or takes a script's list of rows.
---@param given string|table[]?
---@return { name: string, headings: string[], rows: table[] }?
function scores.read(given)
  if given == nil then
    return nil
  elseif type(given) == "string" then
    local headings <const>, rows <const> = reports.read(given, beside)
    return { name = given, headings = headings, rows = rows }
  end
  local headings <const>, seen <const>, rows <const> = {}, {}, {}
  for index, one in ipairs(given) do
    rows[index] = { place = ("scores %d"):format(index) }
    for _, name in ipairs(plain.keys(type(one) == "table" and one or {})) do
      rows[index][name] = tostring(one[name])
      headings[#headings + 1] = not seen[name] and name or nil
      seen[name] = true
    end
  end
  return { name = "the scores", headings = headings, rows = rows }
end

---The scale of each criterion that the pack or the vocabulary declares, by id.
---@param model remit.model
---@return table<string, string> scales, string[] ids
function scores.scales(model)
  local source <const> = state_of[model].sources.criteria
  local scales <const>, ids <const> = {}, {}
  for row = 1, source and source.table:rows() or 0 do
    ids[row] = source.table:column("id"):get(row)
    scales[ids[row]] = source.table:column("scale"):get(row) or "score"
  end
  return scales, ids
end

local function value_of(text, scale)
  if scale == "boolean" then
    local value <const> = truth[text:lower()]
    return value, not value and "not true or false" or nil
  end
  local value <const>, message <const> = core.number.parse((text:gsub("%s*%%$", scale == "percent" and "" or "%0")), { decimals = 6 })
  if not value then
    return nil, message
  elseif most[scale] and (value < 0 or value > most[scale] * 1000000) then
    return nil, ("lies outside 0 to %d"):format(most[scale])
  end
  return value
end

---A column without a value for anybody.
---@return remit.core.column
function scores.none(rows, scale)
  return core.column.same(false, rows, scale == "boolean" and booleans or "micro")
end

local function column_of(read, name, scale, codes, rows, report)
  local values <const> = {}
  for row = 1, rows do
    values[row] = false
  end
  for index, row in ipairs(read.rows) do
    local text <const> = row[name] or ""
    if codes[index] and text ~= "" then
      local value <const>, message <const> = value_of(text, scale)
      values[codes[index]] = value or false
      if not value then
        report:add { place = row.place, column = name, value = text, message = message }
      end
    end
  end
  return scale == "boolean" and core.column.labels(values, booleans) or core.column.ints(values, "micro")
end

-- The function of each row, and what is wrong with those that name none.
local function functions_of(read, model, report)
  local codes <const>, seen <const> = {}, {}
  for index, row in ipairs(read.rows) do
    local code <const>, message <const> = resolve.member(state_of[model].members.fn, row.fn or "")
    if not code then
      report:add { place = row.place, column = "fn", value = row.fn or "", message = message }
    elseif seen[code] then
      report:add { place = row.place, column = "fn", value = row.fn, message = "has scores already: " .. seen[code] }
    else
      codes[index], seen[code] = code, row.place
    end
  end
  return codes
end

---The columns of scores, by criterion, in the order of the model's functions.
---@param read table? what `read` gave
---@param model remit.model
---@return table<string, remit.core.column>
function scores.columns(read, model)
  local columns <const> = {}
  if not read then
    return columns
  end
  local report <const> = reports.new(read.name)
  local scales <const>, ids <const> = scores.scales(model)
  local functions <const> = state_of[model].members.fn.table
  local codes <const> = functions_of(read, model, report)
  for _, name in ipairs(read.headings) do
    local attribute <const> = functions:column(name)
    if beside[name] then
      goto continue
    elseif attribute and attribute:stats().missing < attribute:count() then
      report:add { place = read.name, column = name, message = "is a column of functions.csv too: say it in one place" }
    elseif not scales[name] then
      report:add { place = read.name, column = name, message = "is no criterion that criteria.csv declares. " .. (fault.suggest(name, ids)
        or "There are: " .. table.concat(ids, ", ")) }
    else
      columns[name] = column_of(read, name, scales[name], codes, functions:rows(), report)
    end
    ::continue::
  end
  report:raise()
  return columns
end

return scores
