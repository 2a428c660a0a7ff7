-- SPDX-License-Identifier: Apache-2.0
-- random_changes: each change twice, as an analyst writes it and as the naive scenarios take it.

local chance <const> = require "chance"
local core <const> = require "remit.core"
local exact <const> = require "exact"
local oracle <const> = require "oracle"
local packs <const> = require "packs"
local remit <const> = require "remit"

local random_changes <const> = {}

local MILLION <const>, ONE <const> = 1000000, 1000000000000

local function month_text(month)
  return month and core.calendar.month_text(month)
end

-- ---- Selections ----

local BLUEPRINTS <const> = { "grow", "retain", "review" }

local function ids(members)
  local list <const> = {}
  for index, member in ipairs(members) do
    list[index] = member.id
  end
  return list
end

local function labels_of(world, field)
  local lists <const> = { vacant = { "true", "false", "none" }, kind = { "pay", "nonpay", "income" }, band = packs.BANDS, ["fn.blueprint"] = BLUEPRINTS }
  return lists[field] or ids(world.dimensions[field])
end

local function test_of(world, field)
  local labels <const>, set <const>, words <const> = labels_of(world, field), {}, {}
  for _ = 1, math.random(1, field == "fn" and 3 or 2) do
    local label <const> = (field == "place" or field == "group") and chance.of(20) and "none" or chance.pick(labels)
    set[label] = true
  end
  for label in pairs(set) do -- the order of words does not matter
    words[#words + 1] = label
  end
  return table.concat(words, ", "), set
end

local FIELDS <const> = { "fn", "fn", "place", "group", "vacant", "kind", "band", "fn.blueprint" }

---Tests as an analyst writes them, and as the naive side takes them.
function random_changes.tests(world)
  local given <const>, tests <const> = {}, {}
  for _ = 1, math.random(1, 2) do
    local field <const> = chance.pick(FIELDS)
    local name <const> = field:match "^[^.]+"
    if given[name] == nil then
      local text <const>, set <const> = test_of(world, field)
      given[name] = field == "fn.blueprint" and { blueprint = text } or text
      tests[#tests + 1] = { field, set }
    end
  end
  return given, tests
end

local function text(value)
  if type(value) ~= "table" then
    return tostring(value)
  end
  local words <const> = {}
  for key, item in pairs(value) do -- sorted next
    words[#words + 1] = ("%s = %s"):format(key, text(item))
  end
  table.sort(words)
  return "{ " .. table.concat(words, ", ") .. " }"
end

random_changes.text = text

-- ---- Amounts and months ----

local function percent(low, high)
  local micro <const> = chance.of(30) and chance.pick { low, high, (low + high) // 2 } or math.random(low, high)
  return ("%d.%04d%%"):format(micro // 10000, micro % 10000), micro * MILLION
end

local function span(world, change)
  change.from = world.as_at + math.random(1, 18)
  change.to = chance.of(25) and change.from + math.random(1, 12) or nil
end

-- ---- The eight ----

local make <const> = {}

function make.close(world, told)
  span(world, told)
  local share
  share, told.share = percent(0, MILLION)
  if chance.of(60) then
    share, told.share = nil, ONE
  end
  local lines
  lines, told.tests = random_changes.tests(world)
  return { lines = lines, share = share, from = month_text(told.from), to = month_text(told.to) }
end

local TAKES <const> = { { "vacancies", "nonpay", "posts" }, { "nonpay", "vacancies" }, { "posts" } }

function make.scale(world, told)
  span(world, told)
  local given <const> = { from = month_text(told.from), to = month_text(told.to), measure = chance.pick { "cost", "wte", "both" } }
  given.lines, told.tests = random_changes.tests(world)
  told.measure = given.measure
  if chance.of(25) then
    given.protect, told.protected = random_changes.tests(world)
  end
  local how <const> = math.random(10)
  if how == 1 then
    told.target = math.random(0, 100000000)
    given.target = told.measure == "wte" and told.target / 1000000 or told.target / 100
    given.take = chance.of(40) and chance.pick(TAKES) or nil
    told.take = given.take
  else
    local cut
    cut, told.change = percent(0, 700000)
    given.change, told.change = "-" .. cut, -told.change
    if how == 2 or how == 3 then
      given.take = chance.pick(TAKES)
      told.take = given.take
    elseif how == 4 and told.protected then
      given.spread, told.spread = "rest", true
    elseif how == 5 then
      given.change, told.change = percent(0, 500000)
    end
  end
  return given
end

local function added_line(row, id)
  local line <const> = { id = id, kind = row.kind or "pay", recurrent = row.recurrent, tags = {}, vacant = false, wte = 0 }
  for _, name in ipairs { "fn", "place", "group", "org", "fund", "band", "point" } do
    line[name] = row[name] or false
  end
  return line
end

local function random_row(world)
  local row <const> = { fn = chance.pick(world.dimensions.fn).id, recurrent = chance.pick { "true", "false" } }
  for _, name in ipairs { "place", "group", "org", "fund" } do
    row[name] = chance.of(60) and chance.pick(world.dimensions[name]).id or nil
  end
  return row
end

local function random_post_row(world, told, id)
  local row <const> = random_row(world)
  row.band, row.point = chance.pick(packs.BANDS), chance.pick { "entry", "top" }
  local wte <const> = chance.pick { 1000000, 500000, 600000 }
  local filled <const> = chance.pick { wte, 0, wte // 2 }
  local whole <const> = added_line(row, id)
  whole.wte = wte
  local parts <const> = oracle.allot(world.cost_of(whole, row.band, row.point), { filled, wte - filled }, wte)
  for index, part in ipairs { filled, wte - filled } do
    if part > 0 then
      local line <const> = added_line(row, id)
      line.wte, line.cost, line.vacant = part, parts[index], index == 2 and "true" or "false"
      told.lines[#told.lines + 1] = line
    end
  end
  row.wte, row.in_post = wte / 1000000, filled / 1000000
  return row
end

function make.add(world, told)
  span(world, told)
  local given <const>, rows <const> = { from = month_text(told.from), to = month_text(told.to) }, {}
  local posts <const> = chance.of(60)
  told.lines = {}
  for index = 1, math.random(1, 2) do
    local id <const> = ("%s/%d"):format(told.id, index)
    if posts then
      rows[index] = random_post_row(world, told, id)
    else
      local row <const>, pence <const> = random_row(world), math.random(0, 10000000)
      row.kind, row.cost = "nonpay", pence / 100
      local line <const> = added_line(row, id)
      line.cost = pence
      told.lines[#told.lines + 1], rows[index] = line, row
    end
  end
  given[posts and "posts" or "lines"] = rows
  return given
end

function make.move(world, told)
  span(world, told)
  local given <const> = { from = month_text(told.from), to = month_text(told.to), into = {} }
  given.lines, told.tests = random_changes.tests(world)
  for _ = 1, math.random(1, 2) do
    local field <const> = chance.pick { "group", "place", "fn", "org" }
    given.into[field] = chance.pick(world.dimensions[field]).id
  end
  told.into = given.into
  return given
end

function make.regrade(world, told)
  span(world, told)
  local given <const> = { from = month_text(told.from), to = month_text(told.to), band = chance.pick(packs.BANDS), point = chance.pick { "entry", "top" },
    protect_pay = chance.of(40) and math.random(1, 10) or 0 }
  given.posts, told.tests = random_changes.tests(world)
  told.tests[#told.tests + 1] = { "kind", { pay = true } }
  told.band, told.point, told.protect_pay = given.band, given.point, given.protect_pay
  return given
end

-- Which functions: by id, or by what they are.
local function functions(world)
  if chance.of(70) then
    local words <const>, set <const> = test_of(world, "fn")
    return { id = words }, { { "fn", set } }
  end
  local words <const>, set <const> = test_of(world, "fn.blueprint")
  return { blueprint = words }, { { "fn.blueprint", set } }
end

function make.set(world, told)
  span(world, told)
  local given <const> = { from = month_text(told.from), to = month_text(told.to), into = { blueprint = chance.pick(BLUEPRINTS) } }
  given.functions, told.tests = functions(world)
  told.blueprint = given.into.blueprint
  return given
end

function make.once(world, told)
  told.month, told.pence = world.as_at + math.random(0, 20), math.random(-1000, 100000000)
  told.on = { fn = chance.pick(world.dimensions.fn).id, fund = chance.of(50) and chance.pick(world.dimensions.fund).id or nil }
  told.bites = { told.month }
  local given <const> = { cost = told.pence / 100, month = month_text(told.month), on = { fn = told.on.fn, fund = told.on.fund } }
  told.on.kind = "nonpay"
  return given
end

-- A place's share of the whole system's lines, by a basis that is there for it.
local function split(world, told)
  local places <const>, weights, sum = world.dimensions.place, {}, 0
  local by <const> = chance.pick { "population", "posts", "share" }
  if by == "share" then
    local share
    share, told.split_share = percent(0, MILLION)
    return { share = share }
  end
  local at
  for index, place in ipairs(places) do
    weights[index] = by == "population" and (place.population or 0) or 0
    local seen <const> = {}
    for _, line in ipairs(by == "posts" and world.lines or {}) do
      local counts <const> = line.place == place.id and line.kind == "pay" and not seen[line.id]
      weights[index], seen[line.id] = weights[index] + (counts and 1 or 0), counts or seen[line.id]
    end
    if by == "population" and not place.population then
      return nil
    end
    sum, at = sum + weights[index], place.id == told.place and index or at
  end
  if weights[at] == 0 then
    return nil
  end
  local parts <const>, order <const>, rest = {}, {}, ONE
  for index, weight in ipairs(weights) do
    parts[index] = exact.floor(ONE, weight, sum)
    order[index] = { index = index, remainder = exact.rest(ONE, weight, sum) }
    rest = rest - parts[index]
  end
  table.sort(order, function(a, b)
    return a.remainder > b.remainder or (a.remainder == b.remainder and a.index < b.index)
  end)
  for index = 1, rest do
    parts[order[index].index] = parts[order[index].index] + 1
  end
  told.split_share = parts[at]
  return by == "posts" and { by = "posts" } or { population = "registered" }
end

-- What becomes of people, what the receiver spends, who pays twice, and on which side of the cap money handed over counts.
local function money(told, given)
  told.tupe = MILLION
  if chance.of(60) then
    local share <const>, units <const> = percent(0, MILLION)
    told.tupe = units // MILLION
    given.staff = { tupe = share, close = ("%.4f%%"):format((MILLION - told.tupe) / 10000) }
  end
  if chance.of(30) then
    told.receiver_cost = math.random(0, 50000000)
    given.receiver_cost = told.receiver_cost / 100
  end
  if chance.of(30) then
    told.delegated = math.random(0, 5000000)
    given.delegated = told.delegated / 100
  end
  given.paid_by, given.inside_cap = chance.pick { "icb", "receiver" }, chance.of(30)
  told.paid_by, told.inside_cap = given.paid_by, given.inside_cap
end

local function ready(told, given)
  if chance.of(30) then
    given.ready, given.if_not_ready = { form = true, dates = chance.of(50) }, chance.pick { "flag", "slip 3 months" }
    if not given.ready.dates and given.if_not_ready ~= "flag" then
      told.golive = told.golive + 3
    end
  end
end

function make.transfer(world, told)
  local given <const> = { receiver = chance.pick(world.dimensions.org).id }
  told.receiver = given.receiver
  given.functions, told.tests = functions(world)
  told.golive = world.as_at + math.random(2, 20)
  told.shadow = chance.of(50) and told.golive - math.random(0, 6) or nil
  given.shadow, given.golive = month_text(told.shadow), month_text(told.golive)
  given.share, told.share = percent(0, 600000)
  given.profile = chance.pick { "step", "linear", "front", "back" }
  given.months = given.profile == "step" and 1 or math.random(1, 6)
  told.profile, told.months = given.profile, given.months
  given.resource, told.resource = percent(0, MILLION)
  given.double_running, told.double_running = percent(0, 500000)
  if chance.of(60) then
    local share <const>, units <const> = percent(0, MILLION)
    given.stranded, told.stranded = { share = share, months = math.random(1, 12) }, { share = units }
    told.stranded.months = given.stranded.months
  end
  if chance.of(60) then
    given.place = chance.pick(world.dimensions.place).id
    told.place = given.place
    given.split = chance.of(70) and split(world, told) or nil
  end
  ready(told, given)
  money(told, given)
  told.from = told.golive
  told.bites = { told.shadow or told.golive }
  for month = told.golive, told.golive + math.max(told.months, told.stranded and told.stranded.months or 0) + 1 do
    told.bites[#told.bites + 1] = month
  end
  return given
end

local KINDS <const> = { "close", "scale", "scale", "add", "move", "regrade", "set", "once", "transfer", "transfer" }

---A list of changes, each in both forms.
function random_changes.list(world, depth)
  local given <const>, told <const> = {}, {}
  for index = 1, math.random(0, 5) do
    local change <const> = { kind = chance.pick(KINDS), id = ("c%d%s"):format(depth, string.char(96 + index)) }
    local spec <const> = make[change.kind](world, change)
    spec.id, spec.why, spec.confidence = change.id, "because", chance.pick { "0%", "25%", "60%", "99.9%", "100%" }
    given[index], told[index] = remit[change.kind](spec), change
  end
  return given, told
end

return random_changes
