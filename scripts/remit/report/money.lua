-- SPDX-License-Identifier: Apache-2.0
-- Sections on money: what it comes to, the board's table, the cap by month, the bridge, where functions go, and the ledgers.

local advice <const> = require "remit.report.advice"
local chart <const> = require "remit.chart"
local compare <const> = require "remit.compare"
local core <const> = require "remit.core"
local exact <const> = require "remit.exact"
local frame <const> = require "remit.frame"
local measures <const> = require "remit.measures"
local months <const> = require "remit.report.months"
local none <const> = require "remit.none"
local phase <const> = require "remit.phase"
local plain <const> = require "remit.plain"
local risk <const> = require "remit.risk"
local shape <const> = require "remit.report.shape"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local suppress <const> = require "remit.suppress"
local titles <const> = require "remit.report.titles"
local total <const> = require "remit.total"

local money <const> = {}

-- Pounds in a sentence: "£1.50", "-£1.50".
local function sterling(pounds, display)
  return (show.number(exact.integer(pounds, 2), display):gsub("^%-?", "%0£"))
end

local function millions(pounds)
  return sterling(pounds, "£m") .. "m"
end

local name_of <const> = shape.name_of

-- ---- Summary ----

local function first_month(context, model)
  local month <const> = context.envelope:first_ok(model)
  return month or "none"
end

-- A figure counted by how sure its changes are; nil where that would tell of few, or nobody has said how sure they are.
local function adjusted(context, model, figure)
  if model == context.base or #state_of[model].plan.operations == 0 or not risk.steps(model, "confidence") or not context:parts(model).sure then
    return nil
  end
  return figure()
end

local function checked_row(context, model, at)
  local row <const> = context:check(model, { at = { at } }):rows()()
  row.first = first_month(context, model)
  local sure <const> = adjusted(context, model, function()
    return context:check(model, { at = { at }, risk = "confidence" }):rows()()
  end)
  row.sure, row.sure_cap = sure and row.cost - row.vs_cap + sure.vs_cap_risk, sure and sure.vs_cap_risk
  if model ~= context.base and not context:parts(model).packages then
    row.vs_cap_with = nil
  end
  return row
end

local function plain_row(model, at, context)
  return { cost = model:total("cost", { at = at }), wte = model:total("wte", { at = at }), sure = adjusted(context, model, function()
    return model:total("cost", { at = at, risk = "confidence" })
  end) }
end

local function result_sentence(row)
  local sure <const> = row.sure and (" Risk-adjusted, by how sure its changes are: %s, %s %s the cap."):format(millions(row.sure),
    millions(math.abs(row.sure_cap)), row.sure_cap > 0 and "above" or "below") or ""
  return ("%s: %s in %s, %s a head, %s %s the cap. First month within it: %s.%s"):format(row.model, millions(row.cost), row.month,
    sterling(row.per_head, "£/head"), millions(math.abs(row.vs_cap)), row.vs_cap > 0 and "above" or "below", row.first, sure)
end

local function any_has(rows, name)
  for _, row in ipairs(rows) do
    if row[name] ~= nil then
      return true
    end
  end
  return false
end

local RESULT <const> = { { name = "model", title = "scenario", display = "text" }, { name = "month", display = "text" },
  { name = "cost", title = "run rate £m", display = "£m" }, { name = "wte", display = "WTE" }, { name = "per_head", title = "£/head", display = "£/head" },
  { name = "vs_cap", title = "vs cap £m", display = "£m", sign = true }, { name = "result", display = "text" },
  { name = "first", title = "first month within the cap", display = "text" },
  { name = "sure", title = "risk-adjusted £m", display = "£m" },
  { name = "sure_cap", title = "vs cap risk-adjusted £m", display = "£m", sign = true },
  { name = "vs_cap_with", title = "vs cap with money handed over £m", display = "£m", sign = true },
  { name = "result_with", title = "result with it", display = "text" } }

local RUN_RATE <const> = ("%s, %s"):format(measures.basis_words.funded, measures.period_words.run_rate)

-- The columns that any row has, with the rows of withheld totals withheld.
local function result_frame(context, rows, hidden)
  local columns <const> = {}
  for _, column in ipairs(RESULT) do
    columns[#columns + 1] = any_has(rows, column.name) and { name = column.name, title = column.title, display = column.display, sign = column.sign } or nil
  end
  local of <const> = shape.rows(columns, rows, { keys = { "model" }, about = context:about { title = "Result of each scenario",
    basis = context.envelope and frame.inside(context:check(context.base, { at = { context.base_at } })).about.basis or RUN_RATE } })
  return next(hidden) and suppress.with_rows(of, hidden, context.threshold) or of
end

local function cap_sentence(context)
  local cap <const> = frame.inside(context:check(context.base, { at = { context.base_at } })).about.title
  local due <const> = context.envelope.due and (", due from %s."):format(context.envelope.due) or "."
  return cap:gsub("^Envelope (.-)   ", "The cap for %1 is "):gsub("is cap ", "is ") .. due
end

---What, the cap, and the result of each scenario in a sentence.
function money.summary(context)
  local compared <const> = #context.scenarios == 0 and "No scenario is compared with it."
    or ("Compared with it: %s."):format(shape.listed(context:names()))
  local text <const> = { ("%s, as at %s. %s"):format(state_of[context.base].title, context.base_at, compared),
    context.envelope and cap_sentence(context) or "No cap was given, so nothing is held against one." }
  local rows <const>, hidden <const> = {}, {}
  for index, model in ipairs(context:models()) do
    local at <const> = model == context.base and context.base_at or context.at
    local row <const> = context.envelope and checked_row(context, model, at) or plain_row(model, at, context)
    row.model, row.month, rows[index] = name_of(model), at, row
    if context:hides_total(model) then
      hidden[index] = true
    elseif context.envelope then
      text[#text + 1] = result_sentence(row)
    end
  end
  text[#text + 1] = select(2, context:open_models())
  return { text = text, blocks = { result_frame(context, rows, hidden) } }
end

-- ---- The board's table ----

-- now, plan, change and % of one measure as compare gives them.
local function board_columns(name, display, title, scenario, base)
  return { name = ("%s %s"):format(name, base), display = display, title = title .. " now" },
    { name = ("%s %s"):format(name, scenario), display = display, title = title .. " plan" },
    { name = name .. " change", display = display, title = title .. " change", sign = true },
    { name = name .. " change %", title = title .. " change %" }
end

local function board_table(context, model)
  local compared <const> = compare.new { context.base, model }
  local whole <const> = compared:table { by = { context.by }, at = context.at, measures = { "cost", "wte", "in_post" } }
  local columns <const>, model_of <const> = { { name = context.by } }, {}
  for _, one in ipairs { { "cost", "£m", "£m" }, { "wte", "WTE", "WTE" }, { "in_post", "WTE", "in post" } } do
    local list <const> = { board_columns(one[1], one[2], one[3], compared.names[2], compared.names[1]) }
    table.move(list, 1, #list, #columns + 1, columns)
    model_of[list[1].name], model_of[list[2].name] = context.base, model
  end
  local title <const> = ("%s: £m, WTE and in post by %s"):format(name_of(model), (titles.path(context.base, context.by)))
  return shape.only(context:guard_as_established(whole, { context.base, model }, model_of), columns, { title = title, scenario = name_of(model),
    model = model:hash():sub(1, 6) })
end

-- The year that a month is of, by its first calendar year.
local function year_of(month)
  local year <const>, of_year <const> = month:match "^(%d+)-(%d+)$"
  return math.tointeger(year) - (math.tointeger(of_year) < 4 and 1 or 0)
end

-- What falls in each financial year, against the base's, and what the year does not show yet; nil when no scenario's total may be told. Of a year that
-- follows from months that may not be told, nothing is.
local function year_frame(context)
  local rows <const>, base <const>, hidden <const> = {}, context.base, {}
  for _, model in ipairs(context:hides_total(base) and {} or context.scenarios) do
    local withheld <const>, of_base <const> = context:withheld_months(model), context:withheld_months(base)
    for year = year_of(context.from), context:hides_total(model) and 0 or year_of(context.to) do
      local at <const> = ("%d-03"):format(year + 1)
      local cost <const> = model:total("cost", { at = at, period = "in_year" })
      local before <const> = base:total("cost", { at = state_of[base].plan and at or nil, period = "in_year" })
      rows[#rows + 1] = { model = name_of(model), year = ("%d/%02d"):format(year, (year + 1) % 100), cost = cost, change = cost - before,
        rest = model:total("cost", { at = at, period = "part_year" }) }
      hidden[#rows] = months.year_withheld(withheld, year) or months.year_withheld(of_base, year) or nil
    end
  end
  local of <const> = #rows > 0 and shape.rows({ { name = "model", title = "scenario", display = "text" }, { name = "year", display = "text" },
    { name = "cost", title = "in the year £m", display = "£m" }, { name = "change", title = "against the base £m", display = "£m", sign = true },
    { name = "rest", title = "part-year effect £m", display = "£m", sign = true } }, rows, { keys = { "model", "year" }, about = context:about {
      title = "Year by year", basis = "funded, cost in the year" .. measures.before_pack(base, context.from),
      notes = { "In the year: with the one-off (non-recurrent) costs that fall in it.",
        "Part-year effect: what the year does not show yet of the full-year effect." } } }) or nil
  return of and next(hidden) and suppress.with_rows(of, hidden, context.threshold) or of
end

---Group by now, plan, change and per cent, for £m, WTE and in post.
function money.board(context)
  if #context.scenarios == 0 then
    local whole <const> = context.base:pivot { measures = { "cost", "wte", "in_post" }, by = { context.by }, totals = true }
    local columns <const> = { { name = context.by }, { name = "cost", display = "£m", title = "£m" }, { name = "wte" }, { name = "in_post" } }
    return { text = { "No scenario, so there is nothing but now." }, blocks = { shape.only(context:guard_as_established(whole, { context.base }), columns) } }
  end
  local blocks <const> = {}
  for index, model in ipairs(context.scenarios) do
    blocks[index] = board_table(context, model)
  end
  blocks[#blocks + 1] = year_frame(context)
  return { text = { ("Now is the establishment as at %s; plan is %s."):format(context.base_at, context.at), advice.differing(context) }, blocks = blocks }
end

-- ---- The cap by month ----

local LINES <const> = 4

local COMES_IN <const> = "Months are withheld of %s while a change by fewer than %d posts and those that hide it come in, or while as few are all that it "
  .. "differs in from another scenario or the base: that would tell of them alone."

local function any_month_withheld(context, model)
  for _, month in ipairs(phase.months(context.from, context.to)) do
    if context:withheld_months(model)(month) then
      return true
    end
  end
  return false
end

-- Months that may not be told are withheld by model; whether they are above the cap is said of all.
local function envelope_frame(context, models, title)
  local columns <const>, first = { { name = "period", title = "month", display = "text" } }, nil
  local rows <const>, hidden <const>, hidden_of <const> = {}, {}, {}
  for index, model in ipairs(models) do
    local checked <const> = context:check(model, { by = "month", from = context.from, to = context.to })
    local withheld <const>, own <const> = context:withheld_months(model), {}
    first, hidden_of["cost" .. index] = first or checked, own
    for row = 1, #checked do
      own[row] = withheld(checked:get(row, "period"))
      hidden[row] = hidden[row] or own[row] or nil
      rows[row] = rows[row] or { period = checked:get(row, "period") }
      rows[row]["cost" .. index], rows[row]["result" .. index] = checked:get(row, "cost"), checked:get(row, "result")
    end
    columns[#columns + 1] = { name = "cost" .. index, title = name_of(model), display = "£m" }
    columns[#columns + 1] = { name = "result" .. index, title = name_of(model) .. " result", display = "text" }
  end
  local about <const> = shape.about(first, { title = title, scenario = false, model = false })
  about.unit = "£m"
  local of <const> = shape.rows(columns, rows, { keys = { "period" }, about = about })
  return next(hidden) and suppress.with_rows(of, hidden, context.threshold, hidden_of) or of, (first:get(1, "cost") - first:get(1, "vs_cap")) / 1e6
end

local function marks_of(context, models)
  local marks <const> = {}
  if context.envelope.due then
    marks[1] = { at = context.envelope.due, label = "cap due" }
  end
  local seen <const>, dates <const>, names <const> = {}, {}, titles.members(context.base, "org")
  for _, model in ipairs(models) do
    for _, entry in ipairs(state_of[model].plan and state_of[model].plan.transfers or {}) do
      local at <const>, id <const> = core.calendar.month_text(entry.golive), entry.change.id or names[entry.receiver] or entry.receiver
      if not seen[at .. id] then
        seen[at .. id], dates[id] = true, (dates[id] or 0) + 1
        marks[#marks + 1] = { at = at, label = "go-live " .. id, id = id, of = name_of(model) }
      end
    end
  end
  table.sort(marks, function(a, b)
    return a.at < b.at or a.at == b.at and a.label < b.label
  end)
  -- One package with several dates: which scenario has which.
  for _, mark in ipairs(marks) do
    mark.label = mark.id and dates[mark.id] > 1 and ("%s, %s"):format(mark.label, mark.of) or mark.label
    mark.id, mark.of = nil, nil
  end
  return marks
end

---Run rate by month against the cap, with its deadline and each go-live marked.
function money.envelope(context)
  if not context.envelope then
    return nil, "no cap was given"
  end
  local models <const>, withheld <const> = context:open_models()
  local blocks <const>, partly <const> = {}, {}
  if #models == 0 then
    return nil, "it would tell of few posts"
  end
  for _, model in ipairs(models) do
    partly[#partly + 1] = any_month_withheld(context, model) and name_of(model) or nil
  end
  for first = 1, #models, LINES do
    local some <const> = table.move(models, first, math.min(first + LINES - 1, #models), 1, {})
    local title <const> = #models > LINES and ("Run rate against the cap, part %d"):format((first - 1) // LINES + 1) or "Run rate against the cap"
    local of <const>, cap <const> = envelope_frame(context, some, title)
    local columns <const> = {}
    for index in ipairs(some) do
      columns[index] = "cost" .. index
    end
    blocks[#blocks + 1] = chart.new { of = of, kind = "line", columns = columns, limit = { value = cap, label = ("cap £%.3fm"):format(cap) },
      marks = marks_of(context, some) }
  end
  return { text = { ("Annual run rate in each month from %s to %s. BREACH: above the cap once it is due; above: before."):format(context.from, context.to),
    #partly > 0 and COMES_IN:format(shape.listed(partly), context.threshold) or withheld, #partly > 0 and withheld or nil }, blocks = blocks }
end

-- ---- The bridge ----

-- How much of a scenario's change rests on changes of which status.
local function sure_frame(context, model)
  if not risk.steps(model, "confidence") or not context:parts(model).sure then
    return nil
  end
  return shape.only(model:risk { measure = "cost", at = context.at }, { { name = "status" }, { name = "confidence" }, { name = "changes" },
    { name = "unadjusted", display = "£m", title = "£m", sign = true }, { name = "adjusted", display = "£m", title = "counted £m", sign = true },
    { name = "which" } }, { title = "How sure it is: " .. name_of(model), scenario = name_of(model) })
end

-- Why it is not said how sure a scenario is.
local function unsure_sentence(context, model)
  local steps <const>, reason <const> = risk.steps(model, "confidence")
  if not steps then
    return ("How sure %s is nobody has said: %s"):format(name_of(model), reason)
  end
  return not context:parts(model).sure
    and ("How sure %s is, is withheld: it would tell of fewer than %d posts."):format(name_of(model), context.threshold) or nil
end

local SHARED <const> = "Where changes meet on the same lines, what they save together is shared out: evenly in the bridge, to the less sure of them under "
  .. "how sure it is. So a change may have two figures."

---From the base to each scenario, change by change, and how sure the changes are.
function money.bridge(context)
  local shared = false
  local blocks <const>, text <const> = {}, { ("Cost in %s: what each change is worth, whatever the order in which they are made."):format(context.at) }
  for _, model in ipairs(context.scenarios) do
    local parts <const> = context:parts(model)
    if not parts.bridge then
      text[#text + 1] = ("None to %s: %s."):format(name_of(model), parts.reason)
    elseif #state_of[model].plan.operations > 0 and not context:hides_total(model) and not context:hides_total(context.base) then
      local of <const> = shape.only(parts.bridge, { { name = "step" }, { name = "cost", display = "£m", title = "£m" }, { name = "why" } },
        { title = "Bridge from base to " .. name_of(model) })
      local bridge <const> = chart.new { of = of, kind = "waterfall", columns = { "cost" } }
      blocks[#blocks + 1] = bridge
      blocks[#blocks + 1] = sure_frame(context, model)
      shared = shared or (blocks[#blocks] ~= bridge and #state_of[model].plan.operations > 1)
      text[#text + 1] = unsure_sentence(context, model)
    end
  end
  if shared then
    text[#text + 1] = SHARED
  end
  if #blocks == 0 then
    return nil, "no scenario changes anything that may be told"
  end
  return { text = text, blocks = blocks }
end

-- ---- Where functions go ----

local function attribute_of(model)
  local members <const> = state_of[model].members.fn
  for _, name in ipairs { "class", "blueprint" } do
    local column <const> = members and members.table:column(name)
    if column and column:unit() == "code" then
      return name, column
    end
  end
end

local function moved(model, at, entry, where)
  if not entry.accounts.moved then
    return 0, 0
  end
  local function of(measure)
    local value <const>, unit <const> = total.of_accounts(model, measure, { at = at, accounts = entry.accounts.moved, where = where })
    return core.number.plain(value or 0, unit)
  end
  return of "cost", of "wte"
end

local STAYS <const> = "stays with the ICB"

-- The classes that functions may have, and those that they have in the month besides: what a change sets, and none.
local function classes_of(model, name, column, at)
  local list <const>, path <const> = column:dictionary():labels(), "fn." .. name
  local known <const> = plain.set(list)
  for row in model:pivot({ measures = { "lines" }, by = { path }, at = at }):rows() do
    list[#list + 1] = not known[row[path]] and row[path] or nil
  end
  return list
end

-- By who has them, then by class, with a subtotal each: what a receiver takes over is known from other tables.
local function flow_rows(context, model, name, labels)
  local at <const>, by <const>, order <const> = context.at, {}, { STAYS }
  local function put(to, label, cost, wte)
    if not by[to] then
      by[to] = {}
      order[#order + 1] = to ~= STAYS and to or nil
    end
    local row <const> = by[to][label] or { to = to, from = label, cost = 0, wte = 0 }
    by[to][label], row.cost, row.wte = row, row.cost + cost, row.wte + wte
  end
  for _, label in ipairs(labels) do
    local where <const> = { fn = { [name] = label == none and none or plain.quoted(label) } }
    put(STAYS, label, model:total("cost", { at = at, where = where }), model:total("wte", { at = at, where = where }))
    for _, entry in ipairs(state_of[model].plan.transfers) do
      local cost <const>, wte <const> = moved(model, at, entry, where)
      if cost ~= 0 or wte ~= 0 then
        put(entry.receiver, label, cost, wte)
      end
    end
  end
  local rows <const>, levels <const> = {}, {}
  for _, to in ipairs(order) do
    local sum <const> = { to = to, cost = 0, wte = 0 }
    for _, label in ipairs(labels) do
      local row <const> = by[to][label]
      if row then
        rows[#rows + 1], levels[#rows + 1] = row, 2
        sum.cost, sum.wte = sum.cost + row.cost, sum.wte + row.wte
      end
    end
    rows[#rows + 1], levels[#rows + 1] = sum, 1
  end
  return rows, levels
end

---Where functions go: from their class to who has them in the month.
function money.flows(context)
  local blocks <const> = {}
  for _, model in ipairs(context.scenarios) do
    local name <const>, column <const> = attribute_of(model)
    if name and #state_of[model].plan.transfers > 0 and context:parts(model).packages then
      local rows <const>, levels <const> = flow_rows(context, model, name, classes_of(model, name, column, context.at))
      local title <const>, dimension <const> = titles.path(model, "fn." .. name)
      local of <const> = shape.rows({ { name = "to", display = "text", dimension = "org" },
        { name = "from", title = title, display = "text", dimension = dimension },
        { name = "cost", title = "£m", display = "£m" }, { name = "wte", display = "WTE" } }, rows,
        { keys = { "to", "from" }, levels = levels, about = context:about { title = "Where functions go: " .. name_of(model), at = context.at,
          basis = RUN_RATE, scenario = name_of(model) } })
      blocks[#blocks + 1] = context:guard(of, { "wte" })
    end
  end
  if #blocks == 0 then
    return nil, "nothing is transferred that may be told, or functions have no class"
  end
  return { text = { ("What stays with the ICB in %s and what each receiver takes over. What ends is in neither."):format(context.at) },
    blocks = blocks }
end

-- ---- Ledgers ----

local function in_millions(of, names, about)
  local columns <const> = {}
  for index, name in ipairs(names) do
    local old <const> = frame.inside(of).by_name[name]
    columns[index] = { name = name, display = old and old.display == "£" and "£m" or nil, title = old and old.title:gsub("£$", "£m") }
  end
  return shape.only(of, columns, about)
end

-- The ledger month by month, without those that may not be told.
local function monthly_ledger(context, model)
  local of <const>, hidden <const> = model:ledger { from = context.from, to = context.to }, {}
  for row = 1, #of do
    hidden[row] = context:withheld_months(model)(of:get(row, "month")) or nil
  end
  return next(hidden) and suppress.with_rows(of, hidden, context.threshold) or of
end

---The ICB's ledger, the receivers' and the system's by month, and each receiver's own when all is handed over.
function money.ledgers(context)
  local blocks <const>, withheld <const> = {}, {}
  local text <const> = { "The ICB's own ledger with and without the money that it hands over, what the receivers spend, and the system's: "
    .. "annual rates, and one-off (non-recurrent) costs in their months." }
  for _, model in ipairs(context.scenarios) do
    if not context:parts(model).packages or context:hides_total(model) then
      withheld[#withheld + 1] = name_of(model)
    else
      blocks[#blocks + 1] = in_millions(monthly_ledger(context, model), { "month", "kept", "stranded", "double", "icb", "resource",
        "icb_with", "receivers", "gap", "system", "once" }, { title = "Ledgers: " .. name_of(model) })
      blocks[#blocks + 1] = #state_of[model].plan.transfers > 0 and in_millions(model:ledger { by = "receiver", from = context.at, to = context.at,
        envelope = context.envelope }, { "month", "ledger", "spends", "pays", "bears", "once", "delegated" },
        { title = ("Each ledger in %s: %s"):format(context.at, name_of(model)) }) or nil
    end
  end
  text[2] = #withheld > 0 and ("Withheld: %s. They would tell of fewer than %d posts."):format(shape.listed(withheld), context.threshold) or nil
  if #blocks == 0 then
    return nil, #withheld > 0 and "they would tell of few posts" or "there is no scenario"
  end
  return { text = text, blocks = blocks }
end

return money
