/* SPDX-License-Identifier: Apache-2.0
 * json_check: what jansson lets pass and remit does not, found before it reads. It neither recurses nor allocates.
 */
#ifndef REMIT_JSON_CHECK_H
#define REMIT_JSON_CHECK_H

#include "remit/error.h"

#define JSON_DEPTH_MAX 64

/* From 1; a column is a character. */
typedef struct json_place {
  int line, column;
} json_place;

/* REMIT_ELIMIT for brackets nested past JSON_DEPTH_MAX; REMIT_EPARSE for a number whose digits a double or a 64-bit integer does not hold, and for a
 * byte-order mark. What is no JSON at all may pass: jansson refuses it. */
remit_status json_check(const char *text, size_t size, json_place *place, remit_error *err);

#endif
