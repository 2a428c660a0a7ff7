/* SPDX-License-Identifier: Apache-2.0
 * clock: nanoseconds for Lua, as a library that pivot.lua loads.
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include <lauxlib.h>

#include "remit/error.h"

REMIT_API int bench_clock(lua_State *L);

int bench_clock(lua_State *L) /* () -> integer */
{
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  lua_pushinteger(L, (lua_Integer)at.tv_sec * 1000000000 + at.tv_nsec);
  return 1;
}
