#pragma once
// The rules that purchases and returns have in common. Errors name the line or payment at fault.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake::document {

inline constexpr int offset_minutes_max =
    18 * 60;  ///< ISO 8601 practice; the world's largest is 14 h
/// Half of the coarsest step in use (100 rupiah), in major units.
inline constexpr std::int64_t cash_rounding_major = 50;

Error wrong(const char* code, const char* what, std::string_view where = {});
Error beyond(const char* code, const char* what, std::string_view where = {});
std::string line_at(std::size_t index);
/// An error of a line says which; only an error, since naming each line of each sale costs more
/// than checking it.
Error in_line(std::size_t index, Error error);

bool is_card_name(const std::string& text);
/// In the document's currency, zero or more, and within the limit of one purchase.
Result<Done> check_amount(Money amount, Currency currency, std::string_view where = {});
/// The sum of the tenders; `cash` becomes true when one of them is cash.
Result<std::int64_t> paid_by(const std::vector<Tender>& tenders, Currency currency, bool& cash);
Result<Done> check_quantity(Quantity quantity);
Result<Done> check_points(Points points, const CustomerRef& customer, const char* field);

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
  if (d.lines.empty()) return wrong("lines.none", "There are no lines", "lines");
  if (d.lines.size() > limits::lines_per_purchase)
    return beyond("lines.limit", "There are too many lines", "lines");
  if (d.tenders.size() > limits::tenders_per_purchase)
    return beyond("tenders.limit", "There are too many payments", "tenders");
  if (auto ok = check_amount(d.total, d.currency, "total"); !ok) return ok;
  if (auto ok = check_amount(d.tax, d.currency, "tax"); !ok) return ok;
  return Done{};
}

/// Points and the wallet belong to a customer. `points_pay`: the document says which lots points
/// came from.
template <class Document>
Result<Done> check_owners(const Document& document, bool points_pay) {
  for (const Tender& tender : document.tenders) {
    const bool points = tender.kind == TenderKind::points;
    if ((points || tender.kind == TenderKind::wallet) && document.customer.nobody())
      return wrong("tender.nobody", "Paying with points or a wallet needs a customer", "tenders");
    if (points && !points_pay)
      return wrong("tender.points", "A payment with points names no lots", "tenders");
  }
  if (document.loyalty && document.customer.nobody() && !is_anonymous(*document.loyalty))
    return wrong("points.nobody", "Points need a customer", "loyalty");
  return Done{};
}

}  // namespace keepsake::document
