/* SPDX-License-Identifier: Apache-2.0
 * number: exact decimal figures in 64-bit integers, read and printed without the locale.
 *
 *   const remit_number_format money = { .decimals = 2, .currency = true };
 *   int64_t pence;
 *   remit_number_parse("(£1,234.50)", 12, &money, &pence, NULL, NULL); -> -123450
 *   remit_number_scale(pence, 1, 3, REMIT_HALF_EVEN, &third, NULL);    -> -41150
 *
 * Money is pence (2 decimals), WTE micro-WTE (6). Products are exact in 128 bits; nothing wraps: a result past 64 bits is
 * REMIT_EOVERFLOW. REMIT_MISSING in arithmetic is REMIT_EINVAL. Plain values: no ownership.
 */
#ifndef REMIT_NUMBER_H
#define REMIT_NUMBER_H

#include "remit/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "No value" in an integer column. No figure can take it: parsing and arithmetic stop one short. */
#define REMIT_MISSING INT64_MIN

/* The largest buffer that remit_number_print fills, its NUL included. */
#define REMIT_NUMBER_SIZE 40

typedef enum remit_rounding {
  REMIT_HALF_EVEN, /* reported figures */
  REMIT_HALF_UP    /* pay components, as payroll does; halves go away from zero */
} remit_rounding;

/* How a field writes its numbers. Zero-initialised: a plain integer with '.' and optional ',' groups. */
typedef struct remit_number_format {
  int decimals;      /* digits kept: 0 to 12; the result is in units of 10^-decimals */
  char decimal_char; /* 0 means '.' */
  char group_char;   /* 0 means ',' (or '.' when that is not the decimal mark); groups must be whole threes */
  bool currency;     /* a leading pound sign (U+00A3) is allowed */
  bool percent;      /* a trailing % is allowed and ignored */
  bool round;        /* further digits are rounded half to even; without it they are an error */
} remit_number_format;

/* Reads `size` bytes (surrounding spaces allowed). Accepts -1, +1, 1-, (1), £1,234.50, -£1, £-1, U+2212 or an en dash as minus; "-0"
 * is 0. Refuses with REMIT_EPARSE and a message that teaches ("not a number. Decimal comma?", "scientific notation", "3 decimals, only
 * 2 are kept"): empty text, exponents, NaN, hexadecimal, ragged groups. REMIT_EOVERFLOW past 64 bits. `rounded`
 * (may be NULL) says whether digits were rounded away. */
REMIT_API remit_status remit_number_parse(const char *text, size_t size, const remit_number_format *format, int64_t *out, bool *rounded,
                                          remit_error *err);

/* Prints `value` x 10^-decimals with exactly `decimals` digits (0 to 18), thousands separated by ',' when `grouped`. Returns the
 * length, without the NUL; `buffer` must hold REMIT_NUMBER_SIZE bytes. REMIT_MISSING prints as "". */
REMIT_API size_t remit_number_print(int64_t value, int decimals, bool grouped, char *buffer);

/* a + b, or REMIT_EOVERFLOW. */
REMIT_API remit_status remit_number_add(int64_t a, int64_t b, int64_t *out, remit_error *err);

/* value x numerator / denominator, exact in 128 bits and rounded once. REMIT_EINVAL for a denominator of 0. */
REMIT_API remit_status remit_number_scale(int64_t value, int64_t numerator, int64_t denominator, remit_rounding rounding, int64_t *out,
                                          remit_error *err);

/* Splits `total` over `count` weights (none negative, not all 0) so that the parts add up to it exactly: largest remainder, ties to
 * the earlier part (Hamilton's method). A part differs from its exact share by less than one unit. Negative totals mirror. */
REMIT_API remit_status remit_number_allot(int64_t total, const int64_t *weights, size_t count, int64_t *parts, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
