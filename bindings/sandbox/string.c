/* SPDX-License-Identifier: Apache-2.0
 * string: Lua's string library. What may take long for its length counts as work, and nothing writes an address.
 */
#include <ctype.h>
#include <string.h>

#include "pattern.h"

/* ---- Searching ---- */

static size_t start_of(lua_Integer at, size_t size)
{
  if (at > 0)
    return (size_t)at - 1;
  return at == 0 || (lua_Unsigned)0 - (lua_Unsigned)at > size ? 0 : size - (size_t)((lua_Unsigned)0 - (lua_Unsigned)at);
}

static const char *find_plain(lua_State *L, const char *text, size_t size, const char *wanted, size_t wanted_size)
{
  const char *at = text, *end = text + size;
  while (wanted_size <= (size_t)(end - at)) {
    if (wanted_size == 0)
      return at;
    const char *found = memchr(at, wanted[0], (size_t)(end - at) - wanted_size + 1);
    sandbox_charge(L, 1 + (size_t)((found != NULL ? found : end) - at) / 64 + wanted_size / 64);
    if (found == NULL || memcmp(found, wanted, wanted_size) == 0)
      return found;
    at = found + 1;
  }
  return NULL;
}

static bool has_specials(const char *pattern, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (pattern[i] != '\0' && strchr("^$*+?.([%-", pattern[i]) != NULL)
      return true;
  return false;
}

static int push_span(lua_State *L, ptrdiff_t from, ptrdiff_t to)
{
  lua_pushinteger(L, from + 1);
  lua_pushinteger(L, to);
  return 2;
}

/* string.find, or string.match. */
static int search(lua_State *L, bool find)
{
  size_t size, pattern_size;
  const char *text = luaL_checklstring(L, 1, &size), *pattern = luaL_checklstring(L, 2, &pattern_size);
  size_t from = start_of(luaL_optinteger(L, 3, 1), size);
  if (from > size)
    return luaL_pushfail(L), 1;
  if (find && (lua_toboolean(L, 4) || !has_specials(pattern, pattern_size))) {
    const char *found = find_plain(L, text + from, size - from, pattern, pattern_size);
    return found != NULL ? push_span(L, found - text, found - text + (ptrdiff_t)pattern_size) : (luaL_pushfail(L), 1);
  }
  matcher m;
  bool anchored = pattern_size > 0 && *pattern == '^';
  matcher_init(&m, L, text, size, pattern + pattern_size);
  for (const char *at = text + from; at <= m.text_end; at++) {
    const char *end = matcher_run(&m, at, pattern + anchored);
    if (end != NULL) {
      matcher_settle(&m);
      return find ? push_span(L, at - text, end - text) + matcher_push_all(&m, at, end, false) : matcher_push_all(&m, at, end, true);
    }
    if (anchored)
      break;
  }
  matcher_settle(&m);
  luaL_pushfail(L);
  return 1;
}

int sandbox_find(lua_State *L)
{
  return search(L, true);
}

int sandbox_match(lua_State *L)
{
  return search(L, false);
}

/* Upvalues: the text, the pattern, where to go on, and the end of the last match, both counted from 0; -1: none. */
static int next_match(lua_State *L)
{
  size_t size, pattern_size;
  const char *text = lua_tolstring(L, lua_upvalueindex(1), &size), *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_size);
  const char *last = text + lua_tointeger(L, lua_upvalueindex(4));
  matcher m;
  matcher_init(&m, L, text, size, pattern + pattern_size);
  for (const char *at = text + lua_tointeger(L, lua_upvalueindex(3)); at <= m.text_end; at++) {
    const char *end = matcher_run(&m, at, pattern);
    if (end == NULL || end == last)
      continue;
    lua_pushinteger(L, end - text);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    matcher_settle(&m);
    return matcher_push_all(&m, at, end, true);
  }
  matcher_settle(&m);
  return 0;
}

int sandbox_gmatch(lua_State *L)
{
  size_t size;
  luaL_checklstring(L, 1, &size);
  luaL_checkstring(L, 2);
  size_t from = start_of(luaL_optinteger(L, 3, 1), size);
  lua_settop(L, 2);
  lua_pushinteger(L, (lua_Integer)(from > size ? size + 1 : from));
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, next_match, 4);
  return 1;
}

/* ---- Replacing ---- */

static void add_text(matcher *m, luaL_Buffer *buffer, const char *start, const char *end)
{
  size_t size;
  const char *text = lua_tolstring(m->L, 3, &size), *text_end = text + size;
  for (const char *mark; (mark = memchr(text, '%', (size_t)(text_end - text))) != NULL; text = mark + 2) {
    luaL_addlstring(buffer, text, (size_t)(mark - text));
    char next = mark + 1 < text_end ? mark[1] : '\0';
    if (next == '%') {
      luaL_addchar(buffer, '%');
    } else if (next == '0') {
      luaL_addlstring(buffer, start, (size_t)(end - start));
    } else if (isdigit((unsigned char)next)) {
      matcher_push(m, next - '1', start, end);
      luaL_tolstring(m->L, -1, NULL);
      lua_remove(m->L, -2);
      luaL_addvalue(buffer);
    } else {
      luaL_error(m->L, "invalid use of '%%' in replacement string");
    }
  }
  luaL_addlstring(buffer, text, (size_t)(text_end - text));
}

/* Pushes what a function or a table gives for the match. */
static void push_replacement(matcher *m, int type, const char *start, const char *end)
{
  lua_State *L = m->L;
  if (type == LUA_TTABLE) {
    matcher_push(m, 0, start, end);
    lua_gettable(L, 3);
    return;
  }
  lua_pushvalue(L, 3);
  lua_call(L, matcher_push_all(m, start, end, true), 1);
}

/* Whether the match was replaced. */
static bool replace(matcher *m, luaL_Buffer *buffer, int type, const char *start, const char *end)
{
  lua_State *L = m->L;
  sandbox_charge(L, 1);
  if (type == LUA_TSTRING || type == LUA_TNUMBER) {
    add_text(m, buffer, start, end);
    return true;
  }
  matcher kept = *m; /* the function may match too, but not with this one */
  push_replacement(m, type, start, end);
  *m = kept;
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(buffer, start, (size_t)(end - start));
    return false;
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(buffer);
  return true;
}

int sandbox_gsub(lua_State *L)
{
  size_t size, pattern_size;
  const char *text = luaL_checklstring(L, 1, &size), *pattern = luaL_checklstring(L, 2, &pattern_size), *at = text, *last = NULL;
  int type = lua_type(L, 3);
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)size + 1), count = 0;
  bool anchored = pattern_size > 0 && *pattern == '^', changed = false;
  if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TFUNCTION && type != LUA_TTABLE)
    luaL_typeerror(L, 3, "string/function/table");
  if (type == LUA_TNUMBER)
    lua_tostring(L, 3);
  matcher m;
  luaL_Buffer buffer;
  matcher_init(&m, L, text, size, pattern + pattern_size);
  luaL_buffinit(L, &buffer);
  while (count < most) {
    const char *end = matcher_run(&m, at, pattern + anchored);
    if (end != NULL && end != last) {
      count++;
      changed = replace(&m, &buffer, type, at, end) || changed;
      at = last = end;
    } else if (at < m.text_end) {
      luaL_addchar(&buffer, *at++);
    } else {
      break;
    }
    if (anchored)
      break;
  }
  matcher_settle(&m);
  if (changed)
    luaL_addlstring(&buffer, at, (size_t)(m.text_end - at));
  luaL_pushresult(&buffer);
  if (!changed)
    lua_pushvalue(L, 1);
  lua_pushinteger(L, count);
  return 2;
}

/* ---- The others: Lua's own, upvalue 1, after a look at what they would do ---- */

static int call_original(lua_State *L)
{
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int string_rep(lua_State *L)
{
  size_t size, between;
  luaL_checklstring(L, 1, &size);
  lua_Integer count = luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &between);
  if (count <= 0 || size + between == 0)
    return lua_pushliteral(L, ""), 1;
  if ((size + between) > SIZE_MAX / 2 / (lua_Unsigned)count)
    return luaL_error(L, "resulting string too large");
  sandbox_afford(L, (size + between) * (size_t)count);
  sandbox_charge(L, (size_t)count);
  return call_original(L);
}

/* For functions whose time grows with their first argument. */
static int string_linear(lua_State *L)
{
  size_t size;
  luaL_checklstring(L, 1, &size);
  sandbox_afford(L, size);
  sandbox_charge(L, size / 16);
  return call_original(L);
}

/* The letter that ends a conversion which begins behind a '%'. */
static const char *conversion(const char *at, const char *end)
{
  while (at < end && (isdigit((unsigned char)*at) || (*at != '\0' && strchr("-+ #.", *at) != NULL)))
    at++;
  return at;
}

static int string_format(lua_State *L)
{
  size_t size;
  const char *format = luaL_checklstring(L, 1, &size), *end = format + size;
  int arg = 1, given = lua_gettop(L);
  for (const char *at = memchr(format, '%', size); at != NULL && at + 1 < end; at = memchr(at + 1, '%', (size_t)(end - at - 1))) {
    if (*++at == '%')
      continue;
    at = conversion(at, end);
    if (at < end && *at == 'p')
      return luaL_error(L, "invalid conversion '%%p' to 'format': addresses differ from run to run");
    if (at < end && *at == 's' && ++arg <= given && lua_type(L, arg) != LUA_TSTRING) {
      sandbox_text_of(L, arg, NULL);
      lua_replace(L, arg);
    } else if (at < end && *at != 's') {
      arg++;
    }
    if (at >= end)
      break;
  }
  sandbox_charge(L, size / 16);
  return call_original(L);
}

static void wrap(lua_State *L, const char *name, lua_CFunction wrapper)
{
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, wrapper, 1);
  lua_setfield(L, -2, name);
}

int sandbox_open_string(lua_State *L)
{
  static const char *const names[] = { "byte", "char",    "format", "len", "lower", "pack", "packsize",
                                       "rep",  "reverse", "sub",    "unpack", "upper", NULL };
  static const char *const linear[] = { "lower", "reverse", "upper" };
  static const luaL_Reg own[] = {
    { "find", sandbox_find }, { "match", sandbox_match }, { "gmatch", sandbox_gmatch }, { "gsub", sandbox_gsub }, { NULL, NULL },
  };
  sandbox_take(L, "string", names);
  for (size_t i = 0; i < sizeof linear / sizeof *linear; i++)
    wrap(L, linear[i], string_linear);
  wrap(L, "rep", string_rep);
  wrap(L, "format", string_format);
  luaL_setfuncs(L, own, 0);
  return 1;
}
