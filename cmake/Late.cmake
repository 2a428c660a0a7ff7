# SPDX-License-Identifier: Apache-2.0
#
# For bindings/late.h: libraries, found by pkg-config as PREFIX, that are loaded at their first use.
#
#   remit_late_begin(PREFIX...)    all of them: whether that can be here
#   remit_late(TARGET PREFIX...)   an interface target: their headers, REMIT_LATE, and as LATE_<PREFIX> the name that the system's linker knows each by
#
# Where it cannot be, they are linked like any other.

find_program(REMIT_OBJDUMP NAMES ${CMAKE_OBJDUMP} objdump)
mark_as_advanced(REMIT_OBJDUMP)

# What a program linked with the library would ask for; empty for what is no shared ELF library.
function(remit_soname prefix)
  list(GET ${prefix}_LINK_LIBRARIES 0 library)
  execute_process(COMMAND ${REMIT_OBJDUMP} -p ${library} OUTPUT_VARIABLE headers ERROR_QUIET)
  string(REGEX MATCH "SONAME +([^ \n]+)" found "${headers}")
  set(${prefix}_SONAME "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

macro(remit_late_begin)
  set(late_here ${REMIT_LATE})
  if(NOT REMIT_OBJDUMP OR NOT CMAKE_USE_PTHREADS_INIT)
    set(late_here OFF)
  endif()
  foreach(prefix IN ITEMS ${ARGN})
    if(late_here)
      remit_soname(${prefix})
      string(COMPARE NOTEQUAL "${${prefix}_SONAME}" "" late_here)
    endif()
  endforeach()
endmacro()

function(remit_late target)
  add_library(${target} INTERFACE)
  foreach(prefix IN LISTS ARGN)
    if(late_here)
      target_include_directories(${target} SYSTEM INTERFACE ${${prefix}_INCLUDE_DIRS})
      target_compile_definitions(${target} INTERFACE REMIT_LATE LATE_${prefix}="${${prefix}_SONAME}")
      target_link_libraries(${target} INTERFACE ${CMAKE_DL_LIBS})
    else()
      target_link_libraries(${target} INTERFACE PkgConfig::${prefix})
    endif()
  endforeach()
endfunction()
