/* SPDX-License-Identifier: Apache-2.0
 * hash: SHA-256 against the examples of FIPS 180-4, and the fast hash's spread.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static void assert_digest(remit_sha256 *sha, const char *expected)
{
  uint8_t digest[REMIT_SHA256_SIZE];
  char text[2 * REMIT_SHA256_SIZE + 1];
  remit_sha256_final(sha, digest);
  for (size_t i = 0; i < REMIT_SHA256_SIZE; i++)
    snprintf(text + 2 * i, 3, "%02x", (unsigned)digest[i]);
  assert_string_equal(text, expected);
}

static void sha256_gives_the_published_digests(void **state)
{
  (void)state;
  remit_sha256 sha;
  remit_sha256_init(&sha);
  assert_digest(&sha, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  remit_sha256_init(&sha);
  remit_sha256_update(&sha, "abc", 3);
  remit_sha256_update(&sha, NULL, 0);
  assert_digest(&sha, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  remit_sha256_init(&sha);
  for (int i = 0; i < 1000000; i++)
    remit_sha256_update(&sha, "a", 1);
  assert_digest(&sha, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void sha256_feeds_integers_little_endian(void **state)
{
  (void)state;
  remit_sha256 a, b;
  uint8_t first[REMIT_SHA256_SIZE], second[REMIT_SHA256_SIZE];
  remit_sha256_init(&a);
  remit_sha256_int(&a, -2);
  remit_sha256_int(&a, 0x0102030405060708);
  remit_sha256_final(&a, first);
  remit_sha256_init(&b);
  remit_sha256_update(&b, "\xfe\xff\xff\xff\xff\xff\xff\xff\x08\x07\x06\x05\x04\x03\x02\x01", 16);
  remit_sha256_final(&b, second);
  assert_memory_equal(first, second, sizeof first);
}

static void sha256_tells_texts_apart_by_where_they_end(void **state)
{
  (void)state;
  remit_sha256 a, b;
  uint8_t first[REMIT_SHA256_SIZE], second[REMIT_SHA256_SIZE];
  remit_sha256_init(&a);
  remit_sha256_text(&a, "ab", 2);
  remit_sha256_text(&a, "c", 1);
  remit_sha256_final(&a, first);
  remit_sha256_init(&b);
  remit_sha256_text(&b, "a", 1);
  remit_sha256_text(&b, "bc", 2);
  remit_sha256_final(&b, second);
  assert_memory_not_equal(first, second, sizeof first);
}

static void sha256_feeds_lengths_seven_bits_a_byte(void **state)
{
  (void)state;
  remit_sha256 a, b;
  uint8_t first[REMIT_SHA256_SIZE], second[REMIT_SHA256_SIZE];
  char text[300];
  memset(text, 'x', sizeof text);
  remit_sha256_init(&a);
  remit_sha256_text(&a, text, 127);
  remit_sha256_text(&a, text, 128);
  remit_sha256_text(&a, text, 300);
  remit_sha256_final(&a, first);
  remit_sha256_init(&b);
  remit_sha256_update(&b, "\x7f", 1);
  remit_sha256_update(&b, text, 127);
  remit_sha256_update(&b, "\x80\x01", 2);
  remit_sha256_update(&b, text, 128);
  remit_sha256_update(&b, "\xac\x02", 2);
  remit_sha256_update(&b, text, 300);
  remit_sha256_final(&b, second);
  assert_memory_equal(first, second, sizeof first);
}

static void the_fast_hash_reads_exactly_its_bytes(void **state)
{
  (void)state;
  for (size_t size = 0; size <= 80; size++) {
    unsigned char *exact = test_malloc(size + 1), padded[96];
    memset(padded, 0xee, sizeof padded);
    for (size_t i = 0; i < size; i++)
      exact[i] = padded[i + 3] = (unsigned char)(i * 7 + 1);
    assert_true(remit_hash_bytes(exact, size) == remit_hash_bytes(padded + 3, size));
    for (size_t i = 0; i < size; i++)
      for (int bit = 0; bit < 8; bit++) {
        padded[i + 3] ^= (unsigned char)(1 << bit);
        assert_true(remit_hash_bytes(exact, size) != remit_hash_bytes(padded + 3, size));
        padded[i + 3] ^= (unsigned char)(1 << bit);
      }
    test_free(exact);
  }
}

static int by_value(const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void the_fast_hash_has_no_collisions_among_a_million_ids(void **state)
{
  (void)state;
  const size_t count = 1000000;
  uint64_t *hashes = test_malloc(count * sizeof *hashes);
  for (size_t i = 0; i < count; i++) {
    char text[32];
    int size = snprintf(text, sizeof text, "P%07zu", i);
    hashes[i] = remit_hash_bytes(text, (size_t)size);
  }
  qsort(hashes, count, sizeof *hashes, by_value);
  for (size_t i = 1; i < count; i++)
    assert_true(hashes[i] != hashes[i - 1]);
  test_free(hashes);
}

/* Each bit of the input must turn about half of the bits of the hash, wherever it is. */
static void the_fast_hash_mixes_every_bit(void **state)
{
  (void)state;
  uint64_t seed = 1;
  const size_t sizes[] = { 1, 3, 4, 7, 8, 9, 16, 17, 33 };
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
    for (size_t bit = 0; bit < sizes[k] * 8; bit++) {
      unsigned turned = 0;
      for (int round = 0; round < 200; round++) {
        unsigned char bytes[40];
        for (size_t i = 0; i < sizes[k]; i++)
          bytes[i] = (unsigned char)support_random(&seed);
        uint64_t before = remit_hash_bytes(bytes, sizes[k]);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        for (uint64_t changed = before ^ remit_hash_bytes(bytes, sizes[k]); changed != 0; changed &= changed - 1)
          turned++;
      }
      assert_in_range(turned, 200 * 28, 200 * 36);
    }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(sha256_gives_the_published_digests),
    LEAK_CHECKED(sha256_feeds_integers_little_endian),
    LEAK_CHECKED(sha256_tells_texts_apart_by_where_they_end),
    LEAK_CHECKED(sha256_feeds_lengths_seven_bits_a_byte),
    LEAK_CHECKED(the_fast_hash_reads_exactly_its_bytes),
    LEAK_CHECKED(the_fast_hash_has_no_collisions_among_a_million_ids),
    LEAK_CHECKED(the_fast_hash_mixes_every_bit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
