/* SPDX-License-Identifier: Apache-2.0
 * hash_internal: SHA-256's one step, over whole blocks. Both give the same; the second is for tests.
 * Internal to core/.
 */
#ifndef REMIT_HASH_INTERNAL_H
#define REMIT_HASH_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#define REMIT_SHA256_BLOCK 64

/* By the processor's own instructions where it has them. */
void remit_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);
void remit_sha256_blocks_plain(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif
