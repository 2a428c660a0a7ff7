/* SPDX-License-Identifier: Apache-2.0
 * number: exact figures. Values are Lua integers in a unit; `plain` is the only way to a float.
 */
#include "binding.h"

#define DECIMALS_MAX 12

void binding_number_format(lua_State *L, int index, remit_number_format *format)
{
  static const char *const names[] = { "decimals", "decimal_char", "group_char", "currency", "percent", "round", NULL };
  binding_known(L, index, names);
  int64_t decimals = 0;
  binding_option_int(L, index, "decimals", &decimals);
  if (decimals < 0 || decimals > DECIMALS_MAX)
    luaL_error(L, "field 'decimals' is not between 0 and %d", DECIMALS_MAX);
  format->decimals = (int)decimals;
  format->decimal_char = binding_option_char(L, index, "decimal_char");
  format->group_char = binding_option_char(L, index, "group_char");
  format->currency = binding_option_bool(L, index, "currency");
  format->percent = binding_option_bool(L, index, "percent");
  format->round = binding_option_bool(L, index, "round");
}

static int number_parse(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  remit_number_format format = { 0 };
  if (!lua_isnoneornil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    binding_number_format(L, 2, &format);
  }
  int64_t value;
  bool rounded;
  remit_error err;
  if (remit_number_parse(text, size, &format, &value, &rounded, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushinteger(L, value);
  lua_pushboolean(L, rounded);
  return 2;
}

static int number_print(lua_State *L)
{
  char text[REMIT_NUMBER_SIZE];
  lua_Integer value = luaL_checkinteger(L, 1), decimals = luaL_checkinteger(L, 2);
  luaL_argcheck(L, decimals >= 0 && decimals <= DECIMALS_MAX, 2, "decimals are 0 to 12");
  size_t size = remit_number_print(value, (int)decimals, lua_toboolean(L, 3), text);
  lua_pushlstring(L, text, size);
  return 1;
}

static int push_result(lua_State *L, remit_status status, int64_t value, const remit_error *err)
{
  if (status != REMIT_OK)
    return binding_failure(L, err);
  lua_pushinteger(L, value);
  return 1;
}

static int number_add(lua_State *L)
{
  int64_t a = luaL_checkinteger(L, 1), b = luaL_checkinteger(L, 2), sum = 0;
  remit_error err;
  remit_status status = remit_number_add(a, b, &sum, &err);
  return push_result(L, status, sum, &err);
}

static int number_scale(lua_State *L)
{
  static const char *const roundings[] = { "half_even", "half_up", NULL };
  int64_t value = luaL_checkinteger(L, 1), numerator = luaL_checkinteger(L, 2), denominator = luaL_checkinteger(L, 3);
  remit_rounding rounding = (remit_rounding)luaL_checkoption(L, 4, "half_even", roundings);
  int64_t result = 0;
  remit_error err;
  remit_status status = remit_number_scale(value, numerator, denominator, rounding, &result, &err);
  return push_result(L, status, result, &err);
}

static int number_allot(lua_State *L)
{
  int64_t total = luaL_checkinteger(L, 1);
  size_t count = binding_list(L, 2);
  int64_t *weights = binding_array(L, count, sizeof *weights), *parts = binding_array(L, count, sizeof *parts);
  for (size_t i = 0; i < count; i++)
    weights[i] = binding_item_int(L, 2, i + 1);
  remit_error err;
  if (remit_number_allot(total, weights, count, parts, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_createtable(L, (int)(count < INT32_MAX ? count : 0), 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, parts[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int number_plain(lua_State *L)
{
  lua_Integer value = luaL_checkinteger(L, 1);
  int decimals = remit_unit_decimals(binding_unit(L, 2));
  lua_Number scale = 1;
  for (int i = 0; i < decimals; i++)
    scale *= 10;
  if (decimals == 0)
    lua_pushinteger(L, value);
  else
    lua_pushnumber(L, (lua_Number)value / scale);
  return 1;
}

static const luaL_Reg functions[] = {
  { "parse", number_parse }, { "print", number_print }, { "add", number_add },     { "scale", number_scale },
  { "allot", number_allot }, { "plain", number_plain }, { NULL, NULL },
};

int binding_open_number(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
