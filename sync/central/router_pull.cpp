// What only reads: pulls, which may wait for news, and the figures.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "sync/central/fact_log.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/router.hpp"
#include "sync/central/signed_page.hpp"
#include "sync/central/standing.hpp"
#include "sync/central/status.hpp"

namespace keepsake::sync::central {

namespace asio = boost::asio;

namespace {

/// What cannot be applied now (a full disk) keeps nobody from what else there is.
constexpr std::chrono::seconds settled_within{3};

}  // namespace

/// Who asks, as the register has it.
std::variant<Reply, Terminal> Router::terminal_of(const Request& request) {
  auto terminal = find_terminal(*reader_, request.peer.terminal.terminal);
  if (auto refusal = check_standing(terminal, request.peer.terminal.epoch))
    return reply_of(*refusal, request.format_out);
  return *terminal;
}

/// What a pull found.
struct Router::Pulled {
  Reply reply;
  std::string store{};      ///< whose news this terminal waits for
  bool has_all = false;     ///< there is nothing after what the terminal has
  bool settling = false;    ///< something that it was acknowledged is not applied yet
  bool ahead = false;       ///< it knows places that this database never gave
  std::uint64_t heard = 0;  ///< how often there was news before it looked
};

Router::Pulled Router::page_of(const Request& request) {
  const Format out = request.format_out;
  Pulled pulled;
  try {
    auto terminal = terminal_of(request);
    if (auto* refusal = std::get_if<Reply>(&terminal)) return {std::move(*refusal)};
    const Terminal& known = std::get<Terminal>(terminal);
    // Before the moment that is looked at: what comes after it is heard of.
    pulled.heard = bell_.count(known.store);
    Transaction moment(*reader_);
    const FeedCursor& cursor = *request.path.feed;
    const auto page = page_for(*reader_, *vault_, known, cursor);
    if (!page) return {reply_of(as_refusal(page.error()), out)};
    pulled.store = known.store;
    const auto asked = request.path.reservations;
    pulled.has_all = page->complete && page->head == cursor.position &&
                     (!asked || *asked == page->reservation_change);
    pulled.settling = page->complete && waits(*reader_, known);
    pulled.ahead =
        cursor.generation == page->generation && cursor.position > last_position(*reader_);
    pulled.reply = ok_reply(encode(sign_page(*vault_, known, *page), out), out);
    moment.commit();
  } catch (const DatabaseError& error) {
    return {reply_of(as_refusal(error.error()), out)};
  }
  return pulled;
}

asio::awaitable<std::shared_ptr<Router::Pulled>> Router::pull(Request request) {
  auto work = [this, request]() -> asio::awaitable<std::shared_ptr<Pulled>> {
    co_return std::make_shared<Pulled>(page_of(request));
  };
  co_return co_await asio::co_spawn(readers_.get_executor(), std::move(work), asio::use_awaitable);
}

// A terminal that has everything waits here for what comes, so that a fact made at one till is at the
// next within the time of a push. One that does not wait for news wants everything there is: what became
// of its own facts, of which it has the acknowledgement, is part of that.
asio::awaitable<Reply> Router::serve_feed(Request request) {
  const auto begun = std::chrono::steady_clock::now();
  const bool follows = request.path.wait.count() > 0;
  const auto until = begun + (follows ? request.path.wait : settled_within);
  for (;;) {
    const auto pulled = co_await pull(request);
    if (pulled->ahead) co_return co_await serve_another_order(std::move(request));
    const bool wait = follows ? pulled->has_all : pulled->settling;
    if (!wait || bell_.closed() || std::chrono::steady_clock::now() >= until)
      co_return std::move(pulled->reply);
    co_await bell_.wait(pulled->store, pulled->heard, until);
  }
}

asio::awaitable<Reply> Router::serve_another_order(Request request) {
  const Format out = request.format_out;
  std::function<Reply()> work = [this, out] {
    if (auto begun = centre_.begin_generation(); !begun)
      return reply_of(as_refusal(begun.error()), out);
    return busy_reply(503, "The order of facts begins anew", 1, out);
  };
  co_return co_await on_writer(batches_, std::move(work), out);
}

Reply Router::read_for(const Request& request) {
  if (request.route == Route::snapshot) return snapshot_for(request);
  if (request.route == Route::snapshot_part) return snapshot_part_for(request);
  return status_for(request);
}

Reply Router::snapshot_for(const Request& request) {
  const Format out = request.format_out;
  try {
    Transaction moment(*reader_);
    auto terminal = terminal_of(request);
    if (auto* refusal = std::get_if<Reply>(&terminal)) return std::move(*refusal);
    const auto answer =
        snapshots_->offer(*reader_, *vault_, std::get<Terminal>(terminal), *request.path.feed,
                          request.path.records, request.path.lost);
    moment.commit();
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return reply_of(*refusal, out);
    if (const auto* offer = std::get_if<SignedSnapshotOffer>(&answer))
      return ok_reply(encode(*offer, out), out);
    return busy_reply(503, "A snapshot is being made", 1, out);
  } catch (const DatabaseError& error) {
    return reply_of(as_refusal(error.error()), out);
  }
}

Reply Router::snapshot_part_for(const Request& request) {
  const Format out = request.format_out;
  try {
    auto terminal = terminal_of(request);
    if (auto* refusal = std::get_if<Reply>(&terminal)) return std::move(*refusal);
    auto part = snapshots_->part(std::get<Terminal>(terminal).store, request.path.snapshot,
                                 request.path.part);
    if (part) return plain_reply("application/octet-stream", std::move(*part));
    return problem_reply(404, part.error().code, part.error().what, out);
  } catch (const DatabaseError& error) {
    return reply_of(as_refusal(error.error()), out);
  }
}

Reply Router::status_for(const Request& request) {
  std::optional<std::string> store;
  if (request.peer.kind == Peer::Kind::terminal) {
    try {
      auto terminal = terminal_of(request);
      if (auto* refusal = std::get_if<Reply>(&terminal)) return std::move(*refusal);
      store = std::get<Terminal>(terminal).store;
    } catch (const DatabaseError& error) {
      return reply_of(as_refusal(error.error()), request.format_out);
    }
  }
  const auto status = read_status(*reader_, store, clock_.now());
  if (!status) return reply_of(as_refusal(status.error()), request.format_out);
  return ok_reply(encode(*status, request.format_out), request.format_out);
}

}  // namespace keepsake::sync::central
