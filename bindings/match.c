/* SPDX-License-Identifier: Apache-2.0
 * match: local names to a vocabulary. Targets are integers of the caller's.
 */
#include "binding.h"

#define MATCH "remit.match"
#define SUGGESTIONS 5
#define SUGGESTIONS_MAX 1024

static remit_match *match_of(lua_State *L)
{
  remit_match **box = binding_open_box(L, 1, MATCH);
  return *box;
}

static int match_close(lua_State *L)
{
  remit_match **box = luaL_checkudata(L, 1, MATCH);
  remit_match_free(*box);
  *box = NULL;
  return 0;
}

static int match_new(lua_State *L)
{
  remit_match **box = binding_box(L, MATCH, sizeof *box);
  remit_error err;
  if (remit_match_new(box, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

typedef remit_status (*adder)(remit_match *match, const char *text, size_t size, uint32_t target, remit_error *err);

static int add(lua_State *L, adder add_text)
{
  size_t size;
  remit_match *match = match_of(L);
  const char *text = luaL_checklstring(L, 2, &size);
  lua_Integer target = luaL_checkinteger(L, 3);
  luaL_argcheck(L, target > 0 && target <= UINT32_MAX, 3, "a target is a number from 1");
  remit_error err;
  if (add_text(match, text, size, (uint32_t)target, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_settop(L, 1);
  return 1;
}

static int match_name(lua_State *L)
{
  return add(L, remit_match_name);
}

static int match_rule(lua_State *L)
{
  return add(L, remit_match_rule);
}

static int match_find(lua_State *L)
{
  static const char *const words[] = { "none", "name", "rule", "ambiguous" };
  size_t size;
  const remit_match *match = match_of(L);
  const char *text = luaL_checklstring(L, 2, &size);
  remit_found found;
  remit_error err;
  if (remit_match_find(match, text, size, &found, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_pushstring(L, words[found.how]);
  lua_pushinteger(L, found.target);
  lua_pushinteger(L, (lua_Integer)found.rule);
  return 3;
}

static int match_suggest(lua_State *L)
{
  size_t size, count, max = binding_count_or(L, 3, SUGGESTIONS);
  const remit_match *match = match_of(L);
  const char *text = luaL_checklstring(L, 2, &size);
  lua_Number least = luaL_optnumber(L, 4, 0);
  luaL_argcheck(L, least >= 0 && least <= 1, 4, "a likeness is between 0 and 1");
  max = max < SUGGESTIONS_MAX ? max : SUGGESTIONS_MAX;
  remit_likeness *found = binding_array(L, max, sizeof *found);
  remit_error err;
  if (remit_match_suggest(match, text, size, (uint32_t)(least * 1e6 + 0.5), found, max, &count, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, found[i].target);
    lua_setfield(L, -2, "target");
    lua_pushnumber(L, found[i].score / 1e6);
    lua_setfield(L, -2, "score");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static const luaL_Reg methods[] = {
  { "name", match_name }, { "rule", match_rule }, { "find", match_find }, { "suggest", match_suggest }, { "close", match_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", match_new }, { NULL, NULL } };

int binding_open_match(lua_State *L)
{
  binding_register(L, MATCH, methods, match_close);
  luaL_newlib(L, functions);
  return 1;
}
