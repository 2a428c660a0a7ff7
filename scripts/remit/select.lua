-- SPDX-License-Identifier: Apache-2.0
-- Selections: tables of tests become rows. A selection keeps its tests, so that the same one can be asked of lines, of people's assignments
-- and of a scenario; nothing is counted until a figure is wanted.

local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local state_of <const> = require "remit.state_of"

local select <const> = {}

---@class remit.selection
---@operator band(remit.selection): remit.selection
---@operator bor(remit.selection): remit.selection
---@operator bnot: remit.selection
---@operator len: integer
local Selection <const> = plain.class { __name = "remit.selection" }

local BARE_BOOLEAN <const> = "a selection is a table of tests; did you use == on a field? Write posts { band = \"8a\" }"

-- What every selection of posts holds: also one of the other posts.
local IS_POST <const> = { "kind", "pay" }

local NESTED_MAX <const> = 8 -- a field, its attribute: more is a table that holds itself

local function join_path(prefix, name)
  return prefix == "" and name or prefix .. "." .. name
end

-- Labels one after the other, a list among them too.
local test_text

local function list_text(path, list, depth)
  local problem <const> = plain.astray(list)
  if problem or depth > NESTED_MAX then
    fault.raise { code = "selection", message = ("%s: %s"):format(path, problem or "a list within itself, or lists nested too deep"),
      hints = { 'labels stand one after the other: { "chc", "digital" }' } }
  end
  local words <const> = {}
  for index, item in ipairs(list) do
    words[index] = type(item) == "string" and plain.quoted(item) or test_text(path, item, depth + 1)
  end
  return table.concat(words, ", ")
end

function test_text(path, value, depth)
  local kind <const> = type(value)
  if kind == "string" then
    return value
  elseif kind == "boolean" or math.type(value) == "integer" then
    return tostring(value)
  elseif kind == "number" and exact.finite(value) then
    return ("%.15g"):format(value)
  elseif value == none then
    return "none"
  elseif kind == "table" and #value > 0 and not plain.is_object(value) then
    return list_text(path, value, depth)
  end
  if kind == "number" then
    fault.raise { code = "selection", message = ("%s: a number to test by must be finite"):format(path) }
  end
  local named <const> = plain.object_name(value)
  local what <const> = kind == "table" and not named and next(value) == nil and "an empty list" or "a " .. (named or kind)
  fault.raise { code = "selection", message = ("%s: a test is text, a number, true, false or a list of labels, not %s"):format(path, what) }
end

local function fields_tested(spec)
  local names <const> = {}
  for name in pairs(spec) do
    if type(name) ~= "string" then
      fault.raise { code = "selection", message = "every test needs the name of its field", hints = { "posts { band = \">= 8a\" }" } }
    end
    names[#names + 1] = name
  end
  if #names > 1 then
    table.sort(names)
  end
  return names
end

local function collect(tests, prefix, spec, depth)
  if depth > NESTED_MAX then
    fault.raise { code = "selection", message = "a table of tests within itself, or tables nested too deep",
      hints = { 'an attribute stands within its field: posts { fn = { class = "grow" } }' } }
  end
  for _, name in ipairs(fields_tested(spec)) do
    local value <const>, path <const> = spec[name], join_path(prefix, name)
    local kind <const> = type(value)
    if kind == "string" then
      tests[#tests + 1] = { path, value, false }
    elseif kind == "table" and not plain.is_object(value) and next(value) ~= nil and #value == 0 then
      collect(tests, path, value, depth + 1)
    else
      tests[#tests + 1] = { path, test_text(path, value, 1), kind == "boolean" }
    end
  end
  return tests
end

---The tests of a table as { path, text } pairs, nested ones behind their path; for the toolkit's own modules.
---@param spec table
---@return string[][]
function select.tests(spec)
  return collect({}, "", spec, 1)
end

-- How an attribute of a dimension is written where posts, lines or by are given.
local function attribute_example(name, on, attribute)
  if name == "by" then
    return ('by = { "%s.%s" }'):format(on, attribute)
  end
  return ("%s { %s = { %s = ... } }"):format(name, on, attribute)
end

-- The fields of a table that analysts know: those of the toolkit's own begin with "#".
local function fields_of(core_table)
  local names <const> = {}
  for _, name in ipairs(core_table:names()) do
    names[#names + 1] = name:sub(1, 1) ~= "#" and name or nil
  end
  return names
end

local function attribute_hint(core_table, field, name)
  local fields <const>, attributes <const> = fields_of(core_table), {}
  for _, candidate in ipairs(fields) do
    local dimension <const> = core_table:dimension(candidate)
    for _, attribute in ipairs(dimension and dimension:names() or {}) do
      attributes[attribute] = attributes[attribute] or candidate
      attributes[#attributes + 1] = attribute
    end
  end
  local near <const> = core.text.suggest(field, fields)
  local nested <const> = core.text.suggest(field, table.move(attributes, 1, #attributes, 1, {}))
  if #near > 0 then
    return fault.suggest(field, fields)
  elseif #nested > 0 then
    local on <const> = attributes[nested[1]]
    return ("Did you mean '%s' (on %s: %s)?"):format(nested[1], on, attribute_example(name, on, nested[1]))
  end
end

---What a path leads to on a table, or nil; no name has a NUL byte, and those that begin with "#" are the toolkit's own.
function select.resolve(core_table, path)
  return not path:find("\0", 1, true) and path:sub(1, 1) ~= "#" and core_table:resolve(path) or nil
end

---Raises that a table has no such field, with what was meant.
---@param core_table table
---@param path string
---@param name string what the analyst called it: posts, lines, by
function select.unknown_field(core_table, path, name)
  path = path:gsub("\0", "\\0")
  local head, rest = path:match "^([^.]+)%.(.+)$"
  head, rest = head or path, rest or ""
  local dimension <const> = core_table:dimension(head)
  if rest ~= "" and core_table:column(head) then
    local names <const> = dimension and dimension:names() or {}
    local hint <const> = #names == 0 and "It has no attributes." or fault.suggest(rest, names) or "It has: " .. table.concat(names, ", ")
    fault.raise { code = "field", message = ("%s has no attribute '%s'. %s"):format(head, rest, hint),
      hints = { rest == head and "a member by its id: { id = \"...\" }" or nil } }
  end
  local hint <const> = attribute_hint(core_table, head, name)
  local message <const> = name == "by" and "by: there is no field '%s'. %s" or name .. " has no field '%s'. %s"
  fault.raise { code = "field", message = message:format(head, hint or "There are: " .. table.concat(fields_of(core_table), ", ")) }
end

local FEW <const> = 8 -- labels that a message lists when nothing is near

local function few_labels(core_table, path)
  local column <const> = core_table:resolve(path)
  local dictionary <const> = column and column:dictionary()
  if dictionary and dictionary:size() > 0 and dictionary:size() <= FEW and not dictionary:separator() then
    return table.concat(dictionary:labels(), ", ")
  end
end

---What the core says of a test that cannot be asked of a path, with the labels that there are where they are few.
---@param core_table table
---@param path string
---@param message string
---@return string
function select.said(core_table, path, message)
  local labels <const> = message:find "is not a member%.$" and few_labels(core_table, path)
  return labels and ("%s There are: %s"):format(message, labels) or message
end

local function explain(core_table, path, test, message, at, is_boolean)
  local hints <const> = {}
  if is_boolean then
    fault.raise { code = "test", message = ("%s: %s"):format(path, message), hints = { BARE_BOOLEAN } }
  end
  message = select.said(core_table, path, message)
  if at and at > 0 and test ~= "" then
    hints[1] = test
    hints[2] = (" "):rep(core.text.width(test:sub(1, at - 1))) .. "^"
  end
  fault.raise { code = "test", message = ("%s: %s"):format(path, message), hints = hints }
end

-- A path on a table: as it is, or behind `prefix` (the posts of an assignment).
local function place(core_table, prefix, path, name)
  if select.resolve(core_table, path) then
    return path
  elseif prefix ~= "" and select.resolve(core_table, join_path(prefix, path)) then
    return join_path(prefix, path)
  end
  select.unknown_field(core_table:dimension(prefix) or core_table, path, name)
end

local function test(core_table, prefix, pair, name)
  local path <const> = place(core_table, prefix, pair[1], name)
  local made <const>, message <const>, _, at <const> = core.selection.test(core_table, path, pair[2])
  if not made then
    explain(core_table, pair[1], pair[2], message, at, pair[3])
  end
  return made
end

local DEPTH_MAX <const> = 200 -- as in the core

local function too_large(message)
  fault.raise { code = "limit", message = (tostring(message):gsub("^[^\n]-:%d+: ", "")) }
end

local operators <const> = {
  ["not"] = function(one) return ~one end,
  ["and"] = function(left, right) return left & right end,
  ["or"] = function(left, right) return left | right end,
}

-- The core's selections combined; past its limits it raises a text.
local function combine(op, left, right)
  local ok <const>, result <const> = pcall(operators[op], left, right)
  return ok and result or too_large(result)
end

-- The core's selection of a node on a table; nil for no condition.
local function build(node, core_table, prefix, name)
  if node.on == core_table then
    return node.rows -- found when its tests were checked
  elseif node.op == "tests" then
    local result
    for _, pair in ipairs(node.tests) do
      local one <const> = test(core_table, prefix, pair, name)
      result = result and combine("and", result, one) or one
    end
    return result or core.selection.all(core_table)
  elseif node.op == "not" then
    return combine("not", build(node[1], core_table, prefix, name))
  end
  return combine(node.op, build(node[1], core_table, prefix, name), build(node[2], core_table, prefix, name))
end

local function new(model, node, what)
  node.depth = node.depth or 1 + math.max(node[1] and node[1].depth or 0, node[2] and node[2].depth or 0)
  if node.depth > DEPTH_MAX then
    too_large(("a selection nested more than %d deep"):format(DEPTH_MAX))
  end
  return object.new(Selection, { model = model, node = node, what = what })
end

local weak <const> = { __mode = "v" }

-- The same tests of the same table are found once, as long as somebody holds on to what was found or the collector has not been by.
local function checked_node(model, tests, core_table, name)
  local state <const> = state_of[model]
  local known <const> = state.selections or setmetatable({}, weak)
  state.selections = known
  local key <const> = {}
  for index, pair in ipairs(tests) do
    key[index] = ("s4s4B"):pack(pair[1], pair[2], pair[3] and 1 or 0)
  end
  local text <const> = table.concat(key)
  local found <const> = known[text]
  if found and found.on == core_table then
    return found
  end
  local node <const> = { op = "tests", tests = tests }
  node.on, node.rows = core_table, build(node, core_table, "", name)
  known[text] = node
  return node
end

---Makes a selection of a model's lines from tests; every label and field is checked at once.
---@param model remit.model
---@param spec table|remit.selection|nil
---@param what "posts"|"lines"|"functions"
---@param fixed? string[][] tests that always hold
---@param core_table? table where the fields are looked up, instead of the model's lines
---@return remit.selection
function select.new(model, spec, what, fixed, core_table)
  if getmetatable(spec) == Selection then
    return spec
  elseif spec ~= nil and (type(spec) ~= "table" or plain.is_object(spec)) then
    fault.raise { code = "selection", message = type(spec) == "boolean" and BARE_BOOLEAN
      or ("a selection is a table of tests, not a %s"):format(plain.object_name(spec) or type(spec)) }
  end
  local tests <const> = collect({ table.unpack(fixed or {}) }, what == "functions" and "fn" or "", spec or {}, 1)
  return new(model, checked_node(model, tests, core_table or state_of[model].lines, what), what)
end

---A selection from pairs of field and test, made by the toolkit itself.
function select.of_tests(model, tests)
  return new(model, { op = "tests", tests = tests }, "lines")
end

---The core's selection on a table; a field that the table lacks is looked for behind `prefix`.
function Selection:on(core_table, prefix, name)
  local state <const> = state_of[self]
  return build(state.node, core_table, prefix, name or state.what)
end

---How many: posts of a selection of posts (a partly filled one once), else lines.
---@return integer
function Selection:count()
  local state <const> = state_of[self]
  return state.model:total(state.what == "posts" and "posts" or "lines", { where = self })
end

---`#selection` is its count.
---@return integer
function Selection:__len()
  return self:count()
end

---One figure of the selected lines.
---@param measure string
---@param given? { at?: string, basis?: string, period?: string }
---@return number
function Selection:sum(measure, given)
  if type(measure) ~= "string" then
    fault.raise { code = "measure", message = "sum needs the name of a measure: sum(\"wte\")" }
  end
  return state_of[self].model:total(measure, self:with(given))
end

---What a model's call takes, with this selection as its `where`; for the toolkit's own modules.
function Selection:with(given)
  local spec <const> = { where = self }
  for key, value in pairs(given or {}) do
    spec[key] = value
  end
  return spec
end

---A frame of the selected lines by dimensions.
---@param given table as model:pivot
---@return remit.frame
function Selection:pivot(given)
  if given and given.where ~= nil then
    fault.raise { code = "selection", message = "this selection is the where of its pivot already", hints = { "combine: (a & b):pivot { ... }" } }
  end
  return state_of[self].model:pivot(self:with(given))
end

---The first lines as a frame.
---@param count? integer default 10
---@return remit.frame
function Selection:head(count)
  count = count or 10
  if not math.tointeger(count) or count < 1 then
    fault.raise { code = "selection", message = ("head takes a whole number of lines above 0, not %s"):format(tostring(count)) }
  end
  return state_of[self].model:list(self, math.tointeger(count))
end

---Goes through the selected lines: `for line in selection:each() do print(line.id, line.cost) end`.
---@return fun(): table?
function Selection:each()
  return state_of[self].model:list(self):rows()
end

local function combined(op)
  return function(a, b)
    if getmetatable(a) ~= Selection or getmetatable(b) ~= Selection then
      fault.raise { code = "selection", message = "&, | and ~ combine selections", hints = { BARE_BOOLEAN } }
    end
    local left <const>, right <const> = state_of[a], state_of[b]
    if left.model ~= right.model then
      fault.raise { code = "selection", message = "the two selections are of different models" }
    end
    return new(left.model, { op = op, left.node, right.node }, left.what == right.what and left.what or "lines")
  end
end

Selection.__band = combined "and"
Selection.__bor = combined "or"
function Selection.__bnot(a)
  local state <const> = state_of[a]
  local rest <const> = { op = "not", state.node }
  return new(state.model, state.what == "posts" and { op = "and", { op = "tests", tests = { IS_POST } }, rest } or rest, state.what)
end

local function node_text(node)
  if node.op == "tests" then
    local words <const> = {}
    for index, pair in ipairs(node.tests) do
      words[index] = ("%s: %s"):format(pair[1], pair[2])
    end
    return #words > 0 and table.concat(words, "; ") or "all"
  elseif node.op == "not" then
    return ("not (%s)"):format(node_text(node[1]))
  end
  return ("(%s) %s (%s)"):format(node_text(node[1]), node.op, node_text(node[2]))
end

---The tests as text.
function Selection:__tostring()
  return ("%s where %s"):format(state_of[self].what, node_text(state_of[self].node))
end

object.guard(Selection, "a selection", { "count", "sum", "pivot", "head", "each" })

return select
