/* SPDX-License-Identifier: Apache-2.0
 * changeset_figures: cells times factors, grouped and rounded, in one go. Each cell is added to its group's exact sum, which has a place of its
 * own for each combination of members. Where those are too many, or a key is of lists, or a sum is past what halves hold, the cells are weighed,
 * pivoted and settled.
 */
#include <stdio.h>
#include <string.h>

#include "changeset_settled.h"
#include "column_internal.h"
#include "memory.h"
#include "remit/pivot.h"
#include "selection_internal.h"
#include "table_internal.h"

#define PLACES_EASY 4096 /* that are always worth their room */
#define PLACES_EACH 4    /* and for each cell */

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
  wide *sums;    /* by name, then by place */
  uint8_t *met;  /* by place */
  uint32_t *row; /* the places that occur, rising */
  size_t rows;
  bool fits; /* the fast path holds */
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

/* ---- Sums ---- */

static void add_block(wide *restrict sums, const uint32_t *restrict places, const int64_t *restrict values, const int64_t *restrict trails,
                      const int64_t *restrict factors, const uint8_t *restrict mask, size_t count)
{
  for (size_t i = 0; i < count; i++)
    sums[places[i]] += mask == NULL || mask[i] ? (wide)values[i] * factors[trails[i]] : 0;
}

/* Whether no product of the column leaves what its halves hold: then none of fewer than 2^32 cells' sums leaves 128 bits. */
static bool is_small(const remit_column *column, const int64_t *factors, size_t count)
{
  remit_column_summary stats = remit_column_stats(column);
  uint64_t most = 0, figure = stats.max > -stats.min ? (uint64_t)stats.max : (uint64_t)-stats.min;
  for (size_t i = 0; i < count; i++) {
    uint64_t factor = factors[i] < 0 ? -(uint64_t)factors[i] : (uint64_t)factors[i];
    most = factor > most ? factor : most;
  }
  return stats.missing == 0 && (wide)figure * (wide)most < (wide)INT64_MAX * CHANGESET_LOW;
}

static void add_part(figures *f, const remit_part *part, const remit_column *trails, const remit_column *const *columns, const uint32_t *places)
{
  size_t rows = remit_table_rows(part->cells);
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    int64_t trail[REMIT_BLOCK], figure[REMIT_BLOCK];
    uint8_t mask[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    if (part->where != NULL)
      remit_selection_mask(part->where, first, here, mask);
    for (size_t i = 0; i < here; i++)
      f->met[places[first + i]] |= part->where == NULL || mask[i];
    remit_column_read(trails, first, here, trail);
    for (size_t i = 0; i < f->asked->name_count; i++) {
      remit_column_read(columns[i], first, here, figure);
      add_block(f->sums + i * f->places, places + first, figure, trail, part->factors[i], part->where != NULL ? mask : NULL, here);
    }
  }
}

static remit_status weigh_part(figures *f, const remit_part *part, remit_error *err)
{
  const remit_column *trails, *columns[REMIT_MEASURES_MAX];
  remit_status status = remit_table_require(part->cells, part->trail, &trails, err);
  for (size_t i = 0; status == REMIT_OK && i < f->asked->name_count; i++) {
    status = remit_table_require_ints(part->cells, f->asked->names[i], &columns[i], err);
    f->fits = f->fits && status == REMIT_OK && is_small(columns[i], part->factors[i], part->factor_count);
  }
  f->fits = f->fits && status == REMIT_OK && remit_column_unit(trails) == REMIT_CODE && (size_t)remit_column_stats(trails).max < part->factor_count;
  if (status != REMIT_OK || !f->fits)
    return status;
  uint32_t *places = remit_allocate_zero(remit_table_rows(part->cells), sizeof *places);
  status = places != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t i = 0; status == REMIT_OK && i < f->asked->by_count; i++)
    status = place_by(f, i, part->cells, places, err);
  if (status == REMIT_OK)
    add_part(f, part, trails, columns, places);
  remit_release(places);
  return status;
}

static remit_status sum_up(figures *f, remit_error *err)
{
  size_t most = REMIT_MEASURES_MAX;
  remit_status status = REMIT_OK;
  f->fits = f->asked->name_count <= most && f->asked->by_count <= REMIT_KEYS_MAX;
  for (size_t i = 0; f->fits && status == REMIT_OK && i < f->asked->part_count; i++)
    status = find_keys(f, &f->asked->parts[i], i == 0, err);
  lay_places(f);
  f->fits = f->fits && f->cells < UINT32_MAX && f->places < UINT32_MAX;
  if (status != REMIT_OK || !f->fits)
    return status;
  f->sums = remit_allocate_zero(f->places * f->asked->name_count, sizeof *f->sums);
  f->met = remit_allocate_zero(f->places, sizeof *f->met);
  if (f->sums == NULL || f->met == NULL)
    return remit_no_memory(err);
  f->met[0] = f->asked->by_count == 0;
  for (size_t i = 0; status == REMIT_OK && f->fits && i < f->asked->part_count; i++)
    status = weigh_part(f, &f->asked->parts[i], err);
  return status;
}

/* ---- The result ---- */

static remit_status list_rows(figures *f, remit_error *err)
{
  for (size_t place = 0; place < f->places; place++)
    f->rows += f->met[place];
  f->row = remit_allocate(f->rows, sizeof *f->row);
  if (f->row == NULL)
    return remit_no_memory(err);
  f->rows = 0;
  for (size_t place = 0; place < f->places; place++)
    if (f->met[place])
      f->row[f->rows++] = (uint32_t)place;
  return REMIT_OK;
}

/* Rows are in order, so that groups of the first keys stand together. */
static remit_status find_level(const figures *f, size_t at, remit_groups *level, remit_error *err)
{
  size_t part = at != 0 ? f->keys[at - 1].stride : f->places;
  level->group = remit_allocate(f->rows, sizeof *level->group);
  level->first = remit_allocate(f->rows, sizeof *level->first);
  if (level->group == NULL || level->first == NULL)
    return remit_no_memory(err);
  for (size_t row = 0, end = 0; row < f->rows; row++) {
    if (f->row[row] >= end) {
      level->first[level->count++] = row;
      end = (f->row[row] / part + 1) * part;
    }
    level->group[row] = (uint32_t)level->count - 1;
  }
  return REMIT_OK;
}

static remit_status add_key(const figures *f, size_t at, remit_table *made, remit_error *err)
{
  const figure_key *key = &f->keys[at];
  remit_column *column;
  remit_status status = remit_column_blank(&column, f->rows, REMIT_CODE, key->dictionary, err);
  if (status != REMIT_OK)
    return status;
  for (size_t first = 0; first < f->rows; first += REMIT_BLOCK) {
    int64_t codes[REMIT_BLOCK];
    size_t here = f->rows - first < REMIT_BLOCK ? f->rows - first : REMIT_BLOCK;
    for (size_t i = 0; i < here; i++) {
      uint32_t value = f->row[first + i] / (uint32_t)key->stride % (uint32_t)key->size;
      codes[i] = value + 1 < key->size ? (int64_t)value + 1 : 0;
    }
    remit_column_write(column, first, here, codes);
  }
  remit_column_finish(column);
  status = remit_table_append(made, f->asked->by[at], column, key->dimension, err);
  remit_column_free(column);
  return status;
}

/* False when a sum is past what its halves hold. */
static bool read_exact(const figures *f, size_t name, wide *exact)
{
  bool fits = true;
  for (size_t row = 0; row < f->rows; row++) {
    wide high = (exact[row] = f->sums[name * f->places + f->row[row]]) >> 31;
    fits = fits && high <= INT64_MAX && high > INT64_MIN;
  }
  return fits;
}

static remit_status add_figures(figures *f, changeset_settling *s, size_t at, remit_table *made, remit_error *err)
{
  const remit_weighing *asked = f->asked;
  const remit_column *like;
  remit_column *column = NULL;
  int64_t *values = remit_allocate(f->rows, sizeof *values);
  remit_status status = values != NULL ? remit_table_require_ints(asked->parts[0].cells, asked->names[at], &like, err) : remit_no_memory(err);
  f->fits = f->fits && read_exact(f, at, s->exact);
  if (status == REMIT_OK && f->fits && f->rows != 0)
    changeset_settle(s, values);
  if (status == REMIT_OK && f->fits)
    status = remit_column_ints(&column, values, f->rows, remit_column_unit(like), err);
  if (status == REMIT_OK && f->fits)
    status = remit_table_append(made, asked->names[at], column, NULL, err);
  remit_column_free(column);
  remit_release(values);
  return status;
}

static remit_status make_result(figures *f, remit_table *made, remit_error *err)
{
  changeset_settling s = { .rows = f->rows, .unit = REMIT_ONE * f->asked->divisor };
  remit_status status = changeset_settling_room(&s, err);
  for (; status == REMIT_OK && s.count < f->asked->by_count; s.count++)
    status = find_level(f, s.count, &s.levels[s.count], err);
  for (size_t i = 0; status == REMIT_OK && i < f->asked->by_count; i++)
    status = add_key(f, i, made, err);
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
    status = list_rows(&f, err);
  if (status == REMIT_OK && f.fits)
    status = remit_table_new(&made, f.rows, err);
  if (status == REMIT_OK && f.fits)
    status = make_result(&f, made, err);
  if (status == REMIT_OK && f.fits)
    *out = made;
  else
    remit_table_free(made);
  remit_release(f.sums);
  remit_release(f.met);
  remit_release(f.row);
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
