/* SPDX-License-Identifier: Apache-2.0
 * csv_internal: what the scanner, the loader and the report share. The loader sees a record whose faulty fields are marked, so that
 * the others are still checked.
 */
#ifndef REMIT_CSV_INTERNAL_H
#define REMIT_CSV_INTERNAL_H

#include "dictionary_internal.h"
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
/* Makes the window as large as said, before the first record is scanned; and the source's size in bytes, or 0 when that is not known. */
remit_status remit_csv_set_window(remit_csv *csv, size_t capacity, remit_error *err);
size_t remit_csv_size(const remit_csv *csv);
size_t remit_csv_bytes_read(const remit_csv *csv);
char remit_csv_delimiter(const remit_csv *csv);
/* The row that was scanned or taken last, and where in the source the next one begins. */
size_t remit_csv_row_before(const remit_csv *csv);
size_t remit_csv_position(const remit_csv *csv);

/* ---- Cells ---- */

/* Cells are without surrounding ASCII spaces, tabs and NBSP. */
typedef remit_label remit_csv_cell;
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

/* ---- Records ahead ---- */

#define REMIT_CSV_BLOCK_ROWS 256

/* What a column's field came to in the records of a block, until it is kept. */
typedef struct remit_csv_cells {
  size_t rounded;                        /* how many values were rounded */
  size_t missed;                         /* how many codes are not known yet; all of a unique field are not, */
  uint16_t misses[REMIT_CSV_BLOCK_ROWS]; /* and which are not of another */
  union {
    uint32_t codes[REMIT_CSV_BLOCK_ROWS];
    int64_t values[REMIT_CSV_BLOCK_ROWS];
  };
} remit_csv_cells;

/* Records that stand one after the other in a text, as they are in the file: each has `fields` fields and one text line, its bytes are
 * UTF-8 without NUL, no quote is doubled or misplaced, and some field has a value. All have the same line end. */
typedef struct remit_csv_block {
  const char *window;
  uint32_t *begins; /* where each field begins, record after record, and then where what follows does */
  size_t fields, rows, capacity;
  size_t next;      /* where what follows begins */
  bool quotes;      /* a field may be quoted */
  bool returns;     /* a line ends with CRLF, not LF */
  bool fine;        /* nothing is to be said about what was read */
  remit_csv_cells *cells; /* by declared field, or of one at a time */
} remit_csv_block;

remit_status remit_csv_block_begin(remit_csv_block *block, size_t fields, size_t columns, remit_error *err);
void remit_csv_block_end(remit_csv_block *block);

/* A text that lies in memory; from `end` on 64 bytes are 0. */
typedef struct remit_csv_span {
  unsigned char *window;
  size_t capacity, start, end;
  size_t base; /* offset in the file of the window's first byte */
} remit_csv_span;

remit_status remit_csv_span_begin(remit_csv_span *text, size_t capacity, remit_error *err);

/* Finds such records from an offset on; none when the first is not one. */
void remit_csv_look(const remit_csv *csv, const remit_csv_span *text, size_t from, remit_csv_block *block);

/* Looks in the scanner's window, reading on when that is used up. The records are still the next to be scanned, until remit_csv_take passes over
 * them. Counting rows that were not scanned is the caller's. */
remit_status remit_csv_look_ahead(remit_csv *csv, remit_csv_block *block, remit_error *err);
void remit_csv_take(remit_csv *csv, const remit_csv_block *block);
void remit_csv_count_rows(remit_csv *csv, size_t rows);

/* Cuts text off the window that is whole records if its quotes are in order: `*text`, whose window the scanner goes on with. It is empty
 * when there is none such. */
remit_status remit_csv_cut(remit_csv *csv, remit_csv_span *text, remit_error *err);
/* Goes on at an offset where a record begins. The source's size is known. */
remit_status remit_csv_go_back(remit_csv *csv, size_t position, remit_error *err);

/* About how many records the whole file has, if they are like these; 0 when that is not known. */
size_t remit_csv_estimate(const remit_csv *csv, const remit_csv_block *block);

/* Bytes between the end of a field and the beginning of the next. */
static inline size_t remit_csv_block_gap(const remit_csv_block *block, size_t field)
{
  return block->returns && field + 1 == block->fields ? 2 : 1;
}

/* A field's text without its quotes, not trimmed. At least 16 bytes from its beginning may be read. */
static inline remit_csv_cell remit_csv_cell_at(const char *window, const uint32_t *at, size_t gap, bool quotes)
{
  const char *text = window + at[0];
  size_t size = at[1] - at[0] - gap;
  if (quotes && size != 0 && text[0] == '"')
    return (remit_csv_cell){ text + 1, size - 2 };
  return (remit_csv_cell){ text, size };
}

static inline remit_csv_cell remit_csv_block_cell(const remit_csv_block *block, size_t row, size_t field)
{
  const uint32_t *at = block->begins + row * block->fields + field;
  return remit_csv_cell_at(block->window, at, remit_csv_block_gap(block, field), block->quotes);
}

/* ---- Encodings ---- */

/* The offset of the first byte that is not right in the encoding, or `size`. */
size_t remit_csv_first_bad(const unsigned char *text, size_t size, remit_encoding encoding);
/* Converts to UTF-8 with a NUL behind it; `into` holds 3 x size + 1 bytes. Returns the length. */
size_t remit_csv_from_1252(const char *text, size_t size, char *into);
/* What is wrong with a byte that is not right. */
void remit_csv_describe_byte(unsigned char byte, remit_encoding encoding, char *message, size_t size);

/* ---- The report ---- */

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

typedef struct remit_csv_seen remit_csv_seen;
typedef struct remit_csv_batch remit_csv_batch;

/* The texts that whoever reads blocks met lately and what they became: by declared field, NULL for unique ones and numbers. */
typedef struct remit_csv_recall {
  remit_csv_seen **seen;
  size_t count;
} remit_csv_recall;

remit_status remit_csv_recall_begin(remit_csv_recall *recall, size_t count, remit_error *err);
void remit_csv_recall_end(remit_csv_recall *recall);

/* A declared field while the rows are read. */
typedef struct remit_csv_column {
  const remit_csv_field *field;
  size_t index; /* position in the file, or REMIT_CSV_NO_FIELD when the heading is not there */
  remit_number_format format;
  remit_dictionary *dictionary;
  void *values;           /* by table row: codes, or integers as in a remit_column */
  size_t width;           /* bytes a value, growing with what is met */
  size_t first_count;     /* codes met so far, for unique fields, */
  size_t first_ahead;     /* and at the end of the block that was read last; */
  size_t last_row;        /* the spreadsheet row that was read by itself and had the last of them; */
  size_t *first_row;      /* and by code - 1, the row that had it first: NULL until that is asked */
  size_t first_capacity;
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
  remit_csv_batch *batch;                     /* NULL: one thread reads */
  size_t width;                               /* fields in the heading */
  uint16_t declared[REMIT_CSV_FIELDS_MAX];    /* by position: index into columns, or one of the above */
  size_t unnamed, totals_index;               /* positions without a heading; the totals field's position */
  size_t rows, capacity;                      /* of values */
  size_t expected;                            /* rows, or 0 */
  size_t patience;                            /* rows to read one by one before looking ahead again, twice over */
  bool faulty, totals;                        /* the current row: a field is unreadable; it is marked as totals */
  bool numeric_missing;                       /* a text that stands for no value looks like a number */
  bool failed;                                /* a problem was met: values are checked, no longer kept unless salvaged */
} remit_csv_loader;

remit_csv_cell remit_csv_text(const char *text);

/* Records a problem of a field of the record; REMIT_CSV_NO_FIELD: of the row. */
remit_status remit_csv_complain(remit_csv_loader *loader, const remit_csv_record *record, size_t index, const char *message, remit_error *err);

/* Records the record's unreadable fields. */
remit_status remit_csv_complain_faults(remit_csv_loader *loader, const remit_csv_record *record, remit_error *err);

/* Finds the declared fields in the heading. False in `*go_on` when the rows are not worth reading. */
remit_status remit_csv_read_heading(remit_csv_loader *loader, const remit_csv_record *record, bool *go_on, remit_error *err);

/* Whether a column of the file becomes one of the table. */
static inline bool remit_csv_is_loaded(const remit_csv_column *column)
{
  return column->field->name != NULL && column->index != REMIT_CSV_NO_FIELD;
}

/* Reads one cell into row `loader->rows` of the column. */
remit_status remit_csv_read_cell(remit_csv_loader *loader, remit_csv_column *column, const remit_csv_record *record, remit_error *err);

/* Reads all rows of a block into its cells, without a look at what was read before. With any problem the block is not `fine`. */
remit_status remit_csv_read_block(const remit_csv_loader *loader, remit_csv_recall *recall, remit_csv_block *block, remit_error *err);

/* Keeps what was read of the next rows. With any problem that comes up now `*kept` is false: then the rows are to be read one by one. */
remit_status remit_csv_keep_block(remit_csv_loader *loader, remit_csv_recall *recall, const remit_csv_block *block, bool *kept, remit_error *err);
/* Both, column by column, for which cells of one column are enough. */
remit_status remit_csv_load_block(remit_csv_loader *loader, remit_csv_recall *recall, remit_csv_block *block, bool *kept, remit_error *err);

/* Takes note that the block that was read last counts. */
void remit_csv_column_met(remit_csv_column *column);

/* A block's numbers: false when one does not read. */
bool remit_csv_read_figures(const remit_csv_loader *loader, const remit_csv_column *column, const remit_csv_block *block, int64_t *values,
                            size_t *rounded);

/* The steps of both. */
bool remit_csv_stands_for_none(const remit_csv_options *options, remit_csv_cell cell);
static inline bool remit_csv_is_missing(const remit_csv_options *options, remit_csv_cell cell)
{
  return cell.size == 0 || (options->missing_count != 0 && remit_csv_stands_for_none(options, cell));
}
bool remit_csv_plain_decimal(remit_csv_cell cell, int decimals, int64_t *out);
/* Makes sure that the first rows of a unique field are known once they must be, and that there is room for `count` more. */
remit_status remit_csv_reserve_first_rows(const remit_csv_loader *loader, remit_csv_column *column, size_t count, bool asked, remit_error *err);

/* ---- Several threads ---- */

/* How many threads are to read a source of so many bytes; and where they work, when there are several. */
size_t remit_csv_threads(const remit_csv_options *options, size_t size);
remit_status remit_csv_batch_begin(remit_csv_loader *loader, size_t threads, remit_error *err);
void remit_csv_batch_end(remit_csv_loader *loader);

/* Reads and keeps rows up to the first one about which there is something to say, or to the last one. */
remit_status remit_csv_load_batch(remit_csv_loader *loader, remit_error *err);

/* ---- Values by row ---- */

/* Room for `count` more rows in every column. REMIT_ELIMIT past the rows that a table may have. */
remit_status remit_csv_reserve(remit_csv_loader *loader, size_t count, remit_error *err);

/* What a row holds of a code column, or of integers in 4 bytes. */
int64_t remit_csv_stored(const remit_csv_column *column, size_t row);

/* Puts values into the rows from `at`, up to which there are values. */
remit_status remit_csv_store_codes(const remit_csv_loader *loader, remit_csv_column *column, size_t at, const uint32_t *codes, size_t count,
                                   remit_error *err);
remit_status remit_csv_store_ints(const remit_csv_loader *loader, remit_csv_column *column, size_t at, const int64_t *values, size_t count,
                                  remit_error *err);

/* The table's column. */
remit_status remit_csv_make_column(const remit_csv_loader *loader, remit_csv_column *column, remit_column **out, remit_error *err);

remit_status remit_csv_column_begin(remit_csv_column *column, const remit_csv_field *field, remit_error *err);
void remit_csv_column_end(remit_csv_column *column);

#endif
