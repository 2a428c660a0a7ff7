/* SPDX-License-Identifier: Apache-2.0
 * csv_window: the scanner's window on the file, and the bit maps that say where its structural bytes are. For csv_scan.c and csv_ahead.c.
 */
#ifndef REMIT_CSV_WINDOW_H
#define REMIT_CSV_WINDOW_H

#include "csv_internal.h"
#include "os.h"
#include "vectors.h"

#define REMIT_CSV_WINDOW ((size_t)1 << 18)
#define REMIT_CSV_BITS ((size_t)64)
#define REMIT_CSV_NO_BLOCK (SIZE_MAX - REMIT_CSV_BITS)

/* Where a field cannot be read, and the byte there. */
typedef struct remit_csv_place {
  size_t byte, line;
  unsigned char value;
} remit_csv_place;

struct remit_csv {
  remit_file file; /* or REMIT_NO_FILE, and then text */
  const char *text;
  size_t text_left;
  size_t size; /* of all of it, or 0 when that is not known */
  unsigned char *window; /* capacity + REMIT_CSV_BITS bytes; those from `end` on are 0 */
  size_t capacity, start, end;
  size_t base; /* offset in the file of the window's first byte */
  size_t block;
  uint64_t stops, odd_bits; /* of the 64 bytes at `block` */
  char *converted;
  size_t converted_capacity;
  size_t row, line, lines; /* lines: ends of lines inside the record's quotes */
  char delimiter;
  remit_encoding encoding;
  bool begun, all_read, after_cr, finished;
  bool odd, broken; /* the record may hold NUL or high bytes; has a misplaced quote */
  size_t faulty;
  remit_csv_fault fatal;
  remit_csv_record record;
  const char *fields[REMIT_CSV_FIELDS_MAX];
  size_t sizes[REMIT_CSV_FIELDS_MAX];
  size_t bytes[REMIT_CSV_FIELDS_MAX];
  unsigned char states[REMIT_CSV_FIELDS_MAX];
  remit_csv_place places[REMIT_CSV_FIELDS_MAX];
};

/* Makes `start` the first byte of a record, passing over the LF of a CRLF and reading on when the window is used up. Sets `finished` at the
 * end of the file. */
remit_status remit_csv_approach(remit_csv *csv, remit_error *err);

/* ---- Structural bytes ---- */

#ifdef REMIT_SSE2

static inline void remit_csv_map_block(const unsigned char *bytes, char delimiter, uint64_t *stops, uint64_t *odd)
{
  const __m128i delimiters = _mm_set1_epi8(delimiter), quotes = _mm_set1_epi8('"');
  const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r'), zero = _mm_setzero_si128();
  uint64_t found = 0, strange = 0;
  for (unsigned part = 0; part < 4; part++) {
    __m128i chunk = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * part));
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(chunk, feeds), _mm_cmpeq_epi8(chunk, returns));
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(chunk, delimiters), _mm_cmpeq_epi8(chunk, quotes));
    found |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(ends, marks)) << (16 * part);
    strange |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(chunk, _mm_cmpeq_epi8(chunk, zero))) << (16 * part);
  }
  *stops = found;
  *odd = strange;
}

#else

#define REMIT_CSV_LOW_BITS 0x7f7f7f7f7f7f7f7fu
#define REMIT_CSV_EACH_BYTE 0x0101010101010101u

/* The top bit of each byte that is 0, exactly. */
static inline uint64_t remit_csv_zero_bytes(uint64_t word)
{
  return ~(((word & REMIT_CSV_LOW_BITS) + REMIT_CSV_LOW_BITS) | word | REMIT_CSV_LOW_BITS);
}

/* The top bits of the eight bytes as the low eight bits. */
static inline uint64_t remit_csv_gather(uint64_t tops)
{
  return ((tops >> 7) * 0x0102040810204080u) >> 56;
}

static inline void remit_csv_map_block(const unsigned char *bytes, char delimiter, uint64_t *stops, uint64_t *odd)
{
  uint64_t found = 0, strange = 0;
  for (unsigned part = 0; part < 8; part++) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
      word |= (uint64_t)bytes[8 * part + i] << (8 * i);
    uint64_t tops = remit_csv_zero_bytes(word ^ REMIT_CSV_EACH_BYTE * (unsigned char)delimiter) | remit_csv_zero_bytes(word ^ REMIT_CSV_EACH_BYTE * '"') |
                    remit_csv_zero_bytes(word ^ REMIT_CSV_EACH_BYTE * '\n') | remit_csv_zero_bytes(word ^ REMIT_CSV_EACH_BYTE * '\r');
    found |= remit_csv_gather(tops) << (8 * part);
    strange |= remit_csv_gather((word & ~REMIT_CSV_LOW_BITS) | remit_csv_zero_bytes(word)) << (8 * part);
  }
  *stops = found;
  *odd = strange;
}

#endif

static inline unsigned remit_csv_lowest_bit(uint64_t bits)
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
