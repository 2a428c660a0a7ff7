local tiny <const> = require "tiny"

local base <const> = tiny.load()
local function file(text)
  return tiny.file("rules.csv", text)
end
local function classify(text, options)
  return base:classify(remit.decision_table(file(text), options))
end
-- Cells that do not parse: file, row, column, and a caret under the character; all of them at once.
remit.decision_table(file "rule,blueprint,set class\na,\"grow, \",x\n")  --> error: tmp/rules.csv:2, column 'blueprint': a test is missing here
-->   grow,
-->        ^
remit.decision_table(file "rule,cost,set class\na,[5..3,x\nb,> 3 4,y\nc,(1),z\n")  --> error: 2 problems in tmp/rules.csv
-->   tmp/rules.csv:2, column 'cost': a range ends with ] (its end included) or ) (its end left out)
-->     [5..3
-->          ^
-->   tmp/rules.csv:4, column 'cost': a range is written [low..high]; a label that holds a bracket needs quotes
-->     (1)
-->       ^
-- A range upside down, a value that no number is, a test that labels do not have: known once there is a model.
classify "rule,cost,set class\na,[7..5],x\n"  --> error: tmp/rules.csv:2, column 'cost': the range is upside down: '7' comes after '5'
-->   [7..5]
-->   ^
classify "rule,cost,set class\na,> many,x\n"  --> error: tmp/rules.csv:2, column 'cost': 'many': not a number
-->   > many
-->     ^
classify "rule,blueprint,set class\na,> grow,x\n"  --> error: tmp/rules.csv:2, column 'blueprint': these members have no order, so <, > and ranges mean nothing; name them instead
-->   > grow
-->   ^
-- Labels that are none.
classify "rule,blueprint,set class\na,grwo,x\n"  --> error: tmp/rules.csv:2, column 'blueprint': 'grwo' is not a member. Did you mean 'grow'?
-->   grwo
-->   ^
classify "rule,blueprint,cost,set class\na,\"grow, retian\",-,x\nb,zzz,> x,y\nc,*zz*,-,z\n"  --> error: 3 problems in tmp/rules.csv
-->   tmp/rules.csv:2, column 'blueprint': 'retian' is not a member. Did you mean 'retain'?
-->     grow, retian
-->           ^
-->   tmp/rules.csv:3, column 'blueprint': 'zzz' is not a member.
-->     zzz
-->     ^
-->   tmp/rules.csv:3, column 'cost': 'x': not a number
-->     > x
-->       ^
-- Columns that are none: a slip, a thing to set, an attribute of what has none.
classify "rule,bluprint,set class\na,grow,x\n"  --> error: tmp/rules.csv: column 'bluprint': fn has no attribute of this name, nor is it a measure. Did you mean 'blueprint'?
classify "rule,blueprint,wyh,set class\na,grow,because,x\n"  --> error: tmp/rules.csv: column 'wyh': fn has no attribute of this name, nor is it a measure. Did you mean 'why'?
classify "rule,blueprint,class,set class\na,grow,x,x\n"  --> error: tmp/rules.csv: column 'class': fn has no attribute of this name, nor is it a measure.
-->   Attributes: name, ref, parent, blueprint, destination, destination_wording, modality, residual, statutory, aliases, note, whole
-->   to set it, head the column 'set class'
classify "rule,blueprint.name,set class\na,grow,x\n"  --> error: tmp/rules.csv: column 'blueprint.name': blueprint has no attribute 'name'. It has no attributes.
classify "rule,parent.bluprint,set class\na,grow,x\n"  --> error: tmp/rules.csv: column 'parent.bluprint': parent has no attribute 'bluprint'. Did you mean 'blueprint'?
classify("rule,fn.bluprint,set class\na,grow,x\n", { on = "posts" })  --> error: tmp/rules.csv: column 'fn.bluprint': fn has no attribute 'bluprint'. Did you mean 'blueprint'?
classify("rule,bnad,set class\na,grow,x\n", { on = "lines" })  --> error: tmp/rules.csv: column 'bnad': lines has no field 'bnad'. Did you mean 'band'?
-- Two output values, in a rule and by two columns.
remit.decision_table(file "rule,blueprint,set class\na,grow,\"x, y\"\n")  --> error: tmp/rules.csv:2, column 'set class': two values, where a rule sets one. A label with a comma in it is quoted: "x, y"; several values for one attribute take hits "collect" and a rule each
classify "rule,blueprint,set class\na,grow,x|y\n"  --> error: tmp/rules.csv:2, column 'set class': 'x|y' is several values, and 'class' has one. A hit policy of "collect" gathers several, a rule each
remit.decision_table(file "rule,blueprint,set class,Set Class\na,grow,x,y\n")  --> error: tmp/rules.csv: column 'Set Class' stands there twice
remit.decision_table(file "rule,blueprint,set class\na,grow,none\n")  --> error: tmp/rules.csv:2, column 'set class': 'none' is what a missing value is called in tests: leave the cell empty to set nothing
-- Two rules that pass.
classify "rule,blueprint,set class\na,review,x\nb,-,y\n"  --> error: tmp/rules.csv: rules contradict each other
-->   tmp/rules.csv:2 (a) and tmp/rules.csv:3 (b) pass for safeguarding and 1 more   (blueprint: review)
-->     they set class x / class y
-->   unique: no two rules may pass for one. Make their tests exclude each other, or head the first column "rule (first)": the upper one wins
classify("rule,blueprint,set class\na,review,x\n,review,x\nb,-,y\n", { hits = "any" })  --> error: tmp/rules.csv: rules contradict each other
-->   tmp/rules.csv:2 (a) and tmp/rules.csv:3 (row 3) and tmp/rules.csv:4 (b) pass for safeguarding and 1 more   (blueprint: review)
-->     they set class x / class x / class y
-->   any: rules that pass together must say the same
-- Touching ranges: the bound is in both.
local touching <const> = remit.decision_table(file "rule,population,set size,why\na,[0..200000],small,w\nb,[200000..300000),large,w\n", { on = "place" })
print(touching:verify(base))




--> Verification of tmp/rules.csv (unique): 2 rules over 2 members of place   as at 2025-05   model HASH
--> finding  where   rules  population  note
--> ─────────────────────────────────────────────────────────────────
--> overlap  theory  a, b   200000      they set small / large
--> overlap  pack    a, b   200,000     north: they set small / large
--> gap      theory         >= 300000   no rule passes for these
--> gap      pack           300,000     no rule passes for south
--> 2 wrong in theory, 2 wrong in this pack.
base:classify(touching)  --> error: tmp/rules.csv: rules contradict each other
-->   tmp/rules.csv:2 (a) and tmp/rules.csv:3 (b) pass for north   (population: 200,000)
-->     they set size small / size large
-->   unique: no two rules may pass for one. Make their tests exclude each other, or head the first column "rule (first)": the upper one wins
-- Nothing there.
remit.decision_table(file "")  --> error: tmp/rules.csv is empty
remit.decision_table(file ",,\n,,\n")  --> error: tmp/rules.csv is empty
remit.decision_table(file "rule,blueprint,set class\n")  --> error: tmp/rules.csv has no rules
-->   a row a rule: tests of what is known (blueprint), and what the rule says (set class)
remit.decision_table(file "rule,blueprint,set class\n,,\n\n")  --> error: tmp/rules.csv has no rules
-->   a row a rule: tests of what is known (blueprint), and what the rule says (set class)
remit.decision_table(file "rule,blueprint,why\na,grow,x\n")  --> error: tmp/rules.csv sets nothing
-->   a column that sets class is headed 'set class'
remit.decision_table(file "rule,set class\na,x\n")  --> error: tmp/rules.csv tests nothing: every rule would pass for all
-->   a column that tests an attribute is headed by its name: blueprint
remit.decision_table(file "rule,blueprint,set\na,grow,x\n")  --> error: tmp/rules.csv, column 'set': set what? A column that sets class is headed 'set class'
remit.decision_table { rules = {} }  --> error: the decision table has no rules
-->   a row a rule: tests of what is known (blueprint), and what the rule says (set class)
remit.decision_table {}  --> error: decision_table needs the path of a CSV file, or rules = { ... }
remit.decision_table "no/such/file.csv"  --> error: no/such/file.csv: no such file
-- A rule of "-" alone passes for all; verify says so.
print(remit.decision_table(file "rule,blueprint,set class,why\nall,-,x,w\n"):verify(base))




--> Verification of tmp/rules.csv (unique): 1 rule over 4 members of fn   as at 2025-05   model HASH
--> finding        where  rules  blueprint  note
--> ────────────────────────────────────────────────────────────────────────────
--> tests nothing  rules  all               every cell is '-': it passes for all
--> Nothing wrong in theory, nothing wrong in this pack.
-- What spreadsheets do.
remit.decision_table(file "rule;blueprint;set class\na;grow;x\n")  --> error: tmp/rules.csv: one column only: its cells are not separated by commas
-->   in Excel, save it as "CSV UTF-8 (Comma delimited)"
remit.decision_table(file "rule,blueprint,set class,why\na,grow,x,first,then more\n")  --> error: tmp/rules.csv:2: 'then more' stands in column 5, which has no heading
-->   a text with a comma in it needs quotes around it: "a, b"
remit.decision_table(file "rule,blueprint,set class,why\na,grow,caf\xe9,w\n")  --> error: tmp/rules.csv: row 2, line 2, byte 39: byte 0xE9 is not UTF-8; in Windows-1252 it is 'é': declare "encoding": "windows-1252" or save the file as UTF-8
-->   in Excel, save it as "CSV UTF-8 (Comma delimited)"
remit.decision_table(file "rule,blueprint,set class\na,\"grow,x\n")  --> error: tmp/rules.csv: row 2, line 2, byte 27: a quote that begins here never ends
-- Rules that are named alike, policies that are none, or two.
remit.decision_table(file "rule,blueprint,set class\na,grow,x\na,retain,y\n")  --> error: tmp/rules.csv:3: rule 'a' stands there already, at tmp/rules.csv:2
remit.decision_table(file "rule (frist),blueprint,set class\na,grow,x\n")  --> error: tmp/rules.csv: there is no hit policy 'frist'. Did you mean 'first'?
remit.decision_table(file "rule (first),blueprint,set class\na,grow,x\n", { hits = "any" })  --> error: tmp/rules.csv says the hit policy is 'first', the script says 'any'
remit.decision_table(file "rule,blueprint,set class\na,grow,x\n", { hits = "collect mean" })  --> error: tmp/rules.csv: there is no hit policy 'collect mean'. Did you mean 'collect min', 'collect max', 'collect sum' or 'collect count'?
remit.decision_table(file "rule (collect sum),blueprint,set score,set class\na,grow,1,x\n")  --> error: tmp/rules.csv:2, column 'set class': 'x' is not a number, and "collect sum" takes numbers
remit.decision_table(file "rule (collect max),blueprint,set score\na,grow,1\nb,-,many\n")  --> error: tmp/rules.csv:3, column 'set score': 'many' is not a number, and "collect max" takes numbers
-- What rules do not set.
classify "rule,blueprint,set id\na,grow,x\n"  --> error: tmp/rules.csv, column 'set id': rules do not change what members there are, or whose parts: 'id' stays as it was loaded
classify "rule,blueprint,set parent\na,grow,chc\n"  --> error: tmp/rules.csv, column 'set parent': rules do not change what members there are, or whose parts: 'parent' stays as it was loaded
classify "rule,blueprint,set fn.class\na,grow,chc\n"  --> error: tmp/rules.csv, column 'set fn.class': an attribute of fn has no '.' in its name and no '#' before it
classify("rule,fn.blueprint,set cost,set kind\na,grow,0,pay\n", { on = "lines" })  --> error: 2 problems in tmp/rules.csv
-->   tmp/rules.csv, column 'set cost': rules do not change what a line is, or its figures: transfers and other changes do
-->   tmp/rules.csv, column 'set kind': rules do not change what a line is, or its figures: transfers and other changes do
classify("rule,fn.blueprint,set group\na,grow,nursng\n", { on = "lines" })  --> error: tmp/rules.csv:2, column 'set group': 'nursng' is not in groups.csv. Did you mean 'nursing'?
classify("rule,name,set population\na,North Town,many\n", { on = "place" })  --> error: tmp/rules.csv:2, column 'set population': 'many' is not a number, and population is a number
classify "rule,blueprint,set statutory\na,grow,maybe\n"  --> error: tmp/rules.csv:2, column 'set statutory': 'maybe' is not true or false
-- What is given for a table, a model or a dimension.
base:classify "rules.csv"  --> error: classify takes a decision table, not a string
-->   classify(remit.decision_table "rules/classify.csv")
classify("rule,blueprint,set class\na,grow,x\n", { on = "plaec" })  --> error: tmp/rules.csv: on = "plaec" is not a dimension with members of its own. Did you mean 'place'?
remit.decision_table(file "rule,blueprint,set class\na,grow,x\n", { hit = "any" })  --> error: decision_table has no field 'hit'. Did you mean 'hits'?
remit.decision_table { rules = { { wen = { blueprint = "grow" }, set = { class = "x" } } } }  --> error: rule 1 has no field 'wen'. Did you mean 'when'?
remit.decision_table { rules = { "grow" } }  --> error: rule 1 is a string, not a table
-->   { id = "grow", when = { blueprint = "grow" }, set = { class = "grow" }, why = "..." }
remit.decision_table { rules = { { when = { blueprint = "grow" }, set = { class = print } } } }  --> error: rule 1: a value is a text, a number, true or false, not a function
remit.decision_table { rules = { { when = { blueprint = "grow" }, set = { "x" } } } }  --> error: rule 1: set takes values by name
-->   set = { class = "grow" }
remit.decision_table { rules = { { when = { blueprint = "grow" }, set = "x" } } }  --> error: rule 1: set takes values by name
-->   set = { class = "grow" }
remit.decision_table { rules = { { when = { blueprint = print }, set = { class = "x" } } } }  --> error: blueprint: a test is text, a number, true, false or a list of labels, not a function
remit.decision_table(file "rule,blueprint,set class\na,grow,x\n", { rules = {} })  --> error: decision_table: rules come from the file or from the script, not from both
remit.decision_table(file "rule,blueprint,set class\na,grow,x\n"):verify()  --> error: verify needs a model: rules:verify(base)
remit.decision_table(file "rule,blueprint,set class\na,grow,x\n"):verfy()  --> error: a decision table has no method 'verfy'. Did you mean 'verify'?
-- Names that are none.
base:classify(remit.decision_table { rules = { { when = { ["blue\0print"] = "grow" }, set = { [""] = "x" } } } })  --> error: 2 problems in the decision table
-->   the decision table: 'blue\u{0}print': no name holds a NUL byte
-->   the decision table: a test or a value that has no name
base:classify(remit.decision_table { rules = { { when = { blueprint = "gr\0ow" }, set = { class = "x" } } } })  --> error: rule 1, column 'blueprint': a NUL byte
-->   gr\u{0}ow
-->     ^
