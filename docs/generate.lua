-- SPDX-License-Identifier: Apache-2.0
-- generate: what documents say of fields, measures and calls is made from the code: docs/reference.md, the program's help and the types for editors
-- (scripts/types) whole, and in the guides what stands between
-- `<!-- generated: NAME -->` and `<!-- end -->`, or, for screens of tests/terminal, `<!-- screen: SESSION NUMBER -->`. tests/docs.lua looks whether
-- anything is out of date.
--     lua5.4 docs/generate.lua       run from the top of the tree, as after `make demo`: see README.md

local args <const> = require "remit.args"
local examples <const> = require "remit.help.examples"
local help <const> = require "remit.help"
local measures <const> = require "remit.measures"
local remit <const> = require "remit"
local schema <const> = require "remit.schema"
local types <const> = dofile "docs/types.lua"

local generate <const> = {}

local function read(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function cell(text)
  return (text:gsub("|", "\\|"))
end

local function code(text)
  return "`" .. text .. "`"
end

-- ---- Tables of the guides ----

local function field_type(field)
  if field.dimension then
    return ("a member of %s"):format(code(field.dimension))
  elseif field.each then
    return ("members of %s, separated by |"):format(code(field.each))
  elseif field.of then
    return ("an id of %s"):format(code(field.of .. ".csv"))
  elseif field.words then
    local words <const> = {}
    for index, word in ipairs(field.words) do
      words[index] = code(word)
    end
    return table.concat(words, ", ")
  end
  return field.type
end

local function file_heading(file)
  local dimension <const> = file.dimension and (", the members of %s"):format(code(file.dimension)) or ""
  return ("### %s.csv\n\nA row is %s%s.\n"):format(file.name, file.row, dimension)
end

local function fields_of(file)
  local lines <const> = { file_heading(file), "| field | needed | what it holds | meaning |", "|---|---|---|---|" }
  for _, field in ipairs(file.fields) do
    lines[#lines + 1] = ("| %s | %s | %s | %s |"):format(code(field.name), field.required and "yes" or "", cell(field_type(field)),
      cell(assert(field.doc, file.name .. "." .. field.name .. " has no doc")))
  end
  return table.concat(lines, "\n")
end

local sections <const> = {}

function sections.files()
  local parts <const> = {}
  for index, file in ipairs(schema.files) do
    parts[index] = fields_of(file)
  end
  return table.concat(parts, "\n\n")
end

function sections.types()
  local names <const>, lines <const> = {}, { "| type | what is read |", "|---|---|" }
  for name in pairs(schema.types) do
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    lines[#lines + 1] = ("| %s | %s |"):format(name, cell(schema.types[name].doc))
  end
  return table.concat(lines, "\n")
end

function sections.measures()
  local lines <const> = { "| measure | unit | what it is | basis |", "|---|---|---|---|" }
  for _, measure in ipairs(measures.standard) do
    lines[#lines + 1] = ("| %s | %s | %s | %s |"):format(code(measure.name), measure.display, cell(measure.doc),
      measure.money and "follows the basis" or "")
  end
  return table.concat(lines, "\n")
end

local function with_sections(text, path)
  return (text:gsub("(<!%-%- generated: (%w+) %-%->\n).-(<!%-%- end %-%->)", function(opening, name, closing)
    local section <const> = assert(sections[name], path .. ": nothing makes " .. name)
    return ("%s\n%s\n\n%s"):format(opening, section(), closing)
  end))
end

-- ---- The reference ----

-- In the order of a first session. `class` is what the source calls it, `shown` what a script does; `more` are files with further methods.
local modules <const> = {
  { file = "init", class = "remit", shown = "remit", sep = ".", title = "The toolkit",
    intro = 'What `require "remit"` gives; inside `remit run` it is there as `remit`.' },
  { file = "model", class = "Model", shown = "model", sep = ":", title = "A model", intro = "What `remit.load` gives. It does not change." },
  { file = "select", class = "Selection", shown = "selection", sep = ":", title = "A selection",
    intro = "What `posts`, `lines` and `functions` give. `a & b` is both, `a | b` either, `~a` the rest; `tostring` shows the tests." },
  { file = "dimension", class = "Dimension", shown = "dimension", sep = ":", title = "A dimension", intro = "What `dim` gives." },
  { file = "subsidiarity", class = "Subsidiarity", shown = "subsidiarity", sep = ":", title = "Rules of subsidiarity",
    intro = "What `remit.subsidiarity` gives; a model's `assign` applies it." },
  { file = "envelope", class = "Envelope", shown = "envelope", sep = ":", title = "An envelope", intro = "What `remit.envelope` gives." },
  { file = "crosswalk", class = "Crosswalk", shown = "crosswalk", sep = ":", title = "A crosswalk", intro = "What `remit.crosswalk` gives." },
  { file = "compare", class = "Compare", shown = "compare", sep = ":", title = "A comparison", intro = "What `remit.compare` gives." },
  { file = "chart", class = "Chart", shown = "chart", sep = ":", title = "A chart", intro = "What `remit.chart` gives; `print(chart)` shows bars." },
  { file = "report", class = "Report", shown = "report", sep = ":", title = "A report",
    intro = "What `remit.report` gives; `print(report)` lists its sections." },
  { file = "submission", class = "Submission", shown = "submission", sep = ":", title = "A submission", intro = "What `remit.submission` gives." },
  { file = "rates", class = "Rates", shown = "rates", sep = ":", title = "Rates", intro = "What `remit.rates` gives." },
  { file = "param", class = "Param", shown = "param", sep = ":", title = "A parameter",
    intro = "What `remit.param` gives: put it where a figure is taken, such as `per_head` and `population` of an envelope. It has no calls of its own." },
  { file = "decision_table", class = "Table", shown = "decision_table", sep = ":", title = "A decision table",
    intro = "What `remit.decision_table` gives; a model's `classify` applies it." },
  { file = "decision_table/verify", class = "Verification", shown = "verification", sep = ":", title = "A verification",
    intro = "What `verify` of a decision table gives; `print` shows it." },
  { file = "test", class = "Test", shown = "t", sep = ":", title = "A test", intro = "What the function of `remit.test` is given." },
  { file = "frame", more = { "frame/verbs", "frame/output" }, class = "methods", shown = "frame", sep = ":", title = "A frame",
    intro = "A result. `print(frame)` shows it, `#frame` counts its rows, totals included. It does not change: each call gives a new one." },
}

-- Methods that modules of the toolkit call on each other's objects: documented in the source, not for scripts.
local internal <const> = { ["Model:about"] = true, ["Selection:on"] = true, ["Selection:with"] = true, ["Rates:salary_pence"] = true,
  ["Model:unchanged_note"] = true, ["Rates:components"] = true, ["Rates:lacking"] = true, ["Rates:parts"] = true,
  ["Report:content"] = true }

local function source_of(module)
  local parts <const> = { read("scripts/remit/" .. module.file .. ".lua") }
  for _, file in ipairs(module.more or {}) do
    parts[#parts + 1] = read("scripts/remit/" .. file .. ".lua")
  end
  return table.concat(parts, "\n") .. "\n"
end

-- Each function of a class in its source: its name, parameters and the lines of `---` above it.
local function functions_of(module)
  local list <const>, above = {}, {}
  for line in source_of(module):gmatch "(.-)\n" do
    local comment <const> = line:match "^%-%-%-(.*)$"
    local class <const>, name <const>, parameters <const> = line:match "^function (%w+)[.:]([%a_][%w_]*)%((.-)%)"
    if class == module.class and not name:find "^__" then
      list[#list + 1] = { name = name, parameters = parameters, comment = above, internal = internal[("%s:%s"):format(class, name)] }
    end
    if comment then
      above[#above + 1] = comment
    else
      above = {}
    end
  end
  return list
end

-- Sentences, and the lines that stand indented in them (an example), apart from annotations.
local function described(fn)
  local words <const>, returns <const>, example <const> = {}, {}, {}
  for _, line in ipairs(fn.comment) do
    local result <const> = line:match "^@return (.*)$"
    if result then
      returns[#returns + 1] = result
    elseif line:find "^    " then
      example[#example + 1] = line:sub(5)
    elseif not line:find "^@" and line ~= "" then
      words[#words + 1] = line
    end
  end
  return table.concat(words, " "), returns, example
end

-- Whose declarations have the bare name of the call.
local bare <const> = { remit = true, model = true, compare = true }

local function declaration_of(module, name)
  return args.registry[("%s:%s"):format(module.shown, name)] or bare[module.shown] and args.registry[name] or nil
end

local function default_text(field)
  if field.required then
    return "needed"
  elseif type(field.default) == "table" then
    return #field.default > 0 and "{ " .. table.concat(field.default, ", ") .. " }" or ""
  end
  return field.default ~= nil and tostring(field.default) or ""
end

local function add_arguments(lines, declaration)
  lines[#lines + 1] = "\n| argument | what | default | meaning |\n|---|---|---|---|"
  for _, field in ipairs(declaration) do
    lines[#lines + 1] = ("| %s | %s | %s | %s |"):format(code(field.name), cell(help.kind_text(field.kind)), default_text(field), cell(field.doc or ""))
  end
end

-- What a call takes besides, by the call's own declaration; fields of one item of a list that it takes, and the table of a second way to call it.
local further <const> = { ["envelope:variants"] = { "envelope:variants in a month" }, explain = { "explain of a figure" },
  sweep = { "sweep across" } }

local function entry(module, fn, seen)
  local words <const>, returns <const>, example <const> = described(fn)
  local lines <const> = { ("### %s%s%s(%s)"):format(module.shown, module.sep, fn.name, fn.parameters), "\n" .. words }
  if #returns > 0 then
    lines[#lines + 1] = "\nGives " .. code(table.concat(returns, ", ")) .. "."
  end
  local declaration <const> = declaration_of(module, fn.name)
  if declaration then
    seen[declaration.name] = true
    add_arguments(lines, declaration)
    example[1] = example[1] or declaration.example
    for _, name in ipairs(further[declaration.name] or {}) do
      seen[name] = true
      lines[#lines + 1] = "\n" .. args.registry[name].doc
      add_arguments(lines, args.registry[name])
      example[#example + 1] = args.registry[name].example
    end
  end
  example[1] = example[1] or examples[module.shown .. module.sep .. fn.name]
  if #example > 0 then
    lines[#lines + 1] = "\n    " .. table.concat(example, "\n    ")
  end
  return table.concat(lines, "\n")
end

-- The changes of a scenario: calls that are made from their declarations.
local function changes_reference(seen)
  local parts <const> = { "## Changes\n\nWhat a scenario is made of. Each is data: it prints, and does not change; `amend` makes a scenario with another." }
  for _, kind in ipairs(require("remit.changes").KINDS) do
    local declaration <const> = args.registry[kind]
    local lines <const> = { ("### remit.%s(given)\n\n%s"):format(kind, declaration.doc) }
    seen[kind] = true
    add_arguments(lines, declaration)
    lines[#lines + 1] = "\n    " .. declaration.example
    parts[#parts + 1] = table.concat(lines, "\n")
  end
  return table.concat(parts, "\n\n")
end

function generate.reference()
  help.registry()
  local parts <const>, seen <const> = { "# Reference\n\nEvery call of version 0.1, made from the source by `docs/generate.lua`. `remit help NAME` shows the "
    .. "arguments at the command line.\n\n`remit.none` stands for \"no value\" where a table cannot hold nil. `remit.version` is the version." }, {}
  for _, module in ipairs(modules) do
    parts[#parts + 1] = ("## %s\n\n%s"):format(module.title, module.intro)
    for _, fn in ipairs(functions_of(module)) do
      if not fn.internal then
        parts[#parts + 1] = entry(module, fn, seen)
      end
    end
  end
  parts[#parts + 1] = changes_reference(seen)
  for _, declaration in ipairs(args.registry) do
    assert(seen[declaration.name], "the reference has no call for " .. declaration.name)
  end
  return table.concat(parts, "\n\n") .. "\n"
end

-- ---- Help, which the program shows without the source ----

local function help_entry(module, fn)
  local words <const>, returns <const>, example <const> = described(fn)
  local shown <const> = module.shown .. module.sep .. fn.name
  local declaration <const> = declaration_of(module, fn.name)
  local fields <const> = { ("name = %q"):format(shown), ("takes = %q"):format(fn.parameters), ("doc = %q"):format(words) }
  fields[#fields + 1] = #returns > 0 and ("gives = %q"):format(table.concat(returns, ", ")) or nil
  fields[#fields + 1] = declaration and ("declared = %q"):format(declaration.name) or nil
  example[1] = example[1] or declaration and declaration.example or examples[shown]
  local more <const> = declaration and further[declaration.name]
  fields[#fields + 1] = more and ('further = { "%s" }'):format(table.concat(more, '", "')) or nil
  fields[#fields + 1] = #example > 0 and ("example = %q"):format(table.concat(example, "\n")):gsub("\\\n", "\\n") or nil
  return "  { " .. table.concat(fields, ", ") .. " },"
end

local function change_entry(kind)
  local declaration <const> = args.registry[kind]
  return ('  { name = "remit.%s", takes = "given", doc = %q, gives = "remit.change", declared = %q, example = %q },'):format(kind, declaration.doc, kind,
    declaration.example)
end

function generate.help()
  local lines <const> = { "-- SPDX-License-Identifier: Apache-2.0", "-- Help on every call, made by docs/generate.lua from the source. Do not edit.", "",
    "-- luacheck: no max line length", "return {" }
  help.registry()
  for _, module in ipairs(modules) do
    for _, fn in ipairs(functions_of(module)) do
      lines[#lines + 1] = not fn.internal and help_entry(module, fn) or nil
    end
    if module.file == "init" then
      for _, kind in ipairs(require("remit.changes").KINDS) do
        lines[#lines + 1] = change_entry(kind)
      end
    end
  end
  return table.concat(lines, "\n") .. "\n}\n"
end

-- ---- Screens of recorded sessions ----

-- The n-th screen of a session, with the version and the model's hash for what stands for them.
local function recorded(name, number)
  local text <const>, found = read(("tests/terminal/%s.session"):format(name)), 0
  for screen in (text .. "> "):gmatch "\n> screen\n(.-)\n%f[>]> " do
    found = found + 1
    if found == number then
      local hash <const> = remit.load "examples/nenc":hash():sub(1, 6)
      return (screen:gsub("remit VERSION", "remit " .. remit.version):gsub("model%s+HASH", function(said) return (said:gsub("HASH", hash)) end))
    end
  end
  error(("tests/terminal/%s.session has no screen %d"):format(name, number))
end

local function with_screens(text)
  return (text:gsub("(<!%-%- screen: (%w+) (%d+) %-%->\n).-(<!%-%- end %-%->)", function(opening, name, number, closing)
    return ("%s```text\n%s\n```\n%s"):format(opening, recorded(name, tonumber(number)), closing)
  end))
end

-- ---- All of it ----

---For tests: every function of a public class, { module =, name =, words =, internal = }.
function generate.functions()
  local list <const> = {}
  for _, module in ipairs(modules) do
    for _, fn in ipairs(functions_of(module)) do
      list[#list + 1] = { shown = module.shown .. module.sep .. fn.name, file = module.file, words = described(fn), internal = fn.internal }
    end
  end
  return list
end

local function made()
  local files <const> = { { path = "docs/reference.md", text = generate.reference() },
    { path = "scripts/remit/help/entries.lua", text = generate.help() },
    { path = "scripts/types/remit.lua", text = types.text { modules = modules, functions_of = functions_of, declaration_of = declaration_of } } }
  for _, path in ipairs { "docs/guide/packs.md", "docs/guide/measures.md" } do
    files[#files + 1] = { path = path, text = with_sections(read(path), path) }
  end
  for _, path in ipairs { "README.md", "docs/guide/repl.md" } do
    files[#files + 1] = { path = path, text = with_screens(read(path)) }
  end
  return files
end

---The documents that are out of date.
---@return string[] paths
function generate.stale()
  local list <const> = {}
  for _, file in ipairs(made()) do
    local there <close> = io.open(file.path, "rb")
    if not there or there:read "a" ~= file.text then
      list[#list + 1] = file.path
    end
  end
  return list
end

---Writes them.
function generate.write()
  for _, file in ipairs(made()) do
    local out <close> = assert(io.open(file.path, "wb"))
    out:write(file.text)
  end
end

if arg and (arg[0] or ""):find "generate%.lua$" then
  generate.write()
end

return generate
