-- SPDX-License-Identifier: Apache-2.0
-- The text files of the minisign program, which can check what remit signs and the other way round: public keys, secret keys, signatures.

local core <const> = require "remit.core"

local minisign <const> = {}

local function lines_of(text)
  local lines <const> = {}
  for line in (text .. "\n"):gmatch "(.-)\r?\n" do
    lines[#lines + 1] = line
  end
  while lines[#lines] == "" do
    lines[#lines] = nil
  end
  return lines
end

local function one_line(text)
  return (text:gsub("%c", " "))
end

---@param text string a .pub file, or the key alone
---@return string? key base64, string? number
function minisign.read_public(text)
  local lines <const> = lines_of(text)
  local key <const> = #lines <= 2 and lines[#lines] or ""
  local number <const> = key:sub(1, 2) == "RW" and core.signature.number(key)
  if not number or #lines == 2 and not lines[1]:find "^untrusted comment: " then
    return nil
  end
  return key, number
end

---@param key string base64
---@param number string
---@return string
function minisign.public_text(key, number)
  return ("untrusted comment: minisign public key %s\n%s\n"):format(number, key)
end

---@param text string a minisign.key file
---@return string? secret base64
function minisign.read_secret(text)
  local lines <const> = lines_of(text)
  return #lines == 2 and lines[1]:find "^untrusted comment: " and core.signature.is_sealed(lines[2]) ~= nil and lines[2] or nil
end

---@param secret string base64
---@return string
function minisign.secret_text(secret)
  return ("untrusted comment: minisign %s secret key\n%s\n"):format(core.signature.is_sealed(secret) and "encrypted" or "unencrypted", secret)
end

---@class remit.minisign.signature
---@field number string of the key that it says it is of
---@field signature string
---@field global string
---@field comment string signed too

---@param text string a .minisig file
---@return remit.minisign.signature?
function minisign.read_signature(text)
  local lines <const> = lines_of(text)
  local comment <const> = #lines == 4 and lines[1]:find "^untrusted comment: " and lines[3]:match "^trusted comment: (.*)$"
  local number <const> = comment and lines[2]:sub(1, 2) == "RU" and core.signature.number(lines[2])
  return number and { number = number, signature = lines[2], global = lines[4], comment = comment } or nil
end

---@param bytes string what is signed
---@param secret string base64
---@param password? string
---@param comment string
---@return string? text of a .minisig file, string? message
function minisign.sign(bytes, secret, password, comment)
  local words <const> = one_line(comment)
  local signature <const>, global <const>, number <const> = core.signature.sign(secret, password, bytes, words)
  if not signature then
    return nil, global
  end
  return ("untrusted comment: signature from minisign key %s\n%s\ntrusted comment: %s\n%s\n"):format(number, signature, words, global)
end

---@param bytes string
---@param signature remit.minisign.signature
---@param key string base64
---@return boolean? ok, string? message
function minisign.verify(bytes, signature, key)
  local ok <const>, message <const> = core.signature.verify(key, signature.signature, signature.global, bytes, signature.comment)
  return ok, message
end

return minisign
