local tiny <const> = require "tiny"

-- A thousand changes are well within the limit; past 4,096 operations an error says so.
local base <const> = tiny.load()
local function closes(count)
  local list <const> = {}
  for number = 1, count do
    list[number] = remit.close { id = ("c%04d"):format(number), posts = { fn = "chc" }, share = "0.1%", from = "2025-10", why = "a little" }
  end
  return list
end
print(base:scenario("many", { changes = closes(1000) }):total("wte", { at = "2025-10", where = { fn = "chc" } }))  --> 0.367695
print(base:scenario("most", { changes = closes(4096) }):total("wte", { at = "2025-10", where = { fn = "chc" } }))  --> 0.016605
base:scenario("too many", { changes = closes(4097) })  --> error: 4097 operations, at most 4096
-- Lists on lists.
local plan = base
for depth = 1, 100 do
  plan = plan:scenario("list " .. depth, { changes = { remit.scale { id = "s" .. depth, lines = {}, change = "-1%", measure = "both", from = "2025-10", why = "again" } } })
end
print(plan:total("wte", { at = "2025-10" }), plan:total("cost", { at = "2025-10" }))  --> 1.24451	87921.33
-- A share of nothing and of all.
local function total(share)
  return base:scenario("x", { changes = { remit.close { posts = { fn = "chc" }, share = share, from = "2025-10", why = "x" } } }):total("wte", { at = "2025-10", where = { fn = "chc" } })
end
print(total "0%", total "100%", total(1), total "0.0001%")  --> 1.0	0.0	0.0	0.999999
-- Shares of transfers that make one leave nothing; a millionth of a per cent more is too much.
local trust <const> = tiny.load { organisations = "id,name\ntrust,The Trust\n" }
local function three(last)
  local list <const> = {}
  for index, share in ipairs { "33.3333%", "33.3333%", last } do
    list[index] = remit.transfer { id = "t" .. index, functions = { id = "chc" }, share = share, receiver = "trust", golive = "2025-10", why = "place " .. index }
  end
  return { changes = list }
end
print(trust:scenario("x", three "33.3334%"):total("cost", { at = "2025-10", where = { fn = "chc" } }))  --> 0.0
trust:scenario("x", three "33.3335%")  --> error: transfer 't1' (place 1), transfer 't2' (place 2) and transfer 't3' (place 3) together move more than all of the same lines in 2025-10
