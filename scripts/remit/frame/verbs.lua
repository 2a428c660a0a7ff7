-- SPDX-License-Identifier: Apache-2.0
-- The verbs of a frame: each gives a new one, which shares columns with it.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local inside <const> = require "remit.frame.inside"
local levels <const> = require "remit.frame.levels"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local values <const> = require "remit.frame.values"
local write <const> = require "remit.frame.write"

---@class remit.frame
local methods <const> = {}

local function derive(state, changes)
  return frame.new { table = changes.table or state.table, columns = changes.columns or state.columns, keys = state.keys,
    about = changes.about or state.said }
end

-- In a column of percentages 5% is 0.05, as rows() gives it.
local function as_fractions(text)
  return (text:gsub("%f[%d.]%.%d+%s*%%", "0%0"):gsub("(%d+%.?%d*)%s*%%", function(digits)
    local micro <const> = core.number.parse(digits, { decimals = 4 })
    return micro and core.number.print(micro, 6) or nil
  end))
end

local function test_text(column, test)
  local name <const> = column.name
  if type(test) == "boolean" then
    fault.raise { message = ("where: %s is a test such as \"> 1000\", not a boolean"):format(name),
      hints = { "did you use == on a field? Give a table of tests" } }
  elseif type(test) ~= "string" and type(test) ~= "number" then
    fault.raise { message = ("where: %s is a test such as \"> 1000\", not a %s"):format(name, type(test)) }
  end
  return column.display == "%" and as_fractions(tostring(test)) or tostring(test)
end

local function select_rows(state, tests)
  local selection = core.selection.all(state.table)
  for _, key in ipairs(plain.keys(tests)) do
    local name <const> = inside.column(state, key).name
    local one <const>, message <const>, code <const>, at <const> = core.selection.test(state.table, name, test_text(state.by_name[name], tests[name]))
    selection = selection & fault.check(one, one == nil and ("where: %s: %s"):format(name, message), code, at)
  end
  return selection:rows()
end

---The rows that pass a test for each column named, in the test language: where { fn = "not(chc)", cost = "> 1000" }. Totals and
---"(others)" are left out, for they would not be the totals of what is left.
---@param tests table<string, string|number>
---@return remit.frame
function methods:where(tests)
  local state <const> = inside.of(self, "where { ... }")
  if type(tests) ~= "table" or getmetatable(tests) then
    fault.raise { message = 'where takes a table of tests, as in where { cost = "> 1000" }',
      hints = { type(tests) == "boolean" and "did you use == on a field? Give a table of tests" or nil } }
  end
  local rows <const> = {}
  for _, row in ipairs(select_rows(state, tests)) do
    rows[#rows + 1] = levels.is_detail(state, row) and row or nil
  end
  local details <const> = #levels.details(state)
  local about <const> = #rows < details and inside.noted(state.about, ("%d of %d rows shown"):format(#rows, details)) or state.about
  return derive(state, { table = state.table:take(rows), about = about })
end

local function rank_values(state, column)
  local source <const> = state.table:column(column.name)
  local dictionary <const> = source:dictionary()
  if dictionary == nil then
    return write.values(state, column)
  end
  local ranks <const> = {}
  for row = 1, state.count do
    local label <const> = source:get(row)
    ranks[row] = label and (dictionary:ordered() and source:code(row) or core.text.fold(label) or label) or false
  end
  return ranks
end

-- Rows without a value come last either way; equal rows stay in order.
local function order_by(state, columns, ascending)
  local ranks <const> = {}
  for i, column in ipairs(columns) do
    ranks[i] = rank_values(state, column)
  end
  return function(a, b)
    for i, rank in ipairs(ranks) do
      local left <const>, right <const> = rank[a], rank[b]
      if left ~= right then
        if not left or not right then
          return left and true or false
        end
        return (left < right) == ascending[i]
      end
    end
    return a < b
  end
end

local sort_fields <const> = args.declare {
  name = "frame:sort", doc = "the rows in another order; parts stay above their totals", example = 'frame:sort { by = "cost" }',
  { name = "by", kind = "list", required = true, doc = "the column, or several, the first counting most" },
  { name = "ascending", kind = "boolean", doc = "smallest first; by default labels and months ascend, figures descend" },
}

---Rows by a column: figures largest first, labels and months ascending, unless `ascending` says otherwise. Missing values come last.
---Within totals, groups are sorted by their subtotal and rows within their group.
---@param by string|{ by: string|string[], ascending?: boolean }
---@return remit.frame
function methods:sort(by)
  local state <const> = inside.of(self, 'sort "column"')
  local given <const> = sort_fields(type(by) == "string" and { by = by } or by)
  local columns <const>, ascending <const> = {}, {}
  for i, name in ipairs(given.by) do
    columns[i] = inside.column(state, name)
    ascending[i] = given.ascending
    if given.ascending == nil then
      ascending[i] = columns[i].display == "text" or columns[i].display == "month"
    end
  end
  return derive(state, { table = state.table:take(levels.sorted(state, order_by(state, columns, ascending))) })
end

local function first_measure(state)
  for _, column in ipairs(state.columns) do
    if not state.key_of[column.name] and column.display ~= "text" and column.display ~= "month" then
      return column.name
    end
  end
end

---The n rows with the largest figures, largest first; totals and "(others)" are left out.
---@param n integer
---@param column? string default: the first column of figures
---@return remit.frame
function methods:top(n, column)
  local state <const> = inside.of(self, "top(n, column)")
  local most <const> = type(n) == "number" and math.tointeger(n)
  if not most or most < 1 then
    fault.raise { message = ("top takes how many rows, 1 or more, not %s"):format(tostring(n)) }
  end
  local rows <const> = levels.details(state)
  local found <const> = inside.column(state, column or first_measure(state))
  table.sort(rows, order_by(state, { found }, { false }))
  local shown <const> = table.move(rows, 1, math.min(most, #rows), 1, {})
  local about <const> = #shown < #rows and inside.noted(state.about, ("%d of %d rows shown"):format(#shown, #rows)) or state.about
  return derive(state, { table = state.table:take(shown), about = about })
end

local function extended(state, more)
  return table.move(more, 1, #more, #state.columns + 1, table.move(state.columns, 1, #state.columns, 1, {}))
end

local function computed(state, f)
  local found <const> = {}
  local display
  for row = 1, state.count do
    local value <const> = f(inside.row(state, row))
    found[row] = not values.absent(value) and value
    display = display or (found[row] and (type(value) == "string" and "text" or "number"))
  end
  return found, display or "number"
end

local column_fields <const> = args.declare {
  name = "frame:with_column", doc = "a further column, computed from each row",
  example = 'frame:with_column("each", function(row) return row.cost / row.posts end, { display = "£" })',
  { name = "display", kind = show.displays, doc = "how it is written; default number or text, by the values" },
  { name = "title", kind = "string", doc = "its heading" },
  { name = "sign", kind = "boolean", doc = "+ before figures above zero" },
}

---A further column: f is given each row, as rows() gives it, totals included, and returns its value there (nil or remit.none: no value).
---@param name string
---@param f fun(row: table): number|string|nil
---@param options? { display?: remit.display, title?: string, sign?: boolean }
---@return remit.frame
function methods:with_column(name, f, options)
  local state <const> = inside.of(self, "with_column(name, f)")
  local given <const> = column_fields(options)
  if type(name) ~= "string" or name == "" or name == inside.LEVEL or name == inside.HIDDEN or type(f) ~= "function" then
    fault.raise { message = "with_column takes a name and a function of a row" }
  elseif state.table:column(name) then
    fault.raise { message = ("the frame already has a column '%s'"):format(name) }
  end
  local found <const>, display <const> = computed(state, f)
  local column <const> = { name = name, display = given.display or display, title = given.title, sign = given.sign }
  local fresh <const> = copy(state.table):add(name, values.column(found, state.count, column))
  return derive(state, { table = fresh, columns = extended(state, { column }) })
end

---The columns of another frame beside these, matched by one key column; rows that it lacks have no values there. A name that both have
---gets "_2". A key that stands twice in the other frame is refused. A grand total meets the grand total.
---@param other remit.frame
---@param key string a column of this frame
---@param their_key? string what the other frame calls it, when that is another name
---@return remit.frame
function methods:join(other, key, their_key)
  local state <const>, theirs <const> = inside.of(self, "join(frame, key)"), inside.state(other)
  if theirs == nil then
    fault.raise { message = 'join takes a frame and the name of a key, as in a:join(b, "fn")' }
  end
  local left <const>, right <const> = inside.column(state, key), inside.column(theirs, their_key or key)
  if show.unit(left.display) ~= show.unit(right.display) then
    fault.raise { message = ("join: '%s' is %s here and %s in the other frame"):format(key, left.display, right.display) }
  end
  local join <const> = require "remit.frame.join"
  local about = state.about
  for _, note in ipairs(join.notes(about, theirs.about)) do
    about = inside.noted(about, note)
  end
  local fresh <const>, more <const> = join.beside(state, left, theirs, right)
  return derive(state, { table = fresh, columns = extended(state, more), about = about })
end

---Figures by few posts or people are withheld and shown as [c], with others that would give them away. `with` names further tables that are
---published: they are protected together, and come back after the first.
---@param given { rule: "nhs-1to7-round5"|"threshold"|"none", threshold?: integer, counts?: string[], with?: remit.frame[] }
---@return remit.frame
---@return remit.frame ...
function methods:suppress(given)
  inside.of(self, "suppress { ... }")
  return require("remit.suppress").run(self, given)
end

return methods
