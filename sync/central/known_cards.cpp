#include "sync/central/known_cards.hpp"

#include <algorithm>

#include "storage/domain/cards_in.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/value/statements.hpp"
#include "storage/records/value/stored_value.hpp"
#include "sync/central/publication_log.hpp"
#include "sync/central/saying.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql put_known{"central.known-card.put",
                        "INSERT INTO central_known_card (card, store, seen_ms) VALUES ($1, $2, $3)"
                        " ON CONFLICT (card, store) DO UPDATE SET seen_ms = excluded.seen_ms"};
constexpr Sql read_known{"central.known-card",
                         "SELECT store, seen_ms FROM central_known_card WHERE card = $1"
                         " ORDER BY seen_ms DESC, store"};
constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;

/// Those that it names, and those that it takes back from: what was paid in came back.
std::vector<std::string> cards_of(Database& database, const Fact& fact) {
  std::vector<std::string> cards;
  const auto add = [&](const std::string& card) {
    if (!card.empty() && std::ranges::find(cards, card) == cards.end()) cards.push_back(card);
  };
  for (const CardNamed& each : cards_in(fact)) add(each.card);
  if (const auto* returned = get_if<Return>(&fact))
    for (const ReturnLine& line : returned->lines)
      if (line.purchase)
        for (const TopUp& top_up : records::loads_of(database, *line.purchase, returned->currency))
          add(top_up.card);
  return cards;
}

struct Knowing {
  std::string store;
  Instant seen;
};

std::vector<Knowing> knowing(Database& database, std::string_view card) {
  std::vector<Knowing> found;
  const auto row = database.query(read_known);
  row->bind_text(1, card);
  while (row->step()) found.push_back({std::string(row->text(0)), {row->integer(1)}});
  return found;
}

/// The store has to do with the card now; to the day, so that most facts write nothing.
void see(Database& database, std::string_view card, std::string_view store,
         std::vector<Knowing>& known, Instant now) {
  const auto here = std::ranges::find(known, store, &Knowing::store);
  if (here != known.end() && now.ms - here->seen.ms < day_ms) return;
  const auto row = database.query(put_known);
  row->bind_text(1, card);
  row->bind_text(2, store);
  row->bind(3, now.ms);
  row->step();
  if (here == known.end()) known.push_back({std::string(store), now});
}

/// false: there is nothing to say.
bool state(Database& database, std::string_view card, const std::vector<Knowing>& to, Instant now) {
  const auto statement = records::statement_of(database, card, {now, 0});
  if (!statement) return false;
  Stores stores;
  for (const Knowing& each : to) add_store(stores, each.store);
  say(database, *statement, gift_card_statement, stores, now);
  return true;
}

}  // namespace

Stores state_cards(Database& database, const Fact& fact, std::string_view store, Instant now) {
  Stores news;
  for (const std::string& card : cards_of(database, fact)) {
    auto known = knowing(database, card);
    see(database, card, store, known, now);
    if (known.size() > 1 && state(database, card, known, now))
      for (const Knowing& each : known) add_store(news, each.store);
  }
  return news;
}

bool make_card_known(Database& database, std::string_view card, std::string_view store,
                     Instant now) {
  auto known = knowing(database, card);
  if (known.empty() || std::ranges::count(known, store, &Knowing::store) > 0) return false;
  see(database, card, store, known, now);
  return state(database, card, {{std::string(store), now}}, now);
}

std::vector<std::string> stores_that_know_card(Database& database, std::string_view card) {
  std::vector<std::string> stores;
  for (Knowing& each : knowing(database, card)) stores.push_back(std::move(each.store));
  return stores;
}

}  // namespace keepsake::sync::central
