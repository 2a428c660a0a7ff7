/* SPDX-License-Identifier: Apache-2.0
 * predicate: the test language, parsed once and asked of a dictionary or a unit.
 */
#include "binding.h"

#define RANGES "remit.ranges"

const remit_predicate *binding_predicate(lua_State *L, int arg)
{
  remit_predicate **box = binding_open_box(L, arg, BINDING_PREDICATE);
  return *box;
}

static int predicate_close(lua_State *L)
{
  remit_predicate **box = luaL_checkudata(L, 1, BINDING_PREDICATE);
  remit_predicate_free(*box);
  *box = NULL;
  return 0;
}

remit_status binding_new_predicate(lua_State *L, int arg, const remit_predicate **out, remit_error *err)
{
  size_t size;
  const char *text = luaL_checklstring(L, arg, &size);
  remit_predicate **box = binding_box(L, BINDING_PREDICATE, sizeof *box);
  remit_status status = remit_predicate_new(box, text, size, err);
  *out = *box;
  return status;
}

static int predicate_new(lua_State *L)
{
  const remit_predicate *predicate;
  remit_error err;
  return binding_new_predicate(L, 1, &predicate, &err) == REMIT_OK ? 1 : binding_failure_at(L, &err);
}

static int predicate_text(lua_State *L)
{
  lua_pushstring(L, remit_predicate_text(binding_predicate(L, 1)));
  return 1;
}

static int predicate_codes(lua_State *L)
{
  const remit_predicate *predicate = binding_predicate(L, 1);
  const remit_dictionary *dictionary = binding_dictionary(L, 2);
  const remit_column *names = lua_isnoneornil(L, 3) ? NULL : binding_column(L, 3);
  size_t count = remit_dictionary_size(dictionary);
  uint8_t *pass = binding_array(L, count, sizeof *pass);
  remit_error err;
  if (remit_predicate_codes(predicate, dictionary, names, pass, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_createtable(L, (int)count - 1, 1);
  for (size_t code = 0; code < count; code++) {
    lua_pushboolean(L, pass[code]);
    lua_rawseti(L, -2, (lua_Integer)code);
  }
  return 1;
}

/* ---- Ranges ---- */

static int ranges_close(lua_State *L)
{
  remit_ranges *ranges = luaL_checkudata(L, 1, RANGES);
  remit_ranges_release(ranges);
  *ranges = (remit_ranges){ 0 };
  return 0;
}

static void push_range(lua_State *L, const int64_t bounds[2])
{
  lua_createtable(L, 2, 0);
  for (int i = 0; i < 2; i++) {
    lua_pushinteger(L, bounds[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

static int predicate_ranges(lua_State *L)
{
  const remit_predicate *predicate = binding_predicate(L, 1);
  remit_unit unit = binding_unit(L, 2);
  remit_ranges *ranges = binding_box(L, RANGES, sizeof *ranges);
  remit_error err;
  if (remit_predicate_ranges(predicate, unit, ranges, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_createtable(L, (int)ranges->count, 0);
  for (size_t i = 0; i < ranges->count; i++) {
    push_range(L, ranges->bounds[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushboolean(L, ranges->missing);
  return 2;
}

static const luaL_Reg methods[] = {
  { "text", predicate_text }, { "codes", predicate_codes }, { "ranges", predicate_ranges }, { "close", predicate_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", predicate_new }, { NULL, NULL } };

int binding_open_predicate(lua_State *L)
{
  binding_register(L, BINDING_PREDICATE, methods, predicate_close);
  binding_register(L, RANGES, NULL, ranges_close);
  luaL_newlib(L, functions);
  return 1;
}
