#include "kiosk/app/sale_jobs.hpp"

#include <algorithm>

#include "kiosk/app/held_sales.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/sale/purchase.hpp"

namespace keepsake::app {
namespace {

HeldSales held_sales_of(const Book& book) {
  return HeldSales(book.folder(), book.settings().currency);
}

Result<std::vector<flow::FoundLine>> with_articles(Reader& reader,
                                                   const std::vector<flow::WantedLine>& lines) {
  std::vector<flow::FoundLine> found;
  for (const flow::WantedLine& line : lines) {
    std::optional<Article> article;
    if (!line.top_up) {
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
    const auto pays_in = [&](const TopUp& top_up) { return top_up.line == i; };
    if (std::ranges::any_of(purchase.top_ups, pays_in)) continue;
    const PurchaseLine& line = purchase.lines[i];
    lines.push_back({line.article, line.name.empty() ? line.article : line.name, line.quantity});
  }
  return lines;
}

}  // namespace

flow::MemberLoaded on(Work& work, const flow::LoadMember& job) {
  const auto in_force = work.programme.get(work.reader);
  if (!in_force.ok()) return flow::answer(job, in_force.error());
  const loyalty::Rules& rules = (job.programme ? job.programme : *in_force)->rules;
  return flow::answer(job, work.reader.member(job.customer, rules, job.at));
}

flow::GiftCardFound on(Work& work, const flow::LookUpGiftCard& job) {
  return flow::answer(job, gift_card(work, job.card, job.requester.at));
}

flow::LinesFound on(Work& work, const flow::LoadLines& job) {
  const auto purchase = work.reader.purchase(job.purchase);
  if (!purchase.ok()) return {job.ticket, purchase.error(), {}};
  if (!purchase.value()) return {job.ticket, std::vector<flow::FoundLine>(), {}};
  return {job.ticket, with_articles(work.reader, lines_again(**purchase)), {}};
}

flow::OnHold on(Work& work, const flow::PutOnHold& job) {
  const HeldSales held_sales = held_sales_of(work.book);
  if (auto ok = held_sales.put(job.basket); !ok.ok()) return {job.ticket, ok.error()};
  return {job.ticket, views_of(held_sales.all())};
}

flow::LinesFound on(Work& work, const flow::Recall& job) {
  const HeldSales held_sales = held_sales_of(work.book);
  auto views = [&] { return std::optional(views_of(held_sales.all())); };
  const std::vector<flow::HeldSale> all = held_sales.all();
  const auto wanted = std::ranges::find(all, job.id, &flow::HeldSale::id);
  const auto lines = wanted == all.end()
                         ? Result<std::vector<flow::FoundLine>>(std::vector<flow::FoundLine>())
                         : with_articles(work.reader, wanted->lines);
  if (!lines.ok()) return {job.ticket, lines.error(), views()};
  // Let go of it only when its articles are at hand.
  if (const auto taken = held_sales.take(job.id); !taken.ok())
    return {job.ticket, taken.error(), views()};
  return {job.ticket, lines, views()};
}

}  // namespace keepsake::app
