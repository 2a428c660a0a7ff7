/* SPDX-License-Identifier: Apache-2.0
 * text: how texts are compared and how wide they print.
 */
#include "binding.h"

#include <string.h>
#include <utf8proc.h>

#define FOLDED "remit.folded"
#define DISTANCE_LIMIT 100
#define SUGGESTIONS 5

static int folded_close(lua_State *L)
{
  char **folded = luaL_checkudata(L, 1, FOLDED);
  remit_text_free(*folded);
  *folded = NULL;
  return 0;
}

/* The core's folded texts end at a NUL, so none may stand inside. */
static remit_status fold(const char *text, size_t size, char **folded, remit_error *err)
{
  const char *nul = memchr(text, 0, size);
  if (nul == NULL)
    return remit_text_fold(text, size, folded, err);
  remit_status status = remit_fail(err, REMIT_EPARSE, "a NUL byte");
  err->at = (size_t)(nul - text);
  return status;
}

static int text_fold(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  char **folded = binding_box(L, FOLDED, sizeof *folded);
  remit_error err;
  if (fold(text, size, folded, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_pushstring(L, *folded);
  remit_text_free(*folded);
  *folded = NULL;
  return 1;
}

static int text_distance(lua_State *L)
{
  const char *a = binding_text(L, 1), *b = binding_text(L, 2);
  lua_pushinteger(L, (lua_Integer)remit_text_distance(a, b, binding_count_or(L, 3, DISTANCE_LIMIT)));
  return 1;
}

static int text_width(lua_State *L)
{
  size_t size;
  const uint8_t *text = (const uint8_t *)luaL_checklstring(L, 1, &size);
  lua_Integer width = 0;
  for (size_t at = 0; at < size;) {
    utf8proc_int32_t character;
    utf8proc_ssize_t length = utf8proc_iterate(text + at, (utf8proc_ssize_t)(size - at), &character);
    width += length > 0 ? utf8proc_charwidth(character) : 1;
    at += length > 0 ? (size_t)length : 1;
  }
  lua_pushinteger(L, width);
  return 1;
}

static int text_suggest(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  size_t count = binding_list(L, 2), max = binding_count_or(L, 3, SUGGESTIONS);
  remit_dictionary **labels = binding_box(L, BINDING_DICTIONARY, sizeof *labels);
  remit_error err;
  remit_status status = remit_dictionary_new(labels, &err);
  for (size_t i = 0; status == REMIT_OK && i < count; i++) {
    size_t length;
    uint32_t code;
    const char *label = binding_item_text(L, 2, i + 1, &length);
    status = remit_dictionary_add(*labels, label, length, &code, &err);
    lua_pop(L, 1);
  }
  if (status != REMIT_OK)
    return binding_raise(L, &err);
  return binding_push_suggestions(L, *labels, text, size, max);
}

static const luaL_Reg functions[] = {
  { "fold", text_fold }, { "distance", text_distance }, { "width", text_width }, { "suggest", text_suggest }, { NULL, NULL },
};

int binding_open_text(lua_State *L)
{
  binding_register(L, FOLDED, NULL, folded_close);
  luaL_newlib(L, functions);
  return 1;
}
