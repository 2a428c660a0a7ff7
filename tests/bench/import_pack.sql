-- Every file that loading the pack reads: its own, and the shipped vocabulary.
.import --csv examples/nenc/posts.csv posts
.import --csv examples/nenc/budget_lines.csv budget_lines
.import --csv scripts/remit/vocabulary/rates/pay_points.csv pay_points
.import --csv scripts/remit/vocabulary/rates/on_costs.csv on_costs
.import --csv examples/nenc/assignments.csv assignments
.import --csv examples/nenc/assumptions.csv assumptions
.import --csv examples/nenc/funds.csv funds
.import --csv examples/nenc/general_ledger.csv general_ledger
.import --csv examples/nenc/groups.csv groups
.import --csv examples/nenc/organisations.csv organisations
.import --csv examples/nenc/places.csv places
.import --csv scripts/remit/vocabulary/functions.csv functions
.import --csv scripts/remit/vocabulary/bands.csv bands
.import --csv scripts/remit/vocabulary/levels.csv levels
