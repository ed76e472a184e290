#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/central/gate.hpp"

namespace keepsake::sync::central {

/// "127.0.0.1:8443", "[::1]:8443", "0.0.0.0:0" (any free port).
struct Address {
  std::string host;  ///< numeric
  std::uint16_t port = 0;
};
Result<Address> parse_address(std::string_view text);  ///< Failure::bad_input "address.syntax"

struct ServerOptions {
  Address address;
  std::size_t threads = 2;
  Gate::Limits connections;
  std::size_t head_bytes = 8 * 1024;
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds head{10'000};  ///< from its first byte to its last
  std::chrono::milliseconds body{30'000};
  std::chrono::milliseconds reply{30'000};
  std::chrono::milliseconds idle{75'000};      ///< between two requests
  std::chrono::milliseconds farewell{10'000};  ///< what begun requests get when the server stops
};

}  // namespace keepsake::sync::central
