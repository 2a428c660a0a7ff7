-- SPDX-License-Identifier: Apache-2.0
-- Selections: tables of tests become rows. A selection keeps its tests, so that the same one can be asked of lines, of people's assignments
-- and of a scenario; nothing is counted until a figure is wanted.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"

local select <const> = {}

---@class remit.selection
---@operator band(remit.selection): remit.selection
---@operator bor(remit.selection): remit.selection
---@operator bnot: remit.selection
local Selection <const> = { __name = "remit.selection" }

local BARE_BOOLEAN <const> = "a selection is a table of tests; did you use == on a field? Write posts { band = \"8a\" }"

local function quoted(text)
  return '"' .. text:gsub('"', '""') .. '"'
end

local function join_path(prefix, name)
  return prefix == "" and name or prefix .. "." .. name
end

local function test_text(path, value)
  local kind <const> = type(value)
  if kind == "string" then
    return value
  elseif kind == "boolean" or math.type(value) == "integer" then
    return tostring(value)
  elseif kind == "number" then
    return ("%.15g"):format(value)
  elseif value == none then
    return "none"
  elseif kind == "table" and #value > 0 then
    local words <const> = {}
    for index, item in ipairs(value) do
      words[index] = type(item) == "string" and quoted(item) or test_text(path, item)
    end
    return table.concat(words, ", ")
  end
  fault.raise { code = "selection", message = ("%s: a test is text, a number, true, false or a list of labels, not a %s"):format(path, kind) }
end

local function collect(tests, prefix, spec)
  local names <const> = {}
  for name in pairs(spec) do
    if type(name) ~= "string" then
      fault.raise { code = "selection", message = "every test needs the name of its field", hints = { "posts { band = \">= 8a\" }" } }
    end
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local value <const>, path <const> = spec[name], join_path(prefix, name)
    if type(value) == "table" and value ~= none and #value == 0 then
      collect(tests, path, value)
    else
      tests[#tests + 1] = { path, test_text(path, value) }
    end
  end
  return tests
end

local function attribute_hint(core_table, field, name)
  local fields <const>, attributes <const> = core_table:names(), {}
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
    return ("Did you mean '%s' (on %s: %s { %s = { %s = ... } })?"):format(nested[1], on, name, on, nested[1])
  end
end

---Raises that a table has no such field, with what was meant.
---@param core_table table
---@param path string
---@param name string what the analyst called it: posts, lines
function select.unknown_field(core_table, path, name)
  local head <const>, rest <const> = path:match "^([^.]+)%.?(.*)$"
  local dimension <const> = core_table:dimension(head)
  if rest ~= "" and core_table:column(head) then
    local names <const> = dimension and dimension:names() or {}
    local hint <const> = #names > 0 and (fault.suggest(rest, names) or ("It has: " .. table.concat(names, ", "))) or "It has no attributes."
    fault.raise { code = "field", message = ("%s has no attribute '%s'. %s"):format(head, rest, hint) }
  end
  local hint <const> = attribute_hint(core_table, head, name)
  fault.raise { code = "field", message = ("%s has no field '%s'. %s"):format(name, head, hint or ("It has: " .. table.concat(core_table:names(), ", "))) }
end

local function explain(path, test, message, at)
  local hints <const> = {}
  if at and at > 0 then
    hints[1] = test
    hints[2] = (" "):rep(core.text.width(test:sub(1, at - 1))) .. "^"
  end
  fault.raise { code = "test", message = ("%s: %s"):format(path, message), hints = hints }
end

-- A path on a table: as it is, or behind `prefix` (the posts of an assignment).
local function place(core_table, prefix, path, name)
  if core_table:resolve(path) then
    return path
  elseif prefix ~= "" and core_table:resolve(join_path(prefix, path)) then
    return join_path(prefix, path)
  end
  select.unknown_field(core_table:dimension(prefix) or core_table, path, name)
end

local function test(core_table, prefix, path, text, name)
  local made <const>, message <const>, _, at <const> = core.selection.test(core_table, place(core_table, prefix, path, name), text)
  if not made then
    explain(path, text, message, at)
  end
  return made
end

-- The core's selection of a node on a table; nil for no condition.
local function build(node, core_table, prefix, name)
  if node.op == "tests" then
    local result
    for _, pair in ipairs(node.tests) do
      local one <const> = test(core_table, prefix, pair[1], pair[2], name)
      result = result and (result & one) or one
    end
    return result or core.selection.all(core_table)
  elseif node.op == "not" then
    return ~build(node[1], core_table, prefix, name)
  end
  local left <const>, right <const> = build(node[1], core_table, prefix, name), build(node[2], core_table, prefix, name)
  if node.op == "and" then
    return left & right
  end
  return left | right
end

local function new(model, node, what)
  return setmetatable({ model = model, node = node, what = what }, Selection)
end

---Makes a selection of a model's lines from tests; every label and field is checked at once.
---@param model remit.model
---@param spec table|remit.selection|nil
---@param what "posts"|"lines"|"functions"
---@param fixed? string[][] tests that always hold
---@return remit.selection
function select.new(model, spec, what, fixed)
  if getmetatable(spec) == Selection then
    return spec
  elseif spec ~= nil and type(spec) ~= "table" then
    fault.raise { code = "selection", message = type(spec) == "boolean" and BARE_BOOLEAN or ("a selection is a table of tests, not a %s"):format(type(spec)) }
  end
  local tests <const> = table.move(fixed or {}, 1, #(fixed or {}), 1, {})
  collect(tests, what == "functions" and "fn" or "", spec or {})
  local selection <const> = new(model, { op = "tests", tests = tests }, what)
  selection:on(model.state.lines, "")
  return selection
end

---A selection from pairs of field and test, made by the toolkit itself.
function select.of_tests(model, tests)
  return new(model, { op = "tests", tests = tests }, "lines")
end

---The core's selection on a table; a field that the table lacks is looked for behind `prefix`.
function Selection:on(core_table, prefix)
  return build(self.node, core_table, prefix, self.what)
end

---How many: posts of a selection of posts (a partly filled one once), else lines.
---@return integer
function Selection:count()
  return self.model:total(self.what == "posts" and "posts" or "lines", { where = self })
end

---One figure of the selected lines.
---@param measure string
---@param given? { at?: string, basis?: string, period?: string }
---@return number
function Selection:sum(measure, given)
  return self.model:total(measure, self:with(given))
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
  return self.model:pivot(self:with(given))
end

---The first lines as a frame.
---@param count? integer default 10
---@return remit.frame
function Selection:head(count)
  return self.model:list(self, count or 10)
end

---Goes through the selected lines: `for line in selection:each() do print(line.id, line.cost) end`.
---@return fun(): table?
function Selection:each()
  return self.model:list(self):rows()
end

local function combined(op)
  return function(a, b)
    if getmetatable(a) ~= Selection or getmetatable(b) ~= Selection then
      fault.raise { code = "selection", message = "&, | and ~ combine selections", hints = { BARE_BOOLEAN } }
    elseif a.model ~= b.model then
      fault.raise { code = "selection", message = "the two selections are of different models" }
    end
    return new(a.model, { op = op, a.node, b.node }, a.what == b.what and a.what or "lines")
  end
end

Selection.__band = combined "and"
Selection.__bor = combined "or"
function Selection.__bnot(a)
  return new(a.model, { op = "not", a.node }, a.what)
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
  return ("%s where %s"):format(self.what, node_text(self.node))
end

Selection.__index = function(_, key)
  local method <const> = rawget(Selection, key)
  if method ~= nil or type(key) ~= "string" then
    return method
  end
  local hint <const> = fault.suggest(key, { "count", "sum", "pivot", "head", "each" })
  fault.raise { code = "method", message = ("a selection has no method '%s'. %s"):format(key, hint or "It has count, sum, pivot, head, each.") }
end

return select
