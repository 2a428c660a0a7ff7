/* SPDX-License-Identifier: Apache-2.0
 * Decisions: which rules pass on which rows, by hand and against a selection for each cell on random tables.
 */
#include "support.h"
#include "table_support.h"

#define SOME(list) (sizeof(list) / sizeof *(list))

static remit_decision *decided(const remit_table *table, const char *const *paths, size_t count, const char *const *cells, size_t rules)
{
  remit_input inputs[REMIT_INPUTS_MAX] = { { 0 } };
  remit_decision *decision;
  remit_cell cell;
  remit_error err;
  for (size_t i = 0; i < count; i++)
    inputs[i].path = paths[i];
  if (remit_decision_new(&decision, table, inputs, count, cells, rules, &cell, &err) != REMIT_OK)
    fail_msg("rule %zu, input %zu: %s", cell.rule, cell.input, err.message);
  return decision;
}

/* Takes the decision. */
static void hits_are(remit_decision *decision, const remit_table *table, const char *const *expected)
{
  remit_column *hits;
  assert_ok(remit_decision_hits(decision, NULL, &hits, NULL));
  const remit_dictionary *labels = remit_column_dictionary(hits);
  assert_int_equal(remit_dictionary_separator(labels), '|');
  assert_int_equal(remit_column_count(hits), remit_table_rows(table));
  for (size_t row = 0; row < remit_table_rows(table); row++)
    assert_string_equal(remit_dictionary_label(labels, remit_column_code(hits, row), NULL), expected[row]);
  remit_column_free(hits);
  remit_decision_free(decision);
}

static remit_table *functions_table(void)
{
  remit_table *table = table_of(5);
  with_labels(table, "blueprint", (const char *const[]){ "grow", "review", "retain", "", "grow" });
  with_ints(table, "wte", REMIT_MICRO, (const int64_t[]){ 500000, 1000000, REMIT_MISSING, 20000000, 0 });
  return table;
}

static const char *const two[] = { "blueprint", "wte" };

static void a_rule_passes_when_all_its_cells_do(void **state)
{
  (void)state;
  remit_table *table = functions_table();
  const char *const cells[] = { "grow", "-", NULL, ">= 0.5", "not(grow)", "< 0.5, none", "none", NULL };
  hits_are(decided(table, two, 2, cells, 4), table, (const char *const[]){ "1|2", "2", "3", "2|4", "1" });
  remit_table_free(table);
}

static void codes_are_in_the_order_of_rules(void **state)
{
  (void)state;
  static const char *const expected[] = { "1", "1|2", "1|2|10", "1|10", "2", "10" };
  remit_table *table = table_of(7);
  with_labels(table, "x", (const char *const[]){ "j", "b", "aj", "", "abj", "a", "ab" });
  const char *cells[10] = { "*a*", "*b*", [9] = "*j*" };
  for (size_t i = 2; i < 9; i++)
    cells[i] = "*z*";
  remit_column *hits;
  remit_decision *decision = decided(table, (const char *const[]){ "x" }, 1, cells, 10);
  assert_ok(remit_decision_hits(decision, NULL, &hits, NULL));
  assert_int_equal(remit_dictionary_size(remit_column_dictionary(hits)), SOME(expected) + 1);
  for (uint32_t i = 0; i < SOME(expected); i++)
    assert_string_equal(remit_dictionary_label(remit_column_dictionary(hits), i + 1, NULL), expected[i]);
  remit_column_free(hits);
  remit_decision_free(decision);
  remit_table_free(table);
}

static void ranges_that_touch_share_only_what_both_include(void **state)
{
  (void)state;
  remit_table *table = table_of(5);
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ 1999, 2000, 2001, REMIT_MISSING, INT64_MAX });
  const char *const cells[] = { "< £20", "[20..20.01)", "[20..20.01]", "> 20", "not(none)" };
  hits_are(decided(table, (const char *const[]){ "cost" }, 1, cells, 5), table, (const char *const[]){ "1|5", "2|3|5", "3|4|5", "", "4|5" });
  remit_table_free(table);
}

static void a_list_passes_by_any_of_its_items(void **state)
{
  (void)state;
  remit_table *table = table_of(4);
  remit_dictionary *lists = dictionary_of((const char *const[]){ "pod|fixed", "pod", "other" }, 3);
  remit_dictionary_set_separator(lists, '|');
  with_codes(table, "tags", (const uint32_t[]){ 1, 2, 3, 0 }, lists);
  hits_are(decided(table, (const char *const[]){ "tags" }, 1, (const char *const[]){ "pod", "fixed", "not(fixed)" }, 3), table,
           (const char *const[]){ "1|2", "1|3", "3", "3" });
  remit_dictionary_free(lists);
  remit_table_free(table);
}

static void paths_lead_through_links_and_members_have_names(void **state)
{
  (void)state;
  remit_table *posts = table_of(5), *functions = table_of(3);
  with_labels(functions, "class", (const char *const[]){ "c1", "c2", "" });
  with_labels(functions, "name", (const char *const[]){ "Estates", "Nursing", "Audit" });
  with_ints(functions, "people", REMIT_COUNT, (const int64_t[]){ 5, 50, REMIT_MISSING });
  remit_dictionary *ids = dictionary_of((const char *const[]){ "f1", "f2", "f3" }, 3);
  with_codes(posts, "fn", (const uint32_t[]){ 3, 2, 1, 0, 2 }, ids);
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  const char *const paths[] = { "fn", "fn.class", "fn.people" };
  const char *const cells[] = { "estates, f2", "-", "-", "-", "c2", "-", "-", "-", "<= 50", "-", "none", "none" };
  remit_decision *decision = decided(posts, paths, 3, cells, 4);
  remit_table *owner = remit_table_share(posts);
  remit_table_free(posts);
  remit_table_free(functions);
  remit_dictionary_free(ids);
  hits_are(decision, owner, (const char *const[]){ "4", "1|2|3", "1|3", "4", "1|2|3" });
  remit_table_free(owner);
}

static void a_decision_keeps_its_table(void **state)
{
  (void)state;
  remit_table *table = functions_table();
  remit_decision *decision = decided(table, two, 2, (const char *const[]){ "grow", ">= 0.5" }, 1);
  remit_table_free(table);
  assert_true(remit_decision_passes(decision, 0, 0, 0));
  assert_true(remit_decision_passes(decision, 0, 0, 1));
  assert_false(remit_decision_passes(decision, 1, 0, 0));
  assert_true(remit_decision_passes(decision, 1, 0, 1));
  assert_false(remit_decision_passes(decision, 2, 0, 1));
  assert_false(remit_decision_passes(decision, 5, 0, 0));
  assert_false(remit_decision_passes(decision, 0, 1, 0));
  assert_false(remit_decision_passes(decision, 0, 0, 2));
  remit_decision_free(decision);
  remit_decision_free(NULL);
}

static void a_table_without_rows_has_no_hits(void **state)
{
  (void)state;
  remit_table *table = table_of(0);
  with_labels(table, "blueprint", NULL);
  hits_are(decided(table, (const char *const[]){ "blueprint" }, 1, (const char *const[]){ "-" }, 1), table, NULL);
  remit_table_free(table);
}

/* ---- Refusals ---- */

static void refused(remit_status expected, const remit_input *inputs, size_t input_count, const char *const *cells, size_t rules, size_t rule,
                    size_t input, size_t at)
{
  remit_table *table = functions_table();
  remit_decision *decision;
  remit_cell cell;
  remit_error err;
  assert_int_equal(remit_decision_new(&decision, table, inputs, input_count, cells, rules, &cell, &err), expected);
  assert_int_equal(remit_decision_new(&decision, table, inputs, input_count, cells, rules, NULL, NULL), expected);
  assert_null(decision);
  assert_true(cell.rule == rule && cell.input == input && err.at == at);
  remit_table_free(table);
}

static void a_refusal_says_which_cell_and_where(void **state)
{
  (void)state;
  const remit_input inputs[] = { { .path = "blueprint" }, { .path = "wte" } };
  refused(REMIT_ENOTFOUND, inputs, 2, (const char *const[]){ "grow", "-", "grow, grew", "-" }, 2, 1, 0, 6);
  refused(REMIT_EPARSE, inputs, 2, (const char *const[]){ "grow", "-", "grow", "[5..2]" }, 2, 1, 1, 0);
  refused(REMIT_EPARSE, inputs, 2, (const char *const[]){ "grow,", "-" }, 1, 0, 0, 5);
  refused(REMIT_EPARSE, inputs, 2, (const char *const[]){ "", "-" }, 1, 0, 0, 0);
  refused(REMIT_EINVAL, inputs, 2, (const char *const[]){ "-", "1", "-", "4, 5*" }, 2, 1, 1, 3);
  refused(REMIT_EINVAL, inputs, 2, (const char *const[]){ ">= grow", "-" }, 1, 0, 0, 0);
}

static void a_refusal_says_which_input(void **state)
{
  (void)state;
  const char *const cells[] = { "-", "-" };
  refused(REMIT_ENOTFOUND, (const remit_input[]){ { .path = "blueprint" }, { .path = "class" } }, 2, cells, 1, SIZE_MAX, 1, 0);
  refused(REMIT_EINVAL, (const remit_input[]){ { .path = "wte" }, { .path = "wte" } }, 2, cells, 1, SIZE_MAX, 1, 0);
  refused(REMIT_EINVAL, (const remit_input[]){ { .path = "wte", .bounded = true, .least = 1, .most = 0 } }, 1, cells, 1, SIZE_MAX, 0, 0);
  refused(REMIT_EINVAL, NULL, 0, NULL, 1, SIZE_MAX, SIZE_MAX, 0);
  refused(REMIT_EINVAL, (const remit_input[]){ { .path = "wte" } }, 1, NULL, 0, SIZE_MAX, SIZE_MAX, 0);
}

/* ---- Limits ---- */

static void rules_are_limited(void **state)
{
  (void)state;
  const remit_input input = { .path = "blueprint" };
  const char **cells = calloc(REMIT_RULES_MAX + 1, sizeof *cells);
  assert_non_null(cells);
  cells[0] = cells[REMIT_RULES_MAX / 2] = "none";
  cells[REMIT_RULES_MAX - 1] = "not(none)";
  remit_table *table = functions_table();
  remit_column *hits;
  remit_decision *decision = decided(table, &input.path, 1, cells, REMIT_RULES_MAX);
  assert_ok(remit_decision_hits(decision, NULL, &hits, NULL));
  const char *label = remit_dictionary_label(remit_column_dictionary(hits), remit_column_code(hits, 0), NULL);
  assert_memory_equal(label, "2|3|4|", 6);
  assert_non_null(strstr(label, "|2048|2050|"));
  assert_non_null(strstr(label, "|4095|4096"));
  assert_true(remit_decision_passes(decision, 0, REMIT_RULES_MAX - 1, 0));
  assert_false(remit_decision_passes(decision, 3, REMIT_RULES_MAX - 1, 0));
  remit_column_free(hits);
  remit_decision_free(decision);
  remit_table_free(table);
  refused(REMIT_ELIMIT, &input, 1, cells, REMIT_RULES_MAX + 1, SIZE_MAX, SIZE_MAX, 0);
  free(cells);
}

/* Columns i0, i1, ... of "y" and none: those of row r are the bits of r. */
static remit_table *bits_table(size_t rows, size_t columns, char (*names)[8], const char **paths)
{
  remit_table *table = table_of(rows);
  remit_dictionary *yes = dictionary_of((const char *const[]){ "y" }, 1);
  uint32_t *codes = calloc(rows, sizeof *codes);
  assert_non_null(codes);
  for (size_t i = 0; i < columns; i++) {
    for (size_t row = 0; row < rows; row++)
      codes[row] = i < 32 ? row >> i & 1 : 0;
    snprintf(names[i], sizeof names[i], "i%zu", i);
    paths[i] = names[i];
    with_codes(table, names[i], codes, yes);
  }
  free(codes);
  remit_dictionary_free(yes);
  return table;
}

static void inputs_are_limited(void **state)
{
  (void)state;
  char names[REMIT_INPUTS_MAX + 1][8];
  const char *paths[REMIT_INPUTS_MAX + 1], *cells[REMIT_INPUTS_MAX + 1] = { "y", "y" };
  remit_table *table = bits_table(5, REMIT_INPUTS_MAX + 1, names, paths);
  cells[REMIT_INPUTS_MAX - 1] = "none";
  hits_are(decided(table, paths, REMIT_INPUTS_MAX, cells, 1), table, (const char *const[]){ "", "", "", "1", "" });
  remit_input inputs[REMIT_INPUTS_MAX + 1] = { { 0 } };
  remit_decision *decision;
  for (size_t i = 0; i <= REMIT_INPUTS_MAX; i++)
    inputs[i].path = paths[i];
  assert_int_equal(remit_decision_new(&decision, table, inputs, REMIT_INPUTS_MAX + 1, cells, 1, NULL, NULL), REMIT_ELIMIT);
  remit_table_free(table);
}

/* Rule i asks input i alone, so each row has a set of rules of its own: all of them and, with a row more, one too many. */
static void different_sets_of_rules_are_limited(void **state)
{
  (void)state;
  enum { INPUTS = 21 };
  char names[INPUTS][8];
  const char *paths[INPUTS], *cells[INPUTS * INPUTS] = { NULL };
  for (size_t i = 0; i < INPUTS; i++)
    cells[i * INPUTS + i] = "y";
  for (size_t rows = REMIT_HITS_MAX; rows <= REMIT_HITS_MAX + 1; rows++) {
    remit_table *table = bits_table(rows, INPUTS, names, paths);
    remit_decision *decision = decided(table, paths, INPUTS, cells, INPUTS);
    remit_column *hits;
    if (rows == REMIT_HITS_MAX) {
      assert_ok(remit_decision_hits(decision, NULL, &hits, NULL));
      assert_int_equal(remit_dictionary_size(remit_column_dictionary(hits)), REMIT_HITS_MAX);
      remit_column_free(hits);
    } else {
      assert_int_equal(remit_decision_hits(decision, NULL, &hits, NULL), REMIT_ELIMIT);
      assert_null(hits);
    }
    remit_decision_free(decision);
    remit_table_free(table);
  }
}

/* ---- Against selections ---- */

static const char *random_cell(char *text, size_t size, bool ints, size_t spread, uint64_t *seed)
{
  uint64_t a = support_below(seed, spread), b = a + 1 + support_below(seed, spread);
  if (support_below(seed, 3) == 0)
    return support_below(seed, 2) != 0 ? NULL : "-";
  if (support_below(seed, 8) == 0)
    return support_below(seed, 2) != 0 ? "none" : "not(none)";
  if (!ints)
    snprintf(text, size, support_below(seed, 2) != 0 ? "m%zu, m%zu" : "not(m%zu, m%zu)", (size_t)a, (size_t)(a + 1) % spread);
  else
    switch (support_below(seed, 6)) {
    case 0: snprintf(text, size, "0.%02zu", (size_t)a); break;
    case 1: snprintf(text, size, "< 0.%02zu", (size_t)a); break;
    case 2: snprintf(text, size, ">= 0.%02zu, none", (size_t)a); break;
    case 3: snprintf(text, size, "[0.%02zu..0.%02zu)", (size_t)a, (size_t)b); break;
    case 4: snprintf(text, size, "(-0.%02zu..0.%02zu]", (size_t)a + 1, (size_t)b); break;
    default: snprintf(text, size, "not(0.%02zu, 0.%02zu)", (size_t)a, (size_t)b); break;
    }
  return text;
}

/* Members with a class, a size, and no name. */
static remit_table *random_table(size_t rows, size_t members, uint64_t spread, uint64_t *seed)
{
  remit_table *table = table_of(rows), *dimension = table_of(members);
  with_random_codes(dimension, "class", 5, seed);
  with_random_ints(dimension, "size", spread, seed);
  with_random_codes(table, "fn", members, seed);
  with_random_ints(table, "cost", spread, seed);
  assert_ok(remit_table_link(table, "fn", dimension, NULL));
  remit_table_free(dimension);
  return table;
}

static void matches_selections(const remit_table *table, const remit_decision *decision, const char *const *paths, const char *const *cells,
                               size_t rules)
{
  size_t rows = remit_table_rows(table);
  char (*expected)[2048] = calloc(rows, sizeof *expected);
  assert_non_null(expected);
  for (size_t rule = 0; rule < rules; rule++)
    for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
      uint8_t mask[4][REMIT_BLOCK];
      for (size_t i = 0; i < 4; i++) {
        const char *cell = cells[rule * 4 + i];
        remit_selection *selection = support_selection(table, paths[i], cell != NULL ? cell : "-");
        remit_selection_mask(selection, row, REMIT_BLOCK, mask[i]);
        remit_selection_free(selection);
      }
      for (size_t k = row; k < rows && k < row + REMIT_BLOCK; k++) {
        for (size_t i = 0; i < 4; i++)
          assert_int_equal(remit_decision_passes(decision, k, rule, i), mask[i][k - row]);
        size_t size = strlen(expected[k]);
        if (mask[0][k - row] & mask[1][k - row] & mask[2][k - row] & mask[3][k - row])
          snprintf(expected[k] + size, sizeof *expected - size, "%s%zu", size != 0 ? "|" : "", rule + 1);
      }
    }
  remit_column *hits;
  assert_ok(remit_decision_hits(decision, NULL, &hits, NULL));
  for (size_t row = 0; row < rows; row++)
    assert_string_equal(remit_dictionary_label(remit_column_dictionary(hits), remit_column_code(hits, row), NULL), expected[row]);
  remit_column_free(hits);
  free(expected);
}

static void random_decision(size_t rows, size_t rules, size_t members, uint64_t spread, uint64_t *seed)
{
  static const char *const paths[] = { "fn", "fn.class", "cost", "fn.size" };
  char (*texts)[48] = calloc(rules * 4, sizeof *texts);
  const char **cells = calloc(rules * 4, sizeof *cells);
  assert_true(texts != NULL && cells != NULL);
  for (size_t i = 0; i < rules * 4; i++)
    cells[i] = random_cell(texts[i], sizeof *texts, i % 4 >= 2, i % 4 == 0 ? members : i % 4 == 1 ? 5 : (size_t)spread / 2, seed);
  remit_table *table = random_table(rows, members, spread, seed);
  remit_decision *decision = decided(table, paths, 4, cells, rules);
  matches_selections(table, decision, paths, cells, rules);
  remit_decision_free(decision);
  remit_table_free(table);
  free(cells);
  free(texts);
}

static void random_decisions_match_selections(void **state)
{
  (void)state;
  uint64_t seed = 4;
  for (size_t i = 0; i < 100; i++)
    random_decision(1 + support_below(&seed, 60), 1 + support_below(&seed, 8), 4, 12, &seed);
  for (size_t i = 0; i < 4; i++)
    random_decision(REMIT_BLOCK + 7, 63 + i, 9, 30, &seed);
}

/* So many classes that no table of their combinations is kept. */
static void many_classes_match_selections(void **state)
{
  (void)state;
  uint64_t seed = 40;
  random_decision(300, 200, 90, 98, &seed);
}

/* ---- Allocation ---- */

static remit_status decide(void *context)
{
  const remit_input inputs[] = { { .path = "blueprint" }, { .path = "wte" } };
  const char *const cells[] = { "grow", "-", "grow", "< 5", "not(grow)", "[1..2], 3, none", "*e*", NULL };
  remit_decision *decision;
  remit_column *hits = NULL;
  remit_status status = remit_decision_new(&decision, context, inputs, 2, cells, 4, NULL, NULL);
  if (status == REMIT_OK)
    status = remit_decision_hits(decision, NULL, &hits, NULL);
  remit_column_free(hits);
  remit_decision_free(decision);
  return status;
}

static void failed_allocations_leave_nothing(void **state)
{
  (void)state;
  remit_table *table = functions_table();
  support_fail_each_allocation(decide, table);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(a_rule_passes_when_all_its_cells_do),
    LEAK_CHECKED(codes_are_in_the_order_of_rules),
    LEAK_CHECKED(ranges_that_touch_share_only_what_both_include),
    LEAK_CHECKED(a_list_passes_by_any_of_its_items),
    LEAK_CHECKED(paths_lead_through_links_and_members_have_names),
    LEAK_CHECKED(a_decision_keeps_its_table),
    LEAK_CHECKED(a_table_without_rows_has_no_hits),
    LEAK_CHECKED(a_refusal_says_which_cell_and_where),
    LEAK_CHECKED(a_refusal_says_which_input),
    LEAK_CHECKED(rules_are_limited),
    LEAK_CHECKED(inputs_are_limited),
    LEAK_CHECKED(different_sets_of_rules_are_limited),
    LEAK_CHECKED(random_decisions_match_selections),
    LEAK_CHECKED(many_classes_match_selections),
    LEAK_CHECKED(failed_allocations_leave_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
