local remit <const> = require "remit"
local tiny <const> = require "tiny"

-- A function that is set into a figure, and a change of its lines: each is worth something only with the other.
local base <const> = tiny.load()
local plan <const> = base:scenario("Plan", { changes = {
  remit.set { id = "named", functions = { id = "chc" }, into = { blueprint = "grow" }, from = "2026-01", why = "decided" },
  remit.close { id = "half", lines = { fn = "chc" }, share = "50%", from = "2026-01", why = "less" },
} })
print(remit.compare { base, plan }:bridge { measure = "cost", at = "2026-02", where = { fn = { blueprint = "grow" } } })

-- Asking for a bridge says nothing more of the plan than was said of it.
local taking <const> = base:scenario("Taking", { changes = {
  remit.scale { id = "taken", lines = { fn = "chc" }, change = "-90%", take = { "nonpay" }, from = "2026-01", why = "less" },
  remit.close { id = "held", posts = { vacant = true }, from = "2026-01", why = "held" },
} })
local said <const> = taking:changes():text()
remit.compare { base, taking }:bridge { measure = "cost", at = "2026-02" }
print(taking:changes():text() == said)
--> Bridge of cost   funded, annual run rate, 2025/26 prices, as at 2026-02   Plan   model HASH
--> step    cost £  why
--> ───────────────────────
--> base   +46,200
--> named  +50,250  decided
--> half   -16,750  less
--> Plan   +79,700
--> Each change's effect averaged over every order of the changes: exact.
--> true
