/* SPDX-License-Identifier: Apache-2.0
 * glob: matching with one step back, to the last star: a later star never has to be undone for an earlier one.
 */
#include "glob.h"

static const char *next_character(const char *text)
{
  do
    text++;
  while (((unsigned char)*text & 0xc0) == 0x80);
  return text;
}

bool remit_glob_match(const char *pattern, const char *text)
{
  const char *star = NULL, *resume = NULL;
  while (*text != '\0') {
    if (*pattern == '*') {
      star = ++pattern;
      resume = text;
    } else if (*pattern == '?') {
      pattern++;
      text = next_character(text);
    } else if (*pattern == *text) {
      pattern++;
      text++;
    } else if (star != NULL) {
      pattern = star;
      text = resume = next_character(resume);
    } else {
      return false;
    }
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}
