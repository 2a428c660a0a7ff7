-- SPDX-License-Identifier: Apache-2.0
-- naive: scenarios applied to every line in every month. A state is a list of lines in a month, each with its labels, what is kept of its cost and WTE, and
-- what went to each account. A layer is a list of changes on the state below it.

local exact <const> = require "exact"
local oracle <const> = require "oracle"

local naive <const> = {}

local ONE <const> = exact.ONE
local CHANNELS <const> = { "cost", "wte" }
local BEGINNING <const> = -1000000

-- ---- Tests of lines ----

-- `tests` is a list of { field, set of labels }; "fn.x" is an attribute of the function.
local function holds(world, line, attributes, tests)
  for _, test in ipairs(tests) do
    local head <const>, rest <const> = test[1]:match "^(fn)%.(.+)$"
    local label
    if head then
      label = attributes[line.fn] and attributes[line.fn][rest]
      label = label == nil and world.dimensions.fn[line.fn][rest] or label
    else
      label = line[test[1]]
    end
    if not test[2][label or "none"] then
      return false
    end
  end
  return true
end

naive.holds = holds

-- ---- States ----

local function copy(from)
  local made <const> = {}
  for key, value in pairs(from) do -- copying: order does not matter
    made[key] = value
  end
  return made
end

local function fresh(line)
  return { line = line, kept = { cost = ONE, wte = ONE }, accounts = {}, packages = {} }
end

---The lines without changes.
function naive.base(world, lines)
  local base <const> = { world = world, lines = lines, depth = 0, months = {} }
  function base.at()
    local states <const> = {}
    for index, line in ipairs(lines) do
      states[index] = fresh(line)
    end
    return states, {}
  end
  return base
end

local function alive(state)
  return state.kept.cost > 0 or state.kept.wte > 0
end

-- The lines of the state below that a change touches: those that are there and pass, by index.
local function chosen(below, change, month, more)
  local states <const>, attributes <const> = below.at(month)
  local found <const> = {}
  for index, state in ipairs(states) do
    local passes = alive(state) and holds(below.world, state.line, attributes, change.tests)
    passes = passes and not (change.protected and holds(below.world, state.line, attributes, change.protected))
    passes = passes and (not more or holds(below.world, state.line, attributes, more))
    found[index] = passes or nil
  end
  return found
end

-- ---- What one change does, as scales, shares and extras ----

local function within(change, month)
  return month >= change.from and (not change.to or month < change.to)
end

local function scale_of(change, channels, found, factor)
  return { kind = change.account, rows = found, channels = channels, factor = function(month)
    return within(change, month) and factor or ONE
  end }
end

local lower <const> = {}

function lower.close(layer, change)
  change.account = "closed"
  layer:scale(scale_of(change, CHANNELS, chosen(layer.below, change, change.from), ONE - change.share))
end

local CHANNELS_OF <const> = { cost = { "cost" }, wte = { "wte" }, both = CHANNELS }
local TAKEN <const> = { vacancies = { { "vacant", { ["true"] = true } } }, nonpay = { { "kind", { nonpay = true } } },
  posts = { { "kind", { pay = true } }, { "vacant", { ["false"] = true } } } }

local function solved(layer, change, channel, solve)
  layer.solved[#layer.solved + 1] = { change = change, channel = channel, solve = solve }
end

function lower.scale(layer, change)
  local found <const>, channel <const> = chosen(layer.below, change, change.from), change.measure == "wte" and "wte" or "cost"
  change.account = "saved"
  if change.take then
    local operations <const> = {}
    for index, kind in ipairs(change.take) do
      operations[index] = layer:scale { kind = "taken " .. kind, channels = kind == "nonpay" and { "cost" } or CHANNELS, solved = {},
        rows = chosen(layer.below, change, change.from, TAKEN[kind]) }
    end
    solved(layer, change, channel, function(month)
      local whole <const> = layer:total(found, channel, month, operations)
      local left = change.target and whole - change.target or exact.scale(whole, -change.change, ONE)
      if change.target and left < 0 then
        error { conflict = "target" }
      end
      for _, operation in ipairs(operations) do
        local total <const> = layer:total(operation.rows, channel, month, operations, operation)
        local taken <const> = math.max(0, math.min(left, total))
        left = left - taken
        operation.solved[month] = total == 0 and ONE or exact.scale(ONE, total - taken, total)
      end
    end)
  elseif change.target or change.spread then
    local operation <const> = layer:scale { kind = "saved", channels = CHANNELS_OF[change.measure], rows = found, solved = {} }
    local spared <const> = change.spread and chosen(layer.below, { tests = change.tests }, change.from, change.protected)
    solved(layer, change, channel, function(month)
      local total <const> = layer:total(found, channel, month, { operation }, operation)
      local wanted = change.target
      if spared then
        wanted = total + exact.scale(total + layer:total(spared, channel, month, {}), change.change, ONE)
      end
      if (spared and wanted < 0) or (not spared and wanted > total) or (total == 0 and wanted ~= 0) then
        error { conflict = "target" }
      end
      local factor <const> = total == 0 and ONE or exact.scale(ONE, wanted, total)
      if factor < 0 or factor > 1000 * ONE then
        error { conflict = "factor" }
      end
      operation.solved[month] = factor
    end)
  else
    layer:scale(scale_of(change, CHANNELS_OF[change.measure], found, ONE + change.change))
  end
end

function lower.add(layer, change)
  for _, line in ipairs(change.lines) do
    layer:born(fresh(line), change.from, change.to)
  end
end

function lower.regrade(layer, change)
  local found <const> = chosen(layer.below, change, change.from, { { "kind", { pay = true } } })
  local states <const> = layer.below.at(change.from)
  for _, index in ipairs(layer:ordered(found)) do
    local cost <const> = layer.below.world.cost_of(states[index].line, change.band, change.point)
    local less <const> = states[index].line.cost - cost
    layer:replace(index, change, change.from, change.to, { band = change.band, point = change.point, cost = cost })
    if less > 0 and change.protect_pay > 0 and states[index].line.vacant == "false" then
      layer:replace(index, change, change.from, math.min(change.to or math.maxinteger, change.from + change.protect_pay), { cost = less, wte = 0 })
    end
  end
  change.account = "regraded"
  local operation <const> = scale_of(change, CHANNELS, found, 0)
  operation.by = change
  table.insert(layer.scales, 1, operation)
end

function lower.move(layer, change)
  layer.moves[#layer.moves + 1] = { change = change, rows = chosen(layer.below, change, change.from) }
end

function lower.set(layer, change)
  local members <const> = {}
  local _, attributes <const> = layer.below.at(change.from)
  for _, fn in ipairs(layer.below.world.dimensions.fn) do
    members[fn.id] = holds(layer.below.world, { fn = fn.id }, attributes, change.tests) or nil
  end
  layer.sets[#layer.sets + 1] = { change = change, members = members }
end

function lower.once(layer, change)
  layer.once[#layer.once + 1] = change
end

-- What has left of a share in a month, and how much of that is stranded.
local function left_of(change, share, month)
  local k <const>, n <const> = month - change.golive + 1, change.months
  if k < 1 then
    return 0, 0
  end
  local at <const> = math.min(k, n)
  local parts <const> = { step = { 1, 1 }, linear = { at, n }, front = { at * (2 * n + 1 - at), n * (n + 1) }, back = { at * (at + 1), n * (n + 1) } }
  local part <const> = parts[change.profile]
  local gone <const> = exact.scale(share, part[1], part[2])
  local held = 0
  if change.stranded then
    local months <const> = change.stranded.months
    held = exact.scale(exact.scale(gone, change.stranded.share, ONE), math.max(months - (k - 1), 0), months)
  end
  return gone, held
end

local function transfer_part(layer, change, found, share)
  layer.shares[#layer.shares + 1] = { change = change, rows = found, amounts = function(month)
    local gone <const>, held <const> = left_of(change, share, month)
    return { moved = gone - held, stranded = held }
  end }
  layer.extras[#layer.extras + 1] = { change = change, rows = found, amounts = function(month)
    local running <const> = change.shadow and month >= change.shadow and month < change.golive
    return { double = running and exact.scale(share, change.double_running, ONE) or 0,
      resource = exact.scale(left_of(change, share, month), change.resource, ONE) }
  end }
end

function lower.transfer(layer, change)
  layer.transfers[#layer.transfers + 1] = change
  local first <const> = change.shadow or change.golive
  if not change.place then
    return transfer_part(layer, change, chosen(layer.below, change, first), change.share)
  end
  transfer_part(layer, change, chosen(layer.below, change, first, { { "place", { [change.place] = true } } }), change.share)
  local share <const> = exact.scale(change.share, change.split_share or 0, ONE)
  transfer_part(layer, change, chosen(layer.below, change, first, { { "place", { none = true } } }), share)
end

-- ---- A layer ----

local Layer <const> = {}
Layer.__index = Layer

function Layer:scale(operation)
  self.scales[#self.scales + 1] = operation
  return operation
end

function Layer:ordered(found)
  local list <const> = {}
  for index in pairs(found) do -- sorted next
    list[#list + 1] = index
  end
  table.sort(list)
  return list
end

function Layer:born(state, from, to)
  self.added[#self.added + 1] = { line = state.line, from = from, to = to }
end

-- A line that stands for another from a month on.
function Layer:replace(index, change, from, to, fields)
  self.added[#self.added + 1] = { of = index, by = change, from = from, to = to, fields = fields }
end

-- Whether an operation touches the line at `index`: one that stands for another as that one is, but by the change that made it.
local function touches(self, operation, index)
  local more <const> = self.added[index - #self.below.lines]
  if more and more.of then
    return operation.rows[more.of] and more.by ~= operation.by
  end
  return operation.rows[index]
end

local function factor_of(operation, month)
  return operation.solved and (operation.solved[month] or ONE) or operation.factor(month)
end

local function acts_on(operation, channel)
  return operation.channels[1] == channel or operation.channels[2] == channel
end

-- The states before this layer, with those of its own lines.
local function begun(self, month)
  local states <const>, attributes <const> = self.below.at(month)
  for index, more in ipairs(self.added) do
    local there <const> = month >= more.from and (not more.to or month < more.to)
    local state = more.line and fresh(more.line)
    if more.of then
      local of <const> = states[more.of]
      state = { line = copy(of.line), kept = copy(of.kept), accounts = {}, packages = {} }
      for name, value in pairs(more.fields) do -- each by its own name: order does not matter
        state.line[name] = value
      end
    end
    state.kept = there and state.kept or { cost = 0, wte = 0 }
    states[#self.below.lines + index] = state
  end
  return states, attributes
end

-- What some lines come to after the scales of this layer, but for those left out. `of` asks for the lines of an operation: those that stand for others too.
function Layer:total(rows, channel, month, without)
  local sum <const> = { 0, 0 }
  for index, state in ipairs((begun(self, month))) do
    if touches(self, { rows = rows }, index) then
      local kept = state.kept[channel]
      for _, operation in ipairs(self.scales) do
        local out = false
        for _, other in ipairs(without) do
          out = out or other == operation
        end
        if not out and touches(self, operation, index) and acts_on(operation, channel) then
          kept = exact.times(kept, factor_of(operation, month))
        end
      end
      exact.add(sum, state.line[channel], kept)
    end
  end
  return exact.rounded(sum, 1)
end

local function account(state, kind, channel, amount)
  state.accounts[kind] = state.accounts[kind] or { cost = 0, wte = 0 }
  state.accounts[kind][channel] = state.accounts[kind][channel] + amount
end

-- The same, and what of it is a transfer's.
local function package(state, change, kind, channel, amount)
  account(state, kind, channel, amount)
  local of <const> = state.packages[change] or {}
  state.packages[change] = of
  of[kind] = of[kind] or { cost = 0, wte = 0 }
  of[kind][channel] = of[kind][channel] + amount
end

-- Shares one after the other, each what all so far come to less what those before it came to: so that all of a line is exactly all of it.
local function share_out(self, state, index, channel, month)
  local kept <const> = state.kept[channel]
  local all, gone = 0, 0
  for _, one in ipairs(self.shares) do
    local amounts <const> = touches(self, one, index) and one.amounts(month) or { moved = 0, stranded = 0 }
    for _, kind in ipairs { "moved", "stranded" } do
      all = all + amounts[kind]
      local so_far <const> = exact.times(kept, all)
      package(state, one.change, kind, channel, so_far - gone)
      gone = so_far
    end
  end
  state.kept[channel] = kept - gone
  for _, one in ipairs(channel == "cost" and self.extras or {}) do
    for kind, share in pairs(touches(self, one, index) and one.amounts(month) or {}) do -- each into its own account: order does not matter
      package(state, one.change, kind, channel, exact.times(kept, share))
    end
  end
  if all > ONE then
    error { conflict = "shares" }
  end
end

local function through_channel(self, state, index, channel, month)
  for _, operation in ipairs(self.scales) do
    if touches(self, operation, index) and acts_on(operation, channel) then
      local before <const> = state.kept[channel]
      state.kept[channel] = exact.times(before, factor_of(operation, month))
      account(state, operation.kind, channel, before - state.kept[channel])
    end
  end
  share_out(self, state, index, channel, month)
end

local function moved(self, state, index, month)
  local held <const> = {}
  for _, one in ipairs(self.moves) do
    if within(one.change, month) and touches(self, one, index) then
      for field, label in pairs(one.change.into) do -- each by its own name: order does not matter
        if held[field] then
          error { conflict = "moves" }
        end
        held[field] = label
      end
    end
  end
  if next(held) then
    state.line = copy(state.line)
    for field, label in pairs(held) do -- each by its own name: order does not matter
      state.line[field] = label
    end
  end
end

local function set_attributes(self, attributes, month)
  local made <const>, seen <const> = copy(attributes), {}
  for _, one in ipairs(self.sets) do
    for member in pairs(within(one.change, month) and one.members or {}) do -- each by its own name: order does not matter
      if seen[member] then
        error { conflict = "sets" }
      end
      seen[member], made[member] = true, { blueprint = one.change.blueprint }
    end
  end
  return made
end

local function evaluate(self, month)
  for _, one in ipairs(self.solved) do
    if within(one.change, month) then
      one.solve(month)
    end
  end
  local states <const>, attributes <const> = begun(self, month)
  for index, state in ipairs(states) do
    for _, channel in ipairs(CHANNELS) do
      through_channel(self, state, index, channel, month)
    end
    moved(self, state, index, month)
  end
  return states, set_attributes(self, attributes, month)
end

-- Two regrades, or two solved cuts, that meet on a line.
local function check_claims(claims)
  for at, later in ipairs(claims) do
    for before = 1, at - 1 do
      local other <const> = claims[before]
      local from <const> = math.max(later.change.from, other.change.from)
      if from < math.min(later.change.to or math.maxinteger, other.change.to or math.maxinteger) then
        for index in pairs(later.rows) do -- any one will do
          if other.rows[index] then
            error { conflict = "claims" }
          end
        end
      end
    end
  end
end

local function claims_of(self, changes, kind, more)
  local claims <const> = {}
  for _, change in ipairs(changes) do
    if change.kind == kind and (kind == "regrade" or change.take or change.target or change.spread) then
      claims[#claims + 1] = { change = change, rows = chosen(self.below, change, change.from, more) }
    end
  end
  return claims
end

---A list of changes, each with an id, on a state.
function naive.layer(below, changes)
  local self <const> = setmetatable({ below = below, world = below.world, added = {}, scales = {}, solved = {}, shares = {}, extras = {}, moves = {}, sets = {},
    once = {}, transfers = {}, depth = below.depth + 1, months = table.move(below.months, 1, #below.months, 1, {}) }, Layer)
  table.sort(changes, function(a, b)
    return a.id < b.id
  end)
  check_claims(claims_of(self, changes, "regrade", { { "kind", { pay = true } } }))
  check_claims(claims_of(self, changes, "scale"))
  for _, change in ipairs(changes) do
    for _, month in ipairs(change.bites or { change.from, change.to }) do
      self.months[#self.months + 1] = month
    end
    lower[change.kind](self, change)
  end
  self.lines = {}
  for index = 1, #below.lines + #self.added do
    self.lines[index] = index
  end
  local known <const> = {}
  function self.at(month)
    known[month] = known[month] or table.pack(evaluate(self, month))
    local states <const> = {}
    for index, state in ipairs(known[month][1]) do
      local accounts <const> = {}
      for kind, amounts in pairs(state.accounts) do -- copying: order does not matter
        accounts[kind] = copy(amounts)
      end
      states[index] = { line = state.line, kept = copy(state.kept), accounts = accounts, packages = copy(state.packages) }
    end
    return states, known[month][2]
  end
  for _, month in ipairs(self.months) do -- what goes wrong in any month goes wrong
    self.at(month)
  end
  return self
end

---What has left of all of a package in a month.
function naive.gone(change, month)
  return (left_of(change, ONE, month))
end

naive.BEGINNING, naive.allot = BEGINNING, oracle.allot

return naive
