/* SPDX-License-Identifier: Apache-2.0
 * bench_bandwidth: how fast one core reads memory. Sums a buffer well past the caches, several times over.
 *
 *   bench_bandwidth [MEBIBYTES [PASSES]]        by default 1024 and 15
 *
 * Prints one line for each pass: bytes and nanoseconds.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t now(void)
{
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

/* Eight sums that do not wait for one another, so that memory is the limit and not the adding. */
static uint64_t sum(const uint64_t *values, size_t count)
{
  uint64_t sums[8] = { 0 };
  for (size_t i = 0; i < count; i += 8)
    for (size_t lane = 0; lane < 8; lane++)
      sums[lane] += values[i + lane];
  uint64_t total = 0;
  for (size_t lane = 0; lane < 8; lane++)
    total += sums[lane];
  return total;
}

int main(int argc, char **argv)
{
  long mebibytes = argc > 1 ? strtol(argv[1], NULL, 10) : 1024, passes = argc > 2 ? strtol(argv[2], NULL, 10) : 15;
  if (mebibytes < 1 || mebibytes > 65536 || passes < 1) {
    fputs("usage: bench_bandwidth [MEBIBYTES [PASSES]]\n", stderr);
    return 2;
  }
  size_t count = (size_t)mebibytes * 1024 * 1024 / sizeof(uint64_t);
  uint64_t *values = malloc(count * sizeof *values), expected = 0;
  if (values == NULL) {
    fputs("bench_bandwidth: no memory\n", stderr);
    return 1;
  }
  for (size_t i = 0; i < count; i++)
    expected += values[i] = i;
  int wrong = 0;
  for (long pass = 0; pass < passes; pass++) {
    int64_t start = now();
    wrong |= sum(values, count) != expected;
    printf("%zu %lld\n", count * sizeof *values, (long long)(now() - start));
  }
  free(values);
  return wrong;
}
