#include "storage/book/shop_currency.hpp"

#include <optional>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"

namespace keepsake {

namespace {

/// The currency a fact moves money in, if it does.
std::optional<Currency> currency_in(const Fact& fact) {
  if (const auto* purchase = get_if<Purchase>(&fact)) return purchase->currency;
  if (const auto* returned = get_if<Return>(&fact)) return returned->currency;
  if (const auto* programme = get_if<Programme>(&fact)) return programme->currency;
  if (const auto* opening = get_if<ShiftOpening>(&fact)) return opening->cash_float.currency;
  return std::nullopt;
}

}  // namespace

Result<Done> check_currency(const Fact& fact, Currency shop) {
  const auto currency = currency_in(fact);
  if (!currency || shop == Currency{} || *currency == shop) return Done{};
  return Error{Failure::refused, "currency.other",
               "This shop counts in " + std::string(shop.code()) + ", not in " +
                   std::string(currency->code()),
               "currency", "Use a data folder made for that currency."};
}

}  // namespace keepsake
