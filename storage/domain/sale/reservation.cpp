#include "storage/domain/sale/reservation.hpp"

#include <algorithm>
#include <charconv>

#include "storage/domain/sale/document_checks.hpp"

namespace keepsake {

namespace {

std::string bytes_of(const CustomerRef& customer) {
  return {customer.bytes.begin(), customer.bytes.end()};
}

}  // namespace

Resource points_of(const CustomerRef& customer) {
  return {std::string(resource::points), bytes_of(customer), {}};
}

Resource wallet_of(const CustomerRef& customer, Currency currency) {
  return {std::string(resource::wallet), bytes_of(customer), std::string(currency.code())};
}

Resource card_of(std::string_view card, Currency currency) {
  return {std::string(resource::gift_card), std::string(card), std::string(currency.code())};
}

Resource risk_of(TerminalNumber terminal, std::string_view unit) {
  return {std::string(resource::risk), std::to_string(terminal.value), std::string(unit)};
}

std::optional<TerminalNumber> terminal_at_risk(const Resource& resource) {
  if (resource.kind != resource::risk) return std::nullopt;
  TerminalNumber terminal;
  const char* end = resource.owner.data() + resource.owner.size();
  const auto read = std::from_chars(resource.owner.data(), end, terminal.value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return terminal;
}

CustomerRef customer_of(const Resource& resource) {
  const bool named = resource.kind == resource::points || resource.kind == resource::wallet;
  return named ? customer_ref_of(resource.owner) : CustomerRef{};
}

Result<Done> check(const std::vector<ReservationUse>& uses) {
  if (uses.size() > limits::reservations_per_fact)
    return document::beyond("reservations.limit", "It names too many reservations", "reservations");
  for (auto use = uses.begin(); use != uses.end(); ++use) {
    const bool again = std::ranges::find(uses.begin(), use, use->id, &ReservationUse::id) != use;
    if (again || use->quantity <= 0)
      return document::wrong("reservation.use",
                             "A reservation is named once, with a quantity above zero",
                             "reservations");
  }
  return Done{};
}

}  // namespace keepsake
