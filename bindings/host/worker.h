/* SPDX-License-Identifier: Apache-2.0
 * worker: a bundle of a stranger, run by this program in a process of its own that has no files beyond three pipes, no environment, and walls
 * (walls.h) that stand before it reads the first byte of the bundle. Here is the side that starts it, and believes nothing that it says.
 *
 *   worker *w = worker_start(&job, &err);
 *   while (worker_next(w, poll, &event)) ...       -- WORKER_END is the last
 *   worker_free(w);                                -- kills it when it still runs
 *
 * The program reads the bundle and the pack first and hands over bytes. What is printed comes as it is printed; files come at the end and are not
 * checked here: the Lua layer does that, scripts/remit/worker.lua.
 */
#ifndef REMIT_WORKER_H
#define REMIT_WORKER_H

#include <lua.h>

#include "given.h"
#include "remit/error.h"
#include "sandbox.h"

#define WORKER_ARGUMENT "--worker" /* the private first argument, then bytes of address space and seconds of processor time */
#define WORKER_PACK "pack"         /* the folder that a script has the pack in */
#define WORKER_WORKBOOK ".xlsx"    /* a file of the pack that ends so is all of it */
#define WORKER_LATE 2.0            /* seconds past the script's limit after which it is killed */

typedef struct worker worker;

typedef struct worker_job {
  sandbox_limits limits;
  const char *main;            /* which of the files is run */
  const given_files *files, *pack;   /* of the bundle; of the pack, without its folder */
  const char *const *arguments;
  size_t argument_count;
  bool weak;                   /* goes on when a wall is missing */
  bool trace;
  const char *program;         /* that is started instead of this one, for tests; NULL: none */
} worker_job;

typedef enum worker_kind { WORKER_WALLS, WORKER_TEXT, WORKER_ALARM, WORKER_REFUSAL, WORKER_FILE, WORKER_END } worker_kind;

typedef enum worker_outcome {
  WORKER_FINE,
  WORKER_FAILED,      /* the script raised an error, or does not compile */
  WORKER_STOPPED,     /* at a limit, by the clock, or by who waits for it */
  WORKER_CRASHED,     /* the process ended on its own, or was ended by a wall */
  WORKER_HOSTILE,     /* it said what no worker says, and was killed */
  WORKER_NOT_STARTED, /* a wall is missing, or the system started nothing */
} worker_outcome;

/* Texts are borrowed until the next call. All of them are hostile. */
typedef struct worker_event {
  worker_kind kind;
  const char *text; /* printed, or for standard error; what was refused; a file's path; at the end a message */
  size_t size;
  const char *bytes; /* of a file */
  size_t byte_count;
  unsigned held; /* WORKER_WALLS */
  worker_outcome outcome; /* WORKER_END, and the rest too */
  uint64_t refused, work, memory;
  const char *said; /* what it wrote on standard error */
} worker_event;

/* NULL, with `err`, when nothing could be started. The job is copied. */
worker *worker_start(const worker_job *job, remit_error *err);
/* NULL is fine. */
void worker_free(worker *w);
/* Waits for what comes next; false after WORKER_END. `poll` may be NULL. */
bool worker_next(worker *w, const remit_poll *poll, worker_event *event);
int worker_process(const worker *w);

/* The other side: all of the program, when it is started with WORKER_ARGUMENT. */
int worker_serve(int argc, char **argv);

/* In main.c: this program's path, to start it again. */
const char *worker_program(void);

/* host.worker { ... } -> a handle whose `next` gives events */
int host_worker(lua_State *L);
void host_open_worker(lua_State *L);

/* ---- The frames ----
 *
 * To the worker: L limits, F a file of the bundle, P one of the pack, A an argument, G which file to run: go. From it: W walls, T text,
 * R refused, O a file, E the end. */

enum worker_frames { FRAME_LIMITS = 'L', FRAME_FILE = 'F', FRAME_PACK = 'P', FRAME_ARGUMENT = 'A', FRAME_GO = 'G',
                     FRAME_WALLS = 'W', FRAME_TEXT = 'T', FRAME_REFUSED = 'R', FRAME_OUTPUT = 'O', FRAME_END = 'E' };

#define WORKER_REQUEST_MAX ((size_t)1 << 30)
#define WORKER_TEXT_MAX ((size_t)1 << 16) /* bytes of one T; longer text comes in several */

#endif
