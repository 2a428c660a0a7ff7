/* SPDX-License-Identifier: Apache-2.0
 * table_order: stable, missing last, labels by folded text.
 */
#include "table_support.h"

static void expect_order(const remit_table *table, const remit_sort_key *keys, size_t count, const size_t *expected)
{
  size_t *rows = calloc(remit_table_rows(table) + 1, sizeof *rows);
  assert_non_null(rows);
  assert_ok(remit_table_order(table, keys, count, rows, NULL));
  for (size_t i = 0; i < remit_table_rows(table); i++)
    assert_int_equal(rows[i], expected[i]);
  free(rows);
}

static void expect_order_by(const remit_table *table, const char *name, bool descending, bool by_label, const size_t *expected)
{
  expect_order(table, &(remit_sort_key){ name, descending, by_label }, 1, expected);
}

static void missing_comes_last_in_both_directions(void **state)
{
  (void)state;
  remit_table *table = table_of(5);
  with_ints(table, "n", REMIT_COUNT, (const int64_t[]){ 3, REMIT_MISSING, INT64_MAX, -INT64_MAX, 3 });
  with_labels(table, "fn", (const char *const[]){ "b", "", "a", "c", "b" });
  expect_order_by(table, "n", false, false, (const size_t[]){ 3, 0, 4, 2, 1 });
  expect_order_by(table, "n", true, false, (const size_t[]){ 2, 0, 4, 3, 1 });
  expect_order_by(table, "n", true, true, (const size_t[]){ 2, 0, 4, 3, 1 });
  expect_order_by(table, "fn", false, false, (const size_t[]){ 0, 4, 2, 3, 1 });
  expect_order_by(table, "fn", true, false, (const size_t[]){ 3, 2, 0, 4, 1 });
  expect_order_by(table, "fn", false, true, (const size_t[]){ 2, 0, 4, 3, 1 });
  expect_order_by(table, "fn", true, true, (const size_t[]){ 3, 0, 4, 2, 1 });
  remit_table_free(table);
}

static void labels_that_fold_alike_keep_their_order(void **state)
{
  (void)state;
  remit_table *table = table_of(5);
  with_labels(table, "fn", (const char *const[]){ "beta", "ALPHA", "Beta ", "alpha", "Gamma" });
  expect_order_by(table, "fn", false, true, (const size_t[]){ 1, 3, 0, 2, 4 });
  expect_order_by(table, "fn", true, true, (const size_t[]){ 4, 0, 2, 1, 3 });
  remit_table_free(table);
}

static void later_keys_settle_ties(void **state)
{
  (void)state;
  remit_table *table = table_of(5);
  with_labels(table, "fn", (const char *const[]){ "b", "a", "b", "a", "b" });
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2, 3, 4, 1 });
  const remit_sort_key keys[] = { { "fn", false, true }, { "cost", true, false } };
  expect_order(table, keys, 2, (const size_t[]){ 3, 1, 2, 0, 4 });
  expect_order(table, NULL, 0, (const size_t[]){ 0, 1, 2, 3, 4 });
  remit_table_free(table);
}

static void path_sorts_by_what_it_leads_to(void **state)
{
  (void)state;
  remit_table *functions = table_of(3), *table = table_of(4);
  with_labels(functions, "class", (const char *const[]){ "z", "", "a" });
  remit_dictionary *ids = dictionary_of((const char *const[]){ "f", "g", "h" }, 3);
  with_codes(table, "fn", (const uint32_t[]){ 1, 2, 3, 0 }, ids);
  assert_ok(remit_table_link(table, "fn", functions, NULL));
  expect_order_by(table, "fn.class", false, true, (const size_t[]){ 2, 0, 1, 3 });
  remit_dictionary_free(ids);
  remit_table_free(table);
  remit_table_free(functions);
}

static void unknown_key_is_named(void **state)
{
  (void)state;
  remit_table *table = table_of(1);
  size_t rows[1];
  remit_error err;
  assert_int_equal(remit_table_order(table, &(remit_sort_key){ "fn", false, false }, 1, rows, &err), REMIT_ENOTFOUND);
  assert_non_null(strstr(err.message, "'fn'"));
  remit_table_free(table);
}

/* Whether row a belongs after row b by the keys alone; labels here are such that bytes and folded text agree. */
static int naive_compare(const remit_table *table, const remit_sort_key *keys, size_t count, size_t a, size_t b)
{
  for (size_t i = 0; i < count; i++) {
    const remit_column *column = remit_table_find(table, keys[i].name);
    bool codes = remit_column_dictionary(column) != NULL;
    int64_t missing = codes ? 0 : REMIT_MISSING, left = remit_column_int(column, a), right = remit_column_int(column, b);
    if (left == missing || right == missing) {
      if (left != right)
        return left == missing ? 1 : -1;
      continue;
    }
    int sign = (left > right) - (left < right);
    if (codes && keys[i].by_label)
      sign = strcmp(label_at(table, keys[i].name, a), label_at(table, keys[i].name, b));
    if (sign != 0)
      return keys[i].descending ? -sign : sign;
  }
  return (a > b) - (a < b);
}

static void order_agrees_with_naive(void **state)
{
  (void)state;
  static size_t rows[3000];
  uint64_t seed = 17;
  for (int round = 0; round < 24; round++) {
    remit_table *table = table_of((size_t)support_below(&seed, round < 12 ? 40 : 3000));
    with_random_codes(table, "few", 3, &seed);
    with_random_codes(table, "many", 400, &seed);
    with_random_ints(table, "small", 5, &seed);
    with_random_ints(table, "large", UINT64_MAX, &seed);
    const remit_sort_key keys[] = { { "few", support_below(&seed, 2) == 0, support_below(&seed, 2) == 0 },
                                    { "small", support_below(&seed, 2) == 0, false },
                                    { "many", support_below(&seed, 2) == 0, support_below(&seed, 2) == 0 },
                                    { "large", support_below(&seed, 2) == 0, false } };
    size_t first = (size_t)support_below(&seed, 4), count = 4 - first;
    assert_ok(remit_table_order(table, keys + first, count, rows, NULL));
    for (size_t i = 1; i < remit_table_rows(table); i++)
      assert_true(naive_compare(table, keys + first, count, rows[i - 1], rows[i]) < 0);
    remit_table_free(table);
  }
}

static remit_status sort_rows(void *context)
{
  size_t rows[3];
  const remit_sort_key keys[] = { { "fn", true, true }, { "fn.n", false, false } };
  return remit_table_order(context, keys, 2, rows, NULL);
}

static void order_survives_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *functions = table_of(2), *table = table_of(3);
  with_ints(functions, "n", REMIT_COUNT, (const int64_t[]){ 1, 2 });
  with_labels(table, "fn", (const char *const[]){ "b", "a", "b" });
  assert_ok(remit_table_link(table, "fn", functions, NULL));
  support_fail_each_allocation(sort_rows, table);
  remit_table_free(table);
  remit_table_free(functions);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(missing_comes_last_in_both_directions),
    LEAK_CHECKED(labels_that_fold_alike_keep_their_order),
    LEAK_CHECKED(later_keys_settle_ties),
    LEAK_CHECKED(path_sorts_by_what_it_leads_to),
    LEAK_CHECKED(unknown_key_is_named),
    LEAK_CHECKED(order_agrees_with_naive),
    LEAK_CHECKED(order_survives_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
