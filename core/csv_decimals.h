/* SPDX-License-Identifier: Apache-2.0
 * csv_decimals: plain decimals of many rows at once, where the processor can.
 * Internal to core/.
 */
#ifndef REMIT_CSV_DECIMALS_H
#define REMIT_CSV_DECIMALS_H

#include "csv_internal.h"

#define REMIT_CSV_ROW_BITS (REMIT_CSV_BLOCK_ROWS / 64)

/* Only where remit_has_avx2(). Reads a field of a block without quotes, as remit_csv_plain_decimal does. `left` has a bit for each row that is
 * to be read by itself: those with a sign, with more than 8 characters, and whatever is no plain decimal. */
void remit_csv_decimals(const remit_csv_block *block, size_t field, int decimals, int64_t *values, uint64_t left[REMIT_CSV_ROW_BITS]);

#endif
