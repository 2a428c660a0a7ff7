/* SPDX-License-Identifier: Apache-2.0
 * table_support: small tables, said in a line. Include it after support.h.
 */
#ifndef REMIT_TEST_TABLE_SUPPORT_H
#define REMIT_TEST_TABLE_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>

#include "support.h"

static inline remit_table *table_of(size_t rows)
{
  remit_table *table;
  assert_ok(remit_table_new(&table, rows, NULL));
  return table;
}

static inline void give(remit_table *table, const char *name, remit_column *column)
{
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

static inline void with_ints(remit_table *table, const char *name, remit_unit unit, const int64_t *values)
{
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, remit_table_rows(table), unit, NULL));
  give(table, name, column);
}

static inline remit_dictionary *dictionary_of(const char *const *labels, size_t count)
{
  remit_dictionary *dictionary;
  uint32_t code;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 0; i < count; i++)
    assert_ok(remit_dictionary_add(dictionary, labels[i], strlen(labels[i]), &code, NULL));
  return dictionary;
}

static inline void with_codes(remit_table *table, const char *name, const uint32_t *codes, const remit_dictionary *dictionary)
{
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, remit_table_rows(table), dictionary, NULL));
  give(table, name, column);
}

/* A label a row, "" for none, in a dictionary of its own whose order is that of first appearance. */
static inline void with_labels(remit_table *table, const char *name, const char *const *labels)
{
  size_t rows = remit_table_rows(table);
  remit_dictionary *dictionary = dictionary_of(labels, rows);
  uint32_t *codes = calloc(rows + 1, sizeof *codes);
  assert_non_null(codes);
  for (size_t i = 0; i < rows; i++)
    codes[i] = remit_dictionary_find(dictionary, labels[i], strlen(labels[i]));
  with_codes(table, name, codes, dictionary);
  free(codes);
  remit_dictionary_free(dictionary);
}

static inline remit_dictionary *numbered_dictionary(size_t members)
{
  remit_dictionary *dictionary = dictionary_of(NULL, 0);
  for (size_t i = 0; i < members; i++) {
    char label[24];
    uint32_t code;
    int size = snprintf(label, sizeof label, "m%zu", i);
    assert_ok(remit_dictionary_add(dictionary, label, (size_t)size, &code, NULL));
  }
  return dictionary;
}

static inline void with_random_codes(remit_table *table, const char *name, size_t members, uint64_t *seed)
{
  size_t rows = remit_table_rows(table);
  remit_dictionary *dictionary = numbered_dictionary(members);
  uint32_t *codes = calloc(rows + 1, sizeof *codes);
  assert_non_null(codes);
  for (size_t i = 0; i < rows; i++)
    codes[i] = (uint32_t)support_below(seed, members + 1);
  with_codes(table, name, codes, dictionary);
  free(codes);
  remit_dictionary_free(dictionary);
}

/* Values from -spread / 2 on, one in eight missing. */
static inline void with_random_ints(remit_table *table, const char *name, uint64_t spread, uint64_t *seed)
{
  size_t rows = remit_table_rows(table);
  int64_t *values = calloc(rows + 1, sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < rows; i++)
    values[i] = support_below(seed, 8) == 0 ? REMIT_MISSING : (int64_t)(support_below(seed, spread) - spread / 2);
  with_ints(table, name, REMIT_PENCE, values);
  free(values);
}

static inline int64_t int_at(const remit_table *table, const char *name, size_t row)
{
  const remit_column *column = remit_table_find(table, name);
  assert_non_null(column);
  assert_true(row < remit_column_count(column));
  return remit_column_int(column, row);
}

static inline const char *label_at(const remit_table *table, const char *name, size_t row)
{
  int64_t code = int_at(table, name, row);
  return remit_dictionary_label(remit_column_dictionary(remit_table_find(table, name)), (uint32_t)code, NULL);
}

static inline void expect_labels(const remit_table *table, const char *name, const char *const *labels)
{
  for (size_t row = 0; row < remit_table_rows(table); row++)
    assert_string_equal(label_at(table, name, row), labels[row]);
}

static inline void expect_ints(const remit_table *table, const char *name, const int64_t *values)
{
  for (size_t row = 0; row < remit_table_rows(table); row++)
    assert_true(int_at(table, name, row) == values[row]);
}

#endif
