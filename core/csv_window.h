/* SPDX-License-Identifier: Apache-2.0
 * csv_window: the scanner's window on the file, and the bit maps that say where its structural bytes are. For csv_scan.c, csv_ahead.c and
 * csv_cut.c.
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
/* Moves what is from `start` on to the window's beginning and fills the rest; makes the window larger when it is all of it. */
remit_status remit_csv_refill(remit_csv *csv, remit_error *err);

/* ---- Structural bytes ---- */

/* Which of 64 bytes they are, a bit each. */
typedef struct remit_csv_marks {
  uint64_t delimiters, feeds, returns, quotes;
  uint64_t odd; /* NUL, and bytes from 0x80 up */
} remit_csv_marks;

/* Of `blocks` x 64 bytes. */
void remit_csv_map(const unsigned char *bytes, size_t blocks, char delimiter, remit_csv_marks *marks);

/* Writes where what is behind each delimiter and line feed begins; the first of the bytes stands at `base`. Returns how many; up to
 * REMIT_CSV_PAST more are written, which costs less than asking. */
#define REMIT_CSV_PAST ((size_t)8)
size_t remit_csv_put_stops(const remit_csv_marks *marks, size_t blocks, size_t base, uint32_t *to);

/* From each bit on up to the next one, which is excluded. */
static inline uint64_t remit_csv_between(uint64_t bits)
{
  for (unsigned by = 1; by < 64; by *= 2)
    bits ^= bits << by;
  return bits;
}

#endif
