/* SPDX-License-Identifier: Apache-2.0
 * csv_report: the problems of one loading, alike ones together, and where each table row stands in the file.
 */
#include "csv_internal.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define VALUE_MAX ((size_t)80)
#define SLOTS ((size_t)2048) /* a power of two above REMIT_CSV_PROBLEMS_MAX */

/* From this table row on, spreadsheet row = table row + shift. */
typedef struct row_shift {
  size_t table_row, shift;
} row_shift;

struct remit_csv_report {
  remit_csv_problem *problems; /* the three texts of each are one block, at `field` */
  size_t count, capacity;
  uint16_t slots[SLOTS]; /* problem + 1 by hash of its texts */
  row_shift *shifts;
  size_t shift_count, shift_capacity;
  remit_csv_counts tally;
};

remit_status remit_csv_report_new(remit_csv_report **out, remit_error *err)
{
  *out = remit_allocate_zero(1, sizeof **out);
  return *out != NULL ? REMIT_OK : remit_no_memory(err);
}

void remit_csv_report_free(remit_csv_report *report)
{
  if (report == NULL)
    return;
  for (size_t i = 0; i < report->count; i++)
    remit_release((void *)(uintptr_t)report->problems[i].field);
  remit_release(report->problems);
  remit_release(report->shifts);
  remit_release(report);
}

size_t remit_csv_problems(const remit_csv_report *report)
{
  return report->count;
}

remit_csv_problem remit_csv_problem_at(const remit_csv_report *report, size_t index)
{
  return index < report->count ? report->problems[index] : (remit_csv_problem){ .field = "", .value = "", .message = "" };
}

remit_csv_counts remit_csv_report_counts(const remit_csv_report *report)
{
  return report->tally;
}

remit_csv_counts *remit_csv_report_tally(remit_csv_report *report)
{
  return &report->tally;
}

/* ---- Rows ---- */

/* Doubles an array; `*items` stays valid on REMIT_ENOMEM. */
static remit_status grow(void **items, size_t *capacity, size_t size, remit_error *err)
{
  size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
  void *larger = remit_reallocate(*items, wanted, size);
  if (larger == NULL)
    return remit_no_memory(err);
  *items = larger;
  *capacity = wanted;
  return REMIT_OK;
}

remit_status remit_csv_report_row(remit_csv_report *report, size_t table_row, size_t row, remit_error *err)
{
  size_t shift = row - table_row;
  if (report->shift_count != 0 && report->shifts[report->shift_count - 1].shift == shift)
    return REMIT_OK;
  if (report->shift_count == report->shift_capacity) {
    void *shifts = report->shifts;
    remit_status status = grow(&shifts, &report->shift_capacity, sizeof *report->shifts, err);
    report->shifts = shifts;
    if (status != REMIT_OK)
      return status;
  }
  report->shifts[report->shift_count++] = (row_shift){ table_row, shift };
  return REMIT_OK;
}

size_t remit_csv_row(const remit_csv_report *report, size_t table_row)
{
  size_t low = 0, high = report->shift_count;
  while (low + 1 < high) {
    size_t middle = low + (high - low) / 2;
    if (report->shifts[middle].table_row <= table_row)
      low = middle;
    else
      high = middle;
  }
  return report->shift_count == 0 ? 0 : table_row + report->shifts[low].shift;
}

/* ---- Problems ---- */

/* Copies at most VALUE_MAX bytes, a character at a time; what is not UTF-8, and NUL, becomes "\xA3". Returns the length without the NUL. */
static size_t copy_shown(char *to, remit_csv_cell from)
{
  size_t length = 0;
  for (size_t at = 0; at < from.size;) {
    utf8proc_int32_t character;
    char shown[8];
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)from.text + at, (utf8proc_ssize_t)(from.size - at), &character);
    size_t step = used > 0 ? (size_t)used : 1, size = step;
    if (used <= 0 || character == 0)
      size = (size_t)snprintf(shown, sizeof shown, "\\x%02X", (unsigned char)from.text[at]);
    else
      memcpy(shown, from.text + at, step);
    if (length + size > VALUE_MAX)
      break;
    memcpy(to + length, shown, size);
    length += size;
    at += step;
  }
  to[length] = '\0';
  return length;
}

static bool begins_like(remit_csv_cell cell, const char *word)
{
  size_t size = strlen(word);
  for (size_t i = 0; i < size; i++)
    if (i >= cell.size || (cell.text[i] >= 'A' && cell.text[i] <= 'Z' ? cell.text[i] + ('a' - 'A') : cell.text[i]) != word[i])
      return false;
  return true;
}

static bool looks_like_total(const remit_csv_record *record)
{
  for (size_t i = 0; record != NULL && i < record->count; i++) {
    remit_csv_cell cell = remit_csv_trim(record->fields[i], record->sizes[i]);
    if (begins_like(cell, "total") || begins_like(cell, "grand total"))
      return true;
  }
  return false;
}

/* The slot of a problem with these texts (`size` bytes, their NULs included), or the empty one where it goes. */
static uint16_t *find_slot(remit_csv_report *report, const char *texts, size_t size)
{
  size_t at = (size_t)remit_hash_bytes(texts, size) & (SLOTS - 1);
  for (; report->slots[at] != 0; at = (at + 1) & (SLOTS - 1)) {
    const remit_csv_problem *problem = &report->problems[report->slots[at] - 1];
    size_t known = (size_t)(problem->message + strlen(problem->message) + 1 - problem->field);
    if (known == size && memcmp(problem->field, texts, size) == 0)
      break;
  }
  return &report->slots[at];
}

static remit_status add_problem(remit_csv_report *report, const remit_csv_where *where, const char *texts, size_t size, uint16_t *slot,
                                remit_error *err)
{
  if (report->count == report->capacity) {
    void *problems = report->problems;
    remit_status status = grow(&problems, &report->capacity, sizeof *report->problems, err);
    report->problems = problems;
    if (status != REMIT_OK)
      return status;
  }
  char *copy = remit_allocate(size, 1);
  if (copy == NULL)
    return remit_no_memory(err);
  memcpy(copy, texts, size);
  const char *value = copy + strlen(copy) + 1;
  report->problems[report->count++] = (remit_csv_problem){
    .row = where->row,
    .line = where->line,
    .byte = where->byte,
    .field = copy,
    .value = value,
    .message = value + strlen(value) + 1,
    .alike = 1,
    .total_row = looks_like_total(where->record),
  };
  *slot = (uint16_t)report->count;
  return REMIT_OK;
}

remit_status remit_csv_report_add(remit_csv_report *report, const remit_csv_where *where, remit_csv_cell field, remit_csv_cell value,
                                  const char *message, remit_error *err)
{
  char texts[2 * (VALUE_MAX + 1) + sizeof err->message];
  size_t size = copy_shown(texts, field) + 1;
  size += copy_shown(texts + size, value) + 1;
  size_t length = strlen(message);
  length = length < sizeof err->message ? length : sizeof err->message - 1;
  memcpy(texts + size, message, length);
  texts[size + length] = '\0';
  size += length + 1;
  uint16_t *slot = find_slot(report, texts, size);
  if (*slot != 0) {
    report->problems[*slot - 1].alike++;
    return REMIT_OK;
  }
  if (report->count == REMIT_CSV_PROBLEMS_MAX) {
    report->tally.more++;
    return REMIT_OK;
  }
  return add_problem(report, where, texts, size, slot, err);
}
