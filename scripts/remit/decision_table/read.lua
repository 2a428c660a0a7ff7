-- SPDX-License-Identifier: Apache-2.0
-- The rules of a decision table, from a CSV file or from Lua, as plain data. What is wrong with them whatever the model is said here, all at once.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local policy <const> = require "remit.decision_table.policy"
local select <const> = require "remit.select"
local sheet <const> = require "remit.sheet"

local read <const> = {}

---@class remit.rule
---@field id string
---@field where string "rules.csv:4", or "rule 3" of a table in Lua
---@field row? integer of its file
---@field cells string[] a test for each input; "-" is any value
---@field set table<string, string|integer> by output; integers (millionths) where they are summed or compared
---@field why string|false
---@field ref string|false
---@field note string|false

local RESERVED <const> = { "rule", "why", "ref", "note" }
local DECIMALS <const> = 6

---What heads a column that sets something: "set class" sets class. For the toolkit's own modules.
---@param heading string
---@return string? output
function read.output(heading)
  return heading:match "^[Ss][Ee][Tt]%s+(%S.*)$"
end

---The value of a cell that sets something: nil for none, or nil and what is wrong. For the toolkit's own modules.
---@param text string
---@return string? value, string? message
function read.value(text)
  local quoted <const> = text:match '^"(.*)"$'
  if text == "" or text == "-" then
    return nil
  elseif quoted then
    return (quoted:gsub('""', '"'))
  elseif (core.text.fold(text) or "") == "none" then
    return nil, "'none' is what a missing value is called in tests: leave the cell empty to set nothing"
  elseif text:find(",", 1, true) then
    return nil, ("two values, where a rule sets one. A label with a comma in it is quoted: \"%s\"; several values for one attribute take hits "
      .. "\"collect\" and a rule each"):format(text)
  end
  return text
end

-- Where rules, inputs and outputs are gathered.
local function gathering(what)
  return { what = what, problems = {}, inputs = {}, outputs = {}, rules = {}, spelt = {}, taken = {} }
end

local function problem(made, where, column, message, cell, at)
  made.problems[#made.problems + 1] = { where = where, column = column, message = message, cell = cell, at = at }
end

local function check_test(made, where, path, text)
  local predicate <const>, message <const>, _, at <const> = core.predicate.new(text)
  if predicate then
    predicate:close()
  else
    problem(made, where, path, message, text, at)
  end
end

-- One output of one rule; labels that differ only in case are the same one, as first written.
local function set_value(made, rule, output, text)
  local value <const>, message <const> = read.value(text)
  if message then
    problem(made, rule.where, "set " .. output, message)
  elseif value and made.aggregate and made.aggregate ~= "count" then
    local number <const>, wrong <const> = core.number.parse(value, { decimals = DECIMALS, currency = true })
    rule.set[output] = number
    if not number then
      problem(made, rule.where, "set " .. output, ("'%s' is %s, and \"%s\" takes numbers"):format(value, wrong, made.hits))
    end
  elseif value then
    local key <const> = output .. "\0" .. (core.text.fold(value) or value)
    made.spelt[key] = made.spelt[key] or value
    rule.set[output] = made.spelt[key]
  end
end

local function name_rule(made, rule, id)
  if id and made.taken[id] then
    problem(made, rule.where, nil, ("rule '%s' stands there already, at %s"):format(id, made.taken[id]))
  end
  rule.id = id or rule.fallback
  made.taken[rule.id] = made.taken[rule.id] or rule.where
  made.rules[#made.rules + 1] = rule
end

-- ---- From a CSV file ----

local function reserved_word(text)
  local folded <const> = core.text.fold(text) or text
  for _, word in ipairs(RESERVED) do
    if folded == word then
      return word
    end
  end
end

-- What each column is for.
local function read_headings(made, file)
  local columns <const> = {}
  for _, heading in ipairs(file.headings) do
    local corner <const> = heading.text:match "^[Rr][Uu][Ll][Ee]%s*%((.*)%)$"
    local word <const>, output <const> = corner and "rule" or reserved_word(heading.text), read.output(heading.text)
    if corner then
      made.corner = corner
    end
    if word then
      columns[word] = heading.column
    elseif output then
      made.outputs[#made.outputs + 1] = output
      columns[#columns + 1] = { column = heading.column, output = output }
    elseif (core.text.fold(heading.text) or "") == "set" then
      problem(made, file.path, heading.text, "set what? A column that sets class is headed 'set class'")
    else
      made.inputs[#made.inputs + 1] = heading.text
      columns[#columns + 1] = { column = heading.column, input = #made.inputs, path = heading.text }
    end
  end
  return columns
end

local function read_row(made, file, columns, record)
  local function cell(word)
    return columns[word] and record.cells[columns[word]] or false
  end
  local rule <const> = { where = sheet.where(file, record.row), row = record.row, fallback = ("row %d"):format(record.row), cells = {}, set = {},
    why = cell "why", ref = cell "ref", note = cell "note" }
  for _, column in ipairs(columns) do
    local text <const> = record.cells[column.column]
    if column.output then
      set_value(made, rule, column.output, text or "")
    else
      rule.cells[column.input] = text or "-"
      check_test(made, rule.where, column.path, text or "-")
    end
  end
  name_rule(made, rule, cell "rule" or nil)
end

local function from_file(path, hits)
  local made <const>, file <const> = gathering(path), sheet.read(path)
  local columns <const> = read_headings(made, file)
  read.policy(made, hits)
  for _, record in ipairs(file.rows) do
    read_row(made, file, columns, record)
  end
  return made
end

-- ---- From Lua ----

local RULE_FIELDS <const> = { "id", "when", "set", "why", "ref", "note" }

local function check_rule_fields(index, given)
  if type(given) ~= "table" then
    fault.raise { code = "decision table", message = ("rule %d is a %s, not a table"):format(index, type(given)),
      hints = { '{ id = "grow", when = { blueprint = "grow" }, set = { class = "grow" }, why = "..." }' } }
  end
  for _, name in ipairs(plain.keys(given)) do
    if not plain.among(RULE_FIELDS, name) then
      fault.raise { code = "decision table", message = ("rule %d has no field '%s'. %s"):format(index, name, fault.suggest(name, RULE_FIELDS)
        or "It has: " .. table.concat(RULE_FIELDS, ", ")) }
    end
  end
end

---A value that Lua sets as the text of a cell; for the toolkit's own modules.
function read.text(value, where)
  local kind <const> = type(value)
  if value == none then
    return ""
  elseif kind == "table" and #value > 0 then
    local words <const>, lost <const> = {}, plain.astray(value)
    if lost then
      fault.raise { code = "decision table", message = ("%s: %s"):format(where, lost) }
    end
    for index, item in ipairs(value) do
      words[index] = type(item) ~= "table" and tostring(item) or read.text(item, where)
    end
    return '"' .. table.concat(words, "|"):gsub('"', '""') .. '"'
  elseif kind == "string" then
    return '"' .. value:gsub('"', '""') .. '"'
  elseif kind == "number" or kind == "boolean" then
    return kind == "number" and math.type(value) == "float" and ("%.15g"):format(value) or tostring(value)
  end
  fault.raise { code = "decision table", message = ("%s: a value is a text, a number, true or false, not a %s"):format(where, kind) }
end

-- What a rule sets is named: { class = "grow" }.
local function check_set(index, set)
  local unnamed = type(set) ~= "table"
  for name in pairs(unnamed and {} or set) do
    unnamed = unnamed or type(name) ~= "string"
  end
  if unnamed then
    fault.raise { code = "decision table", message = ("rule %d: set takes values by name"):format(index), hints = { 'set = { class = "grow" }' } }
  end
end

local function lua_rule(index, given)
  check_rule_fields(index, given)
  check_set(index, given.set or {})
  local rule <const> = { where = ("rule %d"):format(index), fallback = tostring(index), cells = {}, set = {}, why = given.why or false,
    ref = given.ref or false, note = given.note or false }
  return rule, select.tests(given.when or {}), given.set or {}
end

-- Names in the order of their first rule, in the alphabet's within one: a table in Lua keeps none.
local function collect_names(list, seen, names)
  for _, name in ipairs(names) do
    if not seen[name] then
      seen[name] = #list + 1
      list[#list + 1] = name
    end
  end
end

local function from_lua(given, hits)
  local made <const> = gathering(given.id or "the decision table")
  local inputs <const>, outputs <const>, read_rules <const> = {}, {}, {}
  for index, one in ipairs(given.rules) do
    local rule <const>, tests <const>, set <const> = lua_rule(index, one)
    local paths <const> = {}
    for position, test in ipairs(tests) do
      paths[position] = test[1]
    end
    collect_names(made.inputs, inputs, paths)
    collect_names(made.outputs, outputs, plain.keys(set))
    read_rules[index] = { rule = rule, tests = tests, set = set, id = one.id }
  end
  read.policy(made, hits)
  for _, one in ipairs(read_rules) do
    for index = 1, #made.inputs do
      one.rule.cells[index] = "-"
    end
    for _, test in ipairs(one.tests) do
      one.rule.cells[inputs[test[1]]] = test[2]
      check_test(made, one.rule.where, test[1], test[2])
    end
    for _, output in ipairs(plain.keys(one.set)) do
      set_value(made, one.rule, output, read.text(one.set[output], one.rule.where))
    end
    name_rule(made, one.rule, one.id)
  end
  return made
end

-- ---- Both ----

---The hit policy: as given, or as the corner of the file says.
function read.policy(made, given)
  local text <const> = given or made.corner or "unique"
  local name <const>, message <const> = policy.named(text)
  if not name then
    fault.raise { code = "decision table", message = ("%s: %s"):format(made.what, message) }
  elseif given and made.corner and name ~= policy.named(made.corner) then
    fault.raise { code = "decision table", message = ("%s says the hit policy is '%s', the script says '%s'"):format(made.what, made.corner, given) }
  end
  made.hits, made.aggregate = name, policy.aggregate(name)
end

local function check_names(made)
  for _, names in ipairs { made.inputs, made.outputs } do
    for _, name in ipairs(names) do
      if name == "" or name:find("\0", 1, true) then
        problem(made, made.what, nil, name == "" and "a test or a value that has no name" or ("'%s': no name holds a NUL byte"):format(name))
      end
    end
  end
end

local function check_whole(made)
  local what <const> = made.what
  check_names(made)
  if #made.rules == 0 then
    fault.raise { code = "decision table", message = what .. " has no rules",
      hints = { "a row a rule: tests of what is known (blueprint), and what the rule says (set class)" } }
  elseif #made.problems > 0 then
    sheet.raise(what, made.problems, "decision table")
  elseif #made.outputs == 0 then
    fault.raise { code = "decision table", message = what .. " sets nothing",
      hints = { "a column that sets class is headed 'set class'" } }
  elseif #made.inputs == 0 then
    fault.raise { code = "decision table", message = what .. " tests nothing: every rule would pass for all",
      hints = { "a column that tests an attribute is headed by its name: blueprint" } }
  elseif made.aggregate and #made.outputs > 1 then
    fault.raise { code = "decision table", message = ("%s: \"%s\" is of one output, and this table sets %s"):format(what, made.hits,
      table.concat(made.outputs, ", ")) }
  end
end

---Reads a table of rules.
---@param given string|table a path, or { id =, rules = { ... } }
---@param hits? string
---@return { what: string, hits: string, aggregate?: string, inputs: string[], outputs: string[], rules: remit.rule[] }
function read.rules(given, hits)
  local made
  if type(given) == "string" then
    made = from_file(given, hits)
  else
    made = from_lua(given, hits)
  end
  check_whole(made)
  return made
end

return read
