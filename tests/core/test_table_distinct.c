/* SPDX-License-Identifier: Apache-2.0
 * table_distinct: combinations numbered, gaps filled by group.
 */
#include "table_support.h"

static void combinations_are_numbered_as_they_appear(void **state)
{
  (void)state;
  remit_table *table = table_of(6);
  with_labels(table, "fn", (const char *const[]){ "b", "a", "b", "", "b", "" });
  with_ints(table, "wte", REMIT_MICRO, (const int64_t[]){ 5, 5, 6, REMIT_MISSING, 5, REMIT_MISSING });
  remit_groups groups;
  assert_ok(remit_table_distinct(table, (const char *const[]){ "fn", "wte" }, 2, &groups, NULL));
  assert_int_equal(groups.count, 4);
  assert_memory_equal(groups.group, ((const uint32_t[]){ 0, 1, 2, 3, 0, 3 }), 6 * sizeof(uint32_t));
  assert_memory_equal(groups.first, ((const size_t[]){ 0, 1, 2, 3 }), 4 * sizeof(size_t));
  remit_groups_free(&groups);
  assert_null(groups.group);
  remit_groups_free(NULL);
  remit_table_free(table);
}

static void no_columns_make_one_group(void **state)
{
  (void)state;
  remit_table *table = table_of(3), *empty = table_of(0);
  remit_groups groups;
  assert_ok(remit_table_distinct(table, NULL, 0, &groups, NULL));
  assert_int_equal(groups.count, 1);
  assert_int_equal(groups.group[2], 0);
  remit_groups_free(&groups);
  assert_ok(remit_table_distinct(empty, NULL, 0, &groups, NULL));
  assert_int_equal(groups.count, 0);
  remit_groups_free(&groups);
  remit_table_free(table);
  remit_table_free(empty);
}

static void unknown_column_is_named(void **state)
{
  (void)state;
  remit_table *table = table_of(1);
  with_labels(table, "fn", (const char *const[]){ "b" });
  remit_groups groups;
  remit_error err;
  assert_int_equal(remit_table_distinct(table, (const char *const[]){ "fn", "place" }, 2, &groups, &err), REMIT_ENOTFOUND);
  assert_non_null(strstr(err.message, "'place'"));
  assert_null(groups.group);
  remit_table_free(table);
}

static void extreme_integers_stay_apart(void **state)
{
  (void)state;
  remit_table *table = table_of(4);
  with_ints(table, "n", REMIT_COUNT, (const int64_t[]){ INT64_MAX, INT64_MIN + 1, REMIT_MISSING, INT64_MAX });
  remit_groups groups;
  assert_ok(remit_table_distinct(table, (const char *const[]){ "n" }, 1, &groups, NULL));
  assert_memory_equal(groups.group, ((const uint32_t[]){ 0, 1, 2, 0 }), 4 * sizeof(uint32_t));
  remit_groups_free(&groups);
  remit_table_free(table);
}

static void path_groups_by_what_it_leads_to(void **state)
{
  (void)state;
  remit_table *functions = table_of(3), *posts = table_of(4);
  remit_dictionary *ids = dictionary_of((const char *const[]){ "f", "g", "h" }, 3);
  with_labels(functions, "class", (const char *const[]){ "grow", "", "grow" });
  with_ints(functions, "size", REMIT_COUNT, (const int64_t[]){ INT64_MAX, REMIT_MISSING, -INT64_MAX });
  with_codes(posts, "fn", (const uint32_t[]){ 1, 2, 3, 0 }, ids);
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  remit_groups groups;
  assert_ok(remit_table_distinct(posts, (const char *const[]){ "fn.class" }, 1, &groups, NULL));
  assert_memory_equal(groups.group, ((const uint32_t[]){ 0, 1, 0, 1 }), 4 * sizeof(uint32_t));
  remit_groups_free(&groups);
  assert_ok(remit_table_distinct(posts, (const char *const[]){ "fn.size" }, 1, &groups, NULL));
  assert_memory_equal(groups.group, ((const uint32_t[]){ 0, 1, 2, 1 }), 4 * sizeof(uint32_t));
  remit_groups_free(&groups);
  remit_dictionary_free(ids);
  remit_table_free(posts);
  remit_table_free(functions);
}

static bool same_row(const remit_table *table, const char *const *names, size_t count, size_t a, size_t b)
{
  for (size_t i = 0; i < count; i++)
    if (int_at(table, names[i], a) != int_at(table, names[i], b))
      return false;
  return true;
}

static void expect_naive_groups(const remit_table *table, const char *const *names, size_t count)
{
  remit_groups groups;
  assert_ok(remit_table_distinct(table, names, count, &groups, NULL));
  size_t known = 0;
  for (size_t row = 0; row < remit_table_rows(table); row++) {
    size_t group = 0;
    while (group < known && !same_row(table, names, count, groups.first[group], row))
      group++;
    if (group == known) {
      assert_true(known < groups.count);
      assert_int_equal(groups.first[known++], row);
    }
    assert_int_equal(groups.group[row], group);
  }
  assert_int_equal(groups.count, known);
  remit_groups_free(&groups);
}

static void groups_agree_with_naive(void **state)
{
  (void)state;
  static const char *const names[] = { "few", "small", "many", "large" };
  uint64_t seed = 3;
  for (int round = 0; round < 8; round++) {
    remit_table *table = table_of((size_t)support_below(&seed, 1800));
    with_random_codes(table, "few", 1 + (size_t)support_below(&seed, 9), &seed);
    with_random_ints(table, "small", 2 + support_below(&seed, 12), &seed);
    with_random_codes(table, "many", 300, &seed);
    with_random_ints(table, "large", UINT64_MAX, &seed);
    expect_naive_groups(table, names, 1);
    expect_naive_groups(table, names, 2);
    expect_naive_groups(table, names, 3);
    expect_naive_groups(table, names, 4);
    expect_naive_groups(table, names + 1, 1);
    expect_naive_groups(table, names + 3, 1);
    remit_table_free(table);
  }
}

static void fill_puts_a_groups_value_where_none_is(void **state)
{
  (void)state;
  remit_table *table = table_of(4);
  with_labels(table, "fn", (const char *const[]){ "a", "b", "a", "b" });
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ REMIT_MISSING, 5, 6, REMIT_MISSING });
  remit_groups groups;
  remit_column *filled;
  assert_ok(remit_table_distinct(table, (const char *const[]){ "fn" }, 1, &groups, NULL));
  assert_ok(remit_table_fill(table, "cost", &groups, (const int64_t[]){ 100, REMIT_MISSING }, &filled, NULL));
  for (size_t row = 0; row < 4; row++)
    assert_true(remit_column_int(filled, row) == ((const int64_t[]){ 100, 5, 6, REMIT_MISSING })[row]);
  assert_int_equal(remit_column_stats(filled).missing, 1);
  assert_int_equal(remit_column_stats(filled).max, 100);
  assert_int_equal(remit_column_unit(filled), REMIT_PENCE);
  remit_column_free(filled);
  assert_int_equal(remit_table_fill(table, "fn", &groups, NULL, &filled, NULL), REMIT_EINVAL);
  assert_int_equal(remit_table_fill(table, "nothing", &groups, NULL, &filled, NULL), REMIT_ENOTFOUND);
  remit_groups_free(&groups);
  remit_table_free(table);
}

static remit_status group_rows(void *context)
{
  remit_groups groups;
  remit_status status = remit_table_distinct(context, (const char *const[]){ "n", "fn.n" }, 2, &groups, NULL);
  remit_groups_free(&groups);
  if (status == REMIT_OK)
    status = remit_table_distinct(context, (const char *const[]){ "fn" }, 1, &groups, NULL);
  remit_groups_free(&groups);
  return status;
}

static void groups_survive_every_failed_allocation(void **state)
{
  (void)state;
  uint64_t seed = 8;
  remit_table *functions = table_of(90), *table = table_of(300);
  with_random_ints(functions, "n", UINT64_MAX, &seed);
  with_random_ints(table, "n", UINT64_MAX, &seed);
  with_random_codes(table, "fn", 90, &seed);
  assert_ok(remit_table_link(table, "fn", functions, NULL));
  support_fail_each_allocation(group_rows, table);
  remit_table_free(table);
  remit_table_free(functions);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(combinations_are_numbered_as_they_appear),
    LEAK_CHECKED(no_columns_make_one_group),
    LEAK_CHECKED(unknown_column_is_named),
    LEAK_CHECKED(extreme_integers_stay_apart),
    LEAK_CHECKED(path_groups_by_what_it_leads_to),
    LEAK_CHECKED(groups_agree_with_naive),
    LEAK_CHECKED(fill_puts_a_groups_value_where_none_is),
    LEAK_CHECKED(groups_survive_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
