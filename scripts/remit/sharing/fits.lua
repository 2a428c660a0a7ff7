-- SPDX-License-Identifier: Apache-2.0
-- Whether a bundle's needs are met here, before it runs: this remit, its vocabulary, the pack, the site profile. What is missing is said in the words of
-- who has the pack.

local core <const> = require "remit.core"
local crosswalk <const> = require "remit.crosswalk"
local engine <const> = require "remit.sharing.engine"
local fault <const> = require "remit.fault"
local load <const> = require "remit.load"
local measures <const> = require "remit.measures"
local plain <const> = require "remit.plain"
local schema <const> = require "remit.schema"
local select <const> = require "remit.select"
local site <const> = require "remit.site"
local state_of <const> = require "remit.state_of"
local vocabulary <const> = require "remit.vocabulary"

local fits <const> = {}

local SHOWN <const> = 12 -- local names that are listed

local function finding(found, text, ...)
  local lines <const> = { text, ... }
  found[#found + 1] = table.concat(lines, "\n  ")
end

-- ---- This remit ----

local function check_engine(needs, found)
  if needs.engine and not engine.fits(core.version, needs.engine) then
    finding(found, ("it works with remit %s, and this is %s"):format(needs.engine, core.version))
  end
  local shipped <const> = vocabulary.version()
  if needs.vocabulary and not plain.among(needs.vocabulary, shipped) then
    finding(found, ("it was made with vocabulary %s, and this remit has %s: functions may have other ids"):format(table.concat(needs.vocabulary, ", "),
      shipped),
      "ask its author for one that says remit.needs { vocabulary = ... } for both, or run it with the remit that has its vocabulary")
  end
end

-- ---- Local names ----

-- What each name of no function may be, by likeness. Nothing is assigned.
local function likely_names(model)
  local frame <const>, lines <const>, at <const> = crosswalk.new():suggest(model), {}, {}
  for row in frame:rows() do
    local may_be <const> = type(row.fn) == "string" and ("%s (%.0f%%)"):format(row.fn, row.likeness * 100) or nil
    if not at[row.from] then
      lines[#lines + 1] = { name = row.from, count = row.lines, likely = {} }
      at[row.from] = lines[#lines]
    end
    table.insert(at[row.from].likely, may_be)
  end
  return lines
end

local function check_names(model, found)
  local names <const>, hints <const> = likely_names(model), {}
  for index = 1, math.min(#names, SHOWN) do
    local one <const> = names[index]
    hints[index] = ("'%s' (%s)%s"):format(one.name, plain.counted(one.count, "line"),
      #one.likely > 0 and " may be " .. table.concat(one.likely, ", ") or ": like none of them")
  end
  if #names > SHOWN then
    hints[#hints + 1] = ("and %d names more"):format(#names - SHOWN)
  end
  hints[#hints + 1] = 'a crosswalk says which is which: remit.crosswalk():save("out/crosswalk.csv", { suggest = remit.load(PACK, { unmapped = "park" }) })'
  hints[#hints + 1] = 'confirm its rows, put it into the pack, and name it in datapackage.json: "remit": { "crosswalk": "crosswalk.csv" }'
  finding(found, ("%s of the pack %s no function"):format(plain.counted(#names, "name"), #names == 1 and "is" or "are"), table.unpack(hints))
end

-- The pack as a model; nil when it does not load, which is said.
local function load_pack(path, parks, found)
  local model <const>, refusal <const> = fault.caught(load, path, { unmapped = parks and "park" or "refuse" })
  if model then
    return model
  end
  local parked <const> = not parks and fault.caught(load, path, { unmapped = "park" }) or nil
  if parked then
    check_names(parked, found)
    return parked
  end
  finding(found, "the pack does not load: " .. tostring(refusal))
end

-- ---- The pack ----

local function check_tables(needs, model, found)
  for _, name in ipairs(needs.tables or {}) do
    local source <const>, file <const> = state_of[model].sources[name], schema.file(name)
    if not source then
      finding(found, ("it needs %s.csv%s, and the pack has none"):format(name, file and (", in which a row is " .. file.row) or ""),
        fault.suggest(name, state_of[model].source_names))
    end
  end
end

local function measure_doc(name)
  for _, measure in ipairs(measures.standard) do
    if measure.name == name then
      return " (" .. measure.doc .. ")"
    end
  end
  return ""
end

local function check_measures(needs, model, found)
  local names <const> = plain.names(state_of[model].measures)
  for _, name in ipairs(needs.measures or {}) do
    if not plain.among(names, name) then
      finding(found, ("it asks for the measure %s%s, which cannot be had from this pack"):format(name, measure_doc(name)),
        fault.suggest(name, names) or "it has " .. table.concat(names, ", "))
    end
  end
end

local function tables_of(model)
  return { state_of[model].lines, state_of[model].posts, state_of[model].assignments }
end

local function has(model, path)
  for _, core_table in pairs(tables_of(model)) do -- any of them: order does not matter
    if select.resolve(core_table, path) then
      return true
    end
  end
  return false
end

-- The fields of the pack's own that could be mapped.
local function labels_of(model)
  local names <const> = {}
  for _, name in ipairs(state_of[model].lines:names()) do
    names[#names + 1] = state_of[model].lines:column(name):unit() == "code" and name or nil
  end
  return names
end

local function check_dimensions(needs, model, found)
  for _, name in ipairs(needs.dimensions or {}) do
    if not has(model, name) then
      local labels <const> = labels_of(model)
      finding(found, ("it tells lines apart by %s, and the pack's lines have no such field"):format(name),
        fault.suggest(name, labels) or "they have " .. table.concat(labels, ", "),
        name == "fn" and "functions come from a field `fn`, or from a crosswalk of a field of your own" or nil)
    end
  end
end

local function check_attributes(needs, model, found)
  for _, path in ipairs(needs.attributes or {}) do
    local dimension <const>, attribute <const> = path:match "^([^.]+)%.(.+)$"
    if dimension and has(model, dimension) and not has(model, path) then
      local members <const> = state_of[model].lines:dimension(dimension)
      local names <const> = members and members:names() or {}
      finding(found, ("it asks what %s the members of %s are, and the pack does not say"):format(attribute, dimension), fault.suggest(attribute, names)
        or #names > 0 and "it says " .. table.concat(names, ", ") or nil)
    end
  end
end

local function check_pack(needs, path, found)
  local model <const> = load_pack(path, needs.parks, found)
  if model then
    check_tables(needs, model, found)
    check_dimensions(needs, model, found)
    check_attributes(needs, model, found)
    check_measures(needs, model, found)
  end
end

-- ---- The site profile ----

local function check_site(needs, given, beside, found)
  local missing <const> = {}
  for _, name in ipairs(needs.site or {}) do
    local known <const>, message <const> = site.check_name(name)
    if not known then
      finding(found, message)
    elseif not given or site.value(given.profile, name) == nil then
      missing[#missing + 1] = site.teach(name)
    end
  end
  if #missing > 0 then
    finding(found, given and ("the site profile %s lacks what it needs:"):format(given.path)
      or ("there is no site profile (%s, or --site FILE), and it needs \"format\": 1 and:"):format(beside), table.unpack(missing))
  end
end

---What the bundle needs and is not here: a text each.
---@param manifest remit.manifest
---@param pack? string its path, when the bundle gets it
---@param given? { path: string, profile: table } the site profile
---@return string[]
function fits.findings(manifest, pack, given)
  local found <const> = {}
  check_engine(manifest.needs, found)
  if pack then
    check_pack(manifest.needs, pack, found)
  end
  check_site(manifest.needs, given, pack and site.beside(pack) or site.FILE .. " beside the pack", found)
  return found
end

return fits
