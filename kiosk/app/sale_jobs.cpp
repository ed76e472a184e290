#include "kiosk/app/sale_jobs.hpp"

#include <algorithm>

#include "kiosk/app/parking.hpp"

namespace keepsake::app {
namespace {

Parking parking_of(const Book& book) { return Parking(book.folder(), book.settings().currency); }

Result<std::vector<flow::FoundLine>> with_articles(Reader& reader,
                                                   const std::vector<flow::WantedLine>& lines) {
  std::vector<flow::FoundLine> found;
  for (const flow::WantedLine& line : lines) {
    std::optional<Article> article;
    if (!line.load) {
      auto known = reader.article_by_code(line.article);
      if (!known.ok()) return known.error();
      article = *std::move(known);
    }
    found.push_back({line, std::move(article)});
  }
  return found;
}

/// Gift cards and wallets are filled up by asking, never "again".
std::vector<flow::WantedLine> lines_again(const Purchase& purchase) {
  std::vector<flow::WantedLine> lines;
  for (std::size_t i = 0; i < purchase.lines.size(); ++i) {
    const auto pays_in = [&](const ValueLoad& load) { return load.line == i; };
    if (std::ranges::any_of(purchase.loads, pays_in)) continue;
    const PurchaseLine& line = purchase.lines[i];
    lines.push_back({line.article, line.name.empty() ? line.article : line.name, line.quantity});
  }
  return lines;
}

}  // namespace

Result<ActiveProgrammes::Rules> rules_now(const Book& book, Reader& reader,
                                          ActiveProgrammes& kept) {
  const auto published = reader.programme();
  if (!published.ok()) return published.error();
  const auto enrolment = book.enrolment();
  return kept.of(*published, enrolment ? enrolment->store : "");
}

Result<ActiveProgramme> rules_now(const Book& book, Reader& reader) {
  ActiveProgrammes once(book.settings().currency);
  const auto rules = rules_now(book, reader, once);
  if (!rules.ok()) return rules.error();
  return **rules;
}

flow::MemberLoaded load_member(Book& book, Reader& reader, ActiveProgrammes& kept,
                               const flow::LoadMember& job) {
  const auto programme = rules_now(book, reader, kept);
  if (!programme.ok()) return {job.ticket, job.customer, programme.error()};
  return {job.ticket, job.customer, reader.member(job.customer, (*programme)->rules, job.at)};
}

flow::GiftCardFound look_up(Reader& reader, const flow::LookUpGiftCard& job) {
  return {job.ticket, job.card, reader.gift_card(job.card)};
}

flow::LinesFound load_lines(Reader& reader, const flow::LoadLines& job) {
  const auto purchase = reader.purchase(job.purchase);
  if (!purchase.ok()) return {job.ticket, purchase.error(), {}};
  if (!purchase.value()) return {job.ticket, std::vector<flow::FoundLine>(), {}};
  return {job.ticket, with_articles(reader, lines_again(**purchase)), {}};
}

flow::Parked park(Book& book, const flow::Park& job) {
  const Parking parking = parking_of(book);
  if (auto ok = parking.put(job.basket); !ok.ok()) return {job.ticket, ok.error()};
  return {job.ticket, views_of(parking.all())};
}

flow::LinesFound take_up(Book& book, Reader& reader, const flow::TakeUp& job) {
  const Parking parking = parking_of(book);
  auto views = [&] { return std::optional(views_of(parking.all())); };
  const std::vector<flow::ParkedBasket> all = parking.all();
  const auto wanted = std::ranges::find(all, job.id, &flow::ParkedBasket::id);
  const auto lines = wanted == all.end()
                         ? Result<std::vector<flow::FoundLine>>(std::vector<flow::FoundLine>())
                         : with_articles(reader, wanted->lines);
  if (!lines.ok()) return {job.ticket, lines.error(), views()};
  // Let go of it only when its articles are at hand.
  if (const auto taken = parking.take(job.id); !taken.ok())
    return {job.ticket, taken.error(), views()};
  return {job.ticket, lines, views()};
}

}  // namespace keepsake::app
