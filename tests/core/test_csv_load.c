/* SPDX-License-Identifier: Apache-2.0
 * Tests of loading: what becomes of each kind of field, and every problem with its words.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const remit_csv_field post_fields[] = {
  { .heading = "Post", .name = "id", .unit = REMIT_CODE, .required = true, .unique = true },
  { .heading = "Band", .name = "band", .unit = REMIT_CODE },
  { .heading = "WTE", .name = "wte", .unit = REMIT_MICRO, .required = true, .bounded = true, .minimum = 0, .maximum = 3000000 },
  { .heading = "Cost", .name = "cost", .unit = REMIT_PENCE, .format = { .currency = true } },
};

typedef struct loaded {
  remit_status status;
  remit_table *table;
  remit_csv_report *report;
  remit_error err;
} loaded;

static loaded load_options(remit_csv_options options, const remit_csv_field *fields, size_t count)
{
  loaded result;
  result.status = remit_csv_load(&options, fields, count, &result.table, &result.report, &result.err);
  if (result.status != REMIT_OK)
    assert_null(result.table);
  return result;
}

static loaded load(const char *text, const remit_csv_field *fields, size_t count)
{
  return load_options((remit_csv_options){ .text = text, .size = strlen(text) }, fields, count);
}

static loaded load_posts(const char *text)
{
  return load(text, post_fields, 4);
}

static void release(loaded *result)
{
  remit_table_free(result->table);
  remit_csv_report_free(result->report);
}

/* "row field 'value' message (alike)" of every problem, a line each, compared with `expected`. */
static void assert_problems(loaded *result, const char *expected)
{
  char text[8192] = "";
  size_t used = 0;
  assert_non_null(result->report);
  for (size_t i = 0; i < remit_csv_problems(result->report); i++) {
    remit_csv_problem problem = remit_csv_problem_at(result->report, i);
    used += (size_t)snprintf(text + used, sizeof text - used, "%zu %s '%s' %s", problem.row, problem.field, problem.value, problem.message);
    used += problem.alike > 1 ? (size_t)snprintf(text + used, sizeof text - used, " (%zu)", problem.alike) : 0;
    used += (size_t)snprintf(text + used, sizeof text - used, "%s\n", problem.total_row ? " [total]" : "");
  }
  assert_string_equal(text, expected);
  assert_int_equal(result->status, expected[0] != '\0' ? REMIT_EPARSE : REMIT_OK);
  release(result);
}

static void posts_have(const char *rows, const char *expected)
{
  char text[4096];
  snprintf(text, sizeof text, "Post,Band,WTE,Cost\n%s", rows);
  loaded result = load_posts(text);
  assert_problems(&result, expected);
}

static const char *label(const loaded *result, const char *name, size_t row)
{
  const remit_column *column = remit_table_find(result->table, name);
  return remit_dictionary_label(remit_column_dictionary(column), remit_column_code(column, row), NULL);
}

static int64_t figure(const loaded *result, const char *name, size_t row)
{
  return remit_column_int(remit_table_find(result->table, name), row);
}

static void fields_become_columns(void **state)
{
  (void)state;
  loaded result = load_posts("\xEF\xBB\xBF" "Cost,Post,\" WTE \",Band\r\n\"£1,234.50\",P1,0.8, 8a \r\n(20),P2,1,\"\"\r\n,P3,2.5,8a\xC2\xA0\r\n");
  assert_ok(result.status);
  assert_int_equal(remit_table_rows(result.table), 3);
  assert_int_equal(remit_table_columns(result.table), 4);
  assert_string_equal(remit_table_name(result.table, 0), "id");
  assert_string_equal(label(&result, "id", 2), "P3");
  assert_string_equal(label(&result, "band", 0), "8a");
  assert_int_equal(remit_column_code(remit_table_find(result.table, "band"), 1), 0);
  assert_int_equal(remit_column_code(remit_table_find(result.table, "band"), 2), 1);
  assert_int_equal(figure(&result, "cost", 0), 123450);
  assert_int_equal(figure(&result, "cost", 1), -2000);
  assert_true(figure(&result, "cost", 2) == REMIT_MISSING);
  assert_int_equal(figure(&result, "wte", 0), 800000);
  assert_int_equal(figure(&result, "wte", 2), 2500000);
  assert_int_equal(remit_csv_problems(result.report), 0);
  release(&result);
}

static void months_days_and_counts_are_read(void **state)
{
  (void)state;
  static const remit_csv_field fields[] = {
    { .heading = "month", .name = "month", .unit = REMIT_MONTH },
    { .heading = "day", .name = "day", .unit = REMIT_DAY },
    { .heading = "heads", .name = "heads", .unit = REMIT_COUNT },
  };
  loaded result = load("month,day,heads\n2026-04,2025-06-03,\"1,234\"\n2026-05,03/06/2025,-7\n", fields, 3);
  assert_ok(result.status);
  assert_int_equal(figure(&result, "month", 1), figure(&result, "month", 0) + 1);
  assert_int_equal(figure(&result, "day", 0), figure(&result, "day", 1));
  assert_int_equal(figure(&result, "heads", 0), 1234);
  assert_int_equal(figure(&result, "heads", 1), -7);
  release(&result);
}

static void a_heading_alone_is_a_table_of_no_rows(void **state)
{
  (void)state;
  loaded result = load_posts("Post,Band,WTE,Cost");
  assert_ok(result.status);
  assert_int_equal(remit_table_rows(result.table), 0);
  release(&result);
}

static void an_empty_file_is_a_problem(void **state)
{
  (void)state;
  loaded result = load_posts("");
  assert_string_equal(result.err.message, "1 problem in the text; nothing loaded");
  assert_problems(&result, "1  '' the file is empty: not even a heading\n");
  result = load_posts("\xEF\xBB\xBF");
  assert_problems(&result, "1  '' the file is empty: not even a heading\n");
  result = load_posts("\n,,\n\n");
  assert_problems(&result, "1  '' no heading: all rows are blank\n");
}

static void a_heading_that_is_missing_or_strange_gets_a_suggestion(void **state)
{
  (void)state;
  loaded result = load_posts("Post,Bandd,WTE,Cost,Colour\n");
  assert_problems(&result, "1 Band '' heading is missing. Did you mean 'Bandd'?\n"
                           "1 Bandd '' heading is not declared. Did you mean 'Band'?\n"
                           "1 Colour '' heading is not declared\n");
}

static void a_heading_in_another_case_is_one_problem_and_is_read(void **state)
{
  (void)state;
  loaded result = load_posts("post,Band,wte ,Cost\nP1,8a,x,1\n");
  assert_problems(&result, "1 post '' heading 'post': write 'Post'\n1 wte '' heading 'wte': write 'WTE'\n2 WTE 'x' not a number\n");
  result = load_posts("Post,Band,WTE,Cost,POST\n");
  assert_problems(&result, "1 POST '' heading is not declared\n");
  result = load_posts("post,POST,Band,WTE,Cost\n");
  assert_problems(&result, "1 post '' heading 'post': write 'Post'\n1 POST '' heading is not declared\n");
}

static void rows_are_checked_although_the_heading_is_wrong(void **state)
{
  (void)state;
  loaded result = load_posts("Post,WTE,Cost\nP1,x,1\n");
  assert_problems(&result, "1 Band '' heading is missing\n2 WTE 'x' not a number\n");
}

static void a_heading_occurs_once(void **state)
{
  (void)state;
  loaded result = load_posts("Post,Band,WTE,Cost,Band,x,x\n");
  assert_problems(&result, "1 Band '' heading occurs twice (columns 2 and 5)\n"
                           "1 x '' heading occurs twice (columns 6 and 7)\n"
                           "1 x '' heading is not declared (2)\n");
}

static void a_heading_that_cannot_be_read_is_named_by_its_place(void **state)
{
  (void)state;
  loaded result = load("Post,Ba\xffnd,WTE\nP1,8a,1\n", post_fields, 3);
  assert_problems(&result, "1 column 2 'Ba\\xFFnd' byte 0xFF is not UTF-8; in Windows-1252 it is '\xC3\xBF': declare \"encoding\": "
                           "\"windows-1252\" or save the file as UTF-8\n1 Band '' heading is missing\n");
}

static void another_delimiter_is_noticed(void **state)
{
  (void)state;
  loaded result = load_posts("Post;Band;WTE;Cost\nP1;8a;1;2\n");
  assert_problems(&result, "1 Post;Band;WTE;Cost '' heading is not declared. Is the file separated by ';'? Declare \"delimiter\": \";\"\n");
  result = load_posts("Post\tBand\tWTE\tCost\nP1\n");
  assert_problems(&result, "1 Post\tBand\tWTE\tCost '' heading is not declared. Is the file separated by '\\t'? Declare \"delimiter\": \"\\t\"\n");
}

static void an_optional_heading_may_be_absent(void **state)
{
  (void)state;
  remit_csv_field fields[4];
  memcpy(fields, post_fields, sizeof fields);
  fields[1].optional = fields[3].optional = true;
  loaded result = load("Post,WTE\nP1,1\n", fields, 4);
  assert_ok(result.status);
  assert_true(figure(&result, "cost", 0) == REMIT_MISSING);
  assert_string_equal(label(&result, "band", 0), "");
  release(&result);
}

static void a_field_without_a_name_is_not_loaded(void **state)
{
  (void)state;
  remit_csv_field fields[4];
  memcpy(fields, post_fields, sizeof fields);
  fields[2].name = NULL;
  loaded result = load("Post,Band,WTE,Cost\nP1,2,rubbish,1\n", fields, 4);
  assert_ok(result.status);
  assert_int_equal(remit_table_columns(result.table), 3);
  assert_null(remit_table_find(result.table, "wte"));
  release(&result);
}

static void empty_columns_at_the_end_are_passed_over(void **state)
{
  (void)state;
  loaded result = load_posts("Post,Band,WTE,Cost,,\nP1,2,1,1,,\n");
  assert_ok(result.status);
  release(&result);
  result = load_posts("Post,Band,WTE,Cost,,\nP1,2,1,1,,note\n");
  assert_problems(&result, "2 column 6 'note' a value in a column without a heading\n");
}

static void figures_that_do_not_read_are_listed(void **state)
{
  (void)state;
  posts_have("P1,2,\"0,8\",1\nP2,2,1,1e308\nP3,2,NaN,1\nP4,2,-0,-0\nP5,2,1,\"1.234,5\"\n",
             "2 WTE '0,8' not a number. Decimal comma?\n"
             "3 Cost '1e308' scientific notation: reformat the cell in the spreadsheet\n"
             "4 WTE 'NaN' not a number\n"
             "6 Cost '1.234,5' not a number. Decimal comma?\n");
}

static void amounts_past_64_bits_are_refused(void **state)
{
  (void)state;
  char text[200];
  snprintf(text, sizeof text, "Post,Band,WTE,Cost\nP1,2,1,92233720368547758.07\nP2,2,1,92233720368547758.08\nP3,2,1,-92233720368547758.07\n");
  loaded result = load_posts(text);
  assert_int_equal(result.status, REMIT_EPARSE);
  assert_int_equal(remit_csv_problems(result.report), 1);
  assert_int_equal(remit_csv_problem_at(result.report, 0).row, 3);
  release(&result);
}

static void bounds_are_kept(void **state)
{
  (void)state;
  posts_have("P1,2,0,1\nP2,2,3,1\nP3,2,-0.1,1\nP4,2,3.000001,1\nP5,2,-0.1,1\n",
             "4 WTE '-0.1' below the minimum 0 (2)\n5 WTE '3.000001' above the maximum 3\n");
  static const remit_csv_field fields[] = {
    { .heading = "a", .name = "a", .unit = REMIT_PENCE, .bounded = true, .minimum = -150, .maximum = 1000 },
    { .heading = "b", .name = "b", .unit = REMIT_MONTH, .bounded = true, .minimum = 24315, .maximum = 24315 },
  };
  loaded result = load("a,b\n-2,2026-03\n11,2026-04\n", fields, 2);
  assert_problems(&result, "2 a '-2' below the minimum -1.5\n2 b '2026-03' below the minimum 2026-04\n3 a '11' above the maximum 10\n");
}

static void required_fields_are_there(void **state)
{
  (void)state;
  posts_have("P1,,,\n,,1,\nP3,2, \xC2\xA0,1\n",
             "2 WTE '' is empty, and a value is required\n3 Post '' is empty, and a value is required\n"
             "4 WTE ' \xC2\xA0' is empty, and a value is required\n");
}

static void unique_fields_do_not_repeat(void **state)
{
  (void)state;
  posts_have("P1,2,1,1\nP2,2,1,1\n\nP1,2,1,1\n P2 ,2,1,1\nP1,2,1,1\np1,2,1,1\n",
             "5 Post 'P1' duplicate of row 2 (2)\n6 Post ' P2 ' duplicate of row 3\n");
}

static void ragged_rows_are_counted(void **state)
{
  (void)state;
  posts_have("P1,2,1\nP2,2,1,1,x\nP3,2,x\n1\n",
             "2  '' 3 fields, the heading has 4 (2)\n3  '' 5 fields, the heading has 4\n5  '' 1 field, the heading has 4\n");
}

static void blank_rows_are_passed_over_and_counted(void **state)
{
  (void)state;
  loaded result = load_posts("\n,,\nPost,Band,WTE,Cost\n\nP1,2,1,1\n,,,\n , ,\"\",\n\xC2\xA0\nP2,2,1,1\nP3,2,1,1\n\n");
  assert_ok(result.status);
  remit_csv_counts counts = remit_csv_report_counts(result.report);
  assert_int_equal(counts.rows, 3);
  assert_int_equal(counts.blank, 7);
  assert_int_equal(counts.more, 0);
  static const size_t expected[] = { 5, 9, 10 };
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(remit_csv_row(result.report, i), expected[i]);
  release(&result);
}

static void bytes_and_roundings_are_counted(void **state)
{
  (void)state;
  remit_csv_field fields[4];
  memcpy(fields, post_fields, sizeof fields);
  fields[3].format.round = true;
  const char *text = "Post,Band,WTE,Cost\nP1,2,1,1.005\nP2,2,1,1.015\nP3,2,1,2.50\n";
  loaded result = load(text, fields, 4);
  assert_ok(result.status);
  remit_csv_counts counts = remit_csv_report_counts(result.report);
  assert_int_equal(counts.rounded, 2);
  assert_int_equal(counts.bytes, strlen(text));
  assert_int_equal(figure(&result, "cost", 0), 100);
  assert_int_equal(figure(&result, "cost", 1), 102);
  release(&result);
}

static void texts_can_stand_for_no_value(void **state)
{
  (void)state;
  static const char *const missing[] = { "n/a", "-" };
  const char *text = "Post,Band,WTE,Cost\nP1,n/a,1,-\nP2,2,-,n/a\n";
  remit_csv_options options = { .text = text, .size = strlen(text), .missing = missing, .missing_count = 2 };
  loaded result = load_options(options, post_fields, 4);
  assert_problems(&result, "3 WTE '-' stands for no value, and a value is required\n");
  remit_csv_field fields[4];
  memcpy(fields, post_fields, sizeof fields);
  fields[2].required = false;
  result = load_options(options, fields, 4);
  assert_ok(result.status);
  assert_string_equal(label(&result, "band", 0), "");
  assert_true(figure(&result, "cost", 0) == REMIT_MISSING);
  assert_true(figure(&result, "wte", 1) == REMIT_MISSING);
  release(&result);
}

static void rows_of_totals_need_no_other_values(void **state)
{
  (void)state;
  const char *text = "Post,Band,WTE,Cost\nP1,2,1,1\nTotal,,,1\nTotal,,x,2\n";
  remit_csv_options options = { .text = text, .size = strlen(text), .totals_field = "Post", .totals_label = "Total" };
  loaded result = load_options(options, post_fields, 4);
  assert_problems(&result, "4 WTE 'x' not a number [total]\n");
  options.size -= strlen("Total,,x,2\n");
  result = load_options(options, post_fields, 4);
  assert_ok(result.status);
  assert_int_equal(remit_table_rows(result.table), 2);
  assert_int_equal(figure(&result, "cost", 1), 100);
  release(&result);
}

static void a_row_that_looks_like_totals_is_marked(void **state)
{
  (void)state;
  posts_have("P1,2,x,1\nTOTAL pay,,y,1\n,\" Grand total\",z,1\nSubtotal,2,w,1\n",
             "2 WTE 'x' not a number\n3 WTE 'y' not a number [total]\n4 Post '' is empty, and a value is required [total]\n"
             "4 WTE 'z' not a number [total]\n5 WTE 'w' not a number\n");
}

static void a_field_that_cannot_be_scanned_leaves_the_others_checked(void **state)
{
  (void)state;
  posts_have("P1,8\"a,x,1\nP2,\"8\"a,1,y\n\xA3,2,1,1\n",
             "2 Band '8\"a' a quote inside a field that does not begin with one. Quote the whole field and double its quotes\n"
             "2 WTE 'x' not a number\n"
             "3 Band '\"8\"a' text after a closing quote. Double the quotes inside a quoted field\n"
             "3 Cost 'y' not a number\n"
             "4 Post '\\xA3' byte 0xA3 is not UTF-8; in Windows-1252 it is '£': declare \"encoding\": \"windows-1252\" or save the file as UTF-8\n");
}

static void a_nul_byte_is_shown(void **state)
{
  (void)state;
  static const char text[] = "Post,Band,WTE,Cost\nP1,a\0b,1,1\n";
  loaded result = load_options((remit_csv_options){ .text = text, .size = sizeof text - 1 }, post_fields, 4);
  assert_problems(&result, "2 Band 'a\\x00b' a NUL byte; is this a spreadsheet (.xlsx) and not CSV?\n");
}

static void what_ends_the_reading_is_listed_last(void **state)
{
  (void)state;
  posts_have("P1,2,x,1\nP2,\"2,1,1\nP3,2,1,1\n", "2 WTE 'x' not a number\n3  '' a quote that begins here never ends\n");
  loaded result = load_posts("PK\003\004....");
  assert_problems(&result, "1  '' a spreadsheet (.xlsx) or zip file, not CSV. Save it as 'CSV UTF-8'\n");
}

static void windows_1252_is_read_when_declared(void **state)
{
  (void)state;
  const char *text = "Post,Band,WTE,Cost\nP1\xA0,a\x96" "b,1,\xA3" "5\n";
  remit_csv_options options = { .text = text, .size = strlen(text), .encoding = REMIT_WINDOWS_1252 };
  loaded result = load_options(options, post_fields, 4);
  assert_ok(result.status);
  assert_string_equal(label(&result, "id", 0), "P1");
  assert_string_equal(label(&result, "band", 0), "a–b");
  assert_int_equal(figure(&result, "cost", 0), 500);
  release(&result);
}

static void values_are_cut_at_a_characters_edge(void **state)
{
  (void)state;
  char text[400] = "Post,Band,WTE,Cost\nP1,2,x", expected[100] = "x";
  for (size_t i = 0; i < 60; i++)
    strcat(text, "£");
  strcat(text, ",1\n");
  loaded result = load_posts(text);
  assert_int_equal(result.status, REMIT_EPARSE);
  for (size_t i = 0; i < 39; i++)
    strcat(expected, "£");
  assert_string_equal(remit_csv_problem_at(result.report, 0).value, expected);
  release(&result);
}

static void a_label_has_a_maximum(void **state)
{
  (void)state;
  static const remit_csv_field field = { .heading = "a", .name = "a", .unit = REMIT_CODE };
  for (size_t over = 0; over < 2; over++) {
    size_t size = 2 + REMIT_LABEL_MAX + over;
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text, "a\n", 2);
    text[size] = '\0';
    loaded result = load(text, &field, 1);
    assert_int_equal(result.status, over ? REMIT_EPARSE : REMIT_OK);
    release(&result);
    free(text);
  }
}

static void problems_beyond_the_maximum_are_counted(void **state)
{
  (void)state;
  for (size_t over = 0; over < 2; over++) {
    static char text[20 * (REMIT_CSV_PROBLEMS_MAX + 10)];
    size_t count = REMIT_CSV_PROBLEMS_MAX + 5 * over;
    size_t used = (size_t)sprintf(text, "Post,Band,WTE,Cost\n");
    for (size_t i = 0; i < count; i++)
      used += (size_t)sprintf(text + used, "P%zu,2,x%zu,1\n", i, i);
    loaded result = load_posts(text);
    assert_int_equal(result.status, REMIT_EPARSE);
    assert_int_equal(remit_csv_problems(result.report), REMIT_CSV_PROBLEMS_MAX);
    assert_int_equal(remit_csv_report_counts(result.report).more, 5 * over);
    assert_int_equal(remit_csv_problem_at(result.report, 777).row, 779);
    assert_string_equal(remit_csv_problem_at(result.report, REMIT_CSV_PROBLEMS_MAX).message, "");
    assert_string_equal(result.err.message, over ? "1005 problems in the text; nothing loaded" : "1000 problems in the text; nothing loaded");
    release(&result);
  }
}

static void problems_know_their_place(void **state)
{
  (void)state;
  loaded result = load_posts("Post,Band,WTE,Cost\n\"P\n1\",2,1,1\nP2,2,x,1\n");
  remit_csv_problem problem = remit_csv_problem_at(result.report, 0);
  assert_int_equal(problem.row, 3);
  assert_int_equal(problem.line, 4);
  assert_int_equal(problem.byte, 36);
  release(&result);
}

static void misuse_is_refused(void **state)
{
  (void)state;
  remit_csv_field fields[4];
  memcpy(fields, post_fields, sizeof fields);
  fields[1].heading = "Post";
  loaded result = load("Post\n", fields, 4);
  assert_int_equal(result.status, REMIT_EINVAL);
  assert_null(result.report);
  memcpy(fields, post_fields, sizeof fields);
  fields[1].name = "id";
  assert_int_equal(load("Post\n", fields, 4).status, REMIT_EINVAL);
  memcpy(fields, post_fields, sizeof fields);
  fields[2].unique = true;
  assert_int_equal(load("Post\n", fields, 4).status, REMIT_EINVAL);
  remit_csv_options options = { .text = "", .totals_field = "Colour", .totals_label = "Total" };
  assert_int_equal(load_options(options, post_fields, 4).status, REMIT_EINVAL);
  options = (remit_csv_options){ .text = "", .totals_field = "Post" };
  assert_int_equal(load_options(options, post_fields, 4).status, REMIT_EINVAL);
  options = (remit_csv_options){ .path = "/" };
  result = load_options(options, post_fields, 4);
  assert_int_equal(result.status, REMIT_EIO);
  assert_null(result.report);
}

/* The short cut for plain decimals must say what remit_number_parse says. */
static void figures_are_those_of_number_parse(void **state)
{
  (void)state;
  static const char alphabet[] = "0011223456789..--,(+ ";
  static const remit_unit units[] = { REMIT_COUNT, REMIT_PENCE, REMIT_MICRO };
  uint64_t seed = 20260401;
  for (size_t round = 0; round < 30000; round++) {
    char cell[24], text[40];
    size_t size = 1 + support_below(&seed, 16);
    for (size_t i = 0; i < size; i++)
      cell[i] = alphabet[support_below(&seed, round % 2 == 0 ? 13 : sizeof alphabet - 1)];
    cell[size] = '\0';
    snprintf(text, sizeof text, "n\n\"%s\"\n", cell);
    if (strspn(cell, " ") == size)
      continue;
    remit_csv_field field = { .heading = "n", .name = "n", .unit = units[support_below(&seed, 3)] };
    field.format.round = support_below(&seed, 2) == 0;
    remit_number_format format = field.format;
    format.decimals = remit_unit_decimals(field.unit);
    int64_t expected;
    remit_error err;
    remit_status status = remit_number_parse(cell, size, &format, &expected, NULL, &err);
    loaded result = load(text, &field, 1);
    if (status == REMIT_OK) {
      assert_ok(result.status);
      assert_true(figure(&result, "n", 0) == expected);
    } else {
      assert_int_equal(result.status, REMIT_EPARSE);
      assert_string_equal(remit_csv_problem_at(result.report, 0).message, err.message);
    }
    release(&result);
  }
}

/* Many labels of all lengths, so that the short cuts of codes and the growing of arrays are met. */
static void codes_are_those_of_the_labels(void **state)
{
  (void)state;
  enum { ROWS = 20000 };
  static const remit_csv_field fields[] = { { .heading = "a", .name = "a", .unit = REMIT_CODE }, { .heading = "b", .name = "b", .unit = REMIT_CODE } };
  static char labels[ROWS][24], text[ROWS * 32];
  uint64_t seed = 7;
  size_t used = (size_t)sprintf(text, "a,b\n");
  for (size_t i = 0; i < ROWS; i++) {
    size_t size = 1 + support_below(&seed, 20), kind = support_below(&seed, 40);
    for (size_t k = 0; k < size; k++)
      labels[i][k] = (char)('a' + (k * kind + size) % 7);
    labels[i][size / 2] = (char)('a' + support_below(&seed, 3));
    labels[i][size] = '\0';
    used += (size_t)sprintf(text + used, "%s,%s\n", labels[i], i % 5 == 0 ? "" : "x");
  }
  loaded result = load(text, fields, 2);
  assert_ok(result.status);
  for (size_t i = 0; i < ROWS; i++) {
    assert_string_equal(label(&result, "a", i), labels[i]);
    assert_string_equal(label(&result, "b", i), i % 5 == 0 ? "" : "x");
  }
  release(&result);
}

static remit_status load_quietly(void *context)
{
  const char *text = context;
  remit_csv_options options = { .text = text, .size = strlen(text) };
  remit_table *table;
  remit_csv_report *report;
  remit_status status = remit_csv_load(&options, post_fields, 4, &table, &report, NULL);
  remit_table_free(table);
  remit_csv_report_free(report);
  return status;
}

static remit_status load_with_problems(void *context)
{
  remit_status status = load_quietly(context);
  return status == REMIT_EPARSE ? REMIT_OK : status;
}

static void each_allocation_may_fail(void **state)
{
  (void)state;
  static char good[20000] = "Post,Band,WTE,Cost\n", bad[2000] = "Post,Bnd,WTE,Cost,Colour\n";
  size_t used = strlen(good), wrong = strlen(bad);
  for (size_t i = 0; i < 300; i++)
    used += (size_t)snprintf(good + used, sizeof good - used, "%sP%zu,8%c,1,£%zu.00\n", i % 7 == 0 ? "\n" : "", i, (char)('a' + i % 4), i);
  for (size_t i = 0; i < 30; i++)
    wrong += (size_t)snprintf(bad + wrong, sizeof bad - wrong, "P%zu,8a,x%zu,1,2\n", i / 2, i);
  support_fail_each_allocation(load_quietly, good);
  support_fail_each_allocation(load_with_problems, bad);
}

static void what_was_read_can_be_salvaged(void **state)
{
  (void)state;
  const char *text = "Post,Band,WTE,Cost\nP1,8a,x,2\nP2,8b,1\nP3,8c,4,3\n";
  remit_csv_options options = { .text = text, .size = strlen(text), .salvage = true };
  loaded result;
  result.status = remit_csv_load(&options, post_fields, 4, &result.table, &result.report, &result.err);
  assert_int_equal(result.status, REMIT_EPARSE);
  assert_int_equal(remit_csv_problems(result.report), 3);
  assert_int_equal(remit_table_rows(result.table), 2);
  assert_string_equal(label(&result, "band", 1), "8c");
  assert_int_equal(figure(&result, "wte", 0), REMIT_MISSING);
  assert_int_equal(remit_csv_row(result.report, 1), 4);
  release(&result);
}

static void salvage_of_a_file_without_heading_is_a_table_of_no_rows(void **state)
{
  (void)state;
  remit_csv_options options = { .text = "", .salvage = true };
  loaded result;
  result.status = remit_csv_load(&options, post_fields, 4, &result.table, &result.report, &result.err);
  assert_int_equal(result.status, REMIT_EPARSE);
  assert_int_equal(remit_table_rows(result.table), 0);
  release(&result);
}

static remit_status salvage(void *context)
{
  const char *text = context;
  remit_csv_options options = { .text = text, .size = strlen(text), .salvage = true };
  remit_table *table;
  remit_csv_report *report;
  remit_status status = remit_csv_load(&options, post_fields, 4, &table, &report, NULL);
  assert_true((status == REMIT_EPARSE) == (table != NULL && report != NULL));
  remit_table_free(table);
  remit_csv_report_free(report);
  return status == REMIT_EPARSE ? REMIT_OK : status;
}

static void each_allocation_of_a_salvage_may_fail(void **state)
{
  (void)state;
  char text[] = "Post,Band,WTE,Cost\nP1,8a,x,2\nP2,8b,1\nP3,8c,4,3\n";
  support_fail_each_allocation(salvage, text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(a_heading_that_cannot_be_read_is_named_by_its_place),
    LEAK_CHECKED(what_was_read_can_be_salvaged),
    LEAK_CHECKED(salvage_of_a_file_without_heading_is_a_table_of_no_rows),
    LEAK_CHECKED(each_allocation_of_a_salvage_may_fail),
    LEAK_CHECKED(fields_become_columns),
    LEAK_CHECKED(months_days_and_counts_are_read),
    LEAK_CHECKED(a_heading_alone_is_a_table_of_no_rows),
    LEAK_CHECKED(an_empty_file_is_a_problem),
    LEAK_CHECKED(a_heading_that_is_missing_or_strange_gets_a_suggestion),
    LEAK_CHECKED(a_heading_in_another_case_is_one_problem_and_is_read),
    LEAK_CHECKED(rows_are_checked_although_the_heading_is_wrong),
    LEAK_CHECKED(a_heading_occurs_once),
    LEAK_CHECKED(another_delimiter_is_noticed),
    LEAK_CHECKED(an_optional_heading_may_be_absent),
    LEAK_CHECKED(a_field_without_a_name_is_not_loaded),
    LEAK_CHECKED(empty_columns_at_the_end_are_passed_over),
    LEAK_CHECKED(figures_that_do_not_read_are_listed),
    LEAK_CHECKED(amounts_past_64_bits_are_refused),
    LEAK_CHECKED(bounds_are_kept),
    LEAK_CHECKED(required_fields_are_there),
    LEAK_CHECKED(unique_fields_do_not_repeat),
    LEAK_CHECKED(ragged_rows_are_counted),
    LEAK_CHECKED(blank_rows_are_passed_over_and_counted),
    LEAK_CHECKED(bytes_and_roundings_are_counted),
    LEAK_CHECKED(texts_can_stand_for_no_value),
    LEAK_CHECKED(rows_of_totals_need_no_other_values),
    LEAK_CHECKED(a_row_that_looks_like_totals_is_marked),
    LEAK_CHECKED(a_field_that_cannot_be_scanned_leaves_the_others_checked),
    LEAK_CHECKED(a_nul_byte_is_shown),
    LEAK_CHECKED(what_ends_the_reading_is_listed_last),
    LEAK_CHECKED(windows_1252_is_read_when_declared),
    LEAK_CHECKED(values_are_cut_at_a_characters_edge),
    LEAK_CHECKED(a_label_has_a_maximum),
    LEAK_CHECKED(problems_beyond_the_maximum_are_counted),
    LEAK_CHECKED(problems_know_their_place),
    LEAK_CHECKED(misuse_is_refused),
    LEAK_CHECKED(figures_are_those_of_number_parse),
    LEAK_CHECKED(codes_are_those_of_the_labels),
    LEAK_CHECKED(each_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
