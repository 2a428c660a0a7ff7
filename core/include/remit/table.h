/* SPDX-License-Identifier: Apache-2.0
 * table: named columns of equal length, and links from a column's codes to the rows of a dimension.
 *
 *   remit_table *posts;
 *   remit_table_new(&posts, 2, NULL);
 *   remit_table_add(posts, "fn", fn_codes, NULL);          (a reference is taken)
 *   remit_table_add(posts, "cost", cost, NULL);
 *   remit_table_link(posts, "fn", functions, NULL);        code c of `fn` is row c - 1 of `functions`
 *   remit_table_find(posts, "cost")                        -> the column, borrowed
 *   remit_table_free(posts);
 *
 * A path such as "fn.class" or "post.place.region" follows links; it is resolved once and costs one array look-up a member, never a
 * copy a row. Build a table (new, add, link), then treat it as const: while it is shared or linked to, add and link refuse, so that links
 * never form a ring. The operations below return new tables that share columns where they can. References are counted: share, free.
 */
#ifndef REMIT_TABLE_H
#define REMIT_TABLE_H

#include "remit/column.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_COLUMNS_MAX 1024
#define REMIT_PATH_DEPTH 8

typedef struct remit_table remit_table;

REMIT_API remit_status remit_table_new(remit_table **out, size_t rows, remit_error *err);
REMIT_API remit_table *remit_table_share(const remit_table *table);
REMIT_API void remit_table_free(remit_table *table);

/* Adds a column under a new name, or REMIT_EINVAL; REMIT_ELIMIT past REMIT_COLUMNS_MAX. A whole name wins over a path: a result may have
 * a column called "fn.class". The table takes a reference, the caller keeps its own. */
REMIT_API remit_status remit_table_add(remit_table *table, const char *name, const remit_column *column, remit_error *err);

/* Says that code c of a column is row c - 1 of `dimension`. The dictionary must have one code more than the dimension has rows. A table may
 * link to itself (a place's parent is a place). */
REMIT_API remit_status remit_table_link(remit_table *table, const char *name, const remit_table *dimension, remit_error *err);

REMIT_API size_t remit_table_rows(const remit_table *table);
REMIT_API size_t remit_table_columns(const remit_table *table);
REMIT_API const char *remit_table_name(const remit_table *table, size_t index);
REMIT_API const remit_column *remit_table_column(const remit_table *table, size_t index);
REMIT_API const remit_column *remit_table_find(const remit_table *table, const char *name);

/* The dimension that a column links to (borrowed), or NULL. */
REMIT_API const remit_table *remit_table_dimension(const remit_table *table, const char *name);

/* A resolved path: rows -> codes of `base` -> row + 1 of the table that holds `target` (0: no such row). */
typedef struct remit_path {
  const remit_column *base;     /* in the table itself; borrowed */
  const remit_column *target;   /* what the path names; equal to base for a plain column */
  const remit_table *dimension; /* what `target`'s codes link to, or NULL */
  uint32_t *row_of;             /* per code of base; NULL for a plain column. Freed by release */
} remit_path;

/* REMIT_ENOTFOUND names the part of the path that is not there. */
REMIT_API remit_status remit_path_init(remit_path *path, const remit_table *table, const char *name, remit_error *err);
REMIT_API void remit_path_release(remit_path *path);

/* The rows `rows[0..count)` in that order, SIZE_MAX giving a row of missing values. Links are kept. */
REMIT_API remit_status remit_table_take(const remit_table *table, const size_t *rows, size_t count, remit_table **out, remit_error *err);

/* The tables one after the other, by column name; a column that one lacks is missing there. Dictionaries are merged; units must agree; a
 * column that links to the same dimension everywhere it occurs keeps its link. */
REMIT_API remit_status remit_table_concat(const remit_table *const *tables, size_t count, remit_table **out, remit_error *err);

/* Numbers the distinct combinations of some columns or paths, missing values included: `group` (one code a row, from 0, in order of first
 * appearance) and the first row of each combination. Freed by the caller with remit_groups_free. No columns make one group. */
typedef struct remit_groups {
  uint32_t *group;  /* rows */
  size_t *first;    /* count */
  size_t count;
} remit_groups;
REMIT_API remit_status remit_table_distinct(const remit_table *table, const char *const *names, size_t count, remit_groups *out, remit_error *err);
REMIT_API void remit_groups_free(remit_groups *groups);

/* A copy of integer column `name` in which row i without a value gets values[group[i]]; `values` has groups->count entries. */
REMIT_API remit_status remit_table_fill(const remit_table *table, const char *name, const remit_groups *groups, const int64_t *values,
                                        remit_column **out, remit_error *err);

/* Splits each row in two by part / whole, two integer columns of one unit with 0 <= part <= whole: each row's part, and at once after it
 * its rest; a side of nothing is left out (a whole of 0 stays one row, a part). A row past these bounds is REMIT_EINVAL and named.
 * `whole` becomes each side's own amount; the columns of `shared` are divided in proportion, the part rounded half to even and the rest
 * what remains, so that sums stay exact; `part` goes. A code column `flag` says "false" for parts and "true" for rests. Links are kept. */
REMIT_API remit_status remit_table_split(const remit_table *table, const char *whole, const char *part, const char *const *shared, size_t count,
                                         const char *flag, remit_table **out, remit_error *err);

/* The first rows at which left > right (integer columns of one unit; missing compares as fine): at most `max` of them, and how many there
 * are in all. */
REMIT_API remit_status remit_table_exceeds(const remit_table *table, const char *left, const char *right, size_t *rows, size_t max, size_t *count,
                                           remit_error *err);

/* One key of a sort, a column or a path: labels by folded text (of integers it says nothing), or codes and integers by value. */
typedef struct remit_sort_key {
  const char *name;
  bool descending;
  bool by_label;
} remit_sort_key;

/* A stable order of the rows, in `rows` (as many as the table has). Missing values come last, in both directions. */
REMIT_API remit_status remit_table_order(const remit_table *table, const remit_sort_key *keys, size_t count, size_t *rows, remit_error *err);

/* Adds what the table holds to a hash: columns by name in sorted order, with their units, labels (all, in code order) and values. Links
 * are not followed. The same for every build and machine. */
REMIT_API remit_status remit_table_hash(const remit_table *table, remit_sha256 *sha, remit_error *err);

/* Bytes of columns and dictionaries, each counted once; dimensions are not included. */
REMIT_API size_t remit_table_memory(const remit_table *table);

#ifdef __cplusplus
}
#endif
#endif
