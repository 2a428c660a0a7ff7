-- SPDX-License-Identifier: Apache-2.0
-- Whom and what this user trusts: keys by name, the version of each bundle that was looked at, and which bundle may see which pack. One file,
-- trust.json, below $XDG_CONFIG_HOME/remit (or ~/.config/remit), which nobody else may write; secret keys lie in keys/ beside it.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local json <const> = require "remit.sharing.json"
local plain <const> = require "remit.plain"

local store <const> = {}

local host <const> = package.preload["remit.host"] and require "remit.host"

local FORMAT <const> = 1

---@class remit.sharing.key
---@field name string
---@field key string a public key of minisign's, base64
---@field number string as minisign shows it
---@field since string a date
---@field revoked? string a date

---@class remit.sharing.known a version of a bundle that was trusted
---@field name string
---@field manifest string its hash
---@field text string manifest.json itself
---@field signer? string number of the key that had signed it
---@field since string a date

---@class remit.store
---@field folder string
---@field keys remit.sharing.key[] by name
---@field bundles remit.sharing.known[] by name
---@field grants { manifest: string, pack: string, name: string, since: string }[]
local Store <const> = {}
Store.__index = Store

local function refuse(message, hint)
  fault.raise { code = "io", message = message, hints = { hint }, level = 0 }
end

---@return string
function store.folder()
  local home <const> = plain.folder_setting "HOME"
  local config <const> = plain.folder_setting "XDG_CONFIG_HOME" or home and home .. "/.config"
  if not host or not config then
    refuse("there is nowhere to keep keys", host and "HOME is not set" or "only the remit program keeps keys")
  end
  return config .. "/remit"
end

local function make_folders(folder)
  local at = ""
  for part in folder:gmatch "[^/]+" do
    at = at .. "/" .. part
    if core.file.kind(at) ~= "directory" then
      local made <const>, wrong <const> = host.make_folder(at)
      if not made then
        refuse(("%s: %s"):format(at, wrong))
      end
    end
  end
end

-- Lists of objects, each with texts for these.
local SHAPE <const> = { keys = { "name", "key", "number", "since" }, bundles = { "name", "manifest", "text", "since" },
  grants = { "manifest", "pack", "name", "since" } }

local function is_list_of(value, fields)
  if value == nil then
    return true
  elseif core.json.kind(value) ~= "array" then
    return false
  end
  for _, item in ipairs(value) do
    for _, field in ipairs(fields) do
      if core.json.kind(item) ~= "object" or type(item[field]) ~= "string" then
        return false
      end
    end
  end
  return true
end

local function read_trust(path)
  local text <const>, wrong <const> = host.read_private(path)
  if not text then
    return wrong and refuse(("%s %s"):format(path, wrong), "what it says of whom you trust is not believed") or {}
  end
  local value <const>, message <const>, _, line <const>, column <const> = core.json.read(text)
  if value == nil then
    refuse(("%s:%d:%d: %s"):format(path, line, column, message), "put it right, or move it away and trust afresh")
  elseif core.json.kind(value) ~= "object" or value.format ~= FORMAT then
    refuse(("%s is not of format %d"):format(path, FORMAT), "another version of remit wrote it")
  end
  for list, fields in pairs(SHAPE) do -- any of them refuses: order does not matter
    if not is_list_of(value[list], fields) then
      refuse(("%s is damaged"):format(path), "move it away and trust afresh")
    end
  end
  return value
end

---@return remit.store
function store.open()
  local folder <const> = store.folder()
  local read <const> = read_trust(folder .. "/trust.json")
  local function plain_list(list)
    return table.move(list or {}, 1, #(list or {}), 1, {})
  end
  return setmetatable({ folder = folder, keys = plain_list(read.keys), bundles = plain_list(read.bundles), grants = plain_list(read.grants) }, Store)
end

local function by_name(a, b)
  return a.name < b.name
end

---Writes what was changed.
function Store:save()
  make_folders(self.folder)
  table.sort(self.keys, by_name)
  table.sort(self.bundles, by_name)
  table.sort(self.grants, function(a, b)
    return a.manifest .. a.pack < b.manifest .. b.pack
  end)
  local path <const> = self.folder .. "/trust.json"
  local written <const>, wrong <const> = host.write_private(path, json.write { format = FORMAT, keys = self.keys[1] and self.keys,
    bundles = self.bundles[1] and self.bundles, grants = self.grants[1] and self.grants })
  if not written then
    refuse(("%s: %s"):format(path, wrong))
  end
end

local function find(list, field, value)
  for index, item in ipairs(list) do
    if item[field] == value then
      return item, index
    end
  end
end

local function today()
  return os.date "!%Y-%m-%d"
end

-- ---- Keys ----

---@param number string
---@return remit.sharing.key? key a revoked one too
function Store:key_numbered(number)
  return (find(self.keys, "number", number))
end

---@param name string
---@return remit.sharing.key?
function Store:key_named(name)
  return (find(self.keys, "name", name))
end

---Trusts a key by a name of the user's own. One that was revoked is trusted again. Numbers are no secret and may be copied, so two keys never share one.
---@param name string
---@param key string base64
---@return boolean? ok, string? message
function Store:trust_key(name, key)
  local number <const> = core.signature.number(key)
  local named <const>, numbered <const> = self:key_named(name), self:key_numbered(number)
  if named and named.key ~= key then
    return nil, ("another key has the name '%s'. Choose another --name, or revoke that one and see docs/guide/bundles.md"):format(name)
  elseif numbered and numbered.key ~= key then
    return nil, ("'%s' has the number %s too: one of the two is made to look like the other"):format(numbered.name, number)
  end
  local _, at <const> = find(self.keys, "key", key)
  self.keys[at or #self.keys + 1] = { name = name, key = key, number = number, since = today() }
  return true
end

---A revoked key stays, so that what it signed is said to be of a revoked key.
---@param name string
---@return remit.sharing.key? key
function Store:revoke_key(name)
  local key <const> = self:key_named(name)
  if key and not key.revoked then
    key.revoked = today()
    return key
  end
end

-- ---- Bundles ----

---The version of a bundle that was trusted before.
---@param name string
---@return remit.sharing.known?
function Store:known(name)
  return (find(self.bundles, "name", name))
end

---@param read remit.bundle
---@param signer? string number of the key
function Store:trust_bundle(read, signer)
  local _, at <const> = find(self.bundles, "name", read.manifest.name)
  self.bundles[at or #self.bundles + 1] = { name = read.manifest.name, manifest = read.hash, text = read.text, signer = signer, since = today() }
end

---Forgets a bundle, with all that its versions were granted.
---@param name string
---@return boolean was_known
function Store:forget_bundle(name)
  local known <const>, at <const> = find(self.bundles, "name", name)
  local before <const> = #self.grants
  if known then
    table.remove(self.bundles, at)
  end
  for index = before, 1, -1 do
    if self.grants[index].name == name or known and self.grants[index].manifest == known.manifest then
      table.remove(self.grants, index)
    end
  end
  return known ~= nil or #self.grants < before
end

-- ---- Grants: which bundle may see which pack, by the hashes of both ----

---@param manifest string hash
---@param pack string hash
---@return boolean
function Store:granted(manifest, pack)
  for _, grant in ipairs(self.grants) do
    if grant.manifest == manifest and grant.pack == pack then
      return true
    end
  end
  return false
end

---@param manifest string hash
---@param pack string hash
---@param name string the bundle's
function Store:grant(manifest, pack, name)
  if not self:granted(manifest, pack) then
    self.grants[#self.grants + 1] = { manifest = manifest, pack = pack, name = name, since = today() }
  end
end

-- ---- Secret keys ----

local function secret_path(folder, name)
  return ("%s/keys/%s.key"):format(folder, name)
end

---@param name string
---@param text string
---@param public string
---@return string? path of the secret key, string? path_or_message of the public one
function Store:keep_secret(name, text, public)
  make_folders(self.folder .. "/keys")
  local path <const> = secret_path(self.folder, name)
  local written <const>, wrong <const> = host.write_private(path, text, true)
  if not written then
    return nil, ("%s %s"):format(path, wrong)
  end
  local public_path <const> = path:gsub("%.key$", ".pub")
  local shown <const>, message <const> = core.file.write(public_path, public)
  return shown and path, shown and public_path or message
end

---The text of a secret key, by its name or its file's path.
---@param name string
---@return string? text, string? message
function Store:secret(name)
  local path <const> = core.file.kind(name) == "file" and name or secret_path(self.folder, name)
  local text <const>, wrong <const> = host.read_private(path, true)
  if not text then
    return nil, wrong and ("%s %s"):format(path, wrong) or ("there is no secret key '%s'. remit key new %s makes one"):format(name, name)
  end
  return text
end

return store
