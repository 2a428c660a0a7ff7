/* SPDX-License-Identifier: Apache-2.0
 * pivot_numbers: different keys and their numbers. Room is made once a block, so that the loop over keys cannot fail.
 */
#include "memory.h"
#include "pivot_internal.h"

static size_t hashed(uint64_t key)
{
  key = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;
  return (size_t)(key ^ key >> 29);
}

static pivot_slot *slot_of(const pivot_numbers *numbers, uint64_t key)
{
  size_t at = hashed(key) & numbers->mask;
  while (numbers->slots[at].next != 0 && numbers->slots[at].key != key)
    at = (at + 1) & numbers->mask;
  return &numbers->slots[at];
}

static remit_status lengthen(pivot_numbers *numbers, size_t room, remit_error *err)
{
  uint64_t *keys = remit_reallocate(numbers->keys, room, sizeof *keys);
  if (keys == NULL)
    return remit_no_memory(err);
  numbers->keys = keys;
  numbers->room = room;
  return REMIT_OK;
}

/* A table twice as long as `keys`. */
static remit_status place(pivot_numbers *numbers, remit_error *err)
{
  size_t room = numbers->room;
  pivot_slot *slots = remit_allocate_zero(room, 2 * sizeof *slots);
  if (slots == NULL)
    return remit_no_memory(err);
  remit_release(numbers->slots);
  numbers->slots = slots;
  numbers->mask = 2 * room - 1;
  for (size_t i = 0; i < numbers->count; i++)
    *slot_of(numbers, numbers->keys[i]) = (pivot_slot){ .key = numbers->keys[i], .next = (uint32_t)i + 1 };
  return REMIT_OK;
}

static remit_status reserve(pivot_numbers *numbers, size_t extra, remit_error *err)
{
  if (numbers->count + extra <= numbers->room)
    return REMIT_OK;
  if (numbers->count + extra > REMIT_CODE_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %u groups", REMIT_CODE_MAX);
  size_t room = numbers->room != 0 ? numbers->room : 64;
  while (room < numbers->count + extra)
    room *= 2;
  return lengthen(numbers, room, err);
}

remit_status pivot_number(pivot_numbers *numbers, const uint64_t *keys, uint32_t *out, size_t count, remit_error *err)
{
  size_t room = numbers->room;
  remit_status status = reserve(numbers, count, err);
  if (status == REMIT_OK && numbers->room != room)
    status = place(numbers, err);
  if (status != REMIT_OK)
    return status;
  for (size_t i = 0; i < count; i++) {
    pivot_slot *slot = slot_of(numbers, keys[i]);
    if (slot->next == 0) {
      numbers->keys[numbers->count++] = keys[i];
      *slot = (pivot_slot){ .key = keys[i], .next = (uint32_t)numbers->count };
    }
    out[i] = slot->next - 1;
  }
  return REMIT_OK;
}

static remit_status open(pivot_numbers *numbers, size_t space, remit_error *err)
{
  numbers->seen = remit_allocate_zero(space / 64 + 1, sizeof *numbers->seen);
  numbers->number = remit_allocate(space, sizeof *numbers->number);
  return numbers->seen != NULL && numbers->number != NULL ? REMIT_OK : remit_no_memory(err);
}

remit_status pivot_number_few(pivot_numbers *numbers, size_t space, uint32_t *keys, size_t count, remit_error *err)
{
  remit_status status = numbers->seen == NULL ? open(numbers, space, err) : REMIT_OK;
  if (status != REMIT_OK)
    return status;
  uint64_t *restrict seen = numbers->seen;
  uint16_t *restrict number = numbers->number;
  size_t next = numbers->count;
  for (size_t i = 0; i < count; i++) {
    uint32_t key = keys[i];
    uint64_t word = seen[key / 64], bit = (uint64_t)1 << key % 64;
    bool fresh = (word & bit) == 0;
    uint16_t its = fresh ? (uint16_t)next : number[key];
    seen[key / 64] = word | bit;
    number[key] = its;
    next += fresh;
    keys[i] = its;
  }
  numbers->count = next;
  return REMIT_OK;
}

remit_status pivot_number_keys(pivot_numbers *numbers, size_t space, remit_error *err)
{
  numbers->keys = remit_allocate(numbers->count, sizeof *numbers->keys);
  if (numbers->keys == NULL)
    return remit_no_memory(err);
  for (size_t key = 0; key < space; key++)
    if (numbers->seen[key / 64] >> key % 64 & 1)
      numbers->keys[numbers->number[key]] = key;
  return REMIT_OK;
}

void pivot_numbers_release(pivot_numbers *numbers)
{
  remit_release(numbers->seen);
  remit_release(numbers->number);
  remit_release(numbers->keys);
  remit_release(numbers->slots);
  *numbers = (pivot_numbers){ 0 };
}
