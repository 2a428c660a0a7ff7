/* SPDX-License-Identifier: Apache-2.0
 * pivot_entries: see pivot_entries.h. Cells of a dense plan are looked through in that order; those of a hashed one, which all have rows,
 * are put in order by their ranks: the places of their digits' values.
 */
#include <string.h>

#include "memory.h"
#include "pivot_entries.h"
#include "vectors.h"

#define MARKS 65536 /* ranks that are put in order by marking them, at most; cells are numbered with 16 bits there */

/* What the place of a last digit adds to an entry. */
typedef struct entry_place {
  uint32_t value, code;
  size_t sum; /* where it is counted, from the first one of the same other digits */
  uint8_t step;
} entry_place;

/* ---- Dense ---- */

static remit_status list_places(entry_place **out, const pivot_entries *w, pivot_reading rows, remit_error *err)
{
  const pivot_members *digit = &w->digits[w->plan->digit_count - 1];
  entry_place *places = *out = remit_allocate(digit->size, sizeof *places);
  if (places == NULL)
    return remit_no_memory(err);
  const pivot_key *key = &w->plan->keys[digit->end - 1];
  for (size_t i = 0; i < digit->size; i++) {
    uint32_t value = digit->value[i];
    places[i] = (entry_place){ .value = value, .code = pivot_code_of(key, value), .sum = value * rows.step, .step = digit->step[i] };
  }
  return REMIT_OK;
}

/* From cell `base`, with `sums`, through the places of the last digit. `pending` is the first key that differs from the latest entry, as is what
 * is returned. What counts a cell's rows is 0 when there are none, also with the sum of their values below. One entry past the end is written. */
static uint8_t walk_along(pivot_entries *w, const entry_place *restrict places, const uint64_t *restrict sums, uint32_t base, uint8_t pending)
{
  const size_t size = w->digits[w->plan->digit_count - 1].size;
  uint32_t *restrict cell = w->cell + w->entries, *restrict code = w->code + w->entries;
  uint8_t *restrict change = w->change + w->entries;
  size_t e = 0;
  for (const entry_place *place = places; place < places + size; place++) {
    pending = place->step < pending ? place->step : pending;
    cell[e] = base + place->value;
    code[e] = place->code;
    change[e] = pending;
    bool there = sums[place->sum] != 0;
    pending = there ? UINT8_MAX : pending;
    e += there;
  }
  w->entries += e;
  return pending;
}

static remit_status walk_dense(pivot_entries *w, remit_error *err)
{
  const pivot_digit *digits = w->plan->digits;
  size_t outer = w->plan->digit_count - 1, at[REMIT_KEYS_MAX] = { 0 };
  const pivot_reading rows = pivot_read_rows_of(w->cells);
  entry_place *places;
  remit_status status = list_places(&places, w, rows, err);
  for (uint8_t pending = 0; status == REMIT_OK;) {
    uint64_t base = 0;
    for (size_t d = 0; d < outer; d++)
      base += w->digits[d].value[at[d]] * digits[d].stride;
    pending = walk_along(w, places, rows.sums + base * rows.step, (uint32_t)base, pending);
    size_t d = outer;
    while (d > 0 && ++at[d - 1] == w->digits[d - 1].size)
      at[--d] = 0;
    if (d == 0)
      break;
    uint8_t step = w->digits[d - 1].step[at[d - 1]];
    pending = step < pending ? step : pending;
  }
  remit_release(places);
  return status;
}

/* ---- Hashed ---- */

static size_t place_in(const pivot_members *digit, uint64_t rank)
{
  return (size_t)(rank >> digit->shift & digit->mask);
}

/* ranks[c] |= the place of a cell in one digit; `place` is scratch, as is `values`. */
static void add_places(const pivot_entries *w, size_t d, uint32_t *place, uint32_t *values, uint64_t *ranks)
{
  const pivot_members *digit = &w->digits[d];
  for (size_t i = 0; i < digit->size; i++)
    place[digit->value[i]] = (uint32_t)i;
  pivot_read_digit(w->plan, w->cells, d, w->cell, w->cells->count, values);
  for (size_t c = 0; c < w->cells->count; c++)
    ranks[c] |= (uint64_t)place[values[c]] << digit->shift;
}

static size_t largest_digit(const pivot_entries *w)
{
  size_t most = 0;
  for (size_t d = 0; d < w->plan->digit_count; d++)
    most = w->digits[d].size > most ? w->digits[d].size : most;
  return most;
}

static void rank_cells(pivot_entries *w, uint32_t *place, uint64_t *ranks)
{
  for (size_t c = 0; c < w->cells->count; c++)
    w->cell[c] = (uint32_t)c;
  for (size_t d = 0; d < w->plan->digit_count; d++)
    add_places(w, d, place, w->code, ranks);
}

/* fast path: as sort_ranks, where ranks are few, by marking them; same answer without it */
static remit_status mark_ranks(pivot_entries *w, const uint64_t *ranks, remit_error *err)
{
  uint64_t marks[MARKS / 64];
  uint16_t *number = remit_allocate((size_t)1 << w->rank_bits, sizeof *number); /* of a cell, by its rank */
  if (number == NULL)
    return remit_no_memory(err);
  size_t words = (((size_t)1 << w->rank_bits) + 63) / 64, e = 0;
  memset(marks, 0, words * sizeof *marks);
  for (size_t c = 0; c < w->cells->count; c++) {
    marks[ranks[c] / 64] |= (uint64_t)1 << ranks[c] % 64;
    number[ranks[c]] = (uint16_t)c;
  }
  for (size_t word = 0; word < words; word++)
    for (uint64_t left = marks[word]; left != 0; left &= left - 1) {
      uint64_t rank = word * 64 + remit_lowest_bit(left);
      w->rank[e] = rank;
      w->cell[e++] = number[rank];
    }
  remit_release(number);
  return REMIT_OK;
}

static remit_status sort_ranks(pivot_entries *w, const uint64_t *ranks, remit_error *err)
{
  size_t count = w->cells->count;
  pivot_item *items = remit_allocate(count, 2 * sizeof *items);
  if (items == NULL)
    return remit_no_memory(err);
  for (size_t c = 0; c < count; c++)
    items[c] = (pivot_item){ ranks[c], (uint32_t)c };
  const pivot_item *sorted = pivot_sort_items(items, items + count, count);
  for (size_t e = 0; e < count; e++) {
    w->rank[e] = sorted[e].key;
    w->cell[e] = sorted[e].number;
  }
  remit_release(items);
  return REMIT_OK;
}

/* Entries whose ranks differ from the one before in a digit, or those before it, get the last of its keys. */
static void note_digit(const pivot_entries *w, const pivot_members *digit)
{
  const uint64_t *restrict rank = w->rank;
  uint8_t *restrict change = w->change;
  const uint8_t key = (uint8_t)(digit->end - 1);
  for (size_t e = 1; e < w->entries; e++)
    change[e] = rank[e] >> digit->shift != rank[e - 1] >> digit->shift ? key : change[e];
}

/* The same for one key of a digit. Places with as many steps before them have the same; `steps` is scratch. */
static void note_key(const pivot_entries *w, const pivot_members *digit, size_t key, uint32_t *restrict steps)
{
  const uint64_t *restrict rank = w->rank;
  uint8_t *restrict change = w->change;
  steps[0] = 0;
  for (size_t i = 1; i < digit->size; i++)
    steps[i] = steps[i - 1] + (digit->step[i] <= key);
  for (size_t e = 1; e < w->entries; e++)
    change[e] = steps[place_in(digit, rank[e])] != steps[place_in(digit, rank[e - 1])] ? (uint8_t)key : change[e];
}

/* From the last key to the first: the first one that differs stays. */
static void note_changes(const pivot_entries *w, uint32_t *steps)
{
  memset(w->change, (int)w->plan->pivot->by_count, w->entries);
  for (size_t d = w->plan->digit_count; d-- > 0;) {
    const pivot_members *digit = &w->digits[d];
    bool merged = w->merged && d + 1 == w->plan->digit_count;
    if (!merged)
      note_digit(w, digit);
    for (size_t key = merged ? digit->end : digit->end - 1; key-- > digit->first;)
      note_key(w, digit, key, steps);
  }
  w->change[0] = 0; /* of the first entry, or the room past the end */
}

void pivot_entries_codes(const pivot_entries *w, const pivot_key *key, const uint32_t *entry, size_t count, uint32_t *restrict codes)
{
  const pivot_members digit = w->digits[key->digit];
  const uint64_t *rank = w->rank;
  for (size_t i = 0; i < count; i++)
    codes[i] = digit.value[place_in(&digit, rank[entry != NULL ? entry[i] : i])];
  for (size_t i = 0; i < count && key->fold != NULL; i++)
    codes[i] = key->fold[codes[i]];
}

/* Whether keys of cells stand in the order of the result: by codes, none of which is missing. */
static bool is_plain(const pivot_entries *w)
{
  if (w->cells->stages[0].seen == NULL || w->plan->digit_count != w->plan->pivot->by_count)
    return false;
  for (size_t d = 0; d < w->plan->digit_count; d++) {
    const pivot_digit *digit = &w->plan->digits[d];
    if (w->plan->keys[d].fold != NULL || remit_column_stats(digit->column).missing != 0)
      return false;
    for (size_t code = 1; digit->map != NULL && code <= (size_t)remit_column_stats(digit->column).max; code++)
      if (digit->map[code] == 0)
        return false;
  }
  return true;
}

/* The first digit in which two keys differ, known without their last digits. */
static uint8_t changed_digit(const pivot_divisor *sizes, size_t last, uint32_t key, uint32_t before)
{
  size_t digit = last;
  while (key != before && digit > 0) {
    digit--;
    key = pivot_quotient(key, sizes[digit]);
    before = pivot_quotient(before, sizes[digit]);
  }
  return (uint8_t)digit;
}

/* fast path: as below, where cells are in order by their keys; same answer without it */
static void walk_seen(pivot_entries *w)
{
  const pivot_numbers *numbers = &w->cells->stages[0];
  const size_t last = w->plan->digit_count - 1, words = w->plan->stage_size[0] / 64 + 1;
  pivot_divisor sizes[REMIT_KEYS_MAX];
  for (size_t d = 0; d <= last; d++)
    sizes[d] = pivot_divisor_of(w->plan->digits[d].size);
  uint32_t row = 0; /* the key without its last digit */
  size_t e = 0;
  for (size_t word = 0; word < words; word++)
    for (uint64_t left = numbers->seen[word]; left != 0; left &= left - 1, e++) {
      uint32_t key = (uint32_t)(word * 64 + remit_lowest_bit(left)), before = row;
      row = pivot_quotient(key, sizes[last]);
      w->cell[e] = numbers->number[key];
      w->code[e] = key - row * sizes[last].number;
      w->change[e] = changed_digit(sizes, last, row, before);
    }
  w->entries = e;
  w->change[0] = 0; /* of the first entry, or the room past the end */
}

static remit_status walk_ranked(pivot_entries *w, remit_error *err)
{
  size_t count = w->entries = w->cells->count;
  uint64_t *ranks = remit_allocate_zero(count, sizeof *ranks);
  uint32_t *places = remit_allocate(largest_digit(w), sizeof *places);
  w->rank = remit_allocate(count, sizeof *w->rank);
  remit_status status = ranks != NULL && places != NULL && w->rank != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK) {
    rank_cells(w, places, ranks);
    status = ((uint64_t)1 << w->rank_bits <= MARKS ? mark_ranks : sort_ranks)(w, ranks, err);
  }
  if (status == REMIT_OK) {
    note_changes(w, places);
    pivot_entries_codes(w, &w->plan->keys[w->plan->pivot->by_count - 1], NULL, count, w->code);
  }
  remit_release(ranks);
  remit_release(places);
  return status;
}

/* Each cell of a hashed plan has rows. */
static remit_status walk_hashed(pivot_entries *w, remit_error *err)
{
  if (!is_plain(w))
    return walk_ranked(w, err);
  walk_seen(w);
  return REMIT_OK;
}

remit_status pivot_entries_list(pivot_entries *w, remit_error *err)
{
  return (w->plan->dense ? walk_dense : walk_hashed)(w, err);
}
