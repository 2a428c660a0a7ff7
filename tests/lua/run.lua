-- SPDX-License-Identifier: Apache-2.0
-- run: `lua5.4 tests/lua/run.lua [--stress] [FILE...]` runs test files, by default every *_test.lua beside this one.
-- --stress: with a collector that never rests, so that what is not anchored is gone at once.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local check <const> = require "check"

local function every_file()
  local files <const> = {}
  local list <close> = assert(io.popen(("ls '%s'"):format(folder)))
  for name in list:lines() do
    if name:find "_test%.lua$" then
      files[#files + 1] = folder .. "/" .. name
    end
  end
  table.sort(files)
  return files
end

local function chosen()
  local files <const>, stress = {}, false
  for _, argument in ipairs(arg) do
    if argument == "--stress" then
      stress = true
    else
      files[#files + 1] = argument
    end
  end
  return #files > 0 and files or every_file(), stress
end

local function run_file(path)
  local first <const> = #check.results + 1
  local body <const>, problem <const> = loadfile(path, "t")
  check.test("the file runs", body or function()
    error(problem, 0)
  end)
  local results <const> = check.results
  local whole <const> = table.remove(results)
  if not whole.ok then
    results[#results + 1] = whole
  end
  for index = first, #results do
    if not results[index].ok then
      print(("%s: %s\n  %s"):format(path, results[index].name, results[index].message))
    end
  end
end

local files <const>, stress <const> = chosen()
if stress then
  collectgarbage("incremental", 1, 1000, 4)
end
for _, path in ipairs(files) do
  run_file(path)
end

local passed, failed = 0, 0
for _, result in ipairs(check.results) do
  passed, failed = passed + (result.ok and 1 or 0), failed + (result.ok and 0 or 1)
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
