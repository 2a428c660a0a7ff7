-- SPDX-License-Identifier: Apache-2.0
-- rules: what every file of the tree keeps to. A rule is called with a file and reports (line, what is wrong); `files` has all of them.
-- layering, the one rule about files together, stands in a module of its own.

local rules <const> = { layering = require "layering" }

local function each_line(text)
  local number = 0
  return coroutine.wrap(function()
    for line in (text:sub(-1) == "\n" and text or text .. "\n"):gmatch "(.-)\r?\n" do
      number = number + 1
      coroutine.yield(number, line)
    end
  end)
end

local function is_source(path)
  return path:match "%.[ch]$" or path:match "%.lua$" or path:match "%.cmake$" or path:match "%.cmake%.in$" or path:match "CMakeLists%.txt$"
    or path == "Makefile" or path == ".ci/run" or path == ".luacheckrc" or path:match "^tools/" or path:match "^tests/[%w_]+/[%w_]+$"
end

-- Case scripts are what a user types: nothing stands before the first line.
local function is_case(path)
  return path:match "^tests/cases/%w+/"
end

function rules.licence(file, report)
  if is_source(file.path) and not is_case(file.path) then
    local head <const> = file.text:match "^[^\n]*\n?[^\n]*\n?[^\n]*"
    if not head:find("SPDX-License-Identifier: Apache-2.0", 1, true) then
      report(1, "no SPDX line among the first three")
    end
  end
end

-- Only memory.c allocates, so that tests can count and fail every allocation.
function rules.allocation(file, report)
  if not file.path:match "^core/.*%.c$" or file.path == "core/memory.c" then
    return
  end
  for number, line in each_line(file.text) do
    for name in line:gmatch "%f[%w_]([%w_]+)%s*%(" do
      if name:match "^[mc]alloc$" or name == "realloc" or name == "free" or name == "aligned_alloc" or name:match "^strn?dup$" then
        report(number, name .. "() past core/memory.h")
      end
    end
  end
end

-- The tree works on any machine: no file names a folder of the one that it was written on.
function rules.machine_paths(file, report)
  if file.path:match "^tests/" or file.text:find("\0", 1, true) then
    return
  end
  for number, line in each_line(file.text) do
    for _, folder in ipairs { "work", "tmp", "root", "home", "farm" } do
      if line:find("%f[%w/.]/" .. folder .. "%f[^%w_-]") then
        report(number, "names /" .. folder)
      end
    end
  end
end

-- What is left to do stands in an issue.
function rules.unfinished(file, report)
  if not is_source(file.path) and not file.path:match "%.md$" or file.path:match "^tests/rules/" then
    return
  end
  for number, line in each_line(file.text) do
    local word <const> = line:match "%f[%w_](TODO)%f[^%w_]" or line:match "%f[%w_](FIXME)%f[^%w_]" or line:match "%f[%w_](XXX)%f[^%w_]"
    if word then
      report(number, word)
    end
  end
end

local FUNCTION_MAX <const> = 60
local FILE_MAX <const> = 800

-- Where a function of the language opens and closes: in column one, as the house style writes them.
local shapes <const> = {
  c = { opens = "^{$", closes = "^}$" },
  lua = { opens = "^l?o?c?a?l?%s?function%f[%s]", closes = "^end%f[^%w_]" },
}

-- A longer function says why in the comment above it: `/* long: a flat switch */`.
function rules.function_length(file, report)
  local shape <const> = shapes[file.path:match "%.(%w+)$"]
  if not shape then
    return
  end
  local start, excused
  for number, line in each_line(file.text) do
    excused = excused or line:find "long: %w" ~= nil
    if not start and line:find(shape.opens) and not line:find "%f[%w]end%s*$" then
      start = number
    elseif start and line:find(shape.closes) then
      if number - start + 1 > FUNCTION_MAX and not excused then
        report(start, ("a function of %d lines, %d are the most without a reason"):format(number - start + 1, FUNCTION_MAX))
      end
      start, excused = nil, nil
    end
  end
end

-- What is made from other files says so at its top.
function rules.file_length(file, report)
  if is_source(file.path) and not file.text:sub(1, 500):find "Do not edit%." then
    local _, count <const> = file.text:gsub("\n", "\n")
    if count >= FILE_MAX then
      report(count, ("%d lines: split it by operation before %d"):format(count, FILE_MAX))
    end
  end
end

return rules
