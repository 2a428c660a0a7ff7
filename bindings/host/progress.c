/* SPDX-License-Identifier: Apache-2.0
 * progress: how far long work is, on a terminal, once it took a second. A loop of the Lua layer counts its steps; loops within a step, and the core's own
 * work, are parts of that step.
 */
#define _POSIX_C_SOURCE 200809L

#include <lauxlib.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host.h"

#define QUIET_NS 1000000000
#define REDRAW_NS 100000000
#define LABEL_SIZE 48
#define DEPTH 4 /* loops within loops: deeper ones do not count */
#define LINE_SIZE 200

typedef struct loop {
  char label[LABEL_SIZE];
  size_t done, total;
} loop;

typedef struct progress {
  bool wanted, drawn;
  loop loops[DEPTH]; /* the outermost first */
  size_t depth;
  char detail[LABEL_SIZE]; /* of the step that it is at */
  int64_t began, due;
  atomic_flag busy;
} progress;

static progress shown = { .busy = ATOMIC_FLAG_INIT };

static int64_t now(void)
{
  struct timespec time;
  timespec_get(&time, TIME_UTC);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* ---- Drawing ---- */

static void hide(void)
{
  if (shown.drawn)
    fputs("\r\033[K", stderr);
  shown.drawn = false;
}

/* A bar of ten, the share, what it is, which step, and the seconds that are left; no more than fits on the line. */
static void draw(double share, int64_t time)
{
  char bar[11], steps[64] = "", line[LINE_SIZE];
  for (int i = 0; i < 10; i++)
    bar[i] = i < (int)(share * 10) ? '#' : '.';
  bar[10] = '\0';
  const loop *outer = &shown.loops[0];
  if (shown.depth > 0)
    snprintf(steps, sizeof steps, " %zu of %zu", outer->done + 1, outer->total);
  double left = share > 0 ? (double)(time - shown.began) / 1e9 * (1 - share) / share : 0;
  snprintf(line, sizeof line, "[%s] %3.0f%%  %s%s%s%s  %.0f s left", bar, share * 100, shown.depth > 0 ? outer->label : "", steps,
           shown.depth > 0 && shown.detail[0] != '\0' ? ": " : "", shown.detail, left);
  size_t columns = terminal_columns();
  fprintf(stderr, "\r\033[K%.*s", columns > 1 && columns < LINE_SIZE ? (int)columns - 1 : LINE_SIZE, line);
  fflush(stderr);
  shown.drawn = true;
}

/* The share of everything, of which `part` of the innermost step is done. */
static double share_of(double part)
{
  for (size_t i = shown.depth; i-- > 0;)
    part = ((double)shown.loops[i].done + part) / (double)shown.loops[i].total;
  return part;
}

/* One thread draws, the others go on. */
static void tell(double part)
{
  if (!shown.wanted || atomic_flag_test_and_set(&shown.busy))
    return;
  int64_t time = now();
  if (time >= shown.due) {
    draw(share_of(part), time);
    shown.due = time + REDRAW_NS;
  }
  atomic_flag_clear(&shown.busy);
}

void progress_begin(bool wanted)
{
  shown.wanted = wanted;
  shown.drawn = false;
  shown.depth = 0;
  shown.detail[0] = '\0';
  shown.began = now();
  shown.due = shown.began + QUIET_NS;
}

void progress_end(void)
{
  hide();
  shown.wanted = false;
}

void progress_tell(size_t done, size_t total)
{
  if (total > 0 && done <= total)
    tell((double)done / (double)total);
}

void progress_hide(void)
{
  hide();
}

/* ---- For Lua ---- */

static void copy_label(char *to, const char *label)
{
  snprintf(to, LABEL_SIZE, "%s", label);
  for (char *at = to; *at != '\0'; at++)
    if ((unsigned char)*at < ' ')
      *at = ' ';
}

static void begin_loop(const char *label, size_t total)
{
  if (shown.depth == 0) {
    shown.began = now();
    shown.detail[0] = '\0';
  }
  loop *made = &shown.loops[shown.depth++];
  copy_label(made->label, label);
  made->done = 0;
  made->total = total;
}

/* loop(label, total) -> depth, for step and leave; 0 where nothing is counted */
int host_loop(lua_State *L)
{
  const char *label = luaL_checkstring(L, 1);
  lua_Integer total = luaL_checkinteger(L, 2);
  bool counted = shown.wanted && total > 0 && shown.depth < DEPTH;
  if (counted)
    begin_loop(label, (size_t)total);
  lua_pushinteger(L, counted ? (lua_Integer)shown.depth : 0);
  return 1;
}

/* step(depth, done): of the loop so deep; those within it are over */
int host_step(lua_State *L)
{
  lua_Integer depth = luaL_checkinteger(L, 1), done = luaL_checkinteger(L, 2);
  if (depth < 1 || (size_t)depth > shown.depth || done < 0)
    return 0;
  shown.depth = (size_t)depth;
  loop *at = &shown.loops[depth - 1];
  at->done = (size_t)done < at->total ? (size_t)done : at->total - 1;
  if (depth == 1)
    shown.detail[0] = '\0';
  tell(0);
  return 0;
}

/* leave(depth): the loop is over, whatever ended it */
int host_leave(lua_State *L)
{
  lua_Integer depth = luaL_checkinteger(L, 1);
  if (depth < 1 || (size_t)depth > shown.depth)
    return 0;
  shown.depth = (size_t)depth - 1;
  if (depth == 1)
    hide();
  return 0;
}

/* detail(text): what the step that it is at is about */
int host_detail(lua_State *L)
{
  copy_label(shown.detail, luaL_checkstring(L, 1));
  return 0;
}

/* hush(): what is shown goes before something is printed */
int host_hush(lua_State *L)
{
  (void)L;
  hide();
  return 0;
}

/* seconds() -> of a clock, for differences */
int host_seconds(lua_State *L)
{
  lua_pushnumber(L, (lua_Number)now() / 1e9);
  return 1;
}
