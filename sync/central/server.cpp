#include "sync/central/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>
#include <vector>

#include "sync/central/control.hpp"
#include "sync/serving/https_listener.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct Server::Inside {
  Inside(Centre& centre, Router& router, const ServerOptions& options)
      : centre_(centre),
        router_(router),
        threads_wanted_(options.threads),
        context_(static_cast<int>(options.threads)),
        listener_(context_, router, options) {}

  ~Inside() {
    stop();
    // The router's threads may still hold the rest of a request that belongs to our context.
    router_.finish();
  }

  Result<Done> listen();
  void stop();

  asio::awaitable<void> publish_on_time();

  Centre& centre_;
  Router& router_;
  const std::size_t threads_wanted_;
  asio::io_context context_;
  HttpsListener listener_;
  std::unique_ptr<ControlSocket> control_;
  std::vector<std::jthread> threads_;
  bool stopped_ = false;
};

Result<Done> Server::Inside::listen() {
  const ServerIdentity identity{centre_.server_certificate_pem(), centre_.server_key_pem(),
                                centre_.authority_pem()};
  if (auto done = listener_.listen(identity); !done) return done;
  auto control = ControlSocket::open(context_, centre_.folder(), router_);
  if (!control) return control.error();
  control_ = std::move(*control);
  asio::co_spawn(
      listener_.executor(), [this]() -> asio::awaitable<void> { co_await publish_on_time(); },
      asio::detached);
  for (std::size_t i = 0; i < threads_wanted_; ++i)
    threads_.emplace_back([this] { context_.run(); });
  return Done{};
}

// Once a second by the wall clock's look: a clock that is set is followed at once.
asio::awaitable<void> Server::Inside::publish_on_time() {
  asio::steady_timer pause(listener_.executor());
  std::optional<std::chrono::steady_clock::time_point> expired;
  while (listener_.is_open()) {
    // The days of stores begin at different hours.
    if (const auto now = std::chrono::steady_clock::now();
        !expired || now - *expired >= std::chrono::hours(1)) {
      expired = now;
      co_await router_.let_expire();
      router_.share_out_soon();
      co_await router_.erase_idle();
      co_await router_.let_leave();
    }
    const bool done = co_await router_.release_due();
    pause.expires_after(done ? std::chrono::seconds(1) : std::chrono::seconds(60));
    co_await pause.async_wait(quietly);
  }
}

void Server::Inside::stop() {
  if (stopped_) return;
  stopped_ = true;
  router_.end_pulls();
  if (!threads_.empty()) listener_.stop();
  context_.stop();
  threads_.clear();  // joins
  control_.reset();
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Centre& centre, Router& router,
                                              const ServerOptions& options) {
  auto inside = std::make_unique<Inside>(centre, router, options);
  if (auto done = inside->listen(); !done) return done.error();
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::uint16_t Server::port() const { return inside_->listener_.port(); }
std::size_t Server::connections() const { return inside_->listener_.connections(); }
void Server::stop() { inside_->stop(); }

}  // namespace keepsake::sync::central
