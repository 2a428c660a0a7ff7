/* SPDX-License-Identifier: Apache-2.0
 * os: the one file that talks to the operating system: files to read. Paths are UTF-8.
 * Internal to core/.
 */
#ifndef REMIT_OS_H
#define REMIT_OS_H

#include "remit/error.h"

/* An open file; -1 is none. */
typedef int remit_file;
#define REMIT_NO_FILE (-1)

/* REMIT_ENOTFOUND when there is no such file, else REMIT_EIO in plain words ("is a directory", "permission denied"). */
remit_status remit_file_open(remit_file *out, const char *path, remit_error *err);

/* Up to `size` bytes; `*got` is 0 only at the end of the file. */
remit_status remit_file_read(remit_file file, void *buffer, size_t size, size_t *got, remit_error *err);

/* What is read next is from an offset of a file whose size is known. */
remit_status remit_file_seek(remit_file file, size_t offset, remit_error *err);

/* Its bytes, or 0 when that is not known. */
size_t remit_file_size(remit_file file);

/* REMIT_NO_FILE is fine. */
void remit_file_close(remit_file file);

#endif
