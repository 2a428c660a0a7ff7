/* SPDX-License-Identifier: Apache-2.0
 * changeset_classes: columns to classes, classes to a number a row, in one thread or several. Rows are numbered when they are asked about.
 */
#include "changeset_classes.h"

#include <stdlib.h>
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "selection_internal.h"
#include "threads.h"

#define NUMBERS_MAX 65536 /* of 16 bits */
#define SMALL 4096        /* numbers that are always worth their array */
#define ALONE 200000      /* rows below which threads cost more than they save */
#define AHEAD 65536      /* rows that one looks at before it asks others */
#define WORKERS_MAX 8
#define CHUNK 16384 /* rows that a thread claims */
#define NONE UINT32_MAX

/* ---- Columns to classes ---- */

typedef struct refiner {
  const remit_column *column;
  size_t codes, count, most; /* classes, and how many are too many */
  uint32_t *class, *next;
} refiner;

/* The first code that rows can have: 0 is none's where none is missing. */
static size_t first_code(const refiner *r)
{
  return r->codes > 1 && remit_column_stats(r->column).missing == 0;
}

/* Classes become finer by one test. */
static bool refine(void *context, const remit_column *column, const uint8_t *pass)
{
  refiner *r = context;
  if (column != r->column)
    return true;
  size_t count = 0;
  memset(r->next, 0xff, r->count * 2 * sizeof *r->next);
  for (size_t code = first_code(r); code < r->codes; code++) {
    uint32_t *next = &r->next[r->class[code] * 2 + pass[code]];
    if (*next == NONE)
      *next = (uint32_t)count++;
    r->class[code] = *next;
  }
  r->count = count;
  return count <= r->most;
}

static remit_status keep_classes(changeset_digit *digit, const refiner *r, remit_error *err)
{
  digit->places = remit_allocate(r->codes, sizeof *digit->places);
  if (digit->places == NULL)
    return remit_no_memory(err);
  for (size_t code = 0; code < r->codes; code++)
    digit->places[code] = (uint16_t)r->class[code];
  digit->places[0] = digit->places[first_code(r)];
  return REMIT_OK;
}

/* Operations as they meet the lines, while classes are made of them. */
typedef struct maker {
  changeset_classes *classes;
  const remit_operation *operations;
  size_t count;
} maker;

static remit_status find_classes(const maker *m, changeset_digit *digit, size_t most, remit_error *err)
{
  refiner r = { .column = digit->column, .codes = (size_t)remit_column_stats(digit->column).max + 1, .count = 1, .most = most };
  r.class = remit_allocate_zero(r.codes, sizeof *r.class);
  r.next = remit_allocate(r.codes, 2 * sizeof *r.next);
  remit_status status = r.class != NULL && r.next != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < m->count && r.count <= most; i++)
    remit_selection_tests(m->operations[i].where, refine, &r);
  digit->classes = r.count + (digit->rows < m->classes->rows);
  if (status == REMIT_OK && digit->classes <= most)
    status = keep_classes(digit, &r, err);
  remit_release(r.class);
  remit_release(r.next);
  return status;
}

/* ---- Digits ---- */

static bool add_digit(changeset_classes *c, const remit_column *column, const remit_selection *where, size_t rows)
{
  for (size_t i = 0; i < c->digit_count; i++)
    if (c->digits[i].column == column && c->digits[i].where == where)
      return true;
  if (c->digit_count == CHANGESET_DIGITS_MAX)
    return false;
  c->digits[c->digit_count++] = (changeset_digit){ .column = column != NULL ? remit_column_share(column) : NULL, .where = where, .rows = rows,
                                                   .classes = 2 };
  return true;
}

typedef struct lister {
  changeset_classes *classes;
  bool fits;
} lister;

static bool count_test(void *context, const remit_column *column, const uint8_t *pass)
{
  (void)column, (void)pass;
  ++*(size_t *)context;
  return true;
}

/* Of codes alone, and of some. */
static bool has_codes(const remit_selection *where)
{
  size_t tests = 0;
  return remit_selection_tests(where, count_test, &tests) && tests != 0;
}

static bool list_column(void *context, const remit_column *column, const uint8_t *pass)
{
  (void)pass;
  lister *l = context;
  l->fits = l->fits && add_digit(l->classes, column, NULL, remit_column_count(column));
  return l->fits;
}

static bool list_digits(const maker *m)
{
  lister l = { .classes = m->classes, .fits = true };
  for (size_t i = 0; i < m->count && l.fits; i++) {
    const remit_selection *where = m->operations[i].where;
    if (has_codes(where))
      remit_selection_tests(where, list_column, &l);
    else
      l.fits = add_digit(m->classes, NULL, where, m->classes->rows);
  }
  return l.fits;
}

static remit_status lay_digits(const maker *m, bool *few, remit_error *err)
{
  changeset_classes *c = m->classes;
  size_t most = c->rows > NUMBERS_MAX / 4 ? NUMBERS_MAX : c->rows > SMALL / 4 ? c->rows * 4 : SMALL;
  remit_status status = REMIT_OK;
  c->size = 1;
  *few = c->rows <= UINT32_MAX && list_digits(m); /* rows are counted in 32 bits */
  for (size_t i = 0; *few && status == REMIT_OK && i < c->digit_count; i++) {
    changeset_digit *digit = &c->digits[i];
    if (digit->column != NULL)
      status = find_classes(m, digit, most / c->size, err);
    digit->stride = c->size;
    *few = digit->classes <= most / c->size;
    c->size *= digit->classes;
  }
  for (size_t i = 0; *few && status == REMIT_OK && i < c->digit_count; i++) {
    changeset_digit *digit = &c->digits[i];
    for (size_t code = 0; digit->column != NULL && code <= (size_t)remit_column_stats(digit->column).max; code++)
      digit->places[code] = (uint16_t)(digit->places[code] * digit->stride);
  }
  return status;
}

/* ---- Rows ---- */

/* The numbers that one thread has met, each with the first row that has it, and which those are. */
typedef struct finding {
  uint8_t *met;
  uint64_t *items; /* row << 16 | number: rising */
  size_t count;
} finding;

/* Four columns of bytes, some of which may be the same one, and what two of their codes add to a row's number. */
typedef struct couples {
  const uint8_t *first[2], *second[2];
  uint16_t *sums[2]; /* NULL: rows are numbered otherwise */
  uint32_t span[2];
} couples;

typedef struct worker {
  const changeset_classes *classes;
  couples couples;
  const uint16_t *codes; /* to write; NULL: numbers are met */
  void *values;
  size_t width;
  size_t end; /* of the rows */
  finding findings[WORKERS_MAX];
  atomic_size_t next_row, next_worker;
} worker;

static inline void add_codes(const void *values, size_t width, const uint16_t *places, size_t count, uint16_t *number)
{
  const uint8_t *narrow = values;
  const uint16_t *middle = values;
  const uint32_t *wide = values;
  if (width == 1)
    for (size_t i = 0; i < count; i++)
      number[i] = (uint16_t)(number[i] + places[narrow[i]]);
  else if (width == 2)
    for (size_t i = 0; i < count; i++)
      number[i] = (uint16_t)(number[i] + places[middle[i]]);
  else
    for (size_t i = 0; i < count; i++)
      number[i] = (uint16_t)(number[i] + places[wide[i]]);
}

static void add_column(const changeset_digit *digit, size_t first, size_t count, uint16_t *number)
{
  size_t width, there = first < digit->rows ? digit->rows - first : 0;
  const char *values = remit_column_values(digit->column, &width);
  there = there < count ? there : count;
  if (there != 0)
    add_codes(values + first * width, width, digit->places, there, number);
  for (size_t i = there; i < count; i++)
    number[i] = (uint16_t)(number[i] + (digit->classes - 1) * digit->stride);
}

static void add_mask(const changeset_digit *digit, size_t first, size_t count, uint16_t *number)
{
  uint8_t mask[REMIT_BLOCK];
  remit_selection_mask(digit->where, first, count, mask);
  for (size_t i = 0; i < count; i++)
    number[i] = (uint16_t)(number[i] + mask[i] * digit->stride);
}

/* fast path: the columns of bytes, three at most, in one go; same answer without it. Returns how many digits are done. */
static size_t set_bytes(const changeset_classes *c, size_t first, size_t count, uint16_t *number)
{
  const uint8_t *codes[3];
  const uint16_t *places[3];
  size_t done = 0, width;
  for (; done < 3 && done < c->digit_count; done++) {
    const changeset_digit *digit = &c->digits[done];
    if (digit->column == NULL || digit->rows < c->rows)
      break;
    codes[done] = (const uint8_t *)remit_column_values(digit->column, &width) + first;
    places[done] = digit->places;
    if (width != 1)
      break;
  }
  for (size_t i = 0; done == 1 && i < count; i++)
    number[i] = places[0][codes[0][i]];
  for (size_t i = 0; done == 2 && i < count; i++)
    number[i] = (uint16_t)(places[0][codes[0][i]] + places[1][codes[1][i]]);
  for (size_t i = 0; done == 3 && i < count; i++)
    number[i] = (uint16_t)(places[0][codes[0][i]] + places[1][codes[1][i]] + places[2][codes[2][i]]);
  return done;
}

void changeset_classes_number(const changeset_classes *c, size_t first, size_t count, uint16_t *number)
{
  size_t done = set_bytes(c, first, count, number);
  if (done == 0)
    memset(number, 0, count * sizeof *number);
  for (size_t i = done; i < c->digit_count; i++) {
    const changeset_digit *digit = &c->digits[i];
    if (digit->column == NULL)
      add_mask(digit, first, count, number);
    else if (digit->classes > 1)
      add_column(digit, first, count, number);
  }
}

static void write_block(const worker *w, size_t first, size_t count, const uint16_t *restrict number)
{
  const uint16_t *restrict codes = w->codes;
  uint8_t *restrict narrow = (uint8_t *)w->values + first;
  uint16_t *restrict wide = (uint16_t *)w->values + first;
  if (w->width == 1)
    for (size_t i = 0; i < count; i++)
      narrow[i] = (uint8_t)codes[number[i]];
  else
    for (size_t i = 0; i < count; i++)
      wide[i] = codes[number[i]];
}

_Static_assert(REMIT_TRAILS_MAX <= UINT16_MAX, "codes of trails are of two bytes at most");

static void meet_block(finding *f, size_t first, size_t count, const uint16_t *number)
{
  for (size_t i = 0; i < count; i++)
    if (!f->met[number[i]]) {
      f->met[number[i]] = 1;
      f->items[f->count++] = (uint64_t)(first + i) << 16 | number[i];
    }
}

/* fast path: whether the numbers of some rows have all been met; same answer without it */
static bool are_met(const couples *c, const uint8_t *restrict met, size_t from, size_t count)
{
  if (c->sums[0] == NULL)
    return false;
  const uint8_t *restrict a = c->first[0] + from, *restrict b = c->second[0] + from;
  const uint8_t *restrict d = c->first[1] + from, *restrict e = c->second[1] + from;
  const uint16_t *restrict ab = c->sums[0], *restrict de = c->sums[1];
  uint32_t all = 1, span_b = c->span[0], span_e = c->span[1];
  size_t i = 0;
  for (; i + 4 <= count; i += 4)
    for (size_t j = i; j < i + 4; j++)
      all &= met[ab[a[j] * span_b + b[j]] + de[d[j] * span_e + e[j]]];
  for (; i < count; i++)
    all &= met[ab[a[i] * span_b + b[i]] + de[d[i] * span_e + e[i]]];
  return all != 0;
}

/* A thread that has met all numbers that there can be is done: no row that it leaves to nobody is the first of one. */
static void work(void *context)
{
  worker *w = context;
  finding *f = &w->findings[atomic_fetch_add(&w->next_worker, 1)];
  for (size_t row = atomic_fetch_add(&w->next_row, CHUNK); row < w->end; row = atomic_fetch_add(&w->next_row, CHUNK)) {
    size_t end = w->end - row < CHUNK ? w->end : row + CHUNK;
    for (size_t first = row; first < end; first += REMIT_BLOCK) {
      size_t count = end - first < REMIT_BLOCK ? end - first : REMIT_BLOCK;
      uint16_t number[REMIT_BLOCK];
      if (w->codes == NULL && f->count == w->classes->size)
        return;
      if (w->codes == NULL && are_met(&w->couples, f->met, first, count))
        continue;
      changeset_classes_number(w->classes, first, count, number);
      if (w->codes == NULL)
        meet_block(f, first, count, number);
      else
        write_block(w, first, count, number);
    }
  }
}

static size_t workers_for(size_t rows)
{
  size_t cores = rows < ALONE ? 1 : remit_threads_available();
  return cores < WORKERS_MAX ? cores : WORKERS_MAX;
}

static int by_row(const void *a, const void *b)
{
  const uint64_t *left = a, *right = b;
  return *left < *right ? -1 : *left > *right;
}

/* `second` NULL: the first digit alone; `first` NULL: nothing, whatever the codes of `any`. */
static bool couple(couples *c, size_t at, const changeset_digit *any, const changeset_digit *first, const changeset_digit *second)
{
  const changeset_digit *a = first != NULL ? first : any, *b = second != NULL ? second : a;
  size_t codes = (size_t)remit_column_stats(a->column).max + 1, width;
  c->span[at] = (uint32_t)remit_column_stats(b->column).max + 1;
  c->first[at] = remit_column_values(a->column, &width);
  c->second[at] = remit_column_values(b->column, &width);
  c->sums[at] = remit_allocate(codes, c->span[at] * sizeof *c->sums[at]);
  for (size_t i = 0; c->sums[at] != NULL && i < codes; i++)
    for (size_t j = 0; j < c->span[at]; j++)
      c->sums[at][i * c->span[at] + j] = (uint16_t)((first != NULL ? a->places[i] : 0) + (second != NULL ? b->places[j] : 0));
  return c->sums[at] != NULL;
}

static remit_status make_couples(const changeset_classes *classes, couples *c, remit_error *err)
{
  const changeset_digit *found[4] = { NULL };
  size_t count = 0, width = 1;
  for (size_t i = 0; i < classes->digit_count; i++) {
    const changeset_digit *digit = &classes->digits[i];
    if (digit->column != NULL)
      remit_column_values(digit->column, &width);
    if (digit->column == NULL || digit->rows < classes->rows || width != 1 || count == 4)
      return REMIT_OK;
    found[count++] = digit;
  }
  if (count == 0 || (couple(c, 0, found[0], found[0], found[2]) && couple(c, 1, found[0], found[1], found[3])))
    return REMIT_OK;
  return remit_no_memory(err);
}

/* The rest of the rows, by several threads, which know what the first has met. */
static void meet_rest(worker *w, size_t count)
{
  finding *all = &w->findings[0];
  size_t size = w->classes->size, known = all->count;
  for (size_t i = 1; i < count; i++) {
    memcpy(w->findings[i].met, all->met, size);
    memcpy(w->findings[i].items, all->items, known * sizeof *all->items);
    w->findings[i].count = known;
  }
  w->end = w->classes->rows;
  atomic_store(&w->next_row, AHEAD);
  atomic_store(&w->next_worker, 0);
  remit_threads_run(count, work, w);
  for (size_t i = 1; i < count; i++) {
    memcpy(all->items + all->count, w->findings[i].items + known, (w->findings[i].count - known) * sizeof *all->items);
    all->count += w->findings[i].count - known;
  }
  qsort(all->items, all->count, sizeof *all->items, by_row);
}

static remit_status keep_numbers(const finding *f, size_t size, changeset_numbers *numbers, remit_error *err)
{
  numbers->numbers = remit_allocate(size, sizeof *numbers->numbers);
  numbers->rows = remit_allocate(size, sizeof *numbers->rows);
  if (numbers->numbers == NULL || numbers->rows == NULL)
    return remit_no_memory(err);
  memset(f->met, 0, size);
  for (size_t i = 0; i < f->count; i++) {
    uint16_t number = (uint16_t)f->items[i];
    if (f->met[number])
      continue;
    f->met[number] = 1;
    numbers->numbers[numbers->count] = number;
    numbers->rows[numbers->count++] = (uint32_t)(f->items[i] >> 16);
  }
  return REMIT_OK;
}

static remit_status meet_numbers(const changeset_classes *c, changeset_numbers *numbers, remit_error *err)
{
  size_t count = workers_for(c->rows);
  worker w = { .classes = c, .end = c->rows < ALONE ? c->rows : AHEAD };
  uint8_t *met = remit_allocate_zero(count, c->size);
  uint64_t *items = remit_allocate(2 * count - 1, c->size * sizeof *items);
  remit_status status = met != NULL && items != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < count; i++)
    w.findings[i] = (finding){ met + i * c->size, items + (i != 0 ? count + i - 1 : 0) * c->size, 0 };
  if (status == REMIT_OK)
    work(&w);
  if (status == REMIT_OK && w.findings[0].count != c->size && w.end != c->rows) {
    status = make_couples(c, &w.couples, err);
    if (status == REMIT_OK)
      meet_rest(&w, count);
  }
  if (status == REMIT_OK)
    status = keep_numbers(&w.findings[0], c->size, numbers, err);
  remit_release(w.couples.sums[0]);
  remit_release(w.couples.sums[1]);
  remit_release(met);
  remit_release(items);
  return status;
}

void changeset_classes_write(const changeset_classes *classes, const uint16_t *codes, remit_column *column)
{
  worker w = { .classes = classes, .codes = codes, .values = remit_column_room(column), .end = classes->rows };
  remit_column_values(column, &w.width);
  remit_threads_run(workers_for(classes->rows), work, &w);
}

/* ---- All of it ---- */

bool changeset_classes_last(const changeset_classes *classes)
{
  for (size_t i = 0; i < classes->digit_count; i++)
    if (classes->digits[i].column == NULL)
      return false;
  return true;
}

remit_status changeset_classes_init(changeset_classes *classes, const remit_table *table, const remit_operation *operations, size_t count, bool *few,
                                    changeset_numbers *numbers, remit_error *err)
{
  maker m = { classes, operations, count };
  *classes = (changeset_classes){ .rows = remit_table_rows(table), .digits = remit_allocate(CHANGESET_DIGITS_MAX, sizeof *classes->digits) };
  if (classes->digits == NULL)
    return remit_no_memory(err);
  remit_status status = lay_digits(&m, few, err);
  if (status != REMIT_OK || !*few)
    return status;
  classes->digits = remit_shrink(classes->digits, classes->digit_count, sizeof *classes->digits);
  return meet_numbers(classes, numbers, err);
}

void changeset_classes_release(changeset_classes *classes)
{
  for (size_t i = 0; i < classes->digit_count; i++) {
    remit_column_free(classes->digits[i].column);
    remit_release(classes->digits[i].places);
  }
  remit_release(classes->digits);
  *classes = (changeset_classes){ 0 };
}

void changeset_numbers_release(changeset_numbers *numbers)
{
  remit_release(numbers->numbers);
  remit_release(numbers->rows);
}
