-- SPDX-License-Identifier: Apache-2.0
-- The rows of a crosswalk, from a CSV file or a Lua table, and what can be said of each without a vocabulary.

local core <const> = require "remit.core"
local descriptor <const> = require "remit.pack.descriptor"
local none <const> = require "remit.none"
local plain <const> = require "remit.plain"
local sheet <const> = require "remit.sheet"
local show <const> = require "remit.show"

local rows <const> = {}

---@class remit.crosswalk.row
---@field from string a local name, or a pattern with * and ?
---@field fn string
---@field field string the field of the lines that has the local name
---@field share? integer millionths of a per cent
---@field confirmed boolean
---@field why? string
---@field row? integer as a spreadsheet shows it, or the position in a Lua table

rows.HEADINGS = { "field", "from", "fn", "share", "status", "why" }
rows.ALL = 100 * 1000000

local known <const> = { confirmed = true, suggested = true, [""] = true }
local DEFAULT_FIELD <const> = "fn"

local function percent(text)
  return core.number.parse(text, { decimals = 6, percent = true })
end

-- One row, checked; nil when it cannot be used.
local function made(cells, file, number, problems)
  local before <const> = #problems.list
  local function wrong(field, message)
    problems:add { file = file, row = number, field = field, value = cells[field] ~= "" and cells[field] or nil, message = message }
  end
  for _, field in ipairs { "from", "fn" } do
    if cells[field] == "" then
      wrong(field, field == "from" and "is empty: which local name?" or "is empty: which function?")
    end
  end
  local share, message
  if cells.share ~= "" then
    share, message = percent(cells.share)
    if not share then
      wrong("share", message .. ": a percentage such as 60%")
    elseif share <= 0 or share > rows.ALL then
      wrong("share", "a share is above 0% and at most 100%")
    end
  end
  if not known[cells.status:lower()] then
    wrong("status", descriptor.with_hint("not one of confirmed, suggested", cells.status, { "confirmed", "suggested" }))
  end
  if #problems.list > before then
    return nil
  end
  return { from = cells.from, fn = cells.fn, field = cells.field ~= "" and cells.field or DEFAULT_FIELD, share = share,
    confirmed = cells.status:lower() ~= "suggested", why = cells.why ~= "" and cells.why or nil, row = number }
end

local function columns_of(fields, file, problems)
  local at <const> = {}
  for index, written in ipairs(fields) do
    local name <const> = sheet.trim(written):lower()
    if at[name] then
      problems:add { file = file, row = 1, field = name, message = "this heading stands twice" }
    elseif plain.among(rows.HEADINGS, name) then
      at[name] = index
    elseif name ~= "" then
      problems:add { file = file, row = 1, field = name, message = descriptor.with_hint("not a heading of a crosswalk", name, rows.HEADINGS) }
    end
  end
  for _, name in ipairs { "from", "fn" } do
    if not at[name] then
      problems:add { file = file, row = 1, field = name, message = "this heading is missing: field,from,fn,share,status,why (only from and fn are needed)" }
    end
  end
  return at.from and at.fn and at or nil
end

local function record(fields, at)
  local cells <const> = {}
  for _, name in ipairs(rows.HEADINGS) do
    cells[name] = sheet.trim(at[name] and fields[at[name]] or "")
  end
  return cells
end

---Reads a file or a text; what is wrong goes to the problems, under the name `file`.
---@param source { path?: string, text?: string }
---@return remit.crosswalk.row[]
function rows.read(source, file, problems)
  local list <const>, headed, at = {}, false, nil
  local problem <const> = sheet.each(source, source.path or file, function(fields, number)
    if #fields > 0 and not headed then
      headed, at = true, columns_of(fields, file, problems)
    elseif #fields > 0 and at then
      list[#list + 1] = made(record(fields, at), file, number, problems)
    end
  end)
  if problem then
    problems:add { file = file, message = problem }
    return {}
  elseif not headed then
    problems:add { file = file, message = "is empty: its headings are field,from,fn,share,status,why" }
  end
  return list
end

local function cell_text(value)
  return type(value) == "number" and ("%.15g%%"):format(value * 100) or type(value) == "string" and sheet.trim(value) or nil
end

---The rows of a Lua table: { { from = "CHC team", fn = "chc", share = "60%", why = "..." }, ... }.
---@return remit.crosswalk.row[]
function rows.of(given, file, problems)
  local list <const> = {}
  for number, one in ipairs(given) do
    local cells <const> = {}
    for _, name in ipairs(rows.HEADINGS) do
      cells[name] = type(one) == "table" and cell_text(one[name]) or ""
    end
    local before <const> = #problems.list
    for _, name in ipairs(type(one) == "table" and rows.HEADINGS or {}) do
      if one[name] ~= nil and one[name] ~= none and not cell_text(one[name]) then
        problems:add { file = file, row = number, field = name, message = ("is a text%s, not a %s"):format(name == "share" and " or a number" or "",
          plain.object_name(one[name]) or type(one[name])) }
      end
    end
    for key in pairs(type(one) == "table" and one or {}) do
      if not plain.among(rows.HEADINGS, key) then
        problems:add { file = file, row = number, field = tostring(key),
          message = descriptor.with_hint("not a field of a crosswalk's row", tostring(key), rows.HEADINGS) }
      end
    end
    if #problems.list == before then
      list[#list + 1] = made(cells, file, number, problems)
    end
  end
  return list
end

---A share as it is written.
---@param share integer
---@return string
function rows.percent_text(share)
  return show.share(share, 6)
end

---What is wrong with shares that are not all of a thing.
---@param sum integer
---@return string
function rows.sum_text(sum)
  local hint <const> = sum <= rows.ALL // 100 and ". A share without a percent sign is a percentage too: write 60%, not 0.6" or ""
  return ("its shares add up to %s and not to 100%%%s"):format(rows.percent_text(sum), hint)
end

return rows
