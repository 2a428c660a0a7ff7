-- SPDX-License-Identifier: Apache-2.0
-- Published defects of the Lua that the program is linked with, after the lists at https://www.lua.org/bugs.html: those that a script can reach.

local defects <const> = {}

-- By the release that mends it: what may end or mislead the process, and what is only wrong.
local mended <const> = {
  { release = 6, crash = {
    "reading a local _ENV that is <const> reads past memory (CVE-2022-28805; mended in Debian's 5.4.4-2)",
    "an error while the C stack is full and an error is handled overruns Lua's stack (CVE-2022-33099; mended in Debian's 5.4.4-3)",
    "closing variables from C uses a stack that may have moved",
    "coroutines that close coroutines, nested deeply, overflow the C stack",
    "bytecode that was tampered with (a guarded script cannot load any)",
  }, wrong = {
    "constants in bitwise operations may be compiled wrongly",
    "break in a for loop may leave its variable open",
    "the generational collector may wait too long after a full collection",
    "utf8.codes lets stray continuation bytes pass",
    "a message of wrong arithmetic may name another line",
  } },
  { release = 7, crash = {
    "comparing texts may read past their end",
    "joining very long texts overflows a buffer",
    "naming a value for a message may overflow the C stack",
  }, wrong = {
    "the line of a call may be another",
  } },
}

---@param release string "Lua 5.4.4"
---@return { release: string, crash: string[], wrong: string[] }[] by the release that mends them; empty when all are mended or the release is unknown
function defects.of(release)
  local number <const> = tonumber(release:match "^Lua 5%.4%.(%d+)$")
  local found <const> = {}
  for _, group in ipairs(mended) do
    if number and number < group.release then
      found[#found + 1] = { release = "5.4." .. group.release, crash = group.crash, wrong = group.wrong }
    end
  end
  return found
end

---What `remit --version` says below its first line.
---@param release string
---@return string
function defects.text(release)
  local lines <const> = {}
  for _, group in ipairs(defects.of(release)) do
    lines[#lines + 1] = ("%s: published defects that %s mends"):format(release, group.release)
    for _, kind in ipairs { "crash", "wrong" } do
      for _, what in ipairs(group[kind]) do
        lines[#lines + 1] = ("  %s: %s"):format(kind == "crash" and "may crash" or "wrong", what)
      end
    end
  end
  if #lines > 0 then
    lines[#lines + 1] = "A bundle of a stranger runs in a process of its own, so that a crash harms nothing. SECURITY.md says how to build with a newer Lua."
  end
  return table.concat(lines, "\n")
end

return defects
