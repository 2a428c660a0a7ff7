-- SPDX-License-Identifier: Apache-2.0
-- Horizontal bars, one figure a row, or up to four categories stacked in each. Figures that are withheld have an empty, dashed bar.

local data <const> = require "remit.chart.data"
local svg <const> = require "remit.chart.svg"

local bar <const> = {}

local ROW <const>, TOP <const>, LABELS <const> = 26, 30, 26

local function stacked_ends(spec, row)
  local below, above = 0, 0
  for _, series in ipairs(spec.series) do
    local value <const> = series.values[row] or 0
    below, above = below + math.min(value, 0), above + math.max(value, 0)
  end
  return below, above
end

local function layout(spec)
  local least, greatest, left, right = 0, 0, 60, 60
  for _, row in ipairs(spec.rows) do
    local below <const>, above <const> = stacked_ends(spec, row)
    least, greatest = math.min(least, below), math.max(greatest, above)
    left = math.max(left, svg.room(svg.cut(spec.labels[row], LABELS)) + 14)
    right = math.max(right, #spec.series == 1 and svg.room(spec.series[1].texts[row]) + 12 or 0)
  end
  -- Room for figures that stand left of bars below zero.
  local low <const> = least < 0 and left + right or left
  local ticks <const> = data.ticks(least, greatest)
  local from <const>, to <const> = math.min(ticks[1], 0), math.max(ticks[#ticks], 0)
  return { left = left, ticks = ticks, x = function(value)
    return low + (svg.WIDTH - right - low) * (value - from) / (to - from)
  end }
end

local function draw_key(drawing, spec)
  local x = 4
  for number, series in ipairs(spec.series) do
    local title <const> = svg.cut(series.title, 24)
    drawing:rect(x, 6, 12, 12, "f" .. number)
    drawing:text(x + 17, 16, title)
    x = x + svg.room(title) + 34
  end
end

local function draw_row(drawing, spec, row, y, at)
  drawing:text(at.left - 8, y + 17, svg.cut(spec.labels[row], LABELS), "end")
  local below, above = 0, 0
  local seen
  for number, series in ipairs(spec.series) do
    local value <const> = series.values[row]
    if value then
      local from <const> = value < 0 and below + value or above
      drawing:rect(at.x(from), y + 4, at.x(from + math.abs(value)) - at.x(from), ROW - 8, "f" .. number)
      below, above = below + math.min(value, 0), above + math.max(value, 0)
      seen = true
    end
  end
  if not seen then
    drawing:rect(at.x(0), y + 4, 24, ROW - 8, "hidden")
    drawing:text(at.x(0) + 30, y + 17, spec.series[1].texts[row], "start", "soft")
  elseif #spec.series == 1 then
    local value <const> = spec.series[1].values[row]
    drawing:text(at.x(value) + (value < 0 and -6 or 6), y + 17, spec.series[1].texts[row], value < 0 and "end" or "start")
  end
end

---@return remit.svg
function bar.draw(spec)
  local at <const> = layout(spec)
  local bottom <const> = TOP + ROW * #spec.rows
  local drawing <const> = svg.new(bottom + 26)
  draw_key(drawing, spec)
  for _, tick in ipairs(at.ticks) do
    drawing:line(at.x(tick), TOP, at.x(tick), bottom, tick == 0 and "axis" or "rule")
    drawing:text(at.x(tick), bottom + 18, data.tick_text(tick), "middle", "soft")
  end
  for index, row in ipairs(spec.rows) do
    draw_row(drawing, spec, row, TOP + ROW * (index - 1), at)
  end
  return drawing
end

local MOST_SAID <const> = 15

---@return string
function bar.describe(spec)
  local words <const> = {}
  for index = 1, math.min(#spec.rows, MOST_SAID) do
    local row <const>, parts <const> = spec.rows[index], {}
    for number, series in ipairs(spec.series) do
      local text <const> = series.texts[row] ~= "" and series.texts[row] or "no value"
      parts[number] = #spec.series > 1 and ("%s %s"):format(series.title, text) or text
    end
    words[index] = ("%s: %s"):format(spec.labels[row], table.concat(parts, ", "))
  end
  local more <const> = #spec.rows > MOST_SAID and (" And %d more, in the table."):format(#spec.rows - MOST_SAID) or ""
  return ("%s, %s. %s.%s"):format(#spec.series > 1 and "Stacked bars" or "Bars", spec.unit, table.concat(words, "; "), more)
end

return bar
