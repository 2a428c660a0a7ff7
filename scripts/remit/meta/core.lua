---@meta remit.core
-- SPDX-License-Identifier: Apache-2.0
-- The border: what C offers to the Lua layer. Rows and codes count from 1 here (code 0 is "no value" on both sides).
-- Misuse raises; the world failing (files, data, text) returns nil, message, code and, for text, the byte that did not parse, from 1.
-- Handles (dictionary, column, table, groups, report, predicate, selection, decision, match, changeset) may be closed early, and by
-- <close>; using one then raises.
-- Analysts use `remit`, not this.

---@alias remit.code "invalid"|"not found"|"parse"|"overflow"|"limit"|"no memory"|"io"
---@alias remit.unit "code"|"count"|"pence"|"micro"|"month"|"day"

---@class remit.core
---@field number remit.core.number
---@field hash remit.core.hash
---@field calendar remit.core.calendar
---@field text remit.core.text
---@field fields remit.core.fields
---@field dictionary remit.core.dictionary_library
---@field column remit.core.column_library
---@field table remit.core.table_library
---@field csv remit.core.csv
---@field predicate remit.core.predicate_library
---@field selection remit.core.selection_library
---@field pivot remit.core.pivot
---@field decision remit.core.decision_library
---@field match remit.core.match_library
---@field changeset remit.core.changeset_library
---@field json remit.core.json
---@field file remit.core.file
---@field workbook remit.core.workbook_library
---@field spreadsheet remit.core.spreadsheet_library
---@field bundle remit.core.bundle
---@field signature remit.core.signature
---@field version string

---@class remit.core.number
local number = {}
---@class remit.core.number_format
---@field decimals? integer
---@field decimal_char? string
---@field group_char? string
---@field currency? boolean
---@field percent? boolean
---@field round? boolean
---Reads a decimal into units of 10^-decimals.
---@param text string
---@param format? remit.core.number_format
---@return integer? value, string|boolean message_or_rounded, remit.code? code
function number.parse(text, format) end
---@param value integer
---@param decimals integer
---@param grouped? boolean thousands separators
---@return string
function number.print(value, decimals, grouped) end
---@param a integer
---@param b integer
---@return integer? sum, string? message, remit.code? code
function number.add(a, b) end
---value x numerator / denominator, exact, rounded once.
---@param value integer
---@param numerator integer
---@param denominator integer
---@param rounding? "half_even"|"half_up" default half_even
---@return integer? result, string? message, remit.code? code
function number.scale(value, numerator, denominator, rounding) end
---Parts of `total` by largest remainder; they add up to it.
---@param total integer
---@param weights integer[]
---@return integer[]? parts, string? message, remit.code? code
function number.allot(total, weights) end
---The figure as Lua's plain number: pence to pounds, micro to WTE; integers stay integers.
---@param value integer
---@param unit remit.unit
---@return number
function number.plain(value, unit) end

---@class remit.core.hash
local hash = {}
---A SHA-256 in progress.
---@return remit.core.sha256
function hash.new() end
---The SHA-256 of the bytes alone, as other programs print it.
---@param bytes string
---@return string digest 64 hexadecimal digits
function hash.of(bytes) end
---@class remit.core.sha256
local sha256 = {}
---@param text string
---@return remit.core.sha256 self
function sha256:text(text) end
---@param value integer
---@return remit.core.sha256 self
function sha256:int(value) end
---@param table remit.core.table
---@return remit.core.sha256 self
function sha256:table(table) end
---Ends it.
---@return string digest 64 hexadecimal digits
function sha256:hex() end

---@class remit.core.calendar
local calendar = {}
---@param text string "2026-04"
---@return integer? month_index, string? message, remit.code? code
function calendar.month(text) end
---@param month_index integer
---@return string
function calendar.month_text(month_index) end
---@param text string "2026/27"
---@return integer? start_year, string? message, remit.code? code
function calendar.year(text) end
---@param start_year integer
---@return string
function calendar.year_text(start_year) end
---@param month_index integer
---@return integer start_year
function calendar.year_of_month(month_index) end
---@param start_year integer
---@return integer month_index
function calendar.month_of_year(start_year) end
---@param text string "2025-06-03"
---@return integer? day_index, string? message, remit.code? code
function calendar.day(text) end
---@param day_index integer
---@return string
function calendar.day_text(day_index) end
---@param day_index integer
---@return integer month_index
function calendar.month_of_day(day_index) end

---@class remit.core.text
local text = {}
---Case-folded, without surrounding or repeated spaces.
---@param s string
---@return string? folded, string? message, remit.code? code, integer? at
function text.fold(s) end
---@param a string
---@param b string
---@param limit? integer default 100
---@return integer
function text.distance(a, b, limit) end
---Columns that the text takes in a terminal (wide and combining characters counted as such).
---@param s string
---@return integer
function text.width(s) end
---The candidates nearest to `s`, best first, all ties.
---@param s string
---@param candidates string[]
---@param max? integer default 5
---@return string[]
function text.suggest(s, candidates, max) end

---@class remit.core.fields
local fields = {}
---A fresh list of the texts that a value is, one or a list of them; nil for anything else.
---@param value any
---@return string[]?
function fields.list(value) end
---A fresh table of fields that were given and passed their tests, with defaults for the others; nil when one has no test or does not pass.
---@param given table<string, any>
---@param tests table<string, fun(value: any): any> each gives what is kept of a value, or nil
---@param defaults table<string, any>
---@param room integer how many fields there are room for
---@return table<string, any>?
function fields.fill(given, tests, defaults, room) end
---A text that is the same for equal values only: texts, numbers, booleans and plain tables of them; nil for others, large ones and deep ones.
---@param value any
---@return string?
function fields.key(value) end

---@class remit.core.dictionary_library
local dictionary_library = {}
---@param labels string[] codes 1, 2, ... in this order; a repeated label raises
---@param options? { ordered?: boolean, separator?: string }
---@return remit.core.dictionary
function dictionary_library.new(labels, options) end
---@class remit.core.dictionary
local dictionary = {}
---@return integer count of members, without "no value"
function dictionary:size() end
---@param code integer
---@return string label "" for 0
function dictionary:label(code) end
---@return string[] labels by code
function dictionary:labels() end
---@param label string
---@return integer code 0 when it is not there
function dictionary:find(label) end
---The code of each label in another dictionary, 0 for those that it does not have.
---@param other remit.core.dictionary
---@return integer[] codes by code
function dictionary:codes(other) end
---@param label string case and stray spaces ignored
---@return integer code 0 when it is not there
function dictionary:match(label) end
---@param label string
---@param max? integer default 5
---@return string[] labels
function dictionary:suggest(label, max) end
---@return boolean
function dictionary:ordered() end
---@return string? separator nil for plain labels
function dictionary:separator() end
---Lets go of the dictionary now instead of when it is collected; twice is harmless.
function dictionary:close() end

---@class remit.core.column_library
local column_library = {}
---@param labels (string|false)[] false is no value
---@param dictionary? remit.core.dictionary otherwise a fresh one in order of appearance
---@return remit.core.column
function column_library.labels(labels, dictionary) end
---@param values (integer|false)[] false is no value
---@param unit remit.unit
---@return remit.core.column
function column_library.ints(values, unit) end
---Every row the same: a label of a dictionary (or false), or an integer (or false) in a unit.
---@param value string|integer|false
---@param count integer
---@param kind remit.core.dictionary|remit.unit
---@return remit.core.column
function column_library.same(value, count, kind) end
---@class remit.core.column
local column = {}
---@return remit.unit
function column:unit() end
---@return integer rows
function column:count() end
---@return { min: integer, max: integer, missing: integer, ascending: boolean }
function column:stats() end
---@return remit.core.dictionary?
function column:dictionary() end
---A label or an integer, nil for no value.
---@param row integer
---@return string|integer|nil
function column:get(row) end
---@param row integer
---@return integer code
function column:code(row) end
---@param map integer[] new code for each code from 1 (0 drops to "no value")
---@param dictionary remit.core.dictionary
---@return remit.core.column
function column:recode(map, dictionary) end
---The same labels, with codes in the byte order of labels.
---@return remit.core.column
function column:sorted() end
---Rows holding each code, and the first such row; index 0 is "no value"; first is nil where there is none.
---@return table<integer, integer> counts, table<integer, integer> first
function column:tally() end
---@return integer bytes
function column:memory() end
---Lets go of the column now instead of when it is collected; twice is harmless.
function column:close() end

---@class remit.core.table_library
local table_library = {}
---@param rows integer
---@return remit.core.table
function table_library.new(rows) end
---@param tables remit.core.table[]
---@return remit.core.table? result, string? message, remit.code? code
function table_library.concat(tables) end
---@class remit.core.table
local tab = {}
---@param name string
---@param column remit.core.column
---@return remit.core.table self
function tab:add(name, column) end
---Code c of a column is row c of `dimension`.
---@param name string
---@param dimension remit.core.table
---@return remit.core.table self
function tab:link(name, dimension) end
---@return integer
function tab:rows() end
---@return string[] in order of adding
function tab:names() end
---@param name string
---@return remit.core.column?
function tab:column(name) end
---@param name string
---@return remit.core.table?
function tab:dimension(name) end
---Whether this is the same table of the core: each call that gives a table gives a handle of its own.
---@param other remit.core.table
---@return boolean
function tab:is(other) end
---The unit of a column, nil when there is none of that name.
---@param name string
---@return remit.unit?
function tab:unit(name) end
---What a path such as "fn.class" names: the column, and the dimension that it links to.
---@param path string
---@return remit.core.column? target, remit.core.table|string|nil dimension_or_message, remit.code? code
function tab:resolve(path) end
---@param rows (integer|false)[] false gives a row of no values
---@return remit.core.table
function tab:take(rows) end
---@param keys { name: string, descending?: boolean, by_label?: boolean }[]
---@return remit.core.table
function tab:sorted(keys) end
---The distinct combinations of some columns.
---@param names string[]
---@return remit.core.groups? groups, string? message, remit.code? code
function tab:distinct(names) end
---@class remit.core.groups
local groups = {}
---@return integer
function groups:count() end
---@param group integer
---@return integer row the first of that combination
function groups:first(group) end
---Lets go of the groups now instead of when it is collected; twice is harmless.
function groups:close() end
---A copy of an integer column in which rows without a value get the value of their group.
---@param name string
---@param of remit.core.groups
---@param values integer[] one a group
---@return remit.core.column? filled, string? message, remit.code? code
function tab:fill(name, of, values) end
---@param spec { whole: string, part: string, shared: string[], flag: string }
---@return remit.core.table? result, string? message, remit.code? code
function tab:split(spec) end
---@param left string
---@param right string
---@param max? integer default 10
---@return integer[] rows, integer count
function tab:exceeds(left, right, max) end
---@return integer bytes
function tab:memory() end
---Lets go of the table now instead of when it is collected; twice is harmless.
function tab:close() end

---@class remit.core.csv
local csv = {}
---@class remit.core.csv_field
---@field heading string
---@field name? string without it the column is declared and not loaded
---@field unit? remit.unit default "code"
---@field format? remit.core.number_format
---@field optional? boolean
---@field required? boolean
---@field unique? boolean
---@field minimum? integer in the unit
---@field maximum? integer
---@class remit.core.csv_source
---@field path? string
---@field text? string instead of a path
---@field fields remit.core.csv_field[]
---@field delimiter? string
---@field encoding? "utf-8"|"windows-1252"
---@field missing? string[]
---@field totals? { field: string, label: string }
---@field salvage? boolean with problems, give what was read as a third value, to look for more of them
---A table when there is no problem; nil and the report when there are; nil, message, code when the file cannot be read at all.
---@param source remit.core.csv_source
---@return remit.core.table? result, remit.core.csv_report|string report, remit.code|remit.core.table|nil code_or_salvaged
function csv.load(source) end
---@class remit.core.csv_problem
---@field row integer
---@field line integer
---@field byte integer
---@field field string
---@field value string
---@field message string
---@field alike integer
---@field total_row boolean
---@class remit.core.csv_report
local report = {}
---@return remit.core.csv_problem[]
function report:problems() end
---@return { rows: integer, more: integer, blank: integer, rounded: integer, bytes: integer }
function report:counts() end
---@param row integer of the table
---@return integer row of the file as a spreadsheet shows it
function report:row(row) end
---Lets go of the report now instead of when it is collected; twice is harmless.
function report:close() end
---The records of a small file one by one: each a list of fields.
---@param source { path?: string, text?: string, delimiter?: string, encoding?: string }
---@return (fun(): string[]?, integer?)? iterator gives fields (none for a blank line) and row, raising on malformed text; `for` closes it
---@return string? message, remit.code? code
function csv.records(source) end

---@class remit.core.predicate_library
local predicate_library = {}
---@param test string
---@return remit.core.predicate? predicate, string? message, remit.code? code, integer? at
function predicate_library.new(test) end
---@class remit.core.predicate
local predicate = {}
---@return string
function predicate:text() end
---@param dictionary remit.core.dictionary
---@param names? remit.core.column names of the members, row c for code c
---@return table<integer, boolean>? pass by code from 0, string? message, remit.code? code, integer? at
function predicate:codes(dictionary, names) end
---@param unit remit.unit
---@return integer[][]? ranges {lowest, highest} pairs, boolean|string missing_or_message, remit.code? code, integer? at
function predicate:ranges(unit) end
---Lets go of the predicate now instead of when it is collected; twice is harmless.
function predicate:close() end

---@class remit.core.selection_library
local selection_library = {}
---@param table remit.core.table
---@return remit.core.selection
function selection_library.all(table) end
---@param table remit.core.table
---@param path string
---@param test string|remit.core.predicate
---@return remit.core.selection? selection, string? message, remit.code? code, integer? at
function selection_library.test(table, path, test) end
---@class remit.core.selection
---@operator band(remit.core.selection): remit.core.selection
---@operator bor(remit.core.selection): remit.core.selection
---@operator bnot: remit.core.selection
local selection = {}
---@return integer
function selection:count() end
---@param max? integer at most so many
---@return integer[] rows
function selection:rows(max) end
---@return remit.core.table
function selection:take() end
---@return remit.core.table
function selection:table() end
---Lets go of the selection now instead of when it is collected; twice is harmless.
function selection:close() end

---@class remit.core.pivot
local pivot = {}
---@class remit.core.measure
---@field name string
---@field column? string
---@field how? "sum"|"rows"|"distinct" default sum
---@field where? remit.core.selection
---@class remit.core.pivot_spec
---@field by? string[]
---@field measures remit.core.measure[]
---@field where? remit.core.selection
---@field totals? boolean
---@field sort? string
---@field ascending? boolean
---@field top? integer
---@field accumulation? "automatic"|"dense"|"hashed"
---@field kept? remit.core.kept sums to answer from and to add to
---@param table remit.core.table
---@param spec remit.core.pivot_spec
---@return remit.core.table? result, string? message, remit.code? code
function pivot.run(table, spec) end
---Sums that are kept between pivots, at most so many bytes of them; the least recently used go first. No answer depends on them.
---@param budget integer bytes
---@return remit.core.kept
function pivot.kept(budget) end
---@class remit.core.kept
local kept = {}
---@return { scans: integer, hits: integer, tables: integer, bytes: integer }
function kept:stats() end
function kept:close() end

---@class remit.core.decision_library
local decision_library = {}
---@class remit.core.decision_input
---@field path string
---@field least? integer of integers: no value lies outside, in the unit of the column; for overlaps and gaps only
---@field most? integer
---Rules of one test an input. On failure `at` is the byte of the test, from 1; rule and input say which, nil rule: the input itself.
---@param table remit.core.table
---@param spec { inputs: (string|remit.core.decision_input)[], rules: string[][] }
---@return remit.core.decision? decision, string? message, remit.code? code, integer? at, integer? rule, integer? input
function decision_library.new(table, spec) end
---@class remit.core.decision
local decision = {}
---The rules that pass, a row: labels such as "2" and "1|2", no value where none does.
---@return remit.core.column? hits, string? message, remit.code? code
function decision:hits() end
---Whether one test passes on one row; false for one that is not there.
---@param row integer
---@param rule integer
---@param input integer
---@return boolean
function decision:passes(row, rule, input) end
---Each two rules that some values that could be meet both: columns "first", "second" and one an input, of tests of those values.
---@param max? integer at most so many rows; default all
---@return remit.core.table? overlaps, integer|string count_or_message, remit.code? code
function decision:overlaps(max) end
---Values that could be and that no rule meets: rows of tests, a column an input, disjoint.
---@param max? integer default 1000
---@return remit.core.table? gaps, boolean|string all_or_message whether these are all of them, remit.code? code
function decision:gaps(max) end
---Lets go of the decision now instead of when it is collected; twice is harmless.
function decision:close() end
---Local names on to the members of a vocabulary: names are compared without case, accents and punctuation, then rules are tried in order.
---@class remit.core.match_library
local match_library = {}
---@return remit.core.match
function match_library.new() end
---@class remit.core.match
local match = {}
---A name of a target; the same name for two targets is ambiguous.
---@param text string
---@param target integer from 1
---@return remit.core.match? self, string? message, remit.code? code, integer? at
function match:name(text, target) end
---A pattern with * and ? that a whole name must meet.
---@param pattern string
---@param target integer from 1
---@return remit.core.match? self, string? message, remit.code? code, integer? at
function match:rule(pattern, target) end
---What a text means: target 0 for none and ambiguous; the number of the rule, from 1, else 0.
---@param text string
---@return "none"|"name"|"rule"|"ambiguous"|nil how, integer|string target, integer|remit.code rule, integer? at
function match:find(text) end
---The targets most like a text, likeliest first.
---@param text string
---@param max? integer default 5, at most 1024
---@param least? number least likeness, 0 to 1
---@return { target: integer, score: number }[]? list, string? message, remit.code? code, integer? at
function match:suggest(text, max, least) end
function match:close() end

---@class remit.core.changeset_library
local changeset_library = {}
---@alias remit.core.steps integer[][] { month, factor in units of 10^-12 }, months rising
---@class remit.core.operation other fields are the caller's own
---@field effect "scale"|"share"|"extra"|"recode"
---@field where remit.core.selection of the table, or of one that has the first of its rows
---@field layer? integer from 0; does not fall
---@field channels? integer[] from 0; default all
---@field account? integer from 0, which is who has a line at first
---@field steps? remit.core.steps
---@field column? string of a recode
---@field code? integer of a recode
---Operations as trails of lines. Messages speak of "operation N", from 1.
---@param table remit.core.table
---@param spec { accounts: integer, operations: remit.core.operation[] }
---@return remit.core.changeset? changeset, string? message, remit.code? code
function changeset_library.new(table, spec) end
---Figures times the factor of their trail: NAME"#high" and NAME"#low" in the place of each NAME, exact however they are summed.
---@param cells remit.core.table
---@param trail string
---@param factors remit.core.factors|integer[] of a list, an entry from 0 for each trail
---@param names string[]
---@return remit.core.table? weighed, string? message, remit.code? code
function changeset_library.weighed(cells, trail, factors, names) end
---Sums of such figures divided and rounded: NAME in the place of both. Parts add up to what they are parts of, by the keys in their order.
---@param groups remit.core.table
---@param keys string[]
---@param names string[]
---@param divisor? integer
---@return remit.core.table? settled, string? message, remit.code? code
function changeset_library.settled(groups, keys, names, divisor) end
---Both at once: cells times the factors of their trails, grouped by paths, divided and rounded. Selections are of the part's cells.
---@param asked { parts: remit.core.part[], by?: string[], names: string[], divisor?: integer }
---@return remit.core.table? figures, string? message, remit.code? code
function changeset_library.figures(asked) end
---@class remit.core.part
---@field cells remit.core.table
---@field trail string
---@field factors (remit.core.factors|integer[])[] for each name
---@field where? remit.core.selection
---@class remit.core.changeset
local changeset = {}
---The trails, labelled by the numbers of their operations.
---@return remit.core.dictionary
function changeset:labels() end
---Each line's trail. Made when it is first asked for, which reads the lines.
---@return remit.core.column
function changeset:trails() end
---The lines, perhaps with other links, with the columns that `cells` finds trails by; reads no line.
---@param lines remit.core.table
---@return remit.core.table? marked, string? message, remit.code? code
function changeset:marked(lines) end
---Sums of marked lines by columns of theirs and the trail; a combination may have several rows.
---@param question remit.core.pivot_spec by, measures, where, kept
---@param marked remit.core.table
---@param trail string the name of the column
---@return remit.core.table? cells, string? message, remit.code? code
function changeset:cells(question, marked, trail) end
---How many lines an operation touches.
---@param operation integer
---@return integer
function changeset:touched(operation) end
---The same with other steps, of one operation or of { [operation] = steps }. Reads no row.
---@param operation integer|table<integer, remit.core.steps>
---@param steps? remit.core.steps
---@return remit.core.changeset? changeset, string? message, remit.code? code
function changeset:with(operation, steps) end
---What of a line of each trail is in an account, or in some together.
---@param month integer
---@param accounts integer|integer[]
---@param channel integer
---@return remit.core.factors? factors, string? message, remit.code? code
function changeset:factors(month, accounts, channel) end
---What one operation took, moved or added.
---@param month integer
---@param operation integer
---@param channel integer
---@return remit.core.factors? factors, string? message, remit.code? code
function changeset:effect(month, operation, channel) end
---What the lines of an operation come to when its turn comes.
---@param month integer
---@param operation integer
---@param channel integer
---@param sums remit.core.factors|integer[] by trail, before any change
---@param without? integer[] scales of its layer that are left out
---@return integer? total, string? message, remit.code? code
function changeset:before(month, operation, channel, sums, without) end
---A grouping of the lines with their trail, with the members of the month.
---@param month integer
---@param cells remit.core.table
---@param trail string
---@return remit.core.table? recoded, string? message, remit.code? code
function changeset:recode(month, cells, trail) end
---Months in which something changes, rising.
---@return integer[]? months, string? message, remit.code? code
function changeset:months() end
function changeset:close() end
---@class remit.core.factors a value for each trail: factors[code], from 0; #factors is the highest code. May be assigned.
---@field [integer] integer
---@operator len: integer

---@class remit.core.json
---@field null userdata what JSON's null becomes
local json = {}
---Strict: duplicate keys, NaN, hexadecimal, trailing text, a byte-order mark, invalid UTF-8, nesting past 64, and numbers out of range or of more digits
---than a double or 64 bits keep are refused with line and column.
---Objects and arrays become tables; json.kind tells them apart, empty ones too.
---@param text string
---@return any value, string? message, remit.code? code, integer? line, integer? column
function json.read(text) end
---nil for what JSON does not have. A table made in Lua is an array when it has a first item.
---@param value any
---@return "object"|"array"|"null"|"string"|"number"|"boolean"|nil
function json.kind(value) end

---@class remit.core.file
local file = {}
---@param path string
---@param max? integer bytes, default 64 MiB
---@return string? text, string? message, remit.code? code
function file.read(path, max) end
---Writes beside the target and renames, so that a full disk leaves the old file whole.
---@param path string
---@param text string
---@return boolean? ok, string? message, remit.code? code
function file.write(path, text) end
---What can be known before anything is written: whether it is a folder, or lies in none.
---@param path string
---@return boolean? ok, string? message, remit.code? code
function file.writable(path) end
---@param path string
---@return "file"|"directory"|nil nil when there is nothing
function file.kind(path) end

---@class remit.core.bundle a bundle's container, in memory: a zip of which every bit is fixed by the names and bytes of its files
local bundle = {}
---Refuses whatever `write` would not have written.
---@param bytes string
---@return { name: string, bytes: string }[]? files manifest.json first, the others in byte order; string? message, remit.code? code, integer? at
function bundle.read(bytes) end
---@param files { name: string, bytes: string }[] as `read` gives them; at most 256, 32 MiB
---@return string? bytes, string? message, remit.code? code
function bundle.write(files) end
---Whether a name is a plain relative path that means one file on every system.
---@param name string
---@return boolean? fine, string? message, remit.code? code
function bundle.check_name(name) end

---@class remit.core.signature keys and signatures of minisign's kind, in base64. A key's number is what minisign calls its ID
local signature = {}
---@param password? string without one the secret key is not sealed
---@param operations? integer work to open it; default what minisign takes, seconds and a gigabyte
---@param memory? integer bytes
---@return string? public, string secret_or_message, string number_or_code
function signature.new_key(password, operations, memory) end
---@param secret string
---@return boolean? sealed, string? message, remit.code? code
function signature.is_sealed(secret) end
---@param secret string
---@param password? string
---@param bytes string
---@param comment string
---@return string? signature, string global_or_message of the signature and the comment, string number_or_code
function signature.sign(secret, password, bytes, comment) end
---@param public string
---@param made string the signature
---@param global string
---@param bytes string
---@param comment string
---@return boolean? ok, string? message, remit.code? code
function signature.verify(public, made, global, bytes, comment) end
---@param text string a public key or a signature
---@return string? number 16 hexadecimal digits, string? message, remit.code? code
function signature.number(text) end

---@class remit.core.workbook_library
local workbook_library = {}
---A new XLSX workbook. Sheets, rows and columns count from 1.
---@param title string
---@param seconds integer since 1970: the only date in it
---@return remit.core.workbook? workbook, string? message, remit.code? code
function workbook_library.new(title, seconds) end
---@class remit.core.workbook
local workbook = {}
---@param name string at most 31 characters, unlike any other
---@return integer sheet
function workbook:sheet(name) end
---@param given { number?: string, bold?: boolean, size?: integer, wrap?: boolean, right?: boolean }
---@return integer format
function workbook:format(given) end
---Text, whatever it begins with.
---@param sheet integer
---@param row integer
---@param column integer
---@param text string
---@param format? integer
function workbook:text(sheet, row, column, text, format) end
---@param sheet integer
---@param row integer
---@param column integer
---@param value number
---@param format? integer
function workbook:number(sheet, row, column, value, format) end
---A formula, with the value that it has: what a reader that does not calculate shows.
---@param sheet integer
---@param row integer
---@param column integer
---@param formula string
---@param value number
---@param format? integer
function workbook:formula(sheet, row, column, formula, value, format) end
---@param sheet integer
---@param row integer
---@param column integer
---@param url string "internal:'Sheet'!A1"
---@param text string
function workbook:link(sheet, row, column, url, text) end
---@param sheet integer
---@param column integer
---@param width number in characters
---@param format? integer of cells that are empty yet
function workbook:width(sheet, column, width, format) end
---Offers texts, or the cells of a range ("='groups'!$A$2:$A$99"), where a cell is filled in; others may be written after a warning.
---@param sheet integer
---@param column integer
---@param first_row integer
---@param last_row integer
---@param choices string[]|string
function workbook:choices(sheet, column, first_row, last_row, choices) end
---Rows above this one stay in sight.
---@param sheet integer
---@param row integer
function workbook:freeze(sheet, row) end
---Marks a table up, from the first column on, and writes its headings.
---@param sheet integer
---@param first_row integer that of the headings
---@param last_row integer
---@param name string
---@param headings string[]
function workbook:table(sheet, first_row, last_row, name, headings) end
---Ends the workbook.
---@return string? bytes, string? message, remit.code? code
function workbook:bytes() end
function workbook:close() end

---@class remit.core.spreadsheet_library
local spreadsheet_library = {}
---A workbook (.xlsx) that others made, from its bytes. No zip, an encrypted one, one packed beyond belief and the like are refused.
---@param bytes string
---@return remit.core.spreadsheet? spreadsheet, string? message, remit.code? code
function spreadsheet_library.open(bytes) end
---@class remit.core.spreadsheet
local spreadsheet = {}
---@return { name: string, hidden: boolean }[]
function spreadsheet:sheets() end
---A sheet as CSV, record by row; formulas are their stored results. What is wrong with cells by themselves (merged, errors, no result) comes second;
---`count` may be more than are listed.
---@param sheet integer
---@return string? text, { row: integer, column: integer, message: string }[]|string trouble_or_message, remit.code? code
function spreadsheet:csv(sheet) end
---The workbook with figures in cells, given in the order of sheet, row and column. Formulas lose their stored results and are calculated when it is opened. The
---spreadsheet is spent. When cells cannot be filled, why by their position: "merged", "formula" or "locked".
---@param cells { sheet: integer, row: integer, column: integer, text: string }[]
---@return string? bytes, integer|string formulas_or_message, remit.code? code, table<integer, string>? trouble
function spreadsheet:fill(cells) end
function spreadsheet:close() end

return {}
