/* SPDX-License-Identifier: Apache-2.0
 * parts: the zip that a workbook is, in memory.
 */
#include "parts.h"

#include <string.h>

#include "late.h"

#define FIRST_DAY 0x21 /* 1 January 1980, the first that a zip knows: what is written has no date of its own */

#define CALLS(X) \
  X(zip_close) X(zip_discard) X(zip_fclose) X(zip_file_replace) X(zip_file_set_dostime) X(zip_fopen_index) X(zip_fread) \
  X(zip_get_num_entries) X(zip_name_locate) X(zip_open_from_source) X(zip_source_buffer) X(zip_source_buffer_create) X(zip_source_close) \
  X(zip_source_free) X(zip_source_keep) X(zip_source_open) X(zip_source_read) X(zip_source_stat) X(zip_stat_index) X(zip_stat_init) \
  X(zip_strerror)
LATE(libzip, LATE_LIBZIP, CALLS);

/* ---- Opening ---- */

static remit_status refuse(const char *bytes, size_t size, remit_error *err)
{
  static const char compound[] = { '\xd0', '\xcf', '\x11', '\xe0' };
  if (size >= sizeof compound && memcmp(bytes, compound, sizeof compound) == 0)
    return remit_fail(err, REMIT_EPARSE, "is encrypted, or a workbook of the old kind (.xls): save it as .xlsx without a password");
  return remit_fail(err, REMIT_EPARSE, "is no workbook (.xlsx): it cannot be unpacked");
}

static remit_status check_entry(zip_t *zip, zip_uint64_t index, zip_uint64_t *all, remit_error *err)
{
  zip_stat_t about;
  libzip.zip_stat_init(&about);
  const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME;
  if (libzip.zip_stat_index(zip, index, 0, &about) != 0 || (about.valid & needed) != needed)
    return remit_fail(err, REMIT_EPARSE, "is no workbook (.xlsx): its list of parts is broken");
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
    return remit_fail(err, REMIT_EPARSE, "is encrypted: save it without a password");
  bool dense = about.size > PARTS_RATIO_FROM && about.size / PARTS_RATIO_MAX > about.comp_size;
  if (about.size > PARTS_PART_MAX || dense)
    return remit_fail(err, REMIT_ELIMIT, "part '%.80s' would unpack to %llu bytes: too many, or packed beyond belief", about.name,
                      (unsigned long long)about.size);
  *all += about.size;
  if (*all > PARTS_ALL_MAX)
    return remit_fail(err, REMIT_ELIMIT, "would unpack to more than %llu bytes", (unsigned long long)PARTS_ALL_MAX);
  return REMIT_OK;
}

static remit_status check_entries(zip_t *zip, remit_error *err)
{
  zip_int64_t count = libzip.zip_get_num_entries(zip, 0);
  zip_uint64_t all = 0;
  if (count > PARTS_ENTRIES_MAX)
    return remit_fail(err, REMIT_ELIMIT, "has more than %d parts", PARTS_ENTRIES_MAX);
  for (zip_int64_t i = 0; i < count; i++) {
    remit_status status = check_entry(zip, (zip_uint64_t)i, &all, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

bool parts_ready(void)
{
  return late_load(&libzip_library);
}

remit_status parts_open(parts *self, const char *bytes, size_t size, remit_error *err)
{
  memset(self, 0, sizeof *self);
  if (size == 0)
    return refuse(bytes, size, err);
  if (!parts_ready())
    return late_missing(&libzip_library, err);
  zip_source_t *source = libzip.zip_source_buffer_create(bytes, size, 0, NULL);
  if (source == NULL)
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  self->zip = libzip.zip_open_from_source(source, 0, NULL);
  if (self->zip == NULL) {
    libzip.zip_source_free(source);
    return refuse(bytes, size, err);
  }
  libzip.zip_source_keep(source);
  self->source = source;
  return check_entries(self->zip, err);
}

void parts_release(parts *self)
{
  if (self->zip != NULL)
    libzip.zip_discard(self->zip);
  if (self->source != NULL)
    libzip.zip_source_free(self->source);
  memset(self, 0, sizeof *self);
}

/* ---- Parts ---- */

static remit_status locate(parts *self, const char *name, zip_uint64_t *index, remit_error *err)
{
  zip_int64_t found = libzip.zip_name_locate(self->zip, name, 0);
  if (found < 0)
    return remit_fail(err, REMIT_ENOTFOUND, "is no workbook (.xlsx): it has no part '%.80s'", name);
  *index = (zip_uint64_t)found;
  return REMIT_OK;
}

remit_status parts_read(parts *self, const char *name, buffer *out, remit_error *err)
{
  zip_uint64_t index = 0;
  zip_stat_t about;
  remit_status status = locate(self, name, &index, err);
  if (status != REMIT_OK)
    return status;
  zip_file_t *file = libzip.zip_stat_index(self->zip, index, 0, &about) == 0 ? libzip.zip_fopen_index(self->zip, index, 0) : NULL;
  if (file == NULL)
    return remit_fail(err, REMIT_EPARSE, "its part '%.80s' cannot be unpacked", name);
  out->size = 0;
  bool room = buffer_reserve(out, (size_t)about.size + 1);
  zip_int64_t got = room ? libzip.zip_fread(file, out->bytes, about.size + 1) : -1;
  bool broken = libzip.zip_fclose(file) != 0 || got < 0 || (zip_uint64_t)got != about.size;
  if (!room)
    return remit_fail(err, REMIT_ELIMIT, "its part '%.80s' is larger than %zu bytes", name, out->most != 0 ? out->most : BUFFER_MOST);
  if (broken)
    return remit_fail(err, REMIT_EPARSE, "its part '%.80s' cannot be unpacked", name);
  out->size = (size_t)got;
  return REMIT_OK;
}

remit_status parts_replace(parts *self, const char *name, buffer *part, remit_error *err)
{
  zip_uint64_t index = 0;
  remit_status status = locate(self, name, &index, err);
  if (status != REMIT_OK)
    return status;
  zip_source_t *source = libzip.zip_source_buffer(self->zip, part->bytes, part->size, 1);
  if (source == NULL)
    return remit_fail(err, REMIT_ENOMEM, "no memory");
  memset(part, 0, sizeof *part);
  if (libzip.zip_file_replace(self->zip, index, source, 0) != 0) {
    libzip.zip_source_free(source);
    return remit_fail(err, REMIT_EIO, "its part '%.80s' cannot be replaced", name);
  }
  libzip.zip_file_set_dostime(self->zip, index, 0, FIRST_DAY, 0);
  return REMIT_OK;
}

static bool read_source(zip_source_t *source, buffer *out)
{
  zip_stat_t about;
  libzip.zip_stat_init(&about);
  if (libzip.zip_source_open(source) != 0)
    return false;
  bool ok = libzip.zip_source_stat(source, &about) == 0 && (about.valid & ZIP_STAT_SIZE) != 0 && buffer_reserve(out, (size_t)about.size + 1) &&
            libzip.zip_source_read(source, out->bytes, about.size) == (zip_int64_t)about.size;
  out->size = ok ? (size_t)about.size : 0;
  libzip.zip_source_close(source);
  return ok;
}

remit_status parts_bytes(parts *self, buffer *out, remit_error *err)
{
  if (libzip.zip_close(self->zip) != 0)
    return remit_fail(err, REMIT_EIO, "cannot be packed: %s", libzip.zip_strerror(self->zip));
  self->zip = NULL;
  return read_source(self->source, out) ? REMIT_OK : remit_fail(err, REMIT_EIO, "cannot be packed");
}
