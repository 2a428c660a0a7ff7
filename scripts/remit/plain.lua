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

---A label as the test language writes it, whatever it holds.
---@param label string
---@return string
function plain.quoted(label)
  return '"' .. label:gsub('"', '""') .. '"'
end

return plain
