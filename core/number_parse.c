/* SPDX-License-Identifier: Apache-2.0
 * number: reading figures as people and spreadsheets write them.
 * The marks around a figure (sign, brackets, currency, percent) are taken off first, from the outside in; digits are what is left.
 */
#include "remit/number.h"

#include <string.h>

#define POUND "\xc2\xa3"
#define NO_BREAK_SPACE "\xc2\xa0"
#define MINUS_SIGN "\xe2\x88\x92"
#define EN_DASH "\xe2\x80\x93"

typedef struct reader {
  const char *text;
  size_t at, end; /* what is still to be read */
  remit_number_format format;
  bool negative, bracketed, percent;
  uint64_t magnitude;
  bool overflow;
  size_t decimals; /* read so far, and the last of them that is not 0 */
  size_t last_decimal;
  int next_digit; /* the first digit that is not kept */
  bool more;      /* and whether any after it is not 0 */
  remit_error *err;
} reader;

static bool take_front(reader *r, const char *mark)
{
  size_t size = strlen(mark);
  if (r->end - r->at < size || memcmp(r->text + r->at, mark, size) != 0)
    return false;
  r->at += size;
  return true;
}

static bool take_back(reader *r, const char *mark)
{
  size_t size = strlen(mark);
  if (r->end - r->at < size || memcmp(r->text + r->end - size, mark, size) != 0)
    return false;
  r->end -= size;
  return true;
}

static void take_spaces(reader *r)
{
  while (take_front(r, " ") || take_front(r, "\t") || take_front(r, "\r") || take_front(r, "\n") || take_front(r, NO_BREAK_SPACE))
    continue;
  while (take_back(r, " ") || take_back(r, "\t") || take_back(r, "\r") || take_back(r, "\n") || take_back(r, NO_BREAK_SPACE))
    continue;
}

static remit_status refuse(const reader *r, const char *message)
{
  remit_fail(r->err, REMIT_EPARSE, "%s", message);
  if (r->err != NULL)
    r->err->at = r->at;
  return REMIT_EPARSE;
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool digit_at(const reader *r, size_t at)
{
  return at < r->end && is_digit(r->text[at]);
}

static remit_status not_a_number(const reader *r)
{
  bool digits = false, groups = false, other = false;
  for (size_t i = r->at; i < r->end; i++) {
    char c = r->text[i];
    digits |= is_digit(c);
    groups |= c == r->format.group_char;
    other |= !is_digit(c) && c != r->format.group_char && c != r->format.decimal_char;
  }
  if (!digits || !groups || other)
    return refuse(r, "not a number");
  return refuse(r, r->format.group_char == '.' ? "not a number. Decimal point?" : "not a number. Decimal comma?");
}

static bool is_scientific(const reader *r)
{
  size_t at = r->at;
  while (digit_at(r, at) || (at < r->end && r->text[at] == r->format.decimal_char))
    at++;
  if (at == r->at || at >= r->end || (r->text[at] != 'e' && r->text[at] != 'E'))
    return false;
  at++;
  if (at < r->end && (r->text[at] == '+' || r->text[at] == '-'))
    at++;
  return digit_at(r, at);
}

static bool take_minus(reader *r)
{
  return take_front(r, "-") || take_front(r, MINUS_SIGN) || take_front(r, EN_DASH);
}

/* "-£1" and "£-1" are one figure, "-£-1" is none. */
static void take_sign(reader *r, bool *sign)
{
  if (*sign)
    return;
  r->negative = take_minus(r);
  *sign = r->negative || take_front(r, "+");
}

static bool take_percent(reader *r)
{
  if (r->percent || !take_back(r, "%"))
    return false;
  r->percent = true;
  take_spaces(r);
  return true;
}

static remit_status take_pound(reader *r)
{
  size_t pound = r->at;
  if (!take_front(r, POUND))
    return REMIT_OK;
  if (!r->format.currency) {
    r->at = pound;
    return refuse(r, "a pound sign, where this is not money");
  }
  take_spaces(r);
  return REMIT_OK;
}

static remit_status take_marks(reader *r)
{
  take_percent(r);
  if (r->end - r->at > 2 && r->text[r->at] == '(' && r->text[r->end - 1] == ')') {
    r->at++;
    r->end--;
    r->bracketed = true;
    take_spaces(r);
    take_percent(r);
  }
  if (r->percent && !r->format.percent)
    return refuse(r, "a percentage, where a plain number is wanted");
  bool sign = r->bracketed;
  take_sign(r, &sign);
  remit_status status = take_pound(r);
  if (status != REMIT_OK)
    return status;
  take_sign(r, &sign);
  if (!sign)
    r->negative = take_back(r, "-");
  r->negative |= r->bracketed;
  return REMIT_OK;
}

static void append_digit(reader *r, int digit)
{
  if (r->magnitude > ((uint64_t)INT64_MAX - (uint64_t)digit) / 10)
    r->overflow = true;
  else
    r->magnitude = r->magnitude * 10 + (uint64_t)digit;
}

static void append_decimal(reader *r, int digit)
{
  size_t kept = (size_t)r->format.decimals;
  if (r->decimals < kept)
    append_digit(r, digit);
  else if (r->decimals == kept)
    r->next_digit = digit;
  else
    r->more |= digit != 0;
  r->decimals++;
  if (digit != 0)
    r->last_decimal = r->decimals;
}

/* Digits, in groups of three if at all. False for ragged groups: "1,23" and "0,8" are more likely decimal commas. */
static bool read_whole(reader *r)
{
  size_t first = r->at, run = 0;
  bool grouped = false;
  for (; r->at < r->end; r->at++) {
    char c = r->text[r->at];
    if (is_digit(c)) {
      append_digit(r, c - '0');
      run++;
    } else if (c == r->format.group_char) {
      if (grouped ? run != 3 : run == 0 || run > 3 || r->text[first] == '0')
        return false;
      grouped = true;
      run = 0;
    } else {
      break;
    }
  }
  return !grouped || run == 3;
}

static bool read_decimals(reader *r)
{
  if (r->at < r->end && r->text[r->at] == r->format.decimal_char) {
    r->at++;
    if (!digit_at(r, r->at))
      return false;
    for (; digit_at(r, r->at); r->at++)
      append_decimal(r, r->text[r->at] - '0');
  }
  for (size_t i = r->decimals; i < (size_t)r->format.decimals; i++)
    append_digit(r, 0);
  return r->at == r->end;
}

static remit_status read_digits(reader *r)
{
  size_t start = r->at;
  if (is_scientific(r))
    return refuse(r, "scientific notation: reformat the cell in the spreadsheet");
  bool begins = digit_at(r, r->at) || (r->at < r->end && r->text[r->at] == r->format.decimal_char);
  if (begins && read_whole(r) && read_decimals(r))
    return REMIT_OK;
  r->at = start;
  return not_a_number(r);
}

static remit_status round_off(reader *r, bool *rounded)
{
  int kept = r->format.decimals;
  bool extra = r->last_decimal > (size_t)kept;
  if (extra && !r->format.round) {
    const char *plural = r->last_decimal == 1 ? "" : "s";
    if (kept == 0)
      return remit_fail(r->err, REMIT_EPARSE, "%zu decimal%s, where a whole number is wanted", r->last_decimal, plural);
    return remit_fail(r->err, REMIT_EPARSE, "%zu decimals, only %d %s kept", r->last_decimal, kept, kept == 1 ? "is" : "are");
  }
  bool odd = (r->magnitude & 1) != 0;
  if (r->next_digit > 5 || (r->next_digit == 5 && (r->more || odd))) {
    if (r->magnitude == (uint64_t)INT64_MAX)
      r->overflow = true;
    r->magnitude++;
  }
  if (rounded != NULL)
    *rounded = extra;
  return REMIT_OK;
}

static remit_status fill_format(const remit_number_format *format, remit_number_format *filled, remit_error *err)
{
  *filled = *format;
  if (filled->decimal_char == '\0')
    filled->decimal_char = '.';
  if (filled->group_char == '\0')
    filled->group_char = filled->decimal_char == ',' ? '.' : ',';
  if (filled->decimal_char == filled->group_char)
    return remit_fail(err, REMIT_EINVAL, "'%c' cannot be both the decimal and the group mark", filled->group_char);
  if (format->decimals < 0 || format->decimals > 12)
    return remit_fail(err, REMIT_EINVAL, "%d decimals: 0 to 12 can be kept", format->decimals);
  return REMIT_OK;
}

static remit_status finish(reader *r, int64_t *out)
{
  if (r->overflow) {
    char largest[REMIT_NUMBER_SIZE];
    remit_number_print(INT64_MAX, r->format.decimals, true, largest);
    return remit_fail(r->err, REMIT_EOVERFLOW, "too large: more than %s", largest);
  }
  *out = r->negative ? -(int64_t)r->magnitude : (int64_t)r->magnitude;
  return REMIT_OK;
}

remit_status remit_number_parse(const char *text, size_t size, const remit_number_format *format, int64_t *out, bool *rounded,
                                remit_error *err)
{
  reader r = { .text = text, .end = size, .err = err };
  if (rounded != NULL)
    *rounded = false;
  remit_status status = fill_format(format, &r.format, err);
  if (status != REMIT_OK)
    return status;
  take_spaces(&r);
  if (r.at == r.end)
    return refuse(&r, "empty, where a number is wanted");
  status = take_marks(&r);
  if (status == REMIT_OK)
    status = read_digits(&r);
  if (status == REMIT_OK)
    status = round_off(&r, rounded);
  return status == REMIT_OK ? finish(&r, out) : status;
}
