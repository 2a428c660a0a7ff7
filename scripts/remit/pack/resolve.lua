-- SPDX-License-Identifier: Apache-2.0
-- From raw labels to members: once per distinct label, never per row. A label is a member's id, then its name, then an alias, case and stray spaces
-- aside; anything else is a problem with suggestions.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"

local resolve <const> = {}

local SORT_MAX <const> = 65536 -- labels of an open vocabulary that are put in alphabetical order

local none <const> = core.dictionary.new {}
local booleans <const> = core.dictionary.new { "false", "true" }
local truth <const> = { ["true"] = 2, yes = 2, y = 2, ["1"] = 2, ["false"] = 1, no = 1, n = 1, ["0"] = 1 }

resolve.UNALLOCATED = "unallocated"

local function complain(source, name, bad, row, alike)
  source.problems:add { file = source.path, row = source.row(row), field = source.heading_of[name] or name, value = bad.label,
    message = bad.message, alike = alike }
end

-- Recodes a column: `find` gives the new code of a label, or 0 and what is wrong with it. Each wrong label is one problem. `map` has the codes that are
-- known, and 0 for the labels that `find` is asked for; without it, it is asked for all.
local function recode(source, name, dictionary, find, map)
  local column <const> = source.table:column(name)
  local labels <const> = column:dictionary()
  local wrong <const>, counts, first = {}, nil, nil
  if source.kept then
    counts, first = column:tally() -- labels may be left of rows of totals that were set aside
  end
  map = map or labels:codes(none)
  for code, known in ipairs(map) do
    if known == 0 and (not counts or (counts[code] or 0) > 0) then
      local label <const> = labels:label(code)
      local found <const>, message <const> = find(label, code)
      map[code] = found
      if message then
        wrong[#wrong + 1] = { code = code, label = label, message = message }
      end
    end
  end
  if #wrong > 0 then
    counts, first = column:tally()
  end
  for _, bad in ipairs(wrong) do
    complain(source, name, bad, first[bad.code], counts[bad.code])
  end
  return column:recode(map, dictionary)
end

-- The same where a label that the dictionary has is meant as it stands.
local function recode_exact(source, name, dictionary, find)
  return recode(source, name, dictionary, find, source.table:column(name):dictionary():codes(dictionary))
end

---Turns a boolean field's texts into false and true.
function resolve.boolean(source, name)
  return recode(source, name, booleans, function(label)
    local code <const> = truth[core.text.fold(label) or ""]
    if code then
      return code
    end
    return 0, "not true or false. Use true, false, yes, no, 1 or 0"
  end)
end

local LISTED <const> = 80 -- bytes of ids that a message lists when nothing is near

local function listing(words)
  return table.concat(words, ", ")
end

-- What is wrong with a label that a file does not have, and what was meant or what there is.
local function not_in(file, label, candidates, ids)
  local near <const> = fault.suggest(label, candidates)
  if near then
    return ("not in %s. %s"):format(file, near)
  end
  local there <const> = listing(ids)
  if there ~= "" and #there <= LISTED then
    return ("not in %s, which has %s"):format(file, there)
  end
  return ("not in %s"):format(file)
end

---Holds a field to its words.
function resolve.words(source, name, words)
  local dictionary <const> = core.dictionary.new(words)
  return recode_exact(source, name, dictionary, function(label)
    local code <const> = dictionary:match(label)
    if code ~= 0 then
      return code
    end
    local near <const> = fault.suggest(label, words)
    return 0, ("not one of %s%s"):format(listing(words), near and ". " .. near or "")
  end)
end

-- A dictionary of the labels in alphabetical order, and the code of each.
local function sorted_dictionary(labels, options)
  local seen <const>, kept <const> = {}, {}
  for _, label in ipairs(labels) do
    if label ~= "" and not seen[label] then
      seen[label] = true
      kept[#kept + 1] = label
    end
  end
  if #kept <= SORT_MAX then
    table.sort(kept)
  end
  for code, label in ipairs(kept) do
    seen[label] = code
  end
  return core.dictionary.new(kept, options), seen
end

---A field of several labels: each distinct combination is one member, its items sorted.
---@param spelt? fun(label: string): string nil: as they are written
function resolve.list(source, name, spelt)
  local combinations <const> = {}
  for index, label in ipairs(source.table:column(name):dictionary():labels()) do
    combinations[index] = plain.items(label, spelt)
  end
  local dictionary <const>, codes <const> = sorted_dictionary(combinations, { separator = "|" })
  return recode(source, name, dictionary, function(_, code)
    return codes[combinations[code]] or 0
  end)
end

-- The ids of the members that the items of a label name, and what is wrong with the first that names none.
local function member_items(label, members)
  local ids, message = {}, nil
  for item in (label .. "|"):gmatch "%s*([^|]-)%s*|" do
    local code, wrong = nil, nil
    if item ~= "" then
      code, wrong = resolve.member(members, item)
    end
    ids[#ids + 1] = code and members.dictionary:label(code)
    message = message or wrong and ("'%s' is %s"):format(item, wrong)
  end
  return table.concat(ids, "|"), message
end

---A field of several members of a dimension, as their ids. In the vocabulary's files unknown ones are left out: a pack may have fewer members.
function resolve.each(source, name, members)
  local labels <const> = source.table:column(name):dictionary():labels()
  local of <const>, wrong <const>, combinations <const> = {}, {}, {}
  for index, label in ipairs(labels) do
    local ids <const>, message <const> = member_items(label, members)
    of[label], wrong[label] = plain.items(ids), source.from == "pack" and message or nil
    combinations[index] = of[label]
  end
  local dictionary <const>, codes <const> = sorted_dictionary(combinations, { separator = "|" })
  return recode(source, name, dictionary, function(label)
    return codes[of[label]] or 0, wrong[label]
  end)
end

---An open vocabulary: its labels in alphabetical order, so that results do not depend on the order of rows.
---@param spelt? fun(label: string): string nil: as they are written
function resolve.category(source, name, spelt)
  local column <const> = source.table:column(name)
  if not spelt then
    return column:dictionary():size() <= SORT_MAX and column:sorted() or column
  end
  local labels <const> = column:dictionary():labels()
  for index, label in ipairs(labels) do
    labels[index] = spelt(label)
  end
  local dictionary <const>, codes <const> = sorted_dictionary(labels)
  return recode(source, name, dictionary, function(_, code)
    return codes[labels[code]] or 0
  end)
end

---A percentage stays as it is written; it must read.
function resolve.percent(source, name)
  local dictionary <const> = sorted_dictionary(source.table:column(name):dictionary():labels())
  return recode(source, name, dictionary, function(label)
    local value <const>, message <const> = core.number.parse(label, { decimals = 6, percent = true })
    if value then
      return dictionary:find(label)
    end
    return 0, message .. ": a percentage such as 14.38%"
  end)
end

---@class remit.members
---@field name string the dimension
---@field file string where its members stand
---@field table table core table, a row a member
---@field dictionary table of their ids: code c is row c
---@field shipped? string the file of the vocabulary that they come from

local function add_name(names, text, code)
  local folded <const> = text and text ~= "" and core.text.fold(text)
  if folded then
    if names[folded] and names[folded] ~= code then
      names[folded] = false -- two members: no longer a name of one
    elseif names[folded] == nil then
      names[folded] = code
    end
  end
end

-- Folded ids first, then names, then aliases: what is taken stays.
local function index_of(members)
  if members.index then
    return members.index
  end
  local byid <const>, byname <const> = {}, {}
  local rows <const> = members.table:rows()
  for row = 1, rows do
    add_name(byid, members.dictionary:label(row), row)
  end
  for _, name in ipairs { members.label or "name", "aliases" } do
    local column <const> = members.table:column(name)
    for row = 1, column and rows or 0 do
      for item in ((column:get(row) or "") .. "|"):gmatch("([^|]*)|") do
        add_name(byname, item, row)
      end
    end
  end
  members.index = { byid = byid, byname = byname }
  return members.index
end

---The code of the member that a label means: by id, by name, by alias; or nil.
---@param members remit.members
---@param label string
---@return integer?
function resolve.find(members, label)
  local exact <const> = members.dictionary:find(label)
  if exact ~= 0 then
    return exact
  end
  local index <const> = index_of(members)
  local folded <const> = core.text.fold(label)
  return folded and (index.byid[folded] or index.byname[folded]) or nil
end

---The same with what is wrong, which takes much longer to say than to know.
---@param members remit.members
---@param label string
---@return integer? code, string? message
function resolve.member(members, label)
  local code <const> = resolve.find(members, label)
  if code then
    return code
  end
  local index <const>, folded <const> = index_of(members), core.text.fold(label)
  if folded and index.byname[folded] == false then
    return nil, ("two members of %s have this name; use the id"):format(members.file)
  end
  local near <const> = members.dictionary:suggest(label)
  if #near > 1 and near[1]:lower():find(label:lower(), 1, true) == 1 then
    return nil, "ambiguous: " .. listing(near)
  end
  return nil, not_in(members.file, label, resolve.labels(members), members.dictionary:labels())
end

---Ids and names of a dimension, for suggestions; a name that is an id but for its case adds nothing.
function resolve.labels(members)
  local all <const>, seen <const> = {}, {}
  local names <const> = members.table:column(members.label or "name")
  local function add(label)
    local folded <const> = label and core.text.fold(label)
    if folded and not seen[folded] then
      seen[folded] = true
      all[#all + 1] = label
    end
  end
  for _, label in ipairs(members.dictionary:labels()) do
    add(label)
  end
  for row = 1, names and members.table:rows() or 0 do
    add(names:get(row))
  end
  return all
end

-- What is wrong with a label, and where what a file that ships with remit has can be read: once a file of the pack.
local function with_listing(message, source, members)
  if message == "not in " .. members.file and members.shipped and not source.told then
    source.told = true
    return ("%s: remit help %s.csv lists them"):format(message, members.shipped)
  end
  return message
end

---A reference to a dimension's members. With `park`, labels that nobody knows go to the unallocated member and are listed in `parked`. In the
---vocabulary's files they are no problem: a pack may have fewer members.
function resolve.reference(source, name, members, park, parked)
  local unallocated <const> = park and members.dictionary:find(resolve.UNALLOCATED) or 0
  return recode_exact(source, name, members.dictionary, function(label)
    local code <const>, message <const> = resolve.member(members, label)
    if code then
      return code
    elseif unallocated ~= 0 then
      parked[#parked + 1] = { file = source.path, field = name, label = label }
      return unallocated
    end
    return 0, source.from == "pack" and with_listing(message, source, members) or nil
  end)
end

---A reference to the ids of another file (assignments to posts), case and stray spaces aside.
function resolve.identifier(source, name, members)
  return recode_exact(source, name, members.dictionary, function(label)
    local code <const> = members.dictionary:match(label)
    if code ~= 0 then
      return code
    end
    return 0, not_in(members.file, label, members.dictionary:suggest(label), {})
  end)
end

return resolve
