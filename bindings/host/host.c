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

int luaopen_remit_host(lua_State *L)
{
  static const luaL_Reg functions[] = {
    { "attempt", host_attempt },
    { "watch", host_watch },
    { "report", host_report },
    { "seconds", host_seconds },
    { "is_terminal", host_is_terminal },
    { "columns", host_columns },
    { "write", host_write },
    { "setting", host_setting },
    { "append", host_append },
    { "make_folder", host_make_folder },
    { "list", host_list },
    { "read_private", host_read_private },
    { "write_private", host_write_private },
    { "password", host_password },
    { "carried", host_carried },
    { "editor", host_editor },
    { "worker", host_worker },
    { "save_below", host_save_below },
    { "read_below", host_read_below },
    { NULL, NULL },
  };
  host_open_editor(L);
  host_open_worker(L);
  luaL_newlib(L, functions);
  lua_pushliteral(L, LUA_RELEASE);
  lua_setfield(L, -2, "lua_release");
  return 1;
}

int host_open_guarded(lua_State *L)
{
  static const luaL_Reg functions[] = {
    { "attempt", host_attempt }, { "report", host_report },   { "seconds", host_seconds }, { "is_terminal", host_is_terminal },
    { "columns", host_columns }, { "write", host_write },     { "setting", host_setting }, { "list", host_list },
    { "carried", host_carried }, { "environment", environment }, { NULL, NULL },
  };
  luaL_newlib(L, functions);
  return 1;
}
