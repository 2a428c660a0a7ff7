/* SPDX-License-Identifier: Apache-2.0
 * table_internal: what the operations on tables share. Internal to core/.
 */
#ifndef REMIT_TABLE_INTERNAL_H
#define REMIT_TABLE_INTERNAL_H

#include "remit/table.h"

/* The dimension that the column at `index` links to, or NULL. */
const remit_table *remit_table_dimension_at(const remit_table *table, size_t index);

/* The column of the table itself that a path begins with, by index; SIZE_MAX when the path leads nowhere at its first step. */
size_t remit_path_base(const remit_table *table, const char *name);

/* Adds a column and, unless `dimension` is NULL, its link. */
remit_status remit_table_append(remit_table *table, const char *name, const remit_column *column, const remit_table *dimension,
                                remit_error *err);

/* The column, or REMIT_ENOTFOUND with a message. */
remit_status remit_table_require(const remit_table *table, const char *name, const remit_column **out, remit_error *err);
/* The same, and REMIT_EINVAL for codes. */
remit_status remit_table_require_ints(const remit_table *table, const char *name, const remit_column **out, remit_error *err);

/* The values of `column` at some rows, SIZE_MAX giving a missing one. The rows must be there. */
remit_status remit_column_gather(const remit_column *column, const size_t *rows, size_t count, remit_column **out, remit_error *err);

/* What a path names, read row by row: the base column, or a value for each of its codes. */
typedef struct remit_reader {
  const remit_column *base;
  const remit_column *target;
  int64_t *value_of; /* per code of base; NULL when base is the target */
} remit_reader;

remit_status remit_reader_init(remit_reader *reader, const remit_table *table, const char *name, remit_error *err);
void remit_reader_release(remit_reader *reader);
/* As remit_column_read. */
void remit_reader_read(const remit_reader *reader, size_t from, size_t count, int64_t *values);

#endif
