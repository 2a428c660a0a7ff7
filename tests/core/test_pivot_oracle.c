/* SPDX-License-Identifier: Apache-2.0
 * test_pivot_oracle: random tables, links, selections and measures; every accumulation against row-at-a-time counting that looks at
 * each row, key and group in turn and adds in 128 bits.
 */
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

__extension__ typedef __int128 wide;

#define BIG_MEMBERS 9000 /* five columns of them pass 2^63 combinations */
#define ROWS_MAX 6000
#define GROUPS_MAX 40000
#define KEYS_MAX 8
#define MEASURES_MAX 5
#define PERSONS 300

static uint64_t seed = 2026;

static size_t below(size_t bound)
{
  return (size_t)support_below(&seed, bound);
}

static bool chance(size_t one_in)
{
  return below(one_in) == 0;
}

/* ---- Vocabularies, made once ---- */

typedef struct world {
  remit_dictionary *a, *b, *c, *list, *person, *big, *class;
  remit_table *b_table, *big_table, *list_table;
} world;

static remit_dictionary *numbered_dictionary(const char *prefix, size_t members)
{
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 1; i <= members; i++) {
    char label[32];
    int size = snprintf(label, sizeof label, "%s%zu", prefix, i);
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, label, (size_t)size, &code, NULL));
  }
  return dictionary;
}

static remit_dictionary *list_dictionary(void)
{
  static const char *const lists[] = { "red", "red|blue", " green | red ", "blue|blue", "|", "blue||green|", "white|red|green|blue", " " };
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    uint32_t code;
    assert_ok(remit_dictionary_add(dictionary, lists[i], strlen(lists[i]), &code, NULL));
  }
  remit_dictionary_set_separator(dictionary, '|');
  return dictionary;
}

/* Codes from `low` to the dictionary's largest or `most`, and missing ones in most columns. */
static void add_random_codes(remit_table *table, const char *name, const remit_dictionary *dictionary, size_t low, size_t most,
                             bool ascending)
{
  size_t rows = remit_table_rows(table), size = remit_dictionary_size(dictionary);
  if (most >= size)
    most = size - 1;
  size_t missing = below(9); /* 0 and more than 6: none */
  uint32_t *codes = calloc(rows + 1, sizeof *codes);
  for (size_t i = 0; i < rows; i++)
    if (ascending)
      codes[i] = i == 0 ? (uint32_t)below(2) : codes[i - 1] + (codes[i - 1] < most && chance(2));
    else
      codes[i] = missing >= 1 && missing <= 6 && chance(missing) ? 0 : (uint32_t)(low + below(most + 1 - low));
  remit_column *column;
  assert_ok(remit_column_codes(&column, codes, rows, dictionary, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
  free(codes);
}

static void add_random_ints(remit_table *table, const char *name, int64_t low, uint64_t range, remit_unit unit)
{
  size_t rows = remit_table_rows(table);
  int64_t *values = calloc(rows + 1, sizeof *values);
  for (size_t i = 0; i < rows; i++)
    values[i] = (int64_t)((uint64_t)low + support_below(&seed, range));
  remit_column *column;
  assert_ok(remit_column_ints(&column, values, rows, unit, NULL));
  assert_ok(remit_table_add(table, name, column, NULL));
  remit_column_free(column);
  free(values);
}

static void make_world(world *w)
{
  w->a = numbered_dictionary("a", 3);
  w->b = numbered_dictionary("b", 7);
  w->c = numbered_dictionary("c", 12);
  w->class = numbered_dictionary("class", 4);
  w->person = numbered_dictionary("person", PERSONS);
  w->big = numbered_dictionary("big", BIG_MEMBERS);
  w->list = list_dictionary();
  assert_ok(remit_table_new(&w->b_table, 7, NULL));
  add_random_codes(w->b_table, "class", w->class, 1, 4, false);
  add_random_codes(w->b_table, "tags", w->list, 1, 99, false);
  assert_ok(remit_table_new(&w->list_table, remit_dictionary_size(w->list) - 1, NULL));
  add_random_codes(w->list_table, "c", w->c, 1, 12, false);
  assert_ok(remit_table_new(&w->big_table, BIG_MEMBERS, NULL));
  add_random_codes(w->big_table, "class", w->class, 1, 4, false);
  add_random_codes(w->big_table, "c", w->c, 1, 12, false);
  add_random_codes(w->big_table, "tags", w->list, 1, 99, false);
  add_random_codes(w->big_table, "b", w->b, 1, 7, false);
  assert_ok(remit_table_link(w->big_table, "b", w->b_table, NULL));
}

static void free_world(world *w)
{
  remit_table_free(w->b_table);
  remit_table_free(w->big_table);
  remit_table_free(w->list_table);
  remit_dictionary *all[] = { w->a, w->b, w->c, w->list, w->person, w->big, w->class };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    remit_dictionary_free(all[i]);
}

static const char *const big_names[] = { "x0", "x1", "x2", "x3", "x4" };

static remit_table *random_table(const world *w)
{
  size_t rows = chance(40) ? 1000 + below(ROWS_MAX - 1000) : chance(20) ? below(3) : below(60);
  remit_table *table;
  assert_ok(remit_table_new(&table, rows, NULL));
  bool runs = chance(4);
  add_random_codes(table, "a", w->a, 1, 3, runs);
  add_random_codes(table, "b", w->b, 1, 7, runs);
  add_random_codes(table, "c", w->c, 1, 12, false);
  add_random_codes(table, "list", w->list, 1, 99, false);
  bool few_large = chance(3); /* combinations past 2^63 that do repeat */
  for (size_t i = 0; i < 5; i++) {
    size_t low = few_large ? BIG_MEMBERS - below(3) : 1, most = few_large || chance(3) ? BIG_MEMBERS : 5;
    add_random_codes(table, big_names[i], w->big, low, most, !few_large && chance(4));
    assert_ok(remit_table_link(table, big_names[i], w->big_table, NULL));
  }
  assert_ok(remit_table_link(table, "b", w->b_table, NULL));
  assert_ok(remit_table_link(table, "list", w->list_table, NULL));
  add_random_codes(table, "person", w->person, 1, chance(2) ? 4 : PERSONS, false);
  add_random_codes(table, "in_order", w->person, 1, PERSONS, true);
  add_random_ints(table, "wte", -2000000, 5000000, REMIT_MICRO);
  add_random_ints(table, "few", 0, 3, REMIT_COUNT);
  add_random_ints(table, "wide", -50000000000, 100000000000, REMIT_PENCE);
  add_random_ints(table, "huge", -(INT64_MAX / 2), (uint64_t)INT64_MAX, REMIT_PENCE);
  add_random_ints(table, "edge", INT64_MAX / 8, 1000, REMIT_PENCE);
  return table;
}

/* ---- A random pivot ---- */

typedef struct question {
  const remit_table *table;
  const char *by[KEYS_MAX];
  remit_measure measures[MEASURES_MAX];
  remit_selection *selections[3];
  remit_pivot pivot;
} question;

static void random_selections(question *q)
{
  q->selections[0] = support_selection(q->table, "a", chance(2) ? "a1, a2" : "none");
  q->selections[1] = support_selection(q->table, "b.class", chance(2) ? "not(class2)" : "*");
  remit_selection *other = support_selection(q->table, "x0.b.class", chance(2) ? "class1, class3, none" : "class4");
  remit_status status = chance(2) ? remit_selection_and(&q->selections[2], q->selections[0], other, NULL)
                                  : remit_selection_or(&q->selections[2], q->selections[1], other, NULL);
  assert_ok(status);
  remit_selection_free(other);
}

static const remit_selection *random_selection(const question *q)
{
  return chance(2) ? NULL : q->selections[below(3)];
}

static remit_measure random_measure(const question *q, const char *name)
{
  static const char *const sums[] = { "wte", "few", "wte", "few", "wide", "edge", "huge" };
  static const char *const codes[] = { "person", "in_order", "b", "x1" };
  remit_measure measure = { .name = name, .how = (remit_aggregate)below(3) };
  measure.where = random_selection(q);
  if (measure.how == REMIT_SUM)
    measure.column = sums[below(7)];
  if (measure.how == REMIT_DISTINCT)
    measure.column = codes[below(4)];
  return measure;
}

static size_t random_keys(question *q)
{
  static const char *const paths[] = {
    "a",       "b",       "b.class", "b.tags",   "c",          "list",       "x0",   "x0.class", "x0.c", "x0.tags", "x0.b", "x0.b.class",
    "x1",      "x1.c",    "x1.tags", "x2",       "x2.class",   "x2.b.class", "x3",   "x3.b",     "x4",   "x4.c",    "list.c",
  };
  size_t wanted = chance(8) ? below(KEYS_MAX + 1) : below(4), count = 0;
  bool past_63_bits = chance(20);
  for (size_t i = 0; i < 5 && past_63_bits; i++)
    q->by[count++] = big_names[i];
  while (count < wanted) {
    const char *path = paths[below(sizeof paths / sizeof *paths)];
    bool there = false;
    for (size_t i = 0; i < count; i++)
      there |= strcmp(q->by[i], path) == 0;
    if (!there)
      q->by[count++] = path;
  }
  return count;
}

static void random_question(question *q, const remit_table *table)
{
  static const char *const names[] = { "m0", "m1", "m2", "m3", "m4" };
  *q = (question){ .table = table };
  random_selections(q);
  remit_pivot *pivot = &q->pivot;
  *pivot = (remit_pivot){ .by = q->by, .measures = q->measures, .where = random_selection(q) };
  pivot->by_count = random_keys(q);
  pivot->measure_count = below(MEASURES_MAX + 1);
  for (size_t i = 0; i < pivot->measure_count; i++)
    q->measures[i] = random_measure(q, names[i]);
  pivot->totals = chance(2);
  pivot->top = chance(3) && (!pivot->totals || pivot->by_count < 2) ? 1 + below(6) : 0;
  pivot->sort = pivot->measure_count != 0 && chance(2) ? names[below(pivot->measure_count)] : NULL;
  pivot->ascending = chance(2);
}

static void free_question(question *q)
{
  for (size_t i = 0; i < 3; i++)
    remit_selection_free(q->selections[i]);
}

/* ---- The oracle ---- */

typedef struct case_figures {
  wide value[MEASURES_MAX];
  uint8_t *seen[MEASURES_MAX]; /* codes of a distinct measure */
} case_figures;

typedef struct case_group {
  size_t level;
  uint32_t code[KEYS_MAX];
  case_figures figures;
  bool beyond;
} case_group;

/* What a row has for a key: its codes, one unless it is a list. */
typedef struct row_keys {
  uint32_t code[KEYS_MAX][8];
  size_t count[KEYS_MAX];
} row_keys;

typedef struct oracle {
  const question *q;
  remit_path paths[KEYS_MAX];
  char items[16][16]; /* labels of items, in order of the lists of each key: the same dictionary for all */
  size_t item_count;
  case_group *groups;
  size_t count;
  case_figures others;
} oracle;

static uint32_t item_code(oracle *o, const char *label, size_t size)
{
  for (size_t i = 0; i < o->item_count; i++)
    if (strlen(o->items[i]) == size && memcmp(o->items[i], label, size) == 0)
      return (uint32_t)i + 1;
  memcpy(o->items[o->item_count], label, size);
  return (uint32_t)++o->item_count;
}

static size_t split_list(oracle *o, const char *label, uint32_t *codes)
{
  size_t count = 0;
  for (const char *at = label; *at != '\0';) {
    size_t skip = strspn(at, " |");
    at += skip;
    size_t size = strcspn(at, "|"), kept = size;
    while (kept > 0 && at[kept - 1] == ' ')
      kept--;
    uint32_t code = kept != 0 ? item_code(o, at, kept) : 0;
    bool there = code == 0;
    for (size_t i = 0; i < count; i++)
      there |= codes[i] == code;
    if (!there)
      codes[count++] = code;
    at += size;
  }
  if (count == 0)
    codes[count++] = 0;
  return count;
}

static void learn_items(oracle *o, const remit_dictionary *lists)
{
  uint32_t codes[8];
  for (uint32_t code = 0; code < remit_dictionary_size(lists); code++)
    split_list(o, remit_dictionary_label(lists, code, NULL), codes);
}

static bool is_list(const remit_path *path)
{
  return remit_dictionary_separator(remit_column_dictionary(path->target)) != 0;
}

static void keys_of_row(oracle *o, size_t row, row_keys *keys)
{
  for (size_t k = 0; k < o->q->pivot.by_count; k++) {
    const remit_path *path = &o->paths[k];
    uint32_t code = remit_column_code(path->base, row);
    if (path->row_of != NULL)
      code = path->row_of[code] != 0 ? remit_column_code(path->target, path->row_of[code] - 1) : 0;
    keys->count[k] = 1;
    keys->code[k][0] = code;
    if (is_list(path))
      keys->count[k] = split_list(o, remit_dictionary_label(remit_column_dictionary(path->target), code, NULL), keys->code[k]);
  }
}

static bool selects(const remit_selection *selection, size_t row)
{
  uint8_t one = 1;
  if (selection != NULL)
    remit_selection_mask(selection, row, 1, &one);
  return one != 0;
}

static void count_row(oracle *o, case_figures *figures, size_t row)
{
  for (size_t m = 0; m < o->q->pivot.measure_count; m++) {
    const remit_measure *measure = &o->q->measures[m];
    const remit_column *column = measure->column != NULL ? remit_table_find(o->q->table, measure->column) : NULL;
    if (!selects(measure->where, row))
      continue;
    if (measure->how == REMIT_ROWS)
      figures->value[m] += 1;
    if (measure->how == REMIT_SUM)
      figures->value[m] += remit_column_int(column, row);
    if (measure->how != REMIT_DISTINCT || remit_column_code(column, row) == 0)
      continue;
    if (figures->seen[m] == NULL)
      figures->seen[m] = calloc(remit_dictionary_size(remit_column_dictionary(column)), 1);
    uint8_t *seen = &figures->seen[m][remit_column_code(column, row)];
    figures->value[m] += *seen == 0;
    *seen = 1;
  }
}

static case_group *group_of(oracle *o, size_t level, const uint32_t *code)
{
  for (size_t g = o->count; g-- > 0;)
    if (o->groups[g].level == level && (level == 0 || memcmp(o->groups[g].code, code, level * sizeof *code) == 0))
      return &o->groups[g];
  if (o->count == GROUPS_MAX)
    fail_msg("the oracle has no room");
  case_group *fresh = &o->groups[o->count++];
  *fresh = (case_group){ .level = level };
  if (level != 0)
    memcpy(fresh->code, code, level * sizeof *code);
  return fresh;
}

typedef void (*group_visit)(oracle *o, case_group *group, size_t row, bool *done);

/* Calls `visit` with every group of a level that the row is in. */
static void each_group(oracle *o, const row_keys *keys, size_t level, size_t row, group_visit visit, bool *done)
{
  size_t at[KEYS_MAX] = { 0 };
  for (;;) {
    uint32_t code[KEYS_MAX] = { 0 };
    for (size_t k = 0; k < level; k++)
      code[k] = keys->code[k][at[k]];
    visit(o, group_of(o, level, code), row, done);
    size_t k = level;
    while (k > 0 && ++at[k - 1] == keys->count[k - 1])
      at[--k] = 0;
    if (k == 0)
      return;
  }
}

static void visit_count(oracle *o, case_group *group, size_t row, bool *done)
{
  (void)done;
  count_row(o, &group->figures, row);
}

static void visit_beyond(oracle *o, case_group *group, size_t row, bool *done)
{
  if (group->beyond && !*done)
    count_row(o, &o->others, row);
  *done |= group->beyond;
}

static void count_rows(oracle *o)
{
  for (size_t row = 0; row < remit_table_rows(o->q->table); row++) {
    row_keys keys;
    if (!selects(o->q->pivot.where, row))
      continue;
    keys_of_row(o, row, &keys);
    for (size_t level = 0; level <= o->q->pivot.by_count; level++)
      each_group(o, &keys, level, row, visit_count, NULL);
  }
}

static void count_others(oracle *o)
{
  for (size_t row = 0; row < remit_table_rows(o->q->table); row++) {
    row_keys keys;
    bool done = false;
    if (!selects(o->q->pivot.where, row))
      continue;
    keys_of_row(o, row, &keys);
    each_group(o, &keys, o->q->pivot.by_count, row, visit_beyond, &done);
  }
}

static const oracle *sorting;

static int compare_figures(const case_figures *a, const case_figures *b)
{
  const remit_pivot *pivot = &sorting->q->pivot;
  if (pivot->sort == NULL)
    return 0;
  size_t m = (size_t)(pivot->sort[1] - '0');
  int sign = pivot->ascending ? 1 : -1;
  return a->value[m] == b->value[m] ? 0 : a->value[m] < b->value[m] ? -sign : sign;
}

static int compare_codes(const case_group *a, const case_group *b, size_t level)
{
  for (size_t k = 0; k < level; k++)
    if (a->code[k] != b->code[k])
      return a->code[k] == 0 ? 1 : b->code[k] == 0 ? -1 : a->code[k] < b->code[k] ? -1 : 1;
  return 0;
}

static const case_group *ancestor(const case_group *g, size_t level)
{
  return group_of((oracle *)sorting, level, g->code);
}

/* Of two groups of the finest level; where one was listed at the level above, its subtotal comes after. */
static int compare_groups(const void *left, const void *right)
{
  const case_group *a = *(case_group *const *)left, *b = *(case_group *const *)right;
  const remit_pivot *pivot = &sorting->q->pivot;
  if (pivot->top != 0) {
    int flat = compare_figures(&a->figures, &b->figures);
    return flat != 0 ? flat : compare_codes(a, b, pivot->by_count);
  }
  for (size_t level = 1; level <= pivot->by_count; level++)
    if (a->code[level - 1] != b->code[level - 1]) {
      int nested = pivot->sort != NULL ? compare_figures(&ancestor(a, level)->figures, &ancestor(b, level)->figures) : 0;
      return nested != 0 ? nested : compare_codes(a, b, level);
    }
  return 0;
}

typedef struct case_answer {
  const case_group **rows; /* NULL: the others */
  size_t count;
  remit_status status;
} case_answer;

static bool fits(const case_figures *figures, size_t m)
{
  return figures->value[m] >= -INT64_MAX && figures->value[m] <= INT64_MAX;
}

static bool everything_fits(const oracle *o)
{
  const remit_pivot *pivot = &o->q->pivot;
  for (size_t m = 0; m < pivot->measure_count; m++) {
    bool sorts = pivot->sort != NULL && pivot->top == 0 && strcmp(pivot->sort, pivot->measures[m].name) == 0;
    if (!fits(&o->others, m))
      return false;
    for (size_t g = 0; g < o->count; g++) {
      size_t level = o->groups[g].level;
      if ((level == pivot->by_count || pivot->totals || (sorts && level != 0)) && !fits(&o->groups[g].figures, m))
        return false;
    }
  }
  return true;
}

static void list_answer(oracle *o, case_group **finest, size_t shown, size_t count, case_answer *answer)
{
  const remit_pivot *pivot = &o->q->pivot;
  for (size_t i = 0; i < shown; i++) {
    answer->rows[answer->count++] = finest[i];
    for (size_t level = pivot->by_count - 1; pivot->totals && level > 0; level--)
      if (i + 1 == shown || memcmp(finest[i]->code, finest[i + 1]->code, level * sizeof(uint32_t)) != 0)
        answer->rows[answer->count++] = group_of(o, level, finest[i]->code);
  }
  if (shown < count)
    answer->rows[answer->count++] = NULL;
  if (pivot->by_count == 0 || pivot->totals)
    answer->rows[answer->count++] = group_of(o, 0, NULL);
}

static void ask_oracle(oracle *o, case_answer *answer)
{
  const remit_pivot *pivot = &o->q->pivot;
  for (size_t k = 0; k < pivot->by_count; k++) {
    assert_ok(remit_path_init(&o->paths[k], o->q->table, pivot->by[k], NULL));
    if (is_list(&o->paths[k]) && o->item_count == 0)
      learn_items(o, remit_column_dictionary(o->paths[k].target));
    if (is_list(&o->paths[k]) && pivot->totals)
      answer->status = REMIT_EINVAL;
  }
  if (answer->status != REMIT_OK)
    return;
  group_of(o, 0, NULL);
  count_rows(o);
  case_group **finest = calloc(o->count, sizeof *finest);
  size_t count = 0;
  for (size_t g = 0; g < o->count && pivot->by_count != 0; g++)
    if (o->groups[g].level == pivot->by_count)
      finest[count++] = &o->groups[g];
  sorting = o;
  qsort(finest, count, sizeof *finest, compare_groups);
  size_t shown = pivot->top != 0 && pivot->top < count ? pivot->top : count;
  for (size_t i = shown; i < count; i++)
    finest[i]->beyond = true;
  count_others(o);
  list_answer(o, finest, shown, count, answer);
  answer->status = everything_fits(o) ? REMIT_OK : REMIT_EOVERFLOW;
  free(finest);
}

static void free_oracle(oracle *o)
{
  for (size_t k = 0; k < KEYS_MAX; k++)
    remit_path_release(&o->paths[k]);
  for (size_t g = 0; g < o->count; g++)
    for (size_t m = 0; m < MEASURES_MAX; m++)
      free(o->groups[g].figures.seen[m]);
  for (size_t m = 0; m < MEASURES_MAX; m++)
    free(o->others.seen[m]);
}

/* ---- The two compared ---- */

static void check_key(const oracle *o, const case_answer *answer, const remit_table *result, size_t k)
{
  const remit_column *column = remit_table_column(result, k);
  bool list = is_list(&o->paths[k]);
  assert_string_equal(remit_table_name(result, k), o->q->by[k]);
  assert_ptr_equal(remit_table_dimension(result, o->q->by[k]), list ? NULL : o->paths[k].dimension);
  if (!list)
    assert_ptr_equal(remit_column_dictionary(column), remit_column_dictionary(o->paths[k].target));
  for (size_t i = 0; i < answer->count; i++) {
    const case_group *group = answer->rows[i];
    uint32_t expected = group != NULL && group->level > k ? group->code[k] : 0;
    assert_int_equal(remit_column_code(column, i), expected);
    if (list && expected != 0)
      assert_string_equal(remit_dictionary_label(remit_column_dictionary(column), expected, NULL), o->items[expected - 1]);
  }
}

static void check_result(const oracle *o, const case_answer *answer, const remit_table *result)
{
  const remit_pivot *pivot = &o->q->pivot;
  assert_int_equal(remit_table_rows(result), answer->count);
  assert_int_equal(remit_table_columns(result), pivot->by_count + pivot->measure_count + 1);
  for (size_t k = 0; k < pivot->by_count; k++)
    check_key(o, answer, result, k);
  for (size_t m = 0; m < pivot->measure_count; m++) {
    const remit_column *column = remit_table_find(result, pivot->measures[m].name);
    bool sum = pivot->measures[m].how == REMIT_SUM;
    remit_unit unit = sum ? remit_column_unit(remit_table_find(o->q->table, pivot->measures[m].column)) : REMIT_COUNT;
    assert_int_equal(remit_column_unit(column), unit);
    for (size_t i = 0; i < answer->count; i++) {
      const case_figures *figures = answer->rows[i] != NULL ? &answer->rows[i]->figures : &o->others;
      assert_true(remit_column_int(column, i) == (int64_t)figures->value[m]);
    }
  }
  const remit_column *level = remit_table_find(result, REMIT_PIVOT_LEVEL);
  for (size_t i = 0; i < answer->count; i++)
    assert_int_equal(remit_column_int(level, i), answer->rows[i] != NULL ? (int64_t)answer->rows[i]->level : -1);
}

/* How many members a column's codes can name, all columns that are grouped by multiplied. */
static bool may_be_too_many(const question *q)
{
  for (size_t k = 0; k < q->pivot.by_count; k++)
    if (q->by[k][0] == 'x')
      return true;
  return q->pivot.by_count > 5;
}

static void check_accumulation(question *q, oracle *o, const case_answer *answer, remit_accumulation how, size_t *ran)
{
  remit_table *result;
  remit_error err = { 0 };
  q->pivot.accumulation = how;
  remit_status status = remit_pivot_run(q->table, &q->pivot, &result, &err);
  if (how == REMIT_DENSE && status == REMIT_ELIMIT && may_be_too_many(q))
    return;
  if (status != answer->status)
    print_error("%s\n", err.message);
  assert_int_equal(status, answer->status);
  ran[how]++;
  if (status == REMIT_OK)
    check_result(o, answer, result);
  else
    assert_null(result);
  remit_table_free(result);
}

/* Each worker claims a few rows at a time, so that short tables are shared out too. */
static void check_threads(question *q, oracle *o, const case_answer *answer)
{
  size_t ran[3] = { 0 };
  for (q->pivot.threads = 1; q->pivot.threads <= 3; q->pivot.threads++)
    check_accumulation(q, o, answer, q->pivot.threads == 2 ? REMIT_DENSE : REMIT_AUTOMATIC, ran);
  q->pivot.threads = 0;
}

/* Twice with kept sums: the second time often without reading a row. */
static void check_kept(question *q, oracle *o, const case_answer *answer, remit_kept *kept)
{
  size_t ran[3] = { 0 };
  q->pivot.kept = kept;
  check_accumulation(q, o, answer, REMIT_AUTOMATIC, ran);
  check_accumulation(q, o, answer, REMIT_HASHED, ran);
  q->pivot.kept = NULL;
}

static void check_case(const world *w, case_group *groups, const case_answer *space, size_t ran[3], size_t statuses[8], size_t *hits)
{
  remit_table *table = random_table(w);
  remit_kept *kept;
  assert_ok(remit_kept_new(&kept, below(20000), NULL));
  for (size_t repeat = 0; repeat < 4; repeat++) {
    question q;
    random_question(&q, table);
    oracle o = { .q = &q, .groups = groups };
    case_answer answer = { .rows = space->rows };
    ask_oracle(&o, &answer);
    statuses[answer.status]++;
    for (int how = REMIT_AUTOMATIC; how <= REMIT_HASHED; how++)
      check_accumulation(&q, &o, &answer, (remit_accumulation)how, ran);
    check_threads(&q, &o, &answer);
    check_kept(&q, &o, &answer, kept);
    free_oracle(&o);
    free_question(&q);
  }
  *hits += remit_kept_stats(kept).hits;
  remit_kept_free(kept);
  remit_table_free(table);
}

static void every_accumulation_agrees_with_counting_row_by_row(void **state)
{
  (void)state;
  const char *cases = getenv("REMIT_CASES");
  size_t count = cases != NULL ? strtoul(cases, NULL, 10) : 600, ran[3] = { 0 }, statuses[8] = { 0 }, hits = 0;
  world w;
  make_world(&w);
  case_group *groups = calloc(GROUPS_MAX, sizeof *groups);
  case_answer space = { .rows = calloc(GROUPS_MAX + 2, sizeof *space.rows) };
  for (size_t i = 0; i < count; i++)
    check_case(&w, groups, &space, ran, statuses, &hits);
  free(groups);
  free(space.rows);
  free_world(&w);
  print_message("automatic %zu, dense %zu, hashed %zu, from kept sums %zu; %zu overflowed, %zu were refused\n", ran[REMIT_AUTOMATIC],
                ran[REMIT_DENSE], ran[REMIT_HASHED], hits, statuses[REMIT_EOVERFLOW], statuses[REMIT_EINVAL]);
  assert_true(ran[REMIT_DENSE] > count && hits > 0 && statuses[REMIT_OK] > count && statuses[REMIT_EOVERFLOW] > 0 && statuses[REMIT_EINVAL] > 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(every_accumulation_agrees_with_counting_row_by_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
