#pragma once
// What answers requests, whoever brings them. Head office's router is one (sync/central), and the
// simple one of simple_server.hpp, which a till listens with.

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "storage/domain/values/time.hpp"
#include "sync/serving/peer.hpp"
#include "sync/serving/reply.hpp"

namespace keepsake::sync {

/// A request that may send its body.
struct Admitted {
  std::size_t body_bytes = 0;  ///< the longest body that is read
  Reply too_long;              ///< the answer to a longer one
  /// Called at most once.
  std::function<boost::asio::awaitable<Reply>(std::string body)> serve;
};

/// Called on the server's threads, several at once.
class Service {
 public:
  virtual ~Service() = default;
  /// Everything that can be refused from the head alone is.
  virtual std::variant<Reply, Admitted> look_at(const RequestHead& head, const Peer& peer) = 0;
  /// The answer to something that is not HTTP, or whose head is too long.
  virtual Reply malformed(unsigned status) = 0;
  /// What time it is, for the head of each answer; nullopt: its clock is not known to be right, and says
  /// nothing.
  virtual std::optional<Instant> date() const { return std::nullopt; }
};

}  // namespace keepsake::sync
