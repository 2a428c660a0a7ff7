/* SPDX-License-Identifier: Apache-2.0
 * decision_overlaps: two rules meet when at each input some class that could be passes both.
 */
#include <string.h>

#include "decision_internal.h"
#include "decision_rows.h"
#include "memory.h"

typedef struct overlaps {
  const remit_decision *decision;
  decision_values *values;
  uint64_t *meets; /* per rule, the rules that it meets at all inputs so far */
  uint64_t *here;  /* the same at one input */
  decision_rows rows;
  size_t count;
} overlaps;

static void overlaps_release(overlaps *o)
{
  decision_values_free(o->values, o->decision->input_count);
  decision_rows_release(&o->rows);
  remit_release(o->meets);
  remit_release(o->here);
}

static remit_status overlaps_init(overlaps *o, const remit_decision *decision, remit_error *err)
{
  size_t words = decision->rule_count * decision->words;
  *o = (overlaps){ .decision = decision, .rows.width = decision->input_count + 2 };
  o->meets = remit_allocate(words, sizeof *o->meets);
  o->here = remit_allocate(words, sizeof *o->here);
  if (o->meets == NULL || o->here == NULL)
    return remit_no_memory(err);
  memset(o->meets, 0xff, words * sizeof *o->meets);
  return decision_values_new(&o->values, decision, err);
}

static void meet_at(overlaps *o, size_t index)
{
  const remit_decision *decision = o->decision;
  const decision_sets *classes = &decision->inputs[index].classes;
  size_t words = decision->words;
  memset(o->here, 0, decision->rule_count * words * sizeof *o->here);
  for (size_t class = 0; class < classes->count; class++) {
    const uint64_t *bits = decision_set(classes, class);
    if (!decision_bit(o->values[index].possible, class))
      continue;
    for (size_t rule = 0; rule < decision->rule_count; rule++)
      for (size_t word = 0; decision_bit(bits, rule) && word < words; word++)
        o->here[rule * words + word] |= bits[word];
  }
  for (size_t i = 0; i < decision->rule_count * words; i++)
    o->meets[i] &= o->here[i];
}

static remit_status add_pair(overlaps *o, size_t first, size_t second, remit_error *err)
{
  uint32_t *row;
  remit_status status = decision_rows_add(&o->rows, &row, err);
  if (status != REMIT_OK)
    return status;
  row[0] = (uint32_t)first + 1;
  row[1] = (uint32_t)second + 1;
  for (size_t i = 0; status == REMIT_OK && i < o->decision->input_count; i++) {
    decision_values *values = &o->values[i];
    const decision_sets *classes = &o->decision->inputs[i].classes;
    memset(values->set, 0, values->words * sizeof *values->set);
    for (size_t class = 0; class < classes->count; class++) {
      const uint64_t *bits = decision_set(classes, class);
      if (decision_bit(values->possible, class) && decision_bit(bits, first) && decision_bit(bits, second))
        decision_set_bit(values->set, class);
    }
    status = decision_values_text(values, values->set, &row[i + 2], err);
  }
  return status;
}

static remit_status find_pairs_of(overlaps *o, size_t first, size_t max, remit_error *err)
{
  const remit_decision *decision = o->decision;
  remit_status status = REMIT_OK;
  for (size_t second = first + 1; status == REMIT_OK && second < decision->rule_count; second++)
    if (decision_bit(o->meets + first * decision->words, second) && o->count++ < max)
      status = add_pair(o, first, second, err);
  return status;
}

/* A stop is looked for once an input and once a rule. */
static remit_status find_pairs(overlaps *o, const remit_poll *poll, size_t max, remit_error *err)
{
  size_t inputs = o->decision->input_count, rules = o->decision->rule_count;
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < inputs + rules; i++) {
    status = remit_ask(poll, i, inputs + rules, err);
    if (status == REMIT_OK && i < inputs)
      meet_at(o, i);
    else if (status == REMIT_OK)
      status = find_pairs_of(o, i - inputs, max, err);
  }
  return status;
}

static remit_status add_rules(const overlaps *o, const char *name, size_t place, remit_table *table, remit_error *err)
{
  remit_column *column = NULL;
  int64_t *values = remit_allocate(o->rows.count, sizeof *values);
  if (values == NULL)
    return remit_no_memory(err);
  for (size_t row = 0; row < o->rows.count; row++)
    values[row] = o->rows.cells[row * o->rows.width + place];
  remit_status status = remit_column_ints(&column, values, o->rows.count, REMIT_COUNT, err);
  if (status == REMIT_OK)
    status = remit_table_add(table, name, column, err);
  remit_column_free(column);
  remit_release(values);
  return status;
}

static remit_status make_table(const overlaps *o, remit_table **out, remit_error *err)
{
  remit_table *table;
  remit_status status = remit_table_new(&table, o->rows.count, err);
  if (status != REMIT_OK)
    return status;
  status = add_rules(o, "first", 0, table, err);
  if (status == REMIT_OK)
    status = add_rules(o, "second", 1, table, err);
  if (status == REMIT_OK)
    status = decision_rows_texts(&o->rows, 2, o->decision, o->values, table, err);
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}

remit_status remit_decision_overlaps(const remit_decision *decision, const remit_poll *poll, size_t max, remit_table **out, size_t *count,
                                     remit_error *err)
{
  overlaps o;
  *out = NULL;
  *count = 0;
  remit_status status = overlaps_init(&o, decision, err);
  if (status == REMIT_OK)
    status = find_pairs(&o, poll, max, err);
  if (status == REMIT_OK)
    status = make_table(&o, out, err);
  if (status == REMIT_OK)
    *count = o.count;
  overlaps_release(&o);
  return status;
}
