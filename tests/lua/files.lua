-- SPDX-License-Identifier: Apache-2.0
-- files: whole files as texts, for tests. What cannot be opened raises.

local files <const> = {}

---@param path string
---@return string
function files.read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

---@param path string
---@param text string
function files.write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
end

return files
