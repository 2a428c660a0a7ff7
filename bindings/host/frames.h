/* SPDX-License-Identifier: Apache-2.0
 * frames: what the program and its worker say to each other: a byte for the kind, four for the size (lowest first), and so many bytes. Inside
 * are numbers of eight bytes and texts with four bytes of size. Nothing that is read is believed: a size is checked against what is there.
 */
#ifndef REMIT_FRAMES_H
#define REMIT_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Writing ---- */

typedef struct frame_buffer {
  char *bytes;
  size_t size, room, begun;
  bool broken; /* no memory, or a frame past 4 GiB: nothing of it counts */
} frame_buffer;

void frame_begin(frame_buffer *buffer, char kind);
void frame_number(frame_buffer *buffer, uint64_t number);
void frame_text(frame_buffer *buffer, const char *text, size_t size);
void frame_end(frame_buffer *buffer);
void frame_release(frame_buffer *buffer);

/* ---- Reading ---- */

typedef struct frame {
  char kind;
  const char *at, *end; /* borrowed until the reader is fed again */
  bool broken;          /* something was taken that is not there */
} frame;

uint64_t frame_take_number(frame *from);
const char *frame_take_text(frame *from, size_t *size);
/* Whether all of it was taken, and all was there. */
bool frame_is_done(const frame *from);

typedef struct frame_reader {
  frame_buffer in;
  size_t taken;
  size_t most; /* bytes of a frame */
} frame_reader;

typedef enum frame_state { FRAME_NONE, FRAME_WHOLE, FRAME_WRONG } frame_state;

/* Feeding: where up to `*room` bytes may be read to, and how many were. NULL when there is no memory. */
char *frame_feed(frame_reader *reader, size_t *room);
void frame_fed(frame_reader *reader, size_t size);
/* The next frame that has wholly arrived; FRAME_WRONG when it says that it is longer than `most`. */
frame_state frame_next(frame_reader *reader, frame *out);

#endif
