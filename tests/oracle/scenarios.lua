-- SPDX-License-Identifier: Apache-2.0
-- scenarios: the toolkit's scenarios against naive ones. Random packs, stacks of random changes and months; every account before rounding, figures after it.
--
--   lua5.4 tests/oracle/scenarios.lua [SEED [PACKS [STACKS]]]
--
-- A failure prints the arguments that repeat it.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local core <const> = require "remit.core"
local exact <const> = require "exact"
local frame <const> = require "remit.frame"
local naive <const> = require "naive"
local packs <const> = require "packs"
local questions <const> = require "questions"
local random_changes <const> = require "random_changes"
local remit <const> = require "remit"

local SEED <const>, PACKS <const>, STACKS <const> = math.tointeger(arg[1]) or 20260401, math.tointeger(arg[2]) or 60, math.tointeger(arg[3]) or 30

local passed, failed, refused = 0, 0, 0

local function text_of(plan)
  local words <const> = {}
  for depth, layer in ipairs(plan.state.layers) do
    for _, change in ipairs(layer.changes) do
      words[#words + 1] = ("    %d  %s"):format(depth, require("remit.changes").canonical(change))
    end
  end
  table.sort(words)
  return table.concat(words, "\n")
end

local function fail(seed, plan, text, ...)
  failed = failed + 1
  print(("FAILED: lua5.4 tests/oracle/scenarios.lua %d 1 %d\n  %s\n%s"):format(seed, STACKS, text:format(...), plan and text_of(plan) or ""))
  return false
end

-- ---- Accounts, before rounding ----

local function naive_accounts(states)
  local sums <const> = {}
  for _, state in ipairs(states) do
    for kind, amounts in pairs(state.accounts) do -- adding up: order does not matter
      for channel, amount in pairs(amounts) do -- adding up: order does not matter
        sums[kind .. " " .. channel] = sums[kind .. " " .. channel] or { 0, 0 }
        local figure <const> = state.line[channel]
        exact.add(sums[kind .. " " .. channel], amount < 0 and -figure or figure, math.abs(amount))
      end
    end
    for channel, amount in pairs(state.kept) do -- adding up: order does not matter
      sums["kept " .. channel] = exact.add(sums["kept " .. channel] or { 0, 0 }, state.line[channel], amount)
    end
  end
  return sums
end

-- The toolkit's factors times the figures of its lines by trail.
local function factors_sum(compiled, accounts, channel, month)
  local name <const> = channel == 0 and "cost" or "wte"
  local by <const> = assert(core.pivot.run(compiled:traced(), { by = { "#trail" }, measures = { { name = name, column = name } } }))
  local factors <const>, sum <const> = assert(compiled.set:factors(month, accounts, channel)), { 0, 0 }
  for row = 1, by:rows() do
    local factor <const>, figure <const> = factors[by:column("#trail"):code(row)], by:column(name):get(row)
    exact.add(sum, factor < 0 and -figure or figure, math.abs(factor))
  end
  return sum
end

local function by_kind(compiled)
  local kinds <const> = { kept = { 0 } }
  for index, account in ipairs(compiled.accounts) do
    kinds[account.kind] = kinds[account.kind] or {}
    table.insert(kinds[account.kind], index)
  end
  return kinds
end

local function accounts_agree(seed, plan, states, month)
  local compiled <const>, sums <const> = plan.state.plan, naive_accounts(states)
  local all <const> = { cost = { 0, 0 }, wte = { 0, 0 } }
  for kind, accounts in pairs(by_kind(compiled)) do -- each by itself: order does not matter
    for channel, name in pairs { [0] = "cost", [1] = "wte" } do -- each by itself: order does not matter
      local got <const>, wanted <const> = factors_sum(compiled, accounts, channel, month), sums[kind .. " " .. name] or { 0, 0 }
      if kind ~= "unborn" and (got[1] ~= wanted[1] or got[2] ~= wanted[2]) then
        return fail(seed, plan, "%s of %s in %s is %d + %d and not %d + %d", name, kind, core.calendar.month_text(month), got[1], got[2], wanted[1], wanted[2])
      end
      if kind ~= "double" and kind ~= "resource" then
        exact.add(all[name], 1, 0)
        all[name][1], all[name][2] = all[name][1] + got[1] + (all[name][2] + got[2]) // exact.ONE, (all[name][2] + got[2]) % exact.ONE
      end
    end
  end
  for _, name in ipairs { "cost", "wte" } do
    local whole <const> = assert(core.pivot.run(compiled.lines, { measures = { { name = name, column = name } } })):column(name):get(1) or 0
    if all[name][1] ~= whole or all[name][2] ~= 0 then
      return fail(seed, plan, "%s is not conserved in %s: %d + %d of %d", name, core.calendar.month_text(month), all[name][1], all[name][2], whole)
    end
  end
  return true
end

-- ---- Figures ----

local function own(state, channel)
  local sum = state.kept[channel]
  for _, kind in ipairs { "stranded", "double" } do
    sum = sum + (state.accounts[kind] and state.accounts[kind][channel] or 0)
  end
  return sum
end

local VACANT_OUT <const> = { { "vacant", { ["false"] = true, none = true } }, { "kind", { pay = true, nonpay = true, income = true } } }
local MEASURES <const> = {
  cost = function(state, spec, stock)
    local counts = not stock and (spec.basis ~= "in_post" or naive.holds({}, state.line, {}, VACANT_OUT))
    counts = counts and not (spec.period == "recurrent" and state.line.recurrent == "false")
    return counts and state.line.cost or 0, "cost"
  end,
  wte = function(state) return state.line.wte, "wte" end,
  in_post = function(state) return state.line.vacant == "false" and state.line.wte or 0, "wte" end,
}

local function label_of(world, state, attributes, path)
  if path == "fn.blueprint" then
    return (attributes[state.line.fn] or world.dimensions.fn[state.line.fn]).blueprint or "(none)"
  end
  return state.line[path] or "(none)"
end

-- Exact sums of a measure by the label of one path, months added up.
local function naive_groups(world, months, spec, measure)
  local groups <const> = {}
  for _, month in ipairs(months) do
    local states <const>, attributes <const> = world.top.at(month)
    local _, at_end <const> = world.top.at(spec.month)
    for _, state in ipairs(states) do
      if not spec.tests or naive.holds(world, state.line, #months > 1 and at_end or attributes, spec.tests) then
        local figure <const>, channel <const> = MEASURES[measure](state, spec)
        local key <const> = spec.path and label_of(world, state, #months > 1 and at_end or attributes, spec.path) or ""
        groups[key] = exact.add(groups[key] or { 0, 0 }, figure, own(state, channel))
      end
    end
  end
  return groups
end

local function total_of(groups)
  local all <const> = { 0, 0 }
  for _, sum in pairs(groups) do -- adding up: order does not matter
    all[1], all[2] = all[1] + sum[1] + (all[2] + sum[2]) // exact.ONE, (all[2] + sum[2]) % exact.ONE
  end
  return all
end

-- A part may be rounded either way, so that the parts add up.
local function near(value, sum, divisor)
  local low <const> = sum[1] // divisor
  return value == low or (value == low + 1 and (sum[2] > 0 or sum[1] % divisor > 0))
end

local function months_of(plan, spec)
  if spec.period == "in_year" then
    local first <const>, months <const> = core.calendar.month_of_year(core.calendar.year_of_month(spec.month)), {}
    for index = 0, 11 do
      months[index + 1] = first + index
    end
    return months
  elseif spec.period == "recurrent" then
    spec.month = plan.state.plan:last_month()
  end
  return { spec.month }
end

local function once_of(world, months, spec)
  local sum = 0
  for _, change in ipairs(spec.period == "in_year" and world.once or {}) do
    local there <const> = change.month >= months[1] and change.month <= months[12]
    local _, attributes <const> = world.top.at(spec.month)
    sum = sum + (there and (not spec.tests or naive.holds(world, change.on, attributes, spec.tests)) and change.pence or 0)
  end
  return sum
end

local function figures_agree(seed, plan, world, spec)
  local months <const> = months_of(plan, spec)
  local given <const> = { measures = { spec.measure }, by = { spec.path }, at = core.calendar.month_text(spec.month), totals = spec.path ~= nil,
    basis = spec.basis, period = spec.period, where = spec.where }
  local result <const> = frame.inside(plan:pivot(given))
  local stock <const> = spec.measure ~= "cost"
  local of <const> = stock and { spec.month } or months
  local groups <const> = naive_groups(world, of, spec, spec.measure)
  local all <const> = total_of(groups)
  all[1] = all[1] + (stock and 0 or once_of(world, months, spec)) * #of
  local values <const>, sum, total = result.table:column(spec.measure), 0, nil
  local seen <const> = {}
  for row = 1, result.count do
    if spec.path and result.level:get(row) == 1 then
      local key <const> = result.table:column(spec.path):get(row) or "(none)"
      seen[key], sum = true, sum + values:get(row)
      if #world.once == 0 and not near(values:get(row), groups[key] or { 0, 0 }, #of) then
        return fail(seed, plan, "%s of %s in %s, %s %s, is %d and not %d", spec.measure, key, given.at, spec.basis, spec.period, values:get(row),
          (groups[key] or { 0 })[1])
      end
    else
      total = values:get(row)
    end
  end
  for key, one in pairs(groups) do -- any one will do
    if spec.path and not seen[key] and (one[1] ~= 0 or one[2] ~= 0) then
      return fail(seed, plan, "the group %s of %s is missing", key, spec.path)
    end
  end
  if total ~= exact.rounded(all, #of) or (spec.path and sum ~= total) then
    return fail(seed, plan, "%s in %s, %s %s where %s, is %d (parts %d) and not %d", spec.measure, given.at, spec.basis, spec.period, tostring(spec.where and
      random_changes.text(spec.where)), total, sum, exact.rounded(all, #of))
  end
  return true
end

-- Posts and lines that are there: something of them is still the ICB's.
local function counts_agree(seed, plan, world, month)
  local ids <const>, wanted = {}, { posts = 0, lines = 0, filled_posts = 0 }
  for _, state in ipairs((world.top.at(month))) do
    local line <const> = state.line
    if own(state, "wte") > 0 then
      wanted.lines = wanted.lines + 1
      if line.kind == "pay" and not ids[line.id] then
        wanted.posts, ids[line.id] = wanted.posts + 1, true
      end
    end
  end
  for _, name in ipairs { "posts", "lines" } do
    local got <const> = plan:total(name, { at = core.calendar.month_text(month) })
    if got ~= wanted[name] then
      return fail(seed, plan, "%s in %s: %d and not %d", name, core.calendar.month_text(month), got, wanted[name])
    end
  end
  return true
end

-- ---- A stack ----

local function pick(list)
  return list[math.random(#list)]
end

local function some_month(world)
  local months <const> = world.top.months
  local month <const> = #months > 0 and math.random(3) > 1 and pick(months) + math.random(-1, 1) or world.as_at + math.random(0, 30)
  return math.max(world.as_at, month)
end

local PATHS <const> = { "fn", "place", "group", "band", "fn.blueprint", "fund", "org", "kind" }

local function question(world)
  local spec <const> = { measure = pick { "cost", "cost", "wte", "in_post" }, path = math.random(4) > 1 and pick(PATHS) or nil, month = some_month(world),
    basis = pick { "funded", "in_post" }, period = pick { "run_rate", "run_rate", "in_year", "recurrent" } }
  if math.random(3) == 1 then
    spec.where, spec.tests = random_changes.tests(world)
  end
  return spec
end

local function check_stack(seed, plan, world)
  local good = true
  for _ = 1, 2 do
    local month <const> = some_month(world)
    good = good and accounts_agree(seed, plan, world.top.at(month), month)
  end
  for _ = 1, 4 do
    good = good and figures_agree(seed, plan, world, question(world))
  end
  return good and counts_agree(seed, plan, world, some_month(world))
end

local function shuffled(list)
  local made <const> = table.move(list, 1, #list, 1, {})
  for index = #made, 2, -1 do
    local at <const> = math.random(index)
    made[index], made[at] = made[at], made[index]
  end
  return made
end

-- One list after the other: on a scenario, or by `extends`.
local function stacked(model, lists)
  local plan = model
  for depth, list in ipairs(lists) do
    local changes <const> = shuffled(list)
    if depth > 1 and math.random(2) == 1 then
      plan = model:scenario("list " .. depth, { extends = plan, changes = changes })
    else
      plan = plan:scenario("list " .. depth, { changes = changes })
    end
  end
  return plan
end

local function naive_stack(world, lists)
  world.top, world.once = naive.base(world, world.lines), {}
  for _, list in ipairs(lists) do
    world.top = naive.layer(world.top, list)
    table.move(world.top.once, 1, #world.top.once, #world.once + 1, world.once)
  end
end

local function check(seed, model, world)
  local lists <const>, told <const> = {}, {}
  for depth = 1, math.random(1, 3) do
    lists[depth], told[depth] = random_changes.list(world, depth)
  end
  local fine <const>, problem <const> = pcall(naive_stack, world, told)
  if not fine and type(problem) ~= "table" then
    error(problem, 0)
  end
  local ok <const>, plan <const> = pcall(stacked, model, lists)
  if fine and ok then
    local ran <const>, good <const> = pcall(check_stack, seed, plan, world)
    if not ran then
      fail(seed, plan, "%s", tostring(good))
    end
    passed = passed + (ran and good and 1 or 0)
  elseif fine then
    fail(seed, nil, "refused: %s", tostring(plan))
  elseif ok then
    fail(seed, plan, "not refused, though %s clash", problem.conflict)
  else
    refused = refused + 1
  end
end

-- ---- Before anything happens ----

-- Any question about a month in which nothing has happened yet is answered as the base answers it.
local function unchanged(seed, model, plan, pack)
  local spec <const>, heads <const> = questions.pivot()
  local where_text, _
  if math.random(4) > 1 then
    spec.where, _, where_text = questions.selection(model, pack, not heads)
  end
  local _, wanted <const> = pcall(function() return model:pivot(spec):csv() end)
  spec.at, spec.period = "2025-06", spec.period ~= "recurrent" and spec.period or nil
  local _, got <const> = pcall(function() return plan:pivot(spec):csv() end)
  if spec.period and wanted ~= got then
    return fail(seed, nil, "%s by %s where %s:\n%s\nand not\n%s", table.concat(spec.measures, ", "), table.concat(spec.by, ", "), tostring(where_text),
      got, wanted)
  end
  passed = passed + 1
end

-- ---- Packs ----

local function check_pack(place, seed)
  math.randomseed(seed)
  local world <const> = packs.random(place, 16)
  world.as_at = core.calendar.month "2025-05"
  local ok <const>, model <const> = pcall(remit.load, place)
  if not ok then
    fail(seed, nil, "%s", tostring(model))
    return
  end
  local later <const> = model:scenario("later", { changes = { remit.close { lines = {}, from = "2030-01", why = "later" } } })
  for _ = 1, STACKS do
    check(seed, model, world)
    unchanged(seed, model, later, world)
  end
end

local place <const> = os.tmpname()
os.remove(place)
assert(os.execute(("mkdir '%s'"):format(place)))
for number = 0, PACKS - 1 do
  check_pack(place, SEED + number)
end
os.execute(("rm -r '%s'"):format(place))
print(("%d passed (%d more refused, as they must be), %d failed"):format(passed, refused, failed))
os.exit(failed == 0 and passed > 0, true)
