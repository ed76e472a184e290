#pragma once
// The time of an answer, as HTTP writes it (RFC 9110, 5.6.7 and 6.6.1).

#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/time.hpp"

namespace keepsake::sync {

/// "Sun, 06 Nov 1994 08:49:37 GMT": to the second. Of the years 0 to 9999.
std::string http_date(Instant t);
/// Of that form alone, which is the one that head office writes. nullopt: it is none.
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace keepsake::sync
