/* SPDX-License-Identifier: Apache-2.0
 * frames: memory grows with the bytes that came, never with what a size says.
 */
#include "frames.h"

#include <stdlib.h>
#include <string.h>

#define HEAD 5
#define STEP ((size_t)65536)

/* ---- Writing ---- */

static bool reserve(frame_buffer *buffer, size_t size)
{
  if (buffer->broken || size > SIZE_MAX / 4 - buffer->size)
    return false;
  size_t room = buffer->room != 0 ? buffer->room : STEP;
  while (room < buffer->size + size)
    room *= 2;
  char *more = room != buffer->room ? realloc(buffer->bytes, room) : buffer->bytes;
  if (more == NULL)
    return false;
  buffer->bytes = more;
  buffer->room = room;
  return true;
}

static void append(frame_buffer *buffer, const void *bytes, size_t size)
{
  if (!reserve(buffer, size))
    buffer->broken = true;
  else if (size != 0)
    memcpy(buffer->bytes + buffer->size, bytes, size);
  buffer->size += buffer->broken ? 0 : size;
}

static void put_lowest_first(unsigned char *to, uint64_t number, size_t bytes)
{
  for (size_t i = 0; i < bytes; i++)
    to[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t take_lowest_first(const char *from, size_t bytes)
{
  uint64_t number = 0;
  for (size_t i = 0; i < bytes; i++)
    number |= (uint64_t)(unsigned char)from[i] << (8 * i);
  return number;
}

void frame_begin(frame_buffer *buffer, char kind)
{
  char head[HEAD] = { kind };
  buffer->begun = buffer->size;
  append(buffer, head, HEAD);
}

void frame_number(frame_buffer *buffer, uint64_t number)
{
  unsigned char bytes[8];
  put_lowest_first(bytes, number, 8);
  append(buffer, bytes, 8);
}

void frame_text(frame_buffer *buffer, const char *text, size_t size)
{
  unsigned char bytes[4];
  if (size > UINT32_MAX)
    buffer->broken = true;
  put_lowest_first(bytes, size, 4);
  append(buffer, bytes, 4);
  append(buffer, text, size);
}

void frame_end(frame_buffer *buffer)
{
  if (buffer->broken)
    return;
  size_t size = buffer->size - buffer->begun - HEAD;
  if (size > UINT32_MAX)
    buffer->broken = true;
  else
    put_lowest_first((unsigned char *)buffer->bytes + buffer->begun + 1, size, 4);
}

void frame_release(frame_buffer *buffer)
{
  free(buffer->bytes);
  *buffer = (frame_buffer){ 0 };
}

/* ---- Reading ---- */

static const char *take(frame *from, size_t size)
{
  const char *at = from->at;
  if (from->broken || size > (size_t)(from->end - from->at)) {
    from->broken = true;
    return NULL;
  }
  from->at += size;
  return at;
}

uint64_t frame_take_number(frame *from)
{
  const char *at = take(from, 8);
  return at != NULL ? take_lowest_first(at, 8) : 0;
}

const char *frame_take_text(frame *from, size_t *size)
{
  const char *at = take(from, 4);
  *size = at != NULL ? (size_t)take_lowest_first(at, 4) : 0;
  const char *text = at != NULL ? take(from, *size) : NULL;
  if (text == NULL)
    *size = 0;
  return text != NULL ? text : "";
}

bool frame_is_done(const frame *from)
{
  return !from->broken && from->at == from->end;
}

/* What was taken makes room first. */
char *frame_feed(frame_reader *reader, size_t *room)
{
  frame_buffer *in = &reader->in;
  if (reader->taken != 0) {
    memmove(in->bytes, in->bytes + reader->taken, in->size - reader->taken);
    in->size -= reader->taken;
    reader->taken = 0;
  }
  if (in->size == in->room && !reserve(in, STEP))
    return NULL;
  *room = in->room - in->size;
  return in->bytes + in->size;
}

void frame_fed(frame_reader *reader, size_t size)
{
  reader->in.size += size;
}

frame_state frame_next(frame_reader *reader, frame *out)
{
  size_t there = reader->in.size - reader->taken;
  if (there < HEAD)
    return FRAME_NONE;
  const char *head = reader->in.bytes + reader->taken;
  uint64_t size = take_lowest_first(head + 1, 4);
  if (size > reader->most)
    return FRAME_WRONG;
  if (there - HEAD < size)
    return FRAME_NONE;
  *out = (frame){ .kind = head[0], .at = head + HEAD, .end = head + HEAD + size };
  reader->taken += HEAD + (size_t)size;
  return FRAME_WHOLE;
}
