#pragma once
// Amounts of tests.

#include <cstdint>
#include <string_view>

#include "storage/domain/values/money.hpp"

namespace keepsake::test {

inline Currency currency(std::string_view code) { return Currency::parse(code).value(); }
/// So many øre.
inline Money nok(std::int64_t minor) { return {minor, currency("NOK")}; }

}  // namespace keepsake::test
