# Language, warnings, sanitizers, caching: the same for every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(KEEPSAKE_TESTS "Build the tests" ON)
option(KEEPSAKE_BENCH "Build the benchmarks" OFF)
option(KEEPSAKE_FUZZ "Build the fuzzers (clang)" OFF)
set(KEEPSAKE_SANITIZE "" CACHE STRING "address,undefined or thread")

# ccache, the same hits from every build folder of this tree. It asks the compiler for the files that a source has read, as
# ninja does (DEPEND), rather than preprocessing each source once more, and remembers what a file hashes to by its inode: else
# it reads the precompiled header, 100 MB, for every source.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_INODECACHE=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
endif()

# lld links several times faster than the default.
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

# By default GCC looks for memory to free again and again, a tenth of its time on a large source. A job takes 1.6 GiB at
# most: sixteen sources of tests.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-heapsize=1048576 --param=ggc-min-expand=100)
endif()

add_library(keepsake_options INTERFACE)
target_include_directories(keepsake_options INTERFACE ${CMAKE_SOURCE_DIR})
# -pthread for all: some libraries ask for it, and precompiled headers are shared only where all define the same.
target_compile_options(keepsake_options INTERFACE -pthread
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(keepsake_options INTERFACE _FORTIFY_SOURCE=2)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Optimising, GCC 12 sees an overlap in "literal" + std::string where there is none (GCC bug 105651), and moved-from
    # strings of a variant that holds none (GCC bug 105562). Both warnings stay on in the dev build.
    target_compile_options(keepsake_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
endif()
if(KEEPSAKE_SANITIZE)
  add_compile_options(-fsanitize=${KEEPSAKE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KEEPSAKE_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # With its sanitizers GCC 12 takes moved-from parts of <regex> for uninitialized (GCC bug 105562).
    add_compile_options(-Wno-maybe-uninitialized)
  endif()
  if(KEEPSAKE_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-tsan)  # Boost.Asio has fences, which the sanitizer does not follow
  endif()
endif()
if(KEEPSAKE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()
