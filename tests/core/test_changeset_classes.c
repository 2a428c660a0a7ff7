/* SPDX-License-Identifier: Apache-2.0
 * Trails by classes of lines, and where those are too many by rows: of each line, what the selections' masks say.
 */
#include "support.h"
#include "changeset_support.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 250, MASK = 1024 };

typedef struct trial {
  remit_table *table, *early; /* `early`: the first rows alone */
  remit_operation operations[MOST];
  remit_selection *where[MOST];
  size_t count;
} trial;

static void add(trial *t, remit_selection *where)
{
  t->where[t->count] = where;
  t->operations[t->count++] = (remit_operation){ .where = where };
}

static void begin(trial *t, size_t rows, size_t early, size_t members, uint64_t *seed)
{
  size_t *first = calloc(early + 1, sizeof *first);
  int64_t *values = calloc(rows + 1, sizeof *values);
  remit_column *column;
  assert_non_null(first);
  assert_non_null(values);
  t->count = 0;
  assert_ok(remit_table_new(&t->table, rows, NULL));
  with_random_codes(t->table, "x", members, seed);
  with_random_codes(t->table, "y", members * 8, seed);
  with_random_codes(t->table, "z", 3, seed);
  for (size_t row = 0; row < rows; row++)
    values[row] = (int64_t)support_below(seed, 100);
  assert_ok(remit_column_ints(&column, values, rows, REMIT_COUNT, NULL));
  assert_ok(remit_table_add(t->table, "n", column, NULL));
  remit_column_free(column);
  for (size_t row = 0; row < early; row++)
    first[row] = row;
  assert_ok(remit_table_take(t->table, first, early, &t->early, NULL));
  free(values);
  free(first);
}

/* Three of the first members; where there are none, the rows without. */
static remit_selection *some(const remit_table *table, const char *name, size_t members, uint64_t *seed)
{
  const remit_dictionary *dictionary = remit_column_dictionary(remit_table_find(table, name));
  size_t known = remit_dictionary_size(dictionary) - 1, among = known < members ? known : members, size = 0;
  char test[64] = "-";
  for (size_t i = 0; i < 3 && among != 0; i++)
    size += (size_t)snprintf(test + size, sizeof test - size, "%s%s", size == 0 ? "" : ", ",
                             remit_dictionary_label(dictionary, (uint32_t)support_below(seed, among) + 1, NULL));
  return support_selection(table, name, test);
}

static remit_selection *combined(const remit_table *table, size_t members, uint64_t *seed)
{
  remit_selection *x = some(table, "x", members, seed), *y = some(table, "y", members * 8, seed), *both, *not, *either;
  assert_ok(remit_selection_and(&both, x, y, NULL));
  assert_ok(remit_selection_not(&not, support_below(seed, 2) == 0 ? both : x, NULL));
  assert_ok(remit_selection_or(&either, both, not, NULL));
  remit_selection_free(x);
  remit_selection_free(y);
  remit_selection_free(not);
  remit_selection *chosen = support_below(seed, 2) == 0 ? either : both;
  remit_selection_free(chosen == either ? both : either);
  return chosen;
}

/* Each row's operations, in the order in which rows first meet them. */
static void check(const trial *t, const remit_changeset *changeset)
{
  size_t rows = remit_table_rows(t->table), touched[MOST] = { 0 };
  const remit_column *trails = remit_changeset_trails(changeset);
  uint32_t met = 0;
  uint8_t(*masks)[MASK] = calloc(t->count + 1, sizeof *masks);
  assert_non_null(masks);
  for (size_t first = 0; first < rows; first += MASK) {
    for (size_t i = 0; i < t->count; i++)
      remit_selection_mask(t->where[i], first, MASK, masks[i]);
    for (size_t row = first; row < rows && row < first + MASK; row++) {
      char expected[MOST * 4 + 1] = "";
      uint32_t code = remit_column_code(trails, row);
      size_t size = 0;
      for (size_t i = 0; i < t->count; i++) {
        if (masks[i][row - first])
          size += (size_t)snprintf(expected + size, sizeof expected - size, "%s%zu", size == 0 ? "" : "|", i + 1);
        touched[i] += masks[i][row - first];
      }
      assert_true(code <= met + 1);
      met = code > met ? code : met;
      if (strcmp(remit_dictionary_label(remit_column_dictionary(trails), code, NULL), expected) != 0)
        fail_msg("row %zu: %s", row, expected);
    }
  }
  for (size_t i = 0; i < t->count; i++)
    assert_int_equal(remit_changeset_touched(changeset, i), touched[i]);
  free(masks);
}

static void end(trial *t)
{
  remit_changeset *changeset = changed(t->table, t->operations, t->count, 1);
  check(t, changeset);
  remit_changeset_free(changeset);
  for (size_t i = 0; i < t->count; i++)
    remit_selection_free(t->where[i]);
  remit_table_free(t->early);
  remit_table_free(t->table);
}

static void codes_that_pass_the_same_tests_are_one_class(void **state)
{
  (void)state;
  uint64_t seed = 11;
  for (size_t rows = 0; rows < 3000; rows = rows * 2 + 7) {
    trial t;
    begin(&t, rows, rows / 3, 30, &seed);
    for (size_t i = 0; i < 20; i++)
      add(&t, i % 5 == 0 ? some(t.table, "z", 4, &seed) : combined(t.table, 30, &seed));
    end(&t);
  }
}

static void numbers_and_everything_are_a_class_each(void **state)
{
  (void)state;
  uint64_t seed = 12;
  trial t;
  begin(&t, 2500, 1100, 20, &seed);
  add(&t, support_selection(t.table, "n", "< 50"));
  add(&t, combined(t.table, 20, &seed));
  remit_selection *all, *none;
  assert_ok(remit_selection_all(&all, t.early, NULL));
  assert_ok(remit_selection_not(&none, all, NULL));
  add(&t, all);
  add(&t, none);
  add(&t, support_selection(t.early, "n", "> 10"));
  add(&t, remit_selection_share(t.where[0]));
  end(&t);
}

/* Selections of different layers: rows past the end of a column are of no code. */
static void selections_of_fewer_rows_read_columns_of_their_own(void **state)
{
  (void)state;
  uint64_t seed = 13;
  trial t;
  begin(&t, 2600, 1500, 12, &seed);
  for (size_t i = 0; i < 12; i++)
    add(&t, combined(i % 2 == 0 ? t.early : t.table, 3, &seed));
  end(&t);
}

static void too_many_classes_are_read_by_rows(void **state)
{
  (void)state;
  uint64_t seed = 14;
  trial t;
  begin(&t, 3000, 2000, 200, &seed);
  for (size_t i = 0; i < 250; i++)
    add(&t, i < 20 ? support_selection(t.table, "n", "> 40") : combined(i % 3 == 0 ? t.early : t.table, 200, &seed));
  end(&t);
}

/* More rows than one thread is given. */
static void threads_come_to_the_same(void **state)
{
  (void)state;
  uint64_t seed = 15;
  trial t;
  begin(&t, 210011, 150000, 30, &seed);
  for (size_t i = 0; i < 20; i++)
    add(&t, combined(i % 10 == 0 ? t.early : t.table, 5, &seed));
  end(&t);
}

/* The first row, and the last, that are looked at once others are asked have numbers of their own; columns, one to five of them, are of bytes or not. */
static void numbers_that_come_late_are_met(void **state)
{
  (void)state;
  enum { ROWS = 203003, ALONE = 65536, COLUMNS = 5 };
  static const char *const names[COLUMNS] = { "late", "b", "c", "d", "e" };
  static const size_t members[][COLUMNS] = { { 4 }, { 4, 3 }, { 4, 3, 3 }, { 4, 3, 3, 12 }, { 4, 3, 3, 12, 3 }, { 300, 3 } };
  uint64_t seed = 17;
  uint32_t *codes = calloc(ROWS, sizeof *codes);
  assert_non_null(codes);
  for (size_t row = 0; row < ROWS; row++)
    codes[row] = row == ALONE ? 2 : row == ROWS - 1 ? 4 : row % 2 != 0 ? 3 : 1;
  for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
    trial t = { .table = table_of(ROWS) };
    remit_dictionary *labels = numbered_dictionary(members[m][0]);
    with_codes(t.table, names[0], codes, labels);
    for (size_t i = 1; i < COLUMNS && members[m][i] != 0; i++)
      with_random_codes(t.table, names[i], members[m][i], &seed);
    for (size_t i = 0; i < COLUMNS && members[m][i] != 0; i++) {
      add(&t, support_selection(t.table, names[i], "m1"));
      add(&t, support_selection(t.table, names[i], "m2"));
    }
    add(&t, support_selection(t.table, names[0], "m3"));
    end(&t);
    remit_dictionary_free(labels);
  }
  free(codes);
}

/* So many that they are counted in several goes. */
static void lines_of_many_trails_are_counted(void **state)
{
  (void)state;
  enum { ROWS = 5000, COLUMNS = 12 };
  trial t = { .table = table_of(ROWS) };
  remit_dictionary *bits = numbered_dictionary(2);
  char names[COLUMNS][2];
  uint32_t codes[ROWS];
  for (size_t i = 0; i < COLUMNS; i++) {
    names[i][0] = (char)('a' + (int)i);
    names[i][1] = '\0';
    for (size_t row = 0; row < ROWS; row++)
      codes[row] = 1 + (row >> i & 1);
    with_codes(t.table, names[i], codes, bits);
  }
  for (size_t i = 0; i < COLUMNS; i++)
    add(&t, support_selection(t.table, names[i], "m1"));
  end(&t);
  remit_dictionary_free(bits);
}

static remit_status make(void *context)
{
  const trial *t = context;
  remit_changeset *changeset;
  remit_status status = remit_changeset_new(&changeset, t->table, t->operations, t->count, 1, NULL);
  remit_changeset_free(changeset);
  return status;
}

static void without_memory_nothing_is_left_behind(void **state)
{
  (void)state;
  uint64_t seed = 16;
  trial t;
  begin(&t, 1500, 900, 9, &seed);
  for (size_t i = 0; i < 6; i++)
    add(&t, combined(t.table, 9, &seed));
  add(&t, support_selection(t.table, "n", "> 10"));
  support_fail_each_allocation(make, &t);
  end(&t);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(codes_that_pass_the_same_tests_are_one_class),
    LEAK_CHECKED(numbers_and_everything_are_a_class_each),
    LEAK_CHECKED(selections_of_fewer_rows_read_columns_of_their_own),
    LEAK_CHECKED(too_many_classes_are_read_by_rows),
    LEAK_CHECKED(threads_come_to_the_same),
    LEAK_CHECKED(numbers_that_come_late_are_met),
    LEAK_CHECKED(lines_of_many_trails_are_counted),
    LEAK_CHECKED(without_memory_nothing_is_left_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
