/* SPDX-License-Identifier: Apache-2.0
 * changeset_settled: exact sums of groups within groups, rounded once so that parts add up. Internal to core/changeset*.c.
 */
#ifndef REMIT_CHANGESET_SETTLED_H
#define REMIT_CHANGESET_SETTLED_H

#include "changeset_internal.h"

__extension__ typedef __int128 changeset_exact;

typedef struct changeset_part {
  int64_t rest;
  uint32_t group, above;
} changeset_part;

/* Units this large, and remainders a few units off, fit in 64 bits. */
#define CHANGESET_DIVISOR_MAX 1000000

typedef struct changeset_settling {
  size_t rows, count; /* levels besides the rows */
  remit_groups levels[REMIT_KEYS_MAX + 1]; /* level 0 has one group */
  int64_t unit;            /* what makes one in a rounded figure: REMIT_ONE times a divisor */
  double one_in;           /* 1 / unit, nearly */
  changeset_exact *exact;  /* by row; the caller's to fill */
  changeset_exact *figure; /* by group of a level, then signs turned where the group above is below zero */
  changeset_exact *above;  /* rounded, by group of the level above */
  changeset_exact *left;   /* units still to give, by group above */
  bool *turned; /* by group above */
  changeset_part *parts;
} changeset_settling;

/* With rows, levels and unit set; released either way, with the levels. */
remit_status changeset_settling_room(changeset_settling *settling, remit_error *err);
void changeset_settling_release(changeset_settling *settling);

/* The rounded figure of each row, of one at least, from `exact`. */
void changeset_settle(changeset_settling *settling, int64_t *values);

#endif
