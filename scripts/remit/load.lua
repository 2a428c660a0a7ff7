-- SPDX-License-Identifier: Apache-2.0
-- From a pack to a model: the one way in.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local crosswalk <const> = require "remit.pack.crosswalk"
local fault <const> = require "remit.fault"
local granted <const> = require "remit.granted"
local lines <const> = require "remit.lines"
local measures <const> = require "remit.measures"
local model <const> = require "remit.model"
local pack <const> = require "remit.pack"
local plain <const> = require "remit.plain"

local declared <const> = args.declare { name = "load",
  doc = "Loads a pack: a folder with a datapackage.json, or a workbook (.xlsx). Every problem at once, or a model.",
  example = 'local base = remit.load "examples/nenc"',
  { name = "fix", kind = "string", doc = "a corrections file (file,row,field,value,becomes,why)" },
  { name = "unmapped", kind = { "refuse", "park" }, default = "refuse", doc = "park puts lines of unknown functions under 'unallocated'" },
  { name = "as_at", kind = "month", doc = "the month that the pack describes, instead of its own" },
}

local function facts_source(read)
  for _, name in ipairs(plain.keys(read.sources)) do
    if read.sources[name].plan.facts then
      return read.sources[name]
    end
  end
end

-- Lines of a pack's own: rows of totals are set aside, for measures that cannot be summed.
local function facts_state(state, source)
  local totals <const> = source.plan.totals
  state.lines, state.measures, state.totals = source.table, source.plan.measures, nil
  if totals then
    local is_total <const> = fault.check(core.selection.test(source.table, totals.name, plain.quoted(totals.label)))
    state.totals = { table = is_total:take(), name = totals.name }
    state.lines = (~is_total):take()
  end
end

-- Posts as they were, one row a post, speaking of the labels that lines do: a label that only budget lines have is then known of them too.
local function posts_in_labels_of(lines_table, posts)
  local recoded <const> = {}
  for _, name in ipairs(posts:names()) do
    local column <const> = posts:column(name)
    if column:unit() == "code" and not posts:dimension(name) and name ~= "id" then
      local dictionary <const> = lines_table:column(name):dictionary()
      recoded[name] = column:recode(column:dictionary():codes(dictionary), dictionary)
    end
  end
  return copy(posts, recoded)
end

-- People's assignments that hold at some day of the month.
local function current(assignments, month)
  local last = 31
  while not core.calendar.day(("%s-%02d"):format(month, last)) do
    last = last - 1
  end
  local begun_later <const> = fault.check(core.selection.test(assignments, "from", ("> %s-%02d"):format(month, last)))
  local ended <const> = fault.check(core.selection.test(assignments, "to", ("< %s-01"):format(month)))
  return (~(begun_later | ended)):take()
end

-- The same, which can be asked what lines can.
local function assignments_table(source, posts, lines_table, month)
  local held <const> = current(source.table, month)
  local rows <const> = held:rows()
  return copy(held):link("post", posts_in_labels_of(lines_table, posts))
    :add("vacant", core.column.same("false", rows, lines_table:column("vacant"):dictionary()))
    :add("kind", core.column.same("pay", rows, lines_table:column("kind"):dictionary()))
end

-- Lines go over the functions that share them, and so do people.
local function share_out(state, steps)
  if #steps == 0 then
    return
  end
  local parts <const> = require "remit.parts"
  local parted
  state.lines, parted = parts.apply(state.lines, steps, parts.amounts(state.measures))
  state.measures = parted > 0 and measures.of_parts(state.measures) or state.measures
  state.assignments = state.assignments and parts.of_people(state.assignments, steps)
end

local function establishment_state(state, read)
  local posts
  state.lines, posts = lines.build(read)
  state.posts_kind = true
  state.posts = posts
  state.measures = {}
  for _, measure in ipairs(measures.standard) do
    if measure.of ~= "assignments" or read.sources.assignments then
      state.measures[#state.measures + 1] = measure
    end
  end
  state.assignments = read.sources.assignments and assignments_table(read.sources.assignments, posts, state.lines, read.settings.as_at)
  read.held_assignments = state.assignments and state.assignments:rows()
  local steps <const> = read.sources.shares and require("remit.pack.shares").steps(read.sources.shares) or {}
  share_out(state, table.move(crosswalk.steps(read.crosswalk), 1, #crosswalk.steps(read.crosswalk), #steps + 1, steps))
  state.ledger = read.sources.general_ledger and read.sources.general_ledger.table
  state.ledger_months = read.sources.general_ledger and read.sources.general_ledger.plan.months
end

---Loads a pack; without a path the one granted on the command line.
---@param path? string
---@param options? { fix?: string, unmapped?: "refuse"|"park", as_at?: string }
---@return remit.model
return function(path, options)
  if path == nil then
    path = granted.pack
  end
  if type(path) ~= "string" or path == "" then
    local given <const> = path == nil and "and none was granted with --pack" or path == "" and "not an empty text" or "not a " .. type(path)
    fault.raise { code = "load", message = "load needs a pack, a folder or a workbook, " .. given, hints = { 'remit.load "examples/nenc"' } }
  end
  local spec <const> = declared(options)
  local read <const> = pack.read(path, spec)
  read.settings.as_at = spec.as_at or read.settings.as_at
  local state <const> = { title = read.title, pack = read, settings = read.settings, setting_names = plain.keys(read.settings),
    assumptions = read.assumptions, sources = read.sources, source_names = plain.keys(read.sources), members = read.members }
  local facts <const> = facts_source(read)
  if facts then
    facts_state(state, facts)
    local steps <const> = state.lines:column "fn" and crosswalk.steps(read.crosswalk) or {}
    if #steps > 0 then
      local parts <const> = require "remit.parts"
      state.lines = parts.apply(state.lines, steps, parts.amounts(state.measures))
    end
  else
    establishment_state(state, read)
  end
  state.steps = read.crosswalk and { { kind = "crosswalk", text = crosswalk.text(read.crosswalk.rows) } } or nil
  return model.new(state)
end
