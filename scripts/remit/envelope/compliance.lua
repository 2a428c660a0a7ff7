-- SPDX-License-Identifier: Apache-2.0
-- When a scenario first fits a cap, and what it costs above it to the last change and a year from there; and what money that is handed over adds, for
-- whether it counts is disputed.

local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local compliance <const> = {}

---@class remit.compliance a question: what is held against which cap
---@field model remit.model
---@field cap integer pence
---@field due? string
---@field run_rate boolean
---@field cost fun(at: string): integer pence
---@field disputed fun(at: string): integer? pence that would come on top

-- ---- Money handed over ----

-- Accounts of money handed over that their change says is inside the cap, or outside it.
local function accounts(model, inside)
  local list <const> = {}
  for index, account in ipairs(state_of[model].plan and state_of[model].plan.accounts or {}) do
    list[#list + 1] = account.kind == "resource" and account.change.inside_cap == inside and index or nil
  end
  return list
end

---Whether a model hands money over that its changes leave outside the cap.
---@param model remit.model
---@return boolean
function compliance.hands_over(model)
  return #accounts(model, false) > 0
end

---Money handed over, inside the cap or outside it, in pence.
---@param model remit.model
---@param spec { at?: string, where?: remit.selection, basis: string, period: string, inside: boolean, prices?: string }
---@return integer
function compliance.handed_over(model, spec)
  local list <const> = accounts(model, spec.inside)
  if #list == 0 then
    return 0
  end
  return (total.of_accounts(model, "cost", { at = spec.at, accounts = list, basis = spec.basis, period = spec.period, where = spec.where,
    prices = spec.prices }))
end

-- ---- Months ----

-- Stretches of months in which nothing changes: the first of each, from the model's own month on, and the last month that is looked at.
local function stretches(question)
  local model <const> = question.model
  local first <const> = fault.check(core.calendar.month(state_of[model].settings.as_at))
  local begins <const>, last <const> = { first }, state_of[model].plan and math.max(state_of[model].plan:last_month(), first) or first
  local due <const> = question.due and core.calendar.month(question.due) or first
  local found <const> = { [first] = true }
  local function begin(month)
    if month > first and month <= last and not found[month] then
      found[month] = true
      begins[#begins + 1] = month
    end
  end
  for _, month in ipairs(state_of[model].plan and state_of[model].plan.set:months() or {}) do
    begin(month)
  end
  for _, one in ipairs(state_of[model].plan and state_of[model].plan:months() or {}) do
    begin(one.month)
  end
  begin(due)
  table.sort(begins)
  return begins, last
end

-- What stands above the cap in each stretch, with what is disputed or without it.
local function excesses(question, with_disputed)
  local begins <const>, last <const> = stretches(question)
  local made <const> = {}
  for index, month in ipairs(begins) do
    local text <const> = core.calendar.month_text(month)
    local cost <const> = question.cost(text) + (with_disputed and question.disputed(text) or 0)
    made[index] = { from = month, to = (begins[index + 1] or last + 1) - 1, above = cost - question.cap }
  end
  return made
end

-- The first month within the cap, and the first after it that is not.
local function first_within(list)
  local first
  for _, one in ipairs(list) do
    if first and one.above > 0 then
      return first, one.from
    end
    first = first or (one.above <= 0 and one.from or nil)
  end
  return first
end

---The first month within the cap, as text; nil when there is none.
---@param question remit.compliance
---@return string?
function compliance.first_ok(question)
  local first <const> = first_within(excesses(question))
  return first and core.calendar.month_text(first)
end

-- ---- Closing lines ----

local NAMES <const> = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" }

local function month_name(month)
  local year <const>, of_year <const> = core.calendar.month_text(month):match "^(.+)-(%d+)$"
  return ("%s %s"):format(NAMES[tonumber(of_year)], year)
end

local MILLION <const> = 100000000 -- pence

-- "£8.5m"; below a million to the thousand.
local function millions(pence)
  local decimals <const> = pence < MILLION and 3 or 1
  return ("£%sm"):format(core.number.print(fault.check(core.number.scale(pence, math.tointeger(10 ^ decimals), MILLION)), decimals, true))
end

-- What is spent above the cap in the months from that in which it is due, a month a twelfth; and what goes on after the last change.
local function excess_line(list, due)
  local sum, first, last = 0, nil, nil
  for _, one in ipairs(list) do
    local from <const> = math.max(one.from, due)
    if from <= one.to and one.above > 0 then
      sum, first, last = fault.check(core.number.add(sum, one.above * (one.to - from + 1))), first or from, one.to
    end
  end
  local words <const>, final <const> = {}, list[#list]
  words[1] = first and ("%s: %s"):format(first == last and month_name(first) or ("%s to %s"):format(month_name(first), month_name(last)),
    millions(fault.check(core.number.scale(sum, 1, 12))))
  words[#words + 1] = final.above > 0 and ("%s a year from %s on"):format(millions(final.above), month_name(math.max(final.to + 1, due))) or nil
  return #words > 0 and (" Excess %s."):format(table.concat(words, ", and ")) or ""
end

local function line(question, list, words)
  local first <const>, again <const> = first_within(list)
  local text = first and ("%sirst compliant month %s."):format(words and words .. " f" or "F", core.calendar.month_text(first))
    or ("%s month is within the cap, and nothing changes after %s."):format(words and words .. " no" or "No", core.calendar.month_text(list[#list].to))
  if again then
    text = ("%s Above it again from %s."):format(text, core.calendar.month_text(again))
  end
  if question.due and question.run_rate then
    text = text .. excess_line(list, fault.check(core.calendar.month(question.due)))
  end
  return text
end

---The closing lines of a check of a scenario; none for a base.
---@param question remit.compliance
---@return string[]
function compliance.notes(question)
  if not state_of[question.model].plan then
    return {}
  end
  local text <const> = line(question, excesses(question))
  local notes <const> = { question.due and ("%s Cap due from %s."):format(text, question.due) or text }
  if compliance.hands_over(question.model) then
    notes[2] = line(question, excesses(question, true), "If money handed over counts:")
  end
  return notes
end

---The closing line of a question about likely costs.
---@param question remit.compliance
---@return string
function compliance.risk_line(question)
  return line(question, excesses(question), "Risk-adjusted:")
end

return compliance
