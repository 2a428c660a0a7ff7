/* SPDX-License-Identifier: Apache-2.0
 * decision: making one, and asking it of one row.
 */
#include "remit/decision.h"

#include <string.h>

#include "decision_internal.h"
#include "memory.h"
#include "selection_internal.h"

static void input_release(decision_input *input)
{
  remit_release(input->path);
  remit_release(input->class_of);
  remit_release(input->from);
  remit_release(input->folded);
  decision_sets_release(&input->classes);
}

void remit_decision_free(remit_decision *decision)
{
  if (decision == NULL)
    return;
  for (size_t i = 0; decision->inputs != NULL && i < decision->input_count; i++)
    input_release(&decision->inputs[i]);
  for (size_t i = 0; decision->cells != NULL && i < decision->rule_count * decision->input_count; i++)
    remit_release(decision->cells[i]);
  remit_release(decision->inputs);
  remit_release(decision->cells);
  remit_table_free(decision->table);
  remit_release(decision);
}

static remit_status check_counts(size_t input_count, size_t rule_count, remit_error *err)
{
  if (rule_count == 0)
    return remit_fail(err, REMIT_EINVAL, "a decision without rules");
  if (input_count == 0)
    return remit_fail(err, REMIT_EINVAL, "a decision without inputs");
  if (rule_count > REMIT_RULES_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %d rules", REMIT_RULES_MAX);
  if (input_count > REMIT_INPUTS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %d inputs", REMIT_INPUTS_MAX);
  return REMIT_OK;
}

static remit_status check_input(const remit_input *inputs, size_t index, remit_error *err)
{
  for (size_t i = 0; i < index; i++)
    if (strcmp(inputs[i].path, inputs[index].path) == 0)
      return remit_fail(err, REMIT_EINVAL, "'%s' is an input twice", inputs[index].path);
  if (inputs[index].bounded && (inputs[index].least > inputs[index].most || inputs[index].least == REMIT_MISSING))
    return remit_fail(err, REMIT_EINVAL, "the bounds of '%s' are upside down", inputs[index].path);
  return REMIT_OK;
}

static remit_status new_empty(remit_decision **out, const remit_table *table, size_t input_count, size_t rule_count, remit_error *err)
{
  remit_decision *decision = *out = remit_allocate_zero(1, sizeof *decision);
  if (decision == NULL)
    return remit_no_memory(err);
  decision->table = remit_table_share(table);
  decision->rule_count = rule_count;
  decision->input_count = input_count;
  decision->words = decision_words(rule_count);
  decision->inputs = remit_allocate_zero(input_count, sizeof *decision->inputs);
  decision->cells = remit_allocate_zero(input_count * rule_count, sizeof *decision->cells);
  return decision->inputs != NULL && decision->cells != NULL ? REMIT_OK : remit_no_memory(err);
}

static remit_status copy_cells(remit_decision *decision, const char *const *cells, remit_error *err)
{
  for (size_t i = 0; i < decision->rule_count * decision->input_count; i++)
    if (cells[i] != NULL && (decision->cells[i] = remit_copy_text(cells[i], strlen(cells[i]))) == NULL)
      return remit_no_memory(err);
  return REMIT_OK;
}

static remit_status add_input(remit_decision *decision, const remit_input *given, decision_input *input, const char *const *cells, size_t *rule,
                              remit_error *err)
{
  remit_path path;
  remit_status status = remit_path_init(&path, decision->table, given->path, err);
  if (status != REMIT_OK)
    return status;
  input->path = remit_copy_text(given->path, strlen(given->path));
  input->base = path.base;
  input->target = path.target;
  input->names = remit_selection_names(path.dimension);
  input->least = given->bounded ? given->least : REMIT_MISSING + 1;
  input->most = given->bounded ? given->most : INT64_MAX;
  status = input->path != NULL ? decision_compile(input, decision, &path, cells, rule, err) : remit_no_memory(err);
  remit_path_release(&path);
  return status;
}

static remit_status add_inputs(remit_decision *decision, const remit_input *inputs, const char *const *cells, remit_cell *cell, remit_error *err)
{
  for (cell->input = 0; cell->input < decision->input_count; cell->input++) {
    size_t i = cell->input;
    cell->rule = SIZE_MAX;
    remit_status status = check_input(inputs, i, err);
    if (status == REMIT_OK)
      status = add_input(decision, &inputs[i], &decision->inputs[i], cells + i, &cell->rule, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

remit_status remit_decision_new(remit_decision **out, const remit_table *table, const remit_input *inputs, size_t input_count,
                                const char *const *cells, size_t rule_count, remit_cell *cell, remit_error *err)
{
  remit_cell ignored;
  cell = cell != NULL ? cell : &ignored;
  *cell = (remit_cell){ SIZE_MAX, SIZE_MAX };
  *out = NULL;
  if (err != NULL)
    err->at = 0;
  remit_status status = check_counts(input_count, rule_count, err);
  if (status != REMIT_OK)
    return status;
  remit_decision *decision;
  status = new_empty(&decision, table, input_count, rule_count, err);
  if (status == REMIT_OK)
    status = copy_cells(decision, cells, err);
  if (status == REMIT_OK)
    status = add_inputs(decision, inputs, cells, cell, err);
  if (status == REMIT_OK)
    *out = decision;
  else
    remit_decision_free(decision);
  return status;
}

static uint32_t class_at(const decision_input *input, size_t row)
{
  if (input->folded != NULL)
    return input->folded[remit_column_code(input->base, row)];
  return input->class_of[decision_has_codes(input) ? remit_column_code(input->base, row) : decision_value(input, remit_column_int(input->base, row))];
}

bool remit_decision_passes(const remit_decision *decision, size_t row, size_t rule, size_t input)
{
  if (row >= remit_table_rows(decision->table) || rule >= decision->rule_count || input >= decision->input_count)
    return false;
  const decision_input *asked = &decision->inputs[input];
  return decision_bit(decision_set(&asked->classes, class_at(asked, row)), rule);
}
