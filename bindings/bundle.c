/* SPDX-License-Identifier: Apache-2.0
 * bundle: the container of a bundle, from and to memory. Nothing here touches a disk.
 */
#include "archive.h"
#include "binding.h"

#include <string.h>

/* read(bytes) -> { { name, bytes }, ... } in order, manifest.json first; or nil, message, code, byte */
static int bundle_read(lua_State *L)
{
  size_t size;
  const char *bytes = luaL_checklstring(L, 1, &size);
  archive *files = binding_array(L, 1, sizeof *files);
  remit_error err;
  if (archive_read(files, bytes, size, &err) != REMIT_OK)
    return binding_failure_at(L, &err);
  lua_createtable(L, (int)files->count, 0);
  for (size_t i = 0; i < files->count; i++) {
    const archive_entry *entry = &files->entries[i];
    lua_createtable(L, 0, 2);
    lua_pushlstring(L, entry->name, entry->name_size);
    lua_setfield(L, -2, "name");
    lua_pushlstring(L, (const char *)entry->bytes, entry->size);
    lua_setfield(L, -2, "bytes");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* The texts stay alive by the table, which the caller does not change meanwhile. */
static const char *item_text(lua_State *L, const char *name, size_t *size)
{
  lua_getfield(L, -1, name);
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "each file needs a name and bytes, both texts");
  const char *text = lua_tolstring(L, -1, size);
  lua_pop(L, 1);
  return text;
}

static void collect(lua_State *L, archive *files)
{
  for (; files->count < ARCHIVE_FILES_MAX && lua_rawgeti(L, 1, (lua_Integer)files->count + 1) == LUA_TTABLE; files->count++) {
    archive_entry *entry = &files->entries[files->count];
    entry->name = item_text(L, "name", &entry->name_size);
    entry->bytes = (const unsigned char *)item_text(L, "bytes", &entry->size);
    lua_pop(L, 1);
  }
}

/* write(files) -> bytes, of a list as read gives it; or nil, message, code */
static int bundle_write(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  archive *files = binding_array(L, 1, sizeof *files);
  remit_error err;
  if (lua_rawlen(L, 1) > ARCHIVE_FILES_MAX) {
    remit_fail(&err, REMIT_ELIMIT, "more than %d files", ARCHIVE_FILES_MAX);
    return binding_failure(L, &err);
  }
  collect(L, files);
  if (archive_check(files, &err) != REMIT_OK)
    return binding_failure(L, &err);
  luaL_Buffer buffer;
  size_t size = archive_size(files);
  archive_write(files, (unsigned char *)luaL_buffinitsize(L, &buffer, size));
  luaL_pushresultsize(&buffer, size);
  return 1;
}

/* check_name(name) -> true, or nil, message, code */
static int bundle_check_name(lua_State *L)
{
  size_t size;
  const char *name = luaL_checklstring(L, 1, &size);
  remit_error err;
  if (archive_check_name(name, size, &err) != REMIT_OK)
    return binding_failure(L, &err);
  lua_pushboolean(L, true);
  return 1;
}

static const luaL_Reg functions[] = { { "read", bundle_read }, { "write", bundle_write }, { "check_name", bundle_check_name }, { NULL, NULL } };

int binding_open_bundle(lua_State *L)
{
  luaL_newlib(L, functions);
  return 1;
}
