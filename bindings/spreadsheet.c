/* SPDX-License-Identifier: Apache-2.0
 * spreadsheet: workbooks (.xlsx) that others made, from their bytes: sheets as CSV, and figures filled into cells. No file is touched here.
 */
#include "binding.h"

#include <string.h>

#include "xlsx/book.h"

#define SPREADSHEET "remit.spreadsheet"

/* A handle as all others: its first member is what it owns. The bytes stay alive in its user value. */
typedef struct handle {
  book *open;
  book book;
  buffer text;
} handle;

static int spreadsheet_close(lua_State *L)
{
  handle *self = luaL_checkudata(L, 1, SPREADSHEET);
  if (self->open != NULL)
    book_release(self->open);
  buffer_release(&self->text);
  self->open = NULL;
  return 0;
}

/* spreadsheet.open(bytes) -> spreadsheet */
static int spreadsheet_open(lua_State *L)
{
  size_t size;
  const char *bytes = luaL_checklstring(L, 1, &size);
  handle *self = lua_newuserdatauv(L, sizeof *self, 1);
  memset(self, 0, sizeof *self);
  luaL_setmetatable(L, SPREADSHEET);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  remit_error err;
  self->open = &self->book;
  if (book_open(self->open, bytes, size, &err) != REMIT_OK)
    return binding_failure(L, &err);
  return 1;
}

static int spreadsheet_sheets(lua_State *L)
{
  const handle *self = binding_open_box(L, 1, SPREADSHEET);
  lua_createtable(L, (int)self->book.sheet_count, 0);
  for (size_t i = 0; i < self->book.sheet_count; i++) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, self->book.sheets[i].name);
    lua_setfield(L, -2, "name");
    lua_pushboolean(L, self->book.sheets[i].hidden);
    lua_setfield(L, -2, "hidden");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static void push_trouble(lua_State *L, const trouble *found)
{
  size_t count = found->count < BOOK_TROUBLE_MAX ? found->count : BOOK_TROUBLE_MAX;
  lua_createtable(L, (int)count, 1);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 3);
    binding_set_count(L, "row", found->list[i].row);
    binding_set_count(L, "column", found->list[i].column);
    binding_set_text(L, "message", found->list[i].message);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  binding_set_count(L, "count", found->count);
}

/* spreadsheet:csv(sheet) -> text, trouble */
static int spreadsheet_csv(lua_State *L)
{
  handle *self = binding_open_box(L, 1, SPREADSHEET);
  size_t index = binding_index(L, 2, self->book.sheet_count);
  trouble found = { 0 };
  remit_error err;
  if (book_csv(&self->book, index, &self->text, &found, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushlstring(L, self->text.size > 0 ? self->text.bytes : "", self->text.size);
  buffer_release(&self->text);
  push_trouble(L, &found);
  return 2;
}

/* ---- Filling ---- */

static lua_Integer option_index(lua_State *L, int at, const char *name, lua_Integer most)
{
  lua_getfield(L, at, name);
  lua_Integer value = luaL_checkinteger(L, -1);
  if (value < 1 || value > most)
    luaL_error(L, "%s is %I: 1 to %I expected", name, value, most);
  lua_pop(L, 1);
  return value;
}

/* The texts stay on the stack in their tables. */
static fill *read_fills(lua_State *L, const book *of, size_t *count)
{
  *count = binding_list(L, 2);
  fill *fills = binding_array(L, *count, sizeof *fills);
  for (size_t i = 0; i < *count; i++) {
    if (lua_rawgeti(L, 2, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "item %I of the cells is no table", (lua_Integer)(i + 1));
    int at = lua_gettop(L);
    fills[i].sheet = (size_t)option_index(L, at, "sheet", (lua_Integer)of->sheet_count) - 1;
    fills[i].row = (size_t)option_index(L, at, "row", BOOK_ROWS_MAX);
    fills[i].column = (size_t)option_index(L, at, "column", BOOK_PLACE_MAX);
    if (lua_getfield(L, at, "text") != LUA_TSTRING)
      luaL_error(L, "item %I of the cells has no text", (lua_Integer)(i + 1));
    fills[i].text = lua_tostring(L, -1);
    lua_pop(L, 2);
  }
  return fills;
}

static int refuse_fills(lua_State *L, const fill *fills, size_t count, const remit_error *err)
{
  binding_failure(L, err);
  lua_newtable(L);
  for (size_t i = 0; i < count; i++)
    if (fills[i].trouble != NULL) {
      lua_pushstring(L, fills[i].trouble);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
  return 4;
}

/* spreadsheet:fill(cells) -> bytes, formulas; or nil, message, code, trouble by cell. Spends the spreadsheet. */
static int spreadsheet_fill(lua_State *L)
{
  handle *self = binding_open_box(L, 1, SPREADSHEET);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t count, formulas;
  fill *fills = read_fills(L, &self->book, &count);
  remit_error err;
  remit_status status = book_fill(&self->book, fills, count, &self->text, &formulas, &err);
  book_release(self->open);
  self->open = NULL;
  if (status != REMIT_OK)
    return refuse_fills(L, fills, count, &err);
  lua_pushlstring(L, self->text.bytes, self->text.size);
  buffer_release(&self->text);
  lua_pushinteger(L, (lua_Integer)formulas);
  return 2;
}

static const luaL_Reg methods[] = {
  { "sheets", spreadsheet_sheets }, { "csv", spreadsheet_csv }, { "fill", spreadsheet_fill }, { "close", spreadsheet_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "open", spreadsheet_open }, { NULL, NULL } };

int binding_open_spreadsheet(lua_State *L)
{
  binding_register(L, SPREADSHEET, methods, spreadsheet_close);
  luaL_newlib(L, functions);
  return 1;
}
