/* SPDX-License-Identifier: Apache-2.0
 * decision_values: the values that an input could have, and sets of them as texts, each written once.
 */
#include <string.h>

#include "column_internal.h"
#include "decision_internal.h"
#include "memory.h"
#include "table_internal.h"

static remit_status find_missing(const remit_table *table, const char *path, bool *missing, remit_error *err)
{
  int64_t values[REMIT_BLOCK];
  size_t rows = remit_table_rows(table);
  remit_reader reader;
  remit_status status = remit_reader_init(&reader, table, path, err);
  if (status != REMIT_OK)
    return status;
  int64_t nothing = remit_column_missing(reader.target);
  for (size_t first = 0; !*missing && first < rows; first += REMIT_BLOCK) {
    size_t count = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_reader_read(&reader, first, count, values);
    for (size_t i = 0; i < count; i++)
      *missing |= values[i] == nothing;
  }
  remit_reader_release(&reader);
  return REMIT_OK;
}

static void find_possible(decision_values *values)
{
  const decision_input *input = &values->decision->inputs[values->index];
  for (size_t value = 0; value < input->value_count; value++) {
    bool possible = value == 0 ? values->missing
                    : decision_has_codes(input) || (input->from[value - 1] >= input->least && input->from[value - 1] <= input->most);
    if (possible)
      decision_set_bit(values->possible, input->class_of[value]);
  }
}

static remit_status values_init(decision_values *values, const remit_decision *decision, size_t index, remit_error *err)
{
  const decision_input *input = &decision->inputs[index];
  *values = (decision_values){ .decision = decision, .index = index, .words = decision_words(input->classes.count) };
  values->asked.words = values->words;
  values->possible = remit_allocate_zero(values->words, sizeof *values->possible);
  values->set = remit_allocate_zero(values->words, sizeof *values->set);
  if (values->possible == NULL || values->set == NULL)
    return remit_no_memory(err);
  remit_status status = remit_dictionary_new(&values->texts, err);
  if (status == REMIT_OK)
    status = find_missing(decision->table, input->path, &values->missing, err);
  if (status == REMIT_OK)
    find_possible(values);
  return status;
}

remit_status decision_values_new(decision_values **out, const remit_decision *decision, remit_error *err)
{
  decision_values *values = *out = remit_allocate_zero(decision->input_count, sizeof *values);
  remit_status status = values != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < decision->input_count; i++)
    status = values_init(&values[i], decision, i, err);
  return status;
}

void decision_values_free(decision_values *values, size_t count)
{
  for (size_t i = 0; values != NULL && i < count; i++) {
    remit_release(values[i].possible);
    remit_release(values[i].set);
    remit_release(values[i].code_of);
    decision_sets_release(&values[i].asked);
    remit_dictionary_free(values[i].texts);
  }
  remit_release(values);
}

static remit_status add_text(decision_values *values, const uint64_t *set, uint32_t number, remit_error *err)
{
  if (values->asked.room > values->code_room) {
    uint32_t *code_of = remit_reallocate(values->code_of, values->asked.room, sizeof *code_of);
    if (code_of == NULL)
      return remit_no_memory(err);
    values->code_of = code_of;
    values->code_room = values->asked.room;
  }
  decision_writer out = { .text = remit_allocate(REMIT_LABEL_MAX, 1) };
  if (out.text == NULL)
    return remit_no_memory(err);
  remit_status status = decision_write(values, set, &out, err);
  if (status == REMIT_OK)
    status = remit_dictionary_add(values->texts, out.text, out.size, &values->code_of[number], err);
  values->cut |= out.full;
  remit_release(out.text);
  return status;
}

remit_status decision_values_text(decision_values *values, const uint64_t *set, uint32_t *code, remit_error *err)
{
  size_t known = values->asked.count;
  uint32_t number;
  remit_status status = decision_sets_add(&values->asked, set, &number, err);
  if (status == REMIT_OK && number == known)
    status = add_text(values, set, number, err);
  if (status == REMIT_OK)
    *code = values->code_of[number];
  return status;
}
