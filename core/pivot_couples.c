/* SPDX-License-Identifier: Apache-2.0
 * pivot_couples: sums of two rows at a time. What limits a scan with few cells is how many sums can be read, added to and written, and how
 * near they lie. Sums of couples, a neighbour's cell beside a row's, halve the additions; with 32 bits each they take a quarter of a cache
 * line, and move to their cells' sums of 64 bits before they are full.
 */
#include "pivot_block.h"

#define CELLS_MAX 90              /* beyond which couples are too many: measured */
#define WORTH 48                  /* rows a couple, at least: all couples' sums are moved in the end */
#define PIECE_MAX 256             /* rows whose couples are worked out at once */
#define PIECE_MIN 64
#define LARGE ((uint64_t)1 << 30) /* sums that move when one of them is full: the others are soon */

_Static_assert(CELLS_MAX <= INT8_MAX, "a signed byte multiplies codes");

static bool sums_only(const pivot_plan *plan)
{
  for (size_t m = 0; m < plan->pivot->measure_count; m++)
    if (plan->measures[m].how != REMIT_SUM)
      return false;
  return true;
}

/* Sums are below 2^31 before a piece and below 2^32 after it, as no value is larger than `few` allows. */
bool pivot_couples_init(pivot_lanes *lanes, const pivot_plan *plan)
{
  const pivot_lane *first = &lanes->lanes[0], *second = &lanes->lanes[1];
  if (plan->digit_count != 1 || lanes->spans.plain != 1 || lanes->cells > CELLS_MAX || plan->rows / WORTH < lanes->cells * lanes->cells)
    return false;
  if (!sums_only(plan) || !lanes->spans.natural || (!first->positive && !second->positive))
    return false;
  size_t few = 2 * (first->few < second->few ? first->few : second->few);
  lanes->positive = first->positive ? 0 : 1;
  lanes->piece = few < PIECE_MAX ? few / 16 * 16 : PIECE_MAX;
  return few >= PIECE_MIN;
}

size_t pivot_couples_room(const pivot_lanes *lanes)
{
  return 2 * lanes->cells;
}

uint64_t *pivot_couples_of(const pivot_lanes *lanes, uint64_t *sums)
{
  return sums + lanes->stride * lanes->cells;
}

/* Both figures of one row: the first lane's below. */
static void move_row(uint64_t *cell, uint64_t *row)
{
  cell[0] += *row & UINT32_MAX;
  cell[1] += *row >> 32;
  *row = 0;
}

static void move_couple(const pivot_lanes *lanes, uint64_t *sums, uint64_t *couple, size_t first, size_t second)
{
  move_row(sums + first * lanes->stride, &couple[0]);
  move_row(sums + second * lanes->stride, &couple[1]);
}

static bool is_large(uint64_t row)
{
  return (row & UINT32_MAX) >= LARGE || row >> 32 >= LARGE;
}

void pivot_couples_relieve(const pivot_lanes *lanes, uint64_t *sums, const uint16_t *places, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    uint64_t *couple = pivot_couples_of(lanes, sums) + places[i];
    size_t number = places[i] / 2;
    if (is_large(couple[0]) || is_large(couple[1]))
      move_couple(lanes, sums, couple, number % lanes->cells, number / lanes->cells);
  }
}

void pivot_couples_settle(const pivot_lanes *lanes, uint64_t *sums)
{
  uint64_t *couple = pivot_couples_of(lanes, sums);
  for (size_t second = 0; second < lanes->cells; second++)
    for (size_t first = 0; first < lanes->cells; first++, couple += 2)
      move_couple(lanes, sums, couple, first, second);
}
