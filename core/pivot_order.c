/* SPDX-License-Identifier: Apache-2.0
 * pivot_order: groups sorted level by level: by their parent's place, then the measure asked for, then the code with missing last.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

#define FEW 32   /* items that are not worth counting */
#define MANY 512 /* items that are worth more counters, and so fewer turns */
#define DIGIT_BITS 8
#define DIGIT_BITS_MAX 11

/* ---- Sorting ---- */

static void insert_each(pivot_item *items, size_t count)
{
  for (size_t i = 1; i < count; i++) {
    pivot_item moved = items[i];
    size_t at = i;
    for (; at > 0 && items[at - 1].key > moved.key; at--)
      items[at] = items[at - 1];
    items[at] = moved;
  }
}

/* The bits in which keys differ; 0 too when they never fall. */
static uint64_t unsorted_bits(const pivot_item *items, size_t count)
{
  uint64_t differ = 0;
  bool falls = false;
  for (size_t i = 1; i < count; i++) {
    differ |= items[i].key ^ items[0].key;
    falls |= items[i].key < items[i - 1].key;
  }
  return falls ? differ : 0;
}

/* By some bits of the key, by counting. */
static void distribute(const pivot_item *from, pivot_item *to, size_t count, unsigned shift, unsigned bits)
{
  uint32_t starts[1 << DIGIT_BITS_MAX], before = 0, mask = (1u << bits) - 1;
  memset(starts, 0, (mask + 1) * sizeof *starts);
  for (size_t i = 0; i < count; i++)
    starts[from[i].key >> shift & mask]++;
  for (size_t b = 0; b <= mask; b++) {
    uint32_t same = starts[b];
    starts[b] = before;
    before += same;
  }
  for (size_t i = 0; i < count; i++)
    to[starts[from[i].key >> shift & mask]++] = from[i];
}

pivot_item *pivot_sort_items(pivot_item *items, pivot_item *spare, size_t count)
{
  uint64_t differ = unsorted_bits(items, count);
  if (differ != 0 && count <= FEW) {
    insert_each(items, count);
    return items;
  }
  unsigned bits = count < MANY ? DIGIT_BITS : DIGIT_BITS_MAX;
  for (unsigned shift = 0; shift < 64 && differ >> shift != 0;) {
    if ((differ >> shift & 1) == 0) {
      shift++;
      continue;
    }
    unsigned all = bits;
    while (all > 1 && differ >> shift >> (all - 1) == 0)
      all--;
    distribute(items, spare, count, shift, all);
    pivot_item *sorted = spare;
    spare = items;
    items = sorted;
    shift += bits;
  }
  return items;
}

/* ---- Groups ---- */

typedef struct ordering {
  const pivot_plan *plan;
  const pivot_fold *fold;
  pivot_item *items, *spare;
  uint32_t *above, *place; /* where groups stand: of the level above, and of the one in hand */
} ordering;

static void sort(ordering *o, size_t count)
{
  pivot_item *sorted = pivot_sort_items(o->items, o->spare, count);
  o->spare = sorted == o->items ? o->spare : o->items;
  o->items = sorted;
}

/* Largest first, unless they ascend. */
static void sort_by_figure(ordering *o, const pivot_level *level)
{
  const int64_t *figures = level->figures[o->plan->sort];
  uint64_t turn = o->plan->pivot->ascending ? (uint64_t)1 << 63 : ~((uint64_t)1 << 63);
  for (size_t i = 0; i < level->groups; i++)
    o->items[i].key = (uint64_t)figures[o->items[i].number] ^ turn;
  sort(o, level->groups);
}

static void sort_by_parent(ordering *o, const pivot_level *level)
{
  for (size_t i = 0; i < level->groups; i++)
    o->items[i].key = o->above[level->parent[o->items[i].number]];
  sort(o, level->groups);
}

/* Items for the groups, by code with missing last; groups that stand in order already are so within their parents. */
static void list_by_code(ordering *o, const pivot_level *level)
{
  for (size_t g = 0; g < level->groups; g++)
    o->items[g] = (pivot_item){ level->code[g] - 1, (uint32_t)g };
  if (!o->fold->in_order)
    sort(o, level->groups);
}

static void take(ordering *o, size_t count, uint32_t *order)
{
  for (size_t i = 0; i < count; i++) {
    order[i] = o->items[i].number;
    o->place[order[i]] = (uint32_t)i;
  }
}

static void order_level(ordering *o, size_t at, bool by_figure, uint32_t *order)
{
  const pivot_level *level = &o->fold->levels[at];
  list_by_code(o, level);
  if (by_figure)
    sort_by_figure(o, level);
  if (by_figure || !o->fold->in_order)
    sort_by_parent(o, level);
  take(o, level->groups, order);
  uint32_t *swapped = o->above;
  o->above = o->place;
  o->place = swapped;
}

/* The whole of the finest level by figure, whatever the parents; ties as they stood. */
static void order_flat(ordering *o, const pivot_level *level, uint32_t *order)
{
  for (size_t i = 0; i < level->groups; i++)
    o->items[i].number = order[i];
  sort_by_figure(o, level);
  take(o, level->groups, order);
}

static remit_status order_levels(ordering *o, pivot_order *order, remit_error *err)
{
  size_t keys = o->plan->pivot->by_count;
  bool by_figure = o->plan->sort != SIZE_MAX, flat = o->plan->pivot->top != 0;
  for (size_t at = 1; at <= keys; at++) {
    order->order[at] = remit_allocate(o->fold->levels[at].groups, sizeof *order->order[at]);
    if (order->order[at] == NULL)
      return remit_no_memory(err);
    order_level(o, at, by_figure && !flat, order->order[at]);
  }
  if (by_figure && flat)
    order_flat(o, &o->fold->levels[keys], order->order[keys]);
  return REMIT_OK;
}

remit_status pivot_order_init(pivot_order *order, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  if (plan->pivot->by_count == 0 || (fold->in_order && plan->sort == SIZE_MAX))
    return REMIT_OK;
  size_t most = 1;
  for (size_t at = 1; at <= plan->pivot->by_count; at++)
    most = fold->levels[at].groups > most ? fold->levels[at].groups : most;
  ordering o = { .plan = plan, .fold = fold };
  pivot_item *items = remit_allocate(most, 2 * sizeof *items);
  uint32_t *places = remit_allocate_zero(most, 2 * sizeof *places);
  remit_status status = items != NULL && places != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK) {
    o.items = items;
    o.spare = items + most;
    o.above = places;
    o.place = places + most;
    status = order_levels(&o, order, err);
  }
  remit_release(items);
  remit_release(places);
  return status;
}

void pivot_order_release(pivot_order *order)
{
  for (size_t i = 0; i <= REMIT_KEYS_MAX; i++)
    remit_release(order->order[i]);
}
