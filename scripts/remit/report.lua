-- SPDX-License-Identifier: Apache-2.0
-- What the board reads: sections of frames and charts about a base and its scenarios, written as HTML, a workbook or Markdown.
--
--   remit.report { title = "Options", date = "2025-06-03", scenarios = { plan }, envelope = cap }:save("out/options.html", "out/options.md")
--
-- A section is made when it is first asked for; its frames can be used alone.

local args <const> = require "remit.args"
local chart <const> = require "remit.chart"
local context <const> = require "remit.report.context"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local noticed <const> = require "remit.noticed"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local progress <const> = require "remit.progress"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"
local titles <const> = require "remit.report.titles"

local report <const> = {}

---@class remit.report
local Report <const> = plain.class { __name = "remit.report" }

---@class remit.report.section
---@field id string
---@field title string
---@field text string[]
---@field blocks (remit.frame|remit.chart)[]

local SECTIONS <const> = {
  { id = "summary", title = "Summary", of = "money" },
  { id = "board", title = "Now and then, by %s", of = "money" },
  { id = "envelope", title = "Against the cap, month by month", of = "money" },
  { id = "bridge", title = "From the base to each scenario", of = "money" },
  { id = "flows", title = "Where functions go", of = "money" },
  { id = "establishment", title = "Establishment", of = "people" },
  { id = "levels", title = "Who does what at which level", of = "people" },
  { id = "transfers", title = "Transfer packages", of = "people" },
  { id = "ledgers", title = "Three ledgers", of = "money" },
  { id = "checks", title = "Checks", of = "people" },
  { id = "staff", title = "What it means for staff", of = "people" },
  { id = "assumptions", title = "Assumptions", of = "record" },
  { id = "changes", title = "Change log", of = "record" },
  { id = "run", title = "Run record", of = "record" },
}

local function date(value)
  local day <const> = type(value) == "string" and core.calendar.day(value)
  if not day then
    return nil, ("a date is written \"2025-06-03\", not %s"):format(tostring(value))
  end
  return value
end

local declared <const> = args.declare { name = "report", doc = "What the board reads: HTML, a workbook or Markdown of a base and its scenarios.",
  example = 'remit.report { title = "Options", date = "2025-06-03", scenarios = { plan }, envelope = cap }:save "out/options.html"',
  { name = "title", kind = "string", required = true, doc = "what it is called" },
  { name = "date", kind = date, required = true, doc = "its date, the only one in it" },
  { name = "scenarios", kind = "table", default = {}, doc = "the scenarios, in order" },
  { name = "base", kind = "remit.model", doc = "what they are compared with; default: what the first scenario stands on" },
  { name = "envelope", kind = "remit.envelope", doc = "the cap" },
  { name = "sections", kind = "table", doc = "ids of sections, and own ones: { title =, text =, frame or chart }; default: all that say something" },
  { name = "by", kind = "string", default = "group", doc = "what the board's table and the establishment go by" },
  { name = "at", kind = "month", doc = "the month of the plan; default: when the last change has bitten" },
  { name = "from", kind = "month", doc = "the first month of timelines; default: the base's" },
  { name = "to", kind = "month", doc = "the last, included; default: when the last change has bitten" },
  { name = "min_saving", kind = "percent|remit.param", default = "50%", doc = "what the system must save by a transfer" },
  { name = "max_taken", kind = "percent|remit.param",
    doc = "the most of what was there that non-pay or posts may give to a cut with take; without it max_taken of assumptions.csv, else 50%" },
  { name = "checks", kind = "items", default = {}, doc = "checks of the analyst's own, as model:checks takes them" },
  { name = "jointly", kind = "boolean", default = true,
    doc = "protect the scenarios' establishments against subtraction from one another, not from the base's only" },
  { name = "suppress", kind = "integer", default = 5, doc = "figures by fewer posts or people than this are withheld; 0 withholds none" },
}

local function wrong(message, ...)
  fault.raise { code = "report", message = "report: " .. message:format(...) }
end

local function last_month(models)
  local last
  for _, model in ipairs(models) do
    local month <const> = state_of[model].plan and state_of[model].plan:last_month()
    last = month and math.max(last or month, month) or last
  end
  return last and core.calendar.month_text(last)
end

-- A list without a gap, behind which something would be lost, and with no names but those it may have.
local function check_list(what, list, names)
  local problem <const>, key <const> = plain.astray(list, names)
  if type(key) == "string" then
    local near <const> = fault.suggest(key, names or {})
    wrong("%s has no field '%s'. %s", what, key, near or names and "It has " .. table.concat(names, ", ") or "It is a list")
  elseif problem then
    wrong("%s: %s", what, problem)
  end
end

local function check_scenarios(list)
  check_list("scenarios", list)
  for index, model in ipairs(list) do
    if plain.object_name(model) ~= "remit.model" or not state_of[model].layers then
      local is_base <const> = plain.object_name(model) == "remit.model"
      wrong("item %d of scenarios is no scenario%s", index, is_base and ": the base needs no naming, every report compares with it" or "")
    end
  end
  local seen <const> = {}
  for _, model in ipairs(list) do
    if seen[state_of[model].name] then
      wrong("two scenarios are called '%s'", state_of[model].name)
    end
    seen[state_of[model].name] = true
  end
end

local function has_word(text)
  return text:find "[^%s%c]" ~= nil
end

local function context_of(spec)
  if not has_word(spec.title) then
    wrong "a title has a word at least"
  elseif spec.from and spec.to and spec.to < spec.from then
    wrong("to (%s) lies before from (%s)", spec.to, spec.from)
  end
  check_scenarios(spec.scenarios)
  local base <const> = spec.base or spec.scenarios[1] and state_of[spec.scenarios[1]].root
  if not base then
    wrong "give scenarios, or base"
  end
  local as_at <const> = state_of[base].settings.as_at
  local at <const> = spec.at or last_month(spec.scenarios) or as_at
  local base_at <const> = state_of[base].plan and at or as_at -- a scenario to compare with is what it comes to by then
  if not base_at or not at then
    wrong "the pack states no as_at month: give at"
  end
  local from <const>, to <const> = spec.from or as_at or at, spec.to or last_month(spec.scenarios) or at
  return context.new { title = spec.title, date = spec.date, base = base, scenarios = spec.scenarios, envelope = spec.envelope, by = spec.by,
    base_at = base_at, at = at, from = from, to = from > to and from or to, min_saving = spec.min_saving,
    max_taken = spec.max_taken, threshold = spec.suppress, jointly = spec.jointly, own_checks = spec.checks }
end

-- ---- Sections ----

-- The section of an id among some; there is one, or `message` says what there is instead.
local function among(list, id, message, lead)
  local ids <const> = {}
  for index, one in ipairs(list) do
    if one.id == id then
      return one
    end
    ids[index] = one.id
  end
  local near <const> = type(id) == "string" and fault.suggest(id, ids)
  wrong(message, tostring(id), near or lead .. table.concat(ids, ", "))
end

local function known(id)
  return among(SECTIONS, id, "there is no section '%s'. %s", "There are: ")
end

local function words_of(title, text)
  local words <const> = type(text) == "string" and { text } or text == nil and {} or text
  if type(words) ~= "table" or plain.object_name(words) then
    wrong("section '%s': text is a string, or a list of them", title)
  end
  check_list(("text of section '%s'"):format(title), words)
  for index, one in ipairs(words) do
    if type(one) ~= "string" then
      wrong("section '%s': item %d of text is a %s, not a string", title, index, type(one))
    end
  end
  return table.move(words, 1, #words, 1, {})
end

local function own_section(given, number)
  local title <const> = not plain.object_name(given) and given.title
  if type(title) ~= "string" then
    wrong("section %d is an id or { title = \"...\", text = \"...\", frame or chart, ... }", number)
  elseif not has_word(title) then
    wrong("section %d: a title has a word at least", number)
  end
  check_list(("section '%s'"):format(title), given, { "title", "text" })
  local blocks <const> = {}
  for index, block in ipairs(given) do
    if not frame.inside(block) and plain.object_name(block) ~= "remit.chart" then
      wrong("section '%s': item %d is neither a frame nor a chart", title, index)
    end
    blocks[index] = block
  end
  return { id = ("own-%d"):format(number), title = title, made = { text = words_of(title, given.text), blocks = blocks } }
end

local function wanted_sections(sections)
  if not sections then
    return table.move(SECTIONS, 1, #SECTIONS, 1, {})
  end
  check_list("sections", sections)
  local list <const>, seen <const> = {}, {}
  for index, one in ipairs(sections) do
    if seen[one] then
      wrong("section %d is section %d again", index, seen[one])
    end
    list[index], seen[one] = type(one) == "table" and own_section(one, index) or known(one), index
  end
  return list
end

---@param given table
---@return remit.report
function report.new(given)
  local spec <const> = declared(given)
  if spec.suppress < 0 or spec.suppress > 1000 then
    wrong("suppress is 0 to 1000 posts, not %d", spec.suppress)
  end
  return object.new(Report, { context = context_of(spec), wanted = wanted_sections(spec.sections), made = {} })
end

-- Frames and charts under headings for readers, whoever made them.
local function for_readers(self, blocks)
  local list <const>, base <const> = {}, state_of[self].context.base
  for index, block in ipairs(blocks) do
    list[index] = frame.inside(block) and titles.frame(base, block) or chart.of(block, titles.frame(base, state_of[block].frame))
  end
  return list
end

local function title_of(self, one)
  return one.made and one.title or (one.title:gsub("%%s", (titles.path(state_of[self].context.base, state_of[self].context.by):gsub("%%", "%%%%"))))
end

---The section of an id, or nil and why there is nothing to say in it; for the toolkit's own writers.
---@return remit.report.section?, string? reason
local function section_of(self, one)
  local state <const> = state_of[self]
  local kept = state.made[one.id]
  if kept == nil then
    local made, reason = one.made, nil
    if not made then
      made, reason = require("remit.report." .. one.of)[one.id](state.context)
    end
    kept = made and { id = one.id, title = title_of(self, one), text = made.text, blocks = for_readers(self, made.blocks) }
      or { reason = reason or "there is nothing to say" }
    state.made[one.id] = kept
  end
  return kept.blocks and kept or nil, kept.reason
end

-- Every section in order.
local function content(self)
  local list <const>, left_out <const> = {}, state_of[self].context.left_out
  local first <const> = #left_out == 0
  for _, one in progress.each("report", state_of[self].wanted) do
    progress.detail(title_of(self, one))
    local section <const>, reason <const> = section_of(self, one)
    list[#list + 1] = section
    if not section and first then
      left_out[#left_out + 1] = { title = title_of(self, one), reason = reason }
    end
  end
  return list
end

local function find(self, id)
  local section <const>, reason <const> = section_of(self, among(state_of[self].wanted, id, "it has no section '%s'. %s", "It has: "))
  return section or wrong("nothing in '%s': %s", id, reason)
end

---The frames of a section, those behind its charts too.
---@param id string
---@return remit.frame[]
function Report:frames(id)
  local list <const> = {}
  for index, block in ipairs(find(self, id).blocks) do
    list[index] = frame.inside(block) and block or state_of[block].frame
  end
  return list
end

---The charts of a section.
---@param id string
---@return remit.chart[]
function Report:charts(id)
  local list <const> = {}
  for _, block in ipairs(find(self, id).blocks) do
    list[#list + 1] = plain.object_name(block) == "remit.chart" and block or nil
  end
  return list
end

---What a section says in words.
---@param id string
---@return string[]
function Report:text(id)
  return table.move(find(self, id).text, 1, #find(self, id).text, 1, {})
end

---The sections with how many tables and charts they have, and why some are left out.
---@return remit.frame
function Report:sections()
  local rows <const> = {}
  for index, one in ipairs(state_of[self].wanted) do
    local section <const>, reason <const> = section_of(self, one)
    local charts = 0
    for _, block in ipairs(section and section.blocks or {}) do
      charts = charts + (plain.object_name(block) == "remit.chart" and 1 or 0)
    end
    rows[index] = { section = one.id, title = title_of(self, one), tables = section and #section.blocks or 0, charts = charts, left_out = reason }
  end
  return shape.rows({ { name = "section", display = "text" }, { name = "title", display = "text" }, { name = "tables", display = "count" },
    { name = "charts", display = "count" }, { name = "left_out", title = "left out", display = "text" } }, rows,
    { keys = { "section" }, about = { title = state_of[self].context.title, notes = state_of[self].context:advice() } })
end

-- ---- Writing ----

local writers <const> = { html = "remit.report.html", xlsx = "remit.report.xlsx", md = "remit.report.markdown" }

local function writer_of(path)
  local ending <const> = type(path) == "string" and (path:match "%.(%w+)$" or ""):lower()
  if not writers[ending] then
    wrong("save: '%s' does not end in .html, .xlsx or .md", tostring(path))
  end
  return require(writers[ending])
end

---Writes the report as each path ends: .html, .xlsx or .md. All paths are looked at before anything is written, and each file is
---written beside its target and put in its place when it is whole.
---@param ... string paths
---@return remit.report self
function Report:save(...)
  local paths <const>, chosen <const> = { ... }, {}
  if #paths == 0 then
    wrong "save needs a path"
  end
  for index, path in ipairs(paths) do
    chosen[index] = writer_of(path)
    fault.check(core.file.writable(path))
  end
  for index, writer in ipairs(chosen) do
    chosen[index] = writer.text(state_of[self].context, content(self))
  end
  for index, path in ipairs(paths) do
    fault.check(core.file.write(path, chosen[index]))
  end
  return noticed.saved(self, ...)
end

---@return string
function Report:__tostring()
  return tostring(self:sections())
end

object.guard(Report, "a report", { "sections", "frames", "charts", "text", "save" })

return report
