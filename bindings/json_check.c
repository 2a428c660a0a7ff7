/* SPDX-License-Identifier: Apache-2.0
 * json_check: nesting and numbers. A number of up to fifteen digits always comes back from a double as it went in; one with more may not.
 */
#include "json_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT 15       /* digits that every double keeps */
#define DIGITS_MAX 64 /* more are never looked at */
#define EXPONENT_MAX 100000

typedef struct scan {
  const char *text;
  size_t size, at;
  json_place place;
} scan;

static void step(scan *s)
{
  unsigned char byte = (unsigned char)s->text[s->at++];
  if (byte == '\n') {
    s->place.line++;
    s->place.column = 1;
  } else if ((byte & 0xc0) != 0x80) {
    s->place.column++;
  }
}

/* ---- Numbers ---- */

/* A number without sign, as 0.DIGITS x 10^exponent: no zero at either end of the digits. */
typedef struct decimal {
  char digits[DIGITS_MAX + 1];
  size_t count; /* of all digits, also past DIGITS_MAX */
  long exponent;
  bool whole; /* written without point and exponent */
} decimal;

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static void add_digit(decimal *d, char digit, bool after_point)
{
  if (digit == '0' && d->count == 0) {
    d->exponent -= after_point;
    return;
  }
  if (d->count < DIGITS_MAX)
    d->digits[d->count] = digit;
  d->count++;
  d->exponent += !after_point;
}

static void drop_zeros(decimal *d)
{
  while (d->count > 0 && d->count <= DIGITS_MAX && d->digits[d->count - 1] == '0')
    d->count--;
  d->digits[d->count < DIGITS_MAX ? d->count : DIGITS_MAX] = '\0';
}

static long read_exponent(const char *text, size_t size)
{
  bool negative = size > 0 && text[0] == '-';
  long value = 0;
  for (size_t i = size > 0 && (negative || text[0] == '+'); i < size && is_digit(text[i]); i++)
    value = value < EXPONENT_MAX ? 10 * value + (text[i] - '0') : value;
  return negative ? -value : value;
}

/* Of what looks like a number: digits, and anything that is no digit as the point, whatever a locale takes for it. */
static void read_decimal(const char *text, size_t size, decimal *d)
{
  bool after_point = false;
  size_t at = 0;
  *d = (decimal){ .whole = true };
  for (; at < size && (text[at] | 32) != 'e'; at++) {
    if (is_digit(text[at]))
      add_digit(d, text[at], after_point);
    else
      after_point = text[at] != '-';
  }
  d->whole = !after_point && at == size;
  drop_zeros(d);
  if (at < size)
    d->exponent += read_exponent(text + at + 1, size - at - 1);
}

/* By whole digits and an exponent: strtod needs no point then, and asks no locale. */
static double value_of(const decimal *d)
{
  char text[DIGITS_MAX + 32];
  snprintf(text, sizeof text, "%se%ld", d->digits, d->exponent - (long)d->count);
  return strtod(text, NULL);
}

static bool same(const decimal *a, const decimal *b)
{
  return a->count == b->count && a->exponent == b->exponent && memcmp(a->digits, b->digits, a->count) == 0;
}

/* Whether the double that it becomes is nearer to another number of as many digits. A power of two is sometimes: then the other reads as another double. */
static bool loses_digits(const decimal *d)
{
  char text[DIGITS_MAX + 32];
  decimal back;
  double value = value_of(d);
  int length = snprintf(text, sizeof text, "%.*e", (int)d->count - 1, value);
  read_decimal(text, (size_t)length, &back);
  if (same(d, &back))
    return false;
  double again = back.count == 0 ? 0 : value_of(&back);
  return !(again < value || again > value);
}

static bool fits_integer(const decimal *d, bool negative)
{
  static const char most[] = "9223372036854775808";
  char whole[sizeof most];
  if (d->exponent != (long)sizeof most - 1)
    return d->exponent < (long)sizeof most - 1;
  memset(whole, '0', sizeof whole - 1);
  whole[sizeof whole - 1] = '\0';
  memcpy(whole, d->digits, d->count);
  int order = strcmp(whole, most);
  return order < 0 || (order == 0 && negative);
}

static const char *trouble_with(const char *text, size_t size)
{
  decimal d;
  read_decimal(text, size, &d);
  if (d.count == 0)
    return NULL;
  if (d.count > DIGITS_MAX)
    return "a number of more digits than are kept";
  if (d.whole)
    return fits_integer(&d, text[0] == '-') ? NULL : "a whole number past 64 bits";
  if (d.exponent > 309)
    return "a number too large to be kept";
  return (d.count > KEPT || d.exponent < -300) && loses_digits(&d) ? "a number of more digits than are kept" : NULL;
}

static char char_at(const scan *s, size_t at)
{
  return at < s->size ? s->text[at] : '\0';
}

static size_t behind_digits(const scan *s, size_t at)
{
  while (is_digit(char_at(s, at)))
    at++;
  return at;
}

/* What stands behind the number at s->at: a sign, digits, a point and digits, an exponent. */
static size_t behind_number(const scan *s)
{
  size_t at = behind_digits(s, s->at + (s->text[s->at] == '-'));
  if (char_at(s, at) == '.')
    at = behind_digits(s, at + 1);
  if ((char_at(s, at) | 32) != 'e')
    return at;
  at++;
  return behind_digits(s, at + (char_at(s, at) == '+' || char_at(s, at) == '-'));
}

/* ---- The text ---- */

static void skip_string(scan *s)
{
  do {
    if (s->text[s->at] == '\\' && s->at + 1 < s->size)
      step(s);
    step(s);
  } while (s->at < s->size && s->text[s->at] != '"');
}

static remit_status check_number(scan *s, remit_error *err)
{
  size_t size = behind_number(s) - s->at;
  const char *wrong = trouble_with(s->text + s->at, size);
  if (wrong != NULL)
    return remit_fail(err, REMIT_EPARSE, "%s: %.*s%s", wrong, (int)(size < 40 ? size : 40), s->text + s->at, size > 40 ? "..." : "");
  while (size-- > 1)
    step(s);
  return REMIT_OK;
}

remit_status json_check(const char *text, size_t size, json_place *place, remit_error *err)
{
  scan s = { text, size, 0, { 1, 1 } };
  remit_status status = REMIT_OK;
  size_t depth = 0;
  if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
    status = remit_fail(err, REMIT_EPARSE, "it begins with a byte-order mark");
  while (status == REMIT_OK && s.at < size) {
    char c = text[s.at];
    if (c == '"')
      skip_string(&s);
    else if ((c == '[' || c == '{') && ++depth > JSON_DEPTH_MAX)
      status = remit_fail(err, REMIT_ELIMIT, "nested more than %d deep", JSON_DEPTH_MAX);
    else if ((c == ']' || c == '}') && depth > 0)
      depth--;
    else if (c == '-' || is_digit(c))
      status = check_number(&s, err);
    if (status == REMIT_OK && s.at < size)
      step(&s);
  }
  *place = s.place;
  return status;
}
