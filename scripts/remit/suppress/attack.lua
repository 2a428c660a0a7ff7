-- SPDX-License-Identifier: Apache-2.0
-- What a reader can work out: the least and the greatest value of an unknown that equations leave, by the simplex method. Unknowns are at least 0.
--
-- Each point that is found answers for all unknowns at once, so a few runs settle whole tables. Bland's rule: slow, and never in circles.

local attack <const> = {}

local EPSILON <const> = 1e-9

---@class remit.attack
---@field rows table<integer, number>[] the tableau: by row the coefficient of each unknown
---@field values number[] of the basic unknowns
---@field basis integer[] which unknown a row has; below 0 none yet
---@field least number[] seen so far
---@field greatest number[]
local Attack <const> = {}
Attack.__index = Attack

local function pivot(self, row, column)
  local pivoted <const>, values <const> = self.rows[row], self.values
  local by <const> = pivoted[column]
  for index = 1, self.count do
    pivoted[index] = pivoted[index] / by
  end
  values[row] = values[row] / by
  for other, line in ipairs(self.rows) do
    local factor <const> = line[column]
    if other ~= row and factor ~= 0 then
      for index = 1, self.count do
        line[index] = line[index] - factor * pivoted[index]
      end
      line[column] = 0
      values[other] = values[other] - factor * values[row]
      if values[other] < 0 and values[other] > -EPSILON then
        values[other] = 0
      end
    end
  end
  self.basis[row] = column
end

-- The row that limits an unknown as it grows, or nil when none does.
local function leaving(self, column)
  local best, ratio
  for row, line in ipairs(self.rows) do
    if line[column] > EPSILON then
      local limit <const> = self.values[row] / line[column]
      if not best or limit < ratio - EPSILON or (limit <= ratio + EPSILON and self.basis[row] < self.basis[best]) then
        best, ratio = row, limit
      end
    end
  end
  return best
end

local function has_artificial(self)
  for _, unknown in ipairs(self.basis) do
    if unknown < 0 then
      return true
    end
  end
end

-- The first unknown that brings the artificial rows nearer to zero.
local function entering_at_first(self)
  for column = 1, self.count do
    local gain = 0
    for row, line in ipairs(self.rows) do
      gain = gain + (self.basis[row] < 0 and line[column] or 0)
    end
    if gain > EPSILON then
      return column
    end
  end
end

-- Rows that say nothing new are dropped.
local function drop_empty_rows(self)
  for row = #self.rows, 1, -1 do
    if self.basis[row] < 0 then
      local column
      for index = 1, self.count do
        if math.abs(self.rows[row][index]) > EPSILON then
          column = index
          break
        end
      end
      if column then
        pivot(self, row, column)
      else
        table.remove(self.rows, row)
        table.remove(self.values, row)
        table.remove(self.basis, row)
      end
    end
  end
end

local function note(self)
  local now <const> = {}
  for row, unknown in ipairs(self.basis) do
    now[unknown] = self.values[row]
  end
  for unknown = 1, self.count do
    local value <const> = now[unknown] or 0
    self.least[unknown] = math.min(self.least[unknown], value)
    self.greatest[unknown] = math.max(self.greatest[unknown], value)
  end
end

---@param count integer of unknowns, each at least 0
---@param equations { [1]: table<integer, number>, [2]: number }[] coefficients by unknown, and what they come to
---@param truth number[] a solution, so that there is one
---@return remit.attack
function attack.new(count, equations, truth)
  local self <const> = setmetatable({ count = count, rows = {}, values = {}, basis = {}, least = {}, greatest = {} }, Attack)
  for number, equation in ipairs(equations) do
    local sign <const>, line <const> = equation[2] < 0 and -1 or 1, {}
    for unknown = 1, count do
      line[unknown] = sign * (equation[1][unknown] or 0)
    end
    self.rows[number], self.values[number], self.basis[number] = line, sign * equation[2], -number
  end
  for unknown = 1, count do
    self.least[unknown], self.greatest[unknown] = truth[unknown], truth[unknown]
  end
  while has_artificial(self) do
    local column <const> = entering_at_first(self)
    if not column then
      break
    end
    pivot(self, assert(leaving(self, column), "the equations have no solution"), column)
  end
  drop_empty_rows(self)
  note(self)
  return self
end

local function row_of(self, unknown)
  for row, basic in ipairs(self.basis) do
    if basic == unknown then
      return row
    end
  end
end

-- One step that raises (or lowers) an unknown; false when there is none, nil when it can rise for ever.
local function step(self, unknown, up)
  local row <const> = row_of(self, unknown)
  if not row then
    if not up then
      return false
    end
    local out <const> = leaving(self, unknown)
    if out then
      pivot(self, out, unknown)
    end
    return out and true or nil
  end
  for column = 1, self.count do
    local coefficient <const> = self.rows[row][column]
    if column ~= unknown and ((up and coefficient < -EPSILON) or (not up and coefficient > EPSILON)) then
      local out <const> = leaving(self, column)
      if out then
        pivot(self, out, column)
      end
      return out and true or nil
    end
  end
  return false
end

-- Moves an unknown as far as it goes, or until `enough` has been seen.
local function push(self, unknown, up, enough)
  local moved = true
  while moved do
    if up and self.greatest[unknown] >= enough or not up and self.least[unknown] <= enough then
      return
    end
    moved = step(self, unknown, up)
    if moved == nil then
      self.greatest[unknown] = math.huge
    end
    note(self)
  end
end

---The least and the greatest value of an unknown.
---@param unknown integer
---@return number least, number greatest
function Attack:range(unknown)
  push(self, unknown, true, math.huge)
  push(self, unknown, false, -math.huge)
  return self.least[unknown], self.greatest[unknown]
end

---Whether an unknown may be anything from one value to another.
---@param unknown integer
---@param from number
---@param to number
---@return boolean
function Attack:covers(unknown, from, to)
  local slack <const> = EPSILON * 10 * math.max(1, math.abs(to))
  push(self, unknown, true, to - slack)
  push(self, unknown, false, from + slack)
  return self.least[unknown] <= from + slack and self.greatest[unknown] >= to - slack
end

return attack
