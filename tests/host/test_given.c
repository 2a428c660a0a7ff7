/* SPDX-License-Identifier: Apache-2.0
 * given: files by path, and the paths that are none.
 */
#include "support.h"

#include <stdio.h>

#include "given.h"

static void assert_plain(const char *path, const char *expected)
{
  char plain[GIVEN_PATH];
  bool fine = given_plain_path(path, plain);
  if (fine != (expected != NULL) || (fine && strcmp(plain, expected) != 0))
    fail_msg("'%s' became '%s'", path, fine ? plain : "none");
}

static void a_path_is_made_plain_or_refused(void **state)
{
  (void)state;
  assert_plain("a/b.csv", "a/b.csv");
  assert_plain("./a//b/../c.csv", "a/c.csv");
  assert_plain("a\\b.csv", "a/b.csv");
  assert_plain("a/..", "");
  assert_plain("", "");
  assert_plain("...", "...");
  assert_plain("/a", NULL);
  assert_plain("\\a", NULL);
  assert_plain("..", NULL);
  assert_plain("a/../../b", NULL);
  char longest[GIVEN_PATH + 1];
  memset(longest, 'x', GIVEN_PATH);
  longest[GIVEN_PATH] = '\0';
  assert_plain(longest, NULL);
  longest[GIVEN_PATH - 2] = '\0';
  assert_plain(longest, longest);
}

static void files_are_found_by_their_paths_and_folders_by_theirs(void **state)
{
  (void)state;
  given_files files = { 0 };
  const char *const paths[] = { "b/c.csv", "a.csv", "b.csv", "b-/d.csv", "e/f/g.csv" };
  for (size_t i = 0; i < 5; i++)
    assert_true(given_add(&files, paths[i], paths[i], strlen(paths[i])));
  for (size_t i = 0; i < 5; i++) {
    const given_file *file = given_find(&files, paths[i]);
    assert_non_null(file);
    assert_ptr_equal(file->bytes, paths[i]);
  }
  assert_null(given_find(&files, "b"));
  assert_null(given_find(&files, "a"));
  assert_true(given_has_folder(&files, ""));
  assert_true(given_has_folder(&files, "b"));
  assert_true(given_has_folder(&files, "e/f"));
  assert_false(given_has_folder(&files, "a.csv"));
  assert_false(given_has_folder(&files, "e/g"));
  given_release(&files);
  assert_false(given_has_folder(&files, ""));
}

static void a_file_is_no_folder_and_stands_once(void **state)
{
  (void)state;
  given_files files = { 0 };
  assert_true(given_add(&files, "a/b", NULL, 0));
  assert_string_equal(given_find(&files, "a/b")->bytes, "");
  assert_false(given_add(&files, "a/b", "x", 1));
  assert_false(given_add(&files, "a", "x", 1));
  assert_false(given_add(&files, "a/b/c", "x", 1));
  assert_false(given_add(&files, "a/./d", "x", 1));
  assert_false(given_add(&files, "", "x", 1));
  assert_false(given_add(&files, "../d", "x", 1));
  assert_int_equal(files.count, 1);
  given_release(&files);
}

static void what_is_kept_is_a_copy_and_replaces(void **state)
{
  (void)state;
  given_files files = { 0 };
  char text[] = "first";
  assert_true(given_keep(&files, "a.csv", text, 5));
  text[0] = 'x';
  assert_memory_equal(given_find(&files, "a.csv")->bytes, "first", 5);
  assert_true(given_keep(&files, "a.csv", "second", 6));
  assert_int_equal(files.count, 1);
  assert_int_equal(given_find(&files, "a.csv")->size, 6);
  assert_false(given_keep(&files, "a.csv/b", "x", 1));
  given_release(&files);
}

static void there_is_an_end_to_how_many(void **state)
{
  (void)state;
  given_files files = { 0 };
  char path[32];
  for (int i = 0; i < GIVEN_MOST; i++) {
    snprintf(path, sizeof path, "%d.csv", i);
    assert_true(given_add(&files, path, "x", 1));
  }
  assert_false(given_add(&files, "one more", "x", 1));
  assert_non_null(given_find(&files, "17.csv"));
  given_release(&files);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_path_is_made_plain_or_refused),
    cmocka_unit_test(files_are_found_by_their_paths_and_folders_by_theirs),
    cmocka_unit_test(a_file_is_no_folder_and_stands_once),
    cmocka_unit_test(what_is_kept_is_a_copy_and_replaces),
    cmocka_unit_test(there_is_an_end_to_how_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
