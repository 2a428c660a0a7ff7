/* SPDX-License-Identifier: Apache-2.0
 * The scanner against libcsv, on random text: the same fields for what is well formed, and no nonsense for what is not.
 */
#include "support.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_MAX 400000
#define RECORD_END "\x1e"
#define FIELD_END "\x1f"

/* Fields and records one after the other, each with its end mark: two readings agree when these are equal. */
typedef struct reading {
  char *text;
  size_t size;
} reading;

static void append(reading *to, const char *bytes, size_t size)
{
  assert_true(to->size + size <= 2 * TEXT_MAX);
  memcpy(to->text + to->size, bytes, size);
  to->size += size;
}

static void oracle_field(void *bytes, size_t size, void *context)
{
  append(context, bytes, size);
  append(context, FIELD_END, 1);
}

static void oracle_record(int end, void *context)
{
  (void)end;
  append(context, RECORD_END, 1);
}

static int no_space(unsigned char byte)
{
  (void)byte;
  return 0;
}

/* libcsv trims spaces unless told not to; strict, so that misplaced quotes are errors there too. */
static bool read_with_libcsv(const char *text, size_t size, reading *out)
{
  struct csv_parser parser;
  out->size = 0;
  assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
  csv_set_space_func(&parser, no_space);
  bool fine = csv_parse(&parser, text, size, oracle_field, oracle_record, out) == size;
  fine = csv_fini(&parser, oracle_field, oracle_record, out) == 0 && fine;
  csv_free(&parser);
  return fine;
}

static bool read_with_remit(const char *text, size_t size, reading *out)
{
  remit_csv *csv;
  const remit_csv_record *record;
  remit_csv_options options = { .text = text, .size = size };
  remit_status status;
  out->size = 0;
  assert_ok(remit_csv_open(&csv, &options, NULL));
  while ((status = remit_csv_next(csv, &record, NULL)) == REMIT_OK && record != NULL) {
    for (size_t i = 0; i < record->count; i++) {
      append(out, record->fields[i], record->sizes[i]);
      append(out, FIELD_END, 1);
    }
    if (record->count != 0) /* libcsv says nothing of blank lines */
      append(out, RECORD_END, 1);
  }
  remit_csv_close(csv);
  return status == REMIT_OK;
}

static const char *const pieces[] = { "a", "bc", "0", "12.50", " ", "£", "–", "\U0001F600", "x y", "longer text than that" };

static void put(char *text, size_t *size, const char *piece)
{
  memcpy(text + *size, piece, strlen(piece));
  *size += strlen(piece);
}

static void put_field(char *text, size_t *size, uint64_t *seed)
{
  bool quoted = support_below(seed, 3) == 0;
  if (quoted)
    put(text, size, "\"");
  for (size_t left = support_below(seed, 5); left > 0; left--) {
    if (quoted && support_below(seed, 3) == 0) {
      static const char *const special[] = { "\"\"", ",", "\n", "\r\n", "\r" };
      put(text, size, special[support_below(seed, 5)]);
    } else {
      put(text, size, pieces[support_below(seed, sizeof pieces / sizeof *pieces)]);
    }
  }
  if (quoted)
    put(text, size, "\"");
}

/* Well-formed text of about `rows` rows. */
static size_t make_text(char *text, size_t rows, uint64_t *seed)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };
  size_t size = 0;
  for (size_t row = 0; row < rows && size < TEXT_MAX - 10000; row++) {
    for (size_t field = support_below(seed, 12);; field--) {
      put_field(text, &size, seed);
      if (field == 0)
        break;
      put(text, &size, ",");
    }
    if (row + 1 < rows || support_below(seed, 2) == 0)
      put(text, &size, ends[support_below(seed, 3)]);
  }
  return size;
}

typedef struct bench {
  char *text;
  reading ours, theirs;
} bench;

static bench begin(void)
{
  bench b = { malloc(TEXT_MAX), { malloc(2 * TEXT_MAX), 0 }, { malloc(2 * TEXT_MAX), 0 } };
  assert_non_null(b.text);
  assert_non_null(b.ours.text);
  assert_non_null(b.theirs.text);
  return b;
}

static void end(bench *b)
{
  free(b->text);
  free(b->ours.text);
  free(b->theirs.text);
}

static void assert_same(const bench *b)
{
  assert_int_equal(b->ours.size, b->theirs.size);
  assert_memory_equal(b->ours.text, b->theirs.text, b->ours.size);
}

static void well_formed_text_reads_as_libcsv_reads_it(void **state)
{
  (void)state;
  bench b = begin();
  uint64_t seed = 1;
  for (size_t round = 0; round < 3000; round++) {
    size_t size = make_text(b.text, 1 + support_below(&seed, 30), &seed);
    assert_true(read_with_libcsv(b.text, size, &b.theirs));
    assert_true(read_with_remit(b.text, size, &b.ours));
    assert_same(&b);
  }
  end(&b);
}

static void text_longer_than_the_window_reads_as_libcsv_reads_it(void **state)
{
  (void)state;
  bench b = begin();
  uint64_t seed = 2;
  for (size_t round = 0; round < 20; round++) {
    size_t size = make_text(b.text, 100000, &seed);
    assert_true(size > 300000);
    assert_true(read_with_libcsv(b.text, size, &b.theirs));
    assert_true(read_with_remit(b.text, size, &b.ours));
    assert_same(&b);
  }
  end(&b);
}

/* One byte in about forty becomes a quote, a line end or a delimiter. What both accept they read alike, and they accept the same. */
static void mangled_text_is_refused_when_libcsv_refuses_it(void **state)
{
  (void)state;
  bench b = begin();
  uint64_t seed = 3;
  size_t refused = 0, accepted = 0;
  for (size_t round = 0; round < 10000; round++) {
    size_t size = make_text(b.text, 1 + support_below(&seed, 6), &seed);
    for (size_t i = 0; i < size; i++)
      if ((unsigned char)b.text[i] < 0x80 && support_below(&seed, 40) == 0)
        b.text[i] = "\"\"\n\r,"[support_below(&seed, 5)];
    bool theirs = read_with_libcsv(b.text, size, &b.theirs);
    bool ours = read_with_remit(b.text, size, &b.ours);
    assert_int_equal(ours, theirs);
    if (ours)
      assert_same(&b);
    refused += !ours;
    accepted += ours;
  }
  assert_true(refused > 1000 && accepted > 1000);
  end(&b);
}

/* Each field's offset must point at it in the file. */
static void offsets_point_at_the_fields(void **state)
{
  (void)state;
  bench b = begin();
  uint64_t seed = 4;
  remit_csv *csv;
  const remit_csv_record *record;
  size_t size = make_text(b.text, 100000, &seed), line = 1, at = 0;
  remit_csv_options options = { .text = b.text, .size = size };
  assert_ok(remit_csv_open(&csv, &options, NULL));
  while (remit_csv_next(csv, &record, NULL) == REMIT_OK && record != NULL) {
    for (; at < record->byte; at++)
      line += b.text[at] == '\n' || (b.text[at] == '\r' && b.text[at + 1] != '\n');
    assert_int_equal(record->line, line);
    for (size_t i = 0; i < record->count; i++) {
      const char *raw = b.text + record->bytes[i];
      assert_true(i == 0 ? record->bytes[0] == record->byte : raw[-1] == ',');
      if (raw[0] != '"')
        assert_memory_equal(raw, record->fields[i], record->sizes[i]);
    }
  }
  remit_csv_close(csv);
  end(&b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(well_formed_text_reads_as_libcsv_reads_it),
    LEAK_CHECKED(text_longer_than_the_window_reads_as_libcsv_reads_it),
    LEAK_CHECKED(mangled_text_is_refused_when_libcsv_refuses_it),
    LEAK_CHECKED(offsets_point_at_the_fields),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
