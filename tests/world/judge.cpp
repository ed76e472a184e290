#include "tests/world/judge.hpp"

#include <algorithm>

#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/spending.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/core/columns.hpp"
#include "sync/central/register.hpp"
#include "sync/wire/reservations.hpp"
#include "tests/world/people.hpp"

namespace keepsake::world {

namespace {

constexpr Sql counted_twice{"world.counted-twice",
                            "SELECT count(*) FROM (SELECT id FROM central_fact WHERE state = 0"
                            " GROUP BY id HAVING count(*) > 1)"};
constexpr Sql counted{"world.counted",
                      "SELECT count(*), (SELECT coalesce(sum(facts), 0) FROM central_counted) FROM"
                      " central_fact WHERE state NOT IN (2, 4)"};
constexpr Sql quarantined{"world.quarantined",
                          "SELECT o.code || ' ' || o.message FROM central_fact f JOIN"
                          " central_outcome o USING (terminal, lineage, seq) WHERE f.state = 1"};
constexpr Sql purchases{"world.purchases",
                        "SELECT count(*), (SELECT count(*) FROM central_fact WHERE state = 0 AND"
                        " type = $1) FROM purchase"};
constexpr Sql prices{"world.prices",
                     "SELECT count(DISTINCT price_milli), count(*) FROM article WHERE store = $1"
                     " AND code LIKE 'P-%'"};
constexpr Sql reservation{"world.reservation",
                          "SELECT kind, quantity, owner FROM central_reservation WHERE id = $1"};
constexpr Sql reservations_now{"world.reservations",
                               "SELECT id, quantity FROM central_reservation"};
constexpr Sql own_facts{"world.own-facts",
                        "SELECT type, body FROM central_own_fact WHERE id IS NOT NULL"};
constexpr Sql turnover{
    "world.turnover",
    "SELECT s.name, (SELECT count(*) FROM purchase p WHERE p.store = s.name),"
    " (SELECT coalesce(sum(total_minor), 0) FROM purchase p WHERE p.store = s.name),"
    " (SELECT count(*) FROM goods_return r WHERE r.store = s.name),"
    " (SELECT coalesce(sum(total_minor), 0) FROM goods_return r WHERE r.store = s.name)"
    " FROM central_store s"};
constexpr Sql accounts{"world.accounts",
                       "SELECT kind, owner, sum(amount) FROM account WHERE kind IN (1, 11, 12)"
                       " GROUP BY kind, owner"};
constexpr Sql count_shortfalls{"world.count-shortfalls", "SELECT count(*) FROM shortfall"};
constexpr Sql shortfalls{"world.shortfalls", "SELECT kind, owner, code FROM shortfall"};

Purse purse_of(std::int64_t account) {
  return account == 1 ? Purse::points : account == 11 ? Purse::wallet : Purse::card;
}

/// The beginning of a customer's reference, as other messages have it.
std::string hex_of(const std::string& owner) {
  CustomerRef customer;
  std::copy_n(owner.begin(), std::min(owner.size(), customer.bytes.size()), customer.bytes.begin());
  return to_hex(customer).substr(0, 8);
}

std::string name_of(const PurseOf& purse) {
  static constexpr const char* names[] = {"points of ", "wallet of ", "gift card "};
  const std::string owner = purse.purse == Purse::card ? purse.owner : hex_of(purse.owner);
  return names[static_cast<int>(purse.purse)] + owner;
}

std::int64_t number_from(Database& database, const Sql& sql) {
  const auto row = database.query(sql);
  row->step();
  return row->integer(0);
}

}  // namespace

Database* Judge::office() {
  if (!office_records_) {
    auto opened = office_.records();
    if (!opened) return wrong("head office cannot be read: " + to_line(opened.error())), nullptr;
    office_records_ = std::move(*opened);
  }
  return office_records_.get();
}

Database* Judge::records(std::size_t till) {
  auto& kept = seen_[till].records;
  if (!kept) {
    auto opened =
        sqlite::open(tills_[till].folder() / "keepsake.db", {.mode = sqlite::Mode::reader});
    if (!opened) return wrong("a till cannot be read: " + to_line(opened.error())), nullptr;
    kept = std::move(*opened);
  }
  return kept.get();
}

void Judge::let_go() {
  office_records_.reset();
  for (Seen& each : seen_) each.records.reset();
}

void Judge::read_on(std::size_t till) {
  Seen& seen = seen_[till];
  for (;;) {
    const auto records = tills_[till].reader().read(static_cast<Seq>(seen.journal.size()) + 1,
                                                    limits::batch_facts, 1 << 24);
    if (!records) return wrong("a journal cannot be read: " + to_line(records.error()));
    if (records->empty()) return;
    for (const Record& record : *records) {
      auto fact = decode(static_cast<FactType>(record.type), record.body);
      if (!fact) return wrong("a journal holds what cannot be read: " + to_line(fact.error()));
      seen.journal.push_back({record.id, record.hash, std::move(*fact)});
    }
  }
}

void Judge::reopened(std::size_t till) {
  seen_[till].journal.clear();
  read_on(till);
  check_confirmed(till);
}

/// I1: what was shown as done is there, as it was.
void Judge::check_confirmed(std::size_t till) {
  const Seen& seen = seen_[till];
  for (const auto& [seq, id] : seen.confirmed)
    if (seq > seen.journal.size() || seen.journal[seq - 1].id != id)
      return wrong("I1: fact " + std::to_string(seq) + " of till " + std::to_string(till) +
                   " was shown as done and is gone");
}

/// I4, and what head office holds is what the till did, in its order.
void Judge::check_acknowledged(std::size_t till, Database& office) {
  Seen& seen = seen_[till];
  const std::string name = "till " + std::to_string(till);
  const auto acknowledged = tills_[till].reader().acknowledged();
  if (!acknowledged) return wrong("cannot be read: " + to_line(acknowledged.error()));
  if (acknowledged->seq < seen.acknowledged) wrong("I4: acknowledged fell at " + name);
  const TerminalNumber number = tills_[till].book().terminal();
  if (acknowledged->seq > seen.acknowledged || seen.number.value == 0) seen.number = number;
  seen.acknowledged = acknowledged->seq;
  if (acknowledged->seq > seen.journal.size()) wrong(name + " has more acknowledged than it did");
  const auto terminal = sync::central::find_terminal(office, number);
  if (!terminal || !terminal->is_revoked()) seen.revoked_at.reset();
  if (terminal && terminal->is_revoked()) {
    if (!seen.revoked_at) seen.revoked_at = terminal->cursor;
    if (terminal->cursor > *seen.revoked_at) wrong("head office took something of revoked " + name);
  }
  if (!terminal) return;  // it enrolled after the copy that head office was put back from
  const bool sends_anew = restored_ || seen.number != number;
  if (!sends_anew && acknowledged->seq > terminal->cursor)
    wrong("acknowledged to " + name + " and not held at head office");
  if (terminal->cursor > seen.journal.size() ||
      (terminal->cursor > 0 && seen.journal[terminal->cursor - 1].hash != terminal->cursor_hash))
    wrong("head office holds another history of " + name);
}

/// A price list is in force as a whole.
void Judge::check_prices(const std::string& of, Database& database, const std::string& store) {
  const auto row = database.query(prices);
  row->bind_text(1, store);
  row->step();
  const std::int64_t different = row->integer(0), articles = row->integer(1);
  if (different > 1 || (articles != 0 && articles != static_cast<std::int64_t>(price_list_length)))
    wrong("half a price list at " + of + ": " + std::to_string(articles) + " articles, " +
          std::to_string(different) + " prices");
}

/// I2.
void Judge::check_counted_once(Database& office) {
  if (number_from(office, counted_twice) > 0) wrong("I2: a fact is counted twice");
  {
    const auto row = office.query(counted);
    row->step();
    if (row->integer(0) != row->integer(1)) wrong("I2: stores count other facts than there are");
  }
  const auto row = office.query(purchases);
  row->bind(1, static_cast<std::int64_t>(FactType::purchase));
  row->step();
  if (row->integer(0) != row->integer(1)) wrong("I2: purchases are not what facts say");
}

/// Nobody spends more of a hold or a lease than was granted, nor one of another till.
void Judge::check_reservations(Database& office) {
  std::map<ReservationId, std::int64_t> used;
  for (const Seen& seen : seen_)
    for (const Kept& kept : seen.journal)
      for (const ReservationUse& use : reservations_of(kept.fact)) used[use.id] += use.quantity;
  // A lease that becomes a hold is less from then on; where that answer is lost, the till spends it as it was.
  if (const auto row = office.query(reservations_now))
    while (row->step()) {
      std::int64_t& most = granted_[std::string(row->blob(0))];
      most = std::max(most, row->integer(1));
    }
  if (restored_) return;  // it may have forgotten what it added to a lease
  for (const auto& [id, quantity] : used) {
    const auto granted = granted_.find(std::string(records::view(id.bytes)));
    if (granted != granted_.end() && quantity > granted->second)
      wrong("a lease or hold is overspent: " + std::to_string(quantity) + " of " +
            std::to_string(granted->second));
  }
}

/// A hold is good for 15 minutes (sync/wire/WIRE.md): what it paid and was not sent by then may be paid again.
void Judge::excuse_late_holds(Database& office) {
  for (std::size_t till = 0; till < tills_.size(); ++till) {
    const auto terminal = sync::central::find_terminal(office, tills_[till].book().terminal());
    const Seq cursor = terminal ? terminal->cursor : 0;
    for (std::size_t n = cursor; n < seen_[till].journal.size(); ++n) {
      const Kept& kept = seen_[till].journal[n];
      for (const ReservationUse& use : reservations_of(kept.fact)) {
        const auto row = office.query(reservation);
        row->bind_blob(1, records::view(use.id.bytes));
        if (!row->step() || row->integer(0) != 0) continue;
        if (kept.id.time().instant() + sync::hold_life - std::chrono::minutes(2) <
            office_.clock().now())
          late_.insert(std::string(row->blob(2)));
      }
    }
  }
}

void Judge::check_codes() {
  Ledger ledger;
  for (const Seen& seen : seen_)
    for (const Kept& kept : seen.journal) ledger.add({}, kept.fact);
  if (!excused_ && !ledger.codes_given_twice().empty())
    wrong("code " + *ledger.codes_given_twice().begin() + " was handed out twice");
}

std::string Judge::after_step() {
  Database* const there = office();
  for (std::size_t till = 0; there && till < tills_.size(); ++till) {
    read_on(till);
    check_acknowledged(till, *there);
    if (Database* const here = records(till))
      check_prices("till " + std::to_string(till), *here, "");
  }
  if (!there) return wrong_;
  for (const std::string& store : sync::central::stores(*there))
    check_prices("head office for " + store, *there, store);
  check_counted_once(*there);
  check_reservations(*there);
  excuse_late_holds(*there);
  check_codes();
  return wrong_;
}

// At the end ---------------------------------------------------------------------------------

Ledger Judge::add_up(Database& office) const {
  Ledger ledger;
  for (std::size_t till = 0; till < tills_.size(); ++till)
    for (const Kept& kept : seen_[till].journal) ledger.add(tills_[till].store(), kept.fact);
  const auto row = office.query(own_facts);
  while (row->step())
    if (const auto fact = decode(static_cast<FactType>(row->integer(0)), row->blob(1)))
      ledger.add({}, *fact);
  return ledger;
}

void Judge::check_turnover(Database& office, const Ledger& ledger) {
  const auto row = office.query(turnover);
  while (row->step()) {
    const std::string store(row->text(0));
    const auto ours = ledger.turnovers().find(store);
    const Turnover there{row->integer(1), row->integer(2), row->integer(3), row->integer(4)};
    if (there != (ours == ledger.turnovers().end() ? Turnover{} : ours->second))
      wrong("the turnover of " + store + " is not what its tills sold");
  }
}

/// I3 and I6: everybody has what all facts together give, and nobody got more than there was.
void Judge::check_purses(Database& office, const Ledger& ledger) {
  std::map<PurseOf, std::int64_t> there;
  {
    const auto row = office.query(accounts);
    while (row->step()) {
      const Purse purse = purse_of(row->integer(0));
      const std::string owner(row->blob(1));
      there[{purse, purse == Purse::card ? owner : ledger.owner_of(owner)}] += row->integer(2);
    }
  }
  std::set<PurseOf> lacking;
  {
    const auto row = office.query(shortfalls);
    while (row->step()) {
      const Purse purse = purse_of(row->integer(0));
      const std::string owner(row->blob(1));
      lacking.insert({purse, purse == Purse::card ? owner : ledger.owner_of(owner)});
    }
  }
  std::set<std::string> late;
  for (const std::string& owner : late_) late.insert(ledger.owner_of(owner));
  for (const PurseOf& purse : lacking)
    if (!excused_ && !late.contains(purse.owner) && !ledger.has_returned(purse.owner) &&
        !ledger.is_left_out(purse.owner))
      wrong("more was given out than there was: " + name_of(purse));
  auto sums = ledger.sums();
  for (const auto& [purse, amount] : there) sums.try_emplace(purse, 0);
  for (const auto& [purse, amount] : sums) {
    if (lacking.contains(purse) || ledger.is_left_out(purse.owner)) continue;
    if (there[purse] != amount)
      wrong(name_of(purse) + " holds " + std::to_string(there[purse]) + " instead of " +
            std::to_string(amount));
  }
}

Judge::Counts Judge::counts() {
  Counts counts;
  Ledger ledger;
  for (const Seen& seen : seen_) {
    counts.facts += seen.journal.size();
    for (const Kept& kept : seen.journal) ledger.add({}, kept.fact);
    for (const Kept& kept : seen.journal)
      for (const auto byte : kept.hash) counts.digest = counts.digest * 31 + byte;
  }
  counts.codes = ledger.codes_given();
  if (Database* const there = office())
    counts.shortfalls = static_cast<std::size_t>(number_from(*there, count_shortfalls));
  if (Database* const there = office())
    for (const auto row = there->query(own_facts); row->step();)
      if (const auto fact = decode(static_cast<FactType>(row->integer(0)), row->blob(1)); fact)
        if (const auto* change = get_if<DormancyChange>(&*fact))
          (change->presence == StorePresence::dormant ? counts.left : counts.back) +=
              change->customers.size();
  return counts;
}

std::string Judge::at_end() {
  if (auto now = after_step(); !now.empty()) return now;
  const Ledger ledger = add_up(*office());
  {
    const auto row = office()->query(quarantined);
    if (row->step()) wrong("head office set a fact aside: " + std::string(row->text(0)));
  }
  check_turnover(*office(), ledger);
  check_purses(*office(), ledger);
  for (std::size_t till = 0; till < tills_.size(); ++till) check_till_at_end(till, *office());
  check_same_at_tills();
  check_upgrades();
  check_forgotten(ledger);
  return wrong_;
}

}  // namespace keepsake::world
