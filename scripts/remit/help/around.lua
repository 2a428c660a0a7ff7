-- SPDX-License-Identifier: Apache-2.0
-- Help on names that are no calls: what results are and can be asked, values of remit, and arguments by the calls that take them.

local args <const> = require "remit.args"
local show <const> = require "remit.show"

local around <const> = {}

---What each kind of object is.
---@type table<string, string>
around.classes = {
  chart = "A drawing of a frame: remit.chart { ... }.",
  compare = "Models side by side: remit.compare { base, plan }.",
  crosswalk = "Local names mapped on to the vocabulary: remit.crosswalk \"names.csv\".",
  decision_table = "Rules that decide what members or lines are: remit.decision_table \"classify.csv\".",
  dimension = "What lines belong to one of, such as fn or place: base:dim \"fn\".",
  envelope = "A cap per head of population: remit.envelope { ... }.",
  frame = "A result: a small table whose columns have labels and units. It prints itself, and goes on to be sorted, joined or saved.",
  model = "A pack as it was loaded, or a scenario on it. It never changes: a call that changes something gives a new model.",
  rates = "The pay rates of a year: remit.rates { ... }.",
  remit = "The toolkit: packs are loaded, and changes, caps and rules made.",
  report = "What the board reads: remit.report { ... }.",
  selection = "Lines that pass tests: base:posts { ... }, lines or functions. & | ~ combine them, # counts them.",
  submission = "A national template: remit.submission \"map.csv\".",
  subsidiarity = "Tests that lift functions from the lowest level: remit.subsidiarity \"subsidiarity.csv\".",
  t = "What the function of remit.test is given, to check with.",
  verification = "What is wrong with a decision table: rules:verify(base).",
}

local VALUES <const> = {
  none = "remit.none\n  No value, where a table or a row cannot hold Lua's nil: { place = remit.none }, row.place == remit.none.",
  version = "remit.version\n  The version of the toolkit, as text.",
}

---Adds text in lines that fit.
---@param lines string[]
---@param text string
---@param indent string
---@param width integer
function around.add(lines, text, indent, width)
  for _, line in ipairs(show.wrap(text, width - #indent)) do
    lines[#lines + 1] = indent .. line
  end
end

local NARROWEST <const> = 20 -- a column of text

---Adds names and what they mean, side by side where the width allows it.
---@param lines string[]
---@param terms { [1]: string, [2]: string }[]
---@param width integer
function around.add_terms(lines, terms, width)
  local widest = 0
  for _, term in ipairs(terms) do
    widest = math.max(widest, #term[1])
  end
  for _, term in ipairs(terms) do
    if width - widest - 4 < NARROWEST then
      lines[#lines + 1] = "  " .. term[1]
      around.add(lines, term[2], "    ", width)
    else
      for index, line in ipairs(show.wrap(term[2], width - widest - 4)) do
        lines[#lines + 1] = ("  %-" .. widest .. "s  %s"):format(index == 1 and term[1] or "", line)
      end
    end
  end
end

local function class_text(name, entries, width)
  local lines <const>, terms <const> = { name }, {}
  for _, entry in ipairs(entries) do
    local class <const>, rest <const> = entry.name:match "^([%w_]+)([.:].*)$"
    terms[#terms + 1] = class == name and { rest, entry.doc:match "^.-%.%f[%s\0]" or entry.doc } or nil
  end
  around.add(lines, around.classes[name], "  ", width)
  around.add_terms(lines, terms, width)
  return table.concat(lines, "\n")
end

-- The calls that take an argument of that name, and what it is to each.
local function argument_text(name, width)
  local lines <const> = { ("%s is an argument of"):format(name) }
  for _, declaration in ipairs(args.registry) do
    for _, field in ipairs(declaration) do
      if field.name == name then
        around.add(lines, ("%s: %s"):format(declaration.name, field.doc or ""), "  ", width)
      end
    end
  end
  return #lines > 1 and table.concat(lines, "\n") or nil
end

---Help on a name that is no call; nil when it is no such name either.
---@param name string
---@param entries remit.help.entry[]
---@param width integer
---@return string?
function around.text(name, entries, width)
  if around.classes[name] then
    return class_text(name, entries, width)
  end
  return VALUES[name:match "^remit%.(.*)$" or name] or argument_text(name, width)
end

return around
