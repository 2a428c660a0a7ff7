/* SPDX-License-Identifier: Apache-2.0
 * decision_gaps: what no rule meets, as a decision diagram. The inputs are gone through in order with the rules that are still alive; each
 * set of them is looked at once at each input, and nodes that lead to the same are one node. The paths to the end are the gaps.
 */
#include <string.h>

#include "decision_internal.h"
#include "decision_rows.h"
#include "memory.h"

#define WORK_MAX ((uint64_t)1 << 25) /* words of rules looked at: some tenths of a second, at most some 100 MB */

/* Ends of the diagram; other numbers count an input's nodes from NODES on. */
#define COVERED 0
#define GAP 1
#define NODES 2

typedef struct level {
  size_t class_count;
  const decision_sets *classes;
  const uint64_t *possible;
  uint64_t *accepting; /* rules that pass whatever the inputs from here on are */
  decision_sets alive; /* sets of rules that came here, and where they lead */
  uint32_t *node_of;
  size_t node_room;
  decision_sets nodes; /* each a child for each class */
  uint64_t *rules;     /* alive at the next level */
  uint64_t *children;
} level;

typedef struct gaps {
  const remit_decision *decision;
  decision_values *values;
  level *levels; /* one for each input, and one past them */
  uint64_t work;
  size_t max;
  bool all;
  decision_rows rows;
  uint32_t *path; /* texts down to a node */
} gaps;

static void gaps_release(gaps *g)
{
  for (size_t i = 0; g->levels != NULL && i <= g->decision->input_count; i++) {
    level *l = &g->levels[i];
    remit_release(l->accepting);
    remit_release(l->node_of);
    remit_release(l->rules);
    remit_release(l->children);
    decision_sets_release(&l->alive);
    decision_sets_release(&l->nodes);
  }
  decision_values_free(g->values, g->decision->input_count);
  decision_rows_release(&g->rows);
  remit_release(g->levels);
  remit_release(g->path);
}

/* Of the rules that accept anything after the input, those that accept anything here too. */
static void narrow(const level *l, const uint64_t *after, size_t words)
{
  memcpy(l->accepting, after, words * sizeof *after);
  for (size_t class = 0; class < l->class_count; class++) {
    const uint64_t *bits = decision_set(l->classes, class);
    for (size_t word = 0; decision_bit(l->possible, class) && word < words; word++)
      l->accepting[word] &= bits[word];
  }
}

static remit_status level_init(level *l, const remit_decision *decision, const decision_values *values, remit_error *err)
{
  l->classes = &decision->inputs[values->index].classes;
  l->class_count = l->classes->count;
  l->possible = values->possible;
  l->alive.words = decision->words;
  l->nodes.words = l->class_count;
  l->rules = remit_allocate(decision->words, sizeof *l->rules);
  l->children = remit_allocate_zero(l->class_count, sizeof *l->children);
  l->accepting = remit_allocate(decision->words, sizeof *l->accepting);
  return l->rules != NULL && l->children != NULL && l->accepting != NULL ? REMIT_OK : remit_no_memory(err);
}

static remit_status gaps_init(gaps *g, const remit_decision *decision, size_t max, remit_error *err)
{
  size_t count = decision->input_count;
  *g = (gaps){ .decision = decision, .max = max, .all = true, .rows.width = count };
  g->levels = remit_allocate_zero(count + 1, sizeof *g->levels);
  g->path = remit_allocate(count, sizeof *g->path);
  if (g->levels == NULL || g->path == NULL)
    return remit_no_memory(err);
  level *last = &g->levels[count];
  last->accepting = remit_allocate(decision->words, sizeof *last->accepting);
  if (last->accepting == NULL)
    return remit_no_memory(err);
  memset(last->accepting, 0xff, decision->words * sizeof *last->accepting);
  remit_status status = decision_values_new(&g->values, decision, err);
  for (size_t i = count; status == REMIT_OK && i-- > 0;) {
    status = level_init(&g->levels[i], decision, &g->values[i], err);
    if (status == REMIT_OK)
      narrow(&g->levels[i], g->levels[i + 1].accepting, decision->words);
  }
  return status;
}

/* ---- The diagram ---- */

static bool is_empty(const uint64_t *bits, size_t words)
{
  uint64_t any = 0;
  for (size_t word = 0; word < words; word++)
    any |= bits[word];
  return any == 0;
}

static bool meet(const uint64_t *a, const uint64_t *b, size_t words)
{
  uint64_t any = 0;
  for (size_t word = 0; word < words; word++)
    any |= a[word] & b[word];
  return any != 0;
}

static remit_status make_room(level *l, remit_error *err)
{
  if (l->alive.room <= l->node_room)
    return REMIT_OK;
  uint32_t *node_of = remit_reallocate(l->node_of, l->alive.room, sizeof *node_of);
  if (node_of == NULL)
    return remit_no_memory(err);
  l->node_of = node_of;
  l->node_room = l->alive.room;
  return REMIT_OK;
}

/* The node whose children have been noted; an end when they all are that end. */
static remit_status close_node(level *l, uint32_t *node, remit_error *err)
{
  bool covered = true, gap = true;
  for (size_t class = 0; class < l->class_count; class++)
    if (decision_bit(l->possible, class)) {
      covered &= l->children[class] == COVERED;
      gap &= l->children[class] == GAP;
    }
  *node = covered ? COVERED : GAP;
  if (covered || gap)
    return REMIT_OK;
  remit_status status = decision_sets_add(&l->nodes, l->children, node, err);
  *node += NODES;
  return status;
}

static remit_status find_node(gaps *g, size_t index, const uint64_t *alive, uint32_t *node, remit_error *err);

static remit_status find_children(gaps *g, size_t index, const uint64_t *alive, remit_error *err)
{
  level *l = &g->levels[index];
  for (size_t class = 0; class < l->class_count; class++) {
    if (!decision_bit(l->possible, class))
      continue;
    const uint64_t *bits = decision_set(l->classes, class);
    for (size_t word = 0; word < g->decision->words; word++)
      l->rules[word] = alive[word] & bits[word];
    uint32_t child = COVERED;
    remit_status status = find_node(g, index + 1, l->rules, &child, err);
    if (status != REMIT_OK)
      return status;
    l->children[class] = child;
  }
  return REMIT_OK;
}

/* Where a set of rules that nobody has come with yet leads. Below this input's level nothing touches its scratch. */
static remit_status explore(gaps *g, size_t index, uint32_t number, uint32_t *node, remit_error *err)
{
  level *l = &g->levels[index];
  remit_status status = make_room(l, err);
  if (status == REMIT_OK)
    status = find_children(g, index, decision_set(&l->alive, number), err);
  if (status == REMIT_OK)
    status = close_node(l, node, err);
  if (status == REMIT_OK)
    l->node_of[number] = *node;
  return status;
}

static remit_status find_node(gaps *g, size_t index, const uint64_t *alive, uint32_t *node, remit_error *err)
{
  level *l = &g->levels[index];
  size_t words = g->decision->words, known = l->alive.count;
  if (is_empty(alive, words)) {
    *node = GAP;
    return REMIT_OK;
  }
  *node = COVERED;
  if (meet(alive, l->accepting, words))
    return REMIT_OK;
  if (g->work > WORK_MAX) {
    g->all = false;
    return REMIT_OK;
  }
  g->work += (l->class_count + 4) * (words + 1);
  uint32_t number;
  remit_status status = decision_sets_add(&l->alive, alive, &number, err);
  if (status != REMIT_OK)
    return status;
  if (number == known)
    return explore(g, index, number, node, err);
  *node = l->node_of[number];
  return REMIT_OK;
}

/* ---- Its paths ---- */

static remit_status add_row(gaps *g, size_t index, remit_error *err)
{
  uint32_t *row;
  if (g->rows.count == g->max) {
    g->all = false;
    return REMIT_OK;
  }
  for (size_t i = index; i < g->decision->input_count; i++) {
    remit_status status = decision_values_text(&g->values[i], g->levels[i].possible, &g->path[i], err);
    if (status != REMIT_OK)
      return status;
  }
  remit_status status = decision_rows_add(&g->rows, &row, err);
  if (status == REMIT_OK)
    memcpy(row, g->path, g->decision->input_count * sizeof *row);
  return status;
}

/* Whether no class before this one has the same child; then the set of those that have. */
static bool gather(const level *l, const uint64_t *children, size_t class, uint64_t *set, size_t words)
{
  if (!decision_bit(l->possible, class))
    return false;
  for (size_t i = 0; i < class; i++)
    if (decision_bit(l->possible, i) && children[i] == children[class])
      return false;
  memset(set, 0, words * sizeof *set);
  for (size_t i = class; i < l->class_count; i++)
    if (decision_bit(l->possible, i) && children[i] == children[class])
      decision_set_bit(set, i);
  return true;
}

static remit_status walk(gaps *g, size_t index, uint32_t node, remit_error *err)
{
  if (node == GAP)
    return add_row(g, index, err);
  const level *l = &g->levels[index];
  decision_values *values = &g->values[index];
  const uint64_t *children = decision_set(&l->nodes, node - NODES);
  for (size_t class = 0; class < l->class_count && (g->all || g->rows.count < g->max); class++) {
    if (children[class] == COVERED || !gather(l, children, class, values->set, values->words))
      continue;
    remit_status status = decision_values_text(values, values->set, &g->path[index], err);
    if (status == REMIT_OK)
      status = walk(g, index + 1, (uint32_t)children[class], err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

/* Whether no combination is possible: an input without members or rows. */
static bool nothing_possible(const gaps *g)
{
  for (size_t i = 0; i < g->decision->input_count; i++)
    if (is_empty(g->values[i].possible, g->values[i].words))
      return true;
  return false;
}

static remit_status find_gaps(gaps *g, remit_error *err)
{
  const remit_decision *decision = g->decision;
  uint32_t root = COVERED;
  if (nothing_possible(g))
    return REMIT_OK;
  uint64_t *every = remit_allocate_zero(decision->words, sizeof *every);
  if (every == NULL)
    return remit_no_memory(err);
  for (size_t rule = 0; rule < decision->rule_count; rule++)
    decision_set_bit(every, rule);
  remit_status status = find_node(g, 0, every, &root, err);
  remit_release(every);
  return status == REMIT_OK && root != COVERED ? walk(g, 0, root, err) : status;
}

static remit_status make_table(gaps *g, remit_table **out, remit_error *err)
{
  remit_table *table;
  remit_status status = remit_table_new(&table, g->rows.count, err);
  if (status != REMIT_OK)
    return status;
  status = decision_rows_texts(&g->rows, 0, g->decision, g->values, table, err);
  for (size_t i = 0; i < g->decision->input_count; i++)
    g->all = g->all && !g->values[i].cut;
  if (status == REMIT_OK)
    *out = table;
  else
    remit_table_free(table);
  return status;
}

remit_status remit_decision_gaps(const remit_decision *decision, size_t max, remit_table **out, bool *all, remit_error *err)
{
  gaps g;
  *out = NULL;
  remit_status status = gaps_init(&g, decision, max, err);
  if (status == REMIT_OK)
    status = find_gaps(&g, err);
  if (status == REMIT_OK)
    status = make_table(&g, out, err);
  *all = status == REMIT_OK && g.all;
  gaps_release(&g);
  return status;
}
