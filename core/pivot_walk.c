/* SPDX-License-Identifier: Apache-2.0
 * pivot_walk: the fold where each key's column has keys beside each other only, and no key has lists. Cells are taken in the order in which
 * the result shows them: by the members of one column in the order of its keys' codes, missing last, then by those of the next. So a
 * group is a run of cells, and each level is made of the runs of the finer one.
 */
#include <string.h>

#include "memory.h"
#include "pivot_entries.h"

typedef struct walk {
  pivot_entries entries; /* whose numbers become those of the groups of the level in hand: made of the places up to its last key */
  const pivot_plan *plan;
  pivot_fold *fold;
  size_t keys;
  uint32_t *start; /* of each finest group: its first entry, and past the last one how many those are; NULL where each entry is a group */
  uint32_t *first; /* of each place of a digit: the first one of its group; scratch */
} walk;

/* ---- Groups ---- */

/* By the keys of a digit up to `key`. */
static void find_firsts(const pivot_members *digit, size_t key, uint32_t *restrict first)
{
  first[0] = 0;
  for (size_t i = 1; i < digit->size; i++)
    first[i] = digit->step[i] <= key ? (uint32_t)i : first[i - 1];
}

/* Runs of `count` numbers with the same digits before the last one, which goes; or with `first`, which its places become. start[r] is where one
 * begins, start[runs] is `count`; numbers become those of the runs; `place` gets the last digit of each. */
static size_t find_runs(uint64_t *restrict number, size_t count, pivot_divisor radix, const uint32_t *restrict first, uint32_t *restrict place,
                        uint32_t *restrict start)
{
  uint64_t before = UINT64_MAX;
  size_t runs = 0;
  start[0] = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t outer = pivot_quotient(number[i], radix), last = number[i] - outer * radix.number;
    uint64_t run = first != NULL ? number[i] - last + first[last] : outer;
    place[i] = (uint32_t)last;
    runs += run != before;
    before = number[runs - 1] = run;
    start[runs] = (uint32_t)i + 1;
  }
  return runs;
}

/* Entries of the same finest group stand beside each other where members of the last digit are merged. */
static remit_status find_finest(walk *w, pivot_level *finest, remit_error *err)
{
  pivot_entries *entries = &w->entries;
  const size_t last = w->plan->digit_count - 1;
  finest->groups = entries->entries;
  if (!pivot_members_merge(&entries->digits[last], w->plan))
    return REMIT_OK;
  uint32_t *place = remit_allocate(entries->entries, sizeof *place);
  w->start = remit_allocate(entries->entries + 1, sizeof *w->start);
  if (place != NULL && w->start != NULL) {
    find_firsts(&entries->digits[last], w->keys - 1, w->first);
    finest->groups = find_runs(entries->number, entries->entries, entries->radix[last], w->first, place, w->start);
  }
  remit_release(place);
  return place != NULL && w->start != NULL ? REMIT_OK : remit_no_memory(err);
}

static void look_up(const uint32_t *restrict found, size_t count, uint32_t *restrict codes)
{
  for (size_t i = 0; i < count; i++)
    codes[i] = found[codes[i]];
}

/* Of groups, from their places in the key's digit. */
static void read_codes(const pivot_key *key, const pivot_members *digit, size_t count, uint32_t *code)
{
  if (digit->value != NULL)
    look_up(digit->value, count, code);
  if (key->fold != NULL)
    look_up(key->fold, count, code);
}

static remit_status name_parents(pivot_level *level, const uint32_t *first, size_t parents, remit_error *err)
{
  level->parent = remit_allocate(level->groups, sizeof *level->parent);
  if (level->parent == NULL)
    return remit_no_memory(err);
  for (size_t p = 0; p < parents; p++)
    for (size_t g = first[p]; g < first[p + 1]; g++)
      level->parent[g] = (uint32_t)p;
  return REMIT_OK;
}

/* Names the groups of a level, and finds those of the level above. */
static remit_status name_groups(walk *w, size_t at, remit_error *err)
{
  pivot_level *level = &w->fold->levels[at], *above = level - 1;
  const pivot_key *key = &w->plan->keys[at - 1];
  const pivot_members *digit = &w->entries.digits[key->digit];
  const bool same_digit = at - 1 > digit->first;
  uint32_t *code = level->code = remit_allocate(level->groups, sizeof *code);
  uint32_t *start = above->start = remit_allocate(level->groups + 2, sizeof *start);
  if (code == NULL || start == NULL)
    return remit_no_memory(err);
  if (same_digit)
    find_firsts(digit, at - 2, w->first);
  above->groups = find_runs(w->entries.number, level->groups, w->entries.radix[key->digit], same_digit ? w->first : NULL, code, start);
  read_codes(key, digit, level->groups, code);
  if (at == 1) { /* also of nothing */
    above->groups = 1;
    start[1] = (uint32_t)level->groups;
  }
  remit_status status = pivot_keeps_order(w->plan) ? REMIT_OK : name_parents(level, start, above->groups, err);
  if (level->start != NULL)
    look_up(level->start, above->groups + 1, start);
  return status;
}

/* ---- Figures ---- */

/* Sums that may leave 64 bits are checked level by level, and distinct codes do not add up. */
static bool adds_up(const pivot_measure *measure)
{
  return measure->how != REMIT_DISTINCT && !measure->wide;
}

static void add_cells(const walk *w, pivot_reading sum, size_t groups, int64_t *restrict out)
{
  const uint32_t *restrict cell = w->entries.cell, *restrict start = w->start;
  if (start == NULL) {
    for (size_t g = 0; g < groups; g++)
      out[g] = pivot_figure(sum, cell[g]);
    return;
  }
  for (size_t g = 0; g < groups; g++) {
    out[g] = 0;
    for (size_t e = start[g]; e < start[g + 1]; e++)
      out[g] += pivot_figure(sum, cell[e]);
  }
}

/* What comes before each finest group, and past the last one. Sums go around at 64 bits, and differences come back. */
static void add_before(const int64_t *restrict figures, size_t count, uint64_t *restrict before)
{
  uint64_t sum = 0;
  for (size_t g = 0; g < count; g++) {
    before[g] = sum;
    sum += (uint64_t)figures[g];
  }
  before[count] = sum;
}

static void add_groups(const uint32_t *restrict start, size_t groups, const uint64_t *restrict before, int64_t *restrict out)
{
  for (size_t g = 0; g < groups; g++)
    out[g] = (int64_t)(before[start[g + 1]] - before[start[g]]);
}

static remit_status add_levels(const walk *w, size_t m, remit_error *err)
{
  const pivot_level *finest = &w->fold->levels[w->keys];
  uint64_t *before = remit_allocate(finest->groups + 1, sizeof *before);
  remit_status status = before != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK)
    add_before(finest->figures[m], finest->groups, before);
  for (size_t at = w->keys; at-- > 0 && status == REMIT_OK;) {
    pivot_level *level = &w->fold->levels[at];
    if (!pivot_is_wanted(w->plan, at, m))
      continue;
    level->figures[m] = remit_allocate(level->groups, sizeof *level->figures[m]);
    if (level->figures[m] != NULL)
      add_groups(level->start, level->groups, before, level->figures[m]);
    else
      status = remit_no_memory(err);
  }
  remit_release(before);
  return status;
}

static remit_status add_measure(const walk *w, size_t m, remit_error *err)
{
  pivot_level *finest = &w->fold->levels[w->keys];
  int64_t *out = finest->figures[m] = remit_allocate(finest->groups, sizeof *out);
  if (out == NULL)
    return remit_no_memory(err);
  add_cells(w, pivot_read_measure(w->entries.cells, w->plan, m), finest->groups, out);
  bool finest_alone = !w->plan->pivot->totals && m != w->plan->sort;
  return finest_alone ? REMIT_OK : add_levels(w, m, err);
}

static size_t entry_of(const walk *w, const pivot_level *level, size_t group)
{
  size_t finest = level->start != NULL ? level->start[group] : group;
  return w->start != NULL ? w->start[finest] : finest;
}

/* The level's entries in order of cells, for what is added up entry by entry. */
static remit_status list_entries(const walk *w, pivot_level *level, remit_error *err)
{
  const pivot_cells *cells = w->entries.cells;
  uint32_t *group = remit_allocate(cells->count, sizeof *group);
  remit_status status = pivot_allocate_entries(level, w->entries.entries, err);
  if (group == NULL || status != REMIT_OK) {
    remit_release(group);
    return remit_no_memory(err);
  }
  for (size_t g = 0; g < level->groups; g++)
    for (size_t e = entry_of(w, level, g), end = entry_of(w, level, g + 1); e < end; e++)
      group[w->entries.cell[e]] = (uint32_t)g;
  for (size_t c = 0, e = 0; e < w->entries.entries; c++)
    if (cells->rows[c] != 0) {
      level->cell[e] = (uint32_t)c;
      level->group[e++] = group[c];
    }
  remit_release(group);
  return REMIT_OK;
}

static void forget_entries(pivot_level *level)
{
  remit_release(level->cell);
  remit_release(level->group);
  level->cell = level->group = NULL;
}

/* What does not add up, level by level. */
static remit_status fold_level(const walk *w, size_t at, remit_error *err)
{
  pivot_level *level = &w->fold->levels[at];
  const bool others = at == w->keys && w->plan->pivot->top != 0; /* they are made of these entries */
  remit_status status = others ? list_entries(w, level, err) : REMIT_OK;
  for (size_t m = 0; m < w->plan->pivot->measure_count && status == REMIT_OK; m++) {
    if (adds_up(&w->plan->measures[m]) || !pivot_is_wanted(w->plan, at, m))
      continue;
    if (level->cell == NULL)
      status = list_entries(w, level, err);
    if (status == REMIT_OK)
      status = pivot_fold_measure(level, w->plan, w->entries.cells, m, err);
  }
  if (!others)
    forget_entries(level);
  return status;
}

/* ---- All of it ---- */

static remit_status make_levels(walk *w, remit_error *err)
{
  remit_status status = find_finest(w, &w->fold->levels[w->keys], err);
  for (size_t at = w->keys; at > 0 && status == REMIT_OK; at--)
    status = name_groups(w, at, err);
  for (size_t m = 0; m < w->plan->pivot->measure_count && status == REMIT_OK; m++)
    if (adds_up(&w->plan->measures[m]))
      status = add_measure(w, m, err);
  for (size_t at = w->keys + 1; at-- > 0 && status == REMIT_OK;)
    status = fold_level(w, at, err);
  return status;
}

static remit_status order_digits(walk *w, bool *ordered, remit_error *err)
{
  size_t most = 1;
  remit_status status = REMIT_OK;
  *ordered = true;
  for (size_t d = 0; d < w->plan->digit_count && status == REMIT_OK; d++) {
    pivot_members *digit = &w->entries.digits[d];
    status = pivot_members_init(digit, w->plan, d, err);
    *ordered = status == REMIT_OK && *ordered && (d + 1 == w->plan->digit_count || !pivot_members_merge(digit, w->plan));
    most = digit->size > most ? digit->size : most;
  }
  w->first = remit_allocate(most, sizeof *w->first);
  return w->first != NULL ? status : remit_no_memory(err);
}

static remit_status run(walk *w, bool *walked, remit_error *err)
{
  remit_status status = order_digits(w, walked, err);
  if (status == REMIT_OK && *walked && w->plan->pivot->top != 0) /* the others are added up entry by entry */
    status = pivot_cells_settle(w->entries.cells, w->plan, err);
  if (status == REMIT_OK && *walked)
    status = pivot_entries_list(&w->entries, walked, err);
  if (status == REMIT_OK && *walked)
    status = make_levels(w, err);
  w->fold->in_order = *walked;
  return status;
}

remit_status pivot_walk(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, bool *walked, remit_error *err)
{
  *walked = false;
  if (!pivot_members_rule(plan))
    return REMIT_OK;
  walk w = { .entries = { .plan = plan, .cells = cells }, .plan = plan, .fold = fold, .keys = plan->pivot->by_count };
  remit_status status = run(&w, walked, err);
  for (size_t d = 0; d < plan->digit_count; d++)
    pivot_members_release(&w.entries.digits[d]);
  remit_release(w.entries.cell);
  remit_release(w.entries.number);
  remit_release(w.start);
  remit_release(w.first);
  return status;
}
