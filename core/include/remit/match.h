/* SPDX-License-Identifier: Apache-2.0
 * match: local names (cost centres, job titles, another board's workstreams) on to the members of a vocabulary.
 *
 *   remit_match *match;
 *   remit_match_new(&match, &err);
 *   remit_match_name(match, "NHS Continuing Healthcare", 25, 16, &err);      a name of target 16
 *   remit_match_rule(match, "*chc*", 5, 16, &err);                           a rule for it
 *   remit_match_find(match, "nhs continuing-healthcare", 25, &target)        -> REMIT_MATCH_NAME, 16
 *   remit_match_suggest(match, "Cont. health care", 17, found, 5)            -> the likeliest targets, for a person to confirm
 *
 * Names are compared without regard to case, spaces, punctuation and accents (Unicode compatibility folding). A name wins over a rule, and rules are tried in
 * order. Likeness (shared three-letter pieces) only ever suggests. Build it, then it is const and may be shared between threads.
 */
#ifndef REMIT_MATCH_H
#define REMIT_MATCH_H

#include "remit/dictionary.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_MATCH_NAMES_MAX (1u << 22)
#define REMIT_MATCH_RULES_MAX 65536

typedef struct remit_match remit_match;

REMIT_API remit_status remit_match_new(remit_match **out, remit_error *err);
REMIT_API void remit_match_free(remit_match *match);

/* A name of a target (any number above 0): its id, name or an alias. The same name for two targets is no longer a name of either: what finds it is
 * REMIT_MATCH_AMBIGUOUS. Empty once folded: REMIT_EINVAL. REMIT_EPARSE for text that is not UTF-8. */
REMIT_API remit_status remit_match_name(remit_match *match, const char *text, size_t size, uint32_t target, remit_error *err);

/* A pattern with * and ? that a folded name as a whole must meet. */
REMIT_API remit_status remit_match_rule(remit_match *match, const char *pattern, size_t size, uint32_t target, remit_error *err);

typedef enum remit_match_how {
  REMIT_MATCH_NONE,
  REMIT_MATCH_NAME,
  REMIT_MATCH_RULE,
  REMIT_MATCH_AMBIGUOUS /* a name of several targets */
} remit_match_how;

/* `target` gets the target, or 0; `rule` (or NULL) the number of the rule from 1, or 0. */
REMIT_API remit_match_how remit_match_find(const remit_match *match, const char *text, size_t size, uint32_t *target, size_t *rule);

typedef struct remit_likeness {
  uint32_t target;
  uint32_t score;   /* of the target's likeliest name, in millionths: shared trigrams of both, doubled, over all trigrams of both (Dice) */
} remit_likeness;

/* The targets most like a text, likeliest first and then by number; at most `max`, none below `least` millionths. REMIT_ENOMEM at worst. */
REMIT_API remit_status remit_match_suggest(const remit_match *match, const char *text, size_t size, uint32_t least, remit_likeness *out, size_t max,
                                           size_t *count, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
