/* SPDX-License-Identifier: Apache-2.0
 * match: local names (cost centres, job titles, another board's workstreams) on to the members of a vocabulary.
 *
 *   remit_match *match;
 *   remit_match_new(&match, &err);
 *   remit_match_name(match, "NHS Continuing Healthcare", 25, 16, &err);      a name of target 16
 *   remit_match_rule(match, "*chc*", 5, 16, &err);                           a rule for it
 *   remit_match_find(match, "nhs continuing-healthcare", 25, &found, &err);  -> REMIT_MATCH_NAME, 16
 *   remit_match_suggest(match, "Cont. health care", 17, 300000, likely, 5, &count, &err);      for a person to confirm
 *   remit_match_free(match);
 *
 * Names are compared folded: case, accents and compatibility forms (Unicode) are ignored, apostrophes are nothing, and each run of anything else that
 * is no letter or digit is one space, none at either end. A name wins over a rule, and rules are tried in order. Likeness only ever suggests. Text is
 * copied in. Build it, then it is const and may be shared between threads.
 */
#ifndef REMIT_MATCH_H
#define REMIT_MATCH_H

#include "remit/dictionary.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_MATCH_NAMES_MAX (1u << 20)
#define REMIT_MATCH_RULES_MAX 65536

typedef struct remit_match remit_match;

REMIT_API remit_status remit_match_new(remit_match **out, remit_error *err);
REMIT_API void remit_match_free(remit_match *match);

/* A name of a target (any number above 0): its id, name or an alias. The same name for two targets is no longer a name of either: what finds it is
 * REMIT_MATCH_AMBIGUOUS. REMIT_EINVAL when there is no letter or digit in it or the target is 0, REMIT_EPARSE for text that is not UTF-8 (as
 * remit_text_fold), REMIT_ELIMIT past the limits above and REMIT_LABEL_MAX. After a failure the match is as it was. */
REMIT_API remit_status remit_match_name(remit_match *match, const char *text, size_t size, uint32_t target, remit_error *err);

/* A pattern that a folded name as a whole must meet: * is any run of characters, ? is one. It is folded like a name but for these two. Errors as above. */
REMIT_API remit_status remit_match_rule(remit_match *match, const char *pattern, size_t size, uint32_t target, remit_error *err);

typedef enum remit_match_how {
  REMIT_MATCH_NONE,
  REMIT_MATCH_NAME,
  REMIT_MATCH_RULE,
  REMIT_MATCH_AMBIGUOUS /* a name of several targets */
} remit_match_how;

typedef struct remit_found {
  remit_match_how how;
  uint32_t target; /* 0 for none and ambiguous */
  size_t rule;     /* its number, from 1, in the order of adding; else 0 */
} remit_found;

/* What a text means. One look-up, and a pass over the rules when it is no name. REMIT_EPARSE, REMIT_ENOMEM. */
REMIT_API remit_status remit_match_find(const remit_match *match, const char *text, size_t size, remit_found *out, remit_error *err);

typedef struct remit_likeness {
  uint32_t target;
  uint32_t score; /* of the target's likeliest name, in millionths */
} remit_likeness;

/* The targets most like a text, likeliest first and then by number; at most `max`, none below `least` millionths and none that has nothing in common.
 * Likeness is Dice's: of the distinct runs of three characters in each (word by word, the space before and after it included), twice those that
 * both have over those of the one and the other. Cost: the text's runs times the names that have each. */
REMIT_API remit_status remit_match_suggest(const remit_match *match, const char *text, size_t size, uint32_t least, remit_likeness *out, size_t max,
                                           size_t *count, remit_error *err);

#ifdef __cplusplus
}
#endif
#endif
