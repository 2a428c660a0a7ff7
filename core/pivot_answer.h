/* SPDX-License-Identifier: Apache-2.0
 * pivot_answer: a question with its finished table, to be given again. Internal to core/pivot*.c.
 */
#ifndef REMIT_PIVOT_ANSWER_H
#define REMIT_PIVOT_ANSWER_H

#include "remit/pivot.h"

typedef struct pivot_answer pivot_answer;

/* What an answer would take, shared dictionaries included. False when it is not to be kept: a test of integers may hold any number of them. */
bool pivot_answer_bytes(const remit_pivot *pivot, const remit_table *frame, size_t *bytes);

/* The question is copied; its table, selections and columns are shared. */
remit_status pivot_answer_new(pivot_answer **out, const remit_table *table, const remit_pivot *pivot, const remit_table *frame,
                              remit_error *err);
void pivot_answer_free(pivot_answer *answer);

/* Whether this is the same question of the same table, threads and the like aside. Selections are the same when they are one object. */
bool pivot_answer_is_to(const pivot_answer *answer, const remit_table *table, const remit_pivot *pivot);

/* A table of the caller's own, with the same columns. */
remit_status pivot_answer_give(const pivot_answer *answer, remit_table **out, remit_error *err);

#endif
