/* SPDX-License-Identifier: Apache-2.0
 * hash: libsodium's SHA-256 in a plain value, and a multiply-and-fold hash for tables in memory.
 */
#include "remit/hash.h"

#include <sodium/crypto_hash_sha256.h>
#include <stdalign.h>
#include <string.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(remit_sha256), "remit_sha256 is too small for libsodium's state");
_Static_assert(alignof(crypto_hash_sha256_state) <= alignof(remit_sha256), "remit_sha256 is not aligned for libsodium's state");
_Static_assert(crypto_hash_sha256_BYTES == REMIT_SHA256_SIZE, "a SHA-256 digest has 32 bytes");

__extension__ typedef unsigned __int128 wide;

static crypto_hash_sha256_state *sodium_state(remit_sha256 *sha)
{
  return (crypto_hash_sha256_state *)(void *)sha->state;
}

void remit_sha256_init(remit_sha256 *sha)
{
  crypto_hash_sha256_init(sodium_state(sha));
}

void remit_sha256_update(remit_sha256 *sha, const void *bytes, size_t size)
{
  if (size != 0)
    crypto_hash_sha256_update(sodium_state(sha), bytes, size);
}

void remit_sha256_final(remit_sha256 *sha, uint8_t digest[REMIT_SHA256_SIZE])
{
  crypto_hash_sha256_final(sodium_state(sha), digest);
}

void remit_sha256_int(remit_sha256 *sha, int64_t value)
{
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++)
    bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
  remit_sha256_update(sha, bytes, sizeof bytes);
}

void remit_sha256_text(remit_sha256 *sha, const char *text, size_t size)
{
  uint8_t length[10];
  size_t count = 0, rest = size;
  for (; rest > 127; rest >>= 7)
    length[count++] = (uint8_t)(rest | 128);
  length[count++] = (uint8_t)rest;
  remit_sha256_update(sha, length, count);
  remit_sha256_update(sha, text, size);
}

static uint64_t load_eight(const unsigned char *bytes)
{
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

static uint64_t load_four(const unsigned char *bytes)
{
  uint32_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/* Both halves of the product, so that every bit of both factors reaches every bit of the result. */
static uint64_t fold(uint64_t a, uint64_t b)
{
  wide product = (wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Odd, with half their bits set: the fractions of the square roots of 2, 3 and 5. */
#define SALT_FIRST 0x6a09e667f3bcc909u
#define SALT_SECOND 0xbb67ae8584caa73bu
#define SALT_LAST 0x3c6ef372fe94f82bu

uint64_t remit_hash_bytes(const void *bytes, size_t size)
{
  const unsigned char *at = bytes;
  uint64_t hash = SALT_FIRST ^ (uint64_t)size;
  size_t left = size;
  for (; left > 16; at += 16, left -= 16)
    hash = fold(load_eight(at) ^ SALT_SECOND, load_eight(at + 8) ^ hash);
  uint64_t head = 0, tail = 0;
  if (left >= 8) {
    head = load_eight(at);
    tail = load_eight(at + left - 8);
  } else if (left >= 4) {
    head = load_four(at);
    tail = load_four(at + left - 4);
  } else if (left > 0) {
    head = (uint64_t)at[0] << 16 | (uint64_t)at[left / 2] << 8 | at[left - 1];
  }
  return fold(fold(head ^ SALT_SECOND, tail ^ hash), SALT_LAST ^ (uint64_t)size);
}
