/* SPDX-License-Identifier: Apache-2.0
 * changeset: operations taken over and checked, and the same ones with other steps.
 */
#include <stdlib.h>
#include <string.h>

#include "changeset_internal.h"
#include "memory.h"

#define LARGEST (1000 * REMIT_ONE)

/* ---- Checks of one operation ---- */

static remit_status wrong(remit_error *err, size_t index, const char *what)
{
  return remit_fail(err, REMIT_EINVAL, "operation %zu: %s", index + 1, what);
}

static remit_status check_steps(remit_effect effect, const remit_step *steps, size_t count, size_t index, remit_error *err)
{
  int64_t most = effect == REMIT_SHARE || effect == REMIT_RECODE ? REMIT_ONE : LARGEST;
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && steps[i].month <= steps[i - 1].month)
      return wrong(err, index, "its months do not rise");
    if (steps[i].factor < 0 || steps[i].factor > most)
      return wrong(err, index, "a factor is out of range");
    if (effect == REMIT_RECODE && steps[i].factor != 0 && steps[i].factor != REMIT_ONE)
      return wrong(err, index, "a recode holds or does not: its factors are one and nothing");
  }
  return REMIT_OK;
}

static remit_status check_recode(const remit_operation *operation, const remit_table *table, size_t index, remit_error *err)
{
  const remit_column *column = operation->column != NULL ? remit_table_find(table, operation->column) : NULL;
  if (column == NULL || remit_column_unit(column) != REMIT_CODE)
    return wrong(err, index, "its column is not a category of the lines");
  if (operation->code >= remit_dictionary_size(remit_column_dictionary(column)))
    return wrong(err, index, "its code is not one of the column's");
  return REMIT_OK;
}

static remit_status check_operation(const remit_operation *operations, size_t index, const remit_table *table, size_t accounts, remit_error *err)
{
  const remit_operation *operation = &operations[index];
  if (operation->where == NULL || remit_table_rows(remit_selection_table(operation->where)) > remit_table_rows(table))
    return wrong(err, index, "its selection is not of these lines");
  if (index > 0 && operation->layer < operations[index - 1].layer)
    return wrong(err, index, "its layer lies below that of the one before");
  if (operation->account >= accounts)
    return wrong(err, index, "there is no such account");
  if (operation->channels >= 1u << REMIT_CHANNELS_MAX)
    return wrong(err, index, "there is no such channel");
  remit_status status = check_steps(operation->effect, operation->steps, operation->step_count, index, err);
  return status == REMIT_OK && operation->effect == REMIT_RECODE ? check_recode(operation, table, index, err) : status;
}

static remit_status check_operations(const remit_table *table, const remit_operation *operations, size_t count, size_t accounts, remit_error *err)
{
  if (count > REMIT_OPERATIONS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu operations, at most %d", count, REMIT_OPERATIONS_MAX);
  if (accounts == 0 || accounts > REMIT_ACCOUNTS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu accounts, and there are 1 to %d", accounts, REMIT_ACCOUNTS_MAX);
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    status = check_operation(operations, i, table, accounts, err);
  return status;
}

/* ---- What steps do not change ---- */

static void lines_free(changeset_lines *lines)
{
  if (lines == NULL || atomic_fetch_sub_explicit(&lines->owners, 1, memory_order_acq_rel) != 1)
    return;
  for (size_t i = 0; lines->operations != NULL && i < lines->count; i++)
    remit_release(lines->operations[i].column);
  remit_release(lines->operations);
  remit_release(lines->starts);
  remit_release(lines->lists);
  changeset_forget_trails(lines);
  remit_table_free(lines->table);
  remit_release(lines);
}

static changeset_lines *lines_share(changeset_lines *lines)
{
  atomic_fetch_add_explicit(&lines->owners, 1, memory_order_relaxed);
  return lines;
}

static remit_status take_operation(changeset_operation *to, const remit_operation *from, remit_error *err)
{
  *to = (changeset_operation){ .effect = from->effect, .layer = from->layer, .account = from->account, .code = from->code,
                               .channels = from->channels != 0 ? from->channels : (1u << REMIT_CHANNELS_MAX) - 1 };
  atomic_init(&to->touched, SIZE_MAX);
  if (from->effect != REMIT_RECODE)
    return REMIT_OK;
  to->column = remit_copy_text(from->column, strlen(from->column));
  return to->column != NULL ? REMIT_OK : remit_no_memory(err);
}

static remit_status lines_new(changeset_lines **out, const remit_table *table, const remit_operation *operations, size_t count, remit_error *err)
{
  changeset_lines *lines = remit_allocate_zero(1, sizeof *lines);
  *out = lines;
  if (lines == NULL)
    return remit_no_memory(err);
  atomic_init(&lines->owners, 1);
  lines->table = remit_table_share(table);
  lines->operations = remit_allocate_zero(count, sizeof *lines->operations);
  if (lines->operations == NULL)
    return remit_no_memory(err);
  lines->count = count;
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    status = take_operation(&lines->operations[i], &operations[i], err);
  return status == REMIT_OK ? changeset_find_trails(lines, operations, err) : status;
}

/* ---- Changesets ---- */

/* Takes over the caller's hold of `lines`. `given` are steps of someone else's. */
static remit_status room(remit_changeset **out, changeset_lines *lines, size_t accounts, const changeset_steps *given, remit_error *err)
{
  size_t total = 0, most = SIZE_MAX / 4 / sizeof(remit_step);
  for (size_t i = 0; i < lines->count && total <= most; i++)
    total += given[i].count < most ? given[i].count : most;
  size_t head = sizeof(remit_changeset) + lines->count * sizeof(changeset_steps);
  remit_changeset *made = total <= most ? remit_allocate(1, head + total * sizeof(remit_step)) : NULL;
  *out = made;
  if (made == NULL) {
    lines_free(lines);
    return remit_no_memory(err);
  }
  made->lines = lines;
  made->accounts = accounts;
  remit_step *steps = (remit_step *)(void *)((char *)made + head);
  for (size_t i = 0; i < lines->count; i++) {
    made->steps[i] = (changeset_steps){ steps, given[i].count };
    if (given[i].count != 0)
      memcpy(steps, given[i].steps, given[i].count * sizeof *steps);
    steps += given[i].count;
  }
  return REMIT_OK;
}

static remit_status checked(remit_changeset *made, size_t operation, remit_changeset **out, remit_error *err)
{
  remit_status status = changeset_check(made, operation, err);
  if (status == REMIT_OK)
    *out = made;
  else
    remit_changeset_free(made);
  return status;
}

remit_status remit_changeset_new(remit_changeset **out, const remit_table *table, const remit_operation *operations, size_t count, size_t accounts,
                                 remit_error *err)
{
  changeset_lines *lines = NULL;
  remit_changeset *made;
  *out = NULL;
  remit_status status = check_operations(table, operations, count, accounts, err);
  if (status == REMIT_OK)
    status = lines_new(&lines, table, operations, count, err);
  changeset_steps *given = status == REMIT_OK ? remit_allocate(count, sizeof *given) : NULL;
  if (given == NULL) {
    lines_free(lines);
    return status == REMIT_OK ? remit_no_memory(err) : status;
  }
  for (size_t i = 0; i < count; i++)
    given[i] = (changeset_steps){ operations[i].steps, operations[i].step_count };
  status = room(&made, lines, accounts, given, err);
  remit_release(given);
  return status == REMIT_OK ? checked(made, SIZE_MAX, out, err) : status;
}

void remit_changeset_free(remit_changeset *changeset)
{
  if (changeset == NULL)
    return;
  lines_free(changeset->lines);
  remit_release(changeset);
}

remit_status remit_changeset_with(const remit_changeset *changeset, const remit_restep *changes, size_t count, remit_changeset **out,
                                  remit_error *err)
{
  changeset_steps given[REMIT_OPERATIONS_MAX];
  changeset_lines *lines = changeset->lines;
  remit_changeset *made;
  *out = NULL;
  memcpy(given, changeset->steps, lines->count * sizeof *given);
  for (size_t i = 0; i < count; i++) {
    size_t operation = changes[i].operation;
    if (operation >= lines->count)
      return remit_fail(err, REMIT_EINVAL, "there is no operation %zu", operation + 1);
    remit_status status = check_steps(lines->operations[operation].effect, changes[i].steps, changes[i].step_count, operation, err);
    if (status != REMIT_OK)
      return status;
    given[operation] = (changeset_steps){ changes[i].steps, changes[i].step_count };
  }
  remit_status status = room(&made, lines_share(lines), changeset->accounts, given, err);
  return status == REMIT_OK ? checked(made, count == 1 ? changes[0].operation : SIZE_MAX, out, err) : status;
}

/* ---- Months ---- */

static int by_month(const void *a, const void *b)
{
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return left < right ? -1 : left > right;
}

remit_status remit_changeset_months(const remit_changeset *changeset, int64_t **months, size_t *count, remit_error *err)
{
  size_t total = 0, kept = 0, operations = changeset->lines->count;
  for (size_t i = 0; i < operations; i++)
    total += changeset->steps[i].count;
  int64_t *made = remit_allocate(total, sizeof *made);
  *months = made;
  *count = 0;
  if (made == NULL)
    return remit_no_memory(err);
  total = 0;
  for (size_t i = 0; i < operations; i++)
    for (size_t step = 0; step < changeset->steps[i].count; step++)
      made[total++] = changeset->steps[i].steps[step].month;
  qsort(made, total, sizeof *made, by_month);
  for (size_t i = 0; i < total; i++)
    if (kept == 0 || made[kept - 1] != made[i])
      made[kept++] = made[i];
  *count = kept;
  return REMIT_OK;
}

void remit_months_free(int64_t *months)
{
  remit_release(months);
}
