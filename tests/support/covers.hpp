#pragma once
// Covers of tests.

#include "storage/domain/warranty/cover.hpp"

namespace keepsake::test {

/// The maker's alone.
inline Covers covered(Date start, int months) {
  return covers_from(start, terms_of({months, PeriodUnit::month}), nullptr);
}

}  // namespace keepsake::test
