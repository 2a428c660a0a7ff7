/* SPDX-License-Identifier: Apache-2.0
 * sandbox: the state and its limits.
 */
#define _POSIX_C_SOURCE 200809L

#include "internal.h"

#include <lualib.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MESSAGE_SIZE SANDBOX_MESSAGE
#define MODULE_FOLDERS 8
#define SLACK ((size_t)1 << 20) /* memory for saying that there is none */
#define CLOCK_EVERY 16          /* looks at the limits between two at the clock */

const sandbox_limits sandbox_default_limits = {
  .work = 20000000000u, .memory = (size_t)1 << 30, .output = (size_t)1 << 30, .seconds = 3600, .seed = 1,
};

struct sandbox {
  lua_State *L;
  sandbox_limits limits;
  grant granted;
  const char *own;
  char *folders[MODULE_FOLDERS];
  size_t folder_count;
  size_t memory, peak, output, refusal_count;
  uint64_t work;
  double begun;
  unsigned looks;
  bool resting, was_stopped;
  sandbox_writer writer;
  void *writer_context;
  atomic_bool interrupted, late;
  char stopped[MESSAGE_SIZE], near[MESSAGE_SIZE];
  char refusals[SANDBOX_REFUSALS][MESSAGE_SIZE];
};

/* ---- Memory ---- */

/* Where the script is when a block is refused: a collection may yet find one, else there is no stack left that says it. Allocates nothing.
 * The collection is work: a script that lives at its limit would make one after the other. */
static void note_refusal_of_memory(sandbox *box)
{
  box->work += box->memory / 16;
  if (box->L != NULL && box->stopped[0] == '\0')
    sandbox_where(box->L, box->near, sizeof box->near);
}

/* For a new block `old_size` is the type of object. */
static void *allocate(void *context, void *block, size_t old_size, size_t size)
{
  sandbox *box = context;
  size_t old = block != NULL ? old_size : 0;
  if (size == 0) {
    box->memory -= old;
    free(block);
    return NULL;
  }
  size_t most = box->limits.memory + (box->resting || box->stopped[0] != '\0' ? SLACK : 0);
  if (size > old && (size - old > most || box->memory > most - (size - old))) {
    note_refusal_of_memory(box);
    return NULL;
  }
  void *made = realloc(block, size);
  if (made != NULL) {
    box->memory = box->memory - old + size;
    box->peak = box->memory > box->peak ? box->memory : box->peak;
  }
  return made;
}

/* ---- Stopping ---- */

double sandbox_now(void)
{
  struct timespec time;
#ifdef CLOCK_MONOTONIC
  clock_gettime(CLOCK_MONOTONIC, &time);
#else
  timespec_get(&time, TIME_UTC);
#endif
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool is_own(const sandbox *box, const char *source)
{
  return source[0] == '=' || (box->own != NULL && source[0] == '@' && strncmp(source + 1, box->own, strlen(box->own)) == 0);
}

void sandbox_where(lua_State *L, char *place, size_t size)
{
  const sandbox *box = sandbox_of(L);
  lua_Debug about;
  place[0] = '\0';
  for (int level = 0; lua_getstack(L, level, &about); level++) {
    lua_getinfo(L, "Sl", &about);
    if (about.currentline > 0 && !is_own(box, about.source)) {
      const char *name = about.source[0] == '@' ? about.source + 1 : about.short_src;
      snprintf(place, size, "%.400s:%d: ", name, about.currentline);
      return;
    }
  }
}

static void on_count(lua_State *L, lua_Debug *about);

static int raise_stopped(lua_State *L, sandbox *box)
{
  lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
  lua_pushstring(L, box->stopped);
  return lua_error(L);
}

static int stop(lua_State *L, sandbox *box, const char *why, const char *option)
{
  char place[MESSAGE_SIZE];
  sandbox_where(L, place, sizeof place);
  box->was_stopped = true;
  snprintf(box->stopped, sizeof box->stopped, "%.360s%s%s%s", place, why, option != NULL ? ": see " : "",
           option != NULL ? option : "");
  return raise_stopped(L, box);
}

static int stop_at(lua_State *L, sandbox *box, const char *what, double most, const char *unit, const char *option)
{
  char why[128];
  snprintf(why, sizeof why, "this script was stopped at its limit of %.15g %s%s", most, unit, what);
  return stop(L, box, why, option);
}

static int stop_work(lua_State *L, sandbox *box)
{
  return stop_at(L, box, " of work", (double)box->limits.work / 1e6, "million steps", "--work");
}

static int stop_memory(lua_State *L, sandbox *box)
{
  return stop_at(L, box, " of memory", (double)box->limits.memory / (1 << 20), "MiB", "--memory");
}

static bool is_late(const sandbox *box)
{
  return box->limits.seconds > 0 && sandbox_now() - box->begun > box->limits.seconds;
}

static void look_at_clock(lua_State *L, sandbox *box)
{
  if (atomic_load(&box->interrupted))
    stop(L, box, "interrupted", NULL);
  if (atomic_load(&box->late) || (box->looks++ % CLOCK_EVERY == 0 && is_late(box)))
    stop_at(L, box, "", box->limits.seconds, "seconds", "--seconds");
}

void sandbox_check(lua_State *L)
{
  sandbox *box = sandbox_of(L);
  if (box->resting)
    return;
  if (box->stopped[0] != '\0')
    raise_stopped(L, box);
  if (box->work > box->limits.work)
    stop_work(L, box);
  look_at_clock(L, box);
}

static void on_count(lua_State *L, lua_Debug *about)
{
  sandbox *box = sandbox_of(L);
  (void)about;
  if (box->stopped[0] == '\0')
    box->work += SANDBOX_STEP;
  sandbox_check(L);
}

void sandbox_check_memory(lua_State *L, int status)
{
  sandbox *box = sandbox_of(L);
  sandbox_check(L);
  if (status == LUA_ERRMEM) {
    sandbox_lacked_memory(box);
    raise_stopped(L, box);
  }
}

void sandbox_charge(lua_State *L, size_t steps)
{
  sandbox *box = sandbox_of(L);
  box->work = box->work > UINT64_MAX - steps ? UINT64_MAX : box->work + steps;
  sandbox_check(L);
}

void sandbox_afford(lua_State *L, size_t bytes)
{
  sandbox *box = sandbox_of(L);
  size_t most = box->limits.memory;
  if (box->resting || (bytes < most && box->memory <= most - bytes))
    return;
  lua_gc(L, LUA_GCCOLLECT);
  sandbox_charge(L, box->memory / 64);
  if (bytes >= most || box->memory > most - bytes)
    stop_memory(L, box);
}

void sandbox_count_output(lua_State *L, size_t bytes)
{
  sandbox *box = sandbox_of(L);
  sandbox_check(L);
  if (box->resting)
    return;
  if (bytes > box->limits.output - box->output)
    stop_at(L, box, " of output", (double)box->limits.output / (1 << 20), "MiB", "--output");
  box->output += bytes;
}

bool sandbox_is_stopped(lua_State *L)
{
  return sandbox_of(L)->stopped[0] != '\0';
}

static int check(lua_State *L)
{
  sandbox_check(L);
  return 0;
}

bool sandbox_settle(lua_State *L)
{
  lua_pushcfunction(L, check);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK)
    lua_pop(L, 1);
  return sandbox_is_stopped(L);
}

/* ---- Refusals ---- */

void sandbox_note_refusal(lua_State *L, const char *verb, const char *what)
{
  sandbox *box = sandbox_of(L);
  char place[MESSAGE_SIZE];
  if (box->refusal_count++ >= SANDBOX_REFUSALS)
    return;
  sandbox_where(L, place, sizeof place);
  snprintf(box->refusals[box->refusal_count - 1], MESSAGE_SIZE, "%.400s%s %.80s", place, verb, what);
}

/* ---- A state ---- */

sandbox *sandbox_new(const sandbox_limits *limits)
{
  sandbox *box = calloc(1, sizeof *box);
  if (box == NULL)
    return NULL;
  box->limits = *limits;
  grant_init(&box->granted);
  box->granted.refused = sandbox_note_refusal;
  box->granted.written = sandbox_count_output;
  box->L = lua_newstate(allocate, box);
  if (box->L == NULL) {
    free(box);
    return NULL;
  }
  sandbox_rest(box);
  return box;
}

void sandbox_free(sandbox *box)
{
  if (box == NULL)
    return;
  lua_State *L = box->L;
  box->L = NULL;
  lua_sethook(L, NULL, 0, 0);
  lua_close(L);
  grant_release(&box->granted);
  for (size_t i = 0; i < box->folder_count; i++)
    free(box->folders[i]);
  free(box);
}

lua_State *sandbox_state(sandbox *box)
{
  return box->L;
}

sandbox *sandbox_of(lua_State *L)
{
  void *context;
  lua_getallocf(L, &context);
  return context;
}

bool sandbox_is(lua_State *L)
{
  return lua_getallocf(L, NULL) == allocate;
}

grant *sandbox_grant(sandbox *box)
{
  return &box->granted;
}

void sandbox_set_own(sandbox *box, const char *prefix)
{
  box->own = prefix;
}

bool sandbox_add_modules(sandbox *box, const char *folder)
{
  for (size_t i = 0; i < box->folder_count; i++)
    if (strcmp(box->folders[i], folder) == 0)
      return true;
  char *copy = box->folder_count < MODULE_FOLDERS ? malloc(strlen(folder) + 1) : NULL;
  if (copy == NULL)
    return false;
  strcpy(copy, folder);
  box->folders[box->folder_count++] = copy;
  return true;
}

const char *sandbox_module_folder(const sandbox *box, size_t index)
{
  return index < box->folder_count ? box->folders[index] : NULL;
}

/* ---- Output ---- */

void sandbox_set_writer(sandbox *box, sandbox_writer writer, void *context)
{
  box->writer = writer;
  box->writer_context = context;
}

void sandbox_write(lua_State *L, bool alarm, const char *text, size_t size)
{
  sandbox *box = sandbox_of(L);
  if (box->writer != NULL) {
    box->writer(box->writer_context, alarm, text, size);
    return;
  }
  if (alarm)
    fflush(stdout);
  fwrite(text, 1, size, alarm ? stderr : stdout);
}

lua_Integer sandbox_seed(const sandbox *box)
{
  return box->limits.seed;
}

void sandbox_begin(sandbox *box)
{
  box->work = 0;
  box->output = 0;
  box->looks = 0;
  atomic_store(&box->interrupted, false);
  atomic_store(&box->late, false);
  box->stopped[0] = box->near[0] = '\0';
  box->begun = sandbox_now();
  box->resting = box->was_stopped = false;
  lua_sethook(box->L, on_count, LUA_MASKCOUNT, SANDBOX_STEP);
}

void sandbox_rest(sandbox *box)
{
  box->resting = true;
  box->stopped[0] = '\0';
  lua_sethook(box->L, NULL, 0, 0);
}

void sandbox_interrupt(sandbox *box)
{
  atomic_store(&box->interrupted, true);
}

bool sandbox_poll(sandbox *box)
{
  if (!atomic_load(&box->late) && is_late(box))
    atomic_store(&box->late, true);
  return atomic_load(&box->interrupted) || atomic_load(&box->late);
}

const char *sandbox_stopped(const sandbox *box)
{
  return box->stopped[0] != '\0' ? box->stopped : NULL;
}

bool sandbox_was_stopped(const sandbox *box)
{
  return box->was_stopped;
}

size_t sandbox_refusals(const sandbox *box)
{
  return box->refusal_count;
}

const char *sandbox_refusal(const sandbox *box, size_t index)
{
  return index < box->refusal_count && index < SANDBOX_REFUSALS ? box->refusals[index] : NULL;
}

const char *sandbox_lacked_memory(sandbox *box)
{
  box->was_stopped = true;
  snprintf(box->stopped, sizeof box->stopped, "%.420sthis script was stopped at its limit of %.15g MiB of memory: see --memory", box->near,
           (double)box->limits.memory / (1 << 20));
  return box->stopped;
}

uint64_t sandbox_work(const sandbox *box)
{
  return box->work;
}

size_t sandbox_peak_memory(const sandbox *box)
{
  return box->peak;
}
