/* SPDX-License-Identifier: Apache-2.0
 * binding: failing, handles and arguments.
 */
#include "binding.h"

#include <limits.h>
#include <string.h>

/* ---- Failing ---- */

int binding_raise(lua_State *L, const remit_error *err)
{
  return luaL_error(L, "%s", err->message);
}

int binding_failure(lua_State *L, const remit_error *err)
{
  luaL_pushfail(L);
  lua_pushstring(L, err->message);
  lua_pushstring(L, remit_status_name(err->status));
  return 3;
}

int binding_failure_at(lua_State *L, const remit_error *err)
{
  binding_failure(L, err);
  lua_pushinteger(L, (lua_Integer)err->at + 1);
  return 4;
}

/* ---- Handles ---- */

/* Without the address, which would differ from run to run. */
static int type_name(lua_State *L)
{
  lua_pushvalue(L, lua_upvalueindex(1));
  return 1;
}

static void set_close(lua_State *L, lua_CFunction close)
{
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__close");
}

void binding_register(lua_State *L, const char *type, const luaL_Reg *methods, lua_CFunction close)
{
  luaL_newmetatable(L, type); /* one that is there is made again: loading may have failed half-way */
  lua_newtable(L);
  if (methods != NULL)
    luaL_setfuncs(L, methods, 0);
  lua_setfield(L, -2, "__index");
  if (close != NULL)
    set_close(L, close);
  lua_pushstring(L, type);
  lua_pushcclosure(L, type_name, 1);
  lua_setfield(L, -2, "__tostring");
  lua_pushstring(L, type);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

void *binding_box(lua_State *L, const char *type, size_t size)
{
  void *box = lua_newuserdatauv(L, size, 0);
  memset(box, 0, size);
  luaL_setmetatable(L, type);
  return box;
}

void *binding_open_box(lua_State *L, int arg, const char *type)
{
  void **box = luaL_checkudata(L, arg, type);
  if (*box == NULL)
    luaL_argerror(L, arg, lua_pushfstring(L, "this %s is closed", type));
  return box;
}

/* Light handles are saved up, for a step of the collector costs as much as many small results. The steps of a generational collector (that of
 * the stand-alone lua) pass over what is old, so that all is looked at once the weight is large, also beside the heap of Lua. */
#define WEIGHT_STEP ((size_t)1024 * 1024)
#define WEIGHT_ALL (64 * WEIGHT_STEP)

static const char weight_key;

static void set_weight(lua_State *L, size_t weight)
{
  lua_pushinteger(L, (lua_Integer)(weight < INT_MAX ? weight : INT_MAX));
  lua_rawsetp(L, LUA_REGISTRYINDEX, &weight_key);
}

void binding_weigh(lua_State *L, size_t bytes)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &weight_key);
  size_t before = (size_t)lua_tointeger(L, -1), weight = before + (bytes < INT_MAX ? bytes : INT_MAX);
  size_t steps = weight / WEIGHT_STEP - before / WEIGHT_STEP;
  bool step = steps > 0 && lua_gc(L, LUA_GCISRUNNING);
  bool all = step && weight >= WEIGHT_ALL && weight / 1024 >= (size_t)lua_gc(L, LUA_GCCOUNT);
  lua_pop(L, 1);
  set_weight(L, all ? 0 : weight);
  if (all)
    lua_gc(L, LUA_GCCOLLECT);
  else if (step)
    lua_gc(L, LUA_GCSTEP, (int)(steps * (WEIGHT_STEP / 1024)));
}

void binding_set_count(lua_State *L, const char *name, size_t count)
{
  lua_pushinteger(L, (lua_Integer)count);
  lua_setfield(L, -2, name);
}

void binding_set_text(lua_State *L, const char *name, const char *text)
{
  lua_pushstring(L, text);
  lua_setfield(L, -2, name);
}

void binding_push_rows(lua_State *L, const size_t *rows, size_t count)
{
  lua_createtable(L, (int)(count < INT_MAX ? count : INT_MAX), 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, (lua_Integer)rows[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* ---- Arguments ---- */

void *binding_array(lua_State *L, size_t count, size_t size)
{
  if (count > SIZE_MAX / 2 / size)
    luaL_error(L, "too many items");
  void *array = lua_newuserdatauv(L, count * size, 0);
  memset(array, 0, count * size);
  return array;
}

const char *binding_text(lua_State *L, int arg)
{
  size_t size;
  const char *text = luaL_checklstring(L, arg, &size);
  luaL_argcheck(L, memchr(text, 0, size) == NULL, arg, "text without NUL bytes expected");
  return text;
}

size_t binding_count(lua_State *L, int arg)
{
  lua_Integer value = luaL_checkinteger(L, arg);
  luaL_argcheck(L, value >= 0, arg, "negative");
  return (size_t)value;
}

size_t binding_count_or(lua_State *L, int arg, size_t otherwise)
{
  return lua_isnoneornil(L, arg) ? otherwise : binding_count(L, arg);
}

size_t binding_index(lua_State *L, int arg, size_t count)
{
  lua_Integer value = luaL_checkinteger(L, arg);
  if (value < 1 || (lua_Unsigned)value > count)
    luaL_argerror(L, arg, lua_pushfstring(L, "%I is not between 1 and %I", value, (lua_Integer)count));
  return (size_t)value - 1;
}

static const char *const units[] = { "code", "count", "pence", "micro", "month", "day", NULL };

remit_unit binding_unit(lua_State *L, int arg)
{
  return (remit_unit)luaL_checkoption(L, arg, NULL, units);
}

const char *binding_unit_name(remit_unit unit)
{
  return units[unit];
}

/* ---- Lists ---- */

static void item_error(lua_State *L, size_t index, const char *expected)
{
  luaL_error(L, "item %I of the list is a %s: %s expected", (lua_Integer)index, luaL_typename(L, -1), expected);
}

size_t binding_list(lua_State *L, int arg)
{
  luaL_checktype(L, arg, LUA_TTABLE);
  return lua_rawlen(L, arg);
}

/* The integer on top of the stack, popped. */
static int64_t take_int(lua_State *L, size_t index, const char *expected)
{
  int exact = 0;
  lua_Integer value = lua_type(L, -1) == LUA_TNUMBER ? lua_tointegerx(L, -1, &exact) : 0;
  if (!exact)
    item_error(L, index, expected);
  lua_pop(L, 1);
  return value;
}

int64_t binding_item_int(lua_State *L, int arg, size_t index)
{
  lua_rawgeti(L, arg, (lua_Integer)index);
  return take_int(L, index, "an integer");
}

int64_t binding_item_value(lua_State *L, int arg, size_t index)
{
  if (lua_rawgeti(L, arg, (lua_Integer)index) == LUA_TBOOLEAN && !lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    return REMIT_MISSING;
  }
  int64_t value = take_int(L, index, "an integer or false");
  if (value == REMIT_MISSING)
    luaL_error(L, "item %I of the list is out of range", (lua_Integer)index);
  return value;
}

const char *binding_item_text(lua_State *L, int arg, size_t index, size_t *size)
{
  if (lua_rawgeti(L, arg, (lua_Integer)index) != LUA_TSTRING)
    item_error(L, index, "text");
  return lua_tolstring(L, -1, size);
}

void *binding_item_handle(lua_State *L, int arg, size_t index, const char *type)
{
  lua_rawgeti(L, arg, (lua_Integer)index);
  void **box = luaL_testudata(L, -1, type);
  if (box == NULL)
    item_error(L, index, type);
  else if (*box == NULL)
    luaL_error(L, "item %I of the list: this %s is closed", (lua_Integer)index, type);
  return box;
}

const char *const *binding_names(lua_State *L, int arg, size_t *count)
{
  *count = binding_list(L, arg);
  const char **names = binding_array(L, *count, sizeof *names);
  for (size_t i = 0; i < *count; i++) {
    size_t size;
    luaL_checkstack(L, 2, "too many names");
    names[i] = binding_item_text(L, arg, i + 1, &size);
    if (memchr(names[i], 0, size) != NULL)
      luaL_error(L, "item %I of the list holds a NUL byte", (lua_Integer)(i + 1));
  }
  return names;
}

/* ---- Options ---- */

static bool is_known(const char *key, const char *const *names)
{
  while (*names != NULL && ((*names)[0] != key[0] || strcmp(*names, key) != 0))
    names++;
  return *names != NULL;
}

void binding_known(lua_State *L, int index, const char *const *names)
{
  luaL_checkstack(L, 3, NULL);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING || !is_known(lua_tostring(L, -2), names))
      luaL_error(L, "unknown field '%s'", luaL_tolstring(L, -2, NULL));
}

static int push_option(lua_State *L, int index, const char *name)
{
  luaL_checkstack(L, 2, NULL);
  lua_pushstring(L, name);
  return lua_rawget(L, index);
}

static void option_error(lua_State *L, const char *name, const char *expected)
{
  luaL_error(L, "field '%s' is a %s: %s expected", name, luaL_typename(L, -1), expected);
}

bool binding_option_bool(lua_State *L, int index, const char *name)
{
  int type = push_option(L, index, name);
  if (type != LUA_TNIL && type != LUA_TBOOLEAN)
    option_error(L, name, "true or false");
  bool value = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}

bool binding_option_int(lua_State *L, int index, const char *name, int64_t *value)
{
  int type = push_option(L, index, name), exact = 0;
  if (type == LUA_TNUMBER)
    *value = lua_tointegerx(L, -1, &exact);
  if (type != LUA_TNIL && !exact)
    option_error(L, name, "an integer");
  lua_pop(L, 1);
  return type != LUA_TNIL;
}

char binding_option_char(lua_State *L, int index, const char *name)
{
  size_t size = 1;
  const char *text = binding_option_text(L, index, name, &size);
  if (size != 1 || (text != NULL && *text == '\0'))
    luaL_error(L, "field '%s' must be one byte", name);
  char value = '\0';
  if (text != NULL)
    value = *text;
  lua_pop(L, 1);
  return value;
}

const char *binding_option_text(lua_State *L, int index, const char *name, size_t *size)
{
  int type = push_option(L, index, name);
  if (type == LUA_TNIL)
    return NULL;
  if (type != LUA_TSTRING)
    option_error(L, name, "text");
  size_t length;
  const char *text = lua_tolstring(L, -1, &length);
  if (size != NULL)
    *size = length;
  else if (memchr(text, 0, length) != NULL)
    luaL_error(L, "field '%s' holds a NUL byte", name);
  return text;
}

void *binding_option_handle(lua_State *L, int index, const char *name, const char *type)
{
  if (push_option(L, index, name) == LUA_TNIL)
    return NULL;
  void **box = luaL_testudata(L, -1, type);
  if (box == NULL)
    option_error(L, name, type);
  else if (*box == NULL)
    luaL_error(L, "field '%s': this %s is closed", name, type);
  return box;
}

bool binding_option_table(lua_State *L, int index, const char *name)
{
  int type = push_option(L, index, name);
  if (type != LUA_TNIL && type != LUA_TTABLE)
    option_error(L, name, "a table");
  if (type == LUA_TNIL)
    lua_pop(L, 1);
  return type == LUA_TTABLE;
}

int binding_option_word(lua_State *L, int index, const char *name, int otherwise, const char *const *words)
{
  const char *text = binding_option_text(L, index, name, NULL);
  int word = text == NULL ? otherwise : 0;
  while (text != NULL && words[word] != NULL && strcmp(words[word], text) != 0)
    word++;
  if (words[word] == NULL)
    luaL_error(L, "field '%s' cannot be '%s'", name, text);
  lua_pop(L, 1);
  return word;
}

remit_unit binding_option_unit(lua_State *L, int index, const char *name, remit_unit otherwise)
{
  return (remit_unit)binding_option_word(L, index, name, (int)otherwise, units);
}

/* ---- The host's poll ---- */

const remit_poll *binding_poll(lua_State *L)
{
  lua_getfield(L, LUA_REGISTRYINDEX, BINDING_POLL);
  const remit_poll *poll = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return poll;
}
