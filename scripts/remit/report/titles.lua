-- SPDX-License-Identifier: Apache-2.0
-- What a reader calls what a script names: fields and their attributes by the title that the pack gives them, or else in words, members by their name, and
-- measures. A frame for readers is the same frame, with the same names and labels, under other headings and with other words in its cells.
--
--   titles.path(model, "fn.class")      --> "function class"

local caption <const> = require "remit.frame.caption"
local frame <const> = require "remit.frame"
local inside <const> = require "remit.frame.inside"
local measures <const> = require "remit.measures"
local select <const> = require "remit.select"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"

local titles <const> = {}

local FIELDS <const> = { fn = "function", org = "organisation", point = "pay point" }
local ATTRIBUTES <const> = { accountable = "accountable level", delivers = "delivering level", hosts = "hosting level", funds = "funding level" }

-- Frames have columns of these names that are no fields of lines.
local TAKEN <const> = { id = true, kind = true, name = true, title = true }

local function spoken(name)
  return (name:gsub("_", " "))
end

-- What the files that `wanted` picks say of a field: its title, and the dimension that it refers to.
local function stated(model, name, wanted)
  local title, dimension
  for _, source in ipairs(state_of[model].source_names) do
    local plan <const> = state_of[model].sources[source].plan
    for _, field in ipairs(wanted(plan) and plan.fields or {}) do
      if field.name == name then
        title, dimension = title or field.title, dimension or field.dimension
      end
    end
  end
  return title, dimension
end

local function of_field(model, name)
  local title <const>, dimension <const> = stated(model, name, function(plan)
    return plan.lines
  end)
  return not TAKEN[name] and title or FIELDS[name] or spoken(name), dimension
end

local function of_attribute(model, owner, of, attribute)
  local title, dimension
  if of then
    title, dimension = stated(model, attribute, function(plan)
      return plan.dimension == of
    end)
  end
  if title or ATTRIBUTES[attribute] then
    return title or ATTRIBUTES[attribute], dimension or ATTRIBUTES[attribute] and "level"
  elseif attribute == "name" or attribute == "id" then
    return owner
  elseif attribute == "parent" or attribute == "whole" then
    return attribute .. " " .. owner, of
  end
  return ("%s %s"):format(owner, spoken(attribute)), dimension
end

---What a reader calls a field of lines, or an attribute of its members.
---@param model remit.model
---@param path string "fn", "place.parent"
---@return string title, string? dimension whose members its labels are
function titles.path(model, path)
  local title, dimension
  for step in path:gmatch "[^.]+" do
    if title then
      title, dimension = of_attribute(model, title, dimension, step)
    else
      title, dimension = of_field(model, step)
    end
  end
  return title or path, dimension
end

-- The same of what may be no path at all: then it stays.
local function known_path(model, path)
  return select.resolve(state_of[model].lines, path) and (titles.path(model, path)) or path
end

-- ---- Members ----

---What the members of a dimension are called, by their labels; with the label, where several are called the same.
---@param model remit.model
---@param dimension string
---@return table<string, string> names of those that have one
function titles.members(model, dimension)
  local members <const>, names <const>, times <const> = state_of[model].members[dimension], {}, {}
  local column <const> = members and members.table:column(members.label or "name")
  local ids <const> = column and members.table:column(members.key or "id")
  for row = 1, ids and ids:count() or 0 do
    local id <const>, name <const> = ids:get(row), column:get(row)
    names[id] = name and name ~= "" and name or nil
    times[names[id] or ""] = (times[names[id] or ""] or 0) + 1
  end
  for id, name in pairs(names) do -- each by itself: order does not matter
    names[id] = times[name] > 1 and name ~= id and ("%s (%s)"):format(name, id) or name
  end
  return names
end

-- The texts of a column of lists, each item called as it is.
local function lists_called(of, column, names)
  local called <const> = {}
  for row = 1, #of do
    local text <const> = frame.inside(of).table:column(column.name):get(row)
    local items <const> = {}
    for item in (text or ""):gmatch "[^,%s][^,]*" do
      items[#items + 1] = names[item] or item
    end
    called[text or ""] = table.concat(items, "; ")
  end
  return called
end

-- What readers see in the place of a column's texts; nil where they see them as they are.
local function called(model, of, column)
  local dimension = column.dimension
  if not dimension and column.display == "text" and select.resolve(state_of[model].lines, column.name) then
    local _ <const>, found <const> = titles.path(model, column.name)
    dimension = found
  end
  if column.called or not dimension then
    return column.called
  end
  local names <const> = titles.members(model, dimension)
  return column.each and lists_called(of, column, names) or names
end

-- ---- Frames ----

-- A heading that nobody has given: of a field, or of a measure.
local function heading(model, column, is_key)
  if column.title ~= caption.column(column) then
    return column.title
  elseif is_key then
    return known_path(model, column.name)
  end
  return measures.named(model, column.measure or column.name) and caption.column(column, spoken) or column.title
end

-- A selection in a note: "lines where fn.class: grow".
local function note(model, text)
  return (text:gsub("%f[%w_]([%a_][%w_]*%.[%w_.]*[%w_]):", function(path)
    return known_path(model, path) .. ":"
  end))
end

---A frame as readers want it: fields and measures in words in its headings, its caption and what its notes select, and members by their names in its cells.
---Titles that somebody gave stay.
---@param model remit.model
---@param of remit.frame
---@return remit.frame
function titles.frame(model, of)
  local state <const>, columns <const>, notes <const> = frame.inside(of), {}, {}
  for index, column in ipairs(state.columns) do
    columns[index] = inside.like(column, { title = heading(model, column, state.key_of[column.name] ~= nil), called = called(model, of, column) })
  end
  for index, text in ipairs(state.about.notes) do
    notes[index] = note(model, text)
  end
  local about <const> = shape.about(of, { notes = notes })
  about.title = about.shows and caption.table(about.shows, spoken, function(path)
    return known_path(model, path)
  end) or about.title
  return frame.new { table = state.table, columns = columns, keys = state.keys, about = about }
end

return titles
