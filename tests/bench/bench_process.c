/* SPDX-License-Identifier: Apache-2.0
 * bench_process: how long whole programs take, from being started to having ended, in interleaved rounds so that a busy spell hits all alike.
 *
 *   bench_process 100 -- lua5.4 -e '' -- build/remit run script.lua
 *
 * Prints a line for each run: which command (from 1), wall nanoseconds, processor nanoseconds, peak memory in KiB. What they print is discarded.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 16 };

extern char **environ;

static long long nanoseconds(long long seconds, long long rest)
{
  return seconds * 1000000000 + rest;
}

static long long now(void)
{
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return nanoseconds(at.tv_sec, at.tv_nsec);
}

static long long processor(const struct rusage *used)
{
  return nanoseconds(used->ru_utime.tv_sec + used->ru_stime.tv_sec, (used->ru_utime.tv_usec + used->ru_stime.tv_usec) * 1000LL);
}

static int run(size_t number, char **command, posix_spawn_file_actions_t *actions)
{
  pid_t child;
  int status;
  struct rusage used;
  long long start = now();
  if (posix_spawnp(&child, command[0], actions, NULL, command, environ) != 0 || wait4(child, &status, 0, &used) != child)
    status = -1;
  long long took = now() - start;
  if (status != 0) {
    fprintf(stderr, "bench_process: %s failed\n", command[0]);
    return 1;
  }
  printf("%zu %lld %lld %ld\n", number, took, processor(&used), used.ru_maxrss);
  return 0;
}

/* Cuts the arguments at each "--" into commands. */
static size_t read_commands(char **argv, char **commands[COMMANDS_MAX])
{
  size_t count = 0;
  for (char **at = argv; *at != NULL; at++) {
    if (strcmp(*at, "--") != 0)
      continue;
    *at = NULL;
    if (at[1] == NULL || count == COMMANDS_MAX)
      return 0;
    commands[count++] = at + 1;
  }
  return count;
}

int main(int argc, char **argv)
{
  char **commands[COMMANDS_MAX];
  long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
  size_t count = argc > 2 ? read_commands(argv + 2, commands) : 0;
  if (rounds <= 0 || count == 0) {
    fputs("usage: bench_process ROUNDS -- COMMAND [ARGUMENT...] -- COMMAND ...\n", stderr);
    return 2;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  int failed = 0;
  for (long round = 0; round < rounds && !failed; round++)
    for (size_t i = 0; i < count && !failed; i++)
      failed = run(i + 1, commands[i], &actions);
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}
