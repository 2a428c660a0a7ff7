/* SPDX-License-Identifier: Apache-2.0
 * csv_figures: one field of numbers of many rows at a time. A plain decimal is read eight digits at once; the answers are
 * those of csv_value.c, cell by cell.
 */
#include "csv_decimals.h"
#include "remit/calendar.h"
#include "vectors.h"

#include <string.h>

#define PLAIN_MAX ((size_t)12) /* characters that 6 decimals cannot overflow */

static bool is_unsigned_digit(char c)
{
  return (unsigned char)(c - '0') < 10;
}

bool remit_csv_plain_decimal(remit_csv_cell cell, int decimals, int64_t *out)
{
  const char *at = cell.text, *end = cell.text + cell.size;
  bool negative = at < end && *at == '-';
  at += negative;
  if (at == end || (size_t)(end - at) > PLAIN_MAX)
    return false;
  int64_t value = 0;
  const char *digits = at;
  for (; at < end && is_unsigned_digit(*at); at++)
    value = value * 10 + (*at - '0');
  if (at == digits || end - at == 1 || end - at > decimals + 1)
    return false;
  if (at < end && *at++ != '.')
    return false;
  for (; at < end; at++, decimals--) {
    if (!is_unsigned_digit(*at))
      return false;
    value = value * 10 + (*at - '0');
  }
  while (decimals-- > 0)
    value *= 10;
  *out = negative ? -value : value;
  return true;
}

#if REMIT_LOW_BYTE_FIRST && defined __GNUC__

#define EACH 0x0101010101010101u

/* Eight digits' values, the first one in the lowest byte, as one number: by pairs, fours, and then all. */
static inline uint64_t join_digits(uint64_t digits)
{
  digits = (digits * 10) + (digits >> 8);
  digits = ((digits & 0x000000ff000000ffu) * (100 + ((uint64_t)1000000 << 32)) +
            ((digits >> 16) & 0x000000ff000000ffu) * (1 + ((uint64_t)10000 << 32))) >> 32;
  return digits;
}

/* The same as remit_csv_plain_decimal of up to 8 characters, 8 of which may be read. The text is moved to the word's upper end, the point
 * is taken out, and what is left is digits or nothing. */
static inline bool short_decimal(const char *text, size_t size, unsigned decimals, uint64_t *out)
{
  static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
  uint64_t word, fraction = 0;
  memcpy(&word, text, sizeof word);
  unsigned room = 64 - 8 * (unsigned)size;
  word <<= room;
  uint64_t dotless = word ^ EACH * '.';
  uint64_t dot = (dotless - EACH) & ~dotless & EACH * 0x80;
  if (dot != 0) {
    unsigned at = (unsigned)__builtin_ctzll(dot) - 7; /* the bits below the point */
    fraction = 7 - at / 8;
    uint64_t below = ((uint64_t)1 << at) - 1;
    if (at == room || fraction == 0 || fraction > decimals)
      return false;
    word = (word & ~below & ~((uint64_t)0xff << at)) | (word & below) << 8;
    room += 8;
  }
  uint64_t digits = word ^ (EACH * '0' & ~(((uint64_t)1 << room) - 1));
  if (((digits + EACH * 0x76) | digits) & EACH * 0x80)
    return false;
  *out = join_digits(digits) * powers[decimals - fraction];
  return true;
}

/* Of cells in a block, where 8 bytes from the beginning may be read. */
static inline bool plain_decimal(remit_csv_cell cell, int decimals, int64_t *out)
{
  size_t negative = cell.size != 0 && cell.text[0] == '-', size = cell.size - negative;
  uint64_t value;
  if (size - 1 >= 8) /* none, or more */
    return remit_csv_plain_decimal(cell, decimals, out);
  if (!short_decimal(cell.text + negative, size, (unsigned)decimals, &value))
    return false;
  *out = negative ? -(int64_t)value : (int64_t)value;
  return true;
}

#else

static inline bool plain_decimal(remit_csv_cell cell, int decimals, int64_t *out)
{
  return remit_csv_plain_decimal(cell, decimals, out);
}

#endif

/* What is no plain decimal. Whether it reads. */
static bool read_marked(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_cell cell, int64_t *value, size_t *rounded)
{
  bool extra;
  cell = remit_csv_trim(cell.text, cell.size);
  *value = REMIT_MISSING;
  if (remit_csv_is_missing(loader->options, cell))
    return true;
  if (remit_number_parse(cell.text, cell.size, &column->format, value, &extra, NULL) != REMIT_OK)
    return false;
  *rounded += extra;
  return true;
}

static bool reads_plainly(const remit_csv_loader *loader, const remit_csv_column *column)
{
  return (column->format.decimal_char == 0 || column->format.decimal_char == '.') && !loader->numeric_missing;
}

/* Those of 64 rows whose bits are set. */
static bool read_rows(const remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_block *block, size_t from, uint64_t rows,
                      int64_t *values, size_t *rounded)
{
  bool plain = reads_plainly(loader, column);
  for (size_t i = from; rows != 0; i++, rows >>= 1) {
    if ((rows & 1) == 0)
      continue;
    remit_csv_cell cell = remit_csv_block_cell(block, i, column->index);
    /* fast path: same answer without it */
    if (plain && plain_decimal(cell, column->format.decimals, &values[i]))
      continue;
    if (!read_marked(loader, column, cell, &values[i], rounded))
      return false;
  }
  return true;
}

bool remit_csv_read_figures(const remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_block *block, int64_t *values,
                            size_t *rounded)
{
  uint64_t left[REMIT_CSV_ROW_BITS];
  /* fast path: same answer without it */
  if (reads_plainly(loader, column) && !block->quotes && remit_has_avx2())
    remit_csv_decimals(block, column->index, column->format.decimals, values, left);
  else
    for (size_t i = 0; i < REMIT_CSV_ROW_BITS; i++)
      left[i] = 64 * i >= block->rows ? 0 : block->rows - 64 * i >= 64 ? UINT64_MAX : ((uint64_t)1 << block->rows % 64) - 1;
  for (size_t i = 0; i < REMIT_CSV_ROW_BITS; i++)
    if (!read_rows(loader, column, block, 64 * i, left[i], values, rounded))
      return false;
  return true;
}
