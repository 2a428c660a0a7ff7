/* SPDX-License-Identifier: Apache-2.0
 * table_path: names such as "fn.class", resolved once into a row of the last table for each code of the first column.
 * At each table the whole of what remains is tried as a column first, then the longest part before a dot that is a link.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

static size_t index_named(const remit_table *table, const char *name, size_t size)
{
  size_t columns = remit_table_columns(table);
  for (size_t i = 0; i < columns; i++) {
    const char *candidate = remit_table_name(table, i);
    if (strncmp(candidate, name, size) == 0 && candidate[size] == '\0')
      return i;
  }
  return SIZE_MAX;
}

static size_t longest_link(const remit_table *table, const char *name, size_t *size)
{
  for (*size = strlen(name); *size > 0;) {
    --*size;
    if (name[*size] != '.')
      continue;
    size_t index = index_named(table, name, *size);
    if (index != SIZE_MAX && remit_table_dimension_at(table, index) != NULL)
      return index;
  }
  return SIZE_MAX;
}

size_t remit_path_base(const remit_table *table, const char *name)
{
  size_t size, index = index_named(table, name, strlen(name));
  return index != SIZE_MAX ? index : longest_link(table, name, &size);
}

static remit_status not_found(const remit_table *table, const char *rest, const char *name, remit_error *err)
{
  int size = (int)strcspn(rest, ".");
  bool there = rest[size] == '.' && index_named(table, rest, (size_t)size) != SIZE_MAX;
  if (there)
    return remit_fail(err, REMIT_ENOTFOUND, "'%.*s' in '%s' has no attributes: it does not link to a table", size, rest, name);
  if (rest == name)
    return remit_fail(err, REMIT_ENOTFOUND, "no column '%.*s'", size, rest);
  return remit_fail(err, REMIT_ENOTFOUND, "no column '%.*s' in '%.*s'", size, rest, (int)(rest - name - 1), name);
}

static remit_status start(remit_path *path, size_t rows, remit_error *err)
{
  size_t size = remit_dictionary_size(remit_column_dictionary(path->base));
  path->row_of = remit_allocate(size, sizeof *path->row_of);
  if (path->row_of == NULL)
    return remit_no_memory(err);
  for (size_t code = 0; code < size; code++)
    path->row_of[code] = code <= rows ? (uint32_t)code : 0;
  return REMIT_OK;
}

/* The rows of one table become those of the table that its column `link` leads to. */
static void follow(remit_path *path, const remit_column *link)
{
  size_t size = remit_dictionary_size(remit_column_dictionary(path->base));
  for (size_t code = 0; code < size; code++)
    if (path->row_of[code] != 0)
      path->row_of[code] = remit_column_code(link, path->row_of[code] - 1);
}

static remit_status step(remit_path *path, const remit_column *link, const remit_table *dimension, remit_error *err)
{
  if (path->base != NULL) {
    follow(path, link);
    return REMIT_OK;
  }
  path->base = link;
  return start(path, remit_table_rows(dimension), err);
}

remit_status remit_path_init(remit_path *path, const remit_table *table, const char *name, remit_error *err)
{
  *path = (remit_path){ 0 };
  const char *rest = name;
  size_t index, size;
  for (int depth = 0; (index = index_named(table, rest, strlen(rest))) == SIZE_MAX; depth++) {
    remit_status status = REMIT_OK;
    index = longest_link(table, rest, &size);
    if (index == SIZE_MAX)
      status = not_found(table, rest, name, err);
    else if (depth == REMIT_PATH_DEPTH)
      status = remit_fail(err, REMIT_ELIMIT, "'%s' follows more than %d links", name, REMIT_PATH_DEPTH);
    else
      status = step(path, remit_table_column(table, index), remit_table_dimension_at(table, index), err);
    if (status != REMIT_OK) {
      remit_path_release(path);
      return status;
    }
    table = remit_table_dimension_at(table, index);
    rest += size + 1;
  }
  path->target = remit_table_column(table, index);
  path->dimension = remit_table_dimension_at(table, index);
  if (path->base == NULL)
    path->base = path->target;
  return REMIT_OK;
}

void remit_path_release(remit_path *path)
{
  if (path == NULL)
    return;
  remit_release(path->row_of);
  *path = (remit_path){ 0 };
}

static remit_status fold_path(remit_reader *reader, const remit_path *path, remit_error *err)
{
  size_t size = remit_dictionary_size(remit_column_dictionary(path->base));
  reader->value_of = remit_allocate(size, sizeof *reader->value_of);
  if (reader->value_of == NULL)
    return remit_no_memory(err);
  int64_t missing = remit_column_missing(path->target);
  for (size_t code = 0; code < size; code++)
    reader->value_of[code] = path->row_of[code] != 0 ? remit_column_int(path->target, path->row_of[code] - 1) : missing;
  return REMIT_OK;
}

remit_status remit_reader_init(remit_reader *reader, const remit_table *table, const char *name, remit_error *err)
{
  *reader = (remit_reader){ 0 };
  remit_path path;
  remit_status status = remit_path_init(&path, table, name, err);
  if (status != REMIT_OK)
    return status;
  reader->base = path.base;
  reader->target = path.target;
  if (path.row_of != NULL)
    status = fold_path(reader, &path, err);
  remit_path_release(&path);
  return status;
}

void remit_reader_release(remit_reader *reader)
{
  remit_release(reader->value_of);
  reader->value_of = NULL;
}

void remit_reader_read(const remit_reader *reader, size_t from, size_t count, int64_t *values)
{
  remit_column_read(reader->base, from, count, values);
  if (reader->value_of == NULL)
    return;
  for (size_t i = 0; i < count; i++)
    values[i] = reader->value_of[values[i]];
}
