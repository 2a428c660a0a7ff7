/* SPDX-License-Identifier: Apache-2.0
 * parts: the zip that a workbook is, in memory, by libzip. Bounded before anything is unpacked: entries, the size of each and of all together, and how
 * far one may be packed. The bytes are borrowed until `release`.
 */
#ifndef REMIT_XLSX_PARTS_H
#define REMIT_XLSX_PARTS_H

#include <zip.h>

#include "buffer.h"

#define PARTS_ENTRIES_MAX 4096
#define PARTS_PART_MAX ((zip_uint64_t)128 << 20)
#define PARTS_ALL_MAX ((zip_uint64_t)256 << 20)
#define PARTS_RATIO_MAX 400u                    /* a part may be so many times larger than what is packed... */
#define PARTS_RATIO_FROM ((zip_uint64_t)8 << 20) /* ...when it is larger than this */

typedef struct parts {
  zip_t *zip;
  zip_source_t *source;
} parts;

/* Whether libzip is there. Where nothing can be opened later, it is to be asked before; so with `xml_ready`. */
bool parts_ready(void);

/* REMIT_EPARSE for what is no zip (an old .xls or an encrypted workbook is said to be one), REMIT_ELIMIT past the maxima,
 * REMIT_EIO without libzip. */
remit_status parts_open(parts *self, const char *bytes, size_t size, remit_error *err);
void parts_release(parts *self);

/* REMIT_ENOTFOUND when there is none. */
remit_status parts_read(parts *self, const char *name, buffer *out, remit_error *err);
/* Takes the bytes over, and `part` is empty after. */
remit_status parts_replace(parts *self, const char *name, buffer *part, remit_error *err);
/* The whole with what was replaced; nothing else of it changes. `self` is spent. */
remit_status parts_bytes(parts *self, buffer *out, remit_error *err);

#endif
