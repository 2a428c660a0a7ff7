/* SPDX-License-Identifier: Apache-2.0
 * predicate_resolve: tests against a vocabulary, a byte a member. Labels that are exactly a member's id cost one look-up; all
 * others, and globs, share one pass over the members and one over their names.
 */
#include "predicate_parts.h"

#include <stdlib.h>
#include <string.h>

#include "glob.h"
#include "memory.h"

#define NOBODY SIZE_MAX

/* What the labels of a predicate turn out to be. The arrays have an entry an operand. */
typedef struct resolver {
  const remit_predicate *predicate;
  const remit_dictionary *dictionary;
  const remit_column *names;
  uint8_t *pass;
  uint32_t *codes;  /* 0: not found. In lists only whether it was seen */
  uint32_t *rivals; /* a second member of the same name */
  const predicate_operand **wanted; /* those still looked for, by folded text; equal ones stand together */
  size_t wanted_count;
  bool globs;
} resolver;

static void resolver_release(resolver *r)
{
  remit_release(r->codes);
  remit_release(r->rivals);
  remit_release(r->wanted);
}

static remit_status resolver_init(resolver *r, remit_error *err)
{
  size_t count = r->predicate->operand_count;
  r->codes = remit_allocate_zero(count, sizeof *r->codes);
  r->rivals = remit_allocate_zero(count, sizeof *r->rivals);
  r->wanted = remit_allocate(count, sizeof *r->wanted);
  return r->codes != NULL && r->rivals != NULL && r->wanted != NULL ? REMIT_OK : remit_no_memory(err);
}

static size_t index_of(const resolver *r, const predicate_operand *operand)
{
  return (size_t)(operand - r->predicate->operands);
}

/* ---- Labels to codes ---- */

static int by_folded(const void *a, const void *b)
{
  const predicate_operand *const *left = a, *const *right = b;
  return strcmp((*left)->folded, (*right)->folded);
}

static void want(resolver *r, size_t index)
{
  if (index != NO_OPERAND && r->codes[index] == 0)
    r->wanted[r->wanted_count++] = &r->predicate->operands[index];
}

static void want_unresolved(resolver *r)
{
  const remit_predicate *predicate = r->predicate;
  r->wanted_count = 0;
  for (size_t i = 0; i < predicate->test_count; i++) {
    const predicate_test *test = &predicate->tests[i];
    if (test->kind == PREDICATE_GLOB) {
      r->globs = true;
    } else {
      want(r, test->low);
      want(r, test->high);
    }
  }
  qsort(r->wanted, r->wanted_count, sizeof *r->wanted, by_folded);
}

/* Where in `wanted` the first label equal to `folded` is, or NOBODY. */
static size_t wanted_find(const resolver *r, const char *folded)
{
  if (folded == NULL)
    return NOBODY;
  size_t low = 0, high = r->wanted_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(r->wanted[middle]->folded, folded) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < r->wanted_count && strcmp(r->wanted[low]->folded, folded) == 0 ? low : NOBODY;
}

static void note(resolver *r, size_t found, uint32_t code)
{
  if (found == NOBODY)
    return;
  size_t index = index_of(r, r->wanted[found]);
  if (r->codes[index] == 0)
    r->codes[index] = code;
  else if (r->codes[index] != code && r->rivals[index] == 0)
    r->rivals[index] = code;
}

/* What was noted for the first of equal labels holds for the others. */
static void spread_notes(resolver *r)
{
  for (size_t i = 1; i < r->wanted_count; i++) {
    if (by_folded(&r->wanted[i - 1], &r->wanted[i]) != 0)
      continue;
    size_t from = index_of(r, r->wanted[i - 1]), to = index_of(r, r->wanted[i]);
    r->codes[to] = r->codes[from];
    r->rivals[to] = r->rivals[from];
  }
}

static bool any_glob_matches(const resolver *r, const char *folded)
{
  if (!r->globs || folded == NULL)
    return false;
  const remit_predicate *predicate = r->predicate;
  for (size_t i = 0; i < predicate->test_count; i++) {
    const predicate_test *test = &predicate->tests[i];
    if (test->kind == PREDICATE_GLOB && remit_glob_match(predicate->operands[test->low].folded, folded))
      return true;
  }
  return false;
}

/* NULL for a member whose label is no text: nothing is equal to it. */
static remit_status fold_member(const char *label, size_t size, char **folded, remit_error *err)
{
  remit_status status = remit_text_fold(label, size, folded, err);
  return status == REMIT_EPARSE ? REMIT_OK : status;
}

static remit_status scan_ids(resolver *r, remit_error *err)
{
  size_t count = remit_dictionary_size(r->dictionary);
  for (uint32_t code = 1; code < count; code++) {
    size_t size;
    const char *label = remit_dictionary_label(r->dictionary, code, &size);
    char *folded;
    remit_status status = fold_member(label, size, &folded, err);
    if (status != REMIT_OK)
      return status;
    note(r, wanted_find(r, folded), code);
    if (any_glob_matches(r, folded))
      r->pass[code] = 1;
    remit_text_free(folded);
  }
  spread_notes(r);
  return REMIT_OK;
}

/* What a name means to the predicate, once a distinct name. */
typedef struct name_match {
  size_t found;
  bool glob;
} name_match;

static remit_status match_names(const resolver *r, const remit_dictionary *dictionary, name_match *matches, remit_error *err)
{
  size_t count = remit_dictionary_size(dictionary);
  matches[0] = (name_match){ .found = NOBODY };
  for (uint32_t code = 1; code < count; code++) {
    size_t size;
    const char *label = remit_dictionary_label(dictionary, code, &size);
    char *folded;
    remit_status status = fold_member(label, size, &folded, err);
    if (status != REMIT_OK)
      return status;
    matches[code] = (name_match){ .found = wanted_find(r, folded), .glob = any_glob_matches(r, folded) };
    remit_text_free(folded);
  }
  return REMIT_OK;
}

static remit_status scan_names(resolver *r, remit_error *err)
{
  const remit_dictionary *dictionary = remit_column_dictionary(r->names);
  name_match *matches = remit_allocate(remit_dictionary_size(dictionary), sizeof *matches);
  if (matches == NULL)
    return remit_no_memory(err);
  remit_status status = match_names(r, dictionary, matches, err);
  for (size_t row = 0; status == REMIT_OK && row < remit_column_count(r->names); row++) {
    const name_match *match = &matches[remit_column_code(r->names, row)];
    note(r, match->found, (uint32_t)(row + 1));
    if (match->glob)
      r->pass[row + 1] = 1;
  }
  remit_release(matches);
  spread_notes(r);
  return status;
}

static remit_status resolve_labels(resolver *r, remit_error *err)
{
  const remit_predicate *predicate = r->predicate;
  for (size_t i = 0; i < predicate->operand_count; i++)
    r->codes[i] = remit_dictionary_find(r->dictionary, predicate->operands[i].text, predicate->operands[i].size);
  want_unresolved(r);
  if (r->wanted_count == 0 && !r->globs)
    return REMIT_OK;
  remit_status status = scan_ids(r, err);
  if (status != REMIT_OK || r->names == NULL)
    return status;
  want_unresolved(r);
  return r->wanted_count != 0 || r->globs ? scan_names(r, err) : REMIT_OK;
}

/* ---- Lists ---- */

static remit_status scan_item(resolver *r, uint32_t code, const char *item, size_t size, remit_error *err)
{
  char *folded;
  remit_status status = fold_member(item, size, &folded, err);
  if (status != REMIT_OK)
    return status;
  size_t found = wanted_find(r, folded);
  if (found != NOBODY) {
    r->codes[index_of(r, r->wanted[found])] = code;
    r->pass[code] = 1;
  }
  if (any_glob_matches(r, folded))
    r->pass[code] = 1;
  remit_text_free(folded);
  return REMIT_OK;
}

static bool passes_missing(const remit_predicate *predicate)
{
  for (size_t i = 0; i < predicate->test_count; i++)
    if (predicate->tests[i].kind == PREDICATE_MISSING)
      return true;
  return false;
}

static remit_status scan_lists(resolver *r, remit_error *err)
{
  want_unresolved(r);
  char separator = remit_dictionary_separator(r->dictionary);
  bool missing = passes_missing(r->predicate);
  for (uint32_t code = 1; code < remit_dictionary_size(r->dictionary); code++) {
    size_t size, items = 0, item_size;
    const char *rest = remit_dictionary_label(r->dictionary, code, &size);
    const char *end = rest + size;
    for (const char *item; (item = predicate_next_item(&rest, end, separator, &item_size)) != NULL; items++) {
      remit_status status = scan_item(r, code, item, item_size, err);
      if (status != REMIT_OK)
        return status;
    }
    if (items == 0 && missing)
      r->pass[code] = 1;
  }
  spread_notes(r);
  return REMIT_OK;
}

/* ---- Refusing ---- */

static remit_status refuse_ambiguous(const resolver *r, const predicate_operand *operand, remit_error *err)
{
  char shown[PREDICATE_SHOWN], first[PREDICATE_SHOWN], second[PREDICATE_SHOWN];
  size_t index = index_of(r, operand), first_size, second_size;
  const char *first_id = remit_dictionary_label(r->dictionary, r->codes[index], &first_size);
  const char *second_id = remit_dictionary_label(r->dictionary, r->rivals[index], &second_size);
  return predicate_fail_at(err, operand->at, remit_fail(err, REMIT_EINVAL, "'%s' is ambiguous: it is both '%s' and '%s'; use the id",
                           predicate_show(shown, operand->text, operand->size), predicate_show(first, first_id, first_size),
                           predicate_show(second, second_id, second_size)));
}

static remit_status check_operand(const resolver *r, size_t index, remit_error *err)
{
  if (index == NO_OPERAND)
    return REMIT_OK;
  const predicate_operand *operand = &r->predicate->operands[index];
  if (r->codes[index] == 0)
    return predicate_refuse_unknown(operand, r->dictionary, r->names, err);
  return r->rivals[index] != 0 ? refuse_ambiguous(r, operand, err) : REMIT_OK;
}

static remit_status check_labels(const resolver *r, remit_error *err)
{
  for (size_t i = 0; i < r->predicate->test_count; i++) {
    const predicate_test *test = &r->predicate->tests[i];
    if (test->kind == PREDICATE_GLOB)
      continue;
    remit_status status = check_operand(r, test->low, err);
    if (status == REMIT_OK)
      status = check_operand(r, test->high, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

/* ---- Tests to bytes ---- */

static remit_status pass_range(const resolver *r, const predicate_test *test, remit_error *err)
{
  int64_t low = 1, high = (int64_t)remit_dictionary_size(r->dictionary) - 1;
  if (test->low != NO_OPERAND)
    low = r->codes[test->low];
  if (test->high != NO_OPERAND)
    high = r->codes[test->high];
  remit_status status = predicate_check_range(r->predicate, test, low, high, err);
  if (status != REMIT_OK)
    return status;
  for (int64_t code = low + test->low_open; code <= high - test->high_open; code++)
    r->pass[code] = 1;
  return REMIT_OK;
}

static remit_status pass_tests(const resolver *r, remit_error *err)
{
  bool lists = remit_dictionary_separator(r->dictionary) != 0;
  for (size_t i = 0; i < r->predicate->test_count; i++) {
    const predicate_test *test = &r->predicate->tests[i];
    remit_status status = REMIT_OK;
    if (test->kind == PREDICATE_ANY)
      memset(r->pass, 1, remit_dictionary_size(r->dictionary));
    else if (test->kind == PREDICATE_MISSING)
      r->pass[0] = 1;
    else if (test->kind == PREDICATE_EQUAL && !lists)
      r->pass[r->codes[test->low]] = 1;
    else if (test->kind == PREDICATE_RANGE)
      status = pass_range(r, test, err);
    if (status != REMIT_OK)
      return status;
  }
  return REMIT_OK;
}

static remit_status check_order(const remit_predicate *predicate, const remit_dictionary *dictionary, remit_error *err)
{
  if (remit_dictionary_is_ordered(dictionary) && remit_dictionary_separator(dictionary) == 0)
    return REMIT_OK;
  for (size_t i = 0; i < predicate->test_count; i++)
    if (predicate->tests[i].kind == PREDICATE_RANGE)
      return predicate_fail_at(err, predicate->tests[i].at,
                               remit_fail(err, REMIT_EINVAL, "these members have no order, so <, > and ranges mean nothing; name them instead"));
  return REMIT_OK;
}

static remit_status resolve(resolver *r, remit_error *err)
{
  remit_status status = check_order(r->predicate, r->dictionary, err);
  if (status == REMIT_OK)
    status = remit_dictionary_separator(r->dictionary) != 0 ? scan_lists(r, err) : resolve_labels(r, err);
  if (status == REMIT_OK)
    status = check_labels(r, err);
  return status == REMIT_OK ? pass_tests(r, err) : status;
}

remit_status remit_predicate_codes(const remit_predicate *predicate, const remit_dictionary *dictionary, const remit_column *names, uint8_t *pass,
                                   remit_error *err)
{
  size_t count = remit_dictionary_size(dictionary);
  if (names != NULL && (remit_column_unit(names) != REMIT_CODE || remit_column_count(names) + 1 != count))
    return remit_fail(err, REMIT_EINVAL, "names are a text for each member");
  memset(pass, 0, count);
  resolver r = { .predicate = predicate, .dictionary = dictionary, .names = names, .pass = pass };
  remit_status status = resolver_init(&r, err);
  if (status == REMIT_OK)
    status = resolve(&r, err);
  resolver_release(&r);
  for (size_t code = 0; code < count; code++)
    pass[code] = (uint8_t)(pass[code] ^ predicate->negated);
  return status;
}
