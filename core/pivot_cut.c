/* SPDX-License-Identifier: Apache-2.0
 * pivot_cut: a pivot's result, asked again by its own keys. Its rows are in order and each combination has one, so the answer is the rows that
 * are selected, as they stand: work for these rows alone, and when all are, none.
 */
#include <string.h>

#include "column_internal.h"
#include "pivot_internal.h"
#include "table_internal.h"

typedef struct cut {
  remit_table *frame;
  size_t *rows; /* NULL: every row */
  size_t count;
} cut;

static bool is_by_same_keys(const remit_table *cells, size_t keys, const remit_pivot *pivot)
{
  if (pivot->by_count != keys || pivot->totals || pivot->sort != NULL || pivot->top != 0)
    return false;
  for (size_t i = 0; i < keys; i++) {
    const remit_dictionary *dictionary = remit_column_dictionary(remit_table_column(cells, i));
    if (strcmp(pivot->by[i], remit_table_name(cells, i)) != 0 || remit_dictionary_separator(dictionary) != 0)
      return false;
  }
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (pivot->measures[i].where != NULL)
      return false;
  return true;
}

static remit_status add(const cut *c, const char *name, const remit_column *column, const remit_table *dimension, remit_error *err)
{
  if (c->rows == NULL)
    return remit_table_append(c->frame, name, column, dimension, err);
  remit_column *taken;
  remit_status status = remit_column_gather(column, c->rows, c->count, &taken, err);
  if (status == REMIT_OK)
    status = remit_table_append(c->frame, name, taken, dimension, err);
  remit_column_free(taken);
  return status;
}

static remit_status add_level(const cut *c, const remit_table *cells, size_t keys, remit_error *err)
{
  if (c->rows == NULL)
    return remit_table_add(c->frame, REMIT_PIVOT_LEVEL, remit_table_find(cells, REMIT_PIVOT_LEVEL), err);
  remit_column *column;
  remit_status status = remit_column_same_int(&column, (int64_t)keys, c->count, REMIT_COUNT, err);
  if (status == REMIT_OK)
    status = remit_table_add(c->frame, REMIT_PIVOT_LEVEL, column, err);
  remit_column_free(column);
  return status;
}

static remit_status add_columns(const cut *c, const remit_table *cells, const remit_pivot *pivot, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; i < pivot->by_count && status == REMIT_OK; i++)
    status = add(c, pivot->by[i], remit_table_column(cells, i), remit_table_dimension_at(cells, i), err);
  for (size_t i = 0; i < pivot->measure_count && status == REMIT_OK; i++)
    status = add(c, pivot->measures[i].name, remit_table_find(cells, pivot->measures[i].column), NULL, err);
  return status == REMIT_OK ? add_level(c, cells, pivot->by_count, err) : status;
}

remit_status pivot_cut(const remit_table *cells, size_t keys, const remit_pivot *pivot, remit_table **out, remit_error *err)
{
  if (!is_by_same_keys(cells, keys, pivot))
    return REMIT_OK;
  cut c = { .count = remit_table_rows(cells) };
  remit_status status = pivot->where != NULL ? remit_selection_rows(pivot->where, &c.rows, &c.count, err) : REMIT_OK;
  if (status == REMIT_OK)
    status = remit_table_new(&c.frame, c.count, err);
  if (status == REMIT_OK)
    status = add_columns(&c, cells, pivot, err);
  remit_rows_free(c.rows);
  if (status == REMIT_OK)
    *out = c.frame;
  else
    remit_table_free(c.frame);
  return status == REMIT_ENOMEM ? status : REMIT_OK;
}
