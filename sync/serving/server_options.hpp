#pragma once

#include <chrono>
#include <string>

#include "storage/domain/values/address.hpp"
#include "sync/serving/gate.hpp"

namespace keepsake::sync {

/// Who a server is and whom it takes for somebody, PEM.
struct ServerIdentity {
  std::string certificate_pem;
  std::string key_pem;
  std::string authority_pem;  ///< a certificate that is shown must be of this one
};
/// Whether who shows no certificate is heard: where it depends on what is asked for, it is.
enum class Strangers { are_heard, are_refused };

struct ServerOptions {
  Address address;
  Strangers strangers = Strangers::are_heard;
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

}  // namespace keepsake::sync
