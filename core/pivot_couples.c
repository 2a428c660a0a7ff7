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

WITH_AVX2 static inline void add_couple(uint64_t *sums, __m128i values, __m256i extras)
{
  __m256i *at = (__m256i *)sums;
  _mm256_store_si256(at, _mm256_add_epi64(_mm256_load_si256(at), _mm256_add_epi64(_mm256_cvtepi32_epi64(values), extras)));
}

/* fast path: same answer without it */
WITH_AVX2 size_t pivot_couples_add(uint64_t *sums, size_t cells, const pivot_block *b, const int32_t *first, const int32_t *second,
                                   uint64_t extra_first, uint64_t extra_second)
{
  const __m256i extras = _mm256_set_epi64x((int64_t)extra_second, (int64_t)extra_first, (int64_t)extra_second, (int64_t)extra_first);
  const __m128i radix = _mm_set1_epi16((int16_t)(256 + cells)); /* a byte each: 1 and `cells` */
  size_t i = 0;
  for (; i + 16 <= b->count; i += 16) {
    uint16_t couple[8];
    _mm_storeu_si128((__m128i *)couple, _mm_maddubs_epi16(_mm_loadu_si128((const __m128i *)(b->bytes + i)), radix));
    __builtin_prefetch(first + i + REMIT_BLOCK);
    __builtin_prefetch(second + i + REMIT_BLOCK);
    for (size_t j = 0; j < 16; j += 4) {
      __m128i a = _mm_loadu_si128((const __m128i *)(first + i + j)), c = _mm_loadu_si128((const __m128i *)(second + i + j));
      add_couple(sums + couple[j / 2] * PIVOT_COUPLE, _mm_unpacklo_epi32(a, c), extras);
      add_couple(sums + couple[j / 2 + 1] * PIVOT_COUPLE, _mm_unpackhi_epi32(a, c), extras);
    }
  }
  return i;
}

#else

bool pivot_couples_pay(const pivot_lanes *lanes, const pivot_plan *plan)
{
  (void)lanes, (void)plan;
  return false;
}

size_t pivot_couples_add(uint64_t *sums, size_t cells, const pivot_block *b, const int32_t *first, const int32_t *second, uint64_t extra_first,
                         uint64_t extra_second)
{
  (void)sums, (void)cells, (void)b, (void)first, (void)second, (void)extra_first, (void)extra_second;
  return 0;
}

#endif
