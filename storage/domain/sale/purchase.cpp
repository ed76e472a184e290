#include "storage/domain/sale/purchase.hpp"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

constexpr int offset_minutes_max = 18 * 60;       // ISO 8601 practice; the world's largest is 14 h
constexpr std::int64_t cash_rounding_major = 50;  // half of the coarsest step in use (100 rupiah)

Error wrong(const char* code, const char* what, std::string_view where = {}) {
  return {Failure::bad_input, code, what, std::string(where), "Correct the entry"};
}

Error beyond(const char* code, const char* what, std::string_view where = {}) {
  return {Failure::limit, code, what, std::string(where), "Split the entry into smaller ones"};
}

std::string line_at(std::size_t index) { return "line " + std::to_string(index + 1); }

/// An error of a line says which; only an error, since naming each line of each sale costs more
/// than checking it.
Error in_line(std::size_t index, Error error) {
  error.where = line_at(index) + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

bool is_card_name(const std::string& text) {
  const auto name = card_name(text);
  return name && *name == text;
}

/// In the document's currency, zero or more, and within the limit of one purchase.
Result<Done> check_amount(Money amount, Currency currency, std::string_view where = {}) {
  if (amount.currency != currency)
    return wrong("money.currency", "An amount is in another currency", where);
  if (amount.minor < 0) return wrong("money.negative", "An amount is below zero", where);
  if (amount.minor > limits::amount_minor)
    return beyond("money.limit", "An amount is too large", where);
  return Done{};
}

/// The head that purchases and returns share.
template <class Document>
Result<Done> check_head(const Document& d) {
  using enum Presence;
  if (d.currency == Currency{})
    return wrong("currency.missing", "The currency is missing", "currency");
  if (d.at.offset_minutes < -offset_minutes_max || d.at.offset_minutes > offset_minutes_max)
    return wrong("time.offset", "The offset from UTC is impossible", "at");
  if (auto ok = check_texts({{d.origin, limits::code_bytes, optional, "origin"},
                             {d.staff, limits::name_bytes, optional, "staff"}});
      !ok)
    return ok;
  if (!d.shift.empty())
    if (auto id = parse_fact_id(d.shift); !id)
      return wrong("id.syntax", "The shift's identifier is not valid", "shift");
  if (d.lines.empty()) return wrong("lines.none", "There are no lines", "lines");
  if (d.lines.size() > limits::lines_per_purchase)
    return beyond("lines.limit", "There are too many lines", "lines");
  if (d.tenders.size() > limits::tenders_per_purchase)
    return beyond("tenders.limit", "There are too many payments", "tenders");
  if (auto ok = check_amount(d.total, d.currency, "total"); !ok) return ok;
  if (auto ok = check_amount(d.tax, d.currency, "tax"); !ok) return ok;
  return Done{};
}

/// The sum of the tenders; `cash` becomes true when one of them is cash.
Result<std::int64_t> paid_by(const std::vector<Tender>& tenders, Currency currency, bool& cash) {
  std::int64_t paid = 0;
  for (std::size_t i = 0; i < tenders.size(); ++i) {
    const Tender& tender = tenders[i];
    const std::string where = "payment " + std::to_string(i + 1);
    if (auto ok = check_amount(tender.amount, currency, where); !ok) return ok.error();
    if (auto ok = check_amount(tender.tendered, currency, where); !ok) return ok.error();
    if (auto ok = check_text(tender.reference, limits::code_bytes, Presence::optional, where); !ok)
      return ok.error();
    if (tender.kind < TenderKind::cash || tender.kind > TenderKind::gift_card)
      return wrong("tender.kind", "Unknown kind of payment", where);
    if (tender.kind == TenderKind::gift_card && !is_card_name(tender.reference))
      return wrong("gift-card.form", "A payment's gift card number is not normalised", where);
    cash = cash || tender.kind == TenderKind::cash;
    if (tender.tendered.minor < tender.amount.minor)
      return wrong("tender.short", "Less cash was received than paid", where);
    if (tender.kind != TenderKind::cash && tender.tendered != tender.amount)
      return wrong("tender.change", "Only cash gives change", where);
    paid += tender.amount.minor;  // at most 20 amounts within the limit
  }
  return paid;
}

Result<Done> check_quantity(Quantity quantity) {
  if (quantity.thousandths <= 0) return wrong("quantity.positive", "A quantity must be above zero");
  if (quantity.thousandths > limits::quantity_thousandths)
    return beyond("quantity.limit", "A quantity is too large");
  return Done{};
}

Result<Done> check_line_warranty(const PurchaseLine& line) {
  const LineWarranty& warranty = *line.warranty;
  if (line.quantity != Quantity::pieces(1))
    return wrong("warranty.quantity", "A warranty covers one piece");
  auto serial = normalise_serial(warranty.serial);
  if (!serial || *serial != warranty.serial)
    return wrong("serial.form", "The serial number is not normalised");
  if (auto ok = check_text(warranty.serial_typed, limits::name_bytes, Presence::optional, {}); !ok)
    return ok;
  if (auto ok = check_text(warranty.maker, limits::name_bytes, Presence::optional, {}); !ok)
    return ok;
  if (!warranty.cover.start.ok() || !warranty.cover.end.ok() ||
      warranty.cover.end < warranty.cover.start)
    return wrong("cover.dates", "The cover ends before it begins");
  return Done{};
}

/// amount = price x quantity - discounts, tax as its rate says.
Result<Done> check_line_sums(const PurchaseLine& line, Currency currency) {
  auto expected = line_amount(line.unit_price, line.quantity, currency);
  if (!expected) return beyond("money.limit", "The amount of a line is too large");
  for (const Discount& discount : line.discounts) {
    if (auto ok = check_amount(discount.amount, currency, "discount"); !ok) return ok;
    if (discount.amount.minor == 0) return wrong("discount.zero", "A discount must be above zero");
    if (auto ok = check_text(discount.reason, limits::name_bytes, Presence::optional, "discount");
        !ok)
      return ok;
    expected = subtract(*expected, discount.amount);
    if (!expected) return expected.error();
  }
  if (auto ok = check_amount(line.amount, currency); !ok) return ok;
  if (line.amount != *expected)
    return wrong("line.amount", "The amount is not price times quantity less discounts");
  auto tax = tax_included(line.amount, line.tax_rate);
  if (!tax) return wrong("tax.rate", "A tax rate must lie between 0 and 100 %");
  if (line.tax != *tax) return wrong("line.tax", "The tax does not match its rate");
  return Done{};
}

Result<Done> check_line(const PurchaseLine& line, Currency currency) {
  using enum Presence;
  if (auto ok = check_text(line.article, limits::code_bytes, required, "article"); !ok) return ok;
  if (auto ok = check_text(line.name, limits::name_bytes, optional, "name"); !ok) return ok;
  if (auto ok = check_quantity(line.quantity); !ok) return ok;
  if (line.unit_price.milli_minor < 0)
    return wrong("price.negative", "A price must not be negative");
  if (line.unit_price.milli_minor > limits::amount_minor * 1000)
    return beyond("price.limit", "The price is too large");
  if (line.discounts.size() > limits::discounts_per_line)
    return beyond("discounts.limit", "There are too many discounts");
  if (auto ok = check_line_sums(line, currency); !ok) return ok;
  return line.warranty ? check_line_warranty(line) : Result<Done>(Done{});
}

Result<Done> check_points(Points points, const CustomerRef& customer, const char* field) {
  if (points.hundredths < 0)
    return wrong("points.negative", "Points must not be below zero", field);
  if (customer.nobody() && points.hundredths > 0)
    return wrong("points.nobody", "Points need a customer", field);
  return Done{};
}

/// Points and the wallet belong to a customer; points need the lots they came from.
template <class Document>
Result<Done> check_owners(const Document& document) {
  for (const Tender& tender : document.tenders) {
    const bool points = tender.kind == TenderKind::points;
    if ((points || tender.kind == TenderKind::wallet) && document.customer.nobody())
      return wrong("tender.nobody", "Paying with points or a wallet needs a customer", "tenders");
    if (points && (!document.loyalty || std::is_same_v<Document, Return>))
      return wrong("tender.points", "A payment with points names no lots", "tenders");
  }
  if (document.loyalty && document.customer.nobody())
    return wrong("points.nobody", "Points need a customer", "loyalty");
  return Done{};
}

Result<Done> check_loads(const Purchase& purchase) {
  if (purchase.top_ups.size() > purchase.lines.size())
    return beyond("loads.limit", "There are more top-ups than lines", "loads");
  std::set<std::size_t> lines;
  for (const TopUp& top_up : purchase.top_ups) {
    if (top_up.line >= purchase.lines.size() || !lines.insert(top_up.line).second)
      return wrong("top-up.line", "Each top-up must name its own line", "loads");
    const std::string where = line_at(top_up.line);
    if (auto ok = check_amount(top_up.amount, purchase.currency, where); !ok) return ok;
    if (top_up.amount.minor == 0 || purchase.lines[top_up.line].quantity != Quantity::pieces(1))
      return wrong("top-up.amount", "A top-up must be one piece and one amount above zero", where);
    const bool wallet = top_up.kind == StoredValue::wallet;
    if (wallet ? !top_up.card.empty() : !is_card_name(top_up.card))
      return wrong("gift-card.form", "A line's gift card number is not normalised", where);
    if (wallet && purchase.customer.nobody())
      return wrong("wallet.nobody", "A wallet needs a customer", where);
  }
  return Done{};
}

Result<Done> check_tenders(const Purchase& purchase) {
  bool cash = false;
  auto paid = paid_by(purchase.tenders, purchase.currency, cash);
  if (!paid) return paid.error();
  const Money rounding = purchase.cash_rounding;
  if (rounding.currency != purchase.currency)
    return wrong("money.currency", "An amount is in another currency", "cash_rounding");
  const std::int64_t most = cash_rounding_major * purchase.currency.minor_per_major();
  if (rounding.minor < -most || rounding.minor > most || (rounding.minor != 0 && !cash))
    return wrong("cash.rounding", "This rounding cannot come from cash", "cash_rounding");
  if (*paid != purchase.total.minor + rounding.minor)
    return wrong("tender.sum", "The payments do not add up to the total", "tenders");
  return Done{};
}

Result<Done> check_return_line(const ReturnLine& line, Currency currency) {
  using enum Presence;
  if (auto ok = check_text(line.article, limits::code_bytes, required, "article"); !ok) return ok;
  if (auto ok = check_text(line.name, limits::name_bytes, optional, "name"); !ok) return ok;
  if (auto ok = check_quantity(line.quantity); !ok) return ok;
  if (auto ok = check_amount(line.amount, currency); !ok) return ok;
  if (auto ok = check_amount(line.tax, currency); !ok) return ok;
  if (line.tax.minor > line.amount.minor)
    return wrong("line.tax", "The tax is more than the amount");
  if (line.purchase.has_value() != line.line_no.has_value())
    return wrong("return.line", "A return must name a purchase and its line, or neither");
  if (line.line_no && *line.line_no >= limits::lines_per_purchase)
    return beyond("lines.limit", "No purchase has so many lines");
  return Done{};
}

}  // namespace

Result<Done> check(const Purchase& purchase) {
  if (auto ok = check_head(purchase); !ok) return ok;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  std::set<std::pair<std::string_view, std::string_view>> items;
  for (std::size_t i = 0; i < purchase.lines.size(); ++i) {
    const PurchaseLine& line = purchase.lines[i];
    if (auto ok = check_line(line, purchase.currency); !ok) return in_line(i, ok.error());
    total += line.amount.minor;  // at most 1000 amounts of 10^12
    tax += line.tax.minor;
    if (line.warranty && !items.emplace(line.warranty->maker, line.warranty->serial).second)
      return wrong("warranty.twice", "The same item is registered twice", line_at(i));
  }
  if (purchase.total.minor != total)
    return wrong("total.sum", "The total is not the sum of the lines", "total");
  if (purchase.tax.minor != tax)
    return wrong("tax.sum", "The tax is not the sum of the lines", "tax");
  if (auto ok = check_tenders(purchase); !ok) return ok;
  if (auto ok = check_owners(purchase); !ok) return ok;
  if (auto ok = check_loads(purchase); !ok) return ok;
  if (purchase.loyalty) {
    if (purchase.programme_version <= 0)
      return wrong("programme.version", "Points need a programme", "programme_version");
    if (auto ok = check(*purchase.loyalty, purchase.points_earned, purchase.currency,
                        purchase.lines.size());
        !ok)
      return ok;
  }
  if (purchase.programme_version < 0 ||
      (purchase.programme_version == 0 && purchase.points_earned.hundredths != 0))
    return wrong("programme.version", "Points need a programme", "programme_version");
  return check_points(purchase.points_earned, purchase.customer, "points_earned");
}

Result<Done> check(const Return& returned) {
  if (auto ok = check_head(returned); !ok) return ok;
  if (auto ok = check_text(returned.reason, limits::text_bytes, Presence::optional, "reason"); !ok)
    return ok;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  for (std::size_t i = 0; i < returned.lines.size(); ++i) {
    if (auto ok = check_return_line(returned.lines[i], returned.currency); !ok)
      return in_line(i, ok.error());
    total += returned.lines[i].amount.minor;
    tax += returned.lines[i].tax.minor;
  }
  if (returned.total.minor != total)
    return wrong("total.sum", "The total is not the sum of the lines", "total");
  if (returned.tax.minor != tax)
    return wrong("tax.sum", "The tax is not the sum of the lines", "tax");
  bool cash = false;
  auto paid = paid_by(returned.tenders, returned.currency, cash);
  if (!paid) return paid.error();
  // A return has no rounding of its own: cash given back may differ from the total by one.
  const std::int64_t most =
      cash ? cash_rounding_major * returned.currency.minor_per_major() : std::int64_t{0};
  if (*paid - total > most || total - *paid > most)
    return wrong("tender.sum", "The refunds do not add up to the total", "tenders");
  if (auto ok = check_owners(returned); !ok) return ok;
  if (returned.loyalty)
    if (auto ok = check(*returned.loyalty, returned.points_reversed); !ok) return ok;
  return check_points(returned.points_reversed, returned.customer, "points_reversed");
}

}  // namespace keepsake
