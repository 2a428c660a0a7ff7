/* SPDX-License-Identifier: Apache-2.0
 * terminal: what the program is connected to, and the two things that its history asks of the file system.
 */
#define _DEFAULT_SOURCE

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grant.h"
#include "host.h"
#include "sandbox.h"

/* is_terminal "stdin", "stdout" or "stderr" */
int host_is_terminal(lua_State *L)
{
  static const char *const names[] = { "stdin", "stdout", "stderr", NULL };
  lua_pushboolean(L, isatty(luaL_checkoption(L, 1, NULL, names)));
  return 1;
}

size_t terminal_columns(void)
{
  struct winsize size;
  for (int file = STDOUT_FILENO; file <= STDERR_FILENO; file++)
    if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
      return size.ws_col;
  return 0;
}

/* columns() -> how wide the terminal is, or nil */
int host_columns(lua_State *L)
{
  size_t columns = terminal_columns();
  if (columns == 0)
    return 0;
  lua_pushinteger(L, (lua_Integer)columns);
  return 1;
}

/* write(stream, text): to "stdout" or "stderr", and what was printed before comes first */
int host_write(lua_State *L)
{
  static const char *const names[] = { "stdout", "stderr", NULL };
  bool alarm = luaL_checkoption(L, 1, NULL, names) == 1;
  size_t size;
  const char *text = luaL_checklstring(L, 2, &size);
  if (sandbox_is(L)) {
    sandbox_write(L, alarm, text, size);
    return 0;
  }
  progress_hide();
  if (alarm)
    fflush(stdout);
  fwrite(text, 1, size, alarm ? stderr : stdout);
  return 0;
}

/* setting(name) -> what the environment says of the terminal, or nil */
int host_setting(lua_State *L)
{
  static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG", "TERM", "NO_COLOR", NULL };
  lua_pushstring(L, getenv(names[luaL_checkoption(L, 1, NULL, names)]));
  return 1;
}

static int answer(lua_State *L, bool ok)
{
  if (ok) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushnil(L);
  lua_pushstring(L, strerror(errno));
  return 2;
}

/* make_folder(path, shared): for its owner alone, unless shared; one that is there is left as it is. */
int host_make_folder(lua_State *L)
{
  mode_t mode = lua_toboolean(L, 2) ? 0777 : 0700;
  return answer(L, mkdir(luaL_checkstring(L, 1), mode) == 0 || errno == EEXIST);
}

/* list(path) -> the names in a folder, sorted */
int host_list(lua_State *L)
{
  struct dirent **entries = NULL;
  const char *path = luaL_checkstring(L, 1);
  grant_check_read(L, path);
  int count = scandir(path, &entries, NULL, alphasort);
  if (count < 0)
    return answer(L, false);
  lua_createtable(L, count, 0);
  lua_Integer listed = 0;
  for (int i = 0; i < count; i++) {
    if (strcmp(entries[i]->d_name, ".") != 0 && strcmp(entries[i]->d_name, "..") != 0) {
      lua_pushstring(L, entries[i]->d_name);
      lua_rawseti(L, -2, ++listed);
    }
    free(entries[i]);
  }
  free(entries);
  return 1;
}

/* append(path, text): to a file that its owner alone can read. Links are not followed. */
int host_append(lua_State *L)
{
  size_t size;
  const char *path = luaL_checkstring(L, 1), *text = luaL_checklstring(L, 2, &size);
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  if (file < 0)
    return answer(L, false);
  struct stat about;
  bool ok = fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (ok && (about.st_mode & 077) != 0)
    ok = fchmod(file, 0600) == 0;
  ok = ok && write_all(file, text, size);
  int code = errno;
  close(file);
  errno = code;
  return answer(L, ok);
}
