-- SPDX-License-Identifier: Apache-2.0
std = "lua54"
max_line_length = 160
codes = true
self = false

-- The remit program preloads it; a script under stock Lua requires it.
files["examples"] = { read_globals = { "remit" } }

-- A case carries its expected output on the line that prints it, and output may be blank.
files["tests/cases"] = { read_globals = { "remit" }, max_line_length = false, ignore = { "611", "612", "614" } }

-- An attack changes what it can.
files["tests/cases/attack"] = { ignore = { "121", "122", "241" } }

-- LuaLS types: parameters and locals exist to be documented.
files["scripts/types"] = { max_line_length = false, ignore = { "211", "212", "241", "431", "122" } }
files["scripts/remit/meta"] = { ignore = { "211", "212", "241", "431" } }

-- The program that runs it gives it.
files["tests/allocation"] = { read_globals = { "failing" } }
