-- SPDX-License-Identifier: Apache-2.0
-- Workshop tables rank what should move first: each table's rank beside the pooled one (Borda), and where tables differ most. Rankings may be partial,
-- and may tie.

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local sheet <const> = require "remit.sheet"

local rank <const> = {}

local declared <const> = args.declare { name = "rank", doc = "Rankings of workshop tables, pooled; or a CSV file with the columns table, rank, item.",
  example = 'print(remit.rank { tables = { I = { "primary care", { "estates", "digital" } }, II = { "digital", "primary care" } } })',
  { name = "tables", kind = "table", required = true, doc = "by table a list, first ranked first; a list inside it is a tie" },
  { name = "items", kind = "list", default = {}, doc = "all that could be ranked, where no table ranked some of it" },
}

-- ---- Reading ----

local function wrong(name, message, ...)
  fault.raise { code = "rank", message = ("rank: table '%s': %s"):format(name, message:format(...)) }
end

local function check_whole(name, list)
  local problem <const> = plain.astray(list)
  if problem then
    wrong(name, "%s", problem)
  end
end

-- A table's ranking: for each item its place (ties share one) and how many stand there.
local function placed(name, list)
  if type(list) ~= "table" or #list == 0 then
    wrong(name, "a list of items, first ranked first")
  end
  check_whole(name, list)
  local places <const>, order <const>, at = {}, {}, 1
  for _, entry in ipairs(list) do
    local tied <const> = type(entry) == "table" and entry or { entry }
    check_whole(name, tied)
    for _, item in ipairs(tied) do
      if type(item) ~= "string" or item == "" then
        wrong(name, "an item is a text, not a %s", type(item))
      elseif places[item] then
        wrong(name, "'%s' is ranked twice", item)
      end
      places[item] = { at = at, tied = #tied }
      order[#order + 1] = item
    end
    at = at + #tied
  end
  return { name = name, places = places, order = order }
end

-- Rows of table, rank and item as lists with ties: rows of a table that have the same rank.
local function lists_of(read)
  local column <const>, by <const> = {}, {}
  for _, heading in ipairs(read.headings) do
    column[heading.text:lower()] = heading.column
  end
  for _, name in ipairs { "table", "rank", "item" } do
    if not column[name] then
      fault.raise { code = "rank", message = ("%s has no column '%s': it needs table, rank, item"):format(read.path, name) }
    end
  end
  for _, row in ipairs(read.rows) do
    local name <const>, item <const> = row.cells[column.table], row.cells[column.item]
    local at <const> = math.tointeger(row.cells[column.rank])
    if not name or not item or not at or at < 1 then
      fault.raise { code = "rank", message = ("%s: a table, a whole rank from 1 and an item"):format(sheet.where(read, row.row)) }
    end
    by[name] = by[name] or {}
    by[name][at] = by[name][at] or {}
    table.insert(by[name][at], item)
  end
  local lists <const> = {}
  for _, name in ipairs(plain.keys(by)) do
    lists[name] = {}
    for _, at in ipairs(plain.rows(by[name])) do
      table.insert(lists[name], by[name][at])
    end
  end
  return lists
end

local function every_item(tables, more)
  local items <const>, seen <const> = {}, {}
  local function add(item)
    items[#items + 1] = not seen[item] and item or nil
    seen[item] = true
  end
  for _, one in ipairs(tables) do
    for _, item in ipairs(one.order) do
      add(item)
    end
  end
  for _, item in ipairs(more) do
    add(item)
  end
  return items
end

-- ---- Pooling ----

-- Twice the place of an item at a table, ties and what it left out at the mean of the places that they share: so a whole number.
local function twice_place(one, item, count)
  local place <const> = one.places[item]
  if place then
    return 2 * place.at + place.tied - 1
  end
  return #one.order + 1 + count
end

local function row_of(tables, item, count)
  local row <const> = { item = item, points = 0, ranks = {}, named = 0 }
  local least, most
  for index, one in ipairs(tables) do
    local twice <const> = twice_place(one, item, count)
    row.points = row.points + 2 * count - twice
    row.ranks[index] = one.places[item] and one.places[item].at or false
    row.named = row.named + (one.places[item] and 1 or 0)
    least, most = math.min(least or twice, twice), math.max(most or twice, twice)
  end
  row.spread = (most - least) / 2
  return row
end

-- Items by points; as many are the same rank as have the same points.
local function pooled(tables, items)
  local list <const>, order <const> = {}, {}
  for index, item in ipairs(items) do
    list[index] = row_of(tables, item, #items)
    order[list[index]] = index
  end
  table.sort(list, function(a, b)
    if a.points ~= b.points then
      return a.points > b.points
    end
    return order[a] < order[b]
  end)
  for index, row in ipairs(list) do
    row.rank = index > 1 and list[index - 1].points == row.points and list[index - 1].rank or index
  end
  return list
end

-- ---- The frame ----

-- Where tables that did rank it are furthest apart.
local function difference(tables, list)
  local widest
  for _, row in ipairs(list) do
    widest = row.spread > (widest and widest.spread or 0) and row or widest
  end
  if not widest then
    return "The tables do not differ."
  end
  local words <const> = {}
  for index, one in ipairs(tables) do
    words[index] = ("%s %s"):format(one.name, widest.ranks[index] and tostring(widest.ranks[index]) or "not at all")
  end
  return ("Tables differ most on '%s': ranked by %s."):format(widest.item, table.concat(words, ", "))
end

local function columns_of(tables, list)
  local columns <const> = { { name = "item", display = "text" }, { name = "rank", title = "pooled rank", display = "count" },
    { name = "points", title = "Borda points", display = "number" } }
  for index, one in ipairs(tables) do
    columns[#columns + 1] = { name = "table " .. one.name, title = one.name, display = "count", at = index }
  end
  columns[#columns + 1] = { name = "spread", title = "places apart", display = "number" }
  for _, column in ipairs(columns) do
    column.values = {}
    for row, entry in ipairs(list) do
      column.values[row] = column.at and entry.ranks[column.at]
      if not column.at then
        column.values[row] = column.name == "points" and entry.points / 2 or entry[column.name]
      end
    end
  end
  return columns
end

---@param given string|{ tables: table<string, (string|string[])[]>, items?: string[] }
---@return remit.frame
function rank.new(given)
  local spec <const> = declared(type(given) == "string" and { tables = lists_of(sheet.read(given)) } or given)
  local tables <const>, lists <const> = {}, {}
  for name, list in pairs(spec.tables) do -- copying: order does not matter
    if lists[tostring(name)] then
      wrong(tostring(name), "two tables have this name, one as a number and one as a text")
    end
    lists[tostring(name)] = list
  end
  for index, name in ipairs(plain.keys(lists)) do
    tables[index] = placed(name, lists[name])
  end
  if #tables == 0 then
    fault.raise { code = "rank", message = "rank: no table ranks anything" }
  end
  local list <const> = pooled(tables, every_item(tables, spec.items))
  return frame.from { keys = { "item" }, columns = columns_of(tables, list), rows = #list, about = { title = "Ranking", notes = {
    ("Borda: of %d items a table's first is worth %d points, its last none; ties, and what a table left out, the mean of the places that they share."):format(
      #list, #list - 1), difference(tables, list) } } }
end

return rank
