/* SPDX-License-Identifier: Apache-2.0
 * decision: rules tried on every row. Paths stay on the stack, cells in the caller's own tables, while the core reads them.
 */
#include "binding.h"

#include <string.h>

#define DECISION "remit.decision"

static const remit_decision *check_decision(lua_State *L, int arg)
{
  remit_decision *const *box = binding_open_box(L, arg, DECISION);
  return *box;
}

static int decision_close(lua_State *L)
{
  remit_decision **box = luaL_checkudata(L, 1, DECISION);
  remit_decision_free(*box);
  *box = NULL;
  return 0;
}

/* ---- Making ---- */

/* The input on top of the stack, a path or a table with one. */
static void read_input(lua_State *L, size_t index, remit_input *input)
{
  static const char *const names[] = { "path", "least", "most", NULL };
  int at = lua_gettop(L);
  if (lua_type(L, at) == LUA_TSTRING) {
    input->path = binding_text(L, at);
    return;
  }
  if (lua_type(L, at) != LUA_TTABLE)
    luaL_error(L, "item %I of the inputs is a %s: a path or a table expected", (lua_Integer)(index + 1), luaL_typename(L, at));
  binding_known(L, at, names);
  input->least = REMIT_MISSING + 1;
  input->most = INT64_MAX;
  bool least = binding_option_int(L, at, "least", &input->least), most = binding_option_int(L, at, "most", &input->most);
  input->bounded = least || most;
  input->path = binding_option_text(L, at, "path", NULL);
  if (input->path == NULL)
    luaL_error(L, "item %I of the inputs has no path", (lua_Integer)(index + 1));
}

static const remit_input *read_inputs(lua_State *L, int list, size_t *count)
{
  *count = binding_list(L, list);
  remit_input *inputs = binding_array(L, *count, sizeof *inputs);
  for (size_t i = 0; i < *count; i++) {
    luaL_checkstack(L, 8, "too many inputs");
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    read_input(L, i, &inputs[i]);
  }
  return inputs;
}

static const char *read_cell(lua_State *L, size_t rule, size_t input)
{
  size_t size;
  if (lua_rawgeti(L, -1, (lua_Integer)input + 1) != LUA_TSTRING)
    luaL_error(L, "test %I of rule %I is a %s: text expected", (lua_Integer)(input + 1), (lua_Integer)(rule + 1), luaL_typename(L, -1));
  const char *text = lua_tolstring(L, -1, &size);
  if (memchr(text, 0, size) != NULL)
    luaL_error(L, "test %I of rule %I holds a NUL byte", (lua_Integer)(input + 1), (lua_Integer)(rule + 1));
  lua_pop(L, 1);
  return text;
}

/* Allocates nothing, so that no finalizer changes the tables meanwhile. */
static void read_cells(lua_State *L, int list, size_t rule_count, size_t input_count, const char **cells)
{
  for (size_t rule = 0; rule < rule_count; rule++) {
    if (lua_rawgeti(L, list, (lua_Integer)rule + 1) != LUA_TTABLE)
      luaL_error(L, "item %I of the rules is a %s: a table expected", (lua_Integer)(rule + 1), luaL_typename(L, -1));
    if (lua_rawlen(L, -1) != input_count)
      luaL_error(L, "rule %I has %I tests: %I expected, one an input", (lua_Integer)(rule + 1), (lua_Integer)lua_rawlen(L, -1),
                 (lua_Integer)input_count);
    for (size_t input = 0; input < input_count; input++)
      cells[rule * input_count + input] = read_cell(L, rule, input);
    lua_pop(L, 1);
  }
}

static void push_place(lua_State *L, size_t index)
{
  if (index != SIZE_MAX)
    lua_pushinteger(L, (lua_Integer)index + 1);
  else
    lua_pushnil(L);
}

/* nil, message, code, at, rule, input. */
static int failure(lua_State *L, const remit_error *err, const remit_cell *cell)
{
  binding_failure(L, err);
  push_place(L, cell->rule != SIZE_MAX ? err->at : SIZE_MAX);
  push_place(L, cell->rule);
  push_place(L, cell->input);
  return 6;
}

static int decision_new(lua_State *L)
{
  static const char *const names[] = { "inputs", "rules", NULL };
  const remit_table *table = binding_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  binding_known(L, 2, names);
  remit_decision **box = binding_box(L, DECISION, sizeof *box);
  int handle = lua_gettop(L);
  luaL_argcheck(L, binding_option_table(L, 2, "rules"), 2, "rules expected");
  int rules = lua_gettop(L);
  luaL_argcheck(L, binding_option_table(L, 2, "inputs"), 2, "inputs expected");
  size_t input_count, rule_count = binding_list(L, rules);
  const remit_input *inputs = read_inputs(L, lua_gettop(L), &input_count);
  luaL_checkstack(L, 8, "too many inputs");
  if (input_count != 0 && rule_count > SIZE_MAX / input_count)
    luaL_error(L, "too many rules");
  const char **cells = binding_array(L, rule_count * input_count, sizeof *cells);
  read_cells(L, rules, rule_count, input_count, cells);
  remit_cell cell;
  remit_error err;
  if (remit_decision_new(box, table, inputs, input_count, cells, rule_count, &cell, &err) != REMIT_OK)
    return failure(L, &err, &cell);
  lua_pushvalue(L, handle);
  return 1;
}

/* ---- Asking ---- */

static int decision_hits(lua_State *L)
{
  const remit_decision *decision = check_decision(L, 1);
  remit_column **box = binding_new_column(L);
  remit_error err;
  if (remit_decision_hits(decision, binding_poll(L), box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh(L, remit_column_memory(*box));
  return 1;
}

/* A row, rule or input that is not there passes nothing. */
static int decision_passes(lua_State *L)
{
  const remit_decision *decision = check_decision(L, 1);
  size_t index[3];
  for (int i = 0; i < 3; i++)
    index[i] = binding_index(L, i + 2, LUA_MAXINTEGER);
  lua_pushboolean(L, remit_decision_passes(decision, index[0], index[1], index[2]));
  return 1;
}

/* ---- What could be ---- */

static int decision_overlaps(lua_State *L)
{
  const remit_decision *decision = check_decision(L, 1);
  size_t max = binding_count_or(L, 2, SIZE_MAX), count;
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_decision_overlaps(decision, binding_poll(L), max, box, &count, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  lua_pushinteger(L, (lua_Integer)count);
  return 2;
}

static int decision_gaps(lua_State *L)
{
  const remit_decision *decision = check_decision(L, 1);
  size_t max = binding_count_or(L, 2, 1000);
  bool all;
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_decision_gaps(decision, max, box, &all, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  lua_pushboolean(L, all);
  return 2;
}

static const luaL_Reg methods[] = {
  { "hits", decision_hits }, { "passes", decision_passes }, { "overlaps", decision_overlaps },
  { "gaps", decision_gaps }, { "close", decision_close },   { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", decision_new }, { NULL, NULL } };

int binding_open_decision(lua_State *L)
{
  binding_register(L, DECISION, methods, decision_close);
  luaL_newlib(L, functions);
  return 1;
}
