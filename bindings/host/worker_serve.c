/* SPDX-License-Identifier: Apache-2.0
 * worker_serve: the walled-in side. The walls stand before the first byte of the request is read; then everything is read, the script runs in
 * a guarded state that knows no file but these, and what it kept goes back. What was read lives as long as the process.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frames.h"
#include "guard.h"
#include "walls.h"
#include "worker.h"
#include "xlsx/parts.h"
#include "xlsx/xml.h"

#define ARGUMENTS_MAX 1000
#define HEAD 5
#define SOON 0.02 /* seconds */
#define WRONG 4 /* exit code: the program that started it did not say what it should */

typedef struct serving {
  sandbox_limits limits;
  given_files files, kept;
  const char *arguments[ARGUMENTS_MAX];
  size_t argument_count, read;
  const char *main;
  const char *pack; /* what remit.load() loads; NULL: no pack */
  bool trace, ready;
  frame_buffer out;
  char held[8192];
  size_t held_size;
  double last_sent;
} serving;

/* ---- Pipes ---- */

static void give_up(void)
{
  _exit(WRONG);
}

static void read_exactly(char *to, size_t size)
{
  while (size > 0) {
    ssize_t got = read(STDIN_FILENO, to, size);
    if (got == 0 || (got < 0 && errno != EINTR))
      give_up();
    to += got > 0 ? got : 0;
    size -= got > 0 ? (size_t)got : 0;
  }
}

static void flush(serving *s)
{
  if (s->out.broken)
    give_up();
  for (size_t sent = 0; sent < s->out.size;) {
    ssize_t size = write(STDOUT_FILENO, s->out.bytes + sent, s->out.size - sent);
    if (size < 0 && errno != EINTR)
      give_up();
    sent += size > 0 ? (size_t)size : 0;
  }
  s->out.size = 0;
}

/* ---- The request ---- */

static frame read_frame(serving *s)
{
  char head[HEAD];
  read_exactly(head, HEAD);
  size_t size = 0;
  for (size_t i = 0; i < 4; i++)
    size |= (size_t)(unsigned char)head[i + 1] << (8 * i);
  char *bytes = size <= WORKER_REQUEST_MAX - s->read ? malloc(size + 1) : NULL;
  if (bytes == NULL)
    give_up();
  s->read += size;
  read_exactly(bytes, size);
  return (frame){ .kind = head[0], .at = bytes, .end = bytes + size };
}

static char *take_name(frame *from)
{
  size_t size;
  const char *text = frame_take_text(from, &size);
  char *name = malloc(size + 1);
  if (name == NULL)
    give_up();
  memcpy(name, text, size);
  name[size] = '\0';
  return name;
}

static void take_limits(serving *s, frame *from)
{
  s->limits.work = frame_take_number(from);
  s->limits.memory = (size_t)frame_take_number(from);
  s->limits.output = (size_t)frame_take_number(from);
  s->limits.seconds = (double)frame_take_number(from) / 1000;
  s->limits.seed = (lua_Integer)frame_take_number(from);
}

static bool is_workbook(const char *path)
{
  size_t size = strlen(path), end = strlen(WORKER_WORKBOOK);
  return size > end && strcmp(path + size - end, WORKER_WORKBOOK) == 0;
}

/* The pack's stand below a folder of their own. A pack is that folder, or the workbook in it. */
static void take_file(serving *s, frame *from)
{
  char path[GIVEN_PATH];
  size_t size, at = 0;
  const char *name = take_name(from), *bytes = frame_take_text(from, &size);
  if (from->kind == FRAME_PACK) {
    strcpy(path, WORKER_PACK "/");
    at = strlen(path);
    if (s->pack == NULL)
      s->pack = WORKER_PACK;
  }
  if (strlen(name) >= sizeof path - at)
    give_up();
  strcpy(path + at, name);
  if (!given_add(&s->files, path, bytes, size))
    give_up();
  if (from->kind == FRAME_PACK && is_workbook(name)) {
    char *pack = malloc(strlen(path) + 1);
    if (pack == NULL)
      give_up();
    s->pack = strcpy(pack, path);
  }
}

static void read_request(serving *s)
{
  while (!s->ready) {
    frame from = read_frame(s);
    switch (from.kind) {
    case FRAME_LIMITS: take_limits(s, &from); break;
    case FRAME_FILE:
    case FRAME_PACK: take_file(s, &from); break;
    case FRAME_ARGUMENT:
      if (s->argument_count == ARGUMENTS_MAX)
        give_up();
      s->arguments[s->argument_count++] = take_name(&from);
      break;
    case FRAME_GO:
      s->main = take_name(&from);
      s->trace = frame_take_number(&from) != 0;
      s->ready = true;
      break;
    default: give_up();
    }
    if (!frame_is_done(&from))
      give_up();
  }
}

/* ---- The script ---- */

static void put_text(serving *s, bool alarm, const char *text, size_t size)
{
  frame_begin(&s->out, FRAME_TEXT);
  frame_number(&s->out, alarm);
  frame_text(&s->out, text, size);
  frame_end(&s->out);
  flush(s);
}

static void send_held(serving *s)
{
  if (s->held_size != 0)
    put_text(s, false, s->held, s->held_size);
  s->held_size = 0;
}

/* fast path: what is printed soon after something else goes with what follows. A frame a line made printing far slower. */
static void send_text(void *context, bool alarm, const char *text, size_t size)
{
  serving *s = context;
  if (alarm || size > sizeof s->held - s->held_size)
    send_held(s);
  while (size > (alarm ? 0 : sizeof s->held)) {
    size_t part = size < WORKER_TEXT_MAX ? size : WORKER_TEXT_MAX;
    put_text(s, alarm, text, part);
    text += part;
    size -= part;
  }
  memcpy(s->held + s->held_size, text, size);
  s->held_size += size;
  double time = sandbox_now();
  if (time - s->last_sent > SOON) {
    send_held(s);
    s->last_sent = time;
  }
}

/* The folder of a plain path, "." for none; pushed. */
static const char *push_folder_of(lua_State *L, const char *path)
{
  const char *end = strrchr(path, '/');
  return end != NULL ? lua_pushlstring(L, path, (size_t)(end - path)) : lua_pushliteral(L, ".");
}

/* require("remit.script.run").script(main, text, arguments, trace): whether all went well. */
static int run_script(lua_State *L)
{
  const serving *s = lua_touserdata(L, 1);
  const given_file *script = given_find(&s->files, s->main);
  if (script == NULL)
    return luaL_error(L, "%s is not in the bundle", s->main);
  lua_settop(L, 0);
  guard_grants grants = { push_folder_of(L, s->main), s->pack, GRANT_OUT };
  guard_open(L, &grants);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.script.run");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "script");
  lua_pushstring(L, s->main);
  lua_pushlstring(L, script->bytes, script->size);
  lua_newtable(L);
  for (size_t i = 0; i < s->argument_count; i++) {
    lua_pushstring(L, s->arguments[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_pushboolean(L, s->trace);
  lua_call(L, 4, 1);
  return 1;
}

static void send_outputs(serving *s)
{
  for (size_t i = 0; i < s->kept.count; i++) {
    frame_begin(&s->out, FRAME_OUTPUT);
    frame_text(&s->out, s->kept.files[i].path, strlen(s->kept.files[i].path));
    frame_text(&s->out, s->kept.files[i].bytes, s->kept.files[i].size);
    frame_end(&s->out);
    flush(s);
  }
}

static void send_refusals(serving *s, const sandbox *box)
{
  const char *line;
  for (size_t i = 0; (line = sandbox_refusal(box, i)) != NULL; i++) {
    frame_begin(&s->out, FRAME_REFUSED);
    frame_text(&s->out, line, strlen(line));
    frame_end(&s->out);
  }
}

static void send_end(serving *s, sandbox *box, worker_outcome outcome, const char *message)
{
  size_t size = strlen(message);
  frame_begin(&s->out, FRAME_END);
  frame_number(&s->out, (uint64_t)outcome);
  frame_number(&s->out, sandbox_refusals(box));
  frame_number(&s->out, sandbox_work(box));
  frame_number(&s->out, sandbox_peak_memory(box));
  frame_text(&s->out, message, size < SANDBOX_MESSAGE ? size : SANDBOX_MESSAGE - 1);
  frame_end(&s->out);
  flush(s);
}

static void serve(serving *s)
{
  sandbox *box = sandbox_new(&s->limits);
  if (box == NULL)
    give_up();
  grant *g = sandbox_grant(box);
  g->given = &s->files;
  g->kept = &s->kept;
  sandbox_set_writer(box, send_text, s);
  lua_State *L = sandbox_state(box);
  lua_pushcfunction(L, run_script);
  lua_pushlightuserdata(L, s);
  int status = lua_pcall(L, 1, 1, 0);
  bool fine = status == LUA_OK && lua_toboolean(L, -1);
  const char *message = status == LUA_OK ? "" : lua_tostring(L, -1);
  worker_outcome outcome = fine ? WORKER_FINE : sandbox_was_stopped(box) ? WORKER_STOPPED : WORKER_FAILED;
  send_held(s);
  if (fine)
    send_outputs(s);
  send_refusals(s, box);
  send_end(s, box, outcome, message != NULL ? message : "the script failed, and so did saying how");
}

int worker_serve(int argc, char **argv)
{
  static serving s;
  walls_room room = { 0 };
  if (argc == 4) {
    room.memory = strtoull(argv[2], NULL, 10);
    room.seconds = strtoull(argv[3], NULL, 10);
  }
  parts_ready(); /* behind the walls no library can be loaded */
  xml_ready();
  unsigned held = walls_raise(&room);
  frame_begin(&s.out, FRAME_WALLS);
  frame_number(&s.out, held);
  frame_end(&s.out);
  flush(&s);
  read_request(&s);
  serve(&s);
  _exit(0);
}
