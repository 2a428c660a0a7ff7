/* SPDX-License-Identifier: Apache-2.0
 * number: what reads as a figure and what does not, exact arithmetic, allotment.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

__extension__ typedef __int128 wide;

static const remit_number_format whole = { 0 };
static const remit_number_format money = { .decimals = 2, .currency = true };
static const remit_number_format percentage = { .decimals = 1, .percent = true };
static const remit_number_format rounding = { .decimals = 2, .round = true };
static const remit_number_format continental = { .decimals = 2, .decimal_char = ',' };

static void assert_reads(const remit_number_format *format, const char *text, int64_t expected)
{
  int64_t value = 77;
  remit_error err = { 0 };
  if (remit_number_parse(text, strlen(text), format, &value, NULL, &err) != REMIT_OK)
    fail_msg("'%s': %s", text, err.message);
  if (value != expected)
    fail_msg("'%s' reads as %lld, not %lld", text, (long long)value, (long long)expected);
}

static void assert_refuses(const remit_number_format *format, const char *text, remit_status status, size_t at, const char *message)
{
  int64_t value = 77;
  remit_error err = { 0 };
  remit_status got = remit_number_parse(text, strlen(text), format, &value, NULL, &err);
  if (got == REMIT_OK)
    fail_msg("'%s' reads as %lld", text, (long long)value);
  assert_string_equal(err.message, message);
  assert_int_equal(got, status);
  assert_int_equal(err.status, status);
  assert_int_equal(err.at, at);
  assert_int_equal(value, 77);
  assert_int_equal(remit_number_parse(text, strlen(text), format, &value, NULL, NULL), status);
}

static void parse_reads_plain_figures(void **state)
{
  (void)state;
  assert_reads(&whole, "0", 0);
  assert_reads(&whole, "-0", 0);
  assert_reads(&whole, "+12", 12);
  assert_reads(&whole, "0012", 12);
  assert_reads(&whole, "12.00", 12);
  assert_reads(&money, "12", 1200);
  assert_reads(&money, "12.5", 1250);
  assert_reads(&money, "12.500", 1250);
  assert_reads(&money, ".5", 50);
  assert_reads(&money, "-.05", -5);
  assert_reads(&whole, "  12\t", 12);
  assert_reads(&whole, "\xc2\xa0" "12\xc2\xa0 ", 12);
  assert_reads(&whole, "12\r\n", 12);
}

static void parse_reads_signs_as_accountants_write_them(void **state)
{
  (void)state;
  assert_reads(&whole, "-1", -1);
  assert_reads(&whole, "1-", -1);
  assert_reads(&whole, "(1)", -1);
  assert_reads(&whole, "( 1 )", -1);
  assert_reads(&whole, "(0)", 0);
  assert_reads(&whole, "\xe2\x88\x92" "1", -1);
  assert_reads(&whole, "\xe2\x80\x93" "1", -1);
  assert_reads(&money, "(\xc2\xa3" "1,234.50)", -123450);
}

static void parse_reads_money_with_its_pound_sign(void **state)
{
  (void)state;
  assert_reads(&money, "\xc2\xa3" "1,234.50", 123450);
  assert_reads(&money, "-\xc2\xa3" "1", -100);
  assert_reads(&money, "\xc2\xa3-1", -100);
  assert_reads(&money, "\xc2\xa3\xe2\x88\x92" "1", -100);
  assert_reads(&money, " \xc2\xa3 1,234.50 ", 123450);
  assert_refuses(&whole, "\xc2\xa3" "1", REMIT_EPARSE, 0, "a pound sign, where this is not money");
  assert_refuses(&money, "-\xc2\xa3-1", REMIT_EPARSE, 3, "not a number");
  assert_refuses(&money, "\xa3" "1", REMIT_EPARSE, 0, "not a number");
  assert_refuses(&money, "\xc2\xa3", REMIT_EPARSE, 2, "not a number");
}

static void parse_reads_percentages_where_they_are_declared(void **state)
{
  (void)state;
  assert_reads(&percentage, "32.3%", 323);
  assert_reads(&percentage, "32.3", 323);
  assert_reads(&percentage, "-32 %", -320);
  assert_reads(&percentage, "(5%)", -50);
  assert_reads(&percentage, "(5)%", -50);
  assert_refuses(&whole, "5%", REMIT_EPARSE, 0, "a percentage, where a plain number is wanted");
  assert_refuses(&percentage, "5%%", REMIT_EPARSE, 0, "not a number");
  assert_refuses(&percentage, "(5%)%", REMIT_EPARSE, 1, "not a number");
  assert_refuses(&percentage, "%", REMIT_EPARSE, 0, "not a number");
}

static void parse_wants_groups_of_three(void **state)
{
  (void)state;
  const char *hint = "not a number. Decimal comma?";
  assert_reads(&whole, "1,234", 1234);
  assert_reads(&whole, "12,345,678", 12345678);
  assert_reads(&money, "123,456.78", 12345678);
  assert_refuses(&money, "0,800", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "0,8", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1.234,5", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1,23", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1234,567", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1,234,56", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1,2345", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1,,234", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, ",234", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "1,234,", REMIT_EPARSE, 0, hint);
  assert_refuses(&money, "-1,5", REMIT_EPARSE, 1, hint);
}

static void parse_follows_the_declared_marks(void **state)
{
  (void)state;
  const remit_number_format swiss = { .decimals = 2, .group_char = '\'' };
  const remit_number_format torn = { .decimal_char = ',', .group_char = ',' };
  assert_reads(&continental, "1.234,5", 123450);
  assert_reads(&swiss, "1'234.5", 123450);
  assert_refuses(&continental, "1.5", REMIT_EPARSE, 0, "not a number. Decimal point?");
  assert_refuses(&torn, "1", REMIT_EINVAL, 0, "',' cannot be both the decimal and the group mark");
}

static void parse_refuses_what_is_no_figure(void **state)
{
  (void)state;
  const char *const refused[] = { "NaN", "nan", "inf", "#REF!", "#N/A", "n/a", "-", "\xe2\x80\x93", "+", "()", "(", "1)", "(1", "((1))",
                                  "(-1)", "-(1)", "-1-", "--1", "+-1", "- 1", "1 234", "1.2.3", "1.", ".", "0x1F", "1d5", "12abc", "1e",
                                  "e5", "TBC", "\xef\xbc\x91", "\xff", "1\xc2", "1_000", "\xe2\x88\x92-1" };
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    int64_t value = 77;
    remit_error err;
    remit_status status = remit_number_parse(refused[i], strlen(refused[i]), &money, &value, NULL, &err);
    if (status != REMIT_EPARSE || strcmp(err.message, "not a number") != 0)
      fail_msg("'%s': %s", refused[i], status == REMIT_OK ? "reads" : err.message);
    assert_int_equal(value, 77);
  }
  assert_refuses(&money, "", REMIT_EPARSE, 0, "empty, where a number is wanted");
  assert_refuses(&money, " \xc2\xa0 ", REMIT_EPARSE, 4, "empty, where a number is wanted");
}

static void parse_takes_a_nul_byte_for_no_figure(void **state)
{
  (void)state;
  int64_t value;
  assert_int_equal(remit_number_parse("12\0" "3", 4, &whole, &value, NULL, NULL), REMIT_EPARSE);
}

static void parse_explains_scientific_notation(void **state)
{
  (void)state;
  const char *message = "scientific notation: reformat the cell in the spreadsheet";
  assert_refuses(&money, "1e308", REMIT_EPARSE, 0, message);
  assert_refuses(&money, "1.23E+05", REMIT_EPARSE, 0, message);
  assert_refuses(&money, "-2e-7", REMIT_EPARSE, 1, message);
}

static void parse_refuses_more_decimals_than_are_kept(void **state)
{
  (void)state;
  const remit_number_format one = { .decimals = 1 };
  assert_refuses(&money, "12.505", REMIT_EPARSE, 0, "3 decimals, only 2 are kept");
  assert_refuses(&money, "12.50500", REMIT_EPARSE, 0, "3 decimals, only 2 are kept");
  assert_refuses(&one, "0.25", REMIT_EPARSE, 0, "2 decimals, only 1 is kept");
  assert_refuses(&whole, "12.5", REMIT_EPARSE, 0, "1 decimal, where a whole number is wanted");
  assert_refuses(&whole, "12.25", REMIT_EPARSE, 0, "2 decimals, where a whole number is wanted");
}

static void parse_rounds_half_to_even_when_asked(void **state)
{
  (void)state;
  assert_reads(&rounding, "0.005", 0);
  assert_reads(&rounding, "0.015", 2);
  assert_reads(&rounding, "0.025", 2);
  assert_reads(&rounding, "-0.015", -2);
  assert_reads(&rounding, "0.0250000000000000000000000000000000000000000000000000000000001", 3);
  assert_reads(&rounding, "0.02499999999999999999999999999999999999999999999999999999999999", 2);
  assert_reads(&rounding, "0.025000000000000000000000000000000000000000000000000000000000", 2);
  assert_reads(&rounding, "-0.004", 0);
  assert_reads(&rounding, "9.999", 1000);
}

static void parse_says_whether_digits_were_rounded_away(void **state)
{
  (void)state;
  int64_t value;
  bool rounded = true;
  assert_ok(remit_number_parse("1.250", 5, &rounding, &value, &rounded, NULL));
  assert_false(rounded);
  assert_ok(remit_number_parse("1.2501", 6, &rounding, &value, &rounded, NULL));
  assert_true(rounded);
  assert_int_equal(value, 125);
  assert_int_equal(remit_number_parse("x", 1, &rounding, &value, &rounded, NULL), REMIT_EPARSE);
  assert_false(rounded);
}

static void parse_covers_the_whole_range_and_no_more(void **state)
{
  (void)state;
  const remit_number_format rounded = { .round = true }, twelve = { .decimals = 12 };
  const char *past_whole = "too large: more than 9,223,372,036,854,775,807";
  const char *past_money = "too large: more than 92,233,720,368,547,758.07";
  assert_reads(&whole, "9223372036854775807", INT64_MAX);
  assert_reads(&whole, "-9,223,372,036,854,775,807", -INT64_MAX);
  assert_reads(&whole, "00000000000000000000000000009223372036854775807.000000", INT64_MAX);
  assert_reads(&money, "92233720368547758.07", INT64_MAX);
  assert_reads(&twelve, "9223372.036854775807", INT64_MAX);
  assert_reads(&rounded, "9223372036854775806.5", INT64_MAX - 1);
  assert_reads(&rounded, "9223372036854775807.4", INT64_MAX);
  assert_refuses(&whole, "9223372036854775808", REMIT_EOVERFLOW, 0, past_whole);
  assert_refuses(&whole, "-9223372036854775808", REMIT_EOVERFLOW, 0, past_whole);
  assert_refuses(&whole, "99999999999999999999999999999999999999999999999999", REMIT_EOVERFLOW, 0, past_whole);
  assert_refuses(&rounded, "9223372036854775807.5", REMIT_EOVERFLOW, 0, past_whole);
  assert_refuses(&money, "92233720368547758.08", REMIT_EOVERFLOW, 0, past_money);
  assert_refuses(&money, "92233720368547759", REMIT_EOVERFLOW, 0, past_money);
}

static void parse_refuses_formats_past_twelve_decimals(void **state)
{
  (void)state;
  const remit_number_format below = { .decimals = -1 }, past = { .decimals = 13 };
  assert_refuses(&below, "1", REMIT_EINVAL, 0, "-1 decimals: 0 to 12 can be kept");
  assert_refuses(&past, "1", REMIT_EINVAL, 0, "13 decimals: 0 to 12 can be kept");
}

static void assert_prints(int64_t value, int decimals, bool grouped, const char *expected)
{
  char text[REMIT_NUMBER_SIZE];
  memset(text, 'x', sizeof text);
  assert_int_equal(remit_number_print(value, decimals, grouped, text), strlen(expected));
  assert_string_equal(text, expected);
}

static void print_writes_all_decimals_and_groups(void **state)
{
  (void)state;
  assert_prints(0, 0, true, "0");
  assert_prints(0, 2, true, "0.00");
  assert_prints(-5, 2, false, "-0.05");
  assert_prints(123450, 2, true, "1,234.50");
  assert_prints(123450, 2, false, "1234.50");
  assert_prints(999, 0, true, "999");
  assert_prints(1000, 0, true, "1,000");
  assert_prints(-100000, 0, true, "-100,000");
  assert_prints(12500000, 6, true, "12.500000");
  assert_prints(INT64_MAX, 0, true, "9,223,372,036,854,775,807");
  assert_prints(-INT64_MAX, 2, true, "-92,233,720,368,547,758.07");
  assert_prints(-1, 12, true, "-0.000000000001");
  assert_prints(-1, 18, true, "-0.000000000000000001");
  assert_prints(-1, 40, true, "-0.000000000000000001");
  assert_prints(12, -3, true, "12");
  assert_prints(REMIT_MISSING, 2, true, "");
}

static int64_t random_value(uint64_t *seed)
{
  int64_t value = (int64_t)(support_random(seed) >> support_below(seed, 64));
  return value == REMIT_MISSING ? 0 : value;
}

static void print_and_parse_are_inverse(void **state)
{
  (void)state;
  uint64_t seed = 2;
  for (int i = 0; i < 100000; i++) {
    remit_number_format format = { .decimals = (int)support_below(&seed, 13) };
    int64_t value = random_value(&seed), back;
    char text[REMIT_NUMBER_SIZE];
    size_t size = remit_number_print(value, format.decimals, support_below(&seed, 2) == 0, text);
    assert_ok(remit_number_parse(text, size, &format, &back, NULL, NULL));
    assert_int_equal(back, value);
  }
}

/* Reads at full precision, then rounds in 128 bits. */
static void parse_rounds_as_the_long_way_does(void **state)
{
  (void)state;
  uint64_t seed = 3;
  for (int i = 0; i < 100000; i++) {
    int64_t value = random_value(&seed) / 1000, expected, got;
    int fine = (int)support_below(&seed, 13), kept = (int)support_below(&seed, (uint64_t)fine + 1);
    remit_number_format format = { .decimals = kept, .round = true };
    char text[REMIT_NUMBER_SIZE];
    size_t size = remit_number_print(value, fine, false, text);
    int64_t unit = 1;
    for (int k = kept; k < fine; k++)
      unit *= 10;
    bool rounded;
    assert_ok(remit_number_scale(value, 1, unit, REMIT_HALF_EVEN, &expected, NULL));
    assert_ok(remit_number_parse(text, size, &format, &got, &rounded, NULL));
    assert_int_equal(got, expected);
    assert_int_equal(rounded, value % unit != 0);
  }
}

static void parse_survives_random_bytes(void **state)
{
  (void)state;
  static const char *const pieces[] = { "1", "23", "456", "0", ",", ".", "-", "+", "(", ")", "%", " ", "\xc2\xa3", "\xc2\xa0",
                                        "\xe2\x88\x92", "\xe2\x80\x93", "e", "\xc2", "\xe2\x80", "" };
  uint64_t seed = 4;
  for (int i = 0; i < 200000; i++) {
    char text[64] = "";
    for (uint64_t left = support_below(&seed, 9); left > 0; left--)
      strcat(text, pieces[support_below(&seed, sizeof pieces / sizeof *pieces)]);
    size_t size = strlen(text);
    char *exact = test_malloc(size + 1);
    memcpy(exact, text, size);
    int64_t value = 77;
    remit_error err;
    if (remit_number_parse(exact, size, &money, &value, NULL, &err) == REMIT_OK) {
      int64_t digits = 0;
      for (size_t k = 0; k < size && text[k] != '.'; k++)
        if (text[k] >= '0' && text[k] <= '9')
          digits = digits * 10 + (text[k] - '0');
      assert_int_equal(llabs(value) / 100, digits);
    } else {
      assert_int_equal(value, 77);
      assert_true(err.at <= size);
    }
    test_free(exact);
  }
}

static void add_stops_at_the_range(void **state)
{
  (void)state;
  int64_t sum = 77;
  assert_ok(remit_number_add(INT64_MAX - 1, 1, &sum, NULL));
  assert_int_equal(sum, INT64_MAX);
  assert_ok(remit_number_add(-INT64_MAX, 0, &sum, NULL));
  assert_int_equal(sum, -INT64_MAX);
  sum = 77;
  assert_int_equal(remit_number_add(INT64_MAX, 1, &sum, NULL), REMIT_EOVERFLOW);
  assert_int_equal(remit_number_add(-INT64_MAX, -1, &sum, NULL), REMIT_EOVERFLOW);
  assert_int_equal(remit_number_add(REMIT_MISSING, 1, &sum, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_add(1, REMIT_MISSING, &sum, NULL), REMIT_EINVAL);
  assert_int_equal(sum, 77);
}

static void assert_scales(int64_t value, int64_t numerator, int64_t denominator, remit_rounding how, int64_t expected)
{
  int64_t out = 77;
  assert_ok(remit_number_scale(value, numerator, denominator, how, &out, NULL));
  assert_int_equal(out, expected);
}

static void scale_rounds_once(void **state)
{
  (void)state;
  assert_scales(-123450, 1, 3, REMIT_HALF_EVEN, -41150);
  assert_scales(5, 1, 2, REMIT_HALF_EVEN, 2);
  assert_scales(7, 1, 2, REMIT_HALF_EVEN, 4);
  assert_scales(5, 1, 2, REMIT_HALF_UP, 3);
  assert_scales(-5, 1, 2, REMIT_HALF_EVEN, -2);
  assert_scales(-5, 1, 2, REMIT_HALF_UP, -3);
  assert_scales(5, -1, -2, REMIT_HALF_UP, 3);
  assert_scales(5, 1, -2, REMIT_HALF_UP, -3);
  assert_scales(0, 5, 7, REMIT_HALF_UP, 0);
  assert_scales(INT64_MAX, INT64_MAX, INT64_MAX, REMIT_HALF_EVEN, INT64_MAX);
  assert_scales(INT64_MAX, -INT64_MAX, INT64_MAX, REMIT_HALF_EVEN, -INT64_MAX);
  assert_scales(1, 1, INT64_MAX, REMIT_HALF_UP, 0);
}

static void scale_refuses_what_has_no_answer(void **state)
{
  (void)state;
  int64_t out = 77;
  assert_int_equal(remit_number_scale(1, 1, 0, REMIT_HALF_EVEN, &out, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_scale(REMIT_MISSING, 1, 1, REMIT_HALF_EVEN, &out, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_scale(1, REMIT_MISSING, 1, REMIT_HALF_EVEN, &out, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_scale(1, 1, REMIT_MISSING, REMIT_HALF_EVEN, &out, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_scale(INT64_MAX, 2, 1, REMIT_HALF_EVEN, &out, NULL), REMIT_EOVERFLOW);
  assert_int_equal(remit_number_scale(INT64_MAX, -INT64_MAX, 1, REMIT_HALF_EVEN, &out, NULL), REMIT_EOVERFLOW);
  assert_int_equal(remit_number_scale(INT64_MAX, 3, 2, REMIT_HALF_EVEN, &out, NULL), REMIT_EOVERFLOW);
  assert_int_equal(out, 77);
}

static void scale_is_within_half_a_unit(void **state)
{
  (void)state;
  uint64_t seed = 5;
  for (int i = 0; i < 200000; i++) {
    int64_t value = random_value(&seed), numerator = random_value(&seed), denominator = random_value(&seed), out;
    remit_rounding how = support_below(&seed, 2) == 0 ? REMIT_HALF_EVEN : REMIT_HALF_UP;
    if (denominator == 0 || remit_number_scale(value, numerator, denominator, how, &out, NULL) != REMIT_OK)
      continue;
    wide exact = (wide)value * numerator, off = exact - (wide)out * denominator, size = denominator;
    off = off < 0 ? -off : off;
    size = size < 0 ? -size : size;
    assert_true(off * 2 <= size);
    if (off * 2 == size && how == REMIT_HALF_EVEN)
      assert_int_equal(out % 2, 0);
    if (off * 2 == size && how == REMIT_HALF_UP)
      assert_true((wide)llabs(out) * size > (exact < 0 ? -exact : exact));
  }
}

static void allot_gives_the_largest_remainders_first(void **state)
{
  (void)state;
  int64_t parts[4];
  const int64_t thirds[] = { 1, 1, 1 }, uneven[] = { 50, 0, 30, 20 };
  assert_ok(remit_number_allot(100, thirds, 3, parts, NULL));
  assert_int_equal(parts[0], 34);
  assert_int_equal(parts[1], 33);
  assert_int_equal(parts[2], 33);
  assert_ok(remit_number_allot(-101, thirds, 3, parts, NULL));
  assert_int_equal(parts[0], -34);
  assert_int_equal(parts[1], -34);
  assert_int_equal(parts[2], -33);
  assert_ok(remit_number_allot(7, uneven, 4, parts, NULL));
  assert_int_equal(parts[0], 4);
  assert_int_equal(parts[1], 0);
  assert_int_equal(parts[2], 2);
  assert_int_equal(parts[3], 1);
  assert_ok(remit_number_allot(0, thirds, 3, parts, NULL));
  assert_int_equal(parts[0] + parts[1] + parts[2], 0);
}

static void allot_is_exact_at_the_limits(void **state)
{
  (void)state;
  const int64_t huge[] = { INT64_MAX, INT64_MAX, INT64_MAX };
  int64_t parts[3];
  assert_ok(remit_number_allot(-INT64_MAX, huge, 3, parts, NULL));
  assert_int_equal(parts[0], -3074457345618258603);
  assert_int_equal(parts[1], -3074457345618258602);
  assert_int_equal(parts[2], -3074457345618258602);
  assert_ok(remit_number_allot(INT64_MAX, huge, 1, parts, NULL));
  assert_int_equal(parts[0], INT64_MAX);
}

static void allot_refuses_weights_that_share_nothing(void **state)
{
  (void)state;
  const int64_t none[] = { 0, 0 }, negative[] = { 1, -1 }, missing[] = { 1, REMIT_MISSING };
  int64_t parts[2] = { 77, 77 };
  remit_error err;
  assert_int_equal(remit_number_allot(1, none, 2, parts, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "nothing to share by: every weight is 0");
  assert_int_equal(remit_number_allot(1, none, 0, parts, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_allot(1, negative, 2, parts, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "weight 2 is negative or missing");
  assert_int_equal(remit_number_allot(1, missing, 2, parts, NULL), REMIT_EINVAL);
  assert_int_equal(remit_number_allot(REMIT_MISSING, negative, 1, parts, NULL), REMIT_EINVAL);
  assert_int_equal(parts[0], 77);
}

/* Hamilton's method as it is told: whole shares, then a unit to the largest remainder that has had none, one at a time. */
static void allot_naively(int64_t total, const int64_t *weights, size_t count, int64_t *parts)
{
  wide sum = 0, left = total;
  bool served[32] = { false };
  for (size_t i = 0; i < count; i++)
    sum += weights[i];
  for (size_t i = 0; i < count; i++)
    left -= parts[i] = (int64_t)((wide)total * weights[i] / sum);
  for (; left > 0; left--) {
    size_t best = count;
    for (size_t i = 0; i < count; i++)
      if (!served[i] && (best == count || (wide)total * weights[i] % sum > (wide)total * weights[best] % sum))
        best = i;
    served[best] = true;
    parts[best]++;
  }
}

static void allot_agrees_with_the_naive_way(void **state)
{
  (void)state;
  uint64_t seed = 6;
  for (int i = 0; i < 50000; i++) {
    int64_t weights[32], parts[32], naive[32], total = llabs(random_value(&seed)), sum = 0;
    size_t count = 1 + support_below(&seed, 32);
    for (size_t k = 0; k < count; k++)
      weights[k] = (int64_t)support_below(&seed, i % 2 == 0 ? 4 : 1u << 30);
    weights[support_below(&seed, count)] = 1;
    allot_naively(total, weights, count, naive);
    assert_ok(remit_number_allot(total, weights, count, parts, NULL));
    assert_memory_equal(parts, naive, count * sizeof *parts);
    assert_ok(remit_number_allot(-total, weights, count, parts, NULL));
    for (size_t k = 0; k < count; k++)
      sum += parts[k];
    assert_int_equal(sum, -total);
  }
}

static remit_status allot_job(void *context)
{
  (void)context;
  const int64_t weights[] = { 1, 2, 3 };
  int64_t parts[3];
  return remit_number_allot(100, weights, 3, parts, NULL);
}

static void allot_survives_the_lack_of_memory(void **state)
{
  (void)state;
  support_fail_each_allocation(allot_job, NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(parse_reads_plain_figures),
    LEAK_CHECKED(parse_reads_signs_as_accountants_write_them),
    LEAK_CHECKED(parse_reads_money_with_its_pound_sign),
    LEAK_CHECKED(parse_reads_percentages_where_they_are_declared),
    LEAK_CHECKED(parse_wants_groups_of_three),
    LEAK_CHECKED(parse_follows_the_declared_marks),
    LEAK_CHECKED(parse_refuses_what_is_no_figure),
    LEAK_CHECKED(parse_takes_a_nul_byte_for_no_figure),
    LEAK_CHECKED(parse_explains_scientific_notation),
    LEAK_CHECKED(parse_refuses_more_decimals_than_are_kept),
    LEAK_CHECKED(parse_rounds_half_to_even_when_asked),
    LEAK_CHECKED(parse_says_whether_digits_were_rounded_away),
    LEAK_CHECKED(parse_covers_the_whole_range_and_no_more),
    LEAK_CHECKED(parse_refuses_formats_past_twelve_decimals),
    LEAK_CHECKED(print_writes_all_decimals_and_groups),
    LEAK_CHECKED(print_and_parse_are_inverse),
    LEAK_CHECKED(parse_rounds_as_the_long_way_does),
    LEAK_CHECKED(parse_survives_random_bytes),
    LEAK_CHECKED(add_stops_at_the_range),
    LEAK_CHECKED(scale_rounds_once),
    LEAK_CHECKED(scale_refuses_what_has_no_answer),
    LEAK_CHECKED(scale_is_within_half_a_unit),
    LEAK_CHECKED(allot_gives_the_largest_remainders_first),
    LEAK_CHECKED(allot_is_exact_at_the_limits),
    LEAK_CHECKED(allot_refuses_weights_that_share_nothing),
    LEAK_CHECKED(allot_agrees_with_the_naive_way),
    LEAK_CHECKED(allot_survives_the_lack_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
