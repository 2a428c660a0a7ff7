/* SPDX-License-Identifier: Apache-2.0
 * guard: what the program's own Lua calls to run a script in a sandbox: require "remit.sandbox".
 */
#ifndef REMIT_GUARD_H
#define REMIT_GUARD_H

#include <lua.h>

#include "sandbox.h"

/* In main.c: lets a state find the toolkit, core and Lua layer. May raise. */
void guard_find_toolkit(lua_State *L);

/* What a script is given besides its limits. Texts are borrowed; NULL: not given. */
typedef struct guard_grants {
  const char *folder; /* of the script, for its files and modules */
  const char *pack;
  const char *out;
} guard_grants;

/* A lua_CFunction's worth of work inside the state, protected by the caller: opens it, finds the toolkit, gives what was granted. */
void guard_open(lua_State *L, const guard_grants *grants);

/* Those of the options at index 1: millions of steps, MiB, seconds. */
sandbox_limits guard_limits(lua_State *L);

int luaopen_remit_sandbox(lua_State *L);

#endif
