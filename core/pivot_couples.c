/* SPDX-License-Identifier: Apache-2.0
 * pivot_couples: additions of two rows at a time, with AVX2, asked for when the program runs. What limits a scan with few cells is how many
 * sums can be read, added to and written. Sums of couples, a neighbour's cell beside a row's, halve that. A row that is added alone goes to the
 * first half of one of its cell's first couples.
 */
#include "column_internal.h"
#include "pivot_block.h"

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#define WITH_AVX2 __attribute__((target("avx2")))
#endif

#define WORTH 48 /* rows a couple, at least: each couple's sums are parted in the end */

size_t pivot_couples_room(size_t cells)
{
  return (cells + 1) * PIVOT_COUPLE;
}

size_t pivot_couples_first(const uint64_t *sums)
{
  return (0 - (uintptr_t)sums / sizeof *sums) % PIVOT_COUPLE;
}

void pivot_couples_part(const uint64_t *sums, size_t cells, uint64_t *parted)
{
  for (size_t i = 0; i < 2 * cells; i++)
    parted[i] = 0;
  for (size_t first = 0; first < cells; first++)
    for (size_t second = 0; second < cells; second++, sums += PIVOT_COUPLE)
      for (size_t lane = 0; lane < 2; lane++) {
        parted[2 * first + lane] += sums[lane];
        parted[2 * second + lane] += sums[2 + lane];
      }
}

#ifdef WITH_AVX2

static bool is_narrow(const pivot_lane *lane)
{
  size_t width = 0;
  if (lane->column != NULL)
    remit_column_values(lane->column, &width);
  return width == sizeof(int32_t) && lane->part == LANE_WHOLE && lane->where == NULL;
}

static bool is_bytes(const pivot_digit *digit)
{
  size_t width;
  remit_column_values(digit->column, &width);
  return width == 1 && digit->map == NULL;
}

bool pivot_couples_pay(const pivot_lanes *lanes, const pivot_plan *plan)
{
  size_t cells = lanes->cells;
  if (!plan->dense || plan->digit_count != 1 || plan->pivot->where != NULL || cells < lanes->copies || cells > PIVOT_COUPLED)
    return false;
  return plan->rows / WORTH >= cells * cells && lanes->count == 2 && is_narrow(&lanes->lanes[0]) && is_narrow(&lanes->lanes[1]) &&
         is_bytes(&plan->digits[0]) && __builtin_cpu_supports("avx2") != 0;
}

WITH_AVX2 static inline void add_couple(uint64_t *sums, uint64_t at, __m256i values)
{
  __m256i *sum = (__m256i *)(sums + at);
  _mm256_store_si256(sum, _mm256_add_epi64(_mm256_load_si256(sum), values));
}

/* Four couples, each of a row and the fourth one after it, which lie in one register as they come. `at` has 16 bits for each. */
WITH_AVX2 static inline void add_eight(uint64_t *sums, uint64_t at, __m256i first, __m256i second, __m256i extras, bool natural)
{
  const __m256i zero = _mm256_setzero_si256();
  __m256i low = _mm256_unpacklo_epi32(first, second), high = _mm256_unpackhi_epi32(first, second);
  __m256i low_upper = natural ? extras : _mm256_add_epi32(extras, _mm256_cmpgt_epi32(zero, low));
  __m256i high_upper = natural ? extras : _mm256_add_epi32(extras, _mm256_cmpgt_epi32(zero, high));
  add_couple(sums, at & UINT16_MAX, _mm256_unpacklo_epi32(low, low_upper));
  add_couple(sums, at >> 16 & UINT16_MAX, _mm256_unpackhi_epi32(low, low_upper));
  add_couple(sums, at >> 32 & UINT16_MAX, _mm256_unpacklo_epi32(high, high_upper));
  add_couple(sums, at >> 48, _mm256_unpackhi_epi32(high, high_upper));
}

WITH_AVX2 static inline __m256i eight_of(const int32_t *values)
{
  return _mm256_loadu_si256((const __m256i *)values);
}

/* `natural` is a constant wherever this is called. */
WITH_AVX2 static inline size_t add_sixteens(uint64_t *sums, size_t cells, const pivot_block *b, const int32_t *first, const int32_t *second,
                                            __m256i extras, bool natural)
{
  const __m128i radix = _mm_set1_epi16((int16_t)(256 + cells)); /* a byte each: 1 and `cells` */
  const __m128i order = _mm_setr_epi8(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
  size_t i = 0;
  for (; i + 16 <= b->count; i += 16) {
    __m128i cell = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(b->bytes + i)), order);
    __m128i at = _mm_slli_epi16(_mm_maddubs_epi16(cell, radix), 2); /* times PIVOT_COUPLE */
    __builtin_prefetch(first + i + REMIT_BLOCK);
    __builtin_prefetch(second + i + REMIT_BLOCK);
    add_eight(sums, (uint64_t)_mm_cvtsi128_si64(at), eight_of(first + i), eight_of(second + i), extras, natural);
    add_eight(sums, (uint64_t)_mm_extract_epi64(at, 1), eight_of(first + i + 8), eight_of(second + i + 8), extras, natural);
  }
  return i;
}

/* fast path: same answer without it */
WITH_AVX2 size_t pivot_couples_add(uint64_t *sums, size_t cells, const pivot_block *b, const int32_t *first, const int32_t *second,
                                   uint64_t extra_first, uint64_t extra_second, bool natural)
{
  int low = (int)(extra_first >> 32), high = (int)(extra_second >> 32);
  const __m256i extras = _mm256_setr_epi32(low, high, low, high, low, high, low, high);
  return natural ? add_sixteens(sums, cells, b, first, second, extras, true) : add_sixteens(sums, cells, b, first, second, extras, false);
}

#else

bool pivot_couples_pay(const pivot_lanes *lanes, const pivot_plan *plan)
{
  (void)lanes, (void)plan;
  return false;
}

size_t pivot_couples_add(uint64_t *sums, size_t cells, const pivot_block *b, const int32_t *first, const int32_t *second, uint64_t extra_first,
                         uint64_t extra_second, bool natural)
{
  (void)natural, (void)sums, (void)cells, (void)b, (void)first, (void)second, (void)extra_first, (void)extra_second;
  return 0;
}

#endif
