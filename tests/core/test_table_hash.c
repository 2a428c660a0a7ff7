/* SPDX-License-Identifier: Apache-2.0
 * table_hash: equal tables hash alike, anything else differs, and the bytes are pinned.
 */
#include "table_support.h"

typedef struct digest {
  uint8_t bytes[REMIT_SHA256_SIZE];
} digest;

static digest digest_of(const remit_table *table)
{
  digest result;
  remit_sha256 sha;
  remit_sha256_init(&sha);
  assert_ok(remit_table_hash(table, &sha, NULL));
  remit_sha256_final(&sha, result.bytes);
  return result;
}

static bool same_digest(const remit_table *a, const remit_table *b)
{
  digest left = digest_of(a), right = digest_of(b);
  return memcmp(left.bytes, right.bytes, sizeof left.bytes) == 0;
}

static remit_table *sample(const char *name, const char *label, int64_t value, remit_unit unit)
{
  remit_table *table = table_of(2);
  with_labels(table, name, (const char *const[]){ "x", label });
  with_ints(table, "cost", unit, (const int64_t[]){ 1, value });
  return table;
}

static void order_of_columns_does_not_matter(void **state)
{
  (void)state;
  remit_table *table = sample("fn", "y", 2, REMIT_PENCE), *swapped = table_of(2);
  with_ints(swapped, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2 });
  with_labels(swapped, "fn", (const char *const[]){ "x", "y" });
  assert_true(same_digest(table, swapped));
  remit_table_free(table);
  remit_table_free(swapped);
}

static void every_difference_shows(void **state)
{
  (void)state;
  remit_table *tables[] = { sample("fn", "y", 2, REMIT_PENCE), sample("gn", "y", 2, REMIT_PENCE),
                            sample("fn", "z", 2, REMIT_PENCE), sample("fn", "", 2, REMIT_PENCE),
                            sample("fn", "y", 3, REMIT_PENCE), sample("fn", "y", REMIT_MISSING, REMIT_PENCE),
                            sample("fn", "y", 2, REMIT_COUNT), table_of(2), table_of(3) };
  size_t count = sizeof tables / sizeof *tables;
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      assert_false(same_digest(tables[i], tables[j]));
  for (size_t i = 0; i < count; i++)
    remit_table_free(tables[i]);
}

static void flags_of_a_dictionary_show(void **state)
{
  (void)state;
  remit_table *tables[3];
  for (int i = 0; i < 3; i++) {
    remit_dictionary *dictionary = dictionary_of((const char *const[]){ "x" }, 1);
    remit_dictionary_set_ordered(dictionary, i == 1);
    remit_dictionary_set_separator(dictionary, i == 2 ? '|' : '\0');
    tables[i] = table_of(1);
    with_codes(tables[i], "fn", (const uint32_t[]){ 1 }, dictionary);
    remit_dictionary_free(dictionary);
  }
  assert_false(same_digest(tables[0], tables[1]));
  assert_false(same_digest(tables[0], tables[2]));
  assert_false(same_digest(tables[1], tables[2]));
  for (int i = 0; i < 3; i++)
    remit_table_free(tables[i]);
}

static void links_do_not_show(void **state)
{
  (void)state;
  remit_table *a = sample("fn", "y", 2, REMIT_PENCE), *b = sample("fn", "y", 2, REMIT_PENCE), *functions = table_of(2);
  assert_ok(remit_table_link(a, "fn", functions, NULL));
  assert_true(same_digest(a, b));
  remit_table_free(a);
  remit_table_free(b);
  remit_table_free(functions);
}

static void feed_text(remit_sha256 *sha, const char *text)
{
  remit_sha256_text(sha, text, strlen(text));
}

static void put_bytes(remit_sha256 *sha, int64_t value, size_t width)
{
  uint8_t bytes[8];
  for (size_t i = 0; i < width; i++)
    bytes[i] = (uint8_t)((uint64_t)value >> 8 * i);
  remit_sha256_update(sha, bytes, width);
}

static void assert_digest(const remit_table *table, remit_sha256 *sha)
{
  digest expected, found = digest_of(table);
  remit_sha256_final(sha, expected.bytes);
  assert_memory_equal(found.bytes, expected.bytes, sizeof expected.bytes);
}

static void bytes_are_those_that_are_documented(void **state)
{
  (void)state;
  remit_table *table = table_of(1500);
  static int64_t values[1500], few[1500];
  static uint32_t codes[1500];
  uint64_t seed = 2;
  for (size_t i = 0; i < 1500; i++) {
    values[i] = (int64_t)support_random(&seed);
    few[i] = i % 7 != 0 ? (int64_t)i : REMIT_MISSING;
    codes[i] = (uint32_t)support_below(&seed, 3);
  }
  remit_dictionary *dictionary = dictionary_of((const char *const[]){ "x", "y" }, 2);
  with_ints(table, "n", REMIT_MICRO, values);
  with_ints(table, "few", REMIT_COUNT, few);
  with_codes(table, "a", codes, dictionary);
  remit_sha256 sha;
  remit_sha256_init(&sha);
  remit_sha256_int(&sha, 1500);
  remit_sha256_int(&sha, 3);
  feed_text(&sha, "a");
  feed_text(&sha, "codes");
  remit_sha256_int(&sha, 0);
  remit_sha256_int(&sha, 0);
  remit_sha256_int(&sha, 3);
  feed_text(&sha, "x");
  feed_text(&sha, "y");
  remit_sha256_int(&sha, 1);
  for (size_t i = 0; i < 1500; i++)
    remit_sha256_update(&sha, ((const uint8_t[]){ (uint8_t)codes[i] }), 1);
  feed_text(&sha, "few");
  feed_text(&sha, "count");
  remit_sha256_int(&sha, 4);
  for (size_t i = 0; i < 1500; i++)
    remit_sha256_update(&sha, i % 7 != 0 ? ((const uint8_t[]){ (uint8_t)i, (uint8_t)(i >> 8), 0, 0 }) : (const uint8_t[]){ 0, 0, 0, 0x80 }, 4);
  feed_text(&sha, "n");
  feed_text(&sha, "micro");
  remit_sha256_int(&sha, 8);
  for (size_t i = 0; i < 1500; i++)
    remit_sha256_int(&sha, values[i]);
  assert_digest(table, &sha);
  remit_dictionary_free(dictionary);
  remit_table_free(table);
}

static void integers_take_four_bytes_when_all_of_them_fit(void **state)
{
  (void)state;
  const struct {
    int64_t value;
    size_t width;
  } cases[] = {
    { INT32_MIN, 8 }, { INT32_MIN + 1, 4 }, { -1, 4 }, { INT32_MAX, 4 }, { (int64_t)INT32_MAX + 1, 8 }, { REMIT_MISSING, 4 }
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    remit_table *table = table_of(2);
    with_ints(table, "n", REMIT_COUNT, (const int64_t[]){ cases[i].value, REMIT_MISSING });
    remit_sha256 sha;
    remit_sha256_init(&sha);
    remit_sha256_int(&sha, 2);
    remit_sha256_int(&sha, 1);
    feed_text(&sha, "n");
    feed_text(&sha, "count");
    remit_sha256_int(&sha, (int64_t)cases[i].width);
    const int64_t missing = cases[i].width == 4 ? INT32_MIN : REMIT_MISSING;
    put_bytes(&sha, cases[i].value != REMIT_MISSING ? cases[i].value : missing, cases[i].width);
    put_bytes(&sha, missing, cases[i].width);
    assert_digest(table, &sha);
    remit_table_free(table);
  }
}

static void codes_take_as_many_bytes_as_there_are_labels_for(void **state)
{
  (void)state;
  const struct {
    size_t members, width;
  } cases[] = { { 255, 1 }, { 256, 2 }, { 65535, 2 }, { 65536, 4 } };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const uint32_t codes[] = { (uint32_t)cases[i].members, 0, 200 };
    remit_dictionary *dictionary = numbered_dictionary(cases[i].members);
    remit_table *table = table_of(3);
    with_codes(table, "a", codes, dictionary);
    remit_sha256 sha;
    remit_sha256_init(&sha);
    remit_sha256_int(&sha, 3);
    remit_sha256_int(&sha, 1);
    feed_text(&sha, "a");
    feed_text(&sha, "codes");
    remit_sha256_int(&sha, 0);
    remit_sha256_int(&sha, 0);
    remit_sha256_int(&sha, (int64_t)cases[i].members + 1);
    for (uint32_t code = 1; code <= cases[i].members; code++)
      feed_text(&sha, remit_dictionary_label(dictionary, code, NULL));
    remit_sha256_int(&sha, (int64_t)cases[i].width);
    for (size_t row = 0; row < 3; row++)
      put_bytes(&sha, codes[row], cases[i].width);
    assert_digest(table, &sha);
    remit_table_free(table);
    remit_dictionary_free(dictionary);
  }
}

static remit_status hash_table(void *context)
{
  remit_sha256 sha;
  uint8_t bytes[REMIT_SHA256_SIZE];
  remit_sha256_init(&sha);
  remit_status status = remit_table_hash(context, &sha, NULL);
  remit_sha256_final(&sha, bytes);
  return status;
}

static void hash_survives_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *table = sample("fn", "y", 2, REMIT_PENCE);
  support_fail_each_allocation(hash_table, table);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(order_of_columns_does_not_matter),
    LEAK_CHECKED(every_difference_shows),
    LEAK_CHECKED(flags_of_a_dictionary_show),
    LEAK_CHECKED(links_do_not_show),
    LEAK_CHECKED(bytes_are_those_that_are_documented),
    LEAK_CHECKED(integers_take_four_bytes_when_all_of_them_fit),
    LEAK_CHECKED(codes_take_as_many_bytes_as_there_are_labels_for),
    LEAK_CHECKED(hash_survives_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
