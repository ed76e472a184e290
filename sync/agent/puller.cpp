#include "sync/agent/puller.hpp"

#include "storage/book/book.hpp"
#include "storage/domain/feed.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/signing.hpp"

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

Result<FeedPage> Puller::checked(const HttpAnswer& answer) const {
  const auto signed_page = decode_signed_feed_page(answer.body, format_of(answer.content_type));
  if (!signed_page) return untrusted(signed_page.error().where);
  if (!verify_signature(
          feed_signing_bytes(enrolment_.terminal, enrolment_.epoch, signed_page->page),
          view(signed_page->signature), enrolment_.central_sign_public))
    return untrusted("signature");
  auto page = decode_feed_page(signed_page->page);
  if (!page) return untrusted(page.error().where);
  return page;
}

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
  auto page = checked(*answer);
  if (!page) return page.error();
  if (cursor->generation != 0 && page->generation != cursor->generation) {
    if (auto begun = book_.begin_feed(page->generation); !begun) return begun.error();
    return Pulled{false, false};
  }
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
