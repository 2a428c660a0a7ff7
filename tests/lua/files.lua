-- SPDX-License-Identifier: Apache-2.0
-- files: whole files as texts, for tests. What cannot be opened raises, but for what is looked for.

local files <const> = {}

---@param path string
---@return string
function files.read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

---@param path string
---@return string? text nil when there is no such file
function files.found(path)
  local file <close> = io.open(path, "rb")
  return file and file:read "a"
end

---@param path string
---@param text string
function files.write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  file:write(text)
end

return files
