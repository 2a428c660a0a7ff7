/* SPDX-License-Identifier: Apache-2.0
 * decision_hits: which rules pass on each row. A row is a class an input; the AND of the classes' rules is worked out once for each
 * combination of classes when these are few enough for a table of them, else once a row.
 */
#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "decision_internal.h"
#include "memory.h"

#define MEMO_MAX ((size_t)1 << 20) /* combinations: 4 MiB of table */
#define LABEL_ROOM (REMIT_RULES_MAX * 5)

typedef struct hits {
  const remit_decision *decision;
  decision_sets sets;
  uint32_t *found;   /* per row, a number of `sets`; in the end its code */
  uint32_t *classes; /* REMIT_BLOCK of them for each input */
  uint64_t *passing; /* of one row */
  uint32_t *memo;    /* per combination, a number + 1, or 0; NULL when there are too many */
} hits;

static void hits_release(hits *h)
{
  remit_release(h->found);
  remit_release(h->classes);
  remit_release(h->passing);
  remit_release(h->memo);
  decision_sets_release(&h->sets);
}

/* How many combinations there are, or 0 when too many for the table. */
static size_t combinations(const remit_decision *decision)
{
  size_t product = 1;
  for (size_t i = 0; i < decision->input_count; i++) {
    size_t count = decision->inputs[i].classes.count;
    if (count > MEMO_MAX / product)
      return 0;
    product *= count;
  }
  return product;
}

static remit_status hits_init(hits *h, const remit_decision *decision, remit_error *err)
{
  size_t product = combinations(decision);
  *h = (hits){ .decision = decision, .sets.words = decision->words };
  h->found = remit_allocate(remit_table_rows(decision->table), sizeof *h->found);
  h->classes = remit_allocate(decision->input_count, REMIT_BLOCK * sizeof *h->classes);
  h->passing = remit_allocate(decision->words, sizeof *h->passing);
  if (product != 0)
    h->memo = remit_allocate_zero(product, sizeof *h->memo);
  bool there = h->found != NULL && h->classes != NULL && h->passing != NULL && (product == 0 || h->memo != NULL);
  return there ? REMIT_OK : remit_no_memory(err);
}

/* ---- Rows ---- */

static void read_classes(const decision_input *input, size_t first, size_t count, uint32_t *classes)
{
  int64_t values[REMIT_BLOCK];
  remit_column_read(input->base, first, count, values);
  if (input->folded != NULL || decision_has_codes(input)) {
    const uint32_t *class_of = input->folded != NULL ? input->folded : input->class_of;
    for (size_t i = 0; i < count; i++)
      classes[i] = class_of[values[i]];
    return;
  }
  for (size_t i = 0; i < count; i++)
    classes[i] = input->class_of[decision_value(input, values[i])];
}

static remit_status find_row(hits *h, size_t row, uint32_t *number, remit_error *err)
{
  const remit_decision *decision = h->decision;
  memset(h->passing, 0xff, decision->words * sizeof *h->passing);
  for (size_t i = 0; i < decision->input_count; i++) {
    const uint64_t *bits = decision_set(&decision->inputs[i].classes, h->classes[i * REMIT_BLOCK + row]);
    for (size_t word = 0; word < decision->words; word++)
      h->passing[word] &= bits[word];
  }
  remit_status status = decision_sets_add(&h->sets, h->passing, number, err);
  if (status == REMIT_OK && h->sets.count > REMIT_HITS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "rows meet the rules in more than %d different ways", REMIT_HITS_MAX);
  return status;
}

static remit_status find_remembered(hits *h, const uint32_t *keys, size_t count, uint32_t *found, remit_error *err)
{
  for (size_t row = 0; row < count; row++) {
    uint32_t *known = &h->memo[keys[row]];
    if (*known == 0) {
      remit_status status = find_row(h, row, known, err);
      if (status != REMIT_OK)
        return status;
      ++*known;
    }
    found[row] = *known - 1;
  }
  return REMIT_OK;
}

/* The combination of each row of a block, as one number. */
static void combine(const hits *h, size_t count, uint32_t *keys)
{
  const remit_decision *decision = h->decision;
  memset(keys, 0, count * sizeof *keys);
  for (size_t i = 0; i < decision->input_count; i++) {
    const uint32_t *classes = h->classes + i * REMIT_BLOCK, times = (uint32_t)decision->inputs[i].classes.count;
    for (size_t row = 0; row < count; row++)
      keys[row] = keys[row] * times + classes[row];
  }
}

static remit_status find_block(hits *h, size_t first, size_t count, remit_error *err)
{
  for (size_t i = 0; i < h->decision->input_count; i++)
    read_classes(&h->decision->inputs[i], first, count, h->classes + i * REMIT_BLOCK);
  if (h->memo != NULL) {
    uint32_t keys[REMIT_BLOCK];
    combine(h, count, keys);
    return find_remembered(h, keys, count, h->found + first, err);
  }
  for (size_t row = 0; row < count; row++) {
    remit_status status = find_row(h, row, &h->found[first + row], err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

/* ---- Labels ---- */

typedef struct numbered {
  const decision_sets *sets;
  uint32_t number;
} numbered;

static bool is_empty_from(const uint64_t *bits, size_t bit, size_t words)
{
  size_t word = bit / 64;
  if (bits[word] >> bit % 64 != 0)
    return false;
  while (++word < words)
    if (bits[word] != 0)
      return false;
  return true;
}

/* 1, 1|2, 1|2|3, 1|3, 2: at the first rule that only one of them has, the one that has it comes first unless the other has ended. */
static int by_rules(const void *a, const void *b)
{
  const numbered *left = a, *right = b;
  size_t words = left->sets->words;
  const uint64_t *x = decision_set(left->sets, left->number), *y = decision_set(right->sets, right->number);
  for (size_t word = 0; word < words; word++) {
    uint64_t differ = x[word] ^ y[word];
    if (differ == 0)
      continue;
    size_t bit = word * 64;
    for (; (differ & 1) == 0; differ >>= 1)
      bit++;
    if (decision_bit(x, bit))
      return is_empty_from(y, bit, words) ? 1 : -1;
    return is_empty_from(x, bit, words) ? -1 : 1;
  }
  return 0;
}

static size_t write_number(size_t number, char *text)
{
  char digits[REMIT_NUMBER_SIZE];
  size_t size = remit_number_print((int64_t)number, 0, false, digits);
  memcpy(text, digits, size);
  return size;
}

static size_t write_label(const uint64_t *bits, size_t rule_count, char *text)
{
  size_t size = 0;
  for (size_t rule = 0; rule < rule_count; rule++) {
    if (!decision_bit(bits, rule))
      continue;
    if (size != 0)
      text[size++] = '|';
    size += write_number(rule + 1, text + size);
  }
  return size;
}

static remit_status add_labels(const hits *h, const numbered *order, remit_dictionary *labels, uint32_t *code_of, char *text, remit_error *err)
{
  for (size_t i = 0; i < h->sets.count; i++) {
    size_t size = write_label(decision_set(&h->sets, order[i].number), h->decision->rule_count, text);
    remit_status status = remit_dictionary_add(labels, text, size, &code_of[order[i].number], err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static remit_status label_sets(const hits *h, remit_dictionary *labels, uint32_t *code_of, remit_error *err)
{
  numbered *order = remit_allocate(h->sets.count, sizeof *order);
  char *text = remit_allocate(LABEL_ROOM, 1);
  remit_status status = order != NULL && text != NULL ? REMIT_OK : remit_no_memory(err);
  if (status == REMIT_OK) {
    for (size_t i = 0; i < h->sets.count; i++)
      order[i] = (numbered){ &h->sets, (uint32_t)i };
    if (h->sets.count != 0)
      qsort(order, h->sets.count, sizeof *order, by_rules);
    status = add_labels(h, order, labels, code_of, text, err);
  }
  remit_release(text);
  remit_release(order);
  return status;
}

static remit_status make_column(hits *h, remit_column **out, remit_error *err)
{
  size_t rows = remit_table_rows(h->decision->table);
  remit_dictionary *labels = NULL;
  uint32_t *code_of = remit_allocate(h->sets.count, sizeof *code_of);
  remit_status status = code_of != NULL ? remit_dictionary_new(&labels, err) : remit_no_memory(err);
  if (status == REMIT_OK) {
    remit_dictionary_set_separator(labels, '|');
    status = label_sets(h, labels, code_of, err);
  }
  if (status == REMIT_OK) {
    for (size_t row = 0; row < rows; row++)
      h->found[row] = code_of[h->found[row]];
    status = remit_column_codes(out, h->found, rows, labels, err);
  }
  remit_dictionary_free(labels);
  remit_release(code_of);
  return status;
}

remit_status remit_decision_hits(const remit_decision *decision, const remit_poll *poll, remit_column **out, remit_error *err)
{
  hits h;
  size_t rows = remit_table_rows(decision->table);
  *out = NULL;
  remit_status status = hits_init(&h, decision, err);
  for (size_t first = 0; status == REMIT_OK && first < rows; first += REMIT_BLOCK) {
    status = remit_ask(poll, first, rows, err);
    if (status == REMIT_OK)
      status = find_block(&h, first, rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK, err);
  }
  if (status == REMIT_OK)
    status = make_column(&h, out, err);
  hits_release(&h);
  return status;
}
