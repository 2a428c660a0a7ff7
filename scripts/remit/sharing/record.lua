-- SPDX-License-Identifier: Apache-2.0
-- run-record.json: what a result was made of. It goes beside what was written, and the same run writes the same bytes: no clock, no path of this machine.

local core <const> = require "remit.core"
local json <const> = require "remit.sharing.json"
local plain <const> = require "remit.plain"
local site <const> = require "remit.site"
local state <const> = require "remit.script.state"
local vocabulary <const> = require "remit.vocabulary"

local record <const> = { FILE = "run-record.json" }

local FORMAT <const> = 1

local function number(value)
  return math.tointeger(value) or ("%.6g"):format(value)
end

local function limits_of(options)
  local limits <const> = {}
  for _, name in ipairs(plain.keys(state.limits)) do
    limits[name] = name ~= "seed" and number(options[name] or state.limits[name]) or nil
  end
  return limits
end

local function or_nil(list)
  return list and #list > 0 and list or nil
end

---@param files { path: string, bytes: string }[]
---@return { path: string, size: integer, sha256: string }[]
function record.listed(files)
  local listed <const> = {}
  for index, file in ipairs(files) do
    listed[index] = { path = file.path, size = #file.bytes, sha256 = core.hash.of(file.bytes) }
  end
  return listed
end

---@class remit.sharing.run
---@field fine boolean
---@field options table limits and seed, as on the command line
---@field arguments string[]
---@field outputs { path: string, size: integer, sha256: string }[] by path
---@field refused string[]
---@field refused_count integer
---@field bundle? table
---@field script? table
---@field pack? table
---@field inputs? { path: string, size: integer, sha256: string }[] what a script read
---@field site? table
---@field walls? { held: string[], missing: string[] }

---@param run remit.sharing.run
---@return string
function record.text(run)
  return json.write { format = FORMAT, ended = run.fine and "fine" or "failed", engine = core.version, lua = require("remit.host").lua_release,
    bundle = run.bundle, script = run.script, pack = run.pack, inputs = or_nil(run.inputs), site = run.site, seed = number(run.options.seed or
    state.limits.seed), limits = limits_of(run.options), arguments = or_nil(run.arguments), outputs = or_nil(run.outputs), refused = or_nil(run.refused),
    refused_count = run.refused_count, walls = run.walls and { held = or_nil(run.walls.held), missing = or_nil(run.walls.missing) } }
end

-- The file as it stands now; nil where it is gone.
local function listed_file(path, shown)
  local bytes <const> = core.file.read(path, 1 << 30)
  return bytes and { path = shown, size = #bytes, sha256 = core.hash.of(bytes) } or nil
end

-- A script's "out/x" is below the folder that --out names; nil for a path that is not.
local function below_out(path, out)
  for _, folder in ipairs { "out", out } do
    if path:sub(1, #folder + 1) == folder .. "/" then
      return path:sub(#folder + 2)
    end
  end
end

local function listed_files(paths, show)
  local listed <const> = {}
  for _, path in ipairs(paths) do
    local place <const>, shown <const> = show(path)
    listed[#listed + 1] = shown and listed_file(place, shown) or nil
  end
  table.sort(listed, function(a, b)
    return a.path < b.path
  end)
  return listed
end

---Writes the record of a script beside what it wrote, also when it failed after that.
---@param path string the script
---@param options table
---@param arguments string[]
---@param place remit.script.state that it ran in
---@param fine boolean
---@return boolean? ok nil when it cannot be written, string? message
function record.of_script(path, options, arguments, place, fine)
  local read <const>, written <const>, complete <const> = place:touched()
  if not complete then
    return nil, ("no %s was written: the script read or wrote more files than it lists"):format(record.FILE)
  end
  local out <const>, own <const> = options.out or "out", vocabulary.folder() .. "/"
  local refused <const>, count <const> = place:refused()
  local _, profile <const> = site.granted(options)
  local text <const> = record.text { options = options, arguments = arguments, refused = refused, refused_count = count, fine = fine,
    script = listed_file(path, path), site = profile and { sha256 = core.hash.of(profile) },
    outputs = listed_files(written, function(name)
      local below <const> = below_out(name, out)
      return below and out .. "/" .. below, below ~= record.FILE and below or nil
    end),
    inputs = listed_files(read, function(name)
      return name, name:sub(1, #own) ~= own and not below_out(name, out) and name or nil
    end) }
  return core.file.write(out .. "/" .. record.FILE, text)
end

return record
