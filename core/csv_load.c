/* SPDX-License-Identifier: Apache-2.0
 * csv_load: a file of declared fields to a table, all or nothing. Every row is checked, also after the first problem; values are kept only
 * until then, or to the end when they are to be salvaged.
 */
#include "csv_internal.h"
#include "memory.h"

#include <stdio.h>
#include <string.h>

#define DECIMALS_MOST 12
#define PATIENCE_MOST 64
#define HEADING_SIZE 32 /* of "column 7" */

/* ---- Problems ---- */

static remit_csv_cell heading_of(const remit_csv_loader *loader, size_t index, char buffer[HEADING_SIZE])
{
  if (index == REMIT_CSV_NO_FIELD)
    return remit_csv_text("");
  uint16_t declared = index < loader->width ? loader->declared[index] : REMIT_CSV_UNDECLARED;
  if (declared < REMIT_CSV_UNNAMED)
    return remit_csv_text(loader->columns[declared].field->heading);
  snprintf(buffer, HEADING_SIZE, "column %zu", index + 1);
  return remit_csv_text(buffer);
}

remit_status remit_csv_complain(remit_csv_loader *loader, const remit_csv_record *record, size_t index, const char *message, remit_error *err)
{
  char buffer[HEADING_SIZE];
  bool of_field = index < record->count;
  remit_csv_where where = { record->row, record->line, of_field ? record->bytes[index] : record->byte, record };
  remit_csv_cell value = of_field ? (remit_csv_cell){ record->fields[index], record->sizes[index] } : remit_csv_text("");
  loader->failed = true;
  return remit_csv_report_add(loader->report, &where, heading_of(loader, index, buffer), value, message, err);
}

remit_status remit_csv_complain_faults(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  remit_status status = REMIT_OK;
  size_t left = remit_csv_faulty_fields(loader->csv);
  for (size_t i = 0; status == REMIT_OK && left > 0; i++) {
    remit_csv_fault fault;
    if (!remit_csv_fault_of(loader->csv, i, &fault))
      continue;
    left--;
    char buffer[HEADING_SIZE];
    remit_csv_where where = { fault.row, fault.line, fault.byte, record };
    loader->failed = true;
    status = remit_csv_report_add(loader->report, &where, heading_of(loader, i, buffer),
                                  (remit_csv_cell){ record->fields[i], record->sizes[i] }, fault.message, err);
  }
  return status;
}

static remit_status complain_of_file(remit_csv_loader *loader, const char *message, remit_error *err)
{
  loader->failed = true;
  return remit_csv_report_add(loader->report, &(remit_csv_where){ 1, 1, 0, NULL }, remit_csv_text(""), remit_csv_text(""), message, err);
}

/* The next record, or NULL at the end and after what cannot be read past, which is a problem like others. */
static remit_status next_record(remit_csv_loader *loader, const remit_csv_record **record, remit_error *err)
{
  remit_status status = remit_csv_scan(loader->csv, record, err);
  const remit_csv_fault *fatal = remit_csv_fatal(loader->csv);
  loader->faulty = remit_csv_faulty_fields(loader->csv) != 0;
  if (status != REMIT_EPARSE || fatal == NULL)
    return status;
  *record = NULL;
  loader->failed = true;
  remit_csv_where where = { fatal->row, fatal->line, fatal->byte, NULL };
  return remit_csv_report_add(loader->report, &where, remit_csv_text(""), remit_csv_text(""), fatal->message, err);
}

/* ---- Rows ---- */

static bool is_blank(const remit_csv_loader *loader, const remit_csv_record *record)
{
  if (loader->faulty)
    return false;
  for (size_t i = 0; i < record->count; i++)
    if (remit_csv_trim(record->fields[i], record->sizes[i]).size != 0)
      return false;
  return true;
}

static bool is_total(const remit_csv_loader *loader, const remit_csv_record *record)
{
  if (loader->totals_index == REMIT_CSV_NO_FIELD)
    return false;
  remit_csv_cell cell = remit_csv_trim(record->fields[loader->totals_index], record->sizes[loader->totals_index]);
  const char *label = loader->options->totals_label;
  return strlen(label) == cell.size && memcmp(label, cell.text, cell.size) == 0;
}

static remit_status check_unnamed(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < record->count; i++)
    if (loader->declared[i] == REMIT_CSV_UNNAMED && remit_csv_trim(record->fields[i], record->sizes[i]).size != 0)
      status = remit_csv_complain(loader, record, i, "a value in a column without a heading", err);
  return status;
}

static remit_status complain_of_width(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  char message[96];
  snprintf(message, sizeof message, "%zu %s, the heading has %zu", record->count, record->count == 1 ? "field" : "fields", loader->width);
  return remit_csv_complain(loader, record, REMIT_CSV_NO_FIELD, message, err);
}

static remit_status load_row(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err)
{
  remit_csv_counts *tally = remit_csv_report_tally(loader->report);
  if (is_blank(loader, record)) {
    tally->blank++;
    return REMIT_OK;
  }
  tally->rows++;
  remit_status status = loader->faulty ? remit_csv_complain_faults(loader, record, err) : REMIT_OK;
  if (status == REMIT_OK && record->count != loader->width)
    return complain_of_width(loader, record, err);
  if (status == REMIT_OK && loader->unnamed != 0)
    status = check_unnamed(loader, record, err);
  if (status == REMIT_OK)
    status = remit_csv_reserve(loader, 1, err);
  loader->totals = is_total(loader, record);
  for (size_t i = 0; status == REMIT_OK && i < loader->count; i++)
    if (remit_csv_is_loaded(&loader->columns[i]))
      status = remit_csv_read_cell(loader, &loader->columns[i], record, err);
  if (status != REMIT_OK || (loader->failed && !loader->options->salvage))
    return status;
  return remit_csv_report_row(loader->report, loader->rows++, record->row, err);
}

static remit_status load_heading(remit_csv_loader *loader, bool *go_on, remit_error *err)
{
  remit_csv_counts *tally = remit_csv_report_tally(loader->report);
  const remit_csv_record *record;
  remit_status status;
  *go_on = false;
  while ((status = next_record(loader, &record, err)) == REMIT_OK && record != NULL) {
    if (!is_blank(loader, record))
      return remit_csv_read_heading(loader, record, go_on, err);
    tally->blank++;
  }
  if (status != REMIT_OK || loader->failed)
    return status;
  return complain_of_file(loader, tally->blank == 0 ? "the file is empty: not even a heading" : "no heading: all rows are blank", err);
}

/* ---- Rows in blocks ---- */

/* Takes the rows ahead when there is nothing to say about any of them. Else `*left` is how many are to be read one by one: more each time that
 * none was found, so that a file of unusual rows is not looked at twice. */
static remit_status load_block(remit_csv_loader *loader, remit_csv_recall *recall, remit_csv_block *block, size_t *left, remit_error *err)
{
  bool kept = false;
  remit_status status = remit_csv_look_ahead(loader->csv, block, err);
  loader->patience = block->rows != 0 ? 1 : loader->patience < PATIENCE_MOST ? loader->patience * 2 : PATIENCE_MOST;
  *left = block->rows != 0 ? block->rows : loader->patience / 2;
  if (status != REMIT_OK || block->rows == 0)
    return status;
  status = remit_csv_load_block(loader, recall, block, &kept, err);
  if (status != REMIT_OK || !kept)
    return status;
  remit_csv_take(loader->csv, block);
  *left = 0;
  return REMIT_OK;
}

/* Whether a text that stands for no value could be taken for a plain number. */
static bool has_numeric_missing(const remit_csv_options *options)
{
  int64_t value;
  for (size_t i = 0; i < options->missing_count; i++)
    if (remit_csv_plain_decimal(remit_csv_text(options->missing[i]), DECIMALS_MOST, &value))
      return true;
  return false;
}

/* Each block of rows, or batch of blocks, asks once. */
static remit_status ask_poll(const remit_csv_loader *loader, remit_error *err)
{
  return remit_ask(loader->options->poll, remit_csv_bytes_read(loader->csv), remit_csv_size(loader->csv), err);
}

static remit_status load_one_by_one(remit_csv_loader *loader, size_t count, bool *more, remit_error *err)
{
  const remit_csv_record *record = NULL;
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && *more && count > 0; count--) {
    status = next_record(loader, &record, err);
    *more = status == REMIT_OK && record != NULL;
    if (*more)
      status = load_row(loader, record, err);
  }
  return status;
}

static remit_status load_body(remit_csv_loader *loader, remit_error *err)
{
  remit_csv_block block = { 0 };
  remit_csv_recall recall;
  loader->patience = 1;
  loader->numeric_missing = has_numeric_missing(loader->options);
  remit_status status = remit_csv_recall_begin(&recall, loader->count, err);
  if (status == REMIT_OK)
    status = remit_csv_block_begin(&block, loader->width, 1, err);
  for (bool more = true; status == REMIT_OK && more;) {
    size_t left = 0;
    status = ask_poll(loader, err);
    if (status == REMIT_OK)
      status = remit_csv_load_batch(loader, err);
    if (status == REMIT_OK)
      status = load_block(loader, &recall, &block, &left, err);
    if (status == REMIT_OK)
      status = load_one_by_one(loader, left, &more, err);
  }
  remit_csv_block_end(&block);
  remit_csv_recall_end(&recall);
  return status;
}

static remit_status load_rows(remit_csv_loader *loader, remit_error *err)
{
  bool go_on;
  remit_status status = load_heading(loader, &go_on, err);
  if (status == REMIT_OK && go_on)
    status = load_body(loader, err);
  remit_csv_report_tally(loader->report)->bytes = remit_csv_bytes_read(loader->csv);
  return status;
}

/* ---- The table ---- */

static remit_status make_table(remit_csv_loader *loader, remit_table **out, remit_error *err)
{
  remit_table *table;
  remit_status status = remit_table_new(&table, loader->rows, err);
  if (status != REMIT_OK)
    return status;
  for (size_t i = 0; status == REMIT_OK && i < loader->count; i++) {
    remit_csv_column *source = &loader->columns[i];
    remit_column *column = NULL;
    if (source->field->name == NULL)
      continue;
    if (source->field->unique && source->dictionary != NULL)
      remit_dictionary_trim(source->dictionary);
    status = remit_csv_make_column(loader, source, &column, err);
    if (status == REMIT_OK)
      status = remit_table_add(table, source->field->name, column, err);
    remit_column_free(column);
    remit_csv_column_end(source);
    *source = (remit_csv_column){ .field = source->field, .index = source->index };
  }
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}

/* ---- Loading ---- */

static remit_status check_declared(const remit_csv_options *options, const remit_csv_field *fields, size_t count, remit_error *err)
{
  bool totals = options->totals_field == NULL;
  if (count > REMIT_CSV_FIELDS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %u fields", REMIT_CSV_FIELDS_MAX);
  if ((options->totals_field == NULL) != (options->totals_label == NULL))
    return remit_fail(err, REMIT_EINVAL, "the totals field and its label come together");
  for (size_t i = 0; i < count; i++) {
    totals = totals || strcmp(fields[i].heading, options->totals_field) == 0;
    for (size_t j = 0; j < i; j++) {
      if (strcmp(fields[i].heading, fields[j].heading) == 0)
        return remit_fail(err, REMIT_EINVAL, "heading '%s' is declared twice", fields[i].heading);
      if (fields[i].name != NULL && fields[j].name != NULL && strcmp(fields[i].name, fields[j].name) == 0)
        return remit_fail(err, REMIT_EINVAL, "column '%s' is declared twice", fields[i].name);
    }
    if (fields[i].unique && fields[i].unit != REMIT_CODE)
      return remit_fail(err, REMIT_EINVAL, "'%s' is not text, and only text can be unique", fields[i].heading);
  }
  return totals ? REMIT_OK : remit_fail(err, REMIT_EINVAL, "the totals field '%s' is not declared", options->totals_field);
}

static remit_status begin_columns(remit_csv_loader *loader, const remit_csv_field *fields, size_t count, remit_error *err)
{
  loader->columns = remit_allocate_zero(count, sizeof *loader->columns);
  if (loader->columns == NULL)
    return remit_no_memory(err);
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && loader->count < count; loader->count++)
    status = remit_csv_column_begin(&loader->columns[loader->count], &fields[loader->count], err);
  return status;
}

/* Between threads, when there is enough for them. */
static remit_status share_out(remit_csv_loader *loader, remit_error *err)
{
  size_t threads = remit_csv_threads(loader->options, remit_csv_size(loader->csv));
  return threads < 2 ? REMIT_OK : remit_csv_batch_begin(loader, threads, err);
}

static void end_loader(remit_csv_loader *loader)
{
  for (size_t i = 0; i < loader->count; i++)
    remit_csv_column_end(&loader->columns[i]);
  remit_release(loader->columns);
  remit_csv_batch_end(loader);
  remit_csv_close(loader->csv);
}

static remit_status refuse(const remit_csv_loader *loader, remit_error *err)
{
  size_t count = remit_csv_problems(loader->report) + remit_csv_report_tally(loader->report)->more;
  const char *path = loader->options->path != NULL ? loader->options->path : "the text";
  return remit_fail(err, REMIT_EPARSE, "%zu %s in %s; nothing loaded", count, count == 1 ? "problem" : "problems", path);
}

remit_status remit_csv_load(const remit_csv_options *options, const remit_csv_field *fields, size_t count, remit_table **table,
                            remit_csv_report **report, remit_error *err)
{
  *table = NULL;
  *report = NULL;
  remit_csv_loader loader = { .options = options, .totals_index = REMIT_CSV_NO_FIELD };
  remit_status status = check_declared(options, fields, count, err);
  if (status == REMIT_OK)
    status = begin_columns(&loader, fields, count, err);
  if (status == REMIT_OK)
    status = remit_csv_report_new(&loader.report, err);
  if (status == REMIT_OK)
    status = remit_csv_open(&loader.csv, options, err);
  if (status == REMIT_OK)
    status = share_out(&loader, err);
  if (status == REMIT_OK)
    status = load_rows(&loader, err);
  if (status == REMIT_OK)
    status = loader.failed && !options->salvage ? REMIT_OK : make_table(&loader, table, err);
  if (status == REMIT_OK && loader.failed)
    status = refuse(&loader, err);
  end_loader(&loader);
  if (status == REMIT_OK || (status == REMIT_EPARSE && loader.failed))
    *report = loader.report;
  else
    remit_csv_report_free(loader.report);
  return status;
}
