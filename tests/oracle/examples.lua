-- SPDX-License-Identifier: Apache-2.0
-- examples: both example packs, with uplifts beside, under random stacks of changes, some amended: one question must give the same penny wherever it is asked.
--
--   lua5.4 tests/oracle/examples.lua [SEED [STACKS]]
--
-- A failure prints the arguments that repeat it.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = ("%s/?.lua;%s/../lua/?.lua;%s"):format(folder, folder, package.path)

local chance <const> = require "chance"
local core <const> = require "remit.core"
local files <const> = require "files"
local remit <const> = require "remit"
local state_of <const> = require "remit.state_of"
local same <const> = require "same"

local SEED <const>, STACKS <const> = math.tointeger(arg[1]) or 20260901, math.tointeger(arg[2]) or 60
local PACKS <const> = { "nenc", "surrey" }
local RECEIVERS <const> = { nenc = "stsft", surrey = "sash" }
local AS_AT <const> = core.calendar.month "2025-05"

-- ---- Packs ----

-- The pack, copied to a place where it has uplifts.
local function uplifted(name, place)
  local copy <const> = place .. "/" .. name
  assert(os.execute(("cp -r 'examples/%s' '%s'"):format(name, copy)))
  files.write(copy .. "/uplifts.csv", "year,measure,rate\n2026/27,pay,3.3%\n2026/27,cost,2%\n2027/28,pay,-1.25%\n2027/28,cost,4.5%\n")
  local text <const> = files.read(copy .. "/datapackage.json")
  files.write(copy .. "/datapackage.json", (text:gsub('"resources": %[', '%0\n    { "name": "uplifts", "path": "uplifts.csv" },', 1)))
  return remit.load(copy)
end

-- ---- Changes ----

local WHERE <const> = { { fn = { blueprint = "retain" } }, { fn = { blueprint = "grow" } }, { kind = "pay", band = ">= 8a" }, { vacant = true },
  { fn = "phm, chc" }, { kind = "nonpay" }, { place = "none" } }
local CONFIDENCE <const> = { "100%", "99.9%", "60%", "25%" }

local function month()
  return core.calendar.month_text(AS_AT + math.random(2, 30))
end

local function percent(most)
  return ("%.2f%%"):format(math.random(0, most * 100) / 100)
end

-- Each draws a change; where two would clash the stack is refused, and another one drawn.
local MAKERS <const> = {
  function(more)
    more.lines, more.share, more.from = chance.pick(WHERE), percent(100), month()
    return remit.close(more)
  end,
  function(more)
    more.lines, more.change, more.from, more.measure = chance.pick(WHERE), "-" .. percent(30), month(), chance.pick { "both", "cost" }
    return remit.scale(more)
  end,
  function(more)
    more.lines, more.change, more.from = { fn = { blueprint = "retain" } }, "-" .. percent(50), month()
    more.take = chance.pick { { "vacancies", "nonpay", "posts" }, { "nonpay", "posts" } }
    return remit.scale(more)
  end,
  function(more)
    more.posts, more.from = { { fn = "phm", band = "7", point = "entry", wte = 1, in_post = math.random(0, 100) / 100 } }, month()
    return remit.add(more)
  end,
  function(more)
    more.lines, more.into, more.from = { fn = chance.pick { "phm", "estates" } }, { fn = chance.pick { "chc", "core_ops" } }, month()
    return remit.move(more)
  end,
  function(more)
    more.posts, more.band, more.point, more.from, more.protect_pay = { band = "8b", fn = "phm, core_ops" }, "8a", "top", month(), math.random(0, 12)
    return remit.regrade(more)
  end,
  function(more)
    more.cost, more.month, more.on = math.random(1, 90000000) / 100, month(), { fn = "core_ops" }
    return remit.once(more)
  end,
  function(more, pack)
    more.functions, more.receiver, more.golive, more.resource = { id = "pc_ops" }, RECEIVERS[pack], month(), percent(100)
    more.double_running, more.stranded = percent(50), { share = percent(50), months = 12 }
    return remit.transfer(more)
  end,
}

local function changes(pack, depth)
  local list <const> = {}
  for index = 1, math.random(1, 3) do
    list[index] = chance.pick(MAKERS)({ id = ("c%d%d"):format(depth, index), why = "drawn", confidence = chance.pick(CONFIDENCE),
      status = chance.pick { "planned", "agreed" } }, pack)
  end
  return list
end

-- A stack of one or two lists, one of whose changes may come later than it was written.
local function stack(model, pack)
  local plan = model
  for depth = 1, math.random(1, 2) do
    plan = plan:scenario("list " .. depth, { changes = changes(pack, depth) })
  end
  local list <const> = state_of[plan].layers[#state_of[plan].layers].changes
  local change <const> = list[math.random(#list + 1)]
  if change then
    plan = plan:amend(change.id, { [change.golive and "golive" or change.from and "from" or "month"] = "+2 months" })
  end
  return plan
end

-- ---- Questions ----

local function question()
  local spec <const> = { measure = chance.pick { "cost", "cost", "cost", "wte" }, month = AS_AT + math.random(2, 34),
    basis = chance.pick { "funded", "in_post" }, period = chance.pick { "run_rate", "in_year", "recurrent", "part_year", "cumulative" },
    prices = chance.pick { false, "2026/27", "2027/28" } or nil, risk = chance.pick { false, "confidence", "agreed" } or nil,
    where = chance.of(50) and chance.pick(WHERE) or nil, path = chance.pick { false, "fn", "group", "fn.blueprint" } or nil }
  if spec.measure ~= "cost" and spec.period == "part_year" then
    spec.period = "run_rate"
  elseif spec.period == "cumulative" then
    spec.from = spec.month - math.random(0, 2)
  end
  return spec
end

local passed, failed, refused = 0, 0, 0

local function fail(seed, text)
  failed = failed + 1
  print(("FAILED: lua5.4 tests/oracle/examples.lua %d 1\n  %s"):format(seed, text))
end

local function check(model, pack, seed)
  math.randomseed(seed)
  local ok <const>, plan <const> = pcall(stack, model, pack)
  if not ok then -- changes that clash
    refused = refused + 1
    return
  end
  for _ = 1, 2 do
    local asked <const> = question()
    local ran <const>, wrong <const> = pcall(function()
      return same.everywhere(model, plan, asked) or same.bridged(model, plan, asked) or same.explained(plan, asked)
    end)
    if wrong then
      fail(seed, tostring(wrong))
    end
    passed = passed + (ran and not wrong and 1 or 0)
  end
end

local place <const> = os.tmpname()
os.remove(place)
assert(os.execute(("mkdir '%s'"):format(place)))
for _, pack in ipairs(PACKS) do
  local model <const> = uplifted(pack, place)
  for number = 0, STACKS - 1 do
    check(model, pack, SEED + number)
  end
end
os.execute(("rm -r '%s'"):format(place))
print(("%d passed (%d stacks refused), %d failed"):format(passed, refused, failed))
os.exit(failed == 0 and passed > refused, true)
