/* SPDX-License-Identifier: Apache-2.0
 * bench_clickhouse: ClickHouse as one of the engines that run.lua asks, in the words of engine.lua. Through the C interface of chDB, which is
 * ClickHouse as a library, from its npm package: a table in memory, enumerated keys, integers, results in its own binary format.
 *
 *   bench_clickhouse LIBRARY PACK THREADS
 */
#include <stdio.h>
#include <string.h>

#include "peer.h"
#include "posts.h"

/* What we use of the C interface. */
static struct {
  void **(*connect)(int count, char **arguments);
  void (*close_conn)(void **connection);
  void *(*query)(void *connection, const char *sql, const char *format);
  const char *(*result_error)(void *result);
  const char *(*result_buffer)(void *result);
  size_t (*result_length)(void *result);
  void (*destroy_query_result)(void *result);
} chdb;

#define SUMS "sum(cost), sum(wte) FROM posts"

static const char *const sql[QUESTIONS] = {
  "SELECT " SUMS,
  "SELECT fn, " SUMS " GROUP BY fn",
  "SELECT fn, place, " SUMS " GROUP BY fn, place",
  "SELECT org, fn, band, " SUMS " GROUP BY org, fn, band",
  "SELECT fn, " SUMS " WHERE band IN ('8a', '8b', '8c', '8d', '9') AND region = 'r003' GROUP BY fn",
  "SELECT grp, fn, region, place, " SUMS " GROUP BY ROLLUP (grp, fn, region, place)",
};

static const char columns[] = "id String, fn String, place String, org String, \"group\" String, band String, wte Decimal(12, 6), "
                              "in_post Decimal(12, 6), cost Decimal(12, 2)";

typedef struct engine {
  const char *pack, *threads;
  void *connection;
} engine;

static void bind(void *library)
{
  peer_find(library, "chdb_connect", &chdb.connect);
  peer_find(library, "chdb_close_conn", &chdb.close_conn);
  peer_find(library, "chdb_query", &chdb.query);
  peer_find(library, "chdb_result_error", &chdb.result_error);
  peer_find(library, "chdb_result_buffer", &chdb.result_buffer);
  peer_find(library, "chdb_result_length", &chdb.result_length);
  peer_find(library, "chdb_destroy_query_result", &chdb.destroy_query_result);
}

/* The result is the caller's. */
static void *result_of(const engine *self, peer_text *s, const char *format)
{
  peer_add(s, " SETTINGS max_threads = %s, group_by_use_nulls = 1", self->threads);
  void *result = chdb.query(self->connection, s->text, format);
  if (result == NULL)
    peer_fail("ClickHouse failed");
  if (chdb.result_error(result) != NULL)
    peer_fail(chdb.result_error(result));
  return result;
}

static void run(const engine *self, peer_text *s)
{
  chdb.destroy_query_result(result_of(self, s, "Null"));
}

/* A key of `count` members, as generate.lua names them, in a byte where that is enough. */
static void add_key(peer_text *s, const char *name, char letter, int count)
{
  peer_add(s, "%s Enum%d(", name, count <= INT8_MAX ? 8 : 16);
  for (int i = 1; i <= count; i++)
    peer_add(s, "%s'%c%03d' = %d", i == 1 ? "" : ", ", letter, i, i);
  peer_add(s, "), ");
}

static void set_up(const engine *self)
{
  peer_text create = { .size = 0 }, insert = { .size = 0 };
  peer_add(&create, "CREATE TABLE posts (");
  add_key(&create, "fn", 'f', 60);
  add_key(&create, "place", 'p', 140);
  add_key(&create, "org", 'o', 42);
  add_key(&create, "grp", 'g', 8);
  add_key(&create, "region", 'r', 7);
  peer_add(&create, "band Enum8('1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9'), cost Int32, wte Int32) ENGINE = Memory");
  run(self, &create);
  peer_add(&insert, "INSERT INTO posts SELECT fn, place, org, toInt8((toUInt16(substring(fn, 2)) - 1) %% 8 + 1), "
               "toInt8((toUInt16(substring(place, 2)) - 1) %% 7 + 1), band, toInt32(cost * 100), toInt32(wte * 1000000) "
               "FROM file('%s/posts.csv', CSVWithNames, '%s')", self->pack, columns);
  run(self, &insert);
}

static void show(void *self, size_t asked)
{
  peer_text s = { .size = 0 };
  peer_add(&s, "%s", sql[asked]);
  void *result = result_of(self, &s, "TSV");
  const char *text = chdb.result_buffer(result);
  for (size_t i = 0, size = chdb.result_length(result); i < size; i++)
    if (text[i] == '\\')
      i++; /* \N: a subtotal's */
    else
      putchar(text[i] == '\t' ? '|' : text[i]);
  chdb.destroy_query_result(result);
}

static void ask(void *self, size_t asked)
{
  peer_text s = { .size = 0 };
  peer_add(&s, "%s", sql[asked]);
  chdb.destroy_query_result(result_of(self, &s, "Native"));
}

static void load(void *self)
{
  peer_text s = { .size = 0 };
  peer_add(&s, "CREATE TABLE whole ENGINE = Memory AS SELECT * FROM file('%s/posts.csv', CSVWithNames, '%s')", ((engine *)self)->pack, columns);
  run(self, &s);
}

static void unload(void *self)
{
  peer_text s = { .size = 0 };
  peer_add(&s, "DROP TABLE whole SYNC");
  run(self, &s);
}

int main(int argc, char **argv)
{
  if (argc != 4) {
    fputs("usage: bench_clickhouse LIBRARY PACK THREADS\n", stderr);
    return 2;
  }
  bind(peer_open(argv[1]));
  char name[] = "clickhouse", *arguments[] = { name };
  void **connection = chdb.connect(1, arguments);
  if (connection == NULL)
    peer_fail("ClickHouse does not start");
  engine self = { .pack = argv[2], .threads = argv[3], .connection = *connection };
  set_up(&self);
  peer_text asked = { .text = "SELECT version()", .size = strlen("SELECT version()") };
  void *version = result_of(&self, &asked, "TSVRaw");
  char words[64];
  snprintf(words, sizeof words, "%.*s", (int)strcspn(chdb.result_buffer(version), "\n"), chdb.result_buffer(version));
  chdb.destroy_query_result(version);
  peer_serve(&(peer){ show, ask, load, unload }, &self, words);
  chdb.close_conn(connection);
  return 0;
}
