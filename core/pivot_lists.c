/* SPDX-License-Identifier: Apache-2.0
 * pivot_lists: labels that are lists ("pod|ring_fenced") taken apart, once a member, into a dictionary of their items. Spaces around an
 * item do not count, empty items are none, and an item that stands twice in a list counts once.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

typedef struct splitter {
  pivot_lists *lists;
  uint32_t *seen; /* per item: the list that had it last, + 1 */
  size_t next;    /* in lists->codes */
  char separator;
} splitter;

static size_t most_items(const remit_dictionary *dictionary, char separator)
{
  size_t count = 0;
  for (size_t code = 0; code < remit_dictionary_size(dictionary); code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, (uint32_t)code, &size);
    count++;
    for (size_t i = 0; i < size; i++)
      count += label[i] == separator;
  }
  return count;
}

static remit_status make_room(splitter *s, const remit_dictionary *dictionary, remit_error *err)
{
  size_t items = most_items(dictionary, s->separator);
  s->lists->first = remit_allocate(remit_dictionary_size(dictionary) + 1, sizeof *s->lists->first);
  s->lists->codes = remit_allocate(items, sizeof *s->lists->codes);
  s->seen = remit_allocate_zero(items + 1, sizeof *s->seen);
  return s->lists->first != NULL && s->lists->codes != NULL && s->seen != NULL ? REMIT_OK : remit_no_memory(err);
}

static remit_status add_item(splitter *s, uint32_t list, const char *text, size_t size, remit_error *err)
{
  for (; size > 0 && text[0] == ' '; size--)
    text++;
  while (size > 0 && text[size - 1] == ' ')
    size--;
  if (size == 0)
    return REMIT_OK;
  uint32_t code;
  remit_status status = remit_dictionary_add(s->lists->items, text, size, &code, err);
  if (status != REMIT_OK)
    return status;
  if (s->seen[code] != list + 1)
    s->lists->codes[s->next++] = code;
  s->seen[code] = list + 1;
  return REMIT_OK;
}

/* The items of one label; a label without any has the item "no value". */
static remit_status split(splitter *s, uint32_t list, const char *label, size_t size, remit_error *err)
{
  size_t first = s->next;
  remit_status status = REMIT_OK;
  for (size_t start = 0; start < size && status == REMIT_OK;) {
    const char *end = memchr(label + start, s->separator, size - start);
    size_t length = end != NULL ? (size_t)(end - label) - start : size - start;
    status = add_item(s, list, label + start, length, err);
    start += length + 1;
  }
  if (s->next == first)
    s->lists->codes[s->next++] = 0;
  return status;
}

static remit_status split_all(splitter *s, const remit_dictionary *dictionary, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (uint32_t code = 0; code < remit_dictionary_size(dictionary) && status == REMIT_OK; code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, code, &size);
    s->lists->first[code] = s->next;
    status = split(s, code, label, size, err);
  }
  s->lists->first[remit_dictionary_size(dictionary)] = s->next;
  return status;
}

remit_status pivot_lists_init(pivot_lists *lists, const remit_dictionary *dictionary, remit_error *err)
{
  splitter s = { .lists = lists, .separator = remit_dictionary_separator(dictionary) };
  remit_status status = remit_dictionary_new(&lists->items, err);
  if (status == REMIT_OK)
    status = make_room(&s, dictionary, err);
  if (status == REMIT_OK)
    status = split_all(&s, dictionary, err);
  remit_release(s.seen);
  return status;
}

void pivot_lists_release(pivot_lists *lists)
{
  remit_dictionary_free(lists->items);
  remit_release(lists->first);
  remit_release(lists->codes);
  *lists = (pivot_lists){ 0 };
}
