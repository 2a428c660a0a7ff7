/* SPDX-License-Identifier: Apache-2.0
 * number: exact arithmetic in 128 bits, allotment, printing. Reading is in number_parse.c.
 */
#include "remit/number.h"

#include <string.h>

#include "memory.h"

#define MOST_DECIMALS 18

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

static uint64_t magnitude(int64_t value)
{
  return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static remit_status too_large(remit_error *err)
{
  return remit_fail(err, REMIT_EOVERFLOW, "a figure past 64 bits");
}

static remit_status no_figure(remit_error *err)
{
  return remit_fail(err, REMIT_EINVAL, "a missing value takes no part in arithmetic");
}

size_t remit_number_print(int64_t value, int decimals, bool grouped, char *buffer)
{
  if (value == REMIT_MISSING) {
    buffer[0] = '\0';
    return 0;
  }
  if (decimals < 0 || decimals > MOST_DECIMALS)
    decimals = decimals < 0 ? 0 : MOST_DECIMALS;
  char text[REMIT_NUMBER_SIZE];
  size_t start = sizeof text;
  uint64_t left = magnitude(value);
  for (int place = 0; left != 0 || place <= decimals; place++, left /= 10) {
    if (place == decimals && decimals > 0)
      text[--start] = '.';
    if (grouped && place > decimals && (place - decimals) % 3 == 0)
      text[--start] = ',';
    text[--start] = (char)('0' + left % 10);
  }
  if (value < 0)
    text[--start] = '-';
  size_t length = sizeof text - start;
  memcpy(buffer, text + start, length);
  buffer[length] = '\0';
  return length;
}

remit_status remit_number_add(int64_t a, int64_t b, int64_t *out, remit_error *err)
{
  if (a == REMIT_MISSING || b == REMIT_MISSING)
    return no_figure(err);
  wide sum = (wide)a + b;
  if (sum > INT64_MAX || sum < -INT64_MAX)
    return too_large(err);
  *out = (int64_t)sum;
  return REMIT_OK;
}

static unsigned_wide divide(unsigned_wide dividend, uint64_t divisor, remit_rounding rounding)
{
  unsigned_wide quotient = dividend / divisor;
  uint64_t rest = (uint64_t)(dividend % divisor), to_next = divisor - rest;
  if (rest > to_next || (rest == to_next && (rounding == REMIT_HALF_UP || (quotient & 1) != 0)))
    quotient++;
  return quotient;
}

remit_status remit_number_scale(int64_t value, int64_t numerator, int64_t denominator, remit_rounding rounding, int64_t *out,
                                remit_error *err)
{
  if (denominator == 0)
    return remit_fail(err, REMIT_EINVAL, "division by 0");
  if (value == REMIT_MISSING || numerator == REMIT_MISSING || denominator == REMIT_MISSING)
    return no_figure(err);
  unsigned_wide product = (unsigned_wide)magnitude(value) * magnitude(numerator);
  unsigned_wide quotient = divide(product, magnitude(denominator), rounding);
  if (quotient > INT64_MAX)
    return too_large(err);
  bool negative = (value < 0) ^ (numerator < 0) ^ (denominator < 0);
  *out = negative ? -(int64_t)quotient : (int64_t)quotient;
  return REMIT_OK;
}

/* What is left of a part after whole units were given out. */
typedef struct remainder {
  unsigned_wide size;
  size_t index;
} remainder;

static bool precedes(const remainder *a, const remainder *b)
{
  return a->size > b->size || (a->size == b->size && a->index < b->index);
}

/* A heap with the first to be served on top. */
static void sift_down(remainder *heap, size_t count, size_t at)
{
  remainder moved = heap[at];
  for (size_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && precedes(&heap[child + 1], &heap[child]))
      child++;
    if (!precedes(&heap[child], &moved))
      break;
    heap[at] = heap[child];
  }
  heap[at] = moved;
}

static void give_out(remainder *heap, size_t count, uint64_t units, int64_t *parts)
{
  for (size_t i = count / 2; i-- > 0;)
    sift_down(heap, count, i);
  for (; units > 0; units--) {
    parts[heap[0].index]++;
    heap[0] = heap[--count];
    sift_down(heap, count, 0);
  }
}

static remit_status sum_weights(const int64_t *weights, size_t count, unsigned_wide *sum, remit_error *err)
{
  *sum = 0;
  for (size_t i = 0; i < count; i++) {
    if (weights[i] < 0)
      return remit_fail(err, REMIT_EINVAL, "weight %zu is negative or missing", i + 1);
    *sum += (uint64_t)weights[i];
  }
  return *sum != 0 ? REMIT_OK : remit_fail(err, REMIT_EINVAL, "nothing to share by: every weight is 0");
}

remit_status remit_number_allot(int64_t total, const int64_t *weights, size_t count, int64_t *parts, remit_error *err)
{
  unsigned_wide sum;
  if (total == REMIT_MISSING)
    return no_figure(err);
  if (sum_weights(weights, count, &sum, err) != REMIT_OK)
    return REMIT_EINVAL;
  remainder *heap = remit_allocate(count, sizeof *heap);
  if (heap == NULL)
    return remit_no_memory(err);
  uint64_t units = magnitude(total);
  for (size_t i = 0; i < count; i++) {
    unsigned_wide share = (unsigned_wide)magnitude(total) * (uint64_t)weights[i];
    parts[i] = (int64_t)(share / sum);
    heap[i] = (remainder){ share % sum, i };
    units -= (uint64_t)parts[i];
  }
  give_out(heap, count, units, parts);
  for (size_t i = 0; total < 0 && i < count; i++)
    parts[i] = -parts[i];
  remit_release(heap);
  return REMIT_OK;
}
