/* SPDX-License-Identifier: Apache-2.0
 * table_concat: tables one after the other. Columns come in the order in which their names are first met; a merged dictionary
 * keeps the first table's codes and appends what is new: it shares the labels of the first.
 */
#include <string.h>

#include "column_internal.h"
#include "dictionary_internal.h"
#include "memory.h"
#include "table_internal.h"

typedef struct concat {
  const remit_table *const *tables;
  size_t count;
  size_t rows;
  const char *name;             /* the column at hand */
  const remit_column **columns; /* of that name, one a table, or NULL */
  uint32_t **maps;              /* old code to new, one a table; NULL when codes stay */
  remit_dictionary *dictionary; /* merged */
} concat;

static remit_status count_rows(concat *job, remit_error *err)
{
  for (size_t i = 0; i < job->count; i++) {
    size_t rows = remit_table_rows(job->tables[i]);
    if (rows > SIZE_MAX / sizeof(int64_t) - job->rows)
      return remit_fail(err, REMIT_ELIMIT, "too many rows to join");
    job->rows += rows;
  }
  return REMIT_OK;
}

static void find_columns(concat *job)
{
  for (size_t i = 0; i < job->count; i++)
    job->columns[i] = remit_table_find(job->tables[i], job->name);
}

static size_t first_table(const concat *job)
{
  size_t i = 0;
  while (job->columns[i] == NULL)
    i++;
  return i;
}

static const remit_column *first_column(const concat *job)
{
  return job->columns[first_table(job)];
}

static remit_status check_units(const concat *job, remit_error *err)
{
  remit_unit unit = remit_column_unit(first_column(job));
  for (size_t i = 0; i < job->count; i++)
    if (job->columns[i] != NULL && remit_column_unit(job->columns[i]) != unit)
      return remit_fail(err, REMIT_EINVAL, "column '%s' holds %s in one table and %s in another", job->name, remit_unit_name(unit),
                        remit_unit_name(remit_column_unit(job->columns[i])));
  return REMIT_OK;
}

static bool same_dictionary(const concat *job)
{
  const remit_dictionary *dictionary = remit_column_dictionary(first_column(job));
  for (size_t i = 0; i < job->count; i++)
    if (job->columns[i] != NULL && remit_column_dictionary(job->columns[i]) != dictionary)
      return false;
  return true;
}

static void merge_flags(const concat *job)
{
  const remit_dictionary *first = remit_column_dictionary(first_column(job));
  bool ordered = remit_dictionary_is_ordered(first);
  char separator = remit_dictionary_separator(first);
  for (size_t i = 0; i < job->count; i++) {
    if (job->columns[i] == NULL)
      continue;
    const remit_dictionary *dictionary = remit_column_dictionary(job->columns[i]);
    ordered = ordered && remit_dictionary_is_ordered(dictionary);
    separator = remit_dictionary_separator(dictionary) == separator ? separator : '\0';
  }
  remit_dictionary_set_ordered(job->dictionary, ordered);
  remit_dictionary_set_separator(job->dictionary, separator);
}

static remit_status merge_one(concat *job, size_t index, remit_error *err)
{
  const remit_dictionary *dictionary = remit_column_dictionary(job->columns[index]);
  size_t codes = remit_dictionary_size(dictionary);
  uint32_t *map = remit_allocate_zero(codes, sizeof *map);
  if (map == NULL)
    return remit_no_memory(err);
  job->maps[index] = map;
  for (size_t code = 1; code < codes; code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, (uint32_t)code, &size);
    remit_status status = remit_dictionary_add(job->dictionary, label, size, &map[code], err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static remit_status merge_dictionaries(concat *job, remit_error *err)
{
  if (same_dictionary(job)) { /* fast path: same answer without it */
    job->dictionary = remit_dictionary_share(remit_column_dictionary(first_column(job)));
    return REMIT_OK;
  }
  remit_status status = remit_dictionary_extend(&job->dictionary, remit_column_dictionary(first_column(job)), err);
  for (size_t i = first_table(job) + 1; status == REMIT_OK && i < job->count; i++)
    if (job->columns[i] != NULL)
      status = merge_one(job, i, err);
  if (status == REMIT_OK)
    merge_flags(job);
  return status;
}

static void drop_maps(concat *job)
{
  for (size_t i = 0; i < job->count; i++) {
    remit_release(job->maps[i]);
    job->maps[i] = NULL;
  }
  remit_dictionary_free(job->dictionary);
  job->dictionary = NULL;
}

static bool keeps_codes(const concat *job, size_t index)
{
  if (job->maps[index] == NULL)
    return true;
  size_t codes = remit_dictionary_size(remit_column_dictionary(job->columns[index]));
  for (size_t code = 0; code < codes; code++)
    if (job->maps[index][code] != code)
      return false;
  return true;
}

/* The dimension to which the column links wherever it occurs, provided that its codes still mean the same rows. */
static const remit_table *common_dimension(const concat *job)
{
  const remit_table *common = NULL;
  for (size_t i = 0; i < job->count; i++) {
    if (job->columns[i] == NULL)
      continue;
    const remit_table *dimension = remit_table_dimension(job->tables[i], job->name);
    if (dimension == NULL || (common != NULL && dimension != common) || !keeps_codes(job, i))
      return NULL;
    common = dimension;
  }
  return common;
}

static void copy_rows(const concat *job, size_t index, remit_column *fresh, size_t at)
{
  const remit_column *column = job->columns[index];
  const uint32_t *map = job->maps[index];
  size_t rows = remit_table_rows(job->tables[index]);
  int64_t block[REMIT_BLOCK];
  for (size_t i = 0; column == NULL && i < REMIT_BLOCK; i++)
    block[i] = remit_column_missing(fresh);
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
    if (column != NULL)
      remit_column_read(column, row, count, block);
    for (size_t i = 0; map != NULL && i < count; i++)
      block[i] = map[block[i]];
    remit_column_write(fresh, at + row, count, block);
  }
}

/* Where every integer is narrow already, there is no need to try. */
static bool all_narrow(const concat *job)
{
  size_t width = sizeof(int32_t);
  for (size_t i = 0; i < job->count && width == sizeof(int32_t); i++)
    if (job->columns[i] != NULL)
      remit_column_values(job->columns[i], &width);
  return job->dictionary == NULL && width == sizeof(int32_t);
}

static remit_status blank_for(const concat *job, remit_column **out, remit_error *err)
{
  const remit_column *first = first_column(job);
  if (all_narrow(job))
    return remit_column_like(out, first, job->rows, err);
  return remit_column_blank(out, job->rows, remit_column_unit(first), job->dictionary, err);
}

static remit_status join_columns(const concat *job, remit_column **out, remit_error *err)
{
  remit_status status = blank_for(job, out, err);
  if (status != REMIT_OK)
    return status;
  size_t at = 0;
  for (size_t i = 0; i < job->count; i++) {
    copy_rows(job, i, *out, at);
    at += remit_table_rows(job->tables[i]);
  }
  remit_column_finish(*out);
  return REMIT_OK;
}

static remit_status join_name(concat *job, remit_table *fresh, remit_error *err)
{
  remit_column *joined = NULL;
  find_columns(job);
  remit_status status = check_units(job, err);
  if (status == REMIT_OK && remit_column_unit(first_column(job)) == REMIT_CODE)
    status = merge_dictionaries(job, err);
  if (status == REMIT_OK)
    status = join_columns(job, &joined, err);
  if (status == REMIT_OK)
    status = remit_table_append(fresh, job->name, joined, job->dictionary != NULL ? common_dimension(job) : NULL, err);
  remit_column_free(joined);
  drop_maps(job);
  return status;
}

static remit_status join_table(concat *job, const remit_table *table, remit_table *fresh, remit_error *err)
{
  remit_status status = REMIT_OK;
  size_t columns = remit_table_columns(table);
  for (size_t i = 0; status == REMIT_OK && i < columns; i++) {
    job->name = remit_table_name(table, i);
    if (remit_table_find(fresh, job->name) == NULL)
      status = join_name(job, fresh, err);
  }
  return status;
}

remit_status remit_table_concat(const remit_table *const *tables, size_t count, remit_table **out, remit_error *err)
{
  *out = NULL;
  concat job = { .tables = tables, .count = count };
  remit_table *fresh = NULL;
  remit_status status = count_rows(&job, err);
  if (status != REMIT_OK)
    return status;
  job.columns = remit_allocate_zero(count, sizeof *job.columns);
  job.maps = remit_allocate_zero(count, sizeof *job.maps);
  status = job.columns != NULL && job.maps != NULL ? remit_table_new(&fresh, job.rows, err) : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    status = join_table(&job, tables[i], fresh, err);
  remit_release(job.columns);
  remit_release(job.maps);
  if (status != REMIT_OK) {
    remit_table_free(fresh);
    return status;
  }
  *out = fresh;
  return REMIT_OK;
}
