/* SPDX-License-Identifier: Apache-2.0
 * Rows read in blocks say what rows read one by one do. A doubled quote in a row keeps it out of a block, so that the same rows, each with one
 * in a column that is not loaded, are read one by one.
 */
#define _POSIX_C_SOURCE 200809L
#include "csv_decimals.h"
#include "support.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TEXT_MAX 400000
#define ONE_BY_ONE ",\"x\"\"y\""
#define IN_BLOCKS ",xy"

static const char *const missing[] = { "n/a", "-", "99" };

typedef struct loaded {
  remit_status status;
  remit_table *table;
  remit_csv_report *report;
} loaded;

static loaded load_by(size_t threads, const char *text, const remit_csv_field *fields, size_t count, size_t missing_count, bool salvage)
{
  loaded result;
  remit_csv_options options = { .text = text, .size = strlen(text), .salvage = salvage, .missing = missing, .missing_count = missing_count,
                                .threads = threads };
  options.totals_field = "id";
  options.totals_label = "Total";
  result.status = remit_csv_load(&options, fields, count, &result.table, &result.report, NULL);
  assert_true((result.table != NULL) == (salvage || result.status == REMIT_OK));
  return result;
}

static loaded load_kept(const char *text, const remit_csv_field *fields, size_t count, size_t missing_count, bool salvage)
{
  return load_by(1, text, fields, count, missing_count, salvage);
}

static loaded load(const char *text, const remit_csv_field *fields, size_t count, size_t missing_count)
{
  return load_kept(text, fields, count, missing_count, true);
}

static void release(loaded *result)
{
  remit_table_free(result->table);
  remit_csv_report_free(result->report);
}

static void assert_same(const loaded *a, const loaded *b)
{
  uint8_t first[REMIT_SHA256_SIZE], second[REMIT_SHA256_SIZE];
  remit_csv_counts x = remit_csv_report_counts(a->report), y = remit_csv_report_counts(b->report);
  assert_int_equal(a->status, b->status);
  assert_true(x.rows == y.rows && x.blank == y.blank && x.rounded == y.rounded && x.more == y.more);
  assert_int_equal(remit_csv_problems(a->report), remit_csv_problems(b->report));
  for (size_t i = 0; i < remit_csv_problems(a->report); i++) {
    remit_csv_problem p = remit_csv_problem_at(a->report, i), q = remit_csv_problem_at(b->report, i);
    assert_string_equal(p.message, q.message);
    assert_string_equal(p.field, q.field);
    assert_string_equal(p.value, q.value);
    assert_true(p.row == q.row && p.line == q.line && p.alike == q.alike && p.total_row == q.total_row);
  }
  assert_true((a->table != NULL) == (b->table != NULL));
  if (a->table == NULL)
    return;
  for (size_t i = 0; i < remit_table_rows(a->table); i++)
    assert_int_equal(remit_csv_row(a->report, i), remit_csv_row(b->report, i));
  support_hash(a->table, first);
  support_hash(b->table, second);
  assert_memory_equal(first, second, sizeof first);
}

/* ---- Random rows ---- */

static const remit_csv_field fields[] = {
  { .heading = "id", .name = "id", .unit = REMIT_CODE, .required = true, .unique = true },
  { .heading = "band", .name = "band", .unit = REMIT_CODE, .required = true },
  { .heading = "wte", .name = "wte", .unit = REMIT_MICRO, .format = { .round = true }, .bounded = true, .maximum = 5000000 },
  { .heading = "cost", .name = "cost", .unit = REMIT_PENCE, .format = { .currency = true } },
  { .heading = "month", .name = "month", .unit = REMIT_MONTH },
  { .heading = "day", .name = "day", .unit = REMIT_DAY, .required = true },
  { .heading = "org", .name = "org", .unit = REMIT_CODE },
  { .heading = "plain", .name = NULL, .unit = REMIT_CODE },
};

#define FIELDS (sizeof fields / sizeof *fields)

static int put_plain(char *to, size_t field, size_t row, uint64_t *seed)
{
  uint64_t any = support_random(seed) >> 8;
  switch (field) {
  case 0: return sprintf(to, "P%zu", row);
  case 1: return sprintf(to, "Band %u", (unsigned)(any % 12));
  case 2: return any % 40 == 0 ? sprintf(to, "1.1234567") : sprintf(to, "%u.%u", (unsigned)(any % 4), (unsigned)(any / 4 % 100));
  case 3: return sprintf(to, "%s%u.%02u", any % 5 == 0 ? "-" : "", (unsigned)(any / 8 % 200000000) >> any % 28, (unsigned)(any % 100));
  case 4: return sprintf(to, "2025-%02u", (unsigned)(any % 12) + 1);
  case 5: return sprintf(to, "2025-%02u-%02u", (unsigned)(any % 12) + 1, (unsigned)(any / 12 % 28) + 1);
  default: return sprintf(to, "\"Organisation, number %u of very many\"", (unsigned)(any % 900));
  }
}

/* `mess` in a thousand cells are of the odd kinds. */
static size_t put_more_rows(char *text, size_t from, size_t rows, unsigned mess, uint64_t seed, const char *ending)
{
  static const char *const strange[] = { "", " ", "n/a", "-", "99", "P3", "Total", "caf\xc3\xa9", "\xc2\xa3" "5", " 7 ", "\"1,234.50\"", "(5.00)",
    "1.2345678", "9999999999999999999", ".5", "5.", "+1", "--1", "1.2.3", "a\"b", "\xc2\xa0x", "123456789012", "1234567.8", "1.234", "\xa3" "5", "a very long label indeed",
    "a very long table indeed", "\"two\nlines\"" };
  size_t used = 0;
  const bool returns = seed % 3 == 0;
  for (size_t row = from; row < from + rows; row++) {
    for (size_t field = 0; field + 1 < FIELDS; field++) {
      bool odd = support_below(&seed, 1000) < mess;
      used += (size_t)(odd ? sprintf(text + used, "%s", strange[support_below(&seed, sizeof strange / sizeof *strange)])
                           : put_plain(text + used, field, row, &seed));
      text[used++] = ',';
    }
    used += (size_t)sprintf(text + used - 1, "%s%s", ending, returns != (support_below(&seed, 1000) < mess) ? "\r\n" : "\n") - 1;
    if (support_below(&seed, 1000) < mess / 4)
      used += (size_t)sprintf(text + used, "%s", row % 2 == 0 ? ",, ,,,,,\n" : "\n");
    assert_true(used < TEXT_MAX - 1000);
  }
  return used;
}

static size_t put_rows(char *text, size_t rows, unsigned mess, uint64_t seed, const char *ending)
{
  size_t used = (size_t)sprintf(text, "id,band,wte,cost,month,day,org,plain\n");
  return used + put_more_rows(text + used, 0, rows, mess, seed, ending);
}

static void blocks_say_what_rows_say(void **state)
{
  (void)state;
  static char blocks[TEXT_MAX], rows[TEXT_MAX];
  static const unsigned messes[] = { 0, 1, 10, 200 };
  for (uint64_t seed = 1; seed <= 60; seed++) {
    size_t count = (size_t[]){ 1, 255, 256, 257, 1300 }[seed % 5], missing_count = seed % 4;
    put_rows(blocks, count, messes[seed % 4], seed, IN_BLOCKS);
    put_rows(rows, count, messes[seed % 4], seed, ONE_BY_ONE);
    for (int salvage = 0; salvage < 2; salvage++) {
      loaded a = load_kept(blocks, fields, FIELDS, missing_count, salvage), b = load_kept(rows, fields, FIELDS, missing_count, salvage);
      assert_same(&a, &b);
      release(&a);
      release(&b);
    }
  }
}

/* ---- Line ends, and quotes ---- */

static const remit_csv_field last_is_text[] = { { .heading = "id", .name = "id", .unit = REMIT_COUNT, .required = true },
                                                { .heading = "label", .name = "label", .unit = REMIT_CODE } };

/* Numbered rows, quoted or not, whose lines end in `ends`, changing about every `run` rows. */
static void put_lines(char *text, size_t rows, size_t run, unsigned ends, uint64_t seed)
{
  static const char *const labels[] = { "a", "", "\"b\"", "\"\"", "\"c, or d\"", "longer than eight", "caf\xc3\xa9" };
  size_t used = (size_t)sprintf(text, "id,label\n");
  bool returns = ends == 1;
  for (size_t row = 0; row < rows; row++) {
    returns = ends == 2 && support_below(&seed, (unsigned)run) == 0 ? !returns : returns;
    bool quoted = support_below(&seed, 3) == 0;
    used += (size_t)sprintf(text + used, quoted ? "\"%zu\"" : "%zu", row);
    used += (size_t)sprintf(text + used, ",%s%s", labels[support_below(&seed, sizeof labels / sizeof *labels)], returns ? "\r\n" : "\n");
  }
}

static void lines_may_end_either_way(void **state)
{
  (void)state;
  static char text[TEXT_MAX], plain[TEXT_MAX];
  for (uint64_t seed = 0; seed < 40; seed++) {
    size_t rows = seed % 2 == 0 ? 700 : 9000, run = (size_t[]){ 1, 2, 20, 1000 }[seed / 2 % 4];
    put_lines(text, rows, run, seed % 3 == 0 ? 1 : 2, seed);
    size_t used = 0;
    for (const char *from = text; *from != '\0'; from++)
      if (*from != '\r')
        plain[used++] = *from;
    plain[used] = '\0';
    for (size_t threads = 1; threads <= 3; threads++) {
      loaded a = load_by(threads, text, last_is_text, 2, 0, false), b = load_kept(plain, last_is_text, 2, 0, false);
      assert_ok(a.status);
      assert_int_equal(remit_table_rows(a.table), rows);
      assert_int_equal(remit_column_int(remit_table_find(a.table, "id"), rows - 1), rows - 1);
      assert_same(&a, &b);
      release(&a);
      release(&b);
    }
  }
}

/* ---- Several threads ---- */

#define PARTS ((size_t)25)
#define PART_ROWS ((size_t)2000)

/* Past two windows, with the mess in some parts only. */
static void put_parts(char *text, unsigned mess, uint64_t which, uint64_t seed)
{
  size_t used = put_rows(text, PART_ROWS, which & 1 ? mess : 0, seed, IN_BLOCKS);
  for (size_t part = 1; part < PARTS; part++)
    used += put_more_rows(text + used, part * PART_ROWS, PART_ROWS, which >> part & 1 ? mess : 0, seed + part, part % 7 == 3 ? ONE_BY_ONE : IN_BLOCKS);
}

static void threads_say_what_one_says(void **state)
{
  (void)state;
  static const uint64_t parts[] = { 0, 1, 1 << 16, 1 << 24, 1 << 11 | 1 << 20, (1 << 25) - 1 };
  char *text = test_malloc(PARTS * TEXT_MAX);
  for (uint64_t seed = 0; seed < 12; seed++) {
    put_parts(text, seed < 6 ? 1 : 20, parts[seed % 6], seed);
    for (int salvage = 0; salvage < 2; salvage++) {
      loaded one = load_by(1, text, fields, FIELDS, 3, salvage), several = load_by(2 + seed % 3, text, fields, FIELDS, 3, salvage);
      assert_same(&one, &several);
      release(&one);
      release(&several);
    }
  }
  test_free(text);
}

/* What makes it hard to say where a record ends; the last one has no line end, or a quote that never ends. */
static size_t put_hard(char *text, size_t rows, unsigned kind, uint64_t seed)
{
  static const char *const hard[] = { "\"two\nlines\"", "\"a \"\"word\"\"\"", "it\"s", "\"a\"b", "\"cr\rin it\"", "\n", "\r", "\xff", "\"\r\n\"", "x,y" };
  size_t used = (size_t)sprintf(text, "id,label\r\n");
  for (size_t row = 0; row < rows; row++) {
    bool odd = support_below(&seed, (unsigned)rows / 4) == 0 || (kind == 2 && row % 50 == 0);
    used += (size_t)sprintf(text + used, "%zu,%s\n", row, odd ? hard[support_below(&seed, sizeof hard / sizeof *hard)] : "\"a, or b\"");
    if (kind == 3 && row == rows / 2) {
      memset(text + used, 'x', 20000);
      used += 20000;
      used += (size_t)sprintf(text + used, ",z\n");
    }
  }
  used += (size_t)sprintf(text + used, kind == 1 ? "1,\"open\n2,b\n" : "1,b");
  return used;
}

static loaded load_file(const char *path, size_t threads, bool salvage)
{
  loaded result;
  remit_csv_options options = { .path = path, .threads = threads, .salvage = salvage };
  result.status = remit_csv_load(&options, last_is_text, 2, &result.table, &result.report, NULL);
  return result;
}

static void pieces_are_cut_between_records(void **state)
{
  (void)state;
  static char text[TEXT_MAX];
  char path[] = "test_csv_block_XXXXXX";
  int reserved = mkstemp(path);
  assert_true(reserved >= 0);
  close(reserved);
  for (uint64_t seed = 0; seed < 24; seed++) {
    size_t size = put_hard(text, seed % 3 == 0 ? 2000 : 15000, (unsigned)(seed % 4), seed);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    fclose(file);
    for (int salvage = 0; salvage < 2; salvage++) {
      loaded one = load_file(path, 1, salvage), several = load_file(path, 2 + seed % 3, salvage), from_text = load_by(2, text, last_is_text, 2, 0, salvage);
      assert_same(&one, &several);
      release(&several);
      assert_int_equal(remit_csv_report_counts(one.report).rows, remit_csv_report_counts(from_text.report).rows);
      release(&from_text);
      release(&one);
    }
  }
  unlink(path);
}

/* ---- Repeated ids, beside other problems ---- */

#define ID_ROWS ((size_t)2000)
#define ID_LABELS 1500u

/* Ids ascend for a while, then any may come, and about one in `repeats` is one that any row may have. Notes the row that had each first. */
static size_t put_ids(char *text, size_t ascending, unsigned repeats, unsigned mess, uint64_t seed, size_t first[ID_LABELS])
{
  size_t used = (size_t)sprintf(text, "id,band,wte,cost,month,day,org,plain\n"), duplicates = 0;
  memset(first, 0, ID_LABELS * sizeof *first);
  for (size_t row = 2; row < ID_ROWS; row++) {
    bool any = row > ascending && support_below(&seed, repeats) == 0;
    size_t label = support_below(&seed, ID_LABELS);
    bool bad = support_below(&seed, 1000) < mess, ragged = support_below(&seed, 2000) < mess;
    if (any) {
      duplicates += !ragged && first[label] != 0;
      first[label] = ragged || first[label] != 0 ? first[label] : row;
      used += (size_t)sprintf(text + used, "B%04u", (unsigned)label);
    } else {
      used += (size_t)sprintf(text + used, "%c%04u", row > ascending && row % 2 == 0 ? 'A' : 'C', (unsigned)row);
    }
    used += (size_t)sprintf(text + used, ",6,%s,1,2025-01,2025-01-01,x%s", bad ? "one" : "1", ragged ? "" : row % 97 == 0 ? ONE_BY_ONE : IN_BLOCKS);
    text[used++] = '\n';
  }
  text[used] = '\0';
  return duplicates;
}

static void assert_duplicates(const loaded *result, const size_t first[ID_LABELS], size_t duplicates)
{
  for (size_t i = 0; i < remit_csv_problems(result->report); i++) {
    remit_csv_problem problem = remit_csv_problem_at(result->report, i);
    char message[64];
    if (strncmp(problem.message, "duplicate", 9) != 0)
      continue;
    snprintf(message, sizeof message, "duplicate of row %zu", first[strtoul(problem.value + 1, NULL, 10)]);
    assert_string_equal(problem.message, message);
    duplicates -= problem.alike;
  }
  assert_int_equal(duplicates, 0);
}

static void a_repeated_id_names_the_row_that_had_it_first(void **state)
{
  (void)state;
  static char text[TEXT_MAX];
  static const unsigned repeats[] = { 2, 40, 2000 }, messes[] = { 0, 1, 30 };
  for (uint64_t seed = 0; seed < 36; seed++) {
    size_t first[ID_LABELS], ascending = (size_t[]){ 0, 300, 1000, 1900 }[seed % 4];
    size_t duplicates = put_ids(text, ascending, repeats[seed % 3], messes[seed / 12], seed, first);
    for (int salvage = 0; salvage < 2; salvage++) {
      loaded result = load_kept(text, fields, FIELDS, 0, salvage);
      assert_duplicates(&result, first, duplicates);
      release(&result);
    }
  }
}

/* ---- Decimals at once ---- */

static size_t put_decimal(char *to, uint64_t *seed)
{
  static const char characters[] = "0123456789.0123456789-x ,";
  size_t size = support_below(seed, 11), kinds = support_below(seed, 3) == 0 ? 24 : 11, points = 1;
  size = kinds == 24 || size < 9 ? size : 8;
  for (size_t i = 0; i < size; i++) {
    char c = characters[support_below(seed, kinds - (kinds == 11 && points == 0))];
    points -= c == '.' && points > 0;
    to[i] = c != ',' ? c : '/';
  }
  return size;
}

static void decimals_at_once_are_those_read_one_by_one(void **state)
{
  (void)state;
  const bool fast = remit_has_avx2(); /* without, each is left to be read alone */
#ifdef REMIT_AVX2
  if (!fast) /* this processor does not know them */
    skip();
#endif
  uint64_t seed = 9;
  size_t read = 0;
  static char text[REMIT_CSV_BLOCK_ROWS * 16 + 64];
  for (int round = 0; round < 2000; round++) {
    uint32_t begins[REMIT_CSV_BLOCK_ROWS * 2 + 1] = { 0 };
    int64_t values[REMIT_CSV_BLOCK_ROWS], value;
    uint64_t left[REMIT_CSV_ROW_BITS];
    remit_csv_block block = { .window = text, .begins = begins, .fields = 2, .rows = 1 + support_below(&seed, REMIT_CSV_BLOCK_ROWS),
                              .returns = round % 2 };
    size_t used = 0;
    for (size_t i = 0; i < block.rows; i++) {
      text[used++] = ',';
      begins[2 * i + 1] = (uint32_t)used;
      used += put_decimal(text + used, &seed);
      used += (size_t)sprintf(text + used, block.returns ? "\r\n" : "\n");
      begins[2 * i + 2] = (uint32_t)used;
    }
    int decimals = (int[]){ 0, 2, 6 }[round % 3];
    remit_csv_decimals(&block, 1, decimals, values, left);
    for (size_t i = 0; i < block.rows; i++) {
      remit_csv_cell cell = remit_csv_block_cell(&block, i, 1);
      bool plain = remit_csv_plain_decimal(cell, decimals, &value), unread = left[i / 64] >> i % 64 & 1;
      assert_true(plain || unread);
      assert_true(unread == (!fast || !plain) || cell.size > 8 || cell.text[0] == '-' || i >= block.rows / 4 * 4);
      assert_true(unread || values[i] == value);
      read += !unread;
    }
  }
  assert_true(fast ? read > 50000 : read == 0);
}

/* ---- What is known of single columns ---- */

static void a_number_can_stand_for_no_value(void **state)
{
  (void)state;
  static const remit_csv_field number[] = { { .heading = "id", .name = "id", .unit = REMIT_COUNT } };
  loaded result = load("id\n98\n99\n100\n", number, 1, 3);
  const remit_column *column = remit_table_find(result.table, "id");
  assert_int_equal(remit_column_int(column, 0), 98);
  assert_true(remit_column_int(column, 1) == REMIT_MISSING);
  assert_int_equal(remit_column_int(column, 2), 100);
  release(&result);
}

static void a_row_without_values_is_blank_in_a_block_too(void **state)
{
  (void)state;
  static const remit_csv_field pair[] = { { .heading = "id", .name = "id", .unit = REMIT_CODE }, { .heading = "n", .name = "n", .unit = REMIT_COUNT } };
  loaded result = load("id,n\na,1\n,\n \t,\"\"\n\"\",\xc2\xa0\nb,2\n,3\n", pair, 2, 0);
  assert_ok(result.status);
  assert_int_equal(remit_table_rows(result.table), 3);
  assert_int_equal(remit_csv_report_counts(result.report).blank, 3);
  assert_int_equal(remit_csv_row(result.report, 1), 6);
  release(&result);
}

static void values_widen_as_they_are_met(void **state)
{
  (void)state;
  enum { ROWS = 70000 };
  static char text[ROWS * 24];
  static const remit_csv_field pair[] = { { .heading = "id", .name = "id", .unit = REMIT_CODE }, { .heading = "n", .name = "n", .unit = REMIT_COUNT } };
  size_t used = (size_t)sprintf(text, "id,n\n");
  for (size_t i = 0; i < ROWS; i++)
    used += (size_t)(i % 1000 == 7 ? sprintf(text + used, "c%zu,\n", i) : sprintf(text + used, "c%zu,%zu\n", i, i * (i < 50000 ? 1 : 100000)));
  loaded result = load(text, pair, 2, 0);
  assert_ok(result.status);
  const remit_column *codes = remit_table_find(result.table, "id"), *numbers = remit_table_find(result.table, "n");
  for (size_t i = 0; i < ROWS; i++) {
    assert_int_equal(remit_column_code(codes, i), i + 1);
    assert_true(remit_column_int(numbers, i) == (i % 1000 == 7 ? REMIT_MISSING : (int64_t)(i * (i < 50000 ? 1 : 100000))));
  }
  release(&result);
}

static remit_status load_many(void *context)
{
  remit_csv_options options = { .text = context, .size = strlen(context) };
  remit_table *table;
  remit_csv_report *report;
  remit_status status = remit_csv_load(&options, fields, FIELDS, &table, &report, NULL);
  remit_table_free(table);
  remit_csv_report_free(report);
  return status;
}

static void each_allocation_may_fail(void **state)
{
  (void)state;
  static char text[TEXT_MAX];
  put_rows(text, 1500, 0, 3, IN_BLOCKS);
  support_fail_each_allocation(load_many, text);
}

static remit_status load_job_by_threads(void *context)
{
  loaded result;
  remit_csv_options options = { .text = context, .size = strlen(context), .threads = 2 };
  result.status = remit_csv_load(&options, fields, FIELDS, &result.table, &result.report, NULL);
  release(&result);
  return result.status;
}

static void each_allocation_of_threads_may_fail(void **state)
{
  (void)state;
  static char text[TEXT_MAX];
  put_rows(text, 1000, 0, 1, IN_BLOCKS);
  support_fail_each_allocation(load_job_by_threads, text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(blocks_say_what_rows_say),
    LEAK_CHECKED(lines_may_end_either_way),
    LEAK_CHECKED(threads_say_what_one_says),
    LEAK_CHECKED(pieces_are_cut_between_records),
    LEAK_CHECKED(each_allocation_of_threads_may_fail),
    LEAK_CHECKED(a_repeated_id_names_the_row_that_had_it_first),
    LEAK_CHECKED(decimals_at_once_are_those_read_one_by_one),
    LEAK_CHECKED(a_number_can_stand_for_no_value),
    LEAK_CHECKED(a_row_without_values_is_blank_in_a_block_too),
    LEAK_CHECKED(values_widen_as_they_are_met),
    LEAK_CHECKED(each_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
