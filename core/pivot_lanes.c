/* SPDX-License-Identifier: Apache-2.0
 * pivot_lanes: the additions, two lanes at a time. Sums wrap in unsigned arithmetic on the way and are right in the end: a measure that
 * could leave 64 bits has two lanes, one of its values' lower halves and one of their upper ones.
 */
#include <string.h>

#include "column_internal.h"
#include "pivot_block.h"
#include "vectors.h"

#define COPIES 4
#define COPIED 1024 /* cells up to which copies stay in the nearest cache: measured */
#define WORTH 8     /* rows a cell before its sums are taken out, at least, for packing to be worth it */

/* ---- Which lanes ---- */

/* The largest value without its sign. */
static uint64_t largest_of(const pivot_lane *lane)
{
  remit_column_summary stats = lane->column != NULL ? remit_column_stats(lane->column) : (remit_column_summary){ .max = 1 };
  return (uint64_t)(stats.max > -stats.min ? stats.max : -stats.min);
}

static void add_lane(pivot_lanes *lanes, const pivot_measure *measure, size_t m, pivot_part part)
{
  pivot_lane *lane = &lanes->lanes[lanes->count++];
  *lane = (pivot_lane){ .column = measure->column, .where = measure->where, .part = part, .measure = m };
  uint64_t largest = largest_of(lane);
  lane->few = largest != 0 ? (size_t)(INT32_MAX / largest) : REMIT_BLOCK;
  lane->natural = lane->column != NULL && remit_column_stats(lane->column).min >= 0;
  lane->positive = lane->column != NULL && remit_column_stats(lane->column).min > 0;
}

static void list_lanes(pivot_lanes *lanes, const pivot_plan *plan)
{
  for (size_t m = 0; m < plan->pivot->measure_count; m++) {
    const pivot_measure *measure = &plan->measures[m];
    if (measure->how == REMIT_DISTINCT || pivot_counts_rows(measure))
      continue;
    if (measure->wide)
      add_lane(lanes, measure, m, LANE_HIGH);
    add_lane(lanes, measure, m, measure->wide ? LANE_LOW : LANE_WHOLE);
  }
}

/* Bits that the values of a lane take, signs aside. */
static unsigned bits_of(const pivot_lane *lane)
{
  if (lane->part != LANE_WHOLE)
    return 62;
  uint64_t largest = largest_of(lane);
  unsigned bits = 0;
  for (; bits < 62 && largest >> bits != 0; bits++)
    ;
  return bits;
}

/* n rows need log n bits for their sum's growth, one for its sign, and log n for their count. */
static bool pack(pivot_lanes *lanes, const pivot_plan *plan)
{
  unsigned fewest = 62;
  for (size_t i = 0; i < lanes->count; i++) {
    unsigned bits = bits_of(&lanes->lanes[i]);
    lanes->packed = bits < fewest ? i : lanes->packed;
    fewest = bits < fewest ? bits : fewest;
  }
  unsigned rows = (62 - fewest) / 2;
  lanes->most = (size_t)1 << rows;
  lanes->shift = fewest + rows + 1;
  if (lanes->packed == SIZE_MAX)
    return false;
  return lanes->most >= plan->rows || (plan->dense && lanes->most >= (1u << 18) && lanes->most / WORTH >= lanes->cells);
}

size_t pivot_lanes_room(const pivot_lanes *lanes)
{
  return lanes->stride * lanes->copies + (lanes->coupled ? pivot_couples_room(lanes) : 0);
}

static void count_rows(pivot_lanes *lanes, const pivot_plan *plan)
{
  if (lanes->cells != 1 && lanes->count != 0 && pack(lanes, plan))
    return;
  lanes->direct = false;
  lanes->packed = SIZE_MAX;
  lanes->most = SIZE_MAX;
  memmove(&lanes->lanes[1], &lanes->lanes[0], lanes->count * sizeof *lanes->lanes);
  lanes->lanes[0] = (pivot_lane){ .measure = SIZE_MAX };
  lanes->count++;
}

void pivot_lanes_init(pivot_lanes *lanes, const pivot_plan *plan)
{
  lanes->count = 0;
  lanes->packed = SIZE_MAX;
  lanes->most = SIZE_MAX;
  lanes->cells = plan->dense ? (size_t)plan->stage_size[0] : 0;
  lanes->copies = 1;
  list_lanes(lanes, plan);
  lanes->direct = pivot_spans_init(&lanes->spans, lanes, plan);
  lanes->coupled = lanes->direct && pivot_couples_init(lanes, plan);
  if (!lanes->coupled)
    count_rows(lanes, plan);
  lanes->total = pivot_totals_may(lanes, plan);
  lanes->stride = lanes->count + lanes->count % 2;
  if (plan->dense && lanes->cells > 1 && lanes->cells <= COPIED && !lanes->coupled)
    lanes->copies = COPIES;
}

/* ---- Their values in a block ---- */

typedef struct lane_values {
  const int32_t *narrow; /* or */
  const int64_t *wide;
  uint64_t extra; /* to add to each */
  bool natural;   /* none of `narrow` is below 0 */
} lane_values;

static void gather_narrow(const int32_t *values, const pivot_block *b, int32_t *out)
{
  for (size_t i = 0; i < b->count; i++)
    out[i] = values[b->rows[i]];
}

static void gather_wide(const int64_t *values, const pivot_block *b, int64_t *out)
{
  for (size_t i = 0; i < b->count; i++)
    out[i] = values[b->rows[i]];
}

static void column_values(const remit_column *column, const pivot_block *b, pivot_values *room, lane_values *out)
{
  size_t width;
  const void *values = remit_column_values(column, &width);
  if (width == sizeof(int32_t))
    out->narrow = (const int32_t *)values + b->first;
  else
    out->wide = (const int64_t *)values + b->first;
  if (b->count == b->size)
    return;
  if (out->narrow != NULL) {
    gather_narrow(out->narrow, b, room->narrow);
    out->narrow = room->narrow;
  } else {
    gather_wide(out->wide, b, room->wide);
    out->wide = room->wide;
  }
}

static void widen(lane_values *values, size_t count, pivot_values *room)
{
  if (values->narrow == NULL)
    return;
  int64_t wide[REMIT_BLOCK];
  for (size_t i = 0; i < count; i++)
    wide[i] = values->narrow[i];
  memcpy(room->wide, wide, count * sizeof *wide);
  values->narrow = NULL;
  values->wide = room->wide;
}

static void halve(lane_values *values, pivot_part part, size_t count, int64_t *out)
{
  for (size_t i = 0; i < count; i++)
    out[i] = part == LANE_LOW ? (int64_t)((uint64_t)values->wide[i] & UINT32_MAX) : values->wide[i] >> 32;
  values->wide = out;
}

/* Values of rows that the measure's own selection leaves out become 0. */
static void apply_mask(lane_values *values, const remit_selection *where, pivot_block *b, int64_t *out)
{
  if (b->mask_of != where) {
    remit_selection_mask(where, b->first, b->size, b->mask);
    b->mask_of = where;
  }
  for (size_t i = 0; i < b->count; i++)
    out[i] = values->wide[i] & -(int64_t)b->mask[b->count == b->size ? i : b->rows[i]];
  values->wide = out;
}

/* Filled where it stands: what is written field by field and copied at once has to wait. */
static void read_lane(const pivot_lane *lane, pivot_block *b, pivot_values *room, lane_values *values)
{
  *values = (lane_values){ .natural = lane->natural };
  if (lane->column != NULL)
    column_values(lane->column, b, room, values);
  if (lane->column != NULL && lane->part == LANE_WHOLE && lane->where == NULL)
    return;
  if (lane->column != NULL) {
    widen(values, b->count, room);
  } else {
    for (size_t i = 0; i < b->count; i++)
      room->wide[i] = 1;
    values->wide = room->wide;
  }
  if (lane->where != NULL)
    apply_mask(values, lane->where, b, room->wide);
  if (lane->part != LANE_WHOLE)
    halve(values, lane->part, b->count, room->wide);
}

/* ---- Adding ---- */

static size_t step_of(const pivot_lanes *lanes)
{
  return lanes->stride * lanes->copies;
}

static size_t copy_of(const pivot_lanes *lanes)
{
  return lanes->copies != 1 ? lanes->stride : 0;
}

static inline uint64_t value_at(lane_values values, bool narrow, size_t i)
{
  return (uint64_t)(narrow ? values.narrow[i] : values.wide[i]) + values.extra;
}

#ifdef REMIT_SSE2
/* What both lanes add in four rows, each row's in one register. What counts rows is above their lower halves. */
typedef struct four_rows {
  __m128i row[4];
} four_rows;

static inline __m128i extras_of(lane_values a, lane_values b)
{
  int first = (int)(a.extra >> 32), second = (int)(b.extra >> 32);
  return _mm_set_epi32(second, first, second, first);
}

static inline four_rows read_four(lane_values a, lane_values b, __m128i extras, bool natural, size_t i)
{
  const __m128i zero = _mm_setzero_si128();
  __m128i first = _mm_loadu_si128((const __m128i *)(a.narrow + i)), second = _mm_loadu_si128((const __m128i *)(b.narrow + i));
  __m128i low = _mm_unpacklo_epi32(first, second), high = _mm_unpackhi_epi32(first, second);
  __m128i low_upper = natural ? extras : _mm_add_epi32(extras, _mm_cmpgt_epi32(zero, low));
  __m128i high_upper = natural ? extras : _mm_add_epi32(extras, _mm_cmpgt_epi32(zero, high));
  return (four_rows){ { _mm_unpacklo_epi32(low, low_upper), _mm_unpackhi_epi32(low, low_upper), _mm_unpacklo_epi32(high, high_upper),
                        _mm_unpackhi_epi32(high, high_upper) } };
}

static inline void add_row(uint64_t *sum, __m128i row)
{
  __m128i *at = (__m128i *)sum;
  _mm_store_si128(at, _mm_add_epi64(_mm_load_si128(at), row));
}

/* fast path: same answer without it, as all below; returns how many rows are done. All but the arrays is constant wherever this is called. */
static inline size_t add_sixteens(uint64_t *sums, size_t step, size_t copy, const uint16_t *small, const uint32_t *large, size_t count,
                                  lane_values a, lane_values b, bool natural)
{
  const __m128i extras = extras_of(a, b);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    remit_fetch(a.narrow + i + REMIT_BLOCK);
    remit_fetch(b.narrow + i + REMIT_BLOCK);
    for (size_t j = i; j < i + 16; j += 4) {
      four_rows four = read_four(a, b, extras, natural, j);
      for (size_t k = 0; k < 4; k++) {
        uint64_t *sum = sums + (small != NULL ? small[j + k] : large[j + k]) * step;
        add_row(sum + k * copy, four.row[k]);
      }
    }
  }
  return i;
}

static size_t add_sixteens_of(const pivot_lanes *lanes, const pivot_block *b, uint64_t *sums, const lane_values *one, const lane_values *other)
{
  const size_t step = step_of(lanes), copy = copy_of(lanes);
  const lane_values first = *one, second = *other;
  const bool natural = first.natural && second.natural;
  if (b->is_small && natural && step == 8 && copy == 2)
    return add_sixteens(sums, 8, 2, b->small, NULL, b->count, first, second, true);
  if (b->is_small && natural && step == 2)
    return add_sixteens(sums, 2, 0, b->small, NULL, b->count, first, second, true);
  if (b->is_small)
    return add_sixteens(sums, step, copy, b->small, NULL, b->count, first, second, false);
  return add_sixteens(sums, step, copy, NULL, b->cell, b->count, first, second, false);
}

/* Four rows of the cell that the rows before were of are added up aside. */
static size_t add_runs_of_four(uint64_t *sums, size_t step, const uint32_t *cell, size_t count, lane_values a, lane_values b)
{
  const __m128i extras = extras_of(a, b);
  __m128i aside = _mm_setzero_si128();
  uint32_t run = cell[0];
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    four_rows four = read_four(a, b, extras, false, i);
    __m128i same = _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(cell + i)), _mm_set1_epi32((int)run));
    remit_fetch(a.narrow + i + REMIT_BLOCK);
    remit_fetch(b.narrow + i + REMIT_BLOCK);
    if (_mm_movemask_epi8(same) == 0xffff) {
      __m128i two = _mm_add_epi64(four.row[0], four.row[1]), more = _mm_add_epi64(four.row[2], four.row[3]);
      aside = _mm_add_epi64(aside, _mm_add_epi64(two, more));
      continue;
    }
    add_row(sums + run * step, aside);
    for (size_t k = 0; k < 4; k++)
      add_row(sums + cell[i + k] * step, four.row[k]);
    aside = _mm_setzero_si128();
    run = cell[i + 3];
  }
  add_row(sums + run * step, aside);
  return i;
}
#endif

/* `narrow` is a constant wherever this is called, so that each call is a loop of its own. */
static inline void add_two(uint64_t *sums, size_t step, size_t copy, const uint32_t *cell, size_t from, size_t count, lane_values a,
                           lane_values b, bool narrow)
{
  size_t i = from;
  for (; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++) {
      uint64_t *sum = sums + k * copy + cell[i + k] * step;
      sum[0] += value_at(a, narrow, i + k);
      sum[1] += value_at(b, narrow, i + k);
    }
  for (; i < count; i++) {
    sums[cell[i] * step] += value_at(a, narrow, i);
    sums[cell[i] * step + 1] += value_at(b, narrow, i);
  }
}

static void add_two_narrow(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums, const lane_values *first, const lane_values *second)
{
  size_t from = 0;
#ifdef REMIT_SSE2
  if (!b->runs) {
    from = add_sixteens_of(lanes, b, sums, first, second);
  } else {
    pivot_block_widen(b);
    from = add_runs_of_four(sums, step_of(lanes), b->cell, b->count, *first, *second);
  }
#endif
  if (from == b->count)
    return;
  pivot_block_widen(b);
  add_two(sums, step_of(lanes), 0, b->cell, from, b->count, *first, *second, true);
}

/* Where the run that begins at `from` ends. */
static size_t run_end(const uint32_t *cell, size_t from, size_t count)
{
  const uint32_t run = cell[from];
  size_t i = from + 1;
  while (i + 8 <= count) {
    uint32_t differ = 0;
    for (size_t k = 0; k < 8; k++)
      differ |= cell[i + k] ^ run;
    if (differ != 0)
      break;
    i += 8;
  }
  while (i < count && cell[i] == run)
    i++;
  return i;
}

static void add_runs(uint64_t *sums, size_t step, const uint32_t *cell, size_t count, lane_values a, lane_values b)
{
  for (size_t i = 0, end; i < count; i = end) {
    end = run_end(cell, i, count);
    sums[cell[i] * step] += pivot_total_wide(a.wide + i, end - i) + a.extra * (end - i);
    sums[cell[i] * step + 1] += pivot_total_wide(b.wide + i, end - i) + b.extra * (end - i);
  }
}

static inline void add_one(uint64_t *sums, size_t step, size_t copy, const uint32_t *cell, size_t count, lane_values a, bool narrow)
{
  size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (size_t k = 0; k < 4; k++)
      sums[k * copy + cell[i + k] * step] += value_at(a, narrow, i + k);
  for (; i < count; i++)
    sums[cell[i] * step] += value_at(a, narrow, i);
}

static void add_pair(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums, const lane_values *first, const lane_values *second)
{
  if (first->narrow != NULL) {
    add_two_narrow(lanes, b, sums, first, second);
    return;
  }
  pivot_block_widen(b);
  if (b->runs)
    add_runs(sums, step_of(lanes), b->cell, b->count, *first, *second);
  else
    add_two(sums, step_of(lanes), copy_of(lanes), b->cell, 0, b->count, *first, *second, false);
}

static void add_single(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums, const lane_values *values)
{
  pivot_block_widen(b);
  if (values->narrow != NULL)
    add_one(sums, step_of(lanes), copy_of(lanes), b->cell, b->count, *values, true);
  else
    add_one(sums, step_of(lanes), copy_of(lanes), b->cell, b->count, *values, false);
}

static uint64_t total_of(const pivot_lane *lane, pivot_block *b)
{
  if (lane->measure == SIZE_MAX)
    return b->count;
  lane_values values;
  read_lane(lane, b, &b->values[0], &values);
  return values.narrow != NULL ? pivot_total_narrow(values.narrow, lane->few, b->count) : pivot_total_wide(values.wide, b->count);
}

static void add_totals(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums)
{
  for (size_t i = 0; i < lanes->count; i++)
    sums[i] += total_of(&lanes->lanes[i], b);
}

static void lane_at(const pivot_lanes *lanes, size_t i, pivot_block *b, pivot_values *room, lane_values *values)
{
  read_lane(&lanes->lanes[i], b, room, values);
  values->extra = i == lanes->packed ? (uint64_t)1 << lanes->shift : 0;
}

void pivot_lanes_add(const pivot_lanes *lanes, pivot_block *b, uint64_t *sums)
{
  if (lanes->cells == 1) { /* fast path: same answer without it */
    add_totals(lanes, b, sums);
    return;
  }
  size_t i = 0;
  lane_values first, second;
  for (; i + 2 <= lanes->count; i += 2) {
    lane_at(lanes, i, b, &b->values[0], &first);
    lane_at(lanes, i + 1, b, &b->values[1], &second);
    if ((first.narrow != NULL) != (second.narrow != NULL)) {
      widen(&first, b->count, &b->values[0]);
      widen(&second, b->count, &b->values[1]);
    }
    add_pair(lanes, b, sums + i, &first, &second);
  }
  if (i == lanes->count)
    return;
  lane_at(lanes, i, b, &b->values[0], &first);
  add_single(lanes, b, sums + i, &first);
}

/* ---- Taking them out ---- */

static void take_packed(const uint64_t *sums, size_t step, unsigned shift, pivot_cells *cells, int64_t *out)
{
  uint64_t sign = (uint64_t)1 << (shift - 1), mask = 2 * sign - 1;
  for (size_t c = 0; c < cells->count; c++) {
    uint64_t sum = sums[c * step], low = ((sum & mask) ^ sign) - sign;
    cells->rows[c] += (int64_t)((sum - low) >> shift);
    out[c] += (int64_t)low;
  }
}

static void take_plain(const uint64_t *sums, size_t step, size_t count, int64_t *out)
{
  for (size_t c = 0; c < count; c++)
    out[c] = (int64_t)((uint64_t)out[c] + sums[c * step]);
}

static void take_wide(const uint64_t *sums, size_t step, size_t count, pivot_part part, pivot_wide *out)
{
  for (size_t c = 0; c < count; c++)
    out[c] += (pivot_wide)(int64_t)sums[c * step] * (part == LANE_HIGH ? (pivot_wide)1 << 32 : 1);
}

void pivot_lanes_take(const pivot_lanes *lanes, const uint64_t *sums, pivot_cells *cells)
{
  size_t step = step_of(lanes), count = cells->count;
  for (size_t copy = 0; copy < lanes->copies && count != 0; copy++, sums += lanes->stride)
    for (size_t i = 0; i < lanes->count; i++) {
      const pivot_lane *lane = &lanes->lanes[i];
      if (i == lanes->packed)
        take_packed(sums + i, step, lanes->shift, cells, cells->tallies[lane->measure].sum);
      else if (lane->part != LANE_WHOLE)
        take_wide(sums + i, step, count, lane->part, cells->tallies[lane->measure].wide);
      else
        take_plain(sums + i, step, count, lane->measure == SIZE_MAX ? cells->rows : cells->tallies[lane->measure].sum);
    }
}
