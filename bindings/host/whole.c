/* SPDX-License-Identifier: Apache-2.0
 * whole: all that is to be read from a file, or written to one, though signals come.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <lauxlib.h>
#include <unistd.h>

#include "host.h"

int read_all(lua_State *L, int file, size_t most)
{
  luaL_Buffer buffer;
  size_t size = 0;
  ssize_t got = 1;
  luaL_buffinit(L, &buffer);
  while (got > 0 && size <= most) {
    size_t wanted = most - size < LUAL_BUFFERSIZE ? most - size + 1 : LUAL_BUFFERSIZE;
    got = read(file, luaL_prepbuffsize(&buffer, wanted), wanted);
    if (got < 0 && errno == EINTR)
      got = 1;
    else if (got > 0) {
      luaL_addsize(&buffer, (size_t)got);
      size += (size_t)got;
    }
  }
  int code = got < 0 ? errno : 0;
  luaL_pushresult(&buffer);
  return code;
}

bool write_all(int file, const char *text, size_t size)
{
  while (size > 0) {
    ssize_t written = write(file, text, size);
    if (written < 0 && errno != EINTR)
      return false;
    text += written > 0 ? written : 0;
    size -= written > 0 ? (size_t)written : 0;
  }
  return true;
}
