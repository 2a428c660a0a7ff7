/* SPDX-License-Identifier: Apache-2.0
 * pivot_block: which rows are selected, and the number of each one's cell. Where few rows are selected the others are dropped before anything
 * is looked up. Where many are, picking their values one by one would cost more than adding up the others too, in spare cells.
 */
#include "pivot_block.h"

#include <string.h>

#include "vectors.h"

#define SAMPLE 128
#define MASKED 6 /* of so many rows one must be selected for the others to be added up too: measured */
#define RUN 12 /* rows of the same cell, on average, from which adding them up first is faster: measured */

void pivot_places_init(pivot_places *places)
{
  for (unsigned bits = 0; bits < 256; bits++) {
    uint8_t count = 0;
    memset(places->places[bits], 0, sizeof places->places[bits]);
    for (uint16_t place = 0; place < 8; place++)
      if ((bits >> place & 1) != 0)
        places->places[bits][count++] = place;
    places->count[bits] = count;
  }
}

#ifdef REMIT_SSE2
/* fast path: same answer without it; returns how many rows of the block are done */
static size_t list_eights(pivot_choice *choice, const pivot_places *places)
{
  const uint8_t *mask = choice->mask;
  const __m128i zero = _mm_setzero_si128(), eight = _mm_set1_epi16(8);
  __m128i from = zero;
  size_t i = 0, count = 0;
  for (; i + 16 <= choice->size; i += 16) {
    unsigned bits = (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(_mm_loadu_si128((const __m128i *)(mask + i)), zero));
    for (unsigned half = 0; half < 2; half++, bits >>= 8, from = _mm_add_epi16(from, eight)) {
      __m128i rows = _mm_loadu_si128((const __m128i *)places->places[bits & 255]);
      _mm_storeu_si128((__m128i *)(choice->rows + count), _mm_add_epi16(rows, from));
      count += places->count[bits & 255];
    }
  }
  choice->count = count;
  return i;
}
#endif

static void list_rows(pivot_choice *choice, const pivot_places *places)
{
  size_t i = 0;
  choice->count = 0;
#ifdef REMIT_SSE2
  if (places != NULL)
    i = list_eights(choice, places);
#else
  (void)places;
#endif
  for (; i < choice->size; i++) {
    choice->rows[choice->count] = (uint16_t)i;
    choice->count += choice->mask[i];
  }
}

/* Judged by the first rows: only the speed depends on it. */
static bool many_chosen(const uint8_t *mask, size_t size)
{
  uint8_t count = 0; /* SAMPLE is less than 256 */
  size = size < SAMPLE ? size : SAMPLE;
  for (size_t i = 0; i < size; i++)
    count = (uint8_t)(count + mask[i]);
  return count * MASKED >= size;
}

void pivot_choice_make(pivot_choice *choice, const remit_selection *where, const pivot_places *places, bool may_mask, size_t first, size_t size)
{
  choice->first = first;
  choice->size = choice->count = size;
  choice->masked = false;
  if (where == NULL || size == 0)
    return;
  remit_selection_mask(where, first, size, choice->mask);
  choice->masked = may_mask && many_chosen(choice->mask, size);
  if (!choice->masked)
    list_rows(choice, places);
}

static void read_1(const uint8_t *values, const pivot_block *b, uint32_t *out)
{
  if (b->count == b->size)
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[i];
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_2(const uint16_t *values, const pivot_block *b, uint32_t *out)
{
  if (b->count == b->size)
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[i];
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_4(const uint32_t *values, const pivot_block *b, uint32_t *out)
{
  if (b->count == b->size)
    memcpy(out, values, b->count * sizeof *out);
  else
    for (size_t i = 0; i < b->count; i++)
      out[i] = values[b->rows[i]];
}

static void read_codes(const remit_column *column, const pivot_block *b, uint32_t *out)
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

void pivot_block_codes(pivot_block *b, const remit_column *column, const remit_selection *where, uint32_t *codes)
{
  read_codes(column, b, codes);
  if (where == NULL)
    return;
  if (b->mask_of != where) {
    remit_selection_mask(where, b->first, b->size, b->mask);
    b->mask_of = where;
  }
  for (size_t i = 0; i < b->count; i++)
    codes[i] *= b->mask[b->count == b->size ? i : b->rows[i]];
}

static void read_digit(const pivot_digit *digit, pivot_block *b, uint32_t *out)
{
  read_codes(digit->column, b, out);
  if (digit->map != NULL)
    for (size_t i = 0; i < b->count; i++)
      out[i] = digit->map[out[i]];
}

static uint32_t changes_small(const uint16_t *cell, size_t count)
{
  uint16_t changes = 1;
  for (size_t i = 1; i < count; i++)
    changes = (uint16_t)(changes + (cell[i] != cell[i - 1]));
  return changes;
}

static uint32_t changes_large(const uint32_t *cell, size_t count)
{
  uint32_t changes = 1;
  for (size_t i = 1; i < count; i++)
    changes += cell[i] != cell[i - 1];
  return changes;
}

/* Judged by the first rows: only the speed depends on it. */
static void note_runs(pivot_block *b)
{
  size_t count = b->count < SAMPLE ? b->count : SAMPLE;
  b->runs = (b->is_small ? changes_small(b->small, count) : changes_large(b->cell, count)) * RUN <= count;
}

static void set_digit(pivot_block *b, uint32_t stride)
{
  for (size_t i = 0; i < b->count; i++)
    b->cell[i] = b->code[i] * stride;
}

static void add_digit(pivot_block *b, uint32_t stride)
{
  for (size_t i = 0; i < b->count; i++)
    b->cell[i] += b->code[i] * stride;
}

/* Byte codes of every row, as they are. */
static const uint8_t *plain_bytes(const pivot_digit *digit, const pivot_block *b)
{
  size_t width;
  const void *values = remit_column_values(digit->column, &width);
  return width == 1 && digit->map == NULL && b->count == b->size ? (const uint8_t *)values + b->first : NULL;
}

static void set_bytes(const uint8_t *codes, size_t count, uint16_t stride, uint16_t *small)
{
  for (size_t i = 0; i < count; i++)
    small[i] = (uint16_t)(codes[i] * stride);
}

static void set_two_bytes(const uint8_t *first, const uint8_t *second, size_t count, uint16_t stride, uint16_t second_stride, uint16_t *small)
{
  for (size_t i = 0; i < count; i++)
    small[i] = (uint16_t)(first[i] * stride + second[i] * second_stride);
}

static void add_bytes(const uint8_t *codes, size_t count, uint16_t stride, uint16_t *small)
{
  for (size_t i = 0; i < count; i++)
    small[i] = (uint16_t)(small[i] + codes[i] * stride);
}

void pivot_digit_places(const pivot_digit *digit, uint16_t places[256])
{
  for (size_t code = 0; code <= (size_t)remit_column_stats(digit->column).max; code++)
    places[code] = (uint16_t)(digit->map[code] * digit->stride);
}

/* Byte codes by which attributes are looked up. */
static void add_mapped(const pivot_digit *digit, const uint8_t *codes, size_t count, uint16_t *small)
{
  uint16_t places[256];
  pivot_digit_places(digit, places);
  for (size_t i = 0; i < count; i++)
    small[i] = (uint16_t)(small[i] + places[codes[i]]);
}

static void add_small(pivot_block *b, const pivot_digit *digit, bool first)
{
  size_t width;
  const uint8_t *codes = (const uint8_t *)remit_column_values(digit->column, &width) + b->first;
  if (first && digit->map != NULL)
    memset(b->small, 0, b->count * sizeof *b->small);
  if (digit->map != NULL)
    add_mapped(digit, codes, b->count, b->small);
  else
    (first ? set_bytes : add_bytes)(codes, b->count, (uint16_t)digit->stride, b->small);
}

bool pivot_plan_is_bytes(const pivot_plan *plan)
{
  size_t width = 1;
  for (size_t d = 0; d < plan->digit_count && width == 1; d++)
    remit_column_values(plan->digits[d].column, &width);
  return width == 1;
}

/* How many digits are done: two as they are take one pass, and none otherwise. */
static size_t set_two_small(pivot_block *b, const pivot_plan *plan)
{
  const pivot_digit *digits = plan->digits;
  const uint8_t *first = plain_bytes(&digits[0], b), *second = plan->digit_count > 1 ? plain_bytes(&digits[1], b) : NULL;
  if (first == NULL || second == NULL)
    return 0;
  set_two_bytes(first, second, b->count, (uint16_t)digits[0].stride, (uint16_t)digits[1].stride, b->small);
  return 2;
}

/* fast path: 16 bits are read, multiplied and written twice as many at a time; same answer without it */
static bool small_cells(pivot_block *b, const pivot_plan *plan)
{
  if (plan->stage_size[0] > UINT16_MAX - PIVOT_SPARES || b->count != b->size || !pivot_plan_is_bytes(plan))
    return false;
  size_t done = set_two_small(b, plan);
  for (size_t d = done; d < plan->digit_count; d++)
    add_small(b, &plan->digits[d], d == 0);
  return true;
}

static void large_cells(pivot_block *b, const pivot_plan *plan)
{
  if (plan->digit_count == 1) {
    read_digit(&plan->digits[0], b, b->cell);
    return;
  }
  for (size_t d = 0; d < plan->digit_count; d++) {
    read_digit(&plan->digits[d], b, b->code);
    (d == 0 ? set_digit : add_digit)(b, (uint32_t)plan->digits[d].stride);
  }
}

/* A single cell is 0 for every row, and stays so. */
void pivot_block_init(pivot_block *b)
{
  memset(b->cell, 0, sizeof b->cell);
}

void pivot_block_begin(pivot_block *b, const pivot_choice *choice)
{
  b->first = choice->first;
  b->size = choice->size;
  b->count = choice->count;
  b->rows = choice->rows;
  b->chosen = choice->masked ? choice->mask : NULL;
  b->mask_of = NULL;
}

static void spare_small(const uint8_t *chosen, size_t count, uint16_t spare, uint16_t *small)
{
  for (size_t i = 0; i < count; i++)
    small[i] = chosen[i] != 0 ? small[i] : (uint16_t)(spare + i % PIVOT_SPARES);
}

static void spare_large(const uint8_t *chosen, size_t count, uint32_t spare, uint32_t *cell)
{
  for (size_t i = 0; i < count; i++)
    cell[i] = chosen[i] != 0 ? cell[i] : (uint32_t)(spare + i % PIVOT_SPARES);
}

static void spare_others(pivot_block *b, const pivot_plan *plan)
{
  if (b->is_small)
    spare_small(b->chosen, b->count, (uint16_t)plan->stage_size[0], b->small);
  else
    spare_large(b->chosen, b->count, (uint32_t)plan->stage_size[0], b->cell);
}

void pivot_block_dense(pivot_block *b, const pivot_plan *plan)
{
  b->is_small = false;
  b->runs = false;
  if (plan->stage_size[0] == 1)
    return;
  b->is_small = small_cells(b, plan);
  if (!b->is_small)
    large_cells(b, plan);
  if (b->chosen != NULL)
    spare_others(b, plan);
  note_runs(b);
}

void pivot_block_widen(pivot_block *b)
{
  for (size_t i = 0; b->is_small && i < b->count; i++)
    b->cell[i] = b->small[i];
  b->is_small = false;
}

/* fast path: as below, where cells could be numbered densely; same answer without it */
static remit_status number_few(pivot_block *b, const pivot_plan *plan, pivot_cells *cells, remit_error *err)
{
  b->is_small = small_cells(b, plan);
  if (!b->is_small)
    large_cells(b, plan);
  pivot_block_widen(b);
  return pivot_number_few(&cells->stages[0], plan->stage_size[0], b->cell, b->count, err);
}

static remit_status number_all(pivot_block *b, const pivot_plan *plan, pivot_cells *cells, remit_error *err)
{
  memset(b->cell, 0, b->count * sizeof *b->cell);
  remit_status status = REMIT_OK;
  size_t d = 0;
  for (size_t stage = 0; stage < plan->stage_count && status == REMIT_OK; stage++) {
    for (size_t i = 0; i < b->count; i++)
      b->key[i] = b->cell[i] * plan->stage_size[stage];
    for (; d < plan->stage_end[stage]; d++) {
      read_digit(&plan->digits[d], b, b->code);
      uint64_t stride = plan->digits[d].stride;
      for (size_t i = 0; i < b->count; i++)
        b->key[i] += b->code[i] * stride;
    }
    status = pivot_number(&cells->stages[stage], b->key, b->cell, b->count, err);
  }
  return status;
}

remit_status pivot_block_hashed(pivot_block *b, const pivot_plan *plan, pivot_cells *cells, remit_error *err)
{
  b->is_small = false;
  bool few = plan->digit_count != 0 && plan->stage_count == 1 && plan->stage_size[0] <= PIVOT_SPACE_MAX;
  remit_status status = (few ? number_few : number_all)(b, plan, cells, err);
  note_runs(b);
  return status;
}
