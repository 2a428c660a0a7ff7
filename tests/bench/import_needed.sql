-- The files that the figures need.
.import --csv examples/nenc/posts.csv posts
.import --csv examples/nenc/budget_lines.csv budget_lines
.import --csv scripts/remit/vocabulary/rates/pay_points.csv pay_points
.import --csv scripts/remit/vocabulary/rates/on_costs.csv on_costs
