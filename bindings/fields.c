/* SPDX-License-Identifier: Apache-2.0
 * fields: what a call works with, made of the named fields that it was given, as scripts/remit/args.lua has them declared.
 */
#include "binding.h"

#include <string.h>

#define ROOM_MAX 1024
#define KEY_MAX 512  /* what takes more is rarely asked twice */
#define NAMES_MAX 16
#define DEPTH_MAX 4

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

/* ---- The same fields again ---- */

/* A text that only equal values have. */
typedef struct key_text {
  size_t size;
  char bytes[KEY_MAX];
} key_text;

typedef struct key_name {
  const char *text;
  size_t size;
  int value; /* where it stands on the stack */
} key_name;

static bool write_bytes(key_text *key, char kind, const void *bytes, size_t size)
{
  if (size + 1 > KEY_MAX - key->size)
    return false;
  key->bytes[key->size++] = kind;
  memcpy(key->bytes + key->size, bytes, size);
  key->size += size;
  return true;
}

static bool write_text(key_text *key, const char *text, size_t size)
{
  uint16_t length = (uint16_t)size; /* a longer one has no place */
  return write_bytes(key, 's', &length, sizeof length) && write_bytes(key, ':', text, size);
}

static bool is_before(const key_name *a, const key_name *b)
{
  int order = memcmp(a->text, b->text, a->size < b->size ? a->size : b->size);
  return order < 0 || (order == 0 && a->size < b->size);
}

/* The named fields of a table, in order, their values left on the stack, and how many others there are; false when they are many. */
static bool read_names(lua_State *L, int at, key_name names[NAMES_MAX], size_t *count, size_t *others)
{
  for (lua_pushnil(L); lua_next(L, at) != 0;) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pop(L, 1);
      ++*others;
      continue;
    }
    if (*count == NAMES_MAX)
      return false;
    key_name name = { .value = lua_gettop(L) - 1 };
    name.text = lua_tolstring(L, -2, &name.size);
    size_t place = (*count)++;
    for (; place > 0 && is_before(&name, &names[place - 1]); place--)
      names[place] = names[place - 1];
    names[place] = name;
    lua_insert(L, -2);
  }
  return true;
}

static bool write_value(lua_State *L, int at, key_text *key, int depth);

static bool write_table(lua_State *L, int at, key_text *key, int depth)
{
  key_name names[NAMES_MAX];
  const int top = lua_gettop(L);
  size_t items = lua_rawlen(L, at), count = 0, others = 0;
  if (depth == DEPTH_MAX || lua_getmetatable(L, at) || !lua_checkstack(L, NAMES_MAX + 4))
    return false;
  bool written = read_names(L, at, names, &count, &others) && others == items && write_bytes(key, '{', &items, sizeof items);
  for (size_t i = 1; i <= items && written; i++) {
    lua_rawgeti(L, at, (lua_Integer)i);
    written = write_value(L, lua_gettop(L), key, depth + 1);
    lua_pop(L, 1);
  }
  for (size_t i = 0; i < count && written; i++)
    written = write_text(key, names[i].text, names[i].size) && write_value(L, names[i].value, key, depth + 1);
  lua_settop(L, top);
  return written && write_bytes(key, '}', "", 0);
}

static bool write_value(lua_State *L, int at, key_text *key, int depth)
{
  size_t size;
  const char *text;
  lua_Integer integer;
  lua_Number number;
  switch (lua_type(L, at)) {
  case LUA_TBOOLEAN: return write_bytes(key, lua_toboolean(L, at) ? 'y' : 'n', "", 0);
  case LUA_TSTRING: text = lua_tolstring(L, at, &size); return write_text(key, text, size);
  case LUA_TTABLE: return write_table(L, at, key, depth);
  case LUA_TNUMBER:
    if (lua_isinteger(L, at)) {
      integer = lua_tointeger(L, at);
      return write_bytes(key, 'i', &integer, sizeof integer);
    }
    number = lua_tonumber(L, at);
    return write_bytes(key, 'f', &number, sizeof number);
  default: return false;
  }
}

static int fields_key(lua_State *L)
{
  key_text key;
  key.size = 0;
  lua_settop(L, 1);
  if (!write_value(L, 1, &key, 0))
    return 0;
  lua_pushlstring(L, key.bytes, key.size);
  return 1;
}

static const luaL_Reg functions[] = { { "list", fields_list }, { "fill", fields_fill }, { "key", fields_key }, { NULL, NULL } };

int binding_open_fields(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
