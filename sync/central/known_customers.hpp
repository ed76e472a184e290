#pragma once
// Which customers a store's tills know, and how what other stores learn of them gets there: such facts
// get a place in the order of every store that knows the customer, beside the one in the store that
// took them. A store knows whom its own facts name, and who was looked up there. Functions run inside
// the caller's transaction and throw DatabaseError.

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/feed.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/central/dormant_log.hpp"

namespace keepsake {
class Database;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Stores whose tills have something new to pull, each once.
using Stores = std::vector<std::string>;
void add_store(Stores& stores, std::string_view store);

/// Who did what a fact tells. Of head office it is no sign of the customer: points that expire bring
/// nobody back to a store.
enum class DoneBy : unsigned char { till, office };

/// Before a fact that `store` took gets its place in that store's order: whom it is about is known there
/// from now on, so that what is known of them comes before what they did. Most are known already; not
/// who was dormant, nor where the centre was put back from a backup of before they were looked up.
void meet(Database& database, const Fact& fact, std::string_view store, Instant now, DoneBy by);

/// After a fact that `store` took was counted at `position` of its order: it goes to the other stores
/// that know its customers. Where it makes two references one person, both are known from then on to
/// every store that knew either. An erasure goes to those where they are dormant, too.
Stores spread(Database& database, FeedPosition position, const Fact& fact, std::string_view store,
              Instant now, DoneBy by);

/// The store knows this customer from now on: all that is known of the person, under every reference,
/// comes next in its order; where they were dormant, they are back before it. false: it does already.
bool make_known(Database& database, const CustomerRef& customer, std::string_view store,
                Instant now);
/// The store has had to do with somebody whom it knows.
void note_seen(Database& database, const CustomerRef& customer, std::string_view store,
               Instant now);
/// From now on the store's tills keep nothing personal of these people, and no news of them goes there.
/// At most limits::dormant_customers.
void make_dormant(Database& database, const std::vector<CustomerRef>& customers,
                  std::string_view store, Instant now);
/// Back at every store where they are dormant.
Stores bring_back(Database& database, const CustomerRef& customer, Instant now);
/// Stores that had to do with this person since then, the latest first.
std::vector<std::string> stores_that_know(Database& database, const CustomerRef& customer,
                                          Instant since);
bool is_known_to(Database& database, const CustomerRef& customer, std::string_view store);

/// Takes in the facts that were counted before the centre kept whom they are about, in transactions of
/// its own. Failure as the database's.
Result<Done> look_through(Database& database);

}  // namespace keepsake::sync::central
