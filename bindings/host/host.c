/* SPDX-License-Identifier: Apache-2.0
 * host: the module remit.host, an index of the others.
 */
#include "host.h"

#include "compiled.h"

#include <lauxlib.h>

int luaopen_remit_host(lua_State *L)
{
  static const luaL_Reg functions[] = {
    { "attempt", host_attempt },         { "watch", host_watch },   { "report", host_report }, { "is_terminal", host_is_terminal },
    { "columns", host_columns },         { "append", host_append }, { "editor", host_editor }, { "make_folder", host_make_folder },
    { "seconds", host_seconds },
    { "list", host_list },
    { "read_private", host_read_private },
    { "write_private", host_write_private },
    { "password", host_password },
    { "carried", host_carried },
    { NULL, NULL },
  };
  host_open_editor(L);
  luaL_newlib(L, functions);
  return 1;
}
