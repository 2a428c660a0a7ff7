/* SPDX-License-Identifier: Apache-2.0
 * table: the columns by name, their links, and references. Operations stand in table_<operation>.c.
 * A table may be changed only while it has one owner, so that no ring of links can come about; a link to the table itself is not counted.
 */
#include "remit/table.h"

#include <stdatomic.h>
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

typedef struct field {
  char *name;
  remit_column *column;
  remit_table *dimension;
} field;

struct remit_table {
  atomic_size_t owners;
  size_t rows;
  size_t count;
  size_t room;
  field *fields;
};

remit_status remit_table_new(remit_table **out, size_t rows, remit_error *err)
{
  *out = remit_allocate_zero(1, sizeof **out);
  if (*out == NULL)
    return remit_no_memory(err);
  atomic_init(&(*out)->owners, 1);
  (*out)->rows = rows;
  return REMIT_OK;
}

remit_table *remit_table_share(const remit_table *table)
{
  remit_table *owned = (remit_table *)table;
  atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
  return owned;
}

void remit_table_free(remit_table *table)
{
  if (table == NULL || atomic_fetch_sub_explicit(&table->owners, 1, memory_order_acq_rel) != 1)
    return;
  for (size_t i = 0; i < table->count; i++) {
    remit_release(table->fields[i].name);
    remit_column_free(table->fields[i].column);
    if (table->fields[i].dimension != table)
      remit_table_free(table->fields[i].dimension);
  }
  remit_release(table->fields);
  remit_release(table);
}

static field *field_named(const remit_table *table, const char *name)
{
  for (size_t i = 0; i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0)
      return &table->fields[i];
  return NULL;
}

static remit_status check_unshared(remit_table *table, remit_error *err)
{
  if (atomic_load_explicit(&table->owners, memory_order_relaxed) != 1)
    return remit_fail(err, REMIT_EINVAL, "the table is shared and cannot be changed any more");
  return REMIT_OK;
}

static remit_status check_addable(remit_table *table, const char *name, const remit_column *column, remit_error *err)
{
  if (name[0] == '\0')
    return remit_fail(err, REMIT_EINVAL, "a column needs a name");
  if (field_named(table, name) != NULL)
    return remit_fail(err, REMIT_EINVAL, "there already is a column '%s'", name);
  if (remit_column_count(column) != table->rows)
    return remit_fail(err, REMIT_EINVAL, "column '%s' has %zu rows, the table has %zu", name, remit_column_count(column), table->rows);
  if (table->count == REMIT_COLUMNS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "no room for column '%s': a table has at most %d columns", name, REMIT_COLUMNS_MAX);
  return check_unshared(table, err);
}

static remit_status grow(remit_table *table, remit_error *err)
{
  if (table->count < table->room)
    return REMIT_OK;
  size_t room = table->room != 0 ? table->room * 2 : 8;
  field *fields = remit_reallocate(table->fields, room, sizeof *fields);
  if (fields == NULL)
    return remit_no_memory(err);
  table->fields = fields;
  table->room = room;
  return REMIT_OK;
}

remit_status remit_table_add(remit_table *table, const char *name, const remit_column *column, remit_error *err)
{
  remit_status status = check_addable(table, name, column, err);
  if (status == REMIT_OK)
    status = grow(table, err);
  if (status != REMIT_OK)
    return status;
  char *copy = remit_copy_text(name, strlen(name));
  if (copy == NULL)
    return remit_no_memory(err);
  table->fields[table->count++] = (field){ .name = copy, .column = remit_column_share(column) };
  return REMIT_OK;
}

static remit_status check_linkable(remit_table *table, const char *name, const remit_column *column, const remit_table *dimension,
                                   remit_error *err)
{
  const remit_dictionary *dictionary = remit_column_dictionary(column);
  if (dictionary == NULL)
    return remit_fail(err, REMIT_EINVAL, "column '%s' holds %s, and only codes link to a table", name,
                      remit_unit_name(remit_column_unit(column)));
  size_t members = remit_dictionary_size(dictionary) - 1;
  if (members != dimension->rows)
    return remit_fail(err, REMIT_EINVAL, "column '%s' has %zu members, but the table that it links to has %zu rows", name, members,
                      dimension->rows);
  return check_unshared(table, err);
}

static void set_dimension(remit_table *table, field *linked, const remit_table *dimension)
{
  remit_table *before = linked->dimension;
  linked->dimension = dimension == table ? table : remit_table_share(dimension);
  if (before != table)
    remit_table_free(before);
}

remit_status remit_table_link(remit_table *table, const char *name, const remit_table *dimension, remit_error *err)
{
  field *linked = field_named(table, name);
  if (linked == NULL)
    return remit_fail(err, REMIT_ENOTFOUND, "no column '%s'", name);
  remit_status status = check_linkable(table, name, linked->column, dimension, err);
  if (status == REMIT_OK)
    set_dimension(table, linked, dimension);
  return status;
}

remit_status remit_table_append(remit_table *table, const char *name, const remit_column *column, const remit_table *dimension,
                                remit_error *err)
{
  remit_status status = remit_table_add(table, name, column, err);
  if (status == REMIT_OK && dimension != NULL)
    set_dimension(table, &table->fields[table->count - 1], dimension);
  return status;
}

size_t remit_table_rows(const remit_table *table)
{
  return table->rows;
}

size_t remit_table_columns(const remit_table *table)
{
  return table->count;
}

const char *remit_table_name(const remit_table *table, size_t index)
{
  return index < table->count ? table->fields[index].name : NULL;
}

const remit_column *remit_table_column(const remit_table *table, size_t index)
{
  return index < table->count ? table->fields[index].column : NULL;
}

const remit_table *remit_table_dimension_at(const remit_table *table, size_t index)
{
  return index < table->count ? table->fields[index].dimension : NULL;
}

const remit_column *remit_table_find(const remit_table *table, const char *name)
{
  const field *found = field_named(table, name);
  return found != NULL ? found->column : NULL;
}

const remit_table *remit_table_dimension(const remit_table *table, const char *name)
{
  const field *found = field_named(table, name);
  return found != NULL ? found->dimension : NULL;
}

remit_status remit_table_require(const remit_table *table, const char *name, const remit_column **out, remit_error *err)
{
  *out = remit_table_find(table, name);
  return *out != NULL ? REMIT_OK : remit_fail(err, REMIT_ENOTFOUND, "no column '%s'", name);
}

remit_status remit_table_require_ints(const remit_table *table, const char *name, const remit_column **out, remit_error *err)
{
  remit_status status = remit_table_require(table, name, out, err);
  if (status == REMIT_OK && remit_column_unit(*out) == REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "column '%s' holds labels, not figures", name);
  return status;
}

static bool seen_column(const remit_table *table, size_t index)
{
  for (size_t i = 0; i < index; i++)
    if (table->fields[i].column == table->fields[index].column)
      return true;
  return false;
}

static bool seen_dictionary(const remit_table *table, size_t index)
{
  const remit_dictionary *dictionary = remit_column_dictionary(table->fields[index].column);
  for (size_t i = 0; i < index; i++)
    if (remit_column_dictionary(table->fields[i].column) == dictionary)
      return true;
  return dictionary == NULL;
}

size_t remit_table_memory(const remit_table *table)
{
  size_t bytes = sizeof *table + table->room * sizeof *table->fields;
  for (size_t i = 0; i < table->count; i++) {
    if (!seen_column(table, i))
      bytes += remit_column_memory(table->fields[i].column);
    if (!seen_dictionary(table, i))
      bytes += remit_dictionary_memory(remit_column_dictionary(table->fields[i].column));
  }
  return bytes;
}
