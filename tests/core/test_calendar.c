/* SPDX-License-Identifier: Apache-2.0
 * calendar: months, financial years and days, each at its limits, and every day against the one before.
 */
#include "support.h"

#include <stdio.h>

typedef remit_status (*parser)(const char *text, size_t size, int64_t *out, remit_error *err);

static void assert_reads(parser parse, const char *text, int64_t expected)
{
  int64_t value = 77;
  remit_error err = { 0 };
  if (parse(text, strlen(text), &value, &err) != REMIT_OK)
    fail_msg("'%s': %s", text, err.message);
  assert_int_equal(value, expected);
}

static void assert_refuses(parser parse, const char *text, size_t at, const char *message)
{
  int64_t value = 77;
  remit_error err = { 0 };
  assert_int_equal(parse(text, strlen(text), &value, &err), REMIT_EPARSE);
  assert_string_equal(err.message, message);
  assert_int_equal(err.at, at);
  assert_int_equal(value, 77);
  assert_int_equal(parse(text, strlen(text), &value, NULL), REMIT_EPARSE);
}

static void a_month_reads_and_prints(void **state)
{
  (void)state;
  char text[REMIT_CALENDAR_SIZE];
  assert_reads(remit_month_parse, "2026-04", 24315);
  assert_reads(remit_month_parse, " 2026-04 ", 24315);
  assert_reads(remit_month_parse, "1900-01", 22800);
  assert_reads(remit_month_parse, "2199-12", 26399);
  remit_month_print(24315 - 6, text);
  assert_string_equal(text, "2025-10");
}

static void a_month_that_is_none_is_refused_with_a_hint(void **state)
{
  (void)state;
  const char *form = "a month is written 2026-04";
  assert_refuses(remit_month_parse, "2026-13", 0, "13 is not a month");
  assert_refuses(remit_month_parse, "2026-00", 0, "0 is not a month");
  assert_refuses(remit_month_parse, "1899-12", 0, "1899 is not a year from 1900 to 2199");
  assert_refuses(remit_month_parse, "2200-01", 0, "2200 is not a year from 1900 to 2199");
  assert_refuses(remit_month_parse, "", 0, form);
  assert_refuses(remit_month_parse, "Apr-26", 0, form);
  assert_refuses(remit_month_parse, "2026/04", 4, form);
  assert_refuses(remit_month_parse, "2026-4", 6, form);
  assert_refuses(remit_month_parse, "2026-04-01", 7, form);
  assert_refuses(remit_month_parse, "20260-4", 4, form);
}

static void a_financial_year_reads_and_prints(void **state)
{
  (void)state;
  char text[REMIT_CALENDAR_SIZE];
  assert_reads(remit_year_parse, "2026/27", 2026);
  assert_reads(remit_year_parse, "1999/00", 1999);
  assert_reads(remit_year_parse, "2199/00", 2199);
  remit_year_print(1999, text);
  assert_string_equal(text, "1999/00");
  remit_year_print(2026, text);
  assert_string_equal(text, "2026/27");
}

static void a_financial_year_must_follow_itself(void **state)
{
  (void)state;
  const char *form = "a financial year is written 2026/27";
  assert_refuses(remit_year_parse, "2026/28", 0, "28 does not follow 2026: a financial year is written 2026/27");
  assert_refuses(remit_year_parse, "2026/26", 0, "26 does not follow 2026: a financial year is written 2026/27");
  assert_refuses(remit_year_parse, "1899/00", 0, "1899 is not a year from 1900 to 2199");
  assert_refuses(remit_year_parse, "2026", 4, form);
  assert_refuses(remit_year_parse, "2026-27", 4, form);
  assert_refuses(remit_year_parse, "2026/2027", 7, form);
}

static void the_financial_year_starts_in_april(void **state)
{
  (void)state;
  int64_t march, april;
  assert_ok(remit_month_parse("2026-03", 7, &march, NULL));
  assert_ok(remit_month_parse("2026-04", 7, &april, NULL));
  assert_int_equal(remit_year_of_month(march), 2025);
  assert_int_equal(remit_year_of_month(april), 2026);
  assert_int_equal(remit_year_of_month(april + 11), 2026);
  assert_int_equal(remit_month_of_year(2026), april);
  for (int64_t month = -30; month < 30; month++) {
    int64_t start = remit_month_of_year(remit_year_of_month(month));
    assert_true(start <= month && month < start + 12);
  }
}

static void a_day_reads_both_ways(void **state)
{
  (void)state;
  assert_reads(remit_day_parse, "1970-01-01", 0);
  assert_reads(remit_day_parse, "1969-12-31", -1);
  assert_reads(remit_day_parse, "2025-06-03", 20242);
  assert_reads(remit_day_parse, "03/06/2025", 20242);
  assert_reads(remit_day_parse, " 3/6/2025 ", 20242);
  assert_reads(remit_day_parse, "2000-02-29", 11016);
}

static void a_day_that_is_none_is_refused_with_a_hint(void **state)
{
  (void)state;
  const char *form = "a day is written 2025-06-03 or 03/06/2025";
  assert_refuses(remit_day_parse, "06/25/2025", 0, "25 is not a month: days come first, as in 03/06/2025");
  assert_refuses(remit_day_parse, "2025-25-06", 0, "25 is not a month");
  assert_refuses(remit_day_parse, "2025-02-29", 0, "2025-02 has days 1 to 28, not 29");
  assert_refuses(remit_day_parse, "29/02/1900", 0, "1900-02 has days 1 to 28, not 29");
  assert_refuses(remit_day_parse, "2024-02-30", 0, "2024-02 has days 1 to 29, not 30");
  assert_refuses(remit_day_parse, "2024-06-00", 0, "2024-06 has days 1 to 30, not 0");
  assert_refuses(remit_day_parse, "31/12/1899", 0, "1899 is not a year from 1900 to 2199");
  assert_refuses(remit_day_parse, "2200-01-01", 0, "2200 is not a year from 1900 to 2199");
  assert_refuses(remit_day_parse, "", 0, form);
  assert_refuses(remit_day_parse, "03/06/25", 8, form);
  assert_refuses(remit_day_parse, "2025-06-03T00:00", 10, form);
  assert_refuses(remit_day_parse, "03/06/2025 00:00", 10, form);
  assert_refuses(remit_day_parse, "45811", 4, form);
}

/* Counts from 1900-01-01 to 2199-12-31 a day at a time. */
static void every_day_follows_the_one_before(void **state)
{
  (void)state;
  int64_t index = -25567;
  for (int year = 1900; year <= 2199; year++)
    for (int month = 1; month <= 12; month++) {
      bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
      int days = month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
      for (int day = 1; day <= days; day++, index++) {
        char text[40], printed[REMIT_CALENDAR_SIZE];
        int64_t read;
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        assert_ok(remit_day_parse(text, 10, &read, NULL));
        assert_int_equal(read, index);
        remit_day_print(index, printed);
        assert_string_equal(printed, text);
        assert_int_equal(remit_month_of_day(index), (int64_t)year * 12 + month - 1);
      }
    }
}

static void indices_out_of_all_years_print_as_nothing(void **state)
{
  (void)state;
  const int64_t far[] = { REMIT_MISSING, REMIT_MISSING + 1, INT64_MAX, 2932897, -719529 };
  char text[REMIT_CALENDAR_SIZE];
  for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
    remit_day_print(far[i], text);
    assert_string_equal(text, "");
    assert_int_equal(remit_month_of_day(far[i]), REMIT_MISSING);
    remit_month_print(far[i], text);
    assert_string_equal(text, "");
    remit_year_print(far[i], text);
    assert_string_equal(text, "");
  }
  remit_day_print(2932896, text);
  assert_string_equal(text, "9999-12-31");
  remit_day_print(-719528, text);
  assert_string_equal(text, "0000-01-01");
  assert_int_equal(remit_month_of_day(-719528), 0);
  remit_month_print(119999, text);
  assert_string_equal(text, "9999-12");
  remit_month_print(120000, text);
  assert_string_equal(text, "");
  remit_year_print(9999, text);
  assert_string_equal(text, "9999/00");
}

static void years_of_far_months_do_not_wrap(void **state)
{
  (void)state;
  assert_int_equal(remit_year_of_month(REMIT_MISSING), REMIT_MISSING);
  assert_int_equal(remit_year_of_month(INT64_MAX), INT64_MAX / 12);
  assert_true(remit_year_of_month(REMIT_MISSING + 1) < 0);
  assert_int_equal(remit_month_of_year(INT64_MAX), REMIT_MISSING);
  assert_int_equal(remit_month_of_year(REMIT_MISSING), REMIT_MISSING);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(a_month_reads_and_prints),
    LEAK_CHECKED(a_month_that_is_none_is_refused_with_a_hint),
    LEAK_CHECKED(a_financial_year_reads_and_prints),
    LEAK_CHECKED(a_financial_year_must_follow_itself),
    LEAK_CHECKED(the_financial_year_starts_in_april),
    LEAK_CHECKED(a_day_reads_both_ways),
    LEAK_CHECKED(a_day_that_is_none_is_refused_with_a_hint),
    LEAK_CHECKED(every_day_follows_the_one_before),
    LEAK_CHECKED(indices_out_of_all_years_print_as_nothing),
    LEAK_CHECKED(years_of_far_months_do_not_wrap),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
