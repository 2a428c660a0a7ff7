/* SPDX-License-Identifier: Apache-2.0
 * hash: SHA-256 in a plain value, and a multiply-and-fold hash for tables in memory.
 */
#include "remit/hash.h"

#include <string.h>

#include "hash_internal.h"

__extension__ typedef unsigned __int128 wide;

/* ---- SHA-256 ---- */

void remit_sha256_init(remit_sha256 *sha)
{
  /* The fractions of the square roots of the first eight primes. */
  static const uint32_t first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
  memcpy(sha->state, first, sizeof first);
  sha->size = 0;
}

void remit_sha256_update(remit_sha256 *sha, const void *bytes, size_t size)
{
  const uint8_t *at = bytes;
  size_t held = sha->size % REMIT_SHA256_BLOCK, room = REMIT_SHA256_BLOCK - held;
  if (size == 0)
    return;
  sha->size += size;
  if (size < room) {
    memcpy(sha->held + held, at, size);
    return;
  }
  if (held != 0) {
    memcpy(sha->held + held, at, room);
    remit_sha256_blocks(sha->state, sha->held, 1);
    at += room;
    size -= room;
  }
  remit_sha256_blocks(sha->state, at, size / REMIT_SHA256_BLOCK);
  memcpy(sha->held, at + size / REMIT_SHA256_BLOCK * REMIT_SHA256_BLOCK, size % REMIT_SHA256_BLOCK);
}

static void put_big_endian(uint8_t *bytes, uint64_t value, size_t size)
{
  for (size_t i = 0; i < size; i++)
    bytes[i] = (uint8_t)(value >> 8 * (size - 1 - i));
}

/* A bit of 1, bits of 0 up to the end of a block less eight bytes, and there the size in bits. */
void remit_sha256_final(remit_sha256 *sha, uint8_t digest[REMIT_SHA256_SIZE])
{
  static const uint8_t one[REMIT_SHA256_BLOCK] = { 0x80 };
  uint8_t bits[8];
  put_big_endian(bits, sha->size * 8, sizeof bits);
  size_t held = sha->size % REMIT_SHA256_BLOCK, end = REMIT_SHA256_BLOCK - sizeof bits;
  remit_sha256_update(sha, one, held < end ? end - held : REMIT_SHA256_BLOCK + end - held);
  remit_sha256_update(sha, bits, sizeof bits);
  for (size_t i = 0; i < 8; i++)
    put_big_endian(digest + 4 * i, sha->state[i], 4);
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
  remit_sha256_int(sha, (int64_t)size);
  remit_sha256_update(sha, text, size);
}

/* ---- In memory ---- */

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
