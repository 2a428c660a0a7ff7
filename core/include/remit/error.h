/* SPDX-License-Identifier: Apache-2.0
 * error: what every function that can fail returns, and says.
 *
 *   remit_error err;
 *   if (remit_number_parse("12.5", 4, &money, &pence, NULL, &err) != REMIT_OK)
 *     fprintf(stderr, "%s\n", err.message);
 *
 * A remit_error is a plain value on the caller's stack: nothing to free, nothing global. Every `err` may be NULL.
 * The library never prints and never exits.
 */
#ifndef REMIT_ERROR_H
#define REMIT_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(REMIT_BUILD) && defined(_WIN32)
#define REMIT_API __declspec(dllexport)
#elif defined(__GNUC__)
#define REMIT_API __attribute__((visibility("default")))
#else
#define REMIT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum remit_status {
  REMIT_OK = 0,
  REMIT_EINVAL,    /* misuse: an argument that cannot be */
  REMIT_ENOTFOUND, /* a column, label or file that is not there */
  REMIT_EPARSE,    /* text that does not read; `at` says where */
  REMIT_EOVERFLOW, /* a figure past 64 bits */
  REMIT_ELIMIT,    /* larger than a declared maximum */
  REMIT_ENOMEM,    /* the machine has no more memory */
  REMIT_EIO,       /* the operating system refused */
  REMIT_ESTOPPED   /* the caller's poll asked for an end */
} remit_status;

/* `message` is one line of UTF-8. `at` is a byte offset into the text that did not parse, else 0. */
typedef struct remit_error {
  remit_status status;
  size_t at;
  char message[512];
} remit_error;

/* Fills `err` (which may be NULL) and returns `status`: `return remit_fail(err, REMIT_EINVAL, "...")`. A message that is too
 * long is cut at a character's edge. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
REMIT_API remit_status remit_fail(remit_error *err, remit_status status, const char *format, ...);

/* "not found", "overflow"...: the status as a word that programs may rely on. Never NULL. */
REMIT_API const char *remit_status_name(remit_status status);

/* Asked by long work every few milliseconds, from any of its threads: true ends it with REMIT_ESTOPPED, and nothing is kept of it. `done` of `total`
 * say how far it is; total 0: not known. */
typedef struct remit_poll {
  bool (*stop)(void *context, size_t done, size_t total);
  void *context;
} remit_poll;

/* "0.1.0". */
REMIT_API const char *remit_version(void);

#ifdef __cplusplus
}
#endif
#endif
