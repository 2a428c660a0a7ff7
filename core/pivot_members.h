/* SPDX-License-Identifier: Apache-2.0
 * pivot_members: the values of a digit in the order of the result: by the codes of its keys one after the other, missing last.
 * Internal to core/pivot_*.c
 */
#ifndef REMIT_PIVOT_MEMBERS_H
#define REMIT_PIVOT_MEMBERS_H

#include "pivot_internal.h"

typedef struct pivot_members {
  size_t first, end; /* keys */
  size_t size;
  uint32_t *value;   /* by place; NULL: the places themselves */
  uint8_t *step;     /* by place: the first key that differs from the place before, or the number of keys; NULL: it always differs */
} pivot_members;

/* Whether each digit's keys stand beside each other, in the order of digits, and none has lists: then the result is in order of places. */
bool pivot_members_rule(const pivot_plan *plan);

remit_status pivot_members_init(pivot_members *members, const pivot_plan *plan, size_t digit, remit_error *err);
void pivot_members_release(pivot_members *members);
/* Whether members stand for the same group. */
bool pivot_members_merge(const pivot_members *members, const pivot_plan *plan);

/* Values of a plan's digits become places, one for each group. */
remit_status pivot_members_settle(pivot_plan *plan, remit_error *err);

#endif
