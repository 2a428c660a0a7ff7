/* SPDX-License-Identifier: Apache-2.0
 * changeset_settled: exact sums rounded once, from the total down to the rows, so that parts add up.
 *
 * Level 0 is all rows, level k the groups of the first k keys, and the last level the rows themselves. What a group came to is allotted to
 * its parts in the next level: each the whole units below its exact figure, and one more to those of the largest remainder, of equal ones to the
 * first. A group below zero does as it would with all its signs turned.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "changeset_settled.h"
#include "column_internal.h"
#include "memory.h"
#include "remit/pivot.h"
#include "table_internal.h"

#define TURNS_MOST 64 /* of choosing, after which parts are sorted */

typedef changeset_exact wide;
typedef changeset_settling settling;

/* value / unit rounded down, modulo 2^64. Multiplied by the inverse it is one off at most, as nearly every value is below 2^94; dividing 128 bits
 * takes several times as long. The remainder is so small that its lower 64 bits are all of it. */
static inline uint64_t below(const settling *s, wide value, int64_t *rest)
{
  uint64_t upper = (uint64_t)(value >> 64), quotient;
  if (upper + (UINT64_C(1) << 30) < UINT64_C(1) << 31)
    quotient = (uint64_t)((wide)(int64_t)(value >> 31) * s->inverse >> 64);
  else
    quotient = (uint64_t)(value / s->unit);
  int64_t left = (int64_t)((uint64_t)value - quotient * (uint64_t)s->unit);
  if (left < 0) {
    left += s->unit;
    quotient--;
  } else if (left >= s->unit) {
    left -= s->unit;
    quotient++;
  }
  *rest = left;
  return quotient;
}

static uint64_t half_even(const settling *s, wide value)
{
  int64_t rest;
  uint64_t quotient = below(s, value, &rest);
  int64_t other = s->unit - rest;
  return quotient + (rest > other || (rest == other && quotient % 2 != 0));
}

/* ---- The largest remainders ---- */

static int by_size(const void *a, const void *b)
{
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return left > right ? -1 : left < right;
}

static inline int64_t middle_of(int64_t a, int64_t b, int64_t c)
{
  int64_t low = a < b ? a : b, high = a < b ? b : a;
  return c < low ? low : c > high ? high : c;
}

/* Which of the values, put in another order, is the `*wanted`-th largest, and `*wanted` becomes the how-manieth of its equals that is. The middle
 * one of three divides them, and where that goes ill again and again they are sorted. */
static int64_t largest(int64_t *values, size_t count, size_t *wanted)
{
  for (int turn = 0; turn < TURNS_MOST; turn++) {
    int64_t middle = middle_of(values[0], values[count / 2], values[count - 1]);
    size_t more = 0, less = 0;
    for (size_t i = 0; i < count; i++) {
      int64_t here = values[i];
      values[i] = values[more];
      values[more] = here;
      more += here > middle;
    }
    if (*wanted <= more) {
      count = more;
      continue;
    }
    for (size_t i = more; i < count; i++) {
      int64_t here = values[i];
      values[less] = here;
      less += here < middle;
    }
    if (*wanted <= count - less) {
      *wanted -= more;
      return middle;
    }
    *wanted -= count - less;
    count = less;
  }
  qsort(values, count, sizeof *values, by_size);
  int64_t least = values[*wanted - 1];
  for (size_t i = 0; values[i] != least; i++)
    --*wanted;
  return least;
}

/* One more unit to the `wanted` parts of the largest remainder, of equal ones to the first. */
static void hand_out(settling *s, size_t count, size_t wanted, uint64_t *units)
{
  if (wanted == 0)
    return;
  memcpy(s->order, s->rests, count * sizeof *s->order);
  int64_t least = largest(s->order, count, &wanted);
  for (size_t i = 0; i < count; i++)
    units[i] += s->rests[i] > least;
  for (size_t i = 0; wanted != 0; i++)
    if (s->rests[i] == least) {
      units[i]++;
      wanted--;
    }
}

/* ---- Levels ---- */

/* What a group came to, to its parts. One below zero, or of nothing with a first part below zero, is turned. */
static void allot(settling *s, const wide *parts, size_t count, wide sum, uint64_t whole, uint64_t *units)
{
  for (size_t i = 0; sum == 0 && i < count; i++)
    sum = parts[i];
  bool turned = sum < 0;
  uint64_t left = turned ? -whole : whole;
  for (size_t i = 0; i < count; i++) {
    units[i] = below(s, turned ? -parts[i] : parts[i], &s->rests[i]);
    left -= units[i];
  }
  hand_out(s, count, (size_t)left, units);
  for (size_t i = 0; turned && i < count; i++)
    units[i] = -units[i];
}

static void add_up(const changeset_level *level, const wide *exact, wide *sums)
{
  size_t row = 0;
  for (size_t group = 0; group < level->count; group++) {
    wide sum = 0;
    for (; row < level->ends[group]; row++)
      sum += exact[row];
    sums[group] = sum;
  }
}

static void allot_level(settling *s, size_t at, const wide *exact)
{
  const changeset_level *wholes = &s->levels[at - 1], *level = at < s->count ? &s->levels[at] : NULL;
  if (level != NULL)
    add_up(level, exact, s->parts);
  for (size_t whole = 0, first = 0, last; whole < wholes->count; whole++, first = last) {
    last = wholes->ends[whole];
    if (level != NULL)
      for (last = first + 1; level->ends[last - 1] != wholes->ends[whole];)
        last++;
    allot(s, (level != NULL ? s->parts : exact) + first, last - first, s->sums[whole], s->above[whole], s->next + first);
  }
  uint64_t *spare = s->above;
  s->above = s->next;
  s->next = spare;
  wide *sums = s->sums;
  s->sums = s->parts;
  s->parts = sums;
}

/* Sums of 2^32 rows, whose halves are of 64 bits, fit in 128. */
const int64_t *changeset_settle(settling *s, const wide *exact)
{
  wide total = 0;
  for (size_t row = 0; row < s->rows; row++)
    total += exact[row];
  s->sums[0] = total;
  s->above[0] = half_even(s, total);
  for (size_t at = 1; at <= s->count; at++)
    if ((at < s->count ? s->levels[at].count : s->rows) != s->levels[at - 1].count) /* else the groups are the same ones */
      allot_level(s, at, exact);
  return (const int64_t *)s->above;
}

/* ---- Room ---- */

void changeset_settling_release(settling *s)
{
  for (size_t i = 0; i < s->count; i++)
    remit_release(s->levels[i].ends);
  remit_release(s->room);
}

remit_status changeset_settling_room(settling *s, remit_error *err)
{
  size_t rows = s->rows != 0 ? s->rows : 1;
  s->inverse = (int64_t)(((wide)1 << 95) / s->unit);
  s->room = remit_allocate(rows, 2 * sizeof *s->sums + 4 * sizeof *s->above);
  if (s->room == NULL)
    return remit_no_memory(err);
  s->sums = s->room;
  s->parts = s->sums + rows;
  s->above = (uint64_t *)(s->parts + rows);
  s->next = s->above + rows;
  s->rests = (int64_t *)(s->next + rows);
  s->order = s->rests + rows;
  return REMIT_OK;
}

/* ---- Columns ---- */

/* A grouping, its rows in the order of their groups: those of one group, at any level, stand together. */
typedef struct ordered {
  remit_groups groups[REMIT_KEYS_MAX + 1];
  size_t count;
  uint32_t *row; /* at each place */
} ordered;

static void ordered_release(ordered *o)
{
  for (size_t i = 0; i < o->count; i++)
    remit_groups_free(&o->groups[i]);
  remit_release(o->row);
}

/* Stable. `starts` has room for the groups and one more. */
static void sort_by(const remit_groups *groups, size_t rows, const uint32_t *from, uint32_t *to, uint32_t *starts)
{
  memset(starts, 0, (groups->count + 1) * sizeof *starts);
  for (size_t row = 0; row < rows; row++)
    starts[groups->group[row] + 1]++;
  for (size_t group = 0; group < groups->count; group++)
    starts[group + 1] += starts[group];
  for (size_t i = 0; i < rows; i++)
    to[starts[groups->group[from[i]]]++] = from[i];
}

static remit_status put_in_order(ordered *o, size_t rows, remit_error *err)
{
  uint32_t *spare = remit_allocate(rows, sizeof *spare), *starts = remit_allocate(rows + 2, sizeof *starts);
  o->row = remit_allocate(rows, sizeof *o->row);
  remit_status status = spare != NULL && starts != NULL && o->row != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t row = 0; status == REMIT_OK && row < rows; row++)
    o->row[row] = (uint32_t)row;
  for (size_t at = o->count; status == REMIT_OK && at-- > 1;) {
    uint32_t *sorted = spare;
    sort_by(&o->groups[at], rows, o->row, sorted, starts);
    spare = o->row;
    o->row = sorted;
  }
  remit_release(spare);
  remit_release(starts);
  return status;
}

static remit_status find_ends(const ordered *o, size_t at, size_t rows, changeset_level *level, remit_error *err)
{
  const remit_groups *groups = &o->groups[at];
  level->ends = remit_allocate(groups->count, sizeof *level->ends);
  if (level->ends == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < rows; i++)
    if (i + 1 == rows || groups->group[o->row[i]] != groups->group[o->row[i + 1]])
      level->ends[level->count++] = (uint32_t)i + 1;
  return REMIT_OK;
}

static remit_status order_rows(ordered *o, const remit_table *groups, const char *const *keys, size_t key_count, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && o->count <= key_count; o->count += status == REMIT_OK)
    status = remit_table_distinct(groups, keys, o->count, &o->groups[o->count], err);
  return status == REMIT_OK ? put_in_order(o, remit_table_rows(groups), err) : status;
}

static remit_status settling_init(settling *s, const ordered *o, size_t rows, remit_error *err)
{
  s->rows = rows;
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && s->count < o->count; s->count++)
    status = find_ends(o, s->count, rows, &s->levels[s->count], err);
  return status == REMIT_OK ? changeset_settling_room(s, err) : status;
}

/* The figure that a column is the upper half of: the length of its name, 0 of any other column. */
static size_t half_of(const char *column, const char *half, const char *const *names, size_t count)
{
  size_t size = strlen(column), end = strlen(half);
  if (size <= end || strcmp(column + size - end, half) != 0)
    return 0;
  for (size_t i = 0; i < count; i++)
    if (strlen(names[i]) == size - end && memcmp(names[i], column, size - end) == 0)
      return size - end;
  return 0;
}

static remit_status find_half(const remit_table *groups, const char *name, size_t size, const char *half, const remit_column **out, remit_error *err)
{
  char *full = remit_allocate(size + strlen(half) + 1, 1);
  if (full == NULL)
    return remit_no_memory(err);
  memcpy(full, name, size);
  strcpy(full + size, half);
  remit_status status = remit_table_require_ints(groups, full, out, err);
  if (status == REMIT_OK && remit_column_stats(*out).missing != 0)
    status = remit_fail(err, REMIT_EINVAL, "column '%s' has missing values", full);
  remit_release(full);
  return status;
}

static remit_status settle_column(settling *s, const ordered *o, const remit_column *high, const remit_column *low, remit_column **out,
                                  remit_error *err)
{
  wide *exact = remit_allocate(s->rows, sizeof *exact);
  int64_t *values = remit_allocate(s->rows, sizeof *values);
  remit_status status = exact != NULL && values != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < s->rows; i++)
    exact[i] = (wide)remit_column_int(high, o->row[i]) * CHANGESET_LOW + remit_column_int(low, o->row[i]);
  if (status == REMIT_OK && s->rows != 0) {
    const int64_t *settled = changeset_settle(s, exact);
    for (size_t i = 0; i < s->rows; i++)
      values[o->row[i]] = settled[i];
  }
  if (status == REMIT_OK)
    status = remit_column_ints(out, values, s->rows, remit_column_unit(high), err);
  remit_release(exact);
  remit_release(values);
  return status;
}

static remit_status append_settled(settling *s, const ordered *o, const remit_table *groups, const char *column, size_t size, remit_table *made,
                                   remit_error *err)
{
  const remit_column *high, *low;
  remit_column *settled = NULL;
  char *name = remit_copy_text(column, size);
  remit_status status = name != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK)
    status = find_half(groups, column, size, "#high", &high, err);
  if (status == REMIT_OK)
    status = find_half(groups, column, size, "#low", &low, err);
  if (status == REMIT_OK)
    status = settle_column(s, o, high, low, &settled, err);
  if (status == REMIT_OK)
    status = remit_table_append(made, name, settled, NULL, err);
  remit_column_free(settled);
  remit_release(name);
  return status;
}

static remit_status append_columns(settling *s, const ordered *o, const remit_table *groups, const char *const *names, size_t name_count,
                                   remit_table *made, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(groups); i++) {
    const char *column = remit_table_name(groups, i);
    size_t high = half_of(column, "#high", names, name_count);
    if (high != 0)
      status = append_settled(s, o, groups, column, high, made, err);
    else if (half_of(column, "#low", names, name_count) == 0)
      status = remit_table_append(made, column, remit_table_column(groups, i), remit_table_dimension_at(groups, i), err);
  }
  return status;
}

static remit_status check_settled(const remit_table *groups, size_t key_count, const char *const *names, size_t name_count, int64_t divisor,
                                  remit_error *err)
{
  const remit_column *high;
  if (divisor < 1 || divisor > CHANGESET_DIVISOR_MAX)
    return remit_fail(err, REMIT_EINVAL, "sums are divided by 1 to %d", CHANGESET_DIVISOR_MAX);
  if (key_count > REMIT_KEYS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu keys, at most %d", key_count, REMIT_KEYS_MAX);
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < name_count; i++)
    status = find_half(groups, names[i], strlen(names[i]), "#high", &high, err);
  return status;
}

remit_status remit_table_settled(const remit_table *groups, const char *const *keys, size_t key_count, const char *const *names,
                                 size_t name_count, int64_t divisor, remit_table **out, remit_error *err)
{
  settling s = { .unit = REMIT_ONE };
  ordered o = { .count = 0 };
  remit_table *made = NULL;
  *out = NULL;
  remit_status status = check_settled(groups, key_count, names, name_count, divisor, err);
  s.unit = status == REMIT_OK ? REMIT_ONE * divisor : REMIT_ONE;
  if (status == REMIT_OK)
    status = order_rows(&o, groups, keys, key_count, err);
  if (status == REMIT_OK)
    status = settling_init(&s, &o, remit_table_rows(groups), err);
  if (status == REMIT_OK)
    status = remit_table_new(&made, s.rows, err);
  if (status == REMIT_OK)
    status = append_columns(&s, &o, groups, names, name_count, made, err);
  changeset_settling_release(&s);
  ordered_release(&o);
  if (status == REMIT_OK)
    *out = made;
  else
    remit_table_free(made);
  return status;
}
