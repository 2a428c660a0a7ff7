-- SPDX-License-Identifier: Apache-2.0
-- A dimension as analysts meet it: its members, their attributes, its tree, and finding one by what people call it.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local none <const> = require "remit.none"
local object <const> = require "remit.object"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local state_of <const> = require "remit.state_of"

local dimension <const> = {}

---@class remit.dimension
---@field name string
local Dimension <const> = plain.class { __name = "remit.dimension" }

local display <const> = { pence = "£", micro = "number", count = "count", month = "month", day = "day", code = "text" }

local function known(model)
  local names <const> = {}
  for _, name in ipairs(state_of[model].lines:names()) do
    if state_of[model].lines:column(name):unit() == "code" then
      names[#names + 1] = name
    end
  end
  return names
end

-- The members of a column without a file of its own: the labels that its lines hold.
local function open_members(column)
  local labels <const> = column:dictionary():labels()
  return core.table.new(#labels):add("id", core.column.labels(labels, column:dictionary()))
end

---@param model remit.model
---@param name string
---@return remit.dimension
function dimension.new(model, name)
  if type(name) ~= "string" then
    fault.raise { code = "dimension", message = "dim needs the name of a dimension: dim \"fn\"" }
  end
  local column <const> = not name:find("\0", 1, true) and state_of[model].lines:column(name)
  if not column or column:unit() ~= "code" then
    local names <const> = known(model)
    fault.raise { code = "dimension", message = ("there is no dimension '%s'. %s"):format(name, fault.suggest(name, names)
      or "There are: " .. table.concat(names, ", ")) }
  end
  local members <const> = state_of[model].lines:dimension(name) or open_members(column)
  return object.new(Dimension, { name = name, model = model, table = members, key = members:names()[1] })
end

---Every member with its attributes, as a frame.
---@return remit.frame
function Dimension:members()
  local state <const> = state_of[self]
  local columns <const> = {}
  for _, name in ipairs(state.table:names()) do
    columns[#columns + 1] = { name = name, display = display[state.table:column(name):unit()] }
  end
  local about <const> = state.model:about { title = "Members of " .. self.name, money = false }
  return frame.new { table = state.table, columns = columns, keys = { state.key }, about = about }
end

---The names of its attributes: what `by = { "fn.class" }` and nested tests may use.
---@return string[]
function Dimension:attributes()
  local names <const> = state_of[self].table:names()
  table.remove(names, 1)
  return names
end

---The ids by depth of the tree: roots first. One list when members have no parents.
---@return string[][]
function Dimension:levels()
  local state <const> = state_of[self]
  local parent <const> = state.table:column("parent")
  local ids <const> = state.table:column(state.key)
  local levels <const> = {}
  for row = 1, state.table:rows() do
    local depth, at = 1, parent and parent:code(row) or 0
    while at ~= 0 do
      depth, at = depth + 1, parent:code(at)
    end
    while #levels < depth do
      levels[#levels + 1] = {}
    end
    table.insert(levels[depth], ids:get(row))
  end
  return levels
end

local function member(self, row)
  local made <const> = {}
  for _, name in ipairs(state_of[self].table:names()) do
    local column <const> = state_of[self].table:column(name)
    local value <const> = column:get(row)
    made[name] = value == nil and none or math.type(value) == "integer" and core.number.plain(value, column:unit()) or value
  end
  return made
end

local function beginnings(self, text)
  local state <const> = state_of[self]
  local wanted <const> = core.text.fold(text) or ""
  local found <const> = {}
  for row = 1, state.table:rows() do
    local hit = false
    for _, name in ipairs { state.key, "name", "aliases" } do
      local column <const> = state.table:column(name)
      local label <const> = column and column:get(row)
      hit = hit or (wanted ~= "" and label ~= nil and (core.text.fold(label) or ""):find(wanted, 1, true) ~= nil)
    end
    if hit then
      found[#found + 1] = row
    end
  end
  return found
end

---The one member that `text` means: by id, name or alias, or the only one whose id, name or alias contains it.
---@param text string
---@return table? member its attributes by name, string? message
function Dimension:find(text)
  local state <const> = state_of[self]
  if type(text) ~= "string" then
    fault.raise { code = "find", message = ("find needs a text, not a %s"):format(type(text)) }
  end
  local ids <const> = state.table:column(state.key)
  local members <const> = { file = self.name, table = state.table, dictionary = ids:dictionary() }
  local code <const>, message <const> = resolve.member(members, text)
  if code then
    return member(self, code)
  end
  local found <const> = beginnings(self, text)
  if #found == 1 then
    return member(self, found[1])
  elseif #found > 1 then
    local labels <const> = {}
    for index, row in ipairs(found) do
      labels[index] = ids:get(row)
    end
    return nil, ("'%s' may be %s"):format(text, table.concat(labels, ", "))
  end
  return nil, ("'%s' is %s"):format(text, message)
end

---@return string
function Dimension:__tostring()
  return ("dimension %s: %d members"):format(self.name, state_of[self].table:rows())
end

object.guard(Dimension, "a dimension", { "members", "attributes", "levels", "find" }, { "name" })

return dimension
