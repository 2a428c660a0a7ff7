-- SPDX-License-Identifier: Apache-2.0
-- Arguments as people guess them who come from other tools, where nearness of letters does not lead to ours: `metric`, `group_by`, `filter`.

local guessed <const> = {}

---By our word, what is written for it. A guess may stand for several of ours: those that a call has are named.
---@type table<string, string>
guessed.written = {
  add = "changes append",
  ascending = "asc desc descending smallest_first",
  at = "month date when as_of asof as_at",
  by = "group_by groupby groups rows per dimension dimensions dims breakdown",
  change = "by factor percent percentage pct amount cut reduce reduction saving what vary id",
  changes = "list actions steps",
  display = "format unit style",
  drop = "remove delete without exclude",
  due = "deadline date from by",
  exclude = "without except omit drop",
  extends = "base parent on onto stack",
  from = "start start_month since begin effective starting date month when at golive",
  functions = "fn func fns services where filter select selection",
  golive = "start date month when from at live",
  include = "only where filter",
  into = "destination dest receiver become",
  lines = "budget_lines budget where filter select selection",
  measure = "metric metrics what figure",
  measures = "metric metrics show columns select figures",
  on = "type category kind",
  params = "parameters assumptions settings inputs",
  param = "parameter input assumption variable vary over what id name key",
  per_head = "cap limit per_capita rate",
  place = "location area locality",
  posts = "staff roles jobs people where filter select selection",
  prices = "price price_base base_year deflator",
  receiver = "provider org organisation organization recipient host to into",
  risk = "confidence status",
  scenarios = "models plans scenario",
  share = "percent percentage pct proportion fraction part amount",
  sort = "order order_by orderby sort_by arrange",
  to = "finish stop end_month ending last",
  top = "limit n head first largest max",
  totals = "subtotals margins sum",
  values = "range steps options inputs",
  where = "filter filters select selection subset only tests",
  why = "reason because rationale description comment note justification",
}

local ours = nil ---@type table<string, table<string, boolean>>?

local function by_guess()
  local made <const> = {}
  for name, written in pairs(guessed.written) do -- filling sets: order does not matter
    for guess in written:gmatch "%S+" do
      made[guess] = made[guess] or {}
      made[guess][name] = true
    end
  end
  return made
end

---The names among those of a call that a guess may stand for, in the call's order.
---@param guess string
---@param names string[]
---@return string[]
function guessed.among(guess, names)
  ours = ours or by_guess()
  local meant <const>, list <const> = ours[guess:lower()] or {}, {}
  for _, name in ipairs(names) do
    list[#list + 1] = meant[name] and name or nil
  end
  return list
end

return guessed
