-- SPDX-License-Identifier: Apache-2.0
-- Help on the words of figures and packs: measures, fields, files and what is in those that ship, words that an argument may have, and a few terms.

local args <const> = require "remit.args"
local around <const> = require "remit.help.around"
local measures <const> = require "remit.measures"
local schema <const> = require "remit.schema"

local words <const> = {}

local TERMS <const> = {
  actual = "A basis: what the ledger booked, as a rate a year.",
  band = "A pay band of Agenda for Change, or vsm, or medical. With its point and the WTE it gives a post's cost from the national rates.",
  basis = "Which cost: funded (filled and vacant posts), in_post (filled ones, without the vacancy factor), or actual (what the ledger booked).",
  cap = "The most that an ICB may cost, here pounds a head of population a year: remit.envelope { ... }.",
  confidence = "How sure a change is to happen, in percent. Risk-adjusted figures weigh it.",
  cost_shift = "A saving of the ICB that only becomes somebody else's cost. The system as a whole has to save.",
  crosswalk = "A list of local names and the functions that they mean.",
  annual_run_rate = "See run_rate.",
  cumulative = "A period: the cost of the months from `from` to the end of `at`, one-off (non-recurrent) costs included.",
  double_running = "What a receiver that works alongside costs before go-live, as a share of the lines' cost.",
  fn = "The function that a post or line serves. It is fn, since function is a word of Lua. help functions.csv lists those that ship with remit.",
  ["function"] = "See fn.",
  funded = "A basis: filled and vacant posts, which is the budget. The default.",
  golive = "The month from which a transferred function is the receiver's.",
  in_post = "A basis: filled posts, without vacant ones and without the vacancy factor.",
  full_year_effect = "See recurrent.",
  in_year = "A period: the cost that falls in a financial year, one-off (non-recurrent) costs included.",
  label = "What stands in a field: a member's id, its name or an alias, or a text of one's own where the field is open.",
  non_recurrent = "A cost or saving that does not come again: a one-off cost (remit.once), and lines flagged recurrent = false.",
  one_off = "A non-recurrent cost that falls in one month, such as redundancy: remit.once. It is in the year's cost and never in the run rate.",
  pack = "A folder of CSV files and a datapackage.json, or a workbook: the data that a model is loaded from. remit new DIR makes one.",
  part_year = "A period: the part-year effect, what a financial year does not show yet of what recurs. Recurrent cost less in-year cost. WTE and posts "
    .. "are of a month and have none.",
  part_year_effect = "See part_year.",
  perimeter = "The lines that count against a cap: what an envelope's include and exclude say.",
  place = "A part of the ICB's area. A post without one is system-wide.",
  price_base = "The financial year whose pay and prices the costs are in.",
  prices = "The financial year in whose prices money is asked for, \"2026/27\": an argument of pivot, total and others. uplifts.csv leads from year to year.",
  recurrent = "A period: the run rate once nothing changes any more, without lines flagged recurrent = false (full-year effect).",
  run_rate = "A period: what a month costs, as pounds a year. Tables call it the annual run rate; a one-off cost is never in it.",
  shadow = "The month from which a receiver works alongside, before go-live.",
  stranded = "Cost that stays with the ICB for a time after a function has left: space, contracts, management.",
  tests = "Which lines: base:posts { band = \">= 8a\", fn = { blueprint = \"grow\" }, vacant = true } are those that pass every test in the braces. "
    .. "A test is a text:",
  tupe = "TUPE, by which staff move to the new employer with their function and keep their terms: a share of a transfer's staff.",
  vacancy_factor = "A negative budget: pay that is expected not to be spent, since some posts are always empty.",
  where = "Which lines count, in pivot, total and others: where = { fn = \"chc\", band = \">= 8a\" }. help tests says how a test is written.",
  wte = "Whole-time equivalent: 37.5 hours a week are 1, under Agenda for Change.",
}

local TESTS <const> = { { "grow, retain", "one of them: an id or a name" }, { "not(grow, retain)", "none of them, or nothing" },
  { ">= 8a", "by the order of bands, levels...; < 0.5 and > £250k by value" }, { "[5..7]", "from 5 to 7, both included; (5..7) without them" },
  { "*safeguard*", "labels that hold it" }, { "\"A, B\"", "a label with a comma in it, in quotes of its own: '\"A, B\"'" },
  { "none", "what has no value" }, { "-", "anything" } }

local function add_measure(lines, name, width)
  for _, measure in ipairs(measures.standard) do
    if measure.name == name then
      lines[#lines + 1] = name .. " is a measure"
      around.add(lines, ("%s (%s)."):format(measure.doc, measure.display), "  ", width)
    end
  end
end

local function add_fields(lines, name, width)
  local found <const> = {}
  for _, file in ipairs(schema.files) do
    local field <const> = file.by_field[name]
    found[#found + 1] = field and { file.name .. ".csv", field.doc } or nil
  end
  if #found > 0 then
    lines[#lines + 1] = name .. " is a field of"
    around.add_terms(lines, found, width)
  end
end

-- Every declaration in the order of help, whatever was loaded first.
local function declarations()
  local list <const>, seen <const> = {}, {}
  for _, entry in ipairs(require "remit.help.entries") do
    for _, name in ipairs { entry.declared, table.unpack(entry.further or {}) } do
      list[#list + 1] = not seen[name] and args.registry[name] or nil
      seen[name] = true
    end
  end
  return list
end

-- The arguments that may be this word, each with the calls that have it.
local function add_choices(lines, name, width)
  local order <const>, calls <const> = {}, {}
  for _, declaration in ipairs(declarations()) do
    for _, field in ipairs(declaration) do
      for _, word in ipairs(type(field.kind) == "table" and field.kind or {}) do
        if word == name then
          order[#order + 1] = not calls[field.name] and field.name or nil
          calls[field.name] = (calls[field.name] and calls[field.name] .. ", " or "") .. declaration.name
        end
      end
    end
  end
  for _, field in ipairs(order) do
    around.add(lines, ("%s may be the %s of %s"):format(name, field, calls[field]), "", width)
  end
end

local PLAIN <const> = { text = true, category = true, wte = true }

-- "pay band (a member of band; needed)"
local function meaning(field)
  local holds = not PLAIN[field.type] and schema.types[field.type].doc or nil
  if field.dimension then
    holds = "a member of " .. field.dimension
  elseif field.words then
    holds = table.concat(field.words, ", ")
  end
  local needed <const> = field.required and "needed" or nil
  local both <const> = holds and needed and holds .. "; " .. needed or holds or needed
  return both and ("%s (%s)"):format(field.doc, both) or field.doc
end

local function add_shipped(lines, name, width)
  local shipped <const> = require("remit.pack").vocabulary()[name]
  local id <const>, label <const> = shipped and shipped:column "id", shipped and shipped:column "name"
  if not (id and label) then
    return
  end
  local terms <const> = {}
  for row = 1, shipped:rows() do
    terms[row] = { id:get(row), label:get(row) or "" }
  end
  lines[#lines + 1] = "\n  Those that ship with remit:"
  around.add_terms(lines, terms, width)
end

---Help on a file of a pack: its fields, and the rows that ship with remit.
---@param name string "posts"
---@param width integer
---@return string? text nil when there is no such file
function words.file(name, width)
  local file <const> = schema.file(name)
  if not file then
    return nil
  end
  local lines <const>, terms <const> = { ("%s.csv: a row is %s"):format(name, file.row), "" }, {}
  for index, field in ipairs(file.fields) do
    terms[index] = { field.name, meaning(field) }
  end
  around.add_terms(lines, terms, width)
  add_shipped(lines, name, width)
  return table.concat(lines, "\n")
end

---Help on a word that figures or packs are described with.
---@param name string
---@param width integer
---@return string?
function words.text(name, width)
  local lines <const> = {}
  local term <const> = TERMS[name]
  if term then
    lines[1] = name
    around.add(lines, term, "  ", width)
    around.add_terms(lines, name == "tests" and TESTS or {}, width)
  end
  add_measure(lines, name, width)
  add_choices(lines, name, width)
  add_fields(lines, name, width)
  return #lines > 0 and table.concat(lines, "\n") or nil
end

return words
