-- SPDX-License-Identifier: Apache-2.0
-- Sections on functions and people: the establishment, who does what at which level, transfer packages, and what it means for staff.

local advice <const> = require "remit.report.advice"
local chart <const> = require "remit.chart"
local copy <const> = require "remit.copy"
local core <const> = require "remit.core"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local none <const> = require "remit.none"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"
local suppress <const> = require "remit.suppress"
local titles <const> = require "remit.report.titles"

local people <const> = {}

local name_of <const> = shape.name_of

---Posts and WTE by group and band.
function people.establishment(context)
  local blocks <const>, groups <const> = {}, titles.path(context.base, context.by)
  local by <const> = context.by == "band" and groups or groups .. " and band"
  for index, model in ipairs(context:models()) do
    blocks[index] = shape.said(context:establishment()[index], { title = ("Establishment by %s: %s"):format(by, name_of(model)) })
  end
  return { text = { "Posts, WTE, WTE in post and annual cost. Band (none): what is no post, such as non-pay and income, and posts without a band.",
    advice.differing(context) }, blocks = blocks }
end

-- ---- Level map ----

local ROLES <const> = { { "accountable", "A" }, { "delivers", "D" }, { "hosts", "H" }, { "funds", "F" } }

local function labels_of(model, name)
  local found <const> = state_of[model].members[name]
  return found and found.dictionary:labels() or {}
end

local function level_rows(members, ids, levels)
  local rows <const>, used <const> = {}, {}
  for row, id in ipairs(ids) do
    local made <const> = { fn = id }
    for _, role in ipairs(ROLES) do
      local column <const> = members.table:column(role[1])
      local level <const> = column and column:get(row)
      if level and levels[level] then
        made[level] = (made[level] and made[level] .. " " or "") .. role[2]
        used[level] = true
      elseif level then
        made.other = (made.other and made.other .. "; " or "") .. ("%s: %s"):format(role[1], level)
      end
    end
    rows[row] = made
  end
  return rows, used
end

---Functions by level: who is accountable, delivers, hosts and funds.
function people.levels(context)
  local model <const> = context.scenarios[1] or context.base
  local members <const> = state_of[model].members.fn
  if not members or not members.table:column "accountable" then
    return nil, "no rules of subsidiarity were applied"
  end
  local wanted <const> = {}
  for _, level in ipairs(labels_of(model, "level")) do
    wanted[level] = true
  end
  local rows <const>, used <const> = level_rows(members, members.dictionary:labels(), wanted)
  local columns <const>, drawn <const>, called <const> = { { name = "fn", title = "function", display = "text", dimension = "fn" } }, {},
    titles.members(model, "level")
  for _, level in ipairs(labels_of(model, "level")) do
    if used[level] then
      columns[#columns + 1] = { name = level, title = called[level], display = "text" }
      drawn[#drawn + 1] = level
    end
  end
  columns[#columns + 1] = { name = "other", title = "not settled", display = "text" }
  local of <const> = shape.rows(columns, rows, { keys = { "fn" }, about = context:about { title = "Level map", money = false,
    notes = { "A accountable, D delivers, H hosts, F funds." } } })
  local blocks <const> = { #drawn > 0 and chart.new { of = of, kind = "heat", columns = drawn } or of }
  local pages <const> = #rows > 50 and (" Drawn in pages of fifty: there are %d functions."):format(#rows) or ""
  return { text = { "Who is accountable (A), delivers (D), hosts (H) and funds (F) each function, by level; the darker, the more of the four." .. pages },
    blocks = blocks }
end

-- ---- Transfer packages ----

local function month_text(month)
  return month and core.calendar.month_text(month)
end

-- What is met and missing, and what comes of it, as model:readiness says.
local function readiness(model)
  local ready <const>, result <const> = {}, {}
  for row in model:readiness():rows() do
    ready[#ready + 1] = ("%d met%s"):format(row.met, row.missing ~= none and "; missing: " .. row.missing or "")
    result[#result + 1] = row.result
  end
  return ready, result
end

local function package_rows(model)
  local rows <const> = {}
  local ready <const>, result <const> = readiness(model)
  for index, entry in ipairs(state_of[model].plan.transfers) do
    local change <const> = entry.change
    rows[index] = { transfer = change.id or ("transfer %d"):format(index), receiver = entry.receiver, place = entry.place or "everywhere",
      shadow = month_text(entry.shadow), planned = entry.slip > 0 and month_text(entry.golive - entry.slip) or nil, golive = month_text(entry.golive),
      done = month_text(entry.golive + math.max(change.profile == "step" and 1 or change.months or 1, 1)), ready = ready[index], result = result[index],
      waits = #change.depends_on > 0 and table.concat(change.depends_on, "; ") or nil,
      objections = #change.objections > 0 and table.concat(change.objections, "; ") or nil }
  end
  return rows
end

local function slips(model)
  for _, entry in ipairs(state_of[model].plan.transfers) do
    if entry.slip > 0 then
      return true
    end
  end
  return false
end

local DIMENSIONS <const> = { receiver = "org", place = "place" }

local function columns_of(slipped)
  local columns <const> = {}
  for _, one in ipairs { { "transfer" }, { "receiver" }, { "place" }, { "shadow" }, { "planned", "go-live before it slipped" }, { "golive", "go-live" },
    { "done", "all handed over" }, { "ready", "readiness" }, { "result" }, { "waits", "waits for" }, { "objections" } } do
    columns[#columns + 1] = (slipped or one[1] ~= "planned") and { name = one[1], title = one[2], display = "text", dimension = DIMENSIONS[one[1]] } or nil
  end
  return columns
end

-- Whether packages only shift cost, by the posts behind each.
local function shift_frame(context, model)
  local counts <const>, at = context:parts(model).counts, 0
  local counted <const> = model:cost_shift { min_saving = context.min_saving }:with_column("posts", function()
    at = at + 1
    return counts[at]
  end, { display = "count" })
  local columns <const> = {}
  for _, column in ipairs(frame.inside(counted).columns) do
    columns[#columns + 1] = column.name ~= "posts" and { name = column.name } or nil
  end
  return shape.only(context:guard(counted, { "posts" }), columns, { title = "Cost shift, recurrent year: " .. name_of(model) })
end

-- The price of slipping in whole; month by month stands in model:slip_price.
local function slip_frame(context, model)
  local whole <const> = model:slip_price { envelope = context.envelope }
  local total <const>, state <const> = shape.total_row(whole), frame.inside(whole)
  local rows <const> = {}
  for _, column in ipairs(state.columns) do
    rows[#rows + 1] = column.name ~= "month" and { ledger = column.title:gsub(" £$", ""), price = whole:get(total, column.name) } or nil
  end
  return shape.rows({ { name = "ledger", display = "text", dimension = "org" }, { name = "price", title = "price £m", display = "£m", sign = true } }, rows,
    { keys = { "ledger" }, about = shape.about(whole, { title = "What slipping costs in all: " .. name_of(model) }) })
end

---Transfer packages: dates, readiness, whether they only shift cost, and what slipping costs.
function people.transfers(context)
  local blocks <const>, text <const> = {}, { "When each package runs in shadow and goes live, what it still waits for, and whether the system saves by it." }
  for _, model in ipairs(context.scenarios) do
    local rows <const> = package_rows(model)
    if #rows > 0 then
      local of <const> = shape.rows(columns_of(slips(model)), rows, { keys = { "transfer" }, about = context:about {
        title = "Transfer packages: " .. name_of(model), money = false, scenario = name_of(model) } })
      blocks[#blocks + 1] = chart.new { of = of, kind = "timeline", shadow = "shadow", planned = slips(model) and "planned" or nil,
        golive = "golive", done = "done" }
      if context:parts(model).packages then
        blocks[#blocks + 1] = shift_frame(context, model)
        blocks[#blocks + 1] = slips(model) and slip_frame(context, model) or nil
      else
        text[#text + 1] = ("The money of the packages of %s is withheld: it would tell of fewer than %d posts."):format(name_of(model), context.threshold)
      end
    end
  end
  if #blocks == 0 then
    return nil, "nothing is transferred"
  end
  return { text = text, blocks = blocks }
end

-- ---- Staff ----

-- The counts of a frame: its columns in people or posts, and WTE where there are none.
local function counts_of(of)
  local found <const>, wte <const> = {}, {}
  for _, column in ipairs(frame.inside(of).columns) do
    local count <const> = column.display == "count"
    found[#found + 1] = count and column.name or nil
    wte[#wte + 1] = column.display == "WTE" and column.name or nil
  end
  return #found > 0 and found or wte
end

local function guarded(context, of)
  local counts <const> = counts_of(of)
  return #counts > 0 and context:guard(of, counts) or of
end

local SHARED <const> = { closed = true, closed_people = true, one_off_low = true, one_off_high = true }

-- What leaving saves is what the bridge says of a change: what is withheld there is here.
local function leaving_guarded(context, model, leaving)
  local shown <const>, hidden <const> = guarded(context, leaving), {}
  local withheld <const> = context:withheld_steps(model)
  for row = 1, #leaving do
    hidden[row] = context.row_is_hidden(shown, row) or withheld[leaving:get(row, "change")] or false
  end
  return next(withheld) and suppress.with_rows(leaving, hidden, context.threshold) or shown
end

-- Who leaves stands by group here and by change there, and comes to the same: where either withholds any of it, it stands there only, and every
-- group here, touched or not: which rows there are would tell.
local function together(context, touched, impact, leaving)
  if not context.any_is_hidden(guarded(context, impact)) and not context.any_is_hidden(leaving) then
    return guarded(context, touched)
  end
  local columns <const> = {}
  for _, column in ipairs(frame.inside(impact).columns) do
    columns[#columns + 1] = not SHARED[column.name] and { name = column.name } or nil
  end
  return shape.noted(guarded(context, shape.only(impact, columns)), "Who leaves is left to the table by change: by group too, it would tell of few people.")
end

---Posts by what becomes of them, people who leave, move or are regraded, and what leaving costs.
function people.staff(context)
  local blocks <const>, text <const> = {}, { ("In %s, against the establishment as at %s. People are those in posts that a change touches, wholly or in part.")
    :format(context.at, context.base_at) }
  for _, model in ipairs(context.scenarios) do
    local actions <const> = shape.totalled(model:actions { at = context.at }) -- all posts are known: the rows are protected against that
    local touched <const> = model:impact { at = context.at, by = { context.by } }
    local impact <const> = model:impact { at = context.at, by = { context.by }, all = true }
    local leaving <const> = leaving_guarded(context, model, model:redundancy { at = context.at })
    for _, one in ipairs { { guarded(context, actions), "What becomes of posts" }, { together(context, touched, impact, leaving), "What it means for people" },
      { leaving, "Leaving, one-off (non-recurrent) cost and payback" } } do
      blocks[#blocks + 1] = #one[1] > 0 and shape.said(one[1], { title = ("%s: %s"):format(one[2], name_of(model)) }) or nil
    end
    text[#text + 1] = #touched == 0 and name_of(model) .. ": nothing happens to anybody in post." or
      #leaving == 0 and name_of(model) .. ": nobody in post leaves." or nil
  end
  if #blocks == 0 then
    return nil, "there is no scenario"
  end
  return { text = text, blocks = blocks }
end

-- ---- Checks ----

-- A pack need not have duties: then the reason why there is nothing to check.
local function duties_of(model)
  local duties <const>, refusal <const> = fault.caught(model.duties, model)
  return duties, refusal and refusal.message
end

-- Checks whose evidence says what is withheld elsewhere: their result stays.
local function without_evidence(context, model, checked)
  local hidden <const>, changed <const> = context:hides_total(model), model ~= context.base
  local few <const> = { envelope = hidden, cost_shift = changed and not context:parts(model).packages,
    unidentified = hidden or changed and next(context:withheld_steps(model)) ~= nil }
  local state <const>, texts <const> = frame.inside(checked), {}
  local evidence <const> = state.table:column "evidence"
  for row = 1, state.count do
    texts[row] = few[checked:get(row, "check")] and "withheld: it would tell of few posts" or evidence:get(row) or false
  end
  return frame.new { table = copy(state.table, { evidence = core.column.labels(texts) }), columns = state.columns, keys = state.keys,
    about = shape.about(checked, { title = "Checks: " .. name_of(model) }) }
end

---Design principles, duties, closure and readiness: pass, fail or open, with the evidence.
function people.checks(context)
  local blocks <const>, text <const> = {}, {}
  for _, model in ipairs(#context.scenarios > 0 and context.scenarios or { context.base }) do
    local at <const> = model == context.base and context.base_at or context.at
    local checked <const> = model:checks { at = at, envelope = context.envelope, own = context.own_checks, min_saving = context.min_saving,
      max_taken = context.max_taken }
    blocks[#blocks + 1] = without_evidence(context, model, checked)
  end
  local duties <const>, message <const> = duties_of(context.scenarios[1] or context.base)
  blocks[#blocks + 1] = duties and shape.named(duties, "duty", "name")
  text[1] = "Open: nobody has settled it yet. The evidence stands beside each."
  text[2] = message and ("Duties are left out: %s."):format(message) or nil
  return { text = text, blocks = blocks }
end

return people
