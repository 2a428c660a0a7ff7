/* SPDX-License-Identifier: Apache-2.0
 * dictionary: labels that equal a text but for case and spaces, and labels that look like it.
 */
#include "remit/dictionary.h"

#include <string.h>

#include "memory.h"

#define SUGGEST_MAX 64
/* Bounds the work on long labels. */
#define MOST_EDITS 20

static bool matches(const remit_dictionary *dictionary, uint32_t code, const char *folded)
{
  size_t size;
  const char *label = remit_dictionary_label(dictionary, code, &size);
  char *label_folded;
  if (remit_text_fold(label, size, &label_folded, NULL) != REMIT_OK)
    return false;
  bool same = strcmp(label_folded, folded) == 0;
  remit_text_free(label_folded);
  return same;
}

uint32_t remit_dictionary_match(const remit_dictionary *dictionary, const char *text, size_t size)
{
  uint32_t code = remit_dictionary_find(dictionary, text, size);
  char *folded;
  if (code != 0 || remit_text_fold(text, size, &folded, NULL) != REMIT_OK)
    return code;
  size_t count = folded[0] != '\0' ? remit_dictionary_size(dictionary) : 0;
  for (uint32_t i = 1; i < count && code == 0; i++)
    if (matches(dictionary, i, folded))
      code = i;
  remit_text_free(folded);
  return code;
}

static size_t count_characters(const char *text)
{
  size_t count = 0;
  for (; *text != '\0'; text++)
    count += ((unsigned char)*text & 0xc0) != 0x80;
  return count;
}

/* What is suggested so far, nearest first. Members at `cut` or further are out, for not all of them fit. */
typedef struct shortlist {
  uint32_t *codes;
  size_t distances[SUGGEST_MAX];
  size_t count;
  size_t max;
  size_t cut;
} shortlist;

static void insert(shortlist *list, uint32_t code, size_t distance)
{
  if (distance >= list->cut)
    return;
  if (list->count == list->max) {
    size_t furthest = list->distances[list->count - 1];
    list->cut = distance > furthest ? distance : furthest;
    if (distance >= furthest)
      return;
    list->count--;
  }
  size_t at = list->count++;
  for (; at > 0 && list->distances[at - 1] > distance; at--) {
    list->distances[at] = list->distances[at - 1];
    list->codes[at] = list->codes[at - 1];
  }
  list->distances[at] = distance;
  list->codes[at] = code;
}

#define SHORTEST_SKELETON 3

/* Whether all of the text stands in the label in its order, from the first byte on: "pst" in "posts". */
static bool is_skeleton(const char *label, const char *text)
{
  if (label[0] != text[0])
    return false;
  for (; *text != '\0' && *label != '\0'; label++)
    text += *label == *text;
  return *text == '\0';
}

/* A label that begins with the text is as far as it is longer; another may differ in a third of the text's characters, or lack up to half of its own. */
static void consider(shortlist *list, uint32_t code, const char *label, const char *text, size_t text_count)
{
  if (strncmp(label, text, strlen(text)) == 0) {
    insert(list, code, count_characters(label) - text_count);
    return;
  }
  size_t limit = (text_count + 1) / 3 < MOST_EDITS ? (text_count + 1) / 3 : MOST_EDITS;
  size_t distance = remit_text_distance(text, label, limit);
  if (distance <= limit) {
    insert(list, code, distance);
    return;
  }
  size_t label_count = count_characters(label);
  if (text_count >= SHORTEST_SKELETON && label_count < 2 * text_count && is_skeleton(label, text))
    insert(list, code, label_count - text_count);
}

static void consider_all(shortlist *list, const remit_dictionary *dictionary, const char *text)
{
  size_t text_count = count_characters(text), members = remit_dictionary_size(dictionary);
  for (uint32_t code = 1; code < members; code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, code, &size);
    char *folded;
    if (remit_text_fold(label, size, &folded, NULL) != REMIT_OK)
      continue;
    consider(list, code, folded, text, text_count);
    remit_text_free(folded);
  }
}

size_t remit_dictionary_suggest(const remit_dictionary *dictionary, const char *text, size_t size, uint32_t *codes, size_t max)
{
  char *folded;
  if (max == 0 || remit_text_fold(text, size, &folded, NULL) != REMIT_OK)
    return 0;
  shortlist list = { .codes = codes, .max = max < SUGGEST_MAX ? max : SUGGEST_MAX, .cut = SIZE_MAX };
  if (folded[0] != '\0')
    consider_all(&list, dictionary, folded);
  remit_text_free(folded);
  while (list.count > 0 && list.distances[list.count - 1] >= list.cut)
    list.count--;
  return list.count;
}
