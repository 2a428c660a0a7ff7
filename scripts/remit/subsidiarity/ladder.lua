-- SPDX-License-Identifier: Apache-2.0
-- The levels of a model as a ladder: which is above which, which stand alongside, how many units each has, and whom they serve.

local fault <const> = require "remit.fault"
local resolve <const> = require "remit.pack.resolve"
local state_of <const> = require "remit.state_of"

local ladder <const> = {}

---@class remit.ladder
---@field members remit.members
---@field ids string[] by code
---@field rank integer[] by code: levels of one rank stand alongside each other
---@field units table<integer, integer> how many of a level there are in the pack's area, where that is known
---@field places integer how many places the pack has, parts of places not counted
---@field people integer how many people live in them
---@field uncounted integer places whose population the pack does not say
---@field start integer the level where the search begins
---@field chosen boolean the rules name it
---@field icb integer the level of the ICB itself
local Ladder <const> = {}
Ladder.__index = Ladder

-- Places that are no part of another.
local function each_place(model)
  local members <const> = state_of[model].members.place
  local column <const>, parent <const> = members and members.table:column("population"), members and members.table:column("parent")
  local row = 0
  return function()
    repeat
      row = row + 1
    until not members or row > members.table:rows() or not parent or parent:code(row) == 0
    if members and row <= members.table:rows() then
      return members.dictionary:label(row), column and column:get(row) or nil
    end
  end
end

local function count_places(made, model)
  made.places, made.people, made.uncounted, made.place_list = 0, 0, 0, {}
  for id, people in each_place(model) do
    made.places = made.places + 1
    made.people = made.people + (people or 0)
    made.uncounted = made.uncounted + (people and 0 or 1)
    made.place_list[made.places] = { id = id, people = people }
  end
end

local function rank_levels(made)
  local levels <const> = made.members.table
  local alongside <const>, units <const> = levels:column("alongside"), levels:column("units")
  for code = 1, levels:rows() do
    made.ids[code] = made.members.dictionary:label(code)
    local beside <const> = alongside and alongside:code(code) or 0
    made.rank[code] = beside ~= 0 and beside or code
    made.units[code] = units and units:get(code) or nil
  end
  local place <const> = made.members.dictionary:find("place")
  if place ~= 0 and made.places > 0 then
    made.units[place] = made.units[place] or made.places
  end
end

-- The lowest level of the order of which the pack says how many there are; else the lowest.
local function lowest(made)
  for code = 1, #made.ids do
    if made.units[code] and made.rank[code] == code then
      return code
    end
  end
  return 1
end

local function option(made, name, text, default)
  local code <const>, message <const> = resolve.member(made.members, text or default)
  if not code then
    fault.raise { code = "level", message = ("subsidiarity: %s '%s' is %s"):format(name, text or default, message),
      hints = { not text and ("say which level it is: %s = \"...\""):format(name) or nil } }
  end
  return code
end

---The ladder of a model.
---@param model remit.model
---@param start? string a level; default the lowest of which the pack says how many there are
---@param icb? string a level; default "system"
---@return remit.ladder
function ladder.of(model, start, icb)
  local members <const> = state_of[model].members
  if not members.fn or not members.level then
    fault.raise { code = "subsidiarity", message = ("this pack has no %s to decide levels for"):format(members.fn and "levels" or "functions") }
  end
  local made <const> = setmetatable({ members = members.level, ids = {}, rank = {}, units = {} }, Ladder)
  count_places(made, model)
  rank_levels(made)
  made.start, made.chosen = start and option(made, "start", start) or lowest(made), start ~= nil
  made.icb = option(made, "icb", icb, "system")
  return made
end

---The code of the level that a text means, by id or name; or nil and what is wrong.
---@param text string
---@return integer? code, string? message
function Ladder:find(text)
  return resolve.member(self.members, text)
end

---How many units a level has: what the pack says, else one.
---@param code integer
---@return integer
function Ladder:count(code)
  return self.units[code] or 1
end

---@param code integer?
---@return string
function Ladder:text(code)
  return not code and "(none)" or code == self.icb and self.ids[code] .. " (the ICB)" or self.ids[code]
end

return ladder
