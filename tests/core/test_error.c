/* SPDX-License-Identifier: Apache-2.0
 * error: messages, and what becomes of text that does not belong in one.
 */
#include "support.h"

#include <stdio.h>

static void fail_fills_the_error_and_gives_the_status(void **state)
{
  (void)state;
  remit_error err = { REMIT_OK, 7, "before" };
  assert_int_equal(remit_fail(&err, REMIT_ENOTFOUND, "no column '%s' in %d", "cots", 3), REMIT_ENOTFOUND);
  assert_int_equal(err.status, REMIT_ENOTFOUND);
  assert_int_equal(err.at, 0);
  assert_string_equal(err.message, "no column 'cots' in 3");
}

static void fail_needs_no_error(void **state)
{
  (void)state;
  assert_int_equal(remit_fail(NULL, REMIT_EIO, "%s", "lost"), REMIT_EIO);
}

static void a_message_may_quote_the_one_before(void **state)
{
  (void)state;
  remit_error err;
  remit_fail(&err, REMIT_EPARSE, "not a number");
  remit_fail(&err, REMIT_EPARSE, "posts.csv:3: %s", err.message);
  assert_string_equal(err.message, "posts.csv:3: not a number");
}

static void assert_message(const char *quoted, const char *expected)
{
  remit_error err;
  remit_fail(&err, REMIT_EINVAL, "%s", quoted);
  assert_string_equal(err.message, expected);
}

static void a_message_is_one_line_of_utf8(void **state)
{
  (void)state;
  assert_message("two\nlines\tand\r\x1b[31m", "two lines and  [31m");
  assert_message("pound \xa3 alone, \xc2\xa3 whole", "pound ? alone, \xc2\xa3 whole");
  assert_message("\xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xff", "?? ??? ???? ?");
  assert_message("\xe2\x82\xac \xf0\x9f\x8f\xa5 \xed\x9f\xbf", "\xe2\x82\xac \xf0\x9f\x8f\xa5 \xed\x9f\xbf");
  assert_message("\xe0\x9f\xbf \xf0\x8f\xbf\xbf", "??? ????");
  assert_message("\xc2\x9b\x7f", "???");
  assert_message("cut \xe2\x82", "cut ??");
}

static void a_long_message_is_cut_at_a_character(void **state)
{
  (void)state;
  const char *const characters[] = { "x", "\xc2\xa3", "\xe2\x82\xac", "\xf0\x9f\x8f\xa5" };
  for (size_t k = 0; k < 4; k++)
    for (size_t lead = 0; lead < 4; lead++) {
      char text[1024] = "aaaa";
      size_t size = strlen(characters[k]), length = lead;
      for (; length + size < sizeof text; length += size)
        memcpy(text + length, characters[k], size + 1);
      remit_error err;
      remit_fail(&err, REMIT_EINVAL, "%s", text);
      size_t kept = strlen(err.message), whole = lead + (sizeof err.message - 1 - lead) / size * size;
      assert_int_equal(kept, whole);
      assert_memory_equal(err.message, text, kept);
    }
}

static void a_message_of_exactly_the_size_is_whole(void **state)
{
  (void)state;
  remit_error err;
  char text[sizeof err.message + 1];
  memset(text, 'a', sizeof text);
  text[sizeof err.message - 1] = '\0';
  remit_fail(&err, REMIT_EINVAL, "%s", text);
  assert_int_equal(strlen(err.message), sizeof err.message - 1);
  memcpy(text + sizeof err.message - 3, "\xc2\xa3", 3);
  remit_fail(&err, REMIT_EINVAL, "%s", text);
  assert_string_equal(err.message, text);
}

static void every_status_has_a_name_of_its_own(void **state)
{
  (void)state;
  for (int a = REMIT_OK; a <= REMIT_ESTOPPED; a++) {
    assert_string_not_equal(remit_status_name((remit_status)a), "unknown");
    for (int b = REMIT_OK; b < a; b++)
      assert_string_not_equal(remit_status_name((remit_status)a), remit_status_name((remit_status)b));
  }
  assert_string_equal(remit_status_name(REMIT_ENOTFOUND), "not found");
  assert_string_equal(remit_status_name(REMIT_EOVERFLOW), "overflow");
  assert_string_equal(remit_status_name((remit_status)99), "unknown");
}

static void the_version_has_three_numbers(void **state)
{
  (void)state;
  int major, minor, patch;
  assert_int_equal(sscanf(remit_version(), "%d.%d.%d", &major, &minor, &patch), 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(fail_fills_the_error_and_gives_the_status),
    LEAK_CHECKED(fail_needs_no_error),
    LEAK_CHECKED(a_message_may_quote_the_one_before),
    LEAK_CHECKED(a_message_is_one_line_of_utf8),
    LEAK_CHECKED(a_long_message_is_cut_at_a_character),
    LEAK_CHECKED(a_message_of_exactly_the_size_is_whole),
    LEAK_CHECKED(every_status_has_a_name_of_its_own),
    LEAK_CHECKED(the_version_has_three_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
