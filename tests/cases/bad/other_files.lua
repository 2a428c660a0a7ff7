local tiny <const> = require "tiny"

-- Dates, percentages and references of the files beside posts and budget lines.
tiny.load {
  assignments = "post,person,wte,from,to\nP1,A,1,2018-13-01,31/02/2020\nP2,,0.4,01/13/2020,soon\nP4,B,-1,2020-01-01,\n",
  dependencies = "fn,needs\nchc,qualty\nchcc,quality\n",
  shares = "post,cost_centre,fn,share\nP9,,chc,half\n,100,chcc,50%\n",
  duties = "id,name\nD1,\nD1,Duty\n",
}  --> error: 13 problems in 4 files; nothing loaded
-->   assignments.csv:2   from         '2018-13-01'  13 is not a month
-->   assignments.csv:2   to           '31/02/2020'  2020-02 has days 1 to 29, not 31
-->   assignments.csv:3   person                     is empty, and a value is required
-->   assignments.csv:3   from         '01/13/2020'  13 is not a month: days come first, as in 03/06/2025
-->   assignments.csv:3   to           'soon'        a day is written 2025-06-03 or 03/06/2025
-->   assignments.csv:4   wte          '-1'          below the minimum 0
-->   duties.csv:3        id           'D1'          duplicate of row 2
-->   dependencies.csv:2  needs        'qualty'      not in functions.csv. Did you mean 'quality'?
-->   dependencies.csv:3  fn           'chcc'        not in functions.csv. Did you mean 'chc'?
-->   shares.csv:2        post         'P9'          not in posts.csv. Did you mean 'P1', 'P2', 'P3' or 'P4'?
-->   shares.csv:2        share        'half'        not a number: a percentage such as 14.38%
-->   shares.csv:3        fn           'chcc'        not in functions.csv. Did you mean 'chc'?
-->   shares.csv:3        cost_centre  '100'         its shares add up to 50% and not to 100%
tiny.load { on_costs = "employer_type,component,from,rate,threshold\nnhs,national_insurence,April 2025,15 per cent,5000\n",
  pay_points = "year,band,point,salary\n2025/26,8aa,top,-5\n" }  --> error: 5 problems in 2 files; nothing loaded
-->   pay_points.csv:2  salary     '-5'                  below the minimum 0
-->   pay_points.csv:2  band       '8aa'                 not in bands.csv. Did you mean '8a'?
-->   on_costs.csv:2    from       'April 2025'          a month is written 2026-04
-->   on_costs.csv:2    component  'national_insurence'  not one of national_insurance, pension, pension_full, apprenticeship_levy. Did you mean 'national_insurance'?
-->   on_costs.csv:2    rate       '15 per cent'         not a number: a percentage such as 14.38%
tiny.load { organisations = "id,name\n", levels = "id,name,parent\nplace,Place,systm\nsystem,System,\n" }  --> error: 1 problem in levels.csv (2 rows); nothing loaded
-->   levels.csv:2  parent  'systm'  not in levels.csv. Did you mean 'system'?
