/* SPDX-License-Identifier: Apache-2.0
 * below: files read and written below a folder and nowhere else, part by part from the open folder on, so that no link leads out.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"

#define PART_MAX 256
#define BESIDE_MAX 100 /* names tried for the file beside the target */

/* The folder `name` in `parent`, made when it is not there and wanted; closes `parent`. -1 with errno. */
static int enter(int parent, const char *name, int links, bool make)
{
  int made = !make || mkdirat(parent, name, 0777) == 0 || errno == EEXIST ? 0 : errno;
  int folder = made == 0 ? openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | links) : -1;
  int code = made != 0 ? made : errno;
  if (parent != AT_FDCWD)
    close(parent);
  errno = code;
  return folder;
}

/* The next part of a plain path; false when it is the last, or not plain. */
static bool next_part(const char **path, char part[PART_MAX])
{
  size_t size = strcspn(*path, "/");
  if (size == 0 || size >= PART_MAX || (*path)[size] == '\0')
    return false;
  memcpy(part, *path, size);
  part[size] = '\0';
  if (strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
    return false;
  *path += size + 1;
  return true;
}

/* Beside the target first, then in its place. */
static bool put(int folder, const char *name, const char *bytes, size_t size)
{
  char beside[PART_MAX + 8];
  int file = -1;
  errno = EEXIST;
  for (int i = 1; file < 0 && errno == EEXIST && i <= BESIDE_MAX; i++) {
    snprintf(beside, sizeof beside, "%s.%d~", name, i);
    file = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  }
  if (file < 0)
    return false;
  bool fine = write_all(file, bytes, size) && fsync(file) == 0;
  int code = errno;
  close(file);
  if (fine && renameat(folder, beside, folder, name) == 0)
    return true;
  code = fine ? errno : code;
  unlinkat(folder, beside, 0);
  errno = code;
  return false;
}

/* The folder that a file lies in, `path` then its name; -1 with errno. The root alone may be a link. */
static int folder_of(const char *root, const char **path, bool make)
{
  char part[PART_MAX];
  int folder = enter(AT_FDCWD, root, 0, make);
  while (folder >= 0 && next_part(path, part))
    folder = enter(folder, part, O_NOFOLLOW, make);
  bool plain = strchr(*path, '/') == NULL && (*path)[0] != '\0' && strlen(*path) < PART_MAX && strcmp(*path, ".") != 0 && strcmp(*path, "..") != 0;
  if (folder < 0 || plain)
    return folder;
  close(folder);
  errno = EINVAL;
  return -1;
}

static int refuse(lua_State *L, const char *root, const char *path, const char *why)
{
  lua_pushnil(L);
  lua_pushfstring(L, "%s/%s: %s", root, path, why);
  return 2;
}

static const char *words_of(int code)
{
  return code == ELOOP || code == ENOTDIR ? "a link or a file stands where a folder should" : strerror(code);
}

/* save_below(folder, path, bytes): true, or nil and why not */
int host_save_below(lua_State *L)
{
  size_t size;
  const char *root = luaL_checkstring(L, 1), *path = luaL_checkstring(L, 2), *bytes = luaL_checklstring(L, 3, &size);
  int folder = folder_of(root, &path, true);
  bool fine = folder >= 0 && put(folder, path, bytes, size);
  int code = errno;
  if (folder >= 0)
    close(folder);
  if (!fine)
    return refuse(L, root, lua_tostring(L, 2), words_of(code));
  lua_pushboolean(L, true);
  return 1;
}

/* read_below(folder, path, most): the text; false when there is no such file; nil and why it is not read: a link, a device, more than `most` bytes.
 * No memory is the one thing that raises with the file open. */
int host_read_below(lua_State *L)
{
  const char *root = luaL_checkstring(L, 1), *path = luaL_checkstring(L, 2);
  size_t most = (size_t)luaL_checkinteger(L, 3);
  int folder = folder_of(root, &path, false);
  int file = folder >= 0 ? openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
  int code = errno;
  if (folder >= 0)
    close(folder);
  if (file < 0 && code == ENOENT) {
    lua_pushboolean(L, false);
    return 1;
  }
  if (file < 0)
    return refuse(L, root, lua_tostring(L, 2), code == ELOOP ? "is a link, which could lead anywhere" : words_of(code));
  struct stat about;
  bool plain = fstat(file, &about) == 0 && S_ISREG(about.st_mode), small = plain && (uint64_t)about.st_size <= most;
  code = small ? read_all(L, file, most) : 0;
  close(file);
  if (!plain)
    return refuse(L, root, lua_tostring(L, 2), "is no plain file");
  if (!small || (code == 0 && lua_rawlen(L, -1) > most))
    return refuse(L, root, lua_tostring(L, 2), "is larger than what may be handed over");
  return code == 0 ? 1 : refuse(L, root, lua_tostring(L, 2), strerror(code));
}
