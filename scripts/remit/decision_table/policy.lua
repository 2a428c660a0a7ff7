-- SPDX-License-Identifier: Apache-2.0
-- Hit policies with DMN's meaning: what the rules that pass say together. Single hits: unique (no two rules pass), any (those that pass agree), first
-- (the first in the table's order). Collect: every value, once; or the sum, least, largest or number of the values of one output.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"

local policy <const> = {}

---As a table's first heading and `hits` say them, in the order in which help lists them.
policy.names = { "unique", "any", "first", "collect", "collect sum", "collect min", "collect max", "collect count" }

-- The letters that DMN writes in a table's corner.
local letters <const> = { u = "unique", a = "any", f = "first", c = "collect", ["c+"] = "collect sum", ["c<"] = "collect min",
  ["c>"] = "collect max", ["c#"] = "collect count", ["collect list"] = "collect" }

---The policy that a text names, or nil and what is wrong.
---@param text string
---@return string? name, string? message
function policy.named(text)
  local folded <const> = core.text.fold(text) or text
  for _, name in ipairs(policy.names) do
    if name == folded then
      return name
    end
  end
  if letters[folded] then
    return letters[folded]
  end
  return nil, ("there is no hit policy '%s'. %s"):format(text, fault.suggest(folded, policy.names) or "There are: " .. table.concat(policy.names, ", "))
end

---Whether its outputs are numbers worked out from several rules; such a table has one output.
---@param name string
---@return "sum"|"min"|"max"|"count"|nil
function policy.aggregate(name)
  return name:match "^collect (.+)$"
end

---Whether several rules may pass without more ado.
function policy.allows_overlaps(name)
  return name == "first" or name:find "^collect" ~= nil
end

---Whether two rules set the same.
---@param outputs string[]
---@param left remit.rule
---@param right remit.rule
---@return boolean
function policy.same(outputs, left, right)
  for _, output in ipairs(outputs) do
    if left.set[output] ~= right.set[output] then
      return false
    end
  end
  return true
end

local function gathered(output, rules)
  local values <const>, from <const>, seen <const> = {}, {}, {}
  for _, rule in ipairs(rules) do
    local value <const> = rule.set[output]
    if value ~= nil then
      from[#from + 1] = rule
      if not seen[value] then
        seen[value] = true
        values[#values + 1] = value
      end
    end
  end
  return #from > 0 and { value = values, rules = from } or nil
end

local folds <const> = {
  sum = function(total, value) return fault.check(core.number.add(total, value)) end,
  min = function(least, value) return math.min(least, value) end,
  max = function(most, value) return math.max(most, value) end,
}

local function aggregated(how, output, rules)
  local from <const>, result = {}, nil
  for _, rule in ipairs(rules) do
    local value <const> = rule.set[output]
    if value ~= nil then
      from[#from + 1] = rule
      result = result and how ~= "count" and folds[how](result, value) or result or value
    end
  end
  return #from > 0 and { value = how == "count" and #from or result, rules = from } or nil
end

---What the rules that pass say of each output, in the table's order; outputs that none of them sets are left out. Nil and the rules that
---contradict each other when the policy forbids what they do.
---@param name string the hit policy
---@param outputs string[]
---@param rules { set: table<string, any> }[] those that pass
---@return table<string, { value: any, rules: table[] }>? results, table[]? clash
function policy.decide(name, outputs, rules)
  local results <const> = {}
  if name == "unique" and #rules > 1 then
    return nil, rules
  elseif name == "any" then
    for index = 2, #rules do
      if not policy.same(outputs, rules[1], rules[index]) then
        return nil, rules
      end
    end
  end
  for _, output in ipairs(outputs) do
    if name == "collect" then
      results[output] = gathered(output, rules)
    elseif policy.aggregate(name) then
      results[output] = aggregated(policy.aggregate(name), output, rules)
    elseif rules[1] and rules[1].set[output] ~= nil then
      results[output] = { value = rules[1].set[output], rules = { rules[1] } }
    end
  end
  return results
end

return policy
