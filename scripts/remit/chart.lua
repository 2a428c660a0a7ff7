-- SPDX-License-Identifier: Apache-2.0
-- Charts: a frame drawn. The frame stays with the chart, for it is the table that stands beside it and what its text alternative is made from.
--
--   local chart <const> = remit.chart { of = plan:phase { from = "2025-10", to = "2027-04" }, kind = "line", columns = { "cost" } }
--   print(chart)                         -- bars, in a terminal
--   chart:save "out/cost.svg"

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local data <const> = require "remit.chart.data"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local noticed <const> = require "remit.noticed"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local chart <const> = {}

---@class remit.chart
---@field frame remit.frame
---@field title string
local Chart <const> = plain.class { __name = "remit.chart" }

local CATEGORIES_MAX <const> = 4

local declared <const> = args.declare { name = "chart", doc = "A frame drawn: as SVG for a page, as bars for a terminal.",
  example = 'remit.chart { of = frame, kind = "bar", columns = { "cost" } }:save "out/cost.svg"',
  { name = "of", kind = "remit.frame", required = true, doc = "what is drawn; totals are left out" },
  { name = "kind", kind = { "line", "bar", "stack", "waterfall", "timeline", "heat" }, required = true, doc = "how" },
  { name = "columns", kind = "list", doc = "the columns drawn; default: the first one of figures. At most four lines or categories of a stack" },
  { name = "label", kind = "string", doc = "the column that names the rows; default: the first key" },
  { name = "title", kind = "string", doc = "its title; default: the frame's" },
  { name = "limit", kind = "table", doc = "of a line chart: { value = 67.969, label = \"cap\" }, in the unit of the axis" },
  { name = "marks", kind = "items", default = {}, doc = "of a line chart: { { at = \"2026-01\", label = \"cap due\" }, ... }" },
  { name = "shadow", kind = "string", doc = "of a timeline: the column with the month of shadow running" },
  { name = "planned", kind = "string", doc = "of a timeline: the column with the go-live before it slipped" },
  { name = "golive", kind = "string", doc = "of a timeline: the column with the month of go-live" },
  { name = "done", kind = "string", doc = "of a timeline: the column with the month in which all is handed over" },
}

local function wrong(message, ...)
  fault.raise { code = "chart", message = "chart: " .. message:format(...) }
end

local function check_marks(spec)
  local limit <const> = spec.limit
  if limit and not (exact.finite(limit.value) and type(limit.label) == "string" and not plain.astray(limit, { "value", "label" })) then
    wrong "limit is { value = 67.969, label = \"cap\" }"
  end
  local texts <const> = {}
  for index, mark in ipairs(spec.marks) do
    if type(mark) ~= "table" or type(mark.at) ~= "string" or type(mark.label) ~= "string" or plain.astray(mark, { "at", "label" }) then
      wrong("marks: item %d is not { at = \"2026-01\", label = \"cap due\" }", index)
    end
    texts[index] = ("%s %s"):format(mark.at, mark.label)
  end
  local again <const> = plain.repeated(texts)
  if again then
    wrong("marks: %s", again)
  end
  if spec.kind ~= "line" and (limit or #spec.marks > 0) then
    wrong("%s are of a line chart: a %s chart has none", limit and "limits" or "marks", spec.kind)
  end
end

local function months_of(spec)
  local months <const> = {}
  for _, name in ipairs { "shadow", "planned", "golive", "done" } do
    months[name] = spec[name] and data.texts(spec.of, spec[name]) or nil
  end
  if not months.golive then
    wrong "a timeline needs golive, the column with the month of go-live"
  end
  return months
end

local function series_of(spec)
  local series <const> = {}
  for index, name in ipairs(spec.columns) do
    if spec.kind == "heat" and not frame.inside(spec.of).by_name[name] then
      data.texts(spec.of, name)
    end
    local column <const> = frame.inside(spec.of).by_name[name]
    local words <const> = spec.kind == "heat" and column.display == "text"
    series[index] = words and { title = column.title, texts = data.texts(spec.of, name) } or data.figures(spec.of, name)
  end
  return series
end

-- The frame's unit when all columns share it.
local function unit_of(series)
  local unit = series[1] and series[1].display or ""
  for _, one in ipairs(series) do
    unit = one.display == unit and unit or "several units"
  end
  return unit
end

local drawers <const> = { line = "remit.chart.line", bar = "remit.chart.bar", stack = "remit.chart.bar", waterfall = "remit.chart.waterfall",
  timeline = "remit.chart.timeline", heat = "remit.chart.heat" }

---@param given table
---@return remit.chart
function chart.new(given)
  local spec <const> = declared(given)
  check_marks(spec)
  local made <const> = { rows = data.rows(spec.of), labels = data.labels(spec.of, spec.label), limit = spec.limit, marks = spec.marks }
  if spec.kind == "timeline" then
    made.months = months_of(spec)
  else
    local columns <const> = spec.columns or { data.first_figure(frame.inside(spec.of)) }
    local most <const> = (spec.kind == "line" or spec.kind == "stack") and CATEGORIES_MAX or spec.kind == "heat" and 24 or 1
    if #columns == 0 or #columns > most then
      wrong("a %s chart draws 1 to %d columns, not %d", spec.kind, most, #columns)
    end
    made.series = series_of { kind = spec.kind, of = spec.of, columns = columns }
    made.unit = unit_of(made.series)
  end
  local title <const> = spec.title or frame.inside(spec.of).about.title or spec.kind
  return object.new(Chart, { frame = spec.of, kind = spec.kind, title = title, columns = spec.columns or false, spec = made, asked = spec })
end

---The same chart of the same frame under other headings; for the toolkit's own modules.
---@param one remit.chart
---@param of remit.frame
---@return remit.chart
function chart.of(one, of)
  local asked <const> = {}
  for name, value in pairs(state_of[one].asked) do -- copying: order does not matter
    asked[name] = value
  end
  asked.of = of
  return chart.new(asked)
end

-- The pages that a chart is drawn on: one, but for a heat table of many rows.
local function pages_of(self)
  local heat <const>, count <const> = require "remit.chart.heat", #state_of[self].spec.rows
  if state_of[self].kind ~= "heat" or count <= heat.PAGE then
    return { {} }
  end
  local pages <const> = {}
  for first = 1, count, heat.PAGE do
    pages[#pages + 1] = { first = first, last = math.min(first + heat.PAGE - 1, count) }
  end
  return pages
end

---The drawings as SVG, most often one; `id` must be unlike any other on its page. A heat table of more than fifty rows comes in pages, whose
---titles say so.
---@param id string
---@param alone? boolean with its own colours, for a file of its own
---@return string[]
function Chart:svg(id, alone)
  local state <const> = state_of[self]
  local drawer <const>, pages <const>, made <const> = require(drawers[state.kind]), pages_of(self), {}
  for index, page in ipairs(pages) do
    local range <const> = page.first and page or nil
    local title <const> = #pages > 1 and ("%s, page %d of %d"):format(state.title, index, #pages) or state.title
    made[index] = drawer.draw(state.spec, range):markup { id = #pages > 1 and ("%s-%d"):format(id, index) or id, title = title,
      description = drawer.describe(state.spec, range), alone = alone }
  end
  return made
end

---What the chart shows, in words made from its data.
---@return string
function Chart:description()
  return require(drawers[state_of[self].kind]).describe(state_of[self].spec)
end

---Writes the drawing as an SVG file; further pages into NAME-2.svg, NAME-3.svg...
---@param path string
---@return remit.chart self
function Chart:save(path)
  if type(path) ~= "string" or not path:lower():find "%.svg$" then
    wrong("save: '%s' does not end in .svg", tostring(path))
  end
  local paths <const> = {}
  for index, drawing in ipairs(self:svg("chart", true)) do
    paths[index] = index == 1 and path or ("%s-%d.svg"):format(path:sub(1, -5), index)
    fault.check(core.file.write(paths[index], drawing))
  end
  return noticed.saved(self, table.unpack(paths))
end

---Bars in a terminal; the table where there is nothing that bars could show.
---@return string
function Chart:__tostring()
  local state <const> = state_of[self]
  local first <const> = state.spec.series and state.spec.series[1]
  if not first or not first.values then
    return tostring(state.frame)
  end
  local parts <const> = {}
  for index, name in ipairs(state.columns or { (data.first_figure(frame.inside(state.frame))) }) do
    parts[index] = state.frame:bars(name)
  end
  return table.concat(parts, "\n")
end

object.guard(Chart, "a chart", { "svg", "description", "save" }, { "frame", "kind", "title" })

return chart
