/* SPDX-License-Identifier: Apache-2.0
 * json: strict reading, by jansson. Its parser recurses, and so does the conversion, so json_check bounds depth before either begins.
 */
#include "binding.h"
#include "json_check.h"

#include <jansson.h>
#include <string.h>

#define DOCUMENT "remit.json"
#define OBJECT "remit.json_object"
#define ARRAY "remit.json_array"

/* ---- Conversion ---- */

static int document_close(lua_State *L)
{
  json_t **document = luaL_checkudata(L, 1, DOCUMENT);
  json_decref(*document);
  *document = NULL;
  return 0;
}

static void push_value(lua_State *L, json_t *value);

static void push_object(lua_State *L, json_t *object)
{
  const char *key;
  json_t *value;
  lua_createtable(L, 0, (int)json_object_size(object));
  json_object_foreach(object, key, value) {
    lua_pushstring(L, key);
    push_value(L, value);
    lua_rawset(L, -3);
  }
  luaL_setmetatable(L, OBJECT);
}

static void push_array(lua_State *L, const json_t *array)
{
  lua_createtable(L, (int)json_array_size(array), 0);
  for (size_t i = 0; i < json_array_size(array); i++) {
    push_value(L, json_array_get(array, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  luaL_setmetatable(L, ARRAY);
}

static void push_value(lua_State *L, json_t *value)
{
  luaL_checkstack(L, 4, "JSON nested too deep");
  switch (json_typeof(value)) {
  case JSON_OBJECT: push_object(L, value); break;
  case JSON_ARRAY: push_array(L, value); break;
  case JSON_STRING: lua_pushlstring(L, json_string_value(value), json_string_length(value)); break;
  case JSON_INTEGER: lua_pushinteger(L, json_integer_value(value)); break;
  case JSON_REAL: lua_pushnumber(L, json_real_value(value)); break;
  case JSON_TRUE:
  case JSON_FALSE: lua_pushboolean(L, json_is_true(value)); break;
  default: lua_pushlightuserdata(L, NULL); break;
  }
}

/* ---- The library ---- */

static int refuse(lua_State *L, const remit_error *err, int line, int column)
{
  binding_failure(L, err);
  lua_pushinteger(L, line > 0 ? line : 1);
  lua_pushinteger(L, column > 0 ? column : 1);
  return 5;
}

static int json_read(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  json_place place;
  remit_error err;
  if (json_check(text, size, &place, &err) != REMIT_OK)
    return refuse(L, &err, place.line, place.column);
  json_t **document = binding_box(L, DOCUMENT, sizeof *document);
  json_error_t problem;
  *document = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
  if (*document == NULL) {
    remit_status status = json_error_code(&problem) == json_error_out_of_memory ? REMIT_ENOMEM : REMIT_EPARSE;
    bool nul = strstr(problem.text, "JSON_ALLOW_NUL") != NULL;
    remit_fail(&err, status, "%s", nul ? "a NUL character (\\u0000) is not allowed" : problem.text);
    return refuse(L, &err, problem.line, problem.column);
  }
  push_value(L, *document);
  json_decref(*document);
  *document = NULL;
  return 1;
}

static bool has_metatable(lua_State *L, const char *type)
{
  if (!lua_getmetatable(L, 1))
    return false;
  luaL_getmetatable(L, type);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same;
}

/* A table made in Lua is an array when it has a first item. */
static const char *table_kind(lua_State *L)
{
  if (has_metatable(L, OBJECT))
    return "object";
  return has_metatable(L, ARRAY) || lua_rawlen(L, 1) != 0 ? "array" : "object";
}

static int json_kind(lua_State *L)
{
  switch (lua_type(L, 1)) {
  case LUA_TTABLE: lua_pushstring(L, table_kind(L)); break;
  case LUA_TSTRING: lua_pushliteral(L, "string"); break;
  case LUA_TNUMBER: lua_pushliteral(L, "number"); break;
  case LUA_TBOOLEAN: lua_pushliteral(L, "boolean"); break;
  case LUA_TLIGHTUSERDATA: lua_pushliteral(L, "null"); break;
  default: lua_pushnil(L); break;
  }
  return 1;
}

static const luaL_Reg functions[] = { { "read", json_read }, { "kind", json_kind }, { NULL, NULL } };

int binding_open_json(lua_State *L)
{
  binding_register(L, DOCUMENT, NULL, document_close);
  luaL_newmetatable(L, OBJECT);
  luaL_newmetatable(L, ARRAY);
  lua_pop(L, 2);
  luaL_newlib(L, functions);
  lua_pushlightuserdata(L, NULL);
  lua_setfield(L, -2, "null");
  return 1;
}
