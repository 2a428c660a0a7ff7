-- SPDX-License-Identifier: Apache-2.0
-- Detail, subtotals and totals of a frame: the column "#level" of a pivot says how many keys a row has set (0: grand total, -1: the
-- others beyond the top). Keeps totals under their parts when sorting, and rounded parts adding up to their total.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local levels <const> = {}

local OTHERS <const> = -1

---@class remit.frame.node
---@field row? integer of the total, or of a leaf
---@field children remit.frame.node[]

---How many keys a row has set; that of a detail row when the frame has no totals.
---@param state remit.frame.state
---@param row integer
---@return integer
function levels.at(state, row)
  return state.level and state.level:get(row) or #state.keys
end

---@param state remit.frame.state
---@param row integer
---@return boolean
function levels.is_detail(state, row)
  return levels.at(state, row) == #state.keys
end

---The rows that are no totals: of detail, and "(others)".
---@param state remit.frame.state
---@return integer[]
function levels.parts(state)
  local rows <const> = {}
  for row = 1, state.count do
    rows[#rows + 1] = (levels.is_detail(state, row) or levels.at(state, row) < 0) and row or nil
  end
  return rows
end

---@param state remit.frame.state
---@return integer[]
function levels.details(state)
  local rows <const> = {}
  for row = 1, state.count do
    rows[#rows + 1] = levels.is_detail(state, row) and row or nil
  end
  return rows
end

---Whether some row is the total of others.
---@param state remit.frame.state
---@return boolean
function levels.has_totals(state)
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    if level >= 0 and level < #state.keys then
      return true
    end
  end
  return false
end

local function key_value(state, row, k)
  local column <const> = state.table:column(state.keys[k])
  return column:dictionary() and column:code(row) or column:get(row) or "none"
end

-- The node of the first `depth` keys of a row, with all nodes above it.
local function node_of(state, nodes, row, depth)
  local node, path = nodes[""], ""
  for k = 1, depth do
    path = path .. "/" .. key_value(state, row, k)
    if nodes[path] == nil then
      nodes[path] = { children = {} }
      table.insert(node.children, nodes[path])
    end
    node = nodes[path]
  end
  return node
end

local function add_leaf(parent, row)
  table.insert(parent.children, { row = row, children = {} })
end

local function tree(state)
  local root <const> = { children = {} }
  local nodes <const> = { [""] = root }
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    if level == OTHERS then
      add_leaf(root, row)
    elseif level == #state.keys then
      add_leaf(node_of(state, nodes, row, math.max(level - 1, 0)), row)
    else
      node_of(state, nodes, row, level).row = row
    end
  end
  return root
end

-- A tree without groups, for a frame without totals.
local function flat(state)
  local root <const> = { children = {} }
  for row = 1, state.count do
    add_leaf(root, row)
  end
  return root
end

local function standing_row(node)
  return node.row or standing_row(node.children[1])
end

---The rows in a new order: parts by `before` within their group, groups by their subtotals, the others last, totals after their parts.
---@param state remit.frame.state
---@param before fun(a: integer, b: integer): boolean a strict order of rows, total over unequal rows
---@return integer[]
function levels.sorted(state, before)
  local order <const> = {}
  local function less(a, b)
    local left <const>, right <const> = standing_row(a), standing_row(b)
    local left_last <const>, right_last <const> = levels.at(state, left) == OTHERS, levels.at(state, right) == OTHERS
    if left_last ~= right_last then
      return right_last
    end
    return before(left, right)
  end
  local function visit(node)
    table.sort(node.children, less)
    for _, child in ipairs(node.children) do
      visit(child)
    end
    order[#order + 1] = node.row
  end
  visit(levels.has_totals(state) and tree(state) or flat(state))
  return order
end

-- Largest remainder over signed values: each part is its value rounded down or up, and the parts add up to `target`. Nil when the values
-- do not make the total that `target` is the rounding of. (number.allot shares a total by weights, which may neither be negative nor
-- keeps a part within one unit of its own value.)
local function shares(values, total, target, per)
  local parts <const>, by_remainder <const> = {}, {}
  local sum, left = 0, target
  for i, value in ipairs(values) do
    parts[i], by_remainder[i] = value // per, i
    sum, left = sum + value, left - parts[i]
  end
  if sum ~= total or left < 0 or left > #values then
    return nil
  end
  table.sort(by_remainder, function(a, b)
    local left_rest <const>, right_rest <const> = values[a] % per, values[b] % per
    if left_rest == right_rest then
      return a < b
    end
    return left_rest > right_rest
  end)
  for i = 1, left do
    parts[by_remainder[i]] = parts[by_remainder[i]] + 1
  end
  return parts
end

local function child_values(node, values)
  local found <const> = {}
  for i, child in ipairs(node.children) do
    if child.row == nil then
      return nil
    end
    found[i] = values[child.row] or 0
  end
  return found
end

---Figures rounded to whole multiples of `per` so that the parts of each total add up to the total as rounded; half to even where
---there is no total, or where parts do not add up to it (a rate, a count of distinct people).
---@param state remit.frame.state
---@param values (integer|false)[] false is no value
---@param per integer
---@return (integer|false)[] units
function levels.rounded(state, values, per)
  local units <const> = {}
  for row = 1, state.count do
    units[row] = values[row] and fault.check(core.number.scale(values[row], 1, per))
  end
  local function visit(node)
    local parts <const> = node.row and values[node.row] and child_values(node, values)
    local allotted <const> = parts and shares(parts, values[node.row], units[node.row], per)
    for i, child in ipairs(node.children) do
      if allotted and values[child.row] then
        units[child.row] = allotted[i]
      end
      visit(child)
    end
  end
  visit(tree(state))
  return units
end

return levels
