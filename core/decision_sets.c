/* SPDX-License-Identifier: Apache-2.0
 * decision_sets: equal arrays of words once each, in a table of open addresses.
 */
#include <string.h>

#include "decision_internal.h"
#include "memory.h"

#define FIRST_ROOM 16

static size_t slot_of(const decision_sets *sets, const uint64_t *bits)
{
  size_t slot = remit_hash_bytes(bits, sets->words * sizeof *bits) & (sets->slot_count - 1);
  while (sets->slots[slot] != 0 && memcmp(decision_set(sets, sets->slots[slot] - 1), bits, sets->words * sizeof *bits) != 0)
    slot = (slot + 1) & (sets->slot_count - 1);
  return slot;
}

static remit_status grow_slots(decision_sets *sets, size_t count, remit_error *err)
{
  uint32_t *slots = remit_allocate_zero(count, sizeof *slots);
  if (slots == NULL)
    return remit_no_memory(err);
  remit_release(sets->slots);
  sets->slots = slots;
  sets->slot_count = count;
  for (size_t i = 0; i < sets->count; i++)
    slots[slot_of(sets, decision_set(sets, i))] = (uint32_t)i + 1;
  return REMIT_OK;
}

static remit_status grow(decision_sets *sets, remit_error *err)
{
  if (sets->count == UINT32_MAX / 4)
    return remit_fail(err, REMIT_ELIMIT, "more than %u different sets of rules", UINT32_MAX / 4);
  size_t room = sets->room != 0 ? sets->room * 2 : FIRST_ROOM;
  if (sets->words > SIZE_MAX / sizeof *sets->bits / room)
    return remit_no_memory(err);
  uint64_t *bits = remit_reallocate(sets->bits, room, sets->words * sizeof *bits);
  if (bits == NULL)
    return remit_no_memory(err);
  sets->bits = bits;
  remit_status status = grow_slots(sets, room * 2, err);
  if (status == REMIT_OK)
    sets->room = room;
  return status;
}

remit_status decision_sets_add(decision_sets *sets, const uint64_t *bits, uint32_t *number, remit_error *err)
{
  remit_status status = sets->count == sets->room ? grow(sets, err) : REMIT_OK;
  if (status != REMIT_OK)
    return status;
  size_t slot = slot_of(sets, bits);
  if (sets->slots[slot] == 0) {
    memcpy(sets->bits + sets->count * sets->words, bits, sets->words * sizeof *bits);
    sets->slots[slot] = (uint32_t)++sets->count;
  }
  *number = sets->slots[slot] - 1;
  return REMIT_OK;
}

void decision_sets_release(decision_sets *sets)
{
  remit_release(sets->bits);
  remit_release(sets->slots);
  *sets = (decision_sets){ .words = sets->words };
}
