# SPDX-License-Identifier: Apache-2.0
#
# Lua 5.4: the system's by pkg-config, or the one that REMIT_LUA_PREFIX names, as Lua's own `make install` lays it out.
# Gives remit_lua_library, LUA_INCLUDE_DIRS, and LUA_COMPILER, which compiles the Lua layer into the program: bytecode is of one Lua.

add_library(remit_lua_library INTERFACE)

if(NOT REMIT_LUA_PREFIX)
  pkg_check_modules(LUA REQUIRED IMPORTED_TARGET lua5.4)
  target_link_libraries(remit_lua_library INTERFACE PkgConfig::LUA)
  find_program(LUA_COMPILER lua5.4 REQUIRED)
  return()
endif()

find_path(LUA_INCLUDE_DIRS lua.h PATHS ${REMIT_LUA_PREFIX}/include PATH_SUFFIXES lua5.4 lua-5.4 lua54 NO_DEFAULT_PATH REQUIRED)
find_library(LUA_LIBRARY NAMES lua5.4 lua-5.4 lua54 lua PATHS ${REMIT_LUA_PREFIX}/lib NO_DEFAULT_PATH REQUIRED)
find_program(LUA_COMPILER NAMES lua5.4 lua-5.4 lua54 lua PATHS ${REMIT_LUA_PREFIX}/bin NO_DEFAULT_PATH REQUIRED)

file(STRINGS ${LUA_INCLUDE_DIRS}/lua.h lua_number REGEX "define[ \t]+LUA_VERSION_NUM")
if(NOT lua_number MATCHES "504")
  message(FATAL_ERROR "${REMIT_LUA_PREFIX} has another Lua than 5.4")
endif()

find_library(MATH_LIBRARY m)
target_include_directories(remit_lua_library SYSTEM INTERFACE ${LUA_INCLUDE_DIRS})
target_link_libraries(remit_lua_library INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,${LUA_LIBRARY}> ${CMAKE_DL_LIBS} $<$<BOOL:${MATH_LIBRARY}>:m>)
