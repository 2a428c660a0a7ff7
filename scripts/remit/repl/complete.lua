-- SPDX-License-Identifier: Apache-2.0
-- What the tab key offers: calls, arguments, and labels of the data. A candidate is { text, what it is }; several are all listed.

local context <const> = require "remit.repl.context"
local core <const> = require "remit.core"
local help <const> = require "remit.help"
local plain <const> = require "remit.plain"
local safe <const> = require "remit.safe"
local show <const> = require "remit.show"
local state_of <const> = require "remit.state_of"

local complete <const> = {}

local LISTED <const> = 60

local KEYWORDS <const> = { "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or", "repeat",
  "return", "then", "true", "until", "while" }

-- Calls whose table holds tests on fields, and arguments that do.
local SELECTING <const> = { ["model:posts"] = true, ["model:lines"] = true, ["model:functions"] = true, ["frame:where"] = true }
local TESTS <const> = { where = true, include = true, exclude = true, posts = true, lines = true, functions = true, protect = true }
local MEASURING <const> = { ["model:total"] = true, ["selection:sum"] = true }
local MEASURES <const> = { measures = true, measure = true, sort = true }
local READING <const> = { ["remit.load"] = true, ["remit.decision_table"] = true, ["remit.subsidiarity"] = true, ["remit.crosswalk"] = true,
  ["frame:save"] = true, ["crosswalk:save"] = true }
local OF_COLUMNS <const> = { ["frame:top"] = true, ["frame:bars"] = true, ["frame:sparks"] = true, ["frame:sort"] = true, ["frame:join"] = true }

-- ---- Where candidates come from ----

local function model_of(place, env)
  for index = #place.opens, 1, -1 do
    local thing <const> = place.opens[index].thing
    if thing and thing.model then
      return thing.model
    end
  end
  for _, name in ipairs { "base", "model", "plan", table.unpack(plain.keys(env)) } do
    local value <const> = rawget(env, name)
    if plain.object_name(value) == "remit.model" then
      return value
    end
  end
end

local function of_names(names, what)
  local list <const> = {}
  for index, name in ipairs(names) do
    list[index] = { name, what }
  end
  return list
end

local function of_measures(model)
  local list <const> = {}
  for _, measure in ipairs(model and state_of[model].measures or {}) do
    list[#list + 1] = { measure.name, measure.doc }
  end
  return list
end

-- The fields that tests may name, below a dimension its attributes.
local function of_fields(model, path)
  if not model then
    return {}
  end
  local lines <const> = state_of[model].lines
  if path == "" then
    return of_names(lines:names())
  end
  local dimension <const> = lines:dimension(path)
  return dimension and of_names(dimension:names()) or {}
end

local function of_paths(model)
  local list <const> = {}
  for _, name in ipairs(model and state_of[model].lines:names() or {}) do
    if state_of[model].lines:column(name):unit() == "code" then
      list[#list + 1] = { name }
      local dimension <const> = state_of[model].lines:dimension(name)
      for _, attribute in ipairs(dimension and dimension:names() or {}) do
        list[#list + 1] = { name .. "." .. attribute }
      end
    end
  end
  return list
end

-- The labels of a field, with their names where members have one.
local function of_labels(model, path)
  local lines <const> = model and state_of[model].lines
  local column <const> = lines and lines:resolve(path)
  local dictionary <const> = column and column:unit() == "code" and column:dictionary()
  if not dictionary then
    return {}
  end
  local members <const>, names <const> = lines:dimension(path), {}
  local name_column <const> = members and members:column "name"
  local id_column <const> = name_column and members:column(members:names()[1])
  for row = 1, id_column and members:rows() or 0 do
    names[id_column:get(row)] = name_column:get(row)
  end
  local list <const> = {}
  for index, label in ipairs(dictionary:labels()) do
    list[index] = { label, names[label] }
  end
  return list
end

local function of_files(partial)
  local host <const> = package.preload["remit.host"] and require "remit.host"
  local folder <const> = partial:match "^(.*/)" or ""
  local list <const> = {}
  for _, name in ipairs(host and host.list(folder == "" and "." or folder) or {}) do
    if name:sub(1, 1) ~= "." then
      local path <const> = folder .. name
      list[#list + 1] = { core.file.kind(path) == "directory" and path .. "/" or path }
    end
  end
  return list
end

local function of_class(class, link)
  local list <const>, prefix <const> = {}, class .. link
  for _, entry in ipairs(help.entries()) do
    if entry.name:sub(1, #prefix) == prefix then
      list[#list + 1] = { entry.name:sub(#prefix + 1), entry.doc:match "^[^.:]*" }
    end
  end
  return list
end

local function of_members(thing, link, env)
  if thing.value == require "remit" or thing.value ~= nil and thing.value == rawget(env, "remit") then
    return of_class("remit", ".")
  elseif thing.class then
    return of_class(thing.class, ":")
  elseif type(thing.value) == "table" and link == "." then
    return of_names(plain.keys(thing.value))
  elseif type(thing.value) == "string" then
    return of_names(plain.keys(string))
  end
  return {}
end

local function of_variables(env)
  local names <const> = plain.keys(env)
  return of_names(table.move(KEYWORDS, 1, #KEYWORDS, #names + 1, names))
end

-- ---- Which of them ----

-- The call that the cursor is in, and the names on the way from its arguments to the cursor.
local function slot(place)
  local path <const> = {}
  local key = place.key
  for index = #place.opens, 1, -1 do
    local open <const> = place.opens[index]
    if key then
      table.insert(path, 1, key)
    end
    if open.thing then
      return open.thing.call, path, open
    end
    key = open.key
  end
  return nil, path
end

local function declared(call, name)
  if not call or not call.declared then
    return nil
  end
  for _, field in ipairs(help.registry()[call.declared]) do
    if field.name == name then
      return field
    end
  end
end

-- The field that the rest of a path names, when it leads through an argument that takes tests.
local function tested(call, path)
  if call and SELECTING[call.name] then
    return table.concat(path, ".")
  end
  for index = #path, 1, -1 do
    if TESTS[path[index]] then
      return table.concat(path, ".", index + 1)
    end
  end
end

local function of_frame(open)
  return open.thing.value and of_names(open.thing.value:columns()) or {}
end

local function by_position(place, call, open, model)
  local first <const> = open.item == 1
  if READING[call.name] and first then
    return of_files(place.partial)
  elseif MEASURING[call.name] and first then
    return of_measures(model)
  elseif OF_COLUMNS[call.name] then
    return of_frame(open)
  elseif call.name == "model:dim" or call.name == "model:find" and first then
    return of_fields(model, "")
  elseif call.name == "model:find" then
    return of_labels(model, "fn")
  elseif call.name == "model:explain" then
    return first and of_labels(model, "fn") or of_fields(model, "fn")
  elseif call.name == "model:closure" then
    return of_labels(model, "fn")
  end
  return {}
end

-- A label with signs of the test language in it is quoted, as the string that it stands in needs it.
local function quoted(labels, quote)
  local mark <const> = quote == '"' and '\\"' or '"'
  for index, candidate in ipairs(labels) do
    local label <const> = candidate[1]
    if label:find '[,()%[%]<>=*"\\]' or label:find "^%-" then
      labels[index] = { mark .. label:gsub('"', mark .. mark) .. mark, candidate[2] or label, label = label }
    end
  end
  return labels
end

local function in_string(place, env)
  local call <const>, path <const>, open <const> = slot(place)
  local model <const> = model_of(place, env)
  local field <const> = tested(call, path)
  local last <const> = path[#path]
  if field and field ~= "" then
    return quoted(of_labels(model, field), place.quote)
  elseif last and MEASURES[last] then
    return of_measures(model)
  elseif last == "by" or last == "of" then
    return of_paths(model)
  elseif last then
    local argument <const> = declared(call, last)
    return argument and type(argument.kind) == "table" and of_names(argument.kind) or last == "fn" and of_labels(model, "fn") or {}
  end
  return call and by_position(place, call, open, model) or {}
end

-- Names that may stand before = in the table that the cursor is in.
local function keys_at(place, env)
  local call <const>, path <const> = slot(place)
  local field <const> = tested(call, path)
  local model <const> = model_of(place, env)
  if field then
    return of_fields(model, field)
  elseif #path == 0 and call and call.declared then
    local list <const> = {}
    for _, argument in ipairs(help.registry()[call.declared]) do
      list[#list + 1] = { argument.name, argument.doc }
    end
    return list
  end
  return {}
end

-- ---- The answer ----

local function fold(text)
  return core.text.fold(text) or text:lower()
end

-- Those that begin with it; where none does, those whose name holds it.
local function matching(candidates, partial)
  local wanted <const>, found <const> = fold(partial), {}
  for _, candidate in ipairs(candidates) do
    if fold(candidate.label or candidate[1]):sub(1, #wanted) == wanted then
      found[#found + 1] = candidate
    end
  end
  for _, candidate in ipairs(#found == 0 and #partial > 1 and candidates or {}) do
    if candidate[2] and fold(candidate[2]):find(wanted, 1, true) then
      found[#found + 1] = candidate
    end
  end
  return found
end

local function common(candidates)
  local text = candidates[1][1]
  for _, candidate in ipairs(candidates) do
    local same = 0
    for at, code in utf8.codes(text) do
      local size <const> = #utf8.char(code)
      if candidate[1]:sub(at, at + size - 1) ~= text:sub(at, at + size - 1) then
        break
      end
      same = at + size - 1
    end
    text = text:sub(1, same)
  end
  return text
end

local function listed(candidates)
  local widest, lines <const> = 0, {}
  for _, candidate in ipairs(candidates) do
    widest = math.max(widest, show.width(safe(candidate[1])))
  end
  for index, candidate in ipairs(candidates) do
    if index > LISTED then
      lines[#lines + 1] = ("  ... %d more"):format(#candidates - LISTED)
      break
    end
    local what <const> = candidate[2] and safe((candidate[2]:gsub("%s+", " "))) or ""
    lines[#lines + 1] = "  " .. (what == "" and safe(candidate[1]) or show.pad(safe(candidate[1]), widest) .. "  " .. what)
  end
  return lines
end

local function cut(lines, width)
  for index, line in ipairs(lines) do
    if width and show.width(line) > width then
      local kept = line
      while show.width(kept) > width - 3 do
        kept = kept:sub(1, utf8.offset(kept, -1) - 1)
      end
      lines[index] = kept .. "..."
    end
  end
  return table.concat(lines, "\n")
end

-- The part of a string that is being written: behind the last comma, bracket or operator of the test language.
local function last_word(text)
  return text:match "[^,(]*$":gsub("^%s+", ""):gsub("^[<>=]+%s*", "")
end

---What could stand at the end of a text, and how many of its last bytes that replaces.
---@param text string up to the cursor
---@param env table
---@return string[][] candidates, integer replaced, string? after what follows one that is alone
function complete.candidates(text, env)
  local place <const> = context.at(text, env)
  if not place then
    return {}, 0
  elseif place.quote then
    local call <const> = slot(place)
    local partial <const> = call and READING[call.name] and place.partial or last_word(place.partial)
    return matching(in_string(place, env), partial), #partial
  elseif place.link then
    return place.before and matching(of_members(place.before, place.link, env), place.partial) or {}, #place.partial
  end
  local top <const> = place.opens[#place.opens]
  if top and top.at_key and not place.key then
    local keys <const> = matching(keys_at(place, env), place.partial)
    if #keys > 0 then
      return keys, #place.partial, " = "
    end
  end
  return place.partial ~= "" and matching(of_variables(env), place.partial) or {}, #place.partial
end

-- ?name and .command
local function of_line(text)
  local name <const> = text:match "^%s*%?%s*([%w_.:]*)$"
  if name then
    local list <const> = {}
    for _, entry in ipairs(help.entries()) do
      list[#list + 1] = { name:find "[.:]" and entry.name or entry.name:match "[%w_]+$" }
    end
    return matching(list, name), #name
  end
  local path <const> = text:match "^%s*%.load%s+(.*)$"
  if path then
    return matching(of_files(path), path), #path
  end
  local command <const> = text:match "^%s*%.(%a*)$"
  if command then
    local list <const> = {}
    for _, dot in ipairs(require("remit.repl.dots").list) do
      list[#list + 1] = { dot.name, dot.doc }
    end
    return matching(list, command), #command
  end
end

local function without_repeats(candidates)
  local there <const>, list <const> = {}, {}
  for _, candidate in ipairs(candidates) do
    list[#list + 1] = not there[candidate[1]] and candidate or nil
    there[candidate[1]] = true
  end
  return list
end

---The tab key.
---@param session remit.repl.session
---@param before string the line up to the cursor
---@return integer? replaced, string? text, string? list
function complete.key(session, before)
  local found, replaced, after
  if not session.pending then
    found, replaced = of_line(before)
  end
  if not found then
    found, replaced, after = complete.candidates((session.pending and session.pending .. "\n" or "") .. before, session.env)
  end
  found = without_repeats(found)
  if #found == 0 then
    return nil
  elseif #found == 1 then
    return replaced, found[1][1] .. (after or "")
  end
  local text <const> = common(found)
  local longer <const> = #text >= replaced and text ~= before:sub(#before - replaced + 1)
  return replaced, longer and text or nil, cut(listed(found), require("remit.terminal").width())
end

return complete
