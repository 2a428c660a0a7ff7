/* SPDX-License-Identifier: Apache-2.0
 * Cells by trail that no line has a trail for, and figures of cells in one go: both against the long way.
 */
#include "support.h"
#include "changeset_support.h"

enum { OPERATIONS = 6, TRAILS_ROOM = 1 << OPERATIONS };

static const char *const measured[] = { "cost", "wte" };
static const remit_measure sums[] = { { "cost", "cost", REMIT_SUM, NULL }, { "wte", "wte", REMIT_SUM, NULL } };

/* ---- Random lines and changes ---- */

static void with_random_figures(remit_table *table, const char *name, uint64_t spread, uint64_t *seed)
{
  size_t rows = remit_table_rows(table);
  int64_t *values = calloc(rows + 1, sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < rows; i++)
    values[i] = (int64_t)(support_below(seed, spread) - spread / 3);
  with_ints(table, name, REMIT_PENCE, values);
  free(values);
}

/* Keys x and y, y with an attribute; lists in "tags". */
static remit_table *random_lines(size_t rows, size_t members, uint64_t *seed)
{
  remit_table *table = table_of(rows), *dimension = table_of(members);
  remit_dictionary *tags = dictionary_of((const char *const[]){ "a|b", "b", "c|a" }, 3);
  with_random_codes(dimension, "parent", 3, seed);
  with_random_codes(table, "x", members, seed);
  with_random_codes(table, "y", members, seed);
  with_random_codes(table, "z", 3, seed);
  assert_ok(remit_table_link(table, "y", dimension, NULL));
  remit_dictionary_set_separator(tags, '|');
  uint32_t *codes = calloc(rows + 1, sizeof *codes);
  assert_non_null(codes);
  for (size_t i = 0; i < rows; i++)
    codes[i] = (uint32_t)support_below(seed, 4);
  with_codes(table, "tags", codes, tags);
  with_random_figures(table, "cost", 100000, seed);
  with_random_figures(table, "wte", 3000, seed);
  free(codes);
  remit_dictionary_free(tags);
  remit_table_free(dimension);
  return table;
}

static const char *const paths[] = { "x", "y", "z", "y.parent", "tags" };

/* `numbers`: one change selects by an amount, which no code tells. */
static remit_changeset *random_changes(const remit_table *table, bool numbers, uint64_t *seed)
{
  remit_operation operations[OPERATIONS];
  remit_selection *where[OPERATIONS];
  for (size_t i = 0; i < OPERATIONS; i++) {
    static const char *const tests[] = { "m0", "m1", "none", "not(m1)", "m0, m2" };
    bool tags = i == 4;
    where[i] = numbers && i == 1 ? support_selection(table, "cost", "> 0")
                                 : support_selection(table, paths[i % 5], tags ? "b" : tests[support_below(seed, 5)]);
    operations[i] = (remit_operation){ .where = where[i], .account = 1, FROM(third_from_april) };
  }
  remit_changeset *made = changed(table, operations, OPERATIONS, 2);
  for (size_t i = 0; i < OPERATIONS; i++)
    remit_selection_free(where[i]);
  return made;
}

static remit_table *pivoted(const remit_table *table, const char *const *by, size_t count, const remit_selection *where)
{
  const remit_pivot pivot = { .by = by, .by_count = count, .measures = sums, .measure_count = 2, .where = where };
  remit_table *made;
  remit_error err;
  if (remit_pivot_run(table, &pivot, &made, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  return made;
}

static remit_table *cells_of(const remit_changeset *changeset, const remit_table *marked, const char *const *by, size_t count,
                             const remit_selection *where, remit_kept *kept)
{
  const remit_pivot pivot = { .by = by, .by_count = count, .measures = sums, .measure_count = 2, .where = where, .kept = kept };
  remit_table *made;
  remit_error err;
  if (remit_changeset_cells(changeset, marked, &pivot, "trail", &made, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  return made;
}

static void same_columns(const remit_table *a, const remit_table *b, const char *const *names, size_t count)
{
  assert_int_equal(remit_table_rows(a), remit_table_rows(b));
  for (size_t i = 0; i < count; i++)
    for (size_t row = 0; row < remit_table_rows(a); row++)
      assert_true(int_at(a, names[i], row) == int_at(b, names[i], row));
}

/* ---- Cells ---- */

static void cells_are_those_of_lines_with_a_trail_each(void **state)
{
  (void)state;
  uint64_t seed = 3;
  for (size_t round = 0; round < 60; round++) {
    static const char *const by[][3] = { { "x", "y", "trail" }, { "y.parent", "trail" }, { "z", "tags", "trail" }, { "trail" } };
    static const size_t counts[] = { 3, 2, 3, 1 };
    size_t at = round % 4, count = counts[at];
    bool many = round % 8 == 0; /* so many that attributes are looked up while rows are read */
    remit_table *table = random_lines(support_below(&seed, 3000) + (many ? 6000 : 0), many ? 60 : 9, &seed);
    remit_changeset *changeset = random_changes(table, round % 5 == 4, &seed);
    remit_table *lines = with_trail(table, changeset), *marked;
    remit_kept *kept;
    assert_ok(remit_kept_new(&kept, 1 << 20, NULL));
    assert_ok(remit_changeset_marked(changeset, table, &marked, NULL));
    remit_selection *of_lines = support_selection(lines, "x", "not(m1)"), *of_marked = support_selection(marked, "x", "not(m1)");
    for (int again = 0; again < 2; again++) {
      remit_table *cells = cells_of(changeset, marked, by[at], count - 1, round % 3 == 0 ? of_marked : NULL, kept);
      remit_table *folded = pivoted(cells, by[at], count, NULL), *expected = pivoted(lines, by[at], count, round % 3 == 0 ? of_lines : NULL);
      assert_string_equal(remit_table_name(cells, count - 1), "trail");
      if (remit_table_rows(table) != 0)
        same_columns(folded, expected, (const char *const[]){ "trail", "cost", "wte", by[at][0] }, 4);
      remit_table_free(folded);
      remit_table_free(expected);
      remit_table_free(cells);
    }
    remit_selection_free(of_lines);
    remit_selection_free(of_marked);
    remit_kept_free(kept);
    remit_table_free(marked);
    remit_table_free(lines);
    remit_changeset_free(changeset);
    remit_table_free(table);
  }
}

static void no_trail_is_written_for_lines_whose_codes_tell_it(void **state)
{
  (void)state;
  remit_table *table = lines_table(), *marked, *by_amount;
  remit_selection *chc = support_selection(table, "fn", "chc"), *dear = support_selection(table, "cost", "> 2");
  const remit_operation by_code = { .where = chc, FROM(half_from_april) }, by_number = { .where = dear, FROM(half_from_april) };
  remit_changeset *codes = changed(table, &by_code, 1, 1), *numbers = changed(table, &by_number, 1, 1);
  assert_ok(remit_changeset_marked(codes, table, &marked, NULL));
  assert_ok(remit_changeset_marked(numbers, table, &by_amount, NULL));
  assert_ptr_equal(remit_table_find(marked, "#mark1"), remit_table_find(table, "fn"));
  assert_ptr_equal(remit_table_find(by_amount, "#mark"), remit_changeset_trails(numbers));
  expect_labels(by_amount, "#mark", (const char *const[]){ "", "", "1", "1", "" });
  remit_table_free(marked);
  remit_table_free(by_amount);
  remit_changeset_free(codes);
  remit_changeset_free(numbers);
  remit_selection_free(chc);
  remit_selection_free(dear);
  remit_table_free(table);
}

static void cells_refuse(const remit_changeset *changeset, const remit_table *marked, remit_pivot pivot, const char *message)
{
  remit_table *made;
  remit_error err;
  assert_int_equal(remit_changeset_cells(changeset, marked, &pivot, "trail", &made, &err), REMIT_EINVAL);
  assert_null(made);
  assert_string_equal(err.message, message);
}

static void questions_that_are_not_of_cells_are_refused(void **state)
{
  (void)state;
  remit_table *table = lines_table(), *few = table_of(2), *marked;
  remit_selection *chc = support_selection(table, "fn", "chc"), *north = support_selection(table, "place", "north");
  const remit_operation first = { .where = chc, FROM(half_from_april) }, second = { .where = north, FROM(half_from_april) };
  const remit_measure distinct = { "fns", "fn", REMIT_DISTINCT, NULL };
  remit_changeset *changeset = changed(table, &first, 1, 1), *other = changed(table, &second, 1, 1);
  remit_error err;
  assert_ok(remit_changeset_marked(changeset, table, &marked, NULL));
  cells_refuse(changeset, table, (remit_pivot){ 0 }, "the table is not of lines marked by these changes");
  cells_refuse(other, marked, (remit_pivot){ 0 }, "the table is not of lines marked by these changes");
  cells_refuse(changeset, marked, (remit_pivot){ .totals = true }, "cells have no totals and no order");
  cells_refuse(changeset, marked, (remit_pivot){ .by_count = 17 }, "17 keys to group by, at most 16");
  cells_refuse(changeset, marked, (remit_pivot){ .measures = &distinct, .measure_count = 1 }, "'fns' counts each member once, and cells do not");
  remit_table_free(marked);
  assert_int_equal(remit_changeset_marked(changeset, few, &marked, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "2 lines, and the changes are to 5");
  remit_changeset_free(changeset);
  remit_changeset_free(other);
  remit_selection_free(chc);
  remit_selection_free(north);
  remit_table_free(few);
  remit_table_free(table);
}

/* ---- Figures ---- */

/* Each part weighed, one behind the other, grouped, settled. */
static remit_table *long_way(const remit_weighing *asked)
{
  static const remit_measure halves[] = { { "cost#high", "cost#high", REMIT_SUM, NULL }, { "cost#low", "cost#low", REMIT_SUM, NULL },
                                          { "wte#high", "wte#high", REMIT_SUM, NULL }, { "wte#low", "wte#low", REMIT_SUM, NULL } };
  remit_table *grouped[4], *once, *twice, *all, *sum, *made;
  for (size_t i = 0; i < asked->part_count; i++) {
    const remit_part *part = &asked->parts[i];
    assert_ok(remit_table_weighed(part->cells, "trail", part->factors[0], part->factor_count, &measured[0], 1, &once, NULL));
    assert_ok(remit_table_weighed(once, "trail", part->factors[1], part->factor_count, &measured[1], 1, &twice, NULL));
    remit_selection *where = part->where != NULL ? support_selection(twice, "x", "not(m0)") : NULL;
    const remit_pivot pivot = { .by = asked->by, .by_count = asked->by_count, .measures = halves, .measure_count = 4, .where = where };
    assert_ok(remit_pivot_run(twice, &pivot, &grouped[i], NULL));
    remit_selection_free(where);
    remit_table_free(once);
    remit_table_free(twice);
  }
  assert_ok(remit_table_concat((const remit_table *const *)grouped, asked->part_count, &all, NULL));
  const remit_pivot pivot = { .by = asked->by, .by_count = asked->by_count, .measures = halves, .measure_count = 4 };
  assert_ok(remit_pivot_run(all, &pivot, &sum, NULL));
  assert_ok(remit_table_settled(sum, asked->by, asked->by_count, measured, 2, asked->divisor, &made, NULL));
  for (size_t i = 0; i < asked->part_count; i++)
    remit_table_free(grouped[i]);
  remit_table_free(all);
  remit_table_free(sum);
  return made;
}

static void figures_in_one_go_are_those_of_the_long_way(void **state)
{
  (void)state;
  uint64_t seed = 5;
  for (size_t round = 0; round < 200; round++) {
    static const char *const by[][3] = { { "x", "y" }, { "y.parent", "x", "z" }, { "tags" }, { "x" }, { "y", "y.parent", "tags" } };
    static const size_t counts[] = { 2, 3, 1, 0, 3 };
    int64_t first[TRAILS_ROOM], second[TRAILS_ROOM];
    const int64_t *const factors[] = { first, round % 2 == 0 ? second : first };
    remit_table *table = random_lines(support_below(&seed, round % 10 == 0 ? 5000 : 60), 9, &seed);
    remit_changeset *changeset = random_changes(table, true, &seed);
    remit_table *cells = with_trail(table, changeset), *made;
    for (size_t i = 0; i < TRAILS_ROOM; i++) {
      first[i] = (int64_t)support_below(&seed, (uint64_t)REMIT_ONE * 2) - REMIT_ONE / 2;
      second[i] = support_below(&seed, 3) == 0 ? 0 : (int64_t)support_below(&seed, (uint64_t)REMIT_ONE);
    }
    remit_selection *where = round % 3 == 0 ? support_selection(cells, "x", "not(m0)") : NULL;
    const remit_part parts[] = { { cells, "trail", factors, TRAILS_ROOM, where }, { cells, "trail", factors + 1, TRAILS_ROOM, NULL },
                                 { cells, "trail", factors, TRAILS_ROOM, NULL } };
    const int64_t *const again[] = { second, first };
    remit_part given[3];
    memcpy(given, parts, sizeof given);
    given[1].factors = again;
    const remit_weighing asked = { .parts = given, .part_count = round % 3 + 1, .by = by[round % 5], .by_count = counts[round % 5], .names = measured,
                                   .name_count = 2, .divisor = round % 4 == 0 ? 12 : 1 };
    remit_table *expected = long_way(&asked);
    assert_ok(remit_table_figures(&asked, &made, NULL));
    same_columns(made, expected, measured, 2);
    same_columns(made, expected, asked.by, asked.by_count);
    for (size_t i = 0; i < asked.by_count; i++)
      assert_ptr_equal(remit_table_dimension(made, asked.by[i]), remit_table_dimension(expected, asked.by[i]));
    remit_table_free(made);
    remit_table_free(expected);
    remit_selection_free(where);
    remit_table_free(cells);
    remit_changeset_free(changeset);
    remit_table_free(table);
  }
}

/* Cells of a part: codes of `x` of a dictionary, a trail each, and figures. */
static remit_table *part_cells(size_t rows, const remit_dictionary *members, size_t most, uint64_t *seed)
{
  remit_table *cells = table_of(rows);
  uint32_t *codes = calloc(rows + 1, sizeof *codes);
  assert_non_null(codes);
  for (size_t i = 0; i < rows; i++)
    codes[i] = (uint32_t)support_below(seed, most + 1);
  with_codes(cells, "x", codes, members);
  with_random_codes(cells, "trail", 2, seed);
  with_random_figures(cells, "cost", 100000, seed);
  with_random_figures(cells, "wte", 3000, seed);
  free(codes);
  return cells;
}

static void parts_may_have_members_that_others_do_not_have(void **state)
{
  (void)state;
  static const char *const by[] = { "x" };
  const int64_t first[] = { REMIT_ONE, REMIT_ONE / 3, -REMIT_ONE / 7 }, second[] = { REMIT_ONE / 2, 0, REMIT_ONE };
  const int64_t *const factors[] = { first, second };
  uint64_t seed = 21;
  remit_dictionary *members = numbered_dictionary(9), *others = dictionary_of((const char *const[]){ "m3", "other", "m0" }, 3);
  const struct {
    const remit_dictionary *members[2];
    size_t rows[2], most[2], keys;
  } cases[] = { { { members, members }, { 40, 30 }, { 2, 9 }, 1 }, { { members, members }, { 40, 30 }, { 9, 2 }, 1 },
                { { members, others }, { 40, 30 }, { 3, 3 }, 1 },  { { members, members }, { 0, 20 }, { 9, 9 }, 1 },
                { { members, members }, { 0, 0 }, { 9, 9 }, 1 },   { { members, members }, { 0, 0 }, { 9, 9 }, 0 } };
  for (size_t i = 0; i < SOME(cases); i++) {
    remit_table *cells[2], *made;
    remit_part parts[2];
    for (size_t p = 0; p < 2; p++) {
      cells[p] = part_cells(cases[i].rows[p], cases[i].members[p], cases[i].most[p], &seed);
      parts[p] = (remit_part){ cells[p], "trail", factors, 3, NULL };
    }
    const remit_weighing asked = { .parts = parts, .part_count = 2, .by = by, .by_count = cases[i].keys, .names = measured, .name_count = 2,
                                   .divisor = 1 };
    remit_table *expected = long_way(&asked);
    assert_ok(remit_table_figures(&asked, &made, NULL));
    same_columns(made, expected, measured, 2);
    for (size_t row = 0; cases[i].keys != 0 && row < remit_table_rows(made); row++)
      assert_string_equal(label_at(made, "x", row), label_at(expected, "x", row));
    remit_table_free(made);
    remit_table_free(expected);
    remit_table_free(cells[0]);
    remit_table_free(cells[1]);
  }
  remit_dictionary_free(members);
  remit_dictionary_free(others);
}

/* A product, or only the sum of products that fit. */
static void figures_past_64_bits_are_refused(void **state)
{
  (void)state;
  static const int64_t costs[] = { INT64_MAX - 1, -(INT64_MAX - 1), 19000000000000000, -19000000000000000 };
  const int64_t factors_of[] = { REMIT_ONE, REMIT_ONE - 1 };
  const int64_t *const factors[] = { factors_of };
  for (size_t i = 0; i < SOME(costs); i++) {
    remit_table *cells = table_of(2), *made;
    with_labels(cells, "trail", (const char *const[]){ "", "1" });
    with_ints(cells, "cost", REMIT_PENCE, (const int64_t[]){ costs[i], costs[i] });
    const remit_part part = { cells, "trail", factors, 2, NULL };
    remit_weighing asked = { .parts = &part, .part_count = 1, .names = measured, .name_count = 1, .divisor = 1 };
    remit_error err;
    assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_EOVERFLOW);
    assert_null(made);
    remit_table_free(cells);
  }
}

static void weighings_that_are_not_in_order_are_refused(void **state)
{
  (void)state;
  static const char *const unknown[] = { "nothing" };
  remit_table *cells = table_of(2), *other = table_of(2), *made;
  with_labels(cells, "trail", (const char *const[]){ "", "1" });
  with_ints(cells, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2 });
  with_labels(other, "x", (const char *const[]){ "a", "b" });
  remit_selection *foreign = support_selection(other, "x", "a");
  const int64_t ones[] = { REMIT_ONE, REMIT_ONE };
  const int64_t *const factors[] = { ones };
  remit_part part = { cells, "trail", factors, 1, NULL };
  remit_weighing asked = { .parts = &part, .part_count = 1, .names = measured, .name_count = 1, .divisor = 1 };
  remit_error err;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "1 factors, and there are more trails");
  part.factor_count = 2;
  assert_ok(remit_table_figures(&asked, &made, &err));
  expect_ints(made, "cost", (const int64_t[]){ 3 });
  remit_table_free(made);
  asked.divisor = 0;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_EINVAL);
  asked.divisor = 1;
  asked.names = unknown;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_ENOTFOUND);
  asked.names = measured;
  asked.by = unknown;
  asked.by_count = 1;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_ENOTFOUND);
  part.where = foreign;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "a selection is not of its cells");
  asked.part_count = 0;
  assert_int_equal(remit_table_figures(&asked, &made, &err), REMIT_EINVAL);
  remit_selection_free(foreign);
  remit_table_free(cells);
  remit_table_free(other);
}

/* ---- Memory ---- */

typedef struct asking {
  remit_table *table;
  remit_selection *where;
  const char *by;
} asking;

static remit_status ask(void *context)
{
  const asking *given = context;
  const int64_t factors[] = { REMIT_ONE, REMIT_ONE / 3 };
  const int64_t *const each[] = { factors };
  const remit_operation operation = { .where = given->where, FROM(half_from_april) };
  const remit_pivot pivot = { .by = &given->by, .by_count = 1, .measures = sums, .measure_count = 1 };
  remit_table *marked = NULL, *cells = NULL, *made = NULL;
  remit_changeset *changeset;
  remit_status status = remit_changeset_new(&changeset, given->table, &operation, 1, 1, NULL);
  if (status == REMIT_OK)
    status = remit_changeset_marked(changeset, given->table, &marked, NULL);
  if (status == REMIT_OK)
    status = remit_changeset_cells(changeset, marked, &pivot, "trail", &cells, NULL);
  const remit_part part = { cells, "trail", each, 2, NULL };
  const remit_weighing asked = { .parts = &part, .part_count = 1, .by = &given->by, .by_count = 1, .names = measured, .name_count = 1, .divisor = 1 };
  if (status == REMIT_OK)
    status = remit_table_figures(&asked, &made, NULL);
  if (status == REMIT_OK && remit_changeset_trails(changeset) == NULL)
    status = REMIT_ENOMEM;
  remit_table_free(made);
  remit_table_free(cells);
  remit_table_free(marked);
  remit_changeset_free(changeset);
  return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
  (void)state;
  uint64_t seed = 9;
  remit_table *table = random_lines(40, 9, &seed);
  remit_selection *some = support_selection(table, "x", "m0"), *dear = support_selection(table, "cost", "> 0");
  support_fail_each_allocation(ask, &(asking){ table, some, "x" });
  support_fail_each_allocation(ask, &(asking){ table, dear, "tags" });
  remit_selection_free(some);
  remit_selection_free(dear);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(cells_are_those_of_lines_with_a_trail_each),
    LEAK_CHECKED(no_trail_is_written_for_lines_whose_codes_tell_it),
    LEAK_CHECKED(questions_that_are_not_of_cells_are_refused),
    LEAK_CHECKED(figures_in_one_go_are_those_of_the_long_way),
    LEAK_CHECKED(parts_may_have_members_that_others_do_not_have),
    LEAK_CHECKED(figures_past_64_bits_are_refused),
    LEAK_CHECKED(weighings_that_are_not_in_order_are_refused),
    LEAK_CHECKED(without_memory_nothing_is_left_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
