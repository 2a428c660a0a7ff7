-- SPDX-License-Identifier: Apache-2.0
-- types: what an editor with the Lua language server is told of the calls of remit, made from the same declarations as help and reference.

local args <const> = require "remit.args"

local types <const> = {}

local HEAD <const> = [[
---@meta remit
-- SPDX-License-Identifier: Apache-2.0
-- The calls of remit for the Lua language server, made by docs/generate.lua from the source. Do not edit.
-- Name the folder of this file in an editor's "Lua.workspace.library": see docs/guide/repl.md.
]]

-- Kinds of args.lua that have another name in annotations.
local KINDS <const> = { list = "string|string[]", items = "table", selection = "table", month = "string", percent = "string|number", money = "number" }

-- Objects without calls of their own: what a script may hold, print and hand on.
local PLAIN <const> = { "remit.change", "remit.check", "remit.none", "remit.explanation",
  "remit.site\n---@field names { icb: string, places: table<string, string> }\n---@field envelope { per_head: number, population: integer, "
    .. "population_basis: string, basis: string, period: string, due: string }\n---@field own table<string, string|number|boolean>" }

local function class_of(module)
  return module.shown == "remit" and "remit" or module.shown == "t" and "remit.test" or "remit." .. module.shown
end

local function type_of_kind(kind)
  if type(kind) == "table" then
    local words <const> = {}
    for index, word in ipairs(kind) do
      words[index] = ("%q"):format(word)
    end
    return table.concat(words, "|")
  elseif type(kind) ~= "string" then
    return "any"
  end
  return (kind:gsub("[^|]+", function(name) return KINDS[name] or name end))
end

local function one_line(text)
  return (text or ""):gsub("%s+", " ")
end

local function arguments_class(lines, declaration)
  lines[#lines + 1] = ("---@class remit.args.%s"):format(declaration.name:gsub("[^%w]+", "_"))
  for _, field in ipairs(declaration) do
    local optional <const> = not (field.required and field.default == nil)
    local kind <const> = type_of_kind(field.kind)
    lines[#lines + 1] = ("---@field %s%s %s %s"):format(field.name, optional and "?" or "", kind, one_line(field.doc)):gsub("%s+$", "")
  end
end

local function takes(declaration)
  return "remit.args." .. declaration.name:gsub("[^%w]+", "_")
end

-- A comment's line as it stands, but with the type of what was declared; a text that does instead of it stays.
local function with_type(line, declaration)
  local head <const>, rest <const> = line:match "^(@param %a+%??) (.*)$"
  local name <const> = head and head:match "%a+%??$"
  if not (declaration and name and name:find "^given" or name == "options?" and rest:find "^{") then
    return line
  end
  local written <const> = rest:match "^%b{}" or rest:match "^%S+"
  local either <const> = written:find "^string|" and "string|" or ""
  return ("%s %s%s%s"):format(head, either, takes(declaration), rest:sub(#written + 1))
end

local function add_comment(lines, fn, declaration)
  for _, line in ipairs(fn.comment) do
    lines[#lines + 1] = "---" .. with_type(line, declaration)
  end
end

local function add_module(lines, module, source)
  local class <const> = class_of(module)
  local name <const> = module.shown
  lines[#lines + 1] = ("\n---%s\n---@class %s\nlocal %s = {}"):format(one_line(module.intro), class, name)
  for _, fn in ipairs(source.functions_of(module)) do
    if not fn.internal then
      local declaration <const> = source.declaration_of(module, fn.name)
      lines[#lines + 1] = ""
      if declaration then
        arguments_class(lines, declaration)
      end
      add_comment(lines, fn, declaration)
      lines[#lines + 1] = ("function %s%s%s(%s) end"):format(name, module.sep, fn.name, fn.parameters)
    end
  end
end

local function add_changes(lines)
  for _, kind in ipairs(require("remit.changes").KINDS) do
    local declaration <const> = args.registry[kind]
    lines[#lines + 1] = ""
    arguments_class(lines, declaration)
    lines[#lines + 1] = ("---%s\n---@param given %s\n---@return remit.change\nfunction remit.%s(given) end"):format(one_line(declaration.doc),
      takes(declaration), kind)
  end
end

---The whole file.
---@param source { modules: table[], functions_of: function, declaration_of: function }
---@return string
function types.text(source)
  local lines <const> = { HEAD }
  for _, name in ipairs(PLAIN) do
    lines[#lines + 1] = "---@class " .. name
  end
  for _, module in ipairs(source.modules) do
    add_module(lines, module, source)
    if module.shown == "remit" then
      lines[#lines + 1] = "\n---\"No value\" where a table cannot hold nil.\n---@type remit.none\nremit.none = nil\n---@type string\nremit.version = nil"
      add_changes(lines)
    end
  end
  lines[#lines + 1] = "\n---In a script that `remit` runs.\n---@type remit\n_G.remit = remit\n\nreturn remit\n"
  return table.concat(lines, "\n")
end

return types
