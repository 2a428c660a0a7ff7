/* SPDX-License-Identifier: Apache-2.0
 * bench_duckdb: DuckDB as one of the engines that run.lua asks, in the words of engine.lua. Through its C interface, from the library that its
 * npm package holds: prepared queries, ENUM keys, integers.
 *
 *   bench_duckdb LIBRARY PACK THREADS
 */
#include <stdio.h>
#include <string.h>

#include "peer.h"
#include "posts.h"

/* What we use of DuckDB's C interface; the result's fields are all its own. */
typedef struct duckdb_result {
  uint64_t counts[3];
  void *pointers[3];
} duckdb_result;

static struct {
  int (*open)(const char *path, void **database);
  int (*connect)(void *database, void **connection);
  int (*query)(void *connection, const char *sql, duckdb_result *result);
  int (*prepare)(void *connection, const char *sql, void **prepared);
  int (*execute_prepared)(void *prepared, duckdb_result *result);
  void (*destroy_prepare)(void **prepared);
  void (*destroy_result)(duckdb_result *result);
  const char *(*result_error)(duckdb_result *result);
  uint64_t (*column_count)(duckdb_result *result);
  uint64_t (*row_count)(duckdb_result *result);
  char *(*value_varchar)(duckdb_result *result, uint64_t column, uint64_t row);
  void (*free)(void *pointer);
  const char *(*library_version)(void);
  void (*disconnect)(void **connection);
  void (*close)(void **database);
} duckdb;

#define SUMS "sum(cost), sum(wte) FROM posts"
#define FINEST "SELECT fn, place, any_value(grp) AS grp, any_value(region) AS region, sum(cost)::BIGINT AS cost, sum(wte)::BIGINT AS wte " \
               "FROM posts GROUP BY fn, place"

/* The roll-up is folded from the finest grouping: faster than ROLLUP over the posts, which groups them once for each level. */
static const char *const sql[QUESTIONS] = {
  "SELECT " SUMS,
  "SELECT fn, " SUMS " GROUP BY fn",
  "SELECT fn, place, " SUMS " GROUP BY fn, place",
  "SELECT org, fn, band, " SUMS " GROUP BY org, fn, band",
  "SELECT fn, " SUMS " WHERE band IN ('8a', '8b', '8c', '8d', '9') AND region = 'r003' GROUP BY fn",
  "WITH finest AS MATERIALIZED (" FINEST ") SELECT grp, fn, region, place, sum(cost), sum(wte) FROM finest GROUP BY ROLLUP (grp, fn, region, place)",
};

static const char columns[] = "columns = {'id': 'VARCHAR', 'fn': 'VARCHAR', 'place': 'VARCHAR', 'org': 'VARCHAR', 'group': 'VARCHAR', "
                              "'band': 'VARCHAR', 'wte': 'DECIMAL(12,6)', 'in_post': 'DECIMAL(12,6)', 'cost': 'DECIMAL(12,2)'}";

static void bind(void *library)
{
  peer_find(library, "duckdb_open", &duckdb.open);
  peer_find(library, "duckdb_connect", &duckdb.connect);
  peer_find(library, "duckdb_query", &duckdb.query);
  peer_find(library, "duckdb_prepare", &duckdb.prepare);
  peer_find(library, "duckdb_execute_prepared", &duckdb.execute_prepared);
  peer_find(library, "duckdb_destroy_prepare", &duckdb.destroy_prepare);
  peer_find(library, "duckdb_destroy_result", &duckdb.destroy_result);
  peer_find(library, "duckdb_result_error", &duckdb.result_error);
  peer_find(library, "duckdb_column_count", &duckdb.column_count);
  peer_find(library, "duckdb_row_count", &duckdb.row_count);
  peer_find(library, "duckdb_value_varchar", &duckdb.value_varchar);
  peer_find(library, "duckdb_free", &duckdb.free);
  peer_find(library, "duckdb_library_version", &duckdb.library_version);
  peer_find(library, "duckdb_disconnect", &duckdb.disconnect);
  peer_find(library, "duckdb_close", &duckdb.close);
}

static void check(int failed, duckdb_result *result)
{
  if (failed)
    peer_fail(result != NULL ? duckdb.result_error(result) : "DuckDB failed");
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void run(void *connection, const char *format, ...)
{
  peer_text s = { .size = 0 };
  va_list arguments;
  va_start(arguments, format);
  peer_add_list(&s, format, arguments);
  va_end(arguments);
  duckdb_result result;
  check(duckdb.query(connection, s.text, &result), &result);
  duckdb.destroy_result(&result);
}

static void set_up(void *connection, const char *pack, const char *threads)
{
  static const char *const keys[] = { "fn", "place", "org", "band", "grp", "region" };
  run(connection, "SET threads = %s", threads);
  run(connection, "CREATE TEMP TABLE raw AS SELECT fn, place, org, band, printf('g%%03d', (fn[2:]::INTEGER - 1) %% 8 + 1) AS grp, "
                  "printf('r%%03d', (place[2:]::INTEGER - 1) %% 7 + 1) AS region, (cost * 100)::INTEGER AS cost, (wte * 1000000)::INTEGER AS wte "
                  "FROM read_csv('%s/posts.csv', header = true, %s)", pack, columns);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    run(connection, "CREATE TYPE %s_key AS ENUM (SELECT DISTINCT %s FROM raw ORDER BY 1)", keys[i], keys[i]);
  run(connection, "CREATE TABLE posts AS SELECT fn::fn_key AS fn, place::place_key AS place, org::org_key AS org, band::band_key AS band, "
                  "grp::grp_key AS grp, region::region_key AS region, cost, wte FROM raw");
  run(connection, "DROP TABLE raw");
}

typedef struct engine {
  const char *pack;
  void *connection;
  void *prepared[QUESTIONS];
} engine;

/* As text: the C interface prints no ENUM. */
static void show(void *self, size_t asked)
{
  char wrapped[1024];
  duckdb_result result;
  snprintf(wrapped, sizeof wrapped, "SELECT COLUMNS(*)::VARCHAR FROM (%s)", sql[asked]);
  check(duckdb.query(((engine *)self)->connection, wrapped, &result), &result);
  uint64_t last = duckdb.column_count(&result) - 1;
  for (uint64_t row = 0; row < duckdb.row_count(&result); row++)
    for (uint64_t column = 0; column <= last; column++) {
      char *text = duckdb.value_varchar(&result, column, row);
      printf("%s%c", text != NULL ? text : "", column == last ? '\n' : '|');
      duckdb.free(text);
    }
  duckdb.destroy_result(&result);
}

static void ask(void *self, size_t asked)
{
  duckdb_result result;
  check(duckdb.execute_prepared(((engine *)self)->prepared[asked], &result), &result);
  duckdb.destroy_result(&result);
}

static void load(void *self)
{
  const engine *duck = self;
  run(duck->connection, "CREATE TABLE whole AS FROM read_csv('%s/posts.csv', header = true, %s)", duck->pack, columns);
}

static void unload(void *self)
{
  run(((engine *)self)->connection, "DROP TABLE whole");
}

int main(int argc, char **argv)
{
  if (argc != 4) {
    fputs("usage: bench_duckdb LIBRARY PACK THREADS\n", stderr);
    return 2;
  }
  bind(peer_open(argv[1]));
  engine self = { .pack = argv[2] };
  void *database;
  check(duckdb.open(NULL, &database), NULL);
  check(duckdb.connect(database, &self.connection), NULL);
  set_up(self.connection, argv[2], argv[3]);
  for (size_t i = 0; i < QUESTIONS; i++)
    check(duckdb.prepare(self.connection, sql[i], &self.prepared[i]), NULL);
  peer_serve(&(peer){ show, ask, load, unload }, &self, duckdb.library_version());
  for (size_t i = 0; i < QUESTIONS; i++)
    duckdb.destroy_prepare(&self.prepared[i]);
  duckdb.disconnect(&self.connection);
  duckdb.close(&database);
  return 0;
}
