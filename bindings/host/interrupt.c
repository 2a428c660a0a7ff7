/* SPDX-License-Identifier: Apache-2.0
 * interrupt: Ctrl-C ends what runs and keeps the session. A script is stopped by its sandbox or, where it is trusted, by a hook of Lua; long work in
 * the core by its poll, which also looks at the sandbox's clock and tells progress.c.
 */
#define _POSIX_C_SOURCE 200809L

#include <lauxlib.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "binding.h"
#include "host.h"
#include "sandbox.h"

#define PATIENCE 3         /* times that Ctrl-C is pressed until the program itself ends */
#define COROUTINE_STEP 10000 /* instructions: a coroutine is not in the signal handler's reach, and looks by itself */

static atomic_int asked;
static lua_State *volatile running; /* a state without a guard */
static sandbox *volatile guarded;

/* ---- Stopping ---- */

static void stop(lua_State *L, lua_Debug *record)
{
  (void)record;
  luaL_error(L, "stopped");
}

static void stop_when_asked(lua_State *L, lua_Debug *record)
{
  if (atomic_load(&asked) > 0)
    stop(L, record);
}

/* The hook stays until the attempt ends, so that no pcall of a script swallows it. */
static void on_interrupt(int number)
{
  if (atomic_fetch_add(&asked, 1) + 1 >= PATIENCE) {
    signal(number, SIG_DFL);
    raise(number);
  }
  if (guarded != NULL)
    sandbox_interrupt(guarded);
  else if (running != NULL)
    lua_sethook(running, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
}

/* ---- In the core ---- */

static bool poll_core(void *context, size_t done, size_t total)
{
  (void)context;
  progress_tell(done, total);
  return atomic_load(&asked) > 0 || (guarded != NULL && sandbox_poll(guarded));
}

static const remit_poll poll = { .stop = poll_core };

/* ---- For Lua ---- */

/* watch(coroutine): from here on Ctrl-C ends it too. */
int host_watch(lua_State *L)
{
  lua_State *coroutine = lua_tothread(L, 1);
  luaL_argexpected(L, coroutine != NULL, 1, "coroutine");
  lua_sethook(coroutine, stop_when_asked, LUA_MASKCOUNT, COROUTINE_STEP);
  return 0;
}

static void take_interrupts(struct sigaction *before)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, before);
}

static struct sigaction before_hold;

void interrupt_hold(void)
{
  take_interrupts(&before_hold);
}

void interrupt_release(void)
{
  sigaction(SIGINT, &before_hold, NULL);
}

void interrupt_forget(void)
{
  atomic_store(&asked, 0);
}

/* The message handler in a sandbox. Upvalue: the caller's, which is not asked about what stopped the script. */
static int handle_guarded(lua_State *L)
{
  if (sandbox_settle(L)) {
    lua_pushstring(L, sandbox_stopped(sandbox_of(L)));
    return 1;
  }
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

/* Calls the function above the message handler at index 1, within the limits of its sandbox. */
static int call_guarded(lua_State *L, sandbox *box)
{
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, handle_guarded, 1);
  lua_replace(L, 1);
  sandbox_begin(box);
  guarded = box;
  if (atomic_load(&asked) > 0)
    sandbox_interrupt(box);
  int status = lua_pcall(L, 0, LUA_MULTRET, 1);
  guarded = NULL;
  const char *stopped = status == LUA_ERRMEM ? sandbox_lacked_memory(box) : sandbox_stopped(box);
  if (stopped != NULL) {
    char kept[SANDBOX_MESSAGE];
    snprintf(kept, sizeof kept, "%s", stopped);
    sandbox_rest(box);
    lua_settop(L, 1);
    lua_pushstring(L, kept);
    return LUA_ERRRUN;
  }
  sandbox_rest(box);
  return status;
}

/* The same where nothing is limited, and Ctrl-C sets a hook. */
static int call_trusted(lua_State *L)
{
  lua_State *outer = running;
  lua_Hook hook = lua_gethook(L);
  int mask = lua_gethookmask(L), count = lua_gethookcount(L);
  running = L;
  if (atomic_load(&asked) > 0)
    lua_sethook(L, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
  int status = lua_pcall(L, 0, LUA_MULTRET, 1);
  running = outer;
  lua_sethook(L, hook, mask, count);
  return status;
}

/* attempt(f, handler, progress) -> stopped, ok, what f gives or what the handler makes of its error. */
int host_attempt(lua_State *L)
{
  struct sigaction before;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  bool with_progress = lua_toboolean(L, 3);
  lua_settop(L, 2);
  lua_insert(L, 1);
  lua_pushlightuserdata(L, (void *)&poll);
  lua_setfield(L, LUA_REGISTRYINDEX, BINDING_POLL);
  progress_begin(with_progress);
  take_interrupts(&before);
  int status = sandbox_is(L) ? call_guarded(L, sandbox_of(L)) : call_trusted(L);
  sigaction(SIGINT, &before, NULL);
  progress_end();
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, BINDING_POLL);
  bool stopped = atomic_exchange(&asked, 0) > 0;
  if (stopped)
    clearerr(stdout); /* what Ctrl-C cut short is not lost for want of room */
  lua_pushboolean(L, stopped);
  lua_replace(L, 1);
  lua_pushboolean(L, status == LUA_OK);
  lua_insert(L, 2);
  return lua_gettop(L);
}
