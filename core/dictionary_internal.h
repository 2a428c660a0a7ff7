/* SPDX-License-Identifier: Apache-2.0
 * dictionary_internal: dictionaries that begin as others do, and many labels added in one go, which hides the waiting for memory that one by one
 * would cost.
 * Internal to core/.
 */
#ifndef REMIT_DICTIONARY_INTERNAL_H
#define REMIT_DICTIONARY_INTERNAL_H

#include "remit/dictionary.h"

/* A dictionary to add to that has the codes of `base`, which nobody adds to any more, and takes no memory for their labels: it keeps `base` alive. */
remit_status remit_dictionary_extend(remit_dictionary **out, const remit_dictionary *base, remit_error *err);

/* Text that is not NUL-terminated. */
typedef struct remit_label {
  const char *text;
  size_t size;
} remit_label;

/* As remit_dictionary_add of each in turn; those before the one that fails have been added. */
remit_status remit_dictionary_add_all(remit_dictionary *dictionary, const remit_label *labels, size_t count, uint32_t *codes,
                                      remit_error *err);

/* That about `count` labels will be added, so that room for them is not made in steps. */
remit_status remit_dictionary_expect(remit_dictionary *dictionary, size_t count, remit_error *err);
/* A dictionary of the same labels in byte order, neither ordered nor of lists, and for each code of `from` its new one; `from` itself, and nothing in
 * `codes`, when they stand so already. */
remit_status remit_dictionary_sorted(remit_dictionary **out, const remit_dictionary *from, uint32_t *codes, remit_error *err);
/* Gives back the room that was not needed. */
void remit_dictionary_trim(remit_dictionary *dictionary);

#endif
