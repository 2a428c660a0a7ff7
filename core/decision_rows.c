/* SPDX-License-Identifier: Apache-2.0
 * decision_rows: the results of overlaps and gaps.
 */
#include "decision_rows.h"

#include "memory.h"

remit_status decision_rows_add(decision_rows *rows, uint32_t **row, remit_error *err)
{
  if (rows->count == rows->room) {
    size_t room = rows->room != 0 ? rows->room * 2 : 16;
    uint32_t *cells = remit_reallocate(rows->cells, room, rows->width * sizeof *cells);
    if (cells == NULL)
      return remit_no_memory(err);
    rows->cells = cells;
    rows->room = room;
  }
  *row = rows->cells + rows->width * rows->count++;
  return REMIT_OK;
}

void decision_rows_release(decision_rows *rows)
{
  remit_release(rows->cells);
}

remit_status decision_rows_texts(const decision_rows *rows, size_t place, const remit_decision *decision, const decision_values *values,
                                 remit_table *table, remit_error *err)
{
  uint32_t *codes = remit_allocate(rows->count, sizeof *codes);
  remit_status status = codes != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < decision->input_count; i++) {
    remit_column *column = NULL;
    for (size_t row = 0; row < rows->count; row++)
      codes[row] = rows->cells[row * rows->width + place + i];
    status = remit_column_codes(&column, codes, rows->count, values[i].texts, err);
    if (status == REMIT_OK)
      status = remit_table_add(table, decision->inputs[i].path, column, err);
    remit_column_free(column);
  }
  remit_release(codes);
  return status;
}
