/* SPDX-License-Identifier: Apache-2.0
 * csv_cut: the source in pieces of whole records, for several threads to read.
 */
#include "csv_window.h"
#include "memory.h"

#include <string.h>

#define MAPPED ((size_t)16) /* blocks of 64 bytes mapped together */

remit_status remit_csv_span_begin(remit_csv_span *text, size_t capacity, remit_error *err)
{
  *text = (remit_csv_span){ .window = remit_allocate(capacity + REMIT_CSV_BITS, 1), .capacity = capacity };
  return text->window != NULL ? REMIT_OK : remit_no_memory(err);
}

/* Behind the last line feed outside quotes, or `start`. */
static size_t last_end_in_quotes(const remit_csv *csv)
{
  remit_csv_marks marks[MAPPED];
  uint64_t inside = 0, last = 0;
  size_t at = csv->start;
  for (size_t base = csv->start; base < csv->end; base += REMIT_CSV_BITS) {
    size_t i = (base - csv->start) / REMIT_CSV_BITS % MAPPED, left = (csv->end - base + REMIT_CSV_BITS - 1) / REMIT_CSV_BITS;
    if (i == 0)
      remit_csv_map(csv->window + base, left < MAPPED ? left : MAPPED, csv->delimiter, marks);
    uint64_t quoted = remit_csv_between(marks[i].quotes) ^ inside, feeds = marks[i].feeds & ~quoted;
    inside = 0 - (quoted >> 63);
    at = feeds != 0 ? base : at;
    last = feeds != 0 ? feeds : last;
  }
  for (; last != 0; last >>= 1)
    at++;
  return at;
}

static size_t last_end(const remit_csv *csv)
{
  size_t size = csv->end - csv->start;
  if (memchr(csv->window + csv->start, '"', size) != NULL)
    return last_end_in_quotes(csv);
  while (size > 0 && csv->window[csv->start + size - 1] != '\n')
    size--;
  return csv->start + size;
}

/* The scanner goes on with the text's window, in which only what is behind the cut stands. */
static void swap_windows(remit_csv *csv, remit_csv_span *text, size_t cut)
{
  remit_csv_span taken = { csv->window, csv->capacity, csv->start, cut, csv->base };
  size_t kept = csv->end - cut;
  memcpy(text->window, csv->window + cut, kept);
  memset(text->window + kept, 0, REMIT_CSV_BITS);
  memset(csv->window + cut, 0, REMIT_CSV_BITS);
  csv->window = text->window;
  csv->capacity = text->capacity;
  csv->base += cut;
  csv->start = 0;
  csv->end = kept;
  csv->block = REMIT_CSV_NO_BLOCK;
  *text = taken;
}

remit_status remit_csv_cut(remit_csv *csv, remit_csv_span *text, remit_error *err)
{
  text->start = text->end = 0;
  remit_status status = csv->finished ? REMIT_OK : remit_csv_approach(csv, err);
  if (status != REMIT_OK || csv->finished)
    return status;
  size_t cut = last_end(csv);
  if (cut == csv->start && !csv->all_read && csv->end - csv->start < csv->capacity) {
    status = remit_csv_refill(csv, err);
    cut = last_end(csv);
  }
  if (status == REMIT_OK && cut != csv->start && csv->end - cut <= text->capacity)
    swap_windows(csv, text, cut);
  return status;
}

remit_status remit_csv_go_back(remit_csv *csv, size_t position, remit_error *err)
{
  size_t back = csv->base + csv->end - position;
  if (csv->file != REMIT_NO_FILE) {
    remit_status status = remit_file_seek(csv->file, position, err);
    if (status != REMIT_OK)
      return status;
  } else {
    csv->text -= back;
    csv->text_left += back;
  }
  csv->base = position;
  csv->start = csv->end = 0;
  csv->block = REMIT_CSV_NO_BLOCK;
  csv->all_read = csv->finished = csv->after_cr = false;
  memset(csv->window, 0, REMIT_CSV_BITS);
  return REMIT_OK;
}
