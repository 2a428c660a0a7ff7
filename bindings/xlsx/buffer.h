/* SPDX-License-Identifier: Apache-2.0
 * buffer: bytes that grow up to a maximum. Once one cannot, `full` stays set and nothing more is added: it is asked at the end.
 */
#ifndef REMIT_XLSX_BUFFER_H
#define REMIT_XLSX_BUFFER_H

#include "remit/error.h"

typedef struct buffer {
  char *bytes;
  size_t size, room;
  size_t most; /* 0: BUFFER_MOST */
  bool full;   /* past the maximum, or no memory */
} buffer;

#define BUFFER_MOST ((size_t)128 << 20)

void buffer_add(buffer *self, const char *bytes, size_t size);
void buffer_text(buffer *self, const char *text);
void buffer_byte(buffer *self, char byte);
void buffer_release(buffer *self);
/* Room for `size` bytes in all; false sets `full`. */
bool buffer_reserve(buffer *self, size_t size);

#endif
