-- SPDX-License-Identifier: Apache-2.0
-- oracle: a group-by over plain Lua tables, as naive as it can be. A row is a table of labels, lists of labels and integers; a measure is
-- { name =, value = function(row) } to add up, or { name =, member = function(row) } to count different ones. nil counts nothing.

local oracle <const> = {}

local function key_of(level, labels)
  local parts <const> = { tostring(level) }
  for index = 1, #labels do
    parts[index + 1] = labels[index] or "(none)"
  end
  return table.concat(parts, "\0")
end

local function add(result, level, labels, row, measures)
  local key <const> = key_of(level, labels)
  local group <const> = result[key] or { seen = {} }
  result[key] = group
  for _, measure in ipairs(measures) do
    group[measure.name] = group[measure.name] or 0
    if measure.value then
      group[measure.name] = group[measure.name] + (measure.value(row) or 0)
    else
      local member <const> = measure.member(row)
      if member and not group.seen[measure.name .. "\0" .. member] then
        group.seen[measure.name .. "\0" .. member] = true
        group[measure.name] = group[measure.name] + 1
      end
    end
  end
end

-- Calls `use` with each combination of a row's labels; a list of labels stands for each of its items.
local function each_combination(row, by, labels, use)
  if #labels == #by then
    use(labels)
    return
  end
  local value <const> = by[#labels + 1](row)
  for _, label in ipairs(type(value) == "table" and (#value > 0 and value or { false }) or { value }) do
    local longer <const> = table.move(labels, 1, #labels, 1, {})
    longer[#labels + 1] = label
    each_combination(row, by, longer, use)
  end
end

---The groups of the rows by `by`, functions that give a row's label, false or a list of labels; with `totals` also every subtotal and the
---grand total.
---@return table<string, table<string, integer>> by level and labels: see oracle.key
function oracle.pivot(rows, by, measures, totals)
  local result <const> = {}
  if totals or #by == 0 then
    add(result, 0, {}, {}, {})
    for _, measure in ipairs(measures) do
      result[key_of(0, {})][measure.name] = 0
    end
  end
  for _, row in ipairs(rows) do
    each_combination(row, by, {}, function(labels)
      for level = totals and 0 or #by, #by do
        add(result, level, table.move(labels, 1, level, 1, {}), row, measures)
      end
    end)
  end
  return result
end

oracle.key = key_of

-- Half to even, and half up, of a * b / c for a, b >= 0 and c > 0.
function oracle.half_even(a, b, c)
  local quotient <const>, rest <const> = a * b // c, a * b % c
  return quotient + ((2 * rest > c or 2 * rest == c and quotient % 2 == 1) and 1 or 0)
end

function oracle.half_up(a, b, c)
  return (2 * a * b + c) // (2 * c)
end

-- `total` over weights that add up to `all`: what is left of the whole parts goes to the largest remainders, the earlier first.
function oracle.allot(total, weights, all)
  local parts <const>, order <const>, rest = {}, {}, math.abs(total)
  for index, weight in ipairs(weights) do
    local product <const> = math.abs(total) * weight
    parts[index] = product // all
    order[index] = { index = index, remainder = product % all }
    rest = rest - parts[index]
  end
  table.sort(order, function(a, b)
    return a.remainder > b.remainder or a.remainder == b.remainder and a.index < b.index
  end)
  for index = 1, rest do
    parts[order[index].index] = parts[order[index].index] + 1
  end
  for index, value in ipairs(parts) do
    parts[index] = total < 0 and -value or value
  end
  return parts
end

return oracle
