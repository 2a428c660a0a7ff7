-- SPDX-License-Identifier: Apache-2.0
-- A report as Markdown: the words and tables of its sections, and of charts what they show.

local core <const> = require "remit.core"
local frame <const> = require "remit.frame"

local markdown <const> = {}

local escape <const> = require("remit.frame.markdown").escape

---@param context remit.report.context
---@param sections remit.report.section[]
---@return string
function markdown.text(context, sections)
  local lines <const> = { "# " .. escape(context.title), "", escape(context.date), "" }
  for _, section in ipairs(sections) do
    lines[#lines + 1] = "## " .. escape(section.title) .. "\n"
    for _, text in ipairs(section.text) do
      lines[#lines + 1] = escape(text) .. "\n"
    end
    for _, block in ipairs(section.blocks) do
      if not frame.inside(block) then
        lines[#lines + 1] = escape(block:description()) .. "\n"
      end
      lines[#lines + 1] = (frame.inside(block) and block or block.frame):markdown()
    end
  end
  lines[#lines + 1] = escape(("Withheld figures: %s. Made with remit %s."):format(context:rule_text(), core.version))
  return table.concat(lines, "\n") .. "\n"
end

return markdown
