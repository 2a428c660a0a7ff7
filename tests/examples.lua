-- SPDX-License-Identifier: Apache-2.0
-- Every example runs and prints what its expected.txt says, and what an example made itself can be made again, byte for byte.
-- One script gives the operating model of every pack with rules: model.txt of each.
--     lua5.4 tests/examples.lua [--update]       REMIT_LUA is the interpreter, lua5.4 by default; REMIT_PROGRAM, if set, must print the same

local examples <const> = { "nenc", "surrey", "england" }
local made <const> = { nenc = { "posts.csv", "budget_lines.csv", "assignments.csv", "general_ledger.csv" }, surrey = { "posts.csv", "budget_lines.csv" } }
local MODEL <const>, with_rules <const> = "examples/model.lua", { "nenc", "surrey" }

local update <const> = arg[1] == "--update"
local command <const> = os.getenv "REMIT_LUA" or "lua5.4"
local program <const> = os.getenv "REMIT_PROGRAM"
local passed, failed = 0, 0

local function read(path)
  local file <const> = io.open(path, "rb")
  if not file then
    return nil
  end
  local text <const> = file:read "a"
  file:close()
  return text
end

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
    local file <const> = assert(io.open(expected, "wb"))
    file:write(actual)
    file:close()
  end
  check(expected, read(expected), actual)
  if program then
    check(script .. ", guarded,", actual, output_of(script, ("'%s' run"):format(program)))
  end
end

-- The same script for all: it knows a pack by its argument alone, and its code names none.
local function model_of(name)
  run(("%s examples/%s"):format(MODEL, name), ("examples/%s/model.txt"):format(name))
  local code <const> = read(MODEL):gsub("%-%-[^\n]*", ""):lower()
  local named <const> = code:find(name, 1, true)
  check(("%s without the name of %s"):format(MODEL, name), "no", named and "named" or "no")
end

local function remake(name, files)
  local scratch <const> = os.tmpname()
  os.remove(scratch)
  assert(os.execute("mkdir -p " .. scratch))
  local said <const> = output_of(("examples/%s/make.lua %s"):format(name, scratch))
  for _, file in ipairs(files) do
    check(("examples/%s/%s made again"):format(name, file), read(("examples/%s/%s"):format(name, file)), read(scratch .. "/" .. file) or said)
  end
  os.execute("rm -r " .. scratch)
end

for _, name in ipairs(examples) do
  run(("examples/%s/demo.lua"):format(name), ("examples/%s/expected.txt"):format(name))
  if made[name] then
    remake(name, made[name])
  end
end
for _, name in ipairs(with_rules) do
  model_of(name)
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
