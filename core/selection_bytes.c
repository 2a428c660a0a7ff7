/* SPDX-License-Identifier: Apache-2.0
 * selection_bytes: thirty-two codes at a time with AVX2, asked for when the program runs.
 */
#include "selection_bytes.h"
#include "vectors.h"

void remit_byte_set_init(remit_byte_set *set, const uint8_t *pass, size_t size)
{
  *set = (remit_byte_set){ { 0 }, { 0 } };
  for (size_t code = 0; code < size; code++) {
    uint8_t bit = (uint8_t)((pass[code] != 0) << (code / 16 % 8));
    uint8_t *row = code < 128 ? set->low : set->high;
    row[code % 16] = (uint8_t)(row[code % 16] | bit);
  }
}

static bool has(const remit_byte_set *set, uint8_t code)
{
  const uint8_t *row = code < 128 ? set->low : set->high;
  return (row[code % 16] >> (code / 16 % 8) & 1) != 0;
}

static void mask_each(const remit_byte_set *set, const uint8_t *codes, size_t count, uint8_t *mask)
{
  for (size_t i = 0; i < count; i++)
    mask[i] = has(set, codes[i]);
}

#ifdef REMIT_AVX2

REMIT_AVX2 static __m256i twice(const uint8_t bytes[16])
{
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

/* A look-up by a byte whose upper bit is set gives 0: so the wrong half gives nothing. */
REMIT_AVX2 void remit_byte_set_mask(const remit_byte_set *set, const uint8_t *codes, size_t count, uint8_t *mask)
{
  static const uint8_t bits[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  const __m256i low = twice(set->low), high = twice(set->high), bit_of = twice(bits);
  const __m256i upper = _mm256_set1_epi8(-128), nibble = _mm256_set1_epi8(15), one = _mm256_set1_epi8(1);
  const __m256i index = _mm256_or_si256(upper, nibble);
  size_t i = 0;
  for (; i + 32 <= count; i += 32) {
    __m256i code = _mm256_loadu_si256((const __m256i *)(codes + i));
    __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(code, index)),
                                  _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_xor_si256(code, upper), index)));
    __m256i bit = _mm256_shuffle_epi8(bit_of, _mm256_and_si256(_mm256_srli_epi16(code, 4), nibble));
    __m256i found = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
    _mm256_storeu_si256((__m256i *)(mask + i), _mm256_and_si256(found, one));
  }
  mask_each(set, codes + i, count - i, mask + i);
}

#else

void remit_byte_set_mask(const remit_byte_set *set, const uint8_t *codes, size_t count, uint8_t *mask)
{
  mask_each(set, codes, count, mask);
}

#endif
