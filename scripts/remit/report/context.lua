-- SPDX-License-Identifier: Apache-2.0
-- What the sections of a report are made in: its models, what they share so that it is asked once, and which figures are withheld because few stand behind
-- them.

local fault <const> = require "remit.fault"
local few <const> = require "remit.report.few"
local frame <const> = require "remit.frame"
local plain <const> = require "remit.plain"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"
local suppress <const> = require "remit.suppress"
local touched <const> = require "remit.report.touched"

local context <const> = {}

---@class remit.report.context
---@field title string
---@field date string
---@field base remit.model
---@field scenarios remit.model[]
---@field envelope? remit.envelope
---@field by string
---@field base_at string
---@field at string
---@field from string
---@field to string
---@field min_saving string|number|remit.param
---@field max_taken? string|number|remit.param
---@field threshold integer figures by fewer are withheld
---@field jointly boolean
---@field own_checks table
---@field left_out { title: string, reason: string }[] sections, and why
---@field remedies? string[] what would show the totals that are withheld
local Context <const> = {}
Context.__index = Context

---@param given table the fields; what is found out on the way is added
---@return remit.report.context
function context.new(given)
  given.checked, given.parted, given.left_out, given.months_of, given.posts_by_month = {}, {}, {}, {}, {}
  return setmetatable(given, Context)
end

function Context:models()
  local models <const> = { self.base }
  return table.move(self.scenarios, 1, #self.scenarios, 2, models)
end

function Context:names()
  local names <const> = {}
  for index, model in ipairs(self.scenarios) do
    names[index] = state_of[model].name
  end
  return names
end

---The envelope's answer for a model, asked once.
function Context:check(model, given)
  local key <const> = ("%s %s %s %s"):format(model:hash(), given.by and given.from .. given.to or "", given.at and table.concat(given.at) or "",
    given.risk or "")
  self.checked[key] = self.checked[key] or self.envelope:check(model, given)
  return self.checked[key]
end

---What is said of a frame that the report itself makes.
function Context:about(more)
  local about <const> = self.base:about { title = more.title, basis = more.basis, money = more.money, notes = more.notes }
  return { title = about.title, basis = about.basis, price_base = about.price_base, at = more.at, scenario = more.scenario, notes = about.notes }
end

---How figures by few posts are withheld, in words.
function Context:rule_text()
  if self.threshold < 2 then
    return "none"
  end
  return ("figures by fewer than %d posts or people, marked [c]; establishments are protected together with %s, also where fewer posts differ, what a "
    .. "scenario's totals, changes, packages and leavers come to within it, months while a change by fewer comes in or fewer posts differ, other tables each "
    .. "by itself"):format(self.threshold, self.jointly and "one another" or "the base's, not with one another")
end

---A frame with its figures by few posts withheld; `counts` are its columns with the numbers behind them.
function Context:guard(of, counts)
  if self.threshold < 2 then
    return of
  end
  return of:suppress { rule = "threshold", threshold = self.threshold, counts = counts }
end

local function protected_frames(self, frames, differing)
  if self.threshold < 2 then
    return frames
  elseif self.jointly then
    return suppress.models(frames, self.threshold, differing)
  end
  local made <const> = suppress.models({ frames[1] }, self.threshold, differing)
  for index = 2, #frames do
    made[index] = suppress.models({ frames[1], frames[index] }, self.threshold, function()
      return differing(index, 1)
    end)[2]
  end
  return made
end

---The establishment of each model by `by` and band, all protected against subtraction from one another; not jointly, each from the base's only.
---@param by string
---@return remit.frame[] frames, integer[] posts in all, fun(number: integer, before: integer): integer[] differing in how many of them a model differs from
--- one before it, by row; withheld or not
function Context:established_by(by)
  local frames <const>, posts <const>, of_posts <const>, keys <const> = {}, {}, {}, by == "band" and { "band" } or { by, "band" }
  for index, model in ipairs(self:models()) do
    local at <const> = model == self.base and self.base_at or self.at
    frames[index] = model:pivot { measures = { "posts", "wte", "in_post", "cost" }, by = keys, totals = true, at = at }
    local total <const> = shape.total_row(frames[index])
    posts[index] = total and frames[index]:get(total, "posts") or 0
    of_posts[index] = self.threshold > 1 and touched.posts(model, keys, at) or nil
  end
  local known <const> = {} -- by model and one before it
  local function differing(number, before)
    local key <const> = number << 32 | before
    known[key] = known[key] or touched.counts(frames[number], of_posts[before], of_posts[number])
    return known[key]
  end
  return protected_frames(self, frames, differing), posts, differing
end

---The same by what the report goes by, asked once.
function Context:establishment()
  if not self.established then
    self.established, self.posts_of, self.differing = self:established_by(self.by)
  end
  return self.established
end

---How many posts each model has, withheld or not: only for finding out why.
---@return integer[]
function Context:posts()
  self:establishment()
  return self.posts_of
end

---In how many posts a model differs from one before it, in all: only for finding out why.
---@param number integer from 1, the base
---@param before integer
---@return integer
function Context:posts_apart(number, before)
  local total <const> = shape.total_row(self:establishment()[number])
  return total and self.differing(number, before)[total] or 0
end

---A table by group of some of the models, with what the establishment withholds of them. Columns that are of one model are withheld as its establishment is,
---and all others where any of the models is.
---@param of remit.frame
---@param models remit.model[]
---@param columns? table<string, remit.model> by column
---@return remit.frame
function Context:guard_as_established(of, models, columns)
  if self.threshold < 2 then
    return of
  end
  local hidden <const>, groups_of <const> = {}, {}
  for index, model in ipairs(self:models()) do
    local own <const> = {}
    suppress.hidden_groups(self:establishment()[index], own)
    for group in pairs(plain.among(models, model) and own or {}) do -- a set: order does not matter
      hidden[group] = true
    end
    for name, one in pairs(columns or {}) do -- as above
      groups_of[name] = one == model and own or groups_of[name]
    end
  end
  return suppress.with_groups(of, hidden, self.threshold, groups_of)
end

local function row_is_hidden(of, row)
  local hidden <const> = frame.inside(of).hidden
  return hidden and row and hidden:get(row) == 1 or false
end

local function any_is_hidden(of)
  for row = 1, #of do
    if row_is_hidden(of, row) then
      return true
    end
  end
  return false
end
Context.any_is_hidden, Context.row_is_hidden = any_is_hidden, row_is_hidden

---Whether a month of a model may not be told, as a function of the month.
---@param model remit.model
---@return fun(month: string): boolean
function Context:withheld_months(model)
  self.months_of[model] = self.months_of[model] or require("remit.report.months").withheld(self, model)
  return self.months_of[model]
end

---Whether the grand total of a model is withheld, for it differs by few posts from another.
function Context:hides_total(model)
  for index, one in ipairs(self:models()) do
    if one == model then
      local of <const> = self:establishment()[index]
      return row_is_hidden(of, shape.total_row(of))
    end
  end
  return false
end

---The models whose totals are not withheld, and a sentence on the others.
---@return remit.model[] models, string? withheld
function Context:open_models()
  local open <const> = {}
  for _, model in ipairs(self:models()) do
    open[#open + 1] = not self:hides_total(model) and model or nil
  end
  return open, #open < #self:models() and require("remit.report.advice").reasons(self) or nil
end

---What would show the totals that are withheld, found out once; nothing where an establishment cannot be had and no section needs it.
---@return string[]
function Context:advice()
  local known <const> = self.threshold > 1 and (self.remedies or fault.caught(self.establishment, self))
  self.remedies = self.remedies or known and require("remit.report.advice").remedies(self) or {}
  return self.remedies
end

-- The bridge, or nil and why there is none: the base may be other data than the scenario stands on.
local function bridge_to(self, model)
  local compared <const> = require("remit.compare").new { self.base, model }
  local whole <const>, refusal <const> = fault.caught(compared.bridge, compared, { measure = "cost", at = self.at })
  return whole, refusal and refusal.message
end

---The bridge from the base to a scenario as it may be shown, and what of the money of its packages may be. That of packages that are not by few is in other
---tables, so their steps hide no others; where these would stand open then, or the total is withheld, the packages' money is withheld instead.
---@return { bridge: remit.frame?, reason: string?, counts: integer[], packages: boolean, sure: boolean }
function Context:parts(model)
  if self.parted[model] then
    return self.parted[model]
  end
  local lines <const>, counts <const>, fewest <const> = few.touched(model), few.transferred(model)
  local whole <const>, reason <const> = bridge_to(self, model)
  local counted <const> = whole and whole:with_column("lines", function(row)
    return lines[row.step] or nil
  end, { display = "count" })
  local open <const> = self.threshold < 2
  local made <const> = { bridge = counted, reason = reason, counts = counts,
    packages = open or not (fewest and fewest < self.threshold) and not fault.caught(self.hides_total, self, model),
    sure = open or whole ~= nil }
  self.parted[model] = made
  if open or not whole then
    return made
  end
  local known <const> = {}
  for _, entry in ipairs(state_of[model].plan.transfers) do
    known[entry.change.id or entry.change.kind] = true
  end
  local function guarded(with)
    return suppress.bridge(counted, { threshold = self.threshold, counts = { "lines" }, known = with })
  end
  made.bridge = guarded(known)
  made.packages = made.packages and not row_is_hidden(made.bridge, #made.bridge) and not row_is_hidden(made.bridge, 1)
  made.bridge = made.packages and made.bridge or guarded()
  local withheld <const> = self:withheld_steps(model)
  made.sure = few.on_one_rung(model, function(change)
    return withheld[change.id or change.kind] or false
  end)
  return made
end

---The changes that the bridge to a scenario withholds, by their names.
---@return table<string, boolean>
function Context:withheld_steps(model)
  local of <const>, names <const> = self:parts(model).bridge, {}
  for row = 2, of and #of - 1 or 0 do
    if row_is_hidden(of, row) then
      names[of:get(row, "step")] = true
    end
  end
  return names
end

return context
