/* SPDX-License-Identifier: Apache-2.0
 * archive_name: which names may stand in a bundle, and which together.
 */
#include "archive.h"

#include <string.h>
#include <utf8proc.h>

#include "remit/hash.h"

#define FOLDED_MAX (ARCHIVE_NAME_MAX * 18) /* code points: no character folds to more than 18 */

/* Controls, marks that reorder or hide text, blanks that are no space, what is not assigned. */
static bool is_hidden(utf8proc_int32_t character)
{
  switch (utf8proc_category(character)) {
  case UTF8PROC_CATEGORY_CN:
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CF:
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP: return true;
  case UTF8PROC_CATEGORY_ZS: return character != ' ';
  default: return utf8proc_get_property(character)->ignorable || character == 0x2800;
  }
}

static remit_status check_characters(const char *name, size_t size, remit_error *err)
{
  for (size_t at = 0; at < size;) {
    utf8proc_int32_t character;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)name + at, (utf8proc_ssize_t)(size - at), &character);
    if (length <= 0)
      return remit_fail(err, REMIT_EPARSE, "a file's name is not UTF-8: the byte 0x%02x", (unsigned char)name[at]);
    if (is_hidden(character))
      return remit_fail(err, REMIT_EPARSE, "a file's name has the hidden character U+%04X", (unsigned)character);
    if (character < 0x80 && strchr("\\:*?\"<>|", (int)character) != NULL)
      return remit_fail(err, REMIT_EPARSE, "'%.*s': a name may not have %c, which is special on some systems", (int)size, name, (char)character);
    at += (size_t)length;
  }
  return REMIT_OK;
}

static remit_status check_part(const char *name, size_t size, const char *part, size_t part_size, remit_error *err)
{
  if (part_size == 0)
    return remit_fail(err, REMIT_EPARSE, "'%.*s' is not a path below the bundle's own folder", (int)size, name);
  if (part_size <= 2 && memcmp(part, "..", part_size) == 0)
    return remit_fail(err, REMIT_EPARSE, "'%.*s' climbs: a bundle's paths have no . and no ..", (int)size, name);
  if (part[0] == ' ' || part[part_size - 1] == ' ' || part[part_size - 1] == '.')
    return remit_fail(err, REMIT_EPARSE, "'%.*s': a part of a path begins with a space, or ends with a space or dot", (int)size, name);
  return REMIT_OK;
}

remit_status archive_check_name(const char *name, size_t size, remit_error *err)
{
  if (size == 0 || size > ARCHIVE_NAME_MAX)
    return remit_fail(err, REMIT_ELIMIT, "a file's name has %zu bytes: 1 to %d are allowed", size, ARCHIVE_NAME_MAX);
  remit_status status = check_characters(name, size, err);
  for (size_t from = 0, to; status == REMIT_OK && from <= size; from = to + 1) {
    const char *slash = memchr(name + from, '/', size - from);
    to = slash != NULL ? (size_t)(slash - name) : size;
    status = check_part(name, size, name + from, to - from, err);
  }
  return status;
}

/* ---- Names together ---- */

/* The same for names that some system takes for one. Equal hashes of different names are refused too: nobody meets them by chance. */
static uint64_t folded_hash(const char *name, size_t size)
{
  utf8proc_int32_t folded[FOLDED_MAX];
  utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)name, (utf8proc_ssize_t)size, folded, FOLDED_MAX,
                                              UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
  return remit_hash_bytes(folded, count > 0 && count <= FOLDED_MAX ? (size_t)count * sizeof *folded : 0);
}

static int compare_names(const archive_entry *a, const archive_entry *b)
{
  size_t common = a->name_size < b->name_size ? a->name_size : b->name_size;
  int order = memcmp(a->name, b->name, common);
  return order != 0 ? order : (a->name_size > b->name_size) - (a->name_size < b->name_size);
}

static remit_status check_order(const archive *files, remit_error *err)
{
  const archive_entry *first = &files->entries[0];
  if (files->count == 0 || first->name_size != strlen(ARCHIVE_FIRST) || memcmp(first->name, ARCHIVE_FIRST, first->name_size) != 0)
    return remit_fail(err, REMIT_EPARSE, "its first file is not " ARCHIVE_FIRST);
  for (size_t i = 1; i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    int order = compare_names(entry, first) == 0 ? 0 : i > 1 ? compare_names(entry - 1, entry) : -1;
    if (order == 0)
      return remit_fail(err, REMIT_EPARSE, "'%.*s' is there twice", (int)entry->name_size, entry->name);
    if (order > 0)
      return remit_fail(err, REMIT_EPARSE, "'%.*s' is not in order of names", (int)entry->name_size, entry->name);
  }
  return REMIT_OK;
}

/* Whether file `other` is taken for the first `size` bytes of a name: itself, or a folder that it lies in. */
static remit_status check_apart(const archive *files, const uint64_t *hashes, size_t at, size_t size, remit_error *err)
{
  const archive_entry *entry = &files->entries[at];
  uint64_t hash = folded_hash(entry->name, size);
  for (size_t i = 0; i < files->count; i++) {
    const archive_entry *other = &files->entries[i];
    if (i == at || hashes[i] != hash)
      continue;
    const char *what = size == entry->name_size ? "differ in no more than case or accents' spelling" : "are a file and a folder of one name";
    return remit_fail(err, REMIT_EPARSE, "'%.*s' and '%.*s' %s", (int)other->name_size, other->name, (int)entry->name_size, entry->name, what);
  }
  return REMIT_OK;
}

static remit_status check_twins(const archive *files, remit_error *err)
{
  uint64_t hashes[ARCHIVE_FILES_MAX];
  for (size_t i = 0; i < files->count; i++)
    hashes[i] = folded_hash(files->entries[i].name, files->entries[i].name_size);
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    for (size_t end = 1; status == REMIT_OK && end <= entry->name_size; end++)
      if (end == entry->name_size || entry->name[end] == '/')
        status = check_apart(files, hashes, i, end, err);
  }
  return status;
}

remit_status archive_check(const archive *files, remit_error *err)
{
  if (files->count > ARCHIVE_FILES_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %d files", ARCHIVE_FILES_MAX);
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < files->count; i++)
    status = archive_check_name(files->entries[i].name, files->entries[i].name_size, err);
  if (status == REMIT_OK)
    status = check_order(files, err);
  if (status == REMIT_OK)
    status = check_twins(files, err);
  if (status == REMIT_OK && archive_size(files) > ARCHIVE_SIZE_MAX)
    status = remit_fail(err, REMIT_ELIMIT, "more than %zu MiB in all", ARCHIVE_SIZE_MAX >> 20);
  return status;
}
