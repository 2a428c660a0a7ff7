-- SPDX-License-Identifier: Apache-2.0
-- Changes that may not meet: two of one list that each want a line (or a member's attribute) to themselves are a conflict, with both reasons.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local claims <const> = {}

---The first month of both spans; nil when they do not overlap.
---@param a { from: integer, to?: integer }
---@param b { from: integer, to?: integer }
---@return integer?
function claims.both(a, b)
  local from <const> = math.max(a.from, b.from)
  return from < math.min(a.to or math.maxinteger, b.to or math.maxinteger) and from or nil
end

local function reason(change)
  return ("%s (%s)"):format(require("remit.scenario.plan").name_of(change), change.why or "no reason given")
end

local function refuse(what, month, a, b)
  fault.raise { code = "conflict", message = ("%s in %s: %s and %s"):format(what, core.calendar.month_text(month), reason(a.change), reason(b.change)) }
end

-- Each claim of a line against those before it: `held` has the claims of each line, by what they are of.
local function check_row(held, row, claim)
  local key <const> = claim.what .. "\0" .. row
  for _, other in ipairs(held[key] or {}) do
    local month <const> = other.change ~= claim.change and claims.both(other, claim)
    if month then
      refuse("two " .. claim.what .. " meet on a line", month, other, claim)
    end
  end
  held[key] = held[key] or {}
  table.insert(held[key], claim)
end

---Raises when two changes want one line to themselves in a month.
---@param list { what: string, change: remit.change, where: remit.core.selection, from: integer, to: integer }[]
function claims.of_lines(list)
  local held <const> = {}
  for _, claim in ipairs(#list > 1 and list or {}) do
    for _, row in ipairs(claim.where:rows()) do
      check_row(held, row, claim)
    end
  end
end

---An attribute of a member that two sets give another value in a month.
---@param a table
---@param b table
---@return string? name, integer? month
function claims.clashing_sets(a, b)
  local month <const> = claims.both(a, b)
  if not month or a.dimension ~= b.dimension then
    return nil
  end
  local rows <const> = {}
  for _, row in ipairs(a.rows) do
    rows[row] = true
  end
  for _, row in ipairs(b.rows) do
    for _, name in ipairs(rows[row] and a.names or {}) do
      if b.into[name] ~= nil then
        return name, month
      end
    end
  end
end

---Raises when two sets of a list give one attribute of a member.
---@param sets table[]
---@param layer integer
function claims.of_members(sets, layer)
  for at, later in ipairs(sets) do
    for before = 1, later.layer == layer and at - 1 or 0 do
      local name, month
      if sets[before].layer == layer then
        name, month = claims.clashing_sets(sets[before], later)
      end
      if name then
        refuse(("two changes set %s of one of %s"):format(name, later.dimension), month, sets[before], later)
      end
    end
  end
end

return claims
