-- SPDX-License-Identifier: Apache-2.0
-- Labels of open vocabularies: those that differ only in case or spaces are one member, spelt one way in every file of the pack. The spelling is
-- the vocabulary's if it has one, else the shortest, and of several the first in byte order: the order of rows and files does not matter.

local core <const> = require "remit.core"
local plain <const> = require "remit.plain"

---@class remit.spellings
---@field dimensions table<string, boolean> those whose members a file has: their labels are references
---@field of table<string, { spelt: table, fixed: table, ways: table }> by name of the vocabulary; each of them by folded label
local spellings <const> = {}
spellings.__index = spellings

local as_written <const> = { title = true, note = true, name = true }

---@param plans table[]
---@return remit.spellings
function spellings.new(plans)
  local dimensions <const> = {}
  for _, planned in ipairs(plans) do
    dimensions[planned.dimension or false] = true
  end
  return setmetatable({ dimensions = dimensions, of = {} }, spellings)
end

-- What fields of the same vocabulary have in common, or nil when a field's labels are no open vocabulary.
local function shared_name(self, planned, field)
  local open <const> = (field.type == "category" or field.type == "list") and not field.words and not field.of and not field.each and not field.unique
    and not self.dimensions[field.dimension or ""]
  local own <const> = planned.dimension and (field.name == planned.key or field.name == planned.label) or as_written[field.name]
  return open and not own and (field.dimension or field.name) or nil
end

local function better(left, right)
  if #left ~= #right then
    return #left < #right
  end
  return left < right
end

local function note(list, text, fixed)
  local folded <const> = core.text.fold(text) or text
  local before <const> = list.spelt[folded]
  if before == nil then
    list.spelt[folded], list.fixed[folded] = text, fixed or nil
  elseif before ~= text then
    local ways <const> = list.ways[folded] or { [before] = true }
    ways[text], list.ways[folded] = true, ways
    if not list.fixed[folded] and better(text, before) then
      list.spelt[folded] = text
    end
  end
end

---Takes note of the labels of a file as it was read. The vocabulary's files come first.
---@param source remit.source
function spellings:collect(source)
  local fixed <const> = source.from == "vocabulary"
  for _, field in ipairs(source.table and source.plan.fields or {}) do
    local name <const> = not field.skip and shared_name(self, source.plan, field)
    if name then
      local list <const>, is_list <const> = self.of[name] or { spelt = {}, fixed = {}, ways = {} }, field.type == "list"
      self.of[name] = list
      for _, label in ipairs(source.table:column(field.name):dictionary():labels()) do
        if is_list then
          for item in (label .. "|"):gmatch "%s*([^|]-)%s*|" do
            note(list, item, fixed)
          end
        else
          note(list, label, fixed)
        end
      end
    end
  end
end

---How a label of a field is spelt; nil when each is written in one way.
---@return (fun(label: string): string)?
function spellings:speller(planned, field)
  local list <const> = self.of[shared_name(self, planned, field) or false]
  return list and next(list.ways) and function(label)
    return list.spelt[core.text.fold(label) or label] or label
  end or nil
end

---The labels that are written in several ways, as texts: "cost_centre 'AA', 'aa'".
---@return string[]
function spellings:several()
  local texts <const> = {}
  for _, name in ipairs(plain.keys(self.of)) do
    local ways <const> = self.of[name].ways
    for _, folded in ipairs(plain.keys(ways)) do
      texts[#texts + 1] = ("%s '%s'"):format(name, table.concat(plain.keys(ways[folded]), "', '"))
    end
  end
  return texts
end

return spellings
