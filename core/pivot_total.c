/* SPDX-License-Identifier: Apache-2.0
 * pivot_total: what adds up to one sum, however many rows. Figures of 32 bits are added up in 32 bits as far as that goes.
 */
#include "column_internal.h"
#include "pivot_block.h"
#include "vectors.h"

#define FEW 32 /* values that add up in 32 bits, from which they are not halved */

/* As many values as stay within 32 bits: two sums at once, of which vectors make eight. */
static int32_t total_few(const int32_t *values, size_t count)
{
  int32_t first = 0, second = 0;
  for (size_t i = 0; i < count / 2; i++) {
    first += values[i];
    second += values[count / 2 + i];
  }
  return first + second + (count % 2 != 0 ? values[count - 1] : 0);
}

/* The halves of values add up in 32 bits, whatever they are: of as many as a block has. */
static uint64_t total_halves(const int32_t *values, size_t count)
{
  uint32_t low = 0;
  int32_t high = 0;
  for (size_t i = 0; i < count; i++) {
    low += (uint32_t)values[i] & UINT16_MAX;
    high += values[i] >> 16;
  }
  return (uint64_t)high * 65536 + low;
}

#ifdef REMIT_AVX2
#define LANES 32 /* sums of 32 bits, side by side */

/* Up to `times` values a sum. */
REMIT_AVX2 static uint64_t total_lanes(const int32_t *values, size_t times)
{
  __m256i sums[4] = { _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256() };
  for (size_t i = 0; i < times; i++)
    for (size_t k = 0; k < 4; k++)
      sums[k] = _mm256_add_epi32(sums[k], _mm256_loadu_si256((const __m256i *)(values + i * LANES + k * 8)));
  int32_t parts[LANES];
  for (size_t k = 0; k < 4; k++)
    _mm256_storeu_si256((__m256i *)(parts + k * 8), sums[k]);
  uint64_t total = 0;
  for (size_t i = 0; i < LANES; i++)
    total += (uint64_t)(int64_t)parts[i];
  return total;
}

/* fast path: same answer without it; returns how many values are done */
static size_t add_lanes(const int32_t *values, size_t few, size_t count, uint64_t *total)
{
  size_t done = 0;
  while (remit_has_avx2() && count - done >= LANES) {
    size_t times = (count - done) / LANES < few ? (count - done) / LANES : few;
    *total += total_lanes(values + done, times);
    done += times * LANES;
  }
  return done;
}
#else
static size_t add_lanes(const int32_t *values, size_t few, size_t count, uint64_t *total)
{
  (void)values, (void)few, (void)count, (void)total;
  return 0;
}
#endif

uint64_t pivot_total_narrow(const int32_t *values, size_t few, size_t count)
{
  uint64_t total = 0;
  size_t most = few < FEW ? REMIT_BLOCK : few;
  for (size_t i = few < FEW ? 0 : add_lanes(values, few, count, &total); i < count; i += most) {
    size_t next = count - i < most ? count - i : most;
    total += few < FEW ? total_halves(values + i, next) : (uint64_t)(int64_t)total_few(values + i, next);
  }
  return total;
}

uint64_t pivot_total_wide(const int64_t *values, size_t count)
{
  uint64_t total = 0;
  for (size_t i = 0; i < count; i++)
    total += (uint64_t)values[i];
  return total;
}

/* ---- Whole columns ---- */

bool pivot_totals_may(const pivot_lanes *lanes, const pivot_plan *plan)
{
  if (lanes->cells != 1 || plan->pivot->where != NULL)
    return false;
  for (size_t i = 0; i < lanes->count; i++)
    if (lanes->lanes[i].part != LANE_WHOLE || lanes->lanes[i].where != NULL)
      return false;
  return true;
}

static uint64_t total_of(const pivot_lane *lane, size_t first, size_t count)
{
  if (lane->column == NULL)
    return count;
  size_t width;
  const void *values = remit_column_values(lane->column, &width);
  if (width == sizeof(int32_t))
    return pivot_total_narrow((const int32_t *)values + first, lane->few, count);
  return pivot_total_wide((const int64_t *)values + first, count);
}

void pivot_totals_add(const pivot_lanes *lanes, size_t first, size_t end, uint64_t *sums)
{
  for (size_t i = 0; i < lanes->count; i++)
    sums[i] += total_of(&lanes->lanes[i], first, end - first);
}
