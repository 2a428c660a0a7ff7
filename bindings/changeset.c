/* SPDX-License-Identifier: Apache-2.0
 * changeset: changes to lines by trail. Operations are counted from 1 here, accounts, layers, channels and trails from 0 as in the core.
 * Steps stay in temporary arrays on the stack while the core reads them.
 */
#include "binding.h"

#include <string.h>

#define CHANGESET "remit.changeset"
#define FACTORS "remit.factors"
#define MONTHS "remit.months"

static const remit_changeset *check_changeset(lua_State *L, int arg)
{
  remit_changeset *const *box = binding_open_box(L, arg, CHANGESET);
  return *box;
}

static int changeset_close(lua_State *L)
{
  remit_changeset **box = luaL_checkudata(L, 1, CHANGESET);
  remit_changeset_free(*box);
  *box = NULL;
  return 0;
}

static size_t trail_count(const remit_changeset *changeset)
{
  return remit_dictionary_size(remit_changeset_labels(changeset));
}

/* ---- Factors: a value for each trail, indexed by its code ---- */

typedef struct factor_list {
  size_t count;
  int64_t values[];
} factor_list;

static factor_list *new_factors(lua_State *L, size_t count)
{
  factor_list *list = binding_box(L, FACTORS, sizeof *list + count * sizeof list->values[0]);
  list->count = count;
  return list;
}

static factor_list *check_factors(lua_State *L, int arg)
{
  return luaL_checkudata(L, arg, FACTORS);
}

/* A code that is not there is no field: nil. */
static int factors_get(lua_State *L)
{
  const factor_list *list = check_factors(L, 1);
  int exact = 0;
  lua_Integer code = lua_type(L, 2) == LUA_TNUMBER ? lua_tointegerx(L, 2, &exact) : 0;
  if (exact && code >= 0 && (lua_Unsigned)code < list->count)
    lua_pushinteger(L, list->values[code]);
  else
    lua_pushnil(L);
  return 1;
}

static int factors_set(lua_State *L)
{
  factor_list *list = check_factors(L, 1);
  lua_Integer code = luaL_checkinteger(L, 2);
  luaL_argcheck(L, code >= 0 && (lua_Unsigned)code < list->count, 2, "no such trail");
  list->values[code] = luaL_checkinteger(L, 3);
  return 0;
}

static int factors_length(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)check_factors(L, 1)->count - 1);
  return 1;
}

/* A factors handle, or a list with an entry from 0 for each code; the list becomes temporary numbers. */
static const int64_t *figures_by_trail(lua_State *L, int arg, size_t *count)
{
  const factor_list *list = luaL_testudata(L, arg, FACTORS);
  if (list != NULL) {
    *count = list->count;
    return list->values;
  }
  *count = binding_list(L, arg) + 1;
  int64_t *values = binding_array(L, *count, sizeof *values);
  for (size_t i = 0; i < *count; i++)
    values[i] = binding_item_int(L, arg, i);
  return values;
}

/* ---- Making ---- */

/* The list at `list` of { month, factor }. Pushes the array. */
static const remit_step *read_steps(lua_State *L, int list, size_t *count)
{
  *count = binding_list(L, list);
  luaL_checkstack(L, 8, "too many operations");
  remit_step *steps = binding_array(L, *count, sizeof *steps);
  for (size_t i = 0; i < *count; i++) {
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "step %I is a %s: { month, factor } expected", (lua_Integer)i + 1, luaL_typename(L, -1));
    int at = lua_gettop(L);
    steps[i].month = binding_item_int(L, at, 1);
    steps[i].factor = binding_item_int(L, at, 2);
    lua_pop(L, 1);
  }
  return steps;
}

static size_t option_size(lua_State *L, int index, const char *name)
{
  int64_t value = 0;
  binding_option_int(L, index, name, &value);
  if (value < 0)
    luaL_error(L, "field '%s' is negative", name);
  return (size_t)value;
}

static uint32_t read_channels(lua_State *L, int index)
{
  uint32_t bits = 0;
  if (!binding_option_table(L, index, "channels"))
    return 0;
  int list = lua_gettop(L);
  for (size_t i = 1; i <= binding_list(L, list); i++) {
    int64_t channel = binding_item_int(L, list, i);
    if (channel < 0 || channel >= REMIT_CHANNELS_MAX)
      luaL_error(L, "there is no channel %I", (lua_Integer)channel);
    bits |= UINT32_C(1) << channel;
  }
  if (bits == 0)
    luaL_error(L, "field 'channels' is empty: without it all channels are meant");
  lua_pop(L, 1);
  return bits;
}

/* Of the table on top of the stack; what it borrows stays on the stack. Other fields are the caller's own. */
static void read_operation(lua_State *L, remit_operation *operation)
{
  static const char *const effects[] = { "scale", "share", "extra", "recode", NULL };
  int at = lua_gettop(L);
  remit_selection *const *where = binding_option_handle(L, at, "where", BINDING_SELECTION);
  if (where == NULL || binding_option_text(L, at, "effect", NULL) == NULL)
    luaL_error(L, "an operation needs an effect and a selection");
  operation->where = *where;
  operation->effect = (remit_effect)binding_option_word(L, at, "effect", REMIT_SCALE, effects);
  operation->layer = option_size(L, at, "layer");
  operation->account = option_size(L, at, "account");
  operation->channels = read_channels(L, at);
  if (operation->effect == REMIT_RECODE) {
    operation->column = binding_option_text(L, at, "column", NULL);
    size_t code = option_size(L, at, "code");
    operation->code = code <= UINT32_MAX ? (uint32_t)code : UINT32_MAX;
  }
  if (binding_option_table(L, at, "steps"))
    operation->steps = read_steps(L, lua_gettop(L), &operation->step_count);
}

static int changeset_new(lua_State *L)
{
  static const char *const names[] = { "accounts", "operations", NULL };
  const remit_table *table = binding_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  binding_known(L, 2, names);
  lua_settop(L, 2);
  remit_changeset **box = binding_box(L, CHANGESET, sizeof *box);
  size_t accounts = option_size(L, 2, "accounts");
  luaL_argcheck(L, binding_option_table(L, 2, "operations"), 2, "operations expected");
  int list = lua_gettop(L);
  size_t count = binding_list(L, list);
  remit_operation *operations = binding_array(L, count, sizeof *operations);
  for (size_t i = 0; i < count; i++) {
    luaL_checkstack(L, 16, "too many operations");
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "item %I of the operations is a %s: a table expected", (lua_Integer)i + 1, luaL_typename(L, -1));
    read_operation(L, &operations[i]);
  }
  remit_error err;
  if (remit_changeset_new(box, table, operations, count, accounts, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh(L, remit_table_rows(table));
  lua_pushvalue(L, 3);
  return 1;
}

/* How many steps the table at 2 gives anew: { [operation] = steps }. */
static size_t count_changes(lua_State *L)
{
  size_t count = 0;
  for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
    if (!lua_isinteger(L, -2) || lua_tointeger(L, -2) < 1 || lua_type(L, -1) != LUA_TTABLE)
      luaL_argerror(L, 2, "{ [operation] = steps } expected");
    count++;
  }
  return count;
}

static remit_restep *read_changes(lua_State *L, size_t *count)
{
  *count = count_changes(L);
  remit_restep *changes = binding_array(L, *count, sizeof *changes);
  size_t at = 0;
  lua_pushnil(L);
  while (at < *count && lua_next(L, 2) != 0) {
    int list = lua_gettop(L);
    changes[at].operation = (size_t)lua_tointeger(L, list - 1) - 1;
    changes[at].steps = read_steps(L, list, &changes[at].step_count);
    at++;
    lua_pushvalue(L, list - 1); /* the key again, above the steps */
  }
  return changes;
}

static int changeset_with(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  remit_restep one, *changes = &one;
  size_t count = 1;
  lua_settop(L, 3);
  if (lua_type(L, 2) == LUA_TTABLE) {
    changes = read_changes(L, &count);
  } else {
    one.operation = binding_index(L, 2, REMIT_OPERATIONS_MAX);
    one.steps = read_steps(L, 3, &one.step_count);
  }
  luaL_checkstack(L, 8, "too many operations");
  remit_changeset **box = binding_box(L, CHANGESET, sizeof *box);
  remit_error err;
  if (remit_changeset_with(changeset, changes, count, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  return 1;
}

/* ---- Asking ---- */

static int changeset_labels(lua_State *L)
{
  binding_push_dictionary(L, remit_changeset_labels(check_changeset(L, 1)));
  return 1;
}

static int changeset_trails(lua_State *L)
{
  const remit_column *trails = remit_changeset_trails(check_changeset(L, 1));
  if (trails == NULL)
    return luaL_error(L, "out of memory");
  binding_push_column(L, trails);
  return 1;
}

static int changeset_marked(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  const remit_table *lines = binding_table(L, 2);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_changeset_marked(changeset, lines, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

/* changeset:cells(question, marked, trail): the question second, where binding_pivot reads it. */
static int changeset_cells(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  const remit_table *marked = binding_table(L, 3);
  const char *trail = binding_text(L, 4);
  remit_pivot pivot = { 0 };
  binding_pivot(L, &pivot);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_changeset_cells(changeset, marked, &pivot, trail, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int changeset_touched(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  lua_pushinteger(L, (lua_Integer)remit_changeset_touched(changeset, binding_index(L, 2, REMIT_OPERATIONS_MAX)));
  return 1;
}

static unsigned check_channel(lua_State *L, int arg)
{
  lua_Integer channel = luaL_checkinteger(L, arg);
  luaL_argcheck(L, channel >= 0 && channel < REMIT_CHANNELS_MAX, arg, "no such channel");
  return (unsigned)channel;
}

/* One account, or a list of them; pushes an array. */
static const size_t *read_accounts(lua_State *L, int arg, size_t *count)
{
  bool one = lua_isinteger(L, arg);
  *count = one ? 1 : binding_list(L, arg);
  size_t *accounts = binding_array(L, *count, sizeof *accounts);
  for (size_t i = 0; i < *count; i++) {
    int64_t account = one ? lua_tointeger(L, arg) : binding_item_int(L, arg, i + 1);
    luaL_argcheck(L, account >= 0 && account < REMIT_ACCOUNTS_MAX, arg, "no such account");
    accounts[i] = (size_t)account;
  }
  return accounts;
}

static int changeset_factors(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  int64_t month = luaL_checkinteger(L, 2);
  unsigned channel = check_channel(L, 4);
  size_t count;
  const size_t *accounts = read_accounts(L, 3, &count);
  factor_list *list = new_factors(L, trail_count(changeset));
  remit_error err;
  if (remit_changeset_factors(changeset, month, accounts, count, channel, list->values, &err) != REMIT_OK)
    return binding_failure(L, &err);
  return 1;
}

static int changeset_effect(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  int64_t month = luaL_checkinteger(L, 2);
  size_t operation = binding_index(L, 3, REMIT_OPERATIONS_MAX);
  unsigned channel = check_channel(L, 4);
  factor_list *list = new_factors(L, trail_count(changeset));
  remit_error err;
  if (remit_changeset_effect(changeset, month, operation, channel, list->values, &err) != REMIT_OK)
    return binding_failure(L, &err);
  return 1;
}

static int changeset_before(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  int64_t month = luaL_checkinteger(L, 2), total;
  size_t operation = binding_index(L, 3, REMIT_OPERATIONS_MAX), count, without_count = 0;
  unsigned channel = check_channel(L, 4);
  lua_settop(L, 6);
  const int64_t *sums = figures_by_trail(L, 5, &count);
  luaL_argcheck(L, count == trail_count(changeset), 5, "a figure for each trail expected");
  size_t *without = NULL;
  if (!lua_isnil(L, 6)) {
    without_count = binding_list(L, 6);
    without = binding_array(L, without_count, sizeof *without);
  }
  for (size_t i = 0; i < without_count; i++)
    without[i] = (size_t)(binding_item_int(L, 6, i + 1) - 1);
  remit_error err;
  if (remit_changeset_before(changeset, month, operation, channel, without, without_count, sums, &total, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushinteger(L, total);
  return 1;
}

static int changeset_recode(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  int64_t month = luaL_checkinteger(L, 2);
  const remit_table *cells = binding_table(L, 3);
  const char *trail = binding_text(L, 4);
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_changeset_recode(changeset, month, cells, trail, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int months_close(lua_State *L)
{
  int64_t **months = luaL_checkudata(L, 1, MONTHS);
  remit_months_free(*months);
  *months = NULL;
  return 0;
}

static int changeset_months(lua_State *L)
{
  const remit_changeset *changeset = check_changeset(L, 1);
  int64_t **months = binding_box(L, MONTHS, sizeof *months);
  size_t count;
  remit_error err;
  if (remit_changeset_months(changeset, months, &count, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_newtable(L);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, (*months)[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- Exact products ---- */

static int weighed(lua_State *L)
{
  const remit_table *cells = binding_table(L, 1);
  const char *trail = binding_text(L, 2);
  size_t factor_count, name_count;
  lua_settop(L, 4);
  const int64_t *factors = figures_by_trail(L, 3, &factor_count);
  const char *const *names = binding_names(L, 4, &name_count);
  luaL_checkstack(L, 8, "too many names");
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_weighed(cells, trail, factors, factor_count, names, name_count, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static int settled(lua_State *L)
{
  const remit_table *groups = binding_table(L, 1);
  int64_t divisor = luaL_optinteger(L, 4, 1);
  size_t key_count, name_count;
  lua_settop(L, 4);
  const char *const *keys = binding_names(L, 2, &key_count);
  luaL_checkstack(L, 8, "too many names");
  const char *const *names = binding_names(L, 3, &name_count);
  luaL_checkstack(L, 8, "too many names");
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_settled(groups, keys, key_count, names, name_count, divisor, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

/* The part in the table on top of the stack; what it borrows stays on the stack. */
static void read_part(lua_State *L, size_t name_count, remit_part *part)
{
  static const char *const fields[] = { "cells", "trail", "factors", "where", NULL };
  int at = lua_gettop(L);
  luaL_checkstack(L, (int)name_count * 2 + 16, "too many names");
  binding_known(L, at, fields);
  remit_table *const *cells = binding_option_handle(L, at, "cells", BINDING_TABLE);
  remit_selection *const *where = binding_option_handle(L, at, "where", BINDING_SELECTION);
  part->trail = binding_option_text(L, at, "trail", NULL);
  if (cells == NULL || part->trail == NULL || !binding_option_table(L, at, "factors"))
    luaL_error(L, "a part needs cells, a trail and factors");
  int list = lua_gettop(L);
  if (binding_list(L, list) != name_count)
    luaL_error(L, "a part needs factors for each name");
  const int64_t **factors = binding_array(L, name_count, sizeof *factors);
  part->cells = *cells;
  part->where = where != NULL ? *where : NULL;
  part->factors = factors;
  for (size_t i = 0; i < name_count; i++) {
    size_t count;
    lua_rawgeti(L, list, (lua_Integer)i + 1);
    factors[i] = figures_by_trail(L, lua_gettop(L), &count);
    if (i > 0 && count != part->factor_count)
      luaL_error(L, "there are not as many factors for each name");
    part->factor_count = count;
  }
}

static const remit_part *read_parts(lua_State *L, size_t name_count, size_t *count)
{
  luaL_argcheck(L, binding_option_table(L, 1, "parts"), 1, "parts expected");
  int list = lua_gettop(L);
  *count = binding_list(L, list);
  remit_part *parts = binding_array(L, *count, sizeof *parts);
  for (size_t i = 0; i < *count; i++) {
    luaL_checkstack(L, 8, "too many parts");
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TTABLE)
      luaL_error(L, "part %I is a %s: a table expected", (lua_Integer)i + 1, luaL_typename(L, -1));
    read_part(L, name_count, &parts[i]);
  }
  return parts;
}

static int table_figures(lua_State *L)
{
  static const char *const fields[] = { "parts", "by", "names", "divisor", NULL };
  remit_weighing asked = { .divisor = 1 };
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  binding_known(L, 1, fields);
  binding_option_int(L, 1, "divisor", &asked.divisor);
  if (binding_option_table(L, 1, "by"))
    asked.by = binding_names(L, lua_gettop(L), &asked.by_count);
  luaL_checkstack(L, 8, "too many keys");
  luaL_argcheck(L, binding_option_table(L, 1, "names"), 1, "names expected");
  asked.names = binding_names(L, lua_gettop(L), &asked.name_count);
  luaL_checkstack(L, 8, "too many names");
  asked.parts = read_parts(L, asked.name_count, &asked.part_count);
  luaL_checkstack(L, 8, "too many parts");
  remit_table **box = binding_new_table(L);
  remit_error err;
  if (remit_table_figures(&asked, box, &err) != REMIT_OK)
    return binding_failure(L, &err);
  binding_weigh_table(L, *box);
  return 1;
}

static const luaL_Reg methods[] = {
  { "labels", changeset_labels },   { "trails", changeset_trails }, { "marked", changeset_marked }, { "cells", changeset_cells },
  { "touched", changeset_touched }, { "with", changeset_with },     { "factors", changeset_factors }, { "effect", changeset_effect },
  { "before", changeset_before },   { "recode", changeset_recode }, { "months", changeset_months }, { "close", changeset_close },
  { NULL, NULL },
};

static const luaL_Reg operators[] = { { "__len", factors_length }, { NULL, NULL } };

static const luaL_Reg functions[] = { { "new", changeset_new }, { "weighed", weighed }, { "settled", settled }, { "figures", table_figures }, { NULL, NULL } };

int binding_open_changeset(lua_State *L)
{
  binding_register(L, CHANGESET, methods, changeset_close);
  binding_register(L, MONTHS, NULL, months_close);
  binding_register(L, FACTORS, NULL, NULL);
  luaL_getmetatable(L, FACTORS);
  luaL_setfuncs(L, operators, 0);
  lua_pushcfunction(L, factors_get);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, factors_set);
  lua_setfield(L, -2, "__newindex");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
