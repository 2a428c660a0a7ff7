/* SPDX-License-Identifier: Apache-2.0
 * changeset_factors: what of a line of each trail is in which account in a month.
 */
#include <string.h>

#include "changeset_internal.h"
#include "memory.h"

__extension__ typedef __int128 wide;

int64_t changeset_factor(const changeset_operation *operation, int64_t month, int64_t neutral)
{
  size_t step = operation->step_count;
  while (step > 0 && operation->steps[step - 1].month > month)
    step--;
  return step > 0 ? operation->steps[step - 1].factor : neutral;
}

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

static int64_t product(int64_t a, int64_t b)
{
  return (int64_t)rounded((wide)a * b, REMIT_ONE);
}

/* One trail's way through the layers. */
typedef struct walk {
  const remit_changeset *changeset;
  int64_t month;
  unsigned channel;
  size_t trail;
  int64_t kept;
  int64_t *amounts; /* an account, or NULL */
  size_t watched;   /* an operation, SIZE_MAX for none: */
  int64_t amount;   /* what it took, moved or added */
} walk;

static bool acts(const walk *w, size_t index, remit_effect effect)
{
  const changeset_operation *operation = &w->changeset->operations[index];
  return operation->effect == effect && changeset_touches(w->changeset, w->trail, index) && (operation->channels >> w->channel & 1) != 0;
}

static bool put(walk *w, size_t index, int64_t amount)
{
  if (index == w->watched)
    w->amount = amount;
  if (w->amounts == NULL)
    return true;
  int64_t *account = &w->amounts[w->changeset->operations[index].account];
  return !__builtin_add_overflow(*account, amount, account);
}

static bool in(const size_t *list, size_t count, size_t wanted)
{
  for (size_t i = 0; i < count; i++)
    if (list[i] == wanted)
      return true;
  return false;
}

/* The scales of one layer but for those in `without`; false past 64 bits. */
static bool scale(walk *w, size_t from, size_t to, const size_t *without, size_t without_count)
{
  for (size_t i = from; i < to; i++) {
    if (!acts(w, i, REMIT_SCALE) || in(without, without_count, i))
      continue;
    wide left = rounded((wide)w->kept * changeset_factor(&w->changeset->operations[i], w->month, REMIT_ONE), REMIT_ONE);
    if (left > INT64_MAX || !put(w, i, w->kept - (int64_t)left))
      return false;
    w->kept = (int64_t)left;
  }
  return true;
}

/* Rounded where they end, not each by itself: so that shares which make one leave nothing behind. */
static bool move(walk *w, size_t from, size_t to)
{
  int64_t whole = w->kept, shares = 0, moved = 0;
  for (size_t i = from; i < to; i++) {
    if (acts(w, i, REMIT_EXTRA) && !put(w, i, product(whole, changeset_factor(&w->changeset->operations[i], w->month, 0))))
      return false;
    if (!acts(w, i, REMIT_SHARE))
      continue;
    shares += changeset_factor(&w->changeset->operations[i], w->month, 0);
    int64_t end = product(whole, shares);
    if (!put(w, i, end - moved))
      return false;
    moved = end;
  }
  w->kept = whole - moved;
  return true;
}

static size_t layer_end(const remit_changeset *changeset, size_t from)
{
  size_t to = from;
  while (to < changeset->count && changeset->operations[to].layer == changeset->operations[from].layer)
    to++;
  return to;
}

static bool go(walk *w)
{
  w->kept = REMIT_ONE;
  for (size_t from = 0, to; from < w->changeset->count; from = to) {
    to = layer_end(w->changeset, from);
    if (!scale(w, from, to, NULL, 0) || !move(w, from, to))
      return false;
  }
  return w->amounts == NULL || !__builtin_add_overflow(w->amounts[REMIT_KEPT], w->kept, &w->amounts[REMIT_KEPT]);
}

static remit_status too_large(remit_error *err)
{
  return remit_fail(err, REMIT_EOVERFLOW, "factors that multiply past what 64 bits hold");
}

remit_status remit_changeset_factors(const remit_changeset *changeset, int64_t month, size_t account, unsigned channel, int64_t *factors,
                                     remit_error *err)
{
  int64_t amounts[REMIT_ACCOUNTS_MAX];
  if (account >= changeset->accounts || channel >= REMIT_CHANNELS_MAX)
    return remit_fail(err, REMIT_EINVAL, "there is no such account or channel");
  for (size_t trail = 0; trail < changeset_trail_count(changeset); trail++) {
    memset(amounts, 0, changeset->accounts * sizeof *amounts);
    walk w = { .changeset = changeset, .month = month, .channel = channel, .trail = trail, .amounts = amounts, .watched = SIZE_MAX };
    if (!go(&w))
      return too_large(err);
    factors[trail] = amounts[account];
  }
  return REMIT_OK;
}

remit_status remit_changeset_effect(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, int64_t *factors,
                                    remit_error *err)
{
  if (operation >= changeset->count || channel >= REMIT_CHANNELS_MAX)
    return remit_fail(err, REMIT_EINVAL, "there is no such operation or channel");
  for (size_t trail = 0; trail < changeset_trail_count(changeset); trail++) {
    walk w = { .changeset = changeset, .month = month, .channel = channel, .trail = trail, .watched = operation };
    if (!go(&w))
      return too_large(err);
    factors[trail] = w.amount;
  }
  return REMIT_OK;
}

/* What of a line of the trail an operation meets. */
static bool go_before(walk *w, size_t operation, const size_t *without, size_t without_count)
{
  w->kept = REMIT_ONE;
  size_t from = 0, to = layer_end(w->changeset, 0);
  for (; to <= operation; from = to, to = layer_end(w->changeset, from))
    if (!scale(w, from, to, NULL, 0) || !move(w, from, to))
      return false;
  if (w->changeset->operations[operation].effect != REMIT_SCALE)
    return scale(w, from, to, NULL, 0);
  return scale(w, from, operation, without, without_count) && scale(w, operation + 1, to, without, without_count);
}

remit_status remit_changeset_before(const remit_changeset *changeset, int64_t month, size_t operation, unsigned channel, const size_t *without,
                                    size_t without_count, const int64_t *sums, int64_t *total, remit_error *err)
{
  if (operation >= changeset->count || channel >= REMIT_CHANNELS_MAX)
    return remit_fail(err, REMIT_EINVAL, "there is no such operation or channel");
  wide sum = 0;
  for (size_t trail = 0; trail < changeset_trail_count(changeset); trail++) {
    walk w = { .changeset = changeset, .month = month, .channel = channel, .trail = trail, .watched = SIZE_MAX };
    if (!changeset_touches(changeset, trail, operation))
      continue;
    wide met;
    if (!go_before(&w, operation, without, without_count) || __builtin_mul_overflow((wide)sums[trail], (wide)w.kept, &met)
        || __builtin_add_overflow(sum, met, &sum))
      return too_large(err);
  }
  sum = rounded(sum, REMIT_ONE);
  if (sum > INT64_MAX || sum <= INT64_MIN)
    return too_large(err);
  *total = (int64_t)sum;
  return REMIT_OK;
}

/* ---- What cannot be together ---- */

static remit_status check_shares(const remit_changeset *changeset, size_t trail, size_t at, int64_t month, unsigned channel, remit_error *err)
{
  size_t from = at, to = layer_end(changeset, at), second = at;
  while (from > 0 && changeset->operations[from - 1].layer == changeset->operations[at].layer)
    from--;
  walk w = { .changeset = changeset, .channel = channel, .trail = trail };
  int64_t sum = 0;
  for (size_t i = from; i < to; i++) {
    int64_t share = acts(&w, i, REMIT_SHARE) ? changeset_factor(&changeset->operations[i], month, 0) : 0;
    second = share != 0 && i != at ? i : second;
    sum += share;
    if (sum > REMIT_ONE) {
      char text[REMIT_CALENDAR_SIZE];
      remit_month_print(month, text);
      return remit_fail(err, REMIT_EINVAL, "operation %zu and operation %zu move more than all of the same lines in %s", at + 1, second + 1, text);
    }
  }
  return REMIT_OK;
}

static bool holds(const changeset_operation *recode, int64_t month)
{
  return changeset_factor(recode, month, 0) != 0;
}

static remit_status check_recodes(const remit_changeset *changeset, size_t trail, size_t at, int64_t month, remit_error *err)
{
  const changeset_operation *recode = &changeset->operations[at];
  for (size_t i = 0; i < changeset->count; i++) {
    const changeset_operation *other = &changeset->operations[i];
    if (i == at || other->effect != REMIT_RECODE || other->layer != recode->layer || !changeset_touches(changeset, trail, i)
        || strcmp(other->column, recode->column) != 0 || !holds(other, month) || !holds(recode, month))
      continue;
    char text[REMIT_CALENDAR_SIZE];
    remit_month_print(month, text);
    return remit_fail(err, REMIT_EINVAL, "operation %zu and operation %zu both say what '%s' the same lines have in %s", at < i ? at + 1 : i + 1,
                      at < i ? i + 1 : at + 1, recode->column, text);
  }
  return REMIT_OK;
}

/* Only where something begins can things meet that did not before. */
static remit_status check_steps(const remit_changeset *changeset, size_t trail, size_t at, remit_error *err)
{
  const changeset_operation *operation = &changeset->operations[at];
  remit_status status = REMIT_OK;
  for (size_t step = 0; status == REMIT_OK && step < operation->step_count; step++) {
    int64_t month = operation->steps[step].month;
    if (operation->effect == REMIT_RECODE)
      status = check_recodes(changeset, trail, at, month, err);
    for (unsigned channel = 0; status == REMIT_OK && operation->effect == REMIT_SHARE && channel < REMIT_CHANNELS_MAX; channel++)
      if (operation->channels >> channel & 1)
        status = check_shares(changeset, trail, at, month, channel, err);
  }
  return status;
}

remit_status changeset_check(const remit_changeset *changeset, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t trail = 1; status == REMIT_OK && trail < changeset_trail_count(changeset); trail++)
    for (size_t i = 0; status == REMIT_OK && i < changeset->count; i++)
      if (changeset_touches(changeset, trail, i) && changeset->operations[i].effect != REMIT_SCALE)
        status = check_steps(changeset, trail, i, err);
  return status;
}
