/* SPDX-License-Identifier: Apache-2.0
 * hash_sha256: the compression function of FIPS 180-4, section 6.2.2, in plain C and by the SHA extensions of x86.
 */
#include "hash_internal.h"

#include <stdbool.h>

#if defined __x86_64__ && defined __GNUC__ && !defined REMIT_PORTABLE
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>
#define WITH_SHA __attribute__((target("sha,sse4.1")))
#endif

/* The fractions of the cube roots of the first 64 primes. */
static const uint32_t constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* ---- Plain C ---- */

static inline uint32_t rotate(uint32_t word, unsigned right)
{
  return word >> right | word << (32 - right);
}

static inline uint32_t big_endian(const uint8_t bytes[4])
{
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void spread(uint32_t words[64], const uint8_t *block)
{
  for (size_t i = 0; i < 16; i++)
    words[i] = big_endian(block + 4 * i);
  for (size_t i = 16; i < 64; i++) {
    uint32_t early = words[i - 15], late = words[i - 2];
    uint32_t first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3, second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10;
    words[i] = words[i - 16] + first + words[i - 7] + second;
  }
}

static void take_block(uint32_t state[8], const uint8_t *block)
{
  uint32_t words[64];
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  spread(words, block);
  for (size_t i = 0; i < 64; i++) {
    uint32_t first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i];
    uint32_t second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first;
    d = c, c = b, b = a, a = first + second;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void remit_sha256_blocks_plain(uint32_t state[8], const uint8_t *blocks, size_t count)
{
  for (; count > 0; count--, blocks += REMIT_SHA256_BLOCK)
    take_block(state, blocks);
}

/* ---- By the processor ---- */

#ifdef WITH_SHA

#define UNASKED (-1)

/* Asked once: the answer takes longer than a short text. (__builtin_cpu_supports knows the SHA extensions in newer compilers only.) */
static bool has_sha(void)
{
  static atomic_int known = UNASKED;
  int answer = atomic_load_explicit(&known, memory_order_relaxed);
  if (answer == UNASKED) {
    unsigned a, b = 0, c = 0, d;
    bool vectors = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0;
    answer = vectors && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
    atomic_store_explicit(&known, answer, memory_order_relaxed);
  }
  return answer != 0;
}

/* Four rounds an iteration. The instructions want the state as a, b, e, f and c, d, g, h, the highest word first. */
WITH_SHA static void take_blocks(uint32_t state[8], const uint8_t *blocks, size_t count)
{
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(void *)state), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(void *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xF0);
  for (; count > 0; count--, blocks += REMIT_SHA256_BLOCK) {
    __m128i words[4], abef_before = abef, cdgh_before = cdgh;
    for (size_t i = 0; i < 16; i++) {
      __m128i *at = &words[i % 4];
      if (i < 4)
        *at = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(blocks + 16 * i)), swap);
      else
        *at = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(*at, words[(i + 1) % 4]),
                                                 _mm_alignr_epi8(words[(i + 3) % 4], words[(i + 2) % 4], 4)), words[(i + 3) % 4]);
      __m128i sums = _mm_add_epi32(*at, _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0E));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  low = _mm_shuffle_epi32(abef, 0x1B);
  high = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

void remit_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count)
{
  if (has_sha())
    take_blocks(state, blocks, count);
  else
    remit_sha256_blocks_plain(state, blocks, count);
}

#else

void remit_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count)
{
  remit_sha256_blocks_plain(state, blocks, count);
}

#endif
