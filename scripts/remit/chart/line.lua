-- SPDX-License-Identifier: Apache-2.0
-- Figures by month as lines that keep their level, against a limit, with what happens in which month marked.

local data <const> = require "remit.chart.data"
local plain <const> = require "remit.plain"
local svg <const> = require "remit.chart.svg"

local line <const> = {}

local PLOT <const>, BOTTOM <const>, LEFT <const>, LEVEL <const>, LEVELS <const> = 260, 44, 64, 14, 8
local LABEL_GAP <const>, NOTE <const> = 15, 18

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

-- The unit, and where the axis begins when that is not zero.
local function axis_title(spec, ticks)
  return ticks[1] > 0 and ("%s, from %s"):format(spec.unit, data.tick_text(ticks[1])) or spec.unit
end

-- Where marks stand on the axis; one that no row is called as stands nowhere.
local function places_of(spec)
  local index_of <const> = {}
  for index, row in ipairs(spec.rows) do
    index_of[spec.labels[row]] = index
  end
  return index_of
end

-- The labels of marks, each on the first level where it has room, to the right of its line or else to the left; more than the levels hold have a line only,
-- and their words go below, as those of marks beside the axis do.
local function place_marks(spec, x, title)
  local index_of <const>, placed <const>, beside <const>, unlabelled <const> = places_of(spec), {}, {}, {}
  local taken <const>, highest = { { { 0, svg.room(title) + 8 } } }, 1
  local function is_free(level, from, to)
    for _, one in ipairs(taken[level] or {}) do
      if from < one[2] and one[1] < to then
        return false
      end
    end
    return true
  end
  for _, mark in ipairs(spec.marks) do
    local at <const> = index_of[mark.at] and x(index_of[mark.at])
    if at then
      local label <const> = svg.cut(mark.label, 48)
      local room <const> = svg.room(label) + 8
      local back <const> = at + room > svg.WIDTH and at > room
      local from <const> = back and at - room or at
      local level = 1
      while level <= LEVELS and not is_free(level, from, from + room) do
        level = level + 1
      end
      if level <= LEVELS then
        taken[level] = taken[level] or {}
        table.insert(taken[level], { from, from + room })
        highest = math.max(highest, level)
      end
      placed[#placed + 1] = { x = at, label = level <= LEVELS and label, level = math.min(level, LEVELS), back = back }
      unlabelled[#unlabelled + 1] = level > LEVELS and mark or nil
    else
      beside[#beside + 1] = mark
    end
  end
  return placed, highest, beside, unlabelled
end

-- Marks as words below the drawing, in lines that fit on it.
local function add_notes(lines, lead, marks)
  local text = lead
  for index, mark in ipairs(marks) do
    local item <const> = ("%s %s%s"):format(svg.cut(mark.at, 24), svg.cut(mark.label, 48), index < #marks and ";" or "")
    if svg.room(text .. " " .. item) > svg.WIDTH and text ~= lead then
      lines[#lines + 1], text = text, item
    else
      text = text .. " " .. item
    end
  end
  lines[#lines + 1] = #marks > 0 and text or nil
end

-- Where things stand on the page: the plot ends where the longest direct label begins, below the labels of marks.
local function layout(spec)
  local least <const>, greatest <const> = extent(spec)
  -- A cap near the figures would be one line with them on an axis from zero.
  local loose <const> = least > 0 and (greatest - least) < greatest * 0.6
  local ticks <const> = data.ticks(least, greatest, loose)
  local room = 60
  for _, series in ipairs(spec.series) do
    room = math.max(room, svg.room(svg.cut(series.title, 24), true) + 14)
  end
  room = math.max(room, spec.limit and svg.room(svg.cut(spec.limit.label, 24), true) + 14 or 0)
  local right <const>, count <const> = svg.WIDTH - room, #spec.rows
  local low <const>, high <const> = ticks[1], ticks[#ticks]
  local function x(index)
    return LEFT + (right - LEFT) * (index - 1) / math.max(count, 1)
  end
  local marks <const>, levels <const>, beside <const>, unlabelled <const> = place_marks(spec, x, axis_title(spec, ticks))
  local notes <const> = {}
  add_notes(notes, "Beside the axis:", beside)
  add_notes(notes, "Marked too:", unlabelled)
  local bottom <const> = LEVEL * (levels + 1) + PLOT
  return { ticks = ticks, right = right, x = x, marks = marks, notes = notes, bottom = bottom, y = function(value)
    return bottom - PLOT * (value - low) / (high - low)
  end }
end

local function draw_axes(drawing, spec, at)
  for _, tick in ipairs(at.ticks) do
    drawing:line(LEFT, at.y(tick), at.right, at.y(tick), "rule")
    drawing:text(LEFT - 8, at.y(tick) + 4, data.tick_text(tick), "end", "soft")
  end
  drawing:line(LEFT, at.bottom, at.right, at.bottom, "axis")
  local every = 1
  for _, step in ipairs { 1, 2, 3, 6, 12, 24, 60, 120, 240 } do
    every = step
    if #spec.rows / step <= 8 then
      break
    end
  end
  local fits <const> = math.max(math.floor((at.x(1 + every) - LEFT) / 10), 7) -- a month is seven
  for index = 1, #spec.rows, every do
    drawing:line(at.x(index), at.bottom, at.x(index), at.bottom + 5, "axis")
    drawing:text(at.x(index), at.bottom + 20, svg.cut(spec.labels[spec.rows[index]], fits), "start", "soft")
  end
  drawing:text(4, LEVEL, axis_title(spec, at.ticks), "start", "soft")
end

-- Lines first: a label that one crosses stays readable.
local function draw_marks(drawing, at)
  for _, mark in ipairs(at.marks) do
    drawing:line(mark.x, LEVEL * mark.level + 4, mark.x, at.bottom, "mark")
  end
  for _, mark in ipairs(at.marks) do
    if mark.label then
      drawing:text(mark.back and mark.x - 3 or mark.x + 3, LEVEL * mark.level, mark.label, mark.back and "end" or "start", "soft")
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

-- A line in pieces, for it stops where there is no figure.
local function pieces(spec, series, at)
  local list <const> = {}
  local points
  for index, row in ipairs(spec.rows) do
    local value <const> = series.values[row]
    if value then
      points = points or {}
      list[#list + (#points == 0 and 1 or 0)] = points
      points[#points + 1] = { at.x(index), at.y(value) }
      points[#points + 1] = { at.x(index + 1), at.y(value) }
    else
      points = nil
    end
  end
  return list
end

---@return remit.svg
function line.draw(spec)
  local at <const>, ends <const> = layout(spec), {}
  local drawing <const> = svg.new(at.bottom + BOTTOM + NOTE * #at.notes)
  draw_axes(drawing, spec, at)
  draw_marks(drawing, at)
  if spec.limit then
    drawing:line(LEFT, at.y(spec.limit.value), at.right, at.y(spec.limit.value), "limit")
    ends[1] = { y = at.y(spec.limit.value), title = spec.limit.label, class = "limit", index = 0 }
  end
  for number, series in ipairs(spec.series) do
    local last
    for _, points in ipairs(pieces(spec, series, at)) do
      drawing:steps(points, "l" .. number)
      last = points[#points][2]
    end
    ends[#ends + 1] = last and { y = last, title = series.title, class = "f" .. number, index = number } or nil
  end
  draw_labels(drawing, ends, at.right)
  for index, note in ipairs(at.notes) do
    drawing:text(4, at.bottom + BOTTOM + NOTE * index - 6, note, "start", "soft")
  end
  return drawing
end

local function span_text(spec, series)
  local first, last, lowest, lowest_at
  local above, missing = 0, 0
  for _, row in ipairs(spec.rows) do
    local value <const> = series.values[row]
    missing = missing + (value and 0 or 1)
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
  local limit <const> = spec.limit and (" Above %s in %d of %d months."):format(spec.limit.label, above, #spec.rows - missing) or ""
  local gaps <const> = missing > 0 and (" No figure in %s."):format(plain.counted(missing, "month")) or ""
  return ("%s: %s in %s, %s in %s; lowest %s in %s.%s%s"):format(series.title, series.texts[first], spec.labels[first], series.texts[last],
    spec.labels[last], series.texts[lowest_at], spec.labels[lowest_at], limit, gaps)
end

---@return string
function line.describe(spec)
  local words <const> = { ("Lines in %s."):format(spec.unit) }
  for _, series in ipairs(spec.series) do
    words[#words + 1] = span_text(spec, series)
  end
  local index_of <const> = places_of(spec)
  for _, mark in ipairs(spec.marks) do
    words[#words + 1] = (index_of[mark.at] and "Marked in %s: %s." or "Beside the axis, in %s: %s."):format(mark.at, mark.label)
  end
  return table.concat(words, " ")
end

return line
