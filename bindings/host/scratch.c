/* SPDX-License-Identifier: Apache-2.0
 * scratch: a folder of the program's own below $TMPDIR, for what `remit check` lets a script write; it goes when it is closed.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <ftw.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

#define SCRATCH "remit.scratch"
#define OPEN_FOLDERS 16

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
  (void)about, (void)kind, (void)place;
  return remove(path);
}

/* Links are removed, not followed. */
static int scratch_close(lua_State *L)
{
  char *path = luaL_checkudata(L, 1, SCRATCH);
  if (path[0] != '\0')
    nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
  path[0] = '\0';
  return 0;
}

static int scratch_path(lua_State *L)
{
  lua_pushstring(L, luaL_checkudata(L, 1, SCRATCH));
  return 1;
}

static void open_scratch(lua_State *L)
{
  static const luaL_Reg methods[] = { { "path", scratch_path }, { NULL, NULL } };
  static const luaL_Reg meta[] = { { "__gc", scratch_close }, { "__close", scratch_close }, { NULL, NULL } };
  if (luaL_newmetatable(L, SCRATCH)) {
    luaL_setfuncs(L, meta, 0);
    luaL_newlib(L, methods);
    lua_setfield(L, -2, "__index");
  }
  lua_pop(L, 1);
}

/* scratch() -> a folder that is removed when it is closed, with :path(); or nil and why there is none */
int host_scratch(lua_State *L)
{
  const char *below = getenv("TMPDIR");
  open_scratch(L);
  const char *template = lua_pushfstring(L, "%s/remit-XXXXXX", below != NULL && below[0] != '\0' ? below : P_tmpdir);
  size_t size = strlen(template) + 1;
  char *path = lua_newuserdatauv(L, size, 0);
  path[0] = '\0';
  luaL_setmetatable(L, SCRATCH);
  memcpy(path, template, size);
  if (mkdtemp(path) != NULL)
    return 1;
  int code = errno;
  path[0] = '\0';
  lua_pushnil(L);
  lua_pushfstring(L, "%s: %s", template, strerror(code));
  return 2;
}
