#pragma once
// HTTPS in front of the router: TLS with optional client certificates, bounded heads, bodies,
// connections and times, keep-alive, and a stop that lets begun requests end.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sync/central/router.hpp"
#include "sync/serving/server_options.hpp"

namespace keepsake::sync::central {

class Server {
 public:
  /// Listens when it returns. Also opens DIR/control.sock (control.hpp). `centre` and `router`
  /// outlive it. Failure::busy "address.in-use", ::unavailable "address.bind", ::internal
  /// "tls.setup".
  static Result<std::unique_ptr<Server>> start(Centre& centre, Router& router,
                                               const ServerOptions& options);
  ~Server();  ///< stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  std::uint16_t port() const;  ///< the one in use
  std::size_t connections() const;
  /// No new connection; begun requests end, then everything is closed. Returns when that is done.
  void stop();

 private:
  struct Inside;  // keeps Boost and OpenSSL out of this header
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace keepsake::sync::central
