local tiny <const> = require "tiny"

-- An empty list of labels, as a script may make one, was passed over: everything was selected.
local base <const> = tiny.load()
local wanted <const> = {}
base:posts { band = wanted }  --> error: band: a test is text, a number, true, false or a list of labels, not an empty list
base:total("cost", { where = { fn = { name = wanted } } })  --> error: fn.name: a test is text, a number, true, false or a list of labels, not an empty list
