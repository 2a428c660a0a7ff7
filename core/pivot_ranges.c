/* SPDX-License-Identifier: Apache-2.0
 * pivot_ranges: a result whose groups stand in order, column by column. The rows of a group stand beside each other, its subtotal last, so
 * that a column is filled a group at a time.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "pivot_internal.h"
#include "table_internal.h"

typedef struct ranges {
  const pivot_plan *plan;
  const pivot_fold *fold;
  size_t keys, rows;
  const uint32_t *begin[REMIT_KEYS_MAX]; /* of each group of a level but the finest, its first row, and past the last one how many there are */
  uint32_t *total[REMIT_KEYS_MAX];       /* the row of its subtotal; and */
  uint32_t *row;                         /* that of each finest group: NULL without totals */
} ranges;

/* ---- Which rows ---- */

/* Groups are the rows. */
static void lay_plain(ranges *r)
{
  for (size_t at = 0; at < r->keys; at++)
    r->begin[at] = r->fold->levels[at].start;
  r->rows = r->fold->levels[r->keys].groups;
}

/* Each finest group comes after the subtotals of all groups that end before it. */
static void lay_finest(ranges *r)
{
  const pivot_level *levels = r->fold->levels;
  uint32_t before = 0, *restrict row = r->row;
  for (size_t at = 1; at < r->keys; at++)
    for (size_t g = 1; g < levels[at].groups; g++)
      row[levels[at].start[g]]++;
  for (size_t g = 0; g < levels[r->keys].groups; g++) {
    before += row[g];
    row[g] = (uint32_t)g + before;
  }
  row[levels[r->keys].groups] = (uint32_t)r->rows;
}

/* A subtotal comes after the last finest group, and after those of finer levels. */
static void lay_level(const ranges *r, size_t at, uint32_t *restrict begin, uint32_t *restrict total)
{
  const pivot_level *level = &r->fold->levels[at];
  for (size_t g = 0; g < level->groups; g++) {
    begin[g] = r->row[level->start[g]];
    total[g] = r->row[level->start[g + 1] - 1] + (uint32_t)(r->keys - at);
  }
  begin[level->groups] = (uint32_t)r->rows;
}

/* With a row for each group of every level. The room is in r->row. */
static remit_status lay_totals(ranges *r, remit_error *err)
{
  const pivot_level *levels = r->fold->levels;
  for (size_t at = 0; at <= r->keys; at++)
    r->rows += levels[at].groups;
  if (r->rows > UINT32_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %lu rows", (unsigned long)UINT32_MAX);
  uint32_t *next = r->row = remit_allocate_zero(2 * r->rows + r->keys + 1, sizeof *next);
  if (next == NULL)
    return remit_no_memory(err);
  lay_finest(r);
  next += levels[r->keys].groups + 1;
  for (size_t at = r->keys; at-- > 1; next += levels[at].groups + 1) {
    r->total[at] = next;
    lay_level(r, at, next + levels[at].groups, next);
    r->begin[at] = next += levels[at].groups;
  }
  r->total[0] = next;
  *next = (uint32_t)r->rows - 1;
  return REMIT_OK;
}

/* ---- Columns ---- */

/* One code for all rows of a group, its subtotals included. Subtotals of fewer keys have none. */
static void fill_key(const ranges *r, size_t key, remit_column *column)
{
  const pivot_level *level = &r->fold->levels[key + 1];
  if (key + 1 < r->keys)
    remit_column_fill_runs(column, r->begin[key + 1], level->code, level->groups);
  else if (r->row != NULL)
    remit_column_place_codes(column, r->row, level->groups, level->code);
  else
    remit_column_set_codes(column, 0, r->rows, level->code);
  for (size_t at = 0; at <= key && r->row != NULL; at++)
    remit_column_place_codes(column, r->total[at], r->fold->levels[at].groups, NULL);
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

static void place(const uint32_t *restrict row, const int64_t *restrict figures, size_t count, int64_t *restrict values)
{
  for (size_t g = 0; g < count; g++)
    values[row[g]] = figures[g];
}

static void fill_figures(const ranges *r, size_t m, int64_t *values)
{
  const pivot_level *levels = r->fold->levels;
  for (size_t at = 0; at <= r->keys; at++)
    place(at < r->keys ? r->total[at] : r->row, levels[at].figures[m], levels[at].groups, values);
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
      values[r->total[at][g]] = (int32_t)at;
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
  remit_table *table = NULL;
  remit_status status = REMIT_OK;
  if (plan->pivot->totals)
    status = lay_totals(&r, err);
  else
    lay_plain(&r);
  if (status == REMIT_OK)
    status = remit_table_new(&table, r.rows, err);
  if (status == REMIT_OK)
    status = add_columns(table, &r, err);
  remit_release(r.row);
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}
