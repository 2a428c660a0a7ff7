-- SPDX-License-Identifier: Apache-2.0
-- Which functions need which: the list, the matrix, what must move along (closure) and what runs in a circle. From dependencies.csv.

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local graph <const> = require "remit.graph"
local plain <const> = require "remit.plain"
local resolve <const> = require "remit.pack.resolve"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local depends <const> = {}

local declared <const> = args.declare { name = "depends", doc = "Which functions need which, and why.",
  example = 'print(base:depends { fn = "nbhd_partnerships" })',
  { name = "fn", kind = "string", doc = "a test of the functions that need" },
  { name = "needs", kind = "string", doc = "a test of the functions that are needed" },
  { name = "kind", kind = "string", doc = "a test of the kinds" },
  { name = "matrix", kind = "boolean", default = false, doc = "functions by functions, with the kinds in the cells" },
}

local declared_closure <const> = args.declare { name = "closure",
  doc = "What else must move when functions move: what they need and their parts, with the way there and the price.",
  example = 'print(base:closure { "pc_ops", "nbhd_partnerships" })',
  { name = "kind", kind = "string", doc = "a test of the kinds of dependency to follow; all by default" },
  { name = "where", kind = "selection", doc = "the lines that make up the price; all by default" },
  { name = "at", kind = "month", doc = "the month of the price" },
}

local function dependencies(model)
  local source <const> = state_of[model].sources.dependencies
  if not source then
    fault.raise { code = "dependencies", message = "this pack has no dependencies.csv", hints = { "its fields are fn, needs, kind, why, ref" } }
  end
  return source.table
end

local function chosen_rows(model, tests)
  return select.new(model, tests, "dependencies", nil, dependencies(model)):on(dependencies(model), "", "dependencies")
end

local function members_of(model)
  return state_of[model].members.fn
end

-- Who moves, moves with its parts.
local function add_parts(members, from, to)
  local parent <const> = members.table:column "parent"
  for code = 1, parent and members.table:rows() or 0 do
    if parent:code(code) ~= 0 then
      from[#from + 1], to[#to + 1] = parent:code(code), code
    end
  end
end

-- The dependencies as a graph over the members of fn, and the row of each edge; with parts, edges without a row lead from each whole to its parts.
local function graph_of(model, tests, with_parts)
  local core_table <const>, from <const>, to <const> = dependencies(model), {}, {}
  local rows <const> = chosen_rows(model, tests):rows()
  local fn <const>, needs <const> = core_table:column "fn", core_table:column "needs"
  for edge, row in ipairs(rows) do
    from[edge], to[edge] = fn:code(row), needs:code(row)
  end
  if with_parts then
    add_parts(members_of(model), from, to)
  end
  return graph.new(members_of(model).dictionary:size(), from, to), rows
end

local function matrix(model, core_table, rows)
  local fn <const>, needs <const>, kind <const> = core_table:column "fn", core_table:column "needs", core_table:column "kind"
  local in_row <const>, in_column <const>, cells <const> = {}, {}, {}
  for _, row in ipairs(rows) do
    local from <const>, to <const> = fn:code(row), needs:code(row)
    local key <const> = from .. ">" .. to
    in_row[from], in_column[to] = true, true
    cells[key] = cells[key] and cells[key] .. ", " .. (kind:get(row) or "needs") or kind:get(row) or "needs"
  end
  local labels <const>, columns <const>, froms <const> = members_of(model).dictionary, {}, {}
  for code = 1, labels:size() do
    froms[#froms + 1] = in_row[code] and code or nil
  end
  columns[1] = { name = "fn", display = "text", values = {} }
  for index, from in ipairs(froms) do
    columns[1].values[index] = labels:label(from)
  end
  for to = 1, labels:size() do
    if in_column[to] then
      local values <const> = {}
      for index, from in ipairs(froms) do
        values[index] = cells[from .. ">" .. to] or false
      end
      columns[#columns + 1] = { name = labels:label(to), display = "text", values = values }
    end
  end
  return frame.from { keys = { "fn" }, columns = columns, about = model:about { title = "Dependencies: each row needs", money = false } }
end

---@param model remit.model
---@param given? table
---@return remit.frame
function depends.list(model, given)
  local spec <const> = declared(given)
  local core_table <const> = dependencies(model)
  local rows <const> = chosen_rows(model, { fn = spec.fn, needs = spec.needs, kind = spec.kind }):rows()
  if spec.matrix then
    return matrix(model, core_table, rows)
  end
  local columns <const> = {}
  for _, name in ipairs { "fn", "needs", "kind", "why", "ref" } do
    columns[#columns + 1] = { name = name, display = "text" }
  end
  return frame.new { table = core_table:take(rows), columns = columns, keys = {},
    about = model:about { title = "Dependencies", money = false, notes = #rows == 0 and { "None." } or nil } }
end

local function codes_of(model, ids)
  local members <const>, codes <const>, labels <const> = members_of(model), {}, {}
  if type(ids) ~= "table" then
    ids = { ids }
  end
  for index, id in ipairs(ids) do
    if type(id) ~= "string" then
      fault.raise { code = "closure", message = ("closure needs ids of functions, not a %s"):format(type(id)), hints = { 'base:closure { "pc_ops" }' } }
    end
    local code <const>, message <const> = resolve.member(members, id)
    if not code then
      fault.raise { code = "closure", message = ("'%s' is %s"):format(id, message) }
    end
    codes[index], labels[index] = code, members.dictionary:label(code)
  end
  local again <const> = plain.repeated(labels)
  if again then
    fault.raise { code = "closure", message = "closure: " .. again }
  end
  if #codes == 0 then
    fault.raise { code = "closure", message = "closure needs the ids of functions: which are to move?", hints = { 'base:closure { "pc_ops" }' } }
  end
  return codes
end

local NAMED <const> = 100

-- The names of functions; of very many the first ones, and the last.
local function names_text(labels, codes, between)
  local words <const> = {}
  for index = 1, #codes > NAMED and NAMED - 1 or #codes do
    words[index] = labels:label(codes[index])
  end
  if #codes > NAMED then
    words[NAMED] = ("... (%d more)"):format(#codes - NAMED)
    words[NAMED + 1] = labels:label(codes[#codes])
  end
  return table.concat(words, between)
end

local SHOWN <const> = 20

-- The ways as texts, by node: each is that to the node before and one more, in the order of the search. Long ones are said by their beginning and
-- their end, so that all of them together stay linear; the rows of the nodes between say the rest.
local function way_texts(labels, network, order, by_edge)
  local begun <const>, steps <const>, texts <const> = {}, {}, {}
  for _, node in ipairs(order) do
    local before <const>, label <const> = network.from[by_edge[node]], labels:label(node)
    steps[node] = before and steps[before] + 1 or 1
    if not before then
      begun[node], texts[node] = label, "asked for"
    elseif steps[node] <= SHOWN then
      begun[node] = begun[before] .. " > " .. label
      texts[node] = begun[node]
    else
      local between <const> = steps[node] - SHOWN - 1
      begun[node] = begun[before]
      texts[node] = ("%s > %s%s"):format(begun[node], between > 0 and ("... (%d more) > "):format(between) or "", label)
    end
  end
  return texts
end

local PRICES <const> = { cost = "£", wte = "WTE" }

local AT_ONCE <const> = 500

-- The lines of functions, however many: one test has a limit.
local function lines_of(model, ids)
  local lines
  for first = 1, #ids, AT_ONCE do
    local more <const> = model:lines { fn = table.move(ids, first, math.min(first + AT_ONCE - 1, #ids), 1, {}) }
    lines = lines and lines | more or more
  end
  return lines
end

-- What the lines of the functions cost: a pivot by function, whose last row is the total; and the row of each function.
local function prices(model, spec, ids)
  local names <const>, row_of <const> = {}, {}
  for _, measure in ipairs(state_of[model].measures) do
    names[#names + 1] = PRICES[measure.name] and measure.name
  end
  local where = lines_of(model, ids)
  if spec.where then
    where = where & select.new(model, spec.where, "lines")
  end
  local priced <const> = #names > 0 and model:pivot { measures = names, by = { "fn" }, where = where, at = spec.at, totals = true }
  for index = 1, priced and #priced or 0 do
    row_of[priced:get(index, "fn") or ""] = index
  end
  return names, priced, row_of
end

local function text_column(name)
  return { name = name, display = "text", values = {} }
end

-- Each function with its way and its price, and the price of all.
local function closure_columns(model, spec, network, rows, order, by_edge)
  local labels <const>, core_table <const> = members_of(model).dictionary, dependencies(model)
  local fn <const>, way <const>, kind <const>, why <const> = text_column "fn", text_column "way", text_column "kind", text_column "why"
  local ways <const> = way_texts(labels, network, order, by_edge)
  for index, code in ipairs(order) do
    local row <const> = rows[by_edge[code]]
    fn.values[index], way.values[index] = labels:label(code), ways[code]
    if row then
      kind.values[index], why.values[index] = core_table:column("kind"):get(row), core_table:column("why"):get(row)
    elseif by_edge[code] > 0 then
      kind.values[index], why.values[index] = "part", "a part of " .. labels:label(network.from[by_edge[code]])
    end
  end
  local names <const>, priced <const>, row_of <const> = prices(model, spec, fn.values)
  local columns <const> = { fn }
  for _, name in ipairs(names) do
    local values <const> = {}
    for index, id in ipairs(fn.values) do
      values[index] = row_of[id] and priced:get(row_of[id], name) or 0
    end
    values[#order + 1] = #priced > 0 and priced:get(#priced, name) or 0
    columns[#columns + 1] = { name = name, display = PRICES[name], values = values }
  end
  return table.move({ way, kind, why }, 1, 3, #columns + 1, columns)
end

---@param model remit.model
---@param ids string|string[]
---@param given? table
---@return remit.frame
function depends.closure(model, ids, given)
  local spec <const> = declared_closure(given)
  local starts <const> = codes_of(model, ids)
  local network <const>, rows <const> = graph_of(model, { kind = spec.kind }, true)
  local order <const>, by_edge <const> = network:reach(starts)
  local labels <const>, levels <const>, wanted <const> = members_of(model).dictionary, {}, {}
  for index, code in ipairs(starts) do
    wanted[index] = labels:label(code)
  end
  for index = 1, #order + 1 do
    levels[index] = index <= #order and 1 or 0
  end
  return frame.from { keys = { "fn" }, columns = closure_columns(model, spec, network, rows, order, by_edge), rows = #order + 1, levels = levels,
    about = model:about { title = "Closure of " .. table.concat(wanted, ", "), at = spec.at,
      notes = { ("%d of %d functions move."):format(#order, labels:size()) } } }
end

---@param model remit.model
---@return remit.frame
function depends.cycles(model)
  local network <const> = graph_of(model, {})
  local labels <const>, ways <const>, sizes <const>, all <const> = members_of(model).dictionary, {}, {}, {}
  for index, found in ipairs(network:cycles()) do
    ways[index], sizes[index] = names_text(labels, found.circle, " > "), #found.nodes
    all[index] = names_text(labels, found.nodes, ", ")
  end
  return frame.from { keys = {}, columns = { { name = "circle", display = "text", values = ways },
    { name = "functions", display = "count", values = sizes }, { name = "all", display = "text", values = all } },
    about = model:about { title = "Dependencies in a circle", money = false, notes = { #ways == 0 and "None."
      or "Functions of a circle need each other: they move together or not at all." } } }
end

return depends
