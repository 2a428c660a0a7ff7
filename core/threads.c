/* SPDX-License-Identifier: Apache-2.0
 * threads: POSIX threads, made for one piece of work and joined at its end.
 */
#ifdef REMIT_THREADS
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <unistd.h>
#endif

#include "threads.h"

#ifdef REMIT_THREADS

typedef struct thread_work {
  void (*work)(void *context);
  void *context;
} thread_work;

static void *begin(void *argument)
{
  const thread_work *job = argument;
  job->work(job->context);
  return NULL;
}

void remit_threads_run(size_t count, void (*work)(void *context), void *context)
{
  pthread_t others[REMIT_THREADS_MAX];
  thread_work job = { work, context };
  size_t started = 0;
  while (started + 1 < count && started < REMIT_THREADS_MAX && pthread_create(&others[started], NULL, begin, &job) == 0)
    started++;
  work(context);
  while (started != 0)
    pthread_join(others[--started], NULL);
}

size_t remit_threads_available(void)
{
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 1 ? (size_t)count : 1;
}

#else

void remit_threads_run(size_t count, void (*work)(void *context), void *context)
{
  (void)count;
  work(context);
}

size_t remit_threads_available(void)
{
  return 1;
}

#endif
