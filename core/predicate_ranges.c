/* SPDX-License-Identifier: Apache-2.0
 * predicate_ranges: tests against a unit, as sorted disjoint closed ranges of its integers.
 */
#include "predicate_parts.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "remit/number.h"

#define LOWEST (REMIT_MISSING + 1)

/* Further decimals that a letter behind an amount of money stands for: £4m, £250k. */
static int further_decimals(const predicate_operand *operand)
{
  char last = operand->size > 1 ? operand->text[operand->size - 1] : '\0';
  if (last == 'm' || last == 'M')
    return 6;
  return last == 'k' || last == 'K' ? 3 : 0;
}

static remit_status parse_unit(const predicate_operand *operand, remit_unit unit, int64_t *value, remit_error *err)
{
  int further = unit == REMIT_PENCE ? further_decimals(operand) : 0;
  remit_number_format format = { .decimals = remit_unit_decimals(unit) + further, .currency = unit == REMIT_PENCE };
  if (unit == REMIT_MONTH)
    return remit_month_parse(operand->text, operand->size, value, err);
  if (unit == REMIT_DAY)
    return remit_day_parse(operand->text, operand->size, value, err);
  return remit_number_parse(operand->text, operand->size - (further > 0), &format, value, NULL, err);
}

remit_status predicate_check_range(const remit_predicate *predicate, const predicate_test *test, int64_t low, int64_t high, remit_error *err)
{
  if (test->low == NO_OPERAND || test->high == NO_OPERAND || low < high || (low == high && !test->low_open && !test->high_open))
    return REMIT_OK;
  char from[PREDICATE_SHOWN], to[PREDICATE_SHOWN];
  predicate_show(from, predicate->operands[test->low].text, predicate->operands[test->low].size);
  predicate_show(to, predicate->operands[test->high].text, predicate->operands[test->high].size);
  remit_status status = low == high
    ? remit_fail(err, REMIT_EPARSE, "nothing lies between '%s' and itself with an end left out: write [ and ]", from)
    : remit_fail(err, REMIT_EPARSE, "the range is upside down: '%s' comes after '%s'", from, to);
  return predicate_fail_at(err, test->at, status);
}

static remit_status operand_value(const remit_predicate *predicate, size_t index, remit_unit unit, int64_t *value, remit_error *err)
{
  if (index == NO_OPERAND)
    return REMIT_OK;
  const predicate_operand *operand = &predicate->operands[index];
  char shown[PREDICATE_SHOWN];
  predicate_show(shown, operand->text, operand->size);
  if (operand->grouped)
    return predicate_fail_at(err, operand->at, remit_fail(err, REMIT_EPARSE, "a comma separates tests: write \"%s,...\" in quotes if it groups "
                             "digits, or a space after it if not", shown));
  remit_error inner;
  remit_status status = parse_unit(operand, unit, value, &inner);
  if (status == REMIT_OK)
    return REMIT_OK;
  return predicate_fail_at(err, operand->at, remit_fail(err, status, "'%s': %s", shown, inner.message));
}

static void add_range(remit_ranges *ranges, int64_t low, int64_t high)
{
  if (low > high)
    return;
  ranges->bounds[ranges->count][0] = low;
  ranges->bounds[ranges->count++][1] = high;
}

static remit_status range_of(const remit_predicate *predicate, const predicate_test *test, remit_unit unit, remit_ranges *ranges, remit_error *err)
{
  int64_t low = LOWEST, high = INT64_MAX;
  remit_status status = operand_value(predicate, test->low, unit, &low, err);
  if (status == REMIT_OK)
    status = operand_value(predicate, test->high, unit, &high, err);
  if (status == REMIT_OK)
    status = predicate_check_range(predicate, test, low, high, err);
  if (status != REMIT_OK)
    return status;
  if ((test->low_open && low == INT64_MAX) || (test->high_open && high == LOWEST))
    return REMIT_OK;
  add_range(ranges, low + test->low_open, high - test->high_open);
  return REMIT_OK;
}

static remit_status range_of_pattern(const remit_predicate *predicate, const predicate_test *test, remit_ranges *ranges, remit_error *err)
{
  const char *pattern = predicate->operands[test->low].folded;
  if (pattern[strspn(pattern, "*")] != '\0')
    return predicate_fail_at(err, test->at, remit_fail(err, REMIT_EINVAL, "patterns are for labels; numbers and dates take values, <, > and ranges"));
  add_range(ranges, LOWEST, INT64_MAX);
  return REMIT_OK;
}

static remit_status add_test(const remit_predicate *predicate, const predicate_test *test, remit_unit unit, remit_ranges *ranges, remit_error *err)
{
  int64_t value = 0;
  remit_status status;
  switch (test->kind) {
  case PREDICATE_ANY:
    ranges->missing = true;
    add_range(ranges, LOWEST, INT64_MAX);
    return REMIT_OK;
  case PREDICATE_MISSING:
    ranges->missing = true;
    return REMIT_OK;
  case PREDICATE_EQUAL:
    status = operand_value(predicate, test->low, unit, &value, err);
    if (status == REMIT_OK)
      add_range(ranges, value, value);
    return status;
  case PREDICATE_GLOB:
    return range_of_pattern(predicate, test, ranges, err);
  case PREDICATE_RANGE:
    return range_of(predicate, test, unit, ranges, err);
  }
  return REMIT_OK;
}

static int by_low(const void *a, const void *b)
{
  const int64_t *left = a, *right = b;
  return (left[0] > right[0]) - (left[0] < right[0]);
}

/* Sorted, with those that touch or overlap made one. */
static void merge_ranges(remit_ranges *ranges)
{
  qsort(ranges->bounds, ranges->count, sizeof *ranges->bounds, by_low);
  size_t kept = 0;
  for (size_t i = 0; i < ranges->count; i++) {
    const int64_t *range = ranges->bounds[i];
    int64_t *last = kept != 0 ? ranges->bounds[kept - 1] : NULL;
    if (last != NULL && (last[1] == INT64_MAX || range[0] <= last[1] + 1)) {
      last[1] = range[1] > last[1] ? range[1] : last[1];
    } else {
      memmove(ranges->bounds[kept++], range, sizeof *ranges->bounds);
    }
  }
  ranges->count = kept;
}

/* The gaps, in place: gap i ends where range i begins, so each range is read before it is written over. */
static void invert_ranges(remit_ranges *ranges)
{
  size_t count = ranges->count;
  int64_t from = LOWEST;
  bool open = true;
  ranges->count = 0;
  ranges->missing = !ranges->missing;
  for (size_t i = 0; i < count; i++) {
    int64_t low = ranges->bounds[i][0], high = ranges->bounds[i][1];
    if (low > LOWEST)
      add_range(ranges, from, low - 1);
    open = high != INT64_MAX;
    from = open ? high + 1 : high;
  }
  if (open)
    add_range(ranges, from, INT64_MAX);
}

remit_status remit_predicate_ranges(const remit_predicate *predicate, remit_unit unit, remit_ranges *out, remit_error *err)
{
  *out = (remit_ranges){ .count = 0 };
  if (unit == REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "codes are tested by label, not by value");
  out->bounds = remit_allocate(predicate->test_count + 1, sizeof *out->bounds);
  if (out->bounds == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < predicate->test_count; i++) {
    remit_status status = add_test(predicate, &predicate->tests[i], unit, out, err);
    if (status != REMIT_OK) {
      remit_ranges_release(out);
      return status;
    }
  }
  merge_ranges(out);
  if (predicate->negated)
    invert_ranges(out);
  return REMIT_OK;
}

void remit_ranges_release(remit_ranges *ranges)
{
  remit_release(ranges->bounds);
  *ranges = (remit_ranges){ .count = 0 };
}

bool remit_ranges_pass(const remit_ranges *ranges, int64_t value)
{
  if (value == REMIT_MISSING)
    return ranges->missing;
  size_t low = 0, high = ranges->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ranges->bounds[middle][1] < value)
      low = middle + 1;
    else
      high = middle;
  }
  return low < ranges->count && ranges->bounds[low][0] <= value;
}
