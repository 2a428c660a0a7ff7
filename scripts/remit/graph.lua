-- SPDX-License-Identifier: Apache-2.0
-- Directed graphs over the numbers 1 to n: what can be reached, with shortest ways, and the circles. Linear in nodes and edges, without recursion.

local graph <const> = {}

---@class remit.graph
---@field n integer
---@field from integer[] by edge
---@field to integer[]
---@field out integer[][] edges that leave a node, in the order given
local Graph <const> = {}
Graph.__index = Graph

---@param n integer
---@param from integer[]
---@param to integer[]
---@return remit.graph
function graph.new(n, from, to)
  local out <const> = {}
  for node = 1, n do
    out[node] = {}
  end
  for edge = 1, #from do
    table.insert(out[from[edge]], edge)
  end
  return setmetatable({ n = n, from = from, to = to, out = out }, Graph)
end

---The nodes that can be reached from some, nearest first, and by which edge each was reached (0 for a start).
---@param starts integer[]
---@param within? table<integer, any> only nodes that have an entry
---@return integer[] nodes, table<integer, integer> by_edge
function Graph:reach(starts, within)
  local order <const>, by_edge <const> = {}, {}
  for _, node in ipairs(starts) do
    if not by_edge[node] then
      by_edge[node] = 0
      order[#order + 1] = node
    end
  end
  local head = 1
  while head <= #order do
    for _, edge in ipairs(self.out[order[head]]) do
      local node <const> = self.to[edge]
      if not by_edge[node] and (not within or within[node]) then
        by_edge[node] = edge
        order[#order + 1] = node
      end
    end
    head = head + 1
  end
  return order, by_edge
end

---The nodes on the way to a node, from the start that it was reached from.
function Graph:way(by_edge, node)
  local back <const>, way <const> = { node }, {}
  while by_edge[node] ~= 0 do
    node = self.from[by_edge[node]]
    back[#back + 1] = node
  end
  for index = #back, 1, -1 do
    way[#way + 1] = back[index]
  end
  return way
end

-- Tarjan's components, each a list of nodes in which every one reaches every other; the stack of calls is kept by hand.
local function components(self)
  local index <const>, low <const>, on_stack <const>, stack <const>, found <const> = {}, {}, {}, {}, {}
  local count = 0
  local function open(node, calls)
    count = count + 1
    index[node], low[node] = count, count
    stack[#stack + 1], on_stack[node] = node, true
    calls[#calls + 1] = { node = node, next = 1 }
  end
  local function close(node)
    local component <const> = {}
    repeat
      local member <const> = table.remove(stack)
      on_stack[member] = nil
      component[#component + 1] = member
    until member == node
    table.sort(component)
    found[#found + 1] = component
  end
  local function step(calls)
    local call <const> = calls[#calls]
    local node <const>, edge <const> = call.node, self.out[call.node][call.next]
    call.next = call.next + 1
    if edge and not index[self.to[edge]] then
      open(self.to[edge], calls)
    elseif edge and on_stack[self.to[edge]] then
      low[node] = math.min(low[node], index[self.to[edge]])
    elseif not edge then
      table.remove(calls)
      local caller <const> = calls[#calls]
      if caller then
        low[caller.node] = math.min(low[caller.node], low[node])
      end
      if low[node] == index[node] then
        close(node)
      end
    end
  end
  for start = 1, self.n do
    local calls <const> = {}
    if not index[start] then
      open(start, calls)
    end
    while #calls > 0 do
      step(calls)
    end
  end
  return found
end

-- The shortest circle through the first node of a component: of the edges that lead back to it, the one from its nearest node.
local function circle(self, component)
  local within <const> = {}
  for _, node in ipairs(component) do
    within[node] = true
  end
  local first <const> = component[1]
  local order <const>, by_edge <const> = self:reach({ first }, within)
  for _, node in ipairs(order) do
    for _, edge in ipairs(self.out[node]) do
      if self.to[edge] == first then
        local way <const> = self:way(by_edge, node)
        way[#way + 1] = first
        return way
      end
    end
  end
end

---For each set of nodes that all depend on each other: its nodes, and a shortest circle through the first of them (which stands at both ends).
---@return { nodes: integer[], circle: integer[] }[]
function Graph:cycles()
  local found <const> = {}
  for _, component in ipairs(components(self)) do
    local way <const> = circle(self, component)
    if way then
      found[#found + 1] = { nodes = component, circle = way }
    end
  end
  table.sort(found, function(a, b)
    return a.nodes[1] < b.nodes[1]
  end)
  return found
end

return graph
