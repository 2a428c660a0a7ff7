/* SPDX-License-Identifier: Apache-2.0
 * pivot_plan: the names of a pivot resolved and checked. Paths from the same column share one digit of the scan's key.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

static remit_status check_maxima(const remit_pivot *pivot, remit_error *err)
{
  if (pivot->by_count > REMIT_KEYS_MAX)
    return remit_fail(err, REMIT_EINVAL, "%zu keys to group by, at most %d", pivot->by_count, REMIT_KEYS_MAX);
  if (pivot->measure_count > REMIT_MEASURES_MAX)
    return remit_fail(err, REMIT_EINVAL, "%zu measures, at most %d", pivot->measure_count, REMIT_MEASURES_MAX);
  if (pivot->top != 0 && pivot->totals && pivot->by_count > 1)
    return remit_fail(err, REMIT_EINVAL, "the top %zu of several keys together with totals", pivot->top);
  return REMIT_OK;
}

static remit_status check_names(const remit_pivot *pivot, remit_error *err)
{
  const char *names[REMIT_KEYS_MAX + REMIT_MEASURES_MAX + 1];
  size_t count = 0;
  for (size_t i = 0; i < pivot->by_count; i++)
    names[count++] = pivot->by[i];
  for (size_t i = 0; i < pivot->measure_count; i++)
    names[count++] = pivot->measures[i].name;
  names[count++] = REMIT_PIVOT_LEVEL;
  for (size_t i = 1; i < count; i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp(names[i], names[j]) == 0)
        return remit_fail(err, REMIT_EINVAL, "'%s' is there twice", names[i]);
  return REMIT_OK;
}

static size_t digit_of(pivot_plan *plan, const remit_column *column)
{
  size_t i = 0;
  while (i < plan->digit_count && plan->digits[i].column != column)
    i++;
  if (i == plan->digit_count) {
    size_t size = (size_t)remit_column_stats(column).max + 1;
    plan->digits[plan->digit_count++] = (pivot_digit){ .column = column, .size = size };
  }
  return i;
}

/* What each member's attribute is: the one place where a path is followed. The rows that it led to become codes in place. */
static void fold_path(pivot_key *key, size_t members)
{
  key->fold = key->path.row_of;
  key->path.row_of = NULL;
  for (size_t member = 0; key->fold != NULL && member < members; member++)
    if (key->fold[member] != 0)
      key->fold[member] = remit_column_code(key->path.target, key->fold[member] - 1);
}

static remit_status resolve_lists(pivot_key *key, bool whole, bool totals, remit_error *err)
{
  if (whole || remit_dictionary_separator(key->dictionary) == 0)
    return REMIT_OK;
  if (totals)
    return remit_fail(err, REMIT_EINVAL, "no totals over '%s': its values are lists, and a row counts in each item", key->name);
  remit_status status = pivot_lists_init(&key->lists, key->dictionary, err);
  key->dictionary = key->lists.items;
  return status;
}

static remit_status resolve_key(pivot_plan *plan, const remit_table *table, size_t i, remit_error *err)
{
  pivot_key *key = &plan->keys[i];
  key->name = plan->pivot->by[i];
  remit_status status = remit_path_init(&key->path, table, key->name, err);
  if (status != REMIT_OK)
    return status;
  if (remit_column_unit(key->path.target) != REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "cannot group by '%s': it is a number, not a category", key->name);
  key->dictionary = remit_column_dictionary(key->path.target);
  key->digit = digit_of(plan, key->path.base);
  fold_path(key, plan->digits[key->digit].size);
  return resolve_lists(key, plan->whole_lists, plan->pivot->totals, err);
}

static bool is_foreign(const remit_selection *where, const remit_table *table)
{
  return where != NULL && remit_selection_table(where) != table;
}

/* Whether a sum of so many values from this column could leave 64 bits. */
static bool may_overflow(remit_column_summary stats, size_t rows)
{
  pivot_wide low = (pivot_wide)stats.min * (pivot_wide)rows;
  pivot_wide high = (pivot_wide)stats.max * (pivot_wide)rows;
  return low < -INT64_MAX || high > INT64_MAX;
}

static remit_status resolve_sum(pivot_measure *measure, remit_error *err)
{
  remit_column_summary stats = remit_column_stats(measure->column);
  measure->unit = remit_column_unit(measure->column);
  if (measure->unit == REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "'%s' cannot be a sum: its column is a category", measure->name);
  if (stats.missing != 0)
    return remit_fail(err, REMIT_EINVAL, "'%s' cannot be a sum: %zu %s no value", measure->name, stats.missing,
                      stats.missing == 1 ? "row has" : "rows have");
  measure->wide = may_overflow(stats, remit_column_count(measure->column));
  return REMIT_OK;
}

static remit_status resolve_column(pivot_measure *measure, const remit_table *table, const char *column, remit_error *err)
{
  if (measure->how == REMIT_ROWS)
    return column == NULL ? REMIT_OK : remit_fail(err, REMIT_EINVAL, "'%s' counts rows and takes no column", measure->name);
  if (column == NULL)
    return remit_fail(err, REMIT_EINVAL, "'%s' has no column", measure->name);
  measure->column = remit_table_find(table, column);
  if (measure->column == NULL)
    return remit_fail(err, REMIT_ENOTFOUND, "no column '%s' for '%s'", column, measure->name);
  if (measure->how == REMIT_SUM)
    return resolve_sum(measure, err);
  if (remit_column_unit(measure->column) != REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "'%s' cannot count '%s': it is a number, not a category", measure->name, column);
  return REMIT_OK;
}

static remit_status resolve_measure(pivot_plan *plan, const remit_table *table, size_t i, remit_error *err)
{
  const remit_measure *asked = &plan->pivot->measures[i];
  pivot_measure *measure = &plan->measures[i];
  *measure = (pivot_measure){ .name = asked->name, .how = asked->how, .where = asked->where, .unit = REMIT_COUNT };
  if ((unsigned)asked->how > REMIT_DISTINCT)
    return remit_fail(err, REMIT_EINVAL, "'%s' has an aggregate that is not known", asked->name);
  if (is_foreign(asked->where, table))
    return remit_fail(err, REMIT_EINVAL, "the selection of '%s' is of another table", asked->name);
  return resolve_column(measure, table, asked->column, err);
}

static remit_status resolve_sort(pivot_plan *plan, remit_error *err)
{
  const remit_pivot *pivot = plan->pivot;
  plan->sort = SIZE_MAX;
  if (pivot->sort == NULL)
    return REMIT_OK;
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (strcmp(pivot->measures[i].name, pivot->sort) == 0)
      plan->sort = i;
  if (plan->sort == SIZE_MAX)
    return remit_fail(err, REMIT_ENOTFOUND, "no measure '%s' to sort by", pivot->sort);
  return REMIT_OK;
}

static remit_status check(const remit_table *table, const remit_pivot *pivot, remit_error *err)
{
  remit_status status = check_maxima(pivot, err);
  if (status == REMIT_OK && is_foreign(pivot->where, table))
    status = remit_fail(err, REMIT_EINVAL, "the pivot's selection is of another table");
  return status == REMIT_OK ? check_names(pivot, err) : status;
}

remit_status pivot_plan_init(pivot_plan *plan, const remit_table *table, const remit_pivot *pivot, remit_error *err)
{
  plan->pivot = pivot;
  plan->rows = remit_table_rows(table);
  remit_status status = check(table, pivot, err);
  for (size_t i = 0; i < pivot->by_count && status == REMIT_OK; i++)
    status = resolve_key(plan, table, i, err);
  for (size_t i = 0; i < pivot->measure_count && status == REMIT_OK; i++)
    status = resolve_measure(plan, table, i, err);
  if (status == REMIT_OK)
    status = resolve_sort(plan, err);
  if (status == REMIT_OK)
    status = pivot_plan_cells(plan, err);
  return status;
}

void pivot_plan_release(pivot_plan *plan)
{
  for (size_t i = 0; i < REMIT_KEYS_MAX; i++) {
    remit_path_release(&plan->keys[i].path);
    remit_release(plan->keys[i].fold);
    pivot_lists_release(&plan->keys[i].lists);
    remit_release(plan->digits[i].map);
  }
}
