/* SPDX-License-Identifier: Apache-2.0
 * predicate_unknown: a label that nothing has, and the members that its writer may have meant. Short of memory it suggests less.
 */
#include "predicate_parts.h"

#include <string.h>

#include "remit/dictionary.h"

#define SUGGESTIONS 5

const char *predicate_next_item(const char **rest, const char *end, char separator, size_t *size)
{
  while (*rest < end) {
    const char *item = *rest;
    const char *stop = memchr(item, separator, (size_t)(end - item));
    if (stop == NULL)
      stop = end;
    *rest = stop < end ? stop + 1 : end;
    *size = (size_t)(stop - item);
    if (strspn(item, " ") < *size)
      return item;
  }
  return NULL;
}

/* The distinct items of a list dictionary, to suggest from; NULL when memory is short. */
static remit_dictionary *item_dictionary(const remit_dictionary *lists)
{
  remit_dictionary *items;
  if (remit_dictionary_new(&items, NULL) != REMIT_OK)
    return NULL;
  for (uint32_t code = 1; code < remit_dictionary_size(lists); code++) {
    size_t size, item_size;
    const char *rest = remit_dictionary_label(lists, code, &size);
    const char *end = rest + size;
    for (const char *item; (item = predicate_next_item(&rest, end, remit_dictionary_separator(lists), &item_size)) != NULL;) {
      uint32_t ignored;
      if (remit_dictionary_add(items, item, item_size, &ignored, NULL) != REMIT_OK)
        break;
    }
  }
  return items;
}

typedef struct suggestions {
  const char *labels[2 * SUGGESTIONS];
  size_t sizes[2 * SUGGESTIONS];
  size_t count;
} suggestions;

static bool same_folded(const char *a, size_t a_size, const char *b, size_t b_size)
{
  char *left = NULL, *right = NULL;
  bool same = remit_text_fold(a, a_size, &left, NULL) == REMIT_OK && remit_text_fold(b, b_size, &right, NULL) == REMIT_OK &&
              strcmp(left, right) == 0;
  remit_text_free(left);
  remit_text_free(right);
  return same;
}

static void suggest_from(suggestions *list, const remit_dictionary *dictionary, const predicate_operand *operand)
{
  uint32_t codes[SUGGESTIONS];
  size_t count = remit_dictionary_suggest(dictionary, operand->text, operand->size, codes, SUGGESTIONS);
  for (size_t i = 0; i < count; i++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, codes[i], &size);
    bool known = false;
    for (size_t j = 0; j < list->count && !known; j++)
      known = same_folded(list->labels[j], list->sizes[j], label, size);
    if (known)
      continue;
    list->labels[list->count] = label;
    list->sizes[list->count++] = size;
  }
}

static size_t append(char *text, size_t size, size_t at, const char *more)
{
  while (*more != '\0' && at + 1 < size)
    text[at++] = *more++;
  text[at] = '\0';
  return at;
}

/* " Did you mean 'a', 'b' or 'c'?" or nothing. */
static void print_suggestions(const suggestions *list, char *text, size_t size)
{
  size_t at = append(text, size, 0, "");
  size_t count = list->count < SUGGESTIONS ? list->count : SUGGESTIONS;
  for (size_t i = 0; i < count; i++) {
    char shown[PREDICATE_SHOWN];
    at = append(text, size, at, i == 0 ? " Did you mean '" : i + 1 < count ? ", '" : " or '");
    at = append(text, size, at, predicate_show(shown, list->labels[i], list->sizes[i]));
    at = append(text, size, at, i + 1 < count ? "'" : "'?");
  }
}

static const char *habit_hint(const predicate_operand *operand, bool suggested)
{
  if (strncmp(operand->folded, "not ", 4) == 0)
    return " To leave members out, write not(...).";
  if (!suggested && (strstr(operand->folded, " or ") != NULL || strstr(operand->folded, " and ") != NULL))
    return " Between tests, a comma means 'or'; there is no 'and'.";
  return "";
}

remit_status predicate_refuse_unknown(const predicate_operand *operand, const remit_dictionary *dictionary, const remit_column *names,
                                      remit_error *err)
{
  bool lists = remit_dictionary_separator(dictionary) != 0;
  remit_dictionary *items = lists ? item_dictionary(dictionary) : NULL;
  suggestions list = { .count = 0 };
  if (!lists || items != NULL)
    suggest_from(&list, lists ? items : dictionary, operand);
  if (names != NULL)
    suggest_from(&list, remit_column_dictionary(names), operand);
  char shown[PREDICATE_SHOWN], hint[SUGGESTIONS * (PREDICATE_SHOWN + 8) + 16];
  print_suggestions(&list, hint, sizeof hint);
  remit_dictionary_free(items);
  return predicate_fail_at(err, operand->at, remit_fail(err, REMIT_ENOTFOUND, "'%s' is not a member.%s%s",
                           predicate_show(shown, operand->text, operand->size), habit_hint(operand, list.count != 0), hint));
}
