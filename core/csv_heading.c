/* SPDX-License-Identifier: Apache-2.0
 * csv_heading: the declared fields found in the file's heading, and what is wrong with it, with suggestions.
 */
#include "csv_internal.h"

#include <stdio.h>
#include <string.h>

#define SUGGESTED_MAX ((size_t)200) /* a longer text is not a misspelt heading */

static remit_csv_cell heading_at(const remit_csv_record *record, size_t index)
{
  return remit_csv_trim(record->fields[index], record->sizes[index]);
}

static bool same(remit_csv_cell cell, const char *text)
{
  return strlen(text) == cell.size && memcmp(text, cell.text, cell.size) == 0;
}

/* A problem of the heading row; `field` is the heading in question. */
static remit_status complain(remit_csv_loader *loader, const remit_csv_record *record, size_t index, remit_csv_cell field, const char *message,
                             remit_error *err)
{
  remit_csv_where where = { record->row, record->line, index < record->count ? record->bytes[index] : record->byte, NULL };
  loader->failed = true;
  return remit_csv_report_add(loader->report, &where, field, remit_csv_text(""), message, err);
}

/* ---- Suggestions ---- */

static remit_status add_candidate(remit_dictionary *candidates, remit_csv_cell cell, remit_error *err)
{
  uint32_t code;
  return cell.size <= SUGGESTED_MAX ? remit_dictionary_add(candidates, cell.text, cell.size, &code, err) : REMIT_OK;
}

/* "what", and behind it the candidates that look most like `cell`. */
static void with_hint(const char *what, const remit_dictionary *candidates, remit_csv_cell cell, char message[sizeof((remit_error *)0)->message])
{
  uint32_t codes[2];
  size_t room = sizeof((remit_error *)0)->message;
  size_t found = cell.size <= SUGGESTED_MAX ? remit_dictionary_suggest(candidates, cell.text, cell.size, codes, 2) : 0;
  const char *first = found > 0 ? remit_dictionary_label(candidates, codes[0], NULL) : "";
  if (found > 1)
    snprintf(message, room, "%s. Did you mean '%s' or '%s'?", what, first, remit_dictionary_label(candidates, codes[1], NULL));
  else if (found == 1)
    snprintf(message, room, "%s. Did you mean '%s'?", what, first);
  else
    snprintf(message, room, "%s", what);
}

static remit_status report_missing(remit_csv_loader *loader, const remit_csv_record *record, const remit_dictionary *spare, remit_error *err)
{
  char message[sizeof err->message];
  for (size_t i = 0; i < loader->count; i++) {
    const remit_csv_column *column = &loader->columns[i];
    if (column->index != REMIT_CSV_NO_FIELD || column->field->optional)
      continue;
    remit_csv_cell heading = remit_csv_text(column->field->heading);
    with_hint("heading is missing", spare, heading, message);
    remit_status status = complain(loader, record, REMIT_CSV_NO_FIELD, heading, message, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static remit_status report_undeclared(remit_csv_loader *loader, const remit_csv_record *record, const remit_dictionary *wanted, remit_error *err)
{
  char message[sizeof err->message];
  remit_csv_fault fault;
  for (size_t i = 0; i < record->count; i++) {
    if (loader->declared[i] != REMIT_CSV_UNDECLARED || remit_csv_fault_of(loader->csv, i, &fault))
      continue;
    with_hint("heading is not declared", wanted, heading_at(record, i), message);
    remit_status status = complain(loader, record, i, heading_at(record, i), message, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

/* The declared headings that the file does not have. */
static remit_status wanted_headings(const remit_csv_loader *loader, remit_dictionary **out, remit_error *err)
{
  remit_status status = remit_dictionary_new(out, err);
  for (size_t i = 0; status == REMIT_OK && i < loader->count; i++)
    if (loader->columns[i].index == REMIT_CSV_NO_FIELD)
      status = add_candidate(*out, remit_csv_text(loader->columns[i].field->heading), err);
  return status;
}

static remit_status report_differences(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  remit_dictionary *spare = NULL, *wanted = NULL;
  remit_status status = remit_dictionary_new(&spare, err);
  if (status == REMIT_OK)
    status = wanted_headings(loader, &wanted, err);
  for (size_t i = 0; status == REMIT_OK && i < record->count; i++)
    if (loader->declared[i] == REMIT_CSV_UNDECLARED)
      status = add_candidate(spare, heading_at(record, i), err);
  if (status == REMIT_OK)
    status = report_missing(loader, record, spare, err);
  if (status == REMIT_OK)
    status = report_undeclared(loader, record, wanted, err);
  remit_dictionary_free(spare);
  remit_dictionary_free(wanted);
  return status;
}

/* ---- The heading itself ---- */

static uint16_t declared_as(const remit_csv_loader *loader, remit_csv_cell cell)
{
  if (cell.size == 0)
    return REMIT_CSV_UNNAMED;
  for (size_t i = 0; i < loader->count; i++)
    if (same(cell, loader->columns[i].field->heading))
      return (uint16_t)i;
  return REMIT_CSV_UNDECLARED;
}

/* The earlier position of the same heading, or `index`. */
static size_t earlier(const remit_csv_record *record, size_t index)
{
  remit_csv_cell cell = heading_at(record, index);
  for (size_t i = 0; i < index; i++) {
    remit_csv_cell other = heading_at(record, i);
    if (other.size == cell.size && memcmp(other.text, cell.text, cell.size) == 0)
      return i;
  }
  return index;
}

static void place(remit_csv_loader *loader, size_t declared, size_t index)
{
  const char *totals = loader->options->totals_field;
  loader->columns[declared].index = index;
  if (totals != NULL && strcmp(loader->columns[declared].field->heading, totals) == 0)
    loader->totals_index = index;
}

static remit_status place_heading(remit_csv_loader *loader, const remit_csv_record *record, size_t index, remit_error *err)
{
  remit_csv_cell cell = heading_at(record, index);
  uint16_t declared = declared_as(loader, cell);
  loader->declared[index] = declared;
  if (declared == REMIT_CSV_UNNAMED) {
    loader->unnamed++;
    return REMIT_OK;
  }
  size_t before = earlier(record, index);
  if (before != index) {
    char message[80];
    snprintf(message, sizeof message, "heading occurs twice (columns %zu and %zu)", before + 1, index + 1);
    return complain(loader, record, index, cell, message, err);
  }
  if (declared != REMIT_CSV_UNDECLARED)
    place(loader, declared, index);
  return REMIT_OK;
}

/* A heading in another case is read as the declared one, so that what stands below it is checked, and is a problem. */
static remit_status place_other_case(remit_csv_loader *loader, const remit_csv_record *record, size_t index, const remit_dictionary *wanted,
                                     remit_error *err)
{
  remit_csv_cell cell = heading_at(record, index);
  uint32_t code = cell.size <= SUGGESTED_MAX ? remit_dictionary_match(wanted, cell.text, cell.size) : 0;
  for (size_t i = 0; code != 0 && i < loader->count; i++) {
    const char *heading = loader->columns[i].field->heading;
    if (loader->columns[i].index != REMIT_CSV_NO_FIELD || strcmp(heading, remit_dictionary_label(wanted, code, NULL)) != 0)
      continue;
    char message[sizeof err->message];
    snprintf(message, sizeof message, "heading '%.*s': write '%s'", (int)cell.size, cell.text, heading);
    loader->declared[index] = (uint16_t)i;
    place(loader, i, index);
    return complain(loader, record, index, cell, message, err);
  }
  return REMIT_OK;
}

static remit_status place_other_cases(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  remit_dictionary *wanted = NULL;
  remit_status status = wanted_headings(loader, &wanted, err);
  for (size_t i = 0; status == REMIT_OK && i < record->count; i++)
    if (loader->declared[i] == REMIT_CSV_UNDECLARED)
      status = place_other_case(loader, record, i, wanted, err);
  remit_dictionary_free(wanted);
  return status;
}

/* The character by which a heading of one undeclared field seems to be separated, or 0. */
static char other_delimiter(const remit_csv_loader *loader, const remit_csv_record *record)
{
  static const char usual[] = { ';', '\t', '|', ',' };
  if (loader->count < 2 || record->count != 1 || loader->declared[0] != REMIT_CSV_UNDECLARED)
    return 0;
  for (size_t i = 0; i < sizeof usual; i++)
    if (usual[i] != remit_csv_delimiter(loader->csv) && memchr(record->fields[0], usual[i], record->sizes[0]) != NULL)
      return usual[i];
  return 0;
}

remit_status remit_csv_read_heading(remit_csv_loader *loader, const remit_csv_record *record, bool *go_on, remit_error *err)
{
  *go_on = true;
  loader->width = record->count;
  for (size_t i = 0; i < record->count; i++)
    loader->declared[i] = REMIT_CSV_UNDECLARED;
  remit_status status = remit_csv_complain_faults(loader, record, err);
  for (size_t i = 0; status == REMIT_OK && i < record->count; i++)
    status = place_heading(loader, record, i, err);
  if (status == REMIT_OK)
    status = place_other_cases(loader, record, err);
  if (status != REMIT_OK)
    return status;
  char delimiter = other_delimiter(loader, record);
  if (delimiter == 0)
    return report_differences(loader, record, err);
  *go_on = false;
  char message[96];
  const char *shown = delimiter == '\t' ? "\\t" : (char[2]){ delimiter, '\0' };
  snprintf(message, sizeof message, "heading is not declared. Is the file separated by '%s'? Declare \"delimiter\": \"%s\"", shown, shown);
  return complain(loader, record, 0, heading_at(record, 0), message, err);
}
