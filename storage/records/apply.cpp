#include "storage/records/apply.hpp"

#include "storage/domain/every_fact.hpp"
#include "storage/domain/spending.hpp"
#include "storage/records/customers/consents.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/dormancy.hpp"
#include "storage/records/customers/duplicates.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/customers/files.hpp"
#include "storage/records/customers/member_pins.hpp"
#include "storage/records/customers/merges.hpp"
#include "storage/records/customers/notes.hpp"
#include "storage/records/customers/profile_changes.hpp"
#include "storage/records/loyalty/expiry.hpp"
#include "storage/records/loyalty/level_grants.hpp"
#include "storage/records/loyalty/outcomes.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "storage/records/sales/article_requests.hpp"
#include "storage/records/sales/articles.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/till/staff.hpp"
#include "storage/records/value/reservation_uses.hpp"
#include "storage/records/value/settlements.hpp"
#include "storage/records/value/statements.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"
#include "storage/records/warranty/warranties.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

Result<std::vector<Exception>> apply(Database& database, const FactHeader& header, const Fact& fact,
                                     Vault* vault, Contradiction contradiction) {
  Applying applying{database, header, to_bytes(header.id), vault, contradiction, {}};
  put_reservation_uses(applying, reservations_of(fact));
  auto applied = visit([&](const auto& noun) { return apply(applying, noun); }, fact);
  if (!applied) return applied.error();
  return std::move(applying.exceptions);
}

}  // namespace keepsake::records
