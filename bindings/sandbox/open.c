/* SPDX-License-Identifier: Apache-2.0
 * open: the two environments, and the modules that a script may require.
 */
#include <ctype.h>
#include <lualib.h>
#include <string.h>

#include "internal.h"

#define MODULE_MAX (16 << 20)

static const char environment_key;

void sandbox_take(lua_State *L, const char *from, const char *const *names)
{
  lua_newtable(L);
  lua_getglobal(L, from);
  for (; *names != NULL; names++) {
    lua_getfield(L, -1, *names);
    lua_setfield(L, -3, *names);
  }
  lua_pop(L, 1);
}

/* ---- The toolkit's environment: the state's globals ---- */

static void drop(lua_State *L, const char *library, const char *const *names)
{
  lua_getglobal(L, library);
  for (; *names != NULL; names++) {
    lua_pushnil(L);
    lua_setfield(L, -2, *names);
  }
  lua_pop(L, 1);
}

/* Modules of the toolkit are Lua files, or compiled into the program: no library is loaded. */
static void trim_package(lua_State *L)
{
  static const char *const names[] = { "loadlib", "cpath", NULL };
  drop(L, LUA_LOADLIBNAME, names);
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  for (lua_Integer at = (lua_Integer)lua_rawlen(L, -1); at > 2; at--) {
    lua_pushnil(L);
    lua_rawseti(L, -2, at);
  }
  lua_pushliteral(L, "");
  lua_setfield(L, -3, "path");
  lua_pop(L, 2);
}

/* The toolkit names the analyst's line and likely cause, and keeps the prompt's locals: what it reads for that, and nothing that changes. */
static void trim_debug(lua_State *L)
{
  static const char *const kept[] = { "getinfo", "getlocal", "getupvalue", "traceback", NULL };
  sandbox_take(L, LUA_DBLIBNAME, kept);
  lua_pushvalue(L, -1);
  lua_setglobal(L, LUA_DBLIBNAME);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_insert(L, -2);
  lua_setfield(L, -2, LUA_DBLIBNAME);
  lua_pop(L, 1);
}

static void open_libraries(lua_State *L)
{
  static const luaL_Reg libraries[] = {
    { LUA_GNAME, luaopen_base },         { LUA_LOADLIBNAME, luaopen_package }, { LUA_COLIBNAME, luaopen_coroutine },
    { LUA_TABLIBNAME, luaopen_table },   { LUA_STRLIBNAME, luaopen_string },   { LUA_MATHLIBNAME, luaopen_math },
    { LUA_UTF8LIBNAME, luaopen_utf8 },   { LUA_DBLIBNAME, luaopen_debug },     { NULL, NULL },
  };
  static const char *const base[] = { "collectgarbage", "dofile", "loadfile", "load", "warn", NULL };
  static const char *const string[] = { "dump", NULL };
  lua_pushboolean(L, true);
  lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
  for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
    luaL_requiref(L, library->name, library->func, true);
    lua_pop(L, 1);
  }
  trim_package(L);
  trim_debug(L);
  drop(L, LUA_GNAME, base);
  drop(L, LUA_STRLIBNAME, string);
}

/* ---- Require ---- */

/* core.file.read, which keeps to the grant: pushes the text or nil. */
static bool push_file(lua_State *L, const char *path)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.core");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "file");
  lua_getfield(L, -1, "read");
  lua_pushstring(L, path);
  lua_pushinteger(L, MODULE_MAX);
  lua_call(L, 2, 1);
  lua_replace(L, -3);
  lua_pop(L, 1);
  return lua_isstring(L, -1);
}

/* Pushes the text of the script's module and its path; false, and nothing pushed that counts, when there is none. */
static bool find_module(lua_State *L, const char *name)
{
  const char *folder, *file = luaL_gsub(L, name, ".", "/");
  for (size_t i = 0; (folder = sandbox_module_folder(sandbox_of(L), i)) != NULL; i++) {
    const char *between = folder[0] != '\0' && folder[strlen(folder) - 1] == '/' ? "" : "/";
    const char *path = strcmp(folder, ".") == 0 ? lua_pushfstring(L, "%s.lua", file) : lua_pushfstring(L, "%s%s%s.lua", folder, between, file);
    if (push_file(L, path)) {
      lua_pushstring(L, path);
      return true;
    }
  }
  return false;
}

static bool is_module_name(const char *name)
{
  bool part = false;
  for (; *name != '\0'; name++) {
    bool letter = isalnum((unsigned char)*name) || *name == '_' || *name == '-';
    if (!letter && (*name != '.' || !part))
      return false;
    part = letter;
  }
  return part;
}

/* The toolkit as a script gets it: to be read only. */
static int refuse_change(lua_State *L)
{
  sandbox_note_refusal(L, "change", "remit");
  return luaL_error(L, "the toolkit cannot be changed: '%s' of remit", luaL_tolstring(L, 2, NULL));
}

static void push_toolkit(lua_State *L)
{
  lua_newtable(L);
  lua_createtable(L, 0, 4);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit");
  lua_call(L, 1, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_change);
  lua_setfield(L, -2, "__newindex");
  lua_pushliteral(L, "remit");
  lua_setfield(L, -2, "__name");
  lua_pushliteral(L, "remit");
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

static int not_found(lua_State *L, const char *name)
{
  sandbox_note_refusal(L, "require", name);
  if (strncmp(name, "remit.", 6) == 0)
    return luaL_error(L, "module '%s' is the toolkit's own: require \"remit\" has what a script uses", name);
  return luaL_error(L, "module '%s' not found: no such file beside the script or in the working folder", name);
}

/* Upvalue: the modules that are there, by name; false while one loads. */
static int script_require(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TBOOLEAN && !lua_toboolean(L, -1))
    return luaL_error(L, "loop or previous error loading module '%s'", name);
  if (!lua_isnil(L, -1))
    return 1;
  if (strcmp(name, "remit") == 0) {
    push_toolkit(L);
  } else {
    size_t size;
    if (!is_module_name(name) || !find_module(L, name))
      return not_found(L, name);
    const char *text = lua_tolstring(L, -2, &size);
    if (sandbox_load(L, text, size, lua_pushfstring(L, "@%s", lua_tostring(L, -1))) != LUA_OK)
      return luaL_error(L, "error loading module '%s':\n\t%s", name, lua_tostring(L, -1));
    lua_pushvalue(L, 1);
    lua_pushboolean(L, false);
    lua_rawset(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    if (lua_isnil(L, -1))
      lua_pushboolean(L, true);
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, -2);
  lua_rawset(L, lua_upvalueindex(1));
  return 1;
}

/* ---- The script's environment ---- */

static int math_randomseed(lua_State *L)
{
  luaL_checknumber(L, 1);
  lua_Integer whole;
  if (!lua_numbertointeger(lua_tonumber(L, 1), &whole))
    return luaL_argerror(L, 1, "a whole number expected");
  whole = lua_isinteger(L, 1) ? lua_tointeger(L, 1) : whole;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushinteger(L, whole);
  lua_pushinteger(L, luaL_optinteger(L, 2, 0));
  lua_call(L, 2, 0);
  return 0;
}

static int open_math(lua_State *L)
{
  static const char *const names[] = { "abs",  "acos",       "asin",      "atan", "ceil",   "cos", "deg",  "exp", "floor",     "fmod", "huge",
                                       "log",  "maxinteger", "mininteger", "max", "min",    "modf", "pi",  "rad", "random", "sin",  "sqrt",
                                       "tan",  "tointeger",  "type",      "ult",  NULL };
  sandbox_take(L, "math", names);
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushcclosure(L, math_randomseed, 1);
  lua_setfield(L, -3, "randomseed");
  lua_pop(L, 1);
  return 1;
}

static int open_utf8(lua_State *L)
{
  static const char *const names[] = { "char", "charpattern", "codepoint", "codes", "len", "offset", NULL };
  sandbox_take(L, "utf8", names);
  return 1;
}

/* Methods of texts are those of a library that nobody else holds. */
static void lock_texts(lua_State *L)
{
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  sandbox_open_string(L);
  lua_pushvalue(L, -1);
  lua_setglobal(L, LUA_STRLIBNAME);
  lua_setfield(L, -2, "__index");
  lua_pushliteral(L, "string");
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
}

/* Lua looks up here what a function is called in a message. Those of texts call Lua's own, which are there. */
static void name_functions(lua_State *L, const luaL_Reg *libraries)
{
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  for (; libraries->name != NULL; libraries++) {
    if (strcmp(libraries->name, LUA_STRLIBNAME) == 0)
      continue;
    lua_getfield(L, -2, libraries->name);
    lua_setfield(L, -2, libraries->name);
  }
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, LUA_GNAME);
  lua_pop(L, 1);
}

static void open_environment(lua_State *L)
{
  static const char *const base[] = { "assert", "error", "ipairs", "rawequal", "rawget", "rawlen", "select", "tonumber", "type", "_VERSION", NULL };
  static const luaL_Reg libraries[] = { { "coroutine", sandbox_open_coroutine }, { "math", open_math },           { "string", sandbox_open_string },
                                        { "table", sandbox_open_table },         { "utf8", open_utf8 }, { NULL, NULL } };
  sandbox_take(L, LUA_GNAME, base);
  sandbox_fill_base(L);
  for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
    library->func(L);
    lua_setfield(L, -2, library->name);
  }
  lua_newtable(L);
  lua_pushcclosure(L, script_require, 1);
  lua_setfield(L, -2, "require");
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, LUA_GNAME);
  name_functions(L, libraries);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
}

/* What both environments share. The toolkit calls functions of the script too, and must not catch what stopped one. */
static void share(lua_State *L)
{
  static const char *const names[] = { "print", "load", "tostring", "pcall", "xpcall", NULL };
  sandbox_push_environment(L);
  for (const char *const *name = names; *name != NULL; name++) {
    lua_getfield(L, -1, *name);
    lua_setglobal(L, *name);
  }
  lua_pop(L, 1);
}

int sandbox_open(lua_State *L)
{
  open_libraries(L);
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushinteger(L, sandbox_seed(sandbox_of(L)));
  lua_pushinteger(L, 0);
  lua_call(L, 2, 0);
  open_environment(L);
  lock_texts(L);
  share(L);
  grant_set(L, sandbox_grant(sandbox_of(L)));
  return 0;
}

void sandbox_push_environment(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
}

void sandbox_confine(lua_State *L)
{
  sandbox_push_environment(L);
  if (lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
}

/* Without a byte-order mark, and without a first line that begins with #, whose end stays for the line numbers. */
int sandbox_load(lua_State *L, const char *text, size_t size, const char *name)
{
  size_t from = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (from < size && text[from] == '#')
    while (from < size && text[from] != '\n')
      from++;
  int status = luaL_loadbufferx(L, text + from, size - from, name, "t");
  if (status == LUA_OK)
    sandbox_confine(L);
  return status;
}
