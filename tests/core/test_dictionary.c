/* SPDX-License-Identifier: Apache-2.0
 * dictionary: codes and labels, matching, suggestions, folding and distance.
 */
#include "dictionary_internal.h"
#include "memory.h"
#include "support.h"
#include "threads.h"

#include <stdatomic.h>
#include <stdio.h>

#define DICTIONARY(...) \
  support_dictionary((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

static void codes_count_from_one_in_the_order_of_adding(void **state)
{
  (void)state;
  remit_dictionary *bands = DICTIONARY("8a", "8b", "VSM");
  uint32_t code;
  size_t size = 77;
  assert_ok(remit_dictionary_add(bands, "8b", 2, &code, NULL));
  assert_int_equal(code, 2);
  assert_int_equal(remit_dictionary_size(bands), 4);
  assert_int_equal(remit_dictionary_find(bands, "VSM", 3), 3);
  assert_int_equal(remit_dictionary_find(bands, "vsm", 3), 0);
  assert_int_equal(remit_dictionary_find(bands, "8", 1), 0);
  assert_string_equal(remit_dictionary_label(bands, 3, &size), "VSM");
  assert_int_equal(size, 3);
  remit_dictionary_free(bands);
}

static void code_zero_is_no_value(void **state)
{
  (void)state;
  remit_dictionary *empty;
  uint32_t code = 77;
  size_t size = 77;
  assert_ok(remit_dictionary_new(&empty, NULL));
  assert_int_equal(remit_dictionary_size(empty), 1);
  assert_ok(remit_dictionary_add(empty, "", 0, &code, NULL));
  assert_int_equal(code, 0);
  assert_ok(remit_dictionary_add(empty, NULL, 0, &code, NULL));
  assert_int_equal(remit_dictionary_find(empty, NULL, 0), 0);
  assert_int_equal(remit_dictionary_find(empty, "x", 1), 0);
  assert_string_equal(remit_dictionary_label(empty, 0, &size), "");
  assert_int_equal(size, 0);
  assert_string_equal(remit_dictionary_label(empty, 1, NULL), "");
  assert_string_equal(remit_dictionary_label(empty, UINT32_MAX, NULL), "");
  assert_int_equal(remit_dictionary_size(empty), 1);
  remit_dictionary_free(empty);
}

static void a_label_is_copied_and_ends_where_it_is_told(void **state)
{
  (void)state;
  remit_dictionary *dictionary;
  uint32_t code;
  char text[] = "placeholder";
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  assert_ok(remit_dictionary_add(dictionary, text, 5, &code, NULL));
  memset(text, 'x', sizeof text);
  assert_string_equal(remit_dictionary_label(dictionary, code, NULL), "place");
  remit_dictionary_free(dictionary);
}

static void labels_end_at_their_limit(void **state)
{
  (void)state;
  remit_dictionary *dictionary;
  remit_error err;
  uint32_t code, small;
  size_t size;
  char *text = test_malloc(REMIT_LABEL_MAX + 1);
  memset(text, 'a', REMIT_LABEL_MAX + 1);
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  assert_ok(remit_dictionary_add(dictionary, "small", 5, &small, NULL));
  assert_ok(remit_dictionary_add(dictionary, text, REMIT_LABEL_MAX, &code, NULL));
  remit_dictionary_label(dictionary, code, &size);
  assert_int_equal(size, REMIT_LABEL_MAX);
  assert_int_equal(remit_dictionary_find(dictionary, text, REMIT_LABEL_MAX), code);
  assert_int_equal(remit_dictionary_add(dictionary, text, REMIT_LABEL_MAX + 1, &code, &err), REMIT_ELIMIT);
  assert_string_equal(err.message, "a label of 65536 bytes: at most 65535 are kept");
  assert_int_equal(code, 0);
  assert_int_equal(remit_dictionary_size(dictionary), 3);
  remit_dictionary_free(dictionary);
  test_free(text);
}

static void labels_never_move(void **state)
{
  (void)state;
  const uint32_t count = 200000;
  remit_dictionary *dictionary;
  const char **seen = test_malloc((count + 1) * sizeof *seen);
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (uint32_t i = 1; i <= count; i++) {
    char text[32];
    uint32_t code;
    int size = snprintf(text, sizeof text, "cost centre %u", i * 7);
    assert_ok(remit_dictionary_add(dictionary, text, (size_t)size, &code, NULL));
    assert_int_equal(code, i);
    seen[i] = remit_dictionary_label(dictionary, code, NULL);
  }
  for (uint32_t i = 1; i <= count; i++) {
    char text[32];
    int size = snprintf(text, sizeof text, "cost centre %u", i * 7);
    assert_ptr_equal(remit_dictionary_label(dictionary, i, NULL), seen[i]);
    assert_string_equal(seen[i], text);
    assert_int_equal(remit_dictionary_find(dictionary, text, (size_t)size), i);
  }
  assert_in_range(remit_dictionary_memory(dictionary), count * 16, count * 100);
  remit_dictionary_free(dictionary);
  test_free(seen);
}

static void the_same_codes_come_from_a_naive_list(void **state)
{
  (void)state;
  uint64_t seed = 1;
  char known[512][4];
  uint32_t count = 0;
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (int i = 0; i < 20000; i++) {
    char text[4] = "";
    size_t size = 1 + support_below(&seed, 3);
    for (size_t k = 0; k < size; k++)
      text[k] = (char)('a' + support_below(&seed, 7));
    uint32_t expected = 1, code;
    while (expected <= count && strcmp(known[expected - 1], text) != 0)
      expected++;
    if (expected > count) {
      assert_int_equal(remit_dictionary_find(dictionary, text, size), 0);
      strcpy(known[count++], text);
    }
    assert_ok(remit_dictionary_add(dictionary, text, size, &code, NULL));
    assert_int_equal(code, expected);
    assert_int_equal(remit_dictionary_size(dictionary), count + 1);
  }
  remit_dictionary_free(dictionary);
}

static void labels_are_found_while_they_ascend_and_after(void **state)
{
  (void)state;
  static const uint32_t counts[] = { 1, 2, 255, 256, 257, 300, 5000 };
  for (size_t i = 0; i < 3 * sizeof counts / sizeof *counts; i++) {
    uint32_t count = counts[i / 3], code;
    char text[16];
    remit_dictionary *dictionary;
    assert_ok(remit_dictionary_new(&dictionary, NULL));
    if (i % 3 == 1)
      assert_ok(remit_dictionary_expect(dictionary, count, NULL));
    for (uint32_t n = 1; n <= count; n++)
      assert_ok(remit_dictionary_add(dictionary, text, (size_t)sprintf(text, "P%05u", n * 2), &code, NULL));
    size_t ascending = remit_dictionary_memory(dictionary);
    for (int disordered = 0; disordered < 2; disordered++) {
      for (uint32_t n = 1; n <= 2 * count + 2; n++)
        assert_int_equal(remit_dictionary_find(dictionary, text, (size_t)sprintf(text, "P%05u", n)), n % 2 == 0 && n <= 2 * count ? n / 2 : 0);
      assert_int_equal(remit_dictionary_find(dictionary, "P", 1), 0);
      assert_int_equal(remit_dictionary_find(dictionary, "A", 1), disordered ? count + 1 : 0);
      assert_int_equal(remit_dictionary_find(dictionary, "P000020", 7), 0);
      assert_ok(remit_dictionary_add(dictionary, "A", 1, &code, NULL));
      assert_int_equal(code, count + 1);
      assert_ok(remit_dictionary_add(dictionary, "P00002", 6, &code, NULL));
      assert_int_equal(code, 1);
    }
    assert_true(remit_dictionary_memory(dictionary) > ascending);
    if (i % 3 == 2)
      remit_dictionary_trim(dictionary);
    assert_ok(remit_dictionary_add(dictionary, "B", 1, &code, NULL));
    assert_int_equal(remit_dictionary_find(dictionary, "B", 1), count + 2);
    remit_dictionary_free(dictionary);
  }
}

typedef struct search {
  const remit_dictionary *dictionary;
  atomic_size_t wrong;
} search;

static void find_all(void *context)
{
  search *all = context;
  char text[16];
  for (uint32_t code = 1; code < remit_dictionary_size(all->dictionary); code++)
    all->wrong += remit_dictionary_find(all->dictionary, text, (size_t)sprintf(text, "P%06u", code)) != code;
}

static void several_threads_may_ask_first(void **state)
{
  (void)state;
  for (int round = 0; round < 20; round++) {
    remit_dictionary *dictionary;
    char text[16];
    uint32_t code;
    assert_ok(remit_dictionary_new(&dictionary, NULL));
    for (uint32_t n = 1; n <= 5000; n++)
      assert_ok(remit_dictionary_add(dictionary, text, (size_t)sprintf(text, "P%06u", n), &code, NULL));
    search all = { .dictionary = dictionary };
    remit_threads_run(3, find_all, &all);
    assert_int_equal(all.wrong, 0);
    remit_dictionary_free(dictionary);
  }
}

static bool refuse(void *context)
{
  (void)context;
  return false;
}

static void a_long_dictionary_is_searched_without_memory_too(void **state)
{
  (void)state;
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  char text[16];
  uint32_t code;
  for (uint32_t n = 1; n <= 1000; n++)
    assert_ok(remit_dictionary_add(dictionary, text, (size_t)sprintf(text, "P%06u", n), &code, NULL));
  search all = { .dictionary = dictionary };
  remit_memory_set_hook(refuse, NULL);
  find_all(&all);
  remit_memory_set_hook(NULL, NULL);
  find_all(&all);
  assert_int_equal(all.wrong, 0);
  remit_dictionary_free(dictionary);
}

static void labels_added_together_get_the_codes_of_labels_added_in_turn(void **state)
{
  (void)state;
  enum { LABELS = 5000 };
  static char texts[LABELS][12];
  static remit_label labels[LABELS];
  static uint32_t codes[LABELS];
  uint64_t seed = 5;
  remit_dictionary *together, *in_turn;
  assert_ok(remit_dictionary_new(&together, NULL));
  assert_ok(remit_dictionary_new(&in_turn, NULL));
  for (size_t i = 0; i < LABELS; i++)
    labels[i] = (remit_label){ texts[i], (size_t)snprintf(texts[i], sizeof texts[i], "%.*s", i % 50 == 0 ? 0 : 11, i % 3 == 0 ? "same" : "x") };
  for (size_t i = 1; i < LABELS; i += 2)
    labels[i].size = (size_t)snprintf(texts[i], sizeof texts[i], "n%u", (unsigned)support_below(&seed, 3000));
  assert_ok(remit_dictionary_add_all(together, labels, LABELS, codes, NULL));
  for (size_t i = 0; i < LABELS; i++) {
    uint32_t code;
    assert_ok(remit_dictionary_add(in_turn, labels[i].text, labels[i].size, &code, NULL));
    assert_int_equal(codes[i], code);
  }
  labels[70] = (remit_label){ "", REMIT_LABEL_MAX + 1 };
  labels[69] = (remit_label){ "the last", 8 };
  labels[71] = (remit_label){ "never", 5 };
  assert_int_equal(remit_dictionary_add_all(together, labels, LABELS, codes, NULL), REMIT_ELIMIT);
  assert_int_equal(remit_dictionary_find(together, "the last", 8), remit_dictionary_size(in_turn));
  assert_int_equal(remit_dictionary_find(together, "never", 5), 0);
  remit_dictionary_free(together);
  remit_dictionary_free(in_turn);
}

static void a_dictionary_lives_until_its_last_owner_frees_it(void **state)
{
  (void)state;
  remit_dictionary *first = DICTIONARY("pod");
  remit_dictionary *second = remit_dictionary_share(first);
  remit_dictionary_free(first);
  assert_string_equal(remit_dictionary_label(second, 1, NULL), "pod");
  remit_dictionary_free(second);
  remit_dictionary_free(NULL);
  assert_null(remit_dictionary_share(NULL));
}

/* Labels "0" to "799": with a table to find them and by halving, some of the base and some behind it, over more bases than are kept below one another. */
static void an_extended_dictionary_begins_with_the_codes_of_its_base(void **state)
{
  (void)state;
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (uint32_t round = 0; round < 8; round++) {
    for (uint32_t i = 0, code; i < (round + 1) * 100; i++) {
      char label[16];
      size_t size = (size_t)snprintf(label, sizeof label, "%u", i);
      assert_int_equal(remit_dictionary_find(dictionary, label, size), i < round * 100 ? i + 1 : 0);
      assert_ok(remit_dictionary_add(dictionary, label, size, &code, NULL));
      assert_int_equal(code, i + 1);
      assert_string_equal(remit_dictionary_label(dictionary, code, NULL), label);
    }
    assert_int_equal(remit_dictionary_size(dictionary), (round + 1) * 100 + 1);
    assert_string_equal(remit_dictionary_label(dictionary, 0, NULL), "");
    assert_string_equal(remit_dictionary_label(dictionary, (round + 1) * 100 + 1, NULL), "");
    remit_dictionary *longer;
    assert_ok(remit_dictionary_extend(&longer, dictionary, NULL));
    remit_dictionary_free(dictionary);
    dictionary = longer;
  }
  remit_dictionary_free(dictionary);
}

static void labels_added_together_may_be_the_bases(void **state)
{
  (void)state;
  remit_dictionary *base = DICTIONARY("8a", "9"), *longer;
  const remit_label labels[] = { { "9", 1 }, { "VSM", 3 }, { "8b", 2 }, { "", 0 }, { "8a", 2 }, { "8b", 2 } };
  const uint32_t expected[] = { 2, 3, 4, 0, 1, 4 };
  uint32_t codes[6];
  assert_ok(remit_dictionary_extend(&longer, base, NULL));
  assert_ok(remit_dictionary_add_all(longer, labels, 6, codes, NULL));
  assert_memory_equal(codes, expected, sizeof codes);
  assert_int_equal(remit_dictionary_size(base), 3);
  remit_dictionary_free(base);
  assert_string_equal(remit_dictionary_label(longer, 1, NULL), "8a");
  remit_dictionary_free(longer);
}

static void order_and_separator_are_kept(void **state)
{
  (void)state;
  remit_dictionary *tags = DICTIONARY("pod|ring_fenced");
  assert_false(remit_dictionary_is_ordered(tags));
  assert_int_equal(remit_dictionary_separator(tags), 0);
  remit_dictionary_set_ordered(tags, true);
  remit_dictionary_set_separator(tags, '|');
  assert_true(remit_dictionary_is_ordered(tags));
  assert_int_equal(remit_dictionary_separator(tags), '|');
  remit_dictionary_free(tags);
}

static uint32_t match(const remit_dictionary *dictionary, const char *text)
{
  return remit_dictionary_match(dictionary, text, strlen(text));
}

static void match_ignores_case_and_stray_spaces(void **state)
{
  (void)state;
  remit_dictionary *names = DICTIONARY("Place Team", "Caf\xc3\xa9", "STRASSE", "\xff", "place  team");
  assert_int_equal(match(names, "place team"), 1);
  assert_int_equal(match(names, "  PLACE \t TEAM "), 1);
  assert_int_equal(match(names, "Place\xc2\xa0Team"), 1);
  assert_int_equal(match(names, "place  team"), 5);
  assert_int_equal(match(names, "CAF\xc3\x89"), 2);
  assert_int_equal(match(names, "cafe\xcc\x81"), 2);
  assert_int_equal(match(names, "Stra\xc3\x9f" "e"), 3);
  assert_int_equal(match(names, "placeteam"), 0);
  assert_int_equal(match(names, "cafe"), 0);
  assert_int_equal(match(names, ""), 0);
  assert_int_equal(match(names, "   "), 0);
  assert_int_equal(match(names, "\xfe"), 0);
  assert_int_equal(match(names, "\xff"), 4);
  remit_dictionary_free(names);
}

static void assert_suggests(const remit_dictionary *dictionary, const char *text, size_t max, const char *expected)
{
  uint32_t codes[64] = { 0 };
  char joined[256] = "";
  size_t count = remit_dictionary_suggest(dictionary, text, strlen(text), codes, max);
  for (size_t i = 0; i < count; i++) {
    strcat(joined, i > 0 ? " " : "");
    strcat(joined, remit_dictionary_label(dictionary, codes[i], NULL));
  }
  assert_string_equal(joined, expected);
}

static void suggest_finds_slips_of_the_keyboard(void **state)
{
  (void)state;
  remit_dictionary *functions = DICTIONARY("commissioning", "safeguarding", "estates", "digital", "cost", "wte");
  assert_suggests(functions, "Safegaurding", 3, "safeguarding");
  assert_suggests(functions, "SAFEGUARDING ", 3, "safeguarding");
  assert_suggests(functions, "cots", 3, "cost");
  assert_suggests(functions, "wet", 3, "wte");
  assert_suggests(functions, "digtal", 3, "digital");
  assert_suggests(functions, "comm", 3, "commissioning");
  assert_suggests(functions, "sfgrdng", 3, "safeguarding");
  assert_suggests(functions, "cst", 3, "cost");
  assert_suggests(functions, "ost", 3, "cost");
  assert_suggests(functions, "dgl", 3, "");
  assert_suggests(functions, "xyz", 3, "");
  assert_suggests(functions, "tasets", 3, "");
  assert_suggests(functions, "", 3, "");
  assert_suggests(functions, " ", 3, "");
  assert_suggests(functions, "cots", 0, "");
  assert_suggests(functions, "\xff", 3, "");
  remit_dictionary_free(functions);
}

static void suggest_gives_all_that_are_equally_near_or_none(void **state)
{
  (void)state;
  remit_dictionary *bands = DICTIONARY("7", "8d", "8a", "8b", "9", "8c", "VSM");
  assert_suggests(bands, "8", 4, "8d 8a 8b 8c");
  assert_suggests(bands, "8", 5, "8d 8a 8b 8c");
  assert_suggests(bands, "8", 3, "");
  assert_suggests(bands, "8", 1, "");
  remit_dictionary_free(bands);
}

static void suggest_gives_the_nearest_first(void **state)
{
  (void)state;
  remit_dictionary *places = DICTIONARY("north cumbria", "north", "norths", "north east", "borth", "forth");
  assert_suggests(places, "north", 9, "north norths borth forth north east north cumbria");
  assert_suggests(places, "north", 4, "north norths borth forth");
  assert_suggests(places, "north", 3, "north");
  assert_suggests(places, "north", 5, "north norths borth forth north east");
  remit_dictionary_free(places);
}

static void suggest_counts_characters_and_not_bytes(void **state)
{
  (void)state;
  remit_dictionary *names = DICTIONARY("Caf\xc3\xa9", "\xf0\x9f\x8f\xa5\xf0\x9f\x8f\xa5\xf0\x9f\x8f\xa5");
  assert_suggests(names, "cafe", 2, "Caf\xc3\xa9");
  assert_suggests(names, "xyz", 2, "");
  remit_dictionary_free(names);
}

static void suggest_allows_twenty_edits_in_a_long_text(void **state)
{
  (void)state;
  char label[201], text[201];
  uint32_t code;
  memset(label, 'a', 200);
  memset(text, 'a', 200);
  label[200] = text[200] = '\0';
  remit_dictionary *names = DICTIONARY(label);
  memset(text + 90, 'b', 20);
  assert_int_equal(remit_dictionary_suggest(names, text, 200, &code, 1), 1);
  memset(text + 90, 'b', 21);
  assert_int_equal(remit_dictionary_suggest(names, text, 200, &code, 1), 0);
  remit_dictionary_free(names);
}

static bool stands_in(const char *label, const char *text)
{
  return *text == '\0' || (*label != '\0' && (stands_in(label + 1, text) || (*label == *text && stands_in(label + 1, text + 1))));
}

/* The shortlist's rule, by sorting everything. */
static void suggest_agrees_with_the_naive_way(void **state)
{
  (void)state;
  uint64_t seed = 2;
  for (int round = 0; round < 300; round++) {
    remit_dictionary *dictionary;
    uint32_t code, expected[64], codes[64];
    size_t count = 0, max = 1 + support_below(&seed, 12), left_out = SIZE_MAX;
    const char *text = "abcaba";
    assert_ok(remit_dictionary_new(&dictionary, NULL));
    for (uint64_t i = support_below(&seed, 40); i > 0; i--) {
      char label[12] = "";
      for (uint64_t k = 1 + support_below(&seed, 10); k > 0; k--)
        label[k - 1] = k <= 6 && support_below(&seed, 4) != 0 ? text[k - 1] : (char)('a' + support_below(&seed, 3));
      assert_ok(remit_dictionary_add(dictionary, label, strlen(label), &code, NULL));
    }
    for (size_t distance = 0; distance < 12; distance++) {
      size_t before = count;
      for (code = 1; code < remit_dictionary_size(dictionary); code++) {
        const char *label = remit_dictionary_label(dictionary, code, NULL);
        size_t limit = label[0] == text[0] && stands_in(label + 1, text + 1) ? 12 : 2;
        if (distance <= limit && remit_text_distance(text, label, 20) == distance)
          expected[count++] = code;
      }
      if (count > max && left_out == SIZE_MAX)
        left_out = before;
    }
    count = left_out < count ? left_out : count;
    assert_int_equal(remit_dictionary_suggest(dictionary, text, 6, codes, max), count);
    assert_memory_equal(codes, expected, count * sizeof *codes);
    remit_dictionary_free(dictionary);
  }
}

static void suggest_gives_at_most_sixty_four(void **state)
{
  (void)state;
  uint32_t codes[80], code;
  remit_dictionary *dictionary;
  assert_ok(remit_dictionary_new(&dictionary, NULL));
  for (int i = 0; i < 64; i++)
    assert_ok(remit_dictionary_add(dictionary, (const char[]){ 'P', (char)('0' + i / 10), (char)('0' + i % 10) }, 3, &code, NULL));
  assert_int_equal(remit_dictionary_size(dictionary), 65);
  assert_int_equal(remit_dictionary_suggest(dictionary, "p", 1, codes, 80), 64);
  assert_ok(remit_dictionary_add(dictionary, "P64", 3, &code, NULL));
  assert_int_equal(remit_dictionary_suggest(dictionary, "p", 1, codes, 80), 0);
  remit_dictionary_free(dictionary);
}

static void assert_folds(const char *text, const char *expected)
{
  char *folded;
  assert_ok(remit_text_fold(text, strlen(text), &folded, NULL));
  assert_string_equal(folded, expected);
  char *again;
  assert_ok(remit_text_fold(folded, strlen(folded), &again, NULL));
  assert_string_equal(again, expected);
  remit_text_free(again);
  remit_text_free(folded);
}

static void fold_lowers_and_squeezes(void **state)
{
  (void)state;
  assert_folds("", "");
  assert_folds(" \t\r\n ", "");
  assert_folds("  Place \t\n Team  ", "place team");
  assert_folds("AZ[@`az{", "az[@`az{");
  assert_folds("\xc2\xa0Place\xe2\x80\x83\xe2\x80\xa8Team\xe3\x80\x80", "place team");
  assert_folds("\xc3\x89T\xc3\x89", "\xc3\xa9t\xc3\xa9");
  assert_folds("e\xcc\x81t\xc3\xa9", "\xc3\xa9t\xc3\xa9");
  assert_folds("\xef\xbc\xa1\xef\xbd\x82", "ab");
  assert_folds("safe\xc2\xadguarding\xe2\x80\x8b", "safeguarding");
  assert_folds("\xe1\xba\x9e", "ss");
  assert_folds("\xce\xa3\xcf\x82", "\xcf\x83\xcf\x83");
}

static void fold_says_where_text_stops_being_utf8(void **state)
{
  (void)state;
  const struct { const char *text; size_t at; } bad[] = {
    { "\xff", 0 }, { "abc\xa3", 3 }, { "\xc3\xa9\xc3", 2 }, { "a\xed\xa0\x80", 1 }, { "\xc0\x80", 0 }, { "\xf4\x90\x80\x80", 0 },
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    remit_error err;
    char *folded = (char *)&err;
    assert_int_equal(remit_text_fold(bad[i].text, strlen(bad[i].text), &folded, &err), REMIT_EPARSE);
    assert_null(folded);
    assert_int_equal(err.at, bad[i].at);
    assert_int_equal(remit_text_fold(bad[i].text, strlen(bad[i].text), &folded, NULL), REMIT_EPARSE);
  }
}

static void fold_refuses_a_nul_byte(void **state)
{
  (void)state;
  remit_error err;
  char *folded;
  assert_int_equal(remit_text_fold("ab\0c", 4, &folded, &err), REMIT_EPARSE);
  assert_string_equal(err.message, "a NUL at byte 3");
  assert_int_equal(err.at, 2);
  remit_dictionary *names = DICTIONARY("ab");
  assert_int_equal(remit_dictionary_match(names, "AB\0c", 4), 0);
  remit_dictionary_free(names);
}

static void fold_bounds_the_accents_in_a_row(void **state)
{
  (void)state;
  char text[128] = "a", *folded;
  remit_error err;
  for (size_t i = 0; i < 31; i++)
    memcpy(text + 1 + 2 * i, i % 2 == 0 ? "\xcc\x81" : "\xcc\xa3", 3);
  assert_int_equal(remit_text_fold(text, 63, &folded, &err), REMIT_EPARSE);
  assert_string_equal(err.message, "too many accents on one letter at byte 62");
  assert_ok(remit_text_fold(text, 61, &folded, NULL));
  remit_text_free(folded);
}

/* U+FDFA takes three bytes and folds to eighteen characters. */
static void fold_has_room_for_what_grows(void **state)
{
  (void)state;
  char text[3 * 1000 + 1], *folded;
  for (size_t i = 0; i < 1000; i++)
    memcpy(text + 3 * i, "\xef\xb7\xba", 4);
  assert_ok(remit_text_fold(text, 3000, &folded, NULL));
  assert_true(strlen(folded) > 30000);
  remit_text_free(folded);
}

static void fold_survives_random_bytes(void **state)
{
  (void)state;
  uint64_t seed = 3;
  for (int i = 0; i < 20000; i++) {
    size_t size = support_below(&seed, 40);
    char *text = test_malloc(size + 1), *folded;
    for (size_t k = 0; k < size; k++)
      text[k] = (char)(support_below(&seed, 3) == 0 ? 0xc0 + support_below(&seed, 64) : 0x20 + support_below(&seed, 160));
    if (remit_text_fold(text, size, &folded, NULL) == REMIT_OK)
      remit_text_free(folded);
    test_free(text);
  }
}

static void distance_counts_edits_and_swaps(void **state)
{
  (void)state;
  assert_int_equal(remit_text_distance("", "", 3), 0);
  assert_int_equal(remit_text_distance("cost", "cost", 0), 0);
  assert_int_equal(remit_text_distance("cost", "cots", 3), 1);
  assert_int_equal(remit_text_distance("cost", "cos", 3), 1);
  assert_int_equal(remit_text_distance("cost", "coast", 3), 1);
  assert_int_equal(remit_text_distance("cost", "most", 3), 1);
  assert_int_equal(remit_text_distance("", "abc", 3), 3);
  assert_int_equal(remit_text_distance("ca", "abc", 9), 3);
  assert_int_equal(remit_text_distance("caf\xc3\xa9", "cafe", 3), 1);
  assert_int_equal(remit_text_distance("\xff\xfe", "\xff", 3), 1);
  assert_int_equal(remit_text_distance("kitten", "sitting", SIZE_MAX), 3);
  assert_true(remit_text_distance("kitten", "sitting", 2) > 2);
  assert_true(remit_text_distance("abc", "xyz", 0) > 0);
}

static size_t naive_distance(const char *a, const char *b)
{
  size_t cells[80][80], a_size = strlen(a), b_size = strlen(b);
  for (size_t i = 0; i <= a_size; i++)
    for (size_t j = 0; j <= b_size; j++) {
      size_t best = i == 0 ? j : i;
      if (i > 0 && j > 0) {
        best = cells[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
        best = cells[i - 1][j] + 1 < best ? cells[i - 1][j] + 1 : best;
        best = cells[i][j - 1] + 1 < best ? cells[i][j - 1] + 1 : best;
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && cells[i - 2][j - 2] + 1 < best)
          best = cells[i - 2][j - 2] + 1;
      }
      cells[i][j] = best;
    }
  return cells[a_size][b_size];
}

static void distance_agrees_with_the_whole_matrix(void **state)
{
  (void)state;
  uint64_t seed = 4;
  for (int i = 0; i < 60000; i++) {
    char text[2][80];
    uint64_t longest = i % 4 == 0 ? 79 : 10, letters = 2 + support_below(&seed, 3);
    for (int t = 0; t < 2; t++) {
      size_t size = support_below(&seed, longest + 1);
      for (size_t k = 0; k < size; k++)
        text[t][k] = (char)('a' + support_below(&seed, letters));
      text[t][size] = '\0';
    }
    size_t limit = support_below(&seed, 12), expected = naive_distance(text[0], text[1]);
    size_t got = remit_text_distance(text[0], text[1], limit);
    if (expected <= limit)
      assert_int_equal(got, expected);
    else
      assert_true(got > limit);
    assert_int_equal(remit_text_distance(text[0], text[1], SIZE_MAX), expected);
  }
}

static remit_status fill_job(void *context)
{
  (void)context;
  remit_dictionary *dictionary;
  remit_status status = remit_dictionary_new(&dictionary, NULL);
  for (uint32_t i = 1; status == REMIT_OK && i <= 200; i++) {
    char text[32];
    uint32_t code = 77;
    int size = snprintf(text, sizeof text, "a longer label, number %u", i);
    status = remit_dictionary_add(dictionary, text, (size_t)size, &code, NULL);
    size_t known = status == REMIT_OK ? i : i - 1;
    assert_int_equal(code, status == REMIT_OK ? i : 0);
    assert_int_equal(remit_dictionary_size(dictionary), known + 1);
    assert_int_equal(remit_dictionary_find(dictionary, text, (size_t)size), code);
    assert_int_equal(remit_dictionary_find(dictionary, "a longer label, number 1", 24), known >= 1);
  }
  remit_dictionary_free(dictionary);
  return status;
}

static void a_dictionary_survives_the_lack_of_memory(void **state)
{
  (void)state;
  support_fail_each_allocation(fill_job, NULL);
}

static remit_status fold_job(void *context)
{
  char *folded;
  remit_status status = remit_text_fold(context, strlen(context), &folded, NULL);
  remit_text_free(folded);
  return status;
}

static void codes_are_those_of_the_same_labels_in_another(void **state)
{
  (void)state;
  remit_dictionary *from = DICTIONARY("8b", "8A", "5"), *to = DICTIONARY("5", "8a", "8b");
  uint32_t codes[4];
  remit_dictionary_codes(from, to, codes);
  assert_memory_equal(codes, ((uint32_t[]){ 0, 3, 0, 1 }), sizeof codes);
  remit_dictionary_free(from);
  remit_dictionary_free(to);
}

static remit_status sort_job(void *context)
{
  uint32_t codes[5];
  remit_dictionary *sorted;
  remit_status status = remit_dictionary_sorted(&sorted, context, codes, NULL);
  remit_dictionary_free(sorted);
  return status;
}

static void sorted_labels_stand_in_byte_order(void **state)
{
  (void)state;
  remit_dictionary *given = DICTIONARY("b", "ab", "a", "\xc3\xa9"), *sorted, *again;
  uint32_t codes[5];
  assert_ok(remit_dictionary_sorted(&sorted, given, codes, NULL));
  assert_memory_equal(codes, ((uint32_t[]){ 0, 3, 2, 1, 4 }), sizeof codes);
  for (uint32_t code = 1; code < 5; code++)
    assert_string_equal(remit_dictionary_label(sorted, codes[code], NULL), remit_dictionary_label(given, code, NULL));
  assert_ok(remit_dictionary_sorted(&again, sorted, codes, NULL));
  assert_ptr_equal(again, sorted);
  remit_dictionary_free(again);
  remit_dictionary_set_ordered(sorted, true);
  assert_ok(remit_dictionary_sorted(&again, sorted, codes, NULL));
  assert_false(remit_dictionary_is_ordered(again));
  remit_dictionary_free(again);
  remit_dictionary_set_ordered(sorted, false);
  remit_dictionary_set_separator(sorted, '|');
  assert_ok(remit_dictionary_sorted(&again, sorted, codes, NULL));
  assert_int_equal(remit_dictionary_separator(again), '\0');
  remit_dictionary_free(again);
  support_fail_each_allocation(sort_job, given);
  remit_dictionary_free(sorted);
  remit_dictionary_free(given);
}

static remit_status lookup_job(void *context)
{
  uint32_t codes[4];
  char text[] = "caf\xc3\x89";
  size_t count = remit_dictionary_suggest(context, text, strlen(text), codes, 4);
  uint32_t code = match(context, text);
  assert_true(code == 0 || code == 2);
  assert_true(count == 0 || codes[0] == 2 || codes[0] == 1);
  return code == 2 && count == 2 && codes[0] == 2 ? REMIT_OK : REMIT_ENOMEM;
}

static void lookups_survive_the_lack_of_memory(void **state)
{
  (void)state;
  char narrow[] = "Plain", broad[] = "Caf\xc3\xa9";
  remit_dictionary *names = DICTIONARY("Caf\xc3\xa9s", "Caf\xc3\xa9");
  support_fail_each_allocation(fold_job, narrow);
  support_fail_each_allocation(fold_job, broad);
  support_fail_each_allocation(lookup_job, names);
  remit_dictionary_free(names);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(codes_count_from_one_in_the_order_of_adding),
    LEAK_CHECKED(code_zero_is_no_value),
    LEAK_CHECKED(a_label_is_copied_and_ends_where_it_is_told),
    LEAK_CHECKED(labels_end_at_their_limit),
    LEAK_CHECKED(labels_never_move),
    LEAK_CHECKED(the_same_codes_come_from_a_naive_list),
    LEAK_CHECKED(labels_are_found_while_they_ascend_and_after),
    LEAK_CHECKED(several_threads_may_ask_first),
    LEAK_CHECKED(a_long_dictionary_is_searched_without_memory_too),
    LEAK_CHECKED(labels_added_together_get_the_codes_of_labels_added_in_turn),
    LEAK_CHECKED(a_dictionary_lives_until_its_last_owner_frees_it),
    LEAK_CHECKED(an_extended_dictionary_begins_with_the_codes_of_its_base),
    LEAK_CHECKED(labels_added_together_may_be_the_bases),
    LEAK_CHECKED(order_and_separator_are_kept),
    LEAK_CHECKED(match_ignores_case_and_stray_spaces),
    LEAK_CHECKED(suggest_finds_slips_of_the_keyboard),
    LEAK_CHECKED(suggest_gives_all_that_are_equally_near_or_none),
    LEAK_CHECKED(suggest_gives_the_nearest_first),
    LEAK_CHECKED(suggest_counts_characters_and_not_bytes),
    LEAK_CHECKED(suggest_allows_twenty_edits_in_a_long_text),
    LEAK_CHECKED(suggest_agrees_with_the_naive_way),
    LEAK_CHECKED(suggest_gives_at_most_sixty_four),
    LEAK_CHECKED(fold_lowers_and_squeezes),
    LEAK_CHECKED(fold_says_where_text_stops_being_utf8),
    LEAK_CHECKED(fold_refuses_a_nul_byte),
    LEAK_CHECKED(fold_bounds_the_accents_in_a_row),
    LEAK_CHECKED(fold_has_room_for_what_grows),
    LEAK_CHECKED(fold_survives_random_bytes),
    LEAK_CHECKED(distance_counts_edits_and_swaps),
    LEAK_CHECKED(distance_agrees_with_the_whole_matrix),
    LEAK_CHECKED(codes_are_those_of_the_same_labels_in_another),
    LEAK_CHECKED(sorted_labels_stand_in_byte_order),
    LEAK_CHECKED(a_dictionary_survives_the_lack_of_memory),
    LEAK_CHECKED(lookups_survive_the_lack_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
