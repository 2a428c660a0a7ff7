/* SPDX-License-Identifier: Apache-2.0
 * csv: a scanner that knows where everything stands, and a loader from declared fields to a table.
 *
 *   remit_csv_field fields[] = {
 *     { .heading = "Cost Centre", .name = "cost_centre", .unit = REMIT_CODE, .required = true },
 *     { .heading = "Budget", .name = "budget", .unit = REMIT_PENCE, .format = { .decimals = 2, .currency = true } },
 *   };
 *   remit_csv_options options = { .path = "general_ledger.csv" };
 *   remit_csv_load(&options, fields, 2, &table, &report, &err);
 *
 * RFC 4180, and the mess of real extracts: byte-order marks, CRLF and lone CR, quotes and newlines in quotes, blank rows, Windows-1252 when
 * it is declared. What cannot be read is reported with row, line, byte, field and value, all of it, not only the first.
 * A *row* is a record's number as a spreadsheet shows it: the heading is row 1, blank rows count. The file is read in pieces.
 */
#ifndef REMIT_CSV_H
#define REMIT_CSV_H

#include "remit/table.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_CSV_FIELD_MAX (1u << 20)   /* bytes in a field: more is an unterminated quote */
#define REMIT_CSV_FIELDS_MAX 1024u       /* fields in a row */
#define REMIT_CSV_ROW_MAX (1u << 24)     /* bytes in a row, its line end included */
#define REMIT_CSV_PROBLEMS_MAX 1000u     /* kinds of problem kept apart; further ones are only counted */

typedef enum remit_encoding { REMIT_UTF8, REMIT_WINDOWS_1252 } remit_encoding;

/* Where the bytes come from: a file, or `text` (borrowed while reading) when `path` is NULL. */
typedef struct remit_csv_options {
  const char *path;
  const char *text;
  size_t size;
  char delimiter; /* 0 means ',' */
  remit_encoding encoding;
  const char *const *missing; /* texts that mean "no value", besides the empty one */
  size_t missing_count;
  const char *totals_field; /* heading whose value `totals_label` marks a row of totals: it need not have other values, */
  const char *totals_label; /* and is loaded like the others for the caller to set aside. Both NULL: none */
  bool salvage; /* with problems the table still comes, to look for more of them: what was not read is missing, ragged rows are left out */
  const remit_poll *poll; /* asked while a file is loaded, with the bytes read; NULL: nobody is */
  size_t threads; /* that read long files; 0: one below 4 MiB, else one a core up to 8. The answer is the same for each */
  bool (*allowed)(void *context, int file); /* asked of a file that was opened, before it is read; NULL: any */
  void *allowed_context;
} remit_csv_options;

/* ---- Scanning ---- */

typedef struct remit_csv remit_csv;

/* One record. Fields are unquoted UTF-8, NUL-terminated, borrowed until the next call. */
typedef struct remit_csv_record {
  size_t row;    /* from 1 */
  size_t line;   /* text line that it starts on, from 1 */
  size_t byte;   /* offset of its first byte in the file */
  size_t count;  /* fields; a blank line has 0 */
  const char *const *fields;
  const size_t *sizes;
  const size_t *bytes; /* each field's offset in the file */
} remit_csv_record;

/* REMIT_ENOTFOUND for a file that is not there, REMIT_EIO for what cannot be opened ("is a directory"). */
REMIT_API remit_status remit_csv_open(remit_csv **out, const remit_csv_options *options, remit_error *err);
REMIT_API void remit_csv_close(remit_csv *csv);

/* The next record; `*record` is NULL at the end. REMIT_EPARSE says row, line and byte (`at`) of: a quote that never ends, text after a closing
 * quote, a quote inside an unquoted field, a NUL byte, bytes that are not of the encoding (with a hint when UTF-8 looks like Windows-1252), a
 * field or row past the maxima, a file that is no text (.xlsx, UTF-16). What is wrong with one field costs its record: the scanner resumes at
 * the next one, so that a caller may collect. After a quote that never ends, the maxima and what is no text, the next call gives the end. */
REMIT_API remit_status remit_csv_next(remit_csv *csv, const remit_csv_record **record, remit_error *err);

/* ---- Loading ---- */

/* What one column of the file becomes. */
typedef struct remit_csv_field {
  const char *heading;        /* as in the file; compared after trimming, exactly */
  const char *name;           /* of the table's column; NULL: the column is declared but not loaded */
  remit_unit unit;            /* REMIT_CODE: text, coded in a fresh dictionary in order of appearance */
  remit_number_format format; /* for REMIT_COUNT, REMIT_PENCE, REMIT_MICRO; its decimals are the unit's */
  bool optional;              /* the heading itself may be absent: then a column of missing values */
  bool required;              /* an empty field is a problem */
  bool unique;                /* a repeated text is a problem (REMIT_CODE only) */
  int64_t minimum, maximum;   /* bounds in the unit when `bounded` */
  bool bounded;
} remit_csv_field;

/* One kind of problem, where it was first met, and how many rows are alike. Texts are borrowed from the report. */
typedef struct remit_csv_problem {
  size_t row, line, byte;
  const char *field;   /* heading; "" when it is the row or the file */
  const char *value;   /* as in the file, cut to 80 bytes at a character's edge; NUL and bytes that are not UTF-8 as "\xA3" */
  const char *message; /* what is wrong and, when it is known, a hint after it */
  size_t alike;        /* rows, this one included */
  bool total_row;      /* a field of the row begins with "total" or "grand total" */
} remit_csv_problem;

typedef struct remit_csv_report remit_csv_report;

/* Reads everything. REMIT_OK gives a table only when there is no problem; with problems it is REMIT_EPARSE with `*table` NULL
 * (unless `salvage`) and `*report` filled. `*report` is always given on REMIT_OK and REMIT_EPARSE; the caller frees it. An empty file, a heading
 * that is missing, repeated or not declared, a ragged row are problems; a file with only its heading is a table of no rows. Rows whose fields are
 * all empty are blank. A column without heading or values is passed over. Text is trimmed of spaces, tabs and NBSP. When the file itself cannot be
 * read, there is no report. */
REMIT_API remit_status remit_csv_load(const remit_csv_options *options, const remit_csv_field *fields, size_t count, remit_table **table,
                                      remit_csv_report **report, remit_error *err);

REMIT_API void remit_csv_report_free(remit_csv_report *report);
REMIT_API size_t remit_csv_problems(const remit_csv_report *report);
REMIT_API remit_csv_problem remit_csv_problem_at(const remit_csv_report *report, size_t index);

/* Further figures: data rows read, problems beyond those kept, blank rows passed over, values rounded (fields that allow it), bytes read. */
typedef struct remit_csv_counts {
  size_t rows, more, blank, rounded, bytes;
} remit_csv_counts;
REMIT_API remit_csv_counts remit_csv_report_counts(const remit_csv_report *report);

/* The spreadsheet row of a table's row. */
REMIT_API size_t remit_csv_row(const remit_csv_report *report, size_t table_row);

#ifdef __cplusplus
}
#endif
#endif
