#pragma once
// Draws of rapidcheck that are as likely at the first test of a run as at the last.

#include <cstddef>
#include <rapidcheck.h>

#include "tests/support/enumerators.hpp"

namespace keepsake::test {

/// Below n, all alike: rapidcheck's own ranges begin small and grow with the tests of a run.
inline std::size_t any_below(std::size_t n) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, n));
}
/// Any enumerator of E.
template <class E>
E any_of() {
  constexpr auto& all = enumerators<E>;
  return all[any_below(all.size())];
}
inline bool maybe() { return any_below(2) == 0; }

}  // namespace keepsake::test
