/* SPDX-License-Identifier: Apache-2.0
 * dictionary: the members of a category. Codes are the core's, 0 being no value.
 */
#include "binding.h"

#define SUGGESTIONS 5

const remit_dictionary *binding_dictionary(lua_State *L, int arg)
{
  remit_dictionary **box = binding_open_box(L, arg, BINDING_DICTIONARY);
  return *box;
}

void binding_push_dictionary(lua_State *L, const remit_dictionary *dictionary)
{
  if (dictionary == NULL) {
    lua_pushnil(L);
    return;
  }
  remit_dictionary **box = binding_box(L, BINDING_DICTIONARY, sizeof *box);
  *box = remit_dictionary_share(dictionary);
}

static int dictionary_close(lua_State *L)
{
  remit_dictionary **box = luaL_checkudata(L, 1, BINDING_DICTIONARY);
  remit_dictionary_free(*box);
  *box = NULL;
  return 0;
}

static void read_options(lua_State *L, int index, remit_dictionary *dictionary)
{
  static const char *const names[] = { "ordered", "separator", NULL };
  luaL_checktype(L, index, LUA_TTABLE);
  binding_known(L, index, names);
  remit_dictionary_set_ordered(dictionary, binding_option_bool(L, index, "ordered"));
  remit_dictionary_set_separator(dictionary, binding_option_char(L, index, "separator"));
}

/* An empty label would be code 0, a repeated one that of the first. */
static void add_label(lua_State *L, remit_dictionary *dictionary, size_t index)
{
  size_t size;
  uint32_t code;
  remit_error err;
  const char *label = binding_item_text(L, 1, index, &size);
  if (remit_dictionary_add(dictionary, label, size, &code, &err) != REMIT_OK)
    binding_raise(L, &err);
  if (code != index)
    luaL_error(L, code == 0 ? "label %I is empty" : "label %I is repeated: '%s'", (lua_Integer)index, label);
  lua_pop(L, 1);
}

static int dictionary_new(lua_State *L)
{
  size_t count = binding_list(L, 1);
  lua_settop(L, 2);
  remit_dictionary **box = binding_box(L, BINDING_DICTIONARY, sizeof *box);
  remit_error err;
  if (remit_dictionary_new(box, &err) != REMIT_OK)
    return binding_raise(L, &err);
  for (size_t i = 1; i <= count; i++)
    add_label(L, *box, i);
  if (!lua_isnil(L, 2))
    read_options(L, 2, *box);
  binding_weigh(L, remit_dictionary_memory(*box));
  return 1;
}

static int dictionary_size(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_dictionary_size(binding_dictionary(L, 1)) - 1);
  return 1;
}

static void push_label(lua_State *L, const remit_dictionary *dictionary, uint32_t code)
{
  size_t size;
  const char *label = remit_dictionary_label(dictionary, code, &size);
  lua_pushlstring(L, label, size);
}

static int dictionary_label(lua_State *L)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 1);
  size_t code = binding_count(L, 2);
  luaL_argcheck(L, code < remit_dictionary_size(dictionary), 2, "no such code");
  push_label(L, dictionary, (uint32_t)code);
  return 1;
}

static int dictionary_labels(lua_State *L)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 1);
  size_t size = remit_dictionary_size(dictionary);
  lua_createtable(L, (int)size - 1, 0);
  for (size_t code = 1; code < size; code++) {
    push_label(L, dictionary, (uint32_t)code);
    lua_rawseti(L, -2, (lua_Integer)code);
  }
  return 1;
}

static int dictionary_find(lua_State *L)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 1);
  size_t size;
  const char *label = luaL_checklstring(L, 2, &size);
  lua_pushinteger(L, remit_dictionary_find(dictionary, label, size));
  return 1;
}

static int dictionary_codes(lua_State *L)
{
  const remit_dictionary *from = binding_dictionary(L, 1), *to = binding_dictionary(L, 2);
  size_t size = remit_dictionary_size(from);
  uint32_t *codes = binding_array(L, size, sizeof *codes);
  remit_dictionary_codes(from, to, codes);
  lua_createtable(L, (int)size - 1, 0);
  for (size_t code = 1; code < size; code++) {
    lua_pushinteger(L, codes[code]);
    lua_rawseti(L, -2, (lua_Integer)code);
  }
  return 1;
}

static int dictionary_match(lua_State *L)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 1);
  size_t size;
  const char *label = luaL_checklstring(L, 2, &size);
  lua_pushinteger(L, remit_dictionary_match(dictionary, label, size));
  return 1;
}

int binding_push_suggestions(lua_State *L, const remit_dictionary *dictionary, const char *text, size_t size, size_t max)
{
  size_t members = remit_dictionary_size(dictionary) - 1;
  max = max < members ? max : members;
  uint32_t *codes = binding_array(L, max, sizeof *codes);
  size_t count = remit_dictionary_suggest(dictionary, text, size, codes, max);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    push_label(L, dictionary, codes[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int dictionary_suggest(lua_State *L)
{
  const remit_dictionary *dictionary = binding_dictionary(L, 1);
  size_t size;
  const char *label = luaL_checklstring(L, 2, &size);
  return binding_push_suggestions(L, dictionary, label, size, binding_count_or(L, 3, SUGGESTIONS));
}

static int dictionary_ordered(lua_State *L)
{
  lua_pushboolean(L, remit_dictionary_is_ordered(binding_dictionary(L, 1)));
  return 1;
}

static int dictionary_separator(lua_State *L)
{
  char separator = remit_dictionary_separator(binding_dictionary(L, 1));
  if (separator == '\0')
    lua_pushnil(L);
  else
    lua_pushlstring(L, &separator, 1);
  return 1;
}

static const luaL_Reg methods[] = {
  { "size", dictionary_size },
  { "label", dictionary_label },
  { "labels", dictionary_labels },
  { "find", dictionary_find },
  { "codes", dictionary_codes },
  { "match", dictionary_match },
  { "suggest", dictionary_suggest },
  { "ordered", dictionary_ordered },
  { "separator", dictionary_separator },
  { "close", dictionary_close },
  { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", dictionary_new }, { NULL, NULL } };

int binding_open_dictionary(lua_State *L)
{
  binding_register(L, BINDING_DICTIONARY, methods, dictionary_close);
  luaL_newlib(L, functions);
  return 1;
}
