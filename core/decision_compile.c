/* SPDX-License-Identifier: Apache-2.0
 * decision_compile: one input's cells, first into the rules that each value passes, then into classes of values. A text that several
 * rules have is resolved once.
 */
#include <stdlib.h>
#include <string.h>

#include "decision_internal.h"
#include "memory.h"

typedef struct compiler {
  decision_input *input;
  const char *const *cells; /* the first rule's; the next is `stride` further */
  size_t stride, rule_count, words;
  size_t *same;         /* per rule: the first with this text */
  remit_ranges *ranges; /* of integers, per rule; set for the first of each text */
  uint64_t *bits;       /* per value, the rules that pass */
} compiler;

static const char *cell_of(const compiler *c, size_t rule)
{
  return c->cells[rule * c->stride];
}

static void compiler_release(compiler *c)
{
  for (size_t rule = 0; c->ranges != NULL && rule < c->rule_count; rule++)
    remit_ranges_release(&c->ranges[rule]);
  remit_release(c->ranges);
  remit_release(c->same);
  remit_release(c->bits);
}

/* ---- Equal texts ---- */

static remit_status find_text(remit_dictionary *texts, size_t *first, const char *text, size_t rule, size_t *same, remit_error *err)
{
  uint32_t code;
  size_t size = strlen(text);
  *same = rule;
  if (size > REMIT_LABEL_MAX)
    return REMIT_OK;
  size_t before = remit_dictionary_size(texts);
  remit_status status = remit_dictionary_add(texts, text, size, &code, err);
  if (status == REMIT_OK && code == before)
    first[code] = rule;
  else if (status == REMIT_OK && code != 0)
    *same = first[code];
  return status;
}

static remit_status find_texts(compiler *c, remit_error *err)
{
  size_t *first = remit_allocate(c->rule_count + 1, sizeof *first);
  remit_dictionary *texts = NULL;
  c->same = remit_allocate(c->rule_count, sizeof *c->same);
  remit_status status = first != NULL && c->same != NULL ? remit_dictionary_new(&texts, err) : remit_no_memory(err);
  for (size_t rule = 0; status == REMIT_OK && rule < c->rule_count; rule++)
    status = cell_of(c, rule) == NULL ? REMIT_OK : find_text(texts, first, cell_of(c, rule), rule, &c->same[rule], err);
  remit_dictionary_free(texts);
  remit_release(first);
  return status;
}

/* ---- Marking ---- */

static void mark(compiler *c, size_t value, size_t rule)
{
  decision_set_bit(c->bits + value * c->words, rule);
}

static void mark_all(compiler *c, size_t rule)
{
  for (size_t value = 0; value < c->input->value_count; value++)
    mark(c, value, rule);
}

static void mark_as(compiler *c, size_t rule, size_t same)
{
  for (size_t value = 0; value < c->input->value_count; value++)
    if (decision_bit(c->bits + value * c->words, same))
      mark(c, value, rule);
}

static remit_status make_bits(compiler *c, size_t value_count, remit_error *err)
{
  c->input->value_count = value_count;
  c->bits = remit_allocate_zero(value_count, c->words * sizeof *c->bits);
  c->input->class_of = remit_allocate(value_count, sizeof *c->input->class_of);
  return c->bits != NULL && c->input->class_of != NULL ? REMIT_OK : remit_no_memory(err);
}

/* ---- Codes ---- */

static remit_status mark_codes(compiler *c, size_t rule, uint8_t *pass, remit_error *err)
{
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, cell_of(c, rule), strlen(cell_of(c, rule)), err);
  if (status != REMIT_OK)
    return status;
  status = remit_predicate_codes(predicate, remit_column_dictionary(c->input->target), c->input->names, pass, err);
  remit_predicate_free(predicate);
  for (size_t code = 0; status == REMIT_OK && code < c->input->value_count; code++)
    if (pass[code])
      mark(c, code, rule);
  return status;
}

static remit_status compile_codes(compiler *c, size_t *rule, remit_error *err)
{
  size_t size = remit_dictionary_size(remit_column_dictionary(c->input->target));
  remit_status status = make_bits(c, size, err);
  uint8_t *pass = remit_allocate(size, 1);
  if (status == REMIT_OK && pass == NULL)
    status = remit_no_memory(err);
  for (*rule = 0; status == REMIT_OK && *rule < c->rule_count; ++*rule) {
    if (cell_of(c, *rule) == NULL)
      mark_all(c, *rule);
    else if (c->same[*rule] != *rule)
      mark_as(c, *rule, c->same[*rule]);
    else if ((status = mark_codes(c, *rule, pass, err)) != REMIT_OK)
      break;
  }
  remit_release(pass);
  return status;
}

/* ---- Integers ---- */

static remit_status read_ranges(compiler *c, size_t rule, remit_error *err)
{
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, cell_of(c, rule), strlen(cell_of(c, rule)), err);
  if (status != REMIT_OK)
    return status;
  status = remit_predicate_ranges(predicate, remit_column_unit(c->input->target), &c->ranges[rule], err);
  remit_predicate_free(predicate);
  return status;
}

static remit_status read_all_ranges(compiler *c, size_t *rule, size_t *count, remit_error *err)
{
  *count = 0;
  c->ranges = remit_allocate_zero(c->rule_count, sizeof *c->ranges);
  if (c->ranges == NULL)
    return remit_no_memory(err);
  for (*rule = 0; *rule < c->rule_count; ++*rule) {
    if (cell_of(c, *rule) == NULL || c->same[*rule] != *rule)
      continue;
    remit_status status = read_ranges(c, *rule, err);
    if (status != REMIT_OK)
      return status;
    *count += c->ranges[*rule].count;
  }
  return REMIT_OK;
}

static int by_figure(const void *a, const void *b)
{
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static void add_stretch(int64_t *from, size_t *count, int64_t low, int64_t high)
{
  from[(*count)++] = low;
  if (high != INT64_MAX)
    from[(*count)++] = high + 1;
}

/* Where each stretch begins: at the ends of the ranges and of what can be. */
static remit_status cut(compiler *c, size_t range_count, size_t *stretches, remit_error *err)
{
  decision_input *input = c->input;
  int64_t *from = input->from = remit_allocate(2 * range_count + 3, sizeof *from);
  if (from == NULL)
    return remit_no_memory(err);
  size_t count = 0, distinct = 0;
  from[count++] = REMIT_MISSING + 1;
  add_stretch(from, &count, input->least, input->most);
  for (size_t rule = 0; rule < c->rule_count; rule++)
    for (size_t i = 0; i < c->ranges[rule].count; i++)
      add_stretch(from, &count, c->ranges[rule].bounds[i][0], c->ranges[rule].bounds[i][1]);
  qsort(from, count, sizeof *from, by_figure);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || from[i] != from[i - 1])
      from[distinct++] = from[i];
  *stretches = distinct;
  return REMIT_OK;
}

static void mark_ranges(compiler *c, size_t rule)
{
  const remit_ranges *ranges = &c->ranges[c->same[rule]];
  if (ranges->missing)
    mark(c, 0, rule);
  for (size_t i = 0; i < ranges->count; i++) {
    size_t last = decision_value(c->input, ranges->bounds[i][1]);
    for (size_t value = decision_value(c->input, ranges->bounds[i][0]); value <= last; value++)
      mark(c, value, rule);
  }
}

static remit_status compile_ints(compiler *c, size_t *rule, remit_error *err)
{
  size_t range_count = 0, stretches = 0;
  remit_status status = read_all_ranges(c, rule, &range_count, err);
  if (status == REMIT_OK)
    status = cut(c, range_count, &stretches, err);
  if (status == REMIT_OK)
    status = make_bits(c, stretches + 1, err);
  for (size_t i = 0; status == REMIT_OK && i < c->rule_count; i++) {
    if (cell_of(c, i) == NULL)
      mark_all(c, i);
    else
      mark_ranges(c, i);
  }
  return status;
}

size_t decision_value(const decision_input *input, int64_t figure)
{
  if (figure == REMIT_MISSING)
    return 0;
  const int64_t *from = input->from;
  size_t low = 0;
  for (size_t count = input->value_count - 1; count > 1;) {
    size_t half = count / 2;
    low += from[low + half] <= figure ? half : 0;
    count -= half;
  }
  return low + 1;
}

/* ---- Classes ---- */

static remit_status classify(compiler *c, remit_error *err)
{
  decision_input *input = c->input;
  input->classes.words = c->words;
  for (size_t value = 0; value < input->value_count; value++) {
    remit_status status = decision_sets_add(&input->classes, c->bits + value * c->words, &input->class_of[value], err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static size_t value_at(const decision_input *input, uint32_t row)
{
  if (row == 0)
    return 0;
  return decision_has_codes(input) ? remit_column_code(input->target, row - 1) : decision_value(input, remit_column_int(input->target, row - 1));
}

static remit_status fold(decision_input *input, const remit_path *path, remit_error *err)
{
  if (path->row_of == NULL)
    return REMIT_OK;
  size_t size = remit_dictionary_size(remit_column_dictionary(path->base));
  input->folded = remit_allocate(size, sizeof *input->folded);
  if (input->folded == NULL)
    return remit_no_memory(err);
  for (size_t code = 0; code < size; code++)
    input->folded[code] = input->class_of[value_at(input, path->row_of[code])];
  return REMIT_OK;
}

static remit_status compile(compiler *c, size_t *rule, remit_error *err)
{
  remit_status status = find_texts(c, err);
  if (status != REMIT_OK)
    return status;
  return remit_column_unit(c->input->target) == REMIT_CODE ? compile_codes(c, rule, err) : compile_ints(c, rule, err);
}

remit_status decision_compile(decision_input *input, const remit_decision *decision, const remit_path *path, const char *const *cells, size_t *rule,
                              remit_error *err)
{
  compiler c = { .input = input, .cells = cells, .stride = decision->input_count, .rule_count = decision->rule_count, .words = decision->words };
  *rule = SIZE_MAX;
  remit_status status = compile(&c, rule, err);
  if (status == REMIT_OK)
    status = classify(&c, err);
  if (status == REMIT_OK)
    status = fold(input, path, err);
  compiler_release(&c);
  return status;
}
