/* SPDX-License-Identifier: Apache-2.0
 * Selections against the rows that they should keep, by hand and against a naive evaluator on random tables and trees.
 */
#include "selection_internal.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static remit_dictionary *numbered(const char *prefix, size_t count)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 1; i <= count; i++) {
    char label[24];
    uint32_t code;
    snprintf(label, sizeof label, "%s%zu", prefix, i);
    assert_ok(remit_dictionary_add(dictionary, label, strlen(label), &code, NULL));
  }
  return dictionary;
}

static void add_codes(remit_table *table, const char *name, const uint32_t *codes, const remit_dictionary *dictionary)
{
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, remit_table_rows(table), dictionary, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

static void add_ints(remit_table *table, const char *name, const int64_t *values, remit_unit unit)
{
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, remit_table_rows(table), unit, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
}

/* Three functions, of class c1, c2 and none, with 5, 50 and no people, named n1 to n3. */
static remit_table *functions_table(void)
{
  remit_table *table;
  remit_dictionary *classes = numbered("c", 2), *names = numbered("n", 3);
  assert_ok(remit_table_new(&table, 3, NULL));
  add_codes(table, "class", (const uint32_t[]){ 1, 2, 0 }, classes);
  add_codes(table, "name", (const uint32_t[]){ 1, 2, 3 }, names);
  add_ints(table, "people", (const int64_t[]){ 5, 50, REMIT_MISSING }, REMIT_COUNT);
  remit_dictionary_free(classes);
  remit_dictionary_free(names);
  return table;
}

/* Six posts of functions f1 f2 f3 f1 (none) f2. */
static remit_table *posts_table(void)
{
  remit_table *posts, *functions = functions_table();
  remit_dictionary *ids = numbered("f", 3);
  assert_ok(remit_table_new(&posts, 6, NULL));
  add_codes(posts, "fn", (const uint32_t[]){ 1, 2, 3, 1, 0, 2 }, ids);
  add_ints(posts, "cost", (const int64_t[]){ 100, 200, -300, REMIT_MISSING, 500, 600 }, REMIT_PENCE);
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  remit_dictionary_free(ids);
  remit_table_free(functions);
  return posts;
}

static remit_selection *tested(const remit_table *table, const char *path, const char *text)
{
  remit_predicate *predicate = support_predicate(text);
  remit_selection *selection;
  remit_error err;
  if (remit_selection_test(&selection, table, path, predicate, &err) != REMIT_OK)
    fail_msg("%s %s: %s", path, text, err.message);
  remit_predicate_free(predicate);
  return selection;
}

/* `expected` has a digit a row. Takes the selection. */
static void keeps(remit_selection *selection, const char *expected)
{
  uint8_t mask[REMIT_BLOCK];
  char found[REMIT_BLOCK + 1] = "";
  size_t rows = strlen(expected);
  remit_selection_mask(selection, 0, rows, mask);
  for (size_t i = 0; i < rows; i++)
    found[i] = (char)('0' + mask[i]);
  assert_string_equal(found, expected);
  remit_selection_free(selection);
}

static void all_keeps_every_row(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *all;
  assert_ok(remit_selection_all(&all, posts, NULL));
  assert_ptr_equal(remit_selection_table(all), posts);
  assert_int_equal(remit_selection_count(all), 6);
  keeps(all, "111111");
  remit_table_free(posts);
}

static void a_test_is_of_codes_names_or_values(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  keeps(tested(posts, "fn", "F1, f3"), "101100");
  keeps(tested(posts, "fn", "n2"), "010001");
  keeps(tested(posts, "fn", "not(f1)"), "011011");
  keeps(tested(posts, "fn", "none"), "000010");
  keeps(tested(posts, "cost", ">= 2"), "010011");
  keeps(tested(posts, "cost", "< 2, > 5"), "101001");
  keeps(tested(posts, "cost", "none"), "000100");
  keeps(tested(posts, "cost", "not(>= 2)"), "101100");
  keeps(tested(posts, "cost", "-"), "111111");
  keeps(tested(posts, "cost", "*"), "111011");
  remit_table_free(posts);
}

static void narrow_values_are_tested_past_their_width(void **state)
{
  (void)state;
  static const int64_t values[] = { -INT32_MAX, INT32_MAX, 0, REMIT_MISSING };
  remit_table *table;
  assert_ok(remit_table_new(&table, 4, NULL));
  add_ints(table, "n", values, REMIT_COUNT);
  keeps(tested(table, "n", ">= 3000000000"), "0000");
  keeps(tested(table, "n", "<= 3000000000"), "1110");
  keeps(tested(table, "n", ">= -3000000000"), "1110");
  keeps(tested(table, "n", "< -3000000000"), "0000");
  keeps(tested(table, "n", "<= -2147483647"), "1000");
  keeps(tested(table, "n", ">= 2147483647"), "0100");
  keeps(tested(table, "n", "none, <= 5000000000"), "1111");
  keeps(tested(table, "n", "not(<= 5000000000)"), "0001");
  keeps(tested(table, "n", "not(0)"), "1101");
  remit_table_free(table);
}

static void a_path_tests_attributes(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  keeps(tested(posts, "fn.class", "c1"), "100100");
  keeps(tested(posts, "fn.class", "none"), "001010");
  keeps(tested(posts, "fn.class", "not(c1)"), "011011");
  keeps(tested(posts, "fn.name", "N2"), "010001");
  keeps(tested(posts, "fn.people", "> 10"), "010001");
  keeps(tested(posts, "fn.people", "none"), "001010");
  remit_table_free(posts);
}

static void selections_combine(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *f1 = tested(posts, "fn", "f1"), *cheap = tested(posts, "cost", "<= 2"), *both, *either, *neither;
  assert_ok(remit_selection_and(&both, f1, cheap, NULL));
  assert_ok(remit_selection_or(&either, f1, cheap, NULL));
  assert_ok(remit_selection_not(&neither, either, NULL));
  remit_selection_free(f1);
  remit_selection_free(cheap);
  remit_selection_free(remit_selection_share(either));
  keeps(both, "100000");
  keeps(either, "111100");
  keeps(neither, "000011");
  remit_table_free(posts);
}

static void a_selection_keeps_its_table(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *f1 = tested(posts, "fn", "f1");
  remit_table_free(posts);
  keeps(f1, "100100");
  remit_selection_free(NULL);
}

static void errors_are_those_of_path_and_test(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_predicate *unknown = support_predicate("c1, c3"), *number = support_predicate("5");
  remit_selection *selection;
  remit_error err;
  assert_int_equal(remit_selection_test(&selection, posts, "fn.clas", unknown, &err), REMIT_ENOTFOUND);
  assert_null(selection);
  assert_int_equal(remit_selection_test(&selection, posts, "fn.class", unknown, &err), REMIT_ENOTFOUND);
  assert_int_equal(err.at, 4);
  assert_null(selection);
  assert_int_equal(remit_selection_test(&selection, posts, "cost", unknown, &err), REMIT_EPARSE);
  assert_int_equal(remit_selection_test(&selection, posts, "fn.people", unknown, &err), REMIT_EPARSE);
  assert_int_equal(remit_selection_test(&selection, posts, "fn", number, &err), REMIT_ENOTFOUND);
  remit_predicate_free(unknown);
  remit_predicate_free(number);
  remit_table_free(posts);
}

static void selections_of_different_tables_do_not_combine(void **state)
{
  (void)state;
  remit_table *posts = posts_table(), *others = posts_table();
  remit_selection *a = tested(posts, "fn", "f1"), *b = tested(others, "fn", "f1"), *both;
  assert_int_equal(remit_selection_and(&both, a, b, NULL), REMIT_EINVAL);
  assert_null(both);
  assert_int_equal(remit_selection_or(&both, a, b, NULL), REMIT_EINVAL);
  remit_selection_free(a);
  remit_selection_free(b);
  remit_table_free(posts);
  remit_table_free(others);
}

typedef remit_status (*combiner)(remit_selection **, const remit_selection *, const remit_selection *, remit_error *);

static void grow_chain(combiner combine, bool to_the_left)
{
  remit_table *posts = posts_table();
  remit_selection *leaf = tested(posts, "fn", "f1"), *chain = remit_selection_share(leaf), *next;
  for (int depth = 2; depth <= REMIT_SELECTION_DEPTH; depth++) {
    assert_ok(to_the_left ? combine(&next, chain, leaf, NULL) : combine(&next, leaf, chain, NULL));
    remit_selection_free(chain);
    chain = next;
  }
  assert_int_equal(combine(&next, chain, leaf, NULL), REMIT_ELIMIT);
  assert_null(next);
  assert_int_equal(remit_selection_not(&next, chain, NULL), REMIT_ELIMIT);
  keeps(chain, "100100");
  remit_selection_free(leaf);
  remit_table_free(posts);
}

static void depth_is_limited(void **state)
{
  (void)state;
  grow_chain(remit_selection_and, true);
  grow_chain(remit_selection_and, false);
  grow_chain(remit_selection_or, true);
  grow_chain(remit_selection_or, false);
}

/* A selection used twice at every level would take 2^depth steps. */
static void size_is_limited(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *tree = tested(posts, "fn", "f1"), *next;
  size_t nodes = 1;
  while (2 * nodes + 1 <= REMIT_SELECTION_NODES) {
    assert_ok(remit_selection_or(&next, tree, tree, NULL));
    remit_selection_free(tree);
    tree = next;
    nodes = 2 * nodes + 1;
  }
  assert_int_equal(remit_selection_or(&next, tree, tree, NULL), REMIT_ELIMIT);
  keeps(tree, "100100");
  remit_table_free(posts);
}

static void rows_come_in_order(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *selection = tested(posts, "cost", "not(none)"), *none = tested(posts, "cost", "> 1000");
  const size_t expected[] = { 0, 1, 2, 4, 5 };
  size_t *rows, count;
  assert_ok(remit_selection_rows(selection, &rows, &count, NULL));
  assert_int_equal(count, 5);
  assert_memory_equal(rows, expected, sizeof expected);
  remit_rows_free(rows);
  assert_ok(remit_selection_rows(none, &rows, &count, NULL));
  assert_int_equal(count, 0);
  remit_rows_free(rows);
  remit_rows_free(NULL);
  remit_selection_free(selection);
  remit_selection_free(none);
  remit_table_free(posts);
}

static void a_mask_past_the_end_is_clear(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  remit_selection *all;
  assert_ok(remit_selection_all(&all, posts, NULL));
  uint8_t mask[REMIT_BLOCK + 8];
  memset(mask, 7, sizeof mask);
  remit_selection_mask(all, 4, 5, mask);
  assert_memory_equal(mask, "\1\1\0\0\0\7", 6);
  remit_selection_mask(all, 9, 2, mask);
  assert_memory_equal(mask, "\0\0\0", 3);
  remit_selection_mask(all, 0, REMIT_BLOCK + 8, mask);
  assert_memory_equal(mask, "\1\1\1\1\1\1\0", 7);
  assert_int_equal(mask[REMIT_BLOCK + 7], 0);
  remit_selection_free(all);
  remit_table_free(posts);
}

static void a_table_without_rows_selects_none(void **state)
{
  (void)state;
  remit_table *table;
  remit_dictionary *ids = numbered("f", 2);
  assert_ok(remit_table_new(&table, 0, NULL));
  add_codes(table, "fn", (const uint32_t[]){ 0 }, ids);
  remit_selection *selection = tested(table, "fn", "f1");
  size_t *rows, count;
  assert_int_equal(remit_selection_count(selection), 0);
  assert_ok(remit_selection_rows(selection, &rows, &count, NULL));
  assert_int_equal(count, 0);
  remit_rows_free(rows);
  remit_selection_free(selection);
  remit_dictionary_free(ids);
  remit_table_free(table);
}

static remit_status select_rows(void *context)
{
  const remit_table *posts = context;
  remit_predicate *class = NULL, *people = NULL, *cost = NULL;
  remit_selection *parts[6] = { NULL };
  size_t *rows = NULL, count;
  remit_status status = remit_predicate_new(&class, "C1", 2, NULL);
  if (status == REMIT_OK)
    status = remit_predicate_new(&people, "not(> 10)", 9, NULL);
  if (status == REMIT_OK)
    status = remit_predicate_new(&cost, "< 5", 3, NULL);
  if (status == REMIT_OK)
    status = remit_selection_test(&parts[0], posts, "fn.class", class, NULL);
  if (status == REMIT_OK)
    status = remit_selection_test(&parts[1], posts, "fn.people", people, NULL);
  if (status == REMIT_OK)
    status = remit_selection_test(&parts[2], posts, "cost", cost, NULL);
  if (status == REMIT_OK)
    status = remit_selection_and(&parts[3], parts[0], parts[1], NULL);
  if (status == REMIT_OK)
    status = remit_selection_or(&parts[4], parts[3], parts[2], NULL);
  if (status == REMIT_OK)
    status = remit_selection_not(&parts[5], parts[4], NULL);
  if (status == REMIT_OK)
    status = remit_selection_rows(parts[5], &rows, &count, NULL);
  for (int i = 0; i < 6; i++)
    remit_selection_free(parts[i]);
  remit_rows_free(rows);
  remit_predicate_free(class);
  remit_predicate_free(people);
  remit_predicate_free(cost);
  return status;
}

static void selections_survive_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *posts = posts_table();
  support_fail_each_allocation(select_rows, posts);
  remit_table_free(posts);
}

/* ---- Random tables and trees ---- */

#define ROWS_MAX 2600
#define MEMBERS_MAX 300
#define WIDE_MEMBERS 70000

/* What a random table holds, kept beside it for the naive evaluator. */
typedef struct sample {
  uint64_t seed;
  size_t rows, members;
  uint32_t narrow[ROWS_MAX], wide[ROWS_MAX];
  int64_t value[ROWS_MAX];
  uint32_t attribute[MEMBERS_MAX + 1];
  int64_t figure[MEMBERS_MAX + 1];
  remit_table *table;
} sample;

static int64_t maybe_missing(uint64_t *seed)
{
  return support_below(seed, 6) == 0 ? REMIT_MISSING : (int64_t)support_below(seed, 20);
}

static void make_sample(sample *s, const remit_dictionary *wide)
{
  s->rows = support_below(&s->seed, ROWS_MAX);
  s->members = 1 + support_below(&s->seed, MEMBERS_MAX);
  remit_dictionary *ids = numbered("m", s->members), *attributes = numbered("a", 5);
  for (size_t i = 0; i < s->rows; i++) {
    s->narrow[i] = (uint32_t)support_below(&s->seed, s->members + 1);
    s->wide[i] = (uint32_t)support_below(&s->seed, 9) * 8000;
    s->value[i] = maybe_missing(&s->seed);
  }
  for (size_t i = 1; i <= s->members; i++) {
    s->attribute[i] = (uint32_t)support_below(&s->seed, 6);
    s->figure[i] = maybe_missing(&s->seed);
  }
  remit_table *dimension;
  assert_ok(remit_table_new(&dimension, s->members, NULL));
  add_codes(dimension, "attribute", s->attribute + 1, attributes);
  add_ints(dimension, "figure", s->figure + 1, REMIT_COUNT);
  s->attribute[0] = 0;
  s->figure[0] = REMIT_MISSING;
  assert_ok(remit_table_new(&s->table, s->rows, NULL));
  add_codes(s->table, "narrow", s->narrow, ids);
  add_codes(s->table, "wide", s->wide, wide);
  add_ints(s->table, "value", s->value, REMIT_COUNT);
  assert_ok(remit_table_link(s->table, "narrow", dimension, NULL));
  remit_table_free(dimension);
  remit_dictionary_free(ids);
  remit_dictionary_free(attributes);
}

static int64_t sample_value(const sample *s, int field, size_t row)
{
  switch (field) {
  case 0: return s->narrow[row];
  case 1: return s->wide[row];
  case 2: return s->value[row];
  case 3: return s->attribute[s->narrow[row]];
  default: return s->figure[s->narrow[row]];
  }
}

/* A random leaf, and the bytes that it should give. */
static remit_selection *random_leaf(sample *s, uint8_t *expected)
{
  static const char *const paths[] = { "narrow", "wide", "value", "narrow.attribute", "narrow.figure" };
  static const char *const prefixes[] = { "m", "w", "", "a", "" };
  int field = (int)support_below(&s->seed, 5);
  bool codes = prefixes[field][0] != '\0', negated = support_below(&s->seed, 2) != 0, missing = support_below(&s->seed, 3) == 0;
  size_t bounds[] = { s->members, WIDE_MEMBERS, 20, 5, 20 };
  int64_t a = 1 + (int64_t)support_below(&s->seed, bounds[field]), b = 1 + (int64_t)support_below(&s->seed, bounds[field]);
  if (field == 1)
    a = 8000, b = 8000 * (1 + (int64_t)support_below(&s->seed, 8));
  bool above = !codes && support_below(&s->seed, 2) != 0;
  char text[96];
  snprintf(text, sizeof text, "%s%s%s%s%d, %s%d%s", negated ? "not(" : "", missing ? "none, " : "", above ? "> " : "", prefixes[field], (int)a,
           prefixes[field], (int)b, negated ? ")" : "");
  int64_t absent = codes ? 0 : REMIT_MISSING;
  for (size_t row = 0; row < s->rows; row++) {
    int64_t value = sample_value(s, field, row);
    bool passes = value == absent ? missing : value == b || (above ? value > a : value == a);
    expected[row] = passes != negated;
  }
  return tested(s->table, paths[field], text);
}

static remit_selection *random_tree(sample *s, int depth, uint8_t *expected)
{
  uint64_t kind = depth == 0 ? 0 : support_below(&s->seed, 4);
  if (kind == 0)
    return random_leaf(s, expected);
  remit_selection *tree, *left = random_tree(s, depth - 1, expected), *right = NULL;
  if (kind == 1) {
    assert_ok(remit_selection_not(&tree, left, NULL));
    for (size_t row = 0; row < s->rows; row++)
      expected[row] = !expected[row];
  } else {
    uint8_t *other = malloc(ROWS_MAX);
    right = random_tree(s, depth - 1, other);
    assert_ok((kind == 2 ? remit_selection_and : remit_selection_or)(&tree, left, right, NULL));
    for (size_t row = 0; row < s->rows; row++)
      expected[row] = kind == 2 ? expected[row] & other[row] : expected[row] | other[row];
    free(other);
  }
  remit_selection_free(left);
  remit_selection_free(right);
  return tree;
}

static void check_tree(const sample *s, const remit_selection *tree, const uint8_t *expected)
{
  uint8_t mask[REMIT_BLOCK];
  size_t total = 0, *rows, count;
  for (size_t first = 0; first < s->rows; first += 700) {
    size_t block = s->rows - first < 700 ? s->rows - first : 700;
    remit_selection_mask(tree, first, block, mask);
    assert_memory_equal(mask, expected + first, block);
  }
  for (size_t row = 0; row < s->rows; row++)
    total += expected[row];
  assert_int_equal(remit_selection_count(tree), total);
  assert_ok(remit_selection_rows(tree, &rows, &count, NULL));
  assert_int_equal(count, total);
  for (size_t i = 0; i < count; i++)
    assert_true(expected[rows[i]] && (i == 0 || rows[i - 1] < rows[i]));
  remit_rows_free(rows);
}

/* Rows that are listed, some past the table's end. */
static void check_picks(const sample *s, const remit_selection *tree, const uint8_t *expected)
{
  uint32_t rows[REMIT_BLOCK];
  uint8_t mask[REMIT_BLOCK];
  for (size_t i = 0; i < REMIT_BLOCK; i++)
    rows[i] = (uint32_t)(i * (s->rows + 9) / REMIT_BLOCK);
  remit_selection_pick(tree, rows, REMIT_BLOCK, mask);
  for (size_t i = 0; i < REMIT_BLOCK; i++)
    assert_int_equal(mask[i], rows[i] < s->rows && expected[rows[i]]);
}

/* A selection and its not part the rows. */
static void check_parts(const sample *s, const remit_selection *tree)
{
  remit_selection *rest;
  assert_ok(remit_selection_not(&rest, tree, NULL));
  assert_int_equal(remit_selection_count(tree) + remit_selection_count(rest), s->rows);
  remit_selection_free(rest);
}

static void random_trees_agree_with_a_naive_evaluator(void **state)
{
  (void)state;
  remit_dictionary *wide = numbered("w", WIDE_MEMBERS);
  sample *s = calloc(1, sizeof *s);
  uint8_t expected[ROWS_MAX];
  s->seed = 5;
  for (int round = 0; round < 60; round++) {
    make_sample(s, wide);
    for (int i = 0; i < 5; i++) {
      remit_selection *tree = random_tree(s, (int)support_below(&s->seed, 6), expected);
      check_tree(s, tree, expected);
      check_picks(s, tree, expected);
      check_parts(s, tree);
      remit_selection_free(tree);
    }
    remit_table_free(s->table);
  }
  free(s);
  remit_dictionary_free(wide);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(all_keeps_every_row),
    LEAK_CHECKED(a_test_is_of_codes_names_or_values),
    LEAK_CHECKED(narrow_values_are_tested_past_their_width),
    LEAK_CHECKED(a_path_tests_attributes),
    LEAK_CHECKED(selections_combine),
    LEAK_CHECKED(a_selection_keeps_its_table),
    LEAK_CHECKED(errors_are_those_of_path_and_test),
    LEAK_CHECKED(selections_of_different_tables_do_not_combine),
    LEAK_CHECKED(depth_is_limited),
    LEAK_CHECKED(size_is_limited),
    LEAK_CHECKED(rows_come_in_order),
    LEAK_CHECKED(a_mask_past_the_end_is_clear),
    LEAK_CHECKED(a_table_without_rows_selects_none),
    LEAK_CHECKED(selections_survive_every_failed_allocation),
    LEAK_CHECKED(random_trees_agree_with_a_naive_evaluator),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
