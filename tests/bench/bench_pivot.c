/* SPDX-License-Identifier: Apache-2.0
 * bench_pivot: remit's core as one of the engines that run.lua asks, in the words of engine.lua.
 *
 *   bench_pivot PACK THREADS cold|kept
 *
 * Cold: each question reads the rows. Kept: sums stay between questions, and only a question's first asking reads the rows.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "posts.h"

enum { KEPT_BYTES = 16 << 20 };

typedef struct engine {
  const char *pack;
  size_t threads;
  remit_table *posts;
  remit_selection *filter;
  remit_kept *kept;
} engine;

static void print_row(const remit_table *frame, size_t row)
{
  for (size_t c = 0; c < remit_table_columns(frame); c++) {
    const remit_column *column = remit_table_column(frame, c);
    if (remit_column_unit(column) == REMIT_CODE)
      printf("%s|", remit_dictionary_label(remit_column_dictionary(column), remit_column_code(column, row), NULL));
  }
  printf("%" PRId64 "|%" PRId64 "\n", remit_column_int(remit_table_find(frame, "cost"), row),
         remit_column_int(remit_table_find(frame, "wte"), row));
}

static void show(const engine *self, const question *asked)
{
  remit_table *frame = posts_ask(self->posts, asked, self->filter, self->threads, self->kept);
  for (size_t row = 0; row < remit_table_rows(frame); row++)
    print_row(frame, row);
  puts(".");
  remit_table_free(frame);
}

static void ask(const engine *self, const question *asked, long times)
{
  long long start = nanoseconds_now();
  for (long i = 0; i < times; i++)
    remit_table_free(posts_ask(self->posts, asked, self->filter, self->threads, self->kept));
  printf("%lld\n", nanoseconds_now() - start);
}

static void load(const engine *self)
{
  long long start = nanoseconds_now();
  remit_table *posts = posts_load(self->pack, true, self->threads);
  printf("%lld %zu\n", nanoseconds_now() - start, remit_table_memory(posts));
  remit_table_free(posts);
}

static void answer(const engine *self, const char *line)
{
  long number = 0, times = 0;
  if (strcmp(line, "load\n") == 0)
    load(self);
  else if (strcmp(line, "columns\n") == 0)
    printf("%zu\n", remit_table_memory(self->posts));
  else if (strcmp(line, "hits\n") == 0)
    printf("%zu\n", self->kept != NULL ? remit_kept_stats(self->kept).hits : 0);
  else if (sscanf(line, "width %ld", &number) == 1 && number >= 1 && number <= QUESTIONS)
    printf("%zu\n", posts_width(self->posts, &questions[number - 1]));
  else if (sscanf(line, "show %ld", &number) == 1 && number >= 1 && number <= QUESTIONS)
    show(self, &questions[number - 1]);
  else if (sscanf(line, "ask %ld %ld", &number, &times) == 2 && number >= 1 && number <= QUESTIONS)
    ask(self, &questions[number - 1], times);
  else
    puts("?");
}

int main(int argc, char **argv)
{
  hold_on_to_memory();
  if (argc != 4 || (strcmp(argv[3], "cold") != 0 && strcmp(argv[3], "kept") != 0)) {
    fputs("usage: bench_pivot PACK THREADS cold|kept\n", stderr);
    return 2;
  }
  engine self = { .pack = argv[1], .threads = strtoul(argv[2], NULL, 10) };
  remit_error err;
  if (strcmp(argv[3], "kept") == 0)
    must(remit_kept_new(&self.kept, KEPT_BYTES, &err), &err);
  self.posts = posts_load(self.pack, false, self.threads);
  self.filter = posts_filter(self.posts);
  printf("ready %s\n", remit_version());
  fflush(stdout);
  char line[128];
  while (fgets(line, sizeof line, stdin) != NULL) {
    answer(&self, line);
    fflush(stdout);
  }
  remit_selection_free(self.filter);
  remit_table_free(self.posts);
  remit_kept_free(self.kept);
  return 0;
}
