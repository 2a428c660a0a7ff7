/* SPDX-License-Identifier: Apache-2.0
 * late: libraries that few sessions need are loaded when one does, for loading them takes longer than starting Lua. A file names the functions
 * that it calls, and calls them by its table, with the types of the library's own header:
 *
 *   #define CALLS(X) X(zip_fread) X(zip_fclose)
 *   LATE(libzip, LATE_LIBZIP, CALLS);
 *   ...
 *   if (!late_load(&libzip_library))
 *     return late_missing(&libzip_library, err);
 *   libzip.zip_fclose(file);
 *
 * LATE_LIBZIP is the name that the system has for it, which the build finds. In a build without REMIT_LATE it is linked like any other.
 */
#ifndef REMIT_LATE_H
#define REMIT_LATE_H

#include <remit/error.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef struct late_library {
  const char *file;
  const char *names; /* of its functions, one behind the other, and an empty one */
  void *calls;       /* the table: their addresses in that order */
  atomic_bool ready;
} late_library;

#define LATE_FIELD(function) __typeof__(function) *function;
#define LATE_NAME(function) #function "\0"
#define LATE_ADDRESS(function) function,

#ifdef REMIT_LATE
#define LATE(table, soname, calls_of) \
  static struct { calls_of(LATE_FIELD) } table; \
  static late_library table##_library = { .file = soname, .names = calls_of(LATE_NAME), .calls = &table }
#else
#define LATE(table, soname, calls_of) \
  static const struct { calls_of(LATE_FIELD) } table = { calls_of(LATE_ADDRESS) }; \
  static late_library table##_library = { .file = NULL, .ready = true }
#endif

/* The library, once: it stays for as long as the process. False when it is not there or lacks one of the functions. From any thread. */
bool late_load(late_library *library);

/* REMIT_EIO, with the library's name. */
remit_status late_missing(const late_library *library, remit_error *err);

#endif
