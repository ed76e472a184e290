#include "sync/central/expiries.hpp"

#include <algorithm>

#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/loyalty/expiry.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/publishing.hpp"
#include "sync/central/register.hpp"
#include "sync/central/store_programme.hpp"

namespace keepsake::sync::central {

namespace {

/// `today`: the store's.
PointsExpired due_of(Database& reader, const std::string& store, Date today, Instant now) {
  PointsExpired due;
  due.at = {now, 0};
  due.as_of = today;
  const auto currency = records::currency(reader, store);
  if (!currency) return due;
  due.currency = *currency;
  const auto active = programme_of(reader, store);
  // Rules that cannot be read let nothing expire.
  if (active) due.lots = records::lots_due(reader, active->rules.expiry, due.as_of, store);
  due.cards = records::cards_due(reader, *currency, due.as_of, store);
  due.wallets = records::wallets_due(reader, *currency, due.as_of, store);
  return due;
}

}  // namespace

std::vector<StoreExpiry> find_expiry(Database& reader, std::optional<std::string_view> store,
                                     Instant now) {
  std::vector<StoreExpiry> found;
  for (const std::string& each : stores(reader)) {
    if (store && *store != each) continue;
    StoreExpiry expiry{each, due_of(reader, each, records::day_of_store(reader, each, now), now)};
    if (!facts_of(expiry).empty()) found.push_back(std::move(expiry));
  }
  return found;
}

std::vector<Fact> facts_of(const StoreExpiry& expiry) {
  std::vector<Fact> facts;
  for (PointsExpired& part : in_parts(expiry.due)) facts.emplace_back(std::move(part));
  return facts;
}

std::vector<StoreExpiry> Expiries::look(Database& reader) {
  const Transaction moment(reader);
  const Instant now = clock_.now();
  std::vector<StoreExpiry> all;
  for (const std::string& store : stores(reader)) {
    const Date today = records::day_of_store(reader, store, now);
    if (round_.is_done(store, today)) continue;
    // A store where nothing is due is published as such: it is not looked at again that day.
    all.push_back({store, due_of(reader, store, today, now)});
  }
  return all;
}

Result<Done> Expiries::publish(const std::vector<StoreExpiry>& due) {
  try {
    const Instant now = clock_.now();
    const auto believed = expect_believed_clock(database_, now);
    for (const StoreExpiry& each : due) {
      const auto facts = facts_of(each);
      if (!facts.empty()) {
        if (!believed) return believed;
        const auto number = publishing_.publish(
            {0, "expiry", each.store, "keepsake-central", {}, now, PublicationState::waiting},
            facts);
        if (!number) return number.error();
      }
      round_.done(each.store, each.due.as_of);
    }
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
