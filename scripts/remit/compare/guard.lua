-- SPDX-License-Identifier: Apache-2.0
-- Whether figures of two models may stand side by side. What makes them incomparable is an error with the way out, which is to accept it by name; what else
-- differs is said below the table.

local fault <const> = require "remit.fault"
local model <const> = require "remit.model"
local plain <const> = require "remit.plain"
local select <const> = require "remit.select"
local state_of <const> = require "remit.state_of"

local guard <const> = {}

---What a comparison may accept.
guard.KINDS = { "prices", "perimeter", "vocabulary" }

local function root_of(one)
  return state_of[one].root or one
end

-- ---- What differs: each says it of two models, by their names, or nothing ----

local function prices(a, b, first, second)
  local before <const>, after <const> = state_of[a].settings.price_base, state_of[b].settings.price_base
  if before ~= after then
    return ("%s is in %s prices and %s in %s"):format(first, before or "unstated", second, after or "unstated")
  end
end

-- The labels of a field that the lines of a question have.
local function labels_in(one, field, where)
  local root <const>, found <const> = root_of(one), {}
  local lines <const> = state_of[root].lines
  if lines:column(field) then
    local held <const> = where and select.new(root, where, "lines"):on(lines, ""):take() or lines
    local groups <const>, column <const> = held:distinct { field }, held:column(field)
    for group = 1, groups:count() do
      found[column:get(groups:first(group)) or "(none)"] = true
    end
  end
  return plain.keys(found)
end

local function lacking(list, other)
  local has <const>, words <const> = {}, {}
  for _, label in ipairs(other) do
    has[label] = true
  end
  for _, label in ipairs(list) do
    words[#words + 1] = not has[label] and label or nil
  end
  return #words > 0 and table.concat(words, ", ") or nil
end

-- What only one of two lists has, in words.
local function only(what, before, after, first, second)
  local fewer <const>, more <const>, words <const> = lacking(before, after), lacking(after, before), {}
  words[1] = fewer and ("only %s has the %s %s"):format(first, what, fewer) or nil
  words[#words + 1] = more and ("only %s has the %s %s"):format(second, what, more) or nil
  return #words > 0 and table.concat(words, ", ") or nil
end

local FIELDS <const> = { { "org", "organisations" }, { "fund", "funds" }, { "kind", "kinds of line" } }

local function perimeter(a, b, first, second, where)
  local home <const>, other <const>, words <const> = state_of[a].settings.organisation, state_of[b].settings.organisation, {}
  if home ~= other then
    return ("%s is of %s and %s of %s"):format(first, home or "no stated organisation", second, other or "no stated organisation")
  end
  for _, field in ipairs(FIELDS) do
    words[#words + 1] = only(field[2], labels_in(a, field[1], where), labels_in(b, field[1], where), first, second)
  end
  return #words > 0 and table.concat(words, ", ") or nil
end

local function functions_of(one)
  local members <const> = state_of[one].members.fn
  return members and members.dictionary:labels() or {}
end

local function vocabulary_of(one)
  local source <const> = state_of[one].sources.functions
  if not source then
    return "no functions"
  end
  return source.from == "vocabulary" and "the toolkit's functions " .. require("remit.vocabulary").version() or "functions of its pack"
end

local function vocabulary(a, b, first, second)
  local text <const> = only("functions", functions_of(a), functions_of(b), first, second)
  return text and ("%s has %s and %s %s: %s"):format(first, vocabulary_of(a), second, vocabulary_of(b), text) or nil
end

-- Steps since loading that only one of two models has: decisions, further fields.
local function decisions(a, b)
  local before <const>, words <const>, seen <const> = {}, {}, {}
  for _, step in ipairs(state_of[root_of(a)].steps or {}) do
    before[step.kind .. "\0" .. step.text] = true
  end
  for _, step in ipairs(state_of[root_of(b)].steps or {}) do
    if not before[step.kind .. "\0" .. step.text] and not seen[step.kind] then
      words[#words + 1] = step.kind
      seen[step.kind] = true
    end
  end
  return #words > 0 and table.concat(words, ", ") or nil
end

local READING <const> = { published_basis = "its published totals are on another basis, or none is stated", pension_view = "pensions are costed otherwise",
  max_wte = "a post may hold more or less WTE", note = false, organisation = false, price_base = false, as_at = false, format = false, crosswalk = false }

-- Models that were derived from one share what was loaded.
local function same_pack(a, b)
  return state_of[a].sources == state_of[b].sources or model.data_hash(a) == model.data_hash(b)
end

-- Differences that leave figures comparable, in plain words. `one` is how the second is called, `first` the first.
local function small_differences(a, b, one, first)
  local notes <const> = {}
  local before <const>, after <const> = root_of(a), root_of(b)
  if not same_pack(before, after) then
    notes[1] = ("%s stands on another pack than %s (%s, %s): %d lines and %d."):format(one, first, model.data_hash(after):sub(1, 6),
      model.data_hash(before):sub(1, 6), state_of[after].lines:rows(), state_of[before].lines:rows())
    local month <const>, later <const> = state_of[before].settings.as_at, state_of[after].settings.as_at
    notes[#notes + 1] = month ~= later and ("Its establishment is of %s, that of %s of %s."):format(later, first, month) or nil
    for _, key in ipairs(plain.keys(READING)) do
      notes[#notes + 1] = READING[key] and state_of[before].settings[key] ~= state_of[after].settings[key] and ("%s: %s."):format(one, READING[key]) or nil
    end
  end
  local more <const>, fewer <const> = decisions(a, b), decisions(b, a)
  notes[#notes + 1] = more and ("%s stands on other decisions than %s: %s."):format(one, first, more) or nil
  notes[#notes + 1] = fewer and ("%s stands without decisions of %s: %s."):format(one, first, fewer) or nil
  return notes
end

-- ---- Holding a question against them ----

local function tests_functions(spec)
  for _, path in ipairs(spec.by or {}) do
    if path == "fn" or path:sub(1, 3) == "fn." then
      return true
    end
  end
  return type(spec.where) == "table" and getmetatable(spec.where) == nil and spec.where.fn ~= nil
end

local function differences(a, b, first, second, spec)
  if same_pack(a, b) then
    return {}
  end
  return { prices = not spec.prices and prices(a, b, first, second) or nil, perimeter = perimeter(a, b, first, second, spec.where),
    vocabulary = vocabulary(a, b, first, second) }
end

local function refuse(list, kinds, year)
  local text <const> = #kinds > 1 and ("{ %s }"):format(table.concat(kinds, ", ")) or kinds[1]
  local way_out <const> = ("accept it: remit.compare { ..., accept = %s }"):format(text)
  fault.raise { code = "compare", message = ("these figures cannot be compared: %s"):format(table.concat(list, "; ")), hints = {
    kinds[1] == '"prices"' and ('ask for all in those of one year, by uplifts.csv: remit.compare { ... }:table { prices = "%s", ... }'):format(year) or way_out,
    kinds[1] == '"prices"' and "or " .. way_out or nil } }
end

---What a reader should know of models whose figures stand side by side; what makes them incomparable and is not accepted is an error.
---@param models remit.model[]
---@param names string[]
---@param accept table<string, boolean>
---@param spec { by?: string[], where?: table, prices?: string, figures?: boolean } `figures` is false where none are compared
---@return string[] notes
function guard.notes(models, names, accept, spec)
  local notes <const>, refused <const>, kinds <const>, seen <const> = {}, {}, {}, {}
  for index = 2, #models do
    local found <const> = differences(models[1], models[index], names[1], names[index], spec)
    for _, kind in ipairs(guard.KINDS) do
      local text <const> = found[kind]
      local matters <const> = spec.figures ~= false and (kind ~= "vocabulary" or tests_functions(spec))
      if text and matters and not accept[kind] then
        refused[#refused + 1] = text
        kinds[#kinds + 1] = not seen[kind] and ('"%s"'):format(kind) or nil
        seen[kind] = true
      elseif text then
        notes[#notes + 1] = ("%s%s."):format(matters and "Accepted: " or "", text)
      end
    end
    for _, note in ipairs(small_differences(models[1], models[index], names[index], names[1])) do
      notes[#notes + 1] = note
    end
  end
  return #refused > 0 and refuse(refused, kinds, state_of[models[1]].settings.price_base or "2025/26") or notes
end

---The prices that compared figures are in.
---@param models remit.model[]
---@return string?
function guard.price_base(models)
  local words <const>, seen <const> = {}, {}
  for _, one in ipairs(models) do
    local year <const> = state_of[one].settings.price_base
    words[#words + 1] = year and not seen[year] and year or nil
    seen[year or false] = true
  end
  return #words > 0 and table.concat(words, " and ") .. " prices" or nil
end

return guard
