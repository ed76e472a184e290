#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>

#include "sync/serving/gate.hpp"
#include "sync/serving/server_options.hpp"
#include "sync/serving/service.hpp"
#include "sync/serving/tls_stream.hpp"

namespace keepsake::sync {

/// One connection: handshake, requests one after the other, farewell. Everything happens on the
/// executor (a strand) of its socket.
class HttpsSession : public std::enable_shared_from_this<HttpsSession> {
 public:
  /// `tls`, `service` and `options` outlive it.
  HttpsSession(boost::asio::ip::tcp::socket socket, ssl_ctx_st* tls, Service& service,
               const ServerOptions& options, std::unique_ptr<Gate::Ticket> ticket);

  void start();
  /// Thread-safe. A begun request ends first; a connection that only waits is closed.
  void stop();
  /// Thread-safe. Closes whatever is going on.
  void abort();

 private:
  enum class Next { again, close, drain };

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<Next> one_request();
  boost::asio::awaitable<Next> send(const Reply& reply, Next next);
  boost::asio::awaitable<void> drain();
  boost::asio::awaitable<void> hear_out();
  Peer peer();
  /// From now on; in place of what was said before. Then the connection is closed.
  void expire_after(std::chrono::milliseconds limit);
  void never_expire();

  TlsStream stream_;
  boost::asio::steady_timer deadline_;
  std::uint64_t deadlines_ =
      0;  ///< how many were set: one that was in its way when another was set is none
  boost::beast::flat_buffer buffer_;
  Service& service_;
  const ServerOptions& options_;
  std::unique_ptr<Gate::Ticket> ticket_;
  Peer peer_;
  bool first_ = true;
  bool idle_ = false;
  bool stopping_ = false;
};

}  // namespace keepsake::sync
