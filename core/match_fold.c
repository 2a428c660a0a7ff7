/* SPDX-License-Identifier: Apache-2.0
 * match: names as they are compared, and the runs of three characters in them.
 */
#include "match_internal.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "memory.h"

#define NO_MARKS (UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_STABLE)
#define FEW 32

static bool is_apostrophe(int32_t character)
{
  return character == '\'' || character == '`' || character == 0x2018 || character == 0x2019 || character == 0x2bc;
}

static bool is_separator(int32_t character, bool pattern)
{
  if (pattern && (character == '*' || character == '?'))
    return false;
  if (character < 0x80)
    return !(character >= 'a' && character <= 'z') && !(character >= '0' && character <= '9');
  utf8proc_category_t category = utf8proc_category(character);
  return category == UTF8PROC_CATEGORY_CC || (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_ZP);
}

static size_t squeeze_ascii(char *text, bool pattern)
{
  size_t length = 0;
  for (const char *from = text; *from != '\0'; from++) {
    if (is_apostrophe(*from))
      continue;
    if (!is_separator(*from, pattern))
      text[length++] = *from;
    else if (length > 0 && text[length - 1] != ' ')
      text[length++] = ' ';
  }
  return length > 0 && text[length - 1] == ' ' ? length - 1 : length;
}

static utf8proc_ssize_t squeeze_wide(int32_t *characters, utf8proc_ssize_t count, bool pattern)
{
  utf8proc_ssize_t length = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    if (is_apostrophe(characters[i]))
      continue;
    if (!is_separator(characters[i], pattern))
      characters[length++] = characters[i];
    else if (length > 0 && characters[length - 1] != ' ')
      characters[length++] = ' ';
  }
  return length > 0 && characters[length - 1] == ' ' ? length - 1 : length;
}

static bool is_ascii(const char *text)
{
  unsigned char seen = 0;
  for (; *text != '\0'; text++)
    seen |= (unsigned char)*text;
  return seen < 0x80;
}

/* Takes a text in folded case over, and gives it without marks and punctuation. */
static remit_status without_marks(char *text, bool pattern, char **out, remit_error *err)
{
  const uint8_t *bytes = (const uint8_t *)text;
  utf8proc_ssize_t size = (utf8proc_ssize_t)strlen(text), count = utf8proc_decompose(bytes, size, NULL, 0, NO_MARKS);
  int32_t *characters = count >= 0 ? remit_allocate((size_t)count + 1, sizeof *characters) : NULL;
  if (characters != NULL) {
    utf8proc_decompose(bytes, size, characters, count, NO_MARKS);
    count = squeeze_wide(characters, count, pattern);
    /* Composes and encodes in place; a character takes at most the four bytes that it had. */
    utf8proc_reencode(characters, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  }
  remit_text_free(text);
  *out = (char *)characters;
  return characters != NULL ? REMIT_OK : remit_no_memory(err);
}

remit_status remit_match_fold(const char *text, size_t size, bool pattern, char **out, remit_error *err)
{
  remit_status status = remit_text_fold(text, size, out, err);
  if (status != REMIT_OK)
    return status;
  if (!is_ascii(*out))
    return without_marks(*out, pattern, out, err);
  (*out)[squeeze_ascii(*out, pattern)] = '\0';
  return REMIT_OK;
}

static int by_value(const void *left, const void *right)
{
  uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

static void sort(uint64_t *keys, size_t count)
{
  if (count > FEW) {
    qsort(keys, count, sizeof *keys, by_value);
    return;
  }
  for (size_t i = 1; i < count; i++) {
    uint64_t key = keys[i];
    size_t at = i;
    for (; at > 0 && keys[at - 1] > key; at--)
      keys[at] = keys[at - 1];
    keys[at] = key;
  }
}

static size_t distinct(uint64_t *keys, size_t count)
{
  size_t kept = 0;
  sort(keys, count);
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || keys[kept - 1] != keys[i])
      keys[kept++] = keys[i];
  return kept;
}

/* A run for each character that is no space: it, and its neighbours. 21 bits hold any character. */
remit_status remit_match_trigrams(const char *folded, uint64_t **out, size_t *count, remit_error *err)
{
  size_t size = strlen(folded), runs = 0;
  uint64_t *keys = remit_allocate(size + 1, sizeof *keys), window = ' ';
  if (keys == NULL)
    return remit_no_memory(err);
  for (size_t at = 0; at <= size;) {
    int32_t next = ' ';
    utf8proc_ssize_t length = at < size ? utf8proc_iterate((const uint8_t *)folded + at, (utf8proc_ssize_t)(size - at), &next) : 1;
    uint64_t middle = window & 0x1fffff;
    window = (window << 21 | (uint64_t)next) & 0x7fffffffffffffff;
    if (middle != ' ')
      keys[runs++] = window;
    at += (size_t)length;
  }
  *count = distinct(keys, runs);
  *out = keys;
  return REMIT_OK;
}
