/* SPDX-License-Identifier: Apache-2.0
 * decision_write: a set of an input's classes as a test that a person can read and predicate.c parses. Members are named, or those left
 * out are, whichever is shorter; where that is long, or of lists, the tests that the rules themselves use may say it better.
 */
#include <string.h>

#include "decision_internal.h"
#include "memory.h"

#define LONG_TEXT 120
#define SHORTEST_RUN 3 /* of ordered members that is written as a range */

/* ---- Pieces ---- */

static void write_bytes(decision_writer *out, const char *text, size_t size)
{
  if (out->full || size > REMIT_LABEL_MAX - out->size) {
    out->full = true;
    return;
  }
  memcpy(out->text + out->size, text, size);
  out->size += size;
}

static void write_text(decision_writer *out, const char *text)
{
  write_bytes(out, text, strlen(text));
}

static void write_comma(decision_writer *out, size_t first)
{
  if (out->size != first)
    write_text(out, ", ");
}

static bool is_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_none(const char *label, size_t size)
{
  return size == 4 && (label[0] | 32) == 'n' && (label[1] | 32) == 'o' && (label[2] | 32) == 'n' && (label[3] | 32) == 'e';
}

/* Whether it means itself without quotes: single marks between words, and none of the words of the language. */
static bool is_bare(const char *label, size_t size)
{
  for (size_t i = 0; i < size; i++) {
    bool between = i > 0 && i + 1 < size && is_word(label[i - 1]) && is_word(label[i + 1]);
    if (!is_word(label[i]) && !(between && strchr(" -.", label[i]) != NULL))
      return false;
  }
  return !is_none(label, size);
}

static void write_label(decision_writer *out, const char *label, size_t size)
{
  if (is_bare(label, size)) {
    write_bytes(out, label, size);
    return;
  }
  write_text(out, "\"");
  for (size_t i = 0; i < size; i++)
    write_bytes(out, label[i] == '"' ? "\"\"" : label + i, label[i] == '"' ? 2 : 1);
  write_text(out, "\"");
}

/* ---- Members ---- */

static bool holds(const decision_values *values, const uint64_t *set, size_t value)
{
  return decision_bit(set, values->decision->inputs[values->index].class_of[value]);
}

static const decision_input *input_of(const decision_values *values)
{
  return &values->decision->inputs[values->index];
}

static void write_member(decision_writer *out, const remit_dictionary *members, size_t code)
{
  size_t size;
  const char *label = remit_dictionary_label(members, (uint32_t)code, &size);
  write_label(out, label, size);
}

/* Neighbours of an order, as one range. */
static void write_run(decision_writer *out, const remit_dictionary *members, size_t first, size_t last)
{
  if (last + 1 == remit_dictionary_size(members)) {
    write_text(out, ">= ");
    write_member(out, members, first);
  } else if (first == 1) {
    write_text(out, "<= ");
    write_member(out, members, last);
  } else {
    write_text(out, "[");
    write_member(out, members, first);
    write_text(out, "..");
    write_member(out, members, last);
    write_text(out, "]");
  }
}

/* The last of the neighbours that are written with `code` as a range; itself when there is none. */
static size_t run_end(const decision_values *values, const uint64_t *set, const remit_dictionary *members, size_t code)
{
  size_t size = remit_dictionary_size(members), last = code;
  if (!remit_dictionary_is_ordered(members) || remit_dictionary_separator(members) != 0)
    return code;
  while (last + 1 < size && holds(values, set, last + 1) == holds(values, set, code))
    last++;
  return last - code + 1 < SHORTEST_RUN ? code : last;
}

/* The members that are in the set, or those that are not; what does not fit is left out whole. */
static void write_members(const decision_values *values, const uint64_t *set, bool in, decision_writer *out)
{
  const remit_dictionary *members = remit_column_dictionary(input_of(values)->target);
  size_t first = out->size, last;
  if (values->missing && holds(values, set, 0) == in)
    write_text(out, "none");
  for (size_t code = 1; !out->full && code < remit_dictionary_size(members); code = last + 1) {
    size_t before = out->size;
    last = code;
    if (holds(values, set, code) != in)
      continue;
    last = run_end(values, set, members, code);
    write_comma(out, first);
    if (last != code)
      write_run(out, members, code, last);
    else
      write_member(out, members, code);
    if (out->full)
      out->size = before;
  }
}

static void write_others(const decision_values *values, const uint64_t *set, decision_writer *out)
{
  write_text(out, "not(");
  size_t empty = out->size;
  write_members(values, set, false, out);
  if (out->size == empty && !out->full) {
    out->size = 0;
    write_text(out, "-");
  } else {
    write_text(out, ")");
  }
}

/* ---- The rules' own tests ---- */

/* Whether the possible classes that a rule passes are all in `set`; and whether some of them are not yet `covered`. */
static bool is_within(const decision_values *values, size_t rule, const uint64_t *set, const uint64_t *covered, bool *more)
{
  const decision_sets *classes = &input_of(values)->classes;
  *more = false;
  for (size_t class = 0; class < classes->count; class++) {
    if (!decision_bit(values->possible, class) || !decision_bit(decision_set(classes, class), rule))
      continue;
    if (!decision_bit(set, class))
      return false;
    *more |= !decision_bit(covered, class);
  }
  return true;
}

static void cover(const decision_values *values, size_t rule, uint64_t *covered)
{
  const decision_sets *classes = &input_of(values)->classes;
  for (size_t class = 0; class < classes->count; class++)
    if (decision_bit(values->possible, class) && decision_bit(decision_set(classes, class), rule))
      decision_set_bit(covered, class);
}

static const char *cell_of(const decision_values *values, size_t rule)
{
  return values->decision->cells[rule * values->decision->input_count + values->index];
}

/* Tests that together pass just `set`, where there are such. */
static bool write_cells(const decision_values *values, const uint64_t *set, uint64_t *covered, decision_writer *out)
{
  size_t first = out->size, size = values->words * sizeof *covered;
  memset(covered, 0, size);
  for (size_t rule = 0; rule < values->decision->rule_count; rule++) {
    bool more;
    if (cell_of(values, rule) == NULL || !is_within(values, rule, set, covered, &more) || !more)
      continue;
    write_comma(out, first);
    write_text(out, cell_of(values, rule));
    cover(values, rule, covered);
  }
  return !out->full && memcmp(covered, set, size) == 0;
}

/* Whether the text passes what it should: a rule's test may be a not(...), which is no part of a list. */
static remit_status check_text(const decision_values *values, const uint64_t *set, const decision_writer *text, uint8_t *pass, bool *right,
                               remit_error *err)
{
  const decision_input *input = input_of(values);
  remit_predicate *predicate;
  remit_status status = remit_predicate_new(&predicate, text->text, text->size, err);
  *right = status == REMIT_OK;
  if (status == REMIT_OK) {
    status = remit_predicate_codes(predicate, remit_column_dictionary(input->target), input->names, pass, err);
    remit_predicate_free(predicate);
    *right = status == REMIT_OK;
  }
  for (size_t code = values->missing ? 0 : 1; *right && code < input->value_count; code++)
    *right = pass[code] == holds(values, set, code);
  return status == REMIT_ENOMEM ? status : REMIT_OK;
}

static remit_status try_cells(const decision_values *values, const uint64_t *set, bool in, uint64_t *scratch, decision_writer *out, uint8_t *pass,
                              bool *right, remit_error *err)
{
  uint64_t *wanted = scratch, *covered = scratch + values->words;
  for (size_t word = 0; word < values->words; word++)
    wanted[word] = in ? set[word] : values->possible[word] & ~set[word];
  *out = (decision_writer){ .text = out->text };
  *right = false;
  if (!in)
    write_text(out, "not(");
  if (!write_cells(values, wanted, covered, out))
    return REMIT_OK;
  if (!in)
    write_text(out, ")");
  return out->full ? REMIT_OK : check_text(values, set, out, pass, right, err);
}

static void replace(decision_writer *out, const decision_writer *other)
{
  memcpy(out->text, other->text, other->size);
  out->size = other->size;
  out->full = other->full;
}

/* The rules' words instead, if they say it and are shorter, or `out` cannot say it. */
static remit_status prefer_cells(const decision_values *values, const uint64_t *set, bool always, decision_writer *out, decision_writer *other,
                                 remit_error *err)
{
  uint64_t *scratch = remit_allocate(values->words, 2 * sizeof *scratch);
  uint8_t *pass = remit_allocate(input_of(values)->value_count, 1);
  remit_status status = scratch != NULL && pass != NULL ? REMIT_OK : remit_no_memory(err);
  for (int in = 1; status == REMIT_OK && in >= 0; in--) {
    bool right;
    status = try_cells(values, set, in, scratch, other, pass, &right, err);
    if (status == REMIT_OK && right && (always || out->full || other->size < out->size)) {
      replace(out, other);
      always = false;
    }
  }
  remit_release(pass);
  remit_release(scratch);
  return status;
}

/* Whether nothing is left out, or "no value" alone: said so however short a list would be. */
static bool is_all(const decision_writer *others)
{
  static const char there[] = "not(none)";
  return others->size == 1 || (others->size == sizeof there - 1 && memcmp(others->text, there, sizeof there - 1) == 0);
}

static remit_status write_codes(const decision_values *values, const uint64_t *set, decision_writer *out, remit_error *err)
{
  decision_writer other = { .text = remit_allocate(REMIT_LABEL_MAX, 1) };
  if (other.text == NULL)
    return remit_no_memory(err);
  bool lists = remit_dictionary_separator(remit_column_dictionary(input_of(values)->target)) != 0;
  write_members(values, set, true, out);
  write_others(values, set, &other);
  bool all = is_all(&other);
  if (!other.full && (out->full || other.size < out->size || all))
    replace(out, &other);
  remit_status status = REMIT_OK;
  if (!all && (lists || out->full || out->size > LONG_TEXT))
    status = prefer_cells(values, set, lists, out, &other, err);
  remit_release(other.text);
  return status;
}

/* ---- Integers ---- */

static size_t print_decimals(int64_t value, remit_unit unit, char *text)
{
  char digits[REMIT_NUMBER_SIZE];
  size_t decimals = (size_t)remit_unit_decimals(unit), kept = 0;
  size_t size = remit_number_print(value, (int)decimals, false, digits);
  while (decimals > 0 && kept < decimals && digits[size - 1 - kept] == '0')
    kept++;
  if (kept == decimals && decimals > 0)
    size -= decimals + 1;
  else if (unit != REMIT_PENCE)
    size -= kept;
  digits[size] = '\0';
  bool negative = digits[0] == '-';
  strcpy(text, unit != REMIT_PENCE ? "" : negative ? "-\xc2\xa3" : "\xc2\xa3");
  strcat(text, digits + (unit == REMIT_PENCE && negative));
  return strlen(text);
}

#define FIGURE_SIZE (REMIT_NUMBER_SIZE + 4)

static size_t print_figure(int64_t value, remit_unit unit, char text[FIGURE_SIZE])
{
  if (unit == REMIT_MONTH)
    remit_month_print(value, text);
  else if (unit == REMIT_DAY)
    remit_day_print(value, text);
  else
    return print_decimals(value, unit, text);
  return strlen(text);
}

/* Months and days are read in fewer years than they are printed. */
static bool reads(int64_t value, remit_unit unit)
{
  char text[FIGURE_SIZE];
  int64_t read;
  if (unit != REMIT_MONTH && unit != REMIT_DAY)
    return true;
  size_t size = print_figure(value, unit, text);
  return (unit == REMIT_MONTH ? remit_month_parse(text, size, &read, NULL) : remit_day_parse(text, size, &read, NULL)) == REMIT_OK;
}

/* One end of a range in the rounder of its two ways: with the figure, or without the one `beyond` it. */
static bool print_end(int64_t value, int64_t beyond, remit_unit unit, char text[FIGURE_SIZE])
{
  char open[FIGURE_SIZE];
  size_t closed_size = print_figure(value, unit, text), open_size = print_figure(beyond, unit, open);
  bool is_open = (remit_unit_decimals(unit) > 0 && open_size < closed_size) || !reads(value, unit);
  if (is_open)
    memcpy(text, open, open_size + 1);
  return is_open;
}

static void write_stretch(decision_writer *out, const decision_input *input, int64_t low, int64_t high)
{
  remit_unit unit = remit_column_unit(input->target);
  char from[FIGURE_SIZE], to[FIGURE_SIZE];
  if (low == high) {
    print_figure(low, unit, from);
    write_text(out, from);
    return;
  }
  bool has_low = low > input->least, has_high = high < input->most;
  bool low_open = has_low && print_end(low, low - 1, unit, from), high_open = has_high && print_end(high, high + 1, unit, to);
  if (has_low && has_high)
    write_text(out, low_open ? "(" : "[");
  else
    write_text(out, has_low ? low_open ? "> " : ">= " : high_open ? "< " : "<= ");
  if (has_low)
    write_text(out, from);
  if (has_low && has_high)
    write_text(out, "..");
  if (has_high)
    write_text(out, to);
  if (has_low && has_high)
    write_text(out, high_open ? ")" : "]");
}

/* The first and last value that can be. */
static void possible_values(const decision_input *input, size_t *first, size_t *last)
{
  *first = decision_value(input, input->least);
  *last = decision_value(input, input->most);
}

static void write_ints(const decision_values *values, const uint64_t *set, decision_writer *out)
{
  const decision_input *input = input_of(values);
  size_t first, last, end;
  possible_values(input, &first, &last);
  if (values->missing && holds(values, set, 0))
    write_text(out, "none");
  for (size_t value = first; !out->full && value <= last; value = end + 1) {
    size_t before = out->size;
    end = value;
    if (!holds(values, set, value))
      continue;
    while (end < last && holds(values, set, end + 1))
      end++;
    if (value == first && end == last) {
      out->size = 0;
      write_text(out, before != 0 || !values->missing ? "-" : "not(none)");
      return;
    }
    write_comma(out, 0);
    write_stretch(out, input, input->from[value - 1], end == last ? input->most : input->from[end] - 1);
    if (out->full)
      out->size = before;
  }
}

remit_status decision_write(const decision_values *values, const uint64_t *set, decision_writer *out, remit_error *err)
{
  if (decision_has_codes(input_of(values)))
    return write_codes(values, set, out, err);
  write_ints(values, set, out);
  return REMIT_OK;
}
