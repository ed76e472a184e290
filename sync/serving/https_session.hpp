#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <memory>

#include "sync/serving/gate.hpp"
#include "sync/serving/server_options.hpp"
#include "sync/serving/service.hpp"

namespace keepsake::sync {

/// One connection: handshake, requests one after the other, farewell. Everything happens on the
/// executor (a strand) of its socket.
class HttpsSession : public std::enable_shared_from_this<HttpsSession> {
 public:
  HttpsSession(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls,
               Service& service, const ServerOptions& options,
               std::unique_ptr<Gate::Ticket> ticket);

  void start();
  /// Thread-safe. A begun request ends first; a connection that only waits is closed.
  void stop();
  /// Thread-safe. Closes whatever is going on.
  void abort();

 private:
  using Tcp = boost::beast::tcp_stream;
  enum class Next { again, close, drain };

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<Next> one_request();
  boost::asio::awaitable<Next> send(const Reply& reply, Next next);
  boost::asio::awaitable<void> drain();
  Peer peer();
  Tcp& tcp() { return boost::beast::get_lowest_layer(stream_); }

  boost::beast::ssl_stream<Tcp> stream_;
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
