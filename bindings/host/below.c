/* SPDX-License-Identifier: Apache-2.0
 * below: files written below a folder and nowhere else, part by part from the open folder on, so that no link leads out.
 */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"

#define PART_MAX 256
#define BESIDE_MAX 100 /* names tried for the file beside the target */

/* The folder `name` in `parent`, made when it is not there; closes `parent`. -1 with errno. */
static int enter(int parent, const char *name, int links)
{
  int made = mkdirat(parent, name, 0777) == 0 || errno == EEXIST ? 0 : errno;
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

static bool write_all(int file, const char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t written = write(file, bytes, size);
    if (written < 0 && errno != EINTR)
      return false;
    bytes += written > 0 ? written : 0;
    size -= written > 0 ? (size_t)written : 0;
  }
  return fsync(file) == 0;
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
  bool fine = write_all(file, bytes, size);
  int code = errno;
  close(file);
  if (fine && renameat(folder, beside, folder, name) == 0)
    return true;
  code = fine ? errno : code;
  unlinkat(folder, beside, 0);
  errno = code;
  return false;
}

/* save_below(folder, path, bytes): true, or nil and why not */
int host_save_below(lua_State *L)
{
  size_t size;
  const char *root = luaL_checkstring(L, 1), *path = luaL_checkstring(L, 2), *bytes = luaL_checklstring(L, 3, &size);
  char part[PART_MAX];
  int folder = enter(AT_FDCWD, root, 0);
  while (folder >= 0 && next_part(&path, part))
    folder = enter(folder, part, O_NOFOLLOW);
  bool plain = strchr(path, '/') == NULL && path[0] != '\0' && strlen(path) < PART_MAX && strcmp(path, ".") != 0 && strcmp(path, "..") != 0;
  if (folder >= 0 && !plain)
    errno = EINVAL;
  bool fine = folder >= 0 && plain && put(folder, path, bytes, size);
  int code = errno;
  if (folder >= 0)
    close(folder);
  if (fine) {
    lua_pushboolean(L, true);
    return 1;
  }
  lua_pushnil(L);
  lua_pushfstring(L, "%s/%s: %s", root, lua_tostring(L, 2), code == ELOOP || code == ENOTDIR ? "a link or a file stands where a folder should" : strerror(code));
  return 2;
}
