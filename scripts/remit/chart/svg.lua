-- SPDX-License-Identifier: Apache-2.0
-- The shapes that charts are drawn with. No library of Debian 12 draws static SVG from C or Lua, and these six shapes are all it takes.
-- Colours are classes, which chart/palette.lua gives their values: so a page's dark mode reaches into its charts.

local core <const> = require "remit.core"
local markup <const> = require "remit.markup"
local palette <const> = require "remit.chart.palette"
local safe <const> = require "remit.safe"

local svg <const> = { WIDTH = 720 }

local element <const> = markup.element

-- A tenth of a unit is finer than any screen; fewer digits are fewer bytes.
local function number(value)
  local text <const> = ("%.1f"):format(value)
  return text == "-0.0" and "0" or (text:gsub("%.0$", ""))
end

---@class remit.svg
---@field height number
local Svg <const> = {}
Svg.__index = Svg

---@param height number
---@return remit.svg
function svg.new(height)
  return setmetatable({ height = height, parts = {} }, Svg)
end

local function add(self, name, attributes, inside)
  self.parts[#self.parts + 1] = element(name, attributes, inside or "")
end

---@param anchor? "start"|"middle"|"end"
function Svg:text(x, y, text, anchor, class)
  add(self, "text", { { "x", number(x) }, { "y", number(y) }, { "text-anchor", anchor ~= "start" and anchor }, { "class", class } }, markup.escape(text))
end

function Svg:rect(x, y, width, height, class)
  add(self, "rect", { { "x", number(x) }, { "y", number(y) }, { "width", number(math.max(width, 0)) }, { "height", number(math.max(height, 0)) },
    { "class", class } })
end

function Svg:line(x1, y1, x2, y2, class)
  add(self, "line", { { "x1", number(x1) }, { "y1", number(y1) }, { "x2", number(x2) }, { "y2", number(y2) }, { "class", class } })
end

function Svg:circle(x, y, radius, class)
  add(self, "circle", { { "cx", number(x) }, { "cy", number(y) }, { "r", number(radius) }, { "class", class } })
end

---A line that keeps its level until the next point: a rate holds for its month.
---@param points { [1]: number, [2]: number }[]
function Svg:steps(points, class)
  local words <const> = {}
  for index, point in ipairs(points) do
    words[index] = index == 1 and ("M%s %s"):format(number(point[1]), number(point[2])) or ("H%sV%s"):format(number(point[1]), number(point[2]))
  end
  add(self, "path", { { "d", table.concat(words) }, { "class", class } })
end

function Svg:diamond(x, y, radius, class)
  local r <const> = number(radius)
  add(self, "path", { { "d", ("M%s %sl%s %sl-%s %sl-%s -%sz"):format(number(x), number(y - radius), r, r, r, r, r, r) }, { "class", class } })
end

---The drawing. Within a page `id` ties its title and description to it; alone it brings its own colours.
---@param given { id: string, title: string, description: string, alone?: boolean }
---@return string
function Svg:markup(given)
  local title <const>, description <const> = given.id .. "-title", given.id .. "-desc"
  local style <const> = given.alone and element("style", {}, palette.css(true)) or ""
  local ground <const> = given.alone and element("rect", { { "width", "100%" }, { "height", "100%" }, { "class", "ground" } }, "") or ""
  return element("svg", { { "xmlns", given.alone and "http://www.w3.org/2000/svg" }, { "class", "chart" }, { "role", "img" },
    { "viewBox", ("0 0 %d %s"):format(svg.WIDTH, number(self.height)) }, { "aria-labelledby", title }, { "aria-describedby", description } },
    element("title", { { "id", title } }, markup.escape(given.title)) .. element("desc", { { "id", description } }, markup.escape(given.description))
    .. style .. ground .. table.concat(self.parts)) .. (given.alone and "\n" or "")
end

---The label cut to a width in characters, with "…" for what is left out; the table beside the chart has all of it.
---@param label string
---@param most integer
---@return string
function svg.cut(label, most)
  local text <const> = safe(label)
  if core.text.width(text) <= most then
    return text
  end
  local kept, width = {}, 1
  for _, code in utf8.codes(text) do
    local character <const> = utf8.char(code)
    width = width + core.text.width(character)
    if width > most then
      break
    end
    kept[#kept + 1] = character
  end
  return table.concat(kept) .. "…"
end

local NARROW <const>, WIDE <const> = "[iljtfrI .,:;'|!()%[%]]", "[mwMWOQGD@%%…]"

---The room that a text takes at most, for fonts are the reader's own: as much as in a wide one.
---@param text string
---@param bold? boolean
---@return number
function svg.room(text, bold)
  local _, narrow <const> = text:gsub(NARROW, "")
  local _, wide <const> = text:gsub(WIDE, "")
  return (core.text.width(text) * 8.2 - narrow * 3 + wide * 3) * (bold and 1.12 or 1)
end

return svg
