/* SPDX-License-Identifier: Apache-2.0
 * posts: the pack that generate.lua writes, as the core sees it, and the six questions that every engine is asked. Anything wrong ends the
 * program: a benchmark has nobody to tell.
 */
#ifndef REMIT_BENCH_POSTS_H
#define REMIT_BENCH_POSTS_H

#include <time.h>

#include "remit/remit.h"

enum { QUESTIONS = 6 };

typedef struct question {
  const char *name;
  const char *by[4];
  size_t by_count;
  bool filtered; /* pay bands 8a and above, in one region */
  bool totals;   /* subtotals after each group of each key, and the grand total */
} question;

extern const question questions[QUESTIONS];

/* With their ids and what nobody asks about, or the columns that questions look at alone. Linked to functions and places. */
remit_table *posts_load(const char *pack, bool whole, size_t threads);

/* As many posts of the same kind, without a file. */
remit_table *posts_invent(size_t rows, bool ordered);

/* What `filtered` questions select. */
remit_selection *posts_filter(const remit_table *posts);

/* The result is the caller's. */
remit_table *posts_ask(const remit_table *posts, const question *asked, const remit_selection *filter, size_t threads, remit_kept *kept);

/* How many bytes a row of the columns that a question looks at take. */
size_t posts_width(const remit_table *posts, const question *asked);

/* Prints the message and ends the program, unless `status` is REMIT_OK. */
void must(remit_status status, const remit_error *err);
void *must_allocate(size_t bytes);

/* As the program `remit` has it: see bindings/host/main.c. */
void hold_on_to_memory(void);

long long nanoseconds_now(void);

#endif
