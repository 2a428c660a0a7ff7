/* SPDX-License-Identifier: Apache-2.0
 * given: a list by path. Bundles and packs have tens of files, so a search by halves is all it needs.
 */
#include "given.h"

#include <stdlib.h>
#include <string.h>

void given_release(given_files *files)
{
  for (size_t i = 0; i < files->count; i++) {
    free(files->files[i].path);
    if (files->files[i].own)
      free((void *)files->files[i].bytes);
  }
  free(files->files);
  *files = (given_files){ 0 };
}

/* ---- Paths ---- */

/* Cuts the last part off. */
static bool climb(char *plain, size_t *size)
{
  if (*size == 0)
    return false;
  while (*size > 0 && plain[*size - 1] != '/')
    (*size)--;
  *size -= *size > 0 ? 1 : 0;
  plain[*size] = '\0';
  return true;
}

bool given_plain_path(const char *path, char plain[GIVEN_PATH])
{
  size_t size = 0;
  plain[0] = '\0';
  if (path[0] == '/' || path[0] == '\\')
    return false;
  while (*path != '\0') {
    size_t part = strcspn(path, "/\\");
    if (part == 2 && path[0] == '.' && path[1] == '.') {
      if (!climb(plain, &size))
        return false;
    } else if (part != 0 && !(part == 1 && path[0] == '.')) {
      if (size + part + 2 > GIVEN_PATH)
        return false;
      if (size != 0)
        plain[size++] = '/';
      memcpy(plain + size, path, part);
      size += part;
      plain[size] = '\0';
    }
    path += part + (path[part] != '\0');
  }
  return true;
}

/* ---- The list ---- */

/* Where the path is, or would be. */
static size_t place_of(const given_files *files, const char *path)
{
  size_t low = 0, high = files->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(files->files[middle].path, path) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool stands_at(const given_files *files, size_t place, const char *path)
{
  return place < files->count && strcmp(files->files[place].path, path) == 0;
}

const given_file *given_find(const given_files *files, const char *path)
{
  size_t place = place_of(files, path);
  return stands_at(files, place, path) ? &files->files[place] : NULL;
}

/* Paths that begin alike stand together, but "a.csv" is before "a/b": so the place is that of "a/". */
bool given_has_folder(const given_files *files, const char *path)
{
  char inside[GIVEN_PATH + 1];
  size_t size = strlen(path);
  if (size == 0)
    return files->count != 0;
  if (size >= GIVEN_PATH)
    return false;
  memcpy(inside, path, size);
  memcpy(inside + size, "/", 2);
  size_t place = place_of(files, inside);
  return place < files->count && strncmp(files->files[place].path, inside, size + 1) == 0;
}

/* Whether a part of the path before its end is a file. */
static bool passes_file(const given_files *files, const char *path)
{
  char part[GIVEN_PATH];
  strcpy(part, path);
  for (char *end = strrchr(part, '/'); end != NULL; end = strrchr(part, '/')) {
    *end = '\0';
    if (given_find(files, part) != NULL)
      return true;
  }
  return false;
}

static bool may_stand(const given_files *files, const char *path)
{
  char plain[GIVEN_PATH];
  return given_plain_path(path, plain) && plain[0] != '\0' && strcmp(plain, path) == 0 && !passes_file(files, path) && !given_has_folder(files, path);
}

static char *copy_of(const char *bytes, size_t size)
{
  char *copy = malloc(size + 1);
  if (copy != NULL && size != 0)
    memcpy(copy, bytes, size);
  if (copy != NULL)
    copy[size] = '\0';
  return copy;
}

static bool make_room(given_files *files)
{
  if (files->count < files->room)
    return true;
  size_t room = files->room != 0 ? 2 * files->room : 32;
  given_file *more = files->count < GIVEN_MOST ? realloc(files->files, room * sizeof *more) : NULL;
  if (more == NULL)
    return false;
  files->files = more;
  files->room = room;
  return true;
}

static bool insert(given_files *files, size_t place, const char *path, const char *bytes, size_t size, bool own)
{
  char *name = may_stand(files, path) && make_room(files) ? copy_of(path, strlen(path)) : NULL;
  if (name == NULL)
    return false;
  memmove(files->files + place + 1, files->files + place, (files->count - place) * sizeof *files->files);
  files->files[place] = (given_file){ name, bytes, size, own };
  files->count++;
  return true;
}

bool given_add(given_files *files, const char *path, const char *bytes, size_t size)
{
  size_t place = place_of(files, path);
  return !stands_at(files, place, path) && insert(files, place, path, size != 0 ? bytes : "", size, false);
}

bool given_keep(given_files *files, const char *path, const char *bytes, size_t size)
{
  size_t place = place_of(files, path);
  char *copy = copy_of(bytes, size);
  if (copy == NULL)
    return false;
  if (!stands_at(files, place, path)) {
    if (insert(files, place, path, copy, size, true))
      return true;
    free(copy);
    return false;
  }
  given_file *file = &files->files[place];
  if (file->own)
    free((void *)file->bytes);
  file->bytes = copy;
  file->size = size;
  file->own = true;
  return true;
}
