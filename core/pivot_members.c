/* SPDX-License-Identifier: Apache-2.0
 * pivot_members: see pivot_members.h. A member's own code decides alone; before an attribute's it decides among those with the same.
 */
#include "pivot_members.h"

#include <string.h>

#include "memory.h"

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

bool pivot_members_rule(const pivot_plan *plan)
{
  for (size_t k = 0; k < plan->pivot->by_count; k++)
    if (plan->keys[k].lists.items != NULL || (k != 0 && plan->keys[k].digit < plan->keys[k - 1].digit))
      return false;
  return plan->pivot->by_count != 0;
}

static void find_keys(pivot_members *members, const pivot_plan *plan, size_t digit)
{
  const size_t keys = plan->pivot->by_count;
  while (members->first < keys && plan->keys[members->first].digit != digit)
    members->first++;
  for (members->end = members->first; members->end < keys && plan->keys[members->end].digit == digit;)
    members->end++;
}

/* ---- Order ---- */

static void set_plain_order(pivot_members *members)
{
  for (size_t i = 0; i + 1 < members->size; i++)
    members->value[i] = (uint32_t)i + 1;
  members->value[members->size - 1] = 0;
}

static void sort_values(pivot_members *members, const pivot_plan *plan, pivot_item *items)
{
  set_plain_order(members);
  for (size_t k = members->end; k-- > members->first;) {
    if (plan->keys[k].fold == NULL) {
      set_plain_order(members);
      continue;
    }
    for (size_t i = 0; i < members->size; i++)
      items[i] = (pivot_item){ rank_of(&plan->keys[k], members->value[i]), members->value[i] };
    const pivot_item *sorted = pivot_sort_items(items, items + members->size, members->size);
    for (size_t i = 0; i < members->size; i++)
      members->value[i] = sorted[i].number;
  }
}

/* Steps of at most `key` where its codes differ. */
static void note_steps(const pivot_key *restrict key, uint8_t step, const uint32_t *restrict value, size_t size, uint8_t *restrict steps)
{
  uint32_t before = code_of(key, value != NULL ? value[0] : 0);
  for (size_t i = 1; i < size; i++) {
    uint32_t code = code_of(key, value != NULL ? value[i] : (uint32_t)i);
    steps[i] = code != before ? step : steps[i];
    before = code;
  }
}

static remit_status find_steps(pivot_members *members, const pivot_plan *plan, remit_error *err)
{
  members->step = remit_allocate(members->size, sizeof *members->step);
  if (members->step == NULL)
    return remit_no_memory(err);
  memset(members->step, (int)plan->pivot->by_count, members->size);
  members->step[0] = (uint8_t)members->first;
  for (size_t k = members->end; k-- > members->first;)
    note_steps(&plan->keys[k], (uint8_t)k, members->value, members->size, members->step);
  return REMIT_OK;
}

static remit_status order(pivot_members *members, const pivot_plan *plan, remit_error *err)
{
  members->value = remit_allocate(members->size, sizeof *members->value);
  if (members->value == NULL)
    return remit_no_memory(err);
  if (members->end == members->first + 1 && plan->keys[members->first].fold == NULL) {
    set_plain_order(members);
    return REMIT_OK;
  }
  pivot_item *items = remit_allocate(members->size, 2 * sizeof *items);
  if (items == NULL)
    return remit_no_memory(err);
  sort_values(members, plan, items);
  remit_release(items);
  return find_steps(members, plan, err);
}

remit_status pivot_members_init(pivot_members *members, const pivot_plan *plan, size_t digit, remit_error *err)
{
  *members = (pivot_members){ .size = plan->digits[digit].size };
  find_keys(members, plan, digit);
  if (!plan->ordered)
    return order(members, plan, err);
  return members->end > members->first + 1 ? find_steps(members, plan, err) : REMIT_OK;
}

void pivot_members_release(pivot_members *members)
{
  remit_release(members->value);
  remit_release(members->step);
}

bool pivot_members_merge(const pivot_members *members, const pivot_plan *plan)
{
  return members->step != NULL && memchr(members->step, (int)plan->pivot->by_count, members->size) != NULL;
}

/* ---- Places instead of values ---- */

/* place[v], by value, of the digit's groups; returns how many there are. */
static size_t number_groups(const pivot_members *members, const pivot_plan *plan, uint32_t *place)
{
  size_t groups = 0;
  for (size_t i = 0; i < members->size; i++) {
    groups += members->step == NULL || members->step[i] < plan->pivot->by_count;
    place[members->value[i]] = (uint32_t)groups - 1;
  }
  return groups;
}

static remit_status fold_places(pivot_key *key, const pivot_members *members, const uint32_t *place, size_t groups, remit_error *err)
{
  uint32_t *fold = remit_allocate(groups, sizeof *fold);
  if (fold == NULL)
    return remit_no_memory(err);
  for (size_t value = 0; value < members->size; value++)
    fold[place[value]] = code_of(key, (uint32_t)value);
  remit_release(key->fold);
  key->fold = fold;
  return REMIT_OK;
}

/* Codes that are all there stand in order as they are, a group each. */
static bool is_settled(const pivot_plan *plan, size_t digit)
{
  bool plain = plan->digits[digit].map == NULL && remit_column_stats(plan->digits[digit].column).missing == 0;
  for (size_t k = 0; k < plan->pivot->by_count && plain; k++)
    plain = plan->keys[k].digit != digit || plan->keys[k].fold == NULL;
  return plain;
}

/* `place` is the digit's from then on. */
static void map_codes(pivot_digit *digit, uint32_t *place, size_t groups)
{
  digit->size = groups;
  if (digit->map == NULL) {
    digit->map = place;
    return;
  }
  for (size_t code = 0; code <= (size_t)remit_column_stats(digit->column).max; code++)
    digit->map[code] = place[digit->map[code]];
  remit_release(place);
}

static remit_status settle(pivot_plan *plan, size_t digit, remit_error *err)
{
  pivot_members members;
  uint32_t *place = remit_allocate(plan->digits[digit].size, sizeof *place);
  remit_status status = pivot_members_init(&members, plan, digit, err);
  if (place == NULL)
    status = remit_no_memory(err);
  if (status == REMIT_OK) {
    size_t groups = number_groups(&members, plan, place);
    for (size_t k = members.first; k < members.end && status == REMIT_OK; k++)
      status = fold_places(&plan->keys[k], &members, place, groups, err);
    map_codes(&plan->digits[digit], place, groups);
  } else {
    remit_release(place);
  }
  pivot_members_release(&members);
  return status;
}

remit_status pivot_members_settle(pivot_plan *plan, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t d = 0; d < plan->digit_count && status == REMIT_OK; d++)
    if (!is_settled(plan, d))
      status = settle(plan, d, err);
  plan->ordered = true;
  return status;
}
