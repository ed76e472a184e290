#include "sync/agent/puller.hpp"

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/domain/feed.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/reservations.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

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
  if (!waiting_) return ask(wait, prices);
  FeedPage page = std::move(*waiting_);
  waiting_.reset();
  return take_in(std::move(page), prices);
}

Result<Puller::Pulled> Puller::ask(std::chrono::seconds wait, Prices prices) {
  retry_after_.reset();
  const auto cursor = book_.feed_cursor();
  if (!cursor) return cursor.error();
  const auto known = reader_->reservations_known();
  if (!known) return known.error();
  const auto answer = line_.transport->exchange(
      {"GET",
       feed_path(enrolment().terminal, enrolment().epoch, *cursor, wait, known->change),
       {},
       {}});
  if (!answer) return answer.error();
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

Result<Puller::Pulled> Puller::take_in(FeedPage page, Prices prices) {
  const bool some = changes_prices(page) || prices_staged_;
  if (some && prices == Prices::wait) {
    waiting_ = std::move(page);
    return Pulled{false, false, true};
  }
  const auto news = book_.take_in(page);
  if (!news) return news.error();
  prices_staged_ = some && !page.complete;
  return Pulled{*news, page.complete};
}

}  // namespace keepsake::sync
