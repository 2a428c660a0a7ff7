/* SPDX-License-Identifier: Apache-2.0
 * threads: POSIX threads, made for one piece of work and joined at its end.
 */
#ifdef REMIT_THREADS
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <unistd.h>
#endif

#include "memory.h"
#include "threads.h"

#ifdef REMIT_THREADS

struct remit_lock {
  pthread_mutex_t mutex;
  pthread_cond_t condition;
};

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

remit_lock *remit_lock_new(void)
{
  remit_lock *lock = remit_allocate(1, sizeof *lock);
  if (lock == NULL)
    return NULL;
  if (pthread_mutex_init(&lock->mutex, NULL) == 0) {
    if (pthread_cond_init(&lock->condition, NULL) == 0)
      return lock;
    pthread_mutex_destroy(&lock->mutex);
  }
  remit_release(lock);
  return NULL;
}

void remit_lock_free(remit_lock *lock)
{
  if (lock == NULL)
    return;
  pthread_cond_destroy(&lock->condition);
  pthread_mutex_destroy(&lock->mutex);
  remit_release(lock);
}

void remit_lock_take(remit_lock *lock)
{
  pthread_mutex_lock(&lock->mutex);
}

void remit_lock_give(remit_lock *lock)
{
  pthread_mutex_unlock(&lock->mutex);
}

void remit_lock_wait(remit_lock *lock)
{
  pthread_cond_wait(&lock->condition, &lock->mutex);
}

void remit_lock_wake(remit_lock *lock)
{
  pthread_cond_broadcast(&lock->condition);
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

struct remit_lock {
  char unused;
};

remit_lock *remit_lock_new(void)
{
  return remit_allocate(1, sizeof(remit_lock));
}

void remit_lock_free(remit_lock *lock)
{
  remit_release(lock);
}

void remit_lock_take(remit_lock *lock)
{
  (void)lock;
}

void remit_lock_give(remit_lock *lock)
{
  (void)lock;
}

void remit_lock_wait(remit_lock *lock)
{
  (void)lock;
}

void remit_lock_wake(remit_lock *lock)
{
  (void)lock;
}

size_t remit_threads_available(void)
{
  return 1;
}

#endif
