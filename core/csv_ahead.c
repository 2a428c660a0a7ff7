/* SPDX-License-Identifier: Apache-2.0
 * csv_ahead: the records ahead that have nothing unusual, found many at a time and left as they are. Whatever is unusual ends the block, and
 * is for remit_csv_scan.
 */
#include "csv_window.h"
#include "memory.h"

#include <string.h>

#define CELLS_MAX ((size_t)32768)

/* The record being looked at: `to` is where its next field's beginning goes, `last` where its end goes. */
typedef struct walk {
  const remit_csv *csv;
  remit_csv_block *block;
  size_t start;
  uint32_t *to, *last;
  bool odd;
} walk;

remit_status remit_csv_block_begin(remit_csv_block *block, size_t fields, remit_error *err)
{
  size_t rows = CELLS_MAX / (fields + 1);
  *block = (remit_csv_block){ .fields = fields, .capacity = rows < REMIT_CSV_BLOCK_ROWS ? rows : REMIT_CSV_BLOCK_ROWS };
  block->begins = remit_allocate(block->capacity * (fields + 1), sizeof *block->begins);
  return block->begins != NULL ? REMIT_OK : remit_no_memory(err);
}

void remit_csv_block_end(remit_csv_block *block)
{
  remit_release(block->begins);
}

static void begin_record(walk *w, size_t start)
{
  w->start = start;
  w->to = w->block->begins + w->block->rows * (w->block->fields + 1);
  w->last = w->to + w->block->fields;
  *w->to++ = (uint32_t)start;
}

static bool is_text(const remit_csv *csv, size_t start, size_t size)
{
  const unsigned char *text = csv->window + start;
  return csv->encoding == REMIT_UTF8 && remit_csv_first_bad(text, size, csv->encoding) == size && memchr(text, 0, size) == NULL;
}

static bool is_blank(const remit_csv_block *block)
{
  for (size_t i = 0; i < block->fields; i++) {
    remit_csv_cell cell = remit_csv_block_cell(block, block->rows, i);
    if (remit_csv_trim(cell.text, cell.size).size != 0)
      return false;
  }
  return true;
}

/* Whether the record that ends at a line end is a good one and there is room for another. */
static inline bool end_record(walk *w, size_t stop)
{
  const unsigned char *window = w->csv->window;
  size_t next = stop + 1;
  if (w->to != w->last || stop - w->start > REMIT_CSV_FIELD_MAX)
    return false;
  if (window[stop] == '\r' && window[next++] != '\n')
    return false;
  *w->to = (uint32_t)stop + 1;
  if (w->odd && !is_text(w->csv, w->start, stop - w->start))
    return false;
  unsigned char first = window[w->start];
  if ((first <= ' ' || first >= 0x80 || first == '"' || first == (unsigned char)w->csv->delimiter) && is_blank(w->block))
    return false;
  w->block->next = next;
  w->block->rows++;
  if (w->block->rows == w->block->capacity)
    return false;
  begin_record(w, next);
  return true;
}

/* The closing quote of a field of one line without doubled quotes, or 0. */
static size_t closing_quote(walk *w, size_t open)
{
  const unsigned char *window = w->csv->window;
  const unsigned char *close = memchr(window + open + 1, '"', w->csv->end - open - 1);
  if (close == NULL)
    return 0;
  size_t size = (size_t)(close - window) - open;
  if (memchr(window + open, '\n', size) != NULL || memchr(window + open, '\r', size) != NULL)
    return 0;
  w->block->quotes = true;
  return close[1] == (unsigned char)w->csv->delimiter || close[1] == '\n' || close[1] == '\r' ? open + size : 0;
}

static void find_records(walk *w)
{
  const unsigned char *window = w->csv->window;
  const unsigned char delimiter = (unsigned char)w->csv->delimiter;
  const size_t end = w->csv->end;
  for (size_t base = w->start; base < end; base += REMIT_CSV_BITS) {
    uint64_t stops, odd;
    remit_csv_map_block(window + base, (char)delimiter, &stops, &odd);
    w->odd |= odd != 0;
    while (stops != 0) {
      size_t stop = base + remit_csv_lowest_bit(stops);
      stops &= stops - 1;
      if (window[stop] == delimiter) {
        if (w->to == w->last)
          return;
        *w->to++ = (uint32_t)stop + 1;
      } else if (window[stop] != '"') {
        if (stop < w->start) /* the LF of a CRLF */
          continue;
        if (!end_record(w, stop))
          return;
        w->odd = odd != 0;
      } else {
        size_t close = stop == w->to[-1] ? closing_quote(w, stop) : 0;
        if (close == 0)
          return;
        if (close - base >= REMIT_CSV_BITS) {
          w->odd = true;
          base = close + 1 - REMIT_CSV_BITS;
          break;
        }
        stops &= ~(uint64_t)1 << (close - base);
      }
    }
  }
}

static void look(const remit_csv *csv, remit_csv_block *block, size_t start, size_t row)
{
  block->rows = 0;
  block->quotes = false;
  block->window = (const char *)csv->window;
  block->row = row;
  walk w = { .csv = csv, .block = block };
  begin_record(&w, start);
  find_records(&w);
}

remit_status remit_csv_look_ahead(remit_csv *csv, remit_csv_block *block, remit_error *err)
{
  block->rows = 0;
  remit_status status = csv->finished ? REMIT_OK : remit_csv_approach(csv, err);
  if (status != REMIT_OK || csv->finished)
    return status;
  look(csv, block, csv->start, csv->row + 1);
  return REMIT_OK;
}

void remit_csv_look_on(remit_csv *csv, const remit_csv_block *before, remit_csv_block *block)
{
  look(csv, block, before->next, before->row + before->rows);
}

size_t remit_csv_row_before(const remit_csv *csv)
{
  return csv->row;
}

size_t remit_csv_estimate(const remit_csv *csv, const remit_csv_block *block)
{
  size_t bytes = (block->next - csv->start) / block->rows + 1;
  return csv->size / bytes + csv->size / bytes / 32 + block->rows;
}

void remit_csv_take(remit_csv *csv, const remit_csv_block *block)
{
  csv->start = block->next;
  csv->row += block->rows;
  csv->line += block->rows;
  csv->block = REMIT_CSV_NO_BLOCK;
}
