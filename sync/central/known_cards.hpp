#pragma once
// Which gift cards a store's tills know, and how what other stores do with them gets there: as
// statements of head office (storage/domain/sale/gift_card_statement.hpp), so that a store hears what is
// on a card and nothing of other stores' sales. Functions run inside the caller's transaction and throw
// DatabaseError.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/time.hpp"
#include "sync/central/known_customers.hpp"

namespace keepsake::sync::central {

/// After a fact that `store` took was counted and has its place: of cards that other stores know, too,
/// all of them hear what is on them now. Stores with news.
Stores state_cards(Database& database, const Fact& fact, std::string_view store, Instant now);

/// The store knows this card from now on, and hears what is on it. false: it does already, or there is
/// no such card.
bool make_card_known(Database& database, std::string_view card, std::string_view store,
                     Instant now);
/// Stores that had to do with it, the latest first.
std::vector<std::string> stores_that_know_card(Database& database, std::string_view card);

}  // namespace keepsake::sync::central
