-- SPDX-License-Identifier: Apache-2.0
-- A place's share of what belongs to the whole system, by a named basis. Shares of all places make exactly one.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local state_of <const> = require "remit.state_of"

local shares <const> = {}

local ONE <const> = 1000000000000

-- How much of the basis each place has; every one must say.
local function populations(model, basis)
  local places <const>, weights <const> = state_of[model].members.place.table, {}
  local name <const> = basis == "weighted" and "weighted_population" or "population"
  local column <const>, stated <const> = places:column(name), places:column "population_basis"
  for row = 1, places:rows() do
    local place <const> = places:column("id"):get(row)
    local heads <const>, said <const> = column and column:get(row), stated and stated:get(row)
    if not heads then
      fault.raise { code = "split", message = ("no %s population of place '%s' in places.csv"):format(basis, place) }
    elseif basis ~= "weighted" and said ~= basis then
      fault.raise { code = "split", message = ("the population of place '%s' is %s, not %s"):format(place, said or "of no stated basis", basis),
        hints = { not said and ("the column population_basis of places.csv says which it is: %s"):format(basis) or nil } }
    end
    weights[row] = heads
  end
  return weights
end

-- How many posts each place has.
local function posts(model)
  local lines <const>, weights <const> = state_of[model].lines, {}
  local counts <const> = fault.check(core.pivot.run(lines, { by = { "place" }, where = fault.check(core.selection.test(lines, "kind", "pay")),
    measures = { { name = "posts", column = "id", how = "distinct" } } }))
  for row = 1, state_of[model].members.place.table:rows() do
    weights[row] = 0
  end
  for row = 1, counts:rows() do
    local place <const> = counts:column("place"):code(row)
    weights[place] = place > 0 and counts:column("posts"):get(row) or nil
  end
  return weights
end

---The share of a place in units of 10^-12.
---@param model remit.model
---@param place string an id
---@param split { population?: string, by?: "posts" }
---@return integer
function shares.of(model, place, split)
  local members <const> = state_of[model].members.place
  local weights
  if split.by == "posts" then
    weights = posts(model)
  elseif type(split.population) == "string" then
    weights = populations(model, split.population)
  else
    fault.raise { code = "split", message = 'split is { population = "registered" }, { by = "posts" } or { share = "8%" }' }
  end
  local code <const> = members.dictionary:find(place)
  if weights[code] == 0 then
    fault.raise { code = "split", message = ("split: %s is zero at place '%s'"):format(split.by and "the number of posts" or "the population", place) }
  end
  return fault.check(core.number.allot(ONE, weights))[code]
end

return shares
