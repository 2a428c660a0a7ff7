/* SPDX-License-Identifier: Apache-2.0
 * pivot: measures of selected rows, grouped by dimensions and their attributes.
 *
 *   const char *by[] = { "fn.class", "place" };
 *   remit_measure measures[] = { { "cost", "cost", REMIT_SUM, NULL }, { "heads", "person", REMIT_DISTINCT, NULL } };
 *   remit_pivot pivot = { .by = by, .by_count = 2, .measures = measures, .measure_count = 2, .totals = true };
 *   remit_pivot_run(posts, &pivot, &frame, &err);
 *
 * Rows are grouped by the members that they hold; attributes fold the small result. Sums are exact: a figure past 64 bits (also a
 * subtotal, also one that is only sorted by) is REMIT_EOVERFLOW, whatever the order of rows. The result is a table: a column a key, named
 * by its path; a column a measure; and REMIT_PIVOT_LEVEL, how many keys a row has (0: the grand total; -1: the others beyond `top`). Keys
 * that a row lacks are missing. A combination is there when `where` selects a row of it, whatever its measures count.
 */
#ifndef REMIT_PIVOT_H
#define REMIT_PIVOT_H

#include "remit/selection.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_KEYS_MAX 16
#define REMIT_MEASURES_MAX 64
#define REMIT_PIVOT_LEVEL "#level" /* not a name that a field has: packs have a field "level" */

typedef enum remit_aggregate {
  REMIT_SUM,     /* of an integer column without missing values; keeps its unit */
  REMIT_ROWS,    /* how many rows; no column */
  REMIT_DISTINCT /* how many different codes of a code column, missing ones aside; a total counts each once */
} remit_aggregate;

typedef struct remit_measure {
  const char *name;   /* of the result's column */
  const char *column; /* NULL for REMIT_ROWS */
  remit_aggregate how;
  const remit_selection *where; /* rows that this measure counts, besides the pivot's own; NULL: all */
} remit_measure;

typedef enum remit_accumulation {
  REMIT_AUTOMATIC,
  REMIT_DENSE, /* one cell a combination of members: REMIT_ELIMIT when there are more than REMIT_DENSE_MAX */
  REMIT_HASHED /* cells for the combinations that occur */
} remit_accumulation;
#define REMIT_DENSE_MAX (1u << 24)

/* Sums that are kept between pivots: for a set of columns, one row a combination of their members that occurs. A pivot that groups and
 * tests by those columns alone folds these few rows and does not read the table's. The latest answers are kept too: the same question, with
 * the very same selections, gets their columns again. The caller owns it, one thread at a time uses it, and no answer depends on it. It
 * holds on to the tables that it has sums and answers of, and to the selections of those answers. */
typedef struct remit_kept remit_kept;

typedef struct remit_kept_counts {
  size_t scans;  /* pivots that read a table's rows */
  size_t hits;   /* pivots answered from kept sums or answers */
  size_t tables; /* sets of sums held */
  size_t bytes;  /* what they and the answers take; never above the budget */
} remit_kept_counts;

/* When a new set of sums does not fit in `budget` bytes, answers go first, then the least recently used sums. */
REMIT_API remit_status remit_kept_new(remit_kept **out, size_t budget, remit_error *err);
REMIT_API void remit_kept_free(remit_kept *kept);
REMIT_API remit_kept_counts remit_kept_stats(const remit_kept *kept);

typedef struct remit_pivot {
  const char *const *by; /* paths; none gives the grand total alone */
  size_t by_count;
  const remit_measure *measures;
  size_t measure_count;
  const remit_selection *where; /* NULL: every row */
  bool totals;                  /* subtotals after each group of a key, and the grand total last. Not over lists (tags): REMIT_EINVAL */
  const char *sort;             /* a measure's name: groups by it, at each level, ties by key; NULL: by the keys' codes, missing last */
  bool ascending;               /* smallest first; default largest first */
  size_t top;                   /* this many groups, then one row of all others; 0: all. Of several keys: combinations in one order of
                                   `sort`, and not together with totals */
  remit_accumulation accumulation; /* the answer is the same for each */
  size_t threads;                  /* that read the rows; 0: one below 200,000 rows, else one a core up to 8. The answer is the same for each */
  const remit_poll *poll;          /* asked while rows are read; NULL: nobody is */
  remit_kept *kept;                /* sums to answer from and to add to; NULL: always read the rows */
} remit_pivot;

/* The table owns references to the dictionaries; key columns keep their links. A key of lists ("pod|ring_fenced") has the items as its
 * members: a row counts in each different one, and in the others once. REMIT_ENOTFOUND for a path or column that is not there,
 * REMIT_EINVAL for a key that is not a category, a measure with missing values, a name that stands twice or too many of them, REMIT_ELIMIT
 * for lists that multiply past 2^27. */
REMIT_API remit_status remit_pivot_run(const remit_table *table, const remit_pivot *pivot, remit_table **out, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
