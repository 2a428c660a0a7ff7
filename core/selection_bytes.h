/* SPDX-License-Identifier: Apache-2.0
 * selection_bytes: many byte codes tested at once, where the processor can.
 * Internal to core/.
 *
 * A set of byte codes is a bit each: that of code 16 h + l is bit h % 8 of byte l, in the first half for h below 8. Two look-ups among
 * sixteen bytes, which vector units do at once for every code, find it.
 */
#ifndef REMIT_SELECTION_BYTES_H
#define REMIT_SELECTION_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct remit_byte_set {
  uint8_t low[16], high[16];
} remit_byte_set;

/* Of pass[0..size), the codes that are not 0; at most 256. */
void remit_byte_set_init(remit_byte_set *set, const uint8_t *pass, size_t size);

/* mask[i] = 1 when codes[i] is in the set, else 0. Only where remit_has_avx2(). */
void remit_byte_set_mask(const remit_byte_set *set, const uint8_t *codes, size_t count, uint8_t *mask);

#endif
