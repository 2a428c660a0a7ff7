-- SPDX-License-Identifier: Apache-2.0
-- Disclosure control: figures by few posts or people are withheld, with as many others as it takes that nobody can work them out.

local args <const> = require "remit.args"
local cells <const> = require "remit.suppress.cells"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"
local protect <const> = require "remit.suppress.protect"
local shape <const> = require "remit.report.shape"

local suppress <const> = {}

local RULES <const> = { "nhs-1to7-round5", "threshold", "none" }

local declared <const> = args.declare { name = "frame:suppress", doc = "Withholds figures by few posts or people, and what would give them away.",
  example = 'frame:suppress { rule = "threshold", threshold = 5, counts = { "posts" } }',
  { name = "rule", kind = RULES, required = true, doc = "threshold; or 1 to 7 withheld and the other counts rounded to 5; or none" },
  { name = "threshold", kind = "integer", doc = "with rule = \"threshold\": figures by fewer than this are withheld" },
  { name = "counts", kind = "list", doc = "the columns with the numbers behind the figures; default: posts, filled_posts, heads, as there are" },
  { name = "with", kind = "items", default = {}, doc = "other tables that are published too: all are protected together, and given back after the first" },
}

local function wrong(message, ...)
  fault.raise { code = "suppress", message = "suppress: " .. message:format(...) }
end

local function threshold_of(spec)
  if spec.rule == "nhs-1to7-round5" then
    if spec.threshold then
      wrong "nhs-1to7-round5 has its own threshold, 8"
    end
    return 8
  elseif not spec.threshold or spec.threshold < 2 or spec.threshold > 1000 then
    wrong("rule = \"threshold\" needs threshold, 2 to 1000 posts%s", spec.threshold and (", not %d"):format(spec.threshold) or "")
  end
  return spec.threshold
end

local function counts_of(frames, spec)
  local found <const>, seen <const> = {}, {}
  for _, name in ipairs(spec.counts or { "posts", "filled_posts", "heads" }) do
    for _, of in ipairs(frames) do
      local column <const> = frame.inside(of).by_name[name]
      if column and column.display ~= "count" and column.display ~= "WTE" then
        wrong("'%s' counts neither posts nor people", name)
      elseif column and not seen[name] then
        seen[name] = true
        found[#found + 1] = name
      end
    end
    if spec.counts and not seen[name] then
      wrong("no table has a column '%s'", name)
    end
  end
  for number, of in ipairs(frames) do
    local counted = false
    for _, name in ipairs(found) do
      counted = counted or frame.inside(of).by_name[name] ~= nil
    end
    if not counted then
      wrong("table %d has no column with the numbers behind its figures: add the measure posts, or name it in counts", number)
    end
  end
  return found
end

-- ---- What is given out ----

local ROUNDED_TO <const> = 5

local function is_rounded(spec, column)
  return spec.rule == "nhs-1to7-round5" and column.display == "count"
end

local function withheld_column(column, hidden, round)
  local values <const> = {}
  for row = 1, column:count() do
    local value <const> = not hidden[row] and column:get(row)
    values[row] = value and round and fault.check(core.number.scale(value, 1, ROUNDED_TO)) * ROUNDED_TO or value or false
  end
  return core.column.ints(values, column:unit())
end

local function withheld_text(column, hidden)
  local texts <const> = {}
  for row = 1, column:count() do
    texts[row] = not hidden[row] and column:get(row) or false
  end
  return core.column.labels(texts)
end

-- `hidden_of` has, by column, the rows of figures that are not withheld wherever another of their row is.
local function withheld(of, hidden, spec, note, hidden_of)
  local state <const>, replaced <const>, marks <const>, columns <const> = frame.inside(of), {}, {}, {}
  for _, name in ipairs(cells.figures(of)) do
    replaced[name] = withheld_column(state.table:column(name), hidden_of and hidden_of[name] or hidden, is_rounded(spec, state.by_name[name]))
  end
  for index, column in ipairs(state.columns) do
    replaced[column.name] = column.follows and withheld_text(state.table:column(column.name), hidden) or replaced[column.name]
    columns[index] = inside.like(column, { open = hidden_of and hidden_of[column.name] and true or nil })
  end
  local any = 0
  for row = 1, state.count do
    marks[row] = hidden[row] and 1 or 0
    any = any + marks[row]
  end
  replaced[inside.HIDDEN] = core.column.ints(marks, "count")
  local made <const> = copy(state.table, replaced)
  if not state.table:column(inside.HIDDEN) then
    made:add(inside.HIDDEN, replaced[inside.HIDDEN])
  end
  local fresh <const> = frame.new { table = made, columns = columns, keys = state.keys, about = shape.about(of) }
  return (any > 0 or spec.rule == "nhs-1to7-round5") and shape.noted(fresh, note(any)) or fresh
end

local function note_of(spec, threshold, several)
  local jointly <const> = several and " Protected together with other tables."
    or " Protected by itself: with other tables it may give more away."
  return function(count)
    local rule <const> = spec.rule == "nhs-1to7-round5" and "1 to 7 withheld, other counts rounded to 5" or ("fewer than %d posts or people"):format(threshold)
    return ("[c]: withheld, %s, or because it would give such a figure away (%s).%s"):format(rule, plain.counted(count, "row"), jointly)
  end
end

---Protects tables together.
---@param first remit.frame
---@param given table
---@return remit.frame first, remit.frame ... those of `with`
function suppress.run(first, given)
  local spec <const> = declared(given)
  local frames <const> = { first }
  for index, of in ipairs(spec.with) do
    if not frame.inside(of) then
      wrong("item %d of with is no frame", index)
    end
    frames[index + 1] = of
  end
  if plain.repeated(frames) then
    wrong("with: the same table is there twice, or is the one that it goes with")
  end
  if spec.rule == "none" then
    return table.unpack(frames)
  end
  local threshold <const> = threshold_of(spec)
  local system <const> = cells.system(frames, { counts = counts_of(frames, spec), threshold = threshold })
  protect.run(system)
  local made <const> = {}
  for number, of in ipairs(frames) do
    local hidden <const> = {}
    for row, place in ipairs(system.frames[number].places) do
      hidden[row] = system.cells[place].hidden
    end
    made[number] = withheld(of, hidden, spec, note_of(spec, threshold, #frames > 1))
  end
  return table.unpack(made)
end

---Adds the groups of a frame's first key whose subtotals are withheld to `hidden`, by label; the grand total under "".
---@param of remit.frame
---@param hidden table<string, boolean>
function suppress.hidden_groups(of, hidden)
  local state <const> = frame.inside(of)
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    if (level == 0 or level == 1) and state.hidden and state.hidden:get(row) == 1 then
      hidden[level == 0 and "" or state.table:column(state.keys[1]):get(row) or "#none"] = true
    end
  end
end

local function rows_of_groups(state, groups)
  local hidden <const> = {}
  for row = 1, state.count do
    hidden[row] = groups[levels.at(state, row) == 0 and "" or state.table:column(state.keys[1]):get(row) or "#none"] or false
  end
  return hidden
end

---A table by one key whose rows are withheld as such groups are, but for some columns, which are withheld for groups of their own.
---@param of remit.frame
---@param groups table<string, boolean>
---@param threshold integer
---@param groups_of? table<string, table<string, boolean>> by column
---@return remit.frame
function suppress.with_groups(of, groups, threshold, groups_of)
  local state <const>, hidden_of <const> = frame.inside(of), {}
  for _, column in ipairs(state.columns) do
    local own <const> = groups_of and groups_of[column.name]
    hidden_of[column.name] = own and rows_of_groups(state, own) or nil
  end
  return suppress.with_rows(of, rows_of_groups(state, groups), threshold, hidden_of)
end

---A table with some of its rows withheld.
---@param of remit.frame
---@param hidden boolean[] by row
---@param threshold integer
---@param hidden_of? table<string, boolean[]> by column, the rows of those that are withheld in rows of their own
---@return remit.frame
function suppress.with_rows(of, hidden, threshold, hidden_of)
  return withheld(of, hidden, { rule = "threshold" }, note_of({ rule = "threshold" }, threshold, true), hidden_of)
end

---A bridge protected: its first row and the steps make its last. Steps that other tables show can hide no other.
---@param of remit.frame
---@param given { threshold: integer, counts: string[], known?: table<string, boolean> }
---@return remit.frame
function suppress.bridge(of, given)
  local system <const> = cells.system({ of }, given)
  local places <const> = system.frames[1].places
  for row, place in ipairs(places) do
    local cell <const> = system.cells[place]
    if given.known and given.known[of:get(row, "step")] and not cell.primary then
      cell.count = 0
    end
  end
  system.sums = { { parent = places[#places], children = table.move(places, 1, #places - 1, 1, {}) } }
  protect.run(system)
  local hidden <const> = {}
  for row, place in ipairs(places) do
    hidden[row] = system.cells[place].hidden
  end
  local spec <const> = { rule = "threshold" }
  return withheld(of, hidden, spec, note_of(spec, given.threshold, false))
end

return suppress
