-- SPDX-License-Identifier: Apache-2.0
-- The pack's standard files and fields, declared once: loading, checks and docs/guide/packs.md follow from this.
-- A field's type says what its text means; `dimension` makes it a reference to the members of that dimension.

local plain <const> = require "remit.plain"

local schema <const> = {}

schema.FORMAT = 1

-- How each type is read: the core's unit, and the number format for it.
schema.types = {
  text = { unit = "code", json = { string = true }, doc = "text" },
  category = { unit = "code", json = { string = true, integer = true }, doc = "text that repeats: a label" },
  boolean = { unit = "code", json = { boolean = true, string = true }, doc = "true or false (yes, no, 1, 0, y, n)" },
  list = { unit = "code", json = { list = true, string = true, array = true }, doc = "labels separated by |" },
  money = { unit = "pence", json = { number = true, integer = true }, format = { decimals = 2, currency = true },
    doc = "pounds: 1234.50, £1,234.50 or (1,234)" },
  wte = { unit = "micro", json = { number = true, integer = true }, format = { decimals = 6 }, doc = "whole-time equivalents" },
  number = { unit = "micro", json = { number = true, integer = true }, format = { decimals = 6 }, doc = "a number of up to 6 decimals" },
  percent = { unit = "code", json = { string = true, number = true }, doc = "a percentage such as 14.38%" },
  count = { unit = "count", json = { integer = true, number = true }, format = { decimals = 0 }, doc = "a whole number" },
  month = { unit = "month", json = { yearmonth = true, string = true }, doc = "a month: 2026-04" },
  day = { unit = "day", json = { date = true, string = true }, doc = "a day: 2025-06-03 or 03/06/2025" },
}

-- What a field is when it is not one of the standard ones, by its Table Schema type.
schema.json_types = {
  string = "category", integer = "count", number = "number", boolean = "boolean", date = "day", yearmonth = "month", list = "list", year = "category",
}

local function field(name, type, more)
  local made = more or {}
  made.name, made.type = name, type
  return made
end

local function reference(name, dimension, more)
  local made = field(name, "category", more)
  made.dimension = dimension
  return made
end

local id <const> = field("id", "text", { required = true, unique = true, doc = "the label that other files use" })
local label <const> = field("name", "text", { doc = "the name that people read; the id when empty" })
local note <const> = field("note", "text", { optional = true, doc = "anything else" })
local source <const> = field("source", "text", { optional = true, doc = "where it comes from" })
local tags <const> = field("tags", "list", { optional = true, doc = "labels of one's own" })
local aliases <const> = field("aliases", "list", { optional = true, doc = "other names, separated by |" })

-- In the order in which they are read: a file refers only to members of files before it (or to its own). No two rows have the same `distinct`
-- fields.
schema.files = {
  { name = "functions", row = "a function or a part of one", dimension = "fn", fields = {
    id, label, field("ref", "text", { optional = true, doc = "the number in the document that it comes from" }),
    reference("parent", "fn", { optional = true, doc = "the function that this is a part of" }),
    field("blueprint", "category", { optional = true, words = { "grow", "retain", "review" }, doc = "what the national document says" }),
    field("destination", "list", { optional = true, doc = "who may take it on" }),
    field("destination_wording", "text", { optional = true, doc = "the same in the document's words" }),
    field("modality", "category", { optional = true, doc = "how it moves: transfer, transfer-over-time, test-and-explore, explore" }),
    field("residual", "text", { optional = true, doc = "what the ICB keeps" }),
    field("statutory", "boolean", { optional = true, doc = "whether a statutory duty stands behind it" }), aliases, note } },
  { name = "levels", row = "a level, lowest first", dimension = "level", ordered = true, fields = {
    id, label, reference("parent", "level", { optional = true, doc = "the next level up" }),
    reference("alongside", "level", { optional = true, doc = "the level of the order that it stands beside: a collaborative, a combined authority" }),
    field("units", "count", { optional = true, minimum = 1, doc = "how many of them there are in the pack's area; places are counted when empty" }),
    field("min_population", "count", { optional = true, doc = "the smallest usual population" }),
    field("max_population", "count", { optional = true, doc = "the largest usual population" }), source, note } },
  { name = "bands", row = "a pay band, lowest first", dimension = "band", ordered = true, fields = { id, label, note } },
  { name = "places", row = "a place", dimension = "place", fields = {
    id, label, field("population", "count", { optional = true, minimum = 0, doc = "people" }),
    field("population_basis", "category", { optional = true, doc = "which population: registered, resident" }),
    field("population_date", "text", { optional = true, doc = "when it was counted" }),
    field("weighted_population", "count", { optional = true, minimum = 0, doc = "people weighted for need" }),
    reference("parent", "place", { optional = true, doc = "the place that this is a part of" }), source, aliases, note } },
  { name = "organisations", row = "an ICB, provider, council, region", dimension = "org", fields = {
    id, field("ods", "text", { optional = true, doc = "ODS code, if it has one" }), label,
    field("type", "category", { optional = true, doc = "icb, provider, council, region" }),
    field("employer_type", "category", { optional = true, doc = "for on-costs: nhs or council" }), aliases, note } },
  { name = "groups", row = "an organisational group or team", dimension = "group", fields = {
    id, label, reference("parent", "group", { optional = true, doc = "the group that a team belongs to" }), aliases, note } },
  { name = "funds", row = "a fund", dimension = "fund", fields = { id, label, note } },
  { name = "pay_points", row = "a pay point", distinct = { "year", "band", "point" }, fields = {
    field("year", "category", { required = true, doc = "financial year, 2025/26" }), reference("band", "band", { required = true, doc = "the pay band" }),
    field("point", "category", { required = true, doc = "entry, intermediate or top" }),
    field("salary", "money", { required = true, minimum = 0, doc = "a full-time year" }), source } },
  { name = "on_costs", row = "a rate that an employer pays", distinct = { "employer_type", "component", "from" }, fields = {
    field("employer_type", "category", { required = true, doc = "nhs or council" }), field("component", "category", { required = true,
      words = { "national_insurance", "pension", "pension_full", "apprenticeship_levy" }, doc = "what is paid" }),
    field("from", "month", { required = true, doc = "the first month of the rate" }),
    field("rate", "percent", { required = true, doc = "of pay above the threshold" }),
    field("threshold", "money", { required = true, minimum = 0, doc = "pay a year, for each employment, that is free of it" }), source } },
  { name = "uplifts", row = "a yearly uplift", distinct = { "year", "measure" }, fields = {
    field("year", "category", { required = true, doc = "financial year, 2026/27: from the prices of the year before to its own" }),
    field("measure", "category", { required = true, words = { "pay", "nonpay", "income", "cost" },
      doc = "what rises; cost stands for those without a row of their own" }),
    field("rate", "percent", { required = true, doc = "by how much" }), source } },
  { name = "posts", row = "a position in the establishment", lines = true, fields = {
    id, field("title", "text", { optional = true, doc = "job title" }), reference("fn", "fn", { required = true, doc = "the function that it serves" }),
    reference("place", "place", { optional = true, doc = "empty: a system-wide post" }),
    reference("level", "level", { optional = true, doc = "the level that it works at" }),
    reference("org", "org", { optional = true, doc = "the employer; the pack's organisation when empty" }),
    reference("group", "group", { optional = true, doc = "organisational group" }), reference("team", "group", { optional = true, doc = "team" }),
    field("directorate", "category", { optional = true, doc = "directorate" }),
    field("cost_centre", "category", { optional = true, doc = "for the ledger" }), field("profession", "category", { optional = true, doc = "profession" }),
    reference("band", "band", { optional = true, doc = "pay band" }), field("point", "category", { optional = true, doc = "pay point" }),
    reference("fund", "fund", { optional = true, doc = "what pays for it" }),
    field("wte", "wte", { required = true, minimum = 0, doc = "budgeted whole-time equivalents" }),
    field("in_post", "wte", { required = true, minimum = 0, doc = "whole-time equivalents that are filled; not above wte" }),
    field("cost", "money", { optional = true, doc = "£ a year for the whole wte, with on-costs; from the rates when empty" }),
    field("recurrent", "boolean", { optional = true, doc = "false: non-recurrent, in the run rate and not in what recurs; true when empty" }), tags, note } },
  { name = "budget_lines", row = "a line that is not a post", lines = true, fields = {
    id, field("title", "text", { optional = true, doc = "what it is for" }),
    field("kind", "category", { required = true, words = { "nonpay", "income", "vacancy_factor" }, doc = "what sort of line" }),
    reference("fn", "fn", { required = true, doc = "the function that it serves" }),
    reference("place", "place", { optional = true, doc = "empty: system-wide" }),
    reference("level", "level", { optional = true, doc = "the level that it is for" }), reference("org", "org", { optional = true, doc = "organisation" }),
    reference("group", "group", { optional = true, doc = "organisational group" }), reference("team", "group", { optional = true, doc = "team" }),
    field("directorate", "category", { optional = true, doc = "directorate" }), field("cost_centre", "category", { optional = true, doc = "for the ledger" }),
    reference("fund", "fund", { optional = true, doc = "what pays for it" }),
    field("cost", "money", { required = true, doc = "£ a year; income and vacancy factor are negative" }),
    field("recurrent", "boolean", { optional = true, doc = "false: non-recurrent, in the run rate and not in what recurs; true when empty" }), tags, note } },
  { name = "assignments", row = "a person in a post", fields = {
    field("post", "category", { required = true, of = "posts", doc = "the post" }), field("person", "text", { required = true, doc = "an id, never a name" }),
    field("wte", "wte", { required = true, minimum = 0, doc = "what the person works" }),
    field("contract", "category", { optional = true, doc = "permanent, fixed term, secondment, bank" }),
    field("from", "day", { optional = true, doc = "first day in the post" }), field("to", "day", { optional = true, doc = "last day in the post" }),
    field("service_from", "day", { optional = true, doc = "start of NHS service" }), note } },
  { name = "general_ledger", row = "a ledger balance", fields = {
    field("cost_centre", "category", { required = true, doc = "as in posts and budget lines" }),
    field("subjective", "category", { optional = true, doc = "what sort of spending" }),
    reference("group", "group", { optional = true, doc = "organisational group" }), reference("fund", "fund", { optional = true, doc = "fund" }),
    field("budget", "money", { required = true, doc = "£ a year" }), field("actual", "money", { optional = true, doc = "£ in the ledger's months" }),
    field("wte_budgeted", "wte", { optional = true, doc = "budgeted WTE" }), field("wte_contracted", "wte", { optional = true, doc = "contracted WTE" }),
    field("wte_worked", "wte", { optional = true, doc = "worked WTE" }), note } },
  { name = "assumptions", row = "a stated figure", fields = {
    field("id", "category", { required = true, doc = "the same id twice: two sources that claim the same thing" }),
    field("value", "text", { required = true, doc = "as the source writes it: its digits say how far it was rounded" }),
    field("low", "text", { optional = true, doc = "the least that it may be" }), field("high", "text", { optional = true, doc = "the most that it may be" }),
    field("unit", "category", { required = true, words = { "£", "£m", "£/head", "%", "WTE", "people", "count", "months", "number" }, doc = "its unit" }),
    field("source", "category", { required = true, doc = "who says so" }), field("quote", "text", { optional = true, doc = "in which words" }), note } },
  { name = "duties", row = "a statutory duty", fields = {
    id, label, field("act", "category", { optional = true, doc = "the Act" }),
    field("functions", "list", { optional = true, each = "fn", doc = "the functions that serve it" }),
    field("accountable", "category", { optional = true, doc = "who answers for it: icb, or a level" }), note } },
  { name = "criteria", row = "a criterion of subsidiarity", fields = {
    id, label, field("direction", "category", { required = true, words = { "gate", "push up", "pull down", "either" }, doc = "which way it moves a function" }),
    field("question", "text", { optional = true, doc = "what it asks" }),
    field("scale", "category", { required = true, words = { "score", "boolean", "number", "percent" }, doc = "how it is judged; a score is 0 to 3" }),
    source, note } },
  { name = "dependencies", row = "one function that needs another", fields = {
    reference("fn", "fn", { required = true, doc = "the function" }), reference("needs", "fn", { required = true, doc = "what it needs" }),
    field("kind", "category", { optional = true, doc = "in what way" }), field("why", "text", { optional = true, doc = "why" }),
    field("ref", "text", { optional = true, doc = "where that is said" }) } },
  { name = "shares", row = "a post or cost centre shared over functions", fields = {
    field("post", "category", { optional = true, of = "posts", doc = "a post" }),
    field("cost_centre", "category", { optional = true, doc = "or a cost centre" }),
    reference("fn", "fn", { required = true, doc = "the function" }), field("share", "percent", { required = true, doc = "its share" }) } },
}

-- What `"remit": {...}` may say, and where.
schema.package_keys = { "format", "as_at", "price_base", "organisation", "note", "published_basis", "max_wte", "pension_view", "crosswalk" }
schema.resource_keys = { "role", "dimension", "key", "label", "ordered", "rows", "measures", "totals", "as_at", "months" }
schema.field_keys = { "field", "dimension", "unit", "round", "skip" }
schema.measure_keys = { "field", "additive_over", "tolerance", "doc" }

local by_name <const> = {}
for _, file in ipairs(schema.files) do
  by_name[file.name] = file
  file.by_field = {}
  for _, declared in ipairs(file.fields) do
    file.by_field[declared.name] = declared
  end
end

---The declaration of a standard file, or nil.
---@param name string
---@return table?
function schema.file(name)
  return by_name[name]
end

---Whether lines of an establishment have this field.
---@param name string
---@return boolean
function schema.of_lines(name)
  return by_name.posts.by_field[name] ~= nil or name == "vacant" or name == "kind"
end

---The names of all standard files in reading order.
---@return string[]
function schema.names()
  return plain.names(schema.files)
end

return schema
