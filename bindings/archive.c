/* SPDX-License-Identifier: Apache-2.0
 * archive: reads and writes the container. The format: PKWARE's APPNOTE.TXT 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16.
 */
#include "archive.h"

#include <string.h>

#define LOCAL 30
#define CENTRAL 46
#define END 22

#define NEEDS 10        /* version 1.0 of the format */
#define MADE_BY 0x0314  /* Unix, version 2.0 */
#define FLAGS 0x0800    /* names are UTF-8 */
#define DATE 0x0021     /* 1980-01-01 */
#define MODE 0x81a40000 /* a plain file, rw-r--r-- */

/* ---- Writing ---- */

static unsigned char *put16(unsigned char *to, size_t value)
{
  to[0] = (unsigned char)(value & 0xff);
  to[1] = (unsigned char)(value >> 8 & 0xff);
  return to + 2;
}

static unsigned char *put32(unsigned char *to, size_t value)
{
  return put16(put16(to, value & 0xffff), value >> 16 & 0xffff);
}

static uint32_t crc_of(const archive_entry *entry)
{
  static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                      0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
  uint32_t crc = 0xffffffff;
  for (size_t i = 0; i < entry->size; i++) {
    crc ^= entry->bytes[i];
    crc = crc >> 4 ^ table[crc & 15];
    crc = crc >> 4 ^ table[crc & 15];
  }
  return ~crc;
}

/* Needs, flags, method, time, date, CRC-32, two sizes, length of the name, no extra field. */
static void put_local(unsigned char to[LOCAL], const archive_entry *entry)
{
  to = put16(put16(put16(put32(to, 0x04034b50), NEEDS), FLAGS), 0);
  to = put32(put16(put16(to, 0), DATE), crc_of(entry));
  put16(put16(put32(put32(to, entry->size), entry->size), entry->name_size), 0);
}

/* All but the first four bytes of the file's other header; then no comment, disk 0, no internal attributes. */
static void put_central(unsigned char to[CENTRAL], const unsigned char local[LOCAL], size_t offset)
{
  to = put16(put32(to, 0x02014b50), MADE_BY);
  memcpy(to, local + 4, LOCAL - 4);
  to += LOCAL - 4;
  put32(put32(put16(put16(put16(to, 0), 0), 0), MODE), offset);
}

static void put_end(unsigned char to[END], size_t count, size_t size, size_t offset)
{
  to = put16(put16(put32(to, 0x06054b50), 0), 0);
  put16(put32(put32(put16(put16(to, count), count), size), offset), 0);
}

size_t archive_size(const archive *files)
{
  size_t size = END;
  for (size_t i = 0; i < files->count; i++) {
    if (files->entries[i].size > ARCHIVE_SIZE_MAX)
      return SIZE_MAX;
    size += LOCAL + CENTRAL + 2 * files->entries[i].name_size + files->entries[i].size;
  }
  return size;
}

void archive_write(const archive *files, unsigned char *bytes)
{
  size_t offsets[ARCHIVE_FILES_MAX], at = 0;
  for (size_t i = 0; i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    offsets[i] = at;
    put_local(bytes + at, entry);
    memcpy(bytes + at + LOCAL, entry->name, entry->name_size);
    if (entry->size > 0)
      memcpy(bytes + at + LOCAL + entry->name_size, entry->bytes, entry->size);
    at += LOCAL + entry->name_size + entry->size;
  }
  size_t directory = at;
  for (size_t i = 0; i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    put_central(bytes + at, bytes + offsets[i], offsets[i]);
    memcpy(bytes + at + CENTRAL, entry->name, entry->name_size);
    at += CENTRAL + entry->name_size;
  }
  put_end(bytes + at, files->count, at - directory, directory);
}

/* ---- Reading ---- */

typedef struct cursor {
  const unsigned char *bytes;
  size_t size, at;
  remit_error *err;
} cursor;

/* A part of a header that must be as remit writes it. */
typedef struct part {
  unsigned char at, size;
  const char *wrong; /* the file ... */
} part;

static size_t get16(const unsigned char *from)
{
  return (size_t)from[0] | (size_t)from[1] << 8;
}

static size_t get32(const unsigned char *from)
{
  return get16(from) | get16(from + 2) << 16;
}

static bool has(const cursor *c, size_t size)
{
  return c->size - c->at >= size;
}

static remit_status refuse_at(const cursor *c, size_t at, remit_status status)
{
  if (c->err != NULL)
    c->err->at = at;
  return status;
}

static remit_status compare_parts(const cursor *c, const unsigned char *wanted, const part *parts, const archive_entry *entry)
{
  for (; parts->size > 0; parts++)
    if (memcmp(c->bytes + c->at + parts->at, wanted + parts->at, parts->size) != 0)
      return refuse_at(c, c->at + parts->at,
                       remit_fail(c->err, REMIT_EPARSE, "the file '%.*s' %s", (int)entry->name_size, entry->name, parts->wrong));
  return REMIT_OK;
}

/* Before its size is believed. */
static remit_status check_storage(const cursor *c, const archive_entry *entry)
{
  const unsigned char *header = c->bytes + c->at;
  size_t flags = get16(header + 6), method = get16(header + 8);
  const char *wrong = (flags & 0x2041) != 0    ? "is encrypted"
                      : method != 0            ? "is compressed: a bundle's files are stored as they are"
                      : (flags & 8) != 0       ? "has its size written behind it"
                      : flags != FLAGS         ? "has flags that remit does not write"
                      : get16(header + 28) > 0 ? "has an extra field, which could say anything"
                                               : NULL;
  if (wrong == NULL)
    return REMIT_OK;
  return refuse_at(c, c->at + 6, remit_fail(c->err, REMIT_EPARSE, "the file '%.*s' %s", (int)entry->name_size, entry->name, wrong));
}

static remit_status read_entry(cursor *c, archive_entry *entry)
{
  static const part parts[] = { { 4, 2, "needs another version of the zip format" }, { 10, 4, "has a date other than 1980-01-01" },
                                { 18, 8, "has two sizes" }, { 14, 4, "does not have the checksum that stands before it" }, { 0, 0, NULL } };
  unsigned char wanted[LOCAL];
  const unsigned char *header = c->bytes + c->at;
  *entry = (archive_entry){ .name = (const char *)header + LOCAL, .name_size = get16(header + 26) };
  if (!has(c, LOCAL + entry->name_size))
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "it ends within a file's name"));
  remit_status status = archive_check_name(entry->name, entry->name_size, c->err);
  if (status != REMIT_OK)
    return refuse_at(c, c->at + LOCAL, status);
  status = check_storage(c, entry);
  if (status != REMIT_OK)
    return status;
  entry->bytes = header + LOCAL + entry->name_size;
  entry->size = get32(header + 22);
  if (entry->size > ARCHIVE_SIZE_MAX || !has(c, LOCAL + entry->name_size + entry->size))
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "it ends within the file '%.*s'", (int)entry->name_size, entry->name));
  put_local(wanted, entry);
  status = compare_parts(c, wanted, parts, entry);
  c->at += LOCAL + entry->name_size + entry->size;
  return status;
}

static remit_status read_entries(cursor *c, archive *files)
{
  remit_status status = REMIT_OK;
  files->count = 0;
  while (status == REMIT_OK && has(c, LOCAL) && memcmp(c->bytes + c->at, "PK\3\4", 4) == 0) {
    if (files->count == ARCHIVE_FILES_MAX)
      return refuse_at(c, c->at, remit_fail(c->err, REMIT_ELIMIT, "more than %d files", ARCHIVE_FILES_MAX));
    status = read_entry(c, &files->entries[files->count++]);
  }
  if (status == REMIT_OK && files->count == 0)
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "it does not begin as a bundle does"));
  return status;
}

static remit_status read_central(cursor *c, const archive_entry *entry, size_t offset)
{
  static const part parts[] = { { 4, 2, "was packed by another program" }, { 38, 4, "is a link, a folder or otherwise no plain file" },
                                { 30, 8, "has a comment or an extra field" }, { 42, 4, "stands elsewhere than the list of files says" },
                                { 6, 40, "is not what the list of files says" }, { 0, 0, NULL } };
  unsigned char wanted[CENTRAL];
  const unsigned char *header = c->bytes + c->at;
  if (!has(c, CENTRAL + entry->name_size) || memcmp(header, "PK\1\2", 4) != 0)
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "behind its files stands something that is no list of them"));
  put_central(wanted, c->bytes + offset, offset);
  if (get16(header + 28) != entry->name_size || memcmp(header + CENTRAL, entry->name, entry->name_size) != 0)
    return refuse_at(c, c->at + CENTRAL, remit_fail(c->err, REMIT_EPARSE, "the list of files calls '%.*s' otherwise", (int)entry->name_size, entry->name));
  remit_status status = compare_parts(c, wanted, parts, entry);
  c->at += CENTRAL + entry->name_size;
  return status;
}

static remit_status read_directory(cursor *c, const archive *files)
{
  unsigned char end[END];
  size_t directory = c->at;
  for (size_t i = 0, offset = 0; i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    remit_status status = read_central(c, entry, offset);
    if (status != REMIT_OK)
      return status;
    offset += LOCAL + entry->name_size + entry->size;
  }
  put_end(end, files->count, c->at - directory, directory);
  if (!has(c, END) || memcmp(c->bytes + c->at, end, END) != 0)
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "it does not end as a bundle does: cut off, or with a comment"));
  c->at += END;
  if (c->at != c->size)
    return refuse_at(c, c->at, remit_fail(c->err, REMIT_EPARSE, "%zu bytes follow its end", c->size - c->at));
  return REMIT_OK;
}

remit_status archive_read(archive *files, const void *bytes, size_t size, remit_error *err)
{
  cursor c = { .bytes = bytes, .size = size, .err = err };
  if (size > ARCHIVE_SIZE_MAX)
    return remit_fail(err, REMIT_ELIMIT, "more than %zu MiB", ARCHIVE_SIZE_MAX >> 20);
  remit_status status = read_entries(&c, files);
  if (status == REMIT_OK)
    status = archive_check(files, err);
  return status != REMIT_OK ? status : read_directory(&c, files);
}
