/* SPDX-License-Identifier: Apache-2.0
 * pivot_entries: the cells that have rows, in the order of the result. Internal to core/pivot_entries.c and pivot_walk.c
 */
#ifndef REMIT_PIVOT_ENTRIES_H
#define REMIT_PIVOT_ENTRIES_H

#include "pivot_internal.h"

/* The values of a digit in the order of its keys. */
typedef struct pivot_members {
  uint32_t *value;    /* by place */
  uint8_t *step;      /* by place: the first key that differs from the place before; the number of keys when none does */
  size_t size;        /* places */
  size_t first, end;  /* keys */
  unsigned shift;     /* of the place within a rank */
  uint64_t mask;      /* of the place, once it is shifted */
} pivot_members;

/* Cells that have rows, in order. */
typedef struct pivot_entries {
  const pivot_plan *plan;
  pivot_cells *cells;
  pivot_members digits[REMIT_KEYS_MAX];
  unsigned rank_bits;
  size_t entries;
  uint32_t *cell;
  uint32_t *code;  /* of the last key */
  uint8_t *change; /* the first key that differs from the entry before */
  uint64_t *rank;  /* digits' places, the first one highest; NULL where order was found without */
  bool merged;     /* several entries may be a finest group */
  uint32_t *start; /* of each group of the level in hand: its first entry; unused where each entry is a group */
} pivot_entries;

static inline uint32_t pivot_code_of(const pivot_key *key, uint32_t value)
{
  return key->fold != NULL ? key->fold[value] : value;
}

/* Lists the cells that have rows: `entries`, `cell`, `code` and `change`, and perhaps `rank`. */
remit_status pivot_entries_list(pivot_entries *w, remit_error *err);
/* The codes of a key in some entries, where there are ranks; `entry` may be NULL: in all of them. */
void pivot_entries_codes(const pivot_entries *w, const pivot_key *key, const uint32_t *entry, size_t count, uint32_t *codes);

#endif
