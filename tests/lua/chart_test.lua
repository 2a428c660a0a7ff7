-- SPDX-License-Identifier: Apache-2.0
-- Charts: well-formed drawings whatever the data, colours that can be told apart, and words made from the data.

local check <const> = require "check"
local chart <const> = require "remit.chart"
local frame <const> = require "remit.frame"
local palette <const> = require "remit.chart.palette"

local NASTY <const> = '<script>alert("x")</script> & \u{202e}gnp\u{200f} \u{1f469} ' .. ("long "):rep(60)

-- A frame of one key and columns of figures.
local function figures(labels, columns, display, about)
  local made <const> = { { name = "what", display = "text", values = labels } }
  for index, values in ipairs(columns) do
    made[index + 1] = { name = "c" .. index, display = display or "£m", values = values }
  end
  return frame.from { keys = { "what" }, columns = made, rows = #labels, about = about or { title = "Figures" } }
end

-- Tags open and close in order, attributes are quoted and appear once, numbers are numbers.
local function check_markup(text)
  local open <const> = {}
  check.ok(not text:find "nan" and not text:find "inf", "a coordinate is no number")
  for slash, name, rest in text:gmatch "<(/?)([%a]+)([^<>]*)>" do
    if slash == "/" then
      check.same(table.remove(open), name)
    elseif rest:sub(-1) ~= "/" then
      open[#open + 1] = name
    end
    local seen <const> = {}
    for attribute in rest:gsub('"[^"]*"', '""'):gmatch "([%w:-]+)=\"" do
      check.ok(not seen[attribute], attribute .. " stands twice")
      seen[attribute] = true
    end
  end
  check.same(#open, 0)
end

local function months(count)
  local labels <const> = {}
  for month = 0, count - 1 do
    labels[month + 1] = ("%04d-%02d"):format(2025 + month // 12, month % 12 + 1)
  end
  return labels
end

local function filled(count, value)
  local values <const> = {}
  for index = 1, count do
    values[index] = type(value) == "function" and value(index) or value
  end
  return values
end

local function drawn(given)
  local made <const> = chart.new(given)
  for _, alone in ipairs { false, true } do
    for _, text in ipairs(made:svg("x", alone)) do
      check_markup(text)
      check.ok(text:find 'role="img"' and text:find 'aria%-labelledby="x[%w-]*%-title"' and text:find "<desc ")
    end
  end
  return made
end

check.test("every kind draws labels from anywhere", function()
  local of <const> = figures({ NASTY, "b & c", "'d'" }, { { 5e6, -2e6, 3e6 }, { 1e6, 1e6, false } })
  for _, kind in ipairs { "line", "bar", "stack", "waterfall", "heat" } do
    local made <const> = drawn { of = of, kind = kind, columns = (kind == "bar" or kind == "waterfall") and { "c1" } or { "c1", "c2" }, title = NASTY }
    local text <const> = made:svg("x")[1]
    check.ok(not text:find "<script" and not text:find "\u{202e}", kind)
    check.ok(text:find "&lt;script&gt;" and text:find "u{202e}", kind)
  end
end)

check.test("nothing, all zero, one cell, one month and forty years are drawn", function()
  for _, kind in ipairs { "line", "bar", "stack", "waterfall", "heat" } do
    drawn { of = figures({}, { {} }), kind = kind }
    drawn { of = figures({ "a", "b" }, { { 0, 0 } }), kind = kind }
    drawn { of = figures({ "2025-01" }, { { 7e6 } }), kind = kind }
    drawn { of = figures(months(480), { filled(480, function(month) return 1e8 - month * 1e5 end) }), kind = kind }
    drawn { of = figures({ "a", "b" }, { { false, false } }), kind = kind }
  end
end)

check.test("a waterfall goes below zero and back", function()
  local made <const> = drawn { of = figures({ "from", "a", "b", "to" }, { { 1e6, -3e6, 0, -2e6 } }), kind = "waterfall" }
  check.same(made:description(), "Waterfall in £m: from from 1.000; a -3.000; b 0.000; to to -2.000.")
end)

check.test("a line says where it begins, ends and is lowest, and how often it is above the limit", function()
  local made <const> = drawn { of = figures(months(3), { { 3e6, 1e6, 2e6 } }), kind = "line", limit = { value = 1.5, label = "cap" },
    marks = { { at = "2025-02", label = "due" }, { at = "1999-01", label = "never" } } }
  check.same(made:description(), "Lines in £m. c1 £m: 3.000 in 2025-01, 2.000 in 2025-03; lowest 1.000 in 2025-02. Above cap in 2 of 3 months. "
    .. "Marked in 2025-02: due. Beside the axis, in 1999-01: never.")
  check.ok(drawn({ of = figures(months(2), { { 9e6, 8e6 } }), kind = "line" }):svg("x", true)[1]:find ">£m, from 8<")
  check.ok(not made:svg("x", true)[1]:find ", from ")
end)

check.test("a heat table of two hundred functions comes in pages that say so", function()
  local of <const> = figures(filled(200, function(row) return "function " .. row end), { filled(200, 1e6), filled(200, 2e6) })
  local pages <const> = drawn { of = of, kind = "heat", columns = { "c1", "c2" }, title = "Map" }:svg "x"
  check.same(#pages, 4)
  check.ok(pages[1]:find ">Rows 1 to 50 of 200</text>" and pages[4]:find ">Rows 151 to 200 of 200</text>")
  check.ok(pages[1]:find "Map, page 1 of 4" and pages[4]:find "Map, page 4 of 4" and pages[4]:find 'id="x%-4%-title"')
end)

check.test("a timeline shows packages without dates too", function()
  local of <const> = frame.from { keys = { "id" }, about = { title = "Packages" }, columns = {
    { name = "id", display = "text", values = { "a", "b", "c" } }, { name = "shadow", display = "text", values = { "2026-04", false, "2026-01" } },
    { name = "planned", display = "text", values = { "2027-01" } }, { name = "golive", display = "text", values = { "2027-04" } } } }
  local made <const> = drawn { of = of, kind = "timeline", shadow = "shadow", planned = "planned", golive = "golive" }
  check.same(made:description(), "Timeline. a: shadow from 2026-04, planned for 2027-01, go-live 2027-04; b: no dates; c: shadow from 2026-01.")
  check.caught(chart.new, { of = of, kind = "timeline" })
end)

check.test("too many categories, columns of words and what is no chart are refused", function()
  local of <const> = figures({ "a" }, { { 1 }, { 1 }, { 1 }, { 1 }, { 1 } })
  local five <const> = { "c1", "c2", "c3", "c4", "c5" }
  check.fails(function() chart.new { of = of, kind = "stack", columns = five } end, "a stack chart draws 1 to 4 columns, not 5")
  check.fails(function() chart.new { of = of, kind = "bar", columns = five } end, "1 to 1 columns")
  check.fails(function() chart.new { of = of, kind = "line", columns = { "what" } } end, "'what' has no figures")
  check.fails(function() chart.new { of = of, kind = "line", columns = { "c9" } } end, "has no column 'c9'")
  check.fails(function() chart.new { of = of, kind = "pie" } end, "kind is one of")
  check.fails(function() chart.new { of = of, kind = "line", limit = { value = "x" } } end, "limit is")
  check.fails(function() chart.new { of = of, kind = "line" }:save "x.png" end, "does not end in .svg")
end)

check.test("in a terminal it is bars, and a table where there is nothing to measure", function()
  check.ok(tostring(chart.new { of = figures({ "a" }, { { 1e6 } }), kind = "bar" }):find "█")
  local words <const> = frame.from { keys = { "fn" }, columns = { { name = "fn", display = "text", values = { "chc" } },
    { name = "place", display = "text", values = { "A D" } } } }
  check.ok(tostring(chart.new { of = words, kind = "heat", columns = { "place" } }):find "A D")
end)

check.test("a step that is withheld stands without its figure", function()
  local of <const> = figures({ "from", "a", "b", "to" }, { { 100, -3, -4, 93 } }, "£m"):with_column("posts", function(row)
    return (row.what == "a" or row.what == "b") and 2 or nil
  end, { display = "count" })
  local guarded <const> = require("remit.suppress").bridge(of, { threshold = 5, counts = { "posts" } })
  local made <const> = drawn { of = guarded, kind = "waterfall", columns = { "c1" } }
  check.ok(made:description():find "a %[c%]; b %[c%]; to to 0.000. 2 steps are withheld")
end)

-- ---- Colours ----

local function rgb(text)
  local parts <const> = {}
  for index = 1, 3 do
    local value <const> = tonumber(text:sub(2 * index, 2 * index + 1), 16) / 255
    parts[index] = value <= 0.04045 and value / 12.92 or ((value + 0.055) / 1.055) ^ 2.4
  end
  return parts
end

local function luminance(linear)
  return 0.2126 * linear[1] + 0.7152 * linear[2] + 0.0722 * linear[3]
end

local function contrast(a, b)
  local x <const>, y <const> = luminance(rgb(a)), luminance(rgb(b))
  return (math.max(x, y) + 0.05) / (math.min(x, y) + 0.05)
end

-- Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
local eyes <const> = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
}

local function seen(linear, eye)
  local made <const> = {}
  for row = 1, 3 do
    made[row] = math.min(math.max(eye[row][1] * linear[1] + eye[row][2] * linear[2] + eye[row][3] * linear[3], 0), 1)
  end
  return made
end

-- CIE L*a*b*, D65.
local function lab(linear)
  local function f(t)
    return t > 216 / 24389 and t ^ (1 / 3) or (24389 / 27 * t + 16) / 116
  end
  local x <const> = f((0.4124 * linear[1] + 0.3576 * linear[2] + 0.1805 * linear[3]) / 0.95047)
  local y <const> = f(luminance(linear))
  local z <const> = f((0.0193 * linear[1] + 0.1192 * linear[2] + 0.9505 * linear[3]) / 1.08883)
  return { 116 * y - 16, 500 * (x - y), 200 * (y - z) }
end

local function distance(a, b, eye)
  local p <const>, q <const> = lab(seen(rgb(a), eye)), lab(seen(rgb(b), eye))
  return math.sqrt((p[1] - q[1]) ^ 2 + (p[2] - q[2]) ^ 2 + (p[3] - q[3]) ^ 2)
end

local colours <const> = {}
for _, colour in ipairs(palette.colours) do
  colours[colour[1]] = { colour[2], colour[3] }
end

-- Where labels of a class stand: x, y, and the words, by whether they end there.
local function labels_of(drawing)
  local found <const> = {}
  for x, y, rest, words in drawing:gmatch '<text x="([%d.-]+)" y="([%d.]+)"([^>]*)>([^<]*)</text>' do
    found[words] = { x = tonumber(x), y = tonumber(y), back = rest:find '"end"' ~= nil }
  end
  return found
end

check.test("labels of marks stand on levels of their own, and words that would leave the page are cut", function()
  local labels <const>, values <const> = months(12), {}
  for index = 1, 12 do
    values[index] = index
  end
  local marks <const> = {}
  for index = 1, 4 do
    marks[index] = { at = labels[8 + index], label = "go-live of a package with a long name " .. index }
  end
  local drawing <const> = chart.new { of = figures(labels, { values }), kind = "line", marks = marks }:svg "c"[1]
  local found <const>, levels <const> = labels_of(drawing), {}
  for index = 1, 4 do
    local one <const> = found["go-live of a package with a long name " .. index]
    check.ok(one and one.back and not levels[one.y], "two labels on one level")
    levels[one.y] = true
  end
  local wide <const> = labels_of(chart.new { of = figures({ ("W"):rep(40), "b" }, { { 1, 2 } }), kind = "bar" }:svg "c"[1])
  check.ok(wide[("W"):rep(25) .. "…"].x > 25 * 11, "the widest letters have room")
end)

check.test("a line stops where there is no figure, and goes on behind it", function()
  local made <const> = drawn { of = figures(months(5), { { 3e6, 3e6, false, 1e6, 1e6 } }), kind = "line", limit = { value = 2, label = "cap" } }
  local paths <const> = {}
  for path in made:svg "c"[1]:gmatch '<path d="([^"]*)" class="l1"' do
    paths[#paths + 1] = path
  end
  check.same(#paths, 2)
  local stops <const>, goes_on <const> = tonumber(paths[1]:match "H([%d.]+)V[%d.]+$"), tonumber(paths[2]:match "^M([%d.]+)")
  check.ok(stops < goes_on)
  check.ok(made:description():find("Above cap in 2 of 4 months. No figure in 1 month.", 1, true))
  check.same(select(2, drawn({ of = figures(months(3), { { false, false, false } }), kind = "line" }):svg "c"[1]:gsub("<path", "")), 0)
end)

check.test("marks beside the axis, and those whose labels have no room, stand below the drawing in words", function()
  local of <const>, marks <const> = figures(months(3), { { 1, 2, 3 } }), {}
  local function height(drawing)
    return tonumber(drawing:match 'viewBox="0 0 720 ([%d.]+)"')
  end
  local plain <const> = height(drawn({ of = of, kind = "line" }):svg "c"[1])
  for index = 1, 12 do
    marks[index] = { at = "2025-02", label = "a go-live with a long name, number " .. index }
  end
  marks[13], marks[14] = { at = "2024-12", label = "before" }, { at = "2027-01", label = ("W"):rep(60) }
  local drawing <const> = drawn({ of = of, kind = "line", marks = marks }):svg "c"[1]
  local found <const> = labels_of(drawing)
  local one <const> = found["Beside the axis: 2024-12 before;"]
  check.ok(one and found["2027-01 " .. ("W"):rep(47) .. "…"].y == one.y + 18, "a line that is too long goes on in the next")
  local shown = 0
  for index = 1, 12 do
    shown = shown + select(2, drawing:gsub("<desc.-</desc>", ""):gsub("number " .. index .. "[<;]", ""))
  end
  check.same(shown, 12)
  for words, at in pairs(found) do -- each by itself: order does not matter
    check.ok(at.y < height(drawing), words)
  end
  check.ok(height(drawing) > plain + 36)
  check.fails(function() chart.new { of = of, kind = "bar", marks = marks } end, "marks are of a line chart: a bar chart has none")
  check.fails(function() chart.new { of = of, kind = "heat", limit = { value = 1, label = "x" } } end, "limits are of a line chart")
end)

check.test("in a terminal every column drawn has its bars", function()
  local made <const> = tostring(chart.new { of = figures(months(2), { { 1e6, 2e6 }, { 8e6, 4e6 } }), kind = "line", columns = { "c1", "c2" } })
  check.same(select(2, made:gsub("Figures", "")), 2)
  check.ok(made:find "2%.000.-█" and made:find "8%.000.-█")
end)

check.test("text and categories stand out from their ground, in the light and in the dark", function()
  for page = 1, 2 do
    for _, name in ipairs { "ink", "soft", "link", "limit", "c1", "c2", "c3", "c4" } do
      local found <const> = contrast(colours[name][page], colours.ground[page])
      check.ok(found >= 4.5, ("%s on page %d: %.2f"):format(name, page, found))
    end
    for _, shade in ipairs { "shade", "h1", "h2" } do
      local found <const> = contrast(colours.ink[page], colours[shade][page])
      check.ok(found >= 4.5, ("ink on %s, page %d: %.2f"):format(shade, page, found))
    end
    local on <const> = contrast(colours.ground[page], colours.h3[page])
    check.ok(on >= 4.5, ("ground on h3, page %d: %.2f"):format(page, on))
  end
end)

check.test("four categories can be told apart by every eye", function()
  for page = 1, 2 do
    for e, eye in ipairs(eyes) do
      for a = 1, 4 do
        for b = a + 1, 4 do
          local found <const> = distance(colours["c" .. a][page], colours["c" .. b][page], eye)
          check.ok(found >= 15, ("c%d and c%d, page %d, eye %d: %.1f"):format(a, b, page, e, found))
        end
      end
    end
  end
end)
