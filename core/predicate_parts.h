/* SPDX-License-Identifier: Apache-2.0
 * predicate_parts: what parsing hands to resolving. Internal to core/predicate*.c.
 */
#ifndef REMIT_PREDICATE_PARTS_H
#define REMIT_PREDICATE_PARTS_H

#include "remit/predicate.h"

#define NO_OPERAND SIZE_MAX

/* A label or number as it stands in a test. */
typedef struct predicate_operand {
  const char *text; /* unquoted, NUL-terminated; in the predicate's `labels` */
  size_t size;
  char *folded; /* as labels are compared */
  size_t at;    /* of its first byte in the predicate's text, the quote included */
  bool quoted;
  bool grouped; /* the first part of digits that commas group: the 1 of an unquoted 1,000 */
} predicate_operand;

typedef enum predicate_kind {
  PREDICATE_ANY,
  PREDICATE_MISSING,
  PREDICATE_EQUAL, /* to operand `low` */
  PREDICATE_GLOB,  /* `low` is the pattern */
  PREDICATE_RANGE  /* either end may be NO_OPERAND */
} predicate_kind;

typedef struct predicate_test {
  predicate_kind kind;
  size_t at;
  size_t low, high; /* indices of operands */
  bool low_open, high_open;
} predicate_test;

struct remit_predicate {
  char *text;
  char *labels;
  size_t labels_size;
  bool negated;
  predicate_operand *operands;
  size_t operand_count;
  predicate_test *tests;
  size_t test_count;
};

/* Text for a message: cut at a character's edge. Returns `shown`. */
#define PREDICATE_SHOWN 96
const char *predicate_show(char shown[PREDICATE_SHOWN], const char *text, size_t size);

/* `return predicate_fail_at(err, byte, remit_fail(err, ...));` */
remit_status predicate_fail_at(remit_error *err, size_t at, remit_status status);

/* REMIT_EPARSE when a range with both its ends has them upside down, or leaves nothing between them. */
remit_status predicate_check_range(const remit_predicate *predicate, const predicate_test *test, int64_t low, int64_t high, remit_error *err);

/* The next item of a list that has something in it, from `*rest` on; NULL after the last. */
const char *predicate_next_item(const char **rest, const char *end, char separator, size_t *size);

/* REMIT_ENOTFOUND with the members that look like the label; `names` may be NULL. */
remit_status predicate_refuse_unknown(const predicate_operand *operand, const remit_dictionary *dictionary, const remit_column *names,
                                      remit_error *err);

#endif
