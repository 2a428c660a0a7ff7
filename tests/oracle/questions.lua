-- SPDX-License-Identifier: Apache-2.0
-- questions: random tests, selections and pivots, each twice: as an analyst writes it, and as a plain Lua function of a row.

local chance <const> = require "chance"
local packs <const> = require "packs"

local questions <const> = {}

-- What can be grouped by, and how a plain row says it.
local PATHS <const> = { "fn", "fn.blueprint", "fn.parent", "fn.statutory", "place", "place.parent", "org", "org.type", "org.employer_type", "group",
  "group.parent", "fund", "cost_centre", "directorate", "profession", "band", "level", "kind", "vacant", "recurrent", "tags" }

-- A function that gives a row's label, list of labels, integer or false at a path.
function questions.reader(pack, path)
  local head <const>, rest <const> = path:match "^([^.]+)%.?(.*)$"
  if rest == "" then
    return function(row)
      return row[head] or false
    end
  end
  return function(row)
    return row[head] and pack.dimensions[head][row[head]][rest] or false
  end
end

-- ---- Tests of labels ----

local function quote(label)
  return (label:find '[,"()%[%]<>=]' or label:find "^%s*%-" or chance.of(10)) and '"' .. label:gsub('"', '""') .. '"' or label
end

-- The labels that a test on a path may name, and whether names and other cases mean them too: a member above another is known by its id.
local function vocabulary(pack, path)
  local head <const>, rest <const> = path:match "^([^.]+)%.?(.*)$"
  if pack.dimensions[head] and (rest == "" or rest == "parent") then
    return pack.dimensions[head], rest == ""
  end
  local seen <const>, labels <const> = {}, {}
  local read <const> = questions.reader(pack, path)
  for _, row in ipairs(pack.lines) do
    local value <const> = read(row)
    for _, label in ipairs(type(value) == "table" and value or { value or nil }) do
      if not seen[label] then
        seen[label] = true
        labels[#labels + 1] = { id = label, name = label }
      end
    end
  end
  table.sort(labels, function(a, b)
    return a.id < b.id
  end)
  return labels, false
end

local function each(value, passes)
  for _, label in ipairs(type(value) == "table" and value or { value or nil }) do
    if passes(label) then
      return true
    end
  end
  return false
end

local function one_of(members, named)
  local texts <const>, wanted <const> = {}, {}
  for index = 1, math.random(1, 3) do
    local member <const> = chance.pick(members)
    local label <const> = named and chance.pick { member.id, member.id:upper(), member.name, member.name:lower() } or member.id
    texts[index] = quote(label)
    wanted[member.id] = true
  end
  return table.concat(texts, chance.pick { ", ", "," }), function(label)
    return wanted[label]
  end
end

local function glob(members, named)
  local member <const> = chance.pick(members)
  local source <const> = named and chance.of(50) and member.name or member.id
  local piece <const> = source:match "%w+":sub(1, math.random(2, 4))
  local by_id <const> = {}
  for _, one in ipairs(members) do
    by_id[one.id] = one.id:lower():find(piece:lower(), 1, true) or named and one.name:lower():find(piece:lower(), 1, true)
  end
  return "*" .. chance.pick { piece, piece:upper() } .. "*", function(label)
    return by_id[label]
  end
end

local function position(list, wanted)
  for index, item in ipairs(list) do
    if item == wanted then
      return index
    end
  end
end

-- < > and ranges of values in an order: `rank` gives a value's place, `texts` how two of them are written, the lower first.
local function ordered(low, high, texts, rank)
  local forms <const> = {
    { ">= " .. texts[1], function(at) return at >= low end },
    { "> " .. texts[1], function(at) return at > low end },
    { "<=" .. texts[2], function(at) return at <= high end },
    { "<" .. texts[2], function(at) return at < high end },
    { ("[%s..%s]"):format(texts[1], texts[2]), function(at) return at >= low and at <= high end },
    { ("(%s..%s]"):format(texts[1], texts[2]), function(at) return at > low and at <= high end },
    { ("[%s..%s)"):format(texts[1], texts[2]), function(at) return at >= low and at < high end },
  }
  local form <const> = chance.pick(forms)
  return form[1], function(value)
    return form[2](rank(value))
  end
end

local function range_of_labels(list)
  local low <const> = math.random(#list - 1)
  local high <const> = math.random(low + 1, #list)
  return ordered(low, high, { list[low], list[high] }, function(label)
    return position(list, label)
  end)
end

local function label_test(pack, path)
  local members <const>, named <const> = vocabulary(pack, path)
  local order <const> = path == "band" and packs.BANDS or path == "level" and packs.LEVELS
  if order and chance.of(50) then
    return range_of_labels(order)
  elseif #members == 0 or chance.of(5) then
    return "none", nil
  elseif chance.of(30) then
    return glob(members, named)
  end
  return one_of(members, named)
end

-- ---- Tests of numbers ----

local function decimal(value, digits)
  local scale <const> = math.tointeger(10 ^ digits)
  local text <const> = ("%s%d.%0" .. digits .. "d"):format(value < 0 and "-" or "", math.abs(value) // scale, math.abs(value) % scale)
  return chance.of(50) and text:gsub("0+$", ""):gsub("%.$", "") or text
end

local function number_test(pack, path)
  local values <const> = {}
  local read <const> = questions.reader(pack, path)
  for index = 1, 2 do
    values[index] = read(chance.pick(pack.lines)) or 0
  end
  table.sort(values)
  local digits <const> = ({ cost = 2, wte = 6 })[path]
  local texts <const> = {}
  for index, value in ipairs(values) do
    texts[index] = digits and decimal(value, digits) or tostring(value)
  end
  if values[1] == values[2] or chance.of(20) then
    return texts[1], function(value)
      return value == values[1]
    end
  end
  return ordered(values[1], values[2], texts, function(value)
    return value
  end)
end

-- ---- Selections ----

local FIELDS <const>, NUMBERS <const> = table.move(PATHS, 1, #PATHS, 1, {}), { "wte", "cost", "place.population" }

-- A test's text, and whether a row passes. not() passes exactly what its list does not, rows without a value too.
local function random_test(pack, with_numbers)
  local numeric <const> = with_numbers and chance.of(20)
  local path <const> = numeric and chance.pick(NUMBERS) or chance.pick(FIELDS)
  local read <const> = questions.reader(pack, path)
  if chance.of(3) then
    return path, "-", function()
      return true
    end
  end
  local text <const>, passes <const> = (numeric and number_test or label_test)(pack, path)
  local function holds(row)
    local value <const> = read(row)
    if not passes then
      return value == false or type(value) == "table" and #value == 0
    end
    return each(value, passes)
  end
  if text ~= "none" and chance.of(25) then
    return path, ("not(%s)"):format(text), function(row)
      return not holds(row)
    end
  end
  return path, text, holds
end

local function put(spec, path, text)
  local head <const>, rest <const> = path:match "^([^.]+)%.?(.*)$"
  if rest == "" then
    spec[head] = text
  else
    spec[head] = spec[head] or {}
    spec[head][rest] = text
  end
end

-- A table of one to three tests, all of which must hold.
local function random_tests(pack, with_numbers)
  local spec <const>, all <const>, said <const>, heads <const> = {}, {}, {}, {}
  for _ = 1, math.random(1, 3) do
    local path <const>, text <const>, holds <const> = random_test(pack, with_numbers)
    local head <const> = path:match "^[^.]+"
    if not heads[head] then
      heads[head] = true
      put(spec, path, text)
      all[#all + 1] = holds
      said[#said + 1] = path .. " " .. text
    end
  end
  return spec, function(row)
    for _, holds in ipairs(all) do
      if not holds(row) then
        return false
      end
    end
    return true
  end, table.concat(said, " and ")
end

local function is_post(row)
  return row.kind == "pay"
end

---A random selection: the model's, a function that says whether a row is in it, its text, and whether it is one of posts: then what is not
---in it are the other posts.
function questions.selection(model, pack, with_numbers, depth)
  depth = depth or 0
  if depth == 3 or chance.of(65) then
    local spec <const>, holds <const>, text <const> = random_tests(pack, with_numbers)
    if chance.of(15) then
      return model:posts(spec), function(row) return is_post(row) and holds(row) end, "posts " .. text, true
    end
    return model:lines(spec), holds, text, false
  end
  local left <const>, in_left <const>, left_text <const>, left_posts <const> = questions.selection(model, pack, with_numbers, depth + 1)
  if chance.of(25) then
    return ~left, function(row) return (is_post(row) or not left_posts) and not in_left(row) end, ("~(%s)"):format(left_text), left_posts
  end
  local right <const>, in_right <const>, right_text <const>, right_posts <const> = questions.selection(model, pack, with_numbers, depth + 1)
  local posts <const> = left_posts and right_posts
  if chance.of(50) then
    return left & right, function(row) return in_left(row) and in_right(row) end, ("(%s) & (%s)"):format(left_text, right_text), posts
  end
  return left | right, function(row) return in_left(row) or in_right(row) end, ("(%s) | (%s)"):format(left_text, right_text), posts
end

-- ---- Measures ----

local function cost_if(test)
  return function(basis, period)
    return function(row)
      local counted <const> = test(row) and (basis == "funded" or row.vacant ~= "true" and row.kind ~= "vacancy_factor")
        and (period ~= "recurrent" or row.recurrent ~= "false")
      return counted and row.cost or 0
    end
  end
end

local function kind_is(kind)
  return function(row)
    return row.kind == kind
  end
end

local function wte_if(vacant)
  return function(row)
    return (vacant == nil or row.vacant == vacant) and row.wte or 0
  end
end

local function one_if(vacant)
  return function(row)
    return (vacant == nil or row.vacant == vacant) and 1 or 0
  end
end

local MONEY <const> = { cost = cost_if(function() return true end), pay = cost_if(kind_is "pay"), nonpay = cost_if(kind_is "nonpay"),
  income = cost_if(kind_is "income"), vacancy_factor = cost_if(kind_is "vacancy_factor") }
local OTHERS <const> = { wte = { value = wte_if() }, in_post = { value = wte_if "false" }, vacancies = { value = wte_if "true" }, lines = { value = one_if() },
  filled_posts = { member = function(row) return row.vacant == "false" and row.wte > 0 and row.id end },
  vacant_posts = { member = function(row) return row.vacant == "true" and row.id end },
  posts = { member = function(row) return row.kind == "pay" and row.id end }, heads = { member = function(row) return row.person end } }
local NAMES <const> = {
  "cost", "pay", "nonpay", "income", "vacancy_factor", "wte", "in_post", "vacancies", "lines", "filled_posts", "vacant_posts", "posts", "heads",
}

---A measure for the oracle.
function questions.measure(name, basis, period)
  if MONEY[name] then
    return { name = name, value = MONEY[name](basis, period) }
  end
  return { name = name, value = OTHERS[name].value, member = OTHERS[name].member }
end

local function several(list, least, most)
  local chosen <const>, taken <const> = {}, {}
  for _ = 1, math.random(least, most) do
    local item <const> = chance.pick(list)
    if not taken[item] then
      taken[item] = true
      chosen[#chosen + 1] = item
    end
  end
  return chosen, taken
end

---What a pivot asks: { measures, by, totals, basis, period } and whether heads are among the measures.
function questions.pivot()
  local by <const>, grouped <const> = several(PATHS, 0, 3)
  local measures <const>, taken <const> = several(NAMES, 1, 5)
  return { measures = measures, by = by, totals = not grouped.tags and chance.of(60) or nil, basis = chance.pick { "funded", "funded", "in_post" },
    period = chance.pick { "run_rate", "run_rate", "recurrent" } }, taken.heads
end

return questions
