/* SPDX-License-Identifier: Apache-2.0
 * memory: malloc behind a counter and a hook. The hook is for tests, which set it while no other thread runs.
 */
#include "memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static remit_memory_hook memory_hook;
static void *memory_context;
static atomic_size_t memory_live;

void remit_memory_set_hook(remit_memory_hook hook, void *context)
{
  memory_hook = hook;
  memory_context = context;
}

size_t remit_memory_live(void)
{
  return atomic_load_explicit(&memory_live, memory_order_relaxed);
}

static bool refused(size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / 2 / size)
    return true;
  return memory_hook != NULL && !memory_hook(memory_context);
}

static void *counted(void *block)
{
  if (block != NULL)
    atomic_fetch_add_explicit(&memory_live, 1, memory_order_relaxed);
  return block;
}

void *remit_allocate(size_t count, size_t size)
{
  if (refused(count, size))
    return NULL;
  size_t bytes = count * size;
  return counted(malloc(bytes != 0 ? bytes : 1));
}

void *remit_allocate_zero(size_t count, size_t size)
{
  if (refused(count, size))
    return NULL;
  return counted(calloc(count != 0 ? count : 1, size != 0 ? size : 1));
}

void *remit_reallocate(void *old, size_t count, size_t size)
{
  if (old == NULL)
    return remit_allocate(count, size);
  if (refused(count, size))
    return NULL;
  size_t bytes = count * size;
  return realloc(old, bytes != 0 ? bytes : 1);
}

void *remit_shrink(void *block, size_t count, size_t size)
{
  size_t bytes = count * size;
  void *smaller = realloc(block, bytes != 0 ? bytes : 1);
  return smaller != NULL ? smaller : block;
}

void remit_release(void *block)
{
  if (block == NULL)
    return;
  atomic_fetch_sub_explicit(&memory_live, 1, memory_order_relaxed);
  free(block);
}

char *remit_copy_text(const char *text, size_t size)
{
  char *copy = remit_allocate(size + 1, 1);
  if (copy == NULL)
    return NULL;
  if (size != 0)
    memcpy(copy, text, size);
  copy[size] = '\0';
  return copy;
}

remit_status remit_no_memory(remit_error *err)
{
  return remit_fail(err, REMIT_ENOMEM, "out of memory");
}

remit_status remit_ask(const remit_poll *poll, size_t done, size_t total, remit_error *err)
{
  return poll == NULL || !poll->stop(poll->context, done, total) ? REMIT_OK : remit_fail(err, REMIT_ESTOPPED, "stopped");
}
