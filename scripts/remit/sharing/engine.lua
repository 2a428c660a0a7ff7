-- SPDX-License-Identifier: Apache-2.0
-- Which versions of remit a bundle works with: ">= 0.1.0, < 0.3.0".

local engine <const> = {}

local TESTS <const> = {
  [">="] = function(order) return order >= 0 end, [">"] = function(order) return order > 0 end, ["="] = function(order) return order == 0 end,
  ["<="] = function(order) return order <= 0 end, ["<"] = function(order) return order < 0 end,
}

local function parts_of(version)
  local parts <const> = {}
  for index, part in ipairs { version:match "^(%d+)%.(%d+)%.?(%d*)$" } do
    parts[index] = #part <= 9 and (tonumber(part) or 0) or nil
  end
  return #parts == 3 and parts or nil
end

local function compare(one, other)
  for index = 1, 3 do
    if one[index] ~= other[index] then
      return one[index] < other[index] and -1 or 1
    end
  end
  return 0
end

---@param range string
---@return { test: string, version: integer[] }[]? tests nil when it is no range
function engine.read(range)
  local tests <const> = {}
  for part in (range .. ","):gmatch "%s*(.-)%s*," do
    local test <const>, version <const> = part:match "^([<>=]+)%s*([%d.]+)$"
    if not TESTS[test] or not parts_of(version) then
      return nil
    end
    tests[#tests + 1] = { test = test, version = parts_of(version) }
  end
  return tests
end

---Whether a version lies within a range.
---@param version string what follows a hyphen or a plus is left out
---@param range string
---@return boolean
function engine.fits(version, range)
  local mine <const> = parts_of(version:match "^[%d.]+" or "")
  for _, one in ipairs(engine.read(range) or {}) do
    if not mine or not TESTS[one.test](compare(mine, one.version)) then
      return false
    end
  end
  return true
end

return engine
