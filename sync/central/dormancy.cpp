#include "sync/central/dormancy.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "storage/book/chain_settings.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/obligations.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/cards_taken.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/register.hpp"
#include "sync/central/reservation_log.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql known_after{
    "central.dormancy.known",
    "SELECT k.customer, k.seen_ms FROM central_known k JOIN customer c ON c.ref = k.customer"
    " WHERE k.store = $1 AND (k.seen_ms, k.customer) > ($2, $3) AND c.erased_by IS NULL"
    " ORDER BY k.seen_ms, k.customer LIMIT $4"};
constexpr Sql seen_there{"central.dormancy.seen",
                         "SELECT seen_ms FROM central_known WHERE customer = $1 AND store = $2"};
constexpr Sql count_known{"central.dormancy.count",
                          "SELECT count(*) FROM central_known k JOIN customer c"
                          " ON c.ref = k.customer WHERE k.store = $1 AND c.erased_by IS NULL"};
constexpr Sql own_fact{"central.dormancy.own",
                       "SELECT 1 FROM central_about a JOIN central_feed p"
                       " ON p.position = a.position WHERE a.customer = $1 AND p.store = $2"
                       " AND p.terminal <> 0 LIMIT 1"};
constexpr Sql cover{"central.dormancy.cover",
                    "SELECT 1 FROM warranty WHERE customer = $1 AND store = $2"
                    " AND voided_by IS NULL AND end_day >= $3 LIMIT 1"};
// What cannot be opened is told once, when it is applied: that has to be so wherever it is applied again.
constexpr Sql excepted{
    "central.dormancy.exception",
    "SELECT max(e.code IN ('profile.damaged', 'change.damaged', 'note.damaged', 'file.damaged',"
    "  'card.taken')),"
    " max(e.store = $2 AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.store = e.store"
    "  AND s.fact = e.fact AND s.code = e.code))"
    " FROM central_about a JOIN central_feed p ON p.position = a.position"
    " JOIN central_fact f ON f.terminal = p.terminal AND f.lineage = p.lineage AND f.seq = p.seq"
    " JOIN exception e ON e.fact = f.id WHERE a.customer = $1"};

DormancyTerms terms_of(Database& database, const std::string& store) {
  return chain_word(records::chain_settings(database, store)).values.dormancy;
}

bool is_there(Database& database, const Sql& sql, const CustomerRef& customer,
              std::string_view store) {
  const auto row = database.query(sql);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  return row->step();
}

std::int64_t count_at(Database& database, std::string_view store) {
  const auto row = database.query(count_known);
  row->bind_text(1, store);
  return row->step() ? row->integer(0) : 0;
}

/// Those of the store behind where an earlier look ended, those seen longest ago first.
std::vector<std::pair<CustomerRef, Instant>> known_behind(Database& database,
                                                          const StoreDormancy& from) {
  std::vector<std::pair<CustomerRef, Instant>> rows;
  const auto row = database.query(known_after);
  row->bind_text(1, from.store);
  row->bind(2, from.last_seen.ms);
  row->bind_blob(3, records::view(from.last.bytes));
  row->bind(4, static_cast<std::int64_t>(Dormancies::looked_at_once));
  while (row->step()) rows.emplace_back(records::customer_ref(*row, 0), Instant{row->integer(1)});
  return rows;
}

/// The references of a person under which the store knows them, with what it has seen of all.
struct PersonAtStore {
  std::vector<CustomerRef> references;
  SeenAtStore seen;
};

PersonAtStore person_at(Database& database, const CustomerRef& customer, std::string_view store) {
  PersonAtStore person;
  person.seen.only_looked_up = true;
  for (const CustomerRef& each :
       records::references_of(database, records::canonical(database, customer))) {
    {
      const auto row = database.query(seen_there);
      row->bind_blob(1, records::view(each.bytes));
      row->bind_text(2, store);
      if (!row->step()) continue;
      person.seen.last = std::max(person.seen.last, Instant{row->integer(0)});
    }
    person.references.push_back(each);
    if (is_there(database, own_fact, each, store)) person.seen.only_looked_up = false;
  }
  return person;
}

bool has_cover(Database& database, const CustomerRef& customer, std::string_view store,
               Date today) {
  const auto row = database.query(cover);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  row->bind(3, to_days(today));
  return row->step();
}

/// A hold is somebody's sale; leases are asked back as they leave.
bool is_held(Database& database, const CustomerRef& customer, std::string_view store, Instant now) {
  return std::ranges::any_of(set_aside_at(database, customer, store),
                             [&](const KeptReservation& each) {
                               return each.reservation.kind == ReservationKind::hold &&
                                      each.reservation.until > now && each.left() > 0;
                             });
}

void look_at_exceptions(Database& database, const CustomerRef& customer, std::string_view store,
                        LiveAtStore& live) {
  const auto row = database.query(excepted);
  row->bind_blob(1, records::view(customer.bytes));
  row->bind_text(2, store);
  if (!row->step()) return;
  live.judged_by = live.judged_by || row->integer(0) != 0;
  live.unsettled = live.unsettled || row->integer(1) != 0;
}

/// Leases that the store's tills have of this person are wanted back: nobody can spend them there.
void recall_leases(Database& database, const CustomerRef& customer, std::string_view store) {
  for (KeptReservation& each : set_aside_at(database, customer, store)) {
    if (each.reservation.kind != ReservationKind::lease || each.state != ReservationState::in_force)
      continue;
    each.state = ReservationState::recalled;
    each.to_share = true;
    put(database, each);
  }
}

}  // namespace

Livings::Livings(Database& database, Vault& vault, Instant now)
    : database_(database),
      vault_(vault),
      now_(now),
      judged_by_(holders_of_cards_taken(database, vault)) {}

LiveAtStore Livings::at(std::string_view store, const CustomerRef& customer, Date today) const {
  LiveAtStore live;
  const CustomerRef kept = records::canonical(database_, customer);
  const Obligations of = records::obligations_of(database_, kept, today);
  const bool owes = of.wallet_minor != 0 || of.debt.hundredths != 0;
  for (const CustomerRef& each : records::references_of(database_, kept)) {
    live.cover = live.cover || has_cover(database_, each, store, today);
    live.owed = live.owed || (owes && records::is_enrolled_in(database_, each, store));
    live.reserved = live.reserved || is_held(database_, each, store, now_);
    look_at_exceptions(database_, each, store, live);
    live.judged_by = live.judged_by || judged_by_.contains(each) || has_clear_card(database_, each);
    const auto key = vault_.has_key(each);
    if (!key) throw DatabaseError(key.error());
    live.key_lost = live.key_lost || !*key;
  }
  return live;
}

StoreDormancy Dormancies::look_at(Database& reader, const Livings& living, const std::string& store,
                                  Date today, std::size_t most) {
  const DormancyTerms terms = terms_of(reader, store);
  const Instant now = clock_.now();
  StoreDormancy found;
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = reached_.find(store); at != reached_.end() && at->second.today == today)
      found = at->second;
  }
  found.store = store;
  found.today = today;
  const auto rows = known_behind(reader, found);
  std::int64_t beyond = terms.idle_days == 0 ? 0 : count_at(reader, store) - terms.most;
  std::set<CustomerRef> leaving;
  found.finished = rows.size() < looked_at_once;
  for (const auto& [customer, seen] : rows) {
    if (found.people.size() == most) {
      found.finished = false;
      break;
    }
    // Those behind were seen later still.
    if (beyond <= 0 && !is_idle_at_store({seen, true}, terms, now)) {
      found.finished = true;
      break;
    }
    found.last_seen = seen;
    found.last = customer;
    if (leaving.contains(customer)) continue;
    PersonAtStore person = person_at(reader, customer, store);
    const bool leaves =
        is_idle_at_store(person.seen, terms, now) || (beyond > 0 && may_give_way(person.seen, now));
    if (!leaves || living.at(store, customer, today).any()) continue;
    beyond -= static_cast<std::int64_t>(person.references.size());
    leaving.insert(person.references.begin(), person.references.end());
    found.people.push_back(std::move(person.references));
  }
  return found;
}

std::vector<StoreDormancy> Dormancies::look(Database& reader, Vault& vault) {
  const Transaction moment(reader);
  const Instant now = clock_.now();
  std::optional<Livings> living;
  std::vector<StoreDormancy> all;
  std::size_t left = leaving_at_once;
  for (const std::string& store : stores(reader)) {
    const Date today = records::day_of_store(reader, store, now);
    if (round_.is_done(store, today)) continue;
    if (!living) living.emplace(reader, vault, now);
    all.push_back(look_at(reader, *living, store, today, left));
    left -= all.back().people.size();
    if (left == 0) break;
  }
  return all;
}

/// Those of them who are idle still, in one transaction.
void Dormancies::leave(const StoreDormancy& store) {
  Transaction transaction(database_);
  const Instant now = clock_.now();
  const Livings living(database_, vault_, now);
  std::vector<CustomerRef> leaving;
  for (const std::vector<CustomerRef>& person : store.people) {
    const PersonAtStore still = person_at(database_, person.front(), store.store);
    // Whoever was seen since the look, or is another person by now, has another look tomorrow.
    if (still.references != person || still.seen.last > store.last_seen) continue;
    if (living.at(store.store, person.front(), store.today).any()) continue;
    if (leaving.size() + person.size() > limits::dormant_customers) break;
    leaving.insert(leaving.end(), person.begin(), person.end());
  }
  if (leaving.empty()) return;
  for (const CustomerRef& each : leaving) recall_leases(database_, each, store.store);
  make_dormant(database_, leaving, store.store, now);
  transaction.commit();
}

Result<Dormancies::Passed> Dormancies::publish(const std::vector<StoreDormancy>& all) {
  Passed passed;
  try {
    if (auto believed = expect_believed_clock(database_, clock_.now()); !believed)
      return believed.error();
    std::size_t people = 0;
    for (const StoreDormancy& each : all) {
      if (!each.people.empty()) {
        leave(each);
        add_store(passed.news, each.store);
      }
      people += each.people.size();
      if (each.finished) {
        round_.done(each.store, each.today);
        continue;
      }
      passed.more = true;
      const std::lock_guard lock(mutex_);
      StoreDormancy& reached = reached_[each.store];
      reached = each;
      reached.people.clear();
    }
    // Stores behind them were not looked at.
    passed.more = passed.more || people >= leaving_at_once;
    return passed;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central
