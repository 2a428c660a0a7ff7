/* SPDX-License-Identifier: Apache-2.0
 * dictionary: the members of a category, each with a small code.
 *
 *   remit_dictionary *bands;
 *   remit_dictionary_new(&bands, NULL);
 *   uint32_t code;
 *   remit_dictionary_add(bands, "8a", 2, &code, NULL);        -> 1
 *   remit_dictionary_label(bands, 1, NULL)                    -> "8a"
 *   remit_dictionary_free(bands);
 *
 * Codes count from 1 in the order of adding; code 0 is "no value" and its label is "". Labels are UTF-8 of up to
 * REMIT_LABEL_MAX bytes, copied in, and borrowed until the dictionary is freed. A dictionary is shared by counting references:
 * remit_dictionary_share makes another owner, remit_dictionary_free ends one (NULL is fine). Once shared, do not add.
 */
#ifndef REMIT_DICTIONARY_H
#define REMIT_DICTIONARY_H

#include "remit/hash.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_LABEL_MAX 65535
#define REMIT_CODE_MAX 0x7fffffffu

typedef struct remit_dictionary remit_dictionary;

REMIT_API remit_status remit_dictionary_new(remit_dictionary **out, remit_error *err);
REMIT_API remit_dictionary *remit_dictionary_share(const remit_dictionary *dictionary);
REMIT_API void remit_dictionary_free(remit_dictionary *dictionary);

/* The code of a label, adding it when it is new; empty text is code 0. REMIT_ELIMIT past REMIT_LABEL_MAX or REMIT_CODE_MAX. */
REMIT_API remit_status remit_dictionary_add(remit_dictionary *dictionary, const char *text, size_t size, uint32_t *code, remit_error *err);

/* The code of exactly this label, or 0. */
REMIT_API uint32_t remit_dictionary_find(const remit_dictionary *dictionary, const char *text, size_t size);

/* For each code of `from`, that of exactly the same label in `to`, or 0; `codes` has room for them all. */
REMIT_API void remit_dictionary_codes(const remit_dictionary *from, const remit_dictionary *to, uint32_t *codes);

/* The code of the label that equals `text` once case (Unicode NFKC_Casefold) and stray spaces are ignored, or 0. An exact label wins, then
 * the first added; linear in members. */
REMIT_API uint32_t remit_dictionary_match(const remit_dictionary *dictionary, const char *text, size_t size);

/* How many codes there are, 0 included: codes are below this. */
REMIT_API size_t remit_dictionary_size(const remit_dictionary *dictionary);

/* The label of a code, NUL-terminated; `size` may be NULL. "" for a code that is not there. */
REMIT_API const char *remit_dictionary_label(const remit_dictionary *dictionary, uint32_t code, size_t *size);

/* Whether the members have an order (bands, levels): then that of their codes, and `>= 8a` has a meaning. */
REMIT_API void remit_dictionary_set_ordered(remit_dictionary *dictionary, bool ordered);
REMIT_API bool remit_dictionary_is_ordered(const remit_dictionary *dictionary);

/* Whether labels are lists ("pod|ring_fenced"), and of which separator; 0 for plain labels. A test of a list passes when any item
 * passes. */
REMIT_API void remit_dictionary_set_separator(remit_dictionary *dictionary, char separator);
REMIT_API char remit_dictionary_separator(const remit_dictionary *dictionary);

/* The codes of the members whose label looks most like `text`, nearest first and then in the order of codes; at most `max`, and 64 at
 * the very most. Members at the same distance are all given or none of them: when they do not all fit, they and those further off are
 * left out. A label that begins with `text` is as far off as it is longer; another may differ in a third of the text's characters
 * and in at most 20, or have those of a text of three and more among its own, which are fewer than twice as many ("pst", "posts").
 * Returns how many. Linear in members. */
REMIT_API size_t remit_dictionary_suggest(const remit_dictionary *dictionary, const char *text, size_t size, uint32_t *codes, size_t max);

/* The bytes of memory that the dictionary holds by itself: labels that it shares with another are the other's. */
REMIT_API size_t remit_dictionary_memory(const remit_dictionary *dictionary);

/* Case-folded text without surrounding or repeated spaces, as labels are compared, in a fresh buffer that the caller frees with
 * remit_text_free. Invalid UTF-8, a NUL byte, and more than 30 combining accents in a row are REMIT_EPARSE with `at`. */
REMIT_API remit_status remit_text_fold(const char *text, size_t size, char **out, remit_error *err);
REMIT_API void remit_text_free(char *text);

/* Damerau-Levenshtein distance in characters between two folded texts (optimal string alignment: a swap of neighbours costs one, and
 * swapped characters are not edited again), or a number above `limit` once it is known to be, or when there is no memory for texts of 64
 * bytes and more. */
REMIT_API size_t remit_text_distance(const char *a, const char *b, size_t limit);

#ifdef __cplusplus
}
#endif
#endif
