/* SPDX-License-Identifier: Apache-2.0
 * table_hash: a table as canonical bytes. The count of rows and of columns; then by name in byte order: the name, the unit, of codes
 * whether they are ordered, their separator and all labels in code order, and the values: codes as four little-endian bytes, integers
 * as eight.
 */
#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

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

static void put_little_endian(const int64_t *values, size_t count, size_t width, uint8_t *bytes)
{
  for (size_t i = 0; i < count; i++) {
    uint64_t value = (uint64_t)values[i];
    for (size_t byte = 0; byte < width; byte++)
      bytes[i * width + byte] = (uint8_t)(value >> (8 * byte));
  }
}

static void hash_values(const remit_column *column, remit_sha256 *sha)
{
  int64_t block[REMIT_BLOCK];
  uint8_t bytes[REMIT_BLOCK * 8];
  size_t rows = remit_column_count(column);
  bool codes = remit_column_dictionary(column) != NULL;
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    if (codes)
      put_little_endian(block, count, 4, bytes);
    else
      put_little_endian(block, count, 8, bytes);
    remit_sha256_update(sha, bytes, count * (codes ? 4 : 8));
  }
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
