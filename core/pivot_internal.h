/* SPDX-License-Identifier: Apache-2.0
 * pivot_internal: the stages of a pivot. Internal to core/pivot*.c.
 *
 *   plan      which columns the scan reads, and how their codes make one number a row
 *   scan      rows into cells: a cell is one combination of members
 *   fold      cells into groups of the keys asked for, one level a key
 *   result    groups in order, as a table
 */
#ifndef REMIT_PIVOT_INTERNAL_H
#define REMIT_PIVOT_INTERNAL_H

#include "remit/pivot.h"

__extension__ typedef __int128 pivot_wide;

/* Division by the same number again and again: a multiplication by its inverse, exact for 32 bits, and by a power of two for 64. */
__extension__ typedef unsigned __int128 pivot_product;

typedef struct pivot_divisor {
  uint64_t inverse; /* 2^64 / number, rounded up; 0 for 1 */
  uint32_t number;
} pivot_divisor;

static inline pivot_divisor pivot_divisor_of(uint64_t number)
{
  return (pivot_divisor){ number > 1 ? UINT64_MAX / number + 1 : 0, (uint32_t)number };
}

static inline uint64_t pivot_quotient(uint64_t value, pivot_divisor by)
{
  return by.inverse != 0 ? (uint64_t)((pivot_product)value * by.inverse >> 64) : value;
}

/* Different 64-bit keys, numbered from 0 in order of appearance: an open-addressed table, at most half full. */
typedef struct pivot_slot {
  uint64_t key;
  uint32_t next; /* the key's number + 1; 0: free */
} pivot_slot;

typedef struct pivot_numbers {
  uint64_t *keys; /* by number */
  size_t count, room;
  pivot_slot *slots; /* hashed */
  size_t mask;
  uint64_t *seen;   /* or where keys are few: a bit for each of them, and */
  uint16_t *number; /* that of each one seen */
} pivot_numbers;

/* numbers[i] = the number of keys[i], for at most REMIT_BLOCK keys. REMIT_ELIMIT past REMIT_CODE_MAX different ones. */
remit_status pivot_number(pivot_numbers *numbers, const uint64_t *keys, uint32_t *out, size_t count, remit_error *err);
/* The same in place, for keys below `space`, which is at most PIVOT_SPACE_MAX: quicker than by hashing, and not to be mixed with it. `keys` is
 * made by pivot_number_keys. */
#define PIVOT_SPACE_MAX 65536
remit_status pivot_number_few(pivot_numbers *numbers, size_t space, uint32_t *keys, size_t count, remit_error *err);
remit_status pivot_number_keys(pivot_numbers *numbers, size_t space, remit_error *err);
void pivot_numbers_release(pivot_numbers *numbers);

/* Stable, by key. `spare` has room for as many; returns which of the two has the sorted ones. */
typedef struct pivot_item {
  uint64_t key;
  uint32_t number;
} pivot_item;

pivot_item *pivot_sort_items(pivot_item *items, pivot_item *spare, size_t count);

/* One column that the scan reads. A cell's number has a digit for each. */
typedef struct pivot_digit {
  const remit_column *column; /* borrowed */
  uint32_t *map;              /* from the column's codes to values of the digit; NULL: the codes as they are */
  size_t size;                /* values are below this */
  uint64_t stride;            /* within its stage */
} pivot_digit;

/* The items of a dictionary of lists: those of code c are codes[first[c]] up to codes[first[c + 1]]. */
typedef struct pivot_lists {
  remit_dictionary *items; /* NULL: plain labels */
  size_t *first;
  uint32_t *codes;
} pivot_lists;

remit_status pivot_lists_init(pivot_lists *lists, const remit_dictionary *dictionary, remit_error *err);
void pivot_lists_release(pivot_lists *lists);

/* One of `by`. */
typedef struct pivot_key {
  const char *name;
  remit_path path;
  size_t digit;
  uint32_t *fold; /* from values of the digit to codes of path.target; NULL: the same */
  pivot_lists lists;
  const remit_dictionary *dictionary; /* of the result's column */
} pivot_key;

typedef struct pivot_measure {
  const char *name;
  remit_aggregate how;
  const remit_column *column; /* NULL: rows */
  const remit_selection *where;
  remit_unit unit;
  bool wide; /* sums may leave 64 bits on the way */
} pivot_measure;

/* Nothing but what every cell has anyway. */
static inline bool pivot_counts_rows(const pivot_measure *measure)
{
  return measure->how == REMIT_ROWS && measure->where == NULL;
}

typedef struct pivot_plan {
  const remit_pivot *pivot;
  bool whole_lists; /* group by lists as they stand, not by their items */
  size_t rows;
  pivot_key keys[REMIT_KEYS_MAX];
  pivot_digit digits[REMIT_KEYS_MAX];
  size_t digit_count;
  /* Digits stage_end[s - 1] to stage_end[s], with the number that stage s - 1 gave, make the key of stage s. One stage nearly always. */
  size_t stage_end[REMIT_KEYS_MAX];
  uint64_t stage_size[REMIT_KEYS_MAX];
  size_t stage_count;
  bool dense;
  bool ordered; /* values of digits stand in the order of the result, a group each: see pivot_members.h */
  pivot_measure measures[REMIT_MEASURES_MAX];
  size_t sort; /* a measure, or SIZE_MAX */
} pivot_plan;

remit_status pivot_plan_init(pivot_plan *plan, const remit_table *table, const remit_pivot *pivot, remit_error *err);
void pivot_plan_release(pivot_plan *plan);

/* Chooses how digits become cells: dense, or hashed in one or more stages; maps members to attributes first where that is smaller. */
remit_status pivot_plan_cells(pivot_plan *plan, remit_error *err);

/* Pairs of a cell and a code that occurs in it, for REMIT_DISTINCT: by code once the scan is over; a pair may occur twice. */
typedef struct pivot_pairs {
  uint32_t *cell, *code;
  size_t count, room;
  uint32_t *last; /* per cell: the code of its latest pair */
} pivot_pairs;

remit_status pivot_pairs_add(pivot_pairs *pairs, const uint32_t *cell, const uint32_t *code, size_t count, remit_error *err);
remit_status pivot_pairs_sort(pivot_pairs *pairs, const remit_column *column, remit_error *err);
void pivot_pairs_release(pivot_pairs *pairs);

/* One measure in every cell: sums, or pairs. Rows without a selection of their own are pivot_cells.rows and nothing here. */
typedef struct pivot_tally {
  int64_t *sum;
  pivot_wide *wide;
  pivot_pairs pairs;
} pivot_tally;

/* Sums as the scan left them: several beside each other for a cell, one of which counts its rows above its `shift` lower bits. Where no
 * measure counts rows, it may be a figure instead that is above 0 wherever there are some. */
typedef struct pivot_raw {
  uint64_t *sums; /* NULL: they are taken out */
  size_t step;
  size_t rows;
  unsigned shift; /* 0: nothing but the count */
  size_t sum[REMIT_MEASURES_MAX];
} pivot_raw;

typedef struct pivot_cells {
  size_t count, room;
  pivot_raw raw; /* instead of `rows` and `tallies`, until pivot_cells_settle */
  int64_t *rows; /* or what stands for them: see pivot_raw */
  pivot_tally tallies[REMIT_MEASURES_MAX];
  pivot_numbers stages[REMIT_KEYS_MAX]; /* unused when dense */
} pivot_cells;

remit_status pivot_scan(pivot_cells *cells, const pivot_plan *plan, remit_error *err);
/* Takes the sums out, if they are not yet. Reading many cells once is quicker from `raw`. */
remit_status pivot_cells_settle(pivot_cells *cells, const pivot_plan *plan, remit_error *err);
void pivot_cells_release(pivot_cells *cells, const pivot_plan *plan);

/* How one figure of each cell is read, settled or not. */
typedef struct pivot_reading {
  const uint64_t *sums;
  size_t step;
  bool counts;    /* above `shift` bits; else below them */
  unsigned shift; /* all bits: 0 above, 64 below */
  uint64_t half;
} pivot_reading;

pivot_reading pivot_read_rows_of(const pivot_cells *cells);
pivot_reading pivot_read_measure(const pivot_cells *cells, const pivot_plan *plan, size_t m);

static inline int64_t pivot_figure(pivot_reading reading, size_t cell)
{
  uint64_t sum = reading.sums[cell * reading.step];
  return reading.counts ? (int64_t)((sum + reading.half) >> reading.shift) : (int64_t)(sum << (64 - reading.shift)) >> (64 - reading.shift);
}

/* The value of a digit in a cell. */
size_t pivot_cell_digit(const pivot_plan *plan, const pivot_cells *cells, size_t cell, size_t digit);

/* Groups of the first so many keys. An entry says that a cell counts in a group; entries are in order of cells, and a cell counts once in
 * a group. */
typedef struct pivot_level {
  size_t entries;
  uint32_t *cell, *group; /* gone once the next level is made of them */
  size_t groups;
  uint32_t *code;          /* per group: its code of the last key; NULL for a level without keys */
  uint32_t *parent;        /* per group: its group one level up; NULL for a level without keys, and where all levels are shown in order */
  uint32_t *start;         /* per group: its first finest group, and past the last one how many those are; NULL unless in order, and of the
                              finest level */
  int64_t *figures[REMIT_MEASURES_MAX]; /* per group; NULL when nothing asks for them */
} pivot_level;

/* Whether all groups are shown, by their codes. */
static inline bool pivot_keeps_order(const pivot_plan *plan)
{
  return plan->sort == SIZE_MAX && plan->pivot->top == 0;
}

/* levels[0] to levels[by_count], and the others beyond `top`. */
typedef struct pivot_fold {
  bool in_order; /* groups of each level stand by their parents, then codes, missing last */
  pivot_level levels[REMIT_KEYS_MAX + 1];
  pivot_level others;
} pivot_fold;

/* The codes of a key, or the values of a digit, in some cells. `codes` may be `cell`. */
void pivot_read_digit(const pivot_plan *plan, const pivot_cells *cells, size_t digit, const uint32_t *cell, size_t count, uint32_t *values);
void pivot_read_codes(const pivot_plan *plan, const pivot_cells *cells, const pivot_key *key, const uint32_t *cell, size_t count,
                      uint32_t *codes);

/* Whether the result or its order needs a measure's figures at a level. */
bool pivot_is_wanted(const pivot_plan *plan, size_t level, size_t m);
remit_status pivot_allocate_entries(pivot_level *level, size_t entries, remit_error *err);
/* The figures of one measure, from the level's entries. */
remit_status pivot_fold_measure(pivot_level *level, const pivot_plan *plan, const pivot_cells *cells, size_t m, remit_error *err);

/* As pivot_fold_cells, which calls it, for most questions; where not, `*walked` is false. */
remit_status pivot_walk(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, bool *walked, remit_error *err);

/* Cells are settled where that is needed. */
remit_status pivot_fold_cells(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, remit_error *err);
/* One group of all cells that count in a finest group g with beyond[g]. */
remit_status pivot_fold_others(pivot_fold *fold, const pivot_plan *plan, const pivot_cells *cells, const uint8_t *beyond, remit_error *err);
/* Of a plan that was made without errors. */
void pivot_fold_release(pivot_fold *fold, const pivot_plan *plan);

/* counts[g] = how many different codes the entries of group g hold; `counts` is zeroed. */
remit_status pivot_pairs_count(const pivot_pairs *pairs, size_t cells, const pivot_level *level, int64_t *counts, remit_error *err);

/* order[j] lists the groups of level j as the result shows them, subtotals aside; NULL when that is as they stand. */
typedef struct pivot_order {
  uint32_t *order[REMIT_KEYS_MAX + 1];
} pivot_order;

remit_status pivot_order_init(pivot_order *order, const pivot_plan *plan, const pivot_fold *fold, remit_error *err);
void pivot_order_release(pivot_order *order);

/* remit_pivot_run without kept sums. */
remit_status pivot_read_rows(const remit_table *table, const remit_pivot *pivot, bool whole_lists, remit_table **out, remit_error *err);

/* Answers from what is kept where it can, else from the rows; keeps the answer, and sums where they are worth it. */
remit_status pivot_kept_run(remit_kept *kept, const remit_table *table, const remit_pivot *pivot, remit_table **out, remit_error *err);

/* Answers a question of `cells`, which is a pivot's result by `keys` columns, by some of its rows as they stand. `*out` is NULL where that
 * is not the answer, or where names are wrong: a pivot says it better. */
remit_status pivot_cut(const remit_table *cells, size_t keys, const remit_pivot *pivot, remit_table **out, remit_error *err);

remit_status pivot_result(remit_table **out, const pivot_plan *plan, const pivot_cells *cells, pivot_fold *fold, remit_error *err);
/* As pivot_result, which calls it, where all groups are shown as they stand, in order. */
remit_status pivot_result_in_order(remit_table **out, const pivot_plan *plan, const pivot_fold *fold, remit_error *err);

#endif
