-- SPDX-License-Identifier: Apache-2.0
-- Packages over months: a bar of shadow running up to go-live, the time until all is handed over, and from where a go-live has slipped.

local core <const> = require "remit.core"
local svg <const> = require "remit.chart.svg"

local timeline <const> = {}

local ROW <const>, TOP <const>, LABELS <const>, RIGHT <const> = 30, 48, 30, 30

local function month_of(text)
  return core.calendar.month(text or "") or nil
end

-- The months of each row, and the first and last of all.
local function spans(spec)
  local found <const> = {}
  local first, last = math.huge, -math.huge
  for index, row in ipairs(spec.rows) do
    local one <const> = { row = row }
    for _, name in ipairs { "shadow", "planned", "golive", "done" } do
      one[name] = spec.months[name] and month_of(spec.months[name][row])
      if one[name] then
        first, last = math.min(first, one[name]), math.max(last, one[name])
      end
    end
    found[index] = one
  end
  if first > last then
    return found, 0, 12
  end
  return found, first - 1, last + 2
end

local function draw_months(drawing, first, last, x, bottom)
  local every = 1
  for _, step in ipairs { 1, 3, 6, 12, 24, 60, 120 } do
    every = step
    if (last - first) / step <= 9 then
      break
    end
  end
  for month = first, last do
    if month % every == 0 then
      drawing:line(x(month), TOP - 4, x(month), bottom, "rule")
      drawing:text(x(month), TOP - 9, core.calendar.month_text(month), "middle", "soft")
    end
  end
end

local function draw_package(drawing, spec, one, y, x)
  if one.shadow and one.golive then
    drawing:rect(x(one.shadow), y + 8, x(one.golive) - x(one.shadow), ROW - 16, "h2")
  end
  if one.golive and one.done and one.done > one.golive then
    drawing:rect(x(one.golive), y + 8, x(one.done) - x(one.golive), ROW - 16, "f1")
  end
  if one.planned and one.golive and one.planned ~= one.golive then
    drawing:line(x(one.planned), y + ROW / 2, x(one.golive), y + ROW / 2, "limit")
    drawing:circle(x(one.planned), y + ROW / 2, 5, "hidden")
  end
  if one.golive then
    drawing:diamond(x(one.golive), y + ROW / 2, 7, "f2")
  else
    drawing:text(x(one.shadow or one.planned or spec.first), y + 19, "no go-live", "start", "soft")
  end
end

local function draw_key(drawing)
  drawing:rect(4, 7, 16, 10, "h2")
  drawing:text(26, 16, "shadow running")
  drawing:diamond(150, 12, 6, "f2")
  drawing:text(161, 16, "go-live")
  drawing:rect(226, 7, 16, 10, "f1")
  drawing:text(248, 16, "handing over")
  drawing:circle(356, 12, 5, "hidden")
  drawing:text(366, 16, "go-live before it slipped")
end

---@return remit.svg
function timeline.draw(spec)
  local found <const>, first <const>, last <const> = spans(spec)
  local left, bottom <const> = 60, TOP + ROW * #found
  for _, row in ipairs(spec.rows) do
    left = math.max(left, svg.room(svg.cut(spec.labels[row], LABELS)) + 14)
  end
  local function x(month)
    return left + (svg.WIDTH - RIGHT - left) * (month - first) / (last - first)
  end
  local drawing <const> = svg.new(bottom + 12)
  spec.first = first
  draw_key(drawing)
  draw_months(drawing, first, last, x, bottom)
  for index, one in ipairs(found) do
    local y <const> = TOP + ROW * (index - 1)
    drawing:text(left - 8, y + 19, svg.cut(spec.labels[one.row], LABELS), "end")
    draw_package(drawing, spec, one, y, x)
  end
  return drawing
end

---@return string
function timeline.describe(spec)
  local words <const> = {}
  for index, row in ipairs(spec.rows) do
    local parts <const> = {}
    for _, one in ipairs { { "shadow", "shadow from " }, { "planned", "planned for " }, { "golive", "go-live " }, { "done", "all handed over " } } do
      local text <const> = spec.months[one[1]] and spec.months[one[1]][row]
      parts[#parts + 1] = text and text ~= "" and one[2] .. text or nil
    end
    words[index] = ("%s: %s"):format(spec.labels[row], #parts > 0 and table.concat(parts, ", ") or "no dates")
  end
  return ("Timeline. %s."):format(table.concat(words, "; "))
end

return timeline
