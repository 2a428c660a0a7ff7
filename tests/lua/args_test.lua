-- SPDX-License-Identifier: Apache-2.0

local args <const> = require "remit.args"
local check <const> = require "check"
local plain <const> = require "remit.plain"

local caught <const> = check.caught

-- What is declared here is not part of the toolkit.
local registry <const> = args.registry
args.registry = {}

local count = 0

local function declare(fields, name)
  count = count + 1
  fields.name = name or "made up " .. count
  return args.declare(fields), fields.name
end

local function one(kind)
  return (declare({ { name = "x", kind = kind, doc = "the x" } }, "thing " .. count))
end

local function accepts(kind, value, kept)
  check.same(one(kind) { x = value }.x, kept == nil and value or kept)
end

local function refuses(kind, value, message)
  check.same(caught(one(kind), { x = value }).message, ("thing %d: x is %s"):format(count - 1, message))
end

local envelope <const> = declare({
  doc = "a cap",
  { name = "per_head", kind = "money", doc = "the cap, pounds a head", required = true },
  { name = "population", kind = "integer" },
  { name = "period", kind = { "run_rate", "in_year", "recurrent" }, default = "run_rate", doc = "which cost is tested" },
  { name = "tags", kind = "list", default = { "pod" } },
}, "envelope")

check.test("defaults_are_filled_into_a_fresh_table", function()
  local given <const> = { per_head = 18.76 }
  local filled <const> = envelope(given)
  check.same(filled, { per_head = 18.76, period = "run_rate", tags = { "pod" } })
  check.same(given, { per_head = 18.76 })
  filled.tags[1] = "changed"
  check.same(envelope(given).tags, { "pod" })
end)

check.test("an_unknown_field_suggests_the_nearest", function()
  check.same(caught(envelope, { per_heed = 1 }).message, "envelope has no field 'per_heed'. Did you mean 'per_head'?")
end)

check.test("an_unknown_field_with_nothing_near_lists_the_fields", function()
  local err <const> = caught(envelope, { zzzzzzzzzz = 1 })
  check.same(err.message, "envelope has no field 'zzzzzzzzzz'.")
  check.same(err.hints, { "Fields: per_head, population, period, tags" })
end)

check.test("a_word_of_other_tools_leads_to_ours", function()
  local asked <const> = declare({ { name = "measures", kind = "list" }, { name = "by", kind = "list" }, { name = "where", kind = "table" },
    { name = "sort", kind = "string" } }, "asked")
  for guess, meant in pairs { metric = "measures", group_by = "by", Filter = "where", order_by = "sort", mesures = "measures" } do
    check.same(caught(asked, { [guess] = 1 }).message, ("asked has no field '%s'. Did you mean '%s'?"):format(guess, meant))
  end
  local change <const> = declare({ { name = "posts", kind = "table" }, { name = "lines", kind = "table" }, { name = "why", kind = "string" } }, "a change")
  check.same(caught(change, { where = {} }).message, "a change has no field 'where'. Did you mean 'posts' or 'lines'?")
  check.same(caught(change, { filtre = {} }).message, "a change has no field 'filtre'.")
end)

check.test("the_first_unknown_field_by_name_is_reported_whatever_the_order", function()
  for _ = 1, 5 do
    check.same(caught(envelope, { zz1 = 1, aa1 = 1, mm1 = 1 }).message, "envelope has no field 'aa1'.")
  end
end)

check.test("a_value_without_a_name_is_refused", function()
  check.same(caught(envelope, { 18.76 }).message, "envelope: every value needs a name, as in name = value")
end)

check.test("a_wrong_kind_says_what_the_field_is", function()
  check.same(caught(envelope, { per_head = "x" }).message, "envelope: per_head is a number (the cap, pounds a head), not a string")
end)

check.test("a_missing_required_field_is_named_with_its_doc", function()
  check.same(caught(envelope, {}).message, "envelope: per_head is needed (the cap, pounds a head)")
  check.same(caught(envelope).message, "envelope: per_head is needed (the cap, pounds a head)")
end)

check.test("nil_means_no_fields", function()
  check.same(one "string"(nil), {})
end)

check.test("something_that_is_no_table_of_fields_is_refused", function()
  check.same(caught(envelope, "x").message, "envelope: give one table of named fields, not a string")
  check.same(caught(envelope, setmetatable({}, plain.class { __name = "remit.model" })).message,
    "envelope: give one table of named fields, not a remit.model")
end)

check.test("a_fault_points_at_the_script", function()
  local plan <const> = load("local envelope = ...\n\nlocal e = envelope { per_head = true }\nreturn e", "@plan.lua")
  check.same(caught(plan, envelope).where, "plan.lua:3")
  check.same(caught(load("(...) { per_heed = 1 }", "@plan.lua"), envelope).where, "plan.lua:1")
end)

check.test("words_suggest", function()
  check.same(caught(envelope, { per_head = 1, period = "in_yaer" }).message,
    "envelope: period is one of run_rate, in_year, recurrent (which cost is tested), not 'in_yaer'. Did you mean 'in_year'?")
  check.same(envelope { per_head = 1, period = "in_year" }.period, "in_year")
  refuses({ "a", "b" }, 1, "one of a, b (the x), not a number")
end)

check.test("numbers_are_finite", function()
  accepts("number", -0.5)
  accepts("money", 3)
  refuses("number", 1 / 0, "a number (the x), not inf")
  refuses("money", "1", "a number (the x), not a string")
  check.ok(not pcall(one "number", { x = 0 / 0 }))
end)

check.test("integers_may_be_written_as_whole_floats", function()
  accepts("integer", 3.0, 3)
  check.same(math.type(one "integer" { x = 3.0 }.x), "integer")
  refuses("integer", 1.5, "a whole number (the x), not 1.5")
  refuses("integer", "3", "a whole number (the x), not a string")
end)

check.test("false_is_a_value", function()
  check.same(one "boolean" { x = false }.x, false)
  check.same(one "any" { x = false }.x, false)
  local defaulted <const> = declare { { name = "x", kind = "boolean", default = true } }
  check.same(defaulted { x = false }.x, false)
  refuses("boolean", 1, "true or false (the x), not a number")
end)

check.test("one_string_is_a_list_of_one", function()
  accepts("list", "a", { "a" })
  accepts("list", { "a", "b" })
  accepts("list", {})
  for _, bad in ipairs { { "a", 1 }, { [2] = "a" }, { a = "a" }, { [1.5] = "a" } } do
    refuses("list", bad, "a list of strings (the x), not a table")
  end
end)

check.test("what_a_list_has_twice_is_named", function()
  local takes <const>, same <const> = declare { { name = "texts", kind = "list" }, { name = "things", kind = "string|items" } }, {}
  local function told(given)
    return caught(takes, given).message:gsub("^made up %d+: ", "")
  end
  check.same(told { texts = { "a", "b", "c", "b" } }, "texts: 'b' is there twice")
  check.same(told { things = { 0, 50, 0 } }, "things: '0' is there twice")
  check.same(told { things = { {}, same, same } }, "things: item 3 is item 2 again")
  check.ok(told { texts = { 1, 1 } }:find "a list of strings", "what is no list of texts is told first")
  check.same(takes { texts = { "a", "A" }, things = { {}, {}, 0 / 0, 0 / 0, "x" } }.texts, { "a", "A" })
  check.same(takes { things = "a" }.things, "a")
end)

check.test("a_list_is_copied", function()
  local given <const> = { "a" }
  local kept <const> = one "list" { x = given }.x
  given[1] = "changed"
  check.same(kept, { "a" })
end)

check.test("months_are_months", function()
  accepts("month", "2026-04")
  for _, bad in ipairs { "2026-13", "2026/27", "April" } do
    refuses("month", bad, 'a month such as "2026-04" (the x), not \'' .. bad .. "'")
  end
  refuses("month", 5, 'a month such as "2026-04" (the x), not 5')
end)

check.test("percentages_are_signed_strings_or_numbers", function()
  accepts("percent", "-15%")
  accepts("percent", "12.5 %")
  accepts("percent", -0.15)
  for _, bad in ipairs { "-15", "%", "x%" } do
    refuses("percent", bad, 'a percentage such as "-15%", or a number (the x), not \'' .. bad .. "'")
  end
end)

check.test("a_percentage_is_exact", function()
  check.same(args.percent "-15%", -150000)
  check.same(args.percent(-0.15), -150000)
  check.same(args.percent " 0.0001% ", 1)
  check.same(args.percent(1), 1000000)
  check.same(args.percent "0.00001%", nil)
  check.same(args.percent(true), nil)
end)

check.test("a_selection_that_is_a_bare_boolean_is_explained", function()
  local err <const> = caught(one "selection", { x = true })
  check.same(err.message, ("thing %d: x is a table of tests (the x), not a boolean"):format(count - 1))
  check.same(err.hints, { "did you use == on a field? Give a table of tests" })
  accepts("selection", { fn = { class = "grow" }, vacant = false })
  refuses("selection", "grow", "a table of tests (the x), not a string")
end)

check.test("what_a_script_calls_an_object_of_the_toolkit_is_none", function()
  refuses("remit.model", setmetatable({}, { __name = "remit.model" }), "a remit.model (the x), not a table")
end)

check.test("objects_are_known_by_their_metatables", function()
  local model <const> = setmetatable({}, plain.class { __name = "remit.model" })
  check.ok(rawequal(one "remit.model" { x = model }.x, model))
  refuses("remit.model", {}, "a remit.model (the x), not a table")
  refuses("remit.frame", model, "a remit.frame (the x), not a remit.model")
  refuses("remit.model", "text", "a remit.model (the x), not a string")
end)

check.test("a_kind_may_offer_alternatives", function()
  local param <const> = setmetatable({}, plain.class { __name = "remit.param" })
  accepts("money|remit.param", 5)
  check.ok(rawequal(one "money|remit.param" { x = param }.x, param))
  refuses("money|remit.param", "x", "a number or a remit.param (the x), not a string")
end)

check.test("a_function_checks_and_converts", function()
  local function double(value)
    if type(value) == "number" then
      return 2 * value
    end
    return nil, "only numbers"
  end
  accepts(double, 4, 8)
  check.same(caught(one(double), { x = "a" }).message, ("thing %d: x (the x): only numbers"):format(count - 1))
end)

check.test("declarations_are_kept_in_order", function()
  local _, first <const> = declare { { name = "x", kind = "any" } }
  local _, second <const> = declare { { name = "x", kind = "any" } }
  check.same(args.registry[#args.registry - 1].name, first)
  check.same(args.registry[#args.registry].name, second)
  check.same(args.registry.envelope.doc, "a cap")
  check.same(args.registry.envelope[2].name, "population")
end)

check.test("a_bad_declaration_is_a_bug_of_the_toolkit", function()
  check.ok(not pcall(args.declare, { name = "envelope" }))
  check.ok(not pcall(args.declare, { name = "bad kind", { name = "x", kind = "nubmer" } }))
  check.ok(not pcall(args.declare, { name = "no kind", { name = "x" } }))
  check.ok(not pcall(args.declare, {}))
end)

args.registry = registry
