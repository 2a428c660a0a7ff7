/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a test: read, resolved against members with and without order, names and lists, and against every unit. What not(...)
 * passes must be what the test itself does not.
 */
#include <stdlib.h>
#include <string.h>

#include "remit/predicate.h"

#define MEMBERS 8
#define REQUIRE(condition) \
  do { \
    if (!(condition)) \
      abort(); \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static remit_dictionary *members(bool ordered, char separator)
{
  static const char *const labels[] = { "5", "6", "8a", "8b", "Grow", "pod|ring fenced", "caf\xc3\xa9 (part)" };
  remit_dictionary *dictionary;
  REQUIRE(remit_dictionary_new(&dictionary, NULL) == REMIT_OK);
  for (size_t i = 0; i < MEMBERS - 1; i++) {
    uint32_t code;
    REQUIRE(remit_dictionary_add(dictionary, labels[i], strlen(labels[i]), &code, NULL) == REMIT_OK);
  }
  remit_dictionary_set_ordered(dictionary, ordered);
  remit_dictionary_set_separator(dictionary, separator);
  return dictionary;
}

static remit_column *member_names(void)
{
  const uint32_t codes[MEMBERS - 1] = { 7, 6, 5, 5, 3, 2, 0 };
  remit_dictionary *dictionary = members(false, 0);
  remit_column *names;
  REQUIRE(remit_column_codes(&names, codes, MEMBERS - 1, dictionary, NULL) == REMIT_OK);
  remit_dictionary_free(dictionary);
  return names;
}

/* A failure that points past the text, or says nothing, is a bug. */
static void check_error(remit_status status, const remit_error *err, size_t size)
{
  REQUIRE(status == REMIT_OK || (err->at <= size && err->message[0] != '\0' && strchr(err->message, '\n') == NULL));
}

static void check_codes(const remit_predicate *test, const remit_predicate *negated, const remit_dictionary *dictionary, const remit_column *names)
{
  uint8_t pass[MEMBERS], rest[MEMBERS];
  remit_error err;
  remit_status status = remit_predicate_codes(test, dictionary, names, pass, &err);
  check_error(status, &err, strlen(remit_predicate_text(test)));
  if (negated == NULL)
    return;
  REQUIRE(remit_predicate_codes(negated, dictionary, names, rest, NULL) == status);
  for (size_t code = 0; status == REMIT_OK && code < MEMBERS; code++)
    REQUIRE(pass[code] + rest[code] == 1);
}

static void check_order(const remit_ranges *ranges)
{
  for (size_t i = 0; i < ranges->count; i++) {
    REQUIRE(ranges->bounds[i][0] > REMIT_MISSING && ranges->bounds[i][0] <= ranges->bounds[i][1]);
    REQUIRE(i == 0 || ranges->bounds[i - 1][1] + 1 < ranges->bounds[i][0]);
  }
}

static void check_parts(const remit_ranges *ranges, const remit_ranges *rest)
{
  REQUIRE(remit_ranges_pass(ranges, REMIT_MISSING) != remit_ranges_pass(rest, REMIT_MISSING));
  for (size_t i = 0; i < ranges->count; i++) {
    REQUIRE(!remit_ranges_pass(rest, ranges->bounds[i][0]) && !remit_ranges_pass(rest, ranges->bounds[i][1]));
    REQUIRE(ranges->bounds[i][1] == INT64_MAX || remit_ranges_pass(rest, ranges->bounds[i][1] + 1));
  }
}

static void check_ranges(const remit_predicate *test, const remit_predicate *negated, remit_unit unit)
{
  remit_ranges ranges, rest;
  remit_error err;
  remit_status status = remit_predicate_ranges(test, unit, &ranges, &err);
  check_error(status, &err, strlen(remit_predicate_text(test)));
  check_order(&ranges);
  if (negated != NULL) {
    REQUIRE(remit_predicate_ranges(negated, unit, &rest, NULL) == status);
    check_order(&rest);
    if (status == REMIT_OK)
      check_parts(&ranges, &rest);
    remit_ranges_release(&rest);
  }
  remit_ranges_release(&ranges);
}

static remit_predicate *negation(const uint8_t *bytes, size_t size)
{
  char *text = malloc(size + 5);
  remit_predicate *negated;
  REQUIRE(text != NULL);
  memcpy(text, "not(", 4);
  memcpy(text + 4, bytes, size);
  text[size + 4] = ')';
  remit_predicate_new(&negated, text, size + 5, NULL);
  free(text);
  return negated;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  remit_predicate *test;
  remit_error err;
  check_error(remit_predicate_new(&test, (const char *)bytes, size, &err), &err, size);
  if (test == NULL)
    return 0;
  remit_predicate *negated = negation(bytes, size);
  remit_dictionary *dictionaries[] = { members(false, 0), members(true, 0), members(false, '|') };
  remit_column *names = member_names();
  for (size_t i = 0; i < 3; i++) {
    check_codes(test, negated, dictionaries[i], NULL);
    check_codes(test, negated, dictionaries[i], names);
    remit_dictionary_free(dictionaries[i]);
  }
  for (int unit = REMIT_CODE; unit <= REMIT_DAY; unit++)
    check_ranges(test, negated, (remit_unit)unit);
  remit_column_free(names);
  remit_predicate_free(negated);
  remit_predicate_free(test);
  return 0;
}
