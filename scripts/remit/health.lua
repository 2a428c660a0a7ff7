-- SPDX-License-Identifier: Apache-2.0
-- What was loaded, and how good it is: facts for the analyst to act on. What cannot be used at all never gets this far.

local assumptions <const> = require "remit.assumptions"
local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local lines <const> = require "remit.lines"
local parts <const> = require "remit.parts"
local plain <const> = require "remit.plain"
local schema <const> = require "remit.schema"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"
local vocabulary <const> = require "remit.vocabulary"

local health <const> = {}

local NAMED <const> = 5 -- members listed in a note
local LOW <const>, HIGH <const> = 2, 3 -- costs below half the least salary and above three times the greatest are out of line
local SPELT <const> = 2 -- and labels, with all the ways in which they are written

local function row_note(source)
  local counts <const> = source.report:counts()
  local words <const> = {}
  if (source.total_rows or 0) > 0 then
    words[#words + 1] = plain.counted(source.total_rows, "row of totals set aside", "rows of totals set aside")
  end
  if (source.set_aside or 0) > 0 then
    words[#words + 1] = plain.counted(source.set_aside, "row set aside", "rows set aside") .. " by \"rows\""
  end
  if counts.blank > 0 then
    words[#words + 1] = plain.counted(counts.blank, "blank row")
  end
  if counts.rounded > 0 then
    words[#words + 1] = plain.counted(counts.rounded, "value rounded", "values rounded")
  end
  return #words > 0 and table.concat(words, ", ") or false
end

---The files behind a model.
---@return remit.frame
function health.info(model)
  local names <const>, rows <const>, from <const>, hold <const>, notes <const> = {}, {}, {}, {}, {}
  for index, name in ipairs(state_of[model].source_names) do
    local source <const> = state_of[model].sources[name]
    names[index], rows[index], from[index] = source.path, source.report:counts().rows, source.from
    hold[index] = source.plan.file and source.plan.file.row or source.plan.dimension and "a member of " .. source.plan.dimension or "a line"
    notes[index] = row_note(source)
  end
  local caption <const> = { ("Format %d, vocabulary %s, price base %s."):format(state_of[model].settings.format or 1, vocabulary.version(),
    state_of[model].settings.price_base or "not stated") }
  if #state_of[model].pack.corrections > 0 then
    caption[#caption + 1] = plain.counted(#state_of[model].pack.corrections, "correction applied.", "corrections applied.")
  end
  return frame.from { keys = { "file" }, columns = { { name = "file", display = "text", values = names }, { name = "rows", display = "count", values = rows },
    { name = "a_row_is", title = "a row is", display = "text", values = hold }, { name = "from", display = "text", values = from },
    { name = "note", display = "text", values = notes } }, about = model:about { title = state_of[model].title, money = false, notes = caption } }
end

local List <const> = {}
List.__index = List

function List:add(check, count, of, note)
  self[#self + 1] = { check = check, count = count, of = of or false, note = note or false }
end

local function missing_fields(model, list)
  local posts <const> = state_of[model].posts
  for _, name in ipairs { "place", "level", "group", "team", "cost_centre", "profession", "band", "fund" } do
    local missing <const> = posts:column(name):stats().missing
    if missing > 0 then
      list:add(("posts without %s"):format(name), missing, posts:rows(), name == "place" and "system-wide posts" or nil)
    end
  end
end

local function idle_functions(model, list)
  local members <const> = state_of[model].members.fn
  local counts <const> = state_of[model].lines:column("fn"):tally()
  local idle <const> = {}
  for code = 1, members.dictionary:size() do
    if (counts[code] or 0) == 0 then
      idle[#idle + 1] = members.dictionary:label(code)
    end
  end
  if #idle > 0 then
    local named <const> = table.concat(idle, ", ", 1, math.min(#idle, NAMED))
    local note <const> = #idle > NAMED and ("%s and %d more"):format(named, #idle - NAMED) or named
    list:add("functions without lines", #idle, members.dictionary:size(), note)
  end
end

local function negative_costs(model, list)
  local negative <const> = core.selection.test(state_of[model].posts, "cost", "< 0")
  local count <const> = negative and negative:count() or 0
  if count > 0 then
    local first <const> = state_of[model].posts:column("id"):get(negative:rows(1)[1])
    list:add("posts with a negative cost", count, state_of[model].posts:rows(), ("first: %s; income belongs in budget_lines"):format(first))
  end
end

local function left_out(model, list)
  for _, name in ipairs(state_of[model].pack.left_out) do
    list:add("file that is not read", 1, nil, name .. " is not in datapackage.json")
  end
end

-- References to a file that the pack does not have: any label will do.
local function unchecked(model, list)
  for _, file in ipairs(schema.files) do
    for _, field in ipairs(file.dimension and not state_of[model].members[file.dimension] and schema.file("posts").fields or {}) do
      local column <const> = field.dimension == file.dimension and state_of[model].lines:column(field.name)
      if column and column:dictionary():size() > 0 then
        list:add("labels that are not checked", column:dictionary():size(), nil, ("'%s' has no %s.csv"):format(field.name, file.name))
      end
    end
  end
end

local function spelt_in_several_ways(model, list)
  local several <const> = state_of[model].pack.several
  if #several > 0 then
    local named <const> = table.concat(several, "; ", 1, math.min(#several, SPELT))
    list:add("labels written in several ways", #several, nil, #several > SPELT and ("%s and %d more"):format(named, #several - SPELT) or named)
  end
end

local function without_wte(model, list)
  local count <const> = assert(core.selection.test(state_of[model].posts, "wte", "0")):count()
  if count > 0 then
    list:add("posts without WTE", count, state_of[model].posts:rows())
  end
end

local function costed(model, list)
  local posts <const> = state_of[model].sources.posts.table
  local missing <const> = posts:column("cost"):stats().missing
  if missing > 0 then
    list:add("posts costed from the rates", missing, posts:rows(), ("%s, %s view"):format(state_of[model].settings.price_base,
      state_of[model].settings.pension_view or "employer"))
  end
  local of_nobody <const> = assert(core.selection.test(posts, "cost", "none")) & assert(core.selection.test(posts, "org", "none"))
  if of_nobody:count() > 0 and not state_of[model].settings.organisation then
    list:add(("posts costed as %s by default"):format(lines.DEFAULT_EMPLOYER), of_nobody:count(), posts:rows(), "no org, and no remit.organisation")
  end
end

-- The least and the most that a full-time post may plausibly cost, in pence, by the salaries of the year; nil where it has none.
local function plausible(model)
  local points <const> = state_of[model].sources.pay_points and state_of[model].sources.pay_points.table
  local year <const> = points and state_of[model].settings.price_base and core.selection.test(points, "year", plain.quoted(state_of[model].settings.price_base))
  local salary <const> = year and year:take():column "salary":stats()
  if salary and salary.max and salary.max > 0 then
    return salary.min // LOW, salary.max * HIGH
  end
end

-- Stated costs in thousands, by the month or with a digit too many load as well as any.
local function out_of_line(model, list)
  local least <const>, most <const> = plausible(model)
  local posts <const> = state_of[model].sources.posts.table
  local cost <const>, wte <const>, id <const> = posts:column "cost", posts:column "wte", posts:column "id"
  local count, first = 0, nil
  for row = 1, least and posts:rows() or 0 do
    local pence <const>, micro <const> = cost:get(row), wte:get(row)
    if pence and pence >= 0 and micro > 0 and (pence / micro * 1e6 < least or pence / micro * 1e6 > most) then
      count, first = count + 1, first or id:get(row)
    end
  end
  if count > 0 then
    list:add("posts whose cost is out of line", count, posts:rows(), ("first: %s; a full-time year below £%s or above £%s"):format(first,
      core.number.print(least // 100, 0, true), core.number.print(most // 100, 0, true)))
  end
end

-- WTE of the people assigned to each post against what the establishment says is in post.
local function assigned(model, list)
  if not state_of[model].assignments then
    return
  end
  local all <const>, held <const> = state_of[model].sources.assignments.table:rows(), state_of[model].pack.held_assignments
  if held < all then
    list:add("assignments that are not current", all - held, all, ("not in %s: people are counted without them"):format(state_of[model].settings.as_at))
  end
  local result <const> = assert(core.pivot.run(state_of[model].assignments, { by = { "post" }, measures = { { name = "wte", column = "wte" } } }))
  local posts <const>, by_post <const> = state_of[model].posts, {}
  for row = 1, result:rows() do
    by_post[result:column("post"):code(row)] = result:column("wte"):get(row)
  end
  local differ, first = 0, nil
  local in_post <const> = state_of[model].sources.posts.table:column("in_post")
  for row = 1, posts:rows() do
    if (by_post[row] or 0) ~= in_post:get(row) then
      differ, first = differ + 1, first or posts:column("id"):get(row)
    end
  end
  if differ > 0 then
    list:add("posts whose people's WTE is not what is in post", differ, posts:rows(), "first: " .. first)
  end
end

-- The local labels of lines that stand under the unallocated member: a crosswalk may have taken others away since.
local function unallocated(model)
  local labels <const> = {}
  local where <const> = state_of[model].lines:column "fn_local" and core.selection.test(state_of[model].lines, "fn", parts.UNALLOCATED)
  local column <const> = where and where:take():column "fn_local"
  local counts <const> = column and column:tally()
  for code, label in ipairs(column and column:dictionary():labels() or {}) do
    labels[label] = (counts[code] or 0) > 0
  end
  return labels
end

local function parked(model, list)
  local still <const> = unallocated(model)
  for _, one in ipairs(state_of[model].pack.parked) do
    if still[one.label] or not one.of_lines then
      list:add("label parked as unallocated", 1, nil, ("%s %s '%s'"):format(one.file, one.field, one.label))
    end
  end
end

local function ledger_gap(model, list)
  local ledger <const> = state_of[model].ledger
  if not ledger then
    return
  end
  local booked <const> = assert(core.pivot.run(ledger, { measures = { { name = "budget", column = "budget" } } }))
  local gap <const> = booked:column("budget"):get(1) - total.exact(state_of[model].root or model, "cost")
  if gap ~= 0 then
    list:add("establishment differs from the ledger", 1, nil, ("balancing line £%s"):format(core.number.print(gap, 2, true)))
  end
end

---What is wrong with what was decided since loading.
---@return remit.frame
function health.findings(model)
  local kinds <const>, texts <const> = {}, {}
  for index, one in ipairs(state_of[model].findings or {}) do
    kinds[index], texts[index] = one.kind, one.text
  end
  return frame.from { keys = {}, columns = { { name = "finding", display = "text", values = kinds }, { name = "note", display = "text", values = texts } },
    about = model:about { title = "Findings", money = false, notes = #kinds == 0 and { "No findings." } or nil } }
end

---Data quality, a row a finding.
---@return remit.frame
function health.health(model)
  local list <const> = setmetatable({}, List)
  if state_of[model].posts then
    missing_fields(model, list)
    without_wte(model, list)
    costed(model, list)
    negative_costs(model, list)
    out_of_line(model, list)
    assigned(model, list)
  end
  if state_of[model].members.fn and state_of[model].lines:column("fn") then
    idle_functions(model, list)
  end
  if state_of[model].posts_kind then
    unchecked(model, list)
  end
  left_out(model, list)
  spelt_in_several_ways(model, list)
  parked(model, list)
  ledger_gap(model, list)
  for _, note in ipairs(assumptions.disagreements(model)) do
    list:add("assumption whose sources disagree", 1, nil, note)
  end
  for _, one in ipairs(state_of[model].pack.corrections) do
    list:add("correction applied", one.used, nil, ("%s %s '%s' to '%s': %s"):format(one.file, one.field, one.value, one.becomes, one.why))
  end
  for _, one in ipairs(state_of[model].findings or {}) do
    list:add(one.kind, 1, nil, one.text)
  end
  local columns <const> = { { name = "finding", display = "text", values = {} }, { name = "count", display = "count", values = {} },
    { name = "of", display = "count", values = {} }, { name = "note", display = "text", values = {} } }
  for index, one in ipairs(list) do
    columns[1].values[index], columns[2].values[index], columns[3].values[index], columns[4].values[index] = one.check, one.count, one.of, one.note
  end
  return frame.from { keys = {}, columns = columns, about = model:about { title = "Health", money = false } }
end

return health
