/* SPDX-License-Identifier: Apache-2.0
 * changeset_internal: operations after they have met the lines. Internal to core/changeset*.c.
 */
#ifndef REMIT_CHANGESET_INTERNAL_H
#define REMIT_CHANGESET_INTERNAL_H

#include <stdatomic.h>

#include "remit/changeset.h"

/* 2^31: below it is NAME#low, so that it takes 4 bytes and 2^32 of them add up within 64 bits. */
#define CHANGESET_LOW INT64_C(0x80000000)

/* What of an operation no other steps change. */
typedef struct changeset_operation {
  remit_effect effect;
  size_t layer, account;
  atomic_size_t touched; /* lines; SIZE_MAX until they are counted */
  uint32_t channels; /* never 0 */
  uint32_t code;
  char *column; /* own; of a recode */
} changeset_operation;

/* Lines that no operation's tests tell apart have one number, as changeset_classes.h says. */
typedef struct changeset_classes {
  size_t rows;
  struct changeset_digit *digits;
  size_t digit_count;
  size_t size; /* numbers are below this */
} changeset_classes;

/* What does not depend on the steps; shared by counting. */
typedef struct changeset_lines {
  atomic_size_t owners;
  remit_table *table;
  size_t count;
  changeset_operation *operations;
  remit_dictionary *labels; /* of trails */
  _Atomic(remit_column *) trails; /* NULL until it is asked for, where `codes` tell it */
  changeset_classes classes;      /* of lines, with `codes` */
  uint16_t *codes;                /* of each number of the classes its trail; NULL where lines have no such numbers */
  size_t trail_count;
  size_t *starts; /* of each trail's operations in `lists`, and at last their end */
  uint16_t *lists; /* rising */
} changeset_lines;

typedef struct changeset_steps {
  const remit_step *steps;
  size_t count;
} changeset_steps;

/* One block of memory: the steps of each operation, then what they point at. */
struct remit_changeset {
  changeset_lines *lines;
  size_t accounts;
  changeset_steps steps[];
};

/* The operations of one trail. */
typedef struct changeset_trail {
  const uint16_t *list;
  size_t count;
} changeset_trail;

static inline changeset_trail changeset_trail_at(const changeset_lines *lines, size_t trail)
{
  return (changeset_trail){ lines->lists + lines->starts[trail], lines->starts[trail + 1] - lines->starts[trail] };
}

/* Where the layer of the operation at `from` of a trail ends. */
static inline size_t changeset_layer_end(const changeset_lines *lines, changeset_trail trail, size_t from)
{
  size_t to = from;
  while (to < trail.count && lines->operations[trail.list[to]].layer == lines->operations[trail.list[from]].layer)
    to++;
  return to;
}

static inline bool changeset_touches(changeset_trail trail, size_t operation)
{
  size_t low = 0, high = trail.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (trail.list[middle] < operation)
      low = middle + 1;
    else
      high = middle;
  }
  return low < trail.count && trail.list[low] == operation;
}

/* The factor of the step that holds in a month; `neutral` before the first. */
static inline int64_t changeset_factor(const remit_changeset *changeset, size_t operation, int64_t month, int64_t neutral)
{
  const changeset_steps *own = &changeset->steps[operation];
  size_t step = own->count;
  while (step > 0 && own->steps[step - 1].month > month)
    step--;
  return step > 0 ? own->steps[step - 1].factor : neutral;
}

/* Which operations touch each line: labels, trails or classes and codes, trail_count, starts and lists. */
remit_status changeset_find_trails(changeset_lines *lines, const remit_operation *operations, remit_error *err);
void changeset_forget_trails(changeset_lines *lines);

/* That no two recodes of one layer say different things of a line, and no shares are more than all, in any month. `operation` alone
 * has new steps, or all have: SIZE_MAX. */
remit_status changeset_check(const remit_changeset *changeset, size_t operation, remit_error *err);

#endif
