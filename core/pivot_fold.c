/* SPDX-License-Identifier: Apache-2.0
 * pivot_fold: cells into groups, a level a key. A group is its parent and one more code, so the levels are also the subtotals. Figures of
 * every level are added up from the cells: right for lists too, where a row counts in several groups. Most questions are folded by pivot_walk.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

#define ENTRIES_MAX (1u << 27)

remit_status pivot_allocate_entries(pivot_level *level, size_t entries, remit_error *err)
{
  level->entries = entries;
  level->cell = remit_allocate(entries, sizeof *level->cell);
  level->group = remit_allocate_zero(entries, sizeof *level->group);
  return level->cell != NULL && level->group != NULL ? REMIT_OK : remit_no_memory(err);
}

/* The grand total: every cell that has rows. */
static remit_status start(pivot_level *level, const pivot_cells *cells, remit_error *err)
{
  size_t occupied = 0;
  for (size_t c = 0; c < cells->count; c++)
    occupied += cells->rows[c] != 0;
  level->groups = 1;
  remit_status status = pivot_allocate_entries(level, occupied, err);
  for (size_t c = 0, e = 0; e < occupied && status == REMIT_OK; c++)
    if (cells->rows[c] != 0)
      level->cell[e++] = (uint32_t)c;
  return status;
}

static uint32_t code_of(const pivot_plan *plan, const pivot_cells *cells, const pivot_key *key, size_t cell)
{
  size_t value = pivot_cell_digit(plan, cells, cell, key->digit);
  return key->fold != NULL ? key->fold[value] : (uint32_t)value;
}

static size_t items_of(const pivot_key *key, uint32_t code)
{
  return key->lists.items != NULL ? key->lists.first[code + 1] - key->lists.first[code] : 1;
}

/* Lists multiply: known before anything is allocated. */
static remit_status check_entries(const pivot_plan *plan, const pivot_cells *cells, const pivot_level *first, remit_error *err)
{
  size_t total = 0;
  for (size_t e = 0; e < first->entries; e++) {
    size_t product = 1;
    for (size_t k = 0; k < plan->pivot->by_count && product <= ENTRIES_MAX; k++)
      product *= items_of(&plan->keys[k], code_of(plan, cells, &plan->keys[k], first->cell[e]));
    total += product;
    if (total > ENTRIES_MAX)
      return remit_fail(err, REMIT_ELIMIT, "the lists that are grouped by make more than %u combinations", ENTRIES_MAX);
  }
  return REMIT_OK;
}

static bool has_lists(const pivot_plan *plan)
{
  for (size_t k = 0; k < plan->pivot->by_count; k++)
    if (plan->keys[k].lists.items != NULL)
      return true;
  return false;
}

void pivot_read_digit(const pivot_plan *plan, const pivot_cells *cells, size_t digit, const uint32_t *cell, size_t count, uint32_t *values)
{
  const pivot_digit *read = &plan->digits[digit];
  if (plan->stage_count > 1 || plan->stage_size[0] > UINT32_MAX) {
    for (size_t i = 0; i < count; i++)
      values[i] = (uint32_t)pivot_cell_digit(plan, cells, cell[i], digit);
    return;
  }
  pivot_divisor stride = pivot_divisor_of(read->stride), size = pivot_divisor_of(read->size);
  const uint64_t *keys = plan->dense ? NULL : cells->stages[0].keys;
  for (size_t i = 0; i < count; i++)
    values[i] = (uint32_t)pivot_quotient(keys != NULL ? (uint32_t)keys[cell[i]] : cell[i], stride);
  for (size_t i = 0; i < count && digit != 0; i++)
    values[i] -= (uint32_t)pivot_quotient(values[i], size) * size.number;
}

void pivot_read_codes(const pivot_plan *plan, const pivot_cells *cells, const pivot_key *key, const uint32_t *cell, size_t count,
                      uint32_t *codes)
{
  pivot_read_digit(plan, cells, key->digit, cell, count, codes);
  if (key->fold != NULL)
    for (size_t i = 0; i < count; i++)
      codes[i] = key->fold[codes[i]];
}

/* Each entry of the level above, once an item: `codes`, of lists at first, become items, and the entry's own group is its parent yet. */
static remit_status expand(pivot_level *level, const pivot_level *above, uint32_t **codes, const pivot_key *key, remit_error *err)
{
  size_t entries = 0;
  for (size_t e = 0; e < above->entries; e++)
    entries += items_of(key, (*codes)[e]);
  remit_status status = pivot_allocate_entries(level, entries, err);
  uint32_t *items = remit_allocate(entries, sizeof *items);
  if (status != REMIT_OK || items == NULL) {
    remit_release(items);
    return remit_no_memory(err);
  }
  for (size_t e = 0, to = 0; e < above->entries; e++)
    for (size_t i = 0, count = items_of(key, (*codes)[e]); i < count; i++, to++) {
      level->cell[to] = above->cell[e];
      level->group[to] = above->group[e];
      items[to] = key->lists.codes[key->lists.first[(*codes)[e]] + i];
    }
  remit_release(*codes);
  *codes = items;
  return REMIT_OK;
}

/* Without lists a level has the entries of the one above, whose figures are added up already. */
static void move_entries(pivot_level *level, pivot_level *above)
{
  level->entries = above->entries;
  level->cell = above->cell;
  level->group = above->group;
  above->cell = above->group = NULL;
}

static remit_status name_groups(pivot_level *level, const pivot_numbers *numbers, uint64_t size, remit_error *err)
{
  level->groups = numbers->count;
  level->parent = remit_allocate(numbers->count, sizeof *level->parent);
  level->code = remit_allocate(numbers->count, sizeof *level->code);
  if (level->parent == NULL || level->code == NULL)
    return remit_no_memory(err);
  for (size_t g = 0; g < numbers->count; g++) {
    level->parent[g] = (uint32_t)(numbers->keys[g] / size);
    level->code[g] = (uint32_t)(numbers->keys[g] % size);
  }
  return REMIT_OK;
}

/* Numbers the pairs of parent and code, in place of the parents. */
static remit_status number_groups(pivot_level *level, const uint32_t *items, uint64_t size, remit_error *err)
{
  pivot_numbers numbers = { 0 };
  remit_status status = REMIT_OK;
  for (size_t first = 0; first < level->entries && status == REMIT_OK; first += REMIT_BLOCK) {
    size_t count = level->entries - first < REMIT_BLOCK ? level->entries - first : REMIT_BLOCK;
    uint64_t pairs[REMIT_BLOCK];
    for (size_t i = 0; i < count; i++)
      pairs[i] = level->group[first + i] * size + items[first + i];
    status = pivot_number(&numbers, pairs, level->group + first, count, err);
  }
  if (status == REMIT_OK)
    status = name_groups(level, &numbers, size, err);
  pivot_numbers_release(&numbers);
  return status;
}

static remit_status deepen(pivot_level *level, pivot_level *above, const pivot_plan *plan, const pivot_cells *cells,
                           const pivot_key *key, remit_error *err)
{
  uint32_t *codes = remit_allocate(above->entries, sizeof *codes);
  if (codes == NULL)
    return remit_no_memory(err);
  pivot_read_codes(plan, cells, key, above->cell, above->entries, codes);
  remit_status status = REMIT_OK;
  if (key->lists.items != NULL)
    status = expand(level, above, &codes, key, err);
  else
    move_entries(level, above);
  if (status == REMIT_OK)
    status = number_groups(level, codes, remit_dictionary_size(key->dictionary), err);
  remit_release(codes);
  return status;
}

static remit_status add_wide(const pivot_wide *sum, const pivot_level *level, int64_t *out, const char *name, remit_error *err)
{
  pivot_wide *exact = remit_allocate_zero(level->groups, sizeof *exact);
  if (exact == NULL)
    return remit_no_memory(err);
  for (size_t e = 0; e < level->entries; e++)
    exact[level->group[e]] += sum[level->cell[e]];
  remit_status status = REMIT_OK;
  for (size_t g = 0; g < level->groups && status == REMIT_OK; g++) {
    if (exact[g] < -INT64_MAX || exact[g] > INT64_MAX)
      status = remit_fail(err, REMIT_EOVERFLOW, "a sum of '%s' is past 64 bits", name);
    out[g] = (int64_t)exact[g];
  }
  remit_release(exact);
  return status;
}

static void add(const int64_t *sum, const pivot_level *level, int64_t *out)
{
  for (size_t e = 0; e < level->entries; e++)
    out[level->group[e]] += sum[level->cell[e]];
}

remit_status pivot_fold_measure(pivot_level *level, const pivot_plan *plan, const pivot_cells *cells, size_t m, remit_error *err)
{
  const pivot_measure *measure = &plan->measures[m];
  const pivot_tally *tally = &cells->tallies[m];
  int64_t *out = level->figures[m] = remit_allocate_zero(level->groups, sizeof *out);
  if (out == NULL)
    return remit_no_memory(err);
  if (measure->how == REMIT_DISTINCT)
    return pivot_pairs_count(&tally->pairs, cells->count, level, out, err);
  if (measure->wide)
    return add_wide(tally->wide, level, out, measure->name, err);
  add(tally->sum != NULL ? tally->sum : cells->rows, level, out);
  return REMIT_OK;
}

bool pivot_is_wanted(const pivot_plan *plan, size_t level, size_t m)
{
  const remit_pivot *pivot = plan->pivot;
  bool sorts = m == plan->sort && level != 0 && pivot->top == 0;
  return level == pivot->by_count || pivot->totals || sorts;
}

static remit_status fold_level(pivot_fold *fold, const pivot_plan *plan, const pivot_cells *cells, size_t at, remit_error *err)
{
  remit_status status = REMIT_OK;
  if (at != 0)
    status = deepen(&fold->levels[at], &fold->levels[at - 1], plan, cells, &plan->keys[at - 1], err);
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    if (pivot_is_wanted(plan, at, m))
      status = pivot_fold_measure(&fold->levels[at], plan, cells, m, err);
  return status;
}

remit_status pivot_fold_cells(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, remit_error *err)
{
  bool walked;
  remit_status status = pivot_walk(fold, plan, cells, &walked, err);
  if (walked || status != REMIT_OK)
    return status;
  status = pivot_cells_settle(cells, plan, err);
  if (status == REMIT_OK)
    status = start(&fold->levels[0], cells, err);
  if (status == REMIT_OK && has_lists(plan))
    status = check_entries(plan, cells, &fold->levels[0], err);
  for (size_t at = 0; at <= plan->pivot->by_count && status == REMIT_OK; at++)
    status = fold_level(fold, plan, cells, at, err);
  return status;
}

remit_status pivot_fold_others(pivot_fold *fold, const pivot_plan *plan, const pivot_cells *cells, const uint8_t *beyond, remit_error *err)
{
  const pivot_level *finest = &fold->levels[plan->pivot->by_count];
  pivot_level *others = &fold->others;
  others->groups = 1;
  remit_status status = pivot_allocate_entries(others, finest->entries, err);
  if (status != REMIT_OK)
    return status;
  size_t entries = 0;
  for (size_t e = 0; e < finest->entries; e++) {
    bool again = entries != 0 && others->cell[entries - 1] == finest->cell[e];
    if (beyond[finest->group[e]] && !again)
      others->cell[entries++] = finest->cell[e];
  }
  others->entries = entries;
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    status = pivot_fold_measure(others, plan, cells, m, err);
  return status;
}

static void release_level(pivot_level *level, size_t measures)
{
  remit_release(level->cell);
  remit_release(level->group);
  remit_release(level->parent);
  remit_release(level->code);
  remit_release(level->start);
  for (size_t m = 0; m < measures; m++)
    remit_release(level->figures[m]);
}

void pivot_fold_release(pivot_fold *fold, const pivot_plan *plan)
{
  for (size_t at = 0; at <= plan->pivot->by_count; at++)
    release_level(&fold->levels[at], plan->pivot->measure_count);
  release_level(&fold->others, plan->pivot->measure_count);
}
