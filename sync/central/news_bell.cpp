#include "sync/central/news_bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace keepsake::sync::central {

namespace asio = boost::asio;

std::uint64_t NewsBell::count(const std::string& store) const {
  const std::lock_guard guard(mutex_);
  const auto found = stores_.find(store);
  return found == stores_.end() ? 0 : found->second.rung;
}

/// A timer belongs to its waiter's executor, and is touched there alone.
void NewsBell::wake(Listeners& listeners) {
  for (const auto& each : listeners.waiting)
    if (const auto timer = each.lock())
      asio::post(timer->get_executor(), [timer] { timer->cancel(); });
  listeners.waiting.clear();
}

void NewsBell::ring(const std::string& store) {
  const std::lock_guard guard(mutex_);
  Listeners& listeners = stores_[store];
  ++listeners.rung;
  wake(listeners);
}

void NewsBell::close() {
  const std::lock_guard guard(mutex_);
  closed_ = true;
  for (auto& [store, listeners] : stores_) wake(listeners);
}

bool NewsBell::closed() const {
  const std::lock_guard guard(mutex_);
  return closed_;
}

asio::awaitable<void> NewsBell::wait(std::string store, std::uint64_t heard,
                                     std::chrono::steady_clock::time_point until) {
  const auto timer = std::make_shared<Timer>(co_await asio::this_coro::executor, until);
  {
    const std::lock_guard guard(mutex_);
    Listeners& listeners = stores_[store];
    if (closed_ || listeners.rung != heard) co_return;
    std::erase_if(listeners.waiting, [](const auto& each) { return each.expired(); });
    listeners.waiting.push_back(timer);
  }
  co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace keepsake::sync::central
