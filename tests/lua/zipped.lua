-- SPDX-License-Identifier: Apache-2.0
-- zipped: workbooks made by hand, part by part, for what no spreadsheet program would write. Stored, not packed.
--
--   zipped.book { sheets = { Posts = '<row r="1">...</row>' } }     -> bytes

local zipped <const> = {}

local crcs <const> = {}
for byte = 0, 255 do
  local crc = byte
  for _ = 1, 8 do
    crc = crc & 1 == 1 and (crc >> 1) ~ 0xEDB88320 or crc >> 1
  end
  crcs[byte] = crc
end

local function crc_of(text)
  local crc = 0xFFFFFFFF
  for index = 1, #text do
    crc = (crc >> 8) ~ crcs[(crc ~ text:byte(index)) & 255]
  end
  return crc ~ 0xFFFFFFFF
end

---A zip of parts in the order given.
---@param parts { [1]: string, [2]: string }[] name and text
---@return string
function zipped.zip(parts)
  local files <const>, list <const>, at = {}, {}, 0
  for index, part in ipairs(parts) do
    local name <const>, text <const> = part[1], part[2]
    local about <const> = ("<I2I2I2I2I2I4I4I4I2I2"):pack(20, 0, 0, 0, 0x21, crc_of(text), #text, #text, #name, 0)
    files[index] = "PK\3\4" .. about .. name .. text
    list[index] = "PK\1\2" .. ("<I2"):pack(20) .. about .. ("<I2I2I2I4I4"):pack(0, 0, 0, 0, at) .. name
    at = at + #files[index]
  end
  local all <const> = table.concat(list)
  return table.concat(files) .. all .. "PK\5\6" .. ("<I2I2I2I2I4I4I2"):pack(0, 0, #parts, #parts, #all, at, 0)
end

local TYPE <const> = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
local MAIN <const> = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="' .. TYPE:sub(1, -2) .. '"'

local SHEET <const> = "application/vnd.openxmlformats-officedocument.spreadsheetml."

local function content_types(parts)
  local lines <const> = {}
  for index, part in ipairs(parts) do
    local kind <const> = part[1]:find "worksheets/" and "worksheet" or part[1]:match "(%a+)%.xml$"
    lines[index] = ('<Override PartName="/%s" ContentType="%s%s+xml"/>'):format(part[1], SHEET, kind == "workbook" and "sheet.main" or kind)
  end
  return '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    .. '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' .. table.concat(lines) .. "</Types>"
end

local function relations(list)
  local lines <const> = {}
  for index, one in ipairs(list) do
    lines[index] = ('<Relationship Id="rId%d" Type="%s%s" Target="%s"/>'):format(index, TYPE, one[1], one[2])
  end
  return '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' .. table.concat(lines) .. "</Relationships>"
end

---@class zipped.sheet
---@field [1] string name
---@field [2] string rows, the inside of <sheetData>
---@field before? string what stands before <sheetData>
---@field after? string
---@field state? string

---The parts of a workbook.
---@param given { [integer]: zipped.sheet, strings?: string, styles?: string, workbook?: string }
---@return { [1]: string, [2]: string }[]
function zipped.parts(given)
  local sheets <const>, links <const>, parts <const> = {}, {}, {}
  for index, one in ipairs(given) do
    sheets[index] = ('<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>'):format(one[1], index, one.state and ' state="' .. one.state .. '"' or "", index)
    links[index] = { "worksheet", ("worksheets/sheet%d.xml"):format(index) }
    parts[index] = { ("xl/worksheets/sheet%d.xml"):format(index), ("<worksheet %s>%s<sheetData>%s</sheetData>%s</worksheet>"):format(MAIN, one.before or "",
      one[2], one.after or "") }
  end
  if given.strings then
    links[#links + 1] = { "sharedStrings", "sharedStrings.xml" }
    parts[#parts + 1] = { "xl/sharedStrings.xml", "<sst " .. MAIN .. ">" .. given.strings .. "</sst>" }
  end
  if given.styles then
    links[#links + 1] = { "styles", "styles.xml" }
    parts[#parts + 1] = { "xl/styles.xml", "<styleSheet " .. MAIN .. ">" .. given.styles .. "</styleSheet>" }
  end
  parts[#parts + 1] = { "xl/workbook.xml", ("<workbook %s>%s<sheets>%s</sheets></workbook>"):format(MAIN, given.workbook or "", table.concat(sheets)) }
  local types <const> = content_types(parts)
  parts[#parts + 1] = { "[Content_Types].xml", types }
  parts[#parts + 1] = { "xl/_rels/workbook.xml.rels", relations(links) }
  parts[#parts + 1] = { "_rels/.rels", relations { { "officeDocument", "xl/workbook.xml" } } }
  return parts
end

---Rows of values: texts and numbers; false leaves a cell out.
---@param rows (string|number|false)[][]
---@return string
function zipped.rows(rows)
  local lines <const> = {}
  for index, values in ipairs(rows) do
    local cells <const> = {}
    for column, value in ipairs(values) do
      local at <const> = string.char(64 + column) .. index
      if type(value) == "number" then
        cells[#cells + 1] = ('<c r="%s"><v>%s</v></c>'):format(at, value)
      elseif value then
        cells[#cells + 1] = ('<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'):format(at, (value:gsub("&", "&amp;"):gsub("<", "&lt;")))
      end
    end
    lines[index] = ('<row r="%d">%s</row>'):format(index, table.concat(cells))
  end
  return table.concat(lines)
end

---@return string
function zipped.book(given)
  return zipped.zip(zipped.parts(given))
end

return zipped
