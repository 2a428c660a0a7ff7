/* SPDX-License-Identifier: Apache-2.0
 * calendar: months, days and financial years as integers, and back. An index past what is printed raises.
 */
#include "binding.h"

typedef remit_status parser(const char *text, size_t size, int64_t *value, remit_error *err);
typedef void printer(int64_t value, char text[REMIT_CALENDAR_SIZE]);

static int parse(lua_State *L, parser *read)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  int64_t value;
  remit_error err;
  if (read(text, size, &value, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushinteger(L, value);
  return 1;
}

static int print(lua_State *L, printer *write)
{
  char text[REMIT_CALENDAR_SIZE];
  write(luaL_checkinteger(L, 1), text);
  luaL_argcheck(L, text[0] != '\0', 1, "out of the calendar");
  lua_pushstring(L, text);
  return 1;
}

static int convert(lua_State *L, int64_t (*of)(int64_t))
{
  int64_t value = of(luaL_checkinteger(L, 1));
  luaL_argcheck(L, value != REMIT_MISSING, 1, "out of the calendar");
  lua_pushinteger(L, value);
  return 1;
}

static int calendar_month(lua_State *L)
{
  return parse(L, remit_month_parse);
}

static int calendar_month_text(lua_State *L)
{
  return print(L, remit_month_print);
}

static int calendar_year(lua_State *L)
{
  return parse(L, remit_year_parse);
}

static int calendar_year_text(lua_State *L)
{
  return print(L, remit_year_print);
}

static int calendar_year_of_month(lua_State *L)
{
  return convert(L, remit_year_of_month);
}

static int calendar_month_of_year(lua_State *L)
{
  return convert(L, remit_month_of_year);
}

static int calendar_day(lua_State *L)
{
  return parse(L, remit_day_parse);
}

static int calendar_day_text(lua_State *L)
{
  return print(L, remit_day_print);
}

static int calendar_month_of_day(lua_State *L)
{
  return convert(L, remit_month_of_day);
}

static const luaL_Reg functions[] = {
  { "month", calendar_month },
  { "month_text", calendar_month_text },
  { "year", calendar_year },
  { "year_text", calendar_year_text },
  { "year_of_month", calendar_year_of_month },
  { "month_of_year", calendar_month_of_year },
  { "day", calendar_day },
  { "day_text", calendar_day_text },
  { "month_of_day", calendar_month_of_day },
  { NULL, NULL },
};

int binding_open_calendar(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
