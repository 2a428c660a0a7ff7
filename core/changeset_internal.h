/* SPDX-License-Identifier: Apache-2.0
 * changeset_internal: operations after they have met the lines. Internal to core/changeset*.c.
 */
#ifndef REMIT_CHANGESET_INTERNAL_H
#define REMIT_CHANGESET_INTERNAL_H

#include "decision_internal.h"
#include "remit/changeset.h"

typedef struct changeset_operation {
  remit_effect effect;
  size_t layer, account, touched;
  uint32_t channels; /* never 0 */
  remit_step *steps; /* own */
  size_t step_count;
  char *column; /* own; of a recode */
  uint32_t code;
} changeset_operation;

/* What does not depend on the steps; shared by counting. A trail is a set of operations; its code is its number in `sets`, where 0 is the empty set. */
typedef struct changeset_lines {
  size_t references;
  remit_table *table;
  remit_column *trails;
  decision_sets sets;
} changeset_lines;

struct remit_changeset {
  changeset_lines *lines;
  changeset_operation *operations;
  size_t count, accounts;
};

static inline size_t changeset_trail_count(const remit_changeset *changeset)
{
  return changeset->lines->sets.count;
}

static inline bool changeset_touches(const remit_changeset *changeset, size_t trail, size_t operation)
{
  return decision_bit(decision_set(&changeset->lines->sets, trail), operation);
}

/* The factor of the step that holds in a month; `neutral` before the first. */
int64_t changeset_factor(const changeset_operation *operation, int64_t month, int64_t neutral);

/* That no two recodes of one layer say different things of a line, and no shares are more than all, in any month. */
remit_status changeset_check(const remit_changeset *changeset, remit_error *err);

#endif
