/* SPDX-License-Identifier: Apache-2.0
 * internal: what the files of the sandbox share.
 */
#ifndef REMIT_SANDBOX_INTERNAL_H
#define REMIT_SANDBOX_INTERNAL_H

#include <lauxlib.h>

#include "sandbox.h"

/* ---- Limits: all of these raise when one is passed, also when it was passed before ---- */

void sandbox_check(lua_State *L);
/* The same after a protected call, which may have ended for want of memory. */
void sandbox_check_memory(lua_State *L, int status);
/* Counts work that no instruction stands for. */
void sandbox_charge(lua_State *L, size_t steps);
/* Whether so many further bytes fit. */
void sandbox_afford(lua_State *L, size_t bytes);
void sandbox_count_output(lua_State *L, size_t bytes);
bool sandbox_is_stopped(lua_State *L);

/* "plan.lua:3: " of the nearest function that is the script's, or "". */
void sandbox_where(lua_State *L, char *place, size_t size);
void sandbox_note_refusal(lua_State *L, const char *verb, const char *what);
/* NULL past the last. */
const char *sandbox_module_folder(const sandbox *box, size_t index);
lua_Integer sandbox_seed(const sandbox *box);

/* ---- Values ---- */

/* As luaL_tolstring, without addresses. */
const char *sandbox_text_of(lua_State *L, int index, size_t *size);
/* Whether a table or userdata has a metatable that is not the script's own. */
bool sandbox_is_foreign(lua_State *L, int index);

/* ---- Patterns ---- */

int sandbox_find(lua_State *L);
int sandbox_match(lua_State *L);
int sandbox_gmatch(lua_State *L);
int sandbox_gsub(lua_State *L);

/* ---- Libraries: each pushes a table ---- */

void sandbox_fill_base(lua_State *L); /* into the table on top of the stack */
int sandbox_open_coroutine(lua_State *L);
int sandbox_open_string(lua_State *L);
int sandbox_open_table(lua_State *L);
/* Pushes a table with the functions of Lua's library `from` (a global) that `names` lists, which ends with NULL. */
void sandbox_take(lua_State *L, const char *from, const char *const *names);

/* next, pairs */
int sandbox_next(lua_State *L);
int sandbox_pairs(lua_State *L);

#endif
