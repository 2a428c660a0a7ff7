/* SPDX-License-Identifier: Apache-2.0
 * changeset: changes to the lines of a table, as one more category of lines.
 *
 *   remit_step from_april[] = { { .month = april, .factor = REMIT_ONE / 2 } };
 *   remit_operation halve = { .effect = REMIT_SCALE, .where = nonpay, .account = SAVED, .steps = from_april, .step_count = 1 };
 *   remit_changeset *plan;
 *   remit_changeset_new(&plan, lines, &halve, 1, ACCOUNTS, &err);
 *   remit_changeset_trails(plan)                                      -> a column: each line's trail, the operations that touch it
 *   const size_t kept = REMIT_KEPT;
 *   remit_changeset_factors(plan, may, &kept, 1, 0, factors, &err);   -> for each trail what of a line is kept in May
 *
 * The operations that touch a line are its trail, and lines of one trail behave alike. So any figure of any month is one grouping with the
 * trail among its keys, times a factor a trail: months, accounts and amounts cost nothing a line. An account is who carries a part of a line: REMIT_KEPT is
 * who had it before, the others are the caller's (saved, a receiver, stranded). A channel is a kind of figure (cost, WTE): an operation may
 * act on some of them only.
 *
 * In each month and channel a line goes through its layers in order. In a layer, of what is kept when it begins: SCALE operations multiply, in the order of the operations,
 * each product rounded half to even to 10^-12, and what a factor takes goes to its account (below zero when it adds); then SHAREs move shares of what the scales left to
 * their accounts, all of the same amount, and together at most all of it; EXTRAs add shares of the same to an account and take nothing. So all accounts together
 * make one, plus the extras. RECODEs say which member a line has instead: of one layer at most one for a line, column and month, of several the last.
 *
 * Immutable; keeps its table alive.
 */
#ifndef REMIT_CHANGESET_H
#define REMIT_CHANGESET_H

#include "remit/pivot.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_ONE INT64_C(1000000000000) /* factors are in units of 10^-12 */
#define REMIT_KEPT 0                     /* the account that a line is in before anything happens to it */
#define REMIT_OPERATIONS_MAX 4096
#define REMIT_TRAILS_MAX 65535
#define REMIT_ACCOUNTS_MAX (REMIT_OPERATIONS_MAX + 1) /* one for each, and the first */
#define REMIT_CHANNELS_MAX 8

typedef enum remit_effect { REMIT_SCALE, REMIT_SHARE, REMIT_EXTRA, REMIT_RECODE } remit_effect;

/* The factor from a month on, until the next step's. Before the first step nothing happens. A scale's factor is what stays (REMIT_ONE: all); that of a share or an
 * extra is its size (0: none). A recode's is REMIT_ONE while it holds, 0 once it has ended. Others: from 0 to 1000 times REMIT_ONE; a share's at most REMIT_ONE. */
typedef struct remit_step {
  int64_t month;
  int64_t factor;
} remit_step;

typedef struct remit_operation {
  remit_effect effect;
  const remit_selection *where; /* of the table's lines, or of a table that has the first of them: later ones are not touched */
  size_t layer;                 /* 0 first; does not fall from one operation to the next */
  uint32_t channels;            /* a bit a channel; 0: all */
  size_t account;               /* SCALE: of what is taken; SHARE, EXTRA: of what is moved or added */
  const remit_step *steps;      /* months rising */
  size_t step_count;
  const char *column; /* RECODE: a code column of the table */
  uint32_t code;      /* RECODE: its new code */
} remit_operation;

typedef struct remit_changeset remit_changeset;

/* REMIT_EINVAL for an operation that is not in order (the message names it by its number, from 1), for two recodes of one layer that meet on a
 * line in a month and for shares that are more than all of a line (it names them, each as "operation N"), REMIT_ELIMIT past the limits. Reads
 * rows once, and only until every way is met in which tests of categories can meet one. */
REMIT_API remit_status remit_changeset_new(remit_changeset **out, const remit_table *table, const remit_operation *operations, size_t count,
                                           size_t accounts, remit_error *err);
REMIT_API void remit_changeset_free(remit_changeset *changeset);

/* The trails, labelled by the numbers of their operations from 1 ("2|5"); code 0 is that of a line which nothing touches. Borrowed. */
REMIT_API const remit_dictionary *remit_changeset_labels(const remit_changeset *changeset);

/* Each line's trail. Borrowed; may be made now, which reads the rows, or be NULL when there is no memory for it. */
REMIT_API const remit_column *remit_changeset_trails(const remit_changeset *changeset);

/* Cells: sums of the lines by some keys and the trail, without a trail for each line where tests of a few categories tell it. `marked` gives a
 * table of the lines (those that the changes are to, perhaps with other links) the columns from which cells find trails, under names that begin
 * with "#mark"; where they do, no row is read. `cells` runs a pivot of such a table: sums and numbers of rows, no totals, order or `top`. The
 * result has the keys, then the column `trail`, then the measures; a combination of keys and trail may have several rows. Of REMIT_KEYS_MAX
 * keys, trails may need REMIT_CHANGESET_MARKS. */
#define REMIT_CHANGESET_MARKS 4
REMIT_API remit_status remit_changeset_marked(const remit_changeset *changeset, const remit_table *lines, remit_table **out, remit_error *err);
REMIT_API remit_status remit_changeset_cells(const remit_changeset *changeset, const remit_table *marked, const remit_pivot *pivot, const char *trail,
                                             remit_table **out, remit_error *err);

/* How many lines an operation touches: counted when it is first asked, which reads the rows. */
REMIT_API size_t remit_changeset_touched(const remit_changeset *changeset, size_t operation);

/* The same changes with other steps of some operations: no row is read. Months may change too. As for new. */
typedef struct remit_restep {
  size_t operation;
  const remit_step *steps;
  size_t step_count;
} remit_restep;

REMIT_API remit_status remit_changeset_with(const remit_changeset *changeset, const remit_restep *changes, size_t count, remit_changeset **out,
                                            remit_error *err);

/* What of a line is in some accounts together in a month, for each trail from 0: as many as the trails' dictionary has codes. An account that stands
 * twice counts once. REMIT_EOVERFLOW past 64 bits. */
REMIT_API remit_status remit_changeset_factors(const remit_changeset *changeset, int64_t month, const size_t *accounts, size_t account_count,
                                               unsigned channel, int64_t *factors, remit_error *err);

/* What one operation took, moved or added in a month, for each trail; 0 where it does not touch. */
REMIT_API remit_status remit_changeset_effect(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, int64_t *factors,
                                              remit_error *err);

/* What the lines that an operation touches come to in a month once all that stands before it is done: the layers below, and, for a SCALE, the other scales of its own
 * layer, but for those in `without` (NULL: none); for the others all scales of its layer. `sums` are the figures of its channel by trail before any change. Rounded half to even. */
REMIT_API remit_status remit_changeset_before(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, const size_t *without,
                                              size_t without_count, const int64_t *sums, int64_t *total, remit_error *err);

/* `cells` in a month: a grouping of the table's lines in which `trail` is a key. Columns that recodes speak of have the month's members (they keep their
 * links); others are shared, and where no recode holds so is the table. */
REMIT_API remit_status remit_changeset_recode(const remit_changeset *changeset, int64_t month, const remit_table *cells, const char *trail,
                                              remit_table **out, remit_error *err);

/* Months in which something changes, rising; the caller frees `*months` with remit_months_free. */
REMIT_API remit_status remit_changeset_months(const remit_changeset *changeset, int64_t **months, size_t *count, remit_error *err);
REMIT_API void remit_months_free(int64_t *months);

/* Exact products. A figure times a factor is held in two columns of integers whose sums are exact: NAME"#high" and NAME"#low" (0 <= low < 2^31), worth
 * high x 2^31 + low in units of 10^-12; so sums of up to 2^32 rows, of up to 10^16 units, fit. `weighed` gives `cells` with both for each of `names`, integer columns, in their place: each row's figure times the factor of its
 * trail. `settled` takes a grouping of such sums and gives NAME back in their place, divided by `divisor` (12 for a year's months; a million at most) and rounded: the total of all rows half to even,
 * then the groups of the first key, of the first two, and so on down to the rows by largest remainder, so that parts always add up to what they are parts of. `weighed` gives REMIT_EOVERFLOW past 64 bits. */
REMIT_API remit_status remit_table_weighed(const remit_table *cells, const char *trail, const int64_t *factors, size_t factor_count,
                                           const char *const *names, size_t name_count, remit_table **out, remit_error *err);
REMIT_API remit_status remit_table_settled(const remit_table *groups, const char *const *keys, size_t key_count, const char *const *names,
                                           size_t name_count, int64_t divisor, remit_table **out, remit_error *err);

/* `weighed` of each part, all of them grouped together, and `settled`, in one go: a row a group, with its keys and the figures. Errors are theirs and
 * remit_pivot_run's. */
typedef struct remit_part {
  const remit_table *cells;
  const char *trail;
  const int64_t *const *factors; /* for each name, of each trail */
  size_t factor_count;
  const remit_selection *where; /* of the cells; NULL: all */
} remit_part;

typedef struct remit_weighing {
  const remit_part *parts; /* one at least; months, say */
  size_t part_count;
  const char *const *by; /* paths */
  size_t by_count;
  const char *const *names; /* integer columns */
  size_t name_count;
  int64_t divisor;
} remit_weighing;

REMIT_API remit_status remit_table_figures(const remit_weighing *asked, remit_table **out, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
