/* SPDX-License-Identifier: Apache-2.0
 * dictionary_codes: from the codes of one dictionary to those of another that has the same labels, or some of them.
 */
#include "dictionary_internal.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

typedef struct labelled {
  remit_label label;
  uint32_t code;
} labelled;

void remit_dictionary_codes(const remit_dictionary *from, const remit_dictionary *to, uint32_t *codes)
{
  size_t count = remit_dictionary_size(from);
  codes[0] = 0;
  for (uint32_t code = 1; code < count; code++) {
    size_t size;
    const char *label = remit_dictionary_label(from, code, &size);
    codes[code] = remit_dictionary_find(to, label, size);
  }
}

static int compare_labels(const void *left, const void *right)
{
  const remit_label *a = &((const labelled *)left)->label, *b = &((const labelled *)right)->label;
  int order = memcmp(a->text, b->text, a->size < b->size ? a->size : b->size);
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

/* Whether they ascend as they are. */
static bool collect(const remit_dictionary *from, labelled *all, size_t count)
{
  bool ascend = true;
  for (size_t i = 0; i < count; i++) {
    all[i].code = (uint32_t)i + 1;
    all[i].label.text = remit_dictionary_label(from, all[i].code, &all[i].label.size);
    ascend = ascend && (i == 0 || compare_labels(&all[i - 1], &all[i]) < 0);
  }
  return ascend;
}

/* A dictionary of the labels in their order here, and their codes in it. */
static remit_status add_all(remit_dictionary **out, const labelled *all, size_t count, uint32_t *codes, remit_error *err)
{
  remit_status status = remit_dictionary_new(out, err);
  if (status == REMIT_OK)
    status = remit_dictionary_expect(*out, count, err);
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    status = remit_dictionary_add(*out, all[i].label.text, all[i].label.size, &codes[all[i].code], err);
  if (status == REMIT_OK) {
    remit_dictionary_trim(*out);
    return REMIT_OK;
  }
  remit_dictionary_free(*out);
  *out = NULL;
  return status;
}

remit_status remit_dictionary_sorted(remit_dictionary **out, const remit_dictionary *from, uint32_t *codes, remit_error *err)
{
  *out = NULL;
  size_t count = remit_dictionary_size(from) - 1;
  labelled *all = remit_allocate(count + 1, sizeof *all);
  if (all == NULL)
    return remit_no_memory(err);
  remit_status status = REMIT_OK;
  codes[0] = 0;
  bool plain = !remit_dictionary_is_ordered(from) && remit_dictionary_separator(from) == '\0';
  if (collect(from, all, count) && plain) {
    *out = remit_dictionary_share(from);
  } else {
    qsort(all, count, sizeof *all, compare_labels);
    status = add_all(out, all, count, codes, err);
  }
  remit_release(all);
  return status;
}
