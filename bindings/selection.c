/* SPDX-License-Identifier: Apache-2.0
 * selection: which rows, combined with & | ~.
 */
#include "binding.h"

#define ROWS "remit.rows"

static const remit_selection *check_selection(lua_State *L, int arg)
{
  remit_selection **box = binding_open_box(L, arg, BINDING_SELECTION);
  return *box;
}

static remit_selection **new_selection(lua_State *L)
{
  return binding_box(L, BINDING_SELECTION, sizeof(remit_selection *));
}

static int selection_close(lua_State *L)
{
  remit_selection **box = luaL_checkudata(L, 1, BINDING_SELECTION);
  remit_selection_free(*box);
  *box = NULL;
  return 0;
}

static int selection_all(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  remit_error err;
  if (remit_selection_all(new_selection(L), table, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

static int selection_test(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  const char *path = binding_text(L, 2);
  const remit_predicate *predicate;
  remit_error err;
  if (lua_type(L, 3) != LUA_TSTRING)
    predicate = binding_predicate(L, 3);
  else if (binding_new_predicate(L, 3, &predicate, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  if (remit_selection_test(new_selection(L), table, path, predicate, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  return 1;
}

/* ---- And, or, not ---- */

typedef remit_status combination(remit_selection **out, const remit_selection *a, const remit_selection *b, remit_error *err);

static int combine(lua_State *L, combination *combined)
{
  const remit_selection *a = check_selection(L, 1), *b = check_selection(L, 2);
  remit_error err;
  if (combined(new_selection(L), a, b, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

static int selection_and(lua_State *L)
{
  return combine(L, remit_selection_and);
}

static int selection_or(lua_State *L)
{
  return combine(L, remit_selection_or);
}

static int selection_not(lua_State *L)
{
  const remit_selection *a = check_selection(L, 1);
  remit_error err;
  if (remit_selection_not(new_selection(L), a, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

/* ---- Rows ---- */

static int rows_close(lua_State *L)
{
  size_t **rows = luaL_checkudata(L, 1, ROWS);
  remit_rows_free(*rows);
  *rows = NULL;
  return 0;
}

/* Leaves the box that frees them on the stack. */
static size_t **selected_rows(lua_State *L, const remit_selection *selection, size_t *count)
{
  size_t **rows = binding_box(L, ROWS, sizeof *rows);
  remit_error err;
  if (remit_selection_rows(selection, rows, count, &err) != REMIT_OK)
    binding_raise(L, &err);
  return rows;
}

static void free_rows(size_t **rows)
{
  remit_rows_free(*rows);
  *rows = NULL;
}

static int selection_count(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_selection_count(check_selection(L, 1)));
  return 1;
}

static int selection_rows(lua_State *L)
{
  const remit_selection *selection = check_selection(L, 1);
  size_t max = binding_count_or(L, 2, SIZE_MAX), count;
  size_t **rows = selected_rows(L, selection, &count);
  binding_push_rows(L, *rows, count < max ? count : max);
  free_rows(rows);
  return 1;
}

static int selection_take(lua_State *L)
{
  const remit_selection *selection = check_selection(L, 1);
  size_t count;
  size_t **rows = selected_rows(L, selection, &count);
  remit_table **box = binding_new_table(L);
  remit_error err;
  remit_status status = remit_table_take(remit_selection_table(selection), *rows, count, box, &err);
  free_rows(rows);
  if (status != REMIT_OK)
    return binding_raise(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int selection_table(lua_State *L)
{
  binding_push_table(L, remit_selection_table(check_selection(L, 1)));
  return 1;
}

static const luaL_Reg operators[] = { { "__band", selection_and }, { "__bor", selection_or }, { "__bnot", selection_not }, { NULL, NULL } };

static const luaL_Reg methods[] = {
  { "count", selection_count }, { "rows", selection_rows },   { "take", selection_take },
  { "table", selection_table }, { "close", selection_close }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "all", selection_all }, { "test", selection_test }, { NULL, NULL } };

int binding_open_selection(lua_State *L)
{
  binding_register(L, BINDING_SELECTION, methods, selection_close);
  luaL_getmetatable(L, BINDING_SELECTION);
  luaL_setfuncs(L, operators, 0);
  lua_pop(L, 1);
  binding_register(L, ROWS, NULL, rows_close);
  luaL_newlib(L, functions);
  return 1;
}
