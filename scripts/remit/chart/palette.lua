-- SPDX-License-Identifier: Apache-2.0
-- The colours of reports, for a light page and a dark one. Text keeps 4.5:1 against its ground, and so do the four
-- categories, which stay apart for readers who do not see red or green (tests/lua/chart_test.lua works these out).

local palette <const> = {}

---By name: on a light page, on a dark one.
palette.colours = {
  { "ground", "#ffffff", "#14181d" },
  { "ink", "#1b1f24", "#e8ebee" },
  { "soft", "#4a5561", "#b4bec8" },
  { "rule", "#c9d1d9", "#3b444d" },
  { "shade", "#f2f5f8", "#1d232a" },
  { "link", "#0b4f9c", "#8fc1ff" },
  { "c1", "#114e93", "#7ca8f2" },
  { "c2", "#a94b11", "#f29f50" },
  { "c3", "#277e71", "#5aadab" },
  { "c4", "#43145f", "#e1cfe6" },
  { "limit", "#b3142c", "#ff8a8a" },
  { "h1", "#dbe8f5", "#1f3347" },
  { "h2", "#a9c9e8", "#2b4d70" },
  { "h3", "#114e93", "#7ca8f2" },
}

---@return string css custom properties of one column
local function properties(column)
  local parts <const> = {}
  for _, colour in ipairs(palette.colours) do
    parts[#parts + 1] = ("--%s:%s"):format(colour[1], colour[column])
  end
  return table.concat(parts, ";")
end

local SHAPES <const> = [[
.chart{font:13px system-ui,sans-serif;display:block;width:100%;height:auto;max-width:60rem}
.chart text{fill:var(--ink)}.chart text.soft{fill:var(--soft);paint-order:stroke;stroke:var(--ground);stroke-width:4px}
.chart text.limit{fill:var(--limit);font-weight:600}
.chart text.on{fill:var(--ground)}.chart text.strong{font-weight:600}
.chart .ground{fill:var(--ground)}
.chart line.rule{stroke:var(--rule)}.chart line.axis{stroke:var(--soft)}
.chart line.limit{stroke:var(--limit);stroke-width:2;stroke-dasharray:7 4}
.chart line.mark{stroke:var(--soft);stroke-dasharray:2 3}
.chart path.l1,.chart path.l2,.chart path.l3,.chart path.l4{fill:none;stroke-width:2.5}
.chart path.l1{stroke:var(--c1)}.chart path.l2{stroke:var(--c2);stroke-dasharray:9 3}.chart path.l3{stroke:var(--c3);stroke-dasharray:3 3}
.chart path.l4{stroke:var(--c4);stroke-dasharray:12 3 3 3}
.chart .f1{fill:var(--c1)}.chart .f2{fill:var(--c2)}.chart .f3{fill:var(--c3)}.chart .f4{fill:var(--c4)}
.chart text.f1,.chart text.f2,.chart text.f3,.chart text.f4{font-weight:600}
.chart .hidden{fill:var(--ground);stroke:var(--soft);stroke-dasharray:4 3}
.chart .h0{fill:var(--shade)}.chart .h1{fill:var(--h1)}.chart .h2{fill:var(--h2)}.chart .h3{fill:var(--h3)}
]]

---The rules of charts and their colours.
---@param alone? boolean of a drawing by itself
---@return string
function palette.css(alone)
  local screen <const> = alone and "@media (prefers-color-scheme:dark)" or "@media screen and (prefers-color-scheme:dark)"
  return (":root{%s}\n%s{:root{%s}}\n%s"):format(properties(2), screen, properties(3), SHAPES)
end

return palette
