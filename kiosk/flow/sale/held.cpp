#include "kiosk/flow/sale/held.hpp"

namespace keepsake::flow {

HeldSaleView view_of(const HeldSale& basket) {
  return {basket.id,
          basket.at,
          basket.staff,
          basket.lines.empty() ? std::string() : basket.lines.front().name,
          static_cast<std::int64_t>(basket.lines.size()),
          basket.total};
}

std::vector<WantedLine> wanted_of(const Basket& basket) {
  std::vector<WantedLine> lines;
  for (const BasketLine& line : basket.lines)
    lines.push_back({line.article.code, line.article.name, line.quantity,
                     line.warranty ? line.warranty->serial_typed : std::string(), line.top_up});
  return lines;
}

namespace {

Result<Basket> with_line(const Basket& basket, const FoundLine& line, Date today,
                         const StatutoryCover* statutory) {
  auto changed = with_article(basket, *line.article, line.wanted.quantity);
  if (!changed.ok()) return changed;
  std::size_t index = 0;  // of the line that was made or raised
  while (index < basket.lines.size() && basket.lines[index] == changed->lines[index]) ++index;
  if (line.wanted.top_up) return with_top_up(*std::move(changed), index, *line.wanted.top_up);
  if (line.wanted.serial.empty()) return changed;
  // It was taken before, by its rule or by a manager's word.
  return with_warranty(*std::move(changed), index, line.wanted.serial, today, statutory,
                       Plate::as_it_is);
}

}  // namespace

Refilled refill(Basket basket, const std::vector<FoundLine>& lines, Date today,
                const StatutoryCover* statutory) {
  Refilled filled{std::move(basket), {}};
  for (const FoundLine& line : lines) {
    const bool sold = line.article && line.article->sold_by == SoldBy::piece;
    const Result<Basket> changed =
        sold ? with_line(filled.basket, line, today, statutory) : Result<Basket>(Error{});
    if (changed.ok())
      filled.basket = *changed;
    else
      filled.left_out.push_back(line);
  }
  return filled;
}

}  // namespace keepsake::flow
