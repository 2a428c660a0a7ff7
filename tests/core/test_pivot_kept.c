/* SPDX-License-Identifier: Apache-2.0
 * test_pivot_kept: answers from kept sums are the answers from rows, and what is kept stays within its budget.
 */
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

#define ROWS 6000
#define DIMENSIONS 4

static const char *const names[DIMENSIONS] = { "fn", "place", "band", "tags" };
static const char *const paths[] = { "fn", "place", "band", "tags", "fn.class" };

static remit_dictionary *dictionary_of(const char *prefix, size_t members)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 0; i < members; i++) {
    char label[32];
    int size = prefix[0] == 't' ? snprintf(label, sizeof label, "t%zu|t%zu", i % 3, 3 + i / 3) : snprintf(label, sizeof label, "%s%zu", prefix, i);
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, label, (size_t)size, &code, NULL));
  }
  if (prefix[0] == 't')
    remit_dictionary_set_separator(dictionary, '|');
  return dictionary;
}

static void add_codes(remit_table *table, const char *name, const remit_dictionary *dictionary, size_t low, uint64_t *seed)
{
  static uint32_t codes[ROWS];
  size_t rows = remit_table_rows(table), members = remit_dictionary_size(dictionary);
  for (size_t i = 0; i < rows; i++)
    codes[i] = (uint32_t)(low + support_below(seed, members - low));
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, rows, dictionary, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

static void add_ints(remit_table *table, const char *name, int64_t scale, uint64_t *seed)
{
  static int64_t values[ROWS];
  for (size_t i = 0; i < ROWS; i++)
    values[i] = ((int64_t)support_below(seed, 2001) - 1000) * scale;
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, ROWS, REMIT_PENCE, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

/* Lines of functions (with classes), places, bands and tags; "vast" overflows when it is summed. */
static remit_table *make_table(void)
{
  uint64_t seed = 7;
  remit_dictionary *own[DIMENSIONS] = { dictionary_of("fn", 9), dictionary_of("place", 14), dictionary_of("band", 6), dictionary_of("t", 6) };
  remit_dictionary *classes = dictionary_of("class", 3);
  remit_table *table, *functions;
  assert_ok(remit_table_new(&functions, 9, NULL));
  add_codes(functions, "class", classes, 0, &seed);
  assert_ok(remit_table_new(&table, ROWS, NULL));
  for (size_t i = 0; i < DIMENSIONS; i++)
    add_codes(table, names[i], own[i], i % 2, &seed);
  assert_ok(remit_table_link(table, "fn", functions, NULL));
  add_ints(table, "cost", 12345, &seed);
  add_ints(table, "wte", 1, &seed);
  add_ints(table, "vast", INT64_MAX / 1000, &seed);
  for (size_t i = 0; i < DIMENSIONS; i++)
    remit_dictionary_free(own[i]);
  remit_dictionary_free(classes);
  remit_table_free(functions);
  return table;
}

static void digest(const remit_table *table, uint8_t out[REMIT_SHA256_SIZE])
{
  remit_sha256 sha;
  remit_sha256_init(&sha);
  assert_ok(remit_table_hash(table, &sha, NULL));
  remit_sha256_final(&sha, out);
}

static void assert_same_answer(const remit_table *table, remit_pivot *pivot, remit_kept *kept)
{
  remit_table *read, *folded;
  remit_error read_err = { 0 }, folded_err = { 0 };
  pivot->kept = NULL;
  remit_status status = remit_pivot_run(table, pivot, &read, &read_err);
  pivot->kept = kept;
  assert_int_equal(remit_pivot_run(table, pivot, &folded, &folded_err), status);
  assert_string_equal(folded_err.message, read_err.message);
  if (status == REMIT_OK) {
    uint8_t a[REMIT_SHA256_SIZE], b[REMIT_SHA256_SIZE];
    digest(read, a);
    digest(folded, b);
    assert_memory_equal(a, b, sizeof a);
  }
  remit_table_free(read);
  remit_table_free(folded);
}

/* A question of up to three keys, tests that combine, and measures with tests of their own. */
static void ask_at_random(const remit_table *table, remit_selection *const tests[4], remit_kept *kept, uint64_t *seed)
{
  const char *by[3];
  size_t count = support_below(seed, 4);
  for (size_t i = 0, at = support_below(seed, 5); i < count; i++)
    by[i] = paths[(at + i) % 5];
  remit_measure measures[] = {
    { "cost", "cost", REMIT_SUM, NULL },
    { "some", "wte", REMIT_SUM, tests[support_below(seed, 4)] },
    { "rows", NULL, REMIT_ROWS, support_below(seed, 2) ? tests[support_below(seed, 4)] : NULL },
    { "last", support_below(seed, 9) ? "wte" : "vast", REMIT_SUM, NULL },
  };
  remit_selection *both, *where;
  assert_ok(remit_selection_and(&both, tests[support_below(seed, 4)], tests[support_below(seed, 4)], NULL));
  assert_ok(remit_selection_not(&where, both, NULL));
  remit_pivot pivot = { .by = by, .by_count = count, .measures = measures, .measure_count = 1 + support_below(seed, 4) };
  pivot.where = support_below(seed, 2) ? where : NULL;
  pivot.totals = support_below(seed, 2);
  pivot.top = support_below(seed, 3) ? 0 : 1 + support_below(seed, 5);
  pivot.sort = support_below(seed, 2) ? "cost" : NULL;
  assert_same_answer(table, &pivot, kept);
  remit_selection_free(both);
  remit_selection_free(where);
}

static void kept_sums_answer_as_rows_do(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_selection *tests[4] = { support_selection(table, "fn.class", "class0, none"), support_selection(table, "band", "not(band1)"),
                                support_selection(table, "tags", "t1"), support_selection(table, "place", "place2, place3") };
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  uint64_t seed = 99;
  for (size_t i = 0; i < 1500; i++)
    ask_at_random(table, tests, kept, &seed);
  remit_kept_counts counts = remit_kept_stats(kept);
  assert_true(counts.hits > 300);
  assert_true(counts.scans > 0);
  assert_true(counts.bytes <= 1u << 20);
  remit_kept_free(kept);
  for (size_t i = 0; i < 4; i++)
    remit_selection_free(tests[i]);
  remit_table_free(table);
}

static remit_kept_counts ask(const remit_table *table, remit_kept *kept, const char *by, const remit_selection *where, remit_aggregate how)
{
  remit_measure measure = { "m", how == REMIT_DISTINCT ? "band" : "cost", how, NULL };
  remit_pivot pivot = { .by = &by, .by_count = 1, .measures = &measure, .measure_count = 1, .where = where };
  assert_same_answer(table, &pivot, kept);
  return remit_kept_stats(kept);
}

static void a_second_question_by_the_same_columns_reads_no_rows(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  assert_int_equal(ask(table, kept, "fn", NULL, REMIT_SUM).hits, 0);
  assert_int_equal(ask(table, kept, "fn", NULL, REMIT_SUM).hits, 1);
  assert_int_equal(ask(table, kept, "fn.class", NULL, REMIT_SUM).hits, 2);
  assert_int_equal(remit_kept_stats(kept).scans, 1);
  assert_int_equal(remit_kept_stats(kept).tables, 1);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* None, some or all of the sums, which stand in the question's order or in another. */
static void a_new_selection_by_the_keys_of_the_sums_reads_no_rows(void **state)
{
  (void)state;
  static const char *const by[] = { "place", "fn", "place" };
  static const char *const texts[] = { "place2, place3", "not(place2, place3)", "none", "not(none)", "not(place1, none)", "place13" };
  remit_measure measures[] = { { "cost", "cost", REMIT_SUM, NULL }, { "rows", NULL, REMIT_ROWS, NULL }, { "again", "cost", REMIT_SUM, NULL } };
  remit_table *table = make_table();
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  for (size_t i = 0; i < 6; i++)
    for (size_t turned = 0; turned < 2; turned++) {
      remit_selection *where = support_selection(table, "place", texts[i]);
      remit_pivot pivot = { .by = by + turned, .by_count = 2, .measures = measures, .measure_count = 3, .where = where };
      assert_same_answer(table, &pivot, kept);
      remit_selection_free(where);
    }
  assert_int_equal(remit_kept_stats(kept).scans, 1);
  assert_int_equal(remit_kept_stats(kept).hits, 11);
  remit_kept_free(kept);
  remit_table_free(table);
}

static void tests_of_integers_and_distinct_counts_read_rows(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept;
  remit_selection *cheap = support_selection(table, "cost", "< 0");
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  ask(table, kept, "fn", NULL, REMIT_SUM);
  assert_int_equal(ask(table, kept, "fn", cheap, REMIT_SUM).hits, 0);
  assert_int_equal(ask(table, kept, "fn", NULL, REMIT_DISTINCT).hits, 0);
  remit_selection_free(cheap);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* Keeps sums by two columns and has no room for more. */
static remit_kept *kept_for_two(const remit_table *table)
{
  for (size_t budget = 1024;; budget += 1024) {
    remit_kept *kept;
    assert_ok(remit_kept_new(&kept, budget, NULL));
    ask(table, kept, "fn", NULL, REMIT_SUM);
    remit_kept_counts counts = ask(table, kept, "place", NULL, REMIT_SUM);
    assert_true(counts.bytes <= budget);
    if (counts.tables == 2)
      return kept;
    remit_kept_free(kept);
  }
}

static void the_least_recently_used_go_first(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept = kept_for_two(table);
  ask(table, kept, "fn", NULL, REMIT_SUM);
  ask(table, kept, "band", NULL, REMIT_SUM); /* place goes, fn was used since */
  assert_int_equal(remit_kept_stats(kept).tables, 2);
  size_t hits = remit_kept_stats(kept).hits;
  assert_int_equal(ask(table, kept, "fn", NULL, REMIT_SUM).hits, hits + 1);
  assert_int_equal(ask(table, kept, "place", NULL, REMIT_SUM).hits, hits + 1);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* Rows of `members` bands in turn, whose codes are so far apart. */
static remit_table *make_bands(size_t rows, size_t members, size_t apart)
{
  remit_table *table;
  remit_dictionary *dictionary = dictionary_of("band", 1 + members * apart);
  uint32_t *codes = calloc(rows, sizeof *codes);
  int64_t *cost = calloc(rows, sizeof *cost);
  remit_column *columns[2];
  for (size_t i = 0; i < rows; i++) {
    codes[i] = (uint32_t)(1 + i % members * apart);
    cost[i] = (int64_t)i;
  }
  assert_ok(remit_table_new(&table, rows, NULL));
  assert_ok(remit_column_codes(&columns[0], codes, rows, dictionary, NULL));
  assert_ok(remit_column_ints(&columns[1], cost, rows, REMIT_PENCE, NULL));
  assert_ok(remit_table_add(table, "band", columns[0], NULL));
  assert_ok(remit_table_add(table, "cost", columns[1], NULL));
  remit_column_free(columns[0]);
  remit_column_free(columns[1]);
  remit_dictionary_free(dictionary);
  free(codes);
  free(cost);
  return table;
}

static void members_that_do_not_occur_take_no_room(void **state)
{
  (void)state;
  remit_table *table = make_bands(4000, 1000, 50), *crowded = make_bands(4000, 1001, 50);
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 24, NULL));
  assert_int_equal(ask(table, kept, "band", NULL, REMIT_SUM).tables, 1);
  assert_int_equal(ask(crowded, kept, "band", NULL, REMIT_SUM).tables, 1);
  remit_kept_free(kept);
  remit_table_free(table);
  remit_table_free(crowded);
}

/* Then an answer alone is cheaper, for who asks but once. */
static void many_sums_are_made_when_they_are_asked_for_again(void **state)
{
  (void)state;
  remit_table *table = make_bands(280000, 70000, 1);
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 26, NULL));
  remit_measure measures[] = { { "a", "cost", REMIT_SUM, NULL }, { "b", "cost", REMIT_SUM, NULL } };
  const char *by[] = { "band" };
  for (size_t i = 1; i <= 3; i++) {
    remit_pivot pivot = { .by = by, .by_count = 1, .measures = measures, .measure_count = i % 2 + 1, .totals = i == 3 };
    assert_same_answer(table, &pivot, kept);
    assert_int_equal(remit_kept_stats(kept).tables, i > 1);
    assert_int_equal(remit_kept_stats(kept).scans, i < 2 ? i : 2);
  }
  remit_kept_free(kept);
  remit_table_free(table);
}

/* Distinct codes are never in sums: only the answer itself can be kept. */
static void the_same_question_again_gets_the_same_columns(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  const char *by[] = { "fn.class", "fn" };
  remit_measure measure = { "bands", "band", REMIT_DISTINCT, NULL };
  remit_pivot pivot = { .by = by, .by_count = 2, .measures = &measure, .measure_count = 1, .totals = true, .kept = kept };
  remit_table *first, *second;
  assert_ok(remit_pivot_run(table, &pivot, &first, NULL));
  pivot.threads = 3;
  assert_ok(remit_pivot_run(table, &pivot, &second, NULL));
  assert_int_equal(remit_kept_stats(kept).scans, 1);
  assert_int_equal(remit_kept_stats(kept).hits, 1);
  assert_ptr_equal(remit_table_column(first, 2), remit_table_column(second, 2));
  assert_ptr_equal(remit_table_dimension(second, "fn"), remit_table_dimension(table, "fn"));
  assert_ok(remit_table_add(second, "mine", remit_table_column(second, 2), NULL));
  assert_int_equal(remit_table_columns(first), 4);
  assert_same_answer(table, &pivot, kept);
  remit_table_free(first);
  remit_table_free(second);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* Each differs from the first by one thing, and is answered from the rows. */
static void any_other_question_is_another(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_selection *where = support_selection(table, "band", "band1"), *twin = support_selection(table, "band", "band1");
  const char *by[] = { "fn", "place" }, *other_by[] = { "fn", "tags" };
  remit_measure measures[] = { { "m", "band", REMIT_DISTINCT, where }, { "n", NULL, REMIT_ROWS, NULL } };
  remit_measure named[] = { { "x", "band", REMIT_DISTINCT, where }, measures[1] }, of[] = { { "m", "place", REMIT_DISTINCT, where }, measures[1] };
  remit_measure twins[] = { { "m", "band", REMIT_DISTINCT, twin }, measures[1] };
  const remit_pivot first = { .by = by, .by_count = 2, .measures = measures, .measure_count = 2, .where = where, .sort = "n", .top = 3 };
  remit_pivot asked[12];
  for (size_t i = 0; i < 12; i++)
    asked[i] = first;
  asked[1].by = other_by;
  asked[2].by_count = 1;
  asked[3].measures = named;
  asked[4].measures = of;
  asked[5].measures = twins;
  asked[6].where = NULL;
  asked[7].sort = "m";
  asked[8].sort = NULL;
  asked[9].ascending = true;
  asked[10].top = 4;
  asked[11].accumulation = REMIT_DENSE;
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  for (size_t i = 0; i < 12; i++)
    assert_same_answer(table, &asked[i], kept);
  assert_int_equal(remit_kept_stats(kept).scans, 12);
  for (size_t i = 0; i < 12; i++)
    assert_same_answer(table, &asked[i], kept);
  assert_int_equal(remit_kept_stats(kept).hits, 12);
  remit_selection_free(where);
  remit_selection_free(twin);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* The columns of the sums are shared, but not under names that a pivot refuses. */
static void a_question_by_the_columns_of_the_sums_is_checked_too(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1u << 20, NULL));
  const char *by[] = { "place", "fn" };
  const char *const measured[] = { "x", "y", "fn", "y", "place", "z", REMIT_PIVOT_LEVEL, "z", "cost", "wte" };
  for (size_t i = 0; i < 5; i++) {
    remit_measure measures[] = { { measured[2 * i], "cost", REMIT_SUM, NULL }, { measured[2 * i + 1], NULL, REMIT_ROWS, NULL } };
    remit_pivot pivot = { .by = by, .by_count = 2, .measures = measures, .measure_count = 2 };
    assert_same_answer(table, &pivot, kept);
  }
  assert_int_equal(remit_kept_stats(kept).scans, 1);
  remit_kept_free(kept);
  remit_table_free(table);
}

/* So many that the oldest go, for their number or for their bytes. */
static void answers_stay_within_the_budget(void **state)
{
  (void)state;
  remit_table *table = make_table();
  const char *pairs[][2] = { { "fn", "place" }, { "band", "place" }, { "tags", "fn" } };
  for (size_t budget = 1; budget < 1u << 21; budget *= 4) {
    remit_kept *kept;
    assert_ok(remit_kept_new(&kept, budget, NULL));
    for (size_t i = 0; i < 200; i++) {
      char name[32];
      snprintf(name, sizeof name, "m%zu", i % 150);
      remit_measure measure = { name, i % 3 ? "cost" : "tags", i % 3 ? REMIT_SUM : REMIT_DISTINCT, NULL };
      remit_pivot pivot = { .by = pairs[i / 70], .by_count = i % 5 ? 2 : 1, .measures = &measure, .measure_count = 1 };
      assert_same_answer(table, &pivot, kept);
      assert_true(remit_kept_stats(kept).bytes <= budget);
    }
    remit_kept_free(kept);
  }
  remit_table_free(table);
}

static void a_budget_of_nothing_keeps_nothing(void **state)
{
  (void)state;
  remit_table *table = make_table();
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 0, NULL));
  ask(table, kept, "fn", NULL, REMIT_SUM);
  remit_kept_counts counts = ask(table, kept, "fn", NULL, REMIT_SUM);
  assert_int_equal(counts.hits, 0);
  assert_int_equal(counts.tables, 0);
  remit_kept_free(kept);
  remit_kept_free(NULL);
  remit_table_free(table);
}

/* From the rows, from the answer, by fewer keys from the sums, and with their columns; as many answers as take further room. */
static remit_status ask_each_way(void *context)
{
  const remit_table *table = context;
  const char *by[] = { "fn", "band" };
  remit_measure measures[] = { { "cost", "cost", REMIT_SUM, NULL }, { "rows", NULL, REMIT_ROWS, NULL } };
  const remit_pivot first = { .by = by, .by_count = 2, .measures = measures, .measure_count = 2, .sort = "cost" };
  remit_pivot asked[] = { first, first, first, first, first, first };
  asked[2].by_count = 1;
  asked[3].sort = NULL;
  asked[4].totals = true;
  asked[5].measure_count = 1;
  remit_kept *kept = NULL;
  remit_status status = remit_kept_new(&kept, 1u << 20, NULL);
  for (size_t i = 0; i < sizeof asked / sizeof *asked && status == REMIT_OK; i++) {
    remit_table *out;
    asked[i].kept = kept;
    status = remit_pivot_run(table, &asked[i], &out, NULL);
    remit_table_free(out);
  }
  remit_kept_free(kept);
  return status;
}

static void keeping_survives_each_failed_allocation(void **state)
{
  (void)state;
  remit_table *table = make_table();
  support_fail_each_allocation(ask_each_way, table);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(kept_sums_answer_as_rows_do),
    LEAK_CHECKED(a_second_question_by_the_same_columns_reads_no_rows),
    LEAK_CHECKED(a_new_selection_by_the_keys_of_the_sums_reads_no_rows),
    LEAK_CHECKED(tests_of_integers_and_distinct_counts_read_rows),
    LEAK_CHECKED(the_least_recently_used_go_first),
    LEAK_CHECKED(members_that_do_not_occur_take_no_room),
    LEAK_CHECKED(many_sums_are_made_when_they_are_asked_for_again),
    LEAK_CHECKED(the_same_question_again_gets_the_same_columns),
    LEAK_CHECKED(any_other_question_is_another),
    LEAK_CHECKED(a_question_by_the_columns_of_the_sums_is_checked_too),
    LEAK_CHECKED(answers_stay_within_the_budget),
    LEAK_CHECKED(a_budget_of_nothing_keeps_nothing),
    LEAK_CHECKED(keeping_survives_each_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
