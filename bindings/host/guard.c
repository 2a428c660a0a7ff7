/* SPDX-License-Identifier: Apache-2.0
 * guard: calls from the program's state into a guarded one. Texts, numbers and lists of texts go in; texts and numbers come back.
 */
#include "guard.h"

#include <lauxlib.h>
#include <string.h>

#include "host.h"

#define BOX "remit.sandbox"
#define VOCABULARY "remit"
#define ANSWERS 4 /* that a call may give */

/* A call on its way into a guarded state. */
typedef struct entry {
  lua_State *host; /* its stack holds the arguments: the state, the module, the function, what it is given */
  int top;
} entry;

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
  if (g->given != NULL) {
    sandbox_add_modules(box, grants->folder);
    sandbox_add_modules(box, ".");
    return;
  }
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
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, host_open_guarded);
  lua_setfield(L, -2, "remit.host");
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

static void copy_value(lua_State *from, int index, lua_State *to)
{
  size_t size;
  const char *text;
  switch (lua_type(from, index)) {
  case LUA_TBOOLEAN: lua_pushboolean(to, lua_toboolean(from, index)); break;
  case LUA_TNUMBER:
    if (lua_isinteger(from, index))
      lua_pushinteger(to, lua_tointeger(from, index));
    else
      lua_pushnumber(to, lua_tonumber(from, index));
    break;
  case LUA_TSTRING:
    text = lua_tolstring(from, index, &size);
    lua_pushlstring(to, text, size);
    break;
  default: lua_pushnil(to);
  }
}

/* From the host: a list of texts too. */
static void copy_argument(lua_State *host, int index, lua_State *L)
{
  if (!lua_istable(host, index)) {
    copy_value(host, index, L);
    return;
  }
  lua_Integer count = (lua_Integer)lua_rawlen(host, index);
  lua_newtable(L);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(host, index, i);
    copy_value(host, -1, L);
    lua_pop(host, 1);
    lua_rawseti(L, -2, i);
  }
}

/* require(module)[function](...) */
static int call_inside(lua_State *L)
{
  entry *call = lua_touserdata(L, 1);
  luaL_checkstack(L, call->top + ANSWERS, "too many arguments");
  lua_settop(L, 0);
  lua_getglobal(L, "require");
  copy_value(call->host, 2, L);
  lua_call(L, 1, 1);
  copy_value(call->host, 3, L);
  lua_gettable(L, 1);
  for (int i = 4; i <= call->top; i++)
    copy_argument(call->host, i, L);
  lua_call(L, call->top - 3, ANSWERS);
  return ANSWERS;
}

static int open_inside(lua_State *L)
{
  guard_open(L, lua_touserdata(L, 1));
  return 0;
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

sandbox_limits guard_limits(lua_State *H)
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
static const char *option_text(lua_State *H, const char *name)
{
  lua_getfield(H, 1, name);
  const char *text = lua_tostring(H, -1);
  lua_pop(H, 1);
  return text;
}

static sandbox *check_box(lua_State *H)
{
  sandbox *box = *(sandbox **)luaL_checkudata(H, 1, BOX);
  luaL_argcheck(H, box != NULL, 1, "it is closed");
  return box;
}

/* Pushes why a call failed that nothing inside caught, for the toolkit itself raised it. "remit: " marks what is not a mistake of ours. */
static void push_failure(lua_State *H, sandbox *box, int status)
{
  const char *text = lua_tostring(sandbox_state(box), -1);
  if (status == LUA_ERRMEM)
    lua_pushfstring(H, "remit: %s", sandbox_lacked_memory(box));
  else
    lua_pushstring(H, text != NULL ? text : "a call into the guarded state failed, and so did saying how");
}

/* state:call(module, function, ...) -> what it gives */
static int guard_call(lua_State *H)
{
  sandbox *box = check_box(H);
  lua_State *L = sandbox_state(box);
  entry call = { .host = H, .top = lua_gettop(H) };
  luaL_checkstring(H, 2);
  luaL_checkstring(H, 3);
  luaL_checkstack(H, ANSWERS + 2, NULL);
  lua_settop(L, 0);
  lua_pushcfunction(L, call_inside);
  lua_pushlightuserdata(L, &call);
  int status = lua_pcall(L, 1, ANSWERS, 0);
  if (status != LUA_OK) {
    push_failure(H, box, status);
    sandbox_rest(box);
    return lua_error(H);
  }
  for (int i = 1; i <= ANSWERS; i++)
    copy_value(L, i, H);
  lua_settop(L, 0);
  return ANSWERS;
}

/* state:allow(folder) -> whether it may be read from here on, and modules be found there */
static int guard_allow(lua_State *H)
{
  sandbox *box = check_box(H);
  const char *folder = luaL_checkstring(H, 2);
  lua_pushboolean(H, grant_allow_read(sandbox_grant(box), folder) && sandbox_add_modules(box, folder));
  return 1;
}

/* state:refused() -> the first refusals in words, how many there were */
static int guard_refused(lua_State *H)
{
  const sandbox *box = check_box(H);
  const char *line;
  lua_newtable(H);
  for (size_t i = 0; (line = sandbox_refusal(box, i)) != NULL; i++) {
    lua_pushstring(H, line);
    lua_rawseti(H, -2, (lua_Integer)i + 1);
  }
  lua_pushinteger(H, (lua_Integer)sandbox_refusals(box));
  return 2;
}

static void push_notes(lua_State *H, const grant_notes *notes)
{
  lua_createtable(H, (int)notes->count, 0);
  for (size_t i = 0; i < notes->count; i++) {
    lua_pushstring(H, notes->paths[i]);
    lua_rawseti(H, -2, (lua_Integer)i + 1);
  }
}

/* state:touched() -> paths that were read, paths that were written, whether these are all of them */
static int guard_touched(lua_State *H)
{
  const grant *g = sandbox_grant(check_box(H));
  push_notes(H, &g->was_read);
  push_notes(H, &g->was_written);
  lua_pushboolean(H, !g->was_read.lost && !g->was_written.lost);
  return 3;
}

/* open { folder, pack, out, work, memory, output, seconds, seed } -> a state */
static int guard_new(lua_State *H)
{
  luaL_checktype(H, 1, LUA_TTABLE);
  sandbox_limits limits = guard_limits(H);
  guard_grants grants = { option_text(H, "folder"), option_text(H, "pack"), option_text(H, "out") };
  sandbox **box = lua_newuserdatauv(H, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(H, BOX);
  *box = sandbox_new(&limits);
  if (*box == NULL) {
    lua_pushliteral(H, "remit: no memory for a script's state");
    return lua_error(H);
  }
  lua_State *L = sandbox_state(*box);
  lua_pushcfunction(L, open_inside);
  lua_pushlightuserdata(L, &grants);
  int status = lua_pcall(L, 1, 0, 0);
  if (status == LUA_OK)
    return 1;
  push_failure(H, *box, status);
  return lua_error(H);
}

int luaopen_remit_sandbox(lua_State *H)
{
  static const luaL_Reg functions[] = { { "open", guard_new }, { NULL, NULL } };
  static const luaL_Reg methods[] = { { "call", guard_call }, { "allow", guard_allow }, { "refused", guard_refused },
                                      { "touched", guard_touched }, { "close", box_close }, { NULL, NULL } };
  if (luaL_newmetatable(H, BOX)) {
    lua_pushcfunction(H, box_close);
    lua_setfield(H, -2, "__gc");
    luaL_newlib(H, methods);
    lua_setfield(H, -2, "__index");
  }
  luaL_newlib(H, functions);
  return 1;
}
