/* SPDX-License-Identifier: Apache-2.0
 * csv_store: the values of the rows read so far, as narrow as what was met allows, and the table's columns made of them.
 */
#include "column_internal.h"
#include "csv_internal.h"
#include "memory.h"

#include <string.h>

#define ROWS_MAX ((size_t)REMIT_CODE_MAX)
#define ROWS_FIRST ((size_t)64)

static bool is_coded(const remit_csv_column *column)
{
  return column->field->unit == REMIT_CODE;
}

remit_status remit_csv_reserve(remit_csv_loader *loader, size_t count, remit_error *err)
{
  if (count <= loader->capacity - loader->rows)
    return REMIT_OK;
  if (count > ROWS_MAX - loader->rows)
    return remit_fail(err, REMIT_ELIMIT, "more than %zu rows", ROWS_MAX);
  size_t wanted = loader->rows + count, capacity = loader->capacity == 0 ? ROWS_FIRST : loader->capacity * 2;
  capacity = capacity < wanted ? wanted : capacity;
  capacity = capacity < loader->expected ? loader->expected : capacity;
  for (size_t i = 0; i < loader->count; i++) {
    remit_csv_column *column = &loader->columns[i];
    if (!remit_csv_is_loaded(column))
      continue;
    void *larger = remit_reallocate(column->values, capacity, column->width);
    if (larger == NULL)
      return remit_no_memory(err);
    column->values = larger;
  }
  loader->capacity = capacity;
  return REMIT_OK;
}

int64_t remit_csv_stored(const remit_csv_column *column, size_t row)
{
  const char *at = (const char *)column->values + row * column->width;
  uint16_t two;
  int32_t four;
  switch (column->width) {
  case 1: return *(const uint8_t *)at;
  case 2: memcpy(&two, at, sizeof two); return two;
  default: memcpy(&four, at, sizeof four); return four != REMIT_MISSING_NARROW ? four : REMIT_MISSING;
  }
}

/* Makes values wider where they stand, from the last one down. */
static remit_status widen(const remit_csv_loader *loader, remit_csv_column *column, size_t rows, size_t width, remit_error *err)
{
  char *values = remit_reallocate(column->values, loader->capacity, width);
  if (values == NULL)
    return remit_no_memory(err);
  column->values = values;
  for (size_t row = rows; row-- > 0;) {
    int64_t value = remit_csv_stored(column, row);
    uint16_t two = (uint16_t)value;
    uint32_t four = (uint32_t)value;
    const void *wide = width == sizeof two ? (const void *)&two : width == sizeof four ? (const void *)&four : &value;
    memcpy(values + row * width, wide, width);
  }
  column->width = width;
  return REMIT_OK;
}

static remit_status widen_codes(const remit_csv_loader *loader, remit_csv_column *column, size_t rows, remit_error *err)
{
  size_t size = remit_dictionary_size(column->dictionary);
  size_t width = size <= 256 ? 1 : size <= 65536 ? 2 : 4;
  return width == column->width ? REMIT_OK : widen(loader, column, rows, width, err);
}

remit_status remit_csv_store_codes(const remit_csv_loader *loader, remit_csv_column *column, size_t at, const uint32_t *codes, size_t count,
                                   remit_error *err)
{
  remit_status status = widen_codes(loader, column, at, err);
  if (status != REMIT_OK)
    return status;
  if (column->width == 1) {
    uint8_t *to = (uint8_t *)column->values + at;
    for (size_t i = 0; i < count; i++)
      to[i] = (uint8_t)codes[i];
  } else if (column->width == 2) {
    uint16_t *to = (uint16_t *)column->values + at;
    for (size_t i = 0; i < count; i++)
      to[i] = (uint16_t)codes[i];
  } else {
    memcpy((uint32_t *)column->values + at, codes, count * sizeof *codes);
  }
  return REMIT_OK;
}

remit_status remit_csv_store_ints(const remit_csv_loader *loader, remit_csv_column *column, size_t at, const int64_t *values, size_t count,
                                  remit_error *err)
{
  if (column->width == sizeof(int32_t)) {
    if (remit_narrow(values, count, (int32_t *)column->values + at))
      return REMIT_OK;
    remit_status status = widen(loader, column, at, sizeof *values, err);
    if (status != REMIT_OK)
      return status;
  }
  memcpy((int64_t *)column->values + at, values, count * sizeof *values);
  return REMIT_OK;
}

/* ---- The table's columns ---- */

static remit_status make_absent(const remit_csv_loader *loader, const remit_csv_column *column, remit_column **out, remit_error *err)
{
  if (is_coded(column))
    return remit_column_same_code(out, 0, loader->rows, column->dictionary, err);
  return remit_column_same_int(out, REMIT_MISSING, loader->rows, column->field->unit, err);
}

remit_status remit_csv_make_column(const remit_csv_loader *loader, remit_csv_column *column, remit_column **out, remit_error *err)
{
  if (column->values == NULL)
    return make_absent(loader, column, out, err);
  remit_status status = is_coded(column) ? widen_codes(loader, column, loader->rows, err) : REMIT_OK;
  if (status == REMIT_OK)
    status = remit_column_adopt(out, column->values, column->width, loader->rows, column->field->unit, column->dictionary, err);
  if (status == REMIT_OK)
    column->values = NULL;
  return status;
}
