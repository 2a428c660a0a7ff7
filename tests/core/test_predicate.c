/* SPDX-License-Identifier: Apache-2.0
 * The test language: what reads, what is refused and how, labels against members, values against units.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Reading ---- */

/* A test that is refused at the byte where `caret` has its ^, with a message that holds `teaches`. */
static void refused(const char *text, const char *caret, const char *teaches)
{
  remit_predicate *predicate;
  remit_error err;
  assert_int_equal(remit_predicate_new(&predicate, text, strlen(text), &err), REMIT_EPARSE);
  assert_null(predicate);
  assert_int_equal(remit_predicate_new(&predicate, text, strlen(text), NULL), REMIT_EPARSE);
  if (strstr(err.message, teaches) == NULL)
    fail_msg("%s: '%s' does not say '%s'", text, err.message, teaches);
  if (err.at != strlen(caret) - 1)
    fail_msg("%s: at %zu, expected %zu", text, err.at, strlen(caret) - 1);
}

static void the_text_is_kept(void **state)
{
  (void)state;
  remit_predicate *predicate = support_predicate(" not( grow ,\"a, b\" ) ");
  assert_string_equal(remit_predicate_text(predicate), " not( grow ,\"a, b\" ) ");
  remit_predicate_free(predicate);
  remit_predicate_free(NULL);
}

static void everything_of_the_language_reads(void **state)
{
  (void)state;
  static const char *const good[] = {
    "grow", "grow, retain", "not(grow, retain)", "NOT (grow)", ">= 8a", "< 6", "<=7", ">\"7 (part)\"", "[5..7]", "(5..7]", "[5..7)", "(5..7)",
    "[ 5 .. 7 ]", "*safeguard*", "saf?guard*", "\"Medicines, optimisation\"", "\"the \"\"old\"\" team\"", "-", " - ", "none", "None, grow", "not(none)",
    "8a", "nhp.sunderland", "2026-04", "North East and Yorkshire", "-15.5", "< -15.5", "not known", "nothing", "Quality & safety", "a|b", "[0.5..1.5]",
    "[\"a..b\"..c]", "\"none\"", "\"-\"", "not(>= 8a, [1..2])", "\xc2\xa0grow\xc2\xa0", "< £500", "101,102", "o'neill", "'s-hertogenbosch",
    "> \"50,000\"", "[\"1,000\"..\"2,000\"]", "caf\xc3\xa9*", "\"*\"", "a-b", "a.b.c", "(1..2), 5, *x*, none, >= 9",
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    remit_predicate_free(support_predicate(good[i]));
}

static void an_empty_or_missing_test_is_refused(void **state)
{
  (void)state;
  refused("", "^", "an empty test");
  refused("  ", "^", "an empty test");
  refused("a,", "..^", "a test is missing");
  refused(",a", "^", "a test is missing");
  refused("a,,b", "..^", "a test is missing");
  refused("not()", "....^", "a test is missing");
  refused("not(a,)", "......^", "a test is missing");
  refused("\"\"", "^", "an empty label");
  refused("a, \" \"", "...^", "an empty label");
}

static void not_stands_alone(void **state)
{
  (void)state;
  refused("not(a), b", "......^", "not(...) stands alone");
  refused("a, not(b)", "...^", "not(...) stands alone");
  refused("not(not(a))", "....^", "not(...) stands alone");
  refused("a and not(b)", ".........^", "not(...) stands alone");
  refused("not(a", "^", "never closed");
  refused("not(a))", "......^", "closes nothing");
  refused("not(a) and b", ".......^", "not joined");
  refused("not(a) b", ".......^", "a comma or the end");
}

static void a_dash_stands_alone(void **state)
{
  (void)state;
  refused("-, a", "^", "stands alone");
  refused("a, -", "...^", "stands alone");
  refused("not(-)", "....^", "stands alone");
  refused("\xe2\x80\x93", "^", "plain hyphen");
}

static void operators_of_other_languages_get_a_hint(void **state)
{
  (void)state;
  refused("= 8a", "^", "leave the sign out");
  refused("== 8a", "^", "leave the sign out");
  refused("a, =b", "...^", "leave the sign out");
  refused("!= 8a", "^", "not(x)");
  refused("<> 8a", "^", "not(x)");
  refused("~= 8a", "^", "not(x)");
  refused("=> 8a", "^", "write >=");
  refused("=< 8a", "^", "write <=");
  refused("> = 8a", "..^", "without a space");
  refused("\xe2\x89\xa5 8a", "^", "write >=");
  refused("\xe2\x80\x9cgrow\xe2\x80\x9d", "^", "straight");
  refused("'grow'", "^", "double quotes");
  refused("band = 8a", ".....^", "field's name stands outside");
  refused("band >= 8a", ".....^", "comes first or after a comma");
  refused(">= 5 and < 8", ".........^", "a comma is 'or'");
  refused("a && b", "..^", "a comma is 'or'");
  refused("a || b", "..^", "a comma is 'or'");
  refused("\"a\" or b", "....^", "a comma is 'or'");
  refused("[1..2] or 5", ".......^", "a comma is 'or'");
}

static void comparisons_and_ranges_need_their_ends(void **state)
{
  (void)state;
  refused(">=", "..^", "expected after the sign");
  refused("< , a", "..^", "expected after the sign");
  refused("> none", "..^", "have no order");
  refused("> -", "..^", "have no order");
  refused("> a*", "..^", "a pattern has no order");
  refused(">= !=5", "...^", "not(x)");
  refused("[..5]", ".^", "both its ends");
  refused("[5..]", "....^", "both its ends");
  refused("[5]", "..^", "[low..high]");
  refused("[5-7]", "....^", "[low..high]");
  refused("[5,7]", "..^", "[low..high]");
  refused("[5..7", ".....^", "a range ends with");
  refused("[5..7, 8", ".....^", "a range ends with");
  refused("[5..7]x", "......^", "a comma or the end");
  refused("5..7", ".^", "brackets: [low..high]");
  refused("7 (part)", "..^", "bracket needs quotes");
  refused("7)", ".^", "closes nothing");
  refused("7]", ".^", "bracket needs quotes");
}

static void quotes_are_checked(void **state)
{
  (void)state;
  refused("\"grow", "^", "never closed");
  refused("a, \"gr\"\"ow", "...^", "never closed");
  refused("5\" pipe", ".^", "around a whole label");
  refused("\"a\" \"b\"", "....^", "around a whole label");
  refused("\"a,b\"*", ".....^", "a comma or the end");
}

static void grouped_digits_need_quotes(void **state)
{
  (void)state;
  refused("< £50,000", "..^", "need quotes: \"£50,000\"");
  refused("> 1,234,567", "..^", "\"1,234,567\"");
  refused("[1,000..5,000]", ".^", "\"1,000\"");
  refused("£1,000", "^", "\"£1,000\"");
  refused(">= -1,000, 5", "...^", "\"-1,000\"");
  remit_predicate_free(support_predicate("> 50, 000"));
  remit_predicate_free(support_predicate("> 5000,000"));
  remit_predicate_free(support_predicate("> 50,0000"));
}

static void bytes_that_are_no_text_are_refused(void **state)
{
  (void)state;
  refused("a\xff", ".^", "not UTF-8");
  refused("a, \"\xc3\"", "...^", "not UTF-8");
  remit_predicate *predicate;
  remit_error err;
  assert_int_equal(remit_predicate_new(&predicate, "a\0b", 3, &err), REMIT_EPARSE);
  assert_int_equal(err.at, 1);
}

static void length_is_limited(void **state)
{
  (void)state;
  char *text = malloc(REMIT_PREDICATE_MAX + 1);
  memset(text, 'a', REMIT_PREDICATE_MAX + 1);
  remit_predicate *predicate;
  assert_ok(remit_predicate_new(&predicate, text, REMIT_PREDICATE_MAX, NULL));
  remit_predicate_free(predicate);
  assert_int_equal(remit_predicate_new(&predicate, text, REMIT_PREDICATE_MAX + 1, NULL), REMIT_ELIMIT);
  assert_null(predicate);
  free(text);
}

/* ---- Members ---- */

#define MEMBERS(...) support_dictionary((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* `expected` has a digit a code, that of "missing" first. */
static void passes(const char *text, const remit_dictionary *dictionary, const remit_column *names, const char *expected)
{
  remit_predicate *predicate = support_predicate(text);
  uint8_t pass[64];
  char found[65] = "";
  remit_error err;
  size_t size = remit_dictionary_size(dictionary);
  if (remit_predicate_codes(predicate, dictionary, names, pass, &err) != REMIT_OK)
    fail_msg("%s: %s", text, err.message);
  for (size_t i = 0; i < size; i++)
    found[i] = (char)('0' + pass[i]);
  if (strcmp(found, expected) != 0)
    fail_msg("%s: %s, expected %s", text, found, expected);
  remit_predicate_free(predicate);
}

static void unresolved(const char *text, const remit_dictionary *dictionary, const remit_column *names, remit_status status, size_t at,
                       const char *message)
{
  remit_predicate *predicate = support_predicate(text);
  uint8_t pass[64];
  remit_error err;
  assert_int_equal(remit_predicate_codes(predicate, dictionary, names, pass, &err), status);
  assert_string_equal(err.message, message);
  assert_int_equal(err.at, at);
  assert_int_equal(remit_predicate_codes(predicate, dictionary, names, pass, NULL), status);
  remit_predicate_free(predicate);
}

static void labels_pass_by_id_whatever_their_case(void **state)
{
  (void)state;
  remit_dictionary *classes = MEMBERS("grow", "Retain", "review", "none", "-");
  passes("grow", classes, NULL, "010000");
  passes("GROW, retain", classes, NULL, "011000");
  passes("not(grow,  ReTain )", classes, NULL, "100111");
  passes("-", classes, NULL, "111111");
  passes("none", classes, NULL, "100000");
  passes("not(none)", classes, NULL, "011111");
  passes("\"none\", \"-\"", classes, NULL, "000011");
  passes("none, grow", classes, NULL, "110000");
  passes("retain, Retain, RETAIN", classes, NULL, "001000");
  remit_dictionary_free(classes);
}

static void globs_match_whole_labels(void **state)
{
  (void)state;
  remit_dictionary *labels = MEMBERS("safeguarding", "Adult Safeguarding team", "CAF\xc3\x89", "a*b", "ab");
  passes("*safeguard*", labels, NULL, "011000");
  passes("safeguard*", labels, NULL, "010000");
  passes("*SAFEGUARDING", labels, NULL, "010000");
  passes("caf\xc3\xa9*", labels, NULL, "000100");
  passes("caf?", labels, NULL, "000100");
  passes("a?b", labels, NULL, "000010");
  passes("\"a*b\"", labels, NULL, "000010");
  passes("a*b, grow*", labels, NULL, "000011");
  passes("*", labels, NULL, "011111");
  passes("not(*)", labels, NULL, "100000");
  passes("*a*a*a*", labels, NULL, "001000");
  passes("x*", labels, NULL, "000000");
  passes("??", labels, NULL, "000001");
  remit_dictionary_free(labels);
}

static void ordered_members_compare_by_code(void **state)
{
  (void)state;
  remit_dictionary *bands = MEMBERS("5", "6", "7", "8a", "8b");
  remit_dictionary_set_ordered(bands, true);
  passes(">= 8a", bands, NULL, "000011");
  passes("> 8A", bands, NULL, "000001");
  passes("< 6", bands, NULL, "010000");
  passes("<= 6, 8b", bands, NULL, "011001");
  passes("[6..8a]", bands, NULL, "001110");
  passes("(6..8a]", bands, NULL, "000110");
  passes("[6..8a)", bands, NULL, "001100");
  passes("(6..8a)", bands, NULL, "000100");
  passes("(6..7)", bands, NULL, "000000");
  passes("not(>= 8a)", bands, NULL, "111100");
  passes("> 8b", bands, NULL, "000000");
  unresolved("6, [8a..5]", bands, NULL, REMIT_EPARSE, 3, "the range is upside down: '8a' comes after '5'");
  unresolved("(7..7]", bands, NULL, REMIT_EPARSE, 0, "nothing lies between '7' and itself with an end left out: write [ and ]");
  unresolved(">= 8", bands, NULL, REMIT_ENOTFOUND, 3, "'8' is not a member. Did you mean '8a' or '8b'?");
  remit_dictionary_free(bands);
}

static void members_without_order_do_not_compare(void **state)
{
  (void)state;
  remit_dictionary *classes = MEMBERS("grow", "retain");
  const char *message = "these members have no order, so <, > and ranges mean nothing; name them instead";
  unresolved("none, >= grow", classes, NULL, REMIT_EINVAL, 6, message);
  unresolved("[grow..retain]", classes, NULL, REMIT_EINVAL, 0, message);
  remit_dictionary_free(classes);
}

static void unknown_labels_come_with_suggestions(void **state)
{
  (void)state;
  remit_dictionary *functions = MEMBERS("safeguarding", "chc", "quality");
  unresolved("chc, Safegaurding", functions, NULL, REMIT_ENOTFOUND, 5, "'Safegaurding' is not a member. Did you mean 'safeguarding'?");
  unresolved("zebra", functions, NULL, REMIT_ENOTFOUND, 0, "'zebra' is not a member.");
  unresolved("zebra or okapi", functions, NULL, REMIT_ENOTFOUND, 0,
             "'zebra or okapi' is not a member. Between tests, a comma means 'or'; there is no 'and'.");
  unresolved("not zebra", functions, NULL, REMIT_ENOTFOUND, 0, "'not zebra' is not a member. To leave members out, write not(...).");
  remit_dictionary_free(functions);
}

/* 100 two-byte letters and an x before or after: the cut falls on a letter's edge either way. */
static void long_labels_are_cut_in_messages(void **state)
{
  (void)state;
  remit_dictionary *functions = MEMBERS("chc");
  for (size_t shift = 0; shift < 2; shift++) {
    char text[202] = "x", message[128] = "'x";
    for (size_t i = 0; i < 100; i++)
      memcpy(text + shift + 2 * i, "é", 2);
    text[shift + 200] = '\0';
    for (size_t i = 0; i < 46 - shift; i++)
      memcpy(message + 1 + shift + 2 * i, "é", 2);
    strcpy(message + 1 + shift + 2 * (46 - shift), "...' is not a member.");
    unresolved(text, functions, NULL, REMIT_ENOTFOUND, 0, message);
  }
  remit_dictionary_free(functions);
}

static remit_column *names_of(const char *const *labels, const uint32_t *codes, size_t count, size_t labels_count)
{
  remit_dictionary *dictionary = support_dictionary(labels, labels_count);
  remit_column *names;
  assert_ok(remit_column_codes(&names, codes, count, dictionary, NULL));
  remit_dictionary_free(dictionary);
  return names;
}

static void names_match_after_ids(void **state)
{
  (void)state;
  remit_dictionary *places = MEMBERS("sun", "gat", "new", "old", "dup");
  static const char *const labels[] = { "Sunderland", "Gateshead", "gat", "Newcastle" };
  static const uint32_t codes[] = { 1, 2, 3, 4, 4 };
  remit_column *names = names_of(labels, codes, 5, 4);
  passes("SUNDERLAND", places, names, "010000");
  passes("gat", places, names, "001000");
  passes("sun, gateshead", places, names, "011000");
  passes("*land, *stle", places, names, "010011");
  passes("ne?, ga*", places, names, "001100");
  unresolved("sun, newcastle", places, names, REMIT_EINVAL, 5, "'newcastle' is ambiguous: it is both 'old' and 'dup'; use the id");
  unresolved("Sunderlnad", places, names, REMIT_ENOTFOUND, 0, "'Sunderlnad' is not a member. Did you mean 'Sunderland'?");
  unresolved("gatt", places, names, REMIT_ENOTFOUND, 0, "'gatt' is not a member. Did you mean 'gat'?");
  remit_column_free(names);
  remit_dictionary_free(places);
}

static void names_without_a_row_a_member_are_refused(void **state)
{
  (void)state;
  remit_dictionary *places = MEMBERS("sun", "gat");
  static const char *const labels[] = { "Sunderland" };
  static const uint32_t codes[] = { 1 };
  remit_column *names = names_of(labels, codes, 1, 1);
  remit_predicate *predicate = support_predicate("sun");
  uint8_t pass[3];
  assert_int_equal(remit_predicate_codes(predicate, places, names, pass, NULL), REMIT_EINVAL);
  remit_predicate_free(predicate);
  remit_column_free(names);
  remit_dictionary_free(places);
}

static void an_id_in_two_cases_is_ambiguous_unless_exact(void **state)
{
  (void)state;
  remit_dictionary *labels = MEMBERS("Grow", "grow");
  passes("Grow", labels, NULL, "010");
  passes("grow", labels, NULL, "001");
  unresolved("GROW", labels, NULL, REMIT_EINVAL, 0, "'GROW' is ambiguous: it is both 'Grow' and 'grow'; use the id");
  remit_dictionary_free(labels);
}

static void lists_pass_when_any_item_does(void **state)
{
  (void)state;
  remit_dictionary *tags = MEMBERS("pod", "pod|ring fenced", "Ring Fenced | new", "|");
  remit_dictionary_set_separator(tags, '|');
  passes("pod", tags, NULL, "01100");
  passes("ring fenced", tags, NULL, "00110");
  passes("not(POD)", tags, NULL, "10011");
  passes("pod, new", tags, NULL, "01110");
  passes("ring*", tags, NULL, "00110");
  passes("none", tags, NULL, "10001");
  passes("-", tags, NULL, "11111");
  unresolved("ring fence", tags, NULL, REMIT_ENOTFOUND, 0, "'ring fence' is not a member. Did you mean 'ring fenced'?");
  unresolved("> pod", tags, NULL, REMIT_EINVAL, 0, "these members have no order, so <, > and ranges mean nothing; name them instead");
  remit_dictionary_free(tags);
}

static void a_member_that_is_no_text_equals_nothing(void **state)
{
  (void)state;
  remit_dictionary *labels = MEMBERS("a\xff", "b");
  passes("B", labels, NULL, "001");
  passes("*", labels, NULL, "001");
  remit_dictionary_free(labels);
}

/* Random labels, lists and globs against the obvious loop. */
static void codes_agree_with_a_naive_reading(void **state)
{
  (void)state;
  uint64_t seed = 11;
  for (int round = 0; round < 300; round++) {
    remit_dictionary *dictionary;
    assert_ok(remit_dictionary_new(&dictionary, NULL));
    size_t count = 1 + support_below(&seed, 40);
    for (size_t i = 0; i < count; i++) {
      char label[8];
      uint32_t code;
      snprintf(label, sizeof label, "m%u", (unsigned)i);
      assert_ok(remit_dictionary_add(dictionary, label, strlen(label), &code, NULL));
    }
    uint8_t expected[64] = { 0 };
    char text[256];
    size_t length = 0, tests = 1 + support_below(&seed, 8);
    bool negated = support_below(&seed, 2) != 0;
    length += (size_t)snprintf(text, sizeof text, "%s", negated ? "not(" : "");
    for (size_t i = 0; i < tests; i++) {
      size_t member = support_below(&seed, count);
      bool upper = support_below(&seed, 2) != 0, quoted = support_below(&seed, 2) != 0;
      length += (size_t)snprintf(text + length, sizeof text - length, "%s%s%s%zu%s", i != 0 ? ", " : "", quoted ? "\"" : "", upper ? "M" : "m",
                                 member, quoted ? "\"" : "");
      expected[member + 1] = 1;
    }
    snprintf(text + length, sizeof text - length, "%s", negated ? ")" : "");
    char digits[65] = "";
    for (size_t i = 0; i <= count; i++)
      digits[i] = (char)('0' + (expected[i] ^ negated));
    passes(text, dictionary, NULL, digits);
    remit_dictionary_free(dictionary);
  }
}

static remit_status make_and_resolve(void *context)
{
  const remit_dictionary *const *dictionaries = context;
  static const char text[] = "not(SUNDERLAND, \"gat\", n*w)";
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, text, sizeof text - 1, NULL);
  uint8_t pass[8];
  for (int i = 0; status == REMIT_OK && i < 2; i++)
    status = remit_predicate_codes(predicate, dictionaries[i], NULL, pass, NULL);
  remit_predicate_free(predicate);
  return status;
}

static void codes_survive_every_failed_allocation(void **state)
{
  (void)state;
  remit_dictionary *dictionaries[] = { MEMBERS("Sunderland", "gat", "new"), MEMBERS("Sunderland|gat", "new|caf\xc3\xa9") };
  remit_dictionary_set_separator(dictionaries[1], '|');
  support_fail_each_allocation(make_and_resolve, dictionaries);
  remit_dictionary_free(dictionaries[0]);
  remit_dictionary_free(dictionaries[1]);
}

static remit_status resolve_names(void *context)
{
  void **parts = context;
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, "GATESHEAD, *d", 13, NULL);
  uint8_t pass[8];
  if (status == REMIT_OK)
    status = remit_predicate_codes(predicate, parts[0], parts[1], pass, NULL);
  remit_predicate_free(predicate);
  return status;
}

static void names_survive_every_failed_allocation(void **state)
{
  (void)state;
  remit_dictionary *places = MEMBERS("sun", "gat");
  static const char *const labels[] = { "Sunderland", "Gateshead" };
  static const uint32_t codes[] = { 1, 2 };
  remit_column *names = names_of(labels, codes, 2, 2);
  support_fail_each_allocation(resolve_names, (void *[]){ places, names });
  remit_column_free(names);
  remit_dictionary_free(places);
}

/* ---- Values ---- */

#define LOWEST (REMIT_MISSING + 1)

static remit_ranges ranges_of(const char *text, remit_unit unit)
{
  remit_predicate *predicate = support_predicate(text);
  remit_ranges ranges;
  remit_error err;
  if (remit_predicate_ranges(predicate, unit, &ranges, &err) != REMIT_OK)
    fail_msg("%s: %s", text, err.message);
  remit_predicate_free(predicate);
  return ranges;
}

/* `expected` holds `count` pairs. */
static void gives(const char *text, remit_unit unit, bool missing, size_t count, const int64_t *expected)
{
  remit_ranges ranges = ranges_of(text, unit);
  if (ranges.count != count || ranges.missing != missing)
    fail_msg("%s: %zu ranges, missing %d", text, ranges.count, ranges.missing);
  for (size_t i = 0; i < count; i++)
    if (ranges.bounds[i][0] != expected[2 * i] || ranges.bounds[i][1] != expected[2 * i + 1])
      fail_msg("%s: range %zu is %lld..%lld", text, i, (long long)ranges.bounds[i][0], (long long)ranges.bounds[i][1]);
  remit_ranges_release(&ranges);
}

#define PAIRS(...) (const int64_t[]){ __VA_ARGS__ }

static void values_become_ranges(void **state)
{
  (void)state;
  gives("5, 7", REMIT_COUNT, false, 2, PAIRS(5, 5, 7, 7));
  gives("7, 5, 6", REMIT_COUNT, false, 1, PAIRS(5, 7));
  gives(">= 5", REMIT_COUNT, false, 1, PAIRS(5, INT64_MAX));
  gives("> 5", REMIT_COUNT, false, 1, PAIRS(6, INT64_MAX));
  gives("< 5", REMIT_COUNT, false, 1, PAIRS(LOWEST, 4));
  gives("<= -5", REMIT_COUNT, false, 1, PAIRS(LOWEST, -5));
  gives("(1..5), [9..9]", REMIT_COUNT, false, 2, PAIRS(2, 4, 9, 9));
  gives("[1..5], (3..9]", REMIT_COUNT, false, 1, PAIRS(1, 9));
  gives("[1..9], [2..3], 12", REMIT_COUNT, false, 2, PAIRS(1, 9, 12, 12));
  gives("(5..6)", REMIT_COUNT, false, 0, NULL);
  gives("-", REMIT_COUNT, true, 1, PAIRS(LOWEST, INT64_MAX));
  gives("none", REMIT_COUNT, true, 0, NULL);
  gives("*", REMIT_COUNT, false, 1, PAIRS(LOWEST, INT64_MAX));
  gives("none, > 5", REMIT_COUNT, true, 1, PAIRS(6, INT64_MAX));
}

static void not_is_the_complement(void **state)
{
  (void)state;
  gives("not(5)", REMIT_COUNT, true, 2, PAIRS(LOWEST, 4, 6, INT64_MAX));
  gives("not(>= 5)", REMIT_COUNT, true, 1, PAIRS(LOWEST, 4));
  gives("not(< 5, > 9)", REMIT_COUNT, true, 1, PAIRS(5, 9));
  gives("not(none)", REMIT_COUNT, false, 1, PAIRS(LOWEST, INT64_MAX));
  gives("not(*)", REMIT_COUNT, true, 0, NULL);
  gives("not((5..6))", REMIT_COUNT, true, 1, PAIRS(LOWEST, INT64_MAX));
  gives("not([1..2], [4..5], [7..8])", REMIT_COUNT, true, 4, PAIRS(LOWEST, 0, 3, 3, 6, 6, 9, INT64_MAX));
}

static void units_read_their_own_values(void **state)
{
  (void)state;
  gives("< £500.5", REMIT_PENCE, false, 1, PAIRS(LOWEST, 50049));
  gives(">= \"£50,000\"", REMIT_PENCE, false, 1, PAIRS(5000000, INT64_MAX));
  gives("-15.5", REMIT_PENCE, false, 1, PAIRS(-1550, -1550));
  gives("> £4m", REMIT_PENCE, false, 1, PAIRS(400000001, INT64_MAX));
  gives("[-£1.5k..67.969M]", REMIT_PENCE, false, 1, PAIRS(-150000, 6796900000));
  gives("< £0.00000001m", REMIT_PENCE, false, 1, PAIRS(LOWEST, 0));
  gives("[0.5..1]", REMIT_MICRO, false, 1, PAIRS(500000, 1000000));
  gives("(2026-03..2026-05)", REMIT_MONTH, false, 1, PAIRS(2026 * 12 + 3, 2026 * 12 + 3));
  gives("1970-01-11", REMIT_DAY, false, 1, PAIRS(10, 10));
  gives("11/01/1970", REMIT_DAY, false, 1, PAIRS(10, 10));
}

static void ends_of_the_integers_hold(void **state)
{
  (void)state;
  gives("> 9223372036854775807", REMIT_COUNT, false, 0, NULL);
  gives(">= 9223372036854775807", REMIT_COUNT, false, 1, PAIRS(INT64_MAX, INT64_MAX));
  gives("< -9223372036854775807", REMIT_COUNT, false, 0, NULL);
  gives("<= -9223372036854775807", REMIT_COUNT, false, 1, PAIRS(LOWEST, LOWEST));
  gives("not(9223372036854775807, -9223372036854775807)", REMIT_COUNT, true, 1, PAIRS(LOWEST + 1, INT64_MAX - 1));
  gives(">= 9223372036854775807, 9223372036854775806, <= 5", REMIT_COUNT, false, 2, PAIRS(LOWEST, 5, INT64_MAX - 1, INT64_MAX));
}

static void no_value(const char *text, remit_unit unit, remit_status status, size_t at, const char *teaches)
{
  remit_predicate *predicate = support_predicate(text);
  remit_ranges ranges;
  remit_error err;
  assert_int_equal(remit_predicate_ranges(predicate, unit, &ranges, &err), status);
  if (strstr(err.message, teaches) == NULL)
    fail_msg("%s: '%s' does not say '%s'", text, err.message, teaches);
  assert_int_equal(err.at, at);
  assert_null(ranges.bounds);
  assert_int_equal(remit_predicate_ranges(predicate, unit, &ranges, NULL), status);
  remit_predicate_free(predicate);
}

static void values_that_the_unit_cannot_have_are_refused(void **state)
{
  (void)state;
  no_value("5, grow", REMIT_COUNT, REMIT_EPARSE, 3, "'grow': ");
  no_value("0.5", REMIT_COUNT, REMIT_EPARSE, 0, "'0.5': ");
  no_value(">= 0.125", REMIT_PENCE, REMIT_EPARSE, 3, "'0.125': ");
  no_value("2026-13", REMIT_MONTH, REMIT_EPARSE, 0, "'2026-13': ");
  no_value("[2026-02-30..2026-03-01]", REMIT_DAY, REMIT_EPARSE, 1, "'2026-02-30': ");
  no_value("£5", REMIT_MICRO, REMIT_EPARSE, 0, ": ");
  no_value("> £m", REMIT_PENCE, REMIT_EPARSE, 2, "'£m': ");
  no_value("4m", REMIT_MICRO, REMIT_EPARSE, 0, "'4m': ");
  no_value("> £0.000000001m", REMIT_PENCE, REMIT_EPARSE, 2, ": ");
  no_value("> £99999999999999999m", REMIT_PENCE, REMIT_EOVERFLOW, 2, ": ");
  no_value("92233720368547758080", REMIT_COUNT, REMIT_EOVERFLOW, 0, ": ");
  no_value("5*", REMIT_COUNT, REMIT_EINVAL, 0, "patterns are for labels");
  no_value("1, [7..5]", REMIT_COUNT, REMIT_EPARSE, 3, "upside down");
  no_value("[5..5)", REMIT_COUNT, REMIT_EPARSE, 0, "nothing lies between");
  no_value("7, 1,000", REMIT_COUNT, REMIT_EPARSE, 3, "in quotes if it groups digits");
  no_value("5", REMIT_CODE, REMIT_EINVAL, 0, "by label");
}

static int64_t small_random(uint64_t *seed)
{
  return (int64_t)support_below(seed, 60) - 30;
}

/* Random tests on small integers against the tests themselves. */
static void ranges_agree_with_a_naive_reading(void **state)
{
  (void)state;
  uint64_t seed = 7;
  for (int round = 0; round < 2000; round++) {
    int64_t low[6], high[6];
    size_t tests = 1 + support_below(&seed, 6), length;
    bool negated = support_below(&seed, 2) != 0, missing = false;
    char text[256];
    length = (size_t)snprintf(text, sizeof text, "%s", negated ? "not(" : "");
    for (size_t i = 0; i < tests; i++) {
      int64_t a = small_random(&seed), b = a + 1 + (int64_t)support_below(&seed, 10);
      const char *comma = i != 0 ? ", " : "";
      char *to = text + length;
      size_t room = sizeof text - length;
      low[i] = INT64_MIN, high[i] = INT64_MAX;
      switch (support_below(&seed, 7)) {
      case 0: length += (size_t)snprintf(to, room, "%s%d", comma, (int)a); low[i] = high[i] = a; break;
      case 1: length += (size_t)snprintf(to, room, "%s> %d", comma, (int)a); low[i] = a + 1; break;
      case 2: length += (size_t)snprintf(to, room, "%s<=%d", comma, (int)a); high[i] = a; break;
      case 3: length += (size_t)snprintf(to, room, "%s[%d..%d]", comma, (int)a, (int)b); low[i] = a, high[i] = b; break;
      case 4: length += (size_t)snprintf(to, room, "%s(%d..%d)", comma, (int)a, (int)b); low[i] = a + 1, high[i] = b - 1; break;
      case 5: length += (size_t)snprintf(to, room, "%s(%d..%d]", comma, (int)a, (int)b); low[i] = a + 1, high[i] = b; break;
      default: length += (size_t)snprintf(to, room, "%snone", comma); low[i] = 1, high[i] = 0; missing = true; break;
      }
    }
    snprintf(text + length, sizeof text - length, "%s", negated ? ")" : "");
    remit_ranges ranges = ranges_of(text, REMIT_COUNT);
    for (int64_t value = -50; value <= 50; value++) {
      bool expected = false;
      for (size_t i = 0; i < tests; i++)
        expected = expected || (low[i] <= value && value <= high[i]);
      if (remit_ranges_pass(&ranges, value) != (expected != negated))
        fail_msg("%s: wrong for %d", text, (int)value);
    }
    assert_int_equal(remit_ranges_pass(&ranges, REMIT_MISSING), missing != negated);
    for (size_t i = 1; i < ranges.count; i++)
      assert_true(ranges.bounds[i - 1][1] + 1 < ranges.bounds[i][0]);
    remit_ranges_release(&ranges);
  }
}

static remit_status make_ranges(void *context)
{
  (void)context;
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, "not(5, [7..9])", 14, NULL);
  remit_ranges ranges = { .count = 0 };
  if (status == REMIT_OK)
    status = remit_predicate_ranges(predicate, REMIT_COUNT, &ranges, NULL);
  remit_ranges_release(&ranges);
  remit_predicate_free(predicate);
  return status;
}

static void ranges_survive_every_failed_allocation(void **state)
{
  (void)state;
  support_fail_each_allocation(make_ranges, NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(the_text_is_kept),
    LEAK_CHECKED(everything_of_the_language_reads),
    LEAK_CHECKED(an_empty_or_missing_test_is_refused),
    LEAK_CHECKED(not_stands_alone),
    LEAK_CHECKED(a_dash_stands_alone),
    LEAK_CHECKED(operators_of_other_languages_get_a_hint),
    LEAK_CHECKED(comparisons_and_ranges_need_their_ends),
    LEAK_CHECKED(quotes_are_checked),
    LEAK_CHECKED(grouped_digits_need_quotes),
    LEAK_CHECKED(bytes_that_are_no_text_are_refused),
    LEAK_CHECKED(length_is_limited),
    LEAK_CHECKED(labels_pass_by_id_whatever_their_case),
    LEAK_CHECKED(globs_match_whole_labels),
    LEAK_CHECKED(ordered_members_compare_by_code),
    LEAK_CHECKED(members_without_order_do_not_compare),
    LEAK_CHECKED(unknown_labels_come_with_suggestions),
    LEAK_CHECKED(long_labels_are_cut_in_messages),
    LEAK_CHECKED(names_match_after_ids),
    LEAK_CHECKED(names_without_a_row_a_member_are_refused),
    LEAK_CHECKED(an_id_in_two_cases_is_ambiguous_unless_exact),
    LEAK_CHECKED(lists_pass_when_any_item_does),
    LEAK_CHECKED(a_member_that_is_no_text_equals_nothing),
    LEAK_CHECKED(codes_agree_with_a_naive_reading),
    LEAK_CHECKED(codes_survive_every_failed_allocation),
    LEAK_CHECKED(names_survive_every_failed_allocation),
    LEAK_CHECKED(values_become_ranges),
    LEAK_CHECKED(not_is_the_complement),
    LEAK_CHECKED(units_read_their_own_values),
    LEAK_CHECKED(ends_of_the_integers_hold),
    LEAK_CHECKED(values_that_the_unit_cannot_have_are_refused),
    LEAK_CHECKED(ranges_agree_with_a_naive_reading),
    LEAK_CHECKED(ranges_survive_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
