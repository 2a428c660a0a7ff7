/* SPDX-License-Identifier: Apache-2.0
 * changeset_marks: sums by trail without a trail a line. Codes of a tested column that pass the same tests are a class, and the classes of a
 * line in all tested columns tell its trail. So lines are grouped by what is asked and by those classes, as attributes of their codes, and only
 * cells are given trails.
 */
#include <stdio.h>
#include <string.h>

#include "changeset_classes.h"
#include "column_internal.h"
#include "memory.h"
#include "remit/pivot.h"
#include "table_internal.h"

#define MARK "#mark"
#define CLASS "class"
#define NAME_SIZE 32
#define MARKS_MAX REMIT_CHANGESET_MARKS
#define NUMBERS_MAX 4096 /* combinations of classes that are worth it */
#define NUMBERS_EACH 64  /* and a trail */

/* Whether classes are few, and of columns that are as long as the lines. */
static bool has_marks(const changeset_lines *lines)
{
  const changeset_classes *classes = &lines->classes;
  if (lines->codes == NULL || classes->digit_count > MARKS_MAX || classes->size > NUMBERS_MAX || classes->size > lines->trail_count * NUMBERS_EACH)
    return false;
  for (size_t i = 0; i < classes->digit_count; i++)
    if (classes->digits[i].rows != classes->rows)
      return false;
  return true;
}

/* ---- Marked lines ---- */

static remit_status number_labels(size_t count, remit_dictionary **out, remit_error *err)
{
  remit_status status = remit_dictionary_new(out, err);
  for (size_t i = 1; status == REMIT_OK && i < count; i++) {
    char text[NAME_SIZE];
    uint32_t code;
    status = remit_dictionary_add(*out, text, (size_t)snprintf(text, sizeof text, "%zu", i), &code, err);
  }
  return status;
}

/* The class of each code from 1, those of code 0 missing. Codes that no line has are as code 0. */
static remit_status classes_of(const changeset_digit *digit, const remit_dictionary *labels, remit_column **out, remit_error *err)
{
  size_t codes = (size_t)remit_column_stats(digit->column).max + 1, count = remit_dictionary_size(remit_column_dictionary(digit->column)) - 1;
  uint32_t *values = remit_allocate_zero(count, sizeof *values);
  if (values == NULL)
    return remit_no_memory(err);
  for (size_t code = 1; code < codes; code++)
    values[code - 1] = (uint32_t)(digit->places[code] / digit->stride);
  remit_status status = remit_column_codes(out, values, count, labels, err);
  remit_release(values);
  return status;
}

static remit_status dimension_of(const changeset_digit *digit, remit_table **out, remit_error *err)
{
  remit_dictionary *labels;
  remit_column *classes = NULL;
  remit_status status = number_labels(digit->classes, &labels, err);
  if (status == REMIT_OK)
    status = classes_of(digit, labels, &classes, err);
  if (status == REMIT_OK)
    status = remit_table_new(out, remit_column_count(classes), err);
  if (status == REMIT_OK)
    status = remit_table_add(*out, CLASS, classes, err);
  remit_column_free(classes);
  remit_dictionary_free(labels);
  return status;
}

static void name_mark(char name[NAME_SIZE], size_t index, const char *attribute)
{
  snprintf(name, NAME_SIZE, MARK "%zu%s", index + 1, attribute);
}

static remit_status add_mark(remit_table *made, const changeset_digit *digit, size_t index, remit_error *err)
{
  char name[NAME_SIZE];
  remit_table *dimension = NULL;
  name_mark(name, index, "");
  remit_status status = dimension_of(digit, &dimension, err);
  if (status == REMIT_OK)
    status = remit_table_append(made, name, digit->column, dimension, err);
  remit_table_free(dimension);
  return status;
}

static remit_status add_marks(const remit_changeset *changeset, remit_table *made, remit_error *err)
{
  const changeset_lines *lines = changeset->lines;
  if (!has_marks(lines)) {
    const remit_column *trails = remit_changeset_trails(changeset);
    return trails != NULL ? remit_table_append(made, MARK, trails, NULL, err) : remit_no_memory(err);
  }
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < lines->classes.digit_count; i++)
    status = add_mark(made, &lines->classes.digits[i], i, err);
  return status;
}

remit_status remit_changeset_marked(const remit_changeset *changeset, const remit_table *lines, remit_table **out, remit_error *err)
{
  remit_table *made = NULL;
  *out = NULL;
  if (remit_table_rows(lines) != remit_table_rows(changeset->lines->table))
    return remit_fail(err, REMIT_EINVAL, "%zu lines, and the changes are to %zu", remit_table_rows(lines), remit_table_rows(changeset->lines->table));
  remit_status status = remit_table_new(&made, remit_table_rows(lines), err);
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(lines); i++)
    status = remit_table_append(made, remit_table_name(lines, i), remit_table_column(lines, i), remit_table_dimension_at(lines, i), err);
  if (status == REMIT_OK)
    status = add_marks(changeset, made, err);
  if (status == REMIT_OK)
    *out = made;
  else
    remit_table_free(made);
  return status;
}

/* ---- Cells ---- */

/* A grouping by what is asked, and by the marks whose columns are not asked themselves. */
typedef struct grouping {
  const remit_changeset *changeset;
  const remit_table *marked;
  const char *by[REMIT_KEYS_MAX + MARKS_MAX];
  size_t asked, count;
  char names[MARKS_MAX][NAME_SIZE];
  size_t key_of[MARKS_MAX]; /* of each digit, in `by` */
} grouping;

static bool has_mark(const remit_table *table, const changeset_digit *digit, size_t index)
{
  char name[NAME_SIZE];
  name_mark(name, index, "");
  if (remit_table_find(table, name) != digit->column)
    return false;
  const remit_table *dimension = remit_table_dimension(table, name);
  const remit_column *classes = dimension != NULL ? remit_table_find(dimension, CLASS) : NULL;
  return classes != NULL && remit_column_unit(classes) == REMIT_CODE && (size_t)remit_column_stats(classes).max < digit->classes;
}

static bool is_marked(const remit_table *table, const remit_changeset *changeset)
{
  const changeset_classes *classes = &changeset->lines->classes;
  if (!has_marks(changeset->lines))
    return remit_table_find(table, MARK) == remit_changeset_trails(changeset);
  for (size_t i = 0; i < classes->digit_count; i++)
    if (!has_mark(table, &classes->digits[i], i))
      return false;
  return true;
}

static remit_status check_question(const remit_changeset *changeset, const remit_table *marked, const remit_pivot *pivot, remit_error *err)
{
  if (!is_marked(marked, changeset))
    return remit_fail(err, REMIT_EINVAL, "the table is not of lines marked by these changes");
  if (pivot->totals || pivot->sort != NULL || pivot->top != 0)
    return remit_fail(err, REMIT_EINVAL, "cells have no totals and no order");
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (pivot->measures[i].how == REMIT_DISTINCT)
      return remit_fail(err, REMIT_EINVAL, "'%s' counts each member once, and cells do not", pivot->measures[i].name);
  if (pivot->by_count > REMIT_KEYS_MAX)
    return remit_fail(err, REMIT_EINVAL, "%zu keys to group by, at most %d", pivot->by_count, REMIT_KEYS_MAX);
  return REMIT_OK;
}

/* The key that is a digit's column itself, or as many as are asked. */
static size_t asked_key(const grouping *g, const changeset_digit *digit)
{
  size_t key = 0;
  while (key < g->asked && (remit_table_find(g->marked, g->by[key]) != digit->column
                            || remit_dictionary_separator(remit_column_dictionary(digit->column)) != '\0'))
    key++;
  return key;
}

static void choose_keys(grouping *g)
{
  const changeset_classes *classes = &g->changeset->lines->classes;
  g->count = g->asked;
  if (!has_marks(g->changeset->lines)) {
    g->by[g->count++] = MARK;
    return;
  }
  for (size_t i = 0; i < classes->digit_count; i++) {
    g->key_of[i] = asked_key(g, &classes->digits[i]);
    if (g->key_of[i] < g->asked || classes->digits[i].classes == 1)
      continue;
    name_mark(g->names[i], i, "." CLASS);
    g->key_of[i] = g->count;
    g->by[g->count++] = g->names[i];
  }
}

static void add_places(const grouping *g, const remit_table *groups, size_t at, size_t first, size_t count, size_t *numbers)
{
  const changeset_digit *digit = &g->changeset->lines->classes.digits[at];
  int64_t codes[REMIT_BLOCK];
  if (digit->classes == 1)
    return;
  remit_column_read(remit_table_column(groups, g->key_of[at]), first, count, codes);
  for (size_t i = 0; i < count; i++)
    numbers[i] += g->key_of[at] < g->asked ? digit->places[codes[i]] : (size_t)codes[i] * digit->stride;
}

static remit_status trails_of(const grouping *g, const remit_table *groups, remit_column **out, remit_error *err)
{
  const changeset_lines *lines = g->changeset->lines;
  size_t rows = remit_table_rows(groups);
  if (!has_marks(lines)) {
    *out = remit_column_share(remit_table_column(groups, g->asked));
    return REMIT_OK;
  }
  remit_status status = remit_column_blank(out, rows, REMIT_CODE, lines->labels, err);
  if (status != REMIT_OK)
    return status;
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    size_t numbers[REMIT_BLOCK] = { 0 }, here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    int64_t codes[REMIT_BLOCK];
    for (size_t i = 0; i < lines->classes.digit_count; i++)
      add_places(g, groups, i, first, here, numbers);
    for (size_t i = 0; i < here; i++)
      codes[i] = lines->codes[numbers[i]];
    remit_column_write(*out, first, here, codes);
  }
  remit_column_finish(*out);
  return REMIT_OK;
}

/* The groups with trails in the place of marks. */
static remit_status with_trails(const grouping *g, const remit_table *groups, const char *trail, remit_table *made, remit_error *err)
{
  remit_column *trails = NULL;
  remit_status status = trails_of(g, groups, &trails, err);
  for (size_t i = 0; status == REMIT_OK && i < remit_table_columns(groups); i++) {
    if (i == g->asked)
      status = remit_table_append(made, trail, trails, NULL, err);
    if (status == REMIT_OK && (i < g->asked || i >= g->count))
      status = remit_table_append(made, remit_table_name(groups, i), remit_table_column(groups, i), remit_table_dimension_at(groups, i), err);
  }
  remit_column_free(trails);
  return status;
}

remit_status remit_changeset_cells(const remit_changeset *changeset, const remit_table *marked, const remit_pivot *pivot, const char *trail,
                                   remit_table **out, remit_error *err)
{
  grouping g = { .changeset = changeset, .marked = marked, .asked = pivot->by_count };
  remit_table *groups = NULL, *made = NULL;
  *out = NULL;
  remit_status status = check_question(changeset, marked, pivot, err);
  if (status != REMIT_OK)
    return status;
  for (size_t i = 0; i < g.asked; i++)
    g.by[i] = pivot->by[i];
  choose_keys(&g);
  remit_pivot asked = *pivot;
  asked.by = g.by;
  asked.by_count = g.count;
  status = remit_pivot_run(marked, &asked, &groups, err);
  if (status == REMIT_OK)
    status = remit_table_new(&made, remit_table_rows(groups), err);
  if (status == REMIT_OK)
    status = with_trails(&g, groups, trail, made, err);
  remit_table_free(groups);
  if (status == REMIT_OK)
    *out = made;
  else
    remit_table_free(made);
  return status;
}
