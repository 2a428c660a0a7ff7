/* SPDX-License-Identifier: Apache-2.0
 * consumer: a small table, grouped: what an outside C program does with the library.
 */
#include <remit/remit.h>

#include <stdio.h>
#include <string.h>

static remit_status build(remit_table *posts, remit_dictionary *functions, remit_error *err)
{
  static const char *const labels[] = { "quality", "finance", "quality" };
  static const int64_t pence[] = { 5000000, 4200050, 100 };
  uint32_t codes[3];
  for (size_t i = 0; i < 3; i++)
    if (remit_dictionary_add(functions, labels[i], strlen(labels[i]), &codes[i], err) != REMIT_OK)
      return err->status;

  remit_column *fn = NULL, *cost = NULL;
  remit_status status = remit_column_codes(&fn, codes, 3, functions, err);
  if (status == REMIT_OK)
    status = remit_column_ints(&cost, pence, 3, REMIT_PENCE, err);
  if (status == REMIT_OK)
    status = remit_table_add(posts, "fn", fn, err);
  if (status == REMIT_OK)
    status = remit_table_add(posts, "cost", cost, err);
  remit_column_free(fn);
  remit_column_free(cost);
  return status;
}

static remit_status group(const remit_table *posts, remit_table **frame, remit_error *err)
{
  const char *by[] = { "fn" };
  const remit_measure measures[] = { { .name = "cost", .column = "cost", .how = REMIT_SUM } };
  const remit_pivot pivot = { .by = by, .by_count = 1, .measures = measures, .measure_count = 1, .totals = true };
  return remit_pivot_run(posts, &pivot, frame, err);
}

static bool is_right(const remit_table *frame)
{
  static const int64_t expected[] = { 5000100, 4200050, 9200150 };
  const remit_column *cost = remit_table_find(frame, "cost");
  if (cost == NULL || remit_column_count(cost) != 3)
    return false;
  for (size_t row = 0; row < 3; row++)
    if (remit_column_int(cost, row) != expected[row])
      return false;
  return true;
}

int main(void)
{
  remit_error err = { 0 };
  remit_dictionary *functions = NULL;
  remit_table *posts = NULL, *frame = NULL;
  bool right = remit_dictionary_new(&functions, &err) == REMIT_OK && remit_table_new(&posts, 3, &err) == REMIT_OK &&
               build(posts, functions, &err) == REMIT_OK && group(posts, &frame, &err) == REMIT_OK && is_right(frame);
  printf("remit %s: %s %s\n", remit_version(), right ? "the sums are right" : "WRONG", err.message);
  remit_table_free(frame);
  remit_table_free(posts);
  remit_dictionary_free(functions);
  return right ? 0 : 1;
}
