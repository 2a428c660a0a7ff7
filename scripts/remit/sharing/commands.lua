-- SPDX-License-Identifier: Apache-2.0
-- remit bundle, verify, trust, revoke and key. Each gives the exit code.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local minisign <const> = require "remit.sharing.minisign"
local safe <const> = require "remit.safe"
local store <const> = require "remit.sharing.store"
local verify <const> = require "remit.sharing.verify"

local commands <const> = {}

local OK <const>, FINDINGS <const>, FAILED <const> = 0, 1, 3

local host <const> = package.preload["remit.host"] and require "remit.host"

local function say(...)
  io.stdout:write(safe(table.concat { ... }), "\n")
end

-- What raises is told as everything else is.
local function guarded(body)
  return function(given, options, complain)
    local code <const>, refusal <const> = fault.caught(body, given, options, complain)
    if refusal then
      complain(tostring(refusal))
      return FAILED
    end
    return code
  end
end

local function fail(complain, message)
  complain((message:gsub("[^\n]+", safe)))
  return FAILED
end

-- ---- Keys ----

local function ask_password(prompt)
  return host and host.password(prompt)
end

local function new_password(name)
  local first <const> = ask_password(("password for the new key '%s': "):format(name))
  if not first or first == "" then
    return nil, "a key needs a password, or --no-password"
  elseif ask_password "once more: " ~= first then
    return nil, "the two differ: no key was made"
  end
  return first
end

local function is_name(name)
  return name:find "^[%w][%w ._-]*$" and #name <= 64
end

---@param given string[] "new", NAME or "show", NAME
---@param options { ["no-password"]?: boolean }
---@param complain fun(text: string)
---@return integer
commands.key = guarded(function(given, options, complain)
  local kept <const>, name <const> = store.open(), given[2]
  if not is_name(name) then
    return fail(complain, ("'%s': a key's name is made of letters, digits, spaces and . _ -"):format(name))
  elseif given[1] == "show" then
    local key <const> = kept:key_named(name)
    if not key then
      return fail(complain, ("there is no key '%s'"):format(name))
    end
    io.stdout:write(minisign.public_text(key.key, key.number))
    return OK
  end
  local password, wrong
  if not options["no-password"] then
    password, wrong = new_password(name)
  end
  if wrong then
    return fail(complain, wrong)
  end
  local public <const>, secret <const>, number <const> = core.signature.new_key(password)
  if not public then
    return fail(complain, secret)
  end
  local ok <const>, taken <const> = kept:trust_key(name, public)
  if not ok then
    return fail(complain, taken)
  end
  local path <const>, shown <const> = kept:keep_secret(name, minisign.secret_text(secret), minisign.public_text(public, number))
  if not path then
    return fail(complain, shown)
  end
  kept:save()
  say("the secret key is ", path, ": nobody else may have it")
  say("the public key is ", shown, ": send it to whoever is to trust '", name, "'")
  say(public)
  return OK
end)

-- ---- Bundling ----

local function sign(kept, bytes, name, comment)
  local text <const>, wrong <const> = kept:secret(name)
  local secret <const> = text and minisign.read_secret(text)
  if not secret then
    return nil, wrong or ("%s is no secret key of minisign's kind"):format(name)
  end
  local password <const> = core.signature.is_sealed(secret) and (ask_password(("password of the key '%s': "):format(name)) or "") or nil
  return minisign.sign(bytes, secret, password, comment)
end

local function stem_of(path)
  return path:match "([^/\\]+)%.remit$"
end

local function tell_left(left)
  for _, one in ipairs(left) do
    say("left out  ", one.path, ": ", one.why)
  end
end

local function tell_made(out, about, files, size, hash)
  local paths <const> = require("remit.plain").keys(files)
  say(("%s: %s %s, manifest %s, %d bytes"):format(out, about.name, about.version, hash:sub(1, 12), size))
  for _, path in ipairs(paths) do
    say(("%10d  %s%s"):format(#files[path], path, path == about.main and "   (runs)" or ""))
  end
end

---@param given string[] the script
---@param options table out, name, version, author, purpose, sign
---@param complain fun(text: string)
---@return integer
commands.bundle = guarded(function(given, options, complain)
  local bundle <const>, gather <const> = require "remit.sharing.bundle", require "remit.sharing.gather"
  local gathered <const>, missing <const> = gather.of(given[1])
  if not gathered then
    return fail(complain, missing)
  end
  for _, finding in ipairs(gathered.findings) do
    complain((finding:gsub("[^\n]+", safe)))
  end
  if #gathered.findings > 0 then
    return FINDINGS
  end
  local about <const> = { name = options.name or stem_of(options.out), version = options.version or "1", author = options.author, purpose = options.purpose,
    main = gathered.main, asks = gathered.asks, needs = gathered.needs }
  local bytes <const>, wrong <const> = bundle.write(about, gathered.files)
  if not bytes then
    return fail(complain, wrong)
  end
  local made <const> = assert(bundle.read(bytes))
  local comment <const> = ("remit bundle %s %s, manifest %s"):format(about.name, about.version, made.hash:sub(1, 12))
  local signature, unsigned
  if options.sign then
    signature, unsigned = sign(store.open(), bytes, options.sign, comment)
  end
  if unsigned then
    return fail(complain, unsigned)
  end
  fault.check(core.file.write(options.out, bytes))
  if signature then
    fault.check(core.file.write(options.out .. verify.SIGNATURE, signature))
  end
  tell_made(options.out, about, gathered.files, #bytes, made.hash)
  tell_left(gathered.left)
  if signature then
    say("signed    ", options.out, verify.SIGNATURE, ", which goes with it")
  else
    say("signed    by nobody: --sign KEY", os.remove(options.out .. verify.SIGNATURE) and ". The signature of the bundle before is gone" or "")
  end
  return OK
end)

-- ---- Verifying and trusting ----

local function look(path, kept)
  local verdict <const>, wrong <const>, unread <const> = verify.file(path, kept)
  return verdict, wrong, unread and FAILED or FINDINGS
end

---@param given string[] the bundle
---@param _ table
---@param complain fun(text: string)
---@return integer
commands.verify = guarded(function(given, _, complain)
  local verdict <const>, wrong <const>, code <const> = look(given[1], store.open())
  if not verdict then
    fail(complain, wrong)
    return code
  end
  io.stdout:write(verify.text(verdict), "\n")
  return verdict.trusted and OK or FINDINGS
end)

local function list_trusted(kept)
  for _, key in ipairs(kept.keys) do
    say(("key     %-30s %s  %s"):format(key.name, key.number, key.revoked and "revoked " .. key.revoked or "since " .. key.since))
  end
  for _, known in ipairs(kept.bundles) do
    say(("bundle  %-30s %s  since %s"):format(known.name, known.manifest:sub(1, 12), known.since))
  end
  for _, grant in ipairs(kept.grants) do
    say(("grant   %-30s %s  pack %s  since %s"):format(grant.name, grant.manifest:sub(1, 12), grant.pack:sub(1, 12), grant.since))
  end
  if not kept.keys[1] and not kept.bundles[1] and not kept.grants[1] then
    say "nobody is trusted yet: remit trust KEY --name NAME"
  end
  return OK
end

local function trust_bundle(kept, path, complain)
  local verdict <const>, wrong <const>, code <const> = look(path, kept)
  if not verdict or verdict.signature == "bad" or verdict.signature == "revoked" then
    fail(complain, wrong or ("%s: it is signed wrongly, or by a key that you revoked. remit verify %s says more"):format(path, path))
    return verdict and FINDINGS or code
  end
  kept:trust_bundle(verdict.bundle, verdict.signature == "good" and verdict.number or nil)
  kept:save()
  say("trusted: ", verdict.bundle.manifest.name, " ", verdict.bundle.manifest.version, ", manifest ", verdict.bundle.hash:sub(1, 12))
  return OK
end

local function trust_key(kept, given, name, complain)
  local text = given
  if core.file.kind(given) == "file" then
    text = fault.check(core.file.read(given, 4096))
  end
  local key <const>, number <const> = minisign.read_public(text)
  if not key then
    return fail(complain, ("'%s' is neither a bundle nor a public key of minisign's kind (56 characters that begin with RW, or a .pub file)"):format(given))
  elseif not name or not is_name(name) then
    return fail(complain, ("whose key is it? --name \"NENC planning team\": letters, digits, spaces and . _ -"))
  end
  local ok <const>, wrong <const> = kept:trust_key(name, key)
  if not ok then
    return fail(complain, wrong)
  end
  kept:save()
  say("trusted: ", name, ", key ", number)
  return OK
end

---@param given string[] a public key, its file, a bundle, or nothing for a list
---@param options { name?: string }
---@param complain fun(text: string)
---@return integer
commands.trust = guarded(function(given, options, complain)
  local kept <const> = store.open()
  if not given[1] then
    return list_trusted(kept)
  elseif given[1]:find "%.remit$" then
    return trust_bundle(kept, given[1], complain)
  end
  return trust_key(kept, given[1], options.name, complain)
end)

---@param given string[] the name of a key or a bundle
---@param _ table
---@param complain fun(text: string)
---@return integer
commands.revoke = guarded(function(given, _, complain)
  local kept <const>, name <const> = store.open(), given[1]
  local key <const> = kept:revoke_key(name)
  local forgotten <const> = kept:forget_bundle(name)
  if not key and not forgotten then
    local known <const> = kept:key_named(name)
    return fail(complain, (known and "'%s' was revoked before"
      or "no key or bundle '%s' is trusted or was granted anything: remit trust lists them"):format(name))
  end
  kept:save()
  if key then
    say(("revoked: the key %s of %s. What it signs is no longer trusted"):format(key.number, name))
  end
  if forgotten then
    say(("forgotten: the bundle %s, and what it was granted"):format(name))
  end
  return OK
end)

return commands
