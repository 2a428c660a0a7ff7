local HERE = "examples/nenc"
local dmn = require "dmn_hit_policies"
remit.decision_table(HERE .. "/rules/classify.csv")
remit.rank "examples/nenc/rules/scores.csv" print(dmn)