-- SPDX-License-Identifier: Apache-2.0
-- Signatures of minisign's kind: against one that another program made, against the minisign program where it is installed, and against tampering.

local check <const> = require "check"
local read <const> = require("files").read
local core <const> = require "remit.core"
local minisign <const> = require "remit.sharing.minisign"

-- Published with minisign's libraries: the key of its author, and a signature of "test".
local KEY <const> = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
local SIGNATURE <const> = "untrusted comment: signature from minisign secret key\n"
  .. "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
  .. "trusted comment: timestamp:1556193335\tfile:test\n"
  .. "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==\n"
local OLD <const> = "RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA="

local WORK <const>, MEMORY <const> = 32768, 1 << 24 -- scrypt's least, so that tests are quick

check.test("a signature that another program made is good", function()
  local signature <const> = assert(minisign.read_signature(SIGNATURE))
  check.same({ signature.number, signature.comment }, { "E7620F1842B4E81F", "timestamp:1556193335\tfile:test" })
  check.same(core.signature.number(KEY), "E7620F1842B4E81F")
  check.same(minisign.verify("test", signature, KEY), true)
  check.same({ minisign.verify("Test", signature, KEY) }, { nil, "the signature is not of these bytes" })
  signature.comment = "timestamp:1556193336\tfile:test"
  check.same({ minisign.verify("test", signature, KEY) }, { nil, "the signature's trusted comment was changed" })
end)

check.test("an old signature, not over a hash, is refused by name", function()
  local _, message <const> = core.signature.verify(KEY, OLD,
    "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==", "test", "")
  check.ok(message:find "old kind", message)
end)

check.test("what is signed verifies, and nothing else does", function()
  local public <const>, secret <const>, number <const> = core.signature.new_key()
  local text <const> = assert(minisign.sign("bytes", secret, nil, "of a\ntest"))
  local signature <const> = assert(minisign.read_signature(text))
  check.same({ signature.number, signature.comment, core.signature.number(public) }, { number, "of a test", number })
  check.ok(minisign.verify("bytes", signature, public))
  check.same((minisign.verify("byteS", signature, public)), nil)
  check.same({ minisign.verify("bytes", signature, (core.signature.new_key())) }, { nil, "it was signed with another key" })
  for at = 1, #signature.signature - 4 do
    local changed <const> = signature.signature:sub(1, at - 1) .. (signature.signature:sub(at, at) == "A" and "B" or "A") .. signature.signature:sub(at + 1)
    check.same((core.signature.verify(public, changed, signature.global, "bytes", signature.comment)), nil)
  end
  for at = 1, #signature.global - 4 do
    local changed <const> = signature.global:sub(1, at - 1) .. (signature.global:sub(at, at) == "A" and "B" or "A") .. signature.global:sub(at + 1)
    check.same((core.signature.verify(public, signature.signature, changed, "bytes", signature.comment)), nil)
  end
end)

check.test("a sealed key opens with its password alone", function()
  local public <const>, secret <const> = core.signature.new_key("pass £", WORK, MEMORY)
  check.same({ core.signature.is_sealed(secret), core.signature.is_sealed((select(2, core.signature.new_key()))) }, { true, false })
  local made <const>, global <const> = core.signature.sign(secret, "pass £", "x", "c")
  check.ok(core.signature.verify(public, made, global, "x", "c"))
  check.same({ core.signature.sign(secret, "pass", "x", "c") }, { nil, "wrong password, or a damaged secret key", "invalid" })
  check.same({ core.signature.sign(secret, nil, "x", "c") }, { nil, "this secret key needs its password", "invalid" })
end)

check.test("a hostile key may not ask for endless work", function()
  local _, secret <const> = core.signature.new_key("x", WORK, MEMORY)
  local greedy <const> = secret:sub(1, 52) .. "AAAAAP//////////" .. secret:sub(69)
  local made <const>, message <const> = core.signature.sign(greedy, "x", "x", "c")
  check.same(made, nil)
  check.ok(message:find "more work" or message:find "no secret key", message)
  check.ok(message:find "more work", message)
end)

check.test("texts that are no keys or signatures are refused", function()
  for _, text in ipairs { "", "RW", KEY .. "\n", KEY .. "AAAA", KEY:sub(1, -2), (KEY:gsub("^RW", "AA")), " " .. KEY } do
    check.same((core.signature.number(text)), nil)
  end
  check.same(minisign.read_public(KEY .. "\r\n"), KEY)
  check.same(minisign.read_public("untrusted comment: x\n" .. KEY .. "\n"), KEY)
  check.same(minisign.read_public("comment\n" .. KEY), nil)
  check.same(minisign.read_public(KEY .. "\n" .. KEY), nil)
  check.same(minisign.read_signature(SIGNATURE .. "x"), nil)
  check.same(minisign.read_signature((SIGNATURE:gsub("untrusted", "trusted", 1))), nil)
  check.same(minisign.read_secret(SIGNATURE), nil)
  check.same((core.signature.sign(KEY, nil, "x", "c")), nil)
end)

-- ---- The program, where it is ----

local function has_minisign()
  return os.execute "command -v minisign >/dev/null 2>&1" == true
end

local function in_folder(body)
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("mkdir -m 700 '%s'"):format(folder)))
  local function path(name, text)
    local file <close> = text and assert(io.open(folder .. "/" .. name, "wb"))
    return text and file:write(text) and folder .. "/" .. name or folder .. "/" .. name
  end
  local ok <const>, message <const> = pcall(body, path)
  os.execute(("rm -r '%s'"):format(folder))
  if not ok then
    error(message, 0)
  end
end

if has_minisign() then
  check.test("minisign verifies what remit signs", function()
    in_folder(function(path)
      local public <const>, secret <const>, number <const> = core.signature.new_key()
      path("x.pub", minisign.public_text(public, number))
      path("x.minisig", minisign.sign("bytes", secret, nil, "ours"))
      check.ok(os.execute(("minisign -Vm '%s' -p '%s' -q >/dev/null"):format(path("x", "bytes"), path "x.pub")))
    end)
  end)

  check.test("remit verifies what minisign signs, with its own sealed key and with remit's", function()
    in_folder(function(path)
      path("x", "bytes")
      local public <const>, secret <const> = core.signature.new_key("pw", WORK, MEMORY)
      path("ours.key", minisign.secret_text(secret))
      check.ok(os.execute(("echo pw | minisign -S -s '%s' -m '%s' -t theirs >/dev/null 2>&1"):format(path "ours.key", path "x")))
      local signature <const> = assert(minisign.read_signature(read(path "x.minisig")))
      check.same({ minisign.verify("bytes", signature, public), signature.comment }, { true, "theirs" })
      check.ok(os.execute(("minisign -G -W -p '%s' -s '%s' >/dev/null 2>&1"):format(path "their.pub", path "their.key")))
      local text <const> = assert(minisign.sign("bytes", minisign.read_secret(read(path "their.key")), nil, "with theirs"))
      check.ok(minisign.verify("bytes", minisign.read_signature(text), minisign.read_public(read(path "their.pub"))))
    end)
  end)
end
