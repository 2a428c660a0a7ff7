/* SPDX-License-Identifier: Apache-2.0
 * file: small files as texts, and what a path is. Paths are UTF-8. System errors are worded here, never by the C library's locale.
 */
#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include "binding.h"
#include "grant.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

#define STREAM "remit.stream"
#define READ_MAX ((size_t)64 << 20)
#define BESIDE_MAX 100 /* names tried for the file beside the target */

/* ---- The operating system ---- */

#ifdef _WIN32

#define PATH_MAX_WIDE 4096

static FILE *open_stream(const char *path, bool fresh)
{
  wchar_t wide[PATH_MAX_WIDE];
  if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, PATH_MAX_WIDE) <= 0) {
    errno = ENOENT;
    return NULL;
  }
  int flags = fresh ? _O_WRONLY | _O_CREAT | _O_EXCL : _O_RDONLY;
  int file = _wopen(wide, flags | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
  return file < 0 ? NULL : _fdopen(file, fresh ? "wb" : "rb");
}

static bool look(const char *path, bool *directory)
{
  wchar_t wide[PATH_MAX_WIDE];
  if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, PATH_MAX_WIDE) <= 0)
    return false;
  DWORD attributes = GetFileAttributesW(wide);
  *directory = attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  return attributes != INVALID_FILE_ATTRIBUTES;
}

static bool replace(const char *from, const char *to)
{
  wchar_t wide_from[PATH_MAX_WIDE], wide_to[PATH_MAX_WIDE];
  if (MultiByteToWideChar(CP_UTF8, 0, from, -1, wide_from, PATH_MAX_WIDE) <= 0 ||
      MultiByteToWideChar(CP_UTF8, 0, to, -1, wide_to, PATH_MAX_WIDE) <= 0 ||
      !MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING)) {
    errno = EACCES;
    return false;
  }
  return true;
}

static int number_of(FILE *stream)
{
  return _fileno(stream);
}

static bool on_disk(FILE *stream)
{
  return _commit(_fileno(stream)) == 0;
}

static void forget(const char *path)
{
  wchar_t wide[PATH_MAX_WIDE];
  if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, PATH_MAX_WIDE) > 0)
    _wunlink(wide);
}

#else

static FILE *open_stream(const char *path, bool fresh)
{
  int flags = fresh ? O_WRONLY | O_CREAT | O_EXCL : O_RDONLY;
  int file = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
  if (file < 0)
    return NULL;
  FILE *stream = fdopen(file, fresh ? "wb" : "rb");
  if (stream == NULL)
    close(file);
  return stream;
}

static bool look(const char *path, bool *directory)
{
  struct stat about;
  if (stat(path, &about) != 0)
    return false;
  *directory = S_ISDIR(about.st_mode);
  return true;
}

static bool replace(const char *from, const char *to)
{
  return rename(from, to) == 0;
}

static int number_of(FILE *stream)
{
  return fileno(stream);
}

static bool on_disk(FILE *stream)
{
  return fsync(fileno(stream)) == 0;
}

static void forget(const char *path)
{
  unlink(path);
}

#endif

static int system_failure(lua_State *L, int code, const char *path)
{
  remit_error err;
  switch (code) {
  case ENOENT:
  case ENOTDIR: remit_fail(&err, REMIT_ENOTFOUND, "%s: no such file or folder", path); break;
  case EISDIR: remit_fail(&err, REMIT_EIO, "%s: is a directory", path); break;
  case EACCES:
  case EPERM: remit_fail(&err, REMIT_EIO, "%s: permission denied", path); break;
  case EROFS: remit_fail(&err, REMIT_EIO, "%s: on a read-only disk", path); break;
  case ENOSPC: remit_fail(&err, REMIT_EIO, "%s: the disk is full", path); break;
  case ENAMETOOLONG: remit_fail(&err, REMIT_EIO, "the path is too long: %s", path); break;
  default: remit_fail(&err, REMIT_EIO, "%s: system error %d", path, code); break;
  }
  return binding_failure(L, &err);
}

/* ---- The library ---- */

static int stream_close(lua_State *L)
{
  FILE **stream = luaL_checkudata(L, 1, STREAM);
  if (*stream != NULL)
    fclose(*stream);
  *stream = NULL;
  return 0;
}

/* Reads to the end, or to one byte past `max`; 0 or the system's error. Leaves the text on the stack. */
static int read_all(lua_State *L, FILE *stream, size_t max, size_t *size)
{
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  *size = 0;
  for (size_t got = 1; got > 0 && *size <= max; *size += got) {
    size_t wanted = max - *size < LUAL_BUFFERSIZE ? max - *size + 1 : LUAL_BUFFERSIZE;
    got = fread(luaL_prepbuffsize(&buffer, wanted), 1, wanted, stream);
    luaL_addsize(&buffer, got);
  }
  int code = ferror(stream) ? errno : 0;
  luaL_pushresult(&buffer);
  return code;
}

static int too_long(lua_State *L, const char *path, size_t max)
{
  remit_error err;
  remit_fail(&err, REMIT_ELIMIT, "%s: more than %zu bytes", path, max);
  return binding_failure(L, &err);
}

static int read_given(lua_State *L, const char *path, size_t max)
{
  const given_file *file = grant_find(L, path);
  if (file == NULL)
    return system_failure(L, grant_has_folder(L, path) ? EISDIR : ENOENT, path);
  if (file->size > max)
    return too_long(L, path, max);
  lua_pushlstring(L, file->bytes, file->size);
  return 1;
}

static int file_read(lua_State *L)
{
  const char *path = binding_text(L, 1);
  size_t max = binding_count_or(L, 2, READ_MAX), size;
  if (grant_is_given(L))
    return read_given(L, path, max);
  grant_check_read(L, path);
  FILE **stream = binding_box(L, STREAM, sizeof *stream);
  bool directory = false;
  if (look(path, &directory) && directory)
    return system_failure(L, EISDIR, path);
  *stream = open_stream(path, false);
  if (*stream == NULL)
    return system_failure(L, errno, path);
  if (!grant_opened(grant_context(L), number_of(*stream)))
    grant_refuse_read(L, path);
  grant_note_read(L, path);
  int code = read_all(L, *stream, max, &size);
  fclose(*stream);
  *stream = NULL;
  if (code != 0)
    return system_failure(L, code, path);
  return size <= max ? 1 : too_long(L, path, max);
}

/* Opens a new file beside the target; its name is in `beside`, `size` bytes. */
static FILE *open_beside(const char *path, char *beside, size_t size)
{
  FILE *stream = NULL;
  errno = EEXIST;
  for (int i = 1; stream == NULL && errno == EEXIST && i <= BESIDE_MAX; i++) {
    snprintf(beside, size, "%s.%d~", path, i);
    stream = open_stream(beside, true);
  }
  return stream;
}

/* 0 or the system's error. */
static int write_all(FILE *stream, const char *text, size_t size)
{
  bool written = fwrite(text, 1, size, stream) == size && fflush(stream) == 0 && on_disk(stream);
  int code = written ? 0 : errno;
  if (fclose(stream) != 0 && code == 0)
    code = errno;
  return code;
}

static int keep(lua_State *L, const char *path, const char *text, size_t size)
{
  if (!grant_keep(L, path, text, size))
    return system_failure(L, grant_has_folder(L, path) ? EISDIR : ENOSPC, path);
  lua_pushboolean(L, true);
  return 1;
}

/* Nothing between opening and closing calls Lua. */
static int file_write(lua_State *L)
{
  size_t size;
  const char *asked = binding_text(L, 1), *text = luaL_checklstring(L, 2, &size);
  if (grant_is_given(L))
    return keep(L, asked, text, size);
  const char *path = grant_write_path(L, asked, size);
  void *context = grant_context(L);
  size_t beside_size = strlen(path) + 8;
  char *beside = binding_array(L, beside_size, 1);
  FILE *stream = open_beside(path, beside, beside_size);
  if (stream == NULL)
    return system_failure(L, errno, path);
  bool granted = grant_created(context, number_of(stream));
  int code = write_all(stream, text, granted ? size : 0);
  if (!granted) {
    forget(beside);
    grant_refuse_write(L, asked);
  }
  if (code == 0 && !replace(beside, path))
    code = errno;
  if (code != 0) {
    forget(beside);
    return system_failure(L, code, path);
  }
  grant_note_written(L, asked);
  lua_pushboolean(L, true);
  return 1;
}

static int file_kind(lua_State *L)
{
  const char *path = binding_text(L, 1);
  bool directory, there;
  if (grant_is_given(L)) {
    there = grant_find(L, path) != NULL;
    directory = !there && grant_has_folder(L, path);
    there = there || directory;
  } else {
    grant_check_read(L, path);
    there = look(path, &directory);
  }
  lua_pushstring(L, !there ? NULL : directory ? "directory" : "file");
  return 1;
}

/* The folder that a path lies in; "." for a bare name. Pushes it. */
static const char *push_folder(lua_State *L, const char *path)
{
  size_t size = strlen(path);
  while (size > 0 && path[size - 1] != '/' && path[size - 1] != '\\')
    size--;
  return size == 0 ? lua_pushliteral(L, ".") : lua_pushlstring(L, path, size);
}

/* writable(path) -> true; or what can be known before anything is written. Of what is granted only, a path that is not raises. */
static int file_writable(lua_State *L)
{
  const char *asked = binding_text(L, 1);
  bool directory = false, folder = true;
  if (grant_is_given(L)) {
    grant_check_keep(L, asked);
    directory = grant_has_folder(L, asked);
  } else {
    const char *path = grant_write_path(L, asked, 0);
    bool there = look(path, &directory);
    directory = directory && there;
    folder = there || (look(push_folder(L, path), &folder) && folder);
  }
  if (directory || !folder)
    return system_failure(L, directory ? EISDIR : ENOENT, asked);
  lua_pushboolean(L, true);
  return 1;
}

static const luaL_Reg functions[] = {
  { "read", file_read }, { "write", file_write }, { "writable", file_writable }, { "kind", file_kind }, { NULL, NULL },
};

int binding_open_file(lua_State *L)
{
  binding_register(L, STREAM, NULL, stream_close);
  luaL_newlib(L, functions);
  return 1;
}
