#include "storage/domain/sale/document_checks.hpp"

#include "storage/domain/sale/stored_value.hpp"

namespace keepsake::document {

Error wrong(const char* code, const char* what, std::string_view where) {
  return {Failure::bad_input, code, what, std::string(where), "Correct the entry"};
}

Error beyond(const char* code, const char* what, std::string_view where) {
  return {Failure::limit, code, what, std::string(where), "Split the entry into smaller ones"};
}

std::string line_at(std::size_t index) { return "line " + std::to_string(index + 1); }

Error in_line(std::size_t index, Error error) {
  error.where = line_at(index) + (error.where.empty() ? "" : ", " + error.where);
  return error;
}

bool is_card_name(const std::string& text) {
  const auto name = card_name(text);
  return name && *name == text;
}

Result<Done> check_amount(Money amount, Currency currency, std::string_view where) {
  if (amount.currency != currency)
    return wrong("money.currency", "An amount is in another currency", where);
  if (amount.minor < 0) return wrong("money.negative", "An amount is below zero", where);
  if (amount.minor > limits::amount_minor)
    return beyond("money.limit", "An amount is too large", where);
  return Done{};
}

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

Result<Done> check_points(Points points, const CustomerRef& customer, const char* field) {
  if (points.hundredths < 0)
    return wrong("points.negative", "Points must not be below zero", field);
  if (customer.nobody() && points.hundredths > 0)
    return wrong("points.nobody", "Points need a customer", field);
  return Done{};
}

}  // namespace keepsake::document
