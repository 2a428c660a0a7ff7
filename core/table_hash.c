/* SPDX-License-Identifier: Apache-2.0
 * table_hash: a table as canonical bytes. The count of rows and of columns; then by name in byte order: the name, the unit, of codes
 * whether they are ordered, their separator and all labels in code order, and the values as little-endian bytes: how many each has, the
 * fewest that will do (codes 1, 2 or 4, by how many there are; integers 4 or 8), then all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"
#include "vectors.h"

typedef struct named {
  const char *name;
  const remit_column *column;
} named;

static int compare_names(const void *left, const void *right)
{
  return strcmp(((const named *)left)->name, ((const named *)right)->name);
}

static void hash_dictionary(const remit_dictionary *dictionary, remit_sha256 *sha)
{
  size_t codes = remit_dictionary_size(dictionary);
  remit_sha256_int(sha, remit_dictionary_is_ordered(dictionary));
  remit_sha256_int(sha, (unsigned char)remit_dictionary_separator(dictionary));
  remit_sha256_int(sha, (int64_t)codes);
  for (size_t code = 1; code < codes; code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, (uint32_t)code, &size);
    remit_sha256_text(sha, label, size);
  }
}

/* By the labels and values alone, however the column holds them. */
static size_t width_of(const remit_column *column)
{
  const remit_dictionary *dictionary = remit_column_dictionary(column);
  if (dictionary != NULL)
    return remit_dictionary_size(dictionary) <= 256 ? 1 : remit_dictionary_size(dictionary) <= 65536 ? 2 : 4;
  remit_column_summary stats = remit_column_stats(column);
  return stats.min > INT32_MIN && stats.max <= INT32_MAX ? 4 : 8;
}

/* No value, in four bytes, is as a column of them has it. */
static void narrow_missing(int64_t *values, size_t count)
{
  for (size_t i = 0; i < count; i++)
    values[i] = values[i] != REMIT_MISSING ? values[i] : REMIT_MISSING_NARROW;
}

static void put_little_endian(const int64_t *values, size_t count, size_t width, uint8_t *bytes)
{
  for (size_t i = 0; i < count; i++) {
    uint64_t value = (uint64_t)values[i];
    for (size_t byte = 0; byte < width; byte++)
      bytes[i * width + byte] = (uint8_t)(value >> (8 * byte));
  }
}

static void hash_rows(const remit_column *column, size_t width, remit_sha256 *sha)
{
  int64_t block[REMIT_BLOCK];
  uint8_t bytes[REMIT_BLOCK * 8];
  size_t rows = remit_column_count(column);
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    if (width == sizeof(int32_t))
      narrow_missing(block, count);
    put_little_endian(block, count, width, bytes);
    remit_sha256_update(sha, bytes, count * width);
  }
}

static void hash_values(const remit_column *column, remit_sha256 *sha)
{
  size_t width = width_of(column), held;
  const void *values = remit_column_values(column, &held);
  remit_sha256_int(sha, (int64_t)width);
  if (REMIT_LOW_BYTE_FIRST && held == width) /* fast path: same bytes without it */
    remit_sha256_update(sha, values, remit_column_count(column) * width);
  else
    hash_rows(column, width, sha);
}

static void hash_column(const named *field, remit_sha256 *sha)
{
  const char *unit = remit_unit_name(remit_column_unit(field->column));
  remit_sha256_text(sha, field->name, strlen(field->name));
  remit_sha256_text(sha, unit, strlen(unit));
  if (remit_column_dictionary(field->column) != NULL)
    hash_dictionary(remit_column_dictionary(field->column), sha);
  hash_values(field->column, sha);
}

remit_status remit_table_hash(const remit_table *table, remit_sha256 *sha, remit_error *err)
{
  size_t columns = remit_table_columns(table);
  named *fields = remit_allocate(columns, sizeof *fields);
  if (fields == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < columns; i++)
    fields[i] = (named){ remit_table_name(table, i), remit_table_column(table, i) };
  qsort(fields, columns, sizeof *fields, compare_names);
  remit_sha256_int(sha, (int64_t)remit_table_rows(table));
  remit_sha256_int(sha, (int64_t)columns);
  for (size_t i = 0; i < columns; i++)
    hash_column(&fields[i], sha);
  remit_release(fields);
  return REMIT_OK;
}
