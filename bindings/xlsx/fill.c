/* SPDX-License-Identifier: Apache-2.0
 * fill: figures into cells of a workbook that somebody else made. The XML of a sheet is never written anew: pieces of it are cut out and put in where the
 * parser says that they stand, so that whatever this file does not know stays as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "xml.h"

#define ARRAYS_MAX 256
#define COLUMNS_MAX 64
#define PREFIX_MAX 32

typedef struct range {
  place from, to;
} range;

typedef struct patch {
  book *book;
  fill *fills;       /* of this sheet, in order */
  size_t count, next; /* the first that has no place yet */
  const buffer *in;
  buffer out;
  size_t copied;     /* bytes of `in` that are dealt with */
  size_t formulas;
  char prefix[PREFIX_MAX]; /* "x:" where the sheet writes <x:c> */
  place at;
  size_t cell_at, cell_style, cell_tag_end, row_at, row_tag_end, row_style, value_at;
  bool in_cell, in_array, cell_has_formula, cell_has_value, row_touched, is_protected;
  fill *target;      /* of the cell at hand */
  range arrays[ARRAYS_MAX];
  size_t array_count;
  struct { size_t from, to, style; } columns[COLUMNS_MAX];
  size_t column_count;
} patch;

/* ---- Cutting and putting in ---- */

static void copy_to(patch *self, size_t end)
{
  if (end > self->copied && end <= self->in->size) {
    buffer_add(&self->out, self->in->bytes + self->copied, end - self->copied);
    self->copied = end;
  }
}

static void cut_to(patch *self, size_t end)
{
  if (end > self->copied)
    self->copied = end;
}

/* Copies a tag without one of its attributes. */
static void copy_tag_without(patch *self, size_t from, size_t to, const char *attribute)
{
  size_t size = strlen(attribute);
  const char *bytes = self->in->bytes;
  for (size_t i = from + 1; i + size + 1 < to; i++) {
    bool space = bytes[i - 1] == ' ' || bytes[i - 1] == '\n' || bytes[i - 1] == '\r' || bytes[i - 1] == '\t';
    if (!space || memcmp(bytes + i, attribute, size) != 0 || (bytes[i + size] != '=' && bytes[i + size] != ' '))
      continue;
    size_t quote = i + size;
    while (quote < to && bytes[quote] != '"' && bytes[quote] != '\'')
      quote++;
    const char *end = quote + 1 < to ? memchr(bytes + quote + 1, bytes[quote], to - quote - 1) : NULL;
    if (end == NULL)
      break;
    copy_to(self, i - 1);
    cut_to(self, (size_t)(end - bytes) + 1);
    break;
  }
  copy_to(self, to);
}

static void add_place(buffer *out, place at)
{
  char letters[8], text[40];
  size_t count = 0;
  for (size_t column = at.column; column > 0 && count < sizeof letters - 1; column = (column - 1) / 26)
    letters[count++] = (char)('A' + (column - 1) % 26);
  while (count > 0)
    buffer_byte(out, letters[--count]);
  snprintf(text, sizeof text, "%zu", at.row);
  buffer_text(out, text);
}

static void add_cell(patch *self, const fill *one, size_t cell_style)
{
  char text[40];
  buffer *out = &self->out;
  buffer_byte(out, '<');
  buffer_text(out, self->prefix);
  buffer_text(out, "c r=\"");
  add_place(out, (place){ one->row, one->column });
  snprintf(text, sizeof text, "\" s=\"%zu\"><", cell_style);
  buffer_text(out, cell_style > 0 ? text : "\"><");
  buffer_text(out, self->prefix);
  buffer_text(out, "v>");
  buffer_text(out, one->text);
  buffer_text(out, "</");
  buffer_text(out, self->prefix);
  buffer_text(out, "v></");
  buffer_text(out, self->prefix);
  buffer_text(out, "c>");
}

/* ---- New cells ---- */

static size_t style_of_column(const patch *self, size_t column)
{
  for (size_t i = 0; i < self->column_count; i++)
    if (column >= self->columns[i].from && column <= self->columns[i].to)
      return self->columns[i].style;
  return 0;
}

static void check_lock(patch *self, fill *one, size_t cell_style)
{
  if (!book_style(self->book, cell_style)->unlocked)
    one->trouble = one->trouble != NULL ? one->trouble : "locked";
}

/* Cells of the row at hand that stand before `column`, with a style of their own only from row or column. */
static void put_cells(patch *self, size_t column)
{
  for (; self->next < self->count && self->fills[self->next].row == self->at.row && self->fills[self->next].column < column; self->next++) {
    fill *one = &self->fills[self->next];
    size_t cell_style = self->row_style > 0 ? self->row_style : style_of_column(self, one->column);
    check_lock(self, one, cell_style);
    add_cell(self, one, cell_style);
  }
}

/* Whole rows that stand before `row`. */
static void put_rows(patch *self, size_t row)
{
  while (self->next < self->count && self->fills[self->next].row < row) {
    char text[40];
    self->at.row = self->fills[self->next].row;
    self->row_style = 0;
    snprintf(text, sizeof text, "row r=\"%zu\">", self->at.row);
    buffer_byte(&self->out, '<');
    buffer_text(&self->out, self->prefix);
    buffer_text(&self->out, text);
    put_cells(self, SIZE_MAX);
    buffer_text(&self->out, "</");
    buffer_text(&self->out, self->prefix);
    buffer_text(&self->out, "row>");
  }
}

/* Opens the tag of an empty element that gets something inside: "/>" becomes ">". */
static void open_tag(patch *self, size_t tag_end)
{
  copy_to(self, tag_end - 2);
  buffer_byte(&self->out, '>');
  cut_to(self, tag_end);
}

static void close_tag(patch *self, const char *name)
{
  buffer_text(&self->out, "</");
  buffer_text(&self->out, self->prefix);
  buffer_text(&self->out, name);
  buffer_byte(&self->out, '>');
}

/* ---- What is there ---- */

static void start_row(xml *walk, patch *self, const char **attributes)
{
  bool said = xml_attribute(attributes, "r") != NULL;
  size_t row = xml_count(attributes, "r", BOOK_ROWS_MAX, self->at.row + 1);
  if (self->count > 0 && (!said || row <= self->at.row)) {
    xml_stop(walk, REMIT_EPARSE, "its rows do not say where they stand: open the template in a spreadsheet program and save it");
    return;
  }
  self->row_at = xml_at(walk);
  self->row_tag_end = self->row_at + xml_length(walk);
  if (self->next < self->count && self->fills[self->next].row < row) {
    copy_to(self, self->row_at);
    put_rows(self, row);
  }
  self->at = (place){ row, 0 };
  self->row_style = xml_count(attributes, "s", 1000000, 0);
  self->row_touched = self->next < self->count && self->fills[self->next].row == row;
  if (self->row_touched)
    copy_tag_without(self, self->row_at, self->row_tag_end - 2, "spans");
}

/* What is left goes before the end of an element; one that was empty is opened for it. */
static void put_at_end(xml *walk, patch *self, const char *name, void (*put)(patch *, size_t))
{
  bool empty = xml_length(walk) == 0;
  if (empty)
    open_tag(self, self->row_tag_end);
  else
    copy_to(self, xml_at(walk));
  put(self, SIZE_MAX);
  if (empty)
    close_tag(self, name);
}

static void end_row(xml *walk, patch *self)
{
  if (self->next < self->count && self->fills[self->next].row == self->at.row)
    put_at_end(walk, self, "row", put_cells);
}

static bool in_array(const patch *self, place at)
{
  for (size_t i = 0; i < self->array_count; i++) {
    const range *one = &self->arrays[i];
    if (at.row >= one->from.row && at.row <= one->to.row && at.column >= one->from.column && at.column <= one->to.column)
      return true;
  }
  return false;
}

static void start_cell(xml *walk, patch *self, const char **attributes)
{
  const char *at = xml_attribute(attributes, "r");
  place from = { self->at.row, self->at.column + 1 }, to;
  bool placed = at != NULL && place_read(at, &from, &to) && from.row == self->at.row && from.column > self->at.column;
  if (self->count > 0 && !placed) {
    xml_stop(walk, REMIT_EPARSE, "its cells do not say where they stand: open the template in a spreadsheet program and save it");
    return;
  }
  self->at = from;
  self->cell_at = xml_at(walk);
  self->cell_tag_end = self->cell_at + xml_length(walk);
  self->cell_style = xml_count(attributes, "s", 1000000, 0);
  if (self->row_touched && self->next < self->count && self->fills[self->next].row == from.row && self->fills[self->next].column < from.column) {
    copy_to(self, self->cell_at);
    put_cells(self, from.column);
  }
  fill *next = self->next < self->count ? &self->fills[self->next] : NULL;
  self->target = next != NULL && next->row == from.row && next->column == from.column ? next : NULL;
  self->in_array = in_array(self, from);
  self->in_cell = true;
  self->cell_has_formula = self->cell_has_value = false;
}

static void start_formula(xml *walk, patch *self, const char **attributes)
{
  const char *text = xml_attribute(attributes, "ref"), *type = xml_attribute(attributes, "t");
  range of;
  self->cell_has_formula = true;
  if (text == NULL || type == NULL || strcmp(type, "shared") == 0 || !place_read(text, &of.from, &of.to))
    return;
  if (self->array_count == ARRAYS_MAX)
    xml_stop(walk, REMIT_ELIMIT, "a sheet has more than %d array formulas", ARRAYS_MAX);
  else
    self->arrays[self->array_count++] = of;
}

static void end_cell(xml *walk, patch *self)
{
  size_t end = xml_length(walk) == 0 ? self->cell_tag_end : xml_at(walk) + xml_length(walk);
  self->in_cell = false;
  if (self->target == NULL)
    return;
  if (self->cell_has_formula || self->in_array)
    self->target->trouble = "formula";
  check_lock(self, self->target, self->cell_style);
  copy_to(self, self->cell_at);
  add_cell(self, self->target, self->cell_style);
  cut_to(self, end);
  self->next++;
}

/* The stored result of a formula goes, and with it the type that it had. */
static void end_value(xml *walk, patch *self)
{
  if (self->target != NULL || (!self->cell_has_formula && !self->in_array))
    return;
  size_t end = xml_length(walk) == 0 ? xml_at(walk) : xml_at(walk) + xml_length(walk);
  if (self->copied <= self->cell_at) {
    copy_to(self, self->cell_at);
    copy_tag_without(self, self->cell_at, self->cell_tag_end, "t");
  }
  copy_to(self, self->value_at);
  cut_to(self, end);
  self->formulas += self->cell_has_formula;
}

static void check_merged(patch *self, const char **attributes)
{
  const char *text = xml_attribute(attributes, "ref");
  range of;
  if (text == NULL || !place_read(text, &of.from, &of.to))
    return;
  for (size_t i = 0; i < self->count; i++) {
    fill *one = &self->fills[i];
    if (one->row >= of.from.row && one->row <= of.to.row && one->column >= of.from.column && one->column <= of.to.column)
      one->trouble = "merged";
  }
}

static void add_column(patch *self, const char **attributes)
{
  size_t cell_style = xml_count(attributes, "style", 1000000, 0);
  if (cell_style == 0 || self->column_count == COLUMNS_MAX)
    return;
  self->columns[self->column_count].from = xml_count(attributes, "min", 20000, 0);
  self->columns[self->column_count].to = xml_count(attributes, "max", 20000, 0);
  self->columns[self->column_count++].style = cell_style;
}

static void start_data(xml *walk, patch *self)
{
  size_t at = xml_at(walk) + 1;
  const char *bytes = self->in->bytes + at, *colon = memchr(bytes, ':', xml_length(walk) - 1);
  size_t size = colon != NULL ? (size_t)(colon - bytes) + 1 : 0;
  if (size >= PREFIX_MAX)
    xml_stop(walk, REMIT_ELIMIT, "its names have long prefixes");
  else
    memcpy(self->prefix, bytes, size);
  self->row_tag_end = at - 1 + xml_length(walk);
}

static void end_data(xml *walk, patch *self)
{
  if (self->next < self->count)
    put_at_end(walk, self, "sheetData", put_rows);
}

static void on_start(xml *walk, void *reader, const char *name, const char **attributes)
{
  patch *self = reader;
  if (self->in_cell && strcmp(name, "f") == 0)
    start_formula(walk, self, attributes);
  else if (self->in_cell && strcmp(name, "v") == 0)
    self->value_at = xml_at(walk);
  else if (self->in_cell)
    return;
  else if (strcmp(name, "sheetData") == 0)
    start_data(walk, self);
  else if (strcmp(name, "row") == 0)
    start_row(walk, self, attributes);
  else if (strcmp(name, "c") == 0)
    start_cell(walk, self, attributes);
  else if (strcmp(name, "col") == 0)
    add_column(self, attributes);
  else if (strcmp(name, "mergeCell") == 0)
    check_merged(self, attributes);
  else if (strcmp(name, "sheetProtection") == 0)
    self->is_protected = xml_flag(attributes, "sheet");
}

static void on_end(xml *walk, void *reader, const char *name)
{
  patch *self = reader;
  if (self->in_cell && strcmp(name, "v") == 0)
    end_value(walk, self);
  else if (self->in_cell && strcmp(name, "c") == 0)
    end_cell(walk, self);
  else if (!self->in_cell && strcmp(name, "row") == 0)
    end_row(walk, self);
  else if (!self->in_cell && strcmp(name, "sheetData") == 0)
    end_data(walk, self);
  if (self->out.full)
    xml_stop(walk, REMIT_ELIMIT, "a sheet grows past %zu bytes", BUFFER_MOST);
}

/* ---- A sheet ---- */

/* Offsets count in bytes as they stand, which are those of UTF-8 only when the part is written in it. */
static bool is_utf8(const buffer *bytes)
{
  size_t size = bytes->size < 200 ? bytes->size : 200;
  const char *declared = size >= 2 && bytes->bytes[0] == '<' && bytes->bytes[1] == '?' ? memchr(bytes->bytes, '>', size) : NULL;
  if (size >= 2 && ((unsigned char)bytes->bytes[0] >= 0xfe || bytes->bytes[0] == '\0' || bytes->bytes[1] == '\0'))
    return false;
  for (const char *at = bytes->bytes; declared != NULL && at + 9 < declared; at++)
    if (memcmp(at, "encoding=", 9) == 0)
      return strncmp(at + 10, "UTF-8", 5) == 0 || strncmp(at + 10, "utf-8", 5) == 0 || strncmp(at + 10, "US-ASCII", 8) == 0;
  return true;
}

/* A cell that is unlocked may be filled on a protected sheet: that is what it was unlocked for. */
static void settle_locks(patch *self)
{
  for (size_t i = 0; i < self->count; i++)
    if (self->fills[i].trouble != NULL && strcmp(self->fills[i].trouble, "locked") == 0 && !self->is_protected)
      self->fills[i].trouble = NULL;
}

static remit_status patch_part(book *self, const char *part, const xml_handlers *handlers, patch *made, remit_error *err)
{
  buffer bytes = { 0 };
  made->in = &bytes;
  remit_status status = parts_read(&self->parts, part, &bytes, err);
  if (status == REMIT_OK && !is_utf8(&bytes))
    status = remit_fail(err, REMIT_EPARSE, "is not written in UTF-8: open the template in a spreadsheet program and save it");
  if (status == REMIT_OK)
    status = xml_walk(part, &bytes, handlers, made, err);
  if (status == REMIT_OK && made->copied > 0) {
    copy_to(made, bytes.size);
    status = made->out.full ? remit_fail(err, REMIT_ENOMEM, "no memory") : parts_replace(&self->parts, part, &made->out, err);
  }
  buffer_release(&made->out);
  buffer_release(&bytes);
  return status;
}

static remit_status patch_sheet(book *self, size_t index, fill *fills, size_t count, size_t *formulas, remit_error *err)
{
  static const xml_handlers handlers = { on_start, on_end, NULL };
  patch *made = calloc(1, sizeof *made);
  if (made == NULL)
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  made->book = self;
  made->fills = fills;
  made->count = count;
  remit_status status = patch_part(self, self->sheets[index].part, &handlers, made, err);
  settle_locks(made);
  if (status == REMIT_OK && made->next < count)
    status = remit_fail(err, REMIT_EPARSE, "has a sheet '%.100s' without rows", self->sheets[index].name);
  *formulas += made->formulas;
  free(made);
  return status;
}

/* ---- The workbook: calculate everything when it is opened ---- */

#define CALCULATE " fullCalcOnLoad=\"1\""

static void on_part_start(xml *walk, void *reader, const char *name, const char **attributes)
{
  patch *self = reader;
  (void)attributes;
  if (strcmp(name, "sheets") == 0)
    start_data(walk, self);
  if (strcmp(name, "calcPr") != 0)
    return;
  size_t at = xml_at(walk), end = at + xml_length(walk), named = at + 1 + strlen(self->prefix) + strlen("calcPr");
  copy_to(self, named);
  buffer_text(&self->out, CALCULATE);
  copy_tag_without(self, named, end, "fullCalcOnLoad");
  self->cell_at = SIZE_MAX; /* it is there */
}

/* Where <calcPr> would stand: after the last of those that come before it. */
static void on_part_end(xml *walk, void *reader, const char *name)
{
  patch *self = reader;
  if (strcmp(name, "sheets") == 0 || strcmp(name, "functionGroups") == 0 || strcmp(name, "externalReferences") == 0 || strcmp(name, "definedNames") == 0)
    self->value_at = xml_at(walk) + xml_length(walk);
  if (strcmp(name, "workbook") != 0 || self->cell_at == SIZE_MAX || self->value_at == 0)
    return;
  copy_to(self, self->value_at);
  buffer_byte(&self->out, '<');
  buffer_text(&self->out, self->prefix);
  buffer_text(&self->out, "calcPr" CALCULATE "/>");
}

static remit_status patch_workbook(book *self, remit_error *err)
{
  static const xml_handlers handlers = { on_part_start, on_part_end, NULL };
  patch *made = calloc(1, sizeof *made);
  if (made == NULL)
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  made->book = self;
  remit_status status = patch_part(self, self->path, &handlers, made, err);
  free(made);
  return status;
}

remit_status book_fill(book *self, fill *fills, size_t count, buffer *out, size_t *formulas, remit_error *err)
{
  size_t from = 0;
  bool bad = false;
  *formulas = 0;
  for (size_t index = 0; index < self->sheet_count; index++) {
    size_t to = from;
    while (to < count && fills[to].sheet == index)
      to++;
    remit_status status = patch_sheet(self, index, fills + from, to - from, formulas, err);
    if (status != REMIT_OK)
      return status;
    from = to;
  }
  for (size_t i = 0; i < count; i++)
    bad = bad || fills[i].trouble != NULL;
  if (bad)
    return remit_fail(err, REMIT_EINVAL, "has cells that cannot be filled");
  remit_status status = patch_workbook(self, err);
  return status == REMIT_OK ? parts_bytes(&self->parts, out, err) : status;
}
