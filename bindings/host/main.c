/* SPDX-License-Identifier: Apache-2.0
 * main: the `remit` program. One Lua state and one protected call, which hands over to scripts/remit/cli.lua for the exit code. Scripts run in
 * further states, guarded ones: guard.h.
 *
 * The scripts are those that it carries, so that it runs from wherever it is copied to; or the source tree's when it stands in the folder
 * that it was built in. They come before everything else, and LUA_PATH and its like are not read.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif
#if defined(_WIN32)
#include <windows.h>
#elif defined(__APPLE__)
#include <mach-o/dyld.h>
#include <unistd.h>
#else
#include <unistd.h>
#endif
#ifdef __linux__
#include <sys/auxv.h>
#endif

#include "compiled.h"
#include "guard.h"
#include "host.h"
#include "worker.h"

#define PATH_SIZE 4096
#define BROKEN 3

int luaopen_remit_core(lua_State *L);

/* ---- Where things are ---- */

/* The program's own path, without links where the system can tell; false when it cannot be known. */
static bool program_path(char path[PATH_SIZE])
{
#if defined(_WIN32)
  DWORD size = GetModuleFileNameA(NULL, path, PATH_SIZE);
  return size > 0 && size < PATH_SIZE;
#elif defined(__APPLE__)
  char called[PATH_SIZE];
  uint32_t size = PATH_SIZE;
  return _NSGetExecutablePath(called, &size) == 0 && realpath(called, path) != NULL;
#else
  ssize_t size = readlink("/proc/self/exe", path, PATH_SIZE - 1);
  if (size <= 0 || size >= PATH_SIZE - 1)
    return false;
  path[size] = '\0';
  return true;
#endif
}

/* On Linux the very file that runs, also when another has taken its place; in a root without /proc, what it was started as. */
const char *worker_program(void)
{
#ifdef __linux__
  return access("/proc/self/exe", X_OK) == 0 ? "/proc/self/exe" : (const char *)(uintptr_t)getauxval(AT_EXECFN);
#else
  static char path[PATH_SIZE];
  return program_path(path) ? path : NULL;
#endif
}

/* Cuts a path to the folder that it lies in. */
static void cut_to_folder(char *path)
{
  char *end = path + strlen(path);
  while (end > path && *end != '/' && *end != '\\')
    end--;
  *end = '\0';
}

static bool readable(const char *path)
{
  FILE *file = fopen(path, "rb");
  if (file != NULL)
    fclose(file);
  return file != NULL;
}

#ifdef REMIT_SOURCE_SCRIPTS
static bool same_folder(const char *folder, const char *other)
{
#ifdef _WIN32
  return _stricmp(folder, other) == 0;
#else
  char *real = realpath(other, NULL);
  bool same = real != NULL && strcmp(folder, real) == 0;
  free(real);
  return same;
#endif
}
#endif

/* The folder of the source tree's scripts, somewhere on the stack, when the program stands where it was built; else NULL. */
static const char *find_scripts(lua_State *L)
{
#ifdef REMIT_SOURCE_SCRIPTS
  char folder[PATH_SIZE];
  if (!program_path(folder))
    return NULL;
  cut_to_folder(folder);
  if (same_folder(folder, REMIT_BUILD_DIRECTORY) && readable(REMIT_SOURCE_SCRIPTS "/remit/init.lua"))
    return lua_pushstring(L, REMIT_SOURCE_SCRIPTS);
#endif
  (void)L;
  return NULL;
}

/* ---- One state ---- */

static void preload(lua_State *L, const char *module, lua_CFunction open)
{
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, open);
  lua_setfield(L, -2, module);
  lua_pop(L, 1);
}

static void open_libraries(lua_State *L)
{
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
  luaL_openlibs(L);
  preload(L, "remit.sandbox", luaopen_remit_sandbox);
  preload(L, "remit.host", luaopen_remit_host);
}

/* Gives whether the program has nothing but what it carries. */
static bool set_path(lua_State *L)
{
  lua_getglobal(L, LUA_LOADLIBNAME);
  int package = lua_gettop(L);
  const char *scripts = find_scripts(L);
  if (scripts == NULL) {
    lua_settop(L, package - 1);
    return true;
  }
  lua_getfield(L, package, "path");
  lua_pushfstring(L, "%s/?.lua;%s/?/init.lua;%s", scripts, scripts, lua_tostring(L, -1));
  lua_setfield(L, package, "path");
  lua_settop(L, package - 1);
  return false;
}

void guard_find_toolkit(lua_State *L)
{
  preload(L, "remit.core", luaopen_remit_core);
  compiled_open(L, grant_is_given(L) || set_path(L));
}

/* Pushes `arg` as lua5.4 makes it: the program at 0, its arguments from 1. */
static void push_arguments(lua_State *L, int argc, char **argv)
{
  lua_createtable(L, argc, 1);
  for (int i = 0; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i);
  }
  lua_pushvalue(L, -1);
  lua_setglobal(L, "arg");
}

/* require("remit.cli").main(arg): the exit code. */
static int run(lua_State *L)
{
  int argc = (int)lua_tointeger(L, 1);
  char **argv = lua_touserdata(L, 2);
  open_libraries(L);
  guard_find_toolkit(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.cli");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  push_arguments(L, argc, argv);
  lua_call(L, 1, 1);
  if (!lua_isinteger(L, -1))
    return luaL_error(L, "remit: cli.main gave a %s, not an exit code", luaL_typename(L, -1));
  return 1;
}

static int traced(lua_State *L)
{
  const char *message = luaL_tolstring(L, 1, NULL);
  if (strncmp(message, "remit: ", 7) != 0)
    luaL_traceback(L, L, message, 1);
  return 1;
}

/* What was printed must have arrived. A reader that has gone (`| head`) is no failure: the signal ends the program before this. */
static int written(int code)
{
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout))
    return code;
  if (errno != EPIPE)
    fprintf(stderr, "remit: not everything could be written: %s\n", strerror(errno != 0 ? errno : EIO));
  return errno == EPIPE ? code : BROKEN;
}

/* What a question frees, the next one takes again: the C library is not to give it back to the system in between, as it would when a model is
 * small, since each page that it takes anew costs more than filling it. It takes a megabyte at a time. */
static void hold_on_to_memory(void)
{
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

int main(int argc, char **argv)
{
  hold_on_to_memory();
  if (argc > 1 && strcmp(argv[1], WORKER_ARGUMENT) == 0)
    return worker_serve(argc, argv);
#ifdef SIGPIPE
  signal(SIGPIPE, SIG_DFL);
#endif
  lua_State *L = luaL_newstate();
  if (L == NULL) {
    fputs("remit: no memory\n", stderr);
    return BROKEN;
  }
  lua_pushcfunction(L, traced);
  lua_pushcfunction(L, run);
  lua_pushinteger(L, argc);
  lua_pushlightuserdata(L, argv);
  int code = BROKEN;
  if (lua_pcall(L, 2, 1, 1) == LUA_OK)
    code = (int)lua_tointeger(L, -1);
  else
    fprintf(stderr, "%s\n", lua_isstring(L, -1) ? lua_tostring(L, -1) : "remit: failed while failing");
  lua_close(L);
  return written(code);
}
