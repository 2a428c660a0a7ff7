/* SPDX-License-Identifier: Apache-2.0
 * changeset_classes: lines that no operation's tests tell apart, a small number each. Internal to core/changeset*.c.
 *
 * Codes of a column that pass the same tests are one class. A line's number has a digit for each column that tests read, its class there, and
 * one for each selection that is not of codes alone, whether it takes the line.
 */
#ifndef REMIT_CHANGESET_CLASSES_H
#define REMIT_CHANGESET_CLASSES_H

#include "changeset_internal.h"

#define CHANGESET_DIGITS_MAX 64

typedef struct changeset_digit {
  remit_column *column;   /* own; NULL: `where` */
  const remit_selection *where; /* of an operation */
  size_t rows;        /* later ones are of the last class, and no test of the column takes them */
  uint16_t *places;   /* of each code: class x stride */
  uint32_t *examples; /* a code of each class */
  size_t classes, stride;
} changeset_digit;

/* `*few` is false when numbers would be too many: then there are none. Else `*counts`, the caller's to release, says how many rows have each
 * number. Classes are to be released either way. Rows are read once, and nothing a row is kept. */
remit_status changeset_classes_init(changeset_classes *classes, const remit_table *table, const remit_operation *operations, size_t count, bool *few,
                                    size_t **counts, remit_error *err);
void changeset_classes_release(changeset_classes *classes);

/* Calls `meet` with each number that has rows, in the order in which rows first have them. */
typedef remit_status changeset_meet(void *context, size_t number, remit_error *err);
remit_status changeset_classes_each(const changeset_classes *classes, const size_t *counts, changeset_meet *meet, void *context, remit_error *err);

/* Whether they still hold when the operations are gone. */
bool changeset_classes_last(const changeset_classes *classes);

/* Sets the bits of the operations that touch lines of a number. */
void changeset_classes_bits(const changeset_classes *classes, const remit_operation *operations, size_t count, size_t number, uint64_t *bits);

/* Writes each row's code, by its number, to a blank column of codes. */
void changeset_classes_write(const changeset_classes *classes, const uint16_t *codes, remit_column *column);

#endif
