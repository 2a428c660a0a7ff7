/* SPDX-License-Identifier: Apache-2.0
 * bench_decision: decision tables over invented posts, in one thread.
 *
 *   bench_decision ROWS ROUNDS
 *
 * Prints a line for each round and table: its name, rules, inputs, different sets of rules met, and processor nanoseconds: to compile, to find
 * the hits of all rows, and for overlaps and gaps together.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "posts.h"

enum { RULES = 200, INPUTS_MOST = 6, CELL = 48 };

typedef struct plan {
  const char *name;
  const char *paths[INPUTS_MOST];
  size_t count;
} plan;

static const plan plans[] = {
  { "members", { "fn.parent", "place.parent", "band", "org" }, 4 },
  { "members and figures", { "fn", "place", "band", "wte", "cost" }, 5 },
};

static long long processor_now(void)
{
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (long long)at.tv_sec * 1000000000 + at.tv_nsec;
}

static size_t below(uint64_t *state, size_t bound)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (size_t)(*state >> 33) % bound;
}

static void write_labels(char cell[CELL], char letter, size_t count, uint64_t *state)
{
  size_t a = below(state, count) + 1, b = below(state, count) + 1;
  snprintf(cell, CELL, below(state, 4) == 0 ? "not(%c%03zu, %c%03zu)" : "%c%03zu, %c%03zu", letter, a, letter, b);
}

/* One cell in three is anything. */
static const char *write_cell(char cell[CELL], const char *path, uint64_t *state)
{
  static const struct {
    const char *path;
    char letter;
    size_t count;
  } labels[] = { { "fn", 'f', 60 }, { "fn.parent", 'g', 8 }, { "place", 'p', 140 }, { "place.parent", 'r', 7 }, { "org", 'o', 42 } };
  if (below(state, 3) == 0)
    return NULL;
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
    if (strcmp(path, labels[i].path) == 0) {
      write_labels(cell, labels[i].letter, labels[i].count, state);
      return cell;
    }
  size_t low = below(state, 60), high = low + 1 + below(state, 30);
  if (strcmp(path, "band") == 0)
    snprintf(cell, CELL, "%zu, %zu, 8%c", below(state, 6) + 1, below(state, 6) + 1, (char)('a' + below(state, 4)));
  else if (strcmp(path, "wte") == 0)
    snprintf(cell, CELL, "%s 0.%zu", below(state, 2) != 0 ? "<" : ">=", below(state, 9) + 1);
  else
    snprintf(cell, CELL, "[%zu..%zu)", 20000 + low * 1000, 20000 + high * 1000);
  return cell;
}

static remit_decision *decide(const remit_table *posts, const plan *asked, uint64_t seed)
{
  static char texts[RULES * INPUTS_MOST][CELL];
  const char *cells[RULES * INPUTS_MOST];
  remit_input inputs[INPUTS_MOST] = { { 0 } };
  for (size_t i = 0; i < RULES * asked->count; i++)
    cells[i] = write_cell(texts[i], asked->paths[i % asked->count], &seed);
  for (size_t i = 0; i < asked->count; i++)
    inputs[i].path = asked->paths[i];
  remit_decision *decision;
  remit_error err;
  must(remit_decision_new(&decision, posts, inputs, asked->count, cells, RULES, NULL, &err), &err);
  return decision;
}

static void measure(const remit_table *posts, const plan *asked)
{
  remit_column *hits;
  remit_table *overlaps, *gaps;
  remit_error err;
  size_t count;
  bool all;
  long long start = processor_now();
  remit_decision *decision = decide(posts, asked, 2026);
  long long compiled = processor_now();
  must(remit_decision_hits(decision, NULL, &hits, &err), &err);
  long long found = processor_now();
  must(remit_decision_overlaps(decision, NULL, 1000, &overlaps, &count, &err), &err);
  must(remit_decision_gaps(decision, 1000, &gaps, &all, &err), &err);
  long long verified = processor_now();
  printf("%s\t%d\t%zu\t%zu\t%lld\t%lld\t%lld\n", asked->name, RULES, asked->count, remit_dictionary_size(remit_column_dictionary(hits)),
         compiled - start, found - compiled, verified - found);
  remit_table_free(overlaps);
  remit_table_free(gaps);
  remit_column_free(hits);
  remit_decision_free(decision);
}

int main(int argc, char **argv)
{
  long rows = argc == 3 ? strtol(argv[1], NULL, 10) : 0, rounds = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
  if (rows <= 0 || rounds <= 0) {
    fputs("usage: bench_decision ROWS ROUNDS\n", stderr);
    return 2;
  }
  remit_table *posts = posts_invent((size_t)rows, false);
  for (long round = 0; round < rounds; round++)
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
      measure(posts, &plans[i]);
  remit_table_free(posts);
  return 0;
}
