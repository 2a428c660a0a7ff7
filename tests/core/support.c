/* SPDX-License-Identifier: Apache-2.0
 * support: leak checks, the n-th allocation failing, random numbers.
 */
#include "support.h"

#include "memory.h"

#include <stdatomic.h>

static size_t live_before;

int support_setup(void **state)
{
  (void)state;
  live_before = remit_memory_live();
  return 0;
}

int support_teardown(void **state)
{
  (void)state;
  remit_memory_set_hook(NULL, NULL);
  size_t live = remit_memory_live();
  if (live != live_before)
    print_error("%zu blocks leaked\n", live - live_before);
  return live == live_before ? 0 : -1;
}

static bool countdown(void *context)
{
  atomic_size_t *left = context;
  size_t now = atomic_load(left);
  while (now != 0 && !atomic_compare_exchange_weak(left, &now, now - 1))
    ;
  return now != 0;
}

void support_fail_each_allocation(support_job job, void *context)
{
  for (size_t allowed = 0; allowed < 100000; allowed++) {
    atomic_size_t left = allowed;
    size_t before = remit_memory_live();
    remit_memory_set_hook(countdown, &left);
    remit_status status = job(context);
    remit_memory_set_hook(NULL, NULL);
    assert_int_equal(remit_memory_live(), before);
    if (status == REMIT_OK)
      return;
    assert_int_equal(status, REMIT_ENOMEM);
  }
  fail_msg("the job never succeeded");
}

uint64_t support_random(uint64_t *state)
{
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

uint64_t support_below(uint64_t *state, uint64_t bound)
{
  return support_random(state) % bound;
}

remit_predicate *support_predicate(const char *text)
{
  remit_predicate *predicate;
  remit_error err;
  if (remit_predicate_new(&predicate, text, strlen(text), &err) != REMIT_OK)
    fail_msg("%s: %s", text, err.message);
  return predicate;
}

remit_dictionary *support_dictionary(const char *const *labels, size_t count)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 0; i < count; i++) {
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, labels[i], strlen(labels[i]), &code, NULL));
    assert_int_equal(code, i + 1);
  }
  return dictionary;
}

void support_hash(const remit_table *table, uint8_t digest[REMIT_SHA256_SIZE])
{
  remit_sha256 sha;
  remit_sha256_init(&sha);
  assert_ok(remit_table_hash(table, &sha, NULL));
  remit_sha256_final(&sha, digest);
}

remit_selection *support_selection(const remit_table *table, const char *path, const char *test)
{
  remit_predicate *predicate = support_predicate(test);
  remit_selection *selection;
  assert_ok(remit_selection_test(&selection, table, path, predicate, NULL));
  remit_predicate_free(predicate);
  return selection;
}
