/* SPDX-License-Identifier: Apache-2.0
 * table_distinct: rows numbered by the combination of values that they hold. Few possible combinations: a dense array
 * of them all. Otherwise an open-addressing table over rows of values, at most half full.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "table_internal.h"

#define NO_GROUP UINT32_MAX
#define DENSE_MAX ((size_t)1 << 20)

typedef struct distinct {
  remit_reader *readers;
  size_t keys;
  size_t rows;
  remit_groups groups;
  size_t room;        /* of groups.first, and of `members` in groups */
  int64_t *members;   /* keys values a group */
  uint32_t *slots;    /* group or NO_GROUP */
  size_t slot_mask;
  int64_t *values;    /* a block of rows, keys values a row */
} distinct;

static remit_status open_readers(distinct *job, const remit_table *table, const char *const *names, size_t count, remit_error *err)
{
  job->readers = remit_allocate_zero(count, sizeof *job->readers);
  if (job->readers == NULL)
    return remit_no_memory(err);
  remit_status status = REMIT_OK;
  for (; status == REMIT_OK && job->keys < count; job->keys++)
    status = remit_reader_init(&job->readers[job->keys], table, names[job->keys], err);
  return status;
}

static void close_job(distinct *job)
{
  for (size_t i = 0; i < job->keys; i++)
    remit_reader_release(&job->readers[i]);
  remit_release(job->readers);
  remit_release(job->members);
  remit_release(job->slots);
  remit_release(job->values);
}

static remit_status grow_groups(distinct *job, remit_error *err)
{
  size_t room = job->room != 0 ? job->room * 2 : 64;
  size_t *first = remit_reallocate(job->groups.first, room, sizeof *first);
  if (first == NULL)
    return remit_no_memory(err);
  job->groups.first = first;
  if (job->members != NULL) {
    int64_t *members = remit_reallocate(job->members, room, job->keys * sizeof *members);
    if (members == NULL)
      return remit_no_memory(err);
    job->members = members;
  }
  job->room = room;
  return REMIT_OK;
}

static remit_status new_group(distinct *job, size_t row, uint32_t *group, remit_error *err)
{
  if (job->groups.count == job->room) {
    remit_status status = grow_groups(job, err);
    if (status != REMIT_OK)
      return status;
  }
  *group = (uint32_t)job->groups.count;
  job->groups.first[job->groups.count++] = row;
  return REMIT_OK;
}

/* How many different values a key can take, missing included; 0 when too many for the dense way. */
static size_t key_range(const remit_reader *reader)
{
  const remit_dictionary *dictionary = remit_column_dictionary(reader->target);
  if (dictionary != NULL)
    return remit_dictionary_size(dictionary);
  remit_column_summary summary = remit_column_stats(reader->target);
  uint64_t span = (uint64_t)summary.max - (uint64_t)summary.min;
  return span < DENSE_MAX ? (size_t)span + 2 : 0;
}

static size_t dense_size(const distinct *job)
{
  size_t size = 1, limit = job->rows * 2 < DENSE_MAX ? job->rows * 2 + 256 : DENSE_MAX;
  for (size_t i = 0; i < job->keys; i++) {
    size_t range = key_range(&job->readers[i]);
    if (range == 0 || range > limit / size)
      return 0;
    size *= range;
  }
  return size;
}

/* Adds one key to composite codes, as a digit whose 0 is missing. */
static void add_digit(const remit_reader *reader, const int64_t *values, size_t count, size_t *composite)
{
  size_t range = key_range(reader);
  int64_t min = remit_column_stats(reader->target).min;
  bool codes = remit_column_dictionary(reader->target) != NULL;
  for (size_t i = 0; codes && i < count; i++)
    composite[i] = composite[i] * range + (size_t)values[i];
  for (size_t i = 0; !codes && i < count; i++)
    composite[i] = composite[i] * range + (values[i] != REMIT_MISSING ? (size_t)(values[i] - min) + 1 : 0);
}

static remit_status dense_block(distinct *job, size_t row, size_t count, remit_error *err)
{
  size_t composite[REMIT_BLOCK] = { 0 };
  for (size_t key = 0; key < job->keys; key++) {
    remit_reader_read(&job->readers[key], row, count, job->values);
    add_digit(&job->readers[key], job->values, count, composite);
  }
  for (size_t i = 0; i < count; i++) {
    uint32_t *slot = &job->slots[composite[i]];
    if (*slot == NO_GROUP) {
      remit_status status = new_group(job, row + i, slot, err);
      if (status != REMIT_OK)
        return status;
    }
    job->groups.group[row + i] = *slot;
  }
  return REMIT_OK;
}

static uint64_t hash_values(const int64_t *values, size_t count)
{
  uint64_t hash = 0x9e3779b97f4a7c15u;
  for (size_t i = 0; i < count; i++) {
    hash = (hash ^ (uint64_t)values[i]) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
  }
  return hash;
}

static remit_status new_slots(distinct *job, size_t size, remit_error *err)
{
  uint32_t *slots = remit_allocate(size, sizeof *slots);
  if (slots == NULL)
    return remit_no_memory(err);
  memset(slots, 0xff, size * sizeof *slots);
  remit_release(job->slots);
  job->slots = slots;
  job->slot_mask = size - 1;
  return REMIT_OK;
}

static uint32_t *find_slot(const distinct *job, const int64_t *values)
{
  size_t at = (size_t)hash_values(values, job->keys) & job->slot_mask;
  while (job->slots[at] != NO_GROUP &&
         memcmp(job->members + job->slots[at] * job->keys, values, job->keys * sizeof *values) != 0)
    at = (at + 1) & job->slot_mask;
  return &job->slots[at];
}

static remit_status double_slots(distinct *job, remit_error *err)
{
  remit_status status = new_slots(job, (job->slot_mask + 1) * 2, err);
  for (size_t group = 0; status == REMIT_OK && group < job->groups.count; group++)
    *find_slot(job, job->members + group * job->keys) = (uint32_t)group;
  return status;
}

static remit_status add_member(distinct *job, size_t row, const int64_t *values, uint32_t *slot, remit_error *err)
{
  uint32_t group;
  remit_status status = new_group(job, row, &group, err);
  if (status != REMIT_OK)
    return status;
  *slot = group;
  memcpy(job->members + group * job->keys, values, job->keys * sizeof *values);
  return job->groups.count * 2 > job->slot_mask ? double_slots(job, err) : REMIT_OK;
}

static void read_row_major(distinct *job, size_t row, size_t count)
{
  int64_t block[REMIT_BLOCK];
  for (size_t key = 0; key < job->keys; key++) {
    remit_reader_read(&job->readers[key], row, count, block);
    for (size_t i = 0; i < count; i++)
      job->values[i * job->keys + key] = block[i];
  }
}

static remit_status sparse_block(distinct *job, size_t row, size_t count, remit_error *err)
{
  read_row_major(job, row, count);
  for (size_t i = 0; i < count; i++) {
    const int64_t *values = job->values + i * job->keys;
    uint32_t *slot = find_slot(job, values);
    job->groups.group[row + i] = *slot;
    if (*slot != NO_GROUP)
      continue;
    job->groups.group[row + i] = (uint32_t)job->groups.count;
    remit_status status = add_member(job, row + i, values, slot, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static remit_status prepare(distinct *job, size_t dense, remit_error *err)
{
  job->groups.group = remit_allocate(job->rows, sizeof *job->groups.group);
  job->groups.first = remit_allocate(64, sizeof *job->groups.first);
  job->room = 64;
  job->values = remit_allocate(REMIT_BLOCK * (dense != 0 ? 1 : job->keys), sizeof *job->values);
  if (job->groups.group == NULL || job->groups.first == NULL || job->values == NULL)
    return remit_no_memory(err);
  if (dense == 0) {
    job->members = remit_allocate(job->room, job->keys * sizeof *job->members);
    if (job->members == NULL)
      return remit_no_memory(err);
  }
  return new_slots(job, dense != 0 ? dense : 256, err);
}

static remit_status number_rows(distinct *job, remit_error *err)
{
  size_t dense = dense_size(job); /* fast path: same answer with 0 */
  remit_status status = prepare(job, dense, err);
  for (size_t row = 0; status == REMIT_OK && row < job->rows; row += REMIT_BLOCK) {
    size_t count = job->rows - row < REMIT_BLOCK ? job->rows - row : REMIT_BLOCK;
    status = dense != 0 ? dense_block(job, row, count, err) : sparse_block(job, row, count, err);
  }
  return status;
}

remit_status remit_table_distinct(const remit_table *table, const char *const *names, size_t count, remit_groups *out, remit_error *err)
{
  *out = (remit_groups){ 0 };
  distinct job = { .rows = remit_table_rows(table) };
  if (job.rows >= NO_GROUP)
    return remit_fail(err, REMIT_ELIMIT, "%zu rows are too many to group", job.rows);
  if (count > REMIT_COLUMNS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "%zu columns are too many to group by", count);
  remit_status status = open_readers(&job, table, names, count, err);
  if (status == REMIT_OK)
    status = number_rows(&job, err);
  close_job(&job);
  *out = job.groups;
  if (status != REMIT_OK)
    remit_groups_free(out);
  return status;
}

void remit_groups_free(remit_groups *groups)
{
  if (groups == NULL)
    return;
  remit_release(groups->group);
  remit_release(groups->first);
  *groups = (remit_groups){ 0 };
}

static void fill_rows(const remit_column *column, const uint32_t *group, const int64_t *values, remit_column *fresh)
{
  int64_t block[REMIT_BLOCK];
  size_t rows = remit_column_count(column);
  for (size_t row = 0; row < rows; row += REMIT_BLOCK) {
    size_t count = rows - row < REMIT_BLOCK ? rows - row : REMIT_BLOCK;
    remit_column_read(column, row, count, block);
    for (size_t i = 0; i < count; i++)
      block[i] = block[i] != REMIT_MISSING ? block[i] : values[group[row + i]];
    remit_column_write(fresh, row, count, block);
  }
}

remit_status remit_table_fill(const remit_table *table, const char *name, const remit_groups *groups, const int64_t *values,
                              remit_column **out, remit_error *err)
{
  *out = NULL;
  const remit_column *column;
  remit_status status = remit_table_require_ints(table, name, &column, err);
  if (status == REMIT_OK)
    status = remit_column_blank(out, remit_table_rows(table), remit_column_unit(column), NULL, err);
  if (status != REMIT_OK)
    return status;
  fill_rows(column, groups->group, values, *out);
  remit_column_finish(*out);
  return REMIT_OK;
}
