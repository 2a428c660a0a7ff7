/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a bundle's container: what is read is written again as the very same bytes. Input that begins with a NUL is instead cut into names and
 * contents, at the byte behind it: what may be packed reads back as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "archive.h"

#define REQUIRE(condition) \
  do { \
    if (!(condition)) \
      abort(); \
  } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static archive files, again;

static void check_error(const remit_error *err, size_t size)
{
  REQUIRE(err->at <= size && err->message[0] != '\0' && (err->status == REMIT_EPARSE || err->status == REMIT_ELIMIT));
}

static void write_and_compare(const archive *from, const uint8_t *bytes, size_t size)
{
  size_t written = archive_size(from);
  unsigned char *out = malloc(written);
  remit_error err;
  REQUIRE(out != NULL);
  archive_write(from, out);
  REQUIRE(bytes == NULL || (written == size && memcmp(out, bytes, size) == 0));
  REQUIRE(archive_read(&again, out, written, &err) == REMIT_OK && again.count == from->count);
  for (size_t i = 0; i < from->count; i++) {
    const archive_entry *a = &from->entries[i], *b = &again.entries[i];
    REQUIRE(a->name_size == b->name_size && memcmp(a->name, b->name, a->name_size) == 0);
    REQUIRE(a->size == b->size && (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0));
  }
  free(out);
}

static void pack_parts(const uint8_t *bytes, size_t size, uint8_t separator)
{
  static const char first[] = ARCHIVE_FIRST;
  remit_error err;
  files.count = 1;
  files.entries[0] = (archive_entry){ first, (const unsigned char *)first, strlen(first), 0 };
  const uint8_t *end = bytes + size;
  for (const uint8_t *at = bytes; at < end && files.count < ARCHIVE_FILES_MAX;) {
    const uint8_t *stop = memchr(at, separator, (size_t)(end - at));
    size_t part = (size_t)((stop != NULL ? stop : end) - at);
    files.entries[files.count++] = (archive_entry){ (const char *)at, at, part, part };
    at += part + 1;
  }
  if (archive_check(&files, &err) == REMIT_OK)
    write_and_compare(&files, NULL, 0);
  else
    check_error(&err, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  remit_error err;
  if (size >= 2 && bytes[0] == 0)
    pack_parts(bytes + 2, size - 2, bytes[1]);
  else if (archive_read(&files, bytes, size, &err) == REMIT_OK)
    write_and_compare(&files, bytes, size);
  else
    check_error(&err, size);
  return 0;
}
