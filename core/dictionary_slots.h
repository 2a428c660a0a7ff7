/* SPDX-License-Identifier: Apache-2.0
 * dictionary_slots: an open-addressing table of numbers, looked at some slots at once. Internal to core/dictionary.c
 */
#ifndef REMIT_DICTIONARY_SLOTS_H
#define REMIT_DICTIONARY_SLOTS_H

#include <stddef.h>
#include <stdint.h>

#include "vectors.h"

#define PROBED 8 /* slots looked at together */

/* Slots hold a number in the low bits, as many as the count of slots has, and bits of the label's hash above it. 0 is a free slot. */
typedef struct lookup {
  size_t count;    /* a power of two */
  uint32_t *slots; /* in the same block, each group of slots in one line of the cache */
} lookup;

/* The part of a slot that is not the number. */
static inline uint32_t tag_of(const lookup *finder, uint64_t hash)
{
  return (uint32_t)(hash >> 32) & ~(uint32_t)(finder->count - 1);
}

/* Where the slots begin in which a label may stand. */
static inline size_t first_slot(const lookup *finder, uint64_t hash)
{
  return hash & (finder->count - 1) & ~(size_t)(PROBED - 1);
}

#ifdef REMIT_SSE2

/* Which of four slots are free or have the tag, a bit each. */
static inline unsigned match_four(const uint32_t *slots, __m128i above, __m128i tag)
{
  __m128i four = _mm_loadu_si128((const __m128i *)(const void *)slots);
  __m128i matches = _mm_or_si128(_mm_cmpeq_epi32(four, _mm_setzero_si128()), _mm_cmpeq_epi32(_mm_and_si128(four, above), tag));
  return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(matches));
}

/* The same of all that are looked at together; `mask` is of the numbers. */
static inline unsigned match_slots(const uint32_t *slots, uint32_t mask, uint32_t tag)
{
  const __m128i above = _mm_set1_epi32((int)~mask), tags = _mm_set1_epi32((int)tag);
  return match_four(slots, above, tags) | match_four(slots + 4, above, tags) << 4;
}

#else

static inline unsigned match_slots(const uint32_t *slots, uint32_t mask, uint32_t tag)
{
  unsigned found = 0;
  for (unsigned i = 0; i < PROBED; i++)
    found |= (unsigned)(slots[i] == 0 || (slots[i] & ~mask) == tag) << i;
  return found;
}

#endif

#endif
