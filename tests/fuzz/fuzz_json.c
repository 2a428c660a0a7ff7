/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as JSON: what the check before jansson lets pass nests no deeper than it says, and its numbers come back from their doubles.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "json_check.h"

#define REQUIRE(condition) \
  do { \
    if (!(condition)) \
      abort(); \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static size_t depth_of(json_t *value)
{
  size_t deepest = 0, index;
  const char *key;
  json_t *item;
  if (json_is_object(value)) {
    json_object_foreach(value, key, item) {
      size_t depth = depth_of(item);
      deepest = depth > deepest ? depth : deepest;
    }
  }
  json_array_foreach(value, index, item) {
    size_t depth = depth_of(item);
    deepest = depth > deepest ? depth : deepest;
  }
  return deepest + (json_is_object(value) || json_is_array(value));
}

/* What was read, written with all its digits, passes and is the same. */
static void check_again(json_t *value)
{
  json_place place;
  char *text = json_dumps(value, JSON_REAL_PRECISION(17) | JSON_ENCODE_ANY);
  REQUIRE(text != NULL);
  REQUIRE(json_check(text, strlen(text), &place, NULL) == REMIT_OK);
  json_t *again = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
  REQUIRE(again != NULL && json_equal(value, again));
  json_decref(again);
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  json_place place = { 0, 0 };
  remit_error err;
  json_error_t problem;
  remit_status status = json_check((const char *)bytes, size, &place, &err);
  REQUIRE(place.line >= 1 && place.column >= 1);
  if (status != REMIT_OK) {
    REQUIRE(err.message[0] != '\0' && (status == REMIT_EPARSE || status == REMIT_ELIMIT));
    return 0;
  }
  json_t *value = json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
  REQUIRE(value != NULL || problem.line >= -1);
  if (value != NULL) {
    REQUIRE(depth_of(value) <= JSON_DEPTH_MAX);
    check_again(value);
  }
  json_decref(value);
  return 0;
}
