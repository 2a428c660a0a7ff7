/* SPDX-License-Identifier: Apache-2.0
 * column: widths, summaries, recoding, tallies.
 */
#include "column_internal.h"
#include "support.h"

#include <stdio.h>

#include "memory.h"

static remit_dictionary *dictionary_of(size_t members)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 0; i < members; i++) {
    char label[24];
    int size = snprintf(label, sizeof label, "m%zu", i);
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, label, (size_t)size, &code, NULL));
    assert_int_equal(code, i + 1);
  }
  return dictionary;
}

static void expect_width(size_t members, size_t expected)
{
  remit_dictionary *dictionary = dictionary_of(members);
  uint32_t codes[] = { (uint32_t)members, 0, 1, (uint32_t)members };
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, 4, dictionary, NULL));
  size_t width;
  assert_non_null(remit_column_values(column, &width));
  assert_int_equal(width, expected);
  for (size_t row = 0; row < 4; row++) {
    assert_int_equal(remit_column_code(column, row), codes[row]);
    assert_int_equal(remit_column_int(column, row), codes[row]);
  }
  assert_true(remit_column_dictionary(column) == dictionary);
  remit_dictionary_free(dictionary);
  assert_int_equal(remit_dictionary_size(remit_column_dictionary(column)), members + 1);
  remit_column_free(column);
}

static void codes_take_the_narrowest_width(void **state)
{
  (void)state;
  expect_width(1, 1);
  expect_width(255, 1);
  expect_width(256, 2);
  expect_width(65535, 2);
  expect_width(65536, 4);
}

static void code_outside_the_dictionary_is_refused(void **state)
{
  (void)state;
  remit_dictionary *dictionary = dictionary_of(3);
  uint32_t codes[] = { 1, 4 };
  remit_column *column = NULL;
  remit_error err;
  assert_int_equal(remit_column_codes(&column, codes, 2, dictionary, &err), REMIT_EINVAL);
  assert_null(column);
  assert_non_null(strstr(err.message, "code 4"));
  assert_int_equal(remit_column_same_code(&column, 4, 2, dictionary, NULL), REMIT_EINVAL);
  static const uint32_t large[][2] = { { 3, 1u << 31 }, { 1u << 31, 3 }, { UINT32_MAX, 1 }, { UINT32_MAX, UINT32_MAX } };
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(remit_column_codes(&column, large[i], 2, dictionary, &err), REMIT_EINVAL);
    assert_non_null(strstr(err.message, i < 2 ? "code 2147483648 is" : "code 4294967295 is"));
  }
  assert_ok(remit_column_same_code(&column, 3, 2, dictionary, NULL));
  assert_int_equal(remit_column_code(column, 1), 3);
  remit_column_free(column);
  remit_dictionary_free(dictionary);
}

static void integers_keep_their_values_and_unit(void **state)
{
  (void)state;
  int64_t values[] = { -5, INT64_MAX, REMIT_MISSING, INT64_MIN + 1 };
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, 4, REMIT_PENCE, NULL));
  values[0] = 7;
  assert_int_equal(remit_column_int(column, 0), -5);
  assert_true(remit_column_int(column, 1) == INT64_MAX);
  assert_true(remit_column_int(column, 2) == REMIT_MISSING);
  assert_int_equal(remit_column_code(column, 0), 0);
  assert_int_equal(remit_column_unit(column), REMIT_PENCE);
  assert_int_equal(remit_column_count(column), 4);
  assert_null(remit_column_dictionary(column));
  size_t width;
  assert_true(((const int64_t *)remit_column_values(column, &width))[3] == INT64_MIN + 1);
  assert_int_equal(width, 8);
  assert_true(remit_column_memory(column) >= 32);
  remit_column_free(column);
}

static void expect_first(const remit_column *column, size_t expected, int64_t value)
{
  size_t width;
  assert_non_null(remit_column_values(column, &width));
  assert_int_equal(width, expected);
  assert_true(remit_column_int(column, 0) == value);
}

static void integers_that_fit_take_four_bytes(void **state)
{
  (void)state;
  static const struct {
    int64_t value;
    size_t width;
  } cases[] = { { INT32_MAX, 4 }, { (int64_t)INT32_MAX + 1, 8 }, { INT32_MIN + 1, 4 }, { INT32_MIN, 8 }, { REMIT_MISSING, 4 },
                { REMIT_MISSING + 1, 8 }, { REMIT_MISSING + INT32_MAX, 8 }, { INT64_MAX, 8 }, { (int64_t)1 << 32, 8 }, { 0, 4 } };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t values[1500] = { cases[i].value, REMIT_MISSING, 3 };
    values[1400] = cases[i].value;
    remit_column *column;
    for (size_t count = 1; count <= 3; count++) {
      assert_ok(remit_column_ints(&column, values, count, REMIT_PENCE, NULL));
      expect_first(column, cases[i].width, cases[i].value);
      remit_column_free(column);
    }
    values[0] = 0;
    assert_ok(remit_column_ints(&column, values, 1500, REMIT_PENCE, NULL));
    expect_first(column, cases[i].width, 0);
    assert_true(remit_column_int(column, 1400) == cases[i].value);
    assert_true(remit_column_int(column, 1) == REMIT_MISSING);
    remit_column_free(column);
    assert_ok(remit_column_same_int(&column, cases[i].value, 2000, REMIT_PENCE, NULL));
    expect_first(column, cases[i].width, cases[i].value);
    assert_int_equal(remit_column_stats(column).missing, cases[i].value == REMIT_MISSING ? 2000 : 0);
    assert_true(remit_column_stats(column).max == (cases[i].value == REMIT_MISSING ? 0 : cases[i].value));
    remit_column_free(column);
  }
}

static void finish_narrows_integers_in_place(void **state)
{
  (void)state;
  remit_column *column;
  assert_ok(remit_column_blank(&column, 5000, REMIT_COUNT, NULL, NULL));
  for (size_t row = 0; row < 5000; row++) {
    int64_t value = row % 7 == 0 ? REMIT_MISSING : (int64_t)row * 3 - 4000;
    remit_column_write(column, row, 1, &value);
  }
  remit_column_finish(column);
  expect_first(column, 4, REMIT_MISSING);
  for (size_t row = 0; row < 5000; row++)
    assert_true(remit_column_int(column, row) == (row % 7 == 0 ? REMIT_MISSING : (int64_t)row * 3 - 4000));
  assert_int_equal(remit_column_stats(column).missing, 715);
  assert_int_equal(remit_column_stats(column).min, -3997);
  assert_int_equal(remit_column_stats(column).max, 10997);
  assert_false(remit_column_stats(column).ascending);
  int64_t block[3];
  remit_column_read(column, 6, 3, block);
  assert_true(block[0] == -3982 && block[1] == REMIT_MISSING && block[2] == -3976);
  remit_column_free(column);
}

/* Every width, lengths around those of blocks, against a look at each value. */
static void summaries_agree_with_a_look_at_each_value(void **state)
{
  (void)state;
  uint64_t seed = 5;
  static const size_t members[] = { 3, 255, 300, 70000 };
  static const size_t counts[] = { 1, 2, 254, 255, 256, 257, 511, 1023, 1024, 1025, 2049, 3000 };
  static uint32_t codes[3000];
  for (size_t d = 0; d < 4; d++) {
    remit_dictionary *dictionary = dictionary_of(members[d]);
    for (size_t c = 0; c < 12; c++)
      for (int shape = 0; shape < 5; shape++) { /* the last one falls once, at its end */
        remit_column_summary expected = { .min = INT64_MAX, .ascending = true };
        for (size_t i = 0; i < counts[c]; i++) {
          uint32_t low = shape == 1 ? (uint32_t)(members[d] - 1) : 0;
          codes[i] = shape == 2 || shape == 4 ? (uint32_t)(i * members[d] / counts[c]) : low + (uint32_t)support_below(&seed, members[d] + 1 - low);
          if (shape >= 3 && i + 1 == counts[c])
            codes[i] = 0;
          expected.max = codes[i] > expected.max ? codes[i] : expected.max;
          expected.min = codes[i] != 0 && codes[i] < expected.min ? codes[i] : expected.min;
          expected.missing += codes[i] == 0;
          expected.ascending = expected.ascending && (i == 0 || codes[i - 1] <= codes[i]);
        }
        remit_column *column;
        assert_ok(remit_column_codes(&column, codes, counts[c], dictionary, NULL));
        remit_column_summary found = remit_column_stats(column);
        assert_true(found.max == expected.max && found.min == (expected.missing == counts[c] ? 0 : expected.min));
        assert_true(found.missing == expected.missing && found.ascending == expected.ascending);
        remit_column_free(column);
      }
    remit_dictionary_free(dictionary);
  }
}

static void integers_cannot_be_codes(void **state)
{
  (void)state;
  int64_t value = 1;
  remit_column *column = NULL;
  assert_int_equal(remit_column_ints(&column, &value, 1, REMIT_CODE, NULL), REMIT_EINVAL);
  assert_int_equal(remit_column_ints(&column, &value, 1, (remit_unit)77, NULL), REMIT_EINVAL);
  assert_int_equal(remit_column_same_int(&column, 1, 1, REMIT_CODE, NULL), REMIT_EINVAL);
  assert_null(column);
}

static void expect_summary(const int64_t *values, size_t count, remit_column_summary expected)
{
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, count, REMIT_COUNT, NULL));
  remit_column_summary summary = remit_column_stats(column);
  assert_true(summary.min == expected.min);
  assert_true(summary.max == expected.max);
  assert_int_equal(summary.missing, expected.missing);
  assert_int_equal(summary.ascending, expected.ascending);
  remit_column_free(column);
}

static void summary_knows_extremes_missing_and_order(void **state)
{
  (void)state;
  expect_summary(NULL, 0, (remit_column_summary){ 0, 0, 0, true });
  expect_summary((const int64_t[]){ REMIT_MISSING, REMIT_MISSING }, 2, (remit_column_summary){ 0, 0, 2, true });
  expect_summary((const int64_t[]){ 4, 4, 9 }, 3, (remit_column_summary){ 4, 9, 0, true });
  expect_summary((const int64_t[]){ -4, -9 }, 2, (remit_column_summary){ -9, -4, 0, false });
  expect_summary((const int64_t[]){ REMIT_MISSING, -9 }, 2, (remit_column_summary){ -9, -9, 1, true });
  expect_summary((const int64_t[]){ -9, REMIT_MISSING }, 2, (remit_column_summary){ -9, -9, 1, false });
  expect_summary((const int64_t[]){ INT64_MAX, INT64_MIN + 1 }, 2, (remit_column_summary){ INT64_MIN + 1, INT64_MAX, 0, false });
  const int64_t wide[] = { REMIT_MISSING, REMIT_MISSING, INT64_MAX, REMIT_MISSING, 5, 7, 8, REMIT_MISSING, 9, 6 };
  expect_summary(wide, 10, (remit_column_summary){ 5, INT64_MAX, 4, false });
  expect_summary(wide, 4, (remit_column_summary){ INT64_MAX, INT64_MAX, 3, false });
  expect_summary(wide, 3, (remit_column_summary){ INT64_MAX, INT64_MAX, 2, true });
}

static void summary_of_codes_leaves_out_missing(void **state)
{
  (void)state;
  remit_dictionary *dictionary = dictionary_of(9);
  uint32_t codes[] = { 0, 4, 0, 7, 5 };
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, 5, dictionary, NULL));
  remit_column_summary summary = remit_column_stats(column);
  assert_int_equal(summary.min, 4);
  assert_int_equal(summary.max, 7);
  assert_int_equal(summary.missing, 2);
  assert_false(summary.ascending);
  remit_column_free(column);
  remit_dictionary_free(dictionary);
}

static remit_column_summary naive_summary(const int64_t *values, size_t count)
{
  remit_column_summary summary = { 0, 0, 0, true };
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && values[i] < values[i - 1])
      summary.ascending = false;
    if (values[i] == REMIT_MISSING) {
      summary.missing++;
      continue;
    }
    if (!any || values[i] < summary.min)
      summary.min = values[i];
    if (!any || values[i] > summary.max)
      summary.max = values[i];
    any = true;
  }
  return summary;
}

static void summary_agrees_with_naive_across_blocks(void **state)
{
  (void)state;
  static int64_t values[5000];
  uint64_t seed = 1;
  for (int round = 0; round < 60; round++) {
    size_t count = 1000 + (size_t)support_below(&seed, 4000);
    for (size_t i = 0; i < count; i++)
      values[i] = (int64_t)i;
    for (size_t odd = round % 3 == 0 ? 0 : 1; odd > 0; odd--) {
      size_t at = round % 2 == 0 ? 1024 : (size_t)support_below(&seed, count);
      values[at < count ? at : 0] = support_below(&seed, 2) ? REMIT_MISSING : (int64_t)support_below(&seed, 3000) - 100;
    }
    expect_summary(values, count, naive_summary(values, count));
  }
}

static void same_value_fills_every_row(void **state)
{
  (void)state;
  remit_column *column;
  assert_ok(remit_column_same_int(&column, 12, 3000, REMIT_MICRO, NULL));
  for (size_t row = 0; row < 3000; row++)
    assert_int_equal(remit_column_int(column, row), 12);
  assert_int_equal(remit_column_stats(column).min, 12);
  assert_true(remit_column_stats(column).ascending);
  remit_column_free(column);
  assert_ok(remit_column_same_int(&column, REMIT_MISSING, 5, REMIT_MICRO, NULL));
  assert_int_equal(remit_column_stats(column).missing, 5);
  remit_column_free(column);
}

static void recode_maps_codes_to_another_dictionary(void **state)
{
  (void)state;
  remit_dictionary *few = dictionary_of(3), *many = dictionary_of(300);
  static uint32_t codes[2500];
  for (size_t i = 0; i < 2500; i++)
    codes[i] = (uint32_t)(i % 4);
  uint32_t map[] = { 7, 300, 0, 2 };
  remit_column *column, *recoded;
  assert_ok(remit_column_codes(&column, codes, 2500, few, NULL));
  assert_ok(remit_column_recode(&recoded, column, map, many, NULL));
  size_t width;
  remit_column_values(recoded, &width);
  assert_int_equal(width, 2);
  for (size_t i = 0; i < 2500; i++)
    assert_int_equal(remit_column_code(recoded, i), map[i % 4]);
  assert_int_equal(remit_column_stats(recoded).missing, 625);
  assert_int_equal(remit_column_stats(recoded).max, 300);
  remit_column_free(recoded);
  map[1] = 301;
  assert_int_equal(remit_column_recode(&recoded, column, map, many, NULL), REMIT_EINVAL);
  remit_column_free(column);
  remit_dictionary_free(few);
  remit_dictionary_free(many);
}

static remit_status sort_job(void *context)
{
  remit_column *sorted;
  remit_status status = remit_column_sorted(&sorted, context, NULL);
  remit_column_free(sorted);
  return status;
}

static void sorted_columns_have_the_same_labels_in_the_same_rows(void **state)
{
  (void)state;
  remit_dictionary *met;
  uint32_t code, codes[] = { 2, 0, 1, 2, 3 };
  assert_ok(remit_dictionary_new(&met, NULL));
  for (const char *label = "cab"; *label != '\0'; label++)
    assert_ok(remit_dictionary_add(met, label, 1, &code, NULL));
  remit_column *column, *sorted, *again;
  assert_ok(remit_column_codes(&column, codes, 5, met, NULL));
  assert_ok(remit_column_sorted(&sorted, column, NULL));
  for (size_t row = 0; row < 5; row++)
    assert_int_equal(remit_column_code(sorted, row), ((uint32_t[]){ 1, 0, 3, 1, 2 })[row]);
  assert_ok(remit_column_sorted(&again, sorted, NULL));
  assert_ptr_equal(again, sorted);
  remit_column_free(again);
  remit_column_free(sorted);
  support_fail_each_allocation(sort_job, column);
  remit_column_free(column);
  remit_dictionary_free(met);
}

static void integers_cannot_be_recoded_or_tallied(void **state)
{
  (void)state;
  remit_dictionary *dictionary = dictionary_of(3);
  remit_column *column, *recoded;
  uint32_t map[4] = { 0 };
  size_t counts[4];
  assert_ok(remit_column_same_int(&column, 1, 2, REMIT_COUNT, NULL));
  assert_int_equal(remit_column_recode(&recoded, column, map, dictionary, NULL), REMIT_EINVAL);
  assert_int_equal(remit_column_tally(column, counts, NULL, NULL), REMIT_EINVAL);
  assert_int_equal(remit_column_sorted(&recoded, column, NULL), REMIT_EINVAL);
  remit_column_free(column);
  remit_dictionary_free(dictionary);
}

static void tally_counts_rows_and_finds_the_first(void **state)
{
  (void)state;
  remit_dictionary *dictionary = dictionary_of(3);
  static uint32_t codes[2100];
  codes[5] = 2;
  codes[2000] = 2;
  codes[2099] = 3;
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, 2100, dictionary, NULL));
  size_t counts[4], first[4];
  assert_ok(remit_column_tally(column, counts, first, NULL));
  const size_t expected_counts[] = { 2097, 0, 2, 1 }, expected_first[] = { 0, SIZE_MAX, 5, 2099 };
  assert_memory_equal(counts, expected_counts, sizeof counts);
  assert_memory_equal(first, expected_first, sizeof first);
  memset(counts, 0xee, sizeof counts);
  assert_ok(remit_column_tally(column, counts, NULL, NULL));
  assert_memory_equal(counts, expected_counts, sizeof counts);
  assert_ok(remit_column_tally(column, NULL, first, NULL));
  remit_column_free(column);
  remit_dictionary_free(dictionary);
}

static void shared_column_outlives_its_first_owner(void **state)
{
  (void)state;
  remit_column *column;
  assert_ok(remit_column_same_int(&column, 3, 2, REMIT_COUNT, NULL));
  remit_column *other = remit_column_share(column);
  remit_column_free(column);
  assert_int_equal(remit_column_int(other, 1), 3);
  remit_column_free(other);
  remit_column_free(NULL);
}

static void units_know_their_decimals(void **state)
{
  (void)state;
  assert_int_equal(remit_unit_decimals(REMIT_PENCE), 2);
  assert_int_equal(remit_unit_decimals(REMIT_MICRO), 6);
  assert_int_equal(remit_unit_decimals(REMIT_COUNT), 0);
  assert_int_equal(remit_unit_decimals(REMIT_DAY), 0);
}

typedef struct making {
  remit_dictionary *dictionary;
  remit_column *codes;
} making;

static remit_status make_codes(void *context)
{
  const making *given = context;
  const uint32_t codes[] = { 1, 2 };
  remit_column *column;
  remit_status status = remit_column_codes(&column, codes, 2, given->dictionary, NULL);
  remit_column_free(column);
  return status;
}

static remit_status make_ints(void *context)
{
  (void)context;
  remit_column *column;
  remit_status status = remit_column_ints(&column, (const int64_t[]){ 1, 2 }, 2, REMIT_COUNT, NULL);
  remit_column_free(column);
  return status;
}

static remit_status make_same(void *context)
{
  const making *given = context;
  remit_column *code, *number = NULL;
  remit_status status = remit_column_same_code(&code, 1, 9, given->dictionary, NULL);
  if (status == REMIT_OK)
    status = remit_column_same_int(&number, 1, 9, REMIT_COUNT, NULL);
  remit_column_free(code);
  remit_column_free(number);
  return status;
}

static remit_status make_recoded(void *context)
{
  const making *given = context;
  const uint32_t map[] = { 0, 3, 2, 1 };
  remit_column *column;
  remit_status status = remit_column_recode(&column, given->codes, map, given->dictionary, NULL);
  remit_column_free(column);
  return status;
}

static void columns_survive_every_failed_allocation(void **state)
{
  (void)state;
  making given = { .dictionary = dictionary_of(3) };
  assert_ok(remit_column_same_code(&given.codes, 3, 5, given.dictionary, NULL));
  support_fail_each_allocation(make_codes, &given);
  support_fail_each_allocation(make_ints, &given);
  support_fail_each_allocation(make_same, &given);
  support_fail_each_allocation(make_recoded, &given);
  remit_column_free(given.codes);
  remit_dictionary_free(given.dictionary);
}

static void impossible_count_is_out_of_memory(void **state)
{
  (void)state;
  remit_column *column;
  assert_int_equal(remit_column_same_int(&column, 0, SIZE_MAX / 4, REMIT_COUNT, NULL), REMIT_ENOMEM);
  assert_null(column);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(codes_take_the_narrowest_width),
    LEAK_CHECKED(code_outside_the_dictionary_is_refused),
    LEAK_CHECKED(integers_keep_their_values_and_unit),
    LEAK_CHECKED(integers_that_fit_take_four_bytes),
    LEAK_CHECKED(finish_narrows_integers_in_place),
    LEAK_CHECKED(summaries_agree_with_a_look_at_each_value),
    LEAK_CHECKED(integers_cannot_be_codes),
    LEAK_CHECKED(summary_knows_extremes_missing_and_order),
    LEAK_CHECKED(summary_of_codes_leaves_out_missing),
    LEAK_CHECKED(summary_agrees_with_naive_across_blocks),
    LEAK_CHECKED(same_value_fills_every_row),
    LEAK_CHECKED(recode_maps_codes_to_another_dictionary),
    LEAK_CHECKED(sorted_columns_have_the_same_labels_in_the_same_rows),
    LEAK_CHECKED(integers_cannot_be_recoded_or_tallied),
    LEAK_CHECKED(tally_counts_rows_and_finds_the_first),
    LEAK_CHECKED(shared_column_outlives_its_first_owner),
    LEAK_CHECKED(units_know_their_decimals),
    LEAK_CHECKED(columns_survive_every_failed_allocation),
    LEAK_CHECKED(impossible_count_is_out_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
