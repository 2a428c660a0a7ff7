-- SPDX-License-Identifier: Apache-2.0
-- docs: the documents tell the truth. Every ```lua block runs, and the ```text block after it is what it printed; an error is shown as `remit run`
-- shows it. A document's blocks build on each other, in one Lua state and one empty folder where examples/ can be read; `local` at the margin
-- is kept for the next block. A block may name a file (```csv first/posts.csv): it is written before the blocks run. `lua no-run WHY` is not run.
-- Links lead somewhere, and what docs/generate.lua makes is up to date.
--     lua5.4 tests/docs.lua [--update] [FILE...]       --update writes what was printed into the documents: read the difference

package.path = "tests/lua/?.lua;" .. package.path

local fault <const> = require "remit.fault"
local files <const> = require "files"

local MARK <const> = "\1block "
local UNFRIENDLY <const> = "error of Lua's own: " -- no document shows one

-- ---- A document: lines, and among them fenced blocks { kind, rest, first, last } (the lines inside) ----

local function parse(path)
  local document <const> = { path = path, lines = {}, blocks = {} }
  local open
  for line in files.read(path):gmatch "([^\n]*)\n" do
    local lines <const> = document.lines
    lines[#lines + 1] = line
    if open and line == "```" then
      open.last, open = #lines - 1, nil
    elseif not open and line:find "^```" then
      local kind <const>, rest <const> = line:match "^```(%S*)%s*(.*)$"
      open = { kind = kind, rest = rest, first = #lines + 1 }
      table.insert(document.blocks, open)
    end
  end
  assert(not open, path .. ": a block does not end")
  return document
end

local function text_of(document, block)
  return table.concat(document.lines, "\n", block.first, block.last)
end

-- ---- The child: runs one document's blocks where it stands, a mark before the output of each ----

local function kept(code)
  code = ("\n" .. code):gsub("\nlocal function ", "\nfunction "):gsub("\nlocal ([^\n=]-) = ", function(names)
    return "\n" .. names:gsub("%s*<const>", "") .. " = "
  end)
  return code:sub(2)
end

local function run_block(code)
  local chunk <const>, wrong <const> = load(kept(code), "=script.lua", "t")
  local ok <const>, problem <const> = pcall(chunk or error, wrong)
  if not ok then
    print((fault.is(problem) and "error: " or UNFRIENDLY) .. tostring(problem))
  end
end

local function run_document(path)
  local document <const> = parse(path)
  _G.remit = require "remit" -- as in `remit run`
  for _, block in ipairs(document.blocks) do
    local folder <const> = block.rest:match "^(.*)/[^/]*$"
    if block.rest ~= "" and block.kind ~= "lua" then
      assert(not folder or os.execute(("mkdir -p '%s'"):format(folder)))
      files.write(block.rest, text_of(document, block) .. "\n")
    end
  end
  for index, block in ipairs(document.blocks) do
    if block.kind == "lua" and block.rest == "" then
      io.write(MARK, index, "\n")
      run_block(text_of(document, block))
    end
  end
end

if arg[1] == "--run" then
  return run_document(arg[2])
end

-- ---- The parent: compares ----

local passed, failed = 0, 0

local function check(ok, message, ...)
  passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
  if not ok then
    print(message:format(...))
  end
end

local function lines_of(command)
  local pipe <close> = assert(io.popen(command))
  local list <const> = {}
  for line in pipe:lines() do
    list[#list + 1] = line
  end
  return list
end

local root <const> = lines_of("pwd")[1]
local interpreter <const> = os.getenv "REMIT_LUA" or "lua5.4"

-- Where modules are found, also from another folder.
local function absolute(path)
  return (path:gsub("[^;]+", function(template)
    return template:find "^/" and template or root .. "/" .. template
  end))
end

-- What each block printed, by its number.
local function outputs_of(path)
  local scratch <const> = lines_of("mktemp -d")[1]
  local pipe <close> = assert(io.popen(("cd '%s' && ln -s '%s/examples' examples && LUA_PATH='%s' LUA_CPATH='%s' '%s' '%s/tests/docs.lua' --run '%s/%s' 2>&1")
    :format(scratch, root, absolute(package.path), absolute(package.cpath), interpreter, root, root, path)))
  local outputs <const>, last = {}, nil
  for line in pipe:lines() do
    local index <const> = line:match("^" .. MARK .. "(%d+)$")
    if index then
      last = {}
      outputs[math.tointeger(index)] = last
    elseif last then
      last[#last + 1] = line
    else
      check(false, "%s: %s", path, line)
    end
  end
  os.execute(("rm -r '%s'"):format(scratch))
  return outputs
end

local function first_difference(shown, printed)
  for index = 1, math.max(#shown, #printed) do
    if shown[index] ~= printed[index] then
      return ("    shown   %s\n    printed %s"):format(shown[index] or "(nothing more)", printed[index] or "(nothing more)")
    end
  end
end

local function shown_lines(document, block)
  return block and table.move(document.lines, block.first, block.last, 1, {}) or {}
end

local function compare(document, index, outputs)
  local block <const>, after <const> = document.blocks[index], document.blocks[index + 1]
  if block.rest ~= "" then
    return check(block.rest:find "^no%-run %a", "%s:%d: a block that does not run says why: lua no-run WHY", document.path, block.first)
  end
  local text <const> = after and after.kind == "text" and after.rest == "" and after or nil
  if not outputs[index] then
    return check(false, "%s:%d: did not run", document.path, block.first)
  end
  local different <const> = first_difference(shown_lines(document, text), outputs[index])
  check(not different, "%s:%d: prints something else\n%s", document.path, block.first, different)
  for _, line in ipairs(outputs[index]) do
    if line:sub(1, #UNFRIENDLY) == UNFRIENDLY then
      check(false, "%s:%d: %s", document.path, block.first, line)
    end
  end
end

local function updated(document, outputs)
  local lines <const> = table.move(document.lines, 1, #document.lines, 1, {})
  for index = #document.blocks, 2, -1 do
    local block <const>, before <const> = document.blocks[index], document.blocks[index - 1]
    if block.kind == "text" and before.kind == "lua" and outputs[index - 1] then
      local rest <const> = table.move(lines, block.last + 1, #lines, 1, {})
      for line = #lines, block.first, -1 do
        lines[line] = nil
      end
      table.move(outputs[index - 1], 1, #outputs[index - 1], block.first, lines)
      table.move(rest, 1, #rest, #lines + 1, lines)
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

local function has_scripts(document)
  for _, block in ipairs(document.blocks) do
    if block.kind == "lua" then
      return true
    end
  end
  return false
end

local function check_links(document)
  local folder <const> = document.path:match "^(.*/)[^/]*$" or ""
  for number, line in ipairs(document.lines) do
    for target in line:gmatch "%]%(([^)]*)%)" do
      local path <const> = target:gsub("#.*$", "")
      if path ~= "" and not path:find "^%a+:" then
        check(os.execute(("test -e '%s%s'"):format(folder, path)), "%s:%d: there is no %s", document.path, number, path)
      end
    end
  end
end

local function check_document(path, update)
  local document = parse(path)
  check_links(document)
  if not has_scripts(document) then
    return
  end
  local outputs <const> = outputs_of(path)
  if update then
    files.write(path, updated(document, outputs))
    document = parse(path)
  end
  for index, block in ipairs(document.blocks) do
    if block.kind == "lua" then
      compare(document, index, outputs)
    end
  end
end

local update <const> = arg[1] == "--update"
local chosen = table.move(arg, update and 2 or 1, #arg, 1, {})

local generate <const> = dofile "docs/generate.lua"
if update then
  generate.write()
end
if #chosen == 0 then
  chosen = lines_of("ls *.md; find docs examples tests -name '*.md' | sort")
  for _, stale in ipairs(generate.stale()) do
    check(false, "%s is not what docs/generate.lua makes: run it", stale)
  end
end
for _, path in ipairs(chosen) do
  check_document(path, update)
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 0)
