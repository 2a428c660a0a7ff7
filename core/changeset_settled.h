/* SPDX-License-Identifier: Apache-2.0
 * changeset_settled: exact sums of groups within groups, rounded once so that parts add up. Internal to core/changeset*.c.
 */
#ifndef REMIT_CHANGESET_SETTLED_H
#define REMIT_CHANGESET_SETTLED_H

#include "changeset_internal.h"

__extension__ typedef __int128 changeset_exact;

/* Units this large, and remainders a few units off, fit in 64 bits. */
#define CHANGESET_DIVISOR_MAX 1000000

/* Groups of rows that stand together. */
typedef struct changeset_level {
  size_t count;
  uint32_t *ends; /* of each, the row after its last */
} changeset_level;

typedef struct changeset_settling {
  size_t rows, count; /* levels besides the rows */
  changeset_level levels[REMIT_KEYS_MAX + 1]; /* level 0 has one group, each group lies in one of the level before */
  int64_t unit;    /* what makes one in a rounded figure: REMIT_ONE times a divisor */
  int64_t inverse; /* 2^95 / unit */
  changeset_exact *sums, *parts; /* exact, of the groups of a level and of the next one */
  uint64_t *above, *next;        /* and rounded, modulo 2^64: those of rows fit */
  int64_t *rests, *order;        /* of the parts of a group */
  void *room;                    /* for these */
} changeset_settling;

/* With rows, levels and unit set; released either way, with the levels. */
remit_status changeset_settling_room(changeset_settling *settling, remit_error *err);
void changeset_settling_release(changeset_settling *settling);

/* The rounded figure of each row, of one at least. Borrowed, until the next. */
const int64_t *changeset_settle(changeset_settling *settling, const changeset_exact *exact);

#endif
