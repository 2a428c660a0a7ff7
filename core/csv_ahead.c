/* SPDX-License-Identifier: Apache-2.0
 * csv_ahead: the records ahead that have nothing unusual, found many at a time and left as they are. Whatever is unusual ends the block, and
 * is for remit_csv_scan.
 */
#include "csv_window.h"
#include "memory.h"

#include <string.h>

#define CELLS_MAX ((size_t)32768)
#define MAPPED ((size_t)16) /* blocks of 64 bytes mapped together */

/* The record being looked at, and what came just before the next byte. */
typedef struct walk {
  const remit_csv *csv;
  const unsigned char *window;
  remit_csv_block *block;
  size_t start, stops; /* stops noted, those of the records before included */
  bool odd;            /* it may hold NUL or high bytes */
  bool ended;          /* how the block's lines end is known */
  uint64_t inside;     /* all bits: an open quote */
  uint64_t after_stop, after_close, after_return;
} walk;

remit_status remit_csv_block_begin(remit_csv_block *block, size_t fields, size_t columns, remit_error *err)
{
  size_t rows = CELLS_MAX / fields;
  *block = (remit_csv_block){ .fields = fields, .capacity = rows < REMIT_CSV_BLOCK_ROWS ? rows : REMIT_CSV_BLOCK_ROWS };
  block->begins = remit_allocate(block->capacity * fields + 1 + MAPPED * REMIT_CSV_BITS + REMIT_CSV_PAST, sizeof *block->begins);
  block->cells = remit_allocate(columns, sizeof *block->cells);
  return block->begins != NULL && block->cells != NULL ? REMIT_OK : remit_no_memory(err);
}

void remit_csv_block_end(remit_csv_block *block)
{
  remit_release(block->begins);
  remit_release(block->cells);
}

static bool is_text(const walk *w, size_t size)
{
  const remit_csv *csv = w->csv;
  const unsigned char *text = w->window + w->start;
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

/* Whether the record that ends at a line feed is a good one and there is room for another. */
static inline bool end_record(walk *w, size_t feed)
{
  remit_csv_block *block = w->block;
  size_t last = (block->rows + 1) * block->fields, size = feed - w->start;
  if (last > w->stops || block->begins[last] != feed + 1 || size > REMIT_CSV_FIELD_MAX)
    return false;
  if (w->odd && !is_text(w, size))
    return false;
  unsigned char first = w->window[w->start];
  if ((first <= ' ' || first >= 0x80 || first == '"' || first == (unsigned char)w->csv->delimiter) && is_blank(block))
    return false;
  w->start = block->next = feed + 1;
  block->rows++;
  return block->rows < block->capacity;
}

/* Takes what is in quotes out of the marks. Returns where quotes are misplaced or doubled, and line ends in quotes. */
static uint64_t pass_quotes(walk *w, remit_csv_marks *marks)
{
  uint64_t inside = remit_csv_between(marks->quotes) ^ w->inside;
  uint64_t opening = marks->quotes & inside, closing = marks->quotes & ~inside;
  uint64_t wrong = (marks->feeds | marks->returns) & inside;
  marks->delimiters &= ~inside;
  marks->feeds &= ~inside;
  marks->returns &= ~inside;
  uint64_t stops = marks->delimiters | marks->feeds;
  wrong |= opening & ~(stops << 1 | w->after_stop);
  wrong |= (closing << 1 | w->after_close) & ~(stops | marks->returns);
  w->inside = 0 - (inside >> 63);
  w->after_close = closing >> 63;
  w->block->quotes = true;
  return wrong;
}

/* Where a CR stands alone, and where lines end in another way than the first of the block does. */
static inline uint64_t pass_returns(walk *w, const remit_csv_marks *marks)
{
  uint64_t behind = marks->returns << 1 | w->after_return, ends = marks->feeds & behind;
  w->after_return = marks->returns >> 63;
  if (!w->ended && marks->feeds != 0)
    w->block->returns = (ends & marks->feeds & (0 - marks->feeds)) != 0;
  return (behind & ~marks->feeds) | (w->block->returns ? marks->feeds & ~ends : ends);
}

/* Leaves the marks that count, up to the first thing that is unusual. Whether there is none. */
static inline bool clean(walk *w, remit_csv_marks *marks)
{
  uint64_t wrong = 0;
  if ((marks->quotes | w->inside | w->after_close) != 0)
    wrong = pass_quotes(w, marks);
  if ((marks->returns | w->after_return | w->block->returns) != 0)
    wrong |= pass_returns(w, marks);
  w->after_stop = (marks->delimiters | marks->feeds) >> 63;
  w->ended |= marks->feeds != 0;
  if (wrong == 0)
    return true;
  uint64_t before = (wrong & (0 - wrong)) - 1;
  marks->delimiters &= before;
  marks->feeds &= before;
  return false;
}

/* Whether all records that end there are good ones. */
static bool end_records(walk *w, const remit_csv_marks *marks, size_t count, size_t base)
{
  for (size_t i = 0; i < count; i++, base += REMIT_CSV_BITS) {
    w->odd |= marks[i].odd != 0;
    for (uint64_t feeds = marks[i].feeds; feeds != 0; feeds &= feeds - 1) {
      if (!end_record(w, base + remit_lowest_bit(feeds)))
        return false;
      w->odd = marks[i].odd != 0;
    }
  }
  return w->stops <= (w->block->rows + 1) * w->block->fields;
}

static void find_records(walk *w, size_t end)
{
  remit_csv_marks marks[MAPPED];
  bool clear = true;
  for (size_t base = w->start; clear && base < end; base += MAPPED * REMIT_CSV_BITS) {
    size_t left = (end - base + REMIT_CSV_BITS - 1) / REMIT_CSV_BITS, count = left < MAPPED ? left : MAPPED, cleaned = 0;
    remit_csv_map(w->window + base, count, w->csv->delimiter, marks);
    while (clear && cleaned < count)
      clear = clean(w, &marks[cleaned++]);
    w->stops += remit_csv_put_stops(marks, cleaned, base, w->block->begins + 1 + w->stops);
    clear = end_records(w, marks, cleaned, base) && clear;
  }
}

void remit_csv_look(const remit_csv *csv, const remit_csv_span *text, size_t from, remit_csv_block *block)
{
  block->rows = 0;
  block->quotes = block->returns = false;
  block->window = (const char *)text->window;
  block->begins[0] = (uint32_t)from;
  walk w = { .csv = csv, .window = text->window, .block = block, .start = from, .after_stop = 1 };
  find_records(&w, text->end);
}

remit_status remit_csv_look_ahead(remit_csv *csv, remit_csv_block *block, remit_error *err)
{
  block->rows = 0;
  remit_status status = csv->finished ? REMIT_OK : remit_csv_approach(csv, err);
  if (status != REMIT_OK || csv->finished)
    return status;
  remit_csv_look(csv, &(remit_csv_span){ .window = csv->window, .end = csv->end }, csv->start, block);
  return REMIT_OK;
}

size_t remit_csv_estimate(const remit_csv *csv, const remit_csv_block *block)
{
  size_t bytes = (block->next - block->begins[0]) / block->rows + 1;
  return csv->size / bytes + csv->size / bytes / 32 + block->rows;
}

void remit_csv_count_rows(remit_csv *csv, size_t rows)
{
  csv->row += rows;
  csv->line += rows;
}

void remit_csv_take(remit_csv *csv, const remit_csv_block *block)
{
  csv->start = block->next;
  csv->block = REMIT_CSV_NO_BLOCK;
}
