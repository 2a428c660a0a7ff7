/* SPDX-License-Identifier: Apache-2.0
 * column: values in the narrowest width that the dictionary or the integers allow, read and written in blocks of 64-bit integers so that
 * every loop over rows switches on the width once a block. Their summary is worked out in column_summary.c.
 */
#include "column_internal.h"
#include "dictionary_internal.h"

#include <stdatomic.h>
#include <string.h>

#include "memory.h"

struct remit_column {
  atomic_size_t owners;
  atomic_size_t members; /* 0: not counted yet */
  remit_unit unit;
  size_t width;
  size_t count;
  remit_column_summary summary;
  remit_dictionary *dictionary;
  void *values;
};

static size_t width_of(const remit_dictionary *dictionary)
{
  if (dictionary == NULL)
    return sizeof(int64_t);
  size_t size = remit_dictionary_size(dictionary);
  return size <= 256 ? 1 : size <= 65536 ? 2 : 4;
}

static remit_status wrap(remit_column **out, void *values, size_t width, size_t count, remit_unit unit, const remit_dictionary *dictionary,
                         remit_error *err)
{
  remit_column *column = remit_allocate_zero(1, sizeof *column);
  *out = column;
  if (column == NULL)
    return remit_no_memory(err);
  atomic_init(&column->owners, 1);
  atomic_init(&column->members, 0);
  column->unit = unit;
  column->width = width;
  column->count = count;
  column->dictionary = dictionary != NULL ? remit_dictionary_share(dictionary) : NULL;
  column->values = values;
  return REMIT_OK;
}

static remit_status blank(remit_column **out, size_t count, size_t width, remit_unit unit, const remit_dictionary *dictionary,
                          remit_error *err)
{
  *out = NULL;
  void *values = remit_allocate(count, width);
  if (values == NULL)
    return remit_no_memory(err);
  remit_status status = wrap(out, values, width, count, unit, dictionary, err);
  if (status != REMIT_OK)
    remit_release(values);
  return status;
}

remit_status remit_column_blank(remit_column **out, size_t count, remit_unit unit, const remit_dictionary *dictionary, remit_error *err)
{
  return blank(out, count, width_of(dictionary), unit, dictionary, err);
}

remit_status remit_column_like(remit_column **out, const remit_column *column, size_t count, remit_error *err)
{
  return blank(out, count, column->width, column->unit, column->dictionary, err);
}

static void widen_1(const uint8_t *from, size_t count, int64_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i];
}

static void widen_2(const uint16_t *from, size_t count, int64_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i];
}

static void widen_4(const uint32_t *from, size_t count, int64_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i];
}

static int64_t widened(int32_t value)
{
  return value != REMIT_MISSING_NARROW ? value : REMIT_MISSING;
}

static void widen_ints(const int32_t *from, size_t count, int64_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = widened(from[i]);
}

static bool is_narrow(const remit_column *column)
{
  return column->dictionary == NULL && column->width == sizeof(int32_t);
}

void remit_column_read(const remit_column *column, size_t from, size_t count, int64_t *values)
{
  if (is_narrow(column)) {
    widen_ints((const int32_t *)column->values + from, count, values);
    return;
  }
  switch (column->width) {
  case 1: widen_1((const uint8_t *)column->values + from, count, values); break;
  case 2: widen_2((const uint16_t *)column->values + from, count, values); break;
  case 4: widen_4((const uint32_t *)column->values + from, count, values); break;
  default: memcpy(values, (const int64_t *)column->values + from, count * sizeof *values); break;
  }
}

static void narrow_1(const int64_t *from, size_t count, uint8_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint8_t)from[i];
}

static void narrow_2(const int64_t *from, size_t count, uint16_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint16_t)from[i];
}

static void narrow_4(const int64_t *from, size_t count, uint32_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint32_t)from[i];
}

void remit_column_write(remit_column *column, size_t from, size_t count, const int64_t *values)
{
  if (is_narrow(column)) {
    remit_narrow(values, count, (int32_t *)column->values + from);
    return;
  }
  switch (column->width) {
  case 1: narrow_1(values, count, (uint8_t *)column->values + from); break;
  case 2: narrow_2(values, count, (uint16_t *)column->values + from); break;
  case 4: narrow_4(values, count, (uint32_t *)column->values + from); break;
  default: memcpy((int64_t *)column->values + from, values, count * sizeof *values); break;
  }
}

void *remit_column_room(remit_column *column)
{
  return column->values;
}

int64_t remit_column_missing(const remit_column *column)
{
  return column->dictionary != NULL ? 0 : REMIT_MISSING;
}

static void narrow(remit_column *column)
{
  remit_narrow_in_place(column->values, column->count);
  column->width = sizeof(int32_t);
  column->values = remit_shrink(column->values, column->count, column->width);
}

void remit_column_finish(remit_column *column)
{
  if (column->dictionary == NULL && column->width == sizeof(int64_t) && remit_fits_narrow(column->values, column->count))
    narrow(column);
  remit_summarise(&column->summary, column->values, column->width, column->count, column->dictionary != NULL);
}

remit_status remit_column_adopt(remit_column **out, void *values, size_t width, size_t count, remit_unit unit, const remit_dictionary *dictionary,
                                remit_error *err)
{
  remit_status status = wrap(out, values, width, count, unit, dictionary, err);
  if (status != REMIT_OK)
    return status;
  (*out)->values = remit_shrink(values, count, width);
  remit_column_finish(*out);
  return REMIT_OK;
}

static remit_status check_codes(const uint32_t *codes, size_t count, const remit_dictionary *dictionary, remit_error *err)
{
  size_t size = remit_dictionary_size(dictionary);
  uint32_t most = 0, high = 0; /* `high` has the bit that no code has */
  for (size_t i = 0; i < count; i++) {
    most = (int32_t)codes[i] > (int32_t)most ? codes[i] : most;
    high |= codes[i];
  }
  if (most < size && high <= REMIT_CODE_MAX)
    return REMIT_OK;
  for (size_t i = 0; i < count; i++)
    most = codes[i] > most ? codes[i] : most;
  return remit_fail(err, REMIT_EINVAL, "code %lu is not in the dictionary: codes are below %zu", (unsigned long)most, size);
}

static void cut_1(const uint32_t *from, size_t count, uint8_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint8_t)from[i];
}

static void cut_2(const uint32_t *from, size_t count, uint16_t *to)
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint16_t)from[i];
}

void remit_column_set_codes(remit_column *column, size_t from, size_t count, const uint32_t *codes)
{
  switch (column->width) {
  case 1: cut_1(codes, count, (uint8_t *)column->values + from); break;
  case 2: cut_2(codes, count, (uint16_t *)column->values + from); break;
  default:
    if (count != 0)
      memcpy((uint32_t *)column->values + from, codes, count * sizeof *codes);
    break;
  }
}

/* `each` has a bit for each code in 64 bits. */
static inline void fill_runs(const remit_column *column, const uint32_t *begin, const uint32_t *codes, size_t count, size_t width, uint64_t each)
{
  const size_t rows = column->count, step = sizeof each / width;
  char *values = column->values;
  size_t run = 0;
  for (; run < count && begin[run + 1] + step <= rows; run++) {
    const uint64_t same = codes[run] * each;
    size_t row = begin[run];
    const size_t end = begin[run + 1];
    do
      memcpy(values + row * width, &same, sizeof same); /* also rows past the end, which are of the next runs */
    while ((row += step) < end);
  }
  for (; run < count; run++)
    for (size_t row = begin[run]; row < begin[run + 1]; row++) {
      const uint64_t same = codes[run] * each;
      memcpy(values + row * width, &same, width);
    }
}

void remit_column_fill_runs(remit_column *column, const uint32_t *begin, const uint32_t *codes, size_t count)
{
  switch (column->width) {
  case 1: fill_runs(column, begin, codes, count, 1, UINT64_MAX / UINT8_MAX); break;
  case 2: fill_runs(column, begin, codes, count, 2, UINT64_MAX / UINT16_MAX); break;
  default: fill_runs(column, begin, codes, count, 4, UINT64_MAX / UINT32_MAX); break;
  }
}

void remit_column_place_codes(remit_column *column, const uint32_t *rows, size_t count, const uint32_t *codes)
{
  const size_t width = column->width;
  void *values = column->values;
  for (size_t i = 0; i < count; i++) {
    const uint32_t code = codes != NULL ? codes[i] : 0;
    switch (width) {
    case 1: ((uint8_t *)values)[rows[i]] = (uint8_t)code; break;
    case 2: ((uint16_t *)values)[rows[i]] = (uint16_t)code; break;
    default: ((uint32_t *)values)[rows[i]] = code; break;
    }
  }
}

remit_status remit_column_known_codes(remit_column **out, const uint32_t *codes, size_t count, const remit_dictionary *dictionary, remit_error *err)
{
  remit_status status = remit_column_blank(out, count, REMIT_CODE, dictionary, err);
  if (status != REMIT_OK)
    return status;
  remit_column_set_codes(*out, 0, count, codes);
  remit_column_finish(*out);
  return REMIT_OK;
}

remit_status remit_column_codes(remit_column **out, const uint32_t *codes, size_t count, const remit_dictionary *dictionary,
                                remit_error *err)
{
  *out = NULL;
  remit_status status = check_codes(codes, count, dictionary, err);
  return status == REMIT_OK ? remit_column_known_codes(out, codes, count, dictionary, err) : status;
}

static remit_status check_unit(remit_unit unit, remit_error *err)
{
  if (unit < REMIT_COUNT || unit > REMIT_DAY)
    return remit_fail(err, REMIT_EINVAL, "integers cannot have the unit '%s'", remit_unit_name(unit));
  return REMIT_OK;
}

/* Copied before it is known whether they fit: most do, and where they do not, one of the first tells. */
static remit_status copy_ints(remit_column **out, const int64_t *values, size_t count, remit_unit unit, remit_error *err)
{
  remit_status status = blank(out, count, sizeof(int32_t), unit, NULL, err);
  if (status != REMIT_OK || remit_narrow(values, count, (*out)->values))
    return status;
  remit_column_free(*out);
  status = remit_column_blank(out, count, unit, NULL, err);
  if (status == REMIT_OK)
    memcpy((*out)->values, values, count * sizeof *values);
  return status;
}

remit_status remit_column_ints(remit_column **out, const int64_t *values, size_t count, remit_unit unit, remit_error *err)
{
  *out = NULL;
  remit_status status = check_unit(unit, err);
  if (status == REMIT_OK)
    status = copy_ints(out, values, count, unit, err);
  if (status == REMIT_OK)
    remit_summarise(&(*out)->summary, (*out)->values, (*out)->width, count, false);
  return status;
}

/* Its summary is known without a look. */
static void store_same(remit_column *column, int64_t value)
{
  int64_t block[REMIT_BLOCK];
  for (size_t i = 0; i < REMIT_BLOCK; i++)
    block[i] = value;
  for (size_t row = 0; row < column->count; row += REMIT_BLOCK) {
    size_t count = column->count - row < REMIT_BLOCK ? column->count - row : REMIT_BLOCK;
    remit_column_write(column, row, count, block);
  }
  bool there = value != remit_column_missing(column) && column->count != 0;
  column->summary = (remit_column_summary){ .min = there ? value : 0, .max = there ? value : 0, .ascending = true };
  column->summary.missing = there ? 0 : column->count;
}

remit_status remit_column_same_code(remit_column **out, uint32_t code, size_t count, const remit_dictionary *dictionary, remit_error *err)
{
  *out = NULL;
  remit_status status = check_codes(&code, 1, dictionary, err);
  if (status == REMIT_OK)
    status = remit_column_blank(out, count, REMIT_CODE, dictionary, err);
  if (status == REMIT_OK)
    store_same(*out, code);
  return status;
}

remit_status remit_column_same_int(remit_column **out, int64_t value, size_t count, remit_unit unit, remit_error *err)
{
  *out = NULL;
  remit_status status = check_unit(unit, err);
  if (status == REMIT_OK)
    status = blank(out, count, remit_fits_narrow(&value, 1) ? sizeof(int32_t) : sizeof(int64_t), unit, NULL, err);
  if (status == REMIT_OK)
    store_same(*out, value);
  return status;
}

static void store_recoded(remit_column *fresh, const remit_column *column, const uint32_t *map)
{
  int64_t block[REMIT_BLOCK];
  for (size_t row = 0; row < column->count; row += REMIT_BLOCK) {
    size_t count = column->count - row < REMIT_BLOCK ? column->count - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    for (size_t i = 0; i < count; i++)
      block[i] = map[block[i]];
    remit_column_write(fresh, row, count, block);
  }
}

remit_status remit_column_recode(remit_column **out, const remit_column *column, const uint32_t *map, const remit_dictionary *dictionary,
                                 remit_error *err)
{
  *out = NULL;
  if (column->dictionary == NULL)
    return remit_fail(err, REMIT_EINVAL, "only codes can be recoded, not %s", remit_unit_name(column->unit));
  remit_status status = check_codes(map, remit_dictionary_size(column->dictionary), dictionary, err);
  if (status == REMIT_OK)
    status = remit_column_blank(out, column->count, REMIT_CODE, dictionary, err);
  if (status != REMIT_OK)
    return status;
  store_recoded(*out, column, map);
  remit_column_finish(*out);
  return REMIT_OK;
}

remit_status remit_column_sorted(remit_column **out, const remit_column *column, remit_error *err)
{
  *out = NULL;
  if (column->dictionary == NULL)
    return remit_fail(err, REMIT_EINVAL, "only codes can be sorted by label, not %s", remit_unit_name(column->unit));
  uint32_t *codes = remit_allocate(remit_dictionary_size(column->dictionary), sizeof *codes);
  if (codes == NULL)
    return remit_no_memory(err);
  remit_dictionary *sorted;
  remit_status status = remit_dictionary_sorted(&sorted, column->dictionary, codes, err);
  if (status == REMIT_OK && sorted == column->dictionary)
    *out = remit_column_share(column);
  else if (status == REMIT_OK)
    status = remit_column_recode(out, column, codes, sorted, err);
  remit_dictionary_free(sorted);
  remit_release(codes);
  return status;
}

remit_column *remit_column_share(const remit_column *column)
{
  remit_column *owned = (remit_column *)column;
  atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
  return owned;
}

void remit_column_free(remit_column *column)
{
  if (column == NULL || atomic_fetch_sub_explicit(&column->owners, 1, memory_order_acq_rel) != 1)
    return;
  remit_dictionary_free(column->dictionary);
  remit_release(column->values);
  remit_release(column);
}

remit_unit remit_column_unit(const remit_column *column)
{
  return column->unit;
}

size_t remit_column_count(const remit_column *column)
{
  return column->count;
}

remit_column_summary remit_column_stats(const remit_column *column)
{
  return column->summary;
}

size_t remit_column_memory(const remit_column *column)
{
  return sizeof *column + column->count * column->width;
}

const remit_dictionary *remit_column_dictionary(const remit_column *column)
{
  return column->dictionary;
}

const void *remit_column_values(const remit_column *column, size_t *width)
{
  if (width != NULL)
    *width = column->width;
  return column->values;
}

uint32_t remit_column_code(const remit_column *column, size_t row)
{
  if (column->dictionary == NULL)
    return 0;
  switch (column->width) {
  case 1: return ((const uint8_t *)column->values)[row];
  case 2: return ((const uint16_t *)column->values)[row];
  default: return ((const uint32_t *)column->values)[row];
  }
}

int64_t remit_column_int(const remit_column *column, size_t row)
{
  if (column->dictionary != NULL)
    return remit_column_code(column, row);
  if (column->width == sizeof(int32_t))
    return widened(((const int32_t *)column->values)[row]);
  return ((const int64_t *)column->values)[row];
}

static void tally_block(const int64_t *codes, size_t count, size_t row, size_t *counts, size_t *first)
{
  if (counts != NULL)
    for (size_t i = 0; i < count; i++)
      counts[codes[i]]++;
  if (first != NULL)
    for (size_t i = 0; i < count; i++)
      if (first[codes[i]] == SIZE_MAX)
        first[codes[i]] = row + i;
}

remit_status remit_column_tally(const remit_column *column, size_t *counts, size_t *first, remit_error *err)
{
  if (column->dictionary == NULL)
    return remit_fail(err, REMIT_EINVAL, "only codes can be tallied, not %s", remit_unit_name(column->unit));
  size_t size = remit_dictionary_size(column->dictionary);
  for (size_t code = 0; counts != NULL && code < size; code++)
    counts[code] = 0;
  for (size_t code = 0; first != NULL && code < size; code++)
    first[code] = SIZE_MAX;
  int64_t block[REMIT_BLOCK];
  for (size_t row = 0; row < column->count; row += REMIT_BLOCK) {
    size_t count = column->count - row < REMIT_BLOCK ? column->count - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    tally_block(block, count, row, counts, first);
  }
  return REMIT_OK;
}

static size_t count_members(const remit_column *column, uint8_t *seen, size_t size)
{
  int64_t block[REMIT_BLOCK];
  for (size_t row = 0; row < column->count; row += REMIT_BLOCK) {
    size_t count = column->count - row < REMIT_BLOCK ? column->count - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    for (size_t i = 0; i < count; i++)
      seen[block[i]] = 1;
  }
  size_t members = 0;
  for (size_t code = 0; code < size; code++)
    members += seen[code];
  return members;
}

size_t remit_column_members(const remit_column *column)
{
  atomic_size_t *known = &((remit_column *)column)->members; /* threads that count at once find the same */
  size_t members = atomic_load_explicit(known, memory_order_relaxed), size = (size_t)column->summary.max + 1;
  if (members != 0 || column->count == 0)
    return members;
  uint8_t *seen = remit_allocate_zero(size, sizeof *seen);
  if (seen == NULL)
    return size;
  members = count_members(column, seen, size);
  remit_release(seen);
  atomic_store_explicit(known, members, memory_order_relaxed);
  return members;
}

int remit_unit_decimals(remit_unit unit)
{
  return unit == REMIT_PENCE ? 2 : unit == REMIT_MICRO ? 6 : 0;
}

const char *remit_unit_name(remit_unit unit)
{
  switch (unit) {
  case REMIT_CODE: return "codes";
  case REMIT_COUNT: return "count";
  case REMIT_PENCE: return "pence";
  case REMIT_MICRO: return "micro";
  case REMIT_MONTH: return "month";
  case REMIT_DAY: return "day";
  }
  return "unknown";
}
