/* SPDX-License-Identifier: Apache-2.0
 * base: the functions that are global in Lua, and coroutines. What a limit stopped is not caught: not by pcall, xpcall, coroutine.resume.
 */
#include <stdio.h>
#include <string.h>

#include "internal.h"

#define LOAD_MAX ((size_t)64 << 20)

static const char own_metatables;

/* ---- Text ---- */

const char *sandbox_text_of(lua_State *L, int index, size_t *size)
{
  index = lua_absindex(L, index);
  int type = lua_type(L, index);
  bool plain = type <= LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
  if (plain || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
    if (!plain)
      lua_pop(L, 1);
    return luaL_tolstring(L, index, size);
  }
  if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
    lua_pushstring(L, lua_typename(L, type));
  return lua_tolstring(L, -1, size);
}

static int base_tostring(lua_State *L)
{
  luaL_checkany(L, 1);
  sandbox_text_of(L, 1, NULL);
  return 1;
}

static bool is_printable(const char *text, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (((unsigned char)text[i] < ' ' && text[i] != '\n' && text[i] != '\t') || (unsigned char)text[i] > '~')
      return false;
  return true;
}

/* Replaces the text on top by what a terminal may be sent. */
static const char *make_safe(lua_State *L, size_t *size)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.safe");
  lua_call(L, 1, 1);
  lua_getglobal(L, "string");
  lua_getfield(L, -1, "gsub");
  lua_pushvalue(L, -4);
  lua_pushliteral(L, "[^\n\t]+");
  lua_pushvalue(L, -5);
  lua_call(L, 3, 1);
  lua_replace(L, -4);
  lua_pop(L, 2);
  return lua_tolstring(L, -1, size);
}

static int base_print(lua_State *L)
{
  int count = lua_gettop(L);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (int i = 1; i <= count; i++) {
    if (i > 1)
      luaL_addchar(&buffer, '\t');
    sandbox_text_of(L, i, NULL);
    luaL_addvalue(&buffer);
  }
  luaL_addchar(&buffer, '\n');
  luaL_pushresult(&buffer);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (!is_printable(text, size))
    text = make_safe(L, &size);
  sandbox_count_output(L, size);
  sandbox_write(L, false, text, size);
  return 0;
}

/* ---- Metatables ---- */

/* Whether the metatable on top is one that the script set. */
static bool is_scripts(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &own_metatables);
  lua_pushvalue(L, -2);
  bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return found;
}

static void remember_metatable(lua_State *L, int index)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &own_metatables);
  lua_pushvalue(L, index);
  lua_pushboolean(L, true);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

static void make_registry(lua_State *L)
{
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &own_metatables);
}

bool sandbox_is_foreign(lua_State *L, int index)
{
  if (!lua_getmetatable(L, index))
    return false;
  bool foreign = !is_scripts(L);
  lua_pop(L, 1);
  return foreign;
}

static int base_getmetatable(lua_State *L)
{
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
    return 1;
  if (!lua_getmetatable(L, 1))
    return lua_pushnil(L), 1;
  if (is_scripts(L))
    return 1;
  if (luaL_getmetafield(L, 1, "__name") == LUA_TNIL)
    lua_pushliteral(L, "protected");
  return 1;
}

static void refuse_field(lua_State *L, const char *field, const char *why)
{
  lua_pushstring(L, field);
  if (lua_rawget(L, 2) == LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  sandbox_note_refusal(L, "set", field);
  luaL_error(L, "a script may not set %s: %s", field, why);
}

static int base_setmetatable(lua_State *L)
{
  int type = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
  if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL || sandbox_is_foreign(L, 1))
    return luaL_error(L, "cannot change a protected metatable");
  lua_settop(L, 2);
  if (type == LUA_TTABLE) {
    refuse_field(L, "__gc", "nothing of a script runs when memory is freed");
    refuse_field(L, "__mode", "what a script sees does not depend on when memory is freed");
    remember_metatable(L, 2);
  }
  lua_settop(L, 2);
  lua_setmetatable(L, 1);
  return 1;
}

static int base_rawset(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  if (sandbox_is_foreign(L, 1)) {
    sandbox_note_refusal(L, "change", "an object of the toolkit");
    return luaL_error(L, "an object of the toolkit cannot be changed");
  }
  lua_settop(L, 3);
  lua_rawset(L, 1);
  return 1;
}

/* ---- Protected calls ---- */

/* `extra`: what stands below the results. */
static int finish_call(lua_State *L, int status, lua_KContext extra)
{
  if (status == LUA_OK || status == LUA_YIELD)
    return lua_gettop(L) - (int)extra;
  sandbox_check_memory(L, status);
  lua_pushboolean(L, false);
  lua_pushvalue(L, -2);
  return 2;
}

static int base_pcall(lua_State *L)
{
  luaL_checkany(L, 1);
  sandbox_check(L);
  lua_pushboolean(L, true);
  lua_insert(L, 1);
  return finish_call(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_call), 0);
}

/* Upvalue: the script's handler, which must not see what stopped the script. */
static int handle(lua_State *L)
{
  if (sandbox_is_stopped(L))
    return 1;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int base_xpcall(lua_State *L)
{
  int given = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  sandbox_check(L);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, handle, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, true);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  return finish_call(L, lua_pcallk(L, given - 2, LUA_MULTRET, 2, 2, finish_call), 2);
}

/* ---- load ---- */

/* Pushes the text that a function gives piece by piece. */
static void read_pieces(lua_State *L)
{
  size_t total = 0;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (;;) {
    size_t size;
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    sandbox_charge(L, 1);
    if (lua_isnil(L, -1))
      break;
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "reader function must return a string");
    lua_tolstring(L, -1, &size);
    if (size == 0)
      break;
    total += size;
    if (total > LOAD_MAX)
      luaL_error(L, "a chunk of more than %d MiB", (int)(LOAD_MAX >> 20));
    luaL_addvalue(&buffer);
  }
  lua_pop(L, 1);
  luaL_pushresult(&buffer);
}

static int base_load(lua_State *L)
{
  bool whole = lua_isstring(L, 1), own_environment = !lua_isnone(L, 4);
  const char *name = luaL_optstring(L, 2, whole ? lua_tostring(L, 1) : "=(load)"), *mode = luaL_optstring(L, 3, "t");
  lua_settop(L, 4);
  if (whole)
    lua_pushvalue(L, 1);
  else
    luaL_checktype(L, 1, LUA_TFUNCTION), read_pieces(L);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  sandbox_charge(L, size);
  if (luaL_loadbufferx(L, text, size, name, strchr(mode, 't') != NULL ? "t" : "") != LUA_OK) {
    if (size > 0 && text[0] == LUA_SIGNATURE[0])
      sandbox_note_refusal(L, "load", "bytecode");
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
  }
  if (own_environment)
    lua_pushvalue(L, 4);
  else
    sandbox_push_environment(L);
  if (lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
  return 1;
}

void sandbox_fill_base(lua_State *L)
{
  static const luaL_Reg functions[] = {
    { "getmetatable", base_getmetatable }, { "load", base_load },     { "next", sandbox_next },     { "pairs", sandbox_pairs },
    { "pcall", base_pcall },               { "print", base_print },   { "rawset", base_rawset },    { "setmetatable", base_setmetatable },
    { "tostring", base_tostring },         { "xpcall", base_xpcall }, { NULL, NULL },
  };
  make_registry(L);
  luaL_setfuncs(L, functions, 0);
}

/* ---- Coroutines ---- */

/* Upvalue 1 is Lua's own. A coroutine has a count of instructions of its own, which may never come to an end: it is charged ahead. */
static int coroutine_make(lua_State *L)
{
  sandbox_charge(L, SANDBOX_STEP);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

static int coroutine_step(lua_State *L)
{
  lua_State *stepped = lua_tothread(L, 1);
  sandbox_check(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_rotate(L, 2, 2);
  lua_call(L, lua_gettop(L) - 2, LUA_MULTRET);
  sandbox_check_memory(L, stepped != NULL ? lua_status(stepped) : LUA_OK);
  return lua_gettop(L) - 1;
}

int sandbox_open_coroutine(lua_State *L)
{
  static const char *const names[] = { "close", "create", "isyieldable", "resume", "running", "status", "wrap", "yield", NULL };
  static const struct {
    const char *name;
    lua_CFunction wrapper;
  } wrapped[] = { { "create", coroutine_make }, { "wrap", coroutine_make }, { "resume", coroutine_step }, { "close", coroutine_step } };
  sandbox_take(L, "coroutine", names);
  for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
    lua_getfield(L, -1, wrapped[i].name);
    lua_pushcclosure(L, wrapped[i].wrapper, 1);
    lua_setfield(L, -2, wrapped[i].name);
  }
  return 1;
}
