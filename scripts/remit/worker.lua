-- SPDX-License-Identifier: Apache-2.0
-- A bundle of a stranger in a process of its own that the operating system walls in (bindings/host/worker.h). What comes back is hostile: it is
-- counted, its text escaped, its paths checked again. Only the `remit` program has workers.

local core <const> = require "remit.core"
local host <const> = require "remit.host"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"

local worker <const> = {}

local FILES_MOST <const>, DEPTH_MOST <const>, PATH_MOST <const> = 1000, 8, 200
local LINE_MOST <const> = 65536 -- bytes of a line that are held back until it ends
local ALARM_MOST <const> = 65536 -- bytes of messages that are kept

-- Names that Windows keeps for devices, whatever their ending.
local DEVICES <const> = {}
for _, name in ipairs { "con", "prn", "aux", "nul" } do
  DEVICES[name] = true
end
for number = 1, 9 do
  DEVICES["com" .. number], DEVICES["lpt" .. number] = true, true
end

---Whether a file may stand at this path on any system; or why not.
---@param path string
---@return boolean? ok, string? why
function worker.check_path(path)
  if #path == 0 or #path > PATH_MOST then
    return nil, ("a path has 1 to %d bytes"):format(PATH_MOST)
  elseif safe(path) ~= path or path:find '[\\:*?"<>|]' then
    return nil, "a path has no backslash, colon or sign that cannot be seen or written on every system"
  end
  local depth = 0
  for part in (path .. "/"):gmatch "(.-)/" do
    depth = depth + 1
    if part == "" or part:find "^%.%.?$" or part:find "[. ]$" or DEVICES[part:lower():match "^[^.]*"] then
      return nil, "a path goes down from its folder, by names that every system has"
    end
  end
  if depth > DEPTH_MOST then
    return nil, ("a path has at most %d parts"):format(DEPTH_MOST)
  end
  return true
end

-- Whether two paths are one on a system that does not tell capitals apart, or one is the other's folder.
local function meets(seen, path)
  local folded <const> = core.text.fold(path)
  if seen[folded] then
    return true
  end
  for cut = 1, #folded do
    if folded:sub(cut, cut) == "/" then
      local folder <const> = folded:sub(1, cut - 1)
      if seen[folder] == "file" then
        return true
      end
      seen[folder] = "folder"
    end
  end
  seen[folded] = "file"
  return false
end

---@class remit.worker.file
---@field path string
---@field bytes string

---@class remit.worker.result
---@field ok boolean
---@field outcome "fine"|"failed"|"stopped"|"crashed"|"hostile"|"not_started"
---@field error? string why not, safe to print
---@field stopped boolean at a limit
---@field crashed boolean
---@field refused string[] what the script tried and did not get, with its line
---@field refused_count integer
---@field outputs remit.worker.file[] by path; none unless ok
---@field walls { held: string[], missing: string[] }
---@field work integer steps
---@field memory integer bytes, at its most
---@field said string what the process itself wrote on standard error, safe to print

-- Gives whole lines on, so that no character is cut.
local function line_writer(write)
  local held = ""
  local function flush(text)
    if text ~= "" then
      write((text:gsub("[^\n\t]+", safe)))
    end
  end
  return function(text)
    held = held .. text
    local lines <const> = held:match "^.*\n"
    if lines or #held > LINE_MOST then
      flush(lines or held)
      held = lines and held:sub(#lines + 1) or ""
    end
  end, function()
    flush(held)
    held = ""
  end
end

local on <const> = {}

function on.walls(run, event)
  run.walls = { held = event.held, missing = event.missing }
end

function on.text(run, event)
  run.print(event.text)
end

function on.alarm(run, event)
  run.alarm = (run.alarm .. event.text):sub(1, ALARM_MOST)
end

function on.refusal(run, event)
  run.refused[#run.refused + 1] = safe(event.text)
end

on["end"] = function(run, event)
  run.ending = event
end

function on.file(run, event)
  local _, why = worker.check_path(event.text)
  if not why and ("/" .. event.text):find("/.", 1, true) then
    why = "a name that begins with a dot is hidden"
  elseif not why and meets(run.seen, event.text) then
    why = "two files at one path"
  elseif not why and #run.outputs >= FILES_MOST then
    why = ("more than %d files"):format(FILES_MOST)
  end
  if why and not run.unfit then
    run.unfit = ("the worker gave back a file that is not written, '%s': %s"):format(safe(event.text:sub(1, 80)), why)
  elseif not why then
    run.outputs[#run.outputs + 1] = { path = event.text, bytes = event.bytes }
  end
end

local function message_of(run, outcome)
  local ending <const> = run.ending
  local text <const> = (run.alarm ~= "" and (outcome == "failed" or ending.text == "")) and run.alarm:gsub("\n+$", "") or ending.text
  return (text:gsub("[^\n\t]+", safe))
end

local function result_of(run)
  local ending <const> = run.ending
  local outcome <const> = run.unfit and ending.outcome == "fine" and "hostile" or ending.outcome
  local ok <const> = outcome == "fine"
  table.sort(run.outputs, function(one, other) return one.path < other.path end)
  return { ok = ok, outcome = outcome, error = not ok and (run.unfit or message_of(run, outcome)) or nil, stopped = outcome == "stopped",
    crashed = outcome == "crashed", refused = run.refused, refused_count = math.max(ending.refused, #run.refused), outputs = ok and run.outputs or {},
    walls = run.walls, work = ending.work, memory = ending.memory, said = (ending.said:gsub("[^\n\t]+", safe)) }
end

local function check_inputs(files, name)
  local seen <const> = {}
  for _, path in ipairs(plain.keys(files)) do
    local _, why <const> = worker.check_path(path)
    if why or meets(seen, path) or (name == "files" and path:find "^pack/") or (name == "files" and path:find "^out/") then
      error(("worker: '%s' cannot be among the %s: %s"):format(safe(path), name, why or "another file is there, or the pack, or what is written"), 0)
    end
  end
end

---@class remit.worker.job
---@field main string which of the files is run
---@field files table<string, string> the bundle's: bytes by path
---@field pack? table<string, string> the pack's: bytes by path in its folder
---@field arguments? string[]
---@field work? number millions of steps
---@field memory? number MiB
---@field output? number MiB
---@field seconds? number
---@field seed? integer
---@field weak? boolean goes on where a wall is missing
---@field trace? boolean
---@field print? fun(text: string) gets what is printed as it comes, safe to print; standard output otherwise
---@field program? string started instead of this one, for tests

local FIELDS <const> = { "main", "files", "pack", "arguments", "work", "memory", "output", "seconds", "seed", "weak", "trace", "program" }

---Runs a bundle and waits for its end.
---@param job remit.worker.job
---@return remit.worker.result
function worker.run(job)
  check_inputs(job.files, "files")
  check_inputs(job.pack or {}, "pack")
  local asked <const> = {}
  for _, field in ipairs(FIELDS) do
    asked[field] = job[field]
  end
  local print_lines <const>, print_rest <const> = line_writer(job.print or function(text) io.stdout:write(text) end)
  local run <const> = { print = print_lines, alarm = "", refused = {}, outputs = {}, seen = {}, walls = { held = {}, missing = {} } }
  local process <close>, message <const> = host.worker(asked)
  if not process then
    run.ending = { text = message, outcome = "not_started", refused = 0, work = 0, memory = 0, said = "" }
    return result_of(run)
  end
  for event in process.next, process do
    on[event.kind](run, event)
  end
  print_rest()
  return result_of(run)
end

---Writes files below a folder, each beside its place first.
---@param outputs remit.worker.file[]
---@param folder string made when it is not there
---@return boolean? ok, string? message
function worker.save(outputs, folder)
  for _, file in ipairs(outputs) do
    local ok <const>, message <const> = host.save_below(folder, file.path, file.bytes)
    if not ok then
      return nil, message
    end
  end
  return true
end

return worker
