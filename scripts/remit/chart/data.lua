-- SPDX-License-Identifier: Apache-2.0
-- What charts read from a frame: the rows of detail, their labels, figures and texts.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local write <const> = require "remit.frame.write"

local data <const> = {}

local function column_of(state, name)
  local column <const> = state.by_name[name]
  if not column then
    local names <const> = plain.names(state.columns)
    fault.raise { code = "not found", message = ("chart: the frame has no column '%s'. %s"):format(tostring(name), fault.suggest(tostring(name), names)
      or "Columns: " .. table.concat(names, ", ")) }
  end
  return column
end

---The first column of figures.
---@param state remit.frame.state
---@return string
function data.first_figure(state)
  for _, column in ipairs(state.columns) do
    if show.is_figure(column.display) and not state.key_of[column.name] then
      return column.name
    end
  end
  fault.raise { code = "not found", message = "chart: the frame has no column of figures" }
end

---The rows that are no totals, in order.
---@param of remit.frame
---@return integer[]
function data.rows(of)
  return levels.parts(frame.inside(of))
end

---A column as it is shown, a text a row of the frame.
---@param of remit.frame
---@param name string
---@return string[]
function data.texts(of, name)
  local state <const> = frame.inside(of)
  return write.texts(state, column_of(state, name))
end

---The labels of the rows.
---@param of remit.frame
---@param name? string default: the first key, or the first column
---@return string[]
function data.labels(of, name)
  local state <const> = frame.inside(of)
  return data.texts(of, name or state.keys[1] or state.columns[1].name)
end

---A column of figures: its title, its values as plain numbers of its display's unit (£m: millions; false: no value) and their texts.
---@param of remit.frame
---@param name string
---@return { title: string, display: string, values: (number|false)[], texts: string[] }
function data.figures(of, name)
  local state <const> = frame.inside(of)
  local column <const> = column_of(state, name)
  if not show.is_figure(column.display) then
    fault.raise { code = "invalid", message = ("chart: '%s' has no figures"):format(name) }
  end
  local source <const>, values <const> = state.table:column(name), {}
  for row = 1, state.count do
    local units <const> = source:get(row)
    values[row] = units and core.number.plain(units, source:unit()) / (column.display == "£m" and 1e6 or 1) * (column.display == "%" and 100 or 1)
  end
  return { title = column.title, display = column.display, values = values, texts = write.texts(state, column) }
end

---Round numbers for an axis from at or below the least to at or above the greatest value; zero is always among them unless `loose`.
---@param least number
---@param greatest number
---@param loose? boolean
---@return number[]
function data.ticks(least, greatest, loose)
  if not loose then
    least, greatest = math.min(least, 0), math.max(greatest, 0)
  end
  if greatest <= least then
    greatest = least + 1
  end
  local rough <const> = (greatest - least) / 6
  local power <const> = 10.0 ^ math.floor(math.log(rough, 10))
  local step = power * 10
  for _, factor in ipairs { 1, 2, 5 } do
    if factor * power >= rough * 0.999 then
      step = factor * power
      break
    end
  end
  local ticks <const> = {}
  for index = math.floor(least / step + 1e-9), math.ceil(greatest / step - 1e-9) do
    ticks[#ticks + 1] = index * step
  end
  return ticks
end

---An axis number as short as it can be.
---@param value number
---@return string
function data.tick_text(value)
  local size <const> = math.abs(value)
  if size >= 1e6 then
    return ("%.10gm"):format(value / 1e6)
  elseif size >= 1e4 then
    return ("%.10gk"):format(value / 1e3)
  end
  return (("%.3f"):format(value):gsub("%.?0+$", ""):gsub("^-0$", "0"))
end

return data
