/* SPDX-License-Identifier: Apache-2.0
 * csv: files and texts in, as a table with its report, or record by record.
 */
#include "binding.h"
#include "grant.h"

#define REPORT "remit.csv_report"
#define RECORDS "remit.csv_records"

/* ---- The source: its texts stay on the stack, for the core borrows them ---- */

/* A file that was kept may be replaced while its records are read: a copy stays on the stack. */
static remit_status use_given(lua_State *L, remit_csv_options *options, remit_error *err)
{
  const given_file *file = grant_find(L, options->path);
  if (file == NULL)
    return remit_fail(err, REMIT_ENOTFOUND, "%s: no such file", options->path);
  options->path = NULL;
  options->text = file->own ? lua_pushlstring(L, file->bytes, file->size) : file->bytes;
  options->size = file->size;
  return REMIT_OK;
}

static remit_status read_source(lua_State *L, remit_csv_options *options, remit_error *err)
{
  static const char *const encodings[] = { "utf-8", "windows-1252", NULL };
  options->delimiter = binding_option_char(L, 1, "delimiter");
  options->encoding = (remit_encoding)binding_option_word(L, 1, "encoding", REMIT_UTF8, encodings);
  options->path = binding_option_text(L, 1, "path", NULL);
  options->text = binding_option_text(L, 1, "text", &options->size);
  luaL_argcheck(L, (options->path == NULL) != (options->text == NULL), 1, "either path or text expected");
  if (options->path != NULL && grant_is_given(L))
    return use_given(L, options, err);
  if (options->path != NULL) {
    grant_check_read(L, options->path);
    grant_note_read(L, options->path);
  }
  options->allowed = grant_opened;
  options->allowed_context = grant_context(L);
  return REMIT_OK;
}

static void read_missing(lua_State *L, remit_csv_options *options)
{
  if (binding_option_table(L, 1, "missing"))
    options->missing = binding_names(L, lua_gettop(L), &options->missing_count);
}

static void read_totals(lua_State *L, remit_csv_options *options)
{
  static const char *const names[] = { "field", "label", NULL };
  if (!binding_option_table(L, 1, "totals"))
    return;
  int totals = lua_gettop(L);
  binding_known(L, totals, names);
  options->totals_field = binding_option_text(L, totals, "field", NULL);
  options->totals_label = binding_option_text(L, totals, "label", NULL);
  luaL_argcheck(L, options->totals_field != NULL && options->totals_label != NULL, 1, "totals have a field and a label");
}

/* ---- The fields ---- */

/* One bound alone leaves the other side open. */
static void read_bounds(lua_State *L, int index, remit_csv_field *field)
{
  field->minimum = -INT64_MAX;
  field->maximum = INT64_MAX;
  bool minimum = binding_option_int(L, index, "minimum", &field->minimum);
  bool maximum = binding_option_int(L, index, "maximum", &field->maximum);
  field->bounded = minimum || maximum;
}

static void read_field(lua_State *L, int index, remit_csv_field *field)
{
  static const char *const names[] = { "heading", "name",    "unit",    "format", "optional", "required",
                                       "unique",  "minimum", "maximum", NULL };
  binding_known(L, index, names);
  field->unit = binding_option_unit(L, index, "unit", REMIT_CODE);
  field->optional = binding_option_bool(L, index, "optional");
  field->required = binding_option_bool(L, index, "required");
  field->unique = binding_option_bool(L, index, "unique");
  read_bounds(L, index, field);
  if (binding_option_table(L, index, "format")) {
    binding_number_format(L, lua_gettop(L), &field->format);
    lua_pop(L, 1);
  }
  field->heading = binding_option_text(L, index, "heading", NULL);
  if (field->heading == NULL)
    luaL_error(L, "a field has no heading");
  field->name = binding_option_text(L, index, "name", NULL);
}

static remit_csv_field *read_fields(lua_State *L, size_t *count)
{
  luaL_argcheck(L, binding_option_table(L, 1, "fields"), 1, "fields expected");
  int list = lua_gettop(L);
  *count = binding_list(L, list);
  remit_csv_field *fields = binding_array(L, *count, sizeof *fields);
  for (size_t i = 0; i < *count; i++) {
    luaL_checkstack(L, 8, "too many fields");
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "item %I of the fields is a %s: a table expected", (lua_Integer)(i + 1), luaL_typename(L, -1));
    read_field(L, lua_gettop(L), &fields[i]);
  }
  return fields;
}

/* ---- Loading ---- */

static int report_close(lua_State *L)
{
  remit_csv_report **box = luaL_checkudata(L, 1, REPORT);
  remit_csv_report_free(*box);
  *box = NULL;
  return 0;
}

static int csv_load(lua_State *L)
{
  static const char *const names[] = { "path", "text", "fields", "delimiter", "encoding", "missing", "totals", "salvage", NULL };
  remit_csv_options options = { 0 };
  size_t count;
  luaL_checktype(L, 1, LUA_TTABLE);
  binding_known(L, 1, names);
  remit_error err;
  if (read_source(L, &options, &err) != REMIT_OK)
    return binding_failure(L, &err);
  read_missing(L, &options);
  read_totals(L, &options);
  options.salvage = binding_option_bool(L, 1, "salvage");
  options.poll = binding_poll(L);
  remit_csv_field *fields = read_fields(L, &count);
  luaL_checkstack(L, 8, "too many fields");
  remit_table **table = binding_new_table(L);
  remit_csv_report **report = binding_box(L, REPORT, sizeof *report);
  remit_status status = remit_csv_load(&options, fields, count, table, report, &err);
  if (status != REMIT_OK && (status != REMIT_EPARSE || *report == NULL))
    return binding_failure(L, &err);
  if (*table != NULL)
    binding_weigh(L, remit_table_memory(*table));
  if (status == REMIT_OK)
    return 2;
  lua_pushnil(L);
  lua_pushvalue(L, -2);
  if (*table == NULL)
    return 2;
  lua_pushvalue(L, -4);
  return 3;
}

/* ---- The report ---- */

static const remit_csv_report *check_report(lua_State *L)
{
  remit_csv_report **box = binding_open_box(L, 1, REPORT);
  return *box;
}

static void push_problem(lua_State *L, remit_csv_problem problem)
{
  lua_createtable(L, 0, 8);
  binding_set_count(L, "row", problem.row);
  binding_set_count(L, "line", problem.line);
  binding_set_count(L, "byte", problem.byte);
  binding_set_text(L, "field", problem.field);
  binding_set_text(L, "value", problem.value);
  binding_set_text(L, "message", problem.message);
  binding_set_count(L, "alike", problem.alike);
  lua_pushboolean(L, problem.total_row);
  lua_setfield(L, -2, "total_row");
}

static int report_problems(lua_State *L)
{
  const remit_csv_report *report = check_report(L);
  size_t count = remit_csv_problems(report);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    push_problem(L, remit_csv_problem_at(report, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int report_counts(lua_State *L)
{
  remit_csv_counts counts = remit_csv_report_counts(check_report(L));
  lua_createtable(L, 0, 5);
  binding_set_count(L, "rows", counts.rows);
  binding_set_count(L, "more", counts.more);
  binding_set_count(L, "blank", counts.blank);
  binding_set_count(L, "rounded", counts.rounded);
  binding_set_count(L, "bytes", counts.bytes);
  return 1;
}

static int report_row(lua_State *L)
{
  const remit_csv_report *report = check_report(L);
  size_t row = binding_index(L, 2, remit_csv_report_counts(report).rows);
  lua_pushinteger(L, (lua_Integer)remit_csv_row(report, row));
  return 1;
}

/* ---- Records ---- */

static int records_close(lua_State *L)
{
  remit_csv **box = luaL_checkudata(L, 1, RECORDS);
  remit_csv_close(*box);
  *box = NULL;
  return 0;
}

static int push_record(lua_State *L, const remit_csv_record *record)
{
  lua_createtable(L, (int)record->count, 0);
  for (size_t i = 0; i < record->count; i++) {
    lua_pushlstring(L, record->fields[i], record->sizes[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushinteger(L, (lua_Integer)record->row);
  return 2;
}

/* Upvalues: the records, and the text that they read from. */
static int next_record(lua_State *L)
{
  remit_csv **box = lua_touserdata(L, lua_upvalueindex(1));
  const remit_csv_record *record = NULL;
  remit_error err;
  if (*box != NULL && remit_csv_next(*box, &record, &err) != REMIT_OK)
    return binding_raise(L, &err);
  if (record != NULL)
    return push_record(L, record);
  remit_csv_close(*box);
  *box = NULL;
  lua_pushnil(L);
  return 1;
}

/* The records are also what `for` closes, so that leaving a loop early closes the file. */
static int csv_records(lua_State *L)
{
  static const char *const names[] = { "path", "text", "delimiter", "encoding", NULL };
  remit_csv_options options = { 0 };
  luaL_checktype(L, 1, LUA_TTABLE);
  binding_known(L, 1, names);
  remit_error err;
  if (read_source(L, &options, &err) != REMIT_OK)
    return binding_failure(L, &err);
  int text = lua_gettop(L);
  remit_csv **box = binding_box(L, RECORDS, sizeof *box);
  if (remit_csv_open(box, &options, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushvalue(L, -1);
  lua_pushvalue(L, text);
  lua_pushcclosure(L, next_record, 2);
  lua_pushnil(L);
  lua_pushnil(L);
  lua_pushvalue(L, text + 1);
  return 4;
}

static const luaL_Reg report_methods[] = {
  { "problems", report_problems }, { "counts", report_counts }, { "row", report_row }, { "close", report_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "load", csv_load }, { "records", csv_records }, { NULL, NULL } };

int binding_open_csv(lua_State *L)
{
  binding_register(L, REPORT, report_methods, report_close);
  binding_register(L, RECORDS, NULL, records_close);
  luaL_newlib(L, functions);
  return 1;
}
