-- SPDX-License-Identifier: Apache-2.0
-- How many WTE must leave in post: vacancies are surrendered first, and each one that is filled again adds one. The establishment after is the
-- same either way.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local param <const> = require "remit.param"

local reduction <const> = {}

-- WTE as people write it: no digits that say nothing.
local function wte_text(value)
  return (core.number.print(exact.integer(value, 6), 6, true):gsub("%.?0+$", ""))
end

local declared <const> = args.declare { name = "reduction", doc = "What is left to reduce in post once vacancies are surrendered, and the establishment after.",
  example = "print(base:reduction { reduce_wte = 336, refill = { 0, 50 } })",
  { name = "reduce_wte", kind = "number|remit.param", required = true, doc = "the WTE to take out of the establishment" },
  { name = "vacancies", kind = "number|remit.param", doc = "vacant WTE; the model's own by default" },
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "refill", kind = "items", default = { 0 }, doc = "how many vacancies are filled after all, one row each" },
}

local function check_figure(name, value, most)
  if type(value) ~= "number" or value ~= value or value < 0 or value > most then
    fault.raise { code = "reduction", message = ("%s: %s is not between 0 and the establishment's %s WTE"):format(name, tostring(value), wte_text(most)) }
  end
end

local function check_refill(refill, vacancies)
  if #refill == 0 then
    fault.raise { code = "reduction", message = "refill: give one number at least, as in refill = { 0, 50 }" }
  end
  for _, count in ipairs(refill) do
    if type(count) ~= "number" or count < 0 or count > vacancies then
      fault.raise { code = "reduction", message = ("refill: %s is not between 0 and the %s vacant WTE"):format(tostring(count), wte_text(vacancies)) }
    end
  end
end

---@param model remit.model
---@param given table
---@return remit.frame
function reduction.run(model, given)
  local spec <const> = declared(given)
  local wte <const> = model:total("wte", { at = spec.at })
  local reduce <const> = param.value(spec.reduce_wte, model, "reduce_wte", { "WTE" })
  local vacancies <const> = param.value(spec.vacancies, model, "vacancies", { "WTE" }) or model:total("vacancies", { at = spec.at })
  check_figure("reduce_wte", reduce, wte)
  check_figure("vacancies", vacancies, wte)
  check_refill(spec.refill, vacancies)
  local held <const>, leaving <const>, after <const> = {}, {}, {}
  for index, count in ipairs(spec.refill) do
    held[index] = vacancies - count
    leaving[index] = math.max(0, reduce - held[index])
    after[index] = wte - reduce
  end
  return frame.from { keys = {}, columns = {
    { name = "refill", display = "WTE", values = spec.refill },
    { name = "vacancies_held", title = "vacancies held", display = "WTE", values = held },
    { name = "reduction_in_post", title = "reduction in post", display = "WTE", values = leaving },
    { name = "establishment_after", title = "establishment after", display = "WTE", values = after },
  }, about = model:about { money = false, at = spec.at,
    title = ("Reduction of %s WTE from %s, %s of them vacant"):format(wte_text(reduce), wte_text(wte), wte_text(vacancies)) } }
end

return reduction
