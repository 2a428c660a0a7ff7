/* SPDX-License-Identifier: Apache-2.0
 * csv_batch: all blocks in a large window at once, each thread some of the columns. Codes are given in the order of rows whoever reads them, so
 * that the table is the same. When anything is to be said about a row, the batch is dropped, and its rows are read block by block.
 */
#include "csv_internal.h"
#include "memory.h"
#include "threads.h"

#include <stdatomic.h>

#define ALONE ((size_t)4 << 20) /* bytes below which threads cost more than they save: measured */
#define AUTOMATIC_MAX 8         /* threads, unless more are asked for */
#define BLOCKS_MAX ((size_t)512)
#define UNIQUE_WORK 6           /* what a unique field costs, to the others' 1: measured */

struct remit_csv_batch {
  remit_csv_loader *loader;
  size_t threads, count, rows;
  size_t dropped; /* the last row of the batch that was dropped last */
  remit_csv_block blocks[BLOCKS_MAX];
  atomic_size_t next; /* share to be claimed */
};

size_t remit_csv_threads(const remit_csv_options *options, size_t size)
{
  size_t asked = options->threads;
  if (asked == 0 && size < ALONE)
    return 1;
  if (asked == 0) {
    size_t cores = remit_threads_available();
    asked = cores < AUTOMATIC_MAX ? cores : AUTOMATIC_MAX;
  }
  return asked < REMIT_THREADS_MAX ? asked : REMIT_THREADS_MAX;
}

remit_status remit_csv_batch_begin(remit_csv_loader *loader, size_t threads, remit_error *err)
{
  loader->batch = remit_allocate_zero(1, sizeof *loader->batch);
  if (loader->batch == NULL)
    return remit_no_memory(err);
  loader->batch->loader = loader;
  loader->batch->threads = threads;
  return REMIT_OK;
}

void remit_csv_batch_end(remit_csv_loader *loader)
{
  for (size_t i = 0; loader->batch != NULL && i < BLOCKS_MAX; i++)
    remit_csv_block_end(&loader->batch->blocks[i]);
  remit_release(loader->batch);
  loader->batch = NULL;
}

static remit_status find_blocks(remit_csv_batch *batch, remit_error *err)
{
  remit_csv_loader *loader = batch->loader;
  batch->count = batch->rows = 0;
  for (size_t i = 0; i < BLOCKS_MAX; i++) {
    remit_csv_block *block = &batch->blocks[i];
    remit_status status = block->begins == NULL ? remit_csv_block_begin(block, loader->width, err) : REMIT_OK;
    if (status == REMIT_OK && i == 0)
      status = remit_csv_look_ahead(loader->csv, block, err);
    else if (status == REMIT_OK)
      remit_csv_look_on(loader->csv, block - 1, block);
    if (status != REMIT_OK || block->rows == 0)
      return status;
    batch->rows += block->rows;
    batch->count++;
  }
  return REMIT_OK;
}

static size_t least(const size_t *work, size_t count)
{
  size_t found = 0;
  for (size_t i = 1; i < count; i++)
    found = work[i] < work[found] ? i : found;
  return found;
}

/* Deals the columns out: unique ones first, each to whom has least. */
static void deal(remit_csv_batch *batch)
{
  size_t work[REMIT_THREADS_MAX] = { 0 };
  for (int unique = 1; unique >= 0; unique--)
    for (size_t i = 0; i < batch->loader->count; i++) {
      remit_csv_column *column = &batch->loader->columns[i];
      if (!remit_csv_is_loaded(column) || column->field->unique != unique)
        continue;
      column->share = least(work, batch->threads);
      work[column->share] += unique ? UNIQUE_WORK : 1;
    }
}

static void begin_column(remit_csv_column *column)
{
  column->status = REMIT_OK;
  column->fine = true;
  column->rounded = 0;
  column->first_before = column->first_count;
}

/* Reads the columns of a share, block after block, since what was just read is near. */
static void read_share(remit_csv_batch *batch, size_t share)
{
  size_t at = batch->loader->rows;
  for (size_t i = 0; i < batch->count; i++) {
    const remit_csv_block *block = &batch->blocks[i];
    for (size_t c = 0; c < batch->loader->count; c++) {
      remit_csv_column *column = &batch->loader->columns[c];
      if (column->share != share || !remit_csv_is_loaded(column) || column->status != REMIT_OK || !column->fine)
        continue;
      column->status = remit_csv_read_block(batch->loader, column, block, at, &column->fine, &column->rounded, NULL);
      remit_csv_column_met(column);
    }
    at += block->rows;
  }
}

static void read_shares(void *context)
{
  remit_csv_batch *batch = context;
  for (size_t i; (i = atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed)) < batch->threads;)
    read_share(batch, i);
}

/* What came of the columns together. */
static remit_status gather(const remit_csv_batch *batch, bool *fine, size_t *rounded, remit_error *err)
{
  *fine = true;
  *rounded = 0;
  for (size_t i = 0; i < batch->loader->count; i++) {
    const remit_csv_column *column = &batch->loader->columns[i];
    if (!remit_csv_is_loaded(column))
      continue;
    if (column->status != REMIT_OK)
      return remit_no_memory(err);
    *fine = *fine && column->fine;
    *rounded += column->rounded;
  }
  return REMIT_OK;
}

static void drop(remit_csv_batch *batch)
{
  for (size_t i = 0; i < batch->loader->count; i++)
    if (remit_csv_is_loaded(&batch->loader->columns[i]))
      batch->loader->columns[i].first_count = batch->loader->columns[i].first_before;
  batch->dropped = batch->blocks[batch->count - 1].row + batch->blocks[batch->count - 1].rows - 1;
}

static remit_status read_batch(remit_csv_batch *batch, bool *fine, size_t *rounded, remit_error *err)
{
  deal(batch);
  for (size_t i = 0; i < batch->loader->count; i++)
    begin_column(&batch->loader->columns[i]);
  atomic_store(&batch->next, 0);
  remit_threads_run(batch->threads, read_shares, batch);
  return gather(batch, fine, rounded, err);
}

remit_status remit_csv_load_batch(remit_csv_loader *loader, bool *taken, remit_error *err)
{
  remit_csv_batch *batch = loader->batch;
  size_t rounded = 0;
  *taken = false;
  if (batch == NULL || loader->failed || remit_csv_row_before(loader->csv) < batch->dropped)
    return REMIT_OK;
  remit_status status = find_blocks(batch, err);
  bool fine = batch->count > 1 && batch->rows < REMIT_CODE_MAX - loader->rows;
  for (size_t i = 0; fine && i < batch->count; i++)
    fine = remit_csv_unnamed_are_empty(loader, &batch->blocks[i]);
  if (status != REMIT_OK || !fine)
    return status;
  status = remit_csv_expect(loader, &batch->blocks[0], batch->rows, err);
  if (status == REMIT_OK)
    status = read_batch(batch, &fine, &rounded, err);
  if (status == REMIT_OK && !fine)
    drop(batch);
  *taken = fine;
  for (size_t i = 0; status == REMIT_OK && fine && i < batch->count; i++)
    status = remit_csv_take_block(loader, &batch->blocks[i], i == 0 ? rounded : 0, err);
  return status;
}
