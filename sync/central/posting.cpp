#include "sync/central/posting.hpp"

#include <algorithm>
#include <cassert>

#include "storage/book/check_fact.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/may_pass.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/apply.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/cards_taken.hpp"
#include "sync/central/erasing.hpp"
#include "sync/central/fact_dates.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/known_cards.hpp"
#include "sync/central/predecessors.hpp"
#include "sync/central/reservations.hpp"

namespace keepsake::sync::central {

namespace {

/// What one fact changed can be undone without losing the batch.
class Savepoint {
 public:
  explicit Savepoint(Database& database) : database_(&database) {
    database.execute("SAVEPOINT fact");
  }
  ~Savepoint() {
    if (database_ == nullptr) return;
    try {
      database_->execute("ROLLBACK TO fact; RELEASE fact");
    } catch (const DatabaseError&) {
      // The whole transaction is gone or about to be: its owner finds out at the next statement.
    }
  }
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release() {
    assert(database_ != nullptr);
    database_->execute("RELEASE fact");
    database_ = nullptr;
  }

 private:
  Database* database_;
};

// A fact that breaks a rule of the tables is set aside and the batch goes on (I7). A full disk, no
// memory, a lock or a vault that cannot be read is nobody's fault: the whole batch is given back,
// to be sent again. What our own defect refuses is set aside too, or one fact would hold up its
// terminal until the next version, which judges it again.
bool fault_of_the_fact(const Error& error) {
  return !may_pass(error) && error.kind != Failure::corrupt;
}

/// Throws MustUndo where it breaks a rule of the tables and undo is none.
Result<std::vector<records::Exception>> apply_one(Database& database, Vault& vault,
                                                  std::string_view store, const Record& record,
                                                  const Fact& fact, Undo undo) {
  std::optional<Savepoint> before;
  if (undo == Undo::each) before.emplace(database);
  try {
    auto applied =
        records::apply(database, {record.id, store}, fact, &vault, records::Contradiction::note);
    if (!applied) throw DatabaseError(applied.error());
    if (before) before->release();
    return applied;
  } catch (const DatabaseError& error) {
    if (!fault_of_the_fact(error.error())) throw;
    if (!before) throw MustUndo();
    return error.error();
  }
}

FactOutcome quarantined(Seq seq, const Error& why) {
  return {seq, "fact.quarantined", "Kept, not counted: " + why.what + " [" + why.code + "]"};
}

struct Verdict {
  FactState state = FactState::applied;
  std::vector<FactOutcome> outcomes;
  std::optional<Fact> counted{};  ///< what was applied
};

Verdict judge(Database& database, Vault& vault, const SetAside& set_aside,
              const std::optional<Terminal>& sender, Undo undo) {
  const Record& record = set_aside.record;
  const std::string& store = set_aside.store;
  if (!set_aside.sealed.empty())
    return {FactState::quarantined,
            {{record.seq, "fact.opaque",
              "Kept sealed, not counted: head office could not take it as it is"}}};
  if (const auto known = find_other(database, record.id, set_aside.row)) {
    if (known->type == record.type && known->body == record.body) return {FactState::repeated, {}};
    const Error taken{Failure::refused, "fact.id-taken", "another fact has its id", {}, {}};
    return {FactState::quarantined, {quarantined(record.seq, taken)}};
  }
  if (!sender || !may_name(database, *sender, record.id)) {
    const Error foreign{Failure::refused,
                        "fact.id-foreign",
                        "its id names a terminal that did not send it",
                        {},
                        {}};
    return {FactState::quarantined, {quarantined(record.seq, foreign)}};
  }
  if (only_of_head_office(static_cast<FactType>(record.type))) {
    const Error foreign{
        Failure::refused, "fact.of-head-office", "head office alone says this", {}, {}};
    return {FactState::quarantined, {quarantined(record.seq, foreign)}};
  }
  auto fact = decode(static_cast<FactType>(record.type), record.body);
  if (!fact && fact.error().code == "fact.type") {
    return {FactState::unknown,
            {{record.seq, "fact.unknown-type",
              "Kept for a newer version of the centre that knows this type"}}};
  }
  if (!fact) return {FactState::quarantined, {quarantined(record.seq, fact.error())}};
  if (const auto fine = check_fact(*fact); !fine) {
    return {FactState::quarantined, {quarantined(record.seq, fine.error())}};
  }
  const auto* erasure = get_if<CustomerErasure>(&*fact);
  if (erasure)
    if (const auto refused = refusal_of(database, *erasure, store))
      return {FactState::quarantined, {quarantined(record.seq, *refused)}};
  const auto applied = apply_one(database, vault, store, record, *fact, undo);
  if (!applied) return {FactState::quarantined, {quarantined(record.seq, applied.error())}};
  Verdict verdict;
  assert(verdict.state == FactState::applied);
  for (const auto& exception : *applied) {
    verdict.outcomes.push_back({record.seq, exception.code, exception.message});
  }
  if (erasure)
    if (const auto words = unsaid(database, *erasure, erasure->at.date()); !words.empty())
      verdict.outcomes.push_back({record.seq, "erasure.owed",
                                  "Somebody was erased whom head office knows to have: " + words});
  if (auto wrong = doubt_of_date(database, set_aside, *fact))
    verdict.outcomes.push_back(std::move(*wrong));
  verdict.counted = std::move(*fact);
  return verdict;
}

/// Its place in the order of its store, and of others that it concerns.
Posted place(Database& database, Vault& vault, const Chain& chain, std::string_view store, Seq seq,
             const Verdict& verdict, Instant now) {
  Posted posted{verdict.state, {}};
  // Whose card it is must be known wherever the second claim is.
  if (verdict.counted && std::ranges::any_of(verdict.outcomes, [](const FactOutcome& each) {
        return each.code == "card.taken";
      }))
    for (const CustomerRef& holder : holders_of_cards_in(database, vault, *verdict.counted))
      for (const std::string& other : bring_back(database, holder, now))
        add_store(posted.news, other);
  if (verdict.counted) meet(database, *verdict.counted, store, now, DoneBy::till);
  const FeedPosition position = publish(database, chain, store, seq, verdict.state);
  if (verdict.counted) {
    for (const std::string& other :
         spread(database, position, *verdict.counted, store, now, DoneBy::till))
      add_store(posted.news, other);
    for (const std::string& other : state_cards(database, *verdict.counted, store, now))
      add_store(posted.news, other);
    note_moved(database, lease_kinds(), *verdict.counted, store);
  }
  return posted;
}

}  // namespace

Posted Posting::post(const SetAside& fact) {
  const Verdict verdict = judge(database_, vault_, fact, sender_of(fact), undo_);
  if (verdict.state != FactState::applied) decide(database_, fact, verdict.state);
  Posted posted = place(database_, vault_, fact.chain, fact.store, fact.record.seq, verdict, now_);
  for (const auto& outcome : verdict.outcomes) add_outcome(database_, fact.chain, now_, outcome);
  return posted;
}

/// Most come one behind another from the same terminal.
const std::optional<Terminal>& Posting::sender_of(const SetAside& fact) {
  const TerminalNumber number = fact.chain.terminal;
  if (!sender_ || sender_->number != number) sender_ = find_terminal(database_, number);
  return sender_;
}

void put_aside(Database& database, const SetAside& fact, Instant now) {
  decide(database, fact, FactState::quarantined);
  publish(database, fact.chain, fact.store, fact.record.seq, FactState::quarantined);
  const Error defect{Failure::internal, "fact.defect", "this version cannot cope with it", {}, {}};
  add_outcome(database, fact.chain, now, quarantined(fact.record.seq, defect));
}

Posted judge_again(Database& database, Vault& vault, const SetAside& fact, Instant now) {
  const auto sender = find_terminal(database, fact.chain.terminal);
  const Verdict verdict = judge(database, vault, fact, sender, Undo::each);
  settle(database, fact, verdict.state);
  Posted posted{verdict.state, {}};
  if (verdict.state == FactState::applied)
    posted = place(database, vault, fact.chain, fact.store, fact.record.seq, verdict, now);
  for (const auto& outcome : verdict.outcomes) add_outcome(database, fact.chain, now, outcome);
  return posted;
}

}  // namespace keepsake::sync::central
