#include "sync/central/erasing.hpp"

#include <algorithm>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/obligations.hpp"
#include "sync/central/known_customers.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql half_erased{
    "central.half-erased",
    "SELECT c.ref, c.store FROM customer c WHERE c.erased_by IS NULL AND c.ref IN"
    " (SELECT m.kept FROM customer_merge m JOIN customer o ON o.ref = m.merged"
    "  WHERE m.undone_by IS NULL AND o.erased_by IS NOT NULL"
    "  UNION SELECT m.merged FROM customer_merge m JOIN customer o ON o.ref = m.kept"
    "  WHERE m.undone_by IS NULL AND o.erased_by IS NOT NULL) ORDER BY c.ref"};

}  // namespace

std::optional<Error> refusal_of(Database& database, const CustomerErasure& erasure,
                                std::string_view store) {
  const bool known = std::ranges::all_of(erasure.customers, [&](const CustomerRef& each) {
    return is_known_to(database, each, store) || is_dormant_at(database, each, store);
  });
  if (known) return std::nullopt;
  return Error{
      Failure::refused, "erasure.stranger", "its store does not know whom it would erase", {}, {}};
}

std::string unsaid(Database& database, const CustomerErasure& erasure, Date today) {
  std::string words;
  for (const CustomerRef& each : erasure.customers) {
    if (records::canonical(database, each) != each) continue;
    // What follows from settings alone the till knows as well as we do.
    for (const Restriction& found :
         restrictions(records::obligations_of(database, each, today), {}, today))
      if (std::ranges::find(erasure.kept, found.reason, &Restriction::reason) == erasure.kept.end())
        words += (words.empty() ? "" : ", ") + words_of(found);
  }
  return words;
}

std::optional<ErasedPeople> erased_by(Database& database, const Fact& fact) {
  const auto* erasure = get_if<CustomerErasure>(&fact);
  if (erasure == nullptr) return std::nullopt;
  return ErasedPeople{erasure->customers, records::personal_values(database, erasure->customers)};
}

std::vector<LeftOver> left_over(Database& database) {
  std::vector<LeftOver> found;
  const auto row = database.query(half_erased);
  while (row->step()) found.push_back({records::customer_ref(*row, 0), std::string(row->text(1))});
  return found;
}

}  // namespace keepsake::sync::central
