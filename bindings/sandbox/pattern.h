/* SPDX-License-Identifier: Apache-2.0
 * pattern: Lua's patterns, matched with a count of steps. Lua's own matcher may try for years without asking anybody.
 */
#ifndef REMIT_SANDBOX_PATTERN_H
#define REMIT_SANDBOX_PATTERN_H

#include "internal.h"

#define PATTERN_CAPTURES 32
#define PATTERN_OPEN (-1)
#define PATTERN_POSITION (-2)

typedef struct pattern_capture {
  const char *start;
  ptrdiff_t size; /* or PATTERN_OPEN, PATTERN_POSITION */
} pattern_capture;

typedef struct matcher {
  lua_State *L;
  const char *text, *text_end, *pattern_end;
  size_t steps;
  int depth, count;
  pattern_capture captures[PATTERN_CAPTURES];
} matcher;

void matcher_init(matcher *m, lua_State *L, const char *text, size_t size, const char *pattern_end);
/* The end of the match that begins at `at`, or NULL. Raises for a malformed pattern and when the work is used up. */
const char *matcher_run(matcher *m, const char *at, const char *pattern);
/* Counts what was done so far. */
void matcher_settle(matcher *m);
/* Pushes a capture; the whole match as the first when the pattern has none. */
void matcher_push(matcher *m, int index, const char *start, const char *end);
/* All of them; `whole`: also the match, when there are none. */
int matcher_push_all(matcher *m, const char *start, const char *end, bool whole);

#endif
