/* SPDX-License-Identifier: Apache-2.0
 * calendar: months, days and financial years as integers.
 *
 *   int64_t month;
 *   remit_month_parse("2026-04", 7, &month, NULL);     -> 24315 (months since January of year 0)
 *   remit_month_print(month - 6, text);                -> "2025-10"
 *   remit_year_of_month(month)                         -> 2026, the financial year 2026/27 (it starts in April)
 *
 * A month index counts months since January of year 0; a day index counts days since 1970-01-01 in the Gregorian calendar. Years 1900 to
 * 2199 are read; anything else is a slip of the keyboard. Spaces around are allowed. Indices outside the years 0 to 9999 print as "",
 * and such a day is in no month (REMIT_MISSING). Plain values: no ownership.
 */
#ifndef REMIT_CALENDAR_H
#define REMIT_CALENDAR_H

#include "remit/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_CALENDAR_SIZE 16 /* a buffer for any text printed here */

/* "2026-04". REMIT_EPARSE with a hint otherwise ("13 is not a month"). */
REMIT_API remit_status remit_month_parse(const char *text, size_t size, int64_t *month_index, remit_error *err);
REMIT_API void remit_month_print(int64_t month_index, char text[REMIT_CALENDAR_SIZE]);

/* "2026/27"; the second part must follow the first. Gives 2026. */
REMIT_API remit_status remit_year_parse(const char *text, size_t size, int64_t *start_year, remit_error *err);
REMIT_API void remit_year_print(int64_t start_year, char text[REMIT_CALENDAR_SIZE]);

/* The financial year that a month lies in (April to March), by its first calendar year; and a year's first month (April). */
REMIT_API int64_t remit_year_of_month(int64_t month_index);
REMIT_API int64_t remit_month_of_year(int64_t start_year);

/* "2025-06-03", or "03/06/2025" (day first, as British extracts write it; 3/6/2025 too). */
REMIT_API remit_status remit_day_parse(const char *text, size_t size, int64_t *day_index, remit_error *err);
REMIT_API void remit_day_print(int64_t day_index, char text[REMIT_CALENDAR_SIZE]);
REMIT_API int64_t remit_month_of_day(int64_t day_index);

#ifdef __cplusplus
}
#endif
#endif
