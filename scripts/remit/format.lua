-- SPDX-License-Identifier: Apache-2.0
-- A figure of a script's own arithmetic, rounded and written as tables write theirs: numbers of Lua are not exact to the penny, and a difference of two
-- may print as -87133.75999999.

local args <const> = require "remit.args"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local none <const> = require "remit.none"
local show <const> = require "remit.show"

local format <const> = {}

local declared <const> = args.declare { name = "format", doc = "A figure as tables write it, in a sentence.",
  example = 'print(remit.format(base:total "cost" - base:total("cost", { basis = "in_post" }), "£m", { sign = true }))',
  { name = "sign", kind = "boolean", default = false, doc = "+ before what is above zero" },
}

---@param value number|remit.none
---@param display? remit.display
---@param options? { sign?: boolean }
---@return string
function format.text(value, display, options)
  local chosen <const>, given <const> = display == nil and "£" or display, declared(options)
  if not show.is_figure(chosen) then
    fault.raise { message = ("format writes figures, and '%s' has none"):format(chosen), hints = { 'remit.format(1234.5, "£p")' } }
  elseif value == none then
    return ""
  elseif not exact.finite(value) then
    fault.raise { message = ("format takes a finite number, not %s"):format(value == nil and "nil" or type(value) == "number" and "nan or inf"
      or "a " .. type(value)),
      hints = { 'remit.format(1234.5, "£p")' } }
  end
  local units <const> = fault.check(exact.integer(value, show.stored_decimals(chosen)))
  local text <const> = show.number(units, chosen, given)
  return show.unit(chosen) == "pence" and text:gsub("^[-+]?", "%0£") .. (chosen == "£m" and "m" or "") or text
end

return format
