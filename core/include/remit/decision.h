/* SPDX-License-Identifier: Apache-2.0
 * decision: the rules of a decision table, all tried on every row of a table.
 *
 *   remit_input inputs[] = { { .path = "blueprint" }, { .path = "modality" } };
 *   const char *cells[] = { "grow",   "-",
 *                           "review", "transfer, transfer-over-time" };
 *   remit_decision *decision;
 *   remit_decision_new(&decision, functions, inputs, 2, cells, 2, NULL, &err);
 *   remit_decision_hits(decision, NULL, &hits, &err);  a code a row: its label says which rules pass, "2" or "1|2"
 *   remit_decision_free(decision);
 *
 * A cell is a test of the test language (predicate.h) of what a row holds at its input's path; a rule passes when all its cells do. Cells are
 * compiled once, to a bit a rule for each member or stretch of numbers; a row ANDs the bits of what it holds. Which of several rules wins
 * (unique, any, first, collect) and what they say is the caller's, once per distinct set of rules: there are few. Immutable; keeps its
 * table alive.
 */
#ifndef REMIT_DECISION_H
#define REMIT_DECISION_H

#include "remit/selection.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_RULES_MAX 4096
#define REMIT_INPUTS_MAX 64
#define REMIT_HITS_MAX 1048576 /* different sets of rules that rows meet */

typedef struct remit_decision remit_decision;

typedef struct remit_input {
  const char *path;     /* "fn.blueprint", "wte": codes or integers */
  bool bounded;         /* of integers: no value lies outside these, in the unit of the column; for gaps and overlaps only */
  int64_t least, most;
} remit_input;

/* Of a table of tests; SIZE_MAX for none. */
typedef struct remit_cell {
  size_t rule, input;
} remit_cell;

/* `cells` has rule_count rows of input_count tests; NULL is "-". `cell` (or NULL) says what an error is about: a cell, then err->at is the byte
 * of it; an input, then its rule is SIZE_MAX; or the decision as a whole, then both are. REMIT_ENOTFOUND for a path or label that is not there, REMIT_EPARSE for
 * a test that does not parse or a range upside down, REMIT_EINVAL for no rules or inputs, an input given twice, or a test that its input cannot have,
 * REMIT_ELIMIT past the limits above. */
REMIT_API remit_status remit_decision_new(remit_decision **out, const remit_table *table, const remit_input *inputs, size_t input_count,
                                          const char *const *cells, size_t rule_count, remit_cell *cell, remit_error *err);
REMIT_API void remit_decision_free(remit_decision *decision);

/* For each row of the table the rules that pass, as a category: labels are the numbers of rules from 1 in rising order, joined by "|" (which is the
 * dictionary's separator); codes in order of their labels' rules; code 0 where none passes. `poll` may be NULL. REMIT_ELIMIT past
 * REMIT_HITS_MAX, REMIT_ESTOPPED. */
REMIT_API remit_status remit_decision_hits(const remit_decision *decision, const remit_poll *poll, remit_column **out, remit_error *err);

/* Whether one cell passes on one row: for explanations. False for an index that is not there. */
REMIT_API bool remit_decision_passes(const remit_decision *decision, size_t row, size_t rule, size_t input);

/* What rules say of all values that could be, not of the rows that are: every combination of the inputs' members (that of a list: the lists that the
 * dictionary holds) and of all integers within the bounds; "no value" too where some row has none. Exact, and written as tests that pass
 * just those of the values that could be (but some sets of lists cannot be told apart by items: then the lists' labels are given).
 *
 * Overlaps: a row for each two rules that some combination meets both, the first `max` of them, and `*count` how many there are in all. Columns "first" and
 * "second" (from 1, counts) and one an input (named by its path) with a test of the values that both allow; REMIT_EINVAL for an input
 * of one of those two names. Gaps: combinations that no rule meets, as rows of tests, one column an input; the rows are disjoint and together all
 * gaps, when `*all` is true; else there were more than `max`, or finding them took too long. A test that would be longer than REMIT_LABEL_MAX
 * names as many of its values as fit, and of gaps `*all` is false. */
REMIT_API remit_status remit_decision_overlaps(const remit_decision *decision, const remit_poll *poll, size_t max, remit_table **out, size_t *count,
                                               remit_error *err);
REMIT_API remit_status remit_decision_gaps(const remit_decision *decision, size_t max, remit_table **out, bool *all, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
