/* SPDX-License-Identifier: Apache-2.0
 * changeset_factors: what of a line of each trail is in which account in a month.
 */
#include <string.h>

#include "changeset_internal.h"
#include "memory.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 unsigned_wide;

/* Half to even; the divisor is above 0. */
static wide rounded(wide value, wide divisor)
{
  wide quotient = value / divisor, rest = value % divisor;
  if (rest < 0) {
    rest += divisor;
    quotient--;
  }
  if (rest > divisor - rest || (rest == divisor - rest && quotient % 2 != 0))
    quotient++;
  return quotient;
}

/* REMIT_ONE is 5^12 x 2^12: the quotient by 5^12 comes digit by digit, in base 2^32, since compilers do not divide 128 bits by a constant. */
#define FIVES UINT64_C(244140625)

/* a x b / REMIT_ONE, half to even; neither is below 0. False past 64 bits. */
static bool product(int64_t a, int64_t b, int64_t *out)
{
  if (a == REMIT_ONE || b == REMIT_ONE || a == 0 || b == 0) {
    *out = a == REMIT_ONE ? b : b == REMIT_ONE ? a : 0;
    return true;
  }
  unsigned_wide exact = (unsigned_wide)(uint64_t)a * (uint64_t)b, left = exact >> 12;
  if (left >> 64 >= FIVES) /* the quotient would not fit */
    return false;
  uint64_t upper = (uint64_t)(left >> 64) << 32 | (uint64_t)(left >> 32 & UINT32_MAX);
  uint64_t lower = upper % FIVES << 32 | (uint64_t)(left & UINT32_MAX);
  uint64_t quotient = upper / FIVES << 32 | lower / FIVES;
  uint64_t rest = (lower % FIVES) << 12 | (uint64_t)(exact & 4095), half = (uint64_t)REMIT_ONE / 2;
  if (rest > half || (rest == half && (quotient & 1) != 0))
    quotient++;
  *out = (int64_t)quotient;
  return quotient <= INT64_MAX;
}

/* ---- A trail's way through the layers ---- */

/* A month of one channel. What an operation does not do then, or not in this channel, it does as if it were nothing. */
typedef struct walk {
  const changeset_lines *lines;
  int64_t factors[REMIT_OPERATIONS_MAX];
  bool skipped[REMIT_OPERATIONS_MAX]; /* scales left out */
  bool wanted[REMIT_ACCOUNTS_MAX];    /* accounts whose amounts are added up, */
  size_t watched;                     /* and an operation, SIZE_MAX for none */
  wide amount;
  int64_t kept;
  bool moves; /* the layer whose scales are done has shares or extras */
} walk;

static void prepare(walk *w, const remit_changeset *changeset, int64_t month, unsigned channel)
{
  w->lines = changeset->lines;
  memset(w->skipped, 0, changeset->lines->count * sizeof *w->skipped);
  memset(w->wanted, 0, changeset->accounts * sizeof *w->wanted);
  w->watched = SIZE_MAX;
  for (size_t i = 0; i < changeset->lines->count; i++) {
    const changeset_operation *operation = &changeset->lines->operations[i];
    int64_t neutral = operation->effect == REMIT_SCALE ? REMIT_ONE : 0;
    w->factors[i] = operation->channels >> channel & 1 ? changeset_factor(changeset, i, month, neutral) : neutral;
  }
}

static void put(walk *w, size_t index, int64_t amount)
{
  if (index == w->watched || w->wanted[w->lines->operations[index].account])
    w->amount += amount;
}

/* The scales of one layer; false past 64 bits. */
static bool scale(walk *w, changeset_trail trail, size_t from, size_t to)
{
  w->moves = false;
  for (size_t i = from; i < to; i++) {
    size_t index = trail.list[i];
    int64_t left;
    if (w->lines->operations[index].effect != REMIT_SCALE) {
      w->moves = true;
      continue;
    }
    if (w->skipped[index])
      continue;
    if (!product(w->kept, w->factors[index], &left))
      return false;
    put(w, index, w->kept - left);
    w->kept = left;
  }
  return true;
}

/* Rounded where they end, not each by itself: so that shares which make one leave nothing behind. */
static bool move(walk *w, changeset_trail trail, size_t from, size_t to)
{
  int64_t whole = w->kept, shares = 0, moved = 0, amount;
  for (size_t i = from; i < to; i++) {
    size_t index = trail.list[i];
    remit_effect effect = w->lines->operations[index].effect;
    if (effect == REMIT_EXTRA) {
      if (!product(whole, w->factors[index], &amount))
        return false;
      put(w, index, amount);
    } else if (effect == REMIT_SHARE && w->factors[index] != 0) {
      shares += w->factors[index];
      if (!product(whole, shares, &amount))
        return false;
      put(w, index, amount - moved);
      moved = amount;
    }
  }
  w->kept = whole - moved;
  return true;
}

static bool go(walk *w, changeset_trail trail)
{
  w->kept = REMIT_ONE;
  w->amount = 0;
  for (size_t from = 0, to; from < trail.count; from = to) {
    to = changeset_layer_end(w->lines, trail, from);
    if (!scale(w, trail, from, to) || (w->moves && !move(w, trail, from, to)))
      return false;
  }
  w->amount += w->wanted[REMIT_KEPT] ? w->kept : 0;
  return w->amount <= INT64_MAX && w->amount > INT64_MIN;
}

static remit_status too_large(remit_error *err)
{
  return remit_fail(err, REMIT_EOVERFLOW, "factors that multiply past what 64 bits hold");
}

static remit_status go_all(walk *w, int64_t *factors, remit_error *err)
{
  for (size_t trail = 0; trail < w->lines->trail_count; trail++) {
    if (!go(w, changeset_trail_at(w->lines, trail)))
      return too_large(err);
    factors[trail] = (int64_t)w->amount;
  }
  return REMIT_OK;
}

remit_status remit_changeset_factors(const remit_changeset *changeset, int64_t month, const size_t *accounts, size_t account_count,
                                     unsigned channel, int64_t *factors, remit_error *err)
{
  walk w;
  if (channel >= REMIT_CHANNELS_MAX)
    return remit_fail(err, REMIT_EINVAL, "there is no channel %u", channel);
  prepare(&w, changeset, month, channel);
  for (size_t i = 0; i < account_count; i++) {
    if (accounts[i] >= changeset->accounts)
      return remit_fail(err, REMIT_EINVAL, "there is no account %zu", accounts[i]);
    w.wanted[accounts[i]] = true;
  }
  return go_all(&w, factors, err);
}

static remit_status check_operation(const remit_changeset *changeset, size_t operation, unsigned channel, remit_error *err)
{
  if (operation >= changeset->lines->count)
    return remit_fail(err, REMIT_EINVAL, "there is no operation %zu", operation + 1);
  return channel < REMIT_CHANNELS_MAX ? REMIT_OK : remit_fail(err, REMIT_EINVAL, "there is no channel %u", channel);
}

remit_status remit_changeset_effect(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, int64_t *factors,
                                    remit_error *err)
{
  walk w;
  remit_status status = check_operation(changeset, operation, channel, err);
  if (status != REMIT_OK)
    return status;
  prepare(&w, changeset, month, channel);
  w.watched = operation;
  return go_all(&w, factors, err);
}

/* What of a line of the trail an operation meets. */
static bool go_before(walk *w, changeset_trail trail, size_t layer)
{
  w->kept = REMIT_ONE;
  w->amount = 0;
  for (size_t from = 0, to; from < trail.count; from = to) {
    size_t here = w->lines->operations[trail.list[from]].layer;
    to = changeset_layer_end(w->lines, trail, from);
    if (!scale(w, trail, from, to) || (here < layer && !move(w, trail, from, to)))
      return false;
    if (here == layer)
      break;
  }
  return true;
}

static remit_status skip(walk *w, size_t operation, const size_t *without, size_t count, remit_error *err)
{
  if (w->lines->operations[operation].effect != REMIT_SCALE)
    return REMIT_OK;
  w->skipped[operation] = true;
  for (size_t i = 0; i < count; i++) {
    if (without[i] >= w->lines->count)
      return remit_fail(err, REMIT_EINVAL, "there is no operation %zu", without[i] + 1);
    if (w->lines->operations[without[i]].layer == w->lines->operations[operation].layer)
      w->skipped[without[i]] = true;
  }
  return REMIT_OK;
}

remit_status remit_changeset_before(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, const size_t *without,
                                    size_t without_count, const int64_t *sums, int64_t *total, remit_error *err)
{
  walk w;
  wide sum = 0, met;
  remit_status status = check_operation(changeset, operation, channel, err);
  if (status != REMIT_OK)
    return status;
  prepare(&w, changeset, month, channel);
  status = skip(&w, operation, without, without_count, err);
  for (size_t i = 0; status == REMIT_OK && i < w.lines->trail_count; i++) {
    changeset_trail trail = changeset_trail_at(w.lines, i);
    if (!changeset_touches(trail, operation))
      continue;
    if (!go_before(&w, trail, w.lines->operations[operation].layer) || __builtin_mul_overflow((wide)sums[i], (wide)w.kept, &met)
        || __builtin_add_overflow(sum, met, &sum))
      status = too_large(err);
  }
  if (status != REMIT_OK)
    return status;
  sum = rounded(sum, REMIT_ONE);
  if (sum > INT64_MAX || sum <= INT64_MIN)
    return too_large(err);
  *total = (int64_t)sum;
  return REMIT_OK;
}
