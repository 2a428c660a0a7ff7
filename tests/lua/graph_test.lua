-- SPDX-License-Identifier: Apache-2.0
-- Graphs against naive searches on random ones, and one that is large.

local check <const> = require "check"
local graph <const> = require "remit.graph"

local seed = 4

local function below(bound)
  seed = (seed * 1664525 + 1013904223) & 0xffffffff
  return (seed >> 8) % bound
end

local function random_graph(n, edges)
  local from <const>, to <const> = {}, {}
  for edge = 1, edges do
    from[edge], to[edge] = below(n) + 1, below(n) + 1
  end
  return graph.new(n, from, to), from, to
end

-- Steps from a node to each other by trying every edge again and again; a node is 0 steps from itself.
local function naive_steps(n, from, to, start)
  local steps <const> = { [start] = 0 }
  for _ = 1, n do
    for edge = 1, #from do
      local known <const>, reached <const> = steps[from[edge]], steps[to[edge]]
      if known and (not reached or known + 1 < reached) then
        steps[to[edge]] = known + 1
      end
    end
  end
  return steps
end

check.test("closures_hold_what_can_be_reached_by_shortest_ways", function()
  for _ = 1, 200 do
    local n <const> = below(12) + 1
    local network <const>, from <const>, to <const> = random_graph(n, below(2 * n))
    local start <const> = below(n) + 1
    local steps <const> = naive_steps(n, from, to, start)
    local order <const>, by_edge <const> = network:reach { start }
    local count = 0
    for _ in pairs(steps) do
      count = count + 1
    end
    check.same(#order, count)
    for _, node in ipairs(order) do
      check.same(#network:way(by_edge, node) - 1, steps[node])
    end
  end
end)

check.test("nodes_are_in_a_circle_when_they_reach_themselves", function()
  for _ = 1, 200 do
    local n <const> = below(10) + 1
    local network <const>, from <const>, to <const> = random_graph(n, below(2 * n))
    local in_circle <const> = {}
    for _, found in ipairs(network:cycles()) do
      check.same(found.circle[1], found.circle[#found.circle])
      for _, node in ipairs(found.nodes) do
        in_circle[node] = true
      end
    end
    for node = 1, n do
      local back = false
      local steps <const> = naive_steps(n, from, to, node)
      for edge = 1, #from do
        back = back or (to[edge] == node and steps[from[edge]] ~= nil)
      end
      check.same(in_circle[node] or false, back)
    end
  end
end)

check.test("a_chain_of_ten_thousand_functions_needs_no_recursion", function()
  local from <const>, to <const> = {}, {}
  for node = 1, 9999 do
    from[node], to[node] = node, node + 1
  end
  for edge = 10000, 100000 do
    from[edge], to[edge] = below(9999) + 1, 10000
  end
  local network <const> = graph.new(10000, from, to)
  check.same(#network:reach { 1 }, 10000)
  check.same(#network:cycles(), 0)
end)
