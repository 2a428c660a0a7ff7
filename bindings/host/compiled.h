/* SPDX-License-Identifier: Apache-2.0
 * compiled: the toolkit's Lua files, compiled when the program was built. Half of the time to a first answer was spent compiling them.
 */
#ifndef REMIT_COMPILED_H
#define REMIT_COMPILED_H

#include <lua.h>
#include <stddef.h>

typedef struct compiled_chunk {
  const char *module;
  const unsigned char *text; /* of the file that it was compiled from */
  size_t text_size;
  const unsigned char *chunk;
  size_t chunk_size;
} compiled_chunk;

/* Written by tools/compile-scripts.lua; ends with a module of NULL. */
extern const compiled_chunk compiled_chunks[];

/* From here on `require` takes a compiled chunk where the file that it would load holds exactly the text that was compiled. */
void compiled_open(lua_State *L);

#endif
