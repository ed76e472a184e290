#pragma once
// A server of one thread for what is answered at once, and without the types of its libraries.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "storage/domain/values/result.hpp"
#include "sync/serving/peer.hpp"
#include "sync/serving/reply.hpp"
#include "sync/serving/server_options.hpp"

namespace keepsake::sync {

/// Called on the server's thread alone.
class SimpleService {
 public:
  virtual ~SimpleService() = default;
  struct May {
    std::size_t body_bytes = 0;  ///< the longest body that is read
  };
  /// What can be refused from the head is.
  virtual std::variant<Reply, May> look_at(const RequestHead& head, const Peer& peer) = 0;
  virtual Reply serve(const RequestHead& head, const Peer& peer, const std::string& body) = 0;
};

class SimpleServer {
 public:
  /// Listens when it returns. `service` outlives it; options.threads does not count. Failure as
  /// HttpsListener::listen().
  static Result<std::unique_ptr<SimpleServer>> start(SimpleService& service,
                                                     const ServerOptions& options,
                                                     const ServerIdentity& identity);
  ~SimpleServer();  ///< begun requests end
  SimpleServer(const SimpleServer&) = delete;
  SimpleServer& operator=(const SimpleServer&) = delete;
  std::uint16_t port() const;
  std::size_t connections() const;

 private:
  struct Inside;  // keeps Boost and OpenSSL out of this header
  explicit SimpleServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace keepsake::sync
