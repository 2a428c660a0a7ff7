-- SPDX-License-Identifier: Apache-2.0
-- What is public is documented: calls of the Lua layer where they stand and in docs/reference.md, names of the border in meta/core.lua, and what a
-- call takes, a pack may hold or a measure means where it is declared.

local check <const> = require "check"
local read <const> = require("files").read

local generate <const> = dofile "docs/generate.lua"
local measures <const> = require "remit.measures"
local schema <const> = require "remit.schema"

local function list_files(pattern)
  local pipe <close> = assert(io.popen("ls " .. pattern))
  local files <const> = {}
  for path in pipe:lines() do
    files[#files + 1] = path
  end
  return files
end

check.test("every public function has a comment that says what it does", function()
  local count = 0
  for _, fn in ipairs(generate.functions()) do
    count = count + 1
    check.ok(fn.words ~= "", ("%s.lua: %s has no --- comment"):format(fn.file, fn.shown))
  end
  check.ok(count > 40, "hardly any function was found")
end)

check.test("every public function stands in the reference", function()
  local reference <const> = read "docs/reference.md"
  for _, fn in ipairs(generate.functions()) do
    local there <const> = reference:find("\n### " .. fn.shown .. "(", 1, true)
    check.ok(fn.internal and not there or not fn.internal and there, fn.shown)
  end
end)

check.test("no function of a public class escapes the reference by its shape", function()
  local known <const> = {}
  for _, fn in ipairs(generate.functions()) do
    known[fn.file .. "." .. fn.shown:match "[%w_]+$"] = true
  end
  for _, file in ipairs { "init", "model", "frame", "select", "envelope", "rates", "dimension", "param", "subsidiarity" } do
    for line in read("scripts/remit/" .. file .. ".lua"):gmatch "[^\n]+" do
      local name <const> = line:match "^function [%u][%w_]*[.:](%l[%w_]*)" or line:match "^function methods[.:]([%w_]+)"
        or line:match "^function remit%.([%w_]+)" or line:match "^%u%l+%.(%l[%w_]*)%s*=%s*function"
      check.ok(not name or known[file .. "." .. name], ("%s.lua: %s"):format(file, tostring(name)))
    end
  end
end)

check.test("every argument, field and measure says what it is", function()
  generate.reference()
  local registry <const> = require("remit.args").registry
  check.ok(#registry > 10)
  for _, declaration in ipairs(registry) do
    check.ok(declaration.doc and declaration.example, declaration.name .. " has no doc or no example")
    for _, field in ipairs(declaration) do
      check.ok(field.doc, ("%s: %s has no doc"):format(declaration.name, field.name))
    end
  end
  for _, file in ipairs(schema.files) do
    for _, field in ipairs(file.fields) do
      check.ok(field.doc, ("%s.%s has no doc"):format(file.name, field.name))
    end
  end
  for _, measure in ipairs(measures.standard) do
    check.ok(measure.doc, measure.name)
  end
end)

check.test("what is guessed for arguments leads to names that calls have", function()
  generate.reference()
  local own <const> = {}
  for _, entry in ipairs(require("remit.args").registry) do
    for _, field in ipairs(entry) do
      own[field.name] = true
    end
  end
  for name in pairs(require("remit.guessed").written) do
    check.ok(own[name], name)
  end
end)

-- Where a name of a luaL_Reg table has its types, by the table's kind.
local typed <const> = { functions = "\nfunction [%w_]+%.NAME%(", methods = "\nfunction [%w_]+:NAME%(", libraries = "\n%-%-%-@field NAME ",
  operators = "\n%-%-%-@operator NAME" }

-- The names in the luaL_Reg tables of a binding.
local function bound_names(text)
  local names <const> = {}
  for kind, body in text:gmatch "static const luaL_Reg [%w_]-(%l+)%[%] = (%b{});" do
    for name in body:gmatch '{%s*"([%w_]+)"' do
      names[#names + 1] = { kind = kind, name = name }
    end
  end
  return names
end

check.test("every name that C offers to Lua has its types", function()
  local meta <const> = read "scripts/remit/meta/core.lua"
  local count = 0
  for _, path in ipairs(list_files "bindings/*.c") do
    for _, bound in ipairs(bound_names(read(path))) do
      local pattern <const> = check.ok(typed[bound.kind], path .. ": a table called " .. bound.kind):gsub("NAME", (bound.name:gsub("^__", "")))
      check.ok(meta:find(pattern), ("%s: %s '%s' is not in meta/core.lua"):format(path, bound.kind, bound.name))
      count = count + 1
    end
  end
  check.ok(count > 60, "hardly any name was found")
end)

check.test("editors are told of every public call, and every class that they are told of is there", function()
  local text <const> = read "scripts/types/remit.lua"
  local classes <const> = {}
  for name in text:gmatch "%-%-%-@class ([%w_.]+)" do
    check.ok(not classes[name], name .. " is there twice")
    classes[name] = true
  end
  for line in text:gmatch "%-%-%-@%l+ [^\n]*" do
    for name in line:gmatch "%f[%w]remit%.[%w_.]*[%w_]" do
      check.ok(classes[name] or line:find "@meta" or line:find('"[^"]*' .. name), name .. " has no class: " .. line)
    end
  end
  for _, fn in ipairs(generate.functions()) do
    local there <const> = text:find("\nfunction " .. fn.shown .. "(", 1, true)
    check.ok(fn.internal and not there or not fn.internal and there, fn.shown)
  end
  check.ok(load(text, "=types", "t"))
end)

check.test("every setting of datapackage.json stands in the guide to packs", function()
  local guide <const> = read "docs/guide/packs.md"
  for _, keys in ipairs { "package_keys", "resource_keys", "field_keys", "measure_keys" } do
    for _, key in ipairs(schema[keys]) do
      check.ok(guide:find("`" .. key .. "`", 1, true), keys .. ": " .. key)
    end
  end
end)
