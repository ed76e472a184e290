#pragma once
// Days of tests, as people write them.

#include <string_view>

#include "storage/domain/values/time.hpp"

namespace keepsake::test {

inline Date date(std::string_view iso) { return parse_date(iso).value(); }

}  // namespace keepsake::test
