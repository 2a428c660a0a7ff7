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

local lines <const>, entries <const> = { '#include "compiled.h"' }, {}
for index = 3, #arg do
  local path <const> = arg[index]
  local name <const> = path:sub(#folder + 2)
  local text <const> = read(path)
  local is_lua <const> = name:find "%.lua$" ~= nil
  local module <const> = name:gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
  local number <const> = index - 2
  lines[#lines + 1] = array("text_" .. number, text)
  lines[#lines + 1] = is_lua and array("chunk_" .. number, string.dump(assert(load(text, "=" .. name, "t")))) or nil
  entries[#entries + 1] = not is_lua and ('  { "%s", text_%d, sizeof text_%d, NULL, 0 },'):format(name, number, number) or ('  { "%s", text_%d, sizeof text_%d, chunk_%d, sizeof chunk_%d },'):format(module, number, number, number, number)
end
lines[#lines + 1] = "const compiled_chunk compiled_chunks[] = {\n" .. table.concat(entries, "\n") .. "\n  { 0 },\n};\n"

local file <close> = assert(io.open(out, "wb"))
assert(file:write(table.concat(lines, "\n")))
