-- SPDX-License-Identifier: Apache-2.0
-- run: `lua5.4 tests/cases/run.lua [--accept] [FILE...]` runs case scripts, by default every one beside this file. A case says what it prints:
--
--   print(base:total "wte")   --> 3.5
--   base:total "cots"         --> error: there is no measure 'cots'. Did you mean 'cost'?
--   -->   a further line of either
--
-- A line that ends in "--> error: ..." must raise, and the error must point at that statement. Each case has an environment of its own.
-- --accept writes what the named files print into them: read the difference before you keep it.

local folder <const> = arg[0]:match "^(.*)[/\\]" or "."
package.path = folder .. "/?.lua;" .. package.path

local fault <const> = require "remit.fault"
local remit <const> = require "remit"
local tiny <const> = require "tiny"

local function every_file()
  local files <const> = {}
  for _, kind in ipairs { "good", "bad", "limit", "regression" } do
    local list <close> = assert(io.popen(("ls '%s/%s'"):format(folder, kind)))
    for name in list:lines() do
      if name:find "%.lua$" then
        files[#files + 1] = ("%s/%s/%s"):format(folder, kind, name)
      end
    end
  end
  return files
end

local function lines_of(text)
  local lines <const> = {}
  for line in (text .. "\n"):gmatch "(.-)\r?\n" do
    lines[#lines + 1] = line
  end
  return lines
end

local function read_lines(path)
  local file <close> = assert(io.open(path, "rb"))
  return lines_of((file:read "a"):gsub("\n$", ""))
end

-- ---- What a case expects ----

-- The first line of the statement that ends on line `last`: the shortest run of lines that is Lua by itself.
local function statement_start(code, last)
  for first = last, 1, -1 do
    if load(table.concat(code, "\n", first, last), "=", "t") then
      return first
    end
  end
  return last
end

-- A block is what one statement prints; its lines go on below it.
local function parse(lines)
  local code <const>, blocks <const>, open = {}, {}, nil
  for number, line in ipairs(lines) do
    local before <const>, text <const> = line:match "^(.-)%s*%-%->%s?(.-)%s*$"
    code[number] = before or line
    if before == "" and open then
      open.expected[#open.expected + 1] = text
    elseif before then
      open = { at = number, expected = text ~= "" and { text } or {}, raises = text:find "^error" ~= nil }
      blocks[#blocks + 1] = open
      open.from = open.raises and statement_start(code, number) or number
    else
      open = nil
    end
  end
  return code, blocks
end

-- The script with a call after each block's statement; statements that raise stand in a function. Lines keep their numbers.
local function instrumented(code, blocks)
  local made <const> = table.move(code, 1, #code, 1, {})
  for index, block in ipairs(blocks) do
    if block.raises then
      made[block.from] = "case.raises(function() " .. made[block.from]
      made[block.at] = made[block.at] .. " end)"
    end
    made[block.at] = ("%s; case.block(%d)"):format(made[block.at], index)
  end
  return table.concat(made, "\n")
end

-- ---- Running one ----

-- What differs from machine to machine: temporary folders. And from change to change of the pack's format: hashes.
local function steady(text)
  return (text:gsub(tiny.place:gsub("%p", "%%%0"), "tmp"):gsub("model %x%x%x%x%x%x%f[%X]", "model HASH"))
end

local function raised_text(problem, path, block)
  if not fault.is(problem) then
    return "error that is no message of ours: " .. tostring(problem)
  end
  local text <const> = tostring(problem)
  local line <const> = problem.where and tonumber(problem.where:match ":(%d+)$")
  local prefix <const> = ("%s:%d: "):format(path, line or 0)
  if line and text:sub(1, #prefix) == prefix and line >= block.from and line <= block.at then
    return "error: " .. text:sub(#prefix + 1)
  end
  return "error that does not point at its statement: " .. text
end

local function append(list, text)
  for _, line in ipairs(lines_of(steady(text))) do
    list[#list + 1] = line
  end
end

local function run(path)
  tiny.begin()
  local lines <const> = read_lines(path)
  local code <const>, blocks <const> = parse(lines)
  local current, done = {}, 0
  local case <const> = {}
  function case.raises(body)
    local ok <const>, problem <const> = pcall(body)
    append(current, ok and "error that was not raised" or raised_text(problem, path, blocks[done + 1]))
  end
  function case.block(index)
    blocks[index].actual, current, done = current, {}, index
  end
  local function print_line(...)
    local words <const> = table.pack(...)
    for index = 1, words.n do
      words[index] = tostring(words[index])
    end
    append(current, table.concat(words, "\t"))
  end
  local environment <const> = setmetatable({ case = case, print = print_line, remit = remit }, { __index = _G })
  local body <const>, problem <const> = load(instrumented(code, blocks), "@" .. path, "t", environment)
  local ok <const>, raised <const> = pcall(body or error, problem)
  if not ok then
    append(current, "stopped: " .. tostring(raised))
  end
  if #current > 0 then
    blocks[#blocks + 1] = { at = #lines, expected = {}, actual = current }
  end
  return lines, blocks
end

local function same(left, right)
  return table.concat(left, "\n") == table.concat(right or {}, "\n")
end

local function show(path, block)
  print(("%s:%d"):format(path, block.at))
  local actual <const> = block.actual or { "(not reached)" }
  for index = 1, math.max(#block.expected, #actual) do
    local wanted <const>, got <const> = block.expected[index], actual[index]
    if wanted == got then
      print("      " .. wanted)
    else
      print(wanted and "    - " .. wanted or "    - (nothing more)")
      print(got and "    + " .. got or "    + (nothing more)")
    end
  end
end

local function accept(path, lines, blocks)
  local by_line <const>, kept <const> = {}, {}
  for _, block in ipairs(blocks) do
    by_line[block.at] = block
  end
  local inside = false
  for number, line in ipairs(lines) do
    local block <const> = by_line[number]
    if block and block.actual then
      kept[#kept + 1] = (line:gsub("%s*%-%->.*$", ""))
      local beside <const> = #block.actual == 1 and #kept[#kept] + #block.actual[1] < 130
      if kept[#kept] == "" and not beside and not block.raises then
        kept[#kept] = nil -- the line was nothing but what it expected
      end
      for index, text in ipairs(block.actual) do
        local comment <const> = (index == 1 and block.raises or text ~= "") and "--> " .. text or "-->"
        if index == 1 and (beside or block.raises) then
          kept[#kept] = (kept[#kept] == "" and "" or kept[#kept] .. "  ") .. comment
        else
          kept[#kept + 1] = comment
        end
      end
    elseif not (inside and line:find "^%s*%-%->") then
      kept[#kept + 1] = line
    end
    inside = block and block.actual ~= nil or not block and inside and line:find "^%s*%-%->" ~= nil
  end
  local file <close> = assert(io.open(path, "wb"))
  file:write(table.concat(kept, "\n"), "\n")
end

local function passes(path, accepting)
  local lines <const>, blocks <const> = run(path)
  local good = #blocks > 0
  if not good then
    print(path .. ": expects nothing")
  end
  for _, block in ipairs(blocks) do
    if not same(block.expected, block.actual) then
      good = false
      show(path, block)
    end
  end
  if accepting then
    accept(path, lines, blocks)
  end
  return good
end

local function chosen()
  local files <const>, accepting = {}, false
  for _, argument in ipairs(arg) do
    if argument == "--accept" then
      accepting = true
    else
      files[#files + 1] = argument
    end
  end
  assert(not accepting or #files > 0, "--accept needs the files to write")
  return #files > 0 and files or every_file(), accepting
end

local files <const>, accepting <const> = chosen()
local passed, failed = 0, 0
for _, path in ipairs(files) do
  if passes(path, accepting) then
    passed = passed + 1
  else
    failed = failed + 1
  end
end
tiny.remove()
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0, true)
