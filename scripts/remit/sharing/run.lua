-- SPDX-License-Identifier: Apache-2.0
-- `remit run FILE.remit`: what a stranger's bundle asks for is checked, shown and granted before a worker gets the bytes; what it made is written, with
-- a record, when all went well.

local core <const> = require "remit.core"
local fits <const> = require "remit.sharing.fits"
local handed <const> = require "remit.sharing.handed"
local plain <const> = require "remit.plain"
local record <const> = require "remit.sharing.record"
local safe <const> = require "remit.safe"
local site <const> = require "remit.site"
local state <const> = require "remit.script.state"
local store <const> = require "remit.sharing.store"
local terminal <const> = require "remit.terminal"
local verify <const> = require "remit.sharing.verify"
local worker <const> = require "remit.worker"

local host <const> = require "remit.host"

local run <const> = {}

local FINDINGS_SHOWN <const> = 50
local OK <const>, FINDINGS <const>, USAGE <const>, FAILED <const> = 0, 1, 2, 3

local function note(text, ...)
  local words <const> = text:format(...):gsub("[^\n\t]+", safe)
  host.write("stderr", words .. "\n")
end

-- ---- Whether it may run ----

local function check_signature(verdict, path)
  if verdict.signature ~= "bad" and verdict.signature ~= "revoked" then
    return true
  end
  note("%s", verify.brief(verdict))
  terminal.complain(("%s is not run: its signature is %s. remit verify %s says more"):format(path, verdict.signature == "bad" and "wrong"
    or "of a key that you revoked", path))
  return false
end

local function check_needs(manifest, path, pack, given)
  local findings <const> = fits.findings(manifest, pack, given)
  for index = 1, math.min(#findings, FINDINGS_SHOWN) do
    terminal.complain(findings[index])
  end
  if #findings > FINDINGS_SHOWN then
    note("and %d more", #findings - FINDINGS_SHOWN)
  end
  if #findings > 0 then
    note("%s was not run", path)
  end
  return #findings == 0
end

local function show_wishes(verdict, options, pack, given)
  note("asks for  %s", verify.wants(verdict))
  if pack.count > 0 then
    note("gets      %s: %s, %d bytes, SHA-256 %s", options.pack, plain.counted(pack.count, "file"), pack.size, pack.sha256:sub(1, 12))
  end
  if given then
    note("          the site profile %s", given.path)
  end
  note("writes    below %s", options.out or "out")
end

local function ask()
  note "What it writes may hold anything that it reads: read results before they go anywhere."
  host.write("stderr", "Run it on this? [y/N] ")
  local answer <const> = io.read "l"
  return answer ~= nil and answer:lower():find "^%s*y" ~= nil
end

-- A grant is of this bundle and this pack, to the byte.
local function is_granted(kept, verdict, options, pack, given)
  local manifest <const> = verdict.bundle.hash
  if kept:granted(manifest, pack.sha256) then
    return true
  end
  show_wishes(verdict, options, pack, given)
  if not options.grant and not (terminal.is "stdin" and terminal.is "stderr") then
    terminal.complain "nobody has granted this bundle this pack yet\n  --grant does, and is remembered for this version of the bundle and these very files"
    return false
  elseif not options.grant and not ask() then
    note("not run")
    return false
  end
  kept:grant(manifest, pack.sha256, verdict.bundle.manifest.name)
  kept:save()
  return true
end

-- ---- Running ----

local function work(verdict, options, arguments, pack, given)
  local files <const> = {}
  for path, bytes in pairs(pack.files) do -- copied: order does not matter
    files[path] = bytes
  end
  files[site.FILE] = given and given.json or nil
  local job <const> = { main = verdict.bundle.manifest.main, files = verdict.bundle.files, pack = next(files) and files or nil, arguments = arguments,
    weak = options["weak-sandbox"], trace = options.trace }
  for name, limit in pairs(state.limits) do -- each by itself: order does not matter
    job[name] = options[name] or limit
  end
  return worker.run(job)
end

local function tell_end(result)
  for _, wall in ipairs(result.outcome ~= "not_started" and result.walls.missing or {}) do
    note("remit: --weak-sandbox: this system lacks %s", wall)
  end
  terminal.refused(result.refused, result.refused_count)
  if not result.ok then
    local hint <const> = result.outcome == "not_started" and #result.walls.missing > 0 and "\n  --weak-sandbox runs it without" or ""
    terminal.complain((result.error or "it failed"):gsub("^error: ", "") .. hint)
    if result.said ~= "" then
      note("%s", result.said)
    end
  end
end

-- "*x.csv" is whatever ends so. Not by a pattern of Lua's: the wish is a stranger's, and one with many stars would take years.
local function matches(path, wish)
  local first <const>, rest <const> = wish:match "^([^*]*)%*(.*)$"
  if not first then
    return path == wish
  elseif path:sub(1, #first) ~= first then
    return false
  end
  local at, last = #first + 1, rest
  for piece, behind in rest:gmatch "([^*]*)%*()" do
    local from <const>, to <const> = path:find(piece, at, true)
    if not from then
      return false
    end
    at, last = to + 1, rest:sub(behind)
  end
  return #path - #last + 1 >= at and path:sub(#path - #last + 1) == last
end

-- What stands beside a file to say what it is goes with it.
local function is_asked(path, outputs)
  local described <const> = path:gsub("%.about%.txt$", "")
  for _, wish in ipairs(outputs or {}) do
    if matches("out/" .. path, wish) or matches("out/" .. described, wish) then
      return true
    end
  end
  return false
end

local function tell_unasked(manifest, outputs)
  for _, file in ipairs(outputs) do
    if not is_asked(file.path, manifest.asks.outputs) then
      note("remit: it wrote %s, which its manifest does not ask for", file.path)
    end
  end
end

local function record_of(verdict, options, arguments, pack, given, result)
  local manifest <const> = verdict.bundle.manifest
  return record.text { fine = true, options = options, arguments = arguments, outputs = record.listed(result.outputs), refused = result.refused,
    refused_count = result.refused_count, walls = result.walls,
    bundle = { name = manifest.name, version = manifest.version, manifest = verdict.bundle.hash, sha256 = verdict.sha256 },
    pack = pack.count > 0 and { files = pack.count, size = pack.size, sha256 = pack.sha256 } or nil, site = given and { sha256 = given.sha256 } or nil }
end

local function save(verdict, options, arguments, pack, given, result)
  local outputs <const>, out <const> = result.outputs, options.out or "out"
  for _, file in ipairs(outputs) do
    if core.text.fold(file.path) == core.text.fold(record.FILE) then
      terminal.complain(("nothing was written: %s is remit's own, and the bundle made one"):format(record.FILE))
      return FAILED
    end
  end
  local all <const> = table.move(outputs, 1, #outputs, 1, {})
  all[#all + 1] = { path = record.FILE, bytes = record_of(verdict, options, arguments, pack, given, result) }
  local fine <const>, message <const> = worker.save(all, out)
  if not fine then
    terminal.complain(message)
    return FAILED
  end
  tell_unasked(verdict.bundle.manifest, outputs)
  note("wrote     %s and %s below %s", plain.counted(#outputs, "file"), record.FILE, out)
  return OK
end

-- ---- The command ----

local function check_usage(manifest, options)
  if manifest.asks.pack and not options.pack then
    return "the bundle asks for a pack: --pack DIR"
  elseif options.trust then
    return "--trust is for scripts of your own: a bundle runs in its walls"
  end
end

-- Said before a long run rather than after it.
local function check_out(out)
  local parent <const> = out:gsub("[/\\]+$", ""):match "^(.*[/\\])[^/\\]+$" or "."
  if core.file.kind(out) == "file" or core.file.kind(parent) ~= "directory" then
    terminal.complain(("--out %s: %s"):format(out, core.file.kind(out) == "file" and "is a file" or "there is no folder to make it in"))
    return false
  end
  return true
end

local function run_bundle(path, options, arguments)
  local kept <const> = store.open()
  local verdict <const>, wrong <const>, unread <const> = verify.file(path, kept)
  if not verdict then
    terminal.complain(wrong)
    return unread and FAILED or FINDINGS
  elseif not check_signature(verdict, path) then
    return FINDINGS
  end
  local manifest <const> = verdict.bundle.manifest
  local misused <const> = check_usage(manifest, options)
  if misused then
    terminal.complain(misused)
    return USAGE
  elseif not check_out(options.out or "out") then
    return FAILED
  end
  note("%s", verify.brief(verdict))
  local granted <const> = manifest.asks.pack and options.pack or nil -- what it does not ask for, it does not get
  local pack <const>, given <const> = handed.pack(granted), handed.site { site = options.site, pack = granted }
  if not check_needs(manifest, path, granted, given) then
    return FINDINGS
  elseif not is_granted(kept, verdict, options, pack, given) then
    return FAILED
  end
  local result <const> = work(verdict, options, arguments, pack, given)
  tell_end(result)
  return result.ok and save(verdict, options, arguments, pack, given, result) or FAILED
end

---@param given string[] the bundle, and the script's own arguments
---@param options table
---@return integer exit_code
function run.command(given, options)
  local stopped <const>, ok <const>, code <const> = host.attempt(function()
    return run_bundle(given[1], options, table.move(given, 2, #given, 1, {}))
  end, tostring, terminal.is "stderr")
  if stopped or not ok then
    terminal.complain(stopped and "stopped" or code)
    return FAILED
  end
  return code
end

return run
