/* SPDX-License-Identifier: Apache-2.0
 * pivot_result: which rows the result has and in which order, then its columns. Most results are made by pivot_result_in_order.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "pivot_internal.h"
#include "table_internal.h"

#define OTHERS (-1)

typedef struct result_rows {
  size_t count;
  int8_t *level; /* OTHERS, or that of `group` */
  uint32_t *group;
} result_rows;

static size_t groups_shown(const pivot_plan *plan, const pivot_fold *fold)
{
  size_t groups = fold->levels[plan->pivot->by_count].groups, top = plan->pivot->top;
  return plan->pivot->by_count != 0 && top != 0 && top < groups ? top : groups;
}

static remit_status allocate_rows(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  size_t keys = plan->pivot->by_count, room = 2 + fold->levels[keys].groups;
  for (size_t at = 1; at < keys && plan->pivot->totals; at++)
    room += fold->levels[at].groups;
  rows->level = remit_allocate(room, sizeof *rows->level);
  rows->group = remit_allocate(room, sizeof *rows->group);
  return rows->level != NULL && rows->group != NULL ? REMIT_OK : remit_no_memory(err);
}

static void push(result_rows *rows, int level, uint32_t group)
{
  rows->level[rows->count] = (int8_t)level;
  rows->group[rows->count++] = group;
}

/* The subtotals of the groups that end with finest group `group`, when `after` is the one after it. */
static void push_subtotals(result_rows *rows, const pivot_fold *fold, size_t keys, uint32_t group, uint32_t after)
{
  for (size_t at = keys; at > 1; at--) {
    group = fold->levels[at].parent[group];
    after = fold->levels[at].parent[after];
    if (after == group)
      return;
    push(rows, (int)at - 1, group);
  }
}

/* Those of the last group. */
static void push_all_subtotals(result_rows *rows, const pivot_fold *fold, size_t keys, uint32_t group)
{
  for (size_t at = keys; at > 1; at--) {
    group = fold->levels[at].parent[group];
    push(rows, (int)at - 1, group);
  }
}

static uint32_t group_at(const uint32_t *order, size_t place)
{
  return order != NULL ? order[place] : (uint32_t)place;
}

/* `order` is that of the finest groups, or NULL. */
static void list_rows(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, const uint32_t *order)
{
  size_t keys = plan->pivot->by_count, shown = keys != 0 ? groups_shown(plan, fold) : 0;
  bool subtotals = plan->pivot->totals && keys > 1;
  for (size_t i = 0; i < shown; i++) {
    uint32_t group = group_at(order, i);
    push(rows, (int)keys, group);
    if (subtotals && i + 1 < shown)
      push_subtotals(rows, fold, keys, group, group_at(order, i + 1));
    else if (subtotals)
      push_all_subtotals(rows, fold, keys, group);
  }
  if (keys != 0 && shown < fold->levels[keys].groups)
    push(rows, OTHERS, 0);
  if (keys == 0 || plan->pivot->totals)
    push(rows, 0, 0);
}

static remit_status make_rows(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, const uint32_t *order, remit_error *err)
{
  remit_status status = allocate_rows(rows, plan, fold, err);
  if (status == REMIT_OK)
    list_rows(rows, plan, fold, order);
  return status;
}

static remit_status fold_others(pivot_fold *fold, const pivot_plan *plan, const pivot_cells *cells, const uint32_t *order, remit_error *err)
{
  size_t shown = groups_shown(plan, fold), groups = fold->levels[plan->pivot->by_count].groups;
  if (shown == groups)
    return REMIT_OK;
  uint8_t *beyond = remit_allocate_zero(groups, sizeof *beyond);
  if (beyond == NULL)
    return remit_no_memory(err);
  for (size_t i = shown; i < groups; i++)
    beyond[order != NULL ? order[i] : i] = 1;
  remit_status status = pivot_fold_others(fold, plan, cells, beyond, err);
  remit_release(beyond);
  return status;
}

/* The codes of key `at` in every row. `ancestor` has each row's group at this level, where it has one, and gets that of the level above. */
static void read_key(const pivot_level *level, size_t at, const result_rows *rows, uint32_t *restrict ancestor, uint32_t *restrict codes)
{
  const uint32_t *code = level->code, *parent = level->parent;
  const int8_t *levels = rows->level;
  for (size_t i = 0; i < rows->count; i++) {
    codes[i] = 0;
    if (levels[i] > (int)at) {
      uint32_t group = ancestor[i];
      codes[i] = code[group];
      ancestor[i] = parent[group];
    }
  }
}

/* columns[k] for each key, from the last to the first. */
static remit_status make_keys(remit_column **columns, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, uint32_t *scratch,
                              remit_error *err)
{
  uint32_t *ancestor = scratch, *codes = scratch + rows->count;
  remit_status status = REMIT_OK;
  for (size_t k = plan->pivot->by_count; k-- > 0 && status == REMIT_OK;) {
    read_key(&fold->levels[k + 1], k, rows, ancestor, codes);
    status = remit_column_known_codes(&columns[k], codes, rows->count, plan->keys[k].dictionary, err);
  }
  return status;
}

static remit_status add_key(remit_table *table, const pivot_key *key, const remit_column *column, remit_error *err)
{
  return remit_table_append(table, key->name, column, key->lists.items == NULL ? key->path.dimension : NULL, err);
}

static remit_status add_keys(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, remit_error *err)
{
  remit_column *columns[REMIT_KEYS_MAX] = { NULL };
  uint32_t *scratch = remit_allocate(rows->count, 2 * sizeof *scratch);
  if (scratch == NULL)
    return remit_no_memory(err);
  if (rows->count != 0)
    memcpy(scratch, rows->group, rows->count * sizeof *scratch);
  remit_status status = make_keys(columns, plan, fold, rows, scratch, err);
  for (size_t k = 0; k < plan->pivot->by_count && status == REMIT_OK; k++)
    status = add_key(table, &plan->keys[k], columns[k], err);
  for (size_t k = 0; k < plan->pivot->by_count; k++)
    remit_column_free(columns[k]);
  remit_release(scratch);
  return status;
}

static remit_status add_ints(remit_table *table, const char *name, const int64_t *values, remit_unit unit, remit_error *err)
{
  remit_column *column;
  remit_status status = remit_column_ints(&column, values, remit_table_rows(table), unit, err);
  if (status != REMIT_OK)
    return status;
  status = remit_table_add(table, name, column, err);
  remit_column_free(column);
  return status;
}

/* The figures of one measure in all rows. */
static void read_figures(const pivot_plan *plan, const pivot_fold *fold, size_t m, const result_rows *rows, int64_t *restrict values)
{
  const int8_t *levels = rows->level;
  const uint32_t *group = rows->group;
  const int64_t *figures[REMIT_KEYS_MAX + 2] = { fold->others.figures[m] };
  for (size_t at = 0; at <= plan->pivot->by_count; at++)
    figures[at + 1] = fold->levels[at].figures[m];
  for (size_t i = 0; i < rows->count; i++)
    values[i] = figures[levels[i] - OTHERS][group[i]];
}

/* `scratch` has room for a figure a row; as below. */
static remit_status add_measures(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, int64_t *scratch,
                                 remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++) {
    read_figures(plan, fold, m, rows, scratch);
    status = add_ints(table, plan->measures[m].name, scratch, plan->measures[m].unit, err);
  }
  return status;
}

static remit_status add_levels(remit_table *table, const result_rows *rows, int64_t *scratch, remit_error *err)
{
  for (size_t i = 0; i < rows->count; i++)
    scratch[i] = rows->level[i];
  return add_ints(table, REMIT_PIVOT_LEVEL, scratch, REMIT_COUNT, err);
}

static remit_status fill(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, remit_error *err)
{
  int64_t *scratch = remit_allocate(rows->count, sizeof *scratch);
  if (scratch == NULL)
    return remit_no_memory(err);
  remit_status status = add_keys(table, plan, fold, rows, err);
  if (status == REMIT_OK)
    status = add_measures(table, plan, fold, rows, scratch, err);
  if (status == REMIT_OK)
    status = add_levels(table, rows, scratch, err);
  remit_release(scratch);
  return status;
}

static remit_status make_table(remit_table **out, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, remit_error *err)
{
  remit_table *table;
  remit_status status = remit_table_new(&table, rows->count, err);
  if (status != REMIT_OK)
    return status;
  status = fill(table, plan, fold, rows, err);
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}

remit_status pivot_result(remit_table **out, const pivot_plan *plan, const pivot_cells *cells, pivot_fold *fold, remit_error *err)
{
  if (fold->in_order && pivot_keeps_order(plan))
    return pivot_result_in_order(out, plan, fold, err);
  pivot_order order = { 0 };
  result_rows rows = { 0 };
  remit_status status = pivot_order_init(&order, plan, fold, err);
  const uint32_t *finest = order.order[plan->pivot->by_count];
  if (status == REMIT_OK)
    status = fold_others(fold, plan, cells, finest, err);
  if (status == REMIT_OK)
    status = make_rows(&rows, plan, fold, finest, err);
  if (status == REMIT_OK)
    status = make_table(out, plan, fold, &rows, err);
  pivot_order_release(&order);
  remit_release(rows.level);
  remit_release(rows.group);
  return status;
}
