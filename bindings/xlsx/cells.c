/* SPDX-License-Identifier: Apache-2.0
 * cells: a sheet as CSV, each cell as the text that a person sees in it.
 */
#include <string.h>

#include "book.h"
#include "xml.h"

typedef struct cells_reader {
  book *book;
  trouble *found;
  buffer *out;
  buffer value;     /* of the cell at hand */
  buffer row_text;  /* fields of the row at hand, up to the last that is filled */
  size_t row, column, filled, width; /* at hand, from 1; the last filled column; the heading's */
  size_t lines;     /* records written */
  char type[12];
  size_t style;
  bool in_cell, collects, has_value, has_formula;
  size_t phonetic;
} cells_reader;

/* ---- A cell's text ---- */

/* "_x000D_" stands for a carriage return, as controls do that XML cannot hold. */
static size_t escape_at(const char *text, size_t size, unsigned *code)
{
  *code = 0;
  if (size < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return 0;
  for (int i = 2; i < 6; i++) {
    const char *digits = "0123456789abcdef", *at = strchr(digits, text[i] >= 'A' && text[i] <= 'F' ? text[i] + 32 : text[i]);
    if (text[i] == '\0' || at == NULL)
      return 0;
    *code = *code * 16 + (unsigned)(at - digits);
  }
  return *code > 0 && *code < 128 ? 7 : 0;
}

/* A field: in quotes where it must be. */
static void add_field(buffer *out, const char *text, size_t size)
{
  bool quoted = size > 0 && (memchr(text, ',', size) != NULL || memchr(text, '"', size) != NULL || memchr(text, '\n', size) != NULL ||
                             memchr(text, '\r', size) != NULL || memchr(text, '_', size) != NULL);
  if (!quoted) {
    buffer_add(out, text, size);
    return;
  }
  buffer_byte(out, '"');
  for (size_t i = 0; i < size; i++) {
    unsigned code;
    size_t skipped = escape_at(text + i, size - i, &code);
    char byte = skipped > 0 ? (char)code : text[i];
    if (byte == '"')
      buffer_byte(out, '"');
    buffer_byte(out, byte);
    i += skipped > 0 ? skipped - 1 : 0;
  }
  buffer_byte(out, '"');
}

static void add_shared(xml *walk, cells_reader *self)
{
  const book *of = self->book;
  size_t index = 0;
  for (size_t i = 0; i < self->value.size && index < of->text_count; i++) {
    unsigned digit = (unsigned char)self->value.bytes[i] - (unsigned)'0';
    index = digit < 10 ? index * 10 + digit : of->text_count;
  }
  if (index >= of->text_count) {
    xml_stop(walk, REMIT_EPARSE, "sheet has a text at row %zu, column %zu that the workbook does not hold", self->row, self->column);
    return;
  }
  size_t from = of->text_starts[index], to = index + 1 < of->text_count ? of->text_starts[index + 1] : of->texts.size;
  if (to > from)
    add_field(&self->row_text, of->texts.bytes + from, to - from);
}

/* An ISO day: "2025-06-03T00:00:00" without a time that is none. */
static void add_iso(cells_reader *self)
{
  size_t size = self->value.size;
  const char *bytes = self->value.bytes;
  bool midnight = size >= 19 && memcmp(bytes + 10, "T00:00:00", 9) == 0;
  add_field(&self->row_text, bytes, midnight ? 10 : size);
}

static void add_value(xml *walk, cells_reader *self)
{
  buffer *value = &self->value, *out = &self->row_text;
  buffer_byte(value, '\0');
  if (value->full)
    return;
  value->size--;
  if (strcmp(self->type, "s") == 0)
    add_shared(walk, self);
  else if (strcmp(self->type, "b") == 0)
    buffer_text(out, strcmp(value->bytes, "1") == 0 ? "true" : "false");
  else if (strcmp(self->type, "d") == 0)
    add_iso(self);
  else if (self->type[0] == '\0' || strcmp(self->type, "n") == 0)
    style_text(book_style(self->book, self->style), value->bytes, self->book->from_1904, out);
  else
    add_field(out, value->bytes, value->size);
  if (strcmp(self->type, "e") == 0)
    trouble_add(self->found, self->row, self->column, "holds an error of the spreadsheet's, not a value: mend its formula");
}

/* ---- Rows ---- */

static void end_cell(xml *walk, cells_reader *self)
{
  self->in_cell = false;
  if (!self->has_value && self->has_formula)
    trouble_add(self->found, self->row, self->column, "is a formula without a stored result: open the workbook in a spreadsheet program and save it");
  if (!self->has_value || self->value.size == 0)
    return;
  if (self->column > BOOK_COLUMNS_MAX) {
    xml_stop(walk, REMIT_ELIMIT, "a row has more than %d columns", BOOK_COLUMNS_MAX);
    return;
  }
  for (size_t i = self->filled > 0 ? self->filled : 1; i < self->column; i++)
    buffer_byte(&self->row_text, ',');
  self->filled = self->column;
  add_value(walk, self);
}

static void end_row(cells_reader *self)
{
  if (self->filled == 0)
    return;
  for (; self->lines + 1 < self->row; self->lines++)
    buffer_byte(self->out, '\n');
  self->width = self->width == 0 ? self->filled : self->width;
  buffer_add(self->out, self->row_text.bytes, self->row_text.size);
  for (size_t i = self->filled; i < self->width; i++)
    buffer_byte(self->out, ',');
  buffer_byte(self->out, '\n');
  self->lines = self->row;
}

static void start_row(xml *walk, cells_reader *self, const char **attributes)
{
  size_t row = xml_count(attributes, "r", BOOK_ROWS_MAX, self->row + 1);
  if (row <= self->row || row > BOOK_ROWS_MAX)
    xml_stop(walk, REMIT_EPARSE, "its row %zu stands after row %zu", row, self->row);
  self->row = row;
  self->column = self->filled = self->row_text.size = 0;
}

static void start_cell(xml *walk, cells_reader *self, const char **attributes)
{
  const char *at = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t");
  place from = { self->row, self->column + 1 }, to = from;
  if (at != NULL && (!place_read(at, &from, &to) || from.row != self->row || from.column <= self->column)) {
    xml_stop(walk, REMIT_EPARSE, "its cell '%.20s' stands where it cannot, in row %zu", at, self->row);
    return;
  }
  self->column = from.column;
  self->style = xml_count(attributes, "s", 1000000, 0);
  strncpy(self->type, type != NULL ? type : "", sizeof self->type - 1);
  self->value.size = self->phonetic = 0;
  self->has_value = self->has_formula = self->collects = false;
  self->in_cell = true;
}

static void check_merged(cells_reader *self, const char **attributes)
{
  const char *range = xml_attribute(attributes, "ref");
  place from, to;
  if (range != NULL && place_read(range, &from, &to))
    trouble_add(self->found, from.row, from.column, "begins merged cells: a table has one value a cell. Take them apart (Unmerge Cells)");
}

static void on_start(xml *walk, void *reader, const char *name, const char **attributes)
{
  cells_reader *self = reader;
  if (!self->in_cell) {
    if (strcmp(name, "row") == 0)
      start_row(walk, self, attributes);
    else if (strcmp(name, "c") == 0)
      start_cell(walk, self, attributes);
    else if (strcmp(name, "mergeCell") == 0)
      check_merged(self, attributes);
    return;
  }
  self->phonetic += strcmp(name, "rPh") == 0;
  self->has_formula = self->has_formula || strcmp(name, "f") == 0;
  self->collects = strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && self->phonetic == 0);
  self->has_value = self->has_value || self->collects;
}

static void on_end(xml *walk, void *reader, const char *name)
{
  cells_reader *self = reader;
  self->phonetic -= self->phonetic > 0 && strcmp(name, "rPh") == 0;
  self->collects = false;
  if (self->in_cell && strcmp(name, "c") == 0)
    end_cell(walk, self);
  else if (!self->in_cell && strcmp(name, "row") == 0)
    end_row(self);
  if (self->out->full || self->value.full || self->row_text.full)
    xml_stop(walk, REMIT_ELIMIT, "a sheet holds more than %zu bytes of text", BOOK_TEXT_MAX);
}

static void on_text(xml *walk, void *reader, const char *text, size_t size)
{
  cells_reader *self = reader;
  (void)walk;
  if (self->collects)
    buffer_add(&self->value, text, size);
}

remit_status book_csv(book *self, size_t index, buffer *out, trouble *found, remit_error *err)
{
  static const xml_handlers handlers = { on_start, on_end, on_text };
  buffer bytes = { 0 };
  cells_reader reader = { .book = self, .found = found, .out = out, .row_text.most = BOOK_TEXT_MAX, .value.most = BOOK_TEXT_MAX };
  out->most = BOOK_TEXT_MAX;
  out->size = found->count = 0;
  remit_status status = parts_read(&self->parts, self->sheets[index].part, &bytes, err);
  if (status == REMIT_OK)
    status = xml_walk(self->sheets[index].part, &bytes, &handlers, &reader, err);
  buffer_release(&bytes);
  buffer_release(&reader.value);
  buffer_release(&reader.row_text);
  return status;
}
