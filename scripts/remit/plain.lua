-- SPDX-License-Identifier: Apache-2.0
-- Small things that several modules do the same way.

local plain <const> = {}

---The keys of a table in alphabetical order: nothing may depend on the order of pairs.
---@param object table<string, any>
---@return string[]
function plain.keys(object)
  local keys <const> = {}
  for key in pairs(object) do
    keys[#keys + 1] = tostring(key)
  end
  table.sort(keys)
  return keys
end

---The whole numbers that are keys of a table, in order.
---@param object table<integer, any>
---@return integer[]
function plain.rows(object)
  local rows <const> = {}
  for row in pairs(object) do
    rows[#rows + 1] = row
  end
  table.sort(rows)
  return rows
end

---A label as the test language writes it, whatever it holds.
---@param label string
---@return string
function plain.quoted(label)
  return '"' .. label:gsub('"', '""') .. '"'
end

return plain
