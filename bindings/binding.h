/* SPDX-License-Identifier: Apache-2.0
 * binding: what the files of the border share. A binding checks its arguments, calls the core and pushes what it got.
 *
 * A handle is a userdata whose first member is a pointer to what it owns, NULL before there is anything and after `close`. Any call
 * of Lua may raise, so the handle is made first and filled second, and temporary arrays are userdata too: the collector frees them.
 * Misuse raises; what the world can do wrong gives nil, message, code.
 */
#ifndef REMIT_BINDING_H
#define REMIT_BINDING_H

#include <lauxlib.h>
#include <lua.h>

#include "remit/remit.h"

#define BINDING_DICTIONARY "remit.dictionary"
#define BINDING_COLUMN "remit.column"
#define BINDING_TABLE "remit.table"
#define BINDING_PREDICATE "remit.predicate"
#define BINDING_SELECTION "remit.selection"

/* ---- Failing ---- */

/* Raises the message at the caller's line. */
int binding_raise(lua_State *L, const remit_error *err);
/* nil, message, code; and with `_at` the byte that is to blame, from 1. */
int binding_failure(lua_State *L, const remit_error *err);
int binding_failure_at(lua_State *L, const remit_error *err);

/* ---- Handles ---- */

/* Makes a type: `methods` (or NULL) and `close`, which serves :close(), __gc and __close. `close` NULL: a plain value. */
void binding_register(lua_State *L, const char *type, const luaL_Reg *methods, lua_CFunction close);
/* Pushes an empty handle: `size` zero bytes. */
void *binding_box(lua_State *L, const char *type, size_t size);
/* The box of an argument; raises when it is of another type or closed. */
void *binding_open_box(lua_State *L, int arg, const char *type);
/* Tells the collector that what was just made holds so many bytes that it does not see. May collect. */
void binding_weigh(lua_State *L, size_t bytes);
void binding_weigh_table(lua_State *L, const remit_table *table);

const remit_dictionary *binding_dictionary(lua_State *L, int arg);
const remit_column *binding_column(lua_State *L, int arg);
const remit_table *binding_table(lua_State *L, int arg);
const remit_predicate *binding_predicate(lua_State *L, int arg);

remit_column **binding_new_column(lua_State *L);
remit_table **binding_new_table(lua_State *L);
/* Pushes the predicate of a text argument, empty when it does not parse. */
remit_status binding_new_predicate(lua_State *L, int arg, const remit_predicate **out, remit_error *err);

/* Pushes a handle that is one more owner, or nil for NULL. */
void binding_push_dictionary(lua_State *L, const remit_dictionary *dictionary);
void binding_push_column(lua_State *L, const remit_column *column);
void binding_push_table(lua_State *L, const remit_table *table);

/* Fields of the table on top of the stack. */
void binding_set_count(lua_State *L, const char *name, size_t count);
void binding_set_text(lua_State *L, const char *name, const char *text);
/* Pushes the labels that look most like `text`. */
int binding_push_suggestions(lua_State *L, const remit_dictionary *dictionary, const char *text, size_t size, size_t max);
/* Pushes a list of rows, counted from 1. */
void binding_push_rows(lua_State *L, const size_t *rows, size_t count);

/* ---- Arguments ---- */

/* Pushes a temporary array of zeros. */
void *binding_array(lua_State *L, size_t count, size_t size);
/* Text without NUL bytes. */
const char *binding_text(lua_State *L, int arg);
/* A count, not negative; `_or` with a default. */
size_t binding_count(lua_State *L, int arg);
size_t binding_count_or(lua_State *L, int arg, size_t otherwise);
/* A row, group...: 1 to count in Lua, below count here. */
size_t binding_index(lua_State *L, int arg, size_t count);
remit_unit binding_unit(lua_State *L, int arg);
const char *binding_unit_name(remit_unit unit);

/* ---- Lists: the argument at `arg` is checked to be a table ---- */

size_t binding_list(lua_State *L, int arg);
/* Raises unless item `index` (from 1) is an integer. */
int64_t binding_item_int(lua_State *L, int arg, size_t index);
/* The same, or false: REMIT_MISSING. */
int64_t binding_item_value(lua_State *L, int arg, size_t index);
/* These two leave the item on the stack, so that it stays alive. The text may hold NUL bytes. */
const char *binding_item_text(lua_State *L, int arg, size_t index, size_t *size);
void *binding_item_handle(lua_State *L, int arg, size_t index, const char *type);
/* Names without NUL bytes, left on the stack under the array. */
const char *const *binding_names(lua_State *L, int arg, size_t *count);

/* ---- Options: fields of the table at `index`, an absolute position ---- */

/* Raises when the table has a key that is not among `names`, which ends with NULL. */
void binding_known(lua_State *L, int index, const char *const *names);
bool binding_option_bool(lua_State *L, int index, const char *name);
/* Whether it is there. */
bool binding_option_int(lua_State *L, int index, const char *name, int64_t *value);
/* One byte, 0 when absent. */
char binding_option_char(lua_State *L, int index, const char *name);
/* These two leave the field on the stack; NULL when absent. The text holds no NUL bytes unless its size is asked for. */
const char *binding_option_text(lua_State *L, int index, const char *name, size_t *size);
void *binding_option_handle(lua_State *L, int index, const char *name, const char *type);
/* Pushes a field that must be a table; false, and nothing pushed, when absent. */
bool binding_option_table(lua_State *L, int index, const char *name);
/* The position of the field's text in `words`, which ends with NULL; `otherwise` when absent. */
int binding_option_word(lua_State *L, int index, const char *name, int otherwise, const char *const *words);
remit_unit binding_option_unit(lua_State *L, int index, const char *name, remit_unit otherwise);
/* How numbers are written: of number.parse, and of a field of csv.load. */
void binding_number_format(lua_State *L, int index, remit_number_format *format);

/* ---- The host's poll ---- */

/* A light userdata in the registry: a const remit_poll of the program that Lua runs in. Long work asks it. */
#define BINDING_POLL "remit.poll"
/* The poll, or NULL. */
const remit_poll *binding_poll(lua_State *L);

/* The question in the table at 2, with which the stack begins; what it borrows stays on the stack. */
void binding_pivot(lua_State *L, remit_pivot *pivot);

/* ---- One for each file: pushes the library's table ---- */

int binding_open_number(lua_State *L);
int binding_open_hash(lua_State *L);
int binding_open_calendar(lua_State *L);
int binding_open_text(lua_State *L);
int binding_open_fields(lua_State *L);
int binding_open_dictionary(lua_State *L);
int binding_open_column(lua_State *L);
int binding_open_table(lua_State *L);
int binding_open_csv(lua_State *L);
int binding_open_predicate(lua_State *L);
int binding_open_selection(lua_State *L);
int binding_open_pivot(lua_State *L);
int binding_open_decision(lua_State *L);
int binding_open_match(lua_State *L);
int binding_open_changeset(lua_State *L);
int binding_open_json(lua_State *L);
int binding_open_file(lua_State *L);
int binding_open_workbook(lua_State *L);
int binding_open_spreadsheet(lua_State *L);
int binding_open_bundle(lua_State *L);
int binding_open_signature(lua_State *L);

#endif
