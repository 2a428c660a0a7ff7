/* SPDX-License-Identifier: Apache-2.0
 * Overlaps and gaps against every combination of values tried one by one, and the tests that they are written as read back.
 */
#include "support.h"
#include "table_support.h"

#define INPUTS_MOST 4
#define RULES_MOST 12
#define VALUES_MOST 24

/* All that an input could be: a table of one column, a row a value, and which rules' cells each passes. */
typedef struct values {
  remit_table *table;
  size_t count;
  bool pass[RULES_MOST][VALUES_MOST];
} values;

typedef struct scene {
  size_t input_count, rule_count;
  remit_table *table;
  remit_input inputs[INPUTS_MOST];
  values values[INPUTS_MOST];
  const char *cells[RULES_MOST * INPUTS_MOST];
  char texts[RULES_MOST * INPUTS_MOST][96];
} scene;

static void read_back(const values *v, const char *path, const char *text, bool *pass)
{
  uint8_t mask[REMIT_BLOCK];
  remit_predicate *predicate;
  remit_selection *selection;
  remit_error err;
  if (remit_predicate_new(&predicate, text, strlen(text), &err) != REMIT_OK)
    fail_msg("%s: %s", text, err.message);
  if (remit_selection_test(&selection, v->table, path, predicate, &err) != REMIT_OK)
    fail_msg("%s: %s", text, err.message);
  remit_selection_mask(selection, 0, v->count, mask);
  for (size_t i = 0; i < v->count; i++)
    pass[i] = mask[i];
  remit_selection_free(selection);
  remit_predicate_free(predicate);
}

static const char *cell_at(const scene *s, size_t rule, size_t input)
{
  const char *cell = s->cells[rule * s->input_count + input];
  return cell != NULL ? cell : "-";
}

static void prepare(scene *s)
{
  for (size_t i = 0; i < s->input_count; i++)
    for (size_t rule = 0; rule < s->rule_count; rule++)
      read_back(&s->values[i], s->inputs[i].path, cell_at(s, rule, i), s->values[i].pass[rule]);
}

static remit_decision *decided(const scene *s)
{
  remit_decision *decision;
  remit_cell cell;
  remit_error err;
  if (remit_decision_new(&decision, s->table, s->inputs, s->input_count, s->cells, s->rule_count, &cell, &err) != REMIT_OK)
    fail_msg("rule %zu, input %zu (%s): %s", cell.rule, cell.input,
             cell.rule != SIZE_MAX ? cell_at(s, cell.rule, cell.input) : "", err.message);
  return decision;
}

/* ---- Gaps ---- */

/* `mixed` counts through all combinations. */
static size_t value_of(const scene *s, size_t mixed, size_t input)
{
  for (size_t i = 0; i < input; i++)
    mixed /= s->values[i].count;
  return mixed % s->values[input].count;
}

static size_t combinations(const scene *s)
{
  size_t product = 1;
  for (size_t i = 0; i < s->input_count; i++)
    product *= s->values[i].count;
  return product;
}

static bool is_gap(const scene *s, size_t mixed)
{
  for (size_t rule = 0; rule < s->rule_count; rule++) {
    bool meets = true;
    for (size_t i = 0; meets && i < s->input_count; i++)
      meets = s->values[i].pass[rule][value_of(s, mixed, i)];
    if (meets)
      return false;
  }
  return true;
}

/* How many rows of the gaps each combination is in; and how many combinations are gaps. */
static size_t count_gaps(const scene *s, const remit_table *gaps, uint8_t *in)
{
  size_t all = combinations(s), total = 0;
  for (size_t row = 0; row < remit_table_rows(gaps); row++) {
    bool pass[INPUTS_MOST][VALUES_MOST];
    for (size_t i = 0; i < s->input_count; i++)
      read_back(&s->values[i], s->inputs[i].path, label_at(gaps, s->inputs[i].path, row), pass[i]);
    for (size_t mixed = 0; mixed < all; mixed++) {
      bool here = true;
      for (size_t i = 0; here && i < s->input_count; i++)
        here = pass[i][value_of(s, mixed, i)];
      in[mixed] = (uint8_t)(in[mixed] + here);
    }
  }
  for (size_t mixed = 0; mixed < all; mixed++)
    total += is_gap(s, mixed);
  return total;
}

static void gaps_are_exact(const scene *s, const remit_decision *decision)
{
  remit_table *gaps, *some;
  bool all;
  assert_ok(remit_decision_gaps(decision, SIZE_MAX, &gaps, &all, NULL));
  assert_true(all);
  uint8_t *in = calloc(combinations(s) + 1, 1);
  assert_non_null(in);
  size_t total = count_gaps(s, gaps, in), rows = remit_table_rows(gaps);
  for (size_t mixed = 0; mixed < combinations(s); mixed++)
    assert_int_equal(in[mixed], is_gap(s, mixed));
  assert_true((total == 0) == (rows == 0) && rows <= total);
  for (size_t max = rows; max + 2 > rows && max != SIZE_MAX; max--) {
    assert_ok(remit_decision_gaps(decision, max, &some, &all, NULL));
    assert_int_equal(all, max == rows);
    assert_int_equal(remit_table_rows(some), max);
    for (size_t row = 0; row < max; row++)
      assert_string_equal(label_at(some, s->inputs[0].path, row), label_at(gaps, s->inputs[0].path, row));
    remit_table_free(some);
  }
  free(in);
  remit_table_free(gaps);
}

/* ---- Overlaps ---- */

static bool meet(const scene *s, size_t first, size_t second)
{
  for (size_t i = 0; i < s->input_count; i++) {
    bool any = false;
    for (size_t value = 0; value < s->values[i].count; value++)
      any |= s->values[i].pass[first][value] && s->values[i].pass[second][value];
    if (!any)
      return false;
  }
  return true;
}

static void is_overlap(const scene *s, const remit_table *overlaps, size_t row, size_t first, size_t second)
{
  assert_true(row < remit_table_rows(overlaps));
  assert_int_equal(int_at(overlaps, "first", row), first + 1);
  assert_int_equal(int_at(overlaps, "second", row), second + 1);
  for (size_t i = 0; i < s->input_count; i++) {
    const values *v = &s->values[i];
    bool pass[VALUES_MOST];
    read_back(v, s->inputs[i].path, label_at(overlaps, s->inputs[i].path, row), pass);
    for (size_t value = 0; value < v->count; value++)
      assert_int_equal(pass[value], v->pass[first][value] && v->pass[second][value]);
  }
}

static void overlaps_are_exact(const scene *s, const remit_decision *decision)
{
  remit_table *overlaps;
  size_t count, found = 0;
  assert_ok(remit_decision_overlaps(decision, NULL, SIZE_MAX, &overlaps, &count, NULL));
  for (size_t first = 0; first < s->rule_count; first++)
    for (size_t second = first + 1; second < s->rule_count; second++)
      if (meet(s, first, second))
        is_overlap(s, overlaps, found++, first, second);
  assert_int_equal(remit_table_rows(overlaps), found);
  assert_int_equal(count, found);
  remit_table_free(overlaps);
  if (found == 0)
    return;
  assert_ok(remit_decision_overlaps(decision, NULL, found - 1, &overlaps, &count, NULL));
  assert_int_equal(remit_table_rows(overlaps), found - 1);
  assert_int_equal(count, found);
  remit_table_free(overlaps);
}

/* ---- Random scenes ---- */

static const char *const awkward[] = { "grow", "a, b", "None", "not(grow)", "say \"hi\"", "-", "7 (part)", "x*y", "\xc3\x9cnit", "<= 3", "50,000", "a..b",
                                       ".5", "and", "two  spaces" };
static const char *const bands[] = { "5", "6", "7", "8a", "8b", "8c", "8d", "9", "VSM (a)" };

static const char *quoted(const char *label, char *text)
{
  char *to = text;
  *to++ = '"';
  for (; *label != '\0'; label++) {
    if (*label == '"')
      *to++ = '"';
    *to++ = *label;
  }
  strcpy(to, "\"");
  return text;
}

static void random_code_cell(char *text, const char *const *labels, size_t count, bool ordered, uint64_t *seed)
{
  char a[40], b[40];
  size_t first = support_below(seed, count), second = support_below(seed, count);
  quoted(labels[first], a);
  quoted(labels[second], b);
  switch (support_below(seed, ordered ? 9 : 6)) {
  case 0: strcpy(text, "none"); break;
  case 1: strcpy(text, a); break;
  case 2: sprintf(text, "%s, %s", a, b); break;
  case 3: sprintf(text, "not(%s, %s)", a, b); break;
  case 4: sprintf(text, "not(none, %s)", b); break;
  case 5: strcpy(text, support_below(seed, 2) != 0 ? "*a*" : "*5*, none"); break;
  case 6: sprintf(text, ">= %s", a); break;
  case 7: sprintf(text, "< %s", a); break;
  default: sprintf(text, "[%s..%s]", first < second ? a : b, first < second ? b : a); break;
  }
}

static void print_value(char *text, remit_unit unit, int64_t value)
{
  char figure[REMIT_NUMBER_SIZE];
  if (unit == REMIT_MONTH)
    remit_month_print(value, text);
  else if (unit == REMIT_DAY)
    remit_day_print(value, text);
  else {
    remit_number_print(value, remit_unit_decimals(unit), false, figure);
    sprintf(text, "%s%s", unit == REMIT_PENCE && value >= 0 ? "£" : "", figure);
  }
}

static void random_int_cell(char *text, remit_unit unit, int64_t least, size_t count, uint64_t *seed)
{
  char a[REMIT_NUMBER_SIZE + 4], b[REMIT_NUMBER_SIZE + 4];
  int64_t first = least + (int64_t)support_below(seed, count), second = first + 1 + (int64_t)support_below(seed, 4);
  print_value(a, unit, first);
  print_value(b, unit, second);
  switch (support_below(seed, 7)) {
  case 0: sprintf(text, "none, %s", a); break;
  case 1: sprintf(text, "%s, %s", a, b); break;
  case 2: sprintf(text, "not(%s)", a); break;
  case 3: sprintf(text, ">= %s", a); break;
  case 4: sprintf(text, "< %s", a); break;
  case 5: sprintf(text, "[%s..%s]", a, b); break;
  default: sprintf(text, "not([%s..%s), none)", a, b); break;
  }
}

static void add_code_input(scene *s, size_t i, const char *path, bool ordered, uint64_t *seed)
{
  const char *const *labels = ordered ? bands : awkward;
  size_t most = ordered ? sizeof bands / sizeof *bands : sizeof awkward / sizeof *awkward;
  size_t count = 1 + support_below(seed, most);
  uint32_t codes[VALUES_MOST] = { 0 }, every[VALUES_MOST];
  remit_dictionary *dictionary = dictionary_of(labels, count);
  remit_dictionary_set_ordered(dictionary, ordered);
  bool missing = support_below(seed, 2) != 0;
  for (size_t row = 0; row < remit_table_rows(s->table); row++)
    codes[row] = missing && row == 0 ? 0 : 1 + (uint32_t)support_below(seed, count);
  with_codes(s->table, path, codes, dictionary);
  for (size_t value = 0; value < count + missing; value++)
    every[value] = value < count ? (uint32_t)value + 1 : 0;
  s->inputs[i] = (remit_input){ .path = path };
  s->values[i].count = count + missing;
  s->values[i].table = table_of(count + missing);
  with_codes(s->values[i].table, path, every, dictionary);
  remit_dictionary_free(dictionary);
  for (size_t rule = 0; rule < s->rule_count; rule++)
    random_code_cell(s->texts[rule * s->input_count + i], labels, count, ordered, seed);
}

static void add_int_input(scene *s, size_t i, const char *path, remit_unit unit, int64_t least, uint64_t *seed)
{
  int64_t codes[VALUES_MOST], every[VALUES_MOST];
  size_t count = 1 + support_below(seed, 12);
  bool missing = support_below(seed, 2) != 0;
  for (size_t row = 0; row < remit_table_rows(s->table); row++)
    codes[row] = missing && row == 0 ? REMIT_MISSING : least;
  with_ints(s->table, path, unit, codes);
  for (size_t value = 0; value < count + missing; value++)
    every[value] = value < count ? least + (int64_t)value : REMIT_MISSING;
  s->inputs[i] = (remit_input){ .path = path, .bounded = true, .least = least, .most = least + (int64_t)count - 1 };
  s->values[i].count = count + missing;
  s->values[i].table = table_of(count + missing);
  with_ints(s->values[i].table, path, unit, every);
  for (size_t rule = 0; rule < s->rule_count; rule++)
    random_int_cell(s->texts[rule * s->input_count + i], unit, least, count, seed);
}

static void random_scene(uint64_t *seed)
{
  static const char *const paths[] = { "a", "b.c", "c", "d" };
  scene *s = calloc(1, sizeof *s);
  assert_non_null(s);
  s->input_count = 1 + support_below(seed, 3);
  s->rule_count = 1 + support_below(seed, RULES_MOST);
  s->table = table_of(3);
  for (size_t i = 0; i < s->input_count; i++)
    switch (support_below(seed, 7)) {
    case 0: add_int_input(s, i, paths[i], REMIT_COUNT, -3, seed); break;
    case 1: add_int_input(s, i, paths[i], REMIT_PENCE, 1995, seed); break;
    case 2: add_int_input(s, i, paths[i], REMIT_MICRO, 499995, seed); break;
    case 3: add_int_input(s, i, paths[i], support_below(seed, 2) != 0 ? REMIT_MONTH : REMIT_DAY, 24310, seed); break;
    case 4: add_code_input(s, i, paths[i], true, seed); break;
    default: add_code_input(s, i, paths[i], false, seed); break;
    }
  for (size_t i = 0; i < s->rule_count * s->input_count; i++)
    s->cells[i] = support_below(seed, 4) != 0 ? s->texts[i] : support_below(seed, 2) != 0 ? NULL : "-";
  prepare(s);
  remit_decision *decision = decided(s);
  gaps_are_exact(s, decision);
  overlaps_are_exact(s, decision);
  remit_decision_free(decision);
  for (size_t i = 0; i < s->input_count; i++)
    remit_table_free(s->values[i].table);
  remit_table_free(s->table);
  free(s);
}

static void both_are_exact_on_random_tables(void **state)
{
  (void)state;
  uint64_t seed = 17;
  for (size_t i = 0; i < 1500; i++)
    random_scene(&seed);
}

/* ---- By hand ---- */

static remit_decision *made(const remit_table *table, const remit_input *inputs, size_t count, const char *const *cells, size_t rules)
{
  remit_decision *decision;
  remit_error err;
  if (remit_decision_new(&decision, table, inputs, count, cells, rules, NULL, &err) != REMIT_OK)
    fail_msg("%s", err.message);
  return decision;
}

/* The gaps of one input, in one row of text. */
static void gap_reads(const remit_table *table, remit_input input, const char *const *cells, size_t rules, const char *expected)
{
  remit_decision *decision = made(table, &input, 1, cells, rules);
  remit_table *gaps;
  bool all;
  assert_ok(remit_decision_gaps(decision, 10, &gaps, &all, NULL));
  assert_true(all);
  assert_int_equal(remit_table_rows(gaps), expected != NULL);
  if (expected != NULL)
    assert_string_equal(label_at(gaps, input.path, 0), expected);
  remit_table_free(gaps);
  remit_decision_free(decision);
}

static void gaps_of_figures_are_written_in_their_unit(void **state)
{
  (void)state;
  remit_table *table = table_of(1);
  const int64_t one[] = { 1 }, month[] = { 24315 };
  with_ints(table, "wte", REMIT_MICRO, one);
  with_ints(table, "cost", REMIT_PENCE, one);
  with_ints(table, "places", REMIT_COUNT, one);
  with_ints(table, "until", REMIT_MONTH, month);
  const remit_input wte = { .path = "wte" }, cost = { .path = "cost" }, until = { .path = "until" };
  gap_reads(table, wte, (const char *const[]){ ">= 0.5" }, 1, "< 0.5");
  gap_reads(table, wte, (const char *const[]){ "< 0.5", "> 2.25" }, 2, "[0.5..2.25]");
  gap_reads(table, wte, (const char *const[]){ "< 0.5", "[0.5..3)", ">= 3" }, 3, NULL);
  gap_reads(table, wte, (const char *const[]){ "not(1)" }, 1, "1");
  gap_reads(table, wte, (const char *const[]){ "none" }, 1, "-");
  gap_reads(table, cost, (const char *const[]){ "< £20", ">= 1000.50" }, 2, "[£20..£1000.49]");
  gap_reads(table, cost, (const char *const[]){ ">= -5" }, 1, "< -£5");
  gap_reads(table, until, (const char *const[]){ "<= 2026-03", "2026-05" }, 2, "2026-04, >= 2026-06");
  gap_reads(table, until, (const char *const[]){ "< 2199-12", "2199-12" }, 2, "> 2199-12");
  gap_reads(table, (remit_input){ .path = "places", .bounded = true, .least = 0, .most = 4 }, (const char *const[]){ ">= 2" }, 1, "<= 1");
  gap_reads(table, (remit_input){ .path = "places", .bounded = true, .least = 2, .most = 4 }, (const char *const[]){ ">= 2" }, 1, NULL);
  remit_table_free(table);
}

static void gaps_of_ordered_members_are_ranges(void **state)
{
  (void)state;
  remit_table *table = table_of(2);
  remit_dictionary *ordered = dictionary_of(bands, sizeof bands / sizeof *bands);
  remit_dictionary_set_ordered(ordered, true);
  with_codes(table, "band", (const uint32_t[]){ 1, 0 }, ordered);
  const remit_input band = { .path = "band" };
  gap_reads(table, band, (const char *const[]){ "none, < 8a" }, 1, ">= 8a");
  gap_reads(table, band, (const char *const[]){ "none, > 8a" }, 1, "<= 8a");
  gap_reads(table, band, (const char *const[]){ "<= 6, >= 8c" }, 1, "none, [7..8b]");
  gap_reads(table, band, (const char *const[]){ "none" }, 1, "not(none)");
  remit_dictionary_free(ordered);
  remit_table_free(table);
}

/* "a" leads to a rule that nothing can pass, "b" to none at all: one gap. */
static void gaps_that_go_on_alike_are_one_row(void **state)
{
  (void)state;
  remit_table *table = table_of(2), *gaps;
  with_labels(table, "x", (const char *const[]){ "a", "b" });
  with_labels(table, "y", (const char *const[]){ "c", "d" });
  const remit_input inputs[] = { { .path = "x" }, { .path = "y" } };
  remit_decision *decision = made(table, inputs, 2, (const char *const[]){ "a", "zz*" }, 1);
  bool all;
  assert_ok(remit_decision_gaps(decision, 10, &gaps, &all, NULL));
  assert_true(all);
  assert_int_equal(remit_table_rows(gaps), 1);
  expect_labels(gaps, "x", (const char *const[]){ "-" });
  expect_labels(gaps, "y", (const char *const[]){ "-" });
  remit_table_free(gaps);
  remit_decision_free(decision);
  remit_table_free(table);
}

static void gaps_of_lists_are_written_as_the_rules_are(void **state)
{
  (void)state;
  remit_table *table = table_of(3);
  remit_dictionary *lists = dictionary_of((const char *const[]){ "pod|fixed", "pod", "other" }, 3);
  remit_dictionary_set_separator(lists, '|');
  with_codes(table, "tags", (const uint32_t[]){ 1, 2, 3 }, lists);
  const remit_input tags = { .path = "tags" };
  gap_reads(table, tags, (const char *const[]){ "pod" }, 1, "not(pod)");
  gap_reads(table, tags, (const char *const[]){ "fixed", "other" }, 2, "not(fixed, other)");
  gap_reads(table, tags, (const char *const[]){ "not(pod)", "fixed" }, 2, "pod");
  remit_dictionary_free(lists);
  remit_table_free(table);
}

static void gaps_of_many_members_are_written_as_the_rules_are(void **state)
{
  (void)state;
  remit_table *table = table_of(1);
  remit_dictionary *many = numbered_dictionary(20000);
  with_codes(table, "title", (const uint32_t[]){ 1 }, many);
  gap_reads(table, (remit_input){ .path = "title" }, (const char *const[]){ "m1*", "*5" }, 2, "not(m1*, *5)");
  remit_dictionary_free(many);
  remit_table_free(table);
}

/* Members with a 2 and without a 1: no list or not() of the rules' tests says that, and they are too many for a label. */
static void a_text_that_does_not_fit_is_cut_and_said_to_be(void **state)
{
  (void)state;
  remit_table *table = table_of(1), *gaps;
  remit_dictionary *many = numbered_dictionary(40000);
  with_codes(table, "title", (const uint32_t[]){ 1 }, many);
  const remit_input title = { .path = "title" };
  remit_decision *decision = made(table, &title, 1, (const char *const[]){ "*1*", "not(*2*)" }, 2);
  bool all;
  assert_ok(remit_decision_gaps(decision, 10, &gaps, &all, NULL));
  assert_false(all);
  assert_int_equal(remit_table_rows(gaps), 1);
  const char *text = label_at(gaps, "title", 0);
  assert_true(strlen(text) > REMIT_LABEL_MAX - 20);
  remit_predicate *predicate;
  uint8_t *pass = calloc(40001, 1);
  assert_non_null(pass);
  assert_ok(remit_predicate_new(&predicate, text, strlen(text), NULL));
  assert_ok(remit_predicate_codes(predicate, many, NULL, pass, NULL));
  for (uint32_t code = 1; code <= 40000; code++) {
    const char *label = remit_dictionary_label(many, code, NULL);
    assert_false(pass[code] && (strchr(label, '2') == NULL || strchr(label, '1') != NULL));
  }
  free(pass);
  remit_predicate_free(predicate);
  remit_table_free(gaps);
  remit_decision_free(decision);
  remit_dictionary_free(many);
  remit_table_free(table);
}

static void an_input_without_values_has_no_gaps(void **state)
{
  (void)state;
  remit_table *table = table_of(0);
  with_labels(table, "class", NULL);
  gap_reads(table, (remit_input){ .path = "class" }, (const char *const[]){ "none" }, 1, NULL);
  remit_table_free(table);
}

/* A rule for each two inputs i and i + 30: which of them are met is remembered until the end, so the diagram would be of 2^30 nodes. */
static void endless_work_is_given_up_honestly(void **state)
{
  (void)state;
  enum { PAIRS = 30 };
  char names[2 * PAIRS][8];
  remit_input inputs[2 * PAIRS] = { { 0 } };
  const char *cells[PAIRS * 2 * PAIRS] = { NULL };
  remit_table *table = table_of(1), *gaps;
  remit_dictionary *yes_no = dictionary_of((const char *const[]){ "y", "n" }, 2);
  for (size_t i = 0; i < 2 * PAIRS; i++) {
    snprintf(names[i], sizeof names[i], "i%zu", i);
    inputs[i].path = names[i];
    with_codes(table, names[i], (const uint32_t[]){ 1 }, yes_no);
    cells[i % PAIRS * 2 * PAIRS + i] = "y";
  }
  remit_decision *decision = made(table, inputs, 2 * PAIRS, cells, PAIRS);
  bool all;
  assert_ok(remit_decision_gaps(decision, 50, &gaps, &all, NULL));
  assert_false(all);
  assert_int_equal(remit_table_rows(gaps), 50);
  for (size_t row = 0; row < 50; row++)
    for (size_t pair = 0; pair < PAIRS; pair++)
      assert_true(strcmp(label_at(gaps, names[pair], row), "n") == 0 || strcmp(label_at(gaps, names[pair + PAIRS], row), "n") == 0);
  remit_table_free(gaps);
  remit_decision_free(decision);
  remit_dictionary_free(yes_no);
  remit_table_free(table);
}

static void an_input_named_like_a_column_of_rules_has_no_overlaps(void **state)
{
  (void)state;
  remit_table *table = table_of(1), *overlaps;
  size_t count;
  with_labels(table, "first", (const char *const[]){ "a" });
  const remit_input first = { .path = "first" };
  remit_decision *decision = made(table, &first, 1, (const char *const[]){ "a", "a" }, 2);
  assert_int_equal(remit_decision_overlaps(decision, NULL, SIZE_MAX, &overlaps, &count, NULL), REMIT_EINVAL);
  assert_null(overlaps);
  remit_decision_free(decision);
  remit_table_free(table);
}

/* ---- Allocation ---- */

static remit_status ask(void *context)
{
  remit_table *overlaps = NULL, *gaps = NULL;
  size_t count;
  bool all;
  remit_status status = remit_decision_overlaps(context, NULL, SIZE_MAX, &overlaps, &count, NULL);
  if (status == REMIT_OK)
    status = remit_decision_gaps(context, SIZE_MAX, &gaps, &all, NULL);
  remit_table_free(overlaps);
  remit_table_free(gaps);
  return status;
}

static void failed_allocations_leave_nothing(void **state)
{
  (void)state;
  remit_table *table = table_of(3);
  remit_dictionary *lists = dictionary_of((const char *const[]){ "pod|fixed", "pod", "other" }, 3);
  remit_dictionary_set_separator(lists, '|');
  with_codes(table, "tags", (const uint32_t[]){ 1, 2, 3 }, lists);
  with_ints(table, "wte", REMIT_MICRO, (const int64_t[]){ 1, 2, REMIT_MISSING });
  const remit_input inputs[] = { { .path = "tags" }, { .path = "wte" } };
  remit_decision *decision = made(table, inputs, 2, (const char *const[]){ "pod", "< 2", "fixed", ">= 1", "other", "none" }, 3);
  support_fail_each_allocation(ask, decision);
  remit_decision_free(decision);
  remit_dictionary_free(lists);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(both_are_exact_on_random_tables),
    LEAK_CHECKED(gaps_of_figures_are_written_in_their_unit),
    LEAK_CHECKED(gaps_of_ordered_members_are_ranges),
    LEAK_CHECKED(gaps_that_go_on_alike_are_one_row),
    LEAK_CHECKED(gaps_of_lists_are_written_as_the_rules_are),
    LEAK_CHECKED(gaps_of_many_members_are_written_as_the_rules_are),
    LEAK_CHECKED(a_text_that_does_not_fit_is_cut_and_said_to_be),
    LEAK_CHECKED(an_input_without_values_has_no_gaps),
    LEAK_CHECKED(endless_work_is_given_up_honestly),
    LEAK_CHECKED(an_input_named_like_a_column_of_rules_has_no_overlaps),
    LEAK_CHECKED(failed_allocations_leave_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
