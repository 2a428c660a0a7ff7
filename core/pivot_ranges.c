/* SPDX-License-Identifier: Apache-2.0
 * pivot_ranges: a result whose groups stand in order, column by column. The rows of a group stand beside each other, its subtotal last, so
 * that a column is filled a group at a time.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "pivot_internal.h"
#include "table_internal.h"

/* Rows [begin, end) of the groups of each level but the finest. */
typedef struct ranges {
  const pivot_plan *plan;
  const pivot_fold *fold;
  size_t keys, rows;
  size_t *begin[REMIT_KEYS_MAX], *end[REMIT_KEYS_MAX];
} ranges;

/* ---- Which rows ---- */

/* Of a group that begins at `row`, and of those within it; returns the row after them. */
static size_t lay_group(ranges *r, size_t at, size_t group, size_t row)
{
  const uint32_t *first = r->fold->levels[at].first + group;
  r->begin[at][group] = row;
  if (at + 1 == r->keys)
    row += first[1] - first[0];
  else
    for (size_t child = first[0]; child < first[1]; child++)
      row = lay_group(r, at + 1, child, row);
  row += r->plan->pivot->totals;
  r->end[at][group] = row;
  return row;
}

/* The room is the caller's to release. */
static size_t *lay_rows(ranges *r)
{
  size_t groups = 0;
  for (size_t at = 0; at < r->keys; at++)
    groups += r->fold->levels[at].groups;
  size_t *room = remit_allocate(groups, 2 * sizeof *room);
  size_t *next = room;
  for (size_t at = 0; at < r->keys && room != NULL; at++) {
    r->begin[at] = next;
    r->end[at] = next += r->fold->levels[at].groups;
    next += r->fold->levels[at].groups;
  }
  r->rows = room != NULL ? lay_group(r, 0, 0, 0) : 0;
  return room;
}

/* ---- Columns ---- */

/* Each finest group's own code, and for keys before the last one code for all rows of a group. Subtotals of fewer keys have none. */
static void fill_key(const ranges *r, size_t key, remit_column *column)
{
  const pivot_level *above = &r->fold->levels[key], *level = above + 1;
  if (r->plan->pivot->totals)
    remit_column_fill_code(column, 0, r->rows, 0);
  else if (key + 1 == r->keys) {
    remit_column_set_codes(column, 0, r->rows, level->code);
    return;
  }
  if (key + 1 < r->keys)
    for (size_t g = 0; g < level->groups; g++)
      remit_column_fill_code(column, r->begin[key + 1][g], r->end[key + 1][g] - r->begin[key + 1][g], level->code[g]);
  else
    for (size_t g = 0; g < above->groups; g++)
      remit_column_set_codes(column, r->begin[key][g], above->first[g + 1] - above->first[g], level->code + above->first[g]);
}

static remit_status make_key(remit_column **out, const ranges *r, size_t key, remit_error *err)
{
  remit_status status = remit_column_blank(out, r->rows, REMIT_CODE, r->plan->keys[key].dictionary, err);
  if (status != REMIT_OK)
    return status;
  fill_key(r, key, *out);
  remit_column_finish(*out);
  return REMIT_OK;
}

static void fill_figures(const ranges *r, size_t m, int64_t *values)
{
  const pivot_level *levels = r->fold->levels, *above = &levels[r->keys - 1];
  for (size_t g = 0; g < above->groups; g++)
    memcpy(values + r->begin[r->keys - 1][g], above[1].figures[m] + above->first[g],
           (above->first[g + 1] - above->first[g]) * sizeof *values);
  for (size_t at = 0; at < r->keys; at++)
    for (size_t g = 0; g < levels[at].groups; g++)
      values[r->end[at][g] - 1] = levels[at].figures[m][g];
}

static remit_status make_figures(remit_column **out, const ranges *r, size_t m, remit_error *err)
{
  const remit_unit unit = r->plan->measures[m].unit;
  if (!r->plan->pivot->totals)
    return remit_column_ints(out, r->fold->levels[r->keys].figures[m], r->rows, unit, err);
  remit_status status = remit_column_blank(out, r->rows, unit, NULL, err);
  if (status != REMIT_OK)
    return status;
  fill_figures(r, m, remit_column_room(*out));
  remit_column_finish(*out);
  return REMIT_OK;
}

static remit_status make_levels(remit_column **out, const ranges *r, remit_error *err)
{
  if (!r->plan->pivot->totals)
    return remit_column_same_int(out, (int64_t)r->keys, r->rows, REMIT_COUNT, err);
  int32_t *values = remit_allocate(r->rows, sizeof *values);
  if (values == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < r->rows; i++)
    values[i] = (int32_t)r->keys;
  for (size_t at = 0; at < r->keys; at++)
    for (size_t g = 0; g < r->fold->levels[at].groups; g++)
      values[r->end[at][g] - 1] = (int32_t)at;
  remit_status status = remit_column_adopt(out, values, sizeof *values, r->rows, REMIT_COUNT, NULL, err);
  if (status != REMIT_OK)
    remit_release(values);
  return status;
}

/* Unless `status` says that there is no column, which is given away. */
static remit_status add(remit_table *table, const char *name, remit_column *column, const remit_table *dimension, remit_status status,
                        remit_error *err)
{
  if (status != REMIT_OK)
    return status;
  status = remit_table_append(table, name, column, dimension, err);
  remit_column_free(column);
  return status;
}

static remit_status add_columns(remit_table *table, const ranges *r, remit_error *err)
{
  remit_status status = REMIT_OK;
  remit_column *column;
  for (size_t k = 0; k < r->keys && status == REMIT_OK; k++) {
    status = make_key(&column, r, k, err);
    status = add(table, r->plan->keys[k].name, column, r->plan->keys[k].path.dimension, status, err);
  }
  for (size_t m = 0; m < r->plan->pivot->measure_count && status == REMIT_OK; m++) {
    status = make_figures(&column, r, m, err);
    status = add(table, r->plan->measures[m].name, column, NULL, status, err);
  }
  if (status == REMIT_OK) {
    status = make_levels(&column, r, err);
    status = add(table, REMIT_PIVOT_LEVEL, column, NULL, status, err);
  }
  return status;
}

remit_status pivot_result_in_order(remit_table **out, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  ranges r = { .plan = plan, .fold = fold, .keys = plan->pivot->by_count };
  size_t *room = lay_rows(&r);
  if (room == NULL)
    return remit_no_memory(err);
  remit_table *table;
  remit_status status = remit_table_new(&table, r.rows, err);
  if (status == REMIT_OK)
    status = add_columns(table, &r, err);
  remit_release(room);
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}
