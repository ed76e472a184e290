#pragma once
// What head office itself says: the tables. Functions run inside the caller's transaction and throw
// DatabaseError.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::sync::central {

/// Head office as an author.
inline constexpr TerminalNumber head_office{0};
/// What statements of gift cards are published as (known_cards.hpp), and that a customer is back at a
/// store (known_customers.hpp); publications() leaves them out.
inline constexpr std::string_view gift_card_statement = "gift card";
inline constexpr std::string_view customer_back = "customer back";
/// That customers are dormant at a store (dormancy.hpp).
inline constexpr std::string_view dormancy = "dormancy";

enum class PublicationState {
  waiting = 0,
  in_force = 1,
  withdrawn = 2,  ///< before it came into force
};

/// Facts of head office that come into force together.
struct Publication {
  std::int64_t number = 0;  ///< rising from 1; given when it is kept
  std::string what;         ///< "catalogue", "programme", "expiry", ...
  std::string store;        ///< empty: every store, also those that join later
  std::string made_by;
  Instant made;
  Instant at;  ///< not in force before
  PublicationState state = PublicationState::waiting;
  std::string withdrawn_by{};
  std::optional<Instant> withdrawn{};
};

struct OwnFact {
  std::int64_t seq = 0;  ///< rising over all publications
  std::uint16_t type = 0;
  std::string body;
  FactId id{};  ///< none before it is in force
};

std::int64_t put_publication(Database& database, const Publication& publication);
/// Its number.
std::int64_t put_own_fact(Database& database, std::int64_t publication, const OwnFact& fact);
/// Newest first, at most `limit`.
std::vector<Publication> publications(Database& database, std::size_t limit);
std::optional<Publication> find_publication(Database& database, std::int64_t number);
/// The next that is to come into force, whenever that is.
std::optional<Publication> next_waiting(Database& database);
/// In force, to every store, in the order in which they came into force.
std::vector<Publication> for_every_store(Database& database);
std::vector<OwnFact> facts_of(Database& database, std::int64_t publication);
/// The fact is in force as it is here: it gets its id, later than every one before it.
void settle(Database& database, OwnFact& fact, Instant now);
void set_in_force(Database& database, std::int64_t number);
void set_withdrawn(Database& database, std::int64_t number, std::string_view by, Instant now);

}  // namespace keepsake::sync::central
