/* SPDX-License-Identifier: Apache-2.0
 * host: the module remit.host, an index of the others.
 */
#include "host.h"

#include "compiled.h"
#include "sandbox.h"

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
    { "scratch", host_scratch },
    { "carried", host_carried },
    { "editor", host_editor },
    { NULL, NULL },
  };
  host_open_editor(L);
  luaL_newlib(L, functions);
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
