/* SPDX-License-Identifier: Apache-2.0
 * fields: what a call works with, made of the named fields that it was given, as scripts/remit/args.lua has them declared.
 */
#include "binding.h"

#define ROOM_MAX 1024

/* Puts the items of the table at 1 into the list at 2; false when it has anything but texts from 1 to `count`. */
static bool copy_items(lua_State *L, size_t count)
{
  size_t found = 0;
  for (lua_pushnil(L); lua_next(L, 1) != 0; found++) {
    lua_Integer key = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
    if (key < 1 || (lua_Unsigned)key > count || lua_type(L, -1) != LUA_TSTRING)
      return false;
    lua_rawseti(L, 2, key);
  }
  return found == count;
}

static int fields_list(lua_State *L)
{
  lua_settop(L, 1);
  if (lua_type(L, 1) == LUA_TSTRING) {
    lua_createtable(L, 1, 0);
    lua_insert(L, 1);
    lua_rawseti(L, 1, 1);
    return 1;
  }
  if (lua_type(L, 1) != LUA_TTABLE || lua_getmetatable(L, 1))
    return 0;
  size_t count = lua_rawlen(L, 1);
  lua_createtable(L, (int)(count < ROOM_MAX ? count : ROOM_MAX), 0);
  return copy_items(L, count) ? 1 : 0;
}

enum { GIVEN = 1, TESTS, DEFAULTS, FILLED };

/* The value on top of the stack, above its name, becomes what its test keeps; false when that is nothing. */
static bool test_value(lua_State *L)
{
  lua_pushvalue(L, -2);
  if (lua_rawget(L, TESTS) == LUA_TNIL)
    return false;
  lua_insert(L, -2);
  lua_call(L, 1, 1);
  return !lua_isnil(L, -1);
}

/* Moves the value on top of the stack to the table; its name stays, for lua_next. */
static void set_value(lua_State *L)
{
  lua_pushvalue(L, -2);
  lua_insert(L, -2);
  lua_rawset(L, FILLED);
}

static bool is_filled(lua_State *L)
{
  lua_pushvalue(L, -2);
  bool filled = lua_rawget(L, FILLED) != LUA_TNIL;
  lua_pop(L, 1);
  return filled;
}

static int fields_fill(lua_State *L)
{
  for (int arg = GIVEN; arg <= DEFAULTS; arg++)
    luaL_checktype(L, arg, LUA_TTABLE);
  size_t room = binding_count(L, FILLED);
  lua_settop(L, DEFAULTS);
  lua_createtable(L, 0, (int)(room < ROOM_MAX ? room : ROOM_MAX));
  for (lua_pushnil(L); lua_next(L, GIVEN) != 0; set_value(L))
    if (!test_value(L))
      return 0;
  for (lua_pushnil(L); lua_next(L, DEFAULTS) != 0;)
    if (is_filled(L))
      lua_pop(L, 1);
    else
      set_value(L);
  return 1;
}

static const luaL_Reg functions[] = { { "list", fields_list }, { "fill", fields_fill }, { NULL, NULL } };

int binding_open_fields(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
