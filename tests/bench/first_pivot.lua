-- SPDX-License-Identifier: Apache-2.0
-- A first session, whole: load a pack, print one pivot.

local remit <const> = require "remit"
local base <const> = remit.load "examples/nenc"
print(base:pivot { measures = { "cost", "wte" }, by = { "group" }, totals = true })
