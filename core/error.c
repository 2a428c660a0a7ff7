/* SPDX-License-Identifier: Apache-2.0
 * error: filling a message so that it is always one line of valid UTF-8, whatever a caller quotes in it.
 */
#include "remit/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#ifndef REMIT_VERSION
#define REMIT_VERSION "0.1.0"
#endif

static size_t sequence_length(unsigned char lead)
{
  if (lead < 0x80)
    return 1;
  if (lead >= 0xc2 && lead <= 0xdf)
    return 2;
  if (lead >= 0xe0 && lead <= 0xef)
    return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static bool is_second(unsigned char lead, unsigned char second)
{
  unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

/* The bytes of the character at `text`, or 0 when it is not one that belongs in a line. */
static size_t character_length(const unsigned char *text)
{
  size_t length = sequence_length(text[0]);
  if (length == 0 || text[0] < 0x20 || text[0] == 0x7f)
    return 0;
  if (length > 1 && !is_second(text[0], text[1]))
    return 0;
  if (text[0] == 0xc2 && text[1] < 0xa0)
    return 0;
  for (size_t i = 2; i < length; i++)
    if ((text[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

static void clean_line(char *message)
{
  for (size_t i = 0; message[i] != '\0';) {
    size_t length = character_length((const unsigned char *)message + i);
    if (length == 0) {
      unsigned char byte = (unsigned char)message[i];
      message[i] = byte < 0x20 ? ' ' : '?';
      length = 1;
    }
    i += length;
  }
}

static size_t character_edge(const char *message, size_t length)
{
  size_t start = length;
  while (start > 0 && length - start < 3 && ((unsigned char)message[start - 1] & 0xc0) == 0x80)
    start--;
  if (start == 0)
    return length;
  size_t wanted = sequence_length((unsigned char)message[start - 1]);
  return wanted > length - start + 1 ? start - 1 : length;
}

remit_status remit_fail(remit_error *err, remit_status status, const char *format, ...)
{
  if (err == NULL)
    return status;
  /* Not straight into `err`: a caller may quote err->message in its new message. */
  char message[sizeof err->message];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  if (length < 0)
    message[0] = '\0';
  else if ((size_t)length >= sizeof message)
    message[character_edge(message, sizeof message - 1)] = '\0';
  clean_line(message);
  err->status = status;
  err->at = 0;
  memcpy(err->message, message, strlen(message) + 1);
  return status;
}

const char *remit_status_name(remit_status status)
{
  switch (status) {
    case REMIT_OK: return "ok";
    case REMIT_EINVAL: return "invalid";
    case REMIT_ENOTFOUND: return "not found";
    case REMIT_EPARSE: return "parse";
    case REMIT_EOVERFLOW: return "overflow";
    case REMIT_ELIMIT: return "limit";
    case REMIT_ENOMEM: return "no memory";
    case REMIT_EIO: return "io";
    case REMIT_ESTOPPED: return "stopped";
  }
  return "unknown";
}

const char *remit_version(void)
{
  return REMIT_VERSION;
}
