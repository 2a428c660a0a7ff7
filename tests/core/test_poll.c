/* SPDX-License-Identifier: Apache-2.0
 * Tests of stopping long work: it is asked in time, ends with REMIT_ESTOPPED, keeps nothing, and says how far it is.
 */
#include <stdatomic.h>

#include "table_support.h"

#define ROWS 400000

typedef struct listener {
  atomic_size_t asked;
  size_t patience; /* questions answered with no */
  atomic_size_t furthest, total;
} listener;

static bool listen(void *context, size_t done, size_t total)
{
  listener *l = context;
  atomic_store(&l->total, total);
  size_t before = atomic_load(&l->furthest);
  while (before < done && !atomic_compare_exchange_weak(&l->furthest, &before, done))
    continue;
  return atomic_fetch_add(&l->asked, 1) >= l->patience;
}

static remit_table *long_table(void)
{
  uint64_t seed = 7;
  remit_table *table = table_of(ROWS);
  with_random_codes(table, "fn", 30, &seed);
  with_random_codes(table, "place", 50, &seed);
  int64_t *cost = calloc(ROWS, sizeof *cost);
  assert_non_null(cost);
  with_ints(table, "cost", REMIT_PENCE, cost);
  with_ints(table, "wte", REMIT_MICRO, cost);
  free(cost);
  return table;
}

/* Two figures are added up from the columns straight, where the processor can, and one by blocks. */
static remit_status run(const remit_table *table, listener *l, size_t figures, size_t threads, remit_kept *kept, remit_table **out, remit_error *err)
{
  const char *by[] = { "fn" };
  const remit_measure measures[] = { { .name = "cost", .column = "cost" }, { .name = "wte", .column = "wte" } };
  const remit_poll poll = { listen, l };
  const remit_pivot pivot = { .by = by, .by_count = 1, .measures = measures, .measure_count = figures, .threads = threads, .kept = kept,
                              .poll = &poll };
  return remit_pivot_run(table, &pivot, out, err);
}

static void a_pivot_asks_while_it_reads_rows(void **state)
{
  (void)state;
  remit_table *table = long_table(), *out;
  for (size_t figures = 1; figures <= 2; figures++)
    for (size_t threads = 1; threads <= 4; threads *= 2) {
      listener l = { .patience = SIZE_MAX };
      assert_ok(run(table, &l, figures, threads, NULL, &out, NULL));
      remit_table_free(out);
      assert_true(l.asked >= ROWS / (1024 * 64) && l.asked < ROWS / 1024);
      assert_int_equal(l.total, ROWS);
      assert_true(l.furthest < ROWS);
    }
  remit_table_free(table);
}

static void a_pivot_that_is_stopped_gives_nothing(void **state)
{
  (void)state;
  remit_table *table = long_table();
  for (size_t figures = 1; figures <= 2; figures++)
    for (size_t threads = 1; threads <= 4; threads *= 2)
      for (size_t patience = 0; patience < 4; patience++) {
        remit_error err;
        remit_table *out = table;
        listener l = { .patience = patience };
        assert_int_equal(run(table, &l, figures, threads, NULL, &out, &err), REMIT_ESTOPPED);
        assert_null(out);
        assert_string_equal(err.message, "stopped");
        assert_true(l.asked <= patience + threads); /* each thread hears it once */
      }
  remit_table_free(table);
}

static void kept_sums_are_as_before_a_stop(void **state)
{
  (void)state;
  remit_table *table = long_table(), *out;
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, 1 << 20, NULL));
  listener impatient = { .patience = 1 }, patient = { .patience = SIZE_MAX };
  assert_int_equal(run(table, &impatient, 1, 1, kept, &out, NULL), REMIT_ESTOPPED);
  assert_int_equal(remit_kept_stats(kept).tables, 0);
  assert_ok(run(table, &patient, 1, 1, kept, &out, NULL));
  remit_table_free(out);
  assert_int_equal(remit_kept_stats(kept).tables, 1);
  remit_kept_free(kept);
  remit_table_free(table);
}

static remit_status load(const char *text, size_t size, size_t threads, listener *l, remit_table **table, remit_csv_report **report)
{
  const remit_csv_field fields[] = { { .heading = "fn", .name = "fn", .unit = REMIT_CODE }, { .heading = "cost", .name = "cost", .unit = REMIT_PENCE } };
  const remit_poll poll = { listen, l };
  const remit_csv_options options = { .text = text, .size = size, .threads = threads, .poll = &poll };
  return remit_csv_load(&options, fields, 2, table, report, NULL);
}

static void a_load_asks_and_stops(void **state)
{
  (void)state;
  const char row[] = "\"quality\",1.25\n", heading[] = "fn,cost\n";
  size_t size = sizeof heading - 1 + ROWS * (sizeof row - 1);
  char *text = malloc(size + 1);
  assert_non_null(text);
  memcpy(text, heading, sizeof heading);
  for (size_t i = 0; i < ROWS; i++)
    memcpy(text + sizeof heading - 1 + i * (sizeof row - 1), row, sizeof row);
  for (size_t threads = 1; threads <= 2; threads++) {
    remit_table *table;
    remit_csv_report *report;
    listener patient = { .patience = SIZE_MAX }, impatient = { .patience = 2 };
    assert_ok(load(text, size, threads, &patient, &table, &report));
    assert_int_equal(remit_table_rows(table), ROWS);
    assert_true(patient.asked > 3 && patient.furthest <= size && patient.total == size);
    remit_table_free(table);
    remit_csv_report_free(report);
    assert_int_equal(load(text, size, threads, &impatient, &table, &report), REMIT_ESTOPPED);
    assert_true(table == NULL && report == NULL);
  }
  free(text);
}

static remit_decision *decision_of(const remit_table *table)
{
  const remit_input inputs[] = { { .path = "fn" }, { .path = "place" } };
  const char *const cells[] = { "*1*", "-", "-", "*2*", "*3*", "*4*" };
  remit_decision *decision;
  assert_ok(remit_decision_new(&decision, table, inputs, 2, cells, 3, NULL, NULL));
  return decision;
}

static void hits_of_rules_ask_and_stop(void **state)
{
  (void)state;
  remit_table *table = long_table();
  remit_decision *decision = decision_of(table);
  listener patient = { .patience = SIZE_MAX }, impatient = { .patience = 2 };
  const remit_poll poll = { listen, &patient }, stop = { listen, &impatient };
  remit_column *hits;
  assert_ok(remit_decision_hits(decision, &poll, &hits, NULL));
  remit_column_free(hits);
  assert_true(patient.asked > ROWS / 4096 && patient.furthest < ROWS && patient.total == ROWS);
  assert_int_equal(remit_decision_hits(decision, &stop, &hits, NULL), REMIT_ESTOPPED);
  assert_null(hits);
  remit_decision_free(decision);
  remit_table_free(table);
}

static void overlaps_of_rules_ask_and_stop(void **state)
{
  (void)state;
  remit_table *table = long_table(), *overlaps;
  remit_decision *decision = decision_of(table);
  size_t count;
  for (size_t patience = 0; patience < 5; patience++) {
    listener impatient = { .patience = patience };
    const remit_poll stop = { listen, &impatient };
    assert_int_equal(remit_decision_overlaps(decision, &stop, 100, &overlaps, &count, NULL), REMIT_ESTOPPED);
    assert_true(overlaps == NULL && impatient.total == 5);
  }
  remit_decision_free(decision);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(a_pivot_asks_while_it_reads_rows),
    LEAK_CHECKED(a_pivot_that_is_stopped_gives_nothing),
    LEAK_CHECKED(kept_sums_are_as_before_a_stop),
    LEAK_CHECKED(a_load_asks_and_stops),
    LEAK_CHECKED(hits_of_rules_ask_and_stop),
    LEAK_CHECKED(overlaps_of_rules_ask_and_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
