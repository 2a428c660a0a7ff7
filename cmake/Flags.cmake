# SPDX-License-Identifier: Apache-2.0
# flags: how our own files are compiled and linked. Link `remit_flags` privately; nothing of it reaches users of the library.

add_library(remit_flags INTERFACE)

# Slips that the compiler can see.
target_compile_options(remit_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wvla -Wwrite-strings -Wformat=2 -Wpointer-arith -Wimplicit-fallthrough
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(remit_flags INTERFACE -Wlogical-op -Wduplicated-cond -Wduplicated-branches)
endif()
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
  target_compile_options(remit_flags INTERFACE -Wno-string-concatenation) # "\xa3" "5" is how a hexadecimal escape ends
endif()
if(REMIT_WERROR)
  target_compile_options(remit_flags INTERFACE -Werror)
endif()

# Nobody replaces one of our functions at load time, so the compiler may inline the exported ones inside the library.
target_compile_options(remit_flags INTERFACE -fno-semantic-interposition)

if(REMIT_SANITIZE)
  target_compile_options(remit_flags INTERFACE -fsanitize=${REMIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(remit_flags INTERFACE -fsanitize=${REMIT_SANITIZE})
elseif(REMIT_HARDEN)
  target_compile_options(remit_flags INTERFACE
    -fstack-protector-strong "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
  target_link_options(remit_flags INTERFACE LINKER:-z,relro,-z,now)
endif()

if(REMIT_BUILD_FUZZERS)
  target_compile_options(remit_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(REMIT_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
