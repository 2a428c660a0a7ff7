-- SPDX-License-Identifier: Apache-2.0
-- A model: the lines of a pack and what can be asked of them. Immutable; every method works on a base and on a scenario alike.

local args <const> = require "remit.args"
local caption <const> = require "remit.frame.caption"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local noticed <const> = require "remit.noticed"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local select <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local model <const> = {}

---@class remit.model
local Model <const> = plain.class { __name = "remit.model" }

local METHODS <const> = { "actions", "amend", "assign", "assumptions", "changes", "checks", "classify", "closure", "conflicts", "cost_shift",
  "cycles", "depends", "dim", "duties", "explain", "find", "findings", "functions", "hash", "health", "impact", "info", "ledger", "lines", "list",
  "measures", "phase", "pivot", "posts", "readiness", "reconcile", "reduction", "redundancy", "risk", "scenario", "slip_price", "structure", "sweep", "taken",
  "total", "unidentified", "with" }

Model.__index = function(_, key)
  local method <const> = rawget(Model, key)
  if method ~= nil or type(key) ~= "string" then
    return noticed.dropped and noticed.method(method, key) or method
  end
  local hint <const> = fault.suggest(key, METHODS) or "It has " .. table.concat(METHODS, ", ")
  fault.raise { code = "method", message = ("a model has no method '%s'. %s"):format(key, hint) }
end

Model.__newindex = function()
  fault.raise { code = "immutable", message = "a model does not change: a call that changes something gives a new model" }
end

---Wraps a state; see load.lua for what it holds.
function model.new(state)
  return object.new(Model, state)
end

---A dimension: `base:dim "fn":members()`.
---@param name string
---@return remit.dimension
function Model:dim(name)
  return require("remit.dimension").new(self, name)
end

---The member of a dimension that a text means: its id, its name, an alias, or the beginning of one.
---@param name string a dimension
---@param text string
---@return table? member, string? message
function Model:find(name, text)
  return self:dim(name):find(text)
end

local function require_posts(self, what)
  if not state_of[self].posts_kind then
    fault.raise { code = "measure", message = ("this pack has no posts, so no %s: it has lines of its own"):format(what), hints = { "use lines { ... }" } }
  end
end

---Selects posts: `base:posts { band = ">= 8a", vacant = false }`.
---@param tests? table
---@return remit.selection
function Model:posts(tests)
  require_posts(self, "posts { ... }")
  return select.new(self, tests, "posts", { { "kind", "pay" } })
end

---Selects posts and budget lines: `base:lines { kind = "nonpay" }`.
---@param tests? table
---@return remit.selection
function Model:lines(tests)
  return select.new(self, tests, "lines")
end

---Selects all lines of functions: `base:functions { blueprint = "grow" }`.
---@param tests? table
---@return remit.selection
function Model:functions(tests)
  require_posts(self, "functions { ... }")
  return select.new(self, tests, "functions")
end

---Measures by dimensions, as a frame.
---@param given table measures, by, where, at, basis, period, from, prices, totals, sort, ascending, top
---@return remit.frame
function Model:pivot(given)
  return require("remit.pivot").run(self, given)
end

---One figure as a plain number: pounds, WTE or a count.
---@param measure string
---@param given? table where, at, basis, period, from, prices
---@return number
function Model:total(measure, given)
  return require("remit.total").plain(self, measure, given)
end

---The measures that this model has, with what they mean.
---@return remit.frame
function Model:measures()
  local names <const>, units <const>, docs <const> = {}, {}, {}
  for index, measure in ipairs(state_of[self].measures) do
    names[index], units[index], docs[index] = measure.name, measure.display, measure.doc or ""
  end
  return frame.from { columns = { { name = "measure", display = "text", values = names }, { name = "unit", display = "text", values = units },
    { name = "meaning", display = "text", values = docs } }, keys = { "measure" }, about = self:about { title = "Measures" } }
end

local listed_display <const> = { pence = "£p", micro = "WTE", count = "count", month = "month", day = "day", code = "text" }

---The selected lines themselves, as a frame; all of them without `count`.
---@param selection? remit.selection
---@param count? integer
---@return remit.frame
function Model:list(selection, count)
  if state_of[self].plan then
    fault.raise { code = "month", message = "a scenario's lines are those of a month",
      hints = { 'plan:pivot { measures = { "cost", "wte" }, by = { "id" }, at = "2027-04" }' } }
  end
  local chosen <const> = select.new(self, selection, "lines"):on(state_of[self].lines, "")
  local rows <const> = chosen:rows(count)
  local taken <const> = state_of[self].lines:take(rows)
  local columns <const> = {}
  for _, name in ipairs(taken:names()) do
    local column <const> = taken:column(name)
    if #rows == 0 or column:stats().missing < column:count() then
      columns[#columns + 1] = { name = name, display = listed_display[column:unit()] }
    end
  end
  local notes <const> = {}
  if #rows == 0 then
    notes[1] = "No lines."
  elseif count and #rows < chosen:count() then
    notes[1] = ("%d of %d lines"):format(#rows, chosen:count())
  end
  return frame.new { table = taken, columns = columns, keys = {}, about = self:about { title = "Lines", notes = notes } }
end

-- What the descriptor says of a file's figures: the same rows mean something else under another reading.
local function hash_reading(hash, planned)
  hash:text(tostring(planned.months))
  if planned.totals then
    hash:text(planned.totals.name):text(planned.totals.label)
  end
  for _, measure in ipairs(planned.measures) do
    local over <const> = measure.additive_over
    hash:text(measure.name):text(measure.column):text(measure.display):text(tostring(measure.tolerance))
    hash:text(type(over) == "table" and table.concat(over, "\0") or tostring(over))
  end
end

local data_hashes <const> = setmetatable({}, { __mode = "k" }) -- by sources, which derived models share

-- What was loaded: settings, and the figures of every file.
local function hash_of_data(state)
  local hash <const> = core.hash.new():text("remit model 1")
  for _, key in ipairs(state.setting_names) do
    hash:text(key):text(tostring(state.settings[key]))
  end
  for _, name in ipairs(state.source_names) do
    hash:text(name):table(state.sources[name].table)
    hash_reading(hash, state.sources[name].plan)
  end
  return hash
end

---SHA-256 of what a model was loaded from, whatever has been decided since; for the toolkit's own modules.
---@param one remit.model
---@return string
function model.data_hash(one)
  local sources <const> = state_of[one].sources
  data_hashes[sources] = data_hashes[sources] or hash_of_data(state_of[one]):hex()
  return data_hashes[sources]
end

local function hash_of(self)
  local state <const> = state_of[self]
  local hash <const> = hash_of_data(state)
  for _, step in ipairs(state.steps or {}) do
    hash:text(step.kind):text(step.text)
  end
  return hash:hex()
end

---SHA-256 of the model's canonical data: the same on every machine. 64 hexadecimal digits.
---@return string
function Model:hash()
  local state <const> = state_of[self]
  state.digest = state.digest or hash_of(self)
  return state.digest
end

---What is to be said of a base's figures under another month; for the toolkit's own modules.
---@param month? string
---@return string?
function Model:unchanged_note(month)
  local as_at <const> = state_of[self].settings.as_at
  if month and not state_of[self].name and month ~= as_at then
    return ("The base has no changes: its figures are as at %s."):format(as_at)
  end
end

---What every printed table of this model says; for the toolkit's own modules. `at` is the as-at month without one, and with
---false there is none; `month` is what was asked, where that is another.
function Model:about(more)
  local state <const> = state_of[self]
  local notes <const> = {}
  for _, note in ipairs(more.notes or {}) do
    notes[#notes + 1] = note
  end
  notes[#notes + 1] = self:unchanged_note(more.month or more.at)
  if state.settings.note then
    notes[#notes + 1] = state.settings.note
  end
  local year <const> = more.money ~= false and (more.prices or state.settings.price_base)
  local at <const> = more.at == nil and state.settings.as_at or more.at or nil
  local title <const> = more.shows and caption.table(more.shows) or more.title
  return { title = title, shows = more.shows, basis = more.basis, price_base = year and year .. " prices" or nil, at = at, to = more.to, scenario = state.name,
    model = function() return self:hash():sub(1, 6) end, notes = notes }
end

local register <const> = args.declare { name = "assumptions", doc = "The register: value, range, source, and which sources disagree.",
  example = "print(base:assumptions())",
  { name = "computed", kind = "table", doc = "figures worked out by the script, by id: { id = { value =, unit =, how = } }" } }

---The register of assumptions; sources that claim the same thing and disagree beyond rounding are marked.
---@param given? { computed?: table<string, { value: number, unit: string, how: string }> }
---@return remit.frame
function Model:assumptions(given)
  return require("remit.assumptions").frame(self, register(given))
end

---What was loaded: files, rows, where from, what was set aside.
---@return remit.frame
function Model:info()
  return require("remit.health").info(self)
end

---Data quality: what is missing, parked, corrected, out of line.
---@return remit.frame
function Model:health()
  return require("remit.health").health(self)
end

---What is wrong with what was decided since loading, such as an override past its expiry: a row a finding.
---@return remit.frame
function Model:findings()
  return require("remit.health").findings(self)
end

---Establishment against ledger, with a balancing line.
---@param given? { by?: string }
---@return remit.frame
function Model:reconcile(given)
  return require("remit.reconcile").run(self, given)
end

---A scenario: this model with changes.
---@param name string
---@param given? { changes?: remit.change[], extends?: remit.model|remit.model[], params?: table }
---@return remit.model
function Model:scenario(name, given)
  return require("remit.scenario").new(self, name, given)
end

---The same scenario with other parameters, more changes, or fewer.
---@param given { params?: table, add?: remit.change[], drop?: string[], name?: string }
---@return remit.model
function Model:with(given)
  return require("remit.scenario").with(self, given)
end

---The same scenario with some fields of one change others; spans such as "-6 months" move its months.
---@param id string
---@param given table
---@return remit.model
function Model:amend(id, given)
  return require("remit.scenario").amend(self, id, given)
end

---One question over many values of a parameter, or of a field of a change: a row a value.
---@param given table param, or change and field; values; across, measures, figure, envelope; at, basis, period, from, prices, where, risk
---@return remit.frame
function Model:sweep(given)
  return require("remit.sweep").run(self, given)
end

---What was changed, by whom and why.
---@return remit.frame
function Model:changes()
  return require("remit.scenario").changes(self)
end

---Where the lists of a scenario that stands on others clash, with the reasons of both.
---@return remit.frame
function Model:conflicts()
  return require("remit.scenario.conflicts").frame(self)
end

---Figures month by month, or year by year.
---@param given table measures, by, from, to, where, basis, period, prices
---@return remit.frame
function Model:phase(given)
  return require("remit.phase").run(self, given)
end

---Three ledgers: the ICB inside and outside the cap, the receivers, the whole system.
---@param given table by, from, to, basis, envelope
---@return remit.frame
function Model:ledger(given)
  return require("remit.transfers.ledger").run(self, given)
end

---Transfers, whether they are ready, what they wait for, who objects, and whether they slip.
---@return remit.frame
function Model:readiness()
  return require("remit.transfers.readiness").frame(self)
end

---What slipping costs the ICB inside and outside the cap, each receiver and the system, against going live on time.
---@param given? table transfer, from, to, basis, envelope
---@return remit.frame
function Model:slip_price(given)
  return require("remit.transfers.readiness").price(self, given)
end

---Each transfer on the recurrent year: released, resource, receiver cost, shortfall, system saving, pass or COST SHIFT.
---@param given? { min_saving?: string|number, basis?: string }
---@return remit.frame
function Model:cost_shift(given)
  return require("remit.transfers").cost_shift(self, given)
end

---What becomes of posts: unchanged, new, changed, closed, moved, transferred, not reviewed.
---@param given? { at?: string, by?: string[], where?: table, list?: boolean }
---@return remit.frame
function Model:actions(given)
  return require("remit.actions").run(self, given)
end

---What the changes mean for people: WTE and people closed in post, transferring, regraded, changing role.
---@param given { at: string, by?: string[], route?: string }
---@return remit.frame
function Model:impact(given)
  return require("remit.impact").run(self, given)
end

---What leaving costs, change by change: people, one-off (non-recurrent) cost with its range, payback.
---@param given { at: string, route?: string }
---@return remit.frame
function Model:redundancy(given)
  return require("remit.leaving").run(self, given)
end

---The risk-adjusted figure beside the unadjusted one, and how much of it rests on what status.
---@param given? { measure?: string, at?: string, risk?: string, where?: table, basis?: string, period?: string }
---@return remit.frame
function Model:risk(given)
  return require("remit.risk").run(self, given)
end

---Savings that nobody has said where from: the amount, and the WTE that it would take at average cost.
---@param given { at: string }
---@return remit.frame
function Model:unidentified(given)
  return require("remit.unidentified").run(self, given)
end

---What each kind gave to cuts that take from one after another: what was there, taken and left, with WTE and people.
---@param given { at: string }
---@return remit.frame
function Model:taken(given)
  return require("remit.taken").run(self, given)
end

---Group by team by level, WTE without a home, professions missing from a group's leadership.
---@param given? table
---@return remit.frame
function Model:structure(given)
  return require("remit.structure").run(self, given)
end

---Named checks, the toolkit's and the analyst's own: pass, fail, open, with evidence.
---@param given? table
---@return remit.frame
function Model:checks(given)
  return require("remit.checks").run(self, given)
end

---A model whose functions (or lines) carry the outcome of a decision table.
---@param decisions remit.decision_table
---@param given? { override?: string|table[], at?: string }
---@return remit.model
function Model:classify(decisions, given)
  return require("remit.classify").run(self, decisions, given)
end

---A model whose functions carry their level, and who is accountable, delivers, hosts and funds.
---@param rules remit.subsidiarity
---@param given? { at?: string }
---@return remit.model
function Model:assign(rules, given)
  return require("remit.subsidiarity").assign(self, rules, given)
end

---Why a member has the value that it has: the rule, its inputs, what nearly applied, the source; of a post's cost the rates.
---Or of a figure, explain("cost", { at = ... }): each change that touched it.
---@param id string a function, a member of another dimension, or a measure
---@param attribute? string|table class, level...; or of a figure its at, where, change
---@param given? { at?: string, dim?: string } or, of a member's figure, what a figure takes
---@return remit.explanation
function Model:explain(id, attribute, given)
  if type(attribute) == "table" or (attribute == nil and type(id) == "string" and require("remit.measures").named(self, id)) then
    return require("remit.explain.figure").run(self, id, attribute)
  end
  return require("remit.explain").run(self, id, attribute, given)
end

---Which functions need which, as a frame.
---@param given? table
---@return remit.frame
function Model:depends(given)
  return require("remit.depends").list(self, given)
end

---What else must move when functions move: what they need and their own parts, with the way there and the price.
---@param ids string|string[]
---@param given? table
---@return remit.frame
function Model:closure(ids, given)
  return require("remit.depends").closure(self, ids, given)
end

---The circles that dependencies run in.
---@return remit.frame
function Model:cycles()
  return require("remit.depends").cycles(self)
end

---Statutory duties: the functions that serve each, who is accountable, and what is wrong.
---@return remit.frame
function Model:duties()
  return require("remit.duties").frame(self)
end

---What is left to reduce in post once vacancies are surrendered.
---@param given { reduce_wte: number, vacancies?: number, at?: string, refill?: number[] }
---@return remit.frame
function Model:reduction(given)
  return require("remit.reduction").run(self, given)
end

-- What takes nothing, and would pass over what it was asked: duties { at = "2027-04" } is no answer about that month.
for _, name in ipairs { "changes", "conflicts", "cycles", "duties", "findings", "hash", "health", "info", "measures", "readiness" } do
  local work <const> = Model[name]
  Model[name] = function(self, given)
    if given ~= nil then
      fault.raise { message = ("%s takes nothing: it says the same whatever it is given"):format(name), hints = { ("model:%s()"):format(name) } }
    end
    return work(self)
  end
end

---@return string
function Model:__tostring()
  local state <const> = state_of[self]
  local lines <const> = state.lines:rows()
  local title <const> = state.name and ("%s, on %s"):format(state.name, state.title) or state.title
  local text <const> = ("%s: %s, as at %s, model %s"):format(title, show.counted(lines, "line"),
    state.settings.as_at or "?", self:hash():sub(1, 6))
  return state.settings.note and text .. "\n" .. state.settings.note or text
end

return model
