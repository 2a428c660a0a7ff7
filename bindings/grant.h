/* SPDX-License-Identifier: Apache-2.0
 * grant: which files a guarded state may touch. A state without a grant (stock Lua, a trusted script) may do what its user may.
 *
 * A path is judged twice: as it resolves now, so that nothing outside is even opened, and again on the open file. What is refused raises a
 * fault at the analyst's line.
 */
#ifndef REMIT_GRANT_H
#define REMIT_GRANT_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

#include "given.h"

#define GRANT_ROOTS 8
#define GRANT_OUT "out" /* in a script, the folder that may be written to, whatever it is called */

#define GRANT_NOTES 4096 /* paths that are noted */

/* Paths as the script named them, each once, in the order of the first time. */
typedef struct grant_notes {
  char **paths;
  size_t count;
  bool lost; /* some are missing: past GRANT_NOTES, or for want of memory */
} grant_notes;

typedef struct grant {
  char *read[GRANT_ROOTS]; /* real folders */
  size_t read_count;
  char *write; /* as it was given; NULL: nowhere. Made when it is first written to */
  const given_files *given; /* not NULL: all that can be read; nothing is opened, and what is written is kept */
  given_files *kept;        /* by their paths below out/ */
  grant_notes was_read, was_written;
  void (*refused)(lua_State *L, const char *verb, const char *path);
  void (*written)(lua_State *L, size_t bytes); /* may raise */
} grant;

void grant_init(grant *g);
void grant_release(grant *g);
/* False when there is no such folder, no memory or no room. */
bool grant_allow_read(grant *g, const char *folder);
bool grant_allow_write(grant *g, const char *folder);

/* `g` must outlive the state. */
void grant_set(lua_State *L, const grant *g);

/* These raise when it is refused. The second pushes the path that is to be written instead, and counts the bytes as output. */
void grant_check_read(lua_State *L, const char *path);
const char *grant_write_path(lua_State *L, const char *path, size_t bytes);

/* Of open files, without raising: `context` is grant_context's, NULL for a state without a grant. */
bool grant_opened(void *context, int file);
bool grant_created(void *context, int file);
void grant_refuse_read(lua_State *L, const char *path);
void grant_refuse_write(lua_State *L, const char *path);
void *grant_context(lua_State *L);
/* That a file was read or written, for the run record. Nothing without a grant. */
void grant_note_read(lua_State *L, const char *path);
void grant_note_written(lua_State *L, const char *path);

/* ---- Given files: every reader and writer asks first whether its state has them ---- */

bool grant_is_given(lua_State *L);
/* NULL when there is none. These raise for a path that is refused. What was kept can be read again. */
const given_file *grant_find(lua_State *L, const char *path);
bool grant_has_folder(lua_State *L, const char *path);
void grant_check_keep(lua_State *L, const char *path);
/* False when there is no memory or room, or a folder of that name. Counts as output. */
bool grant_keep(lua_State *L, const char *path, const char *bytes, size_t size);

#endif
