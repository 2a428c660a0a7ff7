/* SPDX-License-Identifier: Apache-2.0
 * changeset: operations taken over and checked, and which of them touch each line.
 */
#include <stdlib.h>
#include <string.h>

#include "changeset_internal.h"
#include "column_internal.h"
#include "memory.h"

#define LARGEST (1000 * REMIT_ONE)

/* ---- Operations taken over ---- */

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

static remit_status copy_steps(changeset_operation *to, const remit_step *steps, size_t count, remit_error *err)
{
  to->steps = remit_allocate(count, sizeof *steps);
  if (to->steps == NULL)
    return remit_no_memory(err);
  if (count != 0)
    memcpy(to->steps, steps, count * sizeof *steps);
  to->step_count = count;
  return REMIT_OK;
}

static remit_status take_operation(changeset_operation *to, const remit_operation *from, remit_error *err)
{
  *to = (changeset_operation){ .effect = from->effect, .layer = from->layer, .account = from->account, .code = from->code,
                               .channels = from->channels != 0 ? from->channels : (1u << REMIT_CHANNELS_MAX) - 1 };
  if (from->effect == REMIT_RECODE) {
    to->column = remit_copy_text(from->column, strlen(from->column));
    if (to->column == NULL)
      return remit_no_memory(err);
  }
  return copy_steps(to, from->steps, from->step_count, err);
}

/* ---- Trails ---- */

static remit_status number_label(const decision_sets *sets, size_t set, size_t operations, remit_dictionary *labels, remit_error *err)
{
  char text[REMIT_LABEL_MAX];
  size_t size = 0;
  for (size_t i = 0; i < operations; i++) {
    if (!decision_bit(decision_set(sets, set), i))
      continue;
    char digits[REMIT_NUMBER_SIZE];
    size_t length = remit_number_print((int64_t)i + 1, 0, false, digits);
    if (size != 0)
      text[size++] = '|';
    memcpy(text + size, digits, length);
    size += length;
  }
  uint32_t code;
  return remit_dictionary_add(labels, text, size, &code, err);
}

/* Trails are numbered as lines first meet them, the empty one first. */
static remit_status find_trails(changeset_lines *lines, const remit_operation *operations, size_t count, size_t *touched, uint32_t *codes,
                                remit_error *err)
{
  size_t rows = remit_table_rows(lines->table), words = lines->sets.words;
  uint64_t *bits = remit_allocate(REMIT_BLOCK, words * sizeof *bits);
  uint32_t number;
  remit_status status = bits != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK) {
    memset(bits, 0, words * sizeof *bits);
    status = decision_sets_add(&lines->sets, bits, &number, err);
  }
  for (size_t first = 0; status == REMIT_OK && first < rows; first += REMIT_BLOCK) {
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    memset(bits, 0, here * words * sizeof *bits);
    for (size_t i = 0; i < count; i++) {
      uint8_t mask[REMIT_BLOCK];
      remit_selection_mask(operations[i].where, first, here, mask);
      for (size_t row = 0; row < here; row++) {
        bits[row * words + i / 64] |= (uint64_t)mask[row] << i % 64;
        touched[i] += mask[row];
      }
    }
    for (size_t row = 0; status == REMIT_OK && row < here; row++)
      status = decision_sets_add(&lines->sets, bits + row * words, &codes[first + row], err);
    if (status == REMIT_OK && lines->sets.count > REMIT_TRAILS_MAX)
      status = remit_fail(err, REMIT_ELIMIT, "the changes meet the lines in more than %d different ways", REMIT_TRAILS_MAX);
  }
  remit_release(bits);
  return status;
}

static remit_status make_trails(changeset_lines *lines, const remit_operation *operations, size_t count, size_t *touched, remit_error *err)
{
  size_t rows = remit_table_rows(lines->table);
  remit_dictionary *labels = NULL;
  uint32_t *codes = remit_allocate(rows, sizeof *codes);
  remit_status status = codes != NULL ? find_trails(lines, operations, count, touched, codes, err) : remit_no_memory(err);
  if (status == REMIT_OK)
    status = remit_dictionary_new(&labels, err);
  for (size_t set = 1; status == REMIT_OK && set < lines->sets.count; set++)
    status = number_label(&lines->sets, set, count, labels, err);
  if (status == REMIT_OK)
    status = remit_column_codes(&lines->trails, codes, rows, labels, err);
  remit_dictionary_free(labels);
  remit_release(codes);
  return status;
}

static void lines_free(changeset_lines *lines)
{
  if (lines == NULL || --lines->references > 0)
    return;
  remit_column_free(lines->trails);
  remit_table_free(lines->table);
  decision_sets_release(&lines->sets);
  remit_release(lines);
}

static remit_status lines_new(changeset_lines **out, const remit_table *table, const remit_operation *operations, size_t count, size_t *touched,
                              remit_error *err)
{
  changeset_lines *lines = remit_allocate_zero(1, sizeof *lines);
  *out = lines;
  if (lines == NULL)
    return remit_no_memory(err);
  lines->references = 1;
  lines->table = remit_table_share(table);
  lines->sets.words = count != 0 ? decision_words(count) : 1;
  return make_trails(lines, operations, count, touched, err);
}

/* ---- Changesets ---- */

static remit_status room(remit_changeset **out, size_t count, size_t accounts, remit_error *err)
{
  remit_changeset *made = remit_allocate_zero(1, sizeof *made);
  *out = made;
  if (made == NULL)
    return remit_no_memory(err);
  made->count = count;
  made->accounts = accounts;
  made->operations = remit_allocate_zero(count, sizeof *made->operations);
  return made->operations != NULL ? REMIT_OK : remit_no_memory(err);
}

static remit_status fill(remit_changeset *made, const remit_table *table, const remit_operation *operations, remit_error *err)
{
  size_t *touched = remit_allocate_zero(made->count, sizeof *touched);
  remit_status status = touched != NULL ? lines_new(&made->lines, table, operations, made->count, touched, err) : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < made->count; i++) {
    status = take_operation(&made->operations[i], &operations[i], err);
    made->operations[i].touched = touched[i];
  }
  remit_release(touched);
  return status;
}

remit_status remit_changeset_new(remit_changeset **out, const remit_table *table, const remit_operation *operations, size_t count, size_t accounts,
                                 remit_error *err)
{
  remit_changeset *made = NULL;
  *out = NULL;
  if (count > REMIT_OPERATIONS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu operations, at most %d", count, REMIT_OPERATIONS_MAX);
  if (accounts == 0 || accounts > REMIT_ACCOUNTS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu accounts, and there are 1 to %d", accounts, REMIT_ACCOUNTS_MAX);
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    status = check_operation(operations, i, table, accounts, err);
  if (status == REMIT_OK)
    status = room(&made, count, accounts, err);
  if (status == REMIT_OK)
    status = fill(made, table, operations, err);
  if (status == REMIT_OK)
    status = changeset_check(made, err);
  if (status != REMIT_OK) {
    remit_changeset_free(made);
    return status;
  }
  *out = made;
  return REMIT_OK;
}

void remit_changeset_free(remit_changeset *changeset)
{
  if (changeset == NULL)
    return;
  for (size_t i = 0; changeset->operations != NULL && i < changeset->count; i++) {
    remit_release(changeset->operations[i].steps);
    remit_release(changeset->operations[i].column);
  }
  remit_release(changeset->operations);
  lines_free(changeset->lines);
  remit_release(changeset);
}

static remit_status copy_operation(changeset_operation *to, const changeset_operation *from, const remit_step *steps, size_t count, remit_error *err)
{
  *to = *from;
  to->steps = NULL;
  to->column = from->column != NULL ? remit_copy_text(from->column, strlen(from->column)) : NULL;
  if (from->column != NULL && to->column == NULL)
    return remit_no_memory(err);
  return copy_steps(to, steps, count, err);
}

remit_status remit_changeset_with(const remit_changeset *changeset, size_t operation, const remit_step *steps, size_t step_count, remit_changeset **out,
                                  remit_error *err)
{
  remit_changeset *made = NULL;
  *out = NULL;
  if (operation >= changeset->count)
    return remit_fail(err, REMIT_EINVAL, "there is no operation %zu", operation + 1);
  remit_status status = check_steps(changeset->operations[operation].effect, steps, step_count, operation, err);
  if (status == REMIT_OK)
    status = room(&made, changeset->count, changeset->accounts, err);
  for (size_t i = 0; status == REMIT_OK && i < changeset->count; i++) {
    const changeset_operation *from = &changeset->operations[i];
    status = copy_operation(&made->operations[i], from, i == operation ? steps : from->steps, i == operation ? step_count : from->step_count, err);
  }
  if (status == REMIT_OK) {
    made->lines = changeset->lines;
    made->lines->references++;
    status = changeset_check(made, err);
  }
  if (status != REMIT_OK) {
    remit_changeset_free(made);
    return status;
  }
  *out = made;
  return REMIT_OK;
}

const remit_column *remit_changeset_trails(const remit_changeset *changeset)
{
  return changeset->lines->trails;
}

size_t remit_changeset_touched(const remit_changeset *changeset, size_t operation)
{
  return operation < changeset->count ? changeset->operations[operation].touched : 0;
}

/* ---- Months ---- */

static int by_month(const void *a, const void *b)
{
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return left < right ? -1 : left > right;
}

remit_status remit_changeset_months(const remit_changeset *changeset, int64_t **months, size_t *count, remit_error *err)
{
  size_t total = 0, kept = 0;
  for (size_t i = 0; i < changeset->count; i++)
    total += changeset->operations[i].step_count;
  int64_t *made = remit_allocate(total, sizeof *made);
  if (made == NULL)
    return remit_no_memory(err);
  total = 0;
  for (size_t i = 0; i < changeset->count; i++)
    for (size_t step = 0; step < changeset->operations[i].step_count; step++)
      made[total++] = changeset->operations[i].steps[step].month;
  if (total != 0)
    qsort(made, total, sizeof *made, by_month);
  for (size_t i = 0; i < total; i++)
    if (kept == 0 || made[kept - 1] != made[i])
      made[kept++] = made[i];
  *months = made;
  *count = kept;
  return REMIT_OK;
}

void remit_months_free(int64_t *months)
{
  remit_release(months);
}
