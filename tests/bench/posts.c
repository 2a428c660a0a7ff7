/* SPDX-License-Identifier: Apache-2.0
 * posts: see posts.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "posts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { FUNCTIONS = 60, GROUPS = 8, PLACES = 140, REGIONS = 7, ORGANISATIONS = 42, BANDS = 12 };

const question questions[QUESTIONS] = {
  { .name = "total" },
  { .name = "by function", .by = { "fn" }, .by_count = 1 },
  { .name = "by function x place", .by = { "fn", "place" }, .by_count = 2 },
  { .name = "by ICB x function x band", .by = { "org", "fn", "band" }, .by_count = 3 },
  { .name = "filtered, by function", .by = { "fn" }, .by_count = 1, .filtered = true },
  { .name = "roll-up, two hierarchies", .by = { "fn.parent", "fn", "place.parent", "place" }, .by_count = 4, .totals = true },
};

static const remit_measure measures[] = { { "cost", "cost", REMIT_SUM, NULL }, { "wte", "wte", REMIT_SUM, NULL } };

void must(remit_status status, const remit_error *err)
{
  if (status == REMIT_OK)
    return;
  fprintf(stderr, "%s: %s\n", remit_status_name(status), err->message);
  exit(1);
}

void hold_on_to_memory(void)
{
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
#endif
}

void *must_allocate(size_t bytes)
{
  void *block = malloc(bytes > 0 ? bytes : 1);
  if (block == NULL) {
    fputs("no memory\n", stderr);
    exit(1);
  }
  return block;
}

long long nanoseconds_now(void)
{
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (long long)at.tv_sec * 1000000000 + at.tv_nsec;
}

/* ---- From files ---- */

static remit_table *load(const char *pack, const char *file, const remit_csv_field *fields, size_t count, size_t threads)
{
  char path[4096];
  if (snprintf(path, sizeof path, "%s/%s", pack, file) >= (int)sizeof path) {
    fputs("the path is too long\n", stderr);
    exit(1);
  }
  remit_csv_options options = { .path = path, .threads = threads };
  remit_csv_report *report = NULL;
  remit_table *table;
  remit_error err;
  must(remit_csv_load(&options, fields, count, &table, &report, &err), &err);
  remit_csv_report_free(report);
  return table;
}

/* Codes of `from` that are rows of the dimension whose ids are `ids`. */
static remit_column *recode(const remit_column *from, const remit_dictionary *ids)
{
  const remit_dictionary *labels = remit_column_dictionary(from);
  size_t codes = remit_dictionary_size(labels), size;
  uint32_t *map = must_allocate(codes * sizeof *map);
  for (uint32_t code = 0; code < codes; code++) {
    const char *label = remit_dictionary_label(labels, code, &size);
    map[code] = remit_dictionary_find(ids, label, size);
  }
  remit_column *column;
  remit_error err;
  must(remit_column_recode(&column, from, map, ids, &err), &err);
  free(map);
  return column;
}

static const remit_dictionary *ids_of(const remit_table *dimension)
{
  return remit_column_dictionary(remit_table_find(dimension, "id"));
}

/* The same table with `fn` and `place` in codes of their dimensions, and linked to them. */
static remit_table *link_posts(remit_table *loaded, const remit_table *functions, const remit_table *places)
{
  remit_table *posts;
  remit_error err;
  must(remit_table_new(&posts, remit_table_rows(loaded), &err), &err);
  for (size_t i = 0; i < remit_table_columns(loaded); i++) {
    const char *name = remit_table_name(loaded, i);
    const remit_table *dimension = strcmp(name, "fn") == 0 ? functions : strcmp(name, "place") == 0 ? places : NULL;
    const remit_column *column = remit_table_column(loaded, i);
    remit_column *recoded = dimension != NULL ? recode(column, ids_of(dimension)) : remit_column_share(column);
    must(remit_table_add(posts, name, recoded, &err), &err);
    remit_column_free(recoded);
    if (dimension != NULL)
      must(remit_table_link(posts, name, dimension, &err), &err);
  }
  remit_table_free(loaded);
  return posts;
}

/* `name` is the name within the table only of what is wanted; the rest is declared and passed over. */
static remit_table *load_posts(const char *pack, bool whole, size_t threads)
{
  const remit_csv_field fields[] = {
    { .heading = "id", .name = whole ? "id" : NULL, .required = true, .unique = true },
    { .heading = "fn", .name = "fn", .required = true },
    { .heading = "place", .name = "place", .required = true },
    { .heading = "org", .name = "org", .required = true },
    { .heading = "group", .name = whole ? "group" : NULL, .required = true },
    { .heading = "band", .name = "band", .required = true },
    { .heading = "wte", .name = "wte", .unit = REMIT_MICRO, .format = { .decimals = 6 }, .required = true },
    { .heading = "in_post", .name = whole ? "in_post" : NULL, .unit = REMIT_MICRO, .format = { .decimals = 6 }, .required = true },
    { .heading = "cost", .name = "cost", .unit = REMIT_PENCE, .format = { .decimals = 2, .currency = true }, .required = true },
  };
  return load(pack, "posts.csv", fields, sizeof fields / sizeof *fields, threads);
}

remit_table *posts_load(const char *pack, bool whole, size_t threads)
{
  const remit_csv_field of_functions[] = { { .heading = "id", .name = "id" }, { .heading = "name" }, { .heading = "blueprint" },
                                           { .heading = "parent", .name = "parent" } };
  const remit_csv_field of_places[] = { { .heading = "id", .name = "id" }, { .heading = "name" },
                                        { .heading = "population", .unit = REMIT_COUNT }, { .heading = "parent", .name = "parent" } };
  remit_table *functions = load(pack, "functions.csv", of_functions, 4, 1), *places = load(pack, "places.csv", of_places, 4, 1);
  remit_table *posts = link_posts(load_posts(pack, whole, threads), functions, places);
  remit_table_free(functions);
  remit_table_free(places);
  return posts;
}

/* ---- Without files ---- */

static uint64_t random_below(uint64_t *state, uint64_t below)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (*state >> 1) % below;
}

static remit_dictionary *numbered(char letter, uint32_t count)
{
  remit_dictionary *dictionary;
  remit_error err;
  must(remit_dictionary_new(&dictionary, &err), &err);
  for (uint32_t n = 1; n <= count; n++) {
    char label[16];
    uint32_t code;
    int size = snprintf(label, sizeof label, "%c%03u", letter, (unsigned)n);
    must(remit_dictionary_add(dictionary, label, (size_t)size, &code, &err), &err);
  }
  return dictionary;
}

static void add_codes(remit_table *table, const char *name, const uint32_t *codes, remit_dictionary *dictionary)
{
  remit_column *column;
  remit_error err;
  must(remit_column_codes(&column, codes, remit_table_rows(table), dictionary, &err), &err);
  must(remit_table_add(table, name, column, &err), &err);
  remit_column_free(column);
}

static void add_ints(remit_table *table, const char *name, const int64_t *values, remit_unit unit)
{
  remit_column *column;
  remit_error err;
  must(remit_column_ints(&column, values, remit_table_rows(table), unit, &err), &err);
  must(remit_table_add(table, name, column, &err), &err);
  remit_column_free(column);
}

/* Members that belong to `parents` others, in turn. */
static remit_table *invent_dimension(remit_dictionary *ids, char letter, uint32_t count, uint32_t parents)
{
  uint32_t codes[PLACES], *parent_codes = must_allocate(count * sizeof *parent_codes);
  remit_dictionary *labels = numbered(letter, parents);
  remit_table *table;
  remit_error err;
  for (uint32_t n = 0; n < count; n++) {
    codes[n] = n + 1;
    parent_codes[n] = n % parents + 1;
  }
  must(remit_table_new(&table, count, &err), &err);
  add_codes(table, "id", codes, ids);
  add_codes(table, "parent", parent_codes, labels);
  remit_dictionary_free(labels);
  free(parent_codes);
  return table;
}

static void add_dimension(remit_table *posts, const char *name, const uint32_t *codes, char letter, char parent, uint32_t count, uint32_t parents)
{
  remit_dictionary *ids = numbered(letter, count);
  remit_table *dimension = invent_dimension(ids, parent, count, parents);
  remit_error err;
  add_codes(posts, name, codes, ids);
  must(remit_table_link(posts, name, dimension, &err), &err);
  remit_table_free(dimension);
  remit_dictionary_free(ids);
}

static remit_dictionary *band_labels(void)
{
  static const char *const labels[BANDS] = { "1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9" };
  remit_dictionary *dictionary;
  remit_error err;
  uint32_t code;
  must(remit_dictionary_new(&dictionary, &err), &err);
  for (size_t i = 0; i < BANDS; i++)
    must(remit_dictionary_add(dictionary, labels[i], strlen(labels[i]), &code, &err), &err);
  return dictionary;
}

static void invent_labels(remit_table *posts, bool ordered, uint64_t *state)
{
  size_t rows = remit_table_rows(posts);
  uint32_t *orgs = must_allocate(rows * sizeof *orgs), *places = must_allocate(rows * sizeof *places);
  uint32_t *functions = must_allocate(rows * sizeof *functions), *bands = must_allocate(rows * sizeof *bands);
  for (size_t i = 0; i < rows; i++) {
    uint64_t org = ordered ? (uint64_t)i * ORGANISATIONS / rows : random_below(state, ORGANISATIONS);
    orgs[i] = (uint32_t)org + 1;
    places[i] = (uint32_t)((org * PLACES / ORGANISATIONS + random_below(state, 4)) % PLACES) + 1;
    functions[i] = (uint32_t)random_below(state, FUNCTIONS) + 1;
    bands[i] = (uint32_t)random_below(state, BANDS) + 1;
  }
  remit_dictionary *org_labels = numbered('o', ORGANISATIONS), *bands_known = band_labels();
  add_dimension(posts, "fn", functions, 'f', 'g', FUNCTIONS, GROUPS);
  add_dimension(posts, "place", places, 'p', 'r', PLACES, REGIONS);
  add_codes(posts, "org", orgs, org_labels);
  add_codes(posts, "band", bands, bands_known);
  remit_dictionary_free(org_labels);
  remit_dictionary_free(bands_known);
  free(orgs);
  free(places);
  free(functions);
  free(bands);
}

static void invent_figures(remit_table *posts, uint64_t *state)
{
  size_t rows = remit_table_rows(posts);
  int64_t *cost = must_allocate(rows * sizeof *cost), *wte = must_allocate(rows * sizeof *wte);
  for (size_t i = 0; i < rows; i++) {
    cost[i] = 2200000 + (int64_t)random_below(state, 9000000);
    wte[i] = 100000 * (4 + (int64_t)random_below(state, 7));
  }
  add_ints(posts, "cost", cost, REMIT_PENCE);
  add_ints(posts, "wte", wte, REMIT_MICRO);
  free(cost);
  free(wte);
}

remit_table *posts_invent(size_t rows, bool ordered)
{
  remit_table *posts;
  remit_error err;
  uint64_t state = 18760325;
  must(remit_table_new(&posts, rows, &err), &err);
  invent_labels(posts, ordered, &state);
  invent_figures(posts, &state);
  return posts;
}

/* ---- Questions ---- */

static remit_selection *test(const remit_table *posts, const char *path, const char *text)
{
  remit_predicate *predicate;
  remit_selection *selection;
  remit_error err;
  must(remit_predicate_new(&predicate, text, strlen(text), &err), &err);
  must(remit_selection_test(&selection, posts, path, predicate, &err), &err);
  remit_predicate_free(predicate);
  return selection;
}

remit_selection *posts_filter(const remit_table *posts)
{
  remit_selection *senior = test(posts, "band", "8a, 8b, 8c, 8d, 9"), *here = test(posts, "place.parent", "r003"), *both;
  remit_error err;
  must(remit_selection_and(&both, senior, here, &err), &err);
  remit_selection_free(senior);
  remit_selection_free(here);
  return both;
}

remit_table *posts_ask(const remit_table *posts, const question *asked, const remit_selection *filter, size_t threads, remit_kept *kept)
{
  remit_pivot pivot = { .by = asked->by, .by_count = asked->by_count, .measures = measures, .measure_count = 2, .totals = asked->totals,
                        .where = asked->filtered ? filter : NULL, .threads = threads, .kept = kept };
  remit_table *frame;
  remit_error err;
  must(remit_pivot_run(posts, &pivot, &frame, &err), &err);
  return frame;
}

static size_t width(const remit_table *posts, const char *name)
{
  size_t bytes;
  remit_column_values(remit_table_find(posts, name), &bytes);
  return bytes;
}

size_t posts_width(const remit_table *posts, const question *asked)
{
  size_t bytes = width(posts, "cost") + width(posts, "wte");
  if (asked->totals)
    return bytes + width(posts, "fn") + width(posts, "place");
  for (size_t i = 0; i < asked->by_count; i++)
    bytes += width(posts, asked->by[i]);
  return asked->filtered ? bytes + width(posts, "band") + width(posts, "place") : bytes;
}
