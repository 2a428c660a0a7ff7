-- SPDX-License-Identifier: Apache-2.0
-- Labels of lines that are no function's: through the pack's crosswalk, or to the unallocated member, or problems. Lines keep such a label in
-- `fn_local`.

local carried <const> = require "remit.carried"
local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"

local crosswalk <const> = {}

local LOCAL <const> = "fn_local"
local marks <const> = core.dictionary.new { "yes" }

---@class remit.pack.crosswalk
---@field file string
---@field rows remit.crosswalk.row[]
---@field broken boolean not all of it could be read: what it would have mapped is not known
---@field made? remit.crosswalk.resolver once the functions are known

---The crosswalk that a pack names, read; nil when it names none.
---@return remit.pack.crosswalk?
function crosswalk.read(folder, settings, problems)
  local file <const> = settings.crosswalk
  if file == nil then
    return nil
  elseif file == "" or file:find "^/" or file:find "^%a:" or file:find("\\", 1, true) or ("/" .. file .. "/"):find("/../", 1, true) then
    descriptor.report(problems, "remit.crosswalk", ("path '%s' leaves the pack: it must be relative, with / and without .."):format(file))
    return { file = file, rows = {}, broken = true }
  end
  local before <const>, inside <const> = #problems.list, carried.text(folder, file)
  local list <const> = require("remit.crosswalk.rows").read({ path = not inside and folder .. "/" .. file or nil, text = inside }, file, problems)
  return { file = file, rows = list, broken = #problems.list > before }
end

local function made_of(state)
  local given <const> = state.crosswalk
  if given and not given.made then
    given.made = require("remit.crosswalk.resolver").new(given.rows, state.members.fn, given.file, state.problems)
  end
  return given and given.made
end

-- The labels of a field in alphabetical order, those of `wanted` only.
local function local_labels(column, wanted)
  local labels <const>, map <const>, kept <const> = column:dictionary():labels(), {}, {}
  for _, label in ipairs(labels) do
    kept[#kept + 1] = wanted[label] and label or nil
  end
  table.sort(kept)
  local dictionary <const> = core.dictionary.new(kept)
  for code, label in ipairs(labels) do
    map[code] = wanted[label] and dictionary:find(label) or 0
  end
  return column:recode(map, dictionary)
end

---The functions of lines. Labels that are none are kept for `settle`; those that one function has in the crosswalk are that function's.
---@param source remit.source
---@param name string the field
---@param members remit.members
---@param state table
---@return remit.core.column
function crosswalk.reference(source, name, members, state)
  local column <const>, made <const> = source.table:column(name), made_of(state)
  local elsewhere <const> = state.park and members.dictionary:find(resolve.UNALLOCATED) or 0
  local map <const>, wanted <const>, pending <const>, counts = {}, {}, {}, nil
  for code, label in ipairs(column:dictionary():labels()) do
    local known <const> = resolve.find(members, label)
    counts = counts or not known and column:tally() or nil
    map[code] = known or 0
    if not known and (counts[code] or 0) > 0 then
      local outcome <const> = made and made:find("fn", label)
      map[code], wanted[label] = outcome and #outcome == 1 and outcome[1].code or elsewhere, true
      pending[label] = not outcome or nil
    end
  end
  if next(wanted) then
    source.local_labels = { name = name, column = local_labels(column, wanted), pending = pending, members = members }
  end
  return column:recode(map, members.dictionary)
end

-- The rows with pending labels that no other field of the crosswalk knows.
local function still_pending(result, given, made)
  local work <const> = core.table.new(result:rows())
  local function mark(name, column, passes)
    local map <const> = {}
    for code, label in ipairs(column:dictionary():labels()) do
      map[code] = passes(label) and 1 or 0
    end
    work:add(name, column:recode(map, marks))
  end
  mark(LOCAL, given.column, function(label) return given.pending[label] end)
  for index = 2, made and #made.fields or 0 do
    local field <const> = made.fields[index]
    local column <const> = result:column(field)
    if column and column:unit() == "code" then
      mark(field, column, function(label) return made:find(field, label) ~= nil end)
    end
  end
  local rest
  for _, name in ipairs(work:names()) do
    local selected <const> = assert(core.selection.test(work, name, name == LOCAL and "yes" or "none"))
    rest = rest and rest & selected or selected
  end
  return rest
end

local function complain(source, given, code, row, count, file)
  local label <const> = given.column:dictionary():label(code)
  local message = select(2, resolve.member(given.members, label))
  if file then
    message = message:gsub("^not in ", ("neither in %s nor in "):format((file:gsub("%%", "%%%%"))))
  end
  source.problems:add { file = source.path, row = source.row(row), field = source.heading_of[given.name] or given.name, value = label, message = message,
    alike = count }
end

---Gives lines their local labels, and says of those that lead nowhere that they are parked or wrong.
---@param source remit.source
---@param result remit.core.table its resolved table, which gains a field
---@param state table
function crosswalk.settle(source, result, state)
  local given <const> = source.local_labels
  if not given or result:column(LOCAL) then
    return
  end
  local rest <const> = still_pending(result, given, state.crosswalk and state.crosswalk.made)
  result:add(LOCAL, given.column)
  if rest:count() == 0 or state.crosswalk and state.crosswalk.broken then
    return
  end
  local left <const> = core.table.new(result:rows()):add(LOCAL, given.column):take(rest:rows())
  local counts <const>, first <const> = left:column(LOCAL):tally()
  local at <const> = not state.park and rest:rows()
  for code, label in ipairs(given.column:dictionary():labels()) do
    if (counts[code] or 0) > 0 and state.park then
      state.parked[#state.parked + 1] = { file = source.path, field = given.name, label = label, of_lines = true }
    elseif (counts[code] or 0) > 0 then
      complain(source, given, code, at[first[code]], counts[code], state.crosswalk and state.crosswalk.file)
    end
  end
end

---What can be said of the whole once every file is read.
function crosswalk.check(sources, state)
  local made <const> = state.members.fn and made_of(state)
  local tables <const> = {}
  for _, name in ipairs(plain.keys(sources)) do
    tables[#tables + 1] = sources[name].plan.lines and sources[name].table or nil
  end
  if made and #tables > 0 then
    made:check_fields(tables, state.crosswalk.file, state.problems)
  end
end

---The confirmed rows as text: what a model's hash holds of them.
---@param list remit.crosswalk.row[]
---@return string
function crosswalk.text(list)
  local rows <const>, texts <const> = require "remit.crosswalk.rows", {}
  for _, row in ipairs(list) do
    if row.confirmed then
      texts[#texts + 1] = table.concat({ row.field, row.from, row.fn, tostring(row.share or rows.ALL) }, "\0")
    end
  end
  return table.concat(texts, "\n")
end

---The crosswalk as steps (parts.lua).
---@param given? remit.pack.crosswalk
---@return remit.parts.step[]
function crosswalk.steps(given)
  return given and given.made and given.made:steps() or {}
end

return crosswalk
