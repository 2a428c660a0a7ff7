-- SPDX-License-Identifier: Apache-2.0
-- Which files a script takes with it into a bundle: itself, its own modules, and the rules, crosswalks and the like that it names. Packs stay at home:
-- a bundle works on the pack of whoever runs it.

local core <const> = require "remit.core"
local globals <const> = require "remit.script.globals"
local environment <const> = require "remit.script.environment"
local needs <const> = require "remit.sharing.needs"
local plain <const> = require "remit.plain"
local read <const> = require "remit.script.read"
local reading <const> = require "remit.sharing.reading"
local trouble <const> = require "remit.script.trouble"
local vocabulary <const> = require "remit.vocabulary"

local gather <const> = {}

local host <const> = package.preload["remit.host"] and require "remit.host"

local DATA <const> = { csv = true, json = true }
local DEEPEST <const> = 8 -- folders within a folder that is named

---@class remit.sharing.gathered
---@field main string
---@field files table<string, string> bytes by path
---@field left { path: string, why: string }[]
---@field findings string[]
---@field asks table
---@field needs table

local Gathering <const> = {}
Gathering.__index = Gathering

-- "a/./b/../c" is "a/c"; nil for what lies outside the working folder.
local function plain_path(path)
  local parts <const> = {}
  for part in path:gsub("\\", "/"):gmatch "[^/]+" do
    if part == ".." and #parts == 0 then
      return nil
    elseif part == ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return path:sub(1, 1) ~= "/" and not path:find "^%a:" and #parts > 0 and table.concat(parts, "/") or nil
end

local function folder_of(path)
  return path:match "^(.*/)" or ""
end

function Gathering:finding(path, line, message)
  self.findings[#self.findings + 1] = ("%s:%d: %s"):format(path, line, message)
end

function Gathering:leave(path, why)
  if not self.seen[path] then
    self.seen[path] = true
    self.left[#self.left + 1] = { path = path, why = why }
  end
end

local function resource_paths(descriptor)
  local value <const> = core.json.read((core.file.read(descriptor) or ""):gsub("^\xEF\xBB\xBF", ""))
  local paths <const> = {}
  for _, resource in ipairs(core.json.kind(value) == "object" and type(value.resources) == "table" and value.resources or {}) do
    local path <const> = type(resource) == "table" and resource.path
    for _, one in ipairs(type(path) == "table" and path or { path or nil }) do
      paths[#paths + 1] = type(one) == "string" and one or nil
    end
  end
  return paths
end

-- A table of a pack, or what lies beside one: an ICB's own data.
local function is_of_pack(path)
  local folder = folder_of(path)
  if core.file.kind(folder .. "datapackage.json") == "file" then
    return true
  end
  while folder ~= "" do
    folder = folder_of(folder:sub(1, -2))
    for _, resource in ipairs(core.file.kind(folder .. "datapackage.json") == "file" and resource_paths(folder .. "datapackage.json") or {}) do
      if plain_path(folder .. resource) == path then
        return true
      end
    end
  end
  return false
end

function Gathering:take(path)
  if self.files[path] or self.seen[path] then
    return
  elseif path:find "%.lua$" then
    self.scripts[#self.scripts + 1] = path
    return
  elseif is_of_pack(path) then
    return self:leave(path, "of a pack: an organisation's own data")
  end
  local bytes <const>, wrong <const> = core.file.read(path)
  if not bytes then
    return self:leave(path, wrong)
  end
  self.files[path] = bytes
end

-- ---- Texts that may be files ----

local function is_data(path)
  return DATA[path:match "%.(%w+)$"] or false
end

function Gathering:take_folder(folder, depth)
  if core.file.kind(folder .. "/datapackage.json") == "file" then
    return self:leave(folder, "a pack: whoever runs the bundle gives their own")
  elseif not host or depth > DEEPEST then
    return self:leave(folder, "a folder: name the files in it")
  end
  for _, name in ipairs(host.list(folder) or {}) do
    local path <const> = folder .. "/" .. name
    if name:sub(1, 1) == "." or name:sub(-1) == "~" then
      self:leave(path, "hidden, or an editor's copy")
    elseif core.file.kind(path) == "directory" then
      self:take_folder(path, depth + 1)
    else
      self:take(path)
    end
  end
end

-- Gives whether there is such a thing.
function Gathering:look(text, named)
  local path <const> = plain_path(text)
  local kind <const> = text ~= "" and core.file.kind(text) or nil
  if kind and not path and text ~= "." and named then
    self:leave(text, "outside the working folder: a bundle has what lies below it")
  elseif kind == "directory" and path and named then
    self:take_folder(path, 1)
  elseif kind == "directory" and path and core.file.kind(path .. "/datapackage.json") == "file" then
    self:leave(path, "a pack: whoever runs the bundle gives their own")
  elseif kind == "file" and path and (named or is_data(path)) then
    self:take(path)
  elseif named and not kind then
    self:leave(text, "is not there")
  end
  return kind ~= nil
end

-- HERE .. "/rules/a.csv": HERE is the script's folder, or one of the texts that are folders.
local function bases_of(path, texts)
  local bases <const> = { folder_of(path):sub(1, -2) }
  for _, one in ipairs(texts) do
    if one.text ~= "" and core.file.kind(one.text) == "directory" then
      bases[#bases + 1] = one.text
    end
  end
  return bases
end

local function join(base, text)
  local rest <const> = text:gsub("^/+", "")
  return base == "" and rest or base:gsub("/+$", "") .. "/" .. rest
end

function Gathering:look_at_texts(path, texts)
  local bases <const> = bases_of(path, texts)
  for _, one in ipairs(texts) do
    local found = one.text:sub(1, 1) ~= "/" and self:look(one.text)
    for _, base in ipairs(one.joined and bases or {}) do
      found = self:look(join(base, one.text)) or found
    end
    if not found and is_data(one.text) then
      self:leave((one.joined and "*" or "") .. one.text, ("%s:%d names it, and it was not found: remit.needs { files = { ... } }"):format(path, one.line))
    end
  end
end

-- ---- Scripts ----

function Gathering:look_at_modules(path, found)
  local declared <const> = found.declared and found.declared.modules or {}
  for _, name in ipairs(declared) do
    table.insert(found.modules, { name = name, line = 1 })
  end
  for _, module in ipairs(found.modules) do
    local file <const> = needs.find_module(module.name, folder_of(self.main))
    if file then
      self.scripts[#self.scripts + 1] = file
    elseif not module.name:find "^remit%." then
      self:finding(path, module.line, ("require \"%s\": no such file beside %s or below the working folder"):format(module.name, self.main))
    end
  end
end

function Gathering:check_names(path, chunk)
  for _, use in ipairs(globals.undeclared(chunk, environment.names())) do
    self:finding(path, use.line, ("'%s' is never set"):format(use.name))
  end
end

function Gathering:merge(found)
  self.reads[#self.reads + 1] = found
  self.parks = self.parks or found.parks or nil
  for list, names in pairs(found.used) do -- into sets: order does not matter
    for name in pairs(names) do
      self.used[list][name] = true
    end
  end
  for _, path in ipairs(found.declared and found.declared.files or {}) do
    self:look(path, true)
  end
end

-- A script's bytes, text and compiled chunk; or nil and what is wrong.
local function read_script(path)
  local bytes <const>, missing <const> = core.file.read(path)
  if not bytes then
    return nil, missing
  end
  local text <const>, wrong <const> = read.of(path, bytes)
  if not text then
    return nil, wrong
  end
  local chunk <const>, syntax <const> = load(text, "@" .. path, "t", {})
  if not chunk then
    return nil, trouble.unreadable(path, syntax)
  end
  return bytes, text, chunk
end

function Gathering:script(path)
  if self.files[path] then
    return
  end
  local bytes <const>, text <const>, chunk <const> = read_script(path)
  if not bytes then
    self.findings[#self.findings + 1] = text
    return
  end
  self.files[path] = bytes
  self:check_names(path, chunk)
  local found <const> = reading.of(text)
  for _, finding in ipairs(found.findings) do
    local answered <const> = finding.message:find "^require takes" and found.declared and found.declared.modules
    if not answered then
      self:finding(path, finding.line, finding.message)
    end
  end
  self:merge(found)
  self:look_at_modules(path, found)
  self:look_at_texts(path, found.texts)
end

-- ---- What it asks for and needs ----

-- Attributes that bundled decision tables give are not the pack's to have: a heading "set class".
local function given_by_rules(files)
  local given <const> = {}
  for path, bytes in pairs(files) do -- into a set: order does not matter
    for name in (path:find "%.csv$" and bytes:match "^[^\r\n]*" or ""):gmatch "set ([%w_]+)" do
      given["fn." .. name] = true
    end
  end
  return given
end

local function declared_of(reads, list)
  local all
  for _, found in ipairs(reads) do
    for _, name in ipairs(found.declared and found.declared[list] or {}) do
      all = all or {}
      all[name] = true
    end
  end
  return all and plain.keys(all)
end

local function declared_text(reads, field)
  for _, found in ipairs(reads) do
    if found.declared and found.declared[field] then
      return found.declared[field]
    end
  end
end

local function list_or_nil(list)
  return #list > 0 and list or nil
end

function Gathering:asks()
  local asks <const>, outputs <const> = {}, {}
  for _, found in ipairs(self.reads) do
    asks.pack = asks.pack or found.loads or nil
    asks.arguments = asks.arguments or found.arguments or nil
    for _, path in ipairs(found.outputs) do
      outputs[path] = true
    end
  end
  asks.outputs = list_or_nil(declared_of(self.reads, "outputs") or plain.keys(outputs))
  return asks
end

function Gathering:needs()
  local listed <const> = { engine = declared_text(self.reads, "engine") or ">= " .. core.version:match "^[%d.]+", parks = self.parks,
    vocabulary = declared_of(self.reads, "vocabulary") or { vocabulary.version() }, tables = declared_of(self.reads, "tables") }
  for name in pairs(given_by_rules(self.files)) do -- out of a set: order does not matter
    self.used.attributes[name] = nil
  end
  for list, used in pairs(self.used) do -- each by itself: order does not matter
    listed[list] = list_or_nil(declared_of(self.reads, list) or plain.keys(used))
  end
  return listed
end

---@param main string the script's path, from the working folder
---@return remit.sharing.gathered? gathered, string? message
function gather.of(main)
  local path <const> = plain_path(main)
  if not path then
    return nil, ("%s lies outside the working folder: start remit where the script's paths start"):format(main)
  end
  if core.file.kind(path) ~= "file" then
    return nil, ("there is no script %s"):format(main)
  end
  local self <const> = setmetatable({ main = path, files = {}, seen = {}, left = {}, findings = {}, reads = {}, scripts = { path },
    used = { dimensions = {}, measures = {}, attributes = {}, site = {} } }, Gathering)
  while #self.scripts > 0 do
    self:script(table.remove(self.scripts, 1))
  end
  return { main = path, files = self.files, left = self.left, findings = self.findings, asks = self:asks(), needs = self:needs() }
end

return gather
