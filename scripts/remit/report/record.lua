-- SPDX-License-Identifier: Apache-2.0
-- Sections on where figures come from: stated assumptions and their disagreements, what was changed and why, and what was run.

local assumptions <const> = require "remit.assumptions"
local core <const> = require "remit.core"
local granted <const> = require "remit.granted"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"
local vocabulary <const> = require "remit.vocabulary"

local record <const> = {}

---The register of assumptions, with the sources that disagree.
function record.assumptions(context)
  local disagree <const> = assumptions.disagreements(context.base)
  local text <const> = { #disagree == 0 and "No two sources disagree beyond rounding." or ("%d stated figures disagree between sources:"):format(#disagree) }
  table.move(disagree, 1, #disagree, 2, text)
  return { text = text, blocks = { context.base:assumptions() } }
end

---Every change: what, from when, who and why.
function record.changes(context)
  local blocks <const> = {}
  for _, model in ipairs(context.scenarios) do
    blocks[#blocks + 1] = shape.said(context:guard(model:changes(), { "lines" }), { title = "Changes: " .. shape.name_of(model) })
  end
  if #blocks == 0 then
    return nil, "there is no scenario"
  end
  return { text = { "What was changed, from when, by whom and why." }, blocks = blocks }
end

local function digest(text)
  return core.hash.new():text(text):hex()
end

-- The script that is running: the program says which, and under stock lua5.4 `arg` does.
local function script_row()
  if granted.script then
    return { what = "script", name = granted.script.path:match "[^/\\]+$", value = digest(granted.script.text) }
  end
  local path <const> = type(arg) == "table" and type(arg[0]) == "string" and arg[0]
  local text <const> = path and core.file.kind(path) == "file" and core.file.read(path)
  return text and { what = "script", name = path:match "[^/\\]+$", value = digest(text) } or nil
end

---What was run: the toolkit, pack, scenarios and script, by their hashes.
function record.run(context)
  local settings <const> = state_of[context.base].settings
  local rows <const> = {
    { what = "report", name = context.title, value = context.date },
    { what = "toolkit", name = "remit", value = core.version },
    { what = "vocabulary", name = "functions, pay, levels", value = vocabulary.version() },
    { what = "pack", name = state_of[context.base].title, value = context.base:hash() },
  }
  rows[#rows + 1] = settings.price_base and { what = "price base", name = "constant prices of", value = settings.price_base } or nil
  for _, model in ipairs(context.scenarios) do
    rows[#rows + 1] = { what = "scenario", name = state_of[model].name, value = model:hash() }
  end
  rows[#rows + 1] = script_row()
  rows[#rows + 1] = { what = "chance", name = "random draws", value = "none, or from a fixed seed where a table says so" }
  rows[#rows + 1] = { what = "withheld figures", name = "rule", value = context:rule_text() }
  local left <const> = table.move(context:advice(), 1, #context:advice(), 1, {})
  for _, one in ipairs(context.left_out) do
    left[#left + 1] = ("Left out: %s, for %s."):format(one.title, one.reason)
  end
  local of <const> = shape.rows({ { name = "what", display = "text" }, { name = "name", display = "text" }, { name = "value", display = "text" } }, rows,
    { keys = {}, about = { title = "Run record", notes = left } })
  return { text = { "With the same pack, script and toolkit this report comes out the same to the byte." }, blocks = { of } }
end

return record
