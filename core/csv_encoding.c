/* SPDX-License-Identifier: Apache-2.0
 * csv_encoding: which bytes are right in a file's encoding, and Windows-1252 to UTF-8.
 */
#include "csv_internal.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* What bytes 0x80 to 0x9F are in Windows-1252; 0: nothing. The others are the code points of the same number. */
static const uint16_t windows_1252[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static int32_t character_of(unsigned char byte)
{
  return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/* Where the first byte from 0x80 up is, or near before it. */
static size_t pass_ascii(const unsigned char *text, size_t at, size_t size)
{
  uint64_t word;
  for (; size - at >= sizeof word; at += sizeof word) {
    memcpy(&word, text + at, sizeof word);
    if ((word & 0x8080808080808080u) != 0)
      break;
  }
  return at;
}

size_t remit_csv_first_bad(const unsigned char *text, size_t size, remit_encoding encoding)
{
  for (size_t at = pass_ascii(text, 0, size); at < size;) {
    if (text[at] < 0x80) {
      at++;
    } else if (encoding == REMIT_WINDOWS_1252) {
      if (character_of(text[at]) == 0)
        return at;
      at++;
    } else {
      utf8proc_int32_t character;
      utf8proc_ssize_t length = utf8proc_iterate(text + at, (utf8proc_ssize_t)(size - at), &character);
      if (length <= 0)
        return at;
      at = pass_ascii(text, at + (size_t)length, size);
    }
  }
  return size;
}

size_t remit_csv_from_1252(const char *text, size_t size, char *into)
{
  char *to = into;
  for (size_t i = 0; i < size; i++)
    to += utf8proc_encode_char(character_of((unsigned char)text[i]), (utf8proc_uint8_t *)to);
  *to = '\0';
  return (size_t)(to - into);
}

void remit_csv_describe_byte(unsigned char byte, remit_encoding encoding, char *message, size_t size)
{
  int32_t character = character_of(byte);
  char text[8] = "";
  if (encoding == REMIT_WINDOWS_1252) {
    snprintf(message, size, "byte 0x%02X stands for nothing in Windows-1252. Is the file UTF-8?", byte);
  } else if (character == 0) {
    snprintf(message, size, "byte 0x%02X is not UTF-8. Save the file as 'CSV UTF-8'", byte);
  } else {
    text[utf8proc_encode_char(character, (utf8proc_uint8_t *)text)] = '\0';
    snprintf(message, size,
             "byte 0x%02X is not UTF-8; in Windows-1252 it is '%s': declare \"encoding\": \"windows-1252\" or save the file as UTF-8", byte, text);
  }
}
