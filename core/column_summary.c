/* SPDX-License-Identifier: Apache-2.0
 * column_summary: the smallest and largest value, how many are missing, whether any falls; and whether integers fit in 4 bytes. Loops
 * are over narrow integers in short blocks, so that the compiler makes them vector code: of 16 bytes, and also of 32 where the processor has
 * AVX2, which compares integers of 8 bytes too.
 */
#include <string.h>

#include "column_internal.h"
#include "vectors.h"

/* 0 for a value that fits: plus 2^31 it is 1 to 2^32 - 1, as the lowest is kept for missing. */
static inline uint64_t unfit_bits(int64_t value)
{
  uint64_t moved = (uint64_t)value + ((uint64_t)1 << 31);
  return moved >> 32 | (moved - 1) >> 32;
}

static bool all_fit(const int64_t *values, size_t count)
{
  uint64_t high = 0;
  for (size_t i = 0; i < count; i++)
    high |= unfit_bits(values[i]);
  return high == 0;
}

static bool each_fits(const int64_t *values, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (values[i] != REMIT_MISSING && (values[i] <= INT32_MIN || values[i] > INT32_MAX))
      return false;
  return true;
}

bool remit_fits_narrow(const int64_t *values, size_t count)
{
  if (count != 0 && !each_fits(values + count - 1, 1)) /* fast path: totals stand last; same answer without it */
    return false;
  for (size_t row = 0; row < count; row += REMIT_BLOCK) {
    size_t block = count - row < REMIT_BLOCK ? count - row : REMIT_BLOCK;
    if (!all_fit(values + row, block) && !each_fits(values + row, block))
      return false;
  }
  return true;
}

/* False, and what was written is worth nothing, when one does not fit or is missing. */
static inline bool narrow_fitting(const int64_t *restrict from, size_t count, int32_t *restrict to)
{
  uint64_t high = 0;
  for (size_t i = 0; i < count; i++) {
    high |= unfit_bits(from[i]);
    to[i] = (int32_t)(uint32_t)(uint64_t)from[i];
  }
  return high == 0;
}

#ifdef REMIT_AVX2
REMIT_AVX2 static bool narrow_fitting_avx2(const int64_t *from, size_t count, int32_t *to)
{
  return narrow_fitting(from, count, to);
}
#endif

static bool narrow_all(const int64_t *from, size_t count, int32_t *to)
{
#ifdef REMIT_AVX2
  if (remit_has_avx2())
    return narrow_fitting_avx2(from, count, to);
#endif
  return narrow_fitting(from, count, to);
}

/* False when they do not fit. */
static bool narrow_block(const int64_t *from, size_t count, int32_t *to)
{
  if (narrow_all(from, count, to)) /* fast path: same answer without it */
    return true;
  if (!each_fits(from, count))
    return false;
  for (size_t i = 0; i < count; i++)
    to[i] = from[i] != REMIT_MISSING ? (int32_t)from[i] : REMIT_MISSING_NARROW;
  return true;
}

bool remit_narrow(const int64_t *from, size_t count, int32_t *to)
{
  for (size_t row = 0; row < count; row += REMIT_BLOCK)
    if (!narrow_block(from + row, count - row < REMIT_BLOCK ? count - row : REMIT_BLOCK, to + row))
      return false;
  return true;
}

void remit_narrow_in_place(void *values, size_t count)
{
  char *bytes = values;
  int64_t wide[REMIT_BLOCK];
  int32_t narrow[REMIT_BLOCK];
  for (size_t row = 0; row < count; row += REMIT_BLOCK) {
    size_t block = count - row < REMIT_BLOCK ? count - row : REMIT_BLOCK;
    memcpy(wide, bytes + row * sizeof *wide, block * sizeof *wide);
    narrow_block(wide, block, narrow);
    memcpy(bytes + row * sizeof *narrow, narrow, block * sizeof *narrow);
  }
}

#define BYTES 240 /* rows in whole vectors, so few that a byte counts them */

/* Adds rows [from, to) of byte codes, at most BYTES of them; `from` has one before it. */
static void add_bytes(remit_column_summary *summary, const uint8_t *codes, size_t from, size_t to)
{
  uint8_t max = 0, low = UINT8_MAX, absent = 0, falls = 0; /* `low` is one below the smallest */
  for (size_t i = from; i < to; i++) {
    uint8_t less = (uint8_t)(codes[i] - 1);
    max = codes[i] > max ? codes[i] : max;
    low = less < low ? less : low;
    absent = (uint8_t)(absent + (codes[i] == 0));
    falls = (uint8_t)(falls | (codes[i] < codes[i - 1]));
  }
  summary->max = max > summary->max ? max : summary->max;
  summary->min = low + 1 < summary->min ? low + 1 : summary->min;
  summary->missing += absent;
  summary->ascending = summary->ascending && falls == 0;
}

/* The same for up to REMIT_BLOCK integers of 4 bytes. */
static inline void add_narrow_block(remit_column_summary *summary, const int32_t *values, size_t from, size_t to, int32_t missing)
{
  int32_t max = INT32_MIN, min = INT32_MAX, absent = 0, falls = 0;
  for (size_t i = from; i < to; i++) {
    int32_t value = values[i], before = values[i - 1], is_missing = value == missing ? -1 : 0;
    int32_t low = value ^ ((value ^ INT32_MAX) & is_missing);
    max = value > max ? value : max;
    min = low < min ? low : min;
    absent -= is_missing;
    falls |= value < before ? -1 : 0;
  }
  summary->max = max > summary->max ? max : summary->max;
  summary->min = min < summary->min ? min : summary->min;
  summary->missing += (size_t)absent;
  summary->ascending = summary->ascending && falls == 0;
}

#ifdef REMIT_AVX2
REMIT_AVX2 static void add_narrow_avx2(remit_column_summary *summary, const int32_t *values, size_t from, size_t to, int32_t missing)
{
  add_narrow_block(summary, values, from, to, missing);
}
#endif

static void add_narrow(remit_column_summary *summary, const int32_t *values, size_t from, size_t to, int32_t missing)
{
#ifdef REMIT_AVX2
  if (remit_has_avx2()) {
    add_narrow_avx2(summary, values, from, to, missing);
    return;
  }
#endif
  add_narrow_block(summary, values, from, to, missing);
}

/* Rows [1, count), after the first one. */
static inline void add_wide_rows(remit_column_summary *summary, const int64_t *values, size_t count)
{
  int64_t max = summary->max, min = summary->min, absent = 0, falls = 0;
  for (size_t i = 1; i < count; i++) {
    int64_t value = values[i], is_missing = value == REMIT_MISSING ? -1 : 0, low = value ^ ((value ^ INT64_MAX) & is_missing);
    max = value > max ? value : max;
    min = low < min ? low : min;
    absent -= is_missing;
    falls |= value < values[i - 1] ? -1 : 0;
  }
  *summary = (remit_column_summary){ .min = min, .max = max, .missing = summary->missing + (size_t)absent, .ascending = falls == 0 };
}

#ifdef REMIT_AVX2
REMIT_AVX2 static void add_wide_avx2(remit_column_summary *summary, const int64_t *values, size_t count)
{
  add_wide_rows(summary, values, count);
}
#endif

static void add_wide(remit_column_summary *summary, const int64_t *values, size_t count)
{
#ifdef REMIT_AVX2
  if (remit_has_avx2()) {
    add_wide_avx2(summary, values, count);
    return;
  }
#endif
  add_wide_rows(summary, values, count);
}

static void summarise_bytes(remit_column_summary *summary, const uint8_t *codes, size_t count)
{
  uint8_t first[] = { 0, codes[0] };
  add_bytes(summary, first, 1, 2);
  for (size_t row = 1; row < count; row += BYTES)
    add_bytes(summary, codes, row, count - row < BYTES ? count : row + BYTES);
}

static void summarise_narrow(remit_column_summary *summary, const int32_t *values, size_t count, int32_t missing)
{
  int32_t first[] = { missing, values[0] };
  add_narrow(summary, first, 1, 2, missing);
  for (size_t row = 1; row < count; row += REMIT_BLOCK)
    add_narrow(summary, values, row, count - row < REMIT_BLOCK ? count : row + REMIT_BLOCK, missing);
}

static void summarise_shorts(remit_column_summary *summary, const uint16_t *codes, size_t count)
{
  int32_t block[REMIT_BLOCK + 1] = { 0 };
  for (size_t row = 0; row < count; row += REMIT_BLOCK) {
    size_t size = count - row < REMIT_BLOCK ? count - row : REMIT_BLOCK;
    for (size_t i = 0; i < size; i++)
      block[i + 1] = codes[row + i];
    add_narrow(summary, block, 1, size + 1, 0);
    block[0] = block[size];
  }
}

static void summarise_wide(remit_column_summary *summary, const int64_t *values, size_t count)
{
  bool missing = values[0] == REMIT_MISSING;
  *summary = (remit_column_summary){ .min = missing ? INT64_MAX : values[0], .max = values[0], .missing = missing };
  add_wide(summary, values, count);
}

void remit_summarise(remit_column_summary *summary, const void *values, size_t width, size_t count, bool codes)
{
  *summary = (remit_column_summary){ .min = INT64_MAX, .max = INT64_MIN, .ascending = true };
  if (count != 0) {
    switch (width) {
    case 1: summarise_bytes(summary, values, count); break;
    case 2: summarise_shorts(summary, values, count); break;
    case 4: summarise_narrow(summary, values, count, codes ? 0 : REMIT_MISSING_NARROW); break; /* codes are below 2^31 */
    default: summarise_wide(summary, values, count); break;
    }
  }
  if (summary->missing == count)
    summary->min = summary->max = 0;
}
