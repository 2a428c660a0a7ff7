/* SPDX-License-Identifier: Apache-2.0
 * match: names in a dictionary of folded texts, rules in a list.
 */
#include "match_internal.h"

#include <string.h>

#include "glob.h"
#include "memory.h"

#define FIRST_SPACE 16

remit_status remit_match_new(remit_match **out, remit_error *err)
{
  *out = NULL;
  remit_match *match = remit_allocate_zero(1, sizeof *match);
  if (match == NULL)
    return remit_no_memory(err);
  remit_status status = remit_dictionary_new(&match->names, err);
  if (status == REMIT_OK)
    status = remit_dictionary_new(&match->trigrams, err);
  if (status != REMIT_OK) {
    remit_match_free(match);
    return status;
  }
  *out = match;
  return REMIT_OK;
}

void remit_match_free(remit_match *match)
{
  if (match == NULL)
    return;
  for (size_t i = 0; i < match->rule_count; i++)
    remit_text_free(match->rules[i].pattern);
  remit_dictionary_free(match->names);
  remit_dictionary_free(match->trigrams);
  remit_release(match->target_of);
  remit_release(match->entries);
  remit_release(match->heads);
  remit_release(match->postings);
  remit_release(match->rules);
  remit_release(match);
}

/* The block with room for `wanted` items, or NULL, the old one being as it was. */
static void *with_room(void *block, size_t *space, size_t wanted, size_t size)
{
  if (wanted <= *space && block != NULL)
    return block;
  size_t room = *space < FIRST_SPACE ? FIRST_SPACE : *space;
  while (room < wanted)
    room *= 2;
  void *grown = remit_reallocate(block, room, size);
  if (grown != NULL)
    *space = room;
  return grown;
}

static remit_status grow(remit_match *match, size_t trigrams, remit_error *err)
{
  size_t heads = remit_dictionary_size(match->trigrams);
  uint32_t *target_of = with_room(match->target_of, &match->target_space, remit_dictionary_size(match->names) + 1, sizeof *target_of);
  match->target_of = target_of != NULL ? target_of : match->target_of;
  entry *entries = with_room(match->entries, &match->entry_space, match->entry_count + 1, sizeof *entries);
  match->entries = entries != NULL ? entries : match->entries;
  uint32_t *by_code = with_room(match->heads, &match->head_space, heads, sizeof *by_code);
  match->heads = by_code != NULL ? by_code : match->heads;
  posting *postings = with_room(match->postings, &match->posting_space, match->posting_count + trigrams, sizeof *postings);
  match->postings = postings != NULL ? postings : match->postings;
  if (target_of == NULL || entries == NULL || by_code == NULL || postings == NULL)
    return remit_no_memory(err);
  for (; match->head_count < heads; match->head_count++)
    match->heads[match->head_count] = 0;
  return REMIT_OK;
}

/* All that can fail, before anything is kept but room: `codes` become those of the trigrams. */
static remit_status prepare(remit_match *match, const uint64_t *keys, uint32_t *codes, size_t count, remit_error *err)
{
  if (match->entry_count >= REMIT_MATCH_NAMES_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %u names", REMIT_MATCH_NAMES_MAX);
  if (count >= UINT32_MAX - match->posting_count)
    return remit_fail(err, REMIT_ELIMIT, "the names are too long together");
  for (size_t i = 0; i < count; i++) {
    remit_status status = remit_dictionary_add(match->trigrams, (const char *)&keys[i], sizeof keys[i], &codes[i], err);
    if (status != REMIT_OK)
      return status;
  }
  return grow(match, count, err);
}

static void commit(remit_match *match, uint32_t target, const uint32_t *codes, size_t count)
{
  uint32_t at = (uint32_t)match->entry_count++;
  match->entries[at] = (entry){ target, (uint32_t)count };
  for (size_t i = 0; i < count; i++) {
    uint32_t *head = &match->heads[codes[i]];
    match->postings[match->posting_count++] = (posting){ at, *head };
    *head = (uint32_t)match->posting_count;
  }
}

static remit_status add_folded(remit_match *match, const char *folded, uint32_t target, remit_error *err)
{
  uint32_t code = remit_dictionary_find(match->names, folded, strlen(folded));
  if (code != 0 && match->target_of[code] == target)
    return REMIT_OK;
  uint64_t *keys;
  size_t count;
  remit_status status = remit_match_trigrams(folded, &keys, &count, err);
  if (status != REMIT_OK)
    return status;
  uint32_t *codes = remit_allocate(count, sizeof *codes);
  status = codes != NULL ? prepare(match, keys, codes, count, err) : remit_no_memory(err);
  bool known = code != 0;
  if (status == REMIT_OK && !known)
    status = remit_dictionary_add(match->names, folded, strlen(folded), &code, err);
  if (status == REMIT_OK) {
    match->target_of[code] = known ? 0 : target;
    commit(match, target, codes, count);
  }
  remit_release(codes);
  remit_release(keys);
  return status;
}

static remit_status check(const char *folded, uint32_t target, const char *what, remit_error *err)
{
  if (target == 0)
    return remit_fail(err, REMIT_EINVAL, "a target is a number above 0");
  if (folded[0] == '\0')
    return remit_fail(err, REMIT_EINVAL, "a %s without letters or digits", what);
  if (strlen(folded) > REMIT_LABEL_MAX)
    return remit_fail(err, REMIT_ELIMIT, "a %s of more than %d bytes", what, REMIT_LABEL_MAX);
  return REMIT_OK;
}

remit_status remit_match_name(remit_match *match, const char *text, size_t size, uint32_t target, remit_error *err)
{
  char *folded;
  remit_status status = remit_match_fold(text, size, false, &folded, err);
  if (status != REMIT_OK)
    return status;
  status = check(folded, target, "name", err);
  if (status == REMIT_OK)
    status = add_folded(match, folded, target, err);
  remit_text_free(folded);
  return status;
}

remit_status remit_match_rule(remit_match *match, const char *pattern, size_t size, uint32_t target, remit_error *err)
{
  if (match->rule_count >= REMIT_MATCH_RULES_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %d rules", REMIT_MATCH_RULES_MAX);
  rule *rules = with_room(match->rules, &match->rule_space, match->rule_count + 1, sizeof *rules);
  if (rules == NULL)
    return remit_no_memory(err);
  match->rules = rules;
  char *folded;
  remit_status status = remit_match_fold(pattern, size, true, &folded, err);
  if (status != REMIT_OK)
    return status;
  status = check(folded, target, "rule", err);
  if (status == REMIT_OK)
    match->rules[match->rule_count++] = (rule){ folded, target };
  else
    remit_text_free(folded);
  return status;
}

static remit_found first_rule(const remit_match *match, const char *folded)
{
  for (size_t i = 0; i < match->rule_count; i++)
    if (remit_glob_match(match->rules[i].pattern, folded))
      return (remit_found){ REMIT_MATCH_RULE, match->rules[i].target, i + 1 };
  return (remit_found){ REMIT_MATCH_NONE, 0, 0 };
}

remit_status remit_match_find(const remit_match *match, const char *text, size_t size, remit_found *out, remit_error *err)
{
  *out = (remit_found){ REMIT_MATCH_NONE, 0, 0 };
  char *folded;
  remit_status status = remit_match_fold(text, size, false, &folded, err);
  if (status != REMIT_OK)
    return status;
  uint32_t code = remit_dictionary_find(match->names, folded, strlen(folded));
  if (code != 0)
    *out = (remit_found){ match->target_of[code] != 0 ? REMIT_MATCH_NAME : REMIT_MATCH_AMBIGUOUS, match->target_of[code], 0 };
  else if (folded[0] != '\0')
    *out = first_rule(match, folded);
  remit_text_free(folded);
  return REMIT_OK;
}
