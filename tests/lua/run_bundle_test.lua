-- SPDX-License-Identifier: Apache-2.0
-- `remit run FILE.remit` from outside: what it checks and asks before anything runs, what a bundle gets, what it leaves, and what hostile ones may not do.
-- REMIT_PROGRAM names the program. Where this system lacks a wall, all but one test go on without it.

local check <const> = require "check"
local read <const> = require("files").read
local write <const> = require("files").write
local bundle <const> = require "remit.sharing.bundle"
local core <const> = require "remit.core"
local engine <const> = require "remit.sharing.engine"
local minisign <const> = require "remit.sharing.minisign"

local program <const> = os.getenv "REMIT_PROGRAM"
if not program then
  return
end

-- A folder with a pack of posts and a key store of its own. `run` gives standard output, standard error and exit code; `make` writes a bundle.
local function with_folder(body)
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("mkdir -m 700 '%s' && cp -r examples/nenc '%s/nenc'"):format(folder, folder)))
  local function run(arguments)
    local _, _, code <const> = os.execute(("cd '%s' && XDG_CONFIG_HOME='%s/config' '%s' %s >.out 2>.err </dev/null"):format(folder, folder, program, arguments))
    return read(folder .. "/.out"), read(folder .. "/.err"), code
  end
  local function make(script, about, files)
    about, files = about or {}, files or {}
    files["plan.lua"] = script
    about.name, about.version, about.main = about.name or "plan", about.version or "1", "plan.lua"
    about.asks = about.asks or { pack = true, outputs = { "out/*" } }
    write(folder .. "/plan.remit", (assert(bundle.write(about, files))))
  end
  local ok <const>, message <const> = pcall(body, run, make, folder .. "/")
  os.execute(("rm -r '%s'"):format(folder))
  if not ok then
    error(message, 0)
  end
end

local RUN <const> = "run plan.remit --weak-sandbox --pack nenc --grant "

local function lacks(text, part)
  check.ok(not text:find(part, 1, true), ("%q is in: %s"):format(part, text))
end

local function list(folder)
  local pipe <close> = assert(io.popen(("cd '%s' 2>/dev/null && find . -type f | LC_ALL=C sort | tr '\\n' ' '"):format(folder)))
  return pipe:read "a"
end

local SAVES <const> = 'remit.load():pivot { measures = { "cost" }, by = { "fn.blueprint" } }:save "out/by.csv"\nprint("ran", ...)\n'

-- ---- What a run leaves ----

check.test("a bundle runs twice to the same bytes, with a record of what they were made of", function()
  with_folder(function(run, make, folder)
    make(SAVES, { asks = { pack = true, arguments = true, outputs = { "out/by.csv" } } })
    local out <const>, err <const>, code <const> = run(RUN .. "--out one --seed 7 --seconds 60 a 'b c'")
    check.same({ out, code }, { "ran\ta\tb c\n", 0 })
    check.holds(err, "plan 1   manifest ")
    check.holds(err, "signed    by nobody")
    check.holds(err, "wrote     2 files and run-record.json below one")
    run(RUN .. "--out two --seed 7 --seconds 60 a 'b c'")
    check.same(os.execute(("diff -r '%sone' '%stwo'"):format(folder, folder)), true)
    check.same(list(folder .. "one"), "./by.csv ./by.csv.about.txt ./run-record.json ")
    local record <const> = assert(core.json.read(read(folder .. "one/run-record.json")))
    local bytes <const> = read(folder .. "plan.remit")
    check.same({ record.format, record.ended, record.engine, record.seed, record.arguments, record.refused_count },
      { 1, "fine", core.version, 7, { "a", "b c" }, 0 })
    check.same(record.limits, { memory = 1024, output = 1024, seconds = 60, work = 20000 })
    check.same(record.bundle, { name = "plan", version = "1", sha256 = core.hash.of(bytes), manifest = assert(bundle.read(bytes)).hash })
    local by <const> = read(folder .. "one/by.csv")
    check.same(record.outputs[1], { path = "by.csv", size = #by, sha256 = core.hash.of(by) })
    check.same({ #record.outputs, record.pack.files, #record.pack.sha256, record.site.sha256 }, { 2, 11, 64, core.hash.of(read(folder .. "nenc/site.json")) })
    check.ok(not read(folder .. "one/run-record.json"):find(folder, 1, true))
  end)
end)

check.test("another argument, limit or figure is another record", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local seen <const> = {}
    local function record(options)
      run(RUN .. options)
      local text <const> = read(folder .. "out/run-record.json")
      check.ok(not seen[text], options)
      seen[text] = true
      return core.json.read(text)
    end
    local first <const> = record ""
    record "--seed 2"
    record "--work 100"
    record "x"
    write(folder .. "nenc/funds.csv", (read(folder .. "nenc/funds.csv"):gsub("Running costs", "Costs of running")))
    check.ok(record("").pack.sha256 ~= first.pack.sha256)
    write(folder .. "nenc/site.json", '{"format": 1}')
    check.ok(record("").site.sha256 ~= first.site.sha256)
  end)
end)

check.test("a script of one's own leaves a record too, when it wrote something", function()
  with_folder(function(run, _, folder)
    write(folder .. "more.lua", "return 1\n")
    write(folder .. "own.lua", 'require "more"\nremit.load "nenc":pivot { measures = { "cost" }, by = { "fn" } }:save "out/by.csv"\n')
    check.same(select(3, run "run own.lua --out one x"), 0)
    run "run own.lua --out two x"
    check.same(os.execute(("diff -r '%sone' '%stwo'"):format(folder, folder)), true)
    local record <const> = assert(core.json.read(read(folder .. "one/run-record.json")))
    local inputs <const> = {}
    for _, input in ipairs(record.inputs) do
      inputs[input.path] = input.sha256
    end
    check.same({ record.script, inputs["more.lua"], inputs["nenc/posts.csv"] }, { { path = "own.lua", size = #read(folder .. "own.lua"),
      sha256 = core.hash.of(read(folder .. "own.lua")) }, core.hash.of "return 1\n", core.hash.of(read(folder .. "nenc/posts.csv")) })
    check.same({ #record.inputs, #record.outputs, record.outputs[1].path }, { 12, 2, "by.csv" })
    write(folder .. "own.lua", 'remit.load "nenc":pivot { measures = { "cost" }, by = { "fn" } }:save "out/by.csv"\nerror "later"\n')
    check.same(select(3, run "run own.lua --out one"), 3)
    check.same(core.json.read(read(folder .. "one/run-record.json")).ended, "failed")
    write(folder .. "quiet.lua", "print(1)\n")
    run "run quiet.lua --out three"
    check.same(list(folder .. "three"), "")
  end)
end)

-- ---- Who may have what ----

check.test("a bundle gets a pack when it was granted, and each is another grant", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local ask <const> = "run plan.remit --weak-sandbox --pack nenc"
    local function refused()
      local out <const>, err <const>, code <const> = run(ask)
      check.same({ out, code, list(folder .. "out") }, { "", 3, "" })
      check.holds(err, "asks for  the pack that is granted; to write out/*")
      check.holds(err, "gets      nenc: 11 files, ")
      check.holds(err, "--grant does")
    end
    refused()
    run(RUN)
    os.execute(("rm -r '%sout'"):format(folder))
    local out <const>, err <const>, code <const> = run(ask)
    check.same({ out, code }, { "ran\n", 0 })
    lacks(err, "asks for")
    os.execute(("rm -r '%sout'"):format(folder))
    local posts <const> = read(folder .. "nenc/posts.csv")
    write(folder .. "nenc/posts.csv", posts .. "\n")
    refused()
    write(folder .. "nenc/posts.csv", posts)
    os.execute(("mv '%snenc' '%sours' && ln -s ours '%snenc'"):format(folder, folder, folder))
    check.same(select(3, run(ask)), 0)
    os.execute(("rm -r '%sout'"):format(folder))
    make(SAVES .. "-- changed\n")
    refused()
    make(SAVES)
    check.holds(run "trust", "grant   plan ")
    check.holds(run "revoke plan", "forgotten: the bundle plan")
    refused()
  end)
end)

check.test("what the manifest does not ask for it does not get", function()
  with_folder(function(run, make)
    make('print(pcall(remit.load))\nprint(pcall(remit.load, "pack"))\n', { asks = {} })
    local out <const>, err <const> = run(RUN)
    check.holds(out, "load needs a pack")
    check.holds(out, "there is no such folder")
    check.holds(err, "asks for  no pack")
    lacks(err, "gets")
  end)
end)

check.test("only the pack's own files are handed over", function()
  with_folder(function(run, make, folder)
    write(folder .. "nenc/salaries.csv", "SECRET\n1\n")
    make('for _, name in ipairs { "salaries.csv", "rules/classify.csv" } do print(pcall(remit.decision_table, "pack/" .. name)) end\n'
      .. 'print(remit.load():total "posts")')
    local out <const> = run(RUN)
    check.holds(out, "pack/salaries.csv: no such file")
    check.holds(out, "pack/rules/classify.csv: no such file")
    check.holds(out, "\n1199\n")
  end)
end)

check.test("no link leads out of a pack, and nothing else is taken for a file", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local funds <const> = read(folder .. "nenc/funds.csv")
    write(folder .. "elsewhere.csv", funds)
    local function refused(command, why)
      os.execute(("cd '%snenc' && rm -f funds.csv && %s"):format(folder, command))
      local out <const>, err <const>, code <const> = run(RUN)
      check.same({ out, code, list(folder .. "out") }, { "", 3, "" })
      check.holds(err, why)
    end
    refused("ln -s ../elsewhere.csv funds.csv", "nenc/funds.csv: is a link, which could lead anywhere")
    refused("mkfifo funds.csv", "nenc/funds.csv: is no plain file")
    refused("mkdir funds.csv", "nenc/funds.csv: is no plain file")
    os.execute(("rmdir '%snenc/funds.csv'"):format(folder))
    write(folder .. "nenc/funds.csv", funds)
    refused("mv site.json .. && ln -s ../site.json site.json && cp ../elsewhere.csv funds.csv", "nenc/site.json: is a link, which could lead anywhere")
    os.execute(("rm '%snenc/site.json' && mv '%snenc/rules' '%srules' && ln -s ../rules '%snenc/rules'"):format(folder, folder, folder, folder))
    refused("cp ../elsewhere.csv funds.csv", "nenc/rules/dependencies.csv: a link or a file stands where a folder should")
  end)
end)

check.test("a workbook is a pack", function()
  with_folder(function(run, make, folder)
    make 'print(remit.load():total "cost", remit.site().names.icb)'
    check.same(select(3, run "new books/Ours.XLSX --from nenc") ~= 0, true) -- the folder is not there yet
    os.execute(("mkdir '%sbooks' && cp '%snenc/site.json' '%sbooks/'"):format(folder, folder, folder))
    check.same(select(3, run "new books/Ours.xlsx --from nenc"), 0)
    os.execute(("mv '%sbooks/Ours.xlsx' '%sbooks/Ours.XLSX'"):format(folder, folder))
    local out <const> = run "run plan.remit --weak-sandbox --grant --pack books/Ours.XLSX"
    check.same(out, "100307000.0\tNorth East and North Cumbria ICB\n")
    check.same(run(RUN), out)
  end)
end)

-- ---- Signatures ----

check.test("who signed it is said, and a stranger's bundle runs as well", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local public <const>, secret <const>, number <const> = core.signature.new_key()
    write(folder .. "plan.remit.minisig", (assert(minisign.sign(read(folder .. "plan.remit"), secret, nil, "ours"))))
    local out, err, code = run(RUN)
    check.same({ out, code }, { "ran\n", 0 })
    check.holds(err, ("signed    with the key %s, which you do not know"):format(number))
    run(("trust %s --name 'Their team'"):format(public))
    out, err, code = run(RUN)
    check.same({ out, code }, { "ran\n", 0 })
    check.holds(err, ("signed    by Their team (key %s)"):format(number))
  end)
end)

check.test("a wrong signature, a revoked key and a changed bundle never run", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local bytes <const> = read(folder .. "plan.remit")
    local public <const>, secret <const> = core.signature.new_key()
    write(folder .. "plan.remit.minisig", (assert(minisign.sign(bytes, secret, nil, "ours"))))
    run(("trust %s --name theirs"):format(public))
    local function never(why)
      local out <const>, err <const>, code <const> = run(RUN)
      check.same({ out, code, list(folder .. "out") }, { "", 1, "" })
      check.holds(err, why)
    end
    make(SAVES .. "-- changed\n")
    never "its signature is wrong"
    write(folder .. "plan.remit", (bytes:gsub("ran", "run")))
    never "this is no bundle"
    write(folder .. "plan.remit", bytes .. "x")
    never "this is no bundle"
    write(folder .. "plan.remit", bytes)
    write(folder .. "plan.remit.minisig", "untrusted comment: x\nx\n")
    never "its signature is wrong"
    write(folder .. "plan.remit.minisig", (assert(minisign.sign(bytes, secret, nil, "ours"))))
    check.same(select(3, run(RUN)), 0)
    os.execute(("rm -r '%sout'"):format(folder))
    run "revoke theirs"
    never "its signature is of a key that you revoked"
    os.execute(("rm '%splan.remit.minisig' && mkdir '%splan.remit.minisig'"):format(folder, folder))
    check.same({ select(3, run(RUN)), list(folder .. "out") }, { 3, "" })
    check.same(select(3, run "run gone.remit --grant"), 3)
  end)
end)

-- ---- Needs ----

check.test("what it needs and is not here is said before anything runs", function()
  with_folder(function(run, make, folder)
    make('print "ran"', { needs = { engine = ">= 0.1, < 0.1", vocabulary = { "1999.1" }, tables = { "posts", "shares" }, dimensions = { "fn", "ward" },
      measures = { "cost", "hads" }, attributes = { "fn.blueprint", "fn.bluprint" }, site = { "envelope.per_head", "own.lead" } } })
    local out <const>, err <const>, code <const> = run(RUN)
    check.same({ out, code, list(folder .. "out") }, { "", 1, "" })
    for _, part in ipairs { "it works with remit >= 0.1, < 0.1, and this is " .. core.version, "made with vocabulary 1999.1",
      "it needs shares.csv, in which a row is", "it tells lines apart by ward", "it asks for the measure hads", "Did you mean 'heads'?",
      "it asks what bluprint the members of fn are", "Did you mean 'blueprint'?", "the site profile nenc/site.json lacks what it needs:",
      'own.lead: "own": { "lead": "..." }', "plan.remit was not run" } do
      check.holds(err, part)
    end
    lacks(err, "envelope.per_head")
    lacks(err, "gets")
    make('print "ran"', { needs = { engine = ">= 0.1.0", tables = { "posts" }, dimensions = { "fn", "place" }, measures = { "heads" },
      attributes = { "fn.blueprint" }, site = { "envelope.per_head" } } })
    check.same({ run(RUN), (select(3, run(RUN))) }, { "ran\n", 0 })
  end)
end)

check.test("local names that are no function are listed with what they may be", function()
  with_folder(function(run, make, folder)
    local descriptor <const> = read "examples/surrey/datapackage.json"
    os.execute(("cp -r examples/surrey '%ssurrey'"):format(folder))
    write(folder .. "surrey/datapackage.json", (descriptor:gsub('"crosswalk": "crosswalk.csv",?', "")))
    check.ok(read(folder .. "surrey/datapackage.json") ~= descriptor)
    local command <const> = "run plan.remit --weak-sandbox --grant --pack surrey"
    make 'print(pcall(remit.load))'
    local _, err <const>, code <const> = run(command)
    check.same(code, 1)
    check.holds(err, "14 names of the pack are no function")
    check.holds(err, "'Facilities & Estates' (10 lines) may be estates (")
    check.holds(err, "a crosswalk says which is which")
    make('print(remit.load(nil, { unmapped = "park" }):total "posts" > 0)', { needs = { parks = true } })
    check.same(run(command), "true\n")
    write(folder .. "surrey/posts.csv", (read(folder .. "surrey/posts.csv"):gsub("^id", "ident")))
    check.holds(select(2, run(command)), "the pack does not load: ")
  end)
end)

check.test("versions are compared by their numbers", function()
  local function fits(range)
    return engine.fits("0.10.2", range)
  end
  check.same({ fits ">= 0.9.9", fits "< 0.10.2", fits ">= 0.10, < 0.11", fits "= 0.10.2", fits "> 0.10.2", fits "<= 0.10.2" },
    { true, false, true, true, false, true })
  check.same({ engine.fits("0.2.0-dev", ">= 0.2.0"), engine.fits("odd", ">= 0.1.0") }, { true, false })
  for _, wrong in ipairs { "", "0.1.0", ">= x", "=> 0.1.0", ">= 0.1.0,", ">= 1", ">= 99999999999.0" } do
    check.same(engine.read(wrong), nil, wrong)
  end
end)

-- ---- Usage ----

check.test("what makes no sense for a bundle is wrong usage", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    check.holds(select(2, run "run plan.remit --grant"), "the bundle asks for a pack: --pack DIR")
    check.holds(select(2, run(RUN .. "--out no/such")), "there is no folder to make it in")
    check.holds(select(2, run(RUN .. "--trust")), "--trust is for scripts of your own")
    check.same({ select(3, run "run plan.remit --grant"), select(3, run(RUN .. "--trust")) }, { 2, 2 })
    write(folder .. "own.lua", "")
    check.holds(select(2, run "run own.lua --grant"), "--grant is for bundles")
    check.same({ select(3, run "run own.lua --weak-sandbox"), select(3, run "run own.lua --site gone.json"), select(3, run(RUN .. "--site gone.json")) },
      { 2, 2, 2 })
  end)
end)

check.test("walls that stand need no --weak-sandbox, and one that is missing is named", function()
  with_folder(function(run, make)
    make('print "ran"', { asks = {} })
    local out <const>, err <const>, code <const> = run "run plan.remit --grant"
    if code == 0 then
      check.same(out, "ran\n")
      lacks(err, "lacks")
    else
      check.same({ out, code }, { "", 3 })
      check.holds(err, "this system cannot wall a stranger's bundle in. It lacks ")
      check.holds(err, "--weak-sandbox runs it without")
      check.holds(select(2, run(RUN)), "remit: --weak-sandbox: this system lacks ")
    end
  end)
end)

-- ---- Hostile bundles ----

check.test("a run that fails, hangs or is stopped writes nothing", function()
  with_folder(function(run, make, folder)
    local function fails(script, options, why)
      make(SAVES .. script)
      local out <const>, err <const>, code <const> = run(RUN .. options)
      check.same({ out, code, list(folder .. "out") }, { "ran\n", 3, "" })
      check.holds(err, why)
      return err
    end
    check.holds(fails("error 'no'", "", "error: plan.lua:3: no"), "3 | error 'no'")
    fails("while true do end", "--seconds 1", "at its limit of 1 seconds")
    fails("while true do pcall(error) end", "--work 5", "at its limit of 5 million steps")
    fails("local t = {} while true do t[#t + 1] = ('x'):rep(1000) end", "--memory 32", "memory")
    fails("print(('x'):rep(1 << 20))", "--output 0.5", "at its limit of")
  end)
end)

check.test("a crash is said to be one and leaves nothing", function()
  with_folder(function(run, make, folder)
    make(SAVES .. [[
      local inner
      for _ = 1, 300000 do
        local before <const> = inner
        inner = coroutine.create(function()
          local closed <close> = setmetatable({}, { __close = function() if before then coroutine.close(before) end end })
          coroutine.yield()
        end)
        coroutine.resume(inner)
      end
      coroutine.close(inner)]])
    local _, err <const>, code <const> = run(RUN)
    if code ~= 0 then -- a newer Lua has not that defect
      check.same({ code, list(folder .. "out") }, { 3, "" })
      check.holds(err, "the worker crashed")
    end
  end)
end)

check.test("names of outputs lead nowhere else", function()
  with_folder(function(run, make, folder)
    local function save(name)
      os.execute(("rm -rf '%sresults'"):format(folder))
      make(('local f = remit.load():pivot { measures = { "cost" }, by = { "fn" } }\nprint(pcall(f.save, f, %q))'):format(name))
      local out <const>, err <const>, code <const> = run(RUN .. "--out results")
      return out .. err, code
    end
    for _, name in ipairs { "out/../../up.csv", "/tmp/remit-odd.csv", "plan.csv", "out/", "../x.csv", "pack/posts.csv", "nenc/posts.csv" } do
      local said <const>, code <const> = save(name)
      check.same({ code, list(folder .. "results") }, { 0, "./run-record.json " }, name)
      check.holds(said, "false\t")
    end
    for _, name in ipairs { "out/con.csv", "out/.hidden.csv", "out/a\27[2J.csv", "out/a\u{202e}b.csv", "out/a:b.csv", "out/a .csv /x.csv",
      "out/" .. ("x"):rep(220) .. ".csv", "out/" .. ("d/"):rep(9) .. "x.csv" } do
      local said <const>, code <const> = save(name)
      check.same({ code, list(folder .. "results") }, { 3, "" }, name)
      lacks(said, "\27")
      lacks(said, "\u{202e}")
    end
    check.ok(not core.file.kind(folder .. "up.csv") and not core.file.kind "/tmp/remit-odd.csv" and not core.file.kind(folder .. "plan.csv"))
  end)
end)

check.test("a link below the folder of results is not followed", function()
  with_folder(function(run, make, folder)
    make 'remit.load():pivot { measures = { "cost" }, by = { "fn" } }:save "out/deep/by.csv"'
    os.execute(("mkdir '%sout' '%selsewhere' && ln -s ../elsewhere '%sout/deep'"):format(folder, folder, folder))
    local _, err <const>, code <const> = run(RUN)
    check.same({ code, list(folder .. "elsewhere") }, { 3, "" })
    check.holds(err, "a link or a file stands where a folder should")
  end)
end)

check.test("a bundle cannot make its own record, and what it did not ask to write is said", function()
  with_folder(function(run, make, folder)
    for _, name in ipairs { "run-record.json", "RUN-Record.JSON" } do
      make(('remit.load():pivot { measures = { "cost" }, by = { "fn" } }:save "out/%s"'):format(name))
      local _, err <const>, code <const> = run(RUN)
      check.same({ code, list(folder .. "out") }, { 3, "" })
      check.holds(err, "run-record.json is remit's own")
    end
    make(SAVES, { asks = { pack = true, outputs = { "out/other.csv", "out/a*.csv" } } })
    local _, err <const>, code <const> = run(RUN)
    check.same(code, 0)
    check.holds(err, "it wrote by.csv, which its manifest does not ask for")
    for _, wish in ipairs { "out/*y.csv", "*", "out/by.csv", "*/b*.c*v", "out/*" .. ("*"):rep(200) .. "v" } do
      make(SAVES, { asks = { pack = true, outputs = { wish } } })
      lacks(select(2, run(RUN)), "does not ask for")
    end
    for _, wish in ipairs { "out/*y.csv.about", "by.csv", "out/by*.csv*x", "out/by.csv*v", ("out/*b*y*"):rep(100) .. "x" } do
      make(SAVES, { asks = { pack = true, outputs = { wish } } })
      check.holds(select(2, run(RUN)), "it wrote by.csv, which its manifest does not ask for")
    end
  end)
end)

check.test("a manifest that lists without end is refused", function()
  with_folder(function(run, make)
    local function names(count)
      local made <const> = {}
      for index = 1, count do
        made[index] = ("m%d"):format(index)
      end
      return made
    end
    local function written(needs)
      return bundle.write({ name = "a", version = "1", main = "a.lua", needs = needs }, { ["a.lua"] = "" })
    end
    check.same({ written { measures = names(1001) } }, { nil, "needs: 'measures' has at most 1000 texts", "invalid" })
    check.same(select(2, written { engine = (">= 0.1.0, "):rep(100) .. ">= 0.1.0" }):match "is a range of versions", "is a range of versions")
    make("", { needs = { measures = names(1000) } })
    local _, err <const>, code <const> = run(RUN)
    check.same(code, 1)
    check.holds(err, "\nand 950 more\n")
  end)
end)

check.test("a pack that is too much to hand over is refused before it is read", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    local descriptor <const>, listed <const> = read(folder .. "nenc/datapackage.json"), {}
    for index = 1, 1000 do
      listed[index] = ('{ "name": "x%d", "path": "x/%d.csv" }'):format(index, index)
    end
    write(folder .. "nenc/datapackage.json", (descriptor:gsub('"resources": %[', function(found) return found .. table.concat(listed, ",") .. "," end)))
    os.execute(("mkdir '%snenc/x' && cd '%snenc/x' && seq 1000 | sed 's/$/.csv/' | xargs touch"):format(folder, folder))
    local _, err, code = run(RUN)
    check.same(code, 3)
    check.holds(err, "a pack that is handed over has at most 1000 files")
    write(folder .. "nenc/datapackage.json", descriptor)
    os.execute(("rm '%snenc/funds.csv' && truncate -s 901M '%snenc/funds.csv'"):format(folder, folder))
    _, err, code = run(RUN)
    check.same(code, 3)
    check.holds(err, "nenc/funds.csv: is larger than what may be handed over")
  end)
end)

check.test("what it prints, is refused and says of itself cannot touch the terminal", function()
  with_folder(function(run, make)
    make('print "\\27[2Jcleared\\u{202e}"\nprint(pcall(remit.load, "/x\\27]0;title\\7"))\nerror("\\27[31mred\\u{200b}", 0)',
      { author = "x\27[2J\u{202e}y", purpose = "\7", asks = { pack = true, outputs = { "out/\27[2J" } } })
    local out <const>, err <const>, code <const> = run(RUN)
    check.same(code, 3)
    for _, sign in ipairs { "\7", "\27", "\u{202e}", "\u{200b}" } do
      lacks(out .. err, sign)
    end
    check.holds(out, "\\u{1b}[2Jcleared\\u{202e}")
    check.holds(err, "refused: plan.lua:2: read /x\\u{1b}]0;title\\u{7}")
    check.holds(err, "to write out/\\u{1b}[2J")
  end)
end)

check.test("what it was refused is listed with its line, and is in the record", function()
  with_folder(function(run, make, folder)
    make(SAVES .. 'pcall(remit.load, "/etc")\npcall(remit.load, "../nenc")\n')
    local _, err <const>, code <const> = run(RUN)
    check.same(code, 0)
    check.holds(err, "refused: plan.lua:3: read /etc\nrefused: plan.lua:4: read ../nenc\n")
    local record <const> = core.json.read(read(folder .. "out/run-record.json"))
    check.same({ record.refused, record.refused_count }, { { "plan.lua:3: read /etc", "plan.lua:4: read ../nenc" }, 2 })
  end)
end)

check.test("a pack that names files outside itself hands none of them over", function()
  with_folder(function(run, make, folder)
    make(SAVES)
    write(folder .. "secret.csv", "id,name\nSECRET,x\n")
    local descriptor <const> = read(folder .. "nenc/datapackage.json")
    for _, path in ipairs { "../secret.csv", folder .. "secret.csv", "rules/../../secret.csv", "C:/x.csv", "a\\b.csv" } do
      write(folder .. "nenc/datapackage.json", (descriptor:gsub('"path": "funds.csv"', function() return ('"path": %q'):format(path) end)))
      local out <const>, err <const>, code <const> = run(RUN)
      check.same({ out, code, list(folder .. "out") }, { "", 3, "" }, path)
      check.holds(err, "cannot be handed over")
    end
  end)
end)
