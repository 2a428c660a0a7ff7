/* SPDX-License-Identifier: Apache-2.0
 * match: likely targets of a text, by an index from trigrams to the names that have them.
 */
#include "match_internal.h"

#include "memory.h"

#define MILLIONTHS 1000000u

/* Distinct targets, likeliest first. */
typedef struct shortlist {
  remit_likeness *out;
  size_t count, max;
} shortlist;

static bool before(remit_likeness a, remit_likeness b)
{
  return a.score != b.score ? a.score > b.score : a.target < b.target;
}

static void take_out(shortlist *list, size_t at)
{
  for (list->count--; at < list->count; at++)
    list->out[at] = list->out[at + 1];
}

static void insert(shortlist *list, remit_likeness one)
{
  if (list->count == list->max && !before(one, list->out[list->count - 1]))
    return;
  for (size_t i = 0; i < list->count; i++) {
    if (list->out[i].target != one.target)
      continue;
    if (!before(one, list->out[i]))
      return;
    take_out(list, i);
    break;
  }
  if (list->count == list->max)
    list->count--;
  size_t at = list->count++;
  for (; at > 0 && before(one, list->out[at - 1]); at--)
    list->out[at] = list->out[at - 1];
  list->out[at] = one;
}

static void count_shared(const remit_match *match, const uint64_t *keys, size_t count, uint32_t *shared)
{
  for (size_t i = 0; i < count; i++) {
    uint32_t code = remit_dictionary_find(match->trigrams, (const char *)&keys[i], sizeof keys[i]);
    /* A trigram may be known of a name that then was refused. */
    for (uint32_t at = code != 0 && code < match->head_count ? match->heads[code] : 0; at != 0; at = match->postings[at - 1].next)
      shared[match->postings[at - 1].entry]++;
  }
}

static remit_status rank(const remit_match *match, const uint64_t *keys, size_t count, uint32_t least, shortlist *list, remit_error *err)
{
  uint32_t *shared = remit_allocate_zero(match->entry_count + 1, sizeof *shared);
  if (shared == NULL)
    return remit_no_memory(err);
  count_shared(match, keys, count, shared);
  for (size_t i = 0; i < match->entry_count; i++) {
    if (shared[i] == 0)
      continue;
    uint64_t all = count + match->entries[i].trigrams;
    remit_likeness one = { match->entries[i].target, (uint32_t)(2 * (uint64_t)shared[i] * MILLIONTHS / all) };
    if (one.score >= least)
      insert(list, one);
  }
  remit_release(shared);
  return REMIT_OK;
}

remit_status remit_match_suggest(const remit_match *match, const char *text, size_t size, uint32_t least, remit_likeness *out, size_t max,
                                 size_t *count, remit_error *err)
{
  *count = 0;
  char *folded;
  remit_status status = remit_match_fold(text, size, false, &folded, err);
  if (status != REMIT_OK)
    return status;
  uint64_t *keys = NULL;
  size_t runs = 0;
  shortlist list = { out, 0, max };
  status = remit_match_trigrams(folded, &keys, &runs, err);
  if (status == REMIT_OK && max > 0)
    status = rank(match, keys, runs, least, &list, err);
  *count = list.count;
  remit_release(keys);
  remit_text_free(folded);
  return status;
}
