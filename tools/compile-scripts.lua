-- SPDX-License-Identifier: Apache-2.0
-- lua5.4 tools/compile-scripts.lua SCRIPTS OUT.c FILE...: the toolkit's Lua files, compiled, as a C file for bindings/host/compiled.c. The
-- text goes with each, so that a chunk stands in for exactly that text and never for another. Files that are not Lua go in as they are.

local folder <const>, out <const> = arg[1], arg[2]

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function array(name, bytes)
  local numbers <const> = {}
  for at = 1, #bytes do
    numbers[at] = bytes:byte(at)
  end
  return ("static const unsigned char %s[] = {%s};"):format(name, table.concat(numbers, ","))
end

-- The chunks stand together, for they alone are read by an installed program.
local chunks <const>, texts <const>, entries <const> = {}, {}, {}
for index = 3, #arg do
  local path <const>, number <const> = arg[index], index - 2
  local name <const> = path:sub(#folder + 2)
  local text <const> = read(path)
  local is_lua <const> = name:find "%.lua$" ~= nil
  local module <const> = name:gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
  texts[number] = array("text_" .. number, text)
  chunks[#chunks + 1] = is_lua and array("chunk_" .. number, string.dump(assert(load(text, "=" .. name, "t")))) or nil
  local chunk <const> = is_lua and ("chunk_%d, sizeof chunk_%d"):format(number, number) or "NULL, 0"
  entries[number] = { name = is_lua and module or name, text = ("text_%d, sizeof text_%d, %s"):format(number, number, chunk) }
end
table.sort(entries, function(left, right) return left.name < right.name end) -- they are found by halving
for index, entry in ipairs(entries) do
  entries[index] = ('  { "%s", %s },'):format(entry.name, entry.text)
end
local lines <const> = { '#include "compiled.h"', table.concat(chunks, "\n"), table.concat(texts, "\n"),
  "const compiled_chunk compiled_chunks[] = {\n" .. table.concat(entries, "\n") .. "\n};\n", ("const size_t compiled_count = %d;\n"):format(#entries) }

local file <close> = assert(io.open(out, "wb"))
assert(file:write(table.concat(lines, "\n")))
