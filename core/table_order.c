/* SPDX-License-Identifier: Apache-2.0
 * table_order: a stable order, the last key first: each key becomes an unsigned number a row that rises in the wanted order, with missing
 * as the largest, and one merge sort of (number, row) pairs settles it.
 */
#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

#define RANK_MISSING UINT64_MAX

typedef struct pair {
  uint64_t rank;
  size_t row;
} pair;

typedef struct member {
  char *folded;
  uint32_t code;
} member;

static int compare_members(const void *left, const void *right)
{
  const member *a = left, *b = right;
  int by_text = strcmp(a->folded, b->folded);
  return by_text != 0 ? by_text : (a->code > b->code) - (a->code < b->code);
}

static remit_status fold_members(const remit_dictionary *dictionary, member *members, size_t count, remit_error *err)
{
  for (size_t i = 0; i < count; i++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, (uint32_t)i + 1, &size);
    members[i].code = (uint32_t)i + 1;
    remit_status status = remit_text_fold(label, size, &members[i].folded, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

/* Labels that fold to the same text share a rank, so that their rows stay as they stood. */
static void rank_members(const member *members, size_t count, int64_t *rank_of)
{
  int64_t rank = 0;
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || strcmp(members[i].folded, members[i - 1].folded) != 0)
      rank++;
    rank_of[members[i].code] = rank;
  }
}

static remit_status rank_labels(const remit_dictionary *dictionary, int64_t *rank_of, remit_error *err)
{
  size_t count = remit_dictionary_size(dictionary) - 1;
  member *members = remit_allocate_zero(count, sizeof *members);
  if (members == NULL)
    return remit_no_memory(err);
  remit_status status = fold_members(dictionary, members, count, err);
  if (status == REMIT_OK) {
    qsort(members, count, sizeof *members, compare_members);
    rank_members(members, count, rank_of);
  }
  for (size_t i = 0; i < count; i++)
    remit_text_free(members[i].folded);
  remit_release(members);
  return status;
}

static remit_status label_ranks(const remit_reader *reader, int64_t **rank_of, remit_error *err)
{
  *rank_of = NULL;
  const remit_dictionary *dictionary = remit_column_dictionary(reader->target);
  if (dictionary == NULL)
    return REMIT_OK;
  *rank_of = remit_allocate_zero(remit_dictionary_size(dictionary), sizeof **rank_of);
  if (*rank_of == NULL)
    return remit_no_memory(err);
  remit_status status = rank_labels(dictionary, *rank_of, err);
  if (status != REMIT_OK) {
    remit_release(*rank_of);
    *rank_of = NULL;
  }
  return status;
}

/* Order-preserving: the lowest integer, which only missing has, would be 0, so that ranks end one short of RANK_MISSING. */
static uint64_t rank_value(int64_t value, int64_t missing, bool descending)
{
  if (value == missing)
    return RANK_MISSING;
  uint64_t rising = (uint64_t)value ^ (UINT64_C(1) << 63);
  return descending ? ~rising : rising - 1;
}

static void rank_block(const int64_t *values, size_t count, int64_t missing, bool descending, uint64_t *ranks)
{
  for (size_t i = 0; i < count; i++)
    ranks[i] = rank_value(values[i], missing, descending);
}

static void rank_rows(const remit_reader *reader, size_t rows, const int64_t *rank_of, bool descending, uint64_t *ranks)
{
  int64_t block[REMIT_BLOCK];
  int64_t missing = remit_column_missing(reader->target);
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
    remit_reader_read(reader, row, count, block);
    for (size_t i = 0; rank_of != NULL && i < count; i++)
      block[i] = rank_of[block[i]];
    rank_block(block, count, missing, descending, ranks + row);
  }
}

static remit_status rank_key(const remit_table *table, const remit_sort_key *key, uint64_t *ranks, remit_error *err)
{
  remit_reader reader;
  int64_t *rank_of = NULL;
  remit_status status = remit_reader_init(&reader, table, key->name, err);
  if (status == REMIT_OK && key->by_label)
    status = label_ranks(&reader, &rank_of, err);
  if (status == REMIT_OK)
    rank_rows(&reader, remit_table_rows(table), rank_of, key->descending, ranks);
  remit_release(rank_of);
  remit_reader_release(&reader);
  return status;
}

static void merge(const pair *left, size_t left_count, const pair *right, size_t right_count, pair *to)
{
  size_t l = 0, r = 0;
  while (l < left_count && r < right_count)
    *to++ = right[r].rank < left[l].rank ? right[r++] : left[l++];
  memcpy(to, left + l, (left_count - l) * sizeof *to);
  memcpy(to + (left_count - l), right + r, (right_count - r) * sizeof *to);
}

/* Merges neighbouring runs of `run` pairs from one array to the other. */
static void merge_runs(const pair *from, size_t count, size_t run, pair *to)
{
  for (size_t at = 0; at < count; at += 2 * run) {
    size_t left = count - at < run ? count - at : run;
    size_t right = count - at - left < run ? count - at - left : run;
    bool in_order = right == 0 || from[at + left - 1].rank <= from[at + left].rank;
    if (in_order) /* fast path: same answer without it */
      memcpy(to + at, from + at, (left + right) * sizeof *to);
    else
      merge(from + at, left, from + at + left, right, to + at);
  }
}

static void insert_runs(pair *pairs, size_t count, size_t run)
{
  for (size_t at = 0; at < count; at += run) {
    size_t end = count - at < run ? count : at + run;
    for (size_t i = at + 1; i < end; i++) {
      pair inserted = pairs[i];
      size_t j = i;
      for (; j > at && pairs[j - 1].rank > inserted.rank; j--)
        pairs[j] = pairs[j - 1];
      pairs[j] = inserted;
    }
  }
}

/* Sorted pairs, in one of the two arrays. */
static pair *sort_pairs(pair *pairs, pair *spare, size_t count)
{
  size_t run = 16;
  insert_runs(pairs, count, run);
  for (; run < count; run *= 2) {
    merge_runs(pairs, count, run, spare);
    pair *swapped = pairs;
    pairs = spare;
    spare = swapped;
  }
  return pairs;
}

static void sort_rows(const uint64_t *ranks, size_t count, pair *pairs, size_t *rows)
{
  for (size_t i = 0; i < count; i++)
    pairs[i] = (pair){ .rank = ranks[rows[i]], .row = rows[i] };
  const pair *sorted = sort_pairs(pairs, pairs + count, count);
  for (size_t i = 0; i < count; i++)
    rows[i] = sorted[i].row;
}

remit_status remit_table_order(const remit_table *table, const remit_sort_key *keys, size_t count, size_t *rows, remit_error *err)
{
  size_t there = remit_table_rows(table);
  uint64_t *ranks = remit_allocate(there, sizeof *ranks);
  pair *pairs = remit_allocate(there, 2 * sizeof *pairs);
  remit_status status = ranks != NULL && pairs != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < there; i++)
    rows[i] = i;
  for (size_t key = count; status == REMIT_OK && key-- > 0;) {
    status = rank_key(table, &keys[key], ranks, err);
    if (status == REMIT_OK)
      sort_rows(ranks, there, pairs, rows);
  }
  remit_release(ranks);
  remit_release(pairs);
  return status;
}
