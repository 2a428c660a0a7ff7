/* SPDX-License-Identifier: Apache-2.0
 * bench_scaling: time and memory a post as posts grow from a thousand to tens of millions.
 *
 *   bench_scaling POSTS ordered|shuffled THREADS ROUNDS
 *
 * Prints "bytes" of the table and "peak" KiB of the process, then a line for each question and round: its number and nanoseconds.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "posts.h"

enum { BATCH_ROWS = 200000 }; /* of few posts, a question is asked until this many have been read */

static long long ask(const remit_table *posts, const remit_selection *filter, const question *asked, size_t threads)
{
  size_t rows = remit_table_rows(posts), times = rows >= BATCH_ROWS ? 1 : BATCH_ROWS / rows;
  long long start = nanoseconds_now();
  for (size_t i = 0; i < times; i++)
    remit_table_free(posts_ask(posts, asked, filter, threads, NULL));
  return (nanoseconds_now() - start) / (long long)times;
}

int main(int argc, char **argv)
{
  hold_on_to_memory();
  size_t rows = argc == 5 ? strtoul(argv[1], NULL, 10) : 0, threads = argc == 5 ? strtoul(argv[3], NULL, 10) : 0;
  if (rows == 0) {
    fputs("usage: bench_scaling POSTS ordered|shuffled THREADS ROUNDS\n", stderr);
    return 2;
  }
  remit_table *posts = posts_invent(rows, strcmp(argv[2], "ordered") == 0);
  remit_selection *filter = posts_filter(posts);
  printf("bytes %zu\n", remit_table_memory(posts));
  for (long round = strtol(argv[4], NULL, 10); round >= 0; round--)
    for (size_t i = 0; i < QUESTIONS; i++) {
      long long took = ask(posts, filter, &questions[i], threads);
      if (round > 0)
        printf("question %zu %lld\n", i + 1, took);
    }
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("peak %ld\n", used.ru_maxrss);
  remit_selection_free(filter);
  remit_table_free(posts);
  return 0;
}
