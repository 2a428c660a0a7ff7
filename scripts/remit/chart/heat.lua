-- SPDX-License-Identifier: Apache-2.0
-- A table whose cells are shaded: figures by their size, words by how many stand in a cell. Long ones are drawn in pages of fifty rows.

local svg <const> = require "remit.chart.svg"

local heat <const> = { PAGE = 50 }

local ROW <const>, TOP <const>, LABELS <const> = 22, 40, 34

-- A shade from 0 (nothing) to 3: of figures by quarters of the greatest, of words by their number.
local function shades(spec)
  local greatest = 0
  for _, series in ipairs(spec.series) do
    for _, row in ipairs(spec.rows) do
      greatest = math.max(greatest, math.abs(series.values and series.values[row] or 0))
    end
  end
  return function(series, row)
    local text <const> = series.texts[row]
    if text == "" then
      return 0
    elseif not series.values then
      return math.min(select(2, text:gsub("%S+", "")), 3)
    elseif not series.values[row] then
      return 0
    end
    return greatest == 0 and 0 or math.min(math.floor(math.abs(series.values[row]) / greatest * 4), 3)
  end
end

---@param page? { first: integer, last: integer }
---@return remit.svg
function heat.draw(spec, page)
  local first <const>, last <const> = page and page.first or 1, page and page.last or #spec.rows
  local drawing <const>, shade <const> = svg.new(TOP + ROW * (last - first + 1) + 8), shades(spec)
  local left = 60
  for index = first, last do
    left = math.max(left, svg.room(svg.cut(spec.labels[spec.rows[index]], LABELS)) + 12)
  end
  local width <const> = (svg.WIDTH - left) / #spec.series
  if page then
    drawing:text(0, 14, ("Rows %d to %d of %d"):format(first, last, #spec.rows), "start")
  end
  local fits <const> = math.max(math.floor(width / 8.5), 2)
  for number, series in ipairs(spec.series) do
    drawing:text(left + width * (number - 0.5), TOP - 10, svg.cut(series.title, fits), "middle", "strong")
  end
  for index = first, last do
    local row <const>, y <const> = spec.rows[index], TOP + ROW * (index - first)
    drawing:text(left - 8, y + 15, svg.cut(spec.labels[row], LABELS), "end")
    for number, series in ipairs(spec.series) do
      local level <const>, x <const> = shade(series, row), left + width * (number - 1)
      drawing:rect(x + 1, y + 1, width - 2, ROW - 2, "h" .. level)
      if series.texts[row] ~= "" then
        drawing:text(x + width / 2, y + 15, svg.cut(series.texts[row], fits), "middle", level == 3 and "on" or nil)
      end
    end
  end
  return drawing
end

local MOST_SAID <const> = 12

---@param page? { first: integer, last: integer }
---@return string
function heat.describe(spec, page)
  local first <const>, last <const> = page and page.first or 1, page and page.last or #spec.rows
  local words <const> = {}
  for index = first, math.min(last, first + MOST_SAID - 1) do
    local row <const>, parts <const> = spec.rows[index], {}
    for _, series in ipairs(spec.series) do
      parts[#parts + 1] = series.texts[row] ~= "" and ("%s %s"):format(series.title, series.texts[row]) or nil
    end
    words[#words + 1] = ("%s: %s"):format(spec.labels[row], #parts > 0 and table.concat(parts, ", ") or "nothing")
  end
  local more <const> = last - first + 1 - #words
  return ("Shaded table of %d rows and %d columns. %s.%s"):format(last - first + 1, #spec.series, table.concat(words, "; "),
    more > 0 and (" And %d more, in the table."):format(more) or "")
end

return heat
