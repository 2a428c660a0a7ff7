/* SPDX-License-Identifier: Apache-2.0
 * pattern: the matcher. The language is that of the Lua manual, 6.4.1.
 */
#include "pattern.h"

#include <ctype.h>
#include <string.h>

#define DEPTH_MAX 200    /* as Lua's: each level is a level of the C stack */
#define SETTLE_EVERY 4096

static const char *run(matcher *m, const char *at, const char *p);

static void step(matcher *m, size_t steps)
{
  m->steps += steps;
  if (m->steps >= SETTLE_EVERY)
    matcher_settle(m);
}

/* ---- One item of a pattern ---- */

/* Behind the set that begins at `p`, a '['. */
static const char *set_end(matcher *m, const char *p)
{
  p++;
  if (p < m->pattern_end && *p == '^')
    p++;
  bool first = true;
  for (; first || p >= m->pattern_end || *p != ']'; first = false) {
    if (p >= m->pattern_end)
      luaL_error(m->L, "malformed pattern (missing ']')");
    p += *p == '%' && p + 1 < m->pattern_end ? 2 : 1;
  }
  return p + 1;
}

static const char *item_end(matcher *m, const char *p)
{
  if (*p == '%') {
    if (p + 1 >= m->pattern_end)
      luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 2;
  }
  return *p == '[' ? set_end(m, p) : p + 1;
}

static bool in_class(int c, int letter)
{
  bool found;
  switch (tolower(letter)) {
  case 'a': found = isalpha(c); break;
  case 'c': found = iscntrl(c); break;
  case 'd': found = isdigit(c); break;
  case 'g': found = isgraph(c); break;
  case 'l': found = islower(c); break;
  case 'p': found = ispunct(c); break;
  case 's': found = isspace(c); break;
  case 'u': found = isupper(c); break;
  case 'w': found = isalnum(c); break;
  case 'x': found = isxdigit(c); break;
  default: return letter == c;
  }
  return isupper(letter) ? !found : found;
}

/* Whether a set holds a byte; `last` is its closing bracket. */
static bool in_set(matcher *m, int c, const char *p, const char *last)
{
  bool wanted = p[1] != '^';
  step(m, (size_t)(last - p) / 4);
  for (p += wanted ? 1 : 2; p < last; p++) {
    if (*p == '%') {
      if (in_class(c, (unsigned char)*++p))
        return wanted;
    } else if (p + 2 < last && p[1] == '-') {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2])
        return wanted;
      p += 2;
    } else if ((unsigned char)*p == c) {
      return wanted;
    }
  }
  return !wanted;
}

static bool fits(matcher *m, const char *at, const char *p, const char *end)
{
  if (at >= m->text_end)
    return false;
  int c = (unsigned char)*at;
  switch (*p) {
  case '.': return true;
  case '%': return in_class(c, (unsigned char)p[1]);
  case '[': return in_set(m, c, p, end - 1);
  default: return (unsigned char)*p == c;
  }
}

/* ---- Repetition ---- */

static const char *run_most(matcher *m, const char *at, const char *p, const char *end)
{
  ptrdiff_t count = 0;
  while (fits(m, at + count, p, end)) {
    step(m, 1);
    count++;
  }
  for (; count >= 0; count--) {
    const char *found = run(m, at + count, end + 1);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static const char *run_least(matcher *m, const char *at, const char *p, const char *end)
{
  for (;;) {
    const char *found = run(m, at, end + 1);
    if (found != NULL || !fits(m, at, p, end))
      return found;
    at++;
  }
}

/* ---- Captures ---- */

static const char *open_capture(matcher *m, const char *at, const char *p, ptrdiff_t size)
{
  if (m->count >= PATTERN_CAPTURES)
    luaL_error(m->L, "too many captures");
  m->captures[m->count++] = (pattern_capture){ at, size };
  const char *found = run(m, at, p);
  if (found == NULL)
    m->count--;
  return found;
}

static const char *close_capture(matcher *m, const char *at, const char *p)
{
  int open = m->count - 1;
  while (open >= 0 && m->captures[open].size != PATTERN_OPEN)
    open--;
  if (open < 0)
    luaL_error(m->L, "invalid pattern capture");
  m->captures[open].size = at - m->captures[open].start;
  const char *found = run(m, at, p);
  if (found == NULL)
    m->captures[open].size = PATTERN_OPEN;
  return found;
}

static const char *same_again(matcher *m, const char *at, char digit)
{
  int index = digit - '1';
  if (index < 0 || index >= m->count || m->captures[index].size == PATTERN_OPEN)
    luaL_error(m->L, "invalid capture index %%%d", index + 1);
  const pattern_capture *one = &m->captures[index];
  size_t size = one->size < 0 ? SIZE_MAX : (size_t)one->size;
  step(m, size < SIZE_MAX ? size / 8 : 0);
  if (size > (size_t)(m->text_end - at) || memcmp(one->start, at, size) != 0)
    return NULL;
  return at + size;
}

/* ---- %b and %f ---- */

static const char *balanced(matcher *m, const char *at, const char *p)
{
  if (p + 1 >= m->pattern_end)
    luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (at >= m->text_end || *at != p[0])
    return NULL;
  for (size_t open = 1; ++at < m->text_end;) {
    step(m, 1);
    if (*at == p[1] && --open == 0)
      return at + 1;
    if (*at == p[0] && p[0] != p[1])
      open++;
  }
  return NULL;
}

static const char *frontier(matcher *m, const char *at, const char *p)
{
  if (p >= m->pattern_end || *p != '[')
    luaL_error(m->L, "missing '[' after '%%f' in pattern");
  const char *end = set_end(m, p);
  int previous = at == m->text ? 0 : (unsigned char)at[-1], next = at < m->text_end ? (unsigned char)*at : 0;
  bool holds = !in_set(m, previous, p, end - 1) && in_set(m, next, p, end - 1);
  return holds ? run(m, at, end) : NULL;
}

/* ---- The whole ---- */

/* An item that is not followed by a repetition, or is: moves on in the loop of `forward`, or gives the answer. */
typedef struct cursor {
  const char *at, *pattern;
  bool done; /* `at` is the answer */
} cursor;

static cursor answer(const char *found)
{
  return (cursor){ found, NULL, true };
}

static cursor plain_item(matcher *m, const char *at, const char *p)
{
  const char *end = item_end(m, p);
  char repetition = end < m->pattern_end ? *end : '\0';
  if (repetition == '*')
    return answer(run_most(m, at, p, end));
  if (repetition == '-')
    return answer(run_least(m, at, p, end));
  bool fit = fits(m, at, p, end);
  if (repetition == '+')
    return answer(fit ? run_most(m, at + 1, p, end) : NULL);
  if (repetition != '?')
    return fit ? (cursor){ at + 1, end, false } : answer(NULL);
  const char *found = fit ? run(m, at + 1, end + 1) : NULL;
  return found != NULL ? answer(found) : (cursor){ at, end + 1, false };
}

static cursor escaped_item(matcher *m, const char *at, const char *p)
{
  const char *after;
  switch (p + 1 < m->pattern_end ? p[1] : '\0') {
  case 'b':
    after = balanced(m, at, p + 2);
    return after != NULL ? (cursor){ after, p + 4, false } : answer(NULL);
  case 'f': return answer(frontier(m, at, p + 2));
  case '0':
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7':
  case '8':
  case '9':
    after = same_again(m, at, p[1]);
    return after != NULL ? (cursor){ after, p + 2, false } : answer(NULL);
  default: return plain_item(m, at, p);
  }
}

static cursor forward(matcher *m, const char *at, const char *p)
{
  switch (*p) {
  case '(':
    if (p + 1 < m->pattern_end && p[1] == ')')
      return answer(open_capture(m, at, p + 2, PATTERN_POSITION));
    return answer(open_capture(m, at, p + 1, PATTERN_OPEN));
  case ')': return answer(close_capture(m, at, p + 1));
  case '%': return escaped_item(m, at, p);
  case '$':
    if (p + 1 == m->pattern_end)
      return answer(at == m->text_end ? at : NULL);
    return plain_item(m, at, p);
  default: return plain_item(m, at, p);
  }
}

static const char *run(matcher *m, const char *at, const char *p)
{
  if (m->depth-- == 0)
    luaL_error(m->L, "pattern too complex");
  cursor now = { at, p, false };
  while (!now.done && now.pattern != m->pattern_end) {
    step(m, 1);
    now = forward(m, now.at, now.pattern);
  }
  m->depth++;
  return now.at;
}

void matcher_init(matcher *m, lua_State *L, const char *text, size_t size, const char *pattern_end)
{
  m->L = L;
  m->text = text;
  m->text_end = text + size;
  m->pattern_end = pattern_end;
  m->steps = 0;
  m->depth = DEPTH_MAX;
  m->count = 0;
}

const char *matcher_run(matcher *m, const char *at, const char *pattern)
{
  m->depth = DEPTH_MAX;
  m->count = 0;
  return run(m, at, pattern);
}

void matcher_settle(matcher *m)
{
  size_t steps = m->steps;
  m->steps = 0;
  sandbox_charge(m->L, steps);
}

void matcher_push(matcher *m, int index, const char *start, const char *end)
{
  if (index >= m->count) {
    if (index != 0)
      luaL_error(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, start, (size_t)(end - start));
    return;
  }
  const pattern_capture *one = &m->captures[index];
  if (one->size == PATTERN_OPEN)
    luaL_error(m->L, "unfinished capture");
  if (one->size == PATTERN_POSITION)
    lua_pushinteger(m->L, one->start - m->text + 1);
  else
    lua_pushlstring(m->L, one->start, (size_t)one->size);
}

int matcher_push_all(matcher *m, const char *start, const char *end, bool whole)
{
  int count = m->count == 0 && whole ? 1 : m->count;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++)
    matcher_push(m, i, start, end);
  return count;
}
