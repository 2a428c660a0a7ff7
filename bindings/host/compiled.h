/* SPDX-License-Identifier: Apache-2.0
 * compiled: the toolkit's Lua files, compiled when the program was built, and its vocabulary. An installed program is one file and needs no other; one
 * in its build folder compares with the source tree. Half of the time to a first answer was spent compiling.
 */
#ifndef REMIT_COMPILED_H
#define REMIT_COMPILED_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct compiled_chunk {
  const char *module; /* or the name of a file that is not Lua */
  const unsigned char *text; /* of the file that it was compiled from */
  size_t text_size;
  const unsigned char *chunk; /* NULL: not Lua */
  size_t chunk_size;
} compiled_chunk;

/* Written by tools/compile-scripts.lua, in the byte order of their names. */
extern const compiled_chunk compiled_chunks[];
extern const size_t compiled_count;

/* From here on `require` takes a compiled chunk: always when the program is `alone`, else where the file that it would load holds exactly the text
 * that was compiled. */
void compiled_open(lua_State *L, bool alone);

/* remit.host's carried(name): a file that is not Lua, or nil where files are read from the source tree. */
int host_carried(lua_State *L);

#endif
