/* SPDX-License-Identifier: Apache-2.0
 * threads: the same work done by several threads at once. Without REMIT_THREADS the caller does it alone.
 * Internal to core/. What fails in the work says so in its context: there is no way out in between.
 */
#ifndef REMIT_THREADS_H
#define REMIT_THREADS_H

#include <stddef.h>

#define REMIT_THREADS_MAX 64

/* Calls work(context) in `count` threads, the caller's among them, and returns when all have returned; in fewer when the system gives no
 * more of them, so that work must be claimed and not dealt out. */
void remit_threads_run(size_t count, void (*work)(void *context), void *context);

/* A lock, where threads may also wait for each other. */
typedef struct remit_lock remit_lock;
remit_lock *remit_lock_new(void); /* NULL: no memory */
void remit_lock_free(remit_lock *lock);
void remit_lock_take(remit_lock *lock);
void remit_lock_give(remit_lock *lock);
/* Gives it until somebody wakes all who wait, or sooner. */
void remit_lock_wait(remit_lock *lock);
void remit_lock_wake(remit_lock *lock);

/* How many run at once on this machine: 1 or more. */
size_t remit_threads_available(void);

#endif
