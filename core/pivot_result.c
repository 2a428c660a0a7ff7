/* SPDX-License-Identifier: Apache-2.0
 * pivot_result: which rows the result has and in which order, then its columns.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "pivot_internal.h"
#include "table_internal.h"

#define OTHERS (-1)
#define LONG 8 /* groups of one parent, on average, from which runs of them pay: measured */

/* Rows of finest groups that stand beside each other and have one parent. */
typedef struct result_run {
  size_t row, count;
  uint32_t group;    /* the first one's */
  uint32_t ancestor; /* of them all, at the level in hand */
} result_run;

typedef struct result_rows {
  size_t count;
  bool plain;      /* row r is finest group r, and what follows is not there */
  int8_t *level;   /* OTHERS, or that of `group` */
  uint32_t *group;
  result_run *runs;  /* where there are subtotals and no other order; rows between them stand alone */
  size_t run_count;
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

/* fast path: as list_rows with subtotals and no order, and runs too, which are read faster than rows; same answer without it */
static remit_status list_runs(result_rows *rows, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  size_t keys = plan->pivot->by_count, groups = fold->levels[keys].groups;
  const uint32_t *parent = fold->levels[keys].parent;
  rows->runs = remit_allocate(fold->levels[keys - 1].groups, sizeof *rows->runs);
  if (rows->runs == NULL)
    return remit_no_memory(err);
  for (uint32_t group = 0; group < groups;) {
    result_run *run = &rows->runs[rows->run_count++];
    *run = (result_run){ .row = rows->count, .group = group };
    for (; group < groups && parent[group] == parent[run->group]; group++)
      push(rows, (int)keys, group);
    run->count = rows->count - run->row;
    if (group < groups)
      push_subtotals(rows, fold, keys, group - 1, group);
    else
      push_all_subtotals(rows, fold, keys, group - 1);
  }
  push(rows, 0, 0);
  return REMIT_OK;
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
  size_t keys = plan->pivot->by_count, groups = fold->levels[keys].groups;
  rows->plain = keys != 0 && order == NULL && !plan->pivot->totals && groups_shown(plan, fold) == groups;
  rows->count = rows->plain ? groups : 0;
  if (rows->plain)
    return REMIT_OK;
  remit_status status = allocate_rows(rows, plan, fold, err);
  if (status != REMIT_OK)
    return status;
  bool in_order = fold->in_order && order == NULL && plan->pivot->totals && keys > 1;
  if (in_order && groups / LONG > fold->levels[keys - 1].groups)
    return list_runs(rows, plan, fold, err);
  list_rows(rows, plan, fold, order);
  return REMIT_OK;
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

/* The codes of key `at` in rows from `from` to `end`. `ancestor` has each row's group at this level, where it has one, and gets that of the
 * level above. */
static void read_key(const pivot_level *level, size_t at, const result_rows *rows, size_t from, size_t end, uint32_t *restrict ancestor,
                     uint32_t *restrict codes)
{
  const uint32_t *code = level->code, *parent = level->parent;
  const int8_t *levels = rows->level;
  for (size_t i = from; i < end; i++) {
    codes[i] = 0;
    if (levels[i] > (int)at) {
      uint32_t group = ancestor[i];
      codes[i] = code[group];
      ancestor[i] = parent[group];
    }
  }
}

static void read_run(const pivot_level *level, bool finest, result_run *run, uint32_t *codes)
{
  uint32_t group = finest ? run->group : run->ancestor, code = level->code[group];
  run->ancestor = level->parent[group];
  if (finest)
    memcpy(codes + run->row, level->code + group, run->count * sizeof *codes);
  else
    for (size_t i = 0; i < run->count; i++)
      codes[run->row + i] = code;
}

static void read_keys(const pivot_level *level, size_t at, bool finest, result_rows *rows, uint32_t *ancestor, uint32_t *codes)
{
  size_t from = 0;
  for (size_t r = 0; r < rows->run_count; r++) {
    result_run *run = &rows->runs[r];
    read_key(level, at, rows, from, run->row, ancestor, codes);
    read_run(level, finest, run, codes);
    from = run->row + run->count;
  }
  read_key(level, at, rows, from, rows->count, ancestor, codes);
}

static void read_plain_key(const pivot_level *level, size_t count, uint32_t *restrict ancestor, uint32_t *restrict codes)
{
  const uint32_t *code = level->code, *parent = level->parent;
  for (size_t i = 0; i < count; i++) {
    uint32_t group = ancestor[i];
    codes[i] = code[group];
    ancestor[i] = parent[group];
  }
}

/* columns[k] for each key, from the last to the first. */
static remit_status make_keys(remit_column **columns, const pivot_plan *plan, const pivot_fold *fold, result_rows *rows, uint32_t *scratch,
                              remit_error *err)
{
  size_t keys = plan->pivot->by_count;
  uint32_t *ancestor = scratch, *codes = scratch + rows->count;
  remit_status status = REMIT_OK;
  for (size_t k = keys; k-- > 0 && status == REMIT_OK;) {
    const pivot_level *level = &fold->levels[k + 1];
    const uint32_t *read = codes;
    if (!rows->plain)
      read_keys(level, k, k + 1 == keys, rows, ancestor, codes);
    else if (k + 1 < keys)
      read_plain_key(level, rows->count, ancestor, codes);
    else
      read = level->code;
    if (rows->plain && k + 1 == keys && k != 0)
      memcpy(ancestor, level->parent, rows->count * sizeof *ancestor);
    status = remit_column_known_codes(&columns[k], read, rows->count, plan->keys[k].dictionary, err);
  }
  return status;
}

static remit_status add_key(remit_table *table, const pivot_key *key, const remit_column *column, remit_error *err)
{
  return remit_table_append(table, key->name, column, key->lists.items == NULL ? key->path.dimension : NULL, err);
}

static remit_status add_keys(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, result_rows *rows, remit_error *err)
{
  remit_column *columns[REMIT_KEYS_MAX] = { NULL };
  uint32_t *scratch = remit_allocate(rows->count, 2 * sizeof *scratch);
  if (scratch == NULL)
    return remit_no_memory(err);
  if (rows->group != NULL && rows->count != 0)
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
  const int64_t *finest = figures[plan->pivot->by_count + 1];
  size_t i = 0;
  for (size_t r = 0; r < rows->run_count; r++) {
    const result_run *run = &rows->runs[r];
    for (; i < run->row; i++)
      values[i] = figures[levels[i] - OTHERS][group[i]];
    memcpy(values + i, finest + run->group, run->count * sizeof *values);
    i += run->count;
  }
  for (; i < rows->count; i++)
    values[i] = figures[levels[i] - OTHERS][group[i]];
}

/* `scratch` has room for a figure a row, unless rows are plain; as below. */
static remit_status add_measures(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, const result_rows *rows, int64_t *scratch,
                                 remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++) {
    const pivot_measure *measure = &plan->measures[m];
    if (!rows->plain)
      read_figures(plan, fold, m, rows, scratch);
    status = add_ints(table, measure->name, rows->plain ? fold->levels[plan->pivot->by_count].figures[m] : scratch, measure->unit, err);
  }
  return status;
}

static remit_status add_levels(remit_table *table, const pivot_plan *plan, const result_rows *rows, int64_t *scratch, remit_error *err)
{
  if (!rows->plain) {
    for (size_t i = 0; i < rows->count; i++)
      scratch[i] = rows->level[i];
    return add_ints(table, REMIT_PIVOT_LEVEL, scratch, REMIT_COUNT, err);
  }
  remit_column *column;
  remit_status status = remit_column_same_int(&column, (int64_t)plan->pivot->by_count, rows->count, REMIT_COUNT, err);
  if (status != REMIT_OK)
    return status;
  status = remit_table_add(table, REMIT_PIVOT_LEVEL, column, err);
  remit_column_free(column);
  return status;
}

static remit_status fill(remit_table *table, const pivot_plan *plan, const pivot_fold *fold, result_rows *rows, remit_error *err)
{
  int64_t *scratch = rows->plain ? NULL : remit_allocate(rows->count, sizeof *scratch);
  if (!rows->plain && scratch == NULL)
    return remit_no_memory(err);
  remit_status status = add_keys(table, plan, fold, rows, err);
  if (status == REMIT_OK)
    status = add_measures(table, plan, fold, rows, scratch, err);
  if (status == REMIT_OK)
    status = add_levels(table, plan, rows, scratch, err);
  remit_release(scratch);
  return status;
}

static remit_status make_table(remit_table **out, const pivot_plan *plan, const pivot_fold *fold, result_rows *rows, remit_error *err)
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
    status = make_rows(&rows, plan, fold, finest, err);
  if (status == REMIT_OK)
    status = make_table(out, plan, fold, &rows, err);
  pivot_order_release(&order);
  remit_release(rows.level);
  remit_release(rows.group);
  remit_release(rows.runs);
  return status;
}
