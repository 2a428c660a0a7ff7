/* SPDX-License-Identifier: Apache-2.0
 * Tests of the scanner: fields, places, and every kind of text that does not read.
 */
#define _POSIX_C_SOURCE 200809L

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char scratch[4096];

static remit_csv_options of_text(const char *text, size_t size)
{
  return (remit_csv_options){ .text = text, .size = size };
}

#define TEXT(literal) of_text(literal, sizeof(literal) - 1)

/* Every record on a line, fields between brackets; what does not read as "!message". Stops after `scratch` is full. */
static const char *dump(remit_csv_options options)
{
  size_t used = 0;
  remit_csv *csv;
  remit_error err;
  const remit_csv_record *record;
  scratch[0] = '\0';
  assert_ok(remit_csv_open(&csv, &options, NULL));
  for (;;) {
    remit_status status = remit_csv_next(csv, &record, &err);
    if (status == REMIT_OK && record == NULL)
      break;
    if (status != REMIT_OK) {
      assert_int_equal(status, REMIT_EPARSE);
      assert_null(record);
      used += (size_t)snprintf(scratch + used, sizeof scratch - used, "!%s\n", err.message);
      continue;
    }
    for (size_t i = 0; i < record->count; i++) {
      assert_int_equal(strlen(record->fields[i]), record->sizes[i]);
      used += (size_t)snprintf(scratch + used, sizeof scratch - used, "[%s]", record->fields[i]);
    }
    used += (size_t)snprintf(scratch + used, sizeof scratch - used, "\n");
  }
  remit_csv_close(csv);
  return scratch;
}

static void fields_are_split_and_unquoted(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a,b,c\n1,\"two, \"\"2\"\"\",\n")), "[a][b][c]\n[1][two, \"2\"][]\n");
  assert_string_equal(dump(TEXT("\"\",\"\"\"\"\n")), "[][\"]\n");
  assert_string_equal(dump(TEXT(",\n")), "[][]\n");
  assert_string_equal(dump(TEXT(" a , b")), "[ a ][ b]\n");
}

static void every_line_end_ends_a_record(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a\nb\r\nc\rd")), "[a]\n[b]\n[c]\n[d]\n");
  assert_string_equal(dump(TEXT("a\r\r\nb\n\nc\n")), "[a]\n\n[b]\n\n[c]\n");
  assert_string_equal(dump(TEXT("\"a\"\r\"b\"\r\n\"c\"")), "[a]\n[b]\n[c]\n");
}

static void the_end_needs_no_line_end(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("")), "");
  assert_string_equal(dump(TEXT("a,")), "[a][]\n");
  assert_string_equal(dump(TEXT("a,\"\"")), "[a][]\n");
  assert_string_equal(dump(TEXT("a,b\n")), "[a][b]\n");
  assert_string_equal(dump(TEXT("\r\n")), "\n");
  assert_string_equal(dump(of_text(NULL, 0)), "");
}

static void a_quoted_empty_field_is_not_a_blank_line(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("\"\"\n\n")), "[]\n\n");
}

static void line_ends_in_quotes_are_kept(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a,\"b\r\nc\rd\ne\"\nf\n")), "[a][b\r\nc\rd\ne]\n[f]\n");
}

static void a_byte_order_mark_is_passed_over(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("\xEF\xBB\xBF" "a,b\n")), "[a][b]\n");
  assert_string_equal(dump(TEXT("\xEF\xBB\xBF" "\"a\"\n")), "[a]\n");
  assert_string_equal(dump(TEXT("\xEF\xBB\xBF")), "");
}

static void another_delimiter_separates(void **state)
{
  (void)state;
  remit_csv_options options = TEXT("a;b,c;\"d;e\"\n");
  options.delimiter = ';';
  assert_string_equal(dump(options), "[a][b,c][d;e]\n");
  options = TEXT("a\tb\n");
  options.delimiter = '\t';
  assert_string_equal(dump(options), "[a][b]\n");
}

static void some_characters_cannot_be_delimiters(void **state)
{
  (void)state;
  remit_csv *csv;
  static const char refused[] = { '"', '\n', '\r', '\xA3' };
  for (size_t i = 0; i < sizeof refused; i++) {
    remit_csv_options options = TEXT("a");
    options.delimiter = refused[i];
    assert_int_equal(remit_csv_open(&csv, &options, NULL), REMIT_EINVAL);
    assert_null(csv);
  }
}

static void places_are_those_of_the_file(void **state)
{
  (void)state;
  remit_csv *csv;
  const remit_csv_record *record;
  remit_csv_options options = TEXT("\xEF\xBB\xBF" "a,b\r\n\r\n1,\"x\r\ny\"\nlast,\"q\",r\n");
  static const struct {
    size_t row, line, byte, count, last;
  } expected[] = { { 1, 1, 3, 2, 5 }, { 2, 2, 8, 0, 0 }, { 3, 3, 10, 2, 12 }, { 4, 5, 19, 3, 28 } };
  assert_ok(remit_csv_open(&csv, &options, NULL));
  for (size_t i = 0; i < 4; i++) {
    assert_ok(remit_csv_next(csv, &record, NULL));
    assert_non_null(record);
    assert_int_equal(record->row, expected[i].row);
    assert_int_equal(record->line, expected[i].line);
    assert_int_equal(record->byte, expected[i].byte);
    assert_int_equal(record->count, expected[i].count);
    if (record->count > 0)
      assert_int_equal(record->bytes[record->count - 1], expected[i].last);
  }
  assert_ok(remit_csv_next(csv, &record, NULL));
  assert_null(record);
  assert_ok(remit_csv_next(csv, &record, NULL));
  assert_null(record);
  remit_csv_close(csv);
}

static void an_unterminated_quote_says_where_it_begins(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a,b\n1,\"two\n3,4\n")), "[a][b]\n!row 2, line 2, byte 6: a quote that begins here never ends\n");
  assert_string_equal(dump(TEXT("\"x\ny\",\"z")), "!row 1, line 2, byte 6: a quote that begins here never ends\n");
  assert_string_equal(dump(TEXT("\"")), "!row 1, line 1, byte 0: a quote that begins here never ends\n");
  assert_string_equal(dump(TEXT("\"\"\"")), "!row 1, line 1, byte 0: a quote that begins here never ends\n");
}

static void a_misplaced_quote_costs_one_record(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a\n5\" pipe,x\nb\n")),
                      "[a]\n!row 2, line 2, byte 3: a quote inside a field that does not begin with one. Quote the whole field and double its quotes\n[b]\n");
  assert_string_equal(dump(TEXT("\"a\nb\"c\"d\",e\nf\n")),
                      "!row 1, line 2, byte 5: text after a closing quote. Double the quotes inside a quoted field\n[f]\n");
  assert_string_equal(dump(TEXT("\"a\" ,b\nf\n")),
                      "!row 1, line 1, byte 3: text after a closing quote. Double the quotes inside a quoted field\n[f]\n");
}

static void faults_know_their_line(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("x\n\"a\r\nb\rc\nd\"e\n")),
                      "[x]\n!row 2, line 5, byte 12: text after a closing quote. Double the quotes inside a quoted field\n");
  assert_non_null(strstr(dump(TEXT("\"a\r\nb\rc\", \"d\n")), "row 1, line 3, byte 10: a quote inside a field"));
  assert_non_null(strstr(dump(TEXT("\"a\r\nb\rc\",\"d\n\n")), "row 1, line 3, byte 9: a quote that begins here"));
}

static void a_nul_byte_costs_one_record(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("a\nb,c\0d\ne\n")), "[a]\n!row 2, line 2, byte 5: a NUL byte; is this a spreadsheet (.xlsx) and not CSV?\n[e]\n");
  assert_string_equal(dump(TEXT("\0")), "!row 1, line 1, byte 0: a NUL byte; is this a spreadsheet (.xlsx) and not CSV?\n");
}

static void utf8_is_read_and_what_is_not_is_refused(void **state)
{
  (void)state;
  assert_string_equal(dump(TEXT("£,\"–\",\U0001F600\n")), "[£][–][\U0001F600]\n");
  assert_string_equal(dump(TEXT("x,\xA3" "5\ny\n")),
                      "!row 1, line 1, byte 2: byte 0xA3 is not UTF-8; in Windows-1252 it is '£': declare \"encoding\": \"windows-1252\" or "
                      "save the file as UTF-8\n[y]\n");
  assert_string_equal(dump(TEXT("\x81\n")), "!row 1, line 1, byte 0: byte 0x81 is not UTF-8. Save the file as 'CSV UTF-8'\n");
  static const char *const bad[] = { "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\xE2\x82", "\x80", "\xFF" };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_int_equal(dump(of_text(bad[i], strlen(bad[i])))[0], '!');
}

static void windows_1252_becomes_utf8(void **state)
{
  (void)state;
  remit_csv_options options = TEXT("\xA3" "5,\"a\x96\"\"b\",\x80\xFF\n\x8D\n\xE9\n");
  options.encoding = REMIT_WINDOWS_1252;
  assert_string_equal(dump(options), "[£5][a–\"b][€ÿ]\n!row 2, line 2, byte 14: byte 0x8D stands for nothing in Windows-1252. Is the file UTF-8?\n[é]\n");
}

static void every_windows_1252_byte_has_its_character(void **state)
{
  (void)state;
  static const char *const high[32] = { "€", NULL, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", NULL, "Ž", NULL,
                                        NULL, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", NULL, "ž", "Ÿ" };
  for (unsigned byte = 0x80; byte < 0xA0; byte++) {
    char text[1] = { (char)byte }, expected[16];
    remit_csv_options options = of_text(text, 1);
    options.encoding = REMIT_WINDOWS_1252;
    snprintf(expected, sizeof expected, "[%s]\n", high[byte - 0x80] != NULL ? high[byte - 0x80] : "");
    if (high[byte - 0x80] != NULL)
      assert_string_equal(dump(options), expected);
    else
      assert_int_equal(dump(options)[0], '!');
  }
}

static void what_is_not_csv_is_named(void **state)
{
  (void)state;
  assert_non_null(strstr(dump(TEXT("PK\003\004rest")), "spreadsheet (.xlsx)"));
  assert_non_null(strstr(dump(TEXT("\xD0\xCF\x11\xE0rest")), ".xls"));
  assert_non_null(strstr(dump(TEXT("\xFF\xFE" "a\0")), "UTF-16"));
  assert_non_null(strstr(dump(TEXT("\xFE\xFF\0a")), "UTF-16"));
  remit_csv_options options = TEXT("\xEF\xBB\xBF" "a");
  options.encoding = REMIT_WINDOWS_1252;
  assert_non_null(strstr(dump(options), "mark of UTF-8"));
}

/* `count` bytes 'x' with `before` and `after` around them; freed by the caller. */
static char *long_text(const char *before, size_t count, const char *after, size_t *size)
{
  size_t head = strlen(before), tail = strlen(after);
  char *text = malloc(head + count + tail);
  assert_non_null(text);
  memcpy(text, before, head);
  memset(text + head, 'x', count);
  memcpy(text + head + count, after, tail);
  *size = head + count + tail;
  return text;
}

/* The status of the first record that does not read, or REMIT_OK; `*size` is that of the longest field. */
static remit_status read_all(const char *text, size_t size, size_t *longest, remit_error *err)
{
  remit_csv *csv;
  const remit_csv_record *record;
  remit_csv_options options = of_text(text, size);
  *longest = 0;
  assert_ok(remit_csv_open(&csv, &options, NULL));
  remit_status status;
  while ((status = remit_csv_next(csv, &record, err)) == REMIT_OK && record != NULL)
    for (size_t i = 0; i < record->count; i++)
      *longest = record->sizes[i] > *longest ? record->sizes[i] : *longest;
  remit_csv_close(csv);
  return status;
}

static void a_field_has_a_maximum(void **state)
{
  (void)state;
  static const char *const around[][3] = {
    { "a,", ",b\n", "a field of more than 1048576 bytes" },
    { "a,\"", "\",b\n", "more than 1048576 bytes in quotes: a quote that never ends" },
    { "\"a\r\nb\rc\nd\",\"", "\",b\n", "row 1, line 4, byte 11: more than 1048576 bytes in quotes" },
  };
  for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
    for (size_t over = 0; over < 2; over++) {
      size_t size, longest;
      remit_error err;
      char *text = long_text(around[i][0], REMIT_CSV_FIELD_MAX + over, around[i][1], &size);
      assert_int_equal(read_all(text, size, &longest, &err), over ? REMIT_EPARSE : REMIT_OK);
      if (over)
        assert_non_null(strstr(err.message, around[i][2]));
      else
        assert_int_equal(longest, REMIT_CSV_FIELD_MAX);
      free(text);
    }
  }
}

static void a_row_has_a_maximum_of_fields(void **state)
{
  (void)state;
  for (size_t over = 0; over < 2; over++) {
    size_t longest;
    char text[REMIT_CSV_FIELDS_MAX + 1];
    remit_error err;
    memset(text, ',', sizeof text);
    assert_int_equal(read_all(text, REMIT_CSV_FIELDS_MAX - 1 + over, &longest, &err), over ? REMIT_EPARSE : REMIT_OK);
    if (over)
      assert_non_null(strstr(err.message, "more than 1024 fields in a row"));
  }
}

static void a_row_has_a_maximum_of_bytes(void **state)
{
  (void)state;
  for (size_t over = 0; over < 2; over++) {
    size_t longest, size = REMIT_CSV_ROW_MAX - 1 + over;
    char *text = malloc(size + 2);
    remit_error err;
    assert_non_null(text);
    memset(text, 'x', size);
    for (size_t at = 1000000; at < size; at += 1000000)
      text[at] = ',';
    memcpy(text + size, "\na", 2);
    assert_int_equal(read_all(text, size + 2, &longest, &err), over ? REMIT_EPARSE : REMIT_OK);
    if (over)
      assert_non_null(strstr(err.message, "a row of more than 16777216 bytes"));
    free(text);
  }
}

/* Where the window happens to end must not matter: records of growing length with quotes, CRLF and £ pass over its edges. */
static void nothing_depends_on_where_the_window_ends(void **state)
{
  (void)state;
  size_t size = 0, rows = 3000;
  char *text = malloc(rows * 400);
  assert_non_null(text);
  for (size_t i = 0; i < rows; i++)
    size += (size_t)sprintf(text + size, "%zu,\"%.*s\"\"\r\n\",£%s", i, (int)(i % 311),
                            "................................................................................................................"
                            "................................................................................................................"
                            "................................................................................................................",
                            i % 3 == 0 ? "\r\n" : i % 3 == 1 ? "\n" : "\r");
  remit_csv *csv;
  const remit_csv_record *record;
  remit_csv_options options = of_text(text, size);
  assert_ok(remit_csv_open(&csv, &options, NULL));
  for (size_t i = 0; i < rows; i++) {
    char id[24];
    snprintf(id, sizeof id, "%zu", i);
    assert_ok(remit_csv_next(csv, &record, NULL));
    assert_non_null(record);
    assert_int_equal(record->count, 3);
    assert_string_equal(record->fields[0], id);
    assert_int_equal(record->sizes[1], i % 311 + 3);
    assert_string_equal(record->fields[2], "£");
    assert_int_equal(record->row, i + 1);
    assert_int_equal(record->line, 2 * i + 1);
    assert_memory_equal(text + record->byte, id, strlen(id));
  }
  assert_ok(remit_csv_next(csv, &record, NULL));
  assert_null(record);
  remit_csv_close(csv);
  free(text);
}

static void files_that_cannot_be_opened_say_why(void **state)
{
  (void)state;
  remit_csv *csv;
  remit_error err;
  remit_csv_options options = { .path = "/" };
  assert_int_equal(remit_csv_open(&csv, &options, &err), REMIT_EIO);
  assert_string_equal(err.message, "/: is a directory");
  options.path = "no-such-folder/no-such-file.csv";
  assert_int_equal(remit_csv_open(&csv, &options, &err), REMIT_ENOTFOUND);
  assert_string_equal(err.message, "no-such-folder/no-such-file.csv: no such file");
  assert_null(csv);
}

static void a_file_reads_like_its_text(void **state)
{
  (void)state;
  char path[] = "test_csv_scan_XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, "a,b\n1,\"2\"\n", 10), 10);
  close(file);
  const char *read = dump((remit_csv_options){ .path = path });
  unlink(path);
  assert_string_equal(read, "[a][b]\n[1][2]\n");
}

static remit_status read_long_record(void *context)
{
  remit_csv_options *options = context;
  remit_csv *csv;
  const remit_csv_record *record;
  remit_status status = remit_csv_open(&csv, options, NULL);
  if (status == REMIT_OK)
    status = remit_csv_next(csv, &record, NULL);
  remit_csv_close(csv);
  return status;
}

static void each_allocation_may_fail(void **state)
{
  (void)state;
  size_t size;
  char *text = long_text("\xA3,", 600000, "\n", &size);
  remit_csv_options options = of_text(text, size);
  options.encoding = REMIT_WINDOWS_1252;
  support_fail_each_allocation(read_long_record, &options);
  free(text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(fields_are_split_and_unquoted),
    LEAK_CHECKED(every_line_end_ends_a_record),
    LEAK_CHECKED(the_end_needs_no_line_end),
    LEAK_CHECKED(a_quoted_empty_field_is_not_a_blank_line),
    LEAK_CHECKED(line_ends_in_quotes_are_kept),
    LEAK_CHECKED(a_byte_order_mark_is_passed_over),
    LEAK_CHECKED(another_delimiter_separates),
    LEAK_CHECKED(some_characters_cannot_be_delimiters),
    LEAK_CHECKED(places_are_those_of_the_file),
    LEAK_CHECKED(an_unterminated_quote_says_where_it_begins),
    LEAK_CHECKED(a_misplaced_quote_costs_one_record),
    LEAK_CHECKED(faults_know_their_line),
    LEAK_CHECKED(a_nul_byte_costs_one_record),
    LEAK_CHECKED(utf8_is_read_and_what_is_not_is_refused),
    LEAK_CHECKED(windows_1252_becomes_utf8),
    LEAK_CHECKED(every_windows_1252_byte_has_its_character),
    LEAK_CHECKED(what_is_not_csv_is_named),
    LEAK_CHECKED(a_field_has_a_maximum),
    LEAK_CHECKED(a_row_has_a_maximum_of_fields),
    LEAK_CHECKED(a_row_has_a_maximum_of_bytes),
    LEAK_CHECKED(nothing_depends_on_where_the_window_ends),
    LEAK_CHECKED(files_that_cannot_be_opened_say_why),
    LEAK_CHECKED(a_file_reads_like_its_text),
    LEAK_CHECKED(each_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
