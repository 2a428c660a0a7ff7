local tiny <const> = require "tiny"

local base <const> = tiny.load()
local function of(given)
  local spec <const> = { id = "v", posts = { vacant = true }, from = "2025-10", why = "held" }
  for name, value in pairs(given or {}) do
    spec[name] = value
  end
  return base:scenario("Plan", { changes = { remit.close(spec) } })
end
-- How likely it is stands in the assumptions or with the change, and is never made up.
of():total("cost", { at = "2025-10", risk = "confidence" })  --> error: how likely are changes that are planned? parameter 'confidence_planned' has no value: assumptions.csv does not state it and there is no default
-->   a row confidence_planned of assumptions.csv in %, with its source; or confidence = "..." of close 'v'
of { status = "idea" }:risk { at = "2025-10" }  --> error: how likely are changes that are idea? parameter 'confidence_idea' has no value: assumptions.csv does not state it and there is no default
-->   a row confidence_idea of assumptions.csv in %, with its source; or confidence = "..." of close 'v'
of { confidence = remit.param { id = "sure" } }:total("cost", { at = "2025-10", risk = "confidence" })  --> error: parameter 'sure' has no value: assumptions.csv does not state it and there is no default
-->   give it a row 'sure' of assumptions.csv, a default, or in a scenario params = { sure = ... }
of { confidence = remit.param { id = "sure", default = "101%" } }:total("cost", { at = "2025-10", risk = "confidence" })  --> error: confidence: a share is between 0% and 100%, not 101%
remit.close { posts = {}, from = "2025-10", confidence = "101%" }  --> error: close: confidence (how likely it is, for the risk-adjusted view): a share is between 0% and 100%, such as "50%" or 0.5, not 101%
of():total("cost", { at = "2025-10", risk = "likely" })  --> error: total: risk is one of confidence, planned, agreed, delivered (risk-adjusted: changes by their confidence, or only those at least so firm), not 'likely'
of():total("posts", { at = "2025-10", risk = "agreed" })  --> error: 'posts' is counted, and a count is not risk-adjusted: ask for cost or WTE
of():pivot { measures = { "cost", "filled_posts" }, by = { "fn" }, at = "2025-10", risk = "agreed" }  --> error: 'filled_posts' is counted, and a count is not risk-adjusted: ask for cost or WTE
of():risk { measure = "cost" }  --> error: how likely are changes that are planned? parameter 'confidence_planned' has no value: assumptions.csv does not state it and there is no default
-->   a row confidence_planned of assumptions.csv in %, with its source; or confidence = "..." of close 'v'
base:risk { at = "2025-10" }  --> error: risk is for scenarios: this model has no changes
print(of():total("cost", { at = "2025-10", risk = "planned" }))  --> 164200.75
