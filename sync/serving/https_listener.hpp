#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "sync/serving/https_session.hpp"

namespace keepsake::sync {

/// HTTPS in front of a service: TLS 1.2 or later with client certificates, bounded heads, bodies,
/// connections and times, keep-alive, and a stop that lets begun requests end. Whoever owns `context`
/// runs it, on at least one other thread than the one that calls stop().
class HttpsListener {
 public:
  HttpsListener(boost::asio::io_context& context, Service& service, const ServerOptions& options);

  /// Listens when it returns. Failure::busy "address.in-use", ::unavailable "address.bind",
  /// ::internal "tls.setup".
  Result<Done> listen(const ServerIdentity& identity);
  std::uint16_t port() const { return port_; }  ///< the one in use
  std::size_t connections() const { return gate_->inside(); }
  /// A strand on which nothing else of this listener runs but accepting.
  boost::asio::any_io_executor executor() { return acceptor_.get_executor(); }
  bool is_open() const { return acceptor_.is_open(); }
  /// No new connection; begun requests end, then everything is closed. The context still runs.
  void stop();

 private:
  boost::asio::awaitable<void> accept();
  void keep(const std::shared_ptr<HttpsSession>& session);
  std::vector<std::shared_ptr<HttpsSession>> living();
  bool wait_until_empty(std::chrono::milliseconds at_most);

  boost::asio::io_context& context_;
  Service& service_;
  const ServerOptions options_;
  std::shared_ptr<Gate> gate_;
  boost::asio::ssl::context tls_{boost::asio::ssl::context::tls_server};
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::weak_ptr<HttpsSession>> sessions_;
};

}  // namespace keepsake::sync
