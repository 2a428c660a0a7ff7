/* SPDX-License-Identifier: Apache-2.0
 * calendar: months, days and financial years, by counting; no clock, no time zone, no locale.
 */
#include "remit/calendar.h"

#include <string.h>

#include "remit/number.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define EPOCH_YEAR 1970
/* What is printed and converted: wider than what is read, since months are added to. */
#define FURTHEST_YEAR 9999

typedef struct field {
  const char *text;
  size_t at, end;
  remit_error *err;
} field;

static field trimmed(const char *text, size_t size, remit_error *err)
{
  field f = { text, 0, size, err };
  while (f.at < f.end && (text[f.at] == ' ' || text[f.at] == '\t'))
    f.at++;
  while (f.at < f.end && (text[f.end - 1] == ' ' || text[f.end - 1] == '\t'))
    f.end--;
  return f;
}

/* Between `least` and `most` digits. */
static bool take_digits(field *f, size_t least, size_t most, int *value)
{
  size_t count = 0;
  *value = 0;
  for (; count < most && f->at < f->end && f->text[f->at] >= '0' && f->text[f->at] <= '9'; count++)
    *value = *value * 10 + (f->text[f->at++] - '0');
  return count >= least;
}

static bool take_char(field *f, char wanted)
{
  if (f->at == f->end || f->text[f->at] != wanted)
    return false;
  f->at++;
  return true;
}

static remit_status refuse(const field *f, const char *message)
{
  remit_fail(f->err, REMIT_EPARSE, "%s", message);
  if (f->err != NULL)
    f->err->at = f->at;
  return REMIT_EPARSE;
}

static remit_status check_year(int year, remit_error *err)
{
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return remit_fail(err, REMIT_EPARSE, "%04d is not a year from %d to %d", year, FIRST_YEAR, LAST_YEAR);
  return REMIT_OK;
}

static remit_status check_month(int year, int month, const char *hint, remit_error *err)
{
  remit_status status = check_year(year, err);
  if (status != REMIT_OK)
    return status;
  if (month < 1 || month > 12)
    return remit_fail(err, REMIT_EPARSE, "%d is not a month%s", month, hint);
  return REMIT_OK;
}

static int64_t divide_down(int64_t value, int64_t divisor)
{
  return value / divisor - (value % divisor < 0);
}

static void print_digits(char *text, int64_t value, int digits)
{
  for (int i = digits; i-- > 0; value /= 10)
    text[i] = (char)('0' + value % 10);
}

remit_status remit_month_parse(const char *text, size_t size, int64_t *month_index, remit_error *err)
{
  field f = trimmed(text, size, err);
  int year, month;
  if (!take_digits(&f, 4, 4, &year) || !take_char(&f, '-') || !take_digits(&f, 2, 2, &month) || f.at != f.end)
    return refuse(&f, "a month is written 2026-04");
  remit_status status = check_month(year, month, "", err);
  if (status == REMIT_OK)
    *month_index = (int64_t)year * 12 + month - 1;
  return status;
}

void remit_month_print(int64_t month_index, char text[REMIT_CALENDAR_SIZE])
{
  text[0] = '\0';
  if (month_index < 0 || month_index / 12 > FURTHEST_YEAR)
    return;
  print_digits(text, month_index / 12, 4);
  text[4] = '-';
  print_digits(text + 5, month_index % 12 + 1, 2);
  text[7] = '\0';
}

remit_status remit_year_parse(const char *text, size_t size, int64_t *start_year, remit_error *err)
{
  field f = trimmed(text, size, err);
  int year, next;
  if (!take_digits(&f, 4, 4, &year) || !take_char(&f, '/') || !take_digits(&f, 2, 2, &next) || f.at != f.end)
    return refuse(&f, "a financial year is written 2026/27");
  remit_status status = check_year(year, err);
  if (status != REMIT_OK)
    return status;
  if (next != (year + 1) % 100)
    return remit_fail(err, REMIT_EPARSE, "%02d does not follow %d: a financial year is written %d/%02d", next, year, year,
                      (year + 1) % 100);
  *start_year = year;
  return REMIT_OK;
}

void remit_year_print(int64_t start_year, char text[REMIT_CALENDAR_SIZE])
{
  text[0] = '\0';
  if (start_year < 0 || start_year > FURTHEST_YEAR)
    return;
  print_digits(text, start_year, 4);
  text[4] = '/';
  print_digits(text + 5, (start_year + 1) % 100, 2);
  text[7] = '\0';
}

int64_t remit_year_of_month(int64_t month_index)
{
  if (month_index == REMIT_MISSING)
    return REMIT_MISSING;
  int64_t january_to_march = (month_index % 12 + 12) % 12 < 3;
  return divide_down(month_index, 12) - january_to_march;
}

int64_t remit_month_of_year(int64_t start_year)
{
  if (start_year < INT64_MIN / 16 || start_year > INT64_MAX / 16)
    return REMIT_MISSING;
  return start_year * 12 + 3;
}

static bool is_leap(int64_t year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days before a month (0 to 12) of a year. */
static int64_t days_before_month(int64_t year, int64_t month)
{
  static const int16_t before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };
  return before[month] + (month > 1 && is_leap(year));
}

/* The day index of a year's 1 January. */
static int64_t days_before_year(int64_t year)
{
  const int64_t last = year - 1, epoch = EPOCH_YEAR - 1;
  int64_t leaps = divide_down(last, 4) - divide_down(last, 100) + divide_down(last, 400);
  int64_t epoch_leaps = epoch / 4 - epoch / 100 + epoch / 400;
  return (year - EPOCH_YEAR) * 365 + leaps - epoch_leaps;
}

static bool take_iso_day(field *f, int *year, int *month, int *day)
{
  return take_digits(f, 4, 4, year) && take_char(f, '-') && take_digits(f, 2, 2, month) && take_char(f, '-') &&
         take_digits(f, 2, 2, day) && f->at == f->end;
}

static bool take_british_day(field *f, int *year, int *month, int *day)
{
  return take_digits(f, 1, 2, day) && take_char(f, '/') && take_digits(f, 1, 2, month) && take_char(f, '/') &&
         take_digits(f, 4, 4, year) && f->at == f->end;
}

remit_status remit_day_parse(const char *text, size_t size, int64_t *day_index, remit_error *err)
{
  field british = trimmed(text, size, err), iso = british;
  int year, month, day;
  bool is_british = take_british_day(&british, &year, &month, &day);
  if (!is_british && !take_iso_day(&iso, &year, &month, &day))
    return refuse(iso.at > british.at ? &iso : &british, "a day is written 2025-06-03 or 03/06/2025");
  remit_status status = check_month(year, month, is_british ? ": days come first, as in 03/06/2025" : "", err);
  if (status != REMIT_OK)
    return status;
  int64_t before = days_before_month(year, month - 1), days = days_before_month(year, month) - before;
  if (day < 1 || day > days)
    return remit_fail(err, REMIT_EPARSE, "%04d-%02d has days 1 to %d, not %d", year, month, (int)days, day);
  *day_index = days_before_year(year) + before + day - 1;
  return REMIT_OK;
}

/* The year and month that a day lies in, and its number there, all but the year from 0; false past what is printed. */
static bool split_day(int64_t day_index, int64_t *year, int64_t *month, int64_t *day)
{
  if (day_index < days_before_year(0) || day_index >= days_before_year(FURTHEST_YEAR + 1))
    return false;
  *year = EPOCH_YEAR + divide_down(day_index, 365);
  while (days_before_year(*year) > day_index)
    --*year;
  while (days_before_year(*year + 1) <= day_index)
    ++*year;
  int64_t rest = day_index - days_before_year(*year);
  *month = rest / 31;
  while (days_before_month(*year, *month + 1) <= rest)
    ++*month;
  *day = rest - days_before_month(*year, *month);
  return true;
}

void remit_day_print(int64_t day_index, char text[REMIT_CALENDAR_SIZE])
{
  int64_t year, month, day;
  text[0] = '\0';
  if (!split_day(day_index, &year, &month, &day))
    return;
  print_digits(text, year, 4);
  text[4] = '-';
  print_digits(text + 5, month + 1, 2);
  text[7] = '-';
  print_digits(text + 8, day + 1, 2);
  text[10] = '\0';
}

int64_t remit_month_of_day(int64_t day_index)
{
  int64_t year, month, day;
  return split_day(day_index, &year, &month, &day) ? year * 12 + month : REMIT_MISSING;
}
