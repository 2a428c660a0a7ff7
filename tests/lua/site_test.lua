-- SPDX-License-Identifier: Apache-2.0
-- The site profile: read strictly with the line of each mistake, and asked for by scripts that say what they need.

local check <const> = require "check"
local granted <const> = require "remit.granted"
local remit <const> = require "remit"
local site <const> = require "remit.site"

local GOOD <const> = [[
{
  "format": 1,
  "names": { "icb": "Ours", "places": { "icb": "A place called icb", "north": "The north" } },
  "envelope": { "per_head": 18.76, "population": 1085073, "population_basis": "weighted", "due": "2026-01", "basis": "in_post", "period": "recurrent" },
  "own": { "lead": "sash", "cut": -15.5, "agreed": true }
}
]]

-- What a script is given with this profile; nil for none.
local function with(json, body)
  granted.site = json and { path = "ours/site.json", json = json } or false
  local ok <const>, message <const> = pcall(body)
  granted.site = nil
  if not ok then
    error(message, 0)
  end
end

check.test("every field is read", function()
  local made <const> = assert(site.read("site.json", GOOD))
  check.same(made, { names = { icb = "Ours", places = { icb = "A place called icb", north = "The north" } },
    envelope = { per_head = 18.76, population = 1085073, population_basis = "weighted", due = "2026-01", basis = "in_post", period = "recurrent" },
    own = { lead = "sash", cut = -15.5, agreed = true } })
  check.same(assert(site.read("site.json", '{"format": 1}')), { names = { places = {} }, envelope = {}, own = {} })
end)

check.test("every mistake is said with its line, all at once", function()
  local _, said <const> = site.read("a/site.json", [[
{
  "format": 2,
  "envelope": {
    "per_head": "18.76",
    "population": 1.5,
    "populaton": 3,
    "basis": "funds", "due": "2026-13"
  },
  "names": { "icb": "", "places": { "x": 1 } },
  "own": { "list": [ 1 ] },
  "extra": true
}]])
  local lines <const> = {}
  for line in said:gmatch "[^\n]+" do
    lines[#lines + 1] = line:match "^(a/site.json:%d+: %S+ %S+ %S+)"
  end
  check.same(lines, { "a/site.json:2: 'format' is 1", "a/site.json:4: envelope.per_head is a", "a/site.json:5: envelope.population is a",
    "a/site.json:6: a site profile", "a/site.json:7: envelope.basis is one", "a/site.json:7: envelope.due is a", "a/site.json:9: names.icb is a",
    "a/site.json:9: names.places.x is a", "a/site.json:10: own.list is a", "a/site.json:11: a site profile" })
  check.ok(said:find("no field 'envelope.populaton'. Did you mean 'envelope.population'", 1, true), said)
end)

check.test("what is no profile at all is said to be none", function()
  local function refused(json)
    return select(2, site.read("site.json", json))
  end
  check.ok(refused("[1]"):find "^site.json:1: a site profile is one object")
  check.ok(refused('{"format": 1, "format": 1}'):find "^site.json:1:%d+: ")
  check.ok(refused('{"format": 1, "envelope": 3}'):find "'envelope' is an object")
  check.ok(refused('{"format": 1, "names": {"places": []}}'):find "'places' is an object")
  check.ok(refused("{}"):find "'format' is 1")
  check.ok(not refused('{"format": 1, "\27": 1}'):find "\27")
end)

check.test("a script has what the profile says, and defaults for the rest", function()
  with(GOOD, function()
    local made <const> = remit.site { needs = { "envelope.per_head", "own.lead", "names.places.north" }, defaults = { ["own.cut"] = 1, ["own.more"] = "x" } }
    check.same({ made.envelope.per_head, made.own.lead, made.own.cut, made.own.more, made.names.places.north }, { 18.76, "sash", -15.5, "x", "The north" })
  end)
  with(nil, function()
    check.same(remit.site { defaults = { ["envelope.per_head"] = 20 } }.envelope.per_head, 20)
  end)
end)

check.test("what a script needs and has not is said with how to give it", function()
  with('{"format": 1}', function()
    local err <const> = check.caught(remit.site, { needs = { "envelope.per_head", "own.lead" } })
    check.same({ err.code, err.message }, { "site", "this script needs of the site profile: envelope.per_head, own.lead" })
    check.same(err.hints, { "give them in ours/site.json:", 'envelope.per_head: "envelope": { "per_head": 18.76 }', 'own.lead: "own": { "lead": "..." }' })
    local made <const> = remit.site()
    check.same(check.caught(function() return made.names.places.east end).hints[2], 'names.places.east: "names": { "places": { "east": "..." } }')
    check.ok(check.caught(function() return made.envelop end).message:find "no field 'envelop'")
    check.same(check.caught(function() made.own.x = 1 end).code, "immutable")
  end)
  with(nil, function()
    check.ok(check.caught(remit.site, { needs = "names.icb" }).hints[1]:find "no site profile: a file site.json beside the pack")
  end)
end)

check.test("names and defaults that cannot be are mistakes of the script", function()
  with(GOOD, function()
    check.ok(check.caught(remit.site, { needs = { "envelope.per_hed" } }).message:find "Did you mean 'envelope.per_head'")
    check.ok(check.caught(remit.site, { defaults = { ["envelope.population"] = 1.5 } }).message:find "envelope.population is a whole number")
    check.caught(remit.site, { wants = {} })
  end)
  with("{", function()
    check.ok(check.caught(remit.site).hints[1]:find "ours/site.json:")
  end)
end)

check.test("the profile lies beside a pack", function()
  check.same({ site.beside "packs/ours", site.beside "packs/ours/", site.beside "packs/ours.xlsx", site.beside "ours.xlsx" },
    { "packs/ours/site.json", "packs/ours/site.json", "packs/site.json", "./site.json" })
  check.same({ site.granted { pack = "examples/nenc" } }, { "examples/nenc/site.json", (assert(io.open("examples/nenc/site.json", "rb")):read "a") })
  check.same({ site.granted { pack = "examples/england" } }, {})
  check.same({ site.granted {} }, {})
end)
