-- SPDX-License-Identifier: Apache-2.0
-- A core table once more, open for further columns: tables are immutable once something looks into them.

local core <const> = require "remit.core"

---The same columns with their links; some of them replaced by others, or under other names.
---@param from remit.core.table
---@param replaced? table<string, remit.core.column> by the name in `from`
---@param renamed? table<string, string> the new name by the old one
---@return remit.core.table
return function(from, replaced, renamed)
  local made <const> = core.table.new(from:rows())
  for _, old in ipairs(from:names()) do
    local name <const>, dimension <const> = renamed and renamed[old] or old, from:dimension(old)
    made:add(name, replaced and replaced[old] or from:column(old))
    if dimension then
      made:link(name, dimension)
    end
  end
  return made
end
