/* SPDX-License-Identifier: Apache-2.0
 * selection: an immutable tree of tests. A leaf on codes is a byte a code, whatever attribute the test was of; a leaf on integers is
 * ranges. Rows are evaluated a block at a time, so that intermediate masks stay in the nearest cache and nothing is allocated.
 */
#include "remit/selection.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <string.h>

#include "memory.h"
#include "remit/dictionary.h"
#include "selection_bytes.h"
#include "selection_internal.h"
#include "vectors.h"

typedef enum node_kind { NODE_ALL, NODE_BYTES, NODE_RANGES, NODE_AND, NODE_OR, NODE_NOT } node_kind;

struct remit_selection {
  atomic_size_t owners;
  node_kind kind;
  remit_table *table;
  size_t depth;
  size_t nodes; /* of the tree, a shared one counted wherever it occurs: what a block costs */
  const remit_column *column; /* of a leaf; in the table, so borrowed */
  const void *values;         /* of that column */
  size_t width;
  uint8_t *pass; /* NODE_BYTES */
  bool fast;     /* `set` holds the same */
  remit_byte_set set;
  remit_ranges ranges; /* NODE_RANGES */
  remit_selection *left, *right; /* `right` is NULL for NODE_NOT */
};

static remit_status node_new(remit_selection **out, node_kind kind, const remit_table *table, remit_error *err)
{
  remit_selection *node = remit_allocate_zero(1, sizeof *node);
  *out = node;
  if (node == NULL)
    return remit_no_memory(err);
  atomic_init(&node->owners, 1);
  node->kind = kind;
  node->table = remit_table_share(table);
  node->depth = 1;
  node->nodes = 1;
  return REMIT_OK;
}

remit_selection *remit_selection_share(const remit_selection *selection)
{
  remit_selection *owner = (remit_selection *)selection;
  atomic_fetch_add_explicit(&owner->owners, 1, memory_order_relaxed);
  return owner;
}

void remit_selection_free(remit_selection *selection)
{
  if (selection == NULL || atomic_fetch_sub_explicit(&selection->owners, 1, memory_order_acq_rel) != 1)
    return;
  remit_selection_free(selection->left);
  remit_selection_free(selection->right);
  remit_table_free(selection->table);
  remit_ranges_release(&selection->ranges);
  remit_release(selection->pass);
  remit_release(selection);
}

const remit_table *remit_selection_table(const remit_selection *selection)
{
  return selection->table;
}

remit_status remit_selection_all(remit_selection **out, const remit_table *table, remit_error *err)
{
  return node_new(out, NODE_ALL, table, err);
}

/* ---- Tests ---- */

const remit_column *remit_selection_names(const remit_table *dimension)
{
  const remit_column *names = dimension != NULL ? remit_table_find(dimension, "name") : NULL;
  return names != NULL && remit_column_unit(names) == REMIT_CODE ? names : NULL;
}

/* A byte for each code of `column` itself. */
static remit_status pass_codes(const remit_predicate *predicate, const remit_column *column, const remit_table *dimension, uint8_t **pass,
                               remit_error *err)
{
  const remit_dictionary *dictionary = remit_column_dictionary(column);
  *pass = remit_allocate(remit_dictionary_size(dictionary), 1);
  if (*pass == NULL)
    return remit_no_memory(err);
  return remit_predicate_codes(predicate, dictionary, remit_selection_names(dimension), *pass, err);
}

/* A byte for each code of the path's base, by the label of its attribute. */
static remit_status fold_codes(const remit_predicate *predicate, const remit_path *path, uint8_t *pass, remit_error *err)
{
  uint8_t *target = NULL;
  remit_status status = pass_codes(predicate, path->target, path->dimension, &target, err);
  size_t count = remit_dictionary_size(remit_column_dictionary(path->base));
  for (size_t code = 0; status == REMIT_OK && code < count; code++) {
    uint32_t row = path->row_of[code];
    pass[code] = target[row != 0 ? remit_column_code(path->target, row - 1) : 0];
  }
  remit_release(target);
  return status;
}

/* The same by the value of an integer attribute. */
static remit_status fold_ints(const remit_predicate *predicate, const remit_path *path, uint8_t *pass, remit_error *err)
{
  remit_ranges ranges;
  remit_status status = remit_predicate_ranges(predicate, remit_column_unit(path->target), &ranges, err);
  if (status != REMIT_OK)
    return status;
  size_t count = remit_dictionary_size(remit_column_dictionary(path->base));
  for (size_t code = 0; code < count; code++) {
    uint32_t row = path->row_of[code];
    pass[code] = remit_ranges_pass(&ranges, row != 0 ? remit_column_int(path->target, row - 1) : REMIT_MISSING);
  }
  remit_ranges_release(&ranges);
  return REMIT_OK;
}

static void note_set(remit_selection *node, size_t size)
{
  node->fast = node->width == 1 && remit_has_avx2();
  if (node->fast)
    remit_byte_set_init(&node->set, node->pass, size);
}

static remit_status test_codes(remit_selection *node, const remit_path *path, const remit_predicate *predicate, remit_error *err)
{
  node->kind = NODE_BYTES;
  if (path->row_of == NULL)
    return pass_codes(predicate, path->base, path->dimension, &node->pass, err);
  node->pass = remit_allocate(remit_dictionary_size(remit_column_dictionary(path->base)), 1);
  if (node->pass == NULL)
    return remit_no_memory(err);
  return remit_column_unit(path->target) == REMIT_CODE ? fold_codes(predicate, path, node->pass, err) : fold_ints(predicate, path, node->pass, err);
}

static remit_status test_path(remit_selection *node, const remit_path *path, const remit_predicate *predicate, remit_error *err)
{
  node->column = path->base;
  node->values = remit_column_values(path->base, &node->width);
  if (remit_column_unit(path->base) == REMIT_CODE) {
    remit_status status = test_codes(node, path, predicate, err);
    if (status == REMIT_OK)
      note_set(node, remit_dictionary_size(remit_column_dictionary(path->base)));
    return status;
  }
  node->kind = NODE_RANGES;
  return remit_predicate_ranges(predicate, remit_column_unit(path->base), &node->ranges, err);
}

remit_status remit_selection_test(remit_selection **out, const remit_table *table, const char *name, const remit_predicate *predicate,
                                  remit_error *err)
{
  *out = NULL;
  remit_path path;
  remit_status status = remit_path_init(&path, table, name, err);
  if (status != REMIT_OK)
    return status;
  remit_selection *node;
  status = node_new(&node, NODE_ALL, table, err);
  if (status == REMIT_OK)
    status = test_path(node, &path, predicate, err);
  remit_path_release(&path);
  if (status == REMIT_OK)
    *out = node;
  else
    remit_selection_free(node);
  return status;
}

/* ---- And, or, not ---- */

static remit_status combine(remit_selection **out, node_kind kind, const remit_selection *a, const remit_selection *b, remit_error *err)
{
  *out = NULL;
  if (b != NULL && a->table != b->table)
    return remit_fail(err, REMIT_EINVAL, "selections of different tables do not combine");
  size_t depth = 1 + (b != NULL && b->depth > a->depth ? b->depth : a->depth);
  size_t nodes = 1 + a->nodes + (b != NULL ? b->nodes : 0);
  if (depth > REMIT_SELECTION_DEPTH)
    return remit_fail(err, REMIT_ELIMIT, "a selection nested more than %d deep", REMIT_SELECTION_DEPTH);
  if (nodes > REMIT_SELECTION_NODES)
    return remit_fail(err, REMIT_ELIMIT, "a selection of more than %d tests", REMIT_SELECTION_NODES);
  remit_status status = node_new(out, kind, a->table, err);
  if (status != REMIT_OK)
    return status;
  (*out)->depth = depth;
  (*out)->nodes = nodes;
  (*out)->left = remit_selection_share(a);
  (*out)->right = b != NULL ? remit_selection_share(b) : NULL;
  return REMIT_OK;
}

remit_status remit_selection_and(remit_selection **out, const remit_selection *a, const remit_selection *b, remit_error *err)
{
  return combine(out, NODE_AND, a, b, err);
}

remit_status remit_selection_or(remit_selection **out, const remit_selection *a, const remit_selection *b, remit_error *err)
{
  return combine(out, NODE_OR, a, b, err);
}

remit_status remit_selection_not(remit_selection **out, const remit_selection *a, remit_error *err)
{
  return combine(out, NODE_NOT, a, NULL, err);
}

/* ---- The same tests of another table ---- */

bool remit_selection_tests(const remit_selection *selection, remit_selection_read *read, void *context)
{
  if (selection == NULL || selection->kind == NODE_ALL)
    return true;
  if (selection->kind == NODE_RANGES)
    return false;
  if (selection->kind == NODE_BYTES)
    return read(context, selection->column, selection->pass);
  return remit_selection_tests(selection->left, read, context) && remit_selection_tests(selection->right, read, context);
}

typedef struct visitor {
  remit_selection_visit *visit;
  void *context;
} visitor;

static bool visit_column(void *context, const remit_column *column, const uint8_t *pass)
{
  const visitor *v = context;
  (void)pass;
  return v->visit(v->context, column);
}

bool remit_selection_codes(const remit_selection *selection, remit_selection_visit *visit, void *context)
{
  visitor v = { visit, context };
  return remit_selection_tests(selection, visit_column, &v);
}

static remit_status copy_leaf(remit_selection *node, const remit_selection *leaf, const remit_column *column, remit_error *err)
{
  size_t size = remit_dictionary_size(remit_column_dictionary(leaf->column));
  node->column = column;
  node->values = remit_column_values(column, &node->width);
  node->pass = remit_allocate(size, 1);
  if (node->pass == NULL)
    return remit_no_memory(err);
  memcpy(node->pass, leaf->pass, size);
  note_set(node, size);
  return REMIT_OK;
}

remit_status remit_selection_rebind(remit_selection **out, const remit_selection *selection, const remit_table *table,
                                    remit_selection_twin *twin, const void *context, remit_error *err)
{
  remit_status status = node_new(out, selection->kind, table, err);
  remit_selection *node = *out;
  if (status != REMIT_OK)
    return status;
  node->depth = selection->depth;
  node->nodes = selection->nodes;
  if (selection->kind == NODE_BYTES)
    status = copy_leaf(node, selection, twin(context, selection->column), err);
  if (selection->left != NULL)
    status = remit_selection_rebind(&node->left, selection->left, table, twin, context, err);
  if (status == REMIT_OK && selection->right != NULL)
    status = remit_selection_rebind(&node->right, selection->right, table, twin, context, err);
  if (status == REMIT_OK)
    return REMIT_OK;
  remit_selection_free(node);
  *out = NULL;
  return status;
}

/* ---- Evaluation ---- */

void remit_selection_slow(remit_selection *selection)
{
  if (selection == NULL)
    return;
  selection->fast = false;
  remit_selection_slow(selection->left);
  remit_selection_slow(selection->right);
}

static void look_up_1(const uint8_t *codes, const uint8_t *pass, size_t count, uint8_t *mask)
{
  for (size_t i = 0; i < count; i++)
    mask[i] = pass[codes[i]];
}

static void look_up_2(const uint16_t *codes, const uint8_t *pass, size_t count, uint8_t *mask)
{
  for (size_t i = 0; i < count; i++)
    mask[i] = pass[codes[i]];
}

static void look_up_4(const uint32_t *codes, const uint8_t *pass, size_t count, uint8_t *mask)
{
  for (size_t i = 0; i < count; i++)
    mask[i] = pass[codes[i]];
}

static void mask_bytes(const remit_selection *node, size_t first, size_t count, uint8_t *mask)
{
  if (node->fast) { /* fast path: same answer without it */
    remit_byte_set_mask(&node->set, (const uint8_t *)node->values + first, count, mask);
    return;
  }
  switch (node->width) {
  case 1: look_up_1((const uint8_t *)node->values + first, node->pass, count, mask); break;
  case 2: look_up_2((const uint16_t *)node->values + first, node->pass, count, mask); break;
  default: look_up_4((const uint32_t *)node->values + first, node->pass, count, mask); break;
  }
}

static void mask_wide(const remit_ranges *ranges, const int64_t *values, size_t count, uint8_t *mask)
{
  if (ranges->count != 1) {
    for (size_t i = 0; i < count; i++)
      mask[i] = remit_ranges_pass(ranges, values[i]);
    return;
  }
  /* fast path: one range without a branch; same answer without it */
  const uint64_t low = (uint64_t)ranges->bounds[0][0], span = (uint64_t)ranges->bounds[0][1] - low;
  const uint8_t missing = ranges->missing;
  for (size_t i = 0; i < count; i++)
    mask[i] = (uint8_t)(((uint64_t)values[i] - low <= span) | ((values[i] == REMIT_MISSING) & missing));
}

/* The same of integers in 4 bytes: bounds are cut to theirs. */
static void mask_narrow(const remit_ranges *ranges, const int32_t *values, size_t count, uint8_t *mask)
{
  int64_t from = ranges->count == 1 ? ranges->bounds[0][0] : 0, to = ranges->count == 1 ? ranges->bounds[0][1] : 0;
  if (ranges->count != 1 || from > INT32_MAX || to <= INT32_MIN) {
    for (size_t i = 0; i < count; i++)
      mask[i] = remit_ranges_pass(ranges, values[i] != REMIT_MISSING_NARROW ? values[i] : REMIT_MISSING);
    return;
  }
  /* fast path: as above */
  const uint32_t low = (uint32_t)(from > INT32_MIN ? from : INT32_MIN + 1), span = (uint32_t)(to < INT32_MAX ? to : INT32_MAX) - low;
  const uint8_t missing = ranges->missing;
  for (size_t i = 0; i < count; i++)
    mask[i] = (uint8_t)(((uint32_t)values[i] - low <= span) | ((values[i] == REMIT_MISSING_NARROW) & missing));
}

static void mask_ranges(const remit_selection *node, size_t first, size_t count, uint8_t *mask)
{
  if (node->width == sizeof(int32_t))
    mask_narrow(&node->ranges, (const int32_t *)node->values + first, count, mask);
  else
    mask_wide(&node->ranges, (const int64_t *)node->values + first, count, mask);
}

/* Rows [first, first + count), or those listed. */
typedef struct asked_rows {
  const uint32_t *rows; /* NULL: not listed */
  size_t first, count;
} asked_rows;

static void pick_bytes(const remit_selection *node, const uint32_t *rows, size_t count, uint8_t *mask)
{
  const uint8_t *narrow = node->values;
  const uint16_t *middle = node->values;
  const uint32_t *wide = node->values;
  for (size_t i = 0; i < count; i++)
    mask[i] = node->pass[node->width == 1 ? narrow[rows[i]] : node->width == 2 ? middle[rows[i]] : wide[rows[i]]];
}

static void mask_leaf(const remit_selection *node, const asked_rows *asked, uint8_t *mask)
{
  bool bytes = node->kind == NODE_BYTES;
  if (asked->rows == NULL)
    (bytes ? mask_bytes : mask_ranges)(node, asked->first, asked->count, mask);
  else if (bytes)
    pick_bytes(node, asked->rows, asked->count, mask);
  else
    for (size_t i = 0; i < asked->count; i++)
      mask_ranges(node, asked->rows[i], 1, mask + i);
}

static void mask_node(const remit_selection *node, const asked_rows *asked, uint8_t *mask);

/* Its buffer lives here and not in mask_pair, so that a long chain holds one and not one a level. */
static void mask_with(const remit_selection *node, node_kind kind, const asked_rows *asked, uint8_t *mask)
{
  alignas(64) uint8_t other[REMIT_BLOCK]; /* a cache line's: vectors of it lie in one */
  const size_t count = asked->count; /* no byte of a mask can change it: these loops become vector code */
  mask_node(node, asked, other);
  if (kind == NODE_AND)
    for (size_t i = 0; i < count; i++)
      mask[i] &= other[i];
  else
    for (size_t i = 0; i < count; i++)
      mask[i] |= other[i];
}

static void mask_pair(const remit_selection *node, const asked_rows *asked, uint8_t *mask)
{
  bool swap = node->right->depth > node->left->depth;
  const remit_selection *deeper = swap ? node->right : node->left, *other = swap ? node->left : node->right;
  mask_node(deeper, asked, mask);
  /* fast path: no byte can change any more; same answer without it */
  if (memchr(mask, node->kind == NODE_AND ? 1 : 0, asked->count) != NULL)
    mask_with(other, node->kind, asked, mask);
}

static void mask_node(const remit_selection *node, const asked_rows *asked, uint8_t *mask)
{
  const size_t count = asked->count;
  switch (node->kind) {
  case NODE_ALL: memset(mask, 1, count); break;
  case NODE_NOT:
    mask_node(node->left, asked, mask);
    for (size_t i = 0; i < count; i++)
      mask[i] ^= 1;
    break;
  case NODE_AND:
  case NODE_OR: mask_pair(node, asked, mask); break;
  default: mask_leaf(node, asked, mask); break;
  }
}

void remit_selection_mask(const remit_selection *selection, size_t first, size_t count, uint8_t *mask)
{
  size_t rows = remit_table_rows(selection->table);
  size_t there = first < rows ? rows - first : 0;
  size_t limit = count < REMIT_BLOCK ? count : REMIT_BLOCK;
  size_t asked = there < limit ? there : limit;
  if (asked != 0)
    mask_node(selection, &(asked_rows){ NULL, first, asked }, mask);
  memset(mask + asked, 0, count - asked);
}

void remit_selection_pick(const remit_selection *selection, const uint32_t *rows, size_t count, uint8_t *mask)
{
  size_t total = remit_table_rows(selection->table), there = count;
  while (there != 0 && rows[there - 1] >= total)
    there--;
  if (there != 0)
    mask_node(selection, &(asked_rows){ rows, 0, there }, mask);
  memset(mask + there, 0, count - there);
}

size_t remit_selection_count(const remit_selection *selection)
{
  uint8_t mask[REMIT_BLOCK];
  size_t rows = remit_table_rows(selection->table), total = 0;
  for (size_t first = 0; first < rows; first += REMIT_BLOCK) {
    size_t count = rows - first < REMIT_BLOCK ? rows - first : REMIT_BLOCK;
    mask_node(selection, &(asked_rows){ NULL, first, count }, mask);
    for (size_t i = 0; i < count; i++)
      total += mask[i];
  }
  return total;
}

remit_status remit_selection_rows(const remit_selection *selection, size_t **rows, size_t *count, remit_error *err)
{
  uint8_t mask[REMIT_BLOCK];
  size_t total = remit_table_rows(selection->table), found = 0;
  *count = 0;
  *rows = remit_allocate(remit_selection_count(selection) + 1, sizeof **rows); /* one past the end is written */
  if (*rows == NULL)
    return remit_no_memory(err);
  for (size_t first = 0; first < total; first += REMIT_BLOCK) {
    size_t block = total - first < REMIT_BLOCK ? total - first : REMIT_BLOCK;
    mask_node(selection, &(asked_rows){ NULL, first, block }, mask);
    for (size_t i = 0; i < block; i++) {
      (*rows)[found] = first + i;
      found += mask[i];
    }
  }
  *count = found;
  return REMIT_OK;
}

void remit_rows_free(size_t *rows)
{
  remit_release(rows);
}
