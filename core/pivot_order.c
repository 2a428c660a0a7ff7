/* SPDX-License-Identifier: Apache-2.0
 * pivot_order: groups sorted level by level: by their parent's place, then the measure asked for, then the code with missing last.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

typedef struct item {
  int64_t figure; /* negated when the largest comes first; 0 when nothing is sorted by */
  uint32_t parent, rank, group;
} item;

static bool comes_after(const item *a, const item *b)
{
  if (a->parent != b->parent)
    return a->parent > b->parent;
  if (a->figure != b->figure)
    return a->figure > b->figure;
  return a->rank > b->rank;
}

static void merge(item *to, const item *from, size_t low, size_t middle, size_t high)
{
  size_t a = low, b = middle;
  for (size_t i = low; i < high; i++)
    if (b == high || (a < middle && !comes_after(&from[a], &from[b])))
      to[i] = from[a++];
    else
      to[i] = from[b++];
}

static bool is_sorted(const item *items, size_t count)
{
  for (size_t i = 1; i < count; i++)
    if (comes_after(&items[i - 1], &items[i]))
      return false;
  return true;
}

/* Bottom-up merge sort; `items` has room for twice as many. Returns where the sorted ones are. */
static const item *sorted(item *items, size_t count)
{
  item *from = items, *to = items + count;
  if (is_sorted(items, count))
    return items;
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t low = 0; low < count; low += 2 * run) {
      size_t middle = low + run < count ? low + run : count;
      size_t high = middle + run < count ? middle + run : count;
      merge(to, from, low, middle, high);
    }
    item *swapped = from;
    from = to;
    to = swapped;
  }
  return from;
}

static int64_t figure_of(const pivot_plan *plan, const pivot_level *level, size_t group)
{
  int64_t figure = level->figures[plan->sort][group];
  return plan->pivot->ascending ? figure : -figure;
}

/* place[g] becomes where group g stands in `order`. */
static void take(const item *items, size_t count, uint32_t *order, uint32_t *place)
{
  for (size_t i = 0; i < count; i++) {
    order[i] = items[i].group;
    place[items[i].group] = (uint32_t)i;
  }
}

static bool stands_in_order(const pivot_level *level, const uint32_t *above)
{
  for (size_t g = 1; g < level->groups; g++) {
    uint32_t before = above[level->parent[g - 1]], parent = above[level->parent[g]];
    if (parent < before || (parent == before && level->code[g] - 1 < level->code[g - 1] - 1))
      return false;
  }
  return true;
}

/* Where counts[v] values are v, they become the places at which those values begin. */
static void accumulate(uint32_t *counts, size_t size)
{
  uint32_t before = 0;
  for (size_t i = 0; i < size; i++) {
    uint32_t count = counts[i];
    counts[i] = before;
    before += count;
  }
}

/* By counting: by code, missing last, then by the parent's place. `scratch` has room for the groups, and for the codes or the parents. */
static void count_sort(const pivot_level *level, const uint32_t *above, size_t codes, size_t parents, uint32_t *scratch, uint32_t *order)
{
  uint32_t *by_code = scratch, *counts = scratch + level->groups;
  memset(counts, 0, codes * sizeof *counts);
  for (size_t g = 0; g < level->groups; g++)
    counts[level->code[g] != 0 ? level->code[g] - 1 : codes - 1]++;
  accumulate(counts, codes);
  for (size_t g = 0; g < level->groups; g++)
    by_code[counts[level->code[g] != 0 ? level->code[g] - 1 : codes - 1]++] = (uint32_t)g;
  memset(counts, 0, parents * sizeof *counts);
  for (size_t g = 0; g < level->groups; g++)
    counts[above[level->parent[g]]]++;
  accumulate(counts, parents);
  for (size_t i = 0; i < level->groups; i++)
    order[counts[above[level->parent[by_code[i]]]]++] = by_code[i];
}

/* fast path: the order of codes; same answer without it */
static bool order_by_code(const pivot_level *level, const uint32_t *above, size_t codes, size_t parents, item *items, uint32_t *order,
                          uint32_t *place)
{
  if (stands_in_order(level, above))
    for (size_t g = 0; g < level->groups; g++)
      order[g] = (uint32_t)g;
  else if (codes <= 8 * level->groups && parents <= 8 * level->groups)
    count_sort(level, above, codes, parents, (uint32_t *)items, order);
  else
    return false;
  for (size_t i = 0; i < level->groups; i++)
    place[order[i]] = (uint32_t)i;
  return true;
}

static void order_level(const pivot_plan *plan, const pivot_fold *fold, size_t at, bool by_figure, item *items, const uint32_t *above,
                        uint32_t *order, uint32_t *place)
{
  const pivot_level *level = &fold->levels[at];
  size_t codes = remit_dictionary_size(plan->keys[at - 1].dictionary);
  if (!by_figure && order_by_code(level, above, codes, fold->levels[at - 1].groups, items, order, place))
    return;
  for (size_t g = 0; g < level->groups; g++) {
    items[g] = (item){ .parent = above[level->parent[g]], .rank = level->code[g] - 1, .group = (uint32_t)g };
    if (by_figure)
      items[g].figure = figure_of(plan, level, g);
  }
  take(sorted(items, level->groups), level->groups, order, place);
}

/* The whole of the finest level by figure, whatever the parents; ties as they stood. */
static void order_flat(const pivot_plan *plan, const pivot_level *level, item *items, uint32_t *order, uint32_t *place)
{
  for (size_t g = 0; g < level->groups; g++)
    items[g] = (item){ .figure = figure_of(plan, level, g), .rank = place[g], .group = (uint32_t)g };
  take(sorted(items, level->groups), level->groups, order, place);
}

remit_status pivot_order_init(pivot_order *order, const pivot_plan *plan, const pivot_fold *fold, remit_error *err)
{
  size_t keys = plan->pivot->by_count;
  const pivot_level *finest = &fold->levels[keys];
  bool by_figure = plan->sort != SIZE_MAX, flat = plan->pivot->top != 0;
  size_t most = 1 + finest->groups;
  item *items = remit_allocate(most, 2 * sizeof *items);
  uint32_t *above = remit_allocate_zero(most, sizeof *above), *place = remit_allocate(most, sizeof *place);
  bool room = items != NULL && above != NULL && place != NULL;
  for (size_t at = 1; at <= keys && room; at++) {
    order->order[at] = remit_allocate(fold->levels[at].groups, sizeof *order->order[at]);
    room = order->order[at] != NULL;
    if (room)
      order_level(plan, fold, at, by_figure && !flat, items, above, order->order[at], place);
    uint32_t *swapped = above;
    above = place;
    place = swapped;
  }
  if (room && keys != 0 && by_figure && flat)
    order_flat(plan, finest, items, order->order[keys], above);
  remit_release(items);
  remit_release(above);
  remit_release(place);
  return room ? REMIT_OK : remit_no_memory(err);
}

void pivot_order_release(pivot_order *order)
{
  for (size_t i = 0; i <= REMIT_KEYS_MAX; i++)
    remit_release(order->order[i]);
}
