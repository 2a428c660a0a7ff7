/* SPDX-License-Identifier: Apache-2.0
 * pivot_scan: rows into cells, a block at a time. Rows that are not selected are dropped from the block before anything is looked up, so
 * that they cost little and make no cells; a measure's own selection only makes its value 0.
 */
#include <string.h>

#include "memory.h"
#include "pivot_internal.h"

typedef struct scan_block {
  size_t first, size;              /* rows of the table */
  size_t count;                    /* rows selected; all are when it equals `size` */
  uint16_t rows[REMIT_BLOCK];      /* which rows are selected, from `first` */
  uint8_t mask[REMIT_BLOCK];       /* of the measure's selection, per row of the table */
  const remit_selection *mask_of;  /* which selection `mask` holds */
  uint32_t cell[REMIT_BLOCK];      /* per selected row, as all below */
  uint32_t code[REMIT_BLOCK];
  uint64_t key[REMIT_BLOCK];
  int64_t value[REMIT_BLOCK];
} scan_block;

static void select_rows(scan_block *b, const remit_selection *where)
{
  b->count = b->size;
  if (where == NULL)
    return;
  remit_selection_mask(where, b->first, b->size, b->mask);
  size_t count = 0;
  for (size_t i = 0; i < b->size; i++) {
    b->rows[count] = (uint16_t)i;
    count += b->mask[i];
  }
  b->count = count;
  b->mask_of = where;
}

static void read_1(const uint8_t *values, const scan_block *b, uint32_t *out)
{
  if (b->count == b->size)
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[i];
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_2(const uint16_t *values, const scan_block *b, uint32_t *out)
{
  if (b->count == b->size)
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[i];
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_4(const uint32_t *values, const scan_block *b, uint32_t *out)
{
  if (b->count == b->size)
    memcpy(out, values, b->count * sizeof *out);
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_codes(const remit_column *column, const scan_block *b, uint32_t *out)
{
  size_t width;
  const void *values = remit_column_values(column, &width);
  if (width == 1)
    read_1((const uint8_t *)values + b->first, b, out);
  else if (width == 2)
    read_2((const uint16_t *)values + b->first, b, out);
  else
    read_4((const uint32_t *)values + b->first, b, out);
}

static void read_digit(const pivot_digit *digit, scan_block *b)
{
  read_codes(digit->column, b, b->code);
  if (digit->map != NULL)
    for (size_t i = 0; i < b->count; i++)
      b->code[i] = digit->map[b->code[i]];
}

static void dense_cells(const pivot_plan *plan, scan_block *b)
{
  memset(b->cell, 0, b->count * sizeof *b->cell);
  for (size_t d = 0; d < plan->digit_count; d++) {
    read_digit(&plan->digits[d], b);
    uint32_t stride = (uint32_t)plan->digits[d].stride;
    for (size_t i = 0; i < b->count; i++)
      b->cell[i] += b->code[i] * stride;
  }
}

static remit_status hashed_cells(pivot_cells *cells, const pivot_plan *plan, scan_block *b, remit_error *err)
{
  memset(b->cell, 0, b->count * sizeof *b->cell);
  remit_status status = REMIT_OK;
  size_t d = 0;
  for (size_t stage = 0; stage < plan->stage_count && status == REMIT_OK; stage++) {
    for (size_t i = 0; i < b->count; i++)
      b->key[i] = b->cell[i] * plan->stage_size[stage];
    for (; d < plan->stage_end[stage]; d++) {
      read_digit(&plan->digits[d], b);
      uint64_t stride = plan->digits[d].stride;
      for (size_t i = 0; i < b->count; i++)
        b->key[i] += b->code[i] * stride;
    }
    status = pivot_number(&cells->stages[stage], b->key, b->cell, b->count, err);
  }
  return status;
}

/* The array with room for `room` elements, those from `old` on being 0; NULL leaves it as it was. */
static void *lengthened(void *array, size_t old, size_t room, size_t size)
{
  char *bytes = array != NULL ? remit_reallocate(array, room, size) : remit_allocate_zero(room, size);
  if (bytes != NULL && array != NULL)
    memset(bytes + old * size, 0, (room - old) * size);
  return bytes;
}

static bool lengthen_tally(pivot_tally *tally, const pivot_measure *measure, size_t old, size_t room)
{
  if (measure->how == REMIT_DISTINCT) {
    uint32_t *last = lengthened(tally->pairs.last, old, room, sizeof *last);
    tally->pairs.last = last != NULL ? last : tally->pairs.last;
    return last != NULL;
  }
  if (measure->wide) {
    pivot_wide *wide = lengthened(tally->wide, old, room, sizeof *wide);
    tally->wide = wide != NULL ? wide : tally->wide;
    return wide != NULL;
  }
  int64_t *sum = lengthened(tally->sum, old, room, sizeof *sum);
  tally->sum = sum != NULL ? sum : tally->sum;
  return sum != NULL;
}

static bool only_rows(const pivot_measure *measure)
{
  return measure->how == REMIT_ROWS && measure->where == NULL;
}

static remit_status make_room(pivot_cells *cells, const pivot_plan *plan, size_t count, remit_error *err)
{
  cells->count = count;
  if (count <= cells->room)
    return REMIT_OK;
  size_t room = plan->dense ? count : 1024;
  while (room < count)
    room *= 2;
  int64_t *rows = lengthened(cells->rows, cells->room, room, sizeof *rows);
  if (rows == NULL)
    return remit_no_memory(err);
  cells->rows = rows;
  for (size_t m = 0; m < plan->pivot->measure_count; m++)
    if (!only_rows(&plan->measures[m]) && !lengthen_tally(&cells->tallies[m], &plan->measures[m], cells->room, room))
      return remit_no_memory(err);
  cells->room = room;
  return REMIT_OK;
}

/* 1 for each selected row that the measure counts. */
static void read_mask(scan_block *b, const remit_selection *where, int64_t *out)
{
  if (b->mask_of != where) {
    remit_selection_mask(where, b->first, b->size, b->mask);
    b->mask_of = where;
  }
  for (size_t i = 0; i < b->count; i++)
    out[i] = b->mask[b->count == b->size ? i : b->rows[i]];
}

/* The measure's value of each selected row, 0 where its own selection leaves the row out. */
static const int64_t *read_values(scan_block *b, const pivot_measure *measure)
{
  if (measure->where != NULL)
    read_mask(b, measure->where, b->value);
  if (measure->column == NULL)
    return b->value;
  const int64_t *values = (const int64_t *)remit_column_values(measure->column, NULL) + b->first;
  if (measure->where != NULL)
    for (size_t i = 0; i < b->count; i++)
      b->value[i] = -b->value[i] & values[b->count == b->size ? i : b->rows[i]];
  else if (b->count == b->size)
    return values;
  else
    for (size_t i = 0; i < b->count; i++)
      b->value[i] = values[b->rows[i]];
  return b->value;
}

static remit_status add_pairs(pivot_pairs *pairs, const pivot_measure *measure, scan_block *b, remit_error *err)
{
  read_codes(measure->column, b, b->code);
  if (measure->where != NULL) {
    read_mask(b, measure->where, b->value);
    for (size_t i = 0; i < b->count; i++)
      b->code[i] *= (uint32_t)b->value[i];
  }
  return pivot_pairs_add(pairs, b->cell, b->code, b->count, err);
}

static void add(int64_t *sum, size_t cells, const uint32_t *cell, const int64_t *values, size_t count)
{
  int64_t total = 0;
  if (cells == 1) /* fast path: same answer without it */
    for (size_t i = 0; i < count; i++)
      total += values[i];
  else
    for (size_t i = 0; i < count; i++)
      sum[cell[i]] += values[i];
  sum[0] += total;
}

static void add_wide(pivot_wide *sum, const uint32_t *cell, const int64_t *values, size_t count)
{
  for (size_t i = 0; i < count; i++)
    sum[cell[i]] += values[i];
}

static void count_rows(int64_t *rows, size_t cells, const uint32_t *cell, size_t count)
{
  if (cells == 1) /* fast path: same answer without it */
    rows[0] += (int64_t)count;
  else
    for (size_t i = 0; i < count; i++)
      rows[cell[i]]++;
}

static remit_status add_measure(pivot_cells *cells, const pivot_plan *plan, size_t m, scan_block *b, remit_error *err)
{
  const pivot_measure *measure = &plan->measures[m];
  pivot_tally *tally = &cells->tallies[m];
  if (only_rows(measure))
    return REMIT_OK;
  if (measure->how == REMIT_DISTINCT)
    return add_pairs(&tally->pairs, measure, b, err);
  const int64_t *values = read_values(b, measure);
  if (measure->wide)
    add_wide(tally->wide, b->cell, values, b->count);
  else
    add(tally->sum, cells->count, b->cell, values, b->count);
  return REMIT_OK;
}

static remit_status add_block(pivot_cells *cells, const pivot_plan *plan, scan_block *b, remit_error *err)
{
  remit_status status = REMIT_OK;
  if (plan->dense) {
    dense_cells(plan, b);
  } else {
    status = hashed_cells(cells, plan, b, err);
    if (status == REMIT_OK)
      status = make_room(cells, plan, cells->stages[plan->stage_count - 1].count, err);
  }
  if (status != REMIT_OK)
    return status;
  count_rows(cells->rows, cells->count, b->cell, b->count);
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    status = add_measure(cells, plan, m, b, err);
  return status;
}

static remit_status sort_pairs(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    if (plan->measures[m].how == REMIT_DISTINCT)
      status = pivot_pairs_sort(&cells->tallies[m].pairs, plan->measures[m].column, err);
  return status;
}

remit_status pivot_scan(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  remit_status status = make_room(cells, plan, plan->dense ? (size_t)plan->stage_size[0] : 0, err);
  scan_block b = { 0 };
  for (size_t first = 0; first < plan->rows && status == REMIT_OK; first += REMIT_BLOCK) {
    b.first = first;
    b.size = plan->rows - first < REMIT_BLOCK ? plan->rows - first : REMIT_BLOCK;
    b.mask_of = NULL;
    select_rows(&b, plan->pivot->where);
    if (b.count != 0)
      status = add_block(cells, plan, &b, err);
  }
  return status == REMIT_OK ? sort_pairs(cells, plan, err) : status;
}

size_t pivot_cell_digit(const pivot_plan *plan, const pivot_cells *cells, size_t cell, size_t digit)
{
  const pivot_digit *wanted = &plan->digits[digit];
  if (plan->dense)
    return cell / wanted->stride % wanted->size;
  size_t stage = plan->stage_count - 1;
  uint64_t key = cells->stages[stage].keys[cell];
  for (; stage > 0 && digit < plan->stage_end[stage - 1]; stage--)
    key = cells->stages[stage - 1].keys[key / plan->stage_size[stage]];
  return (size_t)(key / wanted->stride % wanted->size);
}

void pivot_cells_release(pivot_cells *cells)
{
  remit_release(cells->rows);
  for (size_t m = 0; m < REMIT_MEASURES_MAX; m++) {
    remit_release(cells->tallies[m].sum);
    remit_release(cells->tallies[m].wide);
    pivot_pairs_release(&cells->tallies[m].pairs);
  }
  for (size_t i = 0; i < REMIT_KEYS_MAX; i++)
    pivot_numbers_release(&cells->stages[i]);
}
