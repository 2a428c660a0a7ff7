/* SPDX-License-Identifier: Apache-2.0
 * csv_decimals: four plain decimals at a time with AVX2, asked for when the program runs.
 */
#include "csv_decimals.h"
#include "vectors.h"

#include <string.h>

#define AT_ONCE ((size_t)4)

static void leave_from(size_t row, size_t rows, uint64_t left[REMIT_CSV_ROW_BITS])
{
  for (; row < rows; row++)
    left[row / 64] |= (uint64_t)1 << row % 64;
}

#ifdef REMIT_AVX2

/* Characters at the upper end of each lane, above bytes of 0. */
typedef struct four_texts {
  __m256i text, room; /* `room`: bits of 0 */
} four_texts;

REMIT_AVX2 static inline __m128i load_pair(const uint32_t *at)
{
  return _mm_loadl_epi64((const __m128i *)(const void *)at);
}

REMIT_AVX2 static inline long long load_eight(const char *text)
{
  long long word;
  memcpy(&word, text, sizeof word);
  return word;
}

/* Texts that have no character, or more than eight, become 0, which is no decimal. */
REMIT_AVX2 static inline four_texts load_texts(const char *window, const uint32_t *at, size_t fields, __m128i gap)
{
  const uint32_t *second = at + fields, *third = second + fields, *fourth = third + fields;
  __m128i two = _mm_unpacklo_epi32(load_pair(at), load_pair(second)), others = _mm_unpacklo_epi32(load_pair(third), load_pair(fourth));
  __m128i begin = _mm_unpacklo_epi64(two, others), end = _mm_unpackhi_epi64(two, others);
  __m256i size = _mm256_cvtepu32_epi64(_mm_sub_epi32(_mm_sub_epi32(end, begin), gap));
  __m256i text = _mm256_setr_epi64x(load_eight(window + *at), load_eight(window + *second), load_eight(window + *third), load_eight(window + *fourth));
  __m256i room = _mm256_sub_epi64(_mm256_set1_epi64x(64), _mm256_slli_epi64(size, 3));
  return (four_texts){ _mm256_sllv_epi64(text, room), room };
}

/* Eight digits a lane, the first one in the lowest byte, as one number: by pairs, fours, and then all. */
REMIT_AVX2 static inline __m256i join_digits(__m256i digits)
{
  __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010a));
  __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
  return _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)), _mm256_srli_epi64(fours, 32));
}

/* The point is taken out, and what is left is digits or nothing. Returns a bit for each lane that was read. */
REMIT_AVX2 static inline unsigned read_four(four_texts from, __m256i decimals, __m256i *values)
{
  const __m256i none = _mm256_setzero_si256(), powers = _mm256_setr_epi32(1, 10, 100, 1000, 10000, 100000, 1000000, 0);
  __m256i points = _mm256_cmpeq_epi8(from.text, _mm256_set1_epi8('.'));
  __m256i whole = _mm256_cmpeq_epi64(points, none);
  __m256i below = _mm256_andnot_si256(whole, _mm256_andnot_si256(points, _mm256_add_epi64(points, _mm256_set1_epi64x(-1))));
  __m256i to_point = _mm256_andnot_si256(whole, _mm256_or_si256(_mm256_slli_epi64(below, 8), _mm256_set1_epi64x(0xff)));
  __m256i before = _mm256_and_si256(from.text, below);
  __m256i text = _mm256_or_si256(_mm256_andnot_si256(to_point, from.text), _mm256_slli_epi64(before, 8));
  __m256i bytes = _mm256_sad_epu8(_mm256_and_si256(to_point, _mm256_set1_epi8(1)), none);
  __m256i fraction = _mm256_andnot_si256(whole, _mm256_sub_epi64(_mm256_set1_epi64x(8), bytes));
  __m256i room = _mm256_add_epi64(from.room, _mm256_andnot_si256(whole, _mm256_set1_epi64x(8)));
  __m256i zeros = _mm256_and_si256(_mm256_set1_epi8('0'), _mm256_sllv_epi64(_mm256_set1_epi64x(-1), room));
  __m256i digits = _mm256_xor_si256(text, zeros);
  __m256i plain = _mm256_cmpeq_epi64(_mm256_subs_epu8(digits, _mm256_set1_epi8(9)), none);
  __m256i lonely = _mm256_or_si256(_mm256_cmpeq_epi64(before, none), _mm256_cmpeq_epi64(fraction, none));
  __m256i wrong = _mm256_or_si256(_mm256_andnot_si256(whole, lonely), _mm256_cmpgt_epi64(fraction, decimals));
  wrong = _mm256_or_si256(wrong, _mm256_cmpeq_epi64(from.text, none));
  __m256i power = _mm256_permutevar8x32_epi32(powers, _mm256_sub_epi64(decimals, fraction));
  *values = _mm256_mul_epu32(join_digits(digits), power);
  return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_andnot_si256(wrong, plain)));
}

REMIT_AVX2 void remit_csv_decimals(const remit_csv_block *block, size_t field, int decimals, int64_t *values, uint64_t left[REMIT_CSV_ROW_BITS])
{
  const __m256i wanted = _mm256_set1_epi64x(decimals);
  const __m128i gap = _mm_set1_epi32((int)remit_csv_block_gap(block, field));
  const uint32_t *at = block->begins + field;
  for (size_t i = 0; i < REMIT_CSV_ROW_BITS; i++)
    left[i] = 0;
  size_t row = 0;
  for (; row + AT_ONCE <= block->rows; row += AT_ONCE, at += AT_ONCE * block->fields) {
    __m256i four;
    unsigned fine = read_four(load_texts(block->window, at, block->fields, gap), wanted, &four);
    _mm256_storeu_si256((__m256i *)(void *)(values + row), four);
    left[row / 64] |= (uint64_t)(fine ^ 15) << row % 64;
  }
  leave_from(row, block->rows, left);
}

#else

void remit_csv_decimals(const remit_csv_block *block, size_t field, int decimals, int64_t *values, uint64_t left[REMIT_CSV_ROW_BITS])
{
  (void)field;
  (void)decimals;
  (void)values;
  for (size_t i = 0; i < REMIT_CSV_ROW_BITS; i++)
    left[i] = 0;
  leave_from(0, block->rows, left);
}

#endif
