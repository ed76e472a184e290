#include "sync/central/publishing.hpp"

#include <algorithm>

#include "storage/book/check_fact.hpp"
#include "storage/book/forget.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/engine/database.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/erasing.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/known_cards.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/register.hpp"
#include "sync/central/reservations.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::string_view own_view;  // the records of what is said to every store

Fact decoded(const OwnFact& fact) {
  auto known = decode(static_cast<FactType>(fact.type), fact.body);
  if (!known) throw DatabaseError(known.error());
  return std::move(*known);
}

/// Into the records of one store, and into its feed; other stores that it concerns.
Stores give(Database& database, Vault& vault, std::string_view store, const OwnFact& own,
            const Fact& fact) {
  const auto applied =
      records::apply(database, {own.id, store}, fact, &vault, records::Contradiction::note);
  if (!applied) throw DatabaseError(applied.error());
  if (store == own_view) return {};
  const Instant at = own.id.time().instant();
  meet(database, fact, store, at, DoneBy::office);
  const FeedPosition position =
      publish(database, {head_office, 0}, store, static_cast<Seq>(own.seq), FactState::applied);
  note_moved(database, lease_kinds(), fact, store);
  Stores news = spread(database, position, fact, store, at, DoneBy::office);
  for (const std::string& other : state_cards(database, fact, store, at)) add_store(news, other);
  return news;
}

/// Higher than every one that any of them knows.
std::int32_t next_version(Database& database, const std::vector<std::string>& stores) {
  std::int32_t newest = records::newest_programme(database, own_view).version;
  for (const std::string& store : stores)
    newest = std::max(newest, records::newest_programme(database, store).version);
  return newest + 1;
}

}  // namespace

void introduce(Database& database, Vault& vault, std::string_view store) {
  for (const Publication& publication : for_every_store(database))
    for (const OwnFact& own : facts_of(database, publication.number))
      give(database, vault, store, own, decoded(own));
}

Result<std::int64_t> Publishing::publish(Publication publication, const std::vector<Fact>& facts) {
  if (facts.empty()) {
    return Error{Failure::bad_input, "publication.empty", "There is nothing to publish", {}, {}};
  }
  try {
    Transaction transaction(database_);
    const auto known = stores(database_);
    if (!publication.store.empty() && std::ranges::find(known, publication.store) == known.end()) {
      return Error{Failure::not_found, "store.unknown", "There is no such store", publication.store,
                   "See keepsake-central report"};
    }
    publication.made = clock_.now();
    publication.state = PublicationState::waiting;
    const std::int64_t number = put_publication(database_, publication);
    for (Fact fact : facts) {
      if (auto* programme = get_if<Programme>(&fact)) programme->version = 1;  // for the time being
      if (auto fine = check_fact(fact); !fine) return fine.error();
      auto body = encode(fact);
      if (!body) return body.error();
      put_own_fact(database_, number,
                   {0, static_cast<std::uint16_t>(type_of(fact)), std::move(*body)});
    }
    transaction.commit();
    return number;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> Publishing::withdraw(std::int64_t number, std::string_view by) {
  try {
    Transaction transaction(database_);
    const auto known = find_publication(database_, number);
    if (!known || known->state == PublicationState::withdrawn) {
      return Error{Failure::not_found, "publication.unknown", "There is no such publication",
                   std::to_string(number), "See keepsake-central publications"};
    }
    if (known->state == PublicationState::in_force) {
      return Error{Failure::refused, "publication.in-force", "It is in force already",
                   std::to_string(number), "Publish what shall hold instead"};
    }
    set_withdrawn(database_, number, by, clock_.now());
    transaction.commit();
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

/// Before it is applied. The keys go before the commit: if that fails, it is published again.
void Publishing::erase(const Fact& fact) {
  auto erased = erased_by(database_, fact);
  if (!erased) return;
  if (const auto ok = vault_.destroy_keys(erased->customers); !ok) throw DatabaseError(ok.error());
  forgetting_.add(database_, erased->customers, std::move(erased->values));
}

Stores Publishing::bring_into_force(const Publication& publication,
                                    const std::vector<std::string>& stores) {
  Stores news = stores;
  for (OwnFact& own : facts_of(database_, publication.number)) {
    Fact fact = decoded(own);
    if (auto* programme = get_if<Programme>(&fact)) {
      programme->version = next_version(database_, stores);
      auto body = encode(fact);
      if (!body) throw DatabaseError(body.error());
      own.body = std::move(*body);
    }
    settle(database_, own, clock_.now());
    erase(fact);
    for (const std::string& store : stores)
      for (const std::string& other : give(database_, vault_, store, own, fact))
        add_store(news, other);
    if (publication.store.empty()) give(database_, vault_, own_view, own, fact);
  }
  set_in_force(database_, publication.number);
  return news;
}

Result<Released> Publishing::release_due() {
  Released released;
  try {
    for (;;) {
      // This caller alone writes, so that what is read before the transaction holds in it.
      const auto next = next_waiting(database_);
      if (!next) return released;
      if (next->at > clock_.now()) {
        released.next = next->at;
        return released;
      }
      Transaction transaction(database_);
      const auto to =
          next->store.empty() ? stores(database_) : std::vector<std::string>{next->store};
      const Stores news = bring_into_force(*next, to);
      transaction.commit();
      for (const std::string& store : news) add_store(released.stores, store);
    }
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
