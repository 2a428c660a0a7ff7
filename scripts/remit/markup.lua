-- SPDX-License-Identifier: Apache-2.0
-- Text and tags of HTML and SVG. What comes from data goes through `escape`, and so can be neither a tag nor an attribute.

local safe <const> = require "remit.safe"

local markup <const> = {}

local entities <const> = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

---@param text string
---@return string
function markup.escape(text)
  return (safe(text):gsub("[&<>\"']", entities))
end

---An opening tag's attributes, in the order of the list: { { "class", "total" }, ... }; values that are nil or false are left out.
---@param list { [1]: string, [2]: string|number|false|nil }[]
---@return string
function markup.attributes(list)
  local parts <const> = {}
  for _, pair in ipairs(list) do
    if pair[2] then
      parts[#parts + 1] = (' %s="%s"'):format(pair[1], markup.escape(tostring(pair[2])))
    end
  end
  return table.concat(parts)
end

---@param name string
---@param attributes { [1]: string, [2]: any }[]
---@param inside string markup, already escaped
---@return string
function markup.element(name, attributes, inside)
  return ("<%s%s>%s</%s>"):format(name, markup.attributes(attributes), inside, name)
end

return markup
