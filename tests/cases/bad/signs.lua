local tiny <const> = require "tiny"

-- Income and vacancy factor reduce cost: a figure above 0 is a mistake of sign.
tiny.load { budget_lines = [[
id,kind,fn,cost
B1,income,chc,5000
B2,vacancy_factor,chc,"£1,000"
B3,income,chc,-10
B4,nonpay,chc,-10
]] }  --> error: 2 problems in budget_lines.csv (4 rows); nothing loaded
-->   budget_lines.csv:2  cost  '5000'  income reduces cost: write it as a negative figure
-->   budget_lines.csv:3  cost  '1000'  vacancy factor reduces cost: write it as a negative figure
