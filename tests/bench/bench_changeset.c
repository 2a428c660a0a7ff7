/* SPDX-License-Identifier: Apache-2.0
 * bench_changeset: a scenario of twenty changes over invented posts: its first evaluation against one pivot by the same dimensions, and variants
 * of it in which only the amounts differ.
 *
 *   bench_changeset POSTS THREADS ROUNDS [FILE]
 *
 * Prints "trails", "cells", "memory" (bytes a variant), "total" (pence of the first variant), its figures by function, "figure CODE PENCE MICRO-WTE", and a line for
 * each round: the nanoseconds of a pivot by function and place, of one with the trail as a third key, of making the changeset, of the first evaluation
 * (both of these, and the figures by function and place in a month), of these figures in a further month, of a variant's total, and of its figures by
 * function. FILE is written for peer_scenarios.py: the operations, the trails in order, and sums by function and trail; and FILE.rows, of each
 * post the trail, the function, the place's region, the band, pence and micro-WTE, as six arrays of 64-bit integers.
 */
#define _POSIX_C_SOURCE 200809L
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "posts.h"

__extension__ typedef __int128 wide;

enum { CHANGES = 20, APRIL = 24315, VARIANTS = 2000, FRAMES = 200, HELD = 1000 };

static const char *const keys[] = { "fn", "place", "trail" }, *const names[] = { "cost", "wte" };
static const remit_measure plain[] = { { "cost", "cost", REMIT_SUM, NULL }, { "wte", "wte", REMIT_SUM, NULL } };

/* ---- The scenario ---- */

typedef struct scenario {
  remit_selection *where[CHANGES];
  remit_step steps[CHANGES];
  remit_operation operations[CHANGES];
} scenario;

static remit_selection *selected(const remit_table *posts, const char *path, const char *text)
{
  remit_predicate *predicate;
  remit_selection *made;
  remit_error err;
  must(remit_predicate_new(&predicate, text, strlen(text), &err), &err);
  must(remit_selection_test(&made, posts, path, predicate, &err), &err);
  remit_predicate_free(predicate);
  return made;
}

/* Three functions; of every second change in one region, of every fourth in senior bands. */
static remit_selection *lines_of(const remit_table *posts, int change)
{
  char text[64];
  remit_error err;
  snprintf(text, sizeof text, "f%03d, f%03d, f%03d", change % 15 * 3 + 1, change % 15 * 3 + 2, (change * 7 + 20) % 60 + 1);
  remit_selection *made = selected(posts, "fn", text);
  if (change % 2 == 0)
    return made;
  snprintf(text, sizeof text, "r%03d", change % 7 + 1);
  remit_selection *other = change % 4 == 1 ? selected(posts, "place.parent", text) : selected(posts, "band", "8a, 8b, 8c, 8d, 9"), *both;
  must(remit_selection_and(&both, made, other, &err), &err);
  remit_selection_free(made);
  remit_selection_free(other);
  return both;
}

static void begin(scenario *s, const remit_table *posts)
{
  for (int i = 0; i < CHANGES; i++) {
    bool shared = i % 4 == 3;
    s->where[i] = lines_of(posts, i);
    s->steps[i] = (remit_step){ APRIL, shared ? REMIT_ONE / 10 : REMIT_ONE - REMIT_ONE / 100 * (i + 1) };
    s->operations[i] = (remit_operation){ .effect = shared ? REMIT_SHARE : REMIT_SCALE, .where = s->where[i], .account = (size_t)i % 3 + 1,
                                          .steps = &s->steps[i], .step_count = 1 };
  }
}

static void end(scenario *s)
{
  for (int i = 0; i < CHANGES; i++)
    remit_selection_free(s->where[i]);
}

static remit_changeset *made_of(const scenario *s, const remit_table *posts)
{
  remit_changeset *changeset;
  remit_error err;
  must(remit_changeset_new(&changeset, posts, s->operations, CHANGES, 4, &err), &err);
  return changeset;
}

/* ---- Figures ---- */

static remit_table *pivoted(const remit_table *table, const char *const *by, size_t count, const remit_measure *measures, size_t measure_count,
                            size_t threads)
{
  const remit_pivot pivot = { .by = by, .by_count = count, .measures = measures, .measure_count = measure_count, .threads = threads };
  remit_table *made;
  remit_error err;
  must(remit_pivot_run(table, &pivot, &made, &err), &err);
  return made;
}

static remit_table *cells_of(const remit_table *posts, const remit_changeset *changeset, size_t threads)
{
  const remit_pivot pivot = { .by = keys, .by_count = 2, .measures = plain, .measure_count = 2, .threads = threads };
  remit_table *marked, *cells;
  remit_error err;
  must(remit_changeset_marked(changeset, posts, &marked, &err), &err);
  must(remit_changeset_cells(changeset, marked, &pivot, "trail", &cells, &err), &err);
  remit_table_free(marked);
  return cells;
}

static void ask_factors(const remit_changeset *changeset, int64_t *factors)
{
  const size_t kept = REMIT_KEPT;
  remit_error err;
  must(remit_changeset_factors(changeset, APRIL, &kept, 1, 0, factors, &err), &err);
}

static remit_table *figures_of(const remit_changeset *changeset, const remit_table *cells, size_t key_count, int64_t *factors)
{
  remit_table *here, *figures;
  remit_error err;
  const int64_t *const both[] = { factors, factors };
  ask_factors(changeset, factors);
  must(remit_changeset_recode(changeset, APRIL, cells, "trail", &here, &err), &err);
  const remit_part part = { .cells = here, .trail = "trail", .factors = both, .factor_count = remit_dictionary_size(remit_changeset_labels(changeset)) };
  const remit_weighing weighing = { .parts = &part, .part_count = 1, .by = keys, .by_count = key_count, .names = names, .name_count = 2, .divisor = 1 };
  must(remit_table_figures(&weighing, &figures, &err), &err);
  remit_table_free(here);
  return figures;
}

/* Amounts go up by a thousandth and down again. */
static remit_changeset *variant(const remit_changeset *changeset, scenario *s, int number)
{
  remit_restep other[CHANGES];
  remit_changeset *made;
  remit_error err;
  for (size_t i = 0; i < CHANGES; i++) {
    s->steps[i].factor += (number % 2 == 0 ? 1 : -1) * (REMIT_ONE / 1000);
    other[i] = (remit_restep){ i, &s->steps[i], 1 };
  }
  must(remit_changeset_with(changeset, other, CHANGES, &made, &err), &err);
  return made;
}

/* ---- One round ---- */

static long long variant_totals(const remit_changeset *changeset, scenario *s, const remit_table *by_trail, int64_t *factors, wide *checked)
{
  const remit_column *trails = remit_table_find(by_trail, "trail"), *cost = remit_table_find(by_trail, "cost");
  long long start = nanoseconds_now();
  for (int i = 0; i < VARIANTS; i++) {
    remit_changeset *other = variant(changeset, s, i);
    ask_factors(other, factors);
    for (size_t row = 0; row < remit_table_rows(by_trail); row++)
      *checked += (wide)remit_column_int(cost, row) * factors[remit_column_code(trails, row)];
    remit_changeset_free(other);
  }
  return (nanoseconds_now() - start) / VARIANTS;
}

static long long variant_frames(const remit_changeset *changeset, scenario *s, const remit_table *by_function, int64_t *factors)
{
  long long start = nanoseconds_now();
  for (int i = 0; i < FRAMES; i++) {
    remit_changeset *other = variant(changeset, s, i);
    remit_table_free(figures_of(other, by_function, 1, factors));
    remit_changeset_free(other);
  }
  return (nanoseconds_now() - start) / FRAMES;
}

static remit_table *by_function_of(const remit_table *cells)
{
  const char *const by[] = { "fn", "trail" };
  return pivoted(cells, by, 2, plain, 2, 1);
}

static void round_of(const remit_table *posts, scenario *s, size_t threads)
{
  long long start = nanoseconds_now();
  remit_table_free(pivoted(posts, keys, 2, plain, 2, threads));
  long long pivot = nanoseconds_now() - start;
  start = nanoseconds_now();
  remit_changeset *changeset = made_of(s, posts);
  long long made = nanoseconds_now() - start;
  size_t trails = remit_dictionary_size(remit_changeset_labels(changeset));
  int64_t *factors = must_allocate(trails * sizeof *factors);
  long long grouping = nanoseconds_now();
  remit_table *cells = cells_of(posts, changeset, threads);
  grouping = nanoseconds_now() - grouping;
  remit_table_free(figures_of(changeset, cells, 2, factors));
  long long first = nanoseconds_now() - start;
  start = nanoseconds_now();
  remit_table_free(figures_of(changeset, cells, 2, factors));
  long long month = nanoseconds_now() - start;
  remit_table *by_trail = pivoted(cells, keys + 2, 1, plain, 2, 1), *by_function = by_function_of(cells);
  wide checked = 0;
  long long total = variant_totals(changeset, s, by_trail, factors, &checked), frame = variant_frames(changeset, s, by_function, factors);
  if (checked != 0)
    printf("round %lld %lld %lld %lld %lld %lld %lld\n", pivot, grouping, made, first, month, total, frame);
  remit_table_free(by_trail);
  remit_table_free(by_function);
  remit_table_free(cells);
  free(factors);
  remit_changeset_free(changeset);
}

/* ---- What is said once ---- */

static void say_memory(const remit_changeset *changeset, scenario *s)
{
  static remit_changeset *held[HELD];
  size_t before = mallinfo2().uordblks;
  for (int i = 0; i < HELD; i++)
    held[i] = variant(changeset, s, i);
  printf("memory %zu\n", (mallinfo2().uordblks - before) / HELD);
  for (int i = 0; i < HELD; i++)
    remit_changeset_free(held[i]);
}

static void say_figures(const remit_changeset *changeset, scenario *s, const remit_table *by_function, size_t trails)
{
  int64_t *factors = must_allocate(trails * sizeof *factors);
  remit_changeset *other = variant(changeset, s, 0);
  remit_table *total = figures_of(other, by_function, 0, factors), *frame = figures_of(other, by_function, 1, factors);
  printf("total %lld\n", (long long)remit_column_int(remit_table_find(total, "cost"), 0));
  for (size_t row = 0; row < remit_table_rows(frame); row++)
    printf("figure %lu %lld %lld\n", (unsigned long)remit_column_code(remit_table_find(frame, "fn"), row),
           (long long)remit_column_int(remit_table_find(frame, "cost"), row), (long long)remit_column_int(remit_table_find(frame, "wte"), row));
  remit_changeset_free(variant(other, s, 1));
  remit_changeset_free(other);
  remit_table_free(total);
  remit_table_free(frame);
  free(factors);
}

static void write_file(const char *name, const scenario *s, const remit_dictionary *trails, const remit_table *sums)
{
  FILE *file = fopen(name, "w");
  if (file == NULL)
    exit(2);
  for (size_t i = 0; i < CHANGES; i++)
    fprintf(file, "operation %s %lld\n", s->operations[i].effect == REMIT_SHARE ? "share" : "scale", (long long)s->steps[i].factor);
  for (size_t code = 0; code < remit_dictionary_size(trails); code++)
    fprintf(file, "trail %s\n", remit_dictionary_label(trails, (uint32_t)code, NULL));
  for (size_t row = 0; row < remit_table_rows(sums); row++)
    fprintf(file, "sum %lu %lu %lld %lld\n", (unsigned long)remit_column_code(remit_table_find(sums, "fn"), row),
            (unsigned long)remit_column_code(remit_table_find(sums, "trail"), row), (long long)remit_column_int(remit_table_find(sums, "cost"), row),
            (long long)remit_column_int(remit_table_find(sums, "wte"), row));
  if (fclose(file) != 0)
    exit(2);
}

static void write_column(FILE *file, const remit_column *column)
{
  bool coded = remit_column_unit(column) == REMIT_CODE;
  for (size_t row = 0; row < remit_column_count(column); row++) {
    int64_t value = coded ? (int64_t)remit_column_code(column, row) : remit_column_int(column, row);
    if (fwrite(&value, sizeof value, 1, file) != 1)
      exit(2);
  }
}

static void write_regions(FILE *file, const remit_table *posts)
{
  const remit_column *places = remit_table_find(posts, "place"), *regions = remit_table_find(remit_table_dimension(posts, "place"), "parent");
  for (size_t row = 0; row < remit_table_rows(posts); row++) {
    int64_t region = remit_column_code(regions, remit_column_code(places, row) - 1);
    if (fwrite(&region, sizeof region, 1, file) != 1)
      exit(2);
  }
}

static void write_rows(const char *name, const remit_table *posts, const remit_column *trails)
{
  char path[4096];
  FILE *file = snprintf(path, sizeof path, "%s.rows", name) < (int)sizeof path ? fopen(path, "wb") : NULL;
  if (file == NULL)
    exit(2);
  write_column(file, trails);
  write_column(file, remit_table_find(posts, "fn"));
  write_regions(file, posts);
  write_column(file, remit_table_find(posts, "band"));
  write_column(file, remit_table_find(posts, "cost"));
  write_column(file, remit_table_find(posts, "wte"));
  if (fclose(file) != 0)
    exit(2);
}

static void say_once(const remit_table *posts, scenario *s, const char *name)
{
  remit_changeset *changeset = made_of(s, posts);
  remit_table *cells = cells_of(posts, changeset, 1), *by_function = by_function_of(cells);
  const remit_dictionary *trails = remit_changeset_labels(changeset);
  printf("trails %zu\ncells %zu\n", remit_dictionary_size(trails), remit_table_rows(cells));
  say_memory(changeset, s);
  say_figures(changeset, s, by_function, remit_dictionary_size(trails));
  if (name != NULL) {
    write_file(name, s, trails, by_function);
    write_rows(name, posts, remit_changeset_trails(changeset));
  }
  remit_table_free(by_function);
  remit_table_free(cells);
  remit_changeset_free(changeset);
}

int main(int argc, char **argv)
{
  size_t rows = argc >= 4 ? strtoul(argv[1], NULL, 10) : 0;
  if (rows == 0) {
    fputs("usage: bench_changeset POSTS THREADS ROUNDS [FILE]\n", stderr);
    return 2;
  }
  scenario s;
  remit_table *posts = posts_invent(rows, false);
  begin(&s, posts);
  say_once(posts, &s, argc > 4 ? argv[4] : NULL);
  for (long round = strtol(argv[3], NULL, 10); round > 0; round--)
    round_of(posts, &s, strtoul(argv[2], NULL, 10));
  end(&s);
  remit_table_free(posts);
  return 0;
}
