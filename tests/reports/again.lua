-- SPDX-License-Identifier: Apache-2.0
-- Workbooks that LibreOffice saved, read again: `again.lua FOLDER`, where it saved the workbook of a pack, and files of the pack that it opened as CSV.

local core <const> = require "remit.core"
local remit <const> = require "remit"

local SAVED <const> = arg[1]

local function opened(path)
  return assert(core.spreadsheet.open(assert(core.file.read(path))))
end

local function records(source)
  local list <const> = {}
  for fields in core.csv.records(source) do
    for index, text in ipairs(fields) do
      fields[index] = text:find "^%-?%d+%.%d+$" and text:gsub("0+$", ""):gsub("%.$", "") or text -- 118560.00 is a number, and its noughts are none's
    end
    list[#list + 1] = table.concat(fields, "\0"):gsub("%z*$", "")
  end
  return list
end

local was <const>, is <const> = remit.load "examples/nenc", remit.load(SAVED .. "/pack.xlsx")
assert(was:hash() == is:hash(), "the pack is another after LibreOffice saved it")

local compared = 0
for _, name in ipairs { "posts", "assignments", "budget_lines", "places", "assumptions" } do
  local before <const> = records { path = ("examples/nenc/%s.csv"):format(name) }
  local after <const> = records { text = assert(opened(("%s/%s.xlsx"):format(SAVED, name)):csv(1)) }
  assert(#before == #after and #before > 10, name .. ": rows are lost")
  for row, text in ipairs(before) do
    assert(after[row] == text, ("%s, row %d: %s for %s"):format(name, row, after[row], text))
    compared = compared + 1
  end
end

print(("again: 1 pack and %d rows are what they were"):format(compared))
