-- SPDX-License-Identifier: Apache-2.0
-- A report as one HTML file: read without scripts, without a network, on paper, by a screen reader, in the dark.

local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local levels <const> = require "remit.frame.levels"
local markup <const> = require "remit.markup"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local template <const> = require "remit.report.template"
local write <const> = require "remit.frame.write"

local html <const> = {}

local element <const>, escape <const> = markup.element, markup.escape

local function heading_row(state)
  local cells <const> = {}
  for index, column in ipairs(state.columns) do
    cells[index] = element("th", { { "scope", "col" }, { "class", show.is_figure(column.display) and "n" } }, escape(column.title))
  end
  return element("thead", {}, element("tr", {}, table.concat(cells)))
end

-- The keys name a row; of a frame without keys the first column does, when it is words.
local function names_row(state, c)
  local column <const> = state.columns[c]
  if #state.keys > 0 then
    return state.key_of[column.name] ~= nil
  end
  return c == 1 and not show.is_figure(column.display)
end

local function body_rows(state)
  local texts <const>, rows <const> = {}, {}
  for c, column in ipairs(state.columns) do
    texts[c] = write.texts(state, column)
  end
  for row = 1, state.count do
    local cells <const> = {}
    for c, column in ipairs(state.columns) do
      local head <const> = names_row(state, c) and texts[c][row] ~= ""
      local text <const> = texts[c][row]
      local short <const> = (head and #text < 30 and not text:find "%s") or text:find "^%d%d%d%d%-%d%d$"
      local class <const> = show.is_figure(column.display) and "n" or short and "k"
      cells[c] = element(head and "th" or "td", { { "scope", head and "row" }, { "class", class } }, escape(text))
    end
    rows[row] = element("tr", { { "class", #state.keys > 0 and not levels.is_detail(state, row) and "total" } }, table.concat(cells)) .. "\n"
  end
  return table.concat(rows)
end

-- Below a heading of the same words the title is for those who hear it only.
local function caption_of(about, id, number, headed)
  local basis <const> = table.concat(write.basis(about, true), "; ")
  local title <const> = ("Table %d. %s"):format(number, escape(about.title or ""))
  return element("caption", { { "id", id } }, (headed and element("b", { { "class", "heard" } }, title) or title)
    .. (basis ~= "" and element("span", {}, escape(basis)) or ""))
end

-- A note that every table carries is said once, at the foot of the page.
local function notes_of(about, said)
  local parts <const> = {}
  for _, note in ipairs(about.notes) do
    parts[#parts + 1] = note ~= said and element("p", { { "class", "notes" } }, escape(note)) .. "\n" or nil
  end
  return table.concat(parts)
end

---A frame as a table with its caption and notes.
---@param of remit.frame
---@param id string
---@param number integer which tells it from every other
---@param said? string a note that stands elsewhere
---@param headed? boolean below a heading of its own
---@return string
function html.table(of, id, number, said, headed)
  local state <const> = frame.inside(of)
  local made <const> = element("table", {}, caption_of(state.about, id, number, headed) .. heading_row(state) .. "\n" .. element("tbody", {}, body_rows(state)))
  return element("div", { { "class", "table" }, { "role", "region" }, { "aria-labelledby", id }, { "tabindex", "0" } }, made) .. "\n"
    .. notes_of(state.about, said)
end

local function block_markup(block, id, number, said, headed)
  if frame.inside(block) then
    return html.table(block, id, number, said, headed)
  end
  local figures <const> = {}
  for index, drawing in ipairs(block:svg(id .. "-chart")) do
    figures[index] = element("figure", { { "tabindex", "0" }, { "aria-label", block.title } }, drawing) .. "\n"
  end
  return table.concat(figures) .. html.table(block.frame, id, number, said, headed)
end

local function title_of(block)
  return frame.inside(block) and frame.inside(block).about.title or block.title
end

local function section_markup(section, before, said)
  local parts <const> = { element("h2", { { "id", section.id } }, escape(section.title)) .. "\n" }
  for _, text in ipairs(section.text) do
    parts[#parts + 1] = element("p", {}, escape(text)) .. "\n"
  end
  for index, block in ipairs(section.blocks) do
    -- One table needs no heading below the section's own.
    parts[#parts + 1] = #section.blocks > 1 and element("h3", {}, escape(title_of(block) or "Table")) .. "\n" or nil
    parts[#parts + 1] = block_markup(block, ("%s-%d"):format(section.id, index), before + index, said, #section.blocks > 1)
  end
  return element("section", { { "aria-labelledby", section.id } }, "\n" .. table.concat(parts)) .. "\n"
end

---@param context remit.report.context
---@param sections remit.report.section[]
---@return string
function html.text(context, sections)
  local note <const> = state_of[context.base].settings.note
  local contents <const>, body <const> = {}, {}
  local tables = 0
  for index, section in ipairs(sections) do
    contents[index] = element("li", {}, element("a", { { "href", "#" .. section.id } }, escape(section.title))) .. "\n"
    body[index] = section_markup(section, tables, note)
    tables = tables + #section.blocks
  end
  return template { title = escape(context.title), subtitle = escape(("%s. %s"):format(context.date, note or "")),
    contents = table.concat(contents), sections = table.concat(body),
    footer = escape(("Withheld figures: %s. Made with remit %s."):format(context:rule_text(), core.version)) .. (note and " " .. escape(note) or "") }
end

return html
