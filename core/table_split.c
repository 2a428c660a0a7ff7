/* SPDX-License-Identifier: Apache-2.0
 * table_split: rows cut in two by an amount, and the check that an amount is within another.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

typedef struct split {
  const remit_table *table;
  const char *whole_name, *part_name, *flag_name;
  const char *const *shared;
  size_t shared_count;
  const remit_column *whole, *part; /* borrowed */
  int decimals;
  size_t rows;    /* of the result */
  size_t *source; /* the row that each row of the result comes from */
  bool *rest;     /* whether it is the rest */
} split;

static bool is_shared(const split *job, const char *name)
{
  for (size_t i = 0; i < job->shared_count; i++)
    if (strcmp(job->shared[i], name) == 0)
      return true;
  return false;
}

static remit_status check_same_unit(const char *a_name, const remit_column *a, const char *b_name, const remit_column *b, remit_error *err)
{
  if (remit_column_unit(a) == remit_column_unit(b))
    return REMIT_OK;
  return remit_fail(err, REMIT_EINVAL, "column '%s' holds %s and column '%s' %s: they cannot be compared", a_name,
                    remit_unit_name(remit_column_unit(a)), b_name, remit_unit_name(remit_column_unit(b)));
}

static remit_status require_pair(const remit_table *table, const char *a_name, const char *b_name, const remit_column **a,
                                 const remit_column **b, remit_error *err)
{
  remit_status status = remit_table_require_ints(table, a_name, a, err);
  if (status == REMIT_OK)
    status = remit_table_require_ints(table, b_name, b, err);
  if (status == REMIT_OK)
    status = check_same_unit(a_name, *a, b_name, *b, err);
  return status;
}

static remit_status check_columns(split *job, remit_error *err)
{
  const remit_column *column;
  remit_status status = require_pair(job->table, job->whole_name, job->part_name, &job->whole, &job->part, err);
  for (size_t i = 0; status == REMIT_OK && i < job->shared_count; i++)
    status = remit_table_require_ints(job->table, job->shared[i], &column, err);
  if (status != REMIT_OK)
    return status;
  if (strcmp(job->whole_name, job->part_name) == 0)
    return remit_fail(err, REMIT_EINVAL, "'%s' cannot be split by itself", job->whole_name);
  if (is_shared(job, job->whole_name) || is_shared(job, job->part_name))
    return remit_fail(err, REMIT_EINVAL, "'%s' and '%s' say how rows are split and cannot be shared out as well", job->whole_name,
                      job->part_name);
  job->decimals = remit_unit_decimals(remit_column_unit(job->whole));
  return REMIT_OK;
}

static remit_status bad_row(const split *job, size_t row, int64_t whole, int64_t part, remit_error *err)
{
  char whole_text[REMIT_NUMBER_SIZE], part_text[REMIT_NUMBER_SIZE];
  if (whole == REMIT_MISSING || part == REMIT_MISSING)
    return remit_fail(err, REMIT_EINVAL, "row %zu has no '%s'", row + 1, whole == REMIT_MISSING ? job->whole_name : job->part_name);
  remit_number_print(whole, job->decimals, false, whole_text);
  remit_number_print(part, job->decimals, false, part_text);
  return remit_fail(err, REMIT_EINVAL, "row %zu: '%s' is %s, which is not between 0 and '%s', %s", row + 1, job->part_name, part_text,
                    job->whole_name, whole_text);
}

/* Some rows of the table, as integers. */
typedef struct span {
  int64_t whole[REMIT_BLOCK], part[REMIT_BLOCK];
} span;

static size_t read_span(const remit_column *whole, const remit_column *part, size_t row, span *s)
{
  size_t rows = remit_column_count(whole), count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
  remit_column_read(whole, row, count, s->whole);
  remit_column_read(part, row, count, s->part);
  return count;
}

/* REMIT_MISSING is the lowest integer, so a missing value fails these tests too. */
static remit_status check_rows(split *job, remit_error *err)
{
  size_t rows = remit_table_rows(job->table);
  span s;
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = read_span(job->whole, job->part, row, &s);
    for (size_t i = 0; i < count; i++) {
      if (s.part[i] < 0 || s.part[i] > s.whole[i])
        return bad_row(job, row + i, s.whole[i], s.part[i], err);
      job->rows += s.part[i] > 0 && s.part[i] < s.whole[i] ? 2 : 1;
    }
  }
  return REMIT_OK;
}

static void list_span(split *job, const span *s, size_t row, size_t count, size_t *at)
{
  for (size_t i = 0; i < count; i++) {
    if (s->part[i] > 0 || s->whole[i] == 0) {
      job->source[*at] = row + i;
      job->rest[(*at)++] = false;
    }
    if (s->part[i] < s->whole[i]) {
      job->source[*at] = row + i;
      job->rest[(*at)++] = true;
    }
  }
}

static remit_status list_rows(split *job, remit_error *err)
{
  job->source = remit_allocate(job->rows, sizeof *job->source);
  job->rest = remit_allocate(job->rows, sizeof *job->rest);
  if (job->source == NULL || job->rest == NULL)
    return remit_no_memory(err);
  size_t rows = remit_table_rows(job->table), at = 0;
  span s;
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = read_span(job->whole, job->part, row, &s);
    list_span(job, &s, row, count, &at);
  }
  return REMIT_OK;
}

static void own_amounts(const split *job, const span *s, size_t at, size_t count, int64_t *amounts)
{
  for (size_t i = 0; i < count; i++) {
    size_t row = job->source[at + i] - job->source[at];
    amounts[i] = job->rest[at + i] ? s->whole[row] - s->part[row] : s->part[row];
  }
}

static remit_status share_amounts(const split *job, const remit_column *column, const span *s, size_t at, size_t count, int64_t *amounts,
                                  remit_error *err)
{
  int64_t values[REMIT_BLOCK];
  size_t first = job->source[at];
  remit_column_read(column, first, job->source[at + count - 1] - first + 1, values);
  for (size_t i = 0; i < count; i++) {
    size_t row = job->source[at + i] - first;
    int64_t value = values[row], part = value;
    if (value != REMIT_MISSING && s->part[row] < s->whole[row]) {
      remit_status status = remit_number_scale(value, s->part[row], s->whole[row], REMIT_HALF_EVEN, &part, err);
      if (status != REMIT_OK)
        return status;
    }
    amounts[i] = value != REMIT_MISSING && job->rest[at + i] ? value - part : part;
  }
  return REMIT_OK;
}

/* Each row has a side, so that a block of sides has no more rows than sides. No amount is further from 0 than what it is a part of. */
static remit_status split_amounts(const split *job, const remit_column *column, remit_column *fresh, remit_error *err)
{
  span s;
  int64_t amounts[REMIT_BLOCK];
  remit_status status = REMIT_OK;
  for (size_t at = 0; at < job->rows && status == REMIT_OK; at += REMIT_BLOCK) {
    size_t count = job->rows - at < REMIT_BLOCK ? job->rows - at : REMIT_BLOCK;
    read_span(job->whole, job->part, job->source[at], &s);
    if (column == job->whole)
      own_amounts(job, &s, at, count, amounts);
    else
      status = share_amounts(job, column, &s, at, count, amounts, err);
    if (status == REMIT_OK)
      remit_column_write(fresh, at, count, amounts);
  }
  return status;
}

static remit_status split_column(const split *job, size_t index, remit_column **out, remit_error *err)
{
  const remit_column *column = remit_table_column(job->table, index);
  const char *name = remit_table_name(job->table, index);
  if (strcmp(name, job->whole_name) != 0 && !is_shared(job, name))
    return remit_column_gather(column, job->source, job->rows, out, err);
  remit_status status = remit_column_like(out, column, job->rows, err);
  if (status == REMIT_OK)
    status = split_amounts(job, column, *out, err);
  if (status == REMIT_OK)
    remit_column_finish(*out);
  return status;
}

static remit_status add_columns(const split *job, remit_table *fresh, remit_error *err)
{
  remit_status status = REMIT_OK;
  size_t columns = remit_table_columns(job->table);
  for (size_t i = 0; status == REMIT_OK && i < columns; i++) {
    const char *name = remit_table_name(job->table, i);
    if (strcmp(name, job->part_name) == 0)
      continue;
    remit_column *column = NULL;
    status = split_column(job, i, &column, err);
    if (status == REMIT_OK)
      status = remit_table_append(fresh, name, column, remit_table_dimension_at(job->table, i), err);
    remit_column_free(column);
  }
  return status;
}

static remit_status flag_dictionary(remit_dictionary **out, uint32_t *no, uint32_t *yes, remit_error *err)
{
  remit_status status = remit_dictionary_new(out, err);
  if (status == REMIT_OK)
    status = remit_dictionary_add(*out, "false", 5, no, err);
  if (status == REMIT_OK)
    status = remit_dictionary_add(*out, "true", 4, yes, err);
  return status;
}

static remit_status add_flag(const split *job, remit_table *fresh, remit_error *err)
{
  uint32_t no = 0, yes = 0;
  remit_dictionary *dictionary = NULL;
  remit_column *column = NULL;
  remit_status status = flag_dictionary(&dictionary, &no, &yes, err);
  if (status == REMIT_OK)
    status = remit_column_blank(&column, job->rows, REMIT_CODE, dictionary, err);
  if (status == REMIT_OK) {
    uint8_t *codes = remit_column_room(column);
    for (size_t i = 0; i < job->rows; i++)
      codes[i] = (uint8_t)(job->rest[i] ? yes : no);
    remit_column_finish(column);
    status = remit_table_add(fresh, job->flag_name, column, err);
  }
  remit_column_free(column);
  remit_dictionary_free(dictionary);
  return status;
}

static remit_status build(const split *job, remit_table **out, remit_error *err)
{
  remit_table *fresh;
  remit_status status = remit_table_new(&fresh, job->rows, err);
  if (status != REMIT_OK)
    return status;
  status = add_columns(job, fresh, err);
  if (status == REMIT_OK)
    status = add_flag(job, fresh, err);
  if (status == REMIT_OK)
    *out = fresh;
  else
    remit_table_free(fresh);
  return status;
}

remit_status remit_table_split(const remit_table *table, const char *whole, const char *part, const char *const *shared, size_t count,
                               const char *flag, remit_table **out, remit_error *err)
{
  *out = NULL;
  split job = { .table = table, .whole_name = whole, .part_name = part, .flag_name = flag, .shared = shared, .shared_count = count };
  remit_status status = check_columns(&job, err);
  if (status == REMIT_OK)
    status = check_rows(&job, err);
  if (status == REMIT_OK)
    status = list_rows(&job, err);
  if (status == REMIT_OK)
    status = build(&job, out, err);
  remit_release(job.source);
  remit_release(job.rest);
  return status;
}

remit_status remit_table_exceeds(const remit_table *table, const char *left, const char *right, size_t *rows, size_t max, size_t *count,
                                 remit_error *err)
{
  *count = 0;
  const remit_column *a, *b;
  remit_status status = require_pair(table, left, right, &a, &b, err);
  if (status != REMIT_OK)
    return status;
  size_t there = remit_table_rows(table);
  span s;
  for (size_t row = 0; row < there; row += REMIT_BLOCK) {
    size_t block = read_span(a, b, row, &s);
    for (size_t i = 0; i < block; i++) {
      if (s.whole[i] <= s.part[i] || s.part[i] == REMIT_MISSING)
        continue;
      if (*count < max)
        rows[*count] = row + i;
      ++*count;
    }
  }
  return REMIT_OK;
}
