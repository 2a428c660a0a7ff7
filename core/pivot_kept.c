/* SPDX-License-Identifier: Apache-2.0
 * pivot_kept: sums by the columns that questions use, kept as small tables. A kept table has the key columns of the big one under their names
 * and with their links, a sum for each integer column, and the number of rows: so a pivot of it is an ordinary pivot. Beside them, the
 * latest answers themselves.
 */
#include <string.h>

#include "column_internal.h"
#include "memory.h"
#include "pivot_answer.h"
#include "pivot_internal.h"
#include "selection_internal.h"
#include "table_internal.h"

#define ROWS_COLUMN "#rows"
#define CELLS_MAX 262144  /* combinations that are kept at the most */
#define CELLS_EASY 65536  /* up to so many, already when they are first asked for */
#define WORTH 4           /* rows that a combination must stand for */
#define ANSWERS_MAX 64    /* looked through one by one */
#define ANSWERS_SHARE 2   /* of the budget, this part is the most that answers take, and one of them half of that */

typedef struct kept_sums {
  remit_table *table; /* whose columns are told apart by their addresses, so it stays alive */
  remit_table *cells;
  size_t keys[REMIT_KEYS_MAX], key_count; /* columns of `table`, by index, ascending */
  size_t bytes;
  uint64_t used; /* when, by the clock of questions */
} kept_sums;

/* The columns that a question groups or tests by. */
typedef struct kept_need {
  const remit_table *table;
  size_t keys[REMIT_KEYS_MAX], key_count; /* ascending */
  size_t asked[REMIT_KEYS_MAX];           /* the same in the order of the question */
  bool too_many;
  size_t threads; /* that the question may read rows with */
  const remit_poll *poll;
} kept_need;

typedef struct kept_answer {
  pivot_answer *answer;
  kept_need need; /* without columns when sums could not answer */
  size_t bytes;
  uint64_t used;
} kept_answer;

struct remit_kept {
  size_t budget;
  kept_sums *sums;
  size_t count, room;
  kept_answer *answers;
  size_t answer_count, answer_room, answer_bytes;
  uint64_t clock;
  remit_kept_counts counts;
};

remit_status remit_kept_new(remit_kept **out, size_t budget, remit_error *err)
{
  *out = remit_allocate_zero(1, sizeof **out);
  if (*out == NULL)
    return remit_no_memory(err);
  (*out)->budget = budget;
  return REMIT_OK;
}

static void drop_sums(remit_kept *kept, size_t index)
{
  kept_sums *sums = &kept->sums[index];
  remit_table_free(sums->table);
  remit_table_free(sums->cells);
  kept->counts.bytes -= sums->bytes;
  *sums = kept->sums[--kept->count];
}

static void drop_answer(remit_kept *kept, size_t index)
{
  kept_answer *dropped = &kept->answers[index];
  pivot_answer_free(dropped->answer);
  kept->counts.bytes -= dropped->bytes;
  kept->answer_bytes -= dropped->bytes;
  *dropped = kept->answers[--kept->answer_count];
}

static size_t oldest_answer(const remit_kept *kept)
{
  size_t oldest = 0;
  for (size_t i = 1; i < kept->answer_count; i++)
    if (kept->answers[i].used < kept->answers[oldest].used)
      oldest = i;
  return oldest;
}

static size_t oldest_sums(const remit_kept *kept)
{
  size_t oldest = 0;
  for (size_t i = 1; i < kept->count; i++)
    if (kept->sums[i].used < kept->sums[oldest].used)
      oldest = i;
  return oldest;
}

/* For sums: answers go first, as the sums that gave one give others too. */
static void make_way(remit_kept *kept, size_t bytes)
{
  while (kept->answer_count != 0 && kept->counts.bytes + bytes > kept->budget)
    drop_answer(kept, oldest_answer(kept));
  while (kept->count != 0 && kept->counts.bytes + bytes > kept->budget)
    drop_sums(kept, oldest_sums(kept));
}

/* For an answer: other answers go, and when that is not enough it is not kept. */
static bool has_way(remit_kept *kept, size_t bytes)
{
  size_t most = kept->budget / ANSWERS_SHARE, sums = kept->counts.bytes - kept->answer_bytes;
  most = most < kept->budget - sums ? most : kept->budget - sums;
  if (bytes > most / 2)
    return false;
  while (kept->answer_count == ANSWERS_MAX || kept->answer_bytes + bytes > most)
    drop_answer(kept, oldest_answer(kept));
  return true;
}

void remit_kept_free(remit_kept *kept)
{
  if (kept == NULL)
    return;
  while (kept->count != 0)
    drop_sums(kept, kept->count - 1);
  while (kept->answer_count != 0)
    drop_answer(kept, kept->answer_count - 1);
  remit_release(kept->sums);
  remit_release(kept->answers);
  remit_release(kept);
}

remit_kept_counts remit_kept_stats(const remit_kept *kept)
{
  remit_kept_counts counts = kept->counts;
  counts.tables = kept->count;
  return counts;
}

/* ---- What a question needs ---- */

static void need_key(kept_need *need, size_t index)
{
  size_t at = 0;
  while (at < need->key_count && need->keys[at] < index)
    at++;
  if (at < need->key_count && need->keys[at] == index)
    return;
  if (need->key_count == REMIT_KEYS_MAX) {
    need->too_many = true;
    return;
  }
  memmove(&need->keys[at + 1], &need->keys[at], (need->key_count - at) * sizeof *need->keys);
  need->keys[at] = index;
  need->asked[need->key_count++] = index;
}

static size_t index_of(const remit_table *table, const remit_column *column)
{
  size_t count = remit_table_columns(table), index = 0;
  while (index < count && remit_table_column(table, index) != column)
    index++;
  return index;
}

static bool need_column(void *context, const remit_column *column)
{
  kept_need *need = context;
  need_key(need, index_of(need->table, column));
  return true;
}

static bool tests_codes(kept_need *need, const remit_selection *where)
{
  if (where != NULL && remit_selection_table(where) != need->table)
    return false;
  return remit_selection_codes(where, need_column, need);
}

/* Whether no sum of a column can leave 64 bits: only such are kept, so that making them never fails for a column that nobody asked for. */
static bool is_summable(const remit_column *column)
{
  if (remit_column_unit(column) == REMIT_CODE)
    return false;
  remit_column_summary stats = remit_column_stats(column);
  pivot_wide rows = (pivot_wide)remit_column_count(column);
  return stats.missing == 0 && stats.min * rows >= -INT64_MAX && stats.max * rows <= INT64_MAX;
}

static bool is_kept_measure(const remit_table *table, const remit_measure *measure)
{
  if (measure->how == REMIT_ROWS)
    return measure->column == NULL;
  const remit_column *column = measure->how == REMIT_SUM && measure->column != NULL ? remit_table_find(table, measure->column) : NULL;
  return column != NULL && is_summable(column);
}

/* Whether kept sums could answer at all, and by which columns. What is wrong with a question is left to the pivot to say. */
static bool understand(kept_need *need, const remit_table *table, const remit_pivot *pivot)
{
  *need = (kept_need){ .table = table, .threads = pivot->threads, .poll = pivot->poll };
  if (pivot->by_count > REMIT_KEYS_MAX || pivot->measure_count > REMIT_MEASURES_MAX)
    return false;
  for (size_t i = 0; i < pivot->by_count; i++) {
    size_t index = remit_path_base(table, pivot->by[i]);
    if (index == SIZE_MAX || remit_column_unit(remit_table_column(table, index)) != REMIT_CODE)
      return false;
    need_key(need, index);
  }
  if (!tests_codes(need, pivot->where))
    return false;
  for (size_t i = 0; i < pivot->measure_count; i++)
    if (!is_kept_measure(table, &pivot->measures[i]) || !tests_codes(need, pivot->measures[i].where))
      return false;
  return !need->too_many;
}

/* ---- Making sums ---- */

static bool has_same_keys(const kept_need *a, const kept_need *b)
{
  return a->table == b->table && a->key_count == b->key_count && memcmp(a->keys, b->keys, a->key_count * sizeof *a->keys) == 0;
}

static bool was_asked(const remit_kept *kept, const kept_need *need)
{
  for (size_t i = 0; i < kept->answer_count; i++)
    if (has_same_keys(&kept->answers[i].need, need))
      return true;
  return false;
}

static size_t codes_up_to(const remit_column *column)
{
  return (size_t)remit_column_stats(column).max + 1;
}

/* The product over the columns, or some number above `most`. */
static uint64_t combinations(const kept_need *need, size_t (*size)(const remit_column *), uint64_t most)
{
  uint64_t cells = 1;
  for (size_t i = 0; i < need->key_count && cells <= most; i++)
    cells *= size(remit_table_column(need->table, need->keys[i]));
  return cells;
}

static bool is_worth_keeping(const remit_kept *kept, const kept_need *need)
{
  if (remit_table_columns(need->table) >= REMIT_MEASURES_MAX + REMIT_KEYS_MAX)
    return false; /* perhaps more sums than a pivot has measures */
  uint64_t most = remit_table_rows(need->table) / WORTH;
  most = most < CELLS_MAX ? most : CELLS_MAX;
  uint64_t cells = combinations(need, codes_up_to, most);
  if (cells > most) /* few members of large dictionaries, perhaps */
    cells = combinations(need, remit_column_members, most);
  return cells <= most && (cells <= CELLS_EASY || was_asked(kept, need));
}

static size_t sums_of(const remit_table *table, remit_measure measures[REMIT_MEASURES_MAX])
{
  size_t count = 1;
  measures[0] = (remit_measure){ .name = ROWS_COLUMN, .how = REMIT_ROWS };
  for (size_t i = 0; i < remit_table_columns(table) && count < REMIT_MEASURES_MAX; i++) {
    if (is_summable(remit_table_column(table, i)))
      measures[count++] = (remit_measure){ .name = remit_table_name(table, i), .column = remit_table_name(table, i), .how = REMIT_SUM };
  }
  return count;
}

static remit_status scan(remit_table **cells, const kept_need *need, remit_error *err)
{
  const char *by[REMIT_KEYS_MAX];
  for (size_t i = 0; i < need->key_count; i++)
    by[i] = remit_table_name(need->table, need->asked[i]);
  remit_measure measures[REMIT_MEASURES_MAX];
  remit_pivot pivot = { .by = by, .by_count = need->key_count, .measures = measures, .threads = need->threads, .poll = need->poll };
  pivot.measure_count = sums_of(need->table, measures);
  return pivot_read_rows(need->table, &pivot, true, cells, err);
}

static remit_status add(remit_kept *kept, const kept_need *need, remit_table *cells, remit_error *err)
{
  size_t bytes = remit_table_memory(cells);
  make_way(kept, bytes);
  if (kept->count == kept->room) {
    size_t room = kept->room != 0 ? 2 * kept->room : 8;
    kept_sums *sums = remit_reallocate(kept->sums, room, sizeof *sums);
    if (sums == NULL)
      return remit_no_memory(err);
    kept->sums = sums;
    kept->room = room;
  }
  kept_sums *sums = &kept->sums[kept->count++];
  *sums = (kept_sums){ .table = remit_table_share(need->table), .cells = remit_table_share(cells), .key_count = need->key_count, .bytes = bytes };
  memcpy(sums->keys, need->keys, sizeof sums->keys);
  sums->used = kept->clock;
  kept->counts.bytes += bytes;
  return REMIT_OK;
}

/* ---- Finding sums ---- */

static bool has_keys(const kept_sums *sums, const kept_need *need)
{
  size_t at = 0;
  for (size_t i = 0; i < need->key_count; i++, at++) {
    while (at < sums->key_count && sums->keys[at] < need->keys[i])
      at++;
    if (at == sums->key_count || sums->keys[at] != need->keys[i])
      return false;
  }
  return true;
}

/* Those with the fewest rows that will do. */
static kept_sums *find(remit_kept *kept, const kept_need *need)
{
  kept_sums *best = NULL;
  for (size_t i = 0; i < kept->count; i++) {
    kept_sums *sums = &kept->sums[i];
    if (sums->table != need->table || !has_keys(sums, need))
      continue;
    if (best == NULL || remit_table_rows(sums->cells) < remit_table_rows(best->cells))
      best = sums;
  }
  return best;
}

/* ---- Asking the sums ---- */

typedef struct kept_twins {
  const remit_table *table, *cells;
} kept_twins;

static const remit_column *twin_of(const void *context, const remit_column *column)
{
  const kept_twins *twins = context;
  return remit_table_find(twins->cells, remit_table_name(twins->table, index_of(twins->table, column)));
}

static remit_status rebind(const remit_selection **where, const kept_twins *twins, remit_error *err)
{
  if (*where == NULL)
    return REMIT_OK;
  remit_selection *moved;
  remit_status status = remit_selection_rebind(&moved, *where, twins->cells, twin_of, twins, err);
  *where = moved;
  return status;
}

/* Selections of `measures` up to `count` become those of the sums; rows become a sum of rows. */
static remit_status translate(remit_measure *measures, size_t count, size_t *done, const kept_twins *twins, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (*done = 0; *done < count && status == REMIT_OK; ++*done) {
    remit_measure *measure = &measures[*done];
    if (measure->how == REMIT_ROWS && measure->column == NULL) {
      measure->how = REMIT_SUM;
      measure->column = ROWS_COLUMN;
    }
    status = rebind(&measure->where, twins, err);
  }
  return status;
}

static remit_status ask(const remit_table *table, remit_table *cells, size_t keys, const remit_pivot *pivot, remit_table **out, remit_error *err)
{
  remit_measure measures[REMIT_MEASURES_MAX];
  kept_twins twins = { table, cells };
  size_t done = 0;
  if (pivot->measure_count != 0)
    memcpy(measures, pivot->measures, pivot->measure_count * sizeof *measures);
  remit_pivot asked = *pivot;
  asked.kept = NULL;
  asked.measures = measures;
  remit_status status = rebind(&asked.where, &twins, err);
  if (status == REMIT_OK)
    status = translate(measures, pivot->measure_count, &done, &twins, err);
  if (status == REMIT_OK)
    status = pivot_cut(cells, keys, &asked, out, err);
  if (status == REMIT_OK && *out == NULL)
    status = remit_pivot_run(cells, &asked, out, err);
  for (size_t i = 0; i < done; i++)
    remit_selection_free((remit_selection *)measures[i].where);
  remit_selection_free((remit_selection *)asked.where);
  return status;
}

/* The sums that answer and how many keys they have, made when they are worth it; NULL when the rows must be read. */
static remit_status cells_for(remit_kept *kept, const kept_need *need, remit_table **cells, size_t *keys, remit_error *err)
{
  kept_sums *sums = find(kept, need);
  *keys = sums != NULL ? sums->key_count : need->key_count;
  if (sums != NULL) {
    sums->used = kept->clock;
    kept->counts.hits++;
    *cells = remit_table_share(sums->cells);
    return REMIT_OK;
  }
  kept->counts.scans++;
  if (!is_worth_keeping(kept, need))
    return REMIT_OK;
  remit_status status = scan(cells, need, NULL);
  if (status != REMIT_OK) /* a name that stands twice, say: the question itself is still answered from the rows */
    return status == REMIT_ENOMEM ? remit_no_memory(err) : REMIT_OK;
  return remit_table_memory(*cells) <= kept->budget ? add(kept, need, *cells, err) : REMIT_OK;
}

/* ---- Whole answers ---- */

static const pivot_answer *find_answer(remit_kept *kept, const remit_table *table, const remit_pivot *pivot)
{
  for (size_t i = 0; i < kept->answer_count; i++)
    if (pivot_answer_is_to(kept->answers[i].answer, table, pivot)) {
      kept->answers[i].used = kept->clock;
      return kept->answers[i].answer;
    }
  return NULL;
}

/* For one more answer; ANSWERS_MAX is never passed. */
static bool make_place(remit_kept *kept)
{
  if (kept->answer_count < kept->answer_room)
    return true;
  size_t room = kept->answer_room != 0 ? 2 * kept->answer_room : 4;
  kept_answer *answers = remit_reallocate(kept->answers, room, sizeof *answers);
  if (answers == NULL)
    return false;
  kept->answers = answers;
  kept->answer_room = room;
  return true;
}

static remit_status add_answer(remit_kept *kept, const kept_need *need, const remit_pivot *pivot, const remit_table *frame, remit_error *err)
{
  size_t bytes;
  if (!pivot_answer_bytes(pivot, frame, &bytes) || !has_way(kept, bytes))
    return REMIT_OK;
  if (!make_place(kept))
    return remit_no_memory(err);
  pivot_answer *answer;
  remit_status status = pivot_answer_new(&answer, need->table, pivot, frame, err);
  if (status != REMIT_OK)
    return status;
  kept->answers[kept->answer_count++] = (kept_answer){ .answer = answer, .need = *need, .bytes = bytes, .used = kept->clock };
  kept->counts.bytes += bytes;
  kept->answer_bytes += bytes;
  return REMIT_OK;
}

/* From kept sums, or else from the rows. */
static remit_status work_out(remit_kept *kept, const kept_need *need, bool foldable, const remit_pivot *pivot, remit_table **out,
                             remit_error *err)
{
  if (!foldable) {
    kept->counts.scans++;
    return pivot_read_rows(need->table, pivot, false, out, err);
  }
  remit_table *cells = NULL;
  size_t keys;
  remit_status status = cells_for(kept, need, &cells, &keys, err);
  if (status == REMIT_OK)
    status = cells != NULL ? ask(need->table, cells, keys, pivot, out, err) : pivot_read_rows(need->table, pivot, false, out, err);
  remit_table_free(cells);
  return status;
}

remit_status pivot_kept_run(remit_kept *kept, const remit_table *table, const remit_pivot *pivot, remit_table **out, remit_error *err)
{
  kept->clock++;
  const pivot_answer *answer = find_answer(kept, table, pivot);
  if (answer != NULL) {
    kept->counts.hits++;
    return pivot_answer_give(answer, out, err);
  }
  kept_need need;
  bool foldable = understand(&need, table, pivot);
  remit_status status = work_out(kept, &need, foldable, pivot, out, err);
  if (status != REMIT_OK)
    return status;
  if (!foldable)
    need.key_count = 0;
  status = add_answer(kept, &need, pivot, *out, err);
  if (status != REMIT_OK) {
    remit_table_free(*out);
    *out = NULL;
  }
  return status;
}
