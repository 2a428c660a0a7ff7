-- SPDX-License-Identifier: Apache-2.0
-- The vocabulary inside the `remit` program, for a program that stands anywhere. A development build and stock lua5.4 read the files instead.

local host <const> = package.preload["remit.host"] and require "remit.host"

local carried <const> = {
  ---What stands for its folder.
  FOLDER = "inside remit",
}

---@param path string below vocabulary/
---@return string? text nil where nothing is carried
function carried.read(path)
  return host and host.carried("remit/vocabulary/" .. path) or nil
end

---@param folder string|remit.pack.workbook
---@param path string
---@return string? text nil when that is a folder like any other
function carried.text(folder, path)
  if type(folder) == "table" then
    return folder.texts[path]
  end
  return folder == carried.FOLDER and carried.read(path) or nil
end

---@param path string of a file in any folder
---@return string? text nil when it is not in the one that is carried
function carried.at(path)
  local prefix <const> = carried.FOLDER .. "/"
  return path:sub(1, #prefix) == prefix and carried.read(path:sub(#prefix + 1)) or nil
end

return carried
