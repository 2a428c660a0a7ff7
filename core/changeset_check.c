/* SPDX-License-Identifier: Apache-2.0
 * changeset_check: operations that cannot be together on the same lines.
 */
#include <stdio.h>
#include <string.h>

#include "changeset_internal.h"
#include "memory.h"

#define NAMED 8 /* operations that a message names */

/* ---- Shares above all ---- */

static int64_t share_at(const remit_changeset *changeset, size_t operation, int64_t month, unsigned channel)
{
  const changeset_operation *share = &changeset->lines->operations[operation];
  return share->effect == REMIT_SHARE && (share->channels >> channel & 1) != 0 ? changeset_factor(changeset, operation, month, 0) : 0;
}

static remit_status too_much(const remit_changeset *changeset, changeset_trail layer, int64_t month, unsigned channel, remit_error *err)
{
  char text[NAMED * 32] = "", date[REMIT_CALENDAR_SIZE];
  size_t size = 0, named = 0, count = 0;
  for (size_t i = 0; i < layer.count; i++)
    count += share_at(changeset, layer.list[i], month, channel) != 0;
  for (size_t i = 0; i < layer.count && named < NAMED; i++) {
    if (share_at(changeset, layer.list[i], month, channel) == 0)
      continue;
    const char *before = named == 0 ? "" : named + 1 == count ? " and " : ", ";
    size += (size_t)snprintf(text + size, sizeof text - size, "%soperation %d", before, layer.list[i] + 1);
    named++;
  }
  if (count > named)
    snprintf(text + size, sizeof text - size, " and %zu more", count - named);
  remit_month_print(month, date);
  return remit_fail(err, REMIT_EINVAL, "%s together move more than all of the same lines in %s", text, date);
}

/* Sums can only be more than all where a share begins. */
static remit_status check_begin(const remit_changeset *changeset, changeset_trail layer, size_t operation, remit_error *err)
{
  const changeset_steps *own = &changeset->steps[operation];
  for (size_t step = 0; step < own->count; step++)
    for (unsigned channel = 0; channel < REMIT_CHANNELS_MAX; channel++) {
      int64_t sum = 0;
      for (size_t i = 0; i < layer.count; i++)
        sum += share_at(changeset, layer.list[i], own->steps[step].month, channel);
      if (sum > REMIT_ONE)
        return too_much(changeset, layer, own->steps[step].month, channel, err);
    }
  return REMIT_OK;
}

static remit_status check_shares(const remit_changeset *changeset, const int64_t *most, changeset_trail layer, remit_error *err)
{
  int64_t bound = 0;
  remit_status status = REMIT_OK;
  for (size_t i = 0; i < layer.count; i++)
    bound += most[layer.list[i]];
  for (size_t i = 0; status == REMIT_OK && bound > REMIT_ONE && i < layer.count; i++)
    if (most[layer.list[i]] != 0)
      status = check_begin(changeset, layer, layer.list[i], err);
  return status;
}

/* ---- Two recodes ---- */

static bool are_rivals(const changeset_operation *a, const changeset_operation *b)
{
  return a->effect == REMIT_RECODE && b->effect == REMIT_RECODE && strcmp(a->column, b->column) == 0;
}

static remit_status check_pair(const remit_changeset *changeset, size_t a, size_t b, remit_error *err)
{
  const size_t pair[] = { a, b };
  for (size_t own = 0; own < 2; own++)
    for (size_t step = 0; step < changeset->steps[pair[own]].count; step++) {
      int64_t month = changeset->steps[pair[own]].steps[step].month;
      if (changeset_factor(changeset, a, month, 0) == 0 || changeset_factor(changeset, b, month, 0) == 0)
        continue;
      char date[REMIT_CALENDAR_SIZE];
      remit_month_print(month, date);
      return remit_fail(err, REMIT_EINVAL, "operation %zu and operation %zu both say what '%s' the same lines have in %s", a + 1, b + 1,
                        changeset->lines->operations[a].column, date);
    }
  return REMIT_OK;
}

static remit_status check_recodes(const remit_changeset *changeset, changeset_trail layer, remit_error *err)
{
  const changeset_operation *operations = changeset->lines->operations;
  remit_status status = REMIT_OK;
  for (size_t i = 0; i < layer.count; i++) {
    if (operations[layer.list[i]].effect != REMIT_RECODE)
      continue;
    for (size_t j = i + 1; status == REMIT_OK && j < layer.count; j++)
      if (are_rivals(&operations[layer.list[i]], &operations[layer.list[j]]))
        status = check_pair(changeset, layer.list[i], layer.list[j], err);
  }
  return status;
}

/* ---- All of them ---- */

/* The largest that each share ever is; 0 for what is no share. */
static void find_most(const remit_changeset *changeset, int64_t *most)
{
  for (size_t i = 0; i < changeset->lines->count; i++) {
    most[i] = 0;
    for (size_t step = 0; changeset->lines->operations[i].effect == REMIT_SHARE && step < changeset->steps[i].count; step++)
      if (changeset->steps[i].steps[step].factor > most[i])
        most[i] = changeset->steps[i].steps[step].factor;
  }
}

/* All shares together are at most all, and nothing is recoded. */
static bool cannot_conflict(const changeset_lines *lines, const int64_t *most)
{
  int64_t bound = 0;
  for (size_t i = 0; i < lines->count; i++) {
    if (lines->operations[i].effect == REMIT_RECODE)
      return false;
    bound += most[i];
  }
  return bound <= REMIT_ONE;
}

remit_status changeset_check(const remit_changeset *changeset, size_t operation, remit_error *err)
{
  const changeset_lines *lines = changeset->lines;
  int64_t most[REMIT_OPERATIONS_MAX];
  bool all = operation == SIZE_MAX;
  if (!all && (lines->operations[operation].effect == REMIT_SCALE || lines->operations[operation].effect == REMIT_EXTRA))
    return REMIT_OK;
  find_most(changeset, most);
  if (cannot_conflict(lines, most)) /* fast path: same answer without it */
    return REMIT_OK;
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < lines->trail_count; i++) {
    changeset_trail trail = changeset_trail_at(lines, i);
    if (!all && !changeset_touches(trail, operation))
      continue;
    for (size_t from = 0, to; status == REMIT_OK && from < trail.count; from = to) {
      to = changeset_layer_end(lines, trail, from);
      changeset_trail layer = { trail.list + from, to - from };
      status = check_shares(changeset, most, layer, err);
      if (status == REMIT_OK)
        status = check_recodes(changeset, layer, err);
    }
  }
  return status;
}
