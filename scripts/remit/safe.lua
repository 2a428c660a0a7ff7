-- SPDX-License-Identifier: Apache-2.0
-- Text from outside made safe to print: controls, bidirectional marks, invisible characters and broken UTF-8 become visible
-- escapes such as \u{202e}, so that a label can neither move the cursor nor reorder or hide what stands beside it.

-- Ranges in ascending order.
local hidden <const> = {
  { 0x00, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x34F, 0x34F }, { 0x61C, 0x61C }, { 0x115F, 0x1160 }, { 0x17B4, 0x17B5 },
  { 0x180B, 0x180F }, { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0x2800, 0x2800 }, { 0x3164, 0x3164 },
  { 0xE000, 0xF8FF }, { 0xFDD0, 0xFDEF }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 }, { 0xFFF0, 0xFFFC },
  { 0xFFFE, 0xFFFF }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0x10FFFF },
}

local function is_hidden(point)
  for _, range in ipairs(hidden) do
    if point <= range[2] then
      return point >= range[1]
    end
  end
  return false
end

local function escape(character)
  local point <const> = utf8.codepoint(character)
  return is_hidden(point) and ("\\u{%x}"):format(point) or nil
end

---@param text string
---@return string
local function safe(text)
  if not text:find "[^ -~]" then
    return text
  end
  local parts <const> = {}
  local from = 1
  while from <= #text do
    local _, bad <const> = utf8.len(text, from)
    local valid <const> = text:sub(from, (bad or #text + 1) - 1):gsub(utf8.charpattern, escape)
    parts[#parts + 1] = valid
    if bad then
      parts[#parts + 1] = ("\\x%02x"):format(text:byte(bad))
    end
    from = (bad or #text) + 1
  end
  return table.concat(parts)
end

return safe
