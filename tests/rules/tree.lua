-- SPDX-License-Identifier: Apache-2.0
-- tree: the project's files and their texts, run from its top.

local tree <const> = {}

-- What git knows or would add; without git (an unpacked release), what is there.
local FILES <const> = "git ls-files --cached --others --exclude-standard 2>/dev/null"
local FOUND <const> = "find . -type f -not -path './build*' -not -path './.git/*' | cut -c3- | sort"

local function lines(command)
  local pipe <close> = assert(io.popen(command))
  local list <const> = {}
  for line in pipe:lines() do
    list[#list + 1] = line
  end
  return list
end

function tree.read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read "a"
end

-- Every file's path and text, in order. A file that git still lists but that is gone is left out.
function tree.files()
  local paths = lines(FILES)
  if #paths == 0 then
    paths = lines(FOUND)
  end
  table.sort(paths)
  local files <const> = {}
  for _, path in ipairs(paths) do
    local text <const> = tree.read(path)
    if text then
      files[#files + 1] = { path = path, text = text }
    end
  end
  assert(#files > 0, "no files found: not at the top of the tree?")
  return files
end

tree.lines = lines
return tree
