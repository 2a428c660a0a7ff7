/* SPDX-License-Identifier: Apache-2.0
 * column: one field of many rows. No value is false going in and nil coming out.
 */
#include "binding.h"

const remit_column *binding_column(lua_State *L, int arg)
{
  remit_column **box = binding_open_box(L, arg, BINDING_COLUMN);
  return *box;
}

remit_column **binding_new_column(lua_State *L)
{
  return binding_box(L, BINDING_COLUMN, sizeof(remit_column *));
}

void binding_push_column(lua_State *L, const remit_column *column)
{
  if (column == NULL) {
    lua_pushnil(L);
    return;
  }
  remit_column **box = binding_new_column(L);
  *box = remit_column_share(column);
}

static int column_close(lua_State *L)
{
  remit_column **box = luaL_checkudata(L, 1, BINDING_COLUMN);
  remit_column_free(*box);
  *box = NULL;
  return 0;
}

/* The column on top of the stack, or the error. */
static int finish(lua_State *L, remit_status status, remit_column *const *column, const remit_error *err)
{
  if (status != REMIT_OK)
    return binding_raise(L, err);
  binding_weigh(L, remit_column_memory(*column));
  return 1;
}

/* ---- Making one ---- */

static bool is_false(lua_State *L, int index)
{
  return lua_isboolean(L, index) && !lua_toboolean(L, index);
}

/* The code of an item, which a fresh dictionary (the last argument) learns. */
static uint32_t label_code(lua_State *L, size_t index, const remit_dictionary *known, remit_dictionary *fresh)
{
  lua_rawgeti(L, 1, (lua_Integer)index);
  bool none = is_false(L, -1);
  lua_pop(L, 1);
  if (none)
    return 0;
  size_t size;
  uint32_t code = 0;
  remit_error err;
  const char *label = binding_item_text(L, 1, index, &size);
  if (fresh == NULL)
    code = remit_dictionary_find(known, label, size);
  else if (remit_dictionary_add(fresh, label, size, &code, &err) != REMIT_OK)
    binding_raise(L, &err);
  if (code == 0 && size != 0)
    luaL_error(L, "item %I of the list is not in the dictionary: '%s'", (lua_Integer)index, label);
  lua_pop(L, 1);
  return code;
}

static int column_labels(lua_State *L)
{
  size_t count = binding_list(L, 1);
  lua_settop(L, 2);
  remit_error err;
  remit_dictionary **fresh = binding_box(L, BINDING_DICTIONARY, sizeof *fresh);
  bool known = !lua_isnil(L, 2);
  if (!known && remit_dictionary_new(fresh, &err) != REMIT_OK)
    return binding_raise(L, &err);
  const remit_dictionary *dictionary = known ? binding_dictionary(L, 2) : *fresh;
  uint32_t *codes = binding_array(L, count, sizeof *codes);
  for (size_t i = 0; i < count; i++)
    codes[i] = label_code(L, i + 1, dictionary, *fresh);
  remit_column **column = binding_new_column(L);
  return finish(L, remit_column_codes(column, codes, count, dictionary, &err), column, &err);
}

static int column_ints(lua_State *L)
{
  size_t count = binding_list(L, 1);
  remit_unit unit = binding_unit(L, 2);
  int64_t *values = binding_array(L, count, sizeof *values);
  for (size_t i = 0; i < count; i++)
    values[i] = binding_item_value(L, 1, i + 1);
  remit_column **column = binding_new_column(L);
  remit_error err;
  return finish(L, remit_column_ints(column, values, count, unit, &err), column, &err);
}

static int same_label(lua_State *L, size_t count)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 3);
  uint32_t code = 0;
  if (!is_false(L, 1)) {
    size_t size;
    const char *label = luaL_checklstring(L, 1, &size);
    code = remit_dictionary_find(dictionary, label, size);
    luaL_argcheck(L, code != 0 || size == 0, 1, "not in the dictionary");
  }
  remit_column **column = binding_new_column(L);
  remit_error err;
  return finish(L, remit_column_same_code(column, code, count, dictionary, &err), column, &err);
}

static int same_int(lua_State *L, size_t count)
{
  remit_unit unit = binding_unit(L, 3);
  int64_t value = REMIT_MISSING;
  if (!is_false(L, 1)) {
    value = luaL_checkinteger(L, 1);
    luaL_argcheck(L, value != REMIT_MISSING, 1, "out of range");
  }
  remit_column **column = binding_new_column(L);
  remit_error err;
  return finish(L, remit_column_same_int(column, value, count, unit, &err), column, &err);
}

static int column_same(lua_State *L)
{
  size_t count = binding_count(L, 2);
  return lua_type(L, 3) == LUA_TSTRING ? same_int(L, count) : same_label(L, count);
}

/* ---- Asking it ---- */

static int column_unit(lua_State *L)
{
  lua_pushstring(L, binding_unit_name(remit_column_unit(binding_column(L, 1))));
  return 1;
}

static int column_count(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_column_count(binding_column(L, 1)));
  return 1;
}

static int column_stats(lua_State *L)
{
  remit_column_summary stats = remit_column_stats(binding_column(L, 1));
  lua_createtable(L, 0, 4);
  lua_pushinteger(L, stats.min);
  lua_setfield(L, -2, "min");
  lua_pushinteger(L, stats.max);
  lua_setfield(L, -2, "max");
  binding_set_count(L, "missing", stats.missing);
  lua_pushboolean(L, stats.ascending);
  lua_setfield(L, -2, "ascending");
  return 1;
}

static int column_dictionary(lua_State *L)
{
  binding_push_dictionary(L, remit_column_dictionary(binding_column(L, 1)));
  return 1;
}

static void push_code(lua_State *L, const remit_column *column, uint32_t code)
{
  size_t size;
  const char *label = remit_dictionary_label(remit_column_dictionary(column), code, &size);
  if (code == 0)
    lua_pushnil(L);
  else
    lua_pushlstring(L, label, size);
}

static void push_int(lua_State *L, int64_t value)
{
  if (value == REMIT_MISSING)
    lua_pushnil(L);
  else
    lua_pushinteger(L, value);
}

static int column_get(lua_State *L)
{
  const remit_column *column = binding_column(L, 1);
  size_t row = binding_index(L, 2, remit_column_count(column));
  if (remit_column_unit(column) == REMIT_CODE)
    push_code(L, column, remit_column_code(column, row));
  else
    push_int(L, remit_column_int(column, row));
  return 1;
}

static const remit_column *check_codes(lua_State *L)
{
  const remit_column *column = binding_column(L, 1);
  luaL_argcheck(L, remit_column_unit(column) == REMIT_CODE, 1, "a column of codes expected");
  return column;
}

static int column_code(lua_State *L)
{
  const remit_column *column = check_codes(L);
  size_t row = binding_index(L, 2, remit_column_count(column));
  lua_pushinteger(L, remit_column_code(column, row));
  return 1;
}

static int column_recode(lua_State *L)
{
  const remit_column *column = check_codes(L);
  const remit_dictionary *dictionary = binding_dictionary(L, 3);
  size_t count = remit_dictionary_size(remit_column_dictionary(column));
  luaL_argcheck(L, binding_list(L, 2) == count - 1, 2, "an entry for each code expected");
  uint32_t *map = binding_array(L, count, sizeof *map);
  for (size_t code = 1; code < count; code++) {
    int64_t entry = binding_item_int(L, 2, code);
    if (entry < 0 || (uint64_t)entry >= remit_dictionary_size(dictionary))
      return luaL_error(L, "item %I of the list is not a code of the dictionary", (lua_Integer)code);
    map[code] = (uint32_t)entry;
  }
  remit_column **result = binding_new_column(L);
  remit_error err;
  return finish(L, remit_column_recode(result, column, map, dictionary, &err), result, &err);
}

static int column_sorted(lua_State *L)
{
  const remit_column *column = check_codes(L);
  remit_column **result = binding_new_column(L);
  remit_error err;
  return finish(L, remit_column_sorted(result, column, &err), result, &err);
}

static int column_tally(lua_State *L)
{
  const remit_column *column = check_codes(L);
  size_t codes = remit_dictionary_size(remit_column_dictionary(column));
  size_t *counts = binding_array(L, codes, sizeof *counts), *first = binding_array(L, codes, sizeof *first);
  remit_error err;
  if (remit_column_tally(column, counts, first, &err) != REMIT_OK)
    return binding_raise(L, &err);
  lua_createtable(L, (int)codes - 1, 1);
  lua_createtable(L, (int)codes - 1, 1);
  for (size_t code = 0; code < codes; code++) {
    lua_pushinteger(L, (lua_Integer)counts[code]);
    lua_rawseti(L, -3, (lua_Integer)code);
    if (first[code] == SIZE_MAX)
      continue;
    lua_pushinteger(L, (lua_Integer)first[code] + 1);
    lua_rawseti(L, -2, (lua_Integer)code);
  }
  return 2;
}

static int column_memory(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_column_memory(binding_column(L, 1)));
  return 1;
}

static const luaL_Reg methods[] = {
  { "unit", column_unit },
  { "count", column_count },
  { "stats", column_stats },
  { "dictionary", column_dictionary },
  { "get", column_get },
  { "code", column_code },
  { "recode", column_recode },
  { "sorted", column_sorted },
  { "tally", column_tally },
  { "memory", column_memory },
  { "close", column_close },
  { NULL, NULL },
};

static const luaL_Reg functions[] = {
  { "labels", column_labels }, { "ints", column_ints }, { "same", column_same }, { NULL, NULL },
};

int binding_open_column(lua_State *L)
{
  binding_register(L, BINDING_COLUMN, methods, column_close);
  luaL_newlib(L, functions);
  return 1;
}
