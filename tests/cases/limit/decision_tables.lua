local tiny <const> = require "tiny"

-- 4,096 rules, and one more.
local base <const> = tiny.load()
local function rules(count)
  local list <const> = {}
  for index = 1, count do
    list[index] = { when = { population = tostring(index) }, set = { size = "s" .. index } }
  end
  return remit.decision_table { id = "rules", on = "place", rules = list }
end
print(rules(4096))  --> decision table rules: 4096 rules on place (unique), sets size
print(base:classify(rules(4096)):dim("place"):members():get("north", "size"))  --> (none)
base:classify(rules(4097))  --> error: rules: more than 4096 rules
-- The longest test, and one byte more.
local longest <const> = ("grow, "):rep(10922) .. "grow"
print(#longest)  --> 65536
print(base:classify(remit.decision_table { rules = { { when = { blueprint = longest }, set = { class = "x" } } } })
  :dim("fn"):members():get("digital", "class"))  --> x
remit.decision_table { id = "rules", rules = { { when = { blueprint = longest .. ("x"):rep(65537 - #longest) }, set = { class = "x" } } } }  --> error: rule 1, column 'blueprint': a test of 65537 bytes: at most 65536
-->   grow, grow, grow, grow, grow, grow, grow, grow, grow, grow, g...
-->   ^
-- Problems past what a message shows are counted.
local wrong <const> = { "rule,blueprint,set class" }
for index = 1, 60 do
  wrong[index + 1] = ("r%d,grow,\"a, b\""):format(index)
end
local _, problem <const> = pcall(remit.decision_table, tiny.file("wrong.csv", table.concat(wrong, "\n")))
print(#problem.list, #problem.hints, problem.hints[51])  --> 60	51	... and 10 more
-- Of a long cell the message shows what stands around the slip.
base:classify(remit.decision_table { id = "rules", rules = { { when = { blueprint = ("grow, "):rep(40) .. "grwo, " .. ("grow, "):rep(40) .. "grow" },
  set = { class = "x" } } } })  --> error: rule 1, column 'blueprint': 'grwo' is not a member. Did you mean 'grow'?
-->   ...grow, grow, grow, grow, grow, grow, grow, grow, grow, grow, grwo, grow, grow, grow, grow, grow, grow, grow, grow, grow, g...
-->                                                                  ^
