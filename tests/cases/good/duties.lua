local tiny <const> = require "tiny"

-- Of the shipped register the duties whose functions the pack has; nothing is decided yet.
local base <const> = tiny.load()
print(base:duties():where { functions = "not(none)" })
--> Statutory duties   as at 2025-05   model HASH
--> duty               name                                functions     accountable  delivered at  status  evidence
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> constitution       Promote the NHS Constitution        quality       system                     open    quality: nobody has decided who is accountable
--> improve_quality    Improvement in quality of services  quality       system                     open    quality: nobody has decided who is accountable
--> innovation         Innovation                          digital       system                     open    digital: nobody has decided who is accountable
--> safeguarding_duty  Safeguarding                        safeguarding  system                     open    safeguarding: nobody has decided who is accountable
--> 0 pass, 11 fail, 4 open.
--> 4 of 15 rows shown
-- A register of the pack's own; ids, names and aliases of functions mean the same.
local own <const> = tiny.load { duties = [[
id,name,act,functions,accountable
quality,Improve quality,,quality|Continuing healthcare,ICB
child,Safeguard children,Children Act 2004,child protection,icb
digital,Keep records,,digital,region
nobody,A duty without an owner,,digital,
none,A duty without a function,,,icb
]] }
local rules <const> = remit.subsidiarity { rules = {
  { id = "moved", criterion = "fn", test = "safeguarding", sets = "accountable = region", why = "as an example" },
  { id = "split", criterion = "fn", test = "chc", at_least = "region", why = "one way" },
  { id = "other", criterion = "fn", test = "chc", at_most = "place", why = "the other" },
  { id = "near", criterion = "fn", test = "digital", at_least = "region", sets = "accountable = region", why = "as an example" },
  { id = "here", criterion = "fn", test = "quality", at_least = "system", why = "as an example" },
} }
print(own:assign(rules):duties())
--> Statutory duties   as at 2025-05   model HASH
--> duty     name                       functions     accountable  delivered at       status  evidence
--> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> quality  Improve quality            chc, quality  system       contested, system  pass    where chc is delivered is contested
--> child    Safeguard children         safeguarding  system       place              fail    safeguarding: accountability has gone to region, and it cannot be delegated
--> digital  Keep records               digital       region       region             pass
--> nobody   A duty without an owner    digital                    region             fail    nobody is named as accountable
--> none     A duty without a function                system                          fail    no function of this model serves it
--> 2 pass, 3 fail, 0 open.
-- Two rules that disagree on who is accountable leave it open.
print(own:assign(remit.subsidiarity { icb = "cluster", rules = {
  { criterion = "fn", test = "quality", sets = "accountable = region", why = "one" },
  { criterion = "blueprint", test = "retain", sets = "accountable = national", why = "other" },
} }):duties():where { duty = "quality" })
--> Statutory duties   as at 2025-05   model HASH
--> duty     name             functions     accountable  delivered at  status  evidence
--> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> quality  Improve quality  chc, quality  cluster      place         open    chc delivered at place, accountability stays; quality: who is accountable is contested, or nobody is
--> 1 pass, 3 fail, 1 open.
--> 1 of 5 rows shown
