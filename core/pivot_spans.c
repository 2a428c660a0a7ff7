/* SPDX-License-Identifier: Apache-2.0
 * pivot_spans: rows straight from the columns into sums, with AVX2, for what most questions are: two figures of 32 bits, by columns of bytes.
 * Cells of some rows are worked out first, so that where a sum is to be found is known early; then each row, or couple of rows, is one sum
 * read, added to and written.
 */
#include <string.h>

#include "column_internal.h"
#include "pivot_block.h"
#include "vectors.h"

#define PIECE 256         /* rows whose cells are worked out at once */
#define AHEAD 512         /* rows from those in hand to those that are asked for */
#define COUPLES_AHEAD 768 /* the same where they pass in less time */
#define SAMPLE 128
#define RUN 12 /* rows of the same cell, on average, from which adding them up first is faster: measured */

#ifdef REMIT_AVX2

static bool is_narrow(const pivot_lane *lane)
{
  size_t width = 0;
  if (lane->column != NULL)
    remit_column_values(lane->column, &width);
  return width == sizeof(int32_t) && lane->part == LANE_WHOLE && lane->where == NULL;
}

static void read_digits(pivot_spans *spans, const pivot_plan *plan)
{
  size_t next = 0, width;
  for (int mapped = 0; mapped <= 1; mapped++) {
    for (size_t d = 0; d < plan->digit_count; d++) {
      const pivot_digit *digit = &plan->digits[d];
      if ((digit->map != NULL) != mapped)
        continue;
      spans->codes[next] = remit_column_values(digit->column, &width);
      spans->strides[next] = (uint16_t)digit->stride;
      if (mapped)
        pivot_digit_places(digit, spans->places[next]);
      next++;
    }
    if (!mapped)
      spans->plain = next;
  }
  spans->digits = next;
}

bool pivot_spans_init(pivot_spans *spans, const pivot_lanes *lanes, const pivot_plan *plan)
{
  if (!remit_has_avx2() || !plan->dense || lanes->cells == 1 || lanes->cells > UINT16_MAX || plan->pivot->where != NULL)
    return false;
  if (lanes->count != 2 || !is_narrow(&lanes->lanes[0]) || !is_narrow(&lanes->lanes[1]) || !pivot_plan_is_bytes(plan))
    return false;
  read_digits(spans, plan);
  for (size_t i = 0; i < 2; i++) {
    size_t width;
    spans->values[i] = remit_column_values(lanes->lanes[i].column, &width);
  }
  spans->natural = lanes->lanes[0].natural && lanes->lanes[1].natural;
  return true;
}

/* ---- Whether it is the best way, judged by the first rows: only the speed depends on it ---- */

static size_t cell_at(const pivot_spans *spans, size_t row)
{
  size_t cell = 0;
  for (size_t d = 0; d < spans->digits; d++)
    cell += d < spans->plain ? (size_t)spans->codes[d][row] * spans->strides[d] : spans->places[d][spans->codes[d][row]];
  return cell;
}

/* Not where the same cells come again and again: an addition waits for the one before it, or they are better added up first. */
static bool is_mixed(const pivot_spans *spans, size_t first, size_t end, bool coupled)
{
  size_t count = end - first < SAMPLE ? end - first : SAMPLE, changes = 1, before = cell_at(spans, first);
  for (size_t i = 1; i < count; i++) {
    size_t cell = cell_at(spans, first + i);
    changes += cell != before;
    before = cell;
  }
  return coupled ? changes * 2 > count : changes * RUN > count;
}

/* ---- Sixteen rows ---- */

typedef struct rows_at {
  const int32_t *first, *second;
} rows_at;

/* Two figures of eight rows, what counts them above. Rows 0 to 3 are in the lower halves, rows 4 to 7 in the upper ones. */
typedef struct eight_rows {
  __m256i row[4];
} eight_rows;

/* Read once: other instructions would take a plain load into themselves, each anew, and reads are what limits most scans. */
REMIT_AVX2_INLINE __m256i eight_of(const int32_t *values)
{
  return _mm256_lddqu_si256((const __m256i *)values);
}

REMIT_AVX2_INLINE eight_rows read_eight(rows_at at, __m256i extras, bool natural)
{
  const __m256i zero = _mm256_setzero_si256();
  __m256i first = eight_of(at.first), second = eight_of(at.second);
  __m256i low = _mm256_unpacklo_epi32(first, second), high = _mm256_unpackhi_epi32(first, second);
  __m256i low_upper = natural ? extras : _mm256_add_epi32(extras, _mm256_cmpgt_epi32(zero, low));
  __m256i high_upper = natural ? extras : _mm256_add_epi32(extras, _mm256_cmpgt_epi32(zero, high));
  return (eight_rows){ { _mm256_unpacklo_epi32(low, low_upper), _mm256_unpackhi_epi32(low, low_upper), _mm256_unpacklo_epi32(high, high_upper),
                         _mm256_unpackhi_epi32(high, high_upper) } };
}

/* What the packed lane counts rows by. */
REMIT_AVX2_INLINE __m256i extras_of(const pivot_lanes *lanes)
{
  int64_t one = (int64_t)1 << (lanes->shift - 32);
  return _mm256_set1_epi64x(lanes->packed == 0 ? one : one << 32);
}

static inline rows_at rows_from(const pivot_spans *spans, size_t row)
{
  return (rows_at){ spans->values[0] + row, spans->values[1] + row };
}

static inline rows_at rows_on(rows_at at, size_t rows)
{
  return (rows_at){ at.first + rows, at.second + rows };
}

/* Sixteen are a cache line. */
static inline void fetch_rows(rows_at at, size_t rows)
{
  remit_fetch(at.first + rows);
  remit_fetch(at.second + rows);
}

static inline uint64_t four_of(const uint16_t *cells)
{
  uint64_t four;
  memcpy(&four, cells, sizeof four);
  return four;
}

static void fetch_codes(const pivot_spans *spans, size_t row)
{
  for (size_t d = 0; d < spans->digits; d++)
    for (size_t i = AHEAD; i < AHEAD + PIECE; i += 64)
      remit_fetch(spans->codes[d] + row + i);
}

/* ---- A row an addition ---- */

/* By the first so many digits: a constant where it matters. */
REMIT_AVX2_INLINE void cells_by(const pivot_spans *spans, size_t digits, size_t row, size_t count, uint16_t *restrict cells)
{
  for (size_t i = 0; i < count; i += 16) {
    __m256i at = _mm256_setzero_si256();
    for (size_t d = 0; d < digits; d++) {
      __m256i codes = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(spans->codes[d] + row + i)));
      at = _mm256_add_epi16(at, _mm256_mullo_epi16(codes, _mm256_set1_epi16((short)spans->strides[d])));
    }
    _mm256_storeu_si256((__m256i *)(cells + i), at);
  }
}

static void add_places(const uint8_t *restrict codes, const uint16_t *restrict places, size_t count, uint16_t *restrict cells)
{
  for (size_t i = 0; i < count; i++)
    cells[i] = (uint16_t)(cells[i] + places[codes[i]]);
}

REMIT_AVX2_INLINE void cells_of_rows(const pivot_spans *spans, size_t row, size_t count, uint16_t *cells)
{
  if (spans->plain == 2)
    cells_by(spans, 2, row, count, cells);
  else if (spans->plain == 3)
    cells_by(spans, 3, row, count, cells);
  else
    cells_by(spans, spans->plain, row, count, cells);
  for (size_t d = spans->plain; d < spans->digits; d++)
    add_places(spans->codes[d] + row, spans->places[d], count, cells);
}

REMIT_AVX2_INLINE void add_row(uint64_t *sum, __m128i row)
{
  __m128i *at = (__m128i *)sum;
  _mm_store_si128(at, _mm_add_epi64(_mm_load_si128(at), row));
}

/* `step` from cell to cell, and `copy` from one row's sums to the next one's, are constant wherever this is called, as is `natural`. */
REMIT_AVX2_INLINE void add_four(uint64_t *sums, size_t step, size_t copy, uint64_t cells, __m128i a, __m128i b, __m128i c, __m128i d)
{
  add_row(sums + (cells & UINT16_MAX) * step, a);
  add_row(sums + (cells >> 16 & UINT16_MAX) * step + copy, b);
  add_row(sums + (cells >> 32 & UINT16_MAX) * step + 2 * copy, c);
  add_row(sums + (cells >> 48) * step + 3 * copy, d);
}

REMIT_AVX2_INLINE void add_eight(uint64_t *sums, size_t step, size_t copy, const uint16_t *cells, rows_at at, __m256i extras, bool natural)
{
  const eight_rows rows = read_eight(at, extras, natural);
  const __m256i *row = rows.row;
  add_four(sums, step, copy, four_of(cells), _mm256_castsi256_si128(row[0]), _mm256_castsi256_si128(row[1]), _mm256_castsi256_si128(row[2]),
           _mm256_castsi256_si128(row[3]));
  add_four(sums, step, copy, four_of(cells + 4), _mm256_extracti128_si256(row[0], 1), _mm256_extracti128_si256(row[1], 1),
           _mm256_extracti128_si256(row[2], 1), _mm256_extracti128_si256(row[3], 1));
}

REMIT_AVX2_INLINE void add_rows(const pivot_lanes *lanes, uint64_t *restrict sums, size_t step, size_t copy, const uint16_t *cells, size_t row,
                                size_t count, bool natural)
{
  const __m256i extras = extras_of(lanes);
  const rows_at at = rows_from(&lanes->spans, row);
  for (size_t i = 0; i < count; i += 16) {
    fetch_rows(at, i + AHEAD);
    add_eight(sums, step, copy, cells + i, rows_on(at, i), extras, natural);
    add_eight(sums, step, copy, cells + i + 8, rows_on(at, i + 8), extras, natural);
  }
}

REMIT_AVX2 static void add_single(const pivot_spans *spans, const pivot_lanes *lanes, uint64_t *sums, size_t row, size_t count)
{
  uint16_t cells[PIECE];
  cells_of_rows(spans, row, count, cells);
  if (lanes->copies != 1)
    add_rows(lanes, sums, 8, 2, cells, row, count, false);
  else if (spans->natural)
    add_rows(lanes, sums, 2, 0, cells, row, count, true);
  else
    add_rows(lanes, sums, 2, 0, cells, row, count, false);
}

/* ---- A couple of neighbours an addition: their figures stay as they are, four of 32 bits, and `guard` gathers the sums' upper bits ---- */

/* Where each couple's two numbers are. */
REMIT_AVX2_INLINE void places_of_couples(const uint8_t *codes, size_t cells, size_t count, uint16_t *places)
{
  const __m128i radix = _mm_set1_epi16((int16_t)(cells << 8 | 1)); /* a byte each: 1 and `cells` */
  for (size_t i = 0; i < count; i += 16) {
    __m128i couples = _mm_maddubs_epi16(_mm_loadu_si128((const __m128i *)(codes + i)), radix);
    _mm_storeu_si128((__m128i *)(places + i / 2), _mm_slli_epi16(couples, 1));
  }
}

REMIT_AVX2_INLINE __m128i add_couple(uint64_t *sums, uint64_t place, __m128i rows, __m128i guard)
{
  __m128i *at = (__m128i *)(sums + place);
  __m128i sum = _mm_add_epi32(_mm_load_si128(at), rows);
  _mm_store_si128(at, sum);
  return _mm_or_si128(guard, sum);
}

REMIT_AVX2_INLINE __m128i add_four_couples(uint64_t *sums, const uint16_t *places, rows_at at, __m128i guard)
{
  __m256i first = eight_of(at.first), second = eight_of(at.second);
  __m256i even = _mm256_unpacklo_epi32(first, second), odd = _mm256_unpackhi_epi32(first, second);
  const uint64_t four = four_of(places);
  guard = add_couple(sums, four & UINT16_MAX, _mm256_castsi256_si128(even), guard);
  guard = add_couple(sums, four >> 16 & UINT16_MAX, _mm256_castsi256_si128(odd), guard);
  guard = add_couple(sums, four >> 32 & UINT16_MAX, _mm256_extracti128_si256(even, 1), guard);
  return add_couple(sums, four >> 48, _mm256_extracti128_si256(odd, 1), guard);
}

REMIT_AVX2 static void add_couples(const pivot_spans *spans, const pivot_lanes *lanes, uint64_t *sums, size_t row, size_t count)
{
  uint16_t places[PIECE / 2];
  uint64_t *couples = pivot_couples_of(lanes, sums);
  const rows_at at = rows_from(spans, row);
  __m128i guard = _mm_setzero_si128();
  places_of_couples(spans->codes[0] + row, lanes->cells, count, places);
  for (size_t i = 0; i < count; i += 16) {
    fetch_rows(at, i + COUPLES_AHEAD);
    guard = add_four_couples(couples, places + i / 2, rows_on(at, i), guard);
    guard = add_four_couples(couples, places + i / 2 + 4, rows_on(at, i + 8), guard);
  }
  if (_mm_movemask_ps(_mm_castsi128_ps(guard)) != 0)
    pivot_couples_relieve(lanes, sums, places, count / 2);
}

/* fast path: same answer without it */
size_t pivot_spans_add(const pivot_spans *spans, const pivot_lanes *lanes, size_t first, size_t end, uint64_t *sums)
{
  size_t last = first + (end - first) / 16 * 16, piece = lanes->coupled ? lanes->piece : PIECE;
  if (last == first || !is_mixed(spans, first, end, lanes->coupled))
    return 0;
  for (size_t row = first, count; row < last; row += count) {
    count = last - row < piece ? last - row : piece;
    fetch_codes(spans, row);
    if (lanes->coupled)
      add_couples(spans, lanes, sums, row, count);
    else
      add_single(spans, lanes, sums, row, count);
  }
  return last - first;
}

#else

bool pivot_spans_init(pivot_spans *spans, const pivot_lanes *lanes, const pivot_plan *plan)
{
  (void)spans, (void)lanes, (void)plan;
  return false;
}

size_t pivot_spans_add(const pivot_spans *spans, const pivot_lanes *lanes, size_t first, size_t end, uint64_t *sums)
{
  (void)spans, (void)lanes, (void)first, (void)end, (void)sums;
  return 0;
}

#endif
