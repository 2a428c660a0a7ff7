/* SPDX-License-Identifier: Apache-2.0
 * Changesets and groupings: the members of a month, exact products, and figures rounded so that parts add up.
 */
#include "support.h"
#include "changeset_support.h"

__extension__ typedef __int128 wide;

/* ---- Members of a month ---- */

static remit_table *recoded(const remit_changeset *changeset, int64_t month, const remit_table *lines)
{
  remit_table *made;
  remit_error err;
  if (remit_changeset_recode(changeset, month, lines, "trail", &made, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  return made;
}

static void lines_have_the_members_of_the_month(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  const remit_operation operations[] = { { .effect = REMIT_RECODE, .where = chc, .column = "fn", .code = 2, FROM(all_in_april) },
                                         { .effect = REMIT_SCALE, .where = north, FROM(half_from_april) },
                                         { .effect = REMIT_RECODE, .where = north, .column = "fn", .code = 0, .layer = 1, FROM(all_from_april) } };
  remit_changeset *changeset = changed(table, operations, 3, 1);
  remit_table *lines = with_trail(table, changeset), *march = recoded(changeset, MARCH, lines), *april = recoded(changeset, APRIL, lines),
              *may = recoded(changeset, MAY, lines);
  assert_ptr_equal(march, lines);
  expect_labels(april, "fn", (const char *const[]){ "", "", "estates", "", "quality" });
  expect_labels(may, "fn", (const char *const[]){ "", "", "chc", "", "quality" });
  assert_ptr_equal(remit_table_find(april, "place"), remit_table_find(lines, "place"));
  assert_ptr_equal(remit_table_find(april, "cost"), remit_table_find(lines, "cost"));
  assert_int_equal(remit_table_columns(april), remit_table_columns(lines));
  remit_table_free(march);
  remit_table_free(april);
  remit_table_free(may);
  remit_table_free(lines);
  remit_changeset_free(changeset);
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(table);
}

static void a_recoded_column_keeps_its_link(void **state)
{
  (void)state;
  remit_table *places = table_of(2), *table = lines_table();
  with_labels(places, "region", (const char *const[]){ "a", "b" });
  assert_ok(remit_table_link(table, "place", places, NULL));
  remit_selection *chc = support_selection(table, "fn", "chc");
  const remit_operation operation = { .effect = REMIT_RECODE, .where = chc, .column = "place", .code = 2, FROM(all_from_april) };
  remit_changeset *changeset = changed(table, &operation, 1, 1);
  remit_table *lines = with_trail(table, changeset), *april = recoded(changeset, APRIL, lines);
  expect_labels(april, "place", (const char *const[]){ "south", "north", "south", "south", "" });
  assert_ptr_equal(remit_table_dimension(april, "place"), places);
  remit_table_free(april);
  remit_table_free(lines);
  remit_changeset_free(changeset);
  remit_selection_free(chc);
  remit_table_free(table);
  remit_table_free(places);
}

static void cells_of_other_lines_are_refused(void **state)
{
  (void)state;
  remit_table *table = lines_table(), *other = lines_table(), *made;
  remit_selection *chc = support_selection(table, "fn", "chc"), *others = support_selection(other, "fn", "chc");
  remit_operation operation = { .effect = REMIT_RECODE, .where = chc, .column = "place", .code = 2, FROM(all_from_april) };
  remit_changeset *changeset = changed(table, &operation, 1, 1);
  operation.where = others;
  remit_changeset *strange = changed(other, &operation, 1, 1);
  remit_table *lines = with_trail(table, changeset), *mixed = with_trail(other, changeset), *far = with_trail(other, strange);
  assert_int_equal(remit_changeset_recode(changeset, APRIL, mixed, "trail", &made, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_recode(changeset, APRIL, far, "trail", &made, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_recode(changeset, APRIL, lines, "cost", &made, NULL), REMIT_EINVAL);
  assert_int_equal(remit_changeset_recode(changeset, APRIL, lines, "none", &made, NULL), REMIT_ENOTFOUND);
  assert_null(made);
  remit_table_free(lines);
  remit_table_free(mixed);
  remit_table_free(far);
  remit_changeset_free(changeset);
  remit_changeset_free(strange);
  remit_selection_free(chc);
  remit_selection_free(others);
  remit_table_free(table);
  remit_table_free(other);
}

/* ---- Products ---- */

static const char *const cost[] = { "cost" };

static void products_are_exact_in_two_halves(void **state)
{
  (void)state;
  const int64_t figures[] = { 0, 1, -1, 99999999999, -99999999999, 1 }, factors[] = { REMIT_ONE, 333333333333, -7, 1000 * REMIT_ONE };
  const char *const trails[] = { "a", "a", "a", "b", "c", "" };
  remit_table *cells = table_of(6), *made;
  with_ints(cells, "cost", REMIT_PENCE, figures);
  with_labels(cells, "trail", trails);
  with_ints(cells, "wte", REMIT_MICRO, figures);
  assert_ok(remit_table_weighed(cells, "trail", factors, 4, cost, 1, &made, NULL));
  assert_string_equal(remit_table_name(made, 0), "cost#high");
  assert_string_equal(remit_table_name(made, 1), "cost#low");
  assert_int_equal(remit_table_columns(made), 4);
  assert_ptr_equal(remit_table_find(made, "wte"), remit_table_find(cells, "wte"));
  assert_int_equal(remit_column_unit(remit_table_find(made, "cost#high")), REMIT_PENCE);
  for (size_t row = 0; row < 6; row++) {
    int64_t low = int_at(made, "cost#low", row);
    wide exact = (wide)int_at(made, "cost#high", row) * ((wide)1 << 31) + low;
    assert_true(low >= 0 && low < (int64_t)1 << 31);
    assert_true(exact == (wide)figures[row] * factors[remit_column_code(remit_table_find(cells, "trail"), row)]);
  }
  remit_table_free(made);
  remit_table_free(cells);
}

static void figures_that_cannot_be_weighed_are_refused(void **state)
{
  (void)state;
  const int64_t factors[] = { 1000 * REMIT_ONE, 1, 1 };
  remit_table *cells = table_of(2), *made;
  with_ints(cells, "cost", REMIT_PENCE, (const int64_t[]){ INT64_MAX / 2, 0 });
  with_ints(cells, "wte", REMIT_MICRO, (const int64_t[]){ REMIT_MISSING, 0 });
  with_labels(cells, "trail", (const char *const[]){ "", "a" });
  with_labels(cells, "fn", (const char *const[]){ "", "a" });
  const struct {
    const char *name, *trail;
    size_t factors;
    remit_status status;
  } cases[] = {
    { "cost", "trail", 3, REMIT_EOVERFLOW }, { "wte", "trail", 3, REMIT_EINVAL }, { "fn", "trail", 3, REMIT_EINVAL },
    { "none", "trail", 3, REMIT_ENOTFOUND }, { "cost", "trail", 1, REMIT_EINVAL }, { "cost", "wte", 3, REMIT_EINVAL },
    { "cost", "none", 3, REMIT_ENOTFOUND },
  };
  for (size_t i = 0; i < SOME(cases); i++) {
    assert_int_equal(remit_table_weighed(cells, cases[i].trail, factors, cases[i].factors, &cases[i].name, 1, &made, NULL), cases[i].status);
    assert_null(made);
  }
  remit_table_free(cells);
}

/* ---- Settled figures ---- */

/* A grouping with exact sums, in units of 10^-12 / (REMIT_ONE / parts): `parts` makes one. */
static remit_table *sums_of(size_t rows, const char *const *first, const char *const *second, const int64_t *figures, int64_t parts)
{
  remit_table *groups = table_of(rows);
  int64_t *high = calloc(rows + 1, sizeof *high), *low = calloc(rows + 1, sizeof *low);
  assert_non_null(high);
  assert_non_null(low);
  for (size_t row = 0; row < rows; row++) {
    wide exact = (wide)figures[row] * (REMIT_ONE / parts);
    low[row] = (int64_t)(exact & (((wide)1 << 31) - 1));
    high[row] = (int64_t)((exact - low[row]) / ((wide)1 << 31));
  }
  with_labels(groups, "first", first);
  with_labels(groups, "second", second);
  with_ints(groups, "cost#high", REMIT_PENCE, high);
  with_ints(groups, "cost#low", REMIT_COUNT, low);
  free(high);
  free(low);
  return groups;
}

static const char *const keys[] = { "first", "second" };

static void settled_are(const char *const *first, const int64_t *figures, size_t rows, int64_t parts, int64_t divisor, const int64_t *expected)
{
  remit_table *groups = sums_of(rows, first, first, figures, parts), *made;
  remit_error err;
  if (remit_table_settled(groups, keys, 2, cost, 1, divisor, &made, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  for (size_t row = 0; row < rows; row++)
    assert_int_equal(int_at(made, "cost", row), expected[row]);
  assert_int_equal(remit_column_unit(remit_table_find(made, "cost")), REMIT_PENCE);
  assert_int_equal(remit_table_columns(made), 3);
  remit_table_free(made);
  remit_table_free(groups);
}

static void totals_are_rounded_and_parts_allotted(void **state)
{
  (void)state;
  const char *const abc[] = { "a", "b", "c" }, *const aab[] = { "a", "a", "b" };
  settled_are(abc, (const int64_t[]){ 14, 13, 13 }, 3, 10, 1, (const int64_t[]){ 2, 1, 1 });
  settled_are(abc, (const int64_t[]){ 13, 13, 14 }, 3, 10, 1, (const int64_t[]){ 1, 1, 2 });
  settled_are(abc, (const int64_t[]){ 5, 5, 15 }, 3, 10, 1, (const int64_t[]){ 1, 0, 1 });   /* 2.5 is 2, and the first of equals has it */
  settled_are(abc, (const int64_t[]){ -5, -5, -15 }, 3, 10, 1, (const int64_t[]){ -1, 0, -1 });
  settled_are(aab, (const int64_t[]){ 4, 4, 7 }, 3, 10, 1, (const int64_t[]){ 1, 0, 1 });    /* the group first: 0.8 and 0.7 */
  settled_are(abc, (const int64_t[]){ 1, 1, 1 }, 3, 1, 12, (const int64_t[]){ 0, 0, 0 });
  settled_are(abc, (const int64_t[]){ 12, 13, 11 }, 3, 1, 12, (const int64_t[]){ 1, 1, 1 });
  settled_are(abc, (const int64_t[]){ 1006, -507, 0 }, 3, 10, 1, (const int64_t[]){ 101, -51, 0 });
  settled_are(abc, (const int64_t[]){ -1006, 507, 0 }, 3, 10, 1, (const int64_t[]){ -101, 51, 0 });
  settled_are(abc, NULL, 0, 10, 1, NULL);
}

static void sums_that_cannot_be_settled_are_refused(void **state)
{
  (void)state;
  const char *const a[] = { "a" };
  const char *names[17];
  for (size_t i = 0; i < 17; i++)
    names[i] = "first";
  remit_table *groups = sums_of(1, a, a, (const int64_t[]){ 5 }, 1), *half = table_of(1), *large = table_of(1), *made;
  with_ints(half, "cost#high", REMIT_PENCE, (const int64_t[]){ 5 });
  with_ints(large, "cost#high", REMIT_PENCE, (const int64_t[]){ INT64_MAX });
  with_ints(large, "cost#low", REMIT_COUNT, (const int64_t[]){ INT64_MAX });
  assert_int_equal(remit_table_settled(groups, keys, 2, cost, 1, 0, &made, NULL), REMIT_EINVAL);
  assert_int_equal(remit_table_settled(groups, names, 16, cost, 1, 1, &made, NULL), REMIT_OK);
  remit_table_free(made);
  assert_int_equal(remit_table_settled(groups, names, 17, cost, 1, 1, &made, NULL), REMIT_ELIMIT);
  assert_int_equal(remit_table_settled(groups, cost, 1, cost, 1, 1, &made, NULL), REMIT_ENOTFOUND);
  assert_int_equal(remit_table_settled(groups, keys, 2, keys, 1, 1, &made, NULL), REMIT_ENOTFOUND);
  assert_int_equal(remit_table_settled(half, NULL, 0, cost, 1, 1, &made, NULL), REMIT_ENOTFOUND);
  assert_ok(remit_table_settled(large, NULL, 0, cost, 1, 1, &made, NULL));
  assert_true(int_at(made, "cost", 0) == 19807040637789456); /* the largest there is: (2^63 - 1) (2^31 + 1) / 10^12 */
  remit_table_free(made);
  remit_table_free(groups);
  remit_table_free(half);
  remit_table_free(large);
}

/* Parts add up to the rounded whole, and each group of the first key, and each row, is less than one from exact. */
static void random_groups_add_up(void **state)
{
  (void)state;
  uint64_t seed = 11;
  for (size_t round = 0; round < 3000; round++) {
    const char *const letters[] = { "a", "b", "c", "d", "" };
    const char *first[30], *second[30];
    int64_t figures[30], group_exact[5] = { 0 }, group_made[5] = { 0 }, total = 0, sum = 0;
    size_t rows = support_below(&seed, 30) + 1, which[30];
    int64_t parts = round % 2 == 0 ? 10 : 1000, spread = round % 3 == 0 ? 20 : 5000, lowest = round % 5 == 0 ? 0 : spread / 2;
    for (size_t row = 0; row < rows; row++) {
      which[row] = support_below(&seed, 5);
      first[row] = letters[which[row]];
      second[row] = letters[support_below(&seed, 5)];
      figures[row] = (int64_t)support_below(&seed, (uint64_t)spread) - lowest;
      group_exact[which[row]] += figures[row];
      total += figures[row];
    }
    remit_table *groups = sums_of(rows, first, second, figures, parts), *made;
    assert_ok(remit_table_settled(groups, keys, 2, cost, 1, 1, &made, NULL));
    for (size_t row = 0; row < rows; row++) {
      int64_t value = int_at(made, "cost", row);
      assert_true(llabs(value * parts - figures[row]) < parts);
      group_made[which[row]] += value;
      sum += value;
    }
    for (size_t group = 0; group < 5; group++)
      assert_true(llabs(group_made[group] * parts - group_exact[group]) < parts);
    int64_t off = llabs(sum * parts - total);
    assert_true(2 * off < parts || (2 * off == parts && sum % 2 == 0));
    remit_table_free(made);
    remit_table_free(groups);
  }
}

/* ---- As the header says it, with no thought for speed ---- */

enum { PARTS_MOST = 400 };

/* Groups of a level, each in one of the level above, and what those came to. */
typedef struct naive_level {
  size_t count, wholes, above[PARTS_MOST];
  int64_t exact[PARTS_MOST], rounded[PARTS_MOST];
} naive_level;

static int64_t floor_of(int64_t value, int64_t parts)
{
  return value / parts - (value % parts < 0);
}

static void settle_whole(naive_level *l, size_t whole, int64_t rounded, int64_t parts)
{
  int64_t sum = 0, sign, left;
  bool given[PARTS_MOST] = { false };
  for (size_t i = 0; i < l->count; i++)
    sum += l->above[i] == whole ? l->exact[i] : 0;
  for (size_t i = 0; sum == 0 && i < l->count; i++)
    sum = l->above[i] == whole ? l->exact[i] : 0;
  sign = sum < 0 ? -1 : 1;
  left = sign * rounded;
  for (size_t i = 0; i < l->count; i++)
    left -= l->above[i] == whole ? floor_of(sign * l->exact[i], parts) : 0;
  for (; left > 0; left--) {
    size_t best = SIZE_MAX;
    int64_t most = -1;
    for (size_t i = 0; i < l->count; i++) {
      int64_t rest = sign * l->exact[i] - floor_of(sign * l->exact[i], parts) * parts;
      if (l->above[i] == whole && !given[i] && rest > most) {
        best = i;
        most = rest;
      }
    }
    given[best] = true;
  }
  for (size_t i = 0; i < l->count; i++)
    if (l->above[i] == whole)
      l->rounded[i] = sign * (floor_of(sign * l->exact[i], parts) + given[i]);
}

/* Groups of rows by a number each, in the order of their first rows; each in a group of `higher`. */
static void group_by(naive_level *l, const size_t *number, const int64_t *figures, size_t rows, const size_t *higher, size_t *group)
{
  size_t known[PARTS_MOST];
  l->count = 0;
  for (size_t row = 0; row < rows; row++) {
    size_t at = 0;
    while (at < l->count && known[at] != number[row])
      at++;
    if (at == l->count) {
      known[l->count] = number[row];
      l->exact[l->count] = 0;
      l->above[l->count++] = higher[row];
    }
    l->exact[at] += figures[row];
    group[row] = at;
  }
}

static void settle_naively(size_t number[3][PARTS_MOST], const int64_t *figures, size_t rows, int64_t parts, int64_t *values)
{
  size_t higher[PARTS_MOST] = { 0 }, group[PARTS_MOST], wholes = 1;
  int64_t total = 0, above[PARTS_MOST];
  for (size_t row = 0; row < rows; row++)
    total += figures[row];
  int64_t down = floor_of(total, parts), rest = total - down * parts;
  above[0] = down + (2 * rest > parts || (2 * rest == parts && down % 2 != 0));
  for (size_t at = 0; at < 3; at++) {
    naive_level level;
    group_by(&level, number[at], figures, rows, higher, group);
    for (size_t whole = 0; whole < wholes; whole++)
      settle_whole(&level, whole, above[whole], parts);
    wholes = level.count;
    memcpy(above, level.rounded, wholes * sizeof *above);
    memcpy(higher, group, sizeof group);
  }
  memcpy(values, above, rows * sizeof *values);
}

static void figures_are_settled_as_is_said(void **state)
{
  (void)state;
  uint64_t seed = 13;
  for (size_t round = 0; round < 600; round++) {
    const char *const letters[] = { "a", "b", "c", "d", "", "f", "g", "h" };
    const char *first[PARTS_MOST], *second[PARTS_MOST];
    size_t rows = support_below(&seed, PARTS_MOST) + 1, members = support_below(&seed, 8) + 1, number[3][PARTS_MOST];
    int64_t figures[PARTS_MOST], values[PARTS_MOST], parts = round % 2 == 0 ? 10 : 1000000;
    uint64_t spread = round % 3 == 0 ? 30 : round % 3 == 1 ? 5000000 : UINT64_C(9000000000000000);
    for (size_t row = 0; row < rows; row++) {
      number[0][row] = support_below(&seed, members);
      number[1][row] = number[0][row] * 8 + support_below(&seed, members);
      number[2][row] = row;
      first[row] = letters[number[0][row]];
      second[row] = letters[number[1][row] % 8];
      figures[row] = round % 7 == 0 && row % 3 != 0 ? 0 : (int64_t)support_below(&seed, spread) - (int64_t)(round % 5 == 0 ? 0 : spread / 2);
    }
    remit_table *groups = sums_of(rows, first, second, figures, parts), *made;
    settle_naively(number, figures, rows, parts, values);
    assert_ok(remit_table_settled(groups, keys, 2, cost, 1, 1, &made, NULL));
    for (size_t row = 0; row < rows; row++)
      if (int_at(made, "cost", row) != values[row])
        fail_msg("round %zu, row %zu: %lld instead of %lld", round, row, (long long)int_at(made, "cost", row), (long long)values[row]);
    remit_table_free(made);
    remit_table_free(groups);
  }
}

static void figures_with_turned_signs_settle_to_the_turned(void **state)
{
  (void)state;
  uint64_t seed = 12;
  for (size_t round = 0; round < 1000; round++) {
    const char *const letters[] = { "a", "b", "c" };
    const char *first[12], *second[12];
    int64_t figures[12], turned[12];
    for (size_t row = 0; row < 12; row++) {
      first[row] = letters[support_below(&seed, 3)];
      second[row] = letters[support_below(&seed, 3)];
      figures[row] = (int64_t)support_below(&seed, 41) - 20;
      turned[row] = -figures[row];
    }
    remit_table *groups = sums_of(12, first, second, figures, 10), *others = sums_of(12, first, second, turned, 10), *made, *other;
    assert_ok(remit_table_settled(groups, keys, 2, cost, 1, 1, &made, NULL));
    assert_ok(remit_table_settled(others, keys, 2, cost, 1, 1, &other, NULL));
    for (size_t row = 0; row < 12; row++)
      assert_true(int_at(made, "cost", row) == -int_at(other, "cost", row));
    remit_table_free(made);
    remit_table_free(other);
    remit_table_free(groups);
    remit_table_free(others);
  }
}

/* ---- Memory ---- */

typedef struct asking {
  const remit_changeset *changeset;
  const remit_table *lines;
} asking;

static remit_status ask(void *context)
{
  const asking *given = context;
  const int64_t factors[] = { REMIT_ONE, REMIT_ONE / 3 };
  const char *const by[] = { "fn" };
  remit_table *here, *weighed = NULL, *made = NULL;
  remit_status status = remit_changeset_recode(given->changeset, APRIL, given->lines, "trail", &here, NULL);
  if (status == REMIT_OK)
    status = remit_table_weighed(here, "trail", factors, 2, cost, 1, &weighed, NULL);
  if (status == REMIT_OK)
    status = remit_table_settled(weighed, by, 1, cost, 1, 12, &made, NULL);
  remit_table_free(here);
  remit_table_free(weighed);
  remit_table_free(made);
  return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
  (void)state;
  remit_table *table = lines_table();
  remit_selection *chc = support_selection(table, "fn", "chc");
  const remit_operation operation = { .effect = REMIT_RECODE, .where = chc, .column = "fn", .code = 2, FROM(all_from_april) };
  remit_changeset *changeset = changed(table, &operation, 1, 1);
  remit_table *lines = with_trail(table, changeset);
  support_fail_each_allocation(ask, &(asking){ changeset, lines });
  remit_table_free(lines);
  remit_changeset_free(changeset);
  remit_selection_free(chc);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(lines_have_the_members_of_the_month),
    LEAK_CHECKED(a_recoded_column_keeps_its_link),
    LEAK_CHECKED(cells_of_other_lines_are_refused),
    LEAK_CHECKED(products_are_exact_in_two_halves),
    LEAK_CHECKED(figures_that_cannot_be_weighed_are_refused),
    LEAK_CHECKED(totals_are_rounded_and_parts_allotted),
    LEAK_CHECKED(sums_that_cannot_be_settled_are_refused),
    LEAK_CHECKED(random_groups_add_up),
    LEAK_CHECKED(figures_are_settled_as_is_said),
    LEAK_CHECKED(figures_with_turned_signs_settle_to_the_turned),
    LEAK_CHECKED(without_memory_nothing_is_left_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
