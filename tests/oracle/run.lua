-- SPDX-License-Identifier: Apache-2.0
-- run: the toolkit against the oracle. Random packs are loaded, random pivots of them asked, and every figure must be the naive one, to the
-- penny.
--
--   lua5.4 tests/oracle/run.lua [SEED [PACKS [PIVOTS]]]
--
-- A failure prints the arguments that repeat it.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local frame <const> = require "remit.frame"
local oracle <const> = require "oracle"
local packs <const> = require "packs"
local questions <const> = require "questions"
local remit <const> = require "remit"

local SEED <const>, PACKS <const>, PIVOTS <const> = math.tointeger(arg[1]) or 20250603, math.tointeger(arg[2]) or 300, math.tointeger(arg[3]) or 40

local passed, failed = 0, 0

local function fail(seed, text)
  failed = failed + 1
  print(("FAILED: lua5.4 tests/oracle/run.lua %d 1 %d\n  %s"):format(seed, PIVOTS, text))
end

local function describe(spec, where_text)
  local words <const> = {}
  for _, name in ipairs { "basis", "period", "totals" } do
    words[#words + 1] = ("%s=%s"):format(name, tostring(spec[name]))
  end
  return ("{ %s } by { %s } where %s, %s"):format(table.concat(spec.measures, ", "), table.concat(spec.by, ", "), where_text or "all", table.concat(words, " "))
end

local function selected(rows, holds)
  local chosen <const> = {}
  for _, row in ipairs(rows) do
    if not holds or holds(row) then
      chosen[#chosen + 1] = row
    end
  end
  return chosen
end

-- The naive answer. People are counted apart: only groups that lines make are there, without people 0.
local function expected_figures(pack, spec, holds)
  local by <const>, of_lines <const>, of_people <const> = {}, {}, {}
  for index, path in ipairs(spec.by) do
    by[index] = questions.reader(pack, path)
  end
  for _, name in ipairs(spec.measures) do
    table.insert(name == "heads" and of_people or of_lines, questions.measure(name, spec.basis, spec.period))
  end
  local result <const> = oracle.pivot(selected(pack.lines, holds), by, of_lines, spec.totals)
  local people <const> = #of_people > 0 and oracle.pivot(selected(pack.people, holds), by, of_people, spec.totals) or {}
  for key, group in pairs(result) do -- merging: order does not matter
    group.heads = people[key] and people[key].heads or 0
  end
  return result
end

local function actual_key(state, spec, row)
  local level <const> = state.level:get(row)
  local labels <const> = {}
  for index = 1, level do
    labels[index] = state.table:column(spec.by[index]):get(row) or false
  end
  return oracle.key(level, labels)
end

-- What differs first, or nil.
local function difference(result, spec, expected)
  local state <const>, seen <const> = frame.inside(result), {}
  for row = 1, state.count do
    local key <const> = actual_key(state, spec, row)
    local shown <const> = key:gsub("\0", " / ")
    if not expected[key] or seen[key] then
      return ("the group %s is %s"):format(shown, seen[key] and "there twice" or "too many")
    end
    seen[key] = true
    for _, name in ipairs(spec.measures) do
      local value <const> = state.table:column(name):get(row)
      if value ~= expected[key][name] then
        return ("%s of %s is %s and not %d"):format(name, shown, tostring(value), expected[key][name])
      end
    end
  end
  for key in pairs(expected) do -- any one will do
    if not seen[key] then
      return ("the group %s is missing"):format((key:gsub("\0", " / ")))
    end
  end
end

local function check_pivot(model, pack, seed)
  local spec <const>, heads <const> = questions.pivot()
  local holds, text
  if math.random(4) > 1 then
    spec.where, holds, text = questions.selection(model, pack, not heads)
  end
  local ok <const>, result <const> = pcall(model.pivot, model, spec)
  local wrong <const> = ok and difference(result, spec, expected_figures(pack, spec, holds)) or not ok and tostring(result)
  if wrong then
    fail(seed, describe(spec, text) .. "\n  " .. wrong)
  else
    passed = passed + 1
  end
end

-- The n largest groups by a measure, and the others in one row.
local function check_top(model, pack, seed)
  local paths <const> = { "fn", "place", "directorate", "fn.blueprint" }
  local name <const>, path <const> = ({ "cost", "wte", "lines" })[math.random(3)], paths[math.random(#paths)]
  local top <const> = math.random(3)
  local spec <const> = { measures = { name }, by = { path }, sort = name, top = top, basis = "funded", period = "run_rate" }
  local values <const>, others = {}, 0
  for _, group in pairs(expected_figures(pack, spec)) do -- sorted next
    values[#values + 1] = group[name]
  end
  table.sort(values, function(a, b) return a > b end)
  for index = top + 1, #values do
    others = others + values[index]
  end
  local state <const> = frame.inside(model:pivot(spec))
  local column <const> = state.table:column(name)
  local same = state.count == math.min(#values, top + 1)
  for row = 1, same and state.count or 0 do
    same = same and column:get(row) == (row > top and others or values[row])
  end
  if same then
    passed = passed + 1
  else
    fail(seed, ("the %d largest of %s by %s"):format(top, path, name))
  end
end

-- What must hold whatever the pack: funded cost is what is filled, vacant and not a post; WTE is in post or vacant.
local function check_conservation(model, pack, seed)
  local function total(measure, where)
    return frame.inside(model:pivot { measures = { measure }, where = where }).table:column(measure):get(1)
  end
  local funded <const> = total "cost"
  local filled <const>, vacant <const> = total("cost", { vacant = false }), total("cost", { vacant = true })
  local others <const> = total("cost", { kind = "not(pay)" })
  local posts <const>, wte = { 0, 0 }, 0
  for _, post in ipairs(pack.posts) do
    posts[1], wte = posts[1] + post.cost, wte + post.wte
  end
  if funded ~= filled + vacant + others or filled + vacant ~= posts[1] or total "pay" ~= posts[1] or total "wte" ~= wte
    or wte ~= total "in_post" + total "vacant" or model:total "posts" ~= #pack.posts then
    fail(seed, "conservation: filled, vacant and other cost do not add up to what the posts and budget lines say")
  else
    passed = passed + 1
  end
end

local function check_pack(place, seed)
  math.randomseed(seed)
  local pack <const> = packs.random(place)
  local ok <const>, model <const> = pcall(remit.load, place)
  if not ok then
    fail(seed, tostring(model))
    return
  end
  check_conservation(model, pack, seed)
  check_top(model, pack, seed)
  for _ = 1, PIVOTS do
    check_pivot(model, pack, seed)
  end
end

local place <const> = os.tmpname()
os.remove(place)
assert(os.execute(("mkdir '%s'"):format(place)))
for number = 0, PACKS - 1 do
  check_pack(place, SEED + number)
end
os.execute(("rm -r '%s'"):format(place))
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
