#include "kiosk/app/sale_jobs.hpp"

#include <algorithm>

#include "kiosk/app/parking.hpp"
#include "storage/programme/programme_file.hpp"

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

Result<loyalty::Programme> rules_in_force(const Book& book, const Programme& published) {
  auto rules = rules_of(published);
  if (rules.ok() && published.version == 0) rules->currency = book.settings().currency;
  return rules;
}

flow::MemberLoaded load_member(Book& book, Reader& reader, const flow::LoadMember& job) {
  const auto published = reader.programme();
  if (!published.ok()) return {job.ticket, job.customer, published.error()};
  const auto rules = rules_in_force(book, *published);
  if (!rules.ok()) return {job.ticket, job.customer, rules.error()};
  return {job.ticket, job.customer, reader.member(job.customer, *rules, job.at)};
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
