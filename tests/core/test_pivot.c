/* SPDX-License-Identifier: Apache-2.0
 * test_pivot: what each setting of a pivot does on eight posts, what is refused, limits, and memory. Counting itself is held against
 * an oracle in test_pivot_oracle.c.
 */
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

/* ---- Eight posts in three functions at three places ---- */

#define POSTS 8
static const char *const post_fn[POSTS] = { "chc", "chc", "saf", "saf", "fin", "fin", "chc", "" };
static const char *const post_place[POSTS] = { "north", "south", "north", "north", "south", "", "north", "south" };
static const char *const post_tags[POSTS] = { "pod", "pod|ring", "", "ring", "ring|pod|ring", "pod", "new", "" };
static const char *const post_person[POSTS] = { "ann", "bob", "ann", "cyd", "bob", "ann", "ann", "" };
static const int64_t post_cost[POSTS] = { 100, 200, 300, 400, 500, 600, 700, 800 };

static remit_column *text_column(const char *const *labels, size_t count, char separator)
{
  remit_dictionary *dictionary;
  remit_column *column;
  uint32_t *codes = calloc(count, sizeof *codes);
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  remit_dictionary_set_separator(dictionary, separator);
  for (size_t i = 0; i < count; i++)
    assert_ok(remit_dictionary_add(dictionary, labels[i], strlen(labels[i]), &codes[i], NULL));
  assert_ok(remit_column_codes(&column, codes, count, dictionary, NULL));
  remit_dictionary_free(dictionary);
  free(codes);
  return column;
}

static void add_and_free(remit_table *table, const char *name, remit_column *column)
{
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

static void add_ints(remit_table *table, const char *name, const int64_t *values, remit_unit unit)
{
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, remit_table_rows(table), unit, NULL));
  add_and_free(table, name, column);
}

static remit_table *posts_table(void)
{
  static const char *const classes[] = { "retain", "grow", "retain" };
  static const int64_t gaps[POSTS] = { 1, 2, 3, REMIT_MISSING, 5, 6, 7, 8 };
  remit_table *posts, *functions;
  assert_ok(remit_table_new(&posts, POSTS, NULL));
  add_and_free(posts, "fn", text_column(post_fn, POSTS, 0));
  add_and_free(posts, "place", text_column(post_place, POSTS, 0));
  add_and_free(posts, "tags", text_column(post_tags, POSTS, '|'));
  add_and_free(posts, "person", text_column(post_person, POSTS, 0));
  add_ints(posts, "cost", post_cost, REMIT_PENCE);
  add_ints(posts, "gaps", gaps, REMIT_MICRO);
  assert_ok(remit_table_new(&functions, 3, NULL));
  add_and_free(functions, "class", text_column(classes, 3, 0));
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  remit_table_free(functions);
  return posts;
}

/* A result as text: a line a row, columns by spaces, "." for missing; the level last. */
static void print_result(const remit_table *table, char *text, size_t room)
{
  size_t at = 0;
  text[0] = '\0';
  for (size_t row = 0; row < remit_table_rows(table); row++)
    for (size_t i = 0; i < remit_table_columns(table); i++) {
      const remit_column *column = remit_table_column(table, i);
      const char *end = i + 1 < remit_table_columns(table) ? " " : "\n";
      assert_true(at + 40 < room);
      if (remit_column_unit(column) != REMIT_CODE) {
        at += (size_t)snprintf(text + at, room - at, "%lld%s", (long long)remit_column_int(column, row), end);
        continue;
      }
      uint32_t code = remit_column_code(column, row);
      const char *label = code != 0 ? remit_dictionary_label(remit_column_dictionary(column), code, NULL) : ".";
      at += (size_t)snprintf(text + at, room - at, "%s%s", label, end);
    }
}

static void assert_result(const remit_table *table, remit_pivot pivot, const char *expected)
{
  for (int how = REMIT_AUTOMATIC; how <= REMIT_HASHED; how++) {
    remit_table *result;
    remit_error err;
    char text[4096];
    pivot.accumulation = (remit_accumulation)how;
    if (remit_pivot_run(table, &pivot, &result, &err) != REMIT_OK)
      fail_msg("%s", err.message);
    print_result(result, text, sizeof text);
    remit_table_free(result);
    assert_string_equal(text, expected);
  }
}

static void assert_refused(const remit_table *table, remit_pivot pivot, remit_status status, const char *message)
{
  remit_table *result;
  remit_error err = { 0 };
  assert_int_equal(remit_pivot_run(table, &pivot, &result, &err), status);
  assert_null(result);
  assert_string_equal(err.message, message);
  assert_int_equal(remit_pivot_run(table, &pivot, &result, NULL), status);
}

static const char *const by_fn[] = { "fn" };
static const char *const by_class_and_place[] = { "fn.class", "place" };
static const char *const by_tags[] = { "tags" };
static const remit_measure cost[] = { { "cost", "cost", REMIT_SUM, NULL } };
static const remit_measure cost_and_heads[] = {
  { "cost", "cost", REMIT_SUM, NULL },
  { "heads", "person", REMIT_DISTINCT, NULL },
  { "posts", NULL, REMIT_ROWS, NULL },
};

static void without_keys_there_is_one_row(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .measures = cost_and_heads, .measure_count = 3 };
  assert_result(posts, pivot, "3600 3 8 0\n");
  pivot.totals = true;
  pivot.top = 1;
  assert_result(posts, pivot, "3600 3 8 0\n");
  remit_table_free(posts);
}

static void a_key_gives_a_row_a_member_with_missing_last(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = cost_and_heads, .measure_count = 3 };
  assert_result(posts, pivot, "chc 1000 2 3 1\nsaf 700 2 2 1\nfin 1100 2 2 1\n. 800 0 1 1\n");
  remit_table_free(posts);
}

static void attributes_fold_and_subtotals_follow_their_groups(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_class_and_place, .by_count = 2, .measures = cost_and_heads, .measure_count = 3, .totals = true };
  assert_result(posts, pivot,
                "retain north 800 1 2 2\nretain south 700 1 2 2\nretain . 600 1 1 2\nretain . 2100 2 5 1\n"
                "grow north 700 2 2 2\ngrow . 700 2 2 1\n"
                ". south 800 0 1 2\n. . 800 0 1 1\n"
                ". . 3600 3 8 0\n");
  remit_table_free(posts);
}

static void a_sort_orders_siblings_at_each_level(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_class_and_place, .by_count = 2, .measures = cost, .measure_count = 1, .sort = "cost" };
  assert_result(posts, pivot, "retain north 800 2\nretain south 700 2\nretain . 600 2\n. south 800 2\ngrow north 700 2\n");
  pivot.ascending = true;
  pivot.totals = true;
  assert_result(posts, pivot,
                "grow north 700 2\ngrow . 700 1\n. south 800 2\n. . 800 1\n"
                "retain . 600 2\nretain south 700 2\nretain north 800 2\nretain . 2100 1\n. . 3600 0\n");
  remit_table_free(posts);
}

static void a_tie_keeps_the_order_of_keys(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_measure heads = { "heads", "person", REMIT_DISTINCT, NULL };
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = &heads, .measure_count = 1, .sort = "heads" };
  assert_result(posts, pivot, "chc 2 1\nsaf 2 1\nfin 2 1\n. 0 1\n");
  pivot.ascending = true;
  assert_result(posts, pivot, ". 0 1\nchc 2 1\nsaf 2 1\nfin 2 1\n");
  remit_table_free(posts);
}

static void top_keeps_some_groups_and_one_row_of_others(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = cost_and_heads, .measure_count = 3, .sort = "cost", .top = 2 };
  assert_result(posts, pivot, "fin 1100 2 2 1\nchc 1000 2 3 1\n. 1500 2 3 -1\n");
  pivot.totals = true;
  assert_result(posts, pivot, "fin 1100 2 2 1\nchc 1000 2 3 1\n. 1500 2 3 -1\n. 3600 3 8 0\n");
  pivot.totals = false;
  pivot.sort = NULL;
  pivot.top = 3;
  assert_result(posts, pivot, "chc 1000 2 3 1\nsaf 700 2 2 1\nfin 1100 2 2 1\n. 800 0 1 -1\n");
  pivot.top = 4;
  assert_result(posts, pivot, "chc 1000 2 3 1\nsaf 700 2 2 1\nfin 1100 2 2 1\n. 800 0 1 1\n");
  remit_table_free(posts);
}

static void top_of_several_keys_takes_the_largest_combinations(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_class_and_place, .by_count = 2, .measures = cost, .measure_count = 1, .sort = "cost", .top = 3 };
  assert_result(posts, pivot, "retain north 800 2\n. south 800 2\nretain south 700 2\n. . 1300 -1\n");
  remit_table_free(posts);
}

static void a_row_counts_in_each_item_of_its_list(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_pivot pivot = { .by = by_tags, .by_count = 1, .measures = cost_and_heads, .measure_count = 3 };
  assert_result(posts, pivot, "pod 1400 2 4 1\nring 1100 2 3 1\nnew 700 1 1 1\n. 1100 1 2 1\n");
  pivot.top = 1;
  assert_result(posts, pivot, "pod 1400 2 4 1\n. 2900 3 6 -1\n");
  remit_table_free(posts);
}

static void a_selection_drops_groups_and_a_measures_own_does_not(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *retained = support_selection(posts, "fn.class", "retain"), *north = support_selection(posts, "place", "north");
  remit_measure measures[] = {
    { "all", "cost", REMIT_SUM, NULL },
    { "north", "cost", REMIT_SUM, north },
    { "posts", NULL, REMIT_ROWS, north },
    { "heads", "person", REMIT_DISTINCT, north },
  };
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = measures, .measure_count = 4, .where = retained, .totals = true };
  assert_result(posts, pivot, "chc 1000 800 2 1 1\nfin 1100 0 0 0 1\n. 2100 800 2 1 0\n");
  remit_selection_free(retained);
  remit_selection_free(north);
  remit_table_free(posts);
}

static void nothing_selected_gives_no_groups_and_zero_totals(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *some = support_selection(posts, "place", "north"), *none, *never;
  assert_ok(remit_selection_not(&none, some, NULL));
  assert_ok(remit_selection_and(&never, some, none, NULL));
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = cost_and_heads, .measure_count = 3, .where = never };
  assert_result(posts, pivot, "");
  pivot.totals = true;
  assert_result(posts, pivot, ". 0 0 0 0\n");
  pivot.by_count = 0;
  assert_result(posts, pivot, "0 0 0 0\n");
  remit_selection_free(some);
  remit_selection_free(none);
  remit_selection_free(never);
  remit_table_free(posts);
}

static void an_empty_table_is_counted_too(void **state)
{
  (void)state;
  remit_table *empty;
  assert_ok(remit_table_new(&empty, 0, NULL));
  add_and_free(empty, "fn", text_column(post_fn, 0, 0));
  add_ints(empty, "cost", post_cost, REMIT_PENCE);
  remit_pivot pivot = { .by = by_fn, .by_count = 1, .measures = cost, .measure_count = 1, .totals = true };
  assert_result(empty, pivot, ". 0 0\n");
  remit_table_free(empty);
}

static void measures_may_be_none(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  assert_result(posts, (remit_pivot){ .by = by_fn, .by_count = 1 }, "chc 1\nsaf 1\nfin 1\n. 1\n");
  remit_table_free(posts);
}

static void columns_keep_units_links_and_dictionaries(void **state)
{
  (void)state;
  remit_table *posts = posts_table(), *result;
  const char *by[] = { "fn", "fn.class", "tags" };
  remit_pivot pivot = { .by = by, .by_count = 3, .measures = cost_and_heads, .measure_count = 3 };
  assert_ok(remit_pivot_run(posts, &pivot, &result, NULL));
  assert_ptr_equal(remit_table_dimension(result, "fn"), remit_table_dimension(posts, "fn"));
  assert_null(remit_table_dimension(result, "fn.class"));
  assert_ptr_equal(remit_column_dictionary(remit_table_find(result, "fn")), remit_column_dictionary(remit_table_find(posts, "fn")));
  assert_int_equal(remit_dictionary_separator(remit_column_dictionary(remit_table_find(result, "tags"))), 0);
  assert_int_equal(remit_column_unit(remit_table_find(result, "cost")), REMIT_PENCE);
  assert_int_equal(remit_column_unit(remit_table_find(result, "heads")), REMIT_COUNT);
  assert_int_equal(remit_column_unit(remit_table_find(result, REMIT_PIVOT_LEVEL)), REMIT_COUNT);
  remit_table_free(posts);
  assert_int_equal(remit_table_columns(remit_table_dimension(result, "fn")), 1);
  remit_table_free(result);
}

/* ---- Refusals ---- */

static void a_name_that_is_not_there_is_named(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  const char *by[] = { "fn.klass" };
  remit_measure measure = { "wte", "wtee", REMIT_SUM, NULL };
  assert_refused(posts, (remit_pivot){ .by = by, .by_count = 1 }, REMIT_ENOTFOUND, "no column 'klass' in 'fn'");
  assert_refused(posts, (remit_pivot){ .measures = &measure, .measure_count = 1 }, REMIT_ENOTFOUND, "no column 'wtee' for 'wte'");
  assert_refused(posts, (remit_pivot){ .measures = cost, .measure_count = 1, .sort = "wte" }, REMIT_ENOTFOUND,
                 "no measure 'wte' to sort by");
  remit_table_free(posts);
}

static void a_name_that_stands_twice_is_refused(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  const char *by[] = { "fn", "place", "fn" };
  remit_measure level = { REMIT_PIVOT_LEVEL, NULL, REMIT_ROWS, NULL }, fn = { "fn", NULL, REMIT_ROWS, NULL };
  assert_refused(posts, (remit_pivot){ .by = by, .by_count = 3 }, REMIT_EINVAL, "'fn' is there twice");
  assert_refused(posts, (remit_pivot){ .by = by, .by_count = 1, .measures = &fn, .measure_count = 1 }, REMIT_EINVAL,
                 "'fn' is there twice");
  assert_refused(posts, (remit_pivot){ .measures = &level, .measure_count = 1 }, REMIT_EINVAL, "'#level' is there twice");
  remit_table_free(posts);
}

static void columns_of_the_wrong_kind_are_refused(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  const char *by[] = { "cost" };
  remit_measure sum = { "m", "fn", REMIT_SUM, NULL }, gaps = { "m", "gaps", REMIT_SUM, NULL };
  remit_measure heads = { "m", "cost", REMIT_DISTINCT, NULL }, rows = { "m", "cost", REMIT_ROWS, NULL };
  remit_measure nothing = { "m", NULL, REMIT_SUM, NULL }, unknown = { "m", NULL, (remit_aggregate)3, NULL };
  assert_refused(posts, (remit_pivot){ .by = by, .by_count = 1 }, REMIT_EINVAL, "cannot group by 'cost': it is a number, not a category");
  assert_refused(posts, (remit_pivot){ .measures = &sum, .measure_count = 1 }, REMIT_EINVAL,
                 "'m' cannot be a sum: its column is a category");
  assert_refused(posts, (remit_pivot){ .measures = &gaps, .measure_count = 1 }, REMIT_EINVAL, "'m' cannot be a sum: 1 row has no value");
  assert_refused(posts, (remit_pivot){ .measures = &heads, .measure_count = 1 }, REMIT_EINVAL,
                 "'m' cannot count 'cost': it is a number, not a category");
  assert_refused(posts, (remit_pivot){ .measures = &rows, .measure_count = 1 }, REMIT_EINVAL, "'m' counts rows and takes no column");
  assert_refused(posts, (remit_pivot){ .measures = &nothing, .measure_count = 1 }, REMIT_EINVAL, "'m' has no column");
  assert_refused(posts, (remit_pivot){ .measures = &unknown, .measure_count = 1 }, REMIT_EINVAL, "'m' has an aggregate that is not known");
  remit_table_free(posts);
}

static void a_selection_of_another_table_is_refused(void **state)
{
  (void)state;
  remit_table *posts = posts_table(), *others = posts_table();
  remit_selection *north = support_selection(others, "place", "north");
  remit_measure measure = { "cost", "cost", REMIT_SUM, north };
  assert_refused(posts, (remit_pivot){ .where = north }, REMIT_EINVAL, "the pivot's selection is of another table");
  assert_refused(posts, (remit_pivot){ .measures = &measure, .measure_count = 1 }, REMIT_EINVAL,
                 "the selection of 'cost' is of another table");
  remit_selection_free(north);
  remit_table_free(posts);
  remit_table_free(others);
}

static void totals_do_not_go_with_lists_or_the_top_of_several_keys(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  assert_refused(posts, (remit_pivot){ .by = by_tags, .by_count = 1, .totals = true }, REMIT_EINVAL,
                 "no totals over 'tags': its values are lists, and a row counts in each item");
  assert_refused(posts, (remit_pivot){ .by = by_class_and_place, .by_count = 2, .totals = true, .top = 1 }, REMIT_EINVAL,
                 "the top 1 of several keys together with totals");
  remit_table_free(posts);
}

/* ---- Sums at the edge of 64 bits ---- */

static void assert_sums(const int64_t *values, size_t count, remit_status expected, int64_t total)
{
  const remit_pivot pivot = { .measures = cost, .measure_count = 1 };
  remit_table *table, *result;
  assert_ok(remit_table_new(&table, count, NULL));
  add_ints(table, "cost", values, REMIT_PENCE);
  assert_int_equal(remit_pivot_run(table, &pivot, &result, NULL), expected);
  if (expected == REMIT_OK)
    assert_true(remit_column_int(remit_table_find(result, "cost"), 0) == total);
  remit_table_free(result);
  remit_table_free(table);
}

static void sum_reports_overflow(void **state)
{
  (void)state;
  assert_sums((const int64_t[]){ INT64_MAX }, 1, REMIT_OK, INT64_MAX);
  assert_sums((const int64_t[]){ INT64_MAX - 1, 1 }, 2, REMIT_OK, INT64_MAX);
  assert_sums((const int64_t[]){ INT64_MAX, 1 }, 2, REMIT_EOVERFLOW, 0);
  assert_sums((const int64_t[]){ INT64_MAX, INT64_MAX, -INT64_MAX }, 3, REMIT_OK, INT64_MAX);
  assert_sums((const int64_t[]){ -INT64_MAX, -INT64_MAX, INT64_MAX }, 3, REMIT_OK, -INT64_MAX);
  assert_sums((const int64_t[]){ -INT64_MAX, -1 }, 2, REMIT_EOVERFLOW, 0);
}

static void a_subtotal_past_64_bits_is_an_overflow_only_when_asked_for(void **state)
{
  (void)state;
  static const char *const names[] = { "a", "b", "c" };
  static const int64_t values[] = { INT64_MAX, INT64_MAX, 5 };
  static const char *const by[] = { "fn" };
  remit_table *table;
  assert_ok(remit_table_new(&table, 3, NULL));
  add_and_free(table, "fn", text_column(names, 3, 0));
  add_ints(table, "cost", values, REMIT_PENCE);
  remit_pivot pivot = { .by = by, .by_count = 1, .measures = cost, .measure_count = 1 };
  assert_result(table, pivot, "a 9223372036854775807 1\nb 9223372036854775807 1\nc 5 1\n");
  pivot.totals = true;
  assert_refused(table, pivot, REMIT_EOVERFLOW, "a sum of 'cost' is past 64 bits");
  pivot.totals = false;
  pivot.top = 1;
  pivot.sort = "cost";
  pivot.ascending = true;
  assert_refused(table, pivot, REMIT_EOVERFLOW, "a sum of 'cost' is past 64 bits");
  remit_table_free(table);
}

/* ---- Widths and limits ---- */

static remit_dictionary *numbered_dictionary(size_t members)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 1; i <= members; i++) {
    char label[16];
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, label, (size_t)snprintf(label, sizeof label, "%zu", i), &code, NULL));
  }
  return dictionary;
}

static void add_numbered(remit_table *table, const char *name, const uint32_t *codes, size_t members)
{
  remit_dictionary *dictionary = numbered_dictionary(members);
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, remit_table_rows(table), dictionary, NULL));
  remit_dictionary_free(dictionary);
  add_and_free(table, name, column);
}

static void codes_of_every_width_are_read(void **state)
{
  (void)state;
  static const char *const names[] = { "one", "two", "four" };
  static const size_t members[] = { 255, 65535, 65536 };
  static const uint32_t last[] = { 255, 65535, 65536 };
  for (size_t i = 0; i < 3; i++) {
    uint32_t codes[] = { last[i], 1, last[i], 0, last[i] - 1 };
    size_t width;
    char expected[100];
    remit_table *table;
    assert_ok(remit_table_new(&table, 5, NULL));
    add_numbered(table, names[i], codes, members[i]);
    remit_column_values(remit_table_find(table, names[i]), &width);
    assert_int_equal(width, (size_t)1 << i);
    remit_measure measures[] = { { "rows", NULL, REMIT_ROWS, NULL }, { "codes", names[i], REMIT_DISTINCT, NULL } };
    remit_pivot pivot = { .by = &names[i], .by_count = 1, .measures = measures, .measure_count = 2, .totals = true };
    snprintf(expected, sizeof expected, "1 1 1 1\n%u 1 1 1\n%u 2 1 1\n. 1 0 1\n. 5 3 0\n", last[i] - 1, last[i]);
    assert_result(table, pivot, expected);
    remit_selection *some = support_selection(table, names[i], "not(1)");
    pivot.where = some;
    snprintf(expected, sizeof expected, "%u 1 1 1\n%u 2 1 1\n. 1 0 1\n. 4 2 0\n", last[i] - 1, last[i]);
    assert_result(table, pivot, expected);
    remit_selection_free(some);
    remit_table_free(table);
  }
}

#define RUNS 10

/* Group n of RUNS has n rows, or with `totals` one more. */
static size_t print_runs(char *text, size_t room, uint32_t first, bool totals)
{
  size_t at = 0, rows = 0;
  for (uint32_t n = 1; n <= RUNS; rows += n++) {
    for (uint32_t i = 1; i <= n; i++)
      at += (size_t)snprintf(text + at, room - at, "%u %u 1 2\n", first + n, i);
    if (totals)
      at += (size_t)snprintf(text + at, room - at, "%u . %u 1\n", first + n, n);
  }
  if (totals)
    at += (size_t)snprintf(text + at, room - at, ". . %zu 0\n", rows);
  return rows;
}

static void codes_of_every_width_are_written_in_runs_of_every_length(void **state)
{
  (void)state;
  static const char *const by[] = { "run", "place" };
  static const size_t members[] = { 255, 65535, 65536 };
  for (size_t i = 0; i < 3; i++) {
    uint32_t runs[RUNS * RUNS], places[RUNS * RUNS], first = (uint32_t)members[i] - RUNS;
    char expected[4096];
    remit_table *table;
    size_t rows = print_runs(expected, sizeof expected, first, false), row = 0;
    for (uint32_t n = 1; n <= RUNS; n++)
      for (uint32_t place = 1; place <= n; place++, row++) {
        runs[rows - 1 - row] = first + n;
        places[rows - 1 - row] = place;
      }
    assert_ok(remit_table_new(&table, rows, NULL));
    add_numbered(table, "run", runs, members[i]);
    add_numbered(table, "place", places, RUNS);
    remit_measure measure = { "rows", NULL, REMIT_ROWS, NULL };
    remit_pivot pivot = { .by = by, .by_count = 2, .measures = &measure, .measure_count = 1 };
    assert_result(table, pivot, expected);
    pivot.totals = true;
    print_runs(expected, sizeof expected, first, true);
    assert_result(table, pivot, expected);
    remit_table_free(table);
  }
}

static void dense_cells_have_a_maximum(void **state)
{
  (void)state;
  static const char *const by[] = { "a", "b" };
  uint32_t at[] = { 4095, 1 }, past[] = { 4096, 1 };
  remit_table *table, *result;
  assert_ok(remit_table_new(&table, 2, NULL));
  add_numbered(table, "a", at, 4096);
  add_numbered(table, "b", at, 4096);
  remit_pivot pivot = { .by = by, .by_count = 2, .accumulation = REMIT_DENSE };
  assert_ok(remit_pivot_run(table, &pivot, &result, NULL));
  assert_int_equal(remit_table_rows(result), 2);
  remit_table_free(result);
  remit_table_free(table);
  assert_ok(remit_table_new(&table, 2, NULL));
  add_numbered(table, "a", at, 4096);
  add_numbered(table, "b", past, 4096);
  assert_refused(table, pivot, REMIT_ELIMIT, "more than 16777216 combinations of members: too many for dense cells");
  remit_table_free(table);
}

static void keys_and_measures_have_maxima(void **state)
{
  (void)state;
  const char *by[REMIT_KEYS_MAX + 1];
  remit_measure measures[REMIT_MEASURES_MAX + 1];
  char names[REMIT_MEASURES_MAX + 1][8], keys[REMIT_KEYS_MAX + 1][8];
  remit_table *posts = posts_table(), *result;
  for (size_t i = 0; i <= REMIT_KEYS_MAX; i++) {
    snprintf(keys[i], sizeof keys[i], "k%zu", i);
    by[i] = keys[i];
    add_and_free(posts, keys[i], text_column(post_tags, POSTS, '|'));
  }
  for (size_t i = 0; i <= REMIT_MEASURES_MAX; i++) {
    snprintf(names[i], sizeof names[i], "m%zu", i);
    measures[i] = (remit_measure){ names[i], "cost", REMIT_SUM, NULL };
  }
  remit_pivot pivot = { .by = by, .by_count = REMIT_KEYS_MAX, .measures = measures, .measure_count = REMIT_MEASURES_MAX };
  assert_ok(remit_pivot_run(posts, &pivot, &result, NULL));
  assert_int_equal(remit_table_columns(result), REMIT_KEYS_MAX + REMIT_MEASURES_MAX + 1);
  assert_int_equal(remit_table_rows(result), (1 << REMIT_KEYS_MAX) + 2);
  remit_table_free(result);
  pivot.by_count++;
  assert_refused(posts, pivot, REMIT_EINVAL, "17 keys to group by, at most 16");
  pivot.by_count = 0;
  pivot.measure_count++;
  assert_refused(posts, pivot, REMIT_EINVAL, "65 measures, at most 64");
  remit_table_free(posts);
}

static void lists_that_multiply_without_end_are_refused(void **state)
{
  (void)state;
  static const char *const list[] = { "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p" };
  static const char *const by[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p" };
  remit_table *table;
  assert_ok(remit_table_new(&table, 1, NULL));
  for (size_t i = 0; i < 16; i++)
    add_and_free(table, by[i], text_column(list, 1, '|'));
  for (size_t keys = 7; keys <= 16; keys += 9)
    assert_refused(table, (remit_pivot){ .by = by, .by_count = keys }, REMIT_ELIMIT,
                   "the lists that are grouped by make more than 134217728 combinations");
  remit_table_free(table);
}

/* ---- Memory ---- */

typedef struct memory_job {
  const remit_table *table;
  remit_pivot pivot;
} memory_job;

static remit_status run_and_free(void *context)
{
  const memory_job *job = context;
  remit_table *result;
  remit_status status = remit_pivot_run(job->table, &job->pivot, &result, NULL);
  remit_table_free(result);
  return status;
}

static void every_allocation_may_fail(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  add_ints(posts, "huge", (const int64_t[]){ INT64_MAX, 1, -2, 3, -4, 5, -6, 7 }, REMIT_PENCE);
  remit_measure measures[] = { cost_and_heads[0], cost_and_heads[1], cost_and_heads[2], { "huge", "huge", REMIT_SUM, NULL } };
  const char *lists[] = { "fn.class", "tags" }, *apart[] = { "place", "fn.class", "fn" };
  memory_job totals = { posts, { .by = by_class_and_place, .by_count = 2, .measures = measures, .measure_count = 3, .totals = true } };
  memory_job in_order = { posts, { .by = apart, .by_count = 3, .measures = measures, .measure_count = 2, .totals = true } };
  memory_job others = { posts, { .by = lists, .by_count = 2, .measures = measures, .measure_count = 3, .top = 2, .sort = "cost" } };
  memory_job largest = { posts, { .by = apart, .by_count = 2, .measures = measures, .measure_count = 1, .top = 1, .sort = "cost" } };
  memory_job past_64 = { posts, { .by = by_fn, .by_count = 1, .measures = &measures[3], .measure_count = 1 } };
  for (int how = REMIT_AUTOMATIC; how <= REMIT_HASHED; how++) {
    memory_job *const jobs[] = { &totals, &in_order, &others, &largest, &past_64 };
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
      jobs[i]->pivot.accumulation = (remit_accumulation)how;
      support_fail_each_allocation(run_and_free, jobs[i]);
    }
  }
  remit_table_free(posts);
}

/* Members that are mapped to classes before the scan: two attributes of a dimension too large for dense cells. */
static void every_allocation_of_a_large_dimension_may_fail(void **state)
{
  (void)state;
  static const char *const by[] = { "post.fn", "post.place" }, *const by_post[] = { "post", "post.fn" };
  uint32_t codes[3] = { 70000, 69999, 69994 }, *attribute = calloc(70000, sizeof *attribute);
  remit_table *table, *dimension;
  for (uint32_t i = 0; i < 70000; i++)
    attribute[i] = i % 7;
  assert_ok(remit_table_new(&table, 3, NULL));
  assert_ok(remit_table_new(&dimension, 70000, NULL));
  add_numbered(table, "post", codes, 70000);
  add_numbered(dimension, "fn", attribute, 6);
  add_numbered(dimension, "place", attribute, 6);
  assert_ok(remit_table_link(table, "post", dimension, NULL));
  memory_job job = { table, { .by = by, .by_count = 2 } };
  support_fail_each_allocation(run_and_free, &job);
  assert_result(table, job.pivot, "5 5 2\n6 6 2\n. . 2\n");
  memory_job hashed = { table, { .by = by_post, .by_count = 2, .accumulation = REMIT_HASHED } };
  support_fail_each_allocation(run_and_free, &hashed);
  assert_result(table, hashed.pivot, "69994 . 2\n69999 5 2\n70000 6 2\n");
  remit_table_free(table);
  remit_table_free(dimension);
  free(attribute);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(without_keys_there_is_one_row),
    LEAK_CHECKED(a_key_gives_a_row_a_member_with_missing_last),
    LEAK_CHECKED(attributes_fold_and_subtotals_follow_their_groups),
    LEAK_CHECKED(a_sort_orders_siblings_at_each_level),
    LEAK_CHECKED(a_tie_keeps_the_order_of_keys),
    LEAK_CHECKED(top_keeps_some_groups_and_one_row_of_others),
    LEAK_CHECKED(top_of_several_keys_takes_the_largest_combinations),
    LEAK_CHECKED(a_row_counts_in_each_item_of_its_list),
    LEAK_CHECKED(a_selection_drops_groups_and_a_measures_own_does_not),
    LEAK_CHECKED(nothing_selected_gives_no_groups_and_zero_totals),
    LEAK_CHECKED(an_empty_table_is_counted_too),
    LEAK_CHECKED(measures_may_be_none),
    LEAK_CHECKED(columns_keep_units_links_and_dictionaries),
    LEAK_CHECKED(a_name_that_is_not_there_is_named),
    LEAK_CHECKED(a_name_that_stands_twice_is_refused),
    LEAK_CHECKED(columns_of_the_wrong_kind_are_refused),
    LEAK_CHECKED(a_selection_of_another_table_is_refused),
    LEAK_CHECKED(totals_do_not_go_with_lists_or_the_top_of_several_keys),
    LEAK_CHECKED(sum_reports_overflow),
    LEAK_CHECKED(a_subtotal_past_64_bits_is_an_overflow_only_when_asked_for),
    LEAK_CHECKED(codes_of_every_width_are_read),
    LEAK_CHECKED(codes_of_every_width_are_written_in_runs_of_every_length),
    LEAK_CHECKED(dense_cells_have_a_maximum),
    LEAK_CHECKED(keys_and_measures_have_maxima),
    LEAK_CHECKED(lists_that_multiply_without_end_are_refused),
    LEAK_CHECKED(every_allocation_may_fail),
    LEAK_CHECKED(every_allocation_of_a_large_dimension_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
