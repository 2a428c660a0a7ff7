-- SPDX-License-Identifier: Apache-2.0
-- Help on a call: what it is for, what it takes, what it gives, an example. From the source by way of help/entries.lua, and from what calls declare.

local args <const> = require "remit.args"
local around <const> = require "remit.help.around"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local words <const> = require "remit.help.words"

local help <const> = {}

local WIDTH <const> = 96 -- at most
local TEN <const> = { "load", "pivot", "posts", "functions", "scenario", "scale", "transfer", "compare", "check", "explain" }

---@class remit.help.entry
---@field name string "model:pivot"
---@field takes string
---@field doc string
---@field gives? string
---@field declared? string the declaration of its arguments
---@field further? string[] declarations of what an item of a list takes, or a second way to call it
---@field example? string

-- Declarations register themselves when their module loads.
local DECLARING <const> = { "load", "pivot", "total", "envelope", "reduction", "reconcile", "param", "rates", "model", "frame.verbs", "frame.output",
  "decision_table", "classify", "explain", "explain.figure", "subsidiarity", "crosswalk", "depends", "changes", "scenario", "sweep", "phase",
  "transfers", "transfers.ledger", "transfers.readiness", "compare", "actions", "impact", "redundancy", "leaving", "risk", "unidentified", "structure",
  "checks", "format", "rank", "chart", "suppress", "report", "submission", "sharing.needs", "site", "test" }

---Every declaration, in order and by name.
---@return table<integer|string, remit.args.declaration>
function help.registry()
  for _, name in ipairs(DECLARING) do
    require("remit." .. name)
  end
  return args.registry
end

---@return remit.help.entry[]
function help.entries()
  return require "remit.help.entries"
end

local function last_word(name)
  return name:match "[%w_]+$"
end

-- Those of that name: the one with its class before it, else all that end in it.
local function find(name)
  local found <const> = {}
  for _, entry in ipairs(help.entries()) do
    if entry.name == name or entry.name:gsub(":", ".") == name or plain.among(entry.further, name) then
      return { entry }
    elseif last_word(entry.name) == name then
      found[#found + 1] = entry
    end
  end
  return found
end

---A kind of argument in words.
---@param kind string|string[]|function
---@return string
function help.kind_text(kind)
  if type(kind) == "table" then
    return table.concat(kind, ", ")
  end
  return type(kind) == "string" and kind:gsub("|", " or ") or "value"
end

local function default_text(field)
  if field.required then
    return " (needed)"
  end
  local default <const> = field.default
  if type(default) == "table" then
    return #default > 0 and (" (%s by default)"):format(table.concat(default, ", ")) or ""
  end
  return default ~= nil and (" (%s by default)"):format(tostring(default)) or ""
end

local function add_arguments(lines, declaration, width)
  local pairs_of <const> = {}
  for index, field in ipairs(declaration) do
    pairs_of[index] = { field.name, ("%s: %s%s"):format(help.kind_text(field.kind), field.doc or "", default_text(field)) }
  end
  around.add_terms(lines, pairs_of, width)
end

local function described(entry, width)
  local lines <const> = { ("%s(%s)"):format(entry.name, entry.takes) }
  around.add(lines, entry.doc, "  ", width)
  if entry.gives then
    lines[#lines + 1] = "  Gives " .. entry.gives .. "."
  end
  if entry.declared then
    lines[#lines + 1] = ""
    add_arguments(lines, help.registry()[entry.declared], width)
  end
  for _, name in ipairs(entry.further or {}) do
    lines[#lines + 1] = ""
    around.add(lines, help.registry()[name].doc, "  ", width)
    add_arguments(lines, help.registry()[name], width)
  end
  if entry.example then
    lines[#lines + 1] = "\n  " .. entry.example:gsub("\n", "\n  ")
  end
  return table.concat(lines, "\n")
end

local FURTHER <const> = "Help is on words as well: tests (which lines), posts.csv (a file), band (a field), in_post (a measure), cap (a term)."

-- All names, a class a paragraph.
local function overview(width)
  local lines <const>, class, names = {}, nil, nil
  local function finish()
    if class then
      lines[#lines + 1] = class
      around.add(lines, table.concat(names, " "), "  ", width)
    end
  end
  for _, entry in ipairs(help.entries()) do
    local of <const> = entry.name:match "^[%w_]+[.:]"
    if of ~= class then
      finish()
      class, names = of, {}
    end
    names[#names + 1] = last_word(entry.name)
  end
  finish()
  local head <const> = show.wrap(("Ten words to begin with: %s."):format(table.concat(TEN, " ")), width)
  local further <const> = show.wrap(FURTHER, width)
  return ("%s\n\n%s\n\n%s"):format(table.concat(head, "\n"), table.concat(lines, "\n"), table.concat(further, "\n"))
end

local function suggestion(name)
  local names <const>, there <const> = {}, {}
  for _, entry in ipairs(help.entries()) do
    for _, each in ipairs { last_word(entry.name), name:find "[.:]" and entry.name or nil } do
      names[#names + 1] = not there[each] and each or nil
      there[each] = true
    end
  end
  return fault.suggest(name, names)
end

---@param name string "pivot", "frame:bars", "" for all names
---@param most? integer how wide it may be
---@return string? text, string? message
function help.text(name, most)
  local width <const> = math.min(most or WIDTH, WIDTH)
  if name == "" or name == "help" then
    return overview(width)
  end
  local file <const> = words.file(name:match "^([%w_]+)%.csv$" or "", width)
  if file then
    return file
  end
  local asked <const> = name:gsub("%s*[%({].*$", "")
  local prefix <const>, class <const> = asked:match "^([%w_]*)[.:]", around.classes[asked]
  local found = class and find("remit." .. asked) or find(asked)
  help.registry()
  local more <const> = (class or #found == 0) and around.text(asked, help.entries(), width) or nil
  local word <const> = words.text(asked:lower(), width) or #found == 0 and words.file(asked, width) or nil
  if #found == 0 and not more and not word and not around.classes[prefix] then
    found = find(last_word(asked) or "") -- `base:pivot`: the name of a variable stands before it
  end
  if #found == 0 and not more and not word then
    return nil, ("there is no help for '%s'. %s"):format(name, suggestion(around.classes[prefix] and asked or last_word(asked) or asked)
      or "? at the prompt lists what there is")
  end
  local texts <const> = {}
  for index, entry in ipairs(found) do
    texts[index] = described(entry, width)
  end
  texts[#texts + 1] = word
  texts[#texts + 1] = more
  return table.concat(texts, "\n\n")
end

return help
