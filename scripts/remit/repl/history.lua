-- SPDX-License-Identifier: Apache-2.0
-- The lines of earlier sessions, a file of their owner's alone. Where it can be neither read nor written there is just no history.

local plain <const> = require "remit.plain"

local host <const> = package.preload["remit.host"] and require "remit.host"

local history <const> = {}

local PASTED <const> = 100 -- lines of a paste that are kept
local MOST <const> = 2000 -- lines that are kept; the file is cut when it has three times as many

-- As the XDG base directories have it: $XDG_STATE_HOME, else ~/.local/state. The folders on the way are made.
local function place()
  local state <const>, home <const> = plain.folder_setting "XDG_STATE_HOME", plain.folder_setting "HOME"
  local folders <const> = state and { state, state .. "/remit" }
    or home and { home .. "/.local", home .. "/.local/state", home .. "/.local/state/remit" } or {}
  for _, folder in ipairs(folders) do
    host.make_folder(folder)
  end
  return folders[#folders] and folders[#folders] .. "/history"
end

local function lines_of(path)
  local lines <const> = {}
  local file <close> = io.open(path, "rb")
  for line in (file and file:read(16 << 20) or ""):gmatch "[^\n]+" do
    lines[#lines + 1] = utf8.len(line) and line or nil
  end
  return lines
end

local function cut(path, lines)
  local kept <const> = table.move(lines, #lines - MOST + 1, #lines, 1, {})
  local fresh <const> = path .. ".new"
  os.remove(fresh)
  if host.append(fresh, table.concat(kept, "\n") .. "\n") then
    os.rename(fresh, path)
  end
  return kept
end

---Gives the editor the lines of earlier sessions.
---@param editor table
---@return fun(text: string) adds to this and later sessions what was typed or pasted
function history.open(editor)
  local path <const> = editor:edits() and place()
  if not path then
    return function() end
  end
  local lines = lines_of(path)
  if #lines > 3 * MOST then
    lines = cut(path, lines)
  end
  for index = math.max(1, #lines - MOST + 1), #lines do
    editor:remember(lines[index])
  end
  local last = lines[#lines]
  local function add(line)
    if line ~= last and line:find "%S" then
      editor:remember(line)
      host.append(path, line .. "\n")
      last = line
    end
  end
  return function(text)
    local left = PASTED
    for line in text:gmatch "[^\n]+" do
      if left > 0 then
        add(line)
      end
      left = left - 1
    end
  end
end

return history
