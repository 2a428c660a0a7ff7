/* SPDX-License-Identifier: Apache-2.0
 * selection: rows of a table that pass tests, combined with and, or, not.
 *
 *   remit_selection *senior, *here, *both;
 *   remit_selection_test(&senior, posts, "band", ge_8a, &err);
 *   remit_selection_test(&here, posts, "place.region", north_east, &err);
 *   remit_selection_and(&both, senior, here, &err);
 *   remit_selection_count(both)
 *
 * A test costs one step a member when it is made (attributes through links too) and one look-up a row when it is asked. A selection keeps its table alive. Immutable;
 * references are counted: share, free.
 */
#ifndef REMIT_SELECTION_H
#define REMIT_SELECTION_H

#include "remit/predicate.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_SELECTION_DEPTH 200   /* nested and/or/not, a test being 1 */
#define REMIT_SELECTION_NODES 10000 /* tests and and/or/not, a selection used twice counted twice */

typedef struct remit_selection remit_selection;

/* Every row. */
REMIT_API remit_status remit_selection_all(remit_selection **out, const remit_table *table, remit_error *err);

/* Rows whose value at a path ("fn", "fn.class", "wte") passes. Names of a linked dimension are its column "name". A row whose path leads
 * nowhere has a missing value there. Errors are those of remit_path_init, remit_predicate_codes and remit_predicate_ranges. */
REMIT_API remit_status remit_selection_test(remit_selection **out, const remit_table *table, const char *path, const remit_predicate *predicate,
                                            remit_error *err);

/* REMIT_EINVAL when the two are of different tables, REMIT_ELIMIT past REMIT_SELECTION_DEPTH or REMIT_SELECTION_NODES. A selection and its not
 * part the rows: each row, with missing values too, is in exactly one of them. */
REMIT_API remit_status remit_selection_and(remit_selection **out, const remit_selection *a, const remit_selection *b, remit_error *err);
REMIT_API remit_status remit_selection_or(remit_selection **out, const remit_selection *a, const remit_selection *b, remit_error *err);
REMIT_API remit_status remit_selection_not(remit_selection **out, const remit_selection *a, remit_error *err);

REMIT_API remit_selection *remit_selection_share(const remit_selection *selection);
REMIT_API void remit_selection_free(remit_selection *selection);

/* The table, borrowed. */
REMIT_API const remit_table *remit_selection_table(const remit_selection *selection);

/* mask[i] = 1 when row first + i is selected, else 0; at most REMIT_BLOCK rows a call (the mask of rows past that, or past the table's end,
 * is 0). Allocates nothing; takes at most REMIT_BLOCK bytes of stack a level of nesting. */
#define REMIT_BLOCK 1024
REMIT_API void remit_selection_mask(const remit_selection *selection, size_t first, size_t count, uint8_t *mask);

REMIT_API size_t remit_selection_count(const remit_selection *selection);

/* The selected rows in order; the caller frees `*rows` with remit_rows_free. */
REMIT_API remit_status remit_selection_rows(const remit_selection *selection, size_t **rows, size_t *count, remit_error *err);
REMIT_API void remit_rows_free(size_t *rows);

#ifdef __cplusplus
}
#endif
#endif
