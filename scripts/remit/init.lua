-- SPDX-License-Identifier: Apache-2.0
-- remit: what `require "remit"` gives. Modules load when they are first used.

local core <const> = require "remit.core"

local remit <const> = {
  ---The version of the toolkit.
  version = core.version,
  ---"No value" where a table cannot hold nil.
  none = require "remit.none",
}

---Loads a pack: a folder with a datapackage.json, or a workbook (.xlsx). All problems at once, or a model.
---@param path string
---@param options? { fix?: string, unmapped?: "refuse"|"park", as_at?: string }
---@return remit.model
function remit.load(path, options)
  return require "remit.load"(path, options)
end

---A cap per head of population, and the lines that count against it.
---@param given table
---@return remit.envelope
function remit.envelope(given)
  return require("remit.envelope").new(given)
end

---A figure taken from the model's assumptions by its id, else its default.
---@param given { id: string, default?: any, doc?: string }
---@return remit.param
function remit.param(given)
  return require("remit.param").new(given)
end

---Pay rates of a year, from the shipped vocabulary: salaries and on-costs.
---@param given { year: string, view?: "employer"|"economic" }
---@return remit.rates
function remit.rates(given)
  return require("remit.rates").shipped(given)
end

---Rules that decide what members or lines are: a CSV file, or a table of rules.
---@param given string|table
---@param options? table
---@return remit.decision_table
function remit.decision_table(given, options)
  return require("remit.decision_table").new(given, options)
end

---Tests that lift functions from the lowest level: a CSV file, or a table of tests.
---@param given string|table
---@param options? table
---@return remit.subsidiarity
function remit.subsidiarity(given, options)
  return require("remit.subsidiarity").new(given, options)
end

---Local names mapped on to the vocabulary: a CSV file (field, from, fn, share, status, why), or a table of rows; without either an empty one, for
---its suggestions.
---@param given? string|table
---@return remit.crosswalk
function remit.crosswalk(given)
  return require("remit.crosswalk").new(given)
end

for _, kind in ipairs { "close", "scale", "add", "move", "regrade", "set", "once", "transfer" } do
  ---A change of a scenario.
  remit[kind] = function(given)
    return require("remit.changes")[kind](given)
  end
end

---Models side by side.
---@param models remit.model[]
---@return remit.compare
function remit.compare(models)
  return require("remit.compare").new(models)
end

---Section 16 redundancy pay of one person, in pounds.
---@param given { pay: number, years: integer, wte?: number }
---@return number
function remit.redundancy(given)
  return require("remit.redundancy").pounds(given)
end

---Workshop tables' rankings pooled, and where tables differ most.
---@param given string|table
---@return remit.frame
function remit.rank(given)
  return require("remit.rank").new(given)
end

---A check of the analyst's own, for model:checks { own = { ... } }.
---@param given table
---@return remit.check
function remit.check(given)
  return require("remit.checks").new(given)
end

---A figure of the script's own arithmetic, rounded and written as tables write it: "-£87,133.76", "£1.235m", "12.5%" of 0.125. `display` as
---frame:with_column has it, "£" without one.
---@param value number|remit.none
---@param display? "£"|"£p"|"£m"|"£/head"|"WTE"|"count"|"%"|"number"
---@param options? { sign?: boolean }
---@return string
function remit.format(value, display, options)
  return require("remit.format").text(value, display, options)
end

---A frame drawn: as SVG for a page, as bars for a terminal.
---@param given table
---@return remit.chart
function remit.chart(given)
  return require("remit.chart").new(given)
end

---What the board reads: HTML, a workbook or Markdown of a base and its scenarios.
---@param given table
---@return remit.report
function remit.report(given)
  return require("remit.report").new(given)
end

---A national template to be filled: a CSV file that says which cell holds which figure.
---@param path string
---@return remit.submission
function remit.submission(path)
  return require("remit.submission").new(path)
end

---What was done so far: questions that read rows, questions answered from kept sums, and the memory that these take.
---@return remit.frame
function remit.stats()
  return require("remit.kept").stats()
end

---What is local to this board, from site.json beside the pack: its envelope, its names, settings of its own.
---@param given? { needs?: string[], defaults?: table<string, any> }
---@return remit.site
function remit.site(given)
  return require("remit.site").new(given)
end

---A test of rules of one's own: `remit test PATH...` runs them. Anywhere else a test that fails is an error.
---@param name string
---@param body fun(t: remit.test)
function remit.test(name, body)
  require("remit.test").run(name, body)
end

---What a script needs, written out for `remit bundle`, which reads it without running it: files, modules, outputs, dimensions, measures, attributes.
---@param given table
function remit.needs(given)
  require("remit.sharing.needs").check(given)
end

local lazy <const> = { __index = function(_, key)
  local fault <const> = require "remit.fault"
  local names <const> = { "load", "decision_table", "subsidiarity", "crosswalk", "close", "scale", "add", "move",
    "regrade", "set", "once", "transfer", "envelope", "compare", "chart", "report", "submission", "param", "rates", "rank", "redundancy",
    "check", "format", "stats", "needs", "site", "test", "none", "version" }
  fault.raise { code = "name", message = ("remit has no '%s'. %s"):format(tostring(key), fault.suggest(tostring(key), names) or "It has "
    .. table.concat(names, ", ")) }
end }

return setmetatable(remit, lazy)
