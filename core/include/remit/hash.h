/* SPDX-License-Identifier: Apache-2.0
 * hash: SHA-256 for what travels, a fast 64-bit hash for what stays in memory.
 *
 *   remit_sha256 sha;
 *   remit_sha256_init(&sha);
 *   remit_sha256_update(&sha, bytes, size);
 *   uint8_t digest[REMIT_SHA256_SIZE];
 *   remit_sha256_final(&sha, digest);
 *
 * SHA-256 is that of FIPS 180-4. The context is a plain value: nothing to release.
 */
#ifndef REMIT_HASH_H
#define REMIT_HASH_H

#include "remit/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define REMIT_SHA256_SIZE 32

typedef struct remit_sha256 { /* opaque */
  uint64_t size;
  uint32_t state[8];
  uint8_t held[64];
} remit_sha256;

REMIT_API void remit_sha256_init(remit_sha256 *sha);
REMIT_API void remit_sha256_update(remit_sha256 *sha, const void *bytes, size_t size);
REMIT_API void remit_sha256_final(remit_sha256 *sha, uint8_t digest[REMIT_SHA256_SIZE]);

/* Feeds one integer as eight little-endian bytes, so that a hash is the same on every machine. */
REMIT_API void remit_sha256_int(remit_sha256 *sha, int64_t value);

/* Feeds a length and then the bytes, so that "ab","c" and "a","bc" differ. */
REMIT_API void remit_sha256_text(remit_sha256 *sha, const char *text, size_t size);

/* A fast hash for tables in memory. Not for files, not for hostile collisions: never written anywhere. */
REMIT_API uint64_t remit_hash_bytes(const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif
#endif
