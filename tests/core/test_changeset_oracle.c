/* SPDX-License-Identifier: Apache-2.0
 * Changesets against a naive one that takes each line by itself through each operation: on random lines, operations, layers and months.
 * Every account, every effect, every figure by the month's members and every conflict is the same.
 */
#include "support.h"
#include "changeset_support.h"

__extension__ typedef __int128 wide;

enum { OPERATIONS = 10, LINES = 40, STEPS = 3, MONTHS = 6, ACCOUNTS = 4, CHANNELS = 2, MEMBERS = 4, ROUNDS = 1500 };

typedef struct trial {
  remit_table *table;
  size_t rows, count;
  remit_operation operations[OPERATIONS];
  remit_step steps[OPERATIONS][STEPS];
  bool touched[OPERATIONS][LINES];
} trial;

/* ---- A random one ---- */

static int64_t random_factor(uint64_t *seed, remit_effect effect)
{
  int64_t one = REMIT_ONE;
  const int64_t often[] = { 0, one, one / 2, one / 3, one - one / 3, 1, 3 };
  uint64_t kind = support_below(seed, 12);
  if (effect == REMIT_RECODE)
    return kind < 8 ? one : 0;
  if (kind < SOME(often))
    return often[kind];
  if (effect == REMIT_SCALE && kind == 11)
    return (int64_t)support_below(seed, (uint64_t)(5 * one));
  return (int64_t)support_below(seed, (uint64_t)one / (effect == REMIT_SHARE ? 3 : 1));
}

static remit_selection *random_selection(const remit_table *table, uint64_t *seed)
{
  const char *const names[] = { "fn", "place" };
  const char *const tests[] = { "m0", "m1, m2", "not(m3)", "none", "-", "m0, m3" };
  remit_selection *made = support_selection(table, names[support_below(seed, 2)], tests[support_below(seed, SOME(tests))]);
  if (support_below(seed, 2) != 0)
    return made;
  remit_selection *other = support_selection(table, names[support_below(seed, 2)], tests[support_below(seed, SOME(tests))]), *both;
  assert_ok((support_below(seed, 2) != 0 ? remit_selection_and : remit_selection_or)(&both, made, other, NULL));
  remit_selection_free(made);
  remit_selection_free(other);
  return both;
}

static void random_steps(trial *t, size_t index, uint64_t *seed)
{
  remit_operation *operation = &t->operations[index];
  operation->steps = t->steps[index];
  operation->step_count = support_below(seed, STEPS + 1);
  int64_t month = (int64_t)support_below(seed, 3);
  for (size_t i = 0; i < operation->step_count; i++) {
    t->steps[index][i] = (remit_step){ month, random_factor(seed, operation->effect) };
    month += 1 + (int64_t)support_below(seed, 2);
  }
}

static void random_operation(trial *t, size_t index, uint64_t *seed)
{
  remit_operation *operation = &t->operations[index];
  size_t *rows, count;
  *operation = (remit_operation){ .effect = (remit_effect)support_below(seed, 4), .where = random_selection(t->table, seed),
                                  .layer = index > 0 ? t->operations[index - 1].layer + (support_below(seed, 4) == 0) : 0,
                                  .channels = (uint32_t)support_below(seed, 4), .account = support_below(seed, ACCOUNTS),
                                  .column = support_below(seed, 2) != 0 ? "fn" : "place", .code = (uint32_t)support_below(seed, MEMBERS + 1) };
  random_steps(t, index, seed);
  memset(t->touched[index], 0, sizeof t->touched[index]);
  assert_ok(remit_selection_rows(operation->where, &rows, &count, NULL));
  for (size_t i = 0; i < count; i++)
    t->touched[index][rows[i]] = true;
  remit_rows_free(rows);
}

static void begin(trial *t, uint64_t *seed)
{
  t->rows = support_below(seed, LINES + 1);
  t->count = support_below(seed, OPERATIONS + 1);
  t->table = table_of(t->rows);
  int64_t cost[LINES];
  for (size_t row = 0; row < t->rows; row++)
    cost[row] = (int64_t)support_below(seed, 2000000) - 500000;
  with_random_codes(t->table, "fn", MEMBERS, seed);
  with_random_codes(t->table, "place", MEMBERS, seed);
  with_ints(t->table, "cost", REMIT_PENCE, cost);
  for (size_t i = 0; i < t->count; i++)
    random_operation(t, i, seed);
}

static void end(trial *t)
{
  for (size_t i = 0; i < t->count; i++)
    remit_selection_free((remit_selection *)t->operations[i].where);
  remit_table_free(t->table);
}

/* ---- The naive one ---- */

static int64_t factor_at(const remit_operation *operation, int64_t month, int64_t before)
{
  int64_t factor = before;
  for (size_t i = 0; i < operation->step_count; i++)
    if (operation->steps[i].month <= month)
      factor = operation->steps[i].factor;
  return factor;
}

static int64_t nearest(wide value)
{
  wide doubled = 2 * value / REMIT_ONE, down = value / REMIT_ONE;
  if (doubled % 2 == 0)
    return (int64_t)down;
  bool half = value % REMIT_ONE == REMIT_ONE / 2;
  return (int64_t)(half && down % 2 == 0 ? down : down + 1);
}

static bool acts(const trial *t, size_t index, size_t row, unsigned channel, remit_effect effect)
{
  const remit_operation *operation = &t->operations[index];
  return t->touched[index][row] && operation->effect == effect && (operation->channels == 0 || (operation->channels >> channel & 1) != 0);
}

/* What of a line is in each account, and what each operation did. */
static void walk_line(const trial *t, size_t row, int64_t month, unsigned channel, int64_t *accounts, int64_t *effects)
{
  int64_t kept = REMIT_ONE;
  memset(accounts, 0, ACCOUNTS * sizeof *accounts);
  memset(effects, 0, OPERATIONS * sizeof *effects);
  for (size_t layer = 0; layer < OPERATIONS; layer++) {
    for (size_t i = 0; i < t->count; i++)
      if (t->operations[i].layer == layer && acts(t, i, row, channel, REMIT_SCALE)) {
        effects[i] = kept - nearest((wide)kept * factor_at(&t->operations[i], month, REMIT_ONE));
        kept -= effects[i];
      }
    int64_t whole = kept, shares = 0;
    for (size_t i = 0; i < t->count; i++) {
      int64_t size = factor_at(&t->operations[i], month, 0);
      if (t->operations[i].layer != layer)
        continue;
      if (acts(t, i, row, channel, REMIT_EXTRA))
        effects[i] = nearest((wide)whole * size);
      if (acts(t, i, row, channel, REMIT_SHARE)) {
        effects[i] = nearest((wide)whole * (shares + size)) - nearest((wide)whole * shares);
        shares += size;
        kept -= effects[i];
      }
    }
  }
  for (size_t i = 0; i < t->count; i++)
    accounts[t->operations[i].account] += effects[i];
  accounts[REMIT_KEPT] += kept;
}

static uint32_t member_at(const trial *t, size_t row, int64_t month, const char *column)
{
  uint32_t code = remit_column_code(remit_table_find(t->table, column), row);
  for (size_t i = 0; i < t->count; i++)
    if (t->touched[i][row] && t->operations[i].effect == REMIT_RECODE && strcmp(t->operations[i].column, column) == 0
        && factor_at(&t->operations[i], month, 0) != 0)
      code = t->operations[i].code;
  return code;
}

static bool meet(const trial *t, size_t i, size_t j, size_t row, int64_t month)
{
  const remit_operation *a = &t->operations[i], *b = &t->operations[j];
  return t->touched[i][row] && t->touched[j][row] && a->layer == b->layer && a->effect == REMIT_RECODE && b->effect == REMIT_RECODE
         && strcmp(a->column, b->column) == 0 && factor_at(a, month, 0) != 0 && factor_at(b, month, 0) != 0;
}

static bool too_many_shares(const trial *t, size_t row, int64_t month)
{
  for (unsigned channel = 0; channel < REMIT_CHANNELS_MAX; channel++)
    for (size_t layer = 0; layer < OPERATIONS; layer++) {
      int64_t sum = 0;
      for (size_t i = 0; i < t->count; i++)
        if (t->operations[i].layer == layer && acts(t, i, row, channel, REMIT_SHARE))
          sum += factor_at(&t->operations[i], month, 0);
      if (sum > REMIT_ONE)
        return true;
    }
  return false;
}

static bool in_conflict(const trial *t)
{
  for (size_t row = 0; row < t->rows; row++)
    for (int64_t month = 0; month < 2 * MONTHS; month++) {
      if (too_many_shares(t, row, month))
        return true;
      for (size_t i = 0; i < t->count; i++)
        for (size_t j = 0; j < i; j++)
          if (meet(t, i, j, row, month))
            return true;
    }
  return false;
}

/* ---- Side by side ---- */

static void compare_lines(const trial *t, const remit_changeset *changeset, int64_t month, unsigned channel)
{
  const remit_column *trails = remit_changeset_trails(changeset);
  size_t count = remit_dictionary_size(remit_column_dictionary(trails));
  int64_t *factors = calloc(count * (ACCOUNTS + OPERATIONS), sizeof *factors), accounts[ACCOUNTS], effects[OPERATIONS];
  assert_non_null(factors);
  for (size_t account = 0; account < ACCOUNTS; account++)
    assert_ok(remit_changeset_factors(changeset, month, &account, 1, channel, factors + account * count, NULL));
  for (size_t i = 0; i < t->count; i++)
    assert_ok(remit_changeset_effect(changeset, month, i, channel, factors + (ACCOUNTS + i) * count, NULL));
  for (size_t row = 0; row < t->rows; row++) {
    uint32_t code = remit_column_code(trails, row);
    int64_t sum = 0;
    walk_line(t, row, month, channel, accounts, effects);
    for (size_t account = 0; account < ACCOUNTS; account++) {
      assert_true(factors[account * count + code] == accounts[account]);
      sum += factors[account * count + code];
    }
    for (size_t i = 0; i < t->count; i++) {
      int64_t effect = factors[(ACCOUNTS + i) * count + code];
      assert_true(effect == effects[i]);
      sum -= t->operations[i].effect == REMIT_EXTRA ? effect : 0;
    }
    assert_true(sum == REMIT_ONE);
  }
  free(factors);
}

/* What is kept of the cost by the month's functions, from a grouping by function and trail. */
static void compare_sums(const trial *t, const remit_changeset *changeset, const remit_table *cells, int64_t month)
{
  const char *const by[] = { "fn" }, *const names[] = { "cost" };
  const remit_measure halves[] = { { "cost#high", "cost#high", REMIT_SUM, NULL }, { "cost#low", "cost#low", REMIT_SUM, NULL } };
  const remit_pivot pivot = { .by = by, .by_count = 1, .measures = halves, .measure_count = 2 };
  const size_t wanted[] = { REMIT_KEPT, 2 };
  wide exact[MEMBERS + 1] = { 0 };
  int64_t *factors = calloc(LINES + 1, sizeof *factors), accounts[ACCOUNTS], effects[OPERATIONS];
  remit_table *here, *weighed, *groups;
  assert_ok(remit_changeset_factors(changeset, month, wanted, 2, 0, factors, NULL));
  assert_ok(remit_changeset_recode(changeset, month, cells, "trail", &here, NULL));
  assert_ok(remit_table_weighed(here, "trail", factors, LINES + 1, names, 1, &weighed, NULL));
  assert_ok(remit_pivot_run(weighed, &pivot, &groups, NULL));
  for (size_t row = 0; row < t->rows; row++) {
    walk_line(t, row, month, 0, accounts, effects);
    exact[member_at(t, row, month, "fn")] += (wide)int_at(t->table, "cost", row) * (accounts[REMIT_KEPT] + accounts[2]);
  }
  for (size_t row = 0; row < remit_table_rows(groups); row++) {
    wide *expected = &exact[int_at(groups, "fn", row)];
    assert_true(*expected == (wide)int_at(groups, "cost#high", row) * ((wide)1 << 31) + int_at(groups, "cost#low", row));
    *expected = 0;
  }
  for (size_t member = 0; member <= MEMBERS; member++)
    assert_true(exact[member] == 0);
  remit_table_free(here);
  remit_table_free(weighed);
  remit_table_free(groups);
  free(factors);
}

static void compare(const trial *t, const remit_changeset *changeset)
{
  const char *const by[] = { "fn", "trail" };
  const remit_measure cost = { "cost", "cost", REMIT_SUM, NULL };
  const remit_pivot pivot = { .by = by, .by_count = 2, .measures = &cost, .measure_count = 1 };
  remit_table *lines = with_trail(t->table, changeset), *cells;
  assert_ok(remit_pivot_run(lines, &pivot, &cells, NULL));
  for (int64_t month = 0; month < MONTHS; month++) {
    for (unsigned channel = 0; channel < CHANNELS; channel++)
      compare_lines(t, changeset, month, channel);
    compare_sums(t, changeset, cells, month);
  }
  remit_table_free(cells);
  remit_table_free(lines);
}

/* Gives other steps to some operations, which must come out as if they had had them from the start. */
static void vary(trial *t, const remit_changeset *changeset, uint64_t *seed)
{
  remit_restep changes[OPERATIONS];
  remit_changeset *other;
  size_t count = support_below(seed, t->count + 1);
  for (size_t i = 0; i < count; i++) {
    size_t index = support_below(seed, t->count);
    random_steps(t, index, seed);
    changes[i].operation = index;
  }
  for (size_t i = 0; i < count; i++) {
    changes[i].steps = t->operations[changes[i].operation].steps;
    changes[i].step_count = t->operations[changes[i].operation].step_count;
  }
  bool conflict = in_conflict(t);
  assert_int_equal(remit_changeset_with(changeset, changes, count, &other, NULL), conflict ? REMIT_EINVAL : REMIT_OK);
  if (!conflict)
    compare(t, other);
  remit_changeset_free(other);
}

static void random_changes_come_out_as_line_by_line(void **state)
{
  (void)state;
  uint64_t seed = 2026;
  size_t made = 0, refused_ones = 0;
  for (size_t round = 0; round < ROUNDS; round++) {
    trial t;
    remit_changeset *changeset;
    begin(&t, &seed);
    bool conflict = in_conflict(&t);
    assert_int_equal(remit_changeset_new(&changeset, t.table, t.operations, t.count, ACCOUNTS, NULL), conflict ? REMIT_EINVAL : REMIT_OK);
    if (!conflict) {
      compare(&t, changeset);
      vary(&t, changeset, &seed);
    }
    made += !conflict;
    refused_ones += conflict;
    remit_changeset_free(changeset);
    end(&t);
  }
  assert_true(made > ROUNDS / 3 && refused_ones > ROUNDS / 20);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(random_changes_come_out_as_line_by_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
