/* SPDX-License-Identifier: Apache-2.0
 * vectors: instructions on several values at once that the core may use. Everything that uses them has a plain C way beside it with the same
 * answer. REMIT_VECTORS says how far to go: 0 plain C, 1 SSE2 where the compiler has it, 2 also AVX2 (and BMI1, which such
 * processors have too) where the processor has it, asked when the program runs. Tests are built with each.
 *
 * Words are vectors of bytes too, where it is known which end comes first.
 */
#ifndef REMIT_VECTORS_H
#define REMIT_VECTORS_H

#include <stdbool.h>
#include <stdint.h>

#ifndef REMIT_VECTORS
#define REMIT_VECTORS 2
#endif

#if REMIT_VECTORS >= 1 && defined __SSE2__
#include <emmintrin.h>
#define REMIT_SSE2
#endif

#if REMIT_VECTORS >= 2 && defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#define REMIT_AVX2_TARGET target("avx2,bmi,popcnt")
#define REMIT_AVX2 __attribute__((REMIT_AVX2_TARGET))
#define REMIT_AVX2_INLINE static inline __attribute__((REMIT_AVX2_TARGET, always_inline)) /* for what must be a constant where it is called */
#endif

#if REMIT_VECTORS >= 1 && defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define REMIT_LOW_BYTE_FIRST 1
#else
#define REMIT_LOW_BYTE_FIRST 0
#endif

static inline bool remit_has_avx2(void)
{
#ifdef REMIT_AVX2
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
#else
  return false;
#endif
}

/* Asks for what will be read soon; nothing happens past the end of what there is. */
static inline void remit_fetch(const void *memory)
{
#if defined(__GNUC__)
  __builtin_prefetch(memory);
#else
  (void)memory;
#endif
}

/* The number of the lowest bit that is set; there is one. */
static inline unsigned remit_lowest_bit(uint64_t bits)
{
#if defined(__GNUC__)
  return (unsigned)__builtin_ctzll(bits);
#else
  unsigned at = 0;
  while ((bits >> at & 1) == 0)
    at++;
  return at;
#endif
}

#endif
