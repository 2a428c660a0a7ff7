/* SPDX-License-Identifier: Apache-2.0
 * test_pivot_lanes: sums at the limits of what is added up at once: values, cells, rows and what is selected of them.
 */
#include "table_support.h"

#define NARROW_MAX INT32_MAX
#define RUN 700
#define BY_TURNS 1 /* a run this long stands for some rows in no order, then some in runs */
#define FEW_MAX (INT32_MAX / 32) /* 32 of these add up within 32 bits */

typedef struct posts {
  size_t rows, a_size, b_size; /* codes are below the sizes */
  uint32_t *a, *b;
  int64_t *first, *second;
  remit_table *table;
  remit_selection *where; /* NULL: all */
  bool *selected;
} posts;

static bool is_in_no_order(size_t row, size_t run)
{
  return run == 0 || (run == BY_TURNS && row / 5000 % 2 == 0);
}

/* In no order when `run` is 0, else as many rows of a code together; the last row has the largest. */
static void fill_codes(uint32_t *codes, size_t rows, size_t size, size_t run, uint64_t *seed)
{
  for (size_t i = 0; i < rows; i++)
    codes[i] = (uint32_t)(is_in_no_order(i, run) ? support_below(seed, size) : i / (run == BY_TURNS ? RUN : run) % size);
  codes[rows - 1] = (uint32_t)size - 1;
}

/* Values between `low` and `high`, which both occur when there are two rows. */
static void fill_values(int64_t *values, size_t rows, int64_t low, int64_t high, uint64_t *seed)
{
  for (size_t i = 0; i < rows; i++)
    values[i] = low + (int64_t)support_below(seed, (uint64_t)(high - low) + 1);
  values[0] = low;
  values[rows - 1] = high;
}

/* Afresh where codes or figures were changed. */
static void make_table(posts *p)
{
  remit_table_free(p->table);
  p->table = table_of(p->rows);
  remit_dictionary *a = numbered_dictionary(p->a_size - 1), *b = numbered_dictionary(p->b_size - 1);
  with_codes(p->table, "a", p->a, a);
  with_codes(p->table, "b", p->b, b);
  with_ints(p->table, "first", REMIT_PENCE, p->first);
  with_ints(p->table, "second", REMIT_MICRO, p->second);
  remit_dictionary_free(a);
  remit_dictionary_free(b);
}

static void make_posts(posts *p, size_t rows, size_t a_size, size_t b_size, size_t run, int64_t low, int64_t high)
{
  uint64_t seed = rows + a_size;
  *p = (posts){ .rows = rows, .a_size = a_size, .b_size = b_size };
  p->a = calloc(rows, sizeof *p->a);
  p->b = calloc(rows, sizeof *p->b);
  p->first = calloc(rows, sizeof *p->first);
  p->second = calloc(rows, sizeof *p->second);
  p->selected = calloc(rows, sizeof *p->selected);
  fill_codes(p->a, rows, a_size, run, &seed);
  fill_codes(p->b, rows, b_size, run, &seed);
  fill_values(p->first, rows, low, high, &seed);
  fill_values(p->second, rows, high < 0 ? high : low / 2, high, &seed);
  memset(p->selected, 1, rows * sizeof *p->selected);
  make_table(p);
}

static void free_posts(posts *p)
{
  remit_selection_free(p->where);
  remit_table_free(p->table);
  free(p->a);
  free(p->b);
  free(p->first);
  free(p->second);
  free(p->selected);
}

static size_t cell_of(const posts *p, size_t keys, uint32_t a, uint32_t b)
{
  return keys == 0 ? 0 : keys == 1 ? a : a * p->b_size + b;
}

static void assert_groups(const posts *p, const remit_table *result, size_t keys)
{
  size_t cells = p->a_size * p->b_size, groups = keys == 0;
  int64_t *sums = calloc(3 * cells, sizeof *sums), *second = sums + cells, *rows = second + cells;
  for (size_t i = 0; i < p->rows; i++) {
    size_t cell = cell_of(p, keys, p->a[i], p->b[i]);
    sums[cell] += p->selected[i] ? p->first[i] : 0;
    second[cell] += p->selected[i] ? p->second[i] : 0;
    groups += keys != 0 && p->selected[i] && rows[cell] == 0;
    rows[cell] += p->selected[i];
  }
  assert_int_equal(remit_table_rows(result), groups);
  for (size_t i = 0; i < groups; i++) {
    uint32_t a = keys > 0 ? remit_column_code(remit_table_find(result, "a"), i) : 0;
    uint32_t b = keys > 1 ? remit_column_code(remit_table_find(result, "b"), i) : 0;
    size_t cell = cell_of(p, keys, a, b);
    assert_true(remit_column_int(remit_table_find(result, "first"), i) == sums[cell]);
    assert_true(remit_column_int(remit_table_find(result, "second"), i) == second[cell]);
    if (remit_table_find(result, "rows") != NULL)
      assert_true(remit_column_int(remit_table_find(result, "rows"), i) == rows[cell]);
  }
  free(sums);
}

/* By neither, one and both of the keys, in one thread and in two, with rows counted or not. */
static void assert_all_groups(const posts *p)
{
  static const char *const by[] = { "a", "b" };
  static const remit_measure measures[] = {
    { "second", "second", REMIT_SUM, NULL }, { "first", "first", REMIT_SUM, NULL }, { "second", "second", REMIT_SUM, NULL },
    { "rows", NULL, REMIT_ROWS, NULL }
  };
  static const struct {
    size_t first, count;
  } asked[] = { { 1, 3 }, { 1, 2 }, { 0, 2 } };
  for (size_t keys = 0; keys <= 2; keys++)
    for (size_t threads = 1; threads <= 2; threads++)
      for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        remit_pivot pivot = { .by = by, .by_count = keys, .measures = measures + asked[i].first, .measure_count = asked[i].count,
                              .where = p->where, .threads = threads };
        remit_table *result;
        assert_ok(remit_pivot_run(p->table, &pivot, &result, NULL));
        assert_groups(p, result, keys);
        remit_table_free(result);
      }
}

static void values_at_the_limits_are_summed_exactly(void **state)
{
  (void)state;
  static const int64_t limits[] = { 0, 1, FEW_MAX, FEW_MAX + 1, INT32_MAX / REMIT_BLOCK, INT32_MAX / REMIT_BLOCK + 1, NARROW_MAX,
                                    (int64_t)NARROW_MAX + 1, INT64_MAX / 4096 };
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
    for (int below = 0; below < 3; below++) {
      posts p;
      int64_t low = below == 0 ? limits[i] : below == 1 ? -limits[i] : 0; /* all the same, both signs, none below 0 */
      make_posts(&p, 2 * REMIT_BLOCK + 37, 7, 5, 0, low, limits[i]);
      assert_all_groups(&p);
      free_posts(&p);
      make_posts(&p, 2 * REMIT_BLOCK + 37, 7, 5, RUN, -limits[i], -low);
      assert_all_groups(&p);
      free_posts(&p);
    }
}

/* Values of 31 bits and their count share 64 bits up to 2^15 rows, here of one cell, or of two by turns. */
static void counts_and_sums_share_a_word_for_as_many_rows_as_fit(void **state)
{
  (void)state;
  static const size_t rows[] = { 32768, 32769, 32770 };
  for (size_t i = 0; i < 3; i++)
    for (int sign = -1; sign <= 1; sign += 2)
      for (size_t run = 0; run <= rows[i]; run += rows[i]) {
        posts p;
        make_posts(&p, rows[i], 2, 1, run, sign * (int64_t)NARROW_MAX, sign * (int64_t)NARROW_MAX);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

static void cells_of_every_number_are_found(void **state)
{
  (void)state;
  static const struct {
    size_t a, b;
  } sizes[] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 32, 32 }, { 25, 41 }, { 255, 256 }, { 256, 256 }, { 257, 255 }, { 257, 2 } };
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (size_t run = 0; run <= RUN; run += RUN) {
      posts p;
      make_posts(&p, 20000 + i, sizes[i].a, sizes[i].b, run, run == 0 ? -1 : -3, 1000000);
      assert_all_groups(&p);
      free_posts(&p);
    }
}

static void hash_of(const remit_table *table, size_t keys, size_t figures, remit_accumulation how, uint8_t digest[REMIT_SHA256_SIZE])
{
  static const char *const by[] = { "a", "b", "c", "d" };
  static const remit_measure measures[] = { { "figure", "figure", REMIT_SUM, NULL }, { "other", "other", REMIT_SUM, NULL } };
  remit_pivot pivot = { .by = by, .by_count = keys, .measures = measures, .measure_count = figures, .accumulation = how };
  remit_table *result;
  assert_ok(remit_pivot_run(table, &pivot, &result, NULL));
  support_hash(result, digest);
  remit_table_free(result);
}

/* Up to 65,535 cells have numbers of 16 bits; of hashed ones, those of up to 65,536 combinations, most of which the last table has. */
static void several_keys_pass_sixteen_bits(void **state)
{
  (void)state;
  static const size_t sizes[][4] = { { 40, 40, 40, 1 }, { 41, 40, 40, 1 }, { 42, 40, 40, 1 }, { 8, 9, 10, 11 }, { 256, 256, 1, 1 } };
  uint64_t seed = 3;
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    const size_t rows = sizes[i][2] == 1 ? 70000 : 20000;
    remit_table *table = table_of(rows);
    int64_t *figures = calloc(rows, sizeof *figures);
    for (size_t column = 0; column < 2; column++) {
      for (size_t row = 0; row < rows; row++)
        figures[row] = (int64_t)support_below(&seed, 1000) - 500;
      with_ints(table, column == 0 ? "figure" : "other", REMIT_PENCE, figures);
    }
    for (size_t key = 0; key < 4; key++)
      with_random_codes(table, (const char *const[]){ "a", "b", "c", "d" }[key], sizes[i][key] - 1, &seed);
    for (size_t count = 1; count <= 2; count++) {
      uint8_t dense[REMIT_SHA256_SIZE], hashed[REMIT_SHA256_SIZE];
      const size_t keys = sizes[i][3] == 1 ? 3 : 4;
      hash_of(table, keys, count, REMIT_DENSE, dense);
      hash_of(table, keys, count, REMIT_HASHED, hashed);
      assert_memory_equal(dense, hashed, sizeof dense);
    }
    remit_table_free(table);
    free(figures);
  }
}

static void few_of_many_combinations_come_out_as_many(void **state)
{
  (void)state;
  enum { ROWS = 70000, MEMBERS = 60 };
  uint64_t seed = 4;
  for (int few = 0; few < 2; few++) {
    uint32_t *codes[3];
    int64_t *figures = calloc(ROWS, sizeof *figures);
    remit_dictionary *members = numbered_dictionary(MEMBERS);
    remit_table *table = table_of(ROWS);
    for (size_t key = 0; key < 3; key++)
      codes[key] = calloc(ROWS, sizeof *codes[key]);
    for (size_t i = 0; i < ROWS; i++) {
      codes[0][i] = (uint32_t)support_below(&seed, MEMBERS + 1);
      codes[1][i] = (uint32_t)support_below(&seed, MEMBERS + 1);
      codes[2][i] = few ? (codes[0][i] * 7 + codes[1][i]) % (MEMBERS + 1) : (uint32_t)support_below(&seed, MEMBERS + 1);
      figures[i] = (int64_t)support_below(&seed, 1000) - 500;
    }
    for (size_t key = 0; key < 3; key++)
      with_codes(table, (const char[]){ (char)('a' + (int)key), '\0' }, codes[key], members);
    with_ints(table, "figure", REMIT_PENCE, figures);
    uint8_t chosen[REMIT_SHA256_SIZE], dense[REMIT_SHA256_SIZE], hashed[REMIT_SHA256_SIZE];
    hash_of(table, 3, 1, REMIT_AUTOMATIC, chosen);
    hash_of(table, 3, 1, REMIT_DENSE, dense);
    hash_of(table, 3, 1, REMIT_HASHED, hashed);
    assert_memory_equal(chosen, dense, sizeof dense);
    assert_memory_equal(hashed, dense, sizeof dense);
    remit_table_free(table);
    remit_dictionary_free(members);
    for (size_t key = 0; key < 3; key++)
      free(codes[key]);
    free(figures);
  }
}

/* Selects the rows whose code of `a` is `one`, or all others. */
static void select_rows(posts *p, uint32_t one, bool others)
{
  char test[32];
  snprintf(test, sizeof test, others ? "not(m%u)" : "m%u", (unsigned)one - 1);
  p->where = support_selection(p->table, "a", test);
  for (size_t i = 0; i < p->rows; i++)
    p->selected[i] = (p->a[i] == one) != others;
}

static void selected_rows_count_whatever_the_blocks_hold(void **state)
{
  (void)state;
  static const size_t rows[] = { 1, 15, 16, 17, 1023, 1024, 1025, 2047, 2049, 4095, 4096, 4097, 9001 };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (size_t run = 0; run <= RUN; run += RUN) /* in runs, blocks hold all, some or none of what is selected */
      for (int others = 0; others < 2; others++) {
        posts p;
        make_posts(&p, rows[i], 4, 9, run, run == 0 ? -1 : -5, 70000);
        select_rows(&p, 3, others == 1);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* Each beside spare cells, and past 16 bits with them or without. Values of 31 bits and their count leave one word between these rows. */
static void many_selected_rows_count_in_cells_of_every_number(void **state)
{
  (void)state;
  static const struct {
    size_t a, b;
  } sizes[] = { { 2, 1 }, { 32, 32 }, { 25, 41 }, { 255, 256 }, { 256, 256 }, { 257, 255 }, { 257, 2 } };
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (size_t run = 0; run <= RUN; run += RUN)
      for (size_t many = 0; many < 2; many++) {
        posts p;
        make_posts(&p, many ? 40000 : 20000, sizes[i].a, sizes[i].b, run, -NARROW_MAX, NARROW_MAX);
        select_rows(&p, 1, true);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* The row at `*at` has these codes, the level and the sum of the selected posts in it; where none is, there is no row. */
static void assert_next(const posts *p, const remit_table *result, size_t *at, int64_t level, uint32_t a, uint32_t b)
{
  int64_t sum = 0;
  size_t rows = 0;
  for (size_t i = 0; i < p->rows; i++)
    if (p->selected[i] && (level < 1 || p->a[i] == a) && (level < 2 || p->b[i] == b)) {
      sum += p->first[i];
      rows++;
    }
  if (rows == 0)
    return;
  assert_int_equal(remit_column_int(remit_table_find(result, REMIT_PIVOT_LEVEL), *at), level);
  assert_int_equal(remit_column_code(remit_table_find(result, "a"), *at), a);
  assert_int_equal(remit_column_code(remit_table_find(result, "b"), *at), b);
  assert_true(remit_column_int(remit_table_find(result, "first"), *at) == sum);
  ++*at;
}

static void subtotals_follow_long_runs_of_groups_and_short_ones(void **state)
{
  (void)state;
  static const char *const by[] = { "a", "b" };
  static const size_t b_sizes[] = { 3, 9, 10, 60 };
  for (size_t i = 0; i < sizeof b_sizes / sizeof *b_sizes; i++) {
    posts p;
    make_posts(&p, 3000, 7, b_sizes[i], 0, -1000, 1000000);
    select_rows(&p, 3, true);
    remit_measure measure = { "first", "first", REMIT_SUM, NULL };
    remit_pivot pivot = { .by = by, .by_count = 2, .measures = &measure, .measure_count = 1, .totals = true, .where = p.where };
    remit_table *result;
    assert_ok(remit_pivot_run(p.table, &pivot, &result, NULL));
    size_t at = 0;
    for (uint32_t a = 1; a <= 7; a++) { /* missing last */
      for (uint32_t b = 1; b <= b_sizes[i]; b++)
        assert_next(&p, result, &at, 2, a % 7, b % (uint32_t)b_sizes[i]);
      assert_next(&p, result, &at, 1, a % 7, 0);
    }
    assert_next(&p, result, &at, 0, 0, 0);
    assert_int_equal(remit_table_rows(result), at);
    remit_table_free(result);
    free_posts(&p);
  }
}

static void neighbours_are_added_together_where_cells_are_few(void **state)
{
  (void)state;
  static const size_t sizes[] = { 3, 4, 5, 61, 90, 91 }, runs[] = { 0, BY_TURNS, RUN };
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (size_t enough = 0; enough < 2; enough++)
      for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
        posts p;
        make_posts(&p, 48 * sizes[i] * sizes[i] - 1 + enough, sizes[i], 3, runs[r], r == 1 ? -9000000 : 2200000, 11200000);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* The values' size decides after how many rows their sums are looked at. Where no lane is above 0 everywhere, groups of zeros must stay. */
static void sums_of_neighbours_move_before_they_are_full(void **state)
{
  (void)state;
  static const int64_t highs[] = { 1, 8388608, 11200000, INT32_MAX / 45, 2 * FEW_MAX / 3, FEW_MAX, FEW_MAX + 1, INT32_MAX / 3 };
  static const size_t sizes[] = { 3, 5, 31 };
  for (size_t i = 0; i < sizeof highs / sizeof *highs; i++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
      for (int64_t low = 0; low <= 2; low++) {
        posts p;
        make_posts(&p, 60000 + (size_t)i, sizes[s], 2, 0, low < 2 ? low : highs[i], highs[i]);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* Cells that come by turns are the same couple again and again. */
static void neighbours_count_whatever_stands_beside_them(void **state)
{
  (void)state;
  static const int64_t lows[] = { -INT32_MAX, FEW_MAX, FEW_MAX + 1, INT32_MAX };
  for (size_t rows = 20000; rows < 20017; rows += 4)
    for (uint32_t period = 2; period <= 5; period++)
      for (size_t i = 0; i < sizeof lows / sizeof *lows; i++) {
        posts p;
        make_posts(&p, rows, 7, 2, 0, lows[i], i == 0 ? INT32_MAX : lows[i]);
        for (size_t row = 0; row + 1 < rows; row++)
          p.a[row] = (uint32_t)(row % period);
        make_table(&p);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

static void small_figures_are_added_beside_large_ones(void **state)
{
  (void)state;
  static const int64_t larges[] = { INT32_MAX / 40, FEW_MAX, INT32_MAX };
  for (size_t i = 0; i < sizeof larges / sizeof *larges; i++)
    for (int64_t small = -1; small <= 1; small++)
      for (int swap = 0; swap < 2; swap++) {
        posts p;
        make_posts(&p, 20000, 7, 2, 0, larges[i], larges[i]);
        for (size_t row = 0; row < p.rows; row++) {
          (swap != 0 ? p.first : p.second)[row] = row % 3 == 0 ? small : 1;
          (swap != 0 ? p.second : p.first)[row] = larges[i];
          p.a[row] = row + 1 < p.rows ? (uint32_t)(row % 2) : 6;
        }
        make_table(&p);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* One figure has zeros or is below zero throughout a group, or both have: groups stay, and sums are right. */
static void groups_of_zeros_and_of_what_is_below_zero_stay(void **state)
{
  (void)state;
  for (int first = -1; first <= 1; first++)
    for (int second = -1; second <= 1; second++)
      for (size_t rows = 500; rows <= 20000; rows *= 40) {
        posts p;
        make_posts(&p, rows, 7, 2, 0, 1, 11200000);
        for (size_t row = 0; row < rows; row++) {
          p.second[row]++;
          p.first[row] *= p.a[row] == 3 ? first : 1;
          p.second[row] *= p.a[row] == 3 ? second : 1;
        }
        make_table(&p);
        assert_all_groups(&p);
        free_posts(&p);
      }
}

/* Of 10,201 cells by members, groups of members are asked for: each row's is looked up. */
static void attributes_of_many_members_are_looked_up(void **state)
{
  (void)state;
  enum { MEMBERS = 101, GROUPS = 8 };
  static const char *const by[] = { "a.group", "b" };
  static const remit_measure measures[] = { { "first", "first", REMIT_SUM, NULL }, { "second", "second", REMIT_SUM, NULL } };
  uint32_t groups[MEMBERS - 1];
  uint64_t seed = 8;
  for (size_t i = 0; i + 1 < MEMBERS; i++)
    groups[i] = (uint32_t)support_below(&seed, GROUPS);
  for (int run = 0; run <= RUN; run += RUN) {
    posts p;
    make_posts(&p, 30011, MEMBERS, MEMBERS, (size_t)run, run == 0 ? 0 : -70, 9000000);
    remit_table *functions = table_of(MEMBERS - 1);
    remit_dictionary *names = numbered_dictionary(GROUPS - 1);
    with_codes(functions, "group", groups, names);
    assert_ok(remit_table_link(p.table, "a", functions, NULL));
    for (size_t i = 0; i < p.rows; i++)
      p.a[i] = p.a[i] != 0 ? groups[p.a[i] - 1] : 0;
    remit_pivot pivot = { .by = by, .by_count = 2, .measures = measures, .measure_count = 2, .threads = 1 };
    remit_table *result;
    assert_ok(remit_pivot_run(p.table, &pivot, &result, NULL));
    int64_t left = 0;
    for (size_t i = 0; i < p.rows; i++)
      left += p.first[i];
    for (size_t row = 0; row < remit_table_rows(result); row++) {
      uint32_t group = remit_column_code(remit_table_find(result, "a.group"), row), b = remit_column_code(remit_table_find(result, "b"), row);
      int64_t first = 0, second = 0;
      for (size_t i = 0; i < p.rows; i++) {
        first += p.a[i] == group && p.b[i] == b ? p.first[i] : 0;
        second += p.a[i] == group && p.b[i] == b ? p.second[i] : 0;
      }
      assert_true(int_at(result, "first", row) == first);
      assert_true(int_at(result, "second", row) == second);
      left -= first;
    }
    assert_true(left == 0);
    remit_table_free(result);
    remit_dictionary_free(names);
    remit_table_free(functions);
    free_posts(&p);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(values_at_the_limits_are_summed_exactly),
    LEAK_CHECKED(counts_and_sums_share_a_word_for_as_many_rows_as_fit),
    LEAK_CHECKED(cells_of_every_number_are_found),
    LEAK_CHECKED(several_keys_pass_sixteen_bits),
    LEAK_CHECKED(few_of_many_combinations_come_out_as_many),
    LEAK_CHECKED(selected_rows_count_whatever_the_blocks_hold),
    LEAK_CHECKED(many_selected_rows_count_in_cells_of_every_number),
    LEAK_CHECKED(subtotals_follow_long_runs_of_groups_and_short_ones),
    LEAK_CHECKED(neighbours_are_added_together_where_cells_are_few),
    LEAK_CHECKED(sums_of_neighbours_move_before_they_are_full),
    LEAK_CHECKED(neighbours_count_whatever_stands_beside_them),
    LEAK_CHECKED(small_figures_are_added_beside_large_ones),
    LEAK_CHECKED(groups_of_zeros_and_of_what_is_below_zero_stay),
    LEAK_CHECKED(attributes_of_many_members_are_looked_up),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
