/* SPDX-License-Identifier: Apache-2.0
 * selection_internal: a selection moved to a table that holds the same categories, and what decisions share. Internal to core/.
 */
#ifndef REMIT_SELECTION_INTERNAL_H
#define REMIT_SELECTION_INTERNAL_H

#include "remit/selection.h"

/* The names of a dimension's members: its column "name", when that is text; else, and of no dimension, NULL. */
const remit_column *remit_selection_names(const remit_table *dimension);

/* Calls `visit` with the column of each test, until it gives false. False too when a test is of integers; NULL has no tests. */
typedef bool remit_selection_visit(void *context, const remit_column *column);
bool remit_selection_codes(const remit_selection *selection, remit_selection_visit *visit, void *context);

/* The same with what each test says of the column's codes, a byte of 0 or 1 each. */
typedef bool remit_selection_read(void *context, const remit_column *column, const uint8_t *pass);
bool remit_selection_tests(const remit_selection *selection, remit_selection_read *read, void *context);

/* mask[i] = 1 when row rows[i] is selected, else 0. At most REMIT_BLOCK rows, rising. */
void remit_selection_pick(const remit_selection *selection, const uint32_t *rows, size_t count, uint8_t *mask);

/* The same tests of `table`: `twin` gives its column for one of the old table's, with the same dictionary. All tests must be of codes. */
typedef const remit_column *remit_selection_twin(const void *context, const remit_column *column);
remit_status remit_selection_rebind(remit_selection **out, const remit_selection *selection, const remit_table *table,
                                    remit_selection_twin *twin, const void *context, remit_error *err);

/* For tests: the same selection as a processor without vector units for bytes evaluates it. */
void remit_selection_slow(remit_selection *selection);

#endif
