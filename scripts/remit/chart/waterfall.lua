-- SPDX-License-Identifier: Apache-2.0
-- From one total to another, step by step: the first and the last row are totals, the others what is added or taken away.

local data <const> = require "remit.chart.data"
local svg <const> = require "remit.chart.svg"

local waterfall <const> = {}

local ROW <const>, TOP <const>, LABELS <const> = 30, 30, 30

-- From and to of each row. Steps that are withheld are shown as one: what they come to together is no secret, it is the rest.
local function spans(spec)
  local values <const>, found <const> = spec.series[1].values, {}
  local level, hidden = 0, 0
  for index, row in ipairs(spec.rows) do
    local value <const> = values[row]
    if index == 1 or index == #spec.rows then
      found[index] = { from = 0, to = value or 0, total = true, row = row }
      level = index == 1 and (value or 0) or level
    elseif value then
      found[index] = { from = level, to = level + value, row = row }
      level = level + value
    else
      found[index] = { from = level, to = level, hidden = true, row = row }
      hidden = hidden + 1
    end
  end
  return found, hidden
end

-- A total is no change: it has no "+" before it.
local function text_of(spec, row, total)
  local text <const> = spec.series[1].texts[row]
  return total and text:gsub("^%+", "") or text
end

local function layout(spec, found)
  local least, greatest, left, right = math.huge, -math.huge, 60, 60
  for index, span in ipairs(found) do
    least, greatest = math.min(least, span.from, span.to), math.max(greatest, span.from, span.to)
    left = math.max(left, svg.room(svg.cut(spec.labels[spec.rows[index]], LABELS), span.total) + 14)
    right = math.max(right, svg.room(spec.series[1].texts[spec.rows[index]], span.total) + 14)
  end
  if #found == 0 then
    least, greatest = 0, 1
  end
  local ticks <const> = data.ticks(least, greatest)
  local from <const>, to <const> = ticks[1], ticks[#ticks]
  return { left = left, ticks = ticks, x = function(value)
    return left + (svg.WIDTH - right - left) * (value - from) / (to - from)
  end }
end

local function draw_span(drawing, spec, span, y, at)
  local low <const>, high <const> = math.min(span.from, span.to), math.max(span.from, span.to)
  local class <const> = span.total and "f1" or span.to < span.from and "f3" or "f2"
  drawing:text(at.left - 8, y + 19, svg.cut(spec.labels[span.row], LABELS), "end", span.total and "strong")
  if span.hidden then
    drawing:rect(at.x(span.from) - 3, y + 5, 6, ROW - 10, "hidden")
  else
    drawing:rect(at.x(low), y + 5, math.max(at.x(high) - at.x(low), 1), ROW - 10, class)
  end
  drawing:text(at.x(high) + 6, y + 19, text_of(spec, span.row, span.total), "start", span.total and "strong")
end

---@return remit.svg
function waterfall.draw(spec)
  local found <const> = spans(spec)
  local at <const>, bottom <const> = layout(spec, found), TOP + ROW * #found
  local drawing <const> = svg.new(bottom + 26)
  drawing:text(4, 16, spec.unit, "start", "soft")
  for _, tick in ipairs(at.ticks) do
    drawing:line(at.x(tick), TOP, at.x(tick), bottom, tick == 0 and "axis" or "rule")
    drawing:text(at.x(tick), bottom + 18, data.tick_text(tick), "middle", "soft")
  end
  for index, span in ipairs(found) do
    local y <const> = TOP + ROW * (index - 1)
    if index > 1 then
      drawing:line(at.x(found[index - 1].to), y - 5, at.x(found[index - 1].to), y + 5, "axis")
    end
    draw_span(drawing, spec, span, y, at)
  end
  return drawing
end

---@return string
function waterfall.describe(spec)
  local words <const> = {}
  local _, hidden <const> = spans(spec)
  for index, row in ipairs(spec.rows) do
    local total <const> = index == 1 or index == #spec.rows
    words[index] = ("%s%s %s"):format(total and (index == 1 and "from " or "to ") or "", spec.labels[row], text_of(spec, row, total))
  end
  return ("Waterfall in %s: %s.%s"):format(spec.unit, table.concat(words, "; "), hidden > 0
    and (" %d steps are withheld; their sum is what the others leave."):format(hidden) or "")
end

return waterfall
