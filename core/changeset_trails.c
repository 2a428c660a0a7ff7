/* SPDX-License-Identifier: Apache-2.0
 * changeset_trails: which operations touch each line. Mostly lines are numbered by their classes, and the first row of each number is looked at;
 * where those are too many, all rows are. Rows are looked at in blocks: eight operations a byte plane, planes into words, words looked up; most
 * lines have one of a few trails, which are seen before the table of all trails is asked.
 */
#include <string.h>

#include "changeset_classes.h"
#include "column_internal.h"
#include "decision_internal.h"
#include "memory.h"
#include "selection_internal.h"

#define SEEN 1024 /* trails at hand */

typedef struct finder {
  changeset_lines *lines;
  const remit_operation *operations;
  decision_sets sets; /* the bits of each trail, by code */
  uint64_t *bits;     /* of the rows of a block, past the last row 0 */
  uint32_t seen[SEEN];
  changeset_numbers numbers;
  const uint32_t *rows; /* to look at; NULL: all */
  uint32_t *codes;      /* of each row looked at */
} finder;

static void mask_rows(const finder *f, size_t operation, size_t first, size_t count, uint8_t *mask)
{
  if (f->rows != NULL)
    remit_selection_pick(f->operations[operation].where, f->rows + first, count, mask);
  else
    remit_selection_mask(f->operations[operation].where, first, count, mask);
}

static void add_plane(finder *f, size_t first, size_t count, size_t operation, size_t last)
{
  uint8_t plane[REMIT_BLOCK] = { 0 }, mask[REMIT_BLOCK];
  size_t words = f->sets.words;
  for (size_t i = operation; i < last; i++) {
    uint8_t bit = (uint8_t)(1u << (i - operation));
    mask_rows(f, i, first, count, mask);
    for (size_t row = 0; row < count; row++)
      plane[row] = (uint8_t)(plane[row] | ((uint8_t)-mask[row] & bit));
  }
  uint64_t *bits = f->bits + operation / 64;
  for (size_t row = 0; row < count; row++)
    bits[row * words] |= (uint64_t)plane[row] << operation % 64;
}

static inline bool same(const uint64_t *a, const uint64_t *b, size_t words)
{
  uint64_t differ = 0;
  for (size_t i = 0; i < words; i++)
    differ |= a[i] ^ b[i];
  return differ == 0;
}

static inline size_t seen_slot(const uint64_t *bits, size_t words)
{
  uint64_t mixed = 0;
  for (size_t i = 0; i < words; i++)
    mixed = (mixed ^ bits[i]) * UINT64_C(0x9e3779b97f4a7c15);
  return mixed >> 54;
}

_Static_assert(SEEN == 1 << 10, "seen_slot gives ten bits");

static inline remit_status number_by(finder *f, size_t first, size_t rows, size_t words, remit_error *err)
{
  remit_status status = REMIT_OK;
  for (size_t row = 0; status == REMIT_OK && row < rows; row++) {
    const uint64_t *bits = f->bits + row * words;
    uint32_t *seen = &f->seen[seen_slot(bits, words)];
    if (!same(bits, decision_set(&f->sets, *seen), words))
      status = decision_sets_add(&f->sets, bits, seen, err);
    f->codes[first + row] = *seen;
  }
  return status;
}

static remit_status check_count(const finder *f, remit_error *err)
{
  if (f->sets.count > REMIT_TRAILS_MAX)
    return remit_fail(err, REMIT_ELIMIT, "the changes meet the lines in more than %d different ways", REMIT_TRAILS_MAX);
  return REMIT_OK;
}

static remit_status number_rows(finder *f, size_t first, size_t rows, remit_error *err)
{
  remit_status status;
  if (f->sets.words == 1) /* fast path: same answer without it */
    status = number_by(f, first, rows, 1, err);
  else
    status = number_by(f, first, rows, f->sets.words, err);
  return status == REMIT_OK ? check_count(f, err) : status;
}

static remit_status find_of_rows(finder *f, size_t rows, remit_error *err)
{
  size_t count = f->lines->count, words = f->sets.words;
  f->codes = remit_allocate(rows, sizeof *f->codes);
  remit_status status = f->codes != NULL ? REMIT_OK : remit_no_memory(err);
  for (size_t first = 0; status == REMIT_OK && first < rows; first += REMIT_BLOCK) {
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    memset(f->bits, 0, here * words * sizeof *f->bits);
    for (size_t i = 0; i < count; i += 8)
      add_plane(f, first, here, i, count - i < 8 ? count : i + 8);
    status = number_rows(f, first, here, err);
  }
  return status;
}

static remit_status find_by_classes(finder *f, remit_error *err)
{
  changeset_lines *lines = f->lines;
  f->rows = f->numbers.rows;
  remit_status status = find_of_rows(f, f->numbers.count, err);
  if (status != REMIT_OK)
    return status;
  lines->codes = remit_allocate_zero(lines->classes.size, sizeof *lines->codes);
  if (lines->codes == NULL)
    return remit_no_memory(err);
  for (size_t i = 0; i < f->numbers.count; i++)
    lines->codes[f->numbers.numbers[i]] = (uint16_t)f->codes[i];
  return REMIT_OK;
}

/* Trails are numbered as lines first meet them, the empty one first. */
static remit_status find(finder *f, remit_error *err)
{
  uint32_t none;
  bool few;
  memset(f->bits, 0, f->sets.words * sizeof *f->bits);
  remit_status status = decision_sets_add(&f->sets, f->bits, &none, err);
  if (status == REMIT_OK)
    status = changeset_classes_init(&f->lines->classes, f->lines->table, f->operations, f->lines->count, &few, &f->numbers, err);
  if (status != REMIT_OK)
    return status;
  return few ? find_by_classes(f, err) : find_of_rows(f, remit_table_rows(f->lines->table), err);
}

/* ---- What is kept of them ---- */

static remit_status list_operations(finder *f, remit_error *err)
{
  changeset_lines *lines = f->lines;
  size_t total = 0;
  lines->trail_count = f->sets.count;
  lines->starts = remit_allocate(f->sets.count + 1, sizeof *lines->starts);
  if (lines->starts == NULL)
    return remit_no_memory(err);
  for (size_t set = 0; set < f->sets.count; set++) {
    lines->starts[set] = total;
    for (size_t i = 0; i < lines->count; i++)
      total += decision_bit(decision_set(&f->sets, set), i);
  }
  lines->starts[f->sets.count] = total;
  lines->lists = remit_allocate(total, sizeof *lines->lists);
  if (lines->lists == NULL)
    return remit_no_memory(err);
  total = 0;
  for (size_t set = 0; set < f->sets.count; set++)
    for (size_t i = 0; i < lines->count; i++)
      if (decision_bit(decision_set(&f->sets, set), i))
        lines->lists[total++] = (uint16_t)i;
  return REMIT_OK;
}

_Static_assert(REMIT_OPERATIONS_MAX <= UINT16_MAX, "lists hold operations in 16 bits");
_Static_assert(REMIT_OPERATIONS_MAX * 5 <= REMIT_LABEL_MAX, "a label holds the numbers of all operations");

static remit_status add_label(changeset_trail trail, remit_dictionary *labels, remit_error *err)
{
  char text[REMIT_LABEL_MAX + REMIT_NUMBER_SIZE];
  size_t size = 0;
  uint32_t code;
  for (size_t i = 0; i < trail.count; i++) {
    size += remit_number_print((int64_t)trail.list[i] + 1, 0, false, text + size);
    text[size++] = '|';
  }
  return remit_dictionary_add(labels, text, size - 1, &code, err);
}

static remit_status write_classes(const changeset_lines *lines, remit_column **out, remit_error *err)
{
  remit_status status = remit_column_blank(out, lines->classes.rows, REMIT_CODE, lines->labels, err);
  if (status != REMIT_OK)
    return status;
  changeset_classes_write(&lines->classes, lines->codes, *out);
  remit_column_finish(*out);
  return REMIT_OK;
}

static void forget_classes(changeset_lines *lines)
{
  changeset_classes_release(&lines->classes);
  remit_release(lines->codes);
  lines->codes = NULL;
}

/* The column itself only where it cannot be made later. */
static remit_status make_column(finder *f, remit_error *err)
{
  changeset_lines *lines = f->lines;
  remit_column *made = NULL;
  remit_status status = remit_dictionary_new(&lines->labels, err);
  for (size_t trail = 1; status == REMIT_OK && trail < lines->trail_count; trail++)
    status = add_label(changeset_trail_at(lines, trail), lines->labels, err);
  if (status != REMIT_OK || (lines->codes != NULL && changeset_classes_last(&lines->classes)))
    return status;
  if (lines->codes != NULL)
    status = write_classes(lines, &made, err);
  else
    status = remit_column_codes(&made, f->codes, remit_table_rows(lines->table), lines->labels, err);
  atomic_init(&lines->trails, made);
  forget_classes(lines);
  return status;
}

const remit_column *remit_changeset_trails(const remit_changeset *changeset)
{
  changeset_lines *lines = changeset->lines;
  remit_column *known = atomic_load_explicit(&lines->trails, memory_order_acquire), *made;
  if (known != NULL || write_classes(lines, &made, NULL) != REMIT_OK)
    return known;
  if (atomic_compare_exchange_strong(&lines->trails, &known, made))
    return made;
  remit_column_free(made);
  return known;
}

/* ---- How many lines ---- */

#define COUNTED 1024 /* trails at once */

static void read_trails(const changeset_lines *lines, size_t first, size_t count, int64_t *trails)
{
  const remit_column *known = atomic_load_explicit(&lines->trails, memory_order_acquire);
  uint16_t number[REMIT_BLOCK];
  if (known != NULL) {
    remit_column_read(known, first, count, trails);
    return;
  }
  changeset_classes_number(&lines->classes, first, count, number);
  for (size_t i = 0; i < count; i++)
    trails[i] = lines->codes[number[i]];
}

/* counts[i]: the lines of trail `from` + i. */
static void count_trails(const changeset_lines *lines, size_t from, size_t counts[COUNTED])
{
  size_t rows = remit_table_rows(lines->table);
  memset(counts, 0, COUNTED * sizeof *counts);
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    int64_t trails[REMIT_BLOCK];
    size_t here = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    read_trails(lines, first, here, trails);
    for (size_t i = 0; i < here; i++)
      if ((size_t)trails[i] - from < COUNTED)
        counts[(size_t)trails[i] - from]++;
  }
}

/* Threads that count at the same time come to the same. */
static void count_touched(changeset_lines *lines)
{
  size_t touched[REMIT_OPERATIONS_MAX] = { 0 }, counts[COUNTED];
  for (size_t from = 0; from < lines->trail_count; from += COUNTED) {
    count_trails(lines, from, counts);
    for (size_t trail = from; trail < lines->trail_count && trail - from < COUNTED; trail++)
      for (size_t i = lines->starts[trail]; i < lines->starts[trail + 1]; i++)
        touched[lines->lists[i]] += counts[trail - from];
  }
  for (size_t i = 0; i < lines->count; i++)
    atomic_store_explicit(&lines->operations[i].touched, touched[i], memory_order_relaxed);
}

size_t remit_changeset_touched(const remit_changeset *changeset, size_t operation)
{
  changeset_lines *lines = changeset->lines;
  if (operation >= lines->count)
    return 0;
  atomic_size_t *touched = &lines->operations[operation].touched;
  if (atomic_load_explicit(touched, memory_order_relaxed) == SIZE_MAX)
    count_touched(lines);
  return atomic_load_explicit(touched, memory_order_relaxed);
}

const remit_dictionary *remit_changeset_labels(const remit_changeset *changeset)
{
  return changeset->lines->labels;
}

remit_status changeset_find_trails(changeset_lines *lines, const remit_operation *operations, remit_error *err)
{
  size_t words = lines->count != 0 ? decision_words(lines->count) : 1;
  finder f = { .lines = lines, .operations = operations, .sets = { .words = words } };
  atomic_init(&lines->trails, NULL);
  f.bits = remit_allocate(REMIT_BLOCK, words * sizeof *f.bits);
  remit_status status = f.bits != NULL ? find(&f, err) : remit_no_memory(err);
  if (status == REMIT_OK)
    status = list_operations(&f, err);
  if (status == REMIT_OK)
    status = make_column(&f, err);
  decision_sets_release(&f.sets);
  remit_release(f.bits);
  changeset_numbers_release(&f.numbers);
  remit_release(f.codes);
  return status;
}

void changeset_forget_trails(changeset_lines *lines)
{
  forget_classes(lines);
  remit_column_free(atomic_load_explicit(&lines->trails, memory_order_relaxed));
  remit_dictionary_free(lines->labels);
}
