#pragma once
// Where a program listens: a numeric address and a port.

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// "127.0.0.1:8443", "[::1]:8443", "0.0.0.0:0" (any free port).
struct Address {
  std::string host;  ///< numeric
  std::uint16_t port = 0;
  bool operator==(const Address&) const = default;
};
/// Failure::bad_input "address.syntax". "localhost" is 127.0.0.1; no other name is looked up.
Result<Address> parse_address(std::string_view text);
/// As it is parsed.
std::string to_text(const Address& address);

}  // namespace keepsake
