-- SPDX-License-Identifier: Apache-2.0
-- Figures by month as lines that keep their level, against a limit, with what happens in which month marked.

local data <const> = require "remit.chart.data"
local svg <const> = require "remit.chart.svg"

local line <const> = {}

local HEIGHT <const>, TOP <const>, BOTTOM <const>, LEFT <const> = 360, 56, 44, 64
local LABEL_GAP <const> = 15

local function extent(spec)
  local least, greatest = math.huge, -math.huge
  local function take(value)
    if value then
      least, greatest = math.min(least, value), math.max(greatest, value)
    end
  end
  for _, series in ipairs(spec.series) do
    for _, row in ipairs(spec.rows) do
      take(series.values[row])
    end
  end
  take(spec.limit and spec.limit.value)
  if least > greatest then
    return 0, 1
  end
  return least, greatest
end

-- Where things stand on the page: the plot ends where the longest direct label begins.
local function layout(spec)
  local least <const>, greatest <const> = extent(spec)
  -- A cap near the figures would be one line with them on an axis from zero.
  local loose <const> = least > 0 and (greatest - least) < greatest * 0.6
  local ticks <const> = data.ticks(least, greatest, loose)
  local room = 60
  for _, series in ipairs(spec.series) do
    room = math.max(room, svg.room(svg.cut(series.title, 24)) * 1.12 + 14)
  end
  local right <const>, count <const> = svg.WIDTH - room, #spec.rows
  local low <const>, high <const> = ticks[1], ticks[#ticks]
  return { ticks = ticks, right = right, x = function(index)
    return LEFT + (right - LEFT) * (index - 1) / math.max(count, 1)
  end, y = function(value)
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low)
  end }
end

local function draw_axes(drawing, spec, at)
  for _, tick in ipairs(at.ticks) do
    drawing:line(LEFT, at.y(tick), at.right, at.y(tick), "rule")
    drawing:text(LEFT - 8, at.y(tick) + 4, data.tick_text(tick), "end", "soft")
  end
  drawing:line(LEFT, HEIGHT - BOTTOM, at.right, HEIGHT - BOTTOM, "axis")
  local every = 1
  for _, step in ipairs { 1, 2, 3, 6, 12, 24, 60, 120, 240 } do
    every = step
    if #spec.rows / step <= 8 then
      break
    end
  end
  for index = 1, #spec.rows, every do
    drawing:line(at.x(index), HEIGHT - BOTTOM, at.x(index), HEIGHT - BOTTOM + 5, "axis")
    drawing:text(at.x(index), HEIGHT - BOTTOM + 20, spec.labels[spec.rows[index]], "start", "soft")
  end
  drawing:text(4, TOP - 38, spec.unit, "start", "soft")
end

local function draw_marks(drawing, spec, at)
  local index_of <const>, busy <const> = {}, {}
  for index, row in ipairs(spec.rows) do
    index_of[spec.labels[row]] = index
  end
  for _, mark in ipairs(spec.marks) do
    local index <const> = index_of[mark.at]
    if index then
      local label <const> = svg.cut(mark.label, 36)
      local from <const>, level = at.x(index), 1
      local back <const> = from + svg.room(label) > svg.WIDTH
      while busy[level] and busy[level] > from and level < 3 do
        level = level + 1
      end
      busy[level] = from + svg.room(label) + 10
      local y <const> = TOP - 44 + level * 14
      drawing:line(from, y + 4, from, HEIGHT - BOTTOM, "mark")
      drawing:text(back and from - 3 or from + 3, y, label, back and "end" or "start", "soft")
    end
  end
end

-- Labels at the ends of the lines, pushed apart where lines end near one another.
local function draw_labels(drawing, ends, right)
  table.sort(ends, function(a, b)
    if a.y ~= b.y then
      return a.y < b.y
    end
    return a.index < b.index
  end)
  local last = -math.huge
  for _, one in ipairs(ends) do
    local y <const> = math.max(one.y + 4, last + LABEL_GAP)
    drawing:text(right + 6, y, svg.cut(one.title, 24), "start", one.class)
    last = y
  end
end

---@return remit.svg
function line.draw(spec)
  local drawing <const>, at <const>, ends <const> = svg.new(HEIGHT), layout(spec), {}
  draw_axes(drawing, spec, at)
  draw_marks(drawing, spec, at)
  if spec.limit then
    drawing:line(LEFT, at.y(spec.limit.value), at.right, at.y(spec.limit.value), "limit")
    ends[1] = { y = at.y(spec.limit.value), title = spec.limit.label, class = "limit", index = 0 }
  end
  for number, series in ipairs(spec.series) do
    local points <const> = {}
    local last
    for index, row in ipairs(spec.rows) do
      local value <const> = series.values[row]
      if value then
        points[#points + 1] = { at.x(index), at.y(value) }
        points[#points + 1] = { at.x(index + 1), at.y(value) }
        last = value
      end
    end
    if last then
      drawing:steps(points, "l" .. number)
      ends[#ends + 1] = { y = at.y(last), title = series.title, class = "f" .. number, index = number }
    end
  end
  draw_labels(drawing, ends, at.right)
  return drawing
end

local function span_text(spec, series)
  local first, last, lowest, lowest_at
  local above = 0
  for _, row in ipairs(spec.rows) do
    local value <const> = series.values[row]
    if value then
      first = first or row
      last = row
      if not lowest or value < lowest then
        lowest, lowest_at = value, row
      end
      above = above + (spec.limit and value > spec.limit.value and 1 or 0)
    end
  end
  if not first then
    return series.title .. ": no values."
  end
  local limit <const> = spec.limit and (" Above %s in %d of %d months."):format(spec.limit.label, above, #spec.rows) or ""
  return ("%s: %s in %s, %s in %s; lowest %s in %s.%s"):format(series.title, series.texts[first], spec.labels[first], series.texts[last],
    spec.labels[last], series.texts[lowest_at], spec.labels[lowest_at], limit)
end

---@return string
function line.describe(spec)
  local words <const> = { ("Lines in %s."):format(spec.unit) }
  for _, series in ipairs(spec.series) do
    words[#words + 1] = span_text(spec, series)
  end
  for _, mark in ipairs(spec.marks) do
    words[#words + 1] = ("Marked in %s: %s."):format(mark.at, mark.label)
  end
  return table.concat(words, " ")
end

return line
