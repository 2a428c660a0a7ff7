/* SPDX-License-Identifier: Apache-2.0
 * decision_rows: rows of codes, grown one by one, that become a table of tests. Internal to core/decision*.c.
 */
#ifndef REMIT_DECISION_ROWS_H
#define REMIT_DECISION_ROWS_H

#include "decision_internal.h"

typedef struct decision_rows {
  size_t width, count, room;
  uint32_t *cells;
} decision_rows;

/* A new last row, to be filled at once. */
remit_status decision_rows_add(decision_rows *rows, uint32_t **row, remit_error *err);
void decision_rows_release(decision_rows *rows);

/* Adds a column an input, of the codes from `place` on. */
remit_status decision_rows_texts(const decision_rows *rows, size_t place, const remit_decision *decision, const decision_values *values,
                                 remit_table *table, remit_error *err);

#endif
