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
typedef changeset_part part;
typedef changeset_settling settling;

static size_t groups_in(const settling *s, size_t at)
{
  return at < s->count ? s->levels[at].count : s->rows;
}

static size_t group_of(const settling *s, size_t at, size_t row)
{
  return at < s->count ? s->levels[at].group[row] : row;
}

static size_t above(const settling *s, size_t at, size_t group)
{
  size_t row = at < s->count ? s->levels[at].first[group] : group;
  return group_of(s, at - 1, row);
}

/* value / unit rounded down. A guess in floating point is put right exactly; dividing 128 bits takes several times as long. The remainder is so
 * small that its lower 64 bits are all of it. */
static inline wide below(const settling *s, wide value, int64_t *rest)
{
  double guess = ((double)(int64_t)(value >> 64) * 0x1p64 + (double)(uint64_t)value) * s->one_in;
  wide quotient = guess < 0x1p51 && guess > -0x1p51 ? (wide)(int64_t)guess : value / s->unit;
  *rest = (int64_t)((uint64_t)value - (uint64_t)quotient * (uint64_t)s->unit);
  for (; *rest < 0; *rest += s->unit)
    quotient--;
  for (; *rest >= s->unit; *rest -= s->unit)
    quotient++;
  return quotient;
}

static wide half_even(const settling *s, wide value)
{
  int64_t rest;
  wide quotient = below(s, value, &rest);
  int64_t other = s->unit - rest;
  return quotient + (rest > other || (rest == other && quotient % 2 != 0));
}

static int by_need(const void *a, const void *b)
{
  const part *left = a, *right = b;
  if (left->above != right->above)
    return left->above < right->above ? -1 : 1;
  if (left->rest != right->rest)
    return left->rest > right->rest ? -1 : 1;
  return left->group < right->group ? -1 : left->group > right->group;
}

/* The exact figure of each group of a level, and whether the group above it is below zero. A group above that comes to
 * nothing has the sign of its first part. */
static void add_up(settling *s, size_t at)
{
  size_t count = groups_in(s, at), higher = groups_in(s, at - 1);
  memset(s->figure, 0, count * sizeof *s->figure);
  memset(s->left, 0, higher * sizeof *s->left);
  memset(s->turned, 0, higher * sizeof *s->turned);
  for (size_t row = 0; row < s->rows; row++)
    s->figure[group_of(s, at, row)] += s->exact[row];
  for (size_t group = 0; group < count; group++)
    s->left[above(s, at, group)] += s->figure[group];
  for (size_t group = count; group-- > 0;) {
    size_t whole = above(s, at, group);
    if (s->left[whole] != 0)
      s->turned[whole] = s->left[whole] < 0;
    else if (s->figure[group] != 0)
      s->turned[whole] = s->figure[group] < 0;
  }
}

static inline bool needs_more(const part *a, const part *b)
{
  return a->rest != b->rest ? a->rest > b->rest : a->group < b->group;
}

/* Parts of one whole, so that the first `wanted` of them are those in greatest need. The middle one of three divides them, and where that goes ill
 * again and again they are sorted. */
static void choose_parts(part *parts, size_t count, size_t wanted)
{
  for (int turn = 0; wanted != 0 && wanted < count; turn++) {
    if (count < 3 || turn == TURNS_MOST) {
      qsort(parts, count, sizeof *parts, by_need);
      return;
    }
    part a = parts[0], b = parts[count / 2], c = parts[count - 1];
    part middle = needs_more(&a, &b) ? (needs_more(&b, &c) ? b : needs_more(&a, &c) ? c : a) : (needs_more(&a, &c) ? a : needs_more(&b, &c) ? c : b);
    size_t more = 0;
    for (size_t i = 0; i < count; i++) {
      part here = parts[i];
      bool before = needs_more(&here, &middle);
      parts[i] = parts[more];
      parts[more] = here;
      more += before;
    }
    if (wanted <= more) {
      count = more;
    } else {
      parts += more;
      count -= more;
      wanted -= more;
    }
  }
}

/* Those that get a unit come first among the parts of their whole. `left` says how many. */
static void order_parts(part *parts, size_t count, const wide *left)
{
  size_t from = 0;
  for (size_t i = 1; i < count; i++)
    if (parts[i].above < parts[i - 1].above) {
      qsort(parts, count, sizeof *parts, by_need);
      return;
    }
  for (size_t to = 1; to <= count; to++) /* fast path: parts of one whole stand together; same answer without it */
    if (to == count || parts[to].above != parts[from].above) {
      choose_parts(parts + from, to - from, (size_t)left[parts[from].above]);
      from = to;
    }
}

/* From the rounded figures of the level above, in `above`, those of this one, there too. */
static void allot(settling *s, size_t at)
{
  size_t count = groups_in(s, at), higher = groups_in(s, at - 1);
  add_up(s, at);
  for (size_t whole = 0; whole < higher; whole++)
    s->left[whole] = s->turned[whole] ? -s->above[whole] : s->above[whole];
  for (size_t group = 0; group < count; group++) {
    size_t whole = above(s, at, group);
    int64_t rest;
    wide units = below(s, s->turned[whole] ? -s->figure[group] : s->figure[group], &rest);
    s->parts[group] = (part){ rest, (uint32_t)group, (uint32_t)whole };
    s->left[whole] -= units;
    s->figure[group] = units;
  }
  order_parts(s->parts, count, s->left);
  for (size_t i = 0; i < count; i++) {
    size_t group = s->parts[i].group, whole = s->parts[i].above;
    bool gets = s->left[whole] > 0;
    s->left[whole] -= gets;
    s->figure[group] += gets;
    if (s->turned[whole])
      s->figure[group] = -s->figure[group];
  }
  memcpy(s->above, s->figure, count * sizeof *s->above);
}

/* Both halves are of 64 bits: the sums of 2^32 rows fit in 128, and a rounded figure in 64. */
void changeset_settle(settling *s, int64_t *values)
{
  wide total = 0;
  for (size_t row = 0; row < s->rows; row++)
    total += s->exact[row];
  s->above[0] = half_even(s, total);
  for (size_t at = 1; at <= s->count; at++)
    if (groups_in(s, at) != groups_in(s, at - 1)) /* else the groups are the same ones */
      allot(s, at);
  for (size_t row = 0; row < s->rows; row++)
    values[row] = (int64_t)s->above[row];
}

/* ---- Columns ---- */

void changeset_settling_release(settling *s)
{
  for (size_t i = 0; i < s->count; i++)
    remit_groups_free(&s->levels[i]);
  remit_release(s->exact);
  remit_release(s->figure);
  remit_release(s->above);
  remit_release(s->left);
  remit_release(s->turned);
  remit_release(s->parts);
}

remit_status changeset_settling_room(settling *s, remit_error *err)
{
  s->one_in = 1 / (double)s->unit;
  s->exact = remit_allocate(s->rows, sizeof *s->exact);
  s->figure = remit_allocate(s->rows, sizeof *s->figure);
  s->above = remit_allocate(s->rows, sizeof *s->above);
  s->left = remit_allocate(s->rows, sizeof *s->left);
  s->turned = remit_allocate(s->rows, sizeof *s->turned);
  s->parts = remit_allocate(s->rows, sizeof *s->parts);
  bool there = s->exact != NULL && s->figure != NULL && s->above != NULL && s->left != NULL && s->turned != NULL && s->parts != NULL;
  return there ? REMIT_OK : remit_no_memory(err);
}

static remit_status settling_init(settling *s, const remit_table *groups, const char *const *keys, size_t key_count, remit_error *err)
{
  s->rows = remit_table_rows(groups);
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && s->count <= key_count; s->count += status == REMIT_OK)
    status = remit_table_distinct(groups, keys, s->count, &s->levels[s->count], err);
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

static void read_exact(settling *s, const remit_column *high, const remit_column *low)
{
  for (size_t row = 0; row < s->rows; row++)
    s->exact[row] = (wide)remit_column_int(high, row) * CHANGESET_LOW + remit_column_int(low, row);
}

static remit_status append_settled(settling *s, const remit_table *groups, const char *column, size_t size, remit_table *made, remit_error *err)
{
  const remit_column *high, *low;
  remit_column *settled = NULL;
  int64_t *values = remit_allocate(s->rows, sizeof *values);
  char *name = remit_copy_text(column, size);
  remit_status status = values != NULL && name != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK)
    status = find_half(groups, column, size, "#high", &high, err);
  if (status == REMIT_OK)
    status = find_half(groups, column, size, "#low", &low, err);
  if (status == REMIT_OK && s->rows != 0) {
    read_exact(s, high, low);
    changeset_settle(s, values);
  }
  if (status == REMIT_OK)
    status = remit_column_ints(&settled, values, s->rows, remit_column_unit(high), err);
  if (status == REMIT_OK)
    status = remit_table_append(made, name, settled, NULL, err);
  remit_column_free(settled);
  remit_release(values);
  remit_release(name);
  return status;
}

static remit_status append_columns(settling *s, const remit_table *groups, const char *const *names, size_t name_count, remit_table *made,
                                   remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(groups); i++) {
    const char *column = remit_table_name(groups, i);
    size_t high = half_of(column, "#high", names, name_count);
    if (high != 0)
      status = append_settled(s, groups, column, high, made, err);
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
  remit_table *made = NULL;
  *out = NULL;
  remit_status status = check_settled(groups, key_count, names, name_count, divisor, err);
  s.unit = status == REMIT_OK ? REMIT_ONE * divisor : REMIT_ONE;
  if (status == REMIT_OK)
    status = settling_init(&s, groups, keys, key_count, err);
  if (status == REMIT_OK)
    status = remit_table_new(&made, s.rows, err);
  if (status == REMIT_OK)
    status = append_columns(&s, groups, names, name_count, made, err);
  changeset_settling_release(&s);
  if (status == REMIT_OK)
    *out = made;
  else
    remit_table_free(made);
  return status;
}
