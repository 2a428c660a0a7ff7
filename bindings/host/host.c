/* SPDX-License-Identifier: Apache-2.0
 * host: the module remit.host, an index of the others.
 */
#include "host.h"

#include "compiled.h"
#include "sandbox.h"
#include "worker.h"

#include <lauxlib.h>

/* environment() -> the globals of the guarded script */
static int environment(lua_State *L)
{
  sandbox_push_environment(L);
  return 1;
}

/* What the toolkit has in both kinds of state. */
static const luaL_Reg common[] = {
  { "attempt", host_attempt },
  { "loop", host_loop },
  { "step", host_step },
  { "leave", host_leave },
  { "detail", host_detail },
  { "hush", host_hush },
  { "seconds", host_seconds },
  { "is_terminal", host_is_terminal },
  { "columns", host_columns },
  { "write", host_write },
  { "setting", host_setting },
  { "list", host_list },
  { "carried", host_carried },
  { NULL, NULL },
};

int luaopen_remit_host(lua_State *L)
{
  static const luaL_Reg functions[] = {
    { "watch", host_watch },
    { "append", host_append },
    { "make_folder", host_make_folder },
    { "read_private", host_read_private },
    { "write_private", host_write_private },
    { "password", host_password },
    { "scratch", host_scratch },
    { "editor", host_editor },
    { "worker", host_worker },
    { "save_below", host_save_below },
    { "read_below", host_read_below },
    { NULL, NULL },
  };
  host_open_editor(L);
  host_open_worker(L);
  luaL_newlib(L, common);
  luaL_setfuncs(L, functions, 0);
  lua_pushliteral(L, LUA_RELEASE);
  lua_setfield(L, -2, "lua_release");
  return 1;
}

int host_open_guarded(lua_State *L)
{
  luaL_newlib(L, common);
  lua_pushcfunction(L, environment);
  lua_setfield(L, -2, "environment");
  return 1;
}
