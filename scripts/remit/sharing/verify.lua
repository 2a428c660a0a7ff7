-- SPDX-License-Identifier: Apache-2.0
-- What is to be known of a bundle before it runs: who signed it, what it asks for, and what changed since the version that was trusted before.

local bundle <const> = require "remit.sharing.bundle"
local core <const> = require "remit.core"
local manifest <const> = require "remit.sharing.manifest"
local minisign <const> = require "remit.sharing.minisign"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"

local verify <const> = {}

---@class remit.sharing.verdict
---@field bundle remit.bundle
---@field sha256 string of its file
---@field signature "none"|"good"|"unknown"|"revoked"|"bad"
---@field signer? remit.sharing.key
---@field number? string of the key that the signature names
---@field comment? string the trusted comment, of a good signature
---@field wrong? string why a signature is bad
---@field known? remit.sharing.known the version that was trusted before
---@field same boolean this very version was trusted before
---@field changes? { added: string[], removed: string[], changed: string[], words: string[] } since then
---@field trusted boolean signed by a trusted key, or trusted before, and nothing speaks against it

local function judge_signature(verdict, bytes, signature, kept)
  local key <const> = kept:key_numbered(signature.number)
  verdict.number, verdict.signer, verdict.signature = signature.number, key, "unknown"
  if not key then
    return
  end
  local good <const>, wrong <const> = minisign.verify(bytes, signature, key.key)
  verdict.signature = not good and "bad" or key.revoked and "revoked" or "good"
  verdict.wrong, verdict.comment = wrong, good and signature.comment or nil
end

local function look_at_signature(verdict, bytes, text, kept)
  local signature <const> = text and minisign.read_signature(text)
  if not text then
    verdict.signature = "none"
  elseif not signature then
    verdict.signature, verdict.wrong = "bad", "its signature is not of minisign's kind"
  else
    judge_signature(verdict, bytes, signature, kept)
  end
end

-- ---- What changed ----

local NEEDS <const> = { "engine", "vocabulary", "tables", "dimensions", "measures", "attributes", "site", "parks" }
local WORD <const> = { engine = "remit", parks = "lines of unknown functions:" }

local function hashes_of(read)
  local hashes <const> = {}
  for _, file in ipairs(read.files) do
    hashes[file.path] = file.sha256
  end
  return hashes
end

local function paths_in(files, test)
  local paths <const> = {}
  for _, file in ipairs(files) do
    paths[#paths + 1] = test(file) and file.path or nil
  end
  return paths
end

local function words_of(value)
  return type(value) == "table" and table.concat(value, ", ") or value == true and "yes" or value ~= nil and tostring(value) or "nothing"
end

local function compare_words(words, before, now, names, label)
  for _, name in ipairs(names) do
    local was <const>, is <const> = words_of(before[name]), words_of(now[name])
    if was ~= is then
      words[#words + 1] = ("%s%s: %s, was %s"):format(label, name, is, was)
    end
  end
end

local function changes_between(before, now)
  local old <const>, new <const>, words <const> = hashes_of(before), hashes_of(now), {}
  compare_words(words, before, now, { "version", "engine", "author", "purpose", "main" }, "")
  compare_words(words, before.asks, now.asks, { "pack", "arguments", "outputs" }, "asks for ")
  compare_words(words, before.needs, now.needs, NEEDS, "needs ")
  return {
    added = paths_in(now.files, function(file) return not old[file.path] end),
    removed = paths_in(before.files, function(file) return not new[file.path] end),
    changed = paths_in(now.files, function(file) return old[file.path] and old[file.path] ~= file.sha256 end),
    words = words,
  }
end

local LARGEST <const>, SIGNATURE_LARGEST <const> = 32 << 20, 4096

---What lies beside a bundle.
verify.SIGNATURE = ".minisig"

---A bundle from its file, each of the two files read once.
---@param path string
---@param kept remit.store
---@return remit.sharing.verdict? verdict, string? message, boolean? unread the file itself cannot be read
function verify.file(path, kept)
  local bytes <const>, missing <const> = core.file.read(path, LARGEST)
  if not bytes then
    return nil, missing, true
  end
  local beside <const> = path .. verify.SIGNATURE
  local signature <const>, unread <const> = core.file.read(beside, SIGNATURE_LARGEST)
  if not signature and core.file.kind(beside) then
    return nil, unread, true
  end
  local verdict <const>, wrong <const> = verify.of(bytes, signature, kept)
  return verdict, wrong and ("%s: %s"):format(path, wrong)
end

---@param bytes string the bundle, as it was read once
---@param signature? string text of the .minisig file beside it
---@param kept remit.store
---@return remit.sharing.verdict? verdict, string? message, remit.code? code
function verify.of(bytes, signature, kept)
  local verdict <const> = { same = false, sha256 = core.hash.of(bytes) }
  look_at_signature(verdict, bytes, signature, kept)
  local read <const>, message <const>, code <const> = bundle.read(bytes)
  if not read then
    return nil, message, code
  end
  verdict.bundle, verdict.known = read, kept:known(read.manifest.name)
  local before <const> = verdict.known and core.hash.of(verdict.known.text) == verdict.known.manifest and manifest.read(verdict.known.text)
  if before then
    verdict.same = verdict.known.manifest == read.hash
    verdict.changes = changes_between(before, read.manifest)
  end
  local doubtful <const> = verdict.signature == "bad" or verdict.signature == "revoked"
  verdict.trusted = verdict.signature == "good" or verdict.same and not doubtful
  return verdict
end

-- ---- In words ----

local SIGNED <const> = {
  none = function() return "by nobody: there is no .minisig file beside it" end,
  good = function(v) return ("by %s (key %s), \"%s\""):format(v.signer.name, v.number, v.comment) end,
  unknown = function(v) return ("with the key %s, which you do not know: remit trust KEY --name NAME"):format(v.number) end,
  revoked = function(v) return ("by %s (key %s), which you revoked on %s"):format(v.signer.name, v.number, v.signer.revoked) end,
  bad = function(v) return ("WRONGLY: %s%s"):format(v.wrong, v.signer and ("; it claims the key of %s"):format(v.signer.name) or "") end,
}

local function signed_before(verdict)
  local known <const> = verdict.known
  if known and known.signer and known.signer ~= verdict.number then
    return ("; the version trusted before was signed with the key %s"):format(known.signer)
  end
  return ""
end

local function wants(asks)
  local parts <const> = { asks.pack and "the pack that is granted" or "no pack" }
  parts[#parts + 1] = asks.arguments and "arguments" or nil
  parts[#parts + 1] = asks.outputs and "to write " .. table.concat(asks.outputs, ", ") or nil
  return table.concat(parts, "; ")
end

local function add_needs(add, needs)
  local label = "needs"
  for _, name in ipairs(NEEDS) do
    if needs[name] then
      add(label, ("%s %s"):format(WORD[name] or name, words_of(needs[name])))
      label = ""
    end
  end
end

local function add_changes(add, verdict)
  local known <const>, changes <const> = verdict.known, verdict.changes
  if not changes then
    return add("before", "no version of it was trusted")
  elseif verdict.same then
    return add("before", ("this version was trusted on %s"):format(known.since))
  end
  add("before", ("the version trusted on %s differs: %s, %s, %s"):format(known.since, plain.counted(#changes.added, "file added", "files added"),
    #changes.changed .. " changed", #changes.removed .. " removed"))
  for _, kind in ipairs { { "added", "+" }, { "changed", "~" }, { "removed", "-" } } do
    for _, path in ipairs(changes[kind[1]]) do
      add("", ("%s %s"):format(kind[2], path))
    end
  end
  for _, words in ipairs(changes.words) do
    add("", words)
  end
end

-- `add` puts a line behind its label into the lines, escaped.
local function head_of(verdict)
  local read <const> = verdict.bundle.manifest
  local lines <const> = { safe(("%s %s   manifest %s"):format(read.name, read.version, verdict.bundle.hash:sub(1, 12))) }
  return lines, function(label, text)
    lines[#lines + 1] = text and ("%-10s%s"):format(label, (safe(text))) or nil
  end
end

---Two lines of it, for who runs the bundle.
---@param verdict remit.sharing.verdict
---@return string
function verify.brief(verdict)
  local lines <const>, add <const> = head_of(verdict)
  add("signed", SIGNED[verdict.signature](verdict) .. signed_before(verdict))
  return table.concat(lines, "\n")
end

---What it asks for.
---@param verdict remit.sharing.verdict
---@return string
function verify.wants(verdict)
  return wants(verdict.bundle.manifest.asks)
end

---For a terminal: whatever the bundle says is escaped.
---@param verdict remit.sharing.verdict
---@return string
function verify.text(verdict)
  local read <const> = verdict.bundle.manifest
  local lines <const>, add <const> = head_of(verdict)
  add("author", read.author)
  add("purpose", read.purpose)
  add("signed", SIGNED[verdict.signature](verdict) .. signed_before(verdict))
  add("holds", ("%s, %s; every hash is right. Runs %s, made by remit %s"):format(plain.counted(#read.files, "file"),
    plain.counted(verdict.bundle.size, "byte"), read.main, read.engine))
  add("asks for", wants(read.asks))
  add_needs(add, read.needs)
  add_changes(add, verdict)
  return table.concat(lines, "\n")
end

return verify
