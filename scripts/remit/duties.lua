-- SPDX-License-Identifier: Apache-2.0
-- Statutory duties against the functions that serve them: accountability for a duty cannot be delegated, delivery can.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local resolve <const> = require "remit.pack.resolve"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local duties <const> = {}

-- The level of the ICB itself, as the rules had it that decided levels last.
local function icb_level(model)
  for index = #(state_of[model].steps or {}), 1, -1 do
    if state_of[model].steps[index].kind == "assign" then
      return state_of[model].steps[index].icb
    end
  end
  return "system"
end

local function split(text)
  local list <const> = {}
  for item in (text or ""):gmatch "[^|]+" do
    list[#list + 1] = item
  end
  return list
end

-- The level that a duty's owner is, or the text itself when it is none.
local function owner_of(model, text)
  if text and text:lower() == "icb" then
    return icb_level(model)
  end
  local levels <const> = state_of[model].members.level
  local code <const> = text and levels and resolve.member(levels, text)
  return code and levels.dictionary:label(code) or text
end

---@param model remit.model
local function reader(model)
  local members <const> = state_of[model].members.fn
  return function(id, attribute)
    local column <const> = members.table:column(attribute)
    return column and column:get(members.dictionary:find(id)) or nil, column ~= nil
  end
end

local RANK <const> = { pass = 1, open = 2, fail = 3 }

-- What one function says of a duty: a status, and words.
local function of_function(value, id, owner)
  local accountable <const>, decided <const> = value(id, "accountable")
  if not decided then
    return "open", ("%s: nobody has decided who is accountable"):format(id)
  elseif not accountable then
    return "open", id .. ": who is accountable is contested, or nobody is"
  elseif accountable ~= owner then
    return "fail", ("%s: accountability has gone to %s, and it cannot be delegated"):format(id, accountable)
  end
  return "pass"
end

-- Where functions are delivered: levels in the order of the functions, each with those of it whose accountability is the owner's still.
local function delivered(value, ids, owner)
  local order <const>, by <const> = {}, {}
  for _, id in ipairs(ids) do
    local level <const> = value(id, "delivers") or value(id, "contested") == "true" and "contested" or nil
    if level then
      order[#order + 1] = not by[level] and level or nil
      by[level] = by[level] or {}
      by[level][#by[level] + 1] = value(id, "accountable") == owner and id or nil
    end
  end
  return order, by
end

-- What is delivered at levels other than the owner's.
local function outside(order, by, owner)
  local words <const> = {}
  for _, level in ipairs(order) do
    local ids <const> = table.concat(by[level], ", ")
    if ids ~= "" and level == "contested" then
      words[#words + 1] = ("where %s is delivered is contested"):format(ids)
    elseif ids ~= "" and level ~= owner then
      words[#words + 1] = ("%s delivered at %s, accountability stays"):format(ids, level)
    end
  end
  return words
end

-- Who takes functions on by the transfers of a scenario, by function: "the_trust from 2026-04".
local function handed_over(compiled)
  local going <const> = {}
  for _, entry in ipairs(compiled and compiled.transfers or {}) do
    local view <const> = compiled:members(entry.golive)
    local members <const> = state_of[view].members.fn
    local text <const> = ("%s from %s"):format(entry.receiver, core.calendar.month_text(entry.golive))
    for _, row in ipairs(select.new(view, entry.change.functions, "members", nil, members.table):on(members.table, "", "functions"):rows()) do
      local id <const> = members.dictionary:label(row)
      going[id] = going[id] or {}
      going[id][#going[id] + 1] = not going[id][text] and text or nil
      going[id][text] = true
    end
  end
  return going
end

-- A transfer hands over delivery: who is accountable stays as it is.
local function add_handed_over(words, going, value, ids, owner)
  for _, id in ipairs(ids) do
    if going[id] and value(id, "accountable") == owner then
      words[#words + 1] = ("%s goes to %s, accountability stays"):format(id, table.concat(going[id], ", "))
    end
  end
end

local function row_of(model, value, duty, going)
  local ids <const>, owner <const> = split(duty.functions), owner_of(model, duty.accountable)
  local status, words = "pass", {}
  local order <const>, by <const> = delivered(value, ids, owner)
  if #ids == 0 then
    status, words[1] = "fail", "no function of this model serves it"
  elseif not owner then
    status, words[1] = "fail", "nobody is named as accountable"
  else
    words = outside(order, by, owner)
    add_handed_over(words, going, value, ids, owner)
    for _, id in ipairs(ids) do
      local one <const>, text <const> = of_function(value, id, owner)
      status = RANK[one] > RANK[status] and one or status
      words[#words + 1] = text
    end
  end
  return { duty = duty.id, name = duty.name, functions = table.concat(ids, ", "), accountable = owner, delivered = table.concat(order, ", "),
    status = status, evidence = table.concat(words, "; ") }
end

local function read_duties(model)
  local source <const> = state_of[model].sources.duties
  if not source or not state_of[model].members.fn then
    fault.raise { code = "duties", message = "this pack has no duties, or no functions that serve them" }
  end
  local list <const> = {}
  for row = 1, source.table:rows() do
    list[row] = {}
    for _, name in ipairs { "id", "name", "functions", "accountable" } do
      list[row][name] = source.table:column(name):get(row)
    end
  end
  return list
end

-- Functions with a statutory duty behind them that the register does not speak of.
local function unnamed(model, list, value)
  local named <const>, ids <const> = {}, {}
  for _, duty in ipairs(list) do
    for _, id in ipairs(split(duty.functions)) do
      named[id] = true
    end
  end
  for _, id in ipairs(state_of[model].members.fn.dictionary:labels()) do
    if value(id, "statutory") == "true" and not named[id] then
      ids[#ids + 1] = id
    end
  end
  return ids
end

local COLUMNS <const> = { "duty", "name", "functions", "accountable", "delivered", "status", "evidence" }
local DIMENSIONS <const> = { functions = "fn", accountable = "level", delivered = "level" }

---The register: each duty with its functions, who is accountable, where it is delivered, and pass, fail or open with the evidence.
---@param model remit.model
---@param compiled? remit.plan of a model in a month, whose transfers hand delivery over
---@return remit.frame
function duties.frame(model, compiled)
  local list <const>, value <const>, columns <const> = read_duties(model), reader(model), {}
  local going <const> = handed_over(compiled or state_of[model].plan)
  for index, name in ipairs(COLUMNS) do
    columns[index] = { name = name, title = name == "delivered" and "delivered at" or nil, display = "text", values = {},
      dimension = DIMENSIONS[name], each = DIMENSIONS[name] ~= nil, words = name == "status" and { "pass", "fail", "open" } or nil }
  end
  local counts <const> = { pass = 0, fail = 0, open = 0 }
  for index, duty in ipairs(list) do
    local row <const> = row_of(model, value, duty, going)
    counts[row.status] = counts[row.status] + 1
    for _, column in ipairs(columns) do
      column.values[index] = row[column.name] ~= "" and row[column.name] or false
    end
  end
  local rest <const> = unnamed(model, list, value)
  local notes <const> = { ("%d pass, %d fail, %d open."):format(counts.pass, counts.fail, counts.open) }
  notes[2] = #rest > 0 and "Statutory functions that no duty of the register names: " .. table.concat(rest, ", ") .. "." or nil
  return frame.from { columns = columns, keys = { "duty" }, rows = #list, about = model:about { title = "Statutory duties", money = false, notes = notes } }
end

return duties
