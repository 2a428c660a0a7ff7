/* SPDX-License-Identifier: Apache-2.0
 * Changesets: trails, what each effect does to whom and when, what cannot be together, and limits.
 */
#include "support.h"
#include "changeset_support.h"

enum { KEPT = REMIT_KEPT, SAVED, RECEIVER, STRANDED };

/* ---- Trails ---- */

static void lines_with_the_same_operations_have_one_trail(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  const remit_operation operations[] = { { .where = chc, FROM(half_from_april) }, { .where = north, FROM(half_from_april) } };
  remit_changeset *changeset = changed(table, operations, 2, 1);
  const char *const expected[] = { "1|2", "2", "1", "", "" };
  const remit_column *trails = remit_changeset_trails(changeset);
  for (size_t row = 0; row < 5; row++)
    assert_string_equal(remit_dictionary_label(remit_column_dictionary(trails), remit_column_code(trails, row), NULL), expected[row]);
  assert_int_equal(remit_dictionary_separator(remit_column_dictionary(trails)), 0);
  assert_int_equal(remit_changeset_touched(changeset, 0), 2);
  assert_int_equal(remit_changeset_touched(changeset, 1), 2);
  assert_int_equal(remit_changeset_touched(changeset, 2), 0);
  remit_changeset_free(changeset);
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(table);
}

static void a_test_of_a_trail_finds_that_trail_alone(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  const remit_operation operations[] = { { .where = chc }, { .where = north } };
  remit_changeset *changeset = changed(table, operations, 2, 1);
  remit_table *lines = with_trail(table, changeset);
  remit_selection *both = support_selection(lines, "trail", "\"1|2\""), *one = support_selection(lines, "trail", "\"1\"");
  assert_int_equal(remit_selection_count(both), 1);
  assert_int_equal(remit_selection_count(one), 1);
  remit_selection_free(both);
  remit_selection_free(one);
  remit_table_free(lines);
  remit_changeset_free(changeset);
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(table);
}

static void a_selection_of_fewer_lines_touches_the_first(void **state)
{
  (void)state;
  remit_table *table = lines_table(), *few;
  assert_ok(remit_table_take(table, (const size_t[]){ 0, 1, 2 }, 3, &few, NULL));
  remit_selection *all = support_selection(few, "fn", "-"), *whole = support_selection(table, "fn", "-");
  const remit_operation operation = { .where = all };
  remit_changeset *changeset = changed(table, &operation, 1, 1);
  assert_int_equal(remit_changeset_touched(changeset, 0), 3);
  assert_int_equal(remit_column_code(remit_changeset_trails(changeset), 2), 1);
  assert_int_equal(remit_column_code(remit_changeset_trails(changeset), 3), 0);
  const remit_operation longer = { .where = whole };
  refused(few, &longer, 1, REMIT_EINVAL, "operation 1: its selection is not of these lines");
  remit_changeset_free(changeset);
  remit_selection_free(all);
  remit_selection_free(whole);
  remit_table_free(few);
  remit_table_free(table);
}

static void without_operations_everything_is_kept(void **state)
{
  (void)state;
  remit_table *table = lines_table(), *empty = table_of(0);
  remit_changeset *changeset = changed(table, NULL, 0, 1), *none = changed(empty, NULL, 0, 1);
  int64_t *months;
  size_t count;
  assert_true(kept_in(changeset, "", KEPT, MAY, 0) == REMIT_ONE);
  assert_true(kept_in(none, "", KEPT, MAY, 0) == REMIT_ONE);
  assert_ok(remit_changeset_months(changeset, &months, &count, NULL));
  assert_int_equal(count, 0);
  remit_months_free(months);
  remit_changeset_free(changeset);
  remit_changeset_free(none);
  remit_table_free(table);
  remit_table_free(empty);
}

/* Lines in an order in which trails come back after others; more than a block, and more operations than a word. */
static void trails_are_those_of_each_line_alone(void **state)
{
  (void)state;
  enum { ROWS = 3000, OPERATIONS = 70 };
  uint64_t seed = 5;
  remit_table *table = table_of(ROWS);
  remit_selection *where[OPERATIONS];
  remit_operation operations[OPERATIONS] = { { 0 } };
  with_random_codes(table, "x", 40, &seed);
  for (size_t i = 0; i < OPERATIONS; i++) {
    char test[32];
    snprintf(test, sizeof test, "m%zu, m%zu", (size_t)support_below(&seed, 40), (size_t)support_below(&seed, 40));
    operations[i].where = where[i] = support_selection(table, "x", test);
  }
  remit_changeset *changeset = changed(table, operations, OPERATIONS, 1);
  const remit_column *trails = remit_changeset_trails(changeset);
  char expected[ROWS][256] = { { 0 } };
  for (size_t i = 0; i < OPERATIONS; i++) {
    size_t *rows, count;
    assert_ok(remit_selection_rows(where[i], &rows, &count, NULL));
    assert_int_equal(remit_changeset_touched(changeset, i), count);
    for (size_t row = 0; row < count; row++) {
      size_t size = strlen(expected[rows[row]]);
      snprintf(expected[rows[row]] + size, 256 - size, "%s%zu", size == 0 ? "" : "|", i + 1);
    }
    remit_rows_free(rows);
    remit_selection_free(where[i]);
  }
  for (size_t row = 0; row < ROWS; row++)
    assert_string_equal(remit_dictionary_label(remit_column_dictionary(trails), remit_column_code(trails, row), NULL), expected[row]);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

/* ---- Effects ---- */

static remit_changeset *of_all(const remit_table *table, remit_operation *operations, size_t count)
{
  remit_selection *all;
  assert_ok(remit_selection_all(&all, table, NULL));
  for (size_t i = 0; i < count; i++)
    operations[i].where = all;
  remit_changeset *changeset = changed(table, operations, count, 4);
  remit_selection_free(all);
  return changeset;
}

static void expect_accounts(const remit_changeset *changeset, const char *trail, int64_t month, unsigned channel, const int64_t *expected)
{
  for (size_t account = 0; account < 4; account++)
    assert_true(kept_in(changeset, trail, account, month, channel) == expected[account]);
}

static void a_scale_takes_from_its_month_on(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .effect = REMIT_SCALE, .account = SAVED, FROM(half_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 1);
  expect_accounts(changeset, "1", MARCH, 0, (const int64_t[]){ REMIT_ONE, 0, 0, 0 });
  expect_accounts(changeset, "1", APRIL, 0, (const int64_t[]){ REMIT_ONE / 2, REMIT_ONE / 2, 0, 0 });
  expect_accounts(changeset, "1", JUNE + 500, 7, (const int64_t[]){ REMIT_ONE / 2, REMIT_ONE / 2, 0, 0 });
  expect_accounts(changeset, "", APRIL, 0, (const int64_t[]){ REMIT_ONE, 0, 0, 0 });
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void scales_multiply_and_round_half_to_even(void **state)
{
  (void)state;
  static const remit_step tiny[] = { { APRIL, 3 } }, odd[] = { { APRIL, REMIT_ONE / 2 } };
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, FROM(tiny) }, { .account = RECEIVER, FROM(odd) } };
  remit_changeset *changeset = of_all(table, operations, 2);
  expect_accounts(changeset, "1|2", APRIL, 0, (const int64_t[]){ 2, REMIT_ONE - 3, 1, 0 }); /* 1.5 is rounded to 2 */
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void a_scale_above_one_adds(void **state)
{
  (void)state;
  static const remit_step most[] = { { APRIL, 1000 * REMIT_ONE } };
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, FROM(most) }, { .account = SAVED, FROM(most) } };
  remit_changeset *changeset = of_all(table, operations, 2);
  expect_accounts(changeset, "1|2", APRIL, 0, (const int64_t[]){ 1000000 * REMIT_ONE, -999999 * REMIT_ONE, 0, 0 });
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void factors_past_64_bits_are_refused(void **state)
{
  (void)state;
  static const remit_step most[] = { { APRIL, 1000 * REMIT_ONE } };
  const size_t saved = SAVED;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, FROM(most) }, { .account = SAVED, FROM(most) }, { .account = SAVED, FROM(most) } };
  remit_changeset *changeset = of_all(table, operations, 3);
  int64_t factors[2], total;
  assert_int_equal(remit_changeset_factors(changeset, APRIL, &saved, 1, 0, factors, NULL), REMIT_EOVERFLOW);
  assert_ok(remit_changeset_factors(changeset, MARCH, &saved, 1, 0, factors, NULL));
  assert_int_equal(remit_changeset_effect(changeset, APRIL, 0, 0, factors, NULL), REMIT_EOVERFLOW);
  assert_ok(remit_changeset_before(changeset, APRIL, 2, 0, NULL, 0, (const int64_t[]){ 0, 7 }, &total, NULL));
  assert_true(total == 7000000);
  assert_int_equal(remit_changeset_before(changeset, APRIL, 2, 0, NULL, 0, (const int64_t[]){ 0, INT64_MAX / 2 }, &total, NULL), REMIT_EOVERFLOW);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void shares_are_of_what_scales_left(void **state)
{
  (void)state;
  static const remit_step quarter[] = { { MAY, REMIT_ONE / 4 } };
  remit_table *table = lines_table();
  remit_operation operations[] = { { .effect = REMIT_SHARE, .account = RECEIVER, FROM(quarter) },
                                   { .effect = REMIT_SCALE, .account = SAVED, FROM(half_from_april) },
                                   { .effect = REMIT_EXTRA, .account = STRANDED, FROM(quarter) } };
  remit_changeset *changeset = of_all(table, operations, 3);
  expect_accounts(changeset, "1|2|3", APRIL, 0, (const int64_t[]){ REMIT_ONE / 2, REMIT_ONE / 2, 0, 0 });
  expect_accounts(changeset, "1|2|3", MAY, 0, (const int64_t[]){ REMIT_ONE * 3 / 8, REMIT_ONE / 2, REMIT_ONE / 8, REMIT_ONE / 8 });
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void fourteen_shares_that_make_one_leave_nothing(void **state)
{
  (void)state;
  static const remit_step uneven[] = { { APRIL, INT64_C(333333333333) } };
  remit_table *table = lines_table();
  remit_operation operations[15] = { { .effect = REMIT_SCALE, .account = SAVED, FROM(uneven) } };
  remit_step share[14];
  int64_t parts[14], moved = 0, factors[2];
  const int64_t people[14] = { 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59 };
  assert_ok(remit_number_allot(REMIT_ONE, people, 14, parts, NULL));
  for (size_t i = 0; i < 14; i++) {
    share[i] = (remit_step){ APRIL, parts[i] };
    operations[i + 1] = (remit_operation){ .effect = REMIT_SHARE, .account = RECEIVER, .steps = &share[i], .step_count = 1 };
  }
  remit_changeset *changeset = of_all(table, operations, 15);
  expect_accounts(changeset, "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15", APRIL, 0,
                  (const int64_t[]){ 0, REMIT_ONE - uneven[0].factor, uneven[0].factor, 0 });
  for (size_t i = 1; i < 15; i++) {
    assert_ok(remit_changeset_effect(changeset, APRIL, i, 0, factors, NULL));
    moved += factors[1];
    assert_true(factors[0] == 0 && factors[1] > 0);
  }
  assert_true(moved == uneven[0].factor);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void a_layer_begins_with_what_the_one_below_kept(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .effect = REMIT_SHARE, .account = RECEIVER, FROM(half_from_april) },
                                   { .effect = REMIT_SHARE, .account = RECEIVER, .layer = 1, FROM(all_from_april) },
                                   { .effect = REMIT_SCALE, .account = SAVED, .layer = 1, FROM(half_from_april) },
                                   { .effect = REMIT_EXTRA, .account = STRANDED, .layer = 9, FROM(all_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 4);
  expect_accounts(changeset, "1|2|3|4", APRIL, 0, (const int64_t[]){ 0, REMIT_ONE / 4, REMIT_ONE * 3 / 4, 0 });
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void an_operation_acts_on_its_channels_alone(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, .channels = 2, FROM(half_from_april) },
                                   { .effect = REMIT_SHARE, .account = RECEIVER, .channels = 1, FROM(all_from_april) },
                                   { .effect = REMIT_SHARE, .account = RECEIVER, .channels = 2, FROM(all_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 3);
  expect_accounts(changeset, "1|2|3", APRIL, 0, (const int64_t[]){ 0, 0, REMIT_ONE, 0 });
  expect_accounts(changeset, "1|2|3", APRIL, 1, (const int64_t[]){ 0, REMIT_ONE / 2, REMIT_ONE / 2, 0 });
  expect_accounts(changeset, "1|2|3", APRIL, 2, (const int64_t[]){ REMIT_ONE, 0, 0, 0 });
  remit_changeset_free(changeset);
  remit_table_free(table);
}

static void accounts_are_added_up_once_each(void **state)
{
  (void)state;
  const size_t some[] = { KEPT, SAVED, SAVED, RECEIVER }, far = 4;
  int64_t factors[2];
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, FROM(third_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 1);
  assert_ok(remit_changeset_factors(changeset, APRIL, some, 4, 0, factors, NULL));
  assert_true(factors[1] == REMIT_ONE);
  assert_ok(remit_changeset_factors(changeset, APRIL, NULL, 0, 0, factors, NULL));
  assert_true(factors[1] == 0);
  assert_int_equal(remit_changeset_factors(changeset, APRIL, &far, 1, 0, factors, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_factors(changeset, APRIL, some, 1, REMIT_CHANNELS_MAX, factors, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_effect(changeset, APRIL, 1, 0, factors, NULL), REMIT_EINVAL);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

/* ---- Before ---- */

static void before_a_scale_stand_the_others_of_its_layer(void **state)
{
  (void)state;
  const int64_t sums[] = { 1000000, 801 };
  const size_t all_others[] = { 1, 3 }, far = 9;
  int64_t total;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .effect = REMIT_SHARE, .account = RECEIVER, FROM(half_from_april) },
                                   { .account = SAVED, .layer = 1, FROM(half_from_april) },
                                   { .account = SAVED, .layer = 1, FROM(nothing_from_april) },
                                   { .account = SAVED, .layer = 1, FROM(half_from_april) },
                                   { .effect = REMIT_SHARE, .account = RECEIVER, .layer = 1, FROM(half_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 5);
  assert_ok(remit_changeset_before(changeset, APRIL, 2, 0, NULL, 0, sums, &total, NULL));
  assert_int_equal(total, 100); /* 801 / 8, half to even */
  assert_ok(remit_changeset_before(changeset, APRIL, 2, 0, all_others, 2, sums, &total, NULL));
  assert_int_equal(total, 400); /* 400.5 */
  assert_ok(remit_changeset_before(changeset, MARCH, 2, 0, NULL, 0, sums, &total, NULL));
  assert_int_equal(total, 801);
  assert_ok(remit_changeset_before(changeset, APRIL, 4, 0, all_others, 2, sums, &total, NULL));
  assert_int_equal(total, 0); /* a share stands after all scales */
  assert_ok(remit_changeset_before(changeset, APRIL, 0, 0, NULL, 0, sums, &total, NULL));
  assert_int_equal(total, 801);
  assert_int_equal(remit_changeset_before(changeset, APRIL, 5, 0, NULL, 0, sums, &total, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_before(changeset, APRIL, 2, 0, &far, 1, sums, &total, NULL), REMIT_EINVAL);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

/* ---- Other steps ---- */

static void other_steps_make_another_changeset(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .account = SAVED, FROM(half_from_april) }, { .account = SAVED, FROM(half_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 2), *other;
  const remit_step steps[] = { { MARCH, 0 }, { JUNE, REMIT_ONE } };
  const remit_restep both[] = { { 0, NULL, 0 }, { 1, steps, 2 } };
  int64_t *months;
  size_t count;
  assert_ok(remit_changeset_with(changeset, both, 2, &other, NULL));
  assert_true(kept_in(changeset, "1|2", KEPT, APRIL, 0) == REMIT_ONE / 4);
  remit_changeset_free(changeset);
  assert_true(kept_in(other, "1|2", KEPT, APRIL, 0) == 0);
  assert_true(kept_in(other, "1|2", KEPT, JUNE, 0) == REMIT_ONE);
  assert_ok(remit_changeset_months(other, &months, &count, NULL));
  assert_int_equal(count, 2);
  assert_true(months[0] == MARCH && months[1] == JUNE);
  remit_months_free(months);
  remit_changeset_free(other);
  remit_table_free(table);
}

static void other_steps_are_checked_as_the_first(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_operation operations[] = { { .effect = REMIT_SHARE, .account = RECEIVER, FROM(half_from_april) },
                                   { .effect = REMIT_SHARE, .account = RECEIVER, FROM(half_from_april) } };
  remit_changeset *changeset = of_all(table, operations, 2), *other;
  const remit_step more[] = { { MARCH, REMIT_ONE / 2 + 1 } }, turned[] = { { MAY, 0 }, { MAY, 0 } };
  const remit_restep above = { 1, more, 1 }, unordered = { 1, turned, 2 }, far = { 2, more, 1 };
  remit_error err;
  assert_int_equal(remit_changeset_with(changeset, &above, 1, &other, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "operation 1 and operation 2 together move more than all of the same lines in 2026-04");
  assert_null(other);
  assert_int_equal(remit_changeset_with(changeset, &unordered, 1, &other, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "operation 2: its months do not rise");
  assert_int_equal(remit_changeset_with(changeset, &far, 1, &other, &err), REMIT_EINVAL);
  assert_ok(remit_changeset_with(changeset, NULL, 0, &other, NULL));
  remit_changeset_free(other);
  remit_changeset_free(changeset);
  remit_table_free(table);
}

/* ---- What cannot be ---- */

static void shares_above_all_are_a_conflict(void **state)
{
  (void)state;
  static const remit_step rising[] = { { APRIL, REMIT_ONE / 2 }, { JUNE, REMIT_ONE / 2 + 1 } };
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  remit_operation operations[] = { { .effect = REMIT_SHARE, .where = chc, FROM(half_from_april) },
                                   { .effect = REMIT_EXTRA, .where = chc, FROM(all_from_april) },
                                   { .effect = REMIT_SHARE, .where = north, FROM(rising) } };
  refused(table, operations, 3, REMIT_EINVAL, "operation 1 and operation 3 together move more than all of the same lines in 2026-06");
  operations[2].channels = 2;
  operations[0].channels = 1;
  remit_changeset_free(changed(table, operations, 3, 1));
  operations[0].channels = 3;
  operations[2].layer = 1;
  remit_changeset_free(changed(table, operations, 3, 1));
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(table);
}

static void a_conflict_of_many_names_eight(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc");
  remit_operation operations[10];
  for (size_t i = 0; i < 10; i++)
    operations[i] = (remit_operation){ .effect = REMIT_SHARE, .where = chc, FROM(third_from_april) };
  refused(table, operations, 10, REMIT_EINVAL,
          "operation 1, operation 2, operation 3, operation 4, operation 5, operation 6, operation 7, operation 8 and 2 more "
          "together move more than all of the same lines in 2026-04");
  refused(table, operations, 4, REMIT_EINVAL,
          "operation 1, operation 2, operation 3 and operation 4 together move more than all of the same lines in 2026-04");
  remit_changeset_free(changed(table, operations, 3, 1));
  remit_selection_free(chc);
  remit_table_free(table);
}

static void two_recodes_of_a_line_are_a_conflict(void **state)
{
  (void)state;
  static const remit_step from_may[] = { { MAY, REMIT_ONE } };
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north"),
                  *quality = support_selection(table, "fn", "quality");
  remit_operation operations[] = { { .effect = REMIT_RECODE, .where = chc, .column = "fn", .code = 2, FROM(all_from_april) },
                                   { .effect = REMIT_RECODE, .where = north, .column = "fn", .code = 3, FROM(from_may) } };
  refused(table, operations, 2, REMIT_EINVAL, "operation 1 and operation 2 both say what 'fn' the same lines have in 2026-05");
  operations[0].steps = all_in_april; /* over when the other begins */
  operations[0].step_count = 2;
  remit_changeset_free(changed(table, operations, 2, 1));
  operations[0].steps = all_from_april;
  operations[0].step_count = 1;
  operations[1].where = quality;
  remit_changeset_free(changed(table, operations, 2, 1));
  operations[1].where = north;
  operations[1].column = "place";
  operations[1].code = 1;
  remit_changeset_free(changed(table, operations, 2, 1));
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_selection_free(quality);
  remit_table_free(table);
}

static void operations_that_are_not_in_order_are_named(void **state)
{
  (void)state;
  static const remit_step unordered[] = { { MAY, 0 }, { APRIL, 0 } }, high[] = { { MAY, 1000 * REMIT_ONE + 1 } }, low[] = { { MAY, -1 } },
                          above[] = { { MAY, REMIT_ONE + 1 } };
  remit_table *table = lines_table();
  remit_selection *all;
  assert_ok(remit_selection_all(&all, table, NULL));
  const struct {
    remit_operation operation;
    const char *message;
  } cases[] = {
    { { .where = NULL }, "operation 2: its selection is not of these lines" },
    { { .where = all, .account = 4, .layer = 1 }, "operation 2: there is no such account" },
    { { .where = all, .channels = 256, .layer = 1 }, "operation 2: there is no such channel" },
    { { .where = all }, "operation 2: its layer lies below that of the one before" },
    { { .where = all, .layer = 1, FROM(unordered) }, "operation 2: its months do not rise" },
    { { .where = all, .layer = 1, FROM(high) }, "operation 2: a factor is out of range" },
    { { .where = all, .layer = 1, FROM(low) }, "operation 2: a factor is out of range" },
    { { .where = all, .layer = 1, .effect = REMIT_SHARE, FROM(above) }, "operation 2: a factor is out of range" },
    { { .where = all, .layer = 1, .effect = REMIT_RECODE }, "operation 2: its column is not a category of the lines" },
    { { .where = all, .layer = 1, .effect = REMIT_RECODE, .column = "cost" }, "operation 2: its column is not a category of the lines" },
    { { .where = all, .layer = 1, .effect = REMIT_RECODE, .column = "fn", .code = 4 }, "operation 2: its code is not one of the column's" },
    { { .where = all, .layer = 1, .effect = REMIT_RECODE, .column = "fn", FROM(half_from_april) },
      "operation 2: a recode holds or does not: its factors are one and nothing" },
  };
  for (size_t i = 0; i < SOME(cases); i++) {
    const remit_operation operations[] = { { .where = all, .layer = 1 }, cases[i].operation };
    refused(table, operations, 2, REMIT_EINVAL, cases[i].message);
  }
  remit_selection_free(all);
  remit_table_free(table);
}

/* ---- Limits ---- */

static void operations_and_accounts_have_limits(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc");
  remit_operation *operations = calloc(REMIT_OPERATIONS_MAX + 1, sizeof *operations);
  assert_non_null(operations);
  for (size_t i = 0; i <= REMIT_OPERATIONS_MAX; i++)
    operations[i] = (remit_operation){ .where = chc, FROM(half_from_april) };
  operations[0].account = REMIT_ACCOUNTS_MAX - 1;
  remit_changeset *changeset = changed(table, operations, REMIT_OPERATIONS_MAX, REMIT_ACCOUNTS_MAX);
  int64_t factors[2];
  assert_ok(remit_changeset_effect(changeset, APRIL, 0, 0, factors, NULL));
  assert_true(factors[1] == REMIT_ONE / 2);
  remit_changeset_free(changeset);
  assert_int_equal(remit_changeset_new(&changeset, table, operations, REMIT_OPERATIONS_MAX + 1, REMIT_ACCOUNTS_MAX, NULL), REMIT_ELIMIT);
  assert_int_equal(remit_changeset_new(&changeset, table, operations, 1, REMIT_ACCOUNTS_MAX + 1, NULL), REMIT_ELIMIT);
  assert_int_equal(remit_changeset_new(&changeset, table, operations, 1, 0, NULL), REMIT_ELIMIT);
  free(operations);
  remit_selection_free(chc);
  remit_table_free(table);
}

/* Row r meets the operations of the bits that its number has: as many trails as rows. */
static remit_status trails_of(size_t rows)
{
  enum { BITS = 17 };
  remit_table *table = table_of(rows);
  remit_dictionary *flags = dictionary_of((const char *const[]){ "yes" }, 1);
  uint32_t *codes = calloc(rows, sizeof *codes);
  remit_selection *where[BITS];
  remit_operation operations[BITS] = { { 0 } };
  remit_changeset *changeset;
  assert_non_null(codes);
  for (size_t bit = 0; bit < BITS; bit++) {
    char name[8];
    snprintf(name, sizeof name, "b%zu", bit);
    for (size_t row = 0; row < rows; row++)
      codes[row] = row >> bit & 1;
    with_codes(table, name, codes, flags);
  }
  for (size_t bit = 0; bit < BITS; bit++) {
    char name[8];
    snprintf(name, sizeof name, "b%zu", bit);
    operations[bit].where = where[bit] = support_selection(table, name, "yes");
  }
  remit_status status = remit_changeset_new(&changeset, table, operations, BITS, 1, NULL);
  if (status == REMIT_OK)
    assert_int_equal(remit_dictionary_size(remit_column_dictionary(remit_changeset_trails(changeset))), rows);
  remit_changeset_free(changeset);
  for (size_t bit = 0; bit < BITS; bit++)
    remit_selection_free(where[bit]);
  free(codes);
  remit_dictionary_free(flags);
  remit_table_free(table);
  return status;
}

static void trails_have_a_limit(void **state)
{
  (void)state;
  assert_int_equal(trails_of(REMIT_TRAILS_MAX), REMIT_OK);
  assert_int_equal(trails_of(REMIT_TRAILS_MAX + 1), REMIT_ELIMIT);
}

/* ---- Memory ---- */

typedef struct making {
  const remit_table *table;
  const remit_operation *operations;
} making;

static remit_status make_and_ask(void *context)
{
  const making *given = context;
  const remit_restep other = { 0, half_from_april, 1 };
  remit_changeset *changeset, *variant = NULL;
  int64_t *months = NULL;
  size_t count;
  remit_status status = remit_changeset_new(&changeset, given->table, given->operations, 2, 2, NULL);
  if (status == REMIT_OK)
    status = remit_changeset_with(changeset, &other, 1, &variant, NULL);
  if (status == REMIT_OK)
    status = remit_changeset_months(variant, &months, &count, NULL);
  remit_months_free(months);
  remit_changeset_free(variant);
  remit_changeset_free(changeset);
  return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  const remit_operation operations[] = { { .where = chc, FROM(half_from_april) },
                                         { .effect = REMIT_RECODE, .where = north, .column = "fn", .code = 1, FROM(all_in_april) } };
  support_fail_each_allocation(make_and_ask, &(making){ table, operations });
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(lines_with_the_same_operations_have_one_trail),
    LEAK_CHECKED(a_test_of_a_trail_finds_that_trail_alone),
    LEAK_CHECKED(a_selection_of_fewer_lines_touches_the_first),
    LEAK_CHECKED(without_operations_everything_is_kept),
    LEAK_CHECKED(trails_are_those_of_each_line_alone),
    LEAK_CHECKED(a_scale_takes_from_its_month_on),
    LEAK_CHECKED(scales_multiply_and_round_half_to_even),
    LEAK_CHECKED(a_scale_above_one_adds),
    LEAK_CHECKED(factors_past_64_bits_are_refused),
    LEAK_CHECKED(shares_are_of_what_scales_left),
    LEAK_CHECKED(fourteen_shares_that_make_one_leave_nothing),
    LEAK_CHECKED(a_layer_begins_with_what_the_one_below_kept),
    LEAK_CHECKED(an_operation_acts_on_its_channels_alone),
    LEAK_CHECKED(accounts_are_added_up_once_each),
    LEAK_CHECKED(before_a_scale_stand_the_others_of_its_layer),
    LEAK_CHECKED(other_steps_make_another_changeset),
    LEAK_CHECKED(other_steps_are_checked_as_the_first),
    LEAK_CHECKED(shares_above_all_are_a_conflict),
    LEAK_CHECKED(a_conflict_of_many_names_eight),
    LEAK_CHECKED(two_recodes_of_a_line_are_a_conflict),
    LEAK_CHECKED(operations_that_are_not_in_order_are_named),
    LEAK_CHECKED(operations_and_accounts_have_limits),
    LEAK_CHECKED(trails_have_a_limit),
    LEAK_CHECKED(without_memory_nothing_is_left_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
