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
  const remit_column *column;   /* NULL: `where` */
  const remit_selection *where;
  size_t rows;        /* later ones are of the last class, and no test of the column takes them */
  uint16_t *places;   /* of each code: class x stride */
  uint32_t *examples; /* a code of each class */
  size_t classes, stride;
} changeset_digit;

typedef struct changeset_classes {
  const remit_operation *operations;
  size_t operation_count, rows;
  changeset_digit digits[CHANGESET_DIGITS_MAX];
  size_t digit_count;
  size_t size;      /* numbers are below this */
  uint16_t *number; /* of each row */
  size_t *count;    /* rows of each number */
} changeset_classes;

/* `*few` is false when numbers would be too many: then there are none. Either way to be released. */
remit_status changeset_classes_init(changeset_classes *classes, const remit_table *table, const remit_operation *operations, size_t count, bool *few,
                                    remit_error *err);
void changeset_classes_release(changeset_classes *classes);

/* Sets the bits of the operations that touch lines of a number. */
void changeset_classes_bits(const changeset_classes *classes, size_t number, uint64_t *bits);

/* Writes each row's code, by its number, to a blank column of codes. */
void changeset_classes_write(const changeset_classes *classes, const uint32_t *codes, remit_column *column);

#endif
