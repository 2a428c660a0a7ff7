/* SPDX-License-Identifier: Apache-2.0
 * csv_block: one field of many rows at a time, when nothing is wrong with them. The answers are those of csv_value.c, cell by cell.
 */
#include "csv_internal.h"
#include "memory.h"
#include "remit/calendar.h"
#include "vectors.h"

#include <string.h>

#define SEEN_LEAST ((size_t)16)
#define SEEN_FIRST ((size_t)256)
#define SEEN_MOST ((size_t)4096)
#define SEEN_ROOM ((size_t)4)       /* slots a label, */
#define SEEN_ROOM_LONG ((size_t)16) /* and in a long file: two labels of one slot are looked up each time */
#define LONG ((size_t)50000)        /* rows */

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

/* A text of up to eight bytes, and 0 behind it. */
static inline uint64_t short_word(remit_csv_cell cell)
{
#if REMIT_LOW_BYTE_FIRST
  static const uint64_t kept[] = { 0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, UINT64_MAX };
  return eight_bytes(cell.text) & kept[cell.size];
#else
  uint64_t word = 0;
  memcpy(&word, cell.text, cell.size);
  return word;
#endif
}

/* The first eight bytes, and the last eight where there are more. */
static inline seen_text key_of(remit_csv_cell cell)
{
  if (cell.size <= 8)
    return (seen_text){ .head = short_word(cell), .size = (uint32_t)cell.size };
  return (seen_text){ .head = eight_bytes(cell.text), .tail = eight_bytes(cell.text + cell.size - 8), .size = (uint32_t)cell.size };
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

static remit_status new_seen(remit_csv_seen **out, size_t count, remit_error *err)
{
  remit_csv_seen *seen = remit_allocate_zero(1, sizeof *seen + count * sizeof *seen->slots);
  if (seen == NULL)
    return remit_no_memory(err);
  seen->count = count;
  for (seen->shift = 64; count > 1; count /= 2)
    seen->shift--;
  remit_release(*out);
  *out = seen;
  return REMIT_OK;
}

/* A short file does not clear room for hundreds. */
static remit_status first_seen(remit_csv_seen **seen, size_t rows, remit_error *err)
{
  size_t first = SEEN_LEAST;
  while (first < SEEN_FIRST && first < 2 * rows)
    first *= 2;
  return *seen == NULL ? new_seen(seen, first, err) : REMIT_OK;
}

/* Room for the labels of a column that has become varied: they are met again. */
static remit_status fit_seen(const remit_csv_loader *loader, remit_csv_seen **seen, const remit_dictionary *labels, remit_error *err)
{
  size_t count = (*seen)->count, wanted = remit_dictionary_size(labels) * (loader->expected > LONG ? SEEN_ROOM_LONG : SEEN_ROOM);
  if (count >= wanted || count == SEEN_MOST)
    return REMIT_OK;
  while (count < wanted && count < SEEN_MOST)
    count *= 4;
  return new_seen(seen, count, err);
}

remit_status remit_csv_recall_begin(remit_csv_recall *recall, size_t count, remit_error *err)
{
  *recall = (remit_csv_recall){ .seen = remit_allocate_zero(count, sizeof *recall->seen), .count = count };
  return recall->seen != NULL ? REMIT_OK : remit_no_memory(err);
}

void remit_csv_recall_end(remit_csv_recall *recall)
{
  for (size_t i = 0; recall->seen != NULL && i < recall->count; i++)
    remit_release(recall->seen[i]);
  remit_release(recall->seen);
}

/* ---- Text ---- */

/* Whether a text was met before. */
static inline bool find_one(remit_csv_seen *seen, remit_csv_cell cell, uint32_t *code)
{
  seen_text key = key_of(cell);
  const seen_text *slot = seen_slot(seen, &key);
  *code = slot->value;
  return cell.size <= 8 ? slot->head == key.head && slot->size == key.size : is_seen(slot, &key, cell.text);
}

static inline size_t find_all(const remit_csv_block *block, size_t field, bool quotes, remit_csv_seen *seen, remit_csv_cells *cells)
{
  const uint32_t *at = block->begins + field;
  const size_t fields = block->fields, rows = block->rows, gap = remit_csv_block_gap(block, field);
  const char *window = block->window;
  size_t missed = 0;
  for (size_t i = 0; i < rows; i++, at += fields) {
    cells->misses[missed] = (uint16_t)i;
    missed += !find_one(seen, remit_csv_cell_at(window, at, gap, quotes), &cells->codes[i]);
  }
  return missed;
}

/* The codes of texts met before, and which were not. */
static void find_seen(const remit_csv_block *block, size_t field, remit_csv_seen *seen, remit_csv_cells *cells)
{
  cells->missed = block->quotes ? find_all(block, field, true, seen, cells) : find_all(block, field, false, seen, cells);
}

static void remember(const remit_csv_column *column, remit_csv_seen *seen, remit_csv_cell cell, remit_csv_cell label, uint32_t code)
{
  if (cell.size > 16 && (code == 0 || label.size != cell.size))
    return;
  seen_text key = key_of(cell), *slot = seen_slot(seen, &key);
  key.value = code;
  key.label = remit_dictionary_label(column->dictionary, code, NULL);
  *slot = key;
}

static inline remit_label label_of(const remit_csv_loader *loader, remit_csv_cell cell)
{
  cell = remit_csv_trim(cell.text, cell.size);
  return remit_csv_is_missing(loader->options, cell) ? (remit_label){ "", 0 } : cell;
}

static remit_status add_missed(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_seen *seen, const remit_csv_block *block,
                               remit_csv_cells *cells, remit_error *err)
{
  remit_label labels[REMIT_CSV_BLOCK_ROWS];
  uint32_t added[REMIT_CSV_BLOCK_ROWS];
  for (size_t i = 0; i < cells->missed; i++)
    labels[i] = label_of(loader, remit_csv_block_cell(block, cells->misses[i], column->index));
  remit_status status = remit_dictionary_add_all(column->dictionary, labels, cells->missed, added, err);
  for (size_t i = 0; status == REMIT_OK && i < cells->missed; i++) {
    cells->codes[cells->misses[i]] = added[i];
    remember(column, seen, remit_csv_block_cell(block, cells->misses[i], column->index), labels[i], added[i]);
  }
  return status;
}

static remit_status add_unique(const remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_block *block, uint32_t *codes,
                               remit_error *err)
{
  remit_label labels[REMIT_CSV_BLOCK_ROWS];
  for (size_t i = 0; i < block->rows; i++)
    labels[i] = label_of(loader, remit_csv_block_cell(block, i, column->index));
  return remit_dictionary_add_all(column->dictionary, labels, block->rows, codes, err);
}

/* Notes the rows of a unique field's codes, all of which must be new. */
static remit_status note_first_rows(const remit_csv_loader *loader, remit_csv_column *column, const remit_csv_block *block,
                                    const uint32_t *codes, bool *fine, remit_error *err)
{
  size_t row = remit_csv_row_before(loader->csv) + 1;
  uint32_t next = (uint32_t)column->first_count, repeated = 0;
  for (size_t i = 0; i < block->rows; i++) {
    repeated |= codes[i] != 0 && codes[i] != next + 1;
    next += codes[i] != 0;
  }
  column->first_ahead = next;
  *fine = !repeated;
  if (!*fine)
    return REMIT_OK;
  remit_status status = remit_csv_reserve_first_rows(loader, column, block->rows, false, err);
  if (status != REMIT_OK || column->first_row == NULL)
    return status;
  for (size_t i = 0; i < block->rows; i++)
    if (codes[i] != 0)
      column->first_row[codes[i] - 1] = row + i;
  return REMIT_OK;
}

static remit_status add_codes(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_seen **seen, const remit_csv_block *block,
                              remit_csv_cells *cells, remit_error *err)
{
  if (column->field->unique)
    return add_unique(loader, column, block, cells->codes, err);
  if (cells->missed == 0)
    return REMIT_OK;
  remit_status status = add_missed(loader, column, *seen, block, cells, err);
  return status == REMIT_OK ? fit_seen(loader, seen, column->dictionary, err) : status;
}

static bool has_none(const uint32_t *codes, size_t count)
{
  uint32_t none = 0;
  for (size_t i = 0; i < count; i++)
    none |= codes[i] == 0;
  return none != 0;
}

static remit_status keep_codes(const remit_csv_loader *loader, remit_csv_column *column, remit_csv_seen **seen, const remit_csv_block *block,
                               remit_csv_cells *cells, bool *fine, remit_error *err)
{
  remit_status status = add_codes(loader, column, seen, block, cells, err);
  if (status == REMIT_ELIMIT) {
    *fine = false;
    return REMIT_OK;
  }
  *fine = status == REMIT_OK && !(column->field->required && has_none(cells->codes, block->rows));
  if (status == REMIT_OK && *fine && column->field->unique)
    status = note_first_rows(loader, column, block, cells->codes, fine, err);
  return status == REMIT_OK && *fine ? remit_csv_store_codes(loader, column, loader->rows, cells->codes, block->rows, err) : status;
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

static bool read_dates(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_seen *seen, const remit_csv_block *block,
                       int64_t *values)
{
  for (size_t i = 0; i < block->rows; i++) {
    remit_csv_cell cell = remit_csv_block_cell(block, i, column->index);
    seen_text key = key_of(cell), *slot = seen_slot(seen, &key);
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

static bool read_ints(const remit_csv_loader *loader, const remit_csv_column *column, remit_csv_seen *seen, const remit_csv_block *block,
                      remit_csv_cells *cells)
{
  cells->rounded = 0;
  bool dates = column->field->unit == REMIT_MONTH || column->field->unit == REMIT_DAY;
  bool read = dates ? read_dates(loader, column, seen, block, cells->values)
                    : remit_csv_read_figures(loader, column, block, cells->values, &cells->rounded);
  return read && all_within(column->field, cells->values, block->rows);
}

static bool recalls(const remit_csv_field *field)
{
  return field->unit == REMIT_CODE ? !field->unique : field->unit == REMIT_MONTH || field->unit == REMIT_DAY;
}

/* Reads one column. Whether there is nothing to say so far. */
static remit_status read_column(const remit_csv_loader *loader, size_t index, remit_csv_recall *recall, const remit_csv_block *block,
                                remit_csv_cells *cells, bool *fine, remit_error *err)
{
  const remit_csv_column *column = &loader->columns[index];
  remit_status status = recalls(column->field) ? first_seen(&recall->seen[index], block->rows, err) : REMIT_OK;
  if (status != REMIT_OK)
    return status;
  if (column->field->unit != REMIT_CODE)
    *fine = read_ints(loader, column, recall->seen[index], block, cells);
  else if (!column->field->unique)
    find_seen(block, column->index, recall->seen[index], cells);
  return REMIT_OK;
}

static remit_status keep_column(remit_csv_loader *loader, size_t index, remit_csv_recall *recall, const remit_csv_block *block,
                                remit_csv_cells *cells, bool *fine, remit_error *err)
{
  remit_csv_column *column = &loader->columns[index];
  if (column->field->unit == REMIT_CODE)
    return keep_codes(loader, column, &recall->seen[index], block, cells, fine, err);
  return remit_csv_store_ints(loader, column, loader->rows, cells->values, block->rows, err);
}

/* ---- Blocks ---- */

static bool unnamed_are_empty(const remit_csv_loader *loader, const remit_csv_block *block)
{
  for (size_t field = 0; loader->unnamed != 0 && field < block->fields; field++)
    for (size_t i = 0; loader->declared[field] == REMIT_CSV_UNNAMED && i < block->rows; i++) {
      remit_csv_cell cell = remit_csv_block_cell(block, i, field);
      if (remit_csv_trim(cell.text, cell.size).size != 0)
        return false;
    }
  return true;
}

remit_status remit_csv_read_block(const remit_csv_loader *loader, remit_csv_recall *recall, remit_csv_block *block, remit_error *err)
{
  remit_status status = REMIT_OK;
  block->fine = unnamed_are_empty(loader, block);
  for (size_t i = 0; status == REMIT_OK && block->fine && i < loader->count; i++)
    if (remit_csv_is_loaded(&loader->columns[i]))
      status = read_column(loader, i, recall, block, &block->cells[i], &block->fine, err);
  return status;
}

/* Counts the rows as read. */
static remit_status count_block(remit_csv_loader *loader, const remit_csv_block *block, size_t rounded, remit_error *err)
{
  remit_csv_counts *tally = remit_csv_report_tally(loader->report);
  size_t row = remit_csv_row_before(loader->csv) + 1;
  tally->rows += block->rows;
  tally->rounded += rounded;
  remit_csv_count_rows(loader->csv, block->rows);
  for (size_t i = 0; i < loader->count; i++)
    if (remit_csv_is_loaded(&loader->columns[i]))
      remit_csv_column_met(&loader->columns[i]);
  if (loader->failed && !loader->options->salvage)
    return REMIT_OK;
  remit_status status = remit_csv_report_row(loader->report, loader->rows, row, err);
  loader->rows += block->rows;
  return status;
}

/* Makes room for all rows that the file seems to have, if it has not been made. */
static remit_status expect_all(remit_csv_loader *loader, const remit_csv_block *block, remit_error *err)
{
  remit_status status = REMIT_OK;
  if (loader->expected != 0)
    return status;
  loader->expected = remit_csv_estimate(loader->csv, block);
  for (size_t i = 0; status == REMIT_OK && i < loader->count; i++)
    if (remit_csv_is_loaded(&loader->columns[i]) && loader->columns[i].field->unique)
      status = remit_dictionary_expect(loader->columns[i].dictionary, loader->expected, err);
  return status;
}

static remit_status make_room(remit_csv_loader *loader, const remit_csv_block *block, remit_error *err)
{
  remit_status status = expect_all(loader, block, err);
  return status == REMIT_OK ? remit_csv_reserve(loader, block->rows, err) : status;
}

/* `reads`: each column is read into the same cells just before. */
static remit_status keep(remit_csv_loader *loader, remit_csv_recall *recall, const remit_csv_block *block, bool reads, bool *kept, remit_error *err)
{
  size_t rounded = 0;
  bool fine = block->fine && block->rows < REMIT_CODE_MAX - loader->rows;
  remit_status status = fine ? make_room(loader, block, err) : REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && fine && i < loader->count; i++) {
    if (!remit_csv_is_loaded(&loader->columns[i]))
      continue;
    remit_csv_cells *cells = &block->cells[reads ? 0 : i];
    status = reads ? read_column(loader, i, recall, block, cells, &fine, err) : REMIT_OK;
    if (status == REMIT_OK && fine)
      status = keep_column(loader, i, recall, block, cells, &fine, err);
    rounded += loader->columns[i].field->unit != REMIT_CODE && fine ? cells->rounded : 0;
  }
  *kept = fine;
  return status == REMIT_OK && fine ? count_block(loader, block, rounded, err) : status;
}

remit_status remit_csv_keep_block(remit_csv_loader *loader, remit_csv_recall *recall, const remit_csv_block *block, bool *kept, remit_error *err)
{
  return keep(loader, recall, block, false, kept, err);
}

remit_status remit_csv_load_block(remit_csv_loader *loader, remit_csv_recall *recall, remit_csv_block *block, bool *kept, remit_error *err)
{
  block->fine = unnamed_are_empty(loader, block);
  return keep(loader, recall, block, true, kept, err);
}
