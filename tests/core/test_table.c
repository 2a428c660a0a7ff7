/* SPDX-License-Identifier: Apache-2.0
 * table: columns by name, links and paths.
 */
#include "table_support.h"

static void columns_are_found_by_name_and_position(void **state)
{
  (void)state;
  remit_table *table = table_of(2);
  with_ints(table, "cost", REMIT_PENCE, (const int64_t[]){ 5, 6 });
  with_labels(table, "fn", (const char *const[]){ "x", "y" });
  assert_int_equal(remit_table_rows(table), 2);
  assert_int_equal(remit_table_columns(table), 2);
  assert_string_equal(remit_table_name(table, 1), "fn");
  assert_null(remit_table_name(table, 2));
  assert_null(remit_table_column(table, 2));
  assert_true(remit_table_find(table, "cost") == remit_table_column(table, 0));
  assert_null(remit_table_find(table, "cos"));
  assert_null(remit_table_find(table, "costs"));
  assert_null(remit_table_dimension(table, "cost"));
  assert_null(remit_table_dimension(table, "nothing"));
  remit_table_free(table);
  remit_table_free(NULL);
}

static void column_that_does_not_fit_is_refused(void **state)
{
  (void)state;
  remit_error err;
  remit_table *table = table_of(2);
  remit_column *column, *longer;
  assert_ok(remit_column_same_int(&column, 1, 2, REMIT_COUNT, NULL));
  assert_ok(remit_column_same_int(&longer, 1, 3, REMIT_COUNT, NULL));
  assert_ok(remit_table_add(table, "a", column, NULL));
  assert_int_equal(remit_table_add(table, "a", column, &err), REMIT_EINVAL);
  assert_non_null(strstr(err.message, "'a'"));
  assert_int_equal(remit_table_add(table, "b", longer, &err), REMIT_EINVAL);
  assert_int_equal(remit_table_add(table, "", column, NULL), REMIT_EINVAL);
  assert_int_equal(remit_table_columns(table), 1);
  remit_column_free(column);
  remit_column_free(longer);
  remit_table_free(table);
}

static void columns_have_a_maximum(void **state)
{
  (void)state;
  remit_table *table = table_of(1);
  remit_column *column;
  assert_ok(remit_column_same_int(&column, 1, 1, REMIT_COUNT, NULL));
  char name[16];
  for (int i = 0; i < REMIT_COLUMNS_MAX; i++) {
    snprintf(name, sizeof name, "c%d", i);
    assert_ok(remit_table_add(table, name, column, NULL));
  }
  assert_int_equal(remit_table_add(table, "one_more", column, NULL), REMIT_ELIMIT);
  remit_column_free(column);
  remit_table_free(table);
}

static void shared_table_cannot_be_changed(void **state)
{
  (void)state;
  remit_table *table = table_of(1), *other = remit_table_share(table);
  remit_column *column;
  assert_ok(remit_column_same_int(&column, 1, 1, REMIT_COUNT, NULL));
  assert_int_equal(remit_table_add(table, "a", column, NULL), REMIT_EINVAL);
  remit_table_free(other);
  assert_ok(remit_table_add(table, "a", column, NULL));
  remit_column_free(column);
  remit_table_free(table);
}

/* posts.fn -> functions (class, place -> places); posts.cost */
static remit_table *linked_posts(void)
{
  remit_table *places = table_of(2), *functions = table_of(3), *posts = table_of(4);
  remit_dictionary *place_ids = dictionary_of((const char *const[]){ "p", "q" }, 2);
  remit_dictionary *function_ids = dictionary_of((const char *const[]){ "f", "g", "h" }, 3);
  with_labels(places, "region", (const char *const[]){ "north", "south" });
  with_labels(functions, "class", (const char *const[]){ "grow", "", "review" });
  with_ints(functions, "size", REMIT_COUNT, (const int64_t[]){ 10, REMIT_MISSING, 30 });
  with_codes(functions, "place", (const uint32_t[]){ 2, 1, 0 }, place_ids);
  assert_ok(remit_table_link(functions, "place", places, NULL));
  with_codes(posts, "fn", (const uint32_t[]){ 3, 1, 0, 2 }, function_ids);
  with_ints(posts, "cost", REMIT_PENCE, (const int64_t[]){ 1, 2, 3, 4 });
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  remit_dictionary_free(place_ids);
  remit_dictionary_free(function_ids);
  remit_table_free(places);
  remit_table_free(functions);
  return posts;
}

static void plain_name_is_a_path_to_itself(void **state)
{
  (void)state;
  remit_table *posts = linked_posts();
  remit_path path;
  assert_ok(remit_path_init(&path, posts, "cost", NULL));
  assert_true(path.base == remit_table_find(posts, "cost") && path.target == path.base);
  assert_null(path.row_of);
  assert_null(path.dimension);
  remit_path_release(&path);
  assert_ok(remit_path_init(&path, posts, "fn", NULL));
  assert_true(path.dimension == remit_table_dimension(posts, "fn"));
  assert_null(path.row_of);
  remit_path_release(&path);
  remit_table_free(posts);
}

static void path_follows_links(void **state)
{
  (void)state;
  remit_table *posts = linked_posts();
  const remit_table *functions = remit_table_dimension(posts, "fn");
  remit_path path;
  assert_ok(remit_path_init(&path, posts, "fn.class", NULL));
  assert_true(path.base == remit_table_find(posts, "fn"));
  assert_true(path.target == remit_table_find(functions, "class"));
  assert_memory_equal(path.row_of, ((const uint32_t[]){ 0, 1, 2, 3 }), 4 * sizeof(uint32_t));
  remit_path_release(&path);
  assert_null(path.row_of);

  assert_ok(remit_path_init(&path, posts, "fn.place.region", NULL));
  assert_memory_equal(path.row_of, ((const uint32_t[]){ 0, 2, 1, 0 }), 4 * sizeof(uint32_t));
  assert_null(path.dimension);
  remit_path_release(&path);

  assert_ok(remit_path_init(&path, posts, "fn.place", NULL));
  assert_true(path.dimension == remit_table_dimension(functions, "place"));
  remit_path_release(&path);
  remit_table_free(posts);
}

static void member_added_after_the_link_leads_nowhere(void **state)
{
  (void)state;
  remit_table *functions = table_of(1), *posts = table_of(1);
  remit_dictionary *ids = dictionary_of((const char *const[]){ "f" }, 1);
  with_ints(functions, "size", REMIT_COUNT, (const int64_t[]){ 3 });
  with_codes(posts, "fn", (const uint32_t[]){ 1 }, ids);
  assert_ok(remit_table_link(posts, "fn", functions, NULL));
  uint32_t code;
  remit_path path;
  assert_ok(remit_dictionary_add(ids, "g", 1, &code, NULL));
  assert_ok(remit_path_init(&path, posts, "fn.size", NULL));
  assert_memory_equal(path.row_of, ((const uint32_t[]){ 0, 1, 0 }), 3 * sizeof(uint32_t));
  remit_path_release(&path);
  remit_dictionary_free(ids);
  remit_table_free(posts);
  remit_table_free(functions);
}

static void expect_not_found(const remit_table *table, const char *name, const char *said)
{
  remit_path path;
  remit_error err;
  assert_int_equal(remit_path_init(&path, table, name, &err), REMIT_ENOTFOUND);
  assert_string_equal(err.message, said);
  assert_null(path.row_of);
}

static void path_that_leads_nowhere_names_the_part(void **state)
{
  (void)state;
  remit_table *posts = linked_posts();
  expect_not_found(posts, "nothing", "no column 'nothing'");
  expect_not_found(posts, "", "no column ''");
  expect_not_found(posts, "nothing.class", "no column 'nothing'");
  expect_not_found(posts, "fn.", "no column '' in 'fn'");
  expect_not_found(posts, "fn.clas", "no column 'clas' in 'fn'");
  expect_not_found(posts, "fn.place.nation", "no column 'nation' in 'fn.place'");
  expect_not_found(posts, "cost.class", "'cost' in 'cost.class' has no attributes: it does not link to a table");
  expect_not_found(posts, "fn.class.x", "'class' in 'fn.class.x' has no attributes: it does not link to a table");
  remit_table_free(posts);
}

static void whole_name_wins_over_a_path(void **state)
{
  (void)state;
  remit_table *posts = linked_posts();
  with_ints(posts, "fn.class", REMIT_COUNT, (const int64_t[]){ 7, 7, 7, 7 });
  remit_path path;
  assert_ok(remit_path_init(&path, posts, "fn.class", NULL));
  assert_int_equal(remit_column_unit(path.target), REMIT_COUNT);
  assert_null(path.row_of);
  remit_path_release(&path);
  assert_ok(remit_path_init(&path, posts, "fn.size", NULL));
  assert_non_null(path.row_of);
  remit_path_release(&path);
  remit_table_free(posts);
}

static void link_checks_its_ends(void **state)
{
  (void)state;
  remit_table *posts = linked_posts(), *small = table_of(2);
  remit_error err;
  assert_int_equal(remit_table_link(posts, "nothing", small, NULL), REMIT_ENOTFOUND);
  assert_int_equal(remit_table_link(posts, "cost", small, &err), REMIT_EINVAL);
  assert_non_null(strstr(err.message, "pence"));
  assert_int_equal(remit_table_link(posts, "fn", small, &err), REMIT_EINVAL);
  assert_non_null(strstr(err.message, "3 members"));
  assert_non_null(strstr(err.message, "2 rows"));
  remit_table_free(small);
  remit_table_free(posts);
}

static void link_can_be_set_again(void **state)
{
  (void)state;
  remit_table *posts = linked_posts(), *other = table_of(3);
  assert_ok(remit_table_link(posts, "fn", other, NULL));
  assert_ok(remit_table_link(posts, "fn", other, NULL));
  assert_true(remit_table_dimension(posts, "fn") == other);
  remit_table_free(other);
  assert_int_equal(remit_table_rows(remit_table_dimension(posts, "fn")), 3);
  remit_table_free(posts);
}

/* Levels, each with its parent: the third's is the second, the second's is the first. */
static remit_table *levels(size_t rows)
{
  remit_table *table = table_of(rows);
  remit_dictionary *ids = numbered_dictionary(rows);
  uint32_t codes[32];
  int64_t depths[32];
  for (size_t i = 0; i < rows; i++) {
    codes[i] = (uint32_t)i;
    depths[i] = (int64_t)i;
  }
  with_codes(table, "parent", codes, ids);
  with_ints(table, "depth", REMIT_COUNT, depths);
  assert_ok(remit_table_link(table, "parent", table, NULL));
  remit_dictionary_free(ids);
  return table;
}

static void table_may_link_to_itself(void **state)
{
  (void)state;
  remit_table *table = levels(3);
  remit_path path;
  assert_ok(remit_path_init(&path, table, "parent.parent.depth", NULL));
  assert_memory_equal(path.row_of, ((const uint32_t[]){ 0, 0, 1, 2 }), 4 * sizeof(uint32_t));
  remit_path_release(&path);

  const size_t rows[] = { 2 };
  remit_table *taken;
  assert_ok(remit_table_take(table, rows, 1, &taken, NULL));
  remit_table_free(table);
  assert_ok(remit_path_init(&path, taken, "parent.depth", NULL));
  assert_int_equal(remit_column_int(path.target, path.row_of[remit_column_code(path.base, 0)] - 1), 1);
  remit_path_release(&path);
  remit_table_free(taken);
}

static void paths_have_a_maximum_depth(void **state)
{
  (void)state;
  remit_table *table = levels(12);
  char name[128] = "";
  remit_path path;
  for (int i = 0; i < REMIT_PATH_DEPTH; i++)
    strcat(name, "parent.");
  strcat(name, "depth");
  assert_ok(remit_path_init(&path, table, name, NULL));
  remit_path_release(&path);
  assert_int_equal(remit_path_init(&path, table, "parent.parent.parent.parent.parent.parent.parent.parent.parent.depth", NULL),
                   REMIT_ELIMIT);
  remit_table_free(table);
}

static void links_cannot_form_a_ring(void **state)
{
  (void)state;
  remit_table *a = levels(3), *b = levels(3);
  assert_ok(remit_table_link(a, "parent", b, NULL));
  assert_int_equal(remit_table_link(b, "parent", a, NULL), REMIT_EINVAL);
  remit_table_free(a);
  remit_table_free(b);
}

static void memory_counts_shared_columns_once(void **state)
{
  (void)state;
  remit_table *table = table_of(1000);
  remit_column *column;
  remit_dictionary *dictionary = numbered_dictionary(100);
  assert_ok(remit_column_same_code(&column, 1, 1000, dictionary, NULL));
  size_t empty = remit_table_memory(table);
  assert_ok(remit_table_add(table, "a", column, NULL));
  size_t one = remit_table_memory(table);
  assert_true(one >= empty + 1000 + remit_dictionary_memory(dictionary));
  assert_ok(remit_table_add(table, "b", column, NULL));
  assert_int_equal(remit_table_memory(table), one);
  give(table, "c", column);
  assert_int_equal(remit_table_memory(table), one);
  assert_ok(remit_column_same_code(&column, 2, 1000, dictionary, NULL));
  assert_ok(remit_table_add(table, "d", column, NULL));
  assert_int_equal(remit_table_memory(table), one + remit_column_memory(column));
  remit_column_free(column);
  remit_dictionary_free(dictionary);
  remit_table_free(table);
}

static remit_status build_and_resolve(void *context)
{
  const remit_column *column = remit_table_find(context, "parent");
  remit_table *table;
  remit_path path;
  remit_status status = remit_table_new(&table, 3, NULL);
  if (status != REMIT_OK)
    return status;
  status = remit_table_add(table, "parent", column, NULL);
  if (status == REMIT_OK)
    status = remit_table_link(table, "parent", context, NULL);
  if (status == REMIT_OK)
    status = remit_path_init(&path, table, "parent.parent.depth", NULL);
  if (status == REMIT_OK)
    remit_path_release(&path);
  remit_table_free(table);
  return status;
}

static void tables_survive_every_failed_allocation(void **state)
{
  (void)state;
  remit_table *table = levels(3);
  support_fail_each_allocation(build_and_resolve, table);
  remit_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    LEAK_CHECKED(columns_are_found_by_name_and_position),
    LEAK_CHECKED(column_that_does_not_fit_is_refused),
    LEAK_CHECKED(columns_have_a_maximum),
    LEAK_CHECKED(shared_table_cannot_be_changed),
    LEAK_CHECKED(plain_name_is_a_path_to_itself),
    LEAK_CHECKED(path_follows_links),
    LEAK_CHECKED(member_added_after_the_link_leads_nowhere),
    LEAK_CHECKED(path_that_leads_nowhere_names_the_part),
    LEAK_CHECKED(whole_name_wins_over_a_path),
    LEAK_CHECKED(link_checks_its_ends),
    LEAK_CHECKED(link_can_be_set_again),
    LEAK_CHECKED(table_may_link_to_itself),
    LEAK_CHECKED(paths_have_a_maximum_depth),
    LEAK_CHECKED(links_cannot_form_a_ring),
    LEAK_CHECKED(memory_counts_shared_columns_once),
    LEAK_CHECKED(tables_survive_every_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
