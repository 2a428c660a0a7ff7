-- SPDX-License-Identifier: Apache-2.0
-- What a reader calls what a script names: fields and their attributes by the title that the pack gives them, or else in words, and measures. A frame for
-- readers is the same frame, with the same names, under other headings.
--
--   titles.path(model, "fn.class")      --> "function class"

local frame <const> = require "remit.frame"
local select <const> = require "remit.select"
local shape <const> = require "remit.report.shape"
local show <const> = require "remit.show"
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
    return title or ATTRIBUTES[attribute], dimension
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
---@return string
function titles.path(model, path)
  local title, dimension
  for step in path:gmatch "[^.]+" do
    if title then
      title, dimension = of_attribute(model, title, dimension, step)
    else
      title, dimension = of_field(model, step)
    end
  end
  return title or path
end

-- The same of what may be no path at all: then it stays.
local function known_path(model, path)
  return select.resolve(state_of[model].lines, path) and titles.path(model, path) or path
end

-- ---- Frames ----

-- A heading that a measure's column has by itself, as "in_post WTE" and "in_post WTE Plan".
local function measure_heading(model, title)
  for _, measure in ipairs(state_of[model].measures) do
    local plain <const> = show.title(measure.name, measure.display)
    if title == plain or title:sub(1, #plain + 1) == plain .. " " then
      return show.title(spoken(measure.name), measure.display) .. title:sub(#plain + 1)
    end
  end
end

local function heading(model, column, is_key)
  if is_key and column.title == column.name then
    return known_path(model, column.name)
  end
  return measure_heading(model, column.title) or column.title
end

-- "cost, in_post by fn.class", as a table is called that nobody has given another title.
local function caption(model, text, keys)
  local by <const> = table.concat(keys, ", ")
  local before <const> = #keys > 0 and text:sub(-#by - 4) == " by " .. by and text:sub(1, -#by - 5)
  if not before then
    return text
  end
  local names <const>, paths <const> = {}, {}
  for name in before:gmatch "[^,]+" do
    names[#names + 1] = spoken(name)
  end
  for index, key in ipairs(keys) do
    paths[index] = known_path(model, key)
  end
  return ("%s by %s"):format(table.concat(names, ","), table.concat(paths, ", "))
end

-- A selection in a note: "lines where fn.class: grow".
local function note(model, text)
  return (text:gsub("%f[%w_]([%a_][%w_]*%.[%w_.]*[%w_]):", function(path)
    return known_path(model, path) .. ":"
  end))
end

---A frame as readers want it: fields and measures in words in its headings, its caption and what its notes select. Titles that somebody gave stay.
---@param model remit.model
---@param of remit.frame
---@return remit.frame
function titles.frame(model, of)
  local state <const>, columns <const>, notes <const> = frame.inside(of), {}, {}
  for index, column in ipairs(state.columns) do
    columns[index] = { name = column.name, display = column.display, sign = column.sign, follows = column.follows, words = column.words,
      title = heading(model, column, state.key_of[column.name] ~= nil) }
  end
  for index, text in ipairs(state.about.notes) do
    notes[index] = note(model, text)
  end
  local about <const> = shape.about(of, { notes = notes, title = state.about.title and caption(model, state.about.title, state.keys) })
  return frame.new { table = state.table, columns = columns, keys = state.keys, about = about }
end

return titles
