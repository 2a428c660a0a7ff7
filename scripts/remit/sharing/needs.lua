-- SPDX-License-Identifier: Apache-2.0
-- remit.needs { ... }: what a script says about itself for those who bundle it and run it elsewhere.

local args <const> = require "remit.args"
local core <const> = require "remit.core"

local needs <const> = {}

---What `remit bundle` reads without running the script, so it is written out: texts and lists of texts. Each list takes the place of what was found
---by reading.
needs.check = args.declare {
  name = "needs",
  doc = "What a script needs and reading it does not show. Written out: `remit bundle` reads it and does not run it.",
  example = 'remit.needs { files = { "rules/classify.csv" }, measures = { "cost" }, attributes = { "fn.blueprint" } }',
  { name = "files", kind = "list", doc = "files and folders that the script reads, from the working folder" },
  { name = "modules", kind = "list", doc = "modules that it requires by a name that is not written out" },
  { name = "outputs", kind = "list", doc = "what it writes below out/" },
  { name = "dimensions", kind = "list", doc = "dimensions that the pack must have" },
  { name = "measures", kind = "list", doc = "measures that it asks for" },
  { name = "attributes", kind = "list", doc = "attributes that the pack's members must have, such as fn.blueprint" },
  { name = "tables", kind = "list", doc = "files that the pack must have, such as assignments" },
  { name = "site", kind = "list", doc = "fields that the site profile must have, such as envelope.per_head" },
  { name = "vocabulary", kind = "list", doc = "versions of the shipped vocabulary that it works with" },
  { name = "engine", kind = "string", doc = 'versions of remit that it works with: ">= 0.1.0, < 0.3.0"' },
}

-- Only texts, lists and names: what is read at somebody's desk is not run there.
local PLAIN <const> = { ["{"] = true, ["}"] = true, [","] = true, [";"] = true, ["="] = true, ["["] = true, ["]"] = true }

local function is_plain(tokens, at)
  local token <const> = tokens[at]
  if token.kind == "name" then
    return tokens[at + 1] ~= nil and tokens[at + 1].text == "="
  end
  return token.kind == "string" or token.kind == "symbol" and PLAIN[token.text]
end

---The table that stands from token `first` on, if it is written out.
---@param tokens remit.sharing.token[]
---@param first integer of its {
---@return table? given, string? message
function needs.written_out(tokens, first)
  local depth, parts = 0, {}
  for at = first, #tokens do
    local token <const> = tokens[at]
    if not is_plain(tokens, at) or at == first and token.text ~= "{" then
      return nil, ("remit.needs is read, not run: a table of texts and lists of texts, not '%s'"):format(token.text)
    end
    parts[#parts + 1] = token.text
    depth = depth + (token.text == "{" and 1 or token.text == "}" and -1 or 0)
    if depth == 0 then
      break
    end
  end
  local chunk <const> = depth == 0 and load("return " .. table.concat(parts, " "), "=needs", "t", {})
  if not chunk then
    return nil, "remit.needs { ... } is not closed"
  end
  local fine <const>, given <const> = pcall(function() return needs.check(chunk(), 0) end)
  return fine and given or nil, not fine and tostring(given) or nil
end

---The file of a module beside a script, or below the working folder.
---@param module string
---@param folder string with its slash, or ""
---@return string? path
function needs.find_module(module, folder)
  local path <const> = module:gsub("%.", "/") .. ".lua"
  return core.file.kind(folder .. path) == "file" and folder .. path or core.file.kind(path) == "file" and path or nil
end

return needs
