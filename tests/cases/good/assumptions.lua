local tiny <const> = require "tiny"

-- 32 % and 32.24 % agree, for 32 % is as exact as it is written; 32.9 % does not.
local base <const> = tiny.load { assumptions = [[
id,value,low,high,unit,source,note
cap,18.76,,,£/head,S0,
gap,32,,,%,S0,
gap,32.24,,,%,S4,
gap,32.9,,,%,press,
cost,100.3,,,£m,S4,
cost,100307000,,,£,ledger,
range,5,4,7,WTE,S4,
]] }
print(base:assumptions())
--> Assumptions   as at 2025-05   model HASH
--> id     value      unit    low  high  source  sources   note
--> ───────────────────────────────────────────────────────────
--> cap    18.76      £/head             S0
--> gap    32         %                  S0      DISAGREE
--> gap    32.24      %                  S4      DISAGREE
--> gap    32.9       %                  press   DISAGREE
--> cost   100.3      £m                 S4      agree
--> cost   100307000  £                  ledger  agree
--> range  5          WTE     4    7     S4
--> gap: the sources disagree beyond rounding: 32 % (S0), 32.24 % (S4), 32.9 % (press)
print(base:assumptions { computed = { range = { value = 6.5, unit = "WTE", how = "counted" } } }:where { id = "range" })
--> Assumptions   as at 2025-05   model HASH
--> id     value  unit  low  high  source    sources  note
--> ─────────────────────────────────────────────────────────
--> range  5      WTE   4    7     S4        agree
--> range  6.50   WTE              computed  agree    counted
--> gap: the sources disagree beyond rounding: 32 % (S0), 32.24 % (S4), 32.9 % (press)
--> 2 of 8 rows shown
print(base:health():where { finding = "assumption whose sources disagree" })
--> Health   as at 2025-05   model HASH
--> finding                            count  of  note
--> ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
--> assumption whose sources disagree      1      gap: the sources disagree beyond rounding: 32 % (S0), 32.24 % (S4), 32.9 % (press)
--> 1 of 5 rows shown
