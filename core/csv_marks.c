/* SPDX-License-Identifier: Apache-2.0
 * csv_marks: which bytes of a text are structural, 64 at a time.
 */
#include "csv_window.h"

#ifdef REMIT_AVX2

REMIT_AVX2 static inline uint64_t same_of_32(__m256i bytes, __m256i wanted)
{
  return (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, wanted));
}

REMIT_AVX2 static inline uint64_t same_of_64(__m256i low, __m256i high, char wanted)
{
  const __m256i all = _mm256_set1_epi8(wanted);
  return same_of_32(low, all) | same_of_32(high, all) << 32;
}

REMIT_AVX2 static inline uint64_t top_bits(__m256i low, __m256i high)
{
  return (unsigned)_mm256_movemask_epi8(low) | (uint64_t)(unsigned)_mm256_movemask_epi8(high) << 32;
}

REMIT_AVX2 static void map_with_avx2(const unsigned char *bytes, size_t blocks, char delimiter, remit_csv_marks *marks)
{
  for (size_t i = 0; i < blocks; i++) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 64 * i));
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 64 * i + 32));
    marks[i].delimiters = same_of_64(low, high, delimiter);
    marks[i].feeds = same_of_64(low, high, '\n');
    marks[i].returns = same_of_64(low, high, '\r');
    marks[i].quotes = same_of_64(low, high, '"');
    marks[i].odd = top_bits(low, high) | same_of_64(low, high, '\0');
  }
}

REMIT_AVX2 static size_t put_stops_with_avx2(const remit_csv_marks *marks, size_t blocks, uint32_t base, uint32_t *to)
{
  size_t written = 0;
  for (size_t i = 0; i < blocks; i++, base += 64) {
    uint64_t stops = marks[i].delimiters | marks[i].feeds;
    size_t count = (size_t)_mm_popcnt_u64(stops);
    for (size_t done = 0; done < count; done += REMIT_CSV_PAST)
      for (size_t k = 0; k < REMIT_CSV_PAST; k++, stops = _blsr_u64(stops))
        to[written + done + k] = base + 1 + (uint32_t)_tzcnt_u64(stops);
    written += count;
  }
  return written;
}

#endif

#ifdef REMIT_SSE2

static inline uint64_t same_of_16(__m128i bytes, char wanted)
{
  return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)));
}

static remit_csv_marks map_block(const unsigned char *bytes, char delimiter)
{
  remit_csv_marks marks = { 0 };
  for (unsigned at = 0; at < 64; at += 16) {
    __m128i part = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
    marks.delimiters |= same_of_16(part, delimiter) << at;
    marks.feeds |= same_of_16(part, '\n') << at;
    marks.returns |= same_of_16(part, '\r') << at;
    marks.quotes |= same_of_16(part, '"') << at;
    __m128i odd = _mm_or_si128(part, _mm_cmpeq_epi8(part, _mm_setzero_si128()));
    marks.odd |= (uint64_t)(unsigned)_mm_movemask_epi8(odd) << at;
  }
  return marks;
}

#else

#define LOW_BITS 0x7f7f7f7f7f7f7f7fu
#define EACH_BYTE 0x0101010101010101u

/* The top bit of each byte that is 0, exactly. */
static inline uint64_t zero_bytes(uint64_t word)
{
  return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
}

/* The top bits of the eight bytes as the low eight bits. */
static inline uint64_t gather(uint64_t tops)
{
  return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

static inline uint64_t same_of_8(uint64_t word, char wanted)
{
  return gather(zero_bytes(word ^ EACH_BYTE * (unsigned char)wanted));
}

static remit_csv_marks map_block(const unsigned char *bytes, char delimiter)
{
  remit_csv_marks marks = { 0 };
  for (unsigned at = 0; at < 64; at += 8) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
      word |= (uint64_t)bytes[at + i] << (8 * i);
    marks.delimiters |= same_of_8(word, delimiter) << at;
    marks.feeds |= same_of_8(word, '\n') << at;
    marks.returns |= same_of_8(word, '\r') << at;
    marks.quotes |= same_of_8(word, '"') << at;
    marks.odd |= gather((word & ~LOW_BITS) | zero_bytes(word)) << at;
  }
  return marks;
}

#endif

void remit_csv_map(const unsigned char *bytes, size_t blocks, char delimiter, remit_csv_marks *marks)
{
#ifdef REMIT_AVX2
  if (remit_has_avx2()) {
    map_with_avx2(bytes, blocks, delimiter, marks);
    return;
  }
#endif
  for (size_t i = 0; i < blocks; i++)
    marks[i] = map_block(bytes + 64 * i, delimiter);
}

size_t remit_csv_put_stops(const remit_csv_marks *marks, size_t blocks, size_t base, uint32_t *to)
{
#ifdef REMIT_AVX2
  if (remit_has_avx2())
    return put_stops_with_avx2(marks, blocks, (uint32_t)base, to);
#endif
  size_t written = 0;
  for (size_t i = 0; i < blocks; i++, base += 64)
    for (uint64_t stops = marks[i].delimiters | marks[i].feeds; stops != 0; stops &= stops - 1)
      to[written++] = (uint32_t)base + 1 + remit_lowest_bit(stops);
  return written;
}
