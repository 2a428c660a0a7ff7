/* SPDX-License-Identifier: Apache-2.0
 * given: files as bytes, by the paths that a script knows them by. A state that has them opens nothing: these are all the files there are.
 *
 *   given_files files = { 0 };
 *   given_add(&files, "pack/posts.csv", bytes, size);     -- borrowed
 *   const given_file *file = given_find(&files, "pack/../pack/./posts.csv");
 */
#ifndef REMIT_GIVEN_H
#define REMIT_GIVEN_H

#include <stdbool.h>
#include <stddef.h>

#define GIVEN_PATH 512  /* bytes of a path, its end included */
#define GIVEN_MOST 4096 /* files */

typedef struct given_file {
  char *path;
  const char *bytes; /* never NULL */
  size_t size;
  bool own; /* the bytes are freed with it */
} given_file;

/* By path. */
typedef struct given_files {
  given_file *files;
  size_t count, room;
} given_files;

void given_release(given_files *files);

/* Without "." and "..": false when it is absolute, climbs out, or is too long. "" is the folder of all of them. */
bool given_plain_path(const char *path, char plain[GIVEN_PATH]);

/* Bytes are borrowed; given_keep copies them, and takes the place of a file that is there. False when there is no memory, past GIVEN_MOST, for
 * a path that is not plain, or where a file would be a folder too. */
bool given_add(given_files *files, const char *path, const char *bytes, size_t size);
bool given_keep(given_files *files, const char *path, const char *bytes, size_t size);

/* NULL when there is none. The path is a plain one. */
const given_file *given_find(const given_files *files, const char *path);
bool given_has_folder(const given_files *files, const char *path);

#endif
