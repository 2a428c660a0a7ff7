local tiny <const> = require "tiny"

-- Measures are declared with their field and with what they add up over.
local function facts(measures)
  return { facts = "kind,place,fte\nend,north,1\n", descriptor = [[{ "name": "facts", "remit": { "as_at": "2025-11" }, "resources": [
    { "name": "facts", "path": "facts.csv", "schema": { "fields": [
      { "name": "kind" }, { "name": "place" }, { "name": "fte", "type": "number", "remit": { "unit": "WTE" } } ] },
      "remit": { "role": "lines", "measures": ]] .. measures .. " } } ] }" }
end
tiny.load(facts "5")  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit  'measures' must be an object: { ... }
tiny.load(facts '{ "fte": 5 }')  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  must be an object: { "field": ..., "additive_over": ... }
tiny.load(facts '{ "fte": {} }')  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  needs a "field": the number field that it adds up
tiny.load(facts '{ "fte": { "field": "FTE" } }')  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  "field" must name a number field, and 'FTE' is none. Did you mean 'fte'?
tiny.load(facts '{ "fte": { "field": "kind" } }')  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  "field" must name a number field, and 'kind' is none
tiny.load(facts '{ "fte": { "field": "fte", "additive_over": "plaec" } }')  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  "additive_over" is "all" or a list of dimensions
tiny.load(facts '{ "fte": { "field": "fte", "additive_over": [ "plaec" ], "tolerance": "none", "additive": "all" } }')  --> error: 3 problems in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit.measures.fte  'additive' is not known here. Did you mean 'additive_over'?
-->   datapackage.json  resources.facts.remit.measures.fte  'tolerance' must be a number, not 'none'
-->   datapackage.json  resources.facts.remit.measures.fte  additive_over: there is no dimension 'plaec'. Did you mean 'place'?
tiny.load(facts "null")  --> error: 1 problem in datapackage.json; nothing loaded
-->   datapackage.json  resources.facts.remit  'measures' must be an object: { ... }
local base <const> = tiny.load(facts "{}")
base:total "fte"  --> error: there is no measure 'fte'. The pack declares none.
