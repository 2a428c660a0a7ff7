-- SPDX-License-Identifier: Apache-2.0
-- help: what calls take, from their declarations.

local args <const> = require "remit.args"

local help <const> = {}

-- Declarations register themselves when their module loads.
local DECLARING <const> = { "load", "pivot", "envelope", "reduction", "reconcile", "param", "rates", "model", "frame", "decision_table", "classify", "explain",
  "subsidiarity", "crosswalk", "depends", "compare" }

---Every declaration, in order and by name.
function help.registry()
  for _, name in ipairs(DECLARING) do
    require("remit." .. name)
  end
  return args.registry
end

local function kind_text(kind)
  return type(kind) == "table" and table.concat(kind, "|") or type(kind) == "string" and kind or "value"
end

---A declaration as text.
---@return string
function help.describe(declaration)
  local lines <const> = { declaration.name, "  " .. (declaration.doc or ""), "" }
  for _, field in ipairs(declaration) do
    local default <const> = field.required and " (needed)" or field.default ~= nil and type(field.default) ~= "table"
      and (" (%s by default)"):format(tostring(field.default)) or ""
    lines[#lines + 1] = ("  %-18s %-28s %s%s"):format(field.name, kind_text(field.kind), field.doc or "", default)
  end
  if declaration.example then
    lines[#lines + 1] = "\n  " .. declaration.example
  end
  return table.concat(lines, "\n")
end

return help
