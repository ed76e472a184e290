#include "sync/central/saying.hpp"

#include <cassert>

#include "storage/domain/fact.hpp"
#include "storage/engine/database.hpp"
#include "storage/facts/codec.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/publication_log.hpp"

namespace keepsake::sync::central {

void say(Database& database, const Fact& fact, std::string_view what,
         const std::vector<std::string>& to, Instant now) {
  assert(!to.empty());
  auto body = encode(fact);
  if (!body) throw DatabaseError(body.error());
  Publication publication;
  publication.what = what;
  // Not "every store": those that join later have no part in it.
  publication.store = to.front();
  publication.made_by = "keepsake-central";
  publication.made = publication.at = now;
  publication.state = PublicationState::in_force;
  const std::int64_t number = put_publication(database, publication);
  OwnFact own{0, static_cast<std::uint16_t>(type_of(fact)), std::move(*body)};
  own.seq = put_own_fact(database, number, own);
  settle(database, own, now);
  for (const std::string& store : to)
    publish(database, {head_office, 0}, store, static_cast<Seq>(own.seq), FactState::applied);
}

}  // namespace keepsake::sync::central
