/* SPDX-License-Identifier: Apache-2.0
 * pivot_entries: the cells that have rows, in the order of the result. Internal to core/pivot_entries.c and pivot_walk.c
 */
#ifndef REMIT_PIVOT_ENTRIES_H
#define REMIT_PIVOT_ENTRIES_H

#include "pivot_members.h"

typedef struct pivot_entries {
  const pivot_plan *plan;
  pivot_cells *cells;
  pivot_members digits[REMIT_KEYS_MAX];
  pivot_divisor radix[REMIT_KEYS_MAX]; /* places of a digit, in `number` */
  size_t entries;
  uint32_t *cell;
  uint64_t *number; /* made of the digits' places, the first one highest: below 2^32, or of bits */
} pivot_entries;

/* Lists the cells that have rows: `entries`, `cell` and `number`. False in `*listed` when numbers would be too large. */
remit_status pivot_entries_list(pivot_entries *w, bool *listed, remit_error *err);

#endif
