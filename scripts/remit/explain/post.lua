-- SPDX-License-Identifier: Apache-2.0
-- Explanations of what a post or budget line costs in a base: as its file states it, or from the rates of pay, component by component.

local core <const> = require "remit.core"
local explain <const> = require "remit.explain"
local plain <const> = require "remit.plain"
local rows <const> = require "remit.scenario.rows"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local post <const> = {}

---The source that a line was read from, and its row there; nil for a line that a scenario adds.
---@param model remit.model a base
---@param id? string
---@return remit.source? source, integer? row
function post.source(model, id)
  for _, name in ipairs { "posts", "budget_lines" } do
    local source <const> = state_of[model].sources[name]
    local found <const> = source and id and core.selection.test(source.table, "id", plain.quoted(id))
    local row <const> = found and found:rows(1)[1]
    if row then
      return source, row
    end
  end
end

---Whether the cost of a row of posts was worked out from the rates.
---@param source remit.source
---@param row integer
---@return boolean
function post.from_rates(source, row)
  return source.name == "posts" and not source.table:column("cost"):get(row)
end

local function pounds(pence)
  return explain.value(pence, "pence")
end

local function line(head, pence, text)
  return { head = head, value = pounds(pence), text = text, amount = core.number.plain(pence, "pence") }
end

local function wte_text(wte)
  return show.number(wte, "number") .. " WTE"
end

-- What an on-cost is of.
local function share_text(part)
  local rate <const> = show.share(part.rate, 6)
  if part.threshold == 0 then
    return rate .. " of salary"
  end
  local above <const> = ("%s of salary above %s"):format(rate, pounds(part.employments * part.threshold))
  return part.employments == 1 and above or ("%s, %s for each of %d employments"):format(above, pounds(part.threshold), part.employments)
end

-- A line a component, and what they come to.
local function of_rates(model, source, row)
  local posts <const>, sources <const>, settings <const> = source.table, state_of[model].sources, state_of[model].settings
  local function of(name)
    return posts:column(name):get(row)
  end
  local pay <const>, wte <const>, employer_type <const> = rows.rates(model), of "wte", rows.employer_type(model, of "org")
  local lines <const>, sum = {}, 0
  for index, part in ipairs(pay:parts(of "band", of "point", wte, employer_type)) do
    local text <const> = index > 1 and ("%s; %s, employer type %s"):format(share_text(part), explain.row(sources.on_costs, part.row), employer_type)
      or ("%s of band %s, %s: %s a full-time year; %s"):format(wte_text(wte), of "band", of "point", pounds(pay:salary_pence(of "band", of "point")),
        explain.row(sources.pay_points, part.row))
    lines[index], sum = line(part.name:gsub("_", " "), part.pence, text), sum + part.pence
  end
  lines[#lines + 1] = line("=>", sum, ("from the rates of %s, %s view: %s states no cost"):format(settings.price_base, pay.view, explain.row(source, row)))
  return lines, sum
end

local function vacant_line(model, id)
  local where <const> = { id = plain.quoted(id), vacant = true }
  local wte <const> = total.exact(model, "wte", { where = where })
  return wte > 0 and line("vacant", total.exact(model, "cost", { where = where }), ("of it, by WTE: %s with nobody in it"):format(wte_text(wte))) or nil
end

---What a post or budget line of a base costs and why.
---@param model remit.model
---@param id string
---@return remit.explanation
function post.cost(model, id)
  local source <const>, row <const> = post.source(model, id)
  local pence <const>, title <const> = total.exact(model, "cost", { where = { id = plain.quoted(id) } }), source.table:column "title"
  local lines, sum = { line("=>", pence, "as loaded: " .. explain.row(source, row)) }, pence
  if post.from_rates(source, row) then
    lines, sum = of_rates(model, source, row)
  end
  assert(sum == pence, "what a post costs is not what the rates come to")
  lines[#lines + 1] = vacant_line(model, id)
  return explain.new { id = id, name = title and title:get(row), facts = { { "cost", pounds(pence) } }, lines = lines }
end

return post
