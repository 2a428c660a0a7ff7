/* SPDX-License-Identifier: Apache-2.0
 * changeset_cells: groupings of lines by trail in a month: the members that they have then, and their figures times a factor a trail.
 */
#include <stdio.h>
#include <string.h>

#include "changeset_internal.h"
#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

__extension__ typedef __int128 wide;

static remit_status require_trail(const remit_table *cells, const char *trail, const remit_column **out, remit_error *err)
{
  remit_status status = remit_table_require(cells, trail, out, err);
  if (status == REMIT_OK && remit_column_unit(*out) != REMIT_CODE)
    return remit_fail(err, REMIT_EINVAL, "column '%s' is not of trails", trail);
  return status;
}

static remit_status finish(remit_status status, remit_table *made, remit_table **out)
{
  if (status == REMIT_OK)
    *out = made;
  else
    remit_table_free(made);
  return status;
}

/* ---- Members of a month ---- */

#define STAYS (-1)

/* The code that each trail's lines have in `column` instead of their own; false when all stay as they are. */
static bool find_members(const remit_changeset *changeset, int64_t month, const char *column, int64_t *members)
{
  const changeset_lines *lines = changeset->lines;
  bool any = false;
  for (size_t i = 0; i < lines->trail_count; i++) {
    changeset_trail trail = changeset_trail_at(lines, i);
    members[i] = STAYS;
    for (size_t at = trail.count; at > 0 && members[i] == STAYS; at--) {
      size_t index = trail.list[at - 1];
      const changeset_operation *operation = &lines->operations[index];
      if (operation->effect == REMIT_RECODE && strcmp(operation->column, column) == 0 && changeset_factor(changeset, index, month, 0) != 0)
        members[i] = operation->code;
    }
    any = any || members[i] != STAYS;
  }
  return any;
}

/* `column` NULL: any. */
static bool holds_any(const remit_changeset *changeset, int64_t month, const char *column)
{
  const changeset_lines *lines = changeset->lines;
  for (size_t i = 0; i < lines->count; i++)
    if (lines->operations[i].effect == REMIT_RECODE && (column == NULL || strcmp(lines->operations[i].column, column) == 0)
        && changeset_factor(changeset, i, month, 0) != 0)
      return true;
  return false;
}

static remit_status with_members(const remit_column *column, const remit_column *trails, const int64_t *members, remit_column **out, remit_error *err)
{
  size_t rows = remit_column_count(column);
  remit_status status = remit_column_like(out, column, rows, err);
  if (status != REMIT_OK)
    return status;
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    int64_t codes[REMIT_BLOCK], trail[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_column_read(column, first, here, codes);
    remit_column_read(trails, first, here, trail);
    for (size_t i = 0; i < here; i++)
      codes[i] = members[trail[i]] != STAYS ? members[trail[i]] : codes[i];
    remit_column_write(*out, first, here, codes);
  }
  remit_column_finish(*out);
  return REMIT_OK;
}

static remit_status recode_column(const remit_changeset *changeset, int64_t month, const remit_table *cells, size_t index, const remit_column *trails,
                                  int64_t *members, remit_table *made, remit_error *err)
{
  const char *name = remit_table_name(cells, index);
  const remit_column *column = remit_table_column(cells, index);
  const remit_table *dimension = remit_table_dimension_at(cells, index);
  if (!holds_any(changeset, month, name) || !find_members(changeset, month, name, members))
    return remit_table_append(made, name, column, dimension, err);
  const remit_column *own = remit_table_find(changeset->lines->table, name);
  if (remit_column_dictionary(column) != remit_column_dictionary(own))
    return remit_fail(err, REMIT_EINVAL, "column '%s' has other members than that of the lines", name);
  remit_column *recoded;
  remit_status status = with_members(column, trails, members, &recoded, err);
  if (status == REMIT_OK)
    status = remit_table_append(made, name, recoded, dimension, err);
  remit_column_free(recoded);
  return status;
}

remit_status remit_changeset_recode(const remit_changeset *changeset, int64_t month, const remit_table *cells, const char *trail,
                                    remit_table **out, remit_error *err)
{
  const remit_column *trails;
  remit_table *made = NULL;
  *out = NULL;
  remit_status status = require_trail(cells, trail, &trails, err);
  if (status != REMIT_OK)
    return status;
  if (remit_column_dictionary(trails) != changeset->lines->labels)
    return remit_fail(err, REMIT_EINVAL, "column '%s' is not of these changes' trails", trail);
  if (!holds_any(changeset, month, NULL)) {
    *out = remit_table_share(cells);
    return REMIT_OK;
  }
  int64_t *members = remit_allocate(changeset->lines->trail_count, sizeof *members);
  status = members != NULL ? remit_table_new(&made, remit_table_rows(cells), err) : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(cells); i++)
    status = recode_column(changeset, month, cells, i, trails, members, made, err);
  remit_release(members);
  return finish(status, made, out);
}

/* ---- Figures times factors ---- */

static bool is_among(const char *name, const char *const *names, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0)
      return true;
  return false;
}

/* One block of products; false past 64 bits. */
static bool multiply(const int64_t *trails, const int64_t *factors, size_t count, int64_t *figures, int64_t *low)
{
  bool fits = true;
  for (size_t i = 0; i < count; i++) {
    wide exact = (wide)figures[i] * factors[trails[i]];
    low[i] = (int64_t)(exact & (CHANGESET_LOW - 1));
    wide high = (exact - low[i]) / CHANGESET_LOW;
    fits = fits && high <= INT64_MAX && high > INT64_MIN;
    figures[i] = (int64_t)high;
  }
  return fits;
}

static remit_status weigh(const remit_column *figures, const remit_column *trails, const int64_t *factors, remit_column *high, remit_column *low,
                          remit_error *err)
{
  size_t rows = remit_column_count(figures);
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    int64_t upper[REMIT_BLOCK], lower[REMIT_BLOCK], trail[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_column_read(figures, first, here, upper);
    remit_column_read(trails, first, here, trail);
    if (!multiply(trail, factors, here, upper, lower))
      return remit_fail(err, REMIT_EOVERFLOW, "figures times factors past what 64 bits hold");
    remit_column_write(high, first, here, upper);
    remit_column_write(low, first, here, lower);
  }
  remit_column_finish(high);
  remit_column_finish(low);
  return REMIT_OK;
}

static remit_status append_half(remit_table *made, const char *name, const char *half, const remit_column *column, remit_error *err)
{
  size_t size = strlen(name) + strlen(half) + 1;
  char *full = remit_allocate(size, 1);
  if (full == NULL)
    return remit_no_memory(err);
  snprintf(full, size, "%s%s", name, half);
  remit_status status = remit_table_append(made, full, column, NULL, err);
  remit_release(full);
  return status;
}

static remit_status weigh_column(const remit_table *cells, const char *name, const remit_column *trails, const int64_t *factors, remit_table *made,
                                 remit_error *err)
{
  const remit_column *figures;
  remit_column *high = NULL, *low = NULL;
  remit_status status = remit_table_require_ints(cells, name, &figures, err);
  if (status == REMIT_OK && remit_column_stats(figures).missing != 0)
    status = remit_fail(err, REMIT_EINVAL, "column '%s' has missing values", name);
  if (status == REMIT_OK)
    status = remit_column_blank(&high, remit_column_count(figures), remit_column_unit(figures), NULL, err);
  if (status == REMIT_OK)
    status = remit_column_blank(&low, remit_column_count(figures), REMIT_COUNT, NULL, err);
  if (status == REMIT_OK)
    status = weigh(figures, trails, factors, high, low, err);
  if (status == REMIT_OK)
    status = append_half(made, name, "#high", high, err);
  if (status == REMIT_OK)
    status = append_half(made, name, "#low", low, err);
  remit_column_free(high);
  remit_column_free(low);
  return status;
}

static remit_status check_weighed(const remit_table *cells, const char *trail, size_t factor_count, const char *const *names, size_t name_count,
                                  const remit_column **trails, remit_error *err)
{
  const remit_column *column;
  remit_status status = require_trail(cells, trail, trails, err);
  if (status == REMIT_OK && remit_column_count(*trails) != 0 && (size_t)remit_column_stats(*trails).max >= factor_count)
    return remit_fail(err, REMIT_EINVAL, "%zu factors, and there are more trails", factor_count);
  for (size_t i = 0; status == REMIT_OK && i < name_count; i++)
    status = remit_table_require_ints(cells, names[i], &column, err);
  return status;
}

remit_status remit_table_weighed(const remit_table *cells, const char *trail, const int64_t *factors, size_t factor_count,
                                 const char *const *names, size_t name_count, remit_table **out, remit_error *err)
{
  const remit_column *trails;
  remit_table *made = NULL;
  *out = NULL;
  remit_status status = check_weighed(cells, trail, factor_count, names, name_count, &trails, err);
  if (status == REMIT_OK)
    status = remit_table_new(&made, remit_table_rows(cells), err);
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(cells); i++) {
    const char *name = remit_table_name(cells, i);
    if (is_among(name, names, name_count))
      status = weigh_column(cells, name, trails, factors, made, err);
    else
      status = remit_table_append(made, name, remit_table_column(cells, i), remit_table_dimension_at(cells, i), err);
  }
  return finish(status, made, out);
}
