/* SPDX-License-Identifier: Apache-2.0
 * table: Lua's table library, whose loops count as work: a length may lie, and a metamethod may be written in C. The sort is stable.
 */
#include <limits.h>

#include "internal.h"

static lua_Integer length_of(lua_State *L, int index)
{
  if (lua_type(L, index) != LUA_TTABLE && luaL_getmetafield(L, index, "__index") == LUA_TNIL)
    luaL_typeerror(L, index, "table");
  return luaL_len(L, index);
}

/* The items from..to, one up or down: t[i + shift] = t[i]. */
static void shift(lua_State *L, lua_Integer from, lua_Integer to, lua_Integer by)
{
  for (lua_Integer i = from; by > 0 ? i >= to : i <= to; i -= by) {
    sandbox_charge(L, 1);
    lua_geti(L, 1, i);
    lua_seti(L, 1, i + by);
  }
}

static int table_insert(lua_State *L)
{
  lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1) + 1), at = end;
  if (lua_gettop(L) == 3) {
    at = luaL_checkinteger(L, 2);
    luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
    shift(L, end - 1, at, 1);
  } else if (lua_gettop(L) != 2) {
    return luaL_error(L, "wrong number of arguments to 'insert'");
  }
  lua_seti(L, 1, at);
  return 0;
}

static int table_remove(lua_State *L)
{
  lua_Integer size = length_of(L, 1), at = luaL_optinteger(L, 2, size);
  if (at != size)
    luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
  lua_geti(L, 1, at);
  if (at < size)
    shift(L, at + 1, size, -1);
  lua_pushnil(L);
  lua_seti(L, 1, at < size ? size : at);
  return 1;
}

static int table_move(lua_State *L)
{
  lua_Integer from = luaL_checkinteger(L, 2), to = luaL_checkinteger(L, 3), at = luaL_checkinteger(L, 4);
  int target = lua_isnoneornil(L, 5) ? 1 : 5;
  luaL_checkany(L, 1);
  length_of(L, 1);
  length_of(L, target);
  if (to < from)
    return lua_pushvalue(L, target), 1;
  luaL_argcheck(L, from > 0 || to < LUA_MAXINTEGER + from, 3, "too many elements to move");
  lua_Integer count = to - from + 1;
  luaL_argcheck(L, at <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
  bool upwards = at > to || at <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
  for (lua_Integer i = 0; i < count; i++) {
    lua_Integer step = upwards ? i : count - 1 - i;
    sandbox_charge(L, 1);
    lua_geti(L, 1, from + step);
    lua_seti(L, target, at + step);
  }
  lua_pushvalue(L, target);
  return 1;
}

static void add_item(lua_State *L, luaL_Buffer *buffer, lua_Integer at)
{
  lua_geti(L, 1, at);
  if (!lua_isstring(L, -1))
    luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1), at);
  sandbox_charge(L, 1 + lua_rawlen(L, -1) / 64);
  luaL_addvalue(buffer);
}

static int table_concat(lua_State *L)
{
  size_t size;
  lua_Integer last = length_of(L, 1);
  const char *between = luaL_optlstring(L, 2, "", &size);
  lua_Integer at = luaL_optinteger(L, 3, 1);
  last = luaL_optinteger(L, 4, last);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (; at < last; at++) {
    add_item(L, &buffer, at);
    luaL_addlstring(&buffer, between, size);
  }
  if (at == last)
    add_item(L, &buffer, at);
  luaL_pushresult(&buffer);
  return 1;
}

static int table_pack(lua_State *L)
{
  int count = lua_gettop(L);
  lua_createtable(L, count, 1);
  lua_insert(L, 1);
  for (int i = count; i >= 1; i--)
    lua_rawseti(L, 1, i);
  lua_pushinteger(L, count);
  lua_setfield(L, 1, "n");
  return 1;
}

static int table_unpack(lua_State *L)
{
  lua_Integer from = luaL_optinteger(L, 2, 1);
  lua_Integer to = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
  if (from > to)
    return 0;
  lua_Unsigned count = (lua_Unsigned)to - (lua_Unsigned)from;
  if (count >= INT_MAX || !lua_checkstack(L, (int)(count + 1)))
    return luaL_error(L, "too many results to unpack");
  for (lua_Integer i = from; i <= to; i++) {
    sandbox_charge(L, 1);
    lua_geti(L, 1, i);
    if (i == LUA_MAXINTEGER)
      break;
  }
  return (int)(count + 1);
}

/* ---- Sorting: runs of 1, 2, 4... merged from one list into the other ---- */

#define FROM 3
#define INTO 4

/* Whether the item at the top comes before the one below it. */
static bool before(lua_State *L)
{
  if (lua_isnil(L, 2))
    return lua_compare(L, -1, -2, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, -2);
  lua_pushvalue(L, -4);
  lua_call(L, 2, 1);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

/* The left one comes first unless the right one is before it. */
static void merge(lua_State *L, int from, int into, lua_Integer left, lua_Integer middle, lua_Integer right)
{
  lua_Integer a = left, b = middle;
  for (lua_Integer at = left; at < right; at++) {
    bool take_right = a >= middle;
    if (!take_right && b < right) {
      lua_rawgeti(L, from, a);
      lua_rawgeti(L, from, b);
      take_right = before(L);
      lua_pop(L, 2);
    }
    lua_rawgeti(L, from, take_right ? b++ : a++);
    lua_rawseti(L, into, at);
  }
}

static int merge_all(lua_State *L, lua_Integer count)
{
  int from = FROM, into = INTO;
  for (lua_Integer width = 1; width < count; width *= 2) {
    sandbox_charge(L, (size_t)count);
    for (lua_Integer left = 1; left <= count; left += 2 * width) {
      lua_Integer middle = left + width < count + 1 ? left + width : count + 1;
      lua_Integer right = middle + width < count + 1 ? middle + width : count + 1;
      merge(L, from, into, left, middle, right);
    }
    int other = from;
    from = into;
    into = other;
  }
  return from;
}

static int table_sort(lua_State *L)
{
  lua_Integer count = length_of(L, 1);
  luaL_argcheck(L, count < INT_MAX, 1, "array too big");
  if (!lua_isnoneornil(L, 2))
    luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  lua_newtable(L);
  lua_newtable(L);
  for (lua_Integer i = 1; i <= count; i++) {
    sandbox_charge(L, 1);
    lua_geti(L, 1, i);
    lua_rawseti(L, FROM, i);
  }
  int sorted = merge_all(L, count);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, sorted, i);
    lua_seti(L, 1, i);
  }
  return 0;
}

static const luaL_Reg functions[] = {
  { "concat", table_concat }, { "insert", table_insert }, { "move", table_move },     { "pack", table_pack },
  { "remove", table_remove }, { "sort", table_sort },     { "unpack", table_unpack }, { NULL, NULL },
};

int sandbox_open_table(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
