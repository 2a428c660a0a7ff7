/* SPDX-License-Identifier: Apache-2.0
 * changeset_figures: cells times factors, grouped and rounded, in one go. Each combination of members is a place, the places that occur are the
 * rows, and each cell is added to the exact sum of its row. Where places are too many, or a key is of lists, or a sum is past what halves hold,
 * the cells are weighed, pivoted and settled.
 */
#include <stdio.h>
#include <string.h>

#include "changeset_settled.h"
#include "column_internal.h"
#include "memory.h"
#include "remit/pivot.h"
#include "selection_internal.h"
#include "table_internal.h"

#define PLACES_EASY 16384 /* that are always worth their room */
#define PLACES_EACH 16    /* and for each cell */

#define CELLS_MOST (UINT32_MAX / 256) /* the bytes of their room are counted in 32 bits: see make_room */

_Static_assert(9 * PLACES_EACH + 8 < 256, "a cell has a place of its own, and PLACES_EACH more and as many rows at most");

typedef changeset_exact wide;

typedef struct figure_key {
  const remit_dictionary *dictionary;
  const remit_table *dimension;
  size_t size, stride; /* missing is the last of `size` values */
} figure_key;

typedef struct figures {
  const remit_weighing *asked;
  figure_key keys[REMIT_KEYS_MAX];
  size_t cells, places;
  uint32_t *places_of; /* each cell's place, `places` for one that is left out; then its row, `rows` for that. In one room with */
  uint32_t *row;       /* the places that occur, rising, */
  uint32_t *row_at;    /* the row of each place */
  uint8_t *met;        /* and whether it occurs */
  size_t rows;
  wide *sums;                    /* by name, then by row, with one for what is left out */
  wide most[REMIT_MEASURES_MAX]; /* no product of a name is farther from 0 */
  bool fits;                     /* the fast path holds */
} figures;

/* ---- Groups ---- */

/* Keys as the first part has them; the others must have the same members. */
static remit_status find_keys(figures *f, const remit_part *part, bool first, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < f->asked->by_count; i++) {
    remit_path path;
    figure_key *key = &f->keys[i];
    status = remit_path_init(&path, part->cells, f->asked->by[i], err);
    if (status != REMIT_OK)
      return status;
    const remit_dictionary *dictionary = remit_column_dictionary(path.target);
    f->fits = f->fits && dictionary != NULL && remit_dictionary_separator(dictionary) == '\0' && (first || dictionary == key->dictionary);
    size_t size = path.target == path.base ? (size_t)remit_column_stats(path.base).max + 1 : f->fits ? remit_dictionary_size(dictionary) : 1;
    *key = (figure_key){ dictionary, path.dimension, first || size > key->size ? size : key->size, 0 };
    remit_path_release(&path);
  }
  f->cells += remit_table_rows(part->cells);
  return status;
}

static void lay_places(figures *f)
{
  size_t most = f->cells > SIZE_MAX / PLACES_EACH - PLACES_EASY ? SIZE_MAX : f->cells * PLACES_EACH + PLACES_EASY;
  f->places = 1;
  for (size_t i = f->asked->by_count; f->fits && i-- > 0;) {
    f->keys[i].stride = f->places;
    f->fits = f->keys[i].size <= most / f->places;
    f->places *= f->fits ? f->keys[i].size : 1;
  }
}

/* By code of the base column: what it adds to the place. */
static remit_status map_key(const figure_key *key, const remit_path *path, uint32_t **out, remit_error *err)
{
  size_t codes = remit_dictionary_size(remit_column_dictionary(path->base));
  *out = remit_allocate(codes, sizeof **out);
  if (*out == NULL)
    return remit_no_memory(err);
  for (size_t code = 0; code < codes; code++) {
    size_t member = code;
    if (path->row_of != NULL)
      member = path->row_of[code] != 0 ? remit_column_code(path->target, path->row_of[code] - 1) : 0;
    (*out)[code] = (uint32_t)((member != 0 && member < key->size ? member - 1 : key->size - 1) * key->stride);
  }
  return REMIT_OK;
}

static remit_status place_by(const figures *f, size_t at, const remit_table *cells, uint32_t *places, remit_error *err)
{
  remit_path path;
  uint32_t *map = NULL;
  remit_status status = remit_path_init(&path, cells, f->asked->by[at], err);
  if (status == REMIT_OK)
    status = map_key(&f->keys[at], &path, &map, err);
  for (size_t first = 0, rows = remit_table_rows(cells); status == REMIT_OK && first < rows; first += REMIT_BLOCK) {
    int64_t codes[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_column_read(path.base, first, here, codes);
    for (size_t i = 0; i < here; i++)
      places[first + i] += map[codes[i]];
  }
  remit_release(map);
  remit_path_release(&path);
  return status;
}

static void leave_out(const figures *f, const remit_part *part, uint32_t *places)
{
  size_t rows = remit_table_rows(part->cells);
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    uint8_t mask[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_selection_mask(part->where, first, here, mask);
    for (size_t i = 0; i < here; i++)
      places[first + i] = mask[i] ? places[first + i] : (uint32_t)f->places;
  }
}

static remit_status make_room(figures *f, remit_error *err)
{
  size_t most = (f->cells < f->places ? f->cells : f->places) + 2; /* rows: one without keys, and one past the last is written */
  f->places_of = remit_allocate((f->cells + most + f->places + 1) * sizeof *f->row + f->places + sizeof(uint64_t), 1);
  if (f->places_of == NULL)
    return remit_no_memory(err);
  f->row = f->places_of + f->cells;
  f->row_at = f->row + most;
  f->met = (uint8_t *)(f->row_at + f->places + 1);
  memset(f->places_of, 0, f->cells * sizeof *f->places_of);
  memset(f->met, 0, f->places + sizeof(uint64_t));
  return REMIT_OK;
}

static remit_status find_places(figures *f, remit_error *err)
{
  remit_status status = REMIT_OK;
  uint32_t *places = f->places_of;
  for (size_t p = 0; p < f->asked->part_count; p++) {
    const remit_part *part = &f->asked->parts[p];
    for (size_t i = 0; status == REMIT_OK && i < f->asked->by_count; i++)
      status = place_by(f, i, part->cells, places, err);
    if (status == REMIT_OK && part->where != NULL)
      leave_out(f, part, places);
    places += remit_table_rows(part->cells);
  }
  return status;
}

/* Most places may not occur: eight are looked at in one go. */
static void find_rows(figures *f)
{
  for (size_t i = 0; i < f->cells; i++)
    f->met[f->places_of[i]] = 1;
  f->met[0] |= f->asked->by_count == 0;
  for (size_t first = 0; first < f->places; first += sizeof(uint64_t)) {
    uint64_t eight;
    memcpy(&eight, f->met + first, sizeof eight);
    for (size_t place = first; eight != 0 && place < first + sizeof eight && place < f->places; place++) {
      f->row[f->rows] = (uint32_t)place;
      f->row_at[place] = (uint32_t)f->rows;
      f->rows += f->met[place];
    }
  }
  f->row_at[f->places] = (uint32_t)f->rows;
  for (size_t i = 0; i < f->cells; i++)
    f->places_of[i] = f->row_at[f->places_of[i]];
}

/* ---- Sums ---- */

static void add_block(wide *restrict sums, const uint32_t *restrict rows, const int64_t *restrict values, const int64_t *restrict trails,
                      const int64_t *restrict factors, size_t count)
{
  for (size_t i = 0; i < count; i++)
    sums[rows[i]] += (wide)values[i] * factors[trails[i]];
}

/* Exact sums whose upper halves fit in 64 bits are below this. */
#define HELD ((wide)INT64_MAX * CHANGESET_LOW)

/* No product of the column is farther from 0; HELD where it could be farther, or a value is missing. */
static wide most_of(const remit_column *column, const int64_t *factors, size_t count)
{
  remit_column_summary stats = remit_column_stats(column);
  uint64_t most = 0, figure = stats.max > -stats.min ? (uint64_t)stats.max : (uint64_t)-stats.min;
  for (size_t i = 0; i < count; i++) {
    uint64_t factor = factors[i] < 0 ? -(uint64_t)factors[i] : (uint64_t)factors[i];
    most = factor > most ? factor : most;
  }
  wide product = (wide)figure * (wide)most;
  return stats.missing == 0 && product < HELD ? product : HELD;
}

static remit_status check_part(figures *f, const remit_part *part, remit_error *err)
{
  const remit_column *trails, *column;
  remit_status status = remit_table_require(part->cells, part->trail, &trails, err);
  for (size_t i = 0; status == REMIT_OK && i < f->asked->name_count; i++) {
    status = remit_table_require_ints(part->cells, f->asked->names[i], &column, err);
    wide most = status == REMIT_OK ? most_of(column, part->factors[i], part->factor_count) : HELD;
    f->most[i] = most > f->most[i] ? most : f->most[i];
    f->fits = f->fits && most < HELD;
  }
  f->fits = f->fits && status == REMIT_OK && remit_column_unit(trails) == REMIT_CODE && (size_t)remit_column_stats(trails).max < part->factor_count;
  return status;
}

static void add_part(figures *f, const remit_part *part, const uint32_t *rows_of)
{
  const remit_column *trails = remit_table_find(part->cells, part->trail);
  size_t rows = remit_table_rows(part->cells);
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    int64_t trail[REMIT_BLOCK], figure[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    remit_column_read(trails, first, here, trail);
    for (size_t i = 0; i < f->asked->name_count; i++) {
      remit_column_read(remit_table_find(part->cells, f->asked->names[i]), first, here, figure);
      add_block(f->sums + i * (f->rows + 1), rows_of + first, figure, trail, part->factors[i], here);
    }
  }
}

static remit_status sum_up(figures *f, remit_error *err)
{
  size_t most = REMIT_MEASURES_MAX;
  remit_status status = REMIT_OK;
  f->fits = f->asked->name_count <= most && f->asked->by_count <= REMIT_KEYS_MAX;
  for (size_t i = 0; f->fits && status == REMIT_OK && i < f->asked->part_count; i++)
    status = find_keys(f, &f->asked->parts[i], i == 0, err);
  lay_places(f);
  f->fits = f->fits && f->cells < CELLS_MOST;
  for (size_t i = 0; f->fits && status == REMIT_OK && i < f->asked->part_count; i++)
    status = check_part(f, &f->asked->parts[i], err);
  if (status == REMIT_OK && f->fits)
    status = make_room(f, err);
  if (status == REMIT_OK && f->fits)
    status = find_places(f, err);
  if (status != REMIT_OK || !f->fits)
    return status;
  find_rows(f);
  f->sums = remit_allocate_zero(f->asked->name_count, (f->rows + 1) * sizeof *f->sums);
  if (f->sums == NULL)
    return remit_no_memory(err);
  const uint32_t *rows_of = f->places_of;
  for (size_t i = 0; i < f->asked->part_count; i++) {
    add_part(f, &f->asked->parts[i], rows_of);
    rows_of += remit_table_rows(f->asked->parts[i].cells);
  }
  return REMIT_OK;
}

/* ---- The result ---- */

/* Rows are in order, so that groups of the first keys stand together. */
static remit_status find_level(const figures *f, size_t at, changeset_level *level, remit_error *err)
{
  size_t part = at != 0 ? f->keys[at - 1].stride : f->places;
  level->ends = remit_allocate(f->rows, sizeof *level->ends);
  if (level->ends == NULL)
    return remit_no_memory(err);
  for (size_t row = 0; row < f->rows; level->count++) {
    size_t end = (f->row[row] / part + 1) * part;
    while (row < f->rows && f->row[row] < end)
      row++;
    level->ends[level->count] = (uint32_t)row;
  }
  return REMIT_OK;
}

/* The key's codes in rows, from the groups that it parts. */
static void read_key(const figures *f, size_t at, const changeset_level *groups, uint32_t *codes)
{
  const figure_key *key = &f->keys[at];
  size_t row = 0, span = key->size * key->stride;
  for (size_t group = 0; group < groups->count; group++) {
    size_t begin = f->row[row] / span * span, value = 0, end = begin;
    for (; row < groups->ends[group]; row++) {
      if (f->row[row] >= end) {
        value = key->stride != 1 ? (f->row[row] - begin) / key->stride : f->row[row] - begin;
        end = begin + (value + 1) * key->stride;
      }
      codes[row] = value + 1 < key->size ? (uint32_t)value + 1 : 0;
    }
  }
}

static remit_status add_key(const figures *f, size_t at, const changeset_level *groups, uint32_t *codes, remit_table *made, remit_error *err)
{
  remit_column *column;
  read_key(f, at, groups, codes);
  remit_status status = remit_column_known_codes(&column, codes, f->rows, f->keys[at].dictionary, err);
  if (status == REMIT_OK)
    status = remit_table_append(made, f->asked->by[at], column, f->keys[at].dimension, err);
  remit_column_free(column);
  return status;
}

/* Cells are added up, and their places no more needed. */
static remit_status add_keys(figures *f, const changeset_level *levels, remit_table *made, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t i = 0; status == REMIT_OK && i < f->asked->by_count; i++)
    status = add_key(f, i, &levels[i], f->places_of, made, err);
  return status;
}

/* Whether all sums are within what their halves hold: none of fewer than 2^32 cells leaves 128 bits. */
static bool are_held(const figures *f, size_t name, const wide *exact)
{
  bool fits = true;
  if (f->most[name] * (wide)f->cells < HELD) /* fast path: same answer without it */
    return true;
  for (size_t row = 0; row < f->rows; row++) {
    wide high = exact[row] >> 31;
    fits = fits && high <= INT64_MAX && high > INT64_MIN;
  }
  return fits;
}

static remit_status add_figures(figures *f, changeset_settling *s, size_t at, remit_table *made, remit_error *err)
{
  const remit_weighing *asked = f->asked;
  const remit_column *like = remit_table_find(asked->parts[0].cells, asked->names[at]);
  const wide *exact = f->sums + at * (f->rows + 1);
  const int64_t none = 0;
  remit_column *column;
  f->fits = are_held(f, at, exact);
  if (!f->fits)
    return REMIT_OK;
  remit_status status = remit_column_ints(&column, f->rows != 0 ? changeset_settle(s, exact) : &none, f->rows, remit_column_unit(like), err);
  if (status == REMIT_OK)
    status = remit_table_append(made, asked->names[at], column, NULL, err);
  remit_column_free(column);
  return status;
}

static remit_status make_result(figures *f, remit_table *made, remit_error *err)
{
  changeset_settling s = { .rows = f->rows, .unit = REMIT_ONE * f->asked->divisor };
  remit_status status = changeset_settling_room(&s, err);
  for (; status == REMIT_OK && s.count < f->asked->by_count; s.count++)
    status = find_level(f, s.count, &s.levels[s.count], err);
  if (status == REMIT_OK)
    status = add_keys(f, s.levels, made, err);
  for (size_t i = 0; status == REMIT_OK && f->fits && i < f->asked->name_count; i++)
    status = add_figures(f, &s, i, made, err);
  changeset_settling_release(&s);
  return status;
}

/* NULL where the fast path does not hold. */
static remit_status fast(const remit_weighing *asked, remit_table **out, remit_error *err)
{
  figures f = { .asked = asked };
  remit_table *made = NULL;
  remit_status status = sum_up(&f, err);
  if (status == REMIT_OK && f.fits)
    status = remit_table_new(&made, f.rows, err);
  if (status == REMIT_OK && f.fits)
    status = make_result(&f, made, err);
  if (status == REMIT_OK && f.fits)
    *out = made;
  else
    remit_table_free(made);
  remit_release(f.places_of);
  remit_release(f.sums);
  return status;
}

/* ---- By weighing, pivoting and settling ---- */

static const remit_column *twin_of(const void *context, const remit_column *column)
{
  const remit_table *const *tables = context;
  size_t index = 0;
  while (remit_table_column(tables[0], index) != column)
    index++;
  return remit_table_find(tables[1], remit_table_name(tables[0], index));
}

static remit_status weigh_names(const remit_weighing *asked, const remit_part *part, remit_table **out, remit_error *err)
{
  remit_status status = REMIT_OK;
  *out = remit_table_share(part->cells);
  for (size_t i = 0; status == REMIT_OK && i < asked->name_count; i++) {
    remit_table *before = *out;
    status = remit_table_weighed(before, part->trail, part->factors[i], part->factor_count, &asked->names[i], 1, out, err);
    remit_table_free(before);
  }
  return status;
}

/* Two measures a name, NAME#high and NAME#low; the caller releases both arrays, and the names. */
static remit_status name_halves(const remit_weighing *asked, remit_measure **measures, char **texts, remit_error *err)
{
  size_t size = 0, at = 0;
  for (size_t i = 0; i < asked->name_count; i++)
    size += 2 * (strlen(asked->names[i]) + sizeof "#high");
  *texts = remit_allocate(size, 1);
  *measures = remit_allocate_zero(2 * asked->name_count, sizeof **measures);
  if (*texts == NULL || *measures == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < 2 * asked->name_count; i++) {
    char *text = *texts + at;
    at += (size_t)snprintf(text, size - at, "%s%s", asked->names[i / 2], i % 2 == 0 ? "#high" : "#low") + 1;
    (*measures)[i] = (remit_measure){ .name = text, .column = text };
  }
  return REMIT_OK;
}

static remit_status group_part(const remit_weighing *asked, const remit_part *part, const remit_measure *measures, remit_table **out, remit_error *err)
{
  remit_table *weighed = NULL;
  remit_selection *where = NULL;
  remit_status status = weigh_names(asked, part, &weighed, err);
  const remit_table *twins[] = { part->cells, weighed };
  if (status == REMIT_OK && part->where != NULL)
    status = remit_selection_rebind(&where, part->where, weighed, twin_of, twins, err);
  const remit_pivot pivot = { .by = asked->by, .by_count = asked->by_count, .measures = measures, .measure_count = 2 * asked->name_count, .where = where };
  if (status == REMIT_OK)
    status = remit_pivot_run(weighed, &pivot, out, err);
  remit_selection_free(where);
  remit_table_free(weighed);
  return status;
}

static remit_status join(const remit_weighing *asked, const remit_measure *measures, remit_table *const *groups, remit_table **out, remit_error *err)
{
  const remit_pivot pivot = { .by = asked->by, .by_count = asked->by_count, .measures = measures, .measure_count = 2 * asked->name_count };
  remit_table *all = NULL;
  if (asked->part_count == 1) {
    *out = remit_table_share(groups[0]);
    return REMIT_OK;
  }
  remit_status status = remit_table_concat((const remit_table *const *)groups, asked->part_count, &all, err);
  if (status == REMIT_OK)
    status = remit_pivot_run(all, &pivot, out, err);
  remit_table_free(all);
  return status;
}

static remit_status slow(const remit_weighing *asked, remit_table **out, remit_error *err)
{
  remit_measure *measures = NULL;
  char *texts = NULL;
  remit_table **groups = remit_allocate_zero(asked->part_count, sizeof *groups), *joined = NULL;
  remit_status status = groups != NULL ? name_halves(asked, &measures, &texts, err) : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < asked->part_count; i++)
    status = group_part(asked, &asked->parts[i], measures, &groups[i], err);
  if (status == REMIT_OK)
    status = join(asked, measures, groups, &joined, err);
  if (status == REMIT_OK)
    status = remit_table_settled(joined, asked->by, asked->by_count, asked->names, asked->name_count, asked->divisor, out, err);
  remit_table_free(joined);
  for (size_t i = 0; groups != NULL && i < asked->part_count; i++)
    remit_table_free(groups[i]);
  remit_release(groups);
  remit_release(measures);
  remit_release(texts);
  return status;
}

remit_status remit_table_figures(const remit_weighing *asked, remit_table **out, remit_error *err)
{
  *out = NULL;
  if (asked->divisor < 1 || asked->divisor > CHANGESET_DIVISOR_MAX)
    return remit_fail(err, REMIT_EINVAL, "sums are divided by 1 to %d", CHANGESET_DIVISOR_MAX);
  if (asked->part_count == 0)
    return remit_fail(err, REMIT_EINVAL, "no cells to add up");
  for (size_t i = 0; i < asked->part_count; i++)
    if (asked->parts[i].where != NULL && remit_selection_table(asked->parts[i].where) != asked->parts[i].cells)
      return remit_fail(err, REMIT_EINVAL, "a selection is not of its cells");
  remit_status status = fast(asked, out, err);
  return status == REMIT_OK && *out == NULL ? slow(asked, out, err) : status;
}
