-- SPDX-License-Identifier: Apache-2.0
-- A bundle: a script and what it reads in one file, of which every byte is accounted for. Nothing here touches a disk.

local core <const> = require "remit.core"
local manifest <const> = require "remit.sharing.manifest"
local plain <const> = require "remit.plain"

local bundle <const> = {}

---@class remit.bundle
---@field manifest remit.manifest
---@field hash string SHA-256 of manifest.json: what grants and trust are remembered by
---@field text string manifest.json itself
---@field files table<string, string> the bytes of each file by its path, as the manifest hashes them
---@field size integer bytes of the whole

local HINT <const> = "a bundle is made by `remit bundle`; what another program packed, or changed since, is refused"

local function refuse(message, code)
  return nil, message .. "\n  " .. HINT, code or "parse"
end

-- Each file is there as the manifest says, and no other.
local function take_files(read, entries)
  local files <const> = {}
  for index = 2, #entries do
    local entry <const>, said <const> = entries[index], read.files[index - 1]
    if not said or said.path ~= entry.name then
      return nil, ("'%s' does not stand where the manifest's list of files has it"):format(entry.name)
    elseif #entry.bytes ~= said.size then
      return nil, ("'%s' has %d bytes, and %d in the manifest"):format(entry.name, #entry.bytes, said.size)
    elseif core.hash.of(entry.bytes) ~= said.sha256 then
      return nil, ("'%s' is not what the manifest was made of: its SHA-256 differs"):format(entry.name)
    end
    files[entry.name] = entry.bytes
  end
  local missing <const> = read.files[#entries]
  if missing then
    return nil, ("'%s' is in the manifest and not in the bundle"):format(missing.path)
  end
  return files
end

---A bundle from its bytes: container, manifest and every hash are checked before anything is given out.
---@param bytes string
---@return remit.bundle? bundle, string? message, remit.code? code
function bundle.read(bytes)
  local entries <const>, wrong <const>, code <const> = core.bundle.read(bytes)
  if not entries then
    return refuse("this is no bundle: " .. wrong, code)
  end
  local text <const> = entries[1].bytes
  local read <const>, message <const> = manifest.read(text)
  if not read then
    return refuse(message)
  end
  local files <const>, differs <const> = take_files(read, entries)
  if not files then
    return refuse(differs)
  end
  return { manifest = read, hash = core.hash.of(text), text = text, files = files, size = #bytes }
end

---The bytes of a bundle. The same files and words give the same bytes.
---@param about remit.manifest without `format`, `engine` and `files`
---@param files table<string, string> bytes by path
---@return string? bytes, string? message, remit.code? code
function bundle.write(about, files)
  local entries <const>, list <const> = { { name = manifest.PATH } }, {}
  for index, path in ipairs(plain.keys(files)) do
    entries[index + 1] = { name = path, bytes = files[path] }
    list[index] = { path = path, size = #files[path], sha256 = core.hash.of(files[path]) }
  end
  local text <const>, message <const> = manifest.write { format = manifest.FORMAT, engine = core.version, name = about.name, version = about.version,
    author = about.author, purpose = about.purpose, main = about.main, files = list, asks = about.asks or {}, needs = about.needs or {} }
  if not text then
    return nil, message, "invalid"
  end
  entries[1].bytes = text
  return core.bundle.write(entries)
end

return bundle
