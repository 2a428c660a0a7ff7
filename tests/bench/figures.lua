-- SPDX-License-Identifier: Apache-2.0
-- figures: what a benchmark says. Medians with the middle half beside them, aligned tables, and a results file.

local figures <const> = {}

-- The value below which a share of the sorted list lies.
local function quantile(sorted, share)
  return sorted[math.max(1, math.ceil(share * #sorted))]
end

---@param list number[]
---@return { median: number, low: number, high: number, best: number, runs: integer } low and high: the middle half
function figures.summary(list)
  local sorted <const> = table.move(list, 1, #list, 1, {})
  table.sort(sorted)
  return { median = quantile(sorted, 0.5), low = quantile(sorted, 0.25), high = quantile(sorted, 0.75), best = sorted[1], runs = #sorted }
end

---The median of `list` divided by `others` round by round, so that both sides of a ratio were taken within the same moments. The shorter one's
---rounds count.
function figures.ratio(list, others)
  local ratios <const> = {}
  for round = 1, math.min(#list, #others) do
    ratios[round] = list[round] / others[round]
  end
  return figures.summary(ratios).median
end

---"12.3 ±4%": half the width of the middle half beside the median; three digits that count.
function figures.brief(summary, unit)
  return ("%s ±%.0f%%"):format(figures.digits(summary.median / unit), 50 * (summary.high - summary.low) / summary.median)
end

---Three digits that count: 0.0123, 1.23, 123, 12345.
function figures.digits(number)
  local decimals <const> = number > 0 and math.max(0, 2 - math.floor(math.log(number, 10))) or 0
  return ("%." .. math.min(decimals, 4) .. "f"):format(number)
end

---A whole number with commas.
function figures.grouped(number)
  return (("%d"):format(number):reverse():gsub("(%d%d%d)(%f[%d])", "%1,%2"):reverse())
end

function figures.heading(text)
  print("== " .. text .. " ==\n")
  table.insert(figures.said, "### " .. text .. "\n")
end

---"12.3 (11.8 to 13.0)", each divided by `unit`.
function figures.spread(summary, unit, digits)
  local number <const> = "%." .. (digits or 1) .. "f"
  return (number .. " (" .. number .. " to " .. number .. ")"):format(summary.median / unit, summary.low / unit, summary.high / unit)
end

---What a script took in two places, measured round by round: the row of a table, in milliseconds, and the result with the two under their names.
function figures.beside(script, ours, others, our_name, other_name)
  local one <const>, other <const>, ratio <const> = figures.summary(ours), figures.summary(others), figures.ratio(ours, others)
  return { script, figures.spread(one, 1e6, 2), figures.spread(other, 1e6, 2), ("%.2f"):format(ratio) },
    { name = script, [our_name] = one, [other_name] = other, ratio = ratio }
end

figures.said = {} -- the same as Markdown, in order

-- A table whose first row heads it.
local function add_markdown(rows)
  for r, row in ipairs(rows) do
    table.insert(figures.said, "| " .. table.concat(row, " | ") .. " |")
    if r == 1 then
      table.insert(figures.said, "|---|" .. ("--:|"):rep(#row - 1))
    end
  end
  table.insert(figures.said, "")
end

---Prints rows of texts: the first column to the left, the others to the right.
function figures.print_table(rows)
  add_markdown(rows)
  local widths <const> = {}
  for _, row in ipairs(rows) do
    for c, text in ipairs(row) do
      widths[c] = math.max(widths[c] or 0, utf8.len(text))
    end
  end
  for r, row in ipairs(rows) do
    local parts <const> = {}
    for c, text in ipairs(row) do
      local fill <const> = (" "):rep(widths[c] - utf8.len(text))
      parts[c] = c == 1 and text .. fill or fill .. text
    end
    print((table.concat(parts, "   "):gsub("%s+$", "")))
    if r == 1 then
      print(("-"):rep(#parts[1] + 3 * (#parts - 1) + figures.rest(widths)))
    end
  end
  print()
end

-- Width of the columns after the first.
function figures.rest(widths)
  local sum = 0
  for c = 2, #widths do
    sum = sum + widths[c]
  end
  return sum
end

local escapes <const> = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t" }

---JSON with sorted keys. A table with a first item is a list.
function figures.json(value, indent)
  indent = indent or ""
  if type(value) == "string" then
    return '"' .. value:gsub('["\\\n\t]', escapes) .. '"'
  elseif type(value) ~= "table" then
    return math.type(value) == "float" and ("%.6g"):format(value) or tostring(value)
  end
  local inner <const>, items <const>, keys <const> = indent .. "  ", {}, {}
  for key in pairs(value) do
    keys[#keys + 1] = key
  end
  table.sort(keys)
  for index, key in ipairs(keys) do
    local item <const> = figures.json(value[key], inner)
    items[index] = inner .. (value[1] ~= nil and item or ('"%s": %s'):format(key, item))
  end
  local open <const>, close <const> = value[1] ~= nil and "[" or "{", value[1] ~= nil and "]" or "}"
  return #items == 0 and "{}" or open .. "\n" .. table.concat(items, ",\n") .. "\n" .. indent .. close
end

return figures
