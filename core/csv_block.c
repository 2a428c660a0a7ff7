/* SPDX-License-Identifier: Apache-2.0
 * csv_block: one field of many rows at a time, when nothing is wrong with them. The answers are those of csv_value.c, cell by cell.
 */
#include "csv_internal.h"
#include "memory.h"
#include "remit/calendar.h"

#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && !defined(REMIT_PORTABLE)
#define FIRST_BYTE_LOWEST 1
#endif

#define SEEN_LEAST ((size_t)16)
#define SEEN_FIRST ((size_t)256)
#define SEEN_MOST ((size_t)4096)

/* A text as in the file, and the code or day that it became. Of more than 16 bytes, `label` has those between head and tail. An empty slot is
 * that of the empty text. */
typedef struct seen_text {
  uint64_t head, tail;
  const char *label;
  uint32_t size, value;
} seen_text;

struct remit_csv_seen {
  size_t count;   /* a power of two, */
  unsigned shift; /* and 64 less its exponent */
  seen_text slots[];
};

/* ---- Texts met lately ---- */

static inline uint64_t eight_bytes(const char *text)
{
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return word;
}

/* The first eight bytes, and the last eight where there are more; 0 behind a shorter text. */
static inline seen_text key_of(remit_csv_cell cell)
{
  uint64_t head = 0, tail = 0;
  if (cell.size >= 8) {
    head = eight_bytes(cell.text);
    tail = eight_bytes(cell.text + cell.size - 8);
  } else {
#ifdef FIRST_BYTE_LOWEST
    head = eight_bytes(cell.text) & (((uint64_t)1 << 8 * cell.size) - 1);
#else
    memcpy(&head, cell.text, cell.size);
#endif
  }
  return (seen_text){ .head = head, .tail = tail, .size = (uint32_t)cell.size };
}

static inline seen_text *seen_slot(remit_csv_seen *seen, const seen_text *key)
{
  uint64_t mix = key->head * 0x9e3779b97f4a7c15u + key->tail * 0xc2b2ae3d27d4eb4fu + key->size;
  return &seen->slots[mix >> seen->shift];
}

static inline bool is_seen(const seen_text *slot, const seen_text *key, const char *text)
{
  if (slot->head != key->head || slot->tail != key->tail || slot->size != key->size)
    return false;
  return key->size <= 16 || memcmp(slot->label + 8, text + 8, key->size - 16) == 0;
}

static remit_status new_seen(remit_csv_column *column, size_t count, remit_error *err)
{
  remit_csv_seen *seen = remit_allocate_zero(1, sizeof *seen + count * sizeof *seen->slots);
  if (seen == NULL)
    return remit_no_memory(err);
  seen->count = count;
  for (seen->shift = 64; count > 1; count /= 2)
    seen->shift--;
  remit_release(column->seen);
  column->seen = seen;
  return REMIT_OK;
}

/* Room for the labels of a column that has become varied: they are met again. A short file does not clear room for hundreds. */
static remit_status fit_seen(remit_csv_column *column, size_t rows, remit_error *err)
{
  if (column->seen == NULL) {
    size_t first = SEEN_LEAST;
    while (first < SEEN_FIRST && first < 2 * rows)
      first *= 2;
    return new_seen(column, first, err);
  }
  size_t count = column->seen->count, labels = column->dictionary != NULL ? remit_dictionary_size(column->dictionary) : 0;
  return labels > count / 4 && count < SEEN_MOST ? new_seen(column, count * 4, err) : REMIT_OK;
}

/* ---- Text ---- */

/* The codes of texts met before. Returns how many were not, and which. */
static size_t find_seen(remit_csv_column *column, const remit_csv_block *block, uint32_t *codes, uint16_t *missed)
{
  size_t count = 0;
  for (size_t i = 0; i < block->rows; i++) {
    remit_csv_cell cell = remit_csv_block_cell(block, i, column->index);
    seen_text key = key_of(cell);
    const seen_text *slot = seen_slot(column->seen, &key);
    codes[i] = slot->value;
    missed[count] = (uint16_t)i;
    count += !is_seen(slot, &key, cell.text);
  }
  return count;
}

static void remember(remit_csv_column *column, remit_csv_cell cell, remit_csv_cell label, uint32_t code)
{
  if (cell.size > 16 && (code == 0 || label.size != cell.size))
    return;
  seen_text key = key_of(cell), *slot = seen_slot(column->seen, &key);
  key.value = code;
  key.label = remit_dictionary_label(column->dictionary, code, NULL);
  *slot = key;
}

static remit_status add_missed(const remit_csv_loader *loader, remit_csv_column *column, const remit_csv_block *block, const uint16_t *missed,
                               size_t count, uint32_t *codes, remit_error *err)
{
  remit_label labels[REMIT_CSV_BLOCK_ROWS];
  uint32_t added[REMIT_CSV_BLOCK_ROWS];
  for (size_t i = 0; i < count; i++) {
    remit_csv_cell cell = remit_csv_block_cell(block, missed[i], column->index);
    cell = remit_csv_trim(cell.text, cell.size);
    labels[i] = remit_csv_is_missing(loader->options, cell) ? (remit_label){ "", 0 } : cell;
  }
  remit_status status = remit_dictionary_add_all(column->dictionary, labels, count, added, err);
  for (size_t i = 0; status == REMIT_OK && i < count; i++) {
    codes[missed[i]] = added[i];
    if (column->seen != NULL)
      remember(column, remit_csv_block_cell(block, missed[i], column->index), labels[i], added[i]);
  }
  return status;
}

/* Notes the rows of a unique field's codes, all of which must be new. */
static remit_status note_first_rows(const remit_csv_loader *loader, remit_csv_column *column, const remit_csv_block *block,
                                    const uint32_t *codes, bool *fine, remit_error *err)
{
  size_t next = column->first_count;
  for (size_t i = 0; i < block->rows; i++) {
    *fine &= codes[i] == 0 || codes[i] == next + 1;
    next += codes[i] != 0;
  }
  column->first_ahead = next;
  if (!*fine)
    return REMIT_OK;
  remit_status status = remit_csv_reserve_first_rows(loader, column, block->rows, false, err);
  if (status != REMIT_OK || column->first_row == NULL)
    return status;
  for (size_t i = 0; i < block->rows; i++)
    if (codes[i] != 0)
      column->first_row[codes[i] - 1] = block->row + i;
  return REMIT_OK;
}

static remit_status read_codes(const remit_csv_loader *loader, remit_csv_column *column, const remit_csv_block *block, size_t at, bool *fine,
                               remit_error *err)
{
  uint32_t codes[REMIT_CSV_BLOCK_ROWS];
  uint16_t missed[REMIT_CSV_BLOCK_ROWS];
  size_t count = block->rows;
  remit_status status = column->field->unique ? REMIT_OK : fit_seen(column, block->rows, err);
  if (status != REMIT_OK)
    return status;
  if (!column->field->unique)
    count = find_seen(column, block, codes, missed);
  else
    for (size_t i = 0; i < count; i++)
      missed[i] = (uint16_t)i;
  if (count != 0)
    status = add_missed(loader, column, block, missed, count, codes, err);
  if (status == REMIT_ELIMIT) {
    *fine = false;
    return REMIT_OK;
  }
  for (size_t i = 0; column->field->required && i < block->rows; i++)
    *fine &= codes[i] != 0;
  if (status == REMIT_OK && *fine && column->field->unique)
    status = note_first_rows(loader, column, block, codes, fine, err);
  return status == REMIT_OK && *fine ? remit_csv_store_codes(loader, column, at, codes, block->rows, err) : status;
}

/* ---- Months and days ---- */

static bool read_date(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_cell cell, int64_t *value)
{
  cell = remit_csv_trim(cell.text, cell.size);
  *value = REMIT_MISSING;
  if (remit_csv_is_missing(loader->options, cell))
    return true;
  return (column->field->unit == REMIT_MONTH ? remit_month_parse(cell.text, cell.size, value, NULL)
                                             : remit_day_parse(cell.text, cell.size, value, NULL)) == REMIT_OK;
}

static bool read_dates(const remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_block *block, int64_t *values)
{
  for (size_t i = 0; i < block->rows; i++) {
    remit_csv_cell cell = remit_csv_block_cell(block, i, column->index);
    seen_text key = key_of(cell), *slot = seen_slot(column->seen, &key);
    if (cell.size != 0 && cell.size <= 16 && is_seen(slot, &key, cell.text)) {
      values[i] = (int32_t)slot->value;
      continue;
    }
    if (!read_date(loader, column, cell, &values[i]))
      return false;
    if (cell.size <= 16 && values[i] >= INT32_MIN && values[i] <= INT32_MAX) {
      key.value = (uint32_t)values[i];
      *slot = key;
    }
  }
  return true;
}

/* ---- Any field ---- */

static bool all_within(const remit_csv_field *field, const int64_t *values, size_t count)
{
  bool within = true;
  for (size_t i = 0; field->required && i < count; i++)
    within &= values[i] != REMIT_MISSING;
  for (size_t i = 0; field->bounded && i < count; i++)
    within &= values[i] == REMIT_MISSING || (values[i] >= field->minimum && values[i] <= field->maximum);
  return within;
}

remit_status remit_csv_read_block(const remit_csv_loader *loader, remit_csv_column *column, const remit_csv_block *block, size_t at, bool *fine,
                                  size_t *rounded, remit_error *err)
{
  int64_t values[REMIT_CSV_BLOCK_ROWS];
  if (column->field->unit == REMIT_CODE)
    return read_codes(loader, column, block, at, fine, err);
  if (column->field->unit == REMIT_MONTH || column->field->unit == REMIT_DAY) {
    remit_status status = fit_seen(column, block->rows, err);
    if (status != REMIT_OK)
      return status;
    *fine = read_dates(loader, column, block, values);
  } else {
    *fine = remit_csv_read_figures(loader, column, block, values, rounded);
  }
  *fine = *fine && all_within(column->field, values, block->rows);
  return *fine ? remit_csv_store_ints(loader, column, at, values, block->rows, err) : REMIT_OK;
}
