/* SPDX-License-Identifier: Apache-2.0
 * pivot_result: which rows the result has and in which order, then its columns.
 */
#include "memory.h"
#include "pivot_internal.h"

#define OTHERS (-1)

typedef struct result_rows {
  size_t count, room;
  int64_t *level; /* OTHERS, or that of `group` */
  uint32_t *group;
} result_rows;

static size_t groups_shown(const pivot_plan *plan, const pivot_fold *fold)
{
  size_t groups = fold->levels[plan->pivot->by_count].groups, top = plan->pivot->top;
  return plan->pivot->by_count != 0 && top != 0 && top < groups ? top : groups;
}

static remit_status allocate_rows(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  rows->room = 1;
  for (size_t at = 0; at <= plan->pivot->by_count; at++)
    rows->room += fold->levels[at].groups;
  rows->level = remit_allocate(rows->room, sizeof *rows->level);
  rows->group = remit_allocate(rows->room, sizeof *rows->group);
  return rows->level != NULL && rows->group != NULL ? REMIT_OK : remit_no_memory(err);
}

static void push(result_rows *rows, int64_t level, uint32_t group)
{
  rows->level[rows->count] = level;
  rows->group[rows->count++] = group;
}

/* The subtotals of the groups that end with finest group `group`, when `next` (or NULL) is the one after it. */
static void push_subtotals(result_rows *rows, const pivot_fold *fold, size_t keys, uint32_t group, const uint32_t *next)
{
  uint32_t after = next != NULL ? *next : 0;
  for (size_t at = keys; at > 1; at--) {
    group = fold->levels[at].parent[group];
    after = next != NULL ? fold->levels[at].parent[after] : 0;
    if (next != NULL && after == group)
      return;
    push(rows, (int64_t)at - 1, group);
  }
}

static void list_rows(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, const uint32_t *order)
{
  size_t keys = plan->pivot->by_count, shown = groups_shown(plan, fold);
  for (size_t i = 0; i < shown && keys != 0; i++) {
    push(rows, (int64_t)keys, order[i]);
    if (plan->pivot->totals)
      push_subtotals(rows, fold, keys, order[i], i + 1 < shown ? &order[i + 1] : NULL);
  }
  if (shown < fold->levels[keys].groups)
    push(rows, OTHERS, 0);
  if (keys == 0 || plan->pivot->totals)
    push(rows, 0, 0);
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
    beyond[order[i]] = 1;
  remit_status status = pivot_fold_others(fold, plan, cells, beyond, err);
  remit_release(beyond);
  return status;
}

/* The code of key `at` in a row: that of the row's group, or of its ancestor at that level. */
static uint32_t code_at(const pivot_fold *fold, int64_t level, uint32_t group, size_t at)
{
  if (level <= (int64_t)at)
    return 0;
  size_t deep = (size_t)level;
  for (; deep > at + 1; deep--)
    group = fold->levels[deep].parent[group];
  return fold->levels[deep].code[group];
}

static remit_status add_key(remit_table *table, const pivot_key *key, size_t at, const pivot_fold *fold, const result_rows *rows,
                            remit_error *err)
{
  uint32_t *codes = remit_allocate(rows->count, sizeof *codes);
  if (codes == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < rows->count; i++)
    codes[i] = code_at(fold, rows->level[i], rows->group[i], at);
  remit_column *column;
  remit_status status = remit_column_codes(&column, codes, rows->count, key->dictionary, err);
  remit_release(codes);
  if (status != REMIT_OK)
    return status;
  status = remit_table_add(table, key->name, column, err);
  remit_column_free(column);
  if (status == REMIT_OK && key->path.dimension != NULL && key->lists.items == NULL)
    status = remit_table_link(table, key->name, key->path.dimension, err);
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

static remit_status add_measure(remit_table *table, const pivot_plan *plan, size_t m, const pivot_fold *fold, const result_rows *rows,
                                remit_error *err)
{
  int64_t *values = remit_allocate(rows->count, sizeof *values);
  if (values == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < rows->count; i++) {
    const pivot_level *level = rows->level[i] == OTHERS ? &fold->others : &fold->levels[rows->level[i]];
    values[i] = level->figures[m][rows->group[i]];
  }
  remit_status status = add_ints(table, plan->measures[m].name, values, plan->measures[m].unit, err);
  remit_release(values);
  return status;
}

static remit_status fill(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t k = 0; k < plan->pivot->by_count && status == REMIT_OK; k++)
    status = add_key(table, &plan->keys[k], k, fold, rows, err);
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    status = add_measure(table, plan, m, fold, rows, err);
  if (status == REMIT_OK)
    status = add_ints(table, REMIT_PIVOT_LEVEL, rows->level, REMIT_COUNT, err);
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
  pivot_order order = { 0 };
  result_rows rows = { 0 };
  remit_status status = pivot_order_init(&order, plan, fold, err);
  const uint32_t *finest = order.order[plan->pivot->by_count];
  if (status == REMIT_OK)
    status = fold_others(fold, plan, cells, finest, err);
  if (status == REMIT_OK)
    status = allocate_rows(&rows, plan, fold, err);
  if (status == REMIT_OK) {
    list_rows(&rows, plan, fold, finest);
    status = make_table(out, plan, fold, &rows, err);
  }
  pivot_order_release(&order);
  remit_release(rows.level);
  remit_release(rows.group);
  return status;
}
