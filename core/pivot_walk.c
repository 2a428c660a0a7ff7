/* SPDX-License-Identifier: Apache-2.0
 * pivot_walk: the fold where each key's column has keys beside each other only, and no key has lists. Cells are taken in the order in which
 * the result shows them: by the members of one column in the order of its keys' codes, missing last, then by those of the next. So a
 * group is a run of cells, and each level is made of the runs of the finer one.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

/* The values of a digit in the order of its keys. */
typedef struct walk_digit {
  uint32_t *value;    /* by place */
  uint8_t *step;      /* by place: the first key that differs from the place before; the number of keys when none does */
  size_t size;        /* places */
  size_t first, end;  /* keys */
  unsigned shift;     /* of the place within a rank */
} walk_digit;

/* Cells that have rows, in order. */
typedef struct walk {
  const pivot_plan *plan;
  pivot_cells *cells;
  walk_digit digits[REMIT_KEYS_MAX];
  size_t entries;
  uint32_t *cell;
  uint8_t *change; /* the first key that differs from the entry before */
  uint32_t *start; /* of each group of the level in hand: its first entry */
} walk;

/* ---- The order of members ---- */

static uint32_t code_of(const pivot_key *key, uint32_t value)
{
  return key->fold != NULL ? key->fold[value] : value;
}

/* Missing last. */
static uint64_t rank_of(const pivot_key *key, uint32_t value)
{
  uint32_t code = code_of(key, value);
  return code != 0 ? code : remit_dictionary_size(key->dictionary);
}

static void set_plain_order(walk_digit *digit)
{
  for (size_t i = 0; i + 1 < digit->size; i++)
    digit->value[i] = (uint32_t)i + 1;
  digit->value[digit->size - 1] = 0;
}

/* A member's own code decides alone; before an attribute's it decides among those with the same. */
static void sort_values(walk_digit *digit, const pivot_plan *plan, pivot_item *items)
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

static uint8_t step_between(const walk_digit *digit, const pivot_plan *plan, uint32_t before, uint32_t value)
{
  for (size_t k = digit->first; k < digit->end; k++)
    if (code_of(&plan->keys[k], before) != code_of(&plan->keys[k], value))
      return (uint8_t)k;
  return (uint8_t)plan->pivot->by_count;
}

static remit_status order_values(walk_digit *digit, const pivot_plan *plan, remit_error *err)
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
static bool is_merged(const walk_digit *digit, size_t keys)
{
  return digit->size > 1 && memchr(digit->step + 1, (int)keys, digit->size - 1) != NULL;
}

static bool find_keys(walk *w)
{
  const pivot_plan *plan = w->plan;
  for (size_t k = 0; k < plan->pivot->by_count; k++) {
    const pivot_key *key = &plan->keys[k];
    walk_digit *digit = &w->digits[key->digit];
    if (key->lists.items != NULL || (k != 0 && key->digit < plan->keys[k - 1].digit))
      return false;
    if (digit->end == 0)
      *digit = (walk_digit){ .first = k, .size = plan->digits[key->digit].size };
    digit->end = k + 1;
  }
  return true;
}

/* Ranks of cells fit in 64 bits: a field for each digit, the first one highest. */
static bool lay_ranks(walk *w)
{
  unsigned bits = 0;
  for (size_t d = w->plan->digit_count; d-- > 0;) {
    w->digits[d].shift = bits;
    for (size_t most = w->digits[d].size - 1; most != 0; most >>= 1)
      bits++;
    if (bits > 63)
      return false;
  }
  return true;
}

/* ---- Cells in order ---- */

static remit_status make_room(walk *w, remit_error *err)
{
  size_t most = w->cells->count < w->plan->rows ? w->cells->count : w->plan->rows;
  w->cell = remit_allocate(most + 1, sizeof *w->cell);
  w->change = remit_allocate(most + 1, sizeof *w->change);
  w->start = remit_allocate(most + 1, sizeof *w->start);
  return w->cell != NULL && w->change != NULL && w->start != NULL ? REMIT_OK : remit_no_memory(err);
}

/* Along the last digit, from cell `base`. `pending` is the first key that differs from the latest entry. One entry past the end is written. */
static uint8_t walk_along(walk *w, uint32_t base, uint8_t pending)
{
  const walk_digit *digit = &w->digits[w->plan->digit_count - 1];
  const uint32_t *restrict value = digit->value;
  const uint8_t *restrict step = digit->step;
  const pivot_reading rows = pivot_read_rows_of(w->cells);
  const uint64_t *restrict sums = rows.sums + base * rows.step;
  const uint64_t step_of_sums = rows.step, half = rows.half, one = (uint64_t)1 << rows.shift;
  uint32_t *restrict cell = w->cell + w->entries;
  uint8_t *restrict change = w->change + w->entries;
  const uint8_t none = (uint8_t)w->plan->pivot->by_count;
  size_t e = 0, size = digit->size;
  for (size_t i = 0; i < size; i++) {
    pending = step[i] < pending ? step[i] : pending;
    cell[e] = base + value[i];
    change[e] = pending;
    bool there = sums[value[i] * step_of_sums] + half >= one;
    pending = there ? none : pending;
    e += there;
  }
  w->entries += e;
  return pending;
}

static void walk_dense(walk *w)
{
  const pivot_digit *digits = w->plan->digits;
  size_t outer = w->plan->digit_count - 1, place[REMIT_KEYS_MAX] = { 0 };
  uint8_t pending = 0;
  for (;;) {
    uint64_t base = 0;
    for (size_t d = 0; d < outer; d++)
      base += w->digits[d].value[place[d]] * digits[d].stride;
    pending = walk_along(w, (uint32_t)base, pending);
    size_t d = outer;
    while (d > 0 && ++place[d - 1] == w->digits[d - 1].size)
      place[--d] = 0;
    if (d == 0)
      return;
    uint8_t step = w->digits[d - 1].step[place[d - 1]];
    pending = step < pending ? step : pending;
  }
}

/* items[c].key += the field of the cell's rank for one digit; `place` is scratch, as is `values`. */
static void add_places(const walk *w, size_t d, uint32_t *place, uint32_t *values, pivot_item *items)
{
  const walk_digit *digit = &w->digits[d];
  for (size_t i = 0; i < digit->size; i++)
    place[digit->value[i]] = (uint32_t)i;
  pivot_read_digit(w->plan, w->cells, d, w->cell, w->cells->count, values);
  for (size_t c = 0; c < w->cells->count; c++)
    items[c].key |= (uint64_t)place[values[c]] << digit->shift;
}

static size_t largest_digit(const walk *w)
{
  size_t most = 0;
  for (size_t d = 0; d < w->plan->digit_count; d++)
    most = w->digits[d].size > most ? w->digits[d].size : most;
  return most;
}

static uint64_t place_in(const walk_digit *digit, const walk_digit *before, uint64_t rank)
{
  uint64_t field = rank >> digit->shift;
  return before != NULL ? field & (((uint64_t)1 << (before->shift - digit->shift)) - 1) : field;
}

/* The first key in which two ranks, the second above the first, differ. */
static uint8_t change_between(const walk *w, uint64_t low, uint64_t high)
{
  const walk_digit *digit = w->digits;
  while (low >> digit->shift == high >> digit->shift)
    digit++;
  const walk_digit *before = digit != w->digits ? digit - 1 : NULL;
  uint8_t least = (uint8_t)w->plan->pivot->by_count;
  uint64_t to = place_in(digit, before, high);
  for (uint64_t i = place_in(digit, before, low) + 1; i <= to && least != digit->first; i++)
    least = digit->step[i] < least ? digit->step[i] : least;
  return least;
}

/* Each cell of a hashed plan has rows. */
static remit_status walk_hashed(walk *w, remit_error *err)
{
  size_t count = w->entries = w->cells->count;
  pivot_item *items = remit_allocate(count, 2 * sizeof *items);
  uint32_t *values = remit_allocate(count + largest_digit(w), sizeof *values);
  bool room = items != NULL && values != NULL;
  for (size_t c = 0; c < count && room; c++) {
    w->cell[c] = (uint32_t)c;
    items[c] = (pivot_item){ 0, (uint32_t)c };
  }
  for (size_t d = 0; d < w->plan->digit_count && room; d++)
    add_places(w, d, values + count, values, items);
  const pivot_item *sorted = room ? pivot_sort_items(items, items + count, count) : NULL;
  for (size_t e = 0; e < count && room; e++) {
    w->cell[e] = sorted[e].number;
    w->change[e] = e != 0 ? change_between(w, sorted[e - 1].key, sorted[e].key) : 0;
  }
  remit_release(items);
  remit_release(values);
  return room ? REMIT_OK : remit_no_memory(err);
}

/* ---- Levels ---- */

static size_t start_finest(walk *w)
{
  size_t groups = 0;
  for (size_t e = 0; e < w->entries; e++) {
    w->start[groups] = (uint32_t)e;
    groups += w->change[e] < w->plan->pivot->by_count;
  }
  return groups;
}

/* Names the groups that begin at w->start, which then has those of the level above. */
static remit_status name_groups(walk *w, pivot_level *level, size_t at, size_t *above, remit_error *err)
{
  level->parent = remit_allocate(level->groups, sizeof *level->parent);
  level->code = remit_allocate(level->groups, sizeof *level->code);
  if (level->parent == NULL || level->code == NULL)
    return remit_no_memory(err);
  size_t count = 0;
  for (size_t g = 0; g < level->groups; g++) {
    uint32_t first = w->start[g];
    level->code[g] = w->cell[first];
    w->start[count] = first;
    count += w->change[first] < at - 1;
    level->parent[g] = (uint32_t)(at > 1 ? count - 1 : 0);
  }
  pivot_read_codes(w->plan, w->cells, &w->plan->keys[at - 1], level->code, level->groups, level->code);
  *above = at > 1 ? count : 1;
  return REMIT_OK;
}

/* The level's entries in order of cells, for what is added up entry by entry. */
static remit_status list_entries(const walk *w, pivot_level *level, size_t at, remit_error *err)
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

static void add_cells(const walk *w, pivot_reading sum, const pivot_level *level, int64_t *out)
{
  if (level->groups == w->entries) {
    for (size_t e = 0; e < w->entries; e++)
      out[e] = pivot_figure(sum, w->cell[e]);
    return;
  }
  memset(out, 0, level->groups * sizeof *out);
  for (size_t e = 0, next = 0; e < w->entries; e++) {
    next += w->change[e] < w->plan->pivot->by_count;
    out[next - 1] += pivot_figure(sum, w->cell[e]);
  }
}

/* Groups of one parent stand together: their sum stays in a register. */
static void add_groups(const pivot_level *finer, const int64_t *figures, int64_t *restrict out, size_t groups)
{
  const uint32_t *parent = finer->parent;
  int64_t sum = 0;
  if (finer->groups == 0)
    memset(out, 0, groups * sizeof *out);
  for (size_t g = 0; g < finer->groups; g++) {
    sum = g != 0 && parent[g] == parent[g - 1] ? sum + figures[g] : figures[g];
    out[parent[g]] = sum;
  }
}

/* Sums that may leave 64 bits are checked level by level, and distinct codes do not add up. */
static bool adds_up(const pivot_measure *measure)
{
  return measure->how != REMIT_DISTINCT && !measure->wide;
}

static remit_status fold_measure(const walk *w, pivot_level *level, size_t at, size_t m, remit_error *err)
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
    add_groups(level + 1, level[1].figures[m], out, level->groups);
  return REMIT_OK;
}

/* Levels whose figures are wanted end with the finest. */
static remit_status make_level(walk *w, pivot_level *level, size_t at, size_t *groups, remit_error *err)
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

static remit_status run(walk *w, pivot_fold *fold, bool *walked, remit_error *err)
{
  size_t digits = w->plan->digit_count;
  remit_status status = REMIT_OK;
  for (size_t d = 0; d < digits && status == REMIT_OK; d++)
    status = order_values(&w->digits[d], w->plan, err);
  for (size_t d = 0; d + 1 < digits && status == REMIT_OK; d++)
    if (is_merged(&w->digits[d], w->plan->pivot->by_count))
      return REMIT_OK;
  if (status == REMIT_OK && w->plan->pivot->top != 0) /* the others are added up entry by entry */
    status = pivot_cells_settle(w->cells, w->plan, err);
  if (status == REMIT_OK)
    status = make_room(w, err);
  if (status == REMIT_OK && w->plan->dense)
    walk_dense(w);
  else if (status == REMIT_OK)
    status = walk_hashed(w, err);
  size_t groups = status == REMIT_OK ? start_finest(w) : 0;
  for (size_t at = w->plan->pivot->by_count + 1; at-- > 0 && status == REMIT_OK;)
    status = make_level(w, &fold->levels[at], at, &groups, err);
  *walked = fold->in_order = status == REMIT_OK;
  return status;
}

remit_status pivot_walk(pivot_fold *fold, const pivot_plan *plan, pivot_cells *cells, bool *walked, remit_error *err)
{
  walk w = { .plan = plan, .cells = cells };
  *walked = false;
  if (plan->pivot->by_count == 0 || !find_keys(&w) || !lay_ranks(&w))
    return REMIT_OK;
  remit_status status = run(&w, fold, walked, err);
  for (size_t d = 0; d < plan->digit_count; d++) {
    remit_release(w.digits[d].value);
    remit_release(w.digits[d].step);
  }
  remit_release(w.cell);
  remit_release(w.change);
  remit_release(w.start);
  return status;
}
