#include "storage/feed/replay.hpp"

#include "storage/domain/fact.hpp"
#include "storage/facts/codec.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/journal/journal.hpp"
#include "storage/records/apply.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::feed {

namespace {

constexpr std::size_t facts_a_read = 500;
constexpr std::size_t bytes_a_read = 4 * 1024 * 1024;

}  // namespace

Result<Done> apply_stored(Database& database, Vault& vault, const FactId& id, std::uint16_t type,
                          std::string_view body, std::string_view store) {
  auto fact = decode(static_cast<FactType>(type), body);
  if (!fact && fact.error().code == "fact.type") return Done{};
  if (!fact) return fact.error();
  auto applied = records::apply(database, {id, store, {}, !store.empty()}, *fact, &vault,
                                records::Contradiction::note);
  if (!applied) return applied.error();
  return Done{};
}

namespace {

Result<Done> apply_readable(Database& database, Vault& vault, const FactId& id, std::uint16_t type,
                            std::string_view body, std::string_view store, const std::string& place,
                            Unreadable& unreadable) {
  auto applied = apply_stored(database, vault, id, type, body, store);
  if (applied || applied.error().kind != Failure::bad_input) return applied;
  unreadable.push_back("a fact cannot be read (" + place + ")");
  return Done{};
}

}  // namespace

Result<Done> replay_feed(Database& database, Vault& vault, const std::filesystem::path& folder,
                         Unreadable& unreadable) {
  if (auto ok = begin_records(database, folder); !ok) return ok;
  const auto begun = base(database);
  Seq placed = begun ? begun->placed : 0;
  for (FeedPosition after = 0;;) {
    const auto some = read(database, after, facts_a_read);
    if (some.empty()) return Done{};
    for (const Kept& kept : some) {
      const FeedEntry& entry = kept.entry;
      // One that head office judged again has another place; it counts from its first.
      if (kept.own && *kept.own <= placed) continue;
      if (kept.own) placed = *kept.own;
      const std::string place = kept.own ? "seq " + std::to_string(*kept.own)
                                         : "position " + std::to_string(entry.position);
      auto ok = apply_readable(database, vault, entry.id, entry.type, entry.body, entry.store,
                               place, unreadable);
      if (!ok) return ok;
    }
    after = some.back().entry.position;
  }
}

Result<Done> replay_own(Database& database, Vault& vault, Unreadable& unreadable,
                        const std::function<void(Seq)>& each) {
  for (Seq next = placed(database) + 1;;) {
    const auto some = journal::read(database, next, facts_a_read, bytes_a_read);
    if (some.empty()) return Done{};
    for (const Record& record : some) {
      auto ok = apply_readable(database, vault, record.id, record.type, record.body, {},
                               "seq " + std::to_string(record.seq), unreadable);
      if (!ok) return ok;
      if (each) each(record.seq);
    }
    next = some.back().seq + 1;
  }
}

}  // namespace keepsake::feed
