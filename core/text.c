/* SPDX-License-Identifier: Apache-2.0
 * text: folding labels for comparison (NFKC_Casefold, by utf8proc) and the distance between two of them.
 * utf8proc works in buffers that are given to it, so that every allocation goes through the one door.
 */
#include "remit/dictionary.h"

#include <string.h>
#include <utf8proc.h>

#include "memory.h"

#define FOLDING (UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE | UTF8PROC_STABLE)
#define MOST_ACCENTS 30

static bool is_ascii(const char *text, size_t size)
{
  unsigned char seen = 0;
  for (size_t i = 0; i < size; i++)
    seen |= (unsigned char)text[i];
  return seen < 0x80;
}

static bool is_space(int32_t character)
{
  return character == ' ' || (character >= '\t' && character <= '\r') || character == 0x85 || character == 0xa0 ||
         character == 0x1680 || (character >= 0x2000 && character <= 0x200a) || character == 0x2028 || character == 0x2029 ||
         character == 0x202f || character == 0x205f || character == 0x3000;
}

/* Copies folded characters with each run of spaces as one, and none at either end. `to` may be the same place as `from`. */
static void squeeze_ascii(const char *from, size_t size, char *to)
{
  size_t length = 0;
  for (size_t i = 0; i < size; i++) {
    char c = from[i];
    if (!is_space(c))
      to[length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    else if (length > 0 && to[length - 1] != ' ')
      to[length++] = ' ';
  }
  if (length > 0 && to[length - 1] == ' ')
    length--;
  to[length] = '\0';
}

static utf8proc_ssize_t squeeze_wide(int32_t *characters, utf8proc_ssize_t count)
{
  utf8proc_ssize_t length = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    if (!is_space(characters[i]))
      characters[length++] = characters[i];
    else if (length > 0 && characters[length - 1] != ' ')
      characters[length++] = ' ';
  }
  if (length > 0 && characters[length - 1] == ' ')
    length--;
  return length;
}

static remit_status fold_ascii(const char *text, size_t size, char **out, remit_error *err)
{
  char *folded = remit_allocate(size + 1, 1);
  if (folded == NULL)
    return remit_no_memory(err);
  squeeze_ascii(text, size, folded);
  *out = folded;
  return REMIT_OK;
}

static remit_status refuse(remit_error *err, size_t at, const char *message)
{
  remit_fail(err, REMIT_EPARSE, "%s at byte %zu", message, at + 1);
  if (err != NULL)
    err->at = at;
  return REMIT_EPARSE;
}

/* Long runs of accents are refused because putting them in order takes quadratic time. */
static remit_status check(const char *text, size_t size, remit_error *err)
{
  int accents = 0;
  for (size_t at = 0; at < size;) {
    int32_t character;
    utf8proc_ssize_t length = utf8proc_iterate((const uint8_t *)text + at, (utf8proc_ssize_t)(size - at), &character);
    if (length <= 0)
      return refuse(err, at, "not UTF-8");
    accents = utf8proc_get_property(character)->combining_class != 0 ? accents + 1 : 0;
    if (accents > MOST_ACCENTS)
      return refuse(err, at, "too many accents on one letter");
    at += (size_t)length;
  }
  return REMIT_OK;
}

static remit_status fold_wide(const char *text, size_t size, char **out, remit_error *err)
{
  const uint8_t *bytes = (const uint8_t *)text;
  remit_status status = check(text, size, err);
  if (status != REMIT_OK)
    return status;
  utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)size, NULL, 0, FOLDING);
  if (count < 0)
    return remit_fail(err, REMIT_ELIMIT, "text of %zu bytes is too long to compare", size);
  int32_t *characters = remit_allocate((size_t)count + 1, sizeof *characters);
  if (characters == NULL)
    return remit_no_memory(err);
  utf8proc_decompose(bytes, (utf8proc_ssize_t)size, characters, count, FOLDING);
  count = squeeze_wide(characters, count);
  /* Composes and encodes in place; a character takes at most the four bytes that it had. */
  utf8proc_reencode(characters, count, FOLDING);
  *out = (char *)characters;
  return REMIT_OK;
}

remit_status remit_text_fold(const char *text, size_t size, char **out, remit_error *err)
{
  *out = NULL;
  if (size > INT32_MAX)
    return remit_fail(err, REMIT_ELIMIT, "text of %zu bytes is too long to compare", size);
  const char *nul = size != 0 ? memchr(text, '\0', size) : NULL;
  if (nul != NULL)
    return refuse(err, (size_t)(nul - text), "a NUL");
  return is_ascii(text, size) ? fold_ascii(text, size, out, err) : fold_wide(text, size, out, err);
}

void remit_text_free(char *text)
{
  remit_release(text);
}

/* Bytes that are no UTF-8 count as a character each. */
static size_t decode(const char *text, size_t size, int32_t *characters)
{
  size_t count = 0;
  for (size_t at = 0; at < size;) {
    utf8proc_ssize_t length = utf8proc_iterate((const uint8_t *)text + at, (utf8proc_ssize_t)(size - at), &characters[count]);
    if (length <= 0) {
      characters[count] = -(int32_t)(unsigned char)text[at];
      length = 1;
    }
    at += (size_t)length;
    count++;
  }
  return count;
}

static size_t least(size_t a, size_t b)
{
  return a < b ? a : b;
}

typedef struct comparison {
  const int32_t *a, *b;
  size_t a_count, b_count;
  size_t *before, *above, *row; /* of the last two characters of `a` and of this one */
} comparison;

/* One cell: the cost of making i characters of `a` into j of `b`. Only cells within `limit` of the diagonal are filled and read. */
static size_t cell_cost(const comparison *c, size_t i, size_t j, size_t limit)
{
  if (j == 0)
    return i;
  size_t cost = c->above[j - 1] + (c->a[i - 1] != c->b[j - 1]);
  if (j + limit > i)
    cost = least(cost, c->row[j - 1] + 1);
  if (j < i + limit)
    cost = least(cost, c->above[j] + 1);
  if (i > 1 && j > 1 && c->a[i - 1] == c->b[j - 2] && c->a[i - 2] == c->b[j - 1])
    cost = least(cost, c->before[j - 2] + 1);
  return cost;
}

static size_t fill_row(comparison *c, size_t i, size_t limit)
{
  size_t lowest = SIZE_MAX, last = least(i + limit, c->b_count);
  for (size_t j = i > limit ? i - limit : 0; j <= last; j++) {
    c->row[j] = cell_cost(c, i, j, limit);
    lowest = least(lowest, c->row[j]);
  }
  return lowest;
}

static size_t compare(comparison *c, size_t limit)
{
  for (size_t j = 0; j <= c->b_count; j++)
    c->above[j] = j;
  for (size_t i = 1; i <= c->a_count; i++) {
    /* One row is enough: a swap reaches over it, but costs no less than its first half as a replacement. */
    if (fill_row(c, i, limit) > limit)
      return limit + 1;
    size_t *spare = c->before;
    c->before = c->above;
    c->above = c->row;
    c->row = spare;
  }
  return least(c->above[c->b_count], limit + 1);
}

static size_t compare_in(void *block, const char *a, size_t a_size, const char *b, size_t b_size, size_t limit)
{
  size_t *rows = block;
  int32_t *characters = (int32_t *)(rows + 3 * (b_size + 1));
  comparison c = { .a = characters, .b = characters + a_size, .before = rows, .above = rows + b_size + 1, .row = rows + 2 * (b_size + 1) };
  c.a_count = decode(a, a_size, characters);
  c.b_count = decode(b, b_size, characters + a_size);
  size_t apart = c.a_count > c.b_count ? c.a_count - c.b_count : c.b_count - c.a_count;
  return apart > limit ? limit + 1 : compare(&c, limit);
}

size_t remit_text_distance(const char *a, const char *b, size_t limit)
{
  size_t a_size = strlen(a), b_size = strlen(b), longer = a_size > b_size ? a_size : b_size;
  limit = least(limit, longer);
  size_t small[5 * 64];
  if (longer < 64)
    return compare_in(small, a, a_size, b, b_size, limit);
  if (longer > SIZE_MAX / 64)
    return limit + 1;
  size_t *large = remit_allocate(3 * (b_size + 1) + (a_size + b_size) / 2 + 1, sizeof *large);
  if (large == NULL)
    return limit + 1;
  size_t distance = compare_in(large, a, a_size, b, b_size, limit);
  remit_release(large);
  return distance;
}
