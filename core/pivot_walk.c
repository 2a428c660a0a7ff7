/* SPDX-License-Identifier: Apache-2.0
 * pivot_walk: the fold where each key's column has keys beside each other only, and no key has lists. Cells are taken in the order in which
 * the result shows them: by the members of one column in the order of its keys' codes, missing last, then by those of the next. So a
 * group is a run of cells, and each level is made of the runs of the finer one.
 */
#include <string.h>

#include "memory.h"
#include "pivot_entries.h"

/* ---- The order of members ---- */

/* Missing last. */
static uint64_t rank_of(const pivot_key *key, uint32_t value)
{
  uint32_t code = pivot_code_of(key, value);
  return code != 0 ? code : remit_dictionary_size(key->dictionary);
}

static void set_plain_order(pivot_members *digit)
{
  for (size_t i = 0; i + 1 < digit->size; i++)
    digit->value[i] = (uint32_t)i + 1;
  digit->value[digit->size - 1] = 0;
}

/* A member's own code decides alone; before an attribute's it decides among those with the same. */
static void sort_values(pivot_members *digit, const pivot_plan *plan, pivot_item *items)
{
  set_plain_order(digit);
  for (size_t k = digit->end; k-- > digit->first;) {
    if (plan->keys[k].fold == NULL) {
      set_plain_order(digit);
      continue;
    }
    for (size_t i = 0; i < digit->size; i++)
      items[i] = (pivot_item){ rank_of(&plan->keys[k], digit->value[i]), digit->value[i] };
    const pivot_item *sorted = pivot_sort_items(items, items + digit->size, digit->size);
    for (size_t i = 0; i < digit->size; i++)
      digit->value[i] = sorted[i].number;
  }
}

static uint8_t step_between(const pivot_members *digit, const pivot_plan *plan, uint32_t before, uint32_t value)
{
  for (size_t k = digit->first; k < digit->end; k++)
    if (pivot_code_of(&plan->keys[k], before) != pivot_code_of(&plan->keys[k], value))
      return (uint8_t)k;
  return (uint8_t)plan->pivot->by_count;
}

static remit_status order_values(pivot_members *digit, const pivot_plan *plan, remit_error *err)
{
  pivot_item *items = NULL;
  digit->value = remit_allocate(digit->size, sizeof *digit->value);
  digit->step = remit_allocate(digit->size, sizeof *digit->step);
  bool plain = digit->end == digit->first + 1 && plan->keys[digit->first].fold == NULL;
  if (!plain)
    items = remit_allocate(digit->size, 2 * sizeof *items);
  if (digit->value == NULL || digit->step == NULL || (items == NULL && !plain)) {
    remit_release(items);
    return remit_no_memory(err);
  }
  if (plain)
    set_plain_order(digit);
  else
    sort_values(digit, plan, items);
  remit_release(items);
  digit->step[0] = (uint8_t)plan->pivot->by_count;
  for (size_t i = 1; i < digit->size; i++)
    digit->step[i] = plain ? (uint8_t)digit->first : step_between(digit, plan, digit->value[i - 1], digit->value[i]);
  return REMIT_OK;
}

/* Whether members of a digit stand for the same group. */
static bool is_merged(const pivot_members *digit, size_t keys)
{
  return digit->size > 1 && memchr(digit->step + 1, (int)keys, digit->size - 1) != NULL;
}

static bool find_keys(pivot_entries *w)
{
  const pivot_plan *plan = w->plan;
  for (size_t k = 0; k < plan->pivot->by_count; k++) {
    const pivot_key *key = &plan->keys[k];
    pivot_members *digit = &w->digits[key->digit];
    if (key->lists.items != NULL || (k != 0 && key->digit < plan->keys[k - 1].digit))
      return false;
    if (digit->end == 0)
      *digit = (pivot_members){ .first = k, .size = plan->digits[key->digit].size };
    digit->end = k + 1;
  }
  return true;
}

/* Ranks of cells fit in 64 bits: a field for each digit, the first one highest. */
static bool lay_ranks(pivot_entries *w)
{
  unsigned bits = 0;
  for (size_t d = w->plan->digit_count; d-- > 0;) {
    pivot_members *digit = &w->digits[d];
    digit->shift = bits;
    for (size_t most = digit->size - 1; most != 0; most >>= 1)
      bits++;
    if (bits > 63)
      return false;
    digit->mask = ((uint64_t)1 << (bits - digit->shift)) - 1;
  }
  w->rank_bits = bits;
  return true;
}

static remit_status make_room(pivot_entries *w, remit_error *err)
{
  size_t most = w->cells->count < w->plan->rows ? w->cells->count : w->plan->rows;
  w->cell = remit_allocate(most + 1, sizeof *w->cell);
  w->code = remit_allocate(most + 1, sizeof *w->code);
  w->change = remit_allocate(most + 1, sizeof *w->change);
  w->start = remit_allocate(most + 1, sizeof *w->start);
  return w->cell != NULL && w->code != NULL && w->change != NULL && w->start != NULL ? REMIT_OK : remit_no_memory(err);
}

/* ---- Levels ---- */

static size_t start_finest(pivot_entries *w)
{
  size_t groups = 0;
  for (size_t e = 0; e < w->entries && w->merged; e++) {
    w->start[groups] = (uint32_t)e;
    groups += w->change[e] < w->plan->pivot->by_count;
  }
  return w->merged ? groups : w->entries;
}

/* The groups one level up, which differ from those before them in a key before `keys`: how many, and the first group within each. */
static size_t find_parents(const pivot_entries *w, const uint32_t *start, size_t groups, size_t keys, uint32_t *restrict first)
{
  const uint8_t *restrict change = w->change;
  size_t count = 0;
  for (size_t g = 0; g < groups; g++) {
    first[count] = (uint32_t)g;
    count += change[start != NULL ? start[g] : g] < keys;
  }
  return count;
}

static remit_status name_parents(pivot_level *level, const pivot_level *above, size_t count, remit_error *err)
{
  level->parent = remit_allocate(level->groups, sizeof *level->parent);
  if (level->parent == NULL)
    return remit_no_memory(err);
  for (size_t p = 0; p < count; p++)
    for (size_t g = above->first[p]; g < above->first[p + 1]; g++)
      level->parent[g] = (uint32_t)p;
  return REMIT_OK;
}

/* The codes of a level's last key, in groups that begin at `start`; NULL: each entry is a group. */
static remit_status name_codes(pivot_entries *w, pivot_level *level, size_t at, const uint32_t *start, remit_error *err)
{
  const pivot_key *key = &w->plan->keys[at - 1];
  if (start == NULL) {
    level->code = w->code;
    w->code = NULL;
    return REMIT_OK;
  }
  level->code = remit_allocate(level->groups, sizeof *level->code);
  if (level->code == NULL)
    return remit_no_memory(err);
  if (w->rank != NULL) {
    pivot_entries_codes(w, key, start, level->groups, level->code);
  } else {
    for (size_t g = 0; g < level->groups; g++)
      level->code[g] = w->cell[start[g]];
    pivot_read_codes(w->plan, w->cells, key, level->code, level->groups, level->code);
  }
  return REMIT_OK;
}

/* Names the groups that begin at w->start, which then has those of the level above. */
static remit_status name_groups(pivot_entries *w, pivot_level *level, size_t at, size_t *above, remit_error *err)
{
  const uint32_t *start = at == w->plan->pivot->by_count && !w->merged ? NULL : w->start;
  size_t groups = level->groups;
  remit_status status = name_codes(w, level, at, start, err);
  uint32_t *first = level[-1].first = remit_allocate(groups + 2, sizeof *first);
  if (status != REMIT_OK || first == NULL)
    return remit_no_memory(err);
  *above = 1;
  first[0] = 0;
  if (at > 1)
    *above = find_parents(w, start, groups, at - 1, first);
  first[*above] = (uint32_t)groups;
  for (size_t p = 0; p < *above; p++)
    w->start[p] = start != NULL ? start[first[p]] : first[p];
  return pivot_keeps_order(w->plan) ? REMIT_OK : name_parents(level, level - 1, *above, err);
}

/* The level's entries in order of cells, for what is added up entry by entry. */
static remit_status list_entries(const pivot_entries *w, pivot_level *level, size_t at, remit_error *err)
{
  uint32_t *group = remit_allocate(w->cells->count, sizeof *group);
  remit_status status = pivot_allocate_entries(level, w->entries, err);
  if (group == NULL || status != REMIT_OK) {
    remit_release(group);
    return remit_no_memory(err);
  }
  uint32_t next = 0;
  for (size_t e = 0; e < w->entries; e++) {
    next += w->change[e] < at;
    group[w->cell[e]] = at != 0 ? next - 1 : 0;
  }
  for (size_t c = 0, e = 0; e < w->entries; c++)
    if (w->cells->rows[c] != 0) {
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

static void add_cells(const pivot_entries *w, pivot_reading sum, const pivot_level *level, int64_t *restrict out)
{
  const uint32_t *restrict cell = w->cell;
  if (!w->merged) {
    for (size_t e = 0; e < w->entries; e++)
      out[e] = pivot_figure(sum, cell[e]);
    return;
  }
  memset(out, 0, level->groups * sizeof *out);
  for (size_t e = 0, next = 0; e < w->entries; e++) {
    next += w->change[e] < w->plan->pivot->by_count;
    out[next - 1] += pivot_figure(sum, cell[e]);
  }
}

static void add_groups(const pivot_level *level, const int64_t *restrict finer, int64_t *restrict out)
{
  for (size_t g = 0; g < level->groups; g++) {
    int64_t sum = 0;
    for (size_t child = level->first[g]; child < level->first[g + 1]; child++)
      sum += finer[child];
    out[g] = sum;
  }
}

/* Sums that may leave 64 bits are checked level by level, and distinct codes do not add up. */
static bool adds_up(const pivot_measure *measure)
{
  return measure->how != REMIT_DISTINCT && !measure->wide;
}

static remit_status fold_measure(const pivot_entries *w, pivot_level *level, size_t at, size_t m, remit_error *err)
{
  if (!adds_up(&w->plan->measures[m])) {
    remit_status status = level->cell == NULL ? list_entries(w, level, at, err) : REMIT_OK;
    return status == REMIT_OK ? pivot_fold_measure(level, w->plan, w->cells, m, err) : status;
  }
  int64_t *out = level->figures[m] = remit_allocate(level->groups, sizeof *out);
  if (out == NULL)
    return remit_no_memory(err);
  if (at == w->plan->pivot->by_count)
    add_cells(w, pivot_read_measure(w->cells, w->plan, m), level, out);
  else
    add_groups(level, level[1].figures[m], out);
  return REMIT_OK;
}

/* Levels whose figures are wanted end with the finest. */
static remit_status make_level(pivot_entries *w, pivot_level *level, size_t at, size_t *groups, remit_error *err)
{
  const remit_pivot *pivot = w->plan->pivot;
  level->groups = *groups;
  remit_status status = at != 0 ? name_groups(w, level, at, groups, err) : REMIT_OK;
  for (size_t m = 0; m < pivot->measure_count && status == REMIT_OK; m++)
    if (pivot_is_wanted(w->plan, at, m))
      status = fold_measure(w, level, at, m, err);
  bool others = at == pivot->by_count && pivot->top != 0; /* they are made of these entries */
  if (others && level->cell == NULL && status == REMIT_OK)
    status = list_entries(w, level, at, err);
  if (!others)
    forget_entries(level);
  return status;
}

/* ---- All of it ---- */

static remit_status run(pivot_entries *w, pivot_fold *fold, bool *walked, remit_error *err)
{
  size_t digits = w->plan->digit_count;
  remit_status status = REMIT_OK;
  for (size_t d = 0; d < digits && status == REMIT_OK; d++)
    status = order_values(&w->digits[d], w->plan, err);
  for (size_t d = 0; d + 1 < digits && status == REMIT_OK; d++)
    if (is_merged(&w->digits[d], w->plan->pivot->by_count))
      return REMIT_OK;
  w->merged = status == REMIT_OK && is_merged(&w->digits[digits - 1], w->plan->pivot->by_count);
  if (status == REMIT_OK && w->plan->pivot->top != 0) /* the others are added up entry by entry */
    status = pivot_cells_settle(w->cells, w->plan, err);
  if (status == REMIT_OK)
    status = make_room(w, err);
  if (status == REMIT_OK)
    status = pivot_entries_list(w, err);
  size_t groups = status == REMIT_OK ? start_finest(w) : 0;
  for (size_t at = w->plan->pivot->by_count + 1; at-- > 0 && status == REMIT_OK;)
    status = make_level(w, &fold->levels[at], at, &groups, err);
  *walked = fold->in_order = status == REMIT_OK;
  return status;
}

remit_status pivot_walk(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, bool *walked, remit_error *err)
{
  pivot_entries w = { .plan = plan, .cells = cells };
  *walked = false;
  if (plan->pivot->by_count == 0 || !find_keys(&w) || !lay_ranks(&w))
    return REMIT_OK;
  remit_status status = run(&w, fold, walked, err);
  for (size_t d = 0; d < plan->digit_count; d++) {
    remit_release(w.digits[d].value);
    remit_release(w.digits[d].step);
  }
  remit_release(w.cell);
  remit_release(w.code);
  remit_release(w.rank);
  remit_release(w.change);
  remit_release(w.start);
  return status;
}
