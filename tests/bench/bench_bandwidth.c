/* SPDX-License-Identifier: Apache-2.0
 * bench_bandwidth: how fast memory is read, a buffer of any size at a time, so that a scan can be held against what the caches allow.
 *
 *   bench_bandwidth THREADS        then lines "read BYTES TIMES"; answers nanoseconds
 *
 * Each thread sums its own part of one buffer, TIMES over. The clock starts once all threads have.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "posts.h"

enum { THREADS_MAX = 8, LANES = 8 };

typedef struct part {
  const uint64_t *values;
  size_t count;
  long times;
  long long start, end;
  uint64_t sum;
  pthread_barrier_t *together;
} part;

/* Eight sums that do not wait for one another, so that memory is the limit and not the adding. */
static uint64_t sum(const uint64_t *values, size_t count)
{
  uint64_t sums[LANES] = { 0 };
  for (size_t i = 0; i + LANES <= count; i += LANES)
    for (size_t lane = 0; lane < LANES; lane++)
      sums[lane] += values[i + lane];
  uint64_t total = 0;
  for (size_t lane = 0; lane < LANES; lane++)
    total += sums[lane];
  return total;
}

static void *read_part(void *context)
{
  part *mine = context;
  pthread_barrier_wait(mine->together);
  mine->start = nanoseconds_now();
  for (long i = 0; i < mine->times; i++) {
    mine->sum += sum(mine->values, mine->count);
    __asm__ volatile("" : : : "memory"); /* else one reading would do for all */
  }
  mine->end = nanoseconds_now();
  return NULL;
}

/* From the first start to the last end. */
static long long read_all(const uint64_t *values, size_t count, long times, size_t threads)
{
  part parts[THREADS_MAX];
  pthread_t others[THREADS_MAX];
  pthread_barrier_t together;
  pthread_barrier_init(&together, NULL, (unsigned)threads);
  size_t each = count / threads / LANES * LANES;
  for (size_t i = 0; i < threads; i++) {
    parts[i] = (part){ .values = values + i * each, .count = each, .times = times, .together = &together };
    if (i > 0 && pthread_create(&others[i], NULL, read_part, &parts[i]) != 0) {
      fputs("bench_bandwidth: no thread\n", stderr);
      exit(1);
    }
  }
  read_part(&parts[0]);
  long long start = parts[0].start, end = parts[0].end;
  for (size_t i = 1; i < threads; i++) {
    pthread_join(others[i], NULL);
    start = parts[i].start < start ? parts[i].start : start;
    end = parts[i].end > end ? parts[i].end : end;
  }
  pthread_barrier_destroy(&together);
  return end - start;
}

int main(int argc, char **argv)
{
  size_t threads = argc == 2 ? strtoul(argv[1], NULL, 10) : 0, bytes, held = 0;
  if (threads < 1 || threads > THREADS_MAX) {
    fputs("usage: bench_bandwidth THREADS\n", stderr);
    return 2;
  }
  uint64_t *values = NULL;
  char line[128];
  long times;
  puts("ready");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (sscanf(line, "read %zu %ld", &bytes, &times) != 2)
      continue;
    if (bytes > held) {
      free(values);
      values = must_allocate(bytes);
      memset(values, 1, bytes);
      held = bytes;
    }
    printf("%lld\n", read_all(values, bytes / sizeof *values, times, threads));
    fflush(stdout);
  }
  free(values);
  return 0;
}
