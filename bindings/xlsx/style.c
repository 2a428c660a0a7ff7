/* SPDX-License-Identifier: Apache-2.0
 * style: from a stored number and its format to the text that a person sees. Nothing here depends on the locale: what goes through strtod has no decimal
 * point, and what snprintf puts for one is passed over.
 */
#include "style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "remit/calendar.h"

#define DIGITS_MAX 17 /* a double's */
#define EXPONENT_MAX 400
#define SECONDS 86400.0
#define LAST_DAY 2958466.0 /* 1 January 10000 */

/* ---- Formats ---- */

/* Skips what a code shows as it stands, or that is about looks: "text", \x, _x, *x, [Red], AM/PM. */
static const char *skip_shown(const char *at)
{
  const char *end = NULL;
  if (*at == '"')
    end = strchr(at + 1, '"');
  else if (*at == '[')
    end = strchr(at + 1, ']');
  else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
    end = at + 1;
  else if (strncmp(at, "AM/PM", 5) == 0)
    end = at + 4;
  return end != NULL ? end + 1 : NULL;
}

static bool only_zeros(const char *code)
{
  return code[0] == '0' && strspn(code, "0") == strlen(code);
}

style style_of_code(const char *code)
{
  bool year = false, month = false, day = false, clock = false, percent = false;
  style made = { STYLE_NUMBER, 0, false };
  if (strcmp(code, "General") == 0)
    return made;
  for (const char *at = code; *at != '\0' && *at != ';';) {
    const char *after = skip_shown(at);
    year = year || *at == 'y' || *at == 'Y';
    month = month || ((*at == 'm' || *at == 'M') && after == NULL);
    day = day || *at == 'd' || *at == 'D';
    clock = clock || ((strchr("hHsS", *at) != NULL) && after == NULL);
    percent = percent || *at == '%';
    at = after != NULL ? after : at + 1;
  }
  if (year || day || (month && !clock))
    made.kind = year && !day && !clock ? STYLE_MONTH : STYLE_DAY;
  else if (percent)
    made.kind = STYLE_PERCENT;
  else if (only_zeros(code))
    made.zeros = (int)strlen(code);
  return made;
}

style style_of_built_in(size_t built_in)
{
  style made = { STYLE_NUMBER, 0, false };
  if (built_in == 9 || built_in == 10)
    made.kind = STYLE_PERCENT;
  else if (built_in == 17)
    made.kind = STYLE_MONTH;
  else if ((built_in >= 14 && built_in <= 22 && built_in != 18 && built_in != 19 && built_in != 20 && built_in != 21) ||
           (built_in >= 27 && built_in <= 31) || built_in == 36 || (built_in >= 50 && built_in <= 54) || built_in == 57 || built_in == 58)
    made.kind = STYLE_DAY;
  return made;
}

/* ---- Decimals ---- */

/* 0.d1d2d3... times ten to the exponent, without zeros at either end; no digits: nought. */
typedef struct decimal {
  bool negative;
  int count, exponent;
  char digits[DIGITS_MAX + 1];
} decimal;

static void trim(decimal *d)
{
  while (d->count > 0 && d->digits[d->count - 1] == '0')
    d->count--;
  d->digits[d->count] = '\0';
}

static const char *read_exponent(const char *at, int *exponent)
{
  bool negative = *at == '-';
  int value = 0;
  if (*at == '-' || *at == '+')
    at++;
  if (*at < '0' || *at > '9')
    return NULL;
  for (; *at >= '0' && *at <= '9'; at++)
    value = value < EXPONENT_MAX ? value * 10 + (*at - '0') : value;
  *exponent += negative ? -value : value;
  return at;
}

/* False for what is no number, or has more digits than a double ever needs. */
static bool read_decimal(const char *at, decimal *d)
{
  bool point = false, any = false;
  memset(d, 0, sizeof *d);
  d->negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;
  for (; (*at >= '0' && *at <= '9') || (*at == '.' && !point); at++) {
    if (*at == '.') {
      point = true;
      continue;
    }
    any = true;
    if (d->count == 0 && *at == '0') {
      d->exponent -= point ? 1 : 0;
      continue;
    }
    d->exponent += point ? 0 : 1;
    if (d->count < DIGITS_MAX)
      d->digits[d->count++] = *at;
    else if (*at != '0')
      return false;
  }
  if (any && (*at == 'e' || *at == 'E'))
    at = read_exponent(at + 1, &d->exponent);
  trim(d);
  return any && at != NULL && *at == '\0' && abs(d->exponent) <= EXPONENT_MAX;
}

static double double_of(const decimal *d)
{
  char text[DIGITS_MAX + 32];
  snprintf(text, sizeof text, "%s%se%d", d->negative ? "-" : "", d->count > 0 ? d->digits : "0", d->exponent - d->count);
  return strtod(text, NULL);
}

static void rounded(double value, int places, decimal *d)
{
  char text[64];
  snprintf(text, sizeof text, "%.*e", places - 1, value);
  const char *at = text, *exponent = strchr(text, 'e');
  d->count = 0;
  for (; at < exponent; at++)
    if (*at >= '0' && *at <= '9' && d->count < DIGITS_MAX)
      d->digits[d->count++] = *at;
  d->exponent = atoi(exponent + 1) + 1;
  trim(d);
}

/* Fewer digits that are the same double: 12.300000000000001 stays itself when it is another than 12.3. */
static void shorten(decimal *d)
{
  if (d->count <= 15)
    return;
  double value = double_of(d);
  for (int places = 15; places <= DIGITS_MAX; places++) {
    decimal shorter = *d;
    rounded(value, places, &shorter);
    if (double_of(&shorter) == value) {
      *d = shorter;
      return;
    }
  }
}

static void add_decimal(const decimal *d, int zeros, buffer *out)
{
  if (d->negative && d->count > 0)
    buffer_byte(out, '-');
  for (int i = d->exponent > 1 ? d->exponent : 1; i < zeros; i++)
    buffer_byte(out, '0');
  if (d->exponent <= 0 || d->count == 0)
    buffer_byte(out, '0');
  for (int i = 0; i < d->exponent && d->count > 0; i++)
    buffer_byte(out, i < d->count ? d->digits[i] : '0');
  if (d->count <= d->exponent || d->count == 0)
    return;
  buffer_byte(out, '.');
  for (int i = d->exponent; i < d->count; i++)
    buffer_byte(out, i < 0 ? '0' : d->digits[i]);
}

/* ---- Days ---- */

/* Day 0 as days since 1970-01-01. Excel's day 60 is a 29 February 1900 that never was: days before it count from one later. */
static int64_t first_day(double days, bool from_1904)
{
  if (from_1904)
    return -24107; /* 1904-01-01 */
  return days < 60 ? -25568 : -25569; /* 1899-12-31, 1899-12-30 */
}

static void add_clock(double part, buffer *out)
{
  char text[16];
  int seconds = (int)(part * SECONDS + 0.5);
  snprintf(text, sizeof text, " %02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  buffer_text(out, text);
}

static bool add_date(style_kind kind, double days, bool from_1904, buffer *out)
{
  char text[REMIT_CALENDAR_SIZE];
  if (!(days >= 0 && days < LAST_DAY) || (!from_1904 && (int64_t)days == 60))
    return false;
  remit_day_print(first_day(days, from_1904) + (int64_t)days, text);
  if (kind == STYLE_MONTH)
    text[7] = '\0';
  buffer_text(out, text);
  double part = days - (double)(int64_t)days;
  if (kind == STYLE_DAY && part > 0)
    add_clock(part, out);
  return true;
}

void style_text(const style *self, const char *stored, bool from_1904, buffer *out)
{
  decimal d;
  if (!read_decimal(stored, &d)) {
    buffer_text(out, stored);
    return;
  }
  shorten(&d);
  if ((self->kind == STYLE_DAY || self->kind == STYLE_MONTH) && add_date(self->kind, double_of(&d), from_1904, out))
    return;
  if (self->kind == STYLE_PERCENT && d.count > 0)
    d.exponent += 2;
  add_decimal(&d, self->zeros, out);
  if (self->kind == STYLE_PERCENT)
    buffer_byte(out, '%');
}
