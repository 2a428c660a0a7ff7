/* SPDX-License-Identifier: Apache-2.0
 * style: what a cell's number format makes of the number behind it, and the text of that: what a person sees and a CSV file would hold, to the last digit.
 */
#ifndef REMIT_XLSX_STYLE_H
#define REMIT_XLSX_STYLE_H

#include "buffer.h"

typedef enum style_kind { STYLE_NUMBER, STYLE_PERCENT, STYLE_DAY, STYLE_MONTH } style_kind;

typedef struct style {
  style_kind kind;
  int zeros;     /* digits that are shown at least: "0000" shows 12 as 0012 */
  bool unlocked; /* may be written to on a protected sheet */
} style;

/* What a format's code says; `built_in` is the number of a format without one. */
style style_of_code(const char *code);
style style_of_built_in(size_t built_in);

/* Adds the text of a stored number: the shortest decimals that are the same double, without an exponent. A text that is no number is added as it
 * stands. `from_1904`: days count from 1904. */
void style_text(const style *self, const char *stored, bool from_1904, buffer *out);

#endif
