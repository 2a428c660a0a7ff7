-- SPDX-License-Identifier: Apache-2.0
-- The one page that reports are poured into: what stands in double braces is replaced, each name once. No script, nothing from elsewhere.

local palette <const> = require "remit.chart.palette"

local STYLE <const> = [[
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--ink)}
header,main,nav,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:.2em 0}h2{font-size:1.4rem;margin:2.2em 0 .4em;padding-top:.6em;border-top:2px solid var(--rule)}
h3{font-size:1.1rem;margin:1.6em 0 .4em}
p{max-width:46rem}
a{color:var(--link)}a:focus-visible,.table:focus-visible,figure:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem}
nav ol{columns:2 18rem;padding-left:1.4rem}
figure{margin:1em 0;overflow-x:auto}
.table{overflow-x:auto;margin:1em 0}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3em 0}
caption span{display:block;font-weight:400;color:var(--soft)}
th,td{padding:.25em .7em;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--soft);vertical-align:bottom}
th[scope=row]{font-weight:400}
.n{text-align:right;white-space:nowrap}.k{white-space:nowrap}thead .n{white-space:normal}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.total th,.total td{font-weight:600;border-top:1px solid var(--soft)}
.notes{color:var(--soft);font-size:.9rem}
footer{border-top:2px solid var(--rule);margin-top:3rem;padding-top:1rem;padding-bottom:2rem;color:var(--soft)}
@media screen and (max-width:45rem){.chart{min-width:38rem}}
@media screen{caption{position:sticky;left:0;max-width:calc(100vw - 2.5rem)}}
@media print{
body{font-size:10pt}
.skip,nav{display:none}
h2{break-before:page;border:0;margin-top:0}main section:first-of-type h2{break-before:auto}
h2,h3,caption{break-after:avoid}
figure,tr{break-inside:avoid}
.table,figure{overflow:visible}
table{font-size:8pt;width:100%}th,td{padding:.15em .4em}
thead{display:table-header-group}
.n{white-space:normal}
a{color:inherit;text-decoration:none}
@page{size:A4 landscape;margin:14mm}
}
]]

local PAGE <const> = [[
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{{title}}</title>
<style>
{{style}}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<header>
<h1>{{title}}</h1>
<p>{{subtitle}}</p>
</header>
<nav aria-label="Contents">
<ol>
{{contents}}</ol>
</nav>
<main id="content">
{{sections}}</main>
<footer>
<p>{{footer}}</p>
</footer>
</body>
</html>
]]

---The page with its parts, which are markup already.
---@param parts table<string, string>
---@return string
return function(parts)
  parts.style = palette.css() .. STYLE
  return (PAGE:gsub("{{(%w+)}}", function(name)
    return assert(parts[name], name)
  end))
end
