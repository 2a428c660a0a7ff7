/* SPDX-License-Identifier: Apache-2.0 */
#include "peer.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "posts.h"

void peer_fail(const char *message)
{
  fprintf(stderr, "bench: %s\n", message);
  exit(1);
}

void *peer_open(const char *library)
{
  void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (opened == NULL)
    peer_fail(dlerror());
  return opened;
}

/* A function pointer of any type is as long as an object's here: POSIX says so for dlsym. */
void peer_find(void *library, const char *name, void *function)
{
  void *found = dlsym(library, name);
  if (found == NULL)
    peer_fail(dlerror());
  memcpy(function, &found, sizeof found);
}

void peer_add_list(peer_text *s, const char *format, va_list arguments)
{
  int size = vsnprintf(s->text + s->size, sizeof s->text - s->size, format, arguments);
  if (size < 0 || (size_t)size >= sizeof s->text - s->size)
    peer_fail("a statement is too long");
  s->size += (size_t)size;
}

void peer_add(peer_text *s, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  peer_add_list(s, format, arguments);
  va_end(arguments);
}

static void answer(const peer *answers, void *engine, const char *line)
{
  size_t number = 0;
  long times = 0;
  long long start = nanoseconds_now();
  if (strcmp(line, "load\n") == 0) {
    answers->load(engine);
    printf("%lld\n", nanoseconds_now() - start);
    answers->unload(engine);
  } else if (sscanf(line, "show %zu", &number) == 1 && number >= 1 && number <= QUESTIONS) {
    answers->show(engine, number - 1);
    puts(".");
  } else if (sscanf(line, "ask %zu %ld", &number, &times) == 2 && number >= 1 && number <= QUESTIONS) {
    for (long i = 0; i < times; i++)
      answers->ask(engine, number - 1);
    printf("%lld\n", nanoseconds_now() - start);
  } else {
    puts("?");
  }
}

void peer_serve(const peer *answers, void *engine, const char *version)
{
  char line[128];
  printf("ready %s\n", version);
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    answer(answers, engine, line);
    fflush(stdout);
  }
}
