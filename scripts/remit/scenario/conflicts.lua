-- SPDX-License-Identifier: Apache-2.0
-- Where scenarios that are stacked clash: changes of two lists that meet on lines and are of one kind, or one of which takes the lines away; one id or one
-- attribute given twice. Changes of one list that may not meet are an error when the scenario is made.

local claims <const> = require "remit.scenario.claims"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local plan <const> = require "remit.scenario.plan"
local state_of <const> = require "remit.state_of"

local conflicts <const> = {}

local TAKES_AWAY <const> = { close = true, transfer = true }
local VERB <const> = { close = "close", scale = "scale", move = "move", regrade = "regrade", transfer = "transfer" }

local function span_of(change)
  local from <const> = change.from or change.golive
  return { from = plan.month(from), to = change.to and plan.month(change.to) or nil }
end

-- Fields that two moves give different members.
local function moved_apart(a, b)
  local fields <const> = {}
  for _, name in ipairs(plain.keys(a.into)) do
    fields[#fields + 1] = b.into[name] ~= nil and b.into[name] ~= a.into[name] and name or nil
  end
  return #fields > 0 and "both move " .. table.concat(fields, ", ") or nil
end

-- Why two changes that meet on a line clash; nil when they do not.
local function clash(a, b)
  if a.kind == "move" and b.kind == "move" then
    return moved_apart(a, b)
  elseif a.kind == b.kind then
    return "both " .. VERB[a.kind]
  elseif TAKES_AWAY[a.kind] or TAKES_AWAY[b.kind] then
    return ("%s and %s"):format(VERB[a.kind], VERB[b.kind])
  end
end

local function common_rows(compiled, a, b)
  local rows <const>, count = {}, 0
  for _, row in ipairs(compiled.touching[a]():rows()) do
    rows[row] = true
  end
  for _, row in ipairs(compiled.touching[b]():rows()) do
    count = count + (rows[row] and 1 or 0)
  end
  return count
end

local function of_lines(compiled, a, b)
  if not compiled.touching[a] or not compiled.touching[b] then
    return nil
  end
  local what <const> = claims.both(span_of(a), span_of(b)) and clash(a, b)
  local lines <const> = what and common_rows(compiled, a, b) or 0
  return lines > 0 and what or nil, lines
end

local function of_sets(compiled, a, b)
  local found <const> = {}
  for _, one in ipairs(compiled.sets) do
    found[one.change] = one
  end
  if found[a] and found[b] then
    local name <const> = claims.clashing_sets(found[a], found[b])
    return name and found[a].into[name] ~= found[b].into[name] and "both set " .. name or nil
  end
end

-- Pairs of changes of different lists, the lower list's first.
local function each_pair(layers, use)
  for upper = 2, #layers do
    for lower = 1, upper - 1 do
      for _, a in ipairs(layers[lower].changes) do
        for _, b in ipairs(layers[upper].changes) do
          use(a, b, layers[lower], layers[upper])
        end
      end
    end
  end
end

local function label(change)
  return change.id or change.kind
end

local NAMES <const> = { "first", "second", "clash", "lines", "list of the first", "why the first", "list of the second", "why the second" }

---The clashes of a scenario's lists, with the reasons of both changes.
---@param model remit.model
---@return remit.frame
function conflicts.frame(model)
  local compiled <const>, list <const> = state_of[model].plan, {}
  local function add(what, lines, a, b, of_a, of_b)
    list[#list + 1] = { label(a), label(b), what, lines or false, of_a.name, a.why or false, of_b.name, b.why or false }
  end
  each_pair(state_of[model].layers or {}, function(a, b, of_a, of_b)
    local what <const>, lines <const> = of_lines(compiled, a, b)
    local twice <const> = a.id and a.id == b.id and "one id" or nil
    local how <const> = what or of_sets(compiled, a, b) or twice
    if how then
      add(how, what and lines, a, b, of_a, of_b)
    end
  end)
  local columns <const> = {}
  for index, name in ipairs(NAMES) do
    columns[index] = { name = name, display = name == "lines" and "count" or "text", values = {} }
    for row, values in ipairs(list) do
      columns[index].values[row] = values[index]
    end
  end
  return frame.from { keys = { "first", "second" }, columns = columns, rows = #list, about = model:about { title = "Conflicts", money = false,
    notes = { #list == 0 and "None." or nil } } }
end

return conflicts
