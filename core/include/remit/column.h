/* SPDX-License-Identifier: Apache-2.0
 * column: one field of many rows, immutable: codes of a dictionary, or 64-bit integers with a unit, kept in the narrowest width.
 *
 *   remit_column *cost;
 *   remit_column_ints(&cost, pence, 3, REMIT_PENCE, NULL);
 *   remit_column_stats(cost).max                              -> the largest, known without a scan
 *   remit_column_free(cost);
 *
 * Values passed in are copied. Columns are shared by counting references (share, free); pointers got back are borrowed until the last
 * owner frees. Immutable, so any number of threads may read.
 */
#ifndef REMIT_COLUMN_H
#define REMIT_COLUMN_H

#include "remit/dictionary.h"
#include "remit/number.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum remit_unit {
  REMIT_CODE,  /* codes of a dictionary */
  REMIT_COUNT, /* whole numbers */
  REMIT_PENCE, /* money: 2 decimals */
  REMIT_MICRO, /* WTE and other quantities: 6 decimals */
  REMIT_MONTH, /* month index (calendar) */
  REMIT_DAY    /* day index (calendar) */
} remit_unit;

typedef struct remit_column remit_column;

typedef struct remit_column_summary {
  int64_t min, max; /* over the values that are there; 0, 0 when none is. Codes count as values, 0 is missing */
  size_t missing;   /* rows without a value */
  bool ascending;   /* no value is below the one before it; missing is the lowest */
} remit_column_summary;

/* `count` codes of `dictionary` (a reference is taken). REMIT_EINVAL for a code that the dictionary does not have. */
REMIT_API remit_status remit_column_codes(remit_column **out, const uint32_t *codes, size_t count, const remit_dictionary *dictionary,
                                          remit_error *err);

/* `count` integers in a unit other than REMIT_CODE. REMIT_MISSING is no value. */
REMIT_API remit_status remit_column_ints(remit_column **out, const int64_t *values, size_t count, remit_unit unit, remit_error *err);

/* Every row the same: a code of a dictionary, or an integer. */
REMIT_API remit_status remit_column_same_code(remit_column **out, uint32_t code, size_t count, const remit_dictionary *dictionary, remit_error *err);
REMIT_API remit_status remit_column_same_int(remit_column **out, int64_t value, size_t count, remit_unit unit, remit_error *err);

/* The codes of `column` replaced by map[code] (as many entries as its dictionary has codes), in another dictionary. REMIT_EINVAL for
 * integers, and for an entry that is not a code of `dictionary`. */
REMIT_API remit_status remit_column_recode(remit_column **out, const remit_column *column, const uint32_t *map, const remit_dictionary *dictionary,
                                           remit_error *err);

/* The same labels, with codes in the byte order of labels: the same column in whatever order its labels were met. REMIT_EINVAL for integers. */
REMIT_API remit_status remit_column_sorted(remit_column **out, const remit_column *column, remit_error *err);

REMIT_API remit_column *remit_column_share(const remit_column *column);
REMIT_API void remit_column_free(remit_column *column);

REMIT_API remit_unit remit_column_unit(const remit_column *column);
REMIT_API size_t remit_column_count(const remit_column *column);
REMIT_API remit_column_summary remit_column_stats(const remit_column *column);
/* The bytes of memory that the values take, the dictionary's not included. */
REMIT_API size_t remit_column_memory(const remit_column *column);

/* The dictionary (borrowed), or NULL for integers. */
REMIT_API const remit_dictionary *remit_column_dictionary(const remit_column *column);

/* The raw values. Codes: uint8_t, uint16_t or uint32_t by `width` (1, 2, 4 bytes). Integers: int32_t (4) where all of them fit, missing
 * being REMIT_MISSING_NARROW, or int64_t (8). */
#define REMIT_MISSING_NARROW INT32_MIN
REMIT_API const void *remit_column_values(const remit_column *column, size_t *width);

/* One value: a code (0 of an integer column), or an integer (the code of a code column). `row` must be below count. */
REMIT_API uint32_t remit_column_code(const remit_column *column, size_t row);
REMIT_API int64_t remit_column_int(const remit_column *column, size_t row);

/* Of a code column: how many rows hold each code, and the first that does (SIZE_MAX for none). Both arrays have an entry a
 * code of the dictionary; either may be NULL. */
REMIT_API remit_status remit_column_tally(const remit_column *column, size_t *counts, size_t *first, remit_error *err);

/* Digits after the point of a unit's integers: 2 for pence, 6 for micro, else 0. */
REMIT_API int remit_unit_decimals(remit_unit unit);

#ifdef __cplusplus
}
#endif
#endif
