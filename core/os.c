/* SPDX-License-Identifier: Apache-2.0
 * os: POSIX and Windows behind the same few calls. System errors are worded here, never by the C library's locale.
 */
#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include "os.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#ifdef _WIN32
#include <io.h>
#include <stdio.h>
#include <windows.h>

#include "memory.h"
#else
#include <unistd.h>
#endif

#define CHUNK_MAX (1u << 30) /* what every system reads in one call */

static remit_status system_error(int code, const char *path, remit_error *err)
{
  switch (code) {
  case ENOENT:
  case ENOTDIR:
    return remit_fail(err, REMIT_ENOTFOUND, "%s: no such file", path);
  case EISDIR:
    return remit_fail(err, REMIT_EIO, "%s: is a directory", path);
  case EACCES:
  case EPERM:
    return remit_fail(err, REMIT_EIO, "%s: permission denied", path);
  case EMFILE:
  case ENFILE:
    return remit_fail(err, REMIT_EIO, "%s: too many open files", path);
  case ENAMETOOLONG:
    return remit_fail(err, REMIT_EIO, "the path is too long: %s", path);
  case ENOMEM:
    return remit_fail(err, REMIT_ENOMEM, "out of memory");
  default:
    return remit_fail(err, REMIT_EIO, "%s: cannot be read (system error %d)", path, code);
  }
}

#ifdef _WIN32

static wchar_t *wide(const char *path)
{
  int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
  wchar_t *text = size > 0 ? remit_allocate((size_t)size, sizeof *text) : NULL;
  if (text != NULL)
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, text, size);
  return text;
}

static bool is_directory(const char *path)
{
  wchar_t *text = wide(path);
  DWORD attributes = text != NULL ? GetFileAttributesW(text) : INVALID_FILE_ATTRIBUTES;
  remit_release(text);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

remit_status remit_file_open(remit_file *out, const char *path, remit_error *err)
{
  *out = REMIT_NO_FILE;
  if (is_directory(path))
    return system_error(EISDIR, path, err);
  wchar_t *text = wide(path);
  if (text == NULL)
    return system_error(ENOENT, path, err);
  int file = _wopen(text, _O_RDONLY | _O_BINARY | _O_NOINHERIT);
  int code = errno;
  remit_release(text);
  if (file < 0)
    return system_error(code, path, err);
  *out = file;
  return REMIT_OK;
}

static ptrdiff_t read_some(remit_file file, void *buffer, size_t size)
{
  return _read(file, buffer, (unsigned)size);
}

static bool seek(remit_file file, size_t offset)
{
  return _lseeki64(file, (long long)offset, SEEK_SET) >= 0;
}

size_t remit_file_size(remit_file file)
{
  struct _stat64 about;
  return _fstat64(file, &about) == 0 && about.st_size > 0 ? (size_t)about.st_size : 0;
}

void remit_file_close(remit_file file)
{
  if (file != REMIT_NO_FILE)
    _close(file);
}

#else

remit_status remit_file_open(remit_file *out, const char *path, remit_error *err)
{
  *out = REMIT_NO_FILE;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return system_error(errno, path, err);
  struct stat about;
  int code = fstat(file, &about) != 0 ? errno : S_ISDIR(about.st_mode) ? EISDIR : 0;
  if (code != 0) {
    close(file);
    return system_error(code, path, err);
  }
  *out = file;
  return REMIT_OK;
}

static ptrdiff_t read_some(remit_file file, void *buffer, size_t size)
{
  ssize_t got;
  do {
    got = read(file, buffer, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

static bool seek(remit_file file, size_t offset)
{
  return lseek(file, (off_t)offset, SEEK_SET) >= 0;
}

size_t remit_file_size(remit_file file)
{
  struct stat about;
  return fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 0;
}

void remit_file_close(remit_file file)
{
  if (file != REMIT_NO_FILE)
    close(file);
}

#endif

remit_status remit_file_read(remit_file file, void *buffer, size_t size, size_t *got, remit_error *err)
{
  ptrdiff_t count = read_some(file, buffer, size < CHUNK_MAX ? size : CHUNK_MAX);
  if (count < 0)
    return system_error(errno, "the file", err);
  *got = (size_t)count;
  return REMIT_OK;
}

remit_status remit_file_seek(remit_file file, size_t offset, remit_error *err)
{
  return seek(file, offset) ? REMIT_OK : system_error(errno, "the file", err);
}
