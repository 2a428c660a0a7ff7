/* SPDX-License-Identifier: Apache-2.0
 * csv_batch: several threads read one file. It is cut into pieces of whole records; whoever is free reads the next one into cells of its own, or
 * keeps the cells of the first piece that is not kept yet, one piece at a time and in order, so that codes, widths and what is said are those of
 * one thread. Where something is to be said about a row, or a row is unusual, the pieces behind are dropped, and one thread goes on from there.
 */
#include "csv_internal.h"
#include "memory.h"
#include "threads.h"

#define ALONE ((size_t)4 << 20) /* bytes below which threads cost more than they save: measured */
#define AUTOMATIC_MAX 8         /* threads, unless more are asked for */
#define BLOCKS_MAX ((size_t)512)
#define PIECE_MOST ((size_t)128 << 10) /* bytes: with its cells it stays in a core's own cache */
#define PIECE_LEAST ((size_t)4 << 10)
#define PIECES ((size_t)64) /* of a file at least, so that threads end together */

typedef struct piece {
  remit_csv_span text;
  remit_csv_block blocks[BLOCKS_MAX];
  size_t count;
  size_t next; /* where in the text what was not read begins */
  remit_csv_recall recall;
  bool read;
} piece;

struct remit_csv_batch {
  remit_csv_loader *loader;
  size_t threads;
  remit_lock *lock; /* for what follows, and for the scanner */
  piece *pieces;    /* a ring */
  size_t room, cut, kept; /* pieces: at once, cut and kept so far */
  bool keeping, all_cut, broken;
  size_t broken_at;    /* the offset in the source from which on nothing is kept */
  size_t resume, rest; /* one thread reads up to there; how far it will the next time */
  size_t window;
  remit_status status;
  remit_error err;
};

size_t remit_csv_threads(const remit_csv_options *options, size_t size)
{
  size_t asked = options->threads;
  if (size == 0 || (asked == 0 && size < ALONE))
    return 1;
  if (asked == 0) {
    size_t cores = remit_threads_available();
    asked = cores < AUTOMATIC_MAX ? cores : AUTOMATIC_MAX;
  }
  return asked < REMIT_THREADS_MAX ? asked : REMIT_THREADS_MAX;
}

/* ---- Beginning and ending ---- */

remit_status remit_csv_batch_begin(remit_csv_loader *loader, size_t threads, remit_error *err)
{
  remit_csv_batch *batch = loader->batch = remit_allocate_zero(1, sizeof *loader->batch);
  if (batch == NULL)
    return remit_no_memory(err);
  size_t size = remit_csv_size(loader->csv) / PIECES;
  batch->loader = loader;
  batch->threads = threads;
  batch->room = threads + 2;
  batch->window = size > PIECE_MOST ? PIECE_MOST : size < PIECE_LEAST ? PIECE_LEAST : size;
  batch->rest = batch->window;
  batch->lock = remit_lock_new();
  batch->pieces = remit_allocate_zero(batch->room, sizeof *batch->pieces);
  if (batch->lock == NULL || batch->pieces == NULL)
    return remit_no_memory(err);
  return remit_csv_set_window(loader->csv, batch->window, err);
}

static void end_piece(piece *p)
{
  for (size_t i = 0; i < BLOCKS_MAX; i++)
    remit_csv_block_end(&p->blocks[i]);
  remit_csv_recall_end(&p->recall);
  remit_release(p->text.window);
}

void remit_csv_batch_end(remit_csv_loader *loader)
{
  remit_csv_batch *batch = loader->batch;
  if (batch == NULL)
    return;
  for (size_t i = 0; batch->pieces != NULL && i < batch->room; i++)
    end_piece(&batch->pieces[i]);
  remit_release(batch->pieces);
  remit_lock_free(batch->lock);
  remit_release(batch);
  loader->batch = NULL;
}

static remit_status begin_piece(const remit_csv_batch *batch, piece *p, remit_error *err)
{
  p->count = 0;
  p->read = false;
  if (p->text.window != NULL)
    return REMIT_OK;
  remit_status status = p->recall.seen == NULL ? remit_csv_recall_begin(&p->recall, batch->loader->count, err) : REMIT_OK;
  return status == REMIT_OK ? remit_csv_span_begin(&p->text, batch->window, err) : status;
}

/* ---- Reading a piece ---- */

static remit_status read_piece(const remit_csv_loader *loader, piece *p, remit_error *err)
{
  for (p->next = p->text.start; p->next < p->text.end && p->count < BLOCKS_MAX;) {
    remit_csv_block *block = &p->blocks[p->count];
    remit_status status = block->begins == NULL ? remit_csv_block_begin(block, loader->width, loader->count, err) : REMIT_OK;
    if (status != REMIT_OK)
      return status;
    remit_csv_look(loader->csv, &p->text, p->next, block);
    if (block->rows == 0)
      return REMIT_OK;
    status = remit_csv_read_block(loader, &p->recall, block, err);
    if (status != REMIT_OK || !block->fine)
      return status;
    p->next = block->next;
    p->count++;
  }
  return REMIT_OK;
}

/* ---- Keeping it ---- */

/* `*at` is where in the text what was not kept begins. */
static remit_status keep_piece(remit_csv_loader *loader, piece *p, size_t *at, remit_error *err)
{
  *at = p->text.start;
  for (size_t i = 0; i < p->count; i++) {
    bool kept;
    remit_status status = remit_csv_keep_block(loader, &p->recall, &p->blocks[i], &kept, err);
    if (status != REMIT_OK || !kept)
      return status;
    *at = p->blocks[i].next;
  }
  return REMIT_OK;
}

/* ---- What each thread does, holding the lock but while it reads or keeps ---- */

static void note(remit_csv_batch *batch, remit_status status, const remit_error *err)
{
  if (status == REMIT_OK || batch->status != REMIT_OK)
    return;
  batch->status = status;
  batch->err = *err;
}

static bool is_over(const remit_csv_batch *batch)
{
  return batch->status != REMIT_OK || batch->broken;
}

static void keep_next(remit_csv_batch *batch)
{
  remit_error err;
  piece *p = &batch->pieces[batch->kept % batch->room];
  batch->keeping = true;
  remit_lock_give(batch->lock);
  size_t at;
  remit_status status = keep_piece(batch->loader, p, &at, &err);
  remit_lock_take(batch->lock);
  note(batch, status, &err);
  batch->keeping = false;
  batch->kept++;
  if (at != p->text.end) {
    batch->broken = true;
    batch->broken_at = p->text.base + at;
  }
}

static remit_status ask(const remit_csv_batch *batch, remit_error *err)
{
  const remit_csv *csv = batch->loader->csv;
  return remit_ask(batch->loader->options->poll, remit_csv_bytes_read(csv), remit_csv_size(csv), err);
}

static void read_next(remit_csv_batch *batch)
{
  remit_error err;
  piece *p = &batch->pieces[batch->cut % batch->room];
  remit_status status = ask(batch, &err);
  if (status == REMIT_OK)
    status = begin_piece(batch, p, &err);
  if (status == REMIT_OK)
    status = remit_csv_cut(batch->loader->csv, &p->text, &err);
  batch->all_cut = status == REMIT_OK && p->text.start == p->text.end;
  if (status == REMIT_OK && !batch->all_cut) {
    batch->cut++;
    remit_lock_give(batch->lock);
    status = read_piece(batch->loader, p, &err);
    remit_lock_take(batch->lock);
    p->read = true;
  }
  note(batch, status, &err);
}

static void work(void *context)
{
  remit_csv_batch *batch = context;
  remit_lock_take(batch->lock);
  while (!is_over(batch) && !(batch->all_cut && batch->kept == batch->cut)) {
    bool waits = false;
    if (!batch->keeping && batch->kept < batch->cut && batch->pieces[batch->kept % batch->room].read)
      keep_next(batch);
    else if (!batch->all_cut && batch->cut - batch->kept < batch->room)
      read_next(batch);
    else
      waits = true;
    if (waits)
      remit_lock_wait(batch->lock);
    else
      remit_lock_wake(batch->lock);
  }
  remit_lock_give(batch->lock);
}

/* ---- Together ---- */

/* One thread goes on where nothing was kept. It reads farther each time that hardly anything was, so that a file of unusual rows is not read twice. */
static remit_status go_on(remit_csv_batch *batch, size_t began, remit_error *err)
{
  remit_csv *csv = batch->loader->csv;
  remit_status status = batch->broken ? remit_csv_go_back(csv, batch->broken_at, err) : REMIT_OK;
  size_t position = remit_csv_position(csv);
  batch->rest = position - began > batch->rest ? batch->window : 2 * batch->rest;
  batch->resume = position + batch->rest;
  return status;
}

remit_status remit_csv_load_batch(remit_csv_loader *loader, remit_error *err)
{
  remit_csv_batch *batch = loader->batch;
  if (batch == NULL || loader->failed || remit_csv_position(loader->csv) < batch->resume)
    return REMIT_OK;
  size_t began = remit_csv_position(loader->csv);
  batch->cut = batch->kept = 0;
  batch->all_cut = batch->broken = false;
  remit_threads_run(batch->threads, work, batch);
  if (batch->status != REMIT_OK && err != NULL)
    *err = batch->err;
  return batch->status == REMIT_OK ? go_on(batch, began, err) : batch->status;
}
