# SPDX-License-Identifier: Apache-2.0
# install: the program, the library with its headers, the Lua module where stock lua5.4 looks, and the documents.
#
# The result may be moved: nothing in it holds the prefix. Lua's two folders are literal, because lua5.4 searches
# /usr/local/{lib,share}/lua/5.4 whatever the platform calls its library folder.

include(CMakePackageConfigHelpers)

set(lua_modules lib/lua/5.4)
set(lua_scripts share/lua/5.4)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/remit)

# ---- The C library ----

install(TARGETS remit_core EXPORT remit LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY core/include/remit DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

install(EXPORT remit NAMESPACE remit:: FILE remitTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/remitConfig.cmake.in remitConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(remitConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/remitConfig.cmake ${PROJECT_BINARY_DIR}/remitConfigVersion.cmake DESTINATION ${package_dir})

file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" prefix_from_pc "${prefix_from_pc}")
configure_file(remit.pc.in remit.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/remit.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- Lua ----

if(REMIT_BUILD_LUA)
  install(TARGETS remit RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES docs/remit.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(TARGETS remit_lua LIBRARY DESTINATION ${lua_modules}/remit)
  install(DIRECTORY scripts/remit DESTINATION ${lua_scripts} FILES_MATCHING PATTERN "*.lua" PATTERN "*.csv" PATTERN "*.json")
  install(DIRECTORY scripts/types DESTINATION ${CMAKE_INSTALL_DATADIR}/remit)
endif()

# ---- Documents ----

install(FILES README.md CHANGELOG.md SECURITY.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN "*.lua" EXCLUDE PATTERN "remit.1" EXCLUDE)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
