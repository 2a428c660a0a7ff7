-- SPDX-License-Identifier: Apache-2.0
-- What the command line granted to the script that runs, and which that is: `remit run SCRIPT --pack DIR`.

---@class remit.granted
---@field pack? string what remit.load() loads without a path
---@field site? { path: string, json?: string, problem?: string }|false false: there is none
---@field script? { path: string, text: string }
local granted <const> = {}

return granted
