/* SPDX-License-Identifier: Apache-2.0
 * table_split: filled and vacant parts, money to the penny; the check that one amount is within another.
 */
#include "table_support.h"

static const char *const cost_only[] = { "cost" };

static remit_table *posts(size_t rows, const int64_t *wte, const int64_t *in_post, const int64_t *cost)
{
  remit_table *table = table_of(rows);
  with_ints(table, "wte", REMIT_MICRO, wte);
  with_ints(table, "in_post", REMIT_MICRO, in_post);
  with_ints(table, "cost", REMIT_PENCE, cost);
  return table;
}

static void row_is_split_into_a_part_and_a_rest(void **state)
{
  (void)state;
  remit_table *table = posts(5, (const int64_t[]){ 3000000, 1000000, 1000000, 0, 400000 },
                             (const int64_t[]){ 1000000, 1000000, 0, 0, 100000 }, (const int64_t[]){ 100, 50, 60, 70, REMIT_MISSING });
  with_labels(table, "id", (const char *const[]){ "a", "b", "c", "d", "e" });
  remit_table *out;
  assert_ok(remit_table_split(table, "wte", "in_post", cost_only, 1, "vacant", &out, NULL));
  assert_int_equal(remit_table_rows(out), 7);
  assert_null(remit_table_find(out, "in_post"));
  expect_labels(out, "id", (const char *const[]){ "a", "a", "b", "c", "d", "e", "e" });
  expect_labels(out, "vacant", (const char *const[]){ "false", "true", "false", "true", "false", "false", "true" });
  expect_ints(out, "wte", (const int64_t[]){ 1000000, 2000000, 1000000, 1000000, 0, 100000, 300000 });
  expect_ints(out, "cost", (const int64_t[]){ 33, 67, 50, 60, 70, REMIT_MISSING, REMIT_MISSING });
  assert_int_equal(remit_column_unit(remit_table_find(out, "cost")), REMIT_PENCE);
  remit_table_free(out);
  remit_table_free(table);
}

static void part_is_rounded_half_to_even(void **state)
{
  (void)state;
  remit_table *table = posts(4, (const int64_t[]){ 2, 2, 2, 2 }, (const int64_t[]){ 1, 1, 1, 1 }, (const int64_t[]){ 1, 3, -1, -3 });
  remit_table *out;
  assert_ok(remit_table_split(table, "wte", "in_post", cost_only, 1, "vacant", &out, NULL));
  expect_ints(out, "cost", (const int64_t[]){ 0, 1, 2, 1, 0, -1, -2, -1 });
  remit_table_free(out);
  remit_table_free(table);
}

static void extreme_amounts_split_exactly(void **state)
{
  (void)state;
  remit_table *table = posts(2, (const int64_t[]){ INT64_MAX, INT64_MAX }, (const int64_t[]){ INT64_MAX - 1, 1 },
                             (const int64_t[]){ -INT64_MAX, INT64_MAX });
  remit_table *out;
  assert_ok(remit_table_split(table, "wte", "in_post", cost_only, 1, "vacant", &out, NULL));
  expect_ints(out, "cost", (const int64_t[]){ -(INT64_MAX - 1), -1, 1, INT64_MAX - 1 });
  remit_table_free(out);
  remit_table_free(table);
}

static void links_survive_a_split(void **state)
{
  (void)state;
  remit_table *places = table_of(1);
  remit_table *table = posts(1, (const int64_t[]){ 2 }, (const int64_t[]){ 1 }, (const int64_t[]){ 9 }), *out;
  with_labels(table, "place", (const char *const[]){ "p" });
  assert_ok(remit_table_link(table, "place", places, NULL));
  assert_ok(remit_table_split(table, "wte", "in_post", NULL, 0, "vacant", &out, NULL));
  assert_true(remit_table_dimension(out, "place") == places);
  expect_ints(out, "cost", (const int64_t[]){ 9, 9 });
  remit_table_free(out);
  remit_table_free(table);
  remit_table_free(places);
}

static void expect_bad_row(int64_t wte, int64_t in_post, const char *said)
{
  remit_table *table = posts(3, (const int64_t[]){ 1000000, wte, wte }, (const int64_t[]){ 1000000, in_post, in_post },
                             (const int64_t[]){ 1, 1, 1 });
  remit_table *out;
  remit_error err;
  assert_int_equal(remit_table_split(table, "wte", "in_post", cost_only, 1, "vacant", &out, &err), REMIT_EINVAL);
  assert_string_equal(err.message, said);
  assert_null(out);
  remit_table_free(table);
}

static void first_offending_row_is_named(void **state)
{
  (void)state;
  expect_bad_row(1000000, 1500000, "row 2: 'in_post' is 1.500000, which is not between 0 and 'wte', 1.000000");
  expect_bad_row(1000000, -1, "row 2: 'in_post' is -0.000001, which is not between 0 and 'wte', 1.000000");
  expect_bad_row(-2, -3, "row 2: 'in_post' is -0.000003, which is not between 0 and 'wte', -0.000002");
  expect_bad_row(-2, 0, "row 2: 'in_post' is 0.000000, which is not between 0 and 'wte', -0.000002");
  expect_bad_row(REMIT_MISSING, 0, "row 2 has no 'wte'");
  expect_bad_row(1000000, REMIT_MISSING, "row 2 has no 'in_post'");
}

static void expect_refused(const char *whole, const char *part, const char *shared, const char *flag, remit_status expected)
{
  remit_table *table = posts(1, (const int64_t[]){ 2 }, (const int64_t[]){ 1 }, (const int64_t[]){ 9 }), *out;
  with_labels(table, "place", (const char *const[]){ "p" });
  assert_int_equal(remit_table_split(table, whole, part, &shared, 1, flag, &out, NULL), expected);
  assert_null(out);
  remit_table_free(table);
}

static void columns_of_the_wrong_kind_are_refused(void **state)
{
  (void)state;
  expect_refused("place", "in_post", "cost", "vacant", REMIT_EINVAL);
  expect_refused("wte", "place", "cost", "vacant", REMIT_EINVAL);
  expect_refused("wte", "in_post", "place", "vacant", REMIT_EINVAL);
  expect_refused("wte", "cost", "in_post", "vacant", REMIT_EINVAL);
  expect_refused("wte", "wte", "cost", "vacant", REMIT_EINVAL);
  expect_refused("wte", "in_post", "wte", "vacant", REMIT_EINVAL);
  expect_refused("wte", "in_post", "in_post", "vacant", REMIT_EINVAL);
  expect_refused("wte", "in_post", "cost", "place", REMIT_EINVAL);
  expect_refused("wte", "in_post", "cost", "", REMIT_EINVAL);
  expect_refused("nothing", "in_post", "cost", "vacant", REMIT_ENOTFOUND);
  expect_refused("wte", "nothing", "cost", "vacant", REMIT_ENOTFOUND);
  expect_refused("wte", "in_post", "nothing", "vacant", REMIT_ENOTFOUND);
}

static void expect_naive_split(const remit_table *table, const remit_table *out)
{
  size_t at = 0;
  for (size_t row = 0; row < remit_table_rows(table); row++) {
    int64_t wte = int_at(table, "wte", row), part = int_at(table, "in_post", row), cost = int_at(table, "cost", row), share = cost;
    if (wte != 0)
      assert_ok(remit_number_scale(cost, part, wte, REMIT_HALF_EVEN, &share, NULL));
    if (part > 0 || wte == 0) {
      assert_true(int_at(out, "wte", at) == part && int_at(out, "cost", at) == share);
      assert_string_equal(label_at(out, "vacant", at), "false");
      assert_string_equal(label_at(out, "id", at++), label_at(table, "id", row));
    }
    if (part < wte) {
      assert_true(int_at(out, "wte", at) == wte - part && int_at(out, "cost", at) == cost - share);
      assert_string_equal(label_at(out, "vacant", at), "true");
      assert_string_equal(label_at(out, "id", at++), label_at(table, "id", row));
    }
  }
  assert_int_equal(remit_table_rows(out), at);
}

static void split_agrees_with_naive(void **state)
{
  (void)state;
  static int64_t wte[2000], in_post[2000], cost[2000];
  uint64_t seed = 21;
  for (int round = 0; round < 6; round++) {
    size_t rows = (size_t)support_below(&seed, 2000);
    for (size_t i = 0; i < rows; i++) {
      wte[i] = (int64_t)support_below(&seed, round % 2 == 0 ? 4 : 2000000);
      in_post[i] = (int64_t)support_below(&seed, (uint64_t)wte[i] + 1);
      cost[i] = (int64_t)support_below(&seed, 20000000) - 10000000;
    }
    remit_table *table = posts(rows, wte, in_post, cost), *out;
    with_random_codes(table, "id", 40, &seed);
    assert_ok(remit_table_split(table, "wte", "in_post", cost_only, 1, "vacant", &out, NULL));
    expect_naive_split(table, out);
    remit_table_free(out);
    remit_table_free(table);
  }
}

static void rows_past_a_limit_are_listed(void **state)
{
  (void)state;
  remit_table *table = posts(6, (const int64_t[]){ 1, 2, REMIT_MISSING, 4, 5, 1 }, (const int64_t[]){ 2, 2, 3, REMIT_MISSING, 6, 0 },
                             (const int64_t[]){ 0, 0, 0, 0, 0, 0 });
  with_labels(table, "place", (const char *const[]){ "", "", "", "", "", "" });
  size_t rows[2] = { 99, 99 }, count;
  assert_ok(remit_table_exceeds(table, "in_post", "wte", rows, 2, &count, NULL));
  assert_int_equal(count, 2);
  assert_int_equal(rows[0], 0);
  assert_int_equal(rows[1], 4);
  rows[1] = 99;
  assert_ok(remit_table_exceeds(table, "in_post", "wte", rows, 1, &count, NULL));
  assert_int_equal(count, 2);
  assert_int_equal(rows[1], 99);
  assert_ok(remit_table_exceeds(table, "in_post", "wte", NULL, 0, &count, NULL));
  assert_int_equal(count, 2);
  assert_int_equal(remit_table_exceeds(table, "in_post", "cost", rows, 2, &count, NULL), REMIT_EINVAL);
  assert_int_equal(remit_table_exceeds(table, "in_post", "place", rows, 2, &count, NULL), REMIT_EINVAL);
  assert_int_equal(remit_table_exceeds(table, "nothing", "wte", rows, 2, &count, NULL), REMIT_ENOTFOUND);
  remit_table_free(table);
}

static remit_status split_posts(void *context)
{
  remit_table *out;
  remit_status status = remit_table_split(context, "wte", "in_post", cost_only, 1, "vacant", &out, NULL);
  remit_table_free(out);
  return status;
}

static void split_survives_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *table = posts(1, (const int64_t[]){ 2 }, (const int64_t[]){ 1 }, (const int64_t[]){ 9 });
  with_labels(table, "place", (const char *const[]){ "p" });
  support_fail_each_allocation(split_posts, table);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(row_is_split_into_a_part_and_a_rest),
    LEAK_CHECKED(part_is_rounded_half_to_even),
    LEAK_CHECKED(extreme_amounts_split_exactly),
    LEAK_CHECKED(links_survive_a_split),
    LEAK_CHECKED(first_offending_row_is_named),
    LEAK_CHECKED(columns_of_the_wrong_kind_are_refused),
    LEAK_CHECKED(split_agrees_with_naive),
    LEAK_CHECKED(rows_past_a_limit_are_listed),
    LEAK_CHECKED(split_survives_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
