/* SPDX-License-Identifier: Apache-2.0
 * interpreter: what of lua5.4 the tests use, built with the sanitizers: a script, and its arguments in `arg`.
 */
#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int traced(lua_State *L)
{
  luaL_traceback(L, L, luaL_tolstring(L, 1, NULL), 1);
  return 1;
}

static bool run(lua_State *L, char **argv)
{
  lua_pushcfunction(L, traced);
  if (luaL_loadfile(L, argv[1]) != LUA_OK)
    return false;
  int count = 0;
  while (argv[2 + count] != NULL)
    lua_pushstring(L, argv[2 + count++]);
  return lua_pcall(L, count, 0, 1) == LUA_OK;
}

static void push_arguments(lua_State *L, char **argv)
{
  lua_newtable(L);
  for (int i = 0; argv[i] != NULL; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i - 1);
  }
  lua_setglobal(L, "arg");
}

int main(int argc, char **argv)
{
  if (argc < 2) {
    fputs("interpreter SCRIPT [ARGUMENT...]\n", stderr);
    return EXIT_FAILURE;
  }
  lua_State *L = luaL_newstate();
  if (L == NULL)
    return EXIT_FAILURE;
  luaL_openlibs(L);
  push_arguments(L, argv);
  bool ran = run(L, argv);
  if (!ran)
    fprintf(stderr, "%s\n", luaL_tolstring(L, -1, NULL));
  lua_close(L);
  return ran ? EXIT_SUCCESS : EXIT_FAILURE;
}
