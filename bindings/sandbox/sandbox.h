/* SPDX-License-Identifier: Apache-2.0
 * sandbox: a Lua state for scripts that are not trusted.
 *
 *   sandbox *box = sandbox_new(&limits);
 *   lua_State *L = sandbox_state(box);
 *   lua_pushcfunction(L, sandbox_open);              -- protected: may run out of memory
 *   if (lua_pcall(L, 0, 0, 0) == LUA_OK) ...
 *
 * There are two environments in it. The toolkit's is the state's own globals: Lua's libraries without anything that reaches the system. The
 * script's is a table of its own, made from an allow-list, with bounded and deterministic replacements; sandbox_push_environment pushes it,
 * and chunks of the script get it as their first upvalue. Nothing in the state can read a file but through its grant.
 *
 * Limits are sticky: once one is passed, every further step raises until sandbox_begin, and sandbox_stopped says which it was.
 */
#ifndef REMIT_SANDBOX_H
#define REMIT_SANDBOX_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "grant.h"

#define SANDBOX_STEP 1000   /* instructions between two looks at the limits */
#define SANDBOX_MESSAGE 512  /* bytes of what sandbox_stopped says, at most */
#define SANDBOX_REFUSALS 50 /* that are kept in words; further ones are counted */

typedef struct sandbox sandbox;

typedef struct sandbox_limits {
  uint64_t work;   /* steps: about one an instruction, and one for each turn of a loop inside a library function */
  size_t memory;   /* bytes that Lua holds */
  size_t output;   /* bytes printed and written */
  double seconds;  /* by the clock; 0: none */
  lua_Integer seed;
} sandbox_limits;

extern const sandbox_limits sandbox_default_limits;

/* NULL when there is no memory. */
sandbox *sandbox_new(const sandbox_limits *limits);
void sandbox_free(sandbox *box);
lua_State *sandbox_state(sandbox *box);
sandbox *sandbox_of(lua_State *L);
/* Whether a state is one of these. */
bool sandbox_is(lua_State *L);
grant *sandbox_grant(sandbox *box);

/* A lua_CFunction: both environments. Modules of the toolkit are found by the state's own `package`. */
int sandbox_open(lua_State *L);
/* Pushes the script's globals. */
void sandbox_push_environment(lua_State *L);
/* Gives the function on top of the stack the script's globals. */
void sandbox_confine(lua_State *L);
/* Compiles a script's text, never bytecode, in its environment; a first line that begins with # is left out. As lua_load. */
int sandbox_load(lua_State *L, const char *text, size_t size, const char *name);
/* Sources that begin so are the toolkit's: messages name the line of the script instead. Kept, not copied. */
void sandbox_set_own(sandbox *box, const char *prefix);
/* A folder where require finds the script's own files, tried in the order they were added. False when there is no memory or room. */
bool sandbox_add_modules(sandbox *box, const char *folder);

/* Where print goes, and what the toolkit says (`alarm`: on standard error); standard output and error until it is set. */
typedef void (*sandbox_writer)(void *context, bool alarm, const char *text, size_t size);
void sandbox_set_writer(sandbox *box, sandbox_writer writer, void *context);
void sandbox_write(lua_State *L, bool alarm, const char *text, size_t size);

/* The limits count from here: before a script, and before each line at the prompt. */
void sandbox_begin(sandbox *box);
/* The toolkit's own work between two scripts: nothing stops it, and it has some memory past the limit. So is a new state. */
void sandbox_rest(sandbox *box);
/* May be called by a signal handler: stops the script at its next step. */
void sandbox_interrupt(sandbox *box);
/* Whether long work of the core, on any of its threads, is to end for an interrupt or the clock. */
bool sandbox_poll(sandbox *box);
/* "plan.lua:3: ...", or NULL. */
const char *sandbox_stopped(const sandbox *box);
/* Whether one was passed since sandbox_begin, which sandbox_rest does not forget. */
bool sandbox_was_stopped(const sandbox *box);
/* As sandbox_stopped, after a look at every limit; for a message handler, which still knows the line. */
bool sandbox_settle(lua_State *L);
/* How often something was refused, and the first SANDBOX_REFUSALS of it: "plan.lua:3: read /etc/passwd". */
size_t sandbox_refusals(const sandbox *box);
const char *sandbox_refusal(const sandbox *box, size_t index);
/* To be called when a script ended with LUA_ERRMEM, which no hook sees: stopped, and what it says. */
const char *sandbox_lacked_memory(sandbox *box);
/* Seconds of a clock that does not jump, for differences. */
double sandbox_now(void);
uint64_t sandbox_work(const sandbox *box);
size_t sandbox_peak_memory(const sandbox *box);

#endif
