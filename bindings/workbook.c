/* SPDX-License-Identifier: Apache-2.0
 * workbook: XLSX by libxlsxwriter. Sheets, rows and columns count from 1; a format is a number that `format` gave, 0 for none. The library writes
 * to a file of its own, whose bytes `bytes` gives: so that the target is written as every other file is, beside and renamed.
 */
#define _XOPEN_SOURCE 700

#include "binding.h"
#include "grant.h"
#include "late.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xlsxwriter.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

/* libxlsxwriter 1.1 copies the formula of a list twice and frees it once: twenty bytes a list, which the leak checker need not be told every time. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KNOWN_LEAK
#include <sanitizer/lsan_interface.h>
#endif
#endif
#ifndef KNOWN_LEAK
#define __lsan_disable() ((void)0)
#define __lsan_enable() ((void)0)
#endif

#define WORKBOOK "remit.workbook"
#define PATH_MOST 512
#define COLUMNS_MOST 256

#define CALLS(X) \
  X(format_set_align) X(format_set_bold) X(format_set_font_size) X(format_set_num_format) X(format_set_text_wrap) X(lxw_strerror) \
  X(lxw_workbook_free) X(workbook_add_format) X(workbook_add_worksheet) X(workbook_close) X(workbook_new) X(workbook_set_properties) \
  X(workbook_validate_sheet_name) X(worksheet_add_table) X(worksheet_data_validation_range) X(worksheet_freeze_panes) \
  X(worksheet_set_column) X(worksheet_write_formula_num) X(worksheet_write_number) X(worksheet_write_string) X(worksheet_write_url_opt)
LATE(libxlsx, LATE_XLSXWRITER, CALLS);

typedef struct book {
  lxw_workbook *workbook;
  char path[PATH_MOST];
  lxw_worksheet **sheets;
  size_t sheet_count;
  lxw_format **formats;
  size_t format_count;
} book;

/* ---- The file that the library writes ---- */

#ifdef _WIN32

static bool new_path(char *path)
{
  char folder[MAX_PATH];
  return GetTempPathA(MAX_PATH, folder) > 0 && GetTempFileNameA(folder, "rmt", 0, path) != 0;
}

static void forget(const char *path)
{
  DeleteFileA(path);
}

#else

static bool new_path(char *path)
{
  const char *folder = getenv("TMPDIR");
  int size = snprintf(path, PATH_MOST, "%s/remit-XXXXXX", folder != NULL && folder[0] != '\0' ? folder : P_tmpdir);
  if (size < 0 || size >= PATH_MOST) {
    errno = ENAMETOOLONG;
    return false;
  }
  int file = mkstemp(path);
  if (file < 0)
    return false;
  close(file);
  return true;
}

static void forget(const char *path)
{
  unlink(path);
}

#endif

/* ---- The handle ---- */

static void release(book *self)
{
  if (self->workbook != NULL)
    libxlsx.lxw_workbook_free(self->workbook);
  if (self->path[0] != '\0')
    forget(self->path);
  free(self->sheets);
  free(self->formats);
  memset(self, 0, sizeof *self);
}

static int workbook_close_handle(lua_State *L)
{
  release(luaL_checkudata(L, 1, WORKBOOK));
  return 0;
}

static book *check_book(lua_State *L)
{
  return binding_open_box(L, 1, WORKBOOK);
}

static int failure(lua_State *L, remit_status status, const char *what)
{
  remit_error err;
  remit_fail(&err, status, "the workbook: %s", what);
  return binding_failure(L, &err);
}

/* workbook.new(title, seconds) -> workbook; the date is all of the clock that gets into the file */
static int workbook_make(lua_State *L)
{
  const char *title = binding_text(L, 1);
  lua_Integer seconds = luaL_checkinteger(L, 2);
  if (grant_is_given(L))
    return failure(L, REMIT_EIO, "cannot be made where a script has no files, for its library writes to temporary ones: save it as HTML or CSV");
  remit_error err;
  if (!late_load(&libxlsx_library)) {
    late_missing(&libxlsx_library, &err);
    return binding_failure(L, &err);
  }
  book *self = binding_box(L, WORKBOOK, sizeof *self);
  if (!new_path(self->path)) {
    self->path[0] = '\0';
    return failure(L, REMIT_EIO, "no temporary file can be made");
  }
  self->workbook = libxlsx.workbook_new(self->path);
  if (self->workbook == NULL)
    return failure(L, REMIT_ENOMEM, "no memory");
  lxw_doc_properties properties = { .title = (char *)(uintptr_t)title, .created = (time_t)(seconds != 0 ? seconds : 1) }; /* 0 would be the clock's time */
  if (libxlsx.workbook_set_properties(self->workbook, &properties) != LXW_NO_ERROR)
    return failure(L, REMIT_ENOMEM, "no memory");
  return 1;
}

static bool grow(void **list, size_t count)
{
  void *more = realloc(*list, (count + 1) * sizeof(void *));
  if (more != NULL)
    *list = more;
  return more != NULL;
}

static int workbook_sheet(lua_State *L)
{
  book *self = check_book(L);
  const char *name = binding_text(L, 2);
  luaL_argcheck(L, libxlsx.workbook_validate_sheet_name(self->workbook, name) == LXW_NO_ERROR, 2, "not the name of a new sheet");
  void *list = self->sheets;
  if (!grow(&list, self->sheet_count))
    return luaL_error(L, "no memory");
  self->sheets = list;
  self->sheets[self->sheet_count] = libxlsx.workbook_add_worksheet(self->workbook, name);
  if (self->sheets[self->sheet_count] == NULL)
    return luaL_error(L, "no memory");
  lua_pushinteger(L, (lua_Integer)++self->sheet_count);
  return 1;
}

/* workbook:format { number =, bold =, size =, wrap =, right = } -> format */
static int workbook_format(lua_State *L)
{
  static const char *const names[] = { "number", "bold", "size", "wrap", "right", NULL };
  book *self = check_book(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  binding_known(L, 2, names);
  int64_t size = 11;
  const char *number = binding_option_text(L, 2, "number", NULL);
  binding_option_int(L, 2, "size", &size);
  bool bold = binding_option_bool(L, 2, "bold"), wrap = binding_option_bool(L, 2, "wrap"), right = binding_option_bool(L, 2, "right");
  void *list = self->formats;
  if (!grow(&list, self->format_count))
    return luaL_error(L, "no memory");
  self->formats = list;
  lxw_format *format = libxlsx.workbook_add_format(self->workbook);
  if (format == NULL)
    return luaL_error(L, "no memory");
  if (number != NULL)
    libxlsx.format_set_num_format(format, number);
  if (bold)
    libxlsx.format_set_bold(format);
  if (wrap)
    libxlsx.format_set_text_wrap(format);
  if (right)
    libxlsx.format_set_align(format, LXW_ALIGN_RIGHT);
  libxlsx.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  libxlsx.format_set_font_size(format, (double)size);
  self->formats[self->format_count] = format;
  lua_pushinteger(L, (lua_Integer)++self->format_count);
  return 1;
}

/* ---- Cells: sheet, row, column, value ..., format ---- */

static lxw_worksheet *check_sheet(lua_State *L, const book *self)
{
  return self->sheets[binding_index(L, 2, self->sheet_count)];
}

static lxw_row_t check_row(lua_State *L, int arg)
{
  return (lxw_row_t)binding_index(L, arg, LXW_ROW_MAX);
}

static lxw_col_t check_column(lua_State *L, int arg)
{
  return (lxw_col_t)binding_index(L, arg, COLUMNS_MOST);
}

static lxw_format *check_format(lua_State *L, const book *self, int arg)
{
  size_t number = binding_count_or(L, arg, 0);
  luaL_argcheck(L, number <= self->format_count, arg, "not a format of this workbook");
  return number == 0 ? NULL : self->formats[number - 1];
}

static int written(lua_State *L, lxw_error code)
{
  if (code != LXW_NO_ERROR)
    return luaL_error(L, "the workbook: %s", libxlsx.lxw_strerror(code));
  return 0;
}

static int workbook_text(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  return written(L, libxlsx.worksheet_write_string(sheet, check_row(L, 3), check_column(L, 4), binding_text(L, 5), check_format(L, self, 6)));
}

static int workbook_number(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  return written(L, libxlsx.worksheet_write_number(sheet, check_row(L, 3), check_column(L, 4), luaL_checknumber(L, 5), check_format(L, self, 6)));
}

/* The formula with the value that it has. */
static int workbook_formula(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  return written(L, libxlsx.worksheet_write_formula_num(sheet, check_row(L, 3), check_column(L, 4), binding_text(L, 5), check_format(L, self, 7),
                                                luaL_checknumber(L, 6)));
}

/* A link to another sheet, shown as `text`. */
static int workbook_link(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  return written(L, libxlsx.worksheet_write_url_opt(sheet, check_row(L, 3), check_column(L, 4), binding_text(L, 5), NULL, binding_text(L, 6), NULL));
}

/* A format is that of cells that nobody has written yet. */
static int workbook_width(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  lxw_col_t column = check_column(L, 3);
  return written(L, libxlsx.worksheet_set_column(sheet, column, column, luaL_checknumber(L, 4), check_format(L, self, 5)));
}

/* workbook:choices(sheet, column, first_row, last_row, choices) offers texts in a list, or the cells of a range: "='groups'!$A$2:$A$99". Anything else may be
 * written after a warning: a label may also be a name. */
static int workbook_choices(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  lxw_col_t column = check_column(L, 3);
  lxw_row_t first = check_row(L, 4), last = check_row(L, 5);
  lxw_data_validation about = { .ignore_blank = LXW_VALIDATION_ON, .dropdown = LXW_VALIDATION_ON, .show_error = LXW_VALIDATION_ON,
    .show_input = LXW_VALIDATION_ON, .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING };
  size_t count = 0;
  if (lua_type(L, 6) == LUA_TSTRING) {
    about.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    about.value_formula = (char *)(uintptr_t)binding_text(L, 6);
    __lsan_disable();
    lxw_error code = libxlsx.worksheet_data_validation_range(sheet, first, column, last, column, &about);
    __lsan_enable();
    return written(L, code);
  }
  const char *const *names = binding_names(L, 6, &count);
  char **list = binding_array(L, count + 1, sizeof *list);
  for (size_t i = 0; i < count; i++)
    list[i] = (char *)(uintptr_t)names[i];
  about.validate = LXW_VALIDATION_TYPE_LIST;
  about.value_list = list;
  return written(L, libxlsx.worksheet_data_validation_range(sheet, first, column, last, column, &about));
}

static int workbook_freeze(lua_State *L)
{
  book *self = check_book(L);
  libxlsx.worksheet_freeze_panes(check_sheet(L, self), check_row(L, 3), 0);
  return 0;
}

/* workbook:table(sheet, first_row, last_row, name, headings) marks a table up; its headings are written. */
static int workbook_table(lua_State *L)
{
  book *self = check_book(L);
  lxw_worksheet *sheet = check_sheet(L, self);
  lxw_row_t first = check_row(L, 3), last = check_row(L, 4);
  const char *name = binding_text(L, 5);
  size_t count = 0;
  const char *const *headings = binding_names(L, 6, &count);
  luaL_argcheck(L, count > 0 && count <= COLUMNS_MOST && last > first, 6, "a table has a heading and a row at least");
  lxw_table_column columns[COLUMNS_MOST] = { { 0 } };
  lxw_table_column *list[COLUMNS_MOST + 1] = { NULL };
  for (size_t i = 0; i < count; i++) {
    columns[i].header = (char *)(uintptr_t)headings[i];
    list[i] = &columns[i];
  }
  lxw_table_options options = { .name = (char *)(uintptr_t)name, .no_autofilter = true, .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
    .style_type_number = 1, .columns = list };
  return written(L, libxlsx.worksheet_add_table(sheet, first, 0, last, (lxw_col_t)(count - 1), &options));
}

/* ---- The file ---- */

static int push_file(lua_State *L, const char *path)
{
  struct stat about;
  if (stat(path, &about) != 0 || about.st_size <= 0)
    return failure(L, REMIT_EIO, "its temporary file cannot be read");
  size_t size = (size_t)about.st_size;
  char *text = binding_array(L, size, 1);
  FILE *stream = fopen(path, "rb");
  size_t got = stream != NULL ? fread(text, 1, size, stream) : 0;
  if (stream != NULL)
    fclose(stream);
  if (got != size)
    return failure(L, REMIT_EIO, "its temporary file cannot be read");
  lua_pushlstring(L, text, size);
  return 1;
}

/* Ends the workbook and gives its bytes. */
static int workbook_bytes(lua_State *L)
{
  book *self = check_book(L);
  lxw_error code = libxlsx.workbook_close(self->workbook);
  self->workbook = NULL;
  if (code != LXW_NO_ERROR)
    return failure(L, REMIT_EIO, libxlsx.lxw_strerror(code));
  return push_file(L, self->path);
}

static const luaL_Reg methods[] = {
  { "sheet", workbook_sheet }, { "format", workbook_format }, { "text", workbook_text }, { "number", workbook_number },
  { "formula", workbook_formula }, { "link", workbook_link }, { "width", workbook_width }, { "choices", workbook_choices }, { "freeze", workbook_freeze },
  { "table", workbook_table }, { "bytes", workbook_bytes }, { "close", workbook_close_handle }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", workbook_make }, { NULL, NULL } };

int binding_open_workbook(lua_State *L)
{
  binding_register(L, WORKBOOK, methods, workbook_close_handle);
  luaL_newlib(L, functions);
  return 1;
}
