/* SPDX-License-Identifier: Apache-2.0
 * failing: a Lua interpreter whose allocations can be made to fail, Lua's and the core's. The script gets `failing.lua(n)` and `failing.core(n)`: let n
 * allocations through, then refuse one; `failing.off()` ends it and says whether one was refused. Leaks at the end are a failure.
 */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

int luaopen_remit_core(lua_State *L);

typedef struct countdown {
  bool armed, refused;
  lua_Integer left;
} countdown;

static countdown of_lua, of_core;

static bool granted(countdown *count)
{
  if (!count->armed)
    return true;
  if (count->left > 0) {
    count->left--;
    return true;
  }
  count->refused = true;
  return false;
}

static void *allocate(void *context, void *block, size_t old, size_t size)
{
  (void)context;
  if (size == 0) {
    free(block);
    return NULL;
  }
  if ((block == NULL || size > old) && !granted(&of_lua))
    return NULL;
  return realloc(block, size);
}

/* One refusal is enough: what the core then frees and reports is what is tested. */
static bool core_allocates(void *context)
{
  (void)context;
  bool allowed = granted(&of_core);
  if (!allowed)
    of_core.armed = false;
  return allowed;
}

static int arm(lua_State *L, countdown *count)
{
  *count = (countdown){ true, false, luaL_checkinteger(L, 1) };
  return 0;
}

static int failing_lua(lua_State *L)
{
  return arm(L, &of_lua);
}

static int failing_core(lua_State *L)
{
  return arm(L, &of_core);
}

static int failing_off(lua_State *L)
{
  bool refused = of_lua.refused || of_core.refused;
  of_lua = of_core = (countdown){ 0 };
  lua_pushboolean(L, refused);
  return 1;
}

static const luaL_Reg functions[] = { { "lua", failing_lua }, { "core", failing_core }, { "off", failing_off }, { NULL, NULL } };

static int run(lua_State *L)
{
  luaL_openlibs(L);
  luaL_requiref(L, "remit.core", luaopen_remit_core, 0);
  luaL_newlib(L, functions);
  lua_setglobal(L, "failing");
  lua_settop(L, 1);
  if (luaL_loadfile(L, lua_touserdata(L, 1)) != LUA_OK)
    return lua_error(L);
  lua_call(L, 0, 0);
  return 0;
}

int main(int argc, char **argv)
{
  lua_State *L = argc == 2 ? lua_newstate(allocate, NULL) : NULL;
  if (L == NULL)
    return EXIT_FAILURE;
  remit_memory_set_hook(core_allocates, NULL);
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, argv[1]);
  bool ran = lua_pcall(L, 1, 0, 0) == LUA_OK;
  if (!ran)
    fprintf(stderr, "%s\n", luaL_tolstring(L, -1, NULL));
  lua_close(L);
  if (remit_memory_live() != 0)
    fprintf(stderr, "%zu blocks of the core are left\n", remit_memory_live());
  return ran && remit_memory_live() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
