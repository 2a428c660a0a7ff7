-- SPDX-License-Identifier: Apache-2.0
-- What must hold between the fields of a change, whatever the model.

local args <const> = require "remit.args"
local core <const> = require "remit.core"
local declared <const> = require "remit.changes.declared"
local fault <const> = require "remit.fault"
local param <const> = require "remit.param"
local plain <const> = require "remit.plain"

local function one_selection(spec, kind)
  local given <const> = {}
  for _, name in ipairs { "posts", "lines", "functions" } do
    given[#given + 1] = spec[name] ~= nil and name or nil
  end
  if #given ~= 1 then
    fault.raise { code = "change", message = #given == 0 and ("%s needs posts, lines or functions: what does it touch?"):format(kind)
      or ("%s takes one of %s, not both"):format(kind, table.concat(given, " and ")) }
  end
end

local function fail(kind, message, ...)
  fault.raise { code = "change", message = ("%s: %s"):format(kind, message:format(...)) }
end

-- What must hold between fields, by kind.
local checks <const> = {}

function checks.scale(spec)
  one_selection(spec, "scale")
  if (spec.change == nil) == (spec.target == nil) then
    fail("scale", "give change or target%s", spec.change ~= nil and ", not both" or "")
  elseif spec.spread and not spec.protect then
    fail("scale", "spread = \"rest\" makes the others bear what is protected: give protect")
  end
  if spec.take and #spec.take == 0 then
    fail("scale", "take: name one at least of vacancies, nonpay, posts")
  end
  for _, word in ipairs(spec.take or {}) do
    if word ~= "vacancies" and word ~= "nonpay" and word ~= "posts" then
      fail("scale", "take: '%s' is not one of vacancies, nonpay, posts", word)
    end
  end
end

function checks.close(spec)
  one_selection(spec, "close")
end

-- What a post is, and not where it belongs.
local NO_PLACE <const> = { band = "regrade gives posts another band, and what that costs", point = "regrade gives posts another pay point, and what that costs",
  id = "", kind = "", recurrent = "", title = "", vacant = "close ends posts; a new vacancy is an add with in_post = 0" }

function checks.move(spec)
  one_selection(spec, "move")
  for _, field in ipairs(plain.keys(spec.into)) do
    if NO_PLACE[field] then
      fault.raise { code = "change", message = ("move: into.%s is nothing to move into: lines move to another function, place, group or fund"):format(field),
        hints = { NO_PLACE[field] ~= "" and NO_PLACE[field] or nil } }
    end
  end
  if next(spec.into) == nil then
    fail("move", "into says where to, as in { group = \"insights\" }")
  end
end

function checks.regrade(spec)
  one_selection(spec, "regrade")
end

function checks.add(spec)
  local rows <const> = spec.posts or spec.lines
  if (spec.posts == nil) == (spec.lines == nil) or #rows == 0 then
    fail("add", "give posts or lines: a list of rows, as in posts = { { title = ..., fn = ..., band = ..., wte = 1 } }")
  elseif plain.astray(rows) then
    fail("add", "%s is a list, one row after the other, without names or gaps", spec.posts and "posts" or "lines")
  end
end

function checks.set(spec)
  if next(spec.into) == nil then
    fail("set", "into says what changes, as in { class = \"transfer\" }")
  end
end

local READY <const> = { clarity = true, dates = true, form = true, governance = true, resource = true }

local function check_ready(spec)
  if #spec.ready > 0 then
    fail("transfer", "ready says of each item whether it is met: { form = true, dates = false }")
  end
  for _, item in ipairs(plain.keys(spec.ready)) do
    if not READY[item] then
      fail("transfer", "'%s' is no item of readiness. %s", item, fault.suggest(item, plain.keys(READY))
        or "They are: " .. table.concat(plain.keys(READY), ", "))
    elseif type(spec.ready[item]) ~= "boolean" then
      fail("transfer", "ready.%s is true or false", item)
    end
  end
  local slip <const> = math.tointeger(spec.if_not_ready:match "^slip (%d+) months?$")
  if spec.if_not_ready ~= "flag" and not (slip and slip >= 1 and slip <= 600) then
    fail("transfer", "if_not_ready is \"flag\" or \"slip 3 months\" (1 to 600), not '%s'", spec.if_not_ready)
  end
end

-- Of a parameter nothing is known until a scenario gives it its value; then all is checked.
local function micro_of(name, value)
  if param.is(value) then
    return nil
  end
  local micro <const> = args.percent(value)
  if not micro or micro < 0 or micro > 1000000 then
    fail("transfer", "%s is a share between 0%% and 100%%, not %s", name, tostring(value))
  end
  return micro
end

local function check_staff(staff)
  local sum, known = 0, true
  for _, route in ipairs(plain.keys(staff)) do
    if route ~= "tupe" and route ~= "close" and route ~= "keep" then
      fail("transfer", "staff.%s: people go by tupe, close or keep", route)
    end
    local micro <const> = micro_of("staff." .. route, staff[route])
    sum, known = sum + (micro or 0), known and micro ~= nil
  end
  if known and sum ~= 1000000 then
    fail("transfer", "staff shares add up to %s%% and not to 100%%", (("%.4f"):format(sum / 10000):gsub("%.?0+$", "")))
  end
end

local function check_stranded(stranded)
  for _, key in ipairs(plain.keys(stranded)) do
    if key ~= "share" and key ~= "months" then
      fail("transfer", "stranded has share and months, not '%s'", key)
    end
  end
  micro_of("stranded.share", stranded.share)
  if not declared.count_of_months(stranded.months) or stranded.months == 0 then
    fail("transfer", "stranded.months is a whole number of months above 0, not %s", tostring(stranded.months))
  end
end

-- Of two bases one would be passed over.
local function check_split(split)
  local bases <const> = plain.keys(split)
  if #bases > 1 then
    fail("transfer", "split goes by one of %s", table.concat(bases, ", "))
  end
end

local function month_index(value)
  return type(value) == "string" and core.calendar.month(value) or nil
end

function checks.transfer(spec)
  check_ready(spec)
  if spec.staff then
    check_staff(spec.staff)
  end
  if spec.stranded then
    check_stranded(spec.stranded)
  end
  if spec.split then
    check_split(spec.split)
  end
  local shadow <const>, golive <const> = month_index(spec.shadow), month_index(spec.golive)
  if shadow and golive and golive < shadow then
    fail("transfer", "go-live (%s) lies before shadow running (%s)", spec.golive, spec.shadow)
  elseif spec.months == 0 then
    fail("transfer", "months is 1 or more: in how many months do the functions leave?")
  elseif not param.is(spec.months) and spec.months > 1 and spec.profile == "step" then
    fail("transfer", "over %d months functions leave by profile \"linear\", \"front\" or \"back\"; by \"step\" all leave at once", spec.months)
  elseif spec.split and not spec.place then
    fail("transfer", "split is a place's part of system-wide lines: give the place")
  end
end

local function check_span(kind, spec)
  local from <const>, to <const> = month_index(spec.from), month_index(spec.to)
  if from and to and to <= from then
    fault.raise { code = "change", message = ("%s: to (%s) does not lie after from (%s)"):format(kind, spec.to, spec.from),
      hints = { ('to is the first month in which it holds no longer. For %s alone: to = "%s"'):format(spec.from, core.calendar.month_text(from + 1)) } }
  end
end

local function check_absolute(kind, spec)
  for _, field in ipairs(declared.fields[kind]) do
    local value <const> = spec[field.name]
    if field.kind == declared.month and declared.span(value) then
      fail(kind, "%s: '%s' is relative, which is for amend; a change needs its month, such as \"2026-04\"", field.name, value)
    end
  end
end

---Refuses a change that says too little, too much or what cannot be.
---@param kind string
---@param spec table its fields, each by itself as declared
return function(kind, spec)
  check_absolute(kind, spec)
  check_span(kind, spec)
  if checks[kind] then
    checks[kind](spec)
  end
end
