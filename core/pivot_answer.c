/* SPDX-License-Identifier: Apache-2.0
 * pivot_answer: columns never change and are shared, so that an answer is given again by a table with the same columns.
 */
#include "pivot_answer.h"

#include <string.h>

#include "memory.h"
#include "selection_internal.h"
#include "table_internal.h"

#define TEST_BYTES 512 /* more than a test takes, its members aside */

struct pivot_answer {
  remit_table *table, *frame;
  remit_pivot asked; /* by, measures, sort and the selections are its own */
  const char **by;
  remit_measure *measures;
  char *texts;
};

/* ---- Bytes ---- */

static size_t text_bytes(const char *text)
{
  return text != NULL ? strlen(text) + 1 : 0;
}

static size_t texts_bytes(const remit_pivot *pivot)
{
  size_t bytes = text_bytes(pivot->sort);
  for (size_t i = 0; i < pivot->by_count; i++)
    bytes += text_bytes(pivot->by[i]);
  for (size_t i = 0; i < pivot->measure_count; i++)
    bytes += text_bytes(pivot->measures[i].name) + text_bytes(pivot->measures[i].column);
  return bytes;
}

/* A test is below at most as many "and"s and "or"s; a "not" of a "not" is nobody's question. */
static bool add_test(void *context, const remit_column *column)
{
  *(size_t *)context += 2 * TEST_BYTES + remit_dictionary_size(remit_column_dictionary(column));
  return true;
}

bool pivot_answer_bytes(const remit_pivot *pivot, const remit_table *frame, size_t *bytes)
{
  *bytes = sizeof(pivot_answer) + remit_table_memory(frame) + texts_bytes(pivot);
  *bytes += pivot->by_count * sizeof *pivot->by + pivot->measure_count * sizeof *pivot->measures;
  if (!remit_selection_codes(pivot->where, add_test, bytes))
    return false;
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (!remit_selection_codes(pivot->measures[i].where, add_test, bytes))
      return false;
  return true;
}

/* ---- Copying the question ---- */

static const char *copy_text(char **to, const char *text)
{
  if (text == NULL)
    return NULL;
  char *copy = *to;
  size_t bytes = strlen(text) + 1;
  memcpy(copy, text, bytes);
  *to += bytes;
  return copy;
}

static const remit_selection *share(const remit_selection *where)
{
  return where != NULL ? remit_selection_share(where) : NULL;
}

static void copy_question(pivot_answer *answer, const remit_pivot *pivot)
{
  char *texts = answer->texts;
  answer->asked = *pivot;
  answer->asked.by = answer->by;
  answer->asked.measures = answer->measures;
  answer->asked.where = share(pivot->where);
  answer->asked.sort = copy_text(&texts, pivot->sort);
  for (size_t i = 0; i < pivot->by_count; i++)
    answer->by[i] = copy_text(&texts, pivot->by[i]);
  for (size_t i = 0; i < pivot->measure_count; i++) {
    const remit_measure *asked = &pivot->measures[i];
    answer->measures[i] = (remit_measure){ copy_text(&texts, asked->name), copy_text(&texts, asked->column), asked->how, share(asked->where) };
  }
}

/* The same columns under the same names, in a table that the caller may still add to. */
static remit_status twin(remit_table **out, const remit_table *frame, remit_error *err)
{
  remit_status status = remit_table_new(out, remit_table_rows(frame), err);
  for (size_t i = 0; i < remit_table_columns(frame) && status == REMIT_OK; i++)
    status = remit_table_append(*out, remit_table_name(frame, i), remit_table_column(frame, i), remit_table_dimension_at(frame, i), err);
  if (status != REMIT_OK) {
    remit_table_free(*out);
    *out = NULL;
  }
  return status;
}

remit_status pivot_answer_new(pivot_answer **out, const remit_table *table, const remit_pivot *pivot, const remit_table *frame,
                              remit_error *err)
{
  pivot_answer *answer = *out = remit_allocate_zero(1, sizeof *answer);
  if (answer == NULL)
    return remit_no_memory(err);
  answer->by = remit_allocate(pivot->by_count, sizeof *answer->by);
  answer->measures = remit_allocate(pivot->measure_count, sizeof *answer->measures);
  answer->texts = remit_allocate(texts_bytes(pivot), 1);
  if (answer->by == NULL || answer->measures == NULL || answer->texts == NULL) {
    pivot_answer_free(answer);
    *out = NULL;
    return remit_no_memory(err);
  }
  copy_question(answer, pivot);
  answer->table = remit_table_share(table);
  remit_status status = twin(&answer->frame, frame, err);
  if (status != REMIT_OK) {
    pivot_answer_free(answer);
    *out = NULL;
  }
  return status;
}

void pivot_answer_free(pivot_answer *answer)
{
  if (answer == NULL)
    return;
  remit_selection_free((remit_selection *)answer->asked.where);
  for (size_t i = 0; i < answer->asked.measure_count; i++)
    remit_selection_free((remit_selection *)answer->measures[i].where);
  remit_table_free(answer->table);
  remit_table_free(answer->frame);
  remit_release(answer->by);
  remit_release(answer->measures);
  remit_release(answer->texts);
  remit_release(answer);
}

/* ---- The same question ---- */

static bool is_same_text(const char *a, const char *b)
{
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool is_same_measure(const remit_measure *a, const remit_measure *b)
{
  return a->how == b->how && a->where == b->where && is_same_text(a->name, b->name) && is_same_text(a->column, b->column);
}

/* What may change whether there is an answer counts too: REMIT_DENSE has a limit. */
static bool is_same_form(const remit_pivot *a, const remit_pivot *b)
{
  return a->by_count == b->by_count && a->measure_count == b->measure_count && a->where == b->where && a->totals == b->totals &&
         a->ascending == b->ascending && a->top == b->top && a->accumulation == b->accumulation && is_same_text(a->sort, b->sort);
}

bool pivot_answer_is_to(const pivot_answer *answer, const remit_table *table, const remit_pivot *pivot)
{
  if (answer->table != table || !is_same_form(&answer->asked, pivot))
    return false;
  for (size_t i = 0; i < pivot->by_count; i++)
    if (!is_same_text(answer->by[i], pivot->by[i]))
      return false;
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (!is_same_measure(&answer->measures[i], &pivot->measures[i]))
      return false;
  return true;
}

remit_status pivot_answer_give(const pivot_answer *answer, remit_table **out, remit_error *err)
{
  return twin(out, answer->frame, err);
}
