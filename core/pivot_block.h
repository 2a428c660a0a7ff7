/* SPDX-License-Identifier: Apache-2.0
 * pivot_block: some rows of a pivot's scan, read column by column, and what is added up of them.
 * Internal to core/pivot_*.c
 */
#ifndef REMIT_PIVOT_BLOCK_H
#define REMIT_PIVOT_BLOCK_H

#include "pivot_internal.h"

#define PIVOT_LANES_MAX (2 * REMIT_MEASURES_MAX + 2)

typedef union pivot_values {
  int32_t narrow[REMIT_BLOCK];
  int64_t wide[REMIT_BLOCK];
} pivot_values;

/* Which of eight rows are selected, by their bits: the rows' places, selected ones first. */
typedef struct pivot_places {
  uint16_t places[256][8];
  uint8_t count[256];
} pivot_places;

/* Rows [first, first + size) of the table, and which of them are selected. */
typedef struct pivot_choice {
  size_t first, size;
  size_t count;                   /* rows selected; all are when it equals `size` */
  uint16_t rows[REMIT_BLOCK + 8]; /* those selected, from `first`; nothing when all are */
  bool masked;                    /* `count` is `size`, and rows that are not selected, with a 0 here, go to spare cells */
  uint8_t mask[REMIT_BLOCK];
} pivot_choice;

typedef struct pivot_block {
  size_t first, size, count;      /* of the choice */
  const uint16_t *rows;           /* borrowed from it, as is what follows */
  const uint8_t *chosen;          /* its mask; NULL: not masked */
  uint8_t mask[REMIT_BLOCK];      /* of `mask_of`, per row of the table */
  const remit_selection *mask_of; /* NULL: of none */
  bool runs;                      /* the same cell comes many times in a row */
  bool is_small;                  /* cells are in `small`, not in `cell` */
  uint32_t cell[REMIT_BLOCK];     /* per selected row, as all below */
  uint32_t code[REMIT_BLOCK];
  uint16_t small[REMIT_BLOCK];
  uint64_t key[REMIT_BLOCK];
  pivot_values values[2];
} pivot_block;

void pivot_places_init(pivot_places *places);

/* The rows of [first, first + size) that `where` selects. `places` may be NULL: it only saves time, as do masks, where they may be. */
void pivot_choice_make(pivot_choice *choice, const remit_selection *where, const pivot_places *places, bool may_mask, size_t first, size_t size);

/* Before anything else. */
void pivot_block_init(pivot_block *b);
/* From here on the block is of these rows; `choice` must stay. */
void pivot_block_begin(pivot_block *b, const pivot_choice *choice);
/* Each row's cell, of a dense plan, in b->cell or b->small; of a hashed one always in b->cell. Spare cells come after those of the plan:
 * neighbours go to different ones, as an addition waits for the one before it. */
#define PIVOT_SPARES 64
void pivot_block_dense(pivot_block *b, const pivot_plan *plan);
/* Whether all columns of a plan's digits are of bytes; what each code of such a one adds to the cell, where attributes are looked up. */
bool pivot_plan_is_bytes(const pivot_plan *plan);
void pivot_digit_places(const pivot_digit *digit, uint16_t places[256]);
/* From here on the cells are in b->cell. */
void pivot_block_widen(pivot_block *b);
remit_status pivot_block_hashed(pivot_block *b, const pivot_plan *plan, pivot_cells *cells, remit_error *err);
/* The codes of a column; 0 where a selection leaves the row out. */
void pivot_block_codes(pivot_block *b, const remit_column *column, const remit_selection *where, uint32_t *codes);

typedef enum pivot_part { LANE_WHOLE, LANE_LOW, LANE_HIGH } pivot_part; /* of values: all of them, their 32 lower bits, or the rest */

/* One sum in each cell. */
typedef struct pivot_lane {
  const remit_column *column;   /* NULL: counts rows */
  const remit_selection *where; /* NULL: every row */
  pivot_part part;
  bool natural;                 /* no value of the column is below 0 */
  size_t few;                   /* so many values of the column add up within 32 bits */
  size_t measure;               /* whose sum this is; SIZE_MAX: of all rows */
} pivot_lane;

/* What rows are added from without a block between: see pivot_spans.c. */
typedef struct pivot_spans {
  const uint8_t *codes[REMIT_KEYS_MAX]; /* of `plain` digits first, which are multiplied by their strides; places of others are looked up */
  uint16_t strides[REMIT_KEYS_MAX];
  uint16_t places[REMIT_KEYS_MAX][256]; /* by code */
  size_t plain, digits;
  const int32_t *values[2];
  int extras[2]; /* to add to each, above 32 bits */
  bool natural;  /* none of the values is below 0 */
} pivot_spans;

/* Lanes of a cell stand beside each other, so that a row touches one cache line. `packed` also counts rows: above its `shift` lower bits. */
typedef struct pivot_lanes {
  pivot_lane lanes[PIVOT_LANES_MAX];
  size_t count, stride; /* `stride`, an even number, with a lane that is not used perhaps */
  size_t packed;        /* a lane; SIZE_MAX: none, and the first lane counts rows */
  unsigned shift;       /* 32 or more */
  size_t most;          /* rows that may be added before sums are taken out */
  size_t cells;
  bool direct;          /* `spans` may be used */
  pivot_spans spans;
  bool coupled;         /* sums are of two rows at once: see pivot_couples.c */
  size_t copies;        /* of each cell, side by side. 1 or 4: neighbours go to different ones, as an addition waits for the one before it */
} pivot_lanes;

/* `lanes` is all zeros. */
void pivot_lanes_init(pivot_lanes *lanes, const pivot_plan *plan);
/* How many sums a cell needs room for. */
size_t pivot_lanes_room(const pivot_lanes *lanes);
/* Adds a block to sums[cells x room]. */
void pivot_lanes_add(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums);
/* Adds what the sums hold to `cells`. */
void pivot_lanes_take(const pivot_lanes *lanes, const uint64_t *sums, pivot_cells *cells);

/* Adds rows [first, end) from the columns and returns how many are done, from the first on: none where blocks are better. */
size_t pivot_spans_add(const pivot_spans *spans, const pivot_lanes *lanes, size_t first, size_t end, uint64_t *sums);
/* Whether that may be called. */
bool pivot_spans_init(pivot_spans *spans, const pivot_lanes *lanes, const pivot_plan *plan);

/* Two rows in one addition, where cells are so few that each couple of them has sums of its own: see pivot_couples.c. */
#define PIVOT_COUPLE 4   /* sums of a couple: the first row's two lanes, then the second's */
#define PIVOT_COUPLED 90 /* cells, at most; more than 127 would not do */

bool pivot_couples_pay(size_t cells, const pivot_plan *plan);
/* How many sums a cell needs room for, and which of them all is the first: none may lie across cache lines. */
size_t pivot_couples_room(size_t cells);
size_t pivot_couples_first(const uint64_t *sums);
/* The sums of each cell alone, two lanes beside each other. */
void pivot_couples_part(const uint64_t *sums, size_t cells, uint64_t *parted);

#endif
