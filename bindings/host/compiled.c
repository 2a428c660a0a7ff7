/* SPDX-License-Identifier: Apache-2.0
 * compiled: a searcher of modules that comes before Lua's own. Beside the source tree it finds the same file, and saves compiling it.
 */
#include "compiled.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALONE "remit.alone"

static bool holds_text(const char *path, const compiled_chunk *compiled)
{
  unsigned char block[16384];
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return false;
  size_t at = 0, size;
  bool same = true;
  while (same && (size = fread(block, 1, sizeof block, file)) > 0) {
    same = size <= compiled->text_size - at && memcmp(block, compiled->text + at, size) == 0;
    at += same ? size : 0;
  }
  fclose(file);
  return same && at == compiled->text_size;
}

static int compare(const void *module, const void *compiled)
{
  return strcmp(module, ((const compiled_chunk *)compiled)->module);
}

static const compiled_chunk *find(const char *module)
{
  return bsearch(module, compiled_chunks, compiled_count, sizeof *compiled_chunks, compare);
}

/* Pushes the path of the file that Lua would load, or nil. */
static const char *push_path(lua_State *L)
{
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchpath");
  lua_pushvalue(L, 1);
  lua_getfield(L, -3, "path");
  lua_call(L, 2, 1);
  return lua_tostring(L, -1);
}

static bool is_alone(lua_State *L)
{
  lua_getfield(L, LUA_REGISTRYINDEX, ALONE);
  bool alone = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return alone;
}

static int search(lua_State *L)
{
  const compiled_chunk *compiled = find(luaL_checkstring(L, 1));
  if (compiled == NULL || compiled->chunk == NULL)
    return 0;
  const char *path = is_alone(L) ? compiled->module : push_path(L);
  if (path == NULL || (path != compiled->module && !holds_text(path, compiled)))
    return 0;
  if (luaL_loadbufferx(L, (const char *)compiled->chunk, compiled->chunk_size, compiled->module, "b") != LUA_OK)
    return 0;
  lua_pushstring(L, path);
  return 2;
}

int host_carried(lua_State *L)
{
  const compiled_chunk *compiled = is_alone(L) ? find(luaL_checkstring(L, 1)) : NULL;
  if (compiled == NULL || compiled->chunk != NULL)
    return 0;
  lua_pushlstring(L, (const char *)compiled->text, compiled->text_size);
  return 1;
}

void compiled_open(lua_State *L, bool alone)
{
  lua_pushboolean(L, alone);
  lua_setfield(L, LUA_REGISTRYINDEX, ALONE);
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  for (lua_Integer at = (lua_Integer)lua_rawlen(L, -1); at >= 2; at--) {
    lua_rawgeti(L, -1, at);
    lua_rawseti(L, -2, at + 1);
  }
  lua_pushcfunction(L, search);
  lua_rawseti(L, -2, 2);
  lua_pop(L, 2);
}
