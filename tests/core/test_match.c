/* SPDX-License-Identifier: Apache-2.0
 * match: what names mean, rules, likeness against the naive way, limits, and the lack of memory.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static remit_match *new_match(void)
{
  remit_match *match;
  assert_ok(remit_match_new(&match, NULL));
  return match;
}

static void name(remit_match *match, const char *text, uint32_t target)
{
  assert_ok(remit_match_name(match, text, strlen(text), target, NULL));
}

static void rule(remit_match *match, const char *text, uint32_t target)
{
  assert_ok(remit_match_rule(match, text, strlen(text), target, NULL));
}

static remit_found find(const remit_match *match, const char *text)
{
  remit_found found;
  assert_ok(remit_match_find(match, text, strlen(text), &found, NULL));
  return found;
}

static void finds(const remit_match *match, const char *text, remit_match_how how, uint32_t target, size_t number)
{
  remit_found found = find(match, text);
  assert_int_equal(found.how, how);
  assert_int_equal(found.target, target);
  assert_int_equal(found.rule, number);
}

static void names_are_compared_without_case_accents_and_punctuation(void **state)
{
  (void)state;
  remit_match *match = new_match();
  name(match, "medicines-optimisation", 7);
  name(match, "Women\xe2\x80\x99s health", 8);
  name(match, "Caf\xc3\xa9", 9);
  finds(match, "Medicines  Optimisation", REMIT_MATCH_NAME, 7, 0);
  finds(match, " MEDICINES OPTIMISATION.", REMIT_MATCH_NAME, 7, 0);
  finds(match, "medicines \xe2\x80\x93 optimisation", REMIT_MATCH_NAME, 7, 0);
  finds(match, "\xef\xbc\xad" "edicines/optimisation", REMIT_MATCH_NAME, 7, 0);
  finds(match, "medicinesoptimisation", REMIT_MATCH_NONE, 0, 0);
  finds(match, "womens HEALTH", REMIT_MATCH_NAME, 8, 0);
  finds(match, "women's health", REMIT_MATCH_NAME, 8, 0);
  finds(match, "CAFE\xcc\x81", REMIT_MATCH_NAME, 9, 0);
  finds(match, "(cafe)", REMIT_MATCH_NAME, 9, 0);
  finds(match, "", REMIT_MATCH_NONE, 0, 0);
  finds(match, "--", REMIT_MATCH_NONE, 0, 0);
  remit_match_free(match);
}

static void a_name_of_two_targets_is_ambiguous(void **state)
{
  (void)state;
  remit_match *match = new_match();
  name(match, "Quality", 1);
  name(match, "quality", 1);
  finds(match, "QUALITY", REMIT_MATCH_NAME, 1, 0);
  name(match, "quality.", 2);
  rule(match, "*", 3);
  finds(match, "QUALITY", REMIT_MATCH_AMBIGUOUS, 0, 0);
  name(match, "quality", 1);
  finds(match, "QUALITY", REMIT_MATCH_AMBIGUOUS, 0, 0);
  remit_match_free(match);
}

static void rules_are_tried_in_order_after_names(void **state)
{
  (void)state;
  remit_match *match = new_match();
  rule(match, "*CHC *", 1);
  rule(match, "b?nd 5", 2);
  rule(match, "*chc*", 3);
  name(match, "nhs chc team", 4);
  finds(match, "NHS-CHC Team", REMIT_MATCH_NAME, 4, 0);
  finds(match, "My chc/team", REMIT_MATCH_RULE, 1, 1);
  finds(match, "chcs", REMIT_MATCH_RULE, 3, 3);
  finds(match, "B\xc3\x84ND 5", REMIT_MATCH_RULE, 2, 2);
  finds(match, "band 55", REMIT_MATCH_NONE, 0, 0);
  finds(match, "*", REMIT_MATCH_NONE, 0, 0);
  rule(match, "*", 5);
  finds(match, "band 55", REMIT_MATCH_RULE, 5, 4);
  finds(match, "-", REMIT_MATCH_NONE, 0, 0);
  remit_match_free(match);
}

static void what_cannot_be_compared_is_refused(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_error err;
  remit_found found;
  remit_likeness likely;
  size_t count = 77;
  assert_int_equal(remit_match_name(match, "a", 1, 0, &err), REMIT_EINVAL);
  assert_int_equal(remit_match_name(match, " - ", 3, 1, &err), REMIT_EINVAL);
  assert_string_equal(err.message, "a name without letters or digits");
  assert_int_equal(remit_match_rule(match, "..", 2, 1, &err), REMIT_EINVAL);
  assert_int_equal(remit_match_rule(match, "a", 1, 0, &err), REMIT_EINVAL);
  assert_int_equal(remit_match_name(match, "ab\xff", 3, 1, &err), REMIT_EPARSE);
  assert_int_equal(err.at, 2);
  assert_int_equal(remit_match_rule(match, "a\0*", 3, 1, &err), REMIT_EPARSE);
  assert_int_equal(remit_match_find(match, "\xff", 1, &found, &err), REMIT_EPARSE);
  assert_int_equal(remit_match_suggest(match, "a\xff", 2, 0, &likely, 1, &count, &err), REMIT_EPARSE);
  assert_int_equal(count, 0);
  finds(match, "a", REMIT_MATCH_NONE, 0, 0);
  remit_match_free(match);
  remit_match_free(NULL);
}

static size_t suggest(const remit_match *match, const char *text, uint32_t least, remit_likeness *out, size_t max)
{
  size_t count;
  assert_ok(remit_match_suggest(match, text, strlen(text), least, out, max, &count, NULL));
  return count;
}

static void likeness_is_twice_what_both_have_over_what_each_has(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_likeness likely[3];
  name(match, "abcd", 1); /* " ab" "abc" "bcd" "cd " */
  assert_int_equal(suggest(match, "ABC", 0, likely, 3), 1); /* " ab" "abc" "bc " */
  assert_int_equal(likely[0].score, 4 * 1000000 / 7);
  assert_int_equal(suggest(match, "a-b-c-d", 0, likely, 3), 0);
  assert_int_equal(suggest(match, "abc", 4 * 1000000 / 7, likely, 3), 1);
  assert_int_equal(suggest(match, "abc", 4 * 1000000 / 7 + 1, likely, 3), 0);
  assert_int_equal(suggest(match, "abcd abcd", 0, likely, 3), 1);
  assert_int_equal(likely[0].score, 1000000);
  assert_int_equal(suggest(match, "abc", 0, likely, 0), 0);
  assert_int_equal(suggest(match, "", 0, likely, 3), 0);
  remit_match_free(match);
}

static void the_order_of_words_does_not_matter_to_likeness(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_likeness likely[3];
  name(match, "Continuing healthcare", 5);
  name(match, "Quality", 4);
  name(match, "NHS healthcare", 3);
  name(match, "Continuing care", 5);
  assert_int_equal(suggest(match, "healthcare, continuing", 0, likely, 3), 2);
  assert_int_equal(likely[0].target, 5);
  assert_int_equal(likely[0].score, 1000000);
  assert_int_equal(likely[1].target, 3);
  remit_match_free(match);
}

static void a_name_of_two_targets_suggests_both_by_number(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_likeness likely[3];
  name(match, "quality team", 9);
  name(match, "quality team", 2);
  assert_int_equal(suggest(match, "quality", 0, likely, 3), 2);
  assert_int_equal(likely[0].target, 2);
  assert_int_equal(likely[1].target, 9);
  assert_int_equal(suggest(match, "quality", 0, likely, 1), 1);
  assert_int_equal(likely[0].target, 2);
  remit_match_free(match);
}

/* ---- Against the naive way: sets of three-letter texts, compared one by one ---- */

#define NAMES 60
#define TARGETS 20
#define LONGEST 24

typedef struct runs {
  char of[LONGEST * 2][3];
  size_t count;
} runs;

static void random_name(uint64_t *seed, char *out)
{
  size_t size = 1 + support_below(seed, LONGEST - 2);
  for (size_t i = 0; i < size; i++)
    out[i] = "abcde -"[support_below(seed, 7)];
  out[0] = 'a';
  out[size] = '\0';
}

static void runs_of(const char *text, runs *out)
{
  char padded[LONGEST + 3] = " ";
  size_t size = 1;
  for (; *text != '\0'; text++)
    padded[size++] = *text == '-' ? ' ' : *text;
  padded[size++] = ' ';
  out->count = 0;
  for (size_t i = 1; i + 1 < size; i++) {
    bool known = padded[i] == ' ';
    for (size_t j = 0; j < out->count; j++)
      known = known || memcmp(out->of[j], padded + i - 1, 3) == 0;
    if (!known)
      memcpy(out->of[out->count++], padded + i - 1, 3);
  }
}

static uint32_t naive_score(const char *a, const char *b)
{
  runs left, right;
  size_t shared = 0;
  runs_of(a, &left);
  runs_of(b, &right);
  for (size_t i = 0; i < left.count; i++)
    for (size_t j = 0; j < right.count; j++)
      shared += memcmp(left.of[i], right.of[j], 3) == 0;
  return (uint32_t)(2000000 * shared / (left.count + right.count));
}

static int by_likeness(const void *left, const void *right)
{
  const remit_likeness *a = left, *b = right;
  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  return a->target < b->target ? -1 : 1;
}

static void suggestions_agree_with_the_naive_way(void **state)
{
  (void)state;
  uint64_t seed = 4;
  for (int round = 0; round < 200; round++) {
    char names[NAMES][LONGEST], text[LONGEST];
    remit_likeness best[TARGETS], likely[TARGETS];
    remit_match *match = new_match();
    random_name(&seed, text);
    for (uint32_t i = 0; i < TARGETS; i++)
      best[i] = (remit_likeness){ i + 1, 0 };
    for (size_t i = 0; i < NAMES; i++) {
      uint32_t target = 1 + (uint32_t)support_below(&seed, TARGETS), score;
      random_name(&seed, names[i]);
      name(match, names[i], target);
      score = naive_score(text, names[i]);
      best[target - 1].score = score > best[target - 1].score ? score : best[target - 1].score;
    }
    qsort(best, TARGETS, sizeof *best, by_likeness);
    size_t max = 1 + support_below(&seed, TARGETS), wanted = 0;
    uint32_t least = (uint32_t)support_below(&seed, 600000);
    while (wanted < max && best[wanted].score > 0 && best[wanted].score >= least)
      wanted++;
    assert_int_equal(suggest(match, text, least, likely, max), wanted);
    for (size_t i = 0; i < wanted; i++) {
      assert_int_equal(likely[i].target, best[i].target);
      assert_int_equal(likely[i].score, best[i].score);
    }
    remit_match_free(match);
  }
}

/* ---- Limits ---- */

static void names_and_rules_end_at_their_limits(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_error err;
  char text[16];
  for (uint32_t i = 0; i < REMIT_MATCH_NAMES_MAX; i++) {
    int size = snprintf(text, sizeof text, "%x", i);
    if (remit_match_name(match, text, (size_t)size, i + 1, NULL) != REMIT_OK)
      fail_msg("name %u", i);
  }
  assert_int_equal(remit_match_name(match, "past", 4, 1, &err), REMIT_ELIMIT);
  name(match, "0", 1);
  finds(match, "FFFFF", REMIT_MATCH_NAME, REMIT_MATCH_NAMES_MAX, 0);
  finds(match, "past", REMIT_MATCH_NONE, 0, 0);
  for (uint32_t i = 0; i < REMIT_MATCH_RULES_MAX; i++)
    rule(match, "z", i + 1);
  assert_int_equal(remit_match_rule(match, "z", 1, 1, &err), REMIT_ELIMIT);
  finds(match, "z", REMIT_MATCH_RULE, 1, 1);
  remit_match_free(match);
}

static void a_name_may_be_as_long_as_a_label(void **state)
{
  (void)state;
  remit_match *match = new_match();
  remit_error err;
  remit_likeness likely;
  char *text = malloc(REMIT_LABEL_MAX + 1);
  size_t count;
  for (size_t i = 0; i <= REMIT_LABEL_MAX; i++)
    text[i] = (char)('a' + i % 26);
  assert_ok(remit_match_name(match, text, REMIT_LABEL_MAX, 1, NULL));
  assert_int_equal(remit_match_name(match, text, REMIT_LABEL_MAX + 1, 2, &err), REMIT_ELIMIT);
  assert_int_equal(remit_match_rule(match, text, REMIT_LABEL_MAX + 1, 2, &err), REMIT_ELIMIT);
  assert_ok(remit_match_suggest(match, text, REMIT_LABEL_MAX + 1, 900000, &likely, 1, &count, NULL));
  assert_int_equal(count, 1);
  free(text);
  remit_match_free(match);
}

/* ---- Without memory ---- */

typedef struct failing {
  remit_match *match;
} failing;

static remit_status build(void *context)
{
  (void)context;
  static const char *const names[] = { "Quality", "qualit\xc3\xa9", "Continuing healthcare in the community", "quality" };
  remit_match *match;
  remit_status status = remit_match_new(&match, NULL);
  for (uint32_t i = 0; status == REMIT_OK && i < 4; i++)
    status = remit_match_name(match, names[i], strlen(names[i]), i + 1, NULL);
  if (status == REMIT_OK)
    status = remit_match_rule(match, "*\xc3\xa9*", 4, 5, NULL);
  remit_match_free(match);
  return status;
}

static remit_status ask(void *context)
{
  failing *given = context;
  remit_found found;
  remit_likeness likely[2];
  size_t count;
  remit_status status = remit_match_find(given->match, "the qualit\xc3\xa9s", 12, &found, NULL);
  if (status == REMIT_OK)
    status = remit_match_suggest(given->match, "qualit\xc3\xa9s", 9, 0, likely, 2, &count, NULL);
  return status;
}

/* A name that failed half-way must not count towards the next one's likeness. */
static remit_status add_and_look(void *context)
{
  failing *given = context;
  remit_likeness likely[2];
  remit_status status = remit_match_name(given->match, "new things to index", 19, 8, NULL);
  if (status != REMIT_OK) {
    size_t count;
    remit_found found;
    if (remit_match_find(given->match, "new things to index", 19, &found, NULL) == REMIT_OK)
      assert_int_equal(found.how, REMIT_MATCH_NONE);
    if (remit_match_suggest(given->match, "new things to index", 19, 0, likely, 2, &count, NULL) == REMIT_OK)
      assert_int_equal(count, 0);
  }
  return status;
}

static void a_match_survives_the_lack_of_memory(void **state)
{
  (void)state;
  support_fail_each_allocation(build, NULL);
  failing given = { new_match() };
  name(given.match, "quality", 1);
  name(given.match, "adults", 2); /* not in order: from here on both dictionaries have what they look labels up with */
  assert_int_equal(ask(&given), REMIT_OK);
  support_fail_each_allocation(ask, &given);
  support_fail_each_allocation(add_and_look, &given);
  finds(given.match, "new things to index", REMIT_MATCH_NAME, 8, 0);
  remit_match_free(given.match);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(names_are_compared_without_case_accents_and_punctuation),
    LEAK_CHECKED(a_name_of_two_targets_is_ambiguous),
    LEAK_CHECKED(rules_are_tried_in_order_after_names),
    LEAK_CHECKED(what_cannot_be_compared_is_refused),
    LEAK_CHECKED(likeness_is_twice_what_both_have_over_what_each_has),
    LEAK_CHECKED(the_order_of_words_does_not_matter_to_likeness),
    LEAK_CHECKED(a_name_of_two_targets_suggests_both_by_number),
    LEAK_CHECKED(suggestions_agree_with_the_naive_way),
    LEAK_CHECKED(names_and_rules_end_at_their_limits),
    LEAK_CHECKED(a_name_may_be_as_long_as_a_label),
    LEAK_CHECKED(a_match_survives_the_lack_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
