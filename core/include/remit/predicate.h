/* SPDX-License-Identifier: Apache-2.0
 * predicate: the small test language of selections and decision-table cells (DMN's unary tests, cut down).
 *
 *   grow, retain      equal to one of them          not(grow, retain)   none of them
 *   >= 8a   < 6       ordered members, numbers      [5..7]  (5..7]      ranges, closed or open
 *   *safeguard*       glob on id or name            "a, b"              a quoted label
 *   -                 anything                      none                missing
 *
 *   remit_predicate *senior;
 *   remit_predicate_new(&senior, ">= 8a", 5, &err);
 *   remit_predicate_codes(senior, bands, NULL, pass, &err);       pass[code] is 1 or 0: one byte a member
 *   remit_predicate_free(senior);
 *
 * not(...) stands around the whole list and passes exactly what the list does not, missing values included, so that a test and its not()
 * part the rows. - stands alone. none, not and labels ignore case. A label that holds any of , " ( ) [ ] < > = is quoted (* and ? make a
 * pattern of an unquoted one), and so are digits that commas group ("1,000"); a quote within quotes is doubled.
 *
 * Parsed once, then resolved against a vocabulary: work is done once per member, rows only look bytes up. Immutable.
 */
#ifndef REMIT_PREDICATE_H
#define REMIT_PREDICATE_H

#include "remit/calendar.h"
#include "remit/table.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_PREDICATE_MAX 65536 /* bytes of text */

typedef struct remit_predicate remit_predicate;

/* REMIT_EPARSE, `at` the offending byte, for text that is not of the language; the message says what to write instead. REMIT_ELIMIT past
 * REMIT_PREDICATE_MAX. */
REMIT_API remit_status remit_predicate_new(remit_predicate **out, const char *text, size_t size, remit_error *err);
REMIT_API void remit_predicate_free(remit_predicate *predicate);

/* The text that it was made from, borrowed. */
REMIT_API const char *remit_predicate_text(const remit_predicate *predicate);

/* Which members pass: pass[code] = 1 or 0 for each code of the dictionary. `names` (or NULL) gives members further names: row c - 1
 * is a name of code c. Labels match by id, then by name, ignoring case and stray spaces; exactly the id wins. Lists (a separator is set)
 * pass when any item passes, not() when none does; names are not asked for items. A glob that nothing matches passes nothing.
 * REMIT_ENOTFOUND, with suggestions, for a label that nothing has; REMIT_EINVAL for one that two members share, and for < and ranges on
 * members without an order; REMIT_EPARSE for a range that is upside down. `at` says where. On failure `pass` means nothing. */
REMIT_API remit_status remit_predicate_codes(const remit_predicate *predicate, const remit_dictionary *dictionary, const remit_column *names,
                                             uint8_t *pass, remit_error *err);

/* Which integers pass: sorted disjoint closed ranges, and whether a missing value does. */
typedef struct remit_ranges {
  int64_t (*bounds)[2];
  size_t count;
  bool missing;
} remit_ranges;

/* Values in the test are in pounds, WTE, months or days as people write them ("2026-04", 0.5, £20) and become the unit's integers.
 * REMIT_EPARSE for a value that the unit cannot have and a range that is upside down, REMIT_EINVAL for a glob (but * is any value that is
 * there) and for REMIT_CODE. `at` says where. */
REMIT_API remit_status remit_predicate_ranges(const remit_predicate *predicate, remit_unit unit, remit_ranges *out, remit_error *err);
REMIT_API void remit_ranges_release(remit_ranges *ranges);
REMIT_API bool remit_ranges_pass(const remit_ranges *ranges, int64_t value);

#ifdef __cplusplus
}
#endif
#endif
