#include "sync/agent/puller.hpp"

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/book/snapshot_intake.hpp"
#include "storage/domain/feed.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/reservations.hpp"
#include "sync/agent/snapshot_fetch.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

/// A terminal that lacks less than a snapshot is worth is told so, and asks no more for a while.
constexpr std::chrono::hours ask_again{1};

Error refusal_of(const HttpAnswer& answer) {
  const auto problem = decode_problem(answer.body, format_of(answer.content_type));
  const bool known = answer.status != 401 && answer.status != 403 && answer.status != 410;
  return {known ? Failure::unavailable : Failure::refused,
          problem && !problem->code.empty() ? problem->code : "pull.refused",
          "Head office did not send what is new", "HTTP " + std::to_string(answer.status),
          known ? "It will be tried again automatically" : "Enrol this terminal again"};
}

}  // namespace

Result<std::unique_ptr<Puller>> Puller::open(Book& book, const Clock& clock) {
  auto line = open_line(book);
  if (!line) return line.error();
  auto reader = book.reader();
  if (!reader) return reader.error();
  return std::make_unique<Puller>(book, clock, std::move(*line), std::move(*reader));
}

Puller::Puller(Book& book, const Clock& clock, OfficeLine line, std::unique_ptr<Reader> reader)
    : book_(book), clock_(clock), line_(std::move(line)), reader_(std::move(reader)) {}

Puller::~Puller() = default;

Result<Puller::Pulled> Puller::pull(std::chrono::seconds wait, Prices prices) {
  if (fetch_) return fetch(prices);
  if (!waiting_) return ask(wait, prices);
  FeedPage page = std::move(*waiting_);
  waiting_.reset();
  return take_in(std::move(page), prices);
}

Result<Puller::Pulled> Puller::ask(std::chrono::seconds wait, Prices prices) {
  retry_after_.reset();
  const auto cursor = book_.feed_cursor();
  if (!cursor) return cursor.error();
  auto looked = look_for_snapshot(*cursor);
  if (!looked) return looked.error();
  if (*looked) return **looked;
  const auto known = reader_->reservations_known();
  if (!known) return known.error();
  const auto answer = line_.transport->exchange(
      {"GET",
       feed_path(enrolment().terminal, enrolment().epoch, *cursor, wait, known->change),
       {},
       {}});
  if (!answer) return answer.error();
  hear_clock(book_, *answer);
  retry_after_ = answer->retry_after;
  if (answer->status != 200) return refusal_of(*answer);
  auto page = check_feed_page(enrolment(), answer->body, format_of(answer->content_type));
  if (!page) return page.error();
  const auto begun = begin_other_order(book_, *cursor, *page);
  if (!begun) return begun.error();
  if (*begun) return Pulled{false, false};
  const std::int64_t newest = page->reservation_change;
  auto pulled = take_in(std::move(*page), prices);
  if (!pulled) return pulled;
  if (auto ok = follow_reservations(book_, *reader_, line_, clock_, newest); !ok) return ok.error();
  return pulled;
}

/// From the beginning, of another order or with a page that was not all, so that much may be lacking;
/// and when what the records began with is lost.
Result<Puller::Wants> Puller::wants_snapshot(const FeedCursor& cursor) {
  SnapshotIntake* intake = book_.snapshots();
  if (intake == nullptr) return Wants::none;
  const auto now = std::chrono::steady_clock::now();
  if (asked_ && now - *asked_ < ask_again) return Wants::none;
  const auto lost = intake->lacks_base();
  if (!lost) return lost.error();
  if (*lost) return Wants::lost;
  return cursor.position == 0 || behind_ ? Wants::much : Wants::none;
}

Result<std::optional<Puller::Pulled>> Puller::look_for_snapshot(const FeedCursor& cursor) {
  using Looked = std::optional<Pulled>;
  const auto wants = wants_snapshot(cursor);
  if (!wants) return wants.error();
  if (*wants == Wants::none) return Looked{};
  auto asked = SnapshotFetch::ask(book_, *reader_, line_, cursor, *wants == Wants::lost);
  if (!asked) return asked.error();
  if (asked->again) return Looked{Pulled{false, false, false, {}, *asked->again}};
  asked_ = std::chrono::steady_clock::now();
  fetch_ = std::move(asked->fetch);
  fetched_ = false;
  if (!fetch_) return Looked{};
  return Looked{Pulled{false, false, false, fetch_->progress()}};
}

/// Head office has another one by now, or somebody was erased who is in it.
Puller::Pulled Puller::begin_fetching_anew() {
  fetch_.reset();
  asked_.reset();
  return Pulled{false, false};
}

Result<Puller::Pulled> Puller::fetch(Prices prices) {
  if (!fetched_) {
    const auto all = fetch_->step();
    if (!all && all.error().kind == Failure::not_found) return begin_fetching_anew();
    if (!all) return all.error();
    fetched_ = *all;
    return Pulled{false, false, false, fetch_->progress()};
  }
  if (prices == Prices::wait) return Pulled{false, false, true, fetch_->progress()};
  const auto taken = fetch_->take();
  fetch_.reset();
  if (!taken && taken.error().kind == Failure::not_found) return begin_fetching_anew();
  // Damaged on this disk: the next one is whole.
  if (!taken && taken.error().code == "snapshot.damaged") asked_.reset();
  if (!taken) return taken.error();
  behind_ = false;
  return Pulled{true, false};
}

Result<Puller::Pulled> Puller::take_in(FeedPage page, Prices prices) {
  const bool some = changes_prices(page) || prices_staged_;
  if (some && prices == Prices::wait) {
    waiting_ = std::move(page);
    return Pulled{false, false, true};
  }
  const auto news = book_.take_in(page);
  if (!news) return news.error();
  prices_staged_ = some && !page.complete;
  behind_ = !page.complete;
  // What became of own facts may ask a person to look.
  return Pulled{*news || !page.outcomes.empty(), page.complete};
}

}  // namespace keepsake::sync
