#pragma once
// What the rules of loyalty ask of a customer, out of the records.

#include <span>
#include <vector>

#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// As of `at`, of the person whose kept reference this is, under all their references: what is
/// known, tiers reviewed at the ends of the periods that have passed since. Nobody: a member who is
/// not known. `dealt_to`: whose codes of lists may be handed out (add_next_codes).
loyalty::Member member(Database& database, std::string_view store, const CustomerRef& customer,
                       const loyalty::Rules& rules, LocalTime at,
                       std::optional<TerminalNumber> dealt_to = std::nullopt);

/// nullopt: such a purchase is not known.
std::optional<SoldPurchase> sold(Database& database, FactId purchase);

/// Adds those lots of the purchases that have nothing left, so that points can go back into them.
void add_lots_of(Database& database, const std::vector<SoldPurchase>& purchases,
                 loyalty::Member& member);

}  // namespace keepsake::records
