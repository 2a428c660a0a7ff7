/* SPDX-License-Identifier: Apache-2.0
 * module: what require "remit.core" gives, the index of the other files. scripts/remit/meta/core.lua says what each function does.
 */
#include "binding.h"

static const luaL_Reg libraries[] = {
  { "number", binding_open_number },
  { "hash", binding_open_hash },
  { "calendar", binding_open_calendar },
  { "text", binding_open_text },
  { "fields", binding_open_fields },
  { "dictionary", binding_open_dictionary },
  { "column", binding_open_column },
  { "table", binding_open_table },
  { "csv", binding_open_csv },
  { "predicate", binding_open_predicate },
  { "selection", binding_open_selection },
  { "pivot", binding_open_pivot },
  { "decision", binding_open_decision },
  { "match", binding_open_match },
  { "changeset", binding_open_changeset },
  { "json", binding_open_json },
  { "file", binding_open_file },
  { "workbook", binding_open_workbook },
  { "spreadsheet", binding_open_spreadsheet },
  { "bundle", binding_open_bundle },
  { "signature", binding_open_signature },
  { NULL, NULL },
};

REMIT_API int luaopen_remit_core(lua_State *L);

int luaopen_remit_core(lua_State *L)
{
  luaL_checkversion(L);
  lua_newtable(L);
  for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
    lua_pushcfunction(L, library->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, library->name);
  }
  lua_pushstring(L, remit_version());
  lua_setfield(L, -2, "version");
  return 1;
}
