-- SPDX-License-Identifier: Apache-2.0
-- A frame written out: as text, CSV, JSON and Markdown, as bars, and to files.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local inside <const> = require "remit.frame.inside"
local noticed <const> = require "remit.noticed"
local write <const> = require "remit.frame.write"

---@class remit.frame
local methods <const> = {}

local text_fields <const> = args.declare {
  name = "frame:text", doc = "the frame as tostring gives it", example = "frame:text { ascii = true }",
  { name = "ascii", kind = "boolean", default = false, doc = "rules of hyphens" },
  { name = "max_rows", kind = "integer", doc = "leave out what follows, and say so" },
  { name = "width", kind = "integer", doc = "fold what is wider: further columns stand below, with the keys again" },
}

---What tostring gives, with options.
---@param options? { ascii?: boolean, max_rows?: integer, width?: integer }
---@return string
function methods:text(options)
  return write.text(inside.of(self, "text()"), text_fields(options))
end

---CSV: a heading of names, figures without separators. Totals are told apart by a last column "#level".
---@return string
function methods:csv()
  return require("remit.frame.records").csv(inside.of(self, "csv()"))
end

---JSON: one object with what is said of the figures, the columns with their units, and the rows as arrays. Figures are exact.
---@return string
function methods:json()
  return require("remit.frame.records").json(inside.of(self, "json()"))
end

---A pipe table under its caption.
---@return string
function methods:markdown()
  return require("remit.frame.markdown").table(inside.of(self, "markdown()"))
end

local bar_fields <const> = args.declare {
  name = "frame:bars", doc = "a bar a row", example = 'print(frame:bars("cost", { width = 30 }))',
  { name = "width", kind = "integer", default = 40, doc = "characters of the longest bar" },
  { name = "ascii", kind = "boolean", default = false, doc = "bars of # (below zero -)" },
}

---Bars for a terminal, totals left out; a figure below zero has a lighter bar.
---@param column string
---@param options? { width?: integer, ascii?: boolean }
---@return string
function methods:bars(column, options)
  local state <const> = inside.of(self, "bars(column)")
  local found <const>, given <const> = inside.column(state, column), bar_fields(options)
  if found.display == "text" or found.display == "month" then
    fault.raise { message = ("bars: '%s' has no figures"):format(column) }
  elseif given.width < 1 or given.width > 1000 then
    fault.raise { message = ("frame:bars: width is 1 to 1000, not %d"):format(given.width) }
  end
  return require("remit.frame.bars").text(state, found, given)
end

local spark_fields <const> = args.declare {
  name = "frame:sparks", doc = "months as a line of small bars, a line a group", example = 'print(phases:sparks "cost")',
  { name = "ascii", kind = "boolean", default = false, doc = "digits, 1 lowest and 8 highest" },
}

---Months as sparklines for a terminal: each group's first figure, a line between its own lowest and highest, its last. Totals are left out.
---@param column string
---@param options? { ascii?: boolean }
---@return string
function methods:sparks(column, options)
  local sparks <const> = require "remit.frame.sparks"
  local state <const> = inside.of(self, "sparks(column)")
  local found <const>, given <const> = inside.column(state, column), spark_fields(options)
  if found.display == "text" or found.display == "month" then
    fault.raise { message = ("sparks: '%s' has no figures"):format(column) }
  elseif not sparks.month_key(state) then
    fault.raise { message = "sparks: none of the frame's keys is a month", hints = { "bars draws a bar a row" } }
  end
  return sparks.text(state, found, given)
end

local writers <const> = {
  csv = methods.csv, json = methods.json, md = methods.markdown,
  txt = function(self) return self:text() .. "\n" end,
}

---Writes the frame as its path ends: .csv, .json, .md or .txt. CSV has no place for what is said of the figures (basis, prices, month, model,
---notes): that goes into a second file, NAME.csv.about.txt.
---@param path string
---@return remit.frame self
function methods:save(path)
  local state <const> = inside.of(self, "save(path)")
  local writer <const> = type(path) == "string" and writers[(path:match "%.(%w+)$" or ""):lower()]
  if not writer then
    fault.raise { message = ("save: '%s' does not end in .csv, .json, .md or .txt"):format(tostring(path)) }
  end
  fault.check(core.file.write(path, writer(self)))
  local about <const> = writer == methods.csv and path .. ".about.txt" or nil
  if about then
    fault.check(core.file.write(about, write.about(state)))
  end
  return noticed.saved(self, path, about)
end

return methods
