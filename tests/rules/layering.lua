-- SPDX-License-Identifier: Apache-2.0
-- layering: a file of core/ uses only nouns that stand before its own in remit.h, and nothing of Lua; one file meets the operating system.
--
-- csv.c, csv_load.c and csv_internal.h belong to the noun csv. A helper that is no noun (memory, glob) stands where the last noun that it
-- includes itself stands, and who uses it must come no earlier.

local STANDARD <const> = {}
for name in ("assert ctype errno float inttypes limits math stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string"):gmatch "%w+" do
  STANDARD[name .. ".h"] = true
end

-- Beyond standard C: which files may include what.
local GRANTED <const> = {
  ["utf8proc.h"] = "^core/[%w_]+%.c$",
  ["pthread.h"] = "^core/threads%.c$",
  ["unistd.h"] = "^core/threads%.c$",
  ["cpuid.h"] = "^core/hash_sha256%.c$", -- what __builtin_cpu_supports does not know
  ["immintrin.h"] = "^core/[%w_]+%.c$", -- what a processor may lack, asked for when the program runs
  ["emmintrin.h"] = "^core/[%w_]+%.c$", -- SSE2, behind #ifdef __SSE2__
}

local function reading_order(files)
  local order <const> = {}
  for _, file in ipairs(files) do
    if file.path == "core/include/remit/remit.h" then
      for noun in file.text:gmatch '#include "remit/([%w_]+)%.h"' do
        order[#order + 1] = noun
        order[noun] = #order
      end
    end
  end
  return order
end

-- The noun that a file belongs to: "csv_load" to csv, "glob" to "".
local function noun_of(stem, order)
  local best = ""
  for _, noun in ipairs(order) do
    if stem == noun or stem:sub(1, #noun + 1) == noun .. "_" then
      best = noun
    end
  end
  return best
end

local function stem_of(path)
  return path:match "([%w_]+)%.[ch]$"
end

local function each_include(text)
  local number = 0
  return coroutine.wrap(function()
    for line in (text .. "\n"):gmatch "(.-)\n" do
      number = number + 1
      local quoted, name <const> = line:match '^%s*#%s*include%s*([<"])([^>"]+)[>"]'
      if name then
        coroutine.yield(number, name, quoted == '"')
      end
    end
  end)
end

-- The last place in the reading order that a helper's header and source reach.
local function helper_place(stem, core, order, on_way)
  local place = 0
  on_way[stem] = true
  for _, file in ipairs(core[stem] or {}) do
    for _, name, own in each_include(file.text) do
      local other <const> = stem_of(name)
      if own and not on_way[other] then
        place = math.max(place, order[noun_of(other, order)] or helper_place(other, core, order, on_way))
      end
    end
  end
  return place
end

local function check_own(noun, name, core, order)
  if name == "remit/remit.h" then
    return "includes the whole book: name the nouns"
  end
  local other <const> = stem_of(name)
  local at <const> = order[noun_of(other, order)] or helper_place(other, core, order, {})
  if noun ~= "" and at > order[noun] then
    return ("%s stands before %s and may not include %s"):format(noun, order[at], name)
  end
end

local function check_system(path, name)
  local granted <const> = STANDARD[name] or GRANTED[name] and path:match(GRANTED[name]) or path:match "^core/os%.[ch]$"
  return not granted and name .. " is not for this file"
end

local function is_lua(name)
  return name:match "^lua" or name:match "^lauxlib" or name:match "^lualib"
end

-- The files of core/ itself by stem: a header and its source.
local function by_stem(files)
  local core <const> = {}
  for _, file in ipairs(files) do
    if file.path:match "^core/[%w_]+%.[ch]$" then
      local stem <const> = stem_of(file.path)
      core[stem] = core[stem] or {}
      table.insert(core[stem], file)
    end
  end
  return core
end

return function(file, report, files)
  if not file.path:match "^core/.*%.[ch]$" or file.path == "core/include/remit/remit.h" then
    return
  end
  local order <const>, core <const> = reading_order(files), by_stem(files)
  local noun <const> = noun_of(stem_of(file.path), order)
  for number, name, own in each_include(file.text) do
    local wrong
    if is_lua(name) then
      wrong = name .. " in the core, which knows nothing of Lua"
    elseif own then
      wrong = check_own(noun, name, core, order)
    else
      wrong = check_system(file.path, name)
    end
    if wrong then
      report(number, wrong)
    end
  end
end
