/* SPDX-License-Identifier: Apache-2.0
 * peer: what other engines' libraries have in common when run.lua asks them, in the words of engine.lua. Whatever fails ends the program.
 */
#ifndef REMIT_BENCH_PEER_H
#define REMIT_BENCH_PEER_H

#include <stdarg.h>
#include <stddef.h>

void *peer_open(const char *library);
/* A function of the library, into a pointer of its type. */
void peer_find(void *library, const char *name, void *function);
void peer_fail(const char *message);

/* A statement, made piece by piece. */
typedef struct peer_text {
  char text[8192];
  size_t size;
} peer_text;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void peer_add(peer_text *s, const char *format, ...);
void peer_add_list(peer_text *s, const char *format, va_list arguments);

/* How it shows a question's rows, asks one and lets go of what it gives, and reads posts.csv afresh and lets go of that. */
typedef struct peer {
  void (*show)(void *engine, size_t question);
  void (*ask)(void *engine, size_t question);
  void (*load)(void *engine);
  void (*unload)(void *engine);
} peer;

/* Answers lines until there are no more. */
void peer_serve(const peer *answers, void *engine, const char *version);

#endif
