-- SPDX-License-Identifier: Apache-2.0
-- Bundles from outside: remit bundle, verify, trust, revoke and key, in a folder and with a key store of their own. REMIT_PROGRAM names the program.

local check <const> = require "check"
local read <const> = require("files").read
local write <const> = require("files").write
local core <const> = require "remit.core"
local bundle <const> = require "remit.sharing.bundle"
local minisign <const> = require "remit.sharing.minisign"

local program <const> = os.getenv "REMIT_PROGRAM"
if not program then
  return -- run.lua is also used without a program; ctest always names one
end

local PLAN <const> = [[
local remit = require "remit"
local cuts = require "cuts"
local base = remit.load()
base:pivot { measures = { "cost" }, by = { "fn" } }:save "out/by_fn.csv"
print(remit.scale { id = "a", lines = { fn = "chc" }, change = cuts, from = "2026-01", why = "because" })
]]

-- A folder with a plan; `run` starts the program in it and gives standard output, standard error and exit code.
local function with_folder(body)
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("mkdir -m 700 '%s'"):format(folder)))
  write(folder .. "/plan.lua", PLAN)
  write(folder .. "/cuts.lua", "return '-5%'\n")
  local function run(arguments, input)
    local _, _, code <const> = os.execute(("cd '%s' && { printf '%%s' '%s' | XDG_CONFIG_HOME='%s/config' '%s' %s; } >.out 2>.err"):format(folder,
      input or "", folder,
      program, arguments))
    return read(folder .. "/.out"), read(folder .. "/.err"), code
  end
  local ok <const>, message <const> = pcall(body, run, folder .. "/")
  os.execute(("rm -r '%s'"):format(folder))
  if not ok then
    error(message, 0)
  end
end

check.test("a bundle is made, the same each time, and read back", function()
  with_folder(function(run, folder)
    local out <const>, err <const>, code <const> = run "bundle plan.lua --out options.remit --version 1.2 --author 'NENC planning'"
    check.same({ err, code }, { "", 0 })
    check.holds(out, "options 1.2, manifest ")
    check.holds(out, "plan.lua   (runs)")
    local bytes <const> = read(folder .. "options.remit")
    local made <const> = assert(bundle.read(bytes))
    check.same(made.files, { ["plan.lua"] = PLAN, ["cuts.lua"] = "return '-5%'\n" })
    check.same({ made.manifest.main, made.manifest.author, made.manifest.asks }, { "plan.lua", "NENC planning", { pack = true,
      outputs = { "out/by_fn.csv" } } })
    check.same(made.manifest.needs, { engine = ">= " .. core.version, vocabulary = made.manifest.needs.vocabulary,
      dimensions = { "fn" }, measures = { "cost" } })
    run "bundle --author='NENC planning' --version 1.2 plan.lua --out options.remit"
    check.same(read(folder .. "options.remit"), bytes)
  end)
end)

check.test("a script that would fail elsewhere is not bundled", function()
  with_folder(function(run, folder)
    write(folder .. "plan.lua", 'local base = remit.load "packs/ours"\nrequire "gone"\nprint(base, typo)\n')
    local out <const>, err <const>, code <const> = run "bundle plan.lua --out options.remit"
    check.same({ out, code, core.file.kind(folder .. "options.remit") }, { "", 1 })
    check.holds(err, "plan.lua:1: a bundle works on the pack of whoever runs it")
    check.holds(err, 'plan.lua:2: require "gone": no such file')
    check.holds(err, "plan.lua:3: 'typo' is never set")
    check.same(select(3, run "bundle ../plan.lua --out options.remit"), 3)
    check.same(select(3, run "bundle plan.lua"), 2)
    check.same(select(3, run "bundle plan.lua --out options.zip"), 2)
    check.same(select(3, run "bundle --out options.remit"), 2)
    check.same(select(3, run "bundle plan.lua more.lua --out options.remit"), 2)
  end)
end)

check.test("a trusted key signs, and a change shows", function()
  with_folder(function(run, folder)
    check.same(select(3, run "key new 'NENC planning team' --no-password"), 0)
    check.holds(select(2, run "key new 'NENC planning team' --no-password"), "another key has the name")
    check.holds(run "bundle plan.lua --out a.remit --sign 'NENC planning team'", "a.remit.minisig, which goes with it")
    local out <const>, _, code <const> = run "verify a.remit"
    check.same(code, 0)
    check.holds(out, "signed    by NENC planning team (key ")
    check.holds(out, "before    no version of it was trusted")
    check.holds(run "trust a.remit", "trusted: a 1, manifest ")
    check.holds(run "verify a.remit", "before    this version was trusted on ")
    write(folder .. "plan.lua", PLAN .. "print(arg[1])\n")
    write(folder .. "more.csv", "a\n")
    write(folder .. "plan.lua", PLAN:gsub('require "cuts"', '"-5%%"') .. 'print(arg[1], "more.csv")\n')
    run "bundle plan.lua --out a.remit --version 2 --sign 'NENC planning team'"
    local changed <const>, _, signed <const> = run "verify a.remit"
    check.same(signed, 0)
    for _, part in ipairs { "1 file added, 1 changed, 1 removed", "+ more.csv", "~ plan.lua", "- cuts.lua", "version: 2, was 1",
      "asks for arguments: yes, was nothing" } do
      check.holds(changed, part)
    end
  end)
end)

check.test("an unsigned bundle is trusted by nobody until somebody does, and then that version alone", function()
  with_folder(function(run, folder)
    run "bundle plan.lua --out a.remit"
    local out <const>, _, code <const> = run "verify a.remit"
    check.same(code, 1)
    check.holds(out, "signed    by nobody")
    run "trust a.remit"
    check.same(select(3, run "verify a.remit"), 0)
    write(folder .. "cuts.lua", "return '-6%'\n")
    run "bundle plan.lua --out a.remit"
    check.same(select(3, run "verify a.remit"), 1)
    check.holds(run "revoke a", "forgotten: the bundle a")
    check.holds(run "verify a.remit", "no version of it was trusted")
    check.same(select(3, run "revoke a"), 3)
  end)
end)

check.test("a bundle that was changed, a signature of another, a stranger's and a revoked key are not trusted", function()
  with_folder(function(run, folder)
    run "key new us --no-password"
    run "bundle plan.lua --out a.remit --sign us"
    local bytes <const>, signature <const> = read(folder .. "a.remit"), read(folder .. "a.remit.minisig")
    write(folder .. "a.remit", (bytes:gsub("because", "whatever")))
    local out, err, code = run "verify a.remit"
    check.same({ out, code }, { "", 1 })
    check.holds(err, "remit bundle")
    local other <const> = assert(bundle.read(bytes))
    other.files["cuts.lua"] = "return '-9%'\n"
    write(folder .. "a.remit", (assert(bundle.write(other.manifest, other.files))))
    out, err, code = run "verify a.remit"
    check.same({ err, code }, { "", 1 })
    check.holds(out, "WRONGLY: the signature is not of these bytes")
    check.same(select(3, run "trust a.remit"), 1)
    write(folder .. "a.remit", bytes)
    local _, secret <const>, number <const> = core.signature.new_key()
    write(folder .. "a.remit.minisig", (assert(minisign.sign(bytes, secret, nil, "stranger"))))
    out, err, code = run "verify a.remit"
    check.same({ err, code }, { "", 1 })
    check.holds(out, "with the key " .. number .. ", which you do not know")
    write(folder .. "a.remit.minisig", signature)
    check.same(select(3, run "verify a.remit"), 0)
    run "trust a.remit"
    check.holds(run "revoke us", "revoked: the key ")
    out, err, code = run "verify a.remit"
    check.same({ err, code }, { "", 1 })
    check.holds(out, "which you revoked on ")
    write(folder .. "a.remit.minisig", "not a signature\n")
    check.same(select(3, run "verify a.remit"), 1)
    check.same(select(3, run "verify gone.remit"), 3)
  end)
end)

check.test("the store is its owner's alone, and is not believed when others may write it", function()
  with_folder(function(run, folder)
    run "key new us --no-password"
    local pipe <const> = assert(io.popen(("cd '%sconfig' && stat -c '%%a' . remit remit/keys remit/trust.json remit/keys/us.key"):format(folder)))
    check.same(pipe:read "a", "700\n700\n700\n600\n600\n")
    pipe:close()
    os.execute(("chmod g+w '%sconfig/remit/trust.json'"):format(folder))
    local _, err <const>, code <const> = run "trust"
    check.same(code, 3)
    check.holds(err, "may be written by others")
    os.execute(("chmod 600 '%sconfig/remit/trust.json'; chmod go+r '%sconfig/remit/keys/us.key'"):format(folder, folder))
    check.holds(select(2, run "bundle plan.lua --out a.remit --sign us"), "may be read by others")
    check.same(core.file.kind(folder .. "a.remit"), nil)
    write(folder .. "config/remit/trust.json", '{"format": 1, "keys": [{"name": "x"}]}')
    check.holds(select(2, run "trust"), "is damaged")
    write(folder .. "config/remit/trust.json", '{"format": 1,\n "keys": 1, "keys": 2}')
    check.holds(select(2, run "trust"), "trust.json:2:")
  end)
end)

check.test("a key is trusted by a name of one's own, and two keys never look alike", function()
  with_folder(function(run, folder)
    local public <const>, _, number <const> = core.signature.new_key()
    check.same(select(3, run("trust " .. public)), 3)
    check.holds(run("trust " .. public .. " --name 'Surrey team'"), "trusted: Surrey team, key " .. number)
    check.holds(run "trust", "Surrey team")
    local other <const> = core.signature.new_key()
    check.holds(select(2, run("trust --name 'Surrey team' " .. other)), "another key has the name")
    write(folder .. "other.pub", (minisign.public_text(other, core.signature.number(other))))
    check.same(select(3, run "trust other.pub --name other"), 0)
    local like <const> = public:sub(1, 12) .. ((public:sub(13, 16) == "AAAA") and "BBBB" or "AAAA") .. public:sub(17)
    if core.signature.number(like) == number then
      check.holds(select(2, run("trust --name like " .. like)), "made to look like")
    end
    check.holds(select(2, run "trust nonsense --name x"), "neither a bundle nor a public key")
    check.same(run "key show other", read(folder .. "other.pub"))
    run "revoke other"
    check.holds(run "trust", "revoked")
    check.same(select(3, run "trust other.pub --name other"), 0)
    check.ok(not run("trust"):find "revoked")
  end)
end)

check.test("a sealed key asks for its password", function()
  with_folder(function(run, folder)
    local _, secret <const> = core.signature.new_key("pass word", 32768, 1 << 24)
    write(folder .. "sealed.key", minisign.secret_text(secret))
    os.execute(("chmod 600 '%ssealed.key'"):format(folder))
    local _, err <const>, code <const> = run("bundle plan.lua --out a.remit --sign sealed.key", "wrong\n")
    check.same({ code, core.file.kind(folder .. "a.remit") }, { 3 })
    check.holds(err, "wrong password")
    check.same(select(3, run("bundle plan.lua --out a.remit --sign sealed.key", "pass word\n")), 0)
    check.ok(core.file.kind(folder .. "a.remit.minisig"))
    check.holds(select(2, run("key new other", "one\ntwo\n")), "the two differ")
    check.holds(select(2, run("key new other", "")), "needs a password")
  end)
end)

check.test("what a bundle says of itself cannot touch the terminal", function()
  with_folder(function(run, folder)
    local made <const> = assert(bundle.write({ name = "a", version = "1", main = "plan.lua", author = "x\27[2J\u{202e}y", asks = {},
      needs = { measures = { "\n\27]0;z" } } },
      { ["plan.lua"] = "" }))
    write(folder .. "a.remit", made)
    local out <const> = run "verify a.remit"
    check.ok(not out:find "[\27\u{202e}]", out)
    check.holds(out, "\\u{1b}[2J\\u{202e}y")
    write(folder .. "a.remit", (made:gsub("plan%.lua", "pla\27.lua")))
    check.ok(not select(2, run "verify a.remit"):find "\27")
  end)
end)

-- The store with files that are only remembered, so that it runs without the program.
local function with_store(body)
  local files <const> = {}
  local before <const>, loaded <const> = package.preload["remit.host"], package.loaded["remit.host"]
  package.preload["remit.host"] = function()
    return { read_private = function(path) return files[path] end, make_folder = function() return true end, write_private = function(path, text)
      files[path] = text
      return true
    end }
  end
  package.loaded["remit.host"], package.loaded["remit.sharing.store"] = nil, nil
  local ok <const>, message <const> = pcall(body, require "remit.sharing.store")
  package.preload["remit.host"], package.loaded["remit.host"], package.loaded["remit.sharing.store"] = before, loaded, nil
  if not ok then
    error(message, 0)
  end
end

check.test("grants are of one manifest and one pack, and go with their bundle", function()
  with_store(function(store)
    local made <const> = assert(bundle.read((assert(bundle.write({ name = "a", version = "1", main = "plan.lua" }, { ["plan.lua"] = "" })))))
    local kept = store.open()
    kept:trust_bundle(made)
    kept:grant(made.hash, "p1", "a")
    kept:grant(made.hash, "p1", "a")
    kept:grant("m2", "p1", "b")
    kept:grant("m1", "p1", "a")
    kept:save()
    kept = store.open()
    check.same({ #kept.grants, kept:granted(made.hash, "p1"), kept:granted(made.hash, "p2"), kept:granted("m3", "p1") }, { 3, true, false, false })
    check.ok(kept:forget_bundle "a")
    check.same({ kept:granted(made.hash, "p1"), kept:granted("m1", "p1"), kept:granted("m2", "p1"), kept:forget_bundle "a" }, { false, false, true, false })
    check.same({ kept:forget_bundle "b", #kept.grants }, { true, 0 })
  end)
end)

-- Here and not among the quick tests of the container: it fills the heap as no script does.
check.test("bytes are counted at the limit and past it", function()
  local first <const> = { name = "manifest.json", bytes = "{}" }
  local overhead <const> = #assert(core.bundle.write { first, { name = "a", bytes = "" } })
  local most <const> = ("x"):rep((32 << 20) - overhead)
  check.ok(core.bundle.read(assert(core.bundle.write { first, { name = "a", bytes = most } })))
  check.same({ core.bundle.write { first, { name = "a", bytes = most .. "x" } } }, { nil, "more than 32 MiB in all", "limit" })
  check.same({ select(2, core.bundle.read(("x"):rep((32 << 20) + 1))) }, { "more than 32 MiB", "limit", 1 })
  with_folder(function(run, folder)
    write(folder .. "a.remit", most .. ("x"):rep(overhead + 1))
    check.ok(select(2, run "verify a.remit"):find "more than 33554432 bytes")
  end)
end)
