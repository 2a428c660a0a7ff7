-- SPDX-License-Identifier: Apache-2.0
-- help: what calls take, from their declarations.

local args <const> = require "remit.args"

local help <const> = {}

-- Declarations register themselves when their module loads.
local DECLARING <const> = { "load", "pivot", "envelope", "reduction", "reconcile", "param", "rates", "model", "frame", "decision_table", "classify", "explain",
  "explain.figure", "subsidiarity", "crosswalk", "depends", "changes", "scenario", "phase", "transfers", "compare", "actions", "impact", "redundancy",
  "leaving", "unidentified", "structure", "checks", "rank" }

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

-- What calls without fields of their own do, by name.
local PLAIN <const> = {
  amend = 'plan:amend(ID, { ... })\n  The same scenario with some fields of one change others; "-6 months" moves a month that was there.\n\n  '
    .. 'plan:amend("neighbourhood", { golive = "-6 months", why = "what if it is ready sooner?" })',
  changes = "plan:changes()\n  What was changed, by whom and why; `lines` is how many lines a change touches.",
  conflicts = "plan:conflicts()\n  Where the lists of a scenario that stands on others clash, with the reasons of both.",
  compare = 'remit.compare { A, B, ... }\n  Models side by side: :table, :diff of decisions, :bridge of a figure.',
  first_ok = "cap:first_ok(plan)\n  The first month within the cap; nil and a message when there is none.",
  hash = "plan:hash()\n  SHA-256 of the model's canonical data: the same on every machine.",
  stats = "remit.stats()\n  Scans, answers from kept sums, memory.",
}

---What there is to say of a name: of a declaration, of methods of that name (`bridge` is compare:bridge), of a call without fields.
---@param name string
---@return string[]
function help.find(name)
  local registry <const>, texts <const> = help.registry(), { PLAIN[name] }
  if registry[name] then
    texts[#texts + 1] = help.describe(registry[name])
  end
  for _, declaration in ipairs(registry) do
    local of <const>, method <const> = declaration.name:match "^(%a+):(%S+)"
    if method == name or of == name and PLAIN[name] or declaration.name:match "^(%S+) " == name then
      texts[#texts + 1] = help.describe(declaration)
    end
  end
  return texts
end

return help
