/* SPDX-License-Identifier: Apache-2.0
 * pivot_distinct: how many different codes. The scan notes pairs of cell and code, skipping a code that its cell has just had; once the
 * pairs are in order of codes, "the last code seen" per group counts exactly, for every level alike.
 */
#include "memory.h"
#include "pivot_internal.h"

static remit_status reserve(pivot_pairs *pairs, size_t extra, remit_error *err)
{
  if (pairs->count + extra <= pairs->room)
    return REMIT_OK;
  size_t room = pairs->room != 0 ? pairs->room * 2 : REMIT_BLOCK;
  uint32_t *cell = remit_reallocate(pairs->cell, room, sizeof *cell);
  pairs->cell = cell != NULL ? cell : pairs->cell;
  uint32_t *code = remit_reallocate(pairs->code, room, sizeof *code);
  pairs->code = code != NULL ? code : pairs->code;
  if (cell == NULL || code == NULL)
    return remit_no_memory(err);
  pairs->room = room;
  return REMIT_OK;
}

remit_status pivot_pairs_add(pivot_pairs *pairs, const uint32_t *cell, const uint32_t *code, size_t count, remit_error *err)
{
  remit_status status = reserve(pairs, count, err);
  if (status != REMIT_OK)
    return status;
  size_t next = pairs->count;
  for (size_t i = 0; i < count; i++) {
    uint32_t *last = &pairs->last[cell[i]];
    pairs->cell[next] = cell[i];
    pairs->code[next] = code[i];
    next += code[i] != 0 && code[i] != *last;
    *last = code[i];
  }
  pairs->count = next;
  return REMIT_OK;
}

/* By counting: starts[c] is where the pairs of code c begin, moving on as they are placed. */
static void place(const pivot_pairs *from, pivot_pairs *to, size_t *starts, size_t codes)
{
  for (size_t i = 0; i < from->count; i++)
    starts[from->code[i] + 1]++;
  for (size_t c = 0; c < codes; c++)
    starts[c + 1] += starts[c];
  for (size_t i = 0; i < from->count; i++) {
    size_t at = starts[from->code[i]]++;
    to->cell[at] = from->cell[i];
    to->code[at] = from->code[i];
  }
}

remit_status pivot_pairs_sort(pivot_pairs *pairs, const remit_column *column, remit_error *err)
{
  remit_column_summary stats = remit_column_stats(column);
  if (stats.ascending || pairs->count == 0)
    return REMIT_OK;
  size_t codes = (size_t)stats.max + 1;
  pivot_pairs sorted = { .count = pairs->count, .room = pairs->count, .last = pairs->last };
  sorted.cell = remit_allocate(pairs->count, sizeof *sorted.cell);
  sorted.code = remit_allocate(pairs->count, sizeof *sorted.code);
  size_t *starts = remit_allocate_zero(codes + 1, sizeof *starts);
  if (sorted.cell == NULL || sorted.code == NULL || starts == NULL) {
    remit_release(sorted.cell);
    remit_release(sorted.code);
    remit_release(starts);
    return remit_no_memory(err);
  }
  place(pairs, &sorted, starts, codes);
  remit_release(starts);
  remit_release(pairs->cell);
  remit_release(pairs->code);
  *pairs = sorted;
  return REMIT_OK;
}

/* first[c] to first[c + 1] are the entries of cell c. */
static size_t *entries_of_cells(const pivot_level *level, size_t cells)
{
  size_t *first = remit_allocate_zero(cells + 1, sizeof *first);
  if (first == NULL)
    return NULL;
  for (size_t e = 0; e < level->entries; e++)
    first[level->cell[e] + 1]++;
  for (size_t c = 0; c < cells; c++)
    first[c + 1] += first[c];
  return first;
}

remit_status pivot_pairs_count(const pivot_pairs *pairs, size_t cells, const pivot_level *level, int64_t *counts, remit_error *err)
{
  size_t *first = entries_of_cells(level, cells);
  uint32_t *last = remit_allocate_zero(level->groups, sizeof *last);
  if (first != NULL && last != NULL)
    for (size_t i = 0; i < pairs->count; i++)
      for (size_t e = first[pairs->cell[i]]; e < first[pairs->cell[i] + 1]; e++) {
        uint32_t group = level->group[e];
        counts[group] += last[group] != pairs->code[i];
        last[group] = pairs->code[i];
      }
  bool done = first != NULL && last != NULL;
  remit_release(first);
  remit_release(last);
  return done ? REMIT_OK : remit_no_memory(err);
}

void pivot_pairs_release(pivot_pairs *pairs)
{
  remit_release(pairs->cell);
  remit_release(pairs->code);
  remit_release(pairs->last);
  *pairs = (pivot_pairs){ 0 };
}
