/* SPDX-License-Identifier: Apache-2.0
 * pivot_scan: rows into cells, a block at a time, in one thread or several. Each thread has sums of its own, which are added up when all are
 * done: integers give the same whatever the order. Keys that are hashed and pairs for REMIT_DISTINCT grow, and so take one thread.
 */
#include <stdatomic.h>
#include <string.h>

#include "memory.h"
#include "pivot_block.h"
#include "selection_internal.h"
#include "threads.h"
#include "vectors.h"

#define ALONE 200000      /* rows below which threads cost more than they save: measured */
#define AUTOMATIC_MAX 8   /* threads, unless more are asked for */
#define CHUNK_MAX 65536   /* rows that a thread claims */
#define SPAN 65536        /* rows between two looks at how they come */
#define TESTED_MAX 8      /* columns of a selection that are asked for ahead */
#define SELECTED 4096     /* rows from which a table of places pays */
#define SPARE_CELLS 65536 /* cells that further threads may have without a thought */

typedef struct scan_worker {
  uint64_t *sums; /* by pivot_lanes */
  size_t room;    /* cells that `sums` has */
  remit_status status;
  remit_error err;
  pivot_choice choices[2]; /* the block's and the next one's */
  pivot_block block;
} scan_worker;

typedef struct scan {
  const pivot_plan *plan;
  pivot_cells *cells;
  const pivot_lanes *lanes;
  bool distinct;
  bool may_mask; /* there are spare cells */
  const remit_column *columns[REMIT_KEYS_MAX + PIVOT_LANES_MAX]; /* that it reads, selections aside */
  size_t column_count;
  const remit_column *tested[TESTED_MAX]; /* by the pivot's selection: the first few */
  size_t tested_count;
  pivot_places *places; /* NULL: not worth it */
  scan_worker *workers[REMIT_THREADS_MAX];
  size_t worker_count;
  size_t chunk, end; /* rows: what a worker claims, and where to stop */
  atomic_size_t next_row, next_worker;
} scan;

/* ---- Room ---- */

/* The array with room for `room` elements, those from `old` on being 0; NULL leaves it as it was. */
static void *lengthened(void *array, size_t old, size_t room, size_t size)
{
  char *bytes = array != NULL ? remit_reallocate(array, room, size) : remit_allocate_zero(room, size);
  if (bytes != NULL && array != NULL)
    memset(bytes + old * size, 0, (room - old) * size);
  return bytes;
}

static bool lengthen_pairs(scan *s, size_t old, size_t room)
{
  for (size_t m = 0; m < s->plan->pivot->measure_count && s->distinct; m++) {
    if (s->plan->measures[m].how != REMIT_DISTINCT)
      continue;
    pivot_pairs *pairs = &s->cells->tallies[m].pairs;
    uint32_t *last = lengthened(pairs->last, old, room, sizeof *last);
    if (last == NULL)
      return false;
    pairs->last = last;
  }
  return true;
}

static remit_status make_room(scan *s, scan_worker *worker, size_t count, remit_error *err)
{
  s->cells->count = count;
  count += s->may_mask ? PIVOT_SPARES : 0;
  if (count <= worker->room)
    return REMIT_OK;
  size_t room = s->plan->dense ? count : 1024;
  while (room < count)
    room *= 2;
  size_t bytes = pivot_lanes_room(s->lanes) * sizeof *worker->sums;
  uint64_t *sums = lengthened(worker->sums, worker->room, room, bytes);
  worker->sums = sums != NULL ? sums : worker->sums;
  if (sums == NULL || !lengthen_pairs(s, worker->room, room))
    return remit_no_memory(err);
  worker->room = room;
  return REMIT_OK;
}

static remit_status allocate_tallies(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  bool room = (cells->rows = remit_allocate_zero(cells->count, sizeof *cells->rows)) != NULL;
  for (size_t m = 0; m < plan->pivot->measure_count && room; m++) {
    const pivot_measure *measure = &plan->measures[m];
    pivot_tally *tally = &cells->tallies[m];
    if (measure->how == REMIT_DISTINCT || pivot_counts_rows(measure))
      continue;
    if (measure->wide)
      room = (tally->wide = remit_allocate_zero(cells->count, sizeof *tally->wide)) != NULL;
    else
      room = (tally->sum = remit_allocate_zero(cells->count, sizeof *tally->sum)) != NULL;
  }
  return room ? REMIT_OK : remit_no_memory(err);
}

/* ---- A worker ---- */

static remit_status add_pairs(scan *s, pivot_block *b, remit_error *err)
{
  remit_status status = REMIT_OK;
  pivot_block_widen(b);
  for (size_t m = 0; m < s->plan->pivot->measure_count && status == REMIT_OK; m++) {
    const pivot_measure *measure = &s->plan->measures[m];
    if (measure->how != REMIT_DISTINCT)
      continue;
    pivot_block_codes(b, measure->column, measure->where, b->code);
    status = pivot_pairs_add(&s->cells->tallies[m].pairs, b->cell, b->code, b->count, err);
  }
  return status;
}

static void fetch_range(const remit_column *column, size_t first, size_t size)
{
  size_t width;
  const char *values = remit_column_values(column, &width);
  for (size_t at = first * width; at < (first + size) * width; at += 64)
    remit_fetch(values + at);
}

/* Into a cache further away: more of them are under way at once than into the nearest. */
static void fetch_rows(const remit_column *column, const pivot_choice *choice)
{
#ifdef __GNUC__
  size_t width;
  const char *values = (const char *)remit_column_values(column, &width) + choice->first * width;
  for (size_t i = 0; i < choice->count; i++)
    __builtin_prefetch(values + choice->rows[i] * width, 0, 2);
#else
  (void)column, (void)choice;
#endif
}

/* Columns are read a block each in turn, too short a piece for the processor to see that the next one follows. Additions ask ahead for
 * figures themselves, unless there is one sum of them all. */
static void fetch(const scan *s, const pivot_choice *next)
{
  const bool all = next->count == next->size;
  for (size_t i = 0; i < s->column_count; i++) {
    const bool code = remit_column_unit(s->columns[i]) == REMIT_CODE;
    if (!all && !code)
      fetch_rows(s->columns[i], next);
    else if (code || s->lanes->cells == 1)
      fetch_range(s->columns[i], next->first, next->size);
  }
}

/* The next rows from `first` on. */
static void choose(const scan *s, pivot_choice *choice, size_t first, size_t end)
{
  size_t size = end - first < REMIT_BLOCK ? end - first : REMIT_BLOCK, after = first + size;
  for (size_t i = 0; i < s->tested_count; i++)
    fetch_range(s->tested[i], after, s->plan->rows - after < REMIT_BLOCK ? s->plan->rows - after : REMIT_BLOCK);
  pivot_choice_make(choice, s->plan->pivot->where, s->places, s->may_mask, first, size);
}

static remit_status add_block(scan *s, scan_worker *worker, const pivot_choice *choice, remit_error *err)
{
  pivot_block *b = &worker->block;
  remit_status status = REMIT_OK;
  if (choice->count == 0)
    return REMIT_OK;
  pivot_block_begin(b, choice);
  if (s->plan->dense) {
    pivot_block_dense(b, s->plan);
  } else {
    status = pivot_block_hashed(b, s->plan, s->cells, err);
    if (status == REMIT_OK)
      status = make_room(s, worker, s->cells->stages[s->plan->stage_count - 1].count, err);
  }
  if (status == REMIT_OK && s->distinct)
    status = add_pairs(s, b, err);
  if (status == REMIT_OK)
    pivot_lanes_add(s->lanes, b, worker->sums);
  return status;
}

#define POLLED 64 /* blocks between two questions: a millisecond or so */

/* A stop is found at the next question by every worker: none has to be told. */
static remit_status ask_poll(const scan *s, size_t row, remit_error *err)
{
  return remit_ask(s->plan->pivot->poll, row, s->plan->rows, err);
}

static void add_blocks(scan *s, scan_worker *worker, size_t from, size_t end)
{
  size_t blocks = 0;
  pivot_choice *now = &worker->choices[0], *next = &worker->choices[1];
  choose(s, now, from, end);
  while (now->size != 0 && worker->status == REMIT_OK) {
    choose(s, next, now->first + now->size, end);
    fetch(s, next);
    worker->status = blocks++ % POLLED == 0 ? ask_poll(s, now->first, &worker->err) : REMIT_OK;
    if (worker->status == REMIT_OK)
      worker->status = add_block(s, worker, now, &worker->err);
    pivot_choice *done = now;
    now = next;
    next = done;
  }
}

/* From the columns straight where that is best, and what is left by blocks. */
static void add_span(scan *s, scan_worker *worker, size_t from, size_t end)
{
  size_t done = end - from;
  if (s->lanes->total)
    pivot_totals_add(s->lanes, from, end, worker->sums);
  else
    done = pivot_spans_add(&s->lanes->spans, s->lanes, from, end, worker->sums);
  if (done != 0)
    worker->status = ask_poll(s, from, &worker->err);
  if (from + done < end && worker->status == REMIT_OK)
    add_blocks(s, worker, from + done, end);
}

static void add_rows(scan *s, scan_worker *worker, size_t from, size_t end)
{
  if (s->distinct || !(s->lanes->total || s->lanes->direct))
    add_blocks(s, worker, from, end);
  else
    for (; from < end && worker->status == REMIT_OK; from += SPAN)
      add_span(s, worker, from, end - from < SPAN ? end : from + SPAN);
}

static void work(void *context)
{
  scan *s = context;
  scan_worker *worker = s->workers[atomic_fetch_add(&s->next_worker, 1)];
  size_t row = atomic_fetch_add(&s->next_row, s->chunk);
  for (; row < s->end && worker->status == REMIT_OK; row = atomic_fetch_add(&s->next_row, s->chunk))
    add_rows(s, worker, row, s->end - row > s->chunk ? row + s->chunk : s->end);
  if (s->lanes->coupled)
    pivot_couples_settle(s->lanes, worker->sums);
}

/* ---- All of them ---- */

static bool has_distinct(const pivot_plan *plan)
{
  for (size_t m = 0; m < plan->pivot->measure_count; m++)
    if (plan->measures[m].how == REMIT_DISTINCT)
      return true;
  return false;
}

static bool list_tested(void *context, const remit_column *column)
{
  scan *s = context;
  s->tested[s->tested_count++] = column;
  return s->tested_count < TESTED_MAX;
}

static void list_columns(scan *s)
{
  remit_selection_codes(s->plan->pivot->where, list_tested, s);
  for (size_t d = 0; d < s->plan->digit_count; d++)
    s->columns[s->column_count++] = s->plan->digits[d].column;
  for (size_t i = 0; i < s->lanes->count; i++)
    if (s->lanes->lanes[i].column != NULL)
      s->columns[s->column_count++] = s->lanes->lanes[i].column;
}

static size_t workers_for(const scan *s)
{
  size_t count = s->plan->pivot->threads, rows = s->plan->rows, cells = s->lanes->cells * s->lanes->copies;
  if (count == 1 || !s->plan->dense || s->distinct)
    return 1;
  if (count == 0 && rows < ALONE)
    return 1;
  if (count == 0) {
    size_t cores = remit_threads_available();
    count = cores < AUTOMATIC_MAX ? cores : AUTOMATIC_MAX;
  }
  count = count < REMIT_THREADS_MAX ? count : REMIT_THREADS_MAX;
  return (count - 1) * cells <= rows / 4 + SPARE_CELLS ? count : 1;
}

static remit_status make_workers(scan *s, remit_error *err)
{
  size_t count = workers_for(s), share = s->plan->rows / (count * 8) + 1;
  s->chunk = count == 1 ? s->plan->rows + 1 : share < CHUNK_MAX ? share : CHUNK_MAX;
  remit_status status = REMIT_OK;
  while (s->worker_count < count && status == REMIT_OK) {
    scan_worker *worker = remit_allocate(1, sizeof *worker);
    if (worker == NULL)
      return remit_no_memory(err);
    s->workers[s->worker_count++] = worker;
    worker->sums = NULL;
    worker->room = 0;
    worker->status = REMIT_OK;
    pivot_block_init(&worker->block);
    status = make_room(s, worker, s->lanes->cells, err);
  }
  return status;
}

static remit_status make_places(scan *s, remit_error *err)
{
  if (s->plan->pivot->where == NULL || s->plan->rows < SELECTED)
    return REMIT_OK;
  s->places = remit_allocate(1, sizeof *s->places);
  if (s->places == NULL)
    return remit_no_memory(err);
  pivot_places_init(s->places);
  return REMIT_OK;
}

/* Rows [from, s->end), by all workers. */
static remit_status run(scan *s, size_t from, remit_error *err)
{
  atomic_store(&s->next_row, from);
  atomic_store(&s->next_worker, 0);
  remit_threads_run(s->worker_count, work, s);
  for (size_t i = 0; i < s->worker_count; i++)
    if (s->workers[i]->status != REMIT_OK) {
      if (err != NULL)
        *err = s->workers[i]->err;
      return s->workers[i]->status;
    }
  return REMIT_OK;
}

static void take_sums(scan *s)
{
  for (size_t i = 0; i < s->worker_count; i++) {
    scan_worker *worker = s->workers[i];
    pivot_lanes_take(s->lanes, worker->sums, s->cells);
    if (s->end < s->plan->rows)
      memset(worker->sums, 0, worker->room * pivot_lanes_room(s->lanes) * sizeof *worker->sums);
  }
}

/* Whether each cell has its sums once and whole when all rows are read. */
static bool stays_raw(const scan *s)
{
  const pivot_lanes *lanes = s->lanes;
  if (s->distinct || s->plan->rows == 0 || s->plan->rows > lanes->most || lanes->copies != 1)
    return false;
  for (size_t i = 0; i < lanes->count; i++)
    if (lanes->lanes[i].part != LANE_WHOLE)
      return false;
  return true;
}

static void hand_over(scan *s)
{
  const pivot_lanes *lanes = s->lanes;
  pivot_raw *raw = &s->cells->raw;
  *raw = (pivot_raw){ .sums = s->workers[0]->sums, .step = lanes->stride, .rows = lanes->coupled ? lanes->positive : 0 };
  if (lanes->packed != SIZE_MAX) {
    raw->rows = lanes->packed;
    raw->shift = lanes->shift;
  }
  s->workers[0]->sums = NULL;
  for (size_t i = 0; i < lanes->count; i++)
    if (lanes->lanes[i].measure != SIZE_MAX)
      raw->sum[lanes->lanes[i].measure] = i;
  for (size_t w = 1; w < s->worker_count; w++)
    for (size_t i = 0; i < s->cells->count * raw->step; i++)
      raw->sums[i] += s->workers[w]->sums[i];
}

static remit_status read_rows(scan *s, remit_error *err)
{
  bool raw = stays_raw(s);
  remit_status status = s->plan->dense && !raw ? allocate_tallies(s->cells, s->plan, err) : REMIT_OK;
  for (size_t row = 0; row < s->plan->rows && status == REMIT_OK; row = s->end) {
    s->end = s->plan->rows - row > s->lanes->most ? row + s->lanes->most : s->plan->rows;
    status = run(s, row, err);
    if (status == REMIT_OK && !s->plan->dense && !raw)
      status = allocate_tallies(s->cells, s->plan, err);
    if (status == REMIT_OK && raw)
      hand_over(s);
    else if (status == REMIT_OK)
      take_sums(s);
  }
  return status;
}

static remit_status sort_pairs(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t m = 0; m < plan->pivot->measure_count && status == REMIT_OK; m++)
    if (plan->measures[m].how == REMIT_DISTINCT)
      status = pivot_pairs_sort(&cells->tallies[m].pairs, plan->measures[m].column, err);
  return status;
}

remit_status pivot_scan(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  pivot_lanes lanes;
  pivot_lanes_init(&lanes, plan);
  scan s = { .plan = plan, .cells = cells, .lanes = &lanes, .distinct = has_distinct(plan) };
  s.may_mask = plan->pivot->where != NULL && plan->dense && !s.distinct && lanes.cells > 1;
  list_columns(&s);
  remit_status status = make_places(&s, err);
  if (status == REMIT_OK)
    status = make_workers(&s, err);
  if (status == REMIT_OK)
    status = read_rows(&s, err);
  for (size_t i = 0; i < s.worker_count; i++) {
    remit_release(s.workers[i]->sums);
    remit_release(s.workers[i]);
  }
  remit_release(s.places);
  if (status == REMIT_OK && cells->stages[0].seen != NULL && !plan->ordered)
    status = pivot_number_keys(&cells->stages[0], plan->stage_size[0], err);
  return status == REMIT_OK ? sort_pairs(cells, plan, err) : status;
}

/* ---- Cells ---- */

pivot_reading pivot_read_rows_of(const pivot_cells *cells)
{
  const pivot_raw *raw = &cells->raw;
  if (raw->sums == NULL)
    return (pivot_reading){ .sums = (const uint64_t *)cells->rows, .step = 1, .counts = true };
  uint64_t half = raw->shift != 0 ? (uint64_t)1 << (raw->shift - 1) : 0;
  return (pivot_reading){ .sums = raw->sums + raw->rows, .step = raw->step, .counts = true, .shift = raw->shift, .half = half };
}

pivot_reading pivot_read_measure(const pivot_cells *cells, const pivot_plan *plan, size_t m)
{
  const pivot_raw *raw = &cells->raw;
  if (pivot_counts_rows(&plan->measures[m]))
    return pivot_read_rows_of(cells);
  if (raw->sums == NULL)
    return (pivot_reading){ .sums = (const uint64_t *)cells->tallies[m].sum, .step = 1, .shift = 64 };
  bool packed = raw->shift != 0 && raw->sum[m] == raw->rows;
  return (pivot_reading){ .sums = raw->sums + raw->sum[m], .step = raw->step, .shift = packed ? raw->shift : 64 };
}

static void take_figures(pivot_reading reading, size_t count, int64_t *out)
{
  for (size_t c = 0; c < count; c++)
    out[c] = pivot_figure(reading, c);
}

remit_status pivot_cells_settle(pivot_cells *cells, const pivot_plan *plan, remit_error *err)
{
  if (cells->raw.sums == NULL)
    return REMIT_OK;
  remit_status status = allocate_tallies(cells, plan, err);
  if (status != REMIT_OK)
    return status;
  take_figures(pivot_read_rows_of(cells), cells->count, cells->rows);
  for (size_t m = 0; m < plan->pivot->measure_count; m++)
    if (cells->tallies[m].sum != NULL)
      take_figures(pivot_read_measure(cells, plan, m), cells->count, cells->tallies[m].sum);
  remit_release(cells->raw.sums);
  cells->raw.sums = NULL;
  return REMIT_OK;
}

size_t pivot_cell_digit(const pivot_plan *plan, const pivot_cells *cells, size_t cell, size_t digit)
{
  const pivot_digit *wanted = &plan->digits[digit];
  if (plan->dense)
    return cell / wanted->stride % wanted->size;
  size_t stage = plan->stage_count - 1;
  uint64_t key = cells->stages[stage].keys[cell];
  for (; stage > 0 && digit < plan->stage_end[stage - 1]; stage--)
    key = cells->stages[stage - 1].keys[key / plan->stage_size[stage]];
  return (size_t)(key / wanted->stride % wanted->size);
}

void pivot_cells_release(pivot_cells *cells, const pivot_plan *plan)
{
  remit_release(cells->raw.sums);
  remit_release(cells->rows);
  for (size_t m = 0; m < plan->pivot->measure_count; m++) {
    remit_release(cells->tallies[m].sum);
    remit_release(cells->tallies[m].wide);
    pivot_pairs_release(&cells->tallies[m].pairs);
  }
  for (size_t i = 0; i < plan->stage_count; i++)
    pivot_numbers_release(&cells->stages[i]);
}
