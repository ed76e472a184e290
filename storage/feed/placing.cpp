#include "storage/feed/placing.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <limits>
#include <utility>

#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/changes.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/facts/codec.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/feed/replay.hpp"
#include "storage/journal/journal.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/erasures.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::feed {

namespace {

/// An import records a hundred thousand facts at once; what they change must fit into memory.
constexpr Seq facts_a_unit = 500;
/// Pages of a longer time away wait until so many facts are here, so that own facts are not taken
/// back and applied again for each page. Where as many own facts lie on top, all pages wait.
constexpr std::size_t many_facts = 2000;

/// What is placed in one transaction, where nobody wants to write meanwhile.
constexpr std::size_t facts_a_part = 32;
constexpr std::size_t everything = std::numeric_limits<std::int64_t>::max();

std::size_t own_on_top(Database& database) {
  return journal::head(database).seq - placed(database);
}

/// About `most`: prices that stand behind one another come into force together.
std::vector<FeedEntry> part_of_staged(Database& database, std::size_t most) {
  auto entries = read_staged_after(database, 0, most);
  while (entries.size() >= most && changes_prices(entries.back())) {
    const auto next = read_staged_after(database, entries.back().position, 1);
    if (next.empty() || !changes_prices(next.front())) break;
    entries.push_back(next.front());
  }
  return entries;
}

/// What may be placed next in one transaction.
struct Part {
  std::vector<FeedEntry> entries;
  std::size_t least = 0;  ///< so many of them at least, however many wait
};

Part next_part(Database& database) {
  Part part{read_staged_after(database, 0, facts_a_part), 0};
  // Own facts find their place without being taken back.
  const auto others = std::ranges::find(part.entries, false, &FeedEntry::own);
  if (others != part.entries.begin()) {
    part.entries.erase(others, part.entries.end());
    return part;
  }
  // They are taken back and applied again for each other part, so that it is no smaller than they.
  part.least = own_on_top(database);
  part.entries = part_of_staged(
      database, part.least < many_facts ? std::max(facts_a_part, part.least) : everything);
  return part;
}

std::optional<Record> own_record(Database& database, Seq seq) {
  auto found = journal::read(database, seq, 1, 1);
  if (found.empty() || found.front().seq != seq) return std::nullopt;
  return std::move(found.front());
}

Error not_ours(const FeedEntry& entry) {
  return {Failure::corrupt, "feed.not-ours",
          "Head office knows a fact of this terminal that its journal does not hold",
          "record " + std::to_string(entry.id.seq()),
          "If the folder was restored from a copy, enrol this terminal again."};
}

/// Whether this version can read it: another one may.
bool understands(const FeedEntry& entry) {
  return decode(static_cast<FactType>(entry.type), entry.body).ok();
}

Result<Done> put_own_on_top(Database& database, Vault& vault, Unreadable& unreadable) {
  Following following(database, feed::placed(database) + 1);
  auto done = replay_own(database, vault, unreadable, [&](Seq seq) { following.recorded(seq); });
  if (done) following.finish();
  return done;
}

/// Records made anew: what head office sent, and what is ours on top, followed from here on.
Result<Done> make_anew(Database& database, Vault& vault, const std::filesystem::path& folder,
                       Unreadable& unreadable) {
  drop_unplaced_from(database, 0);
  records::clear(database);
  if (auto ok = replay_feed(database, vault, folder, unreadable); !ok) return ok;
  return put_own_on_top(database, vault, unreadable);
}

/// One page being put under what the terminal has done since.
class Placing {
 public:
  /// on_top: the records hold the terminal's own facts; else none of them.
  enum class Own : unsigned char { on_top, absent };
  Placing(Database& database, Vault& vault, const std::filesystem::path& folder, Own own)
      : database_(database),
        vault_(vault),
        folder_(folder),
        placed_(feed::placed(database)),
        head_(journal::head(database).seq),
        taken_back_(own == Own::absent) {}

  Result<Done> place(const FeedEntry& entry) {
    // An entry names a fact of ours by its number and its id: another lineage may have used the
    // number.
    const auto own = own_record(database_, entry.id.seq());
    if (own && own->id == entry.id) return place_own(entry, *own);
    if (entry.own) return not_ours(entry);
    return place_foreign(entry);
  }

  /// What is ours and still without a place comes on top again.
  Result<Done> finish(const FeedCursor& cursor) {
    drop_unplaced(database_, placed_);
    set_applied(database_, cursor, placed_);
    if (must_replay_) return make_anew(database_, vault_, folder_, unreadable_);
    return taken_back_ ? put_own_on_top(database_, vault_, unreadable_) : Result<Done>(Done{});
  }

  Taken taken;

 private:
  Result<Done> place_own(const FeedEntry& entry, const Record& own) {
    append(database_, entry, &own, true);
    if (own.seq <= placed_) return Done{};  // judged again, or sent again under a later epoch
    if (own.seq != placed_ + 1) return not_ours(entry);
    placed_ = own.seq;
    return taken_back_ ? apply_own(own.seq) : Result<Done>(Done{});
  }

  Result<Done> place_foreign(const FeedEntry& entry) {
    if (auto ok = take_back_own(); !ok) return ok;
    append(database_, entry, nullptr, understands(entry));
    taken.news = true;
    note_erasure(entry);
    note_dormancy(entry);
    if (must_replay_) return Done{};
    auto applied = apply_stored(database_, vault_, entry.id, entry.type, entry.body, entry.store);
    // It is kept, and a later version may read it.
    if (!applied && applied.error().kind != Failure::bad_input) return applied;
    return Done{};
  }

  Result<Done> take_back_own() {
    if (taken_back_ || must_replay_ || placed_ == head_) return Done{};
    Seq from = head_ + 1;
    while (from > placed_ + 1) {
      const auto unit = last_unplaced(database_);
      if (!unit || unit->last + 1 != from) {
        must_replay_ = true;
        return Done{};
      }
      sqlite::take_back(database_, unit->changes);
      drop_unplaced_from(database_, unit->first);
      from = unit->first;
    }
    taken_back_ = true;
    for (Seq seq = from; seq <= placed_; ++seq)  // the beginning of a unit had its place
      if (auto ok = apply_own(seq); !ok) return ok;
    return Done{};
  }

  Result<Done> apply_own(Seq seq) {
    const auto own = own_record(database_, seq);
    assert(own);
    auto applied = apply_stored(database_, vault_, own->id, own->type, own->body, {});
    if (!applied && applied.error().kind != Failure::bad_input) return applied;
    return Done{};
  }

  /// Before it is applied, as nothing can be read afterwards.
  void note_erasure(const FeedEntry& entry) {
    if (entry.type != static_cast<std::uint16_t>(FactType::customer_erased)) return;
    const auto fact = decode(FactType::customer_erased, entry.body);
    if (!fact) return;
    const auto& customers = get<CustomerErasure>(*fact).customers;
    std::ranges::move(records::personal_values(database_, customers),
                      std::back_inserter(taken.erased_values));
    std::ranges::copy(customers, std::back_inserter(taken.erased));
  }

  void note_dormancy(const FeedEntry& entry) {
    if (entry.type != static_cast<std::uint16_t>(FactType::dormancy_changed)) return;
    const auto fact = decode(FactType::dormancy_changed, entry.body);
    if (!fact) return;
    const auto& change = get<DormancyChange>(*fact);
    if (change.presence == StorePresence::dormant)
      std::ranges::copy(change.customers, std::back_inserter(taken.dormant));
  }

  Database& database_;
  Vault& vault_;
  const std::filesystem::path& folder_;
  Seq placed_;
  const Seq head_;
  bool taken_back_;
  /// How to take our own facts back is not known, as in the first page after a terminal was
  /// enrolled: the records are made anew at the end.
  bool must_replay_ = false;
  Unreadable unreadable_;  ///< kept all the same; a later version may read them
};

/// Into records that are empty.
Result<Taken> place_all(Database& database, Vault& vault, const std::filesystem::path& folder,
                        std::span<const FeedEntry> entries, const FeedCursor& cursor) {
  Placing placing(database, vault, folder, Placing::Own::absent);
  for (const FeedEntry& entry : entries)
    if (auto ok = placing.place(entry); !ok) return ok.error();
  if (auto ok = placing.finish(cursor); !ok) return ok.error();
  return std::move(placing.taken);
}

/// Of a part, as many as there are before `stop` says so between two that may be apart.
Result<Taken> place_until(Database& database, Vault& vault, const std::filesystem::path& folder,
                          std::span<const FeedEntry> entries, const FeedCursor& end,
                          const std::function<bool(std::size_t)>& stop) {
  Placing placing(database, vault, folder, Placing::Own::on_top);
  FeedCursor cursor = end;
  for (std::size_t n = 0; n < entries.size(); ++n) {
    if (auto ok = placing.place(entries[n]); !ok) return ok.error();
    if (n + 1 == entries.size()) break;
    if (changes_prices(entries[n]) && changes_prices(entries[n + 1])) continue;
    if (!stop(n + 1)) continue;
    cursor.position = entries[n].position;
    placing.taken.more = true;
    break;
  }
  drop_staged(database, cursor.position);
  if (auto ok = placing.finish(cursor); !ok) return ok.error();
  return std::move(placing.taken);
}

/// The feed from its start in place of the former one: what is ours finds its place in empty
/// records.
Result<Taken> replace_all(Database& database, Vault& vault, const std::filesystem::path& folder,
                          std::span<const FeedEntry> entries, const FeedCursor& cursor) {
  clear(database);
  clear_base(database);
  drop_unplaced_from(database, 0);
  records::clear(database);
  set_applied(database, {}, 0);
  auto taken = place_all(database, vault, folder, entries, cursor);
  if (taken) taken->news = true;
  return taken;
}

/// Of somebody whom the records have without their key, and who is not to be found until they are
/// opened: of an own enrolment, when an order that is void had taken the key. Whom the records began
/// with head office says to be back.
Result<bool> opens_somebody(Database& database, Vault& vault, const std::filesystem::path& folder,
                            std::span<const SealedKey> keys) {
  for (const SealedKey& key : keys) {
    const auto unopened = records::is_unopened(database, vault, key.customer);
    if (!unopened) return unopened.error();
    if (*unopened && !began_with(database, folder, key.customer)) return true;
  }
  return false;
}

}  // namespace

Following::Following(Database& database, Seq first)
    : database_(database), first_(first), last_(first - 1) {
  begin();
}

Following::~Following() = default;

void Following::begin() {
  static const auto tables = records::tables();
  recorder_ = std::make_unique<sqlite::ChangeRecorder>(database_, tables);
}

void Following::recorded(Seq seq) {
  assert(seq == last_ + 1);
  last_ = seq;
  if (seq + 1 - first_ < facts_a_unit) return;
  finish();
  begin();
}

void Following::finish() {
  if (last_ >= first_) put_unplaced(database_, {first_, last_, recorder_->changes()});
  recorder_.reset();
  first_ = last_ + 1;
}

Result<Arrival> keep(Database& database, Vault& vault, const std::filesystem::path& folder,
                     const FeedPage& page) {
  const FeedCursor before = applied(database);
  const FeedCursor expected = wanted(database);
  const bool first_of_all = expected == FeedCursor{};
  if (page.after != expected.position || (!first_of_all && page.generation != expected.generation))
    return Arrival{};
  Arrival arrival;
  if (!page.keys.empty()) {
    if (auto ok = vault.accept_keys(page.keys); !ok) return ok.error();
    const auto opens = opens_somebody(database, vault, folder, page.keys);
    if (!opens) return opens.error();
    Unreadable unreadable;  // kept all the same; a later version may read them
    if (*opens)
      if (auto ok = make_anew(database, vault, folder, unreadable); !ok) return ok.error();
    arrival.news = *opens;
  }
  stage(database, page.entries);
  set_staged(database, {page.generation, page.head});
  const bool replaces = before.generation != 0 && before.generation != page.generation;
  arrival.to_place =
      page.complete || (page.whole && !replaces && own_on_top(database) < many_facts &&
                        count_staged(database) >= many_facts);
  return arrival;
}

Result<Taken> place_some(Database& database, Vault& vault, const std::filesystem::path& folder,
                         const std::function<bool()>& wanted) {
  const FeedCursor before = applied(database);
  const auto reached = staged(database);
  if (!reached) return Taken{};
  if (before.generation != 0 && before.generation != reached->generation) {
    const auto all = read_staged_after(database, 0, everything);
    drop_all_staged(database);
    return replace_all(database, vault, folder, all, *reached);
  }
  const Part part = next_part(database);
  const auto& entries = part.entries;
  const bool all =
      entries.empty() || read_staged_after(database, entries.back().position, 1).empty();
  const FeedCursor end = all ? *reached : FeedCursor{reached->generation, entries.back().position};
  auto taken = place_until(database, vault, folder, entries, end,
                           [&](std::size_t placed) { return placed >= part.least && wanted(); });
  if (!taken) return taken;
  if (all && !taken->more) drop_all_staged(database);
  taken->more = taken->more || !all;
  return taken;
}

void begin_generation(Database& database, std::int64_t generation) {
  drop_all_staged(database);
  // What an old answer said of another order is void: this is the one that the records hold.
  if (generation == applied(database).generation) return;
  set_staged(database, {generation, 0});
}

void forget_staged(Database& database) { drop_all_staged(database); }

void forget_changes(Database& database) { drop_unplaced_from(database, 0); }

Result<Done> begin_with(Database& database, Vault& vault, const std::filesystem::path& folder,
                        const FeedBase& base) {
  const FeedCursor before = applied(database);
  if (before.generation == base.at.generation && base.at.position < before.position)
    return Error{Failure::refused,
                 "feed.base-older",
                 "The snapshot is older than the records",
                 {},
                 "Another one is asked for automatically."};
  if (base.placed > journal::head(database).seq)
    return Error{Failure::refused,
                 "feed.base-not-ours",
                 "Head office knows facts of this terminal that its journal does not hold",
                 {},
                 "If the folder was restored from a copy, enrol this terminal again."};
  drop_all_staged(database);
  clear(database);
  put_base(database, base);
  set_applied(database, base.at, base.placed);
  Unreadable unreadable;  // kept all the same; a later version may read them
  return make_anew(database, vault, folder, unreadable);
}

Result<bool> take_what_is_understood_now(Database& database, Vault& vault,
                                         const std::filesystem::path& folder) {
  std::vector<FeedEntry> understood = not_understood(database);
  std::erase_if(understood, [](const FeedEntry& entry) { return !understands(entry); });
  if (understood.empty()) return false;
  Transaction upgrade(database);
  for (const FeedEntry& entry : understood) set_understood(database, entry.position);
  Unreadable unreadable;
  if (auto made = make_anew(database, vault, folder, unreadable); !made) return made.error();
  upgrade.commit();
  sqlite::let_go_of_rows(database);
  return true;
}

}  // namespace keepsake::feed
