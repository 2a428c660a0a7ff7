/* SPDX-License-Identifier: Apache-2.0
 * pivot: grouped figures. The texts of the specification stay on the stack while the core reads them.
 */
#include "binding.h"

#define KEPT "remit.kept"

/* ---- Kept sums ---- */

static int kept_close(lua_State *L)
{
  remit_kept **box = luaL_checkudata(L, 1, KEPT);
  remit_kept_free(*box);
  *box = NULL;
  return 0;
}

static int pivot_kept(lua_State *L)
{
  size_t budget = binding_count(L, 1);
  remit_error err;
  if (remit_kept_new(binding_box(L, KEPT, sizeof(remit_kept *)), budget, &err) != REMIT_OK)
    return binding_raise(L, &err);
  return 1;
}

static int kept_stats(lua_State *L)
{
  remit_kept *const *box = binding_open_box(L, 1, KEPT);
  remit_kept_counts counts = remit_kept_stats(*box);
  lua_createtable(L, 0, 4);
  binding_set_count(L, "scans", counts.scans);
  binding_set_count(L, "hits", counts.hits);
  binding_set_count(L, "tables", counts.tables);
  binding_set_count(L, "bytes", counts.bytes);
  return 1;
}

/* ---- Pivots ---- */

static const remit_selection *read_where(lua_State *L, int index)
{
  remit_selection **box = binding_option_handle(L, index, "where", BINDING_SELECTION);
  return box != NULL ? *box : NULL;
}

static void read_measure(lua_State *L, int index, remit_measure *measure)
{
  static const char *const names[] = { "name", "column", "how", "where", NULL };
  static const char *const hows[] = { "sum", "rows", "distinct", NULL };
  binding_known(L, index, names);
  measure->how = (remit_aggregate)binding_option_word(L, index, "how", REMIT_SUM, hows);
  measure->name = binding_option_text(L, index, "name", NULL);
  if (measure->name == NULL)
    luaL_error(L, "a measure has no name");
  measure->column = binding_option_text(L, index, "column", NULL);
  measure->where = read_where(L, index);
}

static void read_measures(lua_State *L, remit_pivot *pivot)
{
  luaL_argcheck(L, binding_option_table(L, 2, "measures"), 2, "measures expected");
  int list = lua_gettop(L);
  pivot->measure_count = binding_list(L, list);
  remit_measure *measures = binding_array(L, pivot->measure_count, sizeof *measures);
  for (size_t i = 0; i < pivot->measure_count; i++) {
    luaL_checkstack(L, 8, "too many measures");
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "item %I of the measures is a %s: a table expected", (lua_Integer)(i + 1), luaL_typename(L, -1));
    read_measure(L, lua_gettop(L), &measures[i]);
  }
  pivot->measures = measures;
}

void binding_pivot(lua_State *L, remit_pivot *pivot)
{
  static const char *const names[] = { "by", "measures", "where", "totals", "sort", "ascending", "top", "accumulation", "kept", NULL };
  static const char *const accumulations[] = { "automatic", "dense", "hashed", NULL };
  int64_t top = 0;
  binding_known(L, 2, names);
  binding_option_int(L, 2, "top", &top);
  luaL_argcheck(L, top >= 0, 2, "top is negative");
  pivot->top = (size_t)top;
  pivot->totals = binding_option_bool(L, 2, "totals");
  pivot->ascending = binding_option_bool(L, 2, "ascending");
  pivot->accumulation = (remit_accumulation)binding_option_word(L, 2, "accumulation", REMIT_AUTOMATIC, accumulations);
  pivot->sort = binding_option_text(L, 2, "sort", NULL);
  pivot->where = read_where(L, 2);
  pivot->poll = binding_poll(L);
  remit_kept **kept = binding_option_handle(L, 2, "kept", KEPT);
  pivot->kept = kept != NULL ? *kept : NULL;
  if (binding_option_table(L, 2, "by"))
    pivot->by = binding_names(L, lua_gettop(L), &pivot->by_count);
  luaL_checkstack(L, 8, "too many keys");
  read_measures(L, pivot);
  luaL_checkstack(L, 8, "too many measures");
}

static int pivot_run(lua_State *L)
{
  const remit_table *table = binding_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  remit_pivot pivot = { 0 };
  binding_pivot(L, &pivot);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_pivot_run(table, &pivot, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static const luaL_Reg methods[] = { { "stats", kept_stats }, { "close", kept_close }, { NULL, NULL } };

static const luaL_Reg functions[] = { { "run", pivot_run }, { "kept", pivot_kept }, { NULL, NULL } };

int binding_open_pivot(lua_State *L)
{
  binding_register(L, KEPT, methods, kept_close);
  luaL_newlib(L, functions);
  return 1;
}
