/* SPDX-License-Identifier: Apache-2.0
 * private: files that their owner alone reads and writes (whom somebody trusts, and secret keys), and a password typed unseen.
 */
#define _DEFAULT_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "host.h"

#define FILE_SIZE_MAX ((size_t)4 << 20)
#define TOO_LARGE "is too large"
#define PASSWORD_MAX 1024

static int failed(lua_State *L, const char *what)
{
  lua_pushnil(L);
  lua_pushstring(L, what);
  return 2;
}

/* ---- Files ---- */

/* Why somebody else could have written it, or could have read it if that matters; NULL when nobody could. */
static const char *trouble_with(int file, bool secret)
{
  struct stat about;
  if (fstat(file, &about) != 0)
    return strerror(errno);
  if (!S_ISREG(about.st_mode))
    return "is no plain file";
  if (about.st_uid != geteuid() && about.st_uid != 0)
    return "belongs to somebody else";
  if ((about.st_mode & 022) != 0)
    return "may be written by others (chmod go-w)";
  if (secret && (about.st_mode & 077) != 0)
    return "may be read by others (chmod go-rwx)";
  return (size_t)about.st_size > FILE_SIZE_MAX ? TOO_LARGE : NULL;
}

/* read_private(path, secret) -> text; nil when it is not there; or nil and why it is not to be believed */
int host_read_private(lua_State *L)
{
  int file = open(luaL_checkstring(L, 1), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0)
    return errno == ENOENT ? 0 : failed(L, strerror(errno));
  const char *wrong = trouble_with(file, lua_toboolean(L, 2));
  int code = wrong == NULL ? read_all(L, file, FILE_SIZE_MAX) : 0;
  close(file);
  if (wrong == NULL && code == 0 && lua_rawlen(L, -1) > FILE_SIZE_MAX)
    wrong = TOO_LARGE;
  return wrong != NULL ? failed(L, wrong) : code != 0 ? failed(L, strerror(code)) : 1;
}

/* write_private(path, text, fresh): whole or not at all; `fresh` leaves a file that is there alone. */
int host_write_private(lua_State *L)
{
  size_t size;
  const char *path = luaL_checkstring(L, 1), *text = luaL_checklstring(L, 2, &size);
  if (lua_toboolean(L, 3) && access(path, F_OK) == 0)
    return failed(L, "is there already");
  const char *beside = lua_pushfstring(L, "%s.%d~", path, (int)getpid());
  int file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    return failed(L, strerror(errno));
  int code = write_all(file, text, size) && fsync(file) == 0 ? 0 : errno;
  close(file);
  if (code == 0 && rename(beside, path) != 0)
    code = errno;
  if (code != 0) {
    unlink(beside);
    return failed(L, strerror(code));
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* ---- Passwords ---- */

/* Length without the line's end, or -1 when nothing came or it is too long. */
static int read_line(char line[PASSWORD_MAX])
{
  int size = 0;
  for (;;) {
    ssize_t got = read(STDIN_FILENO, line + size, 1);
    if (got < 0 && errno == EINTR)
      return -1;
    if (got <= 0)
      return size > 0 ? size : -1;
    if (line[size] == '\n')
      return size > 0 && line[size - 1] == '\r' ? size - 1 : size;
    if (++size == PASSWORD_MAX)
      return -1;
  }
}

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number)
{
  interrupted = signal_number;
}

static void ask(const char *prompt)
{
  fputs(prompt, stderr);
  fflush(stderr);
}

/* It asks when the terminal shows nothing any more, so that a quick answer is not seen. The terminal shows again what is typed before Ctrl-C
 * ends the program as ever. */
static int read_unseen(const char *prompt, char line[PASSWORD_MAX], const struct termios *before)
{
  struct sigaction note = { .sa_handler = note_interrupt }, old;
  struct termios unseen = *before;
  unseen.c_lflag &= ~(tcflag_t)ECHO;
  interrupted = 0;
  sigaction(SIGINT, &note, &old);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  ask(prompt);
  int size = read_line(line);
  tcsetattr(STDIN_FILENO, TCSADRAIN, before);
  sigaction(SIGINT, &old, NULL);
  fputc('\n', stderr);
  if (interrupted != 0)
    raise(SIGINT);
  return size;
}

/* password(prompt) -> what was typed, unseen at a terminal, or the next line of what is piped in; nil when nothing came */
int host_password(lua_State *L)
{
  struct termios before;
  char line[PASSWORD_MAX];
  const char *prompt = luaL_checkstring(L, 1);
  int size;
  if (tcgetattr(STDIN_FILENO, &before) == 0) {
    size = read_unseen(prompt, line, &before);
  } else {
    ask(prompt);
    size = read_line(line);
  }
  if (size < 0)
    lua_pushnil(L);
  else
    lua_pushlstring(L, line, (size_t)size);
  explicit_bzero(line, sizeof line);
  return 1;
}
