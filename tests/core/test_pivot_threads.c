/* SPDX-License-Identifier: Apache-2.0
 * test_pivot_threads: long tables, in any order and by any number of threads, give the same bytes.
 */
#include "selection_internal.h"
#include "table_support.h"

#define LONG 1200000 /* sums of 24 bits and counts are taken out on the way */
#define FUNCTIONS 5
#define PLACES 40

typedef struct extract {
  uint32_t *fn, *place;
  int64_t *wte, *cost, *wide;
  size_t rows;
  remit_dictionary *functions, *places;
} extract;

static void make_extract(extract *x, size_t rows, uint64_t seed)
{
  *x = (extract){ .rows = rows, .functions = numbered_dictionary(FUNCTIONS), .places = numbered_dictionary(PLACES) };
  x->fn = calloc(rows, sizeof *x->fn);
  x->place = calloc(rows, sizeof *x->place);
  x->wte = calloc(rows, sizeof *x->wte);
  x->cost = calloc(rows, sizeof *x->cost);
  x->wide = calloc(rows, sizeof *x->wide);
  for (size_t i = 0; i < rows; i++) {
    x->fn[i] = (uint32_t)support_below(&seed, FUNCTIONS + 1);
    x->place[i] = (uint32_t)support_below(&seed, PLACES + 1);
    x->wte[i] = -(int64_t)support_below(&seed, 1 << 24);
    x->cost[i] = (int64_t)support_below(&seed, 1 << 24) - 1;
    x->wide[i] = (int64_t)support_below(&seed, (uint64_t)1 << 40);
  }
}

static void free_extract(extract *x)
{
  free(x->fn);
  free(x->place);
  free(x->wte);
  free(x->cost);
  free(x->wide);
  remit_dictionary_free(x->functions);
  remit_dictionary_free(x->places);
}

/* Rows in the order of their function and place, which changes no answer. */
static void put_in_order(extract *x)
{
  extract sorted;
  make_extract(&sorted, x->rows, 1);
  size_t at = 0;
  for (uint32_t key = 0; key < (FUNCTIONS + 1) * (PLACES + 1); key++)
    for (size_t i = 0; i < x->rows; i++) {
      if (x->fn[i] * (PLACES + 1) + x->place[i] != key)
        continue;
      sorted.fn[at] = x->fn[i];
      sorted.place[at] = x->place[i];
      sorted.wte[at] = x->wte[i];
      sorted.cost[at] = x->cost[i];
      sorted.wide[at++] = x->wide[i];
    }
  remit_dictionary_free(sorted.functions);
  remit_dictionary_free(sorted.places);
  sorted.functions = remit_dictionary_share(x->functions);
  sorted.places = remit_dictionary_share(x->places);
  free_extract(x);
  *x = sorted;
}

static remit_table *table_from(const extract *x)
{
  remit_table *table = table_of(x->rows);
  with_codes(table, "fn", x->fn, x->functions);
  with_codes(table, "place", x->place, x->places);
  with_ints(table, "wte", REMIT_MICRO, x->wte);
  with_ints(table, "cost", REMIT_PENCE, x->cost);
  with_ints(table, "wide", REMIT_PENCE, x->wide);
  return table;
}

static const remit_measure measures[] = {
  { "wte", "wte", REMIT_SUM, NULL }, { "rows", NULL, REMIT_ROWS, NULL }, { "cost", "cost", REMIT_SUM, NULL }, { "wide", "wide", REMIT_SUM, NULL }
};

/* The sums of measure `values` by function, and how many rows there are. */
static void expect_sums(const extract *x, const remit_table *result, const char *name, const int64_t *values)
{
  int64_t sums[FUNCTIONS + 1] = { 0 }, rows[FUNCTIONS + 1] = { 0 };
  for (size_t i = 0; i < x->rows; i++) {
    sums[x->fn[i]] += values[i];
    rows[x->fn[i]]++;
  }
  for (size_t i = 0; i < remit_table_rows(result); i++) {
    int64_t fn = int_at(result, "fn", i);
    assert_true(int_at(result, name, i) == sums[fn]);
    assert_true(int_at(result, "rows", i) == rows[fn]);
  }
}

static void expect_all_sums(const extract *x, const remit_table *table)
{
  const char *const by[] = { "fn" };
  for (size_t count = 1; count <= 4; count++) {
    remit_pivot pivot = { .by = by, .by_count = 1, .measures = measures, .measure_count = count, .threads = count };
    remit_table *result;
    assert_ok(remit_pivot_run(table, &pivot, &result, NULL));
    assert_int_equal(remit_table_rows(result), FUNCTIONS + 1);
    if (count >= 2)
      expect_sums(x, result, "wte", x->wte);
    if (count >= 3)
      expect_sums(x, result, "cost", x->cost);
    if (count >= 4)
      expect_sums(x, result, "wide", x->wide);
    remit_table_free(result);
  }
}

static void expect_same_bytes(const remit_table *table, remit_pivot pivot, uint8_t expected[REMIT_SHA256_SIZE], bool *known)
{
  static const size_t threads[] = { 1, 0, 2, 3, 100 };
  for (size_t i = 0; i < 5; i++) {
    remit_table *result;
    uint8_t digest[REMIT_SHA256_SIZE];
    pivot.threads = threads[i];
    assert_ok(remit_pivot_run(table, &pivot, &result, NULL));
    support_hash(result, digest);
    remit_table_free(result);
    if (!*known)
      memcpy(expected, digest, sizeof digest);
    *known = true;
    assert_memory_equal(digest, expected, sizeof digest);
  }
}

static void long_tables_sum_up_whatever_the_order_and_threads(void **state)
{
  (void)state;
  static const char *const by[] = { "place", "fn" };
  uint8_t digests[3][REMIT_SHA256_SIZE];
  bool known[3] = { false };
  extract x;
  make_extract(&x, LONG, 7);
  for (int ordered = 0; ordered < 2; ordered++) {
    remit_table *table = table_from(&x);
    expect_all_sums(&x, table);
    for (size_t keys = 0; keys < 3; keys++)
      expect_same_bytes(table, (remit_pivot){ .by = by, .by_count = keys, .measures = measures, .measure_count = 4, .totals = true },
                        digests[keys], &known[keys]);
    remit_table_free(table);
    if (ordered == 0)
      put_in_order(&x);
  }
  free_extract(&x);
}

static void selections_are_the_same_with_and_without_vectors(void **state)
{
  (void)state;
  static const char *const by[] = { "fn" };
  uint8_t digest[REMIT_SHA256_SIZE];
  bool known = false;
  extract x;
  make_extract(&x, 50000, 9);
  remit_table *table = table_from(&x);
  remit_selection *places = support_selection(table, "place", "m3, m9, m17, m33, none");
  remit_selection *functions = support_selection(table, "fn", "not(m2)"), *both;
  assert_ok(remit_selection_and(&both, places, functions, NULL));
  remit_measure counted[] = { { "cost", "cost", REMIT_SUM, NULL }, { "some", NULL, REMIT_ROWS, places }, { "wide", "wide", REMIT_SUM, functions } };
  for (int slow = 0; slow < 2; slow++) {
    size_t count = 0;
    for (size_t i = 0; i < x.rows; i++)
      count += (x.place[i] == 0 || x.place[i] == 4 || x.place[i] == 10 || x.place[i] == 18 || x.place[i] == 34) && x.fn[i] != 3;
    assert_int_equal(remit_selection_count(both), count);
    expect_same_bytes(table, (remit_pivot){ .by = by, .by_count = 1, .measures = counted, .measure_count = 3, .where = both }, digest, &known);
    remit_selection_slow(both);
  }
  remit_selection_free(places);
  remit_selection_free(functions);
  remit_selection_free(both);
  remit_table_free(table);
  free_extract(&x);
}

static remit_status pivot_in_threads(void *context)
{
  static const char *const by[] = { "fn", "place" };
  const remit_selection *where = context;
  remit_pivot pivot = { .by = by, .by_count = 2, .measures = measures, .measure_count = 4, .where = where, .threads = 3 };
  remit_table *result;
  remit_status status = remit_pivot_run(remit_selection_table(where), &pivot, &result, NULL);
  remit_table_free(result);
  return status;
}

static void failed_allocations_leave_no_thread_behind(void **state)
{
  (void)state;
  extract x;
  make_extract(&x, 5000, 11);
  remit_table *table = table_from(&x);
  remit_selection *where = support_selection(table, "fn", "not(m2)");
  support_fail_each_allocation(pivot_in_threads, where);
  remit_selection_free(where);
  remit_table_free(table);
  free_extract(&x);
}

static void overflow_is_reported_whatever_the_threads(void **state)
{
  (void)state;
  int64_t values[64];
  uint32_t codes[64];
  for (size_t i = 0; i < 64; i++) {
    values[i] = i % 2 == 0 ? INT64_MAX : -INT64_MAX;
    codes[i] = 1 + (uint32_t)(i % 2);
  }
  remit_dictionary *dictionary = numbered_dictionary(2);
  remit_table *table = table_of(64);
  with_ints(table, "cost", REMIT_PENCE, values);
  with_codes(table, "sign", codes, dictionary);
  const char *const by[] = { "sign" };
  remit_measure measure = { "cost", "cost", REMIT_SUM, NULL };
  for (size_t threads = 1; threads < 4; threads++) {
    remit_pivot pivot = { .by = by, .by_count = 1, .measures = &measure, .measure_count = 1, .threads = threads };
    remit_table *result;
    assert_int_equal(remit_pivot_run(table, &pivot, &result, NULL), REMIT_EOVERFLOW);
    pivot.by_count = 0;
    assert_ok(remit_pivot_run(table, &pivot, &result, NULL));
    assert_int_equal(int_at(result, "cost", 0), 0);
    remit_table_free(result);
  }
  remit_dictionary_free(dictionary);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(long_tables_sum_up_whatever_the_order_and_threads),
    LEAK_CHECKED(selections_are_the_same_with_and_without_vectors),
    LEAK_CHECKED(failed_allocations_leave_no_thread_behind),
    LEAK_CHECKED(overflow_is_reported_whatever_the_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
