#include "storage/domain/sale/basket.hpp"

#include <algorithm>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake {
namespace {

Error refused(const char* code, const char* what, const char* remedy) {
  return {Failure::refused, code, what, "", remedy};
}

Error too_many_lines() {
  return {Failure::limit, "lines.limit",
          "A purchase can have at most " + std::to_string(limits::lines_per_purchase) + " lines",
          "", "Pay this one and start another"};
}

Result<Done> check_quantity(const Article& article, Quantity quantity) {
  if (quantity.thousandths <= 0)
    return Error{Failure::bad_input, "quantity.positive", "The quantity must be above zero", "",
                 "Enter a larger quantity"};
  if (quantity.thousandths > limits::quantity_thousandths)
    return Error{Failure::limit, "quantity.limit", "The quantity is too large", "",
                 "Enter a smaller quantity"};
  if (article.sold_by == SoldBy::piece && !quantity.is_whole())
    return Error{Failure::bad_input, "quantity.whole", "This article is sold by whole pieces", "",
                 "Enter a whole number"};
  return Done{};
}

bool takes(const BasketLine& line, const Article& article) {
  return article.sold_by == SoldBy::piece && !line.warranty && !line.top_up &&
         line.article == article;
}

std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

/// What each cash tender pays of `due`, in the order given; the answer is what stays unpaid.
std::int64_t settle_cash(std::vector<Tender>& tenders, std::int64_t due) {
  for (Tender& tender : tenders) {
    if (tender.kind != TenderKind::cash) continue;
    if (tender.tendered.minor < tender.amount.minor) tender.tendered = tender.amount;
    tender.amount = {std::min(tender.tendered.minor, due), tender.tendered.currency};
    due -= tender.amount.minor;
  }
  return due;
}

}  // namespace

namespace {

/// One wallet or gift card pays once, however often it was shown.
void merge_values(std::vector<Tender>& tenders) {
  for (std::size_t i = 0; i < tenders.size(); ++i) {
    Tender& tender = tenders[i];
    if (tender.kind != TenderKind::wallet && tender.kind != TenderKind::gift_card) continue;
    const auto first = std::ranges::find_if(tenders, [&](const Tender& other) {
      return other.kind == tender.kind && other.reference == tender.reference;
    });
    if (&*first == &tender || first->amount.currency != tender.amount.currency) continue;
    if (__builtin_add_overflow(first->amount.minor, tender.amount.minor, &first->amount.minor))
      continue;  // not merged; check() refuses the amounts
    tenders.erase(tenders.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

}  // namespace

Result<Done> settle(Purchase& purchase, std::vector<Tender> tenders, CashStep step) {
  Money rest = purchase.total;
  bool cash = false;
  for (Tender& tender : tenders) {
    if (tender.amount.minor < 0 || tender.tendered.minor < 0)
      return Error{Failure::bad_input, "money.negative", "A payment is below zero", "",
                   "Enter the amount without a sign"};
    if (tender.kind == TenderKind::cash) {
      cash = true;
      continue;
    }
    auto less = subtract(rest, tender.amount);
    if (!less) return less.error();
    rest = *less;
  }
  merge_values(tenders);
  if (rest.minor < 0)
    return refused("tender.over", "More was paid than is due, and only cash gives change",
                   "Lower the payment");
  if (cash) {
    auto due = round_to_cash(rest, step);
    if (!due) return due.error();
    purchase.cash_rounding = {due->minor - rest.minor, rest.currency};
    rest.minor = settle_cash(tenders, due->minor);
  }
  if (rest.minor > 0)
    return refused("tender.short", "The payments do not cover the total", "Add another payment");
  for (Tender& tender : tenders)
    if (tender.kind != TenderKind::cash) tender.tendered = tender.amount;
  purchase.tenders = std::move(tenders);
  return Done{};
}

Result<Basket> with_article(Basket basket, const Article& article, Quantity quantity) {
  if (auto ok = check_quantity(article, quantity); !ok) return ok.error();
  const auto line = std::find_if(basket.lines.begin(), basket.lines.end(),
                                 [&](const BasketLine& l) { return takes(l, article); });
  if (line != basket.lines.end()) {
    const Quantity sum{line->quantity.thousandths + quantity.thousandths};
    if (auto ok = check_quantity(article, sum); !ok) return ok.error();
    line->quantity = sum;
    return basket;
  }
  if (basket.lines.size() >= limits::lines_per_purchase) return too_many_lines();
  basket.lines.push_back({article, quantity, std::nullopt});
  return basket;
}

Result<Basket> with_quantity(Basket basket, std::size_t index, Quantity quantity) {
  assert(index < basket.lines.size());
  if (quantity.thousandths == 0) return without_line(std::move(basket), index);
  BasketLine& line = basket.lines[index];
  if (auto ok = check_quantity(line.article, quantity); !ok) return ok.error();
  if ((line.warranty || line.top_up) && quantity != Quantity::pieces(1))
    return refused("warranty.one-piece", "A line with a warranty is always one piece",
                   "Add the article again");
  line.quantity = quantity;
  return basket;
}

Basket without_line(Basket basket, std::size_t index) {
  assert(index < basket.lines.size());
  basket.lines.erase(basket.lines.begin() + offset(index));
  return basket;
}

Result<Basket> with_warranty(Basket basket, std::size_t index, std::string_view serial, Date today,
                             const StatutoryCover* statutory, Plate plate) {
  assert(index < basket.lines.size());
  const Article article = basket.lines[index].article;
  if (!takes_serial(article, statutory))
    return refused("warranty.none", "This article has no manufacturer warranty",
                   "Choose another line");
  auto read = read_plate(article.cover.serials, serial, plate);
  if (!read) return read.error();
  const std::string& normal = read->serial;
  for (std::size_t i = 0; i < basket.lines.size(); ++i) {
    const auto& other = basket.lines[i].warranty;
    if (i != index && other && other->serial == normal && other->maker == article.maker)
      return refused("warranty.twice", "This serial number is already in the basket",
                     "Scan the other item");
  }
  if (basket.lines[index].quantity > Quantity::pieces(1)) {
    if (basket.lines.size() >= limits::lines_per_purchase) return too_many_lines();
    basket.lines[index].quantity.thousandths -= Quantity::pieces(1).thousandths;
    basket.lines.insert(basket.lines.begin() + offset(index) + 1,
                        BasketLine{article, Quantity::pieces(1), std::nullopt});
    ++index;
  }
  basket.lines[index].warranty = LineWarranty{normal, std::string(serial), article.maker,
                                              covers_of(article, today, statutory), read->unfit};
  return basket;
}

Result<Basket> with_top_up(Basket basket, std::size_t index, TopUp top_up) {
  assert(index < basket.lines.size());
  if (basket.lines[index].quantity != Quantity::pieces(1))
    return refused("top-up.line", "Each gift card needs its own line", "Add the article again");
  basket.lines[index].top_up = std::move(top_up);
  return basket;
}

Result<BasketTotals> totals(const Basket& basket) {
  BasketTotals totals{{0, basket.currency}, {0, basket.currency}, 0};
  for (const BasketLine& line : basket.lines) {
    auto amount = line_amount(line.article.price, line.quantity, basket.currency);
    if (!amount) return amount.error();
    auto tax = tax_included(*amount, line.article.tax);
    if (!tax) return tax.error();
    totals.total.minor += amount->minor;  // at most 2000 amounts of 10^12
    totals.tax.minor += tax->minor;
    totals.pieces += line.article.sold_by == SoldBy::weight ? 1 : line.quantity.thousandths / 1000;
  }
  if (totals.total.minor > limits::amount_minor)
    return Error{Failure::limit, "money.limit", "The total is too large", "",
                 "Split it into two purchases"};
  return totals;
}

}  // namespace keepsake
