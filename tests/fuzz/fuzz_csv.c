/* SPDX-License-Identifier: Apache-2.0
 * fuzz_csv: scanning and loading any bytes must not crash, leak, or read out of bounds. The first byte chooses encoding and delimiter. With
 * -DREMIT_FUZZ_MAIN it is a program over files instead of a libFuzzer target.
 */
#include "remit/remit.h"

#include <stdlib.h>

static void require(bool fine)
{
  if (!fine)
    abort();
}

static void scan(const remit_csv_options *options)
{
  remit_csv *csv;
  const remit_csv_record *record;
  size_t row = 0, byte = 0;
  if (remit_csv_open(&csv, options, NULL) != REMIT_OK)
    return;
  for (;;) {
    remit_error err;
    remit_status status = remit_csv_next(csv, &record, &err);
    if (status == REMIT_OK && record == NULL)
      break;
    require(status == REMIT_OK || (status == REMIT_EPARSE && record == NULL && err.at <= options->size));
    if (record == NULL)
      continue;
    require(record->row > row && record->byte >= byte && record->byte <= options->size && record->count <= REMIT_CSV_FIELDS_MAX);
    row = record->row;
    byte = record->byte;
    for (size_t i = 0; i < record->count; i++)
      require(record->fields[i][record->sizes[i]] == '\0' && record->bytes[i] <= options->size);
  }
  remit_csv_close(csv);
}

static void load(const remit_csv_options *options)
{
  static const remit_csv_field fields[] = {
    { .heading = "id", .name = "id", .unit = REMIT_CODE, .required = true, .unique = true },
    { .heading = "band", .name = "band", .unit = REMIT_CODE },
    { .heading = "wte", .name = "wte", .unit = REMIT_MICRO, .bounded = true, .maximum = 3000000, .format = { .round = true } },
    { .heading = "cost", .name = "cost", .unit = REMIT_PENCE, .format = { .currency = true } },
    { .heading = "month", .name = "month", .unit = REMIT_MONTH, .optional = true },
    { .heading = "day", .name = "day", .unit = REMIT_DAY, .optional = true },
  };
  remit_table *table;
  remit_csv_report *report;
  remit_error err;
  remit_status status = remit_csv_load(options, fields, sizeof fields / sizeof *fields, &table, &report, &err);
  require(status == REMIT_OK || status == REMIT_EPARSE || status == REMIT_EINVAL);
  require((status == REMIT_OK) == (table != NULL));
  if (status == REMIT_OK)
    require(remit_csv_problems(report) == 0 && remit_table_rows(table) == remit_csv_report_counts(report).rows);
  if (status == REMIT_EPARSE)
    require(remit_csv_problems(report) > 0 && remit_csv_problem_at(report, 0).alike > 0);
  remit_table_free(table);
  remit_csv_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const missing[] = { "n/a", "-" };
  if (size == 0)
    return 0;
  remit_csv_options options = { .text = (const char *)data + 1, .size = size - 1, .missing = missing, .missing_count = 2 };
  options.encoding = (data[0] & 1) != 0 ? REMIT_WINDOWS_1252 : REMIT_UTF8;
  options.delimiter = (data[0] & 2) != 0 ? ';' : ',';
  options.totals_field = (data[0] & 4) != 0 ? "id" : NULL;
  options.totals_label = (data[0] & 4) != 0 ? "Total" : NULL;
  scan(&options);
  load(&options);
  return 0;
}

#ifdef REMIT_FUZZ_MAIN
#include <stdio.h>

int main(int count, char **paths)
{
  static uint8_t data[1 << 20];
  for (int i = 1; i < count; i++) {
    FILE *file = fopen(paths[i], "rb");
    if (file == NULL)
      return 1;
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
  }
  printf("%d inputs\n", count - 1);
  return 0;
}
#endif
