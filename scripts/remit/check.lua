-- SPDX-License-Identifier: Apache-2.0
-- What `remit check PACK` does: a pack, and the rules that stand beside it: rules/classify.csv, rules/overrides.csv of them, rules/subsidiarity.csv.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local remit <const> = require "remit"

local check <const> = {}

local function rules_file(path, name)
  local file <const> = path .. "/rules/" .. name
  return core.file.kind(file) == "file" and file or nil
end

-- The model with what its rules decide, and whether they hold together; prints what verify says.
local function classified(base, path)
  local file <const>, overrides <const> = rules_file(path, "classify.csv"), rules_file(path, "overrides.csv")
  if not file and overrides then
    fault.raise { code = "check", message = overrides .. ": there is no classify.csv beside it, whose outcome it could override" }
  elseif not file then
    return base, true
  end
  local rules <const> = remit.decision_table(file)
  local verification <const> = rules:verify(base)
  print()
  print(verification)
  return base:classify(rules, { override = overrides }), verification:ok()
end

local function levelled(model, path)
  local file <const> = rules_file(path, "subsidiarity.csv")
  if not file then
    return model
  end
  local rules <const> = remit.subsidiarity(file)
  print()
  print(rules:verify(model))
  return model:assign(rules)
end

---Prints what a pack holds and what is wrong with it and its rules; raises what keeps it from being read or decided.
---@param path string
---@return boolean fine
function check.pack(path)
  local base <const> = remit.load(path)
  print(base:info())
  print()
  print(base:health())
  local model, fine = classified(base, path)
  model = levelled(model, path)
  local findings <const> = model:findings()
  if #findings > 0 then
    print()
    print(findings)
  end
  fine = fine and #findings == 0
  print(("\n%s: %s"):format(path, fine and "no problems" or "there are findings"))
  return fine
end

return check
