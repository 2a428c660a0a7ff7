/* SPDX-License-Identifier: Apache-2.0
 * grant: paths against folders. On Windows links are not resolved: SECURITY.md says so.
 */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include "grant.h"

#include <lauxlib.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef _WIN32
#include <direct.h>
#include <io.h>
#else
#include <unistd.h>
#endif

#define PATH_SIZE 4096
#define SHOWN_SIZE 400

static const char grant_key;

/* ---- The operating system ---- */

/* The real path, without links; false when there is nothing. */
static bool real_path(const char *path, char real[PATH_SIZE])
{
#ifdef _WIN32
  return _fullpath(real, path, PATH_SIZE) != NULL && _access(real, 0) == 0;
#else
  char *found = realpath(path, NULL);
  bool fits = found != NULL && strlen(found) < PATH_SIZE;
  if (fits)
    strcpy(real, found);
  free(found);
  return fits;
#endif
}

/* Where an open file stands; false when the system does not tell. */
static bool path_of_file(int file, char real[PATH_SIZE])
{
#ifdef __linux__
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, real, PATH_SIZE - 1);
  if (size <= 0 || size >= PATH_SIZE - 1)
    return false;
  real[size] = '\0';
  return true;
#else
  (void)file, (void)real;
  return false;
#endif
}

static bool is_ordinary(int file)
{
  struct stat about;
  return fstat(file, &about) == 0 && (about.st_mode & S_IFMT) == S_IFREG;
}

/* A pipe or a device would be felt by being opened. What is not there is fine: opening it says so. */
static bool may_be_opened(const char *path)
{
  struct stat about;
  int kind = stat(path, &about) == 0 ? (int)(about.st_mode & S_IFMT) : S_IFREG;
  return kind == S_IFREG || kind == S_IFDIR;
}

static void make_folder(const char *path)
{
#ifdef _WIN32
  _mkdir(path);
#else
  mkdir(path, 0777);
#endif
}

static bool is_separator(char c)
{
#ifdef _WIN32
  return c == '/' || c == '\\';
#else
  return c == '/';
#endif
}

/* ---- Folders ---- */

static bool is_below(const char *real, const char *root)
{
  size_t size = strlen(root);
  if (strncmp(real, root, size) != 0)
    return false;
  return real[size] == '\0' || is_separator(real[size]) || (size > 0 && is_separator(root[size - 1]));
}

static bool readable(const grant *g, const char *real)
{
  for (size_t i = 0; i < g->read_count; i++)
    if (is_below(real, g->read[i]))
      return true;
  return false;
}

static char *last_separator(char *path)
{
  char *last = NULL;
  for (char *at = path; *at != '\0'; at++)
    if (is_separator(*at))
      last = at;
  return last;
}

/* The real folder of the nearest ancestor that is there. What is not there yet must not climb. */
static bool real_ancestor(const char *path, char real[PATH_SIZE])
{
  char part[PATH_SIZE];
  if (strlen(path) >= PATH_SIZE)
    return false;
  strcpy(part, path);
  while (!real_path(part[0] != '\0' ? part : ".", real)) {
    char *last = last_separator(part), *name = last != NULL ? last + 1 : part;
    if (strcmp(name, "..") == 0)
      return false;
    if (last == part && part[1] != '\0')
      last[1] = '\0';
    else if (last != NULL)
      *last = '\0';
    else
      part[0] = '\0';
  }
  return true;
}

static char *copy_text(const char *text)
{
  char *copy = malloc(strlen(text) + 1);
  if (copy != NULL)
    strcpy(copy, text);
  return copy;
}

void grant_init(grant *g)
{
  *g = (grant){ .read_count = 0 };
}

static void release_notes(grant_notes *notes)
{
  for (size_t i = 0; i < notes->count; i++)
    free(notes->paths[i]);
  free(notes->paths);
}

void grant_release(grant *g)
{
  release_notes(&g->was_read);
  release_notes(&g->was_written);
  for (size_t i = 0; i < g->read_count; i++)
    free(g->read[i]);
  free(g->write);
  grant_init(g);
}

bool grant_allow_read(grant *g, const char *folder)
{
  char real[PATH_SIZE];
  if (!real_path(folder, real))
    return false;
  if (readable(g, real))
    return true;
  if (g->read_count == GRANT_ROOTS)
    return false;
  char *root = copy_text(real);
  if (root != NULL)
    g->read[g->read_count++] = root;
  return root != NULL;
}

bool grant_allow_write(grant *g, const char *folder)
{
  free(g->write);
  g->write = copy_text(folder);
  return g->write != NULL;
}

/* ---- A state's grant ---- */

void grant_set(lua_State *L, const grant *g)
{
  lua_pushlightuserdata(L, (void *)(uintptr_t)g);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &grant_key);
}

void *grant_context(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &grant_key);
  void *context = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return context;
}

static void set_list(lua_State *L, const char *field, const char *text)
{
  lua_createtable(L, 1, 0);
  lua_pushstring(L, text);
  lua_rawseti(L, -2, 1);
  lua_setfield(L, -2, field);
}

/* Raises, at the analyst's line. */
static void refuse(lua_State *L, const grant *g, const char *verb, const char *path)
{
  static const char *const where[] = { "it may read below the working folder, its own folder and the pack that --pack names",
                                       "it may write below out/, or the folder that --out names" };
  g->refused(L, verb, path);
  if (strlen(path) > SHOWN_SIZE) {
    lua_pushlstring(L, path, SHOWN_SIZE);
    path = lua_pushfstring(L, "%s...", lua_tostring(L, -1));
  }
  lua_getglobal(L, "require");
  lua_pushliteral(L, "remit.fault");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "raise");
  lua_createtable(L, 0, 3);
  lua_pushliteral(L, "refused");
  lua_setfield(L, -2, "code");
  lua_pushfstring(L, "this script may not %s '%s'", verb, path);
  lua_setfield(L, -2, "message");
  set_list(L, "hints", where[strcmp(verb, "read") == 0 ? 0 : 1]);
  lua_call(L, 1, 0);
}

void grant_check_read(lua_State *L, const char *path)
{
  const grant *g = grant_context(L);
  char real[PATH_SIZE];
  if (g != NULL && (g->given != NULL || !real_ancestor(path, real) || !readable(g, real) || !may_be_opened(real)))
    refuse(L, g, "read", path);
}

bool grant_opened(void *context, int file)
{
  const grant *g = context;
  char real[PATH_SIZE];
  return g == NULL || (is_ordinary(file) && (!path_of_file(file, real) || readable(g, real)));
}

void grant_refuse_read(lua_State *L, const char *path)
{
  refuse(L, grant_context(L), "read", path);
}

/* A script's "out/..." is below the folder that was granted. Pushes the path. */
static const char *in_out(lua_State *L, const grant *g, const char *path)
{
  size_t size = strlen(GRANT_OUT);
  if (strncmp(path, GRANT_OUT, size) == 0 && is_separator(path[size]))
    return lua_pushfstring(L, "%s/%s", g->write, path + size + 1);
  return lua_pushstring(L, path);
}

const char *grant_write_path(lua_State *L, const char *path, size_t bytes)
{
  const grant *g = grant_context(L);
  if (g == NULL)
    return lua_pushstring(L, path);
  if (g->given != NULL)
    refuse(L, g, "write", path);
  g->written(L, bytes);
  char folder[PATH_SIZE], real[PATH_SIZE], root[PATH_SIZE];
  const char *target = g->write != NULL ? in_out(L, g, path) : NULL;
  if (target == NULL || strlen(target) >= PATH_SIZE)
    refuse(L, g, "write", path);
  make_folder(g->write);
  strcpy(folder, target);
  char *last = last_separator(folder);
  const char *name = last != NULL ? last + 1 : target;
  lua_pushstring(L, name);
  if (last != NULL)
    last[last == folder ? 1 : 0] = '\0';
  bool named = name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
  if (!named || !real_path(g->write, root) || !real_ancestor(last != NULL ? folder : ".", real) || !is_below(real, root))
    refuse(L, g, "write", path);
  if (!real_path(last != NULL ? folder : ".", real))
    return target;
  return lua_pushfstring(L, "%s/%s", real, lua_tostring(L, -1));
}

bool grant_created(void *context, int file)
{
  const grant *g = context;
  char real[PATH_SIZE], root[PATH_SIZE];
  return g == NULL || (is_ordinary(file) && (!path_of_file(file, real) || (real_path(g->write, root) && is_below(real, root))));
}

void grant_refuse_write(lua_State *L, const char *path)
{
  refuse(L, grant_context(L), "write", path);
}

/* ---- What was touched ---- */

static void note(grant_notes *notes, const char *path)
{
  for (size_t i = 0; i < notes->count; i++)
    if (strcmp(notes->paths[i], path) == 0)
      return;
  if (notes->paths == NULL)
    notes->paths = calloc(GRANT_NOTES, sizeof *notes->paths);
  char *copy = notes->paths != NULL && notes->count < GRANT_NOTES ? copy_text(path) : NULL;
  if (copy != NULL)
    notes->paths[notes->count++] = copy;
  else
    notes->lost = true;
}

void grant_note_read(lua_State *L, const char *path)
{
  grant *g = grant_context(L);
  if (g != NULL)
    note(&g->was_read, path);
}

void grant_note_written(lua_State *L, const char *path)
{
  grant *g = grant_context(L);
  if (g != NULL)
    note(&g->was_written, path);
}

/* ---- Given files ---- */

bool grant_is_given(lua_State *L)
{
  const grant *g = grant_context(L);
  return g != NULL && g->given != NULL;
}

/* The part of a plain path below out/; NULL for any other. */
static const char *below_out(const char *plain)
{
  size_t size = strlen(GRANT_OUT);
  return strncmp(plain, GRANT_OUT, size) == 0 && plain[size] == '/' ? plain + size + 1 : NULL;
}

const given_file *grant_find(lua_State *L, const char *path)
{
  const grant *g = grant_context(L);
  char plain[GIVEN_PATH];
  if (!given_plain_path(path, plain))
    refuse(L, g, "read", path);
  const char *written = below_out(plain);
  const given_file *kept = written != NULL ? given_find(g->kept, written) : NULL;
  return kept != NULL ? kept : given_find(g->given, plain);
}

bool grant_has_folder(lua_State *L, const char *path)
{
  const grant *g = grant_context(L);
  char plain[GIVEN_PATH];
  if (!given_plain_path(path, plain))
    refuse(L, g, "read", path);
  const char *written = below_out(plain);
  bool out = strcmp(plain, GRANT_OUT) == 0 && g->kept->count != 0;
  return plain[0] == '\0' || out || (written != NULL && given_has_folder(g->kept, written)) || given_has_folder(g->given, plain);
}

/* `plain` has room for a path; what is given back lies in it. */
static const char *name_of_kept(lua_State *L, const char *path, char *plain)
{
  const char *name = given_plain_path(path, plain) ? below_out(plain) : NULL;
  if (name == NULL)
    refuse(L, grant_context(L), "write", path);
  return name;
}

void grant_check_keep(lua_State *L, const char *path)
{
  char plain[GIVEN_PATH];
  name_of_kept(L, path, plain);
}

bool grant_keep(lua_State *L, const char *path, const char *bytes, size_t size)
{
  const grant *g = grant_context(L);
  char plain[GIVEN_PATH];
  const char *name = name_of_kept(L, path, plain);
  g->written(L, size);
  return given_keep(g->kept, name, bytes, size);
}
