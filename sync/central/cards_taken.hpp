#pragma once
// Members' cards that a second customer claimed (exception card.taken). Who has which card is sealed, so
// that it can only be judged again where both are open: whoever is part of such a judgement is never
// dormant at a store. Functions run inside the caller's transaction and throw DatabaseError.

#include <set>

#include "storage/domain/values/ids.hpp"

namespace keepsake {
class Database;
class Vault;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Who holds a card that this fact gives to somebody, that customer among them.
std::set<CustomerRef> holders_of_cards_in(Database& database, Vault& vault, const Fact& fact);

/// Whoever holds a card that was claimed twice.
std::set<CustomerRef> holders_of_cards_taken(Database& database, Vault& vault);

/// The card stands in clear in the enrolment, as earlier versions wrote it: it would not come back with
/// the key.
bool has_clear_card(Database& database, const CustomerRef& customer);

}  // namespace keepsake::sync::central
