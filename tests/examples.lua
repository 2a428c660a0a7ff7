-- SPDX-License-Identifier: Apache-2.0
-- Every example runs and prints what its expected.txt says, and what an example made itself can be made again, byte for byte.
-- One script gives the operating model of every pack with rules, and one asks a board's questions of a plan: model.txt and plan.txt of each.
-- NENC has a plan on one page, and the risks of its board paper, too. The script in sharing/ is signed, sent and run on both packs, as a bundle.
--     lua5.4 tests/examples.lua [--update]       REMIT_LUA is the interpreter, lua5.4 by default; REMIT_PROGRAM, if set, must print
-- and write the same, guarded

package.path = "tests/lua/?.lua;" .. package.path

local files <const> = require "files"

local examples <const> = { "nenc", "surrey", "england" }
local made <const> = { nenc = { "posts.csv", "budget_lines.csv", "assignments.csv", "general_ledger.csv" }, surrey = { "posts.csv", "budget_lines.csv" } }
local plans <const> = { nenc = { "blueprint", "risks" } } -- scripts of a pack's own, and what they print
local with_rules <const> = { "nenc", "surrey" }
local of_rules <const> = { -- a script, what it prints, and its arguments after the pack's folder
  { "examples/model.lua", "model.txt", { nenc = "", surrey = "" } },
  { "examples/plan.lua", "plan.txt", { nenc = "sunderland stsft", surrey = "east_surrey sash" } },
}

local update <const> = arg[1] == "--update"
local command <const> = os.getenv "REMIT_LUA" or "lua5.4"
local program <const> = os.getenv "REMIT_PROGRAM"
local passed, failed = 0, 0

local function first_difference(expected, actual)
  local line = 1
  local next_actual <const> = actual:gmatch "([^\n]*)\n?"
  for wanted in expected:gmatch "([^\n]*)\n?" do
    local got <const> = next_actual()
    if wanted ~= got then
      return ("line %d\n    expected %s\n    got      %s"):format(line, wanted, tostring(got))
    end
    line = line + 1
  end
  return ("line %d: more than was expected"):format(line)
end

local function check(name, expected, actual)
  if expected == actual and actual ~= nil then
    passed = passed + 1
    return
  end
  failed = failed + 1
  print(("%s differs at %s"):format(name, first_difference(expected or "", actual or "")))
end

local function output_of(script, by)
  local pipe <const> = assert(io.popen(("%s %s 2>&1"):format(by or command, script)))
  local text <const> = pipe:read "a"
  pipe:close()
  return text
end

local function run(script, expected)
  local actual <const> = output_of(script)
  if update then
    files.write(expected, actual)
  end
  check(expected, files.found(expected), actual)
  if program then
    check(script .. ", guarded,", actual, output_of(script, ("'%s' run"):format(program)))
  end
end

-- The same script for all: it knows a pack by its arguments alone, and its code names none.
local function shared_script(script, expected, name, more)
  run(("%s examples/%s %s"):format(script, name, more), ("examples/%s/%s"):format(name, expected))
  local code <const> = files.read(script):gsub("%-%-[^\n]*", ""):lower()
  local named <const> = code:find(name, 1, true)
  check(("%s without the name of %s"):format(script, name), "no", named and "named" or "no")
end

local function remake(name, list)
  local scratch <const> = os.tmpname()
  os.remove(scratch)
  assert(os.execute("mkdir -p " .. scratch))
  local said <const> = output_of(("examples/%s/make.lua %s"):format(name, scratch))
  for _, file in ipairs(list) do
    local was <const> = files.found(("examples/%s/%s"):format(name, file))
    check(("examples/%s/%s made again"):format(name, file), was, files.found(scratch .. "/" .. file) or said)
  end
  os.execute("rm -r " .. scratch)
end

-- The board's report: three files, the same each time, the page within its limit.
local PAGE_MAX <const> = 500000
local function board(name)
  local texts <const> = {}
  for time = 1, 2 do
    local scratch <const> = os.tmpname()
    os.remove(scratch)
    assert(os.execute("mkdir -p " .. scratch))
    local guarded <const> = time == 2 and program
    local said <const> = guarded and output_of(("examples/%s/board.lua"):format(name), ("'%s' run --out %s"):format(program, scratch))
      or output_of(("examples/%s/board.lua %s"):format(name, scratch))
    texts[time] = { said:gsub(scratch:gsub("%p", "%%%0"), "out") }
    for _, ending in ipairs { "html", "xlsx", "md" } do
      texts[time][ending] = files.found(("%s/%s-options.%s"):format(scratch, name, ending)) or said
    end
    os.execute("rm -r " .. scratch)
  end
  for _, ending in ipairs { 1, "html", "xlsx", "md" } do
    check(("examples/%s/board.lua, %s"):format(name, ending), texts[1][ending], texts[2][ending])
  end
  check("the page's size", "small", texts[1].html:find "^<!DOCTYPE html>" and #texts[1].html < PAGE_MAX and "small" or "large")
end

-- Whoever makes the bundle and whoever runs it have a key store each. Two runs on a pack are the same to the byte.
local SENT <const> = [[
  set -e; export XDG_CONFIG_HOME='SCRATCH/theirs'
  'REMIT' key new 'NENC planning' --no-password; 'REMIT' key show 'NENC planning' >'SCRATCH/nenc.pub'
  'REMIT' bundle examples/sharing/options.lua --out 'SCRATCH/options.remit' --version 1 --sign 'NENC planning'
  export XDG_CONFIG_HOME='SCRATCH/ours'
  'REMIT' trust 'SCRATCH/nenc.pub' --name 'NENC planning'; 'REMIT' verify 'SCRATCH/options.remit']]
local RECEIVED <const> = [[
  (XDG_CONFIG_HOME='SCRATCH/ours' 'REMIT' run 'SCRATCH/options.remit' --grant --weak-sandbox --pack examples/PACK --out 'SCRATCH/PACK.TIME' 2>'SCRATCH/said')]]

local function filled(text, scratch, name, time)
  return (text:gsub("%u%u+", { SCRATCH = scratch, REMIT = program, PACK = name, TIME = time }))
end

local function share(names)
  local scratch <const> = os.tmpname()
  os.remove(scratch)
  assert(os.execute(("mkdir -m 700 '%s'"):format(scratch)))
  local said <const> = output_of("", ("{ %s\n}"):format(filled(SENT, scratch)))
  check("examples/sharing, verified,", "verified", said:find("signed    by NENC planning (key ", 1, true) and "verified" or said)
  for _, name in ipairs(names) do
    local expected <const> = ("examples/sharing/%s.txt"):format(name)
    local printed <const> = output_of("", filled(RECEIVED, scratch, name, "1"))
    if update then
      files.write(expected, printed)
    end
    check(expected, files.found(expected), printed)
    check(expected .. " again", printed, output_of("", filled(RECEIVED, scratch, name, "2")))
    check("examples/sharing, twice on " .. name, "", output_of("", ("diff -r '%s/%s.1' '%s/%s.2'"):format(scratch, name, scratch, name)))
    check("examples/sharing, its record", "there", files.found(("%s/%s.1/run-record.json"):format(scratch, name)) and "there" or "missing")
  end
  os.execute(("rm -r '%s'"):format(scratch))
end

for _, name in ipairs(examples) do
  run(("examples/%s/demo.lua"):format(name), ("examples/%s/expected.txt"):format(name))
  if made[name] then
    remake(name, made[name])
  end
  for _, script in ipairs(plans[name] or {}) do
    run(("examples/%s/%s.lua"):format(name, script), ("examples/%s/%s.txt"):format(name, script))
  end
end
board "nenc"
for _, name in ipairs(with_rules) do
  for _, one in ipairs(of_rules) do
    shared_script(one[1], one[2], name, one[3][name])
  end
end
if program then
  share(with_rules)
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
