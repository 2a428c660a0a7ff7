/* SPDX-License-Identifier: Apache-2.0
 * book: a workbook (.xlsx) opened in memory: its sheets, texts and styles, each sheet as CSV, and figures filled into cells of it.
 *
 *   book_open(&self, bytes, size, &err);          the bytes are borrowed until release
 *   book_csv(&self, 0, &text, &trouble, &err);
 *
 * Hostile files are bounded: by parts and xml, and here by the sheets, the columns of a row and the bytes of the text.
 */
#ifndef REMIT_XLSX_BOOK_H
#define REMIT_XLSX_BOOK_H

#include "parts.h"
#include "style.h"

#define BOOK_SHEETS_MAX 256
#define BOOK_ROWS_MAX 1048576
#define BOOK_COLUMNS_MAX 1024    /* read of a sheet */
#define BOOK_PLACE_MAX 16384     /* the last column that a cell may stand in, XFD */
#define BOOK_TEXT_MAX ((size_t)64 << 20) /* a sheet's CSV */
#define BOOK_TROUBLE_MAX 20              /* kept of a sheet */

typedef struct sheet {
  char *name, *part;
  bool hidden;
} sheet;

typedef struct book {
  parts parts;
  char *path; /* of the part that lists the sheets */
  sheet *sheets;
  size_t sheet_count;
  bool from_1904;
  style *styles;
  size_t style_count;
  buffer texts; /* the shared strings, one after the other; text i ends where text i + 1 begins */
  size_t *text_starts;
  size_t text_count;
} book;

remit_status book_open(book *self, const char *bytes, size_t size, remit_error *err);
void book_release(book *self);
const style *book_style(const book *self, size_t index);

/* What is wrong with cells before anyone asks what they mean. Rows and columns count from 1. */
typedef struct trouble {
  size_t count; /* those past BOOK_TROUBLE_MAX are counted only */
  struct {
    size_t row, column;
    const char *message;
  } list[BOOK_TROUBLE_MAX];
} trouble;

void trouble_add(trouble *self, size_t row, size_t column, const char *message);

/* The sheet as CSV, a record a row of the sheet from the first on, so that record and row have the same number. Formulas are their stored results. */
remit_status book_csv(book *self, size_t index, buffer *out, trouble *found, remit_error *err);

/* ---- Cells ---- */

/* "C7" and "A1:C7"; false for what is none. `to` is `from` for a single cell. */
typedef struct place {
  size_t row, column;
} place;
bool place_read(const char *text, place *from, place *to);

/* ---- Filling ---- */

typedef struct fill {
  size_t sheet, row, column;
  const char *text;    /* a decimal number */
  const char *trouble; /* NULL, or why it cannot be filled */
} fill;

/* The workbook with figures in cells, all else as it was but for the stored results of formulas, which are taken out: whoever opens it calculates
 * them. `fills` are in the order of sheet, row and column, none twice. REMIT_EINVAL when one of them has trouble: then there are no bytes.
 * `formulas` counts those that lost their result. */
remit_status book_fill(book *self, fill *fills, size_t count, buffer *out, size_t *formulas, remit_error *err);

#endif
