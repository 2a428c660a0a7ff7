-- SPDX-License-Identifier: Apache-2.0
-- The reference data that ships with the toolkit, in the same shape as a pack: functions, levels, bands, pay points, on-costs.

local carried <const> = require "remit.carried"
local plan <const> = require "remit.pack.plan"
local problems <const> = require "remit.problems"

local vocabulary <const> = {}

local function beside()
  return (package.searchpath("remit.vocabulary", package.path):gsub("%.lua$", ""))
end

local FOLDER <const> = carried.read "datapackage.json" and carried.FOLDER or beside()

---Where it stands: beside this file, or inside the program.
---@return string
function vocabulary.folder()
  return FOLDER
end

local function descriptor()
  local found <const> = problems.new()
  local read <const> = plan.read(vocabulary.folder(), found)
  if found:any() then
    found:raise()
  end
  return read, found
end

---"2026.1": pinned by packs and bundles.
---@return string
function vocabulary.version()
  return (descriptor().version)
end

---A plan for each of its files.
---@return table[]
function vocabulary.plans()
  local read <const>, found <const> = descriptor()
  local plans <const> = plan.resources(read, found)
  if found:any() then
    found:raise()
  end
  return plans
end

return vocabulary
