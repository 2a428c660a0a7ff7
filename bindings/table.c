/* SPDX-License-Identifier: Apache-2.0
 * table: named columns and links. Rows count from 1.
 */
#include "binding.h"

#define GROUPS "remit.groups"
#define EXCEEDS_SHOWN 10

const remit_table *binding_table(lua_State *L, int arg)
{
  remit_table **box = binding_open_box(L, arg, BINDING_TABLE);
  return *box;
}

static remit_table *growing(lua_State *L)
{
  remit_table **box = binding_open_box(L, 1, BINDING_TABLE);
  return *box;
}

remit_table **binding_new_table(lua_State *L)
{
  return binding_box(L, BINDING_TABLE, sizeof(remit_table *));
}

void binding_push_table(lua_State *L, const remit_table *table)
{
  if (table == NULL) {
    lua_pushnil(L);
    return;
  }
  remit_table **box = binding_new_table(L);
  *box = remit_table_share(table);
}

static int table_close(lua_State *L)
{
  remit_table **box = luaL_checkudata(L, 1, BINDING_TABLE);
  remit_table_free(*box);
  *box = NULL;
  return 0;
}

/* What the columns hold; dictionaries are mostly shared with the table that this one was made from. */
void binding_weigh_table(lua_State *L, const remit_table *table)
{
  size_t bytes = 0;
  for (size_t i = 0; i < remit_table_columns(table); i++)
    bytes += remit_column_memory(remit_table_column(table, i));
  binding_weigh(L, bytes);
}

/* ---- Building ---- */

static int table_new(lua_State *L)
{
  size_t rows = binding_count(L, 1);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_new(box, rows, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

static int table_concat(lua_State *L)
{
  size_t count = binding_list(L, 1);
  const remit_table **tables = binding_array(L, count, sizeof *tables);
  for (size_t i = 0; i < count; i++) {
    luaL_checkstack(L, 4, "too many tables");
    tables[i] = *(remit_table **)binding_item_handle(L, 1, i + 1, BINDING_TABLE);
  }
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_concat(tables, count, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int table_add(lua_State *L)
{
  remit_table *table = growing(L);
  const char *name = binding_text(L, 2);
  remit_error err;
  if (remit_table_add(table, name, binding_column(L, 3), &err) != REMIT_OK)
    return binding_raise(L, &err);
  lua_settop(L, 1);
  return 1;
}

static int table_link(lua_State *L)
{
  remit_table *table = growing(L);
  const char *name = binding_text(L, 2);
  remit_error err;
  if (remit_table_link(table, name, binding_table(L, 3), &err) != REMIT_OK)
    return binding_raise(L, &err);
  lua_settop(L, 1);
  return 1;
}

/* ---- Asking ---- */

static int table_rows(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_table_rows(binding_table(L, 1)));
  return 1;
}

static int table_names(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  size_t count = remit_table_columns(table);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_pushstring(L, remit_table_name(table, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int table_column(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  binding_push_column(L, remit_table_find(table, binding_text(L, 2)));
  return 1;
}

static int table_unit(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  const remit_column *column = remit_table_find(table, binding_text(L, 2));
  lua_pushstring(L, column != NULL ? binding_unit_name(remit_column_unit(column)) : NULL);
  return 1;
}

static int table_dimension(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  binding_push_table(L, remit_table_dimension(table, binding_text(L, 2)));
  return 1;
}

static int table_is(lua_State *L)
{
  lua_pushboolean(L, binding_table(L, 1) == binding_table(L, 2));
  return 1;
}

/* The path is let go before anything that can raise: its parts are the table's, which the argument keeps alive. */
static int table_resolve(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  const char *name = binding_text(L, 2);
  remit_path path;
  remit_error err;
  if (remit_path_init(&path, table, name, &err) != REMIT_OK)
    return binding_failure(L, &err);
  const remit_column *target = path.target;
  const remit_table *dimension = path.dimension;
  remit_path_release(&path);
  binding_push_column(L, target);
  binding_push_table(L, dimension);
  return 2;
}

static int table_memory(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)remit_table_memory(binding_table(L, 1)));
  return 1;
}

/* ---- Tables from tables ---- */

static int take_rows(lua_State *L, const remit_table *table, const size_t *rows, size_t count)
{
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_take(table, rows, count, box, &err) != REMIT_OK)
    return binding_raise(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int table_take(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  size_t count = binding_list(L, 2), there = remit_table_rows(table);
  size_t *rows = binding_array(L, count, sizeof *rows);
  for (size_t i = 0; i < count; i++) {
    int64_t row = binding_item_value(L, 2, i + 1);
    if (row != REMIT_MISSING && (row < 1 || (uint64_t)row > there))
      return luaL_error(L, "item %I of the list: row %I of %I", (lua_Integer)(i + 1), (lua_Integer)row, (lua_Integer)there);
    rows[i] = row == REMIT_MISSING ? SIZE_MAX : (size_t)row - 1;
  }
  return take_rows(L, table, rows, count);
}

static void read_key(lua_State *L, size_t index, remit_sort_key *key)
{
  static const char *const names[] = { "name", "descending", "by_label", NULL };
  luaL_checkstack(L, 4, "too many keys");
  if (lua_rawgeti(L, 2, (lua_Integer)index) != LUA_TTABLE)
    luaL_error(L, "item %I of the list is a %s: a key expected", (lua_Integer)index, luaL_typename(L, -1));
  int at = lua_gettop(L);
  binding_known(L, at, names);
  key->descending = binding_option_bool(L, at, "descending");
  key->by_label = binding_option_bool(L, at, "by_label");
  key->name = binding_option_text(L, at, "name", NULL);
  if (key->name == NULL)
    luaL_error(L, "item %I of the list has no name", (lua_Integer)index);
}

static int table_sorted(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  size_t count = binding_list(L, 2), there = remit_table_rows(table);
  remit_sort_key *keys = binding_array(L, count, sizeof *keys);
  for (size_t i = 0; i < count; i++)
    read_key(L, i + 1, &keys[i]);
  size_t *rows = binding_array(L, there, sizeof *rows);
  remit_error err;
  if (remit_table_order(table, keys, count, rows, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return take_rows(L, table, rows, there);
}

static int table_split(lua_State *L)
{
  static const char *const names[] = { "whole", "part", "shared", "flag", NULL };
  const remit_table *table = binding_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  binding_known(L, 2, names);
  const char *whole = binding_option_text(L, 2, "whole", NULL), *part = binding_option_text(L, 2, "part", NULL),
             *flag = binding_option_text(L, 2, "flag", NULL);
  luaL_argcheck(L, whole != NULL && part != NULL && flag != NULL, 2, "whole, part and flag expected");
  size_t count = 0;
  const char *const *shared = NULL;
  if (binding_option_table(L, 2, "shared"))
    shared = binding_names(L, lua_gettop(L), &count);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_split(table, whole, part, shared, count, flag, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int table_exceeds(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  const char *left = binding_text(L, 2), *right = binding_text(L, 3);
  size_t max = binding_count_or(L, 4, EXCEEDS_SHOWN), count;
  max = max < remit_table_rows(table) ? max : remit_table_rows(table);
  size_t *rows = binding_array(L, max, sizeof *rows);
  remit_error err;
  if (remit_table_exceeds(table, left, right, rows, max, &count, &err) != REMIT_OK)
    return binding_raise(L, &err);
  binding_push_rows(L, rows, count < max ? count : max);
  lua_pushinteger(L, (lua_Integer)count);
  return 2;
}

/* ---- Groups ---- */

typedef struct numbered {
  remit_groups groups; /* first its `group`, NULL when closed */
  size_t rows;
} numbered;

static int groups_close(lua_State *L)
{
  numbered *box = luaL_checkudata(L, 1, GROUPS);
  remit_groups_free(&box->groups);
  return 0;
}

static int table_distinct(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  size_t count;
  const char *const *names = binding_names(L, 2, &count);
  numbered *box = binding_box(L, GROUPS, sizeof *box);
  box->rows = remit_table_rows(table);
  remit_error err;
  if (remit_table_distinct(table, names, count, &box->groups, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh(L, box->rows * sizeof *box->groups.group + box->groups.count * sizeof *box->groups.first);
  return 1;
}

static int groups_count(lua_State *L)
{
  numbered *box = binding_open_box(L, 1, GROUPS);
  lua_pushinteger(L, (lua_Integer)box->groups.count);
  return 1;
}

static int groups_first(lua_State *L)
{
  numbered *box = binding_open_box(L, 1, GROUPS);
  size_t group = binding_index(L, 2, box->groups.count);
  lua_pushinteger(L, (lua_Integer)box->groups.first[group] + 1);
  return 1;
}

static int table_fill(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  const char *name = binding_text(L, 2);
  numbered *of = binding_open_box(L, 3, GROUPS);
  luaL_argcheck(L, of->rows == remit_table_rows(table), 3, "groups of another table");
  luaL_argcheck(L, binding_list(L, 4) == of->groups.count, 4, "one value a group expected");
  int64_t *values = binding_array(L, of->groups.count, sizeof *values);
  for (size_t i = 0; i < of->groups.count; i++)
    values[i] = binding_item_value(L, 4, i + 1);
  remit_column **column = binding_new_column(L);
  remit_error err;
  if (remit_table_fill(table, name, &of->groups, values, column, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh(L, remit_column_memory(*column));
  return 1;
}

static const luaL_Reg groups_methods[] = {
  { "count", groups_count }, { "first", groups_first }, { "close", groups_close }, { NULL, NULL },
};

static const luaL_Reg methods[] = {
  { "add", table_add },
  { "link", table_link },
  { "rows", table_rows },
  { "names", table_names },
  { "column", table_column },
  { "unit", table_unit },
  { "dimension", table_dimension },
  { "is", table_is },
  { "resolve", table_resolve },
  { "take", table_take },
  { "sorted", table_sorted },
  { "distinct", table_distinct },
  { "fill", table_fill },
  { "split", table_split },
  { "exceeds", table_exceeds },
  { "memory", table_memory },
  { "close", table_close },
  { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", table_new }, { "concat", table_concat }, { NULL, NULL } };

int binding_open_table(lua_State *L)
{
  binding_register(L, BINDING_TABLE, methods, table_close);
  binding_register(L, GROUPS, groups_methods, groups_close);
  luaL_newlib(L, functions);
  return 1;
}
