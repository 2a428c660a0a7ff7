/* SPDX-License-Identifier: Apache-2.0
 * table_take, table_concat: rows chosen, tables joined.
 */
#include "table_support.h"

static void take_gives_rows_in_the_asked_order(void **state)
{
  (void)state;
  remit_table *table = table_of(3), *taken;
  with_labels(table, "fn", (const char *const[]){ "a", "b", "" });
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2, 3 });
  const size_t rows[] = { 2, SIZE_MAX, 0, 0, 1 };
  assert_ok(remit_table_take(table, rows, 5, &taken, NULL));
  assert_int_equal(remit_table_rows(taken), 5);
  expect_labels(taken, "fn", (const char *const[]){ "", "", "a", "a", "b" });
  expect_ints(taken, "cost", (const int64_t[]){ 3, REMIT_MISSING, 1, 1, 2 });
  assert_int_equal(remit_column_unit(remit_table_find(taken, "cost")), REMIT_PENCE);
  assert_int_equal(remit_column_stats(remit_table_find(taken, "cost")).missing, 1);
  remit_table_free(taken);
  remit_table_free(table);
}

static void concat_joins_integers_of_both_widths(void **state)
{
  (void)state;
  remit_table *narrow = table_of(2), *wide = table_of(2), *joined;
  size_t width;
  with_ints(narrow, "cost", REMIT_PENCE, (const int64_t[]){ REMIT_MISSING, -2 });
  with_ints(wide, "cost", REMIT_PENCE, (const int64_t[]){ 3000000000, REMIT_MISSING });
  assert_ok(remit_table_concat((const remit_table *const[]){ narrow, wide, narrow }, 3, &joined, NULL));
  expect_ints(joined, "cost", (const int64_t[]){ REMIT_MISSING, -2, 3000000000, REMIT_MISSING, REMIT_MISSING, -2 });
  remit_table_free(joined);
  assert_ok(remit_table_concat((const remit_table *const[]){ narrow, narrow }, 2, &joined, NULL));
  expect_ints(joined, "cost", (const int64_t[]){ REMIT_MISSING, -2, REMIT_MISSING, -2 });
  remit_column_values(remit_table_find(joined, "cost"), &width);
  assert_int_equal(width, 4);
  remit_table_free(joined);
  remit_table_free(narrow);
  remit_table_free(wide);
}

static void take_of_no_rows_keeps_the_columns(void **state)
{
  (void)state;
  remit_table *table = table_of(2), *taken;
  with_labels(table, "fn", (const char *const[]){ "a", "b" });
  assert_ok(remit_table_take(table, NULL, 0, &taken, NULL));
  assert_int_equal(remit_table_rows(taken), 0);
  assert_int_equal(remit_table_columns(taken), 1);
  remit_table_free(taken);
  remit_table_free(table);
}

static void take_of_every_row_shares_columns(void **state)
{
  (void)state;
  remit_table *table = table_of(2), *taken;
  with_labels(table, "fn", (const char *const[]){ "a", "b" });
  assert_ok(remit_table_take(table, (const size_t[]){ 0, 1 }, 2, &taken, NULL));
  assert_true(remit_table_find(taken, "fn") == remit_table_find(table, "fn"));
  remit_table_free(taken);
  assert_ok(remit_table_take(table, (const size_t[]){ 1, 0 }, 2, &taken, NULL));
  assert_string_equal(label_at(taken, "fn", 0), "b");
  remit_table_free(taken);
  remit_table_free(table);
}

static void take_refuses_a_row_that_is_not_there(void **state)
{
  (void)state;
  remit_table *table = table_of(2), *taken;
  assert_int_equal(remit_table_take(table, (const size_t[]){ 0, 2 }, 2, &taken, NULL), REMIT_EINVAL);
  assert_null(taken);
  remit_table_free(table);
}

static void take_keeps_links(void **state)
{
  (void)state;
  remit_table *places = table_of(2), *table = table_of(2), *taken;
  with_labels(table, "place", (const char *const[]){ "p", "q" });
  assert_ok(remit_table_link(table, "place", places, NULL));
  assert_ok(remit_table_take(table, (const size_t[]){ 1 }, 1, &taken, NULL));
  assert_true(remit_table_dimension(taken, "place") == places);
  remit_table_free(taken);
  remit_table_free(table);
  remit_table_free(places);
}

static remit_table *random_table(size_t rows, uint64_t *seed)
{
  remit_table *table = table_of(rows);
  with_random_codes(table, "narrow", 5, seed);
  with_random_codes(table, "middle", 700, seed);
  with_random_codes(table, "wide", 66000, seed);
  with_random_ints(table, "cost", UINT64_MAX, seed);
  return table;
}

static const char *const random_names[] = { "narrow", "middle", "wide", "cost" };

static void take_agrees_with_naive(void **state)
{
  (void)state;
  uint64_t seed = 11;
  static size_t rows[3000];
  for (int round = 0; round < 4; round++) {
    remit_table *table = random_table(1 + (size_t)support_below(&seed, 2500), &seed), *taken;
    size_t count = (size_t)support_below(&seed, 3000);
    for (size_t i = 0; i < count; i++)
      rows[i] = support_below(&seed, 9) == 0 ? SIZE_MAX : (size_t)support_below(&seed, remit_table_rows(table));
    assert_ok(remit_table_take(table, rows, count, &taken, NULL));
    for (size_t name = 0; name < 4; name++)
      for (size_t i = 0; i < count; i++) {
        int64_t missing = name == 3 ? REMIT_MISSING : 0;
        int64_t expected = rows[i] == SIZE_MAX ? missing : int_at(table, random_names[name], rows[i]);
        assert_true(int_at(taken, random_names[name], i) == expected);
      }
    remit_table_free(taken);
    remit_table_free(table);
  }
}

static remit_table *concat_of(const remit_table *a, const remit_table *b)
{
  remit_table *joined;
  const remit_table *tables[] = { a, b };
  assert_ok(remit_table_concat(tables, 2, &joined, NULL));
  return joined;
}

static void concat_merges_labels_and_fills_what_is_lacking(void **state)
{
  (void)state;
  remit_table *a = table_of(2), *b = table_of(3);
  with_labels(a, "fn", (const char *const[]){ "x", "y" });
  with_ints(a, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2 });
  with_ints(b, "wte", REMIT_MICRO, (const int64_t[]){ 7, 8, 9 });
  with_labels(b, "fn", (const char *const[]){ "z", "x", "" });
  with_labels(b, "tag", (const char *const[]){ "t", "", "u" });
  remit_table *joined = concat_of(a, b);
  assert_int_equal(remit_table_rows(joined), 5);
  assert_int_equal(remit_table_columns(joined), 4);
  assert_string_equal(remit_table_name(joined, 2), "wte");
  expect_labels(joined, "fn", (const char *const[]){ "x", "y", "z", "x", "" });
  expect_labels(joined, "tag", (const char *const[]){ "", "", "t", "", "u" });
  expect_ints(joined, "fn", (const int64_t[]){ 1, 2, 3, 1, 0 });
  expect_ints(joined, "cost", (const int64_t[]){ 1, 2, REMIT_MISSING, REMIT_MISSING, REMIT_MISSING });
  expect_ints(joined, "wte", (const int64_t[]){ REMIT_MISSING, REMIT_MISSING, 7, 8, 9 });
  assert_int_equal(remit_column_unit(remit_table_find(joined, "wte")), REMIT_MICRO);
  remit_table_free(joined);
  remit_table_free(a);
  remit_table_free(b);
}

/* So that a thousand scenarios that each append a line hold the ids of the model's lines once. */
static void concat_shares_the_labels_of_the_first_table(void **state)
{
  (void)state;
  enum { ROWS = 5000 };
  char text[ROWS][8];
  const char *labels[ROWS + 1];
  for (size_t i = 0; i < ROWS; i++) {
    snprintf(text[i], sizeof text[i], "p%06zu", i);
    labels[i] = text[i];
  }
  remit_table *long_one = table_of(ROWS), *added = table_of(1);
  with_labels(long_one, "id", labels);
  with_labels(added, "id", (const char *const[]){ "new" });
  remit_table *joined = concat_of(long_one, added);
  assert_in_range(remit_table_memory(joined), 2 * ROWS, 2 * ROWS + 4096);
  assert_in_range(remit_table_memory(long_one), 10 * ROWS, 100 * ROWS);
  remit_table_free(long_one);
  remit_table_free(added);
  labels[ROWS] = "new";
  expect_labels(joined, "id", labels);
  remit_table_free(joined);
}

static void concat_of_nothing_is_empty(void **state)
{
  (void)state;
  remit_table *joined;
  assert_ok(remit_table_concat(NULL, 0, &joined, NULL));
  assert_int_equal(remit_table_rows(joined), 0);
  assert_int_equal(remit_table_columns(joined), 0);
  remit_table_free(joined);
}

static void concat_refuses_units_that_differ(void **state)
{
  (void)state;
  remit_table *a = table_of(1), *b = table_of(1), *c = table_of(1), *joined;
  remit_error err;
  with_ints(a, "cost", REMIT_PENCE, (const int64_t[]){ 1 });
  with_ints(b, "cost", REMIT_COUNT, (const int64_t[]){ 1 });
  with_labels(c, "cost", (const char *const[]){ "x" });
  const remit_table *counts[] = { a, b }, *labels[] = { a, c };
  assert_int_equal(remit_table_concat(counts, 2, &joined, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "column 'cost' holds pence in one table and count in another");
  assert_null(joined);
  assert_int_equal(remit_table_concat(labels, 2, &joined, NULL), REMIT_EINVAL);
  remit_table_free(a);
  remit_table_free(b);
  remit_table_free(c);
}

static void concat_shares_a_dictionary_that_all_have(void **state)
{
  (void)state;
  remit_table *a = table_of(2), *b;
  with_labels(a, "fn", (const char *const[]){ "x", "y" });
  assert_ok(remit_table_take(a, (const size_t[]){ 1 }, 1, &b, NULL));
  remit_table *joined = concat_of(a, b);
  assert_true(remit_column_dictionary(remit_table_find(joined, "fn")) == remit_column_dictionary(remit_table_find(a, "fn")));
  expect_labels(joined, "fn", (const char *const[]){ "x", "y", "y" });
  remit_table_free(joined);
  remit_table_free(a);
  remit_table_free(b);
}

static const remit_dictionary *concat_flagged(bool ordered_a, char separator_a, bool ordered_b, char separator_b, remit_table **joined)
{
  remit_table *tables[2] = { table_of(1), table_of(1) };
  for (int i = 0; i < 2; i++) {
    remit_dictionary *dictionary = dictionary_of((const char *const[]){ i == 0 ? "x" : "y" }, 1);
    remit_dictionary_set_ordered(dictionary, i == 0 ? ordered_a : ordered_b);
    remit_dictionary_set_separator(dictionary, i == 0 ? separator_a : separator_b);
    with_codes(tables[i], "band", (const uint32_t[]){ 1 }, dictionary);
    remit_dictionary_free(dictionary);
  }
  *joined = concat_of(tables[0], tables[1]);
  remit_table_free(tables[0]);
  remit_table_free(tables[1]);
  return remit_column_dictionary(remit_table_find(*joined, "band"));
}

static void concat_keeps_flags_that_all_agree_on(void **state)
{
  (void)state;
  remit_table *joined;
  const remit_dictionary *dictionary = concat_flagged(true, '|', true, '|', &joined);
  assert_true(remit_dictionary_is_ordered(dictionary));
  assert_int_equal(remit_dictionary_separator(dictionary), '|');
  remit_table_free(joined);
  dictionary = concat_flagged(true, '|', false, ';', &joined);
  assert_false(remit_dictionary_is_ordered(dictionary));
  assert_int_equal(remit_dictionary_separator(dictionary), 0);
  remit_table_free(joined);
  dictionary = concat_flagged(false, 0, true, '|', &joined);
  assert_false(remit_dictionary_is_ordered(dictionary));
  assert_int_equal(remit_dictionary_separator(dictionary), 0);
  remit_table_free(joined);
}

static remit_table *placed(const char *const *members, size_t count, const remit_table *places)
{
  remit_table *table = table_of(1);
  remit_dictionary *dictionary = dictionary_of(members, count);
  with_codes(table, "place", (const uint32_t[]){ 1 }, dictionary);
  if (places != NULL)
    assert_ok(remit_table_link(table, "place", places, NULL));
  remit_dictionary_free(dictionary);
  return table;
}

static const remit_table *dimension_after_concat(remit_table *a, remit_table *b)
{
  remit_table *joined = concat_of(a, b);
  const remit_table *dimension = remit_table_dimension(joined, "place");
  remit_table_free(joined);
  remit_table_free(a);
  remit_table_free(b);
  return dimension;
}

static void concat_keeps_a_link_that_still_means_the_same(void **state)
{
  (void)state;
  static const char *const pq[] = { "p", "q" }, *const qp[] = { "q", "p" }, *const pr[] = { "p", "r" };
  remit_table *places = table_of(2), *others = table_of(2), *lacking = table_of(1);
  with_ints(lacking, "cost", REMIT_PENCE, (const int64_t[]){ 1 });
  assert_true(dimension_after_concat(placed(pq, 2, places), placed(pq, 2, places)) == places);
  assert_true(dimension_after_concat(lacking, placed(pq, 2, places)) == places);
  assert_null(dimension_after_concat(placed(pq, 2, places), placed(pq, 2, NULL)));
  assert_null(dimension_after_concat(placed(pq, 2, places), placed(pq, 2, others)));
  assert_null(dimension_after_concat(placed(pq, 2, places), placed(qp, 2, places)));
  assert_null(dimension_after_concat(placed(pq, 2, places), placed(pr, 2, places)));
  remit_table_free(places);
  remit_table_free(others);
}

static void concat_widens_codes_when_it_must(void **state)
{
  (void)state;
  remit_table *a = table_of(1), *b = table_of(1);
  remit_dictionary *many = numbered_dictionary(255);
  remit_dictionary *one = dictionary_of((const char *const[]){ "another" }, 1);
  with_codes(a, "fn", (const uint32_t[]){ 255 }, many);
  with_codes(b, "fn", (const uint32_t[]){ 1 }, one);
  remit_table *joined = concat_of(a, b);
  expect_ints(joined, "fn", (const int64_t[]){ 255, 256 });
  expect_labels(joined, "fn", (const char *const[]){ "m254", "another" });
  remit_table_free(joined);
  remit_table_free(a);
  remit_table_free(b);
  remit_dictionary_free(many);
  remit_dictionary_free(one);
}

static void expect_part(const remit_table *joined, size_t at, const remit_table *part)
{
  for (size_t row = 0; row < remit_table_rows(part); row++) {
    for (size_t name = 0; name < 3; name++)
      assert_string_equal(label_at(joined, random_names[name], at + row), label_at(part, random_names[name], row));
    assert_true(int_at(joined, "cost", at + row) == int_at(part, "cost", row));
  }
}

static void concat_agrees_with_naive(void **state)
{
  (void)state;
  uint64_t seed = 5;
  remit_table *tables[3], *joined;
  for (size_t i = 0; i < 3; i++) {
    tables[i] = table_of((size_t)support_below(&seed, 2500));
    with_random_codes(tables[i], "narrow", 1 + (size_t)support_below(&seed, 400), &seed);
    with_random_codes(tables[i], "middle", 1 + (size_t)support_below(&seed, 900), &seed);
    with_random_codes(tables[i], "wide", 1 + (size_t)support_below(&seed, 70000), &seed);
    with_random_ints(tables[i], "cost", UINT64_MAX, &seed);
  }
  const remit_table *parts[] = { tables[0], tables[1], tables[2] };
  assert_ok(remit_table_concat(parts, 3, &joined, NULL));
  size_t at = 0;
  for (size_t i = 0; i < 3; i++) {
    expect_part(joined, at, tables[i]);
    at += remit_table_rows(tables[i]);
    remit_table_free(tables[i]);
  }
  assert_int_equal(remit_table_rows(joined), at);
  remit_table_free(joined);
}

static remit_status take_and_concat(void *context)
{
  const remit_table *const *tables = context;
  remit_table *taken, *joined = NULL;
  remit_status status = remit_table_take(tables[0], (const size_t[]){ 1, 0 }, 2, &taken, NULL);
  if (status == REMIT_OK)
    status = remit_table_concat(tables, 2, &joined, NULL);
  remit_table_free(taken);
  remit_table_free(joined);
  return status;
}

static void operations_survive_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *a = table_of(2), *b = table_of(1);
  with_labels(a, "fn", (const char *const[]){ "x", "y" });
  with_ints(a, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2 });
  with_labels(b, "fn", (const char *const[]){ "z" });
  const remit_table *tables[] = { a, b };
  support_fail_each_allocation(take_and_concat, tables);
  remit_table_free(a);
  remit_table_free(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(take_gives_rows_in_the_asked_order),
    LEAK_CHECKED(concat_joins_integers_of_both_widths),
    LEAK_CHECKED(take_of_no_rows_keeps_the_columns),
    LEAK_CHECKED(take_of_every_row_shares_columns),
    LEAK_CHECKED(take_refuses_a_row_that_is_not_there),
    LEAK_CHECKED(take_keeps_links),
    LEAK_CHECKED(take_agrees_with_naive),
    LEAK_CHECKED(concat_merges_labels_and_fills_what_is_lacking),
    LEAK_CHECKED(concat_shares_the_labels_of_the_first_table),
    LEAK_CHECKED(concat_of_nothing_is_empty),
    LEAK_CHECKED(concat_refuses_units_that_differ),
    LEAK_CHECKED(concat_shares_a_dictionary_that_all_have),
    LEAK_CHECKED(concat_keeps_flags_that_all_agree_on),
    LEAK_CHECKED(concat_keeps_a_link_that_still_means_the_same),
    LEAK_CHECKED(concat_widens_codes_when_it_must),
    LEAK_CHECKED(concat_agrees_with_naive),
    LEAK_CHECKED(operations_survive_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
