/* SPDX-License-Identifier: Apache-2.0
 * pivot_entries: see pivot_entries.h. Cells of a dense plan are looked through in that order, and those of an ordered one are in it by their
 * keys; others are sorted.
 */
#include "pivot_entries.h"

#include "memory.h"
#include "vectors.h"

/* From cell `base` through the places of the last digit, of which `sum` has what counts their rows: 0 when there are none, also with a sum of
 * values below. One entry past the end is written. */
static void walk_along(pivot_entries *w, const uint64_t *restrict sum, size_t step, uint32_t base, uint64_t number)
{
  const pivot_members *digit = &w->digits[w->plan->digit_count - 1];
  const uint32_t *restrict value = digit->value;
  uint32_t *restrict cell = w->cell + w->entries;
  uint64_t *restrict numbers = w->number + w->entries;
  size_t e = 0;
  for (size_t i = 0; i < digit->size; i++) {
    cell[e] = base + value[i];
    numbers[e] = number + i;
    e += sum[value[i] * step] != 0;
  }
  w->entries += e;
}

static void list_dense(pivot_entries *w)
{
  const pivot_digit *digits = w->plan->digits;
  size_t outer = w->plan->digit_count - 1, at[REMIT_KEYS_MAX] = { 0 };
  const pivot_reading rows = pivot_read_rows_of(w->cells);
  for (uint64_t number = 0;; number += digits[outer].size) {
    uint64_t base = 0;
    for (size_t d = 0; d < outer; d++)
      base += w->digits[d].value[at[d]] * digits[d].stride;
    walk_along(w, rows.sums + base * rows.step, rows.step, (uint32_t)base, number);
    size_t d = outer;
    while (d > 0 && ++at[d - 1] == w->digits[d - 1].size)
      at[--d] = 0;
    if (d == 0)
      return;
  }
}

static void list_seen(pivot_entries *w)
{
  const pivot_numbers *seen = &w->cells->stages[0];
  size_t e = 0, words = seen->seen != NULL ? w->plan->stage_size[0] / 64 + 1 : 0;
  for (size_t word = 0; word < words; word++)
    for (uint64_t left = seen->seen[word]; left != 0; left &= left - 1, e++) {
      w->number[e] = word * 64 + remit_lowest_bit(left);
      w->cell[e] = seen->number[w->number[e]];
    }
  w->entries = e;
}

/* ---- Sorted ---- */

/* Adds the place of each cell in one digit; `place` is scratch, as is w->cell once that is read. */
static void add_places(pivot_entries *w, size_t d, uint32_t *place)
{
  const pivot_members *digit = &w->digits[d];
  for (size_t i = 0; i < digit->size; i++)
    place[digit->value[i]] = (uint32_t)i;
  for (size_t c = 0; c < w->entries; c++)
    w->cell[c] = (uint32_t)c;
  pivot_read_digit(w->plan, w->cells, d, w->cell, w->entries, w->cell);
  for (size_t c = 0; c < w->entries; c++)
    w->number[c] = w->number[c] * w->radix[d].number + place[w->cell[c]];
}

static remit_status number_cells(pivot_entries *w, remit_error *err)
{
  size_t most = 0;
  for (size_t d = 0; d < w->plan->digit_count; d++)
    most = w->digits[d].size > most ? w->digits[d].size : most;
  uint32_t *place = remit_allocate(most, sizeof *place);
  if (place == NULL)
    return remit_no_memory(err);
  for (size_t c = 0; c < w->entries; c++)
    w->number[c] = 0;
  for (size_t d = 0; d < w->plan->digit_count; d++)
    add_places(w, d, place);
  remit_release(place);
  return REMIT_OK;
}

static remit_status list_sorted(pivot_entries *w, remit_error *err)
{
  const size_t count = w->entries = w->cells->count;
  remit_status status = number_cells(w, err);
  pivot_item *items = remit_allocate(count, 2 * sizeof *items);
  if (items == NULL)
    status = remit_no_memory(err);
  if (status == REMIT_OK) {
    for (size_t c = 0; c < count; c++)
      items[c] = (pivot_item){ w->number[c], (uint32_t)c };
    const pivot_item *sorted = pivot_sort_items(items, items + count, count);
    for (size_t e = 0; e < count; e++) {
      w->number[e] = sorted[e].key;
      w->cell[e] = sorted[e].number;
    }
  }
  remit_release(items);
  return status;
}

/* ---- All of it ---- */

/* Digits of numbers: as they are where there are few cells; else bits, as numbers past 32 bits are divided by powers of two only. */
static bool lay_numbers(pivot_entries *w)
{
  const pivot_plan *plan = w->plan;
  unsigned bits = 0;
  for (size_t d = 0; d < plan->digit_count; d++) {
    uint64_t size = plan->digits[d].size;
    if (!plan->dense && !plan->ordered) {
      for (size = 1; size < plan->digits[d].size; size *= 2)
        bits++;
    }
    w->radix[d] = pivot_divisor_of(size);
  }
  return bits <= 63;
}

static remit_status make_room(pivot_entries *w, remit_error *err)
{
  size_t most = w->cells->count < w->plan->rows ? w->cells->count : w->plan->rows;
  w->cell = remit_allocate(most + 1, sizeof *w->cell);
  w->number = remit_allocate(most + 1, sizeof *w->number);
  return w->cell != NULL && w->number != NULL ? REMIT_OK : remit_no_memory(err);
}

remit_status pivot_entries_list(pivot_entries *w, bool *listed, remit_error *err)
{
  *listed = lay_numbers(w);
  remit_status status = *listed ? make_room(w, err) : REMIT_OK;
  if (status != REMIT_OK || !*listed)
    return status;
  if (!w->plan->dense && !w->plan->ordered)
    return list_sorted(w, err);
  (w->plan->dense ? list_dense : list_seen)(w);
  return REMIT_OK;
}
