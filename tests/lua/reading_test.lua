-- SPDX-License-Identifier: Apache-2.0
-- The same rows under another reading are another model; and what two stated figures leave open.

local check <const> = require "check"
local read <const> = require("files").read
local remit <const> = require "remit"

-- An example's pack with its descriptor changed, in a folder of its own.
local function with_descriptor(example, change, body)
  local folder <const> = os.tmpname()
  os.remove(folder)
  assert(os.execute(("cp -r examples/%s '%s'"):format(example, folder)))
  local path <const> = folder .. "/datapackage.json"
  local before <const> = read(path)
  local after <const> = change(before)
  assert(before ~= after, "the change changes nothing")
  local file <const> = assert(io.open(path, "wb"))
  file:write(after)
  file:close()
  local ok <const>, problem <const> = pcall(body, folder)
  os.execute(("rm -r '%s'"):format(folder))
  assert(ok, problem)
end

local function changed(from, to)
  return function(text)
    local at <const>, last <const> = text:find(from, 1, true)
    return text:sub(1, at - 1) .. to .. text:sub(last + 1)
  end
end

check.test("a_ledger_of_other_months_is_another_model", function()
  with_descriptor("nenc", changed('"months": 2', '"months": 3'), function(folder)
    local other <const> = remit.load(folder)
    check.ok(other:total("cost", { basis = "actual" }) ~= remit.load("examples/nenc"):total("cost", { basis = "actual" }), "another figure")
    check.ok(other:hash() ~= remit.load("examples/nenc"):hash(), "and another hash")
  end)
end)

check.test("a_measure_of_another_column_is_another_model", function()
  with_descriptor("england", changed('"headcount": { "field": "HC"', '"headcount": { "field": "FTE"'), function(folder)
    check.ok(remit.load(folder):hash() ~= remit.load("examples/england"):hash(), "another hash")
  end)
end)

check.test("a_measure_that_adds_up_over_more_is_another_model", function()
  with_descriptor("england", changed('"additive_over": []', '"additive_over": ["icb"]'), function(folder)
    check.ok(remit.load(folder):hash() ~= remit.load("examples/england"):hash(), "another hash")
  end)
end)

check.test("figures_whose_ranges_touch_agree_and_those_a_hair_apart_do_not", function()
  local function marks(first, second)
    local result
    with_descriptor("nenc", function(text) return text .. "\n" end, function(folder)
      local file <const> = assert(io.open(folder .. "/assumptions.csv", "wb"))
      file:write(("id,value,unit,source\nx,%s,%%,A\nx,%s,%%,B\n"):format(first, second))
      file:close()
      result = remit.load(folder):assumptions():get(1, "sources")
    end)
    return result
  end
  check.same(marks("32", "33"), "agree") -- 32.5 is both
  check.same(marks("32", "32.6"), "DISAGREE")
  check.same(marks("32.3", "32"), "agree")
end)

check.test("csv_is_saved_with_what_is_said_of_it_beside", function()
  local path <const> = os.tmpname()
  os.remove(path)
  remit.load("examples/nenc"):pivot({ measures = { "cost" }, by = { "group" } }):save(path .. ".csv")
  check.ok(read(path .. ".csv"):find "^group,cost\n")
  check.ok(read(path .. ".csv.about.txt"):find "SYNTHETIC", "the note goes with the figures")
  os.remove(path .. ".csv")
  os.remove(path .. ".csv.about.txt")
end)
