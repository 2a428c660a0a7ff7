-- SPDX-License-Identifier: Apache-2.0
-- What a bundle is given to work on, as bytes that are read once: the pack's descriptor and the files that it names, or its workbook; and the site
-- profile. No link is followed, and what lies beside stays where it is.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local site <const> = require "remit.site"
local worker <const> = require "remit.worker"

local host <const> = require "remit.host"

local handed <const> = {}

local DESCRIPTOR <const> = "datapackage.json"
local MOST <const> = 900 << 20 -- bytes in all: less than a worker takes
local FILES_MOST <const> = 1000

local function refuse(message, hint)
  fault.raise { code = "pack", message = message, hints = { hint }, level = 0 }
end

-- Adds a file of the pack; one that is not there is loading's to complain of.
local function take(pack, folder, path, as)
  local _, unfit <const> = worker.check_path(as or path)
  if unfit then
    refuse(("the pack's file '%s' cannot be handed over: %s"):format(path, unfit))
  end
  local bytes <const>, wrong <const> = host.read_below(folder, path, MOST - pack.size)
  if bytes == nil then
    refuse(wrong, "a bundle is handed the pack's own files; put the file itself there")
  elseif bytes and not pack.files[as or path] then
    pack.files[as or path], pack.size, pack.count = bytes, pack.size + #bytes, pack.count + 1
  end
  if pack.count > FILES_MOST then
    refuse(("a pack that is handed over has at most %d files"):format(FILES_MOST))
  end
  return bytes
end

local function paths_of(descriptor)
  local value <const>, paths <const> = core.json.read((descriptor:gsub("^\xEF\xBB\xBF", ""))), {}
  local is_object <const> = core.json.kind(value) == "object"
  local function add(path)
    paths[#paths + 1] = type(path) == "string" and path or nil
  end
  for _, resource in ipairs(is_object and core.json.kind(value.resources) == "array" and value.resources or {}) do
    local path <const> = core.json.kind(resource) == "object" and resource.path or nil
    for _, one in ipairs(core.json.kind(path) == "array" and path or { path }) do
      add(one)
    end
  end
  add(is_object and core.json.kind(value.remit) == "object" and value.remit.crosswalk or nil)
  return paths
end

-- The same files have the same hash, wherever they lie.
local function hash_of(files)
  local hash <const> = core.hash.new():text "remit pack 1"
  for _, path in ipairs(plain.keys(files)) do
    hash:text(path):text(core.hash.of(files[path]))
  end
  return hash:hex()
end

---@class remit.sharing.handed
---@field files table<string, string> bytes by path in the pack's folder
---@field sha256 string of all of them
---@field size integer bytes
---@field count integer files

---The files of a pack; raises what keeps them from being handed over.
---@param path? string none: an empty pack
---@return remit.sharing.handed
function handed.pack(path)
  local pack <const> = { files = {}, size = 0, count = 0 }
  if path and plain.is_workbook(path) then
    local folder <const>, name <const> = path:match "^(.*)[/\\]([^/\\]+)$"
    take(pack, folder or ".", name or path, (name or path):gsub("%.%w+$", "") .. ".xlsx")
  elseif path then
    local descriptor <const> = take(pack, path, DESCRIPTOR)
    for _, file in ipairs(descriptor and paths_of(descriptor) or {}) do
      take(pack, path, file)
    end
  end
  pack.sha256 = hash_of(pack.files)
  return pack
end

---The site profile; raises what is wrong with it.
---@param options { site?: string, pack?: string }
---@return { path: string, json: string, sha256: string, profile: table }?
function handed.site(options)
  local path <const>, json <const>, problem <const> = site.granted(options)
  if problem then
    refuse("the site profile cannot be read", problem)
  elseif not path then
    return nil
  end
  local profile <const>, wrong <const> = site.read(path, json)
  if not profile then
    refuse("the site profile cannot be read", wrong)
  end
  return { path = path, json = json, sha256 = core.hash.of(json), profile = profile }
end

return handed
