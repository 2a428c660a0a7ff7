/* SPDX-License-Identifier: Apache-2.0
 * worker: the side that starts it. Its process is known by its pipes alone: a request goes in, frames come out, and the clock ends it.
 */
#define _POSIX_C_SOURCE 200809L

#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "frames.h"
#include "walls.h"

#define SAID_MAX ((size_t)4096)
#define TICK 200                    /* milliseconds between two looks at who waits */
#define SLACK ((uint64_t)512 << 20) /* address space for the program, its stack and what the core makes of files */
#define PER_BYTE 16                 /* address space for a byte of what it is given */
#define MESSAGE_SIZE 512

enum { REQUEST, REPLY, SAID, PIPES };

struct worker {
  worker_job job; /* its numbers; texts are in the request */
  pid_t process;
  int pipes[PIPES]; /* our ends; -1: closed */
  frame_buffer request;
  size_t sent;
  frame_reader replies;
  double deadline; /* 0: none */
  bool walled, ended, over, killed;
  size_t text, files, file_bytes, refusals;
  worker_event end;
  char message[MESSAGE_SIZE];
  char said[SAID_MAX + 1];
  size_t said_size;
};

/* ---- The request ---- */

static void put_files(frame_buffer *request, char kind, const given_files *files)
{
  for (size_t i = 0; files != NULL && i < files->count; i++) {
    frame_begin(request, kind);
    frame_text(request, files->files[i].path, strlen(files->files[i].path));
    frame_text(request, files->files[i].bytes, files->files[i].size);
    frame_end(request);
  }
}

static void put_limits(frame_buffer *request, const worker_job *job)
{
  frame_begin(request, FRAME_LIMITS);
  frame_number(request, job->limits.work);
  frame_number(request, job->limits.memory);
  frame_number(request, job->limits.output);
  frame_number(request, (uint64_t)(job->limits.seconds * 1000));
  frame_number(request, (uint64_t)job->limits.seed);
  frame_end(request);
}

static bool write_request(frame_buffer *request, const worker_job *job)
{
  put_limits(request, job);
  put_files(request, FRAME_FILE, job->files);
  put_files(request, FRAME_PACK, job->pack);
  for (size_t i = 0; i < job->argument_count; i++) {
    frame_begin(request, FRAME_ARGUMENT);
    frame_text(request, job->arguments[i], strlen(job->arguments[i]));
    frame_end(request);
  }
  frame_begin(request, FRAME_GO);
  frame_text(request, job->main, strlen(job->main));
  frame_number(request, job->trace);
  frame_end(request);
  return !request->broken && request->size <= WORKER_REQUEST_MAX;
}

/* ---- The process ---- */

static void close_pipe(int *end)
{
  if (*end >= 0)
    close(*end);
  *end = -1;
}

/* Ours never block, and no other program that we start has them. */
static bool make_ours(int file)
{
  int flags = fcntl(file, F_GETFL);
  return fcntl(file, F_SETFD, FD_CLOEXEC) == 0 && flags >= 0 && fcntl(file, F_SETFL, flags | O_NONBLOCK) == 0;
}

/* `theirs` are its standard streams. */
static bool make_pipes(int ours[PIPES], int theirs[PIPES])
{
  for (int i = 0; i < PIPES; i++) {
    int ends[2];
    if (pipe(ends) != 0)
      return false;
    ours[i] = ends[i == REQUEST ? 1 : 0];
    theirs[i] = ends[i == REQUEST ? 0 : 1];
    if (!make_ours(ours[i]) || fcntl(theirs[i], F_SETFD, FD_CLOEXEC) != 0)
      return false;
  }
  return true;
}

/* Standard streams that this program was started without are numbers that the pipes may have got: those move away before one is overwritten. */
static bool clear_of_streams(int theirs[PIPES])
{
  for (int i = 0; i < PIPES; i++) {
    int moved = fcntl(theirs[i], F_DUPFD_CLOEXEC, PIPES);
    if (moved < 0)
      return false;
    close(theirs[i]);
    theirs[i] = moved;
  }
  return true;
}

/* A group of its own: Ctrl-C is for this program, which then ends the worker. Signals are as a new program has them. */
static bool set_attributes(posix_spawnattr_t *attributes)
{
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  return posix_spawnattr_setpgroup(attributes, 0) == 0 && posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
         posix_spawnattr_setsigmask(attributes, &none) == 0 &&
         posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) == 0;
}

static int spawn(pid_t *process, const char *program, char *const arguments[], const int theirs[PIPES])
{
  char *nothing[] = { NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0)
    return code;
  code = posix_spawnattr_init(&attributes);
  if (code == 0) {
    for (int i = 0; i < PIPES && code == 0; i++)
      code = posix_spawn_file_actions_adddup2(&actions, theirs[i], i);
    if (code == 0 && !set_attributes(&attributes))
      code = EINVAL;
    if (code == 0)
      code = posix_spawn(process, program, &actions, &attributes, arguments, nothing);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

static remit_status start_process(worker *w, const worker_job *job, remit_error *err)
{
  char memory[32], seconds[32], name[] = "remit", private[] = WORKER_ARGUMENT;
  uint64_t space = job->limits.memory < UINT64_MAX / 2 ? (uint64_t)job->limits.memory + SLACK + PER_BYTE * (uint64_t)w->request.size : 0;
  snprintf(memory, sizeof memory, "%llu", (unsigned long long)space);
  snprintf(seconds, sizeof seconds, "%.0f", job->limits.seconds > 0 ? job->limits.seconds + WORKER_LATE + 1 : 0);
  char *arguments[] = { name, private, memory, seconds, NULL };
  int theirs[PIPES] = { -1, -1, -1 };
  const char *program = job->program != NULL ? job->program : worker_program();
  int code = make_pipes(w->pipes, theirs) && clear_of_streams(theirs) ? 0 : errno;
  if (code == 0)
    code = program != NULL ? spawn(&w->process, program, arguments, theirs) : ENOENT;
  for (int i = 0; i < PIPES; i++)
    close_pipe(&theirs[i]);
  if (code == 0)
    return REMIT_OK;
  w->process = 0;
  return remit_fail(err, REMIT_EIO, "no worker could be started (system error %d)", code);
}

worker *worker_start(const worker_job *job, remit_error *err)
{
  worker *w = calloc(1, sizeof *w);
  if (w == NULL) {
    remit_fail(err, REMIT_ENOMEM, "out of memory");
    return NULL;
  }
  w->job = *job;
  for (int i = 0; i < PIPES; i++)
    w->pipes[i] = -1;
  w->deadline = job->limits.seconds > 0 ? sandbox_now() + job->limits.seconds + WORKER_LATE : 0;
  w->replies.most = (job->limits.output < UINT32_MAX ? job->limits.output : UINT32_MAX) + WORKER_TEXT_MAX;
  remit_status status = REMIT_OK;
  if (!write_request(&w->request, job))
    status = remit_fail(err, REMIT_ELIMIT, "the bundle, its pack and arguments are more than %zu MiB", WORKER_REQUEST_MAX >> 20);
  if (status == REMIT_OK)
    status = start_process(w, job, err);
  if (status == REMIT_OK)
    return w;
  worker_free(w);
  return NULL;
}

int worker_process(const worker *w)
{
  return (int)w->process;
}

static void kill_process(worker *w)
{
  w->killed = true;
  if (w->process > 0)
    kill(w->process, SIGKILL);
}

/* How it ended, as waitpid says; killed first unless it ends by itself right now. */
static int reap(worker *w)
{
  int status = 0;
  pid_t found = 0;
  const struct timespec moment = { .tv_nsec = 1000000 };
  for (int i = 0; i < 1000 && found == 0 && !w->killed; i++) {
    found = waitpid(w->process, &status, WNOHANG);
    if (found == 0)
      nanosleep(&moment, NULL);
  }
  if (found == 0) {
    kill_process(w);
    do
      found = waitpid(w->process, &status, 0);
    while (found < 0 && errno == EINTR);
  }
  w->process = 0;
  return found > 0 ? status : 0;
}

void worker_free(worker *w)
{
  if (w == NULL)
    return;
  for (int i = 0; i < PIPES; i++)
    close_pipe(&w->pipes[i]);
  if (w->process > 0) {
    kill_process(w);
    reap(w);
  }
  frame_release(&w->request);
  frame_release(&w->replies.in);
  free(w);
}

/* ---- The end ---- */

/* The first reason stays. */
static void end_with(worker *w, worker_outcome outcome, const char *message)
{
  if (w->over)
    return;
  w->over = true;
  w->end.outcome = outcome;
  snprintf(w->message, sizeof w->message, "%.500s", message);
  kill_process(w);
}

static void hostile(worker *w, const char *what)
{
  char message[MESSAGE_SIZE];
  snprintf(message, sizeof message, "the worker was ended, for it said what none says: %s", what);
  end_with(w, WORKER_HOSTILE, message);
}

static const char *signal_name(int number)
{
  switch (number) {
  case SIGSEGV: return "it reached for memory that is not there";
  case SIGBUS: return "it reached for memory in a wrong way";
  case SIGABRT: return "it gave up by itself";
  case SIGFPE: return "it calculated what cannot be";
  case SIGILL: return "it ran what is no instruction";
  case SIGSYS: return "it asked the system for what the walls refuse";
  case SIGXCPU: return "it passed its limit of processor time";
  case SIGKILL: return "the system ended it";
  default: return "a signal ended it";
  }
}

/* All that it had to say was read. */
static void settle(worker *w)
{
  bool by_us = w->killed;
  int status = reap(w);
  w->end.kind = WORKER_END;
  if (w->over || by_us)
    return;
  if (w->killed) {
    hostile(w, "nothing more, and stayed");
    return;
  }
  w->over = true;
  if (WIFSIGNALED(status)) {
    w->end.outcome = WORKER_CRASHED;
    snprintf(w->message, sizeof w->message, "the worker crashed: %s (signal %d). Nothing outside it was touched", signal_name(WTERMSIG(status)),
             WTERMSIG(status));
  } else if (!w->ended || WEXITSTATUS(status) != 0) {
    w->end.outcome = WORKER_CRASHED;
    snprintf(w->message, sizeof w->message, "the worker crashed: it ended before it was done (exit code %d). Nothing outside it was touched",
             WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
}

/* ---- What comes back ---- */

static void take_walls(worker *w, frame *from, worker_event *event)
{
  unsigned held = (unsigned)frame_take_number(from) & WALLS_NEEDED;
  if (w->walled || !frame_is_done(from)) {
    hostile(w, "its walls, in a way that nobody reads");
    return;
  }
  w->walled = true;
  *event = (worker_event){ .kind = WORKER_WALLS, .held = held };
  char missing[MESSAGE_SIZE] = "";
  for (unsigned wall = 1; wall <= WALLS_NEEDED; wall <<= 1)
    if ((WALLS_NEEDED & wall) != 0 && (held & wall) == 0) {
      size_t size = strlen(missing);
      snprintf(missing + size, sizeof missing - size, "%s%s", size != 0 ? "; " : "", walls_missing(wall));
    }
  if (missing[0] != '\0' && !w->job.weak) {
    char message[MESSAGE_SIZE + 64];
    snprintf(message, sizeof message, "this system cannot wall a stranger's bundle in. It lacks %s", missing);
    end_with(w, WORKER_NOT_STARTED, message);
  }
}

static void take_text(worker *w, frame *from, worker_event *event)
{
  uint64_t alarm = frame_take_number(from);
  *event = (worker_event){ .kind = alarm != 0 ? WORKER_ALARM : WORKER_TEXT };
  event->text = frame_take_text(from, &event->size);
  w->text += event->size;
  if (!frame_is_done(from) || event->size > WORKER_TEXT_MAX)
    hostile(w, "text, in a way that nobody reads");
  else if (w->text > w->job.limits.output + WORKER_TEXT_MAX)
    hostile(w, "more text than its limit of output");
}

static void take_refusal(worker *w, frame *from, worker_event *event)
{
  *event = (worker_event){ .kind = WORKER_REFUSAL };
  event->text = frame_take_text(from, &event->size);
  if (!frame_is_done(from) || event->size > MESSAGE_SIZE || ++w->refusals > SANDBOX_REFUSALS)
    hostile(w, "more than it can have been refused");
}

static void take_file(worker *w, frame *from, worker_event *event)
{
  *event = (worker_event){ .kind = WORKER_FILE };
  event->text = frame_take_text(from, &event->size);
  event->bytes = frame_take_text(from, &event->byte_count);
  w->file_bytes += event->byte_count;
  if (!frame_is_done(from) || event->size >= GIVEN_PATH)
    hostile(w, "a file, in a way that nobody reads");
  else if (++w->files > GIVEN_MOST || w->file_bytes > w->job.limits.output)
    hostile(w, "more files than its limit of output");
}

static void take_end(worker *w, frame *from)
{
  uint64_t outcome = frame_take_number(from);
  w->end.refused = frame_take_number(from);
  w->end.work = frame_take_number(from);
  w->end.memory = frame_take_number(from);
  size_t size;
  const char *message = frame_take_text(from, &size);
  w->ended = true;
  if (!frame_is_done(from) || outcome > WORKER_STOPPED || size >= MESSAGE_SIZE) {
    hostile(w, "an end, in a way that nobody reads");
    return;
  }
  w->end.outcome = (worker_outcome)outcome;
  memcpy(w->message, message, size);
  w->message[size] = '\0';
}

/* Whether there is an event for the caller. */
static bool take(worker *w, frame *from, worker_event *event)
{
  if (w->ended || (!w->walled && from->kind != FRAME_WALLS)) {
    hostile(w, w->ended ? "something after its end" : "something before its walls");
    return false;
  }
  event->kind = WORKER_END;
  switch (from->kind) {
  case FRAME_WALLS: take_walls(w, from, event); break;
  case FRAME_TEXT: take_text(w, from, event); break;
  case FRAME_REFUSED: take_refusal(w, from, event); break;
  case FRAME_OUTPUT: take_file(w, from, event); break;
  case FRAME_END: take_end(w, from); break;
  default: hostile(w, "a frame of no kind"); break;
  }
  return event->kind != WORKER_END && (!w->over || event->kind == WORKER_WALLS);
}

/* ---- The pipes ---- */

/* A worker that is gone must not end this program by SIGPIPE. */
static ssize_t write_quietly(int file, const char *bytes, size_t size)
{
  struct sigaction before, ignore = { .sa_handler = SIG_IGN };
  sigaction(SIGPIPE, &ignore, &before);
  ssize_t written = write(file, bytes, size);
  int code = errno;
  sigaction(SIGPIPE, &before, NULL);
  errno = code;
  return written;
}

static void send_some(worker *w)
{
  ssize_t size = write_quietly(w->pipes[REQUEST], w->request.bytes + w->sent, w->request.size - w->sent);
  if (size < 0 && errno != EAGAIN && errno != EINTR) /* its reply says the rest, by its end */
    close_pipe(&w->pipes[REQUEST]);
  w->sent += size > 0 ? (size_t)size : 0;
  if (w->sent == w->request.size) {
    close_pipe(&w->pipes[REQUEST]);
    frame_release(&w->request);
  }
}

static void receive_some(worker *w)
{
  size_t room;
  char *to = frame_feed(&w->replies, &room);
  if (to == NULL) {
    end_with(w, WORKER_STOPPED, "out of memory for what the worker gives back");
    return;
  }
  ssize_t size = read(w->pipes[REPLY], to, room);
  if (size > 0)
    frame_fed(&w->replies, (size_t)size);
  else if (size == 0 || (errno != EAGAIN && errno != EINTR))
    close_pipe(&w->pipes[REPLY]);
}

/* Its beginning is kept, for who looks into a crash. */
static void hear_some(worker *w)
{
  char block[4096];
  ssize_t size = read(w->pipes[SAID], block, sizeof block);
  if (size > 0) {
    size_t room = SAID_MAX - w->said_size, kept = (size_t)size < room ? (size_t)size : room;
    memcpy(w->said + w->said_size, block, kept);
    w->said_size += kept;
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    close_pipe(&w->pipes[SAID]);
  }
}

static int wait_time(const worker *w)
{
  double left = w->deadline != 0 ? (w->deadline - sandbox_now()) * 1000 : TICK;
  return left <= 0 ? 0 : left < TICK ? (int)left + 1 : TICK;
}

/* The request goes out once the walls stand. A pipe that is not asked for is -1, which poll passes over. */
static void exchange(worker *w, const remit_poll *asked)
{
  bool sending = w->walled && !w->over && w->pipes[REQUEST] >= 0;
  struct pollfd files[PIPES] = {
    { .fd = sending ? w->pipes[REQUEST] : -1, .events = POLLOUT }, { .fd = w->pipes[REPLY], .events = POLLIN }, { .fd = w->pipes[SAID], .events = POLLIN },
  };
  int ready = poll(files, PIPES, wait_time(w));
  if (asked != NULL && asked->stop(asked->context, 0, 0))
    end_with(w, WORKER_STOPPED, "stopped");
  if (w->deadline != 0 && sandbox_now() > w->deadline) {
    char message[MESSAGE_SIZE];
    snprintf(message, sizeof message, "this script was stopped at its limit of %.15g seconds: see --seconds", w->job.limits.seconds);
    end_with(w, WORKER_STOPPED, message);
  }
  if (ready <= 0 || w->over)
    return;
  if (files[SAID].revents != 0)
    hear_some(w);
  if (files[REPLY].revents != 0)
    receive_some(w);
  if (files[REQUEST].revents != 0)
    send_some(w);
}

static bool hear_frame(worker *w, worker_event *event)
{
  frame from;
  frame_state state;
  while (!w->over && (state = frame_next(&w->replies, &from)) != FRAME_NONE) {
    if (state == FRAME_WRONG)
      hostile(w, "that something longer than all its output comes");
    else if (take(w, &from, event))
      return true;
  }
  return false;
}

static void hear_last_words(worker *w)
{
  size_t before;
  do {
    before = w->said_size;
    if (w->pipes[SAID] >= 0)
      hear_some(w);
  } while (w->said_size != before);
}

bool worker_next(worker *w, const remit_poll *poll, worker_event *event)
{
  while (w->process > 0) {
    if (hear_frame(w, event))
      return true;
    if (w->over || w->pipes[REPLY] < 0) {
      if (!w->over && w->replies.in.size != w->replies.taken)
        w->ended = false;
      hear_last_words(w);
      settle(w);
      *event = w->end;
      event->text = w->message;
      event->size = strlen(w->message);
      event->said = w->said;
      return true;
    }
    exchange(w, poll);
  }
  return false;
}
