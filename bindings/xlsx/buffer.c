/* SPDX-License-Identifier: Apache-2.0
 * buffer: bytes that grow up to a maximum.
 */
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

bool buffer_reserve(buffer *self, size_t size)
{
  if (self->full)
    return false;
  if (size <= self->room)
    return true;
  size_t most = self->most != 0 ? self->most : BUFFER_MOST, room = size < most / 2 ? size * 2 : most;
  char *bytes = size <= most ? realloc(self->bytes, room) : NULL;
  if (bytes == NULL) {
    self->full = true;
    return false;
  }
  self->bytes = bytes;
  self->room = room;
  return true;
}

void buffer_add(buffer *self, const char *bytes, size_t size)
{
  if (size == 0 || size > SIZE_MAX - self->size || !buffer_reserve(self, self->size + size))
    return;
  memcpy(self->bytes + self->size, bytes, size);
  self->size += size;
}

void buffer_text(buffer *self, const char *text)
{
  buffer_add(self, text, strlen(text));
}

void buffer_byte(buffer *self, char byte)
{
  buffer_add(self, &byte, 1);
}

void buffer_release(buffer *self)
{
  free(self->bytes);
  self->bytes = NULL;
  self->size = self->room = 0;
}
