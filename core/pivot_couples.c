/* SPDX-License-Identifier: Apache-2.0
 * pivot_couples: sums of two rows at a time. What limits a scan with few cells is how many sums can be read, added to and written. Sums of
 * couples, a neighbour's cell beside a row's, halve that. A row that is added alone goes to the first half of one of its cell's first couples.
 */
#include "pivot_block.h"

#define WORTH 48 /* rows a couple, at least: each couple's sums are parted in the end */

bool pivot_couples_pay(size_t cells, const pivot_plan *plan)
{
  return plan->digit_count == 1 && cells <= PIVOT_COUPLED && plan->rows / WORTH >= cells * cells;
}

size_t pivot_couples_room(size_t cells)
{
  return (cells + 1) * PIVOT_COUPLE;
}

size_t pivot_couples_first(const uint64_t *sums)
{
  return (0 - (uintptr_t)sums / sizeof *sums) % PIVOT_COUPLE;
}

void pivot_couples_part(const uint64_t *sums, size_t cells, uint64_t *parted)
{
  for (size_t i = 0; i < 2 * cells; i++)
    parted[i] = 0;
  for (size_t first = 0; first < cells; first++)
    for (size_t second = 0; second < cells; second++, sums += PIVOT_COUPLE)
      for (size_t lane = 0; lane < 2; lane++) {
        parted[2 * first + lane] += sums[lane];
        parted[2 * second + lane] += sums[2 + lane];
      }
}
