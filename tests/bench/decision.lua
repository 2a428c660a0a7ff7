-- SPDX-License-Identifier: Apache-2.0
-- decision: tables of 200 rules over posts. A rule test is one rule tried on one post, however many inputs it has.

local figures <const> = require "figures"

local decision <const> = {}

local FIELDS <const> = { "rules", "inputs", "sets", "compile", "hits", "verify" }

-- The program's lines, as lists of figures a table, in the order in which the tables come.
local function measure(setting, posts, rounds)
  local pipe <const> = assert(io.popen(("%sbench_decision %d %d"):format(setting.programs, posts, rounds)))
  local tables <const> = {}
  for line in pipe:lines() do
    local name <const>, rest <const> = line:match "^([^\t]+)\t(.*)$"
    if not tables[name] then
      tables[name] = { name = name }
      table.insert(tables, tables[name])
    end
    local position = 0
    for number in rest:gmatch "%d+" do
      position = position + 1
      local field <const> = FIELDS[position]
      tables[name][field] = tables[name][field] or {}
      table.insert(tables[name][field], math.tointeger(number))
    end
  end
  assert(pipe:close(), "bench_decision failed")
  return tables
end

function decision.run(setting)
  local posts <const>, rounds <const> = setting.quick and 150000 or 1500000, setting.quick and 3 or 7
  figures.heading(("200 rules over %s posts, one thread"):format(figures.grouped(posts)))
  local rows <const>, result <const> = { { "Inputs are", "Inputs", "Sets met", "ms", "Million rule tests a second", "Compile ms", "Overlaps and gaps ms" } }, {}
  for _, one in ipairs(measure(setting, posts, rounds)) do
    local hits <const>, compile <const>, verify <const> = figures.summary(one.hits), figures.summary(one.compile), figures.summary(one.verify)
    local speed <const> = one.rules[1] * posts / hits.median * 1000
    table.insert(rows, { one.name, tostring(one.inputs[1]), figures.grouped(one.sets[1]), figures.brief(hits, 1e6), figures.grouped(math.floor(speed)),
      figures.brief(compile, 1e6), figures.brief(verify, 1e6) })
    table.insert(result, { name = one.name, posts = posts, rules = one.rules[1], inputs = one.inputs[1], sets = one.sets[1], hits = hits,
      compile = compile, verify = verify })
  end
  figures.print_table(rows)
  return result
end

return decision
