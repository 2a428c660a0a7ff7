/* SPDX-License-Identifier: Apache-2.0
 * decision_internal: a decision after its cells have been compiled. Internal to core/decision*.c.
 *
 * An input's values are numbered: codes by themselves, of integers 0 is "no value" and 1, 2, ... are the stretches between the ends of
 * the rules' ranges. Values that pass the same rules are one class, and everything after compiling is about classes.
 */
#ifndef REMIT_DECISION_INTERNAL_H
#define REMIT_DECISION_INTERNAL_H

#include "remit/decision.h"

/* Distinct arrays of `words` words, numbered from 0 in order of adding. */
typedef struct decision_sets {
  size_t words, count, room;
  uint64_t *bits;
  uint32_t *slots; /* number + 1, or 0 */
  size_t slot_count;
} decision_sets;

remit_status decision_sets_add(decision_sets *sets, const uint64_t *bits, uint32_t *number, remit_error *err);
void decision_sets_release(decision_sets *sets);

static inline const uint64_t *decision_set(const decision_sets *sets, size_t number)
{
  return sets->bits + number * sets->words;
}

static inline bool decision_bit(const uint64_t *bits, size_t index)
{
  return bits[index / 64] >> index % 64 & 1;
}

static inline void decision_set_bit(uint64_t *bits, size_t index)
{
  bits[index / 64] |= (uint64_t)1 << index % 64;
}

static inline size_t decision_words(size_t bits)
{
  return (bits + 63) / 64;
}

/* One input, compiled. Columns are borrowed of the decision's table. */
typedef struct decision_input {
  char *path;
  const remit_column *base, *target, *names; /* `names` of the target's members, or NULL */
  size_t value_count;
  uint32_t *class_of;      /* per value */
  int64_t *from;           /* of integers: the first of value i is from[i - 1], the last is one below from[i] */
  int64_t least, most;     /* of integers: what can be */
  uint32_t *folded;        /* per code of base: a class; NULL when base is the target */
  decision_sets classes;   /* the rules that each passes */
} decision_input;

struct remit_decision {
  remit_table *table;
  size_t rule_count, input_count, words;
  decision_input *inputs;
  char **cells; /* rule_count x input_count; NULL is "-" */
};

/* Compiles the input's column of cells. `*rule` is the one that an error is about, or SIZE_MAX. */
remit_status decision_compile(decision_input *input, const remit_decision *decision, const remit_path *path, const char *const *cells, size_t *rule,
                              remit_error *err);

static inline bool decision_has_codes(const decision_input *input)
{
  return input->from == NULL;
}

/* Of integers: which value a figure is. */
size_t decision_value(const decision_input *input, int64_t figure);

/* ---- All that could be: for overlaps and gaps ---- */

/* Which classes of an input some value that could be is of, and sets of them written as tests. */
typedef struct decision_values {
  const remit_decision *decision;
  size_t index;      /* of the input */
  bool missing;      /* a row has no value here */
  size_t words;      /* of a set of classes */
  uint64_t *possible;
  uint64_t *set;     /* for the caller */
  bool cut;          /* a text says less than its set: not all of it fitted */
  decision_sets asked;
  uint32_t *code_of; /* per set asked, of its text */
  size_t code_room;
  remit_dictionary *texts;
} decision_values;

/* One for each input. */
remit_status decision_values_new(decision_values **out, const remit_decision *decision, remit_error *err);
void decision_values_free(decision_values *values, size_t count);

/* The code in `texts` of a test that passes the values of `set`, a set of possible classes, and no other that could be. */
remit_status decision_values_text(decision_values *values, const uint64_t *set, uint32_t *code, remit_error *err);

/* The text itself, in a buffer of REMIT_LABEL_MAX bytes; false when it does not fit. */
typedef struct decision_writer {
  char *text;
  size_t size;
  bool full;
} decision_writer;
remit_status decision_write(const decision_values *values, const uint64_t *set, decision_writer *out, remit_error *err);

#endif
