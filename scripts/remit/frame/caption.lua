-- SPDX-License-Identifier: Apache-2.0
-- What a table and its columns are called that nobody has given a title: composed from what they show, in a script's names or in a reader's words.
--
--   caption.table({ measures = { "cost" }, by = { "fn.class" } })          --> "cost by fn.class"

local show <const> = require "remit.show"

local caption <const> = {}

---@class remit.frame.shows
---@field measures string[]
---@field by string[] fields, in the order of the keys
---@field rest? string what else is said: ", mean of 2025-05 to 2025-10"

local function same(name)
  return name
end

local function each(list, say)
  local words <const> = {}
  for index, name in ipairs(list) do
    words[index] = say(name)
  end
  return table.concat(words, ", ")
end

---@param shows remit.frame.shows
---@param measure? fun(name: string): string what readers call a measure
---@param path? fun(name: string): string what readers call a field
---@return string
function caption.table(shows, measure, path)
  local by <const> = #shows.by > 0 and " by " .. each(shows.by, path or same) or ""
  return each(shows.measures, measure or same) .. by .. (shows.rest or "")
end

---The heading of a column: its measure or its name with the unit, and what else is said.
---@param column remit.frame.column
---@param measure? fun(name: string): string
---@return string
function caption.column(column, measure)
  return show.title((measure or same)(column.measure or column.name), column.display) .. (column.rest or "")
end

return caption
