/* SPDX-License-Identifier: Apache-2.0
 * memory: the one door through which the core allocates, so that tests can count, and fail the n-th allocation.
 * Internal to core/.
 */
#ifndef REMIT_MEMORY_H
#define REMIT_MEMORY_H

#include "remit/error.h"

/* NULL when there is no memory, or when count x size overflows; a size of 0 gives a pointer too. */
void *remit_allocate(size_t count, size_t size);
void *remit_allocate_zero(size_t count, size_t size);
/* `old` stays valid on NULL. */
void *remit_reallocate(void *old, size_t count, size_t size);
/* `block` cut to a smaller size, or as it was where the system will not: never NULL, so that no hook is asked. */
void *remit_shrink(void *block, size_t count, size_t size);
/* NULL is fine. */
void remit_release(void *block);
/* A NUL-terminated copy. */
char *remit_copy_text(const char *text, size_t size);

/* `return remit_no_memory(err);` */
remit_status remit_no_memory(remit_error *err);
/* Asks how long work goes on: REMIT_ESTOPPED when it does not. `poll` may be NULL: nobody is asked. */
remit_status remit_ask(const remit_poll *poll, size_t done, size_t total, remit_error *err);

/* For tests: asked before each allocation; false makes it fail. NULL takes the hook away. */
typedef bool (*remit_memory_hook)(void *context);
void remit_memory_set_hook(remit_memory_hook hook, void *context);
/* For tests: blocks handed out and not yet released. */
size_t remit_memory_live(void);

#endif
