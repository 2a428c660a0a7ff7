/* SPDX-License-Identifier: Apache-2.0
 * table_take: some rows of a table, in any order.
 */
#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

static void gather_1(const uint8_t *from, const size_t *rows, size_t count, uint8_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = rows[i] != SIZE_MAX ? from[rows[i]] : 0;
}

static void gather_2(const uint16_t *from, const size_t *rows, size_t count, uint16_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = rows[i] != SIZE_MAX ? from[rows[i]] : 0;
}

static void gather_4(const uint32_t *from, const size_t *rows, size_t count, uint32_t missing, uint32_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = rows[i] != SIZE_MAX ? from[rows[i]] : missing;
}

static void gather_8(const int64_t *from, const size_t *rows, size_t count, int64_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = rows[i] != SIZE_MAX ? from[rows[i]] : REMIT_MISSING;
}

remit_status remit_column_gather(const remit_column *column, const size_t *rows, size_t count, remit_column **out, remit_error *err)
{
  remit_status status = remit_column_like(out, column, count, err);
  if (status != REMIT_OK)
    return status;
  size_t width;
  const void *from = remit_column_values(column, &width);
  void *to = remit_column_room(*out);
  switch (width) {
  case 1: gather_1(from, rows, count, to); break;
  case 2: gather_2(from, rows, count, to); break;
  case 4: gather_4(from, rows, count, remit_column_dictionary(column) != NULL ? 0 : (uint32_t)REMIT_MISSING_NARROW, to); break;
  default: gather_8(from, rows, count, to); break;
  }
  remit_column_finish(*out);
  return REMIT_OK;
}

static remit_status check_rows(const remit_table *table, const size_t *rows, size_t count, bool *whole, remit_error *err)
{
  size_t there = remit_table_rows(table);
  *whole = count == there;
  for (size_t i = 0; i < count; i++) {
    if (rows[i] >= there && rows[i] != SIZE_MAX)
      return remit_fail(err, REMIT_EINVAL, "row %zu is not there: the table has %zu", rows[i] + 1, there);
    *whole = *whole && rows[i] == i;
  }
  return REMIT_OK;
}

static remit_status take_column(const remit_table *table, size_t index, const size_t *rows, size_t count, bool whole, remit_table *fresh,
                                remit_error *err)
{
  const remit_column *column = remit_table_column(table, index);
  const char *name = remit_table_name(table, index);
  const remit_table *dimension = remit_table_dimension_at(table, index);
  if (whole) /* fast path: same answer without it */
    return remit_table_append(fresh, name, column, dimension, err);
  remit_column *taken;
  remit_status status = remit_column_gather(column, rows, count, &taken, err);
  if (status == REMIT_OK)
    status = remit_table_append(fresh, name, taken, dimension, err);
  remit_column_free(taken);
  return status;
}

remit_status remit_table_take(const remit_table *table, const size_t *rows, size_t count, remit_table **out, remit_error *err)
{
  *out = NULL;
  bool whole;
  remit_table *fresh = NULL;
  remit_status status = check_rows(table, rows, count, &whole, err);
  if (status == REMIT_OK)
    status = remit_table_new(&fresh, count, err);
  size_t columns = remit_table_columns(table);
  for (size_t i = 0; status == REMIT_OK && i < columns; i++)
    status = take_column(table, i, rows, count, whole, fresh, err);
  if (status != REMIT_OK) {
    remit_table_free(fresh);
    return status;
  }
  *out = fresh;
  return REMIT_OK;
}
