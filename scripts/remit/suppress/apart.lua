-- SPDX-License-Identifier: Apache-2.0
-- Two tables of the same cells, one of them published: what the other shows beside it tells in what they differ. So the differences are protected as a
-- table of their own, by the numbers behind them. Cells that do not differ are known from the first, and hide no other.

local cells <const> = require "remit.suppress.cells"
local protect <const> = require "remit.suppress.protect"

local apart <const> = {}

---The rows of a table to withhold, so that no difference by few from another table follows.
---@param of remit.frame
---@param before remit.frame the other
---@param given { counts: integer[], threshold: integer } by row, how many differ
---@return table<integer, boolean> rows
function apart.rows(of, before, given)
  local spec <const>, hidden <const> = { counts = {}, threshold = given.threshold }, {}
  local system <const>, published <const> = cells.system({ of }, spec), cells.finder(cells.system({ before }, spec))
  for row, place in ipairs(system.frames[1].places) do
    local cell <const>, count <const> = system.cells[place], given.counts[row]
    local other <const> = published(cell)
    for name, figure in pairs(cell.figures) do -- each by itself: order does not matter
      cell.figures[name] = figure - (other and other.figures[name] or 0)
    end
    cell.count, cell.primary, cell.known = count, count > 0 and count < given.threshold, count == 0
  end
  protect.run(system)
  for row, place in ipairs(system.frames[1].places) do
    hidden[row] = system.cells[place].hidden and not system.cells[place].known or nil
  end
  return hidden
end

return apart
