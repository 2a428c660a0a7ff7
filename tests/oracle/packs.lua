-- SPDX-License-Identifier: Apache-2.0
-- packs: random packs. Each is written as files, with the mess that real extracts have, and kept as plain Lua tables: the lines, people and
-- members that the toolkit must see in those files.

local chance <const> = require "chance"
local oracle <const> = require "oracle"

local packs <const> = {}

local MICRO <const> = 1000000

-- ---- Members ----

local WORDS <const> = { "Care", "quality", "Finance", "Digital", "Medicines, optimisation", "Primary", "Café", "strategy (all)", "Data", "Estates" }

-- Members "x1", "x2"... with names of their own; `attributes(row, ids)` gives the rest.
local function members(letter, count, attributes)
  local list <const>, ids <const> = {}, {}
  for n = 1, count do
    ids[n] = letter .. n
  end
  for n = 1, count do
    list[n] = attributes(ids, n)
    list[n].id = ids[n]
    list[n].name = ("%s %s %d"):format(chance.pick(WORDS), letter, n)
    list[ids[n]] = list[n]
  end
  return list
end

local function random_members()
  local dimensions <const> = {}
  dimensions.fn = members("fn", math.random(2, 9), function(ids, n)
    return { blueprint = chance.of(80) and chance.pick { "grow", "retain", "review" } or false,
      parent = n > 1 and chance.of(50) and ids[math.random(n - 1)] or false, aliases = "also fn " .. n,
      statutory = chance.of(70) and chance.pick { "false", "true" } or false }
  end)
  dimensions.place = members("pl", math.random(1, 7), function(ids, n)
    return { population = chance.of(80) and math.random(0, 50) * 1000 or nil, population_basis = "registered",
      parent = n > 1 and chance.of(70) and ids[1] or false }
  end)
  dimensions.org = members("or", math.random(1, 4), function()
    return { type = chance.of(90) and chance.pick { "icb", "provider" } or false, employer_type = chance.pick { "nhs", "council" } }
  end)
  dimensions.group = members("gr", math.random(1, 5), function(ids, n)
    return { parent = n > 1 and chance.of(60) and ids[1] or false }
  end)
  dimensions.fund = members("fu", math.random(1, 3), function()
    return {}
  end)
  return dimensions
end

-- ---- Rates ----

local BANDS <const>, POINTS <const> = { "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9" }, { "entry", "top" }

local function random_rates()
  local rates <const> = { salary = {}, national_insurance = {}, pension = {}, apprenticeship_levy = {}, threshold = math.random(0, 9000) * 100 }
  for _, band in ipairs(BANDS) do
    for _, point in ipairs(POINTS) do
      rates.salary[band .. point] = math.random(2000000, 9000000)
    end
  end
  for _, employer in ipairs { "nhs", "council" } do
    rates.national_insurance[employer], rates.pension[employer] = math.random(0, 2000), math.random(0, 3000) -- hundredths of a per cent
    rates.apprenticeship_levy[employer] = math.random(0, 100)
  end
  return rates
end

local function cost_of(post, dimensions, rates)
  local employer <const> = post.org and dimensions.org[post.org].employer_type or "nhs"
  local pay <const> = oracle.half_up(rates.salary[post.band .. post.point], post.wte, MICRO)
  local employments <const> = math.max(1, (post.wte + MICRO - 1) // MICRO)
  local over <const> = math.max(0, pay - employments * rates.threshold)
  return pay + oracle.half_up(over, rates.national_insurance[employer], 10000) + oracle.half_up(pay, rates.pension[employer], 10000)
    + oracle.half_up(pay, rates.apprenticeship_levy[employer], 10000)
end

-- ---- Posts, budget lines, people ----

local WTES <const> = { 0, 100000, 200000, 333333, 500000, 600000, 800000, 1000000, 1000000, 1000000, 1500000, 2000000 }
local OPEN <const> = { cost_centre = { "6001", "6002", "cc", "CC", "Cc 3" }, directorate = { "North", "north", "East & co", "West" },
  profession = { "nursing", "finance", "analytics" } }
local TAGS <const> = { "pod", "gpit", "hosted", "Ring fenced" }

local function some_tags()
  local tags <const> = {}
  for _, tag in ipairs(TAGS) do
    if chance.of(25) then
      tags[#tags + 1] = tag
    end
  end
  return tags
end

-- What posts and budget lines have alike.
local function random_line(dimensions)
  local line <const> = { fn = chance.pick(dimensions.fn).id, tags = some_tags(), recurrent = chance.pick { "true", "false", false } }
  for _, name in ipairs { "place", "org", "group", "fund" } do
    line[name] = chance.of(75) and chance.pick(dimensions[name]).id or false
  end
  for _, name in ipairs { "cost_centre", "directorate" } do
    line[name] = chance.of(85) and chance.pick(OPEN[name]) or false
  end
  line.level = chance.of(50) and chance.pick { "place", "system", "region" } or false
  return line
end

local function random_post(number, dimensions, rates)
  local post <const> = random_line(dimensions)
  post.id, post.kind, post.wte = "P" .. number, "pay", chance.pick(WTES)
  post.in_post = chance.pick { post.wte, post.wte, 0, post.wte // 2, math.random(0, post.wte) } -- halves make ties of rounding
  post.profession = chance.of(80) and chance.pick(OPEN.profession) or false
  post.stated = chance.of(60) and math.random(0, 20000000) or nil
  post.band = (not post.stated or chance.of(80)) and chance.pick(BANDS) or false
  post.point = post.band and (not post.stated or chance.of(50)) and chance.pick(POINTS) or false
  post.cost = post.stated or cost_of(post, dimensions, rates)
  return post
end

local function random_budget_line(number, dimensions)
  local line <const> = random_line(dimensions)
  line.id, line.kind = "B" .. number, chance.pick { "nonpay", "nonpay", "income", "vacancy_factor" }
  line.cost, line.wte = math.random(0, 500000000) * (line.kind == "nonpay" and 1 or -1), 0
  line.band, line.point, line.profession, line.vacant = false, false, false, false
  return line
end

local function part(post, vacant, wte, cost)
  local line <const> = {}
  for name, value in pairs(post) do -- copying: order does not matter
    line[name] = value
  end
  line.vacant, line.wte, line.cost = vacant, wte, cost
  return line
end

-- A post's filled and vacant parts; its cost in proportion, the filled part rounded half to even.
local function add_parts(lines, post)
  local filled <const> = post.wte > 0 and oracle.half_even(post.cost, post.in_post, post.wte) or post.cost
  if post.in_post > 0 or post.wte == 0 then
    lines[#lines + 1] = part(post, "false", post.in_post, filled)
  end
  if post.in_post < post.wte then
    lines[#lines + 1] = part(post, "true", post.wte - post.in_post, post.cost - filled)
  end
end

local function random_people(posts)
  local people <const> = {}
  for _, post in ipairs(posts) do
    for _ = 1, post.in_post > 0 and math.random(0, 2) or 0 do
      local one <const> = part(post, "false", post.in_post, post.cost)
      one.person = "N" .. math.random(#posts)
      people[#people + 1] = one
    end
  end
  return people
end

-- ---- Shares ----

local ALL <const> = 100 * MICRO

local function random_share(pack, field, label)
  local rest, parts <const>, of <const> = ALL, {}, {}
  for _ = 1, math.random(1, 4) do
    local share <const>, fn <const> = chance.of(20) and rest // 3 or math.random(0, rest), chance.pick(pack.dimensions.fn).id
    if not of[fn] then
      of[fn] = { fn = fn, share = 0, [field] = label }
      parts[#parts + 1] = of[fn]
    end
    of[fn].share = of[fn].share + share
    rest = rest - share
  end
  parts[#parts].share = parts[#parts].share + rest
  return parts
end

-- Some posts and cost centres are shared over functions: { post = { id = parts }, cost_centre = ... }, labels in small letters.
local function random_shares(pack)
  local shares <const> = { post = {}, cost_centre = {}, rows = {} }
  for _ = 1, chance.of(50) and math.random(0, 6) or 0 do
    local field <const> = chance.pick { "post", "post", "cost_centre" }
    local line <const> = field == "post" and chance.pick(pack.posts) or chance.pick(pack.lines)
    local label <const> = field == "post" and line.id or line.cost_centre
    if label and not shares[field][label:lower()] then
      local parts <const> = random_share(pack, field, label)
      shares[field][label:lower()] = parts
      table.move(parts, 1, #parts, #shares.rows + 1, shares.rows)
    end
  end
  return shares
end

local function add_shared(result, row, parts)
  local weights <const> = {}
  for index, one in ipairs(parts) do
    weights[index] = one.share
  end
  local wte <const>, cost <const> = oracle.allot(row.wte, weights, ALL), oracle.allot(row.cost, weights, ALL)
  for index, one in ipairs(parts) do
    if one.share > 0 then
      local line <const> = part(row, row.vacant, wte[index], cost[index])
      line.fn = one.fn
      result[#result + 1] = line
    end
  end
end

local function shared(rows, shares)
  local result <const> = {}
  for _, row in ipairs(rows) do
    local parts <const> = row.kind == "pay" and shares.post[row.id:lower()] or row.cost_centre and shares.cost_centre[row.cost_centre:lower()]
    if parts then
      add_shared(result, row, parts)
    else
      result[#result + 1] = row
    end
  end
  return result
end

-- ---- Files ----

local function decimal(value, digits)
  local scale <const> = math.tointeger(10 ^ digits)
  return ("%s%d.%0" .. digits .. "d"):format(value < 0 and "-" or "", math.abs(value) // scale, math.abs(value) % scale)
end

local function money(pence)
  local plain <const> = decimal(math.abs(pence), 2)
  local form <const> = math.random(4)
  if form == 1 then
    local pounds <const>, rest <const> = plain:match "^(%d+)(.*)$"
    return (pence < 0 and "-£" or "£") .. pounds:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "") .. rest
  elseif form == 2 and pence < 0 then
    return "(" .. plain .. ")"
  end
  return (pence < 0 and "-" or "") .. plain
end

-- A member as people write it: its id, its id or name in another case, with stray spaces.
local function mention(member)
  local form <const> = math.random(6)
  if form == 1 then
    return member.id:upper()
  elseif form == 2 then
    return member.name
  elseif form == 3 then
    return "  " .. member.name:gsub("%a", string.upper) .. " "
  elseif form == 4 and member.aliases then
    return member.aliases
  end
  return member.id
end

local function quoted(text)
  if text:find '[,"\r\n]' or text:find "^%s" or text:find "%s$" or chance.of(5) then
    return '"' .. text:gsub('"', '""') .. '"'
  end
  return text
end

local ENDS <const> = { "\n", "\r\n" }

local function write_csv(folder, name, headings, rows, text_of)
  local line_end <const> = chance.pick(ENDS)
  local lines <const> = { (chance.of(30) and "\u{FEFF}" or "") .. table.concat(headings, ",") }
  for _, row in ipairs(rows) do
    local fields <const> = {}
    for index, heading in ipairs(headings) do
      fields[index] = quoted(text_of(row, heading))
    end
    lines[#lines + 1] = table.concat(fields, ",")
  end
  local file <close> = assert(io.open(folder .. "/" .. name, "wb"))
  assert(file:write(table.concat(lines, line_end), line_end))
end

local function plain_text(row, heading)
  local value <const> = row[heading]
  return value == nil and "" or value == false and "" or tostring(value)
end

local function line_text(dimensions)
  return function(row, heading)
    local value <const> = row[heading]
    if heading == "cost" then
      local pence <const> = row.kind == "pay" and row.stated or row.kind ~= "pay" and row.cost or nil
      return pence and money(pence) or ""
    elseif heading == "wte" or heading == "in_post" then
      return decimal(value, 6)
    elseif heading == "tags" then
      return table.concat(value, chance.pick { "|", " | " })
    elseif heading == "recurrent" then
      return value == "true" and chance.pick { "true", "yes", "Y", "1" } or value == "false" and chance.pick { "false", "NO", "0" } or ""
    elseif dimensions[heading] and value then
      return mention(dimensions[heading][value])
    end
    return plain_text(row, heading)
  end
end

local function rate_rows(rates)
  local points <const>, costs <const> = {}, {}
  for _, band in ipairs(BANDS) do
    for _, point in ipairs(POINTS) do
      points[#points + 1] = { year = "2025/26", band = band, point = point, salary = decimal(rates.salary[band .. point], 2) }
    end
  end
  for _, employer in ipairs { "nhs", "council" } do
    for _, component in ipairs { "national_insurance", "pension", "apprenticeship_levy" } do
      costs[#costs + 1] = { employer_type = employer, component = component, from = "2025-04", rate = decimal(rates[component][employer], 2) .. "%",
        threshold = component == "national_insurance" and decimal(rates.threshold, 2) or "0" }
    end
  end
  return points, costs
end

-- Uplifts to 2026/27 and 2027/28, in millionths: of pay, and of all else.
local function random_uplifts()
  local uplifts <const> = {}
  for index, year in ipairs { "2026/27", "2027/28" } do
    uplifts[index] = { year = year, pay = math.random(-20000, 60000), cost = math.random(-20000, 60000) }
  end
  return uplifts
end

local function uplift_rows(uplifts)
  local rows <const> = {}
  for _, one in ipairs(uplifts) do
    for _, measure in ipairs { "pay", "cost" } do
      rows[#rows + 1] = { year = one.year, measure = measure, rate = decimal(one[measure], 4) .. "%" }
    end
  end
  return rows
end

local DESCRIPTOR <const> = [[{ "name": "random", "remit": { "format": 1, "as_at": "2025-05", "price_base": "2025/26", "max_wte": 2 }, "resources": [ %s ] }]]

local function write_pack(folder, pack)
  local headings <const> = { functions = { "id", "name", "blueprint", "parent", "aliases", "statutory" },
    places = { "id", "name", "population", "population_basis", "parent" },
    organisations = { "id", "name", "type", "employer_type" }, groups = { "id", "name", "parent" }, funds = { "id", "name" } }
  local of <const> = { functions = "fn", places = "place", organisations = "org", groups = "group", funds = "fund" }
  local resources <const> = {}
  local function add(name, columns, rows, text_of)
    write_csv(folder, name .. ".csv", columns, rows, text_of or plain_text)
    resources[#resources + 1] = ('{ "name": "%s", "path": "%s.csv" }'):format(name, name)
  end
  for _, name in ipairs { "functions", "places", "organisations", "groups", "funds" } do
    add(name, headings[name], pack.dimensions[of[name]])
  end
  local points <const>, costs <const> = rate_rows(pack.rates)
  add("pay_points", { "year", "band", "point", "salary" }, points)
  add("on_costs", { "employer_type", "component", "from", "rate", "threshold" }, costs)
  add("uplifts", { "year", "measure", "rate" }, uplift_rows(pack.uplifts))
  local alike <const> = { "id", "fn", "place", "level", "org", "group", "directorate", "cost_centre", "fund", "cost", "recurrent", "tags" }
  local text_of <const> = line_text(pack.dimensions)
  add("posts", table.move({ "profession", "band", "point", "wte", "in_post" }, 1, 5, #alike + 1, table.move(alike, 1, #alike, 1, {})), pack.posts, text_of)
  add("budget_lines", table.move({ "kind" }, 1, 1, #alike + 1, table.move(alike, 1, #alike, 1, {})), pack.budget_lines, text_of)
  add("assignments", { "post", "person", "wte" }, pack.people, function(row, heading)
    return heading == "post" and row.id or heading == "wte" and decimal(row.wte, 6) or row.person
  end)
  if #pack.shares.rows > 0 then
    add("shares", { "post", "cost_centre", "fn", "share" }, pack.shares.rows, function(row, heading)
      return heading == "fn" and mention(pack.dimensions.fn[row.fn]) or heading == "share" and decimal(row.share, 6) .. chance.pick { "", "%" }
        or plain_text(row, heading)
    end)
  end
  local file <close> = assert(io.open(folder .. "/datapackage.json", "wb"))
  assert(file:write(DESCRIPTOR:format(table.concat(resources, ", "))))
end

-- What is written "cc" and "CC" is one cost centre, spelt in the way that comes first in byte order.
local function spell(pack)
  for _, name in ipairs { "cost_centre", "directorate" } do
    local spelt <const> = {}
    for _, row in ipairs(pack.lines) do
      local label <const> = row[name]
      local known <const> = label and spelt[label:lower()]
      if label and not (known and known < label) then
        spelt[label:lower()] = label
      end
    end
    for _, rows in ipairs { pack.lines, pack.people } do
      for _, row in ipairs(rows) do
        row[name] = row[name] and spelt[row[name]:lower()]
      end
    end
  end
end

---A random pack, written into `folder`, of at most so many posts (120).
---@param folder string
---@param most? integer
---@return { lines: table[], people: table[], posts: table[], dimensions: table<string, table> }
function packs.random(folder, most)
  local pack <const> = { dimensions = random_members(), rates = random_rates(), uplifts = random_uplifts(), posts = {}, budget_lines = {}, lines = {} }
  for number = 1, math.random(1, most or 120) do
    pack.posts[number] = random_post(number, pack.dimensions, pack.rates)
    add_parts(pack.lines, pack.posts[number])
  end
  for number = 1, math.random(0, most and most // 4 or 20) do
    pack.budget_lines[number] = random_budget_line(number, pack.dimensions)
    pack.lines[#pack.lines + 1] = pack.budget_lines[number]
  end
  pack.people = random_people(pack.posts)
  pack.shares = random_shares(pack)
  write_pack(folder, pack)
  pack.lines, pack.people = shared(pack.lines, pack.shares), shared(pack.people, pack.shares)
  spell(pack)
  function pack.cost_of(line, band, point)
    return cost_of({ org = line.org, wte = line.wte, band = band, point = point }, pack.dimensions, pack.rates)
  end
  return pack
end

packs.TAGS, packs.BANDS, packs.LEVELS = TAGS, BANDS, { "neighbourhood", "place", "system", "cluster", "region", "national" }

return packs
