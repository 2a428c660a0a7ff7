/* SPDX-License-Identifier: Apache-2.0
 * guard: a script's run, from the host's state into a guarded one and back. Nothing but texts and numbers comes back.
 */
#include "guard.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#define BOX "remit.sandbox"
#define VOCABULARY "remit"

typedef struct job {
  lua_State *host; /* the options are at its index 1 */
  guard_grants grants;
  const char *text, *name;
  size_t size;
  bool trace;
  int status; /* of the script */
} job;

/* ---- In the guarded state ---- */

/* The folder of the Lua layer, by the path that modules are searched in; its slash stays. */
static const char *push_toolkit_folder(lua_State *L)
{
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "path");
  const char *path = lua_tostring(L, -1), *mark = path != NULL ? strchr(path, '?') : NULL;
  return lua_pushlstring(L, path, mark != NULL ? (size_t)(mark - path) : 0);
}

static void give_files(lua_State *L, const guard_grants *grants)
{
  sandbox *box = sandbox_of(L);
  grant *g = sandbox_grant(box);
  const char *folder = push_toolkit_folder(L);
  grant_allow_read(g, ".");
  if (folder[0] != '\0')
    grant_allow_read(g, lua_pushfstring(L, "%s" VOCABULARY, folder));
  if (grants->folder != NULL && grant_allow_read(g, grants->folder))
    sandbox_add_modules(box, grants->folder);
  sandbox_add_modules(box, ".");
  if (grants->pack != NULL)
    grant_allow_read(g, grants->pack);
  if (grants->out != NULL)
    grant_allow_write(g, grants->out);
}

static void give_pack(lua_State *L, const char *pack)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.granted");
  lua_call(L, 1, 1);
  lua_pushstring(L, pack);
  lua_setfield(L, -2, "pack");
  lua_pop(L, 1);
}

/* The toolkit is there without being asked for. */
static void give_toolkit(lua_State *L)
{
  sandbox_push_environment(L);
  lua_getfield(L, -1, "require");
  lua_pushliteral(L, "remit");
  lua_call(L, 1, 1);
  lua_setfield(L, -2, "remit");
  lua_pop(L, 1);
}

void guard_open(lua_State *L, const guard_grants *grants)
{
  lua_pushcfunction(L, sandbox_open);
  lua_call(L, 0, 0);
  guard_find_toolkit(L);
  const char *folder = push_toolkit_folder(L);
  if (folder[0] != '\0') {
    sandbox_set_own(sandbox_of(L), lua_pushfstring(L, "%s" VOCABULARY "/", folder));
    lua_setfield(L, LUA_REGISTRYINDEX, "remit.own");
  }
  give_files(L, grants);
  give_pack(L, grants->pack);
  give_toolkit(L);
  lua_settop(L, 0);
}

/* Copies the host's arguments to the global `arg`, and pushes those from 1. */
static int push_arguments(lua_State *L, lua_State *host)
{
  lua_getfield(host, 1, "arguments");
  int count = lua_istable(host, -1) ? (int)lua_rawlen(host, -1) : 0;
  luaL_checkstack(L, count + 4, "too many arguments");
  sandbox_push_environment(L);
  lua_createtable(L, count, 1);
  for (int i = 0; i <= count && lua_istable(host, -1); i++) {
    lua_rawgeti(host, -1, i);
    const char *text = lua_tostring(host, -1);
    lua_pushstring(L, text != NULL ? text : "");
    lua_rawseti(L, -2, i);
    lua_pop(host, 1);
  }
  lua_pop(host, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "arg");
  lua_remove(L, -2);
  int arguments = lua_gettop(L);
  for (int i = 1; i <= count; i++)
    lua_rawgeti(L, arguments, i);
  lua_remove(L, arguments);
  return count;
}

/* Makes a message of what was raised; upvalue 1: with a traceback. Runs within the limits, for what was raised is the script's. */
static int describe(lua_State *L)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.guarded");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "message");
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  if (lua_toboolean(L, lua_upvalueindex(1)))
    luaL_traceback(L, L, lua_tostring(L, -1), 1);
  return 1;
}

static int run_script(lua_State *L)
{
  job *work = lua_touserdata(L, 1);
  lua_settop(L, 0);
  guard_open(L, &work->grants);
  lua_pushboolean(L, work->trace);
  lua_pushcclosure(L, describe, 1);
  sandbox_begin(sandbox_of(L));
  if (sandbox_load(L, work->text, work->size, work->name) != LUA_OK) {
    lua_call(L, 1, 1);
    lua_pushboolean(L, false);
    return 2;
  }
  work->status = lua_pcall(L, push_arguments(L, work->host), 0, 1);
  lua_settop(L, work->status == LUA_OK ? 0 : 2);
  if (work->status == LUA_OK)
    lua_pushliteral(L, "");
  lua_pushboolean(L, work->status == LUA_OK);
  return 2;
}

/* ---- In the host's ---- */

static int box_close(lua_State *H)
{
  sandbox **box = luaL_checkudata(H, 1, BOX);
  sandbox_free(*box);
  *box = NULL;
  return 0;
}

static double option_number(lua_State *H, const char *name, double unit, double otherwise)
{
  lua_getfield(H, 1, name);
  double value = lua_isnil(H, -1) ? otherwise : luaL_checknumber(H, -1) * unit;
  lua_pop(H, 1);
  luaL_argcheck(H, value >= 0 && value < 9e18, 1, name);
  return value;
}

static sandbox_limits read_limits(lua_State *H)
{
  sandbox_limits limits = sandbox_default_limits;
  limits.work = (uint64_t)option_number(H, "work", 1e6, (double)limits.work);
  limits.memory = (size_t)option_number(H, "memory", 1 << 20, (double)limits.memory);
  limits.output = (size_t)option_number(H, "output", 1 << 20, (double)limits.output);
  limits.seconds = option_number(H, "seconds", 1, limits.seconds);
  limits.seed = (lua_Integer)option_number(H, "seed", 1, (double)limits.seed);
  return limits;
}

/* The text stays alive by the options. */
static const char *option_text(lua_State *H, const char *name, size_t *size)
{
  lua_getfield(H, 1, name);
  const char *text = lua_tolstring(H, -1, size);
  lua_pop(H, 1);
  return text;
}

static void push_refusals(lua_State *H, const sandbox *box)
{
  const char *line;
  lua_newtable(H);
  for (size_t i = 0; (line = sandbox_refusal(box, i)) != NULL; i++) {
    lua_pushstring(H, line);
    lua_rawseti(H, -2, (lua_Integer)i + 1);
  }
  lua_setfield(H, -2, "refusals");
  lua_pushinteger(H, (lua_Integer)sandbox_refusals(box));
  lua_setfield(H, -2, "refused");
}

/* What the host says of a run; the guarded state's stack has the message and whether all went well, if `status` is LUA_OK. */
static void push_result(lua_State *H, sandbox *box, lua_State *L, int status)
{
  size_t size;
  bool ok = status == LUA_OK && lua_toboolean(L, -1);
  const char *stopped = status == LUA_ERRMEM ? sandbox_lacked_memory(box) : sandbox_stopped(box);
  const char *message = status == LUA_OK ? lua_tolstring(L, -2, &size) : NULL;
  lua_createtable(H, 0, 6);
  lua_pushboolean(H, ok && stopped == NULL);
  lua_setfield(H, -2, "ok");
  if (stopped != NULL)
    lua_pushfstring(H, "error: %s", stopped);
  else if (message != NULL)
    lua_pushlstring(H, message, size);
  else
    lua_pushliteral(H, "error: the script failed, and so did saying how");
  lua_setfield(H, -2, "message");
  lua_pushinteger(H, (lua_Integer)sandbox_work(box));
  lua_setfield(H, -2, "work");
  lua_pushinteger(H, (lua_Integer)sandbox_peak_memory(box));
  lua_setfield(H, -2, "memory");
  push_refusals(H, box);
}

/* run { name, text, arguments, folder, pack, out, trace, work, memory, output, seconds, seed } -> { ok, message, work, memory, refusals, refused } */
static int guard_run(lua_State *H)
{
  luaL_checktype(H, 1, LUA_TTABLE);
  sandbox_limits limits = read_limits(H);
  job work = { .host = H };
  work.text = option_text(H, "text", &work.size);
  work.name = option_text(H, "name", NULL);
  work.grants = (guard_grants){ option_text(H, "folder", NULL), option_text(H, "pack", NULL), option_text(H, "out", NULL) };
  lua_getfield(H, 1, "trace");
  work.trace = lua_toboolean(H, -1);
  luaL_argcheck(H, work.text != NULL && work.name != NULL, 1, "text and name expected");
  sandbox **box = lua_newuserdatauv(H, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(H, BOX);
  *box = sandbox_new(&limits);
  if (*box == NULL)
    return luaL_error(H, "no memory");
  lua_State *L = sandbox_state(*box);
  lua_pushcfunction(L, run_script);
  lua_pushlightuserdata(L, &work);
  int status = lua_pcall(L, 1, 2, 0);
  push_result(H, *box, L, status != LUA_OK ? status : work.status == LUA_ERRMEM ? LUA_ERRMEM : LUA_OK);
  sandbox_free(*box);
  *box = NULL;
  return 1;
}

static const luaL_Reg functions[] = { { "run", guard_run }, { NULL, NULL } };

int luaopen_remit_sandbox(lua_State *H)
{
  if (luaL_newmetatable(H, BOX)) {
    lua_pushcfunction(H, box_close);
    lua_setfield(H, -2, "__gc");
  }
  luaL_newlib(H, functions);
  return 1;
}
