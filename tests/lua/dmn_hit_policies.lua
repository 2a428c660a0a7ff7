-- SPDX-License-Identifier: Apache-2.0
-- What the hit policies of DMN mean (OMG, Decision Model and Notation 1.3, 8.2.10: hit policies; 8.2.11: defaults and aggregation), as cases: rules
-- that test one number, and what a table says for some values of it. `says` is by value: a list of what each output becomes (false: nothing), or
-- "violation". Where this toolkit goes its own way, `differs` says how.

return {
  -- Unique is the default: no two rules pass for one input; it is violated even when they say the same. An input without a rule has no result.
  { name = "unique is the default policy", outputs = { "a" },
    rules = { { "< 10", "low" }, { ">= 10", "high" } }, says = { [1] = { "low" }, [10] = { "high" } } },
  { name = "unique gives nothing where no rule passes", hits = "unique", outputs = { "a" },
    rules = { { "< 10", "low" } }, says = { [1] = { "low" }, [10] = { false } } },
  { name = "unique is violated by two rules that pass", hits = "unique", outputs = { "a" },
    rules = { { "<= 10", "low" }, { ">= 10", "high" } }, says = { [10] = "violation" } },
  { name = "unique is violated by two rules that say the same", hits = "unique", outputs = { "a" },
    rules = { { "<= 10", "low" }, { ">= 10", "low" } }, says = { [10] = "violation" } },
  { name = "unique holds where overlapping rules do not meet an input", hits = "unique", outputs = { "a" },
    rules = { { "<= 10", "low" }, { ">= 10", "high" } }, says = { [9] = { "low" }, [11] = { "high" } } },
  { name = "unique takes all outputs of its rule", hits = "unique", outputs = { "a", "b" },
    rules = { { "< 10", "low", "one" }, { ">= 10", "high", false } }, says = { [1] = { "low", "one" }, [10] = { "high", false } } },

  -- Any: rules may overlap as long as all outputs agree.
  { name = "any takes what rules agree on", hits = "any", outputs = { "a" },
    rules = { { "<= 10", "low" }, { "[5..20]", "low" } }, says = { [7] = { "low" }, [15] = { "low" } } },
  { name = "any is violated by rules that differ", hits = "any", outputs = { "a" },
    rules = { { "<= 10", "low" }, { ">= 10", "high" } }, says = { [10] = "violation" } },
  { name = "any is violated by one output of several", hits = "any", outputs = { "a", "b" },
    rules = { { "<= 10", "low", "one" }, { ">= 10", "low", "two" } }, says = { [10] = "violation" } },
  { name = "any is violated by a rule that says nothing beside one that does", hits = "any", outputs = { "a" },
    rules = { { "<= 10", "low" }, { ">= 10", false } }, says = { [10] = "violation" } },
  { name = "any compares every rule that passes", hits = "any", outputs = { "a" },
    rules = { { "-", "low" }, { "-", "low" }, { "> 5", "high" } }, says = { [9] = "violation" } },
  { name = "any by its letter", hits = "A", outputs = { "a" }, rules = { { "-", "low" }, { "> 5", "low" } }, says = { [9] = { "low" } } },

  -- First: the order of the rules decides.
  { name = "first takes the upper rule", hits = "first", outputs = { "a" },
    rules = { { "< 10", "low" }, { "< 100", "middle" }, { "-", "rest" } }, says = { [1] = { "low" }, [50] = { "middle" }, [100] = { "rest" } } },
  { name = "first takes the upper rule though it comes later in value", hits = "F", outputs = { "a" },
    rules = { { "-", "rest" }, { "< 10", "low" } }, says = { [1] = { "rest" }, [50] = { "rest" } } },
  { name = "first takes all outputs of one rule and none of another", hits = "first", outputs = { "a", "b" },
    rules = { { "< 10", "low", false }, { "-", "rest", "two" } }, says = { [1] = { "low", false }, [50] = { "rest", "two" } } },

  -- Collect: all hits; a list, or the sum, least, largest or number of the values of one output.
  { name = "collect lists what all rules say", hits = "collect", outputs = { "a" },
    rules = { { "< 10", "x" }, { "< 100", "y" }, { "-", "z" } }, says = { [1] = { "x|y|z" }, [50] = { "y|z" }, [100] = { "z" } } },
  { name = "collect lists nothing where no rule passes", hits = "collect", outputs = { "a" },
    rules = { { "< 10", "x" } }, says = { [10] = { false } } },
  { name = "collect lists a value once", hits = "C", outputs = { "a" }, rules = { { "-", "y" }, { "-", "x" }, { "-", "y" } }, says = { [1] = { "x|y" } },
    differs = "DMN's list has a value as often as rules say it, in any order; lists of labels here are sets" },
  { name = "collect lists several outputs by themselves", hits = "collect", outputs = { "a", "b" },
    rules = { { "-", "x", "1" }, { "> 5", "y", false } }, says = { [9] = { "x|y", "1" } } },
  { name = "collect sum adds every value", hits = "collect sum", outputs = { "n" },
    rules = { { "-", "1.5" }, { "> 5", "2" }, { "> 7", "2" } }, says = { [1] = { 1.5 }, [6] = { 3.5 }, [9] = { 5.5 } } },
  { name = "collect sum gives nothing where no rule passes", hits = "C+", outputs = { "n" },
    rules = { { "> 5", "2" } }, says = { [1] = { false } } },
  { name = "collect sum goes below zero", hits = "C+", outputs = { "n" }, rules = { { "-", "-3" }, { "> 5", "2" } }, says = { [9] = { -1 } } },
  { name = "collect min takes the least value", hits = "collect min", outputs = { "n" },
    rules = { { "-", "3" }, { "> 5", "-2" }, { "> 7", "10" } }, says = { [1] = { 3 }, [9] = { -2 } } },
  { name = "collect min by its letters", hits = "C<", outputs = { "n" }, rules = { { "-", "9" }, { "-", "10" } }, says = { [1] = { 9 } } },
  { name = "collect max takes the largest value by number, not by text", hits = "collect max", outputs = { "n" },
    rules = { { "-", "9" }, { "> 5", "10" } }, says = { [1] = { 9 }, [9] = { 10 } } },
  { name = "collect max of values below zero", hits = "C>", outputs = { "n" }, rules = { { "-", "-9" }, { "-", "-10" } }, says = { [1] = { -9 } } },
  { name = "collect count counts values, equal ones too", hits = "collect count", outputs = { "n" },
    rules = { { "-", "x" }, { "> 5", "x" }, { "> 7", "y" } }, says = { [1] = { 1 }, [6] = { 2 }, [9] = { 3 } } },
  { name = "collect count leaves out rules that say nothing", hits = "C#", outputs = { "n" },
    rules = { { "-", "x" }, { "-", false } }, says = { [1] = { 1 } } },
  -- Compound outputs are collected, never aggregated.
  { name = "collect sum of two outputs is refused", hits = "collect sum", outputs = { "n", "o" }, rules = { { "-", "1", "2" } }, refused = "is of one output" },
}
