-- SPDX-License-Identifier: Apache-2.0
-- attack: scripts that try to get out, to hang, to fill or to differ. `lua5.4 tests/attack.lua [--bundled] [--part N/OF] [FILE...]`; REMIT_PROGRAM is the
-- program, --bundled runs each as a stranger's bundle, and
-- REMIT_STOCK an interpreter without a guard, where each must work: that shows that there was something to hold. A script begins with
--
--   -- what it tries
--   -- stock: prints TEXT | hangs | no memory | differs | ends with CODE
--   -- held: TEXT that the program prints instead, or `same`: twice the same, without an error
--   -- with: options of `remit run`
--
-- It runs in a folder of its own, beside things that it must neither read nor change.

package.path = "tests/lua/?.lua;" .. package.path

local files <const> = require "files"

local program <const> = os.getenv "REMIT_PROGRAM"
local stock <const> = os.getenv "REMIT_STOCK"
local root <const> = io.popen("pwd"):read "l"
local scratch <const> = os.tmpname()

local SECONDS <const> = 60 -- the program is given, under the sanitizers too
local PATIENCE <const> = 0.3 -- an interpreter is given, where it should hang

local function shell(command, ...)
  return select(3, os.execute(command:format(...)))
end

-- A fresh place: what is outside, and `box`, where the script runs. Packs are there for those that use the toolkit.
local function make_place(attack)
  shell("rm -rf '%s' /tmp/remit-attack.csv; mkdir -p '%s/box/out'", scratch, scratch)
  files.write(scratch .. "/secret.txt", "SECRET\n")
  files.write(scratch .. "/secret.csv", "SECRET,SECRET\n1,2\n")
  files.write(scratch .. "/doomed.txt", "still here\n")
  files.write(scratch .. "/doomed.csv", "still here\n")
  files.write(scratch .. "/outside.lua", 'print "ESCAPED"\n')
  if attack.packs then
    shell("cp -r examples/nenc '%s/pack'; cp -r examples/nenc '%s/box/inside'", scratch, scratch)
  end
  shell("cd '%s/box' && ln -s .. linked && ln -s ../.. out/linked && ln -s ../../doomed.csv out/link.csv && ln -s /dev/zero zeros && mkfifo pipe", scratch)
end

local function is_untouched(attack)
  return files.read(scratch .. "/doomed.txt") == "still here\n" and files.read(scratch .. "/doomed.csv") == "still here\n"
    and shell("cd '%s' && test ! -e made.csv -a ! -e made.txt", scratch) == 0
    and (not attack.packs or shell("cd '%s' && cmp -s pack/posts.csv box/inside/posts.csv", scratch) == 0)
end

-- What it printed, on both streams, and how it ended.
local function run(attack, seconds, command)
  make_place(attack)
  local code <const> = shell("cd '%s/box' && timeout -s KILL %s sh -c '%s' >../said 2>&1 </dev/null", scratch, seconds, command)
  return files.read(scratch .. "/said"), code
end

local function parse(path)
  local text <const> = files.read(path)
  return { path = root .. "/" .. path, stock = assert(text:match "\n%-%- stock: ([^\n]*)", path .. ": no stock"),
    held = assert(text:match "\n%-%- held: ([^\n]*)", path .. ": no held"),
    options = text:match "\n%-%- with: ([^\n]*)" or "", packs = text:find("require \"remit", 1, true) ~= nil }
end

local function works_on_stock(attack)
  local kind <const>, rest <const> = attack.stock:match "^(%a+) ?(.*)$"
  local command <const> = ("%s \"%s\""):format(stock, attack.path)
  if kind == "hangs" then
    local _, code <const> = run(attack, PATIENCE, command .. " >/dev/null")
    return code == 137, "ended with " .. code
  elseif kind == "no" then
    local said <const>, code <const> = run(attack, 20, ("ulimit -v 400000; %s"):format(command))
    return code == 137 or said:find("not enough memory", 1, true), said
  end
  local said <const>, code <const> = run(attack, 20, command)
  if kind == "differs" then
    local differs = false
    for _ = 1, 10 do
      differs = differs or said ~= run(attack, 20, command)
    end
    return differs, said
  elseif kind == "ends" then
    return code == tonumber(rest:match "%d+"), "ended with " .. code
  end
  return said:find(load('return "' .. rest .. '"')(), 1, true), said
end

local function is_held(attack)
  local command <const> = ("\"%s\" run %s \"%s\""):format(program, attack.options, attack.path)
  local said <const>, code <const> = run(attack, SECONDS, command)
  local printed <const> = said:gsub("\n  %d+ | [^\n]*", "") -- an error quotes the script's line
  if code ~= 0 and code ~= 3 then
    return false, ("ended with %d\n%s"):format(code, said)
  elseif not is_untouched(attack) then
    return false, "something outside was changed\n" .. said
  elseif printed:find("ESCAPED", 1, true) or said:find("SECRET", 1, true) or said:find("[\0-\8\11-\31\127]") or said:find("\u{202e}", 1, true) then
    return false, said
  elseif attack.held == "same" then
    return code == 0 and said == run(attack, SECONDS, command), said
  end
  return said:find(attack.held, 1, true), said
end

-- As a bundle: nothing of all that is there, so an attack may also fail for want of what it attacks, and one that catches errors print what it caught.
local function is_held_in_bundle(attack)
  local bundle <const> = require "remit.sharing.bundle"
  local path <const>, packed <const> = attack.path:match "[^/]+$", scratch .. ".remit"
  files.write(packed, (assert(bundle.write({
    name = "attack", version = "1", main = path, asks = { pack = attack.packs or nil } }, { [path] = files.read(attack.path) }))))
  local command <const> = ("XDG_CONFIG_HOME=\"%s/config\" \"%s\" run \"%s\" --grant --weak-sandbox %s %s"):format(scratch, program,
    packed, attack.packs and "--pack inside" or "", attack.options)
  local said <const>, code <const> = run(attack, SECONDS, command)
  local printed <const> = said:gsub("\n  %d+ | [^\n]*", "")
  if code ~= 0 and code ~= 3 or not is_untouched(attack) then
    return false, ("ended with %d, or something outside was changed\n%s"):format(code, said)
  elseif printed:find("ESCAPED", 1, true) or said:find("SECRET", 1, true) or said:find("[\0-\8\11-\31\127]") or said:find("\u{202e}", 1, true) then
    return false, said
  elseif attack.held == "same" then
    return code == 0 and said == run(attack, SECONDS, command), said
  end
  return said:find(attack.held, 1, true) or said:find("\nerror: ", 1, true) and code == 3 or said:find("\nfalse\t", 1, true)
    or attack.held:find "^read ", said -- what is not there is not refused
end

local function asked_for()
  local given <const> = table.move(arg, 1, #arg, 1, {})
  local bundled <const> = given[1] == "--bundled" and table.remove(given, 1) ~= nil
  local part <const>, of <const> = (given[1] == "--part" and given[2] or "1/1"):match "^(%d+)/(%d+)$"
  local named <const> = table.move(given, given[1] == "--part" and 3 or 1, #given, 1, {})
  if #named == 0 then
    for name in io.popen("ls tests/cases/attack"):lines() do
      named[#named + 1] = "tests/cases/attack/" .. name
    end
  end
  local list <const> = {}
  for index, name in ipairs(named) do
    list[#list + 1] = index % of == part % of and name or nil
  end
  return list, bundled
end

local passed, failed = 0, 0
local function check(path, what, ok, said)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print(("%s: %s\n  %s"):format(path, what, said:sub(1, 600):gsub("\n", "\n  ")))
  end
end

local list <const>, bundled <const> = asked_for()
for _, path in ipairs(list) do
  local attack <const> = parse(path)
  check(path, "not held", (bundled and is_held_in_bundle or is_held)(attack))
  if stock and not bundled then
    check(path, "does not work without a guard", works_on_stock(attack))
  end
end
shell("rm -rf '%s' '%s.remit' /tmp/remit-attack.csv", scratch, scratch)
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
