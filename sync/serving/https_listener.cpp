#include "sync/serving/https_listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>
#include <string_view>
#include <thread>

namespace keepsake::sync {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

Result<Done> prepare(asio::ssl::context& tls, const ServerIdentity& identity, Strangers strangers) {
  boost::system::error_code failed;
  const auto check = [&](const boost::system::error_code& step) {
    if (!failed && step) failed = step;
  };
  boost::system::error_code step;
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_compression |
                  asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_cipher_list(tls.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  // A connection that waits keeps no buffers of OpenSSL's.
  SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  // Resumption with client certificates needs a context of its own.
  constexpr std::string_view session_id = "keepsake-central";
  SSL_CTX_set_session_id_context(tls.native_handle(),
                                 reinterpret_cast<const unsigned char*>(session_id.data()),
                                 static_cast<unsigned>(session_id.size()));
  check(tls.use_certificate_chain(asio::buffer(identity.certificate_pem), step));
  check(tls.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, step));
  check(tls.add_certificate_authority(asio::buffer(identity.authority_pem), step));
  // A certificate that is offered must be ours; whether one is needed may depend on the path.
  const auto needed = strangers == Strangers::are_refused
                          ? asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert
                          : asio::ssl::verify_peer;
  check(tls.set_verify_mode(needed, step));
  if (failed) {
    return Error{Failure::internal,
                 "tls.setup",
                 "TLS cannot be set up: " + failed.message(),
                 {},
                 "Check the certificate, its key and the authority in the data folder"};
  }
  return Done{};
}

std::string address_of(const tcp::socket& socket) {
  boost::system::error_code failed;
  const auto endpoint = socket.remote_endpoint(failed);
  if (failed) return "?";
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

HttpsListener::HttpsListener(asio::io_context& context, Service& service,
                             const ServerOptions& options)
    : context_(context),
      service_(service),
      options_(options),
      gate_(std::make_shared<Gate>(options.connections)),
      acceptor_(asio::make_strand(context_)) {}

Result<Done> HttpsListener::listen(const ServerIdentity& identity) {
  if (auto done = prepare(tls_, identity, options_.strangers); !done) return done;
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(options_.address.host, failed);
  const tcp::endpoint endpoint(address, options_.address.port);
  if (!failed) acceptor_.open(endpoint.protocol(), failed);
  if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(128, failed);
  if (failed == asio::error::address_in_use) {
    return Error{Failure::busy, "address.in-use", "The address is already in use",
                 to_text(options_.address), "Stop it, or choose another port"};
  }
  if (failed) {
    return Error{Failure::unavailable, "address.bind", "Cannot listen: " + failed.message(),
                 to_text(options_.address),
                 "Give an address of this machine and a port that this user may use"};
  }
  port_ = acceptor_.local_endpoint().port();
  asio::co_spawn(
      acceptor_.get_executor(), [this]() -> asio::awaitable<void> { co_await accept(); },
      asio::detached);
  return Done{};
}

asio::awaitable<void> HttpsListener::accept() {
  for (;;) {
    const asio::any_io_executor strand = asio::make_strand(context_);
    auto [failed, socket] = co_await acceptor_.async_accept(strand, quietly);
    if (failed == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
    if (failed) {
      // Out of descriptors, most likely: wait until some are given back.
      asio::steady_timer pause(acceptor_.get_executor(), std::chrono::milliseconds(100));
      co_await pause.async_wait(quietly);
      continue;
    }
    auto ticket = gate_->enter(address_of(socket));
    Gate::Ticket& place = *ticket;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto session = std::make_shared<HttpsSession>(std::move(socket), tls_.native_handle(),
                                                        service_, options_, std::move(ticket));
    keep(session);
    place.when_evicted([weak = std::weak_ptr(session)] {
      if (const auto evicted = weak.lock()) evicted->abort();
    });
    session->start();
  }
}

void HttpsListener::keep(const std::shared_ptr<HttpsSession>& session) {
  const std::lock_guard lock(mutex_);
  // Forget the ended ones whenever they may be most of the list.
  if (sessions_.size() > 2 * gate_->inside())
    std::erase_if(sessions_, [](const auto& weak) { return weak.expired(); });
  sessions_.push_back(session);
}

std::vector<std::shared_ptr<HttpsSession>> HttpsListener::living() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<HttpsSession>> found;
  for (const auto& weak : sessions_) {
    if (auto session = weak.lock()) found.push_back(std::move(session));
  }
  return found;
}

bool HttpsListener::wait_until_empty(std::chrono::milliseconds at_most) {
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (gate_->inside() > 0) {
    // Again and again: one may have been accepted meanwhile.
    for (const auto& session : living()) session->stop();
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

void HttpsListener::stop() {
  asio::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
  });
  if (wait_until_empty(options_.farewell)) return;
  for (const auto& session : living()) session->abort();
  wait_until_empty(std::chrono::seconds(1));
}

}  // namespace keepsake::sync
