/* SPDX-License-Identifier: Apache-2.0
 * predicate: text into tests. One pass, no look-ahead past the next comma; every refusal says what to write instead, because
 * the people who meet it write selections and decision tables, not grammars.
 */
#include "predicate_parts.h"

#include <string.h>

#include "memory.h"
#include "remit/dictionary.h"

typedef struct parser {
  const char *text;
  size_t size;
  size_t at;
  bool negated; /* within not(...) */
  remit_predicate *out;
  remit_error *err;
} parser;

remit_status predicate_fail_at(remit_error *err, size_t at, remit_status status)
{
  if (err != NULL)
    err->at = at;
  return status;
}

static bool is_continuation(char c)
{
  return ((unsigned char)c & 0xc0) == 0x80;
}

const char *predicate_show(char shown[PREDICATE_SHOWN], const char *text, size_t size)
{
  size_t length = size;
  if (size >= PREDICATE_SHOWN) {
    length = PREDICATE_SHOWN - 4;
    while (length > 0 && is_continuation(text[length]))
      length--;
  }
  memcpy(shown, text, length);
  strcpy(shown + length, length < size ? "..." : "");
  return shown;
}

/* ---- Looking at the text ---- */

static bool starts(const parser *p, size_t at, const char *prefix)
{
  size_t size = strlen(prefix);
  return size <= p->size - at && memcmp(p->text + at, prefix, size) == 0;
}

static bool at_end(const parser *p)
{
  return p->at == p->size;
}

/* 0 at the end: text holds no NUL. */
static char peek(const parser *p)
{
  return at_end(p) ? '\0' : p->text[p->at];
}

/* A no-break space (U+00A0) comes in with spreadsheets. */
static size_t space_size(const parser *p, size_t at)
{
  if (at == p->size)
    return 0;
  char c = p->text[at];
  if (c == ' ' || (c >= '\t' && c <= '\r'))
    return 1;
  return starts(p, at, "\xc2\xa0") ? 2 : 0;
}

static void skip_spaces(parser *p)
{
  for (size_t size = space_size(p, p->at); size != 0; size = space_size(p, p->at))
    p->at += size;
}

static size_t trimmed_end(const parser *p, size_t start, size_t end)
{
  for (;;) {
    if (end > start && space_size(p, end - 1) == 1)
      end--;
    else if (end > start + 1 && space_size(p, end - 2) == 2)
      end -= 2;
    else
      return end;
  }
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static size_t digits_from(const parser *p, size_t at)
{
  size_t count = 0;
  while (at + count < p->size && is_digit(p->text[at + count]))
    count++;
  return count;
}

static bool group_follows(const parser *p, size_t at)
{
  return at < p->size && p->text[at] == ',' && digits_from(p, at + 1) == 3;
}

/* Whether the label is the first part of digits that commas group: the 50 of 50,000. */
static bool is_grouped(const parser *p, size_t start, size_t end)
{
  size_t at = start;
  while (at < end && (p->text[at] == '-' || p->text[at] == '+'))
    at++;
  if (starts(p, at, "\xc2\xa3"))
    at += 2;
  size_t lead = digits_from(p, at);
  return lead >= 1 && lead <= 3 && at + lead == end && group_follows(p, end);
}

static bool word_at(const parser *p, size_t at, size_t end, const char *word)
{
  size_t size = strlen(word);
  if (end - at != size)
    return false;
  for (size_t i = 0; i < size; i++) {
    char c = p->text[at + i];
    if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[i])
      return false;
  }
  return true;
}

/* Whether `not(` stands here, and where its list begins. */
static bool not_here(const parser *p, size_t *inside)
{
  if (p->size - p->at < 4 || !word_at(p, p->at, p->at + 3, "not"))
    return false;
  size_t at = p->at + 3;
  while (space_size(p, at) != 0)
    at += space_size(p, at);
  *inside = at + 1;
  return at < p->size && p->text[at] == '(';
}

/* ---- Refusing ---- */

static const char alone[] = "not(...) stands alone, around the whole list: not(grow, retain)";

static remit_status refuse(const parser *p, size_t at, const char *message)
{
  return predicate_fail_at(p->err, at, remit_fail(p->err, REMIT_EPARSE, "%s", message));
}

static remit_status refuse_grouped(const parser *p, size_t start, size_t end)
{
  char shown[PREDICATE_SHOWN];
  while (group_follows(p, end))
    end += 4;
  predicate_show(shown, p->text + start, end - start);
  remit_fail(p->err, REMIT_EPARSE, "a comma separates tests, so digits grouped by commas need quotes: \"%s\"", shown);
  return predicate_fail_at(p->err, start, REMIT_EPARSE);
}

static bool word_before(const parser *p, size_t at, const char *word)
{
  size_t end = trimmed_end(p, 0, at);
  size_t start = end;
  while (start > 0 && space_size(p, start - 1) == 0)
    start--;
  return word_at(p, start, end, word);
}

static bool word_after(const parser *p, size_t at, const char *word)
{
  size_t end = at;
  while (end < p->size && space_size(p, end) == 0)
    end++;
  return word_at(p, at, end, word);
}

static bool joined(const parser *p, size_t at)
{
  return starts(p, at, "&&") || starts(p, at, "||") || word_before(p, at, "and") || word_before(p, at, "or") || word_after(p, at, "and") ||
         word_after(p, at, "or");
}

/* What stands here cannot follow a test. */
static remit_status refuse_here(const parser *p)
{
  char c = peek(p);
  if (c == '(' && word_before(p, p->at, "not"))
    return refuse(p, p->at, alone);
  if (joined(p, p->at))
    return refuse(p, p->at, "tests are not joined by words or signs: a comma is 'or', a range [low..high] has both its ends, and "
                            "tests of several fields all have to pass");
  if (starts(p, p->at, ".."))
    return refuse(p, p->at, "a range is written in brackets: [low..high]");
  if (c == '=')
    return refuse(p, p->at, "a test has values only: the field's name stands outside it, and a label that holds = needs quotes");
  if (c == '<' || c == '>')
    return refuse(p, p->at, "a test that begins with < or > comes first or after a comma; a label that holds one needs quotes");
  if (c == ')' && !p->negated)
    return refuse(p, p->at, "')' closes nothing here; a label that holds a bracket needs quotes: \"7 (part)\"");
  if (c != '\0' && strchr("()[]", c) != NULL)
    return refuse(p, p->at, "a label that holds a bracket needs quotes: \"7 (part)\"");
  if (c == '"')
    return refuse(p, p->at, "quotes go around a whole label, and a quote in it is doubled: \"the \"\"old\"\" team\"");
  return refuse(p, p->at, "a comma or the end was expected here");
}

static const struct {
  const char *begins;
  const char *message;
} foreign[] = {
  { "==", "leave the sign out: a label alone means equal" },
  { "=>", "write >= instead of =>" },
  { "=<", "write <= instead of =<" },
  { "=", "leave the sign out: a label alone means equal" },
  { "!=", "write not(x) instead of != x" },
  { "<>", "write not(x) instead of <> x" },
  { "~=", "write not(x) instead of ~= x" },
  { "\xe2\x89\xa4", "write <= instead of \xe2\x89\xa4" },
  { "\xe2\x89\xa5", "write >= instead of \xe2\x89\xa5" },
  { "\xe2\x89\xa0", "write not(x) instead of \xe2\x89\xa0 x" },
  { "\xe2\x80\x9c", "curly quotes are not quotes here: write \"label\" with straight ones" },
  { "\xe2\x80\x9d", "curly quotes are not quotes here: write \"label\" with straight ones" },
};

/* Signs of other languages and of word processors. */
static remit_status refuse_foreign(const parser *p)
{
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
    if (starts(p, p->at, foreign[i].begins))
      return refuse(p, p->at, foreign[i].message);
  return REMIT_OK;
}

/* ---- Labels ---- */

static char *label_space(parser *p)
{
  return p->out->labels + p->out->labels_size;
}

/* Takes the `size` bytes that stand in the label space as the next operand. */
static remit_status add_operand(parser *p, size_t at, size_t size, bool quoted, size_t *index)
{
  remit_predicate *out = p->out;
  predicate_operand *operand = &out->operands[out->operand_count];
  *operand = (predicate_operand){ .text = label_space(p), .size = size, .at = at, .quoted = quoted };
  label_space(p)[size] = '\0';
  out->labels_size += size + 1;
  remit_error inner;
  remit_status status = remit_text_fold(operand->text, size, &operand->folded, &inner);
  if (status != REMIT_OK)
    return predicate_fail_at(p->err, quoted ? at : at + inner.at,
                             remit_fail(p->err, status, "%s", status == REMIT_EPARSE ? "not UTF-8" : inner.message));
  *index = out->operand_count++;
  if (operand->folded[0] == '\0')
    return refuse(p, at, "an empty label; a missing value is written none");
  return REMIT_OK;
}

static remit_status parse_quoted(parser *p, size_t *index)
{
  size_t start = p->at++;
  char *label = label_space(p);
  size_t size = 0;
  while (!at_end(p) && (peek(p) != '"' || starts(p, p->at, "\"\""))) {
    p->at += peek(p) == '"';
    label[size++] = p->text[p->at++];
  }
  if (at_end(p))
    return refuse(p, start, "this quote is never closed");
  p->at++;
  return add_operand(p, start, size, true, index);
}

static bool ends_bare(const parser *p, size_t at)
{
  char c = p->text[at];
  if (c == '.' || c == '&' || c == '|')
    return at + 1 < p->size && p->text[at + 1] == c;
  return strchr(",\"()[]<>=", c) != NULL;
}

/* Moves past an unquoted label; `*end` is its own end, before trailing spaces. */
static void skip_bare(parser *p, size_t *end)
{
  size_t start = p->at;
  while (!at_end(p) && !ends_bare(p, p->at))
    p->at++;
  *end = trimmed_end(p, start, p->at);
}

static remit_status add_bare(parser *p, size_t start, size_t end, size_t *index)
{
  if (p->text[start] == '\'' && end - start > 1 && p->text[end - 1] == '\'')
    return refuse(p, start, "labels are quoted with double quotes: \"label\"");
  memcpy(label_space(p), p->text + start, end - start);
  remit_status status = add_operand(p, start, end - start, false, index);
  if (status == REMIT_OK)
    p->out->operands[*index].grouped = is_grouped(p, start, end);
  return status;
}

static bool has_wildcard(const parser *p, size_t start, size_t end)
{
  return memchr(p->text + start, '*', end - start) != NULL || memchr(p->text + start, '?', end - start) != NULL;
}

/* One end of a comparison or range: a label or number, not a pattern or a keyword. */
static remit_status parse_end(parser *p, const char *missing, size_t *index)
{
  skip_spaces(p);
  remit_status status = refuse_foreign(p);
  if (status != REMIT_OK)
    return status;
  if (peek(p) == '"') {
    status = parse_quoted(p, index);
    skip_spaces(p);
    return status;
  }
  size_t start = p->at, end;
  skip_bare(p, &end);
  if (end == start)
    return refuse(p, start, missing);
  if (is_grouped(p, start, end))
    return refuse_grouped(p, start, end);
  if (word_at(p, start, end, "none") || word_at(p, start, end, "-"))
    return refuse(p, start, "none and - have no order: give a label or number");
  if (has_wildcard(p, start, end))
    return refuse(p, start, "a pattern has no order: give a label or number, in quotes if it holds * or ?");
  return add_bare(p, start, end, index);
}

/* ---- Tests ---- */

static remit_status parse_comparison(parser *p, predicate_test *test)
{
  bool below = peek(p) == '<';
  bool closed = starts(p, p->at + 1, "=");
  p->at += closed ? 2 : 1;
  test->kind = PREDICATE_RANGE;
  test->low_open = !below && !closed;
  test->high_open = below && !closed;
  skip_spaces(p);
  if (peek(p) == '=')
    return refuse(p, p->at, "<= and >= are written without a space");
  return parse_end(p, "a label or number was expected after the sign", below ? &test->high : &test->low);
}

static remit_status parse_range(parser *p, predicate_test *test)
{
  test->kind = PREDICATE_RANGE;
  test->low_open = peek(p) == '(';
  p->at++;
  remit_status status = parse_end(p, "a range has both its ends: [low..high]; with one end, write <= or >=", &test->low);
  if (status != REMIT_OK)
    return status;
  if (!starts(p, p->at, ".."))
    return refuse(p, p->at, "a range is written [low..high]; a label that holds a bracket needs quotes");
  p->at += 2;
  status = parse_end(p, "a range has both its ends: [low..high]; with one end, write <= or >=", &test->high);
  if (status != REMIT_OK)
    return status;
  if (peek(p) != ']' && peek(p) != ')')
    return refuse(p, p->at, "a range ends with ] (its end included) or ) (its end left out)");
  test->high_open = peek(p) == ')';
  p->at++;
  return REMIT_OK;
}

static remit_status parse_bare(parser *p, predicate_test *test)
{
  size_t start = p->at, end;
  skip_bare(p, &end);
  if (end == start)
    return end == p->size || peek(p) == ',' || (peek(p) == ')' && p->negated) ? refuse(p, start, "a test is missing here") : refuse_here(p);
  if (word_at(p, start, end, "-")) {
    test->kind = PREDICATE_ANY;
    return REMIT_OK;
  }
  if (word_at(p, start, end, "none")) {
    test->kind = PREDICATE_MISSING;
    return REMIT_OK;
  }
  if (word_at(p, start, end, "\xe2\x80\x93") || word_at(p, start, end, "\xe2\x80\x94"))
    return refuse(p, start, "anything is written -, with a plain hyphen");
  if (starts(p, start, "\xc2\xa3") && is_grouped(p, start, end))
    return refuse_grouped(p, start, end);
  test->kind = has_wildcard(p, start, end) ? PREDICATE_GLOB : PREDICATE_EQUAL;
  return add_bare(p, start, end, &test->low);
}

static remit_status parse_test(parser *p)
{
  predicate_test *test = &p->out->tests[p->out->test_count++];
  *test = (predicate_test){ .at = p->at, .low = NO_OPERAND, .high = NO_OPERAND };
  remit_status status = refuse_foreign(p);
  if (status != REMIT_OK)
    return status;
  size_t inside;
  if (not_here(p, &inside))
    return refuse(p, p->at, alone);
  switch (peek(p)) {
  case '"':
    test->kind = PREDICATE_EQUAL;
    return parse_quoted(p, &test->low);
  case '<':
  case '>':
    return parse_comparison(p, test);
  case '[':
  case '(':
    return parse_range(p, test);
  default:
    return parse_bare(p, test);
  }
}

static remit_status check_any_alone(const parser *p)
{
  for (size_t i = 0; i < p->out->test_count; i++) {
    const predicate_test *test = &p->out->tests[i];
    if (test->kind == PREDICATE_ANY && (p->negated || p->out->test_count > 1))
      return refuse(p, test->at, "- is anything, so it stands alone; a label that is a dash needs quotes: \"-\"");
  }
  return REMIT_OK;
}

/* Up to the end, or up to the bracket that closes not(...). */
static remit_status parse_list(parser *p)
{
  for (;;) {
    skip_spaces(p);
    remit_status status = parse_test(p);
    if (status != REMIT_OK)
      return status;
    skip_spaces(p);
    if (at_end(p) || (p->negated && peek(p) == ')'))
      return check_any_alone(p);
    if (peek(p) != ',')
      return refuse_here(p);
    p->at++;
  }
}

static remit_status parse_negated(parser *p, size_t inside)
{
  size_t start = p->at;
  p->negated = p->out->negated = true;
  p->at = inside;
  remit_status status = parse_list(p);
  if (status != REMIT_OK)
    return status;
  if (at_end(p))
    return refuse(p, start, "the bracket of not( is never closed");
  p->at++;
  skip_spaces(p);
  if (peek(p) == ',')
    return refuse(p, p->at, alone);
  p->negated = false;
  return at_end(p) ? REMIT_OK : refuse_here(p);
}

static remit_status parse(parser *p)
{
  const char *nul = memchr(p->text, 0, p->size);
  if (nul != NULL)
    return refuse(p, (size_t)(nul - p->text), "a NUL byte");
  skip_spaces(p);
  if (at_end(p))
    return refuse(p, 0, "an empty test: write - for anything, none for a missing value");
  size_t inside;
  return not_here(p, &inside) ? parse_negated(p, inside) : parse_list(p);
}

/* ---- The object ---- */

/* Room for as many tests as commas allow, of two operands each. */
static bool reserve(remit_predicate *out, const char *text, size_t size)
{
  size_t tests = 1;
  for (size_t i = 0; i < size; i++)
    tests += text[i] == ',';
  out->text = remit_copy_text(text, size);
  out->labels = remit_allocate(size + 2 * tests, 1);
  out->operands = remit_allocate(2 * tests, sizeof *out->operands);
  out->tests = remit_allocate(tests, sizeof *out->tests);
  return out->text != NULL && out->labels != NULL && out->operands != NULL && out->tests != NULL;
}

remit_status remit_predicate_new(remit_predicate **out, const char *text, size_t size, remit_error *err)
{
  *out = NULL;
  if (size > REMIT_PREDICATE_MAX)
    return remit_fail(err, REMIT_ELIMIT, "a test of %zu bytes: at most %d", size, REMIT_PREDICATE_MAX);
  remit_predicate *predicate = remit_allocate_zero(1, sizeof *predicate);
  if (predicate == NULL)
    return remit_no_memory(err);
  parser p = { .text = text, .size = size, .out = predicate, .err = err };
  remit_status status = reserve(predicate, text, size) ? parse(&p) : remit_no_memory(err);
  if (status == REMIT_OK)
    *out = predicate;
  else
    remit_predicate_free(predicate);
  return status;
}

void remit_predicate_free(remit_predicate *predicate)
{
  if (predicate == NULL)
    return;
  for (size_t i = 0; i < predicate->operand_count; i++)
    remit_text_free(predicate->operands[i].folded);
  remit_release(predicate->operands);
  remit_release(predicate->tests);
  remit_release(predicate->labels);
  remit_release(predicate->text);
  remit_release(predicate);
}

const char *remit_predicate_text(const remit_predicate *predicate)
{
  return predicate->text;
}
