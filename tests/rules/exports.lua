-- SPDX-License-Identifier: Apache-2.0
-- exports: `lua5.4 tests/rules/exports.lua LIBRARY MODULE`. The library exports what the headers declare and nothing else, and it neither
-- prints nor exits nor looks at the locale; the Lua module exports its opener and brings no liblua of its own.

package.path = "tests/rules/?.lua;" .. package.path
local tree <const> = require "tree"

local library <const>, module <const> = arg[1], arg[2]
local problems <const> = {}

local function check(wrong, ...)
  if wrong then
    problems[#problems + 1] = string.format(...)
  end
end

local function set(list)
  local members <const> = {}
  for _, name in ipairs(list) do
    members[name] = true
  end
  return members
end

-- Symbol names without their version: "printf@GLIBC_2.2.5" is printf.
local function symbols(file, which)
  local names <const> = {}
  for _, line in ipairs(tree.lines(("nm -D %s '%s'"):format(which, file))) do
    names[#names + 1] = line:match "%s([%w_]+)@?[^%s]*$"
  end
  assert(#names > 0, "nm says nothing of " .. file)
  return names
end

local function declared()
  local names <const> = {}
  for _, file in ipairs(tree.files()) do
    if file.path:match "^core/include/remit/.*%.h$" then
      for name in file.text:gsub("#define[^\n]*", ""):gmatch "REMIT_API[^;()]-([%w_]+)%s*%(" do
        names[#names + 1] = name
      end
    end
  end
  return names
end

local headers <const>, exported <const> = declared(), symbols(library, "--defined-only")
local in_headers <const>, in_library <const> = set(headers), set(exported)
for _, name in ipairs(headers) do
  check(not in_library[name], "%s is declared and not exported", name)
end
for _, name in ipairs(exported) do
  check(not in_headers[name], "%s is exported and not declared", name)
end

local FORBIDDEN <const> = set { "printf", "puts", "putchar", "perror", "stdout", "stderr", "__printf_chk", "__fprintf_chk", "exit", "_exit",
  "abort", "setlocale", "localeconv", "getenv", "strtod", "atof", "rand", "time", "signal" }
for _, name in ipairs(symbols(library, "--undefined-only")) do
  check(FORBIDDEN[name], "the library uses %s", name)
end

for _, name in ipairs(symbols(module, "--defined-only")) do
  check(name ~= "luaopen_remit_core", "the Lua module exports %s", name)
end
for _, line in ipairs(tree.lines(("readelf -d '%s'"):format(module))) do
  local needed <const> = line:match "NEEDED.*%[(.*)%]"
  check(needed and (needed:match "^liblua" or needed:match "^libremit"), "the Lua module needs %s", needed)
end

for _, problem in ipairs(problems) do
  print(problem)
end
print(("exports: %d functions, %d problems"):format(#headers, #problems))
os.exit(#problems == 0 and #headers > 0)
