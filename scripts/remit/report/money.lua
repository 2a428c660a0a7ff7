-- SPDX-License-Identifier: Apache-2.0
-- Sections on money: what it comes to, the board's table, the cap by month, the bridge, where functions go, and the ledgers.

local chart <const> = require "remit.chart"
local compare <const> = require "remit.compare"
local core <const> = require "remit.core"
local frame <const> = require "remit.frame"
local none <const> = require "remit.none"
local pivot <const> = require "remit.pivot"
local shape <const> = require "remit.report.shape"
local show <const> = require "remit.show"

local money <const> = {}

local function millions(pounds, signed)
  return "£" .. (show.number(math.tointeger(math.floor(pounds * 100 + 0.5)), "£m", { sign = signed }):gsub("^([+-])", "")) .. "m"
end

local function name_of(model)
  return model.state.name or "Base"
end

-- ---- Summary ----

local function first_month(context, model)
  local month <const> = context.envelope:first_ok(model)
  return month or "none"
end

local function summary_row(context, model)
  local checked <const> = context:check(model, model == context.base and { at = { context.base_at } } or { at = { context.at } })
  local row <const> = checked:rows()()
  row.model, row.month, row.first = name_of(model), row.period, first_month(context, model)
  return row
end

local function result_sentence(row)
  return ("%s: %s in %s, £%.2f a head, %s %s the cap. First month within it: %s."):format(row.model, millions(row.cost), row.month, row.per_head,
    millions(math.abs(row.vs_cap)), row.vs_cap > 0 and "above" or "below", row.first)
end

local function any_has(rows, name)
  for _, row in ipairs(rows) do
    if row[name] ~= nil then
      return true
    end
  end
  return false
end

---What, the cap, and the result of each scenario in a sentence.
function money.summary(context)
  local compared <const> = #context.scenarios == 0 and "No scenario is compared with it."
    or ("Compared with it: %s."):format(shape.listed(context:names()))
  local text <const> = { ("%s, as at %s. %s"):format(context.base.state.title, context.base_at, compared) }
  if not context.envelope then
    text[2] = "No cap was given, so nothing is held against one."
    local rows <const> = {}
    for index, model in ipairs(context:models()) do
      local at <const> = model == context.base and context.base_at or context.at
      rows[index] = { model = name_of(model), month = at, cost = model:total("cost", { at = at }), wte = model:total("wte", { at = at }) }
    end
    return { text = text, blocks = { shape.rows({ { name = "model", title = "scenario", display = "text" }, { name = "month", display = "text" },
      { name = "cost", title = "run rate £m", display = "£m" }, { name = "wte", display = "WTE" } }, rows,
      { keys = { "model" }, about = context:about { title = "Result of each scenario" } }) } }
  end
  local rows <const> = {}
  for index, model in ipairs(context:models()) do
    rows[index] = summary_row(context, model)
    text[index + 2] = result_sentence(rows[index])
  end
  local cap <const> = frame.inside(context:check(context.base, { at = { context.base_at } })).about.title
  local due <const> = context.envelope.due and (", due from %s."):format(context.envelope.due) or "."
  text[2] = cap:gsub("^Envelope (.-)   ", "The cap for %1 is "):gsub("is cap ", "is ") .. due
  local columns <const> = { { name = "model", title = "scenario", display = "text" }, { name = "month", display = "text" },
    { name = "cost", title = "run rate £m", display = "£m" }, { name = "per_head", title = "£/head", display = "£/head" },
    { name = "vs_cap", title = "vs cap £m", display = "£m", sign = true }, { name = "result", display = "text" },
    { name = "first", title = "first month within the cap", display = "text" } }
  -- Where money is handed over, what the result is if that counts.
  if any_has(rows, "result_with") then
    columns[#columns + 1] = { name = "vs_cap_with", title = "vs cap with money handed over £m", display = "£m", sign = true }
    columns[#columns + 1] = { name = "result_with", title = "result with it", display = "text" }
  end
  return { text = text, blocks = { shape.rows(columns, rows, { keys = { "model" }, about = context:about { title = "Result of each scenario" } }) } }
end

-- ---- The board's table ----

-- now, plan, change and % of one measure as compare gives them.
local function board_columns(name, display, title, scenario)
  return { name = ("%s base"):format(name), display = display, title = title .. " now" },
    { name = ("%s %s"):format(name, scenario), display = display, title = title .. " plan" },
    { name = name .. " change", display = display, title = title .. " change", sign = true },
    { name = name .. " change %", title = title .. " change %" }
end

local function board_table(context, model)
  local whole <const> = compare.new { context.base, model }:table { by = { context.by }, at = context.at, measures = { "cost", "wte", "in_post" } }
  local columns <const> = { { name = context.by } }
  for _, one in ipairs { { "cost", "£m", "£m" }, { "wte", "WTE", "WTE" }, { "in_post", "WTE", "in post" } } do
    local list <const> = { board_columns(one[1], one[2], one[3], name_of(model)) }
    table.move(list, 1, #list, #columns + 1, columns)
  end
  return shape.only(context:guard_as_established(whole, { context.base, model }), columns, { title = ("%s: £m, WTE and in post by %s"):format(name_of(model),
    context.by), scenario = name_of(model), model = model:hash():sub(1, 6) })
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
  return { text = { ("Now is the establishment as at %s; plan is %s."):format(context.base_at, context.at) }, blocks = blocks }
end

-- ---- The cap by month ----

local LINES <const> = 4

local function envelope_frame(context, models, title)
  local columns <const>, first = { { name = "period", title = "month", display = "text" } }, nil
  local rows <const> = {}
  for index, model in ipairs(models) do
    local checked <const> = context:check(model, { by = "month", from = context.from, to = context.to })
    first = first or checked
    for row = 1, #checked do
      rows[row] = rows[row] or { period = checked:get(row, "period") }
      rows[row]["cost" .. index], rows[row]["result" .. index] = checked:get(row, "cost"), checked:get(row, "result")
    end
    columns[#columns + 1] = { name = "cost" .. index, title = name_of(model), display = "£m" }
    columns[#columns + 1] = { name = "result" .. index, title = name_of(model) .. " result", display = "text" }
  end
  local about <const> = shape.about(first, { title = title, scenario = false, model = false })
  about.unit = "£m"
  return shape.rows(columns, rows, { keys = { "period" }, about = about }), (first:get(1, "cost") - first:get(1, "vs_cap")) / 1e6
end

local function marks_of(context, models)
  local marks <const> = {}
  if context.envelope.due then
    marks[1] = { at = context.envelope.due, label = "cap due" }
  end
  local seen <const>, dates <const> = {}, {}
  for _, model in ipairs(models) do
    for _, entry in ipairs(model.state.plan and model.state.plan.transfers or {}) do
      local at <const>, id <const> = core.calendar.month_text(entry.golive), entry.change.id or entry.receiver
      if not seen[at .. id] then
        seen[at .. id], dates[id] = true, (dates[id] or 0) + 1
        marks[#marks + 1] = { at = at, label = "go-live " .. id, id = id, of = name_of(model) }
      end
    end
  end
  -- One package with several dates: which scenario has which.
  for _, mark in ipairs(marks) do
    mark.label = mark.id and dates[mark.id] > 1 and ("%s, %s"):format(mark.label, mark.of) or mark.label
  end
  return marks
end

---Run rate by month against the cap, with its deadline and each go-live marked.
function money.envelope(context)
  if not context.envelope then
    return nil, "no cap was given"
  end
  local models <const>, blocks <const> = context:models(), {}
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
  return { text = { ("Annual run rate in each month from %s to %s. BREACH: above the cap once it is due; above: before."):format(context.from, context.to) },
    blocks = blocks }
end

-- ---- The bridge ----

-- The lines that each change touches stand beside it: what a change of one post is worth is a salary.
local function counted(of, model)
  local lines <const> = {}
  for row in model:changes():rows() do
    lines[row.id] = row.lines
  end
  return of:with_column("lines", function(row)
    return lines[row.step] ~= none and lines[row.step] or nil
  end, { display = "count" })
end

---From the base to each scenario, change by change.
function money.bridge(context)
  local blocks <const> = {}
  for _, model in ipairs(context.scenarios) do
    if #model.state.plan.operations > 0 then
      local whole <const> = compare.new { context.base, model }:bridge { measure = "cost", at = context.at }
      local guarded <const> = context:guard_parts(counted(whole, model), { "lines" })
      local of <const> = shape.only(guarded, { { name = "step" }, { name = "cost", display = "£m", title = "£m" }, { name = "why" } },
        { title = "Bridge from base to " .. name_of(model) })
      blocks[#blocks + 1] = chart.new { of = of, kind = "waterfall", columns = { "cost" } }
    end
  end
  if #blocks == 0 then
    return nil, "no scenario changes anything"
  end
  return { text = { ("Cost in %s: what each change is worth, whatever the order in which they are made."):format(context.at) }, blocks = blocks }
end

-- ---- Where functions go ----

local function attribute_of(model)
  local members <const> = model.state.members.fn
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
    local value <const>, unit <const> = pivot.of_accounts(model, measure, { at = at, accounts = entry.accounts.moved, where = where })
    return core.number.plain(value or 0, unit)
  end
  return of "cost", of "wte"
end

local function flow_rows(context, model, name, labels)
  local rows <const>, at <const> = {}, context.at
  for _, label in ipairs(labels) do
    local where <const> = { fn = { [name] = label } }
    local by_receiver <const>, order <const> = {}, {}
    for _, entry in ipairs(model.state.plan.transfers) do
      local cost <const>, wte <const> = moved(model, at, entry, where)
      if cost ~= 0 or wte ~= 0 then
        local row = by_receiver[entry.receiver]
        if not row then
          row = { from = label, to = entry.receiver, cost = 0, wte = 0 }
          by_receiver[entry.receiver] = row
          order[#order + 1] = row
        end
        row.cost, row.wte = row.cost + cost, row.wte + wte
      end
    end
    rows[#rows + 1] = { from = label, to = "stays with the ICB", cost = model:total("cost", { at = at, where = where }),
      wte = model:total("wte", { at = at, where = where }) }
    table.move(order, 1, #order, #rows + 1, rows)
  end
  return rows
end

---Where functions go: from their class to who has them in the month.
function money.flows(context)
  local blocks <const> = {}
  for _, model in ipairs(context.scenarios) do
    local name <const>, column <const> = attribute_of(model)
    if name and #model.state.plan.transfers > 0 then
      local rows <const> = flow_rows(context, model, name, column:dictionary():labels())
      local of <const> = shape.rows({ { name = "from", title = "fn." .. name, display = "text" }, { name = "to", display = "text" },
        { name = "cost", title = "£m", display = "£m" }, { name = "wte", display = "WTE" } }, rows,
        { keys = { "from", "to" }, about = context:about { title = "Where functions go: " .. name_of(model), at = context.at, scenario = name_of(model) } })
      blocks[#blocks + 1] = context:guard(of, { "wte" })
    end
  end
  if #blocks == 0 then
    return nil, "nothing is transferred, or functions have no class"
  end
  return { text = { ("By class, what stays with the ICB in %s and what each receiver takes over. What ends is in neither."):format(context.at) },
    blocks = blocks }
end

-- ---- Ledgers ----

---The ICB's ledger, the receivers' and the system's by month.
function money.ledgers(context)
  local blocks <const> = {}
  for _, model in ipairs(context.scenarios) do
    local whole <const> = model:ledger { from = context.from, to = context.to }
    local columns <const> = {}
    for index, name in ipairs { "month", "kept", "stranded", "double", "icb", "resource", "icb_with", "receivers", "gap", "system", "once" } do
      local old <const> = frame.inside(whole).by_name[name]
      columns[index] = { name = name, display = old and old.display == "£" and "£m" or nil, title = old and old.title:gsub("£$", "£m") }
    end
    blocks[#blocks + 1] = shape.only(whole, columns, { title = "Ledgers: " .. name_of(model) })
  end
  if #blocks == 0 then
    return nil, "there is no scenario"
  end
  return { text = { "The ICB's own ledger with and without the money that it hands over, what the receivers spend, and the system's: annual rates." },
    blocks = blocks }
end

return money
