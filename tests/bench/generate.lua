-- SPDX-License-Identifier: Apache-2.0
-- generate: a pack of many posts, the same for the same arguments on every machine.
--
--   lua5.4 tests/bench/generate.lua FOLDER POSTS ordered|shuffled
--
-- 60 functions in 8 groups, 140 places in 7 regions (both as parents), 42 organisations, 12 pay bands. Ordered: posts stand by organisation, as
-- extracts put end to end do. Shuffled: the same posts in no order. A pack that is there already, whole, is left alone.

local FUNCTIONS <const>, GROUPS <const>, PLACES <const>, REGIONS <const>, ORGANISATIONS <const> = 60, 8, 140, 7, 42
local BANDS <const> = { "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9" }
local BLUEPRINT <const> = { "grow", "retain", "review" }
local WTE <const> = { "1", "1", "1", "1", "0.8", "0.6", "0.5", "0.4" }
local SEED <const> = 18760325

-- xorshift, 64 bits: what Lua's own generator gives may change with its version.
local function random_source(seed)
  local state = seed
  return function(below)
    state = state ~ (state << 13)
    state = state ~ (state >> 7)
    state = state ~ (state << 17)
    return (state >> 1) % below
  end
end

local function write(path, lines)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(table.concat(lines, "\n"), "\n"))
end

local function id(letter, number)
  return ("%s%03d"):format(letter, number)
end

local function write_dimensions(folder)
  local functions <const>, groups <const>, places <const> = { "id,name,blueprint,parent" }, { "id,name" }, { "id,name,population,parent" }
  local organisations <const> = { "id,name,type,employer_type" }
  for n = 1, GROUPS do
    functions[n + 1] = ("%s,Functions %d,,"):format(id("g", n), n)
    groups[n + 1] = ("%s,Group %d"):format(id("g", n), n)
  end
  for n = 1, FUNCTIONS do
    functions[#functions + 1] = ("%s,Function %d,%s,%s"):format(id("f", n), n, BLUEPRINT[n % 3 + 1], id("g", (n - 1) % GROUPS + 1))
  end
  for n = 1, REGIONS do
    places[n + 1] = ("%s,Region %d,,"):format(id("r", n), n)
  end
  for n = 1, PLACES do
    places[#places + 1] = ("%s,Place %d,%d,%s"):format(id("p", n), n, 100000 + n * 977, id("r", (n - 1) % REGIONS + 1))
  end
  for n = 1, ORGANISATIONS do
    organisations[n + 1] = ("%s,ICB %d,icb,nhs"):format(id("o", n), n)
  end
  write(folder .. "/functions.csv", functions)
  write(folder .. "/groups.csv", groups)
  write(folder .. "/places.csv", places)
  write(folder .. "/organisations.csv", organisations)
end

-- Numbers 1 to count, mixed.
local function shuffled(count, below)
  local order <const> = {}
  for n = 1, count do
    order[n] = n
  end
  for n = count, 2, -1 do
    local other <const> = below(n) + 1
    order[n], order[other] = order[other], order[n]
  end
  return order
end

-- Post n alone decides what it is, so that both orders hold the same posts. One in eight is vacant, one in sixteen partly filled.
local function post(n, count)
  local below <const> = random_source(n * 2654435761 + SEED)
  below(2)
  below(2)
  local organisation <const> = (n - 1) * ORGANISATIONS // count
  local place <const> = (organisation * PLACES // ORGANISATIONS + below(4)) % PLACES + 1
  local fn <const>, band <const> = below(FUNCTIONS), below(#BANDS) + 1
  local wte <const> = WTE[below(#WTE) + 1]
  local state <const> = below(16)
  local in_post <const> = state < 2 and "0" or state == 2 and "0.2" or wte
  local pence <const> = math.tointeger((2200000 + band * 700000 + below(900000)) * (tonumber(wte) * 10) // 10)
  return ("P%07d,%s,%s,%s,%s,%s,%s,%s,%d.%02d"):format(n, id("f", fn + 1), id("p", place), id("o", organisation + 1),
    id("g", fn % GROUPS + 1), BANDS[band], wte, in_post, pence // 100, pence % 100)
end

local BLOCK <const> = 10000 -- posts written at once

local function write_posts(folder, count, order)
  local file <close> = assert(io.open(folder .. "/posts.csv", "wb"))
  assert(file:write("id,fn,place,org,group,band,wte,in_post,cost\n"))
  for first = 1, count, BLOCK do
    local lines <const> = {}
    for n = first, math.min(first + BLOCK - 1, count) do
      lines[#lines + 1] = post(order and order[n] or n, count)
    end
    assert(file:write(table.concat(lines, "\n"), "\n"))
  end
end

local DESCRIPTOR <const> = [[
{
  "name": "bench",
  "title": "%d invented posts, %s, with parents",
  "remit": { "format": 1, "as_at": "2025-05", "price_base": "2025/26" },
  "resources": [
    { "name": "functions", "path": "functions.csv" },
    { "name": "places", "path": "places.csv" },
    { "name": "organisations", "path": "organisations.csv" },
    { "name": "groups", "path": "groups.csv" },
    { "name": "posts", "path": "posts.csv" }
  ]
}]]

local function is_there(path, text)
  local file <close> = io.open(path, "rb")
  return file and file:read "a" == text .. "\n"
end

local folder <const>, count <const>, order <const> = arg[1], math.tointeger(arg[2]), arg[3]
if not folder or not count or not (order == "ordered" or order == "shuffled") then
  io.stderr:write("usage: lua5.4 generate.lua FOLDER POSTS ordered|shuffled\n")
  os.exit(2)
end
local descriptor <const> = DESCRIPTOR:format(count, order)
if not is_there(folder .. "/datapackage.json", descriptor) then
  write_dimensions(folder)
  write_posts(folder, count, order == "shuffled" and shuffled(count, random_source(SEED)) or nil)
  write(folder .. "/datapackage.json", { descriptor }) -- last: it says that the rest is whole
end
