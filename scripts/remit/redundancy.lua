-- SPDX-License-Identifier: Apache-2.0
-- Section 16 redundancy pay, and the routes by which people leave. Terms and routes are data (vocabulary/redundancy.csv, routes.csv); a pack's assumptions
-- of the same ids come before them.

local args <const> = require "remit.args"
local assumptions <const> = require "remit.assumptions"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local fault <const> = require "remit.fault"
local plain <const> = require "remit.plain"
local sheet <const> = require "remit.sheet"
local vocabulary <const> = require "remit.vocabulary"

local redundancy <const> = {}

local declared_one <const> = args.declare { name = "redundancy", doc = "Section 16 redundancy pay of one person, in pounds.",
  example = "print(remit.redundancy { pay = 62400, years = 20 })",
  { name = "pay", kind = "number", required = true, doc = "full-time pay a year, pounds" },
  { name = "years", kind = "integer", required = true, doc = "complete years of service" },
  { name = "wte", kind = "number", default = 1, doc = "the part of full time that the person works" },
}

-- ---- Terms and routes ----

local function shipped(name)
  return sheet.records(vocabulary.folder() .. "/" .. name)
end

local MILLION <const> = 1000000
redundancy.MILLION = MILLION -- figures of the register are in millionths

local function micro(text)
  return (fault.check(core.number.parse(text, { decimals = 6 })))
end

-- What a model's register states under an id; nil without one.
local function stated(model, id)
  for _, entry in ipairs(model and assumptions.list(model) or {}) do
    if entry.id == id then
      return { value = entry.figure.value, low = micro(entry.low ~= "" and entry.low or entry.value), high = micro(entry.high ~= "" and entry.high
        or entry.value), source = entry.source }
    end
  end
end

---The terms by which redundancy pay is worked out, each with value, low and high in millionths, and its source.
---@param model? remit.model whose assumptions come first
---@return table<string, { value: integer, low: integer, high: integer, source: string }>
function redundancy.terms(model)
  local made <const> = {}
  for _, row in ipairs(shipped "redundancy.csv") do
    made[row.id] = stated(model, row.id) or { value = micro(row.value), low = micro(row.low or row.value), high = micro(row.high or row.value),
      source = row.source }
  end
  return made
end

---The routes by which people leave, by id; `default` is the one that changes take that do not say.
---@param model? remit.model whose assumptions come first: voluntary_lead_months, voluntary_against_cap (1 or 0)
---@return table<string, { id: string, name: string, lead: integer, pays: boolean, against_cap: boolean }> routes, string default
function redundancy.routes(model)
  local made <const>, default = {}, nil
  for _, row in ipairs(shipped "routes.csv") do
    local lead <const>, cap <const> = stated(model, row.id .. "_lead_months"), stated(model, row.id .. "_against_cap")
    made[row.id] = { id = row.id, name = row.name, lead = lead and lead.value // MILLION or math.tointeger(row.lead_months), pays = row.pays ~= "no" }
    made[row.id].against_cap = row.against_cap == "yes"
    if cap then
      made[row.id].against_cap = cap.value ~= 0
    end
    default = row.default == "yes" and row.id or default
  end
  return made, default
end

---One of the routes; another is an error with those that there are.
---@param routes table as redundancy.routes gives
---@param id string
---@return table
function redundancy.route(routes, id)
  if not routes[id] then
    fault.raise { code = "route", message = ("there is no route '%s'. %s"):format(id, fault.suggest(id, plain.keys(routes))
      or "There are: " .. table.concat(plain.keys(routes), ", ")) }
  end
  return routes[id]
end

-- ---- One person ----

---Redundancy pay in pence: a month's pay a complete year of service. Pay below the floor or above the cap counts as these, in proportion to WTE.
---@param salary integer pence a full-time year
---@param wte integer micro-WTE
---@param years integer complete years of service
---@param terms table as redundancy.terms gives
---@return integer pence
function redundancy.pence(salary, wte, years, terms)
  if years * MILLION < terms.redundancy_min_years.value then
    return 0
  end
  local pay <const> = math.min(math.max(salary, terms.redundancy_pay_floor.value // 10000), terms.redundancy_pay_cap.value // 10000)
  local months <const> = math.min(years, terms.redundancy_max_months.value // MILLION)
  return (fault.check(core.number.scale(pay * months, wte, 12 * MILLION)))
end

---Redundancy pay of one person by the shipped terms, in pounds.
---@param given { pay: number, years: integer, wte?: number }
---@return number
function redundancy.pounds(given)
  local spec <const> = declared_one(given)
  local salary <const>, wte <const> = exact.integer(spec.pay, 2), exact.integer(spec.wte, 6)
  if not salary or not wte or salary < 0 or wte < 0 or spec.years < 0 then
    fault.raise { code = "redundancy", message = "pay, years and wte are not below 0" }
  end
  return core.number.plain(redundancy.pence(salary, wte, math.min(spec.years, 100), redundancy.terms()), "pence")
end

return redundancy
