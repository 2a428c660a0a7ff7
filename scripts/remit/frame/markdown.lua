-- SPDX-License-Identifier: Apache-2.0
-- A frame as a pipe table under its caption.

local show <const> = require "remit.show"
local write <const> = require "remit.frame.write"

local markdown <const> = {}

---A text as Markdown that shows it. Backslashes before ASCII punctuation are Markdown's own escape; the last lines keep bare addresses from
---becoming links.
---@param text string
---@return string
function markdown.escape(text)
  return (show.safe(text):gsub("[\\|`*_%[%]<>~#$]", "\\%0"):gsub("&", "&amp;")
    :gsub("://", "\\://"):gsub("@", "\\@"):gsub("([wW][wW][wW])%.", "%1\\."))
end

local function markdown_line(cells)
  local escaped <const> = {}
  for c, cell in ipairs(cells) do
    escaped[c] = markdown.escape(cell)
  end
  return "| " .. table.concat(escaped, " | ") .. " |"
end

---@param state remit.frame.state
---@return string
function markdown.table(state)
  local about <const>, lines <const> = state.about, {}
  if about.title then
    lines[#lines + 1] = "**" .. markdown.escape(about.title) .. "**\n"
  end
  local basis <const> = table.concat(write.basis(about, true), "; ")
  lines[#lines + 1] = basis ~= "" and markdown.escape(basis) .. "\n" or nil
  local titles <const>, aligns <const> = {}, {}
  for c, column in ipairs(state.columns) do
    titles[c], aligns[c] = column.title, show.is_figure(column.display) and "---:" or "---"
  end
  lines[#lines + 1] = markdown_line(titles)
  lines[#lines + 1] = "| " .. table.concat(aligns, " | ") .. " |"
  for _, cells in ipairs(write.cells(state)) do
    lines[#lines + 1] = markdown_line(cells)
  end
  for _, note in ipairs(about.notes) do
    lines[#lines + 1] = "\n" .. markdown.escape(note)
  end
  return table.concat(lines, "\n") .. "\n"
end

return markdown
