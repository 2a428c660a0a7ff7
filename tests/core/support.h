/* SPDX-License-Identifier: Apache-2.0
 * support: what every core test shares. Include it instead of cmocka.h.
 */
#ifndef REMIT_TEST_SUPPORT_H
#define REMIT_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "remit/remit.h"

/* A test with a teardown that fails when the core's blocks outlive it. */
#define LEAK_CHECKED(test) cmocka_unit_test_setup_teardown(test, support_setup, support_teardown)
int support_setup(void **state);
int support_teardown(void **state);

/* Runs `job` with its first, second, ... allocation failing, until it succeeds. `job` returns the status of what it tried; it must leave nothing behind
 * either way. Each failure must be REMIT_ENOMEM. Fails the test when the job never succeeds. */
typedef remit_status (*support_job)(void *context);
void support_fail_each_allocation(support_job job, void *context);

/* A repeatable stream of random numbers (splitmix64); `*state` is the seed. */
uint64_t support_random(uint64_t *state);
uint64_t support_below(uint64_t *state, uint64_t bound);

/* The test of a text; the caller frees it. */
remit_predicate *support_predicate(const char *text);

/* A dictionary of labels, the first of which has code 1; the caller frees it. */
remit_dictionary *support_dictionary(const char *const *labels, size_t count);

void support_hash(const remit_table *table, uint8_t digest[REMIT_SHA256_SIZE]);

/* The rows whose value at `path` passes a test; the caller frees it. */
remit_selection *support_selection(const remit_table *table, const char *path, const char *test);

/* Asserts REMIT_OK and prints the message when it is not. */
#define assert_ok(call) \
  do { \
    remit_status status_ = (call); \
    if (status_ != REMIT_OK) \
      fail_msg("%s: %s", #call, remit_status_name(status_)); \
  } while (0)

#endif
