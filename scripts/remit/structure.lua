-- SPDX-License-Identifier: Apache-2.0
-- The organisation in a month: group by team by level, WTE that has no place in it, and professions missing from a group's leadership.
-- "The collaborative efforts of leaders from clinical (medical, nursing and AHP), commissioning, and finance at all levels" (S0).

local args <const> = require "remit.args"
local fault <const> = require "remit.fault"
local frame <const> = require "remit.frame"
local pivot <const> = require "remit.pivot"
local plain <const> = require "remit.plain"
local selection <const> = require "remit.select"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"
local total <const> = require "remit.total"

local structure <const> = {}

---Professions that a group's leadership needs: by what it is called, tests of posts' profession, with their source.
structure.PROFESSIONS = { clinical = "*medical*, *nurs*, *allied health*, *clinical*", commissioning = "*commission*", finance = "*financ*" }

local declared <const> = args.declare { name = "structure", doc = "Group by team by level, WTE without a home, professions missing from leadership.",
  example = 'print(base:structure())',
  { name = "at", kind = "month", doc = "the month; on a base the as-at month" },
  { name = "leaders", kind = "table", default = { band = ">= 8d" }, doc = "tests of the posts that lead" },
  { name = "professions", kind = "table", default = structure.PROFESSIONS, doc = "what leadership needs: names, and tests of the profession" },
  { name = "groups", kind = "string", default = "-", doc = "a test of the groups whose leadership is looked at" },
}

-- ---- Without a home ----

---WTE of posts that no team has, and that no group has.
---@param model remit.model
---@param at? string
---@return { team: integer, group: integer } micro-WTE
function structure.homeless(model, at)
  local made <const> = {}
  for _, field in ipairs { "team", "group" } do
    made[field] = state_of[model].lines:column(field) and total.exact(model, "wte", { at = at, where = { kind = "pay", [field] = "none" } }) or 0
  end
  return made
end

-- ---- Leadership ----

local function has_column(model, name)
  return state_of[model].lines:column(name) ~= nil
end

-- The top of a group's tree.
local function top_of(members, id)
  local parents <const>, code = members.table:column "parent", members.dictionary:find(id)
  while parents and code ~= 0 and parents:code(code) ~= 0 do
    code = parents:code(code)
  end
  return code ~= 0 and members.dictionary:label(code) or id
end

-- Where there is any of a measure, as group and level: each once, in the order of members. Groups are the tops of their trees; without levels there is one.
local function homes_with(model, measure, where, at)
  local list <const>, seen <const>, members <const> = {}, {}, state_of[model].members.group
  local levels <const> = has_column(model, "level")
  for row in model:pivot({ measures = { measure }, by = levels and { "group", "level" } or { "group" }, at = at, where = where }):rows() do
    local group <const> = type(row.group) == "string" and (members and top_of(members, row.group) or row.group)
    local level <const> = type(row.level) == "string" and row.level or nil
    local key <const> = group and ("%s\0%s"):format(group, level or "")
    if key and row[measure] > 0 and not seen[key] then
      list[#list + 1] = { group = group, level = level, key = key }
      seen[key] = true
    end
  end
  return list, seen
end

-- Where a profession leads: globs that match nothing are no error here.
local function led_by(model, spec, test)
  local where <const> = { profession = test, kind = "pay", vacant = false, group = spec.groups }
  for name, value in pairs(spec.leaders) do -- each by its own name: order does not matter
    where[name] = value
  end
  return select(2, homes_with(model, "in_post", where, spec.at))
end

-- What a list names has no test, and would be anybody.
local function check_professions(professions)
  for name in pairs(professions) do -- the same error whichever is met first
    if type(name) ~= "string" then
      fault.raise { code = "structure", message = "professions: names, and a test of the profession for each",
        hints = { 'professions = { nursing = "*nurs*" }' } }
    end
  end
end

---What is missing from the leadership of each group at each of its levels, and what was looked at; nil where nobody states professions.
---@param model remit.model
---@param given? table as for structure
---@return { group: string, level?: string, profession: string }[]? missing, { group: string, level?: string }[]? homes
function structure.missing(model, given)
  local spec <const> = declared(given)
  check_professions(spec.professions)
  if not has_column(model, "profession") or not has_column(model, "group") or state_of[model].lines:column("profession"):dictionary():size() == 0 then
    return nil
  end
  local missing <const>, led <const> = {}, {}
  local homes <const> = homes_with(model, "wte", { kind = "pay", group = spec.groups }, spec.at)
  local professions <const> = plain.keys(spec.professions)
  for _, profession in ipairs(professions) do
    led[profession] = led_by(model, spec, spec.professions[profession])
  end
  for _, home in ipairs(homes) do
    for _, profession in ipairs(professions) do
      missing[#missing + 1] = not led[profession][home.key] and { group = home.group, level = home.level, profession = profession } or nil
    end
  end
  return missing, homes
end

local function home_text(home)
  return home.level and ("%s at %s"):format(home.group, home.level) or home.group
end

---What is missing, in words: "strategic at place lacks commissioning, finance; ...".
---@param missing { group: string, level?: string, profession: string }[]
---@return string
function structure.missing_text(missing)
  local words <const>, last = {}, nil
  for _, one in ipairs(missing) do
    local home <const> = home_text(one)
    if home == last then
      words[#words] = ("%s, %s"):format(words[#words], one.profession)
    else
      words[#words + 1] = ("%s lacks %s"):format(home, one.profession)
    end
    last = home
  end
  return table.concat(words, "; ")
end

---What was looked at, in words.
---@param homes { group: string, level?: string }[]
---@return string
function structure.homes_text(homes)
  local words <const> = {}
  for index, home in ipairs(homes) do
    words[index] = home_text(home)
  end
  return table.concat(words, ", ")
end

-- ---- The frame ----

-- As people read them: "band >= 8d".
local function tests_text(tests)
  local words <const> = {}
  for index, pair in ipairs(selection.tests(tests)) do
    words[index] = ("%s %s"):format(pair[1], pair[2])
  end
  return table.concat(words, ", ")
end

local function missing_note(model, spec)
  local missing <const>, homes <const> = structure.missing(model, spec)
  if not missing then
    return "Professions of leaders: posts state none, or no groups."
  elseif #missing == 0 then
    return ("Leadership of %s: no profession is missing (%s)."):format(structure.homes_text(homes), table.concat(plain.keys(spec.professions), ", "))
  end
  return ("Leadership (in post, %s): %s."):format(tests_text(spec.leaders), structure.missing_text(missing))
end

local function home_note(model, at)
  local homeless <const> = structure.homeless(model, at)
  return ("Without a home: %s WTE in no group, %s WTE in no team."):format(show.number(homeless.group, "WTE"), show.number(homeless.team, "WTE"))
end

---@param model remit.model
---@param given? table
---@return remit.frame
function structure.run(model, given)
  local spec <const> = declared(given)
  if not state_of[model].posts_kind then
    fault.raise { code = "structure", message = "this pack has no posts" }
  end
  local by <const> = {}
  for _, name in ipairs { "group", "team", "level" } do
    by[#by + 1] = has_column(model, name) and name or nil
  end
  local made <const> = frame.inside(pivot.run(model, { measures = { "wte", "in_post", "posts" }, by = by, at = spec.at, where = { kind = "pay" },
    totals = true }))
  return frame.new { table = made.table, columns = made.columns, keys = by, about = model:about { title = "Structure", money = false, at = spec.at,
    notes = { home_note(model, spec.at), missing_note(model, spec) } } }
end

return structure
