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
  size_t classes, stride;
} changeset_digit;

/* The numbers that rows have, in the order in which rows first have them. */
typedef struct changeset_numbers {
  size_t count;
  uint16_t *numbers;
  uint32_t *rows; /* the first that has each */
} changeset_numbers;

/* `*few` is false when numbers would be too many: then there are none. Classes and numbers are to be released either way. Rows are read until all
 * numbers are met that there can be, and nothing a row is kept. */
remit_status changeset_classes_init(changeset_classes *classes, const remit_table *table, const remit_operation *operations, size_t count, bool *few,
                                    changeset_numbers *numbers, remit_error *err);
void changeset_classes_release(changeset_classes *classes);
void changeset_numbers_release(changeset_numbers *numbers);

/* Whether they still hold when the operations are gone. */
bool changeset_classes_last(const changeset_classes *classes);

/* The numbers of up to REMIT_BLOCK rows. */
void changeset_classes_number(const changeset_classes *classes, size_t first, size_t count, uint16_t *number);

/* Writes each row's code, by its number, to a blank column of codes. */
void changeset_classes_write(const changeset_classes *classes, const uint16_t *codes, remit_column *column);

#endif
