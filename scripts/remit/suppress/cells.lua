-- SPDX-License-Identifier: Apache-2.0
-- Frames as cells that are sums of one another. A row is known by its keys, scenario and month: two tables that show the same figure have one cell.

local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local show <const> = require "remit.show"

local cells <const> = {}

local function key_text(state, row, name)
  local value <const> = state.table:column(name):get(row)
  return ("%s=%s"):format(name, tostring(value == nil and "" or value))
end

-- The keys that a row has set, as texts by name.
local function keys_of(state, row, number)
  local level <const>, set <const> = levels.at(state, row), {}
  if #state.keys == 0 then
    set["#row"] = ("#row=%d.%d"):format(number, row)
  elseif level < 0 then
    set["#others"] = ("#others=%d"):format(number)
  end
  for k = 1, math.max(level, 0) do
    set[state.keys[k]] = key_text(state, row, state.keys[k])
  end
  return set
end

local function identity(set, context)
  local parts <const> = {}
  for _, text in pairs(set) do -- sorted below
    parts[#parts + 1] = text
  end
  table.sort(parts)
  return context .. "\0" .. table.concat(parts, "\0"), #parts
end

-- Whether every key that the first has set, the second has set to the same.
local function contains(inner, outer)
  for name, text in pairs(outer) do -- all must hold: order does not matter
    if inner[name] ~= text then
      return false
    end
  end
  return true
end

local function figure_names(state)
  local names <const> = {}
  for _, column in ipairs(state.columns) do
    if not state.key_of[column.name] and show.is_figure(column.display) then
      names[#names + 1] = column.name
    end
  end
  return names
end

local function adds_up(column)
  return column.display == "count" or column.display == "WTE" or column.display == "£" or column.display == "£m" or column.display == "£p"
end

-- Two rows of one table are two cells, though they be called the same.
local function cell_of(system, state, row, number, context, used)
  local set <const> = keys_of(state, row, number)
  local key, count <const> = identity(set, context)
  key = used[key] and ("%s\0#%d.%d"):format(key, number, row) or key
  used[key] = true
  local at = system.at[key]
  if not at then
    at = #system.cells + 1
    system.at[key] = at
    system.cells[at] = { figures = {}, set = set, keys = count, context = context, primary = false, hidden = false }
  end
  local cell <const> = system.cells[at]
  for _, name in ipairs(figure_names(state)) do
    if adds_up(state.by_name[name]) then
      cell.figures[name] = cell.figures[name] or state.table:column(name):get(row)
      if not system.known[name] then
        system.known[name] = true
        system.measures[#system.measures + 1] = name
      end
    end
  end
  return at
end

local function add_frame(system, of, number)
  local state <const> = frame.inside(of)
  local context <const> = ("%s\1%s"):format(state.about.scenario or "", state.about.at or "")
  local places <const>, details <const>, used <const> = {}, {}, {}
  for row = 1, state.count do
    places[row] = cell_of(system, state, row, number, context, used)
    if levels.is_detail(state, row) or levels.at(state, row) < 0 then
      details[#details + 1] = places[row]
    end
  end
  system.frames[number] = { places = places, details = details, context = context }
end

-- Every cell is the sum of the details of each frame that splits it further.
local function add_sums(system)
  for _, one in ipairs(system.frames) do
    for number, cell in ipairs(system.cells) do
      local children <const> = {}
      for _, detail in ipairs(one.details) do
        local inner <const> = system.cells[detail]
        if one.context == cell.context and detail ~= number and inner.keys > cell.keys and contains(inner.set, cell.set) then
          children[#children + 1] = detail
        end
      end
      system.sums[#system.sums + 1] = #children > 0 and { parent = number, children = children } or nil
    end
  end
end

-- Of a comparison: "cost change" is its last "cost ..." less the first.
local function add_relations(system, of)
  local state <const> = frame.inside(of)
  for _, column in ipairs(state.columns) do
    local name <const> = column.name:match "^(.*) change$"
    local sides <const> = {}
    for _, other in ipairs(name and state.columns or {}) do
      if other.name:sub(1, #name + 1) == name .. " " and other.name ~= column.name and other.name ~= column.name .. " %" then
        sides[#sides + 1] = other.name
      end
    end
    if #sides >= 2 then
      system.relations[#system.relations + 1] = { sides[1], sides[#sides], column.name }
    end
  end
end

local function smaller(a, b)
  return not a and b or not b and a or a and math.min(a, b)
end

-- By few: a count that is small but not nothing, or a small difference between two scenarios of the same cell.
local function mark(system)
  for _, cell in ipairs(system.cells) do
    for name in pairs(system.counts) do -- every one is looked at: order does not matter
      local units <const> = cell.figures[name]
      local size <const> = units and math.abs(units) * system.per[name]
      cell.count = smaller(cell.count, size)
      cell.primary = cell.primary or size ~= nil and size > 0 and size < system.threshold
    end
  end
  local first <const> = {}
  for _, cell in ipairs(system.cells) do
    local key <const> = identity(cell.set, "")
    for _, other in ipairs(first[key] or {}) do
      for name in pairs(system.counts) do -- as above
        local a <const>, b <const> = cell.figures[name], other.figures[name]
        local size <const> = a and b and math.abs(a - b) * system.per[name]
        cell.primary = cell.primary or size ~= nil and size > 0 and size < system.threshold
      end
    end
    first[key] = first[key] or {}
    table.insert(first[key], cell)
  end
end

-- Figures in whole posts or WTE where they count, so that the threshold means the same for both.
local function in_units(system)
  for _, cell in ipairs(system.cells) do
    for name, per in pairs(system.per) do -- each by itself: order does not matter
      cell.figures[name] = cell.figures[name] and cell.figures[name] * per
    end
  end
  for name in pairs(system.per) do -- as above
    system.per[name] = 1
  end
end

---@param frames remit.frame[]
---@param spec { counts: string[], threshold: integer }
---@return remit.protect.system
function cells.system(frames, spec)
  local system <const> = { cells = {}, sums = {}, relations = {}, counts = {}, measures = {}, frames = {}, at = {}, known = {}, per = {},
    threshold = spec.threshold }
  for number, of in ipairs(frames) do
    add_frame(system, of, number)
    add_relations(system, of)
    for _, name in ipairs(spec.counts) do
      local column <const> = frame.inside(of).by_name[name]
      if column then
        system.counts[name] = true
        system.per[name] = show.unit(column.display) == "micro" and 1e-6 or 1
      end
    end
  end
  in_units(system)
  add_sums(system)
  mark(system)
  return system
end

---Finds the cell of a system that has the same keys as one of another.
---@param system remit.protect.system
---@return fun(cell: remit.protect.cell): remit.protect.cell?
function cells.finder(system)
  local by_keys <const> = {}
  for _, cell in ipairs(system.cells) do
    by_keys[identity(cell.set, "")] = cell
  end
  return function(cell)
    return by_keys[identity(cell.set, "")]
  end
end

---The columns of figures of a frame, which a withheld row does not show.
---@param of remit.frame
---@return string[]
function cells.figures(of)
  return figure_names(frame.inside(of))
end

return cells
