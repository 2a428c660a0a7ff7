/* SPDX-License-Identifier: Apache-2.0
 * csv_value: one cell to one value of its column, checked.
 */
#include "csv_internal.h"
#include "memory.h"
#include "remit/calendar.h"

#include <stdio.h>
#include <string.h>

#define FIRST_ROWS ((size_t)64)

/* ---- Cells ---- */

remit_csv_cell remit_csv_text(const char *text)
{
  return (remit_csv_cell){ text, strlen(text) };
}

/* Bytes of the space at the beginning, or the end, of a text. */
static size_t space_at(const char *text, size_t size, bool end)
{
  if (size == 0)
    return 0;
  char edge = end ? text[size - 1] : text[0];
  if (edge == ' ' || edge == '\t')
    return 1;
  return size >= 2 && memcmp(end ? text + size - 2 : text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

remit_csv_cell remit_csv_trim_slow(const char *text, size_t size)
{
  size_t space;
  while ((space = space_at(text, size, false)) != 0) {
    text += space;
    size -= space;
  }
  while ((space = space_at(text, size, true)) != 0)
    size -= space;
  return (remit_csv_cell){ text, size };
}

bool remit_csv_stands_for_none(const remit_csv_options *options, remit_csv_cell cell)
{
  for (size_t i = 0; i < options->missing_count; i++) {
    const char *text = options->missing[i];
    if (text[0] == cell.text[0] && strncmp(text, cell.text, cell.size) == 0 && text[cell.size] == '\0')
      return true;
  }
  return false;
}

/* ---- Columns ---- */

remit_status remit_csv_column_begin(remit_csv_column *column, const remit_csv_field *field, remit_error *err)
{
  *column = (remit_csv_column){ .field = field, .index = REMIT_CSV_NO_FIELD, .format = field->format };
  column->format.decimals = remit_unit_decimals(field->unit);
  column->width = field->unit == REMIT_CODE ? sizeof(uint8_t) : sizeof(int32_t);
  if (field->unit != REMIT_CODE || field->name == NULL)
    return REMIT_OK;
  return remit_dictionary_new(&column->dictionary, err);
}

void remit_csv_column_end(remit_csv_column *column)
{
  remit_dictionary_free(column->dictionary);
  remit_release(column->values);
  remit_release(column->first_row);
}

/* ---- Codes ---- */

void remit_csv_column_met(remit_csv_column *column)
{
  if (column->field->unique)
    column->first_count = column->first_ahead;
}

/* From the rows that were kept, and the one whose other fields may have kept it out. */
static remit_status know_first_rows(const remit_csv_loader *loader, remit_csv_column *column, remit_error *err)
{
  size_t capacity = column->first_count < FIRST_ROWS ? FIRST_ROWS : column->first_count;
  size_t *rows = remit_allocate_zero(capacity, sizeof *rows);
  if (rows == NULL)
    return remit_no_memory(err);
  for (size_t row = 0; row < loader->rows; row++) {
    size_t code = (size_t)remit_csv_stored(column, row);
    if (code != 0 && rows[code - 1] == 0)
      rows[code - 1] = remit_csv_row(loader->report, row);
  }
  if (column->first_count != 0 && rows[column->first_count - 1] == 0)
    rows[column->first_count - 1] = column->last_row;
  column->first_row = rows;
  column->first_capacity = capacity;
  return REMIT_OK;
}

remit_status remit_csv_reserve_first_rows(const remit_csv_loader *loader, remit_csv_column *column, size_t count, bool asked, remit_error *err)
{
  bool forgotten = loader->failed && !loader->options->salvage;
  if (column->first_row == NULL && !asked && !forgotten)
    return REMIT_OK;
  remit_status status = column->first_row == NULL ? know_first_rows(loader, column, err) : REMIT_OK;
  if (status != REMIT_OK)
    return status;
  if (count <= column->first_capacity - column->first_count)
    return REMIT_OK;
  size_t wanted = column->first_count + count, capacity = column->first_capacity * 2;
  capacity = capacity < wanted ? wanted : capacity;
  size_t *rows = remit_reallocate(column->first_row, capacity, sizeof *rows);
  if (rows == NULL)
    return remit_no_memory(err);
  column->first_row = rows;
  column->first_capacity = capacity;
  return REMIT_OK;
}

/* The row that had this code of a unique field before, or 0 and it is remembered. */
static remit_status first_row(const remit_csv_loader *loader, remit_csv_column *column, uint32_t code, size_t row, size_t *before,
                              remit_error *err)
{
  bool met = code <= column->first_count;
  *before = 0;
  remit_status status = remit_csv_reserve_first_rows(loader, column, 1, met, err);
  if (status != REMIT_OK)
    return status;
  if (met) {
    *before = column->first_row[code - 1];
    return REMIT_OK;
  }
  if (column->first_row != NULL)
    column->first_row[column->first_count] = row;
  column->first_count++;
  column->last_row = row;
  return REMIT_OK;
}

static remit_status read_code(remit_csv_loader *loader, remit_csv_column *column, const remit_csv_record *record, remit_csv_cell cell,
                              remit_error *err)
{
  uint32_t code = 0;
  remit_error why;
  remit_status status = remit_dictionary_add(column->dictionary, cell.text, cell.size, &code, &why);
  if (status == REMIT_ENOMEM)
    return remit_no_memory(err);
  if (status != REMIT_OK)
    return remit_csv_complain(loader, record, column->index, why.message, err);
  status = remit_csv_store_codes(loader, column, loader->rows, &code, 1, err);
  if (status != REMIT_OK || !column->field->unique)
    return status;
  size_t before;
  status = first_row(loader, column, code, record->row, &before, err);
  if (status != REMIT_OK || before == 0 || loader->totals)
    return status;
  char message[48];
  snprintf(message, sizeof message, "duplicate of row %zu", before);
  return remit_csv_complain(loader, record, column->index, message, err);
}

/* ---- Figures ---- */

static remit_status parse(remit_csv_loader *loader, const remit_csv_column *column, remit_csv_cell cell, int64_t *value, remit_error *why)
{
  bool rounded = false;
  if (column->field->unit == REMIT_MONTH)
    return remit_month_parse(cell.text, cell.size, value, why);
  if (column->field->unit == REMIT_DAY)
    return remit_day_parse(cell.text, cell.size, value, why);
  /* fast path: same answer without it */
  if ((column->format.decimal_char == 0 || column->format.decimal_char == '.') && remit_csv_plain_decimal(cell, column->format.decimals, value))
    return REMIT_OK;
  remit_status status = remit_number_parse(cell.text, cell.size, &column->format, value, &rounded, why);
  remit_csv_report_tally(loader->report)->rounded += status == REMIT_OK && rounded;
  return status;
}

/* A bound as people write it: "0.5" and not "0.500000". */
static void print_bound(int64_t bound, remit_unit unit, char text[REMIT_NUMBER_SIZE])
{
  int decimals = remit_unit_decimals(unit);
  if (unit == REMIT_MONTH) {
    remit_month_print(bound, text);
  } else if (unit == REMIT_DAY) {
    remit_day_print(bound, text);
  } else {
    size_t size = remit_number_print(bound, decimals, false, text);
    while (decimals > 0 && size > 0 && text[size - 1] == '0')
      text[--size] = '\0';
    if (decimals > 0 && size > 0 && text[size - 1] == '.')
      text[--size] = '\0';
  }
}

static remit_status check_bounds(remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_record *record, int64_t value,
                                 remit_error *err)
{
  const remit_csv_field *field = column->field;
  if (!field->bounded || loader->totals || (value >= field->minimum && value <= field->maximum))
    return REMIT_OK;
  bool below = value < field->minimum;
  char bound[REMIT_NUMBER_SIZE], message[REMIT_NUMBER_SIZE + 24];
  print_bound(below ? field->minimum : field->maximum, field->unit, bound);
  snprintf(message, sizeof message, "%s %s", below ? "below the minimum" : "above the maximum", bound);
  return remit_csv_complain(loader, record, column->index, message, err);
}

static remit_status read_figure(remit_csv_loader *loader, remit_csv_column *column, const remit_csv_record *record, remit_csv_cell cell,
                                remit_error *err)
{
  int64_t value = REMIT_MISSING;
  remit_error why;
  remit_status status = parse(loader, column, cell, &value, &why);
  if (status != REMIT_OK)
    return remit_csv_complain(loader, record, column->index, why.message, err);
  status = remit_csv_store_ints(loader, column, loader->rows, &value, 1, err);
  return status == REMIT_OK ? check_bounds(loader, column, record, value, err) : status;
}

static remit_status store_missing(const remit_csv_loader *loader, remit_csv_column *column, remit_error *err)
{
  if (column->field->unit == REMIT_CODE)
    return remit_csv_store_codes(loader, column, loader->rows, &(uint32_t){ 0 }, 1, err);
  return remit_csv_store_ints(loader, column, loader->rows, &(int64_t){ REMIT_MISSING }, 1, err);
}

remit_status remit_csv_read_cell(remit_csv_loader *loader, remit_csv_column *column, const remit_csv_record *record, remit_error *err)
{
  const remit_csv_field *field = column->field;
  remit_csv_fault fault;
  remit_csv_cell cell = remit_csv_trim(record->fields[column->index], record->sizes[column->index]);
  remit_status status = store_missing(loader, column, err);
  if (status != REMIT_OK)
    return status;
  if (loader->faulty && remit_csv_fault_of(loader->csv, column->index, &fault))
    return REMIT_OK;
  if (!remit_csv_is_missing(loader->options, cell))
    return field->unit == REMIT_CODE ? read_code(loader, column, record, cell, err) : read_figure(loader, column, record, cell, err);
  if (!field->required || loader->totals)
    return REMIT_OK;
  return remit_csv_complain(loader, record, column->index,
                            cell.size == 0 ? "is empty, and a value is required" : "stands for no value, and a value is required", err);
}
