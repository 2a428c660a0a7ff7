/* SPDX-License-Identifier: Apache-2.0
 * changeset_support: lines of a few functions, and operations on them said in a line. Include it after support.h.
 */
#ifndef REMIT_TEST_CHANGESET_SUPPORT_H
#define REMIT_TEST_CHANGESET_SUPPORT_H

#include "table_support.h"

#define SOME(list) (sizeof(list) / sizeof *(list))
#define FROM(list) .steps = (list), .step_count = SOME(list)

enum { MARCH = 24314, APRIL, MAY, JUNE };

static const remit_step nothing_from_april[] = { { APRIL, 0 } };
static const remit_step half_from_april[] = { { APRIL, REMIT_ONE / 2 } };
static const remit_step third_from_april[] = { { APRIL, REMIT_ONE / 3 } };
static const remit_step all_from_april[] = { { APRIL, REMIT_ONE } };
static const remit_step all_in_april[] = { { APRIL, REMIT_ONE }, { MAY, 0 } };

static inline remit_table *lines_table(void)
{
  remit_table *table = table_of(5);
  with_labels(table, "fn", (const char *const[]){ "chc", "estates", "chc", "", "quality" });
  with_labels(table, "place", (const char *const[]){ "north", "north", "south", "south", "" });
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ 100, 200, 300, 400, -501 });
  return table;
}

static inline remit_changeset *changed(const remit_table *table, const remit_operation *operations, size_t count, size_t accounts)
{
  remit_changeset *changeset;
  remit_error err;
  if (remit_changeset_new(&changeset, table, operations, count, accounts, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  return changeset;
}

static inline void refused(const remit_table *table, const remit_operation *operations, size_t count, remit_status status, const char *message)
{
  remit_changeset *changeset;
  remit_error err;
  assert_int_equal(remit_changeset_new(&changeset, table, operations, count, 4, &err), status);
  assert_null(changeset);
  assert_string_equal(err.message, message);
}

/* The factor of the trail with this label. */
static inline int64_t kept_in(const remit_changeset *changeset, const char *trail, size_t account, int64_t month, unsigned channel)
{
  int64_t factors[64];
  const remit_dictionary *trails = remit_column_dictionary(remit_changeset_trails(changeset));
  assert_true(remit_dictionary_size(trails) <= 64);
  uint32_t code = remit_dictionary_find(trails, trail, strlen(trail));
  assert_true(code != 0 || *trail == '\0');
  assert_ok(remit_changeset_factors(changeset, month, &account, 1, channel, factors, NULL));
  return factors[code];
}

/* A copy of the lines with their trail; takes nothing. */
static inline remit_table *with_trail(const remit_table *table, const remit_changeset *changeset)
{
  remit_table *copy = table_of(remit_table_rows(table));
  for (size_t i = 0; i < remit_table_columns(table); i++) {
    assert_ok(remit_table_add(copy, remit_table_name(table, i), remit_table_column(table, i), NULL));
    if (remit_table_dimension(table, remit_table_name(table, i)) != NULL)
      assert_ok(remit_table_link(copy, remit_table_name(table, i), remit_table_dimension(table, remit_table_name(table, i)), NULL));
  }
  assert_ok(remit_table_add(copy, "trail", remit_changeset_trails(changeset), NULL));
  return copy;
}

#endif
