/* SPDX-License-Identifier: Apache-2.0
 * host: what only the program can do, for scripts/remit/ as require "remit.host". Stock lua5.4 has no such module, and the toolkit does without.
 *
 *   local stopped, ok, value = host.attempt(f, handler)     -- Ctrl-C ends f, and not the session
 *   local line, why = editor:read("remit> ", "  ...> ")     -- nil, "interrupted" or nil, "end"
 */
#ifndef REMIT_HOST_H
#define REMIT_HOST_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

int luaopen_remit_host(lua_State *L);
/* The same for a guarded state: what its toolkit may have. */
int host_open_guarded(lua_State *L);

/* ---- interrupt.c ---- */

/* attempt, watch: run a function that Ctrl-C ends; watch a coroutine. */
int host_attempt(lua_State *L);
int host_watch(lua_State *L);

/* From here on Ctrl-C is noted, for the next attempt, and does not end the program. */
void interrupt_hold(void);
void interrupt_release(void);
void interrupt_forget(void);

/* ---- progress.c ---- */

int host_loop(lua_State *L);
int host_step(lua_State *L);
int host_leave(lua_State *L);
int host_detail(lua_State *L);
int host_hush(lua_State *L);
int host_seconds(lua_State *L);
void progress_begin(bool wanted);
void progress_end(void);
/* What the core says of its own work; from any thread. */
void progress_tell(size_t done, size_t total);
/* Before something else is written to the terminal. */
void progress_hide(void);

/* ---- terminal.c ---- */

int host_is_terminal(lua_State *L);
int host_columns(lua_State *L);
int host_make_folder(lua_State *L);
int host_append(lua_State *L);
int host_list(lua_State *L);
int host_write(lua_State *L);
int host_setting(lua_State *L);
/* Columns of the terminal, 0 when there is none. */
size_t terminal_columns(void);

/* ---- whole.c ---- */

/* Up to one byte past `most`, left as a text on the stack. 0 or the system's error. */
int read_all(lua_State *L, int file, size_t most);
/* False with errno when it could not all be written. */
bool write_all(int file, const char *text, size_t size);

/* ---- below.c ---- */

int host_save_below(lua_State *L);
int host_read_below(lua_State *L);

/* ---- private.c: files for their owner alone, and passwords ---- */

int host_read_private(lua_State *L);
int host_write_private(lua_State *L);
int host_password(lua_State *L);

/* ---- scratch.c ---- */

int host_scratch(lua_State *L);

/* ---- input.c: what is typed, byte by byte ---- */

typedef enum input_event { INPUT_BYTE, INPUT_END, INPUT_INTERRUPTED, INPUT_RESIZED, INPUT_RESUMED } input_event;

/* While it is open, signals end a wait instead of the program. */
void input_open(void);
void input_close(void);
input_event input_next(unsigned char *byte);
/* Whether another byte comes within so many milliseconds. */
bool input_soon(int milliseconds);

/* ---- paste.c: pasted text, told apart from what is typed ---- */

#define PASTE_MAX ((size_t)64 << 20)

typedef struct pasted {
  char *text; /* held back from the editor: whole lines */
  size_t size, room;
  size_t rest;  /* from here on it goes into the editor, up to `size` */
  bool feeding; /* the byte just given was pasted */
  bool held;    /* whole lines wait in [0, rest) */
  bool refused; /* past PASTE_MAX, or out of memory */
} pasted;

/* The next byte for the editor: typed, or of a paste of part of a line. A paste with whole lines gives a newline, and sets `held`. */
input_event paste_next(pasted *paste, unsigned char *byte);
void paste_release(pasted *paste);

/* ---- editor.c ---- */

int host_editor(lua_State *L);
void host_open_editor(lua_State *L);

#endif
