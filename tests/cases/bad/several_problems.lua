local tiny <const> = require "tiny"

-- All problems of all files in one report, in the order of the files and of their rows.
tiny.load {
  places = "id,name,population\nnorth,North Town,many\nsouth,South Bay,-5\nsouth,South Bay again,1\n",
  posts = "id,fn,place,wte,in_post,cost\nP1,chc,nowhere,1,1,100\nP2,chc,north,1,2,100\nP3,chcc,north,one,1,100\n",
  budget_lines = "id,kind,fn,cost\nB1,nonpay,chc,lots\nB2,wages,chc,1\n",
  general_ledger = "cost_centre,budget,actual\n100,1,1\n",
}  --> error: 9 problems in 4 files; nothing loaded
-->   places.csv:2        population                             'many'   not a number
-->   places.csv:3        population                             '-5'     below the minimum 0
-->   places.csv:4        id                                     'south'  duplicate of row 3
-->   posts.csv:3         in_post                                '2'      above the maximum 1
-->   posts.csv:4         wte                                    'one'    not a number
-->   posts.csv:4         fn                                     'chcc'   not in functions.csv. Did you mean 'chc'?
-->   budget_lines.csv:2  cost                                   'lots'   not a number
-->   budget_lines.csv:3  kind                                   'wages'  not one of nonpay, income, vacancy_factor
-->   datapackage.json    resources.general_ledger.remit.months           is needed: how many months the ledger's actual figures cover (1 to 12)
