#include "sync/agent/puller.hpp"

#include "storage/book/book.hpp"
#include "storage/domain/feed.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/office_line.hpp"
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

Result<std::unique_ptr<Puller>> Puller::open(Book& book) {
  auto line = open_line(book);
  if (!line) return line.error();
  return std::make_unique<Puller>(book, std::move(line->enrolment), std::move(line->transport));
}

Puller::Puller(Book& book, Enrolment enrolment, std::unique_ptr<Transport> transport)
    : book_(book), enrolment_(std::move(enrolment)), transport_(std::move(transport)) {}

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
  const auto answer = transport_->exchange(
      {"GET", feed_path(enrolment_.terminal, enrolment_.epoch, *cursor, wait), {}, {}});
  if (!answer) return answer.error();
  retry_after_ = answer->retry_after;
  if (answer->status != 200) return refusal_of(*answer);
  auto page = check_feed_page(enrolment_, answer->body, format_of(answer->content_type));
  if (!page) return page.error();
  const auto begun = begin_other_order(book_, *cursor, *page);
  if (!begun) return begun.error();
  if (*begun) return Pulled{false, false};
  return take_in(std::move(*page), prices);
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
