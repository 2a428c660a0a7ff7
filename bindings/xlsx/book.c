/* SPDX-License-Identifier: Apache-2.0
 * book: which parts a workbook has, its sheets, its shared texts, and what its styles make of numbers.
 */
#include "book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xml.h"

#define PATH_MOST 256
#define STYLES_MAX 65536
#define FORMATS_MAX 4096
#define TEXTS_MAX 4000000
#define RELATIONS_MOST ((size_t)1 << 20) /* bytes: they are read once for each sheet */

/* ---- Small things ---- */

static bool ends_with(const char *text, const char *end)
{
  size_t size = strlen(text), tail = strlen(end);
  return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* Room for one more of a list that doubles; NULL without memory. */
static void *one_more(void *list, size_t count, size_t size)
{
  if (count != 0 && (count & (count - 1)) != 0)
    return list;
  return realloc(list, (count == 0 ? 1 : count * 2) * size);
}

static bool keep(char **at, const char *text)
{
  char *copy = malloc(strlen(text) + 1);
  free(*at);
  *at = copy;
  if (copy != NULL)
    memcpy(copy, text, strlen(text) + 1);
  return copy != NULL;
}

/* ---- Relationships: which part plays which part for another ---- */

typedef struct relation {
  const char *type, *id; /* looked for: the end of a type, and an id or NULL */
  char folder[PATH_MOST];
  char *found;
} relation;

static void on_relation(xml *walk, void *self, const char *name, const char **attributes)
{
  relation *wanted = self;
  const char *type = xml_attribute(attributes, "Type"), *id = xml_attribute(attributes, "Id"), *target = xml_attribute(attributes, "Target");
  if (wanted->found != NULL || strcmp(name, "Relationship") != 0 || type == NULL || target == NULL || !ends_with(type, wanted->type) ||
      (wanted->id != NULL && (id == NULL || strcmp(id, wanted->id) != 0)))
    return;
  char path[PATH_MOST];
  bool absolute = target[0] == '/';
  int size = snprintf(path, sizeof path, "%s%s", absolute ? "" : wanted->folder, absolute ? target + 1 : target);
  if (size < 0 || size >= PATH_MOST || strstr(path, "..") != NULL)
    xml_stop(walk, REMIT_EPARSE, "is no workbook (.xlsx): a part stands outside it");
  else if (!keep(&wanted->found, path))
    xml_stop(walk, REMIT_ENOMEM, "no memory");
}

/* The part that `of` (NULL: the whole) names for `type`; `*out` NULL when none. */
static remit_status find_part(book *self, const char *of, const char *type, const char *id, char **out, remit_error *err)
{
  static const xml_handlers handlers = { on_relation, NULL, NULL };
  const char *slash = of != NULL ? strrchr(of, '/') : NULL, *base = slash != NULL ? slash + 1 : of != NULL ? of : "";
  relation wanted = { .type = type, .id = id };
  char path[2 * PATH_MOST];
  snprintf(wanted.folder, sizeof wanted.folder, "%.*s", slash != NULL ? (int)(slash + 1 - of) : 0, of != NULL ? of : "");
  snprintf(path, sizeof path, "%s_rels/%s.rels", wanted.folder, base);
  buffer bytes = { .most = RELATIONS_MOST };
  remit_status status = parts_read(&self->parts, path, &bytes, err);
  if (status == REMIT_OK)
    status = xml_walk(path, &bytes, &handlers, &wanted, err);
  buffer_release(&bytes);
  free(*out);
  *out = wanted.found;
  return status;
}

static remit_status walk_part(book *self, const char *part, const xml_handlers *handlers, void *reader, remit_error *err)
{
  buffer bytes = { 0 };
  remit_status status = parts_read(&self->parts, part, &bytes, err);
  if (status == REMIT_OK)
    status = xml_walk(part, &bytes, handlers, reader, err);
  buffer_release(&bytes);
  return status;
}

/* ---- Sheets ---- */

static void add_sheet(xml *walk, book *self, const char **attributes)
{
  const char *name = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id"), *state = xml_attribute(attributes, "state");
  if (name == NULL || id == NULL || self->sheet_count == BOOK_SHEETS_MAX) {
    xml_stop(walk, REMIT_ELIMIT, "has more than %d sheets, or one without a name", BOOK_SHEETS_MAX);
    return;
  }
  sheet *list = one_more(self->sheets, self->sheet_count, sizeof *list);
  if (list == NULL) {
    xml_stop(walk, REMIT_ENOMEM, "no memory");
    return;
  }
  self->sheets = list;
  sheet *made = &list[self->sheet_count++];
  *made = (sheet){ .hidden = state != NULL && strcmp(state, "visible") != 0 };
  if (!keep(&made->name, name) || !keep(&made->part, id)) /* the id, until its part is found */
    xml_stop(walk, REMIT_ENOMEM, "no memory");
}

static void on_workbook(xml *walk, void *reader, const char *name, const char **attributes)
{
  book *self = reader;
  if (strcmp(name, "workbookPr") == 0)
    self->from_1904 = xml_flag(attributes, "date1904");
  else if (strcmp(name, "sheet") == 0)
    add_sheet(walk, self, attributes);
}

static remit_status read_sheets(book *self, remit_error *err)
{
  static const xml_handlers handlers = { on_workbook, NULL, NULL };
  remit_status status = find_part(self, NULL, "/officeDocument", NULL, &self->path, err);
  if (status == REMIT_OK && self->path == NULL)
    status = remit_fail(err, REMIT_EPARSE, "is no workbook (.xlsx)");
  if (status == REMIT_OK)
    status = walk_part(self, self->path, &handlers, self, err);
  for (size_t i = 0; i < self->sheet_count && status == REMIT_OK; i++) {
    char *part = NULL;
    status = find_part(self, self->path, "sheet", self->sheets[i].part, &part, err);
    if (status == REMIT_OK && part == NULL)
      status = remit_fail(err, REMIT_EPARSE, "has no part for its sheet '%.100s'", self->sheets[i].name);
    free(self->sheets[i].part);
    self->sheets[i].part = part;
  }
  return status;
}

/* ---- Shared texts ---- */

typedef struct texts_reader {
  book *book;
  bool inside; /* a <t> that is shown, not a reading aid */
  size_t phonetic;
} texts_reader;

static bool begin_text(book *self)
{
  if (self->text_count == TEXTS_MAX)
    return false;
  size_t *starts = one_more(self->text_starts, self->text_count, sizeof *starts);
  if (starts == NULL)
    return false;
  self->text_starts = starts;
  starts[self->text_count++] = self->texts.size;
  return true;
}

static void on_text_start(xml *walk, void *reader, const char *name, const char **attributes)
{
  texts_reader *self = reader;
  (void)attributes;
  if (strcmp(name, "si") == 0 && !begin_text(self->book))
    xml_stop(walk, REMIT_ELIMIT, "has too many texts");
  self->phonetic += strcmp(name, "rPh") == 0;
  self->inside = strcmp(name, "t") == 0 && self->phonetic == 0 && self->book->text_count > 0;
}

static void on_text_end(xml *walk, void *reader, const char *name)
{
  texts_reader *self = reader;
  (void)walk;
  self->phonetic -= self->phonetic > 0 && strcmp(name, "rPh") == 0;
  self->inside = false;
}

static void on_text(xml *walk, void *reader, const char *text, size_t size)
{
  texts_reader *self = reader;
  (void)walk;
  if (self->inside)
    buffer_add(&self->book->texts, text, size);
}

static remit_status read_texts(book *self, remit_error *err)
{
  static const xml_handlers handlers = { on_text_start, on_text_end, on_text };
  char *part = NULL;
  texts_reader reader = { .book = self };
  remit_status status = find_part(self, self->path, "/sharedStrings", NULL, &part, err);
  if (status == REMIT_OK && part != NULL)
    status = walk_part(self, part, &handlers, &reader, err);
  free(part);
  if (status == REMIT_OK && self->texts.full)
    return remit_fail(err, REMIT_ELIMIT, "has too many texts");
  return status;
}

/* ---- Styles ---- */

typedef struct styles_reader {
  book *book;
  bool cells; /* inside cellXfs */
  size_t format_count, ids[FORMATS_MAX];
  style formats[FORMATS_MAX];
} styles_reader;

static style style_of_format(const styles_reader *self, size_t id)
{
  for (size_t i = self->format_count; i > 0; i--)
    if (self->ids[i - 1] == id)
      return self->formats[i - 1];
  return style_of_built_in(id);
}

static void add_style(xml *walk, styles_reader *self, const char **attributes)
{
  book *of = self->book;
  style *list = of->style_count < STYLES_MAX ? one_more(of->styles, of->style_count, sizeof *list) : NULL;
  if (list == NULL) {
    xml_stop(walk, REMIT_ELIMIT, "has too many styles");
    return;
  }
  of->styles = list;
  list[of->style_count++] = style_of_format(self, xml_count(attributes, "numFmtId", 100000, 0));
}

static void on_style_start(xml *walk, void *reader, const char *name, const char **attributes)
{
  styles_reader *self = reader;
  const char *code = xml_attribute(attributes, "formatCode");
  if (strcmp(name, "cellXfs") == 0) {
    self->cells = true;
  } else if (strcmp(name, "numFmt") == 0 && code != NULL && self->format_count < FORMATS_MAX) {
    self->ids[self->format_count] = xml_count(attributes, "numFmtId", 100000, 0);
    self->formats[self->format_count++] = style_of_code(code);
  } else if (self->cells && strcmp(name, "xf") == 0) {
    add_style(walk, self, attributes);
  } else if (self->cells && strcmp(name, "protection") == 0 && self->book->style_count > 0) {
    const char *locked = xml_attribute(attributes, "locked");
    self->book->styles[self->book->style_count - 1].unlocked = locked != NULL && !xml_flag(attributes, "locked");
  }
}

static void on_style_end(xml *walk, void *reader, const char *name)
{
  styles_reader *self = reader;
  (void)walk;
  if (strcmp(name, "cellXfs") == 0)
    self->cells = false;
}

static remit_status read_styles(book *self, remit_error *err)
{
  static const xml_handlers handlers = { on_style_start, on_style_end, NULL };
  char *part = NULL;
  styles_reader *reader = calloc(1, sizeof *reader);
  if (reader == NULL)
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  reader->book = self;
  remit_status status = find_part(self, self->path, "/styles", NULL, &part, err);
  if (status == REMIT_OK && part != NULL)
    status = walk_part(self, part, &handlers, reader, err);
  free(part);
  free(reader);
  return status;
}

const style *book_style(const book *self, size_t index)
{
  static const style plain = { STYLE_NUMBER, 0, false };
  return index < self->style_count ? &self->styles[index] : &plain;
}

/* ---- The whole ---- */

remit_status book_open(book *self, const char *bytes, size_t size, remit_error *err)
{
  memset(self, 0, sizeof *self);
  remit_status status = parts_open(&self->parts, bytes, size, err);
  if (status == REMIT_OK)
    status = read_sheets(self, err);
  if (status == REMIT_OK)
    status = read_texts(self, err);
  return status == REMIT_OK ? read_styles(self, err) : status;
}

void book_release(book *self)
{
  parts_release(&self->parts);
  for (size_t i = 0; i < self->sheet_count; i++) {
    free(self->sheets[i].name);
    free(self->sheets[i].part);
  }
  free(self->path);
  free(self->sheets);
  free(self->styles);
  free(self->text_starts);
  buffer_release(&self->texts);
  memset(self, 0, sizeof *self);
}

void trouble_add(trouble *self, size_t row, size_t column, const char *message)
{
  if (self->count < BOOK_TROUBLE_MAX) {
    self->list[self->count].row = row;
    self->list[self->count].column = column;
    self->list[self->count].message = message;
  }
  self->count++;
}

/* ---- Places ---- */

static const char *read_place(const char *at, place *out)
{
  *out = (place){ 0, 0 };
  at += *at == '$';
  for (; *at >= 'A' && *at <= 'Z' && out->column <= BOOK_PLACE_MAX; at++)
    out->column = out->column * 26 + (size_t)(*at - 'A') + 1;
  at += *at == '$';
  for (; *at >= '0' && *at <= '9' && out->row <= BOOK_ROWS_MAX; at++)
    out->row = out->row * 10 + (size_t)(*at - '0');
  return out->row > 0 && out->row <= BOOK_ROWS_MAX && out->column > 0 && out->column <= BOOK_PLACE_MAX ? at : NULL;
}

bool place_read(const char *text, place *from, place *to)
{
  const char *at = read_place(text, from);
  *to = *from;
  if (at != NULL && *at == ':')
    at = read_place(at + 1, to);
  return at != NULL && *at == '\0' && to->row >= from->row && to->column >= from->column;
}
