-- SPDX-License-Identifier: Apache-2.0
-- frame: a result. A small table of the core whose columns know how they are written, with what is said of the figures.
--
--   local top <const> = frame:where { cost = "> 1000000" }:top(5, "cost")
--   print(top)                               -- frames never print themselves
--   top:save "out/largest.csv"
--
-- Immutable: every verb returns a new frame, which shares columns. Figures are plain numbers of pounds and WTE to a script.

local args <const> = require "remit.args"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local levels <const> = require "remit.frame.levels"
local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local show <const> = require "remit.show"
local values <const> = require "remit.frame.values"
local write <const> = require "remit.frame.write"

local frame <const> = { FORMAT = write.FORMAT, HIDDEN = write.HIDDEN }

---@class remit.frame.column
---@field name string
---@field display remit.display
---@field title? string default: the name with its unit
---@field sign? boolean "+" before figures above zero: a column of differences
---@field words? string[] of a text of `frame.from`: all that it may be

---@class remit.frame.about
---@field title? string
---@field unit? string
---@field basis? string
---@field price_base? string
---@field at? string a month
---@field to? string the last of several from `at` on
---@field scenario? string
---@field model? string|fun(): string? the short hash, asked for only when the frame is written
---@field notes? string[]

---@class remit.frame.state
---@field table remit.core.table
---@field count integer rows, totals included
---@field columns remit.frame.column[]
---@field by_name table<string, remit.frame.column>
---@field keys string[]
---@field key_of table<string, integer> where a name stands among the keys
---@field said remit.frame.about|fun(): remit.frame.about
---@field level remit.core.column|false
---@field hidden remit.core.column|false which rows' figures are withheld
---@field about remit.frame.about

---@class remit.frame
---@operator len: integer
local methods <const> = {}

local meta <const> = { __name = "remit.frame" }

function meta.__index(_, key)
  local method <const> = methods[key]
  if method ~= nil or type(key) ~= "string" then
    return method
  end
  local names <const> = plain.keys(methods)
  local hint <const> = fault.suggest(key, names) or "It has " .. table.concat(names, ", ") .. "."
  fault.raise { code = "method", message = ("a frame has no method '%s'. %s"):format(key, hint) }
end

function meta.__newindex()
  fault.raise { message = "a frame cannot be changed; with_column gives a new one" }
end

-- Frames are empty tables, so that nothing inside can be reached or altered by accident.
---@type table<remit.frame, remit.frame.state>
local states <const> = setmetatable({}, { __mode = "k" })

local function state_of(self, method)
  local state <const> = states[self]
  if state == nil then
    fault.raise { message = ("call it on a frame, with a colon: frame:%s"):format(method) }
  end
  return state
end

local LEVEL <const> = "#level"

local function copy_about(about)
  local fresh <const> = {}
  for _, name in ipairs { "title", "unit", "basis", "price_base", "at", "to", "scenario", "model" } do
    fresh[name] = about[name]
  end
  fresh.notes = table.move(about.notes or {}, 1, #(about.notes or {}), 1, {})
  return fresh
end

local function check_column(core_table, column)
  local unit <const> = core_table:unit(column.name)
  if unit == nil then
    error("the table has no column " .. tostring(column.name))
  elseif unit ~= show.unit(column.display) then
    error(("column %s is in %s, which is not shown as %s"):format(column.name, unit, column.display))
  end
end

-- What a frame finds out when it is first asked for.
local found_later <const> = {
  about = function(state)
    return copy_about(type(state.said) == "function" and state.said() or state.said)
  end,
  level = function(state)
    return state.table:column(LEVEL) or false
  end,
  hidden = function(state)
    return state.table:column(write.HIDDEN) or false
  end,
}

local state_meta <const> = { __index = function(state, field)
  local find <const> = found_later[field]
  if find then
    state[field] = find(state)
    return state[field]
  end
end }

---A frame over a core table. `keys` are the columns that name a row; a column "#level" of the table tells totals apart. The lists and
---columns are the frame's from then on.
---@param spec { table: remit.core.table, columns: remit.frame.column[], keys?: string[], about?: remit.frame.about|fun(): remit.frame.about }
---@return remit.frame
function frame.new(spec)
  local core_table <const>, keys <const> = spec.table, spec.keys or {}
  local by_name <const>, key_of <const> = {}, {}
  for _, column in ipairs(spec.columns) do
    check_column(core_table, column)
    column.title = column.title or show.title(column.name, column.display)
    by_name[column.name] = column
  end
  for k, key in ipairs(keys) do
    assert(by_name[key], "a key is a column")
    key_of[key] = k
  end
  local self <const> = setmetatable({}, meta)
  states[self] = setmetatable({ table = core_table, count = core_table:rows(), columns = spec.columns, by_name = by_name, keys = keys,
    key_of = key_of, said = spec.about or {} }, state_meta)
  return self
end

local function count_rows(spec)
  local count = math.max(spec.rows or 0, spec.levels and #spec.levels or 0)
  for _, column in ipairs(spec.columns) do
    for row in pairs(column.values) do
      count = math.type(row) == "integer" and math.max(count, row) or count
    end
  end
  return count
end

---A frame from plain Lua values: labels, "2026-04" months, numbers of pounds and WTE; nil, false and remit.none are no value. Numbers
---are rounded half to even to what their display keeps (money to pence). `levels` marks totals, as a pivot does.
---@param spec { columns: table[], keys?: string[], about?: remit.frame.about, rows?: integer, levels?: integer[] }
---@return remit.frame
function frame.from(spec)
  local count <const> = count_rows(spec)
  local made <const>, columns <const> = core.table.new(count), {}
  for c, column in ipairs(spec.columns) do
    made:add(column.name, values.column(column.values, count, column))
    columns[c] = { name = column.name, display = column.display, title = column.title, sign = column.sign }
  end
  if spec.levels then
    made:add(LEVEL, core.column.ints(spec.levels, "count"))
  end
  return frame.new { table = made, columns = columns, keys = spec.keys, about = spec.about }
end

---What tells a row of a result from others of the same keys, its level among them; for the toolkit's own use.
---@param result remit.frame
---@param by string[]
---@param row integer
---@return string
function frame.row_key(result, by, row)
  local key <const> = { tostring(levels.at(states[result], row)) }
  for index, name in ipairs(by) do
    key[index + 1] = tostring(result:get(row, name))
  end
  return table.concat(key, "\0")
end

---What is inside a frame, for the toolkit's own use; nil for anything else. Not to be changed.
---@param value any
---@return remit.frame.state?
function frame.inside(value)
  return states[value]
end

local function derive(state, changes)
  return frame.new { table = changes.table or state.table, columns = changes.columns or state.columns, keys = state.keys,
    about = changes.about or state.said }
end

local function noted(about, note)
  local fresh <const> = copy_about(about)
  table.insert(fresh.notes, note)
  return fresh
end

local function column_names(state)
  local names <const> = {}
  for c, column in ipairs(state.columns) do
    names[c] = column.name
  end
  return names
end

local function column_of(state, name)
  local column <const> = state.by_name[name]
  if column == nil then
    local names <const> = column_names(state)
    local near <const> = type(name) == "string" and fault.suggest(name, names)
    fault.raise { code = "not found", message = ("the frame has no column '%s'.%s"):format(tostring(name), near and " " .. near or ""),
      hints = { "Columns: " .. table.concat(names, ", ") } }
  end
  return column
end

local function row_of(state, row)
  local plain_row <const> = {}
  if state.level then
    plain_row.level = state.level:get(row)
    plain_row[LEVEL] = plain_row.level
  end
  for _, column in ipairs(state.columns) do
    plain_row[column.name] = values.plain(state, column, row)
  end
  return plain_row
end

---@return integer rows, totals included
function meta:__len()
  return state_of(self, "rows()").count
end

---@return string
function meta:__tostring()
  return write.text(state_of(self, "text()"))
end

---The rows one by one, as plain tables: labels, months as "2026-04", pounds and WTE as numbers, remit.none for no value. Frames with
---totals also give how many keys a row has set: `level` (0: the grand total, -1: the others), or "#level" where a column is called level.
---
---    for row in frame:rows() do print(row.fn, row.cost) end
---@return fun(): table<string, any>?
function methods:rows()
  local state <const> = state_of(self, "rows()")
  local row = 0
  return function()
    row = row + 1
    return row <= state.count and row_of(state, row) or nil
  end
end

---The names of the columns, as `get`, `where` and `sort` want them.
---@return string[] names in the order shown
function methods:columns()
  return column_names(state_of(self, "columns()"))
end

local function row_number(state, row)
  local number <const> = math.tointeger(row)
  if not number or number < 1 or number > state.count then
    fault.raise { code = "not found", message = ("the frame has rows 1 to %d, not %s"):format(state.count, tostring(row)) }
  end
  return number
end

-- A label wins over a total of the same name.
local function find_row(state, label)
  local key <const> = state.by_name[state.keys[1]]
  local level_of <const> = { Total = 0, ["(others)"] = -1 }
  local total
  for row = 1, state.count do
    local level <const> = levels.at(state, row)
    local value <const> = level == 1 and values.plain(state, key, row)
    if value and (value == label or (value == none and label == "(none)")) then
      return row
    elseif level == level_of[label] then
      total = row
    end
  end
  return total
end

local function row_labelled(state, label)
  if #state.keys ~= 1 then
    fault.raise { message = ("this frame has %d keys: give the number of the row, not '%s'"):format(#state.keys, tostring(label)) }
  end
  local row <const> = find_row(state, label)
  if row then
    return row
  end
  local near <const> = fault.suggest(tostring(label), write.texts(state, state.by_name[state.keys[1]]))
  fault.raise { code = "not found",
    message = ("no row '%s' in '%s'.%s"):format(tostring(label), state.keys[1], near and " " .. near or "") }
end

---One value. `row` is a number, or in a frame with one key its label ("grow", "Total", "(others)", "(none)" or remit.none).
---@param row integer|string|remit.none
---@param column string
---@return number|string|remit.none
function methods:get(row, column)
  local state <const> = state_of(self, "get(row, column)")
  local found <const> = column_of(state, column)
  return values.plain(state, found, type(row) == "number" and row_number(state, row) or row_labelled(state, row))
end

-- In a column of percentages 5% is 0.05, as rows() gives it.
local function as_fractions(text)
  return (text:gsub("(%d+%.?%d*)%s*%%", function(digits)
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
  local names <const> = {}
  for name in pairs(tests) do
    names[#names + 1] = column_of(state, name).name
  end
  table.sort(names)
  local selection = core.selection.all(state.table)
  for _, name in ipairs(names) do
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
  local state <const> = state_of(self, "where { ... }")
  if type(tests) ~= "table" or getmetatable(tests) then
    fault.raise { message = 'where takes a table of tests, as in where { cost = "> 1000" }',
      hints = { type(tests) == "boolean" and "did you use == on a field? Give a table of tests" or nil } }
  end
  local rows <const> = {}
  for _, row in ipairs(select_rows(state, tests)) do
    rows[#rows + 1] = levels.is_detail(state, row) and row or nil
  end
  local details <const> = #levels.details(state)
  local about <const> = #rows < details and noted(state.about, ("%d of %d rows shown"):format(#rows, details)) or state.about
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
  local state <const> = state_of(self, 'sort "column"')
  local given <const> = sort_fields(type(by) == "string" and { by = by } or by)
  local columns <const>, ascending <const> = {}, {}
  for i, name in ipairs(given.by) do
    columns[i] = column_of(state, name)
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
  local state <const> = state_of(self, "top(n, column)")
  local most <const> = type(n) == "number" and math.tointeger(n)
  if not most or most < 1 then
    fault.raise { message = ("top takes how many rows, 1 or more, not %s"):format(tostring(n)) }
  end
  local rows <const> = levels.details(state)
  local found <const> = column_of(state, column or first_measure(state))
  table.sort(rows, order_by(state, { found }, { false }))
  local shown <const> = table.move(rows, 1, math.min(most, #rows), 1, {})
  local about <const> = #shown < #rows and noted(state.about, ("%d of %d rows shown"):format(#shown, #rows)) or state.about
  return derive(state, { table = state.table:take(shown), about = about })
end

local function extended(state, more)
  return table.move(more, 1, #more, #state.columns + 1, table.move(state.columns, 1, #state.columns, 1, {}))
end

local function computed(state, f)
  local found <const> = {}
  local display
  for row = 1, state.count do
    local value <const> = f(row_of(state, row))
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
  local state <const> = state_of(self, "with_column(name, f)")
  local given <const> = column_fields(options)
  if type(name) ~= "string" or name == "" or name == LEVEL or type(f) ~= "function" then
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
  local state <const>, theirs <const> = state_of(self, "join(frame, key)"), states[other]
  if theirs == nil then
    fault.raise { message = 'join takes a frame and the name of a key, as in a:join(b, "fn")' }
  end
  local left <const>, right <const> = column_of(state, key), column_of(theirs, their_key or key)
  if show.unit(left.display) ~= show.unit(right.display) then
    fault.raise { message = ("join: '%s' is %s here and %s in the other frame"):format(key, left.display, right.display) }
  end
  local join <const> = require "remit.frame.join"
  local about = state.about
  for _, note in ipairs(join.notes(about, theirs.about)) do
    about = noted(about, note)
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
  state_of(self, "suppress { ... }")
  return require("remit.suppress").run(self, given)
end

local text_fields <const> = args.declare {
  name = "frame:text", doc = "the frame as tostring gives it", example = "frame:text { ascii = true }",
  { name = "ascii", kind = "boolean", default = false, doc = "rules of hyphens" },
  { name = "max_rows", kind = "integer", doc = "leave out what follows, and say so" },
  { name = "width", kind = "integer", doc = "fold what is wider: further columns stand below, with the keys again" },
}

---What tostring gives, with options.
---@param options? { ascii?: boolean, max_rows?: integer, width?: integer }
---@return string
function methods:text(options)
  return write.text(state_of(self, "text()"), text_fields(options))
end

---CSV: a heading of names, figures without separators. Totals are told apart by a last column "#level".
---@return string
function methods:csv()
  return write.csv(state_of(self, "csv()"))
end

---JSON: one object with what is said of the figures, the columns with their units, and the rows as arrays. Figures are exact.
---@return string
function methods:json()
  return write.json(state_of(self, "json()"))
end

---A pipe table under its caption.
---@return string
function methods:markdown()
  return write.markdown(state_of(self, "markdown()"))
end

local bar_fields <const> = args.declare {
  name = "frame:bars", doc = "a bar a row", example = 'print(frame:bars("cost", { width = 30 }))',
  { name = "width", kind = "integer", default = 40, doc = "characters of the longest bar" },
  { name = "ascii", kind = "boolean", default = false, doc = "bars of # (below zero -)" },
}

---Bars for a terminal, totals left out; a figure below zero has a lighter bar.
---@param column string
---@param options? { width?: integer, ascii?: boolean }
---@return string
function methods:bars(column, options)
  local state <const> = state_of(self, "bars(column)")
  local found <const>, given <const> = column_of(state, column), bar_fields(options)
  if found.display == "text" or found.display == "month" then
    fault.raise { message = ("bars: '%s' has no figures"):format(column) }
  elseif given.width < 1 or given.width > 1000 then
    fault.raise { message = ("frame:bars: width is 1 to 1000, not %d"):format(given.width) }
  end
  return write.bars(state, found, given)
end

local spark_fields <const> = args.declare {
  name = "frame:sparks", doc = "months as a line of small bars, a line a group", example = 'print(phases:sparks "cost")',
  { name = "ascii", kind = "boolean", default = false, doc = "digits, 1 lowest and 8 highest" },
}

---Months as sparklines for a terminal: each group's first figure, a line between its own lowest and highest, its last. Totals are left out.
---@param column string
---@param options? { ascii?: boolean }
---@return string
function methods:sparks(column, options)
  local sparks <const> = require "remit.frame.sparks"
  local state <const> = state_of(self, "sparks(column)")
  local found <const>, given <const> = column_of(state, column), spark_fields(options)
  if found.display == "text" or found.display == "month" then
    fault.raise { message = ("sparks: '%s' has no figures"):format(column) }
  elseif not sparks.month_key(state) then
    fault.raise { message = "sparks: none of the frame's keys is a month", hints = { "bars draws a bar a row" } }
  end
  return sparks.text(state, found, given)
end

local writers <const> = {
  csv = write.csv, json = write.json, md = write.markdown,
  txt = function(state) return write.text(state) .. "\n" end,
}

---Writes the frame as its path ends: .csv, .json, .md or .txt. CSV has no place for what is said of the figures (basis, prices, month, model,
---notes): that goes into a second file, NAME.csv.about.txt.
---@param path string
---@return remit.frame self
function methods:save(path)
  local state <const> = state_of(self, "save(path)")
  local writer <const> = type(path) == "string" and writers[(path:match "%.(%w+)$" or ""):lower()]
  if not writer then
    fault.raise { message = ("save: '%s' does not end in .csv, .json, .md or .txt"):format(tostring(path)) }
  end
  fault.check(core.file.write(path, writer(state)))
  if writer == write.csv then
    fault.check(core.file.write(path .. ".about.txt", write.about(state)))
  end
  return self
end

return frame
