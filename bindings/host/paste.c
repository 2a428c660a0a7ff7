/* SPDX-License-Identifier: Apache-2.0
 * paste: a terminal puts ESC[200~ and ESC[201~ around what is pasted, which libedit does not know. A paste of part of a line goes into the editor
 * as if it were typed; whole lines are held back, to be run as one. What a paste has no business to hold (controls) is dropped.
 */
#include <stdlib.h>
#include <string.h>

#include "host.h"

#define BEGIN "\033[200~"
#define END "\033[201~"
#define MARK 6
#define ONE_LINE 4096 /* bytes that the editor takes without being slow */
#define SPLIT_MS 50   /* a marker may come in two pieces */

static bool has_room(pasted *paste)
{
  if (paste->size < paste->room)
    return true;
  size_t room = paste->room == 0 ? 4096 : paste->room * 2;
  char *text = room <= PASTE_MAX ? realloc(paste->text, room) : NULL;
  if (text == NULL)
    return false;
  paste->text = text;
  paste->room = room;
  return true;
}

static void add(pasted *paste, unsigned char byte)
{
  if (byte == '\r')
    byte = '\n';
  if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || paste->refused)
    return;
  if (has_room(paste))
    paste->text[paste->size++] = (char)byte;
  else
    paste->refused = true;
}

/* Up to the end marker, or the end of input. CR LF is one end of a line. */
static void collect(pasted *paste)
{
  unsigned char byte;
  size_t met = 0;
  bool after_cr = false;
  input_event event;
  while ((event = input_next(&byte)) != INPUT_END && event != INPUT_INTERRUPTED) {
    if (event != INPUT_BYTE)
      continue;
    if (byte == (unsigned char)END[met]) {
      if (++met == MARK)
        return;
      continue;
    }
    for (size_t i = 0; i < met; i++)
      add(paste, (unsigned char)END[i]);
    met = byte == (unsigned char)END[0] ? 1 : 0;
    if (met == 0 && !(after_cr && byte == '\n'))
      add(paste, byte);
    after_cr = byte == '\r';
  }
}

/* Whole lines stay in [0, rest); what follows the last newline goes into the editor. */
static void divide(pasted *paste)
{
  size_t rest = paste->size;
  while (rest > 0 && paste->text[rest - 1] != '\n')
    rest--;
  if (paste->size - rest > ONE_LINE)
    rest = paste->size;
  paste->rest = rest;
  paste->held = rest > 0;
}

static void clear(pasted *paste)
{
  paste->size = paste->rest = 0;
  paste->held = paste->refused = false;
}

/* Bytes that turned out not to be a marker are kept as a short paste that is fed at once, as typed. */
static bool is_marker(unsigned char typed[MARK], size_t *count)
{
  *count = 1;
  typed[0] = (unsigned char)BEGIN[0];
  while (*count < MARK && input_soon(SPLIT_MS)) {
    if (input_next(&typed[*count]) != INPUT_BYTE)
      return false;
    if (typed[*count] != (unsigned char)BEGIN[*count]) {
      ++*count;
      return false;
    }
    ++*count;
  }
  return *count == MARK;
}

static input_event feed(pasted *paste, unsigned char *byte)
{
  *byte = (unsigned char)paste->text[paste->rest++];
  return INPUT_BYTE;
}

input_event paste_next(pasted *paste, unsigned char *byte)
{
  if (!paste->held && paste->rest < paste->size)
    return feed(paste, byte);
  paste->feeding = false;
  input_event event = input_next(byte);
  if (event != INPUT_BYTE || *byte != (unsigned char)BEGIN[0] || !input_soon(SPLIT_MS))
    return event;
  unsigned char typed[MARK];
  size_t count;
  clear(paste);
  if (is_marker(typed, &count)) {
    collect(paste);
    divide(paste);
    paste->feeding = !paste->held;
    if (paste->held) {
      *byte = '\n';
      return INPUT_BYTE;
    }
    return paste_next(paste, byte);
  }
  for (size_t i = 0; i < count; i++)
    if (has_room(paste))
      paste->text[paste->size++] = (char)typed[i];
  return feed(paste, byte);
}

void paste_release(pasted *paste)
{
  free(paste->text);
  paste->text = NULL;
  paste->room = 0;
  clear(paste);
}
