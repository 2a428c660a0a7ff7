/* SPDX-License-Identifier: Apache-2.0
 * csv_internal: what the scanner, the loader and the report share. The loader sees a record whose faulty fields are marked, so that
 * the others are still checked.
 */
#ifndef REMIT_CSV_INTERNAL_H
#define REMIT_CSV_INTERNAL_H

#include "remit/csv.h"

#define REMIT_CSV_NO_FIELD SIZE_MAX

/* Why a field, or with REMIT_CSV_NO_FIELD all that follows, cannot be read. */
typedef struct remit_csv_fault {
  size_t row, line, byte, field;
  char message[192];
} remit_csv_fault;

/* Like remit_csv_next, but gives a record with faulty fields too. REMIT_EPARSE and REMIT_ELIMIT end the reading; see fatal below. */
remit_status remit_csv_scan(remit_csv *csv, const remit_csv_record **record, remit_error *err);
size_t remit_csv_faulty_fields(const remit_csv *csv);
bool remit_csv_fault_of(const remit_csv *csv, size_t field, remit_csv_fault *fault);
const remit_csv_fault *remit_csv_fatal(const remit_csv *csv);
size_t remit_csv_bytes_read(const remit_csv *csv);
char remit_csv_delimiter(const remit_csv *csv);

/* ---- Encodings ---- */

/* The offset of the first byte that is not right in the encoding, or `size`. */
size_t remit_csv_first_bad(const unsigned char *text, size_t size, remit_encoding encoding);
/* Converts to UTF-8 with a NUL behind it; `into` holds 3 x size + 1 bytes. Returns the length. */
size_t remit_csv_from_1252(const char *text, size_t size, char *into);
/* What is wrong with a byte that is not right. */
void remit_csv_describe_byte(unsigned char byte, remit_encoding encoding, char *message, size_t size);

/* ---- The report ---- */

/* Text that is not NUL-terminated; cells are without surrounding ASCII spaces, tabs and NBSP. */
typedef struct remit_csv_cell {
  const char *text;
  size_t size;
} remit_csv_cell;
remit_csv_cell remit_csv_trim_slow(const char *text, size_t size);

static inline remit_csv_cell remit_csv_trim(const char *text, size_t size)
{
  /* fast path: same answer without it */
  if (size != 0) {
    unsigned char first = (unsigned char)text[0], last = (unsigned char)text[size - 1];
    if (first > ' ' && first < 0x80 && last > ' ' && last < 0x80)
      return (remit_csv_cell){ text, size };
  }
  return remit_csv_trim_slow(text, size);
}

remit_status remit_csv_report_new(remit_csv_report **out, remit_error *err);

/* Where something was met. `record` is NULL when no row is meant: then only row, line and byte of `at` count. */
typedef struct remit_csv_where {
  size_t row, line, byte;
  const remit_csv_record *record;
} remit_csv_where;
remit_status remit_csv_report_add(remit_csv_report *report, const remit_csv_where *where, remit_csv_cell field, remit_csv_cell value,
                                  const char *message, remit_error *err);

/* Says that the next table row to be added stands at a spreadsheet row. */
remit_status remit_csv_report_row(remit_csv_report *report, size_t table_row, size_t row, remit_error *err);
remit_csv_counts *remit_csv_report_tally(remit_csv_report *report);

/* ---- The loader ---- */

typedef struct remit_csv_known remit_csv_known;

/* A declared field while the rows are read: `codes` or `values` by table row. */
typedef struct remit_csv_column {
  const remit_csv_field *field;
  size_t index; /* position in the file, or REMIT_CSV_NO_FIELD when the heading is not there */
  remit_number_format format;
  remit_dictionary *dictionary;
  uint32_t *codes;
  int64_t *values;
  remit_csv_known *known; /* labels met lately; NULL for unique fields */
  size_t *first_row;      /* by code - 1, for unique fields: the spreadsheet row that had it first */
  size_t first_count, first_capacity;
} remit_csv_column;

/* What a position of the file is when it is not a declared field's. */
#define REMIT_CSV_UNDECLARED 0xffffu
#define REMIT_CSV_UNNAMED 0xfffeu

typedef struct remit_csv_loader {
  const remit_csv_options *options;
  remit_csv_column *columns;
  size_t count;
  remit_csv *csv;
  remit_csv_report *report;
  size_t width;                               /* fields in the heading */
  uint16_t declared[REMIT_CSV_FIELDS_MAX];    /* by position: index into columns, or one of the above */
  size_t unnamed, totals_index;               /* positions without a heading; the totals field's position */
  size_t rows, capacity;                      /* of codes and values */
  bool faulty, totals;                        /* the current row: a field is unreadable; it is marked as totals */
  bool failed;                                /* a problem was met: values are checked, no longer kept unless salvaged */
} remit_csv_loader;

remit_csv_cell remit_csv_text(const char *text);

/* Records a problem of a field of the record; REMIT_CSV_NO_FIELD: of the row. */
remit_status remit_csv_complain(remit_csv_loader *loader, const remit_csv_record *record, size_t index, const char *message, remit_error *err);

/* Records the record's unreadable fields. */
remit_status remit_csv_complain_faults(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err);

/* Finds the declared fields in the heading. False in `*go_on` when the rows are not worth reading. */
remit_status remit_csv_read_heading(remit_csv_loader *loader, const remit_csv_record *record, bool *go_on, remit_error *err);

/* Reads one cell into row `loader->rows` of the column. */
remit_status remit_csv_read_cell(remit_csv_loader *loader, remit_csv_column *column, const remit_csv_record *record, remit_error *err);
remit_status remit_csv_column_begin(remit_csv_column *column, const remit_csv_field *field, remit_error *err);
void remit_csv_column_end(remit_csv_column *column);

#endif
