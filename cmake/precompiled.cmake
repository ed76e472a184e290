# Precompiled headers: of the standard library and of others' libraries only, never ours, so that touching a
# header of ours rebuilds only who reads it. A source still includes what it uses: clang-tidy reads it without.
set(KEEPSAKE_STANDARD_HEADERS
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstring> <deque>
    <filesystem> <fstream> <functional> <map> <memory> <mutex> <numeric> <optional> <set> <span> <sstream>
    <stop_token> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

# The standard headers, made once for all (with the first layer, storage/domain); with more headers, a set of
# the target's own.
function(keepsake_precompile target)
  if(ARGN OR target STREQUAL "keepsake_domain")
    target_precompile_headers(${target} PRIVATE ${KEEPSAKE_STANDARD_HEADERS} ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM keepsake_domain)
  endif()
endfunction()
