local tiny <const> = require "tiny"

-- Functions that serve a duty are functions of the pack; of the shipped register, those that a pack lacks are left out.
tiny.load { duties = "id,name,functions,accountable\nchild,Safeguard children,safeguarding|safegaurding,icb\nother,Another,chc|quality of care,icb\n" }  --> error: 2 problems in duties.csv (2 rows); nothing loaded
-->   duties.csv:2  functions  'safeguarding|safegaurding'  'safegaurding' is not in functions.csv. Did you mean 'safeguarding'?
-->   duties.csv:3  functions  'chc|quality of care'        'quality of care' is not in functions.csv, which has safeguarding, quality, chc, digital
-- Criteria: a direction and a scale that are none.
tiny.load { criteria = "id,name,direction,scale\nreach,Reach,sideways,score\nreach,Reach,gate,stars\n" }  --> error: 3 problems in criteria.csv (2 rows); nothing loaded
-->   criteria.csv:2  direction  'sideways'  not one of gate, push up, pull down, either
-->   criteria.csv:3  id         'reach'     duplicate of row 2
-->   criteria.csv:3  scale      'stars'     not one of score, boolean, number, percent
-- A pack of lines of its own has no functions.
local own <const> = tiny.load { facts = "kind,fte\nend,1\n", descriptor = [[{ "name": "facts", "remit": { "as_at": "2025-11" }, "resources": [
  { "name": "facts", "path": "facts.csv", "schema": { "fields": [ { "name": "kind" }, { "name": "fte", "type": "number", "remit": { "unit": "WTE" } } ] },
    "remit": { "role": "lines", "measures": { "fte": { "field": "fte", "additive_over": "all" } } } } ] }]] }
own:duties()  --> error: this pack has no duties, or no functions that serve them
own:assign(remit.subsidiarity { rules = { { criterion = "wte", test = "> 1", at_least = "system", why = "why" } } })  --> error: this pack has no functions to decide levels for
