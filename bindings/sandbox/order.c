/* SPDX-License-Identifier: Apache-2.0
 * order: pairs and next in a defined order: numbers ascending, text by its bytes, false, true. Lua's own order changes from run to
 * run. Tables and functions have no order: one such key comes last, and several are refused.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum kind { KIND_NUMBER, KIND_TEXT, KIND_BOOLEAN, KIND_OBJECT };

typedef struct entry {
  enum kind kind;
  bool whole;
  lua_Integer integer; /* or a boolean, or the size of a text */
  union {
    lua_Number number;
    const char *text; /* lives as long as the table */
  } of;
} entry;

/* What one walk over a table tells. */
typedef struct survey {
  size_t count, objects;
  lua_Integer largest;
  bool positions; /* every key is a whole number from 1 */
} survey;

static const char cache_key;

/* ---- Comparing keys ---- */

static entry entry_of(lua_State *L, int index)
{
  entry made = { .kind = KIND_OBJECT };
  size_t size;
  switch (lua_type(L, index)) {
  case LUA_TNUMBER:
    made.kind = KIND_NUMBER;
    made.whole = lua_isinteger(L, index);
    made.integer = made.whole ? lua_tointeger(L, index) : 0;
    made.of.number = lua_tonumber(L, index);
    break;
  case LUA_TSTRING:
    made.kind = KIND_TEXT;
    made.of.text = lua_tolstring(L, index, &size);
    made.integer = (lua_Integer)size;
    break;
  case LUA_TBOOLEAN:
    made.kind = KIND_BOOLEAN;
    made.integer = lua_toboolean(L, index);
    break;
  default: break;
  }
  return made;
}

static int sign(bool below, bool above)
{
  return above ? 1 : below ? -1 : 0;
}

static int compare_mixed(lua_Integer whole, lua_Number other)
{
  if (other >= 9223372036854775808.0)
    return -1;
  if (other < -9223372036854775808.0)
    return 1;
  lua_Integer cut = (lua_Integer)other, floored = (lua_Number)cut > other ? cut - 1 : cut;
  return whole != floored ? sign(whole < floored, whole > floored) : sign(other > (lua_Number)floored, false);
}

static int compare_numbers(const entry *a, const entry *b)
{
  if (a->whole && b->whole)
    return sign(a->integer < b->integer, a->integer > b->integer);
  if (a->whole)
    return compare_mixed(a->integer, b->of.number);
  if (b->whole)
    return -compare_mixed(b->integer, a->of.number);
  return sign(a->of.number < b->of.number, a->of.number > b->of.number);
}

static int compare_texts(const entry *a, const entry *b)
{
  lua_Integer shared = a->integer < b->integer ? a->integer : b->integer;
  int found = memcmp(a->of.text, b->of.text, (size_t)shared);
  return found != 0 ? found : sign(a->integer < b->integer, a->integer > b->integer);
}

static int compare(const void *left, const void *right)
{
  const entry *a = left, *b = right;
  if (a->kind != b->kind)
    return sign(a->kind < b->kind, a->kind > b->kind);
  if (a->kind == KIND_NUMBER)
    return compare_numbers(a, b);
  return a->kind == KIND_TEXT ? compare_texts(a, b) : sign(a->integer < b->integer, a->integer > b->integer);
}

/* ---- Walking ---- */

static survey look_over(lua_State *L, int index)
{
  survey seen = { .positions = true };
  luaL_checkstack(L, 4, NULL);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    int type = lua_type(L, -2);
    seen.count++;
    seen.positions = seen.positions && lua_isinteger(L, -2) && lua_tointeger(L, -2) > 0;
    if (seen.positions && lua_tointeger(L, -2) > seen.largest)
      seen.largest = lua_tointeger(L, -2);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TBOOLEAN)
      seen.objects++;
  }
  sandbox_charge(L, 2 * seen.count);
  if (seen.objects > 1)
    luaL_error(L, "this table has %I keys that are tables or functions, which have no order: keep a list of them beside it",
               (lua_Integer)seen.objects);
  seen.positions = seen.positions && seen.largest == (lua_Integer)seen.count;
  return seen;
}

/* Pushes the entries in order, and above them the key that is an object, or nil. */
static entry *push_entries(lua_State *L, int index, const survey *seen)
{
  size_t at = 0;
  entry *entries = lua_newuserdatauv(L, (seen->count + 1) * sizeof *entries, 0);
  lua_pushnil(L);
  int object = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    entries[at++] = entry_of(L, -2);
    if (entries[at - 1].kind == KIND_OBJECT) {
      lua_pushvalue(L, -2);
      lua_replace(L, object);
    }
  }
  sandbox_charge(L, 8 * seen->count);
  qsort(entries, seen->count, sizeof *entries, compare);
  return entries;
}

static void push_key(lua_State *L, const entry *one, int object)
{
  switch (one->kind) {
  case KIND_NUMBER:
    if (one->whole)
      lua_pushinteger(L, one->integer);
    else
      lua_pushnumber(L, one->of.number);
    break;
  case KIND_TEXT: lua_pushlstring(L, one->of.text, (size_t)one->integer); break;
  case KIND_BOOLEAN: lua_pushboolean(L, (int)one->integer); break;
  default: lua_pushvalue(L, object); break;
  }
}

static void push_list(lua_State *L, int index, const survey *seen)
{
  const entry *entries = push_entries(L, index, seen);
  int object = lua_gettop(L);
  lua_createtable(L, (int)seen->count, 0);
  for (size_t i = 0; i < seen->count; i++) {
    push_key(L, &entries[i], object);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_replace(L, object - 1);
  lua_settop(L, object - 1);
}

/* ---- pairs ---- */

/* Upvalues: the position, the last one. Keys that were taken out on the way are passed over. */
static int walk_positions(lua_State *L)
{
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(1)), last = lua_tointeger(L, lua_upvalueindex(2));
  lua_settop(L, 1);
  while (at++ < last) {
    if (lua_rawgeti(L, 1, at) != LUA_TNIL) {
      lua_pushinteger(L, at);
      lua_copy(L, -1, lua_upvalueindex(1));
      lua_insert(L, 2);
      return 2;
    }
    lua_pop(L, 1);
  }
  lua_pushnil(L);
  return 1;
}

/* Upvalues: the position, the last one, the keys. */
static int walk_keys(lua_State *L)
{
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(1)), last = lua_tointeger(L, lua_upvalueindex(2));
  lua_settop(L, 1);
  while (at++ < last) {
    lua_rawgeti(L, lua_upvalueindex(3), at);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) {
      lua_pushinteger(L, at);
      lua_replace(L, lua_upvalueindex(1));
      return 2;
    }
    lua_settop(L, 1);
  }
  lua_pushnil(L);
  return 1;
}

static int finish_pairs(lua_State *L, int status, lua_KContext context)
{
  (void)L, (void)status, (void)context;
  return 3;
}

int sandbox_pairs(lua_State *L)
{
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 3, 0, finish_pairs);
    return 3;
  }
  luaL_checktype(L, 1, LUA_TTABLE);
  survey seen = look_over(L, 1);
  lua_pushinteger(L, 0);
  lua_pushinteger(L, (lua_Integer)seen.count);
  if (seen.positions) {
    lua_pushcclosure(L, walk_positions, 2);
  } else {
    push_list(L, 1, &seen);
    lua_pushcclosure(L, walk_keys, 3);
  }
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

/* ---- next ---- */

static int push_pair(lua_State *L)
{
  lua_pushvalue(L, -1);
  lua_rawget(L, 1);
  return 2;
}

/* Lua's first key tells whether there is one; the least of them is looked for. */
static int first_key(lua_State *L)
{
  survey seen = look_over(L, 1);
  if (seen.count == 0)
    return luaL_pushfail(L), 1;
  if (seen.positions) {
    lua_pushinteger(L, 1);
    return push_pair(L);
  }
  sandbox_charge(L, 8 * seen.count);
  lua_pushnil(L);
  int least = lua_gettop(L);
  entry best = { .kind = KIND_OBJECT };
  for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
    entry one = entry_of(L, -2);
    if (lua_isnil(L, least) || compare(&one, &best) < 0) {
      best = one;
      lua_pushvalue(L, -2);
      lua_replace(L, least);
    }
  }
  return push_pair(L);
}

/* The keys of the table that was asked last stay: { table, keys, position }. Pushes that, and gives where the key stands in it. */
static lua_Integer known_position(lua_State *L)
{
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &cache_key) != LUA_TTABLE)
    return 0;
  lua_rawgeti(L, -1, 1);
  bool same = lua_rawequal(L, -1, 1);
  lua_rawgeti(L, -2, 3);
  lua_Integer at = lua_tointeger(L, -1);
  lua_rawgeti(L, -3, 2);
  lua_rawgeti(L, -1, at);
  same = same && lua_rawequal(L, -1, 2);
  lua_pop(L, 4);
  return same ? at : 0;
}

/* Pushes a fresh { table, keys, position } whose position is that of the last key up to the one asked. */
static lua_Integer fresh_position(lua_State *L)
{
  survey seen = look_over(L, 1);
  entry asked = entry_of(L, 2);
  lua_createtable(L, 3, 0);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, 1);
  push_list(L, 1, &seen);
  lua_Integer at = 0;
  for (; at < (lua_Integer)seen.count; at++) {
    lua_rawgeti(L, -1, at + 1);
    entry one = entry_of(L, -1);
    bool past = compare(&one, &asked) > 0;
    lua_pop(L, 1);
    if (past)
      break;
  }
  lua_rawseti(L, -2, 2);
  return at;
}

int sandbox_next(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 2);
  if (lua_isnil(L, 2))
    return first_key(L);
  lua_Integer at = known_position(L);
  if (at == 0)
    at = fresh_position(L);
  int cache = lua_gettop(L);
  lua_rawgeti(L, cache, 2);
  while (lua_rawgeti(L, cache + 1, ++at) != LUA_TNIL) {
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) {
      lua_pushinteger(L, at);
      lua_rawseti(L, cache, 3);
      return 2;
    }
    lua_pop(L, 2);
  }
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
  lua_pushnil(L);
  return 1;
}
