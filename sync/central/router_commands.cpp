// What the commands of `keepsake-central` ask of a running centre: on the writer's thread, as
// everything that writes.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <spdlog/spdlog.h>

#include "storage/domain/fact.hpp"
#include "sync/central/router.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;

template <class T>
asio::awaitable<Result<T>> Router::by_writer(std::function<Result<T>()> work) {
  using Answer = std::optional<Result<T>>;  // what crosses threads needs an empty state
  auto job = [work = std::move(work)]() -> asio::awaitable<Answer> { co_return work(); };
  Answer answer =
      co_await asio::co_spawn(writer_.get_executor(), std::move(job), asio::use_awaitable);
  co_return std::move(*answer);
}

asio::awaitable<Result<std::string>> Router::new_code(std::string store, std::string by) {
  std::function<Result<std::string>()> work = [this, store = std::move(store), by = std::move(by)] {
    return centre_.enrolment().new_code(store, by);
  };
  co_return co_await by_writer(std::move(work));
}

asio::awaitable<Result<Terminal>> Router::revoke(TerminalNumber number, std::string reason,
                                                 std::string by) {
  std::function<Result<Terminal>()> work = [this, number, reason = std::move(reason),
                                            by = std::move(by)] {
    auto revoked = centre_.revocations().revoke(number, reason, by);
    if (revoked) bell_.ring(revoked->store);  // a pull that waits looks again, and is refused
    return revoked;
  };
  co_return co_await by_writer(std::move(work));
}

asio::awaitable<Result<Done>> Router::confirm_clock() {
  std::function<Result<Done>()> work = [this]() -> Result<Done> {
    const Instant now = clock_.now();
    auto done = centre_.confirm_clock(now);
    if (done) believed_ms_ = now.ms;
    return done;
  };
  co_return co_await by_writer(std::move(work));
}

asio::awaitable<Result<Rejudged>> Router::judge_again() {
  std::function<Result<Rejudged>()> work = [this] {
    auto judged = centre_.ingest().judge_again();
    for (const std::string& store : centre_.ingest().take_news()) bell_.ring(store);
    clean_up();
    return judged;
  };
  co_return co_await by_writer(std::move(work));
}

namespace {

unsigned status_of(const Ingest::Answer& answer) {
  const auto* refusal = std::get_if<Refusal>(&answer);
  return refusal ? refusal->status : 200;
}

}  // namespace

asio::awaitable<Result<Ingest::Answer>> Router::take_carried(CarriedBatch carried) {
  auto decoded = body_in(carried);
  if (auto* refusal = std::get_if<Refusal>(&decoded)) co_return Ingest::Answer(std::move(*refusal));
  const auto body = std::make_shared<const CarriedBody>(std::move(std::get<CarriedBody>(decoded)));
  std::function<Result<Ingest::Answer>()> work = [this, body, carried = std::move(carried)] {
    Ingest::Answer answer = centre_.carrying().take(carried, *body);
    const unsigned status = status_of(answer);
    const auto* batch = std::get_if<Batch>(body.get());
    const bool news = !batch || !batch->records.empty();
    if (status == 200 && news) apply();
    if (log_) log_->info("carried terminal={} status={}", carried.terminal.value, status);
    return Result<Ingest::Answer>(std::move(answer));
  };
  co_return co_await by_writer(std::move(work));
}

asio::awaitable<Result<std::int64_t>> Router::publish(Publication publication,
                                                      std::vector<Fact> facts) {
  std::function<Result<std::int64_t>()> work = [this, publication = std::move(publication),
                                                facts = std::move(facts)] {
    auto number = centre_.publishing().publish(publication, facts);
    if (number) static_cast<void>(release());  // else the next look does it
    return number;
  };
  co_return co_await by_writer(std::move(work));
}

asio::awaitable<Result<Done>> Router::withdraw(std::int64_t number, std::string by) {
  std::function<Result<Done>()> work = [this, number, by = std::move(by)] {
    return centre_.publishing().withdraw(number, by);
  };
  co_return co_await by_writer(std::move(work));
}

/// On the reader's thread.
std::shared_ptr<std::vector<StoreExpiry>> Router::look_for_expiry() {
  look_at_clock();
  try {
    return std::make_shared<std::vector<StoreExpiry>>(centre_.expiries().look(*reader_));
  } catch (const std::exception& failed) {
    if (log_) log_->error("expiry: {}", failed.what());
    return std::make_shared<std::vector<StoreExpiry>>();
  }
}

asio::awaitable<void> Router::let_expire() {
  auto look = [this]() -> asio::awaitable<std::shared_ptr<std::vector<StoreExpiry>>> {
    co_return look_for_expiry();
  };
  const auto due =
      co_await asio::co_spawn(readers_.get_executor(), std::move(look), asio::use_awaitable);
  if (due->empty()) co_return;
  std::function<Result<Done>()> work = [this, due]() -> Result<Done> {
    auto published = centre_.expiries().publish(*due);
    if (!published && log_)
      log_->error("expiry: {} ({})", published.error().code, published.error().what);
    return published ? release() : published;
  };
  static_cast<void>(co_await by_writer(std::move(work)));
}

/// On the cleaner's thread, with a connection of its own: it may look at every customer.
std::shared_ptr<std::vector<StoreRetention>> Router::look_for_idle() {
  try {
    const auto reader = centre_.reader();
    if (!reader) throw DatabaseError(reader.error());
    return std::make_shared<std::vector<StoreRetention>>(centre_.retention().look(**reader));
  } catch (const std::exception& failed) {
    if (log_) log_->error("retention: {}", failed.what());
    return std::make_shared<std::vector<StoreRetention>>();
  }
}

asio::awaitable<void> Router::erase_idle() {
  auto look = [this]() -> asio::awaitable<std::shared_ptr<std::vector<StoreRetention>>> {
    co_return look_for_idle();
  };
  const auto due =
      co_await asio::co_spawn(cleaner_.get_executor(), std::move(look), asio::use_awaitable);
  if (due->empty()) co_return;
  std::function<Result<Done>()> work = [this, due]() -> Result<Done> {
    auto published = centre_.retention().publish(*due);
    if (!published && log_)
      log_->error("retention: {} ({})", published.error().code, published.error().what);
    return release();
  };
  static_cast<void>(co_await by_writer(std::move(work)));
}

/// On the cleaner's thread, with a connection and a vault of its own.
std::shared_ptr<std::vector<StoreDormancy>> Router::look_for_dormant() {
  try {
    const auto reader = centre_.reader();
    if (!reader) throw DatabaseError(reader.error());
    const auto vault = centre_.vault_reader();
    if (!vault) throw DatabaseError(vault.error());
    return std::make_shared<std::vector<StoreDormancy>>(
        centre_.dormancies().look(**reader, **vault));
  } catch (const std::exception& failed) {
    if (log_) log_->error("dormancy: {}", failed.what());
    return nullptr;
  }
}

asio::awaitable<void> Router::let_leave() {
  for (bool more = true; more && !bell_.closed();) {
    auto look = [this]() -> asio::awaitable<std::shared_ptr<std::vector<StoreDormancy>>> {
      co_return look_for_dormant();
    };
    const auto found =
        co_await asio::co_spawn(cleaner_.get_executor(), std::move(look), asio::use_awaitable);
    if (!found) co_return;
    std::function<Result<bool>()> work = [this, found]() -> Result<bool> {
      const auto passed = centre_.dormancies().publish(*found);
      if (!passed) {
        if (log_) log_->error("dormancy: {} ({})", passed.error().code, passed.error().what);
        return passed.error();
      }
      for (const std::string& store : passed->news) bell_.ring(store);
      if (!passed->news.empty()) share_out_soon();
      return passed->more;
    };
    const auto went_on = co_await by_writer(std::move(work));
    more = went_on.ok() && *went_on;
  }
}

asio::awaitable<bool> Router::release_due() {
  std::function<Result<Done>()> work = [this] {
    apply();
    return release();
  };
  const Result<Done> done = co_await by_writer(std::move(work));
  co_return done.ok();
}

/// On the writer's thread, after something was taken: what is asked behind the answer finds it applied,
/// as long as little waits. Else the answer waits for some of it, or terminals could keep more and more.
void Router::apply_taken() {
  if (centre_.ingest().much_waits())
    apply();
  else
    apply_soon();
}

void Router::apply_soon() {
  if (!applying_.exchange(true))
    asio::post(writer_, [this] {
      applying_ = false;
      apply();
    });
}

/// On the writer's thread. What fails is tried again at the next occasion.
void Router::apply() {
  const auto applied = centre_.ingest().apply_some();
  if (!applied) {
    if (log_) log_->error("apply: {} ({})", applied.error().code, applied.error().what);
    return;
  }
  for (const std::string& store : applied->stores) {
    bell_.ring(store);
    deal_codes(store);
  }
  for (const std::string& other : centre_.ingest().take_news()) bell_.ring(other);
  if (!applied->stores.empty()) share_out_soon();
  clean_up();
  if (applied->more && !bell_.closed()) apply_soon();
}

void Router::share_out_soon() {
  if (!sharing_.exchange(true))
    asio::post(writer_, [this] {
      sharing_ = false;
      share_out();
    });
}

/// On the writer's thread.
void Router::share_out() {
  const auto shared = centre_.reservations().share_out();
  if (!shared) {
    if (log_) log_->error("leases: {} ({})", shared.error().code, shared.error().what);
    return;
  }
  for (const std::string& store : shared->news) bell_.ring(store);
  if (shared->more && !bell_.closed()) share_out_soon();
}

/// On the writer's thread, after what the store's tills have or need may be other than it was. What
/// fails is tried again at the next occasion.
void Router::deal_codes(const std::string& store) {
  const auto dealt = centre_.code_dealing().deal(store);
  if (!dealt && log_) log_->error("codes: {} ({})", dealt.error().code, dealt.error().what);
  if (dealt && *dealt) static_cast<void>(release());
}

/// On the writer's thread.
Result<Done> Router::release() {
  const auto released = centre_.publishing().release_due();
  if (!released) {
    if (log_) log_->error("publication: {} ({})", released.error().code, released.error().what);
    return released.error();
  }
  for (const std::string& store : released->stores) bell_.ring(store);
  if (!released->stores.empty()) share_out_soon();
  clean_up();
  return Done{};
}

/// On the writer's thread: begins to remove what the files still hold of erased customers.
void Router::clean_up() {
  if (const int erasures = centre_.forgetting().added(); erasures != erasures_) {
    erasures_ = erasures;
    snapshots_->erased();
  }
  if (!centre_.forgetting().due() || std::chrono::steady_clock::now() < clean_again_) return;
  if (cleaning_.exchange(true)) return;
  clean_again_ = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  asio::post(cleaner_, [this] { forget(); });
}

/// On the cleaner's thread; what fails is tried again in a minute.
void Router::forget() {
  const auto done =
      centre_.forgetting().run([this](const std::function<Result<Done>(Database&)>& work) {
        auto answer = std::make_shared<std::promise<Result<Done>>>();
        asio::post(writer_,
                   [this, answer, &work] { answer->set_value(centre_.work_with_writer(work)); });
        return answer->get_future().get();
      });
  if (!done && log_) log_->warn("erasure: {} ({})", done.error().code, done.error().what);
  asio::post(writer_, [this, done = done.ok()] {
    if (done) clean_again_ = {};
    cleaning_ = false;
    if (done) clean_up();  // of who was erased meanwhile
  });
}

}  // namespace keepsake::sync::central
