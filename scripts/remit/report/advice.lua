-- SPDX-License-Identifier: Apache-2.0
-- Why a report withholds what a model comes to, for its readers, and what would show it, for who makes the report.

local fault <const> = require "remit.fault"
local select <const> = require "remit.select"
local shape <const> = require "remit.report.shape"
local state_of <const> = require "remit.state_of"

local advice <const> = {}

-- The models from which this one differs in few posts, or in how many it has, of those that it is protected against: beside theirs, what it comes to is what
-- few posts come to.
local function near(context, number)
  local posts <const>, names <const> = context:posts(), {}
  for other = 1, context.jointly and number - 1 or math.min(number - 1, 1) do
    local fewer <const>, apart <const> = math.abs(posts[number] - posts[other]), context:posts_apart(number, other)
    local is_near <const> = fewer > 0 and fewer < context.threshold or apart > 0 and apart < context.threshold
    names[#names + 1] = is_near and shape.name_of(context:models()[other]) or nil
  end
  return names
end

---@return "small"|"near"|"company"
local function cause(context, number)
  return context:posts()[number] < context.threshold and "small" or #near(context, number) > 0 and "near" or "company"
end

local reasons <const> = {
  small = function(context)
    return ("which has fewer than %d posts"):format(context.threshold)
  end,
  near = function(context, number)
    return ("which differs from %s in fewer than %d posts"):format(shape.listed(near(context, number)), context.threshold)
  end,
  company = function(context)
    return ("from which figures by fewer than %d posts would follow"):format(context.threshold)
  end,
}

---Which totals are withheld, and why; nil when none is.
---@param context remit.report.context
---@return string?
function advice.reasons(context)
  local parts <const> = {}
  for number, model in ipairs(context:models()) do
    parts[#parts + 1] = context:hides_total(model) and ("%s, %s"):format(shape.name_of(model), reasons[cause(context, number)](context, number)) or nil
  end
  return #parts > 0 and ("Withheld: %s. The run record says what would show it."):format(table.concat(parts, "; ")) or nil
end

---Why figures of plans are withheld where there are many posts; nil when none is.
---@param context remit.report.context
---@return string?
function advice.differing(context)
  for number = 2, context.threshold > 1 and #context:models() or 0 do
    if context.any_is_hidden(context:establishment()[number]) then
      return ("Of a plan figures are withheld too where it differs from %s in fewer than %d posts, however many there are, for the difference is theirs.")
        :format(context.jointly and "the base or another plan" or "the base", context.threshold)
    end
  end
end

-- ---- What would show them ----

local OPEN <const> = "suppress = 0, in a report for those who may see single salaries"

-- What has fewer members than `by`, most often.
local function coarser(context)
  local list <const> = {}
  for _, path in ipairs { context.by .. ".class", context.by .. ".blueprint", context.by .. ".parent", "group", "band" } do
    list[#list + 1] = path ~= context.by and select.resolve(state_of[context.base].lines, path) and path or nil
  end
  return list
end

-- The first `by` that withholds none of the totals, and still tells some of the posts apart from others.
local function shown_by(context, numbers)
  for _, path in ipairs(coarser(context)) do
    local frames <const> = fault.caught(context.established_by, context, path)
    local all = frames and #frames[1]:where { [path] = "not(none)" } > 0
    for _, number in ipairs(all and numbers or {}) do
      all = all and not context.row_is_hidden(frames[number], shape.total_row(frames[number]))
    end
    if all then
      return path
    end
  end
end

local remedies <const> = {
  small = function()
    return OPEN
  end,
  near = function(context, numbers)
    local names <const> = near(context, numbers[1])
    local base <const> = names[1] == shape.name_of(context.base)
    return (base and "more changes in one plan; or " or ("a report without %s; jointly = false, in one that does not leave the house; or "):format(
      shape.listed(names))) .. OPEN
  end,
  company = function(context, numbers)
    local path <const> = shown_by(context, numbers)
    return path and ('by = "%s" instead of by = "%s"'):format(path, context.by) or "fewer scenarios in one report; or " .. OPEN
  end,
}

---What would show the totals that are withheld; an empty list when none is.
---@param context remit.report.context
---@return string[]
function advice.remedies(context)
  local lines <const>, company <const>, names <const> = {}, {}, {}
  local function add(kind, numbers, name)
    lines[#lines + 1] = ("To show what %s comes to: %s."):format(name, remedies[kind](context, numbers))
  end
  for number, model in ipairs(context:models()) do
    local kind <const> = context:hides_total(model) and cause(context, number)
    if kind == "company" then
      company[#company + 1], names[#names + 1] = number, shape.name_of(model)
    elseif kind then
      add(kind, { number }, shape.name_of(model))
    end
  end
  if #company > 0 then
    add("company", company, shape.listed(names))
  end
  return lines
end

return advice
