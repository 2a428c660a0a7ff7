/* SPDX-License-Identifier: Apache-2.0
 * archive: a bundle's container. It is a zip of which every bit is fixed by its files' names and bytes: manifest.json first and the others in
 * byte order, stored, dated 1980-01-01, plain files, nothing before, between or behind. What remit did not write is refused, so what any unzip
 * program shows is what remit reads. Knows nothing of Lua; allocates nothing.
 *
 *   archive a;
 *   if (archive_read(&a, bytes, size, &err) == REMIT_OK)
 *     use(a.entries[0].bytes, a.entries[0].size);      -- borrowed from `bytes`
 */
#ifndef REMIT_ARCHIVE_H
#define REMIT_ARCHIVE_H

#include "remit/error.h"

#define ARCHIVE_FIRST "manifest.json"
#define ARCHIVE_FILES_MAX 256
#define ARCHIVE_NAME_MAX 200 /* bytes */
#define ARCHIVE_SIZE_MAX ((size_t)32 << 20) /* of the whole */

typedef struct archive_entry {
  const char *name; /* not ended by NUL */
  const unsigned char *bytes;
  size_t name_size, size;
} archive_entry;

typedef struct archive {
  archive_entry entries[ARCHIVE_FILES_MAX];
  size_t count;
} archive;

/* Whether a name is a plain relative path that means one file on every system. REMIT_EPARSE or REMIT_ELIMIT. */
remit_status archive_check_name(const char *name, size_t size, remit_error *err);
/* Names, their order, twins, count and size. */
remit_status archive_check(const archive *files, remit_error *err);

/* One pass, no offset of the file's own is followed. REMIT_EPARSE or REMIT_ELIMIT, with the byte in err->at. */
remit_status archive_read(archive *files, const void *bytes, size_t size, remit_error *err);

/* Of what archive_check passes: its size, and its bytes. */
size_t archive_size(const archive *files);
void archive_write(const archive *files, unsigned char *bytes);

#endif
