/* SPDX-License-Identifier: Apache-2.0
 * column_internal: how operations build columns without a wide copy, and read any width in blocks.
 * Internal to core/. A blank column belongs to its maker alone until it is finished.
 *
 *   remit_column_like(&fresh, column, count, err)
 *   remit_column_write(fresh, 0, n, block);        for every row
 *   remit_column_finish(fresh);
 */
#ifndef REMIT_COLUMN_INTERNAL_H
#define REMIT_COLUMN_INTERNAL_H

#include "remit/column.h"

#define REMIT_BLOCK 1024

/* Room for `count` values, not yet set: codes of `dictionary`, or integers (8 bytes each until the end) when it is NULL. */
remit_status remit_column_blank(remit_column **out, size_t count, remit_unit unit, const remit_dictionary *dictionary, remit_error *err);
/* The same unit, dictionary and width as `column`: for values that are among `column`'s, or surely within its width. */
remit_status remit_column_like(remit_column **out, const remit_column *column, size_t count, remit_error *err);

/* As remit_column_codes, for codes that surely are in the dictionary. */
remit_status remit_column_known_codes(remit_column **out, const uint32_t *codes, size_t count, const remit_dictionary *dictionary, remit_error *err);

/* A finished column of values that are allocated already, as wide as codes of `dictionary` are (NULL: integers, 4 or 8 bytes), and that are
 * the column's from here on, unless it fails. */
remit_status remit_column_adopt(remit_column **out, void *values, size_t width, size_t count, remit_unit unit, const remit_dictionary *dictionary,
                                remit_error *err);

/* Rows [from, from + count) as 64-bit values; codes keep 0 for missing. */
void remit_column_read(const remit_column *column, size_t from, size_t count, int64_t *values);
/* The reverse, on a blank column. Values must fit. */
void remit_column_write(remit_column *column, size_t from, size_t count, const int64_t *values);
/* Set codes of a blank column: each of some rows to its own; those of a list to theirs, or without codes to none; and all rows from begin[i] to
 * begin[i + 1] to codes[i]. */
void remit_column_set_codes(remit_column *column, size_t from, size_t count, const uint32_t *codes);
void remit_column_place_codes(remit_column *column, const uint32_t *rows, size_t count, const uint32_t *codes);
void remit_column_fill_runs(remit_column *column, const uint32_t *begin, const uint32_t *codes, size_t count);
/* The raw values of a blank column. */
void *remit_column_room(remit_column *column);

/* Narrows integers that allow it and works out the summary: from here on the column is immutable. */
void remit_column_finish(remit_column *column);

/* Whether integers, missing ones aside, fit in 4 bytes. */
bool remit_fits_narrow(const int64_t *values, size_t count);
/* Their copy or move there, missing as REMIT_MISSING_NARROW; the copy is false, and what it wrote worth nothing, where they do not fit. */
bool remit_narrow(const int64_t *from, size_t count, int32_t *to);
void remit_narrow_in_place(void *values, size_t count);
/* Over raw values of a width. */
void remit_summarise(remit_column_summary *summary, const void *values, size_t width, size_t count, bool codes);

/* How many different codes a code column holds, missing counted as one: read from the rows the first time, known from then on. */
size_t remit_column_members(const remit_column *column);

/* The value that stands for missing: 0 for codes, REMIT_MISSING for integers. */
int64_t remit_column_missing(const remit_column *column);

/* "pence", "codes": a unit as messages say it. */
const char *remit_unit_name(remit_unit unit);

#endif
