/* SPDX-License-Identifier: Apache-2.0
 * signature: keys and signatures as the minisign program has them (https://jedisct1.github.io/minisign/), by libsodium: Ed25519 over the
 * BLAKE2b-512 of the bytes. Lua holds base64; a secret key is open only within one call.
 */
#include "binding.h"

#include <sodium.h>
#include <string.h>

#include "late.h"

#define CALLS(X) \
  X(crypto_generichash) X(crypto_generichash_final) X(crypto_generichash_init) X(crypto_generichash_update) \
  X(crypto_pwhash_scryptsalsa208sha256) X(crypto_sign_detached) X(crypto_sign_keypair) X(crypto_sign_verify_detached) X(randombytes_buf) \
  X(sodium_base642bin) X(sodium_bin2base64) X(sodium_init) X(sodium_is_zero) X(sodium_memcmp) X(sodium_memzero)
LATE(libsodium, LATE_SODIUM, CALLS);

#define SECRET "remit.secret"
#define ID 8
#define CHECKSUM 32
#define SALT crypto_pwhash_scryptsalsa208sha256_SALTBYTES
#define OPERATIONS crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE
#define MEMORY crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE

/* All bytes, so as they stand in the files. */
typedef struct public_key {
  unsigned char algorithm[2], id[ID], key[crypto_sign_PUBLICKEYBYTES];
} public_key;

typedef struct signed_bytes {
  unsigned char algorithm[2], id[ID], signature[crypto_sign_BYTES];
} signed_bytes;

typedef struct opened {
  unsigned char id[ID], key[crypto_sign_SECRETKEYBYTES], checksum[CHECKSUM];
} opened;

typedef struct secret_key {
  unsigned char algorithm[2], kdf[2], checksum[2], salt[SALT], operations[8], memory[8];
  opened sealed; /* exclusive-or with what the password gives */
} secret_key;

_Static_assert(sizeof(public_key) == 42 && sizeof(signed_bytes) == 74 && sizeof(secret_key) == 158, "minisign's files have no padding");

/* What a call holds of a secret; wiped when it ends, however it ends. */
typedef struct secrets { /* remit.secret */
  secret_key sealed;
  opened key;
  unsigned char stream[sizeof(opened)];
} secrets;

/* ---- Base64, numbers ---- */

static void push_base64(lua_State *L, const void *bytes, size_t size)
{
  char text[sodium_base64_ENCODED_LEN(sizeof(secret_key), sodium_base64_VARIANT_ORIGINAL)];
  lua_pushstring(L, libsodium.sodium_bin2base64(text, sizeof text, bytes, size, sodium_base64_VARIANT_ORIGINAL));
  libsodium.sodium_memzero(text, sizeof text);
}

static bool read_base64(lua_State *L, int arg, void *bytes, size_t size)
{
  size_t length, found;
  const char *text = luaL_checklstring(L, arg, &length), *end;
  return libsodium.sodium_base642bin(bytes, size, text, length, NULL, &found, &end, sodium_base64_VARIANT_ORIGINAL) == 0 && found == size && end == text + length;
}

static uint64_t get64(const unsigned char bytes[8])
{
  uint64_t value = 0;
  for (int i = 7; i >= 0; i--)
    value = value << 8 | bytes[i];
  return value;
}

static void put64(unsigned char bytes[8], uint64_t value)
{
  for (int i = 0; i < 8; i++)
    bytes[i] = (unsigned char)(value >> (8 * i));
}

static int fail(lua_State *L, remit_status status, const char *message)
{
  remit_error err;
  remit_fail(&err, status, "%s", message);
  return binding_failure(L, &err);
}

/* To be called before anything else. Without the library it raises: a failure would be taken for one of the key or signature. */
static void open_sodium(lua_State *L)
{
  remit_error err;
  if (late_load(&libsodium_library) && libsodium.sodium_init() >= 0)
    return;
  late_missing(&libsodium_library, &err);
  lua_pushfstring(L, "remit: %s", err.message);
  lua_error(L);
}

/* The key's number as minisign shows it. */
static void push_id(lua_State *L, const unsigned char id[ID])
{
  char text[2 * ID + 1];
  for (size_t i = 0; i < ID; i++)
    for (size_t half = 0; half < 2; half++)
      text[2 * i + half] = "0123456789ABCDEF"[id[ID - 1 - i] >> (half == 0 ? 4 : 0) & 15];
  lua_pushlstring(L, text, 2 * ID);
}

/* ---- Secret keys ---- */

static int secrets_close(lua_State *L)
{
  libsodium.sodium_memzero(luaL_checkudata(L, 1, SECRET), sizeof(secrets));
  return 0;
}

static void checksum_of(unsigned char checksum[CHECKSUM], const opened *key)
{
  crypto_generichash_state state;
  libsodium.crypto_generichash_init(&state, NULL, 0, CHECKSUM);
  libsodium.crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
  libsodium.crypto_generichash_update(&state, key->id, ID);
  libsodium.crypto_generichash_update(&state, key->key, sizeof key->key);
  libsodium.crypto_generichash_final(&state, checksum, CHECKSUM);
}

/* The sealed half from the open one, or the other way round: the same. False without memory for it. */
static bool seal(secrets *s, const opened *from, opened *to, const char *password, size_t size)
{
  memcpy(to, from, sizeof *to);
  if (memcmp(s->sealed.kdf, "\0\0", 2) == 0)
    return true;
  if (libsodium.crypto_pwhash_scryptsalsa208sha256(s->stream, sizeof s->stream, password, size, s->sealed.salt, get64(s->sealed.operations),
                                         (size_t)get64(s->sealed.memory)) != 0)
    return false;
  for (size_t i = 0; i < sizeof *to; i++)
    ((unsigned char *)to)[i] ^= s->stream[i];
  return true;
}

/* An unsealed key of minisign's own has zeros for its checksum. */
static bool is_whole(const secrets *s)
{
  unsigned char checksum[CHECKSUM];
  bool unsealed = s->sealed.kdf[0] == 0;
  checksum_of(checksum, &s->key);
  return libsodium.sodium_memcmp(checksum, s->key.checksum, CHECKSUM) == 0 || (unsealed && libsodium.sodium_is_zero(s->key.checksum, CHECKSUM));
}

/* A hostile file may ask for no more work than a key of minisign's own. */
static const char *trouble_with(const secret_key *sealed)
{
  bool plain = memcmp(sealed->kdf, "\0\0", 2) == 0;
  if (memcmp(sealed->algorithm, "Ed", 2) != 0 || memcmp(sealed->checksum, "B2", 2) != 0 || (!plain && memcmp(sealed->kdf, "Sc", 2) != 0))
    return "this is no secret key of minisign's kind";
  if (!plain && (get64(sealed->operations) > OPERATIONS || get64(sealed->memory) > MEMORY))
    return "this secret key asks for more work than minisign's own do";
  return NULL;
}

/* The opened key, which lies on the stack; or NULL, and nil, message, code are pushed. */
static secrets *open_secret(lua_State *L, int arg, int password_arg)
{
  secrets *s = binding_box(L, SECRET, sizeof *s);
  size_t size = 0;
  const char *password = lua_isnoneornil(L, password_arg) ? NULL : luaL_checklstring(L, password_arg, &size);
  const char *wrong = read_base64(L, arg, &s->sealed, sizeof s->sealed) ? trouble_with(&s->sealed) : "this is no secret key of minisign's kind";
  if (wrong == NULL && password == NULL && s->sealed.kdf[0] != 0)
    wrong = "this secret key needs its password";
  if (wrong == NULL && !seal(s, &s->sealed.sealed, &s->key, password, size))
    wrong = "no memory to open this secret key";
  if (wrong == NULL && !is_whole(s))
    wrong = "wrong password, or a damaged secret key";
  if (wrong == NULL)
    return s;
  fail(L, REMIT_EINVAL, wrong);
  return NULL;
}

/* new_key(password or nil [, operations, memory]) -> public, secret, number */
static int signature_new_key(lua_State *L)
{
  size_t size = 0;
  const char *password = lua_isnoneornil(L, 1) ? NULL : luaL_checklstring(L, 1, &size);
  size_t operations = binding_count_or(L, 2, OPERATIONS), memory = binding_count_or(L, 3, MEMORY);
  open_sodium(L);
  secrets *s = binding_box(L, SECRET, sizeof *s);
  public_key public = { .algorithm = "Ed" };
  memcpy(s->sealed.algorithm, "Ed", 2);
  memcpy(s->sealed.checksum, "B2", 2);
  libsodium.crypto_sign_keypair(public.key, s->key.key);
  libsodium.randombytes_buf(s->key.id, ID);
  memcpy(public.id, s->key.id, ID);
  checksum_of(s->key.checksum, &s->key);
  if (password != NULL) {
    memcpy(s->sealed.kdf, "Sc", 2);
    libsodium.randombytes_buf(s->sealed.salt, SALT);
    put64(s->sealed.operations, operations);
    put64(s->sealed.memory, memory);
  }
  if (!seal(s, &s->key, &s->sealed.sealed, password, size))
    return fail(L, REMIT_ENOMEM, "no memory to seal this secret key");
  push_base64(L, &public, sizeof public);
  push_base64(L, &s->sealed, sizeof s->sealed);
  push_id(L, public.id);
  libsodium.sodium_memzero(s, sizeof *s);
  return 3;
}

/* is_sealed(secret) -> whether it needs a password; or nil, message, code */
static int signature_is_sealed(lua_State *L)
{
  secret_key sealed;
  open_sodium(L);
  if (!read_base64(L, 1, &sealed, sizeof sealed) || trouble_with(&sealed) != NULL)
    return fail(L, REMIT_EINVAL, "this is no secret key of minisign's kind");
  lua_pushboolean(L, sealed.kdf[0] != 0);
  libsodium.sodium_memzero(&sealed, sizeof sealed);
  return 1;
}

/* ---- Signatures ---- */

static void hash_of(unsigned char hash[crypto_generichash_BYTES_MAX], const char *bytes, size_t size)
{
  libsodium.crypto_generichash(hash, crypto_generichash_BYTES_MAX, (const unsigned char *)bytes, size, NULL, 0);
}

/* Pushes what the second signature is of: the first, and the comment. */
static const unsigned char *push_bound(lua_State *L, const signed_bytes *made, int comment_arg, size_t *size)
{
  lua_pushlstring(L, (const char *)made->signature, sizeof made->signature);
  lua_pushvalue(L, comment_arg);
  lua_concat(L, 2);
  return (const unsigned char *)lua_tolstring(L, -1, size);
}

/* sign(secret, password or nil, bytes, comment) -> signature, signature of that and the comment, number; or nil, message, code */
static int signature_sign(lua_State *L)
{
  size_t size, bound_size;
  const char *bytes = luaL_checklstring(L, 3, &size);
  luaL_checkstring(L, 4);
  open_sodium(L);
  secrets *s = open_secret(L, 1, 2);
  if (s == NULL)
    return 3;
  unsigned char hash[crypto_generichash_BYTES_MAX], global[crypto_sign_BYTES];
  signed_bytes made = { .algorithm = "ED" };
  memcpy(made.id, s->key.id, ID);
  hash_of(hash, bytes, size);
  libsodium.crypto_sign_detached(made.signature, NULL, hash, sizeof hash, s->key.key);
  const unsigned char *bound = push_bound(L, &made, 4, &bound_size);
  libsodium.crypto_sign_detached(global, NULL, bound, bound_size, s->key.key);
  push_base64(L, &made, sizeof made);
  push_base64(L, global, sizeof global);
  push_id(L, made.id);
  libsodium.sodium_memzero(s, sizeof *s);
  return 3;
}

/* verify(public, signature, second signature, bytes, comment) -> true, or nil, message, code */
static int signature_verify(lua_State *L)
{
  public_key public;
  signed_bytes made;
  unsigned char global[crypto_sign_BYTES], hash[crypto_generichash_BYTES_MAX];
  size_t size, bound_size;
  const char *bytes = luaL_checklstring(L, 4, &size);
  luaL_checkstring(L, 5);
  open_sodium(L);
  if (!read_base64(L, 1, &public, sizeof public) || memcmp(public.algorithm, "Ed", 2) != 0)
    return fail(L, REMIT_EPARSE, "this is no public key of minisign's kind");
  if (!read_base64(L, 2, &made, sizeof made) || !read_base64(L, 3, global, sizeof global))
    return fail(L, REMIT_EPARSE, "this is no signature of minisign's kind");
  if (memcmp(made.algorithm, "ED", 2) != 0)
    return fail(L, REMIT_EPARSE, "this is a signature of minisign's old kind, not over a hash: sign again without -l");
  if (memcmp(made.id, public.id, ID) != 0)
    return fail(L, REMIT_EINVAL, "it was signed with another key");
  hash_of(hash, bytes, size);
  if (libsodium.crypto_sign_verify_detached(made.signature, hash, sizeof hash, public.key) != 0)
    return fail(L, REMIT_EINVAL, "the signature is not of these bytes");
  const unsigned char *bound = push_bound(L, &made, 5, &bound_size);
  if (libsodium.crypto_sign_verify_detached(global, bound, bound_size, public.key) != 0)
    return fail(L, REMIT_EINVAL, "the signature's trusted comment was changed");
  lua_pushboolean(L, true);
  return 1;
}

/* number(public key or signature) -> the key's number; or nil, message, code */
static int signature_number(lua_State *L)
{
  public_key public;
  signed_bytes made;
  open_sodium(L);
  if (read_base64(L, 1, &public, sizeof public) && memcmp(public.algorithm, "Ed", 2) == 0)
    push_id(L, public.id);
  else if (read_base64(L, 1, &made, sizeof made) && (memcmp(made.algorithm, "ED", 2) == 0 || memcmp(made.algorithm, "Ed", 2) == 0))
    push_id(L, made.id);
  else
    return fail(L, REMIT_EPARSE, "this is neither a public key nor a signature of minisign's kind");
  return 1;
}

static const luaL_Reg functions[] = {
  { "new_key", signature_new_key }, { "is_sealed", signature_is_sealed }, { "sign", signature_sign },
  { "verify", signature_verify },   { "number", signature_number },       { NULL, NULL },
};

int binding_open_signature(lua_State *L)
{
  binding_register(L, SECRET, NULL, secrets_close);
  luaL_newlib(L, functions);
  return 1;
}
