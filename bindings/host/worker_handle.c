/* SPDX-License-Identifier: Apache-2.0
 * worker_handle: a worker as Lua has it. What it says is handed on as it is: scripts/remit/worker.lua judges it.
 */
#include <string.h>

#include "binding.h"
#include "guard.h"
#include "host.h"
#include "walls.h"
#include "worker.h"

#define WORKER "remit.worker"

typedef struct handle {
  worker *worker;
  given_files files, pack; /* while it is started */
} handle;

static int close_handle(lua_State *L)
{
  handle *self = luaL_checkudata(L, 1, WORKER);
  worker_free(self->worker);
  self->worker = NULL;
  given_release(&self->files);
  given_release(&self->pack);
  return 0;
}

/* ---- Starting ---- */

/* A table of texts by path; they stay alive by the options. */
static void read_files(lua_State *L, const char *name, given_files *files)
{
  if (!binding_option_table(L, 1, name))
    return;
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    size_t size;
    if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "%s are texts by path", name);
    const char *bytes = lua_tolstring(L, -1, &size);
    if (!given_add(files, lua_tostring(L, -2), bytes, size))
      luaL_error(L, "'%s' cannot be among the %s: not a plain path, too many, or no memory", lua_tostring(L, -2), name);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* worker { main, files, pack, arguments, weak, trace, work, memory, output, seconds, seed, program } -> worker; or nil, message, code */
int host_worker(lua_State *L)
{
  static const char *const names[] = { "main", "files", "pack",    "arguments", "weak", "trace",   "work",
                                       "memory", "output", "seconds", "seed", "program", NULL };
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  binding_known(L, 1, names);
  worker_job job = { .limits = guard_limits(L) };
  handle *self = binding_box(L, WORKER, sizeof *self);
  read_files(L, "files", &self->files);
  read_files(L, "pack", &self->pack);
  job.files = &self->files;
  job.pack = &self->pack;
  job.weak = binding_option_bool(L, 1, "weak");
  job.trace = binding_option_bool(L, 1, "trace");
  job.main = binding_option_text(L, 1, "main", NULL);
  job.program = binding_option_text(L, 1, "program", NULL);
  luaL_argcheck(L, job.main != NULL && given_find(job.files, job.main) != NULL, 1, "main is one of the files");
  if (binding_option_table(L, 1, "arguments"))
    job.arguments = binding_names(L, lua_gettop(L), &job.argument_count);
  remit_error err;
  self->worker = worker_start(&job, &err);
  given_release(&self->files);
  given_release(&self->pack);
  if (self->worker == NULL)
    return binding_failure(L, &err);
  lua_settop(L, 2);
  return 1;
}

/* ---- What it says ---- */

static void set_text(lua_State *L, const char *name, const char *text, size_t size)
{
  lua_pushlstring(L, text, size);
  lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, uint64_t count)
{
  lua_pushinteger(L, count <= LUA_MAXINTEGER ? (lua_Integer)count : LUA_MAXINTEGER);
  lua_setfield(L, -2, name);
}

static void push_walls(lua_State *L, unsigned walls, const char *(*words)(unsigned))
{
  lua_newtable(L);
  for (unsigned wall = 1; wall <= WALLS_NEEDED; wall <<= 1)
    if ((walls & wall) != 0 && words(wall) != NULL) {
      lua_pushstring(L, words(wall));
      lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    }
}

static void push_end(lua_State *L, const worker_event *event)
{
  static const char *const outcomes[] = { "fine", "failed", "stopped", "crashed", "hostile", "not_started" };
  set_text(L, "outcome", outcomes[event->outcome], strlen(outcomes[event->outcome]));
  set_text(L, "said", event->said, strlen(event->said));
  set_count(L, "refused", event->refused);
  set_count(L, "work", event->work);
  set_count(L, "memory", event->memory);
}

/* worker:next() -> { kind, ... }, or nil after its end */
static int handle_next(lua_State *L)
{
  static const char *const kinds[] = { "walls", "text", "alarm", "refusal", "file", "end" };
  handle *self = binding_open_box(L, 1, WORKER);
  worker_event event;
  if (!worker_next(self->worker, binding_poll(L), &event))
    return 0;
  lua_createtable(L, 0, 8);
  set_text(L, "kind", kinds[event.kind], strlen(kinds[event.kind]));
  if (event.text != NULL)
    set_text(L, "text", event.text, event.size);
  if (event.kind == WORKER_FILE)
    set_text(L, "bytes", event.bytes, event.byte_count);
  if (event.kind == WORKER_END)
    push_end(L, &event);
  if (event.kind == WORKER_WALLS) {
    push_walls(L, event.held, walls_name);
    lua_setfield(L, -2, "held");
    push_walls(L, ~event.held & WALLS_NEEDED, walls_missing);
    lua_setfield(L, -2, "missing");
    set_count(L, "process", (uint64_t)worker_process(self->worker));
  }
  return 1;
}

void host_open_worker(lua_State *L)
{
  static const luaL_Reg methods[] = { { "next", handle_next }, { "close", close_handle }, { NULL, NULL } };
  binding_register(L, WORKER, methods, close_handle);
}
