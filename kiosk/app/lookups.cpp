#include "kiosk/app/lookups.hpp"

#include <charconv>

#include "kiosk/app/customer_jobs.hpp"
#include "kiosk/app/item_jobs.hpp"
#include "kiosk/app/pin_proof.hpp"
#include "kiosk/app/return_jobs.hpp"
#include "kiosk/input/scanner.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/loyalty/overview.hpp"
#include "storage/domain/values/key_layout.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/services/articles.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/staff.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::app {
namespace {

using FoundCustomer = Result<std::optional<CustomerView>>;

/// Every look-up of a customer by staff is written to the audit trail.
FoundCustomer shown(Work& work, const Result<std::optional<CustomerRef>>& ref,
                    const flow::Requester& requester) {
  if (!ref.ok()) return ref.error();
  if (!ref.value()) return std::optional<CustomerView>();
  auto found = customer_view(work, **ref, requester.at);
  if (!found.ok() || !found.value()) return found;
  if (const auto kept = keep_look(work.book, (*found)->ref, requester); !kept.ok())
    return kept.error();
  return found;
}

/// Of six and seven digits few are what is left of a UPC-E: the shop's own code comes first.
Result<std::optional<Article>> article_of(Reader& reader, const std::string& text) {
  const bool own_first = text.size() < 8;
  auto article = own_first ? reader.article_by_code(text) : article_by_number(reader, text);
  if (!article.ok() || article.value()) return article;
  article = own_first ? article_by_number(reader, text) : reader.article_by_code(text);
  if (!article.ok() || article.value()) return article;
  return reader.article_by_more_code(text);
}

Result<flow::Scanned> meaning_of(Work& work, const std::string& text,
                                 const flow::Requester& requester) {
  auto article = article_of(work.reader, text);
  if (!article.ok()) return article.error();
  if (article.value()) return flow::Scanned(**article);
  auto member = shown(work, work.reader.customer_by_card(text), requester);
  if (!member.ok()) return member.error();
  if (member.value()) return flow::Scanned(**member);
  if (const auto card = card_name(text); card.ok()) {
    auto known = gift_card(work, *card, requester.at);
    if (!known.ok()) return known.error();
    if (known.value()) return flow::Scanned(**known);
  }
  auto listed = work.reader.listed_codes(text);
  if (!listed.ok()) return listed.error();
  if (!listed->empty()) return flow::Scanned(flow::CodeScanned{*std::move(listed)});
  const bool receipt_shaped = input::shape_of_scan(text) == input::ScanShape::receipt;
  if (receipt_shaped) {
    const auto receipt = receipt_scanned(work, text);
    if (!receipt.ok()) return receipt.error();
    if (receipt->purchase) return flow::Scanned(*receipt);
  }
  auto items = items_of_serial(work, text, requester);
  if (!items.ok()) return items.error();
  if (!items->empty()) return flow::Scanned(flow::ItemsScanned{*std::move(items)});
  return receipt_shaped ? flow::Scanned(flow::ReceiptScanned{}) : flow::Scanned();
}

bool is_known(const flow::Scanned& scanned) {
  const auto* receipt = std::get_if<flow::ReceiptScanned>(&scanned);
  return receipt != nullptr ? receipt->purchase.has_value()
                            : !std::holds_alternative<std::monostate>(scanned);
}

/// What nobody knows may come of a scanner that takes itself for another country's keyboard: the one
/// reading that is known, unless there are two.
Result<flow::Scanned> meaning_by_any_keyboard(Work& work, const std::string& text,
                                              const flow::Requester& requester) {
  auto meant = meaning_of(work, text, requester);
  if (!meant.ok() || is_known(*meant)) return meant;
  std::optional<flow::Scanned> found;
  for (const std::string& reading : other_readings(text)) {
    auto other = meaning_of(work, reading, requester);
    if (!other.ok()) return other;
    if (!is_known(*other)) continue;
    if (found) return meant;
    found = *std::move(other);
  }
  return found ? Result<flow::Scanned>(*std::move(found)) : meant;
}

/// The vault says how many tries are left in `where`.
int tries_left(const Error& error) {
  int n = 0;
  std::from_chars(error.where.data(), error.where.data() + error.where.size(), n);
  return error.code == "pin.wrong" ? n : 0;
}

/// Whose PIN it was.
Result<CustomerView> proved_member(Work& work, const flow::CheckMemberPin& job) {
  const PinPlace place =
      job.requester.viewer == Viewer::customer ? PinPlace::stand : PinPlace::locked_till;
  const auto ref = check_member_pin(work.book, work.reader, {job.customer, job.phone_e164}, job.pin,
                                    place, job.requester.at.at);
  if (!ref.ok()) return ref.error();
  auto view = shown(work, std::optional(*ref), job.requester);
  if (!view.ok()) return view.error();
  if (view.value()) return std::move(**view);
  return Error{Failure::refused, "pin.wrong", "Wrong PIN", "", "Try again."};
}

}  // namespace

flow::ScanResolved on(Work& work, const flow::ResolveScan& job) {
  return flow::answer(job, meaning_by_any_keyboard(work, without_blanks(job.text), job.requester));
}

Result<std::optional<CustomerRef>> holder_of(Work& work, const std::string& scanned) {
  const std::string text = without_blanks(scanned);
  auto holder = work.reader.customer_by_card(text);
  if (!holder.ok() || holder.value()) return holder;
  for (const std::string& reading : other_readings(text)) {
    auto other = work.reader.customer_by_card(reading);
    if (!other.ok() || other.value()) return other;
  }
  return holder;
}

flow::ArticlesFound on(Work& work, const flow::SearchArticles& job) {
  auto found = work.reader.search_articles(job.words, job.limit + 1);
  if (!found.ok()) return flow::answer(job, found.error());
  const bool more = found->size() > job.limit;
  if (more) found->pop_back();
  auto answer = flow::answer(job, *std::move(found));
  answer.more = more;
  return answer;
}

flow::PointsFound on(Work& work, const flow::FindPoints& job) {
  const auto found = work.reader.customer_by_phone(job.phone_e164);
  if (!found.ok()) return flow::answer(job, found.error());
  const auto programme = work.programme.get(work.reader);
  if (!programme.ok()) return flow::answer(job, programme.error());
  // For nobody's number the same is read as for a member's: the time tells nothing, either.
  CustomerRef stranger;
  stranger.bytes.fill(0xFF);
  const loyalty::Rules& rules = (*programme)->rules;
  const auto member = work.reader.member(found.value().value_or(stranger), rules, job.at);
  if (!member.ok()) return flow::answer(job, member.error());
  auto found_points = flow::answer(job, loyalty::balance(rules, *member, job.at.date()));
  found_points.pending = loyalty::pending(rules, *member, job.at.date());
  return found_points;
}

flow::CustomerFound on(Work& work, const flow::FindCustomer& job) {
  return flow::answer(job,
                      shown(work, work.reader.customer_by_phone(job.phone_e164), job.requester));
}

flow::CustomerFound on(Work& work, const flow::LoadCustomer& job) {
  return flow::answer(job, shown(work, std::optional(job.customer), job.requester));
}

flow::ShiftLoaded on(Work& work, const flow::LoadShift& job) {
  return flow::answer(job, work.reader.open_shift());
}

flow::ClockConfirmed on(Work& work, const flow::ConfirmClock& job) {
  return flow::answer(job, work.book.confirm_clock());
}

flow::MemberProved on(Work& work, const flow::CheckMemberPin& job) {
  auto member = proved_member(work, job);
  if (!member.ok()) return {job.ticket, member.error(), {}, tries_left(member.error())};
  std::string proof = proof_of_pin(work.book.vault(), member->ref, job.requester.at.at);
  return {job.ticket, *std::move(member), std::move(proof), 0};
}

flow::PinChecked on(Work& work, const flow::CheckPin& job) {
  auto member = sign_in(work.reader, work.book.vault(), job.pin, job.place, job.at);
  if (!member.ok()) return {job.ticket, member.error(), tries_left(member.error())};
  return flow::answer(job, *std::move(member));
}

}  // namespace keepsake::app
