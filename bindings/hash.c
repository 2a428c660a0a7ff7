/* SPDX-License-Identifier: Apache-2.0
 * hash: a SHA-256 in progress. Texts and integers are fed so that where one ends is part of the hash.
 */
#include "binding.h"

#define SHA256 "remit.sha256"

typedef struct running {
  remit_sha256 sha;
  bool ended;
} running;

static running *check_running(lua_State *L)
{
  running *hash = luaL_checkudata(L, 1, SHA256);
  luaL_argcheck(L, !hash->ended, 1, "this hash has ended");
  return hash;
}

static int hash_new(lua_State *L)
{
  running *hash = binding_box(L, SHA256, sizeof *hash);
  remit_sha256_init(&hash->sha);
  return 1;
}

static int hash_text(lua_State *L)
{
  running *hash = check_running(L);
  size_t size;
  const char *text = luaL_checklstring(L, 2, &size);
  remit_sha256_text(&hash->sha, text, size);
  lua_settop(L, 1);
  return 1;
}

static int hash_int(lua_State *L)
{
  running *hash = check_running(L);
  remit_sha256_int(&hash->sha, luaL_checkinteger(L, 2));
  lua_settop(L, 1);
  return 1;
}

static int hash_table(lua_State *L)
{
  running *hash = check_running(L);
  const remit_table *table = binding_table(L, 2);
  remit_error err;
  if (remit_table_hash(table, &hash->sha, &err) != REMIT_OK)
    return binding_raise(L, &err);
  lua_settop(L, 1);
  return 1;
}

static int push_hex(lua_State *L, remit_sha256 *sha)
{
  uint8_t digest[REMIT_SHA256_SIZE];
  char text[2 * REMIT_SHA256_SIZE];
  remit_sha256_final(sha, digest);
  for (size_t i = 0; i < REMIT_SHA256_SIZE; i++) {
    text[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    text[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  lua_pushlstring(L, text, sizeof text);
  return 1;
}

static int hash_hex(lua_State *L)
{
  running *hash = check_running(L);
  hash->ended = true;
  return push_hex(L, &hash->sha);
}

/* Of the bytes alone, so as other programs print it. */
static int hash_of(lua_State *L)
{
  size_t size;
  const char *bytes = luaL_checklstring(L, 1, &size);
  remit_sha256 sha;
  remit_sha256_init(&sha);
  remit_sha256_update(&sha, bytes, size);
  return push_hex(L, &sha);
}

static const luaL_Reg methods[] = {
  { "text", hash_text }, { "int", hash_int }, { "table", hash_table }, { "hex", hash_hex }, { NULL, NULL },
};

static const luaL_Reg functions[] = { { "new", hash_new }, { "of", hash_of }, { NULL, NULL } };

int binding_open_hash(lua_State *L)
{
  binding_register(L, SHA256, methods, NULL);
  luaL_newlib(L, functions);
  return 1;
}
