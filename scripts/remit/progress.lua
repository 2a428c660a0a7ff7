-- SPDX-License-Identifier: Apache-2.0
-- How far long work is. The `remit` program shows it on a terminal once a second has passed; anywhere else this does nothing.

local host <const> = package.preload["remit.host"] and require "remit.host"

local progress <const> = {}

---Before each part of the work. What the core does until the next step says by itself how far it is.
---@param label string what is being done
---@param done? integer parts done
---@param total? integer
function progress.step(label, done, total)
  if host then
    host.report(label, done, total)
  end
end

return progress
