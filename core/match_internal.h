/* SPDX-License-Identifier: Apache-2.0
 * match_internal: what the files of match share. Internal to core/.
 */
#ifndef REMIT_MATCH_INTERNAL_H
#define REMIT_MATCH_INTERNAL_H

#include "remit/match.h"

/* A name of a target. One folded name may have several entries, each of another target. */
typedef struct entry {
  uint32_t target;
  uint32_t trigrams; /* how many distinct ones the name has */
} entry;

/* An entry that has a trigram; `next` is the index of the one before it plus 1, or 0. */
typedef struct posting {
  uint32_t entry;
  uint32_t next;
} posting;

typedef struct rule {
  char *pattern;
  uint32_t target;
} rule;

struct remit_match {
  remit_dictionary *names; /* folded */
  uint32_t *target_of;     /* by code of a name; 0: of several */
  size_t target_space;
  entry *entries;
  size_t entry_count, entry_space;
  remit_dictionary *trigrams; /* the eight bytes of a key */
  uint32_t *heads;            /* by code of a trigram: the index of its newest posting plus 1 */
  size_t head_count, head_space;
  posting *postings;
  size_t posting_count, posting_space;
  rule *rules;
  size_t rule_count, rule_space;
};

/* Folded text, NUL-terminated and freed with remit_text_free; with `pattern`, * and ? stay. */
remit_status remit_match_fold(const char *text, size_t size, bool pattern, char **out, remit_error *err);

/* The distinct trigrams of a folded text in rising order, each packed in a number; freed with remit_release. */
remit_status remit_match_trigrams(const char *folded, uint64_t **out, size_t *count, remit_error *err);

#endif
