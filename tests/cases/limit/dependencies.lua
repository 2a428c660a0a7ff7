local tiny <const> = require "tiny"

-- A chain of 12,000 functions, whose names are longer than one test may be, and the way of the last one longer than a label may be;
-- and the same functions in one circle.
local COUNT <const> = 12000
local functions <const>, chain <const> = { "id,name,blueprint,parent,aliases" }, { "fn,needs,kind,why" }
for number = 1, COUNT do
  functions[#functions + 1] = ("f%05d,Function %d,,,"):format(number, number)
  chain[#chain + 1] = number < COUNT and ("f%05d,f%05d,enabler,next"):format(number, number + 1) or nil
end
local function load(dependencies)
  return tiny.load { functions = table.concat(functions, "\n"), posts = "id,fn,wte,in_post,cost\nP1,f00001,1,1,100\nP2,f12000,1,1,20.05\n",
    budget_lines = false, dependencies = table.concat(dependencies, "\n") }
end
local closure <const> = load(chain):closure "f00001"
print(#closure, closure:get(#closure, "cost"), closure:get(20, "way"):sub(-15))  --> 12001	120.05	f00019 > f00020
print(closure:get(21, "way"):sub(-15))  --> f00020 > f00021
print(closure:get(22, "way"):sub(-30))  --> f00020 > ... (1 more) > f00022
print(closure:get(#closure - 1, "way"):sub(-34))  --> f00020 > ... (11979 more) > f12000
chain[#chain + 1] = "f12000,f00001,enabler,round"
local circles <const> = load(chain):cycles()
print(#circles, circles:get(1, "functions"))  --> 1	12000
print(circles:get(1, "circle"):sub(-34))  --> f00099 > ... (11901 more) > f00001
print(circles:get(1, "all"):sub(-32))  --> f00099, ... (11900 more), f12000
