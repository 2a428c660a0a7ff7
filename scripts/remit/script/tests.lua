-- SPDX-License-Identifier: Apache-2.0
-- `remit test PATH...`: each script in a state of its own.

local core <const> = require "remit.core"
local read <const> = require "remit.script.read"
local state <const> = require "remit.script.state"
local terminal <const> = require "remit.terminal"

local host <const> = require "remit.host"

local tests <const> = {}

local OK <const>, FINDINGS <const>, FAILED <const> = 0, 1, 3

local function add_folder(files, folder)
  local before <const> = #files
  local names <const>, message <const> = host.list(folder)
  for _, name in ipairs(names or {}) do
    files[#files + 1] = name:find "_test%.lua$" and folder:gsub("/+$", "") .. "/" .. name or nil
  end
  if #files == before then
    terminal.complain(message and ("%s: %s"):format(folder, message) or ("%s has no file that ends in _test.lua"):format(folder))
    return false
  end
  return true
end

local function files_of(paths)
  local files <const>, fine = {}, true
  for _, path in ipairs(paths) do
    if core.file.kind(path) == "directory" then
      fine = add_folder(files, path) and fine
    else
      files[#files + 1] = path
    end
  end
  return files, fine
end

-- Gives how many passed and failed; nil when the script itself cannot be run.
local function run_file(path, options)
  local text <const>, unreadable <const> = read.text(path)
  if not text then
    terminal.complain(unreadable)
    return nil
  end
  local place <const> = state.open(options, state.folder_of(path))
  local passed <const>, failed <const> = place:call("remit.test", "run_file", path, text, options.trace or false)
  terminal.refused(place:refused())
  place:close()
  return passed, failed
end

---@param paths string[]
---@param options table
---@return integer exit_code
function tests.command(paths, options)
  local files <const>, fine <const> = files_of(paths)
  local passed, failed, broken = 0, 0, not fine
  for _, path in ipairs(files) do
    local good <const>, bad <const> = run_file(path, options)
    passed, failed, broken = passed + (good or 0), failed + (bad or 0), broken or not good
  end
  terminal.write(("%d passed, %d failed\n"):format(passed, failed))
  if passed + failed == 0 and not broken then
    terminal.complain "there is no test in there: remit.test(\"totals\", function(t) ... end)"
  end
  return (broken or passed + failed == 0) and FAILED or failed > 0 and FINDINGS or OK
end

return tests
