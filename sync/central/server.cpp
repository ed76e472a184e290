#include "sync/central/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <condition_variable>
#include <openssl/ssl.h>
#include <set>
#include <thread>
#include <vector>

#include "sync/central/control.hpp"
#include "sync/central/session.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

Result<Done> prepare(asio::ssl::context& tls, const Centre& centre) {
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
  // Resumption with client certificates needs a context of its own.
  constexpr std::string_view session_id = "keepsake-central";
  SSL_CTX_set_session_id_context(tls.native_handle(),
                                 reinterpret_cast<const unsigned char*>(session_id.data()),
                                 static_cast<unsigned>(session_id.size()));
  check(tls.use_certificate_chain(asio::buffer(centre.server_certificate_pem()), step));
  check(tls.use_private_key(asio::buffer(centre.server_key_pem()), asio::ssl::context::pem, step));
  check(tls.add_certificate_authority(asio::buffer(centre.authority_pem()), step));
  // A certificate that is offered must be ours; whether one is needed depends on the path.
  check(tls.set_verify_mode(asio::ssl::verify_peer, step));
  if (failed) {
    return Error{Failure::internal,
                 "tls.setup",
                 "TLS cannot be set up: " + failed.message(),
                 {},
                 "Check server.pem, server.key and ca.pem in the data folder"};
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

struct Server::Inside {
  Inside(Centre& centre, Router& router, const ServerOptions& options)
      : centre_(centre),
        router_(router),
        options_(options),
        gate_(std::make_shared<Gate>(options.connections)),
        context_(static_cast<int>(options.threads)),
        acceptor_(asio::make_strand(context_)) {}

  ~Inside() {
    stop();
    // The router's threads may still hold the rest of a request that belongs to our context.
    router_.finish();
  }

  Result<Done> listen();
  void stop();

  asio::awaitable<void> accept();
  asio::awaitable<void> publish_on_time();
  void keep(const std::shared_ptr<Session>& session);
  std::vector<std::shared_ptr<Session>> living();
  bool wait_until_empty(std::chrono::milliseconds at_most);

  Centre& centre_;
  Router& router_;
  const ServerOptions options_;
  std::shared_ptr<Gate> gate_;
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::unique_ptr<ControlSocket> control_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::weak_ptr<Session>> sessions_;
  std::vector<std::jthread> threads_;
  bool stopped_ = false;
};

Result<Done> Server::Inside::listen() {
  if (auto done = prepare(tls_, centre_); !done) return done;
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(options_.address.host, failed);
  const tcp::endpoint endpoint(address, options_.address.port);
  if (!failed) acceptor_.open(endpoint.protocol(), failed);
  if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(128, failed);
  if (failed == asio::error::address_in_use) {
    return Error{Failure::busy, "address.in-use", "The address is already in use",
                 options_.address.host + ":" + std::to_string(options_.address.port),
                 "Stop it, or choose another port"};
  }
  if (failed) {
    return Error{Failure::unavailable, "address.bind", "Cannot listen: " + failed.message(),
                 options_.address.host + ":" + std::to_string(options_.address.port),
                 "Give an address of this machine and a port that this user may use"};
  }
  port_ = acceptor_.local_endpoint().port();
  auto control = ControlSocket::open(context_, centre_.folder(), router_);
  if (!control) return control.error();
  control_ = std::move(*control);
  asio::co_spawn(
      acceptor_.get_executor(), [this]() -> asio::awaitable<void> { co_await accept(); },
      asio::detached);
  asio::co_spawn(
      acceptor_.get_executor(), [this]() -> asio::awaitable<void> { co_await publish_on_time(); },
      asio::detached);
  for (std::size_t i = 0; i < options_.threads; ++i)
    threads_.emplace_back([this] { context_.run(); });
  return Done{};
}

// Once a second by the wall clock's look: a clock that is set is followed at once.
asio::awaitable<void> Server::Inside::publish_on_time() {
  asio::steady_timer pause(acceptor_.get_executor());
  std::optional<std::chrono::steady_clock::time_point> expired;
  while (acceptor_.is_open()) {
    // The days of stores begin at different hours.
    if (const auto now = std::chrono::steady_clock::now();
        !expired || now - *expired >= std::chrono::hours(1)) {
      expired = now;
      co_await router_.let_expire();
      router_.share_out_soon();
      co_await router_.erase_idle();
    }
    const bool done = co_await router_.release_due();
    pause.expires_after(done ? std::chrono::seconds(1) : std::chrono::seconds(60));
    co_await pause.async_wait(quietly);
  }
}

asio::awaitable<void> Server::Inside::accept() {
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
    const auto session =
        std::make_shared<Session>(std::move(socket), tls_, router_, options_, std::move(ticket));
    keep(session);
    place.when_evicted([weak = std::weak_ptr(session)] {
      if (const auto evicted = weak.lock()) evicted->abort();
    });
    session->start();
  }
}

void Server::Inside::keep(const std::shared_ptr<Session>& session) {
  const std::lock_guard lock(mutex_);
  // Forget the ended ones whenever they may be most of the list.
  if (sessions_.size() > 2 * gate_->inside())
    std::erase_if(sessions_, [](const auto& weak) { return weak.expired(); });
  sessions_.push_back(session);
}

std::vector<std::shared_ptr<Session>> Server::Inside::living() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Session>> found;
  for (const auto& weak : sessions_) {
    if (auto session = weak.lock()) found.push_back(std::move(session));
  }
  return found;
}

bool Server::Inside::wait_until_empty(std::chrono::milliseconds at_most) {
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (gate_->inside() > 0) {
    // Again and again: one may have been accepted meanwhile.
    for (const auto& session : living()) session->stop();
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

void Server::Inside::stop() {
  if (stopped_) return;
  stopped_ = true;
  router_.end_pulls();
  if (!threads_.empty()) {
    asio::post(acceptor_.get_executor(), [this] {
      boost::system::error_code ignored;
      acceptor_.close(ignored);
    });
    if (!wait_until_empty(options_.farewell)) {
      for (const auto& session : living()) session->abort();
      wait_until_empty(std::chrono::seconds(1));
    }
  }
  context_.stop();
  threads_.clear();  // joins
  control_.reset();
}

Result<Address> parse_address(std::string_view text) {
  const Error wrong{Failure::bad_input, "address.syntax", "Not an address with a port",
                    std::string(text.substr(0, 80)), "Write 127.0.0.1:8443 or [::1]:8443"};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong;
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return wrong;
  if (host == "localhost") host = "127.0.0.1";
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return wrong;
  boost::system::error_code failed;
  asio::ip::make_address(std::string(host), failed);
  if (failed) return wrong;
  return Address{std::string(host), port};
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Centre& centre, Router& router,
                                              const ServerOptions& options) {
  auto inside = std::make_unique<Inside>(centre, router, options);
  if (auto done = inside->listen(); !done) return done.error();
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::uint16_t Server::port() const { return inside_->port_; }
std::size_t Server::connections() const { return inside_->gate_->inside(); }
void Server::stop() { inside_->stop(); }

}  // namespace keepsake::sync::central
