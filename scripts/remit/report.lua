-- SPDX-License-Identifier: Apache-2.0
-- What the board reads: sections of frames and charts about a base and its scenarios, written as HTML, a workbook or Markdown.
--
--   remit.report { title = "Options", date = "2025-06-03", scenarios = { plan }, envelope = cap }:save("out/options.html", "out/options.md")
--
-- A section is made when it is first asked for; its frames can be used alone.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local few <const> = require "remit.report.few"
local frame <const> = require "remit.frame"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local progress <const> = require "remit.progress"
local shape <const> = require "remit.report.shape"

local report <const> = {}

---@class remit.report
local Report <const> = { __name = "remit.report" }

---@class remit.report.section
---@field id string
---@field title string
---@field text string[]
---@field blocks (remit.frame|remit.chart)[]

local SECTIONS <const> = {
  { id = "summary", title = "Summary", of = "money" },
  { id = "board", title = "Now and then, by group", of = "money" },
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
  { name = "to", kind = "month", doc = "the last; default: when the last change has bitten" },
  { name = "min_saving", kind = "percent|remit.param", default = "50%", doc = "what the system must save by a transfer" },
  { name = "checks", kind = "table", default = {}, doc = "checks of the analyst's own, as model:checks takes them" },
  { name = "jointly", kind = "boolean", default = true,
    doc = "protect the scenarios' establishments against subtraction from one another, not from the base's only" },
  { name = "suppress", kind = "integer", default = 5, doc = "figures by fewer posts or people than this are withheld; 0 withholds none" },
}

local function wrong(message, ...)
  fault.raise { code = "report", message = "report: " .. message:format(...) }
end

-- ---- The context that sections are made in ----

local Context <const> = {}
Context.__index = Context

function Context:models()
  local models <const> = { self.base }
  return table.move(self.scenarios, 1, #self.scenarios, 2, models)
end

function Context:names()
  local names <const> = {}
  for index, model in ipairs(self.scenarios) do
    names[index] = model.state.name
  end
  return names
end

---The envelope's answer for a model, asked once.
function Context:check(model, given)
  local key <const> = ("%s %s %s %s"):format(model:hash(), given.by and given.from .. given.to or "", given.at and table.concat(given.at) or "",
    given.risk or "")
  self.checked[key] = self.checked[key] or self.envelope:check(model, given)
  return self.checked[key]
end

---What is said of a frame that the report itself makes.
function Context:about(more)
  local about <const> = self.base:about(more)
  return { title = about.title, basis = about.basis, price_base = about.price_base, at = more.at, scenario = more.scenario, notes = about.notes }
end

---How figures by few posts are withheld, in words.
function Context:rule_text()
  if self.threshold < 2 then
    return "none"
  end
  return ("figures by fewer than %d posts or people, marked [c]; establishments are protected together with %s, what a scenario's totals, "
    .. "changes, packages and leavers come to within it, other tables each by itself, and months are not protected against subtraction"):format(self.threshold,
    self.jointly and "one another" or "the base's, not with one another")
end

---A frame with its figures by few posts withheld; `counts` are its columns with the numbers behind them.
function Context:guard(of, counts)
  if self.threshold < 2 then
    return of
  end
  return of:suppress { rule = "threshold", threshold = self.threshold, counts = counts }
end

local function protected_frames(self, frames)
  local spec <const> = { rule = "threshold", threshold = self.threshold, counts = { "posts" } }
  if self.threshold < 2 then
    return frames
  elseif self.jointly then
    spec.with = table.move(frames, 2, #frames, 1, {})
    return { frames[1]:suppress(spec) }
  end
  local made <const> = { frames[1]:suppress(spec) }
  for index = 2, #frames do
    spec.with = { frames[index] }
    made[index] = select(2, frames[1]:suppress(spec))
  end
  return made
end

---The establishment of each model by group and band, all protected against subtraction from one another; not jointly, each from the base's only.
function Context:establishment()
  if not self.established then
    local frames <const> = {}
    for index, model in ipairs(self:models()) do
      frames[index] = model:pivot { measures = { "posts", "wte", "in_post", "cost" }, by = { self.by, "band" }, totals = true,
        at = model == self.base and self.base_at or self.at }
    end
    self.established = protected_frames(self, frames)
  end
  return self.established
end

---A table by group of some of the models, with what the establishment withholds of them.
function Context:guard_as_established(of, models)
  local hidden <const> = {}
  for index, model in ipairs(self:models()) do
    for _, wanted in ipairs(models) do
      if model == wanted then
        require("remit.suppress").hidden_groups(self:establishment()[index], hidden)
      end
    end
  end
  return self.threshold < 2 and of or require("remit.suppress").with_groups(of, hidden, self.threshold)
end

local function row_is_hidden(of, row)
  local hidden <const> = frame.inside(of).hidden
  return hidden and row and hidden:get(row) == 1 or false
end

local function any_is_hidden(of)
  for row = 1, #of do
    if row_is_hidden(of, row) then
      return true
    end
  end
  return false
end
Context.any_is_hidden, Context.row_is_hidden = any_is_hidden, row_is_hidden

---Whether the grand total of a model is withheld, for it differs by few posts from another.
function Context:hides_total(model)
  for index, one in ipairs(self:models()) do
    if one == model then
      local of <const> = self:establishment()[index]
      return row_is_hidden(of, shape.total_row(of))
    end
  end
  return false
end

---The models whose totals are not withheld, and a sentence on the others.
---@return remit.model[] models, string? withheld
function Context:open_models()
  local open <const>, names <const> = {}, {}
  for _, model in ipairs(self:models()) do
    if self:hides_total(model) then
      names[#names + 1] = model.state.name or "Base"
    else
      open[#open + 1] = model
    end
  end
  return open, names[1] and ("Withheld: %s. What it comes to would tell of fewer than %d posts."):format(shape.listed(names), self.threshold) or nil
end

-- The bridge, or nil and why there is none: the base may be other data than the scenario stands on.
local function bridge_to(self, model)
  local compared <const> = require("remit.compare").new { self.base, model }
  local ok <const>, whole <const> = pcall(compared.bridge, compared, { measure = "cost", at = self.at })
  if not ok and not fault.is(whole) then
    error(whole, 0)
  end
  return ok and whole or nil, not ok and whole.message or nil
end

---The bridge from the base to a scenario as it may be shown, and what of the money of its packages may be. That of packages that are not by few is in other
---tables, so their steps hide no others; where these would stand open then, the packages' money is withheld instead.
---@return { bridge: remit.frame?, reason: string?, counts: integer[], packages: boolean, sure: boolean }
function Context:parts(model)
  if self.parted[model] then
    return self.parted[model]
  end
  local lines <const>, counts <const>, fewest <const> = few.touched(model), few.transferred(model)
  local whole <const>, reason <const> = bridge_to(self, model)
  local counted <const> = whole and whole:with_column("lines", function(row)
    return lines[row.step] or nil
  end, { display = "count" })
  local open <const> = self.threshold < 2
  local made <const> = { bridge = counted, reason = reason, counts = counts, packages = open or not (fewest and fewest < self.threshold),
    sure = open or whole ~= nil }
  self.parted[model] = made
  if open or not whole then
    return made
  end
  local known <const> = {}
  for _, entry in ipairs(model.state.plan.transfers) do
    known[entry.change.id or entry.change.kind] = true
  end
  local function guarded(with)
    return require("remit.suppress").bridge(counted, { threshold = self.threshold, counts = { "lines" }, known = with })
  end
  made.bridge = guarded(known)
  made.packages = made.packages and not row_is_hidden(made.bridge, #made.bridge) and not row_is_hidden(made.bridge, 1)
  made.bridge = made.packages and made.bridge or guarded()
  local withheld <const> = self:withheld_steps(model)
  made.sure = few.on_one_rung(model, function(change)
    return withheld[change.id or change.kind] or false
  end)
  return made
end

---The changes that the bridge to a scenario withholds, by their names.
---@return table<string, boolean>
function Context:withheld_steps(model)
  local of <const>, names <const> = self:parts(model).bridge, {}
  for row = 2, of and #of - 1 or 0 do
    if row_is_hidden(of, row) then
      names[of:get(row, "step")] = true
    end
  end
  return names
end

local function last_month(models)
  local last
  for _, model in ipairs(models) do
    local month <const> = model.state.plan and model.state.plan:last_month()
    last = month and math.max(last or month, month) or last
  end
  return last and core.calendar.month_text(last)
end

local function check_scenarios(list)
  for index, model in ipairs(list) do
    if plain.object_name(model) ~= "remit.model" or not model.state.layers then
      wrong("item %d of scenarios is no scenario", index)
    end
  end
  local seen <const> = {}
  for _, model in ipairs(list) do
    if seen[model.state.name] then
      wrong("two scenarios are called '%s'", model.state.name)
    end
    seen[model.state.name] = true
  end
end

local function context_of(spec)
  if not spec.title:find "[^%s%c]" then
    wrong "a title has a word at least"
  end
  check_scenarios(spec.scenarios)
  local base <const> = spec.base or spec.scenarios[1] and spec.scenarios[1].state.root
  if not base then
    wrong "give scenarios, or base"
  end
  local as_at <const> = base.state.settings.as_at
  local at <const> = spec.at or last_month(spec.scenarios) or as_at
  local base_at <const> = base.state.plan and at or as_at -- a scenario to compare with is what it comes to by then
  if not base_at or not at then
    wrong "the pack states no as_at month: give at"
  end
  local from <const>, to <const> = spec.from or as_at or at, spec.to or last_month(spec.scenarios) or at
  return setmetatable({ title = spec.title, date = spec.date, base = base, scenarios = spec.scenarios, envelope = spec.envelope, by = spec.by,
    base_at = base_at, at = at, from = from, to = from > to and from or to, min_saving = spec.min_saving,
    threshold = spec.suppress, jointly = spec.jointly, own_checks = spec.checks, checked = {}, parted = {}, left_out = {} }, Context)
end

-- ---- Sections ----

local function known(id)
  for _, one in ipairs(SECTIONS) do
    if one.id == id then
      return one
    end
  end
  local ids <const> = {}
  for index, one in ipairs(SECTIONS) do
    ids[index] = one.id
  end
  local near <const> = type(id) == "string" and fault.suggest(id, ids)
  wrong("there is no section '%s'. %s", tostring(id), near or "There are: " .. table.concat(ids, ", "))
end

local function own_section(given, number)
  local title <const>, text <const> = given.title, given.text
  if type(title) ~= "string" or (text ~= nil and type(text) ~= "string" and type(text) ~= "table") then
    wrong("section %d is an id or { title = \"...\", text = \"...\", frame or chart, ... }", number)
  end
  local blocks <const> = {}
  for index, block in ipairs(given) do
    if not frame.inside(block) and plain.object_name(block) ~= "remit.chart" then
      wrong("section '%s': item %d is neither a frame nor a chart", title, index)
    end
    blocks[index] = block
  end
  local words <const> = type(text) == "string" and { text } or text or {}
  return { id = ("own-%d"):format(number), title = title, made = { text = words, blocks = blocks } }
end

local function wanted_sections(sections)
  if not sections then
    return table.move(SECTIONS, 1, #SECTIONS, 1, {})
  end
  local list <const> = {}
  for index, one in ipairs(sections) do
    list[index] = type(one) == "table" and own_section(one, index) or known(one)
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
  return setmetatable({ context = context_of(spec), wanted = wanted_sections(spec.sections), made = {} }, Report)
end

---The section of an id, or nil and why there is nothing to say in it; for the toolkit's own writers.
---@return remit.report.section?, string? reason
local function section_of(self, one)
  local kept = self.made[one.id]
  if kept == nil then
    local made, reason = one.made, nil
    if not made then
      made, reason = require("remit.report." .. one.of)[one.id](self.context)
    end
    kept = made and { id = one.id, title = one.title, text = made.text, blocks = made.blocks } or { reason = reason or "there is nothing to say" }
    self.made[one.id] = kept
  end
  return kept.blocks and kept or nil, kept.reason
end

---Every section in order; for the toolkit's own writers.
---@return remit.report.section[]
function Report:content()
  local list <const>, left_out <const> = {}, self.context.left_out
  local first <const> = #left_out == 0
  for _, one in progress.each("report", self.wanted) do
    progress.detail(one.title)
    local section <const>, reason <const> = section_of(self, one)
    list[#list + 1] = section
    if not section and first then
      left_out[#left_out + 1] = { title = one.title, reason = reason }
    end
  end
  return list
end

local function find(self, id)
  for _, one in ipairs(self.wanted) do
    if one.id == id then
      local section <const>, reason <const> = section_of(self, one)
      return section or fault.raise { code = "report", message = ("report: nothing in '%s': %s"):format(id, reason) }
    end
  end
  local ids <const> = {}
  for index, one in ipairs(self.wanted) do
    ids[index] = one.id
  end
  local near <const> = type(id) == "string" and fault.suggest(id, ids)
  wrong("it has no section '%s'. %s", tostring(id), near or "It has: " .. table.concat(ids, ", "))
end

---The frames of a section, those behind its charts too.
---@param id string
---@return remit.frame[]
function Report:frames(id)
  local list <const> = {}
  for index, block in ipairs(find(self, id).blocks) do
    list[index] = frame.inside(block) and block or block.frame
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
  for index, one in ipairs(self.wanted) do
    local section <const>, reason <const> = section_of(self, one)
    local charts = 0
    for _, block in ipairs(section and section.blocks or {}) do
      charts = charts + (plain.object_name(block) == "remit.chart" and 1 or 0)
    end
    rows[index] = { section = one.id, title = one.title, tables = section and #section.blocks or 0, charts = charts, left_out = reason }
  end
  return shape.rows({ { name = "section", display = "text" }, { name = "title", display = "text" }, { name = "tables", display = "count" },
    { name = "charts", display = "count" }, { name = "left_out", title = "left out", display = "text" } }, rows,
    { keys = { "section" }, about = { title = self.context.title } })
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
    chosen[index] = writer.text(self.context, self:content())
  end
  for index, path in ipairs(paths) do
    fault.check(core.file.write(path, chosen[index]))
  end
  return self
end

---@return string
function Report:__tostring()
  return tostring(self:sections())
end

object.guard(Report, "a report", { "sections", "frames", "charts", "text", "save" })

return report
