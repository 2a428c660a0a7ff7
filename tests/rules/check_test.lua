-- SPDX-License-Identifier: Apache-2.0
-- check_test: every rule fails on a file that breaks it and passes one that does not. Words that a rule looks for are put together here, so
-- that this file keeps to the rules too.

package.path = "tests/rules/?.lua;" .. package.path
local rules <const> = require "rules"

local SPDX <const> = "/* SPDX-License-Identifier: Apache-2.0 */\n"
local BOOK <const> = {
  path = "core/include/remit/remit.h",
  text = '#include "remit/error.h"\n#include "remit/table.h"\n#include "remit/csv.h"\n',
}

local function body(lines)
  return "static int f(void)\n{\n" .. ("  x++;\n"):rep(lines - 2) .. "}\n"
end

local function lua_body(lines)
  return "local function f()\n" .. ("  g()\n"):rep(lines - 2) .. "end\n"
end

-- rule, path, a text that breaks it, a text that does not
local examples <const> = {
  { "licence", "core/a.c", "int a;\n", SPDX },
  { "licence", "tools/a", "#!/bin/sh\n", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n" },
  { "allocation", "core/a.c", "p = malloc(1);\n", "p = remit_allocate(1, 1);\nremit_dictionary_free(d);\n" },
  { "allocation", "core/a.c", "free (p);\n", "/* to be freed */\n" },
  { "machine_paths", "docs/a.md", "in /" .. "tmp/x\n", "in ./tmp/x or /usr/share/tmp/x or /tmpfs\n" },
  { "machine_paths", "README.md", '"/' .. 'home/me"\n', "a/home or work/home\n" },
  { "unfinished", "core/a.c", "/* TO" .. "DO */\n", "/* to do */ TO" .. "DOS\n" },
  { "unfinished", "docs/a.md", "FIX" .. "ME\n", "fixed\n" },
  { "function_length", "core/a.c", body(62), body(60) },
  { "function_length", "core/a.c", "/* long: one */\n" .. body(90) .. body(61), "/* long: a flat switch */\n" .. body(90) },
  { "function_length", "scripts/a.lua", lua_body(61), lua_body(60) .. lua_body(60) },
  { "file_length", "core/a.c", ("\n"):rep(800), ("\n"):rep(799) },
  { "file_length", "scripts/a.lua", ("\n"):rep(800) .. "-- Do not edit.\n", "-- Made by a.lua. Do not edit.\n" .. ("\n"):rep(800) },
  { "layering", "core/table.c", '#include "remit/csv.h"\n', '#include "remit/error.h"\n#include "remit/table.h"\n#include <string.h>\n' },
  { "layering", "core/table_rows.c", '#include "helper.h"\n', '#include "memory.h"\n' },
  { "layering", "core/csv_load.c", "#include <lua.h>\n", '#include "helper.h"\n' },
  { "layering", "core/csv.c", '#include "remit/remit.h"\n', '#include "csv_internal.h"\n#include "table_internal.h"\n' },
  { "layering", "core/csv.c", "#include <unistd.h>\n", "#include <stdint.h>\n" },
  { "layering", "core/include/remit/error.h", '#include "remit/table.h"\n', "#include <stddef.h>\n" },
}

local helpers <const> = {
  BOOK,
  { path = "core/helper.h", text = '#include "further.h"\n' },
  { path = "core/further.h", text = "" },
  { path = "core/further.c", text = '#include "remit/csv.h"\n#include "helper.h"\n' },
  { path = "core/memory.h", text = '#include "remit/error.h"\n' },
}

local function problems(rule, path, text)
  local count = 0
  rules[rule]({ path = path, text = text }, function()
    count = count + 1
  end, helpers)
  return count
end

local failures, seen <const> = 0, {}
local function expect(rule, path, text, count)
  local got <const> = problems(rule, path, text)
  if got ~= count then
    failures = failures + 1
    print(("%s on %s: %d problems, not %d, in\n%s"):format(rule, path, got, count, text:sub(1, 200)))
  end
end

for _, example in ipairs(examples) do
  local rule <const>, path <const>, bad <const>, good <const> = table.unpack(example)
  seen[rule] = true
  expect(rule, path, bad, 1)
  expect(rule, path, good, 0)
end
for rule in pairs(rules) do
  if not seen[rule] then
    failures = failures + 1
    print(rule .. " has no example")
  end
end
print(("rules: %d examples, %d failures"):format(#examples, failures))
os.exit(failures == 0)
